/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-import.h"

G_BEGIN_DECLS

/**
 * WayImportItem:
 *
 * One line of an import's preview, in words.
 */
#define WAY_TYPE_IMPORT_ITEM (way_import_item_get_type ())
G_DECLARE_FINAL_TYPE (WayImportItem, way_import_item, WAY, IMPORT_ITEM, GObject)

WayImportItem *way_import_item_new (const WayImportNote *note);
WayImportKind way_import_item_get_kind (WayImportItem *self);
const char *way_import_item_get_word (WayImportItem *self);   /* "New version" */
const char *way_import_item_get_title (WayImportItem *self);  /* what it is about */
const char *way_import_item_get_detail (WayImportItem *self); /* "" for none */
void way_import_item_set_answer (WayImportItem *self, WayImportAnswer answer);
WayImportAnswer way_import_item_get_answer (WayImportItem *self); /* to its question */
const char *way_import_item_get_question (WayImportItem *self);   /* %NULL for none */

const char *way_import_kind_word (WayImportKind kind); /* translated: "Not taken" */
const char *way_import_kind_icon (WayImportKind kind);
/* Those that need a decision first; in each kind the order of the file. */
gboolean way_import_item_equal (WayImportItem *self, WayImportItem *other);
GPtrArray *way_import_items_from_report (const WayImportReport *report);

G_END_DECLS
