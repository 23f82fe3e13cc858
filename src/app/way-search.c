/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-search.h"

#include "way-ui.h"
#include "way-window.h"

#include <glib/gi18n.h>

#define MOST_HITS 60
#define WIDTH 460       /* px, at the usual size of letters */
#define MOST_HEIGHT 480 /* px, likewise */
#define INSET 24        /* px, of the rows in the list */

struct _WaySearch {
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *popover; /* (nullable): nothing was found yet; so is what is in it */
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *nothing;
  GCancellable *search; /* the last one: under way, or what is shown came of it */
  char *words;          /* (nullable): what it looks for */
  gboolean has_hits;    /* they are in the list */
  gboolean opens_first; /* once they are: Enter was pressed before */
};

G_DEFINE_FINAL_TYPE (WaySearch, way_search, GTK_TYPE_WIDGET)

static gpointer
search_job (WayDb *db, gpointer request, GCancellable *cancellable, GError **error)
{
  return way_db_search (db, request, WAY_SEARCH_NEWEST_FIRST, MOST_HITS, error);
}

/* The store marks what matched by control characters; labels want markup. */
static char *
snippet_markup (const char *snippet)
{
  GString *markup = g_string_new (NULL);

  for (const char *c = snippet != NULL ? snippet : ""; *c != '\0'; c = g_utf8_next_char (c)) {
    g_autofree char *escaped = NULL;

    if (*c == '\002') {
      g_string_append (markup, "<b>");
    } else if (*c == '\003') {
      g_string_append (markup, "</b>");
    } else {
      escaped = g_markup_escape_text (c, g_utf8_next_char (c) - c);
      g_string_append (markup, *c == '\n' ? " " : escaped);
    }
  }
  return g_string_free (markup, FALSE);
}

static GtkWidget *
hit_row (const WaySearchHit *hit)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = way_ui_tell_apart (hit->title, hit->born);
  GtkWidget *title = way_ui_label (name, "way-heading");
  GtkWidget *text = way_ui_wrapped_label (NULL, "way-faint");
  g_autofree char *date =
      hit->date != WAY_DATE_UNKNOWN ? way_date_format (hit->date) : g_strdup ("");
  g_autofree char *markup = snippet_markup (hit->snippet);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), way_ui_label (date, "way-faint"));
  gtk_label_set_markup (GTK_LABEL (text), markup);
  gtk_label_set_lines (GTK_LABEL (text), 2);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  way_a11y_set_name (row, name);
  way_a11y_set_description (row, gtk_label_get_text (GTK_LABEL (text)));
  g_object_set_data_full (G_OBJECT (row), "child", g_strdup (hit->child_id), g_free);
  if (hit->type == WAY_VISIT)
    g_object_set_data_full (G_OBJECT (row), "visit", g_strdup (hit->id), g_free);
  return row;
}

/* As many as fit whole: a line that is cut through cannot be read. */
static void
end_at_a_row (WaySearch *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  int most = MIN (way_ui_scale (self->entry, MOST_HEIGHT), gtk_widget_get_height (window) * 3 / 4);
  int width = MIN (way_ui_scale (self->entry, WIDTH), gtk_widget_get_width (window) / 2);
  int height = 0;

  gtk_widget_set_size_request (self->scroller, width, -1);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row)) {
    int natural, margins = gtk_widget_get_margin_top (row) + gtk_widget_get_margin_bottom (row);

    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width - INSET, NULL, &natural, NULL, NULL);
    if (height + natural + margins > most)
      break;
    height += natural + margins;
  }
  if (row == NULL) {
    gtk_widget_measure (gtk_scrolled_window_get_child (scroller),
                        GTK_ORIENTATION_VERTICAL,
                        width,
                        NULL,
                        &height,
                        NULL,
                        NULL);
    height = MIN (height, most);
  }
  /* The least as well: GTK takes the lines for as wide as they could be, so for fewer. */
  gtk_scrolled_window_set_min_content_height (scroller, -1);
  gtk_scrolled_window_set_max_content_height (scroller, height);
  gtk_scrolled_window_set_min_content_height (scroller, height);
}

static gboolean
shows_hits (WaySearch *self)
{
  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

static void
hide_hits (WaySearch *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* In the entry, or on a hit. */
static gboolean
has_keyboard (WaySearch *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* What was found does not lie over the page that somebody works in; it is there again when they
 * come back. */
static void
focus_cb (WaySearch *self)
{
  if (!has_keyboard (self))
    hide_hits (self);
  else if (self->has_hits)
    gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
root_cb (WaySearch *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    g_signal_connect_object (
        root, "notify::focus-widget", G_CALLBACK (focus_cb), self, G_CONNECT_SWAPPED);
}

static void open_row (WaySearch *self, GtkListBoxRow *row);

/* Among the hits the words can still be mended: what is typed goes to the entry. */
static gboolean
list_key_cb (
    GtkEventController *keys, guint keyval, guint code, GdkModifierType state, WaySearch *self)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if ((state & GDK_CONTROL_MASK) != 0 && gdk_keyval_to_lower (keyval) == GDK_KEY_k) {
    way_search_start (self);
    return GDK_EVENT_STOP;
  }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !g_unichar_isgraph (letter))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  return gtk_event_controller_key_forward (
      GTK_EVENT_CONTROLLER_KEY (keys),
      GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))));
}

/* With the first hits: most starts of the program find nothing. */
static void
make_popover (WaySearch *self)
{
  GtkWidget *scroller = self->scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->list = gtk_list_box_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (list_key_cb), self);
  gtk_widget_add_controller (self->list, keys);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  way_a11y_set_name (self->list, _ ("Search results"));
  self->nothing = way_ui_wrapped_label (_ ("Nothing found."), "way-faint");
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  self->popover = gtk_popover_new ();
  /* Typing goes on while the results are there. */
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (open_row), self);
}

static void
stop (WaySearch *self)
{
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  g_clear_pointer (&self->words, g_free);
  self->has_hits = FALSE;
  self->opens_first = FALSE;
}

static void
hits_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySearch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = way_store_run_finish (WAY_STORE (source), result, &error);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  /* Locked, or more was typed meanwhile. */
  if (window == NULL || self->search == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->search)
    return;
  if (self->popover == NULL)
    make_popover (self);
  way_ui_clear (self->list);
  if (hits == NULL) {
    stop (self);
    way_window_show_error (window, _ ("The search did not work"), error);
    return;
  }
  for (guint i = 0; i < hits->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), hit_row (hits->pdata[i]));
  self->has_hits = TRUE;
  if (self->opens_first && hits->len > 0) {
    open_row (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
    return;
  }
  gtk_widget_set_visible (self->nothing, hits->len == 0);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  end_at_a_row (self);
  if (has_keyboard (self))
    gtk_popover_popup (GTK_POPOVER (self->popover));
}

static char *
dup_words (WaySearch *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

/* The entry tells it some time after it was typed; Enter may have asked for the same before. */
static void
words_cb (WaySearch *self)
{
  g_autofree char *words = dup_words (self);
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  if (g_strcmp0 (words, self->words) == 0)
    return;
  stop (self);
  if (window == NULL || g_utf8_strlen (words, -1) < 2 ||
      !way_store_is_open (way_window_get_store (window))) {
    hide_hits (self);
    return;
  }
  self->search = g_cancellable_new ();
  self->words = g_strdup (words);
  way_store_run_async (way_window_get_store (window),
                       WAY_STORE_READS,
                       search_job,
                       g_steal_pointer (&words),
                       g_free,
                       (GDestroyNotify) g_ptr_array_unref,
                       self->search,
                       hits_cb,
                       g_object_ref (self));
}

static void
open_row (WaySearch *self, GtkListBoxRow *row)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));
  g_autofree char *child = NULL;
  g_autofree char *visit = NULL;

  if (window == NULL || row == NULL)
    return;
  child = g_strdup (g_object_get_data (G_OBJECT (row), "child"));
  visit = g_strdup (g_object_get_data (G_OBJECT (row), "visit"));
  way_search_clear (self);
  if (child != NULL)
    way_window_open_child (window, child);
  if (visit != NULL)
    way_window_open_visit (window, child, visit);
}

/* Of what stands in the entry now: the first hit of fewer letters may be another child. */
static void
activate_cb (WaySearch *self)
{
  words_cb (self);
  if (self->has_hits)
    open_row (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  else
    self->opens_first = self->search != NULL;
}

static void
typed_cb (WaySearch *self)
{
  self->opens_first = FALSE;
}

static gboolean
key_cb (WaySearch *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval == GDK_KEY_Down && shows_hits (self))
    return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_PROPAGATE;
}

static void
escape_cb (WaySearch *self)
{
  WayWindow *window = way_window_of (GTK_WIDGET (self));

  way_search_clear (self);
  if (window != NULL && way_window_get_page (window) != NULL)
    gtk_widget_child_focus (way_window_get_page (window), GTK_DIR_TAB_FORWARD);
}

/**
 * way_search_start:
 * @self: the search
 *
 * Puts the keyboard into the entry.
 */
void
way_search_start (WaySearch *self)
{
  g_return_if_fail (WAY_IS_SEARCH (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/**
 * way_search_clear:
 * @self: the search
 *
 * Forgets the words and what they found.
 */
void
way_search_clear (WaySearch *self)
{
  g_return_if_fail (WAY_IS_SEARCH (self));

  stop (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  hide_hits (self);
  if (self->list != NULL)
    way_ui_clear (self->list);
}

static void
way_search_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WaySearch *self = WAY_SEARCH (widget);

  gtk_widget_allocate (self->entry, width, height, baseline, NULL);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
way_search_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  gtk_widget_measure (WAY_SEARCH (widget)->entry,
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

static void
way_search_dispose (GObject *object)
{
  WaySearch *self = WAY_SEARCH (object);

  stop (self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (way_search_parent_class)->dispose (object);
}

static void
way_search_class_init (WaySearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_search_dispose;
  widget_class->measure = way_search_measure;
  widget_class->size_allocate = way_search_size_allocate;
}

static void
way_search_init (WaySearch *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search  Ctrl+K"), NULL);
  /* With large letters the title beside it needs the room. */
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 24);
  way_a11y_set_name (self->entry, _ ("Search"));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (words_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (escape_cb), self);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
}
