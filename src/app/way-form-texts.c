/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the fields of a form, as it was typed, to be kept and typed again. */
#include "way-form-private.h"

#include <string.h>

static char *
name_of (WayForm *self, const WayFormRow *row)
{
  return g_strdup_printf ("%s.%s", self->type->name, row->field->name);
}

/**
 * way_form_collect:
 * @self: the form
 * @texts: (element-type utf8 utf8): gets what is typed, owned by it
 *
 * Gives what stands in the fields.
 */
void
way_form_collect (WayForm *self, GHashTable *texts)
{
  g_return_if_fail (WAY_IS_FORM (self) && texts != NULL);

  for (guint i = 0; i < self->rows->len; i++)
    g_hash_table_insert (
        texts, name_of (self, self->rows->pdata[i]), way_form_row_dup_text (self->rows->pdata[i]));
}

/**
 * way_form_restore:
 * @self: the form
 * @texts: of type a{ss}: what was collected, or a part of it
 *
 * Types it again.
 */
void
way_form_restore (WayForm *self, GVariant *texts)
{
  g_return_if_fail (WAY_IS_FORM (self) && texts != NULL);

  for (guint i = 0; i < self->rows->len; i++) {
    g_autofree char *name = name_of (self, self->rows->pdata[i]);
    const char *text;

    if (g_variant_lookup (texts, name, "&s", &text))
      way_form_row_set_text (self->rows->pdata[i], text);
  }
}

/**
 * way_form_dup_words:
 * @self: the form
 * @name: of a field, as it was collected
 * @text: what stood in it
 *
 * Returns: (transfer full) (nullable): @text after what the field is called; %NULL where it is
 *   empty, or nothing that is typed, or not of this form
 */
char *
way_form_dup_words (WayForm *self, const char *name, const char *text)
{
  g_return_val_if_fail (WAY_IS_FORM (self) && name != NULL && text != NULL, NULL);

  for (guint i = 0; i < self->rows->len && *text != '\0'; i++) {
    const WayFormRow *row = self->rows->pdata[i];
    g_autofree char *own = name_of (self, row);

    if (row->codes == NULL && strcmp (own, name) == 0)
      return g_strdup_printf ("%s: %s", gtk_label_get_text (GTK_LABEL (row->label)), text);
  }
  return NULL;
}
