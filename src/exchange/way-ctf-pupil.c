/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a pupil of a Common Transfer File to our records. (domain 2.2, 2.3)
 *
 * Ids are name-based, over what makes a thing the same thing in the school's
 * next file, so that the same file twice is the same records. Ethnicity, medical
 * marks, free school meals, assessments and the like are not taken: the least
 * that serves. */
#include "way-ctf-pupil.h"

#include "way-nc-year.h"
#include "way-text.h"
#include "way-upn.h"
#include "way-values.h"

#include <string.h>

/* (nullable) for the empty text, which is not known. */
static char *
dup_known (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

#define MAX_NAME 60 /* characters; enough to know who it is */

/* Who is not taken, as far as the file says it: a line alone finds nobody on a class list. */
static char *
dup_whose (const CtfFile *self, const char *message)
{
  g_autofree char *both = g_strdup_printf (
      "%s %s", ctf_node_text (self->pupil, CTF_FORENAME), ctf_node_text (self->pupil, CTF_SURNAME));
  char *name = g_strstrip (both);

  if (g_utf8_strlen (name, -1) > MAX_NAME)
    *g_utf8_offset_to_pointer (name, MAX_NAME) = '\0';
  return g_strdup_printf (
      "%s (%s%spupil %u of the file)", message, name, *name != '\0' ? ", " : "", self->n_pupils);
}

void
ctf_file_problem (
    CtfFile *self, WayImportKind kind, guint line, CtfElement element, const char *message)
{
  g_autofree char *whose =
      kind == WAY_IMPORT_ERROR && self->pupil != NULL ? dup_whose (self, message) : NULL;
  /* It may quote a value. */
  g_autofree char *harmless = way_text_dup_harmless (whose != NULL ? whose : message);

  self->sink->problem (self->sink, kind, self->source, line, ctf_element_name (element), harmless);
}

/* The id of what @name stands for among those of @type in all such files. */
char *
ctf_dup_id (const WayRecordType *type, const char *name)
{
  g_autofree char *space = g_strconcat ("ctf-", type->name, NULL);

  return way_uuid_for_name (space, name);
}

/* A record in @unit whose id is that of @name among those of its type in all such files. */
gpointer
ctf_unit_add (WayRecordSet *unit,
              CtfFile *file,
              const CtfNode *node,
              const WayRecordType *type,
              const char *name)
{
  WayRecord *record = way_record_set_add (unit, type);

  record->id = ctf_dup_id (type, name);
  record->source = file->source;
  record->line = node->line;
  return record;
}

static gboolean
is_true (const char *text)
{
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "Y") == 0 ||
         g_ascii_strcasecmp (text, "yes") == 0 || strcmp (text, "1") == 0;
}

static gboolean
is_false (const char *text)
{
  return g_ascii_strcasecmp (text, "false") == 0 || g_ascii_strcasecmp (text, "N") == 0 ||
         g_ascii_strcasecmp (text, "no") == 0 || strcmp (text, "0") == 0;
}

/**
 * ctf_node_find_fault:
 * @fault: (out): why; free it
 *
 * All that we read of a header are single lines.
 *
 * Returns: (nullable): an element in @self whose text can't be taken
 */
const CtfNode *
ctf_node_find_fault (const CtfNode *self, char **fault)
{
  *fault = way_text_dup_fault (self->text, FALSE, WAY_TEXT_MAX_LINE);
  if (*fault != NULL)
    return self;
  for (const CtfNode *node = self->first; node != NULL; node = node->next) {
    const CtfNode *found = ctf_node_find_fault (node, fault);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
read_sex (CtfFile *file, const CtfNode *pupil, WayChild *child)
{
  const CtfNode *node = ctf_node_child (pupil, CTF_SEX);
  const char *text = node != NULL ? node->text : "";

  if (g_ascii_strcasecmp (text, "M") == 0 || g_ascii_strcasecmp (text, "F") == 0)
    child->sex = g_ascii_strup (text, 1);
  else if (*text != '\0')
    ctf_file_problem (
        file, WAY_IMPORT_NOTICE, node->line, CTF_SEX, "is neither M nor F; left as not known");
}

static gboolean
is_first_language (const CtfNode *node)
{
  return g_ascii_strcasecmp (ctf_node_text (node, CTF_LANGUAGE_TYPE), "F") == 0;
}

/* All that are named, the first language (type F) first: "English, IBO". What is spoken at home
 * says as much about a child. */
static void
read_languages (const CtfNode *basic, WayChild *child)
{
  const CtfNode *first = ctf_node_child (ctf_node_child (basic, CTF_LANGUAGES), CTF_LANGUAGE_GROUP);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (int is_first = TRUE; is_first >= FALSE; is_first--) {
    for (const CtfNode *node = first; node != NULL; node = ctf_node_next (node)) {
      const char *code = ctf_node_text (node, CTF_LANGUAGE);
      const char *name = strcmp (code, "ENG") == 0 ? "English" : code;

      if (is_first_language (node) == is_first && *name != '\0' &&
          !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  }
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (", ", (char **) names->pdata);
  child->language = dup_known (joined);
}

static char *
join_known (const char *first, const char *second, const char *between)
{
  if (*first == '\0' || *second == '\0')
    return dup_known (*first != '\0' ? first : second);
  return g_strconcat (first, between, second, NULL);
}

/* @owner: a pupil or a contact; the fields of its record are empty as yet. */
static void
read_address (const CtfNode *owner, char **street, char **town, char **postcode)
{
  const CtfNode *address = ctf_node_child (owner, CTF_ADDRESS);
  const CtfNode *parts = ctf_node_child (address, CTF_BS7666);
  const CtfNode *lines = ctf_node_child (address, CTF_LINES);
  g_autofree char *building = NULL;

  *postcode = dup_known (ctf_node_text (address, CTF_POSTCODE));
  if (parts != NULL) {
    building = join_known (ctf_node_text (parts, CTF_SAON), ctf_node_text (parts, CTF_PAON), ", ");
    *street = join_known (building != NULL ? building : "", ctf_node_text (parts, CTF_STREET), " ");
    *town = dup_known (ctf_node_text (parts, CTF_POST_TOWN));
    if (*town == NULL)
      *town = dup_known (ctf_node_text (parts, CTF_TOWN));
  } else {
    *street =
        join_known (ctf_node_text (lines, CTF_LINE_1), ctf_node_text (lines, CTF_LINE_2), ", ");
    *town = dup_known (ctf_node_text (lines, CTF_LINE_OTHER));
  }
}

/* Also the usual one of the child's age: who was taught out of cohort may be back. */
static void
read_nc_year (CtfFile *file, const CtfNode *basic, WayChild *child)
{
  const char *actual = ctf_node_text (basic, CTF_NC_YEAR);

  if (*actual == '\0')
    return;
  child->nc_year = g_ascii_strup (actual, -1);
  child->nc_year_from = file->date;
}

/* A UPN alone says too little: a mistyped one may stand with two pupils. Two pupils of one name and
 * day of birth may be two children: the second has an id of its own, the same one whenever the file
 * is read. */
static char *
dup_child_id (CtfFile *file, const WayChild *child)
{
  g_autofree char *name = NULL, *folded = NULL;
  char dob[WAY_DATE_ISO_SIZE];
  guint n;

  way_date_to_iso (child->dob, dob);
  name = g_strdup_printf ("%s/%s/%s", child->surname, child->forename, dob);
  folded = way_text_fold (name);
  if (child->upn != NULL) {
    g_free (name);
    name = g_strconcat (child->upn, "/", folded, NULL);
    return way_uuid_for_name ("ctf", name);
  }
  n = GPOINTER_TO_UINT (g_hash_table_lookup (file->unnumbered, folded)) + 1;
  g_hash_table_insert (file->unnumbered, g_strdup (folded), GUINT_TO_POINTER (n));
  if (n > 1) {
    g_free (name);
    name = g_strdup_printf ("%s/%u", folded, n);
  }
  return way_uuid_for_name ("ctf", n > 1 ? name : folded);
}

static WayChild *
read_child (CtfFile *file, const CtfNode *pupil, WayDate dob, WayRecordSet *unit)
{
  const CtfNode *basic = ctf_node_child (pupil, CTF_BASIC);
  WayChild *child = ctf_unit_add (unit, file, pupil, WAY_CHILD, "");
  const char *preferred = ctf_node_text (basic, CTF_PREFERRED);

  child->surname = g_strdup (ctf_node_text (pupil, CTF_SURNAME));
  child->forename = g_strdup (ctf_node_text (pupil, CTF_FORENAME));
  child->dob = dob;
  child->upn = way_upn_normalise (ctf_node_text (pupil, CTF_UPN));
  if (strcmp (preferred, child->forename) != 0)
    child->preferred = dup_known (preferred);
  child->middle = dup_known (ctf_node_text (basic, CTF_MIDDLE));
  child->former_upn = way_upn_normalise (ctf_node_text (basic, CTF_FORMER_UPN));
  read_sex (file, pupil, child);
  read_nc_year (file, basic, child);
  read_languages (basic, child);
  read_address (pupil, &child->street, &child->town, &child->postcode);
  g_free (child->record.id);
  child->record.id = dup_child_id (file, child);
  return child;
}

static gboolean
is_school (CtfFile *file, const CtfNode *node)
{
  return file->school != NULL && g_strcmp0 (file->school->la, ctf_node_text (node, CTF_LEA)) == 0 &&
         g_strcmp0 (file->school->estab, ctf_node_text (node, CTF_ESTAB)) == 0;
}

/* At the school that sent the file: where the child was before is not taken. */
static void
read_enrolment (CtfFile *file, const CtfNode *pupil, const WayChild *child, WayRecordSet *unit)
{
  const CtfNode *history = ctf_node_child (pupil, CTF_SCHOOL_HISTORY);
  const CtfNode *status = ctf_node_child (ctf_node_child (pupil, CTF_BASIC), CTF_ENROL_STATUS);
  WayDate from = WAY_DATE_UNKNOWN, to = WAY_DATE_UNKNOWN, left = WAY_DATE_UNKNOWN;
  g_autofree char *name = NULL;
  gboolean was_elsewhere = FALSE;
  WayEnrolment *enrolment;

  if (file->school == NULL)
    return;
  for (const CtfNode *node = ctf_node_child (history, CTF_SCHOOL); node != NULL;
       node = ctf_node_next (node)) {
    WayDate entry, leaving;

    if (!is_school (file, node)) {
      was_elsewhere = TRUE;
      continue;
    }
    ctf_file_read_date (file, node, CTF_ENTRY_DATE, &entry);
    ctf_file_read_date (file, node, CTF_LEAVING_DATE, &leaving);
    if (entry >= from && entry != WAY_DATE_UNKNOWN) {
      from = entry;
      to = leaving;
    }
    if (entry == WAY_DATE_UNKNOWN)
      left = MAX (left, leaving);
  }
  file->n_with_earlier += was_elsewhere;
  if (from == WAY_DATE_UNKNOWN && left != WAY_DATE_UNKNOWN && left < file->year_start) {
    ctf_file_left_out (file,
                       history->line,
                       CTF_LEAVING_DATE,
                       "is before this school year and there is no day of entry, so no time at "
                       "the school can be taken");
    return;
  }
  file->n_without_entry += from == WAY_DATE_UNKNOWN;
  way_record_set_take (unit, way_record_copy (file->school));
  name = g_strdup_printf ("%s/%s/%u", child->record.id, file->school->record.id, from);
  enrolment = ctf_unit_add (unit, file, pupil, WAY_ENROLMENT, name);
  enrolment->child = g_strdup (child->record.id);
  enrolment->setting = g_strdup (file->school->record.id);
  enrolment->from = from != WAY_DATE_UNKNOWN ? from : MAX (file->year_start, child->dob);
  enrolment->record.dated_by_file = from == WAY_DATE_UNKNOWN;
  if (from == WAY_DATE_UNKNOWN && left >= enrolment->from)
    to = left;
  enrolment->to = to;
  enrolment->main = status != NULL && strcmp (status->text, "S") == 0 ? WAY_NO : WAY_YES;
}

/* The file's code as ours. One that is not known here stays as it is. */
static char *
dup_relationship (const char *code)
{
  static const char *const CODES[][2] = {{"MOT", "mother"},
                                         {"FAT", "father"},
                                         {"PAR", "parent"},
                                         {"STP", "step-parent"},
                                         {"GRP", "grandparent"},
                                         {"CAR", "carer"},
                                         {"FOF", "foster-carer"},
                                         {"FOM", "foster-carer"},
                                         {"SWR", "social-worker"},
                                         {"OTH", "other"}};

  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++) {
    if (g_ascii_strcasecmp (CODES[i][0], code) == 0)
      return g_strdup (CODES[i][1]);
  }
  return dup_known (code);
}

/* (nullable): the name that a contact's id is made of, without the title. */
static char *
dup_bare_name (const CtfNode *contact)
{
  return join_known (
      ctf_node_text (contact, CTF_FORENAME), ctf_node_text (contact, CTF_SURNAME), " ");
}

static char *
dup_full_name (const CtfNode *contact)
{
  const char *forename = ctf_node_text (contact, CTF_FORENAME);

  return join_known (*forename != '\0' ? forename : ctf_node_text (contact, CTF_TITLE),
                     ctf_node_text (contact, CTF_SURNAME),
                     " ");
}

/* How many of the contacts have each name. */
static GHashTable *
count_bare_names (const CtfNode *contacts)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const CtfNode *node = ctf_node_child (contacts, CTF_CONTACT); node != NULL;
       node = ctf_node_next (node)) {
    char *name = dup_bare_name (node);

    if (name != NULL)
      g_hash_table_replace (
          counts,
          name,
          GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
  }
  return counts;
}

/* Mr and Mrs Example are told apart by the title, father and son of one name by a number. */
static char *
dup_contact_key (const WayChild *child,
                 const CtfNode *node,
                 GHashTable *bare_names,
                 GHashTable *seen)
{
  g_autofree char *bare = dup_bare_name (node), *full = dup_full_name (node);
  guint n_alike = GPOINTER_TO_UINT (g_hash_table_lookup (bare_names, bare));
  char *key = g_strdup_printf ("%s/%s", child->record.id, n_alike > 1 ? full : bare);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key)) + 1;
  char *numbered;

  g_hash_table_replace (seen, g_strdup (key), GUINT_TO_POINTER (n));
  if (n == 1)
    return key;
  numbered = g_strdup_printf ("%s/%u", key, n);
  g_free (key);
  return numbered;
}

static void
read_contacts (CtfFile *file, const CtfNode *pupil, const WayChild *child, WayRecordSet *unit)
{
  const CtfNode *contacts = ctf_node_child (pupil, CTF_CONTACTS);
  g_autoptr (GHashTable) bare_names = count_bare_names (contacts);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const CtfNode *node = ctf_node_child (contacts, CTF_CONTACT); node != NULL;
       node = ctf_node_next (node)) {
    const CtfNode *phone = ctf_node_child (ctf_node_child (node, CTF_PHONES), CTF_PHONE);
    const char *responsibility = ctf_node_text (node, CTF_RESPONSIBILITY);
    g_autofree char *name = dup_bare_name (node), *key = NULL;
    WayContact *contact;

    if (name == NULL) {
      ctf_file_problem (
          file, WAY_IMPORT_NOTICE, node->line, CTF_CONTACT, "has no name and was left out");
      continue;
    }
    key = dup_contact_key (child, node, bare_names, seen);
    contact = ctf_unit_add (unit, file, node, WAY_CONTACT, key);
    contact->child = g_strdup (child->record.id);
    contact->name = dup_full_name (node);
    contact->relationship = dup_relationship (ctf_node_text (node, CTF_RELATIONSHIP));
    contact->responsibility = is_true (responsibility)    ? WAY_YES
                              : is_false (responsibility) ? WAY_NO
                                                          : WAY_UNKNOWN;
    contact->telephone = dup_known (ctf_node_text (phone, CTF_PHONE_NO));
    contact->email = dup_known (ctf_node_text (node, CTF_EMAIL));
    read_address (node, &contact->street, &contact->town, &contact->postcode);
  }
}

static void
read_sessions (CtfFile *file, const CtfNode *year, WayAttendance *attendance)
{
  static const struct {
    CtfElement element;
    const char *field;
  } SESSIONS[] = {{CTF_POSSIBLE, "possible"},
                  {CTF_ATTENDED, "attended"},
                  {CTF_AUTHORISED, "authorised"},
                  {CTF_UNAUTHORISED, "unauthorised"}};

  for (guint i = 0; i < G_N_ELEMENTS (SESSIONS); i++) {
    const CtfNode *node = ctf_node_child (year, SESSIONS[i].element);
    const WayField *field = way_record_type_find (WAY_ATTENDANCE, SESSIONS[i].field);
    g_autoptr (GError) problem = NULL;

    if (node != NULL && !way_field_set_text (field, attendance, node->text, &problem))
      ctf_file_left_out (file, node->line, SESSIONS[i].element, problem->message);
  }
}

static void
read_attendance (CtfFile *file, const CtfNode *pupil, const WayChild *child, WayRecordSet *unit)
{
  const CtfNode *years = ctf_node_child (pupil, CTF_ATTENDANCE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const CtfNode *node = ctf_node_child (years, CTF_YEAR_DATA); node != NULL;
       node = ctf_node_next (node)) {
    const char *text = ctf_node_text (node, CTF_YEAR);
    int year = ctf_is_number (text, 4) ? (int) g_ascii_strtoll (text, NULL, 10) : 0;
    g_autofree char *where = NULL, *key = NULL;
    WayAttendance *attendance;
    guint number;

    if (year < 1900 || year > 9998) {
      ctf_file_problem (
          file, WAY_IMPORT_NOTICE, node->line, CTF_YEAR, "is no school year; left out");
      continue;
    }
    where = g_strdup_printf (
        "%d/%s%s", year, ctf_node_text (node, CTF_LEA), ctf_node_text (node, CTF_ESTAB));
    number = GPOINTER_TO_UINT (g_hash_table_lookup (seen, where));
    key = g_strdup_printf ("%s/%s/%u", child->record.id, where, number);
    g_hash_table_insert (seen, g_steal_pointer (&where), GUINT_TO_POINTER (number + 1));
    attendance = ctf_unit_add (unit, file, node, WAY_ATTENDANCE, key);
    attendance->child = g_strdup (child->record.id);
    attendance->year = g_strdup_printf ("%d-%02d", year, (year + 1) % 100);
    if (is_school (file, node))
      attendance->setting = g_strdup (file->school->record.id);
    read_sessions (file, node, attendance);
  }
}

/* The file says that it is so, not since when: counted from the day of the file. */
static void
add_flag (
    CtfFile *file, const CtfNode *node, const WayChild *child, const char *code, WayRecordSet *unit)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", child->record.id, code);
  WayFlag *flag;

  if (node == NULL || !is_true (node->text))
    return;
  flag = ctf_unit_add (unit, file, node, WAY_FLAG, key);
  flag->child = g_strdup (child->record.id);
  flag->flag = g_strdup (code);
  flag->from = file->date;
  flag->record.dated_by_file = TRUE;
}

/**
 * ctf_pupil_read:
 * @pupil: a Pupil element
 * @unit: gets the child and all that hangs on it
 *
 * What can't be taken of the pupil is left out, and the sink is told.
 *
 * Returns: %FALSE if the pupil can't be taken; the sink was told the line, element and reason
 */
gboolean
ctf_pupil_read (CtfFile *file, CtfNode *pupil, WayRecordSet *unit)
{
  const CtfNode *basic = ctf_node_child (pupil, CTF_BASIC);
  const CtfNode *care = ctf_node_child (pupil, CTF_LOOKED_AFTER);
  const WayChild *child;
  WayDate dob;

  file->has_wrong_day = FALSE;
  if (!ctf_pupil_has_identity (file, pupil, &dob))
    return FALSE;
  child = read_child (file, pupil, dob, unit);
  read_enrolment (file, pupil, child, unit);
  ctf_pupil_read_sen (file, pupil, child, unit);
  add_flag (file, ctf_node_child (care, CTF_IN_CARE), child, "child-in-care", unit);
  add_flag (file, ctf_node_child (basic, CTF_SERVICE_CHILD), child, "service-child", unit);
  read_contacts (file, pupil, child, unit);
  read_attendance (file, pupil, child, unit);
  return ctf_pupil_keep_rules (file, unit) && !file->has_wrong_day;
}
