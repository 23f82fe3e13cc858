/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  WAY_PREFERENCE_TEXT,    /* one line of text */
  WAY_PREFERENCE_NUMBER,  /* a whole number */
  WAY_PREFERENCE_CHOICE,  /* one of the codes */
  WAY_PREFERENCE_PICTURE, /* a PNG: way_db_set_logo() */
} WayPreferenceKind;

/**
 * WayPreference:
 * @name: its name in the store and on the command line
 * @kind: what a value is
 * @title: a few words for people
 * @description: what it does, a sentence
 * @initial: (nullable): what holds while nothing is set
 * @longest: most characters of a text
 * @lowest: least value of a number
 * @highest: greatest value of a number
 * @choices: (nullable): the codes of a choice, %NULL-terminated
 * @internal: the program's own mark, no business of people
 *
 * One preference of the service, kept in its store. The window's page and the
 * command line show this table, and way_db_set_preference() holds to it.
 */
typedef struct {
  const char *name;
  WayPreferenceKind kind;
  const char *title;
  const char *description;
  const char *initial;
  guint longest;
  int lowest, highest;
  const char *const *choices;
  gboolean internal;
} WayPreference;

extern const WayPreference WAY_PREFERENCES[];
extern const guint WAY_N_PREFERENCES;

const WayPreference *way_preference_find (const char *name);
char *way_preference_check (const WayPreference *self, const char *value, GError **error);
gboolean way_preference_check_logo (GBytes *png, GError **error);
GBytes *way_preference_load_logo (GFile *file, GError **error);

G_END_DECLS
