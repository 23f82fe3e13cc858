/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one file of the command line that is bound to a platform. */
#include "way-terminal.h"

#include "way-error.h"

#include <string.h>

#ifdef G_OS_UNIX
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define LONGEST_SECRET 4096

static int terminal = -1; /* while it does not show what is typed */
static struct termios shown;

/* Somebody who breaks off gets a terminal back that shows what is typed. */
static void
restore_cb (int number)
{
  tcsetattr (terminal, TCSAFLUSH, &shown);
  signal (number, SIG_DFL);
  raise (number);
}

static void
say (const char *text)
{
  /* Nothing can be done about a prompt that is not shown. */
  if (write (terminal, text, strlen (text)) < 0)
    return;
}

/* Past stdio, which would keep a copy in memory that nobody wipes. */
static gboolean
read_line (char *line, gsize size)
{
  gsize length = 0;
  ssize_t n;

  do {
    n = read (terminal, line + length, size - 1 - length);
    length += n > 0 ? (gsize) n : 0;
  } while (n > 0 && length < size - 1 && line[length - 1] != '\n');
  line[length] = '\0';
  line[strcspn (line, "\n")] = '\0';
  return length > 0;
}

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
  static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  struct sigaction before[G_N_ELEMENTS (SIGNALS)], action = {.sa_handler = restore_cb};
  struct termios hidden;
  char line[LONGEST_SECRET];
  char *secret = NULL;

  terminal = g_open ("/dev/tty", O_RDWR | O_CLOEXEC, 0);
  if (terminal < 0 || tcgetattr (terminal, &shown) != 0) {
    if (terminal >= 0)
      g_close (terminal, NULL);
    g_set_error_literal (
        error,
        G_OPTION_ERROR,
        G_OPTION_ERROR_FAILED,
        "There is no terminal to ask for the passphrase at; give it with --passphrase-file FILE");
    return NULL;
  }
  say (prompt);
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    sigaction (SIGNALS[i], &action, &before[i]);
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (terminal, TCSAFLUSH, &hidden);
  if (read_line (line, sizeof line))
    secret = g_strdup (line);
  tcsetattr (terminal, TCSAFLUSH, &shown);
  for (gsize i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    sigaction (SIGNALS[i], &before[i], NULL);
  say ("\n");
  g_close (terminal, NULL);
  explicit_bzero (line, sizeof line);
  if (secret == NULL)
    g_set_error_literal (error,
                         WAY_ERROR,
                         WAY_ERROR_CANCELLED,
                         "No passphrase was typed, so nothing was done; try again");
  return secret;
}

guint
way_terminal_get_width (void)
{
  struct winsize size;

  return isatty (STDOUT_FILENO) && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

#else

guint
way_terminal_get_width (void)
{
  return 0;
}

char *
way_terminal_ask_secret (const char *prompt G_GNUC_UNUSED, GError **error)
{
  g_set_error_literal (
      error,
      G_OPTION_ERROR,
      G_OPTION_ERROR_FAILED,
      "The passphrase cannot be asked for here; give it with --passphrase-file FILE");
  return NULL;
}

#endif
