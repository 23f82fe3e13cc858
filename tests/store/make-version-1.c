/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes tests/store/data/version-1.waymark, which is kept: a store as the first release writes it,
 * with a row of most kinds. Run once per version of the schema:
 *   make-version-1 tests/store/data/version-1.waymark */
#include "store-fixture.h"

#include "way-db-private.h"

static void
fill (WayDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractitioner) me = store_add_me (db);
  g_autoptr (WaySetting) setting = store_add_setting (db, "Oakfield Primary");
  g_autoptr (WayChild) child = store_add_child (db, "Amara", "Okafor", setting->record.id);
  g_autoptr (WayTarget) target = store_add_target (db, child->record.id, "Reads 20 words");
  g_autoptr (WayMeasurement) first = store_add_measurement (db, target->record.id, "2025-10-01", 3);
  g_autoptr (WayRecordSet) visit = store_make_visit (db, child->record.id, "2025-11-17");
  g_autoptr (WayRecordSet) draft = store_make_visit (db, child->record.id, "2026-01-20");
  g_autoptr (WayRecordSet) change = NULL;
  const char *id = WAY_RECORD (way_record_set_first (visit, WAY_VISIT))->id;

  ((WayVisitTarget *) way_record_set_first (visit, WAY_VISIT_TARGET))->rating = 6;
  way_db_save_draft (db, visit, &error);
  way_db_sign_visit (db, id, "2025-11-17T17:05:09Z", &error);
  g_assert_no_error (error);
  change = way_db_load_visit (db, id, &error);
  way_db_amend_visit (db, change, "A slip", "2025-11-20T09:00:00Z", &error);
  g_assert_no_error (error);
  way_db_save_draft (db, draft, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  WayVaultCost cost = store_low_cost ();
  char *recovery_key = NULL;
  WayDb *db;

  if (argc != 2) {
    g_printerr ("usage: make-version-1 FILE\n");
    return 2;
  }
  db = way_db_create (argv[1], STORE_PASSPHRASE, &cost, &recovery_key, &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  g_assert_cmpint (way_db_get_version (db), ==, 1);
  fill (db);
  way_db_close (db);
  return 0;
}
