/* SPDX-License-Identifier: BSD-3-Clause */
/* Public calls in any order: the input is a list of calls and their arguments. */
#include <pki/pki.h>

#include "fuzz/fuzz.h"

/* What the calls work on; lives as long as one input. */
struct state {
	pki_bytes in;
	pki_exts *exts;
	pki_name_builder *builder;
	pki_name *name; /* NULL: the subject is empty */
};

/* Made once; the default context has nothing of one input. */
static pki_key *keys[2];

static void make_keys(void)
{
	static const pki_key_type types[] = { PKI_KEY_P256, PKI_KEY_ED25519 };

	for (size_t i = 0; i < 2; i++)
		if (keys[i] == NULL)
			require(pki_key_generate(NULL, types[i], NULL, &keys[i], NULL) == 0);
}

static const pki_key *a_key(struct state *s)
{
	return keys[fuzz_octet(&s->in) % 2];
}

/* ---- names ---- */

static void use_name(const pki_name *n)
{
	pki_buf text = PKI_BUF_INIT;
	pki_name *again = NULL;

	require(pki_name_format(n, &text, NULL) == PKI_SUCCESS);
	require(pki_name_from_string(NULL, pki_buf_str(&text), &again, NULL) == PKI_SUCCESS);
	require(pki_name_equal(n, again));
	pki_name_free(again);
	again = NULL;
	require(pki_name_parse(NULL, pki_name_der(n), &again, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_name_der(n), pki_name_der(again)));
	pki_name_free(again);
	pki_buf_free(&text);
}

static void set_name(struct state *s, pki_status st, pki_name *n, const pki_error *err)
{
	require_error(st, err);
	require((st == PKI_SUCCESS) == (n != NULL));
	if (n == NULL)
		return;
	use_name(n);
	pki_name_free(s->name);
	s->name = n;
}

static void name_from_string(struct state *s)
{
	pki_error err = PKI_ERROR_INIT;
	char text[FUZZ_STRING];
	pki_name *n = NULL;
	pki_status st = pki_name_from_string(NULL, fuzz_string(&s->in, text), &n, &err);

	set_name(s, st, n, &err);
}

static pki_bytes an_attribute(struct state *s)
{
	static const pki_oid *const types[] = { &pki_id_common_name, &pki_id_organization_name,
		&pki_id_serial_number, &pki_id_country_name, &pki_id_domain_component,
		&pki_id_email_address, &pki_id_uid, &pki_id_dn_qualifier };
	uint8_t n = fuzz_octet(&s->in);

	if (n == 0xff)
		return fuzz_octets(&s->in);
	return pki_oid_view(types[n % (sizeof types / sizeof *types)]);
}

static void builder_add(struct state *s)
{
	pki_bytes type = an_attribute(s);
	char text[FUZZ_STRING];

	pki_name_builder_add(s->builder, type, fuzz_string(&s->in, text));
}

static void builder_join(struct state *s)
{
	pki_bytes type = an_attribute(s);
	char text[FUZZ_STRING];

	pki_name_builder_join(s->builder, type, fuzz_string(&s->in, text));
}

static void builder_finish(struct state *s)
{
	pki_error err = PKI_ERROR_INIT;
	pki_name *n = NULL;
	pki_status st = pki_name_builder_finish(s->builder, &n, &err);

	set_name(s, st, n, &err);
}

/* ---- extensions ---- */

static void exts_san(struct state *s)
{
	char text[FUZZ_STRING];

	pki_exts_san(s->exts, fuzz_string(&s->in, text));
}

static void exts_eku(struct state *s)
{
	pki_exts_eku(s->exts, fuzz_octets(&s->in));
}

static void exts_key_usage(struct state *s)
{
	uint32_t bits = (uint32_t)fuzz_octet(&s->in) << 8;

	pki_exts_key_usage(s->exts, bits | fuzz_octet(&s->in));
}

static void exts_basic_constraints(struct state *s)
{
	bool ca = fuzz_octet(&s->in) % 2 == 1;

	pki_exts_basic_constraints(s->exts, ca, (int32_t)fuzz_octet(&s->in) - 1);
}

static void exts_add(struct state *s)
{
	pki_bytes oid = fuzz_octets(&s->in);
	bool critical = fuzz_octet(&s->in) % 2 == 1;

	pki_exts_add(s->exts, oid, critical, fuzz_octets(&s->in));
}

/* ---- requests, keys, digests, writers, contexts ---- */

static void look_at(const pki_csr *r, const struct state *s)
{
	pki_csr *again = NULL;
	pki_ext e, same;

	require(pki_csr_check_signature(r, NULL) == PKI_SUCCESS);
	require(pki_csr_ext_count(r) == pki_exts_count(s->exts));
	for (size_t i = 0; pki_csr_ext_at(r, i, &e); i++)
		require(pki_csr_ext(r, e.oid, &same));
	require(pki_csr_parse(NULL, pki_csr_der(r), &again, NULL) == PKI_SUCCESS);
	require(pki_name_equal(pki_csr_subject(r), pki_csr_subject(again)));
	pki_csr_free(again);
}

static void csr_make(struct state *s)
{
	pki_error err = PKI_ERROR_INIT;
	const pki_key *k = a_key(s);
	char challenge[FUZZ_STRING];
	pki_csr *r = NULL;
	pki_status st;

	(void)fuzz_string(&s->in, challenge);
	st = pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject_name = s->name, .exts = s->exts,
		.challenge = challenge[0] != '\0' ? challenge : NULL),
	    &r, &err);
	require_error(st, &err);
	require((st == PKI_SUCCESS) == (r != NULL));
	require(st != PKI_SUCCESS || pki_exts_status(s->exts, NULL) == PKI_SUCCESS);
	if (r != NULL)
		look_at(r, s);
	pki_csr_free(r);
}

static void digest(struct state *s)
{
	pki_hash h = fuzz_octet(&s->in) % 16;
	pki_bytes a = fuzz_octets(&s->in), b = fuzz_octets(&s->in);
	uint8_t one[PKI_HASH_MAX], two[PKI_HASH_MAX];
	pki_digest *d = NULL, *copy = NULL;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_digest_new(NULL, h, &d, &err);

	require_error(st, &err);
	if (st != PKI_SUCCESS)
		return;
	require(pki_digest_update(d, a, NULL) == PKI_SUCCESS);
	require(pki_digest_dup(d, &copy, NULL) == PKI_SUCCESS);
	require(pki_digest_update(d, b, NULL) == PKI_SUCCESS);
	require(pki_digest_update(copy, b, NULL) == PKI_SUCCESS);
	require(pki_digest_final(d, one, NULL) == PKI_SUCCESS);
	require(pki_digest_final(copy, two, NULL) == PKI_SUCCESS);
	require(memcmp(one, two, pki_hash_size(h)) == 0);
	require(pki_digest_update(d, b, NULL) == PKI_E_ARG);
	pki_digest_free(copy);
	pki_digest_free(d);
}

/* One call of the writer; what is out of order must be told, not crash. */
static void write_one(pki_derw *w, pki_bytes *in)
{
	char text[FUZZ_STRING];

	switch (fuzz_octet(in) % 13) {
	case 0:
		return pki_derw_begin(w, (pki_tag)fuzz_octet(in) << 24 | fuzz_octet(in));
	case 1:
		return pki_derw_begin(w, PKI_TAG_SEQUENCE);
	case 2:
		return pki_derw_begin_bits(w);
	case 3:
		return pki_derw_end_set_of(w);
	case 4:
		return pki_derw_int64(
		    w, (int64_t)((uint64_t)fuzz_octet(in) << 56 | fuzz_octet(in)));
	case 5:
		return pki_derw_uint(w, fuzz_octets(in));
	case 6:
		return pki_derw_bits(w, fuzz_octets(in), fuzz_octet(in) % 10);
	case 7:
		return pki_derw_oid(w, fuzz_octets(in));
	case 8:
		return pki_derw_text(w, fuzz_octet(in) % 32, fuzz_string(in, text));
	case 9:
		return pki_derw_time(w, (int64_t)fuzz_octet(in) << 32);
	case 10:
		return pki_derw_flags(w, (uint32_t)fuzz_octet(in) << fuzz_octet(in) % 24);
	case 11:
		return pki_derw_put(w, fuzz_octet(in), fuzz_octets(in));
	default:
		return pki_derw_end(w);
	}
}

static void writer(struct state *s)
{
	pki_bytes script = fuzz_octets(&s->in);
	pki_error err = PKI_ERROR_INIT;
	pki_buf out = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, NULL);
	while (script.len > 0)
		write_one(&w, &script);
	st = pki_derw_finish(&w, &out, &err);
	require_error(st, &err);
	require(st == PKI_SUCCESS || out.len == 0);
	pki_buf_free(&out);
}

/* Options of any size with any contents, and a key written in such a context. */
static void context(struct state *s)
{
	pki_bytes octets = fuzz_octets(&s->in);
	struct {
		pki_limits known;
		uint8_t beyond[64];
	} limits;
	pki_error err = PKI_ERROR_INIT;
	pki_ctx *ctx = NULL;
	pki_csr *r = NULL;
	pki_status st;

	memset(&limits, 0, sizeof limits);
	if (octets.len > 0)
		memcpy(
		    &limits, octets.data, octets.len < sizeof limits ? octets.len : sizeof limits);
	limits.known.size %= sizeof limits + 1;
	st = pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .limits = &limits.known, .budget = 100), &ctx, &err);
	require_error(st, &err);
	require((st == PKI_SUCCESS) == (ctx != NULL));
	(void)!pki_csr_parse(ctx, s->in, &r, NULL);
	pki_csr_free(r);
	pki_ctx_free(ctx);
}

static void key_write(struct state *s)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	const pki_key *k = a_key(s);
	char password[FUZZ_STRING];
	pki_key *again = NULL;

	(void)fuzz_string(&s->in, password);
	if (pki_key_write(k, PKI_OPTS(pki_key_write_opts, .password = password, .iterations = 1000),
		&out, NULL) == PKI_SUCCESS) {
		require(pki_key_parse(NULL, pki_buf_bytes(&out), pki_password_text, password,
			    &again, NULL) == PKI_SUCCESS);
		require(pki_pubkey_equal(pki_key_public(k), pki_key_public(again)));
	}
	pki_key_free(again);
	pki_buf_free(&out);
}

typedef void call_fn(struct state *s);
static call_fn *const calls[] = { name_from_string, builder_add, builder_join, exts_san, exts_eku,
	exts_key_usage, exts_basic_constraints, exts_add, csr_make, builder_finish, digest, writer,
	context, key_write };
#define CALLS     (sizeof calls / sizeof *calls)
#define CALLS_MAX 100

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct state s = { .in = { data, len } };

	make_keys();
	require(pki_exts_new(NULL, &s.exts, NULL) == PKI_SUCCESS);
	require(pki_name_builder_new(NULL, &s.builder, NULL) == PKI_SUCCESS);
	for (unsigned n = 0; s.in.len > 0 && n < CALLS_MAX; n++)
		calls[fuzz_octet(&s.in) % CALLS](&s);
	pki_name_free(s.name);
	pki_name_builder_free(s.builder);
	pki_exts_free(s.exts);
	return 0;
}
