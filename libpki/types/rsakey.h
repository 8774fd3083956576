/* SPDX-License-Identifier: BSD-3-Clause */
/* RSAPublicKey and RSAPrivateKey: RFC 8017 appendix A.1. */
#ifndef LIBPKI_TYPES_RSAKEY_H
#define LIBPKI_TYPES_RSAKEY_H

#include <pki/der.h>

/* Magnitudes, without leading zeros. Views. */
typedef struct pki_rsa_public {
	pki_bytes n, e;
} pki_rsa_public;

typedef struct pki_rsa_private {
	pki_bytes n, e, d, p, q, dp, dq, qinv;
} pki_rsa_private;

bool pki_rsa_public_read(pki_der *r, const char *field, pki_rsa_public *out);
/* The whole of der. */
pki_status pki_rsa_public_parse(
    const pki_ctx *ctx, pki_bytes der, pki_rsa_public *out, pki_error *err) PKI_MUST_USE;
void pki_rsa_public_write(pki_derw *w, const pki_rsa_public *k);
/* Version 1, multi-prime: PKI_E_UNSUPPORTED. */
bool pki_rsa_private_read(pki_der *r, const char *field, pki_rsa_private *out);
void pki_rsa_private_write(pki_derw *w, const pki_rsa_private *k);
/*
 * d modulo (m - 1), into as many octets as m has, in a time that tells of their lengths alone. out
 * has room for twice as many. m is odd, without leading zeros, and above 1.
 */
void pki_uint_mod_less_one(pki_bytes d, pki_bytes m, uint8_t *out);
/* Bits of a magnitude. */
size_t pki_uint_bits(pki_bytes magnitude);

#endif
