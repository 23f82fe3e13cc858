/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"
#include "way-application.h"
#include "way-window.h"

G_BEGIN_DECLS

/* The real window on a real store with one child, one target and one visit that is not written. */
typedef struct {
  StoreFixture store; /* its db is open only before app_open() and after app_close() */
  char *child;        /* id of "Robin Example" */
  char *target;
  WayWindow *window;
} AppFixture;

typedef gboolean (*AppCondition) (AppFixture *fixture, gconstpointer data);

void app_set_up (AppFixture *fixture, gconstpointer data); /* opens the window and unlocks it */
void app_set_up_store (AppFixture *fixture, gconstpointer data); /* without the window */
void app_tear_down (AppFixture *fixture, gconstpointer data);
void app_open (AppFixture *fixture);
void app_close (AppFixture *fixture); /* the window; then the store can be looked into */

/* Waiting fails the test after a minute. What was begun is through when app_settle() returns; only
 * what is not to happen, or the time that a person takes, is a matter of app_run_for(). */
void app_run_for (guint milliseconds);
void app_settle (void);
void app_wait (AppFixture *fixture, AppCondition condition, gconstpointer data, const char *what);
void app_wait_for_page (AppFixture *fixture, GType type);
void app_wait_text (GtkWidget *root, const char *part, gboolean there); /* or until it is gone */

/* Finding things as people do: by what they are called. */
GtkWidget *app_find (GtkWidget *root, GType type, const char *name);    /* NULL: not in view */
GtkWidget *app_get (AppFixture *fixture, GType type, const char *name); /* waits for it */
GtkWidget *app_get_over (GType type); /* the window of that type that is open; waits for it */
GtkWidget *app_get_dialog (void);     /* the WayDialog that is open; waits for it */
GtkWidget *app_get_dialog_with (const char *part); /* the one that says so; waits for it */
void app_press (AppFixture *fixture, const char *button);
/* An action of the page in view, or of the window; @path NULL: it takes none. */
void app_activate (AppFixture *fixture, const char *action, const char *path);
gboolean app_has_text (GtkWidget *root, const char *part);   /* some label in view has it */
gboolean app_says (AppFixture *fixture, gconstpointer part); /* in the window; a condition */
void app_check_names (GtkWidget *root); /* what takes the keyboard has a name */

/* Runs a job and waits for its result, a string or NULL; it must not fail. */
char *app_run_job (AppFixture *fixture, WayStoreJob job);
/* The store is at work on something long until it is let go. */
void app_hold_store (AppFixture *fixture);
void app_let_go_store (void);
gboolean app_is_store_held (void);
/* Cannot be stored, as if the disk were full; on the open store, or on the closed one. */
void app_break_drafts (AppFixture *fixture);
void app_break_begun (AppFixture *fixture); /* what is half typed into forms */
void app_hide_begun (AppFixture *fixture);  /* it cannot be read, nor replaced */
void app_show_begun (AppFixture *fixture);  /* it can again */
void app_break_measurements (AppFixture *fixture);
void app_break_targets (AppFixture *fixture);
void app_break_actions (AppFixture *fixture);
void app_break_practitioners (AppFixture *fixture);
void app_break_deletions (AppFixture *fixture); /* of measurements */
void app_mend (AppFixture *fixture);            /* all of these */
char *app_dup_draft (AppFixture *fixture);      /* "What I saw" of the one draft, NULL: no draft */

/* The child's page, the card of its target there, and what is done on it. */
void app_open_child (AppFixture *fixture);
GtkWidget *app_get_card (AppFixture *fixture);
void app_press_toggle (AppFixture *fixture, const char *name);
void app_fill_in (GtkWidget *root, const char *name, const char *text); /* a field in view */
void app_press_in (GtkWidget *root, const char *name);

/* As the keyboard does it, in a field that has keys of its own. */
void app_press_enter (GtkWidget *view);
void app_type_into (AppFixture *fixture, const char *name, const char *text);
const char *app_get_typed (AppFixture *fixture, const char *name);
guint app_count_rows (AppFixture *fixture, const WayRecordType *type); /* of the closed store */

/* A new visit of the child, in the editor; and typing into one of its fields of prose. */
void app_open_editor (AppFixture *fixture);
void app_type (AppFixture *fixture, const char *field, const char *text);

G_END_DECLS
