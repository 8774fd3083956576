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
	pki_policy_constraints three = { .require_explicit_policy = 3,
		.has_require_explicit_policy = true,
		.has_inhibit_policy_mapping = true };

	pki_exts_policy_constraints(e, &three);
}

static void one_constraint(pki_exts *e)
{
	pki_exts_policy_constraints(e,
	    &(pki_policy_constraints){
		.inhibit_policy_mapping = 200, .has_inhibit_policy_mapping = true });
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

/* ---- subtrees from text ---- */

START_TEST(subtree_texts)
{
	static const struct {
		const char *text, *base; /* NULL: none */
	} cases[] = {
		{ "example.org", "820b 6578616d706c652e6f7267" },
		{ "DNS:a.b", "8203 612e62" },
		{ "dns:.a.b", "8204 2e612e62" },
		{ ".a.b", "8204 2e612e62" },
		{ "dns:", "8200" },
		{ "email:a.b", "8103 612e62" },
		{ "email:.a.b", "8104 2e612e62" },
		{ "email:x@a.b", "8105 7840612e62" },
		{ "x@a.b", "8105 7840612e62" },
		{ "uri:a.b", "8603 612e62" },
		{ "uri:.a.b", "8604 2e612e62" },
		{ "ip:192.0.2.0/24", "8708 c0000200ffffff00" },
		{ "10.0.0.0/8", "8708 0a000000ff000000" },
		{ "0.0.0.0/0", "8708 0000000000000000" },
		{ "ip:192.0.2.1", "8708 c0000201ffffffff" },
		{ "ip:192.0.2.1/32", "8708 c0000201ffffffff" },
		{ "192.0.0.0/255.0.255.0", "8708 c0000000ff00ff00" },
		{ "2001:db8::/33",
		    "8720 20010db8000000000000000000000000 ffffffff800000000000000000000000" },
		{ "::1", "8720 00000000000000000000000000000001 ffffffffffffffffffffffffffffffff" },
		{ "rid:1.2.3", "8802 2a03" },
		{ "dn:CN=x", "a40e 300c 310a 3008 0603550403 0c0178" },
		{ "", NULL },
		{ "dns:a b", NULL },
		{ "dns:*.a.b", NULL },
		{ "dns:..a.b", NULL },
		{ "dns:.", NULL },
		{ "a..b", NULL },
		{ "1.2.3.4", NULL },
		{ "uri:https://a.b/", NULL },
		{ "https://a.b/", NULL },
		{ "email:x@", NULL },
		{ "email:@a.b", NULL },
		{ "email:\xc3\xa9@a.b", NULL },
		{ "ip:", NULL },
		{ "ip:192.0.2.0/", NULL },
		{ "ip:192.0.2.0/33", NULL },
		{ "ip:192.0.2.0/024", NULL },
		{ "ip:192.0.2.0/-1", NULL },
		{ "ip:192.0.2.0/24 ", NULL },
		{ "ip:192.0.2.1/24", NULL },
		{ "ip:192.0.2.0/4294967320", NULL },
		{ "ip:2001:db8::/129", NULL },
		{ "ip:2001:db8::/255.0.0.0", NULL },
		{ "ip:/24", NULL },
		{ "dn:", NULL },
		{ "dn:x", NULL },
		{ "rid:x", NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_exts *e = new_exts();
		pki_name_constraints nc;
		pki_buf value = PKI_BUF_INIT;
		pki_bytes base = { NULL, 0 };
		pki_der r;

		pki_exts_exclude(e, cases[i].text);
		if (cases[i].base == NULL) {
			ck_assert_msg(pki_exts_status(e, NULL) == PKI_E_ARG, "%s", cases[i].text);
			pki_exts_free(e);
			continue;
		}
		ck_assert_msg(pki_exts_status(e, NULL) == PKI_SUCCESS, "%s", cases[i].text);
		t_ok(pki_exts_value(e, PKI_OID(name_constraints), &value, err));
		t_ok(pki_ext_name_constraints(NULL, pki_buf_bytes(&value), &nc, err));
		ck_assert_uint_eq(nc.permitted.len, 0);
		pki_der_init(&r, NULL, nc.excluded, NULL);
		pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, &base);
		t_ok(pki_der_finish(&r, err));
		t_bytes_eq(base, t_hex(cases[i].base));
		pki_buf_free(&value);
		pki_exts_free(e);
	}
}
END_TEST

/* What is shown can be said again. */
START_TEST(subtree_texts_again)
{
	static const char *const texts[] = { "dns:a.b", "email:x@a.b", "uri:.a.b", "ip:10.0.0.0/8",
		"ip:2001:db8::/32", "ip:192.0.0.0/255.0.255.0", "dn:CN=x", "rid:1.2.3",
		"other:1.2.3=0500" };

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		pki_exts *e = new_exts();
		pki_buf value = PKI_BUF_INIT, line = PKI_BUF_INIT;
		pki_ext x = { .oid = PKI_OID(name_constraints) };

		pki_exts_permit(e, texts[i]);
		t_ok(pki_exts_value(e, x.oid, &value, err));
		x.value = pki_buf_bytes(&value);
		t_ok(pki_ext_format(NULL, &x, &line, err));
		ck_assert_str_eq(pki_buf_str(&line) + strlen("permitted "), texts[i]);
		pki_buf_free(&line);
		pki_buf_free(&value);
		pki_exts_free(e);
	}
}
END_TEST

/* ---- what is refused ---- */

static void nothing_given(pki_exts *e)
{
	pki_exts_authority_key_id(e, NULL);
}

static void issuer_alone(pki_exts *e)
{
	pki_exts_authority_key_id(e, &(pki_authority_key_id){ .issuer = t_hex("820161") });
}

static void serial_alone(pki_exts *e)
{
	pki_exts_authority_key_id(e, &(pki_authority_key_id){ .serial = t_hex("01") });
}

static void serial_not_minimal(pki_exts *e)
{
	pki_exts_authority_key_id(
	    e, &(pki_authority_key_id){ .issuer = t_hex("820161"), .serial = t_hex("0001") });
}

static void issuer_no_name(pki_exts *e)
{
	pki_exts_authority_key_id(
	    e, &(pki_authority_key_id){ .issuer = t_hex("06012a"), .serial = t_hex("01") });
}

static void authority_twice(pki_exts *e)
{
	authority(e);
	authority(e);
}

static void not_a_uri(pki_exts *e)
{
	pki_exts_ocsp_url(e, "not a uri");
}

static void no_uri(pki_exts *e)
{
	pki_exts_issuer_url(e, NULL);
}

static void crl_not_a_uri(pki_exts *e)
{
	pki_exts_crl_url(e, "example.org");
}

static void no_access(pki_exts *e)
{
	pki_exts_subject_info(e, NULL);
}

static void access_without_method(pki_exts *e)
{
	pki_access a = { .location = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") } };

	pki_exts_authority_info(e, &a);
}

static void name_of_no_extension(pki_exts *e)
{
	pki_gn gn = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") };

	pki_exts_general_name(e, PKI_OID(key_usage), &gn);
}

static void name_of_no_type(pki_exts *e)
{
	pki_exts_general_name(e, PKI_OID(issuer_alt_name), &(pki_gn){ .type = 9 });
}

static void attribute_without_values(pki_exts *e)
{
	pki_exts_attribute(e, &(pki_attribute){ .type = t_hex("2a") });
}

static void nocheck_twice(pki_exts *e)
{
	pki_exts_ocsp_nocheck(e);
	pki_exts_ocsp_nocheck(e);
}

static void policy_twice(pki_exts *e)
{
	pki_exts_policy(e, t_hex("2a"));
	pki_exts_policy(e, t_hex("2b"));
	pki_exts_policy(e, t_hex("2a"));
}

static void policy_twice_in_der(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(certificate_policies), false, t_hex("3005 3003 06012a"));
	pki_exts_policy(e, t_hex("2a"));
}

static void policy_no_oid(pki_exts *e)
{
	pki_exts_policy(e, t_hex("80"));
}

static void qualifiers_not_der(pki_exts *e)
{
	pki_exts_policy_info(e, &(pki_policy){ t_hex("2a"), t_hex("30") });
}

static void policies_of_no_list(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(certificate_policies), false, t_hex("0500"));
	pki_exts_policy(e, t_hex("2a"));
}

static void any_policy_mapped(pki_exts *e)
{
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ PKI_OID(any_policy), t_hex("2a") });
}

static void mapped_to_any_policy(pki_exts *e)
{
	pki_exts_policy_mapping(e, &(pki_policy_mapping){ t_hex("2a"), PKI_OID(any_policy) });
}

static void no_constraint(pki_exts *e)
{
	pki_exts_policy_constraints(e, &(pki_policy_constraints){ .require_explicit_policy = 1 });
}

static void negative_constraint(pki_exts *e)
{
	pki_policy_constraints pc = { .require_explicit_policy = -1,
		.has_require_explicit_policy = true };

	pki_exts_policy_constraints(e, &pc);
}

static void negative_skip(pki_exts *e)
{
	pki_exts_inhibit_any_policy(e, -1);
}

static void subtree_minimum(pki_exts *e)
{
	pki_subtree t = { .base = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") },
		.minimum = 1 };

	pki_exts_permit_subtree(e, &t);
}

static void subtree_maximum(pki_exts *e)
{
	pki_subtree t = { .base = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") },
		.has_maximum = true };

	pki_exts_exclude_subtree(e, &t);
}

static void address_without_mask(pki_exts *e)
{
	pki_subtree t = { .base = { .type = PKI_GN_IP, .value = t_hex("c0000201") } };

	pki_exts_exclude_subtree(e, &t);
}

static void constraints_in_der_before(pki_exts *e)
{
	pki_exts_add(e, PKI_OID(name_constraints), true, t_hex("3007 a005 3003 820161"));
	pki_exts_permit(e, "b");
}

static void constraints_in_der_behind(pki_exts *e)
{
	pki_exts_permit(e, "b");
	pki_exts_add(e, PKI_OID(name_constraints), true, t_hex("3007 a005 3003 820161"));
}

static void point_of_nothing(pki_exts *e)
{
	pki_exts_dist_point(e, &(pki_dist_point){ .reasons = PKI_REASON_FLAG_HOLD });
}

static void point_of_two_names(pki_exts *e)
{
	pki_exts_dist_point(e,
	    &(pki_dist_point){
		.full_name = t_hex("820161"), .relative_name = t_hex("3008 0603550403 0c0178") });
}

static void relative_no_rdn(pki_exts *e)
{
	pki_exts_freshest_crl(e, &(pki_dist_point){ .relative_name = t_hex("0500") });
}

static void number_too_long(pki_exts *e)
{
	pki_exts_crl_number(e, t_hex("01ffffffffffffffffffffffffffffffffffffffff"));
}

/* 20 octets, and 21 of an INTEGER */
static void number_of_21(pki_exts *e)
{
	pki_exts_crl_number(e, t_hex("8000000000000000000000000000000000000000"));
}

static void base_of_21(pki_exts *e)
{
	pki_exts_delta_crl(e, t_hex("ffffffffffffffffffffffffffffffffffffffff"));
}

static void reason_seven(pki_exts *e)
{
	pki_exts_crl_reason(e, 7);
}

static void reason_none(pki_exts *e)
{
	pki_exts_crl_reason(e, -1);
}

static void date_too_late(pki_exts *e)
{
	pki_exts_invalidity_date(e, INT64_C(253402300800));
}

static void empty_issuing_point(pki_exts *e)
{
	pki_exts_issuing_point(e, &(pki_issuing_point){ .only_some_reasons = 0 });
}

static void two_kinds_of_certs(pki_exts *e)
{
	pki_exts_issuing_point(
	    e, &(pki_issuing_point){ .only_ca_certs = true, .only_user_certs = true });
}

START_TEST(refused)
{
	static void (*const bad[])(pki_exts * e) = { nothing_given, issuer_alone, serial_alone,
		serial_not_minimal, issuer_no_name, authority_twice, not_a_uri, no_uri,
		crl_not_a_uri, no_access, access_without_method, name_of_no_extension,
		name_of_no_type, attribute_without_values, nocheck_twice, policy_twice,
		policy_twice_in_der, policy_no_oid, qualifiers_not_der, any_policy_mapped,
		mapped_to_any_policy, no_constraint, negative_constraint, negative_skip,
		subtree_minimum, subtree_maximum, address_without_mask, constraints_in_der_before,
		constraints_in_der_behind, point_of_nothing, point_of_two_names, relative_no_rdn,
		number_too_long, number_of_21, base_of_21, reason_seven, reason_none, date_too_late,
		empty_issuing_point, two_kinds_of_certs, policies_of_no_list };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_exts *e = new_exts();
		pki_status st;

		bad[i](e);
		st = pki_exts_status(e, NULL);
		ck_assert_msg(st == PKI_E_ARG, "%zu: %s", i, pki_status_text(st));
		/* it sticks */
		pki_exts_key_usage(e, 1);
		pki_exts_permit(e, "a");
		pki_exts_crl_url(e, "https://example.org/");
		ck_assert_int_eq(pki_exts_status(e, NULL), PKI_E_ARG);
		pki_exts_free(e);
	}
}
END_TEST

START_TEST(refused_qualifiers)
{
	static char long_text[202];
	const pki_policy_qualifier bad[] = {
		{ .oid = t_hex("80"), .other = t_hex("0500") },
		{ .oid = t_hex("2a") },
		{ .oid = t_hex("2a"), .other = t_hex("05") },
		{ .oid = t_hex("2a"), .other = t_hex("05000500") },
		{ .oid = PKI_OID(qt_cps), .cps = t_hex("80") },
		{ .oid = PKI_OID(qt_cps), .cps = t_hex("00") },
		{ .oid = PKI_OID(qt_unotice), .explicit_text = { t_hex(""), PKI_TAG_UTF8, 0 } },
		{ .oid = PKI_OID(qt_unotice), .explicit_text = { t_hex("80"), PKI_TAG_UTF8, 0 } },
		{ .oid = PKI_OID(qt_unotice),
		    .explicit_text = { t_hex("61"), PKI_TAG_TELETEX, 0 } },
		{ .oid = PKI_OID(qt_unotice), .explicit_text = { t_hex("61"), PKI_TAG_BMP, 0 } },
		{ .oid = PKI_OID(qt_unotice),
		    .explicit_text = { t_hex("0a"), PKI_TAG_VISIBLE, 0 } },
		{ .oid = PKI_OID(qt_unotice),
		    .explicit_text = { pki_bytes_of(long_text, 201), PKI_TAG_UTF8, 0 } },
		{ .oid = PKI_OID(qt_unotice),
		    .organization = { t_hex("61"), PKI_TAG_UTF8, 0 },
		    .notice_numbers = t_hex("0500") },
	};
	pki_buf out = PKI_BUF_INIT;

	memset(long_text, 'a', 201);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_status st = pki_policy_qualifier_encode(NULL, &bad[i], &out, NULL);

		ck_assert_msg(st == PKI_E_ARG, "%zu: %s", i, pki_status_text(st));
		ck_assert_uint_eq(out.len, 0);
	}
}
END_TEST

/* ---- extensions that are extended ---- */

static void check_value(const pki_exts *e, pki_bytes oid, const char *hex)
{
	pki_buf value = PKI_BUF_INIT;

	t_ok(pki_exts_value(e, oid, &value, err));
	t_bytes_eq(pki_buf_bytes(&value), t_hex(hex));
	pki_buf_free(&value);
}

START_TEST(extended)
{
	pki_exts *e = new_exts(), *copy = NULL;
	pki_buf none = PKI_BUF_INIT;

	pki_exts_add(e, PKI_OID(certificate_policies), true, t_hex("3005 3003 06012a"));
	pki_exts_policy(e, t_hex("2b"));
	pki_exts_add(e, PKI_OID(certificate_policies), false, t_hex("3005 3003 06012c"));
	pki_exts_permit(e, "a");
	pki_exts_exclude(e, "b");
	t_ok(pki_exts_status(e, err));
	check_value(e, PKI_OID(certificate_policies), "300f 3003 06012a 3003 06012b 3003 06012c");
	check_value(e, PKI_OID(name_constraints), "300e a005 3003 820161 a105 3003 820162");
	t_ok(pki_exts_dup(NULL, e, &copy, err));
	pki_exts_permit(copy, "c");
	pki_exts_permit(e, "d");
	check_value(
	    copy, PKI_OID(name_constraints), "3013 a00a 3003 820161 3003 820163 a105 3003 820162");
	check_value(
	    e, PKI_OID(name_constraints), "3013 a00a 3003 820161 3003 820164 a105 3003 820162");
	t_fails(PKI_E_NOTFOUND, pki_exts_value(e, PKI_OID(key_usage), &none, err));
	pki_exts_free(copy);
	pki_exts_free(e);
}
END_TEST

START_TEST(extended_limits)
{
	pki_limits limits = { .size = sizeof limits, .san_names = 3, .policy_nodes = 2 };
	pki_ctx_opts opts = { .size = sizeof opts, .limits = &limits };
	pki_ctx *ctx = NULL;
	pki_exts *e = NULL;

	t_ok(pki_ctx_new(&opts, &ctx, err));
	t_ok(pki_exts_new(ctx, &e, err));
	pki_exts_permit(e, "a");
	pki_exts_exclude(e, "b");
	pki_exts_permit(e, "c");
	t_ok(pki_exts_status(e, err));
	pki_exts_exclude(e, "d");
	t_fails(PKI_E_LIMIT, pki_exts_status(e, err));
	pki_exts_free(e);
	t_ok(pki_exts_new(ctx, &e, err));
	pki_exts_policy(e, t_hex("2a"));
	pki_exts_policy(e, t_hex("2b"));
	t_ok(pki_exts_status(e, err));
	pki_exts_policy(e, t_hex("2c"));
	t_fails(PKI_E_LIMIT, pki_exts_status(e, err));
	pki_exts_free(e);
	pki_ctx_free(ctx);
}
END_TEST

/* Times before 2050 are GeneralizedTime here. */
START_TEST(dates)
{
	static const struct {
		pki_time t;
		const char *hex;
	} cases[] = {
		{ INT64_C(-631152000), "180f 31393530303130313030303030305a" },
		{ -1, "180f 31393639313233313233353935395a" },
		{ INT64_C(946684800), "180f 32303030303130313030303030305a" },
		{ INT64_C(2524607999), "180f 32303439313233313233353935395a" },
		{ INT64_C(2524608000), "180f 32303530303130313030303030305a" },
		{ INT64_C(-2208988800), "180f 31393030303130313030303030305a" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_exts *e = new_exts();
		pki_time t;

		pki_exts_invalidity_date(e, cases[i].t);
		check_value(e, PKI_OID(invalidity_date), cases[i].hex);
		t_ok(pki_ext_invalidity_date(NULL, t_hex(cases[i].hex), &t, err));
		ck_assert_int_eq(t, cases[i].t);
		pki_exts_free(e);
	}
}
END_TEST

/* ---- looked at, and made critical ---- */

/* A list that grows is whole at every length, with a header of each length. */
START_TEST(looked_at)
{
	pki_exts *e = new_exts();
	pki_ext x;

	ck_assert(!pki_exts_at(e, 0, &x));
	for (size_t n = 1; n <= 300; n++) {
		pki_ext_iter it;
		pki_bytes oid;

		pki_exts_eku(e, t_hex("2a0304"));
		ck_assert(pki_exts_at(e, 0, &x));
		pki_ext_list(&it, NULL, x.value);
		while (pki_ext_oid_next(&it, &oid))
			t_bytes_eq(oid, t_hex("2a0304"));
		t_ok(pki_ext_list_finish(&it, err));
		ck_assert_uint_eq(it.count, n);
	}
	pki_exts_permit(e, "a");
	pki_exts_exclude(e, "b");
	pki_exts_permit(e, "c");
	ck_assert(pki_exts_at(e, 1, &x));
	t_bytes_eq(x.oid, PKI_OID(name_constraints));
	ck_assert(x.critical);
	t_bytes_eq(x.value, t_hex("3013 a00a 3003820161 3003820163 a105 3003820162"));
	pki_exts_add(e, t_hex("2a03"), false, t_hex("0500"));
	ck_assert(pki_exts_at(e, 2, &x));
	t_bytes_eq(x.oid, t_hex("2a03"));
	t_bytes_eq(x.value, t_hex("0500"));
	ck_assert(!x.critical);
	ck_assert(pki_exts_at(e, 2, NULL));
	ck_assert(!pki_exts_at(e, 3, &x));
	ck_assert_ptr_null(x.value.data);
	ck_assert(!pki_exts_at(NULL, 0, &x));
	t_ok(pki_exts_status(e, err));
	pki_exts_free(e);
}
END_TEST

START_TEST(copies_grow)
{
	pki_exts *e = new_exts(), *copy = NULL;
	pki_ext x;

	pki_exts_eku(e, t_hex("2a03"));
	pki_exts_permit(e, "a");
	t_ok(pki_exts_dup(NULL, e, &copy, err));
	pki_exts_free(e);
	pki_exts_eku(copy, t_hex("2a04"));
	pki_exts_exclude(copy, "b");
	ck_assert(pki_exts_at(copy, 0, &x));
	t_bytes_eq(x.value, t_hex("3008 06022a03 06022a04"));
	ck_assert(pki_exts_at(copy, 1, &x));
	t_bytes_eq(x.value, t_hex("300e a005 3003820161 a105 3003820162"));
	t_ok(pki_exts_status(copy, err));
	pki_exts_free(copy);
}
END_TEST

static const struct {
	const pki_oid *oid;
	const char *value, *never, *always; /* the clause; NULL: it may be */
} criticalities[] = {
	{ &pki_id_ext_key_usage, "3003 06012a", NULL, NULL },
	{ &pki_id_certificate_policies, "3005 3003 06012a", NULL, NULL },
	{ &pki_id_basic_constraints, "3000", NULL, NULL },
	{ &pki_id_policy_mappings, "3000", NULL, NULL },
	{ &pki_id_crl_distribution_points, "3000", NULL, NULL },
	{ &pki_id_subject_key_identifier, "040101", "RFC 5280 4.2.1.2", NULL },
	{ &pki_id_authority_info_access, "3000", "RFC 5280 4.2.2.1", NULL },
	{ &pki_id_logotype, "3000", "RFC 9399 4.1", NULL },
	{ &pki_id_name_constraints, "3000", NULL, "RFC 5280 4.2.1.10" },
	{ &pki_id_crl_number, "020101", "RFC 5280 5.2.3", NULL },
	{ &pki_id_issuing_distribution_point, "3000", NULL, "RFC 5280 5.2.5" },
	{ &pki_id_crl_reasons, "0a0101", "RFC 5280 5.3.1", NULL },
	{ &pki_id_certificate_issuer, "3000", NULL, "RFC 5280 5.3.3" },
};

static void check_set_critical(size_t i, bool critical, const char *clause)
{
	pki_bytes oid = pki_oid_view(criticalities[i].oid);
	pki_error why = PKI_ERROR_INIT;
	pki_exts *e = new_exts();
	pki_status st;
	pki_ext x;

	pki_exts_add(e, oid, !critical, t_hex(criticalities[i].value));
	pki_exts_set_critical(e, oid, critical);
	st = pki_exts_status(e, &why);
	ck_assert_msg(
	    st == (clause == NULL ? PKI_SUCCESS : PKI_E_ARG), "%zu: %s", i, t_error(&why));
	if (clause != NULL)
		ck_assert_str_eq(pki_error_clause(&why), clause);
	ck_assert(pki_exts_at(e, 0, &x));
	ck_assert(x.critical == (clause == NULL ? critical : !critical));
	pki_exts_free(e);
}

START_TEST(set_critical)
{
	pki_exts *e = new_exts();

	for (size_t i = 0; i < sizeof criticalities / sizeof criticalities[0]; i++) {
		check_set_critical(i, true, criticalities[i].never);
		check_set_critical(i, false, criticalities[i].always);
	}
	pki_exts_set_critical(NULL, PKI_OID(ext_key_usage), true);
	pki_exts_key_usage(e, PKI_KU_CRL_SIGN);
	pki_exts_set_critical(e, PKI_OID(ext_key_usage), true);
	t_fails(PKI_E_ARG, pki_exts_status(e, err));
	pki_exts_free(e);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { copies, made, subtree_texts, subtree_texts_again, refused,
		refused_qualifiers, extended, extended_limits, dates, looked_at, copies_grow,
		set_critical, NULL };

	return t_main("ext_make", tests);
}
