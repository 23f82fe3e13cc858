/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-autosave.h"

#define RETRY_MS 2000
#define LATE_MS 2000

/* The timer runs exactly while the state is WAITS or FAILED. `again` is only ever set
 * while SAVING: something was typed after the save had taken its copy. `late_timer` runs, or
 * `is_late` is set, exactly while SAVING. */
struct _WayAutosave {
  guint delay_ms;
  WayAutosaveFunc save;
  WayAutosaveFunc changed;
  gpointer user_data;
  WayAutosaveState state;
  gboolean again;
  guint n_under_way;
  guint timer;
  guint late_timer;
  gboolean is_late;
};

static void
set_state (WayAutosave *self, WayAutosaveState state)
{
  if (self->state == state)
    return;
  self->state = state;
  if (self->changed != NULL)
    self->changed (self->user_data);
}

static gboolean
late_cb (gpointer user_data)
{
  WayAutosave *self = user_data;

  self->late_timer = 0;
  self->is_late = TRUE;
  if (self->changed != NULL)
    self->changed (self->user_data);
  return G_SOURCE_REMOVE;
}

static void
begin (WayAutosave *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->late_timer == 0 && !self->is_late)
    self->late_timer = g_timeout_add (LATE_MS, late_cb, self);
  self->again = FALSE;
  self->n_under_way++;
  set_state (self, WAY_AUTOSAVE_SAVING);
  self->save (self->user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  WayAutosave *self = user_data;

  self->timer = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

/**
 * way_autosave_new:
 * @delay_ms: how long after the first unsaved change it is saved
 * @save: begins to save
 * @changed: (nullable): called when the state is another one
 * @user_data: for both
 *
 * Returns: (transfer full): with nothing to save yet
 */
WayAutosave *
way_autosave_new (guint delay_ms, WayAutosaveFunc save, WayAutosaveFunc changed, gpointer user_data)
{
  WayAutosave *self = g_new0 (WayAutosave, 1);

  self->delay_ms = delay_ms;
  self->save = save;
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
way_autosave_free (WayAutosave *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  g_free (self);
}

/**
 * way_autosave_touch:
 *
 * Something was typed. The first change sets the time; those after it do not move it.
 */
void
way_autosave_touch (WayAutosave *self)
{
  if (self->state == WAY_AUTOSAVE_SAVING) {
    self->again = TRUE;
  } else if (self->state == WAY_AUTOSAVE_SAVED) {
    self->timer = g_timeout_add (self->delay_ms, timer_cb, self);
    set_state (self, WAY_AUTOSAVE_WAITS);
  }
}

/**
 * way_autosave_flush:
 *
 * Begins at once what is waiting. A change made while a save is under way is begun as a
 * second one: jobs of the store keep their order.
 */
void
way_autosave_flush (WayAutosave *self)
{
  if (self->state == WAY_AUTOSAVE_WAITS || self->state == WAY_AUTOSAVE_FAILED || self->again)
    begin (self);
}

/**
 * way_autosave_done:
 * @kept: whether it has been kept
 *
 * Ends a save; they end in the order in which they began.
 */
void
way_autosave_done (WayAutosave *self, gboolean kept)
{
  g_return_if_fail (self->n_under_way > 0);

  /* With a second one behind it, that one's end counts. */
  if (--self->n_under_way > 0)
    return;
  g_clear_handle_id (&self->late_timer, g_source_remove);
  self->is_late = FALSE;
  if (!kept) {
    self->timer = g_timeout_add (RETRY_MS, timer_cb, self);
    set_state (self, WAY_AUTOSAVE_FAILED);
  } else if (self->again) {
    self->again = FALSE;
    self->timer = g_timeout_add (self->delay_ms, timer_cb, self);
    set_state (self, WAY_AUTOSAVE_WAITS);
  } else {
    set_state (self, WAY_AUTOSAVE_SAVED);
  }
}

WayAutosaveState
way_autosave_get_state (const WayAutosave *self)
{
  return self->state;
}

/**
 * way_autosave_is_late:
 *
 * Returns: whether what was typed is on its way for longer than people are told it takes: the store
 *   is busy with something else
 */
gboolean
way_autosave_is_late (const WayAutosave *self)
{
  return self->is_late;
}
