/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs by issuer. */
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/name_match.h"
#include "libpki/x509/bundle.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/kind.h"

/*
 * Sorted runs, of which each is as long as a bit of `count` is worth, the longest first: with 13
 * CRLs, runs of 8, 4 and 1. To add one is to merge runs of one length, as a carry does; to find an
 * issuer is to look into each. Neither takes more than the square of a logarithm.
 */
struct pki_crls {
	pki_ctx *ctx;
	pki_crl **added; /* in the order in which they came: with the references */
	pki_crl **list, **spare;
	size_t count, room;
};

pki_status pki_crls_new(const pki_ctx *ctx, pki_crls **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = pki_alloc_zero(1, sizeof **out);
	if (*out == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	(*out)->ctx = pki_ctx_ref(ctx);
	return PKI_SUCCESS;
}

void pki_crls_free(pki_crls *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->count; i++)
		pki_crl_free(s->added[i]);
	pki_free(s->added);
	pki_free(s->list);
	pki_free(s->spare);
	pki_ctx_free(s->ctx);
	pki_free(s);
}

size_t pki_crls_count(const pki_crls *s)
{
	return s == NULL ? 0 : s->count;
}

const pki_crl *pki_crls_at(const pki_crls *s, size_t i)
{
	return i < pki_crls_count(s) ? s->added[i] : NULL;
}

/* ---- adding ---- */

static bool resize(pki_crl ***list, size_t room)
{
	pki_crl **more;
	size_t size;

	if (!pki_size_mul(room, sizeof **list, &size) || (more = pki_realloc(*list, size)) == NULL)
		return false;
	*list = more;
	return true;
}

static pki_status reserve(pki_crls *s, size_t more, pki_error *err)
{
	size_t room = s->room > 0 ? s->room : 16, want;

	if (!pki_size_add(s->count, more, &want))
		return pki_error_nomem(err);
	if (want <= s->room)
		return PKI_SUCCESS;
	while (room < want)
		if (!pki_size_mul(room, 2, &room))
			return pki_error_nomem(err);
	if (!resize(&s->added, room) || !resize(&s->list, room) || !resize(&s->spare, room))
		return pki_error_nomem(err);
	s->room = room;
	return PKI_SUCCESS;
}

/* Two runs of n, side by side, become one; what is equal stays in its order. */
static void merge(pki_crl **runs, size_t n, pki_crl **spare)
{
	size_t a = 0, b = n, to = 0;

	while (a < n && b < 2 * n)
		if (pki_name_compare(runs[a]->issuer, runs[b]->issuer) <= 0)
			spare[to++] = runs[a++];
		else
			spare[to++] = runs[b++];
	while (a < n)
		spare[to++] = runs[a++];
	memcpy(runs, spare, to * sizeof *runs);
}

/* Takes c over; there is room for it. */
static void put(pki_crls *s, pki_crl *c)
{
	s->added[s->count] = c;
	s->list[s->count] = c;
	for (size_t n = 1; (s->count & n) != 0; n *= 2)
		merge(s->list + (s->count + 1 - 2 * n), n, s->spare);
	s->count++;
}

/* Takes c over, added or not. */
static pki_status take(pki_crls *s, pki_crl *c, pki_error *err)
{
	pki_status st = reserve(s, 1, err);

	if (st == PKI_SUCCESS)
		put(s, c);
	else
		pki_crl_free(c);
	return st;
}

pki_status pki_crls_add(pki_crls *s, const pki_crl *c, pki_error *err)
{
	if (s == NULL || c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, take(s, pki_crl_ref(c), err));
}

/* All of them, or none. */
static pki_status add_all(pki_crls *s, const pki_crls *from, pki_error *err)
{
	pki_status st = reserve(s, pki_crls_count(from), err);

	for (size_t i = 0; st == PKI_SUCCESS && i < pki_crls_count(from); i++)
		put(s, pki_crl_ref(pki_crls_at(from, i)));
	return st;
}

pki_status pki_crls_index(const pki_crls *s, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (s == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	for (size_t i = 0; st == PKI_SUCCESS && i < s->count; i++)
		st = pki_crl_index(s->added[i], err);
	return PKI_LEAVE(err, st);
}

/* ---- finding ---- */

/* The first place in a sorted run that is not before the issuer. */
static size_t lower_bound(const pki_crls *s, size_t from, size_t end, const pki_name *issuer)
{
	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (pki_name_compare(s->list[middle]->issuer, issuer) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

/* How long the run at `start` is: the highest bit of what is left. */
static size_t run_at(const pki_crls *s, size_t start)
{
	size_t left = s->count - start, n = 1;

	while (n <= left / 2)
		n *= 2;
	return n;
}

static const pki_crl *next_of(const pki_crls *s, const pki_name *issuer, size_t *cursor)
{
	size_t end;

	for (size_t start = 0; start < s->count; start = end) {
		size_t at;

		end = start + run_at(s, start);
		if (*cursor >= end)
			continue;
		at = *cursor > start ? *cursor : lower_bound(s, start, end, issuer);
		if (at < end && pki_name_equal(s->list[at]->issuer, issuer)) {
			*cursor = at + 1;
			return s->list[at];
		}
		*cursor = end;
	}
	return NULL;
}

const pki_crl *pki_crls_next(const pki_crls *s, const pki_name *issuer, size_t *cursor)
{
	if (s == NULL || cursor == NULL)
		return NULL;
	if (issuer != NULL)
		return next_of(s, issuer, cursor);
	return *cursor < s->count ? s->added[(*cursor)++] : NULL;
}

/* ---- files and folders ---- */

/* What is being loaded, and how. */
typedef struct loading {
	const pki_ctx *ctx;
	pki_crls *to;
	uint32_t allow;
	bool any; /* a file that is no CRL is not to be complained of */
	uint8_t reserved[3];
} loading;

static pki_status add_crl(const loading *l, pki_bytes der, pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = pki_crl_parse_der(l->ctx, der, l->allow, &c, err);

	return st == PKI_SUCCESS ? take(l->to, c, err) : st;
}

static pki_status add_bundle(const loading *l, pki_bytes ber, pki_error *err)
{
	pki_bundle *b = NULL;
	pki_status st = pki_bundle_parse_ber(l->ctx, ber, &b, err);

	if (st == PKI_SUCCESS)
		st = add_all(l->to, pki_bundle_crls(b), err);
	pki_bundle_free(b);
	return st;
}

static pki_status add_object(const loading *l, pki_kind kind, pki_bytes ber, pki_error *err)
{
	switch (kind) {
	case PKI_KIND_CRL:
		return add_crl(l, ber, err);
	case PKI_KIND_PKCS7:
		return add_bundle(l, ber, err);
	default:
		return PKI_SUCCESS;
	}
}

static pki_status add_blocks(const loading *l, pki_bytes pem, pki_pem_block *b, pki_error *err)
{
	pki_status st;

	while ((st = pki_pem_next(l->ctx, &pem, b, err)) == PKI_SUCCESS) {
		st = add_object(l, pki_kind_of_label(b->label).kind, pki_buf_bytes(&b->der), err);
		if (st == PKI_SUCCESS)
			continue;
		pki_error_in_block(err, b->number);
		return st;
	}
	return st;
}

/* All of a PEM file's. */
static pki_status add_pem(const loading *l, pki_bytes pem, pki_error *err)
{
	pki_pem_block block = { .der = { .flags = PKI_BUF_SECRET } };
	pki_error why = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_status st = add_blocks(l, pem, &block, &why);

	pki_pem_block_free(&block);
	if (st == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

static pki_status add_der(const loading *l, pki_bytes der, pki_error *err)
{
	pki_kind kind = pki_kind_of_der(der).kind;

	if (kind != PKI_KIND_PKCS7 && !l->any)
		kind = PKI_KIND_CRL;
	return add_object(l, kind, der, err);
}

static pki_status add_base64(const loading *l, pki_bytes text, pki_error *err)
{
	pki_buf der = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_base64_decode(text, &der, err);

	if (st == PKI_SUCCESS)
		st = add_der(l, pki_buf_bytes(&der), err);
	pki_buf_free(&der);
	return st;
}

static pki_status add_bytes(const loading *l, pki_bytes in, pki_error *err)
{
	switch (pki_sniff(in)) {
	case PKI_LOOKS_PEM:
		return add_pem(l, in, err);
	case PKI_LOOKS_BASE64:
		return add_base64(l, in, err);
	default:
		return add_der(l, in, err);
	}
}

static pki_status add_file(const loading *l, const char *path, pki_error *err)
{
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the CRL */
	pki_status st = pki_file_read(path, pki_crl_file_max(l->ctx), &file, err);

	if (st == PKI_SUCCESS) {
		st = add_bytes(l, pki_buf_bytes(&file), err);
		if (st != PKI_SUCCESS)
			pki_error_about(err, pki_bytes_str(path));
	}
	pki_buf_free(&file);
	return st;
}

static pki_status add_folder(loading *l, const char *path, pki_error *err)
{
	pki_folder folder = { .count = 0 };
	pki_status st = pki_folder_list(path, pki_ctx_limits(l->ctx)->pem_blocks, &folder, err);

	if (st != PKI_SUCCESS)
		pki_error_about(err, pki_bytes_str(path));
	l->any = true;
	for (size_t i = 0; i < folder.count && st == PKI_SUCCESS; i++)
		st = add_file(l, folder.paths[i], err);
	pki_folder_free(&folder);
	return st;
}

static pki_status load_all(loading *l, const char *path, pki_error *err)
{
	pki_status st = pki_is_folder(path) ? add_folder(l, path, err) : add_file(l, path, err);

	if (st != PKI_SUCCESS || pki_crls_count(l->to) > 0)
		return st;
	st = pki_error_set(err, PKI_E_NOTFOUND, "no X509 CRL", "RFC 7468 6");
	pki_error_about(err, pki_bytes_str(path));
	return st;
}

/* Into a set of its own first: what fails adds nothing. */
static pki_status load(pki_crls *s, const char *path, uint32_t allow, pki_error *err)
{
	loading l = { .ctx = s->ctx, .allow = allow };
	pki_status st = pki_crls_new(s->ctx, &l.to, err);

	if (st == PKI_SUCCESS)
		st = load_all(&l, path, err);
	if (st == PKI_SUCCESS)
		st = add_all(s, l.to, err);
	pki_crls_free(l.to);
	return st;
}

pki_status pki_crls_load(pki_crls *s, const char *path, uint32_t allow, pki_error *err)
{
	if (s == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if ((allow & ~PKI_LENIENT_ALL) != 0)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "unknown PKI_LENIENT_ bit", NULL));
	return PKI_LEAVE(err, load(s, path, allow, err));
}
