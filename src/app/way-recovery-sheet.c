/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-recovery-sheet.h"

#include "way-date.h"
#include "way-print.h"
#include "way-vault.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#define MARGIN 57.0 /* points: 20 mm */
#define GROUPS_A_LINE 3

typedef struct {
  cairo_t *cr;
  double width; /* of the text */
  double y;
} Sheet;

/* One paragraph under the last. */
static void
add_text (Sheet *self, const char *font, const char *text, double space_after)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *description = pango_font_description_from_string (font);
  int height;

  /* In points, whatever the printer's own measure is. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72.0);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (self->width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.25f);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (self->cr, MARGIN, self->y);
  pango_cairo_show_layout (self->cr, layout);
  self->y += (double) height / PANGO_SCALE + space_after;
  pango_font_description_free (description);
}

/* Even groups, three to a line in columns of one width, so that none is skipped when it is typed.
 */
static void
add_key (Sheet *self, const char *key)
{
  g_auto (GStrv) groups = g_strsplit (key, "-", -1);
  double column = self->width / GROUPS_A_LINE, line_y = self->y;
  guint n = g_strv_length (groups);

  for (guint i = 0; i < n; i++) {
    Sheet cell = {self->cr, column, line_y};

    cairo_save (self->cr);
    cairo_translate (self->cr, (i % GROUPS_A_LINE) * column, 0);
    add_text (&cell, "Monospace Bold 22", groups[i], 10);
    cairo_restore (self->cr);
    self->y = MAX (self->y, cell.y);
    if (i % GROUPS_A_LINE == GROUPS_A_LINE - 1)
      line_y = self->y;
    way_vault_secret_wipe (groups[i]);
  }
  self->y += 14;
}

static void
add_rule (Sheet *self)
{
  cairo_set_line_width (self->cr, 1.0);
  cairo_move_to (self->cr, MARGIN, self->y);
  cairo_rel_line_to (self->cr, self->width, 0);
  cairo_stroke (self->cr);
  self->y += 18;
}

/**
 * way_recovery_sheet_draw:
 * @cr: the page, in points
 * @width: of the page
 * @store_path: the store that the key opens
 * @key: its recovery key, groups joined by "-"
 *
 * Draws the page: what it is, the key, what it is for, where to keep it. The folder of the
 * store is left out: who finds the page need not know where to look.
 */
void
way_recovery_sheet_draw (cairo_t *cr, double width, const char *store_path, const char *key)
{
  Sheet sheet = {cr, width - 2 * MARGIN, MARGIN};
  g_autofree char *file = g_path_get_basename (store_path);
  g_autofree char *today = way_date_format_long (way_date_today ());
  g_autofree char *which = g_strdup_printf (_ ("For the store “%s”, made on %s."), file, today);

  cairo_set_source_rgb (cr, 0, 0, 0);
  add_text (&sheet, "Sans Bold 24", _ ("Waymark recovery key"), 6);
  add_text (&sheet, "Sans 12", which, 16);
  add_rule (&sheet);
  add_key (&sheet, key);
  add_rule (&sheet);
  add_text (&sheet, "Sans Bold 13", _ ("What it is for"), 4);
  add_text (
      &sheet,
      "Sans 12",
      _ ("If the passphrase is forgotten, this key opens the store. On the page that asks for "
         "the passphrase, choose “Use recovery key…” and type the groups from left to right, "
         "line by line. Without the passphrase and without this key nobody can read the "
         "records."),
      14);
  add_text (&sheet, "Sans Bold 13", _ ("Where to keep it"), 4);
  add_text (&sheet,
            "Sans 12",
            _ ("Keep this page where important papers are locked away, such as the school’s safe: "
               "not with the computer, not as a photograph and not in an email. Whoever has this "
               "page and the file can read the children’s records."),
            14);
}

typedef struct {
  const char *store_path;
  const char *key;
} Page;

static void
draw (gpointer data, guint number G_GNUC_UNUSED, cairo_t *cr, double width)
{
  const Page *page = data;

  way_recovery_sheet_draw (cr, width, page->store_path, page->key);
}

/**
 * way_recovery_sheet_print:
 * @parent: the window that asks
 * @store_path: the store
 * @key: its recovery key
 * @error: return location
 *
 * Asks for a printer and prints the page; waits until it is handed over.
 *
 * Returns: what became of it
 */
GtkPrintOperationResult
way_recovery_sheet_print (GtkWindow *parent,
                          const char *store_path,
                          const char *key,
                          GError **error)
{
  Page page = {store_path, key};
  const WayPrintJob job = {
      .name = _ ("Waymark recovery key"), .n_pages = 1, .draw = draw, .data = &page};

  return way_print (parent, &job, NULL, error);
}
