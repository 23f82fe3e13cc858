/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"
#include "way-error.h"
#include "way-visit-schema.h"
#include "way-visit-xml.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <string.h>

#define STAMP "2026-11-18T08:00:00Z"

static char *
write_one (WayRecordSet *records)
{
  WayDossier dossier;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  dossier_init (&dossier, records);
  bytes = way_visit_xml_write (&dossier, STAMP, &error);
  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  dossier_clear (&dossier);
  return text;
}

static GError *
read_text (Sink *sink, const char *text, gssize length)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path =
      write_bytes (dir, "visit.xml", text, length < 0 ? strlen (text) : (gsize) length);
  GError *error = NULL;
  gboolean ok = way_visit_xml_read (path, &sink->sink, NULL, &error);

  g_assert_cmpint (ok, ==, error == NULL);
  remove_dir (dir);
  return error;
}

/* What every field of every type holds comes back, character by character. */
static void
test_round_trip (void)
{
  g_autoptr (WayRecordSet) records = full_records_new ();
  g_autofree char *before = way_canonical_write (records, WAY_CANONICAL_SHARED);
  g_autofree char *xml = write_one (way_record_set_copy (records));
  g_autofree char *after = NULL, *again = NULL;
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_text (&sink, xml, -1);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink.units->len, ==, 1);
  after = way_canonical_write (g_ptr_array_index (sink.units, 0), WAY_CANONICAL_SHARED);
  g_assert_cmpstr (after, ==, before);
  again = write_one (way_record_set_copy (g_ptr_array_index (sink.units, 0)));
  g_assert_cmpstr (again, ==, xml);
  for (guint i = 0; i < N_DOSSIER_TYPES; i++) {
    WayRecord *record = sink_find (&sink, DOSSIER_TYPES[i], 0);

    g_assert_nonnull (record);
    g_assert_cmpstr (record->source, ==, "visit.xml");
    g_assert_cmpuint (record->line, >, 3);
  }
  sink_clear (&sink);
}

static void
test_golden (void)
{
  g_autofree char *path = data_path ("visit-1.xml");
  g_autofree char *xml = write_one (visit_records_new (1));
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("WAY_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, xml, -1, NULL);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (xml, ==, expected);
}

/* Local fields stay in the store. */
static void
test_local_fields_stay (void)
{
  WayRecordSet *records = visit_records_new (1);
  WayChild *child = way_record_set_first (records, WAY_CHILD);
  g_autofree char *xml = NULL;

  child->restricted_notes = g_strdup ("Not for anyone");
  child->street = g_strdup ("1 Hidden Road");
  xml = write_one (records);
  g_assert_null (strstr (xml, "Not for anyone"));
  g_assert_null (strstr (xml, "Hidden"));
}

static void
add_declared (GHashTable *names, xmlDocPtr schema, const char *type)
{
  g_autofree char *path = g_strdup_printf ("//*[local-name()='complexType'][@name='%s']"
                                           "//*[local-name()='element']/@name",
                                           type);
  xmlXPathContextPtr context = xmlXPathNewContext (schema);
  xmlXPathObjectPtr found = xmlXPathEval (BAD_CAST path, context);

  for (int i = 0; i < xmlXPathNodeSetGetLength (found->nodesetval); i++) {
    xmlChar *name = xmlNodeGetContent (xmlXPathNodeSetItem (found->nodesetval, i));

    g_hash_table_add (names, g_strdup ((const char *) name));
    xmlFree (name);
  }
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (context);
}

/* The schema declares just the shared fields of each type that a record holds, and each of its
 * elements says what it is. */
static void
test_schema_agrees (void)
{
  g_autoptr (GBytes) text = way_visit_schema_dup_text ();
  xmlDocPtr schema = xmlReadMemory (
      g_bytes_get_data (text, NULL), (int) g_bytes_get_size (text), "xsd", NULL, XML_PARSE_NONET);
  g_autoptr (GHashTable) parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  xmlXPathContextPtr context = xmlXPathNewContext (schema);
  xmlXPathObjectPtr found;

  add_declared (parts, schema, "record-of-visit");
  g_assert_true (g_hash_table_remove (parts, "exported"));
  g_assert_cmpuint (g_hash_table_size (parts), ==, N_DOSSIER_TYPES);
  for (guint i = 0; i < N_DOSSIER_TYPES; i++) {
    const WayRecordType *type = DOSSIER_TYPES[i];
    g_autofree char *element = g_strdelimit (g_strdup (type->name), "_", '-');
    g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    g_assert_true (g_hash_table_contains (parts, element));
    add_declared (fields, schema, element);
    for (guint k = 0; k < type->n_fields; k++) {
      g_autofree char *name = g_strdelimit (g_strdup (type->fields[k].name), "_", '-');
      gboolean local = (type->fields[k].flags & WAY_FIELD_LOCAL) != 0;

      if (g_hash_table_remove (fields, name) == local)
        g_error ("%s.%s: schema and table differ", type->name, type->fields[k].name);
    }
    g_assert_cmpuint (g_hash_table_size (fields), ==, 0);
  }
  found = xmlXPathEval (BAD_CAST "//*[local-name()='element' or local-name()='attribute' or "
                                 "local-name()='complexType' or local-name()='simpleType']"
                                 "[@name][not(*[local-name()='annotation'])]",
                        context);
  g_assert_cmpint (xmlXPathNodeSetGetLength (found->nodesetval), ==, 0);
  xmlXPathFreeObject (found);
  xmlXPathFreeContext (context);
  xmlFreeDoc (schema);
}

/* Nothing but the dossier's types may leave, and no draft. */
static void
test_writer_refuses (void)
{
  WayDossier dossier;
  WayVisit *visit;
  WayContact *contact;
  g_autoptr (GError) error = NULL;

  dossier_init (&dossier, visit_records_new (1));
  contact = way_record_set_add (dossier.records, WAY_CONTACT);
  contact->record.id = g_strdup ("11111111-1111-4111-8111-111111111111");
  contact->child = g_strdup (contact->record.id);
  contact->name = g_strdup ("A. Parent");
  g_assert_null (way_visit_xml_write (&dossier, STAMP, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_clear_error (&error);

  way_record_set_remove (dossier.records, contact);
  visit = way_record_set_first (dossier.records, WAY_VISIT);
  way_set_string (&visit->purpose, "a bell \a");
  g_assert_null (way_visit_xml_write (&dossier, STAMP, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "visit: purpose: "));
  g_clear_error (&error);

  way_set_string (&visit->purpose, NULL);
  g_assert_null (way_visit_xml_write (&dossier, "yesterday", &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_clear_error (&error);

  dossier.fingerprint[0] = '\0';
  g_assert_null (way_visit_xml_write (&dossier, STAMP, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_INVALID);
  dossier_clear (&dossier);
}

static void
test_many (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  WayVisitXmlWriter *writer = way_visit_xml_writer_new (stream, STAMP, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL, *altered = NULL;
  char *words;
  Sink sink;

  g_assert_no_error (error);
  for (guint i = 0; i < 20; i++) {
    WayDossier dossier;

    dossier_init (&dossier, visit_records_new (i));
    way_visit_xml_writer_add (writer, &dossier, &error);
    g_assert_no_error (error);
    dossier_clear (&dossier);
  }
  way_visit_xml_writer_finish (writer, &error);
  g_assert_no_error (error);
  way_visit_xml_writer_free (writer);
  g_output_stream_close (stream, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  sink_init (&sink);
  error = read_text (&sink, text, -1);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.units->len, ==, 20);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  sink_clear (&sink);

  /* One altered record of many: that one is left out, the others come. */
  altered = g_strdup (text);
  words = strstr (strstr (altered, "</record-of-visit>"), "four times");
  memcpy (words, "five", 4);
  sink_init (&sink);
  error = read_text (&sink, altered, -1);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.units->len, ==, 19);
  g_assert_cmpuint (sink.errors->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (sink.errors, 0),
                            ": fingerprint: The text does not match its fingerprint: it was "
                            "altered after signing; ask its author for it again"));
  sink_clear (&sink);

  /* The sink's own error ends the reading. */
  sink_init (&sink);
  sink.fail_at = 3;
  error = read_text (&sink, text, -1);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_cmpuint (sink.n_units, ==, 3);
  sink_clear (&sink);
}

/* Replaces the first @from of a good document by @to. */
static char *
damage (const char *from, const char *to)
{
  g_autofree char *xml = write_one (visit_records_new (1));
  char *at = strstr (xml, from);
  g_autofree char *head = NULL;

  g_assert_nonnull (at);
  head = g_strndup (xml, at - xml);
  return g_strconcat (head, to, at + strlen (from), NULL);
}

typedef struct {
  const char *from, *to;
  const char *error; /* refused with this; a trailing "*" stands for any end */
  const char *problem;
} Damage;

static const Damage DAMAGES[] = {
    {"<kind>observation",
     "<kind>phone",
     NULL,
     "visit.xml:2: fingerprint: The text does not match its fingerprint: it was altered after "
     "signing; ask its author for it again"},
    {"record-of-visit xmlns=\"urn:waymark:record-of-visit:1\" id=\"",
     "record-of-visit xmlns=\"urn:waymark:record-of-visit:1\" "
     "id=\"00000000-0000-4000-8000-000000000000\" x=\"",
     "visit.xml:2: x: *",
     NULL},
    {"version=\"1\"",
     "version=\"2\"",
     NULL,
     "visit.xml:2: version: The record’s version is not that of the visit in it; ask its sender "
     "for it again"},
    {"version=\"1\"",
     "version=\"1\" level=\"initials\"",
     "visit.xml:2: level: This is a shortened copy of a record, *ask its sender for the full "
     "record",
     NULL},
    {"version=\"1\"",
     "version=\"1\" level=\"one-child\"",
     "visit.xml:2: level: This is a shortened copy for one child of a joint visit, *ask its sender "
     "for the full record",
     NULL},
    {"version=\"1\"", "version=\"1\" level=\"full\"", NULL, NULL},
    {"<dob>2018-09-14", "<dob>2018-09-31", "visit.xml:15: dob: *", NULL},
    {"<dob>2018-09-14", "<dob>14/09/2018", "visit.xml:15: dob: *", NULL},
    {"<dob>2018-09-14</dob>", "", "visit.xml:16: child: *", NULL},
    {"<surname>Okafor</surname>", "<surname></surname>", "visit.xml:13: surname: *", NULL},
    {"<surname>", "<nickname>x</nickname><surname>", "visit.xml:13: nickname: *", NULL},
    {"<criterion>80", "<criterion>INF", "visit.xml:*: criterion: *", NULL},
    {"<state>open", "<state>OPEN", "visit.xml:*: state: *", NULL},
    {"</exported>", "</imported>", "visit.xml:3: exported: This is not well-formed XML (*", NULL},
    {"<exported>",
     "<exported>\x01",
     "visit.xml:3: exported: The text holds a control character*",
     NULL},
    {"Okafor",
     "Oka\xff\xfe"
     "for",
     "visit.xml:13: surname: The text holds bytes that are not UTF-8; ask for the file again",
     NULL},
    {"Okafor", "Oka&#8;for", "visit.xml:13: surname: The text holds a control character*", NULL},
    {"Okafor", "&okafor;", "visit.xml:13: surname: This is not well-formed XML (*", NULL},
    {"urn:waymark:record-of-visit:1",
     "urn:waymark:record-of-visit:9",
     "visit.xml:2: record-of-visit: This is not a Record of Visit *",
     NULL},
    {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
     "<!DOCTYPE record-of-visit [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
     "visit.xml:1: DOCTYPE: A document type declaration is not accepted, since it could pull in "
     "other files; ask for a file without it",
     NULL},
};

static void
test_damaged (gconstpointer data)
{
  const Damage *damaged = data;
  g_autofree char *xml = damage (damaged->from, damaged->to);
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_text (&sink, xml, -1);
  if (damaged->error != NULL) {
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
    if (!g_pattern_match_simple (damaged->error, error->message))
      g_error ("“%s” is not like “%s”", error->message, damaged->error);
  } else {
    g_assert_no_error (error);
  }
  if (damaged->problem != NULL)
    assert_error (&sink, 0, damaged->problem);
  g_assert_cmpuint (sink.errors->len, ==, damaged->problem != NULL ? 1 : 0);
  g_assert_cmpuint (sink.n_units, ==, damaged->problem == NULL && damaged->error == NULL ? 1 : 0);
  sink_clear (&sink);
}

/* Cut off anywhere, a document is refused and gives nothing. */
static void
test_truncated (void)
{
  g_autofree char *xml = write_one (visit_records_new (1));
  gsize length = strlen (xml);

  for (gsize cut = 0; cut < length - 2; cut += cut < 800 ? 7 : 1511) {
    g_autoptr (GError) error = NULL;
    Sink sink;

    sink_init (&sink);
    error = read_text (&sink, xml, (gssize) cut);
    g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
    g_assert_true (g_str_has_prefix (error->message, "visit.xml:"));
    g_assert_cmpuint (sink.n_units, ==, 0);
    sink_clear (&sink);
  }
}

static void
test_cancelled (void)
{
  g_autofree char *path = data_path ("visit-1.xml");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  g_cancellable_cancel (cancellable);
  g_assert_false (way_visit_xml_read (path, &sink.sink, cancellable, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_CANCELLED);
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
}

/* A reduced copy names its level. */
static void
test_level (void)
{
  WayDossier dossier;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  dossier_init (&dossier, visit_records_new (1));
  dossier.level = "initials";
  bytes = way_visit_xml_write (&dossier, STAMP, &error);
  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), 400, " level=\"initials\">"));
  dossier.level = "half";
  g_assert_null (way_visit_xml_write (&dossier, STAMP, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  dossier_clear (&dossier);
}

/* Without the word for its level a reduced copy is no record either. */
static void
test_level_taken_out (void)
{
  g_autoptr (WayDossier) copy = way_dossier_new_at_level (visit_records_new (1), "one-child");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = way_visit_xml_write (copy, STAMP, &error);
  g_autoptr (GString) xml = NULL;
  Sink sink;

  g_assert_no_error (error);
  xml = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_assert_cmpuint (g_string_replace (xml, " level=\"one-child\"", "", 1), ==, 1);
  sink_init (&sink);
  error = read_text (&sink, xml->str, -1);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.n_units, ==, 0);
  assert_error (&sink,
                0,
                "visit.xml:2: fingerprint: The text does not match its fingerprint: it was altered "
                "after signing; ask its author for it again");
  sink_clear (&sink);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-xml/round-trip", test_round_trip);
  g_test_add_func ("/visit-xml/golden", test_golden);
  g_test_add_func ("/visit-xml/local-fields-stay", test_local_fields_stay);
  g_test_add_func ("/visit-xml/schema-agrees", test_schema_agrees);
  g_test_add_func ("/visit-xml/writer-refuses", test_writer_refuses);
  g_test_add_func ("/visit-xml/many", test_many);
  for (guint i = 0; i < G_N_ELEMENTS (DAMAGES); i++) {
    g_autofree char *path = g_strdup_printf ("/visit-xml/damaged/%u", i);

    g_test_add_data_func (path, &DAMAGES[i], test_damaged);
  }
  g_test_add_func ("/visit-xml/truncated", test_truncated);
  g_test_add_func ("/visit-xml/cancelled", test_cancelled);
  g_test_add_func ("/visit-xml/level", test_level);
  g_test_add_func ("/visit-xml/level-taken-out", test_level_taken_out);
  return g_test_run ();
}
