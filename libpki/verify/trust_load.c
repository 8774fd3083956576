/* SPDX-License-Identifier: BSD-3-Clause */
/* Anchors from files and folders, and those that the system trusts. */
#include <pki/read.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/pem/file.h"
#include "libpki/verify/anchors.h"
#include "libpki/verify/findings.h"

/* ---- files and folders ---- */

static pki_status put_all(
    pki_trust_builder *b, const pki_certs *l, const pki_anchor *like, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < pki_certs_count(l); i++)
		st = pki_anchors_put_cert(b, pki_certs_at(l, i), like, err);
	return st;
}

static pki_status add_certs(
    pki_trust_builder *b, pki_bytes in, const pki_anchor *like, pki_error *err)
{
	pki_certs *l = NULL;
	pki_status st = pki_certs_parse(b->ctx, in, &l, err);

	if (st == PKI_SUCCESS)
		st = put_all(b, l, like, err);
	pki_certs_free(l);
	return st;
}

static pki_status add_bytes(
    pki_trust_builder *b, pki_bytes in, const pki_anchor *like, pki_error *err)
{
	if (pki_anchors_is_list(in))
		return pki_anchors_add_list(b, in, like, err);
	return add_certs(b, in, like, err);
}

static pki_status add_file(
    pki_trust_builder *b, const char *path, const pki_anchor *like, pki_error *err)
{
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the certificates */
	pki_status st = pki_file_read(path, pki_ctx_limits(b->ctx)->message_bytes, &file, err);

	if (st == PKI_SUCCESS) {
		st = add_bytes(b, pki_buf_bytes(&file), like, err);
		if (st != PKI_SUCCESS)
			pki_error_about(err, pki_bytes_str(path));
	}
	pki_buf_free(&file);
	return st;
}

/* A file without a certificate is passed over. */
static pki_status add_file_of_folder(
    pki_trust_builder *b, const char *path, const pki_anchor *like, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st = add_file(b, path, like, &why);

	if (st == PKI_SUCCESS || st == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	pki_error_copy(err, &why);
	return st;
}

static pki_status no_anchor(const char *path, pki_error *err)
{
	return pki_error_set_detail(
	    err, PKI_E_NOTFOUND, "no certificate", NULL, pki_bytes_str(path));
}

static pki_status add_folder(
    pki_trust_builder *b, const char *path, const pki_anchor *like, pki_error *err)
{
	size_t before = b->anchors.count;
	pki_folder folder = { .count = 0 };
	pki_status st = pki_folder_list(path, pki_ctx_limits(b->ctx)->pem_blocks, &folder, err);

	if (st != PKI_SUCCESS)
		pki_error_about(err, pki_bytes_str(path));
	for (size_t i = 0; i < folder.count && st == PKI_SUCCESS; i++)
		st = add_file_of_folder(b, folder.paths[i], like, err);
	pki_folder_free(&folder);
	if (st == PKI_SUCCESS && b->anchors.count == before)
		return no_anchor(path, err);
	return st;
}

static pki_status load(
    pki_trust_builder *b, const char *path, const pki_anchor_opts *o, pki_error *err)
{
	pki_anchors_mark before = pki_anchors_here(b);
	pki_anchor like;
	pki_status st = pki_anchors_read_opts(b, o, &like, err);

	if (st == PKI_SUCCESS)
		st = pki_is_folder(path) ? add_folder(b, path, &like, err)
					 : add_file(b, path, &like, err);
	if (st != PKI_SUCCESS)
		pki_anchors_back(b, before);
	return st;
}

pki_status pki_trust_load(
    pki_trust_builder *b, const char *path, const pki_anchor_opts *o, pki_error *err)
{
	if (b == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, load(b, path, o, err));
}

/* ---- the system's ---- */

const char *pki_trust_system_path(void)
{
	return PKI_TRUST_STORE[0] != '\0' ? PKI_TRUST_STORE : NULL;
}

static pki_status put_object(
    pki_trust_builder *b, const pki_object *o, const pki_anchor *like, pki_error *err)
{
	if (o->cert == NULL || pki_name_is_empty(pki_cert_subject(o->cert)))
		return PKI_SUCCESS;
	return pki_anchors_put_cert(b, o->cert, like, err);
}

static pki_status put_next(
    pki_trust_builder *b, pki_objects *from, const pki_anchor *like, bool *more, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_object o;
	pki_status st = pki_objects_next(from, &o, &why);

	*more = o.encoding != 0;
	if (st == PKI_SUCCESS)
		st = put_object(b, &o, like, &why);
	if (!pki_is_of_the_call(st))
		return PKI_SUCCESS;
	pki_error_copy(err, &why);
	return st;
}

/* Programs have trusted these for long: what they get wrong is forgiven. */
static pki_status put_readable(
    pki_trust_builder *b, pki_objects *from, const pki_anchor *like, pki_error *err)
{
	pki_status st = pki_objects_allow(from, PKI_LENIENT_ALL, err);

	for (bool more = true; st == PKI_SUCCESS && more;)
		st = put_next(b, from, like, &more, err);
	return st;
}

pki_status pki_anchors_load_readable(pki_trust_builder *b, const char *path, pki_error *err)
{
	pki_anchors_mark before = pki_anchors_here(b);
	pki_objects *from = NULL;
	pki_anchor like;
	pki_status st = pki_read_all(b->ctx, path, &from, err);

	if (st == PKI_SUCCESS)
		st = pki_anchors_read_opts(b, NULL, &like, err);
	if (st == PKI_SUCCESS)
		st = put_readable(b, from, &like, err);
	if (st == PKI_SUCCESS && b->anchors.count == before.count)
		st = no_anchor(path, err);
	if (st != PKI_SUCCESS)
		pki_anchors_back(b, before);
	pki_objects_free(from);
	return st;
}

pki_status pki_trust_system(pki_trust_builder *b, pki_error *err)
{
	const char *path = pki_trust_system_path();

	if (b == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (path == NULL)
		return PKI_LEAVE(err,
		    pki_error_set(err, PKI_E_UNSUPPORTED,
			"libpki was configured without the system's trust store", NULL));
	return PKI_LEAVE(err, pki_anchors_load_readable(b, path, err));
}
