/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is half typed on the card of a target when its page is left. */
#include "way-target-card-private.h"

#include "way-begun.h"
#include "way-text.h"

/* Whether its row is open goes with its texts. */
static const struct {
  const char *name;
  gsize offset;
} ENTRIES[] = {{"value", G_STRUCT_OFFSET (WayTargetCard, value)},
               {"note", G_STRUCT_OFFSET (WayTargetCard, note)},
               {"change", G_STRUCT_OFFSET (WayTargetCard, change)}};

static GtkEditable *
entry_at (WayTargetCard *self, guint index)
{
  return GTK_EDITABLE (G_STRUCT_MEMBER (GtkWidget *, self, ENTRIES[index].offset));
}

static gboolean
is_typed (WayTargetCard *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++) {
    if (!way_text_is_blank (gtk_editable_get_text (entry_at (self, i))))
      return TRUE;
  }
  return FALSE;
}

static char *
dup_key (WayTargetCard *self)
{
  return g_strdup_printf ("card %s", self->target->record.id);
}

static void
add_day (GVariantBuilder *builder, const char *name, WayDateEntry *entry)
{
  g_autofree char *text = way_date_entry_dup_text (entry);

  g_variant_builder_add (builder, "{ss}", name, text);
}

/**
 * way_target_card_keep:
 * @self: the card, in a window with an open store
 *
 * Keeps what is typed on it and not saved.
 */
void
way_target_card_keep (WayTargetCard *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *key = NULL;
  GVariantBuilder builder;

  g_return_if_fail (WAY_IS_TARGET_CARD (self));

  if (window == NULL || self->target == NULL || (!is_typed (self) && !self->was_begun))
    return;
  key = dup_key (self);
  self->was_begun = is_typed (self);
  if (!self->was_begun) {
    way_begun_keep (window, key, NULL);
    return;
  }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    g_variant_builder_add (
        &builder, "{ss}", ENTRIES[i].name, gtk_editable_get_text (entry_at (self, i)));
  add_day (&builder, "measured_on", self->measured_on);
  add_day (&builder, "changed_on", self->changed_on);
  g_variant_builder_add (&builder,
                         "{ss}",
                         "not_measured",
                         gtk_check_button_get_active (self->not_measured) ? "yes" : "");
  way_begun_keep (window, key, g_variant_builder_end (&builder));
}

static void
set_day (WayDateEntry *entry, GVariant *texts, const char *name)
{
  const char *text;

  if (g_variant_lookup (texts, name, "&s", &text))
    way_date_entry_set_text (entry, text);
}

/* Never over what is typed by now. The rows open first: that sets the day. */
static void
found_cb (WayWindow *window, GVariant *texts, gpointer user_data)
{
  WayTargetCard *self = user_data;
  const char *text;
  gboolean has_change;

  if (texts == NULL || self->value == NULL || is_typed (self))
    return;
  self->was_begun = TRUE;
  has_change = g_variant_lookup (texts, "change", "&s", &text) && *text != '\0';
  gtk_toggle_button_set_active (has_change ? self->mark : self->add, TRUE);
  if (g_variant_lookup (texts, "not_measured", "&s", &text) && *text != '\0')
    gtk_check_button_set_active (self->not_measured, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++) {
    if (g_variant_lookup (texts, ENTRIES[i].name, "&s", &text))
      gtk_editable_set_text (entry_at (self, i), text);
  }
  set_day (self->measured_on, texts, "measured_on");
  set_day (self->changed_on, texts, "changed_on");
}

/**
 * way_target_card_find_begun:
 * @self: the card, in a window with an open store, with its target
 *
 * Shows again what was typed on it before and not saved.
 */
void
way_target_card_find_begun (WayTargetCard *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *key = NULL;

  g_return_if_fail (WAY_IS_TARGET_CARD (self) && self->target != NULL);

  if (window == NULL)
    return;
  key = dup_key (self);
  way_begun_find (window, key, found_cb, self);
}
