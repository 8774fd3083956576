/* SPDX-License-Identifier: BSD-3-Clause */
/* What one verification has found out about revocation: nothing is asked twice. */
#ifndef LIBPKI_VERIFY_CRL_MEMO_H
#define LIBPKI_VERIFY_CRL_MEMO_H

#include "libpki/verify/path.h"

/* A certificate that signs CRLs, below this anchor: is it valid, and not revoked? */
typedef struct pki_crl_proof {
	const pki_cert *signer;
	const pki_anchor *anchor;
	const char *reason; /* static text */
	pki_status status;
	bool busy; /* being found out, further up on the stack */
	uint8_t reserved[3];
} pki_crl_proof;

/* What check_revocation said of a certificate of this issuer: PKI_SUCCESS or PKI_E_NOTFOUND. */
typedef struct pki_told {
	const pki_cert *cert, *issuer;
	pki_bytes issuer_spki;
	pki_revoked found;
	pki_status status;
	uint32_t reserved;
} pki_told;

struct pki_crl_memo {
	pki_crl_proof *proofs;
	size_t proof_count, proof_room;
	pki_told *told;
	size_t told_count, told_room;
	size_t cuts; /* how often an answer was not to be had where a proof is busy */
};

/* There is one then. */
pki_status pki_crl_memo_start(pki_verification *v, pki_error *err) PKI_MUST_USE;

#endif
