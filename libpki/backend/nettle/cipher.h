/* SPDX-License-Identifier: BSD-3-Clause */
/* AES-CBC (NIST SP 800-38A), whole blocks. */
#ifndef LIBPKI_BACKEND_NETTLE_CIPHER_H
#define LIBPKI_BACKEND_NETTLE_CIPHER_H

#include <pki/alg.h>

/* For the backend's table. */
bool pki_nettle_cipher_supports(const pki_alg *a);
pki_status pki_nettle_cipher_new(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err);
pki_status pki_nettle_cipher_update(void *st, pki_bytes in, pki_span *out, pki_error *err);
pki_status pki_nettle_cipher_final(void *st, pki_span *out, pki_span *tag, pki_error *err);
void pki_nettle_cipher_free(void *st);

#endif
