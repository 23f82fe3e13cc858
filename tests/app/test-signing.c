/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing, amending and sharing a Record of Visit, in the real window on a real store. */
#include "app-fixture.h"

#include "way-child-page.h"
#include "way-pages-view.h"
#include "way-recovery-sheet.h"
#include "way-share-dialog.h"
#include "way-share-facts.h"
#include "way-visit-editor.h"
#include "way-visit-page.h"

#include <sqlite3.h>
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
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, "Not signed yet: nothing is written", "that there is no record");
  g_assert_null (get_dialog (fixture));
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, NULL, "the question");
  g_assert_true (app_has_text (get_dialog (fixture), "About Robin Example, born 14 Sep 2018."));
  g_assert_true (app_has_text (get_dialog (fixture), "Purpose"));
  g_assert_false (app_has_text (get_dialog (fixture), "What I saw"));
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_get (fixture, GTK_TYPE_BUTTON, "Share…");
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

/* Signed or thrown away while another page lies over it, the editor is not come back to. */
static void
test_sign_under_another (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, NULL, "the question");
  app_hold_store (fixture);
  answer (fixture, "sign");
  way_window_push (fixture->window, gtk_label_new ("Another page"), "Another");
  app_let_go_store ();
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_activate (fixture, "win.back", NULL);
  g_assert_true (GTK_IS_LABEL (way_window_get_page (fixture->window)));
  app_activate (fixture, "win.back", NULL);
  g_assert_true (WAY_IS_CHILD_PAGE (way_window_get_page (fixture->window)));
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
  app_press (fixture, "Sign amendment…");
  app_wait (fixture, app_says, "Say first why", "the question for the reason");
  gtk_editable_set_text (GTK_EDITABLE (reason), "A word was misspelt");
  app_wait (fixture, app_says, "Robin Example, amendment", "its line among the drafts");
  app_press (fixture, "Sign amendment…");
  app_wait (fixture, has_dialog, NULL, "the question");
  g_assert_true (app_has_text (get_dialog (fixture), "Nothing but the reason differs"));
  answer (fixture, "cancel");
  app_type (fixture, "What I saw", " Spelt anew: twice.");
  app_press (fixture, "Sign amendment…");
  app_wait (fixture, has_dialog, NULL, "the question");
  g_assert_false (app_has_text (get_dialog (fixture), "Nothing but the reason differs"));
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

static void
fill_in (GtkWidget *dialog, const char *name, const char *text)
{
  GtkWidget *entry = app_find (dialog, GTK_TYPE_ENTRY, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static gboolean
is_saved (AppFixture *fixture, gconstpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) && app_says (fixture, "sharing log");
}

/* As the file dialog does when a place was chosen. */
static void
save_to (AppFixture *fixture, GtkWidget *dialog, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->store.dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
  app_wait (fixture, is_saved, path, "the file");
  g_assert_no_errno (g_remove (path));
}

static const WayDisclosure *
find_entry (GPtrArray *entries, const char *format)
{
  for (guint i = 0; i < entries->len; i++) {
    if (g_strcmp0 (((WayDisclosure *) entries->pdata[i])->format, format) == 0)
      return entries->pdata[i];
  }
  g_error ("no %s in the log", format);
}

static GtkWidget *
open_share (AppFixture *fixture)
{
  app_press (fixture, "Share…");
  return app_get_dialog ();
}

/* Nothing leaves before it is said to whom, why, on what basis, and why without an agreement; all
 * of that is in the log. */
static void
test_share (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const WayDisclosure *entry;
  GtkWidget *dialog, *inside;

  app_open_editor (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Sign…");
  answer (fixture, "sign");
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_wait (fixture, app_says, "fingerprint", "the record");
  dialog = open_share (fixture);
  app_check_names (dialog);
  g_assert_true (app_has_text (dialog, "No agreement is in place for Robin Example"));
  g_assert_true (app_has_text (dialog, "This will be kept in Robin Example’s sharing log."));
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "Say who gets it"));
  g_assert_true (app_has_text (dialog, "Say what it is for"));
  g_assert_true (app_has_text (dialog, "Say on what basis"));
  g_assert_true (app_has_text (dialog, "Say why it leaves without an agreement"));
  inside = app_find (dialog, GTK_TYPE_CHECK_BUTTON, "The PDF holds the XML as well");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (inside)));
  fill_in (dialog, "To whom", "Mx No Contact");
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "No Contact must not be contacted."));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (inside), TRUE);
  g_signal_emit_by_name (app_find (dialog, GTK_TYPE_BUTTON, "Dana Example (Mother)"), "clicked");
  g_assert_false (app_has_text (dialog, "must not be contacted."));
  /* The UPN does not leave education unseen. */
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (inside)));
  g_signal_emit_by_name (app_find (dialog, GTK_TYPE_BUTTON, "Annual review"), "clicked");
  fill_in (dialog, "To whom", "A school");
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (inside)));
  fill_in (dialog, "To whom", "Dana Example (Mother)");
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (inside)));
  fill_in (dialog, "Basis", "Public task");
  fill_in (dialog, "Reason for sharing without an agreement", "The form is on its way");
  save_to (fixture, dialog, "record.pdf");
  dialog = open_share (fixture);
  fill_in (dialog, "To whom", "A school");
  g_object_set (app_find (dialog, GTK_TYPE_TOGGLE_BUTTON, "XML"), "active", TRUE, NULL);
  save_to (fixture, dialog, "record.xml");
  app_close (fixture);
  entries = way_db_list (fixture->store.db, WAY_DISCLOSURE, "child", fixture->child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = find_entry (entries, "PDF without the XML");
  g_assert_cmpstr (entry->recipient, ==, "Dana Example (Mother)");
  g_assert_cmpstr (entry->purpose, ==, "Annual review");
  g_assert_cmpstr (entry->basis, ==, "Public task");
  g_assert_cmpstr (entry->reason, ==, "The form is on its way");
  g_assert_cmpstr (find_entry (entries, "XML")->recipient, ==, "A school");
}

static void
add_contact (AppFixture *fixture, const char *child, const char *name, const char *restriction)
{
  g_autoptr (WayContact) contact = way_record_new (WAY_CONTACT);
  g_autoptr (GError) error = NULL;

  contact->child = g_strdup (child);
  contact->name = g_strdup (name);
  contact->relationship = g_strdup ("mother");
  contact->restriction = g_strdup (restriction);
  way_db_save (fixture->store.db, contact, &error);
  g_assert_no_error (error);
}

static void
set_up_contacts (AppFixture *fixture, gconstpointer data)
{
  app_set_up_store (fixture, data);
  add_contact (fixture, fixture->child, "Dana Example", NULL);
  add_contact (fixture, fixture->child, "No Contact", "no-contact");
  app_open (fixture);
}

/* What an agreement and several children change. */
static void
test_share_facts (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) other = store_add_child (fixture->store.db, "Sam", "Other", NULL);
  g_autoptr (WayAgreement) agreement = way_record_new (WAY_AGREEMENT);
  g_autoptr (WayRecordSet) visit = NULL;
  g_autoptr (WayShareFacts) facts = NULL;
  WayVisitChild *second = way_record_new (WAY_VISIT_CHILD);
  const char *id;

  agreement->child = g_strdup (fixture->child);
  agreement->given_by = g_strdup ("Dana Example");
  agreement->given_on = way_date_today () - 30;
  g_assert_true (way_db_save (fixture->store.db, agreement, &error));
  visit = way_db_start_visit (fixture->store.db, fixture->child, way_date_today (), &error);
  g_assert_no_error (error);
  id = ((WayRecord *) way_record_set_first (visit, WAY_VISIT))->id;
  second->visit = g_strdup (id);
  second->child = g_strdup (other->record.id);
  second->position = 2;
  way_record_set_take (visit, second);
  ((WayVisit *) way_record_set_first (visit, WAY_VISIT))->seen = g_strdup ("Both read alone.");
  g_assert_true (way_db_store_visit (fixture->store.db, visit, &error));
  g_assert_true (way_db_sign_visit (fixture->store.db, id, NULL, &error));
  facts = way_share_facts_gather (fixture->store.db, id, way_date_today (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->children->len, ==, 2);
  g_assert_cmpuint (facts->agreements->len, ==, 1);
  g_assert_cmpuint (facts->missing->len, ==, 1);
  g_assert_cmpstr (facts->missing->pdata[0], ==, "Sam Other");
  g_assert_nonnull (strstr (facts->agreements->pdata[0], "Robin Example: agreement recorded on"));
  g_clear_pointer (&facts, way_share_facts_free);
  /* From the day on which it is withdrawn it no longer holds. */
  agreement->withdrawn = way_date_today ();
  g_assert_true (way_db_save (fixture->store.db, agreement, &error));
  facts = way_share_facts_gather (fixture->store.db, id, way_date_today (), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->missing->len, ==, 2);
  g_assert_nonnull (strstr (facts->agreements->pdata[0], "Robin Example: agreement withdrawn on"));
}

/* Signed, about Robin and Sam. */
static char *
store_joint_visit (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) other = store_add_child (fixture->store.db, "Sam", "Other", NULL);
  g_autoptr (WayRecordSet) records = NULL;
  WayVisitChild *second = way_record_new (WAY_VISIT_CHILD);
  WayVisit *visit;

  records = way_db_start_visit (fixture->store.db, fixture->child, way_date_today (), &error);
  g_assert_no_error (error);
  visit = way_record_set_first (records, WAY_VISIT);
  visit->seen = g_strdup ("Robin and Sam built a tower.");
  second->visit = g_strdup (visit->record.id);
  second->child = g_strdup (other->record.id);
  second->position = 2;
  way_record_set_take (records, second);
  g_assert_true (way_db_store_visit (fixture->store.db, records, &error));
  g_assert_true (way_db_sign_visit (fixture->store.db, visit->record.id, NULL, &error));
  return g_strdup (visit->record.id);
}

static void
choose_part (GtkWidget *dialog, guint line)
{
  GtkWidget *part = app_find (dialog, GTK_TYPE_DROP_DOWN, "Which part of the record");

  g_assert_nonnull (part);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part), line);
}

static gboolean
is_printed (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return app_says (fixture, "Printed, and kept in the child’s sharing log.");
}

/* A joint visit leaves for one of its children, as a file and on paper; the log says so. */
static void
test_one_child (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *path = g_build_filename (fixture->store.dir, "printed.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL, all = NULL;
  g_autofree char *bytes = NULL;
  GtkWidget *dialog;

  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (fixture, app_says, "fingerprint", "the record");
  dialog = open_share (fixture);
  app_check_names (dialog);
  choose_part (dialog, 1);
  g_assert_true (app_has_text (dialog, "are now “another child”"));
  fill_in (dialog, "To whom", "A school");
  save_to (fixture, dialog, "extract.pdf");
  dialog = open_share (fixture);
  choose_part (dialog, 1);
  fill_in (dialog, "To whom", "A parent");
  way_share_dialog_print_to (WAY_DIALOG (dialog), path);
  app_wait (fixture, is_printed, NULL, "what became of it");
  g_assert_true (g_file_get_contents (path, &bytes, NULL, &error));
  g_assert_true (g_str_has_prefix (bytes, "%PDF"));
  g_assert_no_errno (g_remove (path));
  app_close (fixture);
  entries = way_db_list (fixture->store.db, WAY_DISCLOSURE, "child", fixture->child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (find_entry (entries, "paper")->recipient, ==, "A parent");
  g_assert_cmpstr (find_entry (entries, "paper")->level, ==, WAY_LEVEL_ONE_CHILD);
  g_assert_cmpstr (find_entry (entries, "PDF")->level, ==, WAY_LEVEL_ONE_CHILD);
  /* Nothing of it concerns the other one. */
  all = way_db_list (fixture->store.db, WAY_DISCLOSURE, NULL, NULL, &error);
  g_assert_cmpuint (all->len, ==, 2);
}

/* Robin has an agreement, Sam has none; each has a mother, Sam somebody who gets nothing. */
static char *
store_two_families (AppFixture *fixture)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autoptr (WayAgreement) agreement = way_record_new (WAY_AGREEMENT);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sam = way_db_list (fixture->store.db, WAY_CHILD, "forename", "Sam", &error);

  g_assert_no_error (error);
  agreement->child = g_strdup (fixture->child);
  agreement->given_by = g_strdup ("Dana Example");
  agreement->given_on = way_date_today ();
  store_save (fixture->store.db, agreement);
  add_contact (fixture, fixture->child, "Dana Example", NULL);
  add_contact (fixture, WAY_RECORD (sam->pdata[0])->id, "Maya Other", NULL);
  add_contact (fixture, WAY_RECORD (sam->pdata[0])->id, "Bo Barred", "no-contact");
  return g_steal_pointer (&visit);
}

static void
check_families (GtkWidget *dialog, gboolean robin, gboolean sam)
{
  g_assert_true ((app_find (dialog, GTK_TYPE_BUTTON, "Dana Example (Mother)") != NULL) == robin);
  g_assert_true ((app_find (dialog, GTK_TYPE_BUTTON, "Maya Other (Mother)") != NULL) == sam);
  g_assert_true (app_has_text (dialog, "Robin Example: agreement recorded on") == robin);
  g_assert_true (app_has_text (dialog, "No agreement is in place for Sam Other") == sam);
  g_assert_true (app_has_text (dialog, "sharing log of each child") == (robin && sam));
  g_assert_cmpstr (
      gtk_editable_get_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_ENTRY, "To whom"))),
      ==,
      "Bo Barred");
  /* What is refused, and for whom. */
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "Bo Barred must not be contacted.") == sam);
  g_assert_true (app_has_text (dialog, "Say why it leaves without an agreement") == sam);
  g_assert_true (app_has_text (dialog, "Say what it is for"));
}

/* An extract for one child asks nothing of the other's family. */
static void
test_one_family (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_two_families (fixture);
  GtkWidget *dialog;

  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (fixture, app_says, "fingerprint", "the record");
  dialog = open_share (fixture);
  fill_in (dialog, "To whom", "Bo Barred");
  check_families (dialog, TRUE, TRUE);
  choose_part (dialog, 1);
  g_assert_true (app_has_text (dialog, "kept in Robin Example’s sharing log"));
  check_families (dialog, TRUE, FALSE);
  choose_part (dialog, 2);
  g_assert_true (app_has_text (dialog, "kept in Sam Other’s sharing log"));
  check_families (dialog, FALSE, TRUE);
  fill_in (dialog, "Reason for sharing without an agreement", "On its way");
  choose_part (dialog, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (app_find (
                       dialog, GTK_TYPE_ENTRY, "Reason for sharing without an agreement"))),
                   ==,
                   "On its way");
}

static void
open_share_of (AppFixture *fixture, const char *visit, GtkWidget **dialog)
{
  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (fixture, app_says, "fingerprint", "the record");
  *dialog = open_share (fixture);
  fill_in (*dialog, "To whom", "A school");
}

static gboolean
dialog_says (AppFixture *fixture, gconstpointer text)
{
  return app_has_text (app_get_dialog (), text);
}

static guint
count_entries (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
      way_db_list (fixture->store.db, WAY_DISCLOSURE, NULL, NULL, &error);

  g_assert_no_error (error);
  return entries->len;
}

/* As where the disk is full just when the log is to be kept. */
static void
break_commit (AppFixture *fixture)
{
  store_exec (fixture->store.db,
              "CREATE TRIGGER \"broken\" AFTER INSERT ON \"disclosure\" BEGIN "
              "UPDATE \"target\" SET \"replaces\" = 'nobody'; END",
              SQLITE_OK);
}

/* What is not in the log does not leave. */
static void
test_share_unlogged (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *path = g_build_filename (fixture->store.dir, "record.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog;

  break_commit (fixture);
  open_share_of (fixture, visit, &dialog);
  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
  app_wait (fixture, dialog_says, "The record could not be saved", "what went wrong");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  app_close (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

/* What could not be written has not left. */
static void
test_share_unwritten (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *path = g_build_filename (fixture->store.dir, "nowhere", "record.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog;

  open_share_of (fixture, visit, &dialog);
  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
  app_wait (fixture, dialog_says, "The record could not be saved", "what went wrong");
  app_close (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

/* Nor is it printed. */
static void
test_print_unlogged (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *path = g_build_filename (fixture->store.dir, "printed.pdf", NULL);
  GtkWidget *dialog;

  break_commit (fixture);
  open_share_of (fixture, visit, &dialog);
  way_share_dialog_print_to (WAY_DIALOG (dialog), path);
  app_wait (fixture, dialog_says, "The record was not printed", "what went wrong");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  app_close (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

/* (transfer full): the question for a printer, NULL: not in view yet. */
static GtkWidget *
get_printer_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) over = g_list_model_get_item (windows, i);

    if (strcmp (G_OBJECT_TYPE_NAME (over), "GtkPrintUnixDialog") == 0 &&
        gtk_widget_get_mapped (over))
      return g_steal_pointer (&over);
  }
  return NULL;
}

static gboolean
lock_over_printer_cb (gpointer data)
{
  AppFixture *fixture = data;
  g_autoptr (GtkWidget) over = get_printer_dialog ();

  if (over == NULL)
    return G_SOURCE_CONTINUE;
  way_window_lock (fixture->window);
  return G_SOURCE_REMOVE;
}

/* Locked while the printer is chosen: that ends, and nothing is logged. */
static void
test_lock_while_printing (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  GtkWidget *dialog;

  open_share_of (fixture, visit, &dialog);
  g_timeout_add (50, lock_over_printer_cb, fixture);
  way_share_dialog_print_to (WAY_DIALOG (dialog), NULL);
  g_assert_false (way_store_is_open (way_window_get_store (fixture->window)));
  app_close (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

static gboolean
preview_cb (gpointer data G_GNUC_UNUSED)
{
  g_autoptr (GtkWidget) over = get_printer_dialog ();

  if (over == NULL)
    return G_SOURCE_CONTINUE;
  gtk_dialog_response (GTK_DIALOG (over), GTK_RESPONSE_APPLY);
  return G_SOURCE_REMOVE;
}

static guint
count_previews (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, "preview") ? 1 : 0;
  return n;
}

/* The preview that the question for a printer offers would be a plain file that stays behind. */
static void
test_printer_preview (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  guint n_before = count_previews ();
  GtkWidget *dialog;

  open_share_of (fixture, visit, &dialog);
  g_timeout_add (50, preview_cb, NULL);
  way_share_dialog_print_to (WAY_DIALOG (dialog), NULL);
  g_assert_cmpuint (count_previews (), ==, n_before);
  g_assert_true (app_has_text (dialog, "The record could not be printed"));
  g_assert_true (app_has_text (dialog, "Choose Print instead"));
  app_close (fixture);
  g_assert_cmpuint (count_entries (fixture), ==, 0);
}

/* Nor does the recovery key, which is printed without a log. */
static void
test_key_preview (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  guint n_before = count_previews ();
  g_autoptr (GError) error = NULL;

  app_open (fixture);
  g_timeout_add (50, preview_cb, NULL);
  g_assert_cmpint (
      way_recovery_sheet_print (GTK_WINDOW (fixture->window), "/store", "abcd-efgh", &error),
      ==,
      GTK_PRINT_OPERATION_RESULT_ERROR);
  g_assert_nonnull (error);
  g_assert_cmpuint (count_previews (), ==, n_before);
}

/* What failed is said although the dialog was closed before. */
static void
test_share_failed_later (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *path = g_build_filename (fixture->store.dir, "nowhere", "record.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog;

  open_share_of (fixture, visit, &dialog);
  app_hold_store (fixture);
  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
  gtk_window_close (GTK_WINDOW (dialog));
  app_let_go_store ();
  app_wait (fixture, app_says, "The record could not be saved", "what went wrong");
}

/* Who signed what is in view, and its fingerprint, are those of the version in view. */
static void
test_facts_of_version (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = NULL;

  first = way_db_get_fingerprint (fixture->store.db, visit, &error);
  records = way_db_load_visit (fixture->store.db, visit, &error);
  g_assert_no_error (error);
  way_record_set_remove_all (records, WAY_VISIT_VERSION);
  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->seen, "Twice.");
  g_assert_true (
      way_db_amend_visit (fixture->store.db, records, "Wrong words corrected.", NULL, &error));
  second = way_db_get_fingerprint (fixture->store.db, visit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, !=, second);
  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (fixture, app_says, second, "the facts of the latest version");
  app_press (fixture, "Show version 1");
  app_wait (fixture, app_says, first, "the facts of the first version");
  g_assert_false (app_says (fixture, second));
}

/* The reason stands with the version that it led to. What did not come with a file is named, and
 * nothing is offered that would fail. */
static void
test_absent_version (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = NULL;

  visit = store_joint_visit (fixture);
  records = way_db_load_visit (fixture->store.db, visit, &error);
  g_assert_no_error (error);
  way_record_set_remove_all (records, WAY_VISIT_VERSION);
  way_set_string (&((WayVisit *) way_record_set_first (records, WAY_VISIT))->seen, "Twice.");
  g_assert_true (
      way_db_amend_visit (fixture->store.db, records, "Wrong words corrected.", NULL, &error));
  g_assert_no_error (error);
  store_exec (fixture->store.db, "DROP TRIGGER \"visit_content_delete\"", SQLITE_OK);
  store_exec (fixture->store.db, "DELETE FROM \"visit_content\" WHERE \"version\" = 1", SQLITE_OK);
  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (fixture, app_says, "Version 1 was not in the file you were sent.", "what is missing");
  g_assert_null (app_find (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Show version 1"));
  app_get (fixture, GTK_TYPE_BUTTON, "Show version 2");
  g_assert_true (app_says (fixture, ". Amended: Wrong words corrected."));
  g_assert_true (app_says (fixture, "Robin Example and 1 other: record"));
}

/* A visit that was amended apart: both versions of the number are listed, and the one that is here
 * can be looked at. */
static void
test_two_places (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *visit = store_joint_visit (fixture);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++) {
    g_autoptr (WayRecordSet) records = way_db_load_visit (fixture->store.db, visit, &error);

    g_assert_true (way_db_amend_visit (
        fixture->store.db, records, i == 0 ? "It was twice" : "In the hall", NULL, &error));
    g_assert_no_error (error);
  }
  store_exec (fixture->store.db,
              "INSERT INTO \"signing\" VALUES ('*'); INSERT INTO \"visit_version\" SELECT 'apart', "
              "\"created_at\", \"updated_at\", 1, \"visit\", 2, '2026-01-05T09:00:00Z', "
              "'B. Colleague', 'aaaa bbbb cccc dddd', NULL FROM \"visit_version\" WHERE "
              "\"version\" = 2; DELETE FROM \"signing\"",
              SQLITE_OK);
  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  app_wait (
      fixture,
      app_says,
      "Version 2, signed 5 January 2026 by B. Colleague. The visit was changed in two places.",
      "the other's version");
  g_assert_true (app_says (fixture, "Version 2 was not in the file you were sent."));
  g_assert_true (app_says (fixture, ". Amended: In the hall"));
  app_press (fixture, "Show version 2");
  app_wait (fixture, app_says, "Record of Visit, version 2, signed", "the version that is here");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/signing/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("sign", test_sign);
  ADD ("sign-under-another", test_sign_under_another);
  ADD ("preview", test_preview);
  ADD ("amend", test_amend);
  g_test_add ("/signing/share", AppFixture, NULL, set_up_contacts, test_share, app_tear_down);
#define ADD_CLOSED(name, func)                                                                     \
  g_test_add ("/signing/" name, AppFixture, NULL, app_set_up_store, func, app_tear_down)
  ADD_CLOSED ("share-unlogged", test_share_unlogged);
  ADD_CLOSED ("print-unlogged", test_print_unlogged);
  ADD_CLOSED ("printer/lock", test_lock_while_printing);
  ADD_CLOSED ("printer/preview", test_printer_preview);
  ADD_CLOSED ("printer/key-preview", test_key_preview);
  ADD_CLOSED ("share-failed-later", test_share_failed_later);
  ADD_CLOSED ("facts-of-version", test_facts_of_version);
  ADD_CLOSED ("two-places", test_two_places);
  ADD_CLOSED ("share-unwritten", test_share_unwritten);
  g_test_add (
      "/signing/one-child", AppFixture, NULL, app_set_up_store, test_one_child, app_tear_down);
  ADD_CLOSED ("one-family", test_one_family);
  g_test_add ("/signing/absent-version",
              AppFixture,
              NULL,
              app_set_up_store,
              test_absent_version,
              app_tear_down);
  g_test_add (
      "/signing/share-facts", AppFixture, NULL, app_set_up_store, test_share_facts, app_tear_down);
  return g_test_run ();
}
