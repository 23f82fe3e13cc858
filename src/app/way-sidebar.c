/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-sidebar.h"

#include "way-ui.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WaySidebar {
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *parts;
  GtkWidget *drafts_heading;
  GtkWidget *drafts;
  GCancellable *reading; /* (nullable): the latest, until it is cleared */
};

G_DEFINE_FINAL_TYPE (WaySidebar, way_sidebar, GTK_TYPE_WIDGET)

static gpointer
drafts_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  return way_db_list_drafts (db, error);
}

/* "saved 14:32" today, "saved 3 Nov 2026" before. */
static char *
saved_words (const char *saved_at)
{
  g_autoptr (GDateTime) utc =
      saved_at != NULL ? g_date_time_new_from_iso8601 (saved_at, NULL) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  WayDate date;

  if (local == NULL)
    return g_strdup ("");
  date = way_date_new (g_date_time_get_year (local),
                       g_date_time_get_month (local),
                       g_date_time_get_day_of_month (local));
  if (date == way_date_today ())
    return g_date_time_format (local, _ ("saved %H:%M"));
  {
    g_autofree char *day = way_date_format_short (date);
    return g_strdup_printf (_ ("saved %s"), day);
  }
}

static GtkWidget *
draft_row (const WayDraftInfo *draft)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title =
      g_strdup_printf (draft->is_amendment ? _ ("%s, amendment") : _ ("%s, visit"), draft->title);
  g_autofree char *saved = saved_words (draft->saved_at);
  GtkWidget *time = way_ui_label (saved, "way-faint");
  g_autofree char *date = way_date_format_short (draft->born);
  g_autofree char *born = *date != '\0' ? g_strdup_printf (_ ("born %s"), date) : NULL;
  g_autofree char *name = way_ui_tell_apart (title, draft->born);

  gtk_box_append (GTK_BOX (box), way_ui_label (title, NULL));
  if (born != NULL)
    gtk_box_append (GTK_BOX (box), way_ui_label (born, NULL));
  gtk_box_append (GTK_BOX (box), time);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "saved", time);
  way_a11y_set_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "child", g_strdup (draft->child_id), g_free);
  g_object_set_data_full (G_OBJECT (row), "visit", g_strdup (draft->visit_id), g_free);
  return row;
}

/* (transfer none) (nullable): the draft that the keyboard is on; @line: which it is */
static const char *
find_focused (WaySidebar *self, int *line)
{
  GtkRoot *root = gtk_widget_get_root (self->drafts);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, self->drafts)
                       ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                       : NULL;

  *line = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
  return row != NULL ? g_object_get_data (G_OBJECT (row), "visit") : NULL;
}

/* On the draft @visit, or else on what has come to its line, or on the parts above. */
static void
focus (WaySidebar *self, const char *visit, int line)
{
  GtkListBox *list = GTK_LIST_BOX (self->drafts);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++) {
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "visit"), visit) == 0)
      break;
  }
  while (row == NULL && line >= 0)
    row = gtk_list_box_get_row_at_index (list, line--);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_child_focus (self->parts, GTK_DIR_TAB_FORWARD);
}

static void
show_drafts (WaySidebar *self, GPtrArray *drafts)
{
  int line;
  g_autofree char *focused = g_strdup (find_focused (self, &line));

  way_ui_clear (self->drafts);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->drafts), draft_row (drafts->pdata[i]));
  gtk_widget_set_visible (self->drafts_heading, drafts != NULL && drafts->len > 0);
  if (focused != NULL)
    focus (self, focused, line);
}

static void
drafts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySidebar) self = user_data;
  g_autoptr (GPtrArray) drafts = NULL;

  /* What cannot be read is said by whatever else reads the store. */
  drafts = way_store_run_finish (WAY_STORE (source), result, NULL);
  /* Cleared meanwhile, for the lock: no name comes back. */
  if (self->drafts == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  show_drafts (self, drafts);
}

/**
 * way_sidebar_refresh:
 * @self: the sidebar, in a window with an open store
 *
 * Reads which visits are being written.
 */
void
way_sidebar_refresh (WaySidebar *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  g_return_if_fail (WAY_IS_SIDEBAR (self));

  if (window == NULL || !way_store_is_open (way_window_get_store (window)))
    return;
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       drafts_job,
                       NULL,
                       NULL,
                       (GDestroyNotify) g_ptr_array_unref,
                       self->reading,
                       drafts_cb,
                       g_object_ref (self));
}

/**
 * way_sidebar_set_saved:
 * @self: the sidebar
 * @visit_id: a draft
 *
 * Says that it was saved just now. Where it stands the lines stay as they are, so that none moves
 * under the pointer while somebody types.
 */
void
way_sidebar_set_saved (WaySidebar *self, const char *visit_id)
{
  g_autofree char *now = way_stamp_now ();
  g_autofree char *saved = saved_words (now);
  GtkWidget *row;

  g_return_if_fail (WAY_IS_SIDEBAR (self));

  row = gtk_widget_get_first_child (self->drafts);
  for (; row != NULL; row = gtk_widget_get_next_sibling (row)) {
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "visit"), visit_id) == 0)
      gtk_label_set_text (g_object_get_data (G_OBJECT (row), "saved"), saved);
  }
}

/**
 * way_sidebar_clear:
 * @self: the sidebar
 *
 * Forgets every name it shows.
 */
void
way_sidebar_clear (WaySidebar *self)
{
  g_return_if_fail (WAY_IS_SIDEBAR (self));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  way_ui_clear (self->drafts);
  gtk_widget_set_visible (self->drafts_heading, FALSE);
}

static void
part_cb (WaySidebar *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window != NULL)
    way_window_show_children (window);
}

static void
draft_cb (WaySidebar *self, GtkListBoxRow *row)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window != NULL)
    way_window_open_visit (window,
                           g_object_get_data (G_OBJECT (row), "child"),
                           g_object_get_data (G_OBJECT (row), "visit"));
}

static void
way_sidebar_dispose (GObject *object)
{
  WaySidebar *self = WAY_SIDEBAR (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  self->drafts = NULL;
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (way_sidebar_parent_class)->dispose (object);
}

static void
way_sidebar_class_init (WaySidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_sidebar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "waysidebar");
}

static GtkWidget *
new_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "navigation-sidebar");
  way_a11y_set_name (list, name);
  return list;
}

static void
way_sidebar_init (WaySidebar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = gtk_list_box_row_new ();

  self->parts = new_list (_ ("Parts of Waymark"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), way_ui_label (_ ("Children"), NULL));
  way_a11y_set_name (row, _ ("Children"));
  gtk_list_box_append (GTK_LIST_BOX (self->parts), row);
  gtk_list_box_select_row (GTK_LIST_BOX (self->parts), GTK_LIST_BOX_ROW (row));
  self->drafts_heading = way_ui_label (_ ("Drafts"), "way-sidebar-heading");
  self->drafts = new_list (_ ("Drafts"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->drafts), GTK_SELECTION_NONE);
  gtk_widget_set_visible (self->drafts_heading, FALSE);
  gtk_box_append (GTK_BOX (box), self->parts);
  gtk_box_append (GTK_BOX (box), self->drafts_heading);
  gtk_box_append (GTK_BOX (box), self->drafts);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_swapped (self->parts, "row-activated", G_CALLBACK (part_cb), self);
  g_signal_connect_swapped (self->drafts, "row-activated", G_CALLBACK (draft_cb), self);
}
