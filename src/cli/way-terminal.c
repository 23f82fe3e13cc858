/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file of the command line that is bound to a platform. */
#include "way-terminal.h"

#include "way-error.h"

#include <string.h>

#ifdef G_OS_UNIX
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST_SECRET 4096

/**
 * way_terminal_ask_secret:
 * @prompt: what to ask for
 *
 * Asks at the terminal, without showing what is typed.
 *
 * Returns: (transfer full): the secret, in ordinary memory
 */
char *
way_terminal_ask_secret (const char *prompt, GError **error)
{
  struct termios shown, hidden;
  char line[LONGEST_SECRET];
  char *secret = NULL;
  FILE *terminal = fopen ("/dev/tty", "r+");

  if (terminal == NULL || tcgetattr (fileno (terminal), &shown) != 0) {
    g_clear_pointer (&terminal, fclose);
    g_set_error_literal (
        error,
        G_OPTION_ERROR,
        G_OPTION_ERROR_FAILED,
        "there is no terminal to ask for the passphrase at; give --passphrase-file FILE");
    return NULL;
  }
  fputs (prompt, terminal);
  fflush (terminal);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (fileno (terminal), TCSAFLUSH, &hidden);
  if (fgets (line, sizeof line, terminal) != NULL) {
    line[strcspn (line, "\n")] = '\0';
    secret = g_strdup (line);
  }
  tcsetattr (fileno (terminal), TCSAFLUSH, &shown);
  fputs ("\n", terminal);
  fclose (terminal);
  explicit_bzero (line, sizeof line);
  if (secret == NULL)
    g_set_error_literal (error, WAY_ERROR, WAY_ERROR_CANCELLED, "no passphrase was typed");
  return secret;
}

#else

char *
way_terminal_ask_secret (const char *prompt G_GNUC_UNUSED, GError **error)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "give --passphrase-file FILE");
  return NULL;
}

#endif
