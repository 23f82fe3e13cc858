/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"

G_BEGIN_DECLS

typedef enum {
  WAY_KEEP_VISIT, /* a draft */
  WAY_KEEP_FORM,  /* half filled */
  WAY_KEEP_CARD,  /* what is typed on a target's card */
  WAY_N_KEEPS
} WayKeepKind;

/* Stores @data; on the worker. */
typedef gboolean (*WayKeepFunc) (WayDb *db, gpointer data, GError **error);

/**
 * WayKeep:
 *
 * Something that was typed, and how the store keeps it. Not changed once it is made; for any
 * thread.
 */
typedef struct _WayKeep WayKeep;

WayKeep *way_keep_new (WayKeepKind kind, const char *path, const char *id);
void way_keep_set_store (WayKeep *self, WayKeepFunc store, gpointer data, GDestroyNotify free_data);
WayKeep *way_keep_ref (WayKeep *self);
void way_keep_unref (WayKeep *self);
gpointer way_keep_get_data (WayKeep *self);

/**
 * WayUnkept:
 *
 * All that was typed and could not be stored, of each visit and form the latest: it outlives the
 * page, the dialog and the lock. For any thread.
 */
typedef struct _WayUnkept WayUnkept;

WayUnkept *way_unkept_new (void);
WayUnkept *way_unkept_ref (WayUnkept *self);
void way_unkept_unref (WayUnkept *self);
guint way_unkept_count (WayUnkept *self, const char *path); /* @path NULL: of all stores */
char *way_unkept_dup_words (WayUnkept *self);               /* (nullable): what, and why */
WayKeep *way_unkept_find (WayUnkept *self, const char *path, const char *id); /* (nullable) */
void way_unkept_forget (WayUnkept *self, const char *path, const char *id);

/* On the worker. */
gboolean way_unkept_try (WayUnkept *self, WayDb *db, WayKeep *keep, GError **error);
guint way_unkept_retry (WayUnkept *self, WayDb *db, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayKeep, way_keep_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayUnkept, way_unkept_unref)

G_END_DECLS
