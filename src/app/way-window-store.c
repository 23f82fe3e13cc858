/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-window"

#include "way-window-private.h"

#include "way-error.h"
#include "way-guide-page.h"
#include "way-passphrase-dialog.h"
#include "way-recovery-dialog.h"
#include "way-screen.h"
#include "way-sql-error.h"
#include "way-text.h"
#include "way-unlock-page.h"
#include "way-window-key.h"

#include <glib/gi18n.h>

/* What is read from a store once it is open. */
typedef struct {
  WayCodeLists *lists;
  WayTerms *terms;
  gboolean asks_for_key;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->lists, way_code_lists_unref);
  g_clear_pointer (&opened->terms, way_terms_free);
  g_free (opened);
}

static gpointer
opened_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->lists = way_db_get_code_lists (db, error);
  if (opened->lists != NULL)
    opened->terms = way_db_get_terms (db, error);
  if (opened->terms != NULL)
    opened->asks_for_key = way_window_key_is_open (db, NULL);
  if (opened->terms == NULL)
    g_clear_pointer (&opened, opened_free);
  return opened;
}

/* "date: Date is missing." is said as "Date is missing.": the name in front is for programs. */
static void
drop_names (char **text)
{
  g_auto (GStrv) lines = g_strsplit (*text, "\n", -1);
  GString *plain = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = lines[i];
    gsize name = strspn (line, "abcdefghijklmnopqrstuvwxyz_0123456789");

    if (name > 0 && g_str_has_prefix (line + name, ": "))
      line += name + 2;
    g_string_append_printf (plain, "%s%s", i > 0 ? "\n" : "", line);
  }
  g_free (*text);
  *text = g_string_free (plain, FALSE);
}

/**
 * way_error_to_sentence:
 * @doing: what failed, as a sentence's beginning
 * @error: why
 *
 * Returns: (transfer full): what went wrong, and the next step where there is one
 */
char *
way_error_to_sentence (const char *doing, const GError *error)
{
  g_autofree char *message = g_strdup (error->message), *sentence = NULL;
  const char *next = NULL;

  /* What the store says of its file has its own next step. */
  if (error->domain == WAY_ERROR && !way_sql_error_says_next (error->message)) {
    switch ((WayError) error->code) {
    case WAY_ERROR_CONFLICT:
      next =
          _ ("It was changed elsewhere meanwhile: go back, open it again and repeat the change.");
      break;
    case WAY_ERROR_LOCKED:
      next = _ ("A signed record stays as it is: amend it instead.");
      break;
    case WAY_ERROR_TOO_NEW:
      next = _ ("Install the newer Waymark that wrote it.");
      break;
    case WAY_ERROR_BUSY:
      next = _ ("Close it there, then try again.");
      break;
    case WAY_ERROR_CORRUPT:
      next = _ ("Nothing was changed. Open a backup of it, or choose another file.");
      break;
    case WAY_ERROR_REFUSED:
      next = _ ("Nothing was changed. Mend the file, or ask its sender for another.");
      break;
    case WAY_ERROR_IO:
      next = _ ("Make room or choose another place, then try again.");
      break;
    case WAY_ERROR_NOT_FOUND:
      next = _ ("It may have been deleted meanwhile.");
      break;
    case WAY_ERROR_INVALID:
    case WAY_ERROR_PASSPHRASE:
    case WAY_ERROR_CANCELLED:
    case WAY_ERROR_FAILED:
    default:
      break;
    }
  }
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_INVALID))
    drop_names (&message);
  sentence = way_text_dup_sentence (NULL, message);
  if (!g_error_matches (error, WAY_ERROR, WAY_ERROR_INVALID))
    *sentence = *message; /* it goes on after the colon */
  return g_strconcat (doing, ": ", sentence, next != NULL ? "\n" : NULL, next, NULL);
}

gboolean
way_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, WAY_ERROR, WAY_ERROR_CANCELLED);
}

/* Several changes in a row are one look at the store. */
static gboolean
refresh_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  self->refresh_id = 0;
  way_sidebar_refresh (self->sidebar);
  if (way_window_get_page (self) != NULL)
    way_screen_refresh (way_window_get_page (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WayWindow *self)
{
  if (self->refresh_id == 0 && self->lists != NULL)
    /* Not as idle work: an animation on a slow machine would keep it waiting. */
    self->refresh_id = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, self, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Opened *opened = way_store_run_finish (WAY_STORE (source), result, &error);

  if (opened == NULL) {
    way_window_show_error (self, _ ("The store could not be read"), error);
    way_window_lock (self);
    return;
  }
  /* Nobody may have locked it in between. */
  if (way_store_is_open (self->store) && self->lists == NULL) {
    self->lists = g_steal_pointer (&opened->lists);
    self->terms = g_steal_pointer (&opened->terms);
    way_window_show_open (self, TRUE);
    way_window_set_closed_page (self, NULL);
    way_window_close_notice (self);
    way_sidebar_refresh (self->sidebar);
    way_window_show_children (self);
    if (self->start_child != NULL)
      way_window_open_child (self, self->start_child);
    if (self->start_visit != NULL)
      way_window_open_visit (self, self->start_child, self->start_visit);
    self->may_close = FALSE;
    if (opened->asks_for_key)
      way_window_key_remind (self);
    way_window_retry_unkept (self);
    g_clear_pointer (&self->start_child, g_free);
    g_clear_pointer (&self->start_visit, g_free);
    if (self->start_action != NULL)
      gtk_widget_activate_action (GTK_WIDGET (self), self->start_action, NULL);
    self->start_action = NULL;
  }
  opened_free (opened);
}

/**
 * way_window_opened:
 * @self: the window, whose store has just been opened or made
 *
 * Reads the lists, then shows the pages.
 */
void
way_window_opened (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "last-store", self->path);
  way_store_run_async (self->store,
                       WAY_STORE_READS,
                       opened_job,
                       NULL,
                       NULL,
                       opened_free,
                       NULL,
                       opened_cb,
                       g_object_ref (self));
}

/**
 * way_window_start:
 * @self: the window, whose store was made by the guide
 * @path: where it is
 * @action: (nullable): static name of an action to begin with
 *
 * Goes from the guide to the pages.
 */
void
way_window_start (WayWindow *self, const char *path, const char *action)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && path != NULL);

  g_free (self->path);
  self->path = g_strdup (path);
  self->start_action = action;
  way_window_opened (self);
}

static void
take_path (WayWindow *self, const char *path)
{
  if (path == self->path)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
}

/**
 * way_window_set_path:
 * @self: the window
 * @path: (nullable): the store
 *
 * Locks what is open and asks for the passphrase of this store; the first-run
 * guide where there is no such file yet.
 */
void
way_window_set_path (WayWindow *self, const char *path)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  take_path (self, path);
  way_window_lock (self);
}

/* What lies over the window shows names too. */
static void
close_dialogs (WayWindow *self)
{
  g_autoptr (GPtrArray) over = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    GtkWindow *window = g_list_model_get_item (windows, i);

    if (window != GTK_WINDOW (self) && way_window_of (GTK_WIDGET (window)) == self)
      g_ptr_array_add (over, window);
    else
      g_object_unref (window);
  }
  /* A job may still hold it, and would find a parent that is gone. */
  for (guint i = 0; i < over->len; i++)
    gtk_window_set_transient_for (over->pdata[i], NULL);
  for (guint i = 0; i < over->len; i++) {
    /* Of GTK's own, as if it were cancelled: somebody waits for an answer, for a printer even in
     * a loop that would never end. */
    if (GTK_IS_DIALOG (over->pdata[i]))
      gtk_window_close (over->pdata[i]);
    else
      gtk_window_destroy (over->pdata[i]);
  }
}

/* The usual store where none was opened yet; the guide where that does not exist. */
static GtkWidget *
new_closed_page (WayWindow *self)
{
  if (self->path == NULL)
    self->path = g_build_filename (g_get_user_data_dir (), "waymark", "caseload.waymark", NULL);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return way_unlock_page_new (self->path);
  return way_guide_page_new (self->path);
}

static void
close_store (WayWindow *self)
{
  /* First the screen: closing waits for the jobs that save. */
  close_dialogs (self);
  way_window_show_open (self, FALSE);
  way_window_clear_pages (self);
  self->session++;
  way_window_forget_toast (self); /* it may name a child */
  way_window_key_answered (self); /* of a store that is closed nothing can be answered */
  way_search_clear (self->search);
  way_sidebar_clear (self->sidebar);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->unkept_id, g_source_remove);
  g_clear_pointer (&self->left_visit, g_free);
  if (way_store_is_open (self->store))
    way_store_close (self->store);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  g_clear_pointer (&self->terms, way_terms_free);
}

/* What the locked window shows; while a passphrase from a file is tried, that it is at work. */
void
way_window_show_closed_page (WayWindow *self)
{
  GtkWidget *page = new_closed_page (self);

  if (WAY_IS_UNLOCK_PAGE (page))
    way_unlock_page_set_busy (WAY_UNLOCK_PAGE (page), self->is_unlocking);
  way_window_set_closed_page (self, page);
}

/**
 * way_window_lock:
 * @self: the window
 *
 * Keeps what was typed, clears the screen, closes the store, and asks for its
 * passphrase.
 */
void
way_window_lock (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  close_store (self);
  way_window_show_closed_page (self);
  way_window_say_unkept (
      self,
      _ ("What you typed could not be saved: %s\nIt is kept until you unlock, and is tried again "
         "then. Do not close Waymark before."));
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_window_lock (self);
}

static void
change_passphrase_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_passphrase_dialog_open (self, TRUE);
}

/* Of who opened it with the recovery key: the passphrase is what they do not know. */
static void
new_passphrase_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_passphrase_dialog_open (self, FALSE);
}

static void
new_recovery_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists != NULL)
    way_recovery_dialog_open (self);
}

/* Closing the window keeps what was typed, and waits until it is kept. What cannot be kept is
 * said; closing it then once more gives it up. */
static gboolean
close_request_cb (WayWindow *self)
{
  GtkWidget *closed = adw_bin_get_child (self->closed);

  /* The key is shown this once. */
  if (WAY_IS_GUIDE_PAGE (closed) && way_guide_page_ask_to_close (WAY_GUIDE_PAGE (closed)))
    return TRUE;
  close_dialogs (self);
  way_window_clear_pages (self);
  way_store_close (self->store); /* also one whose key is still worked out */
  if (self->may_close || way_unkept_count (self->unkept, NULL) == 0)
    return FALSE;
  self->may_close = TRUE;
  way_window_lock (self);
  way_window_say_unkept (
      self,
      _ ("What you typed could not be saved: %s\nMake room on the disk, then unlock: it is tried "
         "again. If you close Waymark now, it is lost."));
  return TRUE;
}

void
way_window_install_store_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action);
  gtk_widget_class_install_action (
      widget_class, "win.change-passphrase", NULL, change_passphrase_action);
  gtk_widget_class_install_action (widget_class, "win.new-passphrase", NULL, new_passphrase_action);
  gtk_widget_class_install_action (
      widget_class, "win.new-recovery-key", NULL, new_recovery_key_action);
}

static GSettings *
find_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WAY_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/**
 * way_window_new:
 * @application: the application
 *
 * Returns: (transfer floating): a window without a store yet; see
 *   way_window_set_path() and way_window_unlock()
 */
WayWindow *
way_window_new (AdwApplication *application)
{
  WayWindow *self = g_object_new (WAY_TYPE_WINDOW, "application", application, NULL);

  self->store = way_store_new ();
  self->settings = find_settings ();
  g_signal_connect_object (
      self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  if (self->settings != NULL) {
    g_settings_bind (
        self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
    g_settings_bind (
        self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
    g_settings_bind (
        self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
    self->path = g_settings_get_string (self->settings, "last-store");
    if (*self->path == '\0')
      g_clear_pointer (&self->path, g_free);
  }
  return self;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  GtkWidget *page;

  self->is_unlocking = FALSE;
  if (way_store_open_finish (WAY_STORE (source), result, &error)) {
    way_window_opened (self);
    return;
  }
  way_window_show_now (self);
  page = adw_bin_get_child (self->closed);
  if (WAY_IS_UNLOCK_PAGE (page)) {
    way_unlock_page_set_busy (WAY_UNLOCK_PAGE (page), FALSE);
    way_unlock_page_set_error (WAY_UNLOCK_PAGE (page), error);
  } else
    way_window_show_error (self, _ ("The store could not be opened"), error);
}

/**
 * way_window_unlock:
 * @self: the window
 * @path: the store
 * @passphrase: its passphrase, from a file named on the command line
 *
 * Opens a store without asking; says on the unlock page what went wrong. A window that is not
 * seen yet makes that page only when it needs it.
 */
void
way_window_unlock (WayWindow *self, const char *path, const char *passphrase)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && path != NULL && passphrase != NULL);

  take_path (self, path);
  close_store (self);
  self->is_unlocking = TRUE;
  way_window_set_closed_page (self, NULL);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    way_window_show_closed_page (self);
  way_store_open_async (self->store, path, passphrase, NULL, unlocked_cb, g_object_ref (self));
  way_window_prepare (self);
}

void
way_window_set_start (WayWindow *self, const char *child_id, const char *visit_id)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  way_set_string (&self->start_child, child_id);
  way_set_string (&self->start_visit, visit_id);
}

WayStore *
way_window_get_store (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->store;
}

WayCodeLists *
way_window_get_lists (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->lists;
}

WayTerms *
way_window_get_terms (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->terms;
}

WayDate
way_window_get_today (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), WAY_DATE_UNKNOWN);

  return way_date_today ();
}

guint
way_window_get_session (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), 0);

  return self->lists != NULL ? self->session : 0;
}

WayUnkept *
way_window_get_unkept (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->unkept;
}

const char *
way_window_get_path (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->path;
}
