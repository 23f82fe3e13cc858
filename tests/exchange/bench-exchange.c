/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers and writers of files beside xmllint on the same file, medians of five. */
#include "exchange-fixture.h"
#include "way-ctf.h"
#include "way-visit-xml.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#define RUNS 5
#define N_VISITS 10000
#define N_DOSSIERS 100
#define N_PUPILS 2000
#define STAMP "2026-11-18T08:00:00Z"

typedef struct {
  char *dir;
  char *visits;
  char *pupils;
  char *schema;
  GPtrArray *dossiers; /* (element-type WayDossier): written over and over */
} Bench;

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

typedef void (*Work) (Bench *bench);

/* In turns, so that whatever else the machine does falls on all of them alike. */
static void
take_medians (Bench *bench, const Work *works, guint n_works, double *medians)
{
  double times[3][RUNS];

  g_assert_cmpuint (n_works, <=, G_N_ELEMENTS (times));
  for (guint run = 0; run < RUNS; run++) {
    for (guint i = 0; i < n_works; i++) {
      gint64 start = g_get_monotonic_time ();

      works[i](bench);
      times[i][run] = (double) (g_get_monotonic_time () - start) / 1e6;
    }
  }
  for (guint i = 0; i < n_works; i++) {
    qsort (times[i], RUNS, sizeof *times[i], compare_times);
    medians[i] = times[i][RUNS / 2];
  }
}

static void
run_xmllint (const char *schema, const char *path)
{
  const char *argv[] = {"xmllint", "--noout", "--stream", path, NULL, NULL, NULL};
  g_autoptr (GError) error = NULL;
  int status;

  if (schema != NULL) {
    argv[4] = "--schema";
    argv[5] = schema;
  }
  g_spawn_sync (NULL,
                (char **) argv,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
xmllint_visits (Bench *bench)
{
  run_xmllint (bench->schema, bench->visits);
}

static void
xmllint_pupils (Bench *bench)
{
  run_xmllint (NULL, bench->pupils);
}

/* To gather the dossiers is the store's work, so it is left outside the clock; so is waiting for
 * the disk, which g_file_replace() does only where a file is replaced. */
static void
write_visits (Bench *bench)
{
  g_autoptr (GFile) file = g_file_new_for_path (bench->visits);
  g_autoptr (GError) error = NULL;
  int removed G_GNUC_UNUSED = g_remove (bench->visits);
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &error);
  WayVisitXmlWriter *writer = way_visit_xml_writer_new (G_OUTPUT_STREAM (stream), STAMP, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < N_VISITS; i++) {
    WayDossier *dossier = g_ptr_array_index (bench->dossiers, i % bench->dossiers->len);

    way_visit_xml_writer_add (writer, dossier, &error);
    g_assert_no_error (error);
  }
  way_visit_xml_writer_finish (writer, &error);
  g_assert_no_error (error);
  way_visit_xml_writer_free (writer);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);
}

static void
read_visits (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  sink.throw_away = TRUE;
  way_visit_xml_read (bench->visits, &sink.sink, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.n_units, ==, N_VISITS);
  sink_clear (&sink);
}

static long
peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static void
print_row (const char *what, double ours, double reference, double target)
{
  g_print ("%-44s %8.3f s %8.3f s %6.2f times (to reach %.1f)\n",
           what,
           ours,
           reference,
           ours / reference,
           target);
}

static void
bench_visits (Bench *bench)
{
  static const Work WORKS[] = {write_visits, read_visits, xmllint_visits};
  double medians[3];
  long memory;
  GStatBuf info;

  write_visits (bench);
  memory = peak_memory ();
  take_medians (bench, WORKS, 3, medians);
  g_stat (bench->visits, &info);
  print_row ("10,000 visits: write and validate", medians[0], medians[2], 1.5);
  print_row ("10,000 visits: read, validate, verify", medians[1], medians[2], 2.0);
  g_print ("(%.0f MB of XML; memory grew by %ld KB over all later runs)\n",
           (double) info.st_size / 1e6,
           peak_memory () - memory);
}

static void
write_pupil (GString *out, guint number)
{
  static const char *const SURNAMES[] = {"Okafor", "Nowak", "Begum", "O’Brien", "Smith", "Müller"};
  guint year = 2010 + number % 8;

  g_string_append_printf (
      out,
      "<Pupil><UPN>X8862001%02u%03u</UPN><Surname>%s</Surname><Forename>Child%u</Forename>"
      "<DOB>%u-%02u-%02u</DOB><Sex>%c</Sex>"
      "<BasicDetails><PreferredForename>Kit%u</PreferredForename><MiddleNames>Lee</MiddleNames>"
      "<NCyearActual>5</NCyearActual><Ethnicity>WBRI</Ethnicity>"
      "<EthnicitySource>P</EthnicitySource><Languages><Type><LanguageType>F</LanguageType>"
      "<Language>ENG</Language></Type></Languages><MedicalFlag>false</MedicalFlag>"
      "<EnrolStatus>C</EnrolStatus></BasicDetails>\n",
      number / 1000,
      number % 1000,
      SURNAMES[number % G_N_ELEMENTS (SURNAMES)],
      number,
      year,
      1 + number % 12,
      1 + number % 28,
      number % 2 == 0 ? 'F' : 'M',
      number);
  g_string_append (
      out,
      "<LookedAfter><InCare>false</InCare></LookedAfter><SENhistory><SEN><StartDate>2021-09-06"
      "</StartDate><SENprovision>K</SENprovision></SEN><SEN><StartDate>2024-01-15</StartDate>"
      "<SENprovision>E</SENprovision></SEN><SENneeds><SENneed><SENtypeRank>1</SENtypeRank>"
      "<SENtype>ASD</SENtype></SENneed><SENneed><SENtypeRank>2</SENtypeRank><SENtype>SLCN"
      "</SENtype></SENneed></SENneeds></SENhistory>\n<Address><AddressLines><AddressLine1>1 "
      "Example "
      "Road</AddressLine1></AddressLines><PostCode>ME14 1XX</PostCode></Address>\n<Contacts>"
      "<Contact><Order>1</Order><Title>Ms</Title><Surname>Parent</Surname><Forename>Alex</Forename>"
      "<Relationship>MOT</Relationship><Responsibility>true</Responsibility><Phones><Phone>"
      "<TelephoneType>M</TelephoneType><PhoneNo>07700 900123</PhoneNo></Phone></Phones></Contact>"
      "</Contacts>\n<Attendance><YearData><Year>2025</Year><LEA>886</LEA><Estab>2001</Estab>"
      "<SessionsPossible>372</SessionsPossible><SessionsAttended>340</SessionsAttended>"
      "</YearData></Attendance><StageAssessments><KeyStage><Stage>KS1</Stage>");
  for (guint i = 0; i < 12; i++)
    g_string_append (out,
                     "<StageAssessment><Locale>ENG</Locale><Year>2022</Year><Subject>ENG</Subject>"
                     "<Method>TA</Method><Component>REA</Component><ResultStatus>R</ResultStatus>"
                     "<Result>EXS</Result></StageAssessment>\n");
  g_string_append (out,
                   "</KeyStage></StageAssessments><SchoolHistory><School><LEA>886</LEA><Estab>2001"
                   "</Estab><EntryDate>2021-09-01</EntryDate></School></SchoolHistory></Pupil>\n");
}

static void
write_pupils (Bench *bench)
{
  g_autoptr (GString) out = g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CTfile><Header><DocumentName>Common Transfer "
      "File</DocumentName><CTFversion>25.0</CTFversion><DateTime>2026-07-10T09:30:00</DateTime>"
      "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Example Primary School"
      "</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header><CTFpupilData>\n");

  for (guint i = 0; i < N_PUPILS; i++)
    write_pupil (out, i);
  g_string_append (out, "</CTFpupilData></CTfile>\n");
  bench->pupils = write_file (bench->dir, "pupils.xml", out->str);
}

static void
read_pupils (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  Sink sink;

  sink_init (&sink);
  sink.throw_away = TRUE;
  way_ctf_read (bench->pupils, way_date_new (2026, 11, 22), &sink.sink, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sink.n_units, ==, N_PUPILS);
  sink_clear (&sink);
}

static void
bench_pupils (Bench *bench)
{
  static const Work WORKS[] = {read_pupils, xmllint_pupils};
  double medians[2];

  write_pupils (bench);
  take_medians (bench, WORKS, 2, medians);
  print_row ("CTF of 2,000 pupils: read to units", medians[0], medians[1], 3.0);
}

static void
free_dossier (gpointer dossier)
{
  dossier_clear (dossier);
  g_free (dossier);
}

int
main (int argc, char *argv[])
{
  Bench bench = {.dir = temp_dir_new ()};
  g_autofree char *source = g_path_get_dirname (g_getenv ("G_TEST_SRCDIR"));

  bench.visits = g_build_filename (bench.dir, "visits.xml", NULL);
  bench.schema = g_build_filename (source, "data", "schemas", "record-of-visit-1.xsd", NULL);
  bench.dossiers = g_ptr_array_new_with_free_func (free_dossier);
  for (guint i = 0; i < N_DOSSIERS; i++) {
    WayDossier *dossier = g_new0 (WayDossier, 1);

    dossier_init (dossier, visit_records_new (i));
    g_ptr_array_add (bench.dossiers, dossier);
  }
  g_print ("%-44s %10s %10s\n", "", "Waymark", "xmllint");
  bench_visits (&bench);
  bench_pupils (&bench);
  remove_dir (bench.dir);
  g_ptr_array_unref (bench.dossiers);
  g_free (bench.pupils);
  g_free (bench.visits);
  g_free (bench.schema);
  g_free (bench.dir);
  return 0;
}
