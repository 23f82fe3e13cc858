/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

static void
everything_banned (char *to, const char *from)
{
  strcpy (to, from);
  strcat (to, from);
  sprintf (to, "%d", atoi (from));
  atof (from);
  gets (to);
  system (from);
  popen (from, "r");
  g_error ("%s", from);
  g_date_set_parse (NULL, from);
  xmlNewChild (NULL, NULL, to, from);
  g_file_set_contents (to, from, -1, NULL);
  g_get_real_time ();
}
