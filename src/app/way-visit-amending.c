/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the visit editor knows of an amendment: why it is made, and whether it changes anything. */
#include "way-visit-draft.h"

#include "way-canonical.h"
#include "way-text.h"
#include "way-visit-content.h"

#include <string.h>

/* The reason lies in the draft as a version of its own, by an id that nothing else has. */
static WayVisitVersion *
find_reason (WayRecordSet *records)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *id = way_uuid_for_name ("amendment-reason", visit->record.id);

  return way_record_set_find (records, WAY_VISIT_VERSION, id);
}

char *
way_visit_draft_dup_reason (WayRecordSet *records)
{
  const WayVisitVersion *version = find_reason (records);

  return g_strdup (version != NULL && version->reason != NULL ? version->reason : "");
}

void
way_visit_draft_set_reason (WayRecordSet *records, const char *reason)
{
  WayVisitVersion *version = find_reason (records);

  if (version == NULL) {
    const WayVisit *visit = way_record_set_first (records, WAY_VISIT);

    version = way_record_set_add (records, WAY_VISIT_VERSION);
    version->record.id = way_uuid_for_name ("amendment-reason", visit->record.id);
    version->visit = g_strdup (visit->record.id);
  }
  way_set_string (&version->reason, reason);
}

void
way_visit_draft_drop_reason (WayRecordSet *records)
{
  WayVisitVersion *version = find_reason (records);

  if (version != NULL)
    way_record_set_remove (records, version);
}

gboolean
way_visit_draft_is_amendment (WayRecordSet *records)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  return visit->signed_at != NULL;
}

/**
 * way_visit_draft_find_other_author:
 * @records: the records of one visit
 * @child: what is known of the children whom it is about
 *
 * Returns: (transfer none) (nullable): who wrote it, if that is not who works here
 */
const char *
way_visit_draft_find_other_author (WayRecordSet *records, WayRecordSet *child)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  const WayPractitioner *author =
      visit->practitioner != NULL
          ? way_record_set_find (child, WAY_PRACTITIONER, visit->practitioner)
          : NULL;

  return author != NULL && author->me != WAY_YES ? author->name : NULL;
}

static char *
dup_as_signed (WayRecordSet *records)
{
  g_autoptr (WayRecordSet) copy = way_record_set_copy (records);

  way_visit_draft_finish (copy);
  way_visit_draft_drop_reason (copy);
  way_visit_date_assessments (copy);
  return way_canonical_write (copy, WAY_CANONICAL_WHOLE);
}

/**
 * way_visit_draft_changes:
 * @records: the records of an amendment
 * @before: those of the signed visit
 *
 * Returns: whether anything would be changed by signing, apart from the reason
 */
gboolean
way_visit_draft_changes (WayRecordSet *records, WayRecordSet *before)
{
  g_autofree char *new = dup_as_signed (records);
  g_autofree char *old = dup_as_signed (before);

  return strcmp (new, old) != 0;
}
