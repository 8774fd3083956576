/* SPDX-License-Identifier: BSD-3-Clause */
/* Ciphers: AES-CBC (NIST SP 800-38A), whole blocks; and those of old keys, which are read only. */
#ifndef LIBPKI_BACKEND_NETTLE_CIPHER_H
#define LIBPKI_BACKEND_NETTLE_CIPHER_H

#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/arctwo.h>
#include <nettle/des.h>
#include <pki/alg.h>

typedef struct pki_nettle_cipher {
	union {
		struct aes128_ctx aes128;
		struct aes192_ctx aes192;
		struct aes256_ctx aes256;
		struct des_ctx des;
		struct des3_ctx des3;
		struct arctwo_ctx arctwo;
		struct arcfour_ctx arcfour;
	} key;
	uint8_t iv[AES_BLOCK_SIZE];
	size_t block; /* octets; 1: a stream cipher */
	void (*run)(struct pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in);
} pki_nettle_cipher;

/* Sets c->key, block and run. PKI_E_UNSUPPORTED; PKI_E_ARG: no length of such a key. */
pki_status pki_nettle_aes_init(pki_nettle_cipher *c, bool encrypt, pki_bytes key, pki_error *err);
pki_status pki_nettle_old_init(
    pki_nettle_cipher *c, const pki_alg *a, bool encrypt, pki_bytes key, pki_error *err);
bool pki_nettle_old_supports(const pki_alg *a);

/* For the backend's table. */
bool pki_nettle_cipher_supports(const pki_alg *a);
pki_status pki_nettle_cipher_new(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err);
pki_status pki_nettle_cipher_update(void *st, pki_bytes in, pki_span *out, pki_error *err);
pki_status pki_nettle_cipher_final(void *st, pki_span *out, pki_span *tag, pki_error *err);
void pki_nettle_cipher_free(void *st);

#endif
