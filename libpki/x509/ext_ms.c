/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions of Microsoft's certification authorities: [MS-WCCE] 2.2.2.7.7, [MS-CRTD]. */
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define SHA1_OCTETS 20

/* ---- certificate template name, version 1 ---- */

/* Of the characters of the plane: no surrogates, no NUL. */
static bool is_bmp(pki_bytes s)
{
	for (size_t i = 0; i + 1 < s.len; i += 2)
		if ((s.data[i] & 0xf8) == 0xd8 || (s.data[i] == 0 && s.data[i + 1] == 0))
			return false;
	return s.len % 2 == 0;
}

static bool read_template_name(pki_der *r, pki_bytes *out)
{
	if (!pki_der_next(r, PKI_TAG_BMP, NULL, out))
		return false;
	return is_bmp(*out) ||
	    pki_der_fail(r, PKI_E_ENCODING, "NUL, or a character that BMPString lacks", "X.680 41");
}

void pki_ext_check_ms_template_name(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes bmp;

	(void)ctx;
	read_template_name(in, &bmp);
}

pki_status pki_ext_ms_template_name(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *bmp, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (bmp == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "BMPString");
	read_template_name(&r, &found);
	st = pki_der_finish(&r, err);
	*bmp = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

void pki_exts_ms_template_name(pki_exts *e, const char *utf8)
{
	static const pki_ext_form form = { .oid = &pki_id_ms_template_name,
		.check = pki_ext_check_ms_template_name };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_text(&w, PKI_TAG_BMP, utf8);
	pki_exts_end(e, &form, &w);
}

/* ---- certificate template, version 2 ---- */

/* TemplateVersion ::= INTEGER (0..4294967295) OPTIONAL */
static bool read_version(pki_der *r, const char *field, uint32_t *out)
{
	int64_t n;

	if (!pki_der_peek(r, PKI_TAG_INTEGER) || !pki_der_int64(r, field, &n))
		return false;
	if (n < 0 || n > UINT32_MAX)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "TemplateVersion is not of 32 bits", "MS-WCCE 2.2.2.7.7.2");
	*out = (uint32_t)n;
	return true;
}

static bool read_template(pki_der *r, pki_ms_template *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "templateID", &out->id);
	out->has_major = read_version(&s, "templateMajorVersion", &out->major);
	out->has_minor = read_version(&s, "templateMinorVersion", &out->minor);
	return pki_der_leave(&s);
}

void pki_ext_check_ms_template(pki_der *in, const pki_ctx *ctx)
{
	pki_ms_template t;

	(void)ctx;
	read_template(in, &t);
}

pki_status pki_ext_ms_template(
    const pki_ctx *ctx, pki_bytes value, pki_ms_template *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "CertificateTemplateOID");
	read_template(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

void pki_exts_ms_template(pki_exts *e, const pki_ms_template *t)
{
	static const pki_ms_template none;
	static const pki_ext_form form = { .oid = &pki_id_ms_template,
		.check = pki_ext_check_ms_template };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (t == NULL)
		t = &none;
	if (t->has_minor && !t->has_major)
		pki_derw_fail(&w, PKI_E_ARG, "templateMinorVersion alone", "MS-WCCE 2.2.2.7.7.2");
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, t->id);
	if (t->has_major)
		pki_derw_int64(&w, t->major);
	if (t->has_minor)
		pki_derw_int64(&w, t->minor);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- CA version, previous CA certificate ---- */

/* The key's number above the certificate's, 16 bits each. */
static bool read_ca_version(pki_der *r, uint32_t *out)
{
	int64_t n;

	*out = 0;
	if (!pki_der_int64(r, NULL, &n))
		return false;
	if (n < 0 || n > UINT32_MAX)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "CA version is not of 32 bits", "MS-WCCE 2.2.2.7.7");
	*out = (uint32_t)n;
	return true;
}

void pki_ext_check_ms_ca_version(pki_der *in, const pki_ctx *ctx)
{
	uint32_t n;

	(void)ctx;
	read_ca_version(in, &n);
}

pki_status pki_ext_ms_ca_version(
    const pki_ctx *ctx, pki_bytes value, uint16_t *cert, uint16_t *key, pki_error *err)
{
	uint32_t n;
	pki_status st;
	pki_der r;

	if (cert != NULL)
		*cert = 0;
	if (key != NULL)
		*key = 0;
	if (cert == NULL || key == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "INTEGER");
	read_ca_version(&r, &n);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS) {
		*cert = (uint16_t)n;
		*key = (uint16_t)(n >> 16);
	}
	return PKI_LEAVE(err, st);
}

void pki_exts_ms_ca_version(pki_exts *e, uint16_t cert, uint16_t key)
{
	static const pki_ext_form form = { .oid = &pki_id_ms_ca_version,
		.check = pki_ext_check_ms_ca_version };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_int64(&w, (int64_t)key << 16 | cert);
	pki_exts_end(e, &form, &w);
}

static bool read_previous_cert(pki_der *r, pki_bytes *out)
{
	if (!pki_der_next(r, PKI_TAG_OCTETS, NULL, out))
		return false;
	return out->len == SHA1_OCTETS ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "hash of the previous CA certificate is not SHA-1",
		"MS-WCCE 2.2.2.7.7");
}

void pki_ext_check_ms_previous_cert(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes sha1;

	(void)ctx;
	read_previous_cert(in, &sha1);
}

pki_status pki_ext_ms_previous_cert(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *sha1, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (sha1 == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "OCTET STRING");
	read_previous_cert(&r, &found);
	st = pki_der_finish(&r, err);
	*sha1 = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

void pki_exts_ms_previous_cert(pki_exts *e, pki_bytes sha1)
{
	static const pki_ext_form form = { .oid = &pki_id_ms_previous_cert,
		.check = pki_ext_check_ms_previous_cert };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (sha1.len != SHA1_OCTETS)
		pki_derw_fail(&w, PKI_E_ARG, "hash of the previous CA certificate is not SHA-1",
		    "MS-WCCE 2.2.2.7.7");
	pki_derw_put(&w, PKI_TAG_OCTETS, sha1);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

void pki_ext_line_ms_template_name(pki_line *l, pki_bytes value)
{
	pki_bytes bmp;

	pki_line_read(l, pki_ext_ms_template_name(l->ctx, value, &bmp, l->err));
	pki_line_text(l, PKI_TAG_BMP, bmp);
}

void pki_ext_line_ms_template(pki_line *l, pki_bytes value)
{
	pki_ms_template t;

	pki_line_read(l, pki_ext_ms_template(l->ctx, value, &t, l->err));
	pki_line_item(l);
	pki_line_oid(l, t.id);
	if (t.has_major)
		pki_line_number(l, "major", t.major);
	if (t.has_minor)
		pki_line_number(l, "minor", t.minor);
}

void pki_ext_line_ms_ca_version(pki_line *l, pki_bytes value)
{
	uint16_t cert, key;

	pki_line_read(l, pki_ext_ms_ca_version(l->ctx, value, &cert, &key, l->err));
	pki_line_number(l, "certificate", cert);
	pki_line_number(l, "key", key);
}

void pki_ext_line_ms_previous_cert(pki_line *l, pki_bytes value)
{
	pki_bytes sha1;

	pki_line_read(l, pki_ext_ms_previous_cert(l->ctx, value, &sha1, l->err));
	pki_line_hex(l, sha1);
}
