/* SPDX-License-Identifier: BSD-3-Clause */
/* Private keys from one form into another: RSAPrivateKey and ECPrivateKey, into PKCS#8 and back. */
#include "libpki/core/error.h"
#include "libpki/types/eckey.h"
#include "libpki/types/keyform.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

#define V1 0 /* RFC 5958 2 */

static pki_status rsa_type(const pki_ctx *ctx, pki_bytes der, pki_key_type *out, pki_error *err)
{
	pki_rsa_private ignored;
	pki_der r;

	*out = PKI_KEY_RSA;
	pki_der_init(&r, ctx, der, "RSAPrivateKey");
	pki_rsa_private_read(&r, NULL, &ignored);
	return pki_der_finish(&r, err);
}

/* RFC 5915 3: parameters are OPTIONAL, and a MUST where no PrivateKeyInfo names the curve. */
static pki_status ec_type(const pki_ctx *ctx, pki_bytes der, pki_key_type *out, pki_error *err)
{
	pki_ec_private k;
	pki_status st = pki_ec_private_parse(ctx, der, &k, err);

	if (st == PKI_SUCCESS && k.type == PKI_KEY_UNKNOWN)
		st = pki_error_set(err, PKI_E_STRUCTURE,
		    "ECPrivateKey without parameters: which curve it is on is not told",
		    "RFC 5915 3");
	*out = k.type;
	return st;
}

pki_status pki_keyform_wrap(
    const pki_ctx *ctx, pki_key_format from, pki_bytes der, pki_buf *pkcs8, pki_error *err)
{
	pki_key_type type;
	pki_status st = from == PKI_FORMAT_PKCS1 ? rsa_type(ctx, der, &type, err)
						 : ec_type(ctx, der, &type, err);
	pki_derw w;

	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, ctx);
	pki_derw_secret(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, V1);
	pki_key_algid_write(&w, type);
	pki_derw_put(&w, PKI_TAG_OCTETS, der);
	pki_derw_end(&w);
	return pki_derw_finish(&w, pkcs8, err);
}

/* With parameters, which the PrivateKeyInfo has outside. */
static pki_status to_sec1(
    const pki_ctx *ctx, pki_key_type type, pki_bytes private_key, pki_buf *der, pki_error *err)
{
	pki_ec_private k;
	pki_status st = pki_ec_private_parse(ctx, private_key, &k, err);
	pki_derw w;

	if (st != PKI_SUCCESS)
		return st;
	k.type = type;
	pki_derw_init(&w, ctx);
	pki_derw_secret(&w);
	pki_ec_private_write(&w, &k);
	return pki_derw_finish(&w, der, err);
}

pki_status pki_keyform_unwrap(
    const pki_ctx *ctx, pki_key_format to, pki_bytes pkcs8, pki_buf *der, pki_error *err)
{
	pki_key_type type;
	pki_pkcs8 p;
	pki_status st = pki_pkcs8_parse(ctx, pkcs8, &p, err);

	if (st == PKI_SUCCESS)
		st = pki_key_type_from_algid(&p.algorithm, &type, err);
	if (st != PKI_SUCCESS)
		return st;
	if (to == PKI_FORMAT_PKCS1 && type == PKI_KEY_RSA)
		return pki_buf_append(der, p.private_key, err);
	if (to == PKI_FORMAT_SEC1 && pki_key_type_is_ec(type))
		return to_sec1(ctx, type, p.private_key, der, err);
	return pki_error_set(err, PKI_E_ARG, "a key of this type has no such form",
	    to == PKI_FORMAT_PKCS1 ? "RFC 8017 A.1" : "RFC 5915 3");
}
