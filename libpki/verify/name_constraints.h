/* SPDX-License-Identifier: BSD-3-Clause */
/* Name constraints along a path: RFC 5280 6.1.3 (b), (c), 6.1.4 (g). */
#ifndef LIBPKI_VERIFY_NAME_CONSTRAINTS_H
#define LIBPKI_VERIFY_NAME_CONSTRAINTS_H

#include <pki/cert.h>
#include <pki/ext_policy.h>

#define PKI_GN_TYPES (PKI_GN_RID + 1)

/*
 * permitted_subtrees and excluded_subtrees: instead of an intersection all that were added are
 * kept, as a name is in it when it is in each of them.
 */
typedef struct pki_nc {
	const pki_ctx *ctx;
	pki_call *call;
	size_t left[PKI_GN_TYPES]; /* comparisons, of each kind of name: name_comparisons */
	pki_name_constraints *sets;
	size_t count, room;
} pki_nc;

/* Without constraints. call: what comparisons are spent of. To be freed. */
void pki_nc_init(pki_nc *n, const pki_ctx *ctx, pki_call *call);
void pki_nc_free(pki_nc *n);
/* Forgets the constraints; the comparisons made so far count on. */
void pki_nc_restart(pki_nc *n);
/* 6.1.4 (g), and inputs (h) and (i). Views, which are to stay. */
pki_status pki_nc_add(pki_nc *n, const pki_name_constraints *c, pki_error *err) PKI_MUST_USE;
/* The same of the extension that a CA's certificate has, if it has one. */
pki_status pki_nc_add_cert(pki_nc *n, const pki_cert *c, pki_error *err) PKI_MUST_USE;
/*
 * 6.1.3 (b) and (c): the subject and every name of the subjectAltName. PKI_E_POLICY: one that is
 * not permitted, or excluded; PKI_E_UNSUPPORTED: one of which nobody can tell, and the path is not
 * to be accepted either; PKI_E_LIMIT. Whether it is asked of a self-issued one is the caller's.
 */
pki_status pki_nc_check(pki_nc *n, const pki_cert *c, pki_error *err) PKI_MUST_USE;

#endif
