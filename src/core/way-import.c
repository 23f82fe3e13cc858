/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import.h"

#include "way-text.h"
#include "way-values.h"

#include <glib/gi18n.h>
#include <string.h>

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
  g_free (note->question);
  g_free (note->why);
  g_free (note->given);
  g_free (note->known);
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

/* One row may be wrong in several ways, and one pupil on several lines. */
static gboolean
is_counted (const WayImportReport *self, const char *source, guint line)
{
  for (guint i = self->notes->len; i > 0; i--) {
    const WayImportNote *last = g_ptr_array_index (self->notes, i - 1);

    if (last->unit != self->unit || g_strcmp0 (last->source, source) != 0)
      return FALSE;
    if (last->kind == WAY_IMPORT_ERROR)
      return self->unit > 0 || (line > 0 && last->line == line);
  }
  return FALSE;
}

/**
 * way_import_report_add:
 * @source: (nullable): an interned name, as all of WayImportNote's
 * @line: where in it, or 0
 *
 * Returns: (transfer none): a new note at the end, to be filled; rows with an error are counted
 */
WayImportNote *
way_import_report_add (WayImportReport *self, WayImportKind kind, const char *source, guint line)
{
  WayImportNote *note = g_new0 (WayImportNote, 1);

  note->kind = kind;
  note->source = source;
  note->line = line;
  note->unit = self->unit;
  self->n_errors += kind == WAY_IMPORT_ERROR && !is_counted (self, source, line);
  g_ptr_array_add (self->notes, note);
  return note;
}

static WayImportNote *
say_more (WayImportKind kind, const char *source, guint n)
{
  WayImportNote *note = g_new0 (WayImportNote, 1);

  note->kind = kind;
  note->source = source;
  note->message = g_strdup_printf ("There are %u more like these in this file", n);
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

/* Names of fields and of records, of ours and of a transfer file, that their words do not say. */
static const struct {
  const char *name;
  const char *words;
} WORDS[] = {
    {"CTFversion", N_ ("Version of the file")},
    {"CTfile", N_ ("File")},
    {"DOB", N_ ("Date of birth")},
    {"DateTime", N_ ("Day of the file")},
    {"Estab", N_ ("School’s number")},
    {"FormerUPN", N_ ("Former UPN")},
    {"Header", N_ ("Head of the file")},
    {"LEA", N_ ("Local authority")},
    {"NCyearActual", N_ ("Year group")},
    {"PhoneNo", N_ ("Telephone number")},
    {"PostCode", N_ ("Postcode")},
    {"SENneed", N_ ("Need")},
    {"SENprovision", N_ ("SEN provision")},
    {"SENtype", N_ ("Kind of need")},
    {"SENtypeRank", N_ ("Rank of the need")},
    {"SourceSchool", N_ ("School that sent the file")},
    {"criterion", N_ ("Aim")},
    {"dob", N_ ("Date of birth")},
    {"due", N_ ("Due date")},
    {"ended", N_ ("End")},
    {"former_upn", N_ ("Former UPN")},
    {"gas_0", N_ ("Level 0")},
    {"hnf", N_ ("High needs funding")},
    {"la", N_ ("Local authority")},
    {"laestab", N_ ("School’s number")},
    {"nc_year", N_ ("Year group")},
    {"long_term", N_ ("Long-term outcome")},
    {"next_date", N_ ("Next visit")},
    {"not_held_reason", N_ ("Reason")},
    {"scale_max", N_ ("High end of the scale")},
    {"scale_min", N_ ("Low end of the scale")},
    {"sen_status", N_ ("SEN status")},
    {"sen_type", N_ ("Kind of need")},
    {"series_number", N_ ("Number in the series")},
    {"series_total", N_ ("Number of visits planned")},
    {"setting_from", N_ ("First day at the setting")},
    {"upn", N_ ("UPN")},
    {"urn", N_ ("URN")},
};

/* "EntryDate" → "Entry date"; letters that stand for a word stay as they are. */
static char *
split_words (const char *name)
{
  GString *words = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++) {
    gboolean is_new = p > name && g_ascii_isupper (*p) && g_ascii_islower (p[-1]);

    if (is_new)
      g_string_append_c (words, ' ');
    g_string_append_c (words, is_new && !g_ascii_isupper (p[1]) ? g_ascii_tolower (*p) : *p);
  }
  return g_string_free (words, FALSE);
}

/**
 * way_import_field_words:
 * @name: (nullable): a field or type, or what a file calls it
 *
 * Returns: (transfer full): the same as people read it: "first_language" is "First language"
 */
char *
way_import_field_words (const char *name)
{
  char *words;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (WORDS); i++) {
    if (strcmp (WORDS[i].name, name) == 0)
      return g_strdup (_ (WORDS[i].words));
  }
  words = g_strdelimit (split_words (name != NULL ? name : ""), "_-", ' ');
  *words = g_ascii_toupper (*words);
  return words;
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
 *   "pupils.xml:12: DOB: “2016-02-30” is not a date that exists; write it as YYYY-MM-DD."
 */
char *
way_import_note_format (const WayImportNote *note)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *title = note->title != NULL ? note->title : "";
  g_autofree char *field = way_import_field_words (note->field);

  if (note->kind != WAY_IMPORT_ADD)
    append_place (line, note);
  switch (note->kind) {
  case WAY_IMPORT_ADD:
    if (note->type == &way_child_type || note->type == &way_setting_type ||
        note->type == &way_practitioner_type)
      g_string_append_printf (line, "New %s: %s", note->type->name, title);
    else
      g_string_append_printf (line, "New: %s", title); /* which says what kind it is */
    break;
  case WAY_IMPORT_CHANGE:
    g_string_append (line, title);
    if (note->field != NULL)
      g_string_append_printf (line, ": %s is now known: %s", field, or_nothing (note->new_value));
    break;
  case WAY_IMPORT_CONFLICT:
    g_string_append_printf (line,
                            "Differs: %s: %s: the store has “%s”, the file has “%s”",
                            title,
                            field,
                            or_nothing (note->old_value),
                            or_nothing (note->new_value));
    break;
  case WAY_IMPORT_POSSIBLE_MATCH:
    g_string_append_printf (line, "Possible match: %s", note->given != NULL ? note->given : title);
    if (note->known != NULL)
      g_string_append_printf (line, "; it may be %s", note->known);
    break;
  case WAY_IMPORT_NOTICE:
  case WAY_IMPORT_ERROR:
  default:
    if (note->field != NULL)
      g_string_append_printf (line, "%s: ", note->field);
    break;
  }
  if (note->message != NULL && note->kind >= WAY_IMPORT_NOTICE) {
    g_autofree char *sentence = way_text_dup_sentence (field, note->message);

    g_string_append (line, sentence);
  } else if (note->message != NULL) {
    if (note->kind != WAY_IMPORT_ADD)
      g_string_append (line, g_ascii_isupper (*note->message) ? ". " : ": ");
    g_string_append (line, note->message);
  }
  if (note->kind == WAY_IMPORT_POSSIBLE_MATCH && note->question != NULL)
    g_string_append (line, ". Imported in the window, it asks which of the two it is");
  return way_text_dup_harmless (line->str); /* values of files are quoted in it */
}

/* Says nothing of none. */
static void G_GNUC_PRINTF (4, 5)
    append_count (GString *text, const char *separator, guint n, const char *format, ...)
{
  va_list arguments;

  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

static guint
count_of (const WayImportReport *self, const WayRecordType *type)
{
  return self->n_added[way_record_type_index (type)];
}

/* What hangs on a child. */
static guint
append_parts (GString *text, const WayImportReport *self)
{
  guint all = 0, n;

  all += n = count_of (self, &way_enrolment_type);
  append_count (text, ", ", n, ngettext ("%u enrolment", "%u enrolments", n), n);
  all += n = count_of (self, &way_sen_status_type);
  append_count (text, ", ", n, ngettext ("%u SEN status", "%u SEN statuses", n), n);
  all += n = count_of (self, &way_need_type);
  append_count (text, ", ", n, ngettext ("%u need", "%u needs", n), n);
  all += n = count_of (self, &way_contact_type);
  append_count (text, ", ", n, ngettext ("%u parent or carer", "%u parents or carers", n), n);
  all += n = count_of (self, &way_flag_type);
  append_count (text, ", ", n, ngettext ("%u flag", "%u flags", n), n);
  all += n = count_of (self, &way_attendance_type);
  append_count (text, ", ", n, ngettext ("%u year of attendance", "%u years of attendance", n), n);
  return all;
}

/* Types that people think of as things, and what hangs on a child. */
static void
append_things (GString *text, const WayImportReport *self)
{
  guint rest = self->n_added_total, n;

  rest -= n = count_of (self, &way_child_type);
  append_count (text, ", ", n, ngettext ("%u child", "%u children", n), n);
  rest -= n = count_of (self, &way_setting_type);
  append_count (text, ", ", n, ngettext ("%u setting", "%u settings", n), n);
  rest -= n = count_of (self, &way_practitioner_type);
  append_count (text, ", ", n, ngettext ("%u practitioner", "%u practitioners", n), n);
  rest -= n = count_of (self, &way_case_type);
  append_count (text, ", ", n, ngettext ("%u case", "%u cases", n), n);
  rest -= n = count_of (self, &way_target_type);
  append_count (text, ", ", n, ngettext ("%u target", "%u targets", n), n);
  rest -= n = count_of (self, &way_measurement_type);
  append_count (text, ", ", n, ngettext ("%u measurement", "%u measurements", n), n);
  rest -= n = count_of (self, &way_visit_type);
  append_count (text, ", ", n, ngettext ("%u visit", "%u visits", n), n);
  rest -= n = count_of (self, &way_review_type);
  append_count (text, ", ", n, ngettext ("%u review", "%u reviews", n), n);
  rest -= n = count_of (self, &way_action_type);
  append_count (text, ", ", n, ngettext ("%u action", "%u actions", n), n);
  rest -= append_parts (text, self);
  append_count (text, ", ", rest, ngettext ("%u other record", "%u other records", rest), rest);
}

/**
 * way_import_report_summary:
 *
 * Returns: (transfer full): one sentence, such as "2 children, 1 setting added;
 *   3 values filled in; 1 difference kept as it is; 4 records were there already."
 */
char *
way_import_report_summary (const WayImportReport *self)
{
  g_autoptr (GString) things = g_string_new (NULL);
  GString *text = g_string_new (NULL);
  guint n;

  append_things (things, self);
  if (self->n_added_total > 0)
    /* Translators: a list such as "2 children, 1 setting" */
    g_string_append_printf (text, _ ("%s added"), things->str);
  else
    g_string_append (text, self->n_changed == 0 ? _ ("Nothing new") : _ ("No new records"));
  n = self->n_newer;
  append_count (text,
                "; ",
                n,
                ngettext ("%u newer version of a record of visit",
                          "%u newer versions of records of visit",
                          n),
                n);
  n = self->n_changed - self->n_newer;
  append_count (text,
                "; ",
                n,
                ngettext ("%u value filled in or changed", "%u values filled in or changed", n),
                n);
  n = self->n_conflicts;
  append_count (
      text,
      "; ",
      n,
      ngettext ("%u difference between store and file", "%u differences between store and file", n),
      n);
  n = self->n_apart;
  append_count (
      text,
      "; ",
      n,
      ngettext ("%u visit was changed in two places", "%u visits were changed in two places", n),
      n);
  n = self->n_same;
  append_count (text,
                "; ",
                n,
                ngettext ("%u record was there already", "%u records were there already", n),
                n);
  n = self->n_errors;
  append_count (text, "; ", n, ngettext ("%u row left out", "%u rows left out", n), n);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}
