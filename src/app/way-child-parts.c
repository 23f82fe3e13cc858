/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-parts-private.h"

#include "way-child-facts.h"
#include "way-save.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-values.h"
#include "way-window.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>

#define VISIT_KEY "visit"
#define CHILD_KEY "child"
#define RECORD_KEY "record"
#define EFFECT_KEY "effect"

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row)
{
  WayWindow *window = way_window_of (GTK_WIDGET (list));
  const char *visit = g_object_get_data (G_OBJECT (row), VISIT_KEY);

  if (window != NULL && visit != NULL)
    way_window_open_visit (window, g_object_get_data (G_OBJECT (list), CHILD_KEY), visit);
}

GtkWidget *
way_child_new_lines (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "way-lines");
  way_a11y_set_name (list, name);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), NULL);
  return list;
}

static void
append_side (GtkBox *head, const char *side)
{
  GtkWidget *label = way_ui_label (side, "way-faint");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_box_append (head, label);
}

/* Takes nothing; @markup is the line, @side stands at its right, @detail under it; these two may be
 * NULL. */
GtkWidget *
way_child_new_line (const char *markup, const char *side, const char *detail, const char *visit)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *text = way_ui_wrapped_label (NULL, NULL);
  const gboolean has_side = !way_text_is_blank (side);
  g_autofree char *name = NULL;

  gtk_label_set_markup (GTK_LABEL (text), markup);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (head), text);
  if (has_side)
    append_side (GTK_BOX (head), side);
  gtk_box_append (GTK_BOX (box), head);
  if (detail != NULL) {
    const char *style = g_str_has_prefix (detail, "⚠") ? "way-caution" : "way-faint";

    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (detail, style));
    way_a11y_set_description (row, detail);
  }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  name = has_side ? g_strdup_printf ("%s, %s", gtk_label_get_text (GTK_LABEL (text)), side)
                  : g_strdup (gtk_label_get_text (GTK_LABEL (text)));
  way_a11y_set_name (row, name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), visit != NULL);
  gtk_widget_set_focusable (row, visit != NULL);
  if (visit != NULL)
    g_object_set_data_full (G_OBJECT (row), VISIT_KEY, g_strdup (visit), g_free);
  return row;
}

GtkWidget *
way_child_new_card_box (GtkBox *parent, const char *title, const char *aside)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = way_wrap_box_new (8);

  way_wrap_box_append (WAY_WRAP_BOX (head), way_ui_label (title, "way-heading"));
  if (aside != NULL)
    way_wrap_box_append (WAY_WRAP_BOX (head), way_ui_label (aside, "way-faint"));
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (parent, way_ui_card (box));
  return box;
}

/* "2 Nov 2026 – 18 Dec 2026", or up to now. */
static char *
format_span (WayDate first, WayDate last, WayDate today)
{
  g_autofree char *from = way_date_format_short (first);
  g_autofree char *to = way_date_format_short (last);

  return first <= today && today <= last ? g_strdup_printf (_ ("%s – today"), from)
                                         : g_strdup_printf ("%s – %s", from, to);
}

/* A term is lessons; the holidays that are reported with it have a card of their own. */
static void
open_term_card (GtkBox *box,
                const WayTerms *terms,
                const WayTimelineEntry *entry,
                WayDate today,
                GtkWidget **list)
{
  const WayTerm *term = terms != NULL ? way_terms_find (terms, entry->date) : NULL;
  g_autofree char *label = NULL, *span = NULL;

  if (term == NULL) {
    label = g_strdup (_ ("Other days"));
  } else if (way_terms_is_holiday (terms, entry->date)) {
    g_autofree char *before = way_term_label (term);

    label = g_strdup_printf (_ ("Holidays after %s"), before);
    span = format_span (term->end + 1, way_terms_get_window_end (terms, term), today);
  } else {
    label = way_term_label (term);
    span = format_span (term->start, term->end, today);
  }
  *list = way_child_new_lines (label);
  gtk_box_append (GTK_BOX (way_child_new_card_box (box, label, span)), *list);
}

static GtkWidget *
new_entry_line (const WayTimelineEntry *entry)
{
  g_autofree char *date = way_date_format_short (entry->date);
  g_autofree char *markup =
      entry->text != NULL && *entry->text != '\0'
          ? g_markup_printf_escaped ("%s <b>%s</b>: %s", entry->mark, entry->what, entry->text)
          : g_markup_printf_escaped ("%s <b>%s</b>", entry->mark, entry->what);

  return way_child_new_line (markup, date, entry->detail, entry->visit);
}

/**
 * way_child_fill_timeline:
 * @box: where
 * @entries: (element-type WayTimelineEntry): newest first
 * @terms: (nullable): the table of terms
 * @today: the day
 * @n_terms: how many terms to show at most
 *
 * Fills the timeline, a card for each term and for holidays in which something happened.
 *
 * Returns: whether there is more
 */
gboolean
way_child_fill_timeline (
    GtkBox *box, GPtrArray *entries, const WayTerms *terms, WayDate today, guint n_terms)
{
  const WayTimelineEntry *shown = NULL;
  GtkWidget *list = NULL;
  guint n_shown = 0;

  for (guint i = 0; i < entries->len; i++) {
    const WayTimelineEntry *entry = entries->pdata[i];

    if (shown == NULL || !way_timeline_is_one_stretch (terms, shown->date, entry->date)) {
      if (terms == NULL || !way_terms_is_holiday (terms, entry->date))
        n_shown++;
      if (n_shown > n_terms)
        return TRUE;
      open_term_card (box, terms, entry, today, &list);
      shown = entry;
    }
    gtk_list_box_append (GTK_LIST_BOX (list), new_entry_line (entry));
  }
  if (entries->len == 0) {
    GtkWidget *card = way_child_new_card_box (box, _ ("Timeline"), NULL);

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
not_settled_cb (WayWindow *window, WayRecordSet *records, gpointer button)
{
  gtk_widget_set_sensitive (button, TRUE);
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
  way_save_record_or (
      window, action, _ ("The action could not be settled"), settled_cb, not_settled_cb, button);
}

/* The day, and the button that settles it without a visit, stand under the words: beside them, on a
 * small screen, they would leave the words a column one word wide. */
static GtkWidget *
new_action_line (const WayAction *action, WayDate today)
{
  g_autofree char *due = way_date_format_short (action->due);
  g_autofree char *when = action->due != WAY_DATE_UNKNOWN && action->due < today
                              ? g_strdup_printf (_ ("▲ overdue, %s"), due)
                              : g_strdup (due);
  g_autofree char *markup = way_text_is_blank (action->who)
                                ? g_markup_printf_escaped ("%s", action->what)
                                : g_markup_printf_escaped ("%s <span alpha=\"72%%\">%s</span>",
                                                           action->what,
                                                           action->who);
  g_autofree char *name = g_strdup_printf ("%s, %s", action->what, when);
  GtkWidget *row = way_child_new_line (markup, NULL, NULL, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *day = way_ui_label (when, "way-faint");
  GtkWidget *button = gtk_button_new_with_label (_ ("Done"));

  way_a11y_set_name (row, name);
  way_a11y_set_name (button, _ ("Done"));
  way_a11y_set_description (button, action->what);
  g_object_set_data_full (G_OBJECT (button), RECORD_KEY, way_record_copy (action), way_record_free);
  g_signal_connect (button, "clicked", G_CALLBACK (done_cb), NULL);
  gtk_widget_set_hexpand (day, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), day);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), line);
  return row;
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
  GtkWidget *card = way_child_new_card_box (box, _ ("Open actions"), NULL);
  GtkWidget *list = way_child_new_lines (_ ("Open actions"));

  for (guint i = 0; i < actions->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_action_line (actions->pdata[i], today));
  if (actions->len > 0) {
    gtk_box_append (GTK_BOX (card), list);
    return;
  }
  g_object_unref (g_object_ref_sink (list));
  gtk_box_append (
      GTK_BOX (card),
      way_ui_wrapped_label (way_record_set_list (records, WAY_ACTION)->len > 0
                                ? _ ("All that was agreed so far is settled.")
                                : _ ("What is agreed at visits and reviews will be here."),
                            "way-faint"));
}

static gint
compare_visits (gconstpointer a, gconstpointer b)
{
  const WayVisit *first = *(WayVisit *const *) a;
  const WayVisit *second = *(WayVisit *const *) b;

  return (first->date < second->date) - (first->date > second->date);
}

/* Of a visit that the list has anyway it is only told when it is an amendment. */
static gboolean
is_told_apart (const WayDraftInfo *draft, WayRecordSet *records)
{
  return draft->is_amendment || way_record_set_find (records, WAY_VISIT, draft->visit_id) == NULL;
}

/**
 * way_child_count_visits:
 * @records: what belongs to the child
 * @drafts: (element-type WayDraftInfo): the child's
 *
 * Returns: how many visits there are, with those that are being written
 */
guint
way_child_count_visits (WayRecordSet *records, GPtrArray *drafts)
{
  guint count = way_record_set_list (records, WAY_VISIT)->len;

  for (guint i = 0; i < drafts->len; i++) {
    const WayDraftInfo *draft = drafts->pdata[i];

    count += !draft->is_amendment && is_told_apart (draft, records);
  }
  return count;
}

static GtkWidget *
new_draft_line (const WayDraftInfo *draft)
{
  g_autofree char *date = way_date_format_long (draft->date);
  g_autofree char *markup = draft->is_amendment
                                ? g_markup_printf_escaped (_ ("<b>%s</b>  Amendment"), date)
                                : g_markup_printf_escaped ("<b>%s</b>", date);

  return way_child_new_line (
      markup, _ ("✎ Not signed"), _ ("It is being written: open it to go on."), draft->visit_id);
}

static GtkWidget *
new_visit_line (const WayVisit *visit, const WayCodeLists *lists)
{
  gboolean is_signed = !way_text_is_blank (visit->signed_at);
  g_autofree char *date = way_date_format_long (visit->date);
  g_autofree char *detail =
      way_text_is_blank (visit->seen) ? NULL : way_text_first_words (visit->seen, 200);
  g_autofree char *version = visit->version > 1
                                 ? g_strdup_printf (_ ("▣ Signed, version %.0f"), visit->version)
                                 : g_strdup (_ ("▣ Signed"));
  g_autofree char *markup = g_markup_printf_escaped (
      "<b>%s</b>  %s", date, way_code_lists_label (lists, "visit-kind", visit->kind));

  return way_child_new_line (
      markup, is_signed ? version : _ ("✎ Not signed"), detail, visit->record.id);
}

/**
 * way_child_fill_visits:
 * @box: where
 * @records: what belongs to the child
 * @drafts: (element-type WayDraftInfo): the child's, which stand first
 * @lists: the words for codes
 *
 * Fills the list of visits, newest first.
 */
void
way_child_fill_visits (GtkBox *box,
                       WayRecordSet *records,
                       GPtrArray *drafts,
                       const WayCodeLists *lists)
{
  GPtrArray *all = way_record_set_list (records, WAY_VISIT);
  const WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autoptr (GPtrArray) visits = g_ptr_array_copy (all, NULL, NULL);
  GtkWidget *card = way_child_new_card_box (box, _ ("Visits"), NULL);
  GtkWidget *list = way_child_new_lines (_ ("Visits"));

  g_ptr_array_set_free_func (visits, NULL);
  g_ptr_array_sort (visits, compare_visits);
  g_object_set_data_full (G_OBJECT (list), CHILD_KEY, g_strdup (child->record.id), g_free);
  gtk_box_append (GTK_BOX (card), list);
  for (guint i = 0; i < drafts->len; i++) {
    if (is_told_apart (drafts->pdata[i], records))
      gtk_list_box_append (GTK_LIST_BOX (list), new_draft_line (drafts->pdata[i]));
  }
  for (guint i = 0; i < visits->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_visit_line (visits->pdata[i], lists));
  if (visits->len == 0 && drafts->len == 0)
    gtk_box_append (GTK_BOX (card),
                    way_ui_wrapped_label (
                        _ ("No visit yet. “Record visit” begins one; it is kept while you type."),
                        "way-faint"));
}
