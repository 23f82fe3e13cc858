/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "way-progress.h"
#include "way-record-set.h"
#include "way-target.h"

G_BEGIN_DECLS

/**
 * WayTargetCard:
 *
 * A target: its statement, how it goes in a word, its chart and what the chart
 * says, and what can be done with it.
 */
#define WAY_TYPE_TARGET_CARD (way_target_card_get_type ())
G_DECLARE_FINAL_TYPE (WayTargetCard, way_target_card, WAY, TARGET_CARD, AdwBin)

GtkWidget *way_target_card_new (void);
/* @records: all of the child; what the card needs is copied. */
void way_target_card_set_target (WayTargetCard *self,
                                 const WayTarget *target,
                                 WayRecordSet *records,
                                 const WayProgressOptions *options);
const char *way_target_card_get_id (WayTargetCard *self);
/* What is typed and not saved: keeps it in the store, shows it again (way-target-begun.c). */
void way_target_card_keep (WayTargetCard *self);
void way_target_card_find_begun (WayTargetCard *self);
/* Two cards of one target are kept as one: what was typed last. */
void way_target_card_set_twin (WayTargetCard *self, WayTargetCard *twin);
/* As if "Add measurement" were filled in and Enter pressed. */
void way_target_card_add_measurement (WayTargetCard *self);

G_END_DECLS
