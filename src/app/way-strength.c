/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-strength.h"

#include <glib/gi18n.h>

#define HOUR 3600.0
#define DAY (24 * HOUR)
#define YEAR (365.25 * DAY)

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
      time_words (way_passphrase_seconds (passphrase, name)));
}
