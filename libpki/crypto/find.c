/* SPDX-License-Identifier: BSD-3-Clause */
/* The one key that an input should hold: PEM, DER or bare base64. */
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/crypto/find.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/ssh.h"

#define DER_SEQUENCE 0x30

static const pki_label *label_of(const pki_label *l, pki_bytes text)
{
	for (; l->text != NULL; l++)
		if (pki_bytes_equal(text, pki_bytes_str(l->text)))
			return l;
	return NULL;
}

static pki_status none(pki_error *err)
{
	return pki_error_set(err, PKI_E_NOTFOUND, "no key in this input", NULL);
}

/* Takes the block if it is the first that is looked for. */
static pki_status take(const pki_label *l, const pki_pem_block *b, pki_found *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (out->label != NULL)
		st = pki_error_set(err, PKI_E_STRUCTURE, "more than one key in this input", NULL);
	else if (l->lacks != NULL)
		st = pki_error_set(err, PKI_E_UNSUPPORTED, l->lacks, l->clause);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&out->der, pki_buf_bytes(&b->der), err);
	if (st != PKI_SUCCESS) {
		pki_error_in_block(err, b->number);
		return st;
	}
	out->label = l;
	out->headers = b->headers;
	out->block = b->number;
	return PKI_SUCCESS;
}

static pki_status from_pem(
    const pki_ctx *ctx, pki_bytes in, const pki_label *labels, pki_found *out, pki_error *err)
{
	pki_pem_block b = { .der = { .flags = PKI_BUF_SECRET } };
	pki_error why = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_status st;

	while ((st = pki_pem_next(ctx, &in, &b, &why)) == PKI_SUCCESS) {
		const pki_label *l = label_of(labels, b.label);

		if (l != NULL)
			st = take(l, &b, out, &why);
		if (st != PKI_SUCCESS)
			break;
	}
	pki_pem_block_free(&b);
	if (st == PKI_E_NOTFOUND)
		return out->label != NULL ? PKI_SUCCESS : none(err);
	pki_error_copy(err, &why);
	return st;
}

static pki_status from_base64(pki_bytes in, pki_buf *der, pki_error *err)
{
	pki_status st = pki_base64_decode(in, der, err);

	if (st == PKI_E_ENCODING)
		return pki_error_set(
		    err, PKI_E_ENCODING, "neither PEM, nor DER, nor base64", "RFC 7468");
	return st == PKI_SUCCESS && der->len == 0 ? none(err) : st;
}

pki_status pki_find_one(
    const pki_ctx *ctx, pki_bytes in, const pki_label *labels, pki_found *out, pki_error *err)
{
	if (in.data == NULL && in.len > 0)
		return pki_error_null(err);
	if (in.len == 0)
		return none(err);
	if (in.len > pki_ctx_limits(ctx)->object_bytes)
		return pki_error_set(
		    err, PKI_E_LIMIT, "the input is longer than the context's limit", NULL);
	/* where it is DER it is not searched for text: its octets are secret */
	if (pki_ssh_is_private(in))
		return pki_buf_append(&out->der, in, err);
	if (pki_sniff(in) != PKI_LOOKS_BER && pki_pem_looks_like(in))
		return from_pem(ctx, in, labels, out, err);
	if (in.data[0] == DER_SEQUENCE)
		return pki_buf_append(&out->der, in, err);
	return from_base64(in, &out->der, err);
}
