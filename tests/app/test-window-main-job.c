/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job in the real window, as a person does it: from the first run to a signed Record of
 * Visit that another store holds the same. */
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSPHRASE "lantern orbit mustard violin"

#define CTF_HEAD                                                                                   \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CTfile><Header><DocumentName>Common Transfer "     \
  "File</DocumentName><CTFversion>25.0</CTFversion><DateTime>2026-07-10T09:30:00</DateTime>"       \
  "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Marshgate Primary School</"          \
  "SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header>\n<CTFpupilData>\n"
#define PUPIL(surname, forename, dob, year, need)                                                  \
  "<Pupil><Surname>" surname "</Surname><Forename>" forename "</Forename><DOB>" dob                \
  "</DOB><Sex>F</Sex><BasicDetails><NCyearActual>" year "</NCyearActual></BasicDetails>"           \
  "<SENhistory><SEN><StartDate>2024-09-06</StartDate><SENprovision>K</SENprovision></SEN>"         \
  "<SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>" need                                  \
  "</SENtype></SENneed></SENneeds></SENhistory></Pupil>\n"
#define CTF                                                                                        \
  CTF_HEAD PUPIL ("Quillfeather", "Robin", "2018-03-14", "3", "SLCN")                              \
      PUPIL ("Żak", "Jagoda", "2019-10-02", "2", "ASD")                                            \
          PUPIL ("Okonkwo-Marsh", "Ifeoma", "2016-05-21", "5", "HI") "</CTFpupilData></CTfile>\n"

/* Made up, and not to be found in any file. */
static const char *const PRIVATE_WORDS[] = {"Quillfeather", "Jagoda", "Ifeoma", "Okonkwo"};

#define STATEMENT "Robin answers a 'where' question with a phrase of three words in 4 of 5 chances."

typedef struct {
  UiDriver ui;
  char *folder;
  char *store;
} Journey;

static void
first_run (Journey *self)
{
  UiDriver *ui = &self->ui;

  ui_start (ui, g_getenv ("WAYMARK"), self->store);
  ui_wait_text (ui, "Who are you?");
  ui_picture ("1-who");
  ui_press (ui, "Next");
  ui_wait_text (ui, "Type your name");
  ui_fill (ui, "Your name", "Noor Iqbal");
  ui_fill (ui, "Team or school", "Specialist Teaching Service");
  ui_press (ui, "Next");
  ui_fill (ui, "Passphrase", PASSPHRASE);
  ui_fill (ui, "Passphrase again", PASSPHRASE " or so");
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "The two are not the same.");
  ui_picture ("2-passphrase");
  g_assert_false (g_file_test (self->store, G_FILE_TEST_EXISTS));
  ui_fill (ui, "Passphrase again", PASSPHRASE);
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "Your recovery key");
  ui_picture ("3-recovery-key");
  ui_press (ui, "I have kept it safe");
  ui_wait_text (ui, "Everything is ready");
  ui_picture ("4-ready");
}

/* The file is chosen as in any program: its name is typed. */
static void
import_file (Journey *self, const char *path)
{
  ui_press (&self->ui, "Choose file…");
  ui_choose_file (&self->ui, "Choose a file", "Open", path);
}

static void
import_children (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_autofree char *path = g_build_filename (self->folder, "school.xml", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, CTF, -1, &error);
  g_assert_no_error (error);
  ui_press (ui, "Import children…");
  import_file (self, path);
  ui_wait_text (ui, "Nothing was changed yet.");
  for (guint i = 0; i < G_N_ELEMENTS (PRIVATE_WORDS); i++)
    ui_wait_text (ui, PRIVATE_WORDS[i]);
  ui_picture ("5-preview");
  ui_press (ui, "Import");
  ui_wait_text (ui, "Imported: 3 children");
  ui_wait_text (ui, "3 children");
  ui_picture ("6-children");
  ui_activate (ui, "win.import");
  import_file (self, path);
  ui_wait_text (ui, "An import gives: nothing new");
  ui_picture ("7-nothing-new");
  ui_activate (ui, "win.back");
}

/* As people type it: 3/11/2026. */
static char *
day_from_today (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);

  return g_date_time_format (day, "%-d/%-m/%Y");
}

/* The keyboard stays in the value, ready for the next. */
static void
measure (Journey *self, int days, const char *value, const char *summary)
{
  g_autofree char *day = day_from_today (days);

  ui_fill (&self->ui, "Date", day);
  ui_type (value);
  ui_key ("Return");
  ui_wait_text (&self->ui, summary);
}

static void
add_target (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_autofree char *due = day_from_today (84);

  ui_wait_text (ui, "3 children");
  ui_type ("quill");
  ui_wait_text (ui, "1 of 3 children");
  ui_key ("Return");
  ui_press (ui, "Add target");
  ui_wait_text (ui, "New target");
  ui_fill (ui, "Target", STATEMENT);
  ui_fill (ui, "Unit", "answers");
  ui_fill (ui, "Out of", "5");
  ui_fill (ui, "Aim", "4");
  ui_fill (ui, "Due", due);
  ui_picture ("8-target");
  ui_press (ui, "Add target");
  ui_wait_text (ui, STATEMENT);
  ui_press (ui, "Add measurement");
  measure (self, -14, "1", "1 measurement");
  measure (self, -7, "2", "2 measurements");
  measure (self, 0, "3", "3 measurements");
  ui_picture ("9-chart");
  ui_dump (ui);
}

static void
test_main_job (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  first_run (self);
  import_children (self);
  add_target (self);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

static void
set_up (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-window-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = g_build_filename (self->folder, "caseload.waymark", NULL);
}

static void
tear_down (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  if (self->ui.process != NULL)
    ui_kill (&self->ui);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The assistive side warns of things that do no harm. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();

  g_test_add ("/window/main-job", Journey, NULL, set_up, test_main_job, tear_down);
  return g_test_run ();
}
