/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a Common Transfer File was not taken, in words that whoever sent it knows. (domain 2.2)
 */
#include "way-ctf-ignored.h"

#include <string.h>

#define N_NAMED 6       /* elements named that we have no words for */
#define MOST_NAMES 1000 /* counted apart; a hostile file could make them up without end */

struct _CtfIgnored {
  GHashTable *counts; /* name -> how often */
  guint n_elements;
};

/* Several elements of one matter stand beside each other. */
static const struct {
  const char *name;
  const char *words;
} MATTERS[] = {
    {"Ethnicity", "ethnicity"},
    {"EthnicitySource", "ethnicity"},
    {"FSMhistory", "free school meals"},
    {"FSMeligibility", "free school meals"},
    {"MedicalFlag", "medical marks and disabilities"},
    {"Disabilities", "medical marks and disabilities"},
    {"StageAssessments", "assessment results"},
    {"AttendSessions", "attendance marks by session"},
    {"PreferredSurname", "preferred and former surnames"},
    {"FormerSurname", "preferred and former surnames"},
    {"FormerForename", "preferred and former surnames"},
    {"UniqueLearnerNumber", "other numbers of the pupil"},
    {"UCI", "other numbers of the pupil"},
    {"ApplicationReference", "other numbers of the pupil"},
    {"CareAuthority", "the authority in charge of care"},
    {"NAWdetails", "details for Wales"},
    {"Phones", "the pupil's own telephone and e-mail"},
    {"Phone", "the pupil's own telephone and e-mail"},
    {"Email", "the pupil's own telephone and e-mail"},
    {"Gender", "contacts' sex"},
    {"Sex", "contacts' sex"},
    {"Locality", "parts of addresses beyond street, town and postcode"},
    {"AdministrativeArea", "parts of addresses beyond street, town and postcode"},
    {"UniquePropertyReferenceNumber", "parts of addresses beyond street, town and postcode"},
    {"County", "parts of addresses beyond street, town and postcode"},
    {"Country", "parts of addresses beyond street, town and postcode"},
    {"Zip", "parts of addresses beyond street, town and postcode"},
    {"Easting", "parts of addresses beyond street, town and postcode"},
    {"Northing", "parts of addresses beyond street, town and postcode"},
    {"RemovalGrounds", "why a pupil left"},
};

CtfIgnored *
ctf_ignored_new (void)
{
  CtfIgnored *self = g_new0 (CtfIgnored, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ctf_ignored_free (CtfIgnored *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->counts);
  g_free (self);
}

void
ctf_ignored_add (CtfIgnored *self, const char *name)
{
  gpointer key = NULL, count = NULL;

  self->n_elements++;
  if (g_hash_table_lookup_extended (self->counts, name, &key, &count))
    g_hash_table_insert (
        self->counts, g_strdup (name), GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  else if (g_hash_table_size (self->counts) < MOST_NAMES)
    g_hash_table_insert (self->counts, g_strdup (name), GUINT_TO_POINTER (1));
}

static gboolean
has_words (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (MATTERS); i++) {
    if (strcmp (MATTERS[i].name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
append_matters (const CtfIgnored *self, GString *list)
{
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (MATTERS); i++) {
    if (!g_hash_table_contains (self->counts, MATTERS[i].name) ||
        g_strcmp0 (last, MATTERS[i].words) == 0)
      continue;
    last = MATTERS[i].words;
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", last);
  }
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer counts)
{
  const char *first = *(const char *const *) a, *second = *(const char *const *) b;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, first));
  guint m = GPOINTER_TO_UINT (g_hash_table_lookup (counts, second));

  return n != m ? (n < m ? 1 : -1) : strcmp (first, second);
}

/* Those we have no words for, the most frequent first. */
static void
append_names (const CtfIgnored *self, GString *list)
{
  guint n_names = 0, n_said = 0;
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (self->counts, &n_names);

  g_qsort_with_data (names, (gint) n_names, sizeof *names, compare_counts, self->counts);
  for (guint i = 0; i < n_names; i++) {
    if (has_words (names[i]))
      continue;
    if (n_said++ == N_NAMED) {
      g_string_append (list, " and others");
      return;
    }
    g_string_append_printf (list,
                            "%s%.40s (%u)",
                            list->len > 0 ? ", " : "",
                            (const char *) names[i],
                            GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, names[i])));
  }
}

/**
 * ctf_ignored_dup_words:
 *
 * Returns: (transfer full) (nullable): "12 elements that Waymark does not keep were ignored:
 *   ethnicity, free school meals, FavouriteColour (2)"; %NULL if there were none
 */
char *
ctf_ignored_dup_words (const CtfIgnored *self)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (self->n_elements == 0)
    return NULL;
  append_matters (self, list);
  append_names (self, list);
  return g_strdup_printf ("%u element%s that Waymark does not keep %s ignored: %s",
                          self->n_elements,
                          self->n_elements == 1 ? "" : "s",
                          self->n_elements == 1 ? "was" : "were",
                          list->str);
}
