/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of a record on the screen: what is typed is in the record at once. */
#include "way-visit-form-private.h"

#include "way-date-entry.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>

/* A widget and the field that it shows. The form outlives its widgets, the records the form's. */
typedef struct {
  WayVisitForm *form;
  gpointer record;
  const WayField *field;
  GPtrArray *codes; /* (nullable): of a drop-down, in its order; NULL in front for "not known" */
} Binding;

static void
binding_free (gpointer data)
{
  Binding *binding = data;

  g_clear_pointer (&binding->codes, g_ptr_array_unref);
  g_free (binding);
}

static Binding *
bind (WayVisitForm *form, GtkWidget *widget, gpointer record, const char *field)
{
  Binding *binding = g_new0 (Binding, 1);

  binding->form = form;
  binding->record = record;
  binding->field = way_record_type_find (WAY_RECORD (record)->type, field);
  g_assert (binding->field != NULL);
  g_object_set_data_full (G_OBJECT (widget), "way-binding", binding, binding_free);
  return binding;
}

/* "9:15", "9.15" and "0915" as times are kept: "09:15". */
static char *
time_from_words (const char *text)
{
  g_autofree char *digits = g_strdup (text);
  gsize length = 0;

  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      digits[length++] = *c;
    else if (*c != ':' && *c != '.')
      return g_strdup (text);
  }
  digits[length] = '\0';
  if (length != 3 && length != 4)
    return g_strdup (text);
  return g_strdup_printf (
      "%s%.*s:%s", length == 3 ? "0" : "", (int) length - 2, digits, digits + length - 2);
}

/* What is half typed ("9:" of "9:15") is no value yet; the field says so and the rest goes on. */
static void
take_text (Binding *binding, GtkWidget *widget, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean is_right = TRUE;

  if (binding->field->kind == WAY_FIELD_TEXT || binding->field->kind == WAY_FIELD_NOTE) {
    g_autofree char *tidy = way_text_tidy (text, binding->field->kind == WAY_FIELD_NOTE);

    way_set_string (&way_field_string (binding->field, binding->record),
                    *tidy != '\0' ? tidy : NULL);
  } else if (*text == '\0')
    way_field_clear (binding->field, binding->record);
  else {
    g_autofree char *time = binding->field->kind == WAY_FIELD_TIME ? time_from_words (text) : NULL;

    is_right =
        way_field_set_text (binding->field, binding->record, time != NULL ? time : text, &error);
  }
  if (is_right) {
    gtk_widget_remove_css_class (widget, "error");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID);
  } else {
    way_field_clear (binding->field, binding->record);
    gtk_widget_add_css_class (widget, "error");
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  }
  gtk_widget_set_tooltip_text (widget, error != NULL ? error->message : NULL);
  way_visit_form_touched (binding->form);
}

static void
entry_cb (GtkWidget *entry, Binding *binding)
{
  take_text (binding, entry, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
note_cb (GtkTextBuffer *buffer, GtkWidget *view)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  take_text (g_object_get_data (G_OBJECT (view), "way-binding"), view, text);
}

static void
date_cb (GtkWidget *entry, Binding *binding)
{
  WayDate date = WAY_DATE_UNKNOWN;

  way_date_entry_get_date (WAY_DATE_ENTRY (entry), &date);
  if (date == way_field_date (binding->field, binding->record))
    return;
  way_field_date (binding->field, binding->record) = date;
  way_visit_form_touched (binding->form);
}

static void
code_cb (GtkDropDown *list, GParamSpec *pspec, Binding *binding)
{
  guint selected = gtk_drop_down_get_selected (list);

  if (selected >= binding->codes->len)
    return;
  way_set_string (&way_field_string (binding->field, binding->record),
                  binding->codes->pdata[selected]);
  way_visit_form_touched (binding->form);
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

/* A field with its label above it. */
GtkWidget *
way_visit_form_labelled (const char *label, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), way_ui_label (label, "way-hint"));
  gtk_box_append (GTK_BOX (box), field);
  gtk_widget_set_hexpand (box, gtk_widget_get_hexpand (field));
  return box;
}

GtkWidget *
way_visit_form_entry (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  Binding *binding = bind (self, entry, record, field);
  g_autofree char *text = way_field_dup_text (binding->field, record);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  way_a11y_set_name (entry, name);
  g_signal_connect (entry, "changed", G_CALLBACK (entry_cb), binding);
  return entry;
}

GtkWidget *
way_visit_form_note (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  Binding *binding = bind (self, view, record, field);
  const char *text = way_field_string (binding->field, record);

  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_pixels_inside_wrap (GTK_TEXT_VIEW (view), 3);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_widget_set_size_request (view, -1, 64);
  gtk_widget_add_css_class (view, "way-writing");
  gtk_widget_add_css_class (frame, "way-writing-frame");
  way_a11y_set_name (view, name);
  gtk_frame_set_child (GTK_FRAME (frame), view);
  g_signal_connect (view, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (buffer, "changed", G_CALLBACK (note_cb), view);
  g_signal_connect_swapped (buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), view);
  return frame;
}

GtkWidget *
way_visit_form_date (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *entry = way_date_entry_new (name);
  Binding *binding = bind (self, entry, record, field);

  way_date_entry_set_date (WAY_DATE_ENTRY (entry), way_field_date (binding->field, record));
  g_signal_connect (entry, "changed", G_CALLBACK (date_cb), binding);
  return entry;
}

static void
choice_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
choice_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *choice = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (choice));
}

/* A long name of what is chosen is cut short rather than keep the page wide; the list shows it. */
void
way_visit_form_shorten (GtkWidget *list)
{
  g_autoptr (GtkListItemFactory) whole = NULL;
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_object_get (list, "factory", &whole, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (list), whole);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (list), factory);
}

/* A choice among the codes of the field's list. */
GtkWidget *
way_visit_form_code (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);
  Binding *binding = bind (self, list, record, field);
  g_autoptr (GPtrArray) codes = way_code_lists_get (self->lists, binding->field->list);
  const char *now = way_field_string (binding->field, record);
  guint selected = GTK_INVALID_LIST_POSITION;

  binding->codes = g_ptr_array_new_with_free_func (g_free);
  if ((binding->field->flags & WAY_FIELD_REQUIRED) == 0) {
    g_ptr_array_add (binding->codes, NULL);
    gtk_string_list_append (labels, _ ("not said"));
    selected = 0;
  }
  for (guint i = 0; i < codes->len; i++) {
    const WayCode *code = codes->pdata[i];

    if (g_strcmp0 (code->code, now) == 0)
      selected = binding->codes->len;
    g_ptr_array_add (binding->codes, g_strdup (code->code));
    gtk_string_list_append (labels, code->label);
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (list), G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  way_visit_form_shorten (list);
  way_a11y_set_name (list, name);
  g_signal_connect (list, "notify::selected", G_CALLBACK (code_cb), binding);
  return list;
}
