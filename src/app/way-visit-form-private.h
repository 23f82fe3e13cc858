/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit-form.h"

G_BEGIN_DECLS

struct _WayVisitForm {
  AdwBin parent_instance;

  WayRecordSet *records; /* bound to the widgets: a row goes only after its own */
  WayRecordSet *child;
  WayCodeLists *lists;
  GtkWidget *scroller;
  GtkWidget *sections[WAY_N_SECTIONS];
  GtkWidget *reason;   /* (nullable): of an amendment */
  GtkWidget *not_held; /* the field with why it did not take place */
  GtkWidget *people;
  GtkWidget *actions;
  GtkWidget *assessments;
  GtkWidget *targets;
  GtkWidget *add_target; /* (nullable): where the keyboard goes after a target was set */
};

#define WAY_VISIT_BINDING "way-binding"

/* A field of a record and what shows it. The form outlives its widgets, the records the form's. */
typedef struct {
  WayVisitForm *form;
  gpointer record;
  const WayField *field;
  GtkWidget *input; /* owns the binding */
  GtkLabel *message;
  char *name;
  GPtrArray *codes; /* (nullable): of a drop-down, in its order; NULL in front for "not known" */
} WayVisitBinding;

/* Binding (way-visit-form-fields.c). */
WayVisitBinding *way_visit_form_bind (
    WayVisitForm *form, GtkWidget *input, gpointer record, const char *field, const char *name);
void way_visit_form_take_text (WayVisitBinding *binding, const char *text);
void way_visit_form_touched (WayVisitForm *self);
GtkWidget *way_visit_form_labelled (const char *label, GtkWidget *field);
/* A drop-down that is as narrow as it has to be. */
void way_visit_form_shorten (GtkWidget *list);
GtkWidget *
way_visit_form_entry (WayVisitForm *self, gpointer record, const char *field, const char *name);
GtkWidget *
way_visit_form_date (WayVisitForm *self, gpointer record, const char *field, const char *name);
GtkWidget *
way_visit_form_code (WayVisitForm *self, gpointer record, const char *field, const char *name);
GtkWidget *way_visit_form_choice (WayVisitForm *self,
                                  gpointer record,
                                  const char *field,
                                  const char *name,
                                  GPtrArray *codes, /* taken */
                                  GtkStringList *labels);

/* Whose something is, in a visit that concerns several children (way-visit-form-whose.c). */
gboolean way_visit_form_is_joint (WayVisitForm *self);
char *way_visit_form_dup_name (WayVisitForm *self, const char *child);
char *way_visit_form_dup_with_name (WayVisitForm *self, const char *child, const char *text);
GtkWidget *way_visit_form_whose (
    WayVisitForm *self, gpointer record, const char *label, const char *name, const char *nobody);
void way_visit_form_describe_whose (GtkWidget *whose, GtkWidget *field);

/* way-visit-form-notes.c */
GtkWidget *
way_visit_form_note (WayVisitForm *self, gpointer record, const char *field, const char *name);
GtkWidget *way_visit_form_sentence (WayVisitForm *self,
                                    gpointer record,
                                    const char *field,
                                    const char *name,
                                    const char *placeholder);

/* What is wrong (way-visit-form-checks.c). */
void way_visit_form_add_message (GtkBox *box, GtkWidget *field); /* where a fault of it is told */
void way_visit_form_mark_sections (WayVisitForm *self);          /* those with a fault in them */
void way_visit_form_check_record (WayVisitForm *self, gpointer record);
void way_visit_form_retell (WayVisitBinding *binding); /* after a key: no longer, if it is mended */

/* The content of each section that is more than one note (way-visit-form-parts.c, -rows.c and
 * -targets.c). */
GtkWidget *way_visit_form_build_when (WayVisitForm *self);
GtkWidget *way_visit_form_build_since (WayVisitForm *self);
GtkWidget *way_visit_form_build_assessments (WayVisitForm *self);
GtkWidget *way_visit_form_build_views (WayVisitForm *self);
GtkWidget *way_visit_form_build_targets (WayVisitForm *self);
GtkWidget *way_visit_form_build_actions (WayVisitForm *self);
GtkWidget *way_visit_form_build_next (WayVisitForm *self);
GtkWidget *way_visit_form_build_people (WayVisitForm *self);

G_END_DECLS
