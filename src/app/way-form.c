/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-form-private.h"

#include "way-check.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

#define LABEL_WIDTH 132 /* px */

enum { ACTIVATE, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayForm, way_form, ADW_TYPE_BIN)

static WayFormRow *
find_row (WayForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WayFormRow *row = self->rows->pdata[i];

    if (strcmp (row->field->name, field) == 0)
      return row;
  }
  return NULL;
}

static WayFormRow *
add_row (WayForm *self, const char *field)
{
  WayFormRow *row = way_form_row_new (GTK_WIDGET (self), way_record_type_find (self->type, field));

  g_ptr_array_add (self->rows, row);
  return row;
}

static void show_warning (WayForm *self, WayFormRow *row);

/* What is doubtful is said when the field is left: half a word is always wrong. */
static void
left_cb (GtkEventController *focus, WayFormRow *row)
{
  show_warning (WAY_FORM (row->form), row);
}

static void
attach (WayForm *self, WayFormRow *row, const char *label, const char *hint)
{
  g_autofree char *plain = g_strdup (label);
  GtkEventController *focus;

  row->label = way_ui_wrapped_label (label, NULL);
  gtk_label_set_xalign (GTK_LABEL (row->label), 1.0f);
  gtk_widget_set_valign (row->label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (row->label, 8);
  gtk_label_set_mnemonic_widget (GTK_LABEL (row->label), way_form_row_get_input (row));
  gtk_label_set_max_width_chars (GTK_LABEL (row->label), 20);
  /* Forms one under the other line up. */
  gtk_widget_set_size_request (row->label, LABEL_WIDTH, -1);
  way_a11y_set_name (way_form_row_get_input (row), plain);
  gtk_widget_set_hexpand (row->outer, TRUE);
  row->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (row->message), FALSE);
  gtk_grid_attach (GTK_GRID (self->grid), row->label, 0, self->n_lines, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), row->outer, 1, self->n_lines++, 1, 1);
  if (hint != NULL) {
    row->hint = way_ui_wrapped_label (hint, "way-hint");
    gtk_grid_attach (GTK_GRID (self->grid), row->hint, 1, self->n_lines++, 1, 1);
    way_a11y_set_description (way_form_row_get_input (row), hint);
  }
  gtk_grid_attach (GTK_GRID (self->grid), GTK_WIDGET (row->message), 1, self->n_lines++, 1, 1);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), row);
  gtk_widget_add_controller (row->outer, focus);
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
  WayFormRow *row;

  g_return_val_if_fail (WAY_IS_FORM (self), NULL);

  row = add_row (self, field);
  way_form_row_make (row, label, self->lists);
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
  WayFormRow *row;

  g_return_val_if_fail (WAY_IS_FORM (self), NULL);

  row = add_row (self, field);
  way_form_row_make_sentence (row);
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
  WayFormRow *row;

  g_return_val_if_fail (WAY_IS_FORM (self) && ids->len == labels->len, NULL);

  row = add_row (self, field);
  way_form_row_make_choice (row, ids, labels);
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
  WayFormRow *row = find_row (self, field);

  g_return_if_fail (row != NULL);

  /* What is wrong with it has to be put right first. */
  if (!show && row->says_fault)
    return;
  if (!show)
    way_form_row_warn (row, NULL);
  gtk_widget_set_visible (row->label, show);
  gtk_widget_set_visible (row->outer, show);
  if (row->hint != NULL)
    gtk_widget_set_visible (row->hint, show);
}

/**
 * way_form_set_value:
 * @self: the form
 * @field: name of a field
 * @text: (nullable): its value, as the record's field is written
 *
 * Sets one value. What is typed into the other fields stays, right or wrong.
 */
void
way_form_set_value (WayForm *self, const char *field, const char *text)
{
  WayFormRow *row;
  gboolean is_right;

  g_return_if_fail (WAY_IS_FORM (self) && field != NULL);

  row = find_row (self, field);
  is_right = way_field_set_text (
      way_record_type_find (self->type, field), self->record, text != NULL ? text : "", NULL);
  g_return_if_fail (is_right);
  if (row != NULL)
    way_form_row_set_text (row, text);
}

/**
 * way_form_is_empty:
 * @self: the form
 *
 * Returns: whether nothing stands in its fields, right or wrong
 */
gboolean
way_form_is_empty (WayForm *self)
{
  g_return_val_if_fail (WAY_IS_FORM (self), TRUE);

  for (guint i = 0; i < self->rows->len; i++) {
    g_autofree char *text = way_form_row_dup_text (self->rows->pdata[i]);

    if (*text != '\0')
      return FALSE;
  }
  return TRUE;
}

/**
 * way_form_set_scale:
 * @self: the form of a measurement
 * @scale: what its value is measured on; copied
 *
 * Holds the value to the scale of its target.
 */
void
way_form_set_scale (WayForm *self, const WayMeasureScale *scale)
{
  g_return_if_fail (WAY_IS_FORM (self) && scale != NULL);

  self->scale = *scale;
  self->has_scale = TRUE;
}

/**
 * way_form_set_born:
 * @self: the form of what is a child's
 * @born: the child's date of birth; it may be unknown
 *
 * No day in it can be before that; it is said at its field.
 */
void
way_form_set_born (WayForm *self, WayDate born)
{
  g_return_if_fail (WAY_IS_FORM (self));

  self->born = born;
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
    g_free (way_form_row_take (self->rows->pdata[i], record));
  return record;
}

static char *
tell (WayFormRow *row, const char *mark, const char *message)
{
  return g_strdup_printf ("%s%s %s.", mark, gtk_label_get_text (GTK_LABEL (row->label)), message);
}

/* The row where a broken rule is put right; NULL for links to other records, which are the page's
 * affair, not the user's. */
static WayFormRow *
row_of_finding (WayForm *self, const WayFinding *finding)
{
  WayFormRow *row = finding->field != NULL ? find_row (self, finding->field->name) : NULL;

  if (row != NULL || self->rows->len == 0 ||
      (finding->field != NULL && finding->field->kind == WAY_FIELD_ID))
    return row;
  return self->rows->pdata[0];
}

/* A day of what is a child's, before the child was born. */
static void
find_unborn (WayForm *self, gconstpointer record, GPtrArray *faults, gboolean *all_right)
{
  const WayField *field;
  const char *fault = way_check_days_of_life (record, self->born, &field);
  WayFormRow *row = fault != NULL ? find_row (self, field->name) : NULL;
  guint index;

  /* Of a day that is in no field here the store says it. */
  if (row == NULL || !g_ptr_array_find (self->rows, row, &index))
    return;
  *all_right = FALSE;
  if (faults->pdata[index] == NULL)
    faults->pdata[index] = tell (row, "", fault);
}

/* What is wrong now, for each row its first fault or NULL; @record gets what is typed. */
static GPtrArray *
find_faults (WayForm *self, gpointer record, gboolean *all_right)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) findings = NULL;

  *all_right = TRUE;
  for (guint i = 0; i < self->rows->len; i++) {
    WayFormRow *row = self->rows->pdata[i];
    g_autofree char *fault = way_form_row_take (row, record);

    /* What is out of view makes no sense now; half a number there is no number. */
    if (fault != NULL && !gtk_widget_get_visible (row->outer))
      g_clear_pointer (&fault, g_free);
    *all_right = *all_right && fault == NULL;
    g_ptr_array_add (faults, g_steal_pointer (&fault));
  }
  findings = way_record_check_on_scale (
      record, self->has_scale ? &self->scale : NULL, self->lists, self->today);
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = findings->pdata[i];
    WayFormRow *row = finding->is_warning ? NULL : row_of_finding (self, finding);
    guint index;

    if (row == NULL || !g_ptr_array_find (self->rows, row, &index))
      continue;
    *all_right = FALSE;
    if (faults->pdata[index] == NULL)
      faults->pdata[index] = tell (row, "", finding->message);
  }
  find_unborn (self, record, faults, all_right);
  return faults;
}

/* What is doubtful about the value that stands there, and may be stored all the same. */
static void
show_warning (WayForm *self, WayFormRow *row)
{
  g_autoptr (WayRecord) record = way_form_peek (self);
  g_autoptr (GPtrArray) findings = way_record_check (record, self->lists, self->today);
  g_autofree char *text = NULL;

  for (guint i = 0; i < findings->len && text == NULL; i++) {
    const WayFinding *finding = findings->pdata[i];

    if (finding->is_warning && finding->field == row->field &&
        way_field_is_known (row->field, record))
      text = tell (row, "⚠ ", finding->message);
  }
  way_form_row_warn (row, text);
}

/* A message goes as soon as its field is put right. No new one comes while typing goes on. */
static void
way_form_changed (WayForm *self)
{
  g_autoptr (WayRecord) record = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  gboolean all_right;

  for (guint i = 0; i < self->rows->len; i++) {
    WayFormRow *row = self->rows->pdata[i];

    if (row->message == NULL || !way_form_row_says (row))
      continue;
    if (!row->says_fault) {
      show_warning (self, row);
      continue;
    }
    if (faults == NULL) {
      record = way_record_copy (self->record);
      faults = find_faults (self, record, &all_right);
    }
    way_form_row_say (row, faults->pdata[i]);
  }
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
  for (guint i = 0; i < self->rows->len; i++)
    way_form_row_say (self->rows->pdata[i], NULL);
  for (guint i = 0; i < self->rows->len; i++)
    way_form_row_show (self->rows->pdata[i], record);
  for (guint i = 0; i < self->rows->len; i++)
    show_warning (self, self->rows->pdata[i]);
}

/* The keyboard is where it has to be put right; the next letter takes nothing away. */
static void
focus (GtkWidget *input)
{
  if (gtk_widget_get_root (input) == NULL)
    return;
  if (GTK_IS_ENTRY (input))
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (input));
  else
    gtk_widget_grab_focus (input);
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
  g_autoptr (GPtrArray) faults = NULL;
  WayFormRow *first = NULL;
  gboolean all_right;

  g_return_val_if_fail (WAY_IS_FORM (self) && self->record != NULL, NULL);

  self->today = today;
  record = way_record_copy (self->record);
  faults = find_faults (self, record, &all_right);
  for (guint i = 0; i < self->rows->len; i++) {
    WayFormRow *row = self->rows->pdata[i];

    if (faults->pdata[i] != NULL || row->says_fault)
      way_form_row_say (row, faults->pdata[i]);
    if (first == NULL && faults->pdata[i] != NULL)
      first = row;
  }
  if (first != NULL)
    focus (way_form_row_get_input (first));
  return all_right ? g_steal_pointer (&record) : NULL;
}

/* Says what only who made the form can know, and moves the keyboard there, until the field changes
 * or is read again. */
void
way_form_say_fault (WayForm *self, const char *field, const char *fault)
{
  WayFormRow *row;

  g_return_if_fail (WAY_IS_FORM (self) && field != NULL && fault != NULL);

  row = find_row (self, field);
  g_return_if_fail (row != NULL);
  way_form_row_say (row, fault);
  focus (way_form_row_get_input (row));
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
  signals[CHANGED] = g_signal_new_class_handler ("changed",
                                                 WAY_TYPE_FORM,
                                                 G_SIGNAL_RUN_FIRST,
                                                 G_CALLBACK (way_form_changed),
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 G_TYPE_NONE,
                                                 0);
}

static void
way_form_init (WayForm *self)
{
  self->rows = g_ptr_array_new_with_free_func (way_form_row_free);
  self->today = way_date_today ();
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
