/* SPDX-License-Identifier: BSD-3-Clause */
/* Trust anchors as path building and validation need them. */
#ifndef LIBPKI_VERIFY_TRUST_H
#define LIBPKI_VERIFY_TRUST_H

#include <pki/ext_policy.h>
#include <pki/trust.h>

typedef struct pki_anchor {
	const pki_cert *cert; /* NULL: a name and a key */
	const pki_name *name;
	pki_bytes spki;
	pki_bytes key_id;                 /* subjectKeyIdentifier; empty: unknown */
	pki_name_constraints constraints; /* of the options, of CertPathControls */
	pki_time distrust_after;          /* PKI_TIME_NONE: no such time */
	const pki_bytes *policies;        /* policySet; NULL: any */
	size_t policy_count;
	int64_t path_len; /* -1: none */
	uint32_t purposes, policy_flags;
} pki_anchor;

/* The next anchor of this name; *cursor begins at 0. NULL: no more. */
const pki_anchor *pki_trust_next(const pki_trust *t, const pki_name *name, size_t *cursor);
/* The next anchor that is this very certificate, octet for octet. */
const pki_anchor *pki_trust_next_same(const pki_trust *t, const pki_cert *c, size_t *cursor);
/* Is it, or its key, on the list of those that are distrusted? */
bool pki_trust_distrusts(const pki_trust *t, const pki_cert *c);
bool pki_trust_distrusts_key(const pki_trust *t, pki_bytes spki);

#endif
