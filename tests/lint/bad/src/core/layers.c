/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cairo.h>
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include <libxml/tree.h>
#include <qpdf/qpdf-c.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zxcvbn.h>
