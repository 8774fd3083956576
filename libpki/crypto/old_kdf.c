/* SPDX-License-Identifier: BSD-3-Clause */
/* Key derivation that is read only: PBKDF1, PKCS#12's, and OpenSSL's for PEM. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/crypto/old_kdf.h"

#define BLOCK_MAX 128 /* octets that a digest takes at once: SHA-512 */

/* The digest, then the digest of that, `times` in all. */
static pki_status hash_times(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_bytes first,
    uint32_t times, uint8_t out[PKI_HASH_MAX], pki_error *err)
{
	pki_bytes in = first;
	pki_status st = PKI_SUCCESS;

	for (uint32_t i = 0; st == PKI_SUCCESS && i < times; i++) {
		st = pki_call_spend(call, 1, err);
		if (st == PKI_SUCCESS)
			st = pki_hash_call(ctx, call, h, in, out, err);
		in = pki_bytes_of(out, pki_hash_size(h));
	}
	return st;
}

pki_status pki_pbkdf1(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_bytes password,
    pki_bytes salt, uint32_t iterations, pki_span out, pki_error *err)
{
	pki_buf in = { .flags = PKI_BUF_SECRET };
	uint8_t t[PKI_HASH_MAX];
	pki_status st = pki_buf_append(&in, password, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_append(&in, salt, err);
	if (st == PKI_SUCCESS)
		st = hash_times(ctx, call, h, pki_buf_bytes(&in), iterations, t, err);
	if (st == PKI_SUCCESS)
		memcpy(out.data, t, out.len);
	pki_wipe(t, sizeof t);
	pki_buf_free(&in);
	return st;
}

/* ---- PKCS#12 ---- */

/* v of RFC 7292 B.2: octets of the digest's own block. */
static size_t block_of(pki_hash h)
{
	switch (h) {
	case PKI_HASH_SHA384:
	case PKI_HASH_SHA512:
	case PKI_HASH_SHA512_224:
	case PKI_HASH_SHA512_256:
		return BLOCK_MAX;
	default:
		return 64;
	}
}

static pki_status put_utf16(pki_buf *b, uint32_t unit, pki_error *err)
{
	uint8_t octets[2] = { (uint8_t)(unit >> 8), (uint8_t)unit };

	return pki_buf_append(b, pki_bytes_of(octets, sizeof octets), err);
}

/* RFC 7292 B.1. Beyond the BMP, which a BMPString does not reach, everyone writes surrogates. */
static pki_status bmp_password(pki_bytes utf8, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	uint32_t cp;

	if (!pki_utf8_valid(utf8))
		return pki_error_set(
		    err, PKI_E_PASSWORD, "the password is not UTF-8", "RFC 7292 B.1");
	while (st == PKI_SUCCESS && pki_utf8_next(&utf8, &cp)) {
		if (cp > 0xffff)
			st = put_utf16(out, 0xd800 + ((cp - 0x10000) >> 10), err);
		if (st == PKI_SUCCESS)
			st = put_utf16(out, cp > 0xffff ? 0xdc00 + (cp & 0x3ff) : cp, err);
	}
	return st == PKI_SUCCESS ? put_utf16(out, 0, err) : st;
}

/* Copies of in, as many as fill a whole number of blocks; none of nothing. */
static pki_status fill_blocks(pki_buf *b, pki_bytes in, size_t block, pki_error *err)
{
	size_t left = (in.len + block - 1) / block * block;
	pki_status st = PKI_SUCCESS;

	while (st == PKI_SUCCESS && left > 0) {
		size_t n = in.len < left ? in.len : left;

		st = pki_buf_append(b, pki_bytes_of(in.data, n), err);
		left -= n;
	}
	return st;
}

/* B.2 step 6 C: each block of I, plus B plus 1, modulo 2^(8 v). */
static void add_to_blocks(pki_span i, const uint8_t *a, size_t a_len, size_t block)
{
	for (size_t at = 0; at < i.len; at += block) {
		unsigned carry = 1;

		for (size_t k = block; k-- > 0;) {
			carry += (unsigned)i.data[at + k] + a[k % a_len];
			i.data[at + k] = (uint8_t)carry;
			carry >>= 8;
		}
	}
}

/* b: D || I. */
static pki_status derive_pkcs12(const pki_ctx *ctx, pki_call *call, pki_hash h, pki_buf *b,
    uint32_t iterations, pki_span out, pki_error *err)
{
	size_t block = block_of(h), u = pki_hash_size(h);
	uint8_t a[PKI_HASH_MAX];
	pki_status st = PKI_SUCCESS;

	while (st == PKI_SUCCESS && out.len > 0) {
		size_t n = out.len < u ? out.len : u;

		st = hash_times(ctx, call, h, pki_buf_bytes(b), iterations, a, err);
		if (st != PKI_SUCCESS)
			break;
		memcpy(out.data, a, n);
		out = (pki_span){ out.data + n, out.len - n };
		add_to_blocks((pki_span){ b->data + block, b->len - block }, a, u, block);
	}
	pki_wipe(a, sizeof a);
	return st;
}

pki_status pki_pkcs12_kdf(const pki_ctx *ctx, pki_call *call, pki_hash h, enum pki_pkcs12_id id,
    pki_bytes password, bool absent, pki_bytes salt, uint32_t iterations, pki_span out,
    pki_error *err)
{
	pki_buf text = { .flags = PKI_BUF_SECRET }, b = { .flags = PKI_BUF_SECRET };
	size_t block = block_of(h);
	uint8_t d[BLOCK_MAX];
	pki_status st = absent ? PKI_SUCCESS : bmp_password(password, &text, err);

	memset(d, id, sizeof d);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&b, pki_bytes_of(d, block), err);
	if (st == PKI_SUCCESS)
		st = fill_blocks(&b, salt, block, err);
	if (st == PKI_SUCCESS)
		st = fill_blocks(&b, pki_buf_bytes(&text), block, err);
	if (st == PKI_SUCCESS)
		st = derive_pkcs12(ctx, call, h, &b, iterations, out, err);
	pki_buf_free(&text);
	pki_buf_free(&b);
	return st;
}

/* ---- OpenSSL ---- */

/* D_i = MD5(D_(i-1) || password || salt), one after the other. */
pki_status pki_openssl_kdf(const pki_ctx *ctx, pki_call *call, pki_bytes password, pki_bytes salt,
    pki_span out, pki_error *err)
{
	pki_buf in = { .flags = PKI_BUF_SECRET };
	size_t size = pki_hash_size(PKI_HASH_MD5);
	uint8_t d[PKI_HASH_MAX];
	pki_status st = PKI_SUCCESS;

	for (size_t before = 0; st == PKI_SUCCESS && out.len > 0; before = size) {
		size_t n = out.len < size ? out.len : size;

		pki_buf_truncate(&in, 0);
		st = pki_buf_append(&in, pki_bytes_of(d, before), err);
		if (st == PKI_SUCCESS)
			st = pki_buf_append(&in, password, err);
		if (st == PKI_SUCCESS)
			st = pki_buf_append(&in, salt, err);
		if (st == PKI_SUCCESS)
			st = pki_hash_call(ctx, call, PKI_HASH_MD5, pki_buf_bytes(&in), d, err);
		if (st != PKI_SUCCESS)
			break;
		memcpy(out.data, d, n);
		out = (pki_span){ out.data + n, out.len - n };
	}
	pki_wipe(d, sizeof d);
	pki_buf_free(&in);
	return st;
}
