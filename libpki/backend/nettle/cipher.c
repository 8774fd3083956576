/* SPDX-License-Identifier: BSD-3-Clause */
/* Ciphers, whole blocks: what is the same for each. */
#include <string.h>

#include "libpki/backend/nettle/cipher.h"
#include "libpki/core/alloc.h"
#include "libpki/core/error.h"

bool pki_nettle_cipher_supports(const pki_alg *a)
{
	return a->scheme == PKI_ALG_AES_CBC || pki_nettle_old_supports(a);
}

static pki_status init(pki_nettle_cipher *c, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_error *err)
{
	pki_status st = a->scheme == PKI_ALG_AES_CBC ? pki_nettle_aes_init(c, encrypt, key, err)
						     : pki_nettle_old_init(c, a, encrypt, key, err);

	if (st != PKI_SUCCESS)
		return st;
	if (iv.len != (c->block == 1 ? 0 : c->block))
		return pki_error_set(err, PKI_E_ARG, "not the IV of CBC", "SP 800-38A 6.2");
	if (iv.len != 0)
		memcpy(c->iv, iv.data, iv.len);
	return PKI_SUCCESS;
}

pki_status pki_nettle_cipher_new(void *self, const pki_alg *a, bool encrypt, pki_bytes key,
    pki_bytes iv, pki_bytes aad, uint64_t total_len, void **st, pki_error *err)
{
	pki_nettle_cipher *c;
	pki_status result;

	(void)self;
	(void)total_len;
	if (aad.len != 0)
		return pki_error_set(err, PKI_E_ARG, "CBC authenticates nothing", NULL);
	c = pki_alloc(sizeof *c);
	if (c == NULL)
		return pki_error_nomem(err);
	result = init(c, a, encrypt, key, iv, err);
	if (result != PKI_SUCCESS) {
		pki_nettle_cipher_free(c);
		return result;
	}
	*st = c;
	return PKI_SUCCESS;
}

pki_status pki_nettle_cipher_update(void *st, pki_bytes in, pki_span *out, pki_error *err)
{
	pki_nettle_cipher *c = st;

	if (in.len % c->block != 0)
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
	pki_free_secret(st, sizeof(pki_nettle_cipher));
}
