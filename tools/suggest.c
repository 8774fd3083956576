/* SPDX-License-Identifier: BSD-3-Clause */
/* The nearest name by edit distance: insertions, deletions, changes, swaps of neighbours. */
#include "tools/suggest.h"

#include <string.h>

enum { NAME_LEN = 32 }; /* no name is longer; a longer word is no mistyped name */

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;
	return m < c ? m : c;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Optimal string alignment. */
static size_t edit_distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[NAME_LEN + 1][NAME_LEN + 1];

	for (size_t i = 0; i <= n; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			char x = lower(a[i - 1]), y = lower(b[j - 1]);
			d[i][j] = min3(
			    d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (x != y));
			if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
				d[i][j] = min3(d[i][j], d[i - 2][j - 2] + 1, d[i][j]);
		}
	}
	return d[n][m];
}

void suggest_init(struct suggest *s, const char *typed)
{
	*s = (struct suggest){ .typed = typed, .distance = NAME_LEN };
}

void suggest_try(struct suggest *s, const char *name)
{
	size_t n = strlen(s->typed), m = strlen(name), d;
	if (n == 0 || n > NAME_LEN || m > NAME_LEN)
		return;
	/* a word cut short is as good as a small mistake */
	d = n >= 2 && n < m && strncmp(s->typed, name, n) == 0
	    ? 1
	    : edit_distance(s->typed, n, name, m);
	if (d < s->distance && d < m && d <= 1 + (m + 1) / 4) {
		s->best = name;
		s->distance = d;
	}
}

const char *suggest_best(const struct suggest *s)
{
	return s->best;
}
