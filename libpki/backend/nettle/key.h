/* SPDX-License-Identifier: BSD-3-Clause */
/* A key of the built-in backend, private or public, and what each family of keys can do. */
#ifndef LIBPKI_BACKEND_NETTLE_KEY_H
#define LIBPKI_BACKEND_NETTLE_KEY_H

#include <pki/backend.h>

#include "libpki/backend/nettle/dsa.h"
#include "libpki/backend/nettle/ec.h"
#include "libpki/backend/nettle/okp.h"
#include "libpki/backend/nettle/rsa.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/spki.h"

typedef struct pki_nettle_key {
	const struct pki_nettle_family *family;
	pki_key_type type;
	bool is_private;
	pki_buf spki; /* of a private key: derived from it */
	union {
		struct pki_nettle_rsa rsa;
		struct pki_nettle_dsa dsa;
		struct pki_nettle_ec ec;
		struct pki_nettle_okp okp;
	} u;
} pki_nettle_key;

/*
 * The members that read check everything: a key that they accept makes no function of Nettle
 * misbehave. A key is initialised with family, type and is_private set, cleared in any state after.
 * NULL: the family does not do this.
 */
typedef struct pki_nettle_family {
	bool signs_messages; /* sign and verify take the message; else a digest of a->hash */
	void (*init)(pki_nettle_key *k);
	void (*clear)(pki_nettle_key *k);
	pki_status (*read_private)(pki_nettle_key *k, const pki_pkcs8 *in, pki_error *err);
	pki_status (*read_public)(
	    pki_nettle_key *k, const pki_algid *algorithm, pki_bytes bits, pki_error *err);
	pki_status (*generate)(pki_nettle_key *k, pki_call *call, uint32_t bits, pki_error *err);
	void (*write_private)(const pki_nettle_key *k, pki_derw *w);
	void (*write_public)(const pki_nettle_key *k, pki_derw *w);
	/* is a an algorithm for keys of type t? */
	bool (*suits)(pki_key_type t, const pki_alg *a);
	pki_status (*sign)(
	    const pki_nettle_key *k, const pki_alg *a, pki_bytes in, pki_span *sig, pki_error *err);
	pki_status (*verify)(
	    const pki_nettle_key *k, const pki_alg *a, pki_bytes in, pki_bytes sig, pki_error *err);
	/* peer has the same type */
	pki_status (*derive)(
	    const pki_nettle_key *k, const pki_nettle_key *peer, pki_span *shared, pki_error *err);
} pki_nettle_family;

extern const pki_nettle_family pki_nettle_rsa, pki_nettle_dsa, pki_nettle_ec, pki_nettle_eddsa,
    pki_nettle_xdh;
/* NULL: a type that the backend lacks. */
const pki_nettle_family *pki_nettle_family_of(pki_key_type t);

/* "not a valid signature": what every verification that fails says. */
pki_status pki_nettle_bad_signature(pki_error *err) PKI_MUST_USE;
/* PKI_E_ARG unless out has room for n octets. */
pki_status pki_nettle_room(const pki_span *out, size_t n, pki_error *err) PKI_MUST_USE;

/* For the backend's table. */
pki_status pki_nettle_key_generate(void *self, pki_call *call, pki_key_type t, uint32_t bits,
    const char *label, pki_bytes id, void **key, pki_error *err);
pki_status pki_nettle_key_import(void *self, pki_bytes pkcs8, void **key, pki_error *err);
pki_status pki_nettle_key_export(void *key, pki_span *pkcs8, pki_error *err);
pki_status pki_nettle_key_public(void *key, pki_span *spki, pki_error *err);
pki_status pki_nettle_pub_import(void *self, pki_bytes spki, void **pub, pki_error *err);
void pki_nettle_key_free(void *key_or_pub);
pki_status pki_nettle_sign(
    void *key, const pki_alg *a, pki_bytes msg, pki_span *sig, pki_error *err);
pki_status pki_nettle_sign_digest(
    void *key, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err);
pki_status pki_nettle_verify(
    void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err);
pki_status pki_nettle_verify_digest(
    void *pub, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err);
pki_status pki_nettle_derive(void *key, pki_bytes peer_spki, pki_span *shared, pki_error *err);

#endif
