/* SPDX-License-Identifier: BSD-3-Clause */
/* cRLDistributionPoints, freshestCRL and issuingDistributionPoint: RFC 5280 4.2.1.13, 4.2.1.15,
 * 5.2.5. */
#include <string.h>

#include <pki/ext_crl.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/der/writer.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"

#define CLAUSE "RFC 5280 4.2.1.13"

/* DistributionPointName ::= CHOICE, one of the two. */
typedef struct point_name {
	pki_bytes full, relative;
} point_name;

/* AttributeTypeAndValue, of which nothing is kept. */
static void check_ava(pki_der *r)
{
	pki_bytes type, value;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "type", &type);
	pki_der_whole(&s, 0, "value", &value);
	pki_der_leave(&s);
}

static void read_relative(pki_der *r, const pki_ctx *ctx, pki_bytes *out)
{
	size_t left = pki_ctx_limits(ctx)->rdn_attrs;
	pki_der rdn;

	pki_der_enter_set_of(r, PKI_TAG_EXPLICIT(1), "nameRelativeToCRLIssuer", &rdn);
	*out = pki_der_rest(&rdn);
	if (out->len == 0)
		pki_der_fail(
		    &rdn, PKI_E_STRUCTURE, "RelativeDistinguishedName is empty", "X.501 9.3");
	for (; pki_der_more(&rdn) && left > 0; left--)
		check_ava(&rdn);
	if (pki_der_more(&rdn))
		pki_der_fail(&rdn, PKI_E_LIMIT, "too many attributes in a Name", NULL);
	pki_der_leave(&rdn);
}

/* The tag of a CHOICE is explicit. */
static void read_name(pki_der *r, const pki_ctx *ctx, point_name *out)
{
	pki_der in;

	memset(out, 0, sizeof *out);
	if (!pki_der_enter_opt(r, PKI_TAG_EXPLICIT(0), "distributionPoint", &in))
		return;
	if (pki_der_peek(&in, PKI_TAG_EXPLICIT(1)))
		read_relative(&in, ctx, &out->relative);
	else
		pki_gns_read(&in, ctx, PKI_TAG_EXPLICIT(0), "fullName", &out->full);
	pki_der_leave(&in);
}

/* No reason at all would be no distribution point, and is not to be taken for "all". */
static void read_reasons(pki_der *r, pki_tag tag, const char *field, uint32_t *out)
{
	if (pki_der_peek(r, tag) && pki_der_flags_as(r, tag, field, out) && *out == 0)
		pki_der_fail(r, PKI_E_STRUCTURE, "no bit is set", CLAUSE);
}

/* ---- cRLDistributionPoints, freshestCRL ---- */

static bool read_point(pki_der *r, const pki_ctx *ctx, pki_dist_point *out)
{
	point_name name;
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	read_name(&s, ctx, &name);
	read_reasons(&s, PKI_TAG_IMPLICIT(1), "reasons", &out->reasons);
	if (pki_der_peek(&s, PKI_TAG_EXPLICIT(2)))
		pki_gns_read(&s, ctx, PKI_TAG_EXPLICIT(2), "cRLIssuer", &out->crl_issuer);
	if (name.full.len == 0 && name.relative.len == 0 && out->crl_issuer.len == 0)
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "neither distributionPoint nor cRLIssuer", CLAUSE);
	out->full_name = name.full;
	out->relative_name = name.relative;
	return pki_der_leave(&s);
}

static void check_point(pki_der *r, const pki_ctx *ctx)
{
	pki_dist_point p;

	read_point(r, ctx, &p);
}

void pki_ext_check_dist_points(pki_der *in, const pki_ctx *ctx)
{
	pki_bytes all;

	pki_list_read(in, ctx, &(pki_list){ PKI_TAG_SEQUENCE, NULL, check_point }, &all);
}

bool pki_ext_dist_point_next(pki_ext_iter *it, pki_dist_point *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_point(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

static pki_status relative_name(const pki_ctx *ctx, pki_bytes rdn, pki_name **out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_put(&w, PKI_TAG_SET, rdn);
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_name_parse(ctx, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_ext_relative_name(const pki_ctx *ctx, pki_bytes rdn, pki_name **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, relative_name(ctx, rdn, out, err));
}

static pki_status encode_relative(const pki_ctx *ctx, pki_bytes name, pki_buf *out, pki_error *err)
{
	pki_bytes rdn;
	pki_der r, s;

	pki_der_init(&r, ctx, name, "Name");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_next(&s, PKI_TAG_SET, NULL, &rdn);
	pki_der_leave(&s);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return pki_error_set(err, PKI_E_ARG, "not one RelativeDistinguishedName", CLAUSE);
	return pki_buf_append(out, rdn, err);
}

pki_status pki_relative_name_encode(
    const pki_ctx *ctx, const pki_name *rdn, pki_buf *out, pki_error *err)
{
	if (rdn == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, encode_relative(ctx, pki_name_der(rdn), out, err));
}

/* ---- issuingDistributionPoint ---- */

static bool check_issuing_point(pki_der *r, const pki_issuing_point *p)
{
	if (p->only_user_certs + p->only_ca_certs + p->only_attribute_certs > 1)
		return pki_der_fail(r, PKI_E_STRUCTURE,
		    "more than one of onlyContainsUserCerts, onlyContainsCACerts and "
		    "onlyContainsAttributeCerts",
		    "RFC 5280 5.2.5");
	return true;
}

static bool read_issuing_point(pki_der *r, const pki_ctx *ctx, pki_issuing_point *out)
{
	point_name name;
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(
		    &s, PKI_E_STRUCTURE, "IssuingDistributionPoint is empty", "RFC 5280 5.2.5");
	read_name(&s, ctx, &name);
	pki_der_bool_as(
	    &s, PKI_TAG_IMPLICIT(1), "onlyContainsUserCerts", false, &out->only_user_certs);
	pki_der_bool_as(&s, PKI_TAG_IMPLICIT(2), "onlyContainsCACerts", false, &out->only_ca_certs);
	read_reasons(&s, PKI_TAG_IMPLICIT(3), "onlySomeReasons", &out->only_some_reasons);
	pki_der_bool_as(&s, PKI_TAG_IMPLICIT(4), "indirectCRL", false, &out->indirect_crl);
	pki_der_bool_as(&s, PKI_TAG_IMPLICIT(5), "onlyContainsAttributeCerts", false,
	    &out->only_attribute_certs);
	out->full_name = name.full;
	out->relative_name = name.relative;
	return pki_der_leave(&s) && check_issuing_point(r, out);
}

void pki_ext_check_issuing_point(pki_der *in, const pki_ctx *ctx)
{
	pki_issuing_point p;

	read_issuing_point(in, ctx, &p);
}

pki_status pki_ext_issuing_point(
    const pki_ctx *ctx, pki_bytes value, pki_issuing_point *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "IssuingDistributionPoint");
	read_issuing_point(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

/* ---- writing ---- */

static void write_name(pki_derw *w, pki_bytes full, pki_bytes relative)
{
	if (full.len == 0 && relative.len == 0)
		return;
	if (full.len > 0 && relative.len > 0)
		pki_derw_fail(w, PKI_E_ARG, "fullName and nameRelativeToCRLIssuer", CLAUSE);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	if (full.len > 0)
		pki_derw_put(w, PKI_TAG_EXPLICIT(0), full);
	else
		pki_derw_put(w, PKI_TAG_EXPLICIT(1), relative);
	pki_derw_end(w);
}

static void write_point(pki_exts *e, const pki_ext_form *form, const pki_dist_point *p)
{
	pki_derw w;

	if (!pki_exts_given(e, p) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_name(&w, p->full_name, p->relative_name);
	if (p->reasons != 0)
		pki_derw_flags_as(&w, PKI_TAG_IMPLICIT(1), p->reasons);
	if (p->crl_issuer.len > 0)
		pki_derw_put(&w, PKI_TAG_EXPLICIT(2), p->crl_issuer);
	pki_derw_end(&w);
	pki_exts_end(e, form, &w);
}

static const pki_ext_form dist_points = {
	.oid = &pki_id_crl_distribution_points, .check = check_point, .part = PKI_EXT_ELEMENT
};

void pki_exts_dist_point(pki_exts *e, const pki_dist_point *p)
{
	write_point(e, &dist_points, p);
}

void pki_exts_freshest_crl(pki_exts *e, const pki_dist_point *p)
{
	static const pki_ext_form form = {
		.oid = &pki_id_freshest_crl, .check = check_point, .part = PKI_EXT_ELEMENT
	};

	write_point(e, &form, p);
}

void pki_exts_crl_url(pki_exts *e, const char *uri)
{
	pki_dist_point p = { .reasons = 0 };
	pki_buf names = PKI_BUF_INIT;
	pki_gn gn;

	if (!pki_exts_uri(e, uri, &gn))
		return;
	if (pki_gn_encode(pki_exts_ctx(e), &gn, &names, pki_exts_error(e)) == PKI_SUCCESS) {
		p.full_name = pki_buf_bytes(&names);
		write_point(e, &dist_points, &p);
	}
	pki_buf_free(&names);
}

static void write_true(pki_derw *w, pki_tag tag, bool v)
{
	static const uint8_t yes = 0xff;

	if (v)
		pki_derw_put(w, tag, pki_bytes_of(&yes, 1));
}

void pki_exts_issuing_point(pki_exts *e, const pki_issuing_point *p)
{
	static const pki_ext_form form = { .oid = &pki_id_issuing_distribution_point,
		.check = pki_ext_check_issuing_point,
		.critical = true };
	pki_derw w;

	if (!pki_exts_given(e, p) || !pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	write_name(&w, p->full_name, p->relative_name);
	write_true(&w, PKI_TAG_IMPLICIT(1), p->only_user_certs);
	write_true(&w, PKI_TAG_IMPLICIT(2), p->only_ca_certs);
	if (p->only_some_reasons != 0)
		pki_derw_flags_as(&w, PKI_TAG_IMPLICIT(3), p->only_some_reasons);
	write_true(&w, PKI_TAG_IMPLICIT(4), p->indirect_crl);
	write_true(&w, PKI_TAG_IMPLICIT(5), p->only_attribute_certs);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

/* ---- as text ---- */

static void put_reasons(pki_line *l, uint32_t reasons)
{
	static const char *const names[] = { "unused", "keyCompromise", "cACompromise",
		"affiliationChanged", "superseded", "cessationOfOperation", "certificateHold",
		"privilegeWithdrawn", "aACompromise" };

	pki_line_flags(l, reasons, names, sizeof names / sizeof names[0]);
}

/* "+CN=x": what is put behind the CRL issuer's name. */
static void put_relative(pki_line *l, pki_bytes relative)
{
	pki_name *rdn = NULL;

	if (relative.len == 0)
		return;
	pki_line_read(l, pki_ext_relative_name(l->ctx, relative, &rdn, l->err));
	pki_line_name(l, "+");
	if (rdn != NULL)
		pki_line_read(l, pki_name_format(rdn, l->out, l->err));
	pki_name_free(rdn);
}

/* "uri:http://example.org/x.crl (for keyCompromise, by dn:CN=x)" */
static void put_point(pki_line *l, const pki_dist_point *p)
{
	pki_line_names(l, p->full_name);
	put_relative(l, p->relative_name);
	if (p->reasons == 0 && p->crl_issuer.len == 0)
		return;
	if (l->more)
		pki_line_puts(l, " ");
	pki_line_puts(l, "(");
	l->more = false;
	put_reasons(l, p->reasons);
	if (p->crl_issuer.len > 0) {
		pki_line_puts(l, l->more ? ", by " : "by ");
		l->more = false;
		pki_line_names(l, p->crl_issuer);
	}
	pki_line_puts(l, ")");
	l->more = true;
}

void pki_ext_line_dist_points(pki_line *l, pki_bytes value)
{
	pki_ext_iter it;
	pki_dist_point p;

	pki_ext_list(&it, l->ctx, value);
	while (pki_ext_dist_point_next(&it, &p))
		put_point(l, &p);
	pki_line_end_list(l, &it);
}

void pki_ext_line_issuing_point(pki_line *l, pki_bytes value)
{
	pki_issuing_point p;

	pki_line_read(l, pki_ext_issuing_point(l->ctx, value, &p, l->err));
	pki_line_names(l, p.full_name);
	put_relative(l, p.relative_name);
	if (p.only_user_certs)
		pki_line_name(l, "onlyContainsUserCerts");
	if (p.only_ca_certs)
		pki_line_name(l, "onlyContainsCACerts");
	if (p.only_attribute_certs)
		pki_line_name(l, "onlyContainsAttributeCerts");
	if (p.indirect_crl)
		pki_line_name(l, "indirectCRL");
	put_reasons(l, p.only_some_reasons);
}
