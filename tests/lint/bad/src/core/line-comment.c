/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

int answer = 42; // a line comment
