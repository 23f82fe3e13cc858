/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-guide-page.h"

#include "way-guide-me.h"
#include "way-key-view.h"
#include "way-screen.h"
#include "way-strength.h"
#include "way-ui.h"
#include "way-window-key.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WayGuidePage {
  AdwBin parent_instance;

  char *path;
  char *unsaved;    /* (nullable): why the name is not in the store that is made */
  GPtrArray *roles; /* (element-type utf8): codes, as the combo row shows them */

  GtkStack *steps;
  GtkWidget *name;
  AdwComboRow *role;
  GtkWidget *team;
  GtkWidget *other;
  GtkLabel *name_message;
  GtkWidget *passphrase;
  GtkWidget *again;
  GtkLabel *strength;
  GtkLabel *passphrase_message;
  GtkLabel *place;
  GtkWidget *place_button;
  GtkWidget *create;
  GtkWidget *back;
  GtkWidget *busy;
  GtkSpinner *spinner;
  WayKeyView *key;
  gboolean may_close; /* it was asked whether the key is kept */
  GtkWidget *import;
};

static void way_guide_page_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayGuidePage,
                               way_guide_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN, way_guide_page_screen_init))

static const char *
get_text (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
name_changed_cb (WayGuidePage *self)
{
  way_ui_set_field_error (self->name, self->name_message, NULL);
}

static void save_me (WayGuidePage *self, WayStore *store);

static void
who_next_cb (WayGuidePage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *name = g_strstrip (g_strdup (get_text (self->name)));

  if (*name == '\0') {
    way_ui_set_field_error (
        self->name, self->name_message, _ ("Type your name as it should stand on your records."));
    gtk_widget_grab_focus (self->name);
    return;
  }
  if (self->unsaved != NULL && window != NULL) {
    save_me (self, way_window_get_store (window));
    return;
  }
  gtk_stack_set_visible_child_name (self->steps, "passphrase");
  gtk_widget_grab_focus (self->passphrase);
}

static void
back_cb (WayGuidePage *self)
{
  gtk_stack_set_visible_child_name (self->steps, "who");
  gtk_widget_grab_focus (self->name);
}

static void
passphrase_changed_cb (WayGuidePage *self)
{
  g_autofree char *text = way_strength_text (get_text (self->passphrase), get_text (self->name));

  gtk_label_set_text (self->strength, text);
  gtk_widget_set_visible (GTK_WIDGET (self->strength), *text != '\0');
  way_ui_set_field_error (self->passphrase, self->passphrase_message, NULL);
  way_ui_set_field_error (self->again, self->passphrase_message, NULL);
}

static void
set_busy (WayGuidePage *self, gboolean busy)
{
  gtk_widget_set_visible (self->busy, busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->create, !busy);
  gtk_widget_set_sensitive (self->back, !busy);
  /* Not insensitive: that takes the keyboard away, and GTK 4.8 forgets to stop the cursor. */
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->again), !busy);
  gtk_widget_set_sensitive (self->place_button, !busy);
}

/* A name that is not kept is not lost: the first step comes back with it, and says why. */
static void
show_unsaved (WayGuidePage *self)
{
  gtk_widget_set_visible (self->other, FALSE);
  gtk_stack_set_visible_child_name (self->steps, "who");
  way_ui_set_field_error (self->name, self->name_message, self->unsaved);
  gtk_widget_grab_focus (self->name);
}

static void
show_start (WayGuidePage *self)
{
  gtk_stack_set_visible_child_name (self->steps, "start");
  gtk_widget_grab_focus (self->import);
}

static gboolean
is_at (WayGuidePage *self, const char *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->steps), step) == 0;
}

static void
saved_me_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayGuidePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = way_guide_save_me_finish (WAY_STORE (source), result, &error);

  if (self->steps == NULL)
    return;
  g_clear_pointer (&self->unsaved, g_free);
  if (!saved)
    self->unsaved = way_error_to_sentence (_ ("Your name could not be saved"), error);
  if (!saved && !is_at (self, "key"))
    show_unsaved (self);
  else if (saved && is_at (self, "who"))
    show_start (self);
}

static void
save_me (WayGuidePage *self, WayStore *store)
{
  WayPractitioner *me = way_record_new (WAY_PRACTITIONER);
  guint role = adw_combo_row_get_selected (self->role);

  me->name = g_strstrip (g_strdup (get_text (self->name)));
  if (role < self->roles->len)
    me->role = g_strdup (self->roles->pdata[role]);
  me->team = g_strstrip (g_strdup (get_text (self->team)));
  way_guide_save_me_async (store, me, saved_me_cb, g_object_ref (self));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayGuidePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *key = way_store_create_finish (WAY_STORE (source), result, &error);

  if (self->steps == NULL || way_window_of (GTK_WIDGET (self)) == NULL) {
    /* Left meanwhile: it is not open behind the page that is there now. */
    if (key != NULL)
      way_store_close (WAY_STORE (source));
    way_vault_secret_free (key);
    return;
  }
  set_busy (self, FALSE);
  if (key == NULL) {
    text = way_error_to_sentence (_ ("The store could not be made"), error);
    way_ui_set_field_error (self->create, self->passphrase_message, text);
    return;
  }
  way_key_view_take_key (self->key, self->path, key);
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again), "");
  save_me (self, WAY_STORE (source));
  gtk_stack_set_visible_child_name (self->steps, "key");
  gtk_widget_grab_focus (GTK_WIDGET (self->key));
}

static const char *
find_passphrase_fault (WayGuidePage *self, GtkWidget **field)
{
  const char *passphrase = get_text (self->passphrase);

  *field = self->passphrase;
  if (way_strength_of (passphrase, get_text (self->name)) <= WAY_STRENGTH_WEAK)
    return _ ("Choose a longer one: four or five words that do not belong together.");
  *field = self->again;
  if (strcmp (passphrase, get_text (self->again)) != 0)
    return _ ("The two are not the same. Type it again.");
  return NULL;
}

static void
create_cb (WayGuidePage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *folder = g_path_get_dirname (self->path);
  GtkWidget *field;
  const char *fault = find_passphrase_fault (self, &field);

  if (fault != NULL) {
    way_ui_set_field_error (field, self->passphrase_message, fault);
    gtk_widget_grab_focus (field);
    return;
  }
  if (!gtk_widget_get_sensitive (self->create) || window == NULL)
    return;
  set_busy (self, TRUE);
  /* Where it cannot be made, making the store says why. */
  g_mkdir_with_parents (folder, 0700);
  way_store_create_async (way_window_get_store (window),
                          self->path,
                          get_text (self->passphrase),
                          NULL,
                          created_cb,
                          g_object_ref (self));
}

static void
show_place (WayGuidePage *self)
{
  g_autofree char *text = g_strdup_printf (_ ("It will be kept in %s"), self->path);

  gtk_label_set_text (self->place, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->place), self->path);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayGuidePage) self = user_data;
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file == NULL || g_file_peek_path (file) == NULL || self->steps == NULL)
    return;
  g_free (self->path);
  self->path = g_file_get_path (file);
  show_place (self);
}

static void
place_cb (WayGuidePage *self)
{
  way_ui_choose_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            WAY_CHOOSE_SAVE,
                            _ ("New store"),
                            "caseload.waymark",
                            place_chosen_cb,
                            g_object_ref (self));
}

static void
other_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    way_window_set_path (WAY_WINDOW (source), g_file_peek_path (file));
}

static void
other_cb (WayGuidePage *self)
{
  way_ui_choose_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            WAY_CHOOSE_OPEN,
                            _ ("Other store"),
                            NULL,
                            other_chosen_cb,
                            NULL);
}

static void
kept_cb (WayGuidePage *self)
{
  way_key_view_take_key (self->key, NULL, NULL);
  way_window_key_kept (way_window_get_store (way_window_of (GTK_WIDGET (self))));
  if (self->unsaved != NULL)
    show_unsaved (self);
  else
    show_start (self);
}

static void
close_response_cb (GtkWindow *dialog, const char *response, WayGuidePage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (strcmp (response, "close") != 0 || window == NULL)
    return;
  self->may_close = TRUE;
  /* It was closed before it answers, lives until it has, and would find a parent that is gone. */
  gtk_window_set_transient_for (dialog, NULL);
  gtk_window_close (GTK_WINDOW (window));
}

/**
 * way_guide_page_ask_to_close:
 * @self: the guide
 *
 * Asks whether the recovery key is kept, if it is in view: it is shown this once.
 *
 * Returns: whether it is asked, and the window must stay meanwhile
 */
gboolean
way_guide_page_ask_to_close (WayGuidePage *self)
{
  GtkWidget *dialog;

  g_return_val_if_fail (WAY_IS_GUIDE_PAGE (self), FALSE);

  if (self->may_close || !way_key_view_has_key (self->key))
    return FALSE;
  dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      _ ("Have you kept the recovery key?"),
      _ ("It is shown only now. Without it and without the passphrase nobody can read the records. "
         "Waymark will ask again when the store is next opened, and can make a new key then."));
  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "back", _ ("Back to the key"), "close", _ ("Close"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "back");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "back");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Opens the window's pages, and begins with an action of theirs. */
static void
start (WayGuidePage *self, const char *action)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  way_window_start (window, self->path, action);
}

static void
import_cb (WayGuidePage *self)
{
  start (self, "win.import");
}

static void
add_cb (WayGuidePage *self)
{
  start (self, "win.new-child");
}

static void
sample_cb (WayGuidePage *self)
{
  start (self, "win.made-up-caseload");
}

static void
way_guide_page_focus_first (WayScreen *screen)
{
  gtk_widget_grab_focus (WAY_GUIDE_PAGE (screen)->name);
}

static void
way_guide_page_screen_init (WayScreenInterface *iface)
{
  iface->focus_first = way_guide_page_focus_first;
}

static void
way_guide_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_GUIDE_PAGE);
  G_OBJECT_CLASS (way_guide_page_parent_class)->dispose (object);
}

static void
way_guide_page_finalize (GObject *object)
{
  WayGuidePage *self = WAY_GUIDE_PAGE (object);

  g_free (self->path);
  g_free (self->unsaved);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  G_OBJECT_CLASS (way_guide_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, steps);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, name);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, role);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, team);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, name_message);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, again);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, strength);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, passphrase_message);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, place);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, place_button);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, create);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, back);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, busy);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, key);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, other);
  gtk_widget_class_bind_template_child (widget_class, WayGuidePage, import);
}

static void
way_guide_page_class_init (WayGuidePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_guide_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_guide_page_finalize;
  g_type_ensure (WAY_TYPE_KEY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/guide.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, who_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, kept_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, sample_cb);
}

static void
way_guide_page_init (WayGuidePage *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  way_a11y_name_lists (GTK_WIDGET (self->role), _ ("Role"));
  way_a11y_tidy (GTK_WIDGET (self));
  adw_combo_row_set_model (self->role, G_LIST_MODEL (labels));
  g_signal_connect_swapped (
      self->passphrase, "entry-activated", G_CALLBACK (gtk_widget_grab_focus), self->again);
  self->roles = way_guide_load_roles (labels);
}

/**
 * way_guide_page_new:
 * @path: (nullable): where the store is to be; %NULL: the usual place
 *
 * Returns: (transfer floating): the guide at its first step
 */
GtkWidget *
way_guide_page_new (const char *path)
{
  WayGuidePage *self = g_object_new (WAY_TYPE_GUIDE_PAGE, NULL);

  self->path = path != NULL
                   ? g_strdup (path)
                   : g_build_filename (g_get_user_data_dir (), "waymark", "caseload.waymark", NULL);
  show_place (self);
  return GTK_WIDGET (self);
}
