/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits: add one from a file, sign and amend. */
#include "way-cli.h"

#include "way-check.h"
#include "way-cli-extract.h"
#include "way-cli-json.h"
#include "way-error.h"
#include "way-text.h"
#include "way-values.h"
#include "way-visit-versions.h"

static char *amend_reason, *draft_file;

/* (transfer full): who works here */
static WayPractitioner *
get_me (WayCli *cli, GError **error)
{
  g_autoptr (GError) local = NULL;
  WayPractitioner *me = way_db_get_me (cli->db, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (me == NULL)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_FAILED,
                 "This store does not know who you are, and a visit needs its author; say it "
                 "once with: waymark-cli --store '%s' add practitioner --me yes --name 'YOUR "
                 "NAME' --role specialist-teacher",
                 cli->store_path);
  return me;
}

/* What was made, or is to be made, at the visit stays at it when the visit gets another day. */
static gboolean
follow_day (WayCli *cli, WayRecordSet *records, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT), *stored;
  GPtrArray *assessments = way_record_set_list (records, WAY_ASSESSMENT);
  g_autoptr (WayRecordSet) before = NULL;
  g_autoptr (GError) failure = NULL;

  if (visit->record.id == NULL)
    return TRUE;
  before = way_db_load_visit (cli->db, visit->record.id, &failure);
  if (before == NULL && !g_error_matches (failure, WAY_ERROR, WAY_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  stored = before != NULL ? way_record_set_first (before, WAY_VISIT) : NULL;
  if (stored == NULL || stored->date == visit->date)
    return TRUE;
  for (guint i = 0; i < assessments->len; i++) {
    WayAssessment *assessment = assessments->pdata[i];

    if (assessment->date == stored->date && assessment->record.id != NULL &&
        way_record_set_find (before, WAY_ASSESSMENT, assessment->record.id) != NULL)
      assessment->date = WAY_DATE_UNKNOWN; /* that of the visit */
  }
  return TRUE;
}

/* The visit in the file; the author that is not named is who works here. A new visit without a day
 * is today's; one that is amended keeps no day unsaid: it is not the day of the amendment. */
static WayRecordSet *
read_draft (WayCli *cli, const char *path, const char *id, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (JsonObject) object = way_json_read_file (path, error);
  WayVisit *visit;

  if (object == NULL || (records = way_json_to_visit (object, id, path, error)) == NULL)
    return NULL;
  visit = way_record_set_first (records, WAY_VISIT);
  if (visit->practitioner == NULL) {
    g_autoptr (WayPractitioner) me = get_me (cli, error);

    if (me == NULL)
      return NULL;
    way_set_string (&visit->practitioner, me->record.id);
  }
  if (id == NULL && !json_object_has_member (object, "date"))
    visit->date = cli->today;
  if (!follow_day (cli, records, error))
    return NULL;
  return g_steal_pointer (&records);
}

static WayExit
refuse_draft (const char *draft, GError **error)
{
  if (error != NULL && g_error_matches (*error, WAY_ERROR, WAY_ERROR_INVALID)) {
    (*error)->code = WAY_ERROR_REFUSED;
    way_cli_place (error, draft);
  }
  return WAY_EXIT_REFUSED;
}

/* What the form would advise about; what it would refuse is refused when it is stored or signed. */
static gboolean
advise (WayCli *cli, WayRecordSet *records, GError **error)
{
  const WayVisit *visit = way_record_set_first (records, WAY_VISIT);
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (cli->db, error);

  if (lists == NULL)
    return FALSE;
  way_cli_note_unclaimed (records);
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (records, WAY_RECORD_TYPES[i]);

    for (guint k = 0; k < list->len; k++) {
      g_autoptr (GPtrArray) findings =
          way_record_check_in_visit (list->pdata[k], visit, NULL, lists, cli->today);

      for (guint f = 0; f < findings->len; f++) {
        const WayFinding *finding = findings->pdata[f];

        if (finding->is_warning) {
          g_autofree char *words = way_finding_dup_words (finding);

          way_cli_note ("Note: %s: %s.", WAY_RECORD_TYPES[i]->name, words);
        }
      }
    }
  }
  return TRUE;
}

/* A visit as a file has it. */
WayExit
way_cli_add_visit (WayCli *cli, char **words, const char *draft, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  const WayVisit *visit;

  if (words[0] != NULL)
    return way_cli_usage (
        error,
        "add visit: The word “%s” is not expected there; a visit is given as --file DRAFT.json",
        words[0]);
  if (draft == NULL)
    return way_cli_usage (error,
                          "add visit: The visit itself is missing; give it as --file DRAFT.json "
                          "(“waymark-cli add --help visit” shows one)");
  if (!way_cli_open (cli, error) || (records = read_draft (cli, draft, NULL, error)) == NULL)
    return WAY_EXIT_FAILED;
  if (!way_db_store_visit (cli->db, records, error))
    return refuse_draft (draft, error);
  if (!advise (cli, records, error))
    return WAY_EXIT_FAILED;
  visit = way_record_set_first (records, WAY_VISIT);
  way_cli_print ("%s\n", visit->record.id);
  return WAY_EXIT_DONE;
}

static WayExit
print_fingerprint (WayCli *cli, const char *visit, GError **error)
{
  g_autofree char *fingerprint = way_db_get_fingerprint (cli->db, visit, error);

  if (fingerprint == NULL)
    return WAY_EXIT_FAILED;
  way_cli_print ("%s\n", fingerprint);
  return WAY_EXIT_DONE;
}

static WayExit
run_sign (WayCli *cli, char **words, GError **error)
{
  gboolean visit = g_strcmp0 (words[1], "visit") == 0;
  g_autoptr (WayDossier) dossier = NULL;

  if (!way_cli_has_at_most ("sign", words, 3, error))
    return WAY_EXIT_USAGE;
  if ((!visit && g_strcmp0 (words[1], "review") != 0) || words[2] == NULL)
    return way_cli_usage (
        error, "sign: It is not said what to sign; give “visit” or “review”, and its id");
  if (!way_cli_open (cli, error))
    return WAY_EXIT_FAILED;
  if (!visit)
    return way_db_sign_review (cli->db, words[2], NULL, error) ? WAY_EXIT_DONE : WAY_EXIT_FAILED;
  dossier = way_db_gather_visit (cli->db, words[2], 0, error);
  if (dossier == NULL || !way_db_sign_visit (cli->db, words[2], NULL, error))
    return WAY_EXIT_FAILED;
  way_cli_note_unclaimed (dossier->records);
  return print_fingerprint (cli, words[2], error);
}

const WayCommand WAY_COMMAND_SIGN = {
    "sign", "visit|review ID   lock it; prints a visit's fingerprint", NULL, run_sign};

/* A reason that can't be taken is a fault of the call, and not one of the file. */
static gboolean
check_reason (const char *reason, GError **error)
{
  g_autofree char *fault = way_visit_versions_dup_reason_fault (reason);
  g_autofree char *sentence = NULL;

  if (fault == NULL)
    return TRUE;
  sentence = way_text_dup_sentence ("The reason", fault);
  way_cli_usage (error, "amend: --reason: %s", sentence);
  return FALSE;
}

/* What became of an action since it was agreed is no part of the visit at which it was agreed, so
 * an amendment does not change it: then it shall not look as if it did. */
static gboolean
check_told (WayCli *cli, WayRecordSet *records, GError **error)
{
  static const char *const TOLD[] = {"done", "effect", "note"};
  GPtrArray *actions = way_record_set_list (records, WAY_ACTION);

  for (guint i = 0; i < actions->len; i++) {
    const WayAction *action = actions->pdata[i];
    g_autoptr (WayAction) stored = action->record.id != NULL
                                       ? way_db_get (cli->db, WAY_ACTION, action->record.id, NULL)
                                       : NULL;

    for (gsize k = 0; stored != NULL && k < G_N_ELEMENTS (TOLD); k++) {
      const WayField *field = way_record_type_find (WAY_ACTION, TOLD[k]);

      if (!way_field_is_known (field, action) || way_field_equal (field, action, stored))
        continue;
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_REFUSED,
                   "%s: actions: “%s” of “%s” is told at a later visit, and no amendment changes "
                   "it; give it as it was, or leave it out. Nothing was amended",
                   draft_file,
                   TOLD[k],
                   action->what);
      return FALSE;
    }
  }
  return TRUE;
}

static WayExit
run_amend (WayCli *cli, char **words, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (WayPractitioner) me = NULL; /* who signs, whoever wrote it */

  if (!way_cli_has_at_most ("amend", words, 3, error))
    return WAY_EXIT_USAGE;
  if (g_strcmp0 (words[1], "visit") != 0 || words[2] == NULL)
    return way_cli_usage (error, "amend: It is not said what to amend; give “visit”, and its id");
  if (way_text_is_blank (amend_reason) || draft_file == NULL)
    return way_cli_usage (
        error,
        "amend: The reason or the new text is missing; give --reason TEXT and --file DRAFT.json");
  if (!check_reason (amend_reason, error))
    return WAY_EXIT_USAGE;
  if (!way_cli_open (cli, error) || (me = get_me (cli, error)) == NULL ||
      (records = read_draft (cli, draft_file, words[2], error)) == NULL)
    return WAY_EXIT_FAILED;
  if (!check_told (cli, records, error))
    return WAY_EXIT_REFUSED;
  if (!way_db_amend_visit (cli->db, records, amend_reason, NULL, error))
    return refuse_draft (draft_file, error);
  if (!advise (cli, records, error))
    return WAY_EXIT_FAILED;
  return print_fingerprint (cli, words[2], error);
}

static const GOptionEntry AMEND_ENTRIES[] = {{"reason",
                                              0,
                                              0,
                                              G_OPTION_ARG_STRING,
                                              &amend_reason,
                                              "Why; it is printed on the record",
                                              "TEXT"},
                                             {"file",
                                              0,
                                              0,
                                              G_OPTION_ARG_FILENAME,
                                              &draft_file,
                                              "The whole visit as it shall be, as JSON",
                                              "DRAFT.json"},
                                             {NULL}};
const WayCommand WAY_COMMAND_AMEND = {
    "amend",
    "visit ID --reason TEXT --file DRAFT.json   a new version; both stay",
    AMEND_ENTRIES,
    run_amend};
