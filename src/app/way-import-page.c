/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import-page-private.h"

#include "way-error.h"
#include "way-screen.h"
#include "way-ui.h"

#include <glib/gi18n.h>

#define PROGRESS_MS 120

static void way_import_page_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayImportPage,
                               way_import_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN, way_import_page_screen_init))

static void start_reading (WayImportPage *self, gboolean is_import);

/* Not under another page, in which somebody may be writing by now. */
static gboolean
is_in_view (WayImportPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  return window != NULL && way_window_get_page (window) == GTK_WIDGET (self);
}

void
way_import_page_show_state (WayImportPage *self, const char *name)
{
  gboolean in_view = is_in_view (self);

  if (in_view && g_strcmp0 (way_import_page_get_state (self), name) == 0 &&
      gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))) != NULL)
    return; /* what has the keyboard keeps it */
  if (in_view && g_strcmp0 (way_import_page_get_state (self), "preview") == 0)
    way_import_preview_note_keyboard (self);
  /* What has the keyboard is about to go out of view. */
  if (in_view)
    gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
  gtk_stack_set_visible_child_name (self->stack, name);
  if (in_view)
    way_screen_focus_first (GTK_WIDGET (self));
}

static void
apply_progress (WayImportPage *self)
{
  guint n_read = way_import_count_get (self->count);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *text = NULL;

  if (n_read == 0)
    text = g_strdup_printf (self->is_import ? _ ("Importing %s…") : _ ("Reading %s…"), name);
  else if (self->is_import)
    text = g_strdup_printf (
        ngettext ("Importing %s… %u record so far", "Importing %s… %u records so far", n_read),
        name,
        n_read);
  else
    text = g_strdup_printf (
        ngettext ("Reading %s… %u record so far", "Reading %s… %u records so far", n_read),
        name,
        n_read);
  gtk_label_set_text (self->reading_text, text);
  gtk_progress_bar_pulse (self->progress);
}

static gboolean
progress_cb (gpointer user_data)
{
  WayImportPage *self = user_data;

  apply_progress (self);
  if (g_strcmp0 (way_import_page_get_state (self), "reading") != 0)
    way_import_page_show_state (self, "reading");
  return G_SOURCE_CONTINUE;
}

static void
finish_reading (WayImportPage *self)
{
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->count, way_import_count_unref);
}

static void
show_failure (WayImportPage *self, const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (way_error_is_cancelled (error)) {
    way_import_page_show_state (self, self->report != NULL ? "preview" : "choose");
    if (self->report != NULL)
      way_import_preview_take_keyboard (self);
    return;
  }
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_REFUSED)) {
    /* It may be refused for the values alone: the next reading begins without them. */
    g_clear_pointer (&self->report, way_import_report_free);
    gtk_check_button_set_active (self->take_new, FALSE);
    way_import_answers_forget_values (self);
  }
  text = way_error_to_sentence (_ ("It could not be read"), error);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->refused, markup);
  way_import_page_show_state (self, "refused");
}

static gboolean
is_in_store (WayImportPage *self, const WayImportReport *report)
{
  return self->is_import && report != NULL && (report->n_errors == 0 || self->skips);
}

/* Also to who has left the page by then: it was too late to stop it. */
static void
say_imported (WayImportPage *self, const WayImportReport *report)
{
  g_autofree char *summary = way_import_report_summary (report);
  g_autofree char *text = g_strdup_printf (_ ("Imported: %s"), summary);

  if (self->window != NULL && self->session == way_window_get_session (self->window))
    way_window_toast (self->window, text);
}

/* The import that was under way when another file was chosen comes to its end first, and it is
 * said how that was. */
static void
read_next (WayImportPage *self, const WayImportReport *report, const GError *error)
{
  g_autofree char *next = g_steal_pointer (&self->next);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *doing = g_strdup_printf (_ ("“%s” was not imported"), name);
  g_autofree char *text = NULL;

  if (is_in_store (self, report)) {
    say_imported (self, report);
  } else if (report == NULL) {
    way_window_show_error (self->window, doing, error);
  } else {
    text = g_strdup_printf (_ ("%s: some of its rows cannot be taken."), doing);
    way_window_toast (self->window, text);
  }
  way_import_page_read (self, next);
}

/* @report: (transfer full) */
static void
show_report (WayImportPage *self, WayImportReport *report)
{
  g_clear_pointer (&self->report, way_import_report_free);
  self->report = report;
  way_import_preview_apply (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayImportReport) report = way_import_run_finish (WAY_STORE (source), result, &error);

  finish_reading (self);
  /* Locked or left meanwhile. */
  if (way_window_of (GTK_WIDGET (self)) == NULL) {
    if (is_in_store (self, report))
      say_imported (self, report);
    return;
  }
  if (self->next != NULL) {
    read_next (self, report, error);
    return;
  }
  if (self->restart) {
    self->restart = FALSE;
    start_reading (self, FALSE);
    return;
  }
  if (report == NULL) {
    show_failure (self, error);
  } else if (is_in_store (self, report) && report->n_errors > 0) {
    if (!is_in_view (self))
      say_imported (self, report);
    self->is_done = TRUE;
    show_report (self, g_steal_pointer (&report));
    if (is_in_view (self))
      gtk_widget_grab_focus (self->import);
  } else if (is_in_store (self, report)) {
    if (is_in_view (self))
      way_window_show_children (self->window);
    else
      way_window_drop (self->window, GTK_WIDGET (self));
    say_imported (self, report);
  } else if (self->skips != gtk_check_button_get_active (self->skip)) {
    start_reading (self, FALSE); /* turned in the moment before the import was in view */
  } else {
    show_report (self, g_steal_pointer (&report));
  }
}

static void
start_reading (WayImportPage *self, gboolean is_import)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  WayImportOptions options = {.dry_run = !is_import,
                              .skip_bad_rows = gtk_check_button_get_active (self->skip),
                              .take_new = gtk_check_button_get_active (self->take_new),
                              .answers = self->answers};

  if (window == NULL || self->path == NULL)
    return;
  g_assert (self->progress_id == 0);
  options.today = way_window_get_today (window);
  g_set_weak_pointer (&self->window, window);
  self->session = way_window_get_session (window);
  self->is_import = is_import;
  self->skips = options.skip_bad_rows;
  self->cancellable = g_cancellable_new ();
  self->count = way_import_count_new ();
  /* What takes less shows no progress at all. */
  self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
  gtk_widget_set_sensitive (self->import, FALSE);
  way_import_run_async (way_window_get_store (window),
                        self->path,
                        &options,
                        self->count,
                        self->cancellable,
                        read_cb,
                        g_object_ref (self));
}

/**
 * way_import_page_read:
 * @self: the page, in a window with an open store
 * @path: a file or folder
 *
 * Shows what importing it would do, once an import that is under way is over.
 */
void
way_import_page_read (WayImportPage *self, const char *path)
{
  char *copy = g_strdup (path);

  g_return_if_fail (WAY_IS_IMPORT_PAGE (self) && path != NULL);

  if (self->cancellable != NULL && self->is_import) {
    g_free (self->next);
    self->next = copy;
    return;
  }
  g_clear_pointer (&self->report, way_import_report_free);
  /* What was decided about one file is not decided about the next. */
  if (g_strcmp0 (self->path, path) != 0) {
    gtk_check_button_set_active (self->skip, FALSE);
    gtk_check_button_set_active (self->take_new, FALSE);
    gtk_drop_down_set_selected (self->show, 0);
    g_clear_pointer (&self->answers, g_hash_table_unref);
  }
  g_free (self->path);
  self->path = copy;
  self->is_done = FALSE;
  if (self->cancellable != NULL) {
    self->restart = TRUE;
    g_cancellable_cancel (self->cancellable);
  } else {
    start_reading (self, FALSE);
  }
}

/**
 * way_import_page_get_n_lines:
 *
 * Returns: how many lines the preview shows now
 */
guint
way_import_page_get_n_lines (WayImportPage *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}

const char *
way_import_page_get_state (WayImportPage *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

/* Turning a switch is another preview: what hangs on a bad row is found by reading. */
void
way_import_page_read_again (WayImportPage *self)
{
  if (self->report == NULL || self->is_done)
    return;
  if (self->cancellable == NULL) {
    start_reading (self, FALSE);
  } else if (!self->is_import) {
    self->restart = TRUE;
    g_cancellable_cancel (self->cancellable);
  }
}

static void
import_cb (WayImportPage *self)
{
  if (self->is_done)
    way_window_show_children (way_window_of (GTK_WIDGET (self)));
  else if (self->cancellable == NULL && self->report != NULL &&
           way_import_preview_can_import (self))
    start_reading (self, TRUE);
}

static void
cancel_cb (WayImportPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
try_again_cb (WayImportPage *self)
{
  g_autofree char *path = g_strdup (self->path);

  way_import_page_read (self, path);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayImportPage) self = user_data;
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL && way_window_of (GTK_WIDGET (self)) != NULL)
    way_import_page_read (self, g_file_peek_path (file));
}

static void
choose (WayImportPage *self, WayChoose what)
{
  way_ui_choose_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            what,
                            what == WAY_CHOOSE_FOLDER ? _ ("Choose a folder of tables")
                                                      : _ ("Choose a file"),
                            NULL,
                            chosen_cb,
                            g_object_ref (self));
}

static void
choose_file_cb (WayImportPage *self)
{
  choose (self, WAY_CHOOSE_OPEN);
}

static void
choose_folder_cb (WayImportPage *self)
{
  choose (self, WAY_CHOOSE_FOLDER);
}

static void
choose_other_cb (WayImportPage *self)
{
  g_clear_pointer (&self->report, way_import_report_free);
  way_import_page_show_state (self, "choose");
}

static void
way_import_page_focus_first (WayScreen *screen)
{
  WayImportPage *self = WAY_IMPORT_PAGE (screen);
  const char *state = way_import_page_get_state (self);

  if (g_strcmp0 (state, "choose") == 0)
    gtk_widget_grab_focus (self->choose_file);
  else if (g_strcmp0 (state, "reading") == 0)
    gtk_widget_grab_focus (self->cancel);
  else if (g_strcmp0 (state, "refused") == 0)
    gtk_widget_grab_focus (self->choose_other);
  else if (gtk_widget_get_sensitive (self->import))
    gtk_widget_grab_focus (self->import);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->show));
}

/* Read as soon as there is a store to read into. */
static void
way_import_page_refresh (WayScreen *screen)
{
  WayImportPage *self = WAY_IMPORT_PAGE (screen);

  if (self->path != NULL && self->report == NULL && self->cancellable == NULL &&
      g_strcmp0 (way_import_page_get_state (self), "choose") == 0)
    start_reading (self, FALSE);
}

static void
way_import_page_screen_init (WayScreenInterface *iface)
{
  iface->focus_first = way_import_page_focus_first;
  iface->refresh = way_import_page_refresh;
}

/* Who leaves the page, or locks, does not want it any more. */
static void
way_import_page_unroot (GtkWidget *widget)
{
  WayImportPage *self = WAY_IMPORT_PAGE (widget);

  cancel_cb (self);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  GTK_WIDGET_CLASS (way_import_page_parent_class)->unroot (widget);
}

static void
way_import_page_dispose (GObject *object)
{
  WayImportPage *self = WAY_IMPORT_PAGE (object);

  if (self->show != NULL)
    g_signal_handlers_disconnect_by_data (self->show, self);
  /* Before the template: the bin would take the stack away a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_IMPORT_PAGE);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->focus);
  g_clear_object (&self->shown);
  g_clear_object (&self->items);
  g_clear_pointer (&self->kinds, g_array_unref);
  G_OBJECT_CLASS (way_import_page_parent_class)->dispose (object);
}

static void
way_import_page_finalize (GObject *object)
{
  WayImportPage *self = WAY_IMPORT_PAGE (object);

  g_clear_pointer (&self->report, way_import_report_free);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_free (self->path);
  g_free (self->next);
  g_free (self->question);
  G_OBJECT_CLASS (way_import_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, choose_file);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, choose_other);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, reading_text);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, refused);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, source);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, show);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, view);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, skip);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, take_new);
  gtk_widget_class_bind_template_child (widget_class, WayImportPage, import);
}

static void
way_import_page_class_init (WayImportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_import_page_dispose;
  object_class->finalize = way_import_page_finalize;
  widget_class->unroot = way_import_page_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/import.ui");
  bind_children (widget_class);
  way_import_answers_class_init (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_import_page_read_again);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
way_import_page_init (WayImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_ui_tell_whole (self->source);
  way_a11y_set_name (GTK_WIDGET (self->progress), _ ("Progress"));
  way_import_preview_init (self);
}

/**
 * way_import_page_new:
 * @path: (nullable): a file or folder to begin with
 *
 * Returns: (transfer floating): the page; it reads once it is pushed
 */
GtkWidget *
way_import_page_new (const char *path)
{
  WayImportPage *self = g_object_new (WAY_TYPE_IMPORT_PAGE, NULL);

  self->path = g_strdup (path);
  return GTK_WIDGET (self);
}

/**
 * way_import_page_open:
 * @window: the window, open
 * @path: (nullable): a file or folder
 *
 * Shows the page; the one that is in view already is used again.
 */
void
way_import_page_open (WayWindow *window, const char *path)
{
  GtkWidget *page;

  g_return_if_fail (WAY_IS_WINDOW (window));

  page = way_window_get_page (window);
  if (!WAY_IS_IMPORT_PAGE (page))
    way_window_push (window, way_import_page_new (path), _ ("Import"));
  else if (path != NULL)
    way_import_page_read (WAY_IMPORT_PAGE (page), path);
}
