/* SPDX-License-Identifier: BSD-3-Clause */
/* The certificates that may be on a path, by subject. */
#include <stdlib.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/types/name_match.h"
#include "libpki/verify/pool.h"

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

static void drop_twins(pki_pool *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		if (kept == 0 || compare(&p->certs[kept - 1], &p->certs[i]) != 0)
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
	if (p->count > 1)
		qsort(p->certs, p->count, sizeof *p->certs, compare);
	drop_twins(p);
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

/* Moves references to where they outlive the list. */
static pki_status keep(pki_pool *p, const pki_ctx *ctx, const pki_certs *l, pki_error *err)
{
	pki_status st = p->kept == NULL ? pki_certs_new(ctx, &p->kept, err) : PKI_SUCCESS;

	for (size_t i = 0; i < pki_certs_count(l) && st == PKI_SUCCESS; i++)
		st = pki_certs_add(p->kept, pki_certs_at(l, i), err);
	return st;
}

pki_status pki_pool_ask(pki_pool *p, const pki_ctx *ctx, pki_find_issuers_fn *find, void *ud,
    const pki_cert *c, bool *more, pki_error *err)
{
	size_t before = p->count;
	pki_certs *found = NULL;
	pki_status st;

	*more = false;
	if (find == NULL || was_asked(p, c))
		return PKI_SUCCESS;
	st = note_asked(p, c, err);
	if (st == PKI_SUCCESS)
		st = pki_certs_new(ctx, &found, err);
	if (st == PKI_SUCCESS)
		st = find(ud, c, found, err);
	if (st == PKI_SUCCESS)
		st = keep(p, ctx, found, err);
	if (st == PKI_SUCCESS)
		st = pki_pool_add(p, found, err);
	pki_certs_free(found);
	*more = p->count > before;
	return st;
}
