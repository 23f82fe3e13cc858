/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

char *
paste (const char *name)
{
  return g_strdup_printf ("SELECT id FROM child WHERE surname = '%s'", name);
}
