/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names lie within a GeneralSubtree: RFC 5280 4.2.1.10, RFC 9598 6. */
#ifndef LIBPKI_X509_SUBTREE_H
#define LIBPKI_X509_SUBTREE_H

#include <pki/ext_policy.h>

/* The base of a GeneralSubtree: what is compared is found once. */
typedef struct pki_subtree_base {
	pki_bytes value;
	pki_buf dn;          /* of a directoryName: pki_name_prepare */
	const char *unclear; /* why nobody can tell what is within; NULL: one can */
	pki_gn_type type;
	uint32_t reserved;
} pki_subtree_base;

/* Is its syntax that of a subtree, of a kind that libpki knows? */
bool pki_subtree_is_clear(const pki_gn *base);

/* Views, which are to stay. What is wrong with a directoryName; PKI_E_NOMEM. To be freed, either
 * way. */
pki_status pki_subtree_base_init(
    pki_subtree_base *b, const pki_ctx *ctx, const pki_subtree *t, pki_error *err) PKI_MUST_USE;
void pki_subtree_base_free(pki_subtree_base *b);

/* A name that subtrees are asked about: what they look at is found once. */
typedef struct pki_subtree_name {
	const pki_gn *gn;
	pki_bytes text; /* host, mailbox or address */
	pki_buf dn;     /* of a directoryName: pki_name_prepare */
	bool clear;     /* false: whatever the subtree, nobody can tell */
	uint8_t reserved[7];
} pki_subtree_name;

/* gn is to stay. What is wrong with a directoryName; PKI_E_NOMEM. To be freed, either way. */
pki_status pki_subtree_name_init(
    pki_subtree_name *n, const pki_ctx *ctx, const pki_gn *gn, pki_error *err) PKI_MUST_USE;
void pki_subtree_name_free(pki_subtree_name *n);

/* How many comparisons the next one counts for, as long names do for more than one. */
size_t pki_subtree_cost(const pki_subtree_base *base, const pki_subtree_name *name);
/*
 * A name that is of the base's type, or a SmtpUTF8Mailbox and an rfc822Name: *in. some: it is
 * enough that one of the hosts that a wildcard stands for is in it, as for an excluded subtree.
 * PKI_E_UNSUPPORTED: nobody can tell, of such a name or such a base, and the name is not to be
 * accepted.
 */
pki_status pki_subtree_holds(const pki_subtree_base *base, const pki_subtree_name *name, bool some,
    bool *in, pki_error *err) PKI_MUST_USE;

#endif
