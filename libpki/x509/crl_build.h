/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes into a CRL that is made: entries in order, each certificate once. */
#ifndef LIBPKI_X509_CRL_BUILD_H
#define LIBPKI_X509_CRL_BUILD_H

#include <pki/crl.h>

/* An entry to be written. Views. */
typedef struct pki_crl_item {
	const pki_name *issuer; /* of the certificate; NULL: the CRL's */
	pki_bytes names;        /* certificateIssuer as it was; empty: the issuer alone */
	pki_bytes serial;
	pki_bytes head; /* userCertificate and revocationDate */
	pki_bytes exts; /* side by side, certificateIssuer among them */
	size_t order;   /* of two the later one counts */
	bool released;  /* not to be written, or in a delta CRL with removeFromCRL */
	uint8_t reserved[7];
} pki_crl_item;

typedef struct pki_crl_items {
	const pki_ctx *ctx;
	const pki_name *crl_issuer;
	pki_crl_item *list;
	size_t count, room;
	pki_name **names; /* that items view */
	size_t name_count, name_room;
} pki_crl_items;

void pki_crl_items_free(pki_crl_items *l);
/* Adds all entries of a CRL; NULL: none. */
pki_status pki_crl_items_of_crl(pki_crl_items *l, const pki_crl *c, pki_error *err) PKI_MUST_USE;
/* Adds what the builder has, which takes precedence over what is there. */
pki_status pki_crl_items_of_builder(
    pki_crl_items *l, const pki_crl_builder *b, pki_error *err) PKI_MUST_USE;
/* Sorts by issuer, the CRL's own first, and serial number; each certificate once. */
void pki_crl_items_sort(pki_crl_items *l);
/* What differs from base, both sorted: entries that are new, others, or gone. */
pki_status pki_crl_items_diff(const pki_crl_items *now, const pki_crl_items *base,
    pki_crl_items *out, pki_error *err) PKI_MUST_USE;
/* Has it an entry of another issuer? */
bool pki_crl_items_indirect(const pki_crl_items *l);
/* revokedCertificates OPTIONAL */
void pki_crl_items_write(pki_derw *w, const pki_crl_items *l);

/* The context of a builder. */
const pki_ctx *pki_crl_builder_ctx(const pki_crl_builder *b);

#endif
