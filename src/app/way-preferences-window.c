/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-preferences-window.h"

#include "way-number.h"
#include "way-once.h"
#include "way-preferences-me.h"
#include "way-ui.h"

#include <glib/gi18n.h>

#define PAUSE_MS 500 /* of typing, after which a text is saved */

/* One preference on the page. */
typedef struct {
  const WayPreference *preference;
  WayWindow *window;
  GtkWidget *field; /* entry row, spin button, combo row, or the button that chooses a picture */
  GtkLabel *message;
  GtkWidget *picture, *remove; /* of the logo */
  guint pause_id;
  gboolean is_showing; /* what changes now was not typed */
} Line;

typedef struct {
  GHashTable *values; /* name to text */
  GBytes *logo;
  WayPractitioner *me; /* (nullable): nobody yet */
  WayCodeLists *lists;
} Values;

static void
values_free (gpointer data)
{
  Values *values = data;

  g_hash_table_unref (values->values);
  g_clear_pointer (&values->logo, g_bytes_unref);
  way_record_free (values->me);
  way_code_lists_unref (values->lists);
  g_free (values);
}

static gpointer
read_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  Values *values = g_new0 (Values, 1);
  g_autoptr (GError) local = NULL;

  values->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < WAY_N_PREFERENCES && local == NULL; i++) {
    const WayPreference *preference = &WAY_PREFERENCES[i];

    if (preference->kind != WAY_PREFERENCE_PICTURE && !preference->internal)
      g_hash_table_insert (values->values,
                           (gpointer) preference->name,
                           way_db_get_preference (db, preference->name, &local));
  }
  if (local == NULL)
    values->logo = way_db_get_logo (db, &local);
  if (local == NULL)
    values->me = way_db_get_me (db, &local);
  if (local == NULL)
    values->lists = way_db_get_code_lists (db, &local);
  if (local == NULL)
    return values;
  g_propagate_error (error, g_steal_pointer (&local));
  values_free (values);
  return NULL;
}

typedef struct {
  const WayPreference *preference;
  char *text;
  GBytes *logo;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->text);
  g_clear_pointer (&change->logo, g_bytes_unref);
  g_free (change);
}

static gpointer
save_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  const Change *change = request;

  if (change->preference->kind == WAY_PREFERENCE_PICTURE)
    way_db_set_logo (db, change->logo, error);
  else
    way_db_set_preference (db, change->preference->name, change->text, error);
  return NULL;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_handle_id (&line->pause_id, g_source_remove);
  g_clear_object (&line->window);
  g_free (line);
}

/* The group of a line keeps it, and is kept while something is under way. */
static Line *
get_line (gpointer group)
{
  return g_object_get_data (G_OBJECT (group), "line");
}

/* Beside the field; in the window behind where the page is closed by now. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) group = user_data;
  Line *line = get_line (group);
  g_autoptr (GError) error = NULL;
  g_autofree char *doing = NULL, *text = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (error != NULL) {
    doing = g_strdup_printf (_ ("“%s” could not be saved"), _ (line->preference->title));
    text = way_error_to_sentence (doing, error);
  }
  if (gtk_widget_get_root (group) != NULL)
    way_ui_set_field_error (line->field, line->message, text);
  else if (error != NULL)
    way_window_show_error (line->window, doing, error);
}

static void
save (GtkWidget *group, char *text, GBytes *logo)
{
  Line *line = get_line (group);
  Change *change = g_new0 (Change, 1);

  change->preference = line->preference;
  change->text = text;
  change->logo = logo;
  if (!way_store_is_open (way_window_get_store (line->window))) {
    change_free (change);
    return;
  }
  way_store_run_async (way_window_get_store (line->window),
                       WAY_STORE_WRITES,
                       save_job,
                       change,
                       change_free,
                       NULL,
                       NULL,
                       saved_cb,
                       g_object_ref (group));
}

static gboolean
pause_cb (gpointer group)
{
  Line *line = get_line (group);

  line->pause_id = 0;
  save (group, g_strdup (gtk_editable_get_text (GTK_EDITABLE (line->field))), NULL);
  return G_SOURCE_REMOVE;
}

static void
text_cb (GtkWidget *group)
{
  Line *line = get_line (group);

  if (line->is_showing)
    return;
  g_clear_handle_id (&line->pause_id, g_source_remove);
  line->pause_id = g_timeout_add (PAUSE_MS, pause_cb, group);
}

/* Closing, and locking, keep what was typed a moment ago. */
static void
unmap_cb (GtkWidget *group)
{
  Line *line = get_line (group);

  if (line->pause_id == 0)
    return;
  g_source_remove (line->pause_id);
  pause_cb (group);
}

static void
number_cb (GtkWidget *group)
{
  Line *line = get_line (group);
  int number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (line->field));

  if (!line->is_showing)
    save (group, g_strdup_printf ("%d", number), NULL);
}

static void
choice_cb (GtkWidget *group)
{
  Line *line = get_line (group);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (line->field));

  if (!line->is_showing && selected != GTK_INVALID_LIST_POSITION)
    save (group, g_strdup (line->preference->choices[selected]), NULL);
}

static void
show_logo (Line *line, GBytes *logo)
{
  g_autoptr (GdkTexture) texture = logo != NULL ? gdk_texture_new_from_bytes (logo, NULL) : NULL;

  gtk_picture_set_paintable (GTK_PICTURE (line->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (line->picture, texture != NULL);
  gtk_widget_set_visible (line->remove, logo != NULL);
}

/**
 * way_preferences_take_logo:
 * @group: what holds the logo on the page
 * @file: the picture that was chosen
 *
 * Shows and saves it, or says beside it why it was not taken.
 */
void
way_preferences_take_logo (GtkWidget *group, GFile *file)
{
  Line *line = get_line (group);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) logo = way_preference_load_logo (file, &error);
  g_autofree char *text = NULL;

  if (logo != NULL) {
    show_logo (line, logo);
    save (group, NULL, g_steal_pointer (&logo));
    return;
  }
  text = way_error_to_sentence (_ ("That picture was not taken"), error);
  way_ui_set_field_error (line->field, line->message, text);
}

static void
logo_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) group = user_data;
  g_autoptr (GFile) file = way_ui_choose_file_finish (result, NULL);

  if (file != NULL && gtk_widget_get_root (group) != NULL)
    way_preferences_take_logo (group, file);
}

static void
choose_cb (GtkWidget *group)
{
  way_ui_choose_file_async (GTK_WINDOW (gtk_widget_get_root (group)),
                            WAY_CHOOSE_OPEN,
                            _ ("Choose a logo (PNG)"),
                            NULL,
                            logo_chosen_cb,
                            g_object_ref (group));
}

static void
remove_cb (GtkWidget *group)
{
  show_logo (get_line (group), NULL);
  save (group, NULL, NULL);
}

static GtkWidget *
build_text (Line *line, GtkWidget *group)
{
  GtkWidget *row = adw_entry_row_new ();

  line->field = row;
  g_signal_connect_swapped (row, "changed", G_CALLBACK (text_cb), group);
  g_signal_connect_swapped (group, "unmap", G_CALLBACK (unmap_cb), group);
  return row;
}

static GtkWidget *
build_number (Line *line, GtkWidget *group)
{
  GtkWidget *row = adw_action_row_new ();

  line->field =
      gtk_spin_button_new_with_range (line->preference->lowest, line->preference->highest, 1);
  gtk_widget_set_valign (line->field, GTK_ALIGN_CENTER);
  way_a11y_set_name (line->field, _ (line->preference->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), line->field);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), line->field);
  g_signal_connect_swapped (line->field, "value-changed", G_CALLBACK (number_cb), group);
  return row;
}

/* What the codes are called. */
static const char *
choice_words (const char *code)
{
  static const struct {
    const char *code, *words;
  } known[] = {
      {"theil-sen", N_ ("Theil–Sen")},
      {"ols", N_ ("Least squares")},
      {"split-middle", N_ ("Split-middle")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (g_str_equal (known[i].code, code))
      return _ (known[i].words);
  }
  return code;
}

static GtkWidget *
build_choice (Line *line, GtkWidget *group)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; line->preference->choices[i] != NULL; i++)
    gtk_string_list_append (words, choice_words (line->preference->choices[i]));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  way_a11y_name_lists (row, _ (line->preference->title));
  line->field = row;
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (choice_cb), group);
  return row;
}

static GtkWidget *
build_picture (Line *line, GtkWidget *group)
{
  GtkWidget *row = adw_action_row_new ();

  line->picture = gtk_picture_new ();
  gtk_widget_set_size_request (line->picture, 120, 48);
  gtk_widget_set_visible (line->picture, FALSE);
  way_a11y_set_name (line->picture, _ ("Logo in use"));
  line->remove = gtk_button_new_with_label (_ ("Remove"));
  line->field = gtk_button_new_with_label (_ ("Choose…"));
  gtk_widget_set_valign (line->remove, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (line->field, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), line->picture);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), line->remove);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), line->field);
  g_signal_connect_swapped (line->field, "clicked", G_CALLBACK (choose_cb), group);
  g_signal_connect_swapped (line->remove, "clicked", G_CALLBACK (remove_cb), group);
  return row;
}

static GtkWidget *
build_row (Line *line, GtkWidget *group)
{
  switch (line->preference->kind) {
  case WAY_PREFERENCE_NUMBER:
    return build_number (line, group);
  case WAY_PREFERENCE_CHOICE:
    return build_choice (line, group);
  case WAY_PREFERENCE_PICTURE:
    return build_picture (line, group);
  case WAY_PREFERENCE_TEXT:
  default:
    return build_text (line, group);
  }
}

static void
show_value (Line *line, const Values *values)
{
  const char *text = g_hash_table_lookup (values->values, line->preference->name);
  double number;

  line->is_showing = TRUE;
  if (text == NULL)
    text = line->preference->initial != NULL ? line->preference->initial : "";
  switch (line->preference->kind) {
  case WAY_PREFERENCE_NUMBER:
    if (way_number_from_text (text, &number))
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (line->field), number);
    break;
  case WAY_PREFERENCE_CHOICE:
    for (guint i = 0; line->preference->choices[i] != NULL; i++) {
      if (g_str_equal (line->preference->choices[i], text))
        adw_combo_row_set_selected (ADW_COMBO_ROW (line->field), i);
    }
    break;
  case WAY_PREFERENCE_PICTURE:
    show_logo (line, values->logo);
    break;
  case WAY_PREFERENCE_TEXT:
  default:
    gtk_editable_set_text (GTK_EDITABLE (line->field), text);
    break;
  }
  line->is_showing = FALSE;
}

/* A preference with what it does under it, and what went wrong. */
static GtkWidget *
build_group (WayWindow *window, const WayPreference *preference, const Values *values)
{
  GtkWidget *group = adw_preferences_group_new (), *row;
  Line *line = g_new0 (Line, 1);

  line->preference = preference;
  line->window = g_object_ref (window);
  g_object_set_data_full (G_OBJECT (group), "line", line, line_free);
  row = build_row (line, group);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (preference->title));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             way_ui_wrapped_label (_ (preference->description), "way-hint"));
  line->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (line->message), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (line->message));
  show_value (line, values);
  return group;
}

/* Each opens a dialog over the window, so these preferences close first. */
static void
security_cb (AdwActionRow *row, const char *action)
{
  GtkWidget *preferences = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (row)));
  g_autoptr (WayWindow) window = g_object_ref (way_window_of (preferences));

  gtk_window_close (GTK_WINDOW (preferences));
  gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static void
add_security_row (GtkWidget *group, const char *title, const char *subtitle, const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_a11y_set_name (row, title);
  way_a11y_set_description (row, subtitle);
  g_signal_connect (row, "activated", G_CALLBACK (security_cb), (gpointer) action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GtkWidget *
build_security (void)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Security"));
  add_security_row (group,
                    _ ("Change passphrase…"),
                    _ ("What locks the children’s records"),
                    "win.change-passphrase");
  add_security_row (group,
                    _ ("New recovery key…"),
                    _ ("If the key was lost, or somebody else has seen it"),
                    "win.new-recovery-key");
  return group;
}

static AdwPreferencesPage *
build_page (WayWindow *window, const Values *values)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  GtkWidget *me = way_preferences_me_new (window, values->me, values->lists);

  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (me));
  for (guint i = 0; i < WAY_N_PREFERENCES; i++) {
    if (!WAY_PREFERENCES[i].internal)
      adw_preferences_page_add (
          page, ADW_PREFERENCES_GROUP (build_group (window, &WAY_PREFERENCES[i], values)));
  }
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (build_security ()));
  return page;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  Values *values = way_store_run_finish (WAY_STORE (source), result, &error);
  GtkWidget *self;

  if (values == NULL) {
    way_window_show_error (window, _ ("The preferences could not be read"), error);
    return;
  }
  if (way_window_get_page (window) != NULL &&
      !way_once_is_open (GTK_WINDOW (window), ADW_TYPE_PREFERENCES_WINDOW)) {
    self = g_object_new (ADW_TYPE_PREFERENCES_WINDOW,
                         "transient-for",
                         window,
                         "modal",
                         TRUE,
                         "title",
                         _ ("Preferences"),
                         "search-enabled",
                         FALSE,
                         "default-width",
                         620,
                         "default-height",
                         620,
                         NULL);
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), build_page (window, values));
    way_once_guard (GTK_WINDOW (self));
    gtk_window_present (GTK_WINDOW (self));
    /* GTK marks the whole first text, the user's name: the next key would replace it. */
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  }
  values_free (values);
}

/**
 * way_preferences_window_open:
 * @window: the window, open
 *
 * Shows who the user is, and the service's preferences. Each is saved as soon as it is changed;
 * what the store refuses is said beside it.
 */
void
way_preferences_window_open (WayWindow *window)
{
  g_return_if_fail (WAY_IS_WINDOW (window));

  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       read_job,
                       NULL,
                       NULL,
                       values_free,
                       NULL,
                       read_cb,
                       g_object_ref (window));
}
