/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-preferences-me.h"

#include "way-guide-me.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  WayWindow *window;
  GtkWidget *name, *role, *team;
  GPtrArray *roles; /* (element-type utf8): codes, as the combo row shows them */
  GtkLabel *message;
  GtkWidget *changed;   /* the field that was typed into last */
  gboolean is_kept;     /* what is shown is in the store, or on its way there */
  gboolean is_nameless; /* the store knows nobody */
} Me;

static void
me_free (gpointer data)
{
  Me *me = data;

  g_ptr_array_unref (me->roles);
  g_object_unref (me->window);
  g_free (me);
}

/* The group keeps it, and is kept while something is under way. */
static Me *
get_me (gpointer group)
{
  return g_object_get_data (G_OBJECT (group), "me");
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
say (Me *me, GtkWidget *field, const char *text)
{
  GtkWidget *const fields[] = {me->name, me->role, me->team};

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    way_ui_set_field_error (fields[i], me->message, NULL);
  if (text != NULL)
    way_ui_set_field_error (field, me->message, text);
}

static void
say_whether_named (Me *me)
{
  if (!way_text_is_blank (get_text (me->name)))
    say (me, NULL, NULL);
  else if (me->is_nameless)
    say (me, me->name, _ ("Type your name as it should stand on your records."));
  else
    say (me,
         me->name,
         _ ("Type your name as it should stand on your records. Until then the earlier one "
            "stays."));
}

/* Beside the field; in the window behind where the page is closed by now. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) group = user_data;
  Me *me = get_me (group);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *doing = _ ("What you changed about yourself could not be saved");
  gboolean is_in_view = gtk_widget_get_root (group) != NULL;

  if (way_guide_save_me_finish (WAY_STORE (source), result, &error)) {
    me->is_nameless = FALSE;
    if (is_in_view)
      say_whether_named (me);
    return;
  }
  me->is_kept = FALSE;
  text = way_error_to_sentence (doing, error);
  if (is_in_view)
    say (me, me->changed, text);
  else
    way_window_show_error (me->window, doing, error);
}

/* Without a name the rest is kept, where there is an earlier one. */
static void
save (GtkWidget *group)
{
  Me *me = get_me (group);
  WayStore *store = way_window_get_store (me->window);
  guint role = adw_combo_row_get_selected (ADW_COMBO_ROW (me->role));
  gboolean is_named = !way_text_is_blank (get_text (me->name));
  WayPractitioner *typed;

  if (!is_named)
    say_whether_named (me);
  if (me->is_kept || (!is_named && me->is_nameless) || !way_store_is_open (store))
    return;
  me->is_kept = TRUE;
  typed = way_record_new (WAY_PRACTITIONER);
  if (is_named)
    typed->name = g_strstrip (g_strdup (get_text (me->name)));
  if (role < me->roles->len)
    typed->role = g_strdup (me->roles->pdata[role]);
  typed->team = g_strstrip (g_strdup (get_text (me->team)));
  way_guide_save_me_async (store, typed, saved_cb, g_object_ref (group));
}

static void
changed_cb (GtkWidget *row, GtkWidget *group)
{
  Me *me = get_me (group);

  me->changed = row;
  me->is_kept = FALSE;
  say (me, NULL, NULL);
}

static void
role_cb (GtkWidget *row, GParamSpec *property G_GNUC_UNUSED, GtkWidget *group)
{
  changed_cb (row, group);
  save (group);
}

/* Closing, and locking, keep what was typed a moment ago. */
static void
unmap_cb (GtkWidget *group)
{
  Me *me = get_me (group);

  if (way_text_is_blank (get_text (me->name)) && !me->is_nameless)
    way_window_toast (me->window, _ ("Your name was left empty, so the earlier one stays."));
  save (group);
}

/* A text is saved when it is left, not while it is typed: half a team would stay in the list of
 * teams. */
static GtkWidget *
build_text (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), group);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (save), group);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (save), group);
  gtk_widget_add_controller (row, focus);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* One that the list has no more stays until another is chosen. */
static GtkWidget *
build_role (GtkWidget *group, GPtrArray *codes, const char *role, const WayCodeLists *lists)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) entries = way_code_lists_get (lists, "practitioner-role");
  guint selected = 0;

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (codes, g_strdup (((const WayCode *) entries->pdata[i])->code));
  if (role != NULL && !g_ptr_array_find_with_equal_func (codes, role, g_str_equal, &selected)) {
    selected = codes->len;
    g_ptr_array_add (codes, g_strdup (role));
  }
  for (guint i = 0; i < codes->len; i++)
    gtk_string_list_append (labels,
                            way_code_lists_label (lists, "practitioner-role", codes->pdata[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Role"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  way_a11y_name_lists (row, _ ("Role"));
  g_signal_connect (row, "notify::selected", G_CALLBACK (role_cb), group);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/**
 * way_preferences_me_new:
 * @window: the window, open
 * @known: (nullable): who works here, as the store has it; %NULL: nobody has said yet
 * @lists: the store's code lists
 *
 * What the first start asks for, shown and changed. It is saved as soon as a field is left; what
 * the store refuses is said beside it, and stays as it was typed.
 *
 * Returns: (transfer floating): a group of the preferences
 */
GtkWidget *
way_preferences_me_new (WayWindow *window, const WayPractitioner *known, const WayCodeLists *lists)
{
  GtkWidget *self = adw_preferences_group_new (), *hint;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  Me *me = g_new0 (Me, 1);

  me->window = g_object_ref (window);
  me->roles = g_ptr_array_new_with_free_func (g_free);
  me->is_nameless = known == NULL;
  me->is_kept = TRUE;
  g_object_set_data_full (G_OBJECT (self), "me", me, me_free);
  adw_preferences_group_set_title (group, _ ("You"));
  me->name = build_text (self, _ ("Your name"), known != NULL ? known->name : NULL);
  me->role = build_role (self, me->roles, known != NULL ? known->role : NULL, lists);
  me->team = build_text (self,
                         _ ("Team or school"),
                         known != NULL ? way_code_lists_label (lists, "team", known->team) : NULL);
  me->changed = me->name;
  hint = way_ui_wrapped_label (_ ("These stand on every record that you write, drafts included. A "
                                  "signed record keeps those that it was signed with."),
                               "way-hint");
  adw_preferences_group_add (group, hint);
  me->message = GTK_LABEL (way_ui_wrapped_label (NULL, "way-error"));
  gtk_widget_set_visible (GTK_WIDGET (me->message), FALSE);
  adw_preferences_group_add (group, GTK_WIDGET (me->message));
  g_signal_connect_swapped (self, "unmap", G_CALLBACK (unmap_cb), self);
  return self;
}
