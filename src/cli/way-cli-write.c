/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results on standard output, and files that leave: their place, their ending, and that they are
 * written whole. */
#include "way-cli.h"

#include "way-error.h"
#include "way-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/**
 * way_cli_has_ending:
 * @ending: such as ".xml"; capital letters are as good
 */
gboolean
way_cli_has_ending (const char *path, const char *ending)
{
  gsize length = strlen (path), size = strlen (ending);

  return length > size && g_ascii_strcasecmp (path + length - size, ending) == 0;
}

/**
 * way_cli_print:
 *
 * A result, or a part of it: always UTF-8, since other programs read it, whatever the locale.
 */
void
way_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fwrite (text, 1, strlen (text), stdout); /* way_cli_flush() asks whether it went well */
}

/**
 * way_cli_flush:
 * @what: what was printed, as a sentence begins
 * @then: what follows if it did not arrive, and what to do next
 * @error: return location for %WAY_ERROR_IO
 *
 * Returns: whether all that was printed has arrived
 */
gboolean
way_cli_flush (const char *what, const char *then, GError **error)
{
  const gboolean had_failed = ferror (stdout) != 0;

  errno = 0;
  if (fflush (stdout) == 0 && !had_failed)
    return TRUE;
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_IO,
               "%s could not be written to standard output (%s); %s",
               what,
               errno != 0 ? g_strerror (errno) : "it is closed or full",
               then);
  return FALSE;
}

/**
 * way_cli_check_place:
 *
 * Returns: %FALSE with %WAY_ERROR_IO where no file of the name can be written
 */
gboolean
way_cli_check_place (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” could not be written, because it is a folder; name a file in it",
                 path);
  else if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” could not be written, because there is no folder “%s”; make it first",
                 path,
                 folder);
  else
    return TRUE;
  return FALSE;
}

/**
 * way_cli_make_beside:
 * @path: a file that is to be streamed
 *
 * Returns: (transfer full): the path of a new, empty file beside it, with a name that nothing there
 *   has; %NULL with %WAY_ERROR_IO
 */
char *
way_cli_make_beside (const char *path, GError **error)
{
  g_autofree char *beside = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0600);

  if (fd < 0) {
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” could not be written (%s); choose another place, or make room",
                 path,
                 g_strerror (errno));
    return NULL;
  }
  close (fd);
  return g_steal_pointer (&beside);
}

/**
 * way_cli_write_file:
 *
 * Writes an export whole or not at all; only its owner may read it.
 */
gboolean
way_cli_write_file (const char *path, GBytes *bytes, GError **error)
{
  return way_cli_check_place (path, error) && way_file_write (path, path, bytes, error);
}
