/* SPDX-License-Identifier: BSD-3-Clause */
/* PBES1 (RFC 8018 6.1) and the encryption of PKCS#12 (RFC 7292 appendix C): read only. */
#include <pki/oid.h>

#include "libpki/core/error.h"
#include "libpki/crypto/pbe.h"
#include "libpki/der/short_oid.h"

#define PBES1_SALT 8 /* octets: RFC 8018 A.3 */

#define PBES1(arc)  PKI_SHORT_OID(PKI_ARC_PKCS5, (arc))
#define PKCS12(arc) PKI_SHORT_OID(PKI_ARC_RSADSI, 0x01, 0x0c, 0x01, (arc))

static const struct scheme {
	pki_short_oid oid;
	enum pki_pbe_kdf kdf;
	pki_hash hash;
	pki_scheme cipher;
	uint8_t key_len; /* octets; of two-key 3DES what is derived */
} schemes[] = {
	{ PBES1(3), PKI_PBE_PBKDF1, PKI_HASH_MD5, PKI_ALG_DES_CBC, 8 },
	{ PBES1(6), PKI_PBE_PBKDF1, PKI_HASH_MD5, PKI_ALG_RC2_CBC, 8 },
	{ PBES1(10), PKI_PBE_PBKDF1, PKI_HASH_SHA1, PKI_ALG_DES_CBC, 8 },
	{ PBES1(11), PKI_PBE_PBKDF1, PKI_HASH_SHA1, PKI_ALG_RC2_CBC, 8 },
	{ PKCS12(1), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_RC4, 16 },
	{ PKCS12(2), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_RC4, 5 },
	{ PKCS12(3), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_DES3_CBC, 24 },
	{ PKCS12(4), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_DES3_CBC, 16 },
	{ PKCS12(5), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_RC2_CBC, 16 },
	{ PKCS12(6), PKI_PBE_PKCS12, PKI_HASH_SHA1, PKI_ALG_RC2_CBC, 5 },
};

static const struct scheme *scheme_of(pki_bytes oid)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (pki_short_oid_is(&schemes[i].oid, oid))
			return &schemes[i];
	return NULL;
}

/* PBEParameter, pkcs-12PbeParams ::= SEQUENCE { salt OCTET STRING, iterations INTEGER } */
static pki_status read_params(
    const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, int64_t *iterations, pki_error *err)
{
	pki_der r, s;

	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "PBE parameters are absent", "RFC 8018 A.3");
	pki_der_init(&r, ctx, id->params, "PBEParameter");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_pbe_read_salt(&s, &out->salt);
	if (out->kdf == PKI_PBE_PBKDF1 && out->salt.len != PBES1_SALT)
		pki_der_fail(&s, PKI_E_STRUCTURE, "salt is not of 8 octets", "RFC 8018 A.3");
	pki_pbe_read_iterations(&s, iterations);
	pki_der_leave(&s);
	return pki_pbe_nested(pki_der_finish(&r, err), id, err);
}

pki_status pki_pbes1_read(
    const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, int64_t *iterations, pki_error *err)
{
	const struct scheme *s = scheme_of(id->oid);
	pki_pbe p = { 0 };
	pki_status st;

	if (s == NULL)
		return PKI_E_NOTFOUND;
	p.kdf = s->kdf;
	p.hash = s->hash;
	p.key_len = s->key_len;
	p.legacy = pki_oid_name(id->oid);
	pki_alg_init(&p.cipher, sizeof p.cipher);
	p.cipher.scheme = s->cipher;
	st = read_params(ctx, id, &p, iterations, err);
	if (st == PKI_SUCCESS)
		*out = p;
	return st;
}

pki_status pki_pbes1_decode(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err)
{
	pki_pbe p;
	int64_t iterations = 0;
	pki_status st = pki_pbes1_read(ctx, id, &p, &iterations, err);

	if (st == PKI_SUCCESS)
		st = pki_pbe_set_iterations(ctx, iterations, &p, err);
	if (st == PKI_SUCCESS)
		*out = p;
	return st;
}
