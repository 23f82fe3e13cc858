/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing, amending and saving a Record of Visit, in the real window on a real store. */
#include "app-fixture.h"

#include "way-pages-view.h"
#include "way-visit-editor.h"
#include "way-visit-page.h"

#include <string.h>

/* The one dialog that is open. */
static GtkWidget *
get_dialog (AppFixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    if (ADW_IS_MESSAGE_DIALOG (l->data) &&
        gtk_window_get_transient_for (GTK_WINDOW (l->data)) == GTK_WINDOW (fixture->window))
      return l->data;
  }
  return NULL;
}

static gboolean
has_dialog (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return get_dialog (fixture) != NULL && gtk_widget_get_mapped (get_dialog (fixture));
}

static void
answer (AppFixture *fixture, const char *response)
{
  app_wait (fixture, has_dialog, NULL, "the question");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog (fixture)), response);
  gtk_window_destroy (GTK_WINDOW (get_dialog (fixture)));
}

/* Signing says what is empty, locks, and shows the pages and the ways out. */
static void
test_sign (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = NULL, drafts = NULL;
  const WayVisit *visit;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, NULL, "the question");
  g_assert_true (app_has_text (get_dialog (fixture), "Purpose"));
  g_assert_false (app_has_text (get_dialog (fixture), "What I saw"));
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_get (fixture, GTK_TYPE_BUTTON, "Save PDF…");
  app_get (fixture, GTK_TYPE_BUTTON, "Save XML…");
  app_get (fixture, GTK_TYPE_BUTTON, "Amend…");
  app_wait (fixture, app_says, "fingerprint", "the fingerprint");
  app_check_names (GTK_WIDGET (fixture->window));
  app_close (fixture);
  visits = way_db_list (fixture->store.db, WAY_VISIT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visits->len, ==, 1);
  visit = visits->pdata[0];
  g_assert_nonnull (visit->signed_at);
  g_assert_cmpstr (visit->seen, ==, "Robin answered twice.");
  drafts = way_db_list_drafts (fixture->store.db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
test_not_signed_yet (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = NULL, drafts = NULL;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Not yet.");
  app_press (fixture, "Sign…");
  answer (fixture, "cancel");
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

/* A time that cannot be read is in no record: it is not dropped unsaid. */
static void
test_unread (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *start;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  g_object_set (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where"), "active", TRUE, NULL);
  start = app_get (fixture, GTK_TYPE_ENTRY, "Start");
  gtk_editable_set_text (GTK_EDITABLE (start), "9.75");
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, "“9.75”", "the refusal");
  g_assert_false (has_dialog (fixture, NULL));
  gtk_editable_set_text (GTK_EDITABLE (start), "9:15");
  app_press (fixture, "Sign…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
}

static GtkWidget *
find_pages (GtkWidget *root)
{
  GtkWidget *child, *found = WAY_IS_PAGES_VIEW (root) ? root : NULL;

  for (child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_pages (child);
  return found;
}

static gboolean
has_pages (AppFixture *fixture, gconstpointer least)
{
  GtkWidget *pages = find_pages (way_window_get_page (fixture->window));

  return pages != NULL &&
         way_pages_view_get_length (WAY_PAGES_VIEW (pages)) >= GPOINTER_TO_UINT (least);
}

/* The preview shows what is being typed: first a draft, then an amendment that fills pages more
 * than the signed version has. */
static void
test_preview (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "Robin answered with a phrase of three words and no prompt. ");
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Preview")), TRUE);
  app_wait (fixture, has_pages, GUINT_TO_POINTER (1), "the pages of the draft");
  g_assert_false (has_pages (fixture, GUINT_TO_POINTER (4)));
  app_press (fixture, "Sign…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_press (fixture, "Amend…");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_type (fixture, "What I saw", text->str);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Preview")), TRUE);
  app_wait (fixture, has_pages, GUINT_TO_POINTER (4), "the pages of the amendment");
}

/* A reason first; then a second version, and both stay. */
static void
test_amend (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = NULL, versions = NULL;
  g_autoptr (WayDossier) first = NULL;
  GtkWidget *reason;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twise.");
  app_press (fixture, "Sign…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_press (fixture, "Amend…");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  reason = app_get (fixture, GTK_TYPE_ENTRY, "Reason for the amendment");
  app_type (fixture, "What I saw", " Spelt anew: twice.");
  app_press (fixture, "Sign amendment…");
  app_wait (fixture, app_says, "Say first why", "the question for the reason");
  gtk_editable_set_text (GTK_EDITABLE (reason), "A word was misspelt");
  app_press (fixture, "Sign amendment…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_wait (fixture, app_says, "A word was misspelt", "the reason among the versions");
  app_close (fixture);
  visits = way_db_list (fixture->store.db, WAY_VISIT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visits->len, ==, 1);
  g_assert_cmpfloat (((WayVisit *) visits->pdata[0])->version, ==, 2);
  first = way_db_gather_visit (fixture->store.db, WAY_RECORD (visits->pdata[0])->id, 1, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (way_dossier_get_visit (first)->seen, "Spelt anew"));
}

/* As PDF and as XML, without a dialog; that they left is in the log. */
static void
test_leaves (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const endings[] = {"pdf", "xml"};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_wait (fixture, app_says, "fingerprint", "the record");
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strdup_printf ("record.%s", endings[i]);
    g_autofree char *path = g_build_filename (fixture->store.dir, name, NULL);
    gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

    app_activate (fixture, "visit.save-to", path);
    while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
      app_run_for (20);
    g_assert_no_errno (g_remove (path));
  }
  app_run_for (200);
  app_close (fixture);
  entries = way_db_list (fixture->store.db, WAY_DISCLOSURE, "child", fixture->child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/signing/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("sign", test_sign);
  ADD ("not-signed-yet", test_not_signed_yet);
  ADD ("unread", test_unread);
  ADD ("preview", test_preview);
  ADD ("amend", test_amend);
  ADD ("leaves", test_leaves);
  return g_test_run ();
}
