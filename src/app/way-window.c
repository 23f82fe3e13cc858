/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-window"

#include "way-window-private.h"

#include "way-dialog.h"
#include "way-once.h"
#include "way-screen.h"
#include "way-ui.h"
#include "way-window-key.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (WayWindow, way_window, ADW_TYPE_APPLICATION_WINDOW)

#define TITLE_KEY "way-title"

static const char *
page_title (GtkWidget *page)
{
  return g_object_get_data (G_OBJECT (page), TITLE_KEY);
}

/* An entry that goes away with the keyboard in it makes GTK 4.8 complain. */
static void
let_go (WayWindow *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* Without a page there is no title either: it may have been a child's name. */
static void
show_titles (WayWindow *self)
{
  GtkWidget *page = way_window_get_page (self);
  const char *before =
      self->trail->len > 1 ? page_title (self->trail->pdata[self->trail->len - 2]) : "";
  /* Translators: the name of a page, such as that of a child */
  g_autofree char *tip = g_strdup_printf (_ ("Back to %s"), before);

  gtk_label_set_text (self->title, page != NULL ? page_title (page) : "");
  gtk_label_set_text (self->back_label, before);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->back), tip);
}

/* Shows the last page of the trail, and the way back. */
static void
show_last (WayWindow *self)
{
  GtkWidget *page = way_window_get_page (self);
  gboolean has_back = self->trail->len > 1;

  if (page == NULL)
    return;
  let_go (self);
  gtk_stack_set_visible_child (self->pages, page);
  gtk_widget_set_visible (GTK_WIDGET (self->back), has_back);
  show_titles (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", has_back);
  way_split_view_show_sidebar (self->split, FALSE);
}

/**
 * way_window_get_page:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the page in view; %NULL while locked
 */
GtkWidget *
way_window_get_page (WayWindow *self)
{
  g_return_val_if_fail (WAY_IS_WINDOW (self), NULL);

  return self->trail->len > 0 ? self->trail->pdata[self->trail->len - 1] : NULL;
}

/**
 * way_window_push:
 * @self: the window
 * @page: (transfer floating): the page to show
 * @title: what it is called, in the head of the window and on the button that
 *   leads back to it; already translated
 *
 * Shows a page on top of the one in view, which is saved first.
 */
void
way_window_push (WayWindow *self, GtkWidget *page, const char *title)
{
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self) && GTK_IS_WIDGET (page) && title != NULL);

  if (self->trail->len > 0)
    way_screen_save (way_window_get_page (self));
  g_object_set_data_full (G_OBJECT (page), TITLE_KEY, g_strdup (title), g_free);
  /* The name of a stack's page must be its own, the title need not be. */
  name = g_strdup_printf ("page-%u", ++self->n_pages);
  gtk_stack_add_named (self->pages, page, name);
  g_ptr_array_add (self->trail, page);
  show_last (self);
  way_screen_refresh (page);
  way_screen_focus_first (page);
}

/**
 * way_window_set_page_title:
 * @self: the window
 * @page: a page that was pushed
 * @title: what it is called now that it is read
 *
 * Changes the title of a page.
 */
void
way_window_set_page_title (WayWindow *self, GtkWidget *page, const char *title)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && GTK_IS_WIDGET (page) && title != NULL);

  g_object_set_data_full (G_OBJECT (page), TITLE_KEY, g_strdup (title), g_free);
  show_titles (self);
}

/**
 * way_window_set_visit_title:
 * @self: the window
 * @page: a page that was pushed
 * @name: of the first child whom the visit concerns
 * @born: that child's day of birth, if another child has the name
 * @n_children: how many it concerns
 * @what: what the page is, such as "visit"
 *
 * Changes the title of a page to "Amara Okafor: visit": the name first, as it is what a narrow
 * window must not cut off.
 */
void
way_window_set_visit_title (WayWindow *self,
                            GtkWidget *page,
                            const char *name,
                            WayDate born,
                            guint n_children,
                            const char *what)
{
  g_autofree char *who = NULL, *title = NULL;

  g_return_if_fail (name != NULL && n_children > 0 && what != NULL);

  who = way_ui_tell_apart (name, born);
  if (n_children > 1)
    title = g_strdup_printf (
        /* Translators: a child, how many others, and what the page is: "visit" */
        ngettext ("%s and %u other: %s", "%s and %u others: %s", n_children - 1),
        who,
        n_children - 1,
        what);
  else
    title = g_strdup_printf ("%s: %s", who, what);
  way_window_set_page_title (self, page, title);
}

/**
 * way_window_pop:
 * @self: the window
 *
 * Saves the page in view, takes it away and shows the one before it, as the
 * store has it now. Does nothing on the first page.
 */
void
way_window_pop (WayWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (WAY_IS_WINDOW (self));

  if (self->trail->len < 2)
    return;
  page = way_window_get_page (self);
  way_screen_save (page);
  g_ptr_array_remove_index (self->trail, self->trail->len - 1);
  show_last (self);
  gtk_stack_remove (self->pages, page);
  page = way_window_get_page (self);
  way_screen_refresh (page);
  way_screen_focus_first (page);
}

/**
 * way_window_drop:
 * @self: the window
 * @page: a page that was pushed, not the first
 *
 * Takes a page away, as way_window_pop() does where it is in view; from under others without a
 * sign, so that nobody comes back to it.
 */
void
way_window_drop (WayWindow *self, GtkWidget *page)
{
  guint index;

  g_return_if_fail (WAY_IS_WINDOW (self) && GTK_IS_WIDGET (page));

  if (!g_ptr_array_find (self->trail, page, &index) || index == 0)
    return;
  if (index + 1 == self->trail->len) {
    way_window_pop (self);
    return;
  }
  way_screen_save (page);
  g_ptr_array_remove_index (self->trail, index);
  gtk_stack_remove (self->pages, page);
  show_titles (self);
}

/**
 * way_window_give_back:
 * @self: the window
 * @page: a page that was pushed in this session, and perhaps left
 * @session: which session of the window that was
 * @doing: what failed, as a sentence's beginning
 * @error: why
 *
 * Shows what was left before it was kept, and says so. Where the window was locked meanwhile,
 * locking has said it.
 */
void
way_window_give_back (
    WayWindow *self, GtkWidget *page, guint session, const char *doing, const GError *error)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && GTK_IS_WIDGET (page) && error != NULL);

  if (session != way_window_get_session (self))
    return;
  if (!g_ptr_array_find (self->trail, page, NULL)) {
    g_autofree char *title = g_strdup (page_title (page));

    way_window_push (self, page, title);
  }
  way_window_show_error (self, doing, error);
}

/* Saves and takes away every page, so that none of its words stay in memory on view. */
void
way_window_clear_pages (WayWindow *self)
{
  way_window_save_all (self);
  while (self->trail->len > 0) {
    GtkWidget *page = way_window_get_page (self);

    let_go (self);
    g_ptr_array_remove_index (self->trail, self->trail->len - 1);
    gtk_stack_remove (self->pages, page);
  }
  show_titles (self);
}

void
way_window_save_all (WayWindow *self)
{
  for (guint i = 0; i < self->trail->len; i++)
    way_screen_save (self->trail->pdata[i]);
}

/**
 * way_window_of:
 * @widget: any widget
 *
 * Returns: (transfer none) (nullable): the window of ours that it is in now
 */
WayWindow *
way_window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  /* A dialog's window belongs to one of ours. */
  while (root != NULL && !WAY_IS_WINDOW (root) && GTK_IS_WINDOW (root))
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  return WAY_IS_WINDOW (root) ? WAY_WINDOW (root) : NULL;
}

/**
 * way_window_show_error:
 * @self: the window
 * @doing: what failed, as a sentence's beginning: "The visit could not be saved"
 * @error: why
 *
 * Says on the screen, until it is put away, what went wrong and what to do next.
 * Cancelling is no error and shows nothing.
 */
void
way_window_show_error (WayWindow *self, const char *doing, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self) && doing != NULL && error != NULL);

  if (way_error_is_cancelled (error))
    return;
  text = way_error_to_sentence (doing, error);
  way_window_say (self, text);
}

/**
 * way_window_end_error:
 * @self: the window
 * @doing: what has worked now, as way_window_show_error() was told when it had not
 *
 * Puts away what was said of that: it is over.
 */
void
way_window_end_error (WayWindow *self, const char *doing)
{
  g_return_if_fail (WAY_IS_WINDOW (self) && doing != NULL);

  if (gtk_widget_get_visible (self->notice) &&
      g_str_has_prefix (gtk_label_get_text (self->notice_text), doing))
    way_window_close_notice (self);
}

/* Until it is put away. */
void
way_window_say (WayWindow *self, const char *text)
{
  self->says_unkept = FALSE;
  gtk_widget_set_visible (self->notice_key, FALSE);
  gtk_widget_set_visible (self->notice_visit, FALSE);
  gtk_label_set_text (self->notice_text, text);
  gtk_widget_set_visible (self->notice, TRUE);
}

void
way_window_close_notice (WayWindow *self)
{
  gtk_widget_set_visible (self->notice, FALSE);
}

void
way_window_set_closed_page (WayWindow *self, GtkWidget *page)
{
  let_go (self);
  adw_bin_set_child (self->closed, page);
  if (page != NULL)
    way_screen_focus_first (page);
}

void
way_window_show_open (WayWindow *self, gboolean open)
{
  let_go (self);
  gtk_stack_set_visible_child_name (self->root, open ? "open" : "closed");
}

/**
 * way_window_show_now:
 * @self: the window
 *
 * Puts the window on the screen, unless it is there: a store that opens by itself is seen first
 * when there is something to read.
 */
void
way_window_show_now (WayWindow *self)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
}

static gboolean
icon_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  self->icon_id = 0;
  gtk_window_set_icon_name (GTK_WINDOW (self), WAY_APP_ID);
  return G_SOURCE_REMOVE;
}

static void
way_window_show (GtkWidget *widget)
{
  WayWindow *self = WAY_WINDOW (widget);

  if (self->lists == NULL && adw_bin_get_child (self->closed) == NULL)
    way_window_show_closed_page (self);
  GTK_WIDGET_CLASS (way_window_parent_class)->show (widget);
  /* After the first frame: to draw it, the library that reads SVG has to be loaded. */
  if (self->icon_id == 0)
    self->icon_id = g_idle_add_full (G_PRIORITY_LOW, icon_cb, self, NULL);
}

static void
folded_cb (WayWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_button),
                          way_split_view_get_folded (self->split));
  gtk_toggle_button_set_active (self->sidebar_button, FALSE);
}

static void
sidebar_open_cb (WayWindow *self)
{
  gtk_toggle_button_set_active (self->sidebar_button, way_split_view_is_sidebar_open (self->split));
}

static void
sidebar_toggled_cb (WayWindow *self)
{
  way_split_view_show_sidebar (self->split, gtk_toggle_button_get_active (self->sidebar_button));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_window_pop (WAY_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_search_start (WAY_WINDOW (widget)->search);
}

static void
close_notice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_window_close_notice (WAY_WINDOW (widget));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_show_about_window (GTK_WINDOW (widget),
                         "application-name",
                         "Waymark",
                         "application-icon",
                         WAY_APP_ID,
                         "version",
                         WAY_VERSION,
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("Records and progress of children with special needs"),
                         NULL);
}

/* Made when it is asked for: GtkApplication would make it at every start. */
static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/org/waymark/Waymark/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (widget));
  gtk_window_present (shortcuts);
}

static void
way_window_dispose (GObject *object)
{
  WayWindow *self = WAY_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  g_clear_handle_id (&self->unkept_id, g_source_remove);
  g_clear_handle_id (&self->icon_id, g_source_remove);
  way_window_forget_toast (self);
  g_clear_object (&self->first_page);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_WINDOW);
  G_OBJECT_CLASS (way_window_parent_class)->dispose (object);
}

static void
way_window_finalize (GObject *object)
{
  WayWindow *self = WAY_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  g_clear_pointer (&self->terms, way_terms_free);
  g_clear_pointer (&self->trail, g_ptr_array_unref);
  way_unkept_unref (self->unkept);
  g_free (self->path);
  g_free (self->start_child);
  g_free (self->start_visit);
  g_free (self->left_visit);
  G_OBJECT_CLASS (way_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WayWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, root);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, closed);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, split);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, search);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, title);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, back);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, back_label);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, lock);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, notice_text);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, notice_visit);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, notice_key);
}

static void
way_window_class_init (WayWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_window_dispose;
  object_class->finalize = way_window_finalize;
  widget_class->show = way_window_show;

  g_type_ensure (WAY_TYPE_SPLIT_VIEW);
  g_type_ensure (WAY_TYPE_SIDEBAR);
  g_type_ensure (WAY_TYPE_SEARCH);
  g_type_ensure (WAY_TYPE_SAID);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.close-notice", NULL, close_notice_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, shortcuts_action);
  way_window_install_store_actions (widget_class);
  way_window_install_page_actions (widget_class);
  way_window_install_key_actions (widget_class);
  way_window_install_unkept_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.lock", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_k, GDK_CONTROL_MASK, "win.search", NULL);
  /* As most programs have it. */
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "win.show-help-overlay", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.show-help-overlay", NULL);
}

/* When it is opened first: it is a dozen widgets that nobody sees before. */
static void
create_menu_cb (GtkMenuButton *button, gpointer window)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, WAY_WINDOW (window)->main_menu);
}

static void
way_window_init (WayWindow *self)
{
  self->trail = g_ptr_array_new ();
  self->unkept = way_unkept_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  way_once_guard (GTK_WINDOW (self));
  way_ui_tell_whole (self->title);
  way_a11y_set_name (GTK_WIDGET (self->back), _ ("Back"));
  way_a11y_set_name (GTK_WIDGET (self->lock), _ ("Lock"));
  way_a11y_set_name (GTK_WIDGET (self->menu), _ ("Main menu"));
  way_a11y_set_name (GTK_WIDGET (self->sidebar_button), _ ("Sidebar"));
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_menu_button_set_create_popup_func (self->menu, create_menu_cb, self, NULL);
  g_signal_connect_swapped (self->split, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (
      self->split, "notify::sidebar-open", G_CALLBACK (sidebar_open_cb), self);
  g_signal_connect_swapped (self->sidebar_button, "toggled", G_CALLBACK (sidebar_toggled_cb), self);
}
