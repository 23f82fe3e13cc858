/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a Record of Visit holds can be typed into the editor, in the real window. */
#include "app-fixture.h"

#include "way-dialog.h"
#include "way-visit-aside.h"
#include "way-visit-content.h"
#include "way-visit-draft.h"
#include "way-visit-editor.h"
#include "way-visit-form.h"
#include "way-visit-page.h"

#include <sqlite3.h>
#include <string.h>

static gboolean
is_loaded (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return app_find (GTK_WIDGET (fixture->window), GTK_TYPE_TOGGLE_BUTTON, "When and where") != NULL;
}

static void
unfold_sections (AppFixture *fixture)
{
  app_wait (fixture, is_loaded, NULL, "the form");
  for (guint i = 0; i < WAY_N_SECTIONS; i++) {
    GtkWidget *head =
        app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, way_visit_section_title ((WayVisitSection) i));

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (head), TRUE);
  }
  app_settle ();
}

static void
open_sections (AppFixture *fixture)
{
  app_open_editor (fixture);
  unfold_sections (fixture);
}

static int
least_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/* On a small laptop nothing of the page may lie under the sidebar or beyond the window. */
static void
test_narrow (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *page;

  open_sections (fixture);
  page = way_window_get_page (fixture->window);
  g_assert_cmpint (least_width (page), <=, 560);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  app_settle ();
  g_assert_cmpint (least_width (page), <=, 790);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  app_settle ();
}

static void
fill_in (AppFixture *fixture, const char *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, entry)), text);
}

static void
choose (AppFixture *fixture, const char *list, guint line)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (app_get (fixture, GTK_TYPE_DROP_DOWN, list)), line);
}

static WayRecordSet *
load_draft (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  WayRecordSet *records;

  app_close (fixture);
  drafts = way_db_list_drafts (fixture->store.db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  records =
      way_db_load_visit (fixture->store.db, ((WayDraftInfo *) drafts->pdata[0])->visit_id, &error);
  g_assert_no_error (error);
  return records;
}

static void
test_assessments (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  const WayAssessment *row;

  open_sections (fixture);
  fill_in (fixture, "Name of the assessment", "A reading test");
  fill_in (fixture, "Raw score", "31 of 60");
  fill_in (fixture, "Standard score", "88");
  fill_in (fixture, "Percentile", "21");
  fill_in (fixture, "Age equivalent", "7;2");
  fill_in (fixture, "Note on the assessment", "In a quiet room");
  records = load_draft (fixture);
  /* The empty row under it is not kept. */
  g_assert_cmpuint (way_record_set_list (records, WAY_ASSESSMENT)->len, ==, 1);
  row = way_record_set_first (records, WAY_ASSESSMENT);
  g_assert_cmpstr (row->name, ==, "A reading test");
  g_assert_cmpstr (row->child, ==, fixture->child);
  g_assert_cmpstr (row->score, ==, "31 of 60");
  g_assert_cmpfloat (row->standard_score, ==, 88);
  g_assert_cmpfloat (row->percentile, ==, 21);
  g_assert_cmpstr (row->age_equivalent, ==, "7;2");
  g_assert_cmpstr (row->note, ==, "In a quiet room");
  /* Made at the visit, whatever day that gets; a day that is typed stays. */
  g_assert_cmpuint (row->date, ==, WAY_DATE_UNKNOWN);
  ((WayVisit *) way_record_set_first (records, WAY_VISIT))->date = way_date_from_iso ("2025-11-03");
  way_visit_date_assessments (records);
  g_assert_cmpuint (row->date, ==, way_date_from_iso ("2025-11-03"));
  way_visit_date_assessments (records);
  g_assert_cmpuint (row->date, ==, way_date_from_iso ("2025-11-03"));
}

static GtkWidget *
get_assessment_row (AppFixture *fixture, guint n)
{
  GtkWidget *row = gtk_widget_get_ancestor (
      app_get (fixture, GTK_TYPE_ENTRY, "Name of the assessment"), GTK_TYPE_BOX);

  while (!gtk_widget_has_css_class (row, "way-part"))
    row = gtk_widget_get_parent (row);
  for (; n > 0; n--)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

/* They stay in the order in which they were typed. */
static void
test_assessments_order (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const names[] = {"Reading", "Spelling", "Number", "Drawing"};
  g_autoptr (WayRecordSet) records = NULL;
  GPtrArray *list;

  open_sections (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GtkWidget *row = get_assessment_row (fixture, i);

    gtk_editable_set_text (GTK_EDITABLE (app_find (row, GTK_TYPE_ENTRY, "Name of the assessment")),
                           names[i]);
  }
  records = load_draft (fixture);
  list = way_record_set_list (records, WAY_ASSESSMENT);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpstr (((WayAssessment *) list->pdata[i])->name, ==, names[i]);
}

static void
test_series_and_views (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  const WayVisit *visit;
  const WayVisitView *view;

  open_sections (fixture);
  fill_in (fixture, "Number of this visit in the series", "2");
  fill_in (fixture, "Visits planned in the series", "6");
  fill_in (fixture, "How it was given: Child", "drawing");
  app_type (fixture, "Strengths", "Kind.");
  app_type (fixture, "Needs", "Time.");
  records = load_draft (fixture);
  visit = way_record_set_first (records, WAY_VISIT);
  g_assert_cmpfloat (visit->series_number, ==, 2);
  g_assert_cmpfloat (visit->series_total, ==, 6);
  g_assert_cmpstr (visit->strengths, ==, "Kind.");
  g_assert_cmpstr (visit->needs, ==, "Time.");
  view = way_record_set_first (records, WAY_VISIT_VIEW);
  g_assert_cmpstr (view->how, ==, "drawing");
}

/* The reason is asked for where there was no progress, and not before. */
static void
test_decision (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  const WayVisitTarget *rated;

  open_sections (fixture);
  g_assert_null (
      app_find (GTK_WIDGET (fixture->window), GTK_TYPE_DROP_DOWN, "Reason for no progress"));
  choose (fixture, "Outcome", 4);
  choose (fixture, "Reason for no progress", 2);
  choose (fixture, "Decision", 2);
  records = load_draft (fixture);
  rated = way_record_set_first (records, WAY_VISIT_TARGET);
  g_assert_cmpstr (rated->outcome, ==, "none");
  g_assert_cmpstr (rated->reason, ==, "support-not-in-place");
  g_assert_cmpstr (rated->decision, ==, "amend");
}

/* A kind of visit that is no longer offered stays what it is, and in view. */
static void
test_legacy_kind (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  GtkWidget *kind;

  open_sections (fixture);
  choose (fixture, "Kind of visit", 3);
  records = load_draft (fixture);
  store_exec (fixture->store.db,
              "UPDATE \"code\" SET \"legacy\" = 1 WHERE \"list\" = 'visit-kind' AND "
              "\"code\" = 'assessment'",
              SQLITE_OK);
  app_open (fixture);
  way_window_open_visit (
      fixture->window, fixture->child, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);
  unfold_sections (fixture);
  kind = app_get (fixture, GTK_TYPE_DROP_DOWN, "Kind of visit");
  g_assert_cmpuint (
      g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (kind))), ==, 11);
  g_assert_cmpstr (
      gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (kind))),
      ==,
      "Assessment");
}

static gboolean
has_dialog (AppFixture *fixture G_GNUC_UNUSED, gconstpointer found)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (!gtk_widget_get_mapped (window) ||
        !(WAY_IS_DIALOG (window) || ADW_IS_MESSAGE_DIALOG (window)))
      continue;
    *(GtkWidget **) found = window;
    return TRUE;
  }
  return FALSE;
}

static void
set_target (AppFixture *fixture, const char *statement)
{
  GtkWidget *dialog = NULL, *prose;

  app_press (fixture, "Set a new target…");
  app_wait (fixture, has_dialog, &dialog, "the target's dialog");
  prose = app_find (dialog, GTK_TYPE_TEXT_VIEW, "Target");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (prose)), statement, -1);
  gtk_editable_set_text (GTK_EDITABLE (app_find (dialog, GTK_TYPE_ENTRY, "Due")), "1/12/2030");
  way_dialog_save (WAY_DIALOG (dialog));
  app_wait (fixture, app_says, statement, "the new target in the visit");
}

/* Before a visit is signed it is said that a target is begun in its dialog and not set. */
static void
test_target_begun (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = NULL;

  open_sections (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  app_press (fixture, "Set a new target…");
  app_wait (fixture, has_dialog, &dialog, "the target's dialog");
  app_settle ();
  app_fill_in (dialog, "Target", "By May, Robin will wait for a turn");
  gtk_window_close (GTK_WINDOW (dialog));
  app_wait (fixture, app_says, "Not saved, but kept", "that it is kept");
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, &dialog, "the question");
  g_assert_true (app_has_text (dialog, "begun but not set"));
  g_assert_true (app_has_text (dialog, "By May, Robin will wait for a turn"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A target that is set here is in the draft, and in the store once the visit is signed. */
static void
test_target_set_here (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) targets = NULL, rated = NULL;
  GtkWidget *dialog = NULL;

  open_sections (fixture);
  set_target (fixture, "Robin asks for help with a card.");
  set_target (fixture, "Robin waits for a turn.");
  app_press (fixture, "Drop target");
  app_settle ();
  g_assert_false (app_says (fixture, "Robin asks for help with a card."));
  g_assert_true (app_says (fixture, "Robin waits for a turn."));
  app_press (fixture, "Undo");
  app_wait (fixture, app_says, "Robin asks for help with a card.", "the target again");
  g_assert_true (app_says (fixture, "Robin waits for a turn."));
  app_press (fixture, "Drop target");
  app_settle ();
  g_assert_false (app_says (fixture, "Robin asks for help with a card."));
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, &dialog, "the question");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "sign");
  gtk_window_destroy (GTK_WINDOW (dialog));
  app_wait_for_page (fixture, WAY_TYPE_VISIT_PAGE);
  app_close (fixture);
  targets = way_db_list (fixture->store.db, WAY_TARGET, "child", fixture->child, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (targets->len, ==, 2);
  rated = way_db_list (fixture->store.db, WAY_VISIT_TARGET, NULL, NULL, &error);
  g_assert_cmpuint (rated->len, ==, 2);
  g_assert_cmpint (((WayVisitTarget *) rated->pdata[0])->set_here, !=, WAY_YES);
  g_assert_cmpint (((WayVisitTarget *) rated->pdata[1])->set_here, ==, WAY_YES);
}

static const char *
text_of (AppFixture *fixture, const char *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, entry)));
}

static void
check_half_typed (AppFixture *fixture)
{
  app_wait_for_page (fixture, WAY_TYPE_VISIT_EDITOR);
  app_wait (fixture, is_loaded, NULL, "the form");
  g_object_set (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where"), "active", TRUE, NULL);
  g_object_set (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Next visit"), "active", TRUE, NULL);
  app_settle ();
  g_assert_cmpstr (text_of (fixture, "Start"), ==, "9.75");
  g_assert_cmpstr (text_of (fixture, "Date of the next visit"), ==, "12/");
  g_assert_cmpstr (text_of (fixture, "By when"), ==, "end of term");
  g_assert_cmpstr (text_of (fixture, "At this visit"), ==, "4 or 5");
  g_assert_true (app_says (fixture, "Type a time like 09:15."));
  g_assert_true (app_says (fixture, "Type the day like 3/11/2026."));
  g_assert_true (app_says (fixture, "Type a number."));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (app_get (fixture, GTK_TYPE_ENTRY, "Start")),
                                    GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
}

/* What is no day, time or number yet is kept as it stands: over the way back, the lock and the
 * end of the program. */
static void
test_half_typed (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autofree char *visit = NULL;
  g_autoptr (GError) error = NULL;

  open_sections (fixture);
  fill_in (fixture, "Start", "9.75");
  fill_in (fixture, "Date of the next visit", "12/");
  fill_in (fixture, "By when", "end of term");
  fill_in (fixture, "At this visit", "4 or 5");
  records = load_draft (fixture);
  visit = g_strdup (((WayVisit *) way_record_set_first (records, WAY_VISIT))->record.id);
  app_open (fixture);
  way_window_open_visit (fixture->window, fixture->child, visit);
  check_half_typed (fixture);
  /* Put right, it is a value, and nothing stays behind. */
  fill_in (fixture, "Start", "9:45");
  fill_in (fixture, "Date of the next visit", "");
  fill_in (fixture, "At this visit", "4");
  app_settle ();
  g_assert_false (app_says (fixture, "Type a time like 09:15."));
  /* The day of the action is still wrong: it is not left out of a signed record unsaid. */
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, "Not signed yet: Type the day like 3/11/2026.", "the refusal");
  fill_in (fixture, "By when", "");
  app_close (fixture);
  g_clear_pointer (&records, way_record_set_free);
  records = way_db_load_visit (fixture->store.db, visit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((WayVisit *) way_record_set_first (records, WAY_VISIT))->start, ==, "09:45");
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT_VERSION)->len, ==, 0);
  g_assert_cmpuint (way_record_set_list (records, WAY_ACTION)->len, ==, 0);
}

/* Five past or ten to? What may be either is no time: it is marked, and kept as it stands. */
static void
test_times (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const wrong[] = {"10:5", "1:5:3", "12:3", ":1015", "10:1 5", "1015:", "12"};
  static const struct {
    const char *typed, *kept;
  } right[] = {{"9:15", "09:15"}, {"9.15", "09:15"}, {"915", "09:15"}, {"0915", "09:15"}};
  GtkWidget *start;
  g_autoptr (WayRecordSet) records = NULL;

  open_sections (fixture);
  start = app_get (fixture, GTK_TYPE_ENTRY, "Start");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gtk_editable_set_text (GTK_EDITABLE (start), "");
    g_assert_false (app_says (fixture, "Type a time like 09:15."));
    gtk_widget_grab_focus (start);
    gtk_editable_set_text (GTK_EDITABLE (start), wrong[i]);
    gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_ENTRY, "Place"));
    app_wait (fixture, app_says, "Type a time like 09:15.", wrong[i]);
    g_assert_cmpstr (text_of (fixture, "Start"), ==, wrong[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++) {
    gtk_editable_set_text (GTK_EDITABLE (start), right[i].typed);
    g_assert_false (app_says (fixture, "Type a time like 09:15."));
    g_clear_pointer (&records, way_record_set_free);
    records = way_record_set_copy (way_visit_form_get_records (
        WAY_VISIT_FORM (gtk_widget_get_ancestor (start, WAY_TYPE_VISIT_FORM))));
    g_assert_cmpstr (
        ((WayVisit *) way_record_set_first (records, WAY_VISIT))->start, ==, right[i].kept);
  }
}

/* The same, looked at by who signs without the window. */
static void
test_half_typed_signed (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (GError) error = NULL;

  open_sections (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  fill_in (fixture, "Start", "9.75");
  records = load_draft (fixture);
  g_assert_false (way_db_sign_visit (
      fixture->store.db, WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id, NULL, &error));
  g_assert_nonnull (strstr (error->message, "start: “9.75” is typed there"));
}

static gboolean
has_focus (AppFixture *fixture, gconstpointer entry)
{
  GtkWidget *widget = app_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, entry);

  return widget != NULL && gtk_widget_has_focus (gtk_widget_get_first_child (widget));
}

static void
assert_when_says (AppFixture *fixture, const char *words)
{
  GtkWidget *head = app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where");
  g_autofree char *description = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);

  g_assert_true (description == NULL || g_str_has_prefix (description, words));
}

/* Told when the field is left, at the field and in the head of its section; and the way to sign
 * leads there. */
static void
test_end_before_start (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *dialog = NULL;

  open_sections (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  fill_in (fixture, "Start", "10:00");
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_ENTRY, "End"));
  fill_in (fixture, "End", "9:00");
  g_assert_false (app_says (fixture, "End is before the start"));
  gtk_widget_grab_focus (app_get (fixture, GTK_TYPE_ENTRY, "Place"));
  app_wait (fixture, app_says, "End is before the start; check both times.", "the fault");
  assert_when_says (fixture, "something to put right. ");
  g_object_set (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "When and where"), "active", FALSE, NULL);
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, "Not signed yet: End is before the start", "the refusal");
  app_wait (fixture, has_focus, "End", "the keyboard at the end");
  g_assert_false (has_dialog (fixture, &dialog));
  /* What is only odd may be signed; it is said once more. */
  fill_in (fixture, "End", "10:00");
  assert_when_says (fixture, "filled. ");
  app_press (fixture, "Sign…");
  app_wait (fixture, has_dialog, &dialog, "the question");
  g_assert_true (app_has_text (dialog, "End is the same as the start; check both times."));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A row that is begun says what it lacks; so do the pages. */
static void
test_begun_row (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_sections (fixture);
  app_type (fixture, "What I saw", "Robin answered twice.");
  fill_in (fixture, "Who", "Class teacher");
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Preview")), TRUE);
  app_wait (fixture, app_says, "The pages wait: What is to be done is missing.", "what is missing");
  app_press (fixture, "Sign…");
  app_wait (fixture, app_says, "Not signed yet: What is to be done is missing.", "the refusal");
  app_type (fixture, "What is to be done", "Print the mat");
}

typedef struct {
  GtkWidget *widget;
  int was;
} Size;

static gboolean
is_higher (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  const Size *height = data;

  return gtk_widget_get_height (height->widget) > height->was + 10;
}

static gboolean
is_narrower (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  const Size *width = data;

  return gtk_widget_get_width (width->widget) < width->was;
}

/* All of a long action can be read; Enter still goes to the next. */
static void
test_long_action (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Size height;

  open_sections (fixture);
  height.widget = app_get (fixture, GTK_TYPE_TEXT_VIEW, "What is to be done");
  height.was = gtk_widget_get_height (height.widget);
  app_type (fixture,
            "What is to be done",
            "Put the visual timetable where Robin can see it from the carpet and from the desk, "
            "and point at each card when the lesson changes, before anything is said.");
  app_wait (fixture, is_higher, &height, "a field for more than a line");
}

/* What all of its text takes, as wide as it is now. */
static int
text_height (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  int height;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (view), text);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, gtk_text_view_get_pixels_inside_wrap (view) * PANGO_SCALE);
  pango_layout_set_width (layout,
                          (gtk_widget_get_width (GTK_WIDGET (view)) -
                           gtk_text_view_get_left_margin (view) -
                           gtk_text_view_get_right_margin (view)) *
                              PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static gboolean
shows_all (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  GtkWidget *view = (GtkWidget *) data;

  return gtk_widget_get_height (view) >= text_height (GTK_TEXT_VIEW (view));
}

/* The pages beside it leave the note less width: then it is higher. */
static void
test_long_note (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Size width;

  open_sections (fixture);
  width.widget = app_get (fixture, GTK_TYPE_TEXT_VIEW, "Advice");
  for (guint i = 0; i < 60; i++)
    app_type (fixture, "Advice", "Put the timetable where Robin sees it. ");
  app_wait (fixture, shows_all, width.widget, "all of the note");
  width.was = gtk_widget_get_width (width.widget);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Preview")), TRUE);
  app_wait (fixture, is_narrower, &width, "the pages beside the note");
  app_wait (fixture, shows_all, width.widget, "all of the note beside the pages");
}

static gboolean
is_mapped (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  return gtk_widget_get_mapped ((GtkWidget *) data);
}

static gboolean
is_put_aside (AppFixture *fixture, gconstpointer data)
{
  return !is_mapped (fixture, data);
}

/* On a small screen the pages take the place of the form, which comes back as it was left. */
static void
test_narrow_preview (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *view, *pages;
  GtkToggleButton *preview;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  open_sections (fixture);
  view = app_get (fixture, GTK_TYPE_TEXT_VIEW, "Advice");
  gtk_widget_grab_focus (view);
  preview = GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Preview"));
  gtk_toggle_button_set_active (preview, TRUE);
  app_wait (fixture, is_put_aside, view, "the pages in the place of the form");
  pages = app_get (fixture, GTK_TYPE_SCROLLED_WINDOW, "Pages of the record");
  g_assert_cmpint (gtk_widget_get_width (pages), >=, 440);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == pages);
  gtk_toggle_button_set_active (preview, FALSE);
  app_wait (fixture, is_mapped, view, "the form");
  app_settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == view);
}

static void
test_names (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_sections (fixture);
  set_target (fixture, "Robin waits for a turn.");
  choose (fixture, "Outcome", 4);
  app_settle ();
  app_check_names (GTK_WIDGET (fixture->window));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/visit-fields/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

/* More targets than there is room for: the newest are shown, and of the others is told. */
static void
test_aside_targets (void)
{
  g_autoptr (WayRecordSet) child = way_record_set_new ();
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayProgressOptions options = {.today = way_date_new (2026, 11, 22)};
  GtkWidget *window = gtk_window_new ();

  WAY_RECORD (way_record_set_add (child, WAY_CHILD))->id = g_strdup ("ami");
  WAY_RECORD (way_record_set_add (records, WAY_VISIT))->id = g_strdup ("visit");
  for (guint i = 0; i < 8; i++) {
    WayTarget *target = way_record_set_add (child, WAY_TARGET);

    target->record.id = g_strdup_printf ("target-%u", i);
    target->child = g_strdup ("ami");
    target->statement = g_strdup_printf ("Ami asks %u", i);
    target->state = g_strdup ("open");
    target->start = way_date_new (2026, 9, 1) + i;
  }
  gtk_window_set_child (GTK_WINDOW (window), way_visit_aside_new (child, records, NULL, &options));
  gtk_window_present (GTK_WINDOW (window));
  app_wait_text (window, "Ami asks 7", TRUE);
  g_assert_true (app_has_text (window, "Ami asks 2"));
  g_assert_false (app_has_text (window, "Ami asks 1"));
  g_assert_true (app_has_text (window, "and 2 more, on the child’s page"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("target-begun", test_target_begun);
  ADD ("assessments", test_assessments);
  ADD ("assessments-order", test_assessments_order);
  ADD ("series-and-views", test_series_and_views);
  ADD ("legacy-kind", test_legacy_kind);
  ADD ("decision", test_decision);
  ADD ("target-set-here", test_target_set_here);
  ADD ("half-typed", test_half_typed);
  ADD ("times", test_times);
  ADD ("half-typed-signed", test_half_typed_signed);
  ADD ("end-before-start", test_end_before_start);
  ADD ("long-action", test_long_action);
  ADD ("long-note", test_long_note);
  ADD ("narrow-preview", test_narrow_preview);
  ADD ("begun-row", test_begun_row);
  ADD ("names", test_names);
  ADD ("narrow", test_narrow);
  g_test_add_func ("/visit-fields/targets-beside", test_aside_targets);
  return g_test_run ();
}
