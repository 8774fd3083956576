/* SPDX-License-Identifier: BSD-3-Clause */
/* AES-CBC (NIST SP 800-38A), whole blocks. */
#include <string.h>

#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <pki/error.h>

#include "libpki/backend/nettle/cipher.h"
#include "libpki/backend/nettle/compat.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

struct cipher {
	union {
		struct aes128_ctx aes128;
		struct aes192_ctx aes192;
		struct aes256_ctx aes256;
	} key;
	uint8_t iv[AES_BLOCK_SIZE];
	void (*run)(struct cipher *c, size_t n, uint8_t *out, const uint8_t *in);
};

/* Nettle has CBC encryption in one piece for each size, which is the faster one. */
#define AES_CBC(bits)                                                                    \
 static void encrypt_##bits(struct cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                       \
  cbc_aes##bits##_encrypt(&c->key.aes##bits, c->iv, n, out, in);                         \
 }                                                                                       \
 static void decrypt_##bits(struct cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                       \
  cbc_decrypt(&c->key, nettle_aes##bits.decrypt, AES_BLOCK_SIZE, c->iv, n, out, in);     \
 }
AES_CBC(128)
AES_CBC(192)
AES_CBC(256)

static const struct aes {
	const struct nettle_cipher *aes;
	void (*encrypt)(struct cipher *c, size_t n, uint8_t *out, const uint8_t *in);
	void (*decrypt)(struct cipher *c, size_t n, uint8_t *out, const uint8_t *in);
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

bool pki_nettle_cipher_supports(const pki_alg *a)
{
	return a->scheme == PKI_ALG_AES_CBC;
}

pki_status pki_nettle_cipher_new(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err)
{
	const struct aes *aes = aes_for(key.len);
	struct cipher *c;

	(void)self;
	(void)total_len;
	if (!pki_nettle_cipher_supports(a))
		return pki_error_set(err, PKI_E_UNSUPPORTED, "no such cipher", NULL);
	if (aes == NULL)
		return pki_error_set(err, PKI_E_ARG, "no length of an AES key", "FIPS 197 5");
	if (iv.len != AES_BLOCK_SIZE || aad.len != 0)
		return pki_error_set(err, PKI_E_ARG, "not the IV of CBC", "SP 800-38A 6.2");
	c = pki_alloc(sizeof *c);
	if (c == NULL)
		return pki_error_nomem(err);
	(encrypt ? aes->aes->set_encrypt_key : aes->aes->set_decrypt_key)(&c->key, key.data);
	memcpy(c->iv, iv.data, sizeof c->iv);
	c->run = encrypt ? aes->encrypt : aes->decrypt;
	*st = c;
	return PKI_SUCCESS;
}

pki_status pki_nettle_cipher_update(void *st, pki_bytes in, pki_span *out, pki_error *err)
{
	struct cipher *c = st;

	if (in.len % AES_BLOCK_SIZE != 0)
		return pki_error_set(err, PKI_E_ARG, "not whole blocks", "SP 800-38A 5.2");
	if (out->len < in.len)
		return pki_error_set(err, PKI_E_ARG, "no room for the output", NULL);
	if (in.len != 0)
		c->run(c, in.len, out->data, in.data);
	out->len = in.len;
	return PKI_SUCCESS;
}

pki_status pki_nettle_cipher_final(void *st, pki_span *out, pki_span *tag, pki_error *err)
{
	(void)st;
	if (tag != NULL && tag->len != 0)
		return pki_error_set(err, PKI_E_ARG, "CBC has no tag", NULL);
	if (out != NULL)
		out->len = 0;
	return PKI_SUCCESS;
}

void pki_nettle_cipher_free(void *st)
{
	pki_free_secret(st, sizeof(struct cipher));
}
