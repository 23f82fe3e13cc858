/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-versions.h"

#include "way-text.h"

static int
compare (gconstpointer a, gconstpointer b)
{
  const WayVisitVersion *first = *(WayVisitVersion *const *) a;
  const WayVisitVersion *second = *(WayVisitVersion *const *) b;
  int order;

  if (first->version != second->version)
    return first->version < second->version ? -1 : 1;
  order = g_strcmp0 (first->signed_at, second->signed_at);
  return order != 0 ? order : g_strcmp0 (first->fingerprint, second->fingerprint);
}

/**
 * way_visit_versions_sort:
 * @versions: (element-type WayVisitVersion): of one visit
 *
 * By number; two of one number by when they were signed.
 */
void
way_visit_versions_sort (GPtrArray *versions)
{
  g_ptr_array_sort (versions, compare);
}

/**
 * way_visit_versions_is_apart:
 * @versions: (element-type WayVisitVersion): of one visit
 *
 * Returns: whether two versions of that number were signed, without each other
 */
gboolean
way_visit_versions_is_apart (const GPtrArray *versions, double number)
{
  guint n = 0;

  for (guint i = 0; i < versions->len; i++)
    n += ((const WayVisitVersion *) g_ptr_array_index (versions, i))->version == number;
  return n > 1;
}

/**
 * way_visit_versions_get_reason:
 * @versions: (element-type WayVisitVersion): of one visit, sorted
 * @number: of a later version
 *
 * A reason is kept with the version that was amended. Of two versions of one number it is the one
 * that has a reason from which the next was made.
 *
 * Returns: (transfer none) (nullable): why the visit was amended to that version
 */
const char *
way_visit_versions_get_reason (const GPtrArray *versions, double number)
{
  const WayVisitVersion *before = NULL;

  for (guint i = 0; i < versions->len; i++) {
    const WayVisitVersion *version = g_ptr_array_index (versions, i);

    if (version->version >= number)
      break;
    if (before == NULL || version->version > before->version || way_text_is_blank (before->reason))
      before = version;
  }
  return before != NULL && !way_text_is_blank (before->reason) ? before->reason : NULL;
}

/**
 * way_visit_versions_dup_reason_fault:
 * @reason: why a signed visit shall be amended
 *
 * It is locked with the version, and printed: what no file can hold would keep the record from ever
 * leaving again.
 *
 * Returns: (transfer full) (nullable): for people, why @reason can't be taken; %NULL if it can
 */
char *
way_visit_versions_dup_reason_fault (const char *reason)
{
  if (way_text_is_blank (reason))
    return g_strdup ("is missing; say what was put right, and why");
  return way_text_dup_fault (reason, FALSE, WAY_TEXT_MAX_LINE);
}
