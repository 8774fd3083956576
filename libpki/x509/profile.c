/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The extensions of a certificate that is made, each from the first that has it: the caller's own,
 * his names, those of the request that may be copied, the profile's.
 */
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/crypto/key_id.h"
#include "libpki/types/ext.h"
#include "libpki/x509/issue.h"

#define SIGNS    PKI_KU_DIGITAL_SIGNATURE
#define ENCIPHER PKI_KU_KEY_ENCIPHERMENT
#define AGREES   PKI_KU_KEY_AGREEMENT
#define CA_BITS  (PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN)

/* usage: of which a key gets the bits that it can have. agrees: of a key that does nothing else. */
static const struct profile {
	const pki_oid *purpose;
	const pki_oid *also; /* what a request may ask for beside it */
	uint32_t usage, agrees;
} profiles[] = {
	[PKI_PROFILE_SERVER] = { &pki_id_server_auth, &pki_id_client_auth, SIGNS | ENCIPHER,
	    AGREES },
	[PKI_PROFILE_CLIENT] = { &pki_id_client_auth, NULL, SIGNS, AGREES },
	[PKI_PROFILE_EMAIL] = { &pki_id_email_protection, NULL, SIGNS | ENCIPHER, AGREES },
	[PKI_PROFILE_CODE] = { &pki_id_code_signing, NULL, SIGNS, 0 },
	[PKI_PROFILE_OCSP] = { &pki_id_ocsp_signing, NULL, SIGNS, 0 },
	[PKI_PROFILE_TIMESTAMP] = { &pki_id_time_stamping, NULL, SIGNS, 0 },
	[PKI_PROFILE_CA] = { NULL, NULL, CA_BITS, 0 },
};

static bool is_one_of(pki_bytes oid, const pki_oid *const *list)
{
	for (; *list != NULL; list++)
		if (pki_oid_equal(oid, pki_oid_view(*list)))
			return true;
	return false;
}

/* ---- names ---- */

static pki_status add_names(pki_issue *i, pki_error *err)
{
	const char *const *name = i->opts->names;

	if (name == NULL || *name == NULL)
		return PKI_SUCCESS;
	if (pki_exts_has(i->exts, PKI_OID(subject_alt_name)))
		return pki_error_set(
		    err, PKI_E_ARG, "subjectAltName among exts, and names too", NULL);
	for (; *name != NULL; name++)
		pki_exts_san(i->exts, *name);
	return pki_exts_status(i->exts, err);
}

/* ---- copies ---- */

static bool asked_ext(const pki_issue *i, size_t n, pki_ext *out)
{
	if (i->request != NULL)
		return pki_csr_ext_at(i->request, n, out);
	return pki_cert_ext_at(i->old, n, out);
}

/* What an issuer says of itself, or a log of one certificate (RFC 6962 3), is not for another. */
static bool is_renewed(const pki_issue *i, pki_bytes oid)
{
	static const pki_oid *const own[] = { &pki_id_authority_key_identifier, &pki_id_sct_list,
		&pki_id_ct_poison, NULL };
	static const pki_oid *const issuers[] = { &pki_id_issuer_alt_name,
		&pki_id_crl_distribution_points, &pki_id_freshest_crl,
		&pki_id_authority_info_access, NULL };
	const pki_name *issuer = i->issuer != NULL ? pki_cert_subject(i->issuer) : i->subject;

	if (is_one_of(oid, own))
		return false;
	return !is_one_of(oid, issuers) || pki_name_equal(issuer, pki_cert_issuer(i->old));
}

static bool is_listed(const pki_cert_opts *o, pki_bytes oid)
{
	if (o->copy == NULL)
		return pki_oid_equal(oid, PKI_OID(subject_alt_name));
	for (size_t n = 0; n < o->copy_count; n++)
		if (pki_oid_equal(oid, o->copy[n]))
			return true;
	return false;
}

static bool is_copied(const pki_issue *i, pki_bytes oid)
{
	if (i->opts->names != NULL && pki_oid_equal(oid, PKI_OID(subject_alt_name)))
		return false;
	return i->renew ? is_renewed(i, oid) : is_listed(i->opts, oid);
}

/* What a request may not ask for, whatever is copied: this profile makes no CA. */
static pki_status check_asked_constraints(const pki_issue *i, const pki_ext *e, pki_error *err)
{
	pki_basic_constraints c;
	pki_status st = pki_ext_basic_constraints(i->ctx, e->value, &c, err);

	if (st == PKI_SUCCESS && c.ca && i->opts->profile != PKI_PROFILE_CA)
		st = pki_error_set(err, PKI_E_POLICY, "cA is asked for", "RFC 5280 4.2.1.9");
	return st;
}

static pki_status check_asked_usage(const pki_issue *i, const pki_ext *e, pki_error *err)
{
	uint32_t bits;
	pki_status st = pki_ext_key_usage(i->ctx, e->value, &bits, err);

	if (st == PKI_SUCCESS && (bits & CA_BITS) != 0 && i->opts->profile != PKI_PROFILE_CA)
		st = pki_error_set(
		    err, PKI_E_POLICY, "keyCertSign or cRLSign is asked for", "RFC 5280 4.2.1.3");
	return st;
}

static bool is_purpose_of(pki_profile profile, pki_bytes purpose)
{
	static const pki_oid *const rights[] = { &pki_id_any_extended_key_usage,
		&pki_id_ocsp_signing, NULL };
	const struct profile *p;

	if (profile == PKI_PROFILE_NONE || profile == PKI_PROFILE_CA)
		return !is_one_of(purpose, rights);
	p = &profiles[profile];
	return pki_oid_equal(purpose, pki_oid_view(p->purpose)) ||
	    (p->also != NULL && pki_oid_equal(purpose, pki_oid_view(p->also)));
}

static pki_status check_asked_purposes(const pki_issue *i, const pki_ext *e, pki_error *err)
{
	pki_ext_iter it;
	pki_bytes purpose;

	pki_ext_list(&it, i->ctx, e->value);
	while (pki_ext_oid_next(&it, &purpose))
		if (!is_purpose_of(i->opts->profile, purpose))
			return pki_error_set_detail(err, PKI_E_POLICY,
			    "a KeyPurposeId beyond the profile is asked for", "RFC 5280 4.2.1.12",
			    pki_bytes_str(pki_oid_name(purpose)));
	return pki_ext_list_finish(&it, err);
}

static const struct asked_rule {
	const pki_oid *oid;
	pki_status (*check)(const pki_issue *i, const pki_ext *e, pki_error *err);
} asked_rules[] = {
	{ &pki_id_basic_constraints, check_asked_constraints },
	{ &pki_id_key_usage, check_asked_usage },
	{ &pki_id_ext_key_usage, check_asked_purposes },
};

static pki_status check_asked(const pki_issue *i, const pki_ext *e, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t n = 0; n < sizeof asked_rules / sizeof asked_rules[0]; n++)
		if (pki_oid_equal(e->oid, pki_oid_view(asked_rules[n].oid)))
			st = asked_rules[n].check(i, e, err);
	return st;
}

/* Who is a CA, and by whom it is signed, is the issuer's to say. */
static bool is_issuers_to_say(pki_bytes oid)
{
	static const pki_oid *const list[] = { &pki_id_basic_constraints,
		&pki_id_authority_key_identifier, NULL };

	return is_one_of(oid, list);
}

static pki_status copy_one(pki_issue *i, const pki_ext *e, pki_error *err)
{
	pki_status st = i->renew ? PKI_SUCCESS : check_asked(i, e, err);

	if (st != PKI_SUCCESS || pki_exts_has(i->exts, e->oid))
		return st;
	if (!i->renew && is_issuers_to_say(e->oid))
		return PKI_SUCCESS;
	pki_exts_add(i->exts, e->oid, pki_right_criticality(e->oid, e->critical), e->value);
	return pki_exts_status(i->exts, err);
}

static pki_status copy_asked(pki_issue *i, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext e;

	for (size_t n = 0; st == PKI_SUCCESS && asked_ext(i, n, &e); n++)
		if (is_copied(i, e.oid))
			st = copy_one(i, &e, err);
	return st;
}

/* ---- the profile ---- */

static bool lacks(const pki_issue *i, const pki_oid *oid)
{
	return !pki_exts_has(i->exts, pki_oid_view(oid));
}

static pki_status add_constraints(pki_issue *i, pki_error *err)
{
	bool ca = i->opts->profile == PKI_PROFILE_CA;
	int32_t path_len = ca && i->issuer != NULL ? 0 : -1;

	if (i->opts->path_len != NULL)
		path_len = *i->opts->path_len;
	if (lacks(i, &pki_id_basic_constraints))
		pki_exts_basic_constraints(i->exts, ca, path_len);
	else if (i->opts->path_len != NULL)
		return pki_error_set(
		    err, PKI_E_ARG, "basicConstraints among exts, and path_len too", NULL);
	return PKI_SUCCESS;
}

static pki_status add_usage(pki_issue *i, const struct profile *p, pki_error *err)
{
	const char *clause;
	uint32_t fit = pki_usage_of_key(pki_pubkey_type(i->key), &clause);
	uint32_t bits = fit & PKI_KU_DIGITAL_SIGNATURE ? p->usage & fit : p->agrees & fit;

	if (!lacks(i, &pki_id_key_usage))
		return PKI_SUCCESS;
	if (bits == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "such a key has no use in this profile", clause);
	pki_exts_key_usage(i->exts, bits);
	return PKI_SUCCESS;
}

/* RFC 3161 2.3: critical, for time-stamping. */
static pki_status add_purpose(pki_issue *i, const struct profile *p, pki_error *err)
{
	pki_buf value = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	if (p->purpose == NULL || !lacks(i, &pki_id_ext_key_usage))
		return PKI_SUCCESS;
	pki_derw_init(&w, i->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, pki_oid_view(p->purpose));
	pki_derw_end(&w);
	st = pki_derw_finish(&w, &value, err);
	if (st == PKI_SUCCESS)
		pki_exts_add(i->exts, PKI_OID(ext_key_usage),
		    i->opts->profile == PKI_PROFILE_TIMESTAMP, pki_buf_bytes(&value));
	pki_buf_free(&value);
	return st;
}

/* RFC 6960 4.2.2.2.1 */
static void add_nocheck(pki_issue *i)
{
	if (i->opts->profile == PKI_PROFILE_OCSP && lacks(i, &pki_id_ocsp_nocheck))
		pki_exts_ocsp_nocheck(i->exts);
}

static pki_status add_profile(pki_issue *i, pki_error *err)
{
	const struct profile *p;
	pki_status st;

	if (i->renew || i->opts->profile == PKI_PROFILE_NONE)
		return PKI_SUCCESS;
	p = &profiles[i->opts->profile];
	st = add_constraints(i, err);
	if (st == PKI_SUCCESS)
		st = add_usage(i, p, err);
	if (st == PKI_SUCCESS)
		st = add_purpose(i, p, err);
	add_nocheck(i);
	return st;
}

/* ---- key identifiers ---- */

static pki_status add_subject_key_id(pki_issue *i, pki_error *err)
{
	uint8_t room[PKI_HASH_MAX];
	pki_status st;
	pki_bytes id;

	if (!lacks(i, &pki_id_subject_key_identifier))
		return PKI_SUCCESS;
	st = pki_key_id_make(i->key, i->opts->key_id_method, room, &id, err);
	if (st == PKI_SUCCESS)
		pki_exts_key_id(i->exts, id);
	return st;
}

/* The issuer's own identifier; RFC 5280 4.2.1.1 lets a self-signed certificate go without. */
static pki_status add_authority_key_id(pki_issue *i, pki_error *err)
{
	pki_authority_key_id id = { .key_id = pki_cert_key_id(i->issuer) };
	pki_status st = PKI_SUCCESS;
	uint8_t room[PKI_HASH_MAX];

	if (i->issuer == NULL || !lacks(i, &pki_id_authority_key_identifier))
		return PKI_SUCCESS;
	if (id.key_id.len == 0)
		st = pki_key_id_make(i->signer, i->opts->key_id_method, room, &id.key_id, err);
	if (st == PKI_SUCCESS)
		pki_exts_authority_key_id(i->exts, &id);
	return st;
}

pki_status pki_issue_exts(pki_issue *i, pki_error *err)
{
	pki_status st = pki_exts_dup(i->ctx, i->opts->exts, &i->exts, err);

	if (st == PKI_SUCCESS)
		st = add_names(i, err);
	if (st == PKI_SUCCESS)
		st = copy_asked(i, err);
	if (st == PKI_SUCCESS)
		st = add_profile(i, err);
	if (st == PKI_SUCCESS)
		st = add_subject_key_id(i, err);
	if (st == PKI_SUCCESS)
		st = add_authority_key_id(i, err);
	return st == PKI_SUCCESS ? pki_exts_status(i->exts, err) : st;
}
