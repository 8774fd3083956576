/* SPDX-License-Identifier: BSD-3-Clause */
/* Signs of life on a terminal, for work that takes more than half a second. */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what;    /* "making a key"; NULL: nothing goes on */
	int64_t began, said; /* milliseconds; said 0: nothing is on the terminal */
	bool wanted;         /* standard error is a terminal */
};

void progress_init(struct progress *p);
/* what is static text. */
void progress_begin(struct progress *p, const char *what);
/* To be called now and then; always false: a context's cancel callback, with p as its ud. */
bool progress_tick(void *p);
/* Takes the line away, for something else to be said. */
void progress_hide(struct progress *p);
/* The same, for good. */
void progress_end(struct progress *p);

#endif
