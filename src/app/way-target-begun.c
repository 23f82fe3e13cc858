/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is half typed on the card of a target when its page is left. */
#include "way-target-card-private.h"

#include "way-begun.h"
#include "way-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define ROW "row " /* in front of the id of a measurement */

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
  return g_strconcat (WAY_BEGUN_CARD, self->target->record.id, NULL);
}

static void
add_day (GVariantBuilder *builder, const char *name, WayDateEntry *entry)
{
  g_autofree char *text = way_date_entry_dup_text (entry);

  g_variant_builder_add (builder, "{ss}", name, text);
}

/* A measurement that is not stored, whole, under its id. */
static void
add_rows (GVariantBuilder *builder, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const WayRecord *row = rows->pdata[i];
    g_autofree char *name = g_strdup_printf (ROW "%s", row->id);
    g_autofree char *words = NULL;
    g_autoptr (GVariant) texts = NULL;
    GVariantBuilder fields;

    g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
    for (guint k = 0; k < row->type->n_fields; k++) {
      g_autofree char *text = way_field_dup_text (&row->type->fields[k], row);

      g_variant_builder_add (&fields, "{ss}", row->type->fields[k].name, text != NULL ? text : "");
    }
    texts = g_variant_ref_sink (g_variant_builder_end (&fields));
    words = g_variant_print (texts, FALSE);
    g_variant_builder_add (builder, "{ss}", name, words);
  }
}

static gboolean
has_rows (WayTargetCard *self)
{
  return self->pending->len > 0 || self->unsaved->len > 0;
}

static GVariant *
dup_kept (WayTargetCard *self, WayTargetCard *other)
{
  GVariantBuilder builder;

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
  if (self->row_id != NULL)
    g_variant_builder_add (&builder, "{ss}", "row_id", self->row_id);
  if (self->change_id != NULL)
    g_variant_builder_add (&builder, "{ss}", "change_id", self->change_id);
  add_rows (&builder, self->unsaved);
  add_rows (&builder, self->pending);
  if (other != NULL) {
    add_rows (&builder, other->unsaved);
    add_rows (&builder, other->pending);
  }
  return g_variant_builder_end (&builder);
}

/* @adds: fields that are empty say nothing of what may have been typed there before. */
static void
keep_texts (WayWindow *window, const char *key, GVariant *texts, gboolean adds)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (texts);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name, *text;

  if (!adds) {
    way_begun_keep (window, key, owned);
    return;
  }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, owned);
  while (g_variant_iter_loop (&iter, "{&s&s}", &name, &text)) {
    if (*text != '\0')
      g_variant_builder_add (&builder, "{ss}", name, text);
  }
  way_begun_add (window, key, g_variant_builder_end (&builder));
}

/**
 * way_target_card_keep:
 * @self: the card, in a window with an open store
 *
 * Keeps what is typed on it or on the other card of its target, whichever was typed last, and what
 * of both is not stored yet. Locked or left before it is, that is not lost; found in the store
 * later, it is not asked for again.
 */
void
way_target_card_keep (WayTargetCard *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  WayTargetCard *last = self, *other;
  g_autofree char *key = NULL;
  gboolean was_begun, is_begun, is_unknown;

  g_return_if_fail (WAY_IS_TARGET_CARD (self));

  other = self->twin;
  if (window == NULL || self->target == NULL ||
      !(self->is_touched || (other != NULL && other->is_touched)))
    return;
  if (other != NULL && is_typed (other) &&
      (!is_typed (self) || other->touched_at > self->touched_at)) {
    last = other;
    other = self;
  }
  was_begun = self->was_begun || (other != NULL && (last->was_begun || other->was_begun));
  is_begun = is_typed (last) || has_rows (last) || (other != NULL && has_rows (other));
  is_unknown = last->is_unknown || (other != NULL && other->is_unknown);
  last->is_touched = FALSE;
  last->was_begun = is_begun;
  if (other != NULL) {
    other->is_touched = FALSE;
    other->was_begun = is_begun;
  }
  key = dup_key (self);
  if (is_begun)
    keep_texts (window, key, dup_kept (last, other), is_unknown);
  else if (was_begun && !is_unknown)
    way_begun_keep (window, key, NULL);
}

static gboolean
keep_cb (gpointer user_data)
{
  WayTargetCard *self = user_data;

  self->keep_id = 0;
  way_target_card_keep (self);
  return G_SOURCE_REMOVE;
}

/* It is kept soon, as the forms are: the program may end without a word. */
void
way_target_card_touched (WayTargetCard *self)
{
  self->is_touched = TRUE;
  self->touched_at = g_get_monotonic_time ();
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (WAY_BEGUN_KEEP_MS, keep_cb, self);
}

void
way_target_card_stop_keeping (WayTargetCard *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_weak_pointer (&self->twin);
}

/* Nothing is typed on either card before that: it would go over what was typed before. */
static void
set_looking (WayTargetCard *self, gboolean is_looking)
{
  self->is_looking = is_looking;
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), !is_looking);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mark), !is_looking);
  if (self->twin != NULL && self->twin->is_looking != is_looking)
    set_looking (self->twin, is_looking);
}

void
way_target_card_set_twin (WayTargetCard *self, WayTargetCard *twin)
{
  g_return_if_fail (WAY_IS_TARGET_CARD (self) && WAY_IS_TARGET_CARD (twin));

  g_set_weak_pointer (&self->twin, twin);
  g_set_weak_pointer (&twin->twin, self);
  set_looking (self, self->is_looking);
}

static void
set_day (WayDateEntry *entry, GVariant *texts, const char *name)
{
  const char *text;

  if (g_variant_lookup (texts, name, "&s", &text))
    way_date_entry_set_text (entry, text);
}

/* What was stored after all is among the measurements of the target. */
static gboolean
is_stored (WayTargetCard *self, const char *id)
{
  for (guint i = 0; i < self->measurements->len; i++) {
    if (g_strcmp0 (WAY_RECORD (self->measurements->pdata[i])->id, id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What is marked by now stands there no more; other words typed since are another change. */
static void
take_change_id (WayTargetCard *self, GVariant *texts)
{
  const char *id;

  if (!g_variant_lookup (texts, "change_id", "&s", &id))
    return;
  for (guint i = 0; i < self->phases->len; i++) {
    const WayPhase *phase = self->phases->pdata[i];

    if (g_strcmp0 (phase->record.id, id) != 0)
      continue;
    if (g_strcmp0 (phase->label, gtk_editable_get_text (GTK_EDITABLE (self->change))) == 0) {
      gtk_editable_set_text (GTK_EDITABLE (self->change), "");
      gtk_toggle_button_set_active (self->mark, FALSE);
    }
    way_target_card_touched (self);
    return;
  }
  way_set_string (&self->change_id, id);
}

static void
take_row (WayTargetCard *self, const char *id, const char *words)
{
  g_autoptr (GVariant) texts = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), words, NULL, NULL, NULL);
  WayRecord *row;

  if (texts == NULL || is_stored (self, id))
    return;
  row = way_record_new (WAY_MEASUREMENT);
  way_set_string (&row->id, id);
  for (guint i = 0; i < row->type->n_fields; i++) {
    const char *text;

    if (g_variant_lookup (texts, row->type->fields[i].name, "&s", &text) &&
        !way_field_set_text (&row->type->fields[i], row, text, NULL))
      way_field_clear (&row->type->fields[i], row);
  }
  g_ptr_array_add (self->unsaved, row);
}

static void
take_rows (WayTargetCard *self, GVariant *texts)
{
  GVariantIter iter;
  const char *name, *words;

  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_loop (&iter, "{&s&s}", &name, &words)) {
    if (g_str_has_prefix (name, ROW))
      take_row (self, name + strlen (ROW), words);
  }
}

static gboolean
has_text (GVariant *texts, const char *name)
{
  const char *text;

  return g_variant_lookup (texts, name, "&s", &text) && *text != '\0';
}

/* The rows open first: that sets the day. */
static void
found_cb (WayWindow *window, GVariant *texts, const GError *error, gpointer user_data)
{
  WayTargetCard *self = user_data;
  gboolean has_entry = FALSE;
  const char *text;

  if (self->value != NULL)
    set_looking (self, FALSE);
  self->is_unknown = error != NULL;
  if (error != NULL)
    way_window_show_error (
        window, _ ("It could not be read what you began to measure and did not save"), error);
  if (texts == NULL || self->value == NULL || is_typed (self))
    return;
  self->was_begun = TRUE;
  take_rows (self, texts);
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++)
    has_entry = has_entry || has_text (texts, ENTRIES[i].name);
  if (has_entry || self->unsaved->len > 0)
    gtk_toggle_button_set_active (has_text (texts, "change") ? self->mark : self->add, TRUE);
  if (has_text (texts, "not_measured"))
    gtk_check_button_set_active (self->not_measured, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++) {
    if (g_variant_lookup (texts, ENTRIES[i].name, "&s", &text))
      gtk_editable_set_text (entry_at (self, i), text);
  }
  set_day (self->measured_on, texts, "measured_on");
  set_day (self->changed_on, texts, "changed_on");
  if (g_variant_lookup (texts, "row_id", "&s", &text) && !is_stored (self, text))
    way_set_string (&self->row_id, text);
  take_change_id (self, texts);
  way_target_card_give_back (self);
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
  set_looking (self, TRUE);
  key = dup_key (self);
  way_begun_find (window, key, found_cb, self);
}
