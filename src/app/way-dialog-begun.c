/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed into a dialog that is not saved: it is kept, and there again when the dialog is.
 * - Never over what is typed by then: that stays, and what it read before is told.
 * - Until what was begun before is read, what is typed is kept beside it. */
#include "way-dialog-private.h"

#include "way-begun.h"
#include "way-ui.h"

#include <glib/gi18n.h>

static GHashTable *
collect (WayDialog *self)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->forms->len; i++)
    way_form_collect (self->forms->pdata[i], texts);
  return texts;
}

/* (nullable): what is not as it was at first */
static GVariant *
dup_typed (WayDialog *self)
{
  g_autoptr (GHashTable) now = collect (self);
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name, text;
  guint n_typed = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, &text)) {
    if (g_strcmp0 (g_hash_table_lookup (self->texts, name), text) == 0)
      continue;
    g_variant_builder_add (&builder, "{ss}", name, text);
    n_typed++;
  }
  if (n_typed > 0)
    return g_variant_ref_sink (g_variant_builder_end (&builder));
  g_variant_builder_clear (&builder);
  return NULL;
}

/* What was begun before stays until it is seen. */
static void
keep (WayDialog *self, GVariant *typed)
{
  if (self->is_found)
    way_begun_keep (self->window, self->key, typed);
  else if (typed != NULL)
    way_begun_add (self->window, self->key, typed);
}

void
way_dialog_keep_typed (WayDialog *self)
{
  g_autoptr (GVariant) typed = NULL;

  if (self->key == NULL || self->window == NULL)
    return;
  typed = dup_typed (self);
  keep (self, typed);
}

static gboolean
keep_cb (gpointer user_data)
{
  WayDialog *self = user_data;

  self->keep_id = 0;
  way_dialog_keep_typed (self);
  return G_SOURCE_REMOVE;
}

void
way_dialog_typed (WayDialog *self)
{
  if (self->keep_id == 0 && self->key != NULL && !self->is_busy)
    self->keep_id = g_timeout_add (WAY_BEGUN_KEEP_MS, keep_cb, self);
}

static void
restore (WayDialog *self, GHashTable *texts)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) all = NULL;
  GHashTableIter iter;
  gpointer name, text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    g_variant_builder_add (&builder, "{ss}", name, text);
  all = g_variant_ref_sink (g_variant_builder_end (&builder));
  for (guint i = 0; i < self->forms->len; i++)
    way_form_restore (self->forms->pdata[i], all);
}

/* As if nothing had been begun before; pressed again, as if this had not been pressed. */
static void
afresh_cb (GtkButton *button, WayDialog *self)
{
  g_autoptr (GHashTable) shown = self->aside;

  self->aside = collect (self);
  restore (self, shown);
  self->is_afresh = !self->is_afresh;
  gtk_button_set_label (button, self->is_afresh ? _ ("Bring it back") : _ ("Start afresh"));
}

/* @earlier (nullable): what is not as it was left */
static char *
dup_notice (const char *earlier)
{
  if (earlier == NULL)
    return g_strdup (_ ("You began this before and did not save it. It is as you left it."));
  /* Translators: %s: lines such as "Target: By May, Robin will …" */
  return g_strdup_printf (_ ("You began this before and did not save it. What you have typed now "
                             "stays; the rest is as you left it. Where you typed, it read:\n%s"),
                          earlier);
}

static void
show_notice (WayDialog *self, const char *earlier)
{
  g_autofree char *text = dup_notice (earlier);
  GtkWidget *words = way_ui_wrapped_label (text, NULL);
  GtkWidget *notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_label (_ ("Start afresh"));

  gtk_widget_add_css_class (notice, "way-notice");
  gtk_label_set_selectable (GTK_LABEL (words), earlier != NULL);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (notice), words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (afresh_cb), self);
  gtk_box_append (GTK_BOX (notice), button);
  gtk_box_insert_child_after (
      self->box, notice, gtk_widget_get_first_child (GTK_WIDGET (self->box)));
}

static void
tell_earlier (WayDialog *self, GString *earlier, const char *name, const char *text)
{
  for (guint i = 0; i < self->forms->len; i++) {
    g_autofree char *words = way_form_dup_words (self->forms->pdata[i], name, text);

    if (words != NULL)
      g_string_append_printf (earlier, "%s%s", earlier->len > 0 ? "\n" : "", words);
  }
}

/* (transfer full): those of @texts whose fields are as they were at first; of the others
 * @earlier tells. */
static GVariant *
dup_untouched (WayDialog *self, GVariant *texts, GString *earlier)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name, *text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, texts);
  while (g_variant_iter_loop (&iter, "{&s&s}", &name, &text)) {
    const char *now = g_hash_table_lookup (self->aside, name);

    if (g_strcmp0 (now, g_hash_table_lookup (self->texts, name)) == 0)
      g_variant_builder_add (&builder, "{ss}", name, text);
    else if (g_strcmp0 (now, text) != 0)
      tell_earlier (self, earlier, name, text);
  }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* What is typed is kept beside what may have been begun. It can be saved, but who wanted to reads
 * this first. */
static void
say_unknown (WayDialog *self, const GError *error)
{
  g_autofree char *text = way_error_to_sentence (
      _ ("It could not be read whether you began this before. What you type is kept all the same"),
      error);

  self->is_unknown = TRUE;
  way_dialog_say_failure (self, text);
}

/* Never over what is typed by now. What was to be saved by now is, unless there is more to read. */
static void
found_cb (WayWindow *window, GVariant *texts, const GError *error, gpointer user_data)
{
  WayDialog *self = user_data;
  g_autoptr (GString) earlier = g_string_new (NULL);
  g_autoptr (GVariant) untouched = NULL;

  if (self->key == NULL)
    return;
  if (error != NULL) {
    say_unknown (self, error);
    return;
  }
  self->is_found = TRUE;
  if (texts == NULL) {
    if (self->is_saved_then)
      way_dialog_save (self);
    return;
  }
  self->aside = collect (self);
  untouched = dup_untouched (self, texts, earlier);
  for (guint i = 0; i < self->forms->len; i++)
    way_form_restore (self->forms->pdata[i], untouched);
  show_notice (self, earlier->len > 0 ? earlier->str : NULL);
}

void
way_dialog_keep (WayDialog *self, const char *key, WayForm *const *forms)
{
  g_return_if_fail (WAY_IS_DIALOG (self) && self->key == NULL && self->window != NULL);

  self->key = g_strdup (key);
  self->forms = g_ptr_array_new ();
  for (; *forms != NULL; forms++) {
    g_ptr_array_add (self->forms, *forms);
    g_signal_connect_swapped (*forms, "changed", G_CALLBACK (way_dialog_typed), self);
  }
  self->texts = collect (self);
  way_begun_find (self->window, key, found_cb, self);
}

void
way_dialog_stop_keeping (WayDialog *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
  for (guint i = 0; self->forms != NULL && i < self->forms->len; i++)
    g_signal_handlers_disconnect_by_func (self->forms->pdata[i], way_dialog_typed, self);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->aside, g_hash_table_unref);
  g_clear_pointer (&self->key, g_free);
}

/* Closed before it was saved, by whatever: what is typed is not lost. */
void
way_dialog_keep_rest (WayDialog *self)
{
  g_autoptr (GVariant) typed = dup_typed (self);

  keep (self, typed);
  if (typed != NULL && self->session == way_window_get_session (self->window))
    way_window_toast (self->window, _ ("Not saved, but kept: open it again to go on with it."));
}
