/* SPDX-License-Identifier: BSD-3-Clause */
/* Which certificates a CRL is about, and which reasons to revoke: RFC 5280 6.3.3 (b) to (e). */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/types/name.h"
#include "libpki/verify/crl_scope.h"

#define NAME_UNITS(octets) ((octets) / 32 + 1)

/* The names of a DistributionPoint: GeneralNames, and a directoryName. */
typedef struct names {
	pki_bytes list;
	const pki_name *more; /* NULL: none */
	bool whole;           /* the list is an extension's value */
	uint8_t reserved[7];
} names;

/* What (b) looks at. */
typedef struct scope {
	pki_call *call;
	const pki_cert *cert;
	const pki_dist_point *dp; /* NULL: the one that is assumed */
	const pki_crl *crl;
	pki_issuing_point idp; /* all zeros: absent */
	pki_name *idp_relative, *dp_relative;
} scope;

static pki_status not_covered(const char *reason, const char *clause, pki_error *err)
{
	return pki_error_set(err, PKI_E_NOTFOUND, reason, clause);
}

/* ---- names ---- */

typedef struct walk {
	pki_ext_iter it;
	const pki_name *more;
} walk;

static void walk_start(walk *w, const scope *s, const names *n)
{
	if (n->whole)
		pki_ext_list(&w->it, s->call->ctx, n->list);
	else
		pki_ext_list_in(&w->it, s->call->ctx, n->list);
	w->more = n->more;
}

static bool walk_next(walk *w, pki_gn *out)
{
	const pki_name *more = w->more;

	if (more == NULL)
		return pki_ext_name_next(&w->it, out);
	w->more = NULL;
	*out = (pki_gn){ .type = PKI_GN_DIRNAME, .value = pki_name_der(more) };
	return true;
}

static pki_status is_name(
    const scope *s, pki_bytes der, const pki_name *name, bool *yes, pki_error *err)
{
	pki_status st = pki_call_spend(s->call, NAME_UNITS(der.len), err);
	pki_name *parsed = NULL;

	*yes = st == PKI_SUCCESS && pki_bytes_equal(der, pki_name_der(name));
	if (st != PKI_SUCCESS || *yes)
		return st;
	st = pki_name_parse(s->call->ctx, der, &parsed, err);
	*yes = st == PKI_SUCCESS && pki_name_equal(parsed, name);
	pki_name_free(parsed);
	return st;
}

/* RFC 5280 7.1 for a directoryName; any other name by its octets. */
static pki_status same_name(
    const scope *s, const pki_gn *a, const pki_gn *b, bool *yes, pki_error *err)
{
	pki_status st = pki_call_spend(s->call, NAME_UNITS(a->value.len), err);
	pki_name *name = NULL;

	*yes = st == PKI_SUCCESS && a->type == b->type && pki_bytes_equal(a->value, b->value) &&
	    pki_bytes_equal(a->other, b->other);
	if (st != PKI_SUCCESS || *yes || a->type != PKI_GN_DIRNAME || b->type != PKI_GN_DIRNAME)
		return st;
	st = pki_name_parse(s->call->ctx, a->value, &name, err);
	if (st == PKI_SUCCESS)
		st = is_name(s, b->value, name, yes, err);
	pki_name_free(name);
	return st;
}

static pki_status has_name(
    const scope *s, const names *list, const pki_gn *name, bool *yes, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_gn other;
	walk w;

	*yes = false;
	walk_start(&w, s, list);
	while (st == PKI_SUCCESS && !*yes && walk_next(&w, &other))
		st = same_name(s, name, &other, yes, err);
	return st == PKI_SUCCESS && !*yes ? pki_ext_list_finish(&w.it, err) : st;
}

/* Is one of these names one of those? Every pair is looked at. */
static pki_status share_name(
    const scope *s, const names *a, const names *b, bool *yes, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_gn name;
	walk w;

	*yes = false;
	walk_start(&w, s, a);
	while (st == PKI_SUCCESS && !*yes && walk_next(&w, &name))
		st = has_name(s, b, &name, yes, err);
	return st == PKI_SUCCESS && !*yes ? pki_ext_list_finish(&w.it, err) : st;
}

/* nameRelativeToCRLIssuer: RFC 5280 4.2.1.13, 5.2.5. */
static pki_status full_name(const scope *s, pki_bytes relative, pki_name **out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_der r, rdns;
	pki_derw w;

	pki_der_init(&r, s->call->ctx, pki_name_der(pki_crl_issuer(s->crl)), "Name");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &rdns);
	pki_derw_init(&w, s->call->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, pki_der_rest(&rdns));
	pki_derw_put(&w, PKI_TAG_SET, relative);
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_name_parse(s->call->ctx, pki_buf_bytes(&der), out, err);
	pki_buf_free(&der);
	return st;
}

/* ---- (b) (1): whose CRL it is ---- */

/* cRLIssuer is one name where distributionPoint is relative to it: RFC 5280 4.2.1.13. */
static pki_status check_one_issuer(const scope *s, pki_error *err)
{
	pki_ext_iter it;
	size_t count = 0;
	pki_gn name;

	if (s->dp->relative_name.len == 0)
		return PKI_SUCCESS;
	pki_ext_list_in(&it, s->call->ctx, s->dp->crl_issuer);
	while (count < 2 && pki_ext_name_next(&it, &name))
		count += name.type == PKI_GN_DIRNAME;
	if (count > 1)
		return not_covered(
		    "a name is relative to more than one cRLIssuer", "RFC 5280 4.2.1.13", err);
	return PKI_SUCCESS;
}

static pki_status check_named_issuer(const scope *s, pki_error *err)
{
	pki_gn issuer = { .type = PKI_GN_DIRNAME, .value = pki_name_der(pki_crl_issuer(s->crl)) };
	names list = { .list = s->dp->crl_issuer };
	bool yes = false;
	pki_status st = has_name(s, &list, &issuer, &yes, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!yes)
		return not_covered("the CRL is not by the cRLIssuer", "RFC 5280 6.3.3(b)(1)", err);
	if (!s->idp.indirect_crl)
		return not_covered(
		    "the CRL of the cRLIssuer is no indirect CRL", "RFC 5280 6.3.3(b)(1)", err);
	return check_one_issuer(s, err);
}

static pki_status check_issuer(const scope *s, pki_error *err)
{
	if (s->dp != NULL && s->dp->crl_issuer.len > 0)
		return check_named_issuer(s, err);
	if (pki_name_equal(pki_crl_issuer(s->crl), pki_cert_issuer(s->cert)))
		return PKI_SUCCESS;
	return not_covered("the CRL is another issuer's", "RFC 5280 6.3.3(b)(1)", err);
}

/* ---- (b) (2) (i): for which distribution point it is ---- */

/* 6.3.3: "the certificate issuer field as well as the certificate issuerAltName extension". */
static void assumed_names(const scope *s, names *out)
{
	pki_ext alt;

	out->more = pki_cert_issuer(s->cert);
	out->whole = pki_cert_ext(s->cert, PKI_OID(issuer_alt_name), &alt);
	out->list = alt.value;
}

static pki_status names_of_point(scope *s, names *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	*out = (names){ .whole = false };
	if (s->dp == NULL) {
		assumed_names(s, out);
		return st;
	}
	if (s->dp->relative_name.len > 0) {
		st = full_name(s, s->dp->relative_name, &s->dp_relative, err);
		out->more = s->dp_relative;
		return st;
	}
	out->list = s->dp->full_name.len > 0 ? s->dp->full_name : s->dp->crl_issuer;
	return st;
}

static pki_status names_of_crl(scope *s, names *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	*out = (names){ .list = s->idp.full_name };
	if (s->idp.relative_name.len > 0)
		st = full_name(s, s->idp.relative_name, &s->idp_relative, err);
	out->more = s->idp_relative;
	return st;
}

static pki_status check_point(scope *s, pki_error *err)
{
	names point, crl;
	bool yes = false;
	pki_status st;

	if (s->idp.full_name.len == 0 && s->idp.relative_name.len == 0)
		return PKI_SUCCESS;
	st = names_of_point(s, &point, err);
	if (st == PKI_SUCCESS)
		st = names_of_crl(s, &crl, err);
	if (st == PKI_SUCCESS)
		st = share_name(s, &crl, &point, &yes, err);
	if (st != PKI_SUCCESS || yes)
		return st;
	return not_covered(
	    "the CRL is for another distribution point", "RFC 5280 6.3.3(b)(2)(i)", err);
}

/* ---- (b) (2) (ii) to (iv): for which certificates ---- */

static pki_status check_kind(const scope *s, pki_error *err)
{
	bool ca = pki_cert_is_ca(s->cert);

	if (s->idp.only_user_certs && ca)
		return not_covered(
		    "the CRL is for user certificates", "RFC 5280 6.3.3(b)(2)(ii)", err);
	if (s->idp.only_ca_certs && !ca)
		return not_covered(
		    "the CRL is for CA certificates", "RFC 5280 6.3.3(b)(2)(iii)", err);
	if (s->idp.only_attribute_certs)
		return not_covered(
		    "the CRL is for attribute certificates", "RFC 5280 6.3.3(b)(2)(iv)", err);
	return PKI_SUCCESS;
}

/* ---- (d) ---- */

static uint32_t given(uint32_t reasons)
{
	return reasons == 0 ? PKI_REASON_FLAGS_ALL : reasons & PKI_REASON_FLAGS_ALL;
}

static uint32_t interim_reasons(const scope *s)
{
	return given(s->idp.only_some_reasons) & given(s->dp != NULL ? s->dp->reasons : 0);
}

pki_status pki_crl_covers(pki_call *call, const pki_cert *c, const pki_dist_point *p,
    const pki_crl *crl, uint32_t *reasons, pki_error *err)
{
	scope s = { .call = call, .cert = c, .dp = p, .crl = crl };
	pki_status st;

	*reasons = 0;
	pki_crl_issuing_point(crl, &s.idp);
	st = check_issuer(&s, err);
	if (st == PKI_SUCCESS)
		st = check_kind(&s, err);
	if (st == PKI_SUCCESS)
		st = check_point(&s, err);
	if (st == PKI_SUCCESS)
		*reasons = interim_reasons(&s);
	pki_name_free(s.idp_relative);
	pki_name_free(s.dp_relative);
	return st;
}

/* ---- delta CRLs ---- */

int pki_crl_number_compare(pki_bytes a, pki_bytes b)
{
	if (a.len != b.len)
		return a.len < b.len ? -1 : 1;
	return a.len > 0 ? memcmp(a.data, b.data, a.len) : 0;
}

/* The same extension, or none in both. */
static bool same_ext(const pki_crl *a, const pki_crl *b, pki_bytes oid)
{
	pki_ext x, y;
	bool has_x = pki_crl_ext(a, oid, &x), has_y = pki_crl_ext(b, oid, &y);

	return has_x == has_y && pki_bytes_equal(x.value, y.value);
}

bool pki_crl_same_scope(const pki_crl *a, const pki_crl *b)
{
	return same_ext(a, b, PKI_OID(issuing_distribution_point));
}

bool pki_crl_delta_applies(const pki_crl *complete, const pki_crl *delta)
{
	pki_bytes number = pki_crl_number(complete);

	return pki_crl_is_delta(delta) && !pki_crl_is_delta(complete) && number.len > 0 &&
	    pki_crl_number(delta).len > 0 &&
	    pki_crl_number_compare(pki_crl_base_number(delta), number) <= 0 &&
	    pki_crl_number_compare(number, pki_crl_number(delta)) < 0 &&
	    pki_name_equal(pki_crl_issuer(complete), pki_crl_issuer(delta)) &&
	    pki_crl_same_scope(complete, delta) &&
	    same_ext(complete, delta, PKI_OID(authority_key_identifier));
}
