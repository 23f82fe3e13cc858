/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a visit, told beside the field as soon as that is left. */
#include "way-visit-form-private.h"

#include "way-check.h"
#include "way-date-entry.h"
#include "way-redact.h"
#include "way-section.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

static WayVisitBinding *
get_binding (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), WAY_VISIT_BINDING);
}

/* Every field from here on down, in the order in which they are read. */
static void
add_bindings (GtkWidget *widget, GPtrArray *bindings)
{
  WayVisitBinding *binding = get_binding (widget);
  GtkWidget *child;

  if (binding != NULL)
    g_ptr_array_add (bindings, binding);
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_bindings (child, bindings);
}

static GPtrArray *
dup_bindings (GtkWidget *widget)
{
  GPtrArray *bindings = g_ptr_array_new ();

  add_bindings (widget, bindings);
  return bindings;
}

void
way_visit_form_add_message (GtkBox *box, GtkWidget *field)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (field);

  for (guint i = 0; i < bindings->len; i++) {
    const WayVisitBinding *binding = bindings->pdata[i];

    if (gtk_widget_get_parent (GTK_WIDGET (binding->message)) == NULL)
      gtk_box_append (box, GTK_WIDGET (binding->message));
  }
}

static const char *
get_unread (const WayVisitBinding *binding)
{
  return way_visit_draft_get_unread (binding->form->records, binding->record, binding->field);
}

static char *
dup_how_to_type (const WayVisitBinding *binding)
{
  if (binding->field->kind == WAY_FIELD_DATE)
    return way_date_words_fault (get_unread (binding), way_date_today ());
  return g_strdup (binding->field->kind == WAY_FIELD_TIME ? _ ("Type a time like 09:15.")
                                                          : _ ("Type a number."));
}

/* As it will be signed: on the visit's day, where no other is typed. */
static GPtrArray *
check_assessment (WayVisitForm *self, const WayAssessment *assessment)
{
  const WayVisit *visit = way_record_set_first (self->records, WAY_VISIT);
  g_autoptr (WayAssessment) dated = way_record_copy (assessment);

  if (dated->date == WAY_DATE_UNKNOWN)
    dated->date = visit->date;
  return way_record_check_in_visit (dated, visit, NULL, self->lists, way_date_today ());
}

static GPtrArray *
check (WayVisitForm *self, gconstpointer record)
{
  const WayTarget *target = NULL;
  WayMeasureScale scale;

  if (WAY_RECORD (record)->type == WAY_ASSESSMENT)
    return check_assessment (self, record);
  if (WAY_RECORD (record)->type == WAY_VISIT_TARGET) {
    const char *id = ((const WayVisitTarget *) record)->target;

    target = way_record_set_find (self->records, WAY_TARGET, id);
    if (target == NULL)
      target = way_record_set_find (self->child, WAY_TARGET, id);
  }
  if (target != NULL)
    scale = way_target_get_scale (target);
  return way_record_check_in_visit (record,
                                    way_record_set_first (self->records, WAY_VISIT),
                                    target != NULL ? &scale : NULL,
                                    self->lists,
                                    way_date_today ());
}

/* "End is before the start; check both times." What is empty is no fault before it is signed, but
 * in a row that is begun. */
static char *
dup_fault (const WayVisitBinding *binding, gboolean *is_error)
{
  g_autoptr (GPtrArray) findings = NULL;

  *is_error = TRUE;
  if (get_unread (binding) != NULL)
    return dup_how_to_type (binding);
  if (!way_field_is_known (binding->field, binding->record) &&
      !way_visit_draft_is_begun (binding->form->records, binding->record))
    return NULL;
  findings = check (binding->form, binding->record);
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = findings->pdata[i];

    if (finding->field != binding->field)
      continue;
    *is_error = !finding->is_warning;
    return g_strdup_printf ("%s %s.", binding->name, finding->message);
  }
  return NULL;
}

static void
tell (WayVisitBinding *binding)
{
  gboolean is_error;
  g_autofree char *text = dup_fault (binding, &is_error);

  /* Advice is linked with the field, but does not mark it as wrong. */
  way_ui_set_field_error (binding->input, binding->message, text);
  if (text != NULL && !is_error) {
    gtk_widget_remove_css_class (binding->input, "error");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (binding->input), GTK_ACCESSIBLE_STATE_INVALID);
  }
  gtk_widget_remove_css_class (GTK_WIDGET (binding->message), is_error ? "way-hint" : "way-error");
  gtk_widget_add_css_class (GTK_WIDGET (binding->message), is_error ? "way-error" : "way-hint");
}

static gboolean
is_told (const WayVisitBinding *binding)
{
  return gtk_widget_get_visible (GTK_WIDGET (binding->message));
}

static gboolean
is_fault (const WayVisitBinding *binding)
{
  return is_told (binding) && gtk_widget_has_css_class (GTK_WIDGET (binding->message), "way-error");
}

/* Folded or not, a section says whether something in it has to be put right. */
void
way_visit_form_mark_sections (WayVisitForm *self)
{
  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    g_autoptr (GPtrArray) bindings = dup_bindings (self->sections[i]);
    gboolean faulty = FALSE;

    for (guint k = 0; k < bindings->len; k++)
      faulty = faulty || is_fault (bindings->pdata[k]);
    way_section_set_faulty (WAY_SECTION (self->sections[i]), faulty);
  }
}

void
way_visit_form_retell (WayVisitBinding *binding)
{
  if (!is_told (binding))
    return;
  tell (binding);
  way_visit_form_mark_sections (binding->form);
}

/* One field may be wrong because of another of its record. */
void
way_visit_form_check_record (WayVisitForm *self, gpointer record)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (GTK_WIDGET (self));

  for (guint i = 0; i < bindings->len; i++) {
    WayVisitBinding *binding = bindings->pdata[i];

    if (binding->record == record)
      tell (binding);
  }
  way_visit_form_mark_sections (self);
}

/**
 * way_visit_form_check:
 * @self: the form
 *
 * Looks at every field, and says beside it what is wrong or odd.
 */
void
way_visit_form_check (WayVisitForm *self)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (GTK_WIDGET (self));

  g_return_if_fail (WAY_IS_VISIT_FORM (self));

  for (guint i = 0; i < bindings->len; i++)
    tell (bindings->pdata[i]);
  way_visit_form_mark_sections (self);
}

/* (nullable): the first that is at fault, or of which something typed would be in no record */
static const WayVisitBinding *
find_told (GPtrArray *bindings, gboolean unread)
{
  for (guint i = 0; i < bindings->len; i++) {
    const WayVisitBinding *binding = bindings->pdata[i];

    if (is_fault (binding) && (!unread || get_unread (binding) != NULL))
      return binding;
  }
  return NULL;
}

/**
 * way_visit_form_find_fault:
 * @self: the form, looked at by way_visit_form_check()
 * @message: (out) (transfer full): what is said there
 *
 * Returns: (transfer none) (nullable): the field that keeps the visit from being signed: the first
 *   with something in it that is no day, time or number, and else the first with a value at fault
 */
GtkWidget *
way_visit_form_find_fault (WayVisitForm *self, char **message)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (GTK_WIDGET (self));
  const WayVisitBinding *found;

  g_return_val_if_fail (WAY_IS_VISIT_FORM (self), NULL);

  found = find_told (bindings, TRUE);
  if (found == NULL)
    found = find_told (bindings, FALSE);
  if (found == NULL)
    return NULL;
  *message = g_strdup (gtk_label_get_text (found->message));
  return found->input;
}

/**
 * way_visit_form_find_field:
 * @self: the form
 * @field: name of a field
 *
 * Returns: (transfer none) (nullable): the first field of that name
 */
GtkWidget *
way_visit_form_find_field (WayVisitForm *self, const char *field)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (GTK_WIDGET (self));
  GtkWidget *found = NULL;

  g_return_val_if_fail (WAY_IS_VISIT_FORM (self), NULL);

  for (guint i = bindings->len; i > 0; i--) {
    const WayVisitBinding *binding = bindings->pdata[i - 1];

    if (strcmp (binding->field->name, field) == 0)
      found = binding->input;
  }
  return found;
}

/**
 * way_visit_form_dup_advice:
 * @self: the form, looked at by way_visit_form_check()
 *
 * Returns: (transfer full) (element-type utf8): what is odd and may be right all the same
 */
GPtrArray *
way_visit_form_dup_advice (WayVisitForm *self)
{
  g_autoptr (GPtrArray) bindings = dup_bindings (GTK_WIDGET (self));
  GPtrArray *advice = g_ptr_array_new_with_free_func (g_free);
  guint n_unclaimed = way_redact_count_unclaimed (self->records);

  if (n_unclaimed > 0)
    g_ptr_array_add (
        advice,
        g_strdup_printf (ngettext ("This visit concerns several children, and %u view does not say "
                                   "whose it is. An extract for one child leaves it out.",
                                   "This visit concerns several children, and %u views do not say "
                                   "whose they are. An extract for one child leaves them out.",
                                   n_unclaimed),
                         n_unclaimed));
  for (guint i = 0; i < bindings->len; i++) {
    const WayVisitBinding *binding = bindings->pdata[i];

    if (is_told (binding) && !is_fault (binding))
      g_ptr_array_add (advice, g_strdup (gtk_label_get_text (binding->message)));
  }
  return advice;
}

/**
 * way_visit_form_focus:
 * @self: the form
 * @field: one of its fields
 *
 * Unfolds the section and puts the keyboard there.
 */
void
way_visit_form_focus (WayVisitForm *self, GtkWidget *field)
{
  GtkWidget *section = gtk_widget_get_ancestor (field, WAY_TYPE_SECTION);

  g_return_if_fail (WAY_IS_VISIT_FORM (self));

  if (section != NULL)
    way_section_set_expanded (WAY_SECTION (section), TRUE);
  gtk_widget_grab_focus (field);
}
