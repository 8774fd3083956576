/* SPDX-License-Identifier: BSD-3-Clause */
/* The context: built once, then only read, but for the count of work. */
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <pki/time.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/core/ref.h"

#define ALLOW_KNOWN \
 (PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512 | PKI_ALLOW_DSA)
#define DEFAULT_BUDGET 100000000u
#define NEWER          "an option is newer than this library"
/* How much a call does between two questions whether it is cancelled: about a millisecond. */
#define UNITS_UNASKED 4096u
#define MIB           ((size_t)1 << 20)

/* Every limit is a size_t: a set of them is also a list. */
#define LIMITS (sizeof(pki_limits) / sizeof(size_t))
union limits {
	pki_limits by_name;
	size_t list[LIMITS];
};

struct pki_ctx {
	pki_time (*clock)(void *ud);
	void *clock_ud;
	bool (*cancel)(void *ud);
	void *cancel_ud;
	size_t budget;
	atomic_uint_least64_t work;
	pki_ctx *counts; /* whose work it is; NULL: its own */
	union limits limits;
	uint32_t allow, lenient;
	pki_ref refs;
	size_t ext_types;
	pki_ext_type *ext_type; /* behind the struct; then */
	pki_backend **backends; /* NULL: the built-in one; and then the octets of OIDs and names */
};

static const union limits defaults = { .by_name = {
					   .size = sizeof(pki_limits),
					   .object_bytes = MIB,
					   .crl_bytes = 1024 * MIB,
					   .message_bytes = 256 * MIB,
					   .der_depth = 32,
					   .ber_depth = 64,
					   .oid_bytes = 128,
					   .extensions = 128,
					   .san_names = 10000,
					   .rdn_attrs = 1000,
					   .path_certs = 16,
					   .path_signatures = 100,
					   .path_steps = 10000,
					   .name_comparisons = MIB,
					   .policy_nodes = 1000,
					   .rsa_bits = 8192,
					   .kdf_iterations = 10000000,
					   .scrypt_bytes = 64 * MIB,
					   .signers = 64,
					   .recipients = 1000,
					   .embedded_certs = 1000,
					   .pem_blocks = 100000,
				       } };

/* 0: as much as a size_t holds. */
static const union limits most = { .by_name = { .oid_bytes = 128, .rsa_bits = 16384 } };

void pki_limits_init(pki_limits *l, size_t size)
{
	pki_opts_init(l, size);
}

void pki_ctx_opts_init(pki_ctx_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

void pki_ext_type_init(pki_ext_type *t, size_t size)
{
	pki_opts_init(t, size);
}

static pki_status read_limits(const pki_limits *given, union limits *out, pki_error *err)
{
	pki_status st = pki_opts_read(
	    given, &out->by_name, sizeof out->by_name, sizeof out->by_name, err);

	for (size_t i = 0; st == PKI_SUCCESS && i < LIMITS; i++) {
		if (out->list[i] == 0)
			out->list[i] = defaults.list[i];
		if (most.list[i] != 0 && out->list[i] > most.list[i])
			st = pki_error_set(err, PKI_E_ARG, "a limit is beyond its maximum", NULL);
	}
	return st;
}

static size_t count_backends(pki_backend *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static size_t count_ext_types(const pki_ext_type *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static bool is_there_before(const pki_ext_type *const *list, size_t n, pki_bytes oid)
{
	for (size_t i = 0; i < n; i++)
		if (pki_bytes_equal(list[i]->oid, oid))
			return true;
	return false;
}

static pki_status check_ext_types(const pki_ext_type *const *list, pki_error *err)
{
	size_t n = count_ext_types(list);

	for (size_t i = 0; i < n; i++) {
		pki_ext_type t;
		pki_status st = pki_opts_read(list[i], &t, sizeof t, sizeof t, err);

		if (st != PKI_SUCCESS)
			return st;
		if (t.reserved != 0)
			return pki_error_set(err, PKI_E_UNSUPPORTED, NEWER, NULL);
		if ((t.flags & ~PKI_EXT_TYPE_UNDERSTOOD) != 0)
			return pki_error_set(
			    err, PKI_E_ARG, "an unknown bit in flags of a type of extension", NULL);
		if (t.oid.data == NULL || t.oid.len == 0)
			return pki_error_set(
			    err, PKI_E_ARG, "a type of extension without an OID", NULL);
		if (is_there_before(list, i, t.oid))
			return pki_error_set(err, PKI_E_ARG, "a type of extension twice", NULL);
	}
	return PKI_SUCCESS;
}

/* What a context is one piece of memory of: how many there are, or octets. */
typedef struct ctx_size {
	size_t types, backends, texts, all;
} ctx_size;

static bool add_product(size_t *sum, size_t count, size_t size)
{
	size_t octets;

	return pki_size_mul(count, size, &octets) && pki_size_add(*sum, octets, sum);
}

static size_t name_size(const pki_ext_type *t)
{
	return t->name == NULL ? 0 : strlen(t->name) + 1;
}

static bool measure(const pki_ctx_opts *o, ctx_size *s)
{
	*s = (ctx_size){ .types = count_ext_types(o->ext_types),
		.backends = count_backends(o->backends),
		.all = sizeof(pki_ctx) };
	for (size_t i = 0; i < s->types; i++)
		if (!pki_size_add(s->texts, o->ext_types[i]->oid.len, &s->texts) ||
		    !pki_size_add(s->texts, name_size(o->ext_types[i]), &s->texts))
			return false;
	return add_product(&s->all, s->types, sizeof(pki_ext_type)) &&
	    add_product(&s->all, s->backends, sizeof(pki_backend *)) &&
	    pki_size_add(s->all, sizeof(pki_backend *), &s->all) &&
	    pki_size_add(s->all, s->texts, &s->all);
}

static const void *keep(uint8_t **at, const void *octets, size_t len)
{
	const void *kept = memcpy(*at, octets, len);

	*at += len;
	return kept;
}

/* They have been checked. */
static void copy_ext_types(pki_ctx *ctx, const pki_ext_type *const *list, uint8_t *texts)
{
	for (size_t i = 0; i < ctx->ext_types; i++) {
		pki_ext_type *t = &ctx->ext_type[i];

		(void)!pki_opts_read(list[i], t, sizeof *t, sizeof *t, NULL);
		t->oid.data = keep(&texts, t->oid.data, t->oid.len);
		if (t->name != NULL)
			t->name = keep(&texts, t->name, name_size(t));
	}
}

/* The context and all that it holds of its own. */
static pki_ctx *ctx_alloc(const pki_ctx_opts *o)
{
	pki_backend **backends;
	pki_ctx *ctx;
	ctx_size s;

	if (!measure(o, &s) || (ctx = pki_alloc_zero(1, s.all)) == NULL)
		return NULL;
	ctx->ext_types = s.types;
	ctx->ext_type = (pki_ext_type *)(ctx + 1);
	backends = (pki_backend **)(ctx->ext_type + s.types);
	copy_ext_types(ctx, o->ext_types, (uint8_t *)(backends + s.backends + 1));
	if (o->backends == NULL)
		return ctx;
	ctx->backends = backends;
	for (size_t i = 0; i < s.backends; i++)
		ctx->backends[i] = pki_backend_ref(o->backends[i]);
	return ctx;
}

static pki_status ctx_new(const pki_ctx_opts *given, pki_ctx **out, pki_error *err)
{
	pki_ctx_opts o;
	union limits limits;
	pki_ctx *ctx;
	pki_status st = pki_opts_read(given, &o, sizeof o, sizeof o, err);

	if (st != PKI_SUCCESS)
		return st;
	if ((o.allow & ~ALLOW_KNOWN) != 0)
		return pki_error_set(err, PKI_E_ARG, "an unknown bit in allow", NULL);
	if ((o.lenient & ~PKI_LENIENT_ALL) != 0)
		return pki_error_set(err, PKI_E_ARG, "an unknown bit in lenient", NULL);
	st = read_limits(o.limits, &limits, err);
	if (st == PKI_SUCCESS)
		st = check_ext_types(o.ext_types, err);
	if (st != PKI_SUCCESS)
		return st;
	ctx = ctx_alloc(&o);
	if (ctx == NULL)
		return pki_error_nomem(err);
	pki_ref_init(&ctx->refs);
	atomic_init(&ctx->work, 0);
	ctx->clock = o.clock;
	ctx->clock_ud = o.clock_ud;
	ctx->cancel = o.cancel;
	ctx->cancel_ud = o.cancel_ud;
	ctx->budget = o.budget == 0 ? DEFAULT_BUDGET : o.budget;
	ctx->limits = limits;
	ctx->allow = o.allow;
	ctx->lenient = o.lenient;
	*out = ctx;
	return PKI_SUCCESS;
}

pki_status pki_ctx_new(const pki_ctx_opts *o, pki_ctx **out, pki_error *err)
{
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	st = ctx_new(o, out, err);
	return PKI_LEAVE(err, st);
}

pki_ctx *pki_ctx_ref(const pki_ctx *ctx)
{
	pki_ctx *c = (pki_ctx *)(uintptr_t)ctx;

	if (c != NULL)
		pki_ref_take(&c->refs);
	return c;
}

void pki_ctx_free(pki_ctx *ctx)
{
	if (ctx == NULL || !pki_ref_drop(&ctx->refs))
		return;
	for (size_t i = 0; ctx->backends != NULL && ctx->backends[i] != NULL; i++)
		pki_backend_free(ctx->backends[i]);
	pki_ctx_free(ctx->counts);
	pki_free(ctx);
}

/* What a context was made of. list: room for the types of extension, and a NULL. */
static pki_ctx_opts opts_of(const pki_ctx *ctx, const pki_ext_type **list)
{
	for (size_t i = 0; i < ctx->ext_types; i++)
		list[i] = &ctx->ext_type[i];
	list[ctx->ext_types] = NULL;
	return (pki_ctx_opts){ .size = sizeof(pki_ctx_opts),
		.backends = ctx->backends,
		.clock = ctx->clock,
		.clock_ud = ctx->clock_ud,
		.limits = &ctx->limits.by_name,
		.cancel = ctx->cancel,
		.cancel_ud = ctx->cancel_ud,
		.budget = ctx->budget,
		.allow = ctx->allow,
		.lenient = ctx->lenient,
		.ext_types = list };
}

static pki_status ctx_more(const pki_ctx *ctx, uint32_t allow, pki_ctx **out, pki_error *err)
{
	const pki_ext_type **list = pki_alloc_zero(ctx->ext_types + 1, sizeof *list);
	pki_ctx_opts o;
	pki_status st;

	if (list == NULL)
		return pki_error_nomem(err);
	o = opts_of(ctx, list);
	o.allow |= allow;
	st = ctx_new(&o, out, err);
	if (st == PKI_SUCCESS)
		(*out)->counts = pki_ctx_ref(ctx);
	pki_free(list);
	return st;
}

pki_status pki_ctx_allowing(const pki_ctx *ctx, uint32_t allow, pki_ctx **out, pki_error *err)
{
	pki_ctx_opts o = { .size = sizeof o, .allow = allow };

	*out = NULL;
	if (pki_ctx_allows(ctx, allow)) {
		*out = pki_ctx_ref(ctx);
		return PKI_SUCCESS;
	}
	return ctx == NULL ? ctx_new(&o, out, err) : ctx_more(ctx, allow, out, err);
}

pki_time pki_ctx_now(const pki_ctx *ctx)
{
	return ctx != NULL && ctx->clock != NULL ? ctx->clock(ctx->clock_ud) : (pki_time)time(NULL);
}

uint64_t pki_ctx_work(const pki_ctx *ctx)
{
	return ctx == NULL ? 0 : atomic_load_explicit(&ctx->work, memory_order_relaxed);
}

const pki_limits *pki_ctx_limits(const pki_ctx *ctx)
{
	return ctx == NULL ? &defaults.by_name : &ctx->limits.by_name;
}

uint32_t pki_ctx_lenient(const pki_ctx *ctx)
{
	return ctx == NULL ? 0 : ctx->lenient;
}

bool pki_ctx_allows(const pki_ctx *ctx, uint32_t bits)
{
	return ((ctx == NULL ? 0 : ctx->allow) & bits) == bits;
}

pki_backend *const *pki_ctx_backends(const pki_ctx *ctx)
{
	return ctx == NULL ? NULL : ctx->backends;
}

const pki_ext_type *pki_ctx_ext_type(const pki_ctx *ctx, pki_bytes oid)
{
	for (size_t i = 0; ctx != NULL && i < ctx->ext_types; i++)
		if (pki_bytes_equal(ctx->ext_type[i].oid, oid))
			return &ctx->ext_type[i];
	return NULL;
}

void pki_call_begin(pki_call *call, const pki_ctx *ctx)
{
	call->ctx = ctx;
	call->left = ctx == NULL ? DEFAULT_BUDGET : ctx->budget;
	call->unasked = 0;
}

static bool is_cancelled(const pki_ctx *ctx)
{
	return ctx != NULL && ctx->cancel != NULL && ctx->cancel(ctx->cancel_ud);
}

/* The first time it spends, and then every UNITS_UNASKED units, a call asks. */
static pki_status ask(pki_call *call, uint64_t units, pki_error *err)
{
	if (units < call->unasked) {
		call->unasked -= units;
		return PKI_SUCCESS;
	}
	call->unasked = UNITS_UNASKED;
	return is_cancelled(call->ctx) ? pki_error_set(err, PKI_E_CANCELLED, "cancelled", NULL)
				       : PKI_SUCCESS;
}

static pki_status spend(pki_call *call, uint64_t units, pki_error *err)
{
	/* The counter is all that an operation changes in a context. */
	pki_ctx *ctx = (pki_ctx *)(uintptr_t)call->ctx;

	if (ctx != NULL && ctx->counts != NULL)
		ctx = ctx->counts;
	if (units > call->left) {
		call->left = 0;
		return pki_error_set(
		    err, PKI_E_LIMIT, "the work budget of the call is spent", NULL);
	}
	call->left -= units;
	if (ctx != NULL)
		atomic_fetch_add_explicit(&ctx->work, units, memory_order_relaxed);
	return ask(call, units, err);
}

pki_status pki_call_spend(pki_call *call, uint64_t units, pki_error *err)
{
	pki_status st = call == NULL ? PKI_SUCCESS : spend(call, units, err);

	return PKI_LEAVE(err, st);
}
