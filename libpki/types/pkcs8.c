/* SPDX-License-Identifier: BSD-3-Clause */
/* PrivateKeyInfo / OneAsymmetricKey, and EncryptedPrivateKeyInfo: RFC 5958. */
#include "libpki/core/error.h"
#include "libpki/types/attribute.h"
#include "libpki/types/eckey.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

enum version { V1 = 0, V2 = 1 };

static void read_version(pki_der *s, int64_t *out)
{
	pki_der_int64(s, "version", out);
	if (*out != V1 && *out != V2)
		pki_der_fail(s, PKI_E_UNSUPPORTED, "version is neither v1 nor v2", "RFC 5958 2");
}

/* [0] IMPLICIT SET OF Attribute: read for their syntax, and otherwise left alone. */
static void read_attributes(pki_der *s, pki_bytes der, pki_bytes *out)
{
	pki_attribute each;
	pki_der set;
	size_t start, end;

	if (!pki_der_enter_set_of(s, PKI_TAG_EXPLICIT(0), "attributes", &set))
		return;
	start = pki_der_offset(&set);
	while (pki_der_more(&set))
		pki_attribute_read(&set, NULL, &each);
	end = pki_der_offset(&set);
	if (pki_der_leave(&set))
		*out = pki_bytes_of(der.data + start, end - start);
}

/* [1] IMPLICIT BIT STRING of whole octets. */
static void read_public_key(pki_der *s, int64_t version, pki_bytes *out)
{
	pki_bytes bits = { 0 };

	if (!pki_der_next(s, PKI_TAG_IMPLICIT(1), "publicKey", &bits))
		return;
	if (version != V2)
		pki_der_fail(s, PKI_E_STRUCTURE, "publicKey in a v1 key", "RFC 5958 2");
	else if (bits.len < 2 || bits.data[0] != 0)
		pki_der_fail(
		    s, PKI_E_STRUCTURE, "publicKey does not hold whole octets", "RFC 5958 2");
	else
		*out = pki_bytes_of(bits.data + 1, bits.len - 1);
}

pki_status pki_pkcs8_parse(const pki_ctx *ctx, pki_bytes der, pki_pkcs8 *out, pki_error *err)
{
	pki_pkcs8 p8 = { 0 };
	int64_t version = V1;
	pki_status st;
	pki_der r, s;

	pki_der_init(&r, ctx, der, "OneAsymmetricKey");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	read_version(&s, &version);
	pki_algid_read(&s, "privateKeyAlgorithm", &p8.algorithm);
	pki_der_next(&s, PKI_TAG_OCTETS, "privateKey", &p8.private_key);
	if (pki_der_peek(&s, PKI_TAG_EXPLICIT(0)))
		read_attributes(&s, der, &p8.attributes);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(1)))
		read_public_key(&s, version, &p8.public_key);
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	p8.private_key_offset = (size_t)(p8.private_key.data - der.data);
	*out = p8;
	return PKI_SUCCESS;
}

static void begin(pki_derw *w, pki_key_type t)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, V1);
	pki_key_algid_write(w, t);
	pki_derw_begin(w, PKI_TAG_OCTETS);
}

static void end(pki_derw *w)
{
	pki_derw_end(w);
	pki_derw_end(w);
}

void pki_pkcs8_write_rsa(pki_derw *w, pki_key_type t, const pki_rsa_private *k)
{
	begin(w, t);
	pki_rsa_private_write(w, k);
	end(w);
}

void pki_pkcs8_write_ec(pki_derw *w, pki_key_type t, pki_bytes scalar, pki_bytes point)
{
	begin(w, t);
	pki_ec_private_write(w, &(pki_ec_private){ .scalar = scalar, .point = point });
	end(w);
}

void pki_pkcs8_write_okp(pki_derw *w, pki_key_type t, pki_bytes seed)
{
	begin(w, t);
	pki_derw_put(w, PKI_TAG_OCTETS, seed);
	end(w);
}

pki_status pki_okp_private_parse(
    const pki_ctx *ctx, pki_key_type t, pki_bytes private_key, pki_bytes *seed, pki_error *err)
{
	pki_bytes octets = { 0 };
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, private_key, "CurvePrivateKey");
	pki_der_next(&r, PKI_TAG_OCTETS, NULL, &octets);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	if (octets.len != pki_key_type_octets(t))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "private key of another length", "RFC 8410 7");
	*seed = octets;
	return PKI_SUCCESS;
}

pki_status pki_encrypted_pkcs8_parse(
    const pki_ctx *ctx, pki_bytes der, pki_encrypted_pkcs8 *out, pki_error *err)
{
	pki_encrypted_pkcs8 e = { 0 };
	pki_status st;
	pki_der r, s;

	pki_der_init(&r, ctx, der, "EncryptedPrivateKeyInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_algid_read(&s, "encryptionAlgorithm", &e.algorithm);
	pki_der_next(&s, PKI_TAG_OCTETS, "encryptedData", &e.data);
	pki_der_leave(&s);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		*out = e;
	return st;
}
