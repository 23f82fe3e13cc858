/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-sink.h"
#include "way-number.h"

/* Whatever is accepted comes back unchanged. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char iso[WAY_DATE_ISO_SIZE];
  double number, again;
  WayDate date = way_date_from_iso (text);

  if (date != WAY_DATE_UNKNOWN) {
    way_date_to_iso (date, iso);
    g_assert_cmpstr (iso, ==, text);
  }
  date = way_date_from_uk (text);
  if (date != WAY_DATE_UNKNOWN) {
    way_date_to_iso (date, iso);
    g_assert_cmpuint (way_date_from_iso (iso), ==, date);
  }
  if (way_text_is_clean (text) && way_text_is_stamp (text))
    g_assert_cmpuint (way_date_from_stamp (text), !=, WAY_DATE_UNKNOWN);
  if (way_number_from_text (text, &number)) {
    g_autofree char *written = way_number_to_text (number);

    g_assert_true (way_number_from_text (written, &again));
    g_assert_cmpfloat (again, ==, number);
  }
  return 0;
}
