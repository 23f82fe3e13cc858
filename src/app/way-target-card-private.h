/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-chart-view.h"
#include "way-date-entry.h"
#include "way-target-card.h"
#include "way-target-table.h"

G_BEGIN_DECLS

struct _WayTargetCard {
  AdwBin parent_instance;

  WayTarget *target;
  GPtrArray *measurements; /* (element-type WayMeasurement) */
  GPtrArray *phases;       /* (element-type WayPhase) */
  WayTargetTable *table;   /* (nullable): while it is open; weak */

  GtkLabel *statement;
  GtkLabel *state;
  GtkLabel *prompt;
  WayChartView *chart;
  GtkLabel *words;
  GtkToggleButton *add;
  GtkToggleButton *mark;
  GtkWidget *more;
  GtkWidget *measuring;
  WayDateEntry *measured_on;
  GtkWidget *value;
  GtkWidget *note;
  GtkCheckButton *not_measured;
  GtkButton *save;
  GtkLabel *scale;
  GtkLabel *measuring_message;
  GtkWidget *changing;
  WayDateEntry *changed_on;
  GtkWidget *change;
  GtkLabel *changing_message;
  WayDate second_for; /* the day of which it was said that it has a value already, or unknown */
  gint64 asked_at;    /* when that was said, monotonic */
  gint64 measured_at; /* when the last of them was entered, monotonic */
  GPtrArray *unsaved; /* (element-type WayMeasurement): that could not be stored */
  gboolean is_changing;
  char *change_id;     /* (nullable): of the change that stands there and was to be stored */
  gboolean was_begun;  /* the store keeps something of it */
  gboolean is_looking; /* for what the store keeps of it */
  gboolean is_unknown; /* what that is: it could not be read */
  GPtrArray *pending;  /* (element-type WayMeasurement): on their way to the store */
  char *row_id;        /* (nullable): of the measurement that stands in the fields again */
  WayTargetCard *twin; /* (nullable): the other card of the target; weak */
  gint64 touched_at;
  gboolean is_touched; /* since it was kept */
  guint keep_id;
};

/* What is typed on a card (way-target-typing.c). */
void way_target_card_bind_typing (GtkWidgetClass *widget_class);
void way_target_card_init_typing (WayTargetCard *self);
void way_target_card_give_back (WayTargetCard *self); /* what was not stored, once there is room */
/* Another value of one day (way-target-second.c). */
gboolean
way_target_card_ask_second (WayTargetCard *self, const WayMeasurement *row, gboolean is_yes);
void way_target_card_forget_second (WayTargetCard *self);
/* What is kept of it (way-target-begun.c). */
void way_target_card_touched (WayTargetCard *self);
void way_target_card_stop_keeping (WayTargetCard *self);

G_END_DECLS
