/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own-header.h"
#include <glib.h>
