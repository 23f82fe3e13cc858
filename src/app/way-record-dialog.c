/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-record-dialog.h"

#include "way-dialog.h"
#include "way-form.h"
#include "way-save.h"
#include "way-values.h"

#include <glib/gi18n.h>

#define FORM_KEY "form"
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
};

guint
way_record_dialog_n_kinds (void)
{
  return G_N_ELEMENTS (KINDS);
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

/* The case that was opened last. */
static const WayCase *
latest_case (WayRecordSet *child)
{
  GPtrArray *cases = way_record_set_list (child, WAY_CASE);
  const WayCase *latest = NULL;

  for (guint i = 0; i < cases->len; i++) {
    const WayCase *row = cases->pdata[i];

    if (latest == NULL || row->opened > latest->opened)
      latest = row;
  }
  return latest;
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
  const WayCase *latest = latest_case (child);
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

typedef struct {
  WayWindow *window;
  guint kind;
  WayRecord *record;
} Opening;

static gpointer
names_job (WayDb *db, gpointer type, GCancellable *cancellable, GError **error)
{
  return way_db_list (db, type, NULL, NULL, error);
}

static void
saved_cb (WayWindow *window, WayRecordSet *records, gpointer dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
  way_window_toast (window, _ ("Saved."));
}

static void
save_cb (WayDialog *dialog)
{
  WayForm *form = g_object_get_data (G_OBJECT (dialog), FORM_KEY);
  WayWindow *window = way_window_of (GTK_WIDGET (dialog));
  gpointer record = way_form_read (form, way_window_get_today (window));

  if (record != NULL)
    way_save_record (window, record, _ ("That could not be saved"), saved_cb, dialog);
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

static void
present (Opening *opening, GPtrArray *rows)
{
  WayForm *form =
      WAY_FORM (way_form_new (opening->record->type, way_window_get_lists (opening->window)));
  const Line *line = KINDS[opening->kind].lines;
  WayDialog *dialog;

  for (guint i = 0; i < MAX_FIELDS && line[i].field != NULL; i++) {
    const WayField *field = way_record_type_find (opening->record->type, line[i].field);

    if (field->kind == WAY_FIELD_ID)
      add_choice (form, field, _ (line[i].label), rows);
    else
      way_form_add (
          form, field->name, _ (line[i].label), line[i].hint != NULL ? _ (line[i].hint) : NULL);
  }
  way_form_set_record (form, opening->record);
  dialog = way_dialog_new (opening->window,
                           way_record_dialog_title (opening->kind),
                           opening->record->revision == 0 ? _ ("Add") : _ ("Save"),
                           GTK_WIDGET (form));
  g_object_set_data (G_OBJECT (dialog), FORM_KEY, form);
  g_signal_connect (dialog, "save", G_CALLBACK (save_cb), NULL);
  g_signal_connect_swapped (form, "activate", G_CALLBACK (way_dialog_save), dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
names_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_store_run_finish (WAY_STORE (source), result, &error);

  if (rows == NULL)
    way_window_show_error (opening->window, _ ("The names could not be read"), error);
  else if (way_window_get_lists (opening->window) != NULL)
    present (opening, rows);
  g_object_unref (opening->window);
  way_record_free (opening->record);
  g_free (opening);
}

/**
 * way_record_dialog_open:
 * @window: the window, open
 * @kind: which kind of row
 * @record: a new one, or one as the page read it; copied
 *
 * Adds a row, or corrects one. A later status is a row of its own, so that the earlier stays.
 */
void
way_record_dialog_open (WayWindow *window, guint kind, gconstpointer record)
{
  Opening *opening;

  g_return_if_fail (WAY_IS_WINDOW (window) && kind < G_N_ELEMENTS (KINDS) && record != NULL);

  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (window);
  opening->kind = kind;
  opening->record = way_record_copy (record);
  way_store_run_async (
      way_window_get_store (window),
      WAY_STORE_READS,
      names_job,
      (gpointer) (KINDS[kind].type == WAY_ALLOCATION ? WAY_PRACTITIONER : WAY_SETTING),
      NULL,
      (GDestroyNotify) g_ptr_array_unref,
      NULL,
      names_cb,
      opening);
}
