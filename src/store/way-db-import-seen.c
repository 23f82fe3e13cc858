/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What records of visit show besides themselves they show again and again: the same child, target
 * and measurements stand in each visit of the child. One that came before, to the letter, and was
 * taken is not looked up again. As many as fit are remembered, so that memory stays flat.
 * What an import changes is remembered as it will be. */
#include "way-db-import-private.h"

#include <sodium.h>
#include <string.h>

#define N_SLOTS 65536
#define DIGEST_SIZE crypto_generichash_BYTES_MIN

struct _WayImportSeen {
  guint8 slots[N_SLOTS][DIGEST_SIZE];
};

WayImportSeen *
way_import_seen_new (void)
{
  return g_new0 (WayImportSeen, 1);
}

static void
hash_record (const WayRecord *record, guint8 digest[DIGEST_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, DIGEST_SIZE);
  crypto_generichash_update (
      &state, (const guint8 *) record->type->name, strlen (record->type->name) + 1);
  crypto_generichash_update (&state, (const guint8 *) record->id, strlen (record->id) + 1);
  for (guint8 i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];

    if (!way_field_is_known (field, record))
      continue;
    crypto_generichash_update (&state, &i, 1);
    if (way_field_is_text (field))
      crypto_generichash_update (&state,
                                 (const guint8 *) way_field_string (field, record),
                                 strlen (way_field_string (field, record)) + 1);
    else if (field->kind == WAY_FIELD_NUMBER)
      crypto_generichash_update (
          &state, (const guint8 *) &way_field_number (field, record), sizeof (double));
    else
      crypto_generichash_update (
          &state, (const guint8 *) &way_field_date (field, record), sizeof (guint32));
  }
  crypto_generichash_final (&state, digest, DIGEST_SIZE);
}

/* By the id, so that another content of it takes the place of the one before. */
static guint8 *
slot_of (WayImportSeen *self, const WayRecord *record)
{
  return self->slots[g_str_hash (record->id) % N_SLOTS];
}

/**
 * way_import_was_seen:
 * @record: as the file has it
 *
 * Whether it was taken before in this import, just as it is.
 */
gboolean
way_import_was_seen (WayDbImport *self, const WayRecord *record)
{
  guint8 digest[DIGEST_SIZE];

  if (record->id == NULL)
    return FALSE;
  hash_record (record, digest);
  return memcmp (slot_of (self->seen, record), digest, DIGEST_SIZE) == 0;
}

/* Once it was taken. */
void
way_import_note_seen (WayDbImport *self, const WayRecord *record)
{
  if (record->id != NULL)
    hash_record (record, slot_of (self->seen, record));
}

/* A school stands with each of its pupils, a child with each of its visits. */
static gboolean
is_named_often (const WayRecordType *type)
{
  return type == WAY_SETTING || type == WAY_PRACTITIONER || type == WAY_CHILD;
}

/* Of the unit that is taken: whether it is the first time. */
static gboolean
meet (WayDbImport *self, const WayRecord *record)
{
  if (way_import_table_has (self->met, record->type, record->id))
    return FALSE;
  way_import_table_set (
      self->met, record->type, record->id, g_memdup2 (&self->unit, sizeof (self->unit)));
  return TRUE;
}

/**
 * way_import_note_met:
 * @record: what this import adds, with its id
 *
 * It was not there already, however often the files name it.
 */
void
way_import_note_met (WayDbImport *self, const WayRecord *record)
{
  if (is_named_often (record->type) && record->id != NULL)
    meet (self, record);
}

/**
 * way_import_count_same:
 * @old: a record of the store that the files have just so
 *
 * Counts it as there already: once, and not if this import brought it.
 */
void
way_import_count_same (WayDbImport *self, const WayRecord *old)
{
  if (!is_named_often (old->type) || old->id == NULL || meet (self, old))
    self->report->n_same++;
}

static gboolean
is_of_unit (gpointer id, gpointer unit, gpointer session)
{
  return *(const guint64 *) unit == ((const WayDbImport *) session)->unit;
}

/* The unit is left out, and so are its counts. */
void
way_import_forget_met (WayDbImport *self)
{
  g_hash_table_foreach_remove (self->met, is_of_unit, self);
}

void
way_import_changed_free (gpointer data)
{
  WayChanged *changed = data;

  way_record_free (changed->record);
  way_record_free (changed->before);
  g_free (changed);
}

/**
 * way_import_note_changed:
 * @old: as it was
 * @merged: as it will be
 *
 * Rows of the same unit, which is not written yet, and in a dry run all that follow, are judged by
 * what it will be.
 */
void
way_import_note_changed (WayDbImport *self, const WayRecord *old, const WayRecord *merged)
{
  WayChanged *changed = way_import_table_get (self->changed, old->type, old->id);

  if (changed == NULL && way_record_equal (old, merged))
    return;
  if (changed == NULL) {
    changed = g_new0 (WayChanged, 1);
    changed->unit = self->unit;
    way_import_table_set (self->changed, old->type, old->id, changed);
  }
  if (changed->unit != self->unit) {
    way_record_free (changed->before);
    changed->before = g_steal_pointer (&changed->record);
    changed->unit = self->unit;
  }
  way_record_free (changed->record);
  changed->record = way_record_copy (merged);
}

/* The unit is left out, and so is what it would have changed. */
void
way_import_forget_changed (WayDbImport *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    WayChanged *changed = value;

    if (changed->unit != self->unit)
      continue;
    if (changed->before == NULL) {
      g_hash_table_iter_remove (&iter);
      continue;
    }
    way_record_free (changed->record);
    changed->record = g_steal_pointer (&changed->before);
    changed->unit = 0;
  }
}

/**
 * way_import_find_would_be:
 * @id: in the store
 *
 * Returns: (transfer none) (nullable): the record as this import adds or changes it; %NULL if it
 *   does not, or if the store is to be asked
 */
const WayRecord *
way_import_find_would_be (WayDbImport *self, const WayRecordType *type, const char *id)
{
  const WayChanged *changed = way_import_table_get (self->changed, type, id);
  const WayPlace *place = way_import_find_place (self, type, id);

  if (changed != NULL)
    return changed->record;
  return place != NULL && place->is_new && g_strcmp0 (place->id, id) == 0 ? place->record : NULL;
}
