/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-target-table.h"

#include "way-progress.h"
#include "way-record-dialog.h"
#include "way-save.h"
#include "way-text.h"
#include "way-ui.h"

#include <glib/gi18n.h>
#include <math.h>

#define RECORD_KEY "record"

struct _WayTargetTable {
  AdwBin parent_instance;

  WayTarget *target;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (WayTargetTable, way_target_table, ADW_TYPE_BIN)

static WayDate
day_of (gconstpointer record)
{
  return way_field_date (way_record_type_find (WAY_RECORD (record)->type, "date"), record);
}

static gint
compare_days (gconstpointer a, gconstpointer b)
{
  WayDate first = day_of (*(gconstpointer const *) a);
  WayDate second = day_of (*(gconstpointer const *) b);

  return (first > second) - (first < second);
}

static char *
dup_value (WayTargetTable *self, gconstpointer record)
{
  const WayMeasurement *row = record;

  if (WAY_RECORD (record)->type == WAY_PHASE)
    return g_strdup (_ ("┊ Change"));
  return isnan (row->value) ? g_strdup (_ ("Not measured"))
                            : way_progress_value_text (self->target, row->value);
}

static const char *
get_words (gconstpointer record)
{
  const WayMeasurement *row = record;

  if (WAY_RECORD (record)->type == WAY_PHASE)
    return ((const WayPhase *) record)->label;
  return isnan (row->value) ? row->not_measured : row->note;
}

static void
edit_cb (GtkWidget *button, WayTargetTable *self)
{
  GtkRoot *root = gtk_widget_get_root (button);
  WayMeasureScale scale = way_target_get_scale (self->target);

  if (WAY_IS_DIALOG (root))
    way_record_dialog_open_over (
        WAY_DIALOG (root), g_object_get_data (G_OBJECT (button), RECORD_KEY), &scale);
}

/* The rows are read anew when the store has changed. */
static void
delete_cb (GtkWidget *button, WayTargetTable *self)
{
  WayRecord *record = g_object_get_data (G_OBJECT (button), RECORD_KEY);

  if (record->type == WAY_PHASE)
    way_save_delete (way_window_of (button),
                     record,
                     button,
                     _ ("Change deleted."),
                     _ ("The change could not be deleted"));
  else
    way_save_delete (way_window_of (button),
                     record,
                     button,
                     _ ("Measurement deleted."),
                     _ ("The measurement could not be deleted"));
}

static void
attach_button (WayTargetTable *self,
               GtkWidget *button,
               gconstpointer record,
               GCallback clicked,
               int column,
               int line)
{
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), RECORD_KEY, way_record_copy (record), way_record_free);
  g_signal_connect (button, "clicked", clicked, self);
  gtk_grid_attach (GTK_GRID (self->grid), button, column, line, 1, 1);
}

static void
attach_text (WayTargetTable *self, const char *text, int column, int line)
{
  GtkWidget *label = way_ui_wrapped_label (text, line == 0 ? "way-hint" : NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, line == 0 ? 0 : 7); /* on the line of the buttons' icons */
  gtk_widget_set_hexpand (label, column == 2);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, line, 1, 1);
}

static void
append_row (WayTargetTable *self, gconstpointer record, int line)
{
  g_autofree char *day = way_date_format_short (day_of (record));
  g_autofree char *value = dup_value (self, record);
  g_autofree char *change = g_strdup_printf (_ ("Change: %s, %s"), day, value);
  g_autofree char *remove = g_strdup_printf (_ ("Delete: %s, %s"), day, value);

  attach_text (self, day, 0, line);
  attach_text (self, value, 1, line);
  attach_text (self, get_words (record), 2, line);
  attach_button (self,
                 way_ui_icon_button ("document-edit-symbolic", change),
                 record,
                 G_CALLBACK (edit_cb),
                 3,
                 line);
  attach_button (self,
                 way_ui_icon_button ("user-trash-symbolic", remove),
                 record,
                 G_CALLBACK (delete_cb),
                 4,
                 line);
}

/**
 * way_target_table_set_target:
 * @self: the table
 * @target: whose rows they are; copied
 * @measurements: (element-type WayMeasurement): copied
 * @phases: (element-type WayPhase): copied
 *
 * Shows the rows, oldest first.
 */
void
way_target_table_set_target (WayTargetTable *self,
                             const WayTarget *target,
                             GPtrArray *measurements,
                             GPtrArray *phases)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_return_if_fail (WAY_IS_TARGET_TABLE (self) && target != NULL);

  way_record_free (self->target);
  self->target = way_record_copy (target);
  /* On a day with both, the change came first. */
  g_ptr_array_extend (rows, phases, NULL, NULL);
  g_ptr_array_extend (rows, measurements, NULL, NULL);
  g_ptr_array_sort (rows, compare_days);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 16);
  adw_bin_set_child (ADW_BIN (self), self->grid);
  if (rows->len == 0) {
    gtk_grid_attach (
        GTK_GRID (self->grid),
        way_ui_wrapped_label (_ ("Measurements and changes will be here."), "way-faint"),
        0,
        0,
        1,
        1);
    return;
  }
  attach_text (self, _ ("Date"), 0, 0);
  attach_text (self, _ ("Value"), 1, 0);
  attach_text (self, _ ("Note"), 2, 0);
  for (guint i = 0; i < rows->len; i++)
    append_row (self, rows->pdata[i], (int) i + 1);
}

static void
way_target_table_finalize (GObject *object)
{
  way_record_free (WAY_TARGET_TABLE (object)->target);
  G_OBJECT_CLASS (way_target_table_parent_class)->finalize (object);
}

static void
way_target_table_class_init (WayTargetTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_target_table_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_target_table_init (WayTargetTable *self)
{
  way_a11y_set_name (GTK_WIDGET (self), _ ("Measurements and changes"));
}

/**
 * way_target_table_new:
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
way_target_table_new (void)
{
  return g_object_new (WAY_TYPE_TARGET_TABLE, NULL);
}
