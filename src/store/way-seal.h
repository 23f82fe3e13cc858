/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WAY_SEAL_KEY_SIZE 32
#define WAY_SEAL_ID_SIZE 16
#define WAY_SEAL_NONCE_SIZE 24
#define WAY_SEAL_TAG_SIZE 16
/* What a sealed unit takes more than its text: nonce, then tag. */
#define WAY_SEAL_OVERHEAD (WAY_SEAL_NONCE_SIZE + WAY_SEAL_TAG_SIZE)
#define WAY_SEAL_ASSOCIATED_SIZE (WAY_SEAL_ID_SIZE + 1 + 8)

/* What a sealed unit is, bound into it so that one can't stand in for another. */
typedef enum {
  WAY_SEAL_PAGE = 'D',    /* numbered by page */
  WAY_SEAL_FRAME = 'W',   /* numbered by offset in the write-ahead log */
  WAY_SEAL_JOURNAL = 'J', /* numbered by page */
} WaySealKind;

/**
 * WaySealer:
 *
 * Seals and opens the units of one file with XChaCha20-Poly1305. Use one per open
 * file and from one thread at a time; never copy one, or nonces repeat.
 */
typedef struct {
  const guint8 *key; /* borrowed */
  guint8 associated[WAY_SEAL_ASSOCIATED_SIZE];
  guint8 nonce[WAY_SEAL_NONCE_SIZE];
} WaySealer;

gboolean way_seal_init (void);
guint8 *way_seal_key_new (void);
void way_seal_key_free (guint8 *key);
void way_seal_derive_key (guint8 *key,
                          const guint8 *data_key,
                          const char *purpose,
                          const guint8 *file_id);

void way_sealer_init (WaySealer *self, const guint8 *key, const guint8 *file_id);
void way_sealer_seal (WaySealer *self,
                      WaySealKind kind,
                      guint64 number,
                      const guint8 *plain,
                      gsize length,
                      guint8 *sealed);
gboolean
way_sealer_open (WaySealer *self, WaySealKind kind, guint64 number, guint8 *sealed, gsize length);

G_END_DECLS
