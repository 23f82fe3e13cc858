/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How soon a passphrase would be guessed by somebody who has a copy of the store. */
#include "way-passphrase.h"

#include <math.h>
#include <zxcvbn.h>

/* One guess takes Argon2id some 0.2 s and 128 MiB or more; a well-equipped attacker
 * has many machines at it. */
#define GUESSES_A_SECOND 1000.0
#define DAY (24 * 3600.0)
#define YEAR (365.25 * DAY)

/**
 * way_passphrase_seconds:
 * @passphrase: what is being chosen
 * @name: (nullable): the user's name, which is guessed first
 *
 * Returns: how long it would take until half of the likely guesses are tried
 */
double
way_passphrase_seconds (const char *passphrase, const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name != NULL ? name : "", " .,-'", -1);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (char **word = words; *word != NULL; word++) {
    if (strlen (*word) > 2)
      g_ptr_array_add (known, *word);
  }
  g_ptr_array_add (known, (gpointer) "waymark");
  g_ptr_array_add (known, NULL);
  return exp2 (ZxcvbnMatch (passphrase, (const char **) known->pdata, NULL) - 1) / GUESSES_A_SECOND;
}

/**
 * way_strength_of:
 * @passphrase: what is being chosen
 * @name: (nullable): the user's name, which is guessed first
 *
 * Returns: whether it holds for a day (fair) or for ten years (good)
 */
WayStrength
way_strength_of (const char *passphrase, const char *name)
{
  double seconds;

  if (passphrase == NULL || *passphrase == '\0')
    return WAY_STRENGTH_EMPTY;
  seconds = way_passphrase_seconds (passphrase, name);
  if (seconds < DAY)
    return WAY_STRENGTH_WEAK;
  return seconds < 10 * YEAR ? WAY_STRENGTH_FAIR : WAY_STRENGTH_GOOD;
}
