/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-db.h"
#include "way-progress.h"

G_BEGIN_DECLS

/* The service's preferences for trends and prompts; the rest of @options is left as it is. */
gboolean way_options_read (WayDb *db, WayProgressOptions *options, GError **error);

G_END_DECLS
