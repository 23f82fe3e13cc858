/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-unlock-page.h"

#include "way-error.h"
#include "way-screen.h"
#include "way-ui.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WayUnlockPage {
  AdwBin parent_instance;

  char *path;
  gboolean with_key; /* asks for the recovery key */
  gboolean is_busy;

  GtkLabel *file;
  GtkLabel *secret_label;
  GtkWidget *passphrase;
  GtkWidget *recovery_key;
  GtkLabel *message;
  GtkWidget *unlock;
  GtkWidget *busy;
  GtkSpinner *spinner;
  GtkWidget *others;
  GtkButton *recovery;
};

static void way_unlock_page_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayUnlockPage,
                               way_unlock_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN, way_unlock_page_screen_init))

static GtkWidget *
get_entry (WayUnlockPage *self)
{
  return self->with_key ? self->recovery_key : self->passphrase;
}

static void
apply_state (WayUnlockPage *self)
{
  gboolean has_text = *gtk_editable_get_text (GTK_EDITABLE (get_entry (self))) != '\0';

  gtk_label_set_text (self->secret_label, self->with_key ? _ ("Recovery key") : _ ("Passphrase"));
  gtk_widget_set_visible (self->passphrase, !self->with_key);
  gtk_widget_set_visible (self->recovery_key, self->with_key);
  gtk_button_set_label (self->recovery,
                        self->with_key ? _ ("Use passphrase…") : _ ("Use recovery key…"));
  /* Not insensitive: that takes the keyboard away, and GTK 4.8 forgets to stop the cursor. */
  gtk_editable_set_editable (GTK_EDITABLE (get_entry (self)), !self->is_busy);
  gtk_widget_set_sensitive (self->unlock, has_text && !self->is_busy);
  gtk_widget_set_sensitive (self->others, !self->is_busy);
  gtk_widget_set_visible (self->busy, self->is_busy);
  gtk_spinner_set_spinning (self->spinner, self->is_busy);
}

/**
 * way_unlock_page_set_busy:
 * @self: the page
 * @busy: whether the key is being worked out
 *
 * Shows that the store is being opened.
 */
void
way_unlock_page_set_busy (WayUnlockPage *self, gboolean busy)
{
  g_return_if_fail (WAY_IS_UNLOCK_PAGE (self));

  self->is_busy = busy;
  apply_state (self);
}

/**
 * way_unlock_page_set_error:
 * @self: the page
 * @error: (nullable): why the store is not open
 *
 * Says it beside the field.
 */
void
way_unlock_page_set_error (WayUnlockPage *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_UNLOCK_PAGE (self));

  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_PASSPHRASE))
    text = g_strdup (self->with_key
                         ? _ ("That is not the recovery key of this store. Look again at every "
                              "group of letters.")
                         : _ ("That is not the passphrase of this store. Check Caps Lock and the "
                              "keyboard layout."));
  else if (error != NULL)
    text = way_error_to_sentence (_ ("The store could not be opened"), error);
  way_ui_set_field_error (get_entry (self), self->message, text);
  if (error != NULL) {
    gtk_widget_grab_focus (get_entry (self));
    gtk_editable_select_region (GTK_EDITABLE (get_entry (self)), 0, -1);
  }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayUnlockPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = way_store_open_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window == NULL) {
    /* Closed, or another store was chosen, while the key was worked out. */
    if (is_open)
      way_store_close (WAY_STORE (source));
    return;
  }
  way_unlock_page_set_busy (self, FALSE);
  if (is_open) {
    gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
    gtk_editable_set_text (GTK_EDITABLE (self->recovery_key), "");
    /* Whoever needed the recovery key needs a passphrase next. */
    if (self->with_key)
      way_window_start (window, self->path, "win.new-passphrase");
    else
      way_window_opened (window);
  } else {
    way_unlock_page_set_error (self, error);
  }
}

static void
unlock_cb (WayUnlockPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (get_entry (self)));

  if (window == NULL || self->is_busy || *secret == '\0')
    return;
  way_unlock_page_set_error (self, NULL);
  way_unlock_page_set_busy (self, TRUE);
  if (self->with_key)
    way_store_recover_async (
        way_window_get_store (window), self->path, secret, NULL, opened_cb, g_object_ref (self));
  else
    way_store_open_async (
        way_window_get_store (window), self->path, secret, NULL, opened_cb, g_object_ref (self));
  way_window_prepare (window);
}

static void
changed_cb (WayUnlockPage *self)
{
  way_ui_set_field_error (get_entry (self), self->message, NULL);
  apply_state (self);
}

static void
recovery_cb (WayUnlockPage *self)
{
  way_ui_set_field_error (get_entry (self), self->message, NULL);
  self->with_key = !self->with_key;
  apply_state (self);
  gtk_widget_grab_focus (get_entry (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    way_window_set_path (WAY_WINDOW (source), g_file_peek_path (file));
}

static void
other_cb (WayUnlockPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  way_ui_choose_file_async (
      GTK_WINDOW (window), WAY_CHOOSE_OPEN, _ ("Other store"), NULL, chosen_cb, NULL);
}

static void
new_store_cb (WayUnlockPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  way_ui_choose_file_async (
      GTK_WINDOW (window), WAY_CHOOSE_SAVE, _ ("New store"), "caseload.waymark", chosen_cb, NULL);
}

static void
show_file (WayUnlockPage *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GDateTime) utc = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *day = local != NULL ? g_date_time_format (local, "%a %-d %b %Y") : NULL;
  g_autofree char *text =
      day != NULL ? g_strdup_printf (_ ("%s · last opened %s"), name, day) : g_strdup (name);

  gtk_label_set_text (self->file, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), self->path);
}

static void
way_unlock_page_focus_first (WayScreen *screen)
{
  gtk_widget_grab_focus (get_entry (WAY_UNLOCK_PAGE (screen)));
}

static void
way_unlock_page_screen_init (WayScreenInterface *iface)
{
  iface->focus_first = way_unlock_page_focus_first;
}

static void
way_unlock_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_UNLOCK_PAGE);
  G_OBJECT_CLASS (way_unlock_page_parent_class)->dispose (object);
}

static void
way_unlock_page_finalize (GObject *object)
{
  g_free (WAY_UNLOCK_PAGE (object)->path);
  G_OBJECT_CLASS (way_unlock_page_parent_class)->finalize (object);
}

static void
way_unlock_page_class_init (WayUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_unlock_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_unlock_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/unlock.ui");
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, file);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, secret_label);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, recovery_key);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, message);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, busy);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, others);
  gtk_widget_class_bind_template_child (widget_class, WayUnlockPage, recovery);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_store_cb);
}

static void
way_unlock_page_init (WayUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_ui_tell_whole (self->file);
  way_a11y_set_name (self->passphrase, _ ("Passphrase"));
  way_a11y_tidy (self->passphrase);
  way_a11y_set_name (self->recovery_key, _ ("Recovery key"));
  apply_state (self);
}

/**
 * way_unlock_page_new:
 * @path: the store
 *
 * Returns: (transfer floating): a page that asks for its passphrase
 */
GtkWidget *
way_unlock_page_new (const char *path)
{
  WayUnlockPage *self = g_object_new (WAY_TYPE_UNLOCK_PAGE, NULL);

  self->path = g_strdup (path);
  show_file (self);
  return GTK_WIDGET (self);
}
