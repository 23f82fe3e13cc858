/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-children-page.h"

#include "way-child-item.h"
#include "way-column-room.h"
#include "way-screen.h"
#include "way-text.h"
#include "way-ui.h"
#include "way-window.h"

#include <glib/gi18n.h>

struct _WayChildrenPage {
  AdwBin parent_instance;

  GListStore *items;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  char **words; /* folded, of the filter */
  gboolean is_loaded;

  GtkWidget *filter;
  GtkLabel *count;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkColumnView *view;

  guint n_rest;  /* children that come after the first look */
  guint rest_id; /* runs until they are asked for */
};

#define FIRST_ROWS 20                   /* what a laptop's screen shows */
#define NAME_CHARS 16                   /* most names */
#define LEAST_NAME "Swale Park Primary" /* of a child or a school, to know it by */
#define CELL_PADDING 24                 /* of the style sheet, both sides, and a little air */
#define FIRST_LOOK_MS 40                /* two frames */

static void way_children_page_screen_init (WayScreenInterface *iface);
static void way_children_page_refresh (WayScreen *screen);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayChildrenPage,
                               way_children_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_SCREEN,
                                                      way_children_page_screen_init))

/* "nothing" and "empty" are made when they are first seen. */
static void
show_state (WayChildrenPage *self, const char *name)
{
  if (gtk_stack_get_child_by_name (self->stack, name) == NULL) {
    g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/org/waymark/Waymark/children-none.ui");

    gtk_stack_add_named (self->stack, GTK_WIDGET (gtk_builder_get_object (builder, name)), name);
  }
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
apply_state (WayChildrenPage *self)
{
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->items)) + self->n_rest;
  guint n_shown = way_children_page_get_n_shown (self);
  g_autofree char *text = NULL;

  if (!self->is_loaded)
    show_state (self, "loading");
  else if (n_all == 0)
    show_state (self, "empty");
  else
    show_state (self, n_shown > 0 ? "list" : "nothing");
  if (n_shown + self->n_rest == n_all)
    text = g_strdup_printf (ngettext ("%u child", "%u children", n_all), n_all);
  else
    text = g_strdup_printf (_ ("%u of %u children"), n_shown, n_all);
  gtk_label_set_text (self->count, self->is_loaded && n_all > 0 ? text : "");
  gtk_widget_set_visible (self->filter, !self->is_loaded || n_all > 0);
}

static gboolean
ask_for_rest_cb (gpointer user_data)
{
  WayChildrenPage *self = user_data;

  self->rest_id = 0;
  way_children_page_refresh (WAY_SCREEN (self));
  return G_SOURCE_REMOVE;
}

/* A list view makes some two hundred rows before it shows the first, and what is known of thousands
 * takes time to read. A screenful comes first, so that it is seen at once; the rest once that is
 * painted. */
static void
wait_for_rest (WayChildrenPage *self, guint n_rest)
{
  self->n_rest = n_rest;
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (n_rest > 0)
    self->rest_id = g_timeout_add_full (G_PRIORITY_LOW, FIRST_LOOK_MS, ask_for_rest_cb, self, NULL);
}

/* Only what changed is exchanged, so that the list stays where it was scrolled to. */
static void
replace_items (WayChildrenPage *self, GPtrArray *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_both = MIN (n_old, items->len);

  if (n_old > items->len || (n_old < items->len && self->n_rest == 0)) {
    g_list_store_splice (self->items, 0, n_old, items->pdata, items->len);
    return;
  }
  for (guint i = 0; i < n_both; i++) {
    g_autoptr (WayChildItem) old = g_list_model_get_item (G_LIST_MODEL (self->items), i);

    if (!way_child_item_equal (old, items->pdata[i]))
      g_list_store_splice (self->items, i, 1, &items->pdata[i], 1);
  }
  g_list_store_splice (self->items, n_both, 0, items->pdata + n_both, items->len - n_both);
}

/**
 * way_children_page_take_items:
 * @self: the page
 * @items: (transfer full) (element-type WayChildItem): all children, or the first of them
 * @n_rest: how many there are besides; they are asked for
 *
 * Shows these children.
 */
void
way_children_page_take_items (WayChildrenPage *self, GPtrArray *items, guint n_rest)
{
  g_return_if_fail (WAY_IS_CHILDREN_PAGE (self) && items != NULL);

  self->is_loaded = TRUE;
  gtk_spinner_stop (self->spinner);
  replace_items (self, items);
  g_ptr_array_unref (items);
  wait_for_rest (self, n_rest);
  apply_state (self);
}

/**
 * way_children_page_get_n_shown:
 * @self: the page
 *
 * Returns: how many children the filter lets through
 */
guint
way_children_page_get_n_shown (WayChildrenPage *self)
{
  g_return_val_if_fail (WAY_IS_CHILDREN_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

/* The lists go with the request: an immutable value may be read on any thread. */
typedef struct {
  WayDate today;
  WayCodeLists *lists;
  gboolean is_first_look;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  way_code_lists_unref (request->lists);
  g_free (request);
}

typedef struct {
  GPtrArray *items;
  guint n_rest;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->items);
  g_free (answer);
}

/* One more than is shown at first: the last may have the name of the next. */
static GPtrArray *
list_rows (WayDb *db, const Request *request, guint *n_rest, GError **error)
{
  GPtrArray *rows;
  guint n_all;

  *n_rest = 0;
  if (!request->is_first_look)
    return way_db_list_child_rows (db, request->today, error);
  rows = way_db_list_first_child_rows (db, request->today, FIRST_ROWS + 1, &n_all, error);
  *n_rest = rows != NULL ? n_all - MIN (n_all, FIRST_ROWS) : 0;
  return rows;
}

static gpointer
rows_job (WayDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  guint n_rest;
  g_autoptr (GPtrArray) rows = list_rows (db, request, &n_rest, error);
  Answer *answer;

  if (rows == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->n_rest = n_rest;
  answer->items = g_ptr_array_new_full (rows->len, g_object_unref);
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (answer->items, way_child_item_new (rows->pdata[i], request->lists));
  way_child_items_tell_apart (answer->items);
  if (n_rest > 0)
    g_ptr_array_set_size (answer->items, FIRST_ROWS);
  return answer;
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChildrenPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Answer *answer = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  /* Locked meanwhile: nothing may come back onto the screen. */
  if (window == NULL) {
    g_clear_pointer (&answer, answer_free);
    return;
  }
  if (answer != NULL)
    way_children_page_take_items (self, g_ptr_array_ref (answer->items), answer->n_rest);
  else
    way_window_show_error (window, _ ("The children could not be read"), error);
  g_clear_pointer (&answer, answer_free);
  way_window_show_now (window);
}

static void
way_children_page_refresh (WayScreen *screen)
{
  WayChildrenPage *self = WAY_CHILDREN_PAGE (screen);
  WayWindow *window = way_window_of (GTK_WIDGET (screen));
  Request *request;

  if (window == NULL || way_window_get_lists (window) == NULL)
    return;
  request = g_new (Request, 1);
  request->today = way_window_get_today (window);
  request->is_first_look = !self->is_loaded;
  request->lists = way_code_lists_ref (way_window_get_lists (window));
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       rows_job,
                       request,
                       request_free,
                       answer_free,
                       NULL,
                       rows_cb,
                       g_object_ref (screen));
}

static void
open_position (WayChildrenPage *self, guint position)
{
  g_autoptr (WayChildItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (item != NULL && window != NULL)
    way_window_open_child (window, way_child_item_get_row (item)->id);
}

static void
activate_cb (WayChildrenPage *self, guint position)
{
  open_position (self, position);
}

static void
filter_cb (WayChildrenPage *self)
{
  g_autofree char *folded =
      way_text_fold_for_search (gtk_editable_get_text (GTK_EDITABLE (self->filter)));

  g_strfreev (self->words);
  self->words = g_strsplit (folded, " ", -1);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered),
                      GTK_FILTER_CHANGE_DIFFERENT);
  apply_state (self);
}

/* The entry tells some time after it what was typed last. */
static void
filter_activate_cb (WayChildrenPage *self)
{
  filter_cb (self);
  if (way_children_page_get_n_shown (self) > 0)
    open_position (self, 0);
}

static void
filter_stop_cb (WayChildrenPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->filter), "");
}

static gboolean
filter_key_cb (WayChildrenPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval == GDK_KEY_Down && way_children_page_get_n_shown (self) > 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  WayChildrenPage *self = user_data;

  return way_child_item_matches (item, (const char *const *) self->words);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return way_child_item_compare (
      WAY_CHILD_ITEM ((gpointer) a), WAY_CHILD_ITEM ((gpointer) b), GPOINTER_TO_UINT (user_data));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *label = way_ui_label (NULL, NULL);

  if (GPOINTER_TO_UINT (user_data) == WAY_CHILD_COLUMN_NAME) {
    gtk_widget_add_css_class (label, "way-strong");
    /* Whom a line is about can be read in any size of letters; then the list scrolls sideways. */
    gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARS);
  }
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gtk_label_set_text (
      GTK_LABEL (gtk_list_item_get_child (list_item)),
      way_child_item_get_text (gtk_list_item_get_item (list_item), GPOINTER_TO_UINT (user_data)));
}

/* As wide as what stands in the column, in whatever size the user reads; the sign of the order
 * has room beside the title. */
static int
measure_column (WayChildrenPage *self, const char *title, const char *longest)
{
  const char *const texts[] = {title, longest};
  int widest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (PangoLayout) layout =
        gtk_widget_create_pango_layout (GTK_WIDGET (self->view), texts[i]);
    int width;

    pango_layout_get_pixel_size (layout, &width, NULL);
    widest = MAX (widest, width);
  }
  return widest + CELL_PADDING;
}

/* @longest NULL: the column takes the room that is left. (transfer none): the column */
static GtkColumnViewColumn *
add_column (WayChildrenPage *self, const char *title, WayChildColumn id, const char *longest)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (id), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (id));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (id));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (longest != NULL)
    gtk_column_view_column_set_fixed_width (column, measure_column (self, title, longest));
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (self->view, column);
  if (id == WAY_CHILD_COLUMN_NAME)
    gtk_column_view_sort_by_column (self->view, column, GTK_SORT_ASCENDING);
  g_object_unref (column); /* the list has it */
  return column;
}

/* In a narrow window a name, a school and when the child was last seen matter more than what its
 * page says as well. */
static void
add_columns (WayChildrenPage *self)
{
  GtkColumnViewColumn *status, *need, *state;

  add_column (self, _ ("Name"), WAY_CHILD_COLUMN_NAME, NULL);
  add_column (self, _ ("Year"), WAY_CHILD_COLUMN_YEAR, _ ("Reception"));
  add_column (self, _ ("School"), WAY_CHILD_COLUMN_SCHOOL, NULL);
  status = add_column (self, _ ("Status"), WAY_CHILD_COLUMN_STATUS, _ ("SEN support"));
  need = add_column (self, _ ("Need"), WAY_CHILD_COLUMN_NEED, "SEMH SLCN");
  state = add_column (self, _ ("Case"), WAY_CHILD_COLUMN_CASE, "◐ On hold");
  add_column (self, _ ("Last seen"), WAY_CHILD_COLUMN_LAST_SEEN, "30 Nov 2026");
  way_column_room_watch (self->view, 2 * measure_column (self, LEAST_NAME, LEAST_NAME));
  way_column_room_add (self->view, need);
  way_column_room_add (self->view, status);
  way_column_room_add (self->view, state);
}

static void
way_children_page_focus_first (WayScreen *screen)
{
  gtk_widget_grab_focus (WAY_CHILDREN_PAGE (screen)->filter);
}

static void
way_children_page_screen_init (WayScreenInterface *iface)
{
  iface->refresh = way_children_page_refresh;
  iface->focus_first = way_children_page_focus_first;
}

static void
way_children_page_dispose (GObject *object)
{
  WayChildrenPage *self = WAY_CHILDREN_PAGE (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_CHILDREN_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->items);
  g_clear_pointer (&self->words, g_strfreev);
  G_OBJECT_CLASS (way_children_page_parent_class)->dispose (object);
}

static void
way_children_page_class_init (WayChildrenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_children_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waymark/Waymark/children.ui");
  gtk_widget_class_bind_template_child (widget_class, WayChildrenPage, filter);
  gtk_widget_class_bind_template_child (widget_class, WayChildrenPage, count);
  gtk_widget_class_bind_template_child (widget_class, WayChildrenPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayChildrenPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WayChildrenPage, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_stop_cb);
}

static void
way_children_page_init (WayChildrenPage *self)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));
  way_a11y_set_name (self->filter, _ ("Filter children"));
  way_a11y_set_name (GTK_WIDGET (self->view), _ ("Children"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (filter_key_cb), self);
  gtk_widget_add_controller (self->filter, keys);
  self->items = g_list_store_new (WAY_TYPE_CHILD_ITEM);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), filter);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  add_columns (self);
  gtk_spinner_start (self->spinner);
  apply_state (self);
}

/**
 * way_children_page_new:
 *
 * Returns: (transfer floating): the page; it reads the store once it is pushed
 */
GtkWidget *
way_children_page_new (void)
{
  return g_object_new (WAY_TYPE_CHILDREN_PAGE, NULL);
}
