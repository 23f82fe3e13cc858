/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-cli.h"

G_BEGIN_DECLS

gboolean
way_cli_check_recipient (WayCli *cli, WayRecordSet *records, const char *recipient, GError **error);
WayRecordSet *
way_cli_gather_against (WayCli *cli, GPtrArray *children, const char *recipient, GError **error);
void way_cli_warn_agreement (WayCli *cli, WayRecordSet *records, const WayChild *child);
void way_cli_warn_unagreed (guint n_unagreed, guint n_children);

G_END_DECLS
