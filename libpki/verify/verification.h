/* SPDX-License-Identifier: BSD-3-Clause */
/* One call of pki_verify: what is asked, what may be spent, what has been found out on the way. */
#ifndef LIBPKI_VERIFY_VERIFICATION_H
#define LIBPKI_VERIFY_VERIFICATION_H

#include "libpki/core/ctx.h"
#include "libpki/verify/findings.h"
#include "libpki/verify/pool.h"
#include "libpki/verify/signers.h"
#include "libpki/x509/name_constraints.h"

typedef struct pki_crl_memo pki_crl_memo; /* revocation.c: what is known of CRLs by now */

typedef struct pki_verification {
	const pki_ctx *ctx; /* which allows what the options allow */
	pki_ctx *own;       /* the reference on it */
	pki_verify_opts o;
	pki_time at;
	pki_call call;
	pki_buf subtrees;             /* initial-permitted-subtrees and initial-excluded-subtrees */
	pki_name_constraints initial; /* views of it */
	pki_nc names;
	pki_pool pool;       /* certificates that may be issuers */
	pki_signers signers; /* keys and signatures */
	pki_crl_memo *crls;
	size_t steps;   /* that are left */
	size_t depth;   /* of paths to CRL issuers within paths */
	bool exhausted; /* a limit kept the search from going on */
	uint8_t reserved[7];
	pki_buf notes; /* what was not checked: texts, a NUL behind each */
} pki_verification;

/* The last second itself is included, a fraction of a second behind it is not. */
static inline bool pki_is_past(const pki_verification *v, pki_time end)
{
	return v->at > end || (v->at == end && v->o.at_nsec > 0);
}

/* Reads and checks the options; to be freed, either way. PKI_E_ARG, PKI_E_UNSUPPORTED. */
pki_status pki_verification_init(pki_verification *v, const pki_ctx *ctx,
    const pki_verify_opts *given, pki_error *err) PKI_MUST_USE;
void pki_verification_free(pki_verification *v);

/* Notes that something was not checked, once. */
pki_status pki_verification_note(
    pki_verification *v, const char *what, pki_bytes detail, pki_error *err) PKI_MUST_USE;

#endif
