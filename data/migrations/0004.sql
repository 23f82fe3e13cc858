-- SPDX-License-Identifier: GPL-3.0-or-later
-- A record keeps the letterhead under which it was signed, wherever it is printed.
ALTER TABLE "visit" ADD COLUMN "service" TEXT CHECK ("service" <> '');
ALTER TABLE "visit" ADD COLUMN "privacy_line" TEXT CHECK ("privacy_line" <> '');
