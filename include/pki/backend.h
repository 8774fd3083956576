/* SPDX-License-Identifier: BSD-3-Clause */
/* The seam between libpki and the crypto that it uses. */
#ifndef PKI_BACKEND_H
#define PKI_BACKEND_H

#include <pki/alg.h>

PKI_BEGIN

#define PKI_BACKEND_ABI 1u
#define PKI_KEY_ROOM    16384u /* octets: no PKCS#8 or SPKI of a key within limits is larger */

typedef int32_t pki_op;
enum {
	PKI_OP_DIGEST,
	PKI_OP_MAC,
	PKI_OP_CIPHER,
	PKI_OP_KDF,
	PKI_OP_GENERATE,
	PKI_OP_SIGN,
	PKI_OP_SIGN_DIGEST,
	PKI_OP_VERIFY,
	PKI_OP_VERIFY_DIGEST,
	PKI_OP_ENCRYPT,
	PKI_OP_DECRYPT,
	PKI_OP_DERIVE
};

/*
 * Asked for a password or PIN. `what` names the object; attempt counts from 0. Appends the secret
 * to *secret, which wipes itself. false: give up.
 */
typedef bool pki_password_fn(void *ud, const char *what, unsigned attempt, pki_buf *secret);
/* Called for each key of a list, with views; label may be NULL. Anything but PKI_SUCCESS ends the
 * list and is passed on. */
typedef pki_status pki_key_seen_fn(
    void *ud, const char *uri, const char *label, pki_bytes id, pki_error *err);

/*
 * The call of the application in whose course a backend works: long operations (KDFs, key
 * generation) say how much they do, and stop with the status they get: PKI_E_LIMIT when the
 * context's budget is spent, PKI_E_CANCELLED. One unit is about one compression function; 1 000
 * are a signature. NULL is a call without limits.
 */
typedef struct pki_call pki_call;
PKI_FALLIBLE pki_call_spend(pki_call *call, uint64_t units, pki_error *err);

/*
 * One const table per backend. `abi` is checked first; a member past `size` reads as NULL; NULL
 * means "not offered", and the context's next backend is asked. Every function is reentrant, and
 * `self` and keys are used by many threads at once; digest and cipher states by one.
 *
 * `pki_span *out` comes with the room there is and leaves with the length used. libpki checks
 * arguments, limits and output lengths on its own side of every call, and policy is never the
 * backend's business.
 */
typedef struct pki_backend_table {
	uint32_t abi, size;
	const char *name;
	const char *(*version)(void *self);
	pki_status (*open)(const char *config, void **self, pki_error *err);
	void (*close)(void *self);
	/* a may be NULL: is there anything of this kind? */
	bool (*supports)(void *self, pki_op op, pki_key_type key, const pki_alg *a);
	pki_status (*random)(void *self, pki_span out, pki_error *err);

	/* a->scheme PKI_ALG_HMAC with a key is a MAC, PKI_ALG_NONE a plain digest, of a->hash */
	pki_status (*digest_new)(
	    void *self, const pki_alg *a, pki_bytes mac_key, void **st, pki_error *err);
	pki_status (*digest_update)(void *st, pki_bytes in, pki_error *err);
	pki_status (*digest_final)(void *st, pki_span *out, pki_error *err);
	pki_status (*digest_dup)(void *st, void **copy, pki_error *err);
	void (*digest_free)(void *st);

	/*
	 * CBC works on whole blocks: padding is libpki's. update gives as many octets as it takes.
	 * final writes the tag when encrypting and checks it when decrypting (AEAD only).
	 */
	pki_status (*cipher_new)(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
	    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err);
	pki_status (*cipher_update)(void *st, pki_bytes in, pki_span *out, pki_error *err);
	pki_status (*cipher_final)(void *st, pki_span *out, pki_span *tag, pki_error *err);
	void (*cipher_free)(void *st);
	/* fills out whole */
	pki_status (*kdf)(void *self, pki_call *call, const pki_alg *a, pki_bytes secret,
	    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err);

	/* PKCS#8 and SPKI are the interchange forms: a new key type adds no function */
	pki_status (*key_generate)(void *self, pki_call *call, pki_key_type t, uint32_t bits,
	    const char *label, pki_bytes id, void **key, pki_error *err);
	pki_status (*key_open)(void *self, const char *uri, pki_password_fn *pin, void *pin_ud,
	    void **key, pki_error *err);
	pki_status (*key_list)(
	    void *self, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err);
	pki_status (*key_import)(void *self, pki_bytes pkcs8, void **key, pki_error *err);
	/* a PrivateKeyInfo, into PKI_KEY_ROOM octets; PKI_E_POLICY: the key never leaves */
	pki_status (*key_export)(void *key, pki_span *pkcs8, pki_error *err);
	/* the SubjectPublicKeyInfo, of a private or a public key, into PKI_KEY_ROOM octets */
	pki_status (*key_public)(void *key, pki_span *spki, pki_error *err);
	pki_status (*pub_import)(void *self, pki_bytes spki, void **pub, pki_error *err);
	void (*key_free)(void *key_or_pub);

	/* signatures as they stand in a certificate: DER for ECDSA and DSA, RSA and EdDSA octets */
	pki_status (*sign)(
	    void *key, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err);
	pki_status (*sign_digest)(
	    void *key, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err);
	/* PKI_SUCCESS: it verifies; PKI_E_SIGNATURE: it does not */
	pki_status (*verify)(
	    void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err);
	pki_status (*verify_digest)(
	    void *pub, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err);
	pki_status (*encrypt)(
	    void *pub, const pki_alg *a, pki_bytes in, pki_span *out, pki_error *err);
	/*
	 * Fills out.len octets exactly. RSAES-PKCS1: wrong padding or length fills it with what
	 * implicit rejection gives, and succeeds, in the same time.
	 */
	pki_status (*decrypt)(
	    void *key, const pki_alg *a, pki_bytes in, pki_span out, pki_error *err);
	pki_status (*derive)(void *key, pki_bytes peer_spki, pki_span *shared, pki_error *err);
} pki_backend_table;

/* The built-in backend. */
PKI_API const pki_backend_table *pki_backend_nettle(void);

/*
 * An instance with one reference. The table is copied; what it points to must stay. config is the
 * backend's own text, or NULL. PKI_E_UNSUPPORTED: another ABI; PKI_E_ARG: no table, or one without
 * a name; or what the backend returns.
 */
PKI_FALLIBLE pki_backend_open(
    const pki_backend_table *t, const char *config, pki_backend **out, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_backend *pki_backend_ref(pki_backend *b);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_backend_free(pki_backend *b);
/* "Nettle 3.8 (GMP 6.2.1)"; the name where the backend tells no version. Never NULL. */
PKI_API const char *pki_backend_version(const pki_backend *b);
/* Calls seen for each key below uri. PKI_E_UNSUPPORTED: the backend keeps no keys; or what the
 * backend, or seen, returns. */
PKI_FALLIBLE pki_backend_list(
    pki_backend *b, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err);
/*
 * Proves a backend: published answers for everything it says it supports, what it must refuse,
 * output lengths. PKI_E_BACKEND: it is wrong, and the error says where; PKI_E_NOTFOUND: it offers
 * nothing.
 */
PKI_FALLIBLE pki_backend_selftest(pki_backend *b, pki_error *err);

PKI_END
#endif
