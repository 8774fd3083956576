/* SPDX-License-Identifier: BSD-3-Clause */
/* privateKeyUsagePeriod: RFC 3280 4.2.1.4. */
#include <string.h>

#include <pki/ext_more.h>
#include <pki/time.h>

#include "libpki/core/error.h"
#include "libpki/der/time.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

/* GeneralizedTime in any year, unlike Time. */
static bool read_time(pki_der *r, pki_tag tag, const char *field, pki_time *out)
{
	pki_bytes text;

	if (!pki_der_next_opt(r, tag, field, &text))
		return false;
	return pki_time_decode(PKI_TAG_GENERALIZED, text, out) ||
	    pki_der_fail(r, PKI_E_ENCODING, "time is not YYYYMMDDHHMMSSZ", "RFC 3280 4.2.1.4");
}

static bool read_period(pki_der *r, pki_key_period *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	out->has_not_before = read_time(&s, PKI_TAG_IMPLICIT(0), "notBefore", &out->not_before);
	out->has_not_after = read_time(&s, PKI_TAG_IMPLICIT(1), "notAfter", &out->not_after);
	if (!out->has_not_before && !out->has_not_after)
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "neither notBefore nor notAfter", "RFC 3280 4.2.1.4");
	return pki_der_leave(&s);
}

void pki_ext_check_key_period(pki_der *in, const pki_ctx *ctx)
{
	pki_key_period p;

	(void)ctx;
	read_period(in, &p);
}

pki_status pki_ext_key_period(
    const pki_ctx *ctx, pki_bytes value, pki_key_period *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "PrivateKeyUsagePeriod");
	read_period(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

/* The century, and what a UTCTime has. */
static void write_time(pki_derw *w, pki_tag implicit, pki_time t)
{
	uint8_t text[2 + PKI_TIME_TEXT_MAX] = { '1', '9' };
	size_t len;
	pki_tag tag = pki_time_encode(t, text + 2, &len);

	if (tag == 0) {
		pki_derw_fail(w, PKI_E_ARG, "time is out of range", "X.690 11.7");
		return;
	}
	if (tag == PKI_TAG_GENERALIZED) {
		pki_derw_put(w, implicit, pki_bytes_of(text + 2, len));
		return;
	}
	if (text[2] < '5')
		memcpy(text, "20", 2);
	pki_derw_put(w, implicit, pki_bytes_of(text, len + 2));
}

void pki_exts_key_period(pki_exts *e, const pki_key_period *p)
{
	static const pki_key_period none;
	static const pki_ext_form form = { .oid = &pki_id_private_key_usage_period,
		.check = pki_ext_check_key_period };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (p == NULL)
		p = &none;
	if (!p->has_not_before && !p->has_not_after)
		pki_derw_fail(&w, PKI_E_ARG, "neither notBefore nor notAfter", "RFC 3280 4.2.1.4");
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (p->has_not_before)
		write_time(&w, PKI_TAG_IMPLICIT(0), p->not_before);
	if (p->has_not_after)
		write_time(&w, PKI_TAG_IMPLICIT(1), p->not_after);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

static void line_time(pki_line *l, const char *name, pki_time t)
{
	pki_line_name(l, name);
	pki_line_puts(l, " ");
	if (l->status == PKI_SUCCESS)
		pki_line_read(l, pki_time_format(t, l->out, l->err));
}

void pki_ext_line_key_period(pki_line *l, pki_bytes value)
{
	pki_key_period p;

	pki_line_read(l, pki_ext_key_period(l->ctx, value, &p, l->err));
	if (p.has_not_before)
		line_time(l, "notBefore", p.not_before);
	if (p.has_not_after)
		line_time(l, "notAfter", p.not_after);
}
