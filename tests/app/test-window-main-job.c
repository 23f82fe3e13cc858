/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job in the real window, as a person does it: from the first run to a signed Record of
 * Visit that another store holds the same. */
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSPHRASE "lantern orbit mustard violin"

typedef struct {
  UiDriver ui;
  char *folder;
  char *store;
} Journey;

static void
first_run (Journey *self)
{
  UiDriver *ui = &self->ui;

  ui_start (ui, g_getenv ("WAYMARK"), self->store);
  ui_wait_text (ui, "Who are you?");
  ui_picture ("1-who");
  ui_press (ui, "Next");
  ui_wait_text (ui, "Type your name");
  ui_fill (ui, "Your name", "Noor Iqbal");
  ui_fill (ui, "Team or school", "Specialist Teaching Service");
  ui_press (ui, "Next");
  ui_fill (ui, "Passphrase", PASSPHRASE);
  ui_fill (ui, "Passphrase again", PASSPHRASE " or so");
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "The two are not the same.");
  ui_picture ("2-passphrase");
  g_assert_false (g_file_test (self->store, G_FILE_TEST_EXISTS));
  ui_fill (ui, "Passphrase again", PASSPHRASE);
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "Your recovery key");
  ui_picture ("3-recovery-key");
  ui_press (ui, "I have kept it safe");
  ui_wait_text (ui, "Everything is ready");
  ui_picture ("4-ready");
}

static void
test_main_job (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  first_run (self);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_remove (path);
}

static void
set_up (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("waymark-window-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = g_build_filename (self->folder, "caseload.waymark", NULL);
}

static void
tear_down (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  if (self->ui.process != NULL)
    ui_kill (&self->ui);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The assistive side warns of things that do no harm. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();

  g_test_add ("/window/main-job", Journey, NULL, set_up, test_main_job, tear_down);
  return g_test_run ();
}
