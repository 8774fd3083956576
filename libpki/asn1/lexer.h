/* SPDX-License-Identifier: BSD-3-Clause */
/* The lexical items of ASN.1 text: X.680 clause 12, as far as libtasn1 has a use for them. */
#ifndef LIBPKI_ASN1_LEXER_H
#define LIBPKI_ASN1_LEXER_H

#include "libpki/asn1/module.h"

#define PKI_ASN1_DIGITS  39 /* of a number, at most: an arc of 128 bits */
#define PKI_ASN1_NESTING 32 /* brackets within each other, at most */

/* What a token is. That of one character is the character: ( ) { } [ ] , ; | - */
enum {
	TOKEN_END = 0,
	TOKEN_NONE = ' ',    /* taken out */
	TOKEN_UPPER = 'A',   /* of a type or module, or a reserved word */
	TOKEN_LOWER = 'a',   /* of a value or component */
	TOKEN_NUMBER = '0',  /* without a sign */
	TOKEN_ROOT = '2',    /* the name of one of the first arcs, which libtasn1 does not know */
	TOKEN_ASSIGN = '=',  /* ::= */
	TOKEN_RANGE = '.',   /* .. */
	TOKEN_ELLIPSIS = '~' /* ... */
};

typedef struct pki_asn1_token {
	uint32_t at, line; /* octets from the start of the text; from 1 */
	uint8_t len, kind;
} pki_asn1_token;

/* The tokens of a text, then a TOKEN_END on its last line. The text is borrowed. */
typedef struct pki_asn1_tokens {
	pki_asn1_token *list;
	size_t count, room; /* TOKEN_END is not counted */
	pki_bytes text;
} pki_asn1_tokens;

/* What comes of it is to be freed with pki_asn1_tokens_free, after a failure too. */
pki_status pki_asn1_lex(pki_bytes text, pki_asn1_tokens *out, pki_error *err) PKI_MUST_USE;
void pki_asn1_tokens_free(pki_asn1_tokens *t);

/* Token i of the text; TOKEN_END from the end on. */
static inline const pki_asn1_token *pki_asn1_token_at(const pki_asn1_tokens *t, size_t i)
{
	return &t->list[i < t->count ? i : t->count];
}

static inline uint8_t pki_asn1_token_kind(const pki_asn1_tokens *t, size_t i)
{
	return pki_asn1_token_at(t, i)->kind;
}

pki_bytes pki_asn1_token_text(const pki_asn1_tokens *t, size_t i);
bool pki_asn1_token_is(const pki_asn1_tokens *t, size_t i, const char *word);
/* Fails at token i, which becomes the detail. */
pki_status pki_asn1_refuse(const pki_asn1_tokens *t, size_t i, pki_status st, const char *reason,
    const char *clause, pki_error *err) PKI_MUST_USE;

#endif
