/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA moduli whose primes are known to be weak by how they look: CVE-2017-15361. */
#ifndef LIBPKI_CRYPTO_ROCA_H
#define LIBPKI_CRYPTO_ROCA_H

#include <pki/base.h>

/* Was this modulus, a magnitude, made in the way that lets it be factored? */
bool pki_rsa_is_roca(pki_bytes n);

#endif
