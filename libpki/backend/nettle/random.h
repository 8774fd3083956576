/* SPDX-License-Identifier: BSD-3-Clause */
/* Randomness: the system's, and a generator that lives as long as one operation. */
#ifndef LIBPKI_BACKEND_NETTLE_RANDOM_H
#define LIBPKI_BACKEND_NETTLE_RANDOM_H

#include <nettle/chacha.h>
#include <pki/base.h>

/* The system's random octets. PKI_E_BACKEND: there are none, and out is all zeros. */
pki_status pki_nettle_random(void *self, pki_span out, pki_error *err) PKI_MUST_USE;

/*
 * Nettle takes its randomness from a callback that cannot fail. So a seed is drawn and checked
 * first, and the callback expands it with ChaCha20. The generator lives on the stack of one
 * operation: nothing is left to be duplicated by fork().
 */
struct pki_drbg {
	struct chacha_ctx chacha;
};
pki_status pki_drbg_seed(struct pki_drbg *d, pki_error *err) PKI_MUST_USE;
/* A nettle_random_func. */
void pki_drbg_fill(void *drbg, size_t n, uint8_t *out);
void pki_drbg_wipe(struct pki_drbg *d);

#endif
