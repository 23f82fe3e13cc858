/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "way-platform.h"

#include "way-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#ifdef G_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#endif
#ifdef __linux__
#include <sys/prctl.h>
#endif

/**
 * way_platform_harden_process:
 *
 * Keeps this process's memory, which holds children's records and the key to
 * them, out of core dumps and away from other processes of the same user. Call
 * it first thing in main(). It never fails: a system that refuses is no reason
 * not to let somebody work.
 */
void
way_platform_harden_process (void)
{
#ifdef G_OS_UNIX
  const struct rlimit none = {0, 0};

  setrlimit (RLIMIT_CORE, &none);
#endif
#ifdef __linux__
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/**
 * way_platform_find_lock_holder:
 * @path: a file that is not open in this process
 * @start: first byte of the range that is locked, in bytes
 * @length: length of the range, in bytes
 *
 * Finds the process that holds a lock in the range. A POSIX lock of a process is
 * dropped when that process closes any descriptor of the file, and this function
 * closes one: so it must never be asked about a file that is open here, and it
 * does not answer for a file with a second name.
 *
 * Returns: a process id, or 0 if none is found or the system can't tell
 */
gint64
way_platform_find_lock_holder (const char *path, gint64 start, gint64 length)
{
  gint64 pid = 0;
#ifdef G_OS_UNIX
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
  struct stat status;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return 0;
  if (fstat (fd, &status) == 0 && status.st_nlink == 1 && fcntl (fd, F_GETLK, &lock) == 0 &&
      lock.l_type != F_UNLCK && lock.l_pid > 0)
    pid = lock.l_pid;
  close (fd);
#endif
  return pid;
}

/**
 * way_platform_describe_process:
 * @pid: a process id, or 0 for one that is not known
 *
 * Returns: (transfer full): "waymark (process 1234)", "process 1234" if its name
 *   can't be found, "another program" if @pid is 0
 */
char *
way_platform_describe_process (gint64 pid)
{
  g_autofree char *proc = NULL;
  g_autofree char *name = NULL;

  if (pid <= 0)
    return g_strdup ("another program");
  proc = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/comm", pid);
  if (!g_file_get_contents (proc, &name, NULL, NULL) || *g_strstrip (name) == '\0' ||
      !g_utf8_validate (name, -1, NULL))
    return g_strdup_printf ("process %" G_GINT64_FORMAT, pid);
  return g_strdup_printf ("%s (process %" G_GINT64_FORMAT ")", name, pid);
}

/**
 * way_platform_sync_file:
 * @path: a file that is not open in this process, see way_platform_find_lock_holder()
 *
 * Makes what was written to the file last through a power cut.
 *
 * Returns: %FALSE with %WAY_ERROR_IO
 */
gboolean
way_platform_sync_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced = fd >= 0 && g_fsync (fd) == 0;
  int problem = errno;

  if (fd >= 0)
    g_close (fd, NULL);
  if (!synced)
    g_set_error (error,
                 WAY_ERROR,
                 WAY_ERROR_IO,
                 "“%s” can't be written to the disk: %s",
                 path,
                 g_strerror (problem));
  return synced;
}

/**
 * way_platform_sync_folder_of:
 * @path: a file that was just created, renamed or removed
 *
 * Makes the folder's entry for @path last through a power cut. Not every file
 * system can; the file's own contents have to be synced separately.
 *
 * Returns: whether the system says that it did
 */
gboolean
way_platform_sync_folder_of (const char *path)
{
  gboolean synced = FALSE;
#ifdef G_OS_UNIX
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    return FALSE;
  synced = fsync (fd) == 0;
  close (fd);
#endif
  return synced;
}

/**
 * way_platform_make_private:
 * @path: a file of ours
 *
 * Lets only its owner read and write @path, as far as the file system knows
 * owners. The files that SQLite puts beside a database take its permissions.
 */
void
way_platform_make_private (const char *path)
{
#ifdef G_OS_UNIX
  if (g_chmod (path, S_IRUSR | S_IWUSR) != 0)
    g_debug ("the file system keeps its own permissions");
#endif
}
