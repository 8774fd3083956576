/* SPDX-License-Identifier: BSD-3-Clause */
/* netscape-cert-type and netscape-comment, of old certificates. */
#include <pki/ext_more.h>

#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/ia5.h"

#define CERT_TYPE_BITS 0xffu /* 16u is reserved, but seen */

static bool read_cert_type(pki_der *r, uint32_t *bits)
{
	if (!pki_der_flags(r, NULL, bits))
		return false;
	return (*bits != 0 && *bits <= CERT_TYPE_BITS) ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "no bit of a certificate type, or one that it has not",
		"Netscape Certificate Extensions");
}

void pki_ext_check_ns_cert_type(pki_der *in, const pki_ctx *ctx)
{
	uint32_t bits;

	(void)ctx;
	read_cert_type(in, &bits);
}

pki_status pki_ext_ns_cert_type(const pki_ctx *ctx, pki_bytes value, uint32_t *bits, pki_error *err)
{
	uint32_t found = 0;
	pki_status st;
	pki_der r;

	if (bits == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "NetscapeCertType");
	read_cert_type(&r, &found);
	st = pki_der_finish(&r, err);
	*bits = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

void pki_ext_check_ns_text(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes text;

	(void)ctx;
	pki_ia5_read(in, NULL, &text);
}

pki_status pki_ext_ns_text(const pki_ctx *ctx, pki_bytes value, pki_bytes *ascii, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (ascii == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "IA5String");
	pki_ia5_read(&r, NULL, &found);
	st = pki_der_finish(&r, err);
	*ascii = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

void pki_exts_ns_cert_type(pki_exts *e, uint32_t bits)
{
	static const pki_ext_form form = { .oid = &pki_id_ns_cert_type,
		.check = pki_ext_check_ns_cert_type };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (bits == 0 || bits > CERT_TYPE_BITS)
		pki_derw_fail(&w, PKI_E_ARG, "no bit of a certificate type, or one that it has not",
		    "Netscape Certificate Extensions");
	pki_derw_flags(&w, bits);
	pki_exts_end(e, &form, &w);
}

/* NULL: none of those that are a text. */
static const pki_oid *text_oid(pki_bytes oid)
{
	static const pki_oid *const texts[] = { &pki_id_ns_comment, &pki_id_ns_base_url,
		&pki_id_ns_revocation_url, &pki_id_ns_ca_revocation_url,
		&pki_id_ns_cert_renewal_url, &pki_id_ns_ca_policy_url, &pki_id_ns_ssl_server_name };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (pki_oid_equal(pki_oid_view(texts[i]), oid))
			return texts[i];
	return NULL;
}

void pki_exts_ns_text(pki_exts *e, pki_bytes oid, const char *ascii)
{
	const pki_ext_form form = { .oid = text_oid(oid), .check = pki_ext_check_ns_text };
	pki_derw w;

	if (form.oid == NULL)
		pki_exts_fail(
		    e, PKI_E_ARG, "no text among these", "Netscape Certificate Extensions");
	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_text(&w, PKI_TAG_IA5, ascii);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

void pki_ext_line_ns_cert_type(pki_line *l, pki_bytes value)
{
	static const char *const names[] = { "sslClient", "sslServer", "smime", "objectSigning",
		NULL, "sslCA", "smimeCA", "objectSigningCA" };
	uint32_t bits;

	pki_line_read(l, pki_ext_ns_cert_type(l->ctx, value, &bits, l->err));
	pki_line_flags(l, bits, names, sizeof names / sizeof *names);
}

void pki_ext_line_ns_text(pki_line *l, pki_bytes value)
{
	pki_bytes text;

	pki_line_read(l, pki_ext_ns_text(l->ctx, value, &text, l->err));
	pki_line_text(l, PKI_TAG_IA5, text);
}
