/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other children's names in prose, replaced by "another child".
 *
 * A text is cut into words (letters and digits). A mention is the longest run of
 * words that are all of one child: "Wren", "Wren L.", "Larkspur, Wren", "W.L.". What
 * is in doubt is taken for a mention, but for two cases in which the copy would say
 * something else than the record: a name that is also the kept child's own, and
 * initials in capitals that are a usual abbreviation, as "TA".
 */
#include "way-other-names.h"

#include "way-date-words.h"
#include "way-dossier.h"
#include "way-prose.h"
#include "way-text.h"

#include <string.h>

#define LONGEST_GAP 3   /* bytes between two words of one name: ", " or "’" */
#define SHORTEST_PART 3 /* letters of a part of a double name that may stand for it alone */
#define REFERENCE_LENGTH 4
#define SHORTEST_PLURAL 4 /* letters of "Larks", and of "the Larkspurs" */

typedef struct {
  char *id, *reference; /* the reference folded; "" where it could be any number or word */
  WayDate dob;
  GHashTable *words;    /* folded; the value is TRUE where the word alone tells who it is */
  GHashTable *called;   /* those of them that are of a first name */
  char *initials;       /* folded letters that a name of the child begins with */
  GHashTable *monogram; /* "wl", in each order and with the preferred name */
} Person;

struct _WayOtherNames {
  Person *kept;
  GPtrArray *others; /* Person */
  gboolean is_unclear;
};

/* A word of a text. */
typedef struct {
  const char *start, *end;
  char *folded;
  gboolean capital; /* no small letter in it */
} Word;

typedef struct {
  guint n_words; /* 0: none */
  gboolean is_adult, is_date;
  gboolean ends_with_initial;
} Mention;

static gboolean
is_in (const char *const *list, const char *word)
{
  return g_strv_contains (list, word);
}

/* Part of many names and of plain sentences. */
static gboolean
is_particle (const char *word)
{
  static const char *const PARTICLES[] = {"abu", "bin", "bint", "dal", "das", "del", "den",
                                          "der", "des", "dos",  "ibn", "las", "los", "the",
                                          "van", "vom", "von",  "zum", "zur", NULL};

  return is_in (PARTICLES, word);
}

/* Initials that would turn "the TA helped" into something else. */
static gboolean
is_abbreviation (const char *word)
{
  static const char *const ABBREVIATIONS[] = {
      "am", "bp", "ed", "ep", "ey", "gp", "hi", "ht",  "id",   "it",  "ks", "la",
      "ld", "md", "ms", "ok", "ot", "pa", "pd", "pe",  "pm",   "pp",  "re", "rm",
      "si", "sl", "st", "ta", "tv", "uk", "vi", "mld", "pmld", "sld", NULL};

  return is_in (ABBREVIATIONS, word);
}

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->folded);
}

/* Signs that nobody sees, such as soft hyphens, do not hide a name. */
static char *
fold (const char *start, const char *end)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (const char *p = start; p < end; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (seen, c);
  }
  return way_text_fold_for_search (seen->str);
}

static void
add_word (GArray *words, const char *start, const char *end)
{
  Word word = {start, end, fold (start, end), TRUE};

  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    word.capital = word.capital && !g_unichar_islower (g_utf8_get_char (p));
  g_array_append_val (words, word);
}

/* (transfer full) (element-type Word) */
static GArray *
split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *start = NULL;

  g_array_set_clear_func (words, word_clear);
  for (const char *p = text;; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean inside =
        (g_unichar_isalnum (c) && !way_text_is_apostrophe (c)) ||
        (start != NULL && (g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT));

    if (inside && start == NULL)
      start = p;
    if (!inside && start != NULL) {
      add_word (words, start, p);
      start = NULL;
    }
    if (c == 0)
      return words;
  }
}

static void
person_free (gpointer data)
{
  Person *self = data;

  g_hash_table_unref (self->words);
  g_hash_table_unref (self->called);
  g_hash_table_unref (self->monogram);
  g_free (self->initials);
  g_free (self->id);
  g_free (self->reference);
  g_free (self);
}

/* @first_only: a later part of the name does not stand for the child alone */
static void
add_name (Person *self, const char *name, gboolean first_only)
{
  g_autoptr (GArray) words = split (name != NULL ? name : "");

  for (guint i = 0; i < words->len; i++) {
    const char *word = g_array_index (words, Word, i).folded;
    gboolean alone = words->len == 1 || (!(first_only && i > 0) && !is_particle (word) &&
                                         g_utf8_strlen (word, -1) >= SHORTEST_PART);
    gboolean before = GPOINTER_TO_INT (g_hash_table_lookup (self->words, word));

    g_hash_table_insert (self->words, g_strdup (word), GINT_TO_POINTER (alone || before));
  }
}

static char *
first_letter (const char *name)
{
  g_autoptr (GArray) words = split (name != NULL ? name : "");
  const char *folded = words->len > 0 ? g_array_index (words, Word, 0).folded : "";

  return *folded != '\0' ? g_strndup (folded, (gsize) (g_utf8_next_char (folded) - folded))
                         : g_strdup ("");
}

/* Initials with and without those of parts after the first, as "A.M.O." and "A.O.". */
static void
add_monograms (Person *self, const char *first, const char *surname)
{
  g_autofree char *a = first_letter (first), *b = first_letter (surname);
  g_autofree char *joined = g_strdup_printf ("%s %s", first != NULL ? first : "", surname);
  g_autofree char *initials = way_text_initials (joined);
  g_auto (GStrv) letters = g_strsplit (initials, ".", -1);
  g_autofree char *all = g_strjoinv ("", letters);

  if (*a == '\0' || *b == '\0')
    return;
  g_hash_table_add (self->monogram, g_strconcat (a, b, NULL));
  g_hash_table_add (self->monogram, fold (all, all + strlen (all)));
}

/* (transfer full): the child's printed reference as a word; "" if it is no single one. */
static char *
dup_reference (const WayChild *child)
{
  g_autofree char *reference = way_child_reference (child);
  gboolean is_word = child->record.id != NULL && strlen (child->record.id) > REFERENCE_LENGTH;

  for (const char *p = reference; *p != '\0'; p++)
    is_word = is_word && g_ascii_isalnum (*p);
  return is_word ? way_text_fold_for_search (reference) : g_strdup ("");
}

/* (transfer full) */
static GHashTable *
dup_telling (GHashTable *words)
{
  GHashTable *telling = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer word, alone;

  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, &alone)) {
    if (GPOINTER_TO_INT (alone))
      g_hash_table_add (telling, g_strdup (word));
  }
  return telling;
}

/* @is_kept: only what the child is called by counts as its own where a word stands alone */
static Person *
person_new (const WayChild *child, gboolean is_kept)
{
  Person *self = g_new0 (Person, 1);
  g_autofree char *a = first_letter (child->forename), *b = first_letter (child->surname);
  g_autofree char *c = first_letter (child->preferred);
  g_autofree char *joined =
      g_strdup_printf ("%s %s", child->forename, child->middle != NULL ? child->middle : "");
  const char *surname = child->surname != NULL ? child->surname : "";

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->monogram = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->initials = g_strconcat (a, b, c, NULL);
  self->id = g_strdup (child->record.id);
  self->reference = dup_reference (child);
  self->dob = child->dob;
  add_name (self, child->forename, is_kept);
  add_name (self, child->preferred, is_kept);
  self->called = dup_telling (self->words);
  add_name (self, surname, FALSE);
  if (!is_kept)
    add_name (self, child->middle, FALSE);
  add_name (self, child->upn, FALSE);
  add_monograms (self, child->forename, surname);
  add_monograms (self, child->preferred, surname);
  add_monograms (self, joined, surname);
  return self;
}

/**
 * way_other_names_new:
 * @kept: the child whose own names stay
 *
 * Returns: (transfer full): no others yet
 */
WayOtherNames *
way_other_names_new (const WayChild *kept)
{
  WayOtherNames *self = g_new0 (WayOtherNames, 1);

  self->kept = person_new (kept, TRUE);
  self->others = g_ptr_array_new_with_free_func (person_free);
  return self;
}

/**
 * way_other_names_add:
 * @other: a child whose names, initials and UPN are to be replaced
 */
void
way_other_names_add (WayOtherNames *self, const WayChild *other)
{
  g_ptr_array_add (self->others, person_new (other, FALSE));
}

void
way_other_names_free (WayOtherNames *self)
{
  if (self == NULL)
    return;
  person_free (self->kept);
  g_ptr_array_unref (self->others);
  g_free (self);
}

/* The name that @word is for @person, also as in "the Larkspurs"; NULL if it is none. */
static const char *
find_name (const Person *person, const Word *word, char **owned)
{
  gsize length = strlen (word->folded);

  if (g_hash_table_contains (person->words, word->folded))
    return word->folded;
  if (length <= SHORTEST_PLURAL || word->folded[length - 1] != 's')
    return NULL;
  *owned = g_strndup (word->folded, length - 1);
  return g_hash_table_contains (person->words, *owned) ? *owned : NULL;
}

/* One capital of the person's initials; "A" and "I" are words too and so need their full stop. */
static gboolean
is_initial (const Person *person, const Word *word)
{
  if (!word->capital || g_utf8_strlen (word->folded, -1) != 1 ||
      strstr (person->initials, word->folded) == NULL)
    return FALSE;
  return *word->end == '.' || strchr ("ai", *word->folded) == NULL;
}

/* Whether two words may be of one name, by what stands between them. */
static gboolean
is_joined (const Word *before, const Word *after)
{
  gboolean after_initial = g_utf8_strlen (before->folded, -1) == 1;

  if (after->start - before->end > LONGEST_GAP)
    return FALSE;
  for (const char *p = before->end; p < after->start; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION && c != ',' &&
        !way_text_is_apostrophe (c) && !(c == '.' && after_initial))
      return FALSE;
  }
  return TRUE;
}

/* The run of words from @from that are all @person's: how many, and whether they tell it apart
 * from @kept. */
static Mention
find_run (const Person *person, const Person *kept, GArray *words, guint from, gboolean *tells)
{
  Mention run = {0};
  g_autoptr (GString) letters = g_string_new (NULL);
  guint n_names = 0;

  *tells = FALSE;
  for (guint i = from; i < words->len; i++) {
    const Word *word = &g_array_index (words, Word, i);
    g_autofree char *owned = NULL;
    const char *name = find_name (person, word, &owned);

    if ((i > from && !is_joined (word - 1, word)) || (name == NULL && !is_initial (person, word)))
      break;
    if (name != NULL) {
      n_names++;
      *tells |= GPOINTER_TO_INT (g_hash_table_lookup (person->words, name)) &&
                !GPOINTER_TO_INT (g_hash_table_lookup (kept->words, name));
    } else {
      g_string_append (letters, word->folded);
      *tells |= strstr (kept->initials, word->folded) == NULL;
    }
    run.n_words++;
    run.ends_with_initial = name == NULL;
  }
  if (n_names == 0) /* "W.L." */
    *tells = g_hash_table_contains (person->monogram, letters->str) &&
             !g_hash_table_contains (kept->monogram, letters->str);
  return run;
}

/* "WL" */
static gboolean
is_monogram (const Person *person, const Person *kept, const Word *word)
{
  return word->capital && g_hash_table_contains (person->monogram, word->folded) &&
         !g_hash_table_contains (kept->monogram, word->folded) && !is_abbreviation (word->folded);
}

/* Figures alone may be a year or a score, letters alone a word: they need more to be a reference.
 */
static gboolean
is_reference (const Person *person, const Person *kept, const Word *word, gboolean is_first)
{
  static const char *const BEFORE[] = {"child", "pupil", "ref", "reference", NULL};
  gboolean digits = FALSE, letters = FALSE;

  if (strcmp (word->folded, person->reference) != 0 ||
      strcmp (kept->reference, person->reference) == 0)
    return FALSE;
  for (const char *p = word->folded; *p != '\0'; p++) {
    digits |= g_ascii_isdigit (*p);
    letters |= g_ascii_isalpha (*p);
  }
  return (digits && letters) || (letters && word->capital) ||
         (!is_first && is_in (BEFORE, (word - 1)->folded));
}

static guint
count_words_to (GArray *words, guint from, const char *end)
{
  guint n = 0;

  while (from + n < words->len && g_array_index (words, Word, from + n).start < end)
    n++;
  return n;
}

/* What tells of a child without a name: the id or its printed beginning, the date of birth. */
static Mention
find_sign (const Person *person, const Person *kept, GArray *words, guint from)
{
  const Word *word = &g_array_index (words, Word, from);
  gsize length = person->id != NULL ? strlen (person->id) : 0;
  const char *end = NULL;

  if (length > REFERENCE_LENGTH && g_ascii_strncasecmp (word->start, person->id, length) == 0)
    return (Mention){.n_words = count_words_to (words, from, word->start + length)};
  if (is_reference (person, kept, word, from == 0))
    return (Mention){.n_words = 1};
  if (person->dob != WAY_DATE_UNKNOWN && person->dob != kept->dob)
    end = way_date_skip_words (word->start, person->dob);
  return (Mention){.n_words = end != NULL ? count_words_to (words, from, end) : 0, .is_date = TRUE};
}

/* A letter that a name of another child begins with, and none of the kept one's. */
static gboolean
is_initial_of_other (WayOtherNames *self, const Word *word)
{
  if (!word->capital || g_utf8_strlen (word->folded, -1) != 1 ||
      strstr (self->kept->initials, word->folded) != NULL)
    return FALSE;
  for (guint i = 0; i < self->others->len; i++) {
    if (strstr (((const Person *) g_ptr_array_index (self->others, i))->initials, word->folded))
      return TRUE;
  }
  return FALSE;
}

/* "W. sat"; of "W sat" it is noted that it may be a mention. */
static gboolean
is_lone_initial (WayOtherNames *self, const char *text, GArray *words, guint from)
{
  const Word *word = &g_array_index (words, Word, from);
  WayLetter letter;

  if (!is_initial_of_other (self, word))
    return FALSE;
  letter = way_prose_judge_letter (text, word->start, word->end, from > 0 ? word[-1].folded : NULL);
  self->is_unclear |= letter == WAY_LETTER_UNCLEAR;
  return letter == WAY_LETTER_NAME;
}

static Mention
find_mention (WayOtherNames *self, const char *text, GArray *words, guint from)
{
  Mention found = {0};
  gboolean tells;

  for (guint i = 0; i < self->others->len; i++) {
    const Person *other = g_ptr_array_index (self->others, i);
    Mention run = find_run (other, self->kept, words, from, &tells);
    Mention sign = find_sign (other, self->kept, words, from);

    if (sign.n_words > found.n_words)
      found = sign;
    if (tells && run.n_words > found.n_words)
      found = run;
    else if (found.n_words == 0 &&
             is_monogram (other, self->kept, &g_array_index (words, Word, from)))
      found.n_words = 1;
  }
  if (found.n_words == 0 && is_lone_initial (self, text, words, from))
    found = (Mention){.n_words = 1, .ends_with_initial = TRUE};
  return found;
}

/* How many words from @from are the kept child's name in full, which nothing takes apart. */
static guint
count_kept (WayOtherNames *self, GArray *words, guint from)
{
  guint n = 0;

  for (guint i = from; i < words->len; i++, n++) {
    const Word *word = &g_array_index (words, Word, i);

    if ((n > 0 && !is_joined (word - 1, word)) ||
        !g_hash_table_contains (self->kept->words, word->folded))
      break;
  }
  return n > 1 ? n : 0;
}

/* Whether the @n words from @from, which stay, may as well be the name of another child. */
static gboolean
may_be_other (WayOtherNames *self, GArray *words, guint from, guint n)
{
  for (guint i = 0; i < self->others->len; i++) {
    const Person *other = g_ptr_array_index (self->others, i);
    guint same = 0;

    while (same < n &&
           g_hash_table_contains (other->words, g_array_index (words, Word, from + same).folded))
      same++;
    if (same == n &&
        g_hash_table_contains (other->called, g_array_index (words, Word, from).folded))
      return TRUE;
  }
  return FALSE;
}

/* The full stop of "Wren L. sang" goes with the name, that of "with Wren L. Then" stays. */
static const char *
end_of_mention (const Mention *mention, const Word *last)
{
  const char *next = last->end;

  if (!mention->ends_with_initial || *next != '.')
    return next;
  return way_prose_goes_on (next) ? next + 1 : next;
}

/* "Mrs Larkspur" is no child, but tells of one. */
static Mention
find_at (WayOtherNames *self, const char *text, GArray *words, guint from)
{
  const Word *word = &g_array_index (words, Word, from);
  Mention mention;

  if (!way_text_is_title (word->folded) || from + 1 >= words->len || word[1].start - word->end > 2)
    return find_mention (self, text, words, from);
  mention = find_mention (self, text, words, from + 1);
  if (mention.n_words > 0) {
    mention.n_words++;
    mention.is_adult = TRUE;
  }
  return mention;
}

static void
append_instead (GString *out, const Mention *mention, gboolean begins_sentence)
{
  gsize start = out->len;

  if (mention->is_date)
    g_string_append (out, "(date left out)");
  else
    g_string_append (out, mention->is_adult ? "somebody else" : "another child");
  if (begins_sentence)
    out->str[start] = g_ascii_toupper (out->str[start]);
}

/**
 * way_other_names_replace:
 * @n_replaced: (inout): one more for each mention
 *
 * Returns: (transfer full) (nullable): @text with "another child" for each mention of one, whatever
 *   its case and accents, "somebody else" for a grown-up of its name, and without its date of
 * birth; %NULL if there is none
 */
char *
way_other_names_replace (WayOtherNames *self, const char *text, guint *n_replaced)
{
  g_autoptr (GArray) words = split (text);
  g_autoptr (GString) out = g_string_new (NULL);
  const char *done = text;
  guint before = *n_replaced;

  for (guint i = 0; i < words->len;) {
    const Word *word = &g_array_index (words, Word, i);
    guint own = count_kept (self, words, i);
    Mention mention = own > 0 ? (Mention){0} : find_at (self, text, words, i);

    if (mention.n_words == 0) {
      self->is_unclear |= may_be_other (self, words, i, MAX (own, 1));
      i += MAX (own, 1);
      continue;
    }
    g_string_append_len (out, done, word->start - done);
    append_instead (out, &mention, way_prose_begins_sentence (text, word->start));
    i += mention.n_words;
    done = end_of_mention (&mention, &g_array_index (words, Word, i - 1));
    (*n_replaced)++;
  }
  g_string_append (out, done);
  return *n_replaced > before ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/**
 * way_other_names_is_unclear:
 *
 * Returns: whether a name that stayed in one of the texts so far is a first name of another child
 *   as well as the kept one's, or a lone letter stayed that another's name begins with
 */
gboolean
way_other_names_is_unclear (WayOtherNames *self)
{
  return self->is_unclear;
}
