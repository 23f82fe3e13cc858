/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-disclosure.h"

#include "way-fields.h"

static const WayField DISCLOSURE_FIELDS[] = {
    {"child", WAY_FIELD_ID, 0, offsetof (WayDisclosure, child), "child"},
    {"visit", WAY_FIELD_ID, 0, offsetof (WayDisclosure, visit), "visit"},
    {"what", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayDisclosure, what), NULL},
    {"version", WAY_FIELD_NUMBER, 0, offsetof (WayDisclosure, version), NULL},
    {"fingerprint", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, fingerprint), NULL},
    {"level", WAY_FIELD_CODE, 0, offsetof (WayDisclosure, level), "disclosure-level"},
    {"format", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, format), NULL},
    {"recipient", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, recipient), NULL},
    {"purpose", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, purpose), NULL},
    {"basis", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, basis), NULL},
    {"reason", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, reason), NULL},
    {"at", WAY_FIELD_STAMP, WAY_FIELD_REQUIRED, offsetof (WayDisclosure, at), NULL},
    {"by", WAY_FIELD_TEXT, 0, offsetof (WayDisclosure, by), NULL},
};
WAY_DEFINE_TYPE (disclosure, WayDisclosure, DISCLOSURE_FIELDS)
