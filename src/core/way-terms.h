/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-lists.h"

G_BEGIN_DECLS

/**
 * WayTerms:
 *
 * The service's table of terms, in order. A reporting term runs from its first
 * day to the day before the next term's first day (the table's last term: to
 * its own last day), so every day of the holidays belongs to one term. (domain 4)
 */
typedef struct _WayTerms WayTerms;

WayTerms *way_terms_new (GPtrArray *rows); /* (element-type WayTerm), copied and sorted */
WayTerms *way_terms_copy (const WayTerms *self);
void way_terms_free (WayTerms *self);
guint way_terms_get_length (const WayTerms *self);
const WayTerm *way_terms_get (const WayTerms *self, guint index);
const WayTerm *way_terms_find (const WayTerms *self,
                               WayDate on); /* reporting term, NULL outside the table */
const WayTerm *way_terms_find_name (const WayTerms *self, const char *name); /* "2023-24/3" */
WayDate way_terms_get_window_end (const WayTerms *self, const WayTerm *term);
gboolean way_terms_is_holiday (const WayTerms *self,
                               WayDate on); /* between the lessons of a term and the next term */
gboolean way_terms_is_school_day (const WayTerms *self,
                                  WayDate on); /* Monday to Friday inside a term */
const char *way_term_find_fault (const WayTerm *self, const char **field);
char *way_term_name (const WayTerm *term);  /* "2023-24/3" */
char *way_term_label (const WayTerm *term); /* "Spring, term 3" */
gboolean way_terms_check (GPtrArray *rows,
                          GError **error); /* overlap, end before start: WAY_ERROR_INVALID */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayTerms, way_terms_free)

G_END_DECLS
