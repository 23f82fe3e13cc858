/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of a record on the screen: what is typed is in the record at once. */
#include "way-visit-form-private.h"

#include "way-date-entry.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

#define DIGITS "0123456789"

static void
binding_free (gpointer data)
{
  WayVisitBinding *binding = data;

  g_clear_pointer (&binding->codes, g_ptr_array_unref);
  g_clear_object (&binding->message);
  g_free (binding->name);
  g_free (binding);
}

/* Faults are told when the field is left, so that nothing flickers while it is typed. */
static void
left_cb (WayVisitBinding *binding)
{
  way_visit_form_check_record (binding->form, binding->record);
}

/* @input: what takes the keyboard and carries the mark of a fault. */
WayVisitBinding *
way_visit_form_bind (
    WayVisitForm *form, GtkWidget *input, gpointer record, const char *field, const char *name)
{
  WayVisitBinding *binding = g_new0 (WayVisitBinding, 1);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  binding->form = form;
  binding->record = record;
  binding->input = input;
  binding->name = g_strdup (name);
  binding->field = way_record_type_find (WAY_RECORD (record)->type, field);
  g_assert (binding->field != NULL);
  binding->message = g_object_ref_sink (GTK_LABEL (way_ui_wrapped_label (NULL, NULL)));
  gtk_widget_set_visible (GTK_WIDGET (binding->message), FALSE);
  g_object_set_data_full (G_OBJECT (input), WAY_VISIT_BINDING, binding, binding_free);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), binding);
  gtk_widget_add_controller (input, focus);
  return binding;
}

/* "9:15", "9.15", "915" and "0915" as times are kept: "09:15". Whatever else stands there stays:
 * "10:5" may be five past or ten to. */
static char *
time_from_words (const char *text)
{
  gsize n_digits = strspn (text, DIGITS);
  const char *after = text + n_digits;
  gboolean is_divided = *after == ':' || *after == '.';
  gsize n_hours = is_divided ? n_digits : MAX (n_digits, 2) - 2;
  const char *minutes = is_divided ? after + 1 : text + n_hours;

  if (n_hours < 1 || n_hours > 2 || strspn (minutes, DIGITS) != 2 || minutes[2] != '\0')
    return g_strdup (text);
  return g_strdup_printf ("%s%.*s:%s", n_hours == 1 ? "0" : "", (int) n_hours, text, minutes);
}

/* What is half typed ("9:" of "9:15") is no value yet: the draft keeps it as it stands, and the
 * rest goes on. */
void
way_visit_form_take_text (WayVisitBinding *binding, const char *text)
{
  WayRecordSet *records = binding->form->records;
  gboolean is_right = TRUE;

  if (binding->field->kind == WAY_FIELD_TEXT || binding->field->kind == WAY_FIELD_NOTE) {
    g_autofree char *tidy = way_text_tidy (text, binding->field->kind == WAY_FIELD_NOTE);

    way_set_string (&way_field_string (binding->field, binding->record),
                    *tidy != '\0' ? tidy : NULL);
  } else {
    g_autofree char *time = binding->field->kind == WAY_FIELD_TIME ? time_from_words (text) : NULL;

    way_field_clear (binding->field, binding->record);
    is_right =
        *text == '\0' ||
        way_field_set_text (binding->field, binding->record, time != NULL ? time : text, NULL);
    if (!is_right)
      way_field_clear (binding->field, binding->record);
  }
  way_visit_draft_set_unread (records, binding->record, binding->field, is_right ? NULL : text);
  way_visit_form_retell (binding);
  way_visit_form_touched (binding->form);
}

static void
entry_cb (GtkWidget *entry, WayVisitBinding *binding)
{
  way_visit_form_take_text (binding, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
date_cb (GtkWidget *entry, WayVisitBinding *binding)
{
  WayDate date = WAY_DATE_UNKNOWN;
  gboolean is_right = way_date_entry_get_date (WAY_DATE_ENTRY (entry), &date);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (binding->input));

  way_field_date (binding->field, binding->record) = date;
  way_visit_draft_set_unread (
      binding->form->records, binding->record, binding->field, is_right ? NULL : text);
  way_visit_form_retell (binding);
  way_visit_form_touched (binding->form);
}

static void
code_cb (GtkDropDown *list, GParamSpec *pspec, WayVisitBinding *binding)
{
  guint selected = gtk_drop_down_get_selected (list);

  if (selected >= binding->codes->len)
    return;
  way_set_string (&way_field_string (binding->field, binding->record),
                  binding->codes->pdata[selected]);
  way_visit_form_check_record (binding->form, binding->record);
  way_visit_form_touched (binding->form);
}

/* A field with its label above it, and under it what is wrong with it. */
GtkWidget *
way_visit_form_labelled (const char *label, GtkWidget *field)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (box), way_ui_label (label, "way-hint"));
  gtk_box_append (GTK_BOX (box), field);
  way_visit_form_add_message (GTK_BOX (box), field);
  gtk_widget_set_hexpand (box, gtk_widget_get_hexpand (field));
  return box;
}

GtkWidget *
way_visit_form_entry (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  WayVisitBinding *binding = way_visit_form_bind (self, entry, record, field, name);
  const char *unread = way_visit_draft_get_unread (self->records, record, binding->field);
  g_autofree char *text =
      unread != NULL ? g_strdup (unread) : way_field_dup_text (binding->field, record);

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  way_a11y_set_name (entry, name);
  g_signal_connect (entry, "changed", G_CALLBACK (entry_cb), binding);
  return entry;
}

GtkWidget *
way_visit_form_date (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  GtkWidget *entry = way_date_entry_new (name);
  GtkWidget *input = way_date_entry_get_entry (WAY_DATE_ENTRY (entry));
  WayVisitBinding *binding = way_visit_form_bind (self, input, record, field, name);
  const char *unread = way_visit_draft_get_unread (self->records, record, binding->field);

  if (unread != NULL)
    gtk_editable_set_text (GTK_EDITABLE (input), unread);
  else
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
  way_ui_tell_whole (GTK_LABEL (label));
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

/* A choice among @codes, of which NULL is "none"; as they are called in @labels. */
GtkWidget *
way_visit_form_choice (WayVisitForm *self,
                       gpointer record,
                       const char *field,
                       const char *name,
                       GPtrArray *codes, /* taken */
                       GtkStringList *labels)
{
  GtkWidget *list = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL);
  WayVisitBinding *binding = way_visit_form_bind (self, list, record, field, name);
  const char *now = way_field_string (binding->field, record);
  guint selected = GTK_INVALID_LIST_POSITION;

  binding->codes = codes;
  for (guint i = 0; i < codes->len && selected == GTK_INVALID_LIST_POSITION; i++) {
    if (g_strcmp0 (codes->pdata[i], way_text_is_blank (now) ? NULL : now) == 0)
      selected = i;
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  way_visit_form_shorten (list);
  way_a11y_set_name (list, name);
  g_signal_connect (list, "notify::selected", G_CALLBACK (code_cb), binding);
  return list;
}

/* A choice among the codes of the field's list. */
GtkWidget *
way_visit_form_code (WayVisitForm *self, gpointer record, const char *field, const char *name)
{
  const WayField *of = way_record_type_find (WAY_RECORD (record)->type, field);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) offered = way_code_lists_get (self->lists, of->list);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);
  const char *now = way_field_string (of, record);
  gboolean is_offered = way_text_is_blank (now);

  if ((of->flags & WAY_FIELD_REQUIRED) == 0) {
    g_ptr_array_add (codes, NULL);
    gtk_string_list_append (labels, _ ("not said"));
  }
  for (guint i = 0; i < offered->len; i++) {
    const WayCode *code = offered->pdata[i];

    is_offered = is_offered || strcmp (code->code, now) == 0;
    g_ptr_array_add (codes, g_strdup (code->code));
    gtk_string_list_append (labels, code->label);
  }
  /* One that is offered no longer stays what it is. */
  if (!is_offered) {
    g_ptr_array_add (codes, g_strdup (now));
    gtk_string_list_append (labels, way_code_lists_label (self->lists, of->list, now));
  }
  return way_visit_form_choice (self, record, field, name, codes, labels);
}
