/* SPDX-License-Identifier: BSD-3-Clause */
/* Signature algorithms: identifier, parameters, and the pki_alg that they mean. */
#include "libpki/core/error.h"
#include "libpki/der/short_oid.h"
#include "libpki/types/sigalg.h"

#define SALT_MAX 1024 /* octets: no modulus within the limits leaves room for more */

/* RFC 8017 A.2.3, as RFC 4055 3.1 has it */
#define PSS_SALT_DEFAULT 20
#define PSS_TRAILER      1

#define PKCS1(arc)      PKI_SHORT_OID(PKI_ARC_PKCS1, (arc))
#define ECDSA_SHA2(arc) PKI_SHORT_OID(PKI_ARC_X962, 0x04, 0x03, (arc))
#define NIST_SIG(arc)   PKI_SHORT_OID(PKI_ARC_NIST, 0x03, (arc))
#define THAWTE(arc)     PKI_SHORT_OID(PKI_ARC_THAWTE, (arc))

static const pki_short_oid mgf1 = PKCS1(8);

/* RFC 3279 2.2, RFC 4055, RFC 5758, RFC 8017 A.2.4, RFC 8410 3, RFC 9688 */
/* clang-format off */
static const struct sigalg {
	pki_scheme scheme;
	pki_hash hash;
	pki_key_type curve;
	pki_short_oid oid;
} sigalgs[] = {
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA256, 0, PKCS1(11) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA256, 0, ECDSA_SHA2(2) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA384, 0, ECDSA_SHA2(3) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA512, 0, ECDSA_SHA2(4) },
	{ PKI_ALG_EDDSA, PKI_HASH_NONE, PKI_KEY_ED25519, THAWTE(112) },
	{ PKI_ALG_EDDSA, PKI_HASH_NONE, PKI_KEY_ED448, THAWTE(113) },
	{ PKI_ALG_RSA_PSS, PKI_HASH_NONE, 0, PKCS1(10) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA384, 0, PKCS1(12) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512, 0, PKCS1(13) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA224, 0, PKCS1(14) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512_224, 0, PKCS1(15) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA512_256, 0, PKCS1(16) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA3_224, 0, NIST_SIG(13) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA3_256, 0, NIST_SIG(14) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA3_384, 0, NIST_SIG(15) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA3_512, 0, NIST_SIG(16) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_SHA1, 0, PKCS1(5) },
	{ PKI_ALG_RSA_PKCS1, PKI_HASH_MD5, 0, PKCS1(4) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA224, 0, ECDSA_SHA2(1) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA3_224, 0, NIST_SIG(9) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA3_256, 0, NIST_SIG(10) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA3_384, 0, NIST_SIG(11) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA3_512, 0, NIST_SIG(12) },
	{ PKI_ALG_ECDSA, PKI_HASH_SHA1, 0, PKI_SHORT_OID(PKI_ARC_X962, 0x04, 0x01) },
	{ PKI_ALG_DSA, PKI_HASH_SHA224, 0, NIST_SIG(1) },
	{ PKI_ALG_DSA, PKI_HASH_SHA256, 0, NIST_SIG(2) },
	{ PKI_ALG_DSA, PKI_HASH_SHA1, 0, PKI_SHORT_OID(PKI_ARC_X957, 0x03) },
};
/* clang-format on */
#define SIGALGS (sizeof sigalgs / sizeof *sigalgs)

static const struct sigalg *by_oid(pki_bytes oid)
{
	for (size_t i = 0; i < SIGALGS; i++)
		if (pki_short_oid_is(&sigalgs[i].oid, oid))
			return &sigalgs[i];
	return NULL;
}

static bool means(const struct sigalg *s, const pki_alg *a)
{
	if (s->scheme != a->scheme)
		return false;
	if (s->scheme == PKI_ALG_RSA_PSS)
		return pki_hash_size(a->hash) != 0;
	return s->hash == a->hash && (s->scheme != PKI_ALG_EDDSA || s->curve == a->curve);
}

pki_bytes pki_sigalg_oid(const pki_alg *a)
{
	for (size_t i = 0; i < SIGALGS; i++)
		if (means(&sigalgs[i], a))
			return pki_short_oid_view(&sigalgs[i].oid);
	return pki_bytes_of(NULL, 0);
}

const char *pki_sigalg_name(const pki_alg *a)
{
	return pki_oid_name(pki_sigalg_oid(a));
}

size_t pki_alg_salt_len(const pki_alg *a)
{
	if (a->salt_len == 0)
		return pki_hash_size(a->hash);
	return a->salt_len < 0 ? 0 : (size_t)a->salt_len;
}

pki_hash pki_alg_mgf_hash(const pki_alg *a)
{
	return a->mgf_hash == PKI_HASH_NONE ? a->hash : a->mgf_hash;
}

/* RFC 4055 2.1: parameters NULL or absent. An identifier that is absent is SHA-1. */
static pki_status hash_decode(const pki_algid *id, pki_hash *out, pki_error *err)
{
	if (id->oid.len == 0) {
		*out = PKI_HASH_SHA1;
		return PKI_SUCCESS;
	}
	*out = pki_hash_from_oid(id->oid);
	if (*out == PKI_HASH_NONE)
		return pki_algid_unsupported(id->oid, "unknown hash", "RFC 4055 2.1", err);
	if (id->params.len != 0 && !pki_algid_params_null(id))
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "parameters of a hash are neither NULL nor absent", "RFC 4055 2.1");
	return PKI_SUCCESS;
}

static pki_status mgf_decode(const pki_ctx *ctx, const pki_algid *id, pki_hash *out, pki_error *err)
{
	pki_algid hash = { 0 };
	pki_status st;
	pki_der r;

	if (id->oid.len == 0)
		return hash_decode(&hash, out, err);
	if (!pki_short_oid_is(&mgf1, id->oid))
		return pki_algid_unsupported(
		    id->oid, "mask generation function is not MGF1", "RFC 4055 3.1", err);
	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "parameters of MGF1 are absent", "RFC 4055 2.2");
	pki_der_init(&r, ctx, id->params, "HashAlgorithm");
	pki_algid_read(&r, NULL, &hash);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		st = hash_decode(&hash, out, err);
	if (st != PKI_SUCCESS)
		pki_algid_nest(id, "maskGenAlgorithm.parameters", err);
	return st;
}

static void read_algid_opt(pki_der *s, unsigned tag, const char *field, pki_algid *out)
{
	pki_der t;

	if (!pki_der_enter_opt(s, PKI_TAG_EXPLICIT(tag), field, &t))
		return;
	pki_algid_read(&t, NULL, out);
	pki_der_leave(&t);
}

static void read_int_opt(pki_der *s, unsigned tag, const char *field, int64_t *out)
{
	pki_der t;

	if (!pki_der_enter_opt(s, PKI_TAG_EXPLICIT(tag), field, &t))
		return;
	pki_der_int64(&t, NULL, out);
	pki_der_leave(&t);
}

/* Defaults that are spelled out are read too: RFC 4055 3.1 wants that of a verifier. */
static pki_status pss_decode(const pki_ctx *ctx, pki_bytes params, pki_alg *out, pki_error *err)
{
	pki_algid hash = { 0 }, mgf = { 0 };
	int64_t salt = PSS_SALT_DEFAULT, trailer = PSS_TRAILER;
	pki_status st;
	pki_der r, s;

	pki_der_init(&r, ctx, params, "RSASSA-PSS-params");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	read_algid_opt(&s, 0, "hashAlgorithm", &hash);
	read_algid_opt(&s, 1, "maskGenAlgorithm", &mgf);
	read_int_opt(&s, 2, "saltLength", &salt);
	if (salt < 0)
		pki_der_fail(&s, PKI_E_STRUCTURE, "saltLength is negative", "RFC 4055 3.1");
	if (salt > SALT_MAX)
		pki_der_fail(&s, PKI_E_LIMIT, "saltLength is over 1024", "RFC 4055 3.1");
	read_int_opt(&s, 3, "trailerField", &trailer);
	if (trailer != PSS_TRAILER)
		pki_der_fail(&s, PKI_E_UNSUPPORTED, "trailerField is not 1", "RFC 4055 3.1");
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		st = hash_decode(&hash, &out->hash, err);
	if (st == PKI_SUCCESS)
		st = mgf_decode(ctx, &mgf, &out->mgf_hash, err);
	out->salt_len = salt == 0 ? PKI_SALT_EMPTY : (int32_t)salt;
	return st;
}

pki_status pki_pss_params_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_alg *out, pki_error *err)
{
	pki_alg a = { .size = sizeof a, .scheme = PKI_ALG_RSA_PSS };
	pki_status st;

	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "RSASSA-PSS parameters are absent", "RFC 4055 3.1");
	st = pss_decode(ctx, id->params, &a, err);
	if (st == PKI_SUCCESS)
		*out = a;
	else
		pki_algid_nest(id, "parameters", err);
	return st;
}

/* RFC 3279 2.2.1 wants NULL of RSA, and RFC 4055 5 that absent is read; the rest has none. */
static pki_status params_check(pki_scheme scheme, const pki_algid *id, pki_error *err)
{
	if (id->params.len == 0)
		return PKI_SUCCESS;
	if (scheme == PKI_ALG_RSA_PKCS1 && pki_algid_params_null(id))
		return PKI_SUCCESS;
	switch (scheme) {
	case PKI_ALG_RSA_PKCS1:
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "parameters of an RSA signature are not NULL", "RFC 4055 5");
	case PKI_ALG_EDDSA:
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "parameters of an EdDSA signature are present", "RFC 8410 3");
	default:
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "parameters of an ECDSA or DSA signature are present", "RFC 5758 3");
	}
}

pki_status pki_sigalg_decode(const pki_ctx *ctx, const pki_algid *id, pki_alg *out, pki_error *err)
{
	const struct sigalg *s = by_oid(id->oid);
	pki_status st;

	if (s == NULL)
		return pki_algid_unsupported(
		    id->oid, "unknown signature algorithm", "RFC 5280 4.1.1.2", err);
	if (s->scheme == PKI_ALG_RSA_PSS)
		return pki_pss_params_decode(ctx, id, out, err);
	st = params_check(s->scheme, id, err);
	if (st == PKI_SUCCESS)
		*out = (pki_alg){
			.size = sizeof *out, .scheme = s->scheme, .hash = s->hash, .curve = s->curve
		};
	return st;
}

static void write_hash(pki_derw *w, pki_hash h)
{
	pki_algid_write(w, pki_hash_oid(h), pki_algid_null);
}

static void write_mgf(pki_derw *w, pki_hash h)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_short_oid_view(&mgf1));
	write_hash(w, h);
	pki_derw_end(w);
}

/* RFC 4055 3.1: what has its default is left out. */
static void write_pss_params(pki_derw *w, const pki_alg *a)
{
	size_t salt = pki_alg_salt_len(a);

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (a->hash != PKI_HASH_SHA1) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
		write_hash(w, a->hash);
		pki_derw_end(w);
	}
	if (pki_alg_mgf_hash(a) != PKI_HASH_SHA1) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(1));
		write_mgf(w, pki_alg_mgf_hash(a));
		pki_derw_end(w);
	}
	if (salt != PSS_SALT_DEFAULT) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(2));
		pki_derw_int64(w, (int64_t)salt);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

void pki_sigalg_write(pki_derw *w, const pki_alg *a)
{
	pki_bytes oid = pki_sigalg_oid(a);

	if (oid.len == 0) {
		pki_derw_fail(w, PKI_E_ARG, "no identifier means this algorithm", NULL);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	if (a->scheme == PKI_ALG_RSA_PSS)
		write_pss_params(w, a);
	if (a->scheme == PKI_ALG_RSA_PKCS1)
		pki_derw_null(w);
	pki_derw_end(w);
}
