/* SPDX-License-Identifier: BSD-3-Clause */
/* Encryption by password: a key derivation and a cipher. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/old_kdf.h"
#include "libpki/crypto/pbe.h"

/* ---- what decoders share ---- */

void pki_pbe_read_salt(pki_der *s, pki_bytes *out)
{
	if (pki_der_peek(s, PKI_TAG_SEQUENCE))
		pki_der_fail(
		    s, PKI_E_UNSUPPORTED, "salt of the choice otherSource", "RFC 8018 A.2");
	if (!pki_der_next(s, PKI_TAG_OCTETS, "salt", out))
		return;
	if (out->len == 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "salt is empty", "RFC 8018 4.1");
	if (out->len > PKI_PBE_SALT_MAX)
		pki_der_fail(s, PKI_E_LIMIT, "salt is longer than 1024 octets", NULL);
}

void pki_pbe_read_iterations(pki_der *s, int64_t *out)
{
	if (pki_der_int64(s, "iterationCount", out) && *out < 1)
		pki_der_fail(s, PKI_E_STRUCTURE, "iterationCount is not positive", "RFC 8018 A.2");
}

pki_status pki_pbe_set_iterations(
    const pki_ctx *ctx, int64_t iterations, pki_pbe *out, pki_error *err)
{
	if ((uint64_t)iterations > pki_ctx_limits(ctx)->kdf_iterations || iterations > UINT32_MAX)
		return pki_error_set(
		    err, PKI_E_LIMIT, "more KDF iterations than the context allows", NULL);
	out->iterations = (uint32_t)iterations;
	return PKI_SUCCESS;
}

pki_status pki_pbe_nested(pki_status st, const pki_algid *outer, pki_error *err)
{
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "parameters",
		    outer->offset + (size_t)(outer->params.data - outer->whole.data));
	return st;
}

pki_status pki_pbe_decode(const pki_ctx *ctx, const pki_algid *id, pki_pbe *out, pki_error *err)
{
	pki_status st = pki_pbes2_decode(ctx, id, out, err);

	if (st == PKI_E_NOTFOUND)
		st = pki_pbes1_decode(ctx, id, out, err);
	if (st != PKI_E_NOTFOUND)
		return st;
	return pki_algid_unsupported(
	    id->oid, "encryption that is neither PBES2, PBES1 nor PKCS #12's", "RFC 8018 6", err);
}

/* ---- keys ---- */

static pki_status pbkdf2(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_span key, pki_error *err)
{
	pki_alg a = { .size = sizeof a, .scheme = PKI_ALG_PBKDF2 };

	a.hash = p->hash;
	a.iterations = p->iterations;
	return pki_kdf(ctx, call, &a, password, p->salt, pki_bytes_of(NULL, 0), key, err);
}

/* RFC 7292 C: the IV, where there is one, is derived in the same way. */
static pki_status pkcs12(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_span key, pki_span iv, pki_error *err)
{
	pki_status st = pki_pkcs12_kdf(
	    ctx, call, p->hash, PKI_PKCS12_KEY, password, false, p->salt, p->iterations, key, err);

	if (st != PKI_SUCCESS || iv.len == 0)
		return st;
	return pki_pkcs12_kdf(
	    ctx, call, p->hash, PKI_PKCS12_IV, password, false, p->salt, p->iterations, iv, err);
}

/* RFC 8018 6.1.1: the first half is the key, the second the IV. */
static pki_status pbkdf1(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_span key, pki_span iv, pki_error *err)
{
	uint8_t both[PKI_HASH_MAX];
	pki_status st = pki_pbkdf1(ctx, call, p->hash, password, p->salt, p->iterations,
	    (pki_span){ both, key.len + iv.len }, err);

	if (st == PKI_SUCCESS) {
		memcpy(key.data, both, key.len);
		memcpy(iv.data, both + key.len, iv.len);
	}
	pki_wipe(both, sizeof both);
	return st;
}

/* What the cipher wants: a key, and an IV unless p brings it. */
struct keys {
	uint8_t key[PKI_PBE_KEY_MAX], iv[PKI_CBC_BLOCK];
	pki_bytes use_key, use_iv;
};

static pki_status derive(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    struct keys *k, pki_error *err)
{
	size_t block = pki_cipher_block(p->cipher.scheme);
	pki_span key = { k->key, p->key_len }, iv = { k->iv, block > 1 ? block : 0 };

	k->use_key = pki_bytes_of(key.data, key.len);
	k->use_iv = p->iv.len > 0 ? p->iv : pki_bytes_of(iv.data, iv.len);
	switch (p->kdf) {
	case PKI_PBE_PBKDF2:
		return pbkdf2(ctx, call, p, password, key, err);
	case PKI_PBE_SCRYPT:
		return pki_scrypt(ctx, call, &p->scrypt, password, p->salt, key, err);
	case PKI_PBE_PBKDF1:
		return pbkdf1(ctx, call, p, password, key, iv, err);
	case PKI_PBE_PKCS12:
		return pkcs12(ctx, call, p, password, key, iv, err);
	default:
		return pki_openssl_kdf(ctx, call, password, p->salt, key, err);
	}
}

/* SP 800-67: of two keys the first is the third, too. */
static void complete(const pki_pbe *p, struct keys *k)
{
	if (p->cipher.scheme != PKI_ALG_DES3_CBC || p->key_len != 16)
		return;
	memcpy(k->key + 16, k->key, 8);
	k->use_key.len = 24;
}

/* text, with room for it in place, of whole blocks */
static pki_status crypt(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, bool encrypt,
    pki_bytes password, pki_span text, pki_error *err)
{
	struct keys k;
	pki_status st = derive(ctx, call, p, password, &k, err);

	if (st == PKI_SUCCESS) {
		complete(p, &k);
		st = pki_crypt(ctx, &p->cipher, encrypt, k.use_key, k.use_iv,
		    pki_bytes_of(text.data, text.len), text.data, err);
	}
	pki_wipe(&k, sizeof k);
	return st;
}

/* ---- padding ---- */

/* All ones where a <= b, for a and b below 2^31. */
static uint32_t mask_le(uint32_t a, uint32_t b)
{
	return ((b - a) >> 31) - 1;
}

/*
 * RFC 8018 6.1.1 step 4: the last octet, from 1 to the size of a block, tells how often it stands
 * at the end. Which octet is wrong, and how many there should be, decides neither a branch nor an
 * index. 0: wrong.
 */
static size_t padding(const uint8_t *end, uint32_t block)
{
	uint32_t n = end[-1];
	uint32_t good = mask_le(1, n) & mask_le(n, block);

	for (uint32_t i = 1; i <= block; i++) {
		uint32_t differs = *(end - i) ^ n;

		good &= ~mask_le(i, n) | mask_le(differs, 0);
	}
	return n & good;
}

pki_status pki_pbe_decrypt(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_bytes data, pki_buf *plain, pki_error *err)
{
	size_t start = plain->len, block = pki_cipher_block(p->cipher.scheme), pad;
	pki_status st;

	if (data.len == 0 || data.len % block != 0)
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "encryptedData is not a number of whole blocks", "RFC 8018 6.2.2");
	plain->flags |= PKI_BUF_SECRET;
	st = pki_buf_append(plain, data, err);
	if (st != PKI_SUCCESS)
		return st;
	st = crypt(ctx, call, p, false, password, (pki_span){ plain->data + start, data.len }, err);
	if (st != PKI_SUCCESS) {
		pki_buf_truncate(plain, start);
		return st;
	}
	if (block == 1)
		return PKI_SUCCESS;
	pad = padding(plain->data + plain->len, (uint32_t)block);
	pki_buf_truncate(plain, pad == 0 ? start : plain->len - pad);
	return pad != 0 ? PKI_SUCCESS : pki_error_set(err, PKI_E_PASSWORD, "wrong password", NULL);
}

static pki_status add_padding(pki_buf *b, size_t len, size_t block, pki_error *err)
{
	uint8_t octets[PKI_CBC_BLOCK];
	size_t n = block - len % block;

	memset(octets, (int)n, sizeof octets);
	return pki_buf_append(b, pki_bytes_of(octets, n), err);
}

pki_status pki_pbe_encrypt(const pki_ctx *ctx, pki_call *call, const pki_pbe *p, pki_bytes password,
    pki_bytes plain, pki_buf *data, pki_error *err)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_buf_append(&text, plain, err);

	if (st == PKI_SUCCESS)
		st = add_padding(&text, plain.len, pki_cipher_block(p->cipher.scheme), err);
	if (st == PKI_SUCCESS)
		st = crypt(ctx, call, p, true, password, (pki_span){ text.data, text.len }, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(data, pki_buf_bytes(&text), err);
	pki_buf_free(&text);
	return st;
}
