/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-guide-me.h"

#include "way-csv.h"
#include "way-text.h"

#include <string.h>

/* What was typed, as an entry of the list of teams; a new one where nobody called a team so yet.
 * @stored: (nullable): the team as it is, which stays while its words do */
static gboolean
find_team (WayDb *db, WayPractitioner *me, const char *stored, GError **error)
{
  g_autoptr (WayCodeLists) lists = way_db_get_code_lists (db, error);
  g_autofree char *folded = NULL;
  g_autoptr (WayCode) entry = NULL;
  g_autoptr (GPtrArray) teams = NULL;

  if (lists == NULL || way_text_is_blank (me->team))
    return lists != NULL;
  if (stored != NULL && strcmp (way_code_lists_label (lists, "team", stored), me->team) == 0) {
    way_set_string (&me->team, stored);
    return TRUE;
  }
  folded = way_text_fold (me->team);
  teams = way_code_lists_get (lists, "team");
  for (guint i = 0; i < teams->len; i++) {
    const WayCode *team = teams->pdata[i];
    g_autofree char *label = way_text_fold (team->label);

    if (strcmp (label, folded) == 0) {
      way_set_string (&me->team, team->code);
      return TRUE;
    }
  }
  /* Some call a team by its code. */
  g_strdelimit (folded, " ", '-');
  if (way_code_lists_find (lists, "team", folded) != NULL) {
    way_set_string (&me->team, folded);
    return TRUE;
  }
  if (way_code_lists_find (lists, "team", me->team) != NULL)
    return TRUE;
  /* Only the code travels with a record, and the words on paper are to be the same there. */
  entry = way_record_new (WAY_CODE);
  entry->list = g_strdup ("team");
  entry->label = g_strdup (me->team);
  entry->code = g_strdup (me->team);
  entry->position = teams->len + 1;
  return way_db_save (db, entry, error);
}

/* What is known of them besides stays: on a practitioner hang visits and cases. */
static gboolean
save_me (WayDb *db, const WayPractitioner *typed, GError **error)
{
  GError *failure = NULL;
  g_autoptr (WayPractitioner) me = way_db_get_me (db, &failure);
  g_autofree char *stored = NULL;

  if (failure != NULL) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  if (me == NULL) {
    me = way_record_new (WAY_PRACTITIONER);
    me->me = WAY_YES;
  }
  stored = g_strdup (me->team);
  if (typed->name != NULL)
    way_set_string (&me->name, typed->name);
  if (typed->role != NULL)
    way_set_string (&me->role, typed->role);
  way_set_string (&me->team, typed->team);
  return find_team (db, me, stored, error) && way_db_save (db, me, error);
}

static gpointer
save_me_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  if (way_db_begin (db, error))
    way_db_end (db, save_me (db, request, error), error);
  return NULL;
}

/**
 * way_guide_save_me_async:
 * @store: the store, open
 * @me: (transfer full): the name, role and team as they were typed; a name or a role that is %NULL
 *   stays as it is in the store
 * @callback: called when done
 * @user_data: for @callback
 *
 * Keeps who the user is, with all else that the store knows of them, and the team if nobody named
 * it yet: both or none.
 */
void
way_guide_save_me_async (WayStore *store,
                         WayPractitioner *me,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  way_store_run_async (
      store, WAY_STORE_WRITES, save_me_job, me, way_record_free, NULL, NULL, callback, user_data);
}

gboolean
way_guide_save_me_finish (WayStore *store, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  way_store_run_finish (store, result, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

typedef struct {
  GPtrArray *codes;
  GtkStringList *labels;
} Roles;

static gboolean
take_role (const WayCsvRow *row, gpointer user_data, GError **error)
{
  Roles *roles = user_data;

  if (strcmp (way_csv_row_get (row, "list"), "practitioner-role") == 0) {
    g_ptr_array_add (roles->codes, g_strdup (way_csv_row_get (row, "code")));
    gtk_string_list_append (roles->labels, way_csv_row_get (row, "label"));
  }
  return TRUE;
}

/**
 * way_guide_load_roles:
 * @labels: what they are called is added to it
 *
 * There is no store yet to ask: the roles are those that it will begin with.
 *
 * Returns: (transfer full) (element-type utf8): their codes
 */
GPtrArray *
way_guide_load_roles (GtkStringList *labels)
{
  Roles roles = {g_ptr_array_new_with_free_func (g_free), labels};
  g_autoptr (GBytes) bytes = g_resources_lookup_data (
      "/org/waymark/Waymark/lists.csv", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (WayCsvReader) reader = way_csv_reader_new ("lists.csv", take_role, &roles);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  if (data == NULL || !way_csv_reader_feed (reader, data, size, NULL) ||
      !way_csv_reader_finish (reader, NULL))
    g_warning ("the list of roles cannot be read");
  return roles.codes;
}
