/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the lines of a preview: whether two children are one, and which of two values it
 * shall be. Each answer is another preview. */
#include "way-import-page-private.h"

#include <string.h>

WayImportAnswer
way_import_answers_get (WayImportPage *self, const char *question)
{
  if (self->answers == NULL || question == NULL)
    return WAY_IMPORT_UNANSWERED;
  return GPOINTER_TO_INT (g_hash_table_lookup (self->answers, question));
}

/* Of two values one is always chosen, and is seen to be. */
WayImportAnswer
way_import_answers_of_item (WayImportPage *self, WayImportItem *item)
{
  WayImportAnswer answer = way_import_answers_get (self, way_import_item_get_question (item));

  if (way_import_item_get_kind (item) != WAY_IMPORT_CONFLICT || answer != WAY_IMPORT_UNANSWERED)
    return answer;
  return gtk_check_button_get_active (self->take_new) ? WAY_IMPORT_THEIRS : WAY_IMPORT_OURS;
}

/* (transfer full): @answers: (nullable) */
static GHashTable *
dup_answers (GHashTable *answers)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  if (answers == NULL)
    return copy;
  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), value);
  return copy;
}

/* The import that may be under way keeps the answers that it was given. */
static void
answer_question (WayImportPage *self, const char *question, WayImportAnswer answer)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->answers);

  self->answers = dup_answers (old);
  g_hash_table_insert (self->answers, g_strdup (question), GINT_TO_POINTER (answer));
  way_import_page_read_again (self);
}

static const struct {
  const char *action;
  WayImportAnswer answer;
} ANSWERS[] = {
    {"import.same", WAY_IMPORT_SAME_CHILD},
    {"import.different", WAY_IMPORT_DIFFERENT_CHILDREN},
    {"import.ours", WAY_IMPORT_OURS},
    {"import.theirs", WAY_IMPORT_THEIRS},
};

static void
answer_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++) {
    if (strcmp (name, ANSWERS[i].action) == 0)
      answer_question (
          WAY_IMPORT_PAGE (widget), g_variant_get_string (parameter, NULL), ANSWERS[i].answer);
  }
}

static gboolean
is_of_values (gpointer question, gpointer answer, gpointer user_data)
{
  return GPOINTER_TO_INT (answer) == WAY_IMPORT_OURS ||
         GPOINTER_TO_INT (answer) == WAY_IMPORT_THEIRS;
}

/* What was said of single values is over. */
void
way_import_answers_forget_values (WayImportPage *self)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->answers);

  self->answers = dup_answers (old);
  g_hash_table_foreach_remove (self->answers, is_of_values, NULL);
}

/* One is said of all. */
void
way_import_answers_take_all_cb (WayImportPage *self)
{
  way_import_answers_forget_values (self);
  way_import_page_read_again (self);
}

void
way_import_answers_class_init (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    gtk_widget_class_install_action (widget_class, ANSWERS[i].action, "s", answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_import_answers_take_all_cb);
}
