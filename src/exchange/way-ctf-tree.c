/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pupil of a Common Transfer File as a small tree, so that its parts can come in any order.
 * The nodes are kept and used again for the next pupil. */
#include "way-ctf-tree.h"

#include <string.h>

typedef struct {
  CtfElement parent;
  const char *name;
  CtfElement element;
} Rule;

/* What is not named here is ignored with all that is in it. Where one element has two names
 * (Gender became Sex), both stand here. */
static const Rule RULES[] = {
    {CTF_NONE, "CTfile", CTF_ROOT},
    {CTF_ROOT, "Header", CTF_HEADER},
    {CTF_HEADER, "CTFversion", CTF_VERSION},
    {CTF_HEADER, "DateTime", CTF_DATE_TIME},
    {CTF_HEADER, "SourceSchool", CTF_SOURCE},
    {CTF_HEADER, "DocumentName", CTF_SILENT},
    {CTF_HEADER, "DocumentQualifier", CTF_SILENT},
    {CTF_HEADER, "DataDescriptor", CTF_SILENT},
    {CTF_HEADER, "SupplierID", CTF_SILENT},
    {CTF_HEADER, "DestSchool", CTF_SILENT},
    {CTF_SOURCE, "LEA", CTF_LEA},
    {CTF_SOURCE, "LA", CTF_LEA},
    {CTF_SOURCE, "Estab", CTF_ESTAB},
    {CTF_SOURCE, "SchoolName", CTF_SCHOOL_NAME},
    {CTF_SOURCE, "AcademicYear", CTF_ACADEMIC_YEAR},
    {CTF_SOURCE, "URN", CTF_URN},
    {CTF_ROOT, "CTFpupilData", CTF_PUPILS},
    {CTF_PUPILS, "Pupil", CTF_PUPIL},
    {CTF_PUPIL, "UPN", CTF_UPN},
    {CTF_PUPIL, "Surname", CTF_SURNAME},
    {CTF_PUPIL, "Forename", CTF_FORENAME},
    {CTF_PUPIL, "DOB", CTF_DOB},
    {CTF_PUPIL, "Sex", CTF_SEX},
    {CTF_PUPIL, "Gender", CTF_SEX},
    {CTF_PUPIL, "BasicDetails", CTF_BASIC},
    {CTF_BASIC, "FormerUPN", CTF_FORMER_UPN},
    {CTF_BASIC, "PreferredForename", CTF_PREFERRED},
    {CTF_BASIC, "MiddleNames", CTF_MIDDLE},
    {CTF_BASIC, "NCyearActual", CTF_NC_YEAR},
    {CTF_BASIC, "Languages", CTF_LANGUAGES},
    {CTF_LANGUAGES, "Type", CTF_LANGUAGE_GROUP},
    {CTF_LANGUAGE_GROUP, "LanguageType", CTF_LANGUAGE_TYPE},
    {CTF_LANGUAGE_GROUP, "Language", CTF_LANGUAGE},
    {CTF_BASIC, "ServiceChild", CTF_SERVICE_CHILD},
    {CTF_BASIC, "EnrolStatus", CTF_ENROL_STATUS},
    {CTF_PUPIL, "LookedAfter", CTF_LOOKED_AFTER},
    {CTF_LOOKED_AFTER, "InCare", CTF_IN_CARE},
    {CTF_PUPIL, "SENhistory", CTF_SEN_HISTORY},
    {CTF_SEN_HISTORY, "SEN", CTF_SEN},
    {CTF_SEN, "StartDate", CTF_START_DATE},
    {CTF_SEN, "EndDate", CTF_END_DATE},
    {CTF_SEN, "SENprovision", CTF_PROVISION},
    {CTF_SEN_HISTORY, "SENneeds", CTF_NEEDS},
    {CTF_NEEDS, "SENneed", CTF_NEED},
    {CTF_NEED, "NeedStartDate", CTF_NEED_START},
    {CTF_NEED, "NeedEndDate", CTF_NEED_END},
    {CTF_NEED, "SENtypeRank", CTF_RANK},
    {CTF_NEED, "SENtype", CTF_NEED_TYPE},
    {CTF_PUPIL, "Address", CTF_ADDRESS},
    {CTF_ADDRESS, "BS7666Address", CTF_BS7666},
    {CTF_BS7666, "SAON", CTF_SAON},
    {CTF_BS7666, "PAON", CTF_PAON},
    {CTF_BS7666, "Street", CTF_STREET},
    {CTF_BS7666, "Town", CTF_TOWN},
    {CTF_BS7666, "PostTown", CTF_POST_TOWN},
    {CTF_ADDRESS, "AddressLines", CTF_LINES},
    {CTF_LINES, "AddressLine1", CTF_LINE_1},
    {CTF_LINES, "AddressLine2", CTF_LINE_2},
    {CTF_LINES, "AddressLine3", CTF_LINE_OTHER},
    {CTF_LINES, "AddressLine4", CTF_LINE_OTHER},
    {CTF_LINES, "AddressLine5", CTF_LINE_OTHER},
    {CTF_ADDRESS, "PostCode", CTF_POSTCODE},
    {CTF_ADDRESS, "AddressAsPupil", CTF_SILENT},
    {CTF_PUPIL, "Contacts", CTF_CONTACTS},
    {CTF_CONTACTS, "Contact", CTF_CONTACT},
    {CTF_CONTACT, "Title", CTF_TITLE},
    {CTF_CONTACT, "Surname", CTF_SURNAME},
    {CTF_CONTACT, "Forename", CTF_FORENAME},
    {CTF_CONTACT, "Relationship", CTF_RELATIONSHIP},
    {CTF_CONTACT, "Responsibility", CTF_RESPONSIBILITY},
    {CTF_CONTACT, "Phones", CTF_PHONES},
    {CTF_CONTACT, "Email", CTF_EMAIL},
    {CTF_CONTACT, "Address", CTF_ADDRESS},
    {CTF_CONTACT, "Order", CTF_SILENT},
    {CTF_PHONES, "Phone", CTF_PHONE},
    {CTF_PHONE, "PhoneNo", CTF_PHONE_NO},
    {CTF_PHONE, "TelephoneType", CTF_SILENT},
    {CTF_PUPIL, "Attendance", CTF_ATTENDANCE},
    {CTF_ATTENDANCE, "YearData", CTF_YEAR_DATA},
    {CTF_YEAR_DATA, "Year", CTF_YEAR},
    {CTF_YEAR_DATA, "LEA", CTF_LEA},
    {CTF_YEAR_DATA, "Estab", CTF_ESTAB},
    {CTF_YEAR_DATA, "SchoolName", CTF_SILENT},
    {CTF_YEAR_DATA, "SessionsPossible", CTF_POSSIBLE},
    {CTF_YEAR_DATA, "SessionsAttended", CTF_ATTENDED},
    {CTF_YEAR_DATA, "SessionsAuthorised", CTF_AUTHORISED},
    {CTF_YEAR_DATA, "SessionsUnauthorised", CTF_UNAUTHORISED},
    {CTF_PUPIL, "SchoolHistory", CTF_SCHOOL_HISTORY},
    {CTF_SCHOOL_HISTORY, "School", CTF_SCHOOL},
    {CTF_SCHOOL, "LEA", CTF_LEA},
    {CTF_SCHOOL, "Estab", CTF_ESTAB},
    {CTF_SCHOOL, "SchoolName", CTF_SILENT},
    {CTF_SCHOOL, "EntryDate", CTF_ENTRY_DATE},
    {CTF_SCHOOL, "LeavingDate", CTF_LEAVING_DATE},
};

struct _CtfTree {
  GPtrArray *nodes; /* (element-type CtfNode): the first n_used belong to the tree */
  guint n_used;
  GStringChunk *texts;
};

/**
 * ctf_element_find:
 * @parent: the element it stands in
 * @name: local name; some systems write SENtyperank for SENtypeRank, so case does not count
 *
 * Returns: the element, or %CTF_NONE if Waymark does not read it
 */
CtfElement
ctf_element_find (CtfElement parent, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++) {
    if (RULES[i].parent == parent && g_ascii_strcasecmp (RULES[i].name, name) == 0)
      return RULES[i].element;
  }
  return CTF_NONE;
}

const char *
ctf_element_name (CtfElement element)
{
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++) {
    if (RULES[i].element == element)
      return RULES[i].name;
  }
  return "document";
}

CtfTree *
ctf_tree_new (void)
{
  CtfTree *self = g_new0 (CtfTree, 1);

  self->nodes = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_string_chunk_new (4096);
  return self;
}

void
ctf_tree_free (CtfTree *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->nodes);
  g_string_chunk_free (self->texts);
  g_free (self);
}

void
ctf_tree_clear (CtfTree *self)
{
  self->n_used = 0;
  g_string_chunk_clear (self->texts);
}

gboolean
ctf_tree_is_full (const CtfTree *self)
{
  return self->n_used == CTF_TREE_MOST_NODES;
}

CtfNode *
ctf_tree_add (CtfTree *self, CtfNode *parent, CtfElement element, guint line)
{
  CtfNode *node;

  if (self->n_used == self->nodes->len)
    g_ptr_array_add (self->nodes, g_new (CtfNode, 1));
  node = g_ptr_array_index (self->nodes, self->n_used++);
  *node = (CtfNode){.element = element, .line = line, .text = "", .parent = parent};
  if (parent == NULL)
    return node;
  if (parent->last != NULL)
    parent->last->next = node;
  else
    parent->first = node;
  parent->last = node;
  return node;
}

void
ctf_tree_set_text (CtfTree *self, CtfNode *node, const char *text)
{
  gsize length;

  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length > 0)
    node->text = g_string_chunk_insert_len (self->texts, text, (gssize) length);
}

/**
 * ctf_node_child:
 * @self: (nullable)
 *
 * Returns: (transfer none) (nullable): the first child that is an @element
 */
const CtfNode *
ctf_node_child (const CtfNode *self, CtfElement element)
{
  for (const CtfNode *node = self != NULL ? self->first : NULL; node != NULL; node = node->next) {
    if (node->element == element)
      return node;
  }
  return NULL;
}

/* The next node beside @child that is the same element, or %NULL. */
const CtfNode *
ctf_node_next (const CtfNode *child)
{
  for (const CtfNode *node = child->next; node != NULL; node = node->next) {
    if (node->element == child->element)
      return node;
  }
  return NULL;
}

/* The text of a child, "" if there is none. */
const char *
ctf_node_text (const CtfNode *self, CtfElement element)
{
  const CtfNode *node = ctf_node_child (self, element);

  return node != NULL ? node->text : "";
}

/* Of just so many figures. */
gboolean
ctf_is_number (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}
