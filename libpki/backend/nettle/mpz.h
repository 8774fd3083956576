/* SPDX-License-Identifier: BSD-3-Clause */
/* GMP's integers from octets and back, and wiping them. */
#ifndef LIBPKI_BACKEND_NETTLE_MPZ_H
#define LIBPKI_BACKEND_NETTLE_MPZ_H

#include <gmp.h>
#include <pki/base.h>

/* Big-endian, of any length. */
void pki_mpz_read(mpz_t x, pki_bytes magnitude);
/* Big-endian, zeros in front; false: x is negative or needs more than out.len octets. */
bool pki_mpz_write(const mpz_t x, pki_span out) PKI_MUST_USE;
/* Octets of x >= 0; 0 for zero. */
size_t pki_mpz_octets(const mpz_t x);
/* mpz_clear, after wiping all that was ever allocated for x. */
void pki_mpz_clear(mpz_t x);

#endif
