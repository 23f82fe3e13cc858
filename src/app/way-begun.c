/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms that were left before they were saved: their texts, right or wrong, by form and field. They
 * lie in the store, so that they outlive the lock and the program. */
#include "way-begun.h"

#include <string.h>

#define PREFERENCE "begun"
#define ALL_TYPE "a{sa{ss}}"

typedef struct {
  char *key;
  GVariant *texts; /* (nullable) */
  gboolean adds;   /* to what is stored of the form */
} Begun;

static void
begun_free (gpointer data)
{
  Begun *begun = data;

  g_free (begun->key);
  g_clear_pointer (&begun->texts, g_variant_unref);
  g_free (begun);
}

static Begun *
begun_new (const char *key, GVariant *texts, gboolean adds)
{
  Begun *begun = g_new0 (Begun, 1);

  begun->key = g_strdup (key);
  begun->texts = texts != NULL ? g_variant_ref_sink (texts) : NULL;
  begun->adds = adds;
  return begun;
}

/* (transfer full): all that is kept; empty where nothing is, or nothing that can be read. */
static GVariant *
read_all (WayDb *db, GError **error)
{
  GError *failure = NULL;
  g_autofree char *text = way_db_get_preference (db, PREFERENCE, &failure);
  GVariant *all = NULL;

  if (failure != NULL) {
    g_propagate_error (error, failure);
    return NULL;
  }
  if (text != NULL)
    all = g_variant_parse (G_VARIANT_TYPE (ALL_TYPE), text, NULL, NULL, NULL);
  return all != NULL ? all : g_variant_ref_sink (g_variant_new_parsed ("@" ALL_TYPE " {}"));
}

/* Puts @texts in the place of what is kept under each key that @matches. */
static gboolean
replace (WayDb *db, GEqualFunc matches, const char *key, GVariant *texts, GError **error)
{
  g_autoptr (GVariant) all = read_all (db, error);
  g_autoptr (GVariant) changed = NULL;
  g_autofree char *text = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  GVariant *kept;

  if (all == NULL)
    return FALSE;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (ALL_TYPE));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "{&s@a{ss}}", &name, &kept)) {
    if (!matches (name, key))
      g_variant_builder_add (&builder, "{s@a{ss}}", name, kept);
  }
  if (texts != NULL)
    g_variant_builder_add (&builder, "{s@a{ss}}", key, texts);
  changed = g_variant_ref_sink (g_variant_builder_end (&builder));
  if (g_variant_equal (all, changed))
    return TRUE;
  text = g_variant_print (changed, FALSE);
  return way_db_set_preference (
      db, PREFERENCE, g_variant_n_children (changed) > 0 ? text : NULL, error);
}

/**
 * way_begun_forget:
 * @db: the store, on its worker
 * @key: which form
 *
 * Takes away what is kept of a form that is being stored, in the same transaction.
 */
gboolean
way_begun_forget (WayDb *db, const char *key, GError **error)
{
  g_return_val_if_fail (db != NULL && key != NULL, FALSE);

  return replace (db, g_str_equal, key, NULL, error);
}

static gboolean
is_of (gconstpointer key, gconstpointer id)
{
  const char *last = strrchr (key, ' ');

  return last != NULL && strcmp (last + 1, id) == 0;
}

/**
 * way_begun_forget_record:
 * @db: the store, on its worker
 * @id: of a record
 *
 * Takes away what is kept of the forms of a record that is being deleted.
 */
gboolean
way_begun_forget_record (WayDb *db, const char *id, GError **error)
{
  g_return_val_if_fail (db != NULL && id != NULL, FALSE);

  return replace (db, is_of, id, NULL, error);
}

/* (transfer full): each text of @kept that is not typed anew, and @typed. */
static GVariant *
merge (GVariant *kept, GVariant *typed)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name, *text;

  if (kept == NULL)
    return g_variant_ref (typed);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, kept);
  while (g_variant_iter_loop (&iter, "{&s&s}", &name, &text)) {
    if (!g_variant_lookup (typed, name, "&s", NULL))
      g_variant_builder_add (&builder, "{ss}", name, text);
  }
  g_variant_iter_init (&iter, typed);
  while (g_variant_iter_loop (&iter, "{&s&s}", &name, &text))
    g_variant_builder_add (&builder, "{ss}", name, text);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* (transfer full): what is there of the form when @begun is stored; %NULL: nobody knows. */
static GVariant *
merge_stored (WayDb *db, const Begun *begun, GError **error)
{
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariant) stored = NULL;

  if (!begun->adds)
    return g_variant_ref (begun->texts);
  all = read_all (db, error);
  if (all == NULL)
    return NULL;
  stored = g_variant_lookup_value (all, begun->key, G_VARIANT_TYPE ("a{ss}"));
  return merge (stored, begun->texts);
}

static gboolean
store_begun (WayDb *db, gpointer data, GError **error)
{
  const Begun *begun = data;
  g_autoptr (GVariant) texts = merge_stored (db, begun, error);

  return texts != NULL && replace (db, g_str_equal, begun->key, texts, error);
}

/* What one job does; on the worker. */
typedef struct {
  WayUnkept *unkept;
  char *path;
  char *key;
  gboolean adds;
  WayKeep *keep; /* (nullable): to be kept; else forgotten, or looked for */
} Request;

static void
set_keep (Request *request, GVariant *texts, gboolean adds)
{
  g_clear_pointer (&request->keep, way_keep_unref);
  request->keep =
      way_keep_new (g_str_has_prefix (request->key, WAY_BEGUN_CARD) ? WAY_KEEP_CARD : WAY_KEEP_FORM,
                    request->path,
                    request->key);
  way_keep_set_store (
      request->keep, store_begun, begun_new (request->key, texts, adds), begun_free);
}

static Request *
request_new (WayWindow *window, const char *key, GVariant *texts, gboolean adds)
{
  Request *request = g_new0 (Request, 1);

  request->unkept = way_unkept_ref (way_window_get_unkept (window));
  request->path = g_strdup (way_window_get_path (window));
  request->key = g_strdup (key);
  request->adds = adds;
  if (texts != NULL)
    set_keep (request, texts, adds);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  way_unkept_unref (request->unkept);
  g_clear_pointer (&request->keep, way_keep_unref);
  g_free (request->path);
  g_free (request->key);
  g_free (request);
}

/* (transfer full) (nullable): what is kept of one form, stored or not. */
static GVariant *
look_up (WayDb *db, const Request *request, GError **error)
{
  g_autoptr (WayKeep) keep = way_unkept_find (request->unkept, request->path, request->key);
  g_autoptr (GVariant) all = NULL;

  if (keep != NULL)
    return merge_stored (db, way_keep_get_data (keep), error);
  all = read_all (db, error);
  return all != NULL ? g_variant_lookup_value (all, request->key, G_VARIANT_TYPE ("a{ss}")) : NULL;
}

/* What the store has not taken yet is not there to be added to when it does. */
static void
add_unkept (Request *request)
{
  g_autoptr (WayKeep) kept = way_unkept_find (request->unkept, request->path, request->key);
  const Begun *typed = way_keep_get_data (request->keep);
  const Begun *begun;
  g_autoptr (GVariant) texts = NULL;

  if (kept == NULL)
    return;
  begun = way_keep_get_data (kept);
  texts = merge (begun->texts, typed->texts);
  set_keep (request, texts, begun->adds);
}

/* Nothing is lost where nothing can be forgotten: it is offered once more. */
static gpointer
keep_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  if (request->adds)
    add_unkept (request);
  if (request->keep != NULL) {
    way_unkept_try (request->unkept, db, request->keep, error);
    return NULL;
  }
  way_unkept_forget (request->unkept, request->path, request->key);
  way_begun_forget (db, request->key, NULL);
  return NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  way_store_run_finish (WAY_STORE (source), result, &error);
  if (error != NULL)
    way_window_wait_unkept (window);
}

static void
keep (WayWindow *window, const char *key, GVariant *texts, gboolean adds)
{
  Request *request;

  if (!way_store_is_open (way_window_get_store (window)))
    return;
  request = request_new (window, key, texts, adds);
  /* No page shows it: nothing has to be read anew. */
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       keep_job,
                       request,
                       request_free,
                       NULL,
                       NULL,
                       kept_cb,
                       g_object_ref (window));
}

/**
 * way_begun_keep:
 * @window: the window
 * @key: which form
 * @texts: (nullable): what is typed, of type a{ss}, floating or not; %NULL forgets it
 *
 * Keeps what is half typed. Locking waits for it; what the store refuses is among the window's
 * #WayUnkept by then.
 */
void
way_begun_keep (WayWindow *window, const char *key, GVariant *texts)
{
  g_autoptr (GVariant) owned = texts != NULL ? g_variant_ref_sink (texts) : NULL;

  g_return_if_fail (WAY_IS_WINDOW (window) && key != NULL);

  keep (window, key, owned, FALSE);
}

/**
 * way_begun_add:
 * @window: the window
 * @key: which form
 * @texts: what is typed, of type a{ss}, floating or not
 *
 * Keeps what is half typed beside what is kept of the form already and nobody has seen yet.
 */
void
way_begun_add (WayWindow *window, const char *key, GVariant *texts)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_if_fail (WAY_IS_WINDOW (window) && key != NULL && texts != NULL);

  owned = g_variant_ref_sink (texts);
  keep (window, key, owned, TRUE);
}

static gpointer
find_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return look_up (db, data, error);
}

typedef struct {
  WayWindow *window;
  WayBegunFunc found;
  GObject *object;
  guint session;
} Search;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) texts = way_store_run_finish (WAY_STORE (source), result, &error);

  if (search->session == way_window_get_session (search->window))
    search->found (search->window, texts, error, search->object);
  g_object_unref (search->window);
  g_object_unref (search->object);
  g_free (search);
}

/**
 * way_begun_find:
 * @window: the window, open
 * @key: which form
 * @found: called with what is kept, or why that could not be read, unless the window was locked
 * meanwhile
 * @object: (type GObject): for @found
 *
 * Looks for what was typed into a form and not saved.
 */
void
way_begun_find (WayWindow *window, const char *key, WayBegunFunc found, gpointer object)
{
  Search *search;

  g_return_if_fail (WAY_IS_WINDOW (window) && key != NULL && found != NULL);

  search = g_new0 (Search, 1);
  search->window = g_object_ref (window);
  search->found = found;
  search->object = g_object_ref (object);
  search->session = way_window_get_session (window);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       find_job,
                       request_new (window, key, NULL, FALSE),
                       request_free,
                       (GDestroyNotify) g_variant_unref,
                       NULL,
                       found_cb,
                       search);
}
