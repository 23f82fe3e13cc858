-- SPDX-License-Identifier: GPL-3.0-or-later
-- The year that a child out of cohort is taught in moves on each 1 September: from which day is it?
ALTER TABLE "child" ADD COLUMN "nc_year_from" TEXT
  CHECK ("nc_year_from" IS date ("nc_year_from", '+0 days'));

-- Of those known already: the day on which their child was last written.
UPDATE "child" SET "nc_year_from" = substr ("updated_at", 1, 10) WHERE "nc_year" IS NOT NULL;

-- Several assessments of one day stand in the order in which they were typed.
ALTER TABLE "assessment" ADD COLUMN "position" REAL;
