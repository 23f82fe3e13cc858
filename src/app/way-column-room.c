/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-column-room.h"

#define ROOM "way-column-room"

typedef struct {
  GtkColumnViewColumn *column; /* the list has it */
  int width;                   /* px, kept while it is left out */
} Spare;

typedef struct {
  GtkColumnView *view; /* it has this */
  int least;           /* px that the columns without a width of their own need, together */
  GArray *spare;       /* (element-type Spare): the first goes first */
  guint fit_id;
} Room;

static void
room_free (gpointer data)
{
  Room *self = data;

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_array_unref (self->spare);
  g_free (self);
}

static int
needed_width (Room *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  int width = self->least;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    width += MAX (gtk_column_view_column_get_fixed_width (column), 0);
  }
  for (guint i = 0; i < self->spare->len; i++) {
    const Spare *spare = &g_array_index (self->spare, Spare, i);

    if (!gtk_column_view_column_get_visible (spare->column))
      width += spare->width;
  }
  return width;
}

/* GTK 4.8 keeps the room of a column with a fixed width that is not in view. */
static void
set_shown (Spare *spare, gboolean shown)
{
  if (shown == gtk_column_view_column_get_visible (spare->column))
    return;
  if (!shown)
    spare->width = gtk_column_view_column_get_fixed_width (spare->column);
  gtk_column_view_column_set_fixed_width (spare->column, shown ? spare->width : -1);
  gtk_column_view_column_set_visible (spare->column, shown);
}

static gboolean
fit_cb (gpointer user_data)
{
  Room *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (self->view));
  int over = needed_width (self) - (int) gtk_adjustment_get_page_size (adjustment);

  self->fit_id = 0;
  for (guint i = 0; i < self->spare->len; i++) {
    Spare *spare = &g_array_index (self->spare, Spare, i);

    set_shown (spare, over <= 0);
    over -= over > 0 ? spare->width : 0;
  }
  return G_SOURCE_REMOVE;
}

/* Not from here: it is told while room is given, and what is left out asks for it anew. */
static void
room_cb (GObject *view)
{
  Room *self = g_object_get_data (view, ROOM);

  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/**
 * way_column_room_watch:
 * @view: a list, where it scrolls
 * @least: px that those of its columns need together which take the room that is left
 *
 * Leaves out columns while @view is too narrow for all: of those of way_column_room_add() the one
 * that was named first.
 */
void
way_column_room_watch (GtkColumnView *view, int least)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));
  Room *self = g_new0 (Room, 1);

  self->view = view;
  self->least = least;
  self->spare = g_array_new (FALSE, FALSE, sizeof (Spare));
  g_object_set_data_full (G_OBJECT (view), ROOM, self, room_free);
  g_signal_connect_object (
      adjustment, "notify::page-size", G_CALLBACK (room_cb), view, G_CONNECT_SWAPPED);
}

/**
 * way_column_room_add:
 * @view: of way_column_room_watch()
 * @column: one of its columns, with a fixed width
 *
 * Names the column that is left out next when there is too little room.
 */
void
way_column_room_add (GtkColumnView *view, GtkColumnViewColumn *column)
{
  Room *self = g_object_get_data (G_OBJECT (view), ROOM);
  Spare spare = {column, gtk_column_view_column_get_fixed_width (column)};

  g_return_if_fail (self != NULL && spare.width > 0);

  g_array_append_val (self->spare, spare);
}
