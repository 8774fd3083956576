/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What <pki/base.h> promises of every function: a status and who said it, an error that a success
 * leaves alone, outputs that a failure leaves empty, and NULL for anything at all.
 */
#include <dirent.h>
#include <pki/pki.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/core/ctx.h"
#include "tests/lib/t.h"

#ifndef TOP_SRCDIR
# define TOP_SRCDIR TESTS_SRCDIR "/.."
#endif
#define BEFORE    "what the buffer held before"
#define NAMES_MAX 400

static const pki_bytes nowhere = { NULL, 1 }; /* a view of an octet at NULL */
static const pki_bytes empty = { NULL, 0 };

/* ---- what the functions are called with ---- */

static struct {
	pki_ctx *ctx, *poor;
	pki_backend *backend;
	pki_key *key;
	const pki_pubkey *pub;
	pki_csr *csr;
	pki_cert *ca;
	pki_certs *certs;
	pki_name_builder *builder;
	pki_exts *exts;
	pki_digest *digest;
	pki_objects *objects;
	pki_call call;
	pki_object encrypted;
	pki_bytes csr_der, csr_pem, key_der, enc_der, enc_pem, pub_der, pub_pem, name_der, alg_der;
	pki_bytes ones;
	const char *missing, *path;
	pki_buf sig;
} f;

/* What they give. Before each call pointers are JUNK, octets JUNK_OCTET, and the buffer BEFORE. */
#define JUNK_OCTET 0xa5
static struct {
	pki_backend *backend;
	pki_ctx *ctx;
	pki_name *name;
	pki_name_builder *builder;
	pki_exts *exts;
	pki_key *key;
	pki_pubkey *pub;
	pki_digest *digest;
	pki_csr *csr;
	pki_cert *cert;
	pki_certs *certs;
	pki_crl *crl;
	pki_crls *crls;
	pki_crl_builder *crl_builder;
	pki_bundle *bundle;
	pki_trust_builder *trust_builder;
	pki_trust *trust;
	pki_sig_cache *cache;
	pki_result *result;
	pki_objects *objects;
	pki_asn1 *asn1;
	pki_asn1_value *asn1_value;
	size_t child;
	pki_alg alg;
	pki_spki spki;
	pki_envelope envelope;
	pki_object object;
	pki_gn gn;
	pki_bytes view;
	pki_basic_constraints bc;
	pki_authority_key_id authority;
	pki_edi_party edi;
	pki_policy_constraints pc;
	pki_name_constraints nc;
	pki_issuing_point point;
	int32_t number;
	pki_key_period key_period;
	pki_qc_limit qc_limit;
	pki_qc_semantics qc_semantics;
	pki_ms_template ms_template;
	pki_as_ids as_ids;
	pki_logotype logotype;
	int64_t years;
	uint16_t half, other_half;
	pki_civil civil;
	pki_time time;
	uint32_t bits;
	uint8_t octets[PKI_HASH_MAX];
} got;
static pki_buf out;

static const struct output {
	const char *name;
	void *at;
	size_t size;
	bool kept; /* by a failure; else it is zeros */
} outputs[] = {
#define OUTPUT(member, kept)                           \
 {                                                     \
  "got." #member, &got.member, sizeof got.member, kept \
 }
	OUTPUT(backend, false),
	OUTPUT(ctx, false),
	OUTPUT(name, false),
	OUTPUT(builder, false),
	OUTPUT(exts, false),
	OUTPUT(key, false),
	OUTPUT(pub, false),
	OUTPUT(digest, false),
	OUTPUT(csr, false),
	OUTPUT(cert, false),
	OUTPUT(certs, false),
	OUTPUT(crl, false),
	OUTPUT(crls, false),
	OUTPUT(crl_builder, false),
	OUTPUT(bundle, false),
	OUTPUT(trust_builder, false),
	OUTPUT(trust, false),
	OUTPUT(cache, false),
	OUTPUT(result, false),
	OUTPUT(objects, false),
	OUTPUT(asn1, false),
	OUTPUT(asn1_value, false),
	OUTPUT(child, false),
	OUTPUT(alg, false),
	OUTPUT(spki, false),
	OUTPUT(envelope, false),
	OUTPUT(object, false),
	OUTPUT(gn, false),
	OUTPUT(view, false),
	OUTPUT(bc, false),
	OUTPUT(authority, false),
	OUTPUT(edi, false),
	OUTPUT(pc, false),
	OUTPUT(nc, false),
	OUTPUT(point, false),
	OUTPUT(number, false),
	OUTPUT(key_period, false),
	OUTPUT(qc_limit, false),
	OUTPUT(qc_semantics, false),
	OUTPUT(ms_template, false),
	OUTPUT(as_ids, false),
	OUTPUT(logotype, false),
	OUTPUT(years, false),
	OUTPUT(half, false),
	OUTPUT(other_half, false),
	OUTPUT(civil, false),
	OUTPUT(time, false),
	OUTPUT(bits, false),
	OUTPUT(octets, true),
};
#define OUTPUTS (sizeof outputs / sizeof *outputs)

/* ---- one call ---- */

static pki_error error, older;
static pki_error *e = &error;

static struct names {
	char list[NAMES_MAX][40];
	size_t count;
} called_right, called_wrong, called_with_null;

/* Up to its parenthesis. */
static void note(struct names *n, const char *call)
{
	size_t len = strcspn(call, "(");

	ck_assert_uint_lt(len, sizeof n->list[0]);
	for (size_t i = 0; i < n->count; i++)
		if (strlen(n->list[i]) == len && strncmp(n->list[i], call, len) == 0)
			return;
	ck_assert_uint_lt(n->count, NAMES_MAX);
	memcpy(n->list[n->count], call, len);
	n->list[n->count++][len] = '\0';
}

static void before(void)
{
	memset(&got, JUNK_OCTET, sizeof got);
	pki_buf_free(&out);
	ck_assert_int_eq(pki_buf_append(&out, pki_bytes_str(BEFORE), NULL), PKI_SUCCESS);
	pki_error_set(&error, PKI_E_UNTRUSTED, "an older failure", "its clause");
	older = error;
}

static void after_right(const char *call, pki_status st)
{
	ck_assert_msg(st == PKI_SUCCESS, "%s: %s", call, t_error(&error));
	ck_assert_msg(memcmp(&error, &older, sizeof error) == 0, "%s: the error is changed", call);
	note(&called_right, call);
}

static bool holds(const struct output *o, uint8_t octet)
{
	const uint8_t *p = o->at;

	for (size_t i = 0; i < o->size; i++)
		if (p[i] != octet)
			return false;
	return true;
}

/* Those that start as something other than zeros, which is as empty. */
static void forget_what_is_no_zero(void)
{
	if (got.alg.size == sizeof got.alg)
		got.alg.size = 0;
	if (got.bc.path_len == -1)
		got.bc.path_len = 0;
	if (got.child == PKI_ASN1_NONE)
		got.child = 0;
}

/* Is it given to this call, and not as part of something it reads? */
static bool is_output_of(const struct output *o, const char *call)
{
	const char *at = strstr(call, o->name);
	size_t n = strlen(o->name);

	return at != NULL && strchr("., )[", at[n]) != NULL;
}

static void check_outputs(const char *call)
{
	forget_what_is_no_zero();
	for (size_t i = 0; i < OUTPUTS; i++) {
		bool emptied = is_output_of(&outputs[i], call) && !outputs[i].kept;

		ck_assert_msg(holds(&outputs[i], emptied ? 0 : JUNK_OCTET), "%s: %s is %s", call,
		    outputs[i].name, emptied ? "not emptied" : "changed");
	}
	ck_assert_msg(pki_bytes_equal(pki_buf_bytes(&out), pki_bytes_str(BEFORE)),
	    "%s: the buffer is changed", call);
}

static void after_wrong(const char *call, pki_status want, pki_status st)
{
	const char *function = pki_error_function(&error);
	size_t len = strcspn(call, "(");

	ck_assert_msg(st == want, "%s: want %s, got %s (%s)", call, pki_status_text(want),
	    pki_status_text(st), t_error(&error));
	ck_assert_msg(pki_error_status(&error) == st, "%s: the error says %s", call,
	    pki_status_text(pki_error_status(&error)));
	ck_assert_msg(strlen(function) == len && strncmp(function, call, len) == 0,
	    "%s: the error names %s", call, function);
	ck_assert_msg(strcmp(pki_error_clause(&error), "its clause") != 0,
	    "%s: something of an older error is left", call);
	check_outputs(call);
	note(&called_wrong, call);
}

static void after_wrong_without_error(const char *call, pki_status want, pki_status st)
{
	e = &error;
	ck_assert_msg(st == want, "%s, without an error: want %s, got %s", call,
	    pki_status_text(want), pki_status_text(st));
	check_outputs(call);
}

/* Each call is written with `e` as its last argument. */
#define RIGHT(call) (before(), after_right(#call, (call)))
#define WRONG(want, call)                                           \
 (before(), after_wrong(#call, (want), (call)), before(), e = NULL, \
     after_wrong_without_error(#call, (want), (call)))
/* NULL for what must be given. */
#define NUL(call) WRONG(PKI_E_ARG, call)
/* A function without a status, with NULL for everything. */
#define NONE(call)        (note(&called_with_null, #call), (void)(call))
#define GIVES(what, call) (note(&called_with_null, #call), ck_assert(what(call)))

/* ---- the callbacks ---- */

static pki_status open_key(
    void *self, const char *uri, pki_password_fn *pin, void *pin_ud, void **key, pki_error *err)
{
	(void)pin, (void)pin_ud;
	if (strcmp(uri, "uri:key") != 0)
		return pki_error_set(err, PKI_E_NOTFOUND, "no such key", NULL);
	return pki_backend_nettle()->key_import(self, f.key_der, key, err);
}

static pki_status list_keys(
    void *self, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	(void)self;
	return seen(ud, uri, NULL, empty, err);
}

static pki_status see_key(
    void *ud, const char *uri, const char *label, pki_bytes id, pki_error *err)
{
	(void)uri, (void)label, (void)id, (void)err;
	return ud == NULL ? PKI_SUCCESS : PKI_E_CANCELLED; /* and does not say why */
}

static const pki_backend_table *with_keys(void)
{
	static pki_backend_table t;

	t = *pki_backend_nettle();
	t.key_open = open_key;
	t.key_list = list_keys;
	return &t;
}

/* ---- each function in turn ---- */

static void base(void)
{
	RIGHT(pki_buf_append(&out, f.csr_der, e));
	RIGHT(pki_buf_append(&out, empty, e));
	NUL(pki_buf_append(NULL, f.csr_der, e));
	NUL(pki_buf_append(&out, nowhere, e));
	WRONG(PKI_E_NOMEM, pki_buf_append(&out, pki_bytes_of("", SIZE_MAX), e));
}

static void errors(void)
{
	RIGHT(pki_error_format(&older, &out, e));
	RIGHT(pki_error_format(NULL, &out, e));
	NUL(pki_error_format(&older, NULL, e));
}

static void contexts(void)
{
	const pki_limits beyond = { .size = sizeof beyond, .rsa_bits = 16385 };
	const pki_limits unset = { .rsa_bits = 4096 };

	RIGHT(pki_ctx_new(NULL, &got.ctx, e));
	pki_ctx_free(got.ctx);
	NUL(pki_ctx_new(NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_ctx_new(&(pki_ctx_opts){ .size = 0 }, &got.ctx, e));
	WRONG(PKI_E_ARG, pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &beyond), &got.ctx, e));
	WRONG(PKI_E_ARG, pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &unset), &got.ctx, e));
	WRONG(PKI_E_ARG, pki_ctx_new(PKI_OPTS(pki_ctx_opts, .lenient = UINT32_MAX), &got.ctx, e));

	RIGHT(pki_random(NULL, (pki_span){ got.octets, 16 }, e));
	RIGHT(pki_random(NULL, (pki_span){ NULL, 0 }, e));
	NUL(pki_random(NULL, (pki_span){ NULL, 1 }, e));

	pki_call_begin(&f.call, f.poor);
	RIGHT(pki_call_spend(&f.call, 1, e));
	RIGHT(pki_call_spend(NULL, 1, e));
	WRONG(PKI_E_LIMIT, pki_call_spend(&f.call, UINT64_MAX, e));

	RIGHT(pki_backend_open(pki_backend_nettle(), NULL, &got.backend, e));
	pki_backend_free(got.backend);
	NUL(pki_backend_open(NULL, NULL, &got.backend, e));
	NUL(pki_backend_open(pki_backend_nettle(), NULL, NULL, e));
	WRONG(PKI_E_UNSUPPORTED,
	    pki_backend_open(&(pki_backend_table){ .abi = 2 }, NULL, &got.backend, e));
	RIGHT(pki_backend_list(f.backend, "uri:", see_key, NULL, e));
	NUL(pki_backend_list(NULL, "uri:", see_key, NULL, e));
	NUL(pki_backend_list(f.backend, NULL, see_key, NULL, e));
	NUL(pki_backend_list(f.backend, "uri:", NULL, NULL, e));
	WRONG(PKI_E_CANCELLED, pki_backend_list(f.backend, "uri:", see_key, &f, e));
	RIGHT(pki_backend_selftest(f.backend, e));
	NUL(pki_backend_selftest(NULL, e));
}

static void times(void)
{
	const pki_civil leap = { 2026, 2, 29, 0, 0, 0 }, day = { 2026, 2, 28, 0, 0, 0 };

	RIGHT(pki_time_from_civil(&day, &got.time, e));
	NUL(pki_time_from_civil(NULL, &got.time, e));
	NUL(pki_time_from_civil(&day, NULL, e));
	WRONG(PKI_E_ARG, pki_time_from_civil(&leap, &got.time, e));
	RIGHT(pki_time_to_civil(0, &got.civil, e));
	NUL(pki_time_to_civil(0, NULL, e));
	WRONG(PKI_E_ARG, pki_time_to_civil(PKI_TIME_NONE, &got.civil, e));
	RIGHT(pki_time_parse("0", &got.time, NULL, e));
	NUL(pki_time_parse(NULL, &got.time, &got.bits, e));
	NUL(pki_time_parse("0", NULL, &got.bits, e));
	WRONG(PKI_E_ARG, pki_time_parse("now", &got.time, &got.bits, e));
	RIGHT(pki_time_format(0, &out, e));
	NUL(pki_time_format(0, NULL, e));
	WRONG(PKI_E_ARG, pki_time_format(PKI_TIME_MAX + 1, &out, e));
}

static void oids(void)
{
	RIGHT(pki_oid_parse("1.2.3", &out, e));
	NUL(pki_oid_parse(NULL, &out, e));
	NUL(pki_oid_parse("1.2.3", NULL, e));
	WRONG(PKI_E_ARG, pki_oid_parse("1.2.", &out, e));
	RIGHT(pki_oid_check(PKI_OID(common_name), e));
	NUL(pki_oid_check(nowhere, e));
	WRONG(PKI_E_ENCODING, pki_oid_check(empty, e));
	WRONG(PKI_E_LIMIT, pki_oid_check(f.ones, e));
	RIGHT(pki_oid_format(PKI_OID(common_name), &out, e));
	NUL(pki_oid_format(nowhere, &out, e));
	NUL(pki_oid_format(PKI_OID(common_name), NULL, e));
	WRONG(PKI_E_ENCODING, pki_oid_format(pki_bytes_of("\x80", 1), &out, e));
}

/* pki_pem_next moves on after a failure, so it is called anew. */
static pki_status next_block(const char *text, pki_error *err)
{
	pki_bytes in = pki_bytes_str(text);
	pki_pem_block b = { .number = 0 };
	pki_status st = pki_pem_next(NULL, &in, &b, err);

	ck_assert(st == PKI_SUCCESS || b.der.len == 0);
	pki_pem_block_free(&b);
	return st;
}
#define pki_pem_next(ctx, text, err) next_block(text, err)

static void pems(void)
{
	RIGHT(pki_pem_next(NULL, "-----BEGIN X-----\nAAAA\n-----END X-----\n", e));
	WRONG(PKI_E_NOTFOUND, pki_pem_next(NULL, "", e));
	WRONG(PKI_E_ENCODING, pki_pem_next(NULL, "-----BEGIN X-----\nAAAA\n", e));
#undef pki_pem_next
	NUL(pki_pem_next(NULL, NULL, &(pki_pem_block){ .number = 0 }, e));
	NUL(pki_pem_next(NULL, &(pki_bytes){ NULL, 0 }, NULL, e));
	NUL(pki_pem_next(NULL, &(pki_bytes){ NULL, 1 }, &(pki_pem_block){ .number = 0 }, e));
	RIGHT(pki_pem_encode("CMS", f.csr_der, &out, e));
	NUL(pki_pem_encode(NULL, f.csr_der, &out, e));
	NUL(pki_pem_encode("CMS", nowhere, &out, e));
	NUL(pki_pem_encode("CMS", f.csr_der, NULL, e));
	WRONG(PKI_E_ARG, pki_pem_encode("NO SUCH", f.csr_der, &out, e));
	WRONG(PKI_E_ARG, pki_pem_encode("CMS", empty, &out, e));
	RIGHT(pki_base64_decode(pki_bytes_str("AAAA"), &out, e));
	NUL(pki_base64_decode(nowhere, &out, e));
	NUL(pki_base64_decode(pki_bytes_str("AAAA"), NULL, e));
	WRONG(PKI_E_ENCODING, pki_base64_decode(pki_bytes_str("AAA"), &out, e));
	RIGHT(pki_base64_encode(f.csr_der, &out, e));
	NUL(pki_base64_encode(nowhere, &out, e));
	NUL(pki_base64_encode(f.csr_der, NULL, e));
	RIGHT(pki_file_write(f.path, f.csr_der, PKI_FILE_REPLACE, e));
	NUL(pki_file_write(NULL, f.csr_der, 0, e));
	NUL(pki_file_write(f.path, nowhere, 0, e));
	WRONG(PKI_E_IO, pki_file_write(f.path, f.csr_der, 0, e));
	WRONG(PKI_E_ARG, pki_file_write(f.path, f.csr_der, 4, e));
	RIGHT(pki_file_read(f.path, 10000, &out, e));
	NUL(pki_file_read(NULL, 10000, &out, e));
	NUL(pki_file_read(f.path, 10000, NULL, e));
	WRONG(PKI_E_IO, pki_file_read(f.missing, 10000, &out, e));
	WRONG(PKI_E_LIMIT, pki_file_read(f.path, 10, &out, e));
}

/* A reader and a writer that what is done to them leaves for _finish. */
static pki_der reader;
static pki_der *reads(pki_bytes in, bool (*read)(pki_der *r))
{
	pki_der_init(&reader, NULL, in, "test");
	if (read != NULL)
		ck_assert(!read(&reader));
	return &reader;
}

static pki_derw writer;
static pki_derw *writes(void (*write)(pki_derw *w))
{
	pki_derw_init(&writer, NULL);
	if (write != NULL)
		write(&writer);
	return &writer;
}

/* One function for each way to give NULL to what reads and writes. */
#define READS(name, call)     \
 static bool name(pki_der *r) \
 {                            \
  return (call);              \
 }
#define WRITES(name, call)     \
 static void name(pki_derw *w) \
 {                             \
  (call);                      \
 }
READS(r_enter, pki_der_enter(r, PKI_TAG_OCTETS, NULL, NULL))
READS(r_enter_opt, pki_der_enter_opt(r, PKI_TAG_OCTETS, NULL, NULL))
READS(r_enter_bits, pki_der_enter_bits(r, NULL, NULL))
READS(r_enter_set_of, pki_der_enter_set_of(r, PKI_TAG_SET, NULL, NULL))
READS(r_next, pki_der_next(r, PKI_TAG_OCTETS, NULL, NULL))
READS(r_next_opt, pki_der_next_opt(r, PKI_TAG_OCTETS, NULL, NULL))
READS(r_any_tag, pki_der_any(r, NULL, NULL, &got.view))
READS(r_any, pki_der_any(r, NULL, &got.bits, NULL))
READS(r_whole, pki_der_whole(r, 0, NULL, NULL))
READS(r_bool, pki_der_bool(r, NULL, false, NULL))
READS(r_int64, pki_der_int64(r, NULL, NULL))
READS(r_uint, pki_der_uint(r, NULL, NULL))
READS(r_integer, pki_der_integer(r, NULL, NULL))
READS(r_enum, pki_der_enum(r, NULL, NULL))
READS(r_oid, pki_der_oid(r, NULL, NULL))
READS(r_bits, pki_der_bits(r, NULL, NULL, &got.bits))
READS(r_unused, pki_der_bits(r, NULL, &got.view, NULL))
READS(r_flags, pki_der_flags(r, NULL, NULL))
READS(r_time, pki_der_time(r, NULL, NULL))
READS(r_text, pki_der_text(r, NULL, NULL))
WRITES(w_put, pki_derw_put(w, PKI_TAG_OCTETS, nowhere))
WRITES(w_raw, pki_derw_raw(w, nowhere))
WRITES(w_uint, pki_derw_uint(w, nowhere))
WRITES(w_oid, pki_derw_oid(w, nowhere))
WRITES(w_bits, pki_derw_bits(w, nowhere, 0))
WRITES(w_text, pki_derw_text(w, PKI_TAG_UTF8, NULL))
WRITES(w_alg, pki_alg_write(NULL, w))
WRITES(w_begin, pki_derw_begin(w, PKI_TAG_SEQUENCE))
WRITES(w_end, pki_derw_end(w))
WRITES(w_null, pki_derw_null(w))

static void deep(pki_derw *w)
{
	for (int i = 0; i < 33; i++)
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void ders(void)
{
	static bool (*const wrong[])(pki_der * r) = { r_enter, r_enter_opt, r_enter_bits,
		r_enter_set_of, r_next, r_next_opt, r_any_tag, r_any, r_whole, r_bool, r_int64,
		r_uint, r_integer, r_enum, r_oid, r_bits, r_unused, r_flags, r_time, r_text };
	static void (*const bad[])(
	    pki_derw * w) = { w_put, w_raw, w_uint, w_oid, w_bits, w_text, w_alg, w_begin, w_end };

	RIGHT(pki_der_finish(reads(empty, NULL), e));
	NUL(pki_der_finish(NULL, e));
	NUL(pki_der_finish(reads(nowhere, NULL), e));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		NUL(pki_der_finish(reads(f.csr_der, wrong[i]), e));
	WRONG(PKI_E_STRUCTURE, pki_der_finish(reads(f.csr_der, NULL), e));
	RIGHT(pki_derw_finish(writes(w_null), &out, e));
	NUL(pki_derw_finish(NULL, &out, e));
	NUL(pki_derw_finish(writes(w_null), NULL, e));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		WRONG(PKI_E_ARG, pki_derw_finish(writes(bad[i]), &out, e));
	WRONG(PKI_E_LIMIT, pki_derw_finish(writes(deep), &out, e));
	RIGHT(pki_text_decode(PKI_TAG_BMP, pki_bytes_of("\0a", 2), &out, e));
	NUL(pki_text_decode(PKI_TAG_BMP, nowhere, &out, e));
	NUL(pki_text_decode(PKI_TAG_UTF8, nowhere, &out, e));
	NUL(pki_text_decode(PKI_TAG_BMP, empty, NULL, e));
	WRONG(PKI_E_ENCODING, pki_text_decode(PKI_TAG_BMP, f.ones, &out, e));
	WRONG(PKI_E_UNSUPPORTED, pki_text_decode(PKI_TAG_OCTETS, empty, &out, e));
	RIGHT(pki_text_encode(PKI_TAG_BMP, pki_bytes_str("a"), &out, e));
	NUL(pki_text_encode(PKI_TAG_BMP, nowhere, &out, e));
	NUL(pki_text_encode(PKI_TAG_BMP, empty, NULL, e));
	WRONG(PKI_E_ARG, pki_text_encode(PKI_TAG_PRINTABLE, pki_bytes_str("a@b"), &out, e));
}

static void names(void)
{
	RIGHT(pki_name_parse(NULL, f.name_der, &got.name, e));
	pki_name_free(got.name);
	NUL(pki_name_parse(NULL, nowhere, &got.name, e));
	NUL(pki_name_parse(NULL, f.name_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_name_parse(NULL, f.key_der, &got.name, e));
	RIGHT(pki_name_from_string(NULL, "CN=a", &got.name, e));
	pki_name_free(got.name);
	NUL(pki_name_from_string(NULL, NULL, &got.name, e));
	NUL(pki_name_from_string(NULL, "CN=a", NULL, e));
	WRONG(PKI_E_ARG, pki_name_from_string(NULL, "CN", &got.name, e));
	RIGHT(pki_name_format(pki_csr_subject(f.csr), &out, e));
	NUL(pki_name_format(NULL, &out, e));
	NUL(pki_name_format(pki_csr_subject(f.csr), NULL, e));
	RIGHT(pki_name_builder_new(NULL, &got.builder, e));
	pki_name_builder_free(got.builder);
	NUL(pki_name_builder_new(NULL, NULL, e));
	RIGHT(pki_name_builder_finish(f.builder, &got.name, e));
	pki_name_free(got.name);
	NUL(pki_name_builder_finish(NULL, &got.name, e));
	NUL(pki_name_builder_finish(f.builder, NULL, e));
	pki_name_builder_add(f.builder, PKI_OID(common_name), NULL);
	before();
	after_wrong("pki_name_builder_finish(f.builder, &got.name, e)", PKI_E_ARG,
	    pki_name_builder_finish(f.builder, &got.name, e));
	pki_name_builder_add(f.builder, nowhere, "a");
	before();
	after_wrong("pki_name_builder_finish(f.builder, &got.name, e)", PKI_E_ARG,
	    pki_name_builder_finish(f.builder, &got.name, e));
}

static void extensions(void)
{
	const pki_bytes bc = pki_bytes_of("\x30", 2), ku = pki_bytes_of("\x03\x02\x07\x80", 4);
	const pki_bytes id = pki_bytes_of("\x04\x01\x00", 3);
	pki_gn gn = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") };
	pki_ext_iter it;

	RIGHT(pki_ext_basic_constraints(NULL, bc, &got.bc, e));
	NUL(pki_ext_basic_constraints(NULL, nowhere, &got.bc, e));
	NUL(pki_ext_basic_constraints(NULL, bc, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_basic_constraints(NULL, ku, &got.bc, e));
	RIGHT(pki_ext_key_usage(NULL, ku, &got.bits, e));
	NUL(pki_ext_key_usage(NULL, nowhere, &got.bits, e));
	NUL(pki_ext_key_usage(NULL, ku, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_key_usage(NULL, id, &got.bits, e));
	RIGHT(pki_ext_key_id(NULL, id, &got.view, e));
	NUL(pki_ext_key_id(NULL, nowhere, &got.view, e));
	NUL(pki_ext_key_id(NULL, id, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_key_id(NULL, ku, &got.view, e));

	NUL(pki_ext_list_finish(NULL, e));
	pki_ext_list(&it, NULL, nowhere);
	ck_assert(!pki_ext_name_next(&it, &gn));
	NUL(pki_ext_list_finish(&it, e));
	pki_ext_list(&it, NULL,
	    pki_bytes_of("\x30\x03\x82\x01"
			 "a",
		5));
	ck_assert(pki_ext_name_next(&it, &gn));
	RIGHT(pki_ext_list_finish(&it, e));

	RIGHT(pki_gn_format(&gn, &out, e));
	NUL(pki_gn_format(NULL, &out, e));
	NUL(pki_gn_format(&gn, NULL, e));
	for (pki_gn_type t = PKI_GN_OTHER; t <= PKI_GN_RID; t++) {
		const pki_gn none = { .type = t, .value = nowhere, .other = PKI_OID(common_name) };

		NUL(pki_gn_format(&none, &out, e));
	}
	WRONG(PKI_E_ARG, pki_gn_format(&(pki_gn){ .other = nowhere }, &out, e));
	WRONG(PKI_E_ARG, pki_gn_format(&(pki_gn){ .type = 9 }, &out, e));
	RIGHT(pki_gn_from_string(NULL, "a", &out, &got.gn, e));
	NUL(pki_gn_from_string(NULL, NULL, &out, &got.gn, e));
	NUL(pki_gn_from_string(NULL, "a", NULL, &got.gn, e));
	NUL(pki_gn_from_string(NULL, "a", &out, NULL, e));
	WRONG(PKI_E_ARG, pki_gn_from_string(NULL, "a b", &out, &got.gn, e));

	RIGHT(pki_exts_new(NULL, &got.exts, e));
	pki_exts_free(got.exts);
	NUL(pki_exts_new(NULL, NULL, e));
	RIGHT(pki_exts_status(f.exts, e));
	NUL(pki_exts_status(NULL, e));
	pki_exts_eku(f.exts, nowhere);
	WRONG(PKI_E_ARG, pki_exts_status(f.exts, e));
	WRONG(PKI_E_ARG,
	    pki_csr_make(NULL, f.key, PKI_OPTS(pki_csr_opts, .subject = "CN=a", .exts = f.exts),
		&got.csr, e));
}

/* Those of <pki/ext.h> that took no part above, <pki/ext_policy.h> and <pki/ext_crl.h>. */
static void more_extensions(void)
{
	const pki_bytes none = pki_bytes_of("\x30", 2), null = pki_bytes_of("\x05", 2);
	const pki_bytes zero = pki_bytes_of("\x02\x01", 3), reason = pki_bytes_of("\x0a\x01", 3);
	const pki_bytes skip = pki_bytes_of("\x30\x03\x80\x01", 5);
	const pki_bytes names = pki_bytes_of("\x30\x07\xa0\x05\x30\x03\x82\x01"
					     "a",
	    9);
	const pki_bytes attributes = pki_bytes_of("\x30\x03\x85\x01\xff", 5);
	const pki_bytes date = pki_bytes_of("\x18\x0f"
					    "20260101000000Z",
	    17);
	const pki_edi_party party = { .party = pki_bytes_str("a"), .party_tag = PKI_TAG_UTF8 };
	const pki_policy_qualifier uri = { .oid = PKI_OID(qt_cps), .cps = pki_bytes_str("a:b") };
	const pki_gn gn = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") };
	const pki_ext ext = { .oid = PKI_OID(basic_constraints), .value = none };
	pki_name *rdn = NULL, *two = NULL;
	pki_buf relative = PKI_BUF_INIT;

	RIGHT(pki_ext_authority_key_id(NULL, none, &got.authority, e));
	NUL(pki_ext_authority_key_id(NULL, nowhere, &got.authority, e));
	NUL(pki_ext_authority_key_id(NULL, none, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_authority_key_id(NULL, null, &got.authority, e));
	RIGHT(pki_ext_null(NULL, null, e));
	NUL(pki_ext_null(NULL, nowhere, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_null(NULL, none, e));
	RIGHT(pki_ext_format(NULL, &ext, &out, e));
	NUL(pki_ext_format(NULL, NULL, &out, e));
	NUL(pki_ext_format(NULL, &ext, NULL, e));
	NUL(pki_ext_format(NULL, &(pki_ext){ .value = nowhere }, &out, e));
	NUL(pki_ext_format(NULL, &(pki_ext){ .oid = nowhere }, &out, e));
	WRONG(PKI_E_STRUCTURE,
	    pki_ext_format(NULL, &(pki_ext){ .oid = PKI_OID(key_usage), .value = null }, &out, e));
	RIGHT(pki_gn_encode(NULL, &gn, &out, e));
	NUL(pki_gn_encode(NULL, NULL, &out, e));
	NUL(pki_gn_encode(NULL, &gn, NULL, e));
	NUL(pki_gn_encode(NULL, &(pki_gn){ .type = PKI_GN_DNS, .value = nowhere }, &out, e));
	WRONG(PKI_E_ARG, pki_gn_encode(NULL, &(pki_gn){ .type = 9 }, &out, e));

	RIGHT(pki_ext_policy_constraints(NULL, skip, &got.pc, e));
	NUL(pki_ext_policy_constraints(NULL, nowhere, &got.pc, e));
	NUL(pki_ext_policy_constraints(NULL, skip, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_policy_constraints(NULL, none, &got.pc, e));
	RIGHT(pki_ext_inhibit_any_policy(NULL, zero, &got.number, e));
	NUL(pki_ext_inhibit_any_policy(NULL, nowhere, &got.number, e));
	NUL(pki_ext_inhibit_any_policy(NULL, zero, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_inhibit_any_policy(NULL, none, &got.number, e));
	RIGHT(pki_ext_name_constraints(NULL, names, &got.nc, e));
	NUL(pki_ext_name_constraints(NULL, nowhere, &got.nc, e));
	NUL(pki_ext_name_constraints(NULL, names, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_name_constraints(NULL, none, &got.nc, e));
	RIGHT(pki_policy_qualifier_encode(NULL, &uri, &out, e));
	NUL(pki_policy_qualifier_encode(NULL, NULL, &out, e));
	NUL(pki_policy_qualifier_encode(NULL, &uri, NULL, e));
	NUL(pki_policy_qualifier_encode(
	    NULL, &(pki_policy_qualifier){ .oid = uri.oid, .cps = nowhere }, &out, e));
	WRONG(PKI_E_ARG, pki_policy_qualifier_encode(NULL, &(pki_policy_qualifier){ 0 }, &out, e));

	RIGHT(pki_ext_edi_party(NULL, t_hex("a1030c0161"), &got.edi, e));
	NUL(pki_ext_edi_party(NULL, nowhere, &got.edi, e));
	NUL(pki_ext_edi_party(NULL, t_hex("a1030c0161"), NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_edi_party(NULL, null, &got.edi, e));
	RIGHT(pki_edi_party_encode(NULL, &party, &out, e));
	NUL(pki_edi_party_encode(NULL, NULL, &out, e));
	NUL(pki_edi_party_encode(NULL, &party, NULL, e));
	WRONG(PKI_E_ARG, pki_edi_party_encode(NULL, &(pki_edi_party){ .party_tag = 0 }, &out, e));

	t_ok(pki_name_from_string(NULL, "CN=a", &rdn, err));
	t_ok(pki_name_from_string(NULL, "CN=a,O=b", &two, err));
	t_ok(pki_relative_name_encode(NULL, rdn, &relative, err));
	RIGHT(pki_relative_name_encode(NULL, rdn, &out, e));
	NUL(pki_relative_name_encode(NULL, NULL, &out, e));
	NUL(pki_relative_name_encode(NULL, rdn, NULL, e));
	WRONG(PKI_E_ARG, pki_relative_name_encode(NULL, two, &out, e));
	RIGHT(pki_ext_relative_name(NULL, pki_buf_bytes(&relative), &got.name, e));
	pki_name_free(got.name);
	NUL(pki_ext_relative_name(NULL, nowhere, &got.name, e));
	NUL(pki_ext_relative_name(NULL, pki_buf_bytes(&relative), NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_relative_name(NULL, null, &got.name, e));
	pki_buf_free(&relative);
	pki_name_free(rdn);
	pki_name_free(two);
	RIGHT(pki_ext_crl_number(NULL, zero, &got.view, e));
	NUL(pki_ext_crl_number(NULL, nowhere, &got.view, e));
	NUL(pki_ext_crl_number(NULL, zero, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_crl_number(NULL, none, &got.view, e));
	RIGHT(pki_ext_issuing_point(NULL, attributes, &got.point, e));
	NUL(pki_ext_issuing_point(NULL, nowhere, &got.point, e));
	NUL(pki_ext_issuing_point(NULL, attributes, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_issuing_point(NULL, none, &got.point, e));
	RIGHT(pki_ext_crl_reason(NULL, reason, &got.number, e));
	NUL(pki_ext_crl_reason(NULL, nowhere, &got.number, e));
	NUL(pki_ext_crl_reason(NULL, reason, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_crl_reason(NULL, none, &got.number, e));
	RIGHT(pki_ext_invalidity_date(NULL, date, &got.time, e));
	NUL(pki_ext_invalidity_date(NULL, nowhere, &got.time, e));
	NUL(pki_ext_invalidity_date(NULL, date, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_invalidity_date(NULL, none, &got.time, e));
}

#define ENCRYPTED PKI_OPTS(pki_key_write_opts, .password = "a", .iterations = 1000)
#define COSTLY    PKI_OPTS(pki_key_write_opts, .password = "a")

static void keys(void)
{
	const pki_key_opts wrong_id = { .size = sizeof wrong_id, .id = nowhere };

	RIGHT(pki_key_generate(NULL, PKI_KEY_P256, NULL, &got.key, e));
	pki_key_free(got.key);
	NUL(pki_key_generate(NULL, PKI_KEY_P256, NULL, NULL, e));
	NUL(pki_key_generate(NULL, PKI_KEY_P256, &wrong_id, &got.key, e));
	WRONG(PKI_E_ARG, pki_key_generate(NULL, PKI_KEY_UNKNOWN, NULL, &got.key, e));
	WRONG(PKI_E_UNSUPPORTED, pki_key_generate(NULL, PKI_KEY_DSA, NULL, &got.key, e));
	WRONG(PKI_E_LIMIT, pki_key_generate(f.poor, PKI_KEY_P256, NULL, &got.key, e));
	RIGHT(pki_key_open(f.ctx, "uri:key", NULL, NULL, &got.key, e));
	pki_key_free(got.key);
	NUL(pki_key_open(f.ctx, NULL, NULL, NULL, &got.key, e));
	NUL(pki_key_open(f.ctx, "uri:key", NULL, NULL, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_key_open(f.ctx, "uri:other", NULL, NULL, &got.key, e));
	WRONG(PKI_E_UNSUPPORTED, pki_key_open(NULL, "uri:key", NULL, NULL, &got.key, e));
	RIGHT(pki_key_parse(NULL, f.key_der, NULL, NULL, &got.key, e));
	pki_key_free(got.key);
	NUL(pki_key_parse(NULL, nowhere, NULL, NULL, &got.key, e));
	NUL(pki_key_parse(NULL, f.key_der, NULL, NULL, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_key_parse(NULL, empty, NULL, NULL, &got.key, e));
	WRONG(PKI_E_NOTFOUND, pki_key_parse(NULL, f.csr_pem, NULL, NULL, &got.key, e));
	WRONG(PKI_E_PASSWORD, pki_key_parse(NULL, f.enc_pem, NULL, NULL, &got.key, e));
	WRONG(PKI_E_PASSWORD, pki_key_parse(NULL, f.enc_pem, pki_password_text, NULL, &got.key, e));
	WRONG(PKI_E_LIMIT,
	    pki_key_parse(f.poor, f.enc_pem, pki_password_text, (void *)"a", &got.key, e));
	RIGHT(pki_key_save(
	    f.key, f.path, PKI_OPTS(pki_key_write_opts, .flags = PKI_FILE_REPLACE), e));
	NUL(pki_key_save(NULL, f.path, NULL, e));
	NUL(pki_key_save(f.key, NULL, NULL, e));
	WRONG(PKI_E_IO, pki_key_save(f.key, f.path, NULL, e));
	RIGHT(pki_key_load(NULL, f.path, NULL, NULL, &got.key, e));
	pki_key_free(got.key);
	NUL(pki_key_load(NULL, NULL, NULL, NULL, &got.key, e));
	NUL(pki_key_load(NULL, f.path, NULL, NULL, NULL, e));
	WRONG(PKI_E_IO, pki_key_load(NULL, f.missing, NULL, NULL, &got.key, e));
	RIGHT(pki_key_write(f.key, ENCRYPTED, &out, e));
	NUL(pki_key_write(NULL, NULL, &out, e));
	NUL(pki_key_write(f.key, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_key_write(f.key, PKI_OPTS(pki_key_write_opts, .form = 7), &out, e));
	RIGHT(pki_envelope_parse(NULL, f.enc_der, &got.envelope, e));
	NUL(pki_envelope_parse(NULL, nowhere, &got.envelope, e));
	NUL(pki_envelope_parse(NULL, f.enc_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_envelope_parse(NULL, f.key_der, &got.envelope, e));
}

static void pubkeys(void)
{
	RIGHT(pki_spki_parse(NULL, f.pub_der, &got.spki, e));
	NUL(pki_spki_parse(NULL, nowhere, &got.spki, e));
	NUL(pki_spki_parse(NULL, f.pub_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_spki_parse(NULL, f.key_der, &got.spki, e));
	RIGHT(pki_pubkey_import(NULL, f.pub_der, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_pubkey_import(NULL, nowhere, &got.pub, e));
	NUL(pki_pubkey_import(NULL, f.pub_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_pubkey_import(NULL, f.key_der, &got.pub, e));
	RIGHT(pki_pubkey_parse(NULL, f.pub_pem, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_pubkey_parse(NULL, nowhere, &got.pub, e));
	NUL(pki_pubkey_parse(NULL, f.pub_pem, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_pubkey_parse(NULL, f.csr_pem, &got.pub, e));
	RIGHT(pki_pubkey_save(f.pub, f.path, PKI_PEM, PKI_FILE_REPLACE, e));
	NUL(pki_pubkey_save(NULL, f.path, PKI_PEM, 0, e));
	NUL(pki_pubkey_save(f.pub, NULL, PKI_PEM, 0, e));
	WRONG(PKI_E_IO, pki_pubkey_save(f.pub, f.path, PKI_PEM, 0, e));
	WRONG(PKI_E_ARG, pki_pubkey_save(f.pub, f.path, 7, PKI_FILE_REPLACE, e));
	RIGHT(pki_pubkey_load(NULL, f.path, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_pubkey_load(NULL, NULL, &got.pub, e));
	NUL(pki_pubkey_load(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_pubkey_load(NULL, f.missing, &got.pub, e));
	RIGHT(pki_pubkey_write(f.pub, PKI_DER, &out, e));
	NUL(pki_pubkey_write(NULL, PKI_DER, &out, e));
	NUL(pki_pubkey_write(f.pub, PKI_DER, NULL, e));
	WRONG(PKI_E_ARG, pki_pubkey_write(f.pub, 7, &out, e));
	RIGHT(pki_pubkey_write_as(f.pub, PKI_FORMAT_PKCS8, PKI_DER, &out, e));
	NUL(pki_pubkey_write_as(NULL, PKI_FORMAT_PKCS8, PKI_DER, &out, e));
	NUL(pki_pubkey_write_as(f.pub, PKI_FORMAT_PKCS8, PKI_DER, NULL, e));
	WRONG(PKI_E_ARG, pki_pubkey_write_as(f.pub, PKI_FORMAT_SEC1, PKI_DER, &out, e));
	RIGHT(pki_pubkey_id(f.pub, PKI_KEY_ID_SHA256, &out, e));
	NUL(pki_pubkey_id(NULL, PKI_KEY_ID_SHA256, &out, e));
	NUL(pki_pubkey_id(f.pub, PKI_KEY_ID_SHA256, NULL, e));
	WRONG(PKI_E_ARG, pki_pubkey_id(f.pub, 6, &out, e));
	RIGHT(pki_spki_pin(NULL, f.pub_der, got.octets, e));
	NUL(pki_spki_pin(NULL, nowhere, got.octets, e));
	NUL(pki_spki_pin(NULL, f.pub_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_spki_pin(NULL, f.csr_der, got.octets, e));
}

static void digests(void)
{
	RIGHT(pki_hash_once(NULL, PKI_HASH_SHA256, f.csr_der, got.octets, e));
	RIGHT(pki_hash_once(NULL, PKI_HASH_SHA256, empty, got.octets, e));
	NUL(pki_hash_once(NULL, PKI_HASH_SHA256, nowhere, got.octets, e));
	NUL(pki_hash_once(NULL, PKI_HASH_SHA256, f.csr_der, NULL, e));
	WRONG(PKI_E_ARG, pki_hash_once(NULL, 99, f.csr_der, got.octets, e));
	WRONG(PKI_E_LIMIT, pki_hash_once(f.poor, PKI_HASH_SHA256, f.csr_der, got.octets, e));
	RIGHT(pki_digest_new(NULL, PKI_HASH_SHA256, &got.digest, e));
	pki_digest_free(got.digest);
	NUL(pki_digest_new(NULL, PKI_HASH_SHA256, NULL, e));
	WRONG(PKI_E_ARG, pki_digest_new(NULL, PKI_HASH_NONE, &got.digest, e));
	RIGHT(pki_digest_update(f.digest, f.csr_der, e));
	NUL(pki_digest_update(NULL, f.csr_der, e));
	NUL(pki_digest_update(f.digest, nowhere, e));
	RIGHT(pki_digest_dup(f.digest, &got.digest, e));
	pki_digest_free(got.digest);
	NUL(pki_digest_dup(NULL, &got.digest, e));
	NUL(pki_digest_dup(f.digest, NULL, e));
	NUL(pki_digest_final(NULL, got.octets, e));
	NUL(pki_digest_final(f.digest, NULL, e));
	RIGHT(pki_digest_final(f.digest, got.octets, e));
	WRONG(PKI_E_ARG, pki_digest_update(f.digest, f.csr_der, e));
	WRONG(PKI_E_ARG, pki_digest_dup(f.digest, &got.digest, e));
	WRONG(PKI_E_ARG, pki_digest_final(f.digest, got.octets, e));
}

static void signatures(void)
{
	const pki_alg sha1 = {
		.size = sizeof sha1, .scheme = PKI_ALG_ECDSA, .hash = PKI_HASH_SHA1
	};
	const pki_bytes zeros = pki_bytes_of((const uint8_t[32]){ 0 }, 32);

	RIGHT(pki_alg_parse(NULL, f.alg_der, &got.alg, e));
	NUL(pki_alg_parse(NULL, nowhere, &got.alg, e));
	NUL(pki_alg_parse(NULL, f.alg_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_alg_parse(NULL, f.csr_der, &got.alg, e));
	RIGHT(pki_alg_default(f.pub, &got.alg, e));
	NUL(pki_alg_default(NULL, &got.alg, e));
	NUL(pki_alg_default(f.pub, NULL, e));
	RIGHT(pki_sign_digest(f.key, NULL, zeros, &f.sig, e));
	NUL(pki_sign_digest(NULL, NULL, zeros, &out, e));
	NUL(pki_sign_digest(f.key, NULL, nowhere, &out, e));
	NUL(pki_sign_digest(f.key, NULL, zeros, NULL, e));
	WRONG(PKI_E_ARG, pki_sign_digest(f.key, NULL, f.csr_der, &out, e));
	WRONG(PKI_E_POLICY, pki_sign_digest(f.key, &sha1, zeros, &out, e));
	RIGHT(pki_check_digest(f.pub, NULL, zeros, pki_buf_bytes(&f.sig), e));
	NUL(pki_check_digest(NULL, NULL, zeros, pki_buf_bytes(&f.sig), e));
	NUL(pki_check_digest(f.pub, NULL, nowhere, pki_buf_bytes(&f.sig), e));
	NUL(pki_check_digest(f.pub, NULL, zeros, nowhere, e));
	WRONG(PKI_E_SIGNATURE, pki_check_digest(f.pub, NULL, zeros, zeros, e));
	pki_buf_free(&f.sig);
	RIGHT(pki_sign(f.key, NULL, f.csr_der, &f.sig, e));
	NUL(pki_sign(NULL, NULL, f.csr_der, &out, e));
	NUL(pki_sign(f.key, NULL, nowhere, &out, e));
	NUL(pki_sign(f.key, NULL, f.csr_der, NULL, e));
	WRONG(PKI_E_POLICY, pki_sign(f.key, &sha1, f.csr_der, &out, e));
	RIGHT(pki_check(f.pub, NULL, f.csr_der, pki_buf_bytes(&f.sig), e));
	NUL(pki_check(NULL, NULL, f.csr_der, pki_buf_bytes(&f.sig), e));
	NUL(pki_check(f.pub, NULL, nowhere, pki_buf_bytes(&f.sig), e));
	NUL(pki_check(f.pub, NULL, f.csr_der, nowhere, e));
	WRONG(PKI_E_SIGNATURE, pki_check(f.pub, NULL, f.key_der, pki_buf_bytes(&f.sig), e));
	WRONG(PKI_E_SIGNATURE, pki_check(f.pub, NULL, f.csr_der, empty, e));
}

#define SUBJECT PKI_OPTS(pki_csr_opts, .subject = "CN=a")
#define ATTRS   PKI_OPTS(pki_csr_opts, .subject = "CN=a", .attr_count = 1)
#define ATTR(type, values) \
 PKI_OPTS(                 \
     pki_csr_opts, .subject = "CN=a", .attrs = &(pki_attribute){ type, values }, .attr_count = 1)

static void requests(void)
{
	RIGHT(pki_csr_make(NULL, f.key, SUBJECT, &got.csr, e));
	pki_csr_free(got.csr);
	NUL(pki_csr_make(NULL, NULL, SUBJECT, &got.csr, e));
	NUL(pki_csr_make(NULL, f.key, SUBJECT, NULL, e));
	NUL(pki_csr_make(NULL, f.key, ATTRS, &got.csr, e));
	NUL(pki_csr_make(NULL, f.key, ATTR(nowhere, f.name_der), &got.csr, e));
	NUL(pki_csr_make(NULL, f.key, ATTR(PKI_OID(common_name), nowhere), &got.csr, e));
	WRONG(PKI_E_ARG, pki_csr_make(NULL, f.key, NULL, &got.csr, e));
	RIGHT(pki_csr_parse(NULL, f.csr_der, &got.csr, e));
	pki_csr_free(got.csr);
	NUL(pki_csr_parse(NULL, nowhere, &got.csr, e));
	NUL(pki_csr_parse(NULL, f.csr_der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_csr_parse(NULL, f.key_der, &got.csr, e));
	WRONG(PKI_E_NOTFOUND, pki_csr_parse(NULL, f.pub_pem, &got.csr, e));
	RIGHT(pki_csr_save(f.csr, f.path, PKI_PEM, PKI_FILE_REPLACE, e));
	NUL(pki_csr_save(NULL, f.path, PKI_PEM, 0, e));
	NUL(pki_csr_save(f.csr, NULL, PKI_PEM, 0, e));
	WRONG(PKI_E_IO, pki_csr_save(f.csr, f.path, PKI_PEM, 0, e));
	WRONG(PKI_E_ARG, pki_csr_save(f.csr, f.path, 7, PKI_FILE_REPLACE, e));
	RIGHT(pki_csr_load(NULL, f.path, &got.csr, e));
	pki_csr_free(got.csr);
	NUL(pki_csr_load(NULL, NULL, &got.csr, e));
	NUL(pki_csr_load(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_csr_load(NULL, f.missing, &got.csr, e));
	RIGHT(pki_csr_write(f.csr, PKI_DER, &out, e));
	NUL(pki_csr_write(NULL, PKI_DER, &out, e));
	NUL(pki_csr_write(f.csr, PKI_DER, NULL, e));
	WRONG(PKI_E_ARG, pki_csr_write(f.csr, 7, &out, e));
	RIGHT(pki_csr_check_signature(f.csr, e));
	NUL(pki_csr_check_signature(NULL, e));
	RIGHT(pki_csr_pubkey(f.csr, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_csr_pubkey(NULL, &got.pub, e));
	NUL(pki_csr_pubkey(f.csr, NULL, e));
}

static void certificates_read(void)
{
	const pki_cert *c = f.ca;
	pki_bytes der = pki_cert_der(f.ca);

	RIGHT(pki_cert_parse(NULL, der, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_parse(NULL, nowhere, &got.cert, e));
	NUL(pki_cert_parse(NULL, der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_cert_parse(NULL, f.csr_der, &got.cert, e));
	WRONG(PKI_E_NOTFOUND, pki_cert_parse(NULL, f.csr_pem, &got.cert, e));
	RIGHT(pki_cert_parse_lenient(NULL, der, PKI_LENIENT_ALL, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_parse_lenient(NULL, nowhere, 0, &got.cert, e));
	NUL(pki_cert_parse_lenient(NULL, der, 0, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_parse_lenient(NULL, der, PKI_ODD_TIME, &got.cert, e));
	RIGHT(pki_cert_save(c, f.path, PKI_PEM, PKI_FILE_REPLACE, e));
	NUL(pki_cert_save(NULL, f.path, PKI_PEM, 0, e));
	NUL(pki_cert_save(c, NULL, PKI_PEM, 0, e));
	WRONG(PKI_E_IO, pki_cert_save(c, f.path, PKI_PEM, 0, e));
	RIGHT(pki_cert_load(NULL, f.path, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_load(NULL, NULL, &got.cert, e));
	NUL(pki_cert_load(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_cert_load(NULL, f.missing, &got.cert, e));
	RIGHT(pki_cert_write(c, PKI_DER, &out, e));
	NUL(pki_cert_write(NULL, PKI_DER, &out, e));
	NUL(pki_cert_write(c, PKI_DER, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_write(c, 9, &out, e));
	RIGHT(pki_cert_pubkey(c, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_cert_pubkey(NULL, &got.pub, e));
	NUL(pki_cert_pubkey(c, NULL, e));
	RIGHT(pki_cert_check_signature(c, f.pub, e));
	NUL(pki_cert_check_signature(NULL, f.pub, e));
	NUL(pki_cert_check_signature(c, NULL, e));
	RIGHT(pki_cert_fingerprint(c, PKI_HASH_SHA256, got.octets, e));
	NUL(pki_cert_fingerprint(NULL, PKI_HASH_SHA256, got.octets, e));
	NUL(pki_cert_fingerprint(c, PKI_HASH_SHA256, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_fingerprint(c, 99, got.octets, e));
	RIGHT(pki_objects_allow(f.objects, PKI_LENIENT_ALL, e));
	NUL(pki_objects_allow(NULL, PKI_LENIENT_ALL, e));
	WRONG(PKI_E_ARG, pki_objects_allow(f.objects, PKI_ODD_TIME, e));
}

#define CA  PKI_OPTS(pki_cert_opts, .subject = "CN=a", .profile = PKI_PROFILE_CA)
#define WWW PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"))
#define ALL PKI_OPTS(pki_cert_opts, .names = PKI_LIST("a.example"), .copy_count = 1)

static void certificates_made(void)
{
	RIGHT(pki_cert_self_sign(NULL, f.key, CA, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_self_sign(NULL, NULL, CA, &got.cert, e));
	NUL(pki_cert_self_sign(NULL, f.key, CA, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_self_sign(NULL, f.key, NULL, &got.cert, e));
	RIGHT(pki_cert_issue(f.csr, f.ca, f.key, WWW, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_issue(NULL, f.ca, f.key, WWW, &got.cert, e));
	NUL(pki_cert_issue(f.csr, NULL, f.key, WWW, &got.cert, e));
	NUL(pki_cert_issue(f.csr, f.ca, NULL, WWW, &got.cert, e));
	NUL(pki_cert_issue(f.csr, f.ca, f.key, WWW, NULL, e));
	NUL(pki_cert_issue(f.csr, f.ca, f.key, ALL, &got.cert, e));
	RIGHT(pki_cert_issue_spki(f.pub_der, f.ca, f.key, WWW, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_issue_spki(nowhere, f.ca, f.key, WWW, &got.cert, e));
	NUL(pki_cert_issue_spki(f.pub_der, NULL, f.key, WWW, &got.cert, e));
	NUL(pki_cert_issue_spki(f.pub_der, f.ca, NULL, WWW, &got.cert, e));
	NUL(pki_cert_issue_spki(f.pub_der, f.ca, f.key, WWW, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_cert_issue_spki(f.csr_der, f.ca, f.key, WWW, &got.cert, e));
	RIGHT(pki_cert_reissue(f.ca, NULL, f.key, NULL, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_reissue(NULL, f.ca, f.key, NULL, &got.cert, e));
	NUL(pki_cert_reissue(f.ca, f.ca, NULL, NULL, &got.cert, e));
	NUL(pki_cert_reissue(f.ca, f.ca, f.key, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_reissue(f.ca, f.ca, f.key, CA, &got.cert, e));
	RIGHT(pki_cert_tbs_of_csr(NULL, f.csr, f.ca, WWW, &out, e));
	NUL(pki_cert_tbs_of_csr(NULL, NULL, f.ca, WWW, &out, e));
	NUL(pki_cert_tbs_of_csr(NULL, f.csr, NULL, WWW, &out, e));
	NUL(pki_cert_tbs_of_csr(NULL, f.csr, f.ca, WWW, NULL, e));
	NUL(pki_cert_tbs_of_csr(NULL, f.csr, f.ca, ALL, &out, e));
	RIGHT(pki_cert_tbs_of_cert(NULL, f.ca, NULL, NULL, &out, e));
	NUL(pki_cert_tbs_of_cert(NULL, NULL, f.ca, NULL, &out, e));
	NUL(pki_cert_tbs_of_cert(NULL, f.ca, f.ca, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_tbs_of_cert(NULL, f.ca, NULL, CA, &out, e));
	RIGHT(pki_cert_tbs_of_spki(NULL, f.pub_der, f.ca, WWW, &out, e));
	NUL(pki_cert_tbs_of_spki(NULL, nowhere, f.ca, WWW, &out, e));
	NUL(pki_cert_tbs_of_spki(NULL, f.pub_der, f.ca, WWW, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_tbs_of_spki(NULL, f.pub_der, f.ca, NULL, &out, e));
	RIGHT(
	    pki_cert_join(NULL, pki_cert_tbs(f.ca), pki_cert_signature(f.ca), f.pub, &got.cert, e));
	pki_cert_free(got.cert);
	NUL(pki_cert_join(NULL, nowhere, pki_cert_signature(f.ca), f.pub, &got.cert, e));
	NUL(pki_cert_join(NULL, pki_cert_tbs(f.ca), nowhere, f.pub, &got.cert, e));
	NUL(pki_cert_join(NULL, pki_cert_tbs(f.ca), pki_cert_signature(f.ca), NULL, &got.cert, e));
	NUL(pki_cert_join(NULL, pki_cert_tbs(f.ca), pki_cert_signature(f.ca), f.pub, NULL, e));
	WRONG(PKI_E_SIGNATURE,
	    pki_cert_join(NULL, pki_cert_tbs(f.ca), f.csr_der, f.pub, &got.cert, e));
}

static void lists(void)
{
	pki_bytes der = pki_cert_der(f.ca);

	RIGHT(pki_certs_new(NULL, &got.certs, e));
	pki_certs_free(got.certs);
	NUL(pki_certs_new(NULL, NULL, e));
	RIGHT(pki_certs_add(f.certs, f.ca, e));
	NUL(pki_certs_add(NULL, f.ca, e));
	NUL(pki_certs_add(f.certs, NULL, e));
	RIGHT(pki_certs_parse(NULL, der, &got.certs, e));
	pki_certs_free(got.certs);
	NUL(pki_certs_parse(NULL, nowhere, &got.certs, e));
	NUL(pki_certs_parse(NULL, der, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_certs_parse(NULL, empty, &got.certs, e));
	WRONG(PKI_E_ENCODING,
	    pki_certs_parse(NULL, pki_bytes_of(der.data, der.len - 1), &got.certs, e));
	RIGHT(pki_certs_load(NULL, t_vector_path("cert/openssl-leaf.pem"), &got.certs, e));
	pki_certs_free(got.certs);
	NUL(pki_certs_load(NULL, NULL, &got.certs, e));
	NUL(pki_certs_load(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_certs_load(NULL, f.missing, &got.certs, e));
}

static const char asn1_text[] =
    "Api { } DEFINITIONS EXPLICIT TAGS ::= BEGIN\n"
    "T ::= SEQUENCE { a INTEGER, b SEQUENCE OF BOOLEAN OPTIONAL } END\n";

static void asn1_modules(void)
{
	pki_bytes text = pki_bytes_str(asn1_text);
	pki_asn1 *m;

	RIGHT(pki_asn1_new(f.ctx, &got.asn1, e));
	m = got.asn1;
	RIGHT(pki_asn1_add(m, text, e));
	WRONG(PKI_E_STRUCTURE, pki_asn1_add(m, text, e));
	WRONG(PKI_E_ENCODING, pki_asn1_add(m, empty, e));
	NUL(pki_asn1_new(f.ctx, NULL, e));
	NUL(pki_asn1_add(NULL, text, e));
	NUL(pki_asn1_add(m, nowhere, e));
	pki_asn1_free(m);
	RIGHT(pki_asn1_new(NULL, &got.asn1, e));
	pki_asn1_free(got.asn1);
}

static void asn1_values_read(const pki_asn1 *m)
{
	const pki_bytes der = pki_bytes_of("\x30\x03\x02\x01\x05", 5);
	pki_asn1_value *v;

	RIGHT(pki_asn1_decode(m, "Api.T", der, &got.asn1_value, e));
	v = got.asn1_value;
	WRONG(PKI_E_NOTFOUND, pki_asn1_decode(m, "Api.U", der, &got.asn1_value, e));
	WRONG(PKI_E_STRUCTURE, pki_asn1_decode(m, "Api.T", empty, &got.asn1_value, e));
	WRONG(PKI_E_STRUCTURE, pki_asn1_decode(m, "Time", der, &got.asn1_value, e));
	NUL(pki_asn1_decode(NULL, "Api.T", der, &got.asn1_value, e));
	NUL(pki_asn1_decode(m, NULL, der, &got.asn1_value, e));
	NUL(pki_asn1_decode(m, "Api.T", nowhere, &got.asn1_value, e));
	NUL(pki_asn1_decode(m, "Api.T", der, NULL, e));
	RIGHT(pki_asn1_text(v, pki_asn1_first(v, 0), &out, e));
	WRONG(PKI_E_ARG, pki_asn1_text(v, 0, &out, e));
	NUL(pki_asn1_text(NULL, 0, &out, e));
	NUL(pki_asn1_text(v, pki_asn1_first(v, 0), NULL, e));
	RIGHT(pki_asn1_format(v, &out, e));
	NUL(pki_asn1_format(NULL, &out, e));
	NUL(pki_asn1_format(v, NULL, e));
	RIGHT(pki_asn1_json(v, &out, e));
	NUL(pki_asn1_json(NULL, &out, e));
	NUL(pki_asn1_json(v, NULL, e));
	pki_asn1_value_free(v);
}

static void asn1_values_made(const pki_asn1 *m)
{
	pki_asn1_value *v;
	size_t a;

	RIGHT(pki_asn1_create(m, "Api.T", &got.asn1_value, e));
	v = got.asn1_value;
	WRONG(PKI_E_NOTFOUND, pki_asn1_create(m, "Api.U", &got.asn1_value, e));
	NUL(pki_asn1_create(NULL, "Api.T", &got.asn1_value, e));
	NUL(pki_asn1_create(m, NULL, &got.asn1_value, e));
	NUL(pki_asn1_create(m, "Api.T", NULL, e));
	WRONG(PKI_E_ARG, pki_asn1_encode(v, &out, e));
	RIGHT(pki_asn1_child(v, 0, "a", &got.child, e));
	a = got.child;
	WRONG(PKI_E_NOTFOUND, pki_asn1_child(v, 0, "c", &got.child, e));
	NUL(pki_asn1_child(NULL, 0, "a", &got.child, e));
	WRONG(PKI_E_NOTFOUND, pki_asn1_child(v, 0, NULL, &got.child, e));
	NUL(pki_asn1_child(v, 0, "a", NULL, e));
	WRONG(PKI_E_ARG, pki_asn1_child(v, PKI_ASN1_NONE, "a", &got.child, e));
	RIGHT(pki_asn1_set(v, a, pki_bytes_of("\5", 1), e));
	WRONG(PKI_E_ARG, pki_asn1_set(v, a, empty, e));
	NUL(pki_asn1_set(NULL, a, empty, e));
	NUL(pki_asn1_set(v, a, nowhere, e));
	RIGHT(pki_asn1_set_text(v, a, pki_bytes_str("5"), e));
	WRONG(PKI_E_ARG, pki_asn1_set_text(v, a, pki_bytes_str("x"), e));
	NUL(pki_asn1_set_text(NULL, a, empty, e));
	NUL(pki_asn1_set_text(v, a, nowhere, e));
	RIGHT(pki_asn1_encode(v, &out, e));
	NUL(pki_asn1_encode(NULL, &out, e));
	NUL(pki_asn1_encode(v, NULL, e));
	RIGHT(pki_asn1_remove(v, a, e));
	WRONG(PKI_E_ARG, pki_asn1_remove(v, a, e));
	WRONG(PKI_E_ARG, pki_asn1_remove(v, 0, e));
	NUL(pki_asn1_remove(NULL, a, e));
	pki_asn1_value_free(v);
}

static void asn1_values(void)
{
	pki_asn1 *m;

	t_ok(pki_asn1_new(f.ctx, &m, err));
	t_ok(pki_asn1_add(m, pki_bytes_str(asn1_text), err));
	asn1_values_read(m);
	asn1_values_made(m);
	pki_asn1_free(m);
}

static void bundles(void)
{
	const char *path = t_vector_path("mutate/bundle.der");
	pki_bytes der = t_vector("mutate/bundle.der");

	RIGHT(pki_bundle_parse(NULL, der, &got.bundle, e));
	pki_bundle_free(got.bundle);
	NUL(pki_bundle_parse(NULL, nowhere, &got.bundle, e));
	NUL(pki_bundle_parse(NULL, der, NULL, e));
	WRONG(PKI_E_ENCODING, pki_bundle_parse(NULL, empty, &got.bundle, e));
	WRONG(PKI_E_STRUCTURE, pki_bundle_parse(NULL, f.csr_der, &got.bundle, e));
	WRONG(PKI_E_NOTFOUND, pki_bundle_parse(NULL, f.csr_pem, &got.bundle, e));
	RIGHT(pki_bundle_load(NULL, path, &got.bundle, e));
	pki_bundle_free(got.bundle);
	NUL(pki_bundle_load(NULL, NULL, &got.bundle, e));
	NUL(pki_bundle_load(NULL, path, NULL, e));
	WRONG(PKI_E_IO, pki_bundle_load(NULL, f.missing, &got.bundle, e));
	RIGHT(pki_bundle_write(f.certs, NULL, PKI_PEM, &out, e));
	NUL(pki_bundle_write(f.certs, NULL, PKI_PEM, NULL, e));
	WRONG(PKI_E_ARG, pki_bundle_write(NULL, NULL, PKI_PEM, &out, e));
	WRONG(PKI_E_ARG, pki_bundle_write(f.certs, NULL, 2, &out, e));
	RIGHT(pki_bundle_save(f.certs, NULL, f.path, PKI_PEM, PKI_FILE_REPLACE, e));
	NUL(pki_bundle_save(f.certs, NULL, NULL, PKI_PEM, 0, e));
	WRONG(PKI_E_IO, pki_bundle_save(f.certs, NULL, f.path, PKI_PEM, 0, e));
}

static void files(void)
{
	const pki_object key = { .kind = PKI_KIND_PRIVATE_KEY, .bytes = f.key_der };
	const pki_object csr = { .kind = PKI_KIND_CSR };

	RIGHT(pki_read_all(NULL, f.path, &got.objects, e));
	pki_objects_free(got.objects);
	NUL(pki_read_all(NULL, NULL, &got.objects, e));
	NUL(pki_read_all(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_read_all(NULL, f.missing, &got.objects, e));
	RIGHT(pki_read_all_of(NULL, f.csr_der, &got.objects, e));
	pki_objects_free(got.objects);
	NUL(pki_read_all_of(NULL, nowhere, &got.objects, e));
	NUL(pki_read_all_of(NULL, f.csr_der, NULL, e));
	RIGHT(pki_objects_next(f.objects, &got.object, e));
	NUL(pki_objects_next(NULL, &got.object, e));
	NUL(pki_objects_next(f.objects, NULL, e));
	RIGHT(pki_object_key(NULL, &key, NULL, NULL, &got.key, e));
	pki_key_free(got.key);
	NUL(pki_object_key(NULL, NULL, NULL, NULL, &got.key, e));
	NUL(pki_object_key(NULL, &key, NULL, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_object_key(NULL, &csr, NULL, NULL, &got.key, e));
	RIGHT(pki_object_pubkey(NULL, &key, &got.pub, e));
	pki_pubkey_free(got.pub);
	NUL(pki_object_pubkey(NULL, NULL, &got.pub, e));
	NUL(pki_object_pubkey(NULL, &key, NULL, e));
	NUL(pki_object_pubkey(NULL, &csr, &got.pub, e));
	WRONG(PKI_E_UNSUPPORTED, pki_object_pubkey(NULL, &(pki_object){ .kind = 0 }, &got.pub, e));
	WRONG(PKI_E_PASSWORD, pki_object_pubkey(NULL, &f.encrypted, &got.pub, e));
}

/* ---- functions without a status ---- */

static bool is_null(const void *p)
{
	return p == NULL;
}

static bool is_zero(uint64_t n)
{
	return n == 0;
}

static bool is_empty(pki_bytes b)
{
	return b.len == 0;
}

static bool is_no_text(const char *s)
{
	return *s == '\0';
}

static bool is_text(const char *s)
{
	return *s != '\0';
}

static void other_extensions(void)
{
	const pki_bytes bad = t_hex("0101ff"), version = t_hex("0203020003");
	const pki_logotype_hash hash = { .alg = PKI_OID(common_name) }, no_hash = { .alg = empty };
	const pki_logotype_media no_media = { .media_type = empty };
	const pki_logotype_media media = { .hashes = t_hex("3009300506035504030400"),
		.uris = t_hex("1600") };
	const pki_logotype_info no_info = { .type = empty };
	const pki_logotype_info info = { .ref_hashes = media.hashes, .ref_uris = media.uris };
	pki_bytes good;

	good = t_hex("3011810f31393939313233313233353935395a");
	RIGHT(pki_ext_key_period(NULL, good, &got.key_period, e));
	NUL(pki_ext_key_period(NULL, nowhere, &got.key_period, e));
	NUL(pki_ext_key_period(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_key_period(NULL, bad, &got.key_period, e));
	good = t_hex("300b1303455552020119020103");
	RIGHT(pki_ext_qc_limit(NULL, good, &got.qc_limit, e));
	NUL(pki_ext_qc_limit(NULL, nowhere, &got.qc_limit, e));
	NUL(pki_ext_qc_limit(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_qc_limit(NULL, bad, &got.qc_limit, e));
	good = t_hex("02010a");
	RIGHT(pki_ext_qc_retention(NULL, good, &got.years, e));
	NUL(pki_ext_qc_retention(NULL, nowhere, &got.years, e));
	NUL(pki_ext_qc_retention(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_qc_retention(NULL, bad, &got.years, e));
	good = t_hex("300406022a03");
	RIGHT(pki_ext_qc_semantics(NULL, good, &got.qc_semantics, e));
	NUL(pki_ext_qc_semantics(NULL, nowhere, &got.qc_semantics, e));
	NUL(pki_ext_qc_semantics(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_qc_semantics(NULL, bad, &got.qc_semantics, e));
	good = t_hex("04050003000101");
	RIGHT(pki_ext_sct_list(NULL, good, &got.view, e));
	NUL(pki_ext_sct_list(NULL, nowhere, &got.view, e));
	NUL(pki_ext_sct_list(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_sct_list(NULL, bad, &got.view, e));
	good = t_hex("1e02005a");
	RIGHT(pki_ext_ms_template_name(NULL, good, &got.view, e));
	NUL(pki_ext_ms_template_name(NULL, nowhere, &got.view, e));
	NUL(pki_ext_ms_template_name(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ms_template_name(NULL, bad, &got.view, e));
	good = t_hex("300406022a03");
	RIGHT(pki_ext_ms_template(NULL, good, &got.ms_template, e));
	NUL(pki_ext_ms_template(NULL, nowhere, &got.ms_template, e));
	NUL(pki_ext_ms_template(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ms_template(NULL, bad, &got.ms_template, e));
	good = t_hex("0414000102030405060708090a0b0c0d0e0f10111213");
	RIGHT(pki_ext_ms_previous_cert(NULL, good, &got.view, e));
	NUL(pki_ext_ms_previous_cert(NULL, nowhere, &got.view, e));
	NUL(pki_ext_ms_previous_cert(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ms_previous_cert(NULL, bad, &got.view, e));
	good = t_hex("030205e0");
	RIGHT(pki_ext_ns_cert_type(NULL, good, &got.bits, e));
	NUL(pki_ext_ns_cert_type(NULL, nowhere, &got.bits, e));
	NUL(pki_ext_ns_cert_type(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ns_cert_type(NULL, bad, &got.bits, e));
	good = t_hex("160161");
	RIGHT(pki_ext_ns_text(NULL, good, &got.view, e));
	NUL(pki_ext_ns_text(NULL, nowhere, &got.view, e));
	NUL(pki_ext_ns_text(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ns_text(NULL, bad, &got.view, e));
	good = t_hex("3008300604020001 0500");
	RIGHT(pki_ext_ip_blocks(NULL, good, &got.view, e));
	NUL(pki_ext_ip_blocks(NULL, nowhere, &got.view, e));
	NUL(pki_ext_ip_blocks(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ip_blocks(NULL, bad, &got.view, e));
	good = t_hex("3004a0020500");
	RIGHT(pki_ext_as_ids(NULL, good, &got.as_ids, e));
	NUL(pki_ext_as_ids(NULL, nowhere, &got.as_ids, e));
	NUL(pki_ext_as_ids(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_as_ids(NULL, bad, &got.as_ids, e));
	good = t_hex("301da11ba119300b3009300406022a030401aa300a1608613a2f2f612f6161");
	RIGHT(pki_ext_logotype(NULL, good, &got.logotype, e));
	NUL(pki_ext_logotype(NULL, nowhere, &got.logotype, e));
	NUL(pki_ext_logotype(NULL, good, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_logotype(NULL, bad, &got.logotype, e));
	RIGHT(pki_logotype_hash_encode(NULL, &hash, &out, e));
	NUL(pki_logotype_hash_encode(NULL, NULL, &out, e));
	NUL(pki_logotype_hash_encode(NULL, &hash, NULL, e));
	WRONG(PKI_E_ARG, pki_logotype_hash_encode(NULL, &no_hash, &out, e));
	RIGHT(pki_logotype_uri_encode(NULL, empty, &out, e));
	NUL(pki_logotype_uri_encode(NULL, nowhere, &out, e));
	NUL(pki_logotype_uri_encode(NULL, empty, NULL, e));
	WRONG(PKI_E_ARG, pki_logotype_uri_encode(NULL, bad, &out, e));
	RIGHT(pki_logotype_image_encode(NULL, &media, &out, e));
	NUL(pki_logotype_image_encode(NULL, NULL, &out, e));
	NUL(pki_logotype_image_encode(NULL, &media, NULL, e));
	WRONG(PKI_E_ARG, pki_logotype_image_encode(NULL, &no_media, &out, e));
	RIGHT(pki_logotype_audio_encode(NULL, &media, &out, e));
	NUL(pki_logotype_audio_encode(NULL, NULL, &out, e));
	NUL(pki_logotype_audio_encode(NULL, &media, NULL, e));
	WRONG(PKI_E_ARG, pki_logotype_audio_encode(NULL, &no_media, &out, e));
	RIGHT(pki_logotype_info_encode(NULL, &info, &out, e));
	NUL(pki_logotype_info_encode(NULL, NULL, &out, e));
	NUL(pki_logotype_info_encode(NULL, &info, NULL, e));
	WRONG(PKI_E_ARG, pki_logotype_info_encode(NULL, &no_info, &out, e));
	RIGHT(pki_ext_ms_ca_version(NULL, version, &got.half, &got.other_half, e));
	NUL(pki_ext_ms_ca_version(NULL, nowhere, &got.half, &got.other_half, e));
	NUL(pki_ext_ms_ca_version(NULL, version, NULL, &got.other_half, e));
	NUL(pki_ext_ms_ca_version(NULL, version, &got.half, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_ext_ms_ca_version(NULL, bad, &got.half, &got.other_half, e));
}

static void nothing_of_other_extensions(void)
{
	GIVES(is_zero, pki_ext_qc_next(NULL, NULL));
	GIVES(is_zero, pki_ext_qc_pds_next(NULL, NULL));
	GIVES(is_zero, pki_ext_qc_country_next(NULL, NULL));
	GIVES(is_zero, pki_sct_next(NULL, NULL));
	GIVES(is_zero, pki_ext_ip_family_next(NULL, NULL));
	GIVES(is_zero, pki_ext_ip_range_next(NULL, NULL, NULL));
	GIVES(is_zero, pki_ext_as_range_next(NULL, NULL));
	GIVES(is_zero, pki_ext_logotype_next(NULL, NULL));
	GIVES(is_zero, pki_ext_logotype_image_next(NULL, NULL));
	GIVES(is_zero, pki_ext_logotype_audio_next(NULL, NULL));
	GIVES(is_zero, pki_ext_logotype_hash_next(NULL, NULL));
	GIVES(is_zero, pki_ext_logotype_uri_next(NULL, NULL));
	NONE(pki_exts_key_period(NULL, NULL));
	NONE(pki_exts_qc_statement(NULL, NULL));
	NONE(pki_exts_qc_limit(NULL, NULL));
	NONE(pki_exts_qc_retention(NULL, 1));
	NONE(pki_exts_qc_pds(NULL, NULL, 1));
	NONE(pki_exts_qc_type(NULL, NULL, 1));
	NONE(pki_exts_qc_legislation(NULL, NULL, 1));
	NONE(pki_exts_qc_semantics(NULL, empty, NULL));
	NONE(pki_exts_sct_list(NULL, NULL, 1));
	NONE(pki_exts_ms_template_name(NULL, NULL));
	NONE(pki_exts_ms_template(NULL, NULL));
	NONE(pki_exts_ms_ca_version(NULL, 1, 1));
	NONE(pki_exts_ms_previous_cert(NULL, empty));
	NONE(pki_exts_ms_application_policy(NULL, NULL));
	NONE(pki_exts_ns_cert_type(NULL, 1));
	NONE(pki_exts_ns_text(NULL, empty, NULL));
	NONE(pki_exts_ip_blocks(NULL, NULL, 1));
	NONE(pki_exts_as_ids(NULL, NULL));
	NONE(pki_exts_logotype(NULL, NULL));
}

static void crls_read(void)
{
	pki_bytes der = t_vector("mutate/crl-all.der"), lenient = t_vector("crl/gnutls-empty.pem");
	pki_buf taken = PKI_BUF_INIT;

	RIGHT(pki_crl_parse(NULL, der, &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_parse(NULL, nowhere, &got.crl, e));
	NUL(pki_crl_parse(NULL, der, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_crl_parse(NULL, f.csr_der, &got.crl, e));
	WRONG(PKI_E_STRUCTURE, pki_crl_parse(NULL, lenient, &got.crl, e));
	WRONG(PKI_E_NOTFOUND, pki_crl_parse(NULL, f.pub_pem, &got.crl, e));
	RIGHT(pki_crl_parse_lenient(NULL, lenient, PKI_LENIENT_ALL, &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_parse_lenient(NULL, nowhere, 0, &got.crl, e));
	NUL(pki_crl_parse_lenient(NULL, der, 0, NULL, e));
	WRONG(PKI_E_ARG, pki_crl_parse_lenient(NULL, der, 256, &got.crl, e));
	t_ok(pki_buf_append(&taken, der, err));
	NUL(pki_crl_take(NULL, NULL, 0, &got.crl, e));
	NUL(pki_crl_take(NULL, &taken, 0, NULL, e));
	taken.len--;
	WRONG(PKI_E_ENCODING, pki_crl_take(NULL, &taken, 0, &got.crl, e));
	taken.len++;
	RIGHT(pki_crl_take(NULL, &taken, 0, &got.crl, e));
	pki_crl_free(got.crl);
	RIGHT(pki_crl_borrow(NULL, der, 0, NULL, NULL, &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_borrow(NULL, nowhere, 0, NULL, NULL, &got.crl, e));
	NUL(pki_crl_borrow(NULL, der, 0, NULL, NULL, NULL, e));
	WRONG(PKI_E_STRUCTURE, pki_crl_borrow(NULL, f.csr_der, 0, NULL, NULL, &got.crl, e));
	WRONG(PKI_E_ARG, pki_crl_take(NULL, &taken, 256, &got.crl, e));
	WRONG(PKI_E_ARG, pki_crl_borrow(NULL, der, 256, NULL, NULL, &got.crl, e));
	RIGHT(pki_crl_load_lenient(NULL, t_vector_path("mutate/crl.pem"), 1, &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_load_lenient(NULL, NULL, 0, &got.crl, e));
	NUL(pki_crl_load_lenient(NULL, f.path, 0, NULL, e));
	WRONG(PKI_E_ARG, pki_crl_load_lenient(NULL, f.path, 256, &got.crl, e));
	RIGHT(pki_crl_load(NULL, t_vector_path("mutate/crl.pem"), &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_load(NULL, NULL, &got.crl, e));
	NUL(pki_crl_load(NULL, f.path, NULL, e));
	WRONG(PKI_E_IO, pki_crl_load(NULL, f.missing, &got.crl, e));
}

static void crls_used(void)
{
	const char *pem = t_vector_path("mutate/crl.pem");
	pki_bytes one = pki_bytes_of("\x01", 1);
	const pki_name *issuer;
	pki_revoked found;
	pki_crl *c;

	t_ok(pki_crl_load(NULL, pem, &c, err));
	issuer = pki_crl_issuer(c);
	RIGHT(pki_crl_write(c, PKI_DER, &out, e));
	NUL(pki_crl_write(NULL, PKI_DER, &out, e));
	NUL(pki_crl_write(c, PKI_DER, NULL, e));
	WRONG(PKI_E_ARG, pki_crl_write(c, 7, &out, e));
	RIGHT(pki_crl_save(c, f.path, PKI_PEM, PKI_FILE_REPLACE, e));
	NUL(pki_crl_save(NULL, f.path, PKI_PEM, 0, e));
	NUL(pki_crl_save(c, NULL, PKI_PEM, 0, e));
	WRONG(PKI_E_IO, pki_crl_save(c, f.path, PKI_PEM, 0, e));
	RIGHT(pki_crl_find(c, issuer, one, &found, e));
	NUL(pki_crl_find(NULL, issuer, one, &found, e));
	NUL(pki_crl_find(c, NULL, one, &found, e));
	NUL(pki_crl_find(c, issuer, nowhere, &found, e));
	NUL(pki_crl_find(c, issuer, one, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_crl_find(c, pki_cert_issuer(f.ca), one, &found, e));
	NUL(pki_crl_find_cert(NULL, f.ca, &found, e));
	NUL(pki_crl_find_cert(c, NULL, &found, e));
	NUL(pki_crl_find_cert(c, f.ca, NULL, e));
	WRONG(PKI_E_NOTFOUND, pki_crl_find_cert(c, f.ca, &found, e));
	RIGHT(pki_revoked_issuer(c, &found, &got.name, e));
	pki_name_free(got.name);
	NUL(pki_revoked_issuer(NULL, &found, &got.name, e));
	NUL(pki_revoked_issuer(c, NULL, &got.name, e));
	NUL(pki_revoked_issuer(c, &found, NULL, e));
	RIGHT(pki_crl_index(c, e));
	NUL(pki_crl_index(NULL, e));
	NUL(pki_crl_check_signature(NULL, f.pub, e));
	NUL(pki_crl_check_signature(c, NULL, e));
	WRONG(PKI_E_SIGNATURE, pki_crl_check_signature(c, f.pub, e));
	RIGHT(pki_crls_new(NULL, &got.crls, e));
	pki_crls_free(got.crls);
	NUL(pki_crls_new(NULL, NULL, e));
	pki_crl_free(c);
}

static void crl_sets(void)
{
	const char *pem = t_vector_path("mutate/crl.pem");
	pki_crls *s;
	pki_crl *c;

	t_ok(pki_crl_load(NULL, pem, &c, err));
	t_ok(pki_crls_new(NULL, &s, err));
	RIGHT(pki_crls_add(s, c, e));
	NUL(pki_crls_add(NULL, c, e));
	NUL(pki_crls_add(s, NULL, e));
	RIGHT(pki_crls_load(s, pem, 0, e));
	NUL(pki_crls_load(NULL, pem, 0, e));
	NUL(pki_crls_load(s, NULL, 0, e));
	WRONG(PKI_E_ARG, pki_crls_load(s, pem, 256, e));
	WRONG(PKI_E_IO, pki_crls_load(s, f.missing, 0, e));
	RIGHT(pki_crls_index(s, e));
	NUL(pki_crls_index(NULL, e));
	pki_crls_free(s);
	pki_crl_free(c);
}

static void crls_made(void)
{
	const pki_time long_ago = 1;
	const pki_crl_opts *past = PKI_OPTS(pki_crl_opts, .next_update = &long_ago);
	pki_crl_builder *b, *broken;
	pki_revoked found;
	pki_crl *c;

	RIGHT(pki_crl_builder_new(NULL, &got.crl_builder, e));
	pki_crl_builder_free(got.crl_builder);
	NUL(pki_crl_builder_new(NULL, NULL, e));
	t_ok(pki_crl_builder_new(NULL, &b, err));
	t_ok(pki_crl_builder_new(NULL, &broken, err));
	pki_crl_builder_add(broken, NULL, NULL);
	RIGHT(pki_crl_builder_status(b, e));
	NUL(pki_crl_builder_status(NULL, e));
	WRONG(PKI_E_ARG, pki_crl_builder_status(broken, e));
	RIGHT(pki_crl_builder_sign(b, f.ca, f.key, NULL, &got.crl, e));
	c = got.crl;
	RIGHT(pki_crl_check_signature(c, f.pub, e));
	RIGHT(pki_crl_find_cert(c, f.ca, &found, e));
	RIGHT(pki_crl_join(NULL, pki_crl_tbs(c), pki_crl_signature(c), f.pub, &got.crl, e));
	pki_crl_free(got.crl);
	NUL(pki_crl_join(NULL, nowhere, pki_crl_signature(c), f.pub, &got.crl, e));
	NUL(pki_crl_join(NULL, pki_crl_tbs(c), nowhere, f.pub, &got.crl, e));
	NUL(pki_crl_join(NULL, pki_crl_tbs(c), pki_crl_signature(c), NULL, &got.crl, e));
	NUL(pki_crl_join(NULL, pki_crl_tbs(c), pki_crl_signature(c), f.pub, NULL, e));
	WRONG(PKI_E_SIGNATURE, pki_crl_join(NULL, pki_crl_tbs(c), f.csr_der, f.pub, &got.crl, e));
	pki_crl_free(c);
	NUL(pki_crl_builder_sign(NULL, f.ca, f.key, NULL, &got.crl, e));
	NUL(pki_crl_builder_sign(b, NULL, f.key, NULL, &got.crl, e));
	NUL(pki_crl_builder_sign(b, f.ca, NULL, NULL, &got.crl, e));
	NUL(pki_crl_builder_sign(b, f.ca, f.key, NULL, NULL, e));
	WRONG(PKI_E_POLICY, pki_crl_builder_sign(b, f.ca, f.key, past, &got.crl, e));
	WRONG(PKI_E_ARG, pki_crl_builder_sign(broken, f.ca, f.key, NULL, &got.crl, e));
	RIGHT(pki_crl_builder_tbs(b, f.ca, NULL, &out, e));
	NUL(pki_crl_builder_tbs(NULL, f.ca, NULL, &out, e));
	NUL(pki_crl_builder_tbs(b, NULL, NULL, &out, e));
	NUL(pki_crl_builder_tbs(b, f.ca, NULL, NULL, e));
	WRONG(PKI_E_POLICY, pki_crl_builder_tbs(b, f.ca, past, &out, e));
	pki_crl_builder_free(b);
	pki_crl_builder_free(broken);
}

static bool is_untrusted(pki_status st)
{
	return st == PKI_E_UNTRUSTED;
}

static pki_trust *trust_in(const pki_cert *c)
{
	pki_trust_builder *b;
	pki_trust *t;

	t_ok(pki_trust_builder_new(NULL, &b, err));
	if (c != NULL)
		t_ok(pki_trust_add(b, c, NULL, err));
	t_ok(pki_trust_freeze(b, &t, err));
	pki_trust_builder_free(b);
	return t;
}

static void anchors(pki_trust_builder *b)
{
	const pki_anchor_opts *wrong = PKI_OPTS(pki_anchor_opts, .policy_flags = 8);
	const pki_name *name = pki_cert_subject(f.ca);

	RIGHT(pki_trust_add(b, f.ca, NULL, e));
	NUL(pki_trust_add(NULL, f.ca, NULL, e));
	NUL(pki_trust_add(b, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_trust_add(b, f.ca, wrong, e));
	RIGHT(pki_trust_add_key(b, name, f.pub_der, NULL, e));
	NUL(pki_trust_add_key(NULL, name, f.pub_der, NULL, e));
	NUL(pki_trust_add_key(b, NULL, f.pub_der, NULL, e));
	NUL(pki_trust_add_key(b, name, empty, NULL, e));
	WRONG(PKI_E_ARG, pki_trust_add_key(b, name, f.pub_der, wrong, e));
	WRONG(PKI_E_STRUCTURE, pki_trust_add_key(b, name, f.csr_der, NULL, e));
	RIGHT(pki_trust_add_list(b, pki_cert_der(f.ca), e));
	NUL(pki_trust_add_list(NULL, pki_cert_der(f.ca), e));
	NUL(pki_trust_add_list(b, nowhere, e));
	WRONG(PKI_E_STRUCTURE, pki_trust_add_list(b, empty, e));
	RIGHT(pki_trust_distrust(b, f.ca, e));
	NUL(pki_trust_distrust(NULL, f.ca, e));
	NUL(pki_trust_distrust(b, NULL, e));
	RIGHT(pki_trust_distrust_key(b, f.pub_der, e));
	NUL(pki_trust_distrust_key(NULL, f.pub_der, e));
	NUL(pki_trust_distrust_key(b, empty, e));
	WRONG(PKI_E_STRUCTURE, pki_trust_distrust_key(b, f.csr_der, e));
}

static void anchors_of_files(pki_trust_builder *b)
{
	const char *pem = t_vector_path("cert/openssl-root.pem");
	const pki_anchor_opts *wrong = PKI_OPTS(pki_anchor_opts, .policy_flags = 8);

	RIGHT(pki_trust_load(b, pem, NULL, e));
	NUL(pki_trust_load(NULL, pem, NULL, e));
	NUL(pki_trust_load(b, NULL, NULL, e));
	WRONG(PKI_E_ARG, pki_trust_load(b, pem, wrong, e));
	WRONG(PKI_E_IO, pki_trust_load(b, f.missing, NULL, e));
	NUL(pki_trust_system(NULL, e));
	if (pki_trust_system_path() == NULL)
		WRONG(PKI_E_UNSUPPORTED, pki_trust_system(b, e));
	else
		RIGHT(pki_trust_system(b, e));
}

static void trust_stores(void)
{
	pki_trust_builder *b;

	RIGHT(pki_trust_builder_new(NULL, &got.trust_builder, e));
	pki_trust_builder_free(got.trust_builder);
	NUL(pki_trust_builder_new(NULL, NULL, e));
	t_ok(pki_trust_builder_new(NULL, &b, err));
	anchors(b);
	anchors_of_files(b);
	RIGHT(pki_trust_freeze(b, &got.trust, e));
	pki_trust_free(got.trust);
	NUL(pki_trust_freeze(NULL, &got.trust, e));
	NUL(pki_trust_freeze(b, NULL, e));
	pki_trust_builder_free(b);
	RIGHT(pki_sig_cache_new(NULL, 1, &got.cache, e));
	pki_sig_cache_free(got.cache);
	NUL(pki_sig_cache_new(NULL, 1, NULL, e));
	WRONG(PKI_E_ARG, pki_sig_cache_new(NULL, 0, &got.cache, e));
}

static void nothing_of_trust(void)
{
	NONE(pki_anchor_opts_init(NULL, 8));
	NONE(pki_trust_builder_free(NULL));
	NONE(pki_trust_system_path());
	GIVES(is_zero, pki_trust_count(NULL));
	GIVES(is_null, pki_trust_cert_at(NULL, 0));
	GIVES(is_null, pki_trust_name_at(NULL, 0));
	GIVES(is_empty, pki_trust_spki_at(NULL, 0));
	GIVES(is_null, pki_trust_ref(NULL));
	NONE(pki_trust_free(NULL));
	GIVES(is_null, pki_sig_cache_ref(NULL));
	NONE(pki_sig_cache_free(NULL));
}

/* What is wrong with these options alone. */
static const struct wrong_opts {
	const char *what;
	pki_verify_opts o;
} wrong_opts[] = {
	{ "no purpose", { .purpose = PKI_PURPOSE_NONE } },
	{ "no such purpose", { .purpose = PKI_PURPOSE_OID + 1 } },
	{ "a negative purpose", { .purpose = -1 } },
	{ "PKI_PURPOSE_OID without one", { .purpose = PKI_PURPOSE_OID } },
	{ "purpose_oid for nothing",
	    { .purpose = PKI_PURPOSE_ANY, .purpose_oid = { (const uint8_t *)"*", 1 } } },
	{ "no such rules", { .purpose = PKI_PURPOSE_ANY, .rules = PKI_RULES_WEBPKI + 1 } },
	{ "no such anchors", { .purpose = PKI_PURPOSE_ANY, .anchor = PKI_ANCHOR_BARE + 1 } },
	{ "no such revocation",
	    { .purpose = PKI_PURPOSE_ANY, .revocation = PKI_REVOCATION_REQUIRE + 1 } },
	{ "an unknown policy flag", { .purpose = PKI_PURPOSE_ANY, .policy_flags = 8 } },
	{ "an unknown bit in allow", { .purpose = PKI_PURPOSE_ANY, .allow = 1u << 31 } },
	{ "nanoseconds of no time", { .purpose = PKI_PURPOSE_ANY, .at_nsec = 1 } },
	{ "a second of nanoseconds",
	    { .purpose = PKI_PURPOSE_ANY, .at = &(pki_time){ 0 }, .at_nsec = 1000000000 } },
	{ "no time at all", { .purpose = PKI_PURPOSE_ANY, .at = &(pki_time){ PKI_TIME_NONE } } },
	{ "after the year 9999",
	    { .purpose = PKI_PURPOSE_ANY, .at = &(pki_time){ PKI_TIME_MAX + 1 } } },
	{ "two sets of policies",
	    { .purpose = PKI_PURPOSE_ANY,
		.policies = &(pki_bytes){ (const uint8_t *)"*", 1 },
		.policy_count = 1,
		.policy_set = &(pki_bytes){ (const uint8_t *)"*", 1 },
		.policy_set_count = 1 } },
	{ "one of no policies",
	    { .purpose = PKI_PURPOSE_ANY, .policies = &(pki_bytes){ NULL, 0 } } },
	{ "policies at NULL", { .purpose = PKI_PURPOSE_ANY, .policy_set_count = 1 } },
	{ "a policy that is no OID",
	    { .purpose = PKI_PURPOSE_ANY,
		.policies = &(pki_bytes){ (const uint8_t *)"\x80", 1 },
		.policy_count = 1 } },
	{ "an empty policy in a set",
	    { .purpose = PKI_PURPOSE_ANY,
		.policy_set = &(pki_bytes){ NULL, 0 },
		.policy_set_count = 1 } },
	{ "a purpose that is no OID",
	    { .purpose = PKI_PURPOSE_OID, .purpose_oid = { (const uint8_t *)"\x80", 1 } } },
	{ "a subtree that is none",
	    { .purpose = PKI_PURPOSE_ANY, .permit = PKI_LIST("ip:192.0.2.0/33") } },
	{ "a host that is none", { .purpose = PKI_PURPOSE_ANY, .host = "a..b" } },
	{ "an address that is a host", { .purpose = PKI_PURPOSE_ANY, .ip = "a.example" } },
	{ "an address that is none", { .purpose = PKI_PURPOSE_ANY, .ip = "" } },
	{ "a mailbox that is none", { .purpose = PKI_PURPOSE_ANY, .email = "@" } },
};

static void paths_not_asked_for(const pki_trust *t)
{
	pki_time at = pki_cert_not_before(f.ca);

	for (size_t i = 0; i < sizeof wrong_opts / sizeof *wrong_opts; i++) {
		pki_verify_opts o = wrong_opts[i].o;

		o.size = sizeof o;
		o.trust = t;
		if (o.at == NULL && o.at_nsec == 0)
			o.at = &at;
		ck_assert_msg(pki_verify(NULL, f.ca, &o, &got.result, NULL) == PKI_E_ARG, "%s",
		    wrong_opts[i].what);
		WRONG(PKI_E_ARG, pki_verify(NULL, f.ca, &o, &got.result, e));
	}
}

static void paths(void)
{
	pki_trust *t = trust_in(f.ca), *nobody = trust_in(NULL);
	const pki_verify_opts *any = PKI_OPTS(pki_verify_opts, .trust = t, .purpose = 1);
	const pki_verify_opts *none = PKI_OPTS(pki_verify_opts, .trust = nobody, .purpose = 1);
	pki_result *r;

	RIGHT(pki_verify(NULL, f.ca, any, &got.result, e));
	pki_result_free(got.result);
	RIGHT(pki_verify(NULL, f.ca, any, NULL, e));
	NUL(pki_verify(NULL, NULL, any, &got.result, e));
	NUL(pki_verify(NULL, f.ca, NULL, &got.result, e));
	NUL(pki_verify(NULL, f.ca, PKI_OPTS(pki_verify_opts, .purpose = 1), &got.result, e));
	paths_not_asked_for(t);
	ck_assert(is_untrusted(pki_verify(NULL, f.ca, none, &r, NULL)));
	RIGHT(pki_result_format(r, &out, e));
	NUL(pki_result_format(NULL, &out, e));
	NUL(pki_result_format(r, NULL, e));
	ck_assert_uint_eq(pki_result_attempt_count(r), 1);
	ck_assert(!pki_attempt_failure_at(r, 0, 1, NULL));
	ck_assert(!pki_attempt_failure_at(r, 1, 0, NULL));
	pki_result_free(r);
	pki_trust_free(t);
	pki_trust_free(nobody);
}

static void nothing_of_results(void)
{
	pki_policy p;
	pki_failure x;

	NONE(pki_verify_opts_init(NULL, 8));
	NONE(pki_result_free(NULL));
	GIVES(is_untrusted, pki_result_status(NULL));
	GIVES(is_zero, pki_result_path_len(NULL));
	GIVES(is_null, pki_result_path_at(NULL, 0));
	GIVES(is_zero, pki_result_policy_count(NULL));
	GIVES(is_zero, pki_result_policy_at(NULL, 0, &p));
	ck_assert(is_empty(p.oid));
	GIVES(is_zero, pki_result_not_checked_count(NULL));
	GIVES(is_null, pki_result_not_checked_at(NULL, 0));
	GIVES(is_zero, pki_result_attempt_count(NULL));
	GIVES(is_zero, pki_result_attempts_left_out(NULL));
	GIVES(is_zero, pki_attempt_path_len(NULL, 0));
	GIVES(is_null, pki_attempt_path_at(NULL, 0, 0));
	GIVES(is_zero, pki_attempt_has_anchor(NULL, 0));
	GIVES(is_zero, pki_attempt_failure_count(NULL, 0));
	GIVES(is_zero, pki_attempt_failure_at(NULL, 0, 0, &x));
	ck_assert_str_eq(x.text, "");
	NONE(pki_code_name(-1));
	ck_assert_str_eq(pki_code_name(-1), "unknown");
	ck_assert_str_eq(pki_code_name(PKI_CODE_LIMIT), "limit");
	ck_assert_str_eq(pki_code_name(PKI_CODE_LIMIT + 1), "unknown");
}

static void nothing_of_certificates(void)
{
	GIVES(is_null, pki_cert_ref(NULL));
	NONE(pki_cert_free(NULL));
	GIVES(is_null, pki_cert_subject(NULL));
	GIVES(is_null, pki_cert_issuer(NULL));
	GIVES(is_empty, pki_cert_der(NULL));
	GIVES(is_empty, pki_cert_tbs(NULL));
	GIVES(is_empty, pki_cert_serial(NULL));
	GIVES(is_empty, pki_cert_spki(NULL));
	GIVES(is_empty, pki_cert_signature(NULL));
	GIVES(is_empty, pki_cert_signature_algorithm(NULL));
	GIVES(is_empty, pki_cert_key_id(NULL));
	GIVES(is_empty, pki_cert_authority_key_id(NULL));
	GIVES(is_empty, pki_cert_issuer_unique_id(NULL));
	GIVES(is_empty, pki_cert_subject_unique_id(NULL));
	NONE(pki_cert_version(NULL));
	GIVES(is_zero, pki_cert_leniencies(NULL));
	GIVES(is_zero, pki_cert_ext_count(NULL));
	GIVES(is_zero, pki_cert_ext_at(NULL, 0, NULL));
	GIVES(is_zero, pki_cert_ext(NULL, empty, NULL));
	GIVES(is_zero, pki_cert_is_ca(NULL));
	GIVES(is_zero, pki_cert_key_usage(NULL));
	GIVES(is_zero, pki_cert_is_self_issued(NULL));
	NONE(pki_cert_path_len(NULL));
	NONE(pki_cert_not_before(NULL));
	NONE(pki_cert_not_after(NULL));
	NONE(pki_cert_opts_init(NULL, 8));
	ck_assert(pki_cert_path_len(NULL) == -1 && pki_cert_not_before(NULL) == PKI_TIME_NONE &&
	    pki_cert_not_after(NULL) == PKI_TIME_NONE);
}

static void nothing_of_crls(void)
{
	GIVES(is_null, pki_crl_ref(NULL));
	NONE(pki_crl_free(NULL));
	GIVES(is_empty, pki_crl_der(NULL));
	GIVES(is_empty, pki_crl_tbs(NULL));
	GIVES(is_empty, pki_crl_signature_algorithm(NULL));
	GIVES(is_empty, pki_crl_signature(NULL));
	NONE(pki_crl_version(NULL));
	GIVES(is_zero, pki_crl_leniencies(NULL));
	GIVES(is_null, pki_crl_issuer(NULL));
	NONE(pki_crl_this_update(NULL));
	NONE(pki_crl_next_update(NULL));
	GIVES(is_empty, pki_crl_number(NULL));
	GIVES(is_empty, pki_crl_base_number(NULL));
	GIVES(is_zero, pki_crl_is_delta(NULL));
	GIVES(is_zero, pki_crl_is_indirect(NULL));
	GIVES(is_zero, pki_crl_issuing_point(NULL, NULL));
	GIVES(is_empty, pki_crl_authority_key_id(NULL));
	GIVES(is_zero, pki_crl_ext_count(NULL));
	GIVES(is_zero, pki_crl_ext_at(NULL, 0, NULL));
	GIVES(is_zero, pki_crl_ext(NULL, empty, NULL));
	GIVES(is_zero, pki_crl_count(NULL));
	GIVES(is_zero, pki_crl_next(NULL, NULL, NULL));
	GIVES(is_zero, pki_revoked_ext_count(NULL));
	GIVES(is_zero, pki_revoked_ext_at(NULL, 0, NULL));
	GIVES(is_zero, pki_revoked_ext(NULL, empty, NULL));
	NONE(pki_crl_reason_name(-1));
	NONE(pki_crl_opts_init(NULL, 8));
	NONE(pki_crl_builder_revoke(NULL, empty, 0, 0));
	NONE(pki_crl_builder_revoke_cert(NULL, NULL, 0, 0));
	NONE(pki_crl_builder_add(NULL, NULL, NULL));
	NONE(pki_crl_builder_release(NULL, NULL, empty));
	NONE(pki_crl_builder_free(NULL));
	GIVES(is_zero, pki_crls_count(NULL));
	GIVES(is_null, pki_crls_at(NULL, 0));
	GIVES(is_null, pki_crls_next(NULL, NULL, NULL));
	NONE(pki_crls_free(NULL));
}

static void identities(void)
{
	pki_cert *c;

	t_ok(pki_cert_load(NULL, t_vector_path("cert/openssl-leaf.pem"), &c, err));
	RIGHT(pki_cert_check_host(c, "www.example.org", e));
	NUL(pki_cert_check_host(NULL, "www.example.org", e));
	NUL(pki_cert_check_host(c, NULL, e));
	WRONG(PKI_E_ARG, pki_cert_check_host(c, "", e));
	WRONG(PKI_E_NOTFOUND, pki_cert_check_host(c, "example.org", e));
	RIGHT(pki_cert_check_ip(c, pki_bytes_of("\xc0\x00\x02\x01", 4), e));
	NUL(pki_cert_check_ip(NULL, pki_bytes_of("\xc0\x00\x02\x01", 4), e));
	NUL(pki_cert_check_ip(c, nowhere, e));
	WRONG(PKI_E_ARG, pki_cert_check_ip(c, empty, e));
	WRONG(PKI_E_NOTFOUND, pki_cert_check_ip(c, pki_bytes_of("\xc0\x00\x02\x02", 4), e));
	RIGHT(pki_cert_check_email(c, "me@example.org", PKI_EMAIL_SAN_ONLY, e));
	NUL(pki_cert_check_email(NULL, "me@example.org", 0, e));
	NUL(pki_cert_check_email(c, NULL, 0, e));
	WRONG(PKI_E_ARG, pki_cert_check_email(c, "example.org", 0, e));
	WRONG(PKI_E_ARG, pki_cert_check_email(c, "me@example.org", 2, e));
	WRONG(PKI_E_NOTFOUND, pki_cert_check_email(c, "you@example.org", 0, e));
	pki_cert_free(c);
}

static void nothing_of_base(void)
{
	NONE(pki_wipe(NULL, 1));
	NONE(pki_free(NULL));
	NONE(pki_buf_free(NULL));
	GIVES(is_empty, pki_bytes_of(NULL, 0));
	GIVES(is_empty, pki_bytes_str(NULL));
	GIVES(is_empty, pki_buf_bytes(NULL));
	GIVES(is_no_text, pki_buf_str(NULL));
	GIVES(is_null, pki_buf_steal(NULL, NULL));
	GIVES(!is_zero, pki_bytes_equal(empty, empty));
	GIVES(!is_zero, pki_bytes_equal_secret(empty, empty));
	GIVES(!is_zero, pki_bytes_compare(empty, empty) == 0);
	GIVES(is_text, pki_version());
	GIVES(!is_zero, pki_version_at_least(0, 0, 0));
	NONE(pki_error_init(NULL));
	NONE(pki_error_text(NULL, NULL, 1));
	NONE(pki_error_place(NULL, "path", 1));
	GIVES(!is_zero, pki_error_status(NULL) == PKI_SUCCESS);
	GIVES(is_text, pki_error_reason(NULL));
	GIVES(is_no_text, pki_error_detail(NULL));
	GIVES(is_no_text, pki_error_clause(NULL));
	GIVES(!is_zero, pki_error_offset(NULL) == PKI_NO_OFFSET);
	GIVES(is_no_text, pki_error_path(NULL));
	GIVES(is_zero, pki_error_pem_block(NULL));
	GIVES(is_zero, pki_error_line(NULL));
	GIVES(is_no_text, pki_error_function(NULL));
	GIVES(is_text, pki_status_text(-1));
	GIVES(!is_zero, pki_error_set(NULL, PKI_E_IO, NULL, NULL) == PKI_E_IO);
	NONE(pki_limits_init(NULL, 8));
	NONE(pki_ctx_opts_init(NULL, 8));
	NONE(pki_ctx_free(NULL));
	GIVES(is_null, pki_ctx_ref(NULL));
	GIVES(!is_zero, pki_ctx_now(NULL) > 0);
	GIVES(is_zero, pki_ctx_work(NULL));
	NONE(pki_backend_free(NULL));
	GIVES(is_null, pki_backend_ref(NULL));
	GIVES(is_no_text, pki_backend_version(NULL));
	GIVES(!is_null, pki_backend_nettle());
}

static void nothing_of_der(void)
{
	pki_der child;
	pki_tag tag = 1;
	unsigned unused = 1;
	bool yes = true;

	NONE(pki_der_init(NULL, NULL, f.csr_der, NULL));
	GIVES(is_zero, pki_der_enter(NULL, PKI_TAG_SET, NULL, &child));
	GIVES(is_zero, pki_der_next(&child, PKI_TAG_SET, NULL, &got.view));
	GIVES(is_zero, pki_der_enter_opt(NULL, PKI_TAG_SET, NULL, &child));
	GIVES(is_zero, pki_der_more(&child));
	GIVES(is_zero, pki_der_enter_set_of(NULL, PKI_TAG_SET, NULL, &child));
	GIVES(is_zero, pki_der_leave(&child));
	GIVES(is_zero, pki_der_enter_bits(NULL, NULL, &child));
	t_fails(PKI_E_ARG, pki_der_finish(&child, err));
	GIVES(is_zero, pki_der_leave(NULL));
	NONE(pki_der_skip_rest(NULL));
	GIVES(is_zero, pki_der_next(NULL, PKI_TAG_SET, NULL, &got.view));
	GIVES(is_zero, pki_der_next_opt(NULL, PKI_TAG_SET, NULL, &got.view));
	GIVES(is_zero, pki_der_any(NULL, NULL, &tag, &got.view));
	GIVES(is_zero, pki_der_whole(NULL, 0, NULL, &got.view));
	GIVES(is_zero, pki_der_peek(NULL, PKI_TAG_SET));
	GIVES(is_zero, pki_der_more(NULL));
	GIVES(is_zero, pki_der_offset(NULL));
	GIVES(is_zero, pki_der_bool(NULL, NULL, false, &yes));
	GIVES(is_zero, pki_der_int64(NULL, NULL, &got.time));
	GIVES(is_zero, pki_der_uint(NULL, NULL, &got.view));
	GIVES(is_zero, pki_der_integer(NULL, NULL, &got.view));
	GIVES(is_zero, pki_der_enum(NULL, NULL, &got.time));
	GIVES(is_zero, pki_der_null(NULL, NULL));
	GIVES(is_zero, pki_der_oid(NULL, NULL, &got.view));
	GIVES(is_zero, pki_der_bits(NULL, NULL, &got.view, &unused));
	GIVES(is_zero, pki_der_flags(NULL, NULL, &got.bits));
	GIVES(is_zero, pki_der_time(NULL, NULL, &got.time));
	GIVES(is_zero, pki_der_text(NULL, NULL, &out));
	GIVES(is_zero, pki_der_fail(NULL, PKI_E_ARG, NULL, NULL));
	GIVES(is_text, pki_der_version());
	NONE(pki_derw_init(NULL, NULL));
	NONE(pki_derw_secret(NULL));
	NONE(pki_derw_begin(NULL, PKI_TAG_SET));
	NONE(pki_derw_begin_bits(NULL));
	NONE(pki_derw_end(NULL));
	NONE(pki_derw_end_set_of(NULL));
	NONE(pki_derw_put(NULL, PKI_TAG_SET, empty));
	NONE(pki_derw_raw(NULL, empty));
	NONE(pki_derw_null(NULL));
	NONE(pki_derw_bool(NULL, true, false));
	NONE(pki_derw_boolean(NULL, true));
	NONE(pki_derw_int64(NULL, 1));
	NONE(pki_derw_enum(NULL, 1));
	NONE(pki_derw_uint(NULL, empty));
	NONE(pki_derw_oid(NULL, PKI_OID(common_name)));
	NONE(pki_derw_bits(NULL, empty, 0));
	NONE(pki_derw_flags(NULL, 1));
	NONE(pki_derw_time(NULL, 0));
	NONE(pki_derw_text(NULL, PKI_TAG_UTF8, "a"));
	NONE(pki_derw_fail(NULL, PKI_E_ARG, NULL, NULL));
	NONE(pki_derw_free(NULL));
	GIVES(is_empty, pki_oid_view(NULL));
	GIVES(is_null, pki_oid_name(empty));
	GIVES(!is_zero, pki_oid_equal(empty, empty));
	GIVES(!is_zero, pki_oid_starts_with(empty, empty));
	GIVES(is_zero, pki_pem_looks_like(empty));
	NONE(pki_pem_block_free(NULL));
}

static void nothing_of_lists(void)
{
	GIVES(is_zero, pki_certs_count(NULL));
	GIVES(is_null, pki_certs_at(NULL, 0));
	NONE(pki_certs_free(NULL));
	NONE(pki_bundle_free(NULL));
	GIVES(is_empty, pki_bundle_der(NULL));
	GIVES(is_empty, pki_bundle_content_type(NULL));
	GIVES(is_null, pki_bundle_certs(NULL));
	GIVES(is_null, pki_bundle_crls(NULL));
	GIVES(is_zero, pki_bundle_signers(NULL));
	GIVES(is_zero, pki_bundle_others(NULL));
}

static void nothing_of_objects(void)
{
	NONE(pki_alg_init(NULL, 8));
	NONE(pki_alg_write(NULL, NULL));
	GIVES(is_no_text, pki_alg_name(NULL));
	GIVES(is_zero, pki_hash_size(-1));
	GIVES(is_null, pki_hash_name(-1));
	GIVES(is_null, pki_key_type_name(-1));
	GIVES(is_null, pki_key_type_curve(-1));
	NONE(pki_key_opts_init(NULL, 8));
	NONE(pki_key_write_opts_init(NULL, 8));
	GIVES(is_zero, pki_password_text(NULL, NULL, 0, NULL));
	GIVES(is_null, pki_key_ref(NULL));
	GIVES(is_null, pki_key_public(NULL));
	GIVES(is_null, pki_key_legacy(NULL));
	NONE(pki_key_free(NULL));
	GIVES(is_null, pki_pubkey_ref(NULL));
	NONE(pki_pubkey_free(NULL));
	GIVES(!is_zero, pki_pubkey_type(NULL) == PKI_KEY_UNKNOWN);
	GIVES(is_zero, pki_pubkey_bits(NULL));
	GIVES(is_empty, pki_pubkey_spki(NULL));
	GIVES(is_zero, pki_pubkey_equal(NULL, NULL));
	NONE(pki_digest_free(NULL));
	GIVES(is_null, pki_name_ref(NULL));
	NONE(pki_name_free(NULL));
	GIVES(is_empty, pki_name_der(NULL));
	GIVES(is_zero, pki_name_count(NULL));
	GIVES(is_zero, pki_name_at(NULL, 0, NULL));
	GIVES(is_null, pki_name_get(NULL, empty));
	GIVES(!is_zero, pki_name_equal(NULL, NULL));
	GIVES(!is_zero, pki_name_is_empty(NULL));
	NONE(pki_name_builder_add(NULL, PKI_OID(common_name), "a"));
	NONE(pki_name_builder_join(NULL, PKI_OID(common_name), "a"));
	NONE(pki_name_builder_free(NULL));
	NONE(pki_ext_list(NULL, NULL, empty));
	GIVES(is_zero, pki_ext_oid_next(NULL, &got.view));
	GIVES(is_zero, pki_ext_name_next(NULL, &got.gn));
	NONE(pki_exts_free(NULL));
	NONE(pki_exts_add(NULL, empty, false, empty));
	NONE(pki_exts_basic_constraints(NULL, true, -1));
	NONE(pki_exts_key_usage(NULL, 1));
	NONE(pki_exts_eku(NULL, empty));
	NONE(pki_exts_key_id(NULL, empty));
	NONE(pki_exts_san(NULL, NULL));
	GIVES(is_zero, pki_exts_count(NULL));
	GIVES(is_zero, pki_exts_at(NULL, 0, NULL));
	NONE(pki_exts_set_critical(NULL, empty, true));
	NONE(pki_csr_opts_init(NULL, 8));
	NONE(pki_cert_opts_init(NULL, 8));
	GIVES(is_null, pki_csr_ref(NULL));
	NONE(pki_csr_free(NULL));
	GIVES(is_empty, pki_csr_der(NULL));
	GIVES(is_empty, pki_csr_tbs(NULL));
	GIVES(is_null, pki_csr_subject(NULL));
	GIVES(is_empty, pki_csr_spki(NULL));
	GIVES(is_empty, pki_csr_signature_algorithm(NULL));
	GIVES(is_empty, pki_csr_signature(NULL));
	GIVES(is_zero, pki_csr_ext_count(NULL));
	GIVES(is_zero, pki_csr_ext_at(NULL, 0, NULL));
	GIVES(is_zero, pki_csr_ext(NULL, empty, NULL));
	GIVES(is_zero, pki_csr_attr_count(NULL));
	GIVES(is_zero, pki_csr_attr_at(NULL, 0, NULL));
	GIVES(is_zero, pki_csr_attr(NULL, empty, NULL));
	GIVES(is_text, pki_kind_name(-1));
	GIVES(is_text, pki_encoding_name(-1));
	NONE(pki_objects_free(NULL));
}

static bool is_none(size_t node)
{
	return node == PKI_ASN1_NONE;
}

static void nothing_of_asn1(void)
{
	NONE(pki_asn1_free(NULL));
	NONE(pki_asn1_value_free(NULL));
	GIVES(is_null, pki_asn1_type_at(NULL, 0));
	GIVES(is_null, pki_asn1_type_of(NULL, empty));
	GIVES(is_none, pki_asn1_step(NULL, 0));
	GIVES(is_none, pki_asn1_first(NULL, 0));
	GIVES(is_none, pki_asn1_next(NULL, 0));
	GIVES(is_none, pki_asn1_find(NULL, 0, NULL));
	GIVES(is_zero, pki_asn1_get(NULL, 0, NULL));
}

static void nothing_of_extensions(void)
{
	NONE(pki_ext_list_in(NULL, NULL, empty));
	GIVES(is_zero, pki_ext_access_next(NULL, NULL));
	GIVES(is_zero, pki_ext_attribute_next(NULL, NULL));
	GIVES(is_zero, pki_ext_int_next(NULL, NULL));
	GIVES(is_zero, pki_ext_policy_next(NULL, NULL));
	GIVES(is_zero, pki_ext_qualifier_next(NULL, NULL));
	GIVES(is_zero, pki_ext_mapping_next(NULL, NULL));
	GIVES(is_zero, pki_ext_subtree_next(NULL, NULL));
	GIVES(is_zero, pki_ext_dist_point_next(NULL, NULL));
	GIVES(is_null, pki_ext_name(NULL, empty));
	NONE(pki_ext_type_init(NULL, 8));
	NONE(pki_exts_ian(NULL, NULL));
	NONE(pki_exts_general_name(NULL, empty, NULL));
	NONE(pki_exts_authority_key_id(NULL, NULL));
	NONE(pki_exts_authority_info(NULL, NULL));
	NONE(pki_exts_subject_info(NULL, NULL));
	NONE(pki_exts_ocsp_url(NULL, NULL));
	NONE(pki_exts_issuer_url(NULL, NULL));
	NONE(pki_exts_attribute(NULL, NULL));
	NONE(pki_exts_tls_feature(NULL, 5));
	NONE(pki_exts_ocsp_nocheck(NULL));
	NONE(pki_exts_no_rev_avail(NULL));
	NONE(pki_exts_policy(NULL, empty));
	NONE(pki_exts_policy_info(NULL, NULL));
	NONE(pki_exts_policy_mapping(NULL, NULL));
	NONE(pki_exts_policy_constraints(NULL, NULL));
	NONE(pki_exts_inhibit_any_policy(NULL, 0));
	NONE(pki_exts_permit(NULL, NULL));
	NONE(pki_exts_exclude(NULL, NULL));
	NONE(pki_exts_permit_subtree(NULL, NULL));
	NONE(pki_exts_exclude_subtree(NULL, NULL));
	NONE(pki_exts_dist_point(NULL, NULL));
	NONE(pki_exts_freshest_crl(NULL, NULL));
	NONE(pki_exts_crl_url(NULL, NULL));
	NONE(pki_exts_crl_number(NULL, empty));
	NONE(pki_exts_delta_crl(NULL, empty));
	NONE(pki_exts_issuing_point(NULL, NULL));
	NONE(pki_exts_crl_reason(NULL, 0));
	NONE(pki_exts_invalidity_date(NULL, 0));
}

/* ---- all of them ---- */

static void set_up(void)
{
	static uint8_t ones[199];
	static pki_backend *list[2];

	f.csr_der = t_vector("mutate/csr-full.der");
	f.csr_pem = t_vector("mutate/csr.pem");
	f.key_der = t_vector("mutate/key-p256.der");
	f.enc_der = t_vector("mutate/enc-sha256.der");
	f.enc_pem = t_vector("mutate/enc.pem");
	f.pub_der = t_vector("mutate/pub-rsa.der");
	f.pub_pem = t_vector("mutate/pub.pem");
	memset(ones, 0xff, sizeof ones);
	f.ones = pki_bytes_of(ones, sizeof ones);
	f.path = t_scratch("there");
	f.missing = t_scratch("missing");
	f.encrypted.kind = PKI_KIND_ENCRYPTED_KEY;
	f.encrypted.bytes = f.enc_der;
	t_ok(pki_backend_open(with_keys(), NULL, &f.backend, err));
	list[0] = f.backend;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list), &f.ctx, err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 2), &f.poor, err));
	t_ok(pki_key_parse(NULL, f.key_der, NULL, NULL, &f.key, err));
	f.pub = pki_key_public(f.key);
	t_ok(pki_csr_parse(NULL, f.csr_der, &f.csr, err));
	t_ok(pki_cert_self_sign(NULL, f.key, CA, &f.ca, err));
	t_ok(pki_certs_new(NULL, &f.certs, err));
	f.name_der = pki_name_der(pki_csr_subject(f.csr));
	f.alg_der = pki_csr_signature_algorithm(f.csr);
	t_ok(pki_name_builder_new(NULL, &f.builder, err));
	t_ok(pki_exts_new(NULL, &f.exts, err));
	t_ok(pki_digest_new(NULL, PKI_HASH_SHA256, &f.digest, err));
	t_ok(pki_read_all_of(NULL, f.csr_der, &f.objects, err));
}

static void tear_down(void)
{
	pki_buf_free(&out);
	pki_buf_free(&f.sig);
	pki_objects_free(f.objects);
	pki_digest_free(f.digest);
	pki_exts_free(f.exts);
	pki_name_builder_free(f.builder);
	pki_certs_free(f.certs);
	pki_cert_free(f.ca);
	pki_csr_free(f.csr);
	pki_key_free(f.key);
	pki_ctx_free(f.poor);
	pki_ctx_free(f.ctx);
	pki_backend_free(f.backend);
}

static bool is_noted(const struct names *n, const char *name, size_t len)
{
	for (size_t i = 0; i < n->count; i++)
		if (strlen(n->list[i]) == len && strncmp(n->list[i], name, len) == 0)
			return true;
	return false;
}

/* A declaration is what follows a macro at a line's start; its name is before the first "(". */
static size_t check_declared(const char *header, const char *macro, bool fallible)
{
	size_t found = 0;

	for (const char *at = header; (at = strstr(at, macro)) != NULL;) {
		const char *open = at + strcspn(at, "(;"), *name = open;

		at = open;
		if (*open == ';')
			continue;
		while (strchr(" *", name[-1]) == NULL)
			name--;
		found++;
		if (!fallible) {
			ck_assert_msg(is_noted(&called_with_null, name, (size_t)(open - name)),
			    "not called with NULL: %.40s", name);
			continue;
		}
		ck_assert_msg(is_noted(&called_right, name, (size_t)(open - name)),
		    "not called rightly: %.40s", name);
		ck_assert_msg(is_noted(&called_wrong, name, (size_t)(open - name)),
		    "not called wrongly: %.40s", name);
	}
	return found;
}

static void check_complete(void)
{
	DIR *d = opendir(TOP_SRCDIR "/include/pki");
	char path[1024];
	struct dirent *entry;
	size_t fallible = 0, others = 0;

	ck_assert_ptr_nonnull(d);
	while ((entry = readdir(d)) != NULL) {
		pki_buf text = PKI_BUF_INIT;

		if (entry->d_name[0] == '.' || strcmp(entry->d_name, "jwk.h") == 0 ||
		    strcmp(entry->d_name, "asn1_json.h") == 0)
			continue; /* of another library: test_jwk, test_asn1_json */
		snprintf(path, sizeof path, "%s/include/pki/%s", TOP_SRCDIR, entry->d_name);
		t_ok(pki_file_read(path, 1 << 20, &text, err));
		fallible += check_declared(pki_buf_str(&text), "\nPKI_FALLIBLE ", true);
		others += check_declared(pki_buf_str(&text), "\nPKI_API ", false);
		pki_buf_free(&text);
	}
	closedir(d);
	ck_assert_uint_ge(fallible, 70);
	ck_assert_uint_ge(others, 140);
	printf("%zu functions with a status, %zu without\n", fallible, others);
}

START_TEST(every_function)
{
	static void (*const parts[])(void) = { base, errors, contexts, times, oids, pems, ders,
		names, extensions, more_extensions, nothing_of_extensions, keys, pubkeys, digests,
		signatures, requests, certificates_read, nothing_of_certificates, certificates_made,
		crls_read, crls_used, crl_sets, crls_made, nothing_of_crls, trust_stores,
		nothing_of_trust, paths, nothing_of_results, identities, other_extensions,
		nothing_of_other_extensions, asn1_modules, asn1_values, nothing_of_asn1, lists,
		bundles, files, nothing_of_lists, nothing_of_base, nothing_of_der,
		nothing_of_objects };

	set_up();
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		parts[i]();
	tear_down();
	check_complete();
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { every_function, NULL };

	return t_main("api", tests);
}
