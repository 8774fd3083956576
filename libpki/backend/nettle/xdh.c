/* SPDX-License-Identifier: BSD-3-Clause */
/* X25519 and X448 (RFC 7748), from Nettle. Every string of the right length is a public key. */
#include <nettle/curve25519.h>
#include <nettle/curve448.h>

#include "libpki/backend/nettle/okp.h"

static const pki_nettle_okp_curve x25519 = {
	.octets = CURVE25519_SIZE,
	.produces = CURVE25519_SIZE,
	.derive_public = curve25519_mul_g,
	.agree = curve25519_mul,
};

static const pki_nettle_okp_curve x448 = {
	.octets = CURVE448_SIZE,
	.produces = CURVE448_SIZE,
	.derive_public = curve448_mul_g,
	.agree = curve448_mul,
};

const pki_nettle_okp_curve *pki_nettle_xdh_curve_of(pki_key_type t)
{
	if (t == PKI_KEY_X25519)
		return &x25519;
	return t == PKI_KEY_X448 ? &x448 : NULL;
}
