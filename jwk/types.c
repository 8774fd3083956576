/* SPDX-License-Identifier: BSD-3-Clause */
/* RFC 7518 6 and RFC 8037 2, as tables. */
#include <string.h>

#include "jwk/types.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* clang-format off */
#define WORDS(name)                                                                            \
 { name, "\"" name "\" is absent", "\"" name "\" is not a string",                             \
   "\"" name "\" is not base64url", "\"" name "\" is empty", "\"" name "\" has leading zeros", \
   "\"" name "\" is not as long as its curve demands" }

const pki_jwk_words pki_jwk_words_of[PKI_JWK_MEMBERS] = {
	[PKI_JWK_KTY] = WORDS("kty"),
	[PKI_JWK_CRV] = WORDS("crv"),
	[PKI_JWK_N] = WORDS("n"),
	[PKI_JWK_E] = WORDS("e"),
	[PKI_JWK_X] = WORDS("x"),
	[PKI_JWK_Y] = WORDS("y"),
	[PKI_JWK_D] = WORDS("d"),
	[PKI_JWK_P] = WORDS("p"),
	[PKI_JWK_Q] = WORDS("q"),
	[PKI_JWK_DP] = WORDS("dp"),
	[PKI_JWK_DQ] = WORDS("dq"),
	[PKI_JWK_QI] = WORDS("qi"),
};

static const pki_jwk_need rsa[] = {
	{ PKI_JWK_N, "RFC 7518 6.3.1.1" },
	{ PKI_JWK_E, "RFC 7518 6.3.1.2" },
	{ PKI_JWK_D, "RFC 7518 6.3.2.1" },
	{ PKI_JWK_P, "RFC 7518 6.3.2.2" },
	{ PKI_JWK_Q, "RFC 7518 6.3.2.3" },
	{ PKI_JWK_DP, "RFC 7518 6.3.2.4" },
	{ PKI_JWK_DQ, "RFC 7518 6.3.2.5" },
	{ PKI_JWK_QI, "RFC 7518 6.3.2.6" },
};

static const pki_jwk_need ec[] = {
	{ PKI_JWK_X, "RFC 7518 6.2.1.2" },
	{ PKI_JWK_Y, "RFC 7518 6.2.1.3" },
	{ PKI_JWK_D, "RFC 7518 6.2.2.1" },
};

static const pki_jwk_need okp[] = {
	{ PKI_JWK_X, "RFC 8037 2" },
	{ PKI_JWK_D, "RFC 8037 2" },
};

/* 1.2.840.113549.1.1.1, 1.2.840.10045.2.1; 1.3.101.*, which has no curve */
#define RSA_OID    { 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 } }
#define EC_OID     { 7, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 } }
#define OKP_OID(n) { 3, { 0x2b, 0x65, (n) } }
#define NO_OID     { 0, { 0 } }

#define RSA(type) { type, PKI_JWK_RSA, "RSA", NULL, 0, rsa, 2, COUNT(rsa), RSA_OID, NO_OID }
#define EC(type, crv, octets, ...) \
 { type, PKI_JWK_EC, "EC", crv, octets, ec, 2, COUNT(ec), EC_OID, __VA_ARGS__ }
#define OKP(type, crv, octets, arc) \
 { type, PKI_JWK_OKP, "OKP", crv, octets, okp, 1, COUNT(okp), OKP_OID(arc), NO_OID }

static const pki_jwk_type types[] = {
	RSA(PKI_KEY_RSA),
	/* 1.2.840.10045.3.1.7, 1.3.132.0.34, 1.3.132.0.35 */
	EC(PKI_KEY_P256, "P-256", 32, { 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 } }),
	EC(PKI_KEY_P384, "P-384", 48, { 5, { 0x2b, 0x81, 0x04, 0x00, 0x22 } }),
	EC(PKI_KEY_P521, "P-521", 66, { 5, { 0x2b, 0x81, 0x04, 0x00, 0x23 } }),
	OKP(PKI_KEY_ED25519, "Ed25519", 32, 112),
	OKP(PKI_KEY_ED448, "Ed448", 57, 113),
	OKP(PKI_KEY_X25519, "X25519", 32, 110),
	OKP(PKI_KEY_X448, "X448", 56, 111),
};
/* clang-format on */

const pki_jwk_type *pki_jwk_type_of(pki_key_type t)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (types[i].type == t)
			return &types[i];
	return NULL;
}

/* crv NULL: any will do. */
static bool is_on(const pki_jwk_type *t, const char *crv)
{
	return crv == NULL || (t->crv != NULL && strcmp(t->crv, crv) == 0);
}

const pki_jwk_type *pki_jwk_type_find(const char *kty, const char *crv)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(types[i].kty, kty) == 0 && is_on(&types[i], crv))
			return &types[i];
	return NULL;
}
