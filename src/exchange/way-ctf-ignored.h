/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Elements of a Common Transfer File that were passed over, counted by name. */
typedef struct _CtfIgnored CtfIgnored;

CtfIgnored *ctf_ignored_new (void);
void ctf_ignored_free (CtfIgnored *self);
void ctf_ignored_add (CtfIgnored *self, const char *name);
char *ctf_ignored_dup_words (const CtfIgnored *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtfIgnored, ctf_ignored_free)

G_END_DECLS
