/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands against a record's leaving, as the command line says it. */
#include "way-cli-sharing.h"

#include "way-error.h"
#include "way-sharing.h"

/* What speaks against it, of all whom it concerns. */
static gboolean
add_rows_of (WayCli *cli, WayRecordSet *records, const WayChild *child, GError **error)
{
  const WayRecordType *const types[] = {WAY_AGREEMENT, WAY_CONTACT};

  for (guint t = 0; child->record.id != NULL && t < G_N_ELEMENTS (types); t++) {
    g_autoptr (GPtrArray) rows = way_db_list (cli->db, types[t], "child", child->record.id, error);

    if (rows == NULL)
      return FALSE;
    g_ptr_array_set_free_func (rows, NULL);
    for (guint i = 0; i < rows->len; i++)
      way_record_set_take (records, g_ptr_array_index (rows, i));
  }
  return TRUE;
}

/**
 * way_cli_check_recipient:
 * @records: of whom something leaves, with their contacts
 * @recipient: (nullable): to whom
 * @error: return location
 *
 * A restriction stops whatever would break it; there is no option that goes past it.
 */
gboolean
way_cli_check_recipient (WayCli *cli, WayRecordSet *records, const char *recipient, GError **error)
{
  const WayContact *barred = way_sharing_find_barred (records, recipient);
  g_autoptr (WayCodeLists) lists = NULL;

  if (barred == NULL)
    return TRUE;
  lists = way_db_get_code_lists (cli->db, error);
  if (lists != NULL)
    g_set_error (
        error,
        WAY_ERROR,
        WAY_ERROR_FAILED,
        "--to: The name “%s” means a contact with the restriction “%s”, so nothing was written and "
        "nothing logged. Look at the child’s contacts (list contacts) before anything leaves; if "
        "somebody else is meant, give --to their full name, or the school or office alone",
        recipient,
        way_code_lists_label (lists, "contact-restriction", barred->restriction));
  return FALSE;
}

/**
 * way_cli_gather_against:
 * @children: (element-type WayChild): whom it concerns
 * @recipient: (nullable): to whom it leaves
 * @error: return location
 *
 * Returns: (transfer full): what speaks against it, looked at; %NULL if something does
 */
WayRecordSet *
way_cli_gather_against (WayCli *cli, GPtrArray *children, const char *recipient, GError **error)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();

  for (guint i = 0; i < children->len; i++) {
    if (!add_rows_of (cli, records, g_ptr_array_index (children, i), error))
      return NULL;
  }
  return way_cli_check_recipient (cli, records, recipient, error) ? g_steal_pointer (&records)
                                                                  : NULL;
}

/* Of one child: by its reference, for messages are kept in logs. */
void
way_cli_warn_agreement (WayCli *cli, WayRecordSet *records, const WayChild *child)
{
  WayDate on;
  WayAgreementState state = way_sharing_get_agreement (records, child->record.id, cli->today, &on);
  g_autofree char *reference = way_child_reference (child);
  g_autofree char *day = way_date_format (on);

  if (state == WAY_AGREEMENT_MISSING)
    way_cli_note_later ("Warning: no agreement to engage is recorded for child %s.", reference);
  if (state == WAY_AGREEMENT_WITHDRAWN)
    way_cli_note_later (
        "Warning: the agreement to engage for child %s was withdrawn on %s.", reference, day);
}

/* Of many. */
void
way_cli_warn_unagreed (guint n_unagreed, guint n_children)
{
  if (n_unagreed > 0)
    way_cli_note_later ("Warning: no agreement to engage is in place for %u of the %u children "
                        "whose data leaves.",
                        n_unagreed,
                        n_children);
}
