/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-cli.h"
#include "way-redact.h"

G_BEGIN_DECLS

void way_cli_tell_redacted (const WayRedacted *redacted);
gboolean way_cli_note_named (WayCli *cli, const WayDossier *dossier, GError **error);
void way_cli_note_unclaimed (WayRecordSet *records);

G_END_DECLS
