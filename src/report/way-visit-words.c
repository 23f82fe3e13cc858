/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-words.h"

#include "way-nc-year.h"
#include "way-number.h"
#include "way-text.h"

#include <math.h>
#include <string.h>

/* Adds @text after @between, if there is anything to add. */
static void
append (GString *out, const char *between, const char *text)
{
  if (way_text_is_blank (text))
    return;
  if (out->len > 0)
    g_string_append (out, between);
  g_string_append (out, text);
}

/* "Specialist teacher" within a sentence; "SENCO" stays as it is. */
char *
way_words_lower_first (const char *label)
{
  const char *second = *label != '\0' ? g_utf8_next_char (label) : label;
  g_autofree char *first = NULL;

  if (*second == '\0' || !g_unichar_islower (g_utf8_get_char (second)))
    return g_strdup (label);
  first = g_utf8_strdown (label, second - label);
  return g_strconcat (first, second, NULL);
}

char *
way_words_sentence (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *last = *stripped != '\0' ? g_utf8_prev_char (stripped + strlen (stripped)) : "";

  if (*last == '\0' || g_unichar_ispunct (g_utf8_get_char (last)))
    return g_steal_pointer (&stripped);
  return g_strconcat (stripped, ".", NULL);
}

/**
 * way_words_stamp:
 * @stamp: (nullable): a time in UTC
 *
 * Returns: (transfer full): "17 Nov 2026, 17:05", as clocks in England showed it
 */
char *
way_words_stamp (const char *stamp)
{
  int hour;
  WayDate day = way_date_from_stamp_in_england (stamp, &hour);
  g_autofree char *date = NULL;

  if (day == WAY_DATE_UNKNOWN)
    return g_strdup ("");
  date = way_date_format_short (day);
  if (hour < 0)
    return g_steal_pointer (&date);
  return g_strdup_printf ("%s, %d:%.2s", date, hour, stamp + 14);
}

/* "3f9a 1c07 b2e4 88d1", whether or not it was kept with its spaces. */
char *
way_words_fingerprint (const char *fingerprint)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = fingerprint != NULL ? fingerprint : ""; *p != '\0'; p++) {
    if (*p == ' ')
      continue;
    if (n > 0 && n % 4 == 0)
      g_string_append_c (out, ' ');
    g_string_append_c (out, *p);
    n++;
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
way_words_child (const WayChild *child)
{
  g_autofree char *name = way_child_full_name (child);

  if (way_text_is_blank (child->preferred) || g_strcmp0 (child->preferred, child->forename) == 0)
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s (known as %s)", name, child->preferred);
}

/* "14 September 2018 · 8 years 2 months" */
char *
way_words_born (const WayChild *child, WayDate on)
{
  g_autofree char *date = way_date_format (child->dob);
  WayAge age;

  if (child->dob == WAY_DATE_UNKNOWN || on < child->dob)
    return g_steal_pointer (&date);
  age = way_date_age (child->dob, on);
  return g_strdup_printf ("%s · %d %s %d %s",
                          date,
                          age.years,
                          age.years == 1 ? "year" : "years",
                          age.months,
                          age.months == 1 ? "month" : "months");
}

/* "Year 3 · Swale Park Primary" */
char *
way_words_school (const WayDossier *dossier, const WayChild *child)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const WayEnrolment *enrolment = way_dossier_get_enrolment (dossier, child);
  const WaySetting *setting =
      enrolment != NULL ? way_record_set_find (dossier->records, WAY_SETTING, enrolment->setting)
                        : NULL;
  g_autofree char *year = way_nc_year_label_for (
      child->dob, child->nc_year, child->nc_year_from, way_dossier_get_visit (dossier)->date);

  append (out, "", year);
  append (out, " · ", setting != NULL ? setting->name : NULL);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
way_words_sen (const WayDossier *dossier, const WayChild *child, const WayCodeLists *lists)
{
  const WaySenStatus *status = way_dossier_get_sen_status (dossier, child);
  g_autoptr (GString) out = g_string_new (NULL);

  if (status == NULL)
    return g_strdup ("");
  append (out, "", way_code_lists_label (lists, "sen-provision", status->provision));
  if (status->from != WAY_DATE_UNKNOWN) {
    g_autofree char *from = way_date_format (status->from);

    append (out, " since ", from);
  }
  if (status->hnf == WAY_YES)
    append (out, " · ", "high needs funding");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* All needs that held on the day, the primary one first, in words. */
char *
way_words_needs (const WayDossier *dossier, const WayChild *child, const WayCodeLists *lists)
{
  g_autoptr (GPtrArray) needs = way_dossier_dup_list (dossier, WAY_NEED, "child", child->record.id);
  g_autoptr (GString) out = g_string_new (NULL);
  WayDate on = way_dossier_get_visit (dossier)->date;

  for (guint i = 0; i < needs->len; i++) {
    const WayNeed *need = g_ptr_array_index (needs, i);

    if (need->from <= on && (need->to == WAY_DATE_UNKNOWN || need->to >= on))
      append (out, "; ", way_code_lists_label (lists, "sen-type", need->type));
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
clock_time (const char *time)
{
  return time != NULL && time[0] == '0' ? time + 1 : time;
}

/* "Tuesday 17 November 2026, 9:15–10:40" */
char *
way_words_when (const WayVisit *visit)
{
  g_autofree char *date = way_date_format_long (visit->date);
  g_autoptr (GString) out = g_string_new (date);

  append (out, ", ", clock_time (visit->start));
  if (!way_text_is_blank (visit->start))
    append (out, "–", clock_time (visit->end));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "Observation · visit 3 of 3" */
char *
way_words_kind (const WayVisit *visit, const WayCodeLists *lists)
{
  g_autoptr (GString) out = g_string_new (way_code_lists_label (lists, "visit-kind", visit->kind));
  g_autofree char *number = NULL;
  g_autofree char *total = NULL;

  if (isnan (visit->series_number))
    return g_string_free (g_steal_pointer (&out), FALSE);
  number = way_number_to_text (visit->series_number);
  append (out, " · visit ", number);
  if (!isnan (visit->series_total)) {
    total = way_number_to_text (visit->series_total);
    append (out, " of ", total);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "T. Eacher, specialist teacher (Communication and interaction), QTS" */
char *
way_words_author (const WayPractitioner *author, const WayCodeLists *lists)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *role = NULL;

  if (author == NULL)
    return g_strdup ("");
  append (out, "", author->name);
  role = way_words_lower_first (way_code_lists_label (lists, "practitioner-role", author->role));
  append (out, ", ", role);
  if (!way_text_is_blank (author->team))
    g_string_append_printf (out, " (%s)", way_code_lists_label (lists, "team", author->team));
  append (out, ", ", author->qualification);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Those from @first up to @end, who was there. */
char *
way_words_people (const WayDossier *dossier, guint first, guint end, const char *between)
{
  g_autoptr (GPtrArray) people = way_dossier_dup_list (dossier, WAY_VISIT_PERSON, NULL, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = first; i < MIN (end, people->len); i++) {
    const WayVisitPerson *person = g_ptr_array_index (people, i);

    append (out, between, person->name);
    if (!way_text_is_blank (person->role))
      g_string_append_printf (out, ", %s", person->role);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
way_words_present (const WayDossier *dossier)
{
  return way_words_people (dossier, 0, G_MAXUINT, " · ");
}

/* "raw score 43 of 60; standard score 87; percentile 19; age equivalent 6:2. A note." */
char *
way_words_assessment (const WayAssessment *assessment)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *standard = way_number_to_text (assessment->standard_score);
  g_autofree char *percentile = way_number_to_text (assessment->percentile);

  /* A bare number is not taken for one of the others; what is in words says itself what it is. */
  if (assessment->score != NULL && g_ascii_isdigit (*assessment->score))
    append (out, "", "raw score ");
  g_string_append (out, way_text_is_blank (assessment->score) ? "" : assessment->score);
  if (!isnan (assessment->standard_score)) {
    append (out, "; ", "standard score ");
    g_string_append (out, standard);
  }
  if (!isnan (assessment->percentile)) {
    append (out, "; ", "percentile ");
    g_string_append (out, percentile);
  }
  if (!way_text_is_blank (assessment->age_equivalent)) {
    append (out, "; ", "age equivalent ");
    g_string_append (out, assessment->age_equivalent);
  }
  append (out, ". ", assessment->note);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * way_words_effect:
 * @effect: (nullable): a code of the list "action-effect"
 * @done: when it was done, if it was
 * @note: (nullable): more about it
 *
 * Returns: (transfer full): "● Done, 28 September 2026. Fewer turns to the door."
 */
char *
way_words_effect (const char *effect, WayDate done, const char *note, const WayCodeLists *lists)
{
  static const char *const MARKS[][2] = {{"done", "●"}, {"partly", "◐"}, {"not", "○"}};
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *date = way_date_format (done);

  if (way_text_is_blank (effect))
    return g_strdup (way_text_is_blank (note) ? "no data" : note);
  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++) {
    if (g_strcmp0 (effect, MARKS[i][0]) == 0)
      g_string_append (out, MARKS[i][1]);
  }
  append (out, " ", way_code_lists_label (lists, "action-effect", effect));
  append (out, ", ", date);
  append (out, ". ", note);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* “I like it.”, in whatever marks it was typed; those of a keyboard count where they close again.
 */
char *
way_words_quoted (const char *text)
{
  static const char *const MARKS[][2] = {{"“", ""}, {"‘", "’"}, {"\"", "\""}, {"'", "'"}};

  for (guint i = 0; i < G_N_ELEMENTS (MARKS); i++) {
    if (g_str_has_prefix (text, MARKS[i][0]) && g_str_has_suffix (text, MARKS[i][1]))
      return g_strdup (text);
  }
  return g_strdup_printf ("“%s”", text);
}

/* "Ami (child), in class, word for word" */
char *
way_words_view_source (const WayVisitView *view, const WayCodeLists *lists)
{
  const char *whose = way_code_lists_label (lists, "view", view->whose);
  g_autofree char *lower = way_words_lower_first (whose);
  g_autoptr (GString) out = g_string_new (NULL);

  append (out, "", way_text_is_blank (view->said_by) ? whose : view->said_by);
  if (!way_text_is_blank (view->said_by) && g_ascii_strcasecmp (view->said_by, whose) != 0)
    g_string_append_printf (out, " (%s)", lower);
  append (out, ", ", view->how);
  if (view->verbatim != WAY_UNKNOWN)
    append (out, ", ", view->verbatim == WAY_YES ? "word for word" : "summarised");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
way_words_signed (const WayVisit *visit)
{
  g_autofree char *when = way_words_stamp (visit->signed_at);

  return *when != '\0' ? g_strdup_printf ("signed %s", when) : g_strdup ("not signed");
}

/* Whether who signed it is who wrote it: another's record is amended in one's own name. */
gboolean
way_words_is_by_author (const WayDossier *dossier)
{
  const WayPractitioner *author = way_dossier_get_author (dossier);
  const char *signer = way_dossier_get_visit (dossier)->signed_by;

  return way_text_is_blank (signer) || author == NULL || g_strcmp0 (author->name, signer) == 0;
}

/* "Tuesday 2 February 2027 · transition meeting, 9:30" */
char *
way_words_next (const WayVisit *visit)
{
  g_autofree char *date = way_date_format_long (visit->next_date);
  g_autoptr (GString) out = g_string_new (date);

  append (out, " · ", visit->next_visit);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Whom the record concerns, without a name: it stands on every page and in the file's title. */
static char *
initials_and_reference (const WayDossier *dossier, const char *form, const char *between)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (dossier);
  g_autoptr (GString) out = g_string_new (NULL);
  guint shown = children->len > 4 ? 3 : children->len;

  for (guint i = 0; i < shown; i++) {
    g_autofree char *initials = way_child_initials (g_ptr_array_index (children, i));
    g_autofree char *reference = way_child_reference (g_ptr_array_index (children, i));
    g_autoptr (GString) one = g_string_new (form);

    g_string_replace (one, "$I", initials, 1);
    g_string_replace (one, "$R", reference, 1);
    append (out, between, one->str);
  }
  if (shown < children->len)
    g_string_append_printf (out, " and %u others", children->len - shown);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
way_words_who (const WayDossier *dossier)
{
  return initials_and_reference (dossier, "$I · ref $R", ", ");
}

/**
 * way_words_level:
 *
 * Returns: (nullable): what a reduced copy is called; %NULL for the record itself
 */
const char *
way_words_level (const WayDossier *dossier)
{
  if (dossier->level == NULL)
    return NULL;
  return strcmp (dossier->level, WAY_LEVEL_ONE_CHILD) == 0
             ? "Extract for one child of a joint visit"
             : "Shortened copy";
}

/* "Record of Visit, 17 November 2026, A.O. (ref 7C2E)" */
char *
way_words_title (const WayDossier *dossier)
{
  g_autofree char *who = initials_and_reference (dossier, "$I (ref $R)", ", ");
  g_autofree char *date = way_date_format (way_dossier_get_visit (dossier)->date);
  g_autoptr (GString) out = g_string_new ("Record of Visit");

  append (out, ", ", date);
  append (out, ", ", who);
  if (dossier->level != NULL) {
    g_autofree char *level = way_words_lower_first (way_words_level (dossier));

    append (out, ", ", level);
  }
  if (!way_dossier_is_signed (dossier))
    g_string_append (out, ", draft, not signed");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
