/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands against a record's leaving: the agreement, and those who must not be contacted.
 *
 * A name is looked for word by word, so that "Jo" is not found in "Mrs Jones". Where words can't
 * tell two people apart the rule stops: a record that did not leave can be sent tomorrow.
 */
#include "way-sharing.h"

#include "way-text.h"

#include <string.h>

#define NO_CONTACT "no-contact"

/* Between names, and parts of them: "Jan van der Berg", "Ann and Joe Doe". */
static const char *const LINKS[] = {"and", "van", "von", "der", "den",  "ten", "de",
                                    "del", "la",  "le",  "du",  "di",   "da",  "dos",
                                    "al",  "el",  "bin", "ibn", "bint", "the", NULL};

/**
 * way_sharing_get_agreement:
 * @records: the agreements of one or more children; others are passed over
 * @child_id: whose agreement
 * @today: the day on which something leaves
 * @on: (out) (optional): the day on which it was given or withdrawn; 0: missing
 *
 * An agreement holds from the day on which it was given up to the day before it was withdrawn.
 * One that will be given, or of an unknown day, is none. Of several the latest counts; one that
 * holds goes before any that was withdrawn.
 *
 * Returns: how it stands
 */
WayAgreementState
way_sharing_get_agreement (WayRecordSet *records, const char *child_id, WayDate today, WayDate *on)
{
  GPtrArray *agreements = way_record_set_list (records, WAY_AGREEMENT);
  WayDate given = WAY_DATE_UNKNOWN, withdrawn = WAY_DATE_UNKNOWN;

  for (guint i = 0; i < agreements->len; i++) {
    const WayAgreement *agreement = g_ptr_array_index (agreements, i);

    if (g_strcmp0 (agreement->child, child_id) != 0 || agreement->given_on == WAY_DATE_UNKNOWN ||
        agreement->given_on > today)
      continue;
    if (agreement->withdrawn == WAY_DATE_UNKNOWN || agreement->withdrawn > today)
      given = MAX (given, agreement->given_on);
    else
      withdrawn = MAX (withdrawn, agreement->withdrawn);
  }
  if (on != NULL)
    *on = given != WAY_DATE_UNKNOWN ? given : withdrawn;
  if (given != WAY_DATE_UNKNOWN)
    return WAY_AGREEMENT_IN_PLACE;
  return withdrawn != WAY_DATE_UNKNOWN ? WAY_AGREEMENT_WITHDRAWN : WAY_AGREEMENT_MISSING;
}

/**
 * way_sharing_is_barred:
 * @contact: a parent or carer
 *
 * Returns: whether nothing may be sent to them. What a court order says stands in its note and is
 *   for somebody to read; a withheld address bars nobody.
 */
gboolean
way_sharing_is_barred (const WayContact *contact)
{
  return g_strcmp0 (contact->restriction, NO_CONTACT) == 0 && !way_text_is_blank (contact->name);
}

static gboolean
is_one_letter (const char *word)
{
  return *word != '\0' && *g_utf8_next_char (word) == '\0';
}

/* (transfer full): the folded words; an apostrophe within one is left out, and "’s" after it. */
static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = way_text_fold_for_search (text);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = folded;; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (way_text_is_apostrophe (c)) {
      const char *next = g_utf8_next_char (p);

      if (*next == 's' && !g_unichar_isalnum (g_utf8_get_char (next + 1)))
        p = next;
      continue;
    }
    if (g_unichar_isalnum (c)) {
      g_string_append_unichar (word, c);
      continue;
    }
    if (word->len > 0)
      g_ptr_array_add (words, g_strdup (word->str));
    g_string_truncate (word, 0);
    if (c == '&')
      g_ptr_array_add (words, g_strdup ("and"));
    if (c == 0)
      return words;
  }
}

typedef struct {
  GPtrArray *forenames; /* one, or one of each of a couple; none where only one name is known */
  GPtrArray *surnames;  /* the parts of a double one */
} Names;

static void
names_clear (Names *self)
{
  g_ptr_array_unref (self->forenames);
  g_ptr_array_unref (self->surnames);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

/* Said before a name: of one person, or of all who bear it. */
static gboolean
stands_before_name (const char *word)
{
  return way_text_is_title (word) || strcmp (word, "family") == 0;
}

static gboolean
contains (GPtrArray *words, const char *word)
{
  return g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL);
}

/* The first of each name: "jane" of "Mrs Jane Ann", "ann" and "joe" of "Ann & Joe". */
static void
add_forenames (Names *self, const char *text)
{
  g_autoptr (GPtrArray) words = split_words (text);
  gboolean is_first = TRUE;

  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    if (stands_before_name (word))
      continue;
    if (strcmp (word, "and") == 0) {
      is_first = TRUE;
      continue;
    }
    if (is_first)
      g_ptr_array_add (self->forenames, g_strdup (word));
    is_first = FALSE;
  }
}

static void
add_surnames (Names *self, const char *text)
{
  g_autoptr (GPtrArray) words = split_words (text);

  for (guint i = 0; i < words->len; i++) {
    if (!g_strv_contains (LINKS, g_ptr_array_index (words, i)))
      g_ptr_array_add (self->surnames, g_strdup (g_ptr_array_index (words, i)));
  }
  for (guint i = 0; self->surnames->len == 0 && i < words->len; i++)
    g_ptr_array_add (self->surnames, g_strdup (g_ptr_array_index (words, i)));
}

/* "Mrs Jane Doe (Mother)", "Doe, Jane", "Doe": the last word is the surname, or what stands
 * before a comma. */
static void
names_init (Names *self, const char *name)
{
  g_autofree char *text = g_strdup (name);
  char *cut;

  self->forenames = g_ptr_array_new_with_free_func (g_free);
  self->surnames = g_ptr_array_new_with_free_func (g_free);
  cut = strchr (text, '(');
  if (cut != NULL && cut != text)
    *cut = '\0';
  cut = strchr (text, ',');
  if (cut != NULL) {
    *cut = '\0';
    add_forenames (self, cut + 1);
  }
  g_strstrip (text);
  cut = self->forenames->len == 0 ? strrchr (text, ' ') : NULL;
  if (cut != NULL) {
    *cut = '\0';
    add_forenames (self, text);
  }
  add_surnames (self, cut != NULL ? cut + 1 : text);
}

/* "j" beside "jane", or "jane" beside somebody of whom only "J" is known. */
static gboolean
is_initial_of (const Names *self, const char *word)
{
  for (guint i = 0; i < self->forenames->len; i++) {
    const char *forename = g_ptr_array_index (self->forenames, i);

    if ((is_one_letter (word) || is_one_letter (forename)) &&
        g_utf8_get_char (word) == g_utf8_get_char (forename))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_forename (const Names *self, GPtrArray *words, guint surname_at)
{
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    if (i != surname_at && !is_one_letter (word) && contains (self->forenames, word))
      return TRUE;
  }
  return FALSE;
}

/* The surname with a title or the right initial: "Mrs Doe", "J. Doe", "Doe, Mrs"; or with nothing
 * else at all. "Mrs P. Doe" and "Peter Doe" are somebody else. */
static gboolean
is_surname_alone (const Names *self, GPtrArray *words, guint at)
{
  gboolean is_other = FALSE;
  guint from = at, to = at + 1;

  for (; from > 0; from--) {
    const char *word = g_ptr_array_index (words, from - 1);

    if (is_initial_of (self, word))
      return TRUE;
    if (stands_before_name (word))
      return !is_other;
    if (!is_one_letter (word) && !g_strv_contains (LINKS, word) && !contains (self->surnames, word))
      return FALSE;
    is_other |= is_one_letter (word);
  }
  while (to < words->len && contains (self->surnames, g_ptr_array_index (words, to)))
    to++;
  if (to == words->len)
    return !is_other;
  if (is_initial_of (self, g_ptr_array_index (words, to)))
    return TRUE;
  return !is_other && to + 1 == words->len && stands_before_name (g_ptr_array_index (words, to));
}

static gboolean
is_meant (const char *name, GPtrArray *words)
{
  g_auto (Names) names;

  names_init (&names, name);
  for (guint i = 0; i < words->len; i++) {
    if (!contains (names.surnames, g_ptr_array_index (words, i)))
      continue;
    if (names.forenames->len == 0 || has_forename (&names, words, i) ||
        is_surname_alone (&names, words, i))
      return TRUE;
  }
  return FALSE;
}

static const WayContact *
find_meant (WayRecordSet *records, const char *recipient, gboolean barred)
{
  GPtrArray *contacts = way_record_set_list (records, WAY_CONTACT);
  g_autoptr (GPtrArray) words = split_words (recipient != NULL ? recipient : "");

  for (guint i = 0; i < contacts->len; i++) {
    const WayContact *contact = g_ptr_array_index (contacts, i);

    if (!way_text_is_blank (contact->name) && (!barred || way_sharing_is_barred (contact)) &&
        is_meant (contact->name, words))
      return contact;
  }
  return NULL;
}

/**
 * way_sharing_find_barred:
 * @records: the contacts of all children whose data leaves
 * @recipient: (nullable): to whom it goes, as somebody wrote it
 *
 * Names are compared word by word, without regard to case, accents and punctuation. Meant is a
 * contact whose forename and surname are both in it ("Jane Doe", "c/o Doe, Jane", an address with
 * both); whose surname is in it with a title or with the forename's initial ("Mrs Doe", "J. Doe");
 * or whose surname is all that it says. One half of a double surname will do. A contact who has
 * but one name is meant by that name wherever it stands. Who is described and not named ("her
 * father") can't be found.
 *
 * Returns: (transfer none) (nullable): the contact who is meant and must not be contacted
 */
const WayContact *
way_sharing_find_barred (WayRecordSet *records, const char *recipient)
{
  return find_meant (records, recipient, TRUE);
}

/**
 * way_sharing_find_contact:
 *
 * Returns: (transfer none) (nullable): the first contact whom @recipient means, barred or not, by
 *   the rule of way_sharing_find_barred()
 */
const WayContact *
way_sharing_find_contact (WayRecordSet *records, const char *recipient)
{
  return find_meant (records, recipient, FALSE);
}
