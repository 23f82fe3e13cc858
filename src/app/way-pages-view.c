/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-pages-view.h"

#include "way-ui.h"

#include <glib/gi18n.h>

#define A4_WIDTH 595.276 /* points */
#define A4_HEIGHT 841.89

/* One page: as high as its width asks for. */
#define WAY_TYPE_PAGE_SHEET (way_page_sheet_get_type ())
G_DECLARE_FINAL_TYPE (WayPageSheet, way_page_sheet, WAY, PAGE_SHEET, GtkWidget)

struct _WayPageSheet {
  GtkWidget parent_instance;

  WayVisitPages *pages; /* the view's */
  guint page;
};

G_DEFINE_FINAL_TYPE (WayPageSheet, way_page_sheet, GTK_TYPE_WIDGET)

struct _WayPagesView {
  AdwBin parent_instance;

  GtkWidget *box;
  GtkWidget *scroller;
  WayVisitPages *pages;
};

G_DEFINE_FINAL_TYPE (WayPagesView, way_pages_view, ADW_TYPE_BIN)

static GtkSizeRequestMode
way_page_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_page_sheet_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = 280;
    *natural = 780;
  } else {
    int width = for_size > 0 ? for_size : 280;

    *minimum = *natural = (int) (width * A4_HEIGHT / A4_WIDTH);
  }
}

static void
way_page_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayPageSheet *self = WAY_PAGE_SHEET (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr;

  if (self->pages == NULL || width <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  /* Paper is white in the dark as well. */
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / A4_WIDTH, width / A4_WIDTH);
  way_visit_pages_draw (self->pages, self->page, cr);
  cairo_destroy (cr);
}

static void
way_page_sheet_class_init (WayPageSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = way_page_sheet_get_request_mode;
  widget_class->measure = way_page_sheet_measure;
  widget_class->snapshot = way_page_sheet_snapshot;
  gtk_widget_class_set_css_name (widget_class, "waypage");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_page_sheet_init (WayPageSheet *self)
{
}

/**
 * way_pages_view_take_pages:
 * @self: the view
 * @pages: (transfer full): the pages
 *
 * Shows these pages, scrolled to where the ones before them were.
 */
void
way_pages_view_take_pages (WayPagesView *self, WayVisitPages *pages)
{
  guint n_pages;

  g_return_if_fail (WAY_IS_PAGES_VIEW (self) && pages != NULL);

  way_ui_clear (self->box);
  g_clear_pointer (&self->pages, way_visit_pages_free);
  self->pages = pages;
  n_pages = way_visit_pages_get_length (pages);
  for (guint i = 0; i < n_pages; i++) {
    WayPageSheet *sheet = g_object_new (WAY_TYPE_PAGE_SHEET, NULL);
    g_autofree char *name = g_strdup_printf (_ ("Page %u of %u"), i + 1, n_pages);

    sheet->pages = pages;
    sheet->page = i;
    way_a11y_set_name (GTK_WIDGET (sheet), name);
    gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (sheet));
  }
}

guint
way_pages_view_get_length (WayPagesView *self)
{
  g_return_val_if_fail (WAY_IS_PAGES_VIEW (self), 0);

  return self->pages != NULL ? way_visit_pages_get_length (self->pages) : 0;
}

static void
way_pages_view_dispose (GObject *object)
{
  WayPagesView *self = WAY_PAGES_VIEW (object);

  /* The sheets go first: they draw from the pages. */
  if (self->box != NULL)
    way_ui_clear (self->box);
  self->box = NULL;
  g_clear_pointer (&self->pages, way_visit_pages_free);
  G_OBJECT_CLASS (way_pages_view_parent_class)->dispose (object);
}

static void
way_pages_view_class_init (WayPagesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_pages_view_dispose;
}

static void
way_pages_view_init (WayPagesView *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_add_css_class (self->box, "way-pages");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 820);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  /* So that Page Down works with nothing else on the page. */
  gtk_widget_set_focusable (self->scroller, TRUE);
  way_a11y_set_name (self->scroller, _ ("Pages of the record"));
  adw_bin_set_child (ADW_BIN (self), self->scroller);
}

GtkWidget *
way_pages_view_new (void)
{
  return g_object_new (WAY_TYPE_PAGES_VIEW, NULL);
}
