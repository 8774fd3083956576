/* SPDX-License-Identifier: BSD-3-Clause */
/* What certificates, requests and CRLs have in common: something signed, how, and the signature. */
#ifndef LIBPKI_X509_SIGNED_H
#define LIBPKI_X509_SIGNED_H

#include <pki/sign.h>

/* Views. */
typedef struct pki_signed {
	pki_bytes tbs;       /* what is signed */
	pki_bytes algorithm; /* the AlgorithmIdentifier */
	pki_bytes signature; /* the octets of the BIT STRING */
	unsigned unused;     /* bits of the last one: no signature has any */
	uint32_t reserved;
} pki_signed;

/* signatureAlgorithm, and the signature, which follow what is signed. */
void pki_signed_read_end(pki_der *r, const char *signature, const char *clause, pki_signed *out);
/*
 * The same where what is signed names the algorithm, too: `inner`, to which the other must be equal
 * (RFC 5280 4.1.1.2, 5.1.1.2). A signature that is not whole octets is for pki_signed_check to find
 * wrong.
 */
void pki_signed_read_twice(
    pki_der *r, const char *signature, const char *clause, pki_bytes inner, pki_signed *out);
/* PKI_E_SIGNATURE; the other statuses are those of pki_alg_parse and pki_check. */
pki_status pki_signed_check(const pki_ctx *ctx, const pki_signed *s, const pki_pubkey *key,
    const char *clause, pki_error *err) PKI_MUST_USE;

/* SEQUENCE { what is signed, the algorithm, the signature }: appended. */
pki_status pki_signed_write(
    const pki_ctx *ctx, const pki_signed *s, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* The same of what is signed here and now. The statuses of pki_sign. */
pki_status pki_signed_make(const pki_ctx *ctx, const pki_key *k, const pki_alg *alg, pki_bytes tbs,
    pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
