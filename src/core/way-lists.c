/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-lists.h"

#include "way-fields.h"

static const WayField CODE_FIELDS[] = {
    {"list", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayCode, list), NULL},
    {"code", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayCode, code), NULL},
    {"label", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayCode, label), NULL},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayCode, position), NULL},
    {"group", WAY_FIELD_TEXT, 0, offsetof (WayCode, group), NULL},
    {"extra", WAY_FIELD_TEXT, 0, offsetof (WayCode, extra), NULL},
    {"legacy", WAY_FIELD_YES_NO, 0, offsetof (WayCode, legacy), NULL},
};
WAY_DEFINE_TYPE (code, WayCode, CODE_FIELDS)

static const WayField TERM_FIELDS[] = {
    {"year", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayTerm, year), NULL},
    {"term", WAY_FIELD_NUMBER, WAY_FIELD_REQUIRED, offsetof (WayTerm, term), NULL},
    {"start", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayTerm, start), NULL},
    {"end", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayTerm, end), NULL},
};
WAY_DEFINE_TYPE (term, WayTerm, TERM_FIELDS)
