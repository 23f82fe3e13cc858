/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files made to cost time or memory: each is refused before it does. */
#include "exchange-fixture.h"
#include "way-error.h"
#include "way-exchange-private.h"

#include <string.h>
#include <time.h>

#define MOST_SECONDS 1.0 /* of processor time; each takes some hundredths */

typedef struct {
  const char *name;
  const char *head;   /* after the name of the root */
  const char *repeat; /* "%u" is its number */
  guint n;
  const char *says;
} Hostile;

static const Hostile FILES[] = {
    {"attributes", "", " a%u=\"\"", 100000, "*: *too *"},
    {"attributes-in-a-chunk",
     "",
     " a%u=\"\"",
     1000,
     "*: The element has too many attributes; ask for the file again"},
    {"namespaces", "", " xmlns:n%u=\"u\"", 100000, "*: *too *"},
    {"namespaces-in-a-chunk",
     "",
     " xmlns:n%u=\"u\"",
     500,
     "*: The element has too many attributes; ask for the file again"},
    {"attribute",
     " a=\"",
     "x%u ",
     1300000,
     "*: A tag, comment or marked section after it is too long; ask for the file again"},
    {"nested-namespaces",
     "",
     "><e xmlns:n%u=\"u\"",
     200,
     "*: The element has too many attributes; ask for the file again"},
    {"name", "", "%u", 1300000, "*: *"},
    {"comment",
     "><!--",
     "x%u ",
     1300000,
     "*: A tag, comment or marked section after it is too long; ask for the file again"},
    {"instruction",
     "><?x ",
     "x%u ",
     1300000,
     "*: A tag, comment or marked section after it is too long; ask for the file again"},
    {"text", "><e>", "%u ", 1300000, "*: The text is too long; ask for the file again"},
    {"marked-text",
     "><e><![CDATA[",
     "%u ",
     1300000,
     "*: A tag, comment or marked section after it is too long; ask for the file again"},
    {"deep", ">", "<e%u>", 300000, "*: Elements are nested too deep; ask for the file again"},
};

static char *
make (const char *root, const Hostile *hostile)
{
  GString *text = g_string_new ("<");
  g_auto (GStrv) halves = g_strsplit (hostile->repeat, "%u", 2);

  g_string_append (text, root);
  g_string_append (text, hostile->head);
  for (guint i = 0; i < hostile->n; i++) {
    char number[12];

    g_snprintf (number, sizeof number, "%u", i);
    g_string_append (text, halves[0]);
    g_string_append (text, number);
    g_string_append (text, halves[1]);
  }
  if (strchr (hostile->head, '>') == NULL)
    g_string_append (text, "></e>");
  return g_string_free (text, FALSE);
}

static void
assert_refused (const char *text, gsize length, gboolean is_visit, const char *says)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  g_autoptr (GError) error = NULL;
  WayDate today = way_date_new (2026, 11, 22);
  clock_t start = clock ();
  double seconds;
  gboolean read;
  Sink sink;

  sink_init (&sink);
  read = is_visit ? way_visit_xml_read_stream (stream, "x.xml", &sink.sink, NULL, &error)
                  : way_ctf_read_stream (stream, "x.xml", today, &sink.sink, NULL, &error);
  seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
  g_assert_false (read);
  g_assert_error (error, WAY_ERROR, WAY_ERROR_REFUSED);
  g_test_message ("%.3f s: %.200s", seconds, error->message);
  g_assert_true (g_str_has_prefix (error->message, "x.xml:"));
  g_assert_true (g_pattern_match_simple (says, error->message));
  g_assert_cmpuint (strlen (error->message), <, 100000);
  g_assert_cmpfloat (seconds, <, MOST_SECONDS);
  g_assert_cmpuint (sink.n_units, ==, 0);
  sink_clear (&sink);
}

static void
test_hostile (gconstpointer data)
{
  const Hostile *hostile = data;
  g_autofree char *ctf = make ("CTfile", hostile);
  g_autofree char *visit =
      make ("record-of-visit xmlns=\"urn:waymark:record-of-visit:1\"", hostile);

  assert_refused (ctf, strlen (ctf), FALSE, hostile->says);
  /* Here the schema may be the first to say no. */
  assert_refused (visit, strlen (visit), TRUE, "*");
}

/* One pupil, or one record, is in memory as a whole. */
static void
test_endless_unit (void)
{
  g_autoptr (GString) text = g_string_new ("<CTfile><CTFpupilData><Pupil><SENhistory>");

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "<SEN><SENprovision>K</SENprovision></SEN>");
  assert_refused (text->str,
                  text->len,
                  FALSE,
                  "*: There are too many elements in this pupil; ask for the file again");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (FILES); i++) {
    g_autofree char *path = g_strconcat ("/hostile/", FILES[i].name, NULL);

    g_test_add_data_func (path, &FILES[i], test_hostile);
  }
  g_test_add_func ("/hostile/endless-unit", test_endless_unit);
  return g_test_run ();
}
