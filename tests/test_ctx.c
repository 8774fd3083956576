/* SPDX-License-Identifier: BSD-3-Clause */
/* Contexts, options structs of any size, the work of a call, and backends' handles. */
#include <string.h>
#include <time.h>

#include "libpki/core/backend.h"
#include "libpki/core/ctx.h"
#include "libpki/core/opts.h"
#include "tests/lib/t.h"

/* Options */

struct v1 {
	size_t size;
	uint64_t a;
};
struct v2 {
	size_t size;
	uint64_t a, b;
};
struct v3 {
	size_t size;
	uint64_t a, b, c;
};

START_TEST(options_of_any_size)
{
	static const struct {
		size_t size;
		uint64_t c;
		pki_status want;
		uint64_t b;
	} cases[] = {
		{ sizeof(struct v2), 9, PKI_SUCCESS, 2 },
		{ sizeof(struct v1), 9, PKI_SUCCESS, 0 },
		{ sizeof(struct v3), 0, PKI_SUCCESS, 2 },
		{ sizeof(struct v3), 1, PKI_E_UNSUPPORTED, 0 },
		{ sizeof(struct v3), UINT64_C(1) << 56, PKI_E_UNSUPPORTED, 0 },
		{ 0, 0, PKI_E_ARG, 0 },
		{ 1, 0, PKI_E_ARG, 0 },
		{ sizeof(size_t), 0, PKI_E_ARG, 0 },
		{ sizeof(struct v1) - 1, 0, PKI_E_ARG, 0 },
		{ 4097, 0, PKI_E_ARG, 0 },
		{ SIZE_MAX, 0, PKI_E_ARG, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct v3 given = { cases[i].size, 1, 2, cases[i].c };
		struct v2 known = { 99, 99, 99 };
		pki_error e = PKI_ERROR_INIT;

		ck_assert_int_eq(pki_opts_read(&given, &known, sizeof known, sizeof(struct v1), &e),
		    cases[i].want);
		if (cases[i].want != PKI_SUCCESS) {
			ck_assert_int_eq(pki_error_status(&e), cases[i].want);
			ck_assert_uint_eq(known.a, 99);
			continue;
		}
		ck_assert_uint_eq(known.size, sizeof known);
		ck_assert_uint_eq(known.a, 1);
		ck_assert_uint_eq(known.b, cases[i].b);
	}
}
END_TEST

START_TEST(no_options)
{
	struct v2 known = { 9, 9, 9 };

	t_ok(pki_opts_read(NULL, &known, sizeof known, sizeof(struct v1), err));
	ck_assert_uint_eq(known.size, sizeof known);
	ck_assert_uint_eq(known.a, 0);
	ck_assert_uint_eq(known.b, 0);
}
END_TEST

START_TEST(options_init)
{
	pki_ctx_opts o;
	pki_limits l;
	uint8_t room[16];

	memset(&o, 0xff, sizeof o);
	pki_ctx_opts_init(&o, sizeof o);
	ck_assert_uint_eq(o.size, sizeof o);
	ck_assert_ptr_null(o.backends);
	ck_assert_uint_eq(o.lenient, 0);
	memset(&l, 0xff, sizeof l);
	pki_limits_init(&l, sizeof l);
	ck_assert_uint_eq(l.size, sizeof l);
	ck_assert_uint_eq(l.pem_blocks, 0);
	memset(room, 0xff, sizeof room);
	pki_opts_init(room, sizeof(size_t) - 1);
	ck_assert_uint_eq(room[0], 0xff);
	pki_opts_init(NULL, sizeof room);
}
END_TEST

/* Contexts */

static pki_time one_minute_past(void *ud)
{
	return *(pki_time *)ud + 60;
}

START_TEST(default_context)
{
	const pki_limits *l = pki_ctx_limits(NULL);

	ck_assert_uint_eq(l->object_bytes, 1048576);
	ck_assert_uint_eq(l->crl_bytes, 1073741824);
	ck_assert_uint_eq(l->message_bytes, 268435456);
	ck_assert_uint_eq(l->oid_bytes, 128);
	ck_assert_uint_eq(l->rsa_bits, 8192);
	ck_assert_uint_eq(l->pem_blocks, 100000);
	ck_assert(!pki_ctx_allows(NULL, PKI_ALLOW_MD5));
	ck_assert(pki_ctx_allows(NULL, 0));
	ck_assert_ptr_null((const void *)pki_ctx_backends(NULL));
	ck_assert_uint_eq(pki_ctx_work(NULL), 0);
	ck_assert_int_ge(pki_ctx_now(NULL), 1700000000);
	ck_assert_ptr_null(pki_ctx_ref(NULL));
	pki_ctx_free(NULL);
}
END_TEST

/* Every limit has a default, and the context's copy is its own. */
START_TEST(limits)
{
	pki_limits given = { .size = sizeof given, .pem_blocks = 3, .crl_bytes = SIZE_MAX };
	pki_ctx *ctx;
	size_t v[sizeof given / sizeof(size_t)];

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &given), &ctx, err));
	given.pem_blocks = 4;
	ck_assert_uint_eq(pki_ctx_limits(ctx)->pem_blocks, 3);
	ck_assert_uint_eq(pki_ctx_limits(ctx)->crl_bytes, SIZE_MAX);
	memcpy(v, pki_ctx_limits(ctx), sizeof v);
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		ck_assert_uint_gt(v[i], 0);
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(refused_options)
{
	static const struct {
		pki_ctx_opts o;
		pki_limits l;
		pki_status want;
	} cases[] = {
		{ { .size = 0 }, { .size = sizeof(pki_limits) }, PKI_E_ARG },
		{ { .size = 8 }, { .size = sizeof(pki_limits) }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts) }, { .size = 0 }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts) }, { .size = sizeof(pki_limits) - 1 }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts), .allow = 32 }, { .size = sizeof(pki_limits) },
		    PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts), .allow = UINT32_MAX },
		    { .size = sizeof(pki_limits) }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts), .lenient = PKI_LENIENT_ALL + 1 },
		    { .size = sizeof(pki_limits) }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts) },
		    { .size = sizeof(pki_limits), .oid_bytes = 129 }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts) },
		    { .size = sizeof(pki_limits), .rsa_bits = 16385 }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts) },
		    { .size = sizeof(pki_limits), .rsa_bits = SIZE_MAX }, PKI_E_ARG },
		{ { .size = sizeof(pki_ctx_opts), .allow = 31 },
		    { .size = sizeof(pki_limits), .rsa_bits = 16384, .oid_bytes = 128 },
		    PKI_SUCCESS },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_ctx_opts o = cases[i].o;
		pki_ctx *ctx = (pki_ctx *)&o;
		pki_error e = PKI_ERROR_INIT;

		o.limits = &cases[i].l;
		ck_assert_int_eq(pki_ctx_new(&o, &ctx, &e), cases[i].want);
		ck_assert_int_eq(ctx != NULL, cases[i].want == PKI_SUCCESS);
		pki_ctx_free(ctx);
	}
	t_fails(PKI_E_ARG, pki_ctx_new(NULL, NULL, err));
}
END_TEST

START_TEST(clock_and_policy)
{
	pki_time at = 1000;
	pki_ctx *ctx, *second;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = one_minute_past, .clock_ud = &at,
			     .allow = PKI_ALLOW_SHA1 | PKI_ALLOW_DSA),
	    &ctx, err));
	second = pki_ctx_ref(ctx);
	ck_assert_ptr_eq(second, ctx);
	pki_ctx_free(ctx);
	ck_assert_int_eq(pki_ctx_now(second), 1060);
	ck_assert(pki_ctx_allows(second, PKI_ALLOW_SHA1));
	ck_assert(pki_ctx_allows(second, PKI_ALLOW_SHA1 | PKI_ALLOW_DSA));
	ck_assert(!pki_ctx_allows(second, PKI_ALLOW_SHA1 | PKI_ALLOW_MD5));
	pki_ctx_free(second);
}
END_TEST

/* Work */

struct asked {
	size_t times, cancel_at;
};

static bool cancel(void *ud)
{
	struct asked *a = ud;

	return ++a->times == a->cancel_at;
}

START_TEST(budget)
{
	pki_ctx *ctx;
	pki_call call;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .budget = 100), &ctx, err));
	pki_call_begin(&call, ctx);
	t_ok(pki_call_spend(&call, 0, err));
	t_ok(pki_call_spend(&call, 60, err));
	t_ok(pki_call_spend(&call, 40, err));
	ck_assert_uint_eq(pki_ctx_work(ctx), 100);
	t_fails(PKI_E_LIMIT, pki_call_spend(&call, 1, err));
	pki_call_begin(&call, ctx);
	t_fails(PKI_E_LIMIT, pki_call_spend(&call, 101, err));
	t_fails(PKI_E_LIMIT, pki_call_spend(&call, 1, err));
	pki_call_begin(&call, ctx);
	t_fails(PKI_E_LIMIT, pki_call_spend(&call, UINT64_MAX, err));
	ck_assert_uint_eq(pki_ctx_work(ctx), 100);
	pki_ctx_free(ctx);
	pki_call_begin(&call, NULL);
	t_ok(pki_call_spend(&call, 100000000, err));
	t_fails(PKI_E_LIMIT, pki_call_spend(&call, 1, err));
	t_ok(pki_call_spend(NULL, UINT64_MAX, err));
}
END_TEST

/* Asked at once, then once in a while: not for each unit, and not only after all of them. */
START_TEST(cancelled)
{
	struct asked a = { 0, 0 };
	pki_ctx *ctx;
	pki_call call;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .cancel = cancel, .cancel_ud = &a), &ctx, err));
	pki_call_begin(&call, ctx);
	t_ok(pki_call_spend(&call, 1, err));
	ck_assert_uint_eq(a.times, 1);
	for (size_t i = 0; i < 100000; i++)
		t_ok(pki_call_spend(&call, 1, err));
	ck_assert_uint_gt(a.times, 5);
	ck_assert_uint_lt(a.times, 1000);
	a.cancel_at = a.times + 1;
	t_fails(PKI_E_CANCELLED, pki_call_spend(&call, 1000000, err));
	pki_call_begin(&call, ctx);
	a.cancel_at = a.times + 1;
	t_fails(PKI_E_CANCELLED, pki_call_spend(&call, 1, err));
	pki_ctx_free(ctx);
}
END_TEST

/* Backends */

struct opened {
	size_t opens, closes;
	const char *config;
};
static struct opened opened;

static pki_status open_it(const char *config, void **self, pki_error *err)
{
	if (config != NULL && strcmp(config, "broken") == 0)
		return pki_error_set(err, PKI_E_BACKEND, "broken on demand", NULL);
	if (config != NULL && strcmp(config, "silent") == 0)
		return PKI_E_BACKEND;
	opened.opens++;
	opened.config = config;
	*self = &opened;
	return PKI_SUCCESS;
}

static void close_it(void *self)
{
	ck_assert_ptr_eq(self, &opened);
	opened.closes++;
}

static const char *version_of(void *self)
{
	ck_assert_ptr_eq(self, &opened);
	return "Test 1.2";
}

static pki_status list_keys(
    void *self, const char *uri, pki_key_seen_fn *seen, void *ud, pki_error *err)
{
	ck_assert_ptr_eq(self, &opened);
	return seen(ud, uri, "label", pki_bytes_str("id"), err);
}

static const pki_backend_table whole = { .abi = PKI_BACKEND_ABI,
	.size = sizeof whole,
	.name = "test",
	.version = version_of,
	.open = open_it,
	.close = close_it,
	.key_list = list_keys };

static pki_status count_key(
    void *ud, const char *uri, const char *label, pki_bytes id, pki_error *err)
{
	size_t *n = ud;

	ck_assert_str_eq(uri, "test:");
	ck_assert_str_eq(label, "label");
	ck_assert_uint_eq(id.len, 2);
	return ++*n == 1 ? PKI_SUCCESS : pki_error_set(err, PKI_E_CANCELLED, "enough", NULL);
}

START_TEST(backend)
{
	pki_backend *b;
	size_t n = 0;

	t_ok(pki_backend_open(&whole, "c", &b, err));
	ck_assert_str_eq(opened.config, "c");
	ck_assert_str_eq(pki_backend_version(b), "Test 1.2");
	t_ok(pki_backend_list(b, "test:", count_key, &n, err));
	t_fails(PKI_E_CANCELLED, pki_backend_list(b, "test:", count_key, &n, err));
	t_fails(PKI_E_ARG, pki_backend_list(NULL, "test:", count_key, &n, err));
	t_fails(PKI_E_ARG, pki_backend_list(b, NULL, count_key, &n, err));
	t_fails(PKI_E_ARG, pki_backend_list(b, "test:", NULL, &n, err));
	ck_assert_ptr_eq(pki_backend_ref(b), b);
	pki_backend_free(b);
	ck_assert_uint_eq(opened.closes, 0);
	pki_backend_free(b);
	ck_assert_uint_eq(opened.closes, 1);
	pki_backend_free(NULL);
	ck_assert_ptr_null(pki_backend_ref(NULL));
	ck_assert_str_eq(pki_backend_version(NULL), "");
}
END_TEST

/* A table of an older release: members past its size are absent, whatever lies there. */
START_TEST(older_backend)
{
	pki_backend_table t = whole;
	pki_backend *b;
	size_t n = 0;

	t.size = offsetof(pki_backend_table, version);
	t_ok(pki_backend_open(&t, NULL, &b, err));
	ck_assert_ptr_null(b->self);
	ck_assert_str_eq(pki_backend_version(b), "test");
	t_fails(PKI_E_UNSUPPORTED, pki_backend_list(b, "test:", count_key, &n, err));
	pki_backend_free(b);
	t = whole;
	t.size = UINT32_MAX;
	t_ok(pki_backend_open(&t, NULL, &b, err));
	pki_backend_free(b);
}
END_TEST

START_TEST(refused_backends)
{
	pki_backend_table abi = whole, cut = whole, unnamed = whole, empty = whole;
	const struct {
		const pki_backend_table *t;
		const char *config;
		pki_status want;
	} cases[] = {
		{ NULL, NULL, PKI_E_ARG },
		{ &abi, NULL, PKI_E_UNSUPPORTED },
		{ &cut, NULL, PKI_E_ARG },
		{ &unnamed, NULL, PKI_E_ARG },
		{ &empty, NULL, PKI_E_ARG },
		{ &whole, "broken", PKI_E_BACKEND },
		{ &whole, "silent", PKI_E_BACKEND },
	};
	pki_backend *b;

	abi.abi = PKI_BACKEND_ABI + 1;
	cut.size = offsetof(pki_backend_table, name);
	unnamed.name = NULL;
	empty.name = "";
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		b = (pki_backend *)&abi;
		t_fails(cases[i].want, pki_backend_open(cases[i].t, cases[i].config, &b, err));
		ck_assert_ptr_null(b);
	}
	t_fails(PKI_E_ARG, pki_backend_open(&whole, NULL, NULL, err));
}
END_TEST

/* A context keeps its backends open. */
START_TEST(backends_of_a_context)
{
	pki_backend *list[3] = { NULL };
	pki_ctx *ctx, *none;

	opened = (struct opened){ 0 };
	t_ok(pki_backend_open(&whole, NULL, &list[0], err));
	t_ok(pki_backend_open(&whole, NULL, &list[1], err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list), &ctx, err));
	pki_backend_free(list[0]);
	pki_backend_free(list[1]);
	ck_assert_uint_eq(opened.closes, 0);
	ck_assert_ptr_eq(pki_ctx_backends(ctx)[0], list[0]);
	ck_assert_ptr_eq(pki_ctx_backends(ctx)[1], list[1]);
	ck_assert_ptr_null(pki_ctx_backends(ctx)[2]);
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list + 2), &none, err));
	ck_assert_ptr_nonnull((const void *)pki_ctx_backends(none));
	ck_assert_ptr_null(pki_ctx_backends(none)[0]);
	pki_ctx_free(none);
	pki_ctx_free(ctx);
	ck_assert_uint_eq(opened.closes, 2);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { options_of_any_size, no_options, options_init,
		default_context, limits, refused_options, clock_and_policy, budget, cancelled,
		backend, older_backend, refused_backends, backends_of_a_context, NULL };

	return t_main("ctx", tests);
}
