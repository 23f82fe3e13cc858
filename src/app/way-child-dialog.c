/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-dialog.h"

#include "way-dialog.h"
#include "way-form.h"
#include "way-save.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

#define AT_ONCE G_USEC_PER_SEC /* what is pressed again within it has not been read */

/* The records that one dialog fills in; those left empty are not stored. */
typedef struct {
  WayDialog *dialog;
  WayForm *child;
  WayForm *setting;
  WayForm *enrolment;
  WayForm *status;
  WayForm *need;
  char *new_school; /* id that a new one gets */
  GtkWidget *alike; /* box of what is said of children who may be the same */
  char *asked;      /* (nullable): of whom that was said */
  gint64 asked_at;
} Fields;

/* What is looked for in the store before it is added. */
typedef struct {
  WayDialog *dialog;
  Fields *fields; /* as long as the dialog lives */
  WayRecordSet *records;
} Adding;

static void
fields_free (gpointer data)
{
  Fields *fields = data;

  g_free (fields->new_school);
  g_free (fields->asked);
  g_free (fields);
}

static gpointer
settings_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  return way_db_list (db, WAY_SETTING, NULL, NULL, error);
}

static void
close_cb (WayWindow *window, WayRecordSet *records, gpointer dialog)
{
  way_dialog_done (dialog);
}

static void
saved_new_cb (WayWindow *window, WayRecordSet *records, gpointer dialog)
{
  const WayChild *child = way_record_set_first (records, WAY_CHILD);

  way_dialog_done (dialog);
  way_window_open_child (window, child->record.id);
}

/* A new school comes before the enrolment that names it. */
static gboolean
collect_school (Fields *fields, WayRecordSet *records, const WayChild *child, WayDate today)
{
  g_autoptr (WayEnrolment) so_far = way_form_peek (fields->enrolment);
  WayEnrolment *enrolment;

  if (!way_form_is_empty (fields->setting)) {
    WaySetting *setting;

    if (!way_text_is_blank (so_far->setting) && strcmp (so_far->setting, fields->new_school) != 0) {
      way_form_say_fault (
          fields->setting, "name", _ ("Choose a school or type a new one, not both."));
      return FALSE;
    }
    setting = way_form_read (fields->setting, today);
    if (setting == NULL)
      return FALSE;
    way_set_string (&setting->record.id, fields->new_school);
    way_record_set_take (records, setting);
    way_form_set_value (fields->enrolment, "setting", fields->new_school);
  } else if (g_strcmp0 (so_far->setting, fields->new_school) == 0)
    /* It was there the last time, and has been taken away since. */
    way_form_set_value (fields->enrolment, "setting", NULL);
  if (way_form_is_empty (fields->enrolment) && way_form_is_empty (fields->setting))
    return TRUE;
  way_form_set_value (fields->enrolment, "child", child->record.id);
  way_form_set_value (fields->enrolment, "main", "yes");
  enrolment = way_form_read (fields->enrolment, today);
  if (enrolment == NULL)
    return FALSE;
  way_record_set_take (records, enrolment);
  return TRUE;
}

static gboolean
collect_status (Fields *fields, WayRecordSet *records, const WayChild *child, WayDate today)
{
  g_autoptr (WayNeed) need = way_form_peek (fields->need);

  if (!way_form_is_empty (fields->status)) {
    WaySenStatus *status;

    way_form_set_value (fields->status, "child", child->record.id);
    status = way_form_read (fields->status, today);
    if (status == NULL)
      return FALSE;
    way_record_set_take (records, status);
  }
  if (need->type != NULL && *need->type != '\0') {
    way_set_string (&need->child, child->record.id);
    need->rank = 1;
    way_record_set_take (records, g_steal_pointer (&need));
  }
  return TRUE;
}

static void
adding_free (Adding *adding)
{
  g_clear_pointer (&adding->records, way_record_set_free);
  g_object_unref (adding->dialog);
  g_free (adding);
}

static gboolean
has_been_read (const Fields *fields)
{
  return g_get_monotonic_time () >= fields->asked_at + AT_ONCE;
}

static void
open_alike_cb (GtkWidget *button)
{
  WayDialog *dialog = WAY_DIALOG (gtk_widget_get_root (button));
  WayWindow *window = way_window_of (button);
  const Fields *fields = g_object_get_data (G_OBJECT (dialog), "fields");
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "child"));

  if (!has_been_read (fields))
    return;
  /* What was typed for the new child stays, to be gone on with: it may be another one after all. */
  gtk_window_close (GTK_WINDOW (dialog));
  way_window_open_child (window, id);
}

/* Returns: the button that opens the other */
static GtkWidget *
add_alike (Fields *fields, const WayChild *child, const WayChild *other)
{
  g_autofree char *name = way_child_full_name (other), *born = way_date_format_short (other->dob),
                  *text = NULL, *label = NULL;
  GtkWidget *button;

  text = g_strdup_printf (
      way_child_shares_upn (child, other)
          ? _ ("⚠ Waymark has a child with this UPN already: %s, born %s. Nothing is added yet.")
          : _ ("⚠ Waymark has a child of this name and date of birth already: %s, born %s. "
               "Nothing is added yet."),
      name,
      other->dob != WAY_DATE_UNKNOWN ? born : _ ("on a day that is not known"));
  label = g_strdup_printf (_ ("Open %s"), name);
  button = gtk_button_new_with_label (label);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "child", g_strdup (other->record.id), g_free);
  way_a11y_set_description (button, text);
  g_signal_connect (button, "clicked", G_CALLBACK (open_alike_cb), NULL);
  gtk_box_append (GTK_BOX (fields->alike), way_ui_wrapped_label (text, "way-warning"));
  gtk_box_append (GTK_BOX (fields->alike), button);
  return button;
}

/* Two children may be alike: who adds the second shall know. The keyboard goes there: a reader of
 * the screen says it then, however far down the form was being filled in. */
static void
say_alike (Fields *fields, const WayChild *child, GPtrArray *rows)
{
  GtkWidget *first = NULL, *scroller;

  for (guint i = 0; i < rows->len; i++) {
    GtkWidget *button = add_alike (fields, child, rows->pdata[i]);

    first = first != NULL ? first : button;
  }
  gtk_box_append (
      GTK_BOX (fields->alike),
      way_ui_wrapped_label (
          _ ("If this is another child, choose “Add child” again to add them too."), "way-hint"));
  gtk_widget_set_visible (fields->alike, TRUE);
  fields->asked_at = g_get_monotonic_time ();
  gtk_widget_grab_focus (first);
  scroller = gtk_widget_get_ancestor (fields->alike, GTK_TYPE_SCROLLED_WINDOW);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                            0);
}

/* It is said once of the same child; something else that was typed is looked up again. */
static char *
dup_who (const WayChild *child)
{
  return g_strdup_printf ("%s\n%s\n%s\n%u",
                          child->upn != NULL ? child->upn : "",
                          child->forename != NULL ? child->forename : "",
                          child->surname != NULL ? child->surname : "",
                          child->dob);
}

static gpointer
alike_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  return way_db_list_alike (db, request, error);
}

/* Where the store could not be asked, saving says why. */
static void
alike_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Adding *adding = user_data;
  Fields *fields = adding->fields;
  g_autoptr (GPtrArray) rows = way_store_run_finish (WAY_STORE (source), result, NULL);
  const WayChild *child = way_record_set_first (adding->records, WAY_CHILD);

  if (way_dialog_is_open (adding->dialog)) {
    way_dialog_set_busy (adding->dialog, FALSE);
    if (rows != NULL && rows->len > 0) {
      fields->asked = dup_who (child);
      say_alike (fields, child, rows);
    } else
      way_save_records (way_window_of (GTK_WIDGET (adding->dialog)),
                        g_steal_pointer (&adding->records),
                        _ ("The child could not be saved"),
                        saved_new_cb,
                        adding->dialog);
  }
  adding_free (adding);
}

/* Added at once where the children who are alike have been seen. */
static void
look_and_add (Fields *fields, WayRecordSet *records)
{
  WayWindow *window = way_window_of (GTK_WIDGET (fields->dialog));
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autofree char *who = dup_who (child);
  Adding *adding;

  if (g_strcmp0 (fields->asked, who) == 0) {
    if (has_been_read (fields))
      way_save_records (
          window, records, _ ("The child could not be saved"), saved_new_cb, fields->dialog);
    else
      way_record_set_free (records);
    return;
  }
  g_clear_pointer (&fields->asked, g_free);
  way_ui_clear (fields->alike);
  gtk_widget_set_visible (fields->alike, FALSE);
  adding = g_new0 (Adding, 1);
  adding->dialog = g_object_ref (fields->dialog);
  adding->fields = fields;
  adding->records = records;
  way_dialog_set_busy (fields->dialog, TRUE);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       alike_job,
                       way_record_copy (child),
                       way_record_free,
                       (GDestroyNotify) g_ptr_array_unref,
                       NULL,
                       alike_cb,
                       adding);
}

static void
save_new_cb (Fields *fields)
{
  WayDate today = way_window_get_today (way_window_of (GTK_WIDGET (fields->dialog)));
  WayChild *child = way_form_read (fields->child, today);
  WayRecordSet *records;

  if (child == NULL)
    return;
  child->record.id = way_uuid_random ();
  way_form_set_born (fields->enrolment, child->dob);
  way_form_set_born (fields->status, child->dob);
  records = way_record_set_new ();
  way_record_set_take (records, child);
  if (collect_school (fields, records, child, today) &&
      collect_status (fields, records, child, today))
    look_and_add (fields, records);
  else
    way_record_set_free (records);
}

static WayForm *
new_child_form (WayWindow *window)
{
  WayForm *form = WAY_FORM (way_form_new (WAY_CHILD, way_window_get_lists (window)));

  way_form_add (form, "forename", _ ("Forename"), NULL);
  way_form_add (form, "surname", _ ("Surname"), NULL);
  way_form_add (form, "preferred", _ ("Preferred name"), NULL);
  way_form_add (form, "dob", _ ("Date of birth"), NULL);
  way_form_add (form, "sex", _ ("Sex"), NULL);
  way_form_add (form, "upn", _ ("UPN"), NULL);
  return form;
}

static WayForm *
new_enrolment_form (WayWindow *window, GPtrArray *settings)
{
  WayForm *form = WAY_FORM (way_form_new (WAY_ENROLMENT, way_window_get_lists (window)));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < settings->len; i++) {
    WaySetting *setting = settings->pdata[i];

    g_ptr_array_add (ids, setting->record.id);
    g_ptr_array_add (names, setting->name);
  }
  way_form_add_choice (form, "setting", _ ("School or setting"), ids, names);
  way_form_add (form, "from", _ ("There since"), NULL);
  return form;
}

static void
add_part (GtkWidget *box, WayForm *form)
{
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (form));
}

/* Enter in any of them adds the child. */
static void
keep_parts (Fields *fields)
{
  WayForm *const parts[] = {
      fields->child, fields->enrolment, fields->setting, fields->status, fields->need, NULL};

  for (guint i = 0; parts[i] != NULL; i++)
    g_signal_connect_swapped (parts[i], "activate", G_CALLBACK (way_dialog_save), fields->dialog);
  way_dialog_keep (fields->dialog, "new-child", parts);
}

static void
settings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) settings = way_store_run_finish (WAY_STORE (source), result, &error);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  WayCodeLists *lists = way_window_get_lists (window);
  Fields *fields;

  if (settings == NULL || lists == NULL) {
    g_object_unref (g_object_ref_sink (box));
    if (settings == NULL)
      way_window_show_error (window, _ ("The schools could not be read"), error);
    return;
  }
  fields = g_new0 (Fields, 1);
  fields->new_school = way_uuid_random ();
  fields->child = new_child_form (window);
  fields->enrolment = new_enrolment_form (window, settings);
  fields->setting = WAY_FORM (way_form_new (WAY_SETTING, lists));
  way_form_add (fields->setting, "name", _ ("Or a new school"), NULL);
  way_form_add (fields->setting, "phase", _ ("Its phase"), NULL);
  fields->status = WAY_FORM (way_form_new (WAY_SEN_STATUS, lists));
  way_form_add (fields->status, "provision", _ ("SEN status"), NULL);
  way_form_add (fields->status, "from", _ ("Status since"), NULL);
  fields->need = WAY_FORM (way_form_new (WAY_NEED, lists));
  way_form_add (fields->need, "type", _ ("Primary need"), NULL);
  fields->alike = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_visible (fields->alike, FALSE);
  gtk_box_append (GTK_BOX (box), fields->alike);
  add_part (box, fields->child);
  add_part (box, fields->enrolment);
  add_part (box, fields->setting);
  add_part (box, fields->status);
  add_part (box, fields->need);
  fields->dialog = way_dialog_new (window, _ ("New child"), _ ("Add child"), box);
  g_object_set_data_full (G_OBJECT (fields->dialog), "fields", fields, fields_free);
  g_signal_connect_swapped (fields->dialog, "save", G_CALLBACK (save_new_cb), fields);
  keep_parts (fields);
  way_dialog_present (fields->dialog);
}

/**
 * way_child_dialog_open_new:
 * @window: the window, open
 *
 * Asks for what is known of a child who is not in the store yet.
 */
void
way_child_dialog_open_new (WayWindow *window)
{
  g_return_if_fail (WAY_IS_WINDOW (window));

  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       settings_job,
                       NULL,
                       NULL,
                       (GDestroyNotify) g_ptr_array_unref,
                       NULL,
                       settings_cb,
                       g_object_ref (window));
}

static void
save_profile_cb (WayDialog *dialog)
{
  WayForm *form = g_object_get_data (G_OBJECT (dialog), "form");
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  gpointer child = way_form_read (form, way_window_get_today (window));

  if (child != NULL)
    way_save_record (window, child, _ ("The profile could not be saved"), close_cb, dialog);
}

/**
 * way_child_dialog_open:
 * @window: the window, open
 * @child: the child, as the page read it
 *
 * Changes what is kept of a child.
 */
void
way_child_dialog_open (WayWindow *window, const WayChild *child)
{
  g_autofree char *key = NULL;
  WayForm *form;
  WayDialog *dialog;

  g_return_if_fail (WAY_IS_WINDOW (window) && child != NULL);

  form = new_child_form (window);
  way_form_add (form, "middle", _ ("Middle names"), NULL);
  way_form_add (
      form, "nc_year", _ ("Taught in year"), _ ("Only where it is not the year of the age."));
  way_form_add (form, "alerts", _ ("Alerts"), _ ("One line that everybody must see first."));
  way_form_add (form, "language", _ ("Language"), NULL);
  way_form_add (form, "communication", _ ("Communication"), NULL);
  way_form_add (form, "matters", _ ("What matters to me"), NULL);
  way_form_add (form, "support", _ ("How best to support me"), NULL);
  way_form_add (form, "street", _ ("Street"), NULL);
  way_form_add (form, "town", _ ("Town"), NULL);
  way_form_add (form, "postcode", _ ("Postcode"), NULL);
  way_form_set_record (form, child);
  dialog = way_dialog_new (window, _ ("Profile"), _ ("Save"), GTK_WIDGET (form));
  g_object_set_data (G_OBJECT (dialog), "form", form);
  g_signal_connect (dialog, "save", G_CALLBACK (save_profile_cb), NULL);
  g_signal_connect_swapped (form, "activate", G_CALLBACK (way_dialog_save), dialog);
  key = g_strdup_printf ("profile %s", child->record.id);
  way_dialog_keep (dialog, key, (WayForm *const[]){form, NULL});
  way_dialog_present (dialog);
}
