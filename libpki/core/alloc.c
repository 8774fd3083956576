/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place that asks the system for memory. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"

void *pki_alloc(size_t n)
{
	return malloc(n == 0 ? 1 : n);
}

void *pki_alloc_zero(size_t n, size_t size)
{
	return n == 0 || size == 0 ? calloc(1, 1) : calloc(n, size);
}

void *pki_realloc(void *p, size_t n)
{
	return realloc(p, n == 0 ? 1 : n);
}

char *pki_alloc_str(pki_bytes s)
{
	char *copy;

	if (s.len == SIZE_MAX || (copy = pki_alloc(s.len + 1)) == NULL)
		return NULL;
	if (s.len > 0)
		memcpy(copy, s.data, s.len);
	copy[s.len] = '\0';
	return copy;
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
