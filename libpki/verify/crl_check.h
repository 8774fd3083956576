/* SPDX-License-Identifier: BSD-3-Clause */
/* What CRLs say of a certificate: RFC 5280 6.3.3. */
#ifndef LIBPKI_VERIFY_CRL_CHECK_H
#define LIBPKI_VERIFY_CRL_CHECK_H

#include "libpki/verify/path.h"

typedef struct pki_crl_answer {
	bool present; /* there are CRLs that should tell */
	bool known;   /* they do: entry.listing is PKI_LISTING_LISTED or PKI_LISTING_NOT_LISTED */
	uint8_t reserved[6];
	pki_revoked entry;
	pki_error why; /* why not */
} pki_crl_answer;

/*
 * Asks v's CRLs about a certificate of a path that is valid. Nothing is known of it unless every
 * reason to revoke is covered by CRLs that are fresh and whose signers are trusted as the path is;
 * an entry in one of them suffices, unless a newer one of the same signer and scope lacks it. Only
 * where the verification cannot go on is it a failure.
 */
pki_status pki_crl_check(pki_verification *v, const pki_path *p, size_t i, pki_crl_answer *out,
    pki_error *err) PKI_MUST_USE;

#endif
