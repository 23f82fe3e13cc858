/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-fixture.h"

#include "way-child-page.h"
#include "way-target-card.h"
#include "way-visit-editor.h"

#include <stdio.h>
#include <string.h>

static gboolean
is_unlocked (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return way_window_get_page (fixture->window) != NULL;
}

/* libadwaita 1.5 to 1.7 measure the heading of a question, which does not wrap, also for widths
 * that are too narrow for it, before they take a smaller one that does; GTK warns of that
 * since 4.14. No setting of a question changes that. */
static gboolean
is_of_heading (const char *message)
{
  GtkWidget *label = NULL;

  return sscanf (message, "Trying to measure GtkLabel %p for width of", (void **) &label) == 1 &&
         gtk_widget_has_css_class (label, "title-2") &&
         gtk_widget_get_ancestor (label, ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static GLogWriterOutput
write_log (GLogLevelFlags level,
           const GLogField *fields,
           gsize n_fields,
           gpointer data G_GNUC_UNUSED)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (level == G_LOG_LEVEL_WARNING && g_str_equal (fields[i].key, "MESSAGE") &&
        is_of_heading (fields[i].value))
      return G_LOG_WRITER_HANDLED;
  }
  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* One for all tests of the program: its place on the bus is taken once. */
static WayApplication *
get_application (void)
{
  static WayApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL) {
    g_log_set_writer_func (write_log, NULL, NULL);
    application = way_application_new ();
    g_application_register (G_APPLICATION (application), NULL, &error);
    g_assert_no_error (error);
  }
  return application;
}

void
app_open (AppFixture *fixture)
{
  g_clear_pointer (&fixture->store.db, way_db_close);
  fixture->window = way_window_new (ADW_APPLICATION (get_application ()));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (fixture->window));
  way_window_unlock (fixture->window, fixture->store.path, STORE_PASSPHRASE);
  app_wait (fixture, is_unlocked, NULL, "the unlocked store");
}

void
app_close (AppFixture *fixture)
{
  if (fixture->window == NULL)
    return;
  gtk_window_close (GTK_WINDOW (fixture->window));
  fixture->window = NULL;
  app_settle ();
  store_reopen (&fixture->store);
}

void
app_set_up_store (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (WaySetting) setting = NULL;
  g_autoptr (WayChild) child = NULL;
  g_autoptr (WayTarget) target = NULL;

  store_set_up (&fixture->store, data);
  me = store_add_me (fixture->store.db);
  setting = store_add_setting (fixture->store.db, "Example Primary");
  child = store_add_child (fixture->store.db, "Robin", "Example", setting->record.id);
  target = store_add_target (
      fixture->store.db, child->record.id, "Robin answers with a phrase in four of five chances.");
  fixture->child = g_strdup (child->record.id);
  fixture->target = g_strdup (target->record.id);
}

void
app_set_up (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  app_open (fixture);
}

void
app_tear_down (AppFixture *fixture, gconstpointer data)
{
  app_close (fixture);
  store_tear_down (&fixture->store, data);
  g_free (fixture->child);
  g_free (fixture->target);
}

static gboolean
is_on_page (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = way_window_get_page (fixture->window);

  return page != NULL && G_TYPE_CHECK_INSTANCE_TYPE (page, GPOINTER_TO_SIZE (data));
}

void
app_wait_for_page (AppFixture *fixture, GType type)
{
  app_wait (fixture, is_on_page, GSIZE_TO_POINTER (type), g_type_name (type));
}

/* What people read on it, where that is not its accessible name. */
static const char *
get_label (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return NULL;
}

/* In view: mapped; GTK maps only the visible child of a stack. */
GtkWidget *
app_find (GtkWidget *root, GType type, const char *name)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type)) {
    g_autofree char *mismatch = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

    if (mismatch == NULL || g_strcmp0 (get_label (root), name) == 0)
      return root;
  }
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = app_find (child, type, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

typedef struct {
  GType type;
  const char *name;
  GtkWidget *found;
} Search;

static gboolean
is_there (AppFixture *fixture, gconstpointer data)
{
  Search *search = (Search *) data;

  search->found = app_find (GTK_WIDGET (fixture->window), search->type, search->name);
  return search->found != NULL;
}

GtkWidget *
app_get (AppFixture *fixture, GType type, const char *name)
{
  Search search = {type, name, NULL};

  app_wait (fixture, is_there, &search, name);
  return search.found;
}

void
app_press (AppFixture *fixture, const char *button)
{
  GtkWidget *widget = app_get (fixture, GTK_TYPE_BUTTON, button);

  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

void
app_activate (AppFixture *fixture, const char *action, const char *path)
{
  GtkWidget *page = way_window_get_page (fixture->window);
  GtkWidget *widget = page != NULL ? page : GTK_WIDGET (fixture->window);
  gboolean known;

  if (path != NULL)
    known = gtk_widget_activate_action (widget, action, "s", path);
  else
    known = gtk_widget_activate_action (widget, action, NULL);
  g_assert_true (known);
}

gboolean
app_has_text (GtkWidget *root, const char *part)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (app_has_text (child, part))
      return TRUE;
  }
  return FALSE;
}

gboolean
app_says (AppFixture *fixture, gconstpointer part)
{
  return app_has_text (GTK_WIDGET (fixture->window), part);
}

void
app_open_editor (AppFixture *fixture)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_press (fixture, "Record visit");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
}

void
app_type (AppFixture *fixture, const char *field, const char *text)
{
  GtkWidget *view = app_get (fixture, GTK_TYPE_TEXT_VIEW, field);

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static gboolean
is_named (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Parts of other widgets, which speak for them, and containers without a word of their own. */
static gboolean
speaks_for_itself (GtkWidget *widget)
{
  return !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_TEXT (widget) && !GTK_IS_VIEWPORT (widget) &&
         g_strcmp0 (gtk_widget_get_css_name (widget), "row") != 0;
}

void
app_check_names (GtkWidget *root)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (root))
    return;
  if (gtk_widget_get_focusable (root) && speaks_for_itself (root) && !is_named (root) &&
      !(gtk_widget_get_parent (root) != NULL && is_named (gtk_widget_get_parent (root))))
    g_error ("a %s (%s) takes the keyboard and has no name",
             G_OBJECT_TYPE_NAME (root),
             gtk_widget_get_css_name (root));
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    app_check_names (child);
}

void
app_open_child (AppFixture *fixture)
{
  way_window_open_child (fixture->window, fixture->child);
  app_wait_for_page (fixture, WAY_TYPE_CHILD_PAGE);
  app_wait (fixture, app_says, "Robin answers with a phrase", "the target's card");
}

GtkWidget *
app_get_card (AppFixture *fixture)
{
  return app_get (
      fixture, WAY_TYPE_TARGET_CARD, "Robin answers with a phrase in four of five chances");
}

void
app_press_toggle (AppFixture *fixture, const char *name)
{
  GtkWidget *toggle = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, name);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  app_settle ();
}

void
app_type_into (AppFixture *fixture, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, name)), text);
}

guint
app_count_rows (AppFixture *fixture, const WayRecordType *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list (fixture->store.db, type, NULL, NULL, &error);

  g_assert_no_error (error);
  return rows->len;
}

const char *
app_get_typed (AppFixture *fixture, const char *name)
{
  return gtk_editable_get_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, name)));
}

void
app_fill_in (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *entry = app_find (root, GTK_TYPE_ENTRY, name);
  GtkWidget *prose = entry == NULL ? app_find (root, GTK_TYPE_TEXT_VIEW, name) : NULL;

  g_assert_true (entry != NULL || prose != NULL);
  if (entry != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (prose)), text, -1);
}

void
app_press_in (GtkWidget *root, const char *name)
{
  GtkWidget *button = app_find (root, GTK_TYPE_BUTTON, name);

  g_assert_true (button != NULL && gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
app_press_enter (GtkWidget *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++) {
    g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (keys) &&
        gtk_event_controller_get_propagation_phase (keys) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Return, 0, 0, &is_taken);
  }
  g_assert_true (is_taken);
}
