/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-progress-chart.h"

/* One accent of our own, teal; everything else is ink. Marks differ in shape and
 * dash as well, so that a black-and-white copy says the same. */
const WayChartStyle WAY_CHART_LIGHT = {
    .ink = {0.14, 0.16, 0.18},
    .faint_ink = {0.36, 0.38, 0.41},
    .grid = {0.90, 0.91, 0.91},
    .band = {0.953, 0.969, 0.969},
    .accent = {0.102, 0.498, 0.486},
    .paper = {1, 1, 1},
    .font_family = "Sans",
    .font_size = 11.5,
    .line_width = 2.0,
};

const WayChartStyle WAY_CHART_DARK = {
    .ink = {0.93, 0.93, 0.93},
    .faint_ink = {0.70, 0.72, 0.73},
    .grid = {0.27, 0.28, 0.29},
    .band = {0.165, 0.185, 0.19},
    .accent = {0.384, 0.780, 0.761},
    .paper = {0.118, 0.118, 0.118},
    .font_family = "Sans",
    .font_size = 11.5,
    .line_width = 2.0,
};

const WayChartStyle WAY_CHART_PRINT = {
    .ink = {0.08, 0.09, 0.10},
    .faint_ink = {0.30, 0.32, 0.34},
    .grid = {0.87, 0.88, 0.88},
    .band = {0.945, 0.962, 0.962},
    .accent = {0.070, 0.420, 0.410},
    .paper = {1, 1, 1},
    .font_family = "Sans",
    .font_size = 7.0,
    .line_width = 1.3,
};
