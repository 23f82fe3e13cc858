/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-file.h"

#include "way-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/**
 * way_file_open:
 * @path: a file, a pipe or a device
 * @error: return location for %WAY_ERROR_REFUSED
 *
 * Returns: (transfer full) (nullable): it, to be read; fclose() it
 */
FILE *
way_file_open (const char *path, GError **error)
{
  const gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  FILE *file = is_folder ? NULL : fopen (path, "rb");

  if (file == NULL)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 is_folder ? "“%s” is a folder; name a file in it"
                           : "The file “%s” cannot be opened; look whether it is there and may "
                             "be read",
                 path);
  return file;
}

/**
 * way_file_set_unread:
 * @path: a file that could be opened, but not read to its end
 * @error: return location for %WAY_ERROR_REFUSED
 */
void
way_file_set_unread (const char *path, GError **error)
{
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_REFUSED,
               "The file “%s” cannot be read to its end; look whether its disk is connected",
               path);
}

/**
 * way_file_read:
 * @path: a file; pipes and devices too, whose size nobody knows before
 * @most: the most bytes that it may have
 * @length: (out): how many it has
 * @error: return location for %WAY_ERROR_REFUSED
 *
 * The buffer is never moved, so that of a secret no copy stays behind.
 *
 * Returns: (transfer full) (nullable): the bytes, and a NUL after them
 */
char *
way_file_read (const char *path, gsize most, gsize *length, GError **error)
{
  FILE *file = way_file_open (path, error);
  char *bytes;
  gboolean failed;

  if (file == NULL)
    return NULL;
  setvbuf (file, NULL, _IONBF, 0);
  bytes = g_malloc (most + 1);
  *length = fread (bytes, 1, most + 1, file);
  failed = ferror (file) != 0;
  fclose (file);
  if (!failed && *length <= most) {
    bytes[*length] = '\0';
    return bytes;
  }
  if (failed)
    way_file_set_unread (path, error);
  else
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_REFUSED,
                 "The file “%s” is too large, over %" G_GSIZE_FORMAT " bytes; is it the right one?",
                 path,
                 most);
  explicit_bzero (bytes, MIN (*length, most + 1)); /* it may have been meant to be a secret */
  g_free (bytes);
  return NULL;
}

/**
 * way_file_make_folder:
 * @path: a folder, made for its owner alone if it is not there
 * @is_new: (out) (optional): whether it was made
 * @error: return location for %WAY_ERROR_IO
 *
 * Its parent has to be there: one that is not was mistyped, or is on a disk that is not connected.
 */
gboolean
way_file_make_folder (const char *path, gboolean *is_new, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *parent = g_path_get_dirname (whole);
  const gboolean is_there = g_file_test (whole, G_FILE_TEST_IS_DIR);

  if (is_new != NULL)
    *is_new = !is_there;
  if (is_there || g_mkdir (whole, 0700) == 0)
    return TRUE;
  if (errno == ENOENT)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "The folder “%s” could not be made, because there is no folder “%s”; make it "
                 "first, or choose another place",
                 path,
                 parent);
  else
    g_set_error (
        error,
        WAY_ERROR,
        WAY_ERROR_IO,
        "The folder “%s” could not be made (%s); choose another place, or allow writing there",
        path,
        g_strerror (errno));
  return FALSE;
}

/**
 * way_file_write:
 * @path: what is to be there
 * @name: how the user knows it; names it in an error
 * @error: return location for %WAY_ERROR_IO
 *
 * Writes a file whole or not at all, on the disk when this returns; only its owner may read it.
 */
gboolean
way_file_write (const char *path, const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const char *why;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (g_file_set_contents_full (path,
                                data != NULL ? data : "",
                                (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600,
                                &problem))
    return TRUE;
  why = strrchr (problem->message, ':'); /* what stands before it names a temporary file */
  g_set_error (error,
               WAY_ERROR,
               WAY_ERROR_IO,
               "“%s” could not be written (%s); choose another place, or make room",
               name,
               why != NULL ? why + 2 : problem->message);
  return FALSE;
}
