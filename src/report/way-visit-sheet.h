/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-page.h"
#include "way-visit-report.h"

G_BEGIN_DECLS

#define WAY_SHEET_MAX_COLUMNS 5

/**
 * WayVisitSheet:
 * @figures: what the charts show, which is drawn only when a page is
 * @missing: (element-type utf8): what was not recorded at this visit
 * @not_here: (element-type utf8): what an extract has none of, recorded or not
 *
 * A Record of Visit while its blocks are put together, and all that they show.
 */
typedef struct {
  const WayDossier *dossier;
  const WayReportStyle *style;
  const WayVisit *visit;
  GPtrArray *children; /* (element-type WayChild) */
  WayPages *pages;
  WayTerms *terms;
  GPtrArray *figures;
  GPtrArray *missing;
  GPtrArray *not_here;
  cairo_surface_t *logo;
} WayVisitSheet;

WayVisitSheet *way_visit_sheet_new (const WayDossier *dossier, const WayReportStyle *style);
void way_visit_sheet_free (WayVisitSheet *self);

/* The parts of the record, top to bottom; each adds its blocks, or none. */
void way_visit_sheet_add_top (WayVisitSheet *self);
void way_visit_sheet_add_sections (WayVisitSheet *self);
void way_visit_sheet_add_targets (WayVisitSheet *self);
void way_visit_sheet_add_close (WayVisitSheet *self);

/* What they are made of. */
const char *way_visit_sheet_label (WayVisitSheet *self, const char *list, const char *code);
const WayChild *way_visit_sheet_find_child (WayVisitSheet *self, const char *id);
GPtrArray *way_visit_sheet_dup_versions (WayVisitSheet *self);
void way_visit_sheet_begin_section (WayVisitSheet *self, const char *heading);
void way_visit_sheet_add_heading (WayVisitSheet *self, const char *tag, const char *text);
WayBlock *way_visit_sheet_add_paragraph (WayVisitSheet *self,
                                         WayFace face,
                                         const char *text,
                                         const char *quiet_text);
void way_visit_sheet_add_prose (WayVisitSheet *self, const char *text);
void way_visit_sheet_note_missing (WayVisitSheet *self, const char *what);
void way_visit_sheet_note_no_rows (WayVisitSheet *self, const char *what);

typedef struct {
  guint n_columns;
  double x[WAY_SHEET_MAX_COLUMNS], width[WAY_SHEET_MAX_COLUMNS];
  WayBlock *head, *before_last, *last; /* rows */
} WaySheetTable;

void way_visit_sheet_begin_table (WayVisitSheet *self,
                                  WaySheetTable *table,
                                  const char *const *heads,
                                  const double *shares);
WayBlock *
way_visit_sheet_add_row (WayVisitSheet *self, WaySheetTable *table, const char *const *cells);
void way_visit_sheet_end_table (WayVisitSheet *self, WaySheetTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVisitSheet, way_visit_sheet_free)

G_END_DECLS
