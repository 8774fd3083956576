/* SPDX-License-Identifier: BSD-3-Clause */
/* The certificates that may be on a path, by subject. */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/types/name_match.h"
#include "libpki/verify/findings.h"
#include "libpki/verify/pool.h"

bool pki_is_same_cert(const pki_cert *a, const pki_cert *b)
{
	return a != NULL && b != NULL &&
	    (a == b || pki_bytes_equal(pki_cert_der(a), pki_cert_der(b)));
}

void pki_pool_free(pki_pool *p)
{
	pki_free(p->certs);
	pki_free(p->asked);
	pki_certs_free(p->kept);
	*p = (pki_pool){ .count = 0 };
}

/* By subject; of one subject, by octets. */
static int compare(const void *a, const void *b)
{
	const pki_cert *x = *(const pki_cert *const *)a, *y = *(const pki_cert *const *)b;
	int order = pki_name_compare(pki_cert_subject(x), pki_cert_subject(y));

	return order != 0 ? order : pki_bytes_compare(pki_cert_der(x), pki_cert_der(y));
}

/* Sorts what lies behind the first ones, and drops what is there twice. */
static void sort_from(pki_pool *p, size_t first)
{
	size_t kept = first;

	if (p->count - first > 1)
		qsort(p->certs + first, p->count - first, sizeof *p->certs, compare);
	for (size_t i = first; i < p->count; i++)
		if (kept == first || compare(&p->certs[kept - 1], &p->certs[i]) != 0)
			p->certs[kept++] = p->certs[i];
	p->count = kept;
}

static pki_status append(pki_pool *p, const pki_cert *c, pki_error *err)
{
	const pki_cert **list = pki_list_room(p->certs, NULL, p->count, &p->room, sizeof *p->certs);

	if (list == NULL)
		return pki_error_nomem(err);
	p->certs = list;
	p->certs[p->count++] = c;
	return PKI_SUCCESS;
}

pki_status pki_pool_add(pki_pool *p, const pki_certs *l, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < pki_certs_count(l) && st == PKI_SUCCESS; i++)
		st = append(p, pki_certs_at(l, i), err);
	sort_from(p, 0);
	return st;
}

/* The first one whose subject is not less. */
static size_t lower_bound(const pki_pool *p, const pki_name *subject)
{
	size_t low = 0, high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pki_name_compare(pki_cert_subject(p->certs[middle]), subject) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const pki_cert *pki_pool_next(const pki_pool *p, const pki_name *subject, size_t *cursor)
{
	size_t i = *cursor == 0 ? lower_bound(p, subject) : *cursor;

	if (i >= p->count || !pki_name_equal(pki_cert_subject(p->certs[i]), subject))
		return NULL;
	*cursor = i + 1;
	return p->certs[i];
}

/* ---- those that a callback finds ---- */

static bool was_asked(const pki_pool *p, const pki_cert *c)
{
	for (size_t i = 0; i < p->asked_count; i++)
		if (p->asked[i] == c)
			return true;
	return false;
}

static pki_status note_asked(pki_pool *p, const pki_cert *c, pki_error *err)
{
	const pki_cert **list = pki_list_room(
	    p->asked, NULL, p->asked_count, &p->asked_room, sizeof *p->asked);

	if (list == NULL)
		return pki_error_nomem(err);
	p->asked = list;
	p->asked[p->asked_count++] = c;
	return PKI_SUCCESS;
}

/* Those that are not among the first `before`, sorted, behind them. */
static pki_status append_new(pki_pool *p, const pki_certs *l, size_t before, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < pki_certs_count(l) && st == PKI_SUCCESS; i++) {
		const pki_cert *c = pki_certs_at(l, i);

		if (before == 0 || bsearch(&c, p->certs, before, sizeof *p->certs, compare) == NULL)
			st = append(p, c, err);
	}
	sort_from(p, before);
	return st;
}

/* They outlive the list that they came in. */
static pki_status keep(pki_pool *p, const pki_ctx *ctx, size_t from, pki_error *err)
{
	pki_status st = p->kept == NULL ? pki_certs_new(ctx, &p->kept, err) : PKI_SUCCESS;

	for (size_t i = from; i < p->count && st == PKI_SUCCESS; i++)
		st = pki_certs_add(p->kept, p->certs[i], err);
	return st;
}

/* Two sorted lists, the second one behind `middle`, become one. */
static pki_status merge(pki_pool *p, size_t middle, pki_error *err)
{
	size_t a = middle, b = p->count - middle, to = p->count;
	const pki_cert **second = pki_alloc_zero(b, sizeof *second);

	if (second == NULL)
		return pki_error_nomem(err);
	memcpy(second, p->certs + middle, b * sizeof *second);
	while (b > 0)
		if (a > 0 && compare(&p->certs[a - 1], &second[b - 1]) > 0)
			p->certs[--to] = p->certs[--a];
		else
			p->certs[--to] = second[--b];
	pki_free(second);
	return PKI_SUCCESS;
}

static pki_status add_new(pki_pool *p, const pki_ctx *ctx, const pki_certs *l, pki_error *err)
{
	size_t before = p->count;
	pki_status st = append_new(p, l, before, err);

	if (st == PKI_SUCCESS)
		st = keep(p, ctx, before, err);
	if (st == PKI_SUCCESS && p->count > before)
		st = merge(p, before, err);
	if (st != PKI_SUCCESS)
		p->count = before;
	return st;
}

pki_status pki_pool_ask(pki_pool *p, const pki_ctx *ctx, pki_find_issuers_fn *find, void *ud,
    const pki_cert *c, pki_error *err)
{
	pki_certs *found = NULL;
	pki_status st;

	if (find == NULL || was_asked(p, c))
		return PKI_SUCCESS;
	st = note_asked(p, c, err);
	if (st == PKI_SUCCESS)
		st = pki_certs_new(ctx, &found, err);
	if (st != PKI_SUCCESS)
		return st;
	st = find(ud, c, found, err);
	if (st != PKI_SUCCESS)
		st = pki_callback_failed(st, "find_issuers failed", err);
	else
		st = add_new(p, ctx, found, err);
	pki_certs_free(found);
	return st;
}
