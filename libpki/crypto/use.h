/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls to backends, checked on libpki's side: which backend, and what came back. */
#ifndef LIBPKI_CRYPTO_USE_H
#define LIBPKI_CRYPTO_USE_H

#include <pki/sign.h>

#include "libpki/core/backend.h"
#include "libpki/core/ctx.h"

/* The built-in instance; it is static and holds no state. registry.c alone names it. */
pki_backend *pki_backend_builtin(void);
/* The context's backends in the order they are asked, NULL-terminated; the built-in one alone
 * where the context names none. */
pki_backend *const *pki_backends_of(const pki_ctx *ctx);
/* Does its table have the functions of `op`, and does it say that it supports this? */
bool pki_backend_offers(pki_backend *b, pki_op op, pki_key_type key, const pki_alg *a);
/* The context's first backend that supports this, borrowed. PKI_E_UNSUPPORTED. */
pki_status pki_backend_for(const pki_ctx *ctx, pki_op op, pki_key_type key, const pki_alg *a,
    pki_backend **out, pki_error *err) PKI_MUST_USE;
/*
 * What a backend returned, as libpki passes it on: a status that tells the caller something, with
 * a reason; else PKI_E_BACKEND. Only PKI_SUCCESS is success.
 */
pki_status pki_backend_result(pki_status st, pki_error *err) PKI_MUST_USE;
/* PKI_E_BACKEND: it did what its contract excludes. */
pki_status pki_backend_broken(const char *reason, pki_error *err) PKI_MUST_USE;

/* Octets that are given to a backend's digest at once: four milliseconds at worst. */
#define PKI_DIGEST_SLICE ((size_t)256 << 10)

/* One-shot digest, MAC, KDF and cipher for libpki's own use. */
pki_status pki_hash_call(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_bytes in,
    uint8_t out[PKI_HASH_MAX], pki_error *err) PKI_MUST_USE;
/* The same of octets that lie in several places, as if they were side by side. */
pki_status pki_hash_parts(const pki_ctx *ctx, pki_call *call, pki_hash h, const pki_bytes *parts,
    size_t count, uint8_t out[PKI_HASH_MAX], pki_error *err) PKI_MUST_USE;
pki_status pki_mac_once(const pki_ctx *ctx, pki_hash h, pki_bytes key, pki_bytes in,
    uint8_t out[PKI_HASH_MAX], pki_error *err) PKI_MUST_USE;
pki_status pki_kdf(const pki_ctx *ctx, pki_call *call, const pki_alg *a, pki_bytes secret,
    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err) PKI_MUST_USE;
/* Whole blocks, no padding; out has in.len octets, and may be where in is. */
#define PKI_CBC_BLOCK 16 /* octets: AES, the longest there is */
pki_status pki_crypt(const pki_ctx *ctx, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes in, uint8_t *out, pki_error *err) PKI_MUST_USE;
/* Octets of a cipher's block, and of its IV; 1: a stream cipher, without one. */
size_t pki_cipher_block(pki_scheme scheme);

struct pki_pubkey {
	pki_backend *backend; /* NULL: none of the context's checks signatures of this key */
	pki_ctx *ctx;
	void *handle; /* the backend's */
	pki_ref refs;
	pki_key_type type;
	uint32_t bits;
	uint32_t reserved;
	pki_bytes key;  /* contents of the BIT STRING: a view of spki */
	pki_bytes spki; /* own copy, behind the struct */
};

struct pki_key {
	pki_backend *backend;
	pki_ctx *ctx;
	void *handle;
	pki_pubkey *pub;
	const char *legacy; /* static text: see pki_key_legacy */
	pki_ref refs;
};

#endif
