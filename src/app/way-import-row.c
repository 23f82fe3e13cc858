/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import-row.h"

#include "way-import-item.h"
#include "way-ui.h"

#include <glib/gi18n.h>

/* The two answers to each kind of question. */
static const struct {
  WayImportKind kind;
  struct {
    const char *label, *action;
    WayImportAnswer answer;
  } either[2];
} ANSWERS[] = {
    {WAY_IMPORT_POSSIBLE_MATCH,
     {{N_ ("Same child"), "import.same", WAY_IMPORT_SAME_CHILD},
      {N_ ("Different children"), "import.different", WAY_IMPORT_DIFFERENT_CHILDREN}}},
    {WAY_IMPORT_CONFLICT,
     {{N_ ("Keep mine"), "import.ours", WAY_IMPORT_OURS},
      {N_ ("Take the file’s"), "import.theirs", WAY_IMPORT_THEIRS}}},
};

static GtkWidget *
answers_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS[0].either); i++)
    gtk_box_append (GTK_BOX (box), gtk_toggle_button_new ());
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/* The one that was chosen is seen to be. Those of several rows have one name: the description says
 * what they are about. */
static void
bind_answers (GtkWidget *answers, WayImportItem *item)
{
  const char *question = way_import_item_get_question (item);
  gsize kind = way_import_item_get_kind (item) == WAY_IMPORT_CONFLICT ? 1 : 0, i = 0;

  gtk_widget_set_visible (answers, question != NULL);
  for (GtkWidget *button = gtk_widget_get_first_child (answers); button != NULL;
       button = gtk_widget_get_next_sibling (button), i++) {
    g_autofree char *about = g_strdup_printf (
        "%s. %s", way_import_item_get_title (item), way_import_item_get_detail (item));

    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
    gtk_button_set_label (GTK_BUTTON (button), _ (ANSWERS[kind].either[i].label));
    gtk_actionable_set_action_target (
        GTK_ACTIONABLE (button), "s", question != NULL ? question : "");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), ANSWERS[kind].either[i].action);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  way_import_item_get_answer (item) ==
                                      ANSWERS[kind].either[i].answer);
    way_a11y_set_description (button, kind == 0 ? way_import_item_get_title (item) : about);
  }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *word = way_ui_label (NULL, "way-faint");
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_label_set_width_chars (GTK_LABEL (word), 14);
  gtk_label_set_max_width_chars (GTK_LABEL (word), 14);
  gtk_box_append (GTK_BOX (texts), way_ui_wrapped_label (NULL, NULL));
  gtk_box_append (GTK_BOX (texts), way_ui_wrapped_label (NULL, "way-hint"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), word);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), answers_new ());
  gtk_widget_set_margin_start (row, 16);
  gtk_widget_set_margin_end (row, 16);
  gtk_widget_set_margin_top (row, 4);
  gtk_widget_set_margin_bottom (row, 4);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
}

/* What is heard where the keyboard is on the row. */
static void
name_row (GtkWidget *row, WayImportItem *item)
{
  GtkWidget *place = gtk_widget_get_parent (row);
  g_autofree char *name =
      g_strdup_printf ("%s: %s", way_import_item_get_word (item), way_import_item_get_title (item));

  if (place == NULL)
    return;
  way_a11y_set_name (place, name);
  way_a11y_set_description (place, way_import_item_get_detail (item));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  WayImportItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *word = gtk_widget_get_next_sibling (icon);
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (word));
  GtkWidget *detail = gtk_widget_get_next_sibling (title);
  WayImportKind kind = way_import_item_get_kind (item);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), way_import_kind_icon (kind));
  gtk_label_set_text (GTK_LABEL (word), way_import_item_get_word (item));
  gtk_label_set_text (GTK_LABEL (title), way_import_item_get_title (item));
  gtk_label_set_text (GTK_LABEL (detail), way_import_item_get_detail (item));
  bind_answers (gtk_widget_get_last_child (gtk_list_item_get_child (list_item)), item);
  gtk_widget_set_visible (detail, *way_import_item_get_detail (item) != '\0');
  name_row (gtk_list_item_get_child (list_item), item);
}

/**
 * way_import_row_factory_new:
 *
 * Returns: (transfer full): makes the rows of a list of #WayImportItem: sign, word, what it is
 *   about, and the values
 */
GtkListItemFactory *
way_import_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}

static const char *
get_question (GtkWidget *button)
{
  GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));

  return target != NULL ? g_variant_get_string (target, NULL) : "";
}

/**
 * way_import_row_dup_focused:
 * @view: the list
 *
 * Returns: (transfer full) (nullable): the question of the row in whose answers the keyboard is
 */
char *
way_import_row_dup_focused (GtkWidget *view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !GTK_IS_TOGGLE_BUTTON (focus) || !gtk_widget_is_ancestor (focus, view))
    return NULL;
  return g_strdup (get_question (focus));
}

/* The answer that was given, or else the first. */
static gboolean
focus_answer (GtkWidget *answers, const char *question)
{
  GtkWidget *first = gtk_widget_get_first_child (answers), *second;

  if (!gtk_widget_get_visible (answers) || strcmp (get_question (first), question) != 0)
    return FALSE;
  second = gtk_widget_get_last_child (answers);
  return gtk_widget_grab_focus (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (second)) ? second
                                                                                          : first);
}

/**
 * way_import_row_focus:
 * @view: the list, made anew
 * @question: of the row that had the keyboard before
 *
 * Puts the keyboard where it was, so that it does not begin at the top after each answer.
 */
void
way_import_row_focus (GtkWidget *view, const char *question)
{
  for (GtkWidget *place = gtk_widget_get_first_child (view); place != NULL;
       place = gtk_widget_get_next_sibling (place)) {
    GtkWidget *row = gtk_widget_get_first_child (place);

    if (row != NULL && focus_answer (gtk_widget_get_last_child (row), question))
      return;
  }
}
