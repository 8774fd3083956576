/* SPDX-License-Identifier: BSD-3-Clause */
/* The form of an EdDSA signature: RFC 8032. */
#ifndef LIBPKI_TYPES_EDSIG_H
#define LIBPKI_TYPES_EDSIG_H

#include <pki/alg.h>

#define PKI_ED25519_SIG 64  /* octets: RFC 8032 5.1.6 */
#define PKI_ED448_SIG   114 /* octets: RFC 8032 5.2.6 */

/*
 * Has it the length, and is its second half, S, less than the order L (RFC 8032 5.1.7, 5.2.7)? What
 * is not could be made from a good signature by anybody. Not every library looks: Nettle 3.8 leaves
 * the last octet of an Ed448 signature out.
 */
bool pki_edsig_has_form(pki_key_type t, pki_bytes sig);

#endif
