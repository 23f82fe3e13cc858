/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit that concerns several children, in the real window: the form asks whose what is, as an
 * extract for one child has to tell. */
#include "app-fixture.h"

#include "way-redact.h"
#include "way-visit-draft.h"
#include "way-visit-editor.h"
#include "way-visit-form.h"

#include <string.h>

typedef struct {
  AppFixture app;
  char *other; /* id of "Wren Example" */
  char *visit;
} JointFixture;

/* A draft about two children of the same school. */
static void
make_draft (JointFixture *self)
{
  WayDb *db = self->app.store.db;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayChild) other = store_add_child (db, "Wren", "Example", NULL);
  g_autoptr (WayTarget) target =
      store_add_target (db, other->record.id, "Wren waits for a turn in three of four games.");
  g_autoptr (WayRecordSet) records =
      way_db_start_visit (db, self->app.child, way_date_today (), &error);
  WayVisitChild *link;
  WayVisitTarget *rated;

  g_assert_no_error (error);
  self->other = g_strdup (other->record.id);
  self->visit = g_strdup (WAY_RECORD (way_record_set_first (records, WAY_VISIT))->id);
  link = way_visit_draft_add (records, WAY_VISIT_CHILD);
  link->child = g_strdup (self->other);
  rated = way_visit_draft_add (records, WAY_VISIT_TARGET);
  rated->target = g_strdup (target->record.id);
  g_assert_true (way_db_save_draft (db, records, &error));
  g_assert_no_error (error);
}

static void
set_up (JointFixture *self, gconstpointer data)
{
  app_set_up_store (&self->app, data);
  make_draft (self);
  app_open (&self->app);
}

static void
tear_down (JointFixture *self, gconstpointer data)
{
  app_tear_down (&self->app, data);
  g_free (self->other);
  g_free (self->visit);
}

static void
open_section (JointFixture *self, WayVisitSection section)
{
  GtkWidget *head = app_get (&self->app, GTK_TYPE_TOGGLE_BUTTON, way_visit_section_title (section));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (head), TRUE);
  app_settle ();
}

static void
open_visit (JointFixture *self)
{
  way_window_open_visit (self->app.window, NULL, self->visit);
  app_wait_for_page (&self->app, WAY_TYPE_VISIT_EDITOR);
}

static WayRecordSet *
load_draft (JointFixture *self)
{
  g_autoptr (GError) error = NULL;
  WayRecordSet *records;

  app_close (&self->app);
  records = way_db_load_visit (self->app.store.db, self->visit, &error);
  g_assert_no_error (error);
  return records;
}

static const char *
get_choice (GtkWidget *list)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (list)));
}

static void
choose (GtkWidget *list, const char *name)
{
  GListModel *model = gtk_drop_down_get_model (GTK_DROP_DOWN (list));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (GtkStringObject) choice = g_list_model_get_item (model, i);

    if (strcmp (gtk_string_object_get_string (choice), name) != 0)
      continue;
    gtk_drop_down_set_selected (GTK_DROP_DOWN (list), i);
    return;
  }
  g_error ("“%s” cannot be chosen", name);
}

/* The n-th field of that kind and name. */
typedef struct {
  GType type;
  const char *name;
  guint n;
} Nth;

static GtkWidget *
find_nth (GtkWidget *root, Nth *nth)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, nth->type)) {
    g_autofree char *mismatch = gtk_test_accessible_check_property (
        GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, nth->name);

    if (mismatch == NULL && nth->n-- == 0)
      return root;
  }
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_nth (child, nth);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
get_nth (JointFixture *self, GType type, const char *name, guint n)
{
  Nth nth = {type, name, n};
  GtkWidget *found;

  app_get (&self->app, type, name);
  found = find_nth (GTK_WIDGET (self->app.window), &nth);
  if (found == NULL)
    g_error ("there is no %u. “%s”", n + 1, name);
  return found;
}

static void
write_note (JointFixture *self, const char *name, guint n, const char *text)
{
  GtkWidget *view = get_nth (self, GTK_TYPE_TEXT_VIEW, name, n);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static const WayVisitView *
find_view (WayRecordSet *records, const char *text)
{
  GPtrArray *views = way_record_set_list (records, WAY_VISIT_VIEW);

  for (guint i = 0; i < views->len; i++) {
    const WayVisitView *view = views->pdata[i];

    if (g_strcmp0 (view->text, text) == 0)
      return view;
  }
  g_error ("“%s” is not kept", text);
}

/* Each child and its parents have a field of their own, and what is said there is theirs; one
 * that turns out to be the other's can be given to them. */
static void
test_views (JointFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;

  open_visit (self);
  open_section (self, WAY_SECTION_VIEWS);
  g_assert_cmpstr (get_choice (get_nth (self, GTK_TYPE_DROP_DOWN, "Which child: Child", 0)),
                   ==,
                   "Robin Example");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (get_nth (self, GTK_TYPE_TEXT_VIEW, "View: Child", 1)),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Wren Example");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (get_nth (self, GTK_TYPE_ENTRY, "How it was given: Child", 1)),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Wren Example");
  write_note (self, "View: Child", 0, "I like the slide.");
  write_note (self, "View: Child", 1, "I like the sand.");
  write_note (self, "View: Parent or carer", 0, "It is quieter at home.");
  choose (get_nth (self, GTK_TYPE_DROP_DOWN, "Which child: Parent or carer", 0), "Wren Example");
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (get_nth (self, GTK_TYPE_TEXT_VIEW, "View: Parent or carer", 0)),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "Wren Example");
  write_note (self, "View: Staff", 0, "Both have settled.");
  app_check_names (GTK_WIDGET (self->app.window));
  records = load_draft (self);
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT_VIEW)->len, ==, 4);
  g_assert_cmpstr (find_view (records, "I like the slide.")->child, ==, self->app.child);
  g_assert_cmpstr (find_view (records, "I like the sand.")->child, ==, self->other);
  g_assert_cmpstr (find_view (records, "It is quieter at home.")->child, ==, self->other);
  g_assert_null (find_view (records, "Both have settled.")->child);
  g_assert_cmpuint (way_redact_count_unclaimed (records), ==, 0);
}

/* One that came without a child keeps its place, and can be given one. */
static void
test_unclaimed (JointFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  g_autoptr (GError) error = NULL;
  WayVisitView *view;

  records = load_draft (self);
  view = way_visit_draft_add (records, WAY_VISIT_VIEW);
  view->whose = g_strdup ("child");
  view->text = g_strdup ("I like marmalade.");
  g_assert_true (way_db_save_draft (self->app.store.db, records, &error));
  g_assert_no_error (error);
  g_clear_pointer (&records, way_record_set_free);
  app_open (&self->app);
  open_visit (self);
  open_section (self, WAY_SECTION_VIEWS);
  g_assert_cmpstr (
      get_choice (get_nth (self, GTK_TYPE_DROP_DOWN, "Which child: Child", 0)), ==, "not said");
  choose (get_nth (self, GTK_TYPE_DROP_DOWN, "Which child: Child", 0), "Wren Example");
  records = load_draft (self);
  g_assert_cmpuint (way_record_set_list (records, WAY_VISIT_VIEW)->len, ==, 1);
  g_assert_cmpstr (find_view (records, "I like marmalade.")->child, ==, self->other);
}

/* What is agreed is for all of them unless somebody says for whom; it used to be the first one's.
 */
static void
test_actions (JointFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (WayRecordSet) records = NULL;
  GPtrArray *actions;
  const WayAssessment *assessment;

  open_visit (self);
  open_section (self, WAY_SECTION_ACTIONS);
  write_note (self, "What is to be done", 0, "Sit both at the front");
  write_note (self, "What is to be done", 1, "Print the cards");
  choose (get_nth (self, GTK_TYPE_DROP_DOWN, "Whom the action is for", 1), "Wren Example");
  open_section (self, WAY_SECTION_ASSESSMENTS);
  gtk_editable_set_text (
      GTK_EDITABLE (app_get (&self->app, GTK_TYPE_ENTRY, "Name of the assessment")), "Balance");
  choose (get_nth (self, GTK_TYPE_DROP_DOWN, "Whom the assessment is of", 0), "Wren Example");
  records = load_draft (self);
  actions = way_record_set_list (records, WAY_ACTION);
  g_assert_cmpuint (actions->len, ==, 2);
  g_assert_null (((WayAction *) actions->pdata[0])->child);
  g_assert_cmpstr (((WayAction *) actions->pdata[1])->child, ==, self->other);
  assessment = way_record_set_first (records, WAY_ASSESSMENT);
  g_assert_cmpstr (assessment->child, ==, self->other);
}

/* A target says whose it is, also one of the second child; a new one is set for one of them. */
static void
test_targets (JointFixture *self, gconstpointer data G_GNUC_UNUSED)
{
  open_visit (self);
  open_section (self, WAY_SECTION_TARGETS);
  app_wait (&self->app,
            app_says,
            "Wren Example: Wren waits for a turn in three of four games.",
            "the second child's target");
  g_assert_true (app_says (&self->app, "Robin Example: Robin answers with a phrase"));
  app_get (&self->app, GTK_TYPE_BUTTON, "Set a target for Robin Example…");
  app_get (&self->app, GTK_TYPE_BUTTON, "Set a target for Wren Example…");
}

/* A visit of one child asks nothing of the kind. */
static void
test_one_child (AppFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  app_open_editor (fixture);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (app_get (fixture, GTK_TYPE_TOGGLE_BUTTON, "Views")), TRUE);
  app_get (fixture, GTK_TYPE_TEXT_VIEW, "View: Child");
  g_assert_null (app_find (GTK_WIDGET (fixture->window), GTK_TYPE_DROP_DOWN, "Which child: Child"));
  g_assert_null (
      app_find (GTK_WIDGET (fixture->window), GTK_TYPE_DROP_DOWN, "Whom the action is for"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/joint-visit/" name, JointFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("views", test_views);
  ADD ("unclaimed", test_unclaimed);
  ADD ("actions", test_actions);
  ADD ("targets", test_targets);
  g_test_add (
      "/joint-visit/one-child", AppFixture, NULL, app_set_up, test_one_child, app_tear_down);
  return g_test_run ();
}
