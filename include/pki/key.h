/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys: made, read, written; private (PKCS#8, RFC 5958) and public (SubjectPublicKeyInfo). */
#ifndef PKI_KEY_H
#define PKI_KEY_H

#include <pki/backend.h>
#include <pki/der.h>
#include <pki/pem.h>

PKI_BEGIN

/*
 * Immutable and shared between threads; bound to the backend that made them, and holding a
 * reference on it and on the context. A private key may live in a token and have no exportable
 * form.
 */
typedef struct pki_key pki_key;
typedef struct pki_pubkey pki_pubkey;

typedef struct pki_key_opts {
	size_t size;
	pki_backend *backend; /* NULL: the first of the context that can */
	const char *label;    /* for tokens */
	pki_bytes id;         /* for tokens */
	uint32_t rsa_bits;    /* 2 048..8 192, a multiple of 8; 0: 3 072 */
	uint32_t reserved;
} pki_key_opts;

/*
 * The forms that keys are kept in. PKCS8 is PrivateKeyInfo for a private key, and
 * SubjectPublicKeyInfo for a public one; PKCS1 is for RSA alone, SEC1 for private keys on P-256,
 * P-384 and P-521, OPENSSH for these, for RSA and Ed25519, as PEM.
 */
typedef int32_t pki_key_format;
enum {
	PKI_FORMAT_PKCS8,  /* RFC 5958; RFC 5280 4.1.2.7 */
	PKI_FORMAT_PKCS1,  /* RSAPrivateKey, RSAPublicKey: RFC 8017 A.1 */
	PKI_FORMAT_SEC1,   /* ECPrivateKey: RFC 5915 */
	PKI_FORMAT_OPENSSH /* openssh-key-v1; a line of an authorized_keys file */
};

typedef struct pki_key_write_opts {
	size_t size;
	const char *password; /* UTF-8. NULL: plain; "": the empty password. For PKCS8 */
	pki_form form;
	uint32_t iterations; /* PBKDF2: 1 000 at least; 0: 600 000 */
	uint32_t flags;      /* of pki_file_write; PKI_FILE_SECRET is implied */
	pki_key_format format;
	pki_scheme kdf; /* with a password: PKI_ALG_PBKDF2, PKI_ALG_SCRYPT; PKI_ALG_NONE: PBKDF2 */
	uint32_t reserved;
} pki_key_write_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_key_opts_init(pki_key_opts *o, size_t size);
PKI_API void pki_key_write_opts_init(pki_key_write_opts *o, size_t size);

/* A ready-made pki_password_fn: ud is the password, a C string. It gives up when asked again. */
PKI_API bool pki_password_text(void *ud, const char *what, unsigned attempt, pki_buf *secret);

/*
 * Makes a key. PKI_E_ARG: no such type, or a size out of range; PKI_E_UNSUPPORTED: no backend makes
 * it; PKI_E_BACKEND: no randomness; PKI_E_LIMIT: over the context's rsa_bits or budget;
 * PKI_E_CANCELLED.
 */
PKI_FALLIBLE pki_key_generate(
    const pki_ctx *ctx, pki_key_type t, const pki_key_opts *o, pki_key **out, pki_error *err);
/* A key that lives in a backend, by the URI that the backend understands (RFC 7512 for tokens). pin
 * NULL: nobody can be asked. PKI_E_UNSUPPORTED: no backend of the context answers; PKI_E_PASSWORD,
 * PKI_E_NOTFOUND, or what else the backend says. */
PKI_FALLIBLE pki_key_open(const pki_ctx *ctx, const char *uri, pki_password_fn *pin, void *ud,
    pki_key **out, pki_error *err);
/*
 * Reads exactly one private key: PrivateKeyInfo or OneAsymmetricKey (RFC 5958), RSAPrivateKey (RFC
 * 8017), ECPrivateKey with parameters (RFC 5915), openssh-key-v1, or EncryptedPrivateKeyInfo with
 * PBES2 or PBES1 (RFC 8018) or PKCS#12's encryption (RFC 7292 C); DER, base64 of it, or PEM, where
 * blocks of other kinds are passed over, and which DEK-Info (RFC 1421) may encrypt. For an
 * encrypted one `ask` is called, with "private key" for `what`, until the password fits or it gives
 * up; NULL: an encrypted key is PKI_E_PASSWORD. The key is checked for consistency, its public part
 * derived anew. PKI_E_ENCODING; PKI_E_STRUCTURE: more than one key, too; PKI_E_LIMIT: larger than
 * object_bytes, or iterations or scrypt's memory over the context's limits, before any work, or
 * over its budget; PKI_E_CANCELLED; PKI_E_BACKEND; PKI_E_UNSUPPORTED: an algorithm, curve or form
 * of key that libpki lacks; PKI_E_POLICY: too short a key, or one whose parts contradict each
 * other; PKI_E_PASSWORD; PKI_E_NOTFOUND: no key in it.
 */
PKI_FALLIBLE pki_key_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err);
/* The same from a file, whose path is `what`. PKI_E_IO too. */
PKI_FALLIBLE pki_key_load(const pki_ctx *ctx, const char *path, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err);
/*
 * Appends the key: PKCS#8 unless o->format says otherwise, plain, or with PBES2 (AES-256-CBC, and
 * PBKDF2 with HMAC-SHA-256 or scrypt with N 16 384, r 8 and p 4; without a password the KDF means
 * nothing). Give it a buffer with PKI_BUF_SECRET. PKI_E_ARG: no such form, format
 * or flag, a format that a key of this type does not have or that is not encrypted, fewer than
 * 1 000 iterations, or more than the key's context reads again; PKI_E_LIMIT: over the context's
 * budget; PKI_E_CANCELLED; PKI_E_POLICY: the key's backend does not let it out; PKI_E_BACKEND.
 */
PKI_FALLIBLE pki_key_write(
    const pki_key *k, const pki_key_write_opts *o, pki_buf *out, pki_error *err);
/* The same to a file, 0600 from the first octet: see pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_key_save(
    const pki_key *k, const char *path, const pki_key_write_opts *o, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_key *pki_key_ref(const pki_key *k);
/* Gives up one reference; the last one wipes and frees. NULL is fine. */
PKI_API void pki_key_free(pki_key *k);
/*
 * NULL; or, of a key that was read encrypted in a way that protects little by now, what that is:
 * "pbeWithMD5AndDES-CBC", "des-EDE3-CBC", "DEK-Info". Time to write it anew.
 */
PKI_API const char *pki_key_legacy(const pki_key *k);
/* The public part; lives as long as k. */
PKI_API const pki_pubkey *pki_key_public(const pki_key *k);

/* What an EncryptedPrivateKeyInfo says of its encryption, without a password. Views. */
typedef struct pki_envelope {
	pki_bytes scheme;    /* OID: PBES2, or another */
	pki_bytes kdf;       /* OID, of PBES2; else empty, as are the OIDs below */
	pki_bytes prf;       /* OID, of PBKDF2 */
	pki_bytes cipher;    /* OID */
	uint64_t iterations; /* 0: unknown */
	uint64_t salt_len;
	uint64_t scrypt_n, scrypt_r, scrypt_p; /* of scrypt: RFC 7914 2; else 0 */
	uint64_t reserved[3];
} pki_envelope;
/* From DER. PKI_E_ENCODING, PKI_E_STRUCTURE, PKI_E_LIMIT. */
PKI_FALLIBLE pki_envelope_parse(
    const pki_ctx *ctx, pki_bytes der, pki_envelope *out, pki_error *err);

/* What any SubjectPublicKeyInfo says, whether libpki knows the key or not. Views of the input. */
typedef struct pki_spki {
	pki_bytes algorithm, parameters, key; /* OID; TLV or empty; BIT STRING contents */
	pki_key_type type;                    /* PKI_KEY_UNKNOWN: shown, not usable */
	uint32_t bits;                        /* RSA modulus, DSA p, curve's field; 0: unknown */
	uint64_t reserved[2];
} pki_spki;
/* From DER. PKI_E_ENCODING, PKI_E_STRUCTURE, PKI_E_LIMIT. */
PKI_FALLIBLE pki_spki_parse(const pki_ctx *ctx, pki_bytes der, pki_spki *out, pki_error *err);

/*
 * A public key from a SubjectPublicKeyInfo (RFC 5280 4.1.2.7) in DER. A compressed point (RFC 5480
 * 2.2) is kept uncompressed. PKI_E_ENCODING, PKI_E_STRUCTURE; PKI_E_LIMIT: a modulus over the
 * context's rsa_bits, or too long for DSA; PKI_E_UNSUPPORTED: an algorithm or curve that libpki
 * lacks, explicit curve parameters, or DSA parameters that the issuer's key has; PKI_E_POLICY:
 * weak, DSA where the context does not allow it, or not a key at all (a point off the curve, an
 * even modulus).
 */
PKI_FALLIBLE pki_pubkey_import(
    const pki_ctx *ctx, pki_bytes spki, pki_pubkey **out, pki_error *err);
/* The same of exactly one SubjectPublicKeyInfo, or RSAPublicKey (RFC 8017 A.1.1), in DER, base64 of
 * it, or PEM ("PUBLIC KEY", "RSA PUBLIC KEY"), where blocks of other kinds are passed over; or a
 * line of OpenSSH's: type, base64, comment.
 * PKI_E_STRUCTURE: more than one, too; PKI_E_NOTFOUND: none. */
PKI_FALLIBLE pki_pubkey_parse(
    const pki_ctx *ctx, pki_bytes der_or_pem, pki_pubkey **out, pki_error *err);
/* The same from a file. PKI_E_IO too. */
PKI_FALLIBLE pki_pubkey_load(
    const pki_ctx *ctx, const char *path, pki_pubkey **out, pki_error *err);
/* Appends the SubjectPublicKeyInfo. PKI_E_ARG: no such form. */
PKI_FALLIBLE pki_pubkey_write(const pki_pubkey *k, pki_form form, pki_buf *out, pki_error *err);
/* The same in another format. PKI_E_ARG: none that such a key has. */
PKI_FALLIBLE pki_pubkey_write_as(
    const pki_pubkey *k, pki_key_format format, pki_form form, pki_buf *out, pki_error *err);
/* The same to a file; flags as of pki_file_write. PKI_E_IO. */
PKI_FALLIBLE pki_pubkey_save(
    const pki_pubkey *k, const char *path, pki_form form, uint32_t flags, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_pubkey *pki_pubkey_ref(const pki_pubkey *k);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_pubkey_free(pki_pubkey *k);
/* PKI_KEY_UNKNOWN for NULL alone. */
PKI_API pki_key_type pki_pubkey_type(const pki_pubkey *k);
/* RSA: bits of the modulus. Curves: of the field. */
PKI_API uint32_t pki_pubkey_bits(const pki_pubkey *k);
/* The SubjectPublicKeyInfo in DER. */
PKI_API pki_bytes pki_pubkey_spki(const pki_pubkey *k);
/* The same algorithm, parameters and key? */
PKI_API bool pki_pubkey_equal(const pki_pubkey *a, const pki_pubkey *b);
/*
 * How a key identifier is made: from the contents of the BIT STRING subjectPublicKey, of whose
 * digest the leftmost 20 octets are taken, but for PKI_KEY_ID_SPKI_SHA256.
 */
typedef int32_t pki_key_id_method;
enum {
	PKI_KEY_ID_DEFAULT,    /* SHA1; if no backend of the context has that, SHA256 */
	PKI_KEY_ID_SHA1,       /* RFC 5280 4.2.1.2 (1) */
	PKI_KEY_ID_SHA256,     /* RFC 7093 2 (1) */
	PKI_KEY_ID_SHA384,     /* RFC 7093 2 (2) */
	PKI_KEY_ID_SHA512,     /* RFC 7093 2 (3) */
	PKI_KEY_ID_SPKI_SHA256 /* RFC 7093 2 (4): the 32 octets of SHA-256 of the SPKI */
};
/* Appends the key identifier. PKI_E_ARG: no such method; PKI_E_UNSUPPORTED: no backend of the key's
 * context has the digest. */
PKI_FALLIBLE pki_pubkey_id(
    const pki_pubkey *k, pki_key_id_method method, pki_buf *out, pki_error *err);
/* SHA-256 of a SubjectPublicKeyInfo in DER: what RFC 7469 2.4 pins a key by, there in base64. The
 * key may be unknown. The statuses of pki_spki_parse and pki_hash_once. */
PKI_FALLIBLE pki_spki_pin(const pki_ctx *ctx, pki_bytes spki, uint8_t out[32], pki_error *err);

PKI_END
#endif
