/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "way-progress-chart.h"

G_BEGIN_DECLS

/* A chart as a file of its own, with its statement and words; a PDF that a screen reader can read.
 */
GBytes *way_chart_file_render (const WayProgressChart *chart,
                               WayChartFormat format,
                               double width,
                               double height,
                               GError **error);

gboolean way_chart_file_find_format (const char *path, WayChartFormat *format);

G_END_DECLS
