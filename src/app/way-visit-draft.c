/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-draft.h"

#include "way-dossier.h"
#include "way-text.h"

#include <glib/gi18n.h>
#include <math.h>

static const struct {
  const char *title;
  const char *field;
} SECTIONS[WAY_N_SECTIONS] = {
    [WAY_SECTION_WHEN] = {N_ ("When and where"), NULL},
    [WAY_SECTION_SINCE] = {N_ ("Since last time"), NULL},
    [WAY_SECTION_PURPOSE] = {N_ ("Purpose"), "purpose"},
    [WAY_SECTION_SEEN] = {N_ ("What I saw"), "seen"},
    [WAY_SECTION_STRATEGIES] = {N_ ("Strategies in use"), "strategies"},
    [WAY_SECTION_EQUIPMENT] = {N_ ("Equipment and adaptations"), "equipment"},
    [WAY_SECTION_ASSESSMENTS] = {N_ ("Assessments"), NULL},
    [WAY_SECTION_VIEWS] = {N_ ("Views"), NULL},
    [WAY_SECTION_STRENGTHS] = {N_ ("Strengths"), "strengths"},
    [WAY_SECTION_NEEDS] = {N_ ("Needs"), "needs"},
    [WAY_SECTION_TARGETS] = {N_ ("Targets"), NULL},
    [WAY_SECTION_ADVICE] = {N_ ("Advice"), "advice"},
    [WAY_SECTION_ACTIONS] = {N_ ("Actions"), NULL},
    [WAY_SECTION_MATERIALS] = {N_ ("Materials left"), "materials"},
    [WAY_SECTION_NEXT] = {N_ ("Next visit"), NULL},
};

const char *
way_visit_section_title (WayVisitSection section)
{
  return _ (SECTIONS[section].title);
}

const char *
way_visit_section_field (WayVisitSection section)
{
  return SECTIONS[section].field;
}

/* Whether the user has written anything into a row. */
static gboolean
row_is_blank (gconstpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;

  if (type == WAY_ACTION)
    return way_text_is_blank (((const WayAction *) record)->what);
  if (type == WAY_VISIT_VIEW)
    return way_text_is_blank (((const WayVisitView *) record)->text);
  if (type == WAY_VISIT_PERSON)
    return way_text_is_blank (((const WayVisitPerson *) record)->name);
  if (type == WAY_ASSESSMENT)
    return way_text_is_blank (((const WayAssessment *) record)->name);
  if (type == WAY_VISIT_ACTION)
    return ((const WayVisitAction *) record)->effect == NULL;
  if (type == WAY_VISIT_TARGET) {
    const WayVisitTarget *target = record;

    return isnan (target->rating) && target->outcome == NULL && target->decision == NULL &&
           way_text_is_blank (target->evidence);
  }
  return FALSE;
}

static guint
count_filled (WayRecordSet *records, const WayRecordType *type)
{
  GPtrArray *list = way_record_set_list (records, type);
  guint count = 0;

  for (guint i = 0; i < list->len; i++)
    count += !row_is_blank (list->pdata[i]);
  return count;
}

/* Whether one is set at this visit, though nothing else is said of it. */
static gboolean
sets_target (WayRecordSet *records)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_TARGET);

  for (guint i = 0; i < list->len; i++) {
    if (((const WayVisitTarget *) list->pdata[i])->set_here == WAY_YES)
      return TRUE;
  }
  return FALSE;
}

/**
 * way_visit_draft_is_filled:
 * @records: the records of one visit
 * @section: a section of the editor
 *
 * Returns: whether something is written there
 */
gboolean
way_visit_draft_is_filled (WayRecordSet *records, WayVisitSection section)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  const char *field = SECTIONS[section].field;

  if (field != NULL)
    return !way_text_is_blank (way_field_string (way_record_type_find (WAY_VISIT, field), visit));
  switch ((int) section) {
  case WAY_SECTION_WHEN:
    return visit->date != WAY_DATE_UNKNOWN && visit->kind != NULL;
  case WAY_SECTION_SINCE:
    return way_record_set_list (records, WAY_VISIT_ACTION)->len > 0 &&
           count_filled (records, WAY_VISIT_ACTION) ==
               way_record_set_list (records, WAY_VISIT_ACTION)->len;
  case WAY_SECTION_ASSESSMENTS:
    return count_filled (records, WAY_ASSESSMENT) > 0;
  case WAY_SECTION_VIEWS:
    return count_filled (records, WAY_VISIT_VIEW) > 0;
  case WAY_SECTION_TARGETS:
    return count_filled (records, WAY_VISIT_TARGET) > 0 || sets_target (records);
  case WAY_SECTION_ACTIONS:
    return count_filled (records, WAY_ACTION) > 0;
  case WAY_SECTION_NEXT:
    return visit->next_date != WAY_DATE_UNKNOWN || !way_text_is_blank (visit->next_visit);
  default:
    return FALSE;
  }
}

static char *
when_summary (const WayVisit *visit)
{
  g_autofree char *date =
      visit->date != WAY_DATE_UNKNOWN ? way_date_format_long (visit->date) : NULL;
  g_autoptr (GString) text = g_string_new (date);

  if (visit->start != NULL && *visit->start != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", visit->start);
  if (visit->start != NULL && visit->end != NULL && *visit->end != '\0')
    g_string_append_printf (text, "–%s", visit->end);
  if (!way_text_is_blank (visit->place))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", visit->place);
  return g_strdup (text->str);
}

/**
 * way_visit_draft_summary:
 * @records: the records of one visit
 * @section: a section of the editor
 *
 * Returns: (transfer full): the few words beside the section's title
 */
char *
way_visit_draft_summary (WayRecordSet *records, WayVisitSection section)
{
  const char *field = SECTIONS[section].field;
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  if (field != NULL) {
    const char *text = way_field_string (way_record_type_find (WAY_VISIT, field), visit);

    return way_text_is_blank (text) ? g_strdup ("") : way_text_first_words (text, 60);
  }
  switch ((int) section) {
  case WAY_SECTION_WHEN:
    return when_summary (visit);
  case WAY_SECTION_SINCE:
    if (way_record_set_list (records, WAY_VISIT_ACTION)->len == 0)
      return g_strdup (_ ("no open actions"));
    return g_strdup_printf (_ ("%u of %u answered"),
                            count_filled (records, WAY_VISIT_ACTION),
                            way_record_set_list (records, WAY_VISIT_ACTION)->len);
  case WAY_SECTION_ASSESSMENTS:
    return count_filled (records, WAY_ASSESSMENT) == 0
               ? g_strdup (_ ("name · date · scores"))
               : g_strdup_printf (_ ("%u recorded"), count_filled (records, WAY_ASSESSMENT));
  case WAY_SECTION_VIEWS:
    return count_filled (records, WAY_VISIT_VIEW) == 0
               ? g_strdup (_ ("child · parents · staff"))
               : g_strdup_printf (_ ("%u recorded"), count_filled (records, WAY_VISIT_VIEW));
  case WAY_SECTION_TARGETS:
    if (way_record_set_list (records, WAY_VISIT_TARGET)->len == 0)
      return g_strdup (_ ("none in this visit"));
    return g_strdup_printf (_ ("%u of %u reviewed"),
                            count_filled (records, WAY_VISIT_TARGET),
                            way_record_set_list (records, WAY_VISIT_TARGET)->len);
  case WAY_SECTION_ACTIONS:
    return count_filled (records, WAY_ACTION) == 0
               ? g_strdup (_ ("what · who · by when"))
               : g_strdup_printf (_ ("%u agreed"), count_filled (records, WAY_ACTION));
  case WAY_SECTION_NEXT:
    return visit->next_date != WAY_DATE_UNKNOWN ? way_date_format_long (visit->next_date)
                                                : g_strdup ("");
  default:
    return g_strdup ("");
  }
}

static guint
count_record_words (gconstpointer record, gboolean all_texts)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  guint count = 0;

  for (guint i = 0; i < type->n_fields; i++) {
    const WayField *field = &type->fields[i];

    if (field->kind == WAY_FIELD_NOTE || (all_texts && field->kind == WAY_FIELD_TEXT))
      count += way_text_count_words (way_field_string (field, record));
  }
  return count;
}

/**
 * way_visit_draft_count_words:
 * @records: the records of one visit
 *
 * Returns: the words of its prose: notes, views, evidence, actions
 */
guint
way_visit_draft_count_words (WayRecordSet *records)
{
  static const WayRecordType *const types[] = {
      WAY_VISIT, WAY_VISIT_VIEW, WAY_VISIT_TARGET, WAY_ASSESSMENT, WAY_ACTION};
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    GPtrArray *list = way_record_set_list (records, types[i]);

    for (guint k = 0; k < list->len; k++)
      count += count_record_words (list->pdata[k], types[i] == WAY_ACTION);
  }
  return count;
}

/**
 * way_visit_draft_has_current_target:
 * @records: the records of one visit
 * @child: what is known of the children whom it is about
 *
 * One that was set after the visit was begun is in no row of it.
 *
 * Returns: whether a target was worked towards on the day of the visit, and still is
 */
gboolean
way_visit_draft_has_current_target (WayRecordSet *records, WayRecordSet *child)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *targets = way_record_set_list (child, WAY_TARGET);

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *target = targets->pdata[i];

    if (way_target_is_open (target) &&
        (visit->date == WAY_DATE_UNKNOWN || target->start == WAY_DATE_UNKNOWN ||
         target->start <= visit->date))
      return TRUE;
  }
  return FALSE;
}

/**
 * way_visit_draft_dup_empty:
 * @records: the records of one visit
 * @child: what is known of the children whom it is about
 *
 * Returns: (transfer full) (element-type utf8): the titles of the sections in which
 *   nothing is written though something could be: advice before signing, no rule
 */
GPtrArray *
way_visit_draft_dup_empty (WayRecordSet *records, WayRecordSet *child)
{
  GPtrArray *titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    gboolean nothing_to_say =
        (i == WAY_SECTION_SINCE &&
         (way_record_set_list (records, WAY_VISIT_ACTION)->len == 0 ||
          count_filled (records, WAY_VISIT_ACTION) > 0)) || /* the others stay open */
        (i == WAY_SECTION_TARGETS && way_record_set_list (records, WAY_VISIT_TARGET)->len == 0 &&
         !way_visit_draft_has_current_target (records, child));

    if (!nothing_to_say && !way_visit_draft_is_filled (records, i))
      g_ptr_array_add (titles, g_strdup (way_visit_section_title (i)));
  }
  return titles;
}

static void
set_text (gpointer record, const char *field, const char *text)
{
  way_set_string (
      &way_field_string (way_record_type_find (WAY_RECORD (record)->type, field), record), text);
}

gboolean
way_visit_draft_is_joint (WayRecordSet *records)
{
  return way_record_set_list (records, WAY_VISIT_CHILD)->len > 1;
}

/**
 * way_visit_draft_add:
 * @records: the records of one visit
 * @type: a type that belongs to visits
 *
 * What is agreed at a visit of several children is for all of them until somebody says whose it
 * is; an assessment is always somebody's.
 *
 * Returns: (transfer none): a new record of the visit, at the end of its list
 */
gpointer
way_visit_draft_add (WayRecordSet *records, const WayRecordType *type)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  const WayVisitChild *child = way_record_set_first (records, WAY_VISIT_CHILD);
  const WayField *position = way_record_type_find (type, "position");
  gpointer record = way_record_set_add (records, type);

  WAY_RECORD (record)->id = way_uuid_random ();
  set_text (record, "visit", visit->record.id);
  if (position != NULL)
    way_field_number (position, record) = way_record_set_list (records, type)->len;
  if (child != NULL &&
      (type == WAY_ASSESSMENT || (type == WAY_ACTION && !way_visit_draft_is_joint (records))))
    set_text (record, "child", child->child);
  return record;
}

/**
 * way_visit_draft_set_target:
 * @records: (inout): the records of one visit
 * @target: (transfer full): a target that is set at this visit
 * @rated: (out): its row, for a baseline and what was seen
 *
 * Sets a new target: the store gets it with the visit.
 */
void
way_visit_draft_set_target (WayRecordSet *records, WayTarget *target, WayVisitTarget **rated)
{
  g_free (target->record.id);
  target->record.id = way_uuid_random ();
  way_record_set_take (records, target);
  *rated = way_visit_draft_add (records, WAY_VISIT_TARGET);
  (*rated)->target = g_strdup (target->record.id);
  (*rated)->set_here = WAY_YES;
}

static gboolean
has_view_of (WayRecordSet *records, const char *whose, const char *child)
{
  GPtrArray *views = way_record_set_list (records, WAY_VISIT_VIEW);

  for (guint i = 0; i < views->len; i++) {
    const WayVisitView *view = views->pdata[i];

    if (g_strcmp0 (view->whose, whose) == 0 &&
        (child == NULL || g_strcmp0 (view->child, child) == 0))
      return TRUE;
  }
  return FALSE;
}

/* @child: (nullable): whom it is of or about */
static void
ensure_view (WayRecordSet *records, const char *whose, const char *child)
{
  WayVisitView *view;

  if (has_view_of (records, whose, child))
    return;
  view = way_visit_draft_add (records, WAY_VISIT_VIEW);
  way_set_string (&view->whose, whose);
  way_set_string (&view->child, child);
}

/* Each child and its parents have a view of their own; the staff speak of all. */
static void
ensure_views (WayRecordSet *records)
{
  GPtrArray *children = way_record_set_list (records, WAY_VISIT_CHILD);

  for (guint i = 0; i < WAY_N_VIEWS; i++) {
    if (!way_visit_draft_is_joint (records) || g_strcmp0 (WAY_VIEWS[i], "staff") == 0) {
      ensure_view (records, WAY_VIEWS[i], NULL);
      continue;
    }
    for (guint k = 0; k < children->len; k++)
      ensure_view (records, WAY_VIEWS[i], ((const WayVisitChild *) children->pdata[k])->child);
  }
}

/* A last row that is empty, to write in. */
static void
ensure_blank_row (WayRecordSet *records, const WayRecordType *type)
{
  GPtrArray *list = way_record_set_list (records, type);

  if (list->len == 0 || !row_is_blank (list->pdata[list->len - 1]))
    way_visit_draft_add (records, type);
}

/**
 * way_visit_draft_prepare:
 * @records: (inout): the records of one visit
 *
 * Makes the rows that the editor shows to write in: a view of each child, of its parents
 * and of the staff, one more person present, one more assessment and one more action.
 */
void
way_visit_draft_prepare (WayRecordSet *records)
{
  ensure_views (records);
  ensure_blank_row (records, WAY_VISIT_PERSON);
  ensure_blank_row (records, WAY_ASSESSMENT);
  ensure_blank_row (records, WAY_ACTION);
}

/* Nothing at all typed: a name without a role is kept, and so is a role without a name. */
static gboolean
row_is_untouched (gconstpointer record)
{
  if (!row_is_blank (record))
    return FALSE;
  if (WAY_RECORD (record)->type == WAY_ACTION) {
    const WayAction *action = record;

    return way_text_is_blank (action->who) && action->due == WAY_DATE_UNKNOWN;
  }
  if (WAY_RECORD (record)->type == WAY_VISIT_VIEW) {
    const WayVisitView *view = record;

    return way_text_is_blank (view->said_by) && way_text_is_blank (view->how);
  }
  if (WAY_RECORD (record)->type == WAY_ASSESSMENT) {
    const WayAssessment *row = record;

    return way_text_is_blank (row->score) && isnan (row->standard_score) &&
           isnan (row->percentile) && way_text_is_blank (row->age_equivalent) &&
           way_text_is_blank (row->note);
  }
  return way_text_is_blank (((const WayVisitPerson *) record)->role);
}

gboolean
way_visit_draft_is_begun (WayRecordSet *records, gconstpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;

  if (type != WAY_ACTION && type != WAY_VISIT_VIEW && type != WAY_ASSESSMENT &&
      type != WAY_VISIT_PERSON)
    return FALSE;
  return !row_is_untouched (record) || way_visit_draft_has_unread (records, record);
}

/**
 * way_visit_draft_prune:
 * @records: (inout): the records of one visit
 *
 * Takes away the rows in which nothing was typed, and numbers the rest.
 */
void
way_visit_draft_prune (WayRecordSet *records)
{
  static const WayRecordType *const types[] = {
      WAY_VISIT_PERSON, WAY_VISIT_VIEW, WAY_ASSESSMENT, WAY_ACTION};

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    GPtrArray *list = way_record_set_list (records, types[i]);
    const WayField *position = way_record_type_find (types[i], "position");

    for (guint k = list->len; k > 0; k--) {
      if (row_is_untouched (list->pdata[k - 1]) &&
          !way_visit_draft_has_unread (records, list->pdata[k - 1]))
        way_record_set_remove (records, list->pdata[k - 1]);
    }
    for (guint k = 0; position != NULL && k < list->len; k++)
      way_field_number (position, list->pdata[k]) = k + 1;
  }
  way_visit_draft_drop_unread (records, FALSE);
}

/* Earlier actions of which nothing is said stay open, and the next visit asks again. Targets stay:
 * their charts are part of the record. */
static void
drop_unanswered (WayRecordSet *records)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_ACTION);

  for (guint i = list->len; i > 0; i--) {
    const WayVisitAction *action = list->pdata[i - 1];

    if (action->effect == NULL && way_text_is_blank (action->note))
      way_record_set_remove (records, list->pdata[i - 1]);
  }
}

/**
 * way_visit_draft_finish:
 * @records: (inout): the records of one visit
 *
 * Takes away what is not to be signed: rows in which nothing was typed, what no field could take,
 * and earlier actions of which nothing is said.
 */
void
way_visit_draft_finish (WayRecordSet *records)
{
  way_visit_draft_drop_unread (records, TRUE);
  way_visit_draft_prune (records);
  drop_unanswered (records);
}

/**
 * way_visit_draft_take_typed:
 * @records: (inout): the records of one visit
 * @is_reason: whether it is the reason of an amendment
 * @typed: what was typed before the visit was read; "" for nothing
 *
 * Goes on with it behind what is written there already.
 */
void
way_visit_draft_take_typed (WayRecordSet *records, gboolean is_reason, const char *typed)
{
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *before = NULL, *tidy = NULL, *text = NULL;

  if (*typed == '\0')
    return;
  before = is_reason ? way_visit_draft_dup_reason (records)
                     : g_strdup (visit->seen != NULL ? visit->seen : "");
  tidy = way_text_tidy (typed, !is_reason);
  text = g_strconcat (before, tidy, NULL);
  if (is_reason)
    way_visit_draft_set_reason (records, text);
  else
    way_set_string (&visit->seen, text);
}

/**
 * way_visit_file_name:
 * @visit: the visit
 * @child: (nullable): the child
 * @ending: "pdf" or "xml"
 *
 * Returns: (transfer full): a name for the file, in which no name of a child stands
 */
char *
way_visit_file_name (const WayVisit *visit, const WayChild *child, const char *ending)
{
  g_autofree char *reference = child != NULL ? way_child_reference (child) : NULL;
  g_autofree char *version =
      visit->version > 1.0 ? g_strdup_printf ("-version-%.0f", visit->version) : g_strdup ("");
  char date[WAY_DATE_ISO_SIZE] = "";

  if (visit->date != WAY_DATE_UNKNOWN)
    way_date_to_iso (visit->date, date);
  return g_strdup_printf ("record-of-visit%s%s-%s%s.%s",
                          reference != NULL ? "-" : "",
                          reference != NULL ? reference : "",
                          date,
                          version,
                          ending);
}
