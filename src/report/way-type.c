/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-type.h"

#include "way-readable.h"

#include <string.h>

/* All of them stay apart from each other and from the paper on a black-and-white copier. */
const WayInk WAY_INK_TEXT = {0.114, 0.129, 0.145};
const WayInk WAY_INK_QUIET = {0.333, 0.333, 0.345};
const WayInk WAY_INK_HEADING = {0.078, 0.376, 0.369};
const WayInk WAY_INK_ACCENT = {0.102, 0.498, 0.486};
const WayInk WAY_INK_RULE = {0.42, 0.44, 0.45};
const WayInk WAY_INK_HAIRLINE = {0.62, 0.64, 0.65};

typedef struct {
  double size; /* points */
  gboolean bold;
  const WayInk *ink;
} Face;

static const Face FACES[WAY_N_FACES] = {
    [WAY_FACE_TITLE] = {18.0, TRUE, &WAY_INK_TEXT},
    [WAY_FACE_HEADING] = {13.0, TRUE, &WAY_INK_HEADING},
    [WAY_FACE_SUBHEADING] = {11.0, TRUE, &WAY_INK_HEADING},
    [WAY_FACE_BODY] = {10.5, FALSE, &WAY_INK_TEXT},
    [WAY_FACE_STRONG] = {10.5, TRUE, &WAY_INK_TEXT},
    [WAY_FACE_TABLE] = {9.6, FALSE, &WAY_INK_TEXT},
    [WAY_FACE_TABLE_STRONG] = {9.6, TRUE, &WAY_INK_TEXT},
    [WAY_FACE_LABEL] = {9.0, FALSE, &WAY_INK_QUIET},
    [WAY_FACE_SMALL] = {8.8, FALSE, &WAY_INK_QUIET},
    [WAY_FACE_PILL] = {8.8, TRUE, &WAY_INK_HEADING},
    [WAY_FACE_FOOT] = {7.8, FALSE, &WAY_INK_QUIET},
};

#define LEADING 1.35
#define HEADING_LEADING 1.2
#define WIDE_LETTER 0.75  /* of the size, more than a letter takes on the average */
#define LONGEST_WORD 2000 /* characters; a web address may have some hundreds */

struct _WayType {
  PangoContext *context, *from_right;
  PangoFontDescription *fonts[WAY_N_FACES];
  PangoAttrList *plain;
};

static PangoContext *
new_context (PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_base_dir (context, direction);
  pango_context_set_language (context, pango_language_from_string ("en-gb"));
  return context;
}

/**
 * way_type_new:
 *
 * Returns: (transfer full): the fonts of a report, over the thread's own font map,
 *   which keeps what it has loaded for the next report
 */
WayType *
way_type_new (void)
{
  WayType *self = g_new0 (WayType, 1);

  self->context = new_context (PANGO_DIRECTION_LTR);
  self->from_right = new_context (PANGO_DIRECTION_RTL);
  for (guint i = 0; i < WAY_N_FACES; i++) {
    self->fonts[i] = pango_font_description_new ();
    pango_font_description_set_family_static (self->fonts[i], WAY_TYPE_FAMILY);
    pango_font_description_set_absolute_size (self->fonts[i], FACES[i].size * PANGO_SCALE);
    if (FACES[i].bold)
      pango_font_description_set_weight (self->fonts[i], PANGO_WEIGHT_BOLD);
  }
  self->plain = pango_attr_list_new ();
  way_readable_add_features (self->plain);
  return self;
}

void
way_type_free (WayType *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < WAY_N_FACES; i++)
    pango_font_description_free (self->fonts[i]);
  pango_attr_list_unref (self->plain);
  g_object_unref (self->context);
  g_object_unref (self->from_right);
  g_free (self);
}

/* Text without a place to break takes Pango a time that grows with its square; nobody writes
 * such words, but a file may hold one. Returns: (transfer full) (nullable): the text with
 * such places, if it needs them */
static char *
break_up (const char *text)
{
  g_autoptr (GString) out = NULL;
  guint run = 0;

  if (strlen (text) <= LONGEST_WORD)
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean mark = g_unichar_ismark (c) || g_unichar_iszerowidth (c);

    run = g_unichar_isspace (c) ? 0 : run + 1;
    if (run >= LONGEST_WORD && !mark) {
      if (out == NULL)
        out = g_string_new_len (text, p - text);
      g_string_append (out, "\u200b");
      run = 0;
    }
    if (out != NULL)
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
  }
  return out != NULL ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static const GRegex *
get_held (void)
{
  static gsize made = 0;
  static GRegex *held;

  if (g_once_init_enter (&made)) {
    held = g_regex_new ("\\d{1,2} [A-Z][a-z]{2,8} \\d{4}|\\(\\d+ [a-z]+\\)",
                        G_REGEX_RAW | G_REGEX_OPTIMIZE,
                        0,
                        NULL);
    g_once_init_leave (&made, 1);
  }
  return held;
}

/* A date, or a count in brackets, is not parted at the end of a line where one line has room for
 * it. Returns: (transfer full): what a text of that size is set with */
static PangoAttrList *
dup_attributes (WayType *self, const char *text, double width, double size)
{
  g_autoptr (GMatchInfo) match = NULL;
  PangoAttrList *attributes = NULL;

  for (g_regex_match (get_held (), text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    PangoAttribute *hold;
    int start, end;

    g_match_info_fetch_pos (match, 0, &start, &end);
    if ((end - start) * size * WIDE_LETTER > width)
      continue;
    if (attributes == NULL)
      attributes = pango_attr_list_copy (self->plain);
    hold = pango_attr_allow_breaks_new (FALSE);
    hold->start_index = (guint) start;
    hold->end_index = (guint) end;
    pango_attr_list_insert (attributes, hold);
  }
  return attributes != NULL ? attributes : pango_attr_list_ref (self->plain);
}

static gboolean
is_from_right (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_ARABIC || script == G_UNICODE_SCRIPT_HEBREW ||
         script == G_UNICODE_SCRIPT_SYRIAC || script == G_UNICODE_SCRIPT_THAANA ||
         script == G_UNICODE_SCRIPT_NKO || script == G_UNICODE_SCRIPT_ADLAM;
}

/**
 * way_type_runs_from_right:
 *
 * Returns: which way a paragraph runs: as most of its letters do. A name from the right in an
 *   English line does not turn the line around, even at its beginning
 */
gboolean
way_type_runs_from_right (const char *text)
{
  int balance = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c < 0x80)
      balance -= g_ascii_isalpha (c) ? 1 : 0;
    else if (g_unichar_isalpha (c))
      balance += is_from_right (c) ? 1 : -1;
  }
  return balance > 0;
}

/**
 * way_type_layout:
 * @text: any UTF-8
 * @width: in points; what is longer is broken, within a word where it must be.
 *   Negative: one line
 *
 * Returns: (transfer full): the text, set
 */
PangoLayout *
way_type_layout (WayType *self, WayFace face, const char *text, double width)
{
  gboolean from_right = way_type_runs_from_right (text);
  PangoLayout *layout = pango_layout_new (from_right ? self->from_right : self->context);
  g_autofree char *readable = way_readable_dup (text);
  g_autofree char *broken_up = break_up (readable);
  const char *set = broken_up != NULL ? broken_up : readable;
  g_autoptr (PangoAttrList) attributes = dup_attributes (self, set, width, FACES[face].size);

  pango_layout_set_font_description (layout, self->fonts[face]);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_auto_dir (layout, FALSE); /* the first word does not tell */
  pango_layout_set_alignment (layout, from_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0.0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, set, -1);
  return layout;
}

/**
 * way_type_layout_pair:
 * @text: the text itself
 * @quiet_text: (nullable): what follows it on the same line, small and quiet
 *
 * Returns: (transfer full): both as one paragraph
 */
PangoLayout *
way_type_layout_pair (
    WayType *self, WayFace face, const char *text, const char *quiet_text, double width)
{
  const WayInk *ink = &WAY_INK_QUIET;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *both = NULL, *quiet = NULL;
  PangoAttribute *parts[3];
  guint n_parts = 2;
  PangoLayout *layout;

  if (quiet_text == NULL || *quiet_text == '\0')
    return way_type_layout (self, face, text, width);
  quiet = way_readable_dup (quiet_text);
  both = g_strconcat (text, "  ", quiet, NULL);
  layout = way_type_layout (self, face, both, width);
  attributes = pango_attr_list_copy (pango_layout_get_attributes (layout));
  parts[0] = pango_attr_font_desc_new (
      self->fonts[face == WAY_FACE_TITLE ? WAY_FACE_SUBHEADING : WAY_FACE_SMALL]);
  parts[1] = pango_attr_foreground_new ((guint16) (ink->red * G_MAXUINT16),
                                        (guint16) (ink->green * G_MAXUINT16),
                                        (guint16) (ink->blue * G_MAXUINT16));
  /* "Draft, not signed" beside a title goes to the next line as one. */
  if (face == WAY_FACE_TITLE)
    parts[n_parts++] = pango_attr_allow_breaks_new (FALSE);
  for (guint i = 0; i < n_parts; i++) {
    parts[i]->start_index = (guint) (strlen (pango_layout_get_text (layout)) - strlen (quiet));
    parts[i]->end_index = (guint) strlen (pango_layout_get_text (layout));
    pango_attr_list_insert (attributes, parts[i]);
  }
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

/**
 * way_type_break_well:
 * @layout: a short text, as in a table
 *
 * If it needs several lines, breaks them before a number that begins a part: "Tuesday 17 November
 * 2026,|9:15–10:40", "14 September 2018|8 years 2 months"; unless that makes more of them. The
 * dot between two parts goes where the line is broken.
 */
void
way_type_break_well (PangoLayout *layout)
{
  int n_lines = pango_layout_get_line_count (layout);
  g_autofree char *text = NULL, *broken = NULL;
  gsize at = 0, dot = 0;

  if (n_lines < 2)
    return;
  text = g_strdup (pango_layout_get_text (layout));
  for (const char *p = text; *p != '\0'; p++) {
    if (p == text || *p != ' ' || !g_ascii_isdigit (p[1]))
      continue;
    if (p[-1] == ',' || (p - text > 3 && g_str_has_prefix (p - 3, " ·"))) {
      at = (gsize) (p - text);
      dot = p[-1] == ',' ? 0 : strlen (" ·");
    }
  }
  if (at == 0)
    return;
  broken = g_strdup_printf ("%.*s \n%s", (int) (at - dot), text, text + at + 1);
  pango_layout_set_text (layout, broken, -1);
  if (pango_layout_get_line_count (layout) > n_lines)
    pango_layout_set_text (layout, text, -1);
}

/**
 * way_type_even_lines:
 * @layout: a short text
 *
 * Makes its lines about as long as each other, and no more of them.
 */
void
way_type_even_lines (PangoLayout *layout)
{
  int n_lines = pango_layout_get_line_count (layout), width = pango_layout_get_width (layout);

  for (int tried = width / 2; n_lines > 1 && tried < width; tried += width / 20) {
    pango_layout_set_width (layout, tried);
    if (pango_layout_get_line_count (layout) <= n_lines)
      return;
  }
  pango_layout_set_width (layout, width);
}

/**
 * way_type_get_leading:
 *
 * Returns: from baseline to baseline, in points
 */
double
way_type_get_leading (WayFace face)
{
  gboolean heading = face == WAY_FACE_TITLE || face == WAY_FACE_HEADING;

  return FACES[face].size * (heading ? HEADING_LEADING : LEADING);
}

const WayInk *
way_type_get_ink (WayFace face)
{
  return FACES[face].ink;
}

void
way_ink_set (const WayInk *ink, cairo_t *cr)
{
  cairo_set_source_rgb (cr, ink->red, ink->green, ink->blue);
}
