/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which preferences there are, and what each may be. */
#include "way-preferences.h"

#include "way-check.h"
#include "way-error.h"
#include "way-number.h"
#include "way-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_LOGO_BYTES (4 * 1024 * 1024)
#define LEAST_LOGO_SIDE 16
#define MOST_LOGO_SIDE 4000

static const char *const TRENDS[] = {"theil-sen", "ols", "split-middle", NULL};

const WayPreference WAY_PREFERENCES[] = {
    {.name = "service-name",
     .kind = WAY_PREFERENCE_TEXT,
     .title = N_ ("Name of the service"),
     .description = N_ ("Stands at the top of each Record of Visit that is signed from now on."),
     .longest = 120},
    {.name = "privacy-line",
     .kind = WAY_PREFERENCE_TEXT,
     .title = N_ ("Privacy line"),
     .description =
         N_ ("Stands at the end of each Record of Visit that is signed from now on; say where the "
             "service's privacy notice can be read."),
     .longest = 400},
    {.name = "logo",
     .kind = WAY_PREFERENCE_PICTURE,
     .title = N_ ("Logo"),
     .description = N_ ("Stands beside the name of the service in print, about 1 cm high.")},
    {.name = "trend",
     .kind = WAY_PREFERENCE_CHOICE,
     .title = N_ ("Trend line"),
     .description = N_ ("How the trend of a progress chart is drawn. Theil-Sen is steadied against "
                        "single odd points."),
     .initial = "theil-sen",
     .choices = TRENDS},
    {.name = "about-equal-percent",
     .kind = WAY_PREFERENCE_NUMBER,
     .title = N_ ("About equal"),
     .description =
         N_ ("By how many per cent of the aim line's rate the trend may differ and still "
             "count as about equal."),
     .initial = "10",
     .lowest = 1,
     .highest = 50},
    /* What is half typed in the window's forms; see way-begun.c. */
    {.name = "begun", .kind = WAY_PREFERENCE_TEXT, .longest = 4000000, .internal = TRUE},
    /* Nobody has said yet that the recovery key is kept; see way-window-key.c. */
    {.name = "key-not-kept", .kind = WAY_PREFERENCE_NUMBER, .highest = 1, .internal = TRUE},
    {.name = "defaults", .kind = WAY_PREFERENCE_NUMBER, .highest = 1, .internal = TRUE},
    /* By which words records are found; see way-db-index-private.h. */
    {.name = "search-edition", .kind = WAY_PREFERENCE_NUMBER, .highest = 1000, .internal = TRUE},
};
const guint WAY_N_PREFERENCES = G_N_ELEMENTS (WAY_PREFERENCES);

/**
 * way_preference_find:
 *
 * Returns: (nullable): the preference of that name; %NULL if there is none
 */
const WayPreference *
way_preference_find (const char *name)
{
  for (guint i = 0; i < WAY_N_PREFERENCES; i++) {
    if (strcmp (WAY_PREFERENCES[i].name, name) == 0)
      return &WAY_PREFERENCES[i];
  }
  return NULL;
}

static const char *
check_text (const WayPreference *self, const char *value)
{
  if (!way_text_is_clean (value) || strpbrk (value, "\r\n\t") != NULL)
    return "has to be one line of plain text";
  return g_utf8_strlen (value, -1) > (glong) self->longest ? "is too long to be printed" : NULL;
}

static gboolean
is_choice (const WayPreference *self, const char *value)
{
  return g_strv_contains (self->choices, value);
}

static gboolean
is_in_range (const WayPreference *self, const char *value)
{
  double number;

  return way_number_from_text (value, &number) && number >= self->lowest &&
         number <= self->highest && number == (double) (int) number;
}

/* What is wrong with @value, as way_text_dup_sentence() takes it. (transfer full) (nullable) */
static char *
find_fault (const WayPreference *self, const char *value)
{
  g_autofree char *codes = NULL;
  const char *why;

  switch (self->kind) {
  case WAY_PREFERENCE_TEXT:
    why = check_text (self, value);
    if (why == NULL)
      return NULL;
    return g_strdup_printf ("%s (at most %u characters)", why, self->longest);
  case WAY_PREFERENCE_NUMBER:
    if (is_in_range (self, value))
      return NULL;
    return g_strdup_printf ("“%s” is no whole number from %d to %d; write for example %s",
                            value,
                            self->lowest,
                            self->highest,
                            self->initial);
  case WAY_PREFERENCE_CHOICE:
    if (is_choice (self, value))
      return NULL;
    codes = g_strjoinv (", ", (char **) self->choices);
    return g_strdup_printf ("“%s” is none of %s", value, codes);
  case WAY_PREFERENCE_PICTURE:
  default:
    return g_strdup ("is a picture, not a text");
  }
}

/**
 * way_preference_check:
 * @self: a preference that is no picture
 * @value: what it shall be
 * @error: return location for %WAY_ERROR_INVALID, with the preference named
 *
 * Returns: (transfer full): @value as it is kept, without space at its ends
 */
char *
way_preference_check (const WayPreference *self, const char *value, GError **error)
{
  g_autofree char *kept = g_strstrip (g_strdup (value));
  g_autofree char *fault = find_fault (self, kept), *words = NULL;

  if (fault == NULL)
    return g_steal_pointer (&kept);
  words = way_check_dup_words (self->name, fault);
  g_set_error_literal (error, WAY_ERROR, WAY_ERROR_INVALID, words);
  return NULL;
}

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

/* The CRC-32 of PNG, annex D of its specification. */
static guint32
crc_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
  }
  return crc ^ 0xffffffff;
}

/* Whether the chunks follow each other unharmed from IHDR to IEND, with picture data between. */
static gboolean
is_whole_png (const guint8 *data, gsize size)
{
  gsize at = 8;
  gboolean filled = FALSE;

  if (size < 8 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) != 0)
    return FALSE;
  while (size - at >= 12) {
    const guint8 *chunk = data + at;
    gsize length = read_u32 (chunk);

    if (length > size - at - 12 || crc_of (chunk + 4, length + 4) != read_u32 (chunk + 8 + length))
      return FALSE;
    if (at == 8 && (length != 13 || memcmp (chunk + 4, "IHDR", 4) != 0))
      return FALSE;
    filled = filled || memcmp (chunk + 4, "IDAT", 4) == 0;
    if (memcmp (chunk + 4, "IEND", 4) == 0)
      return filled;
    at += length + 12;
  }
  return FALSE;
}

static gboolean
check_logo_size (guint64 size, GError **error)
{
  if (size <= MOST_LOGO_BYTES)
    return TRUE;
  g_set_error_literal (error,
                       WAY_ERROR,
                       WAY_ERROR_INVALID,
                       "logo: The picture is larger than 4 MB; save it smaller, 600 pixels wide "
                       "is enough");
  return FALSE;
}

/**
 * way_preference_check_logo:
 * @png: the bytes of a file
 * @error: return location for %WAY_ERROR_INVALID: no PNG, damaged, too small or too large
 *
 * Returns: whether @png can be printed as the service's logo
 */
gboolean
way_preference_check_logo (GBytes *png, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (png, &size);
  guint32 width, height;

  if (!check_logo_size (size, error))
    return FALSE;
  if (!is_whole_png (data, size)) {
    g_set_error_literal (
        error,
        WAY_ERROR,
        WAY_ERROR_INVALID,
        "logo: This is not a PNG picture, or it is damaged; save the logo as PNG and try again");
    return FALSE;
  }
  width = read_u32 (data + 16);
  height = read_u32 (data + 20);
  if (MIN (width, height) >= LEAST_LOGO_SIDE && MAX (width, height) <= MOST_LOGO_SIDE)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_INVALID,
               "logo: The picture is %u by %u pixels; each side has to have from %d to %d",
               width,
               height,
               LEAST_LOGO_SIDE,
               MOST_LOGO_SIDE);
  return FALSE;
}

/**
 * way_preference_load_logo:
 * @file: a picture that somebody chose
 * @error: return location for %WAY_ERROR_INVALID as way_preference_check_logo() has it, or an
 *   error of GIO
 *
 * Looks at the size before anything is read: a film that was chosen by mistake is not read whole.
 *
 * Returns: (transfer full): a PNG that can be printed as the service's logo
 */
GBytes *
way_preference_load_logo (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file,
                         G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                         G_FILE_QUERY_INFO_NONE,
                         NULL,
                         error);
  g_autoptr (GBytes) png = NULL;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) {
    g_set_error_literal (
        error, WAY_ERROR, WAY_ERROR_INVALID, "logo: This is no file; choose a PNG picture");
    return NULL;
  }
  if (!check_logo_size ((guint64) g_file_info_get_size (info), error))
    return NULL;
  png = g_file_load_bytes (file, NULL, NULL, error);
  if (png == NULL || !way_preference_check_logo (png, error))
    return NULL;
  return g_steal_pointer (&png);
}
