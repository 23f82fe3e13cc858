/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-driver.h"

#include <string.h>

#define PAUSE_US (G_USEC_PER_SEC / 50)

typedef struct {
  AtspiRole role;
  const char *name;
  gboolean whole;    /* the whole name, or a part of a name or text */
  gboolean anywhere; /* also what has no size: a page that was never shown */
} Wanted;

/* GTK 4.8 names a button by its label and by what labels it, "_Open Open" or "Sign Sign". */
static gboolean
is_name (const char *found, const char *name)
{
  gsize length = strlen (name);

  if (*found == '_')
    found++;
  if (strncmp (found, name, length) != 0)
    return FALSE;
  found += length;
  return *found == '\0' || (*found == ' ' && strcmp (found + 1, name) == 0);
}

static char *
get_text (AtspiAccessible *node)
{
  AtspiText *text = atspi_accessible_get_text_iface (node);
  char *words = NULL;

  if (text != NULL)
    words = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  g_clear_object (&text);
  return words != NULL ? words : g_strdup ("");
}

/* GTK 4.8 sets SHOWING on windows only: what a stack never showed has no size. */
static gboolean
has_size (AtspiAccessible *node)
{
  AtspiComponent *component = atspi_accessible_get_component_iface (node);
  AtspiRect *rect = component != NULL
                        ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;
  gboolean is_there = rect != NULL && rect->width > 0 && rect->height > 0;

  g_clear_pointer (&rect, g_free);
  g_clear_object (&component);
  return is_there;
}

static gboolean
is_field (AtspiRole role)
{
  return role == ATSPI_ROLE_TEXT || role == ATSPI_ROLE_ENTRY || role == ATSPI_ROLE_PASSWORD_TEXT;
}

/* Asking is slow: text only of what has other words than its name. */
static gboolean
has_part (AtspiAccessible *node, const char *name, const char *part)
{
  AtspiRole role = atspi_accessible_get_role (node, NULL);
  g_autofree char *words = NULL;

  if (strstr (name, part) != NULL)
    return TRUE;
  /* GTK 4.18 gives what says how things stand a text and no name. */
  if (is_field (role) || role == ATSPI_ROLE_STATUS_BAR)
    words = get_text (node);
  else if (role == ATSPI_ROLE_IMAGE)
    words = atspi_accessible_get_description (node, NULL);
  return words != NULL && strstr (words, part) != NULL;
}

static gboolean
is_wanted (AtspiAccessible *node, const Wanted *wanted)
{
  g_autofree char *name = NULL;

  if (wanted->role != ATSPI_ROLE_INVALID && atspi_accessible_get_role (node, NULL) != wanted->role)
    return FALSE;
  name = atspi_accessible_get_name (node, NULL);
  if (name == NULL)
    return FALSE;
  if (wanted->whole ? !is_name (name, wanted->name) : !has_part (node, name, wanted->name))
    return FALSE;
  return wanted->anywhere || has_size (node);
}

/* From the last to the first: what is on top comes last. */
static AtspiAccessible *
find_below (AtspiAccessible *node, const Wanted *wanted)
{
  int count = atspi_accessible_get_child_count (node, NULL);

  for (int i = count - 1; i >= 0; i--) {
    AtspiAccessible *child = atspi_accessible_get_child_at_index (node, i, NULL);
    AtspiAccessible *found;

    if (child == NULL)
      continue;
    found = find_below (child, wanted);
    if (found == NULL && is_wanted (child, wanted))
      found = g_object_ref (child);
    g_object_unref (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
pause_a_moment (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (PAUSE_US);
}

static AtspiAccessible *
find (UiDriver *self, const Wanted *wanted)
{
  g_assert_nonnull (self->application);
  return find_below (self->application, wanted);
}

void
ui_fail (UiDriver *self, const char *what, const char *name)
{
  ui_picture ("failed");
  ui_dump (self);
  g_error ("%s: %s", what, name);
}

static AtspiAccessible *
wait_for (UiDriver *self, const Wanted *wanted)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;
  AtspiAccessible *found = find (self, wanted);

  while (found == NULL && g_get_monotonic_time () < end) {
    pause_a_moment ();
    found = find (self, wanted);
  }
  if (found == NULL)
    ui_fail (self, "waited in vain for", wanted->name);
  return found;
}

static AtspiAccessible *
find_path_field (AtspiAccessible *node)
{
  int count = atspi_accessible_get_child_count (node, NULL);
  AtspiAccessible *found = NULL;

  for (int i = count - 1; i >= 0 && found == NULL; i--) {
    AtspiAccessible *child = atspi_accessible_get_child_at_index (node, i, NULL);

    if (child == NULL)
      continue;
    found = find_path_field (child);
    if (found == NULL && is_field (atspi_accessible_get_role (child, NULL)) && has_size (child)) {
      g_autofree char *text = get_text (child);

      found = *text == '/' ? g_object_ref (child) : NULL;
    }
    g_object_unref (child);
  }
  return found;
}

/**
 * ui_wait_for_path_field:
 * @self: the driver
 *
 * Returns: (transfer full): the field where a path is being typed
 */
AtspiAccessible *
ui_wait_for_path_field (UiDriver *self)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;
  AtspiAccessible *found = find_path_field (self->application);

  while (found == NULL) {
    if (g_get_monotonic_time () > end)
      ui_fail (self, "waited in vain for", "the field of a path");
    pause_a_moment ();
    found = find_path_field (self->application);
  }
  return found;
}

/* The entry of our process on the list of programs that speak. */
static AtspiAccessible *
find_application (guint process_id)
{
  AtspiAccessible *desktop = atspi_get_desktop (0);
  AtspiAccessible *found = NULL;
  int count;

  atspi_accessible_set_cache_mask (desktop, ATSPI_CACHE_NONE);
  count = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < count && found == NULL; i++) {
    AtspiAccessible *child = atspi_accessible_get_child_at_index (desktop, i, NULL);

    if (child == NULL)
      continue;
    if (atspi_accessible_get_process_id (child, NULL) == process_id &&
        atspi_accessible_get_child_count (child, NULL) > 0)
      found = g_object_ref (child);
    g_object_unref (child);
  }
  g_object_unref (desktop);
  return found;
}

/**
 * ui_start:
 * @self: a driver that drives nothing yet
 * @program: the program
 * @store: the store to open or make
 *
 * Runs the program and waits for its window.
 */
void
ui_start (UiDriver *self, const char *program, const char *store)
{
  g_autoptr (GError) error = NULL;
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;
  guint process_id;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, store, NULL);
  g_assert_no_error (error);
  process_id = (guint) g_ascii_strtoull (g_subprocess_get_identifier (self->process), NULL, 10);
  while (self->application == NULL && g_get_monotonic_time () < end) {
    pause_a_moment ();
    self->application = find_application (process_id);
  }
  g_assert_nonnull (self->application);
  /* What it says now, not what it said when it was asked before. */
  atspi_accessible_set_cache_mask (self->application, ATSPI_CACHE_ROLE | ATSPI_CACHE_INTERFACES);
}

static void
forget (UiDriver *self)
{
  g_clear_object (&self->application);
  g_clear_object (&self->process);
}

void
ui_kill (UiDriver *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  forget (self);
}

void
ui_wait_closed (UiDriver *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  forget (self);
}

AtspiAccessible *
ui_find (UiDriver *self, AtspiRole role, const char *name)
{
  return find (self, &(Wanted){role, name, TRUE, FALSE});
}

AtspiAccessible *
ui_wait_for (UiDriver *self, AtspiRole role, const char *name)
{
  return wait_for (self, &(Wanted){role, name, TRUE, FALSE});
}

static gboolean
is_found (UiDriver *self, const char *part, gboolean anywhere)
{
  AtspiAccessible *found = find (self, &(Wanted){ATSPI_ROLE_INVALID, part, FALSE, anywhere});
  gboolean is_there = found != NULL;

  g_clear_object (&found);
  return is_there;
}

gboolean
ui_says (UiDriver *self, const char *part)
{
  return is_found (self, part, TRUE);
}

gboolean
ui_shows (UiDriver *self, const char *part)
{
  return is_found (self, part, FALSE);
}

void
ui_wait_text (UiDriver *self, const char *part)
{
  g_object_unref (wait_for (self, &(Wanted){ATSPI_ROLE_INVALID, part, FALSE, FALSE}));
}

void
ui_wait_no_text (UiDriver *self, const char *part)
{
  gint64 end = g_get_monotonic_time () + UI_WAIT_US;

  while (ui_says (self, part)) {
    if (g_get_monotonic_time () > end)
      ui_fail (self, "still there", part);
    pause_a_moment ();
  }
}

/**
 * ui_dup_text:
 * @self: the driver
 * @part: what the text has in it
 *
 * Returns: (transfer full): the whole text of the last thing in view with @part
 */
char *
ui_dup_text (UiDriver *self, const char *part)
{
  AtspiAccessible *found = wait_for (self, &(Wanted){ATSPI_ROLE_INVALID, part, FALSE, FALSE});
  g_autofree char *text = get_text (found);
  char *name = atspi_accessible_get_name (found, NULL);

  g_object_unref (found);
  if (strstr (text, part) == NULL)
    return name;
  g_free (name);
  return g_steal_pointer (&text);
}

char *
ui_dup_contents (AtspiAccessible *node)
{
  return get_text (node);
}

static void
dump (AtspiAccessible *node, int depth)
{
  int count = atspi_accessible_get_child_count (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *text = get_text (node);
  g_autofree char *description = atspi_accessible_get_description (node, NULL);

  if (has_size (node))
    g_test_message ("%*s%s \"%s\" \"%s\" \"%s\"", depth, "", role, name, text, description);
  for (int i = 0; i < count; i++) {
    AtspiAccessible *child = atspi_accessible_get_child_at_index (node, i, NULL);

    if (child != NULL)
      dump (child, depth + 1);
    g_clear_object (&child);
  }
}

void
ui_dump (UiDriver *self)
{
  if (self->application != NULL)
    dump (self->application, 0);
}
