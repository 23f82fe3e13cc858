/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-share-dialog.h"
#include "way-share-facts.h"

G_BEGIN_DECLS

/* What is filled in before a record leaves; owned by the dialog, as its "share". */
typedef struct {
  WayDialog *dialog;
  char *visit_id;
  WayShareFacts *facts;
  gboolean is_busy;

  GtkWidget *recipient, *purpose, *basis, *reason; /* entries; reason NULL: not asked for */
  GtkLabel *recipient_message, *purpose_message, *basis_message, *reason_message, *message;
  GtkWidget *about; /* says that it is about several children; not there where it is about one */
  GtkWidget *named, *whom, *agreement; /* boxes of what depends on which part leaves */
  GtkLabel *log;                       /* whose log it is kept in */
  GtkWidget *pdf;
  GtkWidget *inside;    /* whether the PDF holds the XML */
  gboolean is_left_out; /* it does not, because of whom it is for */
  GtkWidget *pages;
  GtkLabel *replaced;  /* what an extract leaves out */
  WayDossier *extract; /* (nullable): of a joint visit, for one child */
  const char *child;   /* (nullable): its id, of the record that is shown */
  const char *name;    /* (nullable): of the one child whom it concerns */
} WayShare;

/* way-share-leave.c */
char *way_share_dup_typed (GtkWidget *entry); /* (nullable) */
const WayDossier *way_share_get_dossier (WayShare *share);
gboolean way_share_is_pdf (WayShare *share);

G_END_DECLS
