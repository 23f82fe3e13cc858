/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring on the card of a target, in the real window on a real store. */
#include "app-fixture.h"

#include "way-target-card.h"

static gboolean
is_marked (AppFixture *fixture, const char *name)
{
  return gtk_widget_has_css_class (app_get (fixture, GTK_TYPE_ENTRY, name), "error");
}

/* Yes, another value for the day; Enter is no answer, however slow. */
static void
add_second (AppFixture *fixture, const char *said)
{
  WayTargetCard *card = WAY_TARGET_CARD (app_get_card (fixture));

  way_target_card_add_measurement (card);
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, said, "that the day has one");
  app_run_for (1100); /* as long as somebody takes who reads it */
  way_target_card_add_measurement (card);
  g_assert_cmpstr (app_get_typed (fixture, "Value"), !=, "");
  app_press (fixture, "Add another for this day");
}

static void
test_measure (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkEditable *value;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Value", "three");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Type the value as a number.", "what is wrong");

  app_type_into (fixture, "Value", "3");
  app_type_into (fixture, "Note", "with the mat");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Latest 3", "the value on the card");
  /* Ready for the next: what was typed is gone, the row is still there. */
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "");
  /* Nor does Ctrl+Z bring it back there: "Undo" beside "Saved" does. */
  value = GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, "Value"));
  gtk_widget_activate_action (GTK_WIDGET (gtk_editable_get_delegate (value)), "text.undo", NULL);
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "");

  app_type_into (fixture, "Date", "31/2/2026");
  app_type_into (fixture, "Value", "4");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture,
            app_says,
            "There is no 31 February 2026: that month has 28 days.",
            "what is wrong with the day");
  /* Nothing is taken away, and the next letter does not replace it. */
  g_assert_cmpstr (app_get_typed (fixture, "Date"), ==, "31/2/2026");
  g_assert_false (gtk_editable_get_selection_bounds (
      GTK_EDITABLE (app_get (fixture, GTK_TYPE_ENTRY, "Date")), NULL, NULL));
  app_type_into (fixture, "Date", "28/2/2026");
  g_assert_false (app_says (fixture, "There is no 31 February"));
  g_assert_false (is_marked (fixture, "Date"));

  /* What the rules say stands at its own field, in the words of the page. */
  app_type_into (fixture, "Date", "1/1/2199");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Date is in the future;", "what is wrong with the day");
  g_assert_true (is_marked (fixture, "Date"));
  g_assert_false (is_marked (fixture, "Value"));
  app_type_into (fixture, "Date", "3/11/2025");
  app_type_into (fixture, "Value", "-4");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Value -4 is less than 0.", "what is wrong with the value");
  g_assert_false (is_marked (fixture, "Date"));
  g_assert_true (is_marked (fixture, "Value"));
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 1);
}

/* The fields are ready for the next value while the one before is on its way, and a second Enter
 * is not a second value. */
static void
test_measure_quickly (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayTargetCard *card;

  app_open_child (fixture);
  card = WAY_TARGET_CARD (app_get_card (fixture));
  app_press_toggle (fixture, "Add measurement");
  app_hold_store (fixture);
  app_type_into (fixture, "Value", "3");
  way_target_card_add_measurement (card);
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "");
  way_target_card_add_measurement (card);
  g_assert_false (is_marked (fixture, "Value"));
  app_type_into (fixture, "Value", "4");
  app_let_go_store ();
  app_wait (fixture, app_says, "Latest 3", "the first value on the card");
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "4");
  add_second (fixture, "has a value already: 3.");
  app_wait (fixture, app_says, "Latest 4", "the second value on the card");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 2);
}

/* A day that has a value is asked about before anything is stored, at each value. */
static void
test_measure_twice (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayTargetCard *card;

  app_open_child (fixture);
  card = WAY_TARGET_CARD (app_get_card (fixture));
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Date", "3/11/2025");
  app_type_into (fixture, "Value", "3");
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, "Latest 3", "the first value");
  app_type_into (fixture, "Value", "4");
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, "3 Nov 2025 has a value already: 3.", "that the day has one");
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "4");
  app_settle ();
  g_assert_false (app_says (fixture, "Latest 4"));

  /* Another day is meant after all. */
  app_type_into (fixture, "Date", "4/11/2025");
  g_assert_false (app_says (fixture, "has a value already"));
  app_get (fixture, GTK_TYPE_BUTTON, "Save");
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, "Saved: 4, 4 Nov 2025.", "the other day");

  app_type_into (fixture, "Date", "3/11/2025");
  app_type_into (fixture, "Value", "5");
  add_second (fixture, "3 Nov 2025 has a value already: 3.");
  app_wait (fixture, app_says, "Saved: 5, 3 Nov 2025, beside", "the second value of the day");
  g_assert_false (app_says (fixture, "has a value already"));
  app_type_into (fixture, "Value", "6");
  app_get (fixture, GTK_TYPE_BUTTON, "Save");
  add_second (fixture, "3 Nov 2025 has values already: 3, 5.");
  app_wait (fixture, app_says, "Saved: 6, 3 Nov 2025, beside", "the third");

  /* Perhaps a baseline, perhaps the wrong year. */
  app_type_into (fixture, "Date", "3/9/2025");
  app_type_into (fixture, "Value", "2");
  way_target_card_add_measurement (card);
  app_wait (fixture,
            app_says,
            "Saved: 2, 3 Sep 2025, before the target began on 8 Sep 2025.",
            "that it is old");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 5);
}

/* What could not be stored comes back, behind what was typed since. */
static void
test_measure_in_vain (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  WayTargetCard *card;

  app_open_child (fixture);
  card = WAY_TARGET_CARD (app_get_card (fixture));
  app_press_toggle (fixture, "Add measurement");
  app_break_measurements (fixture);
  app_type_into (fixture, "Value", "3");
  app_type_into (fixture, "Note", "with the mat");
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, "The measurement could not be saved", "the failure");
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "3");
  g_assert_cmpstr (app_get_typed (fixture, "Note"), ==, "with the mat");

  app_hold_store (fixture);
  way_target_card_add_measurement (card);
  app_type_into (fixture, "Value", "4");
  app_let_go_store ();
  app_mend (fixture);
  app_settle ();
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "4");
  way_target_card_add_measurement (card);
  app_wait (fixture, app_says, "Latest 4", "the newer value");
  app_settle ();
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "3");
  g_assert_cmpstr (app_get_typed (fixture, "Note"), ==, "with the mat");
  g_assert_true (app_says (fixture, "The measurement could not be saved"));
  add_second (fixture, "has a value already: 4.");
  app_settle ();
  g_assert_false (app_says (fixture, "The measurement could not be saved"));
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 2);
}

/* A double click asks; it is not the answer as well. */
static void
test_double_click (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *save;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Value", "3");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Latest 3", "the first value");
  app_type_into (fixture, "Value", "4");
  save = app_get (fixture, GTK_TYPE_BUTTON, "Save");
  g_signal_emit_by_name (save, "clicked");
  g_signal_emit_by_name (save, "clicked");
  app_wait (fixture, app_says, "has a value already: 3.", "that the day has one");
  app_settle ();
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "4");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 1);
}

static gboolean
has_no_value (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  return !app_says (fixture, "Latest 3");
}

static void
test_undo (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Value", "3");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Latest 3", "the value on the card");
  app_press (fixture, "Undo");
  app_wait (fixture, has_no_value, NULL, "the value to be gone");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_MEASUREMENT), ==, 0);
}

static void
test_not_measured (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *check;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const WayMeasurement *row;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  check = app_get (fixture, GTK_TYPE_CHECK_BUTTON, "Not measured");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Say why it was not measured.", "what is wrong");
  app_type_into (fixture, "Why not measured", "away");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, app_says, "Saved: not measured, ", "the answer");
  app_close (fixture);
  rows = way_db_list (fixture->store.db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  row = rows->pdata[0];
  g_assert_cmpstr (row->not_measured, ==, "away");
  /* No data is not zero. */
  g_assert_true (row->value != row->value);
}

/* "Undo" takes back what was done last, and that is what it says. */
static void
test_undo_the_last (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  for (guint i = 1; i <= 3; i++) {
    const char *const values[] = {"1", "2", "3"};
    g_autofree char *words = g_strdup_printf ("Saved: %u", i);

    app_type_into (fixture, "Value", values[i - 1]);
    if (i >= 2)
      add_second (fixture, i == 2 ? "has a value already: 1." : "has values already: 1, 2.");
    else
      way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
    way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
    app_wait (fixture, app_says, words, "the answer at once");
  }
  g_assert_false (app_says (fixture, "Saved: 1"));
  g_assert_false (app_says (fixture, "Type the value"));
  app_press (fixture, "Undo");
  app_wait (fixture, app_says, "Undone.", "that it was undone");
  app_close (fixture);
  rows = way_db_list (fixture->store.db, WAY_MEASUREMENT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpfloat (((WayMeasurement *) rows->pdata[i])->value, <, 3);
}

static void
test_mark_change (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_child (fixture);
  app_press_toggle (fixture, "Mark a change");
  app_press (fixture, "Save");
  app_wait (fixture, app_says, "Say in a few words what changed.", "what is wrong");
  g_assert_false (is_marked (fixture, "Date"));
  app_type_into (fixture, "What changed", "new seat");
  app_type_into (fixture, "Date", "31/2/2026");
  app_press (fixture, "Save");
  app_wait (fixture, app_says, "There is no 31 February 2026", "what is wrong with the day");
  g_assert_true (is_marked (fixture, "Date"));
  g_assert_false (is_marked (fixture, "What changed"));
  g_assert_cmpstr (app_get_typed (fixture, "What changed"), ==, "new seat");
  app_type_into (fixture, "Date", "");
  g_assert_true (app_says (fixture, "Type the day like 3/11/2026."));
  app_type_into (fixture, "Date", "3/11/2025");
  g_assert_false (app_says (fixture, "Type the day like"));
  app_press (fixture, "Save");
  app_wait (fixture, app_says, "new seat", "the change in the timeline");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_PHASE), ==, 1);
}

static void
begin_change (AppFixture *fixture)
{
  app_open_child (fixture);
  app_press_toggle (fixture, "Mark a change");
  app_type_into (fixture, "What changed", "new seat");
  app_hold_store (fixture);
  app_press (fixture, "Save");
}

static void
come_back (AppFixture *fixture)
{
  app_activate (fixture, "win.back", NULL);
  app_let_go_store ();
  app_settle ();
  app_open_child (fixture);
  app_settle ();
}

/* Left before the store has answered, a change is not there to be stored again. */
static void
test_change_at_back (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  begin_change (fixture);
  come_back (fixture);
  g_assert_null (app_find (GTK_WIDGET (fixture->window), GTK_TYPE_ENTRY, "What changed"));
  app_press_toggle (fixture, "Mark a change");
  g_assert_cmpstr (app_get_typed (fixture, "What changed"), ==, "");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_PHASE), ==, 1);
}

/* What was typed since is a change of its own. */
static void
test_next_change_at_back (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  begin_change (fixture);
  app_type_into (fixture, "What changed", "new book");
  come_back (fixture);
  g_assert_cmpstr (app_get_typed (fixture, "What changed"), ==, "new book");
  app_press (fixture, "Save");
  app_wait (fixture, app_says, "Change marked.", "the answer");
  app_close (fixture);
  g_assert_cmpuint (app_count_rows (fixture, WAY_PHASE), ==, 2);
}

/* As the keyboard does it in the line that @field is in. */
static void
press_escape (GtkWidget *field)
{
  gboolean is_taken = FALSE;

  for (; field != NULL && !is_taken; field = gtk_widget_get_parent (field)) {
    g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (field);

    for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++) {
      g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (keys))
        g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Escape, 0, 0, &is_taken);
    }
  }
  g_assert_true (is_taken);
}

/* Escape closes the line, keeps what is in it, and stays on the page. */
static void
test_escape (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  GtkWidget *value;

  app_open_child (fixture);
  app_press_toggle (fixture, "Add measurement");
  app_type_into (fixture, "Value", "3");
  value = app_get (fixture, GTK_TYPE_ENTRY, "Value");
  press_escape (value);
  app_settle ();
  g_assert_false (gtk_widget_get_mapped (value));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                 app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Add measurement"));
  app_press_toggle (fixture, "Add measurement");
  g_assert_cmpstr (app_get_typed (fixture, "Value"), ==, "3");
}

/* In a low window what opens at the foot of the card is scrolled to, and so is what is wrong. */
static gboolean
is_in_view (AppFixture *fixture, gconstpointer type)
{
  const char *words = type;
  GtkWidget *card = app_get_card (fixture);
  GtkWidget *scroller = gtk_widget_get_ancestor (card, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *part = app_find (card, GTK_TYPE_WIDGET, words);
  graphene_rect_t place;

  if (part == NULL || !gtk_widget_compute_bounds (part, scroller, &place))
    return FALSE;
  return place.size.height > 0 &&
         place.origin.y + place.size.height <= (float) gtk_widget_get_height (scroller);
}

static void
test_low_window (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 460);
  app_open_child (fixture);
  app_settle ();
  g_assert_false (is_in_view (fixture, "Add measurement"));
  app_press_toggle (fixture, "Add measurement");
  app_wait (fixture, is_in_view, "Not measured", "the last of the fields");
  app_type_into (fixture, "Value", "three");
  way_target_card_add_measurement (WAY_TARGET_CARD (app_get_card (fixture)));
  app_wait (fixture, is_in_view, "Type the value as a number.", "what is wrong");
  app_press_toggle (fixture, "Mark a change");
  app_wait (fixture, is_in_view, "Save", "the last of the fields");
}

int
main (int argc, char **argv)
{
#define ADD(name, func)                                                                            \
  g_test_add ("/measuring/" name, AppFixture, NULL, app_set_up, func, app_tear_down)
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("measure", test_measure);
  ADD ("measure-quickly", test_measure_quickly);
  ADD ("measure-twice", test_measure_twice);
  ADD ("double-click", test_double_click);
  ADD ("measure-in-vain", test_measure_in_vain);
  ADD ("undo", test_undo);
  ADD ("not-measured", test_not_measured);
  ADD ("undo-the-last", test_undo_the_last);
  ADD ("escape", test_escape);
  ADD ("low-window", test_low_window);
  ADD ("mark-change", test_mark_change);
  ADD ("change-at-back", test_change_at_back);
  ADD ("next-change-at-back", test_next_change_at_back);
#undef ADD
  return g_test_run ();
}
