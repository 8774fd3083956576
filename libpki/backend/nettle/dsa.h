/* SPDX-License-Identifier: BSD-3-Clause */
/* DSA keys (FIPS 186-4): public ones, for signatures that others made. */
#ifndef LIBPKI_BACKEND_NETTLE_DSA_H
#define LIBPKI_BACKEND_NETTLE_DSA_H

#include <nettle/dsa.h>

struct pki_nettle_dsa {
	struct dsa_params params;
	mpz_t y;
};

#endif
