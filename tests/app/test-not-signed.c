/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps a visit from being signed, and that it is said. */
#include "app-fixture.h"

#include "way-begun.h"
#include "way-visit-editor.h"
#include "way-visit-page.h"

#include <sqlite3.h>

static gboolean
is_asked (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  gboolean found = FALSE;

  for (GList *l = windows; l != NULL; l = l->next)
    found = found || ADW_IS_MESSAGE_DIALOG (l->data);
  return found;
}

static void
answer (const char *response)
{
  GtkWidget *dialog = app_get_over (ADW_TYPE_MESSAGE_DIALOG);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
open_date (AppFixture *fixture)
{
  g_object_set (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where"), "active", TRUE, NULL);
  return app_get (fixture, GTK_TYPE_ENTRY, "Date of the visit");
}

static void
test_not_signed_yet (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = NULL, drafts = NULL;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Not yet.");
  app_press (fixture, "Sign…");
  answer ("cancel");
  app_run_for (200);
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_close (fixture);
  drafts = way_db_list_drafts (fixture->store.db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  visits = way_db_list (fixture->store.db, WAY_VISIT, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < visits->len; i++)
    g_assert_null (((WayVisit *) visits->pdata[i])->signed_at);
}

/* A day that there is not is in no record: it is not dropped unsaid, but said as at its field. */
static void
test_unread (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const said = "Not signed yet: There is no 31 February 2026: that month has 28 days.";
  GtkWidget *date;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  date = open_date (fixture);
  gtk_editable_set_text (GTK_EDITABLE (date), "31/2/2026");
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, said, "the refusal");
  g_assert_false (is_asked ());
  gtk_editable_set_text (GTK_EDITABLE (date), "today");
  app_press (fixture, "Sign…");
  answer ("sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
}

/* Nobody is asked to sign what has not been; what is written is kept until it has. */
static void
test_to_come (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const char *const said = "Not signed yet: the day of the visit is still to come.";
  g_autofree char *day = way_date_format (way_date_today () + 7);
  GtkWidget *date;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  date = open_date (fixture);
  gtk_editable_set_text (GTK_EDITABLE (date), day);
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, said, "the refusal");
  g_assert_false (is_asked ());
  gtk_editable_set_text (GTK_EDITABLE (date), "today");
  app_wait_text (GTK_WIDGET (fixture->window), said, FALSE);
  app_press (fixture, "Sign…");
  answer ("sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
}

static gpointer
break_signing_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  store_exec (db,
              "CREATE TRIGGER \"broken\" BEFORE INSERT ON \"visit_content\" BEGIN "
              "SELECT RAISE (ABORT, 'locked: the disk is full'); END",
              SQLITE_OK);
  return NULL;
}

/* A record that could not be signed after the page was left. */
static void
test_sign_failed_later (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  g_assert_null (app_run_job (fixture, break_signing_job));
  app_press (fixture, "Sign…");
  app_get_over (ADW_TYPE_MESSAGE_DIALOG);
  app_hold_store (fixture);
  answer ("sign");
  way_window_pop (fixture->window);
  app_let_go_store ();
  app_wait (fixture, app_says, "The record is not signed", "what went wrong");
}

/* Why it is not signed is there to be read also when the draft has been saved meanwhile. */
static void
test_said_after_saving (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  g_assert_null (app_run_job (fixture, break_signing_job));
  app_press (fixture, "Sign…");
  answer ("sign");
  app_wait (fixture, app_says, "Not signed yet", "what went wrong");
  app_run_for (2 * WAY_BEGUN_KEEP_MS);
  g_assert_true (app_says (fixture, "Not signed yet"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/not-signed/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("not-yet", test_not_signed_yet);
  ADD ("unread", test_unread);
  ADD ("to-come", test_to_come);
  ADD ("failed-later", test_sign_failed_later);
  ADD ("said-after-saving", test_said_after_saving);
  return g_test_run ();
}
