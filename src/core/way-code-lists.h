/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-lists.h"

G_BEGIN_DECLS

/**
 * WayCodeLists:
 *
 * All code lists of a store: the code that is kept and the words that people
 * see. An immutable value; make a new one when a list was edited.
 */
typedef struct _WayCodeLists WayCodeLists;

WayCodeLists *way_code_lists_new (
    GPtrArray *rows); /* (element-type WayCode), copied, in order of list and position */
WayCodeLists *way_code_lists_ref (WayCodeLists *self);
void way_code_lists_unref (WayCodeLists *self);
const WayCode *way_code_lists_find (const WayCodeLists *self, const char *list, const char *code);
const char *
way_code_lists_label (const WayCodeLists *self,
                      const char *list,
                      const char *code); /* the code itself where unknown, "" for NULL */
GPtrArray *way_code_lists_get (const WayCodeLists *self,
                               const char *list); /* (transfer container) (element-type WayCode),
                                                     current entries (not legacy), in order */

/* (nullable): the only codes that may be in a list; NULL if the service may add some */
const char *const *way_code_list_get_fixed (const char *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCodeLists, way_code_lists_unref)

G_END_DECLS
