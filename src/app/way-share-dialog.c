/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-share-dialog.h"

#include "way-pages-view.h"
#include "way-redact.h"
#include "way-share-field.h"
#include "way-share-private.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-visit-draft.h"

#include <glib/gi18n.h>

static void
share_free (gpointer data)
{
  WayShare *share = data;

  g_clear_pointer (&share->extract, way_dossier_free);
  g_clear_pointer (&share->facts, way_share_facts_free);
  g_free (share->visit_id);
  g_free (share);
}

/* The XML has the UPN, which is for education alone: it is left out of what leaves that, unless
 * somebody puts it in again. Left out for a slip, it comes back with what is chosen instead. */
static void
outside_cb (WayShare *share)
{
  g_autofree char *recipient = way_share_dup_typed (share->recipient);
  g_autofree char *purpose = way_share_dup_typed (share->purpose);
  g_autofree char *basis = way_share_dup_typed (share->basis);
  gboolean is_inside = gtk_check_button_get_active (GTK_CHECK_BUTTON (share->inside));
  gboolean is_outside = way_share_facts_is_contact (share->facts, recipient) ||
                        g_strcmp0 (purpose, _ ("Copy for the parents")) == 0 ||
                        g_strcmp0 (basis, _ ("Asked for by the parents")) == 0;

  if (is_outside)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (share->inside), FALSE);
  else if (share->is_left_out)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (share->inside), TRUE);
  share->is_left_out = is_outside && (is_inside || share->is_left_out);
}

static GtkWidget *
add_recipient (GtkWidget *box, WayShare *share)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  for (guint i = 0; i < share->facts->people->len; i++)
    g_ptr_array_add (people, share->facts->people->pdata[i]);
  g_ptr_array_add (people, NULL);
  return way_share_field_add (box,
                              _ ("To whom"),
                              (const char *const *) people->pdata,
                              share->dialog,
                              &share->recipient_message);
}

static void
add_reasons (GtkWidget *box, WayShare *share)
{
  const char *const purposes[] = {_ ("Advice for the school"),
                                  _ ("Copy for the parents"),
                                  _ ("Evidence for an EHC needs assessment"),
                                  _ ("Annual review"),
                                  NULL};
  const char *const bases[] = {
      _ ("Public task"), _ ("Legal obligation"), _ ("Asked for by the parents"), NULL};

  share->purpose =
      way_share_field_add (box, _ ("Purpose"), purposes, share->dialog, &share->purpose_message);
  share->basis =
      way_share_field_add (box, _ ("Basis"), bases, share->dialog, &share->basis_message);
  g_signal_connect_swapped (share->purpose, "changed", G_CALLBACK (outside_cb), share);
  g_signal_connect_swapped (share->basis, "changed", G_CALLBACK (outside_cb), share);
}

static void print_cb (WayShare *share);

static void
add_kinds (GtkWidget *box, WayShare *share)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *print = gtk_button_new_with_label (_ ("Print…"));
  GtkWidget *kinds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *xml = gtk_toggle_button_new_with_label (_ ("XML"));

  share->pdf = gtk_toggle_button_new_with_label (_ ("PDF"));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (xml), GTK_TOGGLE_BUTTON (share->pdf));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (share->pdf), TRUE);
  gtk_widget_add_css_class (share->pdf, "way-choice");
  gtk_widget_add_css_class (xml, "way-choice");
  gtk_widget_add_css_class (kinds, "linked");
  gtk_box_append (GTK_BOX (kinds), share->pdf);
  gtk_box_append (GTK_BOX (kinds), xml);
  gtk_box_append (GTK_BOX (box), way_ui_label (_ ("What leaves"), "heading"));
  gtk_box_append (GTK_BOX (line), kinds);
  gtk_widget_set_hexpand (print, TRUE);
  gtk_widget_set_halign (print, GTK_ALIGN_END);
  g_signal_connect_swapped (print, "clicked", G_CALLBACK (print_cb), share);
  gtk_box_append (GTK_BOX (line), print);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box),
                  way_ui_wrapped_label (_ ("A PDF is to read and to file. The XML is for another "
                                           "Waymark, and has the child’s UPN."),
                                        "way-hint"));
  share->inside = gtk_check_button_new_with_label (_ ("The PDF holds the XML as well"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (share->inside), TRUE);
  g_object_bind_property (share->pdf, "active", share->inside, "sensitive", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), share->inside);
}

static void
show_pages (WayShare *share)
{
  way_pages_view_take_pages (
      WAY_PAGES_VIEW (share->pages),
      way_visit_pages_new (way_share_get_dossier (share), &share->facts->printed->style));
}

static void
add_agreement (GtkWidget *box, WayShare *share)
{
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;

  gtk_box_append (GTK_BOX (box), way_ui_label (_ ("Agreement to engage"), "heading"));
  for (guint i = 0; i < share->facts->agreements->len; i++)
    gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (share->facts->agreements->pdata[i], NULL));
  if (share->facts->missing->len == 0)
    return;
  names = way_ui_join_names (share->facts->missing);
  text = g_strdup_printf (_ ("⚠ No agreement is in place for %s. Say why the record leaves "
                             "without it."),
                          names);
  gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (text, "way-warning"));
  share->reason = way_share_field_add (box,
                                       _ ("Reason for sharing without an agreement"),
                                       NULL,
                                       share->dialog,
                                       &share->reason_message);
}

/* Children whom what leaves does not concern; an extract leaves them out only with the part that
 * they are named in. */
static void
add_named (GtkWidget *box, WayShare *share)
{
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;

  if (share->facts->named->len == 0)
    return;
  names = way_ui_join_names (share->facts->named);
  text = g_strdup_printf (_ ("⚠ The text names other children: %s. Share it only with somebody who "
                             "may read about them, or amend the visit first."),
                          names);
  gtk_box_append (GTK_BOX (box), way_ui_wrapped_label (text, "way-warning"));
}

/* What depends on the children whom it concerns; what was typed stays. */
static void
fill_facts (WayShare *share)
{
  g_autofree char *recipient = way_share_dup_typed (share->recipient);
  g_autofree char *reason = way_share_dup_typed (share->reason);
  g_autofree char *log = NULL;

  way_ui_clear (share->named);
  way_ui_clear (share->whom);
  way_ui_clear (share->agreement);
  share->reason = NULL;
  add_named (share->named, share);
  share->recipient = add_recipient (share->whom, share);
  g_signal_connect_swapped (share->recipient, "changed", G_CALLBACK (outside_cb), share);
  if (share->facts->children->len > 0)
    add_agreement (share->agreement, share);
  if (recipient != NULL)
    gtk_editable_set_text (GTK_EDITABLE (share->recipient), recipient);
  if (share->reason != NULL && reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (share->reason), reason);
  if (share->name != NULL)
    log = g_strdup_printf (_ ("This will be kept in %s’s sharing log."), share->name);
  else
    log = g_strdup (_ ("This will be kept in the sharing log of each child."));
  gtk_label_set_text (share->log, log);
}

/* What an extract does not hold, and what only a reader can find in it. */
static char *
dup_redacted (const WayRedacted *redacted)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text,
      ngettext ("Other children were named in it %u time and are now “another child”. Read the "
                "pages at the left before they leave.",
                "Other children were named in it %u times and are now “another child”. Read the "
                "pages at the left before they leave.",
                redacted->n_replaced),
      redacted->n_replaced);
  if (redacted->n_views > 0)
    g_string_append_printf (
        text,
        ngettext ("\n⚠ %u view names no child and is left out of the extract; amend the visit to "
                  "say whose it is.",
                  "\n⚠ %u views name no child and are left out of the extract; amend the visit to "
                  "say whose they are.",
                  redacted->n_views),
        redacted->n_views);
  if (redacted->is_unclear)
    g_string_append (text,
                     _ ("\n⚠ The text uses a name that another child of this visit has as well, or "
                        "a single letter that may stand for another child, as in “W sat”. Who is "
                        "meant can’t be told, so it is left as it is. Where it is about another "
                        "child, amend the visit first."));
  return g_string_free (text, FALSE);
}

/* The whole record, or what concerns one of the children. */
static void
whom_cb (GtkDropDown *list, GParamSpec *pspec, WayShare *share)
{
  g_autoptr (GPtrArray) children = way_dossier_dup_children (share->facts->printed->dossier);
  guint selected = gtk_drop_down_get_selected (list);
  WayRedacted redacted = {0};
  g_autofree char *text = NULL;

  g_clear_pointer (&share->extract, way_dossier_free);
  share->child = NULL;
  if (selected > 0 && selected <= children->len) {
    share->child = WAY_RECORD (children->pdata[selected - 1])->id;
    share->extract = way_redact_for_child (share->facts->printed->dossier, share->child, &redacted);
    text = dup_redacted (&redacted);
  }
  share->name = share->child != NULL ? share->facts->children->pdata[selected - 1] : NULL;
  way_share_facts_narrow (share->facts, way_share_get_dossier (share), share->child);
  fill_facts (share);
  gtk_label_set_text (share->replaced, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (share->replaced), text != NULL);
  gtk_widget_set_visible (share->about, share->extract == NULL);
  show_pages (share);
}

static void
add_whom (GtkWidget *box, WayShare *share)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *list;

  gtk_string_list_append (labels, _ ("The whole record, about all of them"));
  for (guint i = 0; i < share->facts->children->len; i++) {
    g_autofree char *label =
        g_strdup_printf (_ ("For one child: %s"), (const char *) share->facts->children->pdata[i]);

    gtk_string_list_append (labels, label);
  }
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  way_a11y_set_name (list, _ ("Which part of the record"));
  share->replaced = GTK_LABEL (way_ui_wrapped_label (NULL, "way-hint"));
  gtk_widget_set_visible (GTK_WIDGET (share->replaced), FALSE);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (share->replaced));
  g_signal_connect (list, "notify::selected", G_CALLBACK (whom_cb), share);
}

/* A record of several children says so before anything else is asked. */
static void
add_children (GtkWidget *box, WayShare *share)
{
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;

  if (share->facts->children->len < 2)
    return;
  names = way_ui_join_names (share->facts->children);
  text = g_strdup_printf (_ ("⚠ This record is about %u children: %s. Whoever gets it reads about "
                             "all of them."),
                          share->facts->children->len,
                          names);
  share->about = way_ui_wrapped_label (text, "way-warning");
  gtk_box_append (GTK_BOX (box), share->about);
  add_whom (box, share);
}

static GtkWidget *
build_form (WayShare *share)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  share->named = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  share->whom = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  share->agreement = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  share->log = GTK_LABEL (way_ui_wrapped_label (NULL, "way-faint"));
  if (share->facts->children->len == 1)
    share->name = share->facts->children->pdata[0];
  add_children (box, share);
  gtk_box_append (GTK_BOX (box), share->named);
  gtk_box_append (GTK_BOX (box), share->whom);
  add_reasons (box, share);
  add_kinds (box, share);
  gtk_box_append (GTK_BOX (box), share->agreement);
  share->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (share->message), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (share->message));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (share->log));
  fill_facts (share);
  gtk_widget_set_size_request (box, 400, -1);
  /* The room that is left goes to the pages. */
  gtk_widget_set_hexpand (box, FALSE);
  return box;
}

static gboolean
check_filled (GtkWidget *entry, GtkLabel *message, const char *fault)
{
  g_autofree char *text = way_share_dup_typed (entry);

  if (entry == NULL || *text != '\0')
    return TRUE;
  way_ui_set_field_error (entry, message, fault);
  gtk_widget_grab_focus (entry);
  return FALSE;
}

static gboolean
check_recipient (WayShare *share)
{
  g_autofree char *recipient = way_share_dup_typed (share->recipient);
  const char *barred = way_share_facts_find_barred (share->facts, recipient);
  g_autofree char *text = NULL;

  if (!check_filled (
          share->recipient, share->recipient_message, _ ("Say who gets it: a name or a school.")))
    return FALSE;
  if (barred == NULL)
    return TRUE;
  text = g_strdup_printf (
      _ ("%s must not be contacted. Look at the child’s contacts before anything leaves. If "
         "somebody else is meant, write their full name, or the school or office alone."),
      barred);
  way_ui_set_field_error (share->recipient, share->recipient_message, text);
  gtk_widget_grab_focus (share->recipient);
  return FALSE;
}

/* All are looked at, the first that is wrong gets the keyboard: from the last to the first. */
static gboolean
check (WayShare *share)
{
  gboolean right = check_filled (
      share->reason, share->reason_message, _ ("Say why it leaves without an agreement."));

  right &= check_filled (share->basis, share->basis_message, _ ("Say on what basis it may leave."));
  right &= check_filled (share->purpose, share->purpose_message, _ ("Say what it is for."));
  right &= check_recipient (share);
  return right;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) dialog = user_data;
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);
  WayWindow *window = way_window_of (dialog);

  /* Cancelled, or locked while the place was chosen. */
  if (file == NULL || window == NULL || !way_store_is_open (way_window_get_store (window)))
    return;
  way_share_dialog_save_to (WAY_DIALOG (dialog), file);
}

static void
print_cb (WayShare *share)
{
  if (!share->is_busy && check (share))
    way_share_dialog_print_to (share->dialog, NULL);
}

static void
save_cb (WayShare *share)
{
  const WayDossier *dossier;
  g_autoptr (GPtrArray) children = NULL;
  g_autofree char *name = NULL;

  if (share->is_busy || !check (share))
    return;
  dossier = way_share_get_dossier (share);
  children = way_dossier_dup_children (dossier);
  name = way_visit_file_name (way_dossier_get_visit (dossier),
                              children->len > 0 ? children->pdata[0] : NULL,
                              way_share_is_pdf (share) ? "pdf" : "xml");
  way_ui_choose_file_async (GTK_WINDOW (share->dialog),
                            WAY_CHOOSE_SAVE,
                            way_share_is_pdf (share) ? _ ("Save the record as PDF")
                                                     : _ ("Save the record as XML"),
                            name,
                            chosen_cb,
                            g_object_ref (share->dialog));
}

/* At the left the pages as they will be, at the right what is asked. */
static void
fill (WayShare *share, GtkWidget *content)
{
  share->pages = way_pages_view_new ();
  show_pages (share);
  gtk_widget_add_css_class (share->pages, "way-desk");
  gtk_widget_set_hexpand (share->pages, TRUE);
  gtk_widget_set_size_request (share->pages, 360, -1);
  gtk_box_append (GTK_BOX (content), share->pages);
  gtk_box_append (GTK_BOX (content), build_form (share));
}

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  WayShareFacts *facts = way_store_run_finish (WAY_STORE (source), result, &error);
  GtkWidget *content;
  WayShare *share;

  if (facts == NULL) {
    way_window_show_error (window, _ ("The record could not be read"), error);
    return;
  }
  /* Locked meanwhile: nothing may come back onto the screen. */
  if (way_window_get_page (window) == NULL) {
    way_share_facts_free (facts);
    return;
  }
  share = g_new0 (WayShare, 1);
  share->facts = facts;
  share->visit_id = g_strdup (way_dossier_get_visit (facts->printed->dossier)->record.id);
  content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  share->dialog = way_dialog_new (window, _ ("Share"), _ ("Save…"), content);
  g_object_set_data_full (G_OBJECT (share->dialog), "share", share, share_free);
  fill (share, content);
  g_signal_connect_swapped (share->dialog, "save", G_CALLBACK (save_cb), share);
  gtk_window_set_default_size (GTK_WINDOW (share->dialog), 980, 640);
  way_dialog_present (share->dialog);
  gtk_widget_grab_focus (share->recipient);
}

typedef struct {
  char *visit_id;
  WayDate today;
} Request;

static void
request_free (gpointer data)
{
  g_free (((Request *) data)->visit_id);
  g_free (data);
}

static gpointer
gather_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;

  return way_share_facts_gather (db, request->visit_id, request->today, error);
}

/**
 * way_share_dialog_open:
 * @window: the window, open
 * @visit_id: a signed visit
 *
 * Shows the pages that would leave and asks to whom, why and on what basis; without an
 * agreement to engage it asks for a reason. Then saves the file and logs that it left.
 */
void
way_share_dialog_open (WayWindow *window, const char *visit_id)
{
  Request *request;

  g_return_if_fail (WAY_IS_WINDOW (window) && visit_id != NULL);

  request = g_new (Request, 1);
  request->visit_id = g_strdup (visit_id);
  request->today = way_window_get_today (window);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       gather_job,
                       request,
                       request_free,
                       (GDestroyNotify) way_share_facts_free,
                       NULL,
                       gathered_cb,
                       g_object_ref (window));
}
