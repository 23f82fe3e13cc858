/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-vault-private.h"

#include <glib.h>
#include <sqlite3.h>

#define PASSPHRASE "correct horse battery staple"

/* The least that Waymark allows: a test unlocks many times. */
extern const WayVaultCost TEST_COST;

/* A folder of its own with room for a store; tear_down fails if a test leaves
 * anything in it but the files it names. */
typedef struct {
  char *folder;
  char *path;
} VaultFixture;

void vault_fixture_set_up (VaultFixture *self, gconstpointer data);
void vault_fixture_tear_down (VaultFixture *self, gconstpointer data);
char *vault_fixture_file (VaultFixture *self, const char *name);

/* Each of these fails the test if it does not work. */
WayVault *create_vault (const char *path);
WayVault *unlock_vault (const char *path);
sqlite3 *open_database (WayVault *vault);
void close_database (sqlite3 *database);
void run_sql (sqlite3 *database, const char *sql);

int try_sql (sqlite3 *database, const char *sql);
char *query_text (sqlite3 *database, const char *sql);
gint64 query_number (sqlite3 *database, const char *sql);
void assert_sound (sqlite3 *database);

GBytes *read_file (const char *path);
void write_file (const char *path, gconstpointer data, gsize size);
void copy_file (const char *from, const char *to);
void flip_bit (const char *path, goffset offset, int bit);
void copy_within (const char *path, goffset from, goffset to, gsize length);
goffset file_size (const char *path);
gboolean file_contains (const char *path, const char *text);
void remove_store (const char *path);

/* Damage that the shim has reported since the last call. Needs watch_damage() first
 * thing in main(). */
void watch_damage (void);
guint count_damage (void);

/* For the tests that are long when WAYMARK_LONG is set. */
guint repetitions (guint normally, guint at_length);
