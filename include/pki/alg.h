/* SPDX-License-Identifier: BSD-3-Clause */
/* Algorithms, as values: key types, digests, schemes. */
#ifndef PKI_ALG_H
#define PKI_ALG_H

#include <pki/base.h>

PKI_BEGIN

typedef int32_t pki_key_type;
enum {
	PKI_KEY_UNKNOWN,
	PKI_KEY_RSA,
	PKI_KEY_RSA_PSS,
	PKI_KEY_DSA,
	PKI_KEY_P256,
	PKI_KEY_P384,
	PKI_KEY_P521,
	PKI_KEY_ED25519,
	PKI_KEY_ED448,
	PKI_KEY_X25519,
	PKI_KEY_X448
};

typedef int32_t pki_hash;
enum {
	PKI_HASH_NONE,
	PKI_HASH_MD5,
	PKI_HASH_SHA1,
	PKI_HASH_SHA224,
	PKI_HASH_SHA256,
	PKI_HASH_SHA384,
	PKI_HASH_SHA512,
	PKI_HASH_SHA3_224,
	PKI_HASH_SHA3_256,
	PKI_HASH_SHA3_384,
	PKI_HASH_SHA3_512,
	PKI_HASH_SHA512_224,
	PKI_HASH_SHA512_256
};
#define PKI_HASH_MAX 64 /* octets of the longest digest */

typedef int32_t pki_scheme;
enum {
	PKI_ALG_NONE,
	/* signature */
	PKI_ALG_RSA_PKCS1 = 0x100,
	PKI_ALG_RSA_PSS,
	PKI_ALG_ECDSA,
	PKI_ALG_EDDSA,
	PKI_ALG_DSA,
	/* key transport, key agreement */
	PKI_ALG_RSAES_PKCS1 = 0x200,
	PKI_ALG_RSAES_OAEP,
	PKI_ALG_ECDH,
	/* cipher; the key's length says which AES */
	PKI_ALG_AES_CBC = 0x300,
	PKI_ALG_AES_GCM,
	PKI_ALG_AES_CCM,
	PKI_ALG_AES_WRAP,
	PKI_ALG_CHACHA20_POLY1305,
	PKI_ALG_DES3_CBC,
	PKI_ALG_RC2_CBC,
	PKI_ALG_DES_CBC,
	PKI_ALG_RC4,
	/* MAC, KDF */
	PKI_ALG_HMAC = 0x400,
	PKI_ALG_PBKDF2 = 0x500,
	PKI_ALG_HKDF,
	PKI_ALG_X963,
	PKI_ALG_PKCS12,
	PKI_ALG_SCRYPT
};

/*
 * An AlgorithmIdentifier, decoded. An options struct where it is given to a function: see
 * <pki/base.h>. One that a function fills in need not be initialized, and what is `reserved` is
 * room for later releases, so that it stays as large.
 */
typedef struct pki_alg {
	size_t size;
	pki_scheme scheme;
	pki_hash hash;       /* EdDSA: NONE */
	pki_hash mgf_hash;   /* PSS, OAEP. NONE: the same as hash */
	int32_t salt_len;    /* PSS. 0: the hash's length; PKI_SALT_EMPTY: none */
	uint32_t tag_len;    /* GCM, CCM. 0: 16 */
	uint32_t iterations; /* PBKDF2, PKCS#12 */
	pki_key_type curve;  /* EdDSA: of the identifier. UNKNOWN: the key's */
	uint32_t key_bits;   /* RC2: effective ones (RFC 2268). 0: as many as the key has */
	uint32_t reserved[8];
	pki_bytes label; /* OAEP */
} pki_alg;
#define PKI_SALT_EMPTY (-1)

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_alg_init(pki_alg *a, size_t size);
/* Octets of a digest; 0 for NONE and unknown ones. */
PKI_API size_t pki_hash_size(pki_hash h);
/* "SHA-256"; NULL for unknown ones. */
PKI_API const char *pki_hash_name(pki_hash h);
/* "rsa", "rsa-pss", "dsa", "ec", "ed25519" ...; NULL for unknown ones. */
PKI_API const char *pki_key_type_name(pki_key_type t);
/* "P-256"; NULL for types that have no curve by name. */
PKI_API const char *pki_key_type_curve(pki_key_type t);

PKI_END
#endif
