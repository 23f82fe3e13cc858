/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-vault-key.h"

#include "way-error.h"

#include <sodium.h>
#include <string.h>

/* Crockford's base 32: no I, L, O or U, so that a printed key reads one way only.
 * https://www.crockford.com/base32.html */
static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define BITS 5
#define SECRET_SYMBOLS (WAY_VAULT_RECOVERY_SIZE * 8 / BITS)
/* A hash of the rest: one slip in a million gets past it. */
#define CHECK_SYMBOLS 4
#define SYMBOLS (SECRET_SYMBOLS + CHECK_SYMBOLS)
#define GROUP 4
#define TEXT_SIZE (SYMBOLS + SYMBOLS / GROUP) /* dashes between groups, and the end */

static void
symbols_from_bytes (const guint8 *bytes, gsize n_symbols, guint8 *symbols)
{
  for (gsize i = 0; i < n_symbols; i++) {
    symbols[i] = 0;
    for (gsize bit = i * BITS; bit < (i + 1) * BITS; bit++)
      symbols[i] = (guint8) (symbols[i] << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1));
  }
}

static void
bytes_from_symbols (const guint8 *symbols, gsize n_bytes, guint8 *bytes)
{
  memset (bytes, 0, n_bytes);
  for (gsize bit = 0; bit < n_bytes * 8; bit++)
    if (symbols[bit / BITS] >> (BITS - 1 - bit % BITS) & 1)
      bytes[bit / 8] = (guint8) (bytes[bit / 8] | 0x80 >> bit % 8);
}

static void
add_check (const guint8 *secret, guint8 *symbols)
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, secret, WAY_VAULT_RECOVERY_SIZE, NULL, 0);
  symbols_from_bytes (hash, CHECK_SYMBOLS, symbols + SECRET_SYMBOLS);
  sodium_memzero (hash, sizeof hash);
}

/**
 * way_vault_recovery_to_text:
 * @secret: %WAY_VAULT_RECOVERY_SIZE bytes
 *
 * Returns: (transfer full): the recovery key to print, nine groups of four letters
 *   and digits, the last group a check; free it with way_vault_secret_free()
 */
char *
way_vault_recovery_to_text (const guint8 *secret)
{
  char *text = sodium_malloc (TEXT_SIZE);
  char *end = text;
  guint8 symbols[SYMBOLS];

  g_assert (text != NULL);
  symbols_from_bytes (secret, SECRET_SYMBOLS, symbols);
  add_check (secret, symbols);
  for (gsize i = 0; i < SYMBOLS; i++) {
    if (i > 0 && i % GROUP == 0)
      *end++ = '-';
    *end++ = ALPHABET[symbols[i]];
  }
  *end = '\0';
  sodium_memzero (symbols, sizeof symbols);
  return text;
}

/* The value of what somebody typed, -1 for a character that no key has. */
static int
value_of (char c)
{
  const char *found;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  found = c == '\0' ? NULL : strchr (ALPHABET, c);
  return found == NULL ? -1 : (int) (found - ALPHABET);
}

static gboolean
read_symbols (const char *text, guint8 *symbols, GError **error)
{
  gsize n = 0;

  for (const char *c = text; *c != '\0'; c++) {
    int value = value_of (*c);

    if (*c == '-' || g_ascii_isspace (*c))
      continue;
    if (value < 0) {
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_INVALID,
                   "the recovery key has a character that none has, in group %u",
                   (guint) (n / GROUP + 1));
      return FALSE;
    }
    if (n < SYMBOLS)
      symbols[n] = (guint8) value;
    n++;
  }
  if (n != SYMBOLS)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_INVALID,
                 "the recovery key has %u letters and digits, and %u were typed",
                 (guint) SYMBOLS,
                 (guint) n);
  return n == SYMBOLS;
}

/**
 * way_vault_recovery_from_text:
 * @text: what was typed; case, spaces and dashes don't matter, O is 0, I and L are 1
 * @secret: (out): room for %WAY_VAULT_RECOVERY_SIZE bytes
 * @error: %WAY_ERROR_INVALID for a slip in typing
 *
 * Returns: whether @text is a recovery key, of whatever store
 */
gboolean
way_vault_recovery_from_text (const char *text, guint8 *secret, GError **error)
{
  guint8 symbols[SYMBOLS] = {0};
  guint8 check[SYMBOLS] = {0};
  gboolean right;

  if (!read_symbols (text, symbols, error)) {
    sodium_memzero (symbols, sizeof symbols);
    return FALSE;
  }
  bytes_from_symbols (symbols, WAY_VAULT_RECOVERY_SIZE, secret);
  add_check (secret, check);
  right = memcmp (check + SECRET_SYMBOLS, symbols + SECRET_SYMBOLS, CHECK_SYMBOLS) == 0;
  sodium_memzero (symbols, sizeof symbols);
  if (right)
    return TRUE;
  sodium_memzero (secret, WAY_VAULT_RECOVERY_SIZE);
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_INVALID,
               "the recovery key has a typing slip: its check does not fit");
  return FALSE;
}
