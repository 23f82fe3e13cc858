/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-table.h"

#include "way-ui.h"

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, way_ui_wrapped_label (NULL, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkStringList *row = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_list_get_string (row, GPOINTER_TO_UINT (column)));
}

/**
 * way_table_new:
 * @name: what it holds, for screen readers
 * @rows: (element-type GStrv): the rows, all as long as the first, which is the head
 *
 * Returns: (transfer floating): a scrolling table
 */
GtkWidget *
way_table_new (const char *name, GPtrArray *rows)
{
  GListStore *items = g_list_store_new (GTK_TYPE_STRING_LIST);
  GtkWidget *view;
  GtkWidget *scroller = gtk_scrolled_window_new ();
  char **head = rows->len > 0 ? rows->pdata[0] : NULL;

  for (guint i = 1; i < rows->len; i++) {
    g_autoptr (GtkStringList) row = gtk_string_list_new (rows->pdata[i]);

    g_list_store_append (items, row);
  }
  view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (items))));
  way_a11y_set_name (view, name);
  gtk_widget_add_css_class (view, "way-table");
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  for (guint i = 0; head != NULL && head[i] != NULL; i++) {
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    g_autoptr (GtkColumnViewColumn) column = NULL;

    g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
    g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
    column = gtk_column_view_column_new (head[i], factory);
    gtk_column_view_column_set_expand (column, head[i + 1] == NULL);
    gtk_column_view_column_set_resizable (column, TRUE);
    gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}
