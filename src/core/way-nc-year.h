/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-date.h"

G_BEGIN_DECLS

int way_nc_year (WayDate birth, WayDate on);
char *way_nc_year_code (int year);
char *way_nc_year_label (const char *code);
char *way_nc_year_moved (const char *code, WayDate from, WayDate on);
char *
way_nc_year_label_for (WayDate birth, const char *actual_code, WayDate actual_from, WayDate on);
int way_nc_year_rank (WayDate birth, const char *actual_code, WayDate actual_from, WayDate on);
int way_academic_year (WayDate on);

G_END_DECLS
