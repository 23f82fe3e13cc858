/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzzer's corpus, where there is no fuzzer to run it: every file of the folder given, whole
 * and cut off in places. */
#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL), *text = NULL;
    gsize length;

    g_file_get_contents (path, &text, &length, &error);
    g_assert_no_error (error);
    for (gsize end = 0; end < length; end += 1 + length / 50)
      LLVMFuzzerTestOneInput ((const guint8 *) text, end);
    LLVMFuzzerTestOneInput ((const guint8 *) text, length);
    n_files++;
  }
  g_assert_cmpuint (n_files, >, 0);
  g_print ("1..1\nok 1 %s: %u files\n", argv[1], n_files);
  return 0;
}
