/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of children, the chart, forms and days: widgets without a store. */
#include "app-fixture.h"

#include "way-chart-view.h"
#include "way-child-facts.h"
#include "way-child-item.h"
#include "way-child-parts.h"
#include "way-children-page.h"
#include "way-date-entry.h"
#include "way-fold.h"
#include "way-form.h"
#include "way-people.h"
#include "way-recent.h"
#include "way-strength.h"
#include "way-ui.h"
#include "way-wrap-box.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define N_CHILDREN 4500

static WayCodeLists *
make_lists (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);
  static const char *const codes[][3] = {
      {"case-status", "active", "Active"},
      {"case-status", "on-hold", "On hold"},
      {"sen-provision", "K", "SEN support"},
      {"sen-provision", "BESD", "Behaviour"},
      {"sex", "F", "Female"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    WayCode *code = way_record_new (WAY_CODE);

    way_set_string (&code->list, codes[i][0]);
    way_set_string (&code->code, codes[i][1]);
    way_set_string (&code->label, codes[i][2]);
    code->legacy = strcmp (codes[i][1], "BESD") == 0 ? WAY_YES : 0;
    g_ptr_array_add (rows, code);
  }
  return way_code_lists_new (rows);
}

static WayChildItem *
make_item (WayCodeLists *lists, guint number)
{
  WayChildRow *row = g_new0 (WayChildRow, 1);

  row->id = g_strdup_printf ("child-%u", number);
  row->name = g_strdup_printf ("Zoë Ångström %u", number);
  row->sort_name = g_strdup_printf ("angstrom %05u", N_CHILDREN - number);
  row->dob = way_date_new (2016, 1, 1) + number;
  row->year = g_strdup ("Year 3");
  row->status = g_strdup ("K");
  row->case_state = g_strdup (number % 3 == 0 ? "closed" : number % 3 == 1 ? "active" : "on-hold");
  row->last_seen = number % 2 == 0 ? WAY_DATE_UNKNOWN : way_date_new (2026, 9, 1) + number;
  return way_child_item_new (row, lists);
}

static GPtrArray *
make_items (WayCodeLists *lists)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_CHILDREN; i++)
    g_ptr_array_add (items, make_item (lists, i));
  return items;
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
shows_all (AppFixture *fixture G_GNUC_UNUSED, gconstpointer page)
{
  return way_children_page_get_n_shown ((WayChildrenPage *) page) == N_CHILDREN;
}

static void
test_many (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  GtkWidget *page = way_children_page_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *filter;

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 700);
  gtk_window_present (GTK_WINDOW (window));
  way_children_page_take_items (WAY_CHILDREN_PAGE (page), make_items (lists), 0);
  /* A screenful comes first, the rest when there is time for it. */
  app_wait (NULL, shows_all, page, "the rest of the list");

  /* Accents and case do not matter, every word must be there. */
  filter = find_type (page, GTK_TYPE_SEARCH_ENTRY);
  gtk_test_accessible_assert_property (filter, GTK_ACCESSIBLE_PROPERTY_LABEL, "Filter children");
  gtk_editable_set_text (GTK_EDITABLE (filter), "ANGSTROM 4321");
  g_signal_emit_by_name (filter, "search-changed");
  g_assert_cmpuint (way_children_page_get_n_shown (WAY_CHILDREN_PAGE (page)), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (filter), "angstrom nobody");
  g_signal_emit_by_name (filter, "search-changed");
  g_assert_cmpuint (way_children_page_get_n_shown (WAY_CHILDREN_PAGE (page)), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (filter), "");
  g_signal_emit_by_name (filter, "search-changed");

  /* The same again: nothing is exchanged, so the list stays where it was. */
  way_children_page_take_items (WAY_CHILDREN_PAGE (page), make_items (lists), 0);
  app_settle ();
  g_assert_cmpuint (way_children_page_get_n_shown (WAY_CHILDREN_PAGE (page)), ==, N_CHILDREN);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Found by what the child is called, too. */
static void
test_preferred (const WayCodeLists *lists)
{
  const char *const word[] = {"billie", NULL};
  WayChildRow *row = g_new0 (WayChildRow, 1);
  g_autoptr (WayChildItem) item = NULL;

  row->id = g_strdup ("one");
  row->name = g_strdup ("Wilhelmina Example");
  row->sort_name = g_strdup ("example wilhelmina");
  row->preferred = g_strdup ("Billie");
  item = way_child_item_new (row, lists);
  g_assert_true (way_child_item_matches (item, word));
}

static void
test_item_words (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (WayChildItem) closed = make_item (lists, 0);
  g_autoptr (WayChildItem) active = make_item (lists, 1);
  g_autoptr (WayChildItem) same = make_item (lists, 1);
  const char *const word[] = {"active", NULL};

  g_assert_cmpstr (way_child_item_get_text (closed, WAY_CHILD_COLUMN_CASE), ==, "○ Closed");
  g_assert_cmpstr (way_child_item_get_text (active, WAY_CHILD_COLUMN_CASE), ==, "● Active");
  g_assert_cmpstr (way_child_item_get_text (active, WAY_CHILD_COLUMN_STATUS), ==, "SEN support");
  g_assert_cmpstr (way_child_item_get_text (active, WAY_CHILD_COLUMN_SCHOOL), ==, "—");
  g_assert_cmpstr (way_child_item_get_text (closed, WAY_CHILD_COLUMN_LAST_SEEN), ==, "—");
  g_assert_cmpint (way_child_item_compare (closed, active, WAY_CHILD_COLUMN_NAME), >, 0);
  g_assert_cmpint (way_child_item_compare (closed, active, WAY_CHILD_COLUMN_YEAR), >, 0);
  g_assert_cmpint (way_child_item_compare (closed, active, WAY_CHILD_COLUMN_LAST_SEEN), <, 0);
  g_assert_true (way_child_item_matches (active, word));
  g_assert_false (way_child_item_matches (closed, word));
  g_assert_true (way_child_item_equal (active, same));
  test_preferred (lists);
  g_assert_false (way_child_item_equal (active, closed));
}

static WayChildRow *
new_namesake (const char *name, WayDate dob)
{
  WayChildRow *row = g_new0 (WayChildRow, 1);

  row->id = g_strdup (name);
  row->name = g_strdup (name);
  row->sort_name = g_ascii_strdown (name, -1);
  row->dob = dob;
  return row;
}

static void
test_namesakes (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const struct {
    const char *name;
    WayDate dob;
    const char *text;
  } rows[] = {{"Amy Example", way_date_new (2018, 2, 1), "Amy Example"},
              {"Robin Example", way_date_new (2018, 2, 1), "Robin Example\nborn 1 Feb 2018"},
              {"Robin example", way_date_new (2019, 5, 3), "Robin example\nborn 3 May 2019"},
              {"Robin Example", 0, "Robin Example\nbirth not known"}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (items, way_child_item_new (new_namesake (rows[i].name, rows[i].dob), lists));
  way_child_items_tell_apart (items);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (
        way_child_item_get_text (items->pdata[i], WAY_CHILD_COLUMN_NAME), ==, rows[i].text);
}

static int
chart_height (void)
{
  GtkWidget *view = g_object_ref_sink (way_chart_view_new ());
  int minimum;

  gtk_widget_measure (view, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  g_object_unref (view);
  return minimum;
}

static int
scale (int dpi, int length)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("a"));
  int scaled;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
  scaled = way_ui_scale (label, length);
  g_object_unref (label);
  return scaled;
}

/* What holds text grows with it, and never gets smaller than it is for most. */
static void
test_large_letters (void)
{
  int usual = scale (96, 100), usual_height = chart_height ();

  g_assert_cmpint (usual, >=, 100);
  g_assert_cmpint (scale (192, 100), >, usual * 3 / 2);
  g_assert_cmpint (chart_height (), >, usual_height + 50);
  g_assert_cmpint (scale (48, 100), ==, 100);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}

static const char *
get_chosen (GtkWidget *list)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (list)));
}

/* A code that is no longer offered, and one that this Waymark does not know, stay what they are. */
static void
test_legacy_codes (void)
{
  static const char *const held[][2] = {
      {"BESD", "Behaviour"}, {"XYZ", "XYZ"}, {"K", "SEN support"}};
  g_autoptr (WayCodeLists) lists = make_lists ();
  GtkWidget *form = g_object_ref_sink (way_form_new (WAY_SEN_STATUS, lists));
  GtkWidget *provision = way_form_add (WAY_FORM (form), "provision", "Support", NULL);
  g_autoptr (WaySenStatus) status = way_record_new (WAY_SEN_STATUS);

  way_set_string (&status->child, "a child");
  for (guint i = 0; i < G_N_ELEMENTS (held); i++) {
    g_autoptr (WaySenStatus) typed = NULL;

    way_set_string (&status->provision, held[i][0]);
    way_form_set_record (WAY_FORM (form), status);
    g_assert_cmpstr (get_chosen (provision), ==, held[i][1]);
    typed = way_form_peek (WAY_FORM (form));
    g_assert_cmpstr (typed->provision, ==, held[i][0]);
  }
  g_assert_finalize_object (form);
}

static void
test_form (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  GtkWidget *form = g_object_ref_sink (way_form_new (WAY_CHILD, lists));
  GtkWidget *forename = way_form_add (WAY_FORM (form), "forename", "Forename", NULL);
  GtkWidget *dob = way_form_add (WAY_FORM (form), "dob", "Date of birth", "As in the register.");
  GtkWidget *sex = way_form_add (WAY_FORM (form), "sex", "Sex", NULL);
  GtkWidget *matters = way_form_add (WAY_FORM (form), "matters", "What matters", NULL);
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);
  g_autoptr (WayChild) typed = NULL;

  way_set_string (&child->surname, "Example");
  way_set_string (&child->upn, "kept as it is");
  way_form_set_record (WAY_FORM (form), child);
  g_assert_null (way_form_read (WAY_FORM (form), way_date_new (2026, 11, 22)));
  gtk_test_accessible_assert_state (
      forename, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (forename), "  Robin ");
  gtk_editable_set_text (GTK_EDITABLE (way_date_entry_get_entry (WAY_DATE_ENTRY (dob))),
                         "1/2/2027");
  /* In the future: the record's own rule. */
  g_assert_null (way_form_read (WAY_FORM (form), way_date_new (2026, 11, 22)));
  way_date_entry_set_date (WAY_DATE_ENTRY (dob), way_date_new (2018, 2, 1));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (sex), 1);
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (matters)), "Trains.\nMaths.", -1);
  typed = way_form_read (WAY_FORM (form), way_date_new (2026, 11, 22));
  g_assert_nonnull (typed);
  g_assert_cmpstr (typed->forename, ==, "Robin");
  g_assert_cmpstr (typed->surname, ==, "Example");
  g_assert_cmpstr (typed->upn, ==, "kept as it is");
  g_assert_cmpstr (typed->sex, ==, "F");
  g_assert_cmpstr (typed->matters, ==, "Trains.\nMaths.");
  g_assert_cmpuint (typed->dob, ==, way_date_new (2018, 2, 1));
  g_assert_finalize_object (form);
}

static void
test_days (void)
{
  WayDate today = way_date_new (2026, 11, 22);
  static const struct {
    const char *text;
    int year, month, day;
  } good[] = {
      {"3/11/2026", 2026, 11, 3},
      {"03-11-2026", 2026, 11, 3},
      {"3.11.26", 2026, 11, 3},
      {" 3 Nov 2026 ", 2026, 11, 3},
      {"3 november", 2026, 11, 3},
      {"2026-11-03", 2026, 11, 3},
      {"29/2/2024", 2024, 2, 29},
      {"1/2/98", 1998, 2, 1},
      {"1/2/00", 2000, 2, 1},
      {"today", 2026, 11, 22},
      {"Yesterday", 2026, 11, 21},
  };
  static const char *const bad[] = {"",
                                    "3",
                                    "31/2/2026",
                                    "29/2/2026",
                                    "0/1/2026",
                                    "3/13/2026",
                                    "3/11/2026/1",
                                    "3 no 2026",
                                    "x",
                                    "3/11/",
                                    "-3/11/2026",
                                    "3/11/026",
                                    "3/11/2x",
                                    "3/11/2O",
                                    "3/11/-1",
                                    "3/11/é",
                                    "3 Nov at",
                                    "xx/11/3"};

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpuint (way_date_from_words (good[i].text, today),
                      ==,
                      way_date_new (good[i].year, good[i].month, good[i].day));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpuint (way_date_from_words (bad[i], today), ==, WAY_DATE_UNKNOWN);
}

/* What is wrong with a day is said, not only how one is typed. */
static void
test_no_days (void)
{
  WayDate today = way_date_new (2026, 11, 22);
  static const struct {
    const char *text, *fault;
  } rows[] = {
      {"3/11/2026", NULL},
      {"", "Type the day like 3/11/2026."},
      {"soon", "Type the day like 3/11/2026."},
      {"31/02", "There is no 31 February 2026: that month has 28 days."},
      {"29 feb 2023", "There is no 29 February 2023: that month has 28 days."},
      {"30/2/2024", "There is no 30 February 2024: that month has 29 days."},
      {"31.11.26", "There is no 31 November 2026: that month has 30 days."},
      {"2026-02-31", "There is no 31 February 2026: that month has 28 days."},
      {"32/1/2026", "There is no 32 January 2026: that month has 31 days."},
      {"3/13/2026", "There is no month 13. Type the day like 3/11/2026, the month second."},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *fault = way_date_words_fault (rows[i].text, today);

    g_assert_cmpstr (fault, ==, rows[i].fault);
  }
}

static WayForm *
new_child_form (WayCodeLists *lists)
{
  WayForm *form = g_object_ref_sink (WAY_FORM (way_form_new (WAY_CHILD, lists)));
  g_autoptr (WayChild) child = way_record_new (WAY_CHILD);

  way_form_add (form, "forename", "Forename", NULL);
  way_form_add (form, "surname", "Surname", NULL);
  way_form_add (form, "upn", "UPN", NULL);
  way_set_string (&child->surname, "Example");
  child->dob = way_date_new (2018, 2, 1);
  way_form_set_record (form, child);
  return form;
}

static GtkEditable *
find_editable (GtkWidget *root, const char *name)
{
  GtkWidget *child;

  if (GTK_IS_ENTRY (root)) {
    g_autofree char *mismatch = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

    return mismatch == NULL ? GTK_EDITABLE (root) : NULL;
  }
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkEditable *found = find_editable (child, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
shows (GtkWidget *root, const char *part)
{
  GtkWidget *child;

  if (!gtk_widget_get_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (shows (child, part))
      return TRUE;
  }
  return FALSE;
}

/* A message goes as soon as the field is put right, not at the next try to save. */
static void
test_form_mended (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  WayForm *form = new_child_form (lists);

  g_assert_null (way_form_read (form, way_date_new (2026, 11, 22)));
  g_assert_true (shows (GTK_WIDGET (form), "Forename is missing."));
  gtk_editable_set_text (find_editable (GTK_WIDGET (form), "Surname"), "");
  g_assert_false (shows (GTK_WIDGET (form), "Surname is missing."));
  gtk_editable_set_text (find_editable (GTK_WIDGET (form), "Forename"), "R");
  g_assert_false (shows (GTK_WIDGET (form), "Forename is missing."));
  g_object_unref (form);
}

/* What is doubtful is said beside the field and is stored all the same. */
static void
test_form_doubtful (void)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  WayForm *form = new_child_form (lists);
  GtkWidget *window = gtk_window_new (), *scrolled = gtk_scrolled_window_new ();
  GtkEditable *upn = find_editable (GTK_WIDGET (form), "UPN");
  GtkEditable *forename = find_editable (GTK_WIDGET (form), "Forename");
  g_autoptr (WayChild) child = NULL;

  /* As in a dialog: what is said may need more room than there is. */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (form));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 300);
  gtk_window_present (GTK_WINDOW (window));
  app_settle ();
  gtk_editable_set_text (forename, "Robin");
  gtk_widget_grab_focus (GTK_WIDGET (upn));
  gtk_editable_set_text (upn, "X123");
  g_assert_false (shows (GTK_WIDGET (form), "UPN is not"));
  gtk_widget_grab_focus (GTK_WIDGET (forename));
  app_settle ();
  g_assert_true (shows (GTK_WIDGET (form), "⚠ UPN is not a letter and twelve digits"));
  child = way_form_read (form, way_date_new (2026, 11, 22));
  g_assert_nonnull (child);
  g_assert_cmpstr (child->upn, ==, "X123");
  gtk_editable_set_text (upn, "");
  g_assert_false (shows (GTK_WIDGET (form), "UPN is not"));
  /* It is said again where the child is opened again. */
  way_form_set_record (form, child);
  g_assert_true (shows (GTK_WIDGET (form), "⚠ UPN is not a letter and twelve digits"));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (form);
}

static void
test_strength (void)
{
  g_autofree char *none = way_strength_text ("", NULL);
  g_autofree char *weak = way_strength_text ("password1", NULL);

  g_assert_cmpstr (none, ==, "");
  g_assert_true (g_str_has_prefix (weak, "○ Weak: "));
  g_assert_nonnull (strstr (weak, "less than an hour"));
  g_assert_cmpint (way_strength_of ("password1", NULL), ==, WAY_STRENGTH_WEAK);
  g_assert_cmpint (
      way_strength_of ("gravel otter lantern seventeen blue", NULL), ==, WAY_STRENGTH_GOOD);
  /* One's own name is guessed first. */
  g_assert_cmpint (
      way_strength_of ("Featherstonehaugh", "Noor Featherstonehaugh"), ==, WAY_STRENGTH_WEAK);
}

static GtkWidget *
new_block (int width, gboolean expands)
{
  GtkWidget *block = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (block, width, 10);
  gtk_widget_set_hexpand (block, expands);
  return block;
}

/* Bigger letters make what is beside the page step back, not the page. */
static void
test_fold (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *fold = g_object_new (WAY_TYPE_FOLD, NULL);
  GtkWidget *pane = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  int least;

  gtk_paned_set_start_child (GTK_PANED (pane), new_block (400, TRUE));
  gtk_paned_set_end_child (GTK_PANED (pane), new_block (270, FALSE));
  gtk_paned_set_shrink_start_child (GTK_PANED (pane), FALSE);
  gtk_widget_set_parent (pane, fold);
  gtk_window_set_child (GTK_WINDOW (window), fold);
  gtk_window_set_default_size (GTK_WINDOW (window), 760, 200);
  gtk_window_present (GTK_WINDOW (window));
  app_settle ();
  gtk_widget_measure (fold, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <, 450);
  g_assert_false (way_fold_get_folded (WAY_FOLD (fold)));
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_queue_resize (pane);
  app_settle ();
  g_assert_true (way_fold_get_folded (WAY_FOLD (fold)));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What expands takes what its line has left; what does not fit goes to the next line. */
static void
test_wrap (void)
{
  GtkWidget *box = g_object_ref_sink (way_wrap_box_new (10));
  GtkWidget *first = new_block (100, FALSE);
  GtkWidget *second = new_block (100, TRUE);
  GtkWidget *third = new_block (200, TRUE);
  graphene_rect_t bounds;

  way_wrap_box_append (WAY_WRAP_BOX (box), first);
  way_wrap_box_append (WAY_WRAP_BOX (box), second);
  way_wrap_box_append (WAY_WRAP_BOX (box), third);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (box, &(GtkAllocation){0, 0, 300, 40}, -1);
  g_assert_true (gtk_widget_compute_bounds (second, box, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, 110);
  g_assert_cmpfloat (bounds.size.width, ==, 190);
  g_assert_true (gtk_widget_compute_bounds (third, box, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 20);
  g_assert_cmpfloat (bounds.size.width, ==, 300);
  g_object_unref (box);
}

static gboolean
has_item (const char *uri)
{
  return gtk_recent_manager_has_item (gtk_recent_manager_get_default (), uri);
}

typedef struct {
  const char *uri;
  const char *list;
} Recent;

static gboolean
is_kept_out (AppFixture *fixture G_GNUC_UNUSED, gconstpointer data)
{
  const Recent *recent = data;
  g_autofree char *text = NULL;

  return !has_item (recent->uri) && g_file_get_contents (recent->list, &text, NULL, NULL) &&
         strstr (text, "file:///another") != NULL && strstr (text, "robin") == NULL;
}

/* As GTK's file dialog does it with what is chosen there. */
static void
test_no_recent_files (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "robin.pdf", NULL);
  g_autofree char *list = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *text = NULL;
  GtkRecentData other = {.mime_type = (char *) "text/plain",
                         .app_name = (char *) "Another program",
                         .app_exec = (char *) "another %u"};
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  const Recent recent = {uri, list};

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_true (gtk_recent_manager_add_full (manager, "file:///another", &other));
  way_recent_keep_out ();
  g_assert_true (gtk_recent_manager_add_item (manager, uri));
  app_wait (NULL, is_kept_out, &recent, "the list without it");
  app_run_for (300); /* nor does it come back */
  g_assert_false (has_item (uri));
  g_assert_true (has_item ("file:///another"));
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_assert_null (strstr (text, "robin"));
  g_assert_no_errno (g_remove (list));
  g_assert_no_errno (g_remove (path));
  g_rmdir (g_get_user_data_dir ());
}

/* Where the last one was saved; never the folder that the program happened to be started in. */
static void
test_save_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("waymark-saved-XXXXXX", NULL);
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (GFile) in = g_file_new_for_path (folder), file = g_file_get_child (in, "record.pdf");
  g_autoptr (GFile) first = way_ui_dup_save_folder (), next = NULL, opened = NULL, gone = NULL;

  g_assert_cmpstr (g_file_peek_path (first), !=, here);
  way_ui_remember_folder (file, TRUE);
  next = way_ui_dup_save_folder ();
  g_assert_true (g_file_equal (next, in));
  g_assert_null (way_ui_dup_open_folder ()); /* what comes lies elsewhere than what leaves */
  way_ui_remember_folder (file, FALSE);
  opened = way_ui_dup_open_folder ();
  g_assert_true (g_file_equal (opened, in));
  g_rmdir (folder);
  gone = way_ui_dup_save_folder ();
  g_assert_true (g_file_equal (gone, first));
}

/* What is cut off is a tooltip; what is not needs none. */
static void
test_cut_words (void)
{
  GtkWidget *window = gtk_window_new (),
            *label = way_ui_label ("A name that is far too long", NULL);
  GtkTooltip *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean tells = FALSE;

  gtk_label_set_width_chars (GTK_LABEL (label), 4);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 4);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  app_settle ();
  g_assert_true (gtk_widget_get_has_tooltip (label));
  g_signal_emit_by_name (label, "query-tooltip", 1, 1, FALSE, tooltip, &tells);
  g_assert_true (tells);
  gtk_label_set_text (GTK_LABEL (label), "A");
  g_signal_emit_by_name (label, "query-tooltip", 1, 1, FALSE, tooltip, &tells);
  g_assert_false (tells);
  g_object_unref (tooltip);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The keyboard comes out of a day backwards, too. */
static void
test_days_backwards (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = gtk_entry_new (), *day = way_date_entry_new ("Due");

  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), day);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_grab_focus (day));
  gtk_widget_child_focus (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_get_state_flags (before) & GTK_STATE_FLAG_FOCUS_WITHIN);
  gtk_window_destroy (GTK_WINDOW (window));
}

static WayTerms *
make_terms (void)
{
  static const struct {
    double term;
    int start[3], end[3];
  } days[] = {
      {2, {2025, 11, 2}, {2025, 12, 20}},
      {3, {2026, 1, 6}, {2026, 2, 14}},
      {6, {2026, 6, 2}, {2026, 7, 22}},
      {1, {2026, 9, 2}, {2026, 10, 24}},
  };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (way_record_free);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    WayTerm *term = way_record_new (WAY_TERM);

    term->record.id = g_strdup_printf ("term-%u", i);
    way_set_string (&term->year, "2025-26");
    term->term = days[i].term;
    term->start = way_date_new (days[i].start[0], days[i].start[1], days[i].start[2]);
    term->end = way_date_new (days[i].end[0], days[i].end[1], days[i].end[2]);
    g_ptr_array_add (rows, term);
  }
  return way_terms_new (rows);
}

/* (transfer full): what stands at the heads of the cards, one after the other */
static char *
dup_heads (WayRecordSet *records, const WayTerms *terms, WayDate today, guint n_terms)
{
  g_autoptr (WayCodeLists) lists = make_lists ();
  g_autoptr (GPtrArray) entries = way_timeline_new (records, lists, terms, today);
  g_autoptr (GString) heads = g_string_new (NULL);
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  if (way_child_fill_timeline (GTK_BOX (box), entries, terms, today, n_terms))
    g_string_append (heads, "more; ");
  for (GtkWidget *card = gtk_widget_get_first_child (box); card != NULL;
       card = gtk_widget_get_next_sibling (card)) {
    GtkWidget *head = gtk_widget_get_first_child (card);

    while (!GTK_IS_LABEL (gtk_widget_get_first_child (head)))
      head = gtk_widget_get_first_child (head);
    for (GtkWidget *label = gtk_widget_get_first_child (head); label != NULL;
         label = gtk_widget_get_next_sibling (label))
      g_string_append_printf (heads, "%s; ", gtk_label_get_text (GTK_LABEL (label)));
  }
  g_object_unref (box);
  return g_strdup (heads->str);
}

/* A visit in the holidays does not stand under the days of a term in which it was not. */
static void
test_timeline_holidays (void)
{
  static const int days[][3] = {
      {2025, 12, 19}, {2025, 12, 29}, {2026, 7, 21}, {2026, 8, 12}, {2026, 9, 3}};
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  g_autoptr (WayTerms) terms = make_terms ();
  g_autofree char *later = NULL, *then = NULL, *few = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    WayVisit *visit = way_record_set_add (records, WAY_VISIT);

    visit->record.id = g_strdup_printf ("visit-%u", i);
    visit->date = way_date_new (days[i][0], days[i][1], days[i][2]);
  }
  later = dup_heads (records, terms, way_date_new (2026, 11, 20), 6);
  g_assert_cmpstr (later,
                   ==,
                   "Autumn, term 1; 2 Sep 2026 – 24 Oct 2026; "
                   "Holidays after Summer, term 6; 23 Jul 2026 – 1 Sep 2026; "
                   "Summer, term 6; 2 Jun 2026 – 22 Jul 2026; "
                   "Holidays after Autumn, term 2; 21 Dec 2025 – 5 Jan 2026; "
                   "Autumn, term 2; 2 Nov 2025 – 20 Dec 2025; ");
  then = dup_heads (records, terms, way_date_new (2026, 8, 15), 6);
  g_assert_nonnull (strstr (then, "Holidays after Summer, term 6; 23 Jul 2026 – today; "));
  g_assert_nonnull (strstr (then, "Summer, term 6; 2 Jun 2026 – 22 Jul 2026; "));
  /* Holidays do not take the place of a term. */
  few = dup_heads (records, terms, way_date_new (2026, 11, 20), 2);
  g_assert_true (g_str_has_prefix (few, "more; Autumn, term 1; "));
  g_assert_nonnull (strstr (few, "Summer, term 6; 2 Jun"));
  g_assert_nonnull (strstr (few, "Holidays after Autumn, term 2; "));
}

int
main (int argc, char **argv)
{
  g_autofree char *data_dir = g_dir_make_tmp ("waymark-widgets-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", data_dir, TRUE); /* before GLib looks */
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/list/many", test_many);
  g_test_add_func ("/list/words", test_item_words);
  g_test_add_func ("/list/namesakes", test_namesakes);
  g_test_add_func ("/large-letters", test_large_letters);
  g_test_add_func ("/fold", test_fold);
  g_test_add_func ("/wrap-box", test_wrap);
  g_test_add_func ("/no-recent-files", test_no_recent_files);
  g_test_add_func ("/save-folder", test_save_folder);
  g_test_add_func ("/cut-words", test_cut_words);
  g_test_add_func ("/form/fields", test_form);
  g_test_add_func ("/form/legacy-codes", test_legacy_codes);
  g_test_add_func ("/form/days-backwards", test_days_backwards);
  g_test_add_func ("/form/days", test_days);
  g_test_add_func ("/form/no-days", test_no_days);
  g_test_add_func ("/form/mended", test_form_mended);
  g_test_add_func ("/form/doubtful", test_form_doubtful);
  g_test_add_func ("/form/strength", test_strength);
  g_test_add_func ("/timeline/holidays", test_timeline_holidays);
  return g_test_run ();
}
