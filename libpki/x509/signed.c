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

/* ---- writing ---- */

pki_status pki_signed_write(const pki_ctx *ctx, const pki_signed *s, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, s->tbs);
	pki_derw_raw(&w, s->algorithm);
	pki_derw_bits(&w, s->signature, s->unused);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

static pki_status write_alg(const pki_ctx *ctx, const pki_alg *alg, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_alg_write(alg, &w);
	return pki_derw_finish(&w, out, err);
}

pki_status pki_signed_make(const pki_ctx *ctx, const pki_key *k, const pki_alg *alg, pki_bytes tbs,
    pki_buf *out, pki_error *err)
{
	pki_buf algorithm = PKI_BUF_INIT, signature = PKI_BUF_INIT;
	pki_signed s = { .tbs = tbs };
	pki_status st = write_alg(ctx, alg, &algorithm, err);

	if (st == PKI_SUCCESS)
		st = pki_sign(k, alg, tbs, &signature, err);
	s.algorithm = pki_buf_bytes(&algorithm);
	s.signature = pki_buf_bytes(&signature);
	if (st == PKI_SUCCESS)
		st = pki_signed_write(ctx, &s, out, err);
	pki_buf_free(&algorithm);
	pki_buf_free(&signature);
	return st;
}
