/* SPDX-License-Identifier: BSD-3-Clause */
/* qcStatements: RFC 3739 3.2.6, with the statements of ETSI EN 319 412-5. */
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/ia5.h"

#define CLAUSE "RFC 3739 3.2.6"
#define ETSI   "ETSI EN 319 412-5"

/* ---- reading: the parts of statements ---- */

static bool is_alpha(pki_bytes s, size_t len)
{
	for (size_t i = 0; i < s.len; i++)
		if (!pki_is_alpha(s.data[i]))
			return false;
	return s.len == len;
}

/* PrintableString of that many letters. */
static bool read_code(pki_der *r, const char *field, size_t len, const char *clause, pki_bytes *out)
{
	if (!pki_der_next(r, PKI_TAG_PRINTABLE, field, out))
		return false;
	return is_alpha(*out, len) ||
	    pki_der_fail(
		r, PKI_E_STRUCTURE, "code is not of as many letters as it should be", clause);
}

/* Iso4217CurrencyCode ::= CHOICE */
static bool read_currency(pki_der *r, pki_qc_limit *out)
{
	int64_t number;

	if (!pki_der_peek(r, PKI_TAG_INTEGER))
		return read_code(r, "currency", 3, ETSI " 4.3.2", &out->currency);
	if (!pki_der_int64(r, "currency", &number))
		return false;
	if (number < 1 || number > 999)
		return pki_der_fail(
		    r, PKI_E_STRUCTURE, "numeric currency is not 1..999", ETSI " 4.3.2");
	out->currency_number = (int32_t)number;
	return true;
}

static bool read_limit(pki_der *r, pki_qc_limit *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	read_currency(&s, out);
	pki_der_int64(&s, "amount", &out->amount);
	pki_der_int64(&s, "exponent", &out->exponent);
	return pki_der_leave(&s);
}

static bool read_retention(pki_der *r, int64_t *years)
{
	if (!pki_der_int64(r, NULL, years))
		return false;
	return *years >= 0 ||
	    pki_der_fail(r, PKI_E_STRUCTURE, "retention period is negative", ETSI " 4.3.3");
}

static bool read_pds(pki_der *r, pki_qc_pds *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_ia5_read(&s, "url", &out->url);
	read_code(&s, "language", 2, ETSI " 4.3.4", &out->language);
	return pki_der_leave(&s);
}

static bool read_country(pki_der *r, pki_bytes *out)
{
	return read_code(r, NULL, 2, ETSI " 4.2.4", out);
}

static bool read_semantics(pki_der *r, const pki_ctx *ctx, pki_qc_semantics *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_peek(&s, PKI_TAG_OID))
		pki_der_oid(&s, "semanticsIdentifier", &out->identifier);
	if (pki_der_more(&s))
		pki_gns_read(
		    &s, ctx, PKI_TAG_SEQUENCE, "nameRegistrationAuthorities", &out->authorities);
	if (out->identifier.len == 0 && out->authorities.len == 0)
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "SemanticsInformation is empty", "RFC 3739 3.2.6.1");
	return pki_der_leave(&s);
}

/* ---- reading: statements ---- */

static void check_limit(pki_der *r, const pki_ctx *ctx)
{
	pki_qc_limit limit;

	(void)ctx;
	read_limit(r, &limit);
}

static void check_retention(pki_der *r, const pki_ctx *ctx)
{
	int64_t years;

	(void)ctx;
	read_retention(r, &years);
}

static void check_one_pds(pki_der *r, const pki_ctx *ctx)
{
	pki_qc_pds pds;

	(void)ctx;
	read_pds(r, &pds);
}

static void check_one_type(pki_der *r, const pki_ctx *ctx)
{
	pki_bytes oid;

	(void)ctx;
	pki_der_oid(r, NULL, &oid);
}

static void check_one_country(pki_der *r, const pki_ctx *ctx)
{
	pki_bytes country;

	(void)ctx;
	read_country(r, &country);
}

static void check_list(
    pki_der *r, const pki_ctx *ctx, void (*element)(pki_der *r, const pki_ctx *ctx))
{
	pki_bytes all;

	pki_list_read(r, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, element }, &all);
}

static void check_pds(pki_der *r, const pki_ctx *ctx)
{
	check_list(r, ctx, check_one_pds);
}

static void check_types(pki_der *r, const pki_ctx *ctx)
{
	check_list(r, ctx, check_one_type);
}

static void check_countries(pki_der *r, const pki_ctx *ctx)
{
	check_list(r, ctx, check_one_country);
}

static void check_semantics(pki_der *r, const pki_ctx *ctx)
{
	pki_qc_semantics s;

	read_semantics(r, ctx, &s);
}

static pki_ext_line_fn line_limit, line_retention, line_pds, line_types, line_countries,
    line_semantics;

static const struct statement {
	const pki_oid *id;
	void (*check)(pki_der *r, const pki_ctx *ctx); /* of statementInfo; NULL: it has none */
	pki_ext_line_fn *line;
	bool optional;
} statements[] = {
	{ &pki_id_qcs_syntax_v1, check_semantics, line_semantics, true },
	{ &pki_id_qcs_syntax_v2, check_semantics, line_semantics, true },
	{ &pki_id_qcs_compliance, NULL, NULL, true },
	{ &pki_id_qcs_limit_value, check_limit, line_limit, false },
	{ &pki_id_qcs_retention_period, check_retention, line_retention, false },
	{ &pki_id_qcs_sscd, NULL, NULL, true },
	{ &pki_id_qcs_pds, check_pds, line_pds, false },
	{ &pki_id_qcs_type, check_types, line_types, false },
	{ &pki_id_qcs_legislation, check_countries, line_countries, false },
};

static const struct statement *find(pki_bytes id)
{
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (pki_oid_equal(pki_oid_view(statements[i].id), id))
			return &statements[i];
	return NULL;
}

/* statementInfo, which the id defines. */
static void read_info(
    pki_der *s, const pki_ctx *ctx, const struct statement *known, pki_bytes *info)
{
	size_t start;

	*info = pki_der_rest(s);
	start = pki_der_offset(s);
	if (known == NULL)
		pki_der_whole(s, 0, "statementInfo", info);
	else if (known->check == NULL)
		pki_der_fail(s, PKI_E_STRUCTURE, "statement has info and should not", ETSI);
	else
		known->check(s, ctx);
	if (pki_der_offset(s) - start <= info->len)
		info->len = pki_der_offset(s) - start;
}

static bool read_statement(pki_der *r, const pki_ctx *ctx, pki_qc_statement *out)
{
	const struct statement *known;
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "statementId", &out->id);
	known = find(out->id);
	if (pki_der_more(&s))
		read_info(&s, ctx, known, &out->info);
	else if (known != NULL && !known->optional)
		pki_der_fail(&s, PKI_E_STRUCTURE, "statement lacks its info", ETSI);
	return pki_der_leave(&s);
}

static void check_statement(pki_der *r, const pki_ctx *ctx)
{
	pki_qc_statement s;

	read_statement(r, ctx, &s);
}

void pki_ext_check_qc(pki_der *in, const pki_ctx *ctx)
{
	check_list(in, ctx, check_statement);
}

bool pki_ext_qc_next(pki_ext_iter *it, pki_qc_statement *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_statement(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

pki_status pki_ext_qc_limit(const pki_ctx *ctx, pki_bytes info, pki_qc_limit *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, info, "MonetaryValue");
	read_limit(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

pki_status pki_ext_qc_retention(const pki_ctx *ctx, pki_bytes info, int64_t *years, pki_error *err)
{
	int64_t found;
	pki_status st;
	pki_der r;

	if (years == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, info, "QcEuRetentionPeriod");
	read_retention(&r, &found);
	st = pki_der_finish(&r, err);
	*years = st == PKI_SUCCESS ? found : 0;
	return PKI_LEAVE(err, st);
}

bool pki_ext_qc_pds_next(pki_ext_iter *it, pki_qc_pds *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_pds(&it->inner, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_ext_qc_country_next(pki_ext_iter *it, pki_bytes *country)
{
	if (it == NULL || country == NULL)
		return false;
	if (pki_ext_step(it) && read_country(&it->inner, country))
		return true;
	*country = pki_bytes_of(NULL, 0);
	return false;
}

pki_status pki_ext_qc_semantics(
    const pki_ctx *ctx, pki_bytes info, pki_qc_semantics *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, info, "SemanticsInformation");
	read_semantics(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

static bool begin_statement(pki_exts *e, pki_bytes id, pki_derw *w)
{
	if (!pki_exts_begin(e, w))
		return false;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, id);
	return true;
}

/* It is read again, with the rules of its id. */
static void end_statement(pki_exts *e, pki_derw *w)
{
	static const pki_ext_form form = {
		.oid = &pki_id_qc_statements, .check = check_statement, .part = PKI_EXT_ELEMENT
	};

	pki_derw_end(w);
	pki_exts_end(e, &form, w);
}

void pki_exts_qc_statement(pki_exts *e, const pki_qc_statement *s)
{
	pki_derw w;

	if (!pki_exts_given(e, s) || !begin_statement(e, s->id, &w))
		return;
	pki_derw_raw(&w, s->info);
	end_statement(e, &w);
}

void pki_exts_qc_limit(pki_exts *e, const pki_qc_limit *limit)
{
	pki_derw w;

	if (!pki_exts_given(e, limit) || !begin_statement(e, PKI_OID(qcs_limit_value), &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (limit->currency.len > 0)
		pki_derw_put(&w, PKI_TAG_PRINTABLE, limit->currency);
	else
		pki_derw_int64(&w, limit->currency_number);
	pki_derw_int64(&w, limit->amount);
	pki_derw_int64(&w, limit->exponent);
	pki_derw_end(&w);
	end_statement(e, &w);
}

void pki_exts_qc_retention(pki_exts *e, int64_t years)
{
	pki_derw w;

	if (!begin_statement(e, PKI_OID(qcs_retention_period), &w))
		return;
	pki_derw_int64(&w, years);
	end_statement(e, &w);
}

void pki_exts_qc_pds(pki_exts *e, const pki_qc_pds *list, size_t count)
{
	pki_derw w;

	if (!pki_exts_given(e, list) || !begin_statement(e, PKI_OID(qcs_pds), &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_put(&w, PKI_TAG_IA5, list[i].url);
		pki_derw_put(&w, PKI_TAG_PRINTABLE, list[i].language);
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	end_statement(e, &w);
}

void pki_exts_qc_type(pki_exts *e, const pki_bytes *types, size_t count)
{
	pki_derw w;

	if (!pki_exts_given(e, types) || !begin_statement(e, PKI_OID(qcs_type), &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++)
		pki_derw_oid(&w, types[i]);
	pki_derw_end(&w);
	end_statement(e, &w);
}

void pki_exts_qc_legislation(pki_exts *e, const pki_bytes *countries, size_t count)
{
	pki_derw w;

	if (!pki_exts_given(e, countries) || !begin_statement(e, PKI_OID(qcs_legislation), &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < count; i++)
		pki_derw_put(&w, PKI_TAG_PRINTABLE, countries[i]);
	pki_derw_end(&w);
	end_statement(e, &w);
}

void pki_exts_qc_semantics(pki_exts *e, pki_bytes id, const pki_qc_semantics *s)
{
	pki_derw w;

	if (!pki_exts_given(e, s) || !begin_statement(e, id, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (s->identifier.len > 0)
		pki_derw_oid(&w, s->identifier);
	if (s->authorities.len > 0)
		pki_derw_put(&w, PKI_TAG_SEQUENCE, s->authorities);
	pki_derw_end(&w);
	end_statement(e, &w);
}

/* ---- as text ---- */

static void line_limit(pki_line *l, pki_bytes info)
{
	pki_qc_limit limit;

	pki_line_read(l, pki_ext_qc_limit(l->ctx, info, &limit, l->err));
	pki_line_puts(l, " ");
	pki_line_int(l, limit.amount);
	pki_line_puts(l, "*10^");
	pki_line_int(l, limit.exponent);
	pki_line_puts(l, " ");
	if (limit.currency.len > 0)
		pki_line_text(l, PKI_TAG_PRINTABLE, limit.currency);
	else
		pki_line_int(l, limit.currency_number);
}

static void line_retention(pki_line *l, pki_bytes info)
{
	int64_t years;

	pki_line_read(l, pki_ext_qc_retention(l->ctx, info, &years, l->err));
	pki_line_puts(l, " ");
	pki_line_int(l, years);
	pki_line_puts(l, years == 1 ? " year" : " years");
}

static void line_pds(pki_line *l, pki_bytes info)
{
	pki_ext_iter it;
	pki_qc_pds pds;

	pki_ext_list(&it, l->ctx, info);
	while (pki_ext_qc_pds_next(&it, &pds)) {
		pki_line_puts(l, " ");
		pki_line_text(l, PKI_TAG_PRINTABLE, pds.language);
		pki_line_puts(l, ":");
		pki_line_text(l, PKI_TAG_IA5, pds.url);
	}
	pki_line_end_list(l, &it);
}

static void line_types(pki_line *l, pki_bytes info)
{
	pki_ext_iter it;
	pki_bytes oid;

	pki_ext_list(&it, l->ctx, info);
	while (pki_ext_oid_next(&it, &oid)) {
		pki_line_puts(l, " ");
		pki_line_oid(l, oid);
	}
	pki_line_end_list(l, &it);
}

static void line_countries(pki_line *l, pki_bytes info)
{
	pki_bytes country;
	pki_ext_iter it;

	pki_ext_list(&it, l->ctx, info);
	while (pki_ext_qc_country_next(&it, &country)) {
		pki_line_puts(l, " ");
		pki_line_text(l, PKI_TAG_PRINTABLE, country);
	}
	pki_line_end_list(l, &it);
}

static void line_semantics(pki_line *l, pki_bytes info)
{
	pki_qc_semantics s;

	pki_line_read(l, pki_ext_qc_semantics(l->ctx, info, &s, l->err));
	if (s.identifier.len > 0) {
		pki_line_puts(l, " ");
		pki_line_oid(l, s.identifier);
	}
	if (s.authorities.len > 0)
		pki_line_puts(l, " ");
	l->more = false;
	pki_line_names(l, s.authorities);
	l->more = true;
}

static void line_statement(pki_line *l, const pki_qc_statement *s)
{
	const struct statement *known = find(s->id);

	pki_line_item(l);
	pki_line_oid(l, s->id);
	if (s->info.len == 0)
		return;
	if (known != NULL) {
		known->line(l, s->info);
		return;
	}
	pki_line_puts(l, "=#");
	pki_line_hex(l, s->info);
}

void pki_ext_line_qc(pki_line *l, pki_bytes value)
{
	pki_qc_statement s;
	pki_ext_iter it;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_qc_next(&it, &s))
		line_statement(l, &s);
	pki_line_end_list(l, &it);
}
