/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SEN provision and types of need in a Common Transfer File. (domain 1.1, 1.2, 2.2) */
#include "way-ctf-pupil.h"

#include "way-number.h"
#include "way-values.h"

#include <math.h>
#include <string.h>

/* School Action, School Action Plus and Statement ended in 2018. Anything else that is no
 * provision gives NULL. */
static const char *
find_provision (const char *code)
{
  static const char *const PROVISIONS[][2] = {
      {"N", "N"}, {"K", "K"}, {"E", "E"}, {"A", "K"}, {"P", "K"}, {"S", "E"}};

  for (guint i = 0; i < G_N_ELEMENTS (PROVISIONS); i++) {
    if (g_ascii_strcasecmp (PROVISIONS[i][0], code) == 0)
      return PROVISIONS[i][1];
  }
  return NULL;
}

/* A provision whose days are not known might be taken for today's: it is left out as a whole. */
static void
add_status (CtfFile *file, const CtfNode *node, const WayChild *child, WayRecordSet *unit)
{
  const char *provision = find_provision (ctf_node_text (node, CTF_PROVISION));
  g_autofree char *key = NULL, *message = NULL;
  WaySenStatus *status;
  WayDate from, to;

  if (provision == NULL) {
    message = g_strdup_printf ("“%.20s” is no SEN provision (N, K, E)",
                               ctf_node_text (node, CTF_PROVISION));
    ctf_file_left_out (file, node->line, CTF_PROVISION, message);
    return;
  }
  if (!ctf_file_read_date (file, node, CTF_START_DATE, &from) ||
      !ctf_file_read_date (file, node, CTF_END_DATE, &to))
    return;
  if (to != WAY_DATE_UNKNOWN && to < from) {
    ctf_file_left_out (file,
                       node->line,
                       CTF_END_DATE,
                       "is before the start date, so this SEN provision can't be taken");
    return;
  }
  if (from == WAY_DATE_UNKNOWN && to != WAY_DATE_UNKNOWN && to < file->date) {
    ctf_file_left_out (file,
                       node->line,
                       CTF_END_DATE,
                       "is past and there is no start date, so this SEN provision can't be taken");
    return;
  }
  file->n_without_sen_start += from == WAY_DATE_UNKNOWN;
  key = g_strdup_printf ("%s/%s/%u", child->record.id, provision, from);
  status = ctf_unit_add (unit, file, node, WAY_SEN_STATUS, key);
  status->child = g_strdup (child->record.id);
  status->provision = g_strdup (provision);
  status->from = from != WAY_DATE_UNKNOWN ? from : file->date;
  status->record.dated_by_file = from == WAY_DATE_UNKNOWN;
  status->to = to;
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const WaySenStatus *first = *(WaySenStatus *const *) a, *second = *(WaySenStatus *const *) b;

  return first->from < second->from ? -1 : first->from > second->from;
}

/* The file often leaves the end of a provision to be seen from the start of the next. Of two that
 * start on one day the later in the file counts. (domain 2.3: the latest start is the current) */
static void
close_statuses (WayRecordSet *unit)
{
  GPtrArray *list = way_record_set_list (unit, WAY_SEN_STATUS);

  g_ptr_array_sort (list, compare_starts); /* a merge sort, so it keeps the file's order */
  for (guint i = 0; i + 1 < list->len;) {
    WaySenStatus *status = g_ptr_array_index (list, i);
    const WaySenStatus *next = g_ptr_array_index (list, i + 1);

    if (next->from == status->from) {
      g_ptr_array_remove_index (list, i);
      continue;
    }
    if (status->to == WAY_DATE_UNKNOWN) {
      status->to = next->from - 1;
      status->record.ended_by_file = next->record.dated_by_file;
    }
    i++;
  }
}

static gboolean
has_need (WayRecordSet *unit, const char *id)
{
  GPtrArray *list = way_record_set_list (unit, WAY_NEED);

  for (guint i = 0; i < list->len; i++) {
    if (strcmp (WAY_RECORD (g_ptr_array_index (list, i))->id, id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Many files leave the rank out, and mean the order. */
static double
read_rank (CtfFile *file, const CtfNode *node, guint number)
{
  const char *text = ctf_node_text (node, CTF_RANK);
  g_autofree char *message = NULL;
  double rank;

  if (way_number_from_text (text, &rank) && rank >= 1 && rank == floor (rank))
    return rank;
  if (*text != '\0') {
    message = g_strdup_printf (
        "“%.20s” is no rank; it counts as %u, its place in the file", text, number);
    ctf_file_problem (file, WAY_IMPORT_NOTICE, node->line, CTF_RANK, message);
  }
  return number;
}

static void
add_need (
    CtfFile *file, const CtfNode *node, const WayChild *child, guint number, WayRecordSet *unit)
{
  g_autofree char *type = g_ascii_strup (ctf_node_text (node, CTF_NEED_TYPE), -1);
  g_autofree char *key = NULL, *id = NULL;
  WayDate from, to;
  double rank;
  WayNeed *need;

  if (*type == '\0') {
    ctf_file_problem (file, WAY_IMPORT_NOTICE, node->line, CTF_NEED_TYPE, "is missing; left out");
    return;
  }
  ctf_file_read_date (file, node, CTF_NEED_START, &from);
  if (!ctf_file_read_date (file, node, CTF_NEED_END, &to))
    return; /* it would be taken for a need of today */
  rank = read_rank (file, node, number);
  key = g_strdup_printf ("%s/%s/%u", child->record.id, type, from);
  id = ctf_dup_id (WAY_NEED, key);
  if (has_need (unit, id)) {
    ctf_file_left_out (
        file, node->line, CTF_NEED_TYPE, "comes twice with the same start; the first is taken");
    return;
  }
  need = ctf_unit_add (unit, file, node, WAY_NEED, key);
  need->child = g_strdup (child->record.id);
  need->type = g_steal_pointer (&type);
  need->rank = rank;
  need->from = from;
  need->to = to;
}

/* Provision and needs of the child. */
void
ctf_pupil_read_sen (CtfFile *file, const CtfNode *pupil, const WayChild *child, WayRecordSet *unit)
{
  const CtfNode *history = ctf_node_child (pupil, CTF_SEN_HISTORY);
  guint number = 0;

  for (const CtfNode *node = ctf_node_child (history, CTF_SEN); node != NULL;
       node = ctf_node_next (node))
    add_status (file, node, child, unit);
  close_statuses (unit);
  for (const CtfNode *group = ctf_node_child (history, CTF_NEEDS); group != NULL;
       group = ctf_node_next (group)) {
    for (const CtfNode *node = ctf_node_child (group, CTF_NEED); node != NULL;
         node = ctf_node_next (node))
      add_need (file, node, child, ++number, unit);
  }
}
