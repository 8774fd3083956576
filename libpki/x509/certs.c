/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists of certificates: read from whatever holds some. */
#include <stdlib.h>

#include <pki/bundle.h>
#include <pki/certs.h>
#include <pki/pem.h>
#include <pki/read.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"
#include "libpki/pem/sniff.h"
#include "libpki/x509/bundle.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/kind.h"

#define FEW 8

struct pki_certs {
	pki_ctx *ctx;
	pki_cert **list;
	size_t count, room;
	pki_cert *few[FEW];
};

/* ---- the list ---- */

static pki_status certs_new(const pki_ctx *ctx, pki_certs **out, pki_error *err)
{
	pki_certs *l = pki_alloc_zero(1, sizeof *l);

	if (l == NULL)
		return pki_error_nomem(err);
	l->ctx = pki_ctx_ref(ctx);
	l->list = l->few;
	l->room = FEW;
	*out = l;
	return PKI_SUCCESS;
}

pki_status pki_certs_new(const pki_ctx *ctx, pki_certs **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, certs_new(ctx, out, err));
}

/* Takes c over, added or not. */
static pki_status take(pki_certs *l, pki_cert *c, pki_error *err)
{
	pki_cert **list = pki_list_room(l->list, l->few, l->count, &l->room, sizeof *list);

	if (list == NULL) {
		pki_cert_free(c);
		return pki_error_nomem(err);
	}
	l->list = list;
	l->list[l->count++] = c;
	return PKI_SUCCESS;
}

pki_status pki_certs_add(pki_certs *l, const pki_cert *c, pki_error *err)
{
	if (l == NULL || c == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, take(l, pki_cert_ref(c), err));
}

size_t pki_certs_count(const pki_certs *l)
{
	return l == NULL ? 0 : l->count;
}

const pki_cert *pki_certs_at(const pki_certs *l, size_t i)
{
	return i < pki_certs_count(l) ? l->list[i] : NULL;
}

void pki_certs_free(pki_certs *l)
{
	if (l == NULL)
		return;
	for (size_t i = 0; i < l->count; i++)
		pki_cert_free(l->list[i]);
	if (l->list != l->few)
		pki_free(l->list);
	pki_ctx_free(l->ctx);
	pki_free(l);
}

/* ---- what is read into it ---- */

static pki_status add_cert(pki_certs *l, pki_bytes der, pki_error *err)
{
	pki_cert *c = NULL;
	pki_status st = pki_cert_parse_der(l->ctx, der, 0, &c, err);

	return st == PKI_SUCCESS ? take(l, c, err) : st;
}

static pki_status add_bundle(pki_certs *l, pki_bytes ber, pki_error *err)
{
	pki_bundle *b = NULL;
	pki_status st = pki_bundle_parse_ber(l->ctx, ber, &b, err);
	const pki_certs *found = pki_bundle_certs(b);

	for (size_t i = 0; i < pki_certs_count(found) && st == PKI_SUCCESS; i++)
		st = take(l, pki_cert_ref(pki_certs_at(found, i)), err);
	pki_bundle_free(b);
	return st;
}

static pki_status add_object(pki_certs *l, pki_kind kind, pki_bytes ber, pki_error *err)
{
	switch (kind) {
	case PKI_KIND_CERTIFICATE:
		return add_cert(l, ber, err);
	case PKI_KIND_PKCS7:
		return add_bundle(l, ber, err);
	default:
		return PKI_SUCCESS;
	}
}

static pki_status add_blocks(pki_certs *l, pki_bytes pem, pki_pem_block *b, pki_error *err)
{
	pki_error end = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_status st;

	while ((st = pki_pem_next(l->ctx, &pem, b, &end)) == PKI_SUCCESS) {
		st = add_object(l, pki_kind_of_label(b->label).kind, pki_buf_bytes(&b->der), err);
		if (st == PKI_SUCCESS)
			continue;
		pki_error_in_block(err, b->number);
		return st;
	}
	if (st == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	pki_error_copy(err, &end);
	return st;
}

static pki_status add_pem(pki_certs *l, pki_bytes pem, pki_error *err)
{
	pki_pem_block block = { .number = 0 };
	pki_status st = add_blocks(l, pem, &block, err);

	pki_pem_block_free(&block);
	return st;
}

static bool is_der(const pki_object *o)
{
	return o->encoding == PKI_ENCODING_DER || o->encoding == PKI_ENCODING_BER;
}

/*
 * An object of another kind is passed over, and what is wrong with it is not ours to say; but what
 * no kind of object or no DER is may be what became of a certificate, and hide those that follow.
 */
static bool is_fatal(pki_status st, const pki_object *o)
{
	if (st == PKI_SUCCESS || o->encoding == 0)
		return false;
	if (st == PKI_E_NOMEM || o->kind == PKI_KIND_CERTIFICATE || o->kind == PKI_KIND_PKCS7)
		return true;
	if (is_der(o))
		return o->kind == 0 || o->bytes.len == 0 || st == PKI_E_ENCODING;
	return o->kind == 0 && st == PKI_E_STRUCTURE;
}

static pki_status add_parsed(pki_certs *l, const pki_object *o, pki_error *err)
{
	if (o->cert != NULL)
		return take(l, pki_cert_ref(o->cert), err);
	return add_object(l, o->kind, o->bytes, err);
}

static pki_status add_next(pki_certs *l, pki_objects *from, bool *more, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_object o;
	pki_status st = pki_objects_next(from, &o, &why);

	*more = o.encoding != 0;
	if (st == PKI_SUCCESS)
		st = add_parsed(l, &o, &why);
	if (!is_fatal(st, &o))
		return PKI_SUCCESS;
	if (is_der(&o) && pki_error_offset(&why) == PKI_NO_OFFSET)
		pki_error_at(&why, o.offset);
	pki_error_copy(err, &why);
	return st;
}

/* DER, one object or more, or base64. */
static pki_status add_others(pki_certs *l, pki_bytes in, pki_error *err)
{
	pki_objects *from = NULL;
	pki_status st = pki_read_all_of(l->ctx, in, &from, err);

	for (bool more = true; st == PKI_SUCCESS && more;)
		st = add_next(l, from, &more, err);
	pki_objects_free(from);
	return st;
}

static pki_status add_all(pki_certs *l, pki_bytes in, pki_error *err)
{
	if (pki_sniff(in) == PKI_LOOKS_PEM)
		return add_pem(l, in, err);
	return add_others(l, in, err);
}

static pki_status add_file(pki_certs *l, const char *path, pki_error *err)
{
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the certificates */
	pki_status st = pki_file_read(path, pki_ctx_limits(l->ctx)->message_bytes, &file, err);

	if (st == PKI_SUCCESS) {
		st = add_all(l, pki_buf_bytes(&file), err);
		if (st != PKI_SUCCESS)
			pki_error_about(err, pki_bytes_str(path));
	}
	pki_buf_free(&file);
	return st;
}

/* ---- folders ---- */

typedef struct place {
	pki_bytes der;
	size_t at;
} place;

static int compare_places(const void *a, const void *b)
{
	const place *x = a, *y = b;
	int order = pki_bytes_compare(x->der, y->der);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Of each certificate the first stays. */
static void drop_repeated(pki_certs *l, place *places)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->count; i++)
		places[i] = (place){ pki_cert_der(l->list[i]), i };
	qsort(places, l->count, sizeof *places, compare_places);
	for (size_t i = l->count; i > 1; i--)
		if (pki_bytes_equal(places[i - 1].der, places[i - 2].der)) {
			pki_cert_free(l->list[places[i - 1].at]);
			l->list[places[i - 1].at] = NULL;
		}
	for (size_t i = 0; i < l->count; i++)
		if (l->list[i] != NULL)
			l->list[kept++] = l->list[i];
	l->count = kept;
}

static pki_status add_folder(pki_certs *l, const char *path, pki_error *err)
{
	pki_folder folder = { .count = 0 };
	pki_status st = pki_folder_list(path, pki_ctx_limits(l->ctx)->pem_blocks, &folder, err);
	place *places;

	if (st != PKI_SUCCESS)
		pki_error_about(err, pki_bytes_str(path));
	for (size_t i = 0; i < folder.count && st == PKI_SUCCESS; i++)
		st = add_file(l, folder.paths[i], err);
	pki_folder_free(&folder);
	if (st != PKI_SUCCESS || l->count < 2)
		return st;
	places = pki_alloc_zero(l->count, sizeof *places);
	if (places == NULL)
		return pki_error_nomem(err);
	drop_repeated(l, places);
	pki_free(places);
	return PKI_SUCCESS;
}

/* ---- all of it ---- */

/* Takes l over. */
static pki_status finish(pki_certs *l, pki_status st, pki_certs **out, pki_error *err)
{
	if (st == PKI_SUCCESS && l->count == 0)
		st = pki_error_set(err, PKI_E_NOTFOUND, "no certificate", NULL);
	if (st == PKI_SUCCESS)
		*out = l;
	else
		pki_certs_free(l);
	return st;
}

pki_status pki_certs_parse(const pki_ctx *ctx, pki_bytes in, pki_certs **out, pki_error *err)
{
	pki_certs *l = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || (in.data == NULL && in.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	st = certs_new(ctx, &l, err);
	if (st == PKI_SUCCESS)
		st = finish(l, add_all(l, in, err), out, err);
	return PKI_LEAVE(err, st);
}

static pki_status load(pki_certs *l, const char *path, pki_error *err)
{
	return pki_is_folder(path) ? add_folder(l, path, err) : add_file(l, path, err);
}

pki_status pki_certs_load(const pki_ctx *ctx, const char *path, pki_certs **out, pki_error *err)
{
	pki_certs *l = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = certs_new(ctx, &l, err);
	if (st == PKI_SUCCESS)
		st = finish(l, load(l, path, err), out, err);
	if (st == PKI_E_NOTFOUND)
		pki_error_about(err, pki_bytes_str(path));
	return PKI_LEAVE(err, st);
}
