/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-visit-form-private.h"

#include "way-section.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayVisitForm, way_visit_form, ADW_TYPE_BIN)

static void
update_sections (WayVisitForm *self)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);

  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    g_autofree char *summary = way_visit_draft_summary (self->records, i);
    gboolean shows_it = way_visit_section_field (i) != NULL &&
                        way_section_get_expanded (WAY_SECTION (self->sections[i]));

    /* No need to repeat what can be read below. */
    way_section_set_state (WAY_SECTION (self->sections[i]),
                           way_visit_draft_is_filled (self->records, i),
                           shows_it ? "" : summary);
  }
  gtk_widget_set_visible (self->not_held, g_strcmp0 (visit->kind, "not-held") == 0);
}

void
way_visit_form_touched (WayVisitForm *self)
{
  update_sections (self);
  way_visit_form_mark_sections (self); /* what was wrong may have gone with its row */
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
build_content (WayVisitForm *self, WayVisitSection section)
{
  const char *field = way_visit_section_field (section);

  if (field != NULL)
    return way_visit_form_note (self,
                                way_record_set_first (self->records, WAY_VISIT),
                                field,
                                way_visit_section_title (section));
  switch ((int) section) {
  case WAY_SECTION_WHEN:
    return way_visit_form_build_when (self);
  case WAY_SECTION_SINCE:
    return way_visit_form_build_since (self);
  case WAY_SECTION_ASSESSMENTS:
    return way_visit_form_build_assessments (self);
  case WAY_SECTION_VIEWS:
    return way_visit_form_build_views (self);
  case WAY_SECTION_TARGETS:
    return way_visit_form_build_targets (self);
  case WAY_SECTION_ACTIONS:
    return way_visit_form_build_actions (self);
  default:
    return way_visit_form_build_next (self);
  }
}

/* Open to begin with: what has something in it, and what a visit is hardly ever without. */
static gboolean
starts_open (WayVisitForm *self, WayVisitSection section)
{
  switch ((int) section) {
  case WAY_SECTION_SEEN:
  case WAY_SECTION_ADVICE:
  case WAY_SECTION_ACTIONS:
    return TRUE;
  case WAY_SECTION_WHEN:
    return FALSE;
  case WAY_SECTION_SINCE:
    return way_record_set_list (self->records, WAY_VISIT_ACTION)->len > 0;
  case WAY_SECTION_TARGETS:
    return way_record_set_list (self->records, WAY_VISIT_TARGET)->len > 0;
  default:
    return way_visit_draft_is_filled (self->records, section);
  }
}

static void
reason_cb (WayVisitForm *self)
{
  g_autofree char *reason =
      way_text_tidy (gtk_editable_get_text (GTK_EDITABLE (self->reason)), FALSE);

  way_visit_draft_set_reason (self->records, reason);
  way_visit_form_touched (self);
}

/* Two people who both amend one record have two versions of one number. */
static char *
dup_consequence (WayVisitForm *self)
{
  const char *author = way_visit_draft_find_other_author (self->records, self->child);

  if (author == NULL)
    return g_strdup (_ ("This record is signed. What you change becomes a new version; the one "
                        "before stays as it is."));
  return g_strdup_printf (_ ("This record was written by %s. What you change becomes a new version "
                             "that you sign; the one before stays as it is. If its author is to "
                             "put it right, ask for the new version instead."),
                          author);
}

static GtkWidget *
build_reason (WayVisitForm *self)
{
  g_autofree char *reason = way_visit_draft_dup_reason (self->records);
  g_autofree char *consequence = dup_consequence (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->reason = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->reason), reason);
  way_a11y_set_name (self->reason, _ ("Reason for the amendment"));
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (reason_cb), self);
  gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (consequence, NULL));
  gtk_box_append (GTK_BOX (box),
                  way_visit_form_labelled (_ ("Reason for the amendment"), self->reason));
  return way_ui_card (box);
}

static void
build (WayVisitForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (box, "way-visit-form");
  if (way_visit_draft_is_amendment (self->records))
    gtk_box_append (GTK_BOX (box), build_reason (self));
  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    self->sections[i] = way_section_new (way_visit_section_title (i), build_content (self, i));
    way_section_set_expanded (WAY_SECTION (self->sections[i]), starts_open (self, i));
    g_signal_connect_swapped (
        self->sections[i], "notify::expanded", G_CALLBACK (update_sections), self);
    gtk_box_append (GTK_BOX (box), self->sections[i]);
  }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), self->scroller);
  update_sections (self);
}

/**
 * way_visit_form_show_section:
 * @self: the form
 * @section: which one
 *
 * Unfolds a section, puts the keyboard into it and scrolls to it.
 */
void
way_visit_form_show_section (WayVisitForm *self, WayVisitSection section)
{
  g_return_if_fail (WAY_IS_VISIT_FORM (self) && section < WAY_N_SECTIONS);

  way_section_set_expanded (WAY_SECTION (self->sections[section]), TRUE);
  way_section_focus_content (WAY_SECTION (self->sections[section]));
  way_ui_show_whole (self->sections[section]);
}

void
way_visit_form_focus_first (WayVisitForm *self)
{
  g_return_if_fail (WAY_IS_VISIT_FORM (self));

  if (self->reason != NULL) {
    GtkWidget *scroller = gtk_widget_get_ancestor (self->reason, GTK_TYPE_SCROLLED_WINDOW);

    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->reason));
    gtk_editable_set_position (GTK_EDITABLE (self->reason), -1);
    /* With what is asked for, which stands over it. */
    if (scroller != NULL)
      gtk_adjustment_set_value (
          gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 0);
  } else {
    way_visit_form_show_section (self, WAY_SECTION_SEEN);
  }
}

WayRecordSet *
way_visit_form_get_records (WayVisitForm *self)
{
  g_return_val_if_fail (WAY_IS_VISIT_FORM (self), NULL);

  return self->records;
}

WayRecordSet *
way_visit_form_get_child (WayVisitForm *self)
{
  g_return_val_if_fail (WAY_IS_VISIT_FORM (self), NULL);

  return self->child;
}

/* A dialog that outlives the form finds nothing to write into. */
static void
way_visit_form_dispose (GObject *object)
{
  WAY_VISIT_FORM (object)->targets = NULL;
  G_OBJECT_CLASS (way_visit_form_parent_class)->dispose (object);
}

static void
way_visit_form_finalize (GObject *object)
{
  WayVisitForm *self = WAY_VISIT_FORM (object);

  g_clear_pointer (&self->records, way_record_set_free);
  g_clear_pointer (&self->child, way_record_set_free);
  g_clear_pointer (&self->lists, way_code_lists_unref);
  G_OBJECT_CLASS (way_visit_form_parent_class)->finalize (object);
}

static void
way_visit_form_class_init (WayVisitFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_visit_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_visit_form_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", WAY_TYPE_VISIT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_visit_form_init (WayVisitForm *self)
{
}

/**
 * way_visit_form_new:
 * @records: (transfer full): the records of one visit
 * @child: (transfer full): all records of its child
 * @lists: the code lists
 *
 * Returns: (transfer floating): the form, with a row to write in wherever one is needed
 */
GtkWidget *
way_visit_form_new (WayRecordSet *records, WayRecordSet *child, WayCodeLists *lists)
{
  WayVisitForm *self = g_object_new (WAY_TYPE_VISIT_FORM, NULL);

  self->records = records;
  self->child = child;
  self->lists = way_code_lists_ref (lists);
  way_visit_draft_prepare (records);
  build (self);
  way_visit_form_check (self);
  return GTK_WIDGET (self);
}
