/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs by issuer. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/pem.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/name_match.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/kind.h"

/*
 * Sorted runs, of which each is as long as a bit of `count` is worth, the longest first: with 13
 * CRLs, runs of 8, 4 and 1. To add one is to merge runs of one length, as a carry does; to find an
 * issuer is to look into each. Neither takes more than the square of a logarithm.
 */
struct pki_crls {
	pki_ctx *ctx;
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
		pki_crl_free(s->list[i]);
	pki_free(s->list);
	pki_free(s->spare);
	pki_ctx_free(s->ctx);
	pki_free(s);
}

size_t pki_crls_count(const pki_crls *s)
{
	return s == NULL ? 0 : s->count;
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

static pki_status grow(pki_crls *s, pki_error *err)
{
	size_t room;

	if (s->count < s->room)
		return PKI_SUCCESS;
	if (!pki_size_mul(s->room, 2, &room))
		return pki_error_nomem(err);
	room = room > 0 ? room : 16;
	if (!resize(&s->list, room) || !resize(&s->spare, room))
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

pki_status pki_crls_add(pki_crls *s, const pki_crl *c, pki_error *err)
{
	pki_status st;

	if (s == NULL || c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = grow(s, err);
	if (st != PKI_SUCCESS)
		return PKI_LEAVE(err, st);
	s->list[s->count] = pki_crl_ref(c);
	for (size_t n = 1; (s->count & n) != 0; n *= 2)
		merge(s->list + (s->count + 1 - 2 * n), n, s->spare);
	s->count++;
	return PKI_SUCCESS;
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
	return *cursor < s->count ? s->list[(*cursor)++] : NULL;
}

/* ---- files and folders ---- */

static pki_status add_der(pki_crls *s, pki_bytes der, pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = pki_crl_parse_der(s->ctx, der, 0, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_crls_add(s, c, err);
	pki_crl_free(c);
	return st;
}

static pki_status add_blocks(pki_crls *s, pki_bytes pem, pki_pem_block *b, pki_error *err)
{
	pki_status st;

	while ((st = pki_pem_next(s->ctx, &pem, b, err)) == PKI_SUCCESS) {
		if (pki_kind_of_label(b->label).kind != PKI_KIND_CRL)
			continue;
		st = add_der(s, pki_buf_bytes(&b->der), err);
		if (st == PKI_SUCCESS)
			continue;
		pki_error_in_block(err, b->number);
		return st;
	}
	return st;
}

/* All of a PEM file's. */
static pki_status add_pem(pki_crls *s, pki_bytes pem, pki_error *err)
{
	pki_pem_block block = { .number = 0 };
	pki_error why = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_status st = add_blocks(s, pem, &block, &why);

	pki_pem_block_free(&block);
	if (st == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	if (err != NULL)
		*err = why;
	return st;
}

/* any: a file that is no CRL is not to be complained of. */
static pki_status add_file(pki_crls *s, const char *path, bool any, pki_error *err)
{
	size_t max = pki_ctx_limits(s->ctx)->crl_bytes;
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the CRL */
	pki_status st = pki_file_read(
	    path, max < SIZE_MAX / 2 ? max / 2 * 3 + 4096 : max, &file, err);
	pki_bytes in = pki_buf_bytes(&file);

	if (st == PKI_SUCCESS && pki_sniff(in) == PKI_LOOKS_PEM)
		st = add_pem(s, in, err);
	else if (st == PKI_SUCCESS && (!any || pki_kind_of_der(in).kind == PKI_KIND_CRL))
		st = add_der(s, in, err);
	pki_buf_free(&file);
	return st;
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static pki_status add_entry(pki_crls *s, const char *folder, const char *name, pki_error *err)
{
	pki_buf path = PKI_BUF_INIT;
	pki_status st = pki_buf_puts(&path, folder, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_putc(&path, '/', err);
	if (st == PKI_SUCCESS)
		st = pki_buf_puts(&path, name, err);
	if (st == PKI_SUCCESS && is_file(pki_buf_str(&path)))
		st = add_file(s, pki_buf_str(&path), true, err);
	if (st != PKI_SUCCESS && err != NULL && st != PKI_E_NOMEM)
		pki_error_about(err, pki_buf_bytes(&path));
	pki_buf_free(&path);
	return st;
}

static pki_status add_folder(pki_crls *s, DIR *folder, const char *path, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	const struct dirent *e;

	errno = 0;
	while (st == PKI_SUCCESS && (e = readdir(folder)) != NULL) {
		if (e->d_name[0] != '.')
			st = add_entry(s, path, e->d_name, err);
		errno = 0;
	}
	if (st == PKI_SUCCESS && errno != 0)
		st = pki_error_set_detail(
		    err, PKI_E_IO, "the folder cannot be read", NULL, pki_bytes_str(path));
	return st;
}

static pki_status load(pki_crls *s, const char *path, pki_error *err)
{
	size_t before = s->count;
	DIR *folder = opendir(path);
	pki_status st;

	if (folder == NULL)
		st = add_file(s, path, false, err);
	else
		st = add_folder(s, folder, path, err);
	if (folder != NULL)
		closedir(folder);
	if (st == PKI_SUCCESS && s->count == before)
		st = pki_error_set(err, PKI_E_NOTFOUND, "no X509 CRL", "RFC 7468 6");
	return st;
}

pki_status pki_crls_load(pki_crls *s, const char *path, pki_error *err)
{
	if (s == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, load(s, path, err));
}
