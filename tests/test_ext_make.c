/* SPDX-License-Identifier: BSD-3-Clause */
/* Each extension built by libpki is, octet by octet, what another tool made; its fields are all
 * there; and what no extension can hold is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/types/ext.h"
#include "tests/lib/ext_copy.h"
#include "tests/lib/t.h"

static pki_exts *new_exts(void)
{
	pki_exts *e = NULL;

	t_ok(pki_exts_new(NULL, &e, err));
	return e;
}

/* ---- what another tool made ---- */

typedef struct vector {
	char label[64];
	bool critical;
	pki_bytes value;
} vector;

/* A line of openssl.txt; false: there are no more. */
static bool next_vector(const char **text, vector *v)
{
	int critical, n = 0;
	char *hex;

	if (sscanf(*text, "%63s %d %n", v->label, &critical, &n) != 2)
		return false;
	*text += n;
	n = (int)strcspn(*text, "\n");
	hex = malloc((size_t)n + 1);
	ck_assert_ptr_nonnull(hex);
	memcpy(hex, *text, (size_t)n);
	hex[n] = '\0';
	*text += n;
	v->critical = critical != 0;
	v->value = t_hex(hex);
	free(hex);
	return true;
}

static pki_buf vectors(void)
{
	pki_buf text = PKI_BUF_INIT;

	t_ok(pki_buf_append(&text, t_vector("ext/openssl.txt"), err));
	return text;
}

static vector vector_of(const char *label)
{
	pki_buf text = vectors();
	const char *at = pki_buf_str(&text);
	vector v;

	while (next_vector(&at, &v) && strcmp(v.label, label) != 0)
		;
	ck_assert_msg(strcmp(v.label, label) == 0, "%s: no such vector", label);
	pki_buf_free(&text);
	return v;
}

/* "keyUsage-9" is a keyUsage. */
static pki_buf oid_of(const vector *v)
{
	pki_buf name = PKI_BUF_INIT, oid = PKI_BUF_INIT;
	size_t n = strstr(v->label, "pkix-") == v->label ? strlen(v->label)
							 : strcspn(v->label, "-");

	t_ok(pki_buf_append(&name, pki_bytes_of(v->label, n), err));
	t_ok(pki_oid_parse(pki_buf_str(&name), &oid, err));
	pki_buf_free(&name);
	return oid;
}

/* The list has this one extension. */
static void check_made(const pki_exts *e, const vector *v)
{
	pki_buf made = PKI_BUF_INIT, oid = oid_of(v);
	pki_ext x;
	pki_derw w;
	pki_der r, s;

	pki_derw_init(&w, NULL);
	pki_exts_write(&w, e, false);
	t_ok(pki_derw_finish(&w, &made, err));
	pki_der_init(&r, NULL, pki_buf_bytes(&made), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_ext_read(&s, NULL, &x);
	pki_der_leave(&s);
	t_ok(pki_der_finish(&r, err));
	t_bytes_eq(x.oid, pki_buf_bytes(&oid));
	ck_assert_msg(x.critical == v->critical, "%s: critical", v->label);
	t_bytes_eq(x.value, v->value);
	pki_buf_free(&made);
	pki_buf_free(&oid);
}

START_TEST(copies)
{
	pki_buf text = vectors();
	const char *at = pki_buf_str(&text);
	size_t count = 0;
	vector v;

	for (; next_vector(&at, &v); count++) {
		pki_buf oid = oid_of(&v);
		pki_exts *e = new_exts();
		bool known;

		t_ok(ext_copy(pki_buf_bytes(&oid), v.value, e, &known, err));
		ck_assert_msg(known, "%s", v.label);
		check_made(e, &v);
		pki_exts_free(e);
		pki_buf_free(&oid);
	}
	ck_assert_uint_eq(count, 33);
	pki_buf_free(&text);
}
END_TEST

/* ---- from what a program says ---- */

static void infos(pki_exts *e)
{
	pki_exts_ocsp_url(e, "http://ocsp.example.org/");
	pki_exts_issuer_url(e, "http://example.org/ca.der");
}

static void issuer_names(pki_exts *e)
{
	pki_exts_ian(e, "ca.example.org");
	pki_exts_ian(e, "https://ca.example.org/");
}

static void authority(pki_exts *e)
{
	pki_exts_authority_key_id(e, &(pki_authority_key_id){ .key_id = t_hex("0102030405") });
}

static void subtrees(pki_exts *e)
{
	pki_exts_permit(e, "example.org");
	pki_exts_exclude(e, "uri:.example.org");
	pki_exts_permit(e, "192.0.2.0/24");
	pki_exts_exclude(e, "dns:secret.example.org");
	pki_exts_permit(e, "ip:2001:db8::/32");
	pki_exts_permit(e, "email:example.org");
	pki_exts_exclude(e, "dn:O=Example");
}

static void distances(pki_exts *e)
{
	pki_subtree t = { .minimum = 1, .maximum = 300 };

	t.base.type = PKI_GN_DNS;
	t.base.value = pki_bytes_str("example.org");
	pki_exts_permit_subtree(e, &t);
}

static void nocheck(pki_exts *e)
{
	pki_exts_ocsp_nocheck(e);
}

static void no_rev_avail(pki_exts *e)
{
	pki_exts_no_rev_avail(e);
}

static void features(pki_exts *e)
{
	pki_exts_tls_feature(e, 5);
	pki_exts_tls_feature(e, 17);
}

static void constraints(pki_exts *e)
{
	pki_exts_policy_constraints(e, &(pki_policy_constraints){ 3, 0 });
}

static void one_constraint(pki_exts *e)
{
	pki_exts_policy_constraints(e, &(pki_policy_constraints){ -1, 200 });
}

static void inhibit(pki_exts *e)
{
	pki_exts_inhibit_any_policy(e, 2);
}

static void number(pki_exts *e)
{
	pki_exts_crl_number(e, t_hex("0000ff01"));
}

static void base_number(pki_exts *e)
{
	pki_exts_delta_crl(e, t_hex("80"));
}

static void reason(pki_exts *e)
{
	pki_exts_crl_reason(e, PKI_REASON_CA_COMPROMISE);
}

static void date(pki_exts *e)
{
	pki_exts_invalidity_date(e, INT64_C(1766599200));
}

static void attribute_crl(pki_exts *e)
{
	pki_exts_issuing_point(e, &(pki_issuing_point){ .only_attribute_certs = true });
}

static void user_crl(pki_exts *e)
{
	pki_issuing_point p = { .only_user_certs = true };
	pki_buf relative = PKI_BUF_INIT;
	pki_name *rdn = NULL;

	t_ok(pki_name_from_string(NULL, "CN=x", &rdn, err));
	t_ok(pki_relative_name_encode(NULL, rdn, &relative, err));
	p.relative_name = pki_buf_bytes(&relative);
	pki_exts_issuing_point(e, &p);
	pki_name_free(rdn);
	pki_buf_free(&relative);
}

static void issuer_of_entry(pki_exts *e)
{
	pki_gn gn = { .value = pki_bytes_str("ca.example.org"), .type = PKI_GN_DNS };

	pki_exts_general_name(e, PKI_OID(certificate_issuer), &gn);
}

static void mappings(pki_exts *e)
{
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ t_hex("2a03"), t_hex("2a04") });
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ t_hex("2a05"), t_hex("2a06") });
}

static pki_buf notices(void)
{
	static const pki_display_text explicit = { .tag = PKI_TAG_UTF8 };
	pki_buf out = PKI_BUF_INIT, numbers = PKI_BUF_INIT;
	pki_policy_qualifier q = { .oid = PKI_OID(qt_unotice), .explicit_text = explicit };
	pki_policy_qualifier uri = { .oid = PKI_OID(qt_cps) };
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_int64(&w, 1);
	pki_derw_int64(&w, 2);
	pki_derw_int64(&w, 3);
	pki_derw_int64(&w, 400);
	t_ok(pki_derw_finish(&w, &numbers, err));
	q.notice_numbers = pki_buf_bytes(&numbers);
	q.explicit_text.value = pki_bytes_str("Explicit text");
	q.organization.value = pki_bytes_str("Organisation");
	q.organization.tag = PKI_TAG_VISIBLE;
	uri.cps = pki_bytes_str("https://example.org/cps");
	t_ok(pki_policy_qualifier_encode(NULL, &uri, &out, err));
	uri.cps = pki_bytes_str("https://example.org/cps2");
	t_ok(pki_policy_qualifier_encode(NULL, &uri, &out, err));
	t_ok(pki_policy_qualifier_encode(NULL, &q, &out, err));
	pki_buf_free(&numbers);
	return out;
}

static void policies(pki_exts *e)
{
	pki_policy_qualifier q = { .oid = PKI_OID(qt_unotice) };
	pki_policy p = { .oid = t_hex("2b0508") };
	pki_buf list = notices();

	pki_exts_policy(e, PKI_OID(any_policy));
	pki_exts_policy(e, t_hex("2a0304"));
	p.qualifiers = pki_buf_bytes(&list);
	pki_exts_policy_info(e, &p);
	pki_buf_free(&list);
	q.explicit_text.tag = PKI_TAG_VISIBLE;
	q.explicit_text.value = pki_bytes_str("Visible");
	t_ok(pki_policy_qualifier_encode(NULL, &q, &list, err));
	p.oid = t_hex("2b0509");
	p.qualifiers = pki_buf_bytes(&list);
	pki_exts_policy_info(e, &p);
	pki_buf_free(&list);
}

static void delta_url(pki_exts *e)
{
	pki_gn gn = { .value = pki_bytes_str("http://example.org/delta.crl"), .type = PKI_GN_URI };
	pki_buf names = PKI_BUF_INIT;

	t_ok(pki_gn_encode(NULL, &gn, &names, err));
	pki_exts_freshest_crl(e, &(pki_dist_point){ .full_name = pki_buf_bytes(&names) });
	pki_buf_free(&names);
}

static void repository(pki_exts *e)
{
	pki_access a = { .method = PKI_OID(ad_ca_repository) };

	a.location.type = PKI_GN_URI;
	a.location.value = pki_bytes_str("http://example.org/repository/");
	pki_exts_subject_info(e, &a);
}

static void directory_attributes(pki_exts *e)
{
	pki_exts_attribute(e, &(pki_attribute){ PKI_OID(country_name), t_hex("1302 4e4c") });
	pki_exts_attribute(e,
	    &(pki_attribute){
		t_hex("2b06010505070901"), t_hex("180f 31393730303130313132303030305a") });
}

START_TEST(made)
{
	static const struct {
		const char *label;
		void (*make)(pki_exts *e);
	} cases[] = {
		{ "authorityInfoAccess", infos },
		{ "issuerAltName", issuer_names },
		{ "authorityKeyIdentifier", authority },
		{ "nameConstraints", subtrees },
		{ "nameConstraints-distance", distances },
		{ "pkix-ocsp-nocheck", nocheck },
		{ "noRevAvail", no_rev_avail },
		{ "tlsfeature", features },
		{ "policyConstraints", constraints },
		{ "policyConstraints-one", one_constraint },
		{ "inhibitAnyPolicy", inhibit },
		{ "cRLNumber", number },
		{ "deltaCRLIndicator", base_number },
		{ "cRLReasons", reason },
		{ "invalidityDate", date },
		{ "issuingDistributionPoint-attributes", attribute_crl },
		{ "issuingDistributionPoint-user", user_crl },
		{ "certificateIssuer", issuer_of_entry },
		{ "policyMappings", mappings },
		{ "certificatePolicies", policies },
		{ "freshestCRL", delta_url },
		{ "subjectInfoAccess", repository },
		{ "subjectDirectoryAttributes", directory_attributes },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		vector v = vector_of(cases[i].label);
		pki_exts *e = new_exts();

		cases[i].make(e);
		t_ok(pki_exts_status(e, err));
		check_made(e, &v);
		pki_exts_free(e);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { copies, made, NULL };

	return t_main("ext_make", tests);
}
