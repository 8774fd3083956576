/* SPDX-License-Identifier: BSD-3-Clause */
/* scrypt: RFC 7914, over the backend's PBKDF2. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/error.h"
#include "libpki/crypto/scrypt.h"

#define SALSA_WORDS 16
#define R_P_MAX     (UINT32_C(1) << 30)

static uint32_t rotate(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

/* RFC 7914 3: Salsa20/8 Core. */
static void quarter(uint32_t *a, uint32_t *b, uint32_t *c, uint32_t *d)
{
	*b ^= rotate(*a + *d, 7);
	*c ^= rotate(*b + *a, 9);
	*d ^= rotate(*c + *b, 13);
	*a ^= rotate(*d + *c, 18);
}

/* x: room, which the caller wipes. */
static void salsa20_8(uint32_t b[SALSA_WORDS], uint32_t x[SALSA_WORDS])
{
	memcpy(x, b, SALSA_WORDS * sizeof *x);
	for (unsigned i = 0; i < 4; i++) {
		quarter(&x[0], &x[4], &x[8], &x[12]);
		quarter(&x[5], &x[9], &x[13], &x[1]);
		quarter(&x[10], &x[14], &x[2], &x[6]);
		quarter(&x[15], &x[3], &x[7], &x[11]);
		quarter(&x[0], &x[1], &x[2], &x[3]);
		quarter(&x[5], &x[6], &x[7], &x[4]);
		quarter(&x[10], &x[11], &x[8], &x[9]);
		quarter(&x[15], &x[12], &x[13], &x[14]);
	}
	for (unsigned i = 0; i < SALSA_WORDS; i++)
		b[i] += x[i];
}

/* What one call works with. */
struct mix {
	size_t words; /* of a block of 128 r octets */
	uint64_t n;
	uint32_t *x, *y; /* a block each */
	uint32_t *v;     /* n blocks */
	uint32_t t[SALSA_WORDS], room[SALSA_WORDS];
	pki_call *call;
};

static void xor_words(uint32_t *to, const uint32_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] ^= from[i];
}

/* RFC 7914 4: the even halves first, then the odd ones. */
static void block_mix(struct mix *m)
{
	size_t parts = m->words / SALSA_WORDS;

	memcpy(m->t, m->x + m->words - SALSA_WORDS, sizeof m->t);
	for (size_t i = 0; i < parts; i++) {
		size_t to = i / 2 + (i % 2) * (parts / 2);

		xor_words(m->t, m->x + i * SALSA_WORDS, SALSA_WORDS);
		salsa20_8(m->t, m->room);
		memcpy(m->y + to * SALSA_WORDS, m->t, sizeof m->t);
	}
	memcpy(m->x, m->y, m->words * sizeof *m->x);
}

static void load(uint32_t *words, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++, octets += 4)
		words[i] = octets[0] | (uint32_t)octets[1] << 8 | (uint32_t)octets[2] << 16 |
		    (uint32_t)octets[3] << 24;
}

static void store(uint8_t *octets, const uint32_t *words, size_t n)
{
	for (size_t i = 0; i < n; i++, octets += 4)
		for (unsigned j = 0; j < 4; j++)
			octets[j] = (uint8_t)(words[i] >> 8 * j);
}

/* RFC 7914 5: scryptROMix; n is a power of 2. */
static pki_status ro_mix(struct mix *m, uint8_t *block, pki_error *err)
{
	uint64_t units = m->words / SALSA_WORDS;
	pki_status st = PKI_SUCCESS;

	load(m->x, block, m->words);
	for (uint64_t i = 0; st == PKI_SUCCESS && i < m->n; i++) {
		memcpy(m->v + i * m->words, m->x, m->words * sizeof *m->x);
		block_mix(m);
		st = pki_call_spend(m->call, units, err);
	}
	for (uint64_t i = 0; st == PKI_SUCCESS && i < m->n; i++) {
		const uint32_t *last = m->x + m->words - SALSA_WORDS;
		uint64_t j = (last[0] | (uint64_t)last[1] << 32) & (m->n - 1);

		xor_words(m->x, m->v + j * m->words, m->words);
		block_mix(m);
		st = pki_call_spend(m->call, units, err);
	}
	store(block, m->x, m->words);
	return st;
}

static pki_status pbkdf2(const pki_ctx *ctx, pki_call *call, pki_bytes password, pki_bytes salt,
    pki_span out, pki_error *err)
{
	pki_alg a = { .size = sizeof a, .scheme = PKI_ALG_PBKDF2, .hash = PKI_HASH_SHA256 };

	a.iterations = 1;
	return pki_kdf(ctx, call, &a, password, salt, pki_bytes_of(NULL, 0), out, err);
}

pki_status pki_scrypt_check(const pki_ctx *ctx, const pki_scrypt_params *s, pki_error *err)
{
	uint64_t most = pki_ctx_limits(ctx)->scrypt_bytes / 128;

	if (s->n < 2 || (s->n & (s->n - 1)) != 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "costParameter is no power of 2 above 1", "RFC 7914 6");
	if (s->r == 0 || s->p == 0)
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "blockSize or parallelizationParameter is not positive", "RFC 7914 7");
	if (s->r < 4 && s->n >> (16 * s->r) != 0)
		return pki_error_set(err, PKI_E_STRUCTURE,
		    "costParameter is not below 2^(128 * blockSize / 8)", "RFC 7914 6");
	/* section 6's bound of r p, and work of p times what the memory costs */
	if (s->n > most || s->r > most / s->n || s->p > most / s->n / s->r || s->r > R_P_MAX / s->p)
		return pki_error_set(
		    err, PKI_E_LIMIT, "scrypt wants more memory than the context allows", NULL);
	/* all that is allocated: with a small n, what stands beside V is more than V */
	if (s->n + 2 + s->p > 2 * most / s->r)
		return pki_error_set(
		    err, PKI_E_LIMIT, "scrypt wants more memory than the context allows", NULL);
	return PKI_SUCCESS;
}

static pki_status mix_all(struct mix *m, uint32_t p, pki_span b, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (uint32_t i = 0; st == PKI_SUCCESS && i < p; i++)
		st = ro_mix(m, b.data + i * (b.len / p), err);
	return st;
}

/* RFC 7914 6. */
pki_status pki_scrypt(const pki_ctx *ctx, pki_call *call, const pki_scrypt_params *s,
    pki_bytes password, pki_bytes salt, pki_span out, pki_error *err)
{
	size_t block = (size_t)128 * s->r, room;
	struct mix m = { .words = block / 4, .n = s->n, .call = call };
	pki_span b = { NULL, block * s->p };
	pki_status st;

	if (!pki_size_mul(block, (size_t)s->n + 2, &room))
		return pki_error_nomem(err);
	b.data = pki_alloc(b.len);
	m.x = pki_alloc(room);
	if (b.data == NULL || m.x == NULL) {
		pki_free(b.data);
		pki_free(m.x);
		return pki_error_nomem(err);
	}
	m.y = m.x + m.words;
	m.v = m.y + m.words;
	st = pbkdf2(ctx, call, password, salt, b, err);
	if (st == PKI_SUCCESS)
		st = mix_all(&m, s->p, b, err);
	if (st == PKI_SUCCESS)
		st = pbkdf2(ctx, call, password, pki_bytes_of(b.data, b.len), out, err);
	pki_free_secret(b.data, b.len);
	pki_free_secret(m.x, room);
	pki_wipe(&m, sizeof m);
	return st;
}
