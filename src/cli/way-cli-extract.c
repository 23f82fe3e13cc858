/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a joint visit's extracts: when one leaves, and before, when it can be mended. */
#include "way-cli-extract.h"

/**
 * way_cli_tell_redacted:
 * @redacted: what was done to make the extract that leaves
 *
 * Says what it does not hold, and what only a reader can find in it.
 */
void
way_cli_tell_redacted (const WayRedacted *redacted)
{
  gboolean is_one = redacted->n_views == 1;

  way_cli_note_later (
      "This is an extract for one child of a joint visit. Other children were named in "
      "it %u %s and are now “another child”. Read it before you send it.",
      redacted->n_replaced,
      redacted->n_replaced == 1 ? "time" : "times");
  if (redacted->n_views > 0)
    way_cli_note_later ("Note: %u %s no child and %s left out of the extract; amend the visit to "
                        "say whose %s.",
                        redacted->n_views,
                        is_one ? "view names" : "views name",
                        is_one ? "is" : "are",
                        is_one ? "it is" : "they are");
  if (redacted->is_unclear)
    way_cli_note_later (
        "Warning: the text uses a name that another child of this visit has as "
        "well, or a single letter that may stand for another child, as in “W sat”. "
        "Who is meant can’t be told, so it is left as it is. Read each place; where "
        "it is about another child, amend the visit before you send the extract.");
}

/**
 * way_cli_note_named:
 * @dossier: what leaves
 * @error: return location
 *
 * Names the children whom the record does not concern and its text names.
 *
 * Returns: whether it could be looked at
 */
gboolean
way_cli_note_named (WayCli *cli, const WayDossier *dossier, GError **error)
{
  g_autoptr (GPtrArray) children = way_db_list (cli->db, WAY_CHILD, NULL, NULL, error);
  g_autoptr (GPtrArray) named = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (children == NULL)
    return FALSE;
  named = way_redact_find_named (dossier, children);
  for (guint i = 0; i < named->len; i++) {
    g_autofree char *name = way_child_full_name (g_ptr_array_index (named, i));

    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
  }
  if (named->len > 0)
    way_cli_note_later ("Note: The text names other children: %s. Send it only to somebody who may "
                        "read about them, or amend the visit first.",
                        names->str);
  return TRUE;
}

/**
 * way_cli_note_unclaimed:
 * @records: a visit and its parts
 *
 * Says which views an extract for one child would leave out.
 */
void
way_cli_note_unclaimed (WayRecordSet *records)
{
  guint n = way_redact_count_unclaimed (records);

  if (n > 0)
    way_cli_note_later ("Note: visit_view: child: This visit concerns several children, and %u %s "
                        "of them. In “views”, say beside “whose” which “child” it is of; in an "
                        "extract for one child it is left out.",
                        n,
                        n == 1 ? "view names none" : "views name none");
}
