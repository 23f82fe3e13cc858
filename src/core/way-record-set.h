/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-record.h"

G_BEGIN_DECLS

/**
 * WayRecordSet:
 *
 * Records of any types that belong together: a visit with all that is printed
 * on its record, a pupil of a school's file, a made-up caseload. Owns them.
 */
typedef struct _WayRecordSet WayRecordSet;

WayRecordSet *way_record_set_new (void);
WayRecordSet *way_record_set_copy (WayRecordSet *self);
void way_record_set_free (WayRecordSet *self);
gpointer way_record_set_take (WayRecordSet *self, gpointer record);
gpointer way_record_set_add (WayRecordSet *self, const WayRecordType *type);
void way_record_set_remove (WayRecordSet *self, gpointer record);
void way_record_set_remove_all (WayRecordSet *self, const WayRecordType *type);
GPtrArray *way_record_set_list (WayRecordSet *self, const WayRecordType *type);
gpointer way_record_set_first (WayRecordSet *self, const WayRecordType *type);
gpointer way_record_set_find (WayRecordSet *self, const WayRecordType *type, const char *id);
guint way_record_set_count (WayRecordSet *self);
void way_record_set_sort_by_id (WayRecordSet *self);
void way_record_set_sort_by_position (WayRecordSet *self);
void way_record_list_sort_by_position (GPtrArray *list, const WayRecordType *type);
int way_record_compare_by_position (gconstpointer a, gconstpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayRecordSet, way_record_set_free)

G_END_DECLS
