/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passing on a record that somebody else signed: it came for a child whom the store knew already,
 * under an id of its own. In the real window on a real store. */
#include "app-fixture.h"

#include "way-import-page.h"
#include "way-share-dialog.h"
#include "way-visit-draft.h"
#include "way-visit-page.h"
#include "way-visit-xml.h"

#define UPN "R674123101121"

typedef struct {
  AppFixture app;
  StoreFixture sender;
  char *path; /* the record as it was sent */
  char *visit;
} SharingFixture;

static void
set_upn (WayDb *db, const char *child_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) child = way_db_get (db, WAY_CHILD, child_id, &error);

  g_assert_no_error (error);
  child->upn = g_strdup (UPN);
  store_save (db, child);
}

/* About Robin, whom both stores have, and Sam, whom only the sender has. */
static void
send_record (SharingFixture *self)
{
  WayDb *db = self->sender.db;
  g_autoptr (WayPractitioner) me = store_add_me (db);
  g_autoptr (WaySetting) setting = store_add_setting (db, "Example Primary");
  g_autoptr (WayChild) robin = store_add_child (db, "Robin", "Example", setting->record.id);
  g_autoptr (WayChild) sam = store_add_child (db, "Sam", "Other", setting->record.id);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (WayDossier) dossier = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WayVisitChild *link;
  WayVisitView *view;
  WayVisit *visit;

  set_upn (db, robin->record.id);
  records = way_db_start_visit (db, robin->record.id, way_date_today (), &error);
  g_assert_no_error (error);
  visit = way_record_set_first (records, WAY_VISIT);
  visit->seen = g_strdup ("Robin and Sam built a tower.");
  link = way_visit_draft_add (records, WAY_VISIT_CHILD);
  link->child = g_strdup (sam->record.id);
  view = way_visit_draft_add (records, WAY_VISIT_VIEW);
  view->child = g_strdup (sam->record.id);
  view->whose = g_strdup ("child");
  view->text = g_strdup ("I sit beside Alex Third.");
  self->visit = g_strdup (visit->record.id);
  g_assert_true (way_db_store_visit (db, records, &error));
  g_assert_true (way_db_sign_visit (db, self->visit, NULL, &error));
  dossier = way_db_gather_visit (db, self->visit, 0, &error);
  g_assert_no_error (error);
  bytes = way_visit_xml_write (dossier, "2026-01-05T09:00:00Z", &error);
  g_assert_no_error (error);
  g_file_set_contents (
      self->path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static void
add_family (AppFixture *app)
{
  g_autoptr (WayAgreement) agreement = way_record_new (WAY_AGREEMENT);
  g_autoptr (WayContact) contact = way_record_new (WAY_CONTACT);

  agreement->child = g_strdup (app->child);
  agreement->given_by = g_strdup ("Dana Example");
  agreement->given_on = way_date_today () - 30;
  store_save (app->store.db, agreement);
  contact->child = g_strdup (app->child);
  contact->name = g_strdup ("Bo Barred");
  contact->restriction = g_strdup ("no-contact");
  store_save (app->store.db, contact);
}

static void
set_up (SharingFixture *self, gconstpointer data)
{
  g_autoptr (WayChild) alex = NULL;

  app_set_up_store (&self->app, data);
  set_upn (self->app.store.db, self->app.child);
  add_family (&self->app);
  alex = store_add_child (self->app.store.db, "Alex", "Third", NULL);
  store_set_up (&self->sender, data);
  self->path = g_build_filename (self->app.store.dir, "sent.xml", NULL);
  send_record (self);
}

static void
tear_down (SharingFixture *self, gconstpointer data)
{
  g_assert_no_errno (g_remove (self->path));
  app_tear_down (&self->app, data);
  store_tear_down (&self->sender, data);
  g_free (self->path);
  g_free (self->visit);
}

static gboolean
is_preview (AppFixture *app, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *page = way_window_get_page (app->window);

  return WAY_IS_IMPORT_PAGE (page) &&
         g_strcmp0 (way_import_page_get_state (WAY_IMPORT_PAGE (page)), "preview") == 0;
}

static void
import_record (SharingFixture *self)
{
  AppFixture *app = &self->app;

  app_open (app);
  app_activate (app, "win.import-path", self->path);
  app_wait (app, is_preview, NULL, "the preview");
  app_press (app, "Import");
  app_wait (app, app_says, "Imported: ", "the import");
}

static GtkWidget *
open_share (SharingFixture *self)
{
  way_window_open_visit (self->app.window, self->app.child, self->visit);
  app_wait (&self->app, app_says, "fingerprint", "the record");
  g_assert_true (app_says (&self->app, "Robin Example and 1 other: record"));
  g_assert_true (app_says (&self->app, "Robin Example, Sam Other · "));
  app_press (&self->app, "Share…");
  return app_get_dialog ();
}

static void
fill_in (GtkWidget *dialog, const char *name, const char *text)
{
  GtkWidget *entry = app_find (dialog, GTK_TYPE_ENTRY, name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
choose_part (GtkWidget *dialog, guint line)
{
  GtkWidget *part = app_find (dialog, GTK_TYPE_DROP_DOWN, "Which part of the record");

  g_assert_nonnull (part);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (part), line);
}

static gboolean
is_saved (AppFixture *app, gconstpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) && app_says (app, "sharing log");
}

static void
save_to (SharingFixture *self, GtkWidget *dialog, const char *name)
{
  g_autofree char *path = g_build_filename (self->app.store.dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
  app_wait (&self->app, is_saved, path, "the file");
  g_assert_no_errno (g_remove (path));
}

/* What is known here of the child is asked and said, and the log is kept here, under the id that
 * the child has here. */
static void
test_taken_in (SharingFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *dialog;

  import_record (self);
  dialog = open_share (self);
  g_assert_true (app_has_text (dialog, "Robin Example: agreement recorded on"));
  g_assert_true (app_has_text (dialog, "No agreement is in place for Sam Other"));
  fill_in (dialog, "To whom", "Bo Barred");
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "Bo Barred must not be contacted."));
  choose_part (dialog, 1);
  g_assert_true (app_has_text (dialog, "Robin Example: agreement recorded on"));
  g_assert_false (app_has_text (dialog, "No agreement is in place"));
  way_dialog_save (WAY_DIALOG (dialog));
  g_assert_true (app_has_text (dialog, "Bo Barred must not be contacted."));
  fill_in (dialog, "To whom", "A school");
  save_to (self, dialog, "extract.pdf");
  dialog = open_share (self);
  fill_in (dialog, "To whom", "A school");
  fill_in (dialog, "Reason for sharing without an agreement", "On its way");
  save_to (self, dialog, "whole.pdf");
  app_close (&self->app);
  entries = way_db_list (self->app.store.db, WAY_DISCLOSURE, "child", self->app.child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, 2);
}

/* Of a child whom only the other child's part names, an extract does not speak, nor is it said. */
static void
test_named (SharingFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  import_record (self);
  dialog = open_share (self);
  g_assert_true (app_has_text (dialog, "The text names other children: Alex Third."));
  g_assert_true (
      app_has_text (dialog, "This record is about 2 children: Robin Example, Sam Other"));
  choose_part (dialog, 1);
  g_assert_false (app_has_text (dialog, "The text names other children"));
  g_assert_false (app_has_text (dialog, "This record is about 2 children"));
  choose_part (dialog, 0);
  g_assert_true (app_has_text (dialog, "This record is about 2 children"));
  g_assert_true (app_has_text (dialog, "The text names other children: Alex Third."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/sharing/taken-in", SharingFixture, NULL, set_up, test_taken_in, tear_down);
  g_test_add ("/sharing/named", SharingFixture, NULL, set_up, test_named, tear_down);
  return g_test_run ();
}
