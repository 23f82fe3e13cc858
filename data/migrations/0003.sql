-- SPDX-License-Identifier: GPL-3.0-or-later
-- Two records of different types may come in with one id: each is found.
CREATE TABLE "search_entry_by_type" (
  "key" INTEGER PRIMARY KEY,
  "type" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  "child" TEXT,
  "title" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  UNIQUE ("record", "type")
) STRICT;
INSERT INTO "search_entry_by_type" SELECT * FROM "search_entry";
DROP TABLE "search_entry";
ALTER TABLE "search_entry_by_type" RENAME TO "search_entry";
CREATE INDEX "search_entry_child" ON "search_entry" ("child") WHERE "child" IS NOT NULL;
