/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-parts.h"

#include "way-child-facts.h"
#include "way-record-dialog.h"
#include "way-save.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-values.h"
#include "way-window.h"

#include <glib/gi18n.h>

#define VISIT_KEY "visit"
#define CHILD_KEY "child"
#define RECORD_KEY "record"
#define KIND_KEY "kind"
#define EFFECT_KEY "effect"

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  WayWindow *window = way_window_of (GTK_WIDGET (list));
  const char *visit = g_object_get_data (G_OBJECT (row), VISIT_KEY);

  if (window != NULL && visit != NULL)
    way_window_open_visit (window, g_object_get_data (G_OBJECT (list), CHILD_KEY), visit);
}

static GtkWidget *
new_lines (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "way-lines");
  way_a11y_set_name (list, name);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
  return list;
}

/* Takes nothing; @markup is the line, @side stands at its right, @detail under it. */
static GtkWidget *
new_line (const char *markup, const char *side, const char *detail, const char *visit)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text = way_ui_wrapped_label (NULL, NULL);
  GtkWidget *date = way_ui_label (side, "way-faint");
  g_autofree char *name = NULL;

  gtk_label_set_markup (GTK_LABEL (text), markup);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (date), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_valign (date, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head), date);
  gtk_box_append (GTK_BOX (box), head);
  if (detail != NULL)
    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (detail, "way-faint"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  name = g_strdup_printf ("%s, %s", gtk_label_get_text (GTK_LABEL (text)), side);
  way_a11y_set_name (row, name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), visit != NULL);
  gtk_widget_set_focusable (row, visit != NULL);
  if (visit != NULL)
    g_object_set_data_full (G_OBJECT (row), VISIT_KEY, g_strdup (visit), g_free);
  return row;
}

static GtkWidget *
new_card_box (GtkBox *parent, const char *title, const char *aside)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (head), way_ui_label (title, "way-heading"));
  if (aside != NULL)
    gtk_box_append (GTK_BOX (head), way_ui_label (aside, "way-faint"));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (parent, way_ui_card (box));
  return box;
}

static void
open_term_card (
    GtkBox *box, const WayTerms *terms, const WayTerm *term, WayDate today, GtkWidget **list)
{
  g_autofree char *label = term != NULL ? way_term_label (term) : g_strdup (_ ("Other days"));
  g_autofree char *span = NULL;
  GtkWidget *card;

  if (term != NULL) {
    g_autofree char *from = way_date_format_short (term->start);
    g_autofree char *to = way_date_format_short (term->end);

    span = term->start <= today && way_terms_get_window_end (terms, term) >= today
               ? g_strdup_printf (_ ("%s – today"), from)
               : g_strdup_printf ("%s – %s", from, to);
  }
  card = new_card_box (box, label, span);
  *list = new_lines (label);
  gtk_box_append (GTK_BOX (card), *list);
}

static GtkWidget *
new_entry_line (const WayTimelineEntry *entry)
{
  g_autofree char *date = way_date_format_short (entry->date);
  g_autofree char *markup =
      entry->text != NULL && *entry->text != '\0'
          ? g_markup_printf_escaped ("%s <b>%s</b>: %s", entry->mark, entry->what, entry->text)
          : g_markup_printf_escaped ("%s <b>%s</b>", entry->mark, entry->what);

  return new_line (markup, date, entry->detail, entry->visit);
}

/**
 * way_child_fill_timeline:
 * @box: where
 * @entries: (element-type WayTimelineEntry): newest first
 * @terms: (nullable): the table of terms
 * @today: the day
 * @n_terms: how many terms to show at most
 *
 * Fills the timeline, a card for each term.
 *
 * Returns: whether there is more
 */
gboolean
way_child_fill_timeline (
    GtkBox *box, GPtrArray *entries, const WayTerms *terms, WayDate today, guint n_terms)
{
  const WayTerm *shown = NULL;
  GtkWidget *list = NULL;
  guint n_shown = 0;

  for (guint i = 0; i < entries->len; i++) {
    const WayTimelineEntry *entry = entries->pdata[i];
    const WayTerm *term = terms != NULL ? way_terms_find (terms, entry->date) : NULL;

    if (list == NULL || term != shown) {
      if (n_shown++ == n_terms)
        return TRUE;
      open_term_card (box, terms, term, today, &list);
      shown = term;
    }
    gtk_list_box_append (GTK_LIST_BOX (list), new_entry_line (entry));
  }
  if (entries->len == 0) {
    GtkWidget *card = new_card_box (box, _ ("Timeline"), NULL);

    gtk_box_append (
        GTK_BOX (card),
        way_ui_wrapped_label (
            _ ("Visits, reviews, targets and measurements will be here, the newest first."),
            "way-faint"));
  }
  return FALSE;
}

static void
reopened_cb (WayWindow *window, WayRecordSet *records, gpointer object)
{
  way_window_toast (window, _ ("The action is open again."));
}

static void
reopen_cb (WayWindow *window, gpointer data)
{
  way_save_record (
      window, way_record_copy (data), _ ("That could not be undone"), reopened_cb, NULL);
}

/* Undone, it is as it was before, but for its revision. */
static void
settled_cb (WayWindow *window, WayRecordSet *records, gpointer object)
{
  WayAction *action = way_record_copy (way_record_set_first (records, WAY_ACTION));

  action->done = WAY_DATE_UNKNOWN;
  way_set_string (&action->effect, g_object_get_data (object, EFFECT_KEY));
  way_window_toast_undo (window, _ ("Action done."), reopen_cb, action, way_record_free);
}

static void
done_cb (GtkWidget *button)
{
  WayWindow *window = way_window_of (button);
  WayAction *action = way_record_copy (g_object_get_data (G_OBJECT (button), RECORD_KEY));

  g_object_set_data_full (G_OBJECT (button), EFFECT_KEY, g_strdup (action->effect), g_free);
  action->done = way_window_get_today (window);
  way_set_string (&action->effect, "done");
  gtk_widget_set_sensitive (button, FALSE);
  way_save_record (window, action, _ ("The action could not be settled"), settled_cb, button);
}

/* Settled without a visit: done today. */
static void
append_done (GtkWidget *row, const WayAction *action)
{
  GtkWidget *words = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *button = gtk_button_new_with_label (_ ("Done"));

  way_a11y_set_name (button, _ ("Done"));
  way_a11y_set_description (button, action->what);
  g_object_set_data_full (G_OBJECT (button), RECORD_KEY, way_record_copy (action), way_record_free);
  g_signal_connect (button, "clicked", G_CALLBACK (done_cb), NULL);
  g_object_ref (words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), NULL);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  g_object_unref (words);
  gtk_box_append (GTK_BOX (line), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
}

/**
 * way_child_fill_actions:
 * @box: where
 * @records: what belongs to the child
 * @today: the day
 *
 * Fills the list of what is agreed and not settled.
 */
void
way_child_fill_actions (GtkBox *box, WayRecordSet *records, WayDate today)
{
  g_autoptr (GPtrArray) actions = way_child_facts_open_actions (records);
  GtkWidget *card = new_card_box (box, _ ("Open actions"), NULL);
  GtkWidget *list = new_lines (_ ("Open actions"));

  for (guint i = 0; i < actions->len; i++) {
    const WayAction *action = actions->pdata[i];
    g_autofree char *due = way_date_format_short (action->due);
    g_autofree char *side = action->due != WAY_DATE_UNKNOWN && action->due < today
                                ? g_strdup_printf (_ ("▲ overdue, %s"), due)
                                : g_strdup (due);
    g_autofree char *markup = way_text_is_blank (action->who)
                                  ? g_markup_printf_escaped ("%s", action->what)
                                  : g_markup_printf_escaped ("%s <span alpha=\"72%%\">%s</span>",
                                                             action->what,
                                                             action->who);

    GtkWidget *row = new_line (markup, side, NULL, NULL);

    append_done (row, action);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  if (actions->len > 0) {
    gtk_box_append (GTK_BOX (card), list);
    return;
  }
  g_object_unref (g_object_ref_sink (list));
  gtk_box_append (
      GTK_BOX (card),
      way_ui_wrapped_label (_ ("What is agreed at visits and reviews will be here."), "way-faint"));
}

static gint
compare_visits (gconstpointer a, gconstpointer b)
{
  const WayVisit *first = *(WayVisit *const *) a;
  const WayVisit *second = *(WayVisit *const *) b;

  return (first->date < second->date) - (first->date > second->date);
}

/**
 * way_child_fill_visits:
 * @box: where
 * @records: what belongs to the child
 * @lists: the words for codes
 *
 * Fills the list of visits, newest first.
 */
void
way_child_fill_visits (GtkBox *box, WayRecordSet *records, const WayCodeLists *lists)
{
  GPtrArray *all = way_record_set_list (records, WAY_VISIT);
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autoptr (GPtrArray) visits = g_ptr_array_copy (all, NULL, NULL);
  GtkWidget *card = new_card_box (box, _ ("Visits"), NULL);
  GtkWidget *list = new_lines (_ ("Visits"));

  g_ptr_array_set_free_func (visits, NULL);
  g_ptr_array_sort (visits, compare_visits);
  g_object_set_data_full (G_OBJECT (list), CHILD_KEY, g_strdup (child->record.id), g_free);
  gtk_box_append (GTK_BOX (card), list);
  for (guint i = 0; i < visits->len; i++) {
    const WayVisit *visit = visits->pdata[i];
    gboolean is_signed = !way_text_is_blank (visit->signed_at);
    g_autofree char *date = way_date_format_long (visit->date);
    g_autofree char *detail =
        way_text_is_blank (visit->seen) ? NULL : way_text_first_words (visit->seen, 200);
    g_autofree char *version = visit->version > 1
                                   ? g_strdup_printf (_ ("▣ Signed, version %.0f"), visit->version)
                                   : g_strdup (_ ("▣ Signed"));
    g_autofree char *markup = g_markup_printf_escaped (
        "<b>%s</b>  %s", date, way_code_lists_label (lists, "visit-kind", visit->kind));

    gtk_list_box_append (
        GTK_LIST_BOX (list),
        new_line (markup, is_signed ? version : _ ("✎ Not signed"), detail, visit->record.id));
  }
  if (visits->len == 0)
    gtk_box_append (GTK_BOX (card),
                    way_ui_wrapped_label (
                        _ ("No visit yet. “Record visit” begins one; it is kept while you type."),
                        "way-faint"));
}

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
  GtkWidget *name = way_ui_label (label, "way-faint");
  GtkWidget *value = way_ui_wrapped_label (text, NULL);

  if (text == NULL || *text == '\0')
    return;
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  way_a11y_set_name (value, label);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, name, 0, *line, 1, 1);
  gtk_grid_attach (grid, value, 1, (*line)++, 1, 1);
}

static void
add_child_facts (GtkBox *box, const WayChild *child, const WayCodeLists *lists)
{
  static const struct {
    const char *field, *label;
  } facts[] = {
      {"forename", N_ ("Forename")},
      {"surname", N_ ("Surname")},
      {"preferred", N_ ("Preferred name")},
      {"dob", N_ ("Date of birth")},
      {"sex", N_ ("Sex")},
      {"upn", N_ ("UPN")},
      {"language", N_ ("Language")},
      {"communication", N_ ("Communication")},
      {"matters", N_ ("What matters to me")},
      {"support", N_ ("How best to support me")},
      {"alerts", N_ ("Alerts")},
      {"street", N_ ("Street")},
      {"town", N_ ("Town")},
      {"postcode", N_ ("Postcode")},
  };
  GtkWidget *card = new_card_box (box, _ ("Profile"), NULL);
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *change = gtk_button_new_with_label (_ ("Change profile"));
  int line = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *text =
        field_words (way_record_type_find (WAY_CHILD, facts[i].field), child, lists);

    add_fact (GTK_GRID (grid), &line, _ (facts[i].label), text);
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

static char *
row_detail (gconstpointer record, const WayCodeLists *lists)
{
  const WayContact *contact = record;

  if (WAY_RECORD (record)->type == WAY_CASE_STATUS)
    return g_strdup (((const WayCaseStatus *) record)->reason);
  if (WAY_RECORD (record)->type != WAY_CONTACT)
    return NULL;
  if (!way_text_is_blank (contact->restriction))
    return g_strdup_printf (
        "⚠ %s", way_code_lists_label (lists, "contact-restriction", contact->restriction));
  return way_text_is_blank (contact->telephone) ? NULL : g_strdup (contact->telephone);
}

static void
edit_cb (GtkListBox *list, GtkListBoxRow *row)
{
  WayWindow *window = way_window_of (GTK_WIDGET (list));
  gconstpointer record = g_object_get_data (G_OBJECT (row), RECORD_KEY);

  if (window != NULL && record != NULL)
    way_record_dialog_open (
        window, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (list), KIND_KEY)), record);
}

static void
add_cb (GtkWidget *button)
{
  WayWindow *window = way_window_of (button);
  gconstpointer record = g_object_get_data (G_OBJECT (button), RECORD_KEY);

  if (window != NULL)
    way_record_dialog_open (
        window, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), KIND_KEY)), record);
}

static void
append_add_button (GtkWidget *card, guint kind, gpointer fresh)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Add"));
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), way_record_dialog_title (kind));

  way_a11y_set_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 4);
  g_object_set_data_full (G_OBJECT (button), RECORD_KEY, fresh, way_record_free);
  g_object_set_data (G_OBJECT (button), KIND_KEY, GUINT_TO_POINTER (kind));
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
  card = new_card_box (box, way_record_dialog_title (kind), NULL);
  list = new_lines (way_record_dialog_title (kind));
  g_object_set_data (G_OBJECT (list), KIND_KEY, GUINT_TO_POINTER (kind));
  g_signal_connect (list, "row-activated", G_CALLBACK (edit_cb), NULL);
  gtk_box_append (GTK_BOX (card), list);
  gtk_widget_set_visible (list, rows->len > 0);
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *words = row_words (records, rows->pdata[i], lists);
    g_autofree char *markup = g_markup_escape_text (words != NULL ? words : "", -1);
    g_autofree char *side = row_span (rows->pdata[i]);
    g_autofree char *detail = row_detail (rows->pdata[i], lists);
    GtkWidget *row = new_line (markup, side, detail, NULL);

    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_widget_set_focusable (row, TRUE);
    g_object_set_data_full (
        G_OBJECT (row), RECORD_KEY, way_record_copy (rows->pdata[i]), way_record_free);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
  }
  if (fresh != NULL)
    append_add_button (card, kind, fresh);
}

/**
 * way_child_fill_profile:
 * @box: where
 * @records: what belongs to the child
 * @lists: the words for codes
 *
 * Fills what is kept of the child.
 */
void
way_child_fill_profile (GtkBox *box, WayRecordSet *records, const WayCodeLists *lists)
{
  add_child_facts (box, way_record_set_first (records, WAY_CHILD), lists);
  for (guint i = 0; i < way_record_dialog_n_kinds (); i++)
    add_kind (box, i, records, lists);
}
