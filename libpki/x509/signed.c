/* SPDX-License-Identifier: BSD-3-Clause */
/* What certificates, requests and CRLs have in common: something signed, how, and the signature. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/types/algid.h"
#include "libpki/x509/signed.h"

void pki_signed_read_end(pki_der *r, const char *signature, const char *clause, pki_signed *out)
{
	pki_algid algorithm;

	pki_algid_read(r, "signatureAlgorithm", &algorithm);
	out->algorithm = algorithm.whole;
	pki_der_bits(r, signature, &out->signature, &out->unused);
	if (out->unused != 0)
		pki_der_fail(r, PKI_E_STRUCTURE, "is not whole octets", clause);
}

/* No AlgorithmIdentifier, or another one. */
static void fail_other(pki_der *r, const char *clause)
{
	pki_algid algorithm;

	if (pki_algid_read(r, "signatureAlgorithm", &algorithm))
		pki_der_fail(
		    r, PKI_E_STRUCTURE, "differs from the algorithm in what is signed", clause);
}

void pki_signed_read_twice(
    pki_der *r, const char *signature, const char *clause, pki_bytes inner, pki_signed *out)
{
	pki_ahead a = pki_der_ahead(r, 1);

	if (inner.len > 0 && a.left >= inner.len && memcmp(a.at, inner.data, inner.len) == 0)
		pki_der_pass(r, "signatureAlgorithm", inner.len);
	else
		fail_other(r, clause);
	out->algorithm = (pki_bytes){ a.at, inner.len };
	pki_der_bits(r, signature, &out->signature, &out->unused);
}

pki_status pki_signed_check(const pki_ctx *ctx, const pki_signed *s, const pki_pubkey *key,
    const char *clause, pki_error *err)
{
	pki_alg alg;
	pki_status st;

	if (s->unused != 0)
		return pki_error_set(
		    err, PKI_E_SIGNATURE, "the signature is not whole octets", clause);
	pki_alg_init(&alg, sizeof alg);
	st = pki_alg_parse(ctx, s->algorithm, &alg, err);
	if (st != PKI_SUCCESS)
		return st;
	st = pki_check(key, &alg, s->tbs, s->signature, err);
	if (st != PKI_E_ARG)
		return st;
	return pki_error_set(err, PKI_E_SIGNATURE, "the algorithm is none of this key's", clause);
}
