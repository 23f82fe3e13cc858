/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-page.h"

#include "way-child-dialog.h"
#include "way-child-facts.h"
#include "way-child-parts.h"
#include "way-options.h"
#include "way-screen.h"
#include "way-target-card.h"
#include "way-target-dialog.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-values.h"
#include "way-window.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>

#define TERMS_AT_FIRST 3

struct _WayChildPage {
  AdwBin parent_instance;

  char *child_id;
  WayRecordSet *records;
  GPtrArray *drafts;          /* (element-type WayDraftInfo): of visits to the child */
  WayDate born;               /* if another child has the name; else unknown */
  WayProgressOptions options; /* as the service prefers */
  guint n_terms;              /* of the timeline */

  GtkLabel *name;
  GtkLabel *preferred;
  GtkLabel *line;
  GtkLabel *case_line;
  GtkLabel *alerts;
  GtkWidget *record_visit;
  GtkStack *tabs;
  GtkStackPage *targets_tab;
  GtkStackPage *visits_tab;
  GtkBox *timeline;
  GtkBox *open_targets;
  GtkBox *actions;
  GtkBox *all_targets;
  GtkBox *visits;
  GtkBox *profile;
};

static void way_child_page_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayChildPage,
                               way_child_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN, way_child_page_screen_init))

static void
show_head (WayChildPage *self, WayWindow *window)
{
  const WayChild *child = way_record_set_first (self->records, WAY_CHILD);
  WayDate today = way_window_get_today (window);
  g_autofree char *name = way_child_facts_name (self->records);
  g_autofree char *title = way_ui_tell_apart (name, self->born);
  g_autofree char *preferred = way_child_facts_preferred (self->records);
  g_autofree char *line =
      way_child_facts_line (self->records, way_window_get_lists (window), today);
  g_autofree char *case_line =
      way_child_facts_case (self->records, way_window_get_lists (window), today);
  g_autofree char *alerts = g_strdup_printf ("⚠ %s", child->alerts != NULL ? child->alerts : "");

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->preferred, preferred);
  gtk_label_set_text (self->line, line);
  gtk_label_set_text (self->case_line, case_line);
  gtk_widget_set_visible (GTK_WIDGET (self->case_line), *case_line != '\0');
  gtk_label_set_text (self->alerts, alerts);
  gtk_widget_set_visible (GTK_WIDGET (self->alerts), !way_text_is_blank (child->alerts));
  way_window_set_page_title (window, GTK_WIDGET (self), title);
}

static GtkWidget *
find_card (GtkBox *box, const char *target_id)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (box)); card != NULL;
       card = gtk_widget_get_next_sibling (card)) {
    if (WAY_IS_TARGET_CARD (card) &&
        g_strcmp0 (way_target_card_get_id (WAY_TARGET_CARD (card)), target_id) == 0)
      return card;
  }
  return NULL;
}

/* What is half typed on it is kept. */
static void
remove_behind (GtkBox *box, GtkWidget *last)
{
  GtkWidget *child;

  while ((child = last != NULL ? gtk_widget_get_next_sibling (last)
                               : gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL) {
    if (WAY_IS_TARGET_CARD (child))
      way_target_card_keep (WAY_TARGET_CARD (child));
    gtk_box_remove (box, child);
  }
}

/* A target keeps its card, wherever it stands now, so that what is being typed on it stays. What
 * was typed on one before comes back once: on the overview, or else among all targets. */
static void
show_cards (GtkBox *box,
            GPtrArray *targets,
            WayRecordSet *records,
            const WayProgressOptions *options,
            gboolean gives_back)
{
  GtkWidget *last = NULL;

  for (guint i = 0; i < targets->len; i++) {
    const WayTarget *target = targets->pdata[i];
    GtkWidget *card = find_card (box, target->record.id);
    gboolean is_new = card == NULL;

    if (is_new) {
      card = way_target_card_new ();
      gtk_box_insert_child_after (box, card, last);
    } else if (gtk_widget_get_prev_sibling (card) != last) {
      gtk_box_reorder_child_after (box, card, last);
    }
    way_target_card_set_target (WAY_TARGET_CARD (card), target, records, options);
    if (is_new && (gives_back || !way_target_is_open (target)))
      way_target_card_find_begun (WAY_TARGET_CARD (card));
    last = card;
  }
  remove_behind (box, last);
}

/* A target that is open stands on two tabs. */
static void
pair_cards (WayChildPage *self)
{
  GtkWidget *card, *twin;

  for (card = gtk_widget_get_first_child (GTK_WIDGET (self->open_targets)); card != NULL;
       card = gtk_widget_get_next_sibling (card)) {
    for (twin = gtk_widget_get_first_child (GTK_WIDGET (self->all_targets)); twin != NULL;
         twin = gtk_widget_get_next_sibling (twin)) {
      if (g_strcmp0 (way_target_card_get_id (WAY_TARGET_CARD (card)),
                     way_target_card_get_id (WAY_TARGET_CARD (twin))) == 0)
        way_target_card_set_twin (WAY_TARGET_CARD (card), WAY_TARGET_CARD (twin));
    }
  }
}

static void
show_no_target (GtkBox *box, const char *text)
{
  gtk_box_append (box, way_ui_card (way_ui_wrapped_label (text, "way-faint")));
}

static void
show_targets (WayChildPage *self)
{
  g_autoptr (GPtrArray) open = way_child_facts_targets (self->records, TRUE);
  g_autoptr (GPtrArray) all = way_child_facts_targets (self->records, FALSE);
  g_autofree char *title = g_strdup_printf (_ ("Targets %u"), all->len);
  const char *none =
      _ ("Targets will be here, each with its chart. “Add target” writes the first one.");

  show_cards (self->open_targets, open, self->records, &self->options, TRUE);
  show_cards (self->all_targets, all, self->records, &self->options, FALSE);
  pair_cards (self);
  if (open->len == 0)
    show_no_target (self->open_targets,
                    all->len > 0 ? _ ("No target is open. Those that ended are under “Targets”.")
                                 : none);
  if (all->len == 0)
    show_no_target (self->all_targets, none);
  gtk_stack_page_set_title (self->targets_tab, title);
}

static void show_timeline (WayChildPage *self, WayWindow *window);

static void
earlier_cb (WayChildPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  self->n_terms += 6;
  show_timeline (self, window);
  gtk_widget_child_focus (GTK_WIDGET (self->timeline), GTK_DIR_TAB_BACKWARD);
}

static void
show_timeline (WayChildPage *self, WayWindow *window)
{
  WayDate today = way_window_get_today (window);
  g_autoptr (GPtrArray) entries = way_timeline_new (
      self->records, way_window_get_lists (window), way_window_get_terms (window), today);

  way_ui_clear (GTK_WIDGET (self->timeline));
  if (way_child_fill_timeline (
          self->timeline, entries, way_window_get_terms (window), today, self->n_terms)) {
    GtkWidget *button = gtk_button_new_with_label (_ ("Show earlier terms"));

    g_signal_connect_swapped (button, "clicked", G_CALLBACK (earlier_cb), self);
    gtk_box_append (self->timeline, button);
  }
}

static void
show_records (WayChildPage *self, WayWindow *window)
{
  g_autofree char *visits =
      g_strdup_printf (_ ("Visits %u"), way_child_count_visits (self->records, self->drafts));

  show_head (self, window);
  show_timeline (self, window);
  show_targets (self);
  way_ui_clear (GTK_WIDGET (self->actions));
  way_child_fill_actions (self->actions, self->records, way_window_get_today (window));
  way_ui_clear (GTK_WIDGET (self->visits));
  way_child_fill_visits (self->visits, self->records, self->drafts, way_window_get_lists (window));
  way_child_fill_profile (self->profile, self->records, way_window_get_lists (window));
  gtk_stack_page_set_title (self->visits_tab, visits);
}

typedef struct {
  WayRecordSet *records;
  GPtrArray *drafts;
  WayDate born;
  WayProgressOptions options;
} Gathered;

static void
gathered_free (gpointer data)
{
  Gathered *gathered = data;

  g_clear_pointer (&gathered->records, way_record_set_free);
  g_clear_pointer (&gathered->drafts, g_ptr_array_unref);
  g_free (gathered);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gathered, gathered_free)

/* (transfer full) (nullable) (element-type WayDraftInfo) */
static GPtrArray *
list_drafts (WayDb *db, const char *child_id, GError **error)
{
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (db, error);

  for (guint i = drafts != NULL ? drafts->len : 0; i > 0; i--) {
    if (g_strcmp0 (((const WayDraftInfo *) drafts->pdata[i - 1])->child_id, child_id) != 0)
      g_ptr_array_remove_index (drafts, i - 1);
  }
  return g_steal_pointer (&drafts);
}

static gpointer
gather_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  g_autoptr (Gathered) gathered = g_new0 (Gathered, 1);

  gathered->records = way_db_gather_child (db, request, error);
  if (gathered->records == NULL || (gathered->drafts = list_drafts (db, request, error)) == NULL ||
      !way_db_find_birth (db, request, &gathered->born, error) ||
      !way_options_read (db, &gathered->options, error))
    return NULL;
  return g_steal_pointer (&gathered);
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChildPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Gathered) gathered = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window == NULL || way_window_get_lists (window) == NULL)
    return;
  if (gathered == NULL) {
    way_window_show_error (window, _ ("The child could not be read"), error);
    return;
  }
  g_clear_pointer (&self->records, way_record_set_free);
  self->records = g_steal_pointer (&gathered->records);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  self->drafts = g_steal_pointer (&gathered->drafts);
  self->born = gathered->born;
  self->options = gathered->options;
  show_records (self, window);
}

static void
way_child_page_refresh (WayScreen *screen)
{
  WayChildPage *self = WAY_CHILD_PAGE (screen);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window != NULL && way_store_is_open (way_window_get_store (window)))
    way_store_run_async (way_window_get_store (window),
                         WAY_STORE_READS,
                         gather_job,
                         g_strdup (self->child_id),
                         g_free,
                         gathered_free,
                         NULL,
                         gathered_cb,
                         g_object_ref (self));
}

static void
keep_cards (GtkBox *box)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (box)); card != NULL;
       card = gtk_widget_get_next_sibling (card)) {
    if (WAY_IS_TARGET_CARD (card))
      way_target_card_keep (WAY_TARGET_CARD (card));
  }
}

static void
way_child_page_save (WayScreen *screen)
{
  WayChildPage *self = WAY_CHILD_PAGE (screen);

  keep_cards (self->all_targets);
  keep_cards (self->open_targets);
}

static void
way_child_page_focus_first (WayScreen *screen)
{
  gtk_widget_grab_focus (WAY_CHILD_PAGE (screen)->record_visit);
}

static void
way_child_page_screen_init (WayScreenInterface *iface)
{
  iface->save = way_child_page_save;
  iface->refresh = way_child_page_refresh;
  iface->focus_first = way_child_page_focus_first;
}

static void
record_visit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_window_open_visit (way_window_of (widget), WAY_CHILD_PAGE (widget)->child_id, NULL);
}

static void
add_target_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_target_dialog_open_new (way_window_of (widget), WAY_CHILD_PAGE (widget)->child_id);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayChildPage *self = WAY_CHILD_PAGE (widget);

  if (self->records != NULL)
    way_child_dialog_open (way_window_of (widget), way_record_set_first (self->records, WAY_CHILD));
}

static void
way_child_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_CHILD_PAGE);
  G_OBJECT_CLASS (way_child_page_parent_class)->dispose (object);
}

static void
way_child_page_finalize (GObject *object)
{
  WayChildPage *self = WAY_CHILD_PAGE (object);

  g_free (self->child_id);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->records, way_record_set_free);
  G_OBJECT_CLASS (way_child_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, name);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, preferred);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, line);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, case_line);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, alerts);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, record_visit);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, targets_tab);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, visits_tab);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, open_targets);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, actions);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, all_targets);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, visits);
  gtk_widget_class_bind_template_child (widget_class, WayChildPage, profile);
}

static void
way_child_page_class_init (WayChildPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_child_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_child_page_finalize;
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/child.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "child.record-visit", NULL, record_visit_action);
  gtk_widget_class_install_action (widget_class, "child.add-target", NULL, add_target_action);
  gtk_widget_class_install_action (widget_class, "child.edit", NULL, edit_action);
}

static void
way_child_page_init (WayChildPage *self)
{
  self->n_terms = TERMS_AT_FIRST;
  gtk_widget_init_template (GTK_WIDGET (self));
  way_ui_tell_whole (self->name);
}

/**
 * way_child_page_new:
 * @child_id: the child
 *
 * Returns: (transfer floating): the page; it reads the store once it is pushed
 */
GtkWidget *
way_child_page_new (const char *child_id)
{
  WayChildPage *self = g_object_new (WAY_TYPE_CHILD_PAGE, NULL);

  self->child_id = g_strdup (child_id);
  return GTK_WIDGET (self);
}

/**
 * way_child_page_get_child:
 * @self: the page
 *
 * Returns: id of the child
 */
const char *
way_child_page_get_child (WayChildPage *self)
{
  g_return_val_if_fail (WAY_IS_CHILD_PAGE (self), NULL);

  return self->child_id;
}

/**
 * way_child_page_show_tab:
 * @self: the page
 * @name: "overview", "targets", "visits" or "profile"
 *
 * Shows one of its tabs.
 */
void
way_child_page_show_tab (WayChildPage *self, const char *name)
{
  g_return_if_fail (WAY_IS_CHILD_PAGE (self) && name != NULL);

  gtk_stack_set_visible_child_name (self->tabs, name);
}
