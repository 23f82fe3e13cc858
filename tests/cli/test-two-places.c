/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One signed visit in the stores of two people: each may know the child by an id of their own, and
 * each may amend it. */
#include "cli-driver.h"

#include <string.h>

#define ROBIN "0b8e3d6e-52a1-4c3e-9f0e-0d9a36a3c001"
#define DRAFT                                                                                      \
  "{\"children\": [\"" ROBIN "\"], \"date\": \"2026-11-17\", \"kind\": \"observation\", "

static void
amend (CliFixture *f, const char *store, const char *visit, const char *seen, const char *reason)
{
  g_autofree char *draft = g_strdup_printf (DRAFT "\"seen\": \"%s\"}", seen);

  cli_write (f, "draft.json", draft);
  cli_do (f, store, "amend", "visit", visit, "--reason", reason, "--file", "draft.json", NULL);
}

/* Visit 1 in both; then T. Eacher writes one more version, and B. Colleague two. (transfer full):
 * its id */
static char *
make_two_places (CliFixture *f)
{
  g_autofree char *visit = NULL;

  cli_write (
      f, "load/children.csv", "id,surname,forename,dob\n" ROBIN ",Quillfeather,Robin,2016-01-01\n");
  cli_write (f, "draft.json", DRAFT "\"seen\": \"Played.\"}");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "other.waymark", "init", "--me", "B. Colleague", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  cli_do (f, "own.waymark", "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, "own.waymark", "sign", "visit", visit, NULL);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "first.xml", NULL);
  cli_do (f, "other.waymark", "import", "first.xml", NULL);
  amend (f, "own.waymark", visit, "Sang.", "It was singing");
  amend (f, "other.waymark", visit, "Played and ran.", "She ran too");
  cli_do (f, "other.waymark", "export", "visit", visit, "--output", "other-2.xml", NULL);
  amend (f, "other.waymark", visit, "Played, ran and hid.", "And she hid");
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "own-2.xml", NULL);
  cli_do (f, "other.waymark", "export", "visit", visit, "--output", "other-3.xml", NULL);
  return g_steal_pointer (&visit);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* "1 T. Eacher, 2 B. Colleague, ..." by number and name: two may have been signed in one second.
 * Each has a fingerprint of its own. */
static char *
list_versions (CliFixture *f, const char *store, const char *visit)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) fingerprints = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *versions;

  cli_do (f, store, "show", "visit", visit, "--format", "json", NULL);
  node = cli_json (f);
  versions = json_object_get_array_member (json_node_get_object (node), "versions");
  for (guint i = 0; i < json_array_get_length (versions); i++) {
    JsonObject *version = json_array_get_object_element (versions, i);

    g_ptr_array_add (names,
                     g_strdup_printf ("%d %s",
                                      (int) json_object_get_double_member (version, "version"),
                                      json_object_get_string_member (version, "signed_by")));
    g_assert_true (g_hash_table_add (
        fingerprints, (gpointer) json_object_get_string_member (version, "fingerprint")));
  }
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
assert_versions (CliFixture *f, const char *store, const char *visit, const char *expected)
{
  g_autofree char *versions = list_versions (f, store, visit);

  g_assert_cmpstr (versions, ==, expected);
  cli_do (f, store, "verify", NULL);
}

static void
assert_told (CliFixture *f, const char *words)
{
  if (strstr (f->out, words) == NULL)
    g_test_message ("%s", f->out);
  g_assert_nonnull (strstr (f->out, words));
}

static void
assert_nothing_new (CliFixture *f, const char *store, const char *file, const char *visit)
{
  g_autofree char *before = list_versions (f, store, visit);
  g_autofree char *first = NULL;

  cli_do (f, store, "show", "visit", visit, NULL);
  first = g_strdup (f->out);
  cli_do (f, store, "import", file, NULL);
  assert_told (f, "Nothing new");
  cli_do (f, store, "show", "visit", visit, NULL);
  g_assert_cmpstr (f->out, ==, first);
}

/* What came of the other's has a later number, which alone makes it no newer: it is told. Where the
 * file's is taken, it is shown from now on, and the store's own stays. */
static void
test_newer (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_two_places (f);
  g_autofree char *preview = NULL;

  assert_nothing_new (f, "own.waymark", "other-3.xml", visit);
  cli_do (f, "own.waymark", "import", "other-3.xml", NULL);
  assert_told (f, "This store's stays the newest.");
  assert_told (f, "the store has “Sang.”, the file has “Played, ran and hid.”");
  assert_versions (f, "own.waymark", visit, "1 T. Eacher, 2 T. Eacher");
  cli_do (f, "own.waymark", "import", "other-3.xml", "--take-new", "--dry-run", NULL);
  assert_told (f, "was changed in two places");
  assert_told (f, "version 2, signed by T. Eacher");
  assert_told (f, "version 3, signed by B. Colleague");
  assert_told (f, "1 visit was changed in two places");
  preview = g_strdup (strchr (f->out, '\n') != NULL ? f->out : "");
  *strstr (preview, "Nothing was changed. ") = '\0';
  assert_versions (f, "own.waymark", visit, "1 T. Eacher, 2 T. Eacher");

  cli_do (f, "own.waymark", "import", "other-3.xml", "--take-new", NULL);
  g_assert_true (g_str_has_prefix (f->out, preview));
  assert_told (f, "1 visit was changed in two places");
  assert_versions (
      f, "own.waymark", visit, "1 T. Eacher, 2 B. Colleague, 2 T. Eacher, 3 B. Colleague");
  cli_do (f, "own.waymark", "show", "visit", visit, "--version", "2", NULL);
  g_assert_nonnull (strstr (f->out, "seen: Sang."));
  cli_do (f, "own.waymark", "show", "visit", visit, NULL);
  g_assert_nonnull (strstr (f->out, "seen: Played, ran and hid."));
  assert_nothing_new (f, "own.waymark", "other-3.xml", visit);
}

/* The other way round the store's is the newer one, and nothing changes; it is told. */
static void
test_older (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_two_places (f);

  cli_do (f, "other.waymark", "import", "own-2.xml", NULL);
  assert_told (f, "was changed in two places");
  assert_told (f, "version 3, signed by B. Colleague");
  assert_told (f, "version 2, signed by T. Eacher");
  assert_told (f, "Nothing new; 1 visit was changed in two places");
  assert_versions (f, "other.waymark", visit, "1 T. Eacher, 2 B. Colleague, 3 B. Colleague");
  assert_nothing_new (f, "other.waymark", "own-2.xml", visit);
  /* What is no news is not told as such. */
  cli_do (f, "other.waymark", "import", "first.xml", NULL);
  g_assert_null (strstr (f->out, "two places"));
  cli_do (f, "other.waymark", "import", "other-2.xml", NULL);
  g_assert_null (strstr (f->out, "two places"));
}

/* Two versions of one number: each store keeps its own. An amendment of one of them that says what
 * both do is a version after both, also for who comes by it later. */
static void
test_brought_together (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_two_places (f);
  g_autofree char *pdf = NULL;

  cli_do (f, "own.waymark", "import", "other-2.xml", NULL);
  assert_told (f, "was changed in two places");
  assert_told (f, "version 2, signed by T. Eacher");
  assert_told (f, "version 2, signed by B. Colleague");
  assert_versions (f, "own.waymark", visit, "1 T. Eacher, 2 T. Eacher");

  cli_do (f, "own.waymark", "import", "other-3.xml", "--take-new", NULL);
  amend (f, "own.waymark", visit, "Sang, ran and hid.", "Both were right");
  assert_versions (f,
                   "own.waymark",
                   visit,
                   "1 T. Eacher, 2 B. Colleague, 2 T. Eacher, 3 B. Colleague, 4 T. Eacher");
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "own-4.xml", NULL);
  cli_do (f, "own.waymark", "export", "visit", visit, "--output", "own-4.pdf", NULL);
  pdf = cli_path (f, "own-4.pdf");
  g_assert_true (cli_tool (f, (const char *const[]){"pdftotext", "-layout", pdf, "-", NULL}));
  g_assert_nonnull (strstr (f->out, "Signed apart"));
  g_assert_nonnull (strstr (f->out, "And she hid"));
  g_assert_null (strstr (f->out, "All versions are listed"));

  cli_do (f, "other.waymark", "import", "own-4.xml", NULL);
  g_assert_null (strstr (f->out, "two places"));
  assert_versions (f,
                   "other.waymark",
                   visit,
                   "1 T. Eacher, 2 B. Colleague, 2 T. Eacher, 3 B. Colleague, 4 T. Eacher");
  assert_nothing_new (f, "other.waymark", "own-4.xml", visit);
}

/* Whoever has the child already takes the record in for that child, heeds what is known there of
 * whom not to write to, and can pass the record on as it came. */
static void
test_own_child (CliFixture *f, gconstpointer data)
{
  g_autofree char *visit = make_two_places (f);
  g_autofree char *child = NULL, *came = NULL, *left = NULL;

  cli_do (f, "senco.waymark", "init", "--me", "A. Senco", "--role", "senco", NULL);
  cli_do (f,
          "senco.waymark",
          "add",
          "child",
          "--surname=Quillfeather",
          "--forename=Robin",
          "--dob=2016-01-01",
          NULL);
  child = cli_line (f);
  g_assert_cmpstr (child, !=, ROBIN);
  cli_do (f,
          "senco.waymark",
          "add",
          "contact",
          "--child",
          child,
          "--name=Jane Doe",
          "--restriction=no-contact",
          NULL);
  cli_do (f, "senco.waymark", "import", "own-2.xml", NULL);
  cli_do (f, "senco.waymark", "export", "visit", visit, "--output=back.xml", NULL);
  cli_do (f, "senco.waymark", "export", "visit", visit, "--output=back.pdf", NULL);
  cli_do (f, "senco.waymark", "export", "visits", "--output=all.xml", NULL);
  cli_do (
      f, "senco.waymark", "export", "visit", visit, "--child", child, "--output=again.xml", NULL);
  came = cli_read (f, "own-2.xml", NULL);
  left = cli_read (f, "back.xml", NULL);
  g_assert_cmpstr (strstr (came, "</exported>"), ==, strstr (left, "</exported>"));
  g_assert_cmpint (cli (f,
                        "senco.waymark",
                        "export",
                        "visit",
                        visit,
                        "--output=barred.xml",
                        "--to=Jane Doe",
                        NULL),
                   ==,
                   1);
  g_assert_nonnull (strstr (f->err, "Must not be contacted"));
}

static void
assert_head (CliFixture *f, const char *store, const char *visit, const char *words)
{
  const char *const text[] = {"pdftotext", "head.pdf", "-", NULL};

  cli_do (f, store, "export", "visit", visit, "--output", "head.pdf", NULL);
  g_assert_true (cli_tool (f, text));
  g_strdelimit (f->out, "\n", ' ');
  if (strstr (f->out, words) == NULL)
    g_error ("“%s” is not in “%s”", words, f->out);
}

static void
set_service (CliFixture *f, const char *store, const char *name, const char *line)
{
  cli_do (f, store, "preferences", "service-name", name, NULL);
  cli_do (f, store, "preferences", "privacy-line", line, NULL);
}

static char *
sign_new (CliFixture *f, const char *store)
{
  char *visit;

  cli_write (f, "draft.json", DRAFT "\"seen\": \"Played.\"}");
  cli_do (f, store, "add", "visit", "--file", "draft.json", NULL);
  visit = cli_line (f);
  cli_do (f, store, "sign", "visit", visit, NULL);
  return visit;
}

/* Whoever prints a record, it is its author's service that speaks in it. */
static void
test_letterhead (CliFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *visit = NULL, *sent = NULL, *returned = NULL;

  cli_write (
      f, "load/children.csv", "id,surname,forename,dob\n" ROBIN ",Quillfeather,Robin,2016-01-01\n");
  cli_do (f, "own.waymark", "init", "--me", "T. Eacher", NULL);
  cli_do (f, "own.waymark", "import", "load", NULL);
  first = sign_new (f, "own.waymark");
  set_service (f, "own.waymark", "Marsh Teaching Service", "Ask the marsh office.");
  visit = sign_new (f, "own.waymark");
  assert_head (f, "own.waymark", first, "Marsh Teaching Service");
  cli_do (f, "own.waymark", "export", "visits", "--output", "sent.xml", NULL);
  sent = cli_read (f, "sent.xml", NULL);
  g_assert_nonnull (strstr (sent, "<service>Marsh Teaching Service</service>"));
  cli_do (f, "other.waymark", "init", "--me", "B. Colleague", NULL);
  set_service (f, "other.waymark", "Abbey School", "Ask the school.");
  cli_do (f, "other.waymark", "preferences", "logo", g_getenv ("WAYMARK_LOGO"), NULL);
  cli_do (f, "other.waymark", "import", "sent.xml", NULL);
  assert_head (f, "other.waymark", visit, "Marsh Teaching Service");
  g_assert_nonnull (strstr (f->out, "Ask the marsh office."));
  g_assert_null (strstr (f->out, "Abbey School"));
  assert_head (f, "other.waymark", first, "Record of Visit");
  g_assert_null (strstr (f->out, "Abbey School"));
  amend (f, "other.waymark", visit, "Played and ran.", "She ran too");
  assert_head (f, "other.waymark", visit, "Abbey School");
  cli_do (f, "other.waymark", "export", "visit", visit, "--output", "back.xml", NULL);
  returned = cli_read (f, "back.xml", NULL);
  g_assert_nonnull (strstr (returned, "<service>Abbey School</service>"));
}

int
main (int argc, char **argv)
{
#define ADD(path, func)                                                                            \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, func, cli_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/two-places/newer", test_newer);
  ADD ("/cli/two-places/older", test_older);
  ADD ("/cli/two-places/own-child", test_own_child);
  ADD ("/cli/two-places/brought-together", test_brought_together);
  ADD ("/cli/two-places/letterhead", test_letterhead);
#undef ADD
  return g_test_run ();
}
