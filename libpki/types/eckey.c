/* SPDX-License-Identifier: BSD-3-Clause */
/* ECPrivateKey: RFC 5915. */
#include "libpki/types/eckey.h"
#include "libpki/types/spki.h"

#define EC_PRIV_KEY_VER_1 1

static void read_version(pki_der *s)
{
	int64_t version = EC_PRIV_KEY_VER_1;

	pki_der_int64(s, "version", &version);
	if (version != EC_PRIV_KEY_VER_1)
		pki_der_fail(
		    s, PKI_E_UNSUPPORTED, "version of ECPrivateKey is not 1", "RFC 5915 3");
}

static void read_curve(pki_der *s, pki_key_type *out)
{
	pki_bytes oid = { 0 };

	if (!pki_der_peek(s, PKI_TAG_OID)) {
		pki_der_fail(s, PKI_E_UNSUPPORTED, "explicit curve parameters", "RFC 5480 2.1.1");
		return;
	}
	if (!pki_der_oid(s, "namedCurve", &oid))
		return;
	*out = pki_curve_from_oid(oid);
	if (*out == PKI_KEY_UNKNOWN)
		pki_der_fail(s, PKI_E_UNSUPPORTED, "unknown curve", "RFC 5480 2.1.1.1");
}

static void read_point(pki_der *s, pki_bytes *out)
{
	unsigned unused = 0;

	pki_der_bits(s, NULL, out, &unused);
	if (unused != 0)
		pki_der_fail(
		    s, PKI_E_STRUCTURE, "BIT STRING does not hold whole octets", "RFC 5915 3");
}

bool pki_ec_private_read(pki_der *r, const char *field, pki_ec_private *out)
{
	pki_ec_private k = { .type = PKI_KEY_UNKNOWN };
	pki_der s, t;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	read_version(&s);
	pki_der_next(&s, PKI_TAG_OCTETS, "privateKey", &k.scalar);
	if (pki_der_enter_opt(&s, PKI_TAG_EXPLICIT(0), "parameters", &t)) {
		read_curve(&t, &k.type);
		pki_der_leave(&t);
	}
	if (pki_der_enter_opt(&s, PKI_TAG_EXPLICIT(1), "publicKey", &t)) {
		read_point(&t, &k.point);
		pki_der_leave(&t);
	}
	*out = (pki_ec_private){ 0 };
	if (!pki_der_leave(&s))
		return false;
	*out = k;
	return true;
}

pki_status pki_ec_private_parse(
    const pki_ctx *ctx, pki_bytes der, pki_ec_private *out, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, ctx, der, "ECPrivateKey");
	pki_ec_private_read(&r, NULL, out);
	return pki_der_finish(&r, err);
}

static void write_curve(pki_derw *w, pki_key_type t)
{
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_oid(w, pki_curve_oid(t));
	pki_derw_end(w);
}

void pki_ec_private_write(pki_derw *w, const pki_ec_private *k)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, EC_PRIV_KEY_VER_1);
	pki_derw_put(w, PKI_TAG_OCTETS, k->scalar);
	if (k->type != PKI_KEY_UNKNOWN)
		write_curve(w, k->type);
	if (k->point.len != 0) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(1));
		pki_derw_bits(w, k->point, 0);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

bool pki_ec_point_is(pki_bytes point, pki_bytes told)
{
	size_t n = point.len / 2;

	if (told.len != 1 + n)
		return pki_bytes_equal(point, told);
	return told.data[0] == 2 + (point.data[point.len - 1] & 1) &&
	    pki_bytes_equal(pki_bytes_of(told.data + 1, n), pki_bytes_of(point.data + 1, n));
}
