/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What records of visit show besides themselves they show again and again: the same child, target
 * and measurements stand in each visit of the child. One that came before, to the letter, and was
 * taken is not looked up again. As many as fit are remembered, so that memory stays flat. */
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
