/* SPDX-License-Identifier: BSD-3-Clause */
/* PBKDF2 (RFC 8018 5.2). */
#ifndef LIBPKI_BACKEND_NETTLE_KDF_H
#define LIBPKI_BACKEND_NETTLE_KDF_H

#include <pki/backend.h>

/* For the backend's table. */
bool pki_nettle_kdf_supports(const pki_alg *a);
pki_status pki_nettle_kdf(void *self, pki_call *call, const pki_alg *a, pki_bytes secret,
    pki_bytes salt, pki_bytes info, pki_span out, pki_error *err);

#endif
