/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A school's file of 2,000 pupils, half of them children of the county, to its preview. */
#include "bench-samples.h"
#include "bench-table.h"
#include "way-import-file.h"
#include "way-upn.h"

#include <string.h>

#define N_PUPILS 2000
#define N_STAGES 12

typedef struct {
  BenchSample *sample;
  char *file;
} Pupils;

static void
write_identity (GString *out, const WayChild *child)
{
  g_autofree char *surname = g_markup_escape_text (child->surname, -1);
  g_autofree char *forename = g_markup_escape_text (child->forename, -1);
  char dob[WAY_DATE_ISO_SIZE];

  way_date_to_iso (child->dob, dob);
  g_string_append_printf (
      out,
      "<Pupil><UPN>%s</UPN><Surname>%s</Surname><Forename>%s</Forename><DOB>%s</DOB>"
      "<Sex>%s</Sex>\n",
      child->upn,
      surname,
      forename,
      dob,
      child->sex != NULL ? child->sex : "F");
}

/* Much of which the store does not keep, as in any such file. */
static void
write_rest (GString *out)
{
  g_string_append (
      out,
      "<BasicDetails><NCyearActual>5</NCyearActual><Ethnicity>WBRI</Ethnicity><EthnicitySource>P"
      "</EthnicitySource><Languages><Type><LanguageType>F</LanguageType><Language>ENG</Language>"
      "</Type></Languages><MedicalFlag>false</MedicalFlag><EnrolStatus>C</EnrolStatus>"
      "</BasicDetails>\n<LookedAfter><InCare>false</InCare></LookedAfter><SENhistory><SEN>"
      "<StartDate>2021-09-06</StartDate><EndDate>2024-01-14</EndDate><SENprovision>K</SENprovision>"
      "</SEN><SEN><StartDate>2024-01-15</StartDate><SENprovision>E</SENprovision></SEN><SENneeds>"
      "<SENneed><SENtypeRank>1</SENtypeRank><SENtype>ASD</SENtype></SENneed><SENneed><SENtypeRank>2"
      "</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds></SENhistory>\n<Address>"
      "<AddressLines><AddressLine1>1 Example Road</AddressLine1></AddressLines><PostCode>ME10 0ZZ"
      "</PostCode></Address>\n<Contacts><Contact><Order>1</Order><Title>Ms</Title><Surname>Parent"
      "</Surname><Forename>Alex</Forename><Relationship>MOT</Relationship><Responsibility>true"
      "</Responsibility><Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900123"
      "</PhoneNo></Phone></Phones></Contact></Contacts>\n<Attendance><YearData><Year>2025</Year>"
      "<LEA>886</LEA><Estab>2001</Estab><SessionsPossible>372</SessionsPossible><SessionsAttended>"
      "340</SessionsAttended></YearData></Attendance><StageAssessments><KeyStage><Stage>KS1"
      "</Stage>\n");
  for (guint i = 0; i < N_STAGES; i++)
    g_string_append (out,
                     "<StageAssessment><Locale>ENG</Locale><Year>2022</Year><Subject>ENG</Subject>"
                     "<Method>TA</Method><Component>REA</Component><ResultStatus>R</ResultStatus>"
                     "<Result>EXS</Result></StageAssessment>\n");
  g_string_append (out,
                   "</KeyStage></StageAssessments><SchoolHistory><School><LEA>886</LEA><Estab>2001"
                   "</Estab><EntryDate>2021-09-01</EntryDate></School></SchoolHistory></Pupil>\n");
}

static void
write_new_pupil (GString *out, guint number)
{
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);
  g_autofree char *rest = g_strdup_printf ("88620019%05u", number);
  char letter = way_upn_check_letter (rest);

  child->upn = g_strdup_printf ("%c%s", letter, rest);
  child->surname = g_strdup_printf ("New%u", number);
  child->forename = g_strdup ("Robin");
  child->dob = way_date_new (2014 + number % 6, 1 + number % 12, 1 + number % 28);
  write_identity (out, child);
  write_rest (out);
}

static void
write_file (Pupils *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = way_db_list (self->sample->db, WAY_CHILD, NULL, NULL, &error);
  g_autoptr (GString) out = g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CTfile><Header><DocumentName>Common Transfer "
      "File</DocumentName><CTFversion>25.0</CTFversion><DateTime>2026-07-10T09:30:00</DateTime>"
      "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Example Primary School"
      "</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header><CTFpupilData>\n");
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < children->len && n < N_PUPILS / 2; i++) {
    const WayChild *child = g_ptr_array_index (children, i);

    if (child->upn == NULL)
      continue;
    write_identity (out, child);
    write_rest (out);
    n++;
  }
  for (guint i = n; i < N_PUPILS; i++)
    write_new_pupil (out, i);
  g_string_append (out, "</CTFpupilData></CTfile>\n");
  g_file_set_contents (self->file, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
}

static double
preview (gpointer data)
{
  Pupils *self = data;
  WayImportOptions options = {.dry_run = TRUE, .today = bench_today ()};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayImportReport) report = NULL;
  double start = bench_now ();
  WayImportSink *sink = way_db_import_begin (self->sample->db, &options, &error);
  gboolean read;

  g_assert_no_error (error);
  read = way_import_file_read (self->file, WAY_FORMAT_AUTO, options.today, sink, NULL, &error);
  g_assert_no_error (error);
  report = way_db_import_end (sink, read, &error);
  g_assert_no_error (error);
  start = bench_now () - start;
  g_assert_cmpuint (report->n_errors, ==, 0);
  g_assert_cmpuint (report->n_added[way_record_type_index (WAY_CHILD)], >=, N_PUPILS / 2);
  return start;
}

static double
run_xmllint (gpointer data)
{
  Pupils *self = data;
  const char *argv[] = {"xmllint", "--noout", "--stream", self->file, NULL};
  double start = bench_now ();

  bench_run_process (argv);
  return bench_now () - start;
}

void
bench_pupils (BenchSample *county)
{
  static const BenchRound ROUNDS[] = {preview, run_xmllint};
  double medians[G_N_ELEMENTS (ROUNDS)];
  Pupils pupils = {county, bench_sample_path (county, "pupils.xml")};

  write_file (&pupils);
  bench_medians (ROUNDS, G_N_ELEMENTS (ROUNDS), &pupils, medians);
  bench_print_head ("xmllint ms");
  bench_print_row (
      "2,000 pupils of a school to the preview, by the county", medians[0], medians[1], 3.0);
  g_free (pupils.file);
}
