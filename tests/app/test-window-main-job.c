/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
/* The main job in the real window, as a person does it: from the first run to a signed Record of
 * Visit that another store holds the same. */
#include "cli-driver.h"
#include "ui-driver.h"

#include <glib/gstdio.h>
#include <string.h>

#define STORE "caseload.waymark"
#define PASSPHRASE "lantern orbit mustard violin"

#define CTF_HEAD                                                                                   \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CTfile><Header><DocumentName>Common Transfer "     \
  "File</DocumentName><CTFversion>25.0</CTFversion><DateTime>2026-07-10T09:30:00</DateTime>"       \
  "<SourceSchool><LEA>886</LEA><Estab>2001</Estab><SchoolName>Marshgate Primary School</"          \
  "SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header>\n<CTFpupilData>\n"
#define PUPIL(surname, forename, dob, year, need)                                                  \
  "<Pupil><Surname>" surname "</Surname><Forename>" forename "</Forename><DOB>" dob                \
  "</DOB><Sex>F</Sex><BasicDetails><NCyearActual>" year "</NCyearActual></BasicDetails>"           \
  "<SENhistory><SEN><StartDate>2024-09-06</StartDate><SENprovision>K</SENprovision></SEN>"         \
  "<SENneeds><SENneed><SENtypeRank>1</SENtypeRank><SENtype>" need                                  \
  "</SENtype></SENneed></SENneeds></SENhistory></Pupil>\n"
#define CTF                                                                                        \
  CTF_HEAD PUPIL ("Quillfeather", "Robin", "2018-03-14", "3", "SLCN")                              \
      PUPIL ("Żak", "Jagoda", "2019-10-02", "2", "ASD")                                            \
          PUPIL ("Okonkwo-Marsh", "Ifeoma", "2016-05-21", "5", "HI") "</CTFpupilData></CTfile>\n"

/* Made up, and not to be found in any file. */
static const char *const PRIVATE_WORDS[] = {"Quillfeather", "Jagoda", "Ifeoma", "Okonkwo"};
#define SEEN                                                                                       \
  "At the carpet the talk partner asked where the badger sleeps and the answer came after nine "   \
  "seconds and a look at the mat"
#define SEEN_AFTER " and then she giggled out loud"

#define STATEMENT "Robin answers a 'where' question with a phrase of three words in 4 of 5 chances."

typedef struct {
  UiDriver ui;
  CliFixture files; /* the private folder, and the command line on the closed store */
  char *store;
} Journey;

static void
first_run (Journey *self)
{
  UiDriver *ui = &self->ui;

  ui_start (ui, g_getenv ("WAYMARK"), self->store);
  ui_wait_text (ui, "Who are you?");
  ui_picture ("1-who");
  ui_press (ui, "Next");
  ui_wait_text (ui, "Type your name");
  ui_fill (ui, "Your name", "Noor Iqbal");
  ui_fill (ui, "Team or school", "Specialist Teaching Service");
  ui_press (ui, "Next");
  ui_wait_text (ui, "Choose a passphrase");
  ui_wait_for (ui, ATSPI_ROLE_PUSH_BUTTON, "Show or hide what is typed");
  g_assert_false (ui_shows (ui, "GtkImage"));
  ui_fill (ui, "Passphrase", PASSPHRASE);
  ui_fill (ui, "Passphrase again", PASSPHRASE " or so");
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "The two are not the same.");
  ui_picture ("2-passphrase");
  g_assert_false (g_file_test (self->store, G_FILE_TEST_EXISTS));
  ui_fill (ui, "Passphrase again", PASSPHRASE);
  ui_press (ui, "Make the store");
  ui_wait_text (ui, "Your recovery key");
  ui_picture ("3-recovery-key");
  ui_press (ui, "I have kept it safe");
  ui_wait_text (ui, "Everything is ready");
  g_assert_false (ui_says (ui, "could not be saved"));
  ui_picture ("4-ready");
}

/* The file is chosen as in any program: its name is typed. */
static void
import_file (Journey *self, const char *path)
{
  ui_press (&self->ui, "Choose file…");
  ui_choose_file (&self->ui, "Choose a file", "Open", path);
}

static void
import_children (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_autofree char *path = cli_path (&self->files, "school.xml");

  cli_write (&self->files, "school.xml", CTF);
  ui_press (ui, "Import children…");
  import_file (self, path);
  ui_wait_text (ui, "Nothing was changed yet.");
  for (guint i = 0; i < G_N_ELEMENTS (PRIVATE_WORDS); i++)
    ui_wait_text (ui, PRIVATE_WORDS[i]);
  ui_picture ("5-preview");
  ui_press (ui, "Import");
  ui_wait_text (ui, "Imported: 3 children");
  ui_wait_text (ui, "3 children");
  ui_picture ("6-children");
  ui_activate (ui, "win.import");
  import_file (self, path);
  ui_wait_text (ui, "An import gives: Nothing new");
  ui_picture ("7-nothing-new");
  ui_activate (ui, "win.back");
}

/* As people type it: 3/11/2026. */
static char *
day_from_today (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);

  return g_date_time_format (day, "%-d/%-m/%Y");
}

/* The keyboard stays in the value, ready for the next. */
static void
measure (Journey *self, int days, const char *value, const char *summary)
{
  g_autofree char *day = day_from_today (days);

  ui_fill (&self->ui, "Date", day);
  ui_type (value);
  ui_key ("Return");
  ui_wait_text (&self->ui, summary);
}

static void
add_target (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_autofree char *due = day_from_today (84);

  ui_wait_text (ui, "3 children");
  ui_type ("quill");
  ui_wait_text (ui, "1 of 3 children");
  ui_key ("Return");
  ui_press (ui, "Add target");
  ui_wait_text (ui, "New target");
  ui_fill (ui, "Target", STATEMENT);
  ui_fill (ui, "Unit", "answers");
  ui_fill (ui, "Out of", "5");
  ui_fill (ui, "Aim", "4");
  ui_fill (ui, "Due", due);
  ui_picture ("8-target");
  ui_press (ui, "Add target");
  ui_wait_text (ui, STATEMENT);
  ui_press (ui, "Add measurement");
  measure (self, -14, "1", "1 measurement");
  measure (self, -7, "2", "2 measurements");
  measure (self, 0, "3", "3 measurements");
  ui_wait_text (ui, "Values from 1 of 5 to 3 of 5 between ");
  ui_picture ("9-chart");
}

static AtspiAccessible *
wait_for_words (Journey *self)
{
  return ui_wait_for (&self->ui, ATSPI_ROLE_TEXT, "What I saw");
}

static char *
dup_words (Journey *self)
{
  AtspiAccessible *words = wait_for_words (self);
  char *text = ui_dup_contents (words);

  g_object_unref (words);
  return text;
}

#define MAX_SAMPLES 1000

/* What was on the screen when. */
typedef struct {
  gint64 at[MAX_SAMPLES];
  char *words[MAX_SAMPLES];
  guint n;
} Samples;

static void
samples_clear (Samples *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->words[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Samples, samples_clear)

static void
take_sample (Journey *self, Samples *samples)
{
  g_assert_cmpuint (samples->n, <, MAX_SAMPLES);
  samples->words[samples->n] = dup_words (self);
  /* Later than it was read: what is judged by it was there for longer, not shorter. */
  samples->at[samples->n++] = g_get_monotonic_time ();
}

/* The last that was on the screen two seconds ago. */
static const char *
find_old_words (Samples *samples, gint64 now)
{
  const char *words = "";

  for (guint i = 0; i < samples->n && samples->at[i] <= now - 2 * G_USEC_PER_SEC; i++)
    words = samples->words[i];
  return words;
}

/* Types, and pulls the plug in the middle of it, some time after the first "Saved". Gives back
 * what has to be there afterwards. */
static char *
write_and_be_killed (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_auto (Samples) samples = {0};
  g_autoptr (GSubprocess) typist = NULL;
  gint64 first_words = 0;
  gboolean saved = FALSE;
  char *kept;

  ui_press (ui, "Record visit");
  g_object_unref (wait_for_words (self));
  ui_click (ui, ATSPI_ROLE_TEXT, "What I saw");
  typist = ui_type_slowly (SEEN);
  while (!saved || strlen (find_old_words (&samples, g_get_monotonic_time ())) < 10) {
    take_sample (self, &samples);
    if (first_words == 0 && *samples.words[samples.n - 1] != '\0')
      first_words = g_get_monotonic_time ();
    if (!saved && ui_shows (ui, "Saved ")) {
      saved = TRUE;
      g_test_message ("saved %.1f s after the first letter",
                      (double) (g_get_monotonic_time () - first_words) / G_USEC_PER_SEC);
      g_assert_cmpuint (strlen (samples.words[samples.n - 1]), <, strlen (SEEN));
    }
  }
  ui_picture ("10-typing");
  kept = g_strdup (find_old_words (&samples, g_get_monotonic_time ()));
  ui_kill (ui);
  g_subprocess_wait (typist, NULL, NULL);
  g_test_message ("%zu letters were older than 2 s", strlen (kept));
  return kept;
}

static void
unlock_again (Journey *self)
{
  UiDriver *ui = &self->ui;

  ui_start (ui, g_getenv ("WAYMARK"), self->store);
  ui_fill (ui, "Passphrase", PASSPHRASE ".");
  ui_press (ui, "Unlock");
  ui_wait_text (ui, "That is not the passphrase of this store.");
  ui_picture ("11-wrong-passphrase");
  ui_fill (ui, "Passphrase", PASSPHRASE);
  ui_press (ui, "Unlock");
  ui_wait_text (ui, "3 children");
}

static void
finish_the_draft (Journey *self, const char *kept)
{
  UiDriver *ui = &self->ui;
  g_autofree char *restored = NULL;
  g_autofree char *rest = NULL;

  ui_click (ui, ATSPI_ROLE_LIST_ITEM, "Robin Quillfeather, visit");
  ui_wait_text (ui, kept); /* there is a field before the form is read */
  restored = dup_words (self);
  g_test_message ("%zu letters are there", strlen (restored));
  g_assert_true (g_str_has_prefix (restored, kept));
  g_assert_true (g_str_has_prefix (SEEN, restored));
  ui_picture ("12-draft-again");
  rest = g_strconcat (SEEN + strlen (restored), SEEN_AFTER, NULL);
  ui_click (ui, ATSPI_ROLE_TEXT, "What I saw");
  ui_key ("ctrl+End");
  ui_type (rest);
  ui_wait_text (ui, SEEN SEEN_AFTER);
  ui_picture ("13-before-signing");
}

static char *
sign (Journey *self)
{
  UiDriver *ui = &self->ui;
  g_autofree char *facts = NULL;

  ui_press (ui, "Sign…");
  ui_wait_text (ui, "Sign this record?");
  ui_picture ("14-sign");
  ui_press (ui, "Sign");
  facts = ui_dup_text (ui, "· fingerprint ");
  ui_picture ("15-signed");
  return g_strdup (strstr (facts, "· fingerprint ") + strlen ("· fingerprint "));
}

static void
share_record (Journey *self, const char *name)
{
  UiDriver *ui = &self->ui;
  gboolean is_xml = g_str_has_suffix (name, ".xml");
  g_autofree char *path = cli_path (&self->files, name);

  ui_press (ui, "Share…");
  ui_fill (ui, "To whom", "S. Enco");
  ui_press (ui, "Advice for the school");
  ui_press (ui, "Public task");
  ui_fill (ui, "Reason for sharing without an agreement", "The form is on its way");
  if (is_xml)
    ui_press (ui, "XML");
  else
    ui_picture ("15-share");
  ui_press (ui, "Save…");
  ui_choose_file (ui, is_xml ? "Save the record as XML" : "Save the record as PDF", "Save", path);
  ui_wait_file (ui, path);
  ui_wait_text (ui, "kept in the child’s sharing log");
}

static void
check_documents (Journey *self, const char *fingerprint)
{
  CliFixture *f = &self->files;
  const char *const validate[] = {
      "xmllint", "--noout", "--schema", g_getenv ("WAYMARK_XSD"), "visit.xml", NULL};
  const char *const text[] = {"pdftotext", "-layout", "visit.pdf", "-", NULL};
  g_autofree char *xml = NULL;

  share_record (self, "visit.pdf");
  share_record (self, "visit.xml");
  g_assert_true (cli_tool (f, validate));
  g_assert_true (cli_tool (f, text));
  g_assert_nonnull (strstr (f->out, "Robin Quillfeather"));
  g_assert_nonnull (strstr (f->out, "where the badger sleeps"));
  g_assert_nonnull (strstr (f->out, fingerprint));
  xml = cli_read (f, "visit.xml", NULL);
  g_assert_nonnull (strstr (xml, SEEN SEEN_AFTER));
  g_assert_nonnull (strstr (xml, fingerprint));
}

static void
amend (Journey *self, const char *fingerprint)
{
  UiDriver *ui = &self->ui;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = NULL, *amended = NULL;

  ui_press (ui, "Amend…");
  ui_fill (ui, "Reason for the amendment", "The wrong animal");
  ui_fill (ui, "What I saw", "The otter, not the badger.");
  ui_picture ("16-amend");
  ui_press (ui, "Sign amendment…");
  ui_wait_text (ui, "Sign the amendment?");
  ui_press (ui, "Sign");
  day = g_date_time_format (now, "%-d %B %Y");
  amended = g_strdup_printf ("Version 2, signed %s. Amended: The wrong animal", day);
  ui_wait_text (ui, amended); /* the reason stands with the version that it led to */
  ui_picture ("17-amended");
  share_record (self, "amended.xml");
}

/* Nothing about a child is left, neither to be seen nor to be read out. */
static void
lock_and_close (Journey *self)
{
  UiDriver *ui = &self->ui;

  ui_key ("ctrl+l");
  g_object_unref (ui_wait_for (ui, ATSPI_ROLE_PUSH_BUTTON, "Unlock"));
  ui_picture ("18-locked");
  for (guint i = 0; i < G_N_ELEMENTS (PRIVATE_WORDS); i++)
    g_assert_false (ui_says (ui, PRIVATE_WORDS[i]));
  g_assert_false (ui_says (ui, "Robin"));
  g_assert_false (ui_says (ui, "badger"));
  g_assert_false (ui_says (ui, "otter"));
  ui_key ("ctrl+q");
  ui_wait_closed (ui);
}

static void
check_second_store (Journey *self, const char *fingerprint)
{
  CliFixture *f = &self->files;

  cli_do (f, "senco.waymark", "init", "--me", "S. Enco", "--role", "senco", NULL);
  cli_do (f, "senco.waymark", "import", "visit.xml", NULL);
  cli_do (f, "senco.waymark", "list", "visits", "--format", "json", NULL);
  g_assert_nonnull (strstr (f->out, fingerprint));
  cli_do (f, "senco.waymark", "import", "amended.xml", NULL);
  cli_do (f, "senco.waymark", "search", "otter", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
  cli_do (f, "senco.waymark", "verify", NULL);
  cli_do (f, STORE, "verify", NULL);
  cli_do (f, STORE, "list", "children", "--format", "csv", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
  cli_do (f, STORE, "search", "otter", NULL);
  g_assert_nonnull (strstr (f->out, "Quillfeather"));
}

static void
check_bytes (const char *path)
{
  static const char *const SECRETS[] = {
      "Robin", "where' question", "badger", "otter", "giggled", "SQLite format", PASSPHRASE};
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (PRIVATE_WORDS); i++)
    if (memmem (bytes, length, PRIVATE_WORDS[i], strlen (PRIVATE_WORDS[i])) != NULL)
      g_error ("%s says %s", path, PRIVATE_WORDS[i]);
  for (guint i = 0; i < G_N_ELEMENTS (SECRETS); i++)
    if (memmem (bytes, length, SECRETS[i], strlen (SECRETS[i])) != NULL)
      g_error ("%s says %s", path, SECRETS[i]);
}

static guint
check_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    for (guint i = 0; i < G_N_ELEMENTS (PRIVATE_WORDS); i++)
      g_assert_null (strstr (name, PRIVATE_WORDS[i]));
    if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      n += check_folder (child);
    else if (g_file_test (child, G_FILE_TEST_IS_REGULAR) && ++n > 0)
      check_bytes (child);
  }
  return n;
}

static void
check_nothing_in_clear (Journey *self)
{
  guint n;

  check_bytes (self->store);
  n = check_folder (g_getenv ("HOME")) + check_folder (g_getenv ("XDG_RUNTIME_DIR"));
  g_test_message ("%u files looked into", n);
}

static void
test_main_job (Journey *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *kept = NULL;
  g_autofree char *fingerprint = NULL;

  g_test_timer_start ();
  first_run (self);
  import_children (self);
  add_target (self);
  kept = write_and_be_killed (self);
  unlock_again (self);
  finish_the_draft (self, kept);
  fingerprint = sign (self);
  check_documents (self, fingerprint);
  amend (self, fingerprint);
  lock_and_close (self);
  check_second_store (self, fingerprint);
  check_nothing_in_clear (self);
}

static void
set_up (Journey *self, gconstpointer data)
{
  cli_fixture_set_up (&self->files, data);
  cli_write (&self->files, "passphrase", PASSPHRASE "\n");
  self->store = cli_path (&self->files, STORE);
}

static void
tear_down (Journey *self, gconstpointer data)
{
  if (self->ui.process != NULL)
    ui_kill (&self->ui);
  cli_fixture_tear_down (&self->files, data);
  g_free (self->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* The assistive side warns of things that do no harm. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  atspi_init ();

  g_test_add ("/window/main-job", Journey, NULL, set_up, test_main_job, tear_down);
  return g_test_run ();
}
