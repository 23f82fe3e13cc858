/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

/* TODO: the rest */
const char *path = "/home/someone/file";
