/* SPDX-License-Identifier: BSD-3-Clause */
/* Encryption by password: a key derivation and a cipher. PBES2 is written; the others are read. */
#ifndef LIBPKI_CRYPTO_PBE_H
#define LIBPKI_CRYPTO_PBE_H

#include "libpki/core/ctx.h"
#include "libpki/crypto/scrypt.h"
#include "libpki/crypto/use.h"
#include "libpki/types/algid.h"

#define PKI_PBE_ITERATIONS     600000u
#define PKI_PBE_ITERATIONS_MIN 1000u
#define PKI_PBE_SALT_MAX       1024u /* octets */
#define PKI_PBE_KEY_MAX        32u   /* octets: AES-256 */

enum pki_pbe_kdf {
	PKI_PBE_PBKDF2,  /* PBES2: RFC 8018 6.2 */
	PKI_PBE_SCRYPT,  /* PBES2: RFC 7914 7 */
	PKI_PBE_PBKDF1,  /* PBES1: RFC 8018 6.1 */
	PKI_PBE_PKCS12,  /* RFC 7292 appendix C */
	PKI_PBE_OPENSSL, /* DEK-Info in PEM */
};

/* What a key is encrypted with, decoded and within the limits. Views. */
typedef struct pki_pbe {
	enum pki_pbe_kdf kdf;
	pki_hash hash; /* PBKDF2: HMAC with it */
	pki_bytes salt;
	uint32_t iterations;
	pki_scrypt_params scrypt;
	pki_alg cipher;
	size_t key_len;
	pki_bytes iv;       /* PBES1 and PKCS#12 derive it */
	const char *legacy; /* its name, if it is only read any more; else NULL */
} pki_pbe;

/* PKI_E_UNSUPPORTED: another scheme, KDF, PRF or cipher; PKI_E_STRUCTURE; PKI_E_LIMIT. No work. */
pki_status pki_pbe_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err) PKI_MUST_USE;
/* PBES2 alone, with AES-CBC. */
void pki_pbes2_write(pki_derw *w, const pki_pbe *p);
/*
 * Appends; what plain gets is secret. PKI_E_PASSWORD: the padding is wrong, which is told in the
 * same time whatever the padding is; PKI_E_STRUCTURE: data is no whole number of blocks.
 */
pki_status pki_pbe_decrypt(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_bytes data, pki_buf *plain, pki_error *err) PKI_MUST_USE;
pki_status pki_pbe_encrypt(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_bytes plain, pki_buf *data, pki_error *err) PKI_MUST_USE;

/* What decoders share: a salt's and a count's bounds, and errors inside parameters. */
void pki_pbe_read_salt(pki_der *s, pki_bytes *out);
void pki_pbe_read_iterations(pki_der *s, int64_t *out);
pki_status pki_pbe_set_iterations(
    const pki_ctx *ctx, int64_t iterations, pki_pbe *out, pki_error *err) PKI_MUST_USE;
pki_status pki_pbe_nested(pki_status st, const pki_algid *outer, pki_error *err) PKI_MUST_USE;

/* By scheme. PKI_E_NOTFOUND: not one of these. */
pki_status pki_pbes2_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err) PKI_MUST_USE;
pki_status pki_pbes1_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err) PKI_MUST_USE;
/* The same for show, with any number of iterations. */
pki_status pki_pbes1_read(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out,
    int64_t *iterations, pki_error *err) PKI_MUST_USE;

#endif
