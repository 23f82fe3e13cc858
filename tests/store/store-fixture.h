/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"
#include "way-values.h"

#include <glib/gstdio.h>

G_BEGIN_DECLS

#define STORE_PASSPHRASE "correct horse battery staple"

/* A fresh store in a directory of its own; tear-down fails if anything but the store is left. */
typedef struct {
  char *dir;
  char *path;
  WayDb *db;
} StoreFixture;

void store_set_up (StoreFixture *fixture, gconstpointer data);
void store_tear_down (StoreFixture *fixture, gconstpointer data);
void store_reopen (StoreFixture *fixture);
WayVaultCost store_low_cost (void);

/* Made-up records, stored. */
WayPractitioner *store_add_me (WayDb *db);
WaySetting *store_add_setting (WayDb *db, const char *name);
WayChild *
store_add_child (WayDb *db, const char *forename, const char *surname, const char *setting_id);
WayTarget *store_add_target (WayDb *db, const char *child_id, const char *statement);
WayMeasurement *
store_add_measurement (WayDb *db, const char *target_id, const char *date, double value);
WayRecordSet *store_make_visit (WayDb *db, const char *child_id, const char *date);
void store_save (WayDb *db, gpointer record);
void store_exec (WayDb *db, const char *sql, int expected);

G_END_DECLS
