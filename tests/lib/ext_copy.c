/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include <pki/ext_more.h>

#include "tests/lib/ext_copy.h"

/* What is appended here can fail for want of memory only. */
static void require(pki_status st)
{
	if (st != PKI_SUCCESS)
		abort();
}

typedef pki_status copy_fn(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err);

/* ---- what extensions share ---- */

static pki_buf copy_names(pki_bytes names)
{
	pki_buf out = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list_in(&it, NULL, names);
	while (pki_ext_name_next(&it, &gn))
		require(pki_gn_encode(NULL, &gn, &out, NULL));
	require(pki_ext_list_finish(&it, NULL));
	return out;
}

/* A string in it may be none: then the octets as they are. */
static pki_buf copy_relative(pki_bytes relative)
{
	pki_buf out = PKI_BUF_INIT;
	pki_name *rdn = NULL;

	if (relative.len == 0)
		return out;
	if (pki_ext_relative_name(NULL, relative, &rdn, NULL) == PKI_SUCCESS)
		require(pki_relative_name_encode(NULL, rdn, &out, NULL));
	else
		require(pki_buf_append(&out, relative, NULL));
	pki_name_free(rdn);
	return out;
}

/* ---- each extension ---- */

static pki_status key_id(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_bytes id;
	pki_status st = pki_ext_key_id(NULL, value, &id, err);

	(void)oid;
	pki_exts_key_id(e, id);
	return st;
}

static pki_status key_usage(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	uint32_t bits;
	pki_status st = pki_ext_key_usage(NULL, value, &bits, err);

	(void)oid;
	pki_exts_key_usage(e, bits);
	return st;
}

static pki_status basic_constraints(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_basic_constraints bc;
	pki_status st = pki_ext_basic_constraints(NULL, value, &bc, err);

	(void)oid;
	pki_exts_basic_constraints(e, bc.ca, bc.path_len);
	return st;
}

static pki_status purposes(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ext_iter it;
	pki_bytes purpose;

	(void)oid;
	pki_ext_list(&it, NULL, value);
	while (pki_ext_oid_next(&it, &purpose))
		pki_exts_eku(e, purpose);
	return pki_ext_list_finish(&it, err);
}

static pki_status names(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_name_next(&it, &gn))
		pki_exts_general_name(e, oid, &gn);
	return pki_ext_list_finish(&it, err);
}

static pki_status authority(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_authority_key_id id;
	pki_status st = pki_ext_authority_key_id(NULL, value, &id, err);
	pki_buf issuer = copy_names(id.issuer);

	(void)oid;
	id.issuer = pki_buf_bytes(&issuer);
	pki_exts_authority_key_id(e, &id);
	pki_buf_free(&issuer);
	return st;
}

static pki_status access_infos(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	bool subject = pki_oid_equal(oid, PKI_OID(subject_info_access));
	pki_ext_iter it;
	pki_access a;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_access_next(&it, &a))
		(subject ? pki_exts_subject_info : pki_exts_authority_info)(e, &a);
	return pki_ext_list_finish(&it, err);
}

static pki_status attributes(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ext_iter it;
	pki_attribute a;

	(void)oid;
	pki_ext_list(&it, NULL, value);
	while (pki_ext_attribute_next(&it, &a))
		pki_exts_attribute(e, &a);
	return pki_ext_list_finish(&it, err);
}

static pki_status tls_features(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ext_iter it;
	int64_t feature;

	(void)oid;
	pki_ext_list(&it, NULL, value);
	while (pki_ext_int_next(&it, &feature))
		pki_exts_tls_feature(e, feature);
	return pki_ext_list_finish(&it, err);
}

static pki_status nothing(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	if (pki_oid_equal(oid, PKI_OID(no_rev_avail)))
		pki_exts_no_rev_avail(e);
	else
		pki_exts_ocsp_nocheck(e);
	return pki_ext_null(NULL, value, err);
}

static pki_buf copy_numbers(pki_bytes numbers)
{
	pki_buf out = PKI_BUF_INIT;
	pki_ext_iter it;
	int64_t n;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_ext_list_in(&it, NULL, numbers);
	while (pki_ext_int_next(&it, &n))
		pki_derw_int64(&w, n);
	require(pki_ext_list_finish(&it, NULL));
	require(pki_derw_finish(&w, &out, NULL));
	return out;
}

/* A text of more than 200 characters is read and not written: *too_long. */
static pki_buf copy_qualifiers(pki_bytes qualifiers, bool *too_long)
{
	pki_buf out = PKI_BUF_INIT;
	pki_policy_qualifier q;
	pki_ext_iter it;

	pki_ext_list_in(&it, NULL, qualifiers);
	while (pki_ext_qualifier_next(&it, &q)) {
		pki_buf numbers = copy_numbers(q.notice_numbers);

		q.notice_numbers = pki_buf_bytes(&numbers);
		if (pki_policy_qualifier_encode(NULL, &q, &out, NULL) != PKI_SUCCESS)
			*too_long = true;
		pki_buf_free(&numbers);
	}
	require(pki_ext_list_finish(&it, NULL));
	return out;
}

/* NULL: to no list. */
static pki_status copy_policies(
    pki_bytes oid, pki_bytes value, pki_exts *e, bool *too_long, pki_error *err)
{
	bool application = pki_oid_equal(oid, PKI_OID(ms_application_policies));
	pki_ext_iter it;
	pki_policy p;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_policy_next(&it, &p)) {
		pki_buf qualifiers = copy_qualifiers(p.qualifiers, too_long);

		p.qualifiers = pki_buf_bytes(&qualifiers);
		(application ? pki_exts_ms_application_policy : pki_exts_policy_info)(e, &p);
		pki_buf_free(&qualifiers);
	}
	return pki_ext_list_finish(&it, err);
}

static pki_status policies(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	bool too_long = false;
	pki_status st = copy_policies(oid, value, NULL, &too_long, err);

	if (!too_long && st == PKI_SUCCESS)
		return copy_policies(oid, value, e, &too_long, err);
	pki_exts_add(e, oid, false, value);
	return st;
}

static pki_status mappings(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_ext_iter it;
	pki_policy_mapping m;

	(void)oid;
	pki_ext_list(&it, NULL, value);
	while (pki_ext_mapping_next(&it, &m))
		pki_exts_policy_mapping(e, &m);
	return pki_ext_list_finish(&it, err);
}

static pki_status policy_constraints(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_policy_constraints pc;
	pki_status st = pki_ext_policy_constraints(NULL, value, &pc, err);

	(void)oid;
	pki_exts_policy_constraints(e, &pc);
	return st;
}

static pki_status inhibit_any_policy(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	int32_t n;
	pki_status st = pki_ext_inhibit_any_policy(NULL, value, &n, err);

	(void)oid;
	pki_exts_inhibit_any_policy(e, n);
	return st;
}

static void copy_subtrees(
    pki_bytes subtrees, pki_exts *e, void put(pki_exts *e, const pki_subtree *t))
{
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, NULL, subtrees);
	while (pki_ext_subtree_next(&it, &t))
		put(e, &t);
	require(pki_ext_list_finish(&it, NULL));
}

/* RFC 5280 4.2.1.10: a minimum and a maximum are read and not written. */
static bool has_distance(pki_bytes subtrees)
{
	bool found = false;
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, NULL, subtrees);
	while (pki_ext_subtree_next(&it, &t))
		found = found || t.minimum != 0 || t.has_maximum;
	require(pki_ext_list_finish(&it, NULL));
	return found;
}

static pki_status name_constraints(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_name_constraints nc;
	pki_status st = pki_ext_name_constraints(NULL, value, &nc, err);

	if (has_distance(nc.permitted) || has_distance(nc.excluded)) {
		pki_exts_add(e, oid, true, value);
		return st;
	}
	copy_subtrees(nc.permitted, e, pki_exts_permit_subtree);
	copy_subtrees(nc.excluded, e, pki_exts_exclude_subtree);
	return st;
}

static pki_status dist_points(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	bool freshest = pki_oid_equal(oid, PKI_OID(freshest_crl));
	pki_ext_iter it;
	pki_dist_point p;

	pki_ext_list(&it, NULL, value);
	while (pki_ext_dist_point_next(&it, &p)) {
		pki_buf full = copy_names(p.full_name), issuer = copy_names(p.crl_issuer);
		pki_buf relative = copy_relative(p.relative_name);

		p.full_name = pki_buf_bytes(&full);
		p.crl_issuer = pki_buf_bytes(&issuer);
		p.relative_name = pki_buf_bytes(&relative);
		(freshest ? pki_exts_freshest_crl : pki_exts_dist_point)(e, &p);
		pki_buf_free(&full);
		pki_buf_free(&issuer);
		pki_buf_free(&relative);
	}
	return pki_ext_list_finish(&it, err);
}

static pki_status issuing_point(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_issuing_point p;
	pki_status st = pki_ext_issuing_point(NULL, value, &p, err);
	pki_buf full = copy_names(p.full_name), relative = copy_relative(p.relative_name);

	(void)oid;
	p.full_name = pki_buf_bytes(&full);
	p.relative_name = pki_buf_bytes(&relative);
	pki_exts_issuing_point(e, &p);
	pki_buf_free(&full);
	pki_buf_free(&relative);
	return st;
}

static pki_status crl_number(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_bytes n;
	pki_status st = pki_ext_crl_number(NULL, value, &n, err);

	if (pki_oid_equal(oid, PKI_OID(crl_number)))
		pki_exts_crl_number(e, n);
	else
		pki_exts_delta_crl(e, n);
	return st;
}

static pki_status crl_reason(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_crl_reason reason;
	pki_status st = pki_ext_crl_reason(NULL, value, &reason, err);

	(void)oid;
	pki_exts_crl_reason(e, reason);
	return st;
}

static pki_status invalidity_date(pki_bytes oid, pki_bytes value, pki_exts *e, pki_error *err)
{
	pki_time t;
	pki_status st = pki_ext_invalidity_date(NULL, value, &t, err);

	(void)oid;
	pki_exts_invalidity_date(e, t);
	return st;
}

static const struct row {
	const pki_oid *oid;
	copy_fn *copy;
} rows[] = {
	{ &pki_id_subject_directory_attributes, attributes },
	{ &pki_id_subject_key_identifier, key_id },
	{ &pki_id_key_usage, key_usage },
	{ &pki_id_subject_alt_name, names },
	{ &pki_id_issuer_alt_name, names },
	{ &pki_id_basic_constraints, basic_constraints },
	{ &pki_id_crl_number, crl_number },
	{ &pki_id_crl_reasons, crl_reason },
	{ &pki_id_invalidity_date, invalidity_date },
	{ &pki_id_delta_crl_indicator, crl_number },
	{ &pki_id_issuing_distribution_point, issuing_point },
	{ &pki_id_certificate_issuer, names },
	{ &pki_id_name_constraints, name_constraints },
	{ &pki_id_crl_distribution_points, dist_points },
	{ &pki_id_certificate_policies, policies },
	{ &pki_id_ms_application_policies, policies },
	{ &pki_id_policy_mappings, mappings },
	{ &pki_id_authority_key_identifier, authority },
	{ &pki_id_policy_constraints, policy_constraints },
	{ &pki_id_ext_key_usage, purposes },
	{ &pki_id_freshest_crl, dist_points },
	{ &pki_id_inhibit_any_policy, inhibit_any_policy },
	{ &pki_id_no_rev_avail, nothing },
	{ &pki_id_authority_info_access, access_infos },
	{ &pki_id_subject_info_access, access_infos },
	{ &pki_id_tls_feature, tls_features },
	{ &pki_id_ocsp_nocheck, nothing },
};

pki_status ext_copy(pki_bytes oid, pki_bytes value, pki_exts *e, bool *known, pki_error *err)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (pki_oid_equal(oid, pki_oid_view(rows[i].oid))) {
			*known = true;
			return rows[i].copy(oid, value, e, err);
		}
	return ext_copy_more(oid, value, e, known, err);
}
