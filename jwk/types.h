/* SPDX-License-Identifier: BSD-3-Clause */
/* Which members a JWK of each type has, and how libpki calls the type. */
#ifndef JWK_TYPES_H
#define JWK_TYPES_H

#include <pki/alg.h>
#include <pki/oid.h>

enum pki_jwk_member {
	PKI_JWK_KTY,
	PKI_JWK_CRV,
	PKI_JWK_N,
	PKI_JWK_E,
	PKI_JWK_X,
	PKI_JWK_Y,
	PKI_JWK_D,
	PKI_JWK_P,
	PKI_JWK_Q,
	PKI_JWK_DP,
	PKI_JWK_DQ,
	PKI_JWK_QI,
	PKI_JWK_MEMBERS
};

/* What is said of a member, so that messages have its name in them. */
typedef struct pki_jwk_words {
	const char *name, *absent, *no_string, *no_b64url, *empty, *zeros, *length;
} pki_jwk_words;
extern const pki_jwk_words pki_jwk_words_of[PKI_JWK_MEMBERS];

/* A member that a key needs, and the clause that says so. */
typedef struct pki_jwk_need {
	enum pki_jwk_member member;
	const char *clause;
} pki_jwk_need;

enum pki_jwk_family { PKI_JWK_RSA, PKI_JWK_EC, PKI_JWK_OKP };

/* Octets: of each member on a curve; 0: they are numbers of any size. */
typedef struct pki_jwk_type {
	pki_key_type type;
	enum pki_jwk_family family;
	const char *kty, *crv;
	size_t octets;
	const pki_jwk_need
	    *needs; /* in the order in which they are written; the public ones first */
	size_t publics, all;
	pki_oid algorithm, curve;
} pki_jwk_type;

/* NULL: no JWK tells of such a key. */
const pki_jwk_type *pki_jwk_type_of(pki_key_type t);
/* The first type of that "kty"; with a "crv", of that one too. NULL: there is none. */
const pki_jwk_type *pki_jwk_type_find(const char *kty, const char *crv);

#endif
