/* SPDX-License-Identifier: BSD-3-Clause */
/* Randomness: getrandom(2), and ChaCha20 (RFC 8439) seeded from it for one operation. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include <pki/error.h>

#include "libpki/backend/nettle/random.h"

pki_status pki_nettle_random(void *self, pki_span out, pki_error *err)
{
	size_t done = 0;

	(void)self;
	while (done < out.len) {
		ssize_t n = getrandom(out.data + done, out.len - done, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || (size_t)n > out.len - done) {
			pki_wipe(out.data, out.len);
			return pki_error_set(
			    err, PKI_E_BACKEND, "the system gives no random octets", NULL);
		}
		done += (size_t)n;
	}
	return PKI_SUCCESS;
}

pki_status pki_drbg_seed(struct pki_drbg *d, pki_error *err)
{
	uint8_t seed[CHACHA_KEY_SIZE + CHACHA_NONCE_SIZE + CHACHA_COUNTER_SIZE];
	pki_status st = pki_nettle_random(NULL, (pki_span){ seed, sizeof seed }, err);

	if (st != PKI_SUCCESS)
		return st;
	chacha_set_key(&d->chacha, seed);
	chacha_set_nonce(&d->chacha, seed + CHACHA_KEY_SIZE);
	chacha_set_counter(&d->chacha, seed + CHACHA_KEY_SIZE + CHACHA_NONCE_SIZE);
	pki_wipe(seed, sizeof seed);
	return PKI_SUCCESS;
}

void pki_drbg_fill(void *drbg, size_t n, uint8_t *out)
{
	struct pki_drbg *d = drbg;

	if (n == 0)
		return;
	memset(out, 0, n);
	chacha_crypt(&d->chacha, n, out, out);
}

void pki_drbg_wipe(struct pki_drbg *d)
{
	pki_wipe(d, sizeof *d);
}
