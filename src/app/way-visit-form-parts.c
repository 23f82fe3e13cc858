/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections of the visit form that are about what is known already: when and where, what was
 * agreed last time; and the next visit. */
#include "way-visit-form-private.h"

#include "way-ui.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>

#define ACTION_CHARS 34 /* of an action's words: fewer in a line are hard to read */

static void
setting_cb (GtkDropDown *list, GParamSpec *pspec, WayVisitForm *self)
{
  WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  GPtrArray *settings = way_record_set_list (self->child, WAY_SETTING);
  guint selected = gtk_drop_down_get_selected (list);

  if (selected == GTK_INVALID_LIST_POSITION)
    return;
  way_set_string (&visit->setting,
                  selected > 0 ? WAY_RECORD (settings->pdata[selected - 1])->id : NULL);
  way_visit_form_touched (self);
}

/* Among the settings that the child was or is at. */
static GtkWidget *
build_setting (WayVisitForm *self)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  GPtrArray *settings = way_record_set_list (self->child, WAY_SETTING);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("Elsewhere"));
  for (guint i = 0; i < settings->len; i++) {
    const WaySetting *setting = settings->pdata[i];

    gtk_string_list_append (names, setting->name);
    if (g_strcmp0 (setting->record.id, visit->setting) == 0)
      selected = i + 1;
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (list), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  way_visit_form_shorten (list);
  gtk_widget_set_hexpand (list, TRUE);
  way_a11y_set_name (list, _ ("School or setting"));
  g_signal_connect (list, "notify::selected", G_CALLBACK (setting_cb), self);
  return list;
}

static GtkWidget *
time_field (WayVisitForm *self, const char *field, const char *label)
{
  GtkWidget *entry =
      way_visit_form_entry (self, way_record_set_first (self->records, WAY_VISIT), field, label);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "09:15");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 6);
  return way_visit_form_labelled (label, entry);
}

/* "Visit 2 of 6": which one of those that were planned. */
static GtkWidget *
build_series (WayVisitForm *self, WayVisit *visit)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *number =
      way_visit_form_entry (self, visit, "series_number", _ ("Number of this visit in the series"));
  GtkWidget *total =
      way_visit_form_entry (self, visit, "series_total", _ ("Visits planned in the series"));
  GtkWidget *const entries[] = {number, total};

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    gtk_editable_set_width_chars (GTK_EDITABLE (entries[i]), 3);
    gtk_editable_set_max_width_chars (GTK_EDITABLE (entries[i]), 4);
    gtk_entry_set_input_purpose (GTK_ENTRY (entries[i]), GTK_INPUT_PURPOSE_DIGITS);
  }
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (line), way_ui_label (_ ("of"), NULL));
  gtk_box_append (GTK_BOX (line), total);
  return way_visit_form_labelled (_ ("Visit in the planned series"), line);
}

GtkWidget *
way_visit_form_build_when (WayVisitForm *self)
{
  WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *first = way_wrap_box_new (10);
  GtkWidget *second = way_wrap_box_new (10);
  GtkWidget *kind = way_visit_form_code (self, visit, "kind", _ ("Kind of visit"));
  GtkWidget *place = way_visit_form_entry (self, visit, "place", _ ("Place"));
  GtkWidget *reason =
      way_visit_form_entry (self, visit, "not_held_reason", _ ("Why it did not take place"));

  gtk_widget_set_hexpand (kind, TRUE);
  gtk_widget_set_hexpand (place, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (place), 8);
  gtk_entry_set_placeholder_text (GTK_ENTRY (place), _ ("classroom, playground, home …"));
  way_wrap_box_append (
      WAY_WRAP_BOX (first),
      way_visit_form_labelled (_ ("Date"),
                               way_visit_form_date (self, visit, "date", _ ("Date of the visit"))));
  way_wrap_box_append (WAY_WRAP_BOX (first), time_field (self, "start", _ ("Start")));
  way_wrap_box_append (WAY_WRAP_BOX (first), time_field (self, "end", _ ("End")));
  way_wrap_box_append (WAY_WRAP_BOX (first), way_visit_form_labelled (_ ("Place"), place));
  way_wrap_box_append (WAY_WRAP_BOX (second), way_visit_form_labelled (_ ("Kind of visit"), kind));
  way_wrap_box_append (WAY_WRAP_BOX (second),
                       way_visit_form_labelled (_ ("School or setting"), build_setting (self)));
  self->not_held = way_visit_form_labelled (_ ("Why it did not take place"), reason);
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_box_append (GTK_BOX (box), build_series (self, visit));
  gtk_box_append (GTK_BOX (box), self->not_held);
  gtk_box_append (GTK_BOX (box), way_visit_form_build_people (self));
  return box;
}

GtkWidget *
way_visit_form_build_next (WayVisitForm *self)
{
  WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *line = way_wrap_box_new (10);
  GtkWidget *date = way_visit_form_date (self, visit, "next_date", _ ("Date of the next visit"));
  GtkWidget *words = way_visit_form_entry (self, visit, "next_visit", _ ("What for"));
  GtkWidget *copies = way_visit_form_entry (self, visit, "distribution", _ ("Copies to"));

  gtk_widget_set_hexpand (words, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (copies), _ ("parents, SENCO, class teacher …"));
  way_wrap_box_append (WAY_WRAP_BOX (line), way_visit_form_labelled (_ ("Date"), date));
  way_wrap_box_append (WAY_WRAP_BOX (line), way_visit_form_labelled (_ ("What for"), words));
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), way_visit_form_labelled (_ ("Copies to"), copies));
  return box;
}

/* One of three answers, or none: pressing the pressed one takes it back. */
static void
effect_cb (GtkToggleButton *button, WayVisitForm *self)
{
  GtkWidget *group = gtk_widget_get_parent (GTK_WIDGET (button));
  WayVisitAction *action = g_object_get_data (G_OBJECT (group), "way-record");
  const char *effect = g_object_get_data (G_OBJECT (button), "way-effect");

  if (gtk_toggle_button_get_active (button)) {
    GtkWidget *other = gtk_widget_get_first_child (group);

    way_set_string (&action->effect, effect);
    for (; other != NULL; other = gtk_widget_get_next_sibling (other)) {
      if (other != GTK_WIDGET (button))
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
    }
  } else if (g_strcmp0 (action->effect, effect) == 0) {
    way_set_string (&action->effect, NULL);
  }
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (group), "way-note"),
                          action->effect != NULL || action->note != NULL);
  way_visit_form_touched (self);
}

static GtkWidget *
build_effects (WayVisitForm *self, WayVisitAction *followed, const char *what, GtkWidget *note)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GPtrArray) effects = way_code_lists_get (self->lists, "action-effect");

  gtk_widget_add_css_class (group, "linked");
  gtk_widget_set_valign (group, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (group), "way-record", followed);
  g_object_set_data (G_OBJECT (group), "way-note", note);
  for (guint i = 0; i < effects->len; i++) {
    const WayCode *effect = effects->pdata[i];
    GtkWidget *button = gtk_toggle_button_new_with_label (effect->label);

    way_a11y_set_name (button, effect->label);
    way_a11y_set_description (button, what);
    gtk_widget_add_css_class (button, "way-choice");
    g_object_set_data_full (G_OBJECT (button), "way-effect", g_strdup (effect->code), g_free);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  g_strcmp0 (followed->effect, effect->code) == 0);
    gtk_box_append (GTK_BOX (group), button);
    g_signal_connect (button, "toggled", G_CALLBACK (effect_cb), self);
  }
  return group;
}

/* "Class teacher · 4 Dec 2026 · last time: Partly" */
static char *
action_facts (WayVisitForm *self, const WayAction *action)
{
  g_autoptr (GString) text = g_string_new (action->who);

  if (action->due != WAY_DATE_UNKNOWN) {
    g_autofree char *due = way_date_format_short (action->due);

    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", due);
  }
  /* What an amendment finds there is what this visit said. */
  if (action->effect != NULL && !way_visit_draft_is_amendment (self->records)) {
    g_string_append (text, text->len > 0 ? " · " : "");
    g_string_append_printf (text,
                            _ ("last time: %s"),
                            way_code_lists_label (self->lists, "action-effect", action->effect));
  }
  return g_strdup (text->str);
}

/* The answers stand beside it where that leaves it this wide, otherwise under it. */
static GtkWidget *
narrow_label (const char *text, const char *css_class)
{
  GtkWidget *label = way_ui_wrapped_label (text, css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), ACTION_CHARS);
  return label;
}

static GtkWidget *
build_followed (WayVisitForm *self, WayVisitAction *followed)
{
  const WayAction *action = way_record_set_find (self->child, WAY_ACTION, followed->action);
  g_autofree char *what = action != NULL
                              ? way_visit_form_dup_with_name (self, action->child, action->what)
                              : g_strdup (_ ("An action agreed earlier"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = way_wrap_box_new (12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *note = way_visit_form_entry (self, followed, "note", _ ("Why, or what came of it"));
  g_autofree char *facts = action != NULL ? action_facts (self, action) : g_strdup ("");

  gtk_box_append (GTK_BOX (words), narrow_label (what, NULL));
  gtk_box_append (GTK_BOX (words), narrow_label (facts, "way-hint"));
  gtk_widget_set_hexpand (words, TRUE);
  way_wrap_box_append (WAY_WRAP_BOX (line), words);
  way_wrap_box_append (WAY_WRAP_BOX (line), build_effects (self, followed, what, note));
  gtk_entry_set_placeholder_text (GTK_ENTRY (note), _ ("Why, or what came of it"));
  gtk_box_append (GTK_BOX (row), line);
  gtk_widget_set_visible (note, followed->effect != NULL || followed->note != NULL);
  gtk_box_append (GTK_BOX (row), note);
  way_visit_form_add_message (GTK_BOX (row), note);
  gtk_widget_add_css_class (row, "way-part");
  return row;
}

GtkWidget *
way_visit_form_build_since (WayVisitForm *self)
{
  GPtrArray *list = way_record_set_list (self->records, WAY_VISIT_ACTION);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  for (guint i = 0; i < list->len; i++)
    gtk_box_append (GTK_BOX (box), build_followed (self, list->pdata[i]));
  if (list->len == 0)
    gtk_box_append (
        GTK_BOX (box),
        way_ui_wrapped_label (_ ("No action from an earlier visit is open."), "way-hint"));
  return box;
}
