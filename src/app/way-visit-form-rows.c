/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the visit form that are lists: people present, views, actions. The last row of
 * a list is always empty, to write in; Enter goes to the next. */
#include "way-visit-form-private.h"

#include "way-date-entry.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>

static GtkWidget *
wide_entry (WayVisitForm *self, gpointer record, const char *field, const char *name, int chars)
{
  GtkWidget *entry = way_visit_form_entry (self, record, field, name);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), chars);
  gtk_widget_set_hexpand (entry, TRUE);
  return entry;
}

/* Enter: to the first field of the row below. */
static void
next_row_cb (GtkWidget *field)
{
  GtkWidget *row = field;
  GtkWidget *next;

  while (row != NULL && g_object_get_data (G_OBJECT (row), "way-row") == NULL)
    row = gtk_widget_get_parent (row);
  next = row != NULL ? gtk_widget_get_next_sibling (row) : NULL;
  if (next != NULL)
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
}

/* In a text of one line, however many it is shown in. */
static gboolean
sentence_key_cb (GtkWidget *view, guint keyval)
{
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  next_row_cb (view);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_row (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_object_set_data (G_OBJECT (row), "way-row", row);
  return row;
}

static void add_person_row (WayVisitForm *self, WayVisitPerson *person);
static void add_action_row (WayVisitForm *self, WayAction *action);

/* Whatever was typed: if the last row has something in it now, there is a new last row. */
static void
person_typed_cb (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_VISIT_PERSON);
  const WayVisitPerson *last = list->pdata[list->len - 1];

  if (!way_text_is_blank (last->name))
    add_person_row (self, way_visit_draft_add (self->records, WAY_VISIT_PERSON));
}

static void
action_typed_cb (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_ACTION);
  const WayAction *last = list->pdata[list->len - 1];

  if (!way_text_is_blank (last->what))
    add_action_row (self, way_visit_draft_add (self->records, WAY_ACTION));
}

static void
add_person_row (WayVisitForm *self, WayVisitPerson *person)
{
  GtkWidget *row = new_row (), *line = way_wrap_box_new (8);
  GtkWidget *name = wide_entry (self, person, "name", _ ("Name of a person present"), 10);
  GtkWidget *role = wide_entry (self, person, "role", _ ("Their role"), 8);

  gtk_entry_set_placeholder_text (GTK_ENTRY (name), _ ("Name"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (role), _ ("Role"));
  way_wrap_box_append (WAY_WRAP_BOX (line), name);
  way_wrap_box_append (WAY_WRAP_BOX (line), role);
  gtk_box_append (GTK_BOX (row), line);
  way_visit_form_add_message (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (self->people), row);
  g_signal_connect_swapped (name, "changed", G_CALLBACK (person_typed_cb), self);
  g_signal_connect (name, "activate", G_CALLBACK (next_row_cb), NULL);
  g_signal_connect (role, "activate", G_CALLBACK (next_row_cb), NULL);
}

GtkWidget *
way_visit_form_build_people (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_VISIT_PERSON);

  self->people = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < list->len; i++)
    add_person_row (self, list->pdata[i]);
  return way_visit_form_labelled (_ ("People present"), self->people);
}

/* What is to be done has all the width, as it is often a sentence or two. */
static GtkWidget *
build_what (WayVisitForm *self, WayAction *action)
{
  GtkWidget *field =
      way_visit_form_sentence (self, action, "what", _ ("What is to be done"), _ ("What"));
  GtkWidget *view = g_object_get_data (G_OBJECT (field), "way-view");
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (sentence_key_cb), view);
  gtk_widget_add_controller (view, keys);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            "changed",
                            G_CALLBACK (action_typed_cb),
                            self);
  return field;
}

static void
add_action_row (WayVisitForm *self, WayAction *action)
{
  GtkWidget *row = new_row (), *line = way_wrap_box_new (8);
  GtkWidget *what = build_what (self, action);
  GtkWidget *who = way_visit_form_entry (self, action, "who", _ ("Who"));
  GtkWidget *due = way_visit_form_date (self, action, "due", _ ("By when"));
  GtkWidget *whose = way_visit_form_whose (
      self, action, _ ("For"), _ ("Whom the action is for"), _ ("all the children"));

  gtk_entry_set_placeholder_text (GTK_ENTRY (who), _ ("Who"));
  gtk_editable_set_width_chars (GTK_EDITABLE (who), 10);
  gtk_widget_set_hexpand (who, TRUE);
  gtk_widget_add_css_class (row, "way-part");
  gtk_box_append (GTK_BOX (row), what);
  way_wrap_box_append (WAY_WRAP_BOX (line), who);
  way_wrap_box_append (WAY_WRAP_BOX (line), due);
  if (whose != NULL)
    way_wrap_box_append (WAY_WRAP_BOX (line), whose);
  gtk_box_append (GTK_BOX (row), line);
  way_visit_form_describe_whose (whose, row);
  way_visit_form_add_message (GTK_BOX (row), row);
  gtk_box_append (GTK_BOX (self->actions), row);
  g_signal_connect (who, "activate", G_CALLBACK (next_row_cb), NULL);
  g_signal_connect (due, "activate", G_CALLBACK (next_row_cb), NULL);
}

GtkWidget *
way_visit_form_build_actions (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_ACTION);

  self->actions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < list->len; i++)
    add_action_row (self, list->pdata[i]);
  return self->actions;
}

static void add_assessment_row (WayVisitForm *self, WayAssessment *assessment);

static void
assessment_typed_cb (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_ASSESSMENT);
  const WayAssessment *last = list->pdata[list->len - 1];

  if (!way_text_is_blank (last->name))
    add_assessment_row (self, way_visit_draft_add (self->records, WAY_ASSESSMENT));
}

/* The four ways in which a result is given. */
static GtkWidget *
build_scores (WayVisitForm *self, WayAssessment *assessment)
{
  static const struct {
    const char *field, *label;
  } scores[] = {
      {"score", N_ ("Raw score")},
      {"standard_score", N_ ("Standard score")},
      {"percentile", N_ ("Percentile")},
      {"age_equivalent", N_ ("Age equivalent")},
  };
  GtkWidget *line = way_wrap_box_new (8);

  for (guint i = 0; i < G_N_ELEMENTS (scores); i++) {
    GtkWidget *entry =
        way_visit_form_entry (self, assessment, scores[i].field, _ (scores[i].label));

    gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
    gtk_widget_set_hexpand (entry, TRUE);
    g_signal_connect (entry, "activate", G_CALLBACK (next_row_cb), NULL);
    way_wrap_box_append (WAY_WRAP_BOX (line), way_visit_form_labelled (_ (scores[i].label), entry));
  }
  return line;
}

static void
add_assessment_row (WayVisitForm *self, WayAssessment *assessment)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *line = way_wrap_box_new (8);
  GtkWidget *name = wide_entry (self, assessment, "name", _ ("Name of the assessment"), 12);
  GtkWidget *date = way_visit_form_date (self, assessment, "date", _ ("Date of the assessment"));
  GtkWidget *note = wide_entry (self, assessment, "note", _ ("Note on the assessment"), 12);
  GtkWidget *whose =
      way_visit_form_whose (self, assessment, _ ("Of"), _ ("Whom the assessment is of"), NULL);

  g_object_set_data (G_OBJECT (row), "way-row", row);
  gtk_widget_add_css_class (row, "way-part");
  gtk_entry_set_placeholder_text (GTK_ENTRY (way_date_entry_get_entry (WAY_DATE_ENTRY (date))),
                                  _ ("as the visit"));
  way_wrap_box_append (WAY_WRAP_BOX (line), name);
  way_wrap_box_append (WAY_WRAP_BOX (line), date);
  if (whose != NULL)
    way_wrap_box_append (WAY_WRAP_BOX (line), whose);
  gtk_box_append (GTK_BOX (row), line);
  gtk_box_append (GTK_BOX (row), build_scores (self, assessment));
  gtk_box_append (GTK_BOX (row), note);
  way_visit_form_describe_whose (whose, row);
  way_visit_form_add_message (GTK_BOX (row), row);
  gtk_box_append (GTK_BOX (self->assessments), row);
  g_signal_connect_swapped (name, "changed", G_CALLBACK (assessment_typed_cb), self);
  g_signal_connect (name, "activate", G_CALLBACK (next_row_cb), NULL);
  g_signal_connect (note, "activate", G_CALLBACK (next_row_cb), NULL);
}

GtkWidget *
way_visit_form_build_assessments (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_ASSESSMENT);

  self->assessments = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  for (guint i = 0; i < list->len; i++)
    add_assessment_row (self, list->pdata[i]);
  return self->assessments;
}

static void
verbatim_cb (GtkCheckButton *check, WayVisitForm *self)
{
  WayVisitView *view = g_object_get_data (G_OBJECT (check), "way-record");

  view->verbatim = gtk_check_button_get_active (check) ? WAY_YES : WAY_NO;
  way_visit_form_touched (self);
}

/* "Child", and in a visit of several children from which of them. */
static GtkWidget *
build_view_head (const char *label, GtkWidget *whose)
{
  GtkWidget *head = way_wrap_box_new (12), *title = way_ui_label (label, "way-strong");

  gtk_widget_set_hexpand (title, TRUE);
  way_wrap_box_append (WAY_WRAP_BOX (head), title);
  if (whose != NULL)
    way_wrap_box_append (WAY_WRAP_BOX (head), whose);
  return head;
}

static GtkWidget *
build_view_whose (WayVisitForm *self, WayVisitView *view, const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Which child: %s"), label);
  gboolean is_staff = g_strcmp0 (view->whose, "staff") == 0;

  return way_visit_form_whose (self,
                               view,
                               g_strcmp0 (view->whose, "child") == 0 ? _ ("From") : _ ("About"),
                               name,
                               is_staff ? _ ("all the children") : _ ("not said"));
}

/* "Said by", "How" and whether it is word for word. */
static GtkWidget *
build_view_line (WayVisitForm *self, WayVisitView *view, const char *label, const char *name)
{
  g_autofree char *by_name = g_strdup_printf (_ ("Said by: %s"), label);
  g_autofree char *how_name = g_strdup_printf (_ ("How it was given: %s"), label);
  GtkWidget *line = way_wrap_box_new (12);
  GtkWidget *by = wide_entry (self, view, "said_by", by_name, 7);
  GtkWidget *how = wide_entry (self, view, "how", how_name, 9);
  GtkWidget *check = gtk_check_button_new_with_label (_ ("Word for word"));

  gtk_entry_set_placeholder_text (GTK_ENTRY (by), _ ("Said by"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (how), _ ("How: talking, drawing, cards …"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), view->verbatim == WAY_YES);
  g_object_set_data (G_OBJECT (check), "way-record", view);
  way_a11y_set_name (check, _ ("Word for word"));
  way_a11y_set_description (check, name);
  g_signal_connect (check, "toggled", G_CALLBACK (verbatim_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (line), by);
  way_wrap_box_append (WAY_WRAP_BOX (line), how);
  way_wrap_box_append (WAY_WRAP_BOX (line), check);
  return line;
}

static GtkWidget *
build_view (WayVisitForm *self, WayVisitView *view)
{
  const char *label = way_code_lists_label (self->lists, "view", view->whose);
  g_autofree char *name = g_strdup_printf (_ ("View: %s"), label);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *whose = build_view_whose (self, view, label);
  GtkWidget *note = way_visit_form_note (self, view, "text", name);
  GtkWidget *line = build_view_line (self, view, label, name);

  gtk_box_append (GTK_BOX (box), build_view_head (label, whose));
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), line);
  way_visit_form_describe_whose (whose, box);
  way_visit_form_add_message (GTK_BOX (box), line);
  return box;
}

GtkWidget *
way_visit_form_build_views (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_VISIT_VIEW);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  for (guint i = 0; i < list->len; i++)
    gtk_box_append (GTK_BOX (box), build_view (self, list->pdata[i]));
  return box;
}
