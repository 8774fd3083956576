/* SPDX-License-Identifier: BSD-3-Clause */
/* The certificates that may be on a path, by subject. */
#ifndef LIBPKI_VERIFY_POOL_H
#define LIBPKI_VERIFY_POOL_H

#include <pki/verify.h>

typedef struct pki_pool {
	const pki_cert **certs; /* by subject; no two alike */
	size_t count, room;
	pki_certs *kept;        /* those that a callback gave, as they came; NULL: none */
	const pki_cert **asked; /* of which it was asked for issuers */
	size_t asked_count, asked_room;
} pki_pool;

/* Octet for octet? NULL is none. */
bool pki_is_same_cert(const pki_cert *a, const pki_cert *b);

/* Empty: all zeros. */
void pki_pool_free(pki_pool *p);
/* Those of a list, which is to stay. NULL: none. */
pki_status pki_pool_add(pki_pool *p, const pki_certs *l, pki_error *err) PKI_MUST_USE;
/* The next one of this subject; *cursor begins at 0. NULL: no more. */
const pki_cert *pki_pool_next(const pki_pool *p, const pki_name *subject, size_t *cursor);
/*
 * Adds what the callback finds of c's issuers and is not there yet, to `kept`, too; NULL, or one
 * that was asked already: nothing. Places of what was there change, pointers to it do not. What
 * pki_callback_failed makes of its failure.
 */
pki_status pki_pool_ask(pki_pool *p, const pki_ctx *ctx, pki_find_issuers_fn *find, void *ud,
    const pki_cert *c, pki_error *err) PKI_MUST_USE;

#endif
