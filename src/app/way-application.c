/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-application"

#include "way-application.h"

#include "way-error.h"
#include "way-vault.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WayApplication {
  AdwApplication parent_instance;

  char *passphrase_file;
  char *child;
  char *visit;
  char **paths;
};

G_DEFINE_FINAL_TYPE (WayApplication, way_application, ADW_TYPE_APPLICATION)

/* A store that opens by itself is shown when it is open, without a look at the
 * locked page; should that take long, the window shows that it is at work. */
#define PATIENCE_MS 700

static gboolean
present_cb (gpointer window)
{
  gtk_window_present (window);
  return G_SOURCE_REMOVE;
}

static void
way_application_activate (GApplication *application)
{
  WayApplication *self = WAY_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  const char *path = self->paths != NULL ? self->paths[0] : NULL;
  g_autofree char *absolute = NULL;
  g_autoptr (GError) error = NULL;
  char *passphrase = NULL;
  WayWindow *ours;

  if (window != NULL) {
    gtk_window_present (window);
    return;
  }
  ours = way_window_new (ADW_APPLICATION (self));
  way_window_set_start (ours, self->child, self->visit);
  absolute =
      path != NULL ? g_canonicalize_filename (path, NULL) : g_strdup (way_window_get_path (ours));
  if (self->passphrase_file != NULL)
    passphrase = way_vault_secret_read (self->passphrase_file, &error);
  if (passphrase != NULL && absolute != NULL) {
    way_window_unlock (ours, absolute, passphrase);
    g_timeout_add_full (
        G_PRIORITY_DEFAULT, PATIENCE_MS, present_cb, g_object_ref (ours), g_object_unref);
  } else {
    way_window_set_path (ours, absolute);
    gtk_window_present (GTK_WINDOW (ours));
  }
  if (error != NULL)
    way_window_show_error (ours, _ ("The passphrase could not be read"), error);
  way_vault_secret_free (passphrase);
}

static int
way_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  WayApplication *self = WAY_APPLICATION (application);

  if (self->paths != NULL && g_strv_length (self->paths) > 1) {
    g_printerr ("waymark: %s\n", _ ("Only one store can be open in a window."));
    return 2;
  }
  return -1;
}

static void
way_application_startup (GApplication *application)
{
  static const char *quit[] = {"<Control>q", NULL};

  G_APPLICATION_CLASS (way_application_parent_class)->startup (application);
  /* The keyboard comes past texts that can be copied; they are not marked by that. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "window.close", quit);
}

static void
way_application_finalize (GObject *object)
{
  WayApplication *self = WAY_APPLICATION (object);

  g_free (self->passphrase_file);
  g_free (self->child);
  g_free (self->visit);
  g_strfreev (self->paths);
  G_OBJECT_CLASS (way_application_parent_class)->finalize (object);
}

static void
way_application_class_init (WayApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_application_finalize;
  application_class->activate = way_application_activate;
  application_class->startup = way_application_startup;
  application_class->handle_local_options = way_application_handle_local_options;
}

static void
way_application_init (WayApplication *self)
{
  const GOptionEntry options[] = {
      {"passphrase-file",
       0,
       0,
       G_OPTION_ARG_FILENAME,
       &self->passphrase_file,
       N_ ("Read the passphrase from FILE"),
       N_ ("FILE")},
      {"child",
       0,
       0,
       G_OPTION_ARG_STRING,
       &self->child,
       N_ ("Show the child with this id"),
       N_ ("ID")},
      {"visit",
       0,
       0,
       G_OPTION_ARG_STRING,
       &self->visit,
       N_ ("Show the visit with this id"),
       N_ ("ID")},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->paths, NULL, N_ ("[STORE]")},
      {NULL},
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * way_application_new:
 *
 * Returns: (transfer full): the application. Each run is its own process: two
 *   stores can be open side by side, and one store in two says who has it.
 */
WayApplication *
way_application_new (void)
{
  return g_object_new (
      WAY_TYPE_APPLICATION, "application-id", WAY_APP_ID, "flags", G_APPLICATION_NON_UNIQUE, NULL);
}
