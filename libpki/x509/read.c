/* SPDX-License-Identifier: BSD-3-Clause */
/* The objects of a file, one after the other, whatever they are written in. */
#include <string.h>

#include <pki/pem.h>
#include <pki/read.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/crypto/dek_info.h"
#include "libpki/crypto/key.h"
#include "libpki/crypto/pubkey.h"
#include "libpki/der/ber.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/ssh.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/csr.h"
#include "libpki/x509/kind.h"

struct pki_objects {
	pki_ctx *ctx;
	pki_buf in; /* secret, as is whatever may hold a key */
	pki_bytes rest;
	pki_looks looks;
	pki_encoding encoding; /* 0: of nothing that libpki knows */
	size_t index;          /* of the next object */
	pki_pem_block block;
	pki_buf decoded;
	pki_buf der;  /* of what may be BER */
	pki_csr *csr; /* of the object given last */
	pki_cert *cert;
	pki_crl *crl;
	uint32_t lenient; /* PKI_LENIENT_ bits */
	bool told_nothing;
};

/* ---- what the bytes are written in ---- */

static pki_bytes skip(pki_bytes in, size_t n)
{
	return pki_bytes_of(in.data + n, in.len - n);
}

static bool begins_with(pki_bytes in, const char *text)
{
	size_t n = strlen(text);

	return in.len >= n && memcmp(in.data, text, n) == 0;
}

static pki_encoding encoding_of(pki_looks looks, pki_bytes in)
{
	switch (looks) {
	case PKI_LOOKS_PEM:
		return PKI_ENCODING_PEM;
	case PKI_LOOKS_BER:
		return PKI_ENCODING_DER;
	case PKI_LOOKS_BASE64:
		return PKI_ENCODING_BASE64;
	case PKI_LOOKS_JSON:
		return PKI_ENCODING_JSON;
	default:
		if (pki_ssh_is_public(pki_text_start(in)))
			return PKI_ENCODING_BASE64;
		/* a SEQUENCE that is cut short is for the reader to refuse */
		return in.len > 0 && in.data[0] == 0x30 ? PKI_ENCODING_DER : 0;
	}
}

/* To the next line that begins a PEM block; empty: there is none. */
static pki_bytes skip_to_begin(pki_bytes in)
{
	while (in.len > 0 && !begins_with(in, "-----BEGIN ")) {
		while (in.len > 0 && in.data[0] != '\n' && in.data[0] != '\r')
			in = skip(in, 1);
		in = in.len > 0 ? skip(in, 1) : in;
	}
	return in;
}

/* A private key that PEM's headers say is encrypted as a whole. */
static bool is_sealed(const pki_object *o)
{
	return o->kind == PKI_KIND_PRIVATE_KEY && pki_dek_is_encrypted(o->headers);
}

/* ---- opening ---- */

static pki_status objects_new(const pki_ctx *ctx, pki_objects **out, pki_error *err)
{
	pki_objects *l = pki_alloc_zero(1, sizeof *l);

	if (l == NULL)
		return pki_error_nomem(err);
	l->ctx = pki_ctx_ref(ctx);
	l->in.flags = PKI_BUF_SECRET;
	l->decoded.flags = PKI_BUF_SECRET;
	l->der.flags = PKI_BUF_SECRET;
	l->block.der.flags = PKI_BUF_SECRET;
	*out = l;
	return PKI_SUCCESS;
}

/* Takes l over. */
static pki_status opened(pki_objects *l, pki_status st, pki_objects **out)
{
	if (st != PKI_SUCCESS) {
		pki_objects_free(l);
		return st;
	}
	l->rest = pki_buf_bytes(&l->in);
	l->looks = pki_sniff(l->rest);
	l->encoding = encoding_of(l->looks, l->rest);
	if (l->encoding != PKI_ENCODING_DER)
		l->rest = pki_text_start(l->rest);
	if (l->encoding == PKI_ENCODING_PEM)
		l->rest = skip_to_begin(l->rest);
	*out = l;
	return PKI_SUCCESS;
}

pki_status pki_read_all(const pki_ctx *ctx, const char *path, pki_objects **out, pki_error *err)
{
	size_t max = pki_ctx_limits(ctx)->message_bytes;
	pki_objects *l = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = objects_new(ctx, &l, err);
	if (st == PKI_SUCCESS)
		st = opened(l, pki_file_read(path, max, &l->in, err), out);
	return PKI_LEAVE(err, st);
}

pki_status pki_read_all_of(const pki_ctx *ctx, pki_bytes in, pki_objects **out, pki_error *err)
{
	pki_objects *l = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || (in.data == NULL && in.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	if (in.len > pki_ctx_limits(ctx)->message_bytes)
		return PKI_LEAVE(err,
		    pki_error_set(err, PKI_E_LIMIT, "more octets than message_bytes allows", NULL));
	st = objects_new(ctx, &l, err);
	if (st == PKI_SUCCESS)
		st = opened(l, pki_buf_append(&l->in, in, err), out);
	return PKI_LEAVE(err, st);
}

pki_status pki_objects_allow(pki_objects *l, uint32_t lenient, pki_error *err)
{
	if (l == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if ((lenient & ~PKI_LENIENT_ALL) != 0)
		return PKI_LEAVE(
		    err, pki_error_set(err, PKI_E_ARG, "unknown PKI_LENIENT_ bit", NULL));
	l->lenient = lenient;
	return PKI_SUCCESS;
}

void pki_objects_free(pki_objects *l)
{
	if (l == NULL)
		return;
	pki_csr_free(l->csr);
	pki_cert_free(l->cert);
	pki_crl_free(l->crl);
	pki_buf_free(&l->decoded);
	pki_buf_free(&l->der);
	pki_pem_block_free(&l->block);
	pki_buf_free(&l->in);
	pki_ctx_free(l->ctx);
	pki_free(l);
}

/* ---- the next object's bytes, by encoding: the rest is past them, failed or not ---- */

static void advance(pki_objects *l, size_t n)
{
	l->rest = skip(l->rest, n);
}

/* What programs write in front of a key, and what the key says itself. */
static bool is_passed_over(pki_bytes label)
{
	return pki_bytes_equal(label, pki_bytes_str("EC PARAMETERS"));
}

static pki_status next_pem(pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err)
{
	pki_status st;

	for (;;) {
		st = pki_pem_next(l->ctx, &l->rest, &l->block, err);
		l->rest = skip_to_begin(l->rest);
		if (st != PKI_SUCCESS || l->rest.len == 0 || !is_passed_over(l->block.label))
			break;
		out->offset = (size_t)(l->rest.data - l->in.data);
		out->index = l->index++;
	}
	out->label = l->block.label;
	out->headers = l->block.headers;
	*found = pki_kind_of_label(out->label);
	if (st == PKI_SUCCESS)
		out->bytes = pki_buf_bytes(&l->block.der);
	return st;
}

/* Where an indefinite length ends, only a decoder can tell; without an end it is the last. */
static pki_status next_ber(pki_objects *l, pki_object *out, pki_error *err)
{
	size_t n = l->rest.len;
	pki_status st = pki_ber_to_der(l->ctx, l->rest, NULL, &n, err);

	if (st != PKI_SUCCESS && pki_error_offset(err) != PKI_NO_OFFSET)
		pki_error_at(err, out->offset + pki_error_offset(err));
	out->bytes = pki_bytes_of(l->rest.data, n);
	advance(l, n);
	return st;
}

/* Formats that may be BER. */
static bool may_be_ber(pki_kind k)
{
	return k == PKI_KIND_PKCS7 || k == PKI_KIND_PKCS12;
}

static pki_status next_der(pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err)
{
	pki_bytes contents, all = l->rest;
	pki_der r;
	size_t n;

	*found = pki_kind_of_der(all);
	if (pki_kind_is_ber(all))
		out->encoding = PKI_ENCODING_BER;
	if (out->encoding == PKI_ENCODING_BER || may_be_ber(found->kind))
		return next_ber(l, out, err);
	pki_der_init(&r, l->ctx, all, NULL);
	if (!pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, &contents)) {
		advance(l, all.len);
		return pki_der_finish(&r, err);
	}
	n = pki_der_offset(&r);
	out->bytes = pki_bytes_of(all.data, n);
	advance(l, n);
	return PKI_SUCCESS;
}

/* A line of OpenSSH's, without its end. */
static pki_status next_line(pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err)
{
	const uint8_t *end = memchr(l->rest.data, '\n', l->rest.len);
	size_t n = end != NULL ? (size_t)(end - l->rest.data) : l->rest.len;

	*found = (pki_kind_found){ .kind = PKI_KIND_PUBLIC_KEY, .format = PKI_FORMAT_OPENSSH };
	if (l->index > pki_ctx_limits(l->ctx)->pem_blocks) {
		advance(l, l->rest.len);
		return pki_error_set(err, PKI_E_LIMIT, "more lines than pem_blocks allows", NULL);
	}
	out->bytes = pki_bytes_of(l->rest.data, n);
	advance(l, n);
	l->rest = pki_text_start(l->rest);
	return PKI_SUCCESS;
}

static pki_status next_base64(
    pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err)
{
	pki_status st;

	if (pki_ssh_is_public(l->rest))
		return next_line(l, out, found, err);
	st = pki_base64_decode(l->rest, &l->decoded, err);

	advance(l, l->rest.len);
	out->bytes = pki_buf_bytes(&l->decoded);
	*found = pki_kind_of_der(out->bytes);
	return st;
}

static pki_status next_json(pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err)
{
	(void)err;
	out->bytes = l->rest;
	*found = pki_kind_of_json();
	advance(l, l->rest.len);
	return PKI_SUCCESS;
}

typedef pki_status next_bytes(
    pki_objects *l, pki_object *out, pki_kind_found *found, pki_error *err);

static next_bytes *const by_encoding[] = {
	[PKI_ENCODING_DER] = next_der,
	[PKI_ENCODING_PEM] = next_pem,
	[PKI_ENCODING_BASE64] = next_base64,
	[PKI_ENCODING_JSON] = next_json,
};

/* ---- the object in them ---- */

/* Well-formed DER and nothing after it: the rest is for whoever imports the key. */
static pki_status check_der(const pki_objects *l, pki_bytes in, pki_error *err)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, l->ctx, in, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	return pki_der_finish(&r, err);
}

/* The object in DER, whatever it came in. */
static pki_status through_door(pki_objects *l, pki_object *out, pki_error *err)
{
	pki_status st;

	pki_buf_truncate(&l->der, 0);
	st = pki_ber_to_der(l->ctx, out->bytes, &l->der, NULL, err);
	if (st != PKI_SUCCESS)
		return st;
	if (out->encoding == PKI_ENCODING_DER && l->der.len != out->bytes.len)
		out->encoding = PKI_ENCODING_BER;
	out->bytes = pki_buf_bytes(&l->der);
	return check_der(l, out->bytes, err);
}

static pki_status read_object(
    pki_objects *l, pki_object *out, const pki_kind_found *found, pki_error *err)
{
	pki_status st;

	if (found->status == PKI_E_UNSUPPORTED)
		return pki_error_set_detail(err, found->status, found->reason, found->clause,
		    out->label.len > 0 ? out->label : pki_bytes_str(pki_kind_name(found->kind)));
	switch (found->kind) {
	case PKI_KIND_CSR:
		st = pki_csr_parse_der(l->ctx, out->bytes, &l->csr, err);
		out->csr = l->csr;
		return st;
	case PKI_KIND_CERTIFICATE:
		st = pki_cert_parse_der(l->ctx, out->bytes, l->lenient, &l->cert, err);
		out->cert = l->cert;
		return st;
	case PKI_KIND_CRL:
		st = pki_crl_parse_der(l->ctx, out->bytes, l->lenient, &l->crl, err);
		out->crl = l->crl;
		return st;
	case PKI_KIND_PKCS7:
		return through_door(l, out, err);
	default:
		break;
	}
	if (out->format == PKI_FORMAT_OPENSSH || is_sealed(out))
		return PKI_SUCCESS; /* no DER */
	st = check_der(l, out->bytes, err);
	if (st == PKI_SUCCESS && found->status != PKI_SUCCESS)
		st = pki_error_set(err, found->status, found->reason, found->clause);
	return st;
}

/* Offsets are in the file, but of the decoded DER where the file is text. */
static void locate(const pki_object *o, pki_error *err)
{
	size_t at = pki_error_offset(err);

	if (o->encoding == PKI_ENCODING_PEM)
		pki_error_in_block(err, o->index + 1);
	else if (o->encoding == PKI_ENCODING_DER && at != PKI_NO_OFFSET)
		pki_error_at(err, at + o->offset);
}

static const char *why_nothing(pki_looks looks)
{
	switch (looks) {
	case PKI_LOOKS_EMPTY:
		return "there is nothing in it";
	case PKI_LOOKS_UTF16:
		return "the text is UTF-16";
	case PKI_LOOKS_GZIP:
		return "it is compressed with gzip";
	default:
		return "neither PEM, DER, base64 nor JSON";
	}
}

static pki_status at_end(pki_objects *l, pki_error *err)
{
	if (l->index > 0 || l->told_nothing)
		return PKI_SUCCESS;
	l->told_nothing = true;
	return pki_error_set(err, PKI_E_NOTFOUND, why_nothing(l->looks), NULL);
}

static void drop_last(pki_objects *l)
{
	pki_csr_free(l->csr);
	pki_cert_free(l->cert);
	pki_crl_free(l->crl);
	l->csr = NULL;
	l->cert = NULL;
	l->crl = NULL;
}

static pki_status next_object(pki_objects *l, pki_object *out, pki_error *err)
{
	pki_kind_found found;
	pki_status st;

	drop_last(l);
	if (l->encoding == 0 || l->rest.len == 0)
		return at_end(l, err);
	out->encoding = l->encoding;
	out->offset = (size_t)(l->rest.data - l->in.data);
	out->index = l->index++;
	st = by_encoding[l->encoding](l, out, &found, err);
	out->kind = found.kind;
	out->format = found.format;
	out->encrypted = found.kind == PKI_KIND_ENCRYPTED_KEY || is_sealed(out);
	if (st == PKI_SUCCESS)
		st = read_object(l, out, &found, err);
	if (st != PKI_SUCCESS)
		locate(out, err);
	return st;
}

pki_status pki_objects_next(pki_objects *l, pki_object *out, pki_error *err)
{
	if (out != NULL)
		memset(out, 0, sizeof *out);
	if (out == NULL || l == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, next_object(l, out, err));
}

/* ---- keys ---- */

static pki_status in_object(const pki_object *o, pki_status st, pki_error *err)
{
	if (st != PKI_SUCCESS && o->encoding == PKI_ENCODING_PEM)
		pki_error_in_block(err, o->index + 1);
	return st;
}

/* As what it was recognized: nothing is looked at twice. */
static pki_status object_key(const pki_ctx *ctx, const pki_object *o, pki_password_fn *ask,
    void *ud, pki_key **out, pki_error *err)
{
	pki_key_source from = { o->bytes, { NULL, 0 }, o->format,
		o->kind == PKI_KIND_ENCRYPTED_KEY };

	if (is_sealed(o))
		from.headers = o->headers;
	return pki_key_read_as(ctx, &from, ask, ud, out, err);
}

pki_status pki_object_key(const pki_ctx *ctx, const pki_object *o, pki_password_fn *ask, void *ud,
    pki_key **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || o == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (o->kind != PKI_KIND_PRIVATE_KEY && o->kind != PKI_KIND_ENCRYPTED_KEY)
		return PKI_LEAVE(err,
		    pki_error_set_detail(err, PKI_E_ARG, "the object is no private key", NULL,
			pki_bytes_str(pki_kind_name(o->kind))));
	return PKI_LEAVE(err, in_object(o, object_key(ctx, o, ask, ud, out, err), err));
}

static pki_status public_of_private(
    const pki_ctx *ctx, const pki_object *o, pki_pubkey **out, pki_error *err)
{
	pki_key *k = NULL;
	pki_status st = object_key(ctx, o, NULL, NULL, &k, err);

	if (st != PKI_SUCCESS)
		return st;
	*out = pki_pubkey_ref(pki_key_public(k));
	pki_key_free(k);
	return PKI_SUCCESS;
}

static pki_status object_pubkey(
    const pki_ctx *ctx, const pki_object *o, pki_pubkey **out, pki_error *err)
{
	switch (o->kind) {
	case PKI_KIND_CSR:
		if (o->csr == NULL)
			return pki_error_null(err);
		return pki_pubkey_import(ctx, pki_csr_spki(o->csr), out, err);
	case PKI_KIND_CERTIFICATE:
		if (o->cert == NULL)
			return pki_error_null(err);
		return pki_pubkey_import(ctx, pki_cert_spki(o->cert), out, err);
	case PKI_KIND_PUBLIC_KEY:
		return pki_pubkey_read_as(ctx, o->format, o->bytes, out, err);
	case PKI_KIND_PRIVATE_KEY:
	case PKI_KIND_ENCRYPTED_KEY:
		return public_of_private(ctx, o, out, err);
	default:
		return pki_error_set_detail(err, PKI_E_UNSUPPORTED,
		    "the object has no public key that this release reads", NULL,
		    pki_bytes_str(pki_kind_name(o->kind)));
	}
}

pki_status pki_object_pubkey(
    const pki_ctx *ctx, const pki_object *o, pki_pubkey **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || o == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, in_object(o, object_pubkey(ctx, o, out, err), err));
}
