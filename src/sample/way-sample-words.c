/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dice and words. */
#include "way-sample-private.h"

#include "way-csv.h"
#include "way-error.h"
#include "way-sample-resources.h"
#include "way-text.h"

#include <string.h>

#define PREFIX "/org/waymark/Waymark/sample/"

guint64
way_dice_roll (WayDice *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
way_dice_below (WayDice *self, guint n)
{
  return n > 0 ? (guint) ((way_dice_roll (self) >> 32) * n >> 32) : 0;
}

int
way_dice_between (WayDice *self, int low, int high)
{
  return low + (int) way_dice_below (self, (guint) (high - low + 1));
}

gboolean
way_dice_chance (WayDice *self, guint percent)
{
  return way_dice_below (self, 100) < percent;
}

double
way_dice_noise (WayDice *self, double spread)
{
  double sum = 0.0;

  for (guint i = 0; i < 3; i++)
    sum += way_dice_below (self, 2001) / 1000.0 - 1.0;
  return sum / 3.0 * spread;
}

/**
 * way_dice_uuid:
 *
 * Returns: (transfer full): an id that only the seed decides
 */
char *
way_dice_uuid (WayDice *self)
{
  guint64 a = way_dice_roll (self), b = way_dice_roll (self);

  return g_strdup_printf ("%08x-%04x-8%03x-%04x-" WAY_UUID_MADE_UP,
                          (guint) (a >> 32),
                          (guint) (a >> 16) & 0xffff,
                          (guint) a & 0xfff,
                          ((guint) (b >> 48) & 0x3fff) | 0x8000);
}

static gboolean
take_line (const WayCsvRow *row, gpointer user_data, GError **error)
{
  WaySampleWords *self = user_data;
  const char *need = way_csv_row_get (row, "need");
  g_autofree char *key =
      g_strdup_printf ("%s/%s", way_csv_row_get (row, "kind"), need != NULL ? need : "");
  GPtrArray *list = g_hash_table_lookup (self->lines, key);

  if (list == NULL) {
    list = g_ptr_array_new_with_free_func (g_free);
    g_hash_table_insert (self->lines, g_steal_pointer (&key), list);
  }
  g_ptr_array_add (list, g_strdup (way_csv_row_get (row, "text")));
  return TRUE;
}

static void
target_free (gpointer data)
{
  WaySampleTarget *target = data;

  for (guint i = 0; i < SAMPLE_N_CELLS; i++)
    g_free (target->cells[i]);
  g_free (target);
}

static gboolean
take_target (const WayCsvRow *row, gpointer user_data, GError **error)
{
  static const char *const COLUMNS[SAMPLE_N_CELLS] = {"need",
                                                      "area",
                                                      "outcome",
                                                      "skill",
                                                      "measure",
                                                      "unit",
                                                      "scale_min",
                                                      "scale_max",
                                                      "baseline",
                                                      "criterion",
                                                      "direction",
                                                      "strategy",
                                                      "who",
                                                      "how_often",
                                                      "change"};
  WaySampleWords *self = user_data;
  WaySampleTarget *target = g_new0 (WaySampleTarget, 1);

  for (guint i = 0; i < SAMPLE_N_CELLS; i++)
    target->cells[i] = g_strdup (way_csv_row_get (row, COLUMNS[i]));
  g_ptr_array_add (self->targets, target);
  return TRUE;
}

static gboolean
read_table (WaySampleWords *self, const char *name, WayCsvRowFunc take, GError **error)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (way_sample_get_resource (), path, 0, error);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new (name, take, self);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  return way_csv_reader_feed (reader, data, length, error) && way_csv_reader_finish (reader, error);
}

/**
 * way_sample_words_new:
 *
 * Returns: (transfer full): the words of data/sample
 */
WaySampleWords *
way_sample_words_new (GError **error)
{
  g_autoptr (WaySampleWords) self = g_new0 (WaySampleWords, 1);

  self->lines =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->targets = g_ptr_array_new_with_free_func (target_free);
  if (!read_table (self, "names.csv", take_line, error) ||
      !read_table (self, "prose.csv", take_line, error) ||
      !read_table (self, "targets.csv", take_target, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
way_sample_words_free (WaySampleWords *self)
{
  g_clear_pointer (&self->lines, g_hash_table_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
way_sample_words_list (WaySampleWords *self, const char *kind)
{
  g_autofree char *key = g_strconcat (kind, "/", NULL);

  return g_hash_table_lookup (self->lines, key);
}

static GPtrArray *
find_lines (WaySampleWords *self, const char *kind, const char *need)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", kind, need != NULL ? need : "");
  GPtrArray *list = g_hash_table_lookup (self->lines, key);

  return list != NULL ? list : way_sample_words_list (self, kind);
}

/**
 * way_sample_words_pick:
 * @need: (nullable): prefer what was written for this need
 *
 * Returns: (transfer none): a text of @kind
 */
const char *
way_sample_words_pick (WaySampleWords *self, WayDice *dice, const char *kind, const char *need)
{
  GPtrArray *list = find_lines (self, kind, need);

  g_return_val_if_fail (list != NULL, "");
  return g_ptr_array_index (list, way_dice_below (dice, list->len));
}

/**
 * way_sample_words_in_turn:
 * @turn: which one; one more gives another text
 *
 * Returns: (transfer none): a text of @kind, as way_sample_words_pick()
 */
const char *
way_sample_words_in_turn (WaySampleWords *self, guint turn, const char *kind, const char *need)
{
  GPtrArray *list = find_lines (self, kind, need);

  g_return_val_if_fail (list != NULL, "");
  return g_ptr_array_index (list, turn % list->len);
}

/**
 * way_sample_fill:
 * @text: with {name}, {he}, {He}, {his}, {him}, {himself} where the child is meant
 *
 * Returns: (transfer full): the text about @child
 */
char *
way_sample_fill (const char *text, const WayChild *child)
{
  gboolean girl = g_strcmp0 (child->sex, "F") == 0;
  const char *name = child->preferred != NULL ? child->preferred : child->forename;
  const char *const words[][2] = {{"{name}", name},
                                  {"{he}", girl ? "she" : "he"},
                                  {"{He}", girl ? "She" : "He"},
                                  {"{himself}", girl ? "herself" : "himself"},
                                  {"{his}", girl ? "her" : "his"},
                                  {"{him}", girl ? "her" : "him"}};
  GString *filled = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (filled, words[i][0], words[i][1], 0);
  return g_string_free (filled, FALSE);
}
