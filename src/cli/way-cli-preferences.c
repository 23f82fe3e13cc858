/* SPDX-License-Identifier: GPL-3.0-or-later */
/* preferences: what the service has settled on, as way-preferences.h lists it. */
#include "way-cli.h"

#include "way-error.h"
#include "way-preferences.h"

#include <string.h>

/* (transfer full) (nullable): what is set; %NULL without error if nothing is */
static char *
dup_value (WayCli *cli, const WayPreference *preference, GError **error)
{
  g_autoptr (GBytes) logo = NULL;

  if (preference->kind != WAY_PREFERENCE_PICTURE)
    return way_db_get_preference (cli->db, preference->name, error);
  logo = way_db_get_logo (cli->db, error);
  return logo != NULL ? g_strdup_printf ("a PNG picture of %" G_GSIZE_FORMAT " bytes",
                                         g_bytes_get_size (logo))
                      : NULL;
}

static gboolean
print_all (WayCli *cli, GError **error)
{
  for (guint i = 0; i < WAY_N_PREFERENCES; i++) {
    const WayPreference *preference = &WAY_PREFERENCES[i];
    g_autoptr (GError) local = NULL;
    g_autofree char *value = preference->internal ? NULL : dup_value (cli, preference, &local);

    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (preference->internal)
      continue;
    if (value != NULL)
      way_cli_print ("%s: %s\n", preference->name, value);
    else if (preference->initial != NULL)
      way_cli_print ("%s: %s (not set)\n", preference->name, preference->initial);
    else
      way_cli_print ("%s: (not set)\n", preference->name);
  }
  return TRUE;
}

static gboolean
print_one (WayCli *cli, const WayPreference *preference, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *value = dup_value (cli, preference, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (value == NULL)
    way_cli_note ("%s is not set.", preference->name);
  if (value != NULL || preference->initial != NULL)
    way_cli_print ("%s\n", value != NULL ? value : preference->initial);
  return TRUE;
}

static gboolean
set_logo (WayCli *cli, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) png = way_preference_load_logo (file, &local);

  if (png == NULL) {
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_REFUSED, local->message);
    way_cli_place (error, path);
    return FALSE;
  }
  return way_cli_open (cli, error) && way_db_set_logo (cli->db, png, error);
}

static gboolean
set_value (WayCli *cli, const WayPreference *preference, const char *value, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *kept = NULL;

  if (*value != '\0' && preference->kind == WAY_PREFERENCE_PICTURE)
    return set_logo (cli, value, error);
  if (*value != '\0') {
    kept = way_preference_check (preference, value, &local);
    if (kept == NULL) {
      way_cli_usage (error, "preferences: %s", local->message);
      return FALSE;
    }
  }
  return way_cli_open (cli, error) &&
         way_db_set_preference (cli->db, preference->name, kept, error);
}

static char *
describe (char **words G_GNUC_UNUSED)
{
  GString *text = g_string_new ("Preferences:\n");

  for (guint i = 0; i < WAY_N_PREFERENCES; i++) {
    const WayPreference *preference = &WAY_PREFERENCES[i];
    g_autofree char *choices =
        preference->choices != NULL ? g_strjoinv (", ", (char **) preference->choices) : NULL;

    if (preference->internal)
      continue;
    g_string_append_printf (text, "  %-21s %s", preference->name, preference->description);
    if (preference->kind == WAY_PREFERENCE_PICTURE)
      g_string_append (text, " A PNG file.");
    else if (choices != NULL)
      g_string_append_printf (text, " One of %s.", choices);
    else if (preference->kind == WAY_PREFERENCE_NUMBER)
      g_string_append_printf (text, " From %d to %d.", preference->lowest, preference->highest);
    g_string_append_c (text, '\n');
  }
  g_string_append (text, "\nAn empty VALUE (\"\") takes away what was set.\n");
  return g_string_free (text, FALSE);
}

static WayExit
run_preferences (WayCli *cli, char **words, GError **error)
{
  const WayPreference *preference = NULL;
  gboolean done;

  if (words[1] != NULL) {
    preference = way_preference_find (words[1]);
    if (preference == NULL || preference->internal)
      return way_cli_usage (
          error,
          "preferences: There is no preference “%s”; “waymark-cli preferences --help” lists them",
          words[1]);
    if (!way_cli_has_at_most ("preferences", words, 3, error))
      return WAY_EXIT_USAGE;
    if (words[2] != NULL)
      return set_value (cli, preference, words[2], error) ? WAY_EXIT_DONE : WAY_EXIT_FAILED;
  }
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  done = preference != NULL ? print_one (cli, preference, error) : print_all (cli, error);
  return done ? WAY_EXIT_DONE : WAY_EXIT_FAILED;
}

const WayCommand WAY_COMMAND_PREFERENCES = {
    .name = "preferences",
    .summary = "[NAME [VALUE]]   show or set the service's name, logo, privacy line …",
    .run = run_preferences,
    .describe = describe};
