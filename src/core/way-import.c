/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import.h"

#include "way-text.h"
#include "way-values.h"

static void
note_free (gpointer data)
{
  WayImportNote *note = data;

  g_free (note->id);
  g_free (note->title);
  g_free (note->field);
  g_free (note->old_value);
  g_free (note->new_value);
  g_free (note->message);
  g_free (note);
}

/**
 * way_import_report_new:
 *
 * Returns: (transfer full): a report of an import that has not done anything yet
 */
WayImportReport *
way_import_report_new (void)
{
  WayImportReport *self = g_new0 (WayImportReport, 1);

  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->n_added = g_new0 (guint, WAY_N_RECORD_TYPES);
  return self;
}

void
way_import_report_free (WayImportReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->notes);
  g_free (self->n_added);
  g_free (self);
}

/**
 * way_import_report_add:
 *
 * Returns: (transfer none): a new note at the end, to be filled; errors are counted
 */
WayImportNote *
way_import_report_add (WayImportReport *self, WayImportKind kind)
{
  WayImportNote *note = g_new0 (WayImportNote, 1);

  note->kind = kind;
  g_ptr_array_add (self->notes, note);
  self->n_errors += kind == WAY_IMPORT_ERROR;
  return note;
}

static WayImportNote *
say_more (WayImportKind kind, const char *source, guint n)
{
  WayImportNote *note = g_new0 (WayImportNote, 1);

  note->kind = kind;
  note->source = source;
  note->message = g_strdup_printf ("and %u more in this file", n);
  return note;
}

/**
 * way_import_report_fold:
 * @kind: which notes
 * @most: how many of each file stay
 *
 * Leaves out what nobody would read: the rest of a file's notes of a kind become one, "and 1,234
 * more". What was counted stays as it is.
 */
void
way_import_report_fold (WayImportReport *self, WayImportKind kind, guint most)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (note_free);
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL); /* interned name -> how many */
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  for (guint i = 0; i < self->notes->len; i++) {
    WayImportNote *note = g_ptr_array_index (self->notes, i);
    guint n = 0;

    if (note->kind == kind) {
      n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, note->source)) + 1;
      g_hash_table_insert (counts, (gpointer) note->source, GUINT_TO_POINTER (n));
    }
    if (n == 1)
      g_ptr_array_add (sources, (gpointer) note->source);
    if (n > most)
      note_free (note);
    else
      g_ptr_array_add (notes, note);
  }
  for (guint i = 0; i < sources->len; i++) {
    const char *source = g_ptr_array_index (sources, i);
    guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, source));

    if (n > most)
      g_ptr_array_add (notes, say_more (kind, source, n - most));
  }
  g_ptr_array_set_free_func (self->notes, NULL); /* what is kept has moved */
  g_ptr_array_unref (self->notes);
  self->notes = notes;
}

static void
append_place (GString *line, const WayImportNote *note)
{
  if (note->source == NULL)
    return;
  g_string_append (line, note->source);
  if (note->line > 0)
    g_string_append_printf (line, ":%u", note->line);
  g_string_append (line, ": ");
}

static const char *
or_nothing (const char *text)
{
  return text != NULL && *text != '\0' ? text : "(empty)";
}

/**
 * way_import_note_format:
 *
 * Returns: (transfer full): the note as one line for people, such as
 *   "pupils.xml:12: DOB: “2016-02-30” is not a date that exists (YYYY-MM-DD)"
 */
char *
way_import_note_format (const WayImportNote *note)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *title = note->title != NULL ? note->title : "";

  if (note->kind != WAY_IMPORT_ADD)
    append_place (line, note);
  switch (note->kind) {
  case WAY_IMPORT_ADD:
    g_string_append_printf (
        line, "New %s: %s", note->type != NULL ? note->type->name : "record", title);
    break;
  case WAY_IMPORT_CHANGE:
    g_string_append (line, title);
    if (note->field != NULL)
      g_string_append_printf (
          line, ": %s is now known: %s", note->field, or_nothing (note->new_value));
    break;
  case WAY_IMPORT_CONFLICT:
    g_string_append_printf (line,
                            "Differs: %s: %s: the store has “%s”, the file has “%s”",
                            title,
                            note->field,
                            or_nothing (note->old_value),
                            or_nothing (note->new_value));
    break;
  case WAY_IMPORT_POSSIBLE_MATCH:
    g_string_append_printf (line, "Possible match: %s", title);
    break;
  case WAY_IMPORT_NOTICE:
  case WAY_IMPORT_ERROR:
  default:
    if (note->field != NULL)
      g_string_append_printf (line, "%s: ", note->field);
    break;
  }
  if (note->message != NULL) {
    if (note->kind == WAY_IMPORT_POSSIBLE_MATCH || note->kind == WAY_IMPORT_CHANGE ||
        note->kind == WAY_IMPORT_CONFLICT)
      g_string_append (line, ": ");
    g_string_append (line, note->message);
  }
  return way_text_dup_harmless (line->str); /* values of files are quoted in it */
}

/* Types that people think of as things; the rest only hangs on them. */
static const struct {
  const WayRecordType *type;
  const char *one, *many;
} THINGS[] = {{&way_child_type, "child", "children"},
              {&way_setting_type, "setting", "settings"},
              {&way_practitioner_type, "practitioner", "practitioners"},
              {&way_case_type, "case", "cases"},
              {&way_target_type, "target", "targets"},
              {&way_measurement_type, "measurement", "measurements"},
              {&way_visit_type, "visit", "visits"},
              {&way_review_type, "review", "reviews"},
              {&way_action_type, "action", "actions"}};

/**
 * way_import_report_summary:
 *
 * Returns: (transfer full): one sentence, such as "2 children, 1 setting added;
 *   3 values filled in; 1 difference kept as it is; 4 records were there already."
 */
char *
way_import_report_summary (const WayImportReport *self)
{
  GString *text = g_string_new (NULL);
  guint rest = self->n_added_total;

  for (guint i = 0; i < G_N_ELEMENTS (THINGS); i++) {
    guint n = self->n_added[way_record_type_index (THINGS[i].type)];

    rest -= n;
    if (n > 0)
      g_string_append_printf (
          text, "%s%u %s", text->len > 0 ? ", " : "", n, n == 1 ? THINGS[i].one : THINGS[i].many);
  }
  if (rest > 0)
    g_string_append_printf (
        text, "%s%u other %s", text->len > 0 ? ", " : "", rest, rest == 1 ? "record" : "records");
  if (self->n_added_total > 0)
    g_string_append (text, " added");
  else
    g_string_append (text, self->n_changed == 0 ? "nothing new" : "no new records");
  if (self->n_changed > 0)
    g_string_append_printf (text,
                            "; %u %s filled in or changed",
                            self->n_changed,
                            self->n_changed == 1 ? "value" : "values");
  if (self->n_conflicts > 0)
    g_string_append_printf (text,
                            "; %u %s between store and file",
                            self->n_conflicts,
                            self->n_conflicts == 1 ? "difference" : "differences");
  if (self->n_same > 0)
    g_string_append_printf (text,
                            "; %u %s there already",
                            self->n_same,
                            self->n_same == 1 ? "record was" : "records were");
  if (self->n_errors > 0)
    g_string_append_printf (
        text, "; %u %s left out", self->n_errors, self->n_errors == 1 ? "row" : "rows");
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}
