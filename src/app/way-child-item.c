/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-child-item.h"

#include "way-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WayChildItem {
  GObject parent_instance;

  WayChildRow *row;
  char *text[WAY_CHILD_COLUMNS];
  char *key; /* all of it, folded, for the filter */
};

G_DEFINE_FINAL_TYPE (WayChildItem, way_child_item, G_TYPE_OBJECT)

static void
way_child_item_finalize (GObject *object)
{
  WayChildItem *self = WAY_CHILD_ITEM (object);

  way_child_row_free (self->row);
  for (guint i = 0; i < WAY_CHILD_COLUMNS; i++)
    g_free (self->text[i]);
  g_free (self->key);
  G_OBJECT_CLASS (way_child_item_parent_class)->finalize (object);
}

static void
way_child_item_class_init (WayChildItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_child_item_finalize;
}

static void
way_child_item_init (WayChildItem *self)
{
}

/* Or %NULL. */
static const char *
case_word (const char *state, const WayCodeLists *lists)
{
  if (g_strcmp0 (state, "closed") == 0)
    return _ ("Closed");
  return state != NULL ? way_code_lists_label (lists, "case-status", state) : NULL;
}

/* A shape beside the word: not by colour alone. */
static char *
case_words (const char *state, const WayCodeLists *lists)
{
  const char *shape = "◐";

  if (state == NULL)
    return g_strdup ("—");
  if (strcmp (state, "closed") == 0)
    shape = "○";
  else if (strcmp (state, "active") == 0)
    shape = "●";
  return g_strdup_printf ("%s %s", shape, case_word (state, lists));
}

/* The list's own words for a plan are too long for a column. */
static const char *
status_words (const char *code, const WayCodeLists *lists)
{
  if (g_strcmp0 (code, "E") == 0)
    return _ ("EHC plan");
  return way_code_lists_label (lists, "sen-provision", code);
}

static char *
or_dash (const char *text)
{
  return g_strdup (text != NULL && *text != '\0' ? text : "—");
}

/**
 * way_child_item_new:
 * @row: (transfer full): what the store gave
 * @lists: the words for its codes
 *
 * Returns: (transfer full): the item
 */
WayChildItem *
way_child_item_new (WayChildRow *row, const WayCodeLists *lists)
{
  WayChildItem *self = g_object_new (WAY_TYPE_CHILD_ITEM, NULL);
  const char *case_label = case_word (row->case_state, lists);
  g_autofree char *seen = NULL;
  g_autofree char *all = NULL;

  self->row = row;
  seen = way_date_format_short (row->last_seen);
  self->text[WAY_CHILD_COLUMN_NAME] = g_strdup (row->name);
  self->text[WAY_CHILD_COLUMN_YEAR] = or_dash (row->year);
  self->text[WAY_CHILD_COLUMN_SCHOOL] = or_dash (row->setting);
  self->text[WAY_CHILD_COLUMN_STATUS] = or_dash (status_words (row->status, lists));
  self->text[WAY_CHILD_COLUMN_NEED] = or_dash (row->needs);
  self->text[WAY_CHILD_COLUMN_CASE] = case_words (row->case_state, lists);
  self->text[WAY_CHILD_COLUMN_LAST_SEEN] = or_dash (seen);
  all = g_strjoin (" ",
                   row->name,
                   row->preferred != NULL ? row->preferred : "",
                   row->year != NULL ? row->year : "",
                   row->setting != NULL ? row->setting : "",
                   self->text[WAY_CHILD_COLUMN_STATUS],
                   row->needs != NULL ? row->needs : "",
                   case_label != NULL ? case_label : "",
                   NULL);
  self->key = way_text_fold_for_search (all);
  return self;
}

static void
add_birth (WayChildItem *self)
{
  g_autofree char *name = self->text[WAY_CHILD_COLUMN_NAME];
  g_autofree char *born = way_date_format_short (self->row->dob);

  /* A line of its own, so that just what tells them apart is not cut off.
   * Translators: a child's name and day of birth, where another child has the same name */
  self->text[WAY_CHILD_COLUMN_NAME] = self->row->dob != WAY_DATE_UNKNOWN
                                          ? g_strdup_printf (_ ("%s\nborn %s"), name, born)
                                          : g_strdup_printf (_ ("%s\nbirth not known"), name);
}

static const WayChildItem *
item_at (GPtrArray *items, gsize index)
{
  return index < items->len ? items->pdata[index] : NULL;
}

static gboolean
has_same_name (const WayChildItem *a, const WayChildItem *b)
{
  return a != NULL && b != NULL && strcmp (a->row->sort_name, b->row->sort_name) == 0;
}

/**
 * way_child_items_tell_apart:
 * @items: (element-type WayChildItem): by name, as the store gives them, not shown yet
 *
 * Says beside a name that several children have when each of them was born.
 */
void
way_child_items_tell_apart (GPtrArray *items)
{
  for (gsize i = 0; i < items->len; i++) {
    if (has_same_name (item_at (items, i), item_at (items, i + 1)) ||
        (i > 0 && has_same_name (item_at (items, i - 1), item_at (items, i))))
      add_birth (items->pdata[i]);
  }
}

/**
 * way_child_item_get_row:
 * @self: the item
 *
 * Returns: (transfer none): what the store gave
 */
const WayChildRow *
way_child_item_get_row (WayChildItem *self)
{
  g_return_val_if_fail (WAY_IS_CHILD_ITEM (self), NULL);

  return self->row;
}

/**
 * way_child_item_get_text:
 * @self: the item
 * @column: which column
 *
 * Returns: (transfer none): the words of a cell; "—" for no data
 */
const char *
way_child_item_get_text (WayChildItem *self, WayChildColumn column)
{
  g_return_val_if_fail (WAY_IS_CHILD_ITEM (self) && column < WAY_CHILD_COLUMNS, NULL);

  return self->text[column];
}

static int
compare_days (WayDate a, WayDate b)
{
  return (a > b) - (a < b);
}

/**
 * way_child_item_compare:
 * @a: an item
 * @b: another
 * @column: by what
 *
 * Returns: less than, equal to or greater than 0, as sorting wants it: by the
 *   year taught in and then by age, days by date, the rest by its words
 */
int
way_child_item_compare (WayChildItem *a, WayChildItem *b, WayChildColumn column)
{
  switch (column) {
  case WAY_CHILD_COLUMN_NAME:
    return strcmp (a->row->sort_name, b->row->sort_name);
  case WAY_CHILD_COLUMN_YEAR:
    /* Out of cohort, a child is in another year than their age says. */
    return a->row->year_rank != b->row->year_rank
               ? (a->row->year_rank > b->row->year_rank) - (a->row->year_rank < b->row->year_rank)
               : compare_days (b->row->dob, a->row->dob);
  case WAY_CHILD_COLUMN_LAST_SEEN:
    return compare_days (a->row->last_seen, b->row->last_seen);
  case WAY_CHILD_COLUMN_SCHOOL:
  case WAY_CHILD_COLUMN_STATUS:
  case WAY_CHILD_COLUMN_NEED:
  case WAY_CHILD_COLUMN_CASE:
  case WAY_CHILD_COLUMNS:
  default:
    return g_utf8_collate (a->text[column], b->text[column]);
  }
}

/**
 * way_child_item_matches:
 * @self: the item
 * @words: (nullable): folded words, %NULL-terminated
 *
 * Returns: whether every word is somewhere in the line
 */
gboolean
way_child_item_matches (WayChildItem *self, const char *const *words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    if (strstr (self->key, words[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * way_child_item_equal:
 * @a: an item
 * @b: another
 *
 * Returns: whether the two are the same line of the list
 */
gboolean
way_child_item_equal (WayChildItem *a, WayChildItem *b)
{
  if (strcmp (a->row->id, b->row->id) != 0 || a->row->dob != b->row->dob ||
      strcmp (a->key, b->key) != 0)
    return FALSE;
  for (guint i = 0; i < WAY_CHILD_COLUMNS; i++) {
    if (strcmp (a->text[i], b->text[i]) != 0)
      return FALSE;
  }
  return TRUE;
}
