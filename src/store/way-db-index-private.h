/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a record is searched: for the search index only. */
#pragma once

#include "way-db-private.h"

G_BEGIN_DECLS

/**
 * WayIndexSource:
 * @type: records that are found
 * @child: SQL for the child it is about; so on for its day and its title; the record's row is "r"
 * @words: the columns that are searched, with a blank between two
 * @more: (nullable): SQL for text from elsewhere that is searched too
 * @condition: (nullable): SQL; a record for which it does not hold is no entry of its own
 */
typedef struct {
  const WayRecordType *type;
  const char *child;
  const char *day;
  const char *title;
  const char *words;
  const char *more;
  const char *condition;
} WayIndexSource;

/**
 * WayIndexPart:
 * @part: records that are found with the whole they belong to
 * @field: the field that names it
 * @words: (nullable): the columns that are searched; %NULL if its mere being there counts
 */
typedef struct {
  const WayRecordType *part;
  const WayRecordType *whole;
  const char *field;
  const char *words;
} WayIndexPart;

/* One more whenever the tables below find other words: each store's index is then made anew. */
#define WAY_INDEX_EDITION 2

#define WAY_N_INDEX_SOURCES 7
#define WAY_N_INDEX_PARTS 10
extern const WayIndexSource WAY_INDEX_SOURCES[WAY_N_INDEX_SOURCES];
extern const WayIndexPart WAY_INDEX_PARTS[WAY_N_INDEX_PARTS];

char *way_index_source_dup_sql (const WayIndexSource *self);
WayFieldMask way_index_part_get_words (const WayIndexPart *self);

G_END_DECLS
