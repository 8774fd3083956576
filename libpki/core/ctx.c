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
	union limits limits;
	uint32_t allow;
	pki_ref refs;
	size_t ext_types;
	const pki_ext_type **ext_type; /* behind the struct; then */
	pki_backend **backends;        /* NULL: the built-in one */
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

static const pki_ext_type *find_ext_type(const pki_ext_type *const *list, size_t n, pki_bytes oid)
{
	for (size_t i = 0; i < n; i++)
		if (pki_bytes_equal(list[i]->oid, oid))
			return list[i];
	return NULL;
}

static pki_status check_ext_types(const pki_ext_type *const *list, pki_error *err)
{
	size_t n = count_ext_types(list);

	for (size_t i = 0; i < n; i++) {
		pki_ext_type known;
		pki_status st = pki_opts_read(list[i], &known, sizeof known, sizeof known, err);

		if (st != PKI_SUCCESS)
			return st;
		if (known.oid.data == NULL || known.oid.len == 0)
			return pki_error_set(
			    err, PKI_E_ARG, "a type of extension without an OID", NULL);
		if (find_ext_type(list, i, known.oid) != NULL)
			return pki_error_set(err, PKI_E_ARG, "a type of extension twice", NULL);
	}
	return PKI_SUCCESS;
}

/* The context, its types of extensions and its list of backends, as one piece of memory. */
static pki_ctx *ctx_alloc(const pki_ctx_opts *o)
{
	size_t n = count_backends(o->backends), types = count_ext_types(o->ext_types), size;
	pki_ctx *ctx;

	if (!pki_size_add(n, types, &size) || !pki_size_add(size, 1, &size) ||
	    !pki_size_mul(size, sizeof(void *), &size) || !pki_size_add(size, sizeof *ctx, &size) ||
	    (ctx = pki_alloc_zero(1, size)) == NULL)
		return NULL;
	ctx->ext_types = types;
	ctx->ext_type = (const pki_ext_type **)(ctx + 1);
	for (size_t i = 0; i < types; i++)
		ctx->ext_type[i] = o->ext_types[i];
	if (o->backends == NULL)
		return ctx;
	ctx->backends = (pki_backend **)(ctx->ext_type + types);
	for (size_t i = 0; i < n; i++)
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
	if (o.reserved != 0)
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "an option is newer than this library", NULL);
	if ((o.allow & ~ALLOW_KNOWN) != 0)
		return pki_error_set(err, PKI_E_ARG, "an unknown bit in allow", NULL);
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
	pki_free(ctx);
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
	return ctx == NULL ? NULL : find_ext_type(ctx->ext_type, ctx->ext_types, oid);
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
