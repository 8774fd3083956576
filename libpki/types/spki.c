/* SPDX-License-Identifier: BSD-3-Clause */
/* SubjectPublicKeyInfo: RFC 5280 4.1.2.7, keys by RFC 3279, 4055, 5480 and 8410. */
#include "libpki/core/error.h"
#include "libpki/der/short_oid.h"
#include "libpki/der/fast.h"
#include "libpki/types/dsakey.h"
#include "libpki/types/rsakey.h"
#include "libpki/types/sigalg.h"
#include "libpki/types/spki.h"

/* SEC 1 2.3.3: first octet of a point */
#define COMPRESSED_EVEN 0x02
#define COMPRESSED_ODD  0x03
#define UNCOMPRESSED    0x04

enum family { OTHER, RSA, RSA_PSS, DSA, EC, OKP };

#define PKCS1(arc)  PKI_SHORT_OID(PKI_ARC_PKCS1, (arc))
#define EC_KEY      PKI_SHORT_OID(PKI_ARC_X962, 0x02, 0x01)
#define THAWTE(arc) PKI_SHORT_OID(PKI_ARC_THAWTE, (arc))
#define SECG(arc)   PKI_SHORT_OID(PKI_ARC_SECG, (arc))

/* clang-format off */
static const struct key_type {
	const char *name, *curve;
	uint8_t family;
	uint8_t octets; /* of a field element; of a public key of RFC 8410 */
	uint16_t bits;
	pki_short_oid algorithm, curve_oid;
} types[] = {
	[PKI_KEY_UNKNOWN] = { NULL, NULL, OTHER, 0, 0, PKI_NO_OID, PKI_NO_OID },
	[PKI_KEY_RSA] = { "rsa", NULL, RSA, 0, 0, PKCS1(1), PKI_NO_OID },
	[PKI_KEY_RSA_PSS] = { "rsa-pss", NULL, RSA_PSS, 0, 0, PKCS1(10), PKI_NO_OID },
	[PKI_KEY_DSA] = { "dsa", NULL, DSA, 0, 0,
	    PKI_SHORT_OID(PKI_ARC_X957, 0x01), PKI_NO_OID },
	[PKI_KEY_P256] = { "ec", "P-256", EC, 32, 256, EC_KEY,
	    PKI_SHORT_OID(PKI_ARC_X962, 0x03, 0x01, 0x07) },
	[PKI_KEY_P384] = { "ec", "P-384", EC, 48, 384, EC_KEY, SECG(34) },
	[PKI_KEY_P521] = { "ec", "P-521", EC, 66, 521, EC_KEY, SECG(35) },
	[PKI_KEY_ED25519] = { "ed25519", NULL, OKP, 32, 255, THAWTE(112), PKI_NO_OID },
	[PKI_KEY_ED448] = { "ed448", NULL, OKP, 57, 448, THAWTE(113), PKI_NO_OID },
	[PKI_KEY_X25519] = { "x25519", NULL, OKP, 32, 255, THAWTE(110), PKI_NO_OID },
	[PKI_KEY_X448] = { "x448", NULL, OKP, 56, 448, THAWTE(111), PKI_NO_OID },
};
/* clang-format on */
#define TYPES ((pki_key_type)(sizeof types / sizeof *types))

static const struct key_type *of(pki_key_type t)
{
	return &types[t > PKI_KEY_UNKNOWN && t < TYPES ? t : PKI_KEY_UNKNOWN];
}

const char *pki_key_type_name(pki_key_type t)
{
	return of(t)->name;
}

const char *pki_key_type_curve(pki_key_type t)
{
	return of(t)->curve;
}

size_t pki_key_type_octets(pki_key_type t)
{
	return of(t)->octets;
}

uint32_t pki_key_type_bits(pki_key_type t)
{
	return of(t)->bits;
}

bool pki_key_type_is_ec(pki_key_type t)
{
	return of(t)->family == EC;
}

bool pki_key_type_is_okp(pki_key_type t)
{
	return of(t)->family == OKP;
}

bool pki_key_type_is_rsa(pki_key_type t)
{
	return of(t)->family == RSA || of(t)->family == RSA_PSS;
}

pki_key_type pki_curve_from_oid(pki_bytes oid)
{
	for (pki_key_type t = PKI_KEY_P256; t <= PKI_KEY_P521; t++)
		if (pki_short_oid_is(&types[t].curve_oid, oid))
			return t;
	return PKI_KEY_UNKNOWN;
}

pki_bytes pki_curve_oid(pki_key_type t)
{
	return pki_short_oid_view(&of(t)->curve_oid);
}

/* ECParameters: RFC 5480 2.1.1 has namedCurve only, and that keeps CVE-2020-0601 out. */
static pki_status named_curve(const pki_algid *id, pki_key_type *out, pki_error *err)
{
	pki_bytes oid = { 0 };
	pki_status st;
	pki_der r;

	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "curve parameters are absent", "RFC 5480 2.1.1");
	pki_der_init(&r, NULL, id->params, "ECParameters");
	if (pki_der_peek(&r, PKI_TAG_SEQUENCE))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "explicit curve parameters", "RFC 5480 2.1.1");
	if (pki_der_peek(&r, PKI_TAG_NULL))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "implicit curve parameters", "RFC 5480 2.1.1");
	pki_der_oid(&r, "namedCurve", &oid);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	*out = pki_curve_from_oid(oid);
	if (*out == PKI_KEY_UNKNOWN)
		return pki_algid_unsupported(oid, "unknown curve", "RFC 5480 2.1.1.1", err);
	return PKI_SUCCESS;
}

static pki_status params_null(const pki_algid *id, pki_error *err)
{
	if (pki_algid_params_null(id))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "parameters of an RSA key are not NULL", "RFC 3279 2.3.1");
}

static pki_status params_absent(const pki_algid *id, pki_error *err)
{
	if (id->params.len == 0)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "parameters of this key type are present", "RFC 8410 3");
}

static pki_status params_pss(const pki_algid *id, pki_error *err)
{
	pki_alg ignored;

	return id->params.len == 0 ? PKI_SUCCESS : pki_pss_params_decode(NULL, id, &ignored, err);
}

/* RFC 3279 2.3.2: parameters that are absent are the issuer's, and of a size that is not known. */
static pki_status dsa_bits(const pki_algid *id, uint32_t *bits, pki_error *err)
{
	pki_dsa_public k = { .p = { 0 } };
	pki_status st = pki_dsa_params_absent(id) ? PKI_SUCCESS
						  : pki_dsa_params_parse(NULL, id, &k, err);

	*bits = (uint32_t)pki_uint_bits(k.p);
	return st;
}

static pki_key_type by_algorithm(pki_bytes oid)
{
	for (pki_key_type t = PKI_KEY_UNKNOWN + 1; t < TYPES; t++)
		if (pki_short_oid_is(&types[t].algorithm, oid))
			return t;
	return PKI_KEY_UNKNOWN;
}

pki_status pki_key_type_from_algid(const pki_algid *id, pki_key_type *out, pki_error *err)
{
	pki_key_type t = by_algorithm(id->oid);
	uint32_t bits;
	pki_status st;

	switch (of(t)->family) {
	case RSA:
		st = params_null(id, err);
		break;
	case RSA_PSS:
		st = params_pss(id, err);
		break;
	case DSA:
		st = dsa_bits(id, &bits, err);
		break;
	case EC:
		st = named_curve(id, &t, err);
		break;
	case OKP:
		st = params_absent(id, err);
		break;
	default:
		st = pki_algid_unsupported(
		    id->oid, "unknown key algorithm", "RFC 5280 4.1.2.7", err);
	}
	*out = st == PKI_SUCCESS ? t : PKI_KEY_UNKNOWN;
	return st;
}

static pki_status rsa_bits(const pki_ctx *ctx, pki_bytes key, uint32_t *bits, pki_error *err)
{
	pki_rsa_public k;
	pki_status st = pki_rsa_public_parse(ctx, key, &k, err);

	*bits = (uint32_t)pki_uint_bits(k.n);
	return st;
}

static pki_status ec_point(pki_key_type t, pki_bytes key, pki_error *err)
{
	size_t n = pki_key_type_octets(t);

	if (key.len == 1 + 2 * n && key.data[0] == UNCOMPRESSED)
		return PKI_SUCCESS;
	if (key.len == 1 + n && (key.data[0] == COMPRESSED_EVEN || key.data[0] == COMPRESSED_ODD))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "no point of this curve, compressed or not", "RFC 5480 2.2");
}

static pki_status okp_octets(pki_key_type t, pki_bytes key, pki_error *err)
{
	if (key.len == pki_key_type_octets(t))
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_STRUCTURE, "public key of another length", "RFC 8410 4");
}

static pki_status key_check(const pki_ctx *ctx, const pki_algid *id, pki_key_type t, pki_bytes key,
    uint32_t *bits, pki_error *err)
{
	pki_dsa_public dsa;
	pki_status st;

	switch (of(t)->family) {
	case RSA:
	case RSA_PSS:
		return rsa_bits(ctx, key, bits, err);
	case DSA:
		st = dsa_bits(id, bits, err);
		return st == PKI_SUCCESS ? pki_dsa_public_parse(ctx, key, &dsa, err) : st;
	case EC:
		*bits = of(t)->bits;
		return ec_point(t, key, err);
	default:
		*bits = of(t)->bits;
		return okp_octets(t, key, err);
	}
}

pki_status pki_spki_identify(const pki_ctx *ctx, const pki_algid *id, pki_bytes key,
    pki_key_type *type, uint32_t *bits, pki_error *err)
{
	pki_key_type t;
	uint32_t n = 0;
	pki_status st = pki_key_type_from_algid(id, &t, err);

	if (st != PKI_SUCCESS)
		return st;
	st = key_check(ctx, id, t, key, &n, err);
	if (st != PKI_SUCCESS) {
		pki_error_nest(
		    err, "subjectPublicKey", id->offset + (size_t)(key.data - id->whole.data));
		return st;
	}
	*type = t;
	*bits = n;
	return PKI_SUCCESS;
}

bool pki_spki_split(
    pki_der *r, const char *field, pki_algid *algorithm, pki_bytes *key, pki_bytes *whole)
{
	size_t start = pki_der_offset(r);
	unsigned unused = 0;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_algid_read(&s, "algorithm", algorithm);
	pki_der_bits(&s, "subjectPublicKey", key, &unused);
	if (unused != 0)
		pki_der_fail(&s, PKI_E_STRUCTURE, "BIT STRING does not hold whole octets",
		    "RFC 5280 4.1.2.7");
	if (!pki_der_leave(&s)) {
		*algorithm = (pki_algid){ 0 };
		*key = *whole = (pki_bytes){ 0 };
		return false;
	}
	whole->data = algorithm->whole.data - (algorithm->offset - start);
	whole->len = pki_der_offset(r) - start;
	return true;
}

bool pki_spki_read(pki_der *r, const char *field, pki_spki *out, pki_bytes *whole)
{
	pki_spki spki = { 0 };
	pki_algid id;

	*out = spki;
	if (!pki_spki_split(r, field, &id, &spki.key, whole))
		return false;
	spki.algorithm = id.oid;
	spki.parameters = id.params;
	/* A key that libpki does not know is no error: type and bits stay 0. */
	if (pki_spki_identify(NULL, &id, spki.key, &spki.type, &spki.bits, NULL) != PKI_SUCCESS)
		spki.type = PKI_KEY_UNKNOWN;
	*out = spki;
	return true;
}

void pki_key_algid_write(pki_derw *w, pki_key_type t)
{
	const struct key_type *k = of(t);

	if (k->family == OTHER || k->family == DSA) {
		pki_derw_fail(w, PKI_E_ARG, "no identifier means this key type", NULL);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_short_oid_view(&k->algorithm));
	if (k->family == RSA)
		pki_derw_null(w);
	if (k->family == EC)
		pki_derw_oid(w, pki_short_oid_view(&k->curve_oid));
	pki_derw_end(w);
}

void pki_spki_write_rsa(pki_derw *w, pki_key_type t, pki_bytes n, pki_bytes e)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_key_algid_write(w, t);
	pki_derw_begin_bits(w);
	pki_rsa_public_write(w, &(pki_rsa_public){ .n = n, .e = e });
	pki_derw_end(w);
	pki_derw_end(w);
}

void pki_spki_write_point(pki_derw *w, pki_key_type t, pki_bytes point)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_key_algid_write(w, t);
	pki_derw_bits(w, point, 0);
	pki_derw_end(w);
}
