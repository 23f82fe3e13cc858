/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-code-lists.h"
#include "way-visit-draft.h"

G_BEGIN_DECLS

/**
 * WayVisitForm:
 *
 * The sections in which a visit is written, each field bound to its record. Emits
 * "changed" at every keystroke.
 */
#define WAY_TYPE_VISIT_FORM (way_visit_form_get_type ())
G_DECLARE_FINAL_TYPE (WayVisitForm, way_visit_form, WAY, VISIT_FORM, AdwBin)

/* @records and @child (as way_db_gather_child() gives it) are taken. */
GtkWidget *way_visit_form_new (WayRecordSet *records, WayRecordSet *child, WayCodeLists *lists);
WayRecordSet *way_visit_form_get_records (WayVisitForm *self); /* what is written so far */
WayRecordSet *way_visit_form_get_child (WayVisitForm *self);   /* what is known of the children */
void way_visit_form_focus_first (WayVisitForm *self);
/* Looks at every field and says beside it what is wrong. */
void way_visit_form_check (WayVisitForm *self);
GtkWidget *way_visit_form_find_fault (WayVisitForm *self, char **message);    /* (nullable) */
GtkWidget *way_visit_form_find_field (WayVisitForm *self, const char *field); /* (nullable) */
char *way_visit_form_dup_children (WayVisitForm *self);    /* whom it concerns, in words */
GPtrArray *way_visit_form_dup_advice (WayVisitForm *self); /* what is odd, but may be signed */
void way_visit_form_focus (WayVisitForm *self, GtkWidget *field); /* unfolds its section */
void way_visit_form_show_section (WayVisitForm *self, WayVisitSection section);

G_END_DECLS
