/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: what leaves the store. Every Record of Visit that leaves is logged. */
#include "way-cli.h"

#include "way-caseload.h"
#include "way-cli-extract.h"
#include "way-cli-sharing.h"
#include "way-error.h"
#include "way-printed.h"
#include "way-sharing.h"
#include "way-visit-xml.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static int version; /* 0: the latest */
static gboolean without_xml;
static char *output, *level, *child_id, *recipient, *purpose, *basis, *reason;

/* As what it leaves, to whom and why, as the call says it. */
static WaySharing
make_sharing (const char *format, GPtrArray *logged)
{
  return (WaySharing){.format = format,
                      .recipient = recipient,
                      .purpose = purpose,
                      .basis = basis,
                      .reason = reason,
                      .logged = logged};
}

/* Nothing of it was written. Always FALSE. */
static gboolean
unlog (WayCli *cli, GPtrArray *logged)
{
  if (!way_db_unlog_sharing (cli->db, logged, NULL))
    way_cli_note ("Warning: the sharing log says that it left, though nothing was written.");
  return FALSE;
}

static gboolean
log_export (WayCli *cli, WayDossier *dossier, const char *format, GPtrArray *logged, GError **error)
{
  const WaySharing sharing = make_sharing (format, logged);
  g_autoptr (GPtrArray) children = way_db_dup_children_of (cli->db, dossier, error);
  g_autoptr (WayRecordSet) records =
      children != NULL ? way_cli_gather_against (cli, children, recipient, error) : NULL;

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < children->len; i++)
    way_cli_warn_agreement (cli, records, g_ptr_array_index (children, i));
  return way_db_log_sharing (cli->db, dossier, &sharing, error);
}

/* Logged, committed, and only then written: what left is in the log, whatever goes wrong. */
static gboolean
log_and_write (WayCli *cli, WayDossier *dossier, const char *format, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) logged = g_ptr_array_new_with_free_func (way_record_free);

  if (!way_cli_check_place (output, error) || !way_db_begin (cli->db, error) ||
      !way_db_end (cli->db, log_export (cli, dossier, format, logged, error), error))
    return FALSE;
  return way_cli_write_file (output, bytes, error) || unlog (cli, logged);
}

/* Boxes instead of letters are better known before the file is sent on. */
static void
warn_missing (const char *missing)
{
  guint n = way_printed_count_missing (missing);
  g_autofree char *names = n > 0 ? way_printed_name_missing (missing) : NULL;

  if (n > 0)
    way_cli_note_later (
        "Warning: %u character%s of this record %s no font on this computer and %s in the "
        "PDF: %s. Install a font that has %s and export again.",
        n,
        n > 1 ? "s" : "",
        n > 1 ? "have" : "has",
        n > 1 ? "are boxes" : "is a box",
        names,
        n > 1 ? "them" : "it");
}

static GBytes *
render_pdf (WayPrinted *printed, GError **error)
{
  g_autofree char *missing = NULL;
  GBytes *bytes = way_printed_write_pdf (printed, !without_xml, &missing, error);

  if (bytes != NULL)
    warn_missing (missing);
  return bytes;
}

static WayExit
check_visit_options (char **words, GError **error)
{
  if (!way_cli_has_at_most ("export visit", words, 1, error))
    return WAY_EXIT_USAGE;
  if (words[0] == NULL)
    return way_cli_usage (error,
                          "export visit: It is not said which visit; give the id of one "
                          "(“waymark-cli list visits” shows them)");
  if (output == NULL ||
      !(way_cli_has_ending (output, ".xml") || way_cli_has_ending (output, ".pdf")))
    return way_cli_usage (error,
                          "export visit: The name of the file says what is written; give --output "
                          "FILE, ending in .xml or .pdf");
  if (without_xml && !way_cli_has_ending (output, ".pdf"))
    return way_cli_usage (error,
                          "export visit: --without-xml: Only a PDF can leave without the XML; give "
                          "--output FILE.pdf");
  if (version < 0)
    return way_cli_usage (error,
                          "export visit: --version: The number of a visit’s version is 1 or more; "
                          "leave it out for the newest");
  if (level != NULL && strcmp (level, "full") != 0)
    return way_cli_usage (error,
                          "export visit: --level: This version of Waymark exports at level full "
                          "only; for one child of a joint visit give --child ID");
  return WAY_EXIT_DONE;
}

/* (transfer full): "0B8E (0b8e3d6e-…), 1B8E (…)": messages are kept in logs, so they name nobody */
static char *
dup_children_words (GPtrArray *children)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < children->len; i++) {
    const WayChild *child = g_ptr_array_index (children, i);
    g_autofree char *reference = way_child_reference (child);

    g_string_append_printf (out,
                            "%s%s (%s)",
                            i > 0 ? ", " : "",
                            reference,
                            child->record.id != NULL ? child->record.id : "not in this store");
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What leaves holds other children's data too: said before it is sent on. */
static void
warn_joint (GPtrArray *children)
{
  g_autofree char *whom = dup_children_words (children);

  way_cli_note_later (
      "Warning: this is the record of a joint visit and holds the data of %u children: "
      "%s. Send it only to somebody who may see them all; --child ID makes an extract "
      "for one of them.",
      children->len,
      whom);
}

static void
refuse_child (GPtrArray *children, GError **error)
{
  g_autofree char *whom = dup_children_words (children);

  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_FAILED,
               "--child: This visit does not concern the child “%s”; %s%s",
               child_id,
               children->len > 0 ? "give one of those whom it concerns: "
                                 : "it concerns no child, so leave --child out",
               whom);
}

/* What leaves: the record itself, or of a joint visit's what concerns the one child asked for.
 * Takes @whole. */
static WayDossier *
take_for_child (WayCli *cli, WayDossier *whole, GError **error)
{
  g_autoptr (WayDossier) dossier = whole;
  g_autoptr (GPtrArray) shown = way_dossier_dup_children (dossier);
  g_autoptr (GPtrArray) children = way_db_dup_children_of (cli->db, dossier, error);
  g_autoptr (WayDossier) extract = NULL;
  const WayRecord *concerned = NULL;
  WayRedacted redacted;

  if (children == NULL)
    return NULL;
  if (child_id == NULL) {
    if (children->len > 1)
      warn_joint (children);
    return g_steal_pointer (&dossier);
  }
  for (guint i = 0; i < children->len; i++) {
    if (g_strcmp0 (WAY_RECORD (children->pdata[i])->id, child_id) == 0)
      concerned = shown->pdata[i];
  }
  if (concerned == NULL) {
    refuse_child (children, error);
    return NULL;
  }
  if (children->len == 1)
    return g_steal_pointer (&dossier);
  extract = way_redact_for_child (dossier, concerned->id, &redacted);
  way_cli_tell_redacted (&redacted);
  return g_steal_pointer (&extract);
}

static WayDossier *
gather (WayCli *cli, const char *visit, GError **error)
{
  WayDossier *dossier =
      way_cli_open (cli, error) ? way_db_gather_visit (cli->db, visit, version, error) : NULL;

  return dossier != NULL ? take_for_child (cli, dossier, error) : NULL;
}

static WayExit
export_visit (WayCli *cli, char **words, GError **error)
{
  g_autoptr (WayPrinted) printed = NULL;
  WayDossier *dossier;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *now = way_stamp_now ();
  const char *format;
  gboolean xml;

  if (check_visit_options (words, error) != WAY_EXIT_DONE)
    return WAY_EXIT_USAGE;
  xml = way_cli_has_ending (output, ".xml");
  dossier = gather (cli, words[0], error);
  if (dossier == NULL || (printed = way_printed_new (cli->db, dossier, error)) == NULL ||
      !way_cli_note_named (cli, dossier, error))
    return WAY_EXIT_FAILED;
  if (!way_dossier_is_signed (dossier)) {
    if (xml) {
      g_set_error_literal (
          error,
          WAY_ERROR,
          WAY_ERROR_FAILED,
          "The visit is not signed yet, and only signed records leave as XML; sign it first");
      return WAY_EXIT_FAILED;
    }
    way_cli_note_later ("Warning: the visit is not signed; the PDF is marked as a draft.");
  }
  format = xml ? "XML" : without_xml ? WAY_PRINTED_PDF_ALONE : WAY_PRINTED_PDF;
  bytes = xml ? way_visit_xml_write (dossier, now, error) : render_pdf (printed, error);
  if (bytes == NULL || !log_and_write (cli, dossier, format, bytes, error))
    return WAY_EXIT_FAILED;
  return WAY_EXIT_DONE;
}

/* What is said of many records at once: of a county it would be thousands of lines. */
typedef struct {
  GHashTable *concerned; /* ids of children */
  GHashTable *unagreed;
  guint n_records, n_joint;
} Leaving;

static void
warn_all (const Leaving *leaving)
{
  way_cli_warn_unagreed (g_hash_table_size (leaving->unagreed),
                         g_hash_table_size (leaving->concerned));
  if (leaving->n_joint > 0)
    way_cli_note_later ("Warning: %u of the records %s of %s, with the data of several children. "
                        "Send the file only to somebody who may see them all; “waymark-cli export "
                        "visit ID --child ID” makes an extract for one child.",
                        leaving->n_joint,
                        leaving->n_joint == 1 ? "is" : "are",
                        leaving->n_joint == 1 ? "a joint visit" : "joint visits");
}

/* (transfer full): by what a child is counted once: who is in a record, but not in the store, has
 * no id here */
static char *
dup_key (const WayChild *child)
{
  g_autofree char *name = way_child_full_name (child);

  return child->record.id != NULL ? g_strdup (child->record.id)
                                  : g_strdup_printf ("%s/%u", name, child->dob);
}

static gboolean
log_one_of_many (
    WayCli *cli, WayDossier *dossier, GPtrArray *logged, Leaving *leaving, GError **error)
{
  const WaySharing sharing = make_sharing ("XML", logged);
  g_autoptr (GPtrArray) children = way_db_dup_children_of (cli->db, dossier, error);
  g_autoptr (WayRecordSet) records =
      children != NULL ? way_cli_gather_against (cli, children, recipient, error) : NULL;

  if (records == NULL)
    return FALSE;
  leaving->n_records++;
  leaving->n_joint += children->len > 1;
  for (guint i = 0; i < children->len; i++) {
    const WayChild *child = g_ptr_array_index (children, i);
    g_autofree char *key = dup_key (child);

    if (way_sharing_get_agreement (records, child->record.id, cli->today, NULL) !=
        WAY_AGREEMENT_IN_PLACE)
      g_hash_table_add (leaving->unagreed, g_strdup (key));
    g_hash_table_add (leaving->concerned, g_steal_pointer (&key));
  }
  return way_db_log_sharing (cli->db, dossier, &sharing, error);
}

static gboolean
write_and_log_all (
    WayCli *cli, GOutputStream *stream, GPtrArray *logged, Leaving *leaving, GError **error)
{
  g_autoptr (GPtrArray) visits = way_db_list (cli->db, WAY_VISIT, NULL, NULL, error);
  g_autofree char *now = way_stamp_now ();
  WayVisitXmlWriter *writer;
  gboolean done = TRUE;

  if (visits == NULL || (writer = way_visit_xml_writer_new (stream, now, error)) == NULL)
    return FALSE;
  if (!way_db_begin (cli->db, error)) {
    way_visit_xml_writer_free (writer);
    return FALSE;
  }
  for (guint i = 0; done && i < visits->len; i++) {
    const WayVisit *visit = g_ptr_array_index (visits, i);
    g_autoptr (WayDossier) dossier = NULL;

    if (visit->signed_at == NULL)
      continue;
    dossier = way_db_gather_visit (cli->db, visit->record.id, 0, error);
    done = dossier != NULL && way_visit_xml_writer_add (writer, dossier, error) &&
           log_one_of_many (cli, dossier, logged, leaving, error);
  }
  done = way_db_end (cli->db, done && way_visit_xml_writer_finish (writer, error), error);
  way_visit_xml_writer_free (writer);
  return done;
}

/* What was streamed takes its place; else nothing of it stays. */
static gboolean
close_and_move (GOutputStream *stream, const char *arriving, GError **error)
{
  if (!g_output_stream_close (stream, NULL, error))
    return FALSE;
  if (g_rename (arriving, output) == 0)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_IO,
               "The file “%s” could not be written (%s); choose another place, or make room",
               output,
               g_strerror (errno));
  return FALSE;
}

/* All signed visits as one file: streamed beside its place, logged, and only then moved there. */
static gboolean
stream_all (WayCli *cli, Leaving *leaving, GError **error)
{
  g_autofree char *arriving = way_cli_make_beside (output, error);
  g_autoptr (GPtrArray) logged = g_ptr_array_new_with_free_func (way_record_free);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  if (arriving == NULL)
    return FALSE;
  file = g_file_new_for_path (arriving);
  stream = g_file_replace (
      file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  if (stream != NULL && write_and_log_all (cli, G_OUTPUT_STREAM (stream), logged, leaving, error)) {
    if (close_and_move (G_OUTPUT_STREAM (stream), arriving, error))
      return TRUE;
    unlog (cli, logged);
  }
  if (stream != NULL)
    g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);
  g_remove (arriving);
  return FALSE;
}

/* What would not be heeded is refused: somebody who asks for less must not get all. */
static gboolean
has_no_visit_options (const char *command, GError **error)
{
  const char *option = child_id != NULL ? "--child"
                       : level != NULL  ? "--level"
                       : version != 0   ? "--version"
                                        : NULL;

  if (option == NULL)
    return TRUE;
  way_cli_usage (error,
                 "%s: %s is for one visit, and this writes everybody in full; leave it out, or "
                 "give “export visit ID”",
                 command,
                 option);
  return FALSE;
}

static WayExit
export_visits (WayCli *cli, char **words, GError **error)
{
  g_autoptr (GHashTable) concerned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unagreed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Leaving leaving = {.concerned = concerned, .unagreed = unagreed};

  if (!way_cli_has_at_most ("export visits", words, 0, error) ||
      !has_no_visit_options ("export visits", error))
    return WAY_EXIT_USAGE;
  if (output == NULL || !way_cli_has_ending (output, ".xml"))
    return way_cli_usage (error,
                          "export visits: The name of the file is missing; give --output FILE.xml");
  if (!way_cli_open (cli, error) || !way_cli_check_place (output, error) ||
      !stream_all (cli, &leaving, error))
    return WAY_EXIT_FAILED;
  warn_all (&leaving);
  way_cli_note ("%u %s written.", leaving.n_records, leaving.n_records == 1 ? "record" : "records");
  return WAY_EXIT_DONE;
}

/* (transfer full): every record of the store */
static WayRecordSet *
read_all (WayCli *cli, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    g_autoptr (GPtrArray) list = way_db_list (cli->db, WAY_RECORD_TYPES[i], NULL, NULL, error);

    if (list == NULL)
      return NULL;
    g_ptr_array_set_free_func (list, NULL);
    for (guint k = 0; k < list->len; k++)
      way_record_set_take (records, g_ptr_array_index (list, k));
  }
  return g_steal_pointer (&records);
}

static void
warn_agreements (WayCli *cli, WayRecordSet *records)
{
  GPtrArray *children = way_record_set_list (records, WAY_CHILD);
  guint n = 0;

  for (guint i = 0; i < children->len; i++)
    n += way_sharing_get_agreement (
             records, WAY_RECORD (children->pdata[i])->id, cli->today, NULL) !=
         WAY_AGREEMENT_IN_PLACE;
  way_cli_warn_unagreed (n, children->len);
}

static gboolean
log_caseload (WayCli *cli, WayRecordSet *records, GPtrArray *logged, GError **error)
{
  const WaySharing sharing = make_sharing ("CSV", logged);
  GPtrArray *children = way_record_set_list (records, WAY_CHILD);

  return way_db_begin (cli->db, error) &&
         way_db_end (cli->db,
                     way_db_log_caseload (cli->db, children, &sharing, error) &&
                         way_db_add_audit (cli->db, "export", "caseload", "", error),
                     error);
}

/* What looks like a whole caseload is not taken for one. */
static void
tell_left_out (WayRecordSet *records, guint n_drafts)
{
  g_autofree char *left_out = way_caseload_dup_left_out (records, n_drafts);

  if (left_out != NULL)
    way_cli_note ("Not in the tables: %s. “waymark-cli backup” copies the whole store.", left_out);
}

/* Logged, committed, and only then written, as a record is. If only some tables could be written,
 * they have left all the same. */
static WayExit
export_caseload (WayCli *cli, char **words, GError **error)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (GPtrArray) logged = g_ptr_array_new_with_free_func (way_record_free);
  g_autoptr (GPtrArray) drafts = NULL;
  guint n_left;

  if (!way_cli_has_at_most ("export caseload", words, 1, error) ||
      !has_no_visit_options ("export caseload", error))
    return WAY_EXIT_USAGE;
  if (output != NULL)
    return way_cli_usage (error,
                          "export caseload: --output is for visits; the folder for the tables "
                          "stands alone: “export caseload FOLDER”");
  if (words[0] == NULL)
    return way_cli_usage (
        error, "export caseload: It is not said where to; give the one folder for the tables");
  if (!way_cli_open (cli, error) || (records = read_all (cli, error)) == NULL ||
      (drafts = way_db_list_drafts (cli->db, error)) == NULL ||
      !way_cli_check_recipient (cli, records, recipient, error))
    return WAY_EXIT_FAILED;
  warn_agreements (cli, records);
  if (!log_caseload (cli, records, logged, error))
    return WAY_EXIT_FAILED;
  if (way_caseload_write (words[0], records, &n_left, error)) {
    tell_left_out (records, drafts->len);
    return WAY_EXIT_DONE;
  }
  if (n_left == 0)
    unlog (cli, logged);
  else
    way_cli_note ("Some of the tables are in the folder; the sharing log has them all.");
  return WAY_EXIT_FAILED;
}

static WayExit
run_export (WayCli *cli, char **words, GError **error)
{
  if (g_strcmp0 (words[1], "visit") == 0)
    return export_visit (cli, words + 2, error);
  if (g_strcmp0 (words[1], "visits") == 0)
    return export_visits (cli, words + 2, error);
  if (g_strcmp0 (words[1], "caseload") == 0)
    return export_caseload (cli, words + 2, error);
  return way_cli_usage (error,
                        "export: It is not said what to export; give “visit ID --output FILE”, "
                        "“visits --output FILE.xml” or “caseload FOLDER”");
}

static const GOptionEntry ENTRIES[] = {
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where to, ending in .xml or .pdf", "FILE"},
    {"version", 0, 0, G_OPTION_ARG_INT, &version, "An earlier version of the visit", "N"},
    {"child",
     0,
     0,
     G_OPTION_ARG_STRING,
     &child_id,
     "Of a joint visit only what concerns this child",
     "ID"},
    {"level", 0, 0, G_OPTION_ARG_STRING, &level, "How much leaves: full", "LEVEL"},
    {"to", 0, 0, G_OPTION_ARG_STRING, &recipient, "To whom, for the log", "NAME"},
    {"purpose", 0, 0, G_OPTION_ARG_STRING, &purpose, "Why, for the log", "PURPOSE"},
    {"without-xml",
     0,
     0,
     G_OPTION_ARG_NONE,
     &without_xml,
     "Leave the XML, which has the UPN, out of the PDF: for parents and others outside education",
     NULL},
    {"basis", 0, 0, G_OPTION_ARG_STRING, &basis, "On what lawful basis, for the log", "BASIS"},
    {"reason",
     0,
     0,
     G_OPTION_ARG_STRING,
     &reason,
     "Why although something speaks against it, for the log",
     "TEXT"},
    {NULL}};
const WayCommand WAY_COMMAND_EXPORT = {
    "export",
    "visit ID --output FILE.xml|FILE.pdf [--child ID] "
    "[--version N] [--without-xml] [--to NAME] [--purpose P] [--basis B] | visits --output "
    "FILE.xml | caseload FOLDER",
    ENTRIES,
    run_export};
