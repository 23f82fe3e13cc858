/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "way-code-lists.h"
#include "way-record.h"

G_BEGIN_DECLS

/**
 * WayFormRow:
 * @form: what it is a part of; emits "changed" and "activate" for it
 * @widget: entry, drop-down, text view or date entry
 * @outer: what lies in the grid: the widget, or the frame around it
 * @codes: (element-type utf8) (nullable): of a drop-down; its first line is "none"
 * @lists: (nullable): the form's, where @codes are codes
 * @says_fault: whether the message keeps the record from being stored
 *
 * One field of a form: its label, what it is typed into, and what is said about it.
 */
typedef struct {
  const WayField *field;
  GtkWidget *form;
  GtkWidget *label;
  GtkWidget *widget;
  GtkWidget *outer;
  GtkLabel *message;
  GtkWidget *hint; /* (nullable) */
  GPtrArray *codes;
  const WayCodeLists *lists;
  gboolean says_fault;
} WayFormRow;

WayFormRow *way_form_row_new (GtkWidget *form, const WayField *field);
void way_form_row_free (gpointer data);

/* What it is typed into; one of these. */
void way_form_row_make (WayFormRow *self, const char *label, WayCodeLists *lists);
void way_form_row_make_sentence (WayFormRow *self);
void way_form_row_make_choice (WayFormRow *self, GPtrArray *ids, GPtrArray *labels);
GtkWidget *way_form_row_get_input (WayFormRow *self); /* what messages belong to */

/* Its value. */
void way_form_row_show (WayFormRow *self, gconstpointer record);
char *way_form_row_take (WayFormRow *self, gpointer record); /* NULL, or why it was not taken */
char *way_form_row_dup_text (WayFormRow *self);              /* as it is typed, right or wrong */
void way_form_row_set_text (WayFormRow *self, const char *text);

/* What is said about it. */
void way_form_row_say (WayFormRow *self, const char *fault);    /* NULL: nothing */
void way_form_row_warn (WayFormRow *self, const char *warning); /* unless it says a fault */
gboolean way_form_row_says (WayFormRow *self);

G_END_DECLS
