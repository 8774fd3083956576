/* SPDX-License-Identifier: BSD-3-Clause */
/* Who signed a CRL, and whether to believe it: RFC 5280 6.3.3 (f), (g). */
#ifndef LIBPKI_VERIFY_CRL_ISSUER_H
#define LIBPKI_VERIFY_CRL_ISSUER_H

#include "libpki/verify/path.h"

/* A certificate of a path: what is asked about. */
typedef struct pki_crl_subject {
	const pki_path *path;
	size_t index;
	bool named; /* its own cRLIssuer names the CRL's issuer */
	uint8_t reserved[7];
} pki_crl_subject;

/*
 * The key that signed the CRL, which v keeps: that of a certificate above on the path, of the
 * anchor, or of a certificate with a valid path from this very anchor, on which nothing is revoked.
 * Where pki_crl_is_over says so of the status the verification cannot go on; any other failure is
 * the CRL's.
 */
pki_status pki_crl_signer(pki_verification *v, const pki_crl_subject *s, const pki_crl *crl,
    const pki_pubkey **key, pki_error *err) PKI_MUST_USE;
bool pki_crl_is_over(pki_status st);

#endif
