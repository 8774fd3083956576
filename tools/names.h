/* SPDX-License-Identifier: BSD-3-Clause */
/* The names a request is for: checked, and the file names and subject that follow from them. */
#ifndef TOOLS_NAMES_H
#define TOOLS_NAMES_H

#include <pki/ext.h>

#include "tools/out.h"

/* Texts as pki_gn_format writes them, one after the other, each with a NUL. */
struct names {
	pki_buf texts;
	const char **list; /* NULL-terminated, after names_finish */
	size_t count;
	pki_buf stem;       /* of file names: from the first name */
	pki_buf first_host; /* the first DNS name */
	bool has_host;
};

void names_free(struct names *n);
/* One name as a person types it. Says what is wrong; an exit status. */
int names_add(const struct cmd *c, struct names *n, const char *typed);
/* A text as it is, for the list alone. */
int names_add_text(const struct cmd *c, struct names *n, const char *text);
int names_finish(const struct cmd *c, struct names *n);

/* What files are called after a name, without suffix: nothing in it chooses another folder. */
void names_stem(struct text *t, const char *name);
/* The file beside another: r.csr, r.key. Appends it. */
void names_beside(const char *path, const char *suffix, struct text *out);

#endif
