/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From exec to the first frame that shows the unlocked list of children, beside a bare
 * AdwApplicationWindow; time and memory, medians of 5 taken in turns. The program runs
 * itself again for each: as "waymark" it is the real application on a store, as "bare" an
 * empty window.
 *
 * Of the derivation of the key only that is left out for which the main thread had nothing
 * else to do: the time it slept in poll() while another thread derived. What it did meanwhile
 * counts. */
#include "way-application.h"
#include "way-sample.h"
#include "way-window.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define RUNS 5
#define PASSPHRASE "bench"

/* ---- the child: says "microseconds waited kilobytes" and ends ---- */

static gint64 started; /* by the parent's clock, which is the machine's */
static GMutex derivation_lock;
static gint64 derivation_from, derivation_to; /* 0: not yet */
static gint64 waited;

int __real_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *passphrase,
                          unsigned long long size,
                          const unsigned char *salt,
                          unsigned long long ops,
                          size_t memory,
                          int algorithm);
int __wrap_crypto_pwhash (unsigned char *out,
                          unsigned long long out_size,
                          const char *passphrase,
                          unsigned long long size,
                          const unsigned char *salt,
                          unsigned long long ops,
                          size_t memory,
                          int algorithm);

static void
note_time (gint64 *when)
{
  g_mutex_lock (&derivation_lock);
  *when = g_get_monotonic_time ();
  g_mutex_unlock (&derivation_lock);
}

/* The linker puts it in the place of the library's own. */
int
__wrap_crypto_pwhash (unsigned char *out,
                      unsigned long long out_size,
                      const char *passphrase,
                      unsigned long long size,
                      const unsigned char *salt,
                      unsigned long long ops,
                      size_t memory,
                      int algorithm)
{
  int failed;

  note_time (&derivation_from);
  failed = __real_crypto_pwhash (out, out_size, passphrase, size, salt, ops, memory, algorithm);
  note_time (&derivation_to);
  return failed;
}

/* Sleeps as the main loop does, and counts what of it falls into the derivation. */
static int
poll_and_count (GPollFD *fds, guint n_fds, int timeout)
{
  gint64 before = g_get_monotonic_time (), after, from, to;
  int n = g_poll (fds, n_fds, timeout);

  after = g_get_monotonic_time ();
  g_mutex_lock (&derivation_lock);
  from = derivation_from != 0 ? MAX (before, derivation_from) : after;
  to = derivation_to != 0 ? MIN (after, derivation_to) : after;
  g_mutex_unlock (&derivation_lock);
  waited += MAX (to - from, 0);
  return n;
}

static long
resident_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ||
      (line = strstr (text, "VmRSS:")) == NULL)
    return 0;
  return strtol (line + strlen ("VmRSS:"), NULL, 10);
}

static void
finish (void)
{
  printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %ld\n",
          g_get_monotonic_time () - started,
          waited,
          resident_memory ());
  fflush (stdout);
  _exit (0);
}

static GtkColumnView *
find_list (GtkWidget *widget)
{
  if (GTK_IS_COLUMN_VIEW (widget))
    return GTK_COLUMN_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkColumnView *found = find_list (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
painted_cb (GdkFrameClock *clock, GtkWindow *window)
{
  GtkColumnView *list;

  if (!WAY_IS_WINDOW (window))
    finish ();
  list = find_list (GTK_WIDGET (window));
  if (list != NULL && gtk_widget_get_mapped (GTK_WIDGET (list)) &&
      gtk_column_view_get_model (list) != NULL &&
      g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (list))) > 0)
    finish ();
}

static void
realized_cb (GtkWindow *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)),
                    "after-paint",
                    G_CALLBACK (painted_cb),
                    window);
}

/* Not realized here: the program does that when it shows the window. */
static void
window_added_cb (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (realized_cb), NULL);
}

static void
activate_bare_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 720);
  window_added_cb (application, GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

static int
run_bare (void)
{
  AdwApplication *application = adw_application_new ("org.waymark.Bare", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (activate_bare_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static int
run_waymark (char **arguments)
{
  WayApplication *application = way_application_new ();

  g_main_context_set_poll_func (NULL, poll_and_count);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (
      G_APPLICATION (application), (int) g_strv_length (arguments), arguments);
}

/* ---- the parent ---- */

typedef struct {
  double ms[RUNS], waited[RUNS], mib[RUNS]; /* ms: without what was waited */
} Result;

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
measure (Result *result,
         guint run,
         const char *self,
         const char *kind,
         const char *store,
         const char *secret)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *const argv[] = {self, kind, now, store, "--passphrase-file", secret, NULL};
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  long long us = 0, waited_us = 0;
  long kib = 0;

  if (!g_spawn_sync (NULL,
                     (char **) argv,
                     NULL,
                     G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL,
                     NULL,
                     &out,
                     NULL,
                     NULL,
                     &error))
    g_printerr ("%s\n", error->message);
  else if (sscanf (out, "%lld %lld %ld", &us, &waited_us, &kib) != 3)
    g_printerr ("%s showed no frame\n", kind);
  result->ms[run] = (us - waited_us) / 1000.0;
  result->waited[run] = waited_us / 1000.0;
  result->mib[run] = kib / 1024.0;
}

static gboolean
put_batch (WayRecordSet *batch, gpointer db, GError **error)
{
  return way_db_put_batch (db, batch, error);
}

/* A store of @size at the lowest cost of deriving its key. */
static void
make_store (const char *path, WaySampleSize size)
{
  const WayVaultCost cost = {64 * 1024 * 1024, 1};
  const WaySampleOrder order = {.size = size, .seed = 1, .today = way_date_today ()};
  g_autoptr (GError) error = NULL;
  g_autoptr (WayTerms) terms = NULL;
  char *recovery_key = NULL;
  WayDb *db;

  g_remove (path);
  db = way_db_create (path, PASSPHRASE, &cost, &recovery_key, &error);
  g_assert_no_error (error);
  way_vault_secret_free (recovery_key);
  terms = way_db_get_terms (db, &error);
  way_db_begin (db, &error);
  way_sample_make (&order, terms, put_batch, db, &error);
  way_db_commit (db, &error);
  g_assert_no_error (error);
  way_db_close (db);
}

static void
bench (
    const char *self, const char *folder, const char *secret, const char *name, WaySampleSize size)
{
  g_autofree char *store = g_build_filename (folder, "bench.waymark", NULL);
  Result ours, bare;

  make_store (store, size);
  measure (&ours, 0, self, "waymark", store, secret); /* caches */
  for (guint i = 0; i < RUNS; i++) {
    measure (&ours, i, self, "waymark", store, secret);
    measure (&bare, i, self, "bare", store, secret);
  }
  qsort (ours.ms, RUNS, sizeof *ours.ms, compare);
  qsort (ours.mib, RUNS, sizeof *ours.mib, compare);
  qsort (ours.waited, RUNS, sizeof *ours.waited, compare);
  qsort (bare.ms, RUNS, sizeof *bare.ms, compare);
  qsort (bare.mib, RUNS, sizeof *bare.mib, compare);
  g_print ("%-9s %9.0f ms %9.0f ms %6.2f (1.4)  %6.0f MiB %6.0f MiB %+6.0f (60)  waited %.0f ms\n",
           name,
           ours.ms[RUNS / 2],
           bare.ms[RUNS / 2],
           ours.ms[RUNS / 2] / bare.ms[RUNS / 2],
           ours.mib[RUNS / 2],
           bare.mib[RUNS / 2],
           ours.mib[RUNS / 2] - bare.mib[RUNS / 2],
           ours.waited[RUNS / 2]);
  g_remove (store);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *secret = NULL;

  if (argc > 3) {
    gboolean bare = strcmp (argv[1], "bare") == 0;

    started = g_ascii_strtoll (argv[2], NULL, 10);
    argv[2] = argv[0];
    return bare ? run_bare () : run_waymark (argv + 2);
  }
  folder = g_dir_make_tmp ("waymark-frame-XXXXXX", NULL);
  secret = g_build_filename (folder, "secret", NULL);
  if (!g_file_set_contents_full (secret, PASSPHRASE "\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return 1;
  g_print ("%-9s %12s %12s %6s        %10s %10s %6s\n",
           "sample",
           "first frame",
           "bare window",
           "times",
           "memory",
           "bare",
           "more");
  bench (argv[0], folder, secret, "teacher", WAY_SAMPLE_TEACHER);
  bench (argv[0], folder, secret, "district", WAY_SAMPLE_DISTRICT);
  bench (argv[0], folder, secret, "county", WAY_SAMPLE_COUNTY);
  g_remove (secret);
  g_rmdir (folder);
  return 0;
}
