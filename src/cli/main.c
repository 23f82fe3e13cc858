/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-cli.h"

#include <glib.h>
#include <locale.h>
#include <string.h>

int
main (int argc, char **argv)
{
  const char *charset;

  setlocale (LC_ALL, "");
  if (!g_get_charset (&charset) && strcmp (charset, "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE,
               "C.UTF-8"); /* no language is set, as in a script; names keep their letters */
  return way_cli_run (argc, argv);
}
