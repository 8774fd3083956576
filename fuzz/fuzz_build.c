/* SPDX-License-Identifier: BSD-3-Clause */
/* Path building among certificates that the input describes, beside a search that tries all. */
#include <pki/backend.h>
#include <pki/verify.h>

#include "fuzz/fuzz.h"

#define MOST 10 /* certificates */
#define NOW  1700000000

/* A certificate: names and keys are numbers, a signature is the signer's number. */
typedef struct spec {
	unsigned subject, issuer, key, signer;
	int path_len; /* -1: none */
	bool ca, expired, cert_sign, anchor;
	pki_cert *cert;
} spec;

typedef struct heap {
	spec list[MOST]; /* the leaf is the last */
	size_t count;
} heap;

static spec read_spec(pki_bytes *in)
{
	unsigned names = fuzz_octet(in), keys = fuzz_octet(in), flags = fuzz_octet(in);

	return (spec){ .subject = names & 7,
		.issuer = names >> 3 & 7,
		.key = keys & 7,
		.signer = keys >> 3 & 7,
		.path_len = (flags & 1) != 0 ? (int)(flags >> 1 & 3) : -1,
		.ca = (flags & 8) == 0,
		.expired = (flags & 48) == 48,
		.cert_sign = (flags & 192) != 192,
		.anchor = (names & 192) == 192 };
}

/* ---- a backend for which the signer's number is the signature ---- */

typedef struct number {
	uint8_t of_key;
} number;

static bool supports(void *self, pki_op op, pki_key_type key, const pki_alg *a)
{
	(void)self, (void)key, (void)a;
	return op == PKI_OP_VERIFY;
}

static pki_status pub_import(void *self, pki_bytes spki, void **pub, pki_error *err)
{
	number *n = malloc(sizeof *n);

	(void)self, (void)err;
	require(n != NULL);
	n->of_key = spki.data[spki.len - 1];
	*pub = n;
	return PKI_SUCCESS;
}

/* Ecdsa-Sig-Value { r, 1 } */
static pki_status verify(void *pub, const pki_alg *a, pki_bytes msg, pki_bytes sig, pki_error *err)
{
	const number *n = pub;

	(void)a, (void)msg;
	if (sig.data[4] == n->of_key)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_SIGNATURE, "another key", NULL);
}

static const pki_backend_table table = { .abi = PKI_BACKEND_ABI,
	.size = sizeof table,
	.name = "numbers",
	.supports = supports,
	.pub_import = pub_import,
	.key_free = free,
	.verify = verify };

static pki_time clock_now(void *ud)
{
	(void)ud;
	return NOW;
}

static pki_ctx *open_ctx(void)
{
	pki_backend *list[2] = { NULL, NULL };
	pki_ctx *ctx = NULL;

	require(pki_backend_open(&table, NULL, &list[0], NULL) == PKI_SUCCESS);
	require(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list, .clock = clock_now), &ctx,
		    NULL) == PKI_SUCCESS);
	pki_backend_free(list[0]);
	return ctx;
}

/* ---- certificates ---- */

static void write_alg(pki_derw *w)
{
	static const uint8_t ecdsa_with_sha256[] = { 0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d,
		4, 3, 2 };

	pki_derw_raw(w, pki_bytes_of(ecdsa_with_sha256, sizeof ecdsa_with_sha256));
}

static void write_name(pki_derw *w, unsigned n)
{
	uint8_t name[] = { 0x30, 12, 0x31, 10, 0x30, 8, 6, 3, 0x55, 4, 3, 0x0c, 1, 'a' };

	name[13] = (uint8_t)('a' + n);
	pki_derw_raw(w, pki_bytes_of(name, sizeof name));
}

static void write_spki(pki_derw *w, unsigned n)
{
	uint8_t spki[91] = { 0x30, 89, 0x30, 19, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 3, 66, 0, 4 };

	spki[90] = (uint8_t)(1 + n);
	pki_derw_raw(w, pki_bytes_of(spki, sizeof spki));
}

static void write_dates(pki_derw *w, bool expired)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_time(w, NOW - 1000);
	pki_derw_time(w, expired ? NOW - 1 : NOW + 1000);
	pki_derw_end(w);
}

static void write_extension(pki_derw *w, uint8_t id_ce, const uint8_t *value, size_t len)
{
	const uint8_t oid[] = { 0x55, 0x1d, id_ce };

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, pki_bytes_of(oid, sizeof oid));
	pki_derw_boolean(w, true);
	pki_derw_put(w, PKI_TAG_OCTETS, pki_bytes_of(value, len));
	pki_derw_end(w);
}

static void write_extensions(pki_derw *w, const spec *s)
{
	const uint8_t usage[] = { 3, 2, s->cert_sign ? 2 : 1, s->cert_sign ? 4 : 2 };
	uint8_t bc[] = { 0x30, 6, 1, 1, 0xff, 2, 1, (uint8_t)s->path_len };

	pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_extension(w, 15, usage, sizeof usage);
	if (!s->ca)
		bc[1] = 0;
	else if (s->path_len < 0)
		bc[1] = 3;
	write_extension(w, 19, bc, 2 + (size_t)bc[1]);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* serial makes certificates that are alike two. */
static void write_tbs(pki_derw *w, const spec *s, uint8_t serial)
{
	static const uint8_t v3[] = { 0xa0, 3, 2, 1, 2 };

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_raw(w, pki_bytes_of(v3, sizeof v3));
	pki_derw_int64(w, serial);
	write_alg(w);
	write_name(w, s->issuer);
	write_dates(w, s->expired);
	write_name(w, s->subject);
	write_spki(w, s->key);
	write_extensions(w, s);
	pki_derw_end(w);
}

static pki_cert *make(const pki_ctx *ctx, const spec *s, uint8_t serial)
{
	const uint8_t signature[] = { 0x30, 6, 2, 1, (uint8_t)(1 + s->signer), 2, 1, 1 };
	pki_buf der = PKI_BUF_INIT;
	pki_cert *c = NULL;
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_tbs(&w, s, serial);
	write_alg(&w);
	pki_derw_bits(&w, pki_bytes_of(signature, sizeof signature), 0);
	pki_derw_end(&w);
	require(pki_derw_finish(&w, &der, NULL) == PKI_SUCCESS);
	require(pki_cert_parse(ctx, pki_buf_bytes(&der), &c, NULL) == PKI_SUCCESS);
	pki_buf_free(&der);
	return c;
}

/* ---- a search that tries everything ---- */

static bool signed_by(const spec *s, const spec *by)
{
	return s->issuer == by->subject && s->signer == by->key;
}

static bool may_issue(const spec *s)
{
	return s->ca && s->cert_sign && !s->expired;
}

/* below: CAs so far that are not self-issued; used: a bit for each that is on the path. */
static bool reaches_anchor(const heap *h, const spec *s, int below, unsigned used)
{
	for (size_t i = 0; i < h->count; i++) {
		const spec *by = &h->list[i];
		bool self_issued = by->subject == by->issuer;

		if ((used >> i & 1) != 0 || !signed_by(s, by) || !may_issue(by) ||
		    (by->path_len >= 0 && below > by->path_len))
			continue;
		if (by->anchor || reaches_anchor(h, by, below + !self_issued, used | 1u << i))
			return true;
	}
	return false;
}

static bool is_valid(const heap *h)
{
	size_t last = h->count - 1;
	const spec *leaf = &h->list[last];

	return !leaf->expired && (leaf->anchor || reaches_anchor(h, leaf, 0, 1u << last));
}

/* ---- what libpki says ---- */

static pki_trust *trust_of(const pki_ctx *ctx, const heap *h)
{
	pki_trust_builder *b;
	pki_trust *t = NULL;

	require(pki_trust_builder_new(ctx, &b, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < h->count; i++)
		if (h->list[i].anchor)
			require(pki_trust_add(b, h->list[i].cert, NULL, NULL) == PKI_SUCCESS);
	require(pki_trust_freeze(b, &t, NULL) == PKI_SUCCESS);
	pki_trust_builder_free(b);
	return t;
}

static pki_certs *pool_of(const pki_ctx *ctx, const heap *h)
{
	pki_certs *l = NULL;

	require(pki_certs_new(ctx, &l, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < h->count; i++)
		require(pki_certs_add(l, h->list[i].cert, NULL) == PKI_SUCCESS);
	return l;
}

static void require_reasons(const pki_result *r)
{
	pki_failure f;

	require(pki_result_path_len(r) == 0 && pki_result_attempt_count(r) > 0);
	for (size_t i = 0; i < pki_result_attempt_count(r); i++) {
		require(pki_attempt_failure_count(r, i) > 0);
		for (size_t k = 0; pki_attempt_failure_at(r, i, k, &f); k++)
			require(f.certificate < pki_attempt_path_len(r, i) && f.text[0] != '\0' &&
			    f.clause[0] != '\0');
	}
}

static void judge(const pki_ctx *ctx, const heap *h)
{
	pki_trust *trust = trust_of(ctx, h);
	pki_certs *pool = pool_of(ctx, h);
	pki_error err = PKI_ERROR_INIT;
	pki_result *r = NULL;
	pki_status st = pki_verify(ctx, h->list[h->count - 1].cert,
	    PKI_OPTS(
		pki_verify_opts, .trust = trust, .untrusted = pool, .purpose = PKI_PURPOSE_ANY),
	    &r, &err);

	require_error(st, &err);
	require(st == pki_result_status(r));
	require((st == PKI_SUCCESS) == is_valid(h) || st == PKI_E_LIMIT);
	require(st == PKI_SUCCESS || st == PKI_E_UNTRUSTED || st == PKI_E_LIMIT);
	if (st == PKI_E_UNTRUSTED)
		require_reasons(r);
	pki_result_free(r);
	pki_certs_free(pool);
	pki_trust_free(trust);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_ctx *ctx = open_ctx();
	heap h = { .count = 0 };

	do {
		spec *s = &h.list[h.count++];

		*s = read_spec(&in);
		s->cert = make(ctx, s, (uint8_t)h.count);
	} while (in.len > 0 && h.count < MOST);
	judge(ctx, &h);
	for (size_t i = 0; i < h.count; i++)
		pki_cert_free(h.list[i].cert);
	pki_ctx_free(ctx);
	return 0;
}
