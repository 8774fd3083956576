/* SPDX-License-Identifier: BSD-3-Clause */
/* The extensions of a CRL that is made, and what RFC 5280 5.2 demands of them. */
#include "libpki/x509/crl_exts.h"

#include "libpki/core/error.h"
#include "libpki/crypto/key_id.h"
#include "libpki/types/algid.h"
#include "libpki/types/ext.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/ext_type.h"

static bool find(const pki_exts *list, pki_bytes oid, pki_ext *out)
{
	for (size_t i = 0; pki_exts_at(list, i, out); i++)
		if (pki_oid_equal(out->oid, oid))
			return true;
	return false;
}

/* ---- what is not given ---- */

/* RFC 5280 5.2.1: by the method that the issuer's own certificate used. */
static void add_key_id(const pki_crl_plan *p, pki_exts *list)
{
	pki_authority_key_id id = { .key_id = pki_cert_key_id(p->issuer) };
	pki_status st = PKI_SUCCESS;
	uint8_t room[PKI_HASH_MAX];

	if (!pki_exts_usable(list) || pki_exts_has(list, PKI_OID(authority_key_identifier)))
		return;
	if (id.key_id.len == 0)
		st = pki_key_id_make(
		    p->signer, PKI_KEY_ID_DEFAULT, room, &id.key_id, pki_exts_error(list));
	if (st == PKI_SUCCESS)
		pki_exts_authority_key_id(list, &id);
}

/* The scope of a CRL that is continued is the scope of this one. */
static void add_point(const pki_crl_plan *p, pki_exts *list)
{
	pki_issuing_point indirect = { .indirect_crl = true };
	pki_ext e;

	if (pki_exts_has(list, PKI_OID(issuing_distribution_point)))
		return;
	if (pki_crl_ext(p->from, PKI_OID(issuing_distribution_point), &e))
		pki_exts_add(list, e.oid, true, e.value);
	else if (p->others)
		pki_exts_issuing_point(list, &indirect);
}

static void add_missing(const pki_crl_plan *p, pki_exts *list)
{
	add_key_id(p, list);
	pki_exts_crl_number(list, p->number);
	if (p->base != NULL)
		pki_exts_delta_crl(list, pki_crl_number(p->base));
	add_point(p, list);
}

/* ---- each ---- */

typedef pki_status check_fn(const pki_crl_plan *p, pki_bytes value, pki_error *err);

static pki_status check_key_id(const pki_crl_plan *p, pki_bytes value, pki_error *err)
{
	pki_authority_key_id id;
	pki_status st = pki_ext_authority_key_id(p->ctx, value, &id, err);

	if (st != PKI_SUCCESS || id.key_id.len > 0)
		return st;
	return pki_error_set(
	    err, PKI_E_ARG, "authorityKeyIdentifier without keyIdentifier", "RFC 5280 5.2.1");
}

static pki_status check_point(const pki_crl_plan *p, pki_bytes value, pki_error *err)
{
	pki_issuing_point point;
	pki_status st = pki_ext_issuing_point(p->ctx, value, &point, err);

	if (st != PKI_SUCCESS)
		return st;
	if (point.only_attribute_certs)
		return pki_error_set(
		    err, PKI_E_ARG, "onlyContainsAttributeCerts is TRUE", "RFC 5280 5.2.5");
	if (p->others && !point.indirect_crl)
		return pki_error_set(err, PKI_E_ARG,
		    "entries of other issuers, and indirectCRL is FALSE", "RFC 5280 5.2.5");
	return PKI_SUCCESS;
}

static pki_status check_freshest(const pki_crl_plan *p, pki_bytes value, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_dist_point point;
	pki_ext_iter it;

	if (p->base != NULL)
		return pki_error_set(
		    err, PKI_E_ARG, "freshestCRL in a delta CRL", "RFC 5280 5.2.6");
	pki_ext_list(&it, p->ctx, value);
	while (st == PKI_SUCCESS && pki_ext_dist_point_next(&it, &point))
		if (point.reasons != 0 || point.crl_issuer.len > 0)
			st = pki_error_set(err, PKI_E_ARG,
			    "reasons or cRLIssuer in freshestCRL of a CRL", "RFC 5280 5.2.6");
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static pki_status check_access(const pki_crl_plan *p, pki_bytes value, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_access access;
	pki_ext_iter it;

	pki_ext_list(&it, p->ctx, value);
	while (st == PKI_SUCCESS && pki_ext_access_next(&it, &access))
		if (!pki_oid_equal(access.method, PKI_OID(ad_ca_issuers)))
			st = pki_error_set(err, PKI_E_ARG,
			    "authorityInfoAccess of a CRL has other than caIssuers",
			    "RFC 5280 5.2.7");
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static const struct rule {
	const pki_oid *oid;
	const char *clause; /* of `critical` */
	check_fn *check;
	bool critical;
	uint8_t reserved[7];
} rules[] = {
	{ &pki_id_authority_key_identifier, "RFC 5280 4.2.1.1", check_key_id, false, { 0 } },
	{ &pki_id_crl_number, "RFC 5280 5.2.3", NULL, false, { 0 } },
	{ &pki_id_delta_crl_indicator, "RFC 5280 5.2.4", NULL, true, { 0 } },
	{ &pki_id_issuing_distribution_point, "RFC 5280 5.2.5", check_point, true, { 0 } },
	{ &pki_id_freshest_crl, "RFC 5280 5.2.6", check_freshest, false, { 0 } },
	{ &pki_id_authority_info_access, "RFC 5280 5.2.7", check_access, false, { 0 } },
};

static pki_status check_rule(
    const pki_crl_plan *p, const struct rule *rule, const pki_ext *e, pki_error *err)
{
	if (e->critical != rule->critical)
		return pki_error_set_detail(err, PKI_E_ARG,
		    e->critical ? "extension is critical" : "extension is not critical",
		    rule->clause, pki_bytes_str(pki_oid_name(e->oid)));
	return rule->check != NULL ? rule->check(p, e->value, err) : PKI_SUCCESS;
}

/* Those that have no rule are read at least. */
static pki_status check_one(const pki_crl_plan *p, const pki_ext *e, pki_error *err)
{
	pki_der r;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (pki_oid_equal(e->oid, pki_oid_view(rules[i].oid)))
			return check_rule(p, &rules[i], e, err);
	pki_der_init(&r, p->ctx, e->value, "extnValue");
	pki_ext_check(&r, p->ctx, e->oid);
	return pki_der_finish(&r, err);
}

static pki_status check_each(const pki_crl_plan *p, const pki_exts *list, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	for (size_t i = 0; st == PKI_SUCCESS && pki_exts_at(list, i, &e); i++)
		st = check_one(p, &e, err);
	return st;
}

/* ---- and what came before ---- */

/* What is critical may say of which certificates a CRL speaks: it is said again, or nothing is. */
static pki_status check_kept(const pki_crl *c, const pki_exts *list, pki_error *err)
{
	pki_ext e;

	for (size_t i = 0; pki_crl_ext_at(c, i, &e); i++)
		if (e.critical && !pki_crl_ext_is_known(e.oid) && !pki_exts_has(list, e.oid))
			return pki_algid_unsupported(e.oid,
			    "critical extension of the CRL to continue, and not among exts",
			    "RFC 5280 5.2", err);
	return PKI_SUCCESS;
}

/* RFC 5280 5.2.4: a delta CRL and the complete ones have no issuingDistributionPoint, or one. */
static pki_status check_scope(const pki_crl *c, const pki_exts *list, pki_error *err)
{
	pki_ext here, there;

	find(list, PKI_OID(issuing_distribution_point), &here);
	pki_crl_ext(c, PKI_OID(issuing_distribution_point), &there);
	if (pki_bytes_equal(here.value, there.value))
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_POLICY,
	    "issuingDistributionPoint of a delta CRL is not that of the complete one",
	    "RFC 5280 5.2.4");
}

static pki_status check_before(const pki_crl_plan *p, const pki_exts *list, pki_error *err)
{
	pki_status st = check_kept(p->from, list, err);

	if (st != PKI_SUCCESS || p->base == NULL)
		return st;
	st = check_kept(p->base, list, err);
	if (st == PKI_SUCCESS)
		st = check_scope(p->base, list, err);
	return st == PKI_SUCCESS ? check_scope(p->from, list, err) : st;
}

/* ---- all ---- */

static pki_status check_given(const pki_exts *given, pki_error *err)
{
	if (pki_exts_has(given, PKI_OID(crl_number)) ||
	    pki_exts_has(given, PKI_OID(delta_crl_indicator)))
		return pki_error_set(
		    err, PKI_E_ARG, "cRLNumber or deltaCRLIndicator among exts", "RFC 5280 5.2");
	return pki_exts_check_place(given, PKI_EXT_IN_CRL, err);
}

static pki_status check_all(const pki_crl_plan *p, const pki_exts *list, pki_error *err)
{
	pki_status st = pki_exts_status(list, err);

	if (st == PKI_SUCCESS)
		st = check_each(p, list, err);
	return st == PKI_SUCCESS ? check_before(p, list, err) : st;
}

/* It was read before. */
static bool is_indirect(const pki_crl_plan *p, const pki_exts *list)
{
	pki_issuing_point point;
	pki_ext e;

	return find(list, PKI_OID(issuing_distribution_point), &e) &&
	    pki_ext_issuing_point(p->ctx, e.value, &point, NULL) == PKI_SUCCESS &&
	    point.indirect_crl;
}

pki_status pki_crl_exts_make(const pki_crl_plan *p, pki_exts **out, bool *indirect, pki_error *err)
{
	pki_status st = pki_exts_dup(p->ctx, p->given, out, err);

	*indirect = false;
	if (st == PKI_SUCCESS)
		st = check_given(*out, err);
	if (st != PKI_SUCCESS)
		return st;
	add_missing(p, *out);
	st = check_all(p, *out, err);
	*indirect = st == PKI_SUCCESS && is_indirect(p, *out);
	return st;
}
