-- Version 1 of the schema. Frozen: a new need is a new file.
--
-- One table per type of record: id, times, revision, then the fields in the order
-- of the type's table in core. What is not known is NULL, never zero or "". Dates are
-- text, so that the file tells its content to anyone who may read it.

CREATE TABLE "code" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "list" TEXT NOT NULL CHECK ("list" <> ''),
  "code" TEXT NOT NULL CHECK ("code" <> ''),
  "label" TEXT NOT NULL CHECK ("label" <> ''),
  "position" REAL,
  "group" TEXT CHECK ("group" <> ''),
  "extra" TEXT CHECK ("extra" <> ''),
  "legacy" INTEGER CHECK ("legacy" IN (1, 2)),
  UNIQUE ("list", "code")
) STRICT;

CREATE TABLE "term" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "year" TEXT NOT NULL CHECK ("year" <> ''),
  "term" REAL NOT NULL,
  "start" TEXT NOT NULL CHECK ("start" IS date ("start", '+0 days')),
  "end" TEXT NOT NULL CHECK ("end" IS date ("end", '+0 days')),
  CHECK ("end" >= "start"),
  UNIQUE ("year", "term")
) STRICT;

CREATE TABLE "practitioner" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "role" TEXT NOT NULL CHECK ("role" <> ''),
  "qualification" TEXT CHECK ("qualification" <> ''),
  "team" TEXT CHECK ("team" <> ''),
  "district" TEXT CHECK ("district" <> ''),
  "fte" REAL,
  "email" TEXT CHECK ("email" <> ''),
  "me" INTEGER CHECK ("me" IN (1, 2))
) STRICT;

CREATE TABLE "setting" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "phase" TEXT NOT NULL CHECK ("phase" <> ''),
  "opened" TEXT CHECK ("opened" IS date ("opened", '+0 days')),
  "closed" TEXT CHECK ("closed" IS date ("closed", '+0 days')),
  "urn" TEXT CHECK ("urn" <> ''),
  "la" TEXT CHECK ("la" <> ''),
  "estab" TEXT CHECK ("estab" <> ''),
  "type" TEXT CHECK ("type" <> ''),
  "district" TEXT CHECK ("district" <> ''),
  "area" TEXT CHECK ("area" <> ''),
  "community" TEXT CHECK ("community" <> ''),
  "street" TEXT CHECK ("street" <> ''),
  "town" TEXT CHECK ("town" <> ''),
  "postcode" TEXT CHECK ("postcode" <> ''),
  "head" TEXT CHECK ("head" <> ''),
  "senco" TEXT CHECK ("senco" <> ''),
  "senco_email" TEXT CHECK ("senco_email" <> ''),
  "telephone" TEXT CHECK ("telephone" <> ''),
  "link" TEXT REFERENCES "practitioner",
  "accessibility_plan" INTEGER CHECK ("accessibility_plan" IN (1, 2))
) STRICT;

CREATE TABLE "child" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "surname" TEXT NOT NULL CHECK ("surname" <> ''),
  "forename" TEXT NOT NULL CHECK ("forename" <> ''),
  "preferred" TEXT CHECK ("preferred" <> ''),
  "middle" TEXT CHECK ("middle" <> ''),
  "dob" TEXT NOT NULL CHECK ("dob" IS date ("dob", '+0 days')),
  "sex" TEXT CHECK ("sex" <> ''),
  "upn" TEXT CHECK ("upn" <> ''),
  "former_upn" TEXT CHECK ("former_upn" <> ''),
  "nc_year" TEXT CHECK ("nc_year" <> ''),
  "language" TEXT CHECK ("language" <> ''),
  "communication" TEXT CHECK ("communication" <> ''),
  "street" TEXT CHECK ("street" <> ''),
  "town" TEXT CHECK ("town" <> ''),
  "postcode" TEXT CHECK ("postcode" <> ''),
  "matters" TEXT CHECK ("matters" <> ''),
  "support" TEXT CHECK ("support" <> ''),
  "alerts" TEXT CHECK ("alerts" <> ''),
  "restricted_notes" TEXT CHECK ("restricted_notes" <> '')
) STRICT;

CREATE TABLE "enrolment" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "setting" TEXT NOT NULL REFERENCES "setting",
  "from" TEXT NOT NULL CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days')),
  "main" INTEGER CHECK ("main" IN (1, 2)),
  CHECK ("to" >= "from")
) STRICT;

CREATE TABLE "sen_status" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "provision" TEXT NOT NULL CHECK ("provision" <> ''),
  "from" TEXT NOT NULL CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days')),
  "hnf" INTEGER CHECK ("hnf" IN (1, 2)),
  CHECK ("to" >= "from")
) STRICT;

CREATE TABLE "need" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "rank" REAL NOT NULL,
  "type" TEXT NOT NULL CHECK ("type" <> ''),
  "lar_category" TEXT CHECK ("lar_category" <> ''),
  "from" TEXT CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days'))
) STRICT;

CREATE TABLE "flag" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "flag" TEXT NOT NULL CHECK ("flag" <> ''),
  "from" TEXT NOT NULL CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days')),
  CHECK ("to" >= "from")
) STRICT;

CREATE TABLE "contact" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "relationship" TEXT CHECK ("relationship" <> ''),
  "responsibility" INTEGER CHECK ("responsibility" IN (1, 2)),
  "telephone" TEXT CHECK ("telephone" <> ''),
  "email" TEXT CHECK ("email" <> ''),
  "street" TEXT CHECK ("street" <> ''),
  "town" TEXT CHECK ("town" <> ''),
  "postcode" TEXT CHECK ("postcode" <> ''),
  "format" TEXT CHECK ("format" <> ''),
  "language" TEXT CHECK ("language" <> ''),
  "restriction" TEXT CHECK ("restriction" <> ''),
  "restriction_note" TEXT CHECK ("restriction_note" <> '')
) STRICT;

CREATE TABLE "agreement" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "given_by" TEXT NOT NULL CHECK ("given_by" <> ''),
  "given_on" TEXT NOT NULL CHECK ("given_on" IS date ("given_on", '+0 days')),
  "scope" TEXT CHECK ("scope" <> ''),
  "method" TEXT CHECK ("method" <> ''),
  "withdrawn" TEXT CHECK ("withdrawn" IS date ("withdrawn", '+0 days')),
  "note" TEXT CHECK ("note" <> '')
) STRICT;

CREATE TABLE "attendance" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "year" TEXT NOT NULL CHECK ("year" <> ''),
  "setting" TEXT REFERENCES "setting",
  "possible" REAL,
  "attended" REAL,
  "authorised" REAL,
  "unauthorised" REAL
) STRICT;

CREATE TABLE "case" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "opened" TEXT NOT NULL CHECK ("opened" IS date ("opened", '+0 days')),
  "route" TEXT CHECK ("route" <> ''),
  "team" TEXT CHECK ("team" <> ''),
  "closed" TEXT CHECK ("closed" IS date ("closed", '+0 days')),
  "closed_reason" TEXT CHECK ("closed_reason" <> ''),
  "review_terms" REAL,
  CHECK ("closed" >= "opened")
) STRICT;

CREATE TABLE "case_status" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "case" TEXT NOT NULL REFERENCES "case",
  "from" TEXT NOT NULL CHECK ("from" IS date ("from", '+0 days')),
  "status" TEXT NOT NULL CHECK ("status" <> ''),
  "reason" TEXT CHECK ("reason" <> '')
) STRICT;

CREATE TABLE "allocation" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "case" TEXT NOT NULL REFERENCES "case",
  "practitioner" TEXT NOT NULL REFERENCES "practitioner",
  "from" TEXT NOT NULL CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days')),
  CHECK ("to" >= "from")
) STRICT;

CREATE TABLE "cycle" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "number" REAL NOT NULL,
  "assess" TEXT CHECK ("assess" <> ''),
  "assess_date" TEXT CHECK ("assess_date" IS date ("assess_date", '+0 days')),
  "plan" TEXT CHECK ("plan" <> ''),
  "plan_date" TEXT CHECK ("plan_date" IS date ("plan_date", '+0 days')),
  "do" TEXT CHECK ("do" <> ''),
  "do_date" TEXT CHECK ("do_date" IS date ("do_date", '+0 days')),
  "review" TEXT CHECK ("review" <> ''),
  "review_date" TEXT CHECK ("review_date" IS date ("review_date", '+0 days')),
  "parents_notified" TEXT CHECK ("parents_notified" IS date ("parents_notified", '+0 days')),
  "next_review" TEXT CHECK ("next_review" IS date ("next_review", '+0 days'))
) STRICT;

CREATE TABLE "provision" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "cycle" TEXT REFERENCES "cycle",
  "what" TEXT NOT NULL CHECK ("what" <> ''),
  "dose" TEXT CHECK ("dose" <> ''),
  "group_size" REAL,
  "staff" TEXT CHECK ("staff" <> ''),
  "cost" REAL,
  "from" TEXT CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days')),
  "effect" TEXT CHECK ("effect" <> '')
) STRICT;

CREATE TABLE "outcome" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "outcome" TEXT NOT NULL CHECK ("outcome" <> ''),
  "statement" TEXT NOT NULL CHECK ("statement" <> ''),
  "source" TEXT CHECK ("source" <> ''),
  "from" TEXT CHECK ("from" IS date ("from", '+0 days')),
  "to" TEXT CHECK ("to" IS date ("to", '+0 days'))
) STRICT;

CREATE TABLE "target" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "case" TEXT REFERENCES "case",
  "long_term" TEXT REFERENCES "outcome",
  "statement" TEXT NOT NULL CHECK ("statement" <> ''),
  "outcome" TEXT CHECK ("outcome" <> ''),
  "area" TEXT CHECK ("area" <> ''),
  "measure" TEXT NOT NULL CHECK ("measure" <> ''),
  "unit" TEXT CHECK ("unit" <> ''),
  "direction" TEXT CHECK ("direction" <> ''),
  "baseline" REAL,
  "baseline_date" TEXT CHECK ("baseline_date" IS date ("baseline_date", '+0 days')),
  "criterion" REAL,
  "start" TEXT NOT NULL CHECK ("start" IS date ("start", '+0 days')),
  "due" TEXT CHECK ("due" IS date ("due", '+0 days')),
  "ended" TEXT CHECK ("ended" IS date ("ended", '+0 days')),
  "state" TEXT NOT NULL CHECK ("state" <> ''),
  "replaces" TEXT REFERENCES "target" DEFERRABLE INITIALLY DEFERRED,
  "strategy" TEXT CHECK ("strategy" <> ''),
  "who" TEXT CHECK ("who" <> ''),
  "how_often" TEXT CHECK ("how_often" <> ''),
  "scale_min" REAL,
  "scale_max" REAL,
  "weight" REAL,
  "expected" REAL,
  "gas_minus_2" TEXT CHECK ("gas_minus_2" <> ''),
  "gas_minus_1" TEXT CHECK ("gas_minus_1" <> ''),
  "gas_0" TEXT CHECK ("gas_0" <> ''),
  "gas_plus_1" TEXT CHECK ("gas_plus_1" <> ''),
  "gas_plus_2" TEXT CHECK ("gas_plus_2" <> '')
) STRICT;

CREATE TABLE "measurement" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "target" TEXT NOT NULL REFERENCES "target",
  "date" TEXT NOT NULL CHECK ("date" IS date ("date", '+0 days')),
  "position" REAL,
  "value" REAL,
  "not_measured" TEXT CHECK ("not_measured" <> ''),
  "note" TEXT CHECK ("note" <> ''),
  "by" TEXT CHECK ("by" <> ''),
  CHECK (("value" IS NULL) <> ("not_measured" IS NULL))
) STRICT;

CREATE TABLE "phase" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "target" TEXT NOT NULL REFERENCES "target",
  "date" TEXT NOT NULL CHECK ("date" IS date ("date", '+0 days')),
  "label" TEXT NOT NULL CHECK ("label" <> '')
) STRICT;

CREATE TABLE "visit" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "setting" TEXT REFERENCES "setting",
  "date" TEXT NOT NULL CHECK ("date" IS date ("date", '+0 days')),
  "start" TEXT CHECK ("start" IS strftime ('%H:%M', "start")),
  "end" TEXT CHECK ("end" IS strftime ('%H:%M', "end")),
  "place" TEXT CHECK ("place" <> ''),
  "kind" TEXT NOT NULL CHECK ("kind" <> ''),
  "not_held_reason" TEXT CHECK ("not_held_reason" <> ''),
  "series_number" REAL,
  "series_total" REAL,
  "practitioner" TEXT NOT NULL REFERENCES "practitioner",
  "purpose" TEXT CHECK ("purpose" <> ''),
  "seen" TEXT CHECK ("seen" <> ''),
  "strategies" TEXT CHECK ("strategies" <> ''),
  "equipment" TEXT CHECK ("equipment" <> ''),
  "strengths" TEXT CHECK ("strengths" <> ''),
  "needs" TEXT CHECK ("needs" <> ''),
  "advice" TEXT CHECK ("advice" <> ''),
  "materials" TEXT CHECK ("materials" <> ''),
  "next_visit" TEXT CHECK ("next_visit" <> ''),
  "next_date" TEXT CHECK ("next_date" IS date ("next_date", '+0 days')),
  "distribution" TEXT CHECK ("distribution" <> ''),
  "version" REAL,
  "signed_at" TEXT CHECK ("signed_at" IS strftime ('%Y-%m-%dT%H:%M:%SZ', "signed_at")),
  "signed_by" TEXT CHECK ("signed_by" <> ''),
  CHECK (("signed_at" IS NULL) OR ("version" >= 1))
) STRICT;

CREATE TABLE "visit_child" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "child" TEXT NOT NULL REFERENCES "child",
  "position" REAL
) STRICT;

CREATE TABLE "visit_person" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "position" REAL,
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "role" TEXT CHECK ("role" <> '')
) STRICT;

CREATE TABLE "visit_view" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "position" REAL,
  "child" TEXT REFERENCES "child",
  "whose" TEXT NOT NULL CHECK ("whose" <> ''),
  "said_by" TEXT CHECK ("said_by" <> ''),
  "how" TEXT CHECK ("how" <> ''),
  "verbatim" INTEGER CHECK ("verbatim" IN (1, 2)),
  "text" TEXT NOT NULL CHECK ("text" <> '')
) STRICT;

CREATE TABLE "review" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "date" TEXT NOT NULL CHECK ("date" IS date ("date", '+0 days')),
  "kind" TEXT CHECK ("kind" <> ''),
  "present" TEXT CHECK ("present" <> ''),
  "child_view" TEXT CHECK ("child_view" <> ''),
  "child_view_by" TEXT CHECK ("child_view_by" <> ''),
  "parent_view" TEXT CHECK ("parent_view" <> ''),
  "parent_view_by" TEXT CHECK ("parent_view_by" <> ''),
  "staff_view" TEXT CHECK ("staff_view" <> ''),
  "staff_view_by" TEXT CHECK ("staff_view_by" <> ''),
  "next_review" TEXT CHECK ("next_review" IS date ("next_review", '+0 days')),
  "signed_at" TEXT CHECK ("signed_at" IS strftime ('%Y-%m-%dT%H:%M:%SZ', "signed_at")),
  "signed_by" TEXT CHECK ("signed_by" <> '')
) STRICT;

CREATE TABLE "action" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT REFERENCES "child",
  "visit" TEXT REFERENCES "visit",
  "review" TEXT REFERENCES "review",
  "position" REAL,
  "what" TEXT NOT NULL CHECK ("what" <> ''),
  "who" TEXT CHECK ("who" <> ''),
  "due" TEXT CHECK ("due" IS date ("due", '+0 days')),
  "done" TEXT CHECK ("done" IS date ("done", '+0 days')),
  "effect" TEXT CHECK ("effect" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;

CREATE TABLE "visit_action" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "action" TEXT NOT NULL REFERENCES "action",
  "position" REAL,
  "effect" TEXT CHECK ("effect" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;

CREATE TABLE "visit_target" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "target" TEXT NOT NULL REFERENCES "target",
  "position" REAL,
  "set_here" INTEGER CHECK ("set_here" IN (1, 2)),
  "rating" REAL,
  "outcome" TEXT CHECK ("outcome" <> ''),
  "reason" TEXT CHECK ("reason" <> ''),
  "decision" TEXT CHECK ("decision" <> ''),
  "evidence" TEXT CHECK ("evidence" <> '')
) STRICT;

CREATE TABLE "assessment" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT NOT NULL REFERENCES "child",
  "visit" TEXT REFERENCES "visit",
  "name" TEXT NOT NULL CHECK ("name" <> ''),
  "date" TEXT NOT NULL CHECK ("date" IS date ("date", '+0 days')),
  "score" TEXT CHECK ("score" <> ''),
  "standard_score" REAL,
  "percentile" REAL,
  "age_equivalent" TEXT CHECK ("age_equivalent" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;

CREATE TABLE "review_target" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "review" TEXT NOT NULL REFERENCES "review",
  "target" TEXT NOT NULL REFERENCES "target",
  "outcome" TEXT NOT NULL CHECK ("outcome" <> ''),
  "decision" TEXT NOT NULL CHECK ("decision" <> ''),
  "reason" TEXT CHECK ("reason" <> ''),
  "evidence" TEXT CHECK ("evidence" <> '')
) STRICT;

CREATE TABLE "visit_version" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "visit" TEXT NOT NULL REFERENCES "visit",
  "version" REAL NOT NULL,
  "signed_at" TEXT NOT NULL CHECK ("signed_at" IS strftime ('%Y-%m-%dT%H:%M:%SZ', "signed_at")),
  "signed_by" TEXT CHECK ("signed_by" <> ''),
  "fingerprint" TEXT NOT NULL CHECK ("fingerprint" <> ''),
  "reason" TEXT CHECK ("reason" <> ''),
  UNIQUE ("visit", "version", "fingerprint")
) STRICT;

CREATE TABLE "disclosure" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" <> ''),
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "revision" INTEGER NOT NULL CHECK ("revision" > 0),
  "child" TEXT REFERENCES "child",
  "visit" TEXT REFERENCES "visit",
  "what" TEXT NOT NULL CHECK ("what" <> ''),
  "version" REAL,
  "fingerprint" TEXT CHECK ("fingerprint" <> ''),
  "level" TEXT CHECK ("level" <> ''),
  "format" TEXT CHECK ("format" <> ''),
  "recipient" TEXT CHECK ("recipient" <> ''),
  "purpose" TEXT CHECK ("purpose" <> ''),
  "basis" TEXT CHECK ("basis" <> ''),
  "reason" TEXT CHECK ("reason" <> ''),
  "at" TEXT NOT NULL CHECK ("at" IS strftime ('%Y-%m-%dT%H:%M:%SZ', "at")),
  "by" TEXT CHECK ("by" <> '')
) STRICT;

-- What every look-up and every reference needs.

CREATE INDEX "child_name" ON "child" ("surname", "forename");
CREATE INDEX "child_upn" ON "child" ("upn") WHERE "upn" IS NOT NULL;
CREATE INDEX "setting_link" ON "setting" ("link") WHERE "link" IS NOT NULL;
CREATE INDEX "enrolment_child" ON "enrolment" ("child", "from", "to", "main", "setting");
CREATE INDEX "enrolment_setting" ON "enrolment" ("setting");
CREATE INDEX "sen_status_child" ON "sen_status" ("child", "from", "to", "provision");
CREATE INDEX "need_child" ON "need" ("child", "rank", "type", "from", "to");
CREATE INDEX "flag_child" ON "flag" ("child", "from");
CREATE INDEX "contact_child" ON "contact" ("child");
CREATE INDEX "agreement_child" ON "agreement" ("child");
CREATE INDEX "attendance_child" ON "attendance" ("child");
CREATE INDEX "attendance_setting" ON "attendance" ("setting") WHERE "setting" IS NOT NULL;
CREATE INDEX "case_child" ON "case" ("child", "opened", "closed", "id");
CREATE INDEX "case_status_case" ON "case_status" ("case", "from", "status");
CREATE INDEX "allocation_case" ON "allocation" ("case", "from");
CREATE INDEX "allocation_practitioner" ON "allocation" ("practitioner");
CREATE INDEX "cycle_child" ON "cycle" ("child");
CREATE INDEX "provision_child" ON "provision" ("child");
CREATE INDEX "provision_cycle" ON "provision" ("cycle") WHERE "cycle" IS NOT NULL;
CREATE INDEX "outcome_child" ON "outcome" ("child");
CREATE INDEX "target_child" ON "target" ("child", "start");
CREATE INDEX "target_open" ON "target" ("child") WHERE "state" = 'open';
CREATE INDEX "target_case" ON "target" ("case") WHERE "case" IS NOT NULL;
CREATE INDEX "target_long_term" ON "target" ("long_term") WHERE "long_term" IS NOT NULL;
CREATE INDEX "target_replaces" ON "target" ("replaces") WHERE "replaces" IS NOT NULL;
CREATE INDEX "measurement_target" ON "measurement" ("target", "date", "position");
CREATE INDEX "phase_target" ON "phase" ("target", "date");
CREATE INDEX "visit_date" ON "visit" ("date");
CREATE INDEX "visit_setting" ON "visit" ("setting") WHERE "setting" IS NOT NULL;
CREATE INDEX "visit_practitioner" ON "visit" ("practitioner");
CREATE INDEX "visit_child_visit" ON "visit_child" ("visit");
CREATE INDEX "visit_child_child" ON "visit_child" ("child");
CREATE INDEX "visit_person_visit" ON "visit_person" ("visit");
CREATE INDEX "visit_view_visit" ON "visit_view" ("visit");
CREATE INDEX "visit_view_child" ON "visit_view" ("child") WHERE "child" IS NOT NULL;
CREATE INDEX "review_child" ON "review" ("child", "date");
CREATE INDEX "action_visit" ON "action" ("visit") WHERE "visit" IS NOT NULL;
CREATE INDEX "action_child" ON "action" ("child") WHERE "child" IS NOT NULL;
CREATE INDEX "action_review" ON "action" ("review") WHERE "review" IS NOT NULL;
CREATE INDEX "visit_action_visit" ON "visit_action" ("visit");
CREATE INDEX "visit_action_action" ON "visit_action" ("action");
CREATE INDEX "visit_target_visit" ON "visit_target" ("visit");
CREATE INDEX "visit_target_target" ON "visit_target" ("target");
CREATE INDEX "assessment_child" ON "assessment" ("child", "date");
CREATE INDEX "assessment_visit" ON "assessment" ("visit") WHERE "visit" IS NOT NULL;
CREATE INDEX "review_target_review" ON "review_target" ("review");
CREATE INDEX "review_target_target" ON "review_target" ("target");
CREATE INDEX "disclosure_child" ON "disclosure" ("child") WHERE "child" IS NOT NULL;
CREATE INDEX "disclosure_visit" ON "disclosure" ("visit") WHERE "visit" IS NOT NULL;

-- What the same record is called elsewhere: the ids of files whose rows were found by UPN, by name
-- or by what they say, so that a later file that names such an id finds the record.
CREATE TABLE "known_as" (
  "other" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "record" TEXT NOT NULL,
  PRIMARY KEY ("other", "type")
) STRICT, WITHOUT ROWID;
CREATE INDEX "known_as_record" ON "known_as" ("record");

-- The editor's buffers: one per visit, the canonical text of its records.
CREATE TABLE "draft" (
  "visit" TEXT NOT NULL PRIMARY KEY,
  "child" TEXT,
  "date" TEXT CHECK ("date" IS date ("date", '+0 days')),
  "saved_at" TEXT NOT NULL,
  "body" TEXT NOT NULL
) STRICT;

-- What was signed, byte by byte: the canonical text, deflated.
CREATE TABLE "visit_content" (
  "visit" TEXT NOT NULL REFERENCES "visit",
  "version" INTEGER NOT NULL CHECK ("version" >= 1),
  "fingerprint" TEXT NOT NULL,
  "body" BLOB NOT NULL,
  PRIMARY KEY ("visit", "version")
) STRICT;

CREATE TABLE "preference" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "value" ANY NOT NULL
) STRICT;

-- Who did what when: never the values, only a salted hash of them, so that erasing
-- a child breaks no chain. Each entry holds the hash of itself and the one before.
CREATE TABLE "audit" (
  "number" INTEGER PRIMARY KEY,
  "at" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "type" TEXT,
  "record" TEXT,
  "fields" TEXT,
  "records" TEXT CHECK ("records" <> ''),
  "salt" BLOB NOT NULL,
  "digest" BLOB NOT NULL,
  "chain" BLOB NOT NULL
) STRICT;
CREATE INDEX "audit_record" ON "audit" ("record") WHERE "record" IS NOT NULL;
CREATE INDEX "audit_many" ON "audit" ("type") WHERE "records" IS NOT NULL;

-- Where the audit ends, written with each entry: entries that were cut off are missed.
CREATE TABLE "audit_end" (
  "only" INTEGER PRIMARY KEY CHECK ("only" = 1),
  "number" INTEGER NOT NULL,
  "chain" BLOB NOT NULL
) STRICT;

-- What can be searched. The key is the day shifted left by 24 bits, plus a running
-- number, so that the newest come first without sorting.
CREATE TABLE "search_entry" (
  "key" INTEGER PRIMARY KEY,
  "type" TEXT NOT NULL,
  "record" TEXT NOT NULL UNIQUE,
  "child" TEXT,
  "title" TEXT NOT NULL,
  "body" TEXT NOT NULL
) STRICT;
CREATE INDEX "search_entry_child" ON "search_entry" ("child") WHERE "child" IS NOT NULL;
CREATE VIRTUAL TABLE "search" USING fts5 (
  "title", "body", content = 'search_entry', content_rowid = 'key',
  tokenize = 'way_words remove_diacritics 2', prefix = '2 3');

-- Signed means locked. The one door is a row here: the id of what is being signed, or
-- '*' for a batch that holds signed ones, present only inside that transaction. So it has a row
-- or two: the + keeps SQLite from asking its index by way of a table made for each question.
CREATE TABLE "signing" (
  "id" TEXT NOT NULL PRIMARY KEY
) STRICT;

CREATE TRIGGER "visit_insert" BEFORE INSERT ON "visit"
WHEN NEW."signed_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: only signing makes a visit signed');
END;

CREATE TRIGGER "visit_update" BEFORE UPDATE ON "visit"
WHEN (OLD."signed_at" IS NOT NULL OR NEW."signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: this visit is signed');
END;

CREATE TRIGGER "visit_delete" BEFORE DELETE ON "visit"
WHEN OLD."signed_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: this visit is signed');
END;

CREATE TRIGGER "review_insert" BEFORE INSERT ON "review"
WHEN NEW."signed_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: only signing makes a review signed');
END;

CREATE TRIGGER "review_update" BEFORE UPDATE ON "review"
WHEN (OLD."signed_at" IS NOT NULL OR NEW."signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: this review is signed');
END;

CREATE TRIGGER "review_delete" BEFORE DELETE ON "review"
WHEN OLD."signed_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."id", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: this review is signed');
END;

CREATE TRIGGER "visit_child_insert" BEFORE INSERT ON "visit_child"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_child_update" BEFORE UPDATE ON "visit_child"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_child_delete" BEFORE DELETE ON "visit_child"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_person_insert" BEFORE INSERT ON "visit_person"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_person_update" BEFORE UPDATE ON "visit_person"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_person_delete" BEFORE DELETE ON "visit_person"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_view_insert" BEFORE INSERT ON "visit_view"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_view_update" BEFORE UPDATE ON "visit_view"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_view_delete" BEFORE DELETE ON "visit_view"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_action_insert" BEFORE INSERT ON "visit_action"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_action_update" BEFORE UPDATE ON "visit_action"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_action_delete" BEFORE DELETE ON "visit_action"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_target_insert" BEFORE INSERT ON "visit_target"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_target_update" BEFORE UPDATE ON "visit_target"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_target_delete" BEFORE DELETE ON "visit_target"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "assessment_insert" BEFORE INSERT ON "assessment"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "assessment_update" BEFORE UPDATE ON "assessment"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "assessment_delete" BEFORE DELETE ON "assessment"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_version_insert" BEFORE INSERT ON "visit_version"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_version_update" BEFORE UPDATE ON "visit_version"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "visit_version_delete" BEFORE DELETE ON "visit_version"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its visit is signed');
END;

CREATE TRIGGER "review_target_insert" BEFORE INSERT ON "review_target"
WHEN EXISTS (SELECT 1 FROM "review" WHERE "id" = NEW."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."review", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its review is signed');
END;

CREATE TRIGGER "review_target_update" BEFORE UPDATE ON "review_target"
WHEN (EXISTS (SELECT 1 FROM "review" WHERE "id" = OLD."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."review", '*')))
  OR (EXISTS (SELECT 1 FROM "review" WHERE "id" = NEW."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."review", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: its review is signed');
END;

CREATE TRIGGER "review_target_delete" BEFORE DELETE ON "review_target"
WHEN EXISTS (SELECT 1 FROM "review" WHERE "id" = OLD."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."review", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: its review is signed');
END;

-- Of an action only what was agreed is locked; whether it happened is told later.

CREATE TRIGGER "action_insert_visit" BEFORE INSERT ON "action"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a visit that is signed');
END;

CREATE TRIGGER "action_update_visit" BEFORE UPDATE OF "child", "visit", "review", "position", "what", "who", "due" ON "action"
WHEN (EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*')))
  OR (EXISTS (SELECT 1 FROM "visit" WHERE "id" = NEW."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a visit that is signed');
END;

CREATE TRIGGER "action_delete_visit" BEFORE DELETE ON "action"
WHEN EXISTS (SELECT 1 FROM "visit" WHERE "id" = OLD."visit" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a visit that is signed');
END;

CREATE TRIGGER "action_insert_review" BEFORE INSERT ON "action"
WHEN EXISTS (SELECT 1 FROM "review" WHERE "id" = NEW."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."review", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a review that is signed');
END;

CREATE TRIGGER "action_update_review" BEFORE UPDATE OF "child", "visit", "review", "position", "what", "who", "due" ON "action"
WHEN (EXISTS (SELECT 1 FROM "review" WHERE "id" = OLD."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."review", '*')))
  OR (EXISTS (SELECT 1 FROM "review" WHERE "id" = NEW."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."review", '*')))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a review that is signed');
END;

CREATE TRIGGER "action_delete_review" BEFORE DELETE ON "action"
WHEN EXISTS (SELECT 1 FROM "review" WHERE "id" = OLD."review" AND "signed_at" IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (OLD."review", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: it was agreed at a review that is signed');
END;

CREATE TRIGGER "visit_content_insert" BEFORE INSERT ON "visit_content"
WHEN NOT EXISTS (SELECT 1 FROM "signing" WHERE +"id" IN (NEW."visit", '*'))
BEGIN
  SELECT RAISE (ABORT, 'locked: only signing keeps a content');
END;

CREATE TRIGGER "visit_content_update" BEFORE UPDATE ON "visit_content"
BEGIN
  SELECT RAISE (ABORT, 'locked: what was signed stays');
END;

CREATE TRIGGER "visit_content_delete" BEFORE DELETE ON "visit_content"
BEGIN
  SELECT RAISE (ABORT, 'locked: what was signed stays');
END;

CREATE TRIGGER "audit_insert" BEFORE INSERT ON "audit"
WHEN NEW."number" <= (SELECT coalesce (max ("number"), 0) FROM "audit")
BEGIN
  SELECT RAISE (ABORT, 'locked: the audit only grows');
END;

CREATE TRIGGER "audit_update" BEFORE UPDATE ON "audit"
BEGIN
  SELECT RAISE (ABORT, 'locked: the audit is never changed');
END;

CREATE TRIGGER "audit_delete" BEFORE DELETE ON "audit"
BEGIN
  SELECT RAISE (ABORT, 'locked: the audit is never changed');
END;


-- The days on which each child was seen, so that a list of all children reads no visit. At one
-- that did not take place nobody was.
CREATE TABLE "visit_day" (
  "child" TEXT NOT NULL,
  "date" TEXT NOT NULL,
  "visit" TEXT NOT NULL,
  PRIMARY KEY ("child", "date", "visit")
) STRICT, WITHOUT ROWID;

CREATE TRIGGER "visit_day_insert" AFTER INSERT ON "visit_child"
BEGIN
  INSERT OR IGNORE INTO "visit_day"
  SELECT NEW."child", "date", NEW."visit" FROM "visit"
  WHERE "id" = NEW."visit" AND "kind" IS NOT 'not-held';
END;

CREATE TRIGGER "visit_day_delete" AFTER DELETE ON "visit_child"
BEGIN
  DELETE FROM "visit_day" WHERE "child" = OLD."child" AND "visit" = OLD."visit";
END;

CREATE TRIGGER "visit_day_child" AFTER UPDATE OF "child", "visit" ON "visit_child"
BEGIN
  DELETE FROM "visit_day" WHERE "child" = OLD."child" AND "visit" = OLD."visit";
  INSERT OR IGNORE INTO "visit_day"
  SELECT NEW."child", "date", NEW."visit" FROM "visit"
  WHERE "id" = NEW."visit" AND "kind" IS NOT 'not-held';
END;

CREATE TRIGGER "visit_day_date" AFTER UPDATE OF "date", "kind" ON "visit"
BEGIN
  DELETE FROM "visit_day" WHERE "visit" = NEW."id"
  AND "child" IN (SELECT "child" FROM "visit_child" WHERE "visit" = NEW."id");
  INSERT OR IGNORE INTO "visit_day"
  SELECT "child", NEW."date", NEW."id" FROM "visit_child"
  WHERE "visit" = NEW."id" AND NEW."kind" IS NOT 'not-held';
END;
