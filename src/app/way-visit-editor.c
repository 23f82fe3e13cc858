/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "way-visit-editor"

#include "way-visit-editor-private.h"

#include "way-begun.h"
#include "way-dossier.h"
#include "way-error.h"
#include "way-printed.h"
#include "way-screen.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-visit-aside.h"
#include "way-wrap-box.h"

#include <glib/gi18n.h>

#define ASIDE_WIDTH 270 /* px that what stands beside the form needs */
#define PAGES_WIDTH 440 /* and a page that can be read */

static void way_visit_editor_screen_init (WayScreenInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayVisitEditor,
                               way_visit_editor,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN,
                                                      way_visit_editor_screen_init))

static void
show_status (WayVisitEditor *self)
{
  WayAutosaveState state = way_autosave_get_state (self->autosave);
  gboolean is_kept = state != WAY_AUTOSAVE_FAILED && !way_autosave_is_late (self->autosave);
  guint n_words = way_visit_draft_count_words (way_visit_form_get_records (self->form));
  g_autofree char *words = g_strdup_printf (ngettext ("%u word", "%u words", n_words), n_words);
  g_autofree char *text = NULL;

  if (state == WAY_AUTOSAVE_FAILED)
    text = g_strdup_printf ("%s · %s", _ ("Not saved. It is tried again every 2 seconds."), words);
  else if (way_autosave_is_late (self->autosave))
    text = g_strdup_printf ("%s · %s", _ ("Not saved yet: the store is busy."), words);
  else if (self->saved_at != NULL)
    text = g_strdup_printf (_ ("Saved %s · %s"), self->saved_at, words);
  else if (!self->is_new)
    text = g_strdup_printf (_ ("Saved before · %s"), words);
  else
    text = g_strdup_printf (_ ("Nothing changed yet · %s"), words);
  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status_mark), !is_kept || !self->is_new);
  gtk_image_set_from_icon_name (self->status_mark,
                                is_kept ? "object-select-symbolic" : "dialog-warning-symbolic");
  if (state == WAY_AUTOSAVE_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "way-error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "way-error");
  gtk_widget_set_visible (self->again, state == WAY_AUTOSAVE_FAILED);
  gtk_widget_set_visible (self->discard, !self->is_new);
}

/* Left already, or under another page: nobody would see it here. Under another it is said once,
 * however often it is tried. */
void
way_visit_editor_come_back (WayVisitEditor *self, const GError *error)
{
  gboolean is_in_view =
      self->window != NULL && way_window_get_page (self->window) == GTK_WIDGET (self);

  gboolean is_left = gtk_widget_get_parent (GTK_WIDGET (self)) == NULL;

  if (self->window == NULL || (is_in_view && self->form != NULL))
    return;
  if (is_left && way_window_is_writing (self->window))
    way_window_wait_unkept_visit (self->window, self->session, self->visit_id);
  else if (is_left || !self->is_told)
    way_window_give_back (self->window,
                          GTK_WIDGET (self),
                          self->session,
                          _ ("What you typed could not be saved"),
                          error);
  self->is_told = TRUE;
}

/**
 * way_visit_editor_say_failure:
 * @self: the editor
 * @text: (nullable): what could not be done; nothing any more
 * @refused: it is that the visit is not signed: no saving ends that, only writing and signing
 */
void
way_visit_editor_say_failure (WayVisitEditor *self, const char *text, gboolean refused)
{
  self->is_refused = refused;
  gtk_label_set_text (self->failure, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->failure), text != NULL);
}

static void show_pages (WayVisitEditor *self);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = NULL;

  way_visit_keep_finish (WAY_STORE (source), result, &error);
  if (self->autosave == NULL)
    return;
  way_autosave_done (self->autosave, error == NULL);
  if (self->is_done)
    return;
  if (error != NULL && way_autosave_get_state (self->autosave) == WAY_AUTOSAVE_FAILED)
    way_visit_editor_come_back (self, error);
  if (error == NULL) {
    self->is_new = FALSE;
    self->is_told = FALSE;
    g_free (self->saved_at);
    self->saved_at = g_date_time_format (now, "%H:%M:%S");
    if (self->window != NULL)
      way_window_set_draft_saved (self->window, self->visit_id);
  }
  if (error != NULL)
    text = way_error_to_sentence (_ ("What you typed could not be saved"), error);
  if (error != NULL || !self->is_refused)
    way_visit_editor_say_failure (self, text, FALSE);
  show_status (self);
  if (error == NULL && gtk_toggle_button_get_active (self->preview))
    show_pages (self);
}

/* Only the first time there is something new for other pages to show. */
static void
save_cb (gpointer user_data)
{
  WayVisitEditor *self = user_data;
  WayRecordSet *records;

  /* After the end of a draft nothing may bring it back. */
  if (self->is_done || self->is_signing) {
    way_autosave_done (self->autosave, TRUE);
    return;
  }
  records = way_record_set_copy (way_visit_form_get_records (self->form));
  way_visit_draft_prune (records);
  way_visit_keep_async (self->store,
                        self->is_new ? WAY_STORE_WRITES : WAY_STORE_READS,
                        self->unkept,
                        self->origin,
                        records,
                        NULL,
                        saved_cb,
                        g_object_ref (self));
}

static void
autosave_cb (gpointer user_data)
{
  show_status (user_data);
}

static void
typed_cb (WayVisitEditor *self)
{
  if (self->is_done)
    return;
  if (self->is_refused)
    way_visit_editor_say_failure (self, NULL, FALSE);
  way_autosave_touch (self->autosave);
  show_status (self);
}

static void
show_title (WayVisitEditor *self, WayWindow *window, const WayVisitLoaded *loaded)
{
  const WayChild *child = way_record_set_first (loaded->child, WAY_CHILD);
  guint n = way_record_set_list (loaded->records, WAY_VISIT_CHILD)->len;
  gboolean is_amendment = way_visit_draft_is_amendment (loaded->records);
  g_autofree char *name = child != NULL ? way_child_full_name (child) : NULL;

  if (name != NULL)
    way_window_set_visit_title (window,
                                GTK_WIDGET (self),
                                name,
                                loaded->born,
                                n,
                                is_amendment ? _ ("amendment") : _ ("visit"));
}

/* The form begins with the keyboard where the typing is. */
void
way_visit_editor_take_loaded (WayVisitEditor *self,
                              WayWindow *window,
                              WayVisitLoaded *loaded,
                              gboolean typed)
{
  GtkWidget *aside = way_visit_aside_new (
      loaded->child, loaded->records, way_window_get_terms (window), &loaded->options);
  gboolean is_amendment = way_visit_draft_is_amendment (loaded->records);

  g_clear_handle_id (&self->first_id, g_source_remove);
  gtk_toggle_button_set_active (self->preview, FALSE); /* of what was there before */
  show_title (self, window, loaded);
  self->form = WAY_VISIT_FORM (way_visit_form_new (g_steal_pointer (&loaded->records),
                                                   g_steal_pointer (&loaded->child),
                                                   way_window_get_lists (window)));
  g_clear_pointer (&self->before, way_record_set_free);
  self->before = g_steal_pointer (&loaded->before);
  g_clear_pointer (&self->autosave, way_autosave_free);
  self->autosave = way_autosave_new (WAY_BEGUN_KEEP_MS, save_cb, autosave_cb, self);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->form_place, GTK_WIDGET (self->form));
  gtk_scrolled_window_set_child (self->aside_place, aside);
  gtk_button_set_label (GTK_BUTTON (self->sign),
                        is_amendment ? _ ("Sign amendment…") : _ ("Sign…"));
  way_a11y_set_name (self->sign, is_amendment ? _ ("Sign amendment…") : _ ("Sign…"));
  gtk_stack_set_visible_child_name (self->stack, "form");
  way_visit_editor_offer_earlier (self, loaded);
  show_status (self);
  if (typed)
    typed_cb (self);
  if (typed && !self->amends)
    way_visit_form_show_section (self->form, WAY_SECTION_SEEN);
  else
    way_visit_form_focus_first (self->form);
}

/**
 * way_visit_editor_is_untouched:
 * @self: the editor, loaded
 *
 * Returns: whether it is to amend a signed visit, and nothing was typed into it yet
 */
gboolean
way_visit_editor_is_untouched (WayVisitEditor *self)
{
  return self->amends && self->is_new && !self->is_done && !self->is_signing &&
         way_autosave_get_state (self->autosave) == WAY_AUTOSAVE_SAVED;
}

/* What is typed here is newer than what the store has; an amendment that is not begun yet shows
 * the newest version. Its pages show also what the service prints on them. */
static void
way_visit_editor_refresh (WayScreen *screen)
{
  WayVisitEditor *self = WAY_VISIT_EDITOR (screen);

  if (!self->is_loading && (self->form == NULL || way_visit_editor_is_untouched (self)))
    way_visit_editor_load (self);
  else if (self->form != NULL && gtk_toggle_button_get_active (self->preview))
    show_pages (self);
}

static void
way_visit_editor_save (WayScreen *screen)
{
  WayVisitEditor *self = WAY_VISIT_EDITOR (screen);

  if (self->is_done)
    return;
  if (self->autosave != NULL)
    way_autosave_flush (self->autosave);
  else
    way_visit_editor_keep_typed (self);
}

static void
way_visit_editor_focus_first (WayScreen *screen)
{
  WayVisitEditor *self = WAY_VISIT_EDITOR (screen);

  if (self->form != NULL)
    way_visit_form_focus_first (self->form);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->first_words));
}

static gpointer
pages_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  WayRecordSet *records = request;
  g_autofree char *reason = way_visit_draft_dup_reason (records);

  way_visit_draft_finish (records);
  way_visit_draft_drop_reason (records);
  return way_printed_preview (db, records, reason, error);
}

/* The field says so as well. */
static void
say_waiting (WayVisitEditor *self, WayWindow *window)
{
  g_autofree char *fault = NULL, *text = NULL;

  way_visit_form_check (self->form);
  if (way_visit_form_find_fault (self->form, &fault) != NULL)
    text = g_strdup_printf (_ ("The pages wait: %s"), fault);
  way_window_toast (window,
                    text != NULL ? text
                                 : _ ("The pages wait until everything that was begun is "
                                      "complete."));
}

static void
pages_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPrinted) printed = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (window == NULL || self->form == NULL)
    return;
  /* A line without its name, an end before the start: as soon as it is right the pages come. */
  if (g_error_matches (error, WAY_ERROR, WAY_ERROR_INVALID))
    say_waiting (self, window);
  else if (printed == NULL)
    way_window_show_error (window, _ ("The pages could not be made"), error);
  else
    way_pages_view_take_pages (self->pages,
                               way_visit_pages_new (printed->dossier, &printed->style));
}

static void
show_pages (WayVisitEditor *self)
{
  way_store_run_async (self->store,
                       WAY_STORE_READS,
                       pages_job,
                       way_record_set_copy (way_visit_form_get_records (self->form)),
                       (GDestroyNotify) way_record_set_free,
                       (GDestroyNotify) way_printed_free,
                       NULL,
                       pages_cb,
                       g_object_ref (self));
}

/* The form goes out of view, and comes back as it was left. */
static void
put_aside_form (WayVisitEditor *self, gboolean aside)
{
  GtkWidget *form = GTK_WIDGET (self->form_place);
  GtkRoot *root = gtk_widget_get_root (form);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (aside == !gtk_widget_get_visible (form))
    return;
  if (aside)
    g_set_weak_pointer (&self->typed_in,
                        focus != NULL && gtk_widget_is_ancestor (focus, form) ? focus : NULL);
  gtk_widget_set_visible (form, !aside);
  if (self->typed_in == NULL)
    return;
  if (aside)
    gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->typed_in);
}

/* Where both do not fit, the pages take the place of what is written while they are wanted. */
static void
arrange_cb (WayVisitEditor *self)
{
  gboolean folded = way_fold_get_folded (self->fold);
  gboolean preview = gtk_toggle_button_get_active (self->preview);

  gtk_widget_set_visible (GTK_WIDGET (self->side), !folded || preview);
  put_aside_form (self, folded && preview);
}

static void
preview_cb (WayVisitEditor *self)
{
  gboolean active = gtk_toggle_button_get_active (self->preview);

  /* What is written beside pages that nobody can read is no preview. */
  gtk_widget_set_size_request (GTK_WIDGET (self->side), active ? PAGES_WIDTH : ASIDE_WIDTH, -1);
  gtk_stack_set_visible_child_name (self->side, active ? "pages" : "aside");
  arrange_cb (self);
  if (active && self->form != NULL)
    show_pages (self);
}

static void
again_cb (WayVisitEditor *self)
{
  way_autosave_flush (self->autosave);
}

static void
sign_cb (WayVisitEditor *self)
{
  if (self->form != NULL && !self->is_signing)
    way_visit_editor_ask_to_sign (self);
}

static void
discard_cb (WayVisitEditor *self)
{
  way_visit_editor_ask_to_discard (self);
}

/* Nobody has to, but many hands do it by habit. */
static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  way_visit_editor_save (WAY_SCREEN (widget));
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkToggleButton *preview = WAY_VISIT_EDITOR (widget)->preview;

  gtk_toggle_button_set_active (preview, !gtk_toggle_button_get_active (preview));
}

/* Goes back from the page, or takes it away from under the one in view. */
void
way_visit_editor_leave (WayVisitEditor *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  self->is_done = TRUE;
  if (window != NULL)
    way_window_drop (window, GTK_WIDGET (self));
}

static void
way_visit_editor_screen_init (WayScreenInterface *iface)
{
  iface->save = way_visit_editor_save;
  iface->refresh = way_visit_editor_refresh;
  iface->focus_first = way_visit_editor_focus_first;
}

static void
way_visit_editor_dispose (GObject *object)
{
  WayVisitEditor *self = WAY_VISIT_EDITOR (object);

  g_clear_handle_id (&self->first_id, g_source_remove);
  g_clear_pointer (&self->autosave, way_autosave_free);
  self->form = NULL;
  /* Before the template: the bin would take the stack away a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_VISIT_EDITOR);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->typed_in);
  g_clear_pointer (&self->origin, way_visit_origin_unref);
  g_clear_pointer (&self->unkept, way_unkept_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (way_visit_editor_parent_class)->dispose (object);
}

static void
way_visit_editor_finalize (GObject *object)
{
  WayVisitEditor *self = WAY_VISIT_EDITOR (object);

  g_free (self->child_id);
  g_free (self->visit_id);
  g_free (self->saved_at);
  g_clear_pointer (&self->before, way_record_set_free);
  g_clear_pointer (&self->begun, g_ptr_array_unref);
  g_free (self->earlier);
  G_OBJECT_CLASS (way_visit_editor_parent_class)->finalize (object);
}

static void
way_visit_editor_class_init (WayVisitEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_visit_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_visit_editor_finalize;
  g_type_ensure (WAY_TYPE_FOLD);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  g_type_ensure (WAY_TYPE_PAGES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waymark/Waymark/visit-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, earlier_notice);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, earlier_words);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, earlier_open);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, fold);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, columns);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, first_title);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, first_words);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, form_place);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, aside_place);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, side);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, pages);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, status);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, status_mark);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, again);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, discard);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, sign);
  gtk_widget_class_bind_template_child (widget_class, WayVisitEditor, failure);
  gtk_widget_class_bind_template_callback (widget_class, arrange_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_visit_editor_open_earlier);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_install_action (widget_class, "visit.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "visit.preview", NULL, preview_action);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "visit.save", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "visit.preview", NULL);
}

static void
way_visit_editor_init (WayVisitEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self->side), ASIDE_WIDTH, -1);
  way_ui_tell_whole (self->status);
  way_a11y_set_name (GTK_WIDGET (self->columns), _ ("What is written, and what helps"));
}

/**
 * way_visit_editor_new:
 * @child_id: (nullable): whom a new visit is about
 * @visit_id: (nullable): the visit; %NULL: a new one
 * @is_new: whether the list of drafts does not have it yet
 *
 * Returns: (transfer floating): the editor, which loads what it needs
 */
GtkWidget *
way_visit_editor_new (const char *child_id, const char *visit_id, gboolean is_new)
{
  WayVisitEditor *self = g_object_new (WAY_TYPE_VISIT_EDITOR, NULL);

  self->child_id = g_strdup (child_id);
  /* At once, so that everything typed goes into the same visit. */
  self->visit_id = visit_id != NULL ? g_strdup (visit_id) : way_uuid_random ();
  self->is_new = is_new;
  self->amends = is_new && visit_id != NULL;
  way_visit_editor_prepare_first_words (self);
  return GTK_WIDGET (self);
}
