/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-visit-page"

#include "way-visit-page.h"

#include "way-error.h"
#include "way-pages-view.h"
#include "way-printed.h"
#include "way-screen.h"
#include "way-share-dialog.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-visit-draft.h"
#include "way-visit-editor.h"
#include "way-visit-versions.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WayVisitPage {
  AdwBin parent_instance;

  char *visit_id;
  int version; /* in view; 0: the latest */
  int latest;

  GtkStack *stack;
  GtkLabel *heading;
  GtkLabel *facts;
  GtkBox *versions;
  WayPagesView *pages;
  GtkWidget *share;
  GtkWidget *amend;
};

static void way_visit_page_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayVisitPage,
                               way_visit_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN, way_visit_page_screen_init))

static void refresh (WayVisitPage *self);

typedef struct {
  char *visit_id;
  int version;
} Request;

static void
request_free (gpointer data)
{
  g_free (((Request *) data)->visit_id);
  g_free (data);
}

/* What was read, and which version was asked for: another may be wanted by then. */
typedef struct {
  WayPrinted *printed;
  WayDate born;       /* the first child, if another has the name; else unknown */
  int version;        /* 0: the latest */
  GPtrArray *earlier; /* (nullable) (element-type WayVisitVersion): where that is read */
  GPtrArray *absent;  /* those of them whose content the store does not have */
} Gathered;

static void
gathered_free (gpointer data)
{
  Gathered *gathered = data;

  way_printed_free (gathered->printed);
  g_clear_pointer (&gathered->earlier, g_ptr_array_unref);
  g_ptr_array_unref (gathered->absent);
  g_free (gathered);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Gathered, gathered_free)

/* A record that came from elsewhere names its earlier versions, and may not bring them; where a
 * visit was amended apart, only one of two versions of a number is here. */
static gboolean
list_earlier (WayDb *db, const char *visit_id, Gathered *gathered, GError **error)
{
  gathered->earlier = way_db_list (db, WAY_VISIT_VERSION, "visit", visit_id, error);
  if (gathered->earlier == NULL)
    return FALSE;
  way_visit_versions_sort (gathered->earlier);
  for (guint i = 0; i < gathered->earlier->len; i++) {
    WayVisitVersion *version = gathered->earlier->pdata[i];
    GError *failure = NULL;
    g_autoptr (WayDossier) dossier =
        way_db_gather_visit (db, visit_id, (int) version->version, &failure);

    if (failure != NULL && !g_error_matches (failure, WAY_ERROR, WAY_ERROR_NOT_FOUND)) {
      g_propagate_error (error, failure);
      return FALSE;
    }
    if (failure != NULL || g_strcmp0 (dossier->fingerprint, version->fingerprint) != 0)
      g_ptr_array_add (gathered->absent, version);
    g_clear_error (&failure);
  }
  return TRUE;
}

static gboolean
find_birth (WayDb *db, Gathered *gathered, GError **error)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (gathered->printed->dossier);

  return way_db_find_birth (
      db, children->len > 0 ? WAY_RECORD (children->pdata[0])->id : NULL, &gathered->born, error);
}

static gpointer
gather_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  WayPrinted *printed = way_printed_gather (db, request->visit_id, request->version, error);
  g_autoptr (Gathered) gathered = NULL;

  if (printed == NULL)
    return NULL;
  gathered = g_new0 (Gathered, 1);
  gathered->printed = printed;
  gathered->version = request->version;
  gathered->absent = g_ptr_array_new ();
  if (!find_birth (db, gathered, error))
    return NULL;
  if (request->version == 0 && !list_earlier (db, request->visit_id, gathered, error))
    return NULL;
  return g_steal_pointer (&gathered);
}

static void
version_cb (GtkWidget *button, WayVisitPage *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->versions));

  self->version = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "way-version"));
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_BUTTON (gtk_widget_get_last_child (row)))
      gtk_widget_set_sensitive (gtk_widget_get_last_child (row),
                                gtk_widget_get_last_child (row) != button);
  refresh (self);
}

static GtkWidget *
build_show (WayVisitPage *self, int version)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Show"));
  g_autofree char *name = g_strdup_printf (_ ("Show version %d"), version);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  way_a11y_set_name (button, name);
  gtk_widget_set_sensitive (button, version != self->version);
  g_object_set_data (G_OBJECT (button), "way-version", GINT_TO_POINTER (version));
  g_signal_connect (button, "clicked", G_CALLBACK (version_cb), self);
  return button;
}

/* "Version 2, signed 17 Nov 2026. Amended: wrong date"; of two of one number also by whom. */
static char *
describe_version (const GPtrArray *earlier, const WayVisitVersion *version)
{
  g_autofree char *date =
      way_date_format (way_date_from_stamp_in_england (version->signed_at, NULL));
  const char *reason = way_visit_versions_get_reason (earlier, version->version);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Version %d, signed %s"), (int) version->version, date);
  if (way_visit_versions_is_apart (earlier, version->version))
    /* Translators: who signed one of two versions that have the same number */
    g_string_append_printf (text,
                            _ (" by %s. The visit was changed in two places."),
                            version->signed_by != NULL ? version->signed_by : _ ("nobody named"));
  else if (reason != NULL)
    g_string_append_printf (text, _ (". Amended: %s"), reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_version (WayVisitPage *self, const Gathered *gathered, WayVisitVersion *version)
{
  g_autofree char *words = describe_version (gathered->earlier, version);
  gboolean is_absent = g_ptr_array_find (gathered->absent, version, NULL);
  g_autoptr (GString) text = g_string_new (words);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label;

  if (is_absent) {
    g_string_append_c (text, '\n');
    g_string_append_printf (
        text, _ ("Version %d was not in the file you were sent."), (int) version->version);
  }
  label = way_ui_wrapped_label (text->str, is_absent ? "way-faint" : NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  if (!is_absent && self->latest > 1)
    gtk_box_append (GTK_BOX (row), build_show (self, (int) version->version));
  gtk_box_append (self->versions, row);
}

/* The latest one first; each of those before it keeps why it was replaced. */
static void
show_versions (WayVisitPage *self, const Gathered *gathered)
{
  const WayVisit *visit = way_dossier_get_visit (gathered->printed->dossier);
  WayVisitVersion latest = {
      .version = visit->version, .signed_at = visit->signed_at, .signed_by = visit->signed_by};

  way_ui_clear (GTK_WIDGET (self->versions));
  add_version (self, gathered, &latest);
  for (guint i = gathered->earlier->len; i > 0; i--)
    add_version (self, gathered, gathered->earlier->pdata[i - 1]);
}

/* (transfer full): of all whom the visit concerns */
static char *
dup_names (GPtrArray *children)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < children->len; i++)
    g_ptr_array_add (names, way_child_full_name (children->pdata[i]));
  return way_ui_join_names (names);
}

static void
show_title (WayVisitPage *self, GPtrArray *children, WayDate born)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *name = children->len > 0 ? way_child_full_name (children->pdata[0]) : NULL;

  if (name != NULL)
    way_window_set_visit_title (window, GTK_WIDGET (self), name, born, children->len, _ ("record"));
  else
    way_window_set_page_title (window, GTK_WIDGET (self), _ ("Record of Visit"));
}

static void
show_facts (WayVisitPage *self, const Gathered *gathered)
{
  const WayDossier *dossier = gathered->printed->dossier;
  const WayVisit *visit = way_dossier_get_visit (dossier);
  g_autoptr (GPtrArray) children = way_dossier_dup_children (dossier);
  g_autofree char *names = dup_names (children);
  g_autofree char *date = way_date_format_long (visit->date);
  const WayPractitioner *author = way_dossier_get_author (dossier);
  const char *signer = visit->signed_by != NULL ? visit->signed_by : _ ("nobody yet");
  g_autofree char *facts = NULL;

  if (author == NULL || visit->signed_by == NULL || g_strcmp0 (author->name, signer) == 0)
    facts = g_strdup_printf (
        _ ("%s · %s · signed by %s · fingerprint %s"), names, date, signer, dossier->fingerprint);
  else
    facts = g_strdup_printf (_ ("%s · %s · written by %s, signed by %s · fingerprint %s"),
                             names,
                             date,
                             author->name,
                             signer,
                             dossier->fingerprint);
  gtk_label_set_text (self->facts, facts);
  show_title (self, children, gathered->born);
}

/* What is shared is the latest version, whichever is looked at. */
static void
show_heading (WayVisitPage *self, const WayDossier *dossier)
{
  int version = (int) way_dossier_get_visit (dossier)->version;
  g_autofree char *text = g_strdup_printf (_ ("Record of Visit, version %d, signed"), version);
  gboolean is_latest = version == self->latest;

  gtk_label_set_text (self->heading, text);
  gtk_widget_set_sensitive (self->share, is_latest);
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Gathered) gathered = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  WayPrinted *printed;

  if (window == NULL)
    return;
  if (gathered == NULL) {
    way_window_show_error (window, _ ("The record could not be read"), error);
    return;
  }
  /* Another version was asked for meanwhile; that one comes next. */
  if (gathered->version != self->version)
    return;
  printed = gathered->printed;
  if (gathered->version == 0) {
    self->version = self->latest = (int) way_dossier_get_visit (printed->dossier)->version;
    show_versions (self, gathered);
  }
  show_facts (self, gathered);
  show_heading (self, printed->dossier);
  way_pages_view_take_pages (self->pages, way_visit_pages_new (printed->dossier, &printed->style));
  gtk_stack_set_visible_child_name (self->stack, "record");
}

static void
refresh (WayVisitPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  Request *request;

  if (window == NULL || !way_store_is_open (way_window_get_store (window)))
    return;
  request = g_new0 (Request, 1);
  request->visit_id = g_strdup (self->visit_id);
  request->version = self->version;
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       gather_job,
                       request,
                       request_free,
                       gathered_free,
                       NULL,
                       gathered_cb,
                       g_object_ref (self));
}

static void
share_cb (WayVisitPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window != NULL && way_store_is_open (way_window_get_store (window)))
    way_share_dialog_open (window, self->visit_id);
}

static void
amend_cb (WayVisitPage *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window != NULL)
    way_visit_editor_amend (window, self->visit_id);
}

/* After an amendment there is a newer version than the one in view. */
static void
way_visit_page_refresh (WayScreen *screen)
{
  WayVisitPage *self = WAY_VISIT_PAGE (screen);

  self->version = 0;
  refresh (self);
}

static void
way_visit_page_focus_first (WayScreen *screen)
{
  gtk_widget_grab_focus (WAY_VISIT_PAGE (screen)->share);
}

static void
way_visit_page_screen_init (WayScreenInterface *iface)
{
  iface->refresh = way_visit_page_refresh;
  iface->focus_first = way_visit_page_focus_first;
}

static void
way_visit_page_dispose (GObject *object)
{
  /* Before the template: the bin would take the stack away a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_VISIT_PAGE);
  G_OBJECT_CLASS (way_visit_page_parent_class)->dispose (object);
}

static void
way_visit_page_finalize (GObject *object)
{
  WayVisitPage *self = WAY_VISIT_PAGE (object);

  g_free (self->visit_id);
  G_OBJECT_CLASS (way_visit_page_parent_class)->finalize (object);
}

static void
way_visit_page_class_init (WayVisitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_visit_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_visit_page_finalize;
  g_type_ensure (WAY_TYPE_PAGES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/visit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, heading);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, facts);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, versions);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, pages);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, share);
  gtk_widget_class_bind_template_child (widget_class, WayVisitPage, amend);
  gtk_widget_class_bind_template_callback (widget_class, share_cb);
  gtk_widget_class_bind_template_callback (widget_class, amend_cb);
}

static void
way_visit_page_init (WayVisitPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_visit_page_new:
 * @visit_id: a signed visit
 *
 * Returns: (transfer floating): the page of its record
 */
GtkWidget *
way_visit_page_new (const char *visit_id)
{
  WayVisitPage *self = g_object_new (WAY_TYPE_VISIT_PAGE, NULL);

  self->visit_id = g_strdup (visit_id);
  return GTK_WIDGET (self);
}
