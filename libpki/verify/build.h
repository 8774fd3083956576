/* SPDX-License-Identifier: BSD-3-Clause */
/* Path building: RFC 4158. */
#ifndef LIBPKI_VERIFY_BUILD_H
#define LIBPKI_VERIFY_BUILD_H

#include "libpki/verify/path.h"

/* A path that has been found. anchor NULL: it ends where no issuer was found, or none whose key
 * verifies; f has that then. true: go on with the next one. */
typedef bool pki_visit_fn(void *ud, const pki_path *p, pki_findings *f);

typedef struct pki_search {
	const pki_cert *leaf;
	const pki_anchor *only; /* NULL: any anchor of v's trust */
	bool prune; /* leave out what no valid path has in it, and paths that reach no anchor */
	uint8_t reserved[7];
	pki_visit_fn *visit;
	void *ud;
} pki_search;

/* What a failure to import a key, or to verify with it, says of a path. */
pki_code pki_code_of_signature(pki_status st);

/* Every path from the leaf to an anchor, the best first, until visit says false or v's limits are
 * reached: v->exhausted. */
pki_status pki_build(pki_verification *v, const pki_search *s, pki_error *err) PKI_MUST_USE;

/*
 * A valid path from the certificate of a CRL's signer to this anchor: every check of 6.1 without a
 * purpose, names that are asked for, a profile or revocation. PKI_SUCCESS: *out, whose certs are
 * to be freed with pki_free; PKI_E_UNTRUSTED: there is none.
 */
pki_status pki_build_signer_path(pki_verification *v, const pki_cert *signer,
    const pki_anchor *anchor, pki_path *out, pki_error *err) PKI_MUST_USE;

#endif
