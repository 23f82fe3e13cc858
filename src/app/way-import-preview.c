/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would change: the summary, the lines, and what may be done. */
#include "way-import-page-private.h"

#include "way-import-row.h"
#include "way-ui.h"

#include <glib/gi18n.h>

static void
add_choice (WayImportPage *self, GtkStringList *labels, int kind, guint n)
{
  g_autofree char *label =
      g_strdup_printf ("%s (%u)", kind < 0 ? _ ("Everything") : way_import_kind_word (kind), n);

  gtk_string_list_append (labels, label);
  g_array_append_val (self->kinds, kind);
}

static void
show_cb (WayImportPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->show);
  int kind = selected < self->kinds->len ? g_array_index (self->kinds, int, selected) : -1;

  if (kind == self->kind)
    return;
  self->kind = kind;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Only kinds that occur can be chosen; what was chosen before stays, if it does. */
static void
fill_choices (WayImportPage *self, GPtrArray *items)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  g_array_set_size (self->kinds, 0);
  add_choice (self, labels, -1, items->len);
  for (guint i = 0, n = 1; i < items->len; i++, n++) {
    WayImportKind kind = way_import_item_get_kind (items->pdata[i]);

    if (i + 1 == items->len || way_import_item_get_kind (items->pdata[i + 1]) != kind) {
      add_choice (self, labels, (int) kind, n);
      n = 0;
    }
  }
  for (guint i = 0; i < self->kinds->len; i++) {
    if (g_array_index (self->kinds, int, i) == self->kind)
      selected = i;
  }
  g_signal_handlers_block_by_func (self->show, show_cb, self);
  gtk_drop_down_set_model (self->show, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->show, selected);
  g_signal_handlers_unblock_by_func (self->show, show_cb, self);
  show_cb (self);
}

static gboolean
is_same_line (WayImportPage *self, guint i, WayImportItem *item)
{
  g_autoptr (WayImportItem) old = g_list_model_get_item (G_LIST_MODEL (self->items), i);

  return way_import_item_equal (old, item);
}

/* Only lines that differ are put in place of the old ones, so that the list stays where it was
 * scrolled to. */
static void
fill_lines (WayImportPage *self, GPtrArray *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint first = 0, rest = 0;

  while (first < MIN (n_old, items->len) && is_same_line (self, first, items->pdata[first]))
    first++;
  while (rest < MIN (n_old, items->len) - first &&
         is_same_line (self, n_old - 1 - rest, items->pdata[items->len - 1 - rest]))
    rest++;
  g_list_store_splice (
      self->items, first, n_old - first - rest, items->pdata + first, items->len - first - rest);
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  WayImportPage *self = user_data;

  return self->kind < 0 || (int) way_import_item_get_kind (item) == self->kind;
}

/* Nobody is merged or set apart unasked. */
static guint
count_unanswered (WayImportPage *self)
{
  GPtrArray *notes = self->report->notes;
  guint n = 0;

  for (guint i = 0; i < notes->len; i++) {
    const WayImportNote *note = notes->pdata[i];

    n += note->kind == WAY_IMPORT_POSSIBLE_MATCH && note->question != NULL &&
         way_import_answers_get (self, note->question) == WAY_IMPORT_UNANSWERED;
  }
  return n;
}

static char *
summary_text (WayImportPage *self)
{
  g_autofree char *summary = way_import_report_summary (self->report);

  guint n_open = count_unanswered (self);

  if (self->is_done)
    return g_strdup_printf (_ ("Imported: %s What was left out stands below, to be mended or asked "
                               "for; this list is gone when you leave the page."),
                            summary);
  if (self->report->n_errors > 0 && !gtk_check_button_get_active (self->skip))
    return g_strdup_printf (
        _ ("Some of it cannot be taken, so nothing can be imported yet: try again with a file that "
           "is right, or leave out below what is not. Then: %s"),
        summary);
  if (n_open > 0)
    return g_strdup_printf (
        ngettext ("Nothing can be imported yet: %u possible match waits for your answer. Say below "
                  "whether it is the same child. Taken as different children until then: %s",
                  "Nothing can be imported yet: %u possible matches wait for your answer. Say "
                  "below of each whether it is the same child. Taken as different children until "
                  "then: %s",
                  n_open),
        n_open,
        summary);
  return g_strdup_printf (_ ("Nothing was changed yet. An import gives: %s"), summary);
}

/* Whether importing is possible and does anything. */
gboolean
way_import_preview_can_import (WayImportPage *self)
{
  const WayImportReport *report = self->report;

  return (report->n_errors == 0 || gtk_check_button_get_active (self->skip)) &&
         count_unanswered (self) == 0 && (report->n_added_total > 0 || report->n_changed > 0);
}

/* Before the preview is made anew or goes out of view. */
void
way_import_preview_note_keyboard (WayImportPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_here = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  g_free (self->question);
  self->question = way_import_row_dup_focused (GTK_WIDGET (self->view));
  g_set_weak_pointer (&self->focus, is_here && self->question == NULL ? focus : NULL);
}

/* So that it does not begin at the top after each answer. */
void
way_import_preview_take_keyboard (WayImportPage *self)
{
  g_autofree char *question = g_steal_pointer (&self->question);

  if (question != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    way_import_row_focus (GTK_WIDGET (self->view), question);
  else if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

/* Some of the file's values and some of the store's. */
static gboolean
is_mixed (GPtrArray *items)
{
  guint n_ours = 0, n_theirs = 0;

  for (guint i = 0; i < items->len; i++) {
    WayImportAnswer answer = way_import_item_get_answer (items->pdata[i]);

    n_ours += answer == WAY_IMPORT_OURS && way_import_item_get_question (items->pdata[i]) != NULL;
    n_theirs += answer == WAY_IMPORT_THEIRS;
  }
  return n_ours > 0 && n_theirs > 0;
}

static guint
count_errors (GPtrArray *items)
{
  guint n = 0;

  while (n < items->len && way_import_item_get_kind (items->pdata[n]) == WAY_IMPORT_ERROR)
    n++;
  return n;
}

/* What may be said of all, and what the button does. */
static void
show_choices (WayImportPage *self)
{
  const WayImportReport *report = self->report;

  gtk_widget_set_visible (GTK_WIDGET (self->skip),
                          !self->is_done &&
                              (report->n_errors > 0 || gtk_check_button_get_active (self->skip)));
  gtk_widget_set_visible (
      GTK_WIDGET (self->take_new),
      !self->is_done && (report->n_conflicts > 0 || gtk_check_button_get_active (self->take_new)));
  gtk_button_set_label (GTK_BUTTON (self->import), self->is_done ? _ ("Done") : _ ("Import"));
  gtk_widget_set_sensitive (self->import, self->is_done || way_import_preview_can_import (self));
}

/* Shows the report of a dry run, or what an import left out. */
void
way_import_preview_apply (WayImportPage *self)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *summary = summary_text (self);

  if (g_strcmp0 (way_import_page_get_state (self), "preview") == 0)
    way_import_preview_note_keyboard (self);
  if (!gtk_check_button_get_active (self->skip)) /* else each that is left out is listed */
    way_import_report_fold (self->report, WAY_IMPORT_ERROR, WAY_IMPORT_MOST_NOTES);
  way_import_report_fold (self->report, WAY_IMPORT_NOTICE, WAY_IMPORT_MOST_NOTES);
  items = way_import_items_from_report (self->report);
  if (self->is_done)
    g_ptr_array_set_size (items, (int) count_errors (items)); /* they stand first */
  for (guint i = 0; i < items->len; i++)
    way_import_item_set_answer (items->pdata[i],
                                way_import_answers_of_item (self, items->pdata[i]));
  gtk_check_button_set_inconsistent (self->take_new, is_mixed (items));
  fill_choices (self, items);
  fill_lines (self, items);
  show_choices (self);
  gtk_label_set_text (self->source, name);
  gtk_label_set_text (self->summary, summary);
  gtk_stack_set_visible_child_name (self->list_stack, items->len > 0 ? "list" : "same");
  way_import_page_show_state (self, "preview");
  way_import_preview_take_keyboard (self);
}

void
way_import_preview_init (WayImportPage *self)
{
  GtkListItemFactory *factory = way_import_row_factory_new ();
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  GtkNoSelection *selection;

  way_a11y_set_name (GTK_WIDGET (self->show), _ ("Show"));
  way_a11y_set_name (GTK_WIDGET (self->view), _ ("What an import would change"));
  self->kinds = g_array_new (FALSE, FALSE, sizeof (int));
  self->kind = -1;
  self->items = g_list_store_new (WAY_TYPE_IMPORT_ITEM);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), filter);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);
  g_signal_connect_swapped (self->show, "notify::selected", G_CALLBACK (show_cb), self);
}
