/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visit is for: without a word of what was seen, said, measured or agreed there is no record
 * of it, and a signed one could not be taken back. */
#include "way-visit-content.h"

#include "way-text.h"

/* What is written of a visit. Where and when it was, and who was there, is not yet a record of it;
 * nor is a row that is there to be filled in. */
static const struct {
  const WayRecordType *type;
  const char *field;
} WRITTEN[] = {
    {WAY_VISIT, "purpose"},         {WAY_VISIT, "seen"},
    {WAY_VISIT, "strategies"},      {WAY_VISIT, "equipment"},
    {WAY_VISIT, "strengths"},       {WAY_VISIT, "needs"},
    {WAY_VISIT, "advice"},          {WAY_VISIT, "materials"},
    {WAY_VISIT_VIEW, "text"},       {WAY_VISIT_ACTION, "effect"},
    {WAY_VISIT_ACTION, "note"},     {WAY_VISIT_TARGET, "rating"},
    {WAY_VISIT_TARGET, "outcome"},  {WAY_VISIT_TARGET, "reason"},
    {WAY_VISIT_TARGET, "decision"}, {WAY_VISIT_TARGET, "evidence"},
    {WAY_VISIT_TARGET, "set_here"}, {WAY_ASSESSMENT, "name"},
    {WAY_ACTION, "what"},
};

static gboolean
says_something (const WayField *field, gconstpointer record)
{
  if (field->kind == WAY_FIELD_YES_NO)
    return way_field_yes_no (field, record) == WAY_YES;
  return way_field_is_known (field, record) &&
         !(way_field_is_text (field) && way_text_is_blank (way_field_string (field, record)));
}

static gboolean
is_written (WayRecordSet *records, const WayRecordType *type, const char *name)
{
  const WayField *field = way_record_type_find (type, name);
  GPtrArray *list = way_record_set_list (records, type);

  for (guint i = 0; i < list->len; i++) {
    if (says_something (field, list->pdata[i]))
      return TRUE;
  }
  return FALSE;
}

/**
 * way_visit_says_nothing:
 * @records: a visit and its parts
 *
 * A visit that was not held has its reason to say.
 *
 * Returns: whether nothing is written of a visit that took place
 */
gboolean
way_visit_says_nothing (WayRecordSet *records)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  if (visit == NULL || g_strcmp0 (visit->kind, "not-held") == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (WRITTEN); i++) {
    if (is_written (records, WRITTEN[i].type, WRITTEN[i].field))
      return FALSE;
  }
  return TRUE;
}

/**
 * way_visit_date_assessments:
 * @records: (inout): the records of one visit
 *
 * An assessment whose day nobody typed was made at the visit: it gets the visit's day, before it is
 * stored, signed or shown as a page. A draft stays without it: the visit's own day may still
 * change.
 */
void
way_visit_date_assessments (WayRecordSet *records)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  GPtrArray *list = way_record_set_list (records, WAY_ASSESSMENT);

  for (guint i = 0; i < list->len; i++) {
    WayAssessment *assessment = list->pdata[i];

    if (assessment->date == WAY_DATE_UNKNOWN)
      assessment->date = visit->date;
  }
}
