/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-cli.h"

#include <locale.h>

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  return way_cli_run (argc, argv);
}
