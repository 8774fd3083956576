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
	uint32_t replaces; /* PKI_REPLACES_ bits */
	bool distrusted;   /* it, or its key: there is no valid path to it */
	uint8_t reserved[3];
} pki_anchor;

/*
 * RFC 5914 2.5: what a TrustAnchorInfo says in place of the certificate in it, of which these
 * extensions are not to be enforced then.
 */
#define PKI_REPLACES_CA           1u  /* cA of basicConstraints is TRUE, whatever it says */
#define PKI_REPLACES_PATH_LEN     2u  /* pathLenConstraint of basicConstraints */
#define PKI_REPLACES_POLICIES     4u  /* certificatePolicies */
#define PKI_REPLACES_POLICY_FLAGS 8u  /* policyConstraints and inhibitAnyPolicy */
#define PKI_REPLACES_NAMES        16u /* nameConstraints */

/* The next anchor of this name, distrusted or not; *cursor begins at 0. NULL: no more. */
const pki_anchor *pki_trust_next(const pki_trust *t, const pki_name *name, size_t *cursor);
/* The next anchor that is this very certificate, octet for octet. */
const pki_anchor *pki_trust_next_same(const pki_trust *t, const pki_cert *c, size_t *cursor);
/* Is its key on the list of those that are distrusted? */
bool pki_trust_distrusts(const pki_trust *t, const pki_cert *c);
bool pki_trust_distrusts_key(const pki_trust *t, pki_bytes spki);

#endif
