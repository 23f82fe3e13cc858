/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose a view, an action or an assessment is. Only a visit that concerns several children asks. */
#include "way-visit-form-private.h"

#include "way-dossier.h"
#include "way-ui.h"

#include <glib/gi18n.h>

gboolean
way_visit_form_is_joint (WayVisitForm *self)
{
  return way_visit_draft_is_joint (self->records);
}

/* "Amara Okafor": two children of one visit may well have the same first name. */
char *
way_visit_form_dup_name (WayVisitForm *self, const char *child)
{
  const WayChild *found =
      child != NULL ? way_record_set_find (self->child, WAY_CHILD, child) : NULL;

  return found != NULL ? way_child_full_name (found) : g_strdup (_ ("A child"));
}

/* "Amara Okafor: Points to the card"; in a visit of one child the text alone. */
char *
way_visit_form_dup_with_name (WayVisitForm *self, const char *child, const char *text)
{
  g_autofree char *name = NULL;

  if (child == NULL || !way_visit_form_is_joint (self))
    return g_strdup (text);
  name = way_visit_form_dup_name (self, child);
  return g_strdup_printf ("%s: %s", name, text);
}

/**
 * way_visit_form_whose:
 * @self: the form
 * @record: a record with a field "child"
 * @label: what stands before it: "From", "For"
 * @name: its accessible name
 * @nobody: (nullable): what it means that no child is named; %NULL: one has to be
 *
 * Returns: (transfer floating) (nullable): a choice among the children of the visit, which is its
 *   "way-choice"; %NULL where the visit has one child and there is nothing to ask
 */
GtkWidget *
way_visit_form_whose (
    WayVisitForm *self, gpointer record, const char *label, const char *name, const char *nobody)
{
  GPtrArray *links = way_record_set_list (self->records, WAY_VISIT_CHILD);
  g_autoptr (GtkStringList) labels = NULL;
  GPtrArray *codes;
  GtkWidget *line, *list;

  if (!way_visit_form_is_joint (self))
    return NULL;
  labels = gtk_string_list_new (NULL);
  codes = g_ptr_array_new_with_free_func (g_free);
  if (nobody != NULL) {
    g_ptr_array_add (codes, NULL);
    gtk_string_list_append (labels, nobody);
  }
  for (guint i = 0; i < links->len; i++) {
    const char *child = ((const WayVisitChild *) links->pdata[i])->child;
    g_autofree char *child_name = way_visit_form_dup_name (self, child);

    g_ptr_array_add (codes, g_strdup (child));
    gtk_string_list_append (labels, child_name);
  }
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  list = way_visit_form_choice (self, record, "child", name, codes, labels);
  gtk_box_append (GTK_BOX (line), way_ui_label (label, "way-hint"));
  gtk_box_append (GTK_BOX (line), list);
  g_object_set_data (G_OBJECT (line), "way-choice", list);
  return line;
}

/* Every field from here on down, but not the choice itself. */
static void
describe_fields (GtkWidget *widget, const char *text, GtkWidget *choice)
{
  if (widget == choice)
    return;
  if (g_object_get_data (G_OBJECT (widget), WAY_VISIT_BINDING) != NULL)
    way_a11y_set_description (widget, text);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe_fields (child, text, choice);
}

static void
describe_cb (GtkDropDown *list, GParamSpec *pspec, GtkWidget *part)
{
  GtkStringObject *choice = gtk_drop_down_get_selected_item (list);

  if (choice != NULL)
    describe_fields (part, gtk_string_object_get_string (choice), GTK_WIDGET (list));
}

/**
 * way_visit_form_describe_whose:
 * @whose: (nullable): as way_visit_form_whose() gave it
 * @part: with all fields that belong to the child that is chosen there
 *
 * Two fields of the same name are told apart by whose they are.
 */
void
way_visit_form_describe_whose (GtkWidget *whose, GtkWidget *part)
{
  GtkWidget *list = whose != NULL ? g_object_get_data (G_OBJECT (whose), "way-choice") : NULL;

  if (list == NULL)
    return;
  g_signal_connect_object (list, "notify::selected", G_CALLBACK (describe_cb), part, 0);
  describe_cb (GTK_DROP_DOWN (list), NULL, part);
}

/**
 * way_visit_form_dup_children:
 * @self: the form
 *
 * Returns: (transfer full): whom the visit concerns, told apart from namesakes: "Amara Okafor, born
 *   3 Feb 2016; Robin Example, born 1 Mar 2017"; empty if nobody is named
 */
char *
way_visit_form_dup_children (WayVisitForm *self)
{
  GPtrArray *links = way_record_set_list (self->records, WAY_VISIT_CHILD);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < links->len; i++) {
    const WayChild *child = way_record_set_find (
        self->child, WAY_CHILD, ((const WayVisitChild *) links->pdata[i])->child);
    g_autofree char *name = child != NULL ? way_child_full_name (child) : NULL;
    g_autofree char *born = child != NULL ? way_date_format_short (child->dob) : NULL;

    if (name == NULL)
      continue;
    g_string_append (text, text->len > 0 ? "; " : "");
    g_string_append_printf (text, _ ("%s, born %s"), name, born);
  }
  return g_string_free (text, FALSE);
}
