/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What widget a field of a record gets, how its value gets in and out, and what is said about it.
 */
#include "way-form-row.h"

#include "way-date-entry.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>

#define SEARCHED_FROM 12 /* more names than are seen at a glance */

/**
 * way_form_row_new:
 * @form: what it is a part of
 * @field: its field
 *
 * Returns: (transfer full): a row without widgets yet
 */
WayFormRow *
way_form_row_new (GtkWidget *form, const WayField *field)
{
  WayFormRow *self = g_new0 (WayFormRow, 1);

  g_assert (field != NULL);
  self->form = form;
  self->field = field;
  return self;
}

void
way_form_row_free (gpointer data)
{
  WayFormRow *self = data;

  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_free (self);
}

static void
activate_cb (GtkWidget *form)
{
  g_signal_emit_by_name (form, "activate");
}

static void
changed_cb (GtkWidget *form)
{
  g_signal_emit_by_name (form, "changed");
}

static void
make_list (WayFormRow *self, GPtrArray *codes, GtkStringList *labels)
{
  self->codes = codes;
  self->widget = self->outer = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  g_signal_connect_swapped (self->widget, "notify::selected", G_CALLBACK (changed_cb), self->form);
}

static void
make_code (WayFormRow *self, WayCodeLists *lists)
{
  g_autoptr (GPtrArray) entries = way_code_lists_get (lists, self->field->list);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *labels = gtk_string_list_new (NULL);

  self->lists = lists;
  gtk_string_list_append (labels, "—");
  g_ptr_array_add (codes, g_strdup (""));
  for (guint i = 0; i < entries->len; i++) {
    const WayCode *code = entries->pdata[i];

    gtk_string_list_append (labels, code->label);
    g_ptr_array_add (codes, g_strdup (code->code));
  }
  make_list (self, codes, labels);
}

static void
make_yes_no (WayFormRow *self)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *labels = gtk_string_list_new (NULL);

  g_ptr_array_add (codes, g_strdup (""));
  g_ptr_array_add (codes, g_strdup ("yes"));
  g_ptr_array_add (codes, g_strdup ("no"));
  gtk_string_list_append (labels, "—");
  gtk_string_list_append (labels, _ ("Yes"));
  gtk_string_list_append (labels, _ ("No"));
  make_list (self, codes, labels);
}

static void
make_note (WayFormRow *self)
{
  self->outer = gtk_frame_new (NULL);
  self->widget = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->widget), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->widget), FALSE);
  gtk_widget_set_size_request (self->widget, -1, 56);
  gtk_widget_add_css_class (self->widget, "way-note");
  gtk_frame_set_child (GTK_FRAME (self->outer), self->widget);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget)),
                            "changed",
                            G_CALLBACK (changed_cb),
                            self->form);
}

static void
listen_to_entry (WayFormRow *self)
{
  g_signal_connect_swapped (self->widget, "activate", G_CALLBACK (activate_cb), self->form);
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (changed_cb), self->form);
}

static void
make_entry (WayFormRow *self)
{
  self->widget = self->outer = gtk_entry_new ();
  if (self->field->kind == WAY_FIELD_NUMBER) {
    gtk_editable_set_max_width_chars (GTK_EDITABLE (self->widget), 10);
    gtk_widget_set_halign (self->widget, GTK_ALIGN_START);
  }
  listen_to_entry (self);
}

static void
make_date (WayFormRow *self, const char *label)
{
  self->widget = self->outer = way_date_entry_new (label);
  gtk_widget_set_halign (self->widget, GTK_ALIGN_START);
  listen_to_entry (self);
}

/**
 * way_form_row_make:
 * @self: a row without widgets
 * @label: what people call it
 * @lists: the words to choose from
 *
 * Makes what the field's kind asks for.
 */
void
way_form_row_make (WayFormRow *self, const char *label, WayCodeLists *lists)
{
  if (self->field->kind == WAY_FIELD_CODE)
    make_code (self, lists);
  else if (self->field->kind == WAY_FIELD_YES_NO)
    make_yes_no (self);
  else if (self->field->kind == WAY_FIELD_NOTE)
    make_note (self);
  else if (self->field->kind == WAY_FIELD_DATE)
    make_date (self, label);
  else
    make_entry (self);
}

/* Enter in a value of one line that is shown in several goes on to the next field: who expects
 * another line of it has not meant to save the form. */
static gboolean
sentence_key_cb (GtkWidget *form, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

/* A text of one line that is shown in several. */
void
way_form_row_make_sentence (WayFormRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  make_note (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (sentence_key_cb), self->form);
  gtk_widget_add_controller (self->widget, keys);
}

/* (element-type utf8) both: a choice between records, or none. */
void
way_form_row_make_choice (WayFormRow *self, GPtrArray *ids, GPtrArray *labels)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *strings = gtk_string_list_new (NULL);

  g_ptr_array_add (codes, g_strdup (""));
  gtk_string_list_append (strings, "—");
  for (guint i = 0; i < ids->len; i++) {
    g_ptr_array_add (codes, g_strdup (ids->pdata[i]));
    gtk_string_list_append (strings, labels->pdata[i]);
  }
  make_list (self, codes, strings);
  if (ids->len <= SEARCHED_FROM)
    return;
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->widget), TRUE);
  gtk_drop_down_set_expression (
      GTK_DROP_DOWN (self->widget),
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
}

/* The widget that takes the keyboard. */
GtkWidget *
way_form_row_get_input (WayFormRow *self)
{
  return WAY_IS_DATE_ENTRY (self->widget) ? way_date_entry_get_entry (WAY_DATE_ENTRY (self->widget))
                                          : self->widget;
}

/* A code that is held though it is offered no longer stays, and is there to choose again. */
static guint
add_held (WayFormRow *self, const char *code)
{
  GListModel *labels = gtk_drop_down_get_model (GTK_DROP_DOWN (self->widget));

  if (self->lists == NULL || way_text_is_blank (code))
    return 0;
  g_ptr_array_add (self->codes, g_strdup (code));
  gtk_string_list_append (GTK_STRING_LIST (labels),
                          way_code_lists_label (self->lists, self->field->list, code));
  return self->codes->len - 1;
}

/**
 * way_form_row_set_text:
 * @self: the row
 * @text: (nullable): as way_form_row_dup_text() gave it, or as the record's field is written
 *
 * Shows a value, right or wrong.
 */
void
way_form_row_set_text (WayFormRow *self, const char *text)
{
  guint index;

  if (GTK_IS_TEXT_VIEW (self->widget)) {
    gtk_text_buffer_set_text (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget)), text != NULL ? text : "", -1);
    return;
  }
  if (WAY_IS_DATE_ENTRY (self->widget)) {
    way_date_entry_set_text (WAY_DATE_ENTRY (self->widget), text != NULL ? text : "");
    return;
  }
  if (self->codes == NULL) {
    gtk_editable_set_text (GTK_EDITABLE (way_form_row_get_input (self)), text != NULL ? text : "");
    return;
  }
  if (!g_ptr_array_find_with_equal_func (
          self->codes, text != NULL ? text : "", g_str_equal, &index))
    index = add_held (self, text);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->widget), index);
}

void
way_form_row_show (WayFormRow *self, gconstpointer record)
{
  g_autofree char *text = way_field_dup_text (self->field, record);

  if (WAY_IS_DATE_ENTRY (self->widget))
    way_date_entry_set_date (WAY_DATE_ENTRY (self->widget), way_field_date (self->field, record));
  else
    way_form_row_set_text (self, text);
}

char *
way_form_row_dup_text (WayFormRow *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->codes != NULL)
    return g_strdup (self->codes->pdata[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->widget))]);
  if (WAY_IS_DATE_ENTRY (self->widget))
    return g_strstrip (way_date_entry_dup_text (WAY_DATE_ENTRY (self->widget)));
  if (!GTK_IS_TEXT_VIEW (self->widget))
    return g_strstrip (way_text_tidy (
        gtk_editable_get_text (GTK_EDITABLE (way_form_row_get_input (self))), FALSE));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->widget));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (way_text_tidy (text, self->field->kind == WAY_FIELD_NOTE));
}

/* A record that is not among those to choose from, one that is only being made, stays. */
static gboolean
is_elsewhere (WayFormRow *self, gconstpointer record)
{
  const char *id;

  if (self->codes == NULL || self->field->kind != WAY_FIELD_ID ||
      gtk_drop_down_get_selected (GTK_DROP_DOWN (self->widget)) != 0)
    return FALSE;
  id = way_field_string (self->field, record);
  return id != NULL && !g_ptr_array_find_with_equal_func (self->codes, id, g_str_equal, NULL);
}

/**
 * way_form_row_take:
 * @self: the row
 * @record: gets its value
 *
 * Returns: (transfer full) (nullable): what is wrong with the spelling of the value, a sentence;
 *   then @record keeps what it has
 */
char *
way_form_row_take (WayFormRow *self, gpointer record)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char *fault;

  if (is_elsewhere (self, record))
    return NULL;
  if (WAY_IS_DATE_ENTRY (self->widget)) {
    fault = way_date_entry_dup_fault (WAY_DATE_ENTRY (self->widget), FALSE);
    if (fault == NULL)
      way_date_entry_get_date (WAY_DATE_ENTRY (self->widget),
                               &way_field_date (self->field, record));
    return fault;
  }
  text = way_form_row_dup_text (self);
  if (way_field_set_text (self->field, record, text, &error))
    return NULL;
  if (self->field->kind == WAY_FIELD_NUMBER)
    return g_strdup (_ ("Type a number."));
  return g_strdup_printf ("%s: %s.", gtk_label_get_text (GTK_LABEL (self->label)), error->message);
}

gboolean
way_form_row_says (WayFormRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->message));
}

/* A field that is wrong is in view, also where it makes no sense now. */
void
way_form_row_say (WayFormRow *self, const char *fault)
{
  self->says_fault = fault != NULL;
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "way-caution");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "way-error");
  way_ui_set_field_error (way_form_row_get_input (self), self->message, fault);
  if (fault == NULL)
    return;
  gtk_widget_set_visible (self->label, TRUE);
  gtk_widget_set_visible (self->outer, TRUE);
}

void
way_form_row_warn (WayFormRow *self, const char *warning)
{
  if (self->says_fault)
    return;
  way_form_row_say (self, NULL);
  if (warning == NULL)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), "way-error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "way-caution");
  gtk_label_set_text (self->message, warning);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (way_form_row_get_input (self)),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->message,
                                  NULL,
                                  -1);
}
