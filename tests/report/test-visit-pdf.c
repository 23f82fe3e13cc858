/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a screen reader can read the record: the rules of ISO 14289-1 that concern it, checked
 * on the finished file. WAY_GOLDEN=FOLDER writes the structure into that folder instead. */
#include "report-fixture.h"
#include "way-chart-file.h"
#include "way-pdf-content.h"
#include "way-pdf-finish.h"
#include "way-visit-figure.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  qpdf_data pdf;
  GString *dump;
  GHashTable *in_tree; /* "page mcid" */
  guint n_figures, n_heads;
} Checker;

static char *
key_name (Checker *self, qpdf_oh object, const char *key)
{
  return g_strdup (qpdf_oh_get_name (self->pdf, qpdf_oh_get_key (self->pdf, object, key)));
}

static void
note_content (Checker *self, qpdf_oh element, qpdf_oh kid)
{
  qpdf_oh page = qpdf_oh_get_key (self->pdf, element, "/Pg");
  qpdf_oh mcid = kid;

  if (qpdf_oh_is_dictionary (self->pdf, kid)) {
    if (qpdf_oh_has_key (self->pdf, kid, "/Pg"))
      page = qpdf_oh_get_key (self->pdf, kid, "/Pg");
    mcid = qpdf_oh_get_key (self->pdf, kid, "/MCID");
  }
  g_hash_table_add (self->in_tree,
                    g_strdup_printf ("%d %d",
                                     qpdf_oh_get_object_id (self->pdf, page),
                                     qpdf_oh_get_int_value_as_int (self->pdf, mcid)));
}

/* Where a figure is on its page: somewhere in it, and larger than a mark. */
static void
check_place (Checker *self, qpdf_oh element)
{
  qpdf_oh attributes = qpdf_oh_get_key (self->pdf, element, "/A");
  qpdf_oh box = qpdf_oh_get_key (self->pdf, attributes, "/BBox");
  qpdf_oh page =
      qpdf_oh_get_key (self->pdf, qpdf_oh_get_key (self->pdf, element, "/Pg"), "/MediaBox");
  g_autofree char *owner = key_name (self, attributes, "/O");
  double side[4];

  g_assert_cmpstr (owner, ==, "/Layout");
  g_assert_cmpint (qpdf_oh_get_array_n_items (self->pdf, box), ==, 4);
  for (int i = 0; i < 4; i++) {
    side[i] = qpdf_oh_get_numeric_value (self->pdf, qpdf_oh_get_array_item (self->pdf, box, i));
    g_assert_cmpfloat (side[i], >, 0.0);
    g_assert_cmpfloat (
        side[i],
        <,
        qpdf_oh_get_numeric_value (self->pdf, qpdf_oh_get_array_item (self->pdf, page, i % 2 + 2)));
  }
  g_assert_cmpfloat (side[2] - side[0], >, 200.0);
  g_assert_cmpfloat (side[3] - side[1], >, 80.0);
}

static void
check_element (Checker *self, qpdf_oh element, const char *tag, guint depth)
{
  g_string_append_printf (self->dump, "%*s%s", (int) depth * 2, "", tag + 1);
  if (strcmp (tag, "/Figure") == 0) {
    const char *alt =
        qpdf_oh_get_utf8_value (self->pdf, qpdf_oh_get_key (self->pdf, element, "/Alt"));

    g_assert_cmpuint (strlen (alt), >, 20);
    g_string_append_printf (self->dump, ": %s", alt);
    self->n_figures++;
    check_place (self, element);
  }
  if (strcmp (tag, "/TH") == 0) {
    g_autofree char *scope = key_name (self, qpdf_oh_get_key (self->pdf, element, "/A"), "/Scope");

    g_assert_true (strcmp (scope, "/Column") == 0 || strcmp (scope, "/Row") == 0);
    g_string_append_printf (self->dump, " %s", scope + 1);
    self->n_heads++;
  }
  if (strcmp (tag, "/TD") == 0 && qpdf_oh_has_key (self->pdf, element, "/A"))
    g_string_append_printf (
        self->dump,
        " over %d",
        qpdf_oh_get_int_value_as_int (
            self->pdf,
            qpdf_oh_get_key (self->pdf, qpdf_oh_get_key (self->pdf, element, "/A"), "/ColSpan")));
  g_string_append_c (self->dump, '\n');
}

static void
walk (Checker *self, qpdf_oh parent, qpdf_oh node, guint depth)
{
  g_assert_cmpuint (depth, <, 40);
  if (qpdf_oh_is_array (self->pdf, node)) {
    for (int i = 0; i < qpdf_oh_get_array_n_items (self->pdf, node); i++)
      walk (self, parent, qpdf_oh_get_array_item (self->pdf, node, i), depth);
  } else if (qpdf_oh_is_dictionary (self->pdf, node) && qpdf_oh_has_key (self->pdf, node, "/S")) {
    g_autofree char *tag = key_name (self, node, "/S");

    check_element (self, node, tag, depth);
    if (qpdf_oh_has_key (self->pdf, node, "/K"))
      walk (self, node, qpdf_oh_get_key (self->pdf, node, "/K"), depth + 1);
  } else {
    note_content (self, parent, node);
  }
}

/* Past a string, which may hold anything. */
static const char *
skip_string (const char *p, const char *end)
{
  int depth = 0;

  for (; p < end; p++) {
    if (*p == '\\')
      p++;
    else if (*p == '(')
      depth++;
    else if (*p == ')' && --depth == 0)
      return p + 1;
  }
  return end;
}

static GPtrArray *
split (const char *content, gsize size)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  const char *end = content + size;

  for (const char *p = content; p < end;) {
    const char *start = p;

    if (g_ascii_isspace (*p) || strchr ("[]", *p) != NULL) {
      p++;
      continue;
    }
    if (*p == '(') {
      p = skip_string (p, end);
      continue;
    }
    if (*p == '<' && p[1] != '<') {
      p = memchr (p, '>', (gsize) (end - p)) + 1;
      continue;
    }
    while (p < end && !g_ascii_isspace (*p) && strchr ("[]()", *p) == NULL &&
           !(*p == '<' && p > start && p[-1] != '<'))
      p++;
    g_ptr_array_add (words, g_strndup (start, (gsize) (p - start)));
  }
  return words;
}

/* All that is painted is either an artifact or has its place in the tree. */
static void
check_page (Checker *self, qpdf_oh page)
{
  static const char *const PAINTS[] = {
      "f", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "Tj", "TJ", "'", "\"", NULL};
  g_autoptr (GPtrArray) words = NULL;
  unsigned char *content = NULL;
  size_t size = 0;
  int depth = 0;

  g_assert_cmpint (
      qpdf_oh_get_page_content_data (self->pdf, page, &content, &size) & QPDF_ERRORS, ==, 0);
  words = split ((const char *) content, size);
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    if (strcmp (word, "BDC") == 0 || strcmp (word, "BMC") == 0)
      depth++;
    else if (strcmp (word, "EMC") == 0)
      g_assert_cmpint (--depth, >=, 0);
    else if (g_strv_contains (PAINTS, word))
      g_assert_cmpint (depth, >, 0);
    if (strcmp (word, "/MCID") == 0) {
      g_autofree char *key =
          g_strdup_printf ("%d %d",
                           qpdf_oh_get_object_id (self->pdf, page),
                           (int) g_ascii_strtoll (g_ptr_array_index (words, i + 1), NULL, 10));

      g_assert_true (g_hash_table_remove (self->in_tree, key));
    }
  }
  g_assert_cmpint (depth, ==, 0);
  free (content);
}

static void
check_catalogue (Checker *self, const char *title)
{
  qpdf_oh root = qpdf_get_root (self->pdf);
  qpdf_oh viewer = qpdf_oh_get_key (self->pdf, root, "/ViewerPreferences");
  unsigned char *xmp = NULL;
  size_t size = 0;
  QPDF_BOOL filtered;

  g_assert_cmpstr (
      qpdf_oh_get_utf8_value (self->pdf, qpdf_oh_get_key (self->pdf, root, "/Lang")), ==, "en-GB");
  g_assert_true (
      qpdf_oh_get_bool_value (self->pdf, qpdf_oh_get_key (self->pdf, viewer, "/DisplayDocTitle")));
  g_assert_true (qpdf_oh_get_bool_value (
      self->pdf,
      qpdf_oh_get_key (self->pdf, qpdf_oh_get_key (self->pdf, root, "/MarkInfo"), "/Marked")));
  qpdf_oh_get_stream_data (self->pdf,
                           qpdf_oh_get_key (self->pdf, root, "/Metadata"),
                           qpdf_dl_all,
                           &filtered,
                           &xmp,
                           &size);
  g_assert_nonnull (g_strstr_len ((char *) xmp, (gssize) size, "<pdfuaid:part>1</pdfuaid:part>"));
  g_assert_nonnull (g_strstr_len ((char *) xmp, (gssize) size, title));
  free (xmp);
}

static void
checker_init (Checker *self, GBytes *bytes)
{
  *self = (Checker){.pdf = qpdf_init (), .dump = g_string_new (NULL)};
  self->in_tree = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  qpdf_silence_errors (self->pdf);
  g_assert_cmpint (
      qpdf_read_memory (
          self->pdf, "record", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL),
      ==,
      QPDF_SUCCESS);
}

static void
checker_clear (Checker *self)
{
  qpdf_cleanup (&self->pdf);
  g_string_free (self->dump, TRUE);
  g_hash_table_unref (self->in_tree);
}

static void
check_accessible (Checker *self, const char *title)
{
  qpdf_oh root = qpdf_oh_get_key (self->pdf, qpdf_get_root (self->pdf), "/StructTreeRoot");

  check_catalogue (self, title);
  walk (self, root, qpdf_oh_get_key (self->pdf, root, "/K"), 0);
  for (int i = 0; i < qpdf_get_num_pages (self->pdf); i++) {
    qpdf_oh page = qpdf_get_page_n (self->pdf, (size_t) i);

    g_assert_cmpstr (
        qpdf_oh_get_name (self->pdf, qpdf_oh_get_key (self->pdf, page, "/Tabs")), ==, "/S");
    check_page (self, page);
  }
  /* And nothing in the tree is without its content. */
  g_assert_cmpuint (g_hash_table_size (self->in_tree), ==, 0);
}

static void
test_example (void)
{
  ReportFixture fixture;
  Checker checker;
  g_autoptr (GBytes) pdf = NULL;
  const char *folder = g_getenv ("WAY_GOLDEN");
  g_autofree char *path =
      folder != NULL ? g_build_filename (folder, "visit-structure.txt", NULL)
                     : g_test_build_filename (G_TEST_DIST, "data", "visit-structure.txt", NULL);
  g_autofree char *expected = NULL;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  checker_init (&checker, pdf);
  check_accessible (&checker, "A.O. (ref 7C2E)");
  g_assert_true (qpdf_oh_has_key (checker.pdf, qpdf_get_root (checker.pdf), "/Outlines"));
  g_assert_cmpuint (checker.n_figures, ==, 2);
  g_assert_cmpuint (checker.n_heads, >, 9);
  if (folder != NULL)
    g_file_set_contents_full (
        path, checker.dump->str, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL);
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (checker.dump->str, ==, expected);
  checker_clear (&checker);
}

static qpdf_oh
get (Checker *self, qpdf_oh object, const char *key)
{
  g_assert_true (qpdf_oh_has_key (self->pdf, object, key));
  return qpdf_oh_get_key (self->pdf, object, key);
}

/* The same record for other programs, found both by its name and as what the pages are made from.
 */
static void
test_attachment (void)
{
  static const char XML[] = "<record-of-visit>\xe2\x80\xa6</record-of-visit>";
  ReportFixture fixture;
  Checker checker;
  g_autoptr (GBytes) pdf = NULL, xml = g_bytes_new_static (XML, strlen (XML));
  g_autofree char *relationship = NULL, *type = NULL;
  qpdf_oh root, file, stream;
  unsigned char *data = NULL;
  size_t size = 0;
  QPDF_BOOL filtered;

  report_fixture_init (&fixture);
  fixture.xml = xml;
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  checker_init (&checker, pdf);
  root = qpdf_get_root (checker.pdf);
  file = get (&checker, get (&checker, get (&checker, root, "/Names"), "/EmbeddedFiles"), "/Names");
  file = qpdf_oh_get_array_item (checker.pdf, file, 1);
  g_assert_cmpint (
      qpdf_oh_get_object_id (checker.pdf, file),
      ==,
      qpdf_oh_get_object_id (checker.pdf,
                             qpdf_oh_get_array_item (checker.pdf, get (&checker, root, "/AF"), 0)));
  relationship = key_name (&checker, file, "/AFRelationship");
  g_assert_cmpstr (relationship, ==, "/Source");
  g_assert_cmpstr (
      qpdf_oh_get_utf8_value (checker.pdf, get (&checker, file, "/UF")), ==, "record-of-visit.xml");
  g_assert_true (qpdf_oh_has_key (checker.pdf, file, "/Desc"));
  stream = get (&checker, get (&checker, file, "/EF"), "/UF");
  type = key_name (&checker, qpdf_oh_get_dict (checker.pdf, stream), "/Subtype");
  g_assert_cmpstr (type, ==, "/application/xml");
  qpdf_oh_get_stream_data (checker.pdf, stream, qpdf_dl_all, &filtered, &data, &size);
  g_assert_cmpmem (data, size, XML, strlen (XML));
  free (data);
  checker_clear (&checker);
}

/* Paragraphs, rows and boxes that go over pages, with what is repeated at their tops. */
static void
test_many_pages (void)
{
  ReportFixture fixture;
  Checker checker;
  g_autoptr (GBytes) pdf = NULL;
  GString *prose = g_string_new (NULL);

  while (prose->len < 20000)
    g_string_append (prose, "She looked to her partner before she spoke (four times); then <em>. ");
  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  g_free (fixture.visit->seen);
  fixture.visit->seen = prose->str;
  for (guint i = 0; i < 60; i++)
    report_fixture_add_action (
        &fixture, i == 30 ? prose->str : "Put up the timetable", "SENCO", 0, FALSE);
  report_fixture_add_target (&fixture, fixture.child, prose->str);
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  g_string_free (prose, FALSE);
  checker_init (&checker, pdf);
  check_accessible (&checker, "");
  g_assert_cmpint (qpdf_get_num_pages (checker.pdf), >, 8);
  checker_clear (&checker);
}

/* How many rows of @dump have other than @n_cells cells. */
static guint
count_uneven_rows (const char *dump, guint n_cells)
{
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  guint n_uneven = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    guint n = 0;

    if (!g_str_has_suffix (lines[i], " TR"))
      continue;
    while (lines[i + 1] != NULL &&
           (strstr (lines[i + 1], " TD") != NULL || strstr (lines[i + 1], " TH") != NULL)) {
      n++;
      i++;
    }
    n_uneven += n != n_cells;
  }
  return n_uneven;
}

/* What goes on overleaf is of the column that it was of. */
static void
test_parted_row (void)
{
  ReportFixture fixture;
  Checker checker;
  g_autoptr (GBytes) pdf = NULL;
  GString *who = g_string_new (NULL);
  const char *table;

  while (who->len < 8000)
    g_string_append (who, "The teacher, the SENCO and all who help in class. ");
  report_fixture_init (&fixture);
  report_fixture_add_action (&fixture, "Put up the timetable", who->str, 0, FALSE);
  pdf = report_fixture_render (&fixture);
  report_fixture_clear (&fixture);
  g_string_free (who, TRUE);
  checker_init (&checker, pdf);
  check_accessible (&checker, "");
  table = g_strrstr (checker.dump->str, " Table\n");
  g_assert_nonnull (strstr (table, "      TR\n        TD\n        TD\n        TD\n      TR\n"));
  g_assert_cmpuint (count_uneven_rows (table, 3), ==, 0);
  checker_clear (&checker);
}

static gboolean
is_seven (int mcid, gpointer user_data)
{
  return mcid == 7;
}

static void
check_marked (const char *content, const char *expected)
{
  gsize size;
  g_autofree char *marked = way_pdf_content_mark (content, strlen (content), is_seven, NULL, &size);

  g_assert_cmpuint (size, ==, strlen (marked));
  g_assert_cmpstr (marked, ==, expected);
}

static void
test_content (void)
{
  check_marked ("", "");
  check_marked ("q 1 0 0 1 0 0 cm Q", "q 1 0 0 1 0 0 cm Q");
  check_marked ("0 0 m 1 1 l S", "/Artifact BMC\n0 0 m 1 1 l S\nEMC\n");
  check_marked ("/P << /MCID 0 >> BDC BT (x) Tj ET EMC", "/P << /MCID 0 >> BDC BT (x) Tj ET EMC");
  /* What looks like an operator within a string is none. */
  check_marked ("/P <</MCID 0>>BDC BT (a\\) EMC (b) f) Tj ET EMC 0 0 1 1 re f",
                "/P <</MCID 0>>BDC BT (a\\) EMC (b) f) Tj ET EMC /Artifact BMC\n0 0 1 1 re "
                "f\nEMC\n");
  check_marked ("BT <00656e> Tj [(m)-3(S)] TJ ET",
                "/Artifact BMC\nBT <00656e> Tj [(m)-3(S)] TJ ET\nEMC\n");
  /* Content that hangs on an element which only holds others. */
  check_marked ("/TR << /MCID 7 >> BDC 0 0 m S EMC", "/Artifact BMC\n 0 0 m S EMC");
  check_marked ("% 0 0 m S\n/x1 Do", "% 0 0 m S\n/Artifact BMC\n/x1 Do\nEMC\n");
  check_marked ("BI /W 1 ID \x01 f S\xff EI Q",
                "/Artifact BMC\nBI /W 1 ID \x01 f S\xff EI\nEMC\n Q");
  /* A stream that ends too soon is closed all the same. */
  check_marked ("0 0 m (abc", "/Artifact BMC\n0 0 m (abc\nEMC\n");
}

static void
test_not_a_pdf (void)
{
  static const char TEXT[] = "no document at all";
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (WayPdfBox));
  WayPdfInfo info = {"title", "author", "2026-11-17T17:05:09Z", notes, boxes};
  g_autoptr (GError) error = NULL;

  g_assert_null (way_pdf_finish ((const guint8 *) TEXT, strlen (TEXT), &info, &error));
  g_assert_nonnull (error);
}

/* A chart that leaves on its own is read as the record is. */
static void
test_chart (void)
{
  ReportFixture fixture;
  Checker checker;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GBytes) pdf = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  WayVisitFigure *figure;
  WayTarget *target;

  report_fixture_init (&fixture);
  report_fixture_fill (&fixture);
  dossier = report_fixture_steal_dossier (&fixture);
  target = g_ptr_array_index (way_record_set_list (dossier->records, WAY_TARGET), 0);
  figure = way_visit_figure_new (dossier, target, NULL, NULL);
  pdf = way_chart_file_render (&figure->chart, WAY_CHART_PDF, 660, 260, &error);
  g_assert_no_error (error);
  again = way_chart_file_render (&figure->chart, WAY_CHART_PDF, 660, 260, &error);
  g_assert_true (g_bytes_equal (pdf, again));
  checker_init (&checker, pdf);
  check_accessible (&checker, "Ami will answer");
  g_assert_cmpuint (checker.n_figures, ==, 1);
  g_assert_true (g_str_has_prefix (
      checker.dump->str, "Document\n  H1\n  Figure: Progress chart: Above aim. Baseline 1 of 5"));
  g_assert_true (g_str_has_suffix (checker.dump->str, "\n  P\n"));
  checker_clear (&checker);
  way_visit_figure_free (figure);
  report_fixture_clear (&fixture);
}

/* Other systems write endings in capitals; the last one counts, and one of a folder does not. */
static void
test_chart_endings (void)
{
  static const struct {
    const char *path;
    int format; /* -1: none */
  } CASES[] = {{"a.png", WAY_CHART_PNG},
               {"A.PNG", WAY_CHART_PNG},
               {"A.SVG", WAY_CHART_SVG},
               {"a.Svg", WAY_CHART_SVG},
               {"a.svg.PDF", WAY_CHART_PDF},
               {"a.pdf/b", -1},
               {"a.pdf2", -1},
               {"svg", -1},
               {"", -1}};

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    WayChartFormat format = WAY_CHART_PNG;

    g_assert_cmpint (way_chart_file_find_format (CASES[i].path, &format), ==, CASES[i].format >= 0);
    g_assert_cmpint (format, ==, MAX (CASES[i].format, (int) WAY_CHART_PNG));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/pdf/example", test_example);
  g_test_add_func ("/report/pdf/many-pages", test_many_pages);
  g_test_add_func ("/report/pdf/parted-row", test_parted_row);
  g_test_add_func ("/report/pdf/attachment", test_attachment);
  g_test_add_func ("/report/pdf/content", test_content);
  g_test_add_func ("/report/pdf/not-a-pdf", test_not_a_pdf);
  g_test_add_func ("/report/pdf/chart", test_chart);
  g_test_add_func ("/report/chart/endings", test_chart_endings);
  return g_test_run ();
}
