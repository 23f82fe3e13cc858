/* SPDX-License-Identifier: GPL-3.0-or-later */
/* add: what is entered. */
#include "way-cli.h"

#include "way-check.h"
#include "way-error.h"
#include "way-number.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

static char *draft_file;

/* add takes any field of the record as an option of its own name. */
typedef struct {
  const WayRecordType *type;
  const char *word;
} AddKind;

static const AddKind ADD_KINDS[] = {{&way_target_type, "target"},
                                    {&way_measurement_type, "measurement"},
                                    {&way_child_type, "child"},
                                    {&way_practitioner_type, "practitioner"},
                                    {&way_setting_type, "setting"},
                                    {&way_enrolment_type, "enrolment"},
                                    {&way_sen_status_type, "sen-status"},
                                    {&way_need_type, "need"},
                                    {&way_case_type, "case"},
                                    {&way_outcome_type, "outcome"},
                                    {&way_phase_type, "phase"},
                                    {&way_agreement_type, "agreement"},
                                    {&way_contact_type, "contact"},
                                    {&way_action_type, "action"},
                                    {&way_review_type, "review"}};

/* "--gas-plus-1 TEXT" sets gas_plus_1. The words were left over by the options
 * of the call, which do not know them. */
static gboolean
set_option (
    const AddKind *kind, gpointer record, const char *name, const char *value, GError **error)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  guint hint = 0;
  const WayField *field = way_record_type_find_xml (type, name, &hint);
  g_autoptr (GError) local = NULL;

  if (field == NULL) {
    way_cli_usage (error,
                   "add %s: There is no option --%s; “waymark-cli add --help %s” lists them",
                   kind->word,
                   name,
                   kind->word);
    return FALSE;
  }
  if (value == NULL) {
    way_cli_usage (error, "add %s: The option --%s needs a value after it", kind->word, name);
    return FALSE;
  }
  if (*value == '\0' && field->kind == WAY_FIELD_DATE) { /* a script's, and not today then */
    way_cli_usage (
        error, "add %s: --%s: is empty; give a day, or leave the option out", kind->word, name);
    return FALSE;
  }
  if (!way_field_set_text (field, record, value, &local)) {
    g_autofree char *why = way_cli_dup_fault (field, value, local);

    way_cli_usage (error, "add %s: --%s: %s", kind->word, name, why);
    return FALSE;
  }
  return TRUE;
}

/* "--child" for a field, in the form of an option. */
static char *
dup_option (const WayField *field)
{
  return g_strdelimit (g_strconcat ("--", field->name, NULL), "_", '-');
}

/* Whatever the record refers to has to be in the store, as the kind of thing it shall be. */
static gboolean
check_ids (WayCli *cli, const AddKind *kind, gconstpointer record, GError **error)
{
  for (guint i = 0; i < kind->type->n_fields; i++) {
    const WayField *field = &kind->type->fields[i];
    const WayRecordType *type = field->kind == WAY_FIELD_ID && field->list != NULL
                                    ? way_record_type_by_name (field->list)
                                    : NULL;
    g_autoptr (WayRecord) found = NULL;
    g_autoptr (GError) local = NULL;
    g_autofree char *option = dup_option (field);

    if (type == NULL || !way_field_is_known (field, record))
      continue;
    found = way_db_get (cli->db, type, way_field_string (field, record), &local);
    if (found != NULL)
      continue;
    if (!g_error_matches (local, WAY_ERROR, WAY_ERROR_NOT_FOUND))
      g_propagate_error (error, g_steal_pointer (&local));
    else
      g_set_error (error,
                   WAY_ERROR,
                   WAY_ERROR_NOT_FOUND,
                   "add %s: %s: There is no %s with the id “%s”; “waymark-cli list %s” shows them",
                   kind->word,
                   option,
                   type->name,
                   way_field_string (field, record),
                   way_cli_plural_for_type (type));
    return FALSE;
  }
  return TRUE;
}

static gboolean
set_options (const AddKind *kind, gpointer record, char **words, GError **error)
{
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *name = NULL;
    char *equals = strchr (words[i], '=');

    if (!g_str_has_prefix (words[i], "--")) {
      way_cli_usage (
          error,
          "add: The word “%s” is not expected there; write it after an option, such as --name",
          words[i]);
      return FALSE;
    }
    if (equals != NULL) {
      name = g_strndup (words[i] + 2, equals - words[i] - 2);
      if (!set_option (kind, record, name, equals + 1, error))
        return FALSE;
    } else {
      if (!set_option (kind, record, words[i] + 2, words[i + 1], error))
        return FALSE;
      i++;
    }
  }
  return TRUE;
}

static void
set_default (gpointer record, const char *name, const char *value)
{
  const WayField *field = way_record_type_find (WAY_RECORD (record)->type, name);

  if (field != NULL && !way_field_is_known (field, record))
    way_field_set_text (field, record, value, NULL);
}

static void
complete (WayCli *cli, gpointer record)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  char today[WAY_DATE_ISO_SIZE];

  way_date_to_iso (cli->today, today);
  if (type == WAY_TARGET) {
    set_default (record, "start", today);
    set_default (record, "state", "open");
  } else if (type == WAY_MEASUREMENT) {
    set_default (record, "date", today);
  } else if (type == WAY_CASE) {
    set_default (record, "opened", today);
  }
}

/* One person works with a store. */
static gboolean
check_me (WayCli *cli, gconstpointer record, GError **error)
{
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (GError) local = NULL;

  if (WAY_RECORD (record)->type != WAY_PRACTITIONER ||
      ((const WayPractitioner *) record)->me != WAY_YES)
    return TRUE;
  me = way_db_get_me (cli->db, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (me != NULL)
    way_cli_usage (error,
                   "add practitioner: --me: This store is that of %s already, and one person works "
                   "with a store; leave --me out to add a colleague",
                   me->name);
  else
    return TRUE;
  return FALSE;
}

/* The record of @type that the field of @name refers to: with @error, or none. (nullable) */
static gpointer
get_referred (
    WayCli *cli, gconstpointer record, const char *name, const WayRecordType *type, GError **error)
{
  const WayField *field = way_record_type_find (WAY_RECORD (record)->type, name);

  return way_field_is_known (field, record)
             ? way_db_get (cli->db, type, way_field_string (field, record), error)
             : NULL;
}

/* Its own rules, of a measurement the scale of its target, of an action the day of its visit. */
static GPtrArray *
check (WayCli *cli, gconstpointer record, GError **error)
{
  const WayRecordType *type = WAY_RECORD (record)->type;
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (cli->db, error);
  g_autoptr (WayTarget) target = NULL;
  g_autoptr (WayVisit) visit = NULL;
  WayMeasureScale scale;

  if (lists == NULL)
    return NULL;
  if (type == WAY_ACTION)
    visit = get_referred (cli, record, "visit", WAY_VISIT, error);
  if (type == WAY_MEASUREMENT)
    target = get_referred (cli, record, "target", WAY_TARGET, error);
  if (error != NULL && *error != NULL)
    return NULL;
  if (target != NULL)
    scale = way_target_get_scale (target);
  return way_record_check_in_visit (
      record, visit, target != NULL ? &scale : NULL, lists, cli->today);
}

/* Two measurements of a target on one day both count; who enters the second shall know. */
static gboolean
note_same_day (WayCli *cli, const WayMeasurement *row, GError **error)
{
  g_autoptr (GPtrArray) rows = way_db_list (cli->db, WAY_MEASUREMENT, "target", row->target, error);
  g_autofree char *day = way_date_format_short (row->date);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WayMeasurement *other = g_ptr_array_index (rows, i);
    g_autofree char *value =
        isnan (other->value) ? g_strdup ("“not measured”") : way_number_to_text (other->value);

    if (other->date == row->date)
      way_cli_note ("Note: --date: this target has a value for %s already: %s. Both are kept, and "
                    "both count.",
                    day,
                    value);
  }
  return rows != NULL;
}

/* The store has a child of this number, or of this name and day of birth: two children may be
 * alike, so both are kept, but who enters the second shall know. */
static gboolean
note_alike (WayCli *cli, const WayChild *child, GError **error)
{
  g_autoptr (GPtrArray) rows = way_db_list_alike (cli->db, child, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WayChild *other = g_ptr_array_index (rows, i);
    g_autofree char *name = way_child_full_name (other), *day = way_date_format_short (other->dob);
    const WayChild as_given = {.upn = child->upn}, as_now = {.upn = other->upn};
    gboolean has_upn = way_child_shares_upn (child, other);

    way_cli_note ("Note: %s: %s, born on %s, is in this store already with %s, and the "
                  "new one is kept beside. If it is one child, go on with the one that was there "
                  "(“waymark-cli show child %s”); if it is two, check what is the same.",
                  !has_upn                                  ? "--surname"
                  : way_child_shares_upn (&as_given, other) ? "--upn"
                                                            : "--former-upn",
                  name,
                  day,
                  !has_upn                                ? "the same name and date of birth"
                  : way_child_shares_upn (child, &as_now) ? "the same UPN"
                                                          : "this number as the former UPN",
                  other->record.id);
  }
  return rows != NULL;
}

/* What only the store can know to be wrong: said as what the options alone show. */
static WayExit
refuse_record (const AddKind *kind, GError **error)
{
  const char *message = error != NULL ? (*error)->message : "", *colon = strstr (message, ": ");
  g_autofree char *name = colon != NULL ? g_strndup (message, (gsize) (colon - message)) : NULL;
  const WayField *field = name != NULL ? way_record_type_find (kind->type, name) : NULL;
  g_autofree char *why = NULL, *option = NULL;

  if (field == NULL || !g_error_matches (*error, WAY_ERROR, WAY_ERROR_INVALID))
    return WAY_EXIT_FAILED;
  why = g_strdup (colon + 2);
  option = dup_option (field);
  g_clear_error (error);
  return way_cli_usage (error, "add %s: %s: %s", kind->word, option, why);
}

static WayExit
add_record (WayCli *cli, const AddKind *kind, char **words, GError **error)
{
  g_autoptr (WayRecord) record = way_record_new (kind->type);
  g_autoptr (GPtrArray) findings = NULL;

  if (!set_options (kind, record, words, error))
    return WAY_EXIT_USAGE;
  if (!way_cli_open (cli, error) || !check_ids (cli, kind, record, error) ||
      !check_me (cli, record, error))
    return WAY_EXIT_FAILED;
  complete (cli, record);
  findings = check (cli, record, error);
  if (findings == NULL)
    return WAY_EXIT_FAILED;
  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);
    g_autofree char *sentence = way_finding_dup_sentence (finding);
    g_autofree char *option = finding->field != NULL ? dup_option (finding->field) : NULL;
    g_autofree char *place = option != NULL ? g_strconcat (option, ": ", NULL) : g_strdup ("");

    if (!finding->is_warning)
      return way_cli_usage (error, "add %s: %s%s", kind->word, place, sentence);
    way_cli_note ("Note: %s%s", place, sentence);
  }
  if (kind->type == WAY_MEASUREMENT && !note_same_day (cli, (const WayMeasurement *) record, error))
    return WAY_EXIT_FAILED;
  if (kind->type == WAY_CHILD && !note_alike (cli, (const WayChild *) record, error))
    return WAY_EXIT_FAILED;
  if (!way_db_save (cli->db, record, error))
    return refuse_record (kind, error);
  way_cli_print ("%s\n", record->id);
  return WAY_EXIT_DONE;
}

static WayExit
run_add (WayCli *cli, char **words, GError **error)
{
  if (g_strcmp0 (words[1], "visit") == 0)
    return way_cli_add_visit (cli, words + 2, draft_file, error);
  for (guint i = 0; words[1] != NULL && i < G_N_ELEMENTS (ADD_KINDS); i++) {
    if (strcmp (words[1], ADD_KINDS[i].word) == 0)
      return add_record (cli, &ADD_KINDS[i], words + 2, error);
  }
  return way_cli_usage (error,
                        "add: It is not said what to add; name a visit, target, measurement, "
                        "child, setting … (“waymark-cli add --help” lists them)");
}

static const char *
value_words (const WayField *field)
{
  static const char *const WORDS[] = {
      [WAY_FIELD_TEXT] = "TEXT",
      [WAY_FIELD_NOTE] = "TEXT",
      [WAY_FIELD_ID] = "ID",
      [WAY_FIELD_CODE] = "CODE",
      [WAY_FIELD_DATE] = "YYYY-MM-DD",
      [WAY_FIELD_TIME] = "HH:MM",
      [WAY_FIELD_STAMP] = "YYYY-MM-DDTHH:MM:SSZ",
      [WAY_FIELD_NUMBER] = "NUMBER",
      [WAY_FIELD_YES_NO] = "yes|no",
  };

  return WORDS[field->kind];
}

/* What complete() sets where it is not given. */
static const char *
usual_words (const WayRecordType *type, const WayField *field)
{
  if ((type == WAY_TARGET && strcmp (field->name, "start") == 0) ||
      (type == WAY_MEASUREMENT && strcmp (field->name, "date") == 0) ||
      (type == WAY_CASE && strcmp (field->name, "opened") == 0))
    return " (if not given: today)";
  if (type == WAY_TARGET && strcmp (field->name, "state") == 0)
    return " (if not given: open)";
  return (field->flags & WAY_FIELD_REQUIRED) != 0 ? " (needed)" : "";
}

static void
describe_fields (GString *text, const AddKind *kind)
{
  g_string_append_printf (text, "Options of add %s:\n", kind->word);
  for (guint i = 0; i < kind->type->n_fields; i++) {
    const WayField *field = &kind->type->fields[i];
    g_autofree char *option = dup_option (field);
    g_autofree char *whole = g_strdup_printf ("%s %s", option, value_words (field));
    const char *more = field->kind == WAY_FIELD_CODE ? "a code of the list "
                       : field->list != NULL && strchr ("aeiou", *field->list) ? "of an "
                                                                               : "of a ";

    g_string_append_printf (text, "  %-38s", whole);
    if (field->list != NULL)
      g_string_append_printf (text, " %s%s", more, field->list);
    g_string_append_printf (text, "%s\n", usual_words (kind->type, field));
  }
  g_string_append (text, "\n“waymark-cli lists export FOLDER” writes all code lists.\n");
}

static const char VISIT_WORDS[] =
    "Options of add visit:\n"
    "  --file DRAFT.json                      the visit as JSON, such as\n\n"
    "{\n"
    "  \"children\": [\"CHILD-ID\"],\n"
    "  \"date\": \"2026-11-17\",\n"
    "  \"kind\": \"observation\",\n"
    "  \"people\": [{\"name\": \"Ms Patel\", \"role\": \"class teacher\"}],\n"
    "  \"purpose\": \"To see how the visual timetable is used.\",\n"
    "  \"seen\": \"The timetable was on the wall.\",\n"
    "  \"child_view\": \"I like to know what comes next.\",\n"
    "  \"actions\": [{\"what\": \"Put the timetable at eye level\", \"who\": \"Ms Patel\",\n"
    "               \"due\": \"2026-12-01\"}]\n"
    "}\n\n"
    "'waymark-cli list children' shows the ids. 'waymark-cli show visit ID --format json' prints\n"
    "a visit in the same form, with every member that it may have.\n";

/* What add TARGET can be told, from the table of its fields. */
static char *
describe_add (char **words)
{
  GString *text = g_string_new (NULL);

  for (guint w = 0; words[w] != NULL; w++) {
    if (strcmp (words[w], "visit") == 0) {
      g_string_append (text, VISIT_WORDS);
      return g_string_free (text, FALSE);
    }
    for (guint i = 0; i < G_N_ELEMENTS (ADD_KINDS); i++) {
      if (strcmp (words[w], ADD_KINDS[i].word) != 0)
        continue;
      describe_fields (text, &ADD_KINDS[i]);
      return g_string_free (text, FALSE);
    }
  }
  g_string_append (text, "What can be added: visit (--file DRAFT.json)");
  for (guint i = 0; i < G_N_ELEMENTS (ADD_KINDS); i++)
    g_string_append_printf (text, ", %s", ADD_KINDS[i].word);
  g_string_append (text, ".\n“waymark-cli add target --help” lists the options of a target.\n");
  return g_string_free (text, FALSE);
}

static const GOptionEntry ADD_ENTRIES[] = {
    /* a visit's alone: it stands in the help of add visit */
    {"file",
     0,
     G_OPTION_FLAG_HIDDEN,
     G_OPTION_ARG_FILENAME,
     &draft_file,
     "The visit as JSON",
     "DRAFT.json"},
    {NULL}};
const WayCommand WAY_COMMAND_ADD = {"add",
                                    "target --child ID --statement TEXT … | measurement --target "
                                    "ID --date D --value V [--note TEXT] | visit --file DRAFT.json",
                                    ADD_ENTRIES,
                                    run_add,
                                    .takes_fields = TRUE,
                                    .describe = describe_add};
