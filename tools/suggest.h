/* SPDX-License-Identifier: BSD-3-Clause */
/* The nearest name to one that was mistyped. */
#ifndef TOOLS_SUGGEST_H
#define TOOLS_SUGGEST_H

#include <stddef.h>

struct suggest {
	const char *typed, *best;
	size_t distance;
};

void suggest_init(struct suggest *s, const char *typed);
/* One name that would have been right. */
void suggest_try(struct suggest *s, const char *name);
/* The nearest of them; NULL if none is near. */
const char *suggest_best(const struct suggest *s);

#endif
