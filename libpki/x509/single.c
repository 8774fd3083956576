/* SPDX-License-Identifier: BSD-3-Clause */
/* The one object of its kind in an input, which is DER or PEM. */
#include <stdio.h>

#include <pki/pem.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/pem/sniff.h"
#include "libpki/x509/kind.h"
#include "libpki/x509/single.h"

/* ---- reading ---- */

/* What one call reads. */
typedef struct search {
	const pki_single *of;
	const pki_ctx *ctx;
	uint32_t how;
	uint32_t reserved;
	pki_pem_block block;
	void *found;
} search;

static pki_status take_block(search *s, pki_error *err)
{
	pki_status st;

	if (pki_kind_of_label(s->block.label).kind != s->of->kind)
		return PKI_SUCCESS;
	if (s->found != NULL)
		st = pki_error_set(err, PKI_E_STRUCTURE, s->of->more, NULL);
	else
		st = s->of->parse(s->ctx, pki_buf_bytes(&s->block.der), s->how, &s->found, err);
	if (st != PKI_SUCCESS)
		pki_error_in_block(err, s->block.number);
	return st;
}

/* The one among the blocks; others may stand beside it: a key, a certificate. */
static pki_status parse_blocks(search *s, pki_bytes pem, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_status st;

	while ((st = pki_pem_next(s->ctx, &pem, &s->block, &why)) == PKI_SUCCESS)
		if ((st = take_block(s, &why)) != PKI_SUCCESS)
			break;
	if (st == PKI_E_NOTFOUND && s->found != NULL)
		return PKI_SUCCESS;
	if (st == PKI_E_NOTFOUND)
		return pki_error_set(err, st, s->of->none, s->of->clause);
	pki_error_copy(err, &why);
	return st;
}

static pki_status parse_pem(search *s, pki_bytes pem, void **out, pki_error *err)
{
	pki_status st = parse_blocks(s, pem, err);

	pki_pem_block_free(&s->block);
	if (st == PKI_SUCCESS)
		*out = s->found;
	else if (s->found != NULL)
		s->of->free(s->found);
	return st;
}

/* Is it one TLV, DER to the last octet? */
static bool is_whole(const pki_ctx *ctx, pki_bytes in)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, ctx, in, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS;
}

/* An error about something else altogether tells what that looks like. */
static void tell_kind(const search *s, pki_bytes der, pki_error *err)
{
	pki_kind kind = pki_kind_of_der(der).kind;
	char text[64];

	if (err == NULL || kind == 0 || kind == s->of->kind || !is_whole(s->ctx, der))
		return;
	snprintf(text, sizeof text, "it looks like %s", pki_kind_name(kind));
	pki_error_about(err, pki_bytes_str(text));
}

static pki_status parse_der(const search *s, pki_bytes der, void **out, pki_error *err)
{
	pki_status st = s->of->parse(s->ctx, der, s->how, out, err);

	if (st == PKI_E_STRUCTURE)
		tell_kind(s, der, err);
	return st;
}

static pki_status parse_base64(const search *s, pki_bytes text, void **out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st = pki_base64_decode(text, &der, err);

	if (st == PKI_SUCCESS)
		st = parse_der(s, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_single_parse(
    const pki_single *s, const pki_ctx *ctx, pki_bytes in, uint32_t how, void **out, pki_error *err)
{
	search it = { .of = s, .ctx = ctx, .how = how };

	if (in.data == NULL && in.len > 0)
		return pki_error_null(err);
	switch (pki_sniff(in)) {
	case PKI_LOOKS_PEM:
		return parse_pem(&it, in, out, err);
	case PKI_LOOKS_BASE64:
		return parse_base64(&it, in, out, err);
	default:
		return parse_der(&it, in, out, err);
	}
}

pki_status pki_single_load(const pki_single *s, const pki_ctx *ctx, const char *path, uint32_t how,
    void **out, pki_error *err)
{
	size_t max = s->max != NULL ? s->max(ctx) : pki_ctx_limits(ctx)->message_bytes;
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the object */
	pki_status st = pki_file_read(path, max, &file, err);

	if (st == PKI_SUCCESS)
		st = pki_single_parse(s, ctx, pki_buf_bytes(&file), how, out, err);
	pki_buf_free(&file);
	return st;
}

/* ---- writing ---- */

pki_status pki_single_write(
    const pki_single *s, pki_bytes der, pki_form form, pki_buf *out, pki_error *err)
{
	switch (form) {
	case PKI_PEM:
		return pki_pem_encode(s->label, der, out, err);
	case PKI_DER:
		return pki_buf_append(out, der, err);
	default:
		return pki_error_set(err, PKI_E_ARG, "neither PKI_PEM nor PKI_DER", NULL);
	}
}

pki_status pki_single_save(const pki_single *s, pki_bytes der, const char *path, pki_form form,
    uint32_t flags, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st = pki_single_write(s, der, form, &text, err);

	if (st == PKI_SUCCESS)
		st = pki_file_write(path, pki_buf_bytes(&text), flags, err);
	pki_buf_free(&text);
	return st;
}
