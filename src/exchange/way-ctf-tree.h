/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The elements of a Common Transfer File that Waymark reads. (domain 2.2) */
typedef enum {
  CTF_NONE,
  CTF_SILENT, /* known, of no use, not worth a word */
  CTF_ROOT,
  CTF_HEADER,
  CTF_VERSION,
  CTF_DATE_TIME,
  CTF_SOURCE,
  CTF_LEA,
  CTF_ESTAB,
  CTF_SCHOOL_NAME,
  CTF_ACADEMIC_YEAR,
  CTF_URN,
  CTF_PUPILS,
  CTF_PUPIL,
  CTF_UPN,
  CTF_SURNAME,
  CTF_FORENAME,
  CTF_DOB,
  CTF_SEX,
  CTF_BASIC,
  CTF_FORMER_UPN,
  CTF_PREFERRED,
  CTF_MIDDLE,
  CTF_NC_YEAR,
  CTF_LANGUAGES,
  CTF_LANGUAGE_GROUP,
  CTF_LANGUAGE_TYPE,
  CTF_LANGUAGE,
  CTF_SERVICE_CHILD,
  CTF_ENROL_STATUS,
  CTF_LOOKED_AFTER,
  CTF_IN_CARE,
  CTF_SEN_HISTORY,
  CTF_SEN,
  CTF_START_DATE,
  CTF_END_DATE,
  CTF_PROVISION,
  CTF_NEEDS,
  CTF_NEED,
  CTF_NEED_START,
  CTF_NEED_END,
  CTF_RANK,
  CTF_NEED_TYPE,
  CTF_ADDRESS,
  CTF_BS7666,
  CTF_SAON,
  CTF_PAON,
  CTF_STREET,
  CTF_TOWN,
  CTF_POST_TOWN,
  CTF_LINES,
  CTF_LINE_1,
  CTF_LINE_2,
  CTF_LINE_OTHER,
  CTF_POSTCODE,
  CTF_CONTACTS,
  CTF_CONTACT,
  CTF_TITLE,
  CTF_RELATIONSHIP,
  CTF_RESPONSIBILITY,
  CTF_PHONES,
  CTF_PHONE,
  CTF_PHONE_NO,
  CTF_EMAIL,
  CTF_ATTENDANCE,
  CTF_YEAR_DATA,
  CTF_YEAR,
  CTF_POSSIBLE,
  CTF_ATTENDED,
  CTF_AUTHORISED,
  CTF_UNAUTHORISED,
  CTF_SCHOOL_HISTORY,
  CTF_SCHOOL,
  CTF_ENTRY_DATE,
  CTF_LEAVING_DATE,
} CtfElement;

/**
 * CtfNode:
 * @text: what a leaf holds, without the white space around it; never %NULL
 *
 * One element of a pupil or of the header. Belongs to its tree.
 */
typedef struct _CtfNode CtfNode;
struct _CtfNode {
  CtfElement element;
  guint line;
  const char *text;
  CtfNode *parent;
  CtfNode *first;
  CtfNode *last;
  CtfNode *next;
};

typedef struct _CtfTree CtfTree;

#define CTF_TREE_MOST_NODES 10000 /* of a pupil; a thick file has some hundreds */

CtfElement ctf_element_find (CtfElement parent, const char *name);
const char *ctf_element_name (CtfElement element);

CtfTree *ctf_tree_new (void);
void ctf_tree_free (CtfTree *self);
void ctf_tree_clear (CtfTree *self);
gboolean ctf_tree_is_full (const CtfTree *self);
CtfNode *ctf_tree_add (CtfTree *self, CtfNode *parent, CtfElement element, guint line);
void ctf_tree_set_text (CtfTree *self, CtfNode *node, const char *text);

const CtfNode *ctf_node_child (const CtfNode *self, CtfElement element);
const CtfNode *ctf_node_next (const CtfNode *child);
const char *ctf_node_text (const CtfNode *self, CtfElement element);
gboolean ctf_is_number (const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtfTree, ctf_tree_free)

G_END_DECLS
