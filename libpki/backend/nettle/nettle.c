/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend: its table. It has no state, so `self` is NULL and nothing is shared. */
#include <gmp.h>
#include <nettle/version.h>

#include "libpki/backend/nettle/cipher.h"
#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/kdf.h"
#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/random.h"
#include "libpki/backend/nettle/table.h"

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)
#define VERSION                                                                     \
 "Nettle " TEXT(NETTLE_VERSION_MAJOR) "." TEXT(NETTLE_VERSION_MINOR) " (GMP " TEXT( \
     __GNU_MP_VERSION) "." TEXT(__GNU_MP_VERSION_MINOR) "." TEXT(__GNU_MP_VERSION_PATCHLEVEL) ")"

/* What was compiled in; the libraries at hand may be newer ones of the same ABI. */
static const char *version(void *self)
{
	(void)self;
	return VERSION;
}

static bool supports_verify(pki_key_type key, const pki_alg *a, bool digest)
{
	const pki_nettle_family *f = pki_nettle_family_of(key);

	return f != NULL && f->suits != NULL && !(digest && f->signs_messages) &&
	    (a == NULL || f->suits(key, a));
}

static bool supports_sign(pki_key_type key, const pki_alg *a, bool digest)
{
	return supports_verify(key, a, digest) && pki_nettle_family_of(key)->sign != NULL;
}

static bool supports_generate(pki_key_type key)
{
	const pki_nettle_family *f = pki_nettle_family_of(key);

	return f != NULL && f->generate != NULL;
}

static bool supports_derive(pki_key_type key, const pki_alg *a)
{
	const pki_nettle_family *f = pki_nettle_family_of(key);

	return f != NULL && f->derive != NULL && (a == NULL || a->scheme == PKI_ALG_ECDH);
}

static bool supports(void *self, pki_op op, pki_key_type key, const pki_alg *a)
{
	(void)self;
	switch (op) {
	case PKI_OP_DIGEST:
	case PKI_OP_MAC:
		return a == NULL || pki_nettle_digest_supports(a, op == PKI_OP_MAC);
	case PKI_OP_CIPHER:
		return a == NULL || pki_nettle_cipher_supports(a);
	case PKI_OP_KDF:
		return a == NULL || pki_nettle_kdf_supports(a);
	case PKI_OP_GENERATE:
		return supports_generate(key);
	case PKI_OP_SIGN:
	case PKI_OP_SIGN_DIGEST:
		return supports_sign(key, a, op == PKI_OP_SIGN_DIGEST);
	case PKI_OP_VERIFY:
	case PKI_OP_VERIFY_DIGEST:
		return supports_verify(key, a, op == PKI_OP_VERIFY_DIGEST);
	case PKI_OP_DERIVE:
		return supports_derive(key, a);
	default:
		return false;
	}
}

const pki_backend_table pki_nettle_table = {
	.abi = PKI_BACKEND_ABI,
	.size = sizeof(pki_backend_table),
	.name = "nettle",
	.version = version,
	.supports = supports,
	.random = pki_nettle_random,
	.digest_new = pki_nettle_digest_new,
	.digest_update = pki_nettle_digest_update,
	.digest_final = pki_nettle_digest_final,
	.digest_dup = pki_nettle_digest_dup,
	.digest_free = pki_nettle_digest_free,
	.cipher_new = pki_nettle_cipher_new,
	.cipher_update = pki_nettle_cipher_update,
	.cipher_final = pki_nettle_cipher_final,
	.cipher_free = pki_nettle_cipher_free,
	.kdf = pki_nettle_kdf,
	.key_generate = pki_nettle_key_generate,
	.key_import = pki_nettle_key_import,
	.key_export = pki_nettle_key_export,
	.key_public = pki_nettle_key_public,
	.pub_import = pki_nettle_pub_import,
	.key_free = pki_nettle_key_free,
	.sign = pki_nettle_sign,
	.sign_digest = pki_nettle_sign_digest,
	.verify = pki_nettle_verify,
	.verify_digest = pki_nettle_verify_digest,
	.derive = pki_nettle_derive,
};

const pki_backend_table *pki_backend_nettle(void)
{
	return &pki_nettle_table;
}
