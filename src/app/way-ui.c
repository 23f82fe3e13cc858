/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-ui.h"

#include "way-recent.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME_KEY "way-name"
#define USUAL_SIZE (11 * 96 / 72.0) /* px: 11 pt, as the platform has it */

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The keyboard is in the button inside a list to choose from, which GTK 4.8 leaves without a name:
 * "School or setting: Oakfield Primary". */
static void
chosen_cb (GtkWidget *list)
{
  GtkWidget *button = gtk_widget_get_first_child (list);
  const char *name = g_object_get_data (G_OBJECT (list), NAME_KEY);
  gpointer item = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (list));
  const char *shown = GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (item) : "—";
  const char *chosen = strcmp (shown, "—") != 0 ? shown : _ ("nothing chosen");
  /* Translators: what is chosen, and which of the choices it is */
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), name, chosen);

  if (GTK_IS_BUTTON (button))
    set_name (button, text);
}

/**
 * way_a11y_set_name:
 * @widget: a widget
 * @name: what a screen reader calls it, already translated
 *
 * Sets the accessible name. GTK 4.8 joins a name with the label that a button
 * labels itself by, so that link is taken away first.
 */
void
way_a11y_set_name (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && name != NULL);

  set_name (widget, name);
  if (!GTK_IS_DROP_DOWN (widget))
    return;
  if (g_object_get_data (G_OBJECT (widget), NAME_KEY) == NULL)
    g_signal_connect (widget, "notify::selected-item", G_CALLBACK (chosen_cb), NULL);
  g_object_set_data_full (G_OBJECT (widget), NAME_KEY, g_strdup (name), g_free);
  chosen_cb (widget);
}

/**
 * way_a11y_set_description:
 * @widget: a widget
 * @description: more words about it, already translated
 *
 * Sets what a screen reader says after the name.
 */
void
way_a11y_set_description (GtkWidget *widget, const char *description)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && description != NULL);

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/**
 * way_ui_scale:
 * @widget: a widget whose text should fit
 * @length: px, at the usual size of letters
 *
 * Returns: the length for the letters that people set for themselves; never less than @length
 */
int
way_ui_scale (GtkWidget *widget, int length)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;
  return (int) (length * MAX (size / USUAL_SIZE, 1.0));
}

/**
 * way_a11y_name_lists:
 * @row: a combo row
 * @name: what a screen reader calls its list, already translated
 *
 * Names the list inside a combo row, which libadwaita 1.2 leaves without a name.
 */
void
way_a11y_name_lists (GtkWidget *row, const char *name)
{
  if (GTK_IS_LIST_VIEW (row))
    way_a11y_set_name (row, name);
  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    way_a11y_name_lists (child, name);
}

static gboolean
is_eye (const char *icon)
{
  return icon != NULL && g_str_has_prefix (icon, "view-");
}

/**
 * way_a11y_tidy:
 * @widget: an entry or a row of the platform's, or what contains some
 *
 * Names what GTK 4.8 calls by the names of its classes: the eye that shows a passphrase, and the
 * warning of Caps Lock. Pictures that only adorn are not told of.
 *
 * Tab goes past the eye to the next field: who types a passphrase twice must not type it into a
 * button. The keyboard has "Show Text" in the entry's menu.
 */
void
way_a11y_tidy (GtkWidget *widget)
{
  const char *icon = GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget) && is_eye (gtk_button_get_icon_name (GTK_BUTTON (widget)))) {
    gtk_widget_set_focusable (widget, FALSE);
    way_a11y_set_name (widget, _ ("Show or hide what is typed"));
    return;
  }
  if (is_eye (icon))
    way_a11y_set_name (widget, _ ("Show or hide what is typed"));
  else if (g_strcmp0 (icon, "caps-lock-symbolic") == 0)
    way_a11y_set_name (widget, _ ("Caps Lock is on"));
  else if (GTK_IS_IMAGE (widget))
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    way_a11y_tidy (child);
}

#define SETTLED (G_USEC_PER_SEC / 10) /* texts get their height a while after their width */
#define MOST_FRAMES 120
#define MARGIN 12 /* px */

typedef struct {
  GtkWidget *field; /* (nullable): only while the keyboard is in it */
  gint64 since;
  graphene_rect_t place; /* of the frame before, in the view */
  guint n_frames;
} Whole;

static void
whole_free (gpointer data)
{
  Whole *whole = data;

  g_clear_object (&whole->field);
  g_free (whole);
}

static gboolean
is_wanted (const Whole *whole, GtkWidget *widget)
{
  GtkWidget *focus;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  return whole->field == NULL || focus == whole->field ||
         (focus != NULL && gtk_widget_is_ancestor (focus, whole->field));
}

static void
scroll_to (GtkScrolledWindow *scroller, const graphene_rect_t *place)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  double over = place->origin.y + place->size.height + MARGIN -
                (float) gtk_widget_get_height (GTK_WIDGET (scroller));

  /* The top of what is higher than the page matters more than its end. */
  if (over > 0)
    gtk_adjustment_set_value (
        adjustment, gtk_adjustment_get_value (adjustment) + MIN (over, (double) place->origin.y));
}

/* Between two frames all is laid out: what did not move then has its place. */
static gboolean
show_whole_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Whole *whole = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;
  gboolean moved;

  if (scroller == NULL || !is_wanted (whole, widget) ||
      !gtk_widget_compute_bounds (widget, scroller, &place))
    return G_SOURCE_REMOVE;
  moved = whole->n_frames == 0 || !graphene_rect_equal (&place, &whole->place);
  whole->place = place;
  if ((moved || g_get_monotonic_time () < whole->since + SETTLED) &&
      whole->n_frames++ < MOST_FRAMES)
    return G_SOURCE_CONTINUE;
  scroll_to (GTK_SCROLLED_WINDOW (scroller), &place);
  return G_SOURCE_REMOVE;
}

static void
show_whole_while_in (GtkWidget *widget, GtkWidget *field)
{
  Whole *whole = g_new0 (Whole, 1);

  whole->field = field != NULL ? g_object_ref (field) : NULL;
  whole->since = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (widget, show_whole_cb, whole, whole_free);
}

/**
 * way_ui_show_whole:
 * @widget: what was just made visible on a page that scrolls
 *
 * Scrolls down as far as is needed to see all of @widget, once it has its size.
 */
void
way_ui_show_whole (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  show_whole_while_in (widget, NULL);
}

/**
 * way_ui_set_field_error:
 * @field: the entry, or another widget with the value
 * @message_label: the label under it
 * @message: (nullable): what is wrong; %NULL: nothing
 *
 * Shows a message beside its field and links the two for screen readers. Somebody who is in the
 * field sees it: it is scrolled to.
 */
void
way_ui_set_field_error (GtkWidget *field, GtkLabel *message_label, const char *message)
{
  gtk_label_set_text (message_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (message_label), message != NULL);
  if (message != NULL) {
    gtk_widget_add_css_class (field, "error");
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    gtk_accessible_update_relation (
        GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, message_label, NULL, -1);
    show_whole_while_in (GTK_WIDGET (message_label), field);
  } else {
    gtk_widget_remove_css_class (field, "error");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID);
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  }
}

/* (nullable): where something was saved and opened last, while the program runs */
static char *save_folder;
static char *open_folder;

/**
 * way_ui_dup_save_folder:
 *
 * Returns: (transfer full): where something is saved to, unless another place is chosen: where it
 *   was the last time, at first the user's documents
 */
GFile *
way_ui_dup_save_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (save_folder != NULL && g_file_test (save_folder, G_FILE_TEST_IS_DIR))
    return g_file_new_for_path (save_folder);
  if (documents != NULL && g_file_test (documents, G_FILE_TEST_IS_DIR))
    return g_file_new_for_path (documents);
  return g_file_new_for_path (g_get_home_dir ());
}

/**
 * way_ui_dup_open_folder:
 *
 * Returns: (transfer full) (nullable): where something is looked for: where it was the last time,
 *   at first where downloads lie, as what a school sends does
 */
GFile *
way_ui_dup_open_folder (void)
{
  const char *downloads = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  if (open_folder != NULL && g_file_test (open_folder, G_FILE_TEST_IS_DIR))
    return g_file_new_for_path (open_folder);
  if (downloads != NULL && g_file_test (downloads, G_FILE_TEST_IS_DIR))
    return g_file_new_for_path (downloads);
  return NULL;
}

/**
 * way_ui_remember_folder:
 * @file: (nullable): what was saved, or opened
 * @saved: which of it
 *
 * The next one is looked for beside it.
 */
void
way_ui_remember_folder (GFile *file, gboolean saved)
{
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  char **remembered = saved ? &save_folder : &open_folder;

  if (folder == NULL || g_file_peek_path (folder) == NULL)
    return;
  g_free (*remembered);
  *remembered = g_file_get_path (folder);
}

static void
choose_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT) {
    GFile *file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

    way_ui_remember_folder (file,
                            gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) ==
                                GTK_FILE_CHOOSER_ACTION_SAVE);
    g_task_return_pointer (task, file, g_object_unref);
  } else
    g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("Nothing was chosen."));
  /* The task holds the only reference that outlives this call. */
  gtk_native_dialog_destroy (dialog);
}

/**
 * way_ui_choose_file_async:
 * @parent: the window that asks
 * @what: an existing file, a folder, or a place to save
 * @title: title of the dialog, already translated
 * @suggested_name: (nullable): name to begin with when saving
 * @callback: called once, also when the user cancels
 * @user_data: for @callback
 *
 * Asks for a file with the platform's dialog.
 */
void
way_ui_choose_file_async (GtkWindow *parent,
                          WayChoose what,
                          const char *title,
                          const char *suggested_name,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  static const GtkFileChooserAction actions[] = {
      [WAY_CHOOSE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
      [WAY_CHOOSE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
      [WAY_CHOOSE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
  };
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, user_data);
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, actions[what], NULL, NULL);
  g_autoptr (GFile) folder =
      what == WAY_CHOOSE_SAVE ? way_ui_dup_save_folder () : way_ui_dup_open_folder ();

  way_recent_keep_out ();
  g_task_set_source_tag (task, way_ui_choose_file_async);
  g_task_set_task_data (task, dialog, g_object_unref);
  if (what == WAY_CHOOSE_SAVE && suggested_name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested_name);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (choose_response_cb), g_steal_pointer (&task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * way_ui_choose_file_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file; %NULL with
 *   %G_IO_ERROR_CANCELLED when nothing was chosen
 */
GFile *
way_ui_choose_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What is cut off can be read all the same. */
static gboolean
tell_whole_cb (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

/**
 * way_ui_tell_whole:
 * @label: a label that may be cut off
 *
 * Says all of it as a tooltip where it is.
 */
void
way_ui_tell_whole (GtkLabel *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  g_signal_connect (label, "query-tooltip", G_CALLBACK (tell_whole_cb), NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (label), TRUE);
}

/**
 * way_ui_label:
 * @text: its text, already translated
 * @css_class: (nullable): a class of the style sheet
 *
 * Returns: (transfer floating): a label of one line, at the left
 */
GtkWidget *
way_ui_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  way_ui_tell_whole (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/**
 * way_ui_wrapped_label:
 * @text: its text, already translated
 * @css_class: (nullable): a class of the style sheet
 *
 * Returns: (transfer floating): a label that takes the lines it needs
 */
GtkWidget *
way_ui_wrapped_label (const char *text, const char *css_class)
{
  GtkWidget *label = way_ui_label (text, css_class);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/**
 * way_ui_icon_button:
 * @icon_name: a symbolic icon
 * @name: its name for screen readers, and its tooltip
 *
 * Returns: (transfer floating): a button that shows only an icon
 */
GtkWidget *
way_ui_icon_button (const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  way_a11y_set_name (button, name);
  return button;
}

/**
 * way_ui_card:
 * @content: what is on it
 *
 * Returns: (transfer floating): a card of the page
 */
GtkWidget *
way_ui_card (GtkWidget *content)
{
  GtkWidget *card = adw_bin_new ();

  adw_bin_set_child (ADW_BIN (card), content);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "way-card");
  return card;
}

/**
 * way_ui_clear:
 * @container: a box or list box
 *
 * Removes everything from it.
 */
void
way_ui_clear (GtkWidget *container)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (container)) != NULL) {
    if (GTK_IS_LIST_BOX (container))
      gtk_list_box_remove (GTK_LIST_BOX (container), child);
    else
      gtk_box_remove (GTK_BOX (container), child);
  }
}

/**
 * way_ui_tell_apart:
 * @name: a child's name, or what begins with it
 * @born: the child's day of birth, as way_db_find_birth() gives it
 *
 * Returns: (transfer full): @name, with the day of birth where another child has the name
 */
char *
way_ui_tell_apart (const char *name, WayDate born)
{
  g_autofree char *day = way_date_format_short (born);

  if (born == WAY_DATE_UNKNOWN)
    return g_strdup (name);
  /* Translators: "Kofi Singh: visit, born 3 Feb 2016", where two children have the name */
  return g_strdup_printf (_ ("%s, born %s"), name, day);
}

/**
 * way_ui_join_names:
 * @names: (element-type utf8): names
 *
 * Returns: (transfer full): "Amara Okafor, Ben Example"
 */
char *
way_ui_join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (
        text, "%s%s", i == 0 ? "" : ", ", (const char *) g_ptr_array_index (names, i));
  return g_string_free (text, FALSE);
}
