/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place that asks the system for memory. */
#ifndef LIBPKI_CORE_ALLOC_H
#define LIBPKI_CORE_ALLOC_H

#include <pki/base.h>

/* As malloc, but 0 octets is a valid request; NULL: no memory. Freed with pki_free. */
void *pki_alloc(size_t n) PKI_MUST_USE;
/* n * size octets of zeros; NULL also where the product overflows. */
void *pki_alloc_zero(size_t n, size_t size) PKI_MUST_USE;
void *pki_realloc(void *p, size_t n) PKI_MUST_USE;
/* A NUL-terminated copy. */
char *pki_alloc_str(pki_bytes s) PKI_MUST_USE;
/* Twice the room, or the first, elsewhere; NULL: no memory, and the list is as it was. */
void *pki_list_grow(void *list, const void *few, size_t *room, size_t size) PKI_MUST_USE;
/*
 * Room for one more in a list of `count` elements, each of `size` octets: where *room is used up,
 * twice as much. The list begins at `few`, which is on the stack, or NULL with *room 0.
 */
static inline PKI_MUST_USE void *pki_list_room(
    void *list, const void *few, size_t count, size_t *room, size_t size)
{
	return count < *room ? list : pki_list_grow(list, few, room, size);
}
/* Wipes n octets, then frees. NULL is fine. */
void pki_free_secret(void *p, size_t n);

#endif
