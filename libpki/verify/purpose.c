/* SPDX-License-Identifier: BSD-3-Clause */
/* What a certificate may be used for: RFC 5280 4.2.1.3, 4.2.1.12. */
#include "libpki/verify/purpose.h"

#include <pki/oid.h>

/* What a purpose asks of a leaf. */
typedef struct rule {
	pki_purpose purpose;
	const pki_oid *oid; /* KeyPurposeId; NULL: none, or the caller's */
	bool any_serves;    /* anyExtendedKeyUsage in the leaf, and no extKeyUsage */
	bool along_path;    /* extKeyUsage of a CA has to have it */
	uint8_t reserved[2];
	uint32_t usage; /* of keyUsage, where there is one, one of these bits; 0: not judged */
	const char *clause;
} rule;

/* Of what signs code, and timestamps on it, no software accepts less. */
#define CODE_SIGNING "CA/Browser Forum Code Signing 7.1.2.3"

#define SIGNS (PKI_KU_DIGITAL_SIGNATURE | PKI_KU_CONTENT_COMMITMENT)

static const rule rules[] = {
	{ PKI_PURPOSE_ANY, NULL, true, false, { 0 }, 0, "RFC 5280 4.2.1.12" },
	{ PKI_PURPOSE_SERVER, &pki_id_server_auth, true, true, { 0 }, 0, "RFC 5280 4.2.1.12" },
	{ PKI_PURPOSE_CLIENT, &pki_id_client_auth, true, true, { 0 }, 0, "RFC 5280 4.2.1.12" },
	{ PKI_PURPOSE_EMAIL, &pki_id_email_protection, true, true, { 0 }, SIGNS, "RFC 8550 4.4" },
	{ PKI_PURPOSE_CODE, &pki_id_code_signing, false, true, { 0 }, SIGNS, "RFC 5280 4.2.1.12" },
	{ PKI_PURPOSE_OCSP, &pki_id_ocsp_signing, false, false, { 0 }, PKI_KU_DIGITAL_SIGNATURE,
	    "RFC 6960 4.2.2.2" },
	{ PKI_PURPOSE_TIMESTAMP, &pki_id_time_stamping, false, true, { 0 }, SIGNS, "RFC 3161 2.3" },
	{ PKI_PURPOSE_OID, NULL, true, true, { 0 }, 0, "RFC 5280 4.2.1.12" },
};

static const rule *rule_of(const pki_verification *v)
{
	const rule *r = rules;

	while (r->purpose != v->o.purpose)
		r++;
	return r;
}

static pki_bytes oid_of(const pki_verification *v, const rule *r)
{
	return r->oid != NULL ? pki_oid_view(r->oid) : v->o.purpose_oid;
}

/* What an extKeyUsage has. */
typedef struct usages {
	bool there, critical, any, server, it;
	uint8_t reserved[3];
	size_t count;
} usages;

static pki_status read_usages(
    const pki_ctx *ctx, const pki_cert *c, pki_bytes it_is, usages *u, pki_error *err)
{
	pki_ext_iter it;
	pki_bytes oid;
	pki_ext e;

	*u = (usages){ .there = pki_cert_ext(c, PKI_OID(ext_key_usage), &e) };
	if (!u->there)
		return PKI_SUCCESS;
	u->critical = e.critical;
	pki_ext_list(&it, ctx, e.value);
	while (pki_ext_oid_next(&it, &oid)) {
		u->count++;
		u->any = u->any || pki_oid_equal(oid, PKI_OID(any_extended_key_usage));
		u->server = u->server || pki_oid_equal(oid, PKI_OID(server_auth));
		u->it = u->it || pki_oid_equal(oid, it_is);
	}
	return pki_ext_list_finish(&it, err);
}

void pki_check_purpose_of_ca(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	const rule *r = rule_of(v);
	pki_error why = PKI_ERROR_INIT;
	usages u;

	if (!r->along_path)
		return;
	if (read_usages(v->ctx, c, oid_of(v, r), &u, &why) != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_PURPOSE, &why);
	else if (u.there && !u.it && !u.any)
		pki_find(f, PKI_CODE_PURPOSE, "RFC 5280 4.2.1.12",
		    "extKeyUsage of a CA does not have the purpose");
}

static void check_usages(const pki_verification *v, const rule *r, const usages *u, pki_findings *f)
{
	bool any = r->any_serves && v->o.rules != PKI_RULES_WEBPKI && u->any;

	if (!u->there && !r->any_serves)
		pki_find(f, PKI_CODE_PURPOSE, r->clause, "has no extKeyUsage");
	else if (u->there && !u->it && !any)
		pki_find(f, PKI_CODE_PURPOSE, r->clause, "extKeyUsage does not have the purpose");
	if (r->purpose == PKI_PURPOSE_CODE && (u->any || u->server))
		pki_find(f, PKI_CODE_PURPOSE, CODE_SIGNING,
		    "extKeyUsage has serverAuth or anyExtendedKeyUsage beside codeSigning");
	if (r->purpose == PKI_PURPOSE_TIMESTAMP && u->there && (!u->critical || u->count != 1))
		pki_find(f, PKI_CODE_PURPOSE, r->clause,
		    "extKeyUsage is not critical, or has more than timeStamping");
}

static bool is_of_signers(const rule *r)
{
	return r->purpose == PKI_PURPOSE_CODE || r->purpose == PKI_PURPOSE_TIMESTAMP;
}

static void check_key_usage(const rule *r, const pki_cert *c, pki_findings *f)
{
	uint32_t usage = pki_cert_key_usage(c);
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(key_usage), &e))
		return;
	if ((usage & r->usage) == 0)
		pki_find(f, PKI_CODE_KEY_USAGE, "RFC 5280 4.2.1.3",
		    "keyUsage does not allow signatures for the purpose");
	if (is_of_signers(r) && (usage & (PKI_KU_KEY_CERT_SIGN | PKI_KU_CRL_SIGN)) != 0)
		pki_find(f, PKI_CODE_KEY_USAGE, CODE_SIGNING,
		    "keyUsage has keyCertSign or cRLSign, as a CA's");
	if (r->purpose == PKI_PURPOSE_CODE && !e.critical)
		pki_find(f, PKI_CODE_KEY_USAGE, CODE_SIGNING, "keyUsage is not critical");
}

void pki_check_purpose_of_leaf(const pki_verification *v, const pki_cert *c, pki_findings *f)
{
	const rule *r = rule_of(v);
	pki_error why = PKI_ERROR_INIT;
	usages u;

	if (r->purpose == PKI_PURPOSE_ANY)
		return;
	if (read_usages(v->ctx, c, oid_of(v, r), &u, &why) != PKI_SUCCESS)
		pki_find_error(f, PKI_CODE_PURPOSE, &why);
	else
		check_usages(v, r, &u, f);
	if (r->usage != 0)
		check_key_usage(r, c, f);
}
