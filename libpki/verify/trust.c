/* SPDX-License-Identifier: BSD-3-Clause */
/* The trust store: sorted once, then only read. */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/ref.h"
#include "libpki/types/name_match.h"
#include "libpki/types/spki.h"
#include "libpki/verify/anchors.h"

struct pki_trust {
	pki_ref refs;
	uint32_t reserved;
	pki_ctx *ctx;
	pki_anchors anchors;       /* by name; no two alike */
	const pki_anchor **shown;  /* those that are not distrusted */
	const pki_anchor **by_der; /* those that are certificates */
	size_t shown_count, by_der_count;
};

/* ---- orders ---- */

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_bytes(const void *a, const void *b)
{
	const pki_bytes *x = a, *y = b;

	return pki_bytes_compare(*x, *y);
}

static int compare_policies(const pki_anchor *a, const pki_anchor *b)
{
	int order = compare_numbers((int64_t)a->policy_count, (int64_t)b->policy_count);

	for (size_t i = 0; order == 0 && i < a->policy_count; i++)
		order = pki_bytes_compare(a->policies[i], b->policies[i]);
	return order;
}

static int compare_keys(const pki_anchor *a, const pki_anchor *b)
{
	int order = pki_bytes_compare(a->spki, b->spki);

	return order != 0 ? order : pki_bytes_compare(a->key_id, b->key_id);
}

static int compare_certs(const pki_anchor *a, const pki_anchor *b)
{
	return pki_bytes_compare(pki_cert_der(a->cert), pki_cert_der(b->cert));
}

/* Certificates before those that are a name and a key, whose DER is empty. */
static int compare_identity(const pki_anchor *a, const pki_anchor *b)
{
	int order = compare_numbers(a->cert == NULL, b->cert == NULL);

	if (order == 0)
		order = compare_certs(a, b);
	return order != 0 ? order : compare_keys(a, b);
}

static int compare_options(const pki_anchor *a, const pki_anchor *b)
{
	const int64_t x[] = { a->distrust_after, a->path_len, a->purposes, a->policy_flags,
		a->replaces };
	const int64_t y[] = { b->distrust_after, b->path_len, b->purposes, b->policy_flags,
		b->replaces };
	int order = pki_bytes_compare(a->constraints.permitted, b->constraints.permitted);

	if (order == 0)
		order = pki_bytes_compare(a->constraints.excluded, b->constraints.excluded);
	if (order == 0)
		order = compare_policies(a, b);
	for (size_t i = 0; order == 0 && i < sizeof x / sizeof x[0]; i++)
		order = compare_numbers(x[i], y[i]);
	return order;
}

/* By name, and all the rest, so that what is alike lies side by side. */
static int compare_anchors(const void *a, const void *b)
{
	const pki_anchor *x = a, *y = b;
	int order = pki_name_compare(x->name, y->name);

	if (order == 0)
		order = compare_identity(x, y);
	return order != 0 ? order : compare_options(x, y);
}

static int compare_places(const void *a, const void *b)
{
	const pki_anchor *const *x = a, *const *y = b;

	return compare_certs(*x, *y);
}

/* ---- freezing ---- */

static void sort(void *list, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count > 1)
		qsort(list, count, size, compare);
}

static void drop_repeated(pki_anchors *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < a->count; i++)
		if (kept > 0 && compare_anchors(&a->list[kept - 1], &a->list[i]) == 0)
			pki_anchor_drop(&a->list[i]);
		else
			a->list[kept++] = a->list[i];
	a->count = kept;
}

static void index_anchors(pki_trust *t)
{
	for (size_t i = 0; i < t->anchors.count; i++) {
		pki_anchor *a = &t->anchors.list[i];

		a->distrusted = pki_trust_distrusts_key(t, a->spki);
		if (!a->distrusted)
			t->shown[t->shown_count++] = a;
		if (a->cert != NULL)
			t->by_der[t->by_der_count++] = a;
	}
	sort(t->by_der, t->by_der_count, sizeof *t->by_der, compare_places);
}

static pki_status freeze(pki_trust_builder *b, pki_trust *t, pki_error *err)
{
	pki_anchors *a = &b->anchors;

	t->shown = pki_alloc_zero(a->count, sizeof *t->shown);
	t->by_der = pki_alloc_zero(a->count, sizeof *t->by_der);
	if (t->shown == NULL || t->by_der == NULL)
		return pki_error_nomem(err);
	sort(a->list, a->count, sizeof *a->list, compare_anchors);
	sort(a->distrusted, a->distrusted_count, sizeof *a->distrusted, compare_bytes);
	drop_repeated(a);
	t->anchors = *a;
	memset(a, 0, sizeof *a);
	index_anchors(t);
	return PKI_SUCCESS;
}

static pki_trust *trust_new(const pki_ctx *ctx)
{
	pki_trust *t = pki_alloc_zero(1, sizeof *t);

	if (t == NULL)
		return NULL;
	pki_ref_init(&t->refs);
	t->ctx = pki_ctx_ref(ctx);
	return t;
}

pki_status pki_trust_freeze(pki_trust_builder *b, pki_trust **out, pki_error *err)
{
	pki_status st;
	pki_trust *t;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || b == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	t = trust_new(b->ctx);
	st = t == NULL ? pki_error_nomem(err) : freeze(b, t, err);
	if (st == PKI_SUCCESS)
		*out = t;
	else
		pki_trust_free(t);
	return PKI_LEAVE(err, st);
}

pki_trust *pki_trust_ref(const pki_trust *t)
{
	pki_trust *shared = (pki_trust *)(uintptr_t)t;

	if (shared != NULL)
		pki_ref_take(&shared->refs);
	return shared;
}

void pki_trust_free(pki_trust *t)
{
	if (t == NULL || !pki_ref_drop(&t->refs))
		return;
	pki_anchors_free(&t->anchors);
	pki_free(t->shown);
	pki_free(t->by_der);
	pki_ctx_free(t->ctx);
	pki_free(t);
}

/* ---- what is in it ---- */

static const pki_anchor *shown_at(const pki_trust *t, size_t i)
{
	return i < pki_trust_count(t) ? t->shown[i] : NULL;
}

size_t pki_trust_count(const pki_trust *t)
{
	return t == NULL ? 0 : t->shown_count;
}

const pki_cert *pki_trust_cert_at(const pki_trust *t, size_t i)
{
	const pki_anchor *a = shown_at(t, i);

	return a == NULL ? NULL : a->cert;
}

const pki_name *pki_trust_name_at(const pki_trust *t, size_t i)
{
	const pki_anchor *a = shown_at(t, i);

	return a == NULL ? NULL : a->name;
}

pki_bytes pki_trust_spki_at(const pki_trust *t, size_t i)
{
	const pki_anchor *a = shown_at(t, i);

	return a == NULL ? pki_bytes_of(NULL, 0) : a->spki;
}

/* ---- finding ---- */

/* The first one that is not before the name. */
static size_t find_name(const pki_anchors *a, const pki_name *name)
{
	size_t from = 0, end = a->count;

	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (pki_name_compare(a->list[middle].name, name) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

const pki_anchor *pki_trust_next(const pki_trust *t, const pki_name *name, size_t *cursor)
{
	size_t at;

	if (t == NULL || name == NULL)
		return NULL;
	at = *cursor > 0 ? *cursor : find_name(&t->anchors, name);
	if (at >= t->anchors.count || !pki_name_equal(t->anchors.list[at].name, name))
		return NULL;
	*cursor = at + 1;
	return &t->anchors.list[at];
}

static size_t find_der(const pki_trust *t, pki_bytes der)
{
	size_t from = 0, end = t->by_der_count;

	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (pki_bytes_compare(pki_cert_der(t->by_der[middle]->cert), der) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

const pki_anchor *pki_trust_next_same(const pki_trust *t, const pki_cert *c, size_t *cursor)
{
	pki_bytes der = pki_cert_der(c);
	size_t at;

	if (t == NULL || c == NULL)
		return NULL;
	at = *cursor > 0 ? *cursor : find_der(t, der);
	if (at >= t->by_der_count || !pki_bytes_equal(pki_cert_der(t->by_der[at]->cert), der))
		return NULL;
	*cursor = at + 1;
	return t->by_der[at];
}

/* ---- distrust ---- */

static bool find_key(const pki_anchors *a, pki_bytes key)
{
	return a->distrusted_count > 0 &&
	    bsearch(&key, a->distrusted, a->distrusted_count, sizeof key, compare_bytes) != NULL;
}

/*
 * The octets of the key alone count: under another AlgorithmIdentifier, as id-RSASSA-PSS for
 * rsaEncryption, it is still who has that private key. So it is with a point that is compressed.
 */
bool pki_trust_distrusts_key(const pki_trust *t, pki_bytes spki)
{
	uint8_t room[PKI_POINT_ROOM];
	pki_algid algorithm;
	pki_bytes key, whole;
	pki_der r;

	if (t == NULL || t->anchors.distrusted_count == 0)
		return false;
	pki_der_init(&r, t->ctx, spki, NULL);
	return !pki_spki_split(&r, NULL, &algorithm, &key, &whole) ||
	    find_key(&t->anchors, pki_distrust_form(key, room));
}

bool pki_trust_distrusts(const pki_trust *t, const pki_cert *c)
{
	return pki_trust_distrusts_key(t, pki_cert_spki(c));
}
