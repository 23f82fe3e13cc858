/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the user is, changed in the preferences of the real window. */
#include "app-fixture.h"

#include "way-preferences-window.h"

#include <string.h>

static GtkWidget *
open_preferences (AppFixture *fixture)
{
  GtkWidget *page;

  app_activate (fixture, "win.preferences", NULL);
  page = app_get_over (ADW_TYPE_PREFERENCES_WINDOW);
  app_wait_text (page, "You", TRUE);
  return page;
}

static void
close_preferences (GtkWidget *page)
{
  gtk_window_close (GTK_WINDOW (page));
  app_settle ();
}

static GtkWidget *
get_row (GtkWidget *page, GType type, const char *title)
{
  GtkWidget *row = app_find (page, type, title);

  g_assert_nonnull (row);
  return row;
}

static void
fill (GtkWidget *page, const char *title, const char *text)
{
  GtkWidget *row = get_row (page, ADW_TYPE_ENTRY_ROW, title);

  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static const char *
get_typed (GtkWidget *page, const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (get_row (page, ADW_TYPE_ENTRY_ROW, title)));
}

static const char *
get_role (GtkWidget *page)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_row (page, ADW_TYPE_COMBO_ROW, "Role"));

  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static void
choose_role (GtkWidget *page, const char *label)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_row (page, ADW_TYPE_COMBO_ROW, "Role"));
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (row));

  for (guint i = 0; i < n && strcmp (get_role (page), label) != 0; i++)
    adw_combo_row_set_selected (row, i);
  g_assert_cmpstr (get_role (page), ==, label);
}

static void
press_enter (GtkWidget *page, const char *title)
{
  g_signal_emit_by_name (get_row (page, ADW_TYPE_ENTRY_ROW, title), "entry-activated");
}

/* Of the closed store. */
static WayPractitioner *
load_me (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WayPractitioner *me = way_db_get_me (fixture->store.db, &error);

  g_assert_no_error (error);
  g_assert_nonnull (me);
  return me;
}

static const char *
label_of (AppFixture *fixture, const char *list, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (fixture->store.db, &error);

  g_assert_no_error (error);
  return g_intern_string (way_code_lists_label (lists, list, code));
}

static guint
count_teams (AppFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = way_db_list (fixture->store.db, WAY_CODE, "list", "team", &error);

  g_assert_no_error (error);
  return rows->len;
}

/* Something that the preferences do not show. */
static void
add_email (AppFixture *fixture)
{
  g_autoptr (WayPractitioner) me = load_me (fixture);

  me->email = g_strdup ("h.reid@service.example");
  store_save (fixture->store.db, me);
}

/* Changed, closed, opened again: it is there; it is the same person, of whom all else stays. */
static void
test_changed (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) before = NULL;
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page;
  guint n_teams;

  app_close (fixture);
  add_email (fixture);
  before = load_me (fixture);
  n_teams = count_teams (fixture);
  app_open (fixture);
  page = open_preferences (fixture);
  app_check_names (page);
  g_assert_cmpstr (get_typed (page, "Your name"), ==, "Hannah Reid");
  g_assert_cmpstr (get_role (page), ==, "Specialist teacher");
  g_assert_cmpstr (get_typed (page, "Team or school"), ==, "");
  fill (page, "Your name", "  Hannah Iqbal ");
  choose_role (page, "SENCO");
  fill (page, "Team or school", "Swale Park Primary");
  close_preferences (page);
  page = open_preferences (fixture);
  g_assert_cmpstr (get_typed (page, "Your name"), ==, "Hannah Iqbal");
  g_assert_cmpstr (get_role (page), ==, "SENCO");
  g_assert_cmpstr (get_typed (page, "Team or school"), ==, "Swale Park Primary");
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->record.id, ==, before->record.id);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
  g_assert_cmpstr (me->role, ==, "senco");
  g_assert_cmpstr (label_of (fixture, "team", me->team), ==, "Swale Park Primary");
  /* Only the code travels with a record. */
  g_assert_cmpstr (me->team, ==, "Swale Park Primary");
  g_assert_cmpstr (me->email, ==, "h.reid@service.example");
  g_assert_cmpuint (app_count_rows (fixture, WAY_PRACTITIONER), ==, 1);
  g_assert_cmpuint (count_teams (fixture), ==, n_teams + 1);
}

/* A field is saved when it is left; a window that is only looked at writes nothing. */
static void
test_left (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) before = NULL;
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page = open_preferences (fixture);

  g_assert_null (gtk_window_get_focus (GTK_WINDOW (page))); /* a stray key changes no name */
  gtk_widget_grab_focus (get_row (page, ADW_TYPE_ENTRY_ROW, "Your name"));
  gtk_widget_grab_focus (get_row (page, ADW_TYPE_ENTRY_ROW, "Team or school"));
  close_preferences (page);
  app_close (fixture);
  before = load_me (fixture);
  g_assert_cmpint (before->record.revision, ==, 1);
  app_open (fixture);
  page = open_preferences (fixture);
  app_break_practitioners (fixture);
  fill (page, "Your name", "Hannah Iqbal");
  gtk_widget_grab_focus (get_row (page, ADW_TYPE_ENTRY_ROW, "Team or school"));
  app_wait_text (page, "could not be saved", TRUE);
  app_mend (fixture);
  gtk_widget_grab_focus (get_row (page, ADW_TYPE_ENTRY_ROW, "Your name"));
  app_wait_text (page, "could not be saved", FALSE);
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
  g_assert_cmpint (me->record.revision, ==, 2);
}

/* A team goes by its name or its code; it is not added a second time. */
static void
test_team (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const typed[] = {
      "early  YEARS", "EY", "Zoe\u0308\u2019s team", "zo\u00eb\u2019s Team"};
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page;
  guint n_teams;

  app_close (fixture);
  n_teams = count_teams (fixture);
  app_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    page = open_preferences (fixture);
    fill (page, "Team or school", typed[i]);
    press_enter (page, "Team or school");
    app_settle ();
    g_assert_false (app_has_text (page, "could not be saved"));
    close_preferences (page);
    page = open_preferences (fixture);
    g_assert_cmpstr (get_typed (page, "Team or school"), ==, i < 2 ? "Early years" : typed[2]);
    close_preferences (page);
  }
  page = open_preferences (fixture);
  fill (page, "Team or school", "");
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_null (me->team);
  g_assert_cmpuint (count_teams (fixture), ==, n_teams + 1);
}

/* One that is on the list no more stays one's team while only the rest is changed. */
static void
test_legacy_team (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayCode) team = way_record_new (WAY_CODE);
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page;
  guint n_teams;

  app_close (fixture);
  me = load_me (fixture);
  team->list = g_strdup ("team");
  team->code = g_strdup ("t7");
  team->label = g_strdup ("Old Team");
  team->position = 90;
  team->legacy = WAY_YES;
  store_save (fixture->store.db, team);
  way_set_string (&me->team, "t7");
  store_save (fixture->store.db, me);
  n_teams = count_teams (fixture);
  app_open (fixture);
  page = open_preferences (fixture);
  fill (page, "Your name", "Hannah Iqbal");
  press_enter (page, "Your name");
  app_settle ();
  close_preferences (page);
  app_close (fixture);
  way_record_free (g_steal_pointer (&me));
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
  g_assert_cmpstr (me->team, ==, "t7");
  g_assert_cmpuint (count_teams (fixture), ==, n_teams);
}

/* Without a name nothing is lost: the earlier one stays, and the rest is kept. */
static void
test_empty (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page = open_preferences (fixture);

  fill (page, "Your name", "  ");
  press_enter (page, "Your name");
  app_wait_text (page, "Type your name as it should stand on your records.", TRUE);
  choose_role (page, "District lead");
  app_settle ();
  g_assert_true (app_has_text (page, "Until then the earlier one stays."));
  close_preferences (page);
  app_wait (fixture, app_says, "Your name was left empty", "what became of it");
  page = open_preferences (fixture);
  g_assert_cmpstr (get_typed (page, "Your name"), ==, "Hannah Reid");
  g_assert_cmpstr (get_role (page), ==, "District lead");
  fill (page, "Your name", "");
  press_enter (page, "Your name");
  app_wait_text (page, "Type your name", TRUE);
  fill (page, "Your name", "Hannah Iqbal");
  app_wait_text (page, "Type your name", FALSE);
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
  g_assert_cmpstr (me->role, ==, "district-lead");
}

/* What cannot be saved stays as it was typed, and is saved once that is possible. */
static void
test_failure (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page = open_preferences (fixture);

  app_break_practitioners (fixture);
  fill (page, "Your name", "Hannah Iqbal");
  press_enter (page, "Your name");
  app_wait_text (page, "What you changed about yourself could not be saved", TRUE);
  g_assert_cmpstr (get_typed (page, "Your name"), ==, "Hannah Iqbal");
  app_mend (fixture);
  press_enter (page, "Your name");
  app_wait_text (page, "could not be saved", FALSE);
  /* Closed, it is said in the window. */
  app_break_practitioners (fixture);
  fill (page, "Your name", "Hannah Zed");
  close_preferences (page);
  app_wait (fixture, app_says, "What you changed about yourself could not be saved", "the failure");
  app_mend (fixture);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
}

/* What the store refuses is no name: half a team is not left behind either. */
static void
test_refused (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page;
  guint n_teams;

  app_close (fixture);
  n_teams = count_teams (fixture);
  app_open (fixture);
  page = open_preferences (fixture);
  fill (page, "Your name", "Hannah\001Iqbal");
  fill (page, "Team or school", "Swale Park Primary");
  press_enter (page, "Team or school");
  app_wait_text (page, "could not be saved", TRUE);
  fill (page, "Team or school", "");
  fill (page, "Your name", "Hannah Reid");
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Reid");
  g_assert_cmpuint (count_teams (fixture), ==, n_teams);
}

/* Half a name that was typed when the store locks is kept. */
static void
test_locked (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) me = NULL;

  fill (open_preferences (fixture), "Your name", "Hannah Iqbal");
  app_activate (fixture, "win.lock", NULL);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Iqbal");
}

/* With the store, or the whole window, closed meanwhile (@data: which), no name at all is no name.
 */
static void
test_empty_at_close (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (WayPractitioner) me = NULL;
  GtkWidget *page = open_preferences (fixture);

  fill (page, "Your name", "");
  fill (page, "Team or school", "Sensory");
  if (strcmp (data, "locked") == 0)
    app_activate (fixture, "win.lock", NULL);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Hannah Reid");
  g_assert_cmpstr (me->team, ==, "sensory");
}

/* A store that does not know yet whose it is learns it here. */
static void
test_nobody (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayPractitioner) nobody = NULL;
  g_autoptr (WayPractitioner) me = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  app_close (fixture);
  nobody = load_me (fixture);
  g_assert_true (way_db_delete (fixture->store.db, nobody, &error));
  g_assert_no_error (error);
  app_open (fixture);
  page = open_preferences (fixture);
  choose_role (page, "SENCO");
  app_wait_text (page, "Type your name", TRUE);
  g_assert_false (app_has_text (page, "the earlier one stays"));
  fill (page, "Your name", "Noor Iqbal");
  press_enter (page, "Your name");
  app_settle ();
  fill (page, "Your name", "Noor Khan");
  close_preferences (page);
  app_close (fixture);
  me = load_me (fixture);
  g_assert_cmpstr (me->name, ==, "Noor Khan");
  g_assert_cmpstr (me->role, ==, "senco");
  g_assert_cmpint (me->me, ==, WAY_YES);
  g_assert_cmpuint (app_count_rows (fixture, WAY_PRACTITIONER), ==, 1);
}

static char *
start_visit (AppFixture *fixture, gboolean sign)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayRecordSet) records =
      way_db_start_visit (fixture->store.db, fixture->child, way_date_today (), &error);
  WayVisit *visit = way_record_set_first (records, WAY_VISIT);

  g_assert_no_error (error);
  way_set_string (&visit->seen, "Robin built a tower.");
  g_assert_true (way_db_store_visit (fixture->store.db, records, &error));
  if (sign)
    g_assert_true (way_db_sign_visit (fixture->store.db, visit->record.id, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (visit->record.id);
}

static void
check_visit (AppFixture *fixture, const char *id, const char *author, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDossier) dossier = way_db_gather_visit (fixture->store.db, id, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (way_dossier_get_author (dossier)->name, ==, author);
  g_assert_cmpstr (way_dossier_get_author (dossier)->role, ==, role);
}

static void
check_draft (AppFixture *fixture, const char *author, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = way_db_list_drafts (fixture->store.db, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, 1);
  check_visit (fixture, ((WayDraftInfo *) drafts->pdata[0])->visit_id, author, role);
}

/* A Record of Visit that is written from now on carries the new name, and so does one that waits
 * for its signature, which its author still can give; a signed one says what it was signed with. */
static void
test_visits (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *is_signed = NULL;
  g_autofree char *waits = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  app_close (fixture);
  is_signed = start_visit (fixture, TRUE);
  waits = start_visit (fixture, FALSE);
  fingerprint = way_db_get_fingerprint (fixture->store.db, is_signed, &error);
  g_assert_no_error (error);
  app_open (fixture);
  page = open_preferences (fixture);
  fill (page, "Your name", "Hannah Iqbal");
  choose_role (page, "SENCO");
  close_preferences (page);
  app_open_editor (fixture);
  app_type (fixture, "What I saw", "A taller tower.");
  app_close (fixture);
  check_draft (fixture, "Hannah Iqbal", "senco");
  check_visit (fixture, is_signed, "Hannah Reid", "specialist-teacher");
  after = way_db_get_fingerprint (fixture->store.db, is_signed, &error);
  g_assert_cmpstr (after, ==, fingerprint);
  check_visit (fixture, waits, "Hannah Iqbal", "senco");
  g_assert_true (way_db_sign_visit (fixture->store.db, waits, NULL, &error));
  g_assert_no_error (error);
  check_visit (fixture, waits, "Hannah Iqbal", "senco");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/preferences-me/" name, AppFixture, NULL, app_set_up, function, app_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("changed", test_changed);
  ADD ("left", test_left);
  ADD ("team", test_team);
  ADD ("legacy-team", test_legacy_team);
  ADD ("empty", test_empty);
  ADD ("failure", test_failure);
  ADD ("refused", test_refused);
  ADD ("locked", test_locked);
  g_test_add ("/preferences-me/empty-at-close/locked",
              AppFixture,
              "locked",
              app_set_up,
              test_empty_at_close,
              app_tear_down);
  g_test_add ("/preferences-me/empty-at-close/closed",
              AppFixture,
              "closed",
              app_set_up,
              test_empty_at_close,
              app_tear_down);
  ADD ("nobody", test_nobody);
  ADD ("visits", test_visits);
  return g_test_run ();
}
