/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"

#include "way-check.h"
#include "way-error.h"
#include "way-text.h"
#include "way-values.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

const WayRecordType *const DOSSIER_TYPES[] = {
    WAY_TERM,         WAY_PRACTITIONER, WAY_SETTING,       WAY_CHILD,       WAY_ENROLMENT,
    WAY_SEN_STATUS,   WAY_NEED,         WAY_TARGET,        WAY_MEASUREMENT, WAY_PHASE,
    WAY_VISIT,        WAY_VISIT_CHILD,  WAY_VISIT_PERSON,  WAY_VISIT_VIEW,  WAY_ACTION,
    WAY_VISIT_ACTION, WAY_VISIT_TARGET, WAY_VISIT_VERSION, WAY_ASSESSMENT,
};
const guint N_DOSSIER_TYPES = G_N_ELEMENTS (DOSSIER_TYPES);

static gboolean
take (WayImportSink *sink, WayRecordSet *unit, GError **error)
{
  Sink *self = (Sink *) sink;

  self->n_units++;
  if (self->n_units == self->fail_at) {
    g_set_error (error, WAY_ERROR, WAY_ERROR_IO, "disk full");
    return FALSE;
  }
  if (!self->throw_away)
    g_ptr_array_add (self->units, way_record_set_copy (unit));
  return TRUE;
}

static void
problem (WayImportSink *sink,
         WayImportKind kind,
         const char *source,
         guint line,
         const char *field,
         const char *message)
{
  Sink *self = (Sink *) sink;

  g_assert_nonnull (source);
  g_assert_true (source == g_intern_string (source));
  g_ptr_array_add (
      kind == WAY_IMPORT_ERROR ? self->errors : self->notices,
      g_strdup_printf ("%s:%u: %s: %s", source, line, field != NULL ? field : "-", message));
}

void
sink_init (Sink *self)
{
  memset (self, 0, sizeof *self);
  self->sink.take = take;
  self->sink.problem = problem;
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) way_record_set_free);
  self->errors = g_ptr_array_new_with_free_func (g_free);
  self->notices = g_ptr_array_new_with_free_func (g_free);
}

void
sink_clear (Sink *self)
{
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->errors);
  g_ptr_array_unref (self->notices);
}

/* The nth record of @type in all units. */
gpointer
sink_find (Sink *self, const WayRecordType *type, guint nth)
{
  for (guint i = 0; i < self->units->len; i++) {
    GPtrArray *list = way_record_set_list (g_ptr_array_index (self->units, i), type);

    if (nth < list->len)
      return g_ptr_array_index (list, nth);
    nth -= list->len;
  }
  return NULL;
}

guint
sink_count (Sink *self, const WayRecordType *type)
{
  guint count = 0;

  for (guint i = 0; i < self->units->len; i++)
    count += way_record_set_list (g_ptr_array_index (self->units, i), type)->len;
  return count;
}

gboolean
sink_has_notice (Sink *self, const char *part)
{
  for (guint i = 0; i < self->notices->len; i++) {
    if (strstr (g_ptr_array_index (self->notices, i), part) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* What a reader gives could be stored as it is. */
void
assert_records_keep_rules (Sink *self, WayDate today)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    const WayRecord *record;

    for (guint k = 0; (record = sink_find (self, WAY_RECORD_TYPES[i], k)) != NULL; k++) {
      g_autoptr (GError) error = NULL;

      way_record_validate (record, NULL, today, &error);
      g_assert_no_error (error);
    }
  }
}

void
assert_error (Sink *self, guint nth, const char *expected)
{
  g_assert_cmpuint (nth, <, self->errors->len);
  g_assert_cmpstr (g_ptr_array_index (self->errors, nth), ==, expected);
}

static const char *
code_of (const char *list)
{
  static const char *const CODES[][2] = {{"sex", "F"},
                                         {"sen-provision", "K"},
                                         {"measure", "gas"},
                                         {"direction", "keep"},
                                         {"target-state", "amended"},
                                         {"view", "parent"},
                                         {"setting-phase", "primary"}};

  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++) {
    if (strcmp (CODES[i][0], list) == 0)
      return CODES[i][1];
  }
  return "our-own code";
}

static void
fill (const WayField *field, WayRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const char *text = "Zoë’s “work” & <play>\twith ]]> \\n in it\nA second line\r\n  indented ";

  if (field->kind == WAY_FIELD_ID)
    text = id = way_uuid_for_name (field->list, "1");
  else if (field->kind == WAY_FIELD_CODE)
    text = code_of (field->list);
  else if (field->kind == WAY_FIELD_DATE)
    text = "2024-02-29";
  else if (field->kind == WAY_FIELD_TIME)
    text = "23:59";
  else if (field->kind == WAY_FIELD_STAMP)
    text = "2026-11-17T17:05:09Z";
  else if (field->kind == WAY_FIELD_NUMBER)
    text = strcmp (field->name, "version") == 0 ? "2" : "-1.5e-7";
  else if (field->kind == WAY_FIELD_YES_NO)
    text = "no";
  else if (strcmp (field->name, "fingerprint") == 0)
    text = "0123 4567 89ab cdef";
  way_field_set_text (field, record, text, &error);
  g_assert_no_error (error);
}

WayRecordSet *
full_records_new (void)
{
  WayRecordSet *records = way_record_set_new ();

  for (guint i = 0; i < N_DOSSIER_TYPES; i++) {
    WayRecord *record = way_record_set_add (records, DOSSIER_TYPES[i]);

    record->id = way_uuid_for_name (record->type->name, "1");
    for (guint k = 0; k < record->type->n_fields; k++) {
      if ((record->type->fields[k].flags & WAY_FIELD_LOCAL) == 0)
        fill (&record->type->fields[k], record);
    }
  }
  return records;
}

static gpointer
add (WayRecordSet *records, const WayRecordType *type, guint number)
{
  g_autofree char *name = g_strdup_printf ("%u", number);
  WayRecord *record = way_record_set_add (records, type);

  record->id = way_uuid_for_name (type->name, name);
  return record;
}

static const char PROSE[] =
    "Ami came in with her class and sat where she could see the visual timetable. She looked at it "
    "four times in the first ten minutes and moved to the next task twice without a prompt. When "
    "the fire door banged she covered her ears and said “too loud”, then took her ear defenders "
    "from the tray & went on. Her teaching assistant gave one instruction at a time and waited. In "
    "the group task she took turns with two others, once after a reminder.\n";

static void
add_target (WayRecordSet *records, guint number, guint which, const char *child, const char *visit)
{
  WayTarget *target = add (records, WAY_TARGET, number * 10 + which);
  WayVisitTarget *seen = add (records, WAY_VISIT_TARGET, number * 10 + which);

  target->child = g_strdup (child);
  target->statement = g_strdup ("Takes turns in a group of three with no more than one prompt");
  target->area = g_strdup ("ci");
  target->measure = g_strdup ("percent");
  target->unit = g_strdup ("%");
  target->baseline = 20;
  target->criterion = 80;
  target->start = way_date_new (2026, 1, 12);
  target->due = way_date_new (2026, 12, 4);
  target->state = g_strdup ("open");
  seen->visit = g_strdup (visit);
  seen->target = g_strdup (target->record.id);
  seen->position = which;
  seen->outcome = g_strdup ("on-track");
  seen->evidence = g_strdup ("Tally kept by the class team over the last fortnight.");
  for (guint i = 0; i < 20; i++) {
    WayMeasurement *point = add (records, WAY_MEASUREMENT, number * 1000 + which * 100 + i);

    point->target = g_strdup (target->record.id);
    point->date = target->start + 14 * i;
    point->value = 20 + 2.5 * i;
    point->by = g_strdup ("Class team");
  }
}

static void
add_people (WayRecordSet *records, guint number, const char *visit)
{
  static const char *const WHOSE[] = {"child", "parent", "staff"};

  for (guint i = 0; i < 3; i++) {
    WayVisitPerson *person = add (records, WAY_VISIT_PERSON, number * 10 + i);
    WayVisitView *view = add (records, WAY_VISIT_VIEW, number * 10 + i);
    WayAction *action = add (records, WAY_ACTION, number * 10 + i);

    person->visit = g_strdup (visit);
    person->position = view->position = action->position = i + 1;
    person->name = g_strdup ("Priya Nair");
    person->role = g_strdup ("Class teacher");
    view->visit = g_strdup (visit);
    view->whose = g_strdup (WHOSE[i]);
    view->text = g_strndup (PROSE, 180);
    action->visit = g_strdup (visit);
    action->what = g_strdup ("Make a now-and-next board for carpet time");
    action->who = g_strdup ("Priya Nair");
    action->due = way_date_new (2026, 12, 1);
  }
}

/* A likely Record of Visit, about as long as real ones. Different numbers, different ids. */
WayRecordSet *
visit_records_new (guint number)
{
  WayRecordSet *records = way_record_set_new ();
  WayVisit *visit = add (records, WAY_VISIT, number);
  WayPractitioner *author = add (records, WAY_PRACTITIONER, 1);
  WaySetting *setting = add (records, WAY_SETTING, number % 40);
  WayChild *child = add (records, WAY_CHILD, number);
  WayVisitChild *link = add (records, WAY_VISIT_CHILD, number);

  author->name = g_strdup ("Jo Mercer");
  author->role = g_strdup ("specialist-teacher");
  setting->name = g_strdup ("Example Primary School");
  setting->phase = g_strdup ("primary");
  child->surname = g_strdup ("Okafor");
  child->forename = g_strdup ("Amara");
  child->dob = way_date_new (2018, 9, 14);
  link->visit = g_strdup (visit->record.id);
  link->child = g_strdup (child->record.id);
  visit->setting = g_strdup (setting->record.id);
  visit->practitioner = g_strdup (author->record.id);
  visit->date = way_date_new (2026, 11, 17);
  visit->kind = g_strdup ("observation");
  visit->start = g_strdup ("09:30");
  visit->purpose = g_strndup (PROSE, 160);
  visit->seen = g_strconcat (PROSE, PROSE, PROSE, NULL);
  visit->strategies = g_strdup (PROSE);
  visit->strengths = g_strndup (PROSE, 300);
  visit->needs = g_strndup (PROSE, 280);
  visit->advice = g_strconcat (PROSE, PROSE, NULL);
  visit->version = 1;
  visit->signed_at = g_strdup ("2026-11-17T17:05:09Z");
  visit->signed_by = g_strdup ("Jo Mercer");
  add_people (records, number, visit->record.id);
  for (guint i = 1; i <= 2; i++)
    add_target (records, number, i, child->record.id, visit->record.id);
  return records;
}

void
dossier_init (WayDossier *self, WayRecordSet *records)
{
  g_autofree char *text = way_canonical_write (records, WAY_CANONICAL_SHARED);

  self->records = records;
  self->level = NULL;
  way_canonical_fingerprint (text, self->fingerprint);
}

void
dossier_clear (WayDossier *self)
{
  g_clear_pointer (&self->records, way_record_set_free);
}

/* (transfer full): a file that lies beside the tests. */
char *
data_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "exchange", "data", name, NULL);
}

char *
temp_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("waymark-exchange-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

char *
write_bytes (const char *dir, const char *name, const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (dir, name, NULL);

  g_file_set_contents_full (
      path, bytes, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  return path;
}

char *
write_file (const char *dir, const char *name, const char *text)
{
  return write_bytes (dir, name, text, strlen (text));
}

void
put_file (const char *dir, const char *name, const char *text)
{
  g_free (write_file (dir, name, text));
}

void
remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR))
      remove_dir (inner);
    else
      g_assert_cmpint (g_remove (inner), ==, 0);
  }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}
