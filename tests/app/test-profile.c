/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a child, read and corrected on its page. */
#include "app-fixture.h"
#include "way-child-page.h"
#include "way-dialog.h"

#include <math.h>

static void
set_up_with_status (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WaySenStatus) status = way_record_new (WAY_SEN_STATUS);

  app_set_up_store (fixture, data);
  status->child = g_strdup (fixture->child);
  status->provision = g_strdup ("K");
  status->from = way_date_new (2025, 9, 1);
  store_save (fixture->store.db, status);
  app_open (fixture);
}

static void
open_profile (AppFixture *fixture)
{
  app_open_child (fixture);
  way_child_page_show_tab (WAY_CHILD_PAGE (way_window_get_page (fixture->window)), "profile");
}

static void
set_up_with_contact (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayContact) contact = way_record_new (WAY_CONTACT);
  g_autoptr (WayContact) mother = way_record_new (WAY_CONTACT);

  app_set_up_store (fixture, data);
  contact->child = g_strdup (fixture->child);
  contact->name = g_strdup ("Bo Barred");
  contact->restriction = g_strdup ("no-contact");
  store_save (fixture->store.db, contact);
  mother->child = g_strdup (fixture->child);
  mother->name = g_strdup ("Ro Example");
  mother->relationship = g_strdup ("mother");
  mother->responsibility = WAY_YES;
  mother->telephone = g_strdup ("01632 960001");
  store_save (fixture->store.db, mother);
  app_open (fixture);
}

/* Who must not be contacted is heard with the name. */
static void
test_restricted (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_profile (fixture);
  gtk_test_accessible_assert_property (app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Bo Barred"),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "⚠ Must not be contacted");
  g_assert_true (app_says (fixture, "Mother · parental responsibility · 01632 960001"));
}

static void
add_year (AppFixture *fixture, const char *year, double possible, double attended)
{
  g_autoptr (WayAttendance) row = way_record_new (WAY_ATTENDANCE);

  row->child = g_strdup (fixture->child);
  row->year = g_strdup (year);
  row->possible = possible;
  row->attended = attended;
  row->authorised = possible - attended;
  store_save (fixture->store.db, row);
}

static void
set_up_with_years (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayChild) child = NULL;

  app_set_up_store (fixture, data);
  child = way_db_get (fixture->store.db, WAY_CHILD, fixture->child, NULL);
  child->middle = g_strdup ("Ash Rowan");
  store_save (fixture->store.db, child);
  add_year (fixture, "2024-25", 380, 361);
  add_year (fixture, "2025-26", NAN, NAN);
  app_open (fixture);
}

/* What a school's file brought can be read; what it did not say is not zero. */
static void
test_attendance (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_profile (fixture);
  app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "2024-25, 361 of 380 sessions, 95 %");
  app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "2025-26, no data");
  g_assert_true (app_says (fixture, "Absent: authorised 19, unauthorised no data"));
  g_assert_true (app_says (fixture, "Ash Rowan"));
}

/* A day before the birth is said at its field, and nowhere else. */
static void
test_unborn (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  open_profile (fixture);
  app_press (fixture, "Add: Need");
  dialog = app_get_dialog ();
  app_fill_in (dialog, "From", "1/3/2016");
  way_dialog_save (WAY_DIALOG (dialog));
  app_settle ();
  g_assert_true (app_has_text (dialog, "From is before the child was born"));
  g_assert_false (app_has_text (dialog, "That could not be saved"));
  app_fill_in (dialog, "From", "1/3/2026");
  g_assert_false (app_has_text (dialog, "From is before the child was born"));
}

/* The earlier status stays, with its last day; that is said before it is done. */
static void
test_status_follows (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  open_profile (fixture);
  app_press (fixture, "Add: SEN status");
  dialog = app_get_dialog ();
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_find (dialog, GTK_TYPE_DROP_DOWN, "Status")), 3);
  app_fill_in (dialog, "From", "1/3/2026");
  g_assert_true (app_has_text (dialog, "ends on 28 February 2026"));
  app_fill_in (dialog, "From", "1/3/2024");
  g_assert_false (app_has_text (dialog, "ends on"));
  app_fill_in (dialog, "From", "1/3/2026");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, "Saved.", "the answer");
  app_settle ();
  app_close (fixture);
  rows = way_db_list (fixture->store.db, WAY_SEN_STATUS, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpuint (((WaySenStatus *) rows->pdata[0])->to, ==, way_date_new (2026, 2, 28));
  g_assert_cmpuint (((WaySenStatus *) rows->pdata[1])->to, ==, WAY_DATE_UNKNOWN);
}

/* So does the main school, though not for a second school beside it. */
static void
test_school_follows (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog, *main_school;

  open_profile (fixture);
  app_press (fixture, "Add: School or setting");
  dialog = app_get_dialog ();
  g_assert_true (app_has_text (dialog, "“Example Primary” ends on"));
  main_school = app_find (dialog, GTK_TYPE_DROP_DOWN, "Main school");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (main_school), 2);
  g_assert_false (app_has_text (dialog, "ends on"));
}

static void
set_up_allocations (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPractitioner) who = way_record_new (WAY_PRACTITIONER);

  app_set_up_store (fixture, data);
  way_set_string (&who->name, "B. Colleague");
  way_set_string (&who->role, "specialist-teacher");
  store_save (fixture->store.db, who);
  /* The other case stays as it is. */
  for (int i = 0; i < 2; i++) {
    g_autoptr (WayCase) row = way_record_new (WAY_CASE);
    g_autoptr (WayAllocation) allocation = way_record_new (WAY_ALLOCATION);

    way_set_string (&row->child, fixture->child);
    row->opened = way_date_new (2024 + i, 9, 1);
    if (i == 0) /* one case of a child is open at a time */
      row->closed = way_date_new (2025, 7, 22);
    store_save (fixture->store.db, row);
    way_set_string (&allocation->case_id, row->record.id);
    way_set_string (&allocation->practitioner, who->record.id);
    allocation->from = row->opened;
    store_save (fixture->store.db, allocation);
  }
  app_open (fixture);
}

/* And whoever had the case, not whoever had another. */
static void
test_allocation_follows (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog;

  open_profile (fixture);
  app_press (fixture, "Add: Allocated to");
  dialog = app_get_dialog ();
  app_fill_in (dialog, "From", "1/3/2026");
  g_assert_true (app_has_text (dialog, "B. Colleague has the case until 28 February 2026"));
  app_fill_in (dialog, "From", "1/3/2025");
  g_assert_false (app_has_text (dialog, "has the case until"));
}

static GtkAdjustment *
get_scrolled (AppFixture *fixture)
{
  GtkWidget *button = app_get (fixture, GTK_TYPE_BUTTON, "Add: Parent or carer");

  return gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (button, GTK_TYPE_SCROLLED_WINDOW)));
}

/* The name of what the keyboard is on is @name. */
static gboolean
is_on (AppFixture *fixture, gconstpointer name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_autofree char *mismatch = focus != NULL
                                  ? gtk_test_accessible_check_property (
                                        GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL, name)
                                  : g_strdup ("nowhere");

  return mismatch == NULL;
}

/* Far down the page a row is added and corrected without beginning at the top again. */
static void
test_stays (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *add, *dialog;
  double value;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 400);
  open_profile (fixture);
  add = app_get (fixture, GTK_TYPE_BUTTON, "Add: Parent or carer");
  app_settle ();
  gtk_widget_grab_focus (add);
  app_settle ();
  value = gtk_adjustment_get_value (get_scrolled (fixture));
  g_assert_cmpfloat (value, >, 300);
  app_press (fixture, "Add: Parent or carer");
  dialog = app_get_dialog ();
  app_fill_in (dialog, "Name", "Ari Example");
  way_dialog_save (WAY_DIALOG (dialog));
  app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Ari Example");
  app_wait (fixture, is_on, "Add: Parent or carer", "the keyboard on the button");
  app_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolled (fixture)), >, value - 1); /* px */
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_LIST_BOX_ROW, "Ari Example"));
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (fixture->window)), "activate");
  dialog = app_get_dialog ();
  app_fill_in (dialog, "Name", "Arlo Example");
  value = gtk_adjustment_get_value (get_scrolled (fixture));
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, is_on, "Arlo Example", "the keyboard on the row");
  app_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scrolled (fixture)), >, value - 1); /* px */
}

static void
test_delete_row (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *list, *dialog;

  open_profile (fixture);
  list = app_get (fixture, GTK_TYPE_LIST_BOX, "SEN status");
  g_signal_emit_by_name (
      list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  dialog = app_get_dialog ();
  app_press_in (dialog, "Delete: SEN status");
  app_wait (fixture, app_says, "SEN status deleted.", "the answer");
  app_press (fixture, "Undo");
  app_wait (fixture, app_says, "Undone.", "the row again");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_SEN_STATUS), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add (
      "/profile/restricted", AppFixture, NULL, set_up_with_contact, test_restricted, app_tear_down);
  g_test_add ("/profile/stays", AppFixture, NULL, app_set_up, test_stays, app_tear_down);
  g_test_add ("/profile/unborn", AppFixture, NULL, app_set_up, test_unborn, app_tear_down);
  g_test_add ("/profile/status-follows",
              AppFixture,
              NULL,
              set_up_with_status,
              test_status_follows,
              app_tear_down);
  g_test_add (
      "/profile/school-follows", AppFixture, NULL, app_set_up, test_school_follows, app_tear_down);
  g_test_add ("/profile/allocation-follows",
              AppFixture,
              NULL,
              set_up_allocations,
              test_allocation_follows,
              app_tear_down);
  g_test_add (
      "/profile/delete-row", AppFixture, NULL, set_up_with_status, test_delete_row, app_tear_down);
  g_test_add (
      "/profile/attendance", AppFixture, NULL, set_up_with_years, test_attendance, app_tear_down);
  return g_test_run ();
}
