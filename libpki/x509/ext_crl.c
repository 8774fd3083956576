/* SPDX-License-Identifier: BSD-3-Clause */
/* Small extensions of CRLs and of their entries: RFC 5280 5.2.3, 5.2.4, 5.3.1, 5.3.2. */
#include <string.h>

#include <pki/ext_crl.h>
#include <pki/time.h>

#include "libpki/core/error.h"
#include "libpki/der/time.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define NUMBER_OCTETS 20 /* contents octets, as of a serial number */

/* ---- cRLNumber, deltaCRLIndicator ---- */

static bool read_number(pki_der *r, pki_bytes *out)
{
	if (!pki_der_uint(r, NULL, out))
		return false;
	return out->len < NUMBER_OCTETS || (out->len == NUMBER_OCTETS && out->data[0] < 0x80) ||
	    pki_der_fail(
		r, PKI_E_STRUCTURE, "CRLNumber is longer than 20 octets", "RFC 5280 5.2.3");
}

void pki_ext_check_crl_number(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes n;

	(void)ctx;
	read_number(in, &n);
}

pki_status pki_ext_crl_number(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *magnitude, pki_error *err)
{
	pki_bytes found;
	pki_status st;
	pki_der r;

	if (magnitude == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "CRLNumber");
	read_number(&r, &found);
	st = pki_der_finish(&r, err);
	*magnitude = st == PKI_SUCCESS ? found : pki_bytes_of(NULL, 0);
	return PKI_LEAVE(err, st);
}

/* ---- reasonCode ---- */

static bool is_reason(int64_t n)
{
	return n >= PKI_REASON_UNSPECIFIED && n <= PKI_REASON_AA_COMPROMISE && n != 7;
}

static bool read_reason(pki_der *r, pki_crl_reason *out)
{
	int64_t n;

	if (!pki_der_enum(r, NULL, &n))
		return false;
	*out = (pki_crl_reason)n;
	return is_reason(n) ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "no such CRLReason", "RFC 5280 5.3.1");
}

void pki_ext_check_crl_reason(pki_der *in, const pki_ctx *ctx)
{
	pki_crl_reason reason;

	(void)ctx;
	read_reason(in, &reason);
}

pki_status pki_ext_crl_reason(
    const pki_ctx *ctx, pki_bytes value, pki_crl_reason *out, pki_error *err)
{
	pki_crl_reason found = 0;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "CRLReason");
	read_reason(&r, &found);
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

/* ---- invalidityDate ---- */

/* GeneralizedTime in any year, unlike Time. */
static bool read_date(pki_der *r, pki_time *out)
{
	pki_bytes text;

	if (!pki_der_next(r, PKI_TAG_GENERALIZED, NULL, &text))
		return false;
	return pki_time_decode(PKI_TAG_GENERALIZED, text, out) ||
	    pki_der_fail(r, PKI_E_ENCODING, "time is not YYYYMMDDHHMMSSZ", "RFC 5280 5.3.2");
}

void pki_ext_check_invalidity_date(pki_der *in, const pki_ctx *ctx)
{
	pki_time t;

	(void)ctx;
	read_date(in, &t);
}

pki_status pki_ext_invalidity_date(
    const pki_ctx *ctx, pki_bytes value, pki_time *out, pki_error *err)
{
	pki_time found = 0;
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "InvalidityDate");
	read_date(&r, &found);
	st = pki_der_finish(&r, err);
	*out = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

static void put_number(pki_exts *e, const pki_ext_form *form, pki_bytes magnitude)
{
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_uint(&w, magnitude);
	pki_exts_end(e, form, &w);
}

void pki_exts_crl_number(pki_exts *e, pki_bytes magnitude)
{
	static const pki_ext_form form = { .oid = &pki_id_crl_number,
		.check = pki_ext_check_crl_number };

	put_number(e, &form, magnitude);
}

void pki_exts_delta_crl(pki_exts *e, pki_bytes base)
{
	static const pki_ext_form form = { .oid = &pki_id_delta_crl_indicator,
		.check = pki_ext_check_crl_number,
		.critical = true };

	put_number(e, &form, base);
}

void pki_exts_crl_reason(pki_exts *e, pki_crl_reason reason)
{
	static const pki_ext_form form = { .oid = &pki_id_crl_reasons,
		.check = pki_ext_check_crl_reason };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_enum(&w, reason);
	pki_exts_end(e, &form, &w);
}

/* What a UTCTime lacks of a GeneralizedTime. */
static const char *century_of(pki_tag tag, const uint8_t *text)
{
	if (tag == PKI_TAG_GENERALIZED)
		return "";
	return text[0] < '5' ? "20" : "19";
}

/* GeneralizedTime before 2050, too. */
static void put_date(pki_derw *w, pki_time t)
{
	uint8_t text[PKI_TIME_TEXT_MAX], whole[2 + PKI_TIME_TEXT_MAX];
	size_t len = 0, before;
	pki_tag tag = pki_time_encode(t, text, &len);
	const char *century;

	if (tag == 0) {
		pki_derw_fail(w, PKI_E_ARG, "time is out of range", "RFC 5280 5.3.2");
		return;
	}
	century = century_of(tag, text);
	before = strlen(century);
	memcpy(whole, century, before);
	memcpy(whole + before, text, len);
	pki_derw_put(w, PKI_TAG_GENERALIZED, pki_bytes_of(whole, before + len));
}

void pki_exts_invalidity_date(pki_exts *e, pki_time t)
{
	static const pki_ext_form form = { .oid = &pki_id_invalidity_date,
		.check = pki_ext_check_invalidity_date };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	put_date(&w, t);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

/* Hexadecimal, as a serial number is. */
void pki_ext_line_crl_number(pki_line *l, pki_bytes value)
{
	pki_bytes n;

	pki_line_read(l, pki_ext_crl_number(l->ctx, value, &n, l->err));
	pki_line_hex(l, n);
}

void pki_ext_line_crl_reason(pki_line *l, pki_bytes value)
{
	static const char *const names[] = { "unspecified", "keyCompromise", "cACompromise",
		"affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "",
		"removeFromCRL", "privilegeWithdrawn", "aACompromise" };
	pki_crl_reason reason;

	pki_line_read(l, pki_ext_crl_reason(l->ctx, value, &reason, l->err));
	pki_line_name(l, names[reason]);
}

void pki_ext_line_invalidity_date(pki_line *l, pki_bytes value)
{
	pki_time t;

	pki_line_read(l, pki_ext_invalidity_date(l->ctx, value, &t, l->err));
	if (l->status == PKI_SUCCESS)
		pki_line_read(l, pki_time_format(t, l->out, l->err));
}
