/* SPDX-License-Identifier: BSD-3-Clause */
/* AES-CBC (NIST SP 800-38A). */
#include <nettle/cbc.h>
#include <nettle/nettle-meta.h>

#include "libpki/backend/nettle/cipher.h"
#include "libpki/backend/nettle/compat.h"
#include "libpki/core/error.h"

/* Nettle has CBC encryption in one piece for each size, which is the faster one. */
#define AES_CBC(bits)                                                                        \
 static void encrypt_##bits(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                           \
  cbc_aes##bits##_encrypt(&c->key.aes##bits, c->iv, n, out, in);                             \
 }                                                                                           \
 static void decrypt_##bits(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                           \
  cbc_decrypt(&c->key, nettle_aes##bits.decrypt, AES_BLOCK_SIZE, c->iv, n, out, in);         \
 }
AES_CBC(128)
AES_CBC(192)
AES_CBC(256)

static const struct aes {
	const struct nettle_cipher *aes;
	void (*encrypt)(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in);
	void (*decrypt)(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in);
} sizes[] = {
	{ &nettle_aes128, encrypt_128, decrypt_128 },
	{ &nettle_aes192, encrypt_192, decrypt_192 },
	{ &nettle_aes256, encrypt_256, decrypt_256 },
};

static const struct aes *aes_for(size_t key_len)
{
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (sizes[i].aes->key_size == key_len)
			return &sizes[i];
	return NULL;
}

pki_status pki_nettle_aes_init(pki_nettle_cipher *c, bool encrypt, pki_bytes key, pki_error *err)
{
	const struct aes *aes = aes_for(key.len);

	if (aes == NULL)
		return pki_error_set(err, PKI_E_ARG, "no length of an AES key", "FIPS 197 5");
	(encrypt ? aes->aes->set_encrypt_key : aes->aes->set_decrypt_key)(&c->key, key.data);
	c->block = AES_BLOCK_SIZE;
	c->run = encrypt ? aes->encrypt : aes->decrypt;
	return PKI_SUCCESS;
}
