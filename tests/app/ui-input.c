/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hands: keyboard, mouse, and what can be asked of a thing by its name. */
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  int status = 0;

  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                &said,
                &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s: %s", argv[0], error->message, said);
}

static gboolean
has_state (AtspiAccessible *node, AtspiStateType state)
{
  AtspiStateSet *states = atspi_accessible_get_state_set (node);
  gboolean has = states != NULL && atspi_state_set_contains (states, state);

  g_clear_object (&states);
  return has;
}

/* GTK 4 works out states later than names. */
static void
wait_until_sensitive (AtspiAccessible *node)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;

  while (!has_state (node, ATSPI_STATE_SENSITIVE)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (G_USEC_PER_SEC / 100);
  }
}

static gboolean
has_action (AtspiAccessible *node, const char *name)
{
  AtspiAction *action = atspi_accessible_get_action_iface (node);
  int count = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;
  gboolean has = FALSE;

  for (int i = 0; i < count && !has; i++) {
    g_autofree char *found = atspi_action_get_action_name (action, i, NULL);

    has = g_strcmp0 (found, name) == 0;
  }
  g_clear_object (&action);
  return has;
}

/* A window that is busy tells its actions late. */
static void
wait_for_action (AtspiAccessible *node, const char *name)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;

  while (!has_action (node, name)) {
    if (g_get_monotonic_time () > end)
      g_error ("the window has no action %s", name);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (G_USEC_PER_SEC / 100);
  }
}

static gboolean
do_action (AtspiAccessible *node, const char *name)
{
  AtspiAction *action = atspi_accessible_get_action_iface (node);
  int count = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;
  gboolean done = FALSE;

  for (int i = 0; i < count && !done; i++) {
    g_autofree char *found = atspi_action_get_action_name (action, i, NULL);

    if (name == NULL || g_strcmp0 (found, name) == 0)
      done = atspi_action_do_action (action, i, NULL);
  }
  g_clear_object (&action);
  return done;
}

/**
 * ui_press:
 * @self: the driver
 * @button: its name
 *
 * Waits for a button, until it can be pressed, and presses it.
 */
void
ui_press (UiDriver *self, const char *button)
{
  AtspiAccessible *node = ui_find (self, ATSPI_ROLE_TOGGLE_BUTTON, button);

  if (node == NULL)
    node = ui_wait_for (self, ATSPI_ROLE_PUSH_BUTTON, button);
  wait_until_sensitive (node);
  if (!do_action (node, NULL))
    g_error ("cannot press %s", button);
  g_object_unref (node);
}

/**
 * ui_activate:
 * @self: the driver
 * @action: one that the main window offers to assistive technology
 *
 * Does it.
 */
void
ui_activate (UiDriver *self, const char *action)
{
  AtspiAccessible *window = atspi_accessible_get_child_at_index (self->application, 0, NULL);

  g_assert_nonnull (window);
  wait_for_action (window, action);
  if (!do_action (window, action))
    g_error ("the window did not do %s", action);
  g_object_unref (window);
}

/* The window that a thing is in. */
static char *
dup_window_name (AtspiAccessible *node)
{
  AtspiAccessible *at = g_object_ref (node);
  AtspiRole role = atspi_accessible_get_role (at, NULL);

  while (role != ATSPI_ROLE_FRAME && role != ATSPI_ROLE_DIALOG && role != ATSPI_ROLE_WINDOW) {
    AtspiAccessible *parent = atspi_accessible_get_parent (at, NULL);

    g_object_unref (at);
    g_assert_nonnull (parent);
    at = parent;
    role = atspi_accessible_get_role (at, NULL);
  }
  {
    char *name = atspi_accessible_get_name (at, NULL);

    g_object_unref (at);
    return name;
  }
}

/**
 * ui_click:
 * @self: the driver
 * @role: its role
 * @name: its name
 *
 * Clicks in the middle of something that offers no action, such as a row.
 */
void
ui_click (UiDriver *self, AtspiRole role, const char *name)
{
  AtspiAccessible *node = ui_wait_for (self, role, name);
  AtspiComponent *component = atspi_accessible_get_component_iface (node);
  AtspiRect *rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  g_autofree char *window = dup_window_name (node);
  g_autofree char *pattern = g_strdup_printf ("^%s$", window);
  g_autofree char *x = g_strdup_printf ("%d", rect->x + rect->width / 2);
  g_autofree char *y = g_strdup_printf ("%d", rect->y + rect->height / 2);

  run ((const char *const[]){"xdotool",
                             "search",
                             "--onlyvisible",
                             "--limit",
                             "1",
                             "--name",
                             pattern,
                             "mousemove",
                             "--window",
                             "%1",
                             x,
                             y,
                             "click",
                             "1",
                             NULL});
  g_free (rect);
  g_object_unref (component);
  g_object_unref (node);
}

/* Without a window manager the keyboard goes where the pointer is. */
static void
point_at_window (const char *title)
{
  g_autofree char *pattern = g_strdup_printf ("^%s$", title);

  run ((const char *const[]){"timeout",
                             "60",
                             "xdotool",
                             "search",
                             "--sync",
                             "--onlyvisible",
                             "--name",
                             pattern,
                             "mousemove",
                             "--window",
                             "%1",
                             "40",
                             "40",
                             NULL});
}

/* Fields have one of three roles. */
static AtspiAccessible *
wait_for_field (UiDriver *self, const char *name)
{
  static const AtspiRole ROLES[] = {ATSPI_ROLE_TEXT, ATSPI_ROLE_ENTRY, ATSPI_ROLE_PASSWORD_TEXT};
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;

  while (g_get_monotonic_time () < end) {
    for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++) {
      AtspiAccessible *found = ui_find (self, ROLES[i], name);

      if (found != NULL)
        return found;
    }
    g_usleep (G_USEC_PER_SEC / 50);
  }
  return ui_wait_for (self, ATSPI_ROLE_TEXT, name);
}

static void
set_contents (AtspiAccessible *node, const char *text)
{
  AtspiEditableText *editable = atspi_accessible_get_editable_text_iface (node);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (editable);
  atspi_editable_text_set_text_contents (editable, text, &error);
  g_assert_no_error (error);
  g_object_unref (editable);
}

/**
 * ui_fill:
 * @self: the driver
 * @field: its name
 * @text: what is to stand in it
 *
 * Replaces the words in a field.
 */
void
ui_fill (UiDriver *self, const char *field, const char *text)
{
  AtspiAccessible *node = wait_for_field (self, field);

  set_contents (node, text);
  g_object_unref (node);
}

void
ui_key (const char *key)
{
  run ((const char *const[]){"xdotool", "key", "--clearmodifiers", key, NULL});
}

void
ui_type (const char *text)
{
  run ((const char *const[]){"xdotool", "type", "--delay", "5", text, NULL});
}

/**
 * ui_type_slowly:
 * @text: the letters
 *
 * Returns: (transfer full): what types them, as fast as a person, while the test goes on
 */
GSubprocess *
ui_type_slowly (const char *text)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *typist = g_subprocess_new (
      G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "type", "--delay", "80", text, NULL);

  g_assert_no_error (error);
  return typist;
}

/* Files appear whole. */
void
ui_wait_file (UiDriver *self, const char *path)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;

  while (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    if (g_get_monotonic_time () > end)
      ui_fail (self, "no file", path);
    g_usleep (G_USEC_PER_SEC / 100);
  }
}

void
ui_picture (const char *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "screenshots", NULL);
  g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);

  g_test_message ("%s after %.1f s", name, g_test_timer_elapsed ());
  g_mkdir_with_parents (folder, 0700);
  run ((const char *const[]){"import", "-window", "root", file, NULL});
}

/**
 * ui_choose_file:
 * @self: the driver
 * @title: the title of the dialog that asks for a file
 * @button: what ends it
 * @path: the file, absolute
 *
 * Begins to type the file's path into the dialog, which brings the field for it, and fills in the
 * rest: the dialog completes what is typed, on a busy machine in the middle of the next letters.
 */
void
ui_choose_file (UiDriver *self, const char *title, const char *button, const char *path)
{
  AtspiAccessible *field;

  ui_wait_text (self, title);
  point_at_window (title);
  /* Where there is a name already, also its ending, which is not selected. */
  if (strcmp (button, "Save") == 0)
    ui_key ("ctrl+a");
  ui_type ("/");
  field = ui_wait_for_path_field (self);
  set_contents (field, path);
  g_object_unref (field);
  ui_press (self, button);
}
