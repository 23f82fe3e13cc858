/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-application.h"
#include "way-platform.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (WayApplication) application = NULL;

  way_platform_harden_process ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WAY_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = way_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
