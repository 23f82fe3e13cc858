/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a pupil of a Common Transfer File. Without name and date of birth a pupil
 * can't be told from another, and a day that does not exist may stand for any: such a pupil is
 * refused. Any other detail that can't be taken is left out and told, so that a wrong house number
 * keeps no child away. */
#include "way-ctf-pupil.h"

#include "way-check.h"
#include "way-text.h"
#include "way-values.h"

#include <string.h>

/* An optional detail of the pupil that is being read; @fault says why it can't be taken. */
void
ctf_file_left_out (CtfFile *self, guint line, CtfElement element, const char *fault)
{
  g_autofree char *message =
      g_strdup_printf ("%s; left out of pupil %u of the file", fault, self->n_pupils);

  ctf_file_problem (self, WAY_IMPORT_NOTICE, line, element, message);
}

static gboolean
find_date (
    const CtfNode *parent, CtfElement element, const CtfNode **node, WayDate *date, char **fault)
{
  *node = ctf_node_child (parent, element);
  *date = WAY_DATE_UNKNOWN;
  if (*node == NULL || *(*node)->text == '\0')
    return TRUE;
  *date = strchr ((*node)->text, 'T') != NULL ? way_date_from_stamp ((*node)->text)
                                              : way_date_from_iso ((*node)->text);
  if (*date != WAY_DATE_UNKNOWN)
    return TRUE;
  *fault =
      g_strdup_printf ("“%.40s” is not a date that exists; write it as YYYY-MM-DD", (*node)->text);
  return FALSE;
}

/**
 * ctf_file_read_date:
 * @date: (out): the date in the child @element of @parent; not known if there is none
 *
 * Returns: %FALSE if there is no such day, and the pupil can't be taken; the sink was told
 */
gboolean
ctf_file_read_date (CtfFile *self, const CtfNode *parent, CtfElement element, WayDate *date)
{
  g_autofree char *fault = NULL;
  const CtfNode *node;

  if (find_date (parent, element, &node, date, &fault))
    return TRUE;
  self->has_wrong_day = TRUE;
  ctf_file_problem (self, WAY_IMPORT_ERROR, node->line, element, fault);
  return FALSE;
}

static gboolean
is_identity (const CtfNode *node)
{
  return node->parent != NULL && node->parent->element == CTF_PUPIL &&
         (node->element == CTF_SURNAME || node->element == CTF_FORENAME ||
          node->element == CTF_DOB);
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (strchr ("\t\r\n", *p) == NULL && g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

/* All that we read of a pupil are single lines. A control character says that the file is not what
 * it should be, wherever it stands. */
static gboolean
check_texts (CtfFile *file, CtfNode *self)
{
  g_autofree char *fault = way_text_dup_fault (self->text, FALSE, WAY_TEXT_MAX_LINE);
  gboolean is_good = TRUE;

  if (fault != NULL && (is_identity (self) || has_control (self->text))) {
    ctf_file_problem (file, WAY_IMPORT_ERROR, self->line, self->element, fault);
    is_good = FALSE;
  } else if (fault != NULL) {
    ctf_file_left_out (file, self->line, self->element, fault);
    self->text = "";
  }
  for (CtfNode *node = self->first; node != NULL; node = node->next)
    is_good = check_texts (file, node) && is_good;
  return is_good;
}

static gboolean
check_dob (CtfFile *file, const CtfNode *pupil, WayDate *dob)
{
  g_autofree char *fault = NULL;
  const CtfNode *node;
  const char *why;

  if (!find_date (pupil, CTF_DOB, &node, dob, &fault)) {
    ctf_file_problem (file, WAY_IMPORT_ERROR, node->line, CTF_DOB, fault);
    return FALSE;
  }
  why = way_check_birth (*dob, file->today);
  if (why == NULL)
    return TRUE;
  ctf_file_problem (file, WAY_IMPORT_ERROR, node->line, CTF_DOB, why);
  return FALSE;
}

/**
 * ctf_pupil_has_identity:
 * @pupil: loses the texts that can't be taken
 * @dob: (out): the date of birth
 *
 * Returns: %FALSE if it can't be told which child it is; the sink was told all that is wrong
 */
gboolean
ctf_pupil_has_identity (CtfFile *file, CtfNode *pupil, WayDate *dob)
{
  static const CtfElement NEEDED[] = {CTF_SURNAME, CTF_FORENAME, CTF_DOB};
  gboolean is_good = check_texts (file, pupil);

  for (guint i = 0; i < G_N_ELEMENTS (NEEDED); i++) {
    const CtfNode *node = ctf_node_child (pupil, NEEDED[i]);

    if (node != NULL && !way_text_is_blank (node->text))
      continue;
    ctf_file_problem (file,
                      WAY_IMPORT_ERROR,
                      node != NULL ? node->line : pupil->line,
                      NEEDED[i],
                      "is missing, so this pupil can't be taken");
    is_good = FALSE;
  }
  return check_dob (file, pupil, dob) && is_good;
}

/* What the file calls the field, as near as can be; @is_whole: whether the record goes with it. */
static void
tell (CtfFile *file, const WayRecord *record, const WayFinding *finding, gboolean is_whole)
{
  const char *name = finding->field != NULL ? finding->field->name : record->type->name;
  g_autofree char *kind = g_strdelimit (g_strdup (record->type->name), "_", ' ');
  g_autofree char *message =
      g_strdup_printf (is_whole ? "%s; the %s of pupil %u of the file is left out"
                                : "%s; left out of the %s of pupil %u of the file",
                       finding->message,
                       kind,
                       file->n_pupils);

  file->sink->problem (file->sink, WAY_IMPORT_NOTICE, file->source, record->line, name, message);
}

/* Without it the child is no record, so the pupil is not taken at all. */
static void
tell_dropped (CtfFile *file, const WayRecord *record, const WayFinding *finding)
{
  g_autofree char *message =
      g_strdup_printf ("%s %s, so this pupil can't be taken",
                       finding->field != NULL ? finding->field->name : record->type->name,
                       finding->message);

  ctf_file_problem (file, WAY_IMPORT_ERROR, record->line, CTF_PUPIL, message);
}

/* Without its last day, what is over would be taken for what holds today. */
static gboolean
can_be_without (const WayField *field)
{
  return field != NULL && (field->flags & WAY_FIELD_REQUIRED) == 0 &&
         strcmp (field->name, "to") != 0;
}

/* Clears what breaks a rule; FALSE if the record can't be without it. */
static gboolean
mend (CtfFile *file, WayRecord *record)
{
  g_autoptr (GPtrArray) findings = way_record_check (record, NULL, file->today);
  gboolean is_good = TRUE;

  for (guint i = 0; i < findings->len; i++) {
    const WayFinding *finding = g_ptr_array_index (findings, i);

    if (finding->is_warning)
      continue;
    if (can_be_without (finding->field)) {
      tell (file, record, finding, FALSE);
      way_field_clear (finding->field, record);
      continue;
    }
    is_good = FALSE;
    if (record->type == WAY_CHILD)
      tell_dropped (file, record, finding);
    else
      tell (file, record, finding, TRUE);
  }
  return is_good;
}

/**
 * ctf_pupil_keep_rules:
 * @unit: a child and all that hangs on it
 *
 * Leaves out what would keep the child from being stored, and tells.
 *
 * Returns: %FALSE if the child itself can't be stored
 */
gboolean
ctf_pupil_keep_rules (CtfFile *file, WayRecordSet *unit)
{
  for (guint i = 0; i < WAY_N_RECORD_TYPES; i++) {
    GPtrArray *list = way_record_set_list (unit, WAY_RECORD_TYPES[i]);

    for (guint k = list->len; k > 0 && WAY_RECORD_TYPES[i] != WAY_SETTING; k--) {
      if (mend (file, g_ptr_array_index (list, k - 1)))
        continue;
      if (WAY_RECORD_TYPES[i] == WAY_CHILD)
        return FALSE;
      g_ptr_array_remove_index (list, k - 1);
    }
  }
  return TRUE;
}
