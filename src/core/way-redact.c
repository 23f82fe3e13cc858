/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A joint visit's record for one of its children.
 *
 * The copy is built anew from what may be seen; nothing is covered over. What goes is
 * found by the ids in the table of fields, so that a type added later is not forgotten.
 */
#include "way-redact.h"

#include "way-other-names.h"
#include "way-text.h"

#include <string.h>

typedef struct {
  WayRecordSet *records;
  const char *child;
  gboolean is_joint;
  GHashTable *gone; /* keys of what was removed */
} Redaction;

/* Names of somebody else, and what is no prose. A NULL field stands for the whole type. */
static const struct {
  const WayRecordType *type;
  const char *field;
} KEPT_AS_THEY_ARE[] = {
    {WAY_CODE, NULL},
    {WAY_TERM, NULL},
    {WAY_PRACTITIONER, NULL},
    {WAY_SETTING, NULL},
    {WAY_CHILD, "surname"},
    {WAY_CHILD, "forename"},
    {WAY_CHILD, "preferred"},
    {WAY_CHILD, "middle"},
    {WAY_CHILD, "upn"},
    {WAY_VISIT, "signed_by"},
    {WAY_VISIT, "service"},
    {WAY_VISIT, "privacy_line"},
    {WAY_VISIT_VERSION, "signed_by"},
    {WAY_VISIT_VERSION, "fingerprint"},
};

static gboolean
is_kept_as_it_is (const WayRecordType *type, const WayField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (KEPT_AS_THEY_ARE); i++) {
    if (KEPT_AS_THEY_ARE[i].type == type &&
        (KEPT_AS_THEY_ARE[i].field == NULL || strcmp (KEPT_AS_THEY_ARE[i].field, field->name) == 0))
      return TRUE;
  }
  return FALSE;
}

static char *
key_for (const char *type, const char *id)
{
  return g_strconcat (type, " ", id, NULL);
}

/* The id that @field of @record refers to, or NULL. */
static const char *
reference (const WayField *field, gconstpointer record)
{
  return field->kind == WAY_FIELD_ID && way_field_is_known (field, record)
             ? way_field_string (field, record)
             : NULL;
}

static gboolean
refers_to_gone (Redaction *self, const WayField *field, const char *id)
{
  g_autofree char *key = key_for (field->list, id);

  return g_hash_table_contains (self->gone, key);
}

/* A child's or a parent's view that names no child may be anybody's; the staff's may be of all. */
static gboolean
is_unclaimed (const WayVisitView *view)
{
  return way_text_is_blank (view->child) && g_strcmp0 (view->whose, "staff") != 0;
}

static gboolean
is_joint (WayRecordSet *records)
{
  return way_record_set_list (records, WAY_VISIT_CHILD)->len > 1 ||
         way_record_set_list (records, WAY_CHILD)->len > 1;
}

/**
 * way_redact_count_unclaimed:
 * @records: what belongs to one visit
 *
 * Returns: views of children and parents that name no child though the visit concerns several, so
 *   that an extract for one of them leaves them out. One without words is none.
 */
guint
way_redact_count_unclaimed (WayRecordSet *records)
{
  GPtrArray *views = way_record_set_list (records, WAY_VISIT_VIEW);
  guint n = 0;

  for (guint i = 0; is_joint (records) && i < views->len; i++) {
    const WayVisitView *view = g_ptr_array_index (views, i);

    n += is_unclaimed (view) && !way_text_is_blank (view->text);
  }
  return n;
}

/* Of another child or of nobody knows which, or of something that is gone and that it can't be
 * without. */
static gboolean
must_go (Redaction *self, const WayRecord *record)
{
  if (record->type == WAY_CHILD)
    return g_strcmp0 (record->id, self->child) != 0;
  if (record->type == WAY_VISIT_VIEW && self->is_joint &&
      is_unclaimed ((const WayVisitView *) record))
    return TRUE;
  for (guint i = 0; i < record->type->n_fields; i++) {
    const WayField *field = &record->type->fields[i];
    const char *id = reference (field, record);

    if (id == NULL)
      continue;
    if (strcmp (field->list, WAY_CHILD->name) == 0 && strcmp (id, self->child) != 0)
      return TRUE;
    if ((field->flags & WAY_FIELD_REQUIRED) != 0 && refers_to_gone (self, field, id))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_orphan (const WayRecord *record, GHashTable *before, GHashTable *now)
{
  g_autofree char *key = record->id != NULL ? key_for (record->type->name, record->id) : NULL;

  return key != NULL && g_hash_table_contains (before, key) && !g_hash_table_contains (now, key);
}

/* (transfer full): keys of all that something in the set refers to */
static GHashTable *
collect_references (WayRecordSet *records)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];
    GPtrArray *list = way_record_set_list (records, type);

    for (guint i = 0; i < list->len * type->n_fields; i++) {
      const WayField *field = &type->fields[i % type->n_fields];
      const char *id = reference (field, g_ptr_array_index (list, i / type->n_fields));

      if (id != NULL)
        g_hash_table_add (keys, key_for (field->list, id));
    }
  }
  return keys;
}

/* One walk over all records. @before: (nullable): what was referred to at first; then what nothing
 * refers to any more goes too. Returns whether anything went. */
static gboolean
sweep (Redaction *self, GHashTable *before)
{
  g_autoptr (GHashTable) now = before != NULL ? collect_references (self->records) : NULL;
  guint n_before = way_record_set_count (self->records);

  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    GPtrArray *list = way_record_set_list (self->records, WAY_RECORD_TYPES[t]);

    for (guint i = list->len; i-- > 0;) {
      WayRecord *record = g_ptr_array_index (list, i);

      if (!must_go (self, record) && (before == NULL || !is_orphan (record, before, now)))
        continue;
      if (record->id != NULL)
        g_hash_table_add (self->gone, key_for (record->type->name, record->id));
      g_ptr_array_remove_index (list, i);
    }
  }
  return way_record_set_count (self->records) < n_before;
}

/* Clears @field where it refers to what went, and takes other children's names out of prose. */
static void
clean_field (Redaction *self,
             const WayField *field,
             gpointer record,
             WayOtherNames *names,
             guint *n_replaced)
{
  const char *id = reference (field, record);
  char *text;

  if (id != NULL && refers_to_gone (self, field, id))
    way_field_clear (field, record);
  if ((field->kind != WAY_FIELD_TEXT && field->kind != WAY_FIELD_NOTE) ||
      !way_field_is_known (field, record) || is_kept_as_it_is (WAY_RECORD (record)->type, field))
    return;
  text = way_other_names_replace (names, way_field_string (field, record), n_replaced);
  if (text == NULL)
    return;
  g_free (way_field_string (field, record));
  way_field_string (field, record) = text;
}

static void
clean (Redaction *self, WayOtherNames *names, guint *n_replaced)
{
  for (guint t = 0; t < WAY_N_RECORD_TYPES; t++) {
    const WayRecordType *type = WAY_RECORD_TYPES[t];
    GPtrArray *list = way_record_set_list (self->records, type);

    for (guint i = 0; i < list->len; i++) {
      for (guint k = 0; k < type->n_fields; k++)
        clean_field (self, &type->fields[k], g_ptr_array_index (list, i), names, n_replaced);
    }
  }
}

static WayOtherNames *
collect_names (const WayDossier *dossier, const WayChild *kept)
{
  WayOtherNames *names = way_other_names_new (kept);
  GPtrArray *children = way_record_set_list (dossier->records, WAY_CHILD);

  for (guint i = 0; i < children->len; i++) {
    if (g_ptr_array_index (children, i) != kept)
      way_other_names_add (names, g_ptr_array_index (children, i));
  }
  return names;
}

/**
 * way_redact_for_child:
 * @dossier: the record of a visit that concerns several children, signed or not
 * @child_id: one of them
 * @redacted: (out) (optional): what was done
 *
 * Every record of another child goes, and what hangs on such a record or was there for it alone;
 * where prose names one, it then says "another child". A view of a child or of parents that does
 * not say which child's goes too.
 *
 * Returns: (transfer full) (nullable): a document of its own with its own fingerprint, at the level
 *   %WAY_LEVEL_ONE_CHILD; %NULL if the visit does not concern @child_id
 */
WayDossier *
way_redact_for_child (const WayDossier *dossier, const char *child_id, WayRedacted *redacted)
{
  const WayChild *kept = way_record_set_find (dossier->records, WAY_CHILD, child_id);
  Redaction self = {.child = child_id, .is_joint = is_joint (dossier->records)};
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (WayOtherNames) names = NULL;
  WayRedacted done = {0};

  if (kept == NULL)
    return NULL;
  names = collect_names (dossier, kept);
  before = collect_references (dossier->records);
  self.records = way_record_set_copy (dossier->records);
  self.gone = gone;
  while (sweep (&self, NULL))
    ;
  while (sweep (&self, before))
    ;
  clean (&self, names, &done.n_replaced);
  done.is_unclear = way_other_names_is_unclear (names);
  done.n_views = way_redact_count_unclaimed (dossier->records);
  if (redacted != NULL)
    *redacted = done;
  return way_dossier_new_at_level (self.records, WAY_LEVEL_ONE_CHILD);
}

/* Its words, folded, with a blank before and after each. */
static void
add_words (GString *out, const char *text)
{
  g_autofree char *folded = way_text_fold_for_search (text != NULL ? text : "");

  if (out->len == 0)
    g_string_append_c (out, ' ');
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isalnum (g_utf8_get_char (p)) && !way_text_is_apostrophe (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
    else if (out->str[out->len - 1] != ' ')
      g_string_append_c (out, ' ');
  }
  if (out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

static void
add_prose (GString *out, WayRecordSet *records, const WayRecordType *type)
{
  GPtrArray *list = way_record_set_list (records, type);

  for (guint i = 0; i < list->len * type->n_fields; i++) {
    const WayField *field = &type->fields[i % type->n_fields];
    gpointer record = g_ptr_array_index (list, i / type->n_fields);

    if ((field->kind != WAY_FIELD_TEXT && field->kind != WAY_FIELD_NOTE) ||
        is_kept_as_it_is (type, field))
      continue;
    add_words (out, way_field_string (field, record));
    g_string_append (out, "| "); /* nothing is named across two fields */
  }
}

static gboolean
is_named (const char *prose, const char *first, const char *second)
{
  g_autoptr (GString) name = g_string_new (NULL);

  if (way_text_is_blank (first) || way_text_is_blank (second))
    return FALSE;
  add_words (name, first);
  add_words (name, second);
  return strstr (prose, name->str) != NULL;
}

static gboolean
is_child_named (const char *prose, const WayChild *child)
{
  return is_named (prose, child->forename, child->surname) ||
         is_named (prose, child->surname, child->forename) ||
         is_named (prose, child->preferred, child->surname) ||
         is_named (prose, child->surname, child->preferred);
}

static gboolean
is_concerned (const WayDossier *dossier, const WayChild *child)
{
  GPtrArray *own = way_record_set_list (dossier->records, WAY_CHILD);

  for (guint i = 0; i < own->len; i++) {
    const WayChild *other = g_ptr_array_index (own, i);

    if (g_strcmp0 (other->record.id, child->record.id) == 0 ||
        (g_strcmp0 (other->forename, child->forename) == 0 &&
         g_strcmp0 (other->surname, child->surname) == 0))
      return TRUE;
  }
  return FALSE;
}

/**
 * way_redact_find_named:
 * @dossier: the record of a visit
 * @children: (element-type WayChild): children of the store
 *
 * A child is found by first name and surname beside each other, in either order and whatever the
 * case and accents. A first name alone is not looked for: in a caseload it would be found in
 * plenty of sentences that mean somebody else.
 *
 * Returns: (transfer container) (element-type WayChild): those of @children whom the record does
 *   not concern, but whom its text names
 */
GPtrArray *
way_redact_find_named (const WayDossier *dossier, GPtrArray *children)
{
  GPtrArray *named = g_ptr_array_new ();
  g_autoptr (GString) prose = g_string_new (NULL);

  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++)
    add_prose (prose, dossier->records, WAY_RECORD_TYPES[i]);
  for (guint i = 0; i < children->len; i++) {
    WayChild *child = g_ptr_array_index (children, i);

    if (!is_concerned (dossier, child) && is_child_named (prose->str, child))
      g_ptr_array_add (named, child);
  }
  return named;
}
