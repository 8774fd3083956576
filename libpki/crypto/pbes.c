/* SPDX-License-Identifier: BSD-3-Clause */
/* PBES2 with PBKDF2 and AES-CBC: RFC 8018. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/pbes.h"
#include "libpki/der/short_oid.h"
#include "libpki/types/hash.h"
#include "libpki/types/pkcs8.h"

#define SALT_MAX 1024 /* octets */
#define KEY_MAX  32   /* octets: AES-256 */

/* RFC 8018 A.2: DEFAULT algid-hmacWithSHA1 */
#define PRF_DEFAULT PKI_HASH_SHA1

#define PKCS5(arc) PKI_SHORT_OID(PKI_ARC_PKCS5, (arc))
#define AES(arc)   PKI_SHORT_OID(PKI_ARC_NIST, 0x01, (arc))

static const pki_short_oid id_pbkdf2 = PKCS5(12), id_pbes2 = PKCS5(13);

static const struct cipher {
	pki_short_oid oid;
	size_t key_len;
} ciphers[] = {
	{ AES(2), 16 },
	{ AES(22), 24 },
	{ AES(42), KEY_MAX },
};
#define CIPHERS (sizeof ciphers / sizeof *ciphers)

static bool is(const pki_algid *id, const pki_short_oid *oid)
{
	return pki_short_oid_is(oid, id->oid);
}

/* The two algorithms that PBES2 is made of: RFC 8018 A.4. */
struct halves {
	pki_algid kdf, cipher;
};

static pki_status nested(pki_status st, const pki_algid *outer, pki_error *err)
{
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "parameters",
		    outer->offset + (size_t)(outer->params.data - outer->whole.data));
	return st;
}

static pki_status split(const pki_ctx *ctx, const pki_algid *id, struct halves *out, pki_error *err)
{
	pki_der r, s;

	memset(out, 0, sizeof *out);
	if (id->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "PBES2 parameters are absent", "RFC 8018 A.4");
	pki_der_init(&r, ctx, id->params, "PBES2-params");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_algid_read(&s, "keyDerivationFunc", &out->kdf);
	pki_algid_read(&s, "encryptionScheme", &out->cipher);
	pki_der_leave(&s);
	return nested(pki_der_finish(&r, err), id, err);
}

/* PBKDF2-params: RFC 8018 A.2. */
struct pbkdf2 {
	pki_bytes salt;
	int64_t iterations;
	int64_t key_len; /* 0: absent */
	pki_algid prf;   /* no OID: absent */
};

static void read_salt(pki_der *s, pki_bytes *out)
{
	if (pki_der_peek(s, PKI_TAG_SEQUENCE))
		pki_der_fail(
		    s, PKI_E_UNSUPPORTED, "salt of the choice otherSource", "RFC 8018 A.2");
	if (!pki_der_next(s, PKI_TAG_OCTETS, "salt", out))
		return;
	if (out->len == 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "salt is empty", "RFC 8018 4.1");
	if (out->len > SALT_MAX)
		pki_der_fail(s, PKI_E_LIMIT, "salt is longer than 1024 octets", NULL);
}

static void read_iterations(pki_der *s, int64_t *out)
{
	if (pki_der_int64(s, "iterationCount", out) && *out < 1)
		pki_der_fail(s, PKI_E_STRUCTURE, "iterationCount is not positive", "RFC 8018 A.2");
}

static void read_key_length(pki_der *s, int64_t *out)
{
	if (pki_der_int64(s, "keyLength", out) && *out < 1)
		pki_der_fail(s, PKI_E_STRUCTURE, "keyLength is not positive", "RFC 8018 A.2");
}

static pki_status read_pbkdf2(
    const pki_ctx *ctx, const pki_algid *kdf, struct pbkdf2 *out, pki_error *err)
{
	pki_der r, s;

	memset(out, 0, sizeof *out);
	if (!is(kdf, &id_pbkdf2))
		return pki_algid_unsupported(
		    kdf->oid, "key derivation function other than PBKDF2", "RFC 8018 A.4", err);
	if (kdf->params.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "PBKDF2 parameters are absent", "RFC 8018 A.2");
	pki_der_init(&r, ctx, kdf->params, "PBKDF2-params");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	read_salt(&s, &out->salt);
	read_iterations(&s, &out->iterations);
	if (pki_der_peek(&s, PKI_TAG_INTEGER))
		read_key_length(&s, &out->key_len);
	if (pki_der_peek(&s, PKI_TAG_SEQUENCE))
		pki_algid_read(&s, "prf", &out->prf);
	pki_der_leave(&s);
	return nested(pki_der_finish(&r, err), kdf, err);
}

/*
 * A default that is spelled out is read, and so are parameters left out where RFC 8018 B.1.2 wants
 * NULL, as GnuTLS writes: there is one meaning only, and nothing here is signed.
 */
static pki_status prf_decode(const pki_algid *id, pki_hash *out, pki_error *err)
{
	*out = PRF_DEFAULT;
	if (id->oid.len == 0)
		return PKI_SUCCESS;
	*out = pki_hash_from_hmac_oid(id->oid);
	if (*out == PKI_HASH_NONE)
		return pki_algid_unsupported(
		    id->oid, "unknown pseudorandom function", "RFC 8018 B.1.2", err);
	if (id->params.len != 0 && !pki_algid_params_null(id))
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "parameters of the PRF are not NULL", "RFC 8018 B.1.2");
	return PKI_SUCCESS;
}

static const struct cipher *cipher_of(const pki_algid *id)
{
	for (size_t i = 0; i < CIPHERS; i++)
		if (is(id, &ciphers[i].oid))
			return &ciphers[i];
	return NULL;
}

static pki_status cipher_decode(
    const pki_ctx *ctx, const pki_algid *id, pki_pbes2 *out, pki_error *err)
{
	const struct cipher *c = cipher_of(id);
	pki_status st;
	pki_der r;

	if (c == NULL)
		return pki_algid_unsupported(
		    id->oid, "cipher other than AES-CBC", "RFC 8018 B.2", err);
	out->key_len = c->key_len;
	pki_der_init(&r, ctx, id->params, "AES-IV");
	pki_der_next(&r, PKI_TAG_OCTETS, NULL, &out->iv);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	if (out->iv.len != PKI_CBC_BLOCK)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "IV is not of 16 octets", "RFC 8018 B.2.5");
	return PKI_SUCCESS;
}

pki_status pki_pbes2_decode(const pki_ctx *ctx, const pki_algid *id, pki_pbes2 *out, pki_error *err)
{
	struct halves h;
	struct pbkdf2 kdf;
	pki_pbes2 p = { 0 };
	pki_status st;

	if (!is(id, &id_pbes2))
		return pki_algid_unsupported(
		    id->oid, "encryption other than PBES2", "RFC 8018 6.2", err);
	st = split(ctx, id, &h, err);
	if (st == PKI_SUCCESS)
		st = nested(read_pbkdf2(ctx, &h.kdf, &kdf, err), id, err);
	if (st == PKI_SUCCESS)
		st = prf_decode(&kdf.prf, &p.prf, err);
	if (st == PKI_SUCCESS)
		st = cipher_decode(ctx, &h.cipher, &p, err);
	if (st != PKI_SUCCESS)
		return st;
	if ((uint64_t)kdf.iterations > pki_ctx_limits(ctx)->kdf_iterations ||
	    kdf.iterations > UINT32_MAX)
		return pki_error_set(
		    err, PKI_E_LIMIT, "more KDF iterations than the context allows", NULL);
	if (kdf.key_len != 0 && (uint64_t)kdf.key_len != p.key_len)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "keyLength is not the cipher's", "RFC 8018 A.2");
	p.salt = kdf.salt;
	p.iterations = (uint32_t)kdf.iterations;
	*out = p;
	return PKI_SUCCESS;
}

static void write_pbkdf2(pki_derw *w, const pki_pbes2 *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_short_oid_view(&id_pbkdf2));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_put(w, PKI_TAG_OCTETS, p->salt);
	pki_derw_int64(w, p->iterations);
	if (p->prf != PRF_DEFAULT)
		pki_algid_write(w, pki_hash_hmac_oid(p->prf), pki_algid_null);
	pki_derw_end(w);
	pki_derw_end(w);
}

static void write_cipher(pki_derw *w, const pki_pbes2 *p)
{
	for (size_t i = 0; i < CIPHERS; i++) {
		if (ciphers[i].key_len != p->key_len)
			continue;
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_oid(w, pki_short_oid_view(&ciphers[i].oid));
		pki_derw_put(w, PKI_TAG_OCTETS, p->iv);
		pki_derw_end(w);
		return;
	}
	pki_derw_fail(w, PKI_E_ARG, "no cipher has a key of this length", NULL);
}

void pki_pbes2_write(pki_derw *w, const pki_pbes2 *p)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_short_oid_view(&id_pbes2));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_pbkdf2(w, p);
	write_cipher(w, p);
	pki_derw_end(w);
	pki_derw_end(w);
}

static pki_status derive(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p, pki_bytes password,
    pki_span key, pki_error *err)
{
	pki_alg a = { .size = sizeof a, .scheme = PKI_ALG_PBKDF2 };

	a.hash = p->prf;
	a.iterations = p->iterations;
	return pki_kdf(ctx, call, &a, password, p->salt, pki_bytes_of(NULL, 0), key, err);
}

/* text, with room for it in place, of whole blocks */
static pki_status crypt(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p, bool encrypt,
    pki_bytes password, pki_span text, pki_error *err)
{
	uint8_t key[KEY_MAX];
	pki_status st = derive(ctx, call, p, password, (pki_span){ key, p->key_len }, err);

	if (st == PKI_SUCCESS)
		st = pki_cbc(ctx, encrypt, pki_bytes_of(key, p->key_len), p->iv,
		    pki_bytes_of(text.data, text.len), text.data, err);
	pki_wipe(key, sizeof key);
	return st;
}

/* All ones where a <= b, for a and b below 2^31. */
static uint32_t mask_le(uint32_t a, uint32_t b)
{
	return ((b - a) >> 31) - 1;
}

/*
 * RFC 8018 6.1.1 step 4: the last octet, 1..16, tells how often it stands at the end. Which octet
 * is wrong, and how many there should be, decides neither a branch nor an index. 0: wrong.
 */
static size_t padding(const uint8_t *block)
{
	uint32_t n = block[PKI_CBC_BLOCK - 1];
	uint32_t good = mask_le(1, n) & mask_le(n, PKI_CBC_BLOCK);

	for (uint32_t i = 1; i <= PKI_CBC_BLOCK; i++) {
		uint32_t differs = block[PKI_CBC_BLOCK - i] ^ n;

		good &= ~mask_le(i, n) | mask_le(differs, 0);
	}
	return n & good;
}

pki_status pki_pbes2_decrypt(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p,
    pki_bytes password, pki_bytes data, pki_buf *plain, pki_error *err)
{
	size_t start = plain->len, pad;
	pki_status st;

	if (data.len == 0 || data.len % PKI_CBC_BLOCK != 0)
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
	pad = padding(plain->data + plain->len - PKI_CBC_BLOCK);
	pki_buf_truncate(plain, pad == 0 ? start : plain->len - pad);
	return pad != 0 ? PKI_SUCCESS : pki_error_set(err, PKI_E_PASSWORD, "wrong password", NULL);
}

static pki_status add_padding(pki_buf *b, size_t len, pki_error *err)
{
	uint8_t octets[PKI_CBC_BLOCK];
	size_t n = PKI_CBC_BLOCK - len % PKI_CBC_BLOCK;

	memset(octets, (int)n, sizeof octets);
	return pki_buf_append(b, pki_bytes_of(octets, n), err);
}

pki_status pki_pbes2_encrypt(const pki_ctx *ctx, pki_call *call, const pki_pbes2 *p,
    pki_bytes password, pki_bytes plain, pki_buf *data, pki_error *err)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_buf_append(&text, plain, err);

	if (st == PKI_SUCCESS)
		st = add_padding(&text, plain.len, err);
	if (st == PKI_SUCCESS)
		st = crypt(ctx, call, p, true, password, (pki_span){ text.data, text.len }, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(data, pki_buf_bytes(&text), err);
	pki_buf_free(&text);
	return st;
}

/* What is not PBES2 with PBKDF2, or not well formed further in, leaves the rest empty. */
static pki_status describe(
    const pki_ctx *ctx, const pki_algid *id, pki_envelope *out, pki_error *err)
{
	struct halves h;
	struct pbkdf2 kdf;
	pki_status st;

	out->scheme = id->oid;
	if (!is(id, &id_pbes2))
		return PKI_SUCCESS;
	st = split(ctx, id, &h, err);
	if (st != PKI_SUCCESS)
		return st;
	out->kdf = h.kdf.oid;
	out->cipher = h.cipher.oid;
	if (read_pbkdf2(ctx, &h.kdf, &kdf, NULL) != PKI_SUCCESS)
		return PKI_SUCCESS;
	out->prf = kdf.prf.oid.len != 0 ? kdf.prf.oid : pki_hash_hmac_oid(PRF_DEFAULT);
	out->iterations = (uint64_t)kdf.iterations;
	out->salt_len = kdf.salt.len;
	return PKI_SUCCESS;
}

pki_status pki_envelope_parse(const pki_ctx *ctx, pki_bytes der, pki_envelope *out, pki_error *err)
{
	pki_encrypted_pkcs8 e;
	pki_envelope read = { 0 };
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	memset(out, 0, sizeof *out);
	st = pki_encrypted_pkcs8_parse(ctx, der, &e, err);
	if (st == PKI_SUCCESS)
		st = describe(ctx, &e.algorithm, &read, err);
	if (st == PKI_SUCCESS)
		*out = read;
	return PKI_LEAVE(err, st);
}
