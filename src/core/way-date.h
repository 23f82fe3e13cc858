/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WayDate:
 *
 * A calendar day as its Julian day number (as g_date_get_julian() counts), so
 * that dates compare and subtract as integers. 0 is "not known".
 */
typedef guint32 WayDate;

#define WAY_DATE_UNKNOWN ((WayDate) 0)
#define WAY_DATE_ISO_SIZE 11 /* "YYYY-MM-DD" and its NUL */

typedef struct {
  int years;
  int months;
} WayAge;

WayDate way_date_new (int year, int month, int day);
WayDate way_date_from_iso (const char *text);
WayDate way_date_from_uk (const char *text);
WayDate way_date_from_stamp (const char *stamp);
WayDate way_date_from_stamp_in_england (const char *stamp, int *hour);
void way_date_to_iso (WayDate date, char buffer[WAY_DATE_ISO_SIZE]);
char *way_date_dup_iso (WayDate date);
void way_date_get (WayDate date, int *year, int *month, int *day);
int way_date_get_weekday (WayDate date);
WayDate way_date_add_months (WayDate date, int months);
WayAge way_date_age (WayDate birth, WayDate on);
WayDate way_date_today (void);
char *way_stamp_now (void);

char *way_date_format (WayDate date);
char *way_date_format_long (WayDate date);
char *way_date_format_short (WayDate date);
const char *way_month_name (int month);

G_END_DECLS
