/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "way-cli.h"
#include "way-progress.h"

G_BEGIN_DECLS

/* A target with its measurements, and what is worked out from them. */
typedef struct {
  WayTarget *target;
  GPtrArray *measurements; /* WayMeasurement */
  GPtrArray *phases;       /* WayPhase */
  WayProgress *progress;
} WayCliTarget;

WayCliTarget *way_cli_target_load (WayCli *cli, const char *id, GError **error);
void way_cli_target_free (WayCliTarget *self);
JsonObject *way_cli_progress_to_json (const WayProgress *progress);
JsonObject *way_cli_attainment_to_json (WayRecordSet *records, WayDate today);
gboolean way_cli_progress_is_worked_out (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayCliTarget, way_cli_target_free)

G_END_DECLS
