/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record leaves, as a file or on paper. What goes wrong is said in the dialog, or where that is
 * closed by then, in the window. */
#include "way-share-private.h"

#include "way-ui.h"
#include "way-visit-output.h"
#include "way-visit-print.h"

#include <glib/gi18n.h>

/* One that leaves; the dialog may be closed, and the window locked, before it is done. */
typedef struct {
  WayDialog *dialog;
  WayWindow *window;
  guint session;
  WayPrintLeave may_leave; /* on paper */
  gboolean is_asked;
} Leaving;

static Leaving *
leaving_new (WayShare *share)
{
  Leaving *leaving = g_rc_box_new0 (Leaving);

  leaving->dialog = g_object_ref (share->dialog);
  leaving->window = g_object_ref (way_window_of (GTK_WIDGET (share->dialog)));
  leaving->session = way_window_get_session (leaving->window);
  return leaving;
}

static void
clear (gpointer data)
{
  Leaving *leaving = data;

  g_object_unref (leaving->dialog);
  g_object_unref (leaving->window);
}

static void
leaving_unref (Leaving *leaving)
{
  g_rc_box_release_full (leaving, clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaving, leaving_unref)

static WayShare *
get_share (Leaving *leaving)
{
  return g_object_get_data (G_OBJECT (leaving->dialog), "share");
}

/* Without the blanks around it. */
char *
way_share_dup_typed (GtkWidget *entry)
{
  return entry != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))))
                       : NULL;
}

const WayDossier *
way_share_get_dossier (WayShare *share)
{
  return share->extract != NULL ? share->extract : share->facts->printed->dossier;
}

gboolean
way_share_is_pdf (WayShare *share)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (share->pdf));
}

static const char *
get_format (WayShare *share)
{
  if (!way_share_is_pdf (share))
    return "XML";
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (share->inside)) ? WAY_PRINTED_PDF
                                                                        : WAY_PRINTED_PDF_ALONE;
}

/* Boxes instead of letters are better known before the school sees them. */
static void
tell_left (WayWindow *window, gboolean on_paper, const char *missing)
{
  guint n = way_printed_count_missing (missing);
  g_autofree char *names = NULL, *text = NULL;

  if (n == 0) {
    way_window_toast (window,
                      on_paper ? _ ("Printed, and kept in the child’s sharing log.")
                               : _ ("Saved, and kept in the child’s sharing log."));
    return;
  }
  names = way_printed_name_missing (missing);
  text = g_strdup_printf (
      ngettext ("Saved, but %u character of this record has no font on this computer: %s",
                "Saved, but %u characters of this record have no font on this computer: %s",
                n),
      n,
      names);
  way_window_toast (window, text);
}

/* Nothing that was chosen is wrong, so no field is marked. */
static void
say_failure (WayShare *share, const char *text)
{
  gtk_label_set_text (share->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (share->message), text != NULL);
  if (text != NULL)
    way_ui_show_whole (GTK_WIDGET (share->message));
}

static void
tell_failure (Leaving *leaving, const char *doing, const GError *error)
{
  g_autofree char *text = way_error_to_sentence (doing, error);

  if (way_dialog_is_open (leaving->dialog))
    say_failure (get_share (leaving), text);
  else
    way_window_show_error (leaving->window, doing, error);
}

/* First the dialog goes, so that it is said where it stays in view. */
static void
finish (Leaving *leaving, gboolean on_paper, const char *missing)
{
  if (way_dialog_is_open (leaving->dialog))
    gtk_window_destroy (GTK_WINDOW (leaving->dialog));
  if (leaving->session == way_window_get_session (leaving->window))
    tell_left (leaving->window, on_paper, missing);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;

  get_share (leaving)->is_busy = FALSE;
  if (way_visit_save_finish (WAY_STORE (source), result, &missing, &error))
    finish (leaving, FALSE, missing);
  else
    tell_failure (leaving, _ ("The record could not be saved as a file"), error);
}

/* @file NULL: on paper; that is only logged. */
static void
log_and_save (Leaving *leaving, const char *format, GFile *file, GAsyncReadyCallback callback)
{
  WayShare *share = get_share (leaving);
  g_autofree char *recipient = way_share_dup_typed (share->recipient);
  g_autofree char *purpose = way_share_dup_typed (share->purpose);
  g_autofree char *basis = way_share_dup_typed (share->basis);
  g_autofree char *reason = way_share_dup_typed (share->reason);
  const WaySharing sharing = {.format = format,
                              .recipient = recipient,
                              .purpose = purpose,
                              .basis = basis,
                              .reason = reason};

  share->is_busy = TRUE;
  say_failure (share, NULL);
  way_visit_save_async (way_window_get_store (leaving->window),
                        share->visit_id,
                        share->child,
                        &sharing,
                        file,
                        callback,
                        g_rc_box_acquire (leaving));
}

/**
 * way_share_dialog_save_to:
 * @dialog: the dialog, filled in
 * @file: where to
 *
 * Logs that the record leaves, and saves it there.
 */
void
way_share_dialog_save_to (WayDialog *dialog, GFile *file)
{
  WayShare *share = g_object_get_data (G_OBJECT (dialog), "share");
  g_autoptr (Leaving) leaving = leaving_new (share);

  log_and_save (leaving, get_format (share), file, saved_cb);
}

static void
logged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;

  if (way_visit_save_finish (WAY_STORE (source), result, &missing, &error)) {
    leaving->may_leave = WAY_PRINT_GO;
    return;
  }
  leaving->may_leave = WAY_PRINT_STOP;
  tell_failure (leaving,
                _ ("The record was not printed, because that could not be kept in the sharing log"),
                error);
}

/* The printer is chosen: it is logged before the first page. */
static WayPrintLeave
may_leave_cb (gpointer data)
{
  Leaving *leaving = data;

  if (!leaving->is_asked) {
    if (!way_dialog_is_open (leaving->dialog) ||
        !way_store_is_open (way_window_get_store (leaving->window)))
      return WAY_PRINT_STOP;
    leaving->is_asked = TRUE;
    log_and_save (leaving, WAY_VISIT_ON_PAPER, NULL, logged_cb);
  }
  return leaving->may_leave;
}

/**
 * way_share_dialog_print_to:
 * @dialog: the dialog, filled in
 * @path: (nullable): a PDF to print into; %NULL: the printer that is asked for
 *
 * Logs that the pages leave, and prints them.
 */
void
way_share_dialog_print_to (WayDialog *dialog, const char *path)
{
  WayShare *share = g_object_get_data (G_OBJECT (dialog), "share");
  g_autoptr (Leaving) leaving = leaving_new (share);
  WayVisitPages *pages =
      way_visit_pages_new (way_share_get_dossier (share), &share->facts->printed->style);
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result =
      way_visit_print (GTK_WINDOW (dialog), pages, may_leave_cb, leaving, path, &error);

  way_visit_pages_free (pages);
  share->is_busy = FALSE;
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    tell_failure (leaving,
                  leaving->may_leave == WAY_PRINT_GO
                      ? _ ("The record could not be printed, or not all of it. The sharing log "
                           "says that it was")
                      : _ ("The record could not be printed"),
                  error);
  else if (result != GTK_PRINT_OPERATION_RESULT_CANCEL)
    finish (leaving, TRUE, NULL);
}
