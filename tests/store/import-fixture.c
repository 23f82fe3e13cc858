/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "way-db-private.h"

#define TODAY way_date_new (2026, 1, 31)

Import
import_begin (WayDb *db, WayImportOptions options)
{
  g_autoptr (GError) error = NULL;
  Import import = {.db = db};

  options.today = TODAY;
  import.sink = way_db_import_begin (db, &options, &error);
  g_assert_no_error (error);
  return import;
}

/* Takes @record, alone in its unit. */
void
import_take (Import *import, gpointer record, const char *source, guint line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) unit = way_record_set_new ();

  WAY_RECORD (record)->source = g_intern_string (source);
  WAY_RECORD (record)->line = line;
  way_record_set_take (unit, record);
  import->sink->take (import->sink, unit, &error);
  g_assert_no_error (error);
}

void
import_take_set (Import *import, WayRecordSet *unit)
{
  g_autoptr (GError) error = NULL;

  import->sink->take (import->sink, unit, &error);
  g_assert_no_error (error);
}

WayImportReport *
import_end (Import *import)
{
  g_autoptr (GError) error = NULL;
  WayImportReport *report = way_db_import_end (import->sink, TRUE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->notes->len; i++) {
    g_autofree char *line = way_import_note_format (g_ptr_array_index (report->notes, i));

    g_test_message ("%s", line);
  }
  return report;
}

WayChild *
import_make_child (const char *id, const char *forename, const char *surname, const char *upn)
{
  WayChild *child = way_record_new (WAY_CHILD);

  child->record.id = g_strdup (id);
  child->forename = g_strdup (forename);
  child->surname = g_strdup (surname);
  child->upn = g_strdup (upn);
  child->dob = way_date_new (2018, 9, 14);
  return child;
}

guint
import_count_notes (WayImportReport *report, WayImportKind kind)
{
  guint n = 0;

  for (guint i = 0; i < report->notes->len; i++)
    n += ((WayImportNote *) g_ptr_array_index (report->notes, i))->kind == kind;
  return n;
}

WayImportNote *
import_first_note (WayImportReport *report, WayImportKind kind)
{
  for (guint i = 0; i < report->notes->len; i++) {
    WayImportNote *note = g_ptr_array_index (report->notes, i);

    if (note->kind == kind)
      return note;
  }
  g_assert_not_reached ();
}

guint
import_count_rows (WayDb *db, const WayRecordType *type)
{
  g_autoptr (GPtrArray) rows = way_db_list (db, type, NULL, NULL, NULL);

  return rows->len;
}

WayTarget *
import_make_target (const char *id, const char *child)
{
  WayTarget *target = way_record_new (WAY_TARGET);

  target->record.id = g_strdup (id);
  target->child = g_strdup (child);
  target->statement = g_strdup ("Reads 20 words");
  target->measure = g_strdup ("count");
  target->state = g_strdup ("open");
  target->start = way_date_new (2025, 9, 8);
  return target;
}

WayMeasurement *
import_make_measurement (const char *target, const char *date, double value)
{
  WayMeasurement *measurement = way_record_new (WAY_MEASUREMENT);

  measurement->target = g_strdup (target);
  measurement->date = way_date_from_iso (date);
  measurement->value = value;
  return measurement;
}

WayCase *
import_make_case (const char *id, const char *child, const char *opened, const char *closed)
{
  WayCase *value = way_record_new (WAY_CASE);

  value->record.id = g_strdup (id);
  value->child = g_strdup (child);
  value->opened = way_date_from_iso (opened);
  value->closed = way_date_from_iso (closed);
  return value;
}

Other
import_make_other (void)
{
  g_autoptr (GError) error = NULL;
  Other other = {0};
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (WaySetting) setting = NULL;
  g_autoptr (WayChild) child = NULL;
  g_autoptr (WayTarget) target = NULL;
  g_autoptr (WayMeasurement) first = NULL;
  g_autoptr (WayRecordSet) visit = NULL;

  store_set_up (&other.there, NULL);
  me = store_add_me (other.there.db);
  setting = store_add_setting (other.there.db, "Oakfield Primary");
  child = store_add_child (other.there.db, "Amara", "Okafor", setting->record.id);
  target = store_add_target (other.there.db, child->record.id, "Reads 20 words");
  first = store_add_measurement (other.there.db, target->record.id, "2025-10-01", 3);
  visit = store_make_visit (other.there.db, child->record.id, "2025-11-17");
  ((WayVisitTarget *) way_record_set_first (visit, WAY_VISIT_TARGET))->rating = 6;
  way_db_save_draft (other.there.db, visit, &error);
  g_assert_no_error (error);
  other.child_id = g_strdup (child->record.id);
  other.visit_id = g_strdup (WAY_RECORD (way_record_set_first (visit, WAY_VISIT))->id);
  way_db_sign_visit (other.there.db, other.visit_id, "2025-11-17T17:05:09Z", &error);
  g_assert_no_error (error);
  return other;
}

void
import_clear_other (Other *other)
{
  store_tear_down (&other->there, NULL);
  g_free (other->child_id);
  g_free (other->visit_id);
}

WayImportReport *
import_from_other (WayDb *db, Other *other, int version, WayImportOptions options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) dossier =
      way_db_gather_visit (other->there.db, other->visit_id, version, &error);
  Import import = import_begin (db, options);

  g_assert_no_error (error);
  import_take_set (&import, dossier->records);
  return import_end (&import);
}

void
import_amend_other (Other *other, const char *advice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = way_db_load_visit (other->there.db, other->visit_id, &error);

  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->advice, advice);
  way_db_amend_visit (other->there.db, records, "A slip", NULL, &error);
  g_assert_no_error (error);
}
