/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cairo writes what is not one form for one character with a replacement text of its own. Readers
 * of a PDF's structure stop at it, so that the rest of the paragraph is silent. What follows keeps
 * English text free of it. */
#include "way-readable.h"

#include <hb.h>
#include <string.h>

/**
 * way_readable_add_features:
 * @attributes: what a text is set with
 *
 * No ligatures, and no hyphens that nobody wrote.
 */
void
way_readable_add_features (PangoAttrList *attributes)
{
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("liga=0,clig=0,dlig=0"));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
}

static gboolean
only_tells_of_breaks (gunichar c)
{
  return c == 0x00ad /* soft hyphen */ || c == 0x200b /* zero-width space */ ||
         c == 0x2060 /* word joiner */ || c == 0xfeff /* byte order mark */;
}

static gboolean
ends_line (gunichar c)
{
  return (c >= '\n' && c <= '\r') || c == 0x0085 || c == 0x2028 || c == 0x2029;
}

/**
 * way_readable_dup:
 *
 * Marks that only tell where a line may be broken, as they come along from web pages, and accents
 * apart from their letters have no form of their own. And the words before and after a line's end
 * would be read as one.
 *
 * Returns: (transfer full): the text as it is read, each letter one character, and a space before
 *   each new line
 */
char *
way_readable_dup (const char *text)
{
  g_autoptr (GString) out = NULL;

  if (g_str_is_ascii (text) && strpbrk (text, "\n\v\f\r") == NULL)
    return g_strdup (text);
  out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (ends_line (c) && !(c == '\r' && p[1] == '\n'))
      g_string_append (out, out->len > 0 && out->str[out->len - 1] == ' ' ? "\n" : " \n");
    else if (!ends_line (c) && !only_tells_of_breaks (c))
      g_string_append_unichar (out, c);
  }
  return g_utf8_normalize (out->str, (gssize) out->len, G_NORMALIZE_NFC);
}

/**
 * way_readable_restore_space:
 *
 * The space at which a line was broken has no glyph any more. It gets it back, without a width.
 */
void
way_readable_restore_space (PangoLayoutLine *line)
{
  const char *text = pango_layout_get_text (line->layout);
  int last = line->start_index + line->length - 1;

  if (line->length == 0 || text[last] != ' ')
    return;
  for (GSList *link = line->runs; link != NULL; link = link->next) {
    PangoLayoutRun *run = link->data;
    gboolean backwards = run->item->analysis.level % 2 != 0;
    PangoGlyphInfo *glyph = &run->glyphs->glyphs[backwards ? 0 : run->glyphs->num_glyphs - 1];
    hb_codepoint_t space;

    if (run->item->offset + run->item->length == last + 1 && glyph->glyph == PANGO_GLYPH_EMPTY &&
        hb_font_get_nominal_glyph (pango_font_get_hb_font (run->item->analysis.font), ' ', &space))
      glyph->glyph = space;
  }
}
