/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA keys (RFC 8017): rsaEncryption, and id-RSASSA-PSS with or without parameters (RFC 4055). */
#ifndef LIBPKI_BACKEND_NETTLE_RSA_H
#define LIBPKI_BACKEND_NETTLE_RSA_H

#include <nettle/rsa.h>
#include <pki/alg.h>

#define PKI_RSA_BITS_MIN   512u /* libpki's own limits are narrower: policy is not made here */
#define PKI_RSA_BITS_MAX   16384u
#define PKI_RSA_OCTETS_MAX (PKI_RSA_BITS_MAX / 8)

struct pki_nettle_rsa {
	struct rsa_public_key pub;
	struct rsa_private_key priv; /* zeros in a public key */
	bool restricted;             /* the key's own parameters, which signatures follow: pss */
	pki_alg pss;
};

/* rsa.c; the rest of the family is rsa_key.c. */
struct pki_nettle_key;
bool pki_nettle_rsa_suits(pki_key_type t, const pki_alg *a);
pki_status pki_nettle_rsa_sign(const struct pki_nettle_key *k, const pki_alg *a, pki_bytes digest,
    pki_span *sig, pki_error *err) PKI_MUST_USE;
pki_status pki_nettle_rsa_verify(const struct pki_nettle_key *k, const pki_alg *a, pki_bytes digest,
    pki_bytes sig, pki_error *err) PKI_MUST_USE;

#endif
