/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed and is no day, time or number yet: it lies in the draft as it was typed, so that
 * it outlives the lock, the way back and a crash like every other word. */
#include "way-visit-draft.h"

#include "way-text.h"

#include <string.h>

#define UNREAD "half-typed"

static char *
key_of (gconstpointer record, const WayField *field)
{
  return g_strdup_printf ("%s/%s", WAY_RECORD (record)->id, field->name);
}

/* Like the reason of an amendment: as a version of its own, by an id that nothing else has. Its
 * signer's name says where it was typed. */
static WayVisitVersion *
find (WayRecordSet *records, const char *key)
{
  g_autofree char *id = way_uuid_for_name (UNREAD, key);

  return way_record_set_find (records, WAY_VISIT_VERSION, id);
}

static gboolean
is_unread (const WayVisitVersion *version)
{
  g_autofree char *id =
      version->signed_by != NULL ? way_uuid_for_name (UNREAD, version->signed_by) : NULL;

  return id != NULL && g_strcmp0 (id, version->record.id) == 0;
}

/**
 * way_visit_draft_set_unread:
 * @records: (inout): the records of one visit
 * @record: one of them
 * @field: its field
 * @text: (nullable): what is typed and cannot be read; %NULL: it can
 *
 * Keeps what the field itself cannot hold.
 */
void
way_visit_draft_set_unread (WayRecordSet *records,
                            gconstpointer record,
                            const WayField *field,
                            const char *text)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autofree char *key = key_of (record, field);
  WayVisitVersion *version = find (records, key);

  if (text == NULL) {
    if (version != NULL)
      way_record_set_remove (records, version);
    return;
  }
  if (version == NULL) {
    version = way_record_set_add (records, WAY_VISIT_VERSION);
    version->record.id = way_uuid_for_name (UNREAD, key);
    version->visit = g_strdup (visit->record.id);
    version->signed_by = g_steal_pointer (&key);
  }
  way_set_string (&version->reason, text);
}

/**
 * way_visit_draft_get_unread:
 *
 * Returns: (transfer none) (nullable): what is typed in the field and cannot be read
 */
const char *
way_visit_draft_get_unread (WayRecordSet *records, gconstpointer record, const WayField *field)
{
  g_autofree char *key = key_of (record, field);
  const WayVisitVersion *version = find (records, key);

  return version != NULL ? version->reason : NULL;
}

/* Whether a field of the record has something in it that cannot be read. */
gboolean
way_visit_draft_has_unread (WayRecordSet *records, gconstpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;

  for (guint i = 0; i < type->n_fields; i++) {
    if (way_visit_draft_get_unread (records, record, &type->fields[i]) != NULL)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_record (WayRecordSet *records, const char *key)
{
  g_autofree char *id = g_strndup (key, strcspn (key, "/"));

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    if (way_record_set_find (records, WAY_RECORD_TYPES[i], id) != NULL)
      return TRUE;
  }
  return FALSE;
}

/**
 * way_visit_draft_drop_unread:
 * @records: (inout): the records of one visit
 * @all: whether also what was typed into a row that is still there
 *
 * Takes away what could not be read.
 */
void
way_visit_draft_drop_unread (WayRecordSet *records, gboolean all)
{
  GPtrArray *list = way_record_set_list (records, WAY_VISIT_VERSION);

  for (guint i = list->len; i > 0; i--) {
    WayVisitVersion *version = list->pdata[i - 1];

    if (is_unread (version) && (all || !has_record (records, version->signed_by)))
      way_record_set_remove (records, version);
  }
}
