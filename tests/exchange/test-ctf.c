/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange-fixture.h"
#include "way-ctf.h"
#include "way-error.h"
#include "way-text.h"
#include "way-values.h"

#include <libxml/parser.h>
#include <string.h>
#include <unistd.h>

#define HEAD                                                                                       \
  "<?xml version=\"1.0\"?>\n<CTfile><Header><CTFversion>25.0</CTFversion>"                         \
  "<DateTime>2026-07-10T09:30:00</DateTime><SourceSchool><LEA>886</LEA><Estab>2001</Estab>"        \
  "<SchoolName>Example</SchoolName></SourceSchool></Header><CTFpupilData>\n"
#define TAIL "\n</CTFpupilData></CTfile>"
#define GOOD "<Pupil><Surname>Good</Surname><Forename>Sam</Forename><DOB>2016-05-05</DOB></Pupil>\n"

static WayDate
today (void)
{
  return way_date_new (2026, 11, 22);
}

static void
read_data (const char *name, Sink *sink)
{
  g_autofree char *path = data_path (name);
  g_autoptr (GError) error = NULL;

  sink_init (sink);
  way_ctf_read (path, today (), &sink->sink, NULL, &error);
  g_assert_no_error (error);
}

static GError *
read_bytes (Sink *sink, const char *bytes, gsize length)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = write_bytes (dir, "pupils.xml", bytes, length);
  GError *error = NULL;
  gboolean ok = way_ctf_read (path, today (), &sink->sink, NULL, &error);

  g_assert_cmpint (ok, ==, error == NULL);
  remove_dir (dir);
  return error;
}

/* All that is read of a file, as text. */
static char *
describe (Sink *sink)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sink->units->len; i++) {
    g_autofree char *unit =
        way_canonical_write (g_ptr_array_index (sink->units, i), WAY_CANONICAL_WHOLE);

    g_string_append (text, unit);
  }
  for (guint i = 0; i < sink->errors->len; i++)
    g_string_append_printf (text, "error %s\n", (char *) g_ptr_array_index (sink->errors, i));
  for (guint i = 0; i < sink->notices->len; i++)
    g_string_append_printf (text, "notice %s\n", (char *) g_ptr_array_index (sink->notices, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_golden (gconstpointer data)
{
  g_autofree char *input = g_strdup_printf ("%s.xml", (const char *) data);
  g_autofree char *output = g_strdup_printf ("%s.expected", (const char *) data);
  g_autofree char *path = data_path (output);
  g_autofree char *text = NULL, *expected = NULL;
  Sink sink;

  read_data (input, &sink);
  assert_records_keep_rules (&sink, today ());
  text = describe (&sink);
  if (g_getenv ("WAY_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, text, -1, NULL);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  sink_clear (&sink);
}

/* Who left is not there, though the file does not say since when. */
static void
test_left (void)
{
  static const char TEXT[] = HEAD
      "<Pupil><Surname>Gone</Surname><Forename>Sam</Forename><DOB>2016-05-05</DOB><SchoolHistory>"
      "<School><LEA>886</LEA><Estab>2001</Estab><LeavingDate>2026-02-13</LeavingDate></School>"
      "</SchoolHistory></Pupil>" TAIL;
  const WayEnrolment *enrolment;
  Sink sink;

  sink_init (&sink);
  g_assert_null (read_bytes (&sink, TEXT, strlen (TEXT)));
  enrolment = sink_find (&sink, WAY_ENROLMENT, 0);
  g_assert_cmpuint (enrolment->to, ==, way_date_new (2026, 2, 13));
  sink_clear (&sink);
}

/* Two pupils of one name and day of birth without UPN are two, with the same ids every time. */
static void
test_two_of_a_name (void)
{
  static const char TEXT[] = HEAD GOOD GOOD TAIL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (int round = 0; round < 2; round++) {
    Sink sink;

    sink_init (&sink);
    g_assert_null (read_bytes (&sink, TEXT, strlen (TEXT)));
    g_assert_cmpuint (sink.units->len, ==, 2);
    for (guint i = 0; i < 2; i++) {
      const WayChild *child = sink_find (&sink, WAY_CHILD, i);

      if (round == 0)
        g_ptr_array_add (ids, g_strdup (child->record.id));
      g_assert_cmpstr (child->record.id, ==, ids->pdata[i]);
    }
    sink_clear (&sink);
  }
  g_assert_cmpstr (ids->pdata[0], !=, ids->pdata[1]);
}

/* One number with two pupils is a slip of the school's: they are two all the same. */
static void
test_two_of_a_number (void)
{
  static const char TEXT[] =
      HEAD "<Pupil><UPN>F886200123001</UPN><Surname>Good</Surname><Forename>Sam</Forename>"
           "<DOB>2016-05-05</DOB></Pupil>\n"
           "<Pupil><UPN>F886200123001</UPN><Surname>Good</Surname><Forename>Ann</Forename>"
           "<DOB>2016-05-05</DOB></Pupil>\n" TAIL;
  const WayChild *first, *second;
  Sink sink;

  sink_init (&sink);
  g_assert_null (read_bytes (&sink, TEXT, strlen (TEXT)));
  first = sink_find (&sink, WAY_CHILD, 0);
  second = sink_find (&sink, WAY_CHILD, 1);
  g_assert_cmpstr (first->record.id, !=, second->record.id);
  sink_clear (&sink);
}

/* What the golden file must not hide: the decisions of the reader, one by one. */
static void
test_decisions (void)
{
  const WayChild *child;
  const WaySenStatus *status;
  const WayEnrolment *enrolment;
  const WayNeed *need;
  Sink sink;

  read_data ("ctf-25.xml", &sink);
  child = sink_find (&sink, WAY_CHILD, 0);
  g_assert_cmpstr (child->preferred, ==, "Rob");
  g_assert_cmpstr (child->nc_year, ==, "6"); /* whether it is the usual one is for the store */
  g_assert_cmpstr (child->language, ==, "English, URD");
  g_assert_cmpuint (child->record.line, ==, 14);
  g_assert_cmpstr (child->record.source, ==, "ctf-25.xml");
  status = sink_find (&sink, WAY_SEN_STATUS, 0);
  g_assert_cmpstr (status->provision, ==, "K"); /* School Action */
  g_assert_cmpuint (status->to, ==, way_date_new (2021, 7, 20));
  status = sink_find (&sink, WAY_SEN_STATUS, 1);
  g_assert_cmpuint (status->to, ==, way_date_new (2024, 1, 14)); /* the day before the plan */
  need = sink_find (&sink, WAY_NEED, 1);
  g_assert_cmpstr (need->type, ==, "BESD");
  g_assert_cmpfloat (need->rank, ==, 2);
  g_assert_cmpuint (sink_count (&sink, WAY_FLAG), ==, 2);
  g_assert_cmpuint (sink_count (&sink, WAY_CONTACT), ==, 1);
  enrolment = sink_find (&sink, WAY_ENROLMENT, 0);
  g_assert_cmpuint (enrolment->from, ==, way_date_new (2022, 9, 1));
  g_assert_cmpuint (enrolment->to, ==, way_date_new (2026, 7, 21));
  enrolment = sink_find (&sink, WAY_ENROLMENT, 1);
  g_assert_cmpuint (enrolment->from, ==, way_date_new (2025, 9, 1));
  g_assert_true (sink_has_notice (&sink, "EntryDate: is missing for 1 pupil"));
  g_assert_false (sink_has_notice (&sink, ": UPN: ")); /* whoever stores it says so, once */
  g_assert_true (sink_has_notice (&sink, "elements that Waymark does not keep were ignored"));
  sink_clear (&sink);
}

static void
test_same_twice (void)
{
  g_autofree char *first = NULL, *second = NULL;
  Sink sink;

  read_data ("ctf-25.xml", &sink);
  first = describe (&sink);
  sink_clear (&sink);
  read_data ("ctf-25.xml", &sink);
  second = describe (&sink);
  sink_clear (&sink);
  g_assert_cmpstr (first, ==, second);
}

typedef struct {
  const char *pupil;
  const char *error; /* a trailing "*" stands for any end */
} BadPupil;

#define BORN "<Surname>A</Surname><Forename>B</Forename><DOB>2015-01-01</DOB>"
#define SEN(text) "<Pupil>" BORN "<SENhistory>\n" text "</SENhistory></Pupil>"

static const BadPupil BAD_PUPILS[] = {
    {"<Pupil><Forename>A</Forename><DOB>2015-01-01</DOB></Pupil>",
     "pupils.xml:3: Surname: is missing, so this pupil can't be taken (A, pupil 1 of the file)"},
    {"<Pupil><Surname>A</Surname>\n<Forename> </Forename><DOB>2015-01-01</DOB></Pupil>",
     "pupils.xml:4: Forename: is missing, so this pupil can't be taken (A, pupil 1 of the file)"},
    {"<Pupil><Surname>&#xa0;</Surname>\n<Forename>A</Forename><DOB>2015-01-01</DOB></Pupil>",
     "pupils.xml:3: Surname: is missing, so this pupil can't be taken (A \u00a0, pupil 1 of the "
     "file)"},
    {"<Pupil><Surname>A</Surname>\n<Forename>B&#10;C</Forename><DOB>2015-01-01</DOB></Pupil>",
     "pupils.xml:4: Forename: holds a line break or a tab, but is one line; put a space instead (B "
     "C A, pupil 1 of the file)"},
    {"<Pupil><Surname>A&#x9b;2J</Surname><Forename>B</Forename><DOB>2015-01-01</DOB></Pupil>",
     "pupils.xml:3: Surname: holds a control character (U+009B); take it out (B A\uFFFD"
     "2J, pupil 1 of "
     "the file)"},
    {"<Pupil><Surname>A</Surname><Forename>B</Forename></Pupil>",
     "pupils.xml:3: DOB: is missing, so this pupil can't be taken (B A, pupil 1 of the file)"},
    {"<Pupil><Surname>A</Surname><Forename>B</Forename>\n\n<DOB>2015-02-29</DOB></Pupil>",
     "pupils.xml:5: DOB: “2015-02-29” is not a date that exists; write it as YYYY-MM-DD (B A, "
     "pupil 1 of the file)"},
    {"<Pupil><Surname>A</Surname><Forename>B</Forename><DOB>2026-11-23</DOB></Pupil>",
     "pupils.xml:3: DOB: is in the future; check the year (B A, pupil 1 of the file)"},
    {"<Pupil><Surname>A</Surname><Forename>B</Forename><DOB>1016-11-23</DOB></Pupil>",
     "pupils.xml:3: DOB: is before 1900; check the year (B A, pupil 1 of the file)"},
    {"<Pupil><Surname>A</Surname><Forename>B</Forename><DOB>2015-01-01</DOB><Address>\n"
     "<PostCode>CT1&#x9b;</PostCode></Address></Pupil>",
     "pupils.xml:4: PostCode: holds a control character (U+009B); take it out (B A, pupil 1 of the "
     "file)"},
    {SEN ("<SEN><StartDate>2020-13-01</StartDate><SENprovision>K</SENprovision></SEN>"),
     "pupils.xml:4: StartDate: “2020-13-01” is not a date that exists; write it as YYYY-MM-DD (B "
     "A, pupil 1 of the file)"},
    {"<Pupil>" BORN "<SchoolHistory><School><LEA>886</LEA><Estab>2001</Estab>"
     "<EntryDate>1 Sep</EntryDate></School></SchoolHistory></Pupil>",
     "pupils.xml:3: EntryDate: “1 Sep” is not a date that exists; write it as YYYY-MM-DD (B A, "
     "pupil 1 of the file)"},
};

/* A pupil that can't be taken is named with file, line and element; the others come in. */
static void
test_bad_pupil (gconstpointer data)
{
  const BadPupil *bad = data;
  g_autofree char *text = g_strconcat (HEAD, bad->pupil, GOOD, TAIL, NULL);
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, text, strlen (text));
  g_assert_no_error (error);
  g_assert_cmpuint (sink.errors->len, ==, 1);
  assert_error (&sink, 0, bad->error);
  g_assert_cmpuint (sink.n_units, ==, 1);
  g_assert_cmpstr (((WayChild *) sink_find (&sink, WAY_CHILD, 0))->surname, ==, "Good");
  sink_clear (&sink);
}

#define LEFT_OUT "; left out of pupil 1 of the file"

static const BadPupil BAD_DETAILS[] = {
    {"<Pupil>" BORN "<Address>\n<PostCode>CT1&#10;1AA</PostCode></Address></Pupil>",
     "pupils.xml:4: PostCode: holds a line break or a tab, but is one line; put a space "
     "instead" LEFT_OUT},
    {"<Pupil>" BORN
     "<Contacts><Contact>\n<Surname>&#x202e;J</Surname></Contact></Contacts></Pupil>",
     "pupils.xml:4: Surname: holds a character that turns the text round (U+202E); take it "
     "out" LEFT_OUT},
    {SEN ("<SEN><StartDate>2020-01-01</StartDate><EndDate>2019-01-01</EndDate>"
          "<SENprovision>K</SENprovision></SEN>"),
     "pupils.xml:4: EndDate: is before the start date, so this SEN provision can't be "
     "taken" LEFT_OUT},
    {SEN ("<SEN><StartDate>2020-01-01</StartDate><SENprovision>Q</SENprovision></SEN>"),
     "pupils.xml:4: SENprovision: “Q” is no SEN provision (N, K, E)" LEFT_OUT},
    {SEN ("<SENneeds><SENneed><NeedStartDate>2020-01-01</NeedStartDate>"
          "<NeedEndDate>2019-01-01</NeedEndDate><SENtypeRank>1</SENtypeRank>"
          "<SENtype>ASD</SENtype></SENneed></SENneeds>"),
     "pupils.xml:4: to: is before the first day; give the last day that still counts, or leave it "
     "empty; the need of pupil 1 of the file is left out"},
    {SEN ("<SEN><EndDate>2024-07-19</EndDate><SENprovision>E</SENprovision></SEN>"),
     "pupils.xml:4: EndDate: is past and there is no start date, so this SEN provision can't be "
     "taken" LEFT_OUT},
    {"<Pupil>" BORN "<SchoolHistory>\n<School><LEA>886</LEA><Estab>2001</Estab><LeavingDate>"
     "2024-07-19</LeavingDate></School></SchoolHistory></Pupil>",
     "pupils.xml:3: LeavingDate: is before this school year and there is no day of entry, so no "
     "time at the school can be taken" LEFT_OUT},
    {"<Pupil>" BORN "<SchoolHistory>\n<School><LEA>886</LEA><Estab>2001</Estab><EntryDate>"
     "2024-09-02</EntryDate><LeavingDate>2024-07-19</LeavingDate></School></SchoolHistory></Pupil>",
     "the enrolment of pupil 1 of the file is left out"},
    {SEN ("<SENneeds><SENneed><SENtypeRank>x</SENtypeRank><SENtype>ASD</SENtype></SENneed>"
          "</SENneeds>"),
     "pupils.xml:4: SENtypeRank: “x” is no rank; it counts as 1, its place in the file"},
    {"<Pupil>" BORN "<Attendance><YearData><Year>2025</Year>\n<SessionsPossible>lots"
     "</SessionsPossible></YearData></Attendance></Pupil>",
     "pupils.xml:4: SessionsPossible: “lots” is not a number" LEFT_OUT},
    {"<Pupil>" BORN "<Attendance>\n<YearData><Year>4294969321</Year><SessionsPossible>3"
     "</SessionsPossible></YearData></Attendance></Pupil>",
     "pupils.xml:4: Year: is no school year; left out"},
    {"<Pupil>" BORN
     "<Attendance>\n<YearData><Year>2025</Year><SessionsPossible>3</SessionsPossible>"
     "<SessionsAttended>4</SessionsAttended></YearData></Attendance></Pupil>",
     "pupils.xml:4: attended: is more than the sessions that were possible; check both numbers; "
     "left out of the attendance of pupil 1 of the file"},
};

/* What a file says has ended is not taken for what holds today, whatever is wrong with its days. */
static void
assert_nothing_open (Sink *sink, const char *pupil)
{
  const WayRecordType *const TYPES[] = {WAY_SEN_STATUS, WAY_NEED, WAY_ENROLMENT};
  WayRecordSet *unit = g_ptr_array_index (sink->units, 0);

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    if (strstr (pupil, "2024-07-19") != NULL || strstr (pupil, "2019-01-01") != NULL)
      g_assert_cmpuint (way_record_set_list (unit, TYPES[i])->len,
                        ==,
                        TYPES[i] == WAY_ENROLMENT && strstr (pupil, "Leaving") == NULL ? 1 : 0);
  }
}

/* A wrong detail keeps no pupil away: it is left out, and named without the child's name. */
static void
test_bad_detail (gconstpointer data)
{
  const BadPupil *bad = data;
  g_autofree char *text = g_strconcat (HEAD, bad->pupil, GOOD, TAIL, NULL);
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, text, strlen (text));
  g_assert_no_error (error);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (sink.n_units, ==, 2);
  if (!sink_has_notice (&sink, bad->error))
    for (guint i = 0; i < sink.notices->len; i++)
      g_test_message ("%s", (char *) sink.notices->pdata[i]);
  g_assert_true (sink_has_notice (&sink, bad->error));
  assert_records_keep_rules (&sink, today ());
  assert_nothing_open (&sink, bad->pupil);
  sink_clear (&sink);
}

/* All that is wrong with a pupil is told at once. */
static void
test_all_faults (void)
{
  static const char TEXT[] =
      HEAD "<Pupil><Surname>A&#10;B</Surname><DOB>2015-02-30</DOB><Address><PostCode>CT1&#9;1AA"
           "</PostCode></Address></Pupil>\n<Pupil><Surname>C</Surname></Pupil>" GOOD TAIL;
  Sink sink;

  sink_init (&sink);
  g_assert_null (read_bytes (&sink, TEXT, strlen (TEXT)));
  g_assert_cmpuint (sink.errors->len, ==, 5);
  g_assert_true (sink_has_notice (&sink, "pupils.xml:3: PostCode: "));
  g_assert_cmpuint (sink.n_units, ==, 1);
  sink_clear (&sink);
}

typedef struct {
  const char *text;
  const char *error;
} BadFile;

static const BadFile BAD_FILES[] = {
    {"", "pupils.xml:*: document: The file is empty; ask for it again"},
    {"UPN,Surname\nA,B\n",
     "pupils.xml:1: document: This is not XML, as a CTF or a Record of Visit is; choose another "
     "file"},
    {"\x89PNG\r\n\x1a\n____________", "pupils.xml:1: document: *"},
    {"<html><body/></html>", "pupils.xml:1: html: This is not a Common Transfer File*"},
    {HEAD GOOD,
     "pupils.xml:3: CTFpupilData: This is not well-formed XML: the file is cut off here; ask for "
     "the file again"},
    {HEAD "<Pupil><Surname>A</Forename></Pupil>" TAIL,
     "pupils.xml:3: Surname: This is not well-formed XML (*"},
    {HEAD "<Pupil><Surname>\x07</Surname></Pupil>" TAIL, "pupils.xml:3: Surname: *"},
    {HEAD "<Pupil><Surname>\xc3\x28</Surname></Pupil>" TAIL, "pupils.xml:3: Surname: *"},
    {HEAD "<Pupil><Surname>&x;</Surname></Pupil>" TAIL, "pupils.xml:3: Surname: *"},
    {"<!DOCTYPE CTfile [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<CTfile>&x;</CTfile>",
     "pupils.xml:1: DOCTYPE: *"},
    {"<!DOCTYPE CTfile SYSTEM \"http://127.0.0.1:9/evil.dtd\">\n<CTfile/>",
     "pupils.xml:1: DOCTYPE: *"},
    {"<!DOCTYPE CTfile [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]>\n<CTfile/>",
     "pupils.xml:1: DOCTYPE: *"},
    {"<!DOCTYPE l [<!ENTITY a \"lollollollollollol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
     "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
     "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]>"
     "<CTfile>&f;</CTfile>",
     "pupils.xml:1: DOCTYPE: *"},
};

static guint n_loads;

static xmlParserInputPtr
count_load (const char *url, const char *id, xmlParserCtxtPtr context)
{
  n_loads++;
  return NULL;
}

/* Refused as a whole: the message says where; no unit was given; nothing was fetched. */
static void
test_bad_file (gconstpointer data)
{
  const BadFile *bad = data;
  xmlExternalEntityLoader loader = xmlGetExternalEntityLoader ();
  g_autoptr (GError) error = NULL;
  guint n_good = strstr (bad->text, "Good") != NULL ? 1 : 0;
  Sink sink;

  sink_init (&sink);
  xmlSetExternalEntityLoader (count_load);
  n_loads = 0;
  error = read_bytes (&sink, bad->text, strlen (bad->text));
  xmlSetExternalEntityLoader (loader);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  if (!g_pattern_match_simple (bad->error, error->message))
    g_error ("“%s” is not like “%s”", error->message, bad->error);
  g_assert_cmpuint (sink.n_units, ==, n_good);
  g_assert_cmpuint (sink.errors->len, ==, 0);
  g_assert_cmpuint (n_loads, ==, 0);
  sink_clear (&sink);
}

static void
test_too_deep (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (GError) error = NULL;
  Sink sink;

  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "<a>");
  sink_init (&sink);
  error = read_bytes (&sink, text->str, text->len);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (
      error->message, ==, "pupils.xml:3: a: Elements are nested too deep; ask for the file again");
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new (HEAD "<Pupil><Surname>");
  g_autoptr (GError) error = NULL;
  Sink sink;

  for (guint i = 0; i < 900000; i++)
    g_string_append (text, "0123456789");
  sink_init (&sink);
  error = read_bytes (&sink, text->str, text->len);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (
      error->message, ==, "pupils.xml:3: Surname: The text is too long; ask for the file again");
  sink_clear (&sink);
}

/* A name of any length would be carried through every page and print. */
static void
test_too_long_name (void)
{
  g_autofree char *name = g_strnfill (WAY_TEXT_MAX_LINE + 1, 'a');
  g_autofree char *text = g_strconcat (HEAD,
                                       "<Pupil><Surname>",
                                       name,
                                       "</Surname><Forename>B</Forename><DOB>2015-01-01</DOB>"
                                       "</Pupil>",
                                       TAIL,
                                       NULL);
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, text, strlen (text));
  g_assert_no_error (error);
  g_assert_cmpuint (sink.errors->len, ==, 1);
  g_assert_true (g_str_has_prefix (
      sink.errors->pdata[0],
      "pupils.xml:3: Surname: is longer than 1000 characters; shorten it (B aaa"));
  g_assert_cmpuint (strlen (sink.errors->pdata[0]), <, 160);
  sink_clear (&sink);
}

/* What all pupils share makes the file as a whole unfit. */
static void
test_bad_header (void)
{
  static const char TEXT[] =
      "<CTfile><Header><SourceSchool><LEA>886</LEA><Estab>2001</Estab>\n<SchoolName>A&#x85;B"
      "</SchoolName></SourceSchool></Header><CTFpupilData>" GOOD TAIL;
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, TEXT, strlen (TEXT));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_true (
      g_str_has_prefix (error->message, "pupils.xml:2: SchoolName: School name holds a control"));
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
}

/* The same where it stands after the pupils. */
static void
test_bad_header_last (void)
{
  static const char TEXT[] =
      "<CTfile><CTFpupilData>" GOOD "</CTFpupilData>\n<Header><SourceSchool><LEA>886</LEA>"
      "<Estab>2001</Estab><SchoolName>A&#x85;B</SchoolName></SourceSchool></Header></CTfile>";
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, TEXT, strlen (TEXT));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_true (
      g_str_has_prefix (error->message, "pupils.xml:3: SchoolName: School name holds a control"));
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
}

/* What was not taken is said in words that whoever sent it knows. */
static void
test_says_what_it_ignores (void)
{
  static const char TEXT[] =
      HEAD "<Pupil><Surname>A</Surname><Forename>B</Forename><DOB>2015-01-01</DOB><BasicDetails>"
           "<Ethnicity>WBRI</Ethnicity><FavouriteColour>red</FavouriteColour></"
           "BasicDetails><FSMhistory/>"
           "<StageAssessments/><SchoolHistory><School><LEA>886</LEA><Estab>2002</Estab></School>"
           "</SchoolHistory></Pupil>" TAIL;
  static const char ONE[] = HEAD "<Pupil><Surname>A</Surname><Forename>B</Forename>"
                                 "<DOB>2015-01-01</DOB><FavouriteColour>red</FavouriteColour>"
                                 "</Pupil>" TAIL;
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, TEXT, strlen (TEXT));
  g_assert_no_error (error);
  g_assert_true (sink_has_notice (&sink,
                                  "4 elements that Waymark does not keep were ignored: ethnicity, "
                                  "free school meals, assessment results, FavouriteColour (1)"));
  g_assert_true (sink_has_notice (&sink, "names earlier schools of 1 pupil"));
  sink_clear (&sink);

  sink_init (&sink);
  error = read_bytes (&sink, ONE, strlen (ONE));
  g_assert_no_error (error);
  g_assert_true (sink_has_notice (
      &sink, "1 element that Waymark does not keep was ignored: FavouriteColour (1)"));
  sink_clear (&sink);
}

static void
test_too_large (void)
{
  g_autofree char *dir = temp_dir_new ();
  g_autofree char *path = write_file (dir, "pupils.xml", HEAD);
  g_autoptr (GError) error = NULL;
  Sink sink;

  g_assert_cmpint (truncate (path, ((goffset) 512 << 20) + 1), ==, 0); /* a hole, no disk */
  sink_init (&sink);
  g_assert_false (way_ctf_read (path, today (), &sink.sink, NULL, &error));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_assert_cmpstr (error->message,
                   ==,
                   "pupils.xml:1: document: The file is larger than 512 MiB; is it the right one?");
  sink_clear (&sink);
  remove_dir (dir);
}

/* Many made-up element names, an LA as the sender, no pupils: said, not refused. */
static void
test_odd_files (void)
{
  g_autoptr (GString) text = g_string_new (
      "<CTfile><Header><CTFversion>40</CTFversion><SourceSchool><LEA>886</LEA><Estab>LLLL</Estab>"
      "</SourceSchool></Header>");
  g_autoptr (GError) error = NULL;
  Sink sink;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "<X%u/>", i);
  g_string_append (text, "<CTFpupilData/></CTfile>");
  sink_init (&sink);
  error = read_bytes (&sink, text->str, text->len);
  g_assert_no_error (error);
  g_assert_true (sink_has_notice (&sink, "“40” is not a version that Waymark knows (15 to 26)"));
  g_assert_true (sink_has_notice (&sink, "SourceSchool: names no school"));
  g_assert_true (sink_has_notice (&sink, "DateTime: says no day"));
  g_assert_true (sink_has_notice (&sink, "There are no pupils"));
  g_assert_true (sink_has_notice (&sink, "3000 elements that Waymark does not keep"));
  g_assert_cmpuint (sink.errors->len, ==, 0);
  sink_clear (&sink);
}

static void
test_no_header (void)
{
  static const char TEXT[] = "<CTfile><CTFpupilData>" GOOD "</CTFpupilData></CTfile>";
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  error = read_bytes (&sink, TEXT, strlen (TEXT));
  g_assert_no_error (error);
  g_assert_cmpuint (sink_count (&sink, WAY_CHILD), ==, 1);
  g_assert_cmpuint (sink_count (&sink, WAY_ENROLMENT), ==, 0);
  g_assert_true (sink_has_notice (&sink, "Header: is missing"));
  sink_clear (&sink);
}

static void
test_sink_stops (void)
{
  static const char TEXT[] = HEAD GOOD GOOD GOOD TAIL;
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  sink.fail_at = 2;
  error = read_bytes (&sink, TEXT, strlen (TEXT));
  g_assert_error (error, WAY_ERROR, WAY_ERROR_IO);
  g_assert_cmpuint (sink.n_units, ==, 2);
  sink_clear (&sink);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/ctf/golden/25", "ctf-25", test_golden);
  g_test_add_data_func ("/ctf/golden/15", "ctf-15", test_golden);
  g_test_add_func ("/ctf/decisions", test_decisions);
  g_test_add_func ("/ctf/same-twice", test_same_twice);
  g_test_add_func ("/ctf/two-of-a-name", test_two_of_a_name);
  g_test_add_func ("/ctf/two-of-a-number", test_two_of_a_number);
  for (guint i = 0; i < G_N_ELEMENTS (BAD_PUPILS); i++) {
    g_autofree char *path = g_strdup_printf ("/ctf/bad-pupil/%u", i);

    g_test_add_data_func (path, &BAD_PUPILS[i], test_bad_pupil);
  }
  for (guint i = 0; i < G_N_ELEMENTS (BAD_DETAILS); i++) {
    g_autofree char *path = g_strdup_printf ("/ctf/bad-detail/%u", i);

    g_test_add_data_func (path, &BAD_DETAILS[i], test_bad_detail);
  }
  g_test_add_func ("/ctf/left", test_left);
  g_test_add_func ("/ctf/all-faults", test_all_faults);
  for (guint i = 0; i < G_N_ELEMENTS (BAD_FILES); i++) {
    g_autofree char *path = g_strdup_printf ("/ctf/bad-file/%u", i);

    g_test_add_data_func (path, &BAD_FILES[i], test_bad_file);
  }
  g_test_add_func ("/ctf/too-deep", test_too_deep);
  g_test_add_func ("/ctf/too-long", test_too_long);
  g_test_add_func ("/ctf/too-long-name", test_too_long_name);
  g_test_add_func ("/ctf/bad-header", test_bad_header);
  g_test_add_func ("/ctf/bad-header-last", test_bad_header_last);
  g_test_add_func ("/ctf/says-what-it-ignores", test_says_what_it_ignores);
  g_test_add_func ("/ctf/too-large", test_too_large);
  g_test_add_func ("/ctf/odd-files", test_odd_files);
  g_test_add_func ("/ctf/no-header", test_no_header);
  g_test_add_func ("/ctf/sink-stops", test_sink_stops);
  return g_test_run ();
}
