/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is worked out from a target's measurements: for show, and as a chart. */
#include "way-cli-progress.h"

#include "way-chart-file.h"
#include "way-cli-json.h"
#include "way-error.h"
#include "way-options.h"
#include "way-progress-chart.h"

#include <math.h>
#include <string.h>

static char *chart_output;

/**
 * way_cli_target_load:
 *
 * Returns: (transfer full): the target called @id with its progress
 */
WayCliTarget *
way_cli_target_load (WayCli *cli, const char *id, GError **error)
{
  g_autoptr (WayCliTarget) self = g_new0 (WayCliTarget, 1);
  WayProgressOptions options = {.today = cli->today};

  self->target = way_db_get (cli->db, WAY_TARGET, id, error);
  if (self->target == NULL)
    return NULL;
  self->measurements = way_db_list (cli->db, WAY_MEASUREMENT, "target", id, error);
  if (self->measurements == NULL)
    return NULL;
  self->phases = way_db_list (cli->db, WAY_PHASE, "target", id, error);
  if (self->phases == NULL || !way_options_read (cli->db, &options, error))
    return NULL;
  self->progress = way_progress_new (self->target, self->measurements, self->phases, &options);
  return g_steal_pointer (&self);
}

void
way_cli_target_free (WayCliTarget *self)
{
  g_clear_pointer (&self->progress, way_progress_free);
  g_clear_pointer (&self->phases, g_ptr_array_unref);
  g_clear_pointer (&self->measurements, g_ptr_array_unref);
  way_record_free (self->target);
  g_free (self);
}

static void
set_number (JsonObject *object, const char *name, gboolean known, double value)
{
  way_json_set_number (object, name, known ? value : NAN);
}

/* As on the charts: the mean of 0.1, 0.2 and 0.3 is 0.2, and not 0.20000000000000004. */
static void
set_worked_out (JsonObject *object, const char *name, gboolean known, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.13g", value);
  set_number (object, name, known, g_ascii_strtod (buffer, NULL));
}

/**
 * way_cli_progress_is_worked_out:
 * @name: of a member of what way_cli_progress_to_json() or way_cli_attainment_to_json() gave
 *
 * Returns: %FALSE if it is a value as it was recorded, which is shown as it was typed
 */
gboolean
way_cli_progress_is_worked_out (const char *name)
{
  static const char *const NAMES[] = {"current",
                                      "trend_per_week",
                                      "aim_per_week",
                                      "t_score",
                                      "t_score_baseline",
                                      "t_score_change",
                                      NULL};

  return g_strv_contains (NAMES, name);
}

static const char *
prompt_code (WayPrompt prompt)
{
  switch (prompt) {
  case WAY_PROMPT_NO_DATA:
    return "no-data";
  case WAY_PROMPT_TOO_FEW:
    return "too-few";
  case WAY_PROMPT_NO_AIM:
    return "no-aim";
  case WAY_PROMPT_CONTINUE:
    return "continue";
  case WAY_PROMPT_CHANGE:
    return "change";
  case WAY_PROMPT_RAISE:
    return "raise";
  case WAY_PROMPT_NOT_RATED:
  default:
    return "not-rated";
  }
}

static void
set_words (JsonObject *object, const WayProgress *progress)
{
  g_autofree char *baseline = way_progress_baseline_text (progress);
  g_autofree char *latest = way_progress_latest_text (progress);
  g_autofree char *trend = way_progress_trend_text (progress);
  g_autofree char *prompt = way_progress_prompt_text (progress);
  g_autofree char *score = way_progress_score_text (progress);
  g_autofree char *words = g_strjoin (
      ". ", baseline, latest, trend, prompt, score /* ends the list if there is none */, NULL);

  json_object_set_string_member (object, "state", way_progress_state_word (progress));
  json_object_set_string_member (object, "words", words);
}

static void
set_gas (JsonObject *object, const WayGasScore *score)
{
  set_worked_out (object, "t_score", TRUE, score->achieved);
  set_worked_out (object, "t_score_baseline", TRUE, score->baseline);
  set_worked_out (object, "t_score_change", TRUE, score->change);
}

/* Only of what is measured so. */
static void
set_score (JsonObject *object, const WayProgress *progress)
{
  WayTmeOutcome outcome = way_progress_get_tme (progress);
  WayGasScore score;

  if (way_progress_get_gas (progress, &score))
    set_gas (object, &score);
  if (outcome != WAY_TME_UNKNOWN)
    json_object_set_string_member (object, "tme_outcome", way_tme_outcome_word (outcome));
}

/**
 * way_cli_attainment_to_json:
 *
 * Returns: (transfer full) (nullable): goal attainment over all goals of a child that are open and
 *   have a level by @today; %NULL if there is none
 */
JsonObject *
way_cli_attainment_to_json (WayRecordSet *records, WayDate today)
{
  WayGasScore score;
  guint n = way_progress_gas_of_targets (records, today, &score);
  JsonObject *object;

  if (n == 0)
    return NULL;
  object = json_object_new ();
  json_object_set_int_member (object, "targets", n);
  set_gas (object, &score);
  return object;
}

/**
 * way_cli_progress_to_json:
 *
 * Returns: (transfer full): baseline, trend and aim a week of the current phase,
 *   the two prompts with the points behind them, and the same in words
 */
JsonObject *
way_cli_progress_to_json (const WayProgress *progress)
{
  const WayProgressPhase *phase =
      progress->n_phases > 0 ? way_progress_get_current_phase (progress) : NULL;
  g_autofree char *baseline_date = way_date_dup_iso (progress->baseline_date);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "points", progress->n_points);
  json_object_set_int_member (object, "not_measured", progress->n_not_measured);
  set_number (object, "baseline", progress->baseline_known, progress->baseline);
  if (baseline_date != NULL)
    json_object_set_string_member (object, "baseline_date", baseline_date);
  set_number (object,
              "latest",
              progress->n_points > 0,
              progress->n_points > 0 ? progress->points[progress->n_points - 1].value : NAN);
  set_worked_out (object, "current", TRUE, progress->current_value);
  set_worked_out (object,
                  "trend_per_week",
                  phase != NULL && phase->trend.known,
                  phase != NULL ? phase->trend.slope * 7.0 : NAN);
  set_worked_out (object,
                  "aim_per_week",
                  phase != NULL && phase->aim.known,
                  phase != NULL ? phase->aim.slope * 7.0 : NAN);
  json_object_set_string_member (object, "four_point", prompt_code (progress->four_point));
  json_object_set_int_member (object, "four_point_points", progress->four_point_n);
  json_object_set_string_member (object, "trend_rule", prompt_code (progress->trend_rule));
  json_object_set_int_member (object, "trend_rule_points", progress->trend_rule_n);
  set_score (object, progress);
  set_words (object, progress);
  return object;
}

/* The days on which the child was visited, not those on which it came to nothing, for the marks at
 * the axis. */
static GArray *
list_visit_days (WayCli *cli, const char *child, GError **error)
{
  g_autoptr (GPtrArray) links = way_db_list (cli->db, WAY_VISIT_CHILD, "child", child, error);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (WayDate));

  if (links == NULL)
    return NULL;
  for (guint i = 0; i < links->len; i++) {
    g_autoptr (WayVisit) visit = way_db_get (
        cli->db, WAY_VISIT, ((WayVisitChild *) g_ptr_array_index (links, i))->visit, error);

    if (visit == NULL)
      return NULL;
    if (g_strcmp0 (visit->kind, "not-held") != 0)
      g_array_append_val (days, visit->date);
  }
  return g_steal_pointer (&days);
}

#define CHART_WIDTH 660.0
#define CHART_HEIGHT 260.0

static WayExit
run_chart (WayCli *cli, char **words, GError **error)
{
  g_autoptr (WayCliTarget) loaded = NULL;
  g_autoptr (WayTerms) terms = NULL;
  g_autoptr (GArray) days = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WayProgressChart chart;
  WayChartFormat format;

  if (!way_cli_has_at_most ("chart", words, 2, error))
    return WAY_EXIT_USAGE;
  if (words[1] == NULL)
    return way_cli_usage (error,
                          "chart: It is not said which target; give the id of one (“waymark-cli "
                          "list targets” shows them)");
  if (chart_output == NULL || !way_chart_file_find_format (chart_output, &format))
    return way_cli_usage (error,
                          "chart: The name of the file says what is written; give --output FILE, "
                          "ending in .png, .svg or .pdf");
  if (!way_cli_open (cli, error) || (loaded = way_cli_target_load (cli, words[1], error)) == NULL ||
      (terms = way_db_get_terms (cli->db, error)) == NULL ||
      (days = list_visit_days (cli, loaded->target->child, error)) == NULL)
    return WAY_EXIT_FAILED;
  chart = (WayProgressChart){.progress = loaded->progress,
                             .terms = terms,
                             .visits = (const WayDate *) (gpointer) days->data,
                             .n_visits = days->len,
                             .today = cli->today};
  bytes = way_chart_file_render (&chart, format, CHART_WIDTH, CHART_HEIGHT, error);
  if (bytes == NULL || !way_cli_write_file (chart_output, bytes, error))
    return WAY_EXIT_FAILED;
  return WAY_EXIT_DONE;
}

static const GOptionEntry CHART_ENTRIES[] = {{"output",
                                              'o',
                                              0,
                                              G_OPTION_ARG_FILENAME,
                                              &chart_output,
                                              "Where to, ending in .png, .svg or .pdf",
                                              "FILE"},
                                             {NULL}};
const WayCommand WAY_COMMAND_CHART = {
    "chart", "TARGET-ID --output FILE.png|.svg|.pdf", CHART_ENTRIES, run_chart};
