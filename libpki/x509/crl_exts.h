/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions of a CRL that is made: RFC 5280 5.2. */
#ifndef LIBPKI_X509_CRL_EXTS_H
#define LIBPKI_X509_CRL_EXTS_H

#include <pki/crl.h>

/* What is known of the CRL by then. Views. */
typedef struct pki_crl_plan {
	const pki_ctx *ctx;
	const pki_cert *issuer;
	const pki_pubkey *signer;
	const pki_exts *given;
	const pki_crl *from; /* that it continues; NULL: none */
	const pki_crl *base; /* of a delta CRL; NULL: it is complete */
	pki_bytes number;
	bool others; /* it has entries of other issuers */
	uint8_t reserved[7];
} pki_crl_plan;

/*
 * *out: those that are given, and what else the CRL must have. *indirect: it is an indirect one.
 * PKI_E_ARG: what is given is against RFC 5280; PKI_E_POLICY: the scope is another than the base's;
 * PKI_E_UNSUPPORTED: a critical extension of what is continued would be lost.
 */
pki_status pki_crl_exts_make(
    const pki_crl_plan *p, pki_exts **out, bool *indirect, pki_error *err) PKI_MUST_USE;

#endif
