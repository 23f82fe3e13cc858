/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a caseload stays in its store when the tables leave it: tables are read by anybody who
 * has them, so they hold what a service works with, and not what is only for its owner's eyes. */
#include "way-caseload-stays.h"

#include "way-caseload-files.h"
#include "way-caseload.h"
#include "way-values.h"

#include <string.h>

/* Of which type which field. Who works with a store is that store's own to say. */
static const struct {
  const WayRecordType *type;
  const char *field;
} PRIVATE[] = {{WAY_PRACTITIONER, "me"}, {WAY_CHILD, "alerts"}, {WAY_CHILD, "restricted_notes"}};

static const struct {
  const WayRecordType *type;
  const char *one, *several;
} WITHOUT_TABLE[] = {
    {WAY_CONTACT, "contact", "contacts"},
    {WAY_VISIT_VERSION, "signed version of a visit", "signed versions of visits"},
    {WAY_DISCLOSURE, "entry of the sharing log", "entries of the sharing log"},
};

/* Whether @field stays in the store, whoever asks. */
gboolean
caseload_field_stays (const WayRecordType *type, const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (PRIVATE); i++) {
    if (PRIVATE[i].type == type && strcmp (PRIVATE[i].field, field) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether @field says where somebody lives. */
gboolean
caseload_field_is_address (const char *field)
{
  static const char *const ADDRESS[] = {"street", "town", "postcode", NULL};

  return g_strv_contains (ADDRESS, field);
}

/**
 * caseload_find_withheld:
 *
 * Where a parent's address is withheld, or a court has ordered something, the child's may tell it.
 *
 * Returns: (transfer full) (element-type utf8): ids of the children whose address stays
 */
GHashTable *
caseload_find_withheld (WayRecordSet *records)
{
  static const char *const RESTRICTIONS[] = {"address-withheld", "court-order", NULL};
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *contacts = way_record_set_list (records, WAY_CONTACT);

  for (guint i = 0; i < contacts->len; i++) {
    const WayContact *contact = g_ptr_array_index (contacts, i);

    if (contact->restriction != NULL && contact->child != NULL &&
        g_strv_contains (RESTRICTIONS, contact->restriction))
      g_hash_table_add (ids, contact->child);
  }
  return ids;
}

static void
append_count (GString *text, guint n, const char *before, const char *one, const char *several)
{
  if (n > 0)
    g_string_append_printf (
        text, "%s%s%u %s", text->len > 0 ? ", " : "", before, n, n == 1 ? one : several);
}

static guint
count_known (GPtrArray *children, const char *name)
{
  const WayField *field = way_record_type_find (WAY_CHILD, name);
  guint n = 0;

  for (guint i = 0; i < children->len; i++)
    n += way_field_is_known (field, g_ptr_array_index (children, i));
  return n;
}

static guint
count_withheld (WayRecordSet *records, GPtrArray *children)
{
  g_autoptr (GHashTable) withheld = caseload_find_withheld (records);
  guint n = 0;

  for (guint i = 0; i < children->len; i++) {
    const WayChild *child = g_ptr_array_index (children, i);

    n += g_hash_table_contains (withheld, child->record.id) &&
         (child->street != NULL || child->town != NULL || child->postcode != NULL);
  }
  return n;
}

/**
 * way_caseload_dup_left_out:
 * @records: as way_caseload_write() gets them
 * @n_drafts: drafts of visits that the store has
 *
 * Returns: (transfer full) (nullable): what of them the tables do not hold: "6 contacts, alerts of
 *   1 child"; %NULL if they hold all
 */
char *
way_caseload_dup_left_out (WayRecordSet *records, guint n_drafts)
{
  GPtrArray *children = way_record_set_list (records, WAY_CHILD);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (WITHOUT_TABLE); i++)
    append_count (text,
                  way_record_set_list (records, WITHOUT_TABLE[i].type)->len,
                  "",
                  WITHOUT_TABLE[i].one,
                  WITHOUT_TABLE[i].several);
  append_count (text, n_drafts, "", "draft of a visit", "drafts of visits");
  append_count (text, count_known (children, "alerts"), "alerts of ", "child", "children");
  append_count (text,
                count_known (children, "restricted_notes"),
                "restricted notes of ",
                "child",
                "children");
  append_count (
      text, count_withheld (records, children), "the withheld address of ", "child", "children");
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
