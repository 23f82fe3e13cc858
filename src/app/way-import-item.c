/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-import-item.h"

#include "way-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WayImportItem {
  GObject parent_instance;

  WayImportKind kind;
  const char *word;
  char *title;
  char *detail;
  char *question; /* (nullable) */
  WayImportAnswer answer;
};

G_DEFINE_FINAL_TYPE (WayImportItem, way_import_item, G_TYPE_OBJECT)

/* In the order in which the page lists them. */
static const struct {
  WayImportKind kind;
  const char *word;
  const char *icon;
} KINDS[] = {
    {WAY_IMPORT_ERROR, N_ ("Not taken"), "dialog-error-symbolic"},
    {WAY_IMPORT_CONFLICT, N_ ("Differs"), "object-flip-horizontal-symbolic"},
    {WAY_IMPORT_POSSIBLE_MATCH, N_ ("Possible match"), "dialog-question-symbolic"},
    {WAY_IMPORT_NOTICE, N_ ("Note"), "dialog-information-symbolic"},
    {WAY_IMPORT_CHANGE, N_ ("Updated"), "document-edit-symbolic"},
    {WAY_IMPORT_ADD, N_ ("New"), "list-add-symbolic"},
};

static guint
find_kind (WayImportKind kind)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (KINDS) - 1 && KINDS[i].kind != kind)
    i++;
  return i;
}

const char *
way_import_kind_word (WayImportKind kind)
{
  return _ (KINDS[find_kind (kind)].word);
}

const char *
way_import_kind_icon (WayImportKind kind)
{
  return KINDS[find_kind (kind)].icon;
}

/* Of what is updated: a value that was not known, or a visit that was amended elsewhere. */
static const char *
word_of (const WayImportNote *note)
{
  if (note->kind == WAY_IMPORT_CHANGE)
    return note->field != NULL ? _ ("Filled in") : _ ("New version");
  return way_import_kind_word (note->kind);
}

/* As the value is written on the pages; "nothing" where there is none. */
static char *
dup_words (const WayImportNote *note, const char *value)
{
  const WayField *field = note->type != NULL && note->field != NULL
                              ? way_record_type_find (note->type, note->field)
                              : NULL;
  WayDate day =
      field != NULL && field->kind == WAY_FIELD_DATE ? way_date_from_iso (value) : WAY_DATE_UNKNOWN;

  if (way_text_is_blank (value))
    return g_strdup (_ ("nothing"));
  return day != WAY_DATE_UNKNOWN ? way_date_format_short (day) : g_strdup (value);
}

/* "pupils.xml, line 12" */
static char *
place_of (const WayImportNote *note)
{
  if (note->source == NULL)
    return g_strdup (_ ("The file"));
  if (note->line == 0)
    return g_strdup (note->source);
  /* Translators: a file and the line in it */
  return g_strdup_printf (_ ("%s, line %u"), note->source, note->line);
}

static char *
title_of (const WayImportNote *note)
{
  g_autofree char *type = way_import_field_words (note->type != NULL ? note->type->name : NULL);

  if (note->kind == WAY_IMPORT_ERROR || note->kind == WAY_IMPORT_NOTICE) {
    g_autofree char *place = place_of (note);

    /* Translators: who or what it is about, and where the file says so */
    return way_text_is_blank (note->title) ? g_steal_pointer (&place)
                                           : g_strdup_printf (_ ("%s (%s)"), note->title, place);
  }
  if (way_text_is_blank (note->title))
    return g_steal_pointer (&type);
  if (note->kind == WAY_IMPORT_ADD && *type != '\0')
    return g_strdup_printf ("%s: %s", type, note->title);
  return g_strdup (note->title);
}

static char *
join (const char *before, const char *after)
{
  if (way_text_is_blank (before) || way_text_is_blank (after))
    return g_strdup (way_text_is_blank (before) ? (after != NULL ? after : "") : before);
  if (g_ascii_isupper (*after))
    return g_strdup_printf ("%s. %s", before, after);
  return g_strdup_printf ("%s: %s", before, after);
}

/* Both children, one below the other, and what comes of it: nothing before it is answered. */
static char *
detail_of_match (const WayImportNote *note)
{
  g_autofree char *place = place_of (note);

  if (note->why != NULL)
    /* Translators: where the file says so, the file's child, the child it may be, why it may be */
    return g_strdup_printf (
        _ ("%s: %s\nIn your store or earlier in the file: %s\nThe file’s child %s. Choose whether "
           "it is the same child; before that, nothing can be imported."),
        place,
        note->given,
        note->known,
        note->why);
  /* Translators: where the file says so, the file's child, the child it may be, what is done */
  return g_strdup_printf (
      _ ("%s: %s\nIn your store or earlier in the file: %s\nThe file’s child is %s."),
      place,
      note->given,
      note->known,
      note->message);
}

/* What begins with a quoted value says all but where it stands. */
static char *
dup_sentence (const char *field, const char *message)
{
  g_autofree char *sentence = way_text_dup_sentence (field, message);

  if (way_text_is_blank (field) || !g_str_has_prefix (message, "“"))
    return g_steal_pointer (&sentence);
  return g_strdup_printf ("%s: %s", field, sentence);
}

static char *
detail_of (const WayImportNote *note)
{
  g_autofree char *field = way_import_field_words (note->field);
  g_autofree char *before = dup_words (note, note->old_value);
  g_autofree char *after = dup_words (note, note->new_value);
  g_autofree char *text = NULL, *detail = NULL, *place = NULL;

  if (note->kind == WAY_IMPORT_POSSIBLE_MATCH)
    return detail_of_match (note);
  if (note->kind == WAY_IMPORT_CHANGE && !way_text_is_blank (field) &&
      !way_text_is_blank (note->new_value))
    /* A value may begin with a capital: it is no sentence all the same. */
    text = g_strdup_printf ("%s: %s", field, after);
  else if (note->kind == WAY_IMPORT_CHANGE)
    text = join (field, note->new_value);
  else if (note->kind == WAY_IMPORT_CONFLICT)
    /* Translators: the name of a field, its value in the store, its value in the file */
    text = g_strdup_printf (_ ("%s: the store has “%s”, the file has “%s”"), field, before, after);
  else if (note->kind >= WAY_IMPORT_NOTICE && note->message != NULL)
    return dup_sentence (field, note->message);
  else
    text = g_steal_pointer (&field);
  detail = join (text, note->message);
  if (note->source == NULL || note->kind == WAY_IMPORT_ADD || note->kind == WAY_IMPORT_ERROR ||
      note->kind == WAY_IMPORT_NOTICE)
    return g_steal_pointer (&detail);
  place = place_of (note);
  /* Translators: what an import would change or what differs, and where the file says so */
  return g_strdup_printf (_ ("%s (%s)"), detail, place);
}

static void
way_import_item_finalize (GObject *object)
{
  WayImportItem *self = WAY_IMPORT_ITEM (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->question);
  G_OBJECT_CLASS (way_import_item_parent_class)->finalize (object);
}

static void
way_import_item_class_init (WayImportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_import_item_finalize;
}

static void
way_import_item_init (WayImportItem *self)
{
}

/**
 * way_import_item_new:
 * @note: a line of a report
 *
 * Returns: (transfer full): the same in words
 */
WayImportItem *
way_import_item_new (const WayImportNote *note)
{
  WayImportItem *self = g_object_new (WAY_TYPE_IMPORT_ITEM, NULL);

  self->kind = note->kind;
  self->word = word_of (note);
  self->title = title_of (note);
  self->detail = detail_of (note);
  self->question = g_strdup (note->question);
  return self;
}

WayImportKind
way_import_item_get_kind (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), WAY_IMPORT_NOTICE);

  return self->kind;
}

/**
 * way_import_item_get_word:
 *
 * Returns: what is done, or what is to be decided, in a word or two
 */
const char *
way_import_item_get_word (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), NULL);

  return self->word;
}

const char *
way_import_item_get_title (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), NULL);

  return self->title;
}

const char *
way_import_item_get_detail (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), NULL);

  return self->detail;
}

/**
 * way_import_item_get_question:
 *
 * Returns: (nullable): what the line asks, as the options of an import name it
 */
const char *
way_import_item_get_question (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), NULL);

  return self->question;
}

void
way_import_item_set_answer (WayImportItem *self, WayImportAnswer answer)
{
  g_return_if_fail (WAY_IS_IMPORT_ITEM (self));

  self->answer = answer;
}

WayImportAnswer
way_import_item_get_answer (WayImportItem *self)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self), WAY_IMPORT_UNANSWERED);

  return self->answer;
}

/**
 * way_import_item_equal:
 *
 * Returns: whether both say and ask the same, and are answered alike
 */
gboolean
way_import_item_equal (WayImportItem *self, WayImportItem *other)
{
  g_return_val_if_fail (WAY_IS_IMPORT_ITEM (self) && WAY_IS_IMPORT_ITEM (other), FALSE);

  return self->kind == other->kind && self->answer == other->answer &&
         g_strcmp0 (self->word, other->word) == 0 && g_strcmp0 (self->title, other->title) == 0 &&
         g_strcmp0 (self->detail, other->detail) == 0 &&
         g_strcmp0 (self->question, other->question) == 0;
}

/**
 * way_import_items_from_report:
 * @report: what an import did or would do
 *
 * Returns: (transfer full) (element-type WayImportItem): its lines, those that need a
 *   decision first
 */
GPtrArray *
way_import_items_from_report (const WayImportReport *report)
{
  GPtrArray *items = g_ptr_array_new_full (report->notes->len, g_object_unref);

  for (guint k = 0; k < G_N_ELEMENTS (KINDS); k++) {
    for (guint i = 0; i < report->notes->len; i++) {
      const WayImportNote *note = report->notes->pdata[i];

      if (note->kind == KINDS[k].kind)
        g_ptr_array_add (items, way_import_item_new (note));
    }
  }
  return items;
}
