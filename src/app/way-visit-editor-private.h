/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-autosave.h"
#include "way-fold.h"
#include "way-pages-view.h"
#include "way-visit-editor.h"
#include "way-visit-form.h"
#include "way-visit-keep.h"

G_BEGIN_DECLS

struct _WayVisitEditor {
  AdwBin parent_instance;

  char *child_id; /* (nullable) */
  char *visit_id;
  WayStore *store;
  WayVisitOrigin *origin;
  WayUnkept *unkept;    /* the window's: takes what the store does not */
  WayWindow *window;    /* weak: also after the page has left it */
  guint session;        /* of the window, in which it was opened */
  WayVisitForm *form;   /* %NULL until loaded */
  WayRecordSet *before; /* (nullable): of an amendment, the visit as it is signed */
  WayAutosave *autosave;
  gboolean is_new;  /* not in the list of drafts yet */
  gboolean amends;  /* opened for a new version of a signed visit */
  gboolean is_told; /* that it could not be kept, while it was not in view */
  gboolean is_done; /* signed or discarded: nothing is saved any more */
  gboolean is_signing;
  gboolean is_refused; /* what is said is why it was not signed */
  gboolean is_asking;  /* whether to sign: what is begun is looked for */
  guint n_looked;      /* children for whom it was */
  GPtrArray *begun;    /* (nullable) (element-type utf8): their targets that are not set */
  char *saved_at;
  char *earlier; /* (nullable): a visit of the same child that is being written already */
  gboolean is_loading;
  gboolean kept_typed; /* some of what was typed before the form was there was handed over */

  guint first_id; /* then it is handed over */

  GtkStack *stack;
  GtkWidget *earlier_notice;
  GtkLabel *earlier_words;
  GtkButton *earlier_open;
  GtkLabel *first_title;
  GtkTextView *first_words; /* takes what is typed until the form is there */
  WayFold *fold;
  GtkPaned *columns;
  AdwBin *form_place;
  GtkScrolledWindow *aside_place;
  GtkStack *side;
  WayPagesView *pages;
  GtkWidget *typed_in; /* (nullable) (weak): where the keyboard was when the form went aside */
  GtkLabel *status;
  GtkImage *status_mark;
  GtkWidget *again;
  GtkWidget *discard;
  GtkToggleButton *preview;
  GtkWidget *sign;
  GtkLabel *failure;
};

/* What the editor shows, as read from the store (way-visit-loading.c). */
typedef struct {
  WayRecordSet *records;
  WayRecordSet *before; /* (nullable): of an amendment, the visit as it is signed */
  WayRecordSet *child;
  WayDate born;               /* the first child, if another has the name; else unknown */
  WayProgressOptions options; /* for the charts */
  char *earlier;              /* (nullable): for a new visit, one that is not signed yet */
  WayDate earlier_date;
  gboolean is_unkept; /* the store does not have it so yet */
} WayVisitLoaded;

void way_visit_loaded_free (WayVisitLoaded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayVisitLoaded, way_visit_loaded_free)

void way_visit_editor_load (WayVisitEditor *self);
void way_visit_editor_keep_typed (WayVisitEditor *self);
void way_visit_editor_prepare_first_words (WayVisitEditor *self);
/* way-visit-opening.c */
gboolean way_visit_editor_find_earlier (WayDb *db, WayVisitLoaded *loaded, GError **error);
void way_visit_editor_offer_earlier (WayVisitEditor *self, WayVisitLoaded *loaded);
void way_visit_editor_open_earlier (WayVisitEditor *self);
/* way-visit-signing.c */
void way_visit_editor_ask_to_sign (WayVisitEditor *self);
void way_visit_editor_ask_to_discard (WayVisitEditor *self);
/* way-visit-editor.c */
GtkWidget *way_visit_editor_new (const char *child_id, const char *visit_id, gboolean is_new);
void way_visit_editor_take_loaded (WayVisitEditor *self,
                                   WayWindow *window,
                                   WayVisitLoaded *loaded, /* emptied */
                                   gboolean typed);        /* before it came */
gboolean way_visit_editor_is_untouched (WayVisitEditor *self);
void way_visit_editor_say_failure (WayVisitEditor *self, const char *text, gboolean refused);
void way_visit_editor_leave (WayVisitEditor *self); /* back, saving nothing */
/* What was typed could not be kept: says so, where the editor itself does not, and comes back. */
void way_visit_editor_come_back (WayVisitEditor *self, const GError *error);

G_END_DECLS
