/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-strength.h"

#include <glib/gi18n.h>
#include <math.h>
#include <zxcvbn.h>

/* One guess takes Argon2id some 0.2 s and 128 MiB or more; a well-equipped attacker
 * has many machines at it. */
#define GUESSES_A_SECOND 1000.0
#define HOUR 3600.0
#define DAY (24 * HOUR)
#define YEAR (365.25 * DAY)

/* Seconds until half of the likely guesses are tried. */
static double
seconds_to_guess (const char *passphrase, const char *name)
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
  seconds = seconds_to_guess (passphrase, name);
  if (seconds < DAY)
    return WAY_STRENGTH_WEAK;
  return seconds < 10 * YEAR ? WAY_STRENGTH_FAIR : WAY_STRENGTH_GOOD;
}

static const char *
time_words (double seconds)
{
  if (seconds < HOUR)
    return _ ("less than an hour");
  if (seconds < DAY)
    return _ ("some hours");
  if (seconds < 60 * DAY)
    return _ ("some days or weeks");
  if (seconds < 2 * YEAR)
    return _ ("some months");
  if (seconds < 10 * YEAR)
    return _ ("some years");
  return seconds < 100 * YEAR ? _ ("some decades") : _ ("more than a century");
}

/**
 * way_strength_text:
 * @passphrase: what is being chosen
 * @name: (nullable): the user's name
 *
 * Returns: (transfer full): how long it would hold, in words
 */
char *
way_strength_text (const char *passphrase, const char *name)
{
  static const char *const words[] = {
      [WAY_STRENGTH_EMPTY] = "",
      [WAY_STRENGTH_WEAK] = N_ ("○ Weak"),
      [WAY_STRENGTH_FAIR] = N_ ("◐ Fair"),
      [WAY_STRENGTH_GOOD] = N_ ("● Good"),
  };
  WayStrength strength = way_strength_of (passphrase, name);

  if (strength == WAY_STRENGTH_EMPTY)
    return g_strdup ("");
  return g_strdup_printf (
      _ ("%s: somebody with a copy of the file and many computers would need %s."),
      _ (words[strength]),
      time_words (seconds_to_guess (passphrase, name)));
}
