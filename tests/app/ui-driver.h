/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include <atspi/atspi.h>

G_BEGIN_DECLS

/* The running program as a person meets it: what it says to assistive technology, and a keyboard
 * and a mouse. Everything waits for what is seen, and fails the test after a minute. */
#define UI_WAIT_US (60 * G_USEC_PER_SEC)

typedef struct {
  GSubprocess *process;
  AtspiAccessible *application;
} UiDriver;

void ui_start (UiDriver *self, const char *program, const char *store);
void ui_kill (UiDriver *self);        /* without a word, as when the power goes */
void ui_wait_closed (UiDriver *self); /* until it has gone by itself, without an error */

/* Named things in view; the last of that name, which is on the page on top. */
AtspiAccessible *ui_find (UiDriver *self, AtspiRole role, const char *name); /* NULL: none */
AtspiAccessible *ui_wait_for (UiDriver *self, AtspiRole role, const char *name);
gboolean ui_says (UiDriver *self,
                  const char *part); /* somewhere in a name or a text, seen or not */
gboolean ui_shows (UiDriver *self, const char *part); /* the same, where it has a size */
void ui_wait_text (UiDriver *self, const char *part);
void ui_wait_no_text (UiDriver *self, const char *part);
char *ui_dup_text (UiDriver *self, const char *prefix); /* of what begins so; waits for it */
AtspiAccessible *ui_wait_for_path_field (UiDriver *self);
char *ui_dup_contents (AtspiAccessible *node); /* what stands in a field */
void ui_fail (UiDriver *self, const char *what, const char *name) G_GNUC_NORETURN;
void ui_dump (UiDriver *self); /* as TAP comments */

void ui_press (UiDriver *self, const char *button);    /* by its name */
void ui_activate (UiDriver *self, const char *action); /* "win.lock" */
void ui_click (UiDriver *self, AtspiRole role, const char *name);
void ui_fill (UiDriver *self, const char *field, const char *text); /* replaces what is in it */
void ui_choose_file (UiDriver *self, const char *title, const char *button, const char *path);
void ui_key (const char *key);   /* "ctrl+l", "Return" */
void ui_type (const char *text); /* where the keyboard is, letter by letter */
GSubprocess *ui_type_slowly (const char *text);
void ui_wait_file (UiDriver *self, const char *path);
void ui_picture (const char *name); /* the screen, into screenshots/NAME.png */

G_END_DECLS
