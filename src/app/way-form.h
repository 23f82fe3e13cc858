/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-code-lists.h"
#include "way-measure.h"
#include "way-record.h"

G_BEGIN_DECLS

/**
 * WayForm:
 *
 * Fields of one record, each with its label, and its message under it when it
 * breaks a rule. What widget a field gets follows from the record's table.
 * Emits "activate" on Enter in a field of one line, "changed" at every change.
 */
#define WAY_TYPE_FORM (way_form_get_type ())
G_DECLARE_FINAL_TYPE (WayForm, way_form, WAY, FORM, AdwBin)

GtkWidget *way_form_new (const WayRecordType *type, WayCodeLists *lists);
/* Returns the widget of the field. @hint (nullable) stands under it. */
GtkWidget *way_form_add (WayForm *self, const char *field, const char *label, const char *hint);
/* A text of one line that is long: shown in several lines, Enter saves. */
GtkWidget *
way_form_add_sentence (WayForm *self, const char *field, const char *label, const char *hint);
/* A choice between records: ids and the words for them, (element-type utf8) both. */
GtkWidget *way_form_add_choice (
    WayForm *self, const char *field, const char *label, GPtrArray *ids, GPtrArray *labels);
void way_form_add_heading (WayForm *self, const char *text);
void way_form_show_field (WayForm *self, const char *field, gboolean show);
void way_form_set_record (WayForm *self, gconstpointer record); /* shows a copy of it */
/* One value, also of a field that is not shown; what is typed elsewhere stays. */
void way_form_set_value (WayForm *self, const char *field, const char *text);
gboolean way_form_is_empty (WayForm *self); /* nothing stands in its fields, right or wrong */
void way_form_set_scale (WayForm *self, const WayMeasureScale *scale); /* of a measurement */
void way_form_set_born (WayForm *self, WayDate born);                  /* whose the record is */
gpointer way_form_read (WayForm *self,
                        WayDate today); /* what is typed; NULL after showing why not */
/* @fault: what is wrong with a field beyond the rules of its record; already translated */
void way_form_say_fault (WayForm *self, const char *field, const char *fault);
gpointer way_form_peek (WayForm *self); /* what is typed so far, right or wrong */
/* As it is typed, right or wrong, by "type.field"; (element-type utf8 utf8) */
void way_form_collect (WayForm *self, GHashTable *texts);
char *way_form_dup_words (WayForm *self, const char *name, const char *text); /* "Target: …" */
void way_form_restore (WayForm *self, GVariant *texts); /* a{ss}; what it does not name stays */

G_END_DECLS
