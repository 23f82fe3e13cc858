/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-record-dialog.h"

#include "way-child-facts.h"
#include "way-dialog.h"
#include "way-form.h"
#include "way-save.h"
#include "way-ui.h"
#include "way-values.h"

#include <glib/gi18n.h>

#define WORK_KEY "work"
#define MAX_FIELDS 13

typedef struct {
  const char *field, *label, *hint;
} Line;

/* In the order of the page; in each the fields in the order in which they are asked. */
static const struct {
  const WayRecordType *type;
  const char *title;
  Line lines[MAX_FIELDS];
} KINDS[] = {
    {WAY_CASE,
     N_ ("Case"),
     {{"opened", N_ ("Opened"), NULL},
      {"route", N_ ("Route"), NULL},
      {"team", N_ ("Team"), NULL},
      {"review_terms", N_ ("Review every"), N_ ("How many terms apart the reviews are.")},
      {"closed", N_ ("Closed"), N_ ("Empty while the case is open.")},
      {"closed_reason", N_ ("Reason for closing"), NULL}}},
    {WAY_CASE_STATUS,
     N_ ("Case status"),
     {{"status", N_ ("Status"), NULL},
      {"from", N_ ("From"), N_ ("It holds until the next row begins.")},
      {"reason", N_ ("Reason"), NULL}}},
    {WAY_ALLOCATION,
     N_ ("Allocated to"),
     {{"practitioner", N_ ("Who"), NULL},
      {"from", N_ ("From"), NULL},
      {"to", N_ ("To"), N_ ("Empty while it lasts.")}}},
    {WAY_ENROLMENT,
     N_ ("School or setting"),
     {{"setting", N_ ("School or setting"), NULL},
      {"from", N_ ("From"), NULL},
      {"to", N_ ("To"), N_ ("The last day there. Empty while it lasts.")},
      {"main", N_ ("Main school"), N_ ("“No” where another school is the main one.")}}},
    {WAY_SEN_STATUS,
     N_ ("SEN status"),
     {{"provision", N_ ("Status"), NULL},
      {"from", N_ ("From"), NULL},
      {"to", N_ ("To"), N_ ("Empty while it lasts.")},
      {"hnf", N_ ("High needs funding"), NULL}}},
    {WAY_NEED,
     N_ ("Need"),
     {{"type", N_ ("Type of need"), NULL},
      {"rank", N_ ("Rank"), N_ ("1 is the primary need.")},
      {"lar_category", N_ ("LAR category"), NULL},
      {"from", N_ ("From"), NULL},
      {"to", N_ ("To"), N_ ("Empty while it lasts.")}}},
    {WAY_FLAG,
     N_ ("Flag"),
     {{"flag", N_ ("Flag"), NULL},
      {"from", N_ ("From"), NULL},
      {"to", N_ ("To"), N_ ("Empty while it lasts.")}}},
    {WAY_AGREEMENT,
     N_ ("Agreement"),
     {{"given_by", N_ ("Given by"), NULL},
      {"given_on", N_ ("Given on"), NULL},
      {"scope", N_ ("To what"), NULL},
      {"method", N_ ("How"), N_ ("A form, by phone …")},
      {"withdrawn", N_ ("Withdrawn"), N_ ("Empty unless it was taken back.")},
      {"note", N_ ("Note"), NULL}}},
    {WAY_CONTACT,
     N_ ("Parent or carer"),
     {{"name", N_ ("Name"), NULL},
      {"relationship", N_ ("Relationship"), NULL},
      {"responsibility", N_ ("Parental responsibility"), NULL},
      {"telephone", N_ ("Telephone"), NULL},
      {"email", N_ ("Email"), NULL},
      {"street", N_ ("Street"), NULL},
      {"town", N_ ("Town"), NULL},
      {"postcode", N_ ("Postcode"), NULL},
      {"format", N_ ("Preferred format"), NULL},
      {"language", N_ ("Language"), NULL},
      {"restriction", N_ ("Restriction"), NULL},
      {"restriction_note", N_ ("About the restriction"), NULL}}},
    /* Of a target, not of the profile. */
    {WAY_MEASUREMENT,
     N_ ("Measurement"),
     {{"date", N_ ("Date"), NULL},
      {"value", N_ ("Value"), NULL},
      {"note", N_ ("Note"), NULL},
      {"not_measured", N_ ("Why not measured"), N_ ("Instead of a value.")}}},
    {WAY_PHASE,
     N_ ("Change"),
     {{"date", N_ ("Date"), N_ ("The trend starts afresh on this day.")},
      {"label", N_ ("What changed"), NULL}}},
};

#define N_OF_TARGET 2

guint
way_record_dialog_n_kinds (void)
{
  return G_N_ELEMENTS (KINDS) - N_OF_TARGET;
}

guint
way_record_dialog_find_kind (const WayRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    if (KINDS[i].type == type)
      return i;
  }
  g_return_val_if_reached (0);
}

const WayRecordType *
way_record_dialog_type (guint kind)
{
  return KINDS[kind].type;
}

const char *
way_record_dialog_title (guint kind)
{
  return _ (KINDS[kind].title);
}

/**
 * way_record_dialog_new_record:
 * @kind: which kind
 * @child: what belongs to the child
 * @today: the day
 *
 * Returns: (transfer full) (nullable): a row to be filled in, from today on; %NULL for what
 *   belongs to a case if there is no case yet
 */
gpointer
way_record_dialog_new_record (guint kind, WayRecordSet *child, WayDate today)
{
  const WayRecordType *type = KINDS[kind].type;
  const WayField *of_child = way_record_type_find (type, "child");
  const WayField *of_case = way_record_type_find (type, "case");
  const WayField *from = way_record_type_find (type, "from");
  const WayCase *latest = way_child_facts_latest_case (child, today);
  gpointer record;

  if (of_child == NULL && latest == NULL)
    return NULL;
  record = way_record_new (type);
  if (of_child != NULL)
    way_set_string (&way_field_string (of_child, record),
                    WAY_RECORD (way_record_set_first (child, WAY_CHILD))->id);
  else
    way_set_string (&way_field_string (of_case, record), latest->record.id);
  if (from != NULL)
    way_field_date (from, record) = today;
  if (type == WAY_CASE)
    ((WayCase *) record)->opened = today;
  if (type == WAY_NEED)
    ((WayNeed *) record)->rank = way_record_set_list (child, WAY_NEED)->len + 1;
  if (type == WAY_ENROLMENT)
    ((WayEnrolment *) record)->main = WAY_YES;
  return record;
}

/* What one dialog works with, its own. */
typedef struct {
  WayWindow *window; /* outlives it */
  guint kind;
  WayRecord *record;
  WayRecordSet *rows; /* (nullable): the record's parts, and the rows of its kind */
  GPtrArray *names;   /* (nullable) (element-type WayRecord): what its links may name */
  WayForm *form;
  GtkLabel *ends; /* what ends with it */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->window);
  way_record_free (work->record);
  g_clear_pointer (&work->rows, way_record_set_free);
  g_clear_pointer (&work->names, g_ptr_array_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gpointer
names_job (WayDb *db, gpointer type, GCancellable *cancellable, GError **error)
{
  return way_db_list (db, type, NULL, NULL, error);
}

static void
saved_cb (WayWindow *window, WayRecordSet *records, gpointer dialog)
{
  way_dialog_done (dialog);
  way_window_toast (window, _ ("Saved."));
}

/* The row that a new one takes the place of, NULL: none. A child has one SEN status and one main
 * school at a time, a case one practitioner; the earlier row stays, with its last day. */
static WayRecord *
dup_ended (Work *work, gconstpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  GPtrArray *rows = work->rows != NULL ? way_record_set_list (work->rows, type) : NULL;
  const WayField *from, *to, *main, *of_case;
  WayDate start;

  if (work->record->revision > 0 || rows == NULL ||
      (type != WAY_SEN_STATUS && type != WAY_ENROLMENT && type != WAY_ALLOCATION))
    return NULL;
  from = way_record_type_find (type, "from");
  to = way_record_type_find (type, "to");
  main = way_record_type_find (type, "main");
  of_case = way_record_type_find (type, "case");
  start = way_field_date (from, record);
  if (main != NULL && way_field_yes_no (main, record) != WAY_YES)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    gconstpointer row = rows->pdata[i];
    WayRecord *ended;

    if (way_field_date (from, row) >= start || way_field_date (to, row) != WAY_DATE_UNKNOWN ||
        (main != NULL && way_field_yes_no (main, row) == WAY_NO) ||
        (of_case != NULL &&
         g_strcmp0 (way_field_string (of_case, row), way_field_string (of_case, record)) != 0))
      continue;
    ended = way_record_copy (row);
    way_field_date (to, ended) = start - 1;
    return ended;
  }
  return NULL;
}

static const char *
words_of (Work *work, gconstpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  const WayField *link;

  if (type == WAY_SEN_STATUS)
    return way_code_lists_label (way_window_get_lists (work->window),
                                 "sen-provision",
                                 ((const WaySenStatus *) record)->provision);
  link = way_record_type_find (type, type == WAY_ALLOCATION ? "practitioner" : "setting");
  for (guint i = 0; work->names != NULL && i < work->names->len; i++) {
    const WayRecord *row = work->names->pdata[i];

    if (g_strcmp0 (row->id, way_field_string (link, record)) == 0)
      return way_field_string (way_record_type_find (row->type, "name"), row);
  }
  return _ ("The earlier row");
}

/* Said before it is done. */
static void
show_ended (Work *work)
{
  g_autoptr (WayRecord) record = way_form_peek (work->form);
  g_autoptr (WayRecord) ended = dup_ended (work, record);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (work->ends), ended != NULL);
  if (ended == NULL)
    return;
  day = way_date_format (way_field_date (way_record_type_find (ended->type, "to"), ended));
  text = g_strdup_printf (ended->type == WAY_ALLOCATION
                              /* Translators: somebody's name, and a day */
                              ? _ ("%s has the case until %s. That stays in the history.")
                              /* Translators: a school or an SEN status, and a day */
                              : _ ("“%s” ends on %s. It stays in the history."),
                          words_of (work, ended),
                          day);
  gtk_label_set_text (work->ends, text);
}

static void
save_cb (WayDialog *dialog, Work *work)
{
  WayRecord *record = way_form_read (work->form, way_window_get_today (work->window));
  WayRecordSet *records;
  WayRecord *ended;

  if (record == NULL)
    return;
  records = way_record_set_new ();
  ended = dup_ended (work, record);
  if (ended != NULL)
    way_record_set_take (records, ended);
  way_record_set_take (records, record);
  way_save_records (work->window, records, _ ("That could not be saved"), saved_cb, dialog);
}

static void
delete_cb (GtkWidget *button, Work *work)
{
  g_autoptr (WayRecord) record = way_record_copy (work->record);
  WayWindow *window = work->window;
  g_autofree char *deleted =
      g_strdup_printf (_ ("%s deleted."), way_record_dialog_title (work->kind));

  way_dialog_done (WAY_DIALOG (gtk_widget_get_root (button)));
  way_save_delete (window, record, NULL, deleted, _ ("That could not be deleted"));
}

/* Schools and practitioners, by their names. */
static void
add_choice (WayForm *form, const WayField *field, const char *label, GPtrArray *rows)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++) {
    WayRecord *row = rows->pdata[i];

    g_ptr_array_add (ids, row->id);
    g_ptr_array_add (names, way_field_string (way_record_type_find (row->type, "name"), row));
  }
  way_form_add_choice (form, field->name, label, ids, names);
}

/* The rows of a case are in no child's, but in the case's. */
static WayDate
find_born (Work *work)
{
  const WayChild *child = work->rows != NULL ? way_record_set_first (work->rows, WAY_CHILD) : NULL;

  return child != NULL && way_record_type_find (work->record->type, "child") != NULL
             ? child->dob
             : WAY_DATE_UNKNOWN;
}

static WayForm *
new_form (Work *work)
{
  const WayRecordType *type = work->record->type;
  WayForm *form = WAY_FORM (way_form_new (type, way_window_get_lists (work->window)));
  const Line *line = KINDS[work->kind].lines;

  for (guint i = 0; i < MAX_FIELDS && line[i].field != NULL; i++) {
    const WayField *field = way_record_type_find (type, line[i].field);

    if (field->kind == WAY_FIELD_ID)
      add_choice (form, field, _ (line[i].label), work->names);
    else
      way_form_add (
          form, field->name, _ (line[i].label), line[i].hint != NULL ? _ (line[i].hint) : NULL);
  }
  way_form_set_born (form, find_born (work));
  way_form_set_record (form, work->record);
  return form;
}

static GtkWidget *
new_delete_button (Work *work)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Delete"));
  g_autofree char *name = g_strdup_printf (_ ("Delete: %s"), way_record_dialog_title (work->kind));

  way_a11y_set_name (button, name);
  gtk_widget_add_css_class (button, "destructive-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 12);
  gtk_widget_set_margin_start (button, 144); /* under the fields */
  g_signal_connect (button, "clicked", G_CALLBACK (delete_cb), work);
  return button;
}

/* The same form of the same row; a new one belongs to its child or case. */
static char *
dup_key (Work *work)
{
  const WayRecordType *type = work->record->type;
  const WayField *of_child = way_record_type_find (type, "child");
  const WayField *owner = of_child != NULL ? of_child : way_record_type_find (type, "case");

  if (work->record->id != NULL || owner == NULL)
    return g_strdup_printf ("%s %s", type->name, work->record->id);
  return g_strdup_printf ("new-%s %s", type->name, way_field_string (owner, work->record));
}

/* Takes @work. */
static WayDialog *
present (Work *work)
{
  gboolean is_new = work->record->revision == 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *key = NULL;
  WayDialog *dialog;

  work->form = new_form (work);
  work->ends = GTK_LABEL (way_ui_wrapped_label (NULL, "way-warning"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (work->form));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (work->ends));
  if (!is_new)
    gtk_box_append (GTK_BOX (box), new_delete_button (work));
  show_ended (work);
  dialog = way_dialog_new (
      work->window, way_record_dialog_title (work->kind), is_new ? _ ("Add") : _ ("Save"), box);
  g_object_set_data_full (G_OBJECT (dialog), WORK_KEY, work, work_free);
  g_signal_connect_swapped (work->form, "changed", G_CALLBACK (show_ended), work);
  g_signal_connect (dialog, "save", G_CALLBACK (save_cb), work);
  g_signal_connect_swapped (work->form, "activate", G_CALLBACK (way_dialog_save), dialog);
  key = dup_key (work);
  way_dialog_keep (dialog, key, (WayForm *const[]){work->form, NULL});
  return dialog;
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Work) work = user_data;
  g_autoptr (GError) error = NULL;

  work->names = way_store_run_finish (WAY_STORE (source), result, &error);
  if (work->names == NULL)
    way_window_show_error (work->window, _ ("The names could not be read"), error);
  else if (way_window_get_lists (work->window) != NULL)
    way_dialog_present (present (g_steal_pointer (&work)));
}

static Work *
work_new (WayWindow *window, guint kind, gconstpointer record, WayRecordSet *rows)
{
  Work *work = g_new0 (Work, 1);

  work->window = g_object_ref (window);
  work->kind = kind;
  work->record = way_record_copy (record);
  work->rows = rows != NULL ? way_record_set_copy (rows) : NULL;
  return work;
}

/**
 * way_record_dialog_open:
 * @window: the window, open
 * @kind: which kind of row
 * @record: a new one, or one as the page read it; copied
 * @rows: (nullable): what belongs to the child; copied
 *
 * Adds a row, or corrects or deletes one. A later status is a row of its own, so that the earlier
 * stays; it ends the day before.
 */
void
way_record_dialog_open (WayWindow *window, guint kind, gconstpointer record, WayRecordSet *rows)
{
  g_return_if_fail (WAY_IS_WINDOW (window) && kind < G_N_ELEMENTS (KINDS) && record != NULL);

  way_store_run_async (
      way_window_get_store (window),
      WAY_STORE_READS,
      names_job,
      (gpointer) (KINDS[kind].type == WAY_ALLOCATION ? WAY_PRACTITIONER : WAY_SETTING),
      NULL,
      (GDestroyNotify) g_ptr_array_unref,
      NULL,
      names_cb,
      work_new (window, kind, record, rows));
}

/**
 * way_record_dialog_open_over:
 * @over: a dialog of the window
 * @record: a measurement or a change of a target, as the page read it; copied
 * @scale: what its value is measured on
 *
 * Corrects or deletes it.
 */
void
way_record_dialog_open_over (WayDialog *over, gconstpointer record, const WayMeasureScale *scale)
{
  WayWindow *window = way_window_of (GTK_WIDGET (over));
  WayDialog *dialog;
  Work *work;

  g_return_if_fail (window != NULL && record != NULL);

  work = work_new (window, way_record_dialog_find_kind (WAY_RECORD (record)->type), record, NULL);
  dialog = present (work);
  way_form_set_scale (work->form, scale);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (over));
  way_dialog_present (dialog);
}
