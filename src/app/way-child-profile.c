/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a child: its facts, and its dated rows, each to be opened and corrected. */
#include "way-child-parts-private.h"

#include "way-check.h"
#include "way-number.h"
#include "way-record-dialog.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-values.h"
#include "way-window.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define RECORD_KEY "record"
#define KIND_KEY "kind"
#define ROWS_KEY "rows"

static char *
field_words (const WayField *field, gconstpointer record, const WayCodeLists *lists)
{
  if (!way_field_is_known (field, record))
    return NULL;
  if (field->kind == WAY_FIELD_DATE)
    return way_date_format (way_field_date (field, record));
  if (field->kind == WAY_FIELD_CODE)
    return g_strdup (way_code_lists_label (lists, field->list, way_field_string (field, record)));
  return way_field_dup_text (field, record);
}

static void
add_fact (GtkGrid *grid, int *line, const char *label, const char *text)
{
  GtkWidget *name, *value;

  if (text == NULL || *text == '\0')
    return;
  name = way_ui_label (label, "way-faint");
  value = way_ui_wrapped_label (text, NULL);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  way_a11y_set_name (value, label);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, name, 0, *line, 1, 1);
  gtk_grid_attach (grid, value, 1, (*line)++, 1, 1);
}

/* What is doubtful about a fact stands under it. */
static void
add_doubt (GtkGrid *grid, int *line, const WayChild *child, const char *field, const char *label)
{
  g_autoptr (GPtrArray) findings = way_record_check (child, NULL, way_date_today ());

  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = findings->pdata[i];
    g_autofree char *text = NULL;

    if (!finding->is_warning || finding->field == NULL || strcmp (finding->field->name, field) != 0)
      continue;
    text = g_strdup_printf ("⚠ %s %s.", label, finding->message);
    gtk_grid_attach (grid, way_ui_wrapped_label (text, "way-caution"), 1, (*line)++, 1, 1);
  }
}

static void
add_child_facts (GtkBox *box, const WayChild *child, const WayCodeLists *lists)
{
  static const struct {
    const char *field, *label;
  } facts[] = {
      {"forename", N_ ("Forename")},
      {"middle", N_ ("Middle names")},
      {"surname", N_ ("Surname")},
      {"preferred", N_ ("Preferred name")},
      {"dob", N_ ("Date of birth")},
      {"sex", N_ ("Sex")},
      {"upn", N_ ("UPN")},
      {"former_upn", N_ ("Former UPN")},
      {"language", N_ ("Language")},
      {"communication", N_ ("Communication")},
      {"matters", N_ ("What matters to me")},
      {"support", N_ ("How best to support me")},
      {"alerts", N_ ("Alerts")},
      {"street", N_ ("Street")},
      {"town", N_ ("Town")},
      {"postcode", N_ ("Postcode")},
  };
  GtkWidget *card = way_child_new_card_box (box, _ ("Profile"), NULL);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *change = gtk_button_new_with_label (_ ("Change profile"));
  int line = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *text =
        field_words (way_record_type_find (WAY_CHILD, facts[i].field), child, lists);

    add_fact (GTK_GRID (grid), &line, _ (facts[i].label), text);
    add_doubt (GTK_GRID (grid), &line, child, facts[i].field, _ (facts[i].label));
  }
  gtk_box_append (GTK_BOX (card), grid);
  gtk_widget_set_halign (change, GTK_ALIGN_START);
  gtk_widget_set_margin_top (change, 8);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (change), "child.edit");
  gtk_box_append (GTK_BOX (card), change);
}

static char *
span_words (WayDate from, WayDate to)
{
  g_autofree char *start = way_date_format_short (from);
  g_autofree char *end = way_date_format_short (to);

  return *start == '\0' && *end == '\0' ? g_strdup ("") : g_strdup_printf ("%s – %s", start, end);
}

/* The first and the last day of a row, whatever its type calls them. */
static WayDate
first_known (gconstpointer record, const char *const *fields)
{
  for (; *fields != NULL; fields++) {
    const WayField *field = way_record_type_find (WAY_RECORD (record)->type, *fields);

    if (field != NULL)
      return way_field_date (field, record);
  }
  return WAY_DATE_UNKNOWN;
}

static char *
row_span (gconstpointer record)
{
  static const char *const from[] = {"from", "opened", "given_on", NULL};
  static const char *const to[] = {"to", "closed", "withdrawn", NULL};

  return span_words (first_known (record, from), first_known (record, to));
}

static char *
name_of (WayRecordSet *records, const WayRecordType *type, const char *id)
{
  gconstpointer row = way_record_set_find (records, type, id);

  return g_strdup (row != NULL ? way_field_string (way_record_type_find (type, "name"), row) : id);
}

/* What a row is about, in a few words. */
static char *
row_words (WayRecordSet *records, gconstpointer record, const WayCodeLists *lists)
{
  static const char *const telling[] = {"setting",
                                        "practitioner",
                                        "provision",
                                        "type",
                                        "flag",
                                        "status",
                                        "given_by",
                                        "name",
                                        "route",
                                        "team"};
  const WayRecordType *type = WAY_RECORD (record)->type;

  for (guint i = 0; i < G_N_ELEMENTS (telling); i++) {
    const WayField *field = way_record_type_find (type, telling[i]);

    if (field == NULL || !way_field_is_known (field, record))
      continue;
    if (field->kind == WAY_FIELD_ID)
      return name_of (records,
                      type == WAY_ENROLMENT ? WAY_SETTING : WAY_PRACTITIONER,
                      way_field_string (field, record));
    return field_words (field, record, lists);
  }
  return g_strdup (_ ("Open this row to fill it in"));
}

/* "Mother · parental responsibility · 01234 567890", or what forbids to use it. */
static char *
contact_detail (const WayContact *contact, const WayCodeLists *lists)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (!way_text_is_blank (contact->restriction))
    return g_strdup_printf (
        "⚠ %s", way_code_lists_label (lists, "contact-restriction", contact->restriction));
  if (!way_text_is_blank (contact->relationship))
    g_ptr_array_add (
        parts, (gpointer) way_code_lists_label (lists, "relationship", contact->relationship));
  if (contact->responsibility == WAY_YES)
    g_ptr_array_add (parts, _ ("parental responsibility"));
  if (!way_text_is_blank (contact->telephone))
    g_ptr_array_add (parts, contact->telephone);
  g_ptr_array_add (parts, NULL);
  return parts->len > 1 ? g_strjoinv (" · ", (char **) parts->pdata) : NULL;
}

static char *
row_detail (gconstpointer record, const WayCodeLists *lists)
{
  if (WAY_RECORD (record)->type == WAY_CASE_STATUS)
    return g_strdup (((const WayCaseStatus *) record)->reason);
  return WAY_RECORD (record)->type == WAY_CONTACT ? contact_detail (record, lists) : NULL;
}

/* The rows of the child that one of this kind ends, or takes with it; and whose they are. */
static WayRecordSet *
dup_rows (guint kind, WayRecordSet *records)
{
  const WayRecordType *const types[] = {
      way_record_dialog_type (kind), WAY_CASE_STATUS, WAY_ALLOCATION};
  guint n_types = types[0] == WAY_CASE ? G_N_ELEMENTS (types) : 1;
  WayRecordSet *rows = way_record_set_new ();

  way_record_set_take (rows, way_record_copy (way_record_set_first (records, WAY_CHILD)));
  for (guint i = 0; i < n_types; i++) {
    GPtrArray *list = way_record_set_list (records, types[i]);

    for (guint k = 0; k < list->len; k++)
      way_record_set_take (rows, way_record_copy (list->pdata[k]));
  }
  return rows;
}

static void
open_row (GtkWidget *widget, GObject *holder, gconstpointer record)
{
  WayWindow *window = way_window_of (widget);

  if (window != NULL && record != NULL)
    way_record_dialog_open (window,
                            GPOINTER_TO_UINT (g_object_get_data (holder, KIND_KEY)),
                            record,
                            g_object_get_data (holder, ROWS_KEY));
}

static void
edit_cb (GtkListBox *list, GtkListBoxRow *row)
{
  open_row (GTK_WIDGET (list), G_OBJECT (list), g_object_get_data (G_OBJECT (row), RECORD_KEY));
}

static void
add_cb (GtkWidget *button)
{
  open_row (button, G_OBJECT (button), g_object_get_data (G_OBJECT (button), RECORD_KEY));
}

static void
hold (GtkWidget *widget, guint kind, WayRecordSet *records)
{
  g_object_set_data (G_OBJECT (widget), KIND_KEY, GUINT_TO_POINTER (kind));
  g_object_set_data_full (
      G_OBJECT (widget), ROWS_KEY, dup_rows (kind, records), (GDestroyNotify) way_record_set_free);
}

static void
append_add_button (GtkWidget *card, guint kind, gpointer fresh, WayRecordSet *records)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Add"));
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), way_record_dialog_title (kind));

  way_a11y_set_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 4);
  g_object_set_data_full (G_OBJECT (button), RECORD_KEY, fresh, way_record_free);
  hold (button, kind, records);
  g_signal_connect (button, "clicked", G_CALLBACK (add_cb), NULL);
  gtk_box_append (GTK_BOX (card), button);
}

/* The rows of one kind, each to be opened and corrected, and "Add". */
static void
add_kind (GtkBox *box, guint kind, WayRecordSet *records, const WayCodeLists *lists)
{
  GPtrArray *rows = way_record_set_list (records, way_record_dialog_type (kind));
  gpointer fresh = way_record_dialog_new_record (kind, records, way_date_today ());
  GtkWidget *card, *list;

  if (fresh == NULL && rows->len == 0)
    return;
  card = way_child_new_card_box (box, way_record_dialog_title (kind), NULL);
  list = way_child_new_lines (way_record_dialog_title (kind));
  hold (list, kind, records);
  g_signal_connect (list, "row-activated", G_CALLBACK (edit_cb), NULL);
  gtk_box_append (GTK_BOX (card), list);
  gtk_widget_set_visible (list, rows->len > 0);
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *words = row_words (records, rows->pdata[i], lists);
    g_autofree char *markup = g_markup_escape_text (words != NULL ? words : "", -1);
    g_autofree char *side = row_span (rows->pdata[i]);
    g_autofree char *detail = row_detail (rows->pdata[i], lists);
    GtkWidget *row = way_child_new_line (markup, side, detail, NULL);

    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_widget_set_focusable (row, TRUE);
    g_object_set_data_full (
        G_OBJECT (row), RECORD_KEY, way_record_copy (rows->pdata[i]), way_record_free);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  if (fresh != NULL)
    append_add_button (card, kind, fresh, records);
}

/* "178 of 190 sessions, 94 %": what is not known is left out, and not counted as none. */
static char *
attended_words (const WayAttendance *row)
{
  g_autofree char *attended = way_number_to_text (row->attended);
  g_autofree char *possible = way_number_to_text (row->possible);

  if (isnan (row->attended))
    return g_strdup (_ ("no data"));
  if (isnan (row->possible) || row->possible <= 0.0)
    return g_strdup_printf (_ ("%s sessions"), attended);
  return g_strdup_printf (
      _ ("%s of %s sessions, %.0f %%"), attended, possible, 100.0 * row->attended / row->possible);
}

static char *
absence_words (const WayAttendance *row)
{
  g_autofree char *authorised = way_number_to_text (row->authorised);
  g_autofree char *unauthorised = way_number_to_text (row->unauthorised);

  if (isnan (row->authorised) && isnan (row->unauthorised))
    return NULL;
  return g_strdup_printf (_ ("Absent: authorised %s, unauthorised %s"),
                          isnan (row->authorised) ? _ ("no data") : authorised,
                          isnan (row->unauthorised) ? _ ("no data") : unauthorised);
}

/* As the school's file gave it: nothing to correct here. */
static void
add_attendance (GtkBox *box, WayRecordSet *records)
{
  GPtrArray *rows = way_record_set_list (records, WAY_ATTENDANCE);
  GtkWidget *card, *list;

  if (rows->len == 0)
    return;
  card = way_child_new_card_box (box, _ ("Attendance"), NULL);
  list = way_child_new_lines (_ ("Attendance"));
  gtk_box_append (GTK_BOX (card), list);
  for (guint i = 0; i < rows->len; i++) {
    const WayAttendance *row = rows->pdata[i];
    g_autofree char *setting = name_of (records, WAY_SETTING, row->setting);
    g_autofree char *words = row->setting != NULL ? g_strdup_printf ("%s · %s", row->year, setting)
                                                  : g_strdup (row->year);
    g_autofree char *markup = g_markup_escape_text (words, -1);
    g_autofree char *side = attended_words (row);
    g_autofree char *detail = absence_words (row);

    gtk_list_box_append (GTK_LIST_BOX (list), way_child_new_line (markup, side, detail, NULL));
  }
}

/* Where the keyboard is on the profile, and how far that is scrolled. */
typedef struct {
  gboolean is_here;
  char *id;   /* (nullable): the row it is on */
  guint kind; /* of the row, or of the button that adds one; of none: "Change profile" */
  GtkAdjustment *scrolled;
  double value;
} Place;

static gpointer
get_record (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), RECORD_KEY);
}

static guint
get_kind (GtkWidget *widget)
{
  GtkWidget *holder = GTK_IS_BUTTON (widget) ? widget : gtk_widget_get_parent (widget);

  return get_record (widget) != NULL
             ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (holder), KIND_KEY))
             : way_record_dialog_n_kinds ();
}

static void
note_place (Place *place, GtkWidget *box)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (box, GTK_TYPE_SCROLLED_WINDOW);
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  place->scrolled = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  place->value = gtk_adjustment_get_value (place->scrolled);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, box) ||
      (get_record (focus) == NULL && !GTK_IS_BUTTON (focus)))
    return;
  place->is_here = TRUE;
  place->kind = get_kind (focus);
  if (GTK_IS_LIST_BOX_ROW (focus) && get_record (focus) != NULL)
    place->id = g_strdup (WAY_RECORD (get_record (focus))->id);
}

/* The row, or where @id is NULL the button, from @root on down. */
static GtkWidget *
find_place (GtkWidget *root, guint kind, const char *id)
{
  GtkWidget *found = NULL;

  if (id != NULL ? GTK_IS_LIST_BOX_ROW (root) && get_record (root) != NULL &&
                       g_strcmp0 (WAY_RECORD (get_record (root))->id, id) == 0
                 : GTK_IS_BUTTON (root) && get_kind (root) == kind)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_place (child, kind, id);
  return found;
}

/* The row may be gone: then the button under its list. */
static void
take_place (Place *place, GtkWidget *box)
{
  GtkWidget *widget = NULL;

  if (place->is_here && place->id != NULL)
    widget = find_place (box, place->kind, place->id);
  if (place->is_here && widget == NULL)
    widget = find_place (box, place->kind, NULL);
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
  /* What has no place yet is scrolled to as if it were at the top. */
  gtk_adjustment_set_value (place->scrolled, place->value);
  if (widget != NULL)
    way_ui_show_whole (widget);
  g_free (place->id);
}

/**
 * way_child_fill_profile:
 * @box: where; on a page that scrolls
 * @records: what belongs to the child
 * @lists: the words for codes
 *
 * Fills what is kept of the child, anew: the keyboard stays on its row, and the page where it is.
 */
void
way_child_fill_profile (GtkBox *box, WayRecordSet *records, const WayCodeLists *lists)
{
  Place place = {FALSE};

  note_place (&place, GTK_WIDGET (box));
  way_ui_clear (GTK_WIDGET (box));
  add_child_facts (box, way_record_set_first (records, WAY_CHILD), lists);
  for (guint i = 0; i < way_record_dialog_n_kinds (); i++)
    add_kind (box, i, records, lists);
  add_attendance (box, records);
  take_place (&place, GTK_WIDGET (box));
}
