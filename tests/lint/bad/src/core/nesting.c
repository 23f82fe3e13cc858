/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

void
deep (int n)
{
  if (n > 0)
    if (n > 1)
      if (n > 2)
        if (n > 3)
          if (n > 4)
            g_assert_not_reached ();
}
