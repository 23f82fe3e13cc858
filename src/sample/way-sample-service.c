/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The made-up service: its name, privacy line and logo, which the records of made-up children
 * carry. They are no preferences: what is set for them would stand on the record of a real child.
 */
#include "way-sample.h"

#include "way-sample-resources.h"

const char *const WAY_SAMPLE_SERVICE_NAME = "Estuary Specialist Teaching Service";
const char *const WAY_SAMPLE_PRIVACY_LINE =
    "How this record is kept and who may see it: our privacy notice, "
    "www.estuary-teaching.example/privacy";

/**
 * way_sample_load_logo:
 *
 * Returns: (transfer full): the logo of the made-up service as PNG
 */
GBytes *
way_sample_load_logo (GError **error)
{
  return g_resource_lookup_data (way_sample_get_resource (),
                                 "/org/waymark/Waymark/sample/logo.png",
                                 G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}
