/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>
#include <libxml/tree.h>
#include <gtk/gtk.h>
#include <cairo.h>
#include <qpdf/qpdf-c.h>
#include <json-glib/json-glib.h>
#include <zxcvbn.h>
#include <sodium.h>
