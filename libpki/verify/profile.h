/* SPDX-License-Identifier: BSD-3-Clause */
/* Rules beyond RFC 5280 6, each in a file of its own. */
#ifndef LIBPKI_VERIFY_PROFILE_H
#define LIBPKI_VERIFY_PROFILE_H

#include "libpki/verify/findings.h"

typedef int pki_role;
enum {
	PKI_ROLE_LEAF,
	PKI_ROLE_CA,
	PKI_ROLE_ANCHOR /* its certificate, in PKI_ANCHOR_FULL mode */
};

/* What a profile looks at, beside the certificate. */
typedef struct pki_profile_case {
	const pki_ctx *ctx;
	const pki_cert *cert;
	const pki_cert *issuer; /* NULL: an anchor without a certificate, or it is the anchor */
	pki_role role;
	pki_purpose purpose;
	pki_bytes purpose_oid;
} pki_profile_case;

/* A rule that it breaks. */
static inline void pki_find_rule(pki_findings *f, const char *clause, const char *reason)
{
	pki_find(f, PKI_CODE_PROFILE, clause, reason);
}

/* The same, of what libpki's own issuing refuses, or of an extension that could not be read. */
static inline void pki_find_failed(pki_findings *f, pki_status st, const pki_error *why)
{
	if (st != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_PROFILE, why);
}

/* RFC 5280 4: what a CA MUST and MUST NOT issue. Findings are PKI_CODE_PROFILE. */
void pki_strict_check(const pki_profile_case *p, pki_findings *f);
/* CA/Browser Forum rules for the purpose. */
void pki_webpki_check(const pki_profile_case *p, pki_findings *f);

#endif
