/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands against a record's leaving. */
#include "way-sharing.h"

static void
add_agreement (WayRecordSet *records, const char *child, WayDate given_on, WayDate withdrawn)
{
  WayAgreement *row = way_record_set_add (records, WAY_AGREEMENT);

  way_set_string (&row->child, child);
  row->given_on = given_on;
  row->withdrawn = withdrawn;
}

static void
test_agreement (void)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  const WayDate today = way_date_new (2026, 11, 22);
  WayDate on = 1;

  g_assert_cmpint (way_sharing_get_agreement (records, "a", today, &on), ==, WAY_AGREEMENT_MISSING);
  g_assert_cmpuint (on, ==, WAY_DATE_UNKNOWN);
  /* Of another child, to be given, of a day that nobody knows: none. */
  add_agreement (records, "b", today, 0);
  add_agreement (records, "a", today + 1, 0);
  add_agreement (records, "a", way_date_new (2030, 1, 1), 0);
  add_agreement (records, "a", WAY_DATE_UNKNOWN, 0);
  add_agreement (records, "a", today + 1, today - 1);
  g_assert_cmpint (
      way_sharing_get_agreement (records, "a", today, NULL), ==, WAY_AGREEMENT_MISSING);
  /* From the day on which it is withdrawn it no longer holds. */
  add_agreement (records, "a", today - 90, today);
  add_agreement (records, "a", today - 99, today - 95);
  g_assert_cmpint (
      way_sharing_get_agreement (records, "a", today, &on), ==, WAY_AGREEMENT_WITHDRAWN);
  g_assert_cmpuint (on, ==, today);
  g_assert_cmpint (
      way_sharing_get_agreement (records, "a", today - 1, &on), ==, WAY_AGREEMENT_IN_PLACE);
  g_assert_cmpuint (on, ==, today - 90);
  /* From the day on which it is given; the latest counts. */
  add_agreement (records, "a", today, 0);
  add_agreement (records, "a", today - 30, today + 1);
  g_assert_cmpint (
      way_sharing_get_agreement (records, "a", today, &on), ==, WAY_AGREEMENT_IN_PLACE);
  g_assert_cmpuint (on, ==, today);
  g_assert_cmpint (
      way_sharing_get_agreement (records, "b", today, &on), ==, WAY_AGREEMENT_IN_PLACE);
}

static const struct {
  const char *contact, *recipient;
  gboolean is_barred;
} NAMES[] = {
    {"Jane Doe", "Jane Doe", TRUE},
    {"Jane Doe", "JANE  DOE", TRUE},
    {"Jane Doe", "Mrs Jane Doe", TRUE},
    {"Jane Doe", "Doe, Jane", TRUE},
    {"Jane Doe", "Robin’s mother Jane Ann Doe, 1 High Street", TRUE},
    {"Jane Doe", "Jane Doe’s solicitor", TRUE},
    {"Jane Doe", "jane.doe@example.org", TRUE},
    {"Jane Doe", "Mrs Doe", TRUE},
    {"Jane Doe", "Mr and Mrs Doe", TRUE},
    {"Jane Doe", "Mr & Mrs. Doe", TRUE},
    {"Jane Doe", "Doe, Mrs", TRUE},
    {"Jane Doe", "the Doe family", TRUE},
    {"Jane Doe", "Doe", TRUE},
    {"Jane Doe", "J. Doe", TRUE},
    {"Jane Doe", "Mrs J M Doe", TRUE},
    {"Jane Doe", "Doe J", TRUE},
    {"Jane Doe", "Peter Doe", FALSE},
    {"Jane Doe", "Mr Peter Doe", FALSE},
    {"Jane Doe", "Mr P. Doe", FALSE},
    {"Jane Doe", "P Doe", FALSE},
    {"Jane Doe", "Mrs Jones, Doe Primary School", FALSE},
    {"Jane Doe", "Doe Primary School", FALSE},
    {"Jane Doe", "Jane Brown", FALSE},
    {"Jane Doe", "Janet Doe", FALSE},
    {"Jane Doe", "Jane Doering", FALSE},
    {"Jane Doe", "The school does", FALSE},
    {"Jane Doe", "", FALSE},
    {"Jane Doe", NULL, FALSE},
    {"Jo", "Mrs Jones", FALSE},
    {"Jo", "Jo", TRUE},
    {"Jo", "Jo Smith", TRUE},
    {"Mrs Doe", "Jane Doe", TRUE}, /* whose forename nobody knows */
    {"Mrs Doe", "Mrs Brown", FALSE},
    {"J Doe", "Jane Doe", TRUE},
    {"J Doe", "Peter Doe", FALSE},
    {"Mrs Jane Doe (Mother)", "Mrs Doe", TRUE},
    {"Mrs Jane Doe (Mother)", "Mother of Wren", FALSE},
    {"Doe, Jane", "Jane Doe", TRUE},
    {"Doe, Jane", "Jane Brown", FALSE},
    {"Jane Doe, Mrs", "Jane Doe", TRUE},
    {"Ann & Joe Doe", "Joe Doe", TRUE},
    {"Ann and Joe Doe", "Ann Doe", TRUE},
    {"Jane Doe-Smith", "Jane Smith", TRUE},
    {"Jane Doe-Smith", "Doe Smith", TRUE},
    {"Jane Doe-Smith", "Mrs Doe-Smith", TRUE},
    {"Jane Doe-Smith", "Anne Smith", FALSE},
    {"Jan van der Berg", "Mr van der Berg", TRUE},
    {"Jan van der Berg", "van der Berg", TRUE},
    {"van der Berg, Jan", "Jan van Dyke", FALSE},
    {"Zoë D’Arcy", "zoe d'arcy", TRUE},
    {"Zoe DArcy", "Zoe\xcc\x88 D’Arcy", TRUE},
    {"Łukasz Żak", "Lukasz Zak", TRUE},
    {"Anna Le", "Mrs Le", TRUE},
    {"Anna Le", "Peter Le", FALSE},
    {"James James", "James Brown", FALSE},
    {"James James", "James James", TRUE},
    {"(unknown)", "Unknown", TRUE},
    {"…", "…", FALSE},
    {"Jane Doe", "\xff\xfe", FALSE},
};

static WayContact *
add_contact (WayRecordSet *records, const char *name, const char *restriction)
{
  WayContact *contact = way_record_set_add (records, WAY_CONTACT);

  way_set_string (&contact->name, name);
  way_set_string (&contact->restriction, restriction);
  return contact;
}

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autoptr (WayRecordSet) records = way_record_set_new ();
    WayContact *contact = add_contact (records, NAMES[i].contact, "no-contact");

    g_test_message ("%u: “%s”", i, NAMES[i].contact);
    g_assert_true (way_sharing_find_barred (records, NAMES[i].recipient) ==
                   (NAMES[i].is_barred ? contact : NULL));
  }
}

/* Only who must not be contacted is barred; of several children, any one's contact. */
static void
test_restrictions (void)
{
  g_autoptr (WayRecordSet) records = way_record_set_new ();
  WayContact *barred;

  add_contact (records, "Ann Doe", NULL);
  add_contact (records, "Bea Doe", "address-withheld");
  add_contact (records, "Cy Doe", "court-order");
  add_contact (records, NULL, "no-contact");
  add_contact (records, " ", "no-contact");
  g_assert_null (way_sharing_find_barred (records, "Ann, Bea and Cy Doe"));
  g_assert_cmpstr (way_sharing_find_contact (records, "c/o ann DOE")->name, ==, "Ann Doe");
  g_assert_null (way_sharing_find_contact (records, "The Roe School"));
  barred = add_contact (records, "Dan Roe", "no-contact");
  g_assert_null (way_sharing_find_barred (records, "Ann, Bea and Cy Doe"));
  g_assert_true (way_sharing_find_barred (records, "Cy Doe and Mr Roe") == barred);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharing/agreement", test_agreement);
  g_test_add_func ("/sharing/names", test_names);
  g_test_add_func ("/sharing/restrictions", test_restrictions);
  return g_test_run ();
}
