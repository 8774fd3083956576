/* SPDX-License-Identifier: BSD-3-Clause */
/* Names under the nameConstraints of CAs: RFC 5280 4.2.1.10, 6.1.3 (b), (c), 6.1.4 (g). */
#ifndef LIBPKI_X509_NAME_CONSTRAINTS_H
#define LIBPKI_X509_NAME_CONSTRAINTS_H

#include <pki/backend.h>
#include <pki/cert.h>
#include <pki/ext_policy.h>

#define PKI_GN_TYPES (PKI_GN_RID + 1)

/* One NameConstraints, of which each subtree has been read once. */
typedef struct pki_nc_set pki_nc_set;

/*
 * permitted_subtrees and excluded_subtrees: instead of an intersection all that were added are
 * kept, as a name is in it when it is in each of them.
 */
typedef struct pki_nc {
	const pki_ctx *ctx;
	pki_call *call;
	size_t left[PKI_GN_TYPES]; /* comparisons, of each kind of name: name_comparisons */
	pki_nc_set *sets;
	size_t count, room;
	uint32_t types; /* bits of the pki_gn_types that there are subtrees for */
	uint32_t reserved;
} pki_nc;

/* Whose names are judged. */
typedef struct pki_nc_names {
	const pki_name *subject; /* NULL: empty */
	const pki_bytes *san;    /* the value of subjectAltName; NULL: there is none */
	bool ca;                 /* its common names are not taken for hosts */
	uint8_t reserved[7];
} pki_nc_names;

/* Without constraints. call: what comparisons, subtrees and names are spent of. To be freed. */
void pki_nc_init(pki_nc *n, const pki_ctx *ctx, pki_call *call);
void pki_nc_free(pki_nc *n);
/* Forgets the constraints; the comparisons made so far count on. */
void pki_nc_restart(pki_nc *n);
/* 6.1.4 (g), and inputs (h) and (i). Views, which are to stay. A set that fails is not added. */
pki_status pki_nc_add(pki_nc *n, const pki_name_constraints *c, pki_error *err) PKI_MUST_USE;
/* The same of the extension that a CA's certificate has, if it has one. */
pki_status pki_nc_add_cert(pki_nc *n, const pki_cert *c, pki_error *err) PKI_MUST_USE;
/*
 * 6.1.3 (b) and (c): the subject and every name of the subjectAltName. PKI_E_POLICY: one that is
 * not permitted, or excluded; PKI_E_UNSUPPORTED: one of which nobody can tell, and the path is not
 * to be accepted either: the detail is the name, and whose constraints they are. PKI_E_LIMIT;
 * PKI_E_CANCELLED. Whether it is asked of a self-issued one is the caller's.
 */
pki_status pki_nc_check(pki_nc *n, const pki_cert *c, pki_error *err) PKI_MUST_USE;
pki_status pki_nc_check_names(pki_nc *n, const pki_nc_names *names, pki_error *err) PKI_MUST_USE;

#endif
