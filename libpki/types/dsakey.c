/* SPDX-License-Identifier: BSD-3-Clause */
/* Dss-Parms and DSAPublicKey: RFC 3279 2.3.2. */
#include <string.h>

#include "libpki/core/error.h"
#include "libpki/der/short_oid.h"
#include "libpki/types/dsakey.h"
#include "libpki/types/rsakey.h"

static const pki_short_oid id_dsa = PKI_SHORT_OID(PKI_ARC_X957, 0x01);

bool pki_dsa_params_absent(const pki_algid *id)
{
	return id->params.len == 0;
}

pki_status pki_dsa_params_parse(
    const pki_ctx *ctx, const pki_algid *id, pki_dsa_public *out, pki_error *err)
{
	pki_status st;
	pki_der r, s;

	out->p = out->q = out->g = pki_bytes_of(NULL, 0);
	pki_der_init(&r, ctx, id->params, "Dss-Parms");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_uint(&s, "p", &out->p);
	pki_der_uint(&s, "q", &out->q);
	pki_der_uint(&s, "g", &out->g);
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		pki_algid_nest(id, "parameters", err);
	return st;
}

pki_status pki_dsa_public_parse(
    const pki_ctx *ctx, pki_bytes key, pki_dsa_public *out, pki_error *err)
{
	pki_der r;

	out->y = pki_bytes_of(NULL, 0);
	pki_der_init(&r, ctx, key, "DSAPublicKey");
	pki_der_uint(&r, NULL, &out->y);
	return pki_der_finish(&r, err);
}

static bool is_odd(pki_bytes magnitude)
{
	return magnitude.len != 0 && (magnitude.data[magnitude.len - 1] & 1) != 0;
}

/* Of magnitudes without leading zeros. */
static bool is_less(pki_bytes a, pki_bytes b)
{
	return a.len != b.len ? a.len < b.len : memcmp(a.data, b.data, a.len) < 0;
}

static bool is_inside(pki_bytes x, pki_bytes p)
{
	return pki_uint_bits(x) > 0 && !(x.len == 1 && x.data[0] == 1) && is_less(x, p);
}

static pki_status check_sizes(const pki_dsa_public *k, pki_error *err)
{
	size_t p = pki_uint_bits(k->p), q = pki_uint_bits(k->q);

	if (p > PKI_DSA_P_BITS_MAX)
		return pki_error_set(
		    err, PKI_E_LIMIT, "DSA p is longer than 3072 bits", "FIPS 186-4 4.2");
	if (q > PKI_DSA_Q_BITS_MAX)
		return pki_error_set(
		    err, PKI_E_LIMIT, "DSA q is longer than 256 bits", "FIPS 186-4 4.2");
	if (p < PKI_DSA_P_BITS_MIN)
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA p is shorter than 1024 bits", "FIPS 186-4 4.2");
	if (q != 160 && q != 224 && q != 256)
		return pki_error_set(err, PKI_E_POLICY,
		    "DSA q has neither 160 nor 224 nor 256 bits", "FIPS 186-4 4.2");
	return PKI_SUCCESS;
}

pki_status pki_dsa_public_check(const pki_dsa_public *k, pki_error *err)
{
	pki_status st = check_sizes(k, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!is_odd(k->p) || !is_odd(k->q))
		return pki_error_set(err, PKI_E_POLICY, "DSA p or q is even", "FIPS 186-4 4.1");
	if (!is_inside(k->g, k->p))
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA g is not between 1 and p", "FIPS 186-4 4.1");
	if (!is_inside(k->y, k->p))
		return pki_error_set(
		    err, PKI_E_POLICY, "DSA y is not between 1 and p", "FIPS 186-4 4.1");
	return PKI_SUCCESS;
}

void pki_spki_write_dsa(pki_derw *w, pki_bytes params, pki_bytes key)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_algid_write(w, pki_short_oid_view(&id_dsa), params);
	pki_derw_bits(w, key, 0);
	pki_derw_end(w);
}
