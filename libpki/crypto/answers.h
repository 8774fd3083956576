/* SPDX-License-Identifier: BSD-3-Clause */
/* Published answers, for pki_backend_selftest. Tables end with a row of zeros. */
#ifndef LIBPKI_CRYPTO_ANSWERS_H
#define LIBPKI_CRYPTO_ANSWERS_H

#include <pki/alg.h>

typedef struct pki_answer_digest {
	pki_hash hash;
	const char *text;
	pki_bytes digest;
} pki_answer_digest;
extern const pki_answer_digest pki_answers_digest[];

typedef struct pki_answer_mac {
	pki_hash hash;
	pki_bytes key;
	const char *text;
	pki_bytes mac;
} pki_answer_mac;
extern const pki_answer_mac pki_answers_mac[];

typedef struct pki_answer_kdf {
	pki_hash hash;
	const char *password, *salt;
	uint32_t iterations;
	pki_bytes derived;
} pki_answer_kdf;
extern const pki_answer_kdf pki_answers_kdf[];

typedef struct pki_answer_cipher {
	pki_scheme scheme;
	uint32_t key_bits;
	pki_bytes key, iv, plain, encrypted;
} pki_answer_cipher;
extern const pki_answer_cipher pki_answers_cipher[];

typedef struct pki_answer_signature {
	pki_key_type key;
	pki_scheme scheme;
	pki_hash hash;
	int32_t salt_len;
	pki_bytes spki, message, signature;
	pki_bytes pkcs8; /* empty: only the public key is published */
} pki_answer_signature;
extern const pki_answer_signature pki_answers_signature[];

typedef struct pki_answer_derive {
	pki_key_type key;
	pki_bytes pkcs8, own_spki, peer_spki, shared;
} pki_answer_derive;
extern const pki_answer_derive pki_answers_derive[];

#endif
