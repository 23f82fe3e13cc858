/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A private folder with a passphrase file, and waymark-cli run in it for real. */
typedef struct {
  char *folder;
  char *passphrase_file;
  char *out; /* of the last call */
  char *err;
  int code;
} CliFixture;

void cli_fixture_set_up (CliFixture *self, gconstpointer data);
void cli_fixture_tear_down (CliFixture *self, gconstpointer data);
char *cli_path (CliFixture *self, const char *name);
void cli_write (CliFixture *self, const char *name, const char *text);
char *cli_read (CliFixture *self, const char *name, gsize *length);

/* Runs `waymark-cli --store STORE WORDS…`; STORE is a name in the folder. NULL ends the words. */
int cli (CliFixture *self, const char *store, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* The same, and the call must succeed; the message is shown where it does not. */
void cli_do (CliFixture *self, const char *store, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* own.waymark, whose "me" is T. Eacher, with @children: rows of id,surname,forename,dob. */
void cli_make_store (CliFixture *self, const char *children);
void cli_assert_says (CliFixture *self, const char *words); /* anywhere in the last call */
JsonNode *cli_json (CliFixture *self);
char *cli_line (CliFixture *self); /* what was printed, without its line end */
gboolean cli_tool (CliFixture *self, const char *const *argv);

G_END_DECLS
