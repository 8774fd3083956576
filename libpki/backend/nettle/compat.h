/* SPDX-License-Identifier: BSD-3-Clause */
/* Everything in which Nettle 3.8 to 4.0 differ for libpki. */
#ifndef LIBPKI_BACKEND_NETTLE_COMPAT_H
#define LIBPKI_BACKEND_NETTLE_COMPAT_H

#include <nettle/nettle-meta.h>
#include <nettle/version.h>

#if NETTLE_VERSION_MAJOR < 3 || (NETTLE_VERSION_MAJOR == 3 && NETTLE_VERSION_MINOR < 8)
# error "libpki needs Nettle 3.8 or newer"
#endif
#if NETTLE_USE_MINI_GMP
# error "libpki needs a Nettle with GMP: mini-gmp is not silent on side channels"
#endif

/* Does ecdsa_verify() know that a point plus itself is not what its formula for two points says? */
#define PKI_NETTLE_VERIFY_DOUBLES (NETTLE_VERSION_MAJOR > 3 || NETTLE_VERSION_MINOR >= 9)

/* The whole digest, of h->digest_size octets. The length argument went with 4.0. */
static inline void pki_nettle_hash_end(const struct nettle_hash *h, void *state, uint8_t *out)
{
#if NETTLE_VERSION_MAJOR >= 4
	h->digest(state, out);
#else
	h->digest(state, h->digest_size, out);
#endif
}

#endif
