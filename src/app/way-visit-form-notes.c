/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of the visit form that grow with what is typed: prose, and long texts of one line. */
#include "way-visit-form-private.h"

#include "way-ui.h"

#include <glib/gi18n.h>

static void
note_cb (GtkTextBuffer *buffer, GtkWidget *view)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  way_visit_form_take_text (g_object_get_data (G_OBJECT (view), WAY_VISIT_BINDING), text);
}

/* A note grows with its text, so the page has to follow the cursor. */
static gboolean
follow_cursor_cb (gpointer user_data)
{
  GtkTextView *view = user_data;
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  GtkTextIter iter;
  GdkRectangle place;
  double x, y, top;

  if (scroller == NULL || !gtk_widget_has_focus (GTK_WIDGET (view)))
    return G_SOURCE_REMOVE;
  gtk_text_buffer_get_iter_at_mark (gtk_text_view_get_buffer (view),
                                    &iter,
                                    gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)));
  gtk_text_view_get_iter_location (view, &iter, &place);
  gtk_widget_translate_coordinates (GTK_WIDGET (view), scroller, place.x, place.y, &x, &y);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  top = gtk_adjustment_get_value (adjustment);
  if (y < 12)
    gtk_adjustment_set_value (adjustment, top + y - 12);
  else if (y + place.height + 24 > gtk_widget_get_height (scroller))
    gtk_adjustment_set_value (adjustment,
                              top + y + place.height + 24 - gtk_widget_get_height (scroller));
  return G_SOURCE_REMOVE;
}

static void
cursor_cb (GtkWidget *view)
{
  g_idle_add_full (G_PRIORITY_LOW, follow_cursor_cb, g_object_ref (view), g_object_unref);
}

static gboolean
resize_cb (gpointer user_data)
{
  gtk_widget_queue_resize (user_data);
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 lays a long text out only after it has given the view its height, and leaves it there. */
static void
mapped_cb (GtkWidget *view)
{
  g_idle_add_full (G_PRIORITY_LOW, resize_cb, g_object_ref (view), g_object_unref);
}

/* Likewise when it was made narrower, by the pages beside it or by the window. */
static void
text_height_cb (GtkAdjustment *adjustment, GtkWidget *view)
{
  if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
    mapped_cb (view);
}

/* @view bound; shown as one field. */
static GtkWidget *
dress (GtkWidget *view, const char *text, int least_height, const char *name)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (view), 3);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_widget_set_size_request (view, -1, least_height);
  gtk_widget_add_css_class (view, "way-writing");
  gtk_widget_add_css_class (frame, "way-writing-frame");
  way_a11y_set_name (view, name);
  gtk_frame_set_child (GTK_FRAME (frame), view);
  g_signal_connect (view, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)),
                    "changed",
                    G_CALLBACK (text_height_cb),
                    view);
  g_signal_connect (buffer, "changed", G_CALLBACK (note_cb), view);
  g_signal_connect_swapped (buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), view);
  return frame;
}

/* Prose, and under it what is wrong with it; the text view is its "way-view". */
GtkWidget *
way_visit_form_note (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  WayVisitBinding *binding = way_visit_form_bind (self, view, record, field, name);

  gtk_box_append (GTK_BOX (box), dress (view, way_field_string (binding->field, record), 64, name));
  way_visit_form_add_message (GTK_BOX (box), view);
  g_object_set_data (G_OBJECT (box), "way-view", view);
  return box;
}

static void
show_placeholder (GtkTextBuffer *buffer, GtkWidget *placeholder)
{
  gtk_widget_set_visible (placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
}

/**
 * way_visit_form_sentence:
 * @self: the form
 * @record: what it belongs to
 * @field: a text of one line that may be long
 * @name: its name
 * @placeholder: shown while it is empty
 *
 * Returns: (transfer floating): a field that shows all of it, in as many lines as it takes; the
 *   text view is its "way-view"
 */
GtkWidget *
way_visit_form_sentence (WayVisitForm *self,
                         gpointer record,
                         const char *field,
                         const char *name,
                         const char *placeholder)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *over = gtk_overlay_new ();
  GtkWidget *words = way_ui_label (placeholder, "dim-label");
  WayVisitBinding *binding = way_visit_form_bind (self, view, record, field, name);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_overlay_set_child (GTK_OVERLAY (over),
                         dress (view, way_field_string (binding->field, record), -1, name));
  gtk_widget_set_can_target (words, FALSE);
  gtk_widget_set_halign (words, GTK_ALIGN_START);
  gtk_widget_set_margin_start (words, 12);
  gtk_overlay_add_overlay (GTK_OVERLAY (over), words);
  g_object_set_data (G_OBJECT (over), "way-view", view);
  show_placeholder (buffer, words);
  g_signal_connect (buffer, "changed", G_CALLBACK (show_placeholder), words);
  return over;
}
