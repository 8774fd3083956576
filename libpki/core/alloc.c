/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place that asks the system for memory. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"

/* No object is larger than PTRDIFF_MAX: asking for more is a mistake that need not reach malloc. */
static bool is_possible(size_t n)
{
	return n <= PTRDIFF_MAX;
}

void *pki_alloc(size_t n)
{
	return is_possible(n) ? malloc(n == 0 ? 1 : n) : NULL;
}

void *pki_alloc_zero(size_t n, size_t size)
{
	size_t total;

	if (!pki_size_mul(n, size, &total) || !is_possible(total))
		return NULL;
	return calloc(1, total == 0 ? 1 : total);
}

void *pki_realloc(void *p, size_t n)
{
	return is_possible(n) ? realloc(p, n == 0 ? 1 : n) : NULL;
}

char *pki_alloc_str(pki_bytes s)
{
	char *copy;

	if (!is_possible(s.len) || (copy = pki_alloc(s.len + 1)) == NULL)
		return NULL;
	if (s.len > 0)
		memcpy(copy, s.data, s.len);
	copy[s.len] = '\0';
	return copy;
}

#define LIST_FIRST 8

void *pki_list_grow(void *list, const void *few, size_t *room, size_t size)
{
	size_t twice = LIST_FIRST;
	void *more;

	if (*room > 0 && !pki_size_mul(*room, 2, &twice))
		return NULL;
	if ((more = pki_alloc_zero(twice, size)) == NULL)
		return NULL;
	if (*room > 0)
		memcpy(more, list, *room * size);
	if (list != few)
		pki_free(list);
	*room = twice;
	return more;
}

void pki_free_secret(void *p, size_t n)
{
	pki_wipe(p, n);
	pki_free(p);
}

void pki_free(void *p)
{
	free(p);
}
