/* SPDX-License-Identifier: BSD-3-Clause */
/* The ciphers of old keys: DES and 3DES (SP 800-67), RC2 (RFC 2268), RC4; read, and not for new
 * keys. */
#include <nettle/cbc.h>
#include <nettle/nettle-types.h>

#include "libpki/backend/nettle/cipher.h"
#include "libpki/core/error.h"

/* CBC in both directions, as Nettle's own CBC_ENCRYPT casts it. */
#define CBC(name, size)                                                                      \
 static void encrypt_##name(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                           \
  cbc_encrypt(&c->key, (nettle_cipher_func *)name##_encrypt, size, c->iv, n, out, in);       \
 }                                                                                           \
 static void decrypt_##name(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in) \
 {                                                                                           \
  cbc_decrypt(&c->key, (nettle_cipher_func *)name##_decrypt, size, c->iv, n, out, in);       \
 }
CBC(des, DES_BLOCK_SIZE)
CBC(des3, DES3_BLOCK_SIZE)
CBC(arctwo, ARCTWO_BLOCK_SIZE)

static void crypt_arcfour(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in)
{
	arcfour_crypt(&c->key.arcfour, n, out, in);
}

/* What is said of a weak key is passed over: whoever has encrypted something with one has it. */
static void set_des(pki_nettle_cipher *c, const pki_alg *a, pki_bytes key)
{
	(void)a;
	(void)des_set_key(&c->key.des, key.data);
}

static void set_des3(pki_nettle_cipher *c, const pki_alg *a, pki_bytes key)
{
	(void)a;
	(void)des3_set_key(&c->key.des3, key.data);
}

static void set_arctwo(pki_nettle_cipher *c, const pki_alg *a, pki_bytes key)
{
	unsigned bits = a->key_bits != 0 ? a->key_bits : 8 * (unsigned)key.len;

	arctwo_set_key_ekb(&c->key.arctwo, key.len, key.data, bits);
}

static void set_arcfour(pki_nettle_cipher *c, const pki_alg *a, pki_bytes key)
{
	(void)a;
	arcfour_set_key(&c->key.arcfour, key.len, key.data);
}

typedef void run_fn(pki_nettle_cipher *c, size_t n, uint8_t *out, const uint8_t *in);

static const struct old {
	pki_scheme scheme;
	uint8_t key_min, key_max; /* octets */
	uint8_t block;
	void (*set_key)(pki_nettle_cipher *c, const pki_alg *a, pki_bytes key);
	run_fn *encrypt, *decrypt;
} olds[] = {
	{ PKI_ALG_DES_CBC, DES_KEY_SIZE, DES_KEY_SIZE, DES_BLOCK_SIZE, set_des, encrypt_des,
	    decrypt_des },
	{ PKI_ALG_DES3_CBC, DES3_KEY_SIZE, DES3_KEY_SIZE, DES3_BLOCK_SIZE, set_des3, encrypt_des3,
	    decrypt_des3 },
	{ PKI_ALG_RC2_CBC, ARCTWO_MIN_KEY_SIZE, ARCTWO_MAX_KEY_SIZE, ARCTWO_BLOCK_SIZE, set_arctwo,
	    encrypt_arctwo, decrypt_arctwo },
	{ PKI_ALG_RC4, 1, 128, 1, set_arcfour, crypt_arcfour, crypt_arcfour },
};

static const struct old *old_of(const pki_alg *a)
{
	if (a->key_bits > 8 * ARCTWO_MAX_KEY_SIZE)
		return NULL;
	for (size_t i = 0; i < sizeof olds / sizeof *olds; i++)
		if (olds[i].scheme == a->scheme)
			return &olds[i];
	return NULL;
}

bool pki_nettle_old_supports(const pki_alg *a)
{
	return old_of(a) != NULL;
}

pki_status pki_nettle_old_init(
    pki_nettle_cipher *c, const pki_alg *a, bool encrypt, pki_bytes key, pki_error *err)
{
	const struct old *o = old_of(a);

	if (o == NULL)
		return pki_error_set(err, PKI_E_UNSUPPORTED, "no such cipher", NULL);
	if (key.len < o->key_min || key.len > o->key_max)
		return pki_error_set(err, PKI_E_ARG, "no length of a key of this cipher", NULL);
	o->set_key(c, a, key);
	c->block = o->block;
	c->run = encrypt ? o->encrypt : o->decrypt;
	return PKI_SUCCESS;
}
