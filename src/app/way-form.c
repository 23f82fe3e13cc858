/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-form.h"

#include "way-check.h"
#include "way-date-entry.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

#define LABEL_WIDTH 132 /* px */

typedef struct {
  const WayField *field;
  GtkWidget *label;
  GtkWidget *widget; /* entry, drop-down, text view or date entry */
  GtkWidget *outer;  /* what lies in the grid: the widget, or the frame around it */
  GtkLabel *message;
  GtkWidget *hint;  /* (nullable) */
  GPtrArray *codes; /* (element-type utf8) (nullable): of a drop-down; its first line is "none" */
} Row;

struct _WayForm {
  AdwBin parent_instance;

  const WayRecordType *type;
  WayCodeLists *lists;
  WayRecord *record; /* what was handed in: what no field shows stays as it was */
  GPtrArray *rows;   /* (element-type Row) */
  GtkWidget *grid;
  int n_lines;
};

enum { ACTIVATE, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayForm, way_form, ADW_TYPE_BIN)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->codes, g_ptr_array_unref);
  g_free (row);
}

static Row *
find_row (WayForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    if (strcmp (row->field->name, field) == 0)
      return row;
  }
  return NULL;
}

static void
activate_cb (WayForm *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
changed_cb (WayForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_choice (WayForm *self, Row *row, GPtrArray *codes, GtkStringList *labels)
{
  row->codes = codes;
  row->widget = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  g_signal_connect_swapped (row->widget, "notify::selected", G_CALLBACK (changed_cb), self);
  return row->widget;
}

static GtkWidget *
new_code_choice (WayForm *self, Row *row)
{
  g_autoptr (GPtrArray) entries = way_code_lists_get (self->lists, row->field->list);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, "—");
  g_ptr_array_add (codes, g_strdup (""));
  for (guint i = 0; i < entries->len; i++) {
    const WayCode *code = entries->pdata[i];

    gtk_string_list_append (labels, code->label);
    g_ptr_array_add (codes, g_strdup (code->code));
  }
  return new_choice (self, row, codes, labels);
}

static GtkWidget *
new_yes_no (WayForm *self, Row *row)
{
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *labels = gtk_string_list_new (NULL);

  g_ptr_array_add (codes, g_strdup (""));
  g_ptr_array_add (codes, g_strdup ("yes"));
  g_ptr_array_add (codes, g_strdup ("no"));
  gtk_string_list_append (labels, "—");
  gtk_string_list_append (labels, _ ("Yes"));
  gtk_string_list_append (labels, _ ("No"));
  return new_choice (self, row, codes, labels);
}

static GtkWidget *
new_note (WayForm *self, Row *row)
{
  GtkWidget *frame = gtk_frame_new (NULL);

  row->widget = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (row->widget), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (row->widget), FALSE);
  gtk_widget_set_size_request (row->widget, -1, 56);
  gtk_widget_add_css_class (row->widget, "way-note");
  gtk_frame_set_child (GTK_FRAME (frame), row->widget);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->widget)),
                            "changed",
                            G_CALLBACK (changed_cb),
                            self);
  return frame;
}

static GtkWidget *
new_entry (WayForm *self, Row *row)
{
  gboolean is_number = row->field->kind == WAY_FIELD_NUMBER;

  row->widget = gtk_entry_new ();
  if (is_number) {
    gtk_editable_set_max_width_chars (GTK_EDITABLE (row->widget), 10);
    gtk_widget_set_halign (row->widget, GTK_ALIGN_START);
  }
  g_signal_connect_swapped (row->widget, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (row->widget, "changed", G_CALLBACK (changed_cb), self);
  return row->widget;
}

static GtkWidget *
new_date (WayForm *self, Row *row, const char *label)
{
  row->widget = way_date_entry_new (label);
  gtk_widget_set_halign (row->widget, GTK_ALIGN_START);
  g_signal_connect_swapped (row->widget, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (row->widget, "changed", G_CALLBACK (changed_cb), self);
  return row->widget;
}

/* Enter in a value of one line saves the form, however many lines it is shown in. */
static gboolean
prose_key_cb (WayForm *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  activate_cb (self);
  return GDK_EVENT_STOP;
}

/* The widget that takes the keyboard and that messages belong to. */
static GtkWidget *
get_input (Row *row)
{
  return WAY_IS_DATE_ENTRY (row->widget) ? way_date_entry_get_entry (WAY_DATE_ENTRY (row->widget))
                                         : row->widget;
}

static void
attach (WayForm *self, Row *row, const char *label, const char *hint)
{
  g_autofree char *plain = g_strdup (label);

  row->label = way_ui_wrapped_label (label, NULL);
  gtk_label_set_xalign (GTK_LABEL (row->label), 1.0f);
  gtk_widget_set_valign (row->label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (row->label, 8);
  gtk_label_set_mnemonic_widget (GTK_LABEL (row->label), get_input (row));
  gtk_label_set_max_width_chars (GTK_LABEL (row->label), 20);
  /* Forms one under the other line up. */
  gtk_widget_set_size_request (row->label, LABEL_WIDTH, -1);
  way_a11y_set_name (get_input (row), plain);
  gtk_widget_set_hexpand (row->outer, TRUE);
  row->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (row->message), FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), row->label, 0, self->n_lines, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), row->outer, 1, self->n_lines++, 1, 1);
  if (hint != NULL) {
    row->hint = way_ui_wrapped_label (hint, "way-hint");
    gtk_grid_attach (GTK_GRID (self->grid), row->hint, 1, self->n_lines++, 1, 1);
    way_a11y_set_description (get_input (row), hint);
  }
  gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (row->message), 1, self->n_lines++, 1, 1);
}

/**
 * way_form_add:
 * @self: the form
 * @field: name of a field of the record
 * @label: what people call it, already translated
 * @hint: (nullable): a line under it
 *
 * Adds a field.
 *
 * Returns: (transfer none): its widget
 */
GtkWidget *
way_form_add (WayForm *self, const char *field, const char *label, const char *hint)
{
  Row *row = g_new0 (Row, 1);

  g_return_val_if_fail (WAY_IS_FORM (self), NULL);

  row->field = way_record_type_find (self->type, field);
  g_assert (row->field != NULL);
  g_ptr_array_add (self->rows, row);
  if (row->field->kind == WAY_FIELD_CODE)
    row->outer = new_code_choice (self, row);
  else if (row->field->kind == WAY_FIELD_YES_NO)
    row->outer = new_yes_no (self, row);
  else if (row->field->kind == WAY_FIELD_NOTE)
    row->outer = new_note (self, row);
  else if (row->field->kind == WAY_FIELD_DATE)
    row->outer = new_date (self, row, label);
  else
    row->outer = new_entry (self, row);
  attach (self, row, label, hint);
  return row->widget;
}

/**
 * way_form_add_sentence:
 * @self: the form
 * @field: name of a text field
 * @label: what people call it, already translated
 * @hint: (nullable): a line under it
 *
 * Adds a text of one line that is long, shown in several.
 *
 * Returns: (transfer none): its widget
 */
GtkWidget *
way_form_add_sentence (WayForm *self, const char *field, const char *label, const char *hint)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  Row *row = g_new0 (Row, 1);

  row->field = way_record_type_find (self->type, field);
  g_assert (row->field != NULL);
  g_ptr_array_add (self->rows, row);
  row->outer = new_note (self, row);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (prose_key_cb), self);
  gtk_widget_add_controller (row->widget, keys);
  attach (self, row, label, hint);
  return row->widget;
}

/**
 * way_form_add_choice:
 * @self: the form
 * @field: name of a field that holds the id of another record
 * @label: what people call it, already translated
 * @ids: (element-type utf8): the records to choose from
 * @labels: (element-type utf8): their names
 *
 * Adds a choice between records, or none.
 *
 * Returns: (transfer none): its widget
 */
GtkWidget *
way_form_add_choice (
    WayForm *self, const char *field, const char *label, GPtrArray *ids, GPtrArray *labels)
{
  Row *row = g_new0 (Row, 1);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  GtkStringList *strings = gtk_string_list_new (NULL);

  row->field = way_record_type_find (self->type, field);
  g_assert (row->field != NULL);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (codes, g_strdup (""));
  gtk_string_list_append (strings, "—");
  for (guint i = 0; i < ids->len; i++) {
    g_ptr_array_add (codes, g_strdup (ids->pdata[i]));
    gtk_string_list_append (strings, labels->pdata[i]);
  }
  row->outer = new_choice (self, row, codes, strings);
  if (ids->len > 12) {
    gtk_drop_down_set_enable_search (GTK_DROP_DOWN (row->widget), TRUE);
    gtk_drop_down_set_expression (
        GTK_DROP_DOWN (row->widget),
        gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  }
  attach (self, row, label, NULL);
  return row->widget;
}

/**
 * way_form_add_heading:
 * @self: the form
 * @text: already translated
 *
 * Begins a group of fields.
 */
void
way_form_add_heading (WayForm *self, const char *text)
{
  GtkWidget *label = way_ui_label (text, "way-heading");

  gtk_widget_set_margin_top (label, self->n_lines > 0 ? 12 : 0);
  gtk_grid_attach (GTK_GRID (self->grid), label, 1, self->n_lines++, 1, 1);
}

/**
 * way_form_show_field:
 * @self: the form
 * @field: name of a field
 * @show: whether it makes sense now
 *
 * Shows or hides a field; its value stays.
 */
void
way_form_show_field (WayForm *self, const char *field, gboolean show)
{
  Row *row = find_row (self, field);

  g_return_if_fail (row != NULL);

  gtk_widget_set_visible (row->label, show);
  gtk_widget_set_visible (row->outer, show);
  if (row->hint != NULL)
    gtk_widget_set_visible (row->hint, show);
}

static void
show_value (Row *row, gconstpointer record)
{
  g_autofree char *text = way_field_dup_text (row->field, record);

  if (WAY_IS_DATE_ENTRY (row->widget)) {
    way_date_entry_set_date (WAY_DATE_ENTRY (row->widget), way_field_date (row->field, record));
  } else if (GTK_IS_TEXT_VIEW (row->widget)) {
    gtk_text_buffer_set_text (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->widget)), text != NULL ? text : "", -1);
  } else if (row->codes != NULL) {
    guint index = 0;

    for (guint i = 0; i < row->codes->len; i++) {
      if (g_strcmp0 (row->codes->pdata[i], text) == 0)
        index = i;
    }
    gtk_drop_down_set_selected (GTK_DROP_DOWN (row->widget), index);
  } else {
    gtk_editable_set_text (GTK_EDITABLE (row->widget), text != NULL ? text : "");
  }
}

static char *
dup_typed (Row *row)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (row->codes != NULL)
    return g_strdup (row->codes->pdata[gtk_drop_down_get_selected (GTK_DROP_DOWN (row->widget))]);
  if (!GTK_IS_TEXT_VIEW (row->widget))
    return g_strstrip (
        way_text_tidy (gtk_editable_get_text (GTK_EDITABLE (get_input (row))), FALSE));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (row->widget));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (way_text_tidy (text, row->field->kind == WAY_FIELD_NOTE));
}

/* A record that is not among those to choose from, one that is only being made, stays. */
static gboolean
is_elsewhere (Row *row, gconstpointer record)
{
  const char *id;

  if (row->codes == NULL || row->field->kind != WAY_FIELD_ID ||
      gtk_drop_down_get_selected (GTK_DROP_DOWN (row->widget)) != 0)
    return FALSE;
  id = way_field_string (row->field, record);
  return id != NULL && !g_ptr_array_find_with_equal_func (row->codes, id, g_str_equal, NULL);
}

/* NULL, or what is wrong with the spelling of a value. */
static char *
take_value (Row *row, gpointer record)
{
  g_autofree char *text = dup_typed (row);
  g_autoptr (GError) error = NULL;
  WayDate date;

  if (is_elsewhere (row, record))
    return NULL;
  if (WAY_IS_DATE_ENTRY (row->widget)) {
    if (!way_date_entry_get_date (WAY_DATE_ENTRY (row->widget), &date))
      return g_strdup (_ ("Type a day like 3/11/2026."));
    way_field_date (row->field, record) = date;
    return NULL;
  }
  if (way_field_set_text (row->field, record, text, &error))
    return NULL;
  if (row->field->kind == WAY_FIELD_NUMBER)
    return g_strdup (_ ("Type a number."));
  return g_strdup (error->message);
}

/**
 * way_form_set_record:
 * @self: the form
 * @record: a record of the form's type; copied
 *
 * Shows its values and takes all messages away.
 */
void
way_form_set_record (WayForm *self, gconstpointer record)
{
  g_return_if_fail (WAY_IS_FORM (self) && record != NULL);

  way_record_free (self->record);
  self->record = way_record_copy (record);
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    show_value (row, record);
    way_ui_set_field_error (get_input (row), row->message, NULL);
  }
}

/**
 * way_form_peek:
 * @self: the form
 *
 * Returns: (transfer full): the record with what is typed so far; what is not
 *   spelled right is left out
 */
gpointer
way_form_peek (WayForm *self)
{
  WayRecord *record = way_record_copy (self->record);

  for (guint i = 0; i < self->rows->len; i++)
    g_free (take_value (self->rows->pdata[i], record));
  return record;
}

/**
 * way_form_show_message:
 * @self: the form
 * @field: name of a field
 * @message: (nullable): what is wrong with it
 *
 * Shows a message under a field.
 */
void
way_form_show_message (WayForm *self, const char *field, const char *message)
{
  Row *row = find_row (self, field);

  g_return_if_fail (row != NULL);

  way_ui_set_field_error (get_input (row), row->message, message);
}

static gboolean
is_before (WayForm *self, const Row *a, const Row *b)
{
  guint first, second;

  return g_ptr_array_find (self->rows, a, &first) && g_ptr_array_find (self->rows, b, &second) &&
         first < second;
}

/* The rules of the record; TRUE if none is broken that keeps it from being stored. */
static gboolean
show_findings (WayForm *self, gconstpointer record, WayDate today, Row **first)
{
  g_autoptr (GPtrArray) findings = way_record_check (record, self->lists, today);
  gboolean all_right = TRUE;

  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = findings->pdata[i];
    g_autofree char *message = NULL;
    Row *row = finding->field != NULL ? find_row (self, finding->field->name) : NULL;

    /* Links to other records are the page's affair, not the user's. */
    if (finding->is_warning ||
        (row == NULL && finding->field != NULL && finding->field->kind == WAY_FIELD_ID))
      continue;
    all_right = FALSE;
    if (row == NULL && self->rows->len > 0)
      row = self->rows->pdata[0];
    if (row == NULL || gtk_widget_get_visible (GTK_WIDGET (row->message)))
      continue;
    message =
        g_strdup_printf ("%s %s.", gtk_label_get_text (GTK_LABEL (row->label)), finding->message);
    way_ui_set_field_error (get_input (row), row->message, message);
    if (*first == NULL || is_before (self, row, *first))
      *first = row;
  }
  return all_right;
}

/**
 * way_form_read:
 * @self: the form
 * @today: the day
 *
 * Checks what is typed. Where something is wrong, it is said beside its field,
 * and the keyboard goes to the first.
 *
 * Returns: (transfer full) (nullable): the record; %NULL if something is wrong
 */
gpointer
way_form_read (WayForm *self, WayDate today)
{
  g_autoptr (WayRecord) record = NULL;
  Row *first = NULL;
  gboolean all_right = TRUE;

  g_return_val_if_fail (WAY_IS_FORM (self) && self->record != NULL, NULL);

  record = way_record_copy (self->record);
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];
    g_autofree char *message = take_value (row, record);

    way_ui_set_field_error (get_input (row), row->message, message);
    if (message != NULL && first == NULL)
      first = row;
  }
  all_right = first == NULL;
  if (!show_findings (self, record, today, &first))
    all_right = FALSE;
  if (first != NULL)
    gtk_widget_grab_focus (get_input (first));
  return all_right ? g_steal_pointer (&record) : NULL;
}

static void
way_form_finalize (GObject *object)
{
  WayForm *self = WAY_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  way_record_free (self->record);
  G_OBJECT_CLASS (way_form_parent_class)->finalize (object);
}

static void
way_form_class_init (WayFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_form_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_FORM);
  signals[ACTIVATE] = g_signal_new (
      "activate", WAY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new (
      "changed", WAY_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_form_init (WayForm *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  adw_bin_set_child (ADW_BIN (self), self->grid);
}

/**
 * way_form_new:
 * @type: what is filled in
 * @lists: the words to choose from
 *
 * Returns: (transfer floating): a form without fields yet
 */
GtkWidget *
way_form_new (const WayRecordType *type, WayCodeLists *lists)
{
  WayForm *self = g_object_new (WAY_TYPE_FORM, NULL);

  self->type = type;
  self->lists = way_code_lists_ref (lists);
  self->record = way_record_new (type);
  return GTK_WIDGET (self);
}
