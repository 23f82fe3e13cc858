/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-target.h"

#include "way-fields.h"

#include <string.h>

static const WayField OUTCOME_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayOutcome, child), "child"},
    {"outcome", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayOutcome, outcome), "outcome"},
    {"statement", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayOutcome, statement), NULL},
    {"source", WAY_FIELD_TEXT, 0, offsetof (WayOutcome, source), NULL},
    {"from", WAY_FIELD_DATE, 0, offsetof (WayOutcome, from), NULL},
    {"to", WAY_FIELD_DATE, 0, offsetof (WayOutcome, to), NULL},
};
WAY_DEFINE_TYPE (outcome, WayOutcome, OUTCOME_FIELDS)

static const WayField TARGET_FIELDS[] = {
    {"child", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayTarget, child), "child"},
    {"case", WAY_FIELD_ID, WAY_FIELD_LOCAL, offsetof (WayTarget, case_id), "case"},
    {"long_term", WAY_FIELD_ID, WAY_FIELD_LOCAL, offsetof (WayTarget, long_term), "outcome"},
    {"statement", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayTarget, statement), NULL},
    {"outcome", WAY_FIELD_CODE, 0, offsetof (WayTarget, outcome), "outcome"},
    {"area", WAY_FIELD_CODE, 0, offsetof (WayTarget, area), "area"},
    {"measure", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayTarget, measure), "measure"},
    {"unit", WAY_FIELD_TEXT, 0, offsetof (WayTarget, unit), NULL},
    {"direction", WAY_FIELD_CODE, 0, offsetof (WayTarget, direction), "direction"},
    {"baseline", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, baseline), NULL},
    {"baseline_date", WAY_FIELD_DATE, 0, offsetof (WayTarget, baseline_date), NULL},
    {"criterion", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, criterion), NULL},
    {"start", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayTarget, start), NULL},
    {"due", WAY_FIELD_DATE, 0, offsetof (WayTarget, due), NULL},
    {"ended", WAY_FIELD_DATE, 0, offsetof (WayTarget, ended), NULL},
    {"state", WAY_FIELD_CODE, WAY_FIELD_REQUIRED, offsetof (WayTarget, state), "target-state"},
    {"replaces", WAY_FIELD_ID, 0, offsetof (WayTarget, replaces), "target"},
    {"strategy", WAY_FIELD_TEXT, 0, offsetof (WayTarget, strategy), NULL},
    {"who", WAY_FIELD_TEXT, 0, offsetof (WayTarget, who), NULL},
    {"how_often", WAY_FIELD_TEXT, 0, offsetof (WayTarget, how_often), NULL},
    {"scale_min", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, scale_min), NULL},
    {"scale_max", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, scale_max), NULL},
    {"weight", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, weight), NULL},
    {"expected", WAY_FIELD_NUMBER, 0, offsetof (WayTarget, expected), NULL},
    {"gas_minus_2", WAY_FIELD_TEXT, 0, offsetof (WayTarget, gas_minus_2), NULL},
    {"gas_minus_1", WAY_FIELD_TEXT, 0, offsetof (WayTarget, gas_minus_1), NULL},
    {"gas_0", WAY_FIELD_TEXT, 0, offsetof (WayTarget, gas_0), NULL},
    {"gas_plus_1", WAY_FIELD_TEXT, 0, offsetof (WayTarget, gas_plus_1), NULL},
    {"gas_plus_2", WAY_FIELD_TEXT, 0, offsetof (WayTarget, gas_plus_2), NULL},
};
WAY_DEFINE_TYPE (target, WayTarget, TARGET_FIELDS)

/**
 * way_target_is_open:
 * @self: a target
 *
 * What has an end is over, also where its state still says that it is open.
 *
 * Returns: whether it is worked towards
 */
gboolean
way_target_is_open (const WayTarget *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ended == WAY_DATE_UNKNOWN &&
         (self->state == NULL || *self->state == '\0' || strcmp (self->state, "open") == 0);
}

static const WayField MEASUREMENT_FIELDS[] = {
    {"target", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayMeasurement, target), "target"},
    {"date", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayMeasurement, date), NULL},
    {"position", WAY_FIELD_NUMBER, 0, offsetof (WayMeasurement, position), NULL},
    {"value", WAY_FIELD_NUMBER, 0, offsetof (WayMeasurement, value), NULL},
    {"not_measured", WAY_FIELD_TEXT, 0, offsetof (WayMeasurement, not_measured), NULL},
    {"note", WAY_FIELD_TEXT, 0, offsetof (WayMeasurement, note), NULL},
    {"by", WAY_FIELD_TEXT, 0, offsetof (WayMeasurement, by), NULL},
};
WAY_DEFINE_TYPE (measurement, WayMeasurement, MEASUREMENT_FIELDS)

static const WayField PHASE_FIELDS[] = {
    {"target", WAY_FIELD_ID, WAY_FIELD_REQUIRED, offsetof (WayPhase, target), "target"},
    {"date", WAY_FIELD_DATE, WAY_FIELD_REQUIRED, offsetof (WayPhase, date), NULL},
    {"label", WAY_FIELD_TEXT, WAY_FIELD_REQUIRED, offsetof (WayPhase, label), NULL},
};
WAY_DEFINE_TYPE (phase, WayPhase, PHASE_FIELDS)
