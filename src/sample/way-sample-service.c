/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up service: its name, privacy line and logo, which its printed records carry. */
#include "way-sample.h"

#include <gio/gio.h>

const char *const WAY_SAMPLE_PREFERENCES[] = {
    "made-up",
    "yes",
    "service-name",
    "Estuary Specialist Teaching Service",
    "privacy-line",
    "How this record is kept and who may see it: our privacy notice, "
    "www.estuary-teaching.example/privacy",
    NULL};

/**
 * way_sample_load_logo:
 *
 * Returns: (transfer full): the logo of the made-up service as PNG
 */
GBytes *
way_sample_load_logo (GError **error)
{
  return g_resources_lookup_data (
      "/org/waymark/Waymark/sample/logo.png", G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
