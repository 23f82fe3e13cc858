/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "way-visit-report.h"

G_BEGIN_DECLS

/* The sentences of a Record of Visit; pure text, (transfer full) each. */
char *way_words_child (const WayChild *child);
char *way_words_born (const WayChild *child, WayDate on);
char *way_words_school (const WayDossier *dossier, const WayChild *child);
char *way_words_sen (const WayDossier *dossier, const WayChild *child, const WayCodeLists *lists);
char *way_words_needs (const WayDossier *dossier, const WayChild *child, const WayCodeLists *lists);
char *way_words_when (const WayVisit *visit);
char *way_words_kind (const WayVisit *visit, const WayCodeLists *lists);
char *way_words_author (const WayPractitioner *author, const WayCodeLists *lists);
char *way_words_present (const WayDossier *dossier);
char *way_words_people (const WayDossier *dossier, guint first, guint end, const char *between);
char *way_words_assessment (const WayAssessment *assessment);
char *
way_words_effect (const char *effect, WayDate done, const char *note, const WayCodeLists *lists);
char *way_words_quoted (const char *text);
char *way_words_view_source (const WayVisitView *view, const WayCodeLists *lists);
char *way_words_signed (const WayVisit *visit);
gboolean way_words_is_by_author (const WayDossier *dossier);
char *way_words_next (const WayVisit *visit);
char *way_words_who (const WayDossier *dossier); /* "A.O. · ref 7C2E" */
char *way_words_title (const WayDossier *dossier);
const char *way_words_level (const WayDossier *dossier); /* NULL for the record itself */
char *way_words_stamp (const char *stamp);
char *way_words_fingerprint (const char *fingerprint);
char *way_words_sentence (const char *text); /* with its full stop */
char *way_words_lower_first (const char *label);

G_END_DECLS
