/* SPDX-License-Identifier: BSD-3-Clause */
/* A certification path, and its validation: RFC 5280 6.1. */
#ifndef LIBPKI_VERIFY_PATH_H
#define LIBPKI_VERIFY_PATH_H

#include "libpki/verify/trust.h"
#include "libpki/verify/verification.h"

/*
 * The leaf, ..., the certificate that the anchor issued; the anchor is not in the list. Where the
 * leaf is an anchor itself count is 0, and whatever is asked of a leaf is asked of anchor->cert.
 */
typedef struct pki_path {
	const pki_cert *const *certs;
	size_t count;
	const pki_anchor *anchor;
} pki_path;

/* The issuer of certs[i]: NULL where it is an anchor without a certificate. */
const pki_cert *pki_path_issuer(const pki_path *p, size_t i);
/* Its public key, as it stands there. */
pki_bytes pki_path_issuer_spki(const pki_path *p, size_t i);

/* What is found out on the way: RFC 5280 6.1.6. */
typedef struct pki_outputs {
	pki_policy *policies; /* views of the leaf's and of the anchor's extensions, sorted */
	size_t policy_count;
} pki_outputs;
void pki_outputs_free(pki_outputs *o);

/* Every check of one path, from the start; what is wrong goes to f, of which there was nothing. */
void pki_path_validate(pki_verification *v, const pki_path *p, pki_outputs *out, pki_findings *f);

#endif
