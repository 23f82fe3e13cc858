/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders whose ids were made up by those who wrote them, so that two of them share some. */
#include "import-fixture.h"

#include "way-db-private.h"
#include "way-text.h"

/* A record with the id that a reader makes of what the file calls it. */
static gpointer
named (gpointer record, const char *text)
{
  WayRecord *self = record;

  g_free (self->id);
  self->id = way_uuid_for_name (self->type->name, text);
  self->named_id = TRUE;
  return record;
}

static void
name_reference (char **field, const char *type, const char *text)
{
  g_free (*field);
  *field = way_uuid_for_name (type, text);
}

static void
take_measurement (Import *import, const char *date, double value, guint line)
{
  WayMeasurement *row = import_make_measurement ("1", date, value);
  g_autofree char *cells = g_strdup_printf ("1 %s %g", date, value);

  name_reference (&row->target, "target", "1");
  row->record.id = way_uuid_for_name ("measurement", cells);
  row->record.derived_id = TRUE;
  import_take (import, row, "measurements.csv", line);
}

typedef struct {
  const char *forename, *surname, *upn;
  int year;
  const char *urn, *statement;
  gboolean has_more;
} Folder;

static const Folder ANN = {"Ann", "Able", "F886200123001", 2015, "100001", "Reads", FALSE};
static const Folder BOB = {"Bob", "Baker", "P886540222105", 2016, "100002", "Writes", FALSE};

static WayImportReport *
import_folder (WayDb *db, const Folder *folder, gboolean dry_run)
{
  Import import = import_begin (db, (WayImportOptions){.dry_run = dry_run});
  WaySetting *setting = named (way_record_new (WAY_SETTING), "1");
  WayChild *child =
      named (import_make_child (NULL, folder->forename, folder->surname, folder->upn), "1");
  WayTarget *target = named (import_make_target (NULL, ""), "1");

  setting->name = g_strdup ("St Mary’s");
  setting->phase = g_strdup ("primary");
  setting->urn = g_strdup (folder->urn);
  import_take (&import, setting, "settings.csv", 2);
  child->dob = way_date_new (folder->year, 3, 4);
  import_take (&import, child, "children.csv", 2);
  way_set_string (&target->statement, folder->statement);
  name_reference (&target->child, "child", "1");
  import_take (&import, target, "targets.csv", 2);
  take_measurement (&import, "2025-10-01", 3, 2);
  if (folder->has_more)
    take_measurement (&import, "2025-10-08", 4, 3);
  return import_end (&import);
}

/* A dry run, then the import; both must say @n_added and no other change. */
static void
assert_adds (WayDb *db, const Folder *folder, guint n_added, guint n_same)
{
  for (int round = 0; round < 2; round++) {
    g_autoptr (WayImportReport) report = import_folder (db, folder, round == 0);

    g_assert_cmpuint (report->n_errors + report->n_conflicts + report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, n_added);
    g_assert_cmpuint (report->n_same, ==, n_same);
  }
}

static guint
count_of (WayDb *db, const char *upn)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM \"measurement\" WHERE \"target\" IN (SELECT \"id\" FROM \"target\" "
      "WHERE \"child\" IN (SELECT \"id\" FROM \"child\" WHERE \"upn\" = '%s'))",
      upn);
  gint64 n = 0;
  g_autoptr (GError) error = NULL;

  way_db_query_int (db, sql, NULL, &n, &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
test_two_folders (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Folder more = BOB;

  assert_adds (fixture->db, &ANN, 4, 0);
  assert_adds (fixture->db, &BOB, 4, 0);
  for (int i = 0; i < 2; i++) {
    assert_adds (fixture->db, &ANN, 0, 4);
    assert_adds (fixture->db, &BOB, 0, 4);
  }
  more.has_more = TRUE;
  assert_adds (fixture->db, &more, 1, 4);
  g_assert_cmpuint (count_of (fixture->db, ANN.upn), ==, 1);
  g_assert_cmpuint (count_of (fixture->db, BOB.upn), ==, 2);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_SETTING), ==, 2);
}

/* Without UPNs, two Smiths are told apart, and a correction of one is no new child. */
static void
test_corrected (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Folder ann = ANN, bob = BOB;
  g_autoptr (WayImportReport) report = NULL;

  ann.upn = bob.upn = NULL;
  ann.surname = bob.surname = "Smith";
  assert_adds (fixture->db, &ann, 4, 0);
  assert_adds (fixture->db, &bob, 4, 0);
  bob.surname = "Smyth";
  report = import_folder (fixture->db, &bob, FALSE);
  g_assert_cmpuint (report->n_added_total, ==, 0);
  g_assert_cmpuint (report->n_conflicts, ==, 1); /* both are shown, the store's stays */
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 2);
}

/* Another forename may be a twin's, who is never merged unasked; nor is another UPN. */
static void
test_perhaps_a_twin (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *first, *upn, *first_upn;
  } CASES[] = {{"Bob", NULL, NULL}, {"Ann", "P886540222105", "F886200123001"}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    Folder known = ANN, other = ANN;
    g_autoptr (WayImportReport) report = NULL;
    const WayImportNote *note;

    store_exec (fixture->db, "DELETE FROM measurement; DELETE FROM target", SQLITE_OK);
    store_exec (fixture->db, "DELETE FROM known_as; DELETE FROM child", SQLITE_OK);
    known.forename = CASES[i].first;
    known.upn = CASES[i].first_upn;
    other.upn = CASES[i].upn;
    report = import_folder (fixture->db, &known, FALSE);
    for (guint round = 0; round < 3; round++) {
      g_clear_pointer (&report, way_import_report_free);
      report = import_folder (fixture->db, &other, round == 0);
      g_assert_cmpuint (report->n_conflicts, ==, 0);
      g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 3 : 0);
      g_assert_cmpuint (
          import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, round < 2 ? 1 : 0);
      if (round == 2)
        continue;
      note = import_first_note (report, WAY_IMPORT_POSSIBLE_MATCH);
      g_assert_true (g_str_has_prefix (note->given, "Ann Able"));
      g_assert_true (g_str_has_prefix (note->known, CASES[i].first));
    }
    g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 2);
  }
}

typedef struct {
  const char *id, *forename, *surname;
} Row;

/* Each row of a class list that counts from 1, and a target for each. */
static WayImportReport *
import_class (WayDb *db, const Row *rows, guint n, WayImportOptions options)
{
  Import import = import_begin (db, options);

  for (guint i = 0; i < n; i++)
    import_take (
        &import,
        named (import_make_child (NULL, rows[i].forename, rows[i].surname, NULL), rows[i].id),
        "children.csv",
        i + 2);
  for (guint i = 0; i < n; i++) {
    WayTarget *target = named (import_make_target (NULL, ""), rows[i].id);

    name_reference (&target->child, "child", rows[i].id);
    way_set_string (&target->statement, rows[i].forename);
    import_take (&import, target, "targets.csv", i + 2);
  }
  return import_end (&import);
}

/* A class list that is made anew when somebody has left: twins move up, each with what is theirs,
 * whether the store has both, or only one and the other is new. */
static void
test_renumbered_twins (StoreFixture *fixture, gconstpointer data)
{
  static const Row BEFORE[] = {{"3", "Zed", "Abbot"}, {"4", "Tim", "Smith"}, {"5", "Tom", "Smith"}};
  static const Row AFTER[] = {{"3", "Tim", "Smith"}, {"4", "Tom", "Smith"}};
  gboolean is_new = GPOINTER_TO_INT (data);
  gint64 n_mixed = -1;
  g_autoptr (WayImportReport) first =
      import_class (fixture->db, BEFORE, is_new ? 2 : 3, (WayImportOptions){0});

  for (guint round = 0; round < 4; round++) {
    g_autoptr (WayImportReport) report = import_class (
        fixture->db, AFTER, 2, (WayImportOptions){.dry_run = round % 2 == 0, .take_new = TRUE});

    g_assert_cmpuint (report->n_errors + report->n_conflicts + report->n_changed, ==, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_POSSIBLE_MATCH), ==, 0);
    g_assert_cmpuint (import_count_notes (report, WAY_IMPORT_NOTICE), ==, 0);
    g_assert_cmpuint (
        report->n_added[way_record_type_index (WAY_CHILD)], ==, is_new && round < 2 ? 1 : 0);
  }
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 3);
  way_db_query_int (fixture->db,
                    "SELECT count(*) FROM target t JOIN child c ON c.id = t.child "
                    "WHERE c.forename <> t.statement",
                    NULL,
                    &n_mixed,
                    NULL);
  g_assert_cmpint (n_mixed, ==, 0);
}

/* Two of a team with one mailbox, in a list that is numbered anew. */
static void
test_shared_email (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const NAMES[] = {"Sue Reid", "Tom Hall"};

  for (guint round = 0; round < 3; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round == 1});
    g_autoptr (WayImportReport) report = NULL;

    for (guint i = 0; i < 2; i++) {
      WayPractitioner *row = named (way_record_new (WAY_PRACTITIONER), i == 0 ? "1" : "2");

      row->name = g_strdup (NAMES[round == 0 ? i : 1 - i]);
      row->role = g_strdup ("other");
      row->email = g_strdup ("team@school.example");
      import_take (&import, row, "practitioners.csv", i + 2);
    }
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors + report->n_conflicts + report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round == 0 ? 2 : 0);
  }
}

/* What was typed here since is no reason to take the file's row for another child. */
static void
test_renamed_here (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = NULL;
  g_autoptr (WayImportReport) report = NULL;
  Folder ann = ANN;
  WayChild *child;

  ann.upn = NULL;
  assert_adds (fixture->db, &ann, 4, 0);
  children = way_db_list (fixture->db, WAY_CHILD, NULL, NULL, &error);
  g_assert_no_error (error);
  child = g_ptr_array_index (children, 0);
  way_set_string (&child->forename, "Anna");
  way_set_string (&child->surname, "Zebra");
  store_save (fixture->db, child);
  report = import_folder (fixture->db, &ann, FALSE);
  g_assert_cmpuint (report->n_added_total, ==, 0);
  g_assert_cmpuint (report->n_conflicts, ==, 2);
  g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 1);
}

/* Two lists of one school that number the same children the other way round. */
static void
test_crossed (StoreFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (int round = 0; round < 6; round++) {
    Import import = import_begin (fixture->db, (WayImportOptions){.dry_run = round % 2 == 0});
    gboolean is_crossed = round / 2 == 1;
    g_autoptr (WayImportReport) report = NULL;

    for (int i = 0; i < 2; i++) {
      const Folder *who = (i == 0) != is_crossed ? &ANN : &BOB;
      WayChild *child =
          named (import_make_child (NULL, who->forename, who->surname, NULL), i == 0 ? "1" : "2");

      child->dob = way_date_new (who->year, 3, 4);
      import_take (&import, child, "children.csv", (guint) i + 2);
    }
    for (int i = 0; i < 2; i++) {
      const Folder *who = (i == 0) != is_crossed ? &ANN : &BOB;
      WayTarget *target = named (import_make_target (NULL, ""), i == 0 ? "1" : "2");

      name_reference (&target->child, "child", i == 0 ? "1" : "2");
      way_set_string (&target->statement, who->statement);
      import_take (&import, target, "targets.csv", (guint) i + 2);
    }
    report = import_end (&import);
    g_assert_cmpuint (report->n_errors + report->n_conflicts + report->n_changed, ==, 0);
    g_assert_cmpuint (report->n_added_total, ==, round < 2 ? 4 : 0);
    if (round > 0)
      g_assert_cmpuint (import_count_rows (fixture->db, WAY_CHILD), ==, 2);
  }
}

int
main (int argc, char **argv)
{
#define ADD(name, data, func)                                                                      \
  g_test_add (                                                                                     \
      "/store/import-folders/" name, StoreFixture, data, store_set_up, func, store_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("two", NULL, test_two_folders);
  ADD ("corrected", NULL, test_corrected);
  ADD ("renamed-here", NULL, test_renamed_here);
  ADD ("crossed", NULL, test_crossed);
  ADD ("perhaps-a-twin", NULL, test_perhaps_a_twin);
  ADD ("renumbered-twins", NULL, test_renumbered_twins);
  ADD ("renumbered-new-twin", GINT_TO_POINTER (TRUE), test_renumbered_twins);
  ADD ("shared-email", NULL, test_shared_email);
#undef ADD
  return g_test_run ();
}
