/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfer files of one child, one after another: what the next one of a school says again is the
 * same, and a dry run says what the import does. */
#include "cli-driver.h"

#include <string.h>

#define CONTACT(title, forename, surname, email)                                                   \
  "<Contact><Title>" title "</Title><Surname>" surname "</Surname><Forename>" forename             \
  "</Forename><Email>" email "</Email></Contact>"

/* A file of 886/2001 with one pupil. */
static void
write_pupil (CliFixture *f, const char *name, const char *day, const char *inner)
{
  g_autofree char *text = g_strdup_printf (
      "<CTfile><Header><CTFversion>25.0</CTFversion><DateTime>%sT09:30:00</DateTime>"
      "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Marshgate</SchoolName>"
      "</SourceSchool></Header><CTFpupilData><Pupil><UPN>F886200123001</UPN>"
      "<Surname>Quillfeather</Surname><Forename>Robin</Forename><DOB>2018-03-14</DOB>%s</Pupil>"
      "</CTFpupilData></CTfile>",
      day,
      inner);

  cli_write (f, name, text);
}

/* (transfer full): what an import says that it does, from where both ways of it say the same. */
static char *
dup_import (CliFixture *f, const char *name, gboolean dry_run)
{
  const char *gives;

  cli_do (f, "own.waymark", "import", name, dry_run ? "--dry-run" : NULL, NULL);
  gives = dry_run ? strstr (f->out, "would give: ") : NULL;
  return gives != NULL ? g_strconcat (gives + strlen ("would give: "), NULL) : g_strdup (f->out);
}

/* Both ways agree: so many records are added. */
static void
import_both_ways (CliFixture *f, const char *name, const char *expected)
{
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    g_autofree char *said = dup_import (f, name, dry_run);

    g_test_message ("%s", f->out);
    g_assert_nonnull (strstr (said, expected));
    g_assert_null (strstr (f->out, "Differs"));
  }
}

/* (transfer full): a table of the store, as CSV. */
static char *
dup_table (CliFixture *f, const char *table)
{
  cli_do (f, "own.waymark", "list", table, "--format", "csv", NULL);
  return g_strdup (f->out);
}

static guint
count_rows (CliFixture *f, const char *table)
{
  g_autofree char *text = dup_table (f, table);
  guint n = 0;

  for (const char *at = text; *at != '\0'; at++)
    n += *at == '\n';
  return n - 1;
}

/* Mr and Mrs without a forename, and father and son of one name, are two each. */
static void
test_contacts_of_a_name (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char ONE[] = "<Contacts>" CONTACT ("Mrs", "", "Example", "") "</Contacts>";
  static const char TWO[] = "<Contacts>" CONTACT ("Mrs", "", "Example", "")
      CONTACT ("Mr", "", "Example", "") CONTACT ("", "Jan", "Kos", "a@b.example")
          CONTACT ("", "Jan", "Kos", "c@d.example") "</Contacts>";
  g_autofree char *contacts = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f, "two.xml", "2026-03-10", TWO);
  import_both_ways (f, "two.xml", "1 child, 1 setting, 1 enrolment, 4 parents or carers");
  g_assert_cmpuint (count_rows (f, "contacts"), ==, 4);
  contacts = dup_table (f, "contacts");
  g_assert_nonnull (strstr (contacts, "Mrs Example"));
  g_assert_nonnull (strstr (contacts, "Mr Example"));
  import_both_ways (f, "two.xml", "Nothing new");
  write_pupil (f, "one.xml", "2026-05-10", ONE);
  import_both_ways (f, "one.xml", "Nothing new");
}

/* The store knows one of the name, and a newer file has two. */
static void
test_second_contact (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f,
               "a.xml",
               "2026-03-10",
               "<Contacts>" CONTACT ("", "Jan", "Kos", "a@b.example") "</Contacts>");
  import_both_ways (f, "a.xml", "1 child");
  write_pupil (f,
               "b.xml",
               "2026-05-10",
               "<Contacts>" CONTACT ("", "Jan", "Kos", "a@b.example")
                   CONTACT ("", "Jan", "Kos", "c@d.example") "</Contacts>");
  import_both_ways (f, "b.xml", "1 parent or carer");
  import_both_ways (f, "b.xml", "Nothing new");
  g_assert_cmpuint (count_rows (f, "contacts"), ==, 2);
}

/* A type of need that stands twice is one, and said. */
static void
test_need_twice (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f,
               "a.xml",
               "2026-03-10",
               "<SENhistory><SENneeds><SENneed><SENtype>ASD</SENtype></SENneed>"
               "<SENneed><SENtype>asd</SENtype></SENneed></SENneeds></SENhistory>");
  import_both_ways (f, "a.xml", "1 child, 1 setting, 1 enrolment, 1 need");
  g_assert_nonnull (strstr (f->err, "comes twice"));
  g_assert_cmpuint (count_rows (f, "needs"), ==, 1);
}

#define YEAR(year, estab, possible, attended)                                                      \
  "<YearData><Year>" year "</Year><LEA>886</LEA><Estab>" estab                                     \
  "</Estab><SessionsPossible>" possible "</SessionsPossible><SessionsAttended>" attended           \
  "</SessionsAttended></YearData>"

/* A year of the school's own is not one at another school, wherever they stand in the list. */
static void
test_attendance_moves (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f,
               "a.xml",
               "2026-03-10",
               "<Attendance>" YEAR ("2025", "2002", "100", "50")
                   YEAR ("2025", "2001", "272", "270") "</Attendance>");
  write_pupil (f,
               "b.xml",
               "2026-05-10",
               "<Attendance>" YEAR ("2026", "2001", "10", "9") YEAR ("2025", "2002", "100", "50")
                   YEAR ("2025", "2001", "272", "270") "</Attendance>");
  write_pupil (
      f, "c.xml", "2026-05-12", "<Attendance>" YEAR ("2025", "2003", "30", "20") "</Attendance>");
  import_both_ways (f, "a.xml", "1 child");
  import_both_ways (f, "b.xml", "1 year of attendance added");
  g_assert_null (strstr (f->out, "now known"));
  g_assert_cmpuint (count_rows (f, "attendance"), ==, 3);
  import_both_ways (f, "c.xml", "1 year of attendance added"); /* a third school */
  g_assert_cmpuint (count_rows (f, "attendance"), ==, 4);
}

#define PROVISION(start)                                                                           \
  "<SENhistory><SEN>" start "<SENprovision>K</SENprovision></SEN></SENhistory>"

/* A first day that the file does not say is nothing that could differ a year on, or be taken. */
static void
test_assumed_days (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *statuses = NULL, *enrolments = NULL;

  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f, "a.xml", "2025-09-10", PROVISION (""));
  write_pupil (f, "b.xml", "2026-09-10", PROVISION (""));
  cli_do (f, "own.waymark", "import", "a.xml", "b.xml", "--dry-run", NULL);
  g_assert_nonnull (strstr (f->out, "1 child, 1 setting, 1 enrolment, 1 SEN status added"));
  import_both_ways (f, "a.xml", "1 child, 1 setting, 1 enrolment, 1 SEN status added");
  import_both_ways (f, "b.xml", "Nothing new");
  cli_do (f, "own.waymark", "import", "b.xml", "--take-new", NULL);
  g_assert_nonnull (strstr (f->out, "Nothing new"));
  statuses = dup_table (f, "sen_status");
  g_assert_nonnull (strstr (statuses, "2025-09-10"));
  g_assert_cmpuint (count_rows (f, "sen_status"), ==, 1);
  enrolments = dup_table (f, "enrolments");
  g_assert_nonnull (strstr (enrolments, "2025-09-01"));
  g_assert_cmpuint (count_rows (f, "enrolments"), ==, 1);
}

/* The store knows since when, from an earlier file. */
static void
test_known_day_stays (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f, "a.xml", "2025-09-10", PROVISION ("<StartDate>2024-02-01</StartDate>"));
  write_pupil (f, "b.xml", "2026-09-10", PROVISION (""));
  cli_do (f, "own.waymark", "import", "a.xml", "b.xml", "--dry-run", NULL);
  g_assert_nonnull (strstr (f->out, "1 child, 1 setting, 1 enrolment, 1 SEN status added"));
  import_both_ways (f, "a.xml", "1 child");
  import_both_ways (f, "b.xml", "Nothing new");
  g_assert_cmpuint (count_rows (f, "sen_status"), ==, 1);
}

/* A child has one status that begins on a day: another of that day is a difference, not a second
 * one beside it. */
static void
test_status_of_a_day (CliFixture *f, gconstpointer data G_GNUC_UNUSED)
{
  static const char PLAN[] = "<SENhistory><SEN><StartDate>2023-09-06</StartDate>"
                             "<SENprovision>E</SENprovision></SEN></SENhistory>";

  cli_do (f, "own.waymark", "init", NULL);
  write_pupil (f, "a.xml", "2025-09-10", PROVISION ("<StartDate>2023-09-06</StartDate>"));
  write_pupil (f, "b.xml", "2026-09-10", PLAN);
  import_both_ways (f, "a.xml", "1 child");
  cli_do (f, "own.waymark", "import", "b.xml", NULL);
  g_assert_nonnull (strstr (f->out, "1 difference between store and file"));
  g_assert_nonnull (strstr (f->out, "the store has “SEN support”"));
  g_assert_cmpuint (count_rows (f, "sen_status"), ==, 1);
  cli_do (f, "own.waymark", "import", "b.xml", "--take-new", NULL);
  g_assert_nonnull (strstr (f->out, "1 value filled in or changed"));
  g_assert_cmpuint (count_rows (f, "sen_status"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  ADD ("/cli/transfer/contacts-of-a-name", test_contacts_of_a_name);
  ADD ("/cli/transfer/second-contact", test_second_contact);
  ADD ("/cli/transfer/need-twice", test_need_twice);
  ADD ("/cli/transfer/attendance-moves", test_attendance_moves);
  ADD ("/cli/transfer/assumed-days", test_assumed_days);
  ADD ("/cli/transfer/status-of-a-day", test_status_of_a_day);
  ADD ("/cli/transfer/known-day-stays", test_known_day_stays);
  return g_test_run ();
}
