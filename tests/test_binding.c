/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The code against the specification: every production of the ASN.1 modules, written by libtasn1 in
 * every shape it has, is read by libpki and written again as the same octets; and the reverse.
 */
#include <pki/pki.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/modules.inc"
#include "libpki/crypto/pbe.h"
#include "libpki/types/algid.h"
#include "libpki/types/attribute.h"
#include "libpki/types/dsakey.h"
#include "libpki/types/eckey.h"
#include "libpki/types/ecsig.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/types/hash.h"
#include "libpki/types/name.h"
#include "libpki/types/pkcs8.h"
#include "libpki/types/rsakey.h"
#include "libpki/types/sigalg.h"
#include "libpki/types/spki.h"
#include "libpki/verify/trust.h"
#include "tests/lib/ext_copy.h"
#include "tests/lib/nested.h"
#include "tests/lib/schema.h"

#define MODULES (sizeof asn1_modules / sizeof *asn1_modules)

/* ---- codecs: each reads one value of its production and writes it again ---- */

typedef void codec(pki_der *r, pki_derw *w);

static void carry(pki_der *r, pki_status st, const pki_error *err)
{
	if (st != PKI_SUCCESS)
		(void)pki_der_fail(r, st, pki_error_reason(err), pki_error_clause(err));
}

static pki_status recode(codec *c, pki_bytes in, pki_buf *out, pki_error *err)
{
	pki_status st;
	pki_derw w;
	pki_der r;

	pki_der_init(&r, NULL, in, "production");
	pki_derw_init(&w, NULL);
	c(&r, &w);
	st = pki_der_finish(&r, err);
	if (st == PKI_SUCCESS)
		st = pki_derw_finish(&w, out, err);
	pki_derw_free(&w);
	return st;
}

static pki_bytes whole(pki_der *r)
{
	pki_bytes tlv = { NULL, 0 };

	(void)pki_der_whole(r, 0, NULL, &tlv);
	return tlv;
}

/* The same octets under another identifier octet. */
static pki_bytes under(pki_buf *b, uint8_t tag, pki_bytes tlv)
{
	ck_assert_int_eq(pki_buf_append(b, tlv, NULL), PKI_SUCCESS);
	if (b->len > 0)
		b->data[0] = tag;
	return pki_buf_bytes(b);
}

static void any(pki_der *r, pki_derw *w)
{
	pki_derw_raw(w, whole(r));
}

static void oid(pki_der *r, pki_derw *w)
{
	pki_bytes v;

	if (pki_der_oid(r, NULL, &v))
		pki_derw_oid(w, v);
}

static void octets(pki_der *r, pki_derw *w)
{
	pki_bytes v;

	if (pki_der_next(r, PKI_TAG_OCTETS, NULL, &v))
		pki_derw_put(w, PKI_TAG_OCTETS, v);
}

static void integer(pki_der *r, pki_derw *w)
{
	int64_t v;

	if (pki_der_int64(r, NULL, &v))
		pki_derw_int64(w, v);
}

static void bits(pki_der *r, pki_derw *w)
{
	unsigned unused;
	pki_bytes v;

	if (pki_der_bits(r, NULL, &v, &unused))
		pki_derw_bits(w, v, unused);
}

static void time_of(pki_der *r, pki_derw *w)
{
	pki_time t;

	if (pki_der_time(r, NULL, &t))
		pki_derw_time(w, t);
}

static void text(pki_der *r, pki_derw *w)
{
	pki_buf utf8 = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_bytes v;
	pki_tag tag;

	if (!pki_der_any(r, NULL, &tag, &v))
		return;
	carry(r, pki_text_decode(tag, v, &utf8, &err), &err);
	carry(r, pki_text_encode(tag, pki_buf_bytes(&utf8), &again, &err), &err);
	pki_derw_put(w, tag, pki_buf_bytes(&again));
	pki_buf_free(&again);
	pki_buf_free(&utf8);
}

/* A Name, taken apart and built again from its AttributeTypeAndValues. */
static void rebuild(const pki_name *n, pki_name_builder *b)
{
	size_t rdn = SIZE_MAX;

	for (size_t i = 0; i < n->count; i++) {
		const pki_ava *a = &n->avas[i];
		unsigned join = a->attr.rdn == rdn ? PKI_AVA_JOIN : 0;

		pki_name_builder_put(b, a->attr.type, a->tlv, join | PKI_AVA_DER);
		rdn = a->attr.rdn;
	}
}

static void name_tlv(pki_der *r, pki_bytes tlv, pki_buf *again)
{
	pki_name_builder *b = NULL;
	pki_name *n = NULL, *m = NULL;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_name_parse(NULL, tlv, &n, &err);

	if (st == PKI_SUCCESS)
		st = pki_name_builder_new(NULL, &b, &err);
	if (st == PKI_SUCCESS) {
		rebuild(n, b);
		st = pki_name_builder_finish(b, &m, &err);
	}
	if (st == PKI_SUCCESS)
		st = pki_buf_append(again, pki_name_der(m), &err);
	carry(r, st, &err);
	pki_name_builder_free(b);
	pki_name_free(m);
	pki_name_free(n);
}

static void name(pki_der *r, pki_derw *w)
{
	pki_buf again = PKI_BUF_INIT;

	name_tlv(r, whole(r), &again);
	pki_derw_raw(w, pki_buf_bytes(&again));
	pki_buf_free(&again);
}

/* What is inside `levels` SEQUENCEs or SETs around a value. */
static pki_bytes inside(pki_bytes tlv, unsigned levels)
{
	pki_bytes v = tlv;
	pki_tag tag;
	pki_der r;

	while (levels-- > 0) {
		pki_der_init(&r, NULL, v, "wrapped");
		(void)pki_der_any(&r, NULL, &tag, &v);
		ck_assert_int_eq(pki_der_finish(&r, NULL), PKI_SUCCESS);
	}
	return v;
}

/* A value that is the one element of the one element ... of a Name. */
static void in_name(pki_der *r, pki_derw *w, unsigned levels)
{
	static const pki_tag tags[] = { PKI_TAG_SEQUENCE, PKI_TAG_SET };
	pki_buf wrapped = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_derw v;

	pki_derw_init(&v, NULL);
	for (unsigned i = 0; i < levels; i++)
		pki_derw_begin(&v, tags[i]);
	pki_derw_raw(&v, whole(r));
	for (unsigned i = 0; i < levels; i++)
		pki_derw_end(&v);
	ck_assert_int_eq(pki_derw_finish(&v, &wrapped, NULL), PKI_SUCCESS);
	name_tlv(r, pki_buf_bytes(&wrapped), &again);
	if (again.len > 0)
		pki_derw_raw(w, inside(pki_buf_bytes(&again), levels));
	pki_buf_free(&again);
	pki_buf_free(&wrapped);
}

static void rdn(pki_der *r, pki_derw *w)
{
	in_name(r, w, 1);
}

static void ava(pki_der *r, pki_derw *w)
{
	in_name(r, w, 2);
}

static void attribute(pki_der *r, pki_derw *w)
{
	pki_attribute a;

	if (pki_attribute_read(r, NULL, &a))
		pki_attribute_write(w, &a);
}

static void algid(pki_der *r, pki_derw *w)
{
	pki_algid id;

	if (pki_algid_read(r, NULL, &id))
		pki_algid_write(w, id.oid, id.params);
}

/* Keys that libpki makes are written by its writers, others from their parts. */
static void spki(pki_der *r, pki_derw *w)
{
	pki_bytes tlv;
	pki_spki s;

	if (!pki_spki_read(r, NULL, &s, &tlv))
		return;
	if (s.type != PKI_KEY_UNKNOWN) {
		pki_spki_write_point(w, s.type, s.key);
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_algid_write(w, s.algorithm, s.parameters);
	pki_derw_bits(w, s.key, 0);
	pki_derw_end(w);
}

static void extension(pki_der *r, pki_derw *w)
{
	pki_ext e;

	if (pki_ext_read(r, NULL, &e))
		pki_ext_write(w, &e);
}

static pki_exts *new_exts(void)
{
	pki_exts *e;

	ck_assert_int_eq(pki_exts_new(NULL, &e, NULL), PKI_SUCCESS);
	return e;
}

/* The value of the one extension that a list has. */
static void one_value(pki_exts *list, pki_derw *w)
{
	pki_buf der = PKI_BUF_INIT;
	pki_derw v;
	pki_ext e;
	pki_der r;

	pki_derw_init(&v, NULL);
	pki_exts_write(&v, list, false);
	if (pki_derw_finish(&v, &der, NULL) == PKI_SUCCESS) {
		pki_bytes one = inside(pki_buf_bytes(&der), 1);

		pki_der_init(&r, NULL, one, "Extension");
		(void)pki_ext_read(&r, NULL, &e);
		ck_assert_int_eq(pki_der_finish(&r, NULL), PKI_SUCCESS);
		pki_derw_raw(w, e.value);
	}
	pki_buf_free(&der);
	pki_exts_free(list);
}

static void basic_constraints(pki_der *r, pki_derw *w)
{
	pki_basic_constraints bc = { .path_len = -1 };
	pki_error err = PKI_ERROR_INIT;
	pki_exts *list = new_exts();

	carry(r, pki_ext_basic_constraints(NULL, whole(r), &bc, &err), &err);
	pki_exts_basic_constraints(list, bc.ca, bc.path_len);
	one_value(list, w);
}

static void key_usage(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_exts *list = new_exts();
	uint32_t flags = 0;

	carry(r, pki_ext_key_usage(NULL, whole(r), &flags, &err), &err);
	pki_exts_key_usage(list, flags);
	one_value(list, w);
}

/* ---- extensions, by way of their fields ---- */

/* Where a production stands in an extension's value: what is before and after it, in hex with
 * braces; its identifier octet there, if it is IMPLICIT; which children to go down to find it. */
typedef struct place {
	const pki_oid *oid;
	const char *before, *after, *tag, *path;
} place;

static void child(pki_bytes *tlv, unsigned n)
{
	pki_bytes inner = inside(*tlv, 1);
	pki_der r;

	pki_der_init(&r, NULL, inner, "children");
	for (unsigned i = 0; i <= n; i++)
		(void)pki_der_whole(&r, 0, NULL, tlv);
	pki_der_skip_rest(&r);
	ck_assert_int_eq(pki_der_finish(&r, NULL), PKI_SUCCESS);
}

/* The value around a TLV. */
static pki_bytes value_around(const place *p, pki_bytes tlv)
{
	static char text[NESTED_ROOM];
	size_t n = (size_t)snprintf(text, sizeof text, "%s", p->before);

	for (size_t i = 0; i < tlv.len; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%02x", tlv.data[i]);
	if (p->tag != NULL && tlv.len > 0)
		memcpy(text + strlen(p->before), p->tag, 2);
	ck_assert_uint_lt(n + strlen(p->after), sizeof text);
	strcpy(text + n, p->after);
	return t_nested(text);
}

static void within(pki_der *r, pki_derw *w, const place *p)
{
	pki_buf out = PKI_BUF_INIT, original = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_exts *list = new_exts();
	pki_bytes tlv = whole(r), made;
	uint8_t tag = tlv.len > 0 ? tlv.data[0] : 0;
	bool known;
	pki_derw v;

	carry(r, ext_copy(pki_oid_view(p->oid), value_around(p, tlv), list, &known, &err), &err);
	pki_derw_init(&v, NULL);
	one_value(list, &v);
	if (pki_derw_finish(&v, &out, NULL) == PKI_SUCCESS && out.len > 0) {
		made = pki_buf_bytes(&out);
		for (const char *at = p->path; *at != '\0'; at++)
			child(&made, (unsigned)(*at - '0'));
		pki_derw_raw(w, under(&original, tag, made));
	}
	pki_buf_free(&original);
	pki_buf_free(&out);
}

#define PLACE(name, id, before, after, tag, path)                   \
 static void name(pki_der *r, pki_derw *w)                          \
 {                                                                  \
  within(r, w, &(place){ &pki_id_##id, before, after, tag, path }); \
 }
#define VALUE(name, id) PLACE(name, id, "", "", NULL, "")
#define POLICY(q)       "30{30{06{2a03} 30{" q
#define CPS             "30{06{2b06010505070201}"
#define NOTICE          "30{06{2b06010505070202}"

VALUE(authority_key_id, authority_key_identifier)
VALUE(certificate_policies, certificate_policies)
PLACE(policy_information, certificate_policies, "30{", "}", NULL, "0")
PLACE(policy_qualifier_info, certificate_policies, POLICY(""), "}}}", NULL, "010")
PLACE(cps_uri, certificate_policies, POLICY(CPS), "}}}}", NULL, "0101")
PLACE(user_notice, certificate_policies, POLICY(NOTICE), "}}}}", NULL, "0101")
PLACE(notice_reference, certificate_policies, POLICY(NOTICE "30{"), "}}}}}", NULL, "01010")
PLACE(display_text, certificate_policies, POLICY(NOTICE "30{"), "}}}}}", NULL, "01010")
VALUE(policy_mappings, policy_mappings)
VALUE(directory_attributes, subject_directory_attributes)
VALUE(name_constraints, name_constraints)
PLACE(general_subtrees, name_constraints, "30{", "}", "a0", "0")
PLACE(general_subtree, name_constraints, "30{a1{", "}}", NULL, "00")
PLACE(base_distance, name_constraints, "30{a0{30{82{61}", "}}}", "81", "001")
VALUE(policy_constraints, policy_constraints)
VALUE(inhibit_any_policy, inhibit_any_policy)
VALUE(dist_points, crl_distribution_points)
PLACE(dist_point, crl_distribution_points, "30{", "}", NULL, "0")
PLACE(dist_point_name, crl_distribution_points, "30{30{a0{", "}}}", NULL, "000")
PLACE(reason_flags, crl_distribution_points, "30{30{a0{a0{82{61}}}", "}}", "81", "01")
VALUE(freshest_crl, freshest_crl)
VALUE(authority_info, authority_info_access)
PLACE(access_description, subject_info_access, "30{", "}", NULL, "0")
VALUE(subject_info, subject_info_access)
VALUE(crl_number, crl_number)
VALUE(base_crl_number, delta_crl_indicator)
VALUE(issuing_point, issuing_distribution_point)
VALUE(crl_reason, crl_reasons)
VALUE(invalidity_date, invalidity_date)
VALUE(certificate_issuer, certificate_issuer)
VALUE(features, tls_feature)
VALUE(ocsp_nocheck, ocsp_nocheck)
VALUE(no_rev_avail, no_rev_avail)
VALUE(key_period, private_key_usage_period)
VALUE(template_name, ms_template_name)
VALUE(template_oid, ms_template)
VALUE(ca_version, ms_ca_version)
VALUE(previous_cert, ms_previous_cert)
VALUE(ns_cert_type, ns_cert_type)
VALUE(ns_comment, ns_comment)
#define QC(arc) "30{30{060604008e4601" arc
VALUE(qc_statements, qc_statements)
PLACE(qc_statement, qc_statements, "30{", "}", NULL, "0")
PLACE(qc_semantics, qc_statements, "30{30{06082b06010505070b02", "}}", NULL, "01")
PLACE(qc_authorities, qc_statements, "30{30{06082b06010505070b02 30{", "}}}", NULL, "010")
PLACE(qc_limit, qc_statements, QC("02"), "}}", NULL, "01")
PLACE(qc_currency, qc_statements, QC("02") "30{", "020100 020100}}}", NULL, "010")
PLACE(qc_retention, qc_statements, QC("03"), "}}", NULL, "01")
PLACE(qc_pds, qc_statements, QC("05"), "}}", NULL, "01")
PLACE(qc_pds_location, qc_statements, QC("05") "30{", "}}}", NULL, "010")
PLACE(qc_type, qc_statements, QC("06"), "}}", NULL, "01")
PLACE(qc_legislation, qc_statements, QC("07"), "}}", NULL, "01")
PLACE(qc_country, qc_statements, QC("07") "30{", "}}}", NULL, "010")
#define IPV4 "30{30{04020001"
VALUE(ip_blocks, ip_addr_blocks)
PLACE(ip_family, ip_addr_blocks, "30{", "}", NULL, "0")
PLACE(ip_choice, ip_addr_blocks, IPV4, "}}", NULL, "01")
PLACE(ip_or_range, ip_addr_blocks, IPV4 "30{", "}}}", NULL, "010")
VALUE(as_ids, autonomous_sys_ids)
PLACE(as_choice, autonomous_sys_ids, "30{a0{", "}}", NULL, "00")
PLACE(as_or_range, autonomous_sys_ids, "30{a0{30{", "}}}", NULL, "000")

static void key_id(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bytes id = { NULL, 0 };

	carry(r, pki_ext_key_id(NULL, whole(r), &id, &err), &err);
	pki_derw_put(w, PKI_TAG_OCTETS, id);
}

static void ext_key_usage(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_exts *list = new_exts();
	pki_ext_iter it;
	pki_bytes v;

	pki_ext_list(&it, NULL, whole(r));
	while (pki_ext_oid_next(&it, &v))
		pki_exts_eku(list, v);
	carry(r, pki_ext_list_finish(&it, &err), &err);
	one_value(list, w);
}

static void gn(pki_der *r, pki_derw *w)
{
	pki_gn v;

	if (pki_gn_read(r, NULL, NULL, 0, &v))
		pki_gn_write(w, NULL, &v);
}

static void gns(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_ext_iter it;
	pki_gn v;

	pki_ext_list(&it, NULL, whole(r));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	while (pki_ext_name_next(&it, &v))
		pki_gn_write(w, NULL, &v);
	pki_derw_end(w);
	carry(r, pki_ext_list_finish(&it, &err), &err);
}

/* A SEQUENCE as the arm of GeneralName that has this tag. */
static void gn_arm(pki_der *r, pki_derw *w, uint8_t tag)
{
	pki_buf arm = PKI_BUF_INIT, again = PKI_BUF_INIT, out = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_der in;
	pki_derw v;

	pki_der_init(&in, NULL, under(&arm, tag, whole(r)), "GeneralName");
	pki_derw_init(&v, NULL);
	gn(&in, &v);
	carry(r, pki_der_finish(&in, &err), &err);
	carry(r, pki_derw_finish(&v, &again, &err), &err);
	pki_derw_raw(w, under(&out, 0x30, pki_buf_bytes(&again)));
	pki_buf_free(&arm);
	pki_buf_free(&again);
	pki_buf_free(&out);
}

static void another_name(pki_der *r, pki_derw *w)
{
	gn_arm(r, w, 0xa0);
}

static void or_address(pki_der *r, pki_derw *w)
{
	gn_arm(r, w, 0xa3);
}

static void edi_party_name(pki_der *r, pki_derw *w)
{
	pki_buf again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_edi_party p;
	pki_bytes value;
	pki_der in;

	pki_der_init(&in, NULL, whole(r), NULL);
	pki_der_next(&in, PKI_TAG_SEQUENCE, NULL, &value);
	carry(r, pki_der_finish(&in, &err), &err);
	carry(r, pki_ext_edi_party(NULL, value, &p, &err), &err);
	carry(r, pki_edi_party_encode(NULL, &p, &again, &err), &err);
	pki_derw_put(w, PKI_TAG_SEQUENCE, pki_buf_bytes(&again));
	pki_buf_free(&again);
}

/* The value of an otherName, by way of its text. */
static void other_name(pki_der *r, pki_derw *w, pki_bytes type_id)
{
	pki_gn in = { .type = PKI_GN_OTHER, .other = type_id, .value = whole(r) }, again;
	pki_buf shown = PKI_BUF_INIT, store = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_gn_format(&in, &shown, &err);

	if (st == PKI_SUCCESS)
		st = pki_gn_from_string(NULL, pki_buf_str(&shown), &store, &again, &err);
	if (st == PKI_SUCCESS)
		pki_derw_raw(w, again.value);
	carry(r, st, &err);
	pki_buf_free(&store);
	pki_buf_free(&shown);
}

static void smtp_utf8_mailbox(pki_der *r, pki_derw *w)
{
	other_name(r, w, PKI_OID(on_smtp_utf8_mailbox));
}

static void user_principal_name(pki_der *r, pki_derw *w)
{
	other_name(r, w, PKI_OID(user_principal_name));
}

/* A request, from what the accessors give. */
static void write_info(pki_derw *w, const pki_csr *csr)
{
	pki_attribute a;

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, 0);
	pki_derw_raw(w, pki_name_der(pki_csr_subject(csr)));
	pki_derw_raw(w, pki_csr_spki(csr));
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	for (size_t i = 0; pki_csr_attr_at(csr, i, &a); i++)
		pki_attribute_write(w, &a);
	pki_derw_end_set_of(w);
	pki_derw_end(w);
}

static pki_csr *parse_request(pki_der *r, pki_bytes der)
{
	pki_error err = PKI_ERROR_INIT;
	pki_csr *csr = NULL;

	carry(r, pki_csr_parse(NULL, der, &csr, &err), &err);
	return csr;
}

static void request(pki_der *r, pki_derw *w)
{
	pki_csr *csr = parse_request(r, whole(r));

	if (csr == NULL)
		return;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_info(w, csr);
	pki_derw_raw(w, pki_csr_signature_algorithm(csr));
	pki_derw_bits(w, pki_csr_signature(csr), 0);
	pki_derw_end(w);
	pki_csr_free(csr);
}

/* Of ecdsa-with-SHA256 and a signature of no meaning, which parsing does not look at. */
static pki_bytes sign_nothing(pki_buf *out, pki_bytes info)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, info);
	pki_derw_raw(&w, t_hex("300a 06082a8648ce3d040302"));
	pki_derw_bits(&w, pki_bytes_str("signature"), 0);
	pki_derw_end(&w);
	ck_assert_int_eq(pki_derw_finish(&w, out, NULL), PKI_SUCCESS);
	return pki_buf_bytes(out);
}

static void request_info(pki_der *r, pki_derw *w)
{
	pki_buf der = PKI_BUF_INIT;
	pki_csr *csr = parse_request(r, sign_nothing(&der, whole(r)));

	if (csr != NULL)
		write_info(w, csr);
	pki_csr_free(csr);
	pki_buf_free(&der);
}

/* Extensions of which a request asks. */
static void request_with(pki_buf *out, pki_bytes exts)
{
	pki_attribute a = { PKI_OID(extension_request), exts };
	pki_buf info = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 0);
	pki_derw_raw(&w, t_hex("3000"));
	pki_derw_raw(&w, t_hex("3009 3003 06012a 0302 0000"));
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_attribute_write(&w, &a);
	pki_derw_end(&w);
	pki_derw_end(&w);
	ck_assert_int_eq(pki_derw_finish(&w, &info, NULL), PKI_SUCCESS);
	(void)sign_nothing(out, pki_buf_bytes(&info));
	pki_buf_free(&info);
}

static void extensions(pki_der *r, pki_derw *w)
{
	pki_exts *list = new_exts();
	pki_buf der = PKI_BUF_INIT;
	pki_csr *csr;
	pki_ext e;

	request_with(&der, whole(r));
	csr = parse_request(r, pki_buf_bytes(&der));
	for (size_t i = 0; csr != NULL && pki_csr_ext_at(csr, i, &e); i++)
		pki_exts_add(list, e.oid, e.critical, e.value);
	pki_exts_write(w, list, false);
	pki_csr_free(csr);
	pki_buf_free(&der);
	pki_exts_free(list);
}

/* A SET OF Attribute, element by element. */
static void attributes(pki_der *r, pki_derw *w)
{
	pki_der s;

	(void)pki_der_enter_set_of(r, PKI_TAG_SET, NULL, &s);
	pki_derw_begin(w, PKI_TAG_SET);
	while (pki_der_more(&s))
		attribute(&s, w);
	pki_derw_end_set_of(w);
	(void)pki_der_leave(&s);
}

/* Of a production that stands inside another: by way of that one. */
static void within_other(pki_der *r, pki_derw *w, codec *other, const place *p)
{
	pki_buf out = PKI_BUF_INIT, original = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_bytes tlv = whole(r), made;
	uint8_t tag = tlv.len > 0 ? tlv.data[0] : 0;

	carry(r, recode(other, value_around(p, tlv), &out, &err), &err);
	if (out.len > 0) {
		made = pki_buf_bytes(&out);
		for (const char *at = p->path; *at != '\0'; at++)
			child(&made, (unsigned)(*at - '0'));
		pki_derw_raw(w, under(&original, tag, made));
	}
	pki_buf_free(&original);
	pki_buf_free(&out);
}

#define PART(name, other, before, after, tag, path)                      \
 static void name(pki_der *r, pki_derw *w)                               \
 {                                                                       \
  within_other(r, w, other, &(place){ NULL, before, after, tag, path }); \
 }

static void put_unique_id(pki_derw *w, unsigned tag, pki_bytes id)
{
	if (id.len == 0)
		return;
	pki_derw_begin(w, PKI_TAG_IMPLICIT(tag));
	pki_derw_raw(w, pki_bytes_of("", 1));
	pki_derw_raw(w, id);
	pki_derw_end(w);
}

static void put_cert_exts(pki_derw *w, const pki_cert *c)
{
	pki_ext e;

	if (pki_cert_ext_count(c) == 0)
		return;
	pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; pki_cert_ext_at(c, i, &e); i++)
		pki_ext_write(w, &e);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* A TBSCertificate, from what the accessors give. */
static void write_tbs(pki_derw *w, const pki_cert *c)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (pki_cert_version(c) != 1) {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
		pki_derw_int64(w, pki_cert_version(c) - 1);
		pki_derw_end(w);
	}
	pki_derw_put(w, PKI_TAG_INTEGER, pki_cert_serial(c));
	pki_derw_raw(w, pki_cert_signature_algorithm(c));
	pki_derw_raw(w, pki_name_der(pki_cert_issuer(c)));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_time(w, pki_cert_not_before(c));
	pki_derw_time(w, pki_cert_not_after(c));
	pki_derw_end(w);
	pki_derw_raw(w, pki_name_der(pki_cert_subject(c)));
	pki_derw_raw(w, pki_cert_spki(c));
	put_unique_id(w, 1, pki_cert_issuer_unique_id(c));
	put_unique_id(w, 2, pki_cert_subject_unique_id(c));
	put_cert_exts(w, c);
	pki_derw_end(w);
}

static void certificate(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_buf same = PKI_BUF_INIT;
	pki_bytes der = whole(r);
	pki_cert *c;

	carry(r, pki_cert_parse(NULL, der, &c, &err), &err);
	if (c == NULL)
		return;
	carry(r, pki_cert_write(c, PKI_DER, &same, &err), &err);
	t_bytes_eq(pki_buf_bytes(&same), der);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_tbs(w, c);
	pki_derw_raw(w, pki_cert_signature_algorithm(c));
	pki_derw_bits(w, pki_cert_signature(c), 0);
	pki_derw_end(w);
	pki_buf_free(&same);
	pki_cert_free(c);
}

static void put_entries(pki_derw *w, const pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked e;

	if (pki_crl_count(c) == 0)
		return;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	while (pki_crl_next(c, &at, &e)) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_put(w, PKI_TAG_INTEGER, e.serial);
		pki_derw_time(w, e.when);
		if (e.exts.len > 0)
			pki_derw_put(w, PKI_TAG_SEQUENCE, e.exts);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

static void put_crl_exts(pki_derw *w, const pki_crl *c)
{
	pki_ext e;

	if (pki_crl_ext_count(c) == 0)
		return;
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; pki_crl_ext_at(c, i, &e); i++)
		pki_ext_write(w, &e);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* A TBSCertList, from what the accessors give. */
static void write_tbs_list(pki_derw *w, const pki_crl *c)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (pki_crl_version(c) != 1)
		pki_derw_int64(w, pki_crl_version(c) - 1);
	pki_derw_raw(w, pki_crl_signature_algorithm(c));
	pki_derw_raw(w, pki_name_der(pki_crl_issuer(c)));
	pki_derw_time(w, pki_crl_this_update(c));
	if (pki_crl_next_update(c) != PKI_TIME_NONE)
		pki_derw_time(w, pki_crl_next_update(c));
	put_entries(w, c);
	put_crl_exts(w, c);
	pki_derw_end(w);
}

static void certificate_list(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_buf same = PKI_BUF_INIT;
	pki_bytes der = whole(r);
	pki_crl *c;

	carry(r, pki_crl_parse(NULL, der, &c, &err), &err);
	if (c == NULL)
		return;
	carry(r, pki_crl_write(c, PKI_DER, &same, &err), &err);
	t_bytes_eq(pki_buf_bytes(&same), der);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_tbs_list(w, c);
	pki_derw_raw(w, pki_crl_signature_algorithm(c));
	pki_derw_bits(w, pki_crl_signature(c), 0);
	pki_derw_end(w);
	pki_buf_free(&same);
	pki_crl_free(c);
}

#define ECDSA_SHA256 "30{06082a8648ce3d040302}"
#define TBS_START    "30{020101" ECDSA_SHA256 "30{}"
#define VALIDITY     "30{170d3236303130313030303030305a 170d3236303230313030303030305a}"
#define SPKI         "30{30{06{2a}} 0302 0000}"
#define SIGNATURE    ECDSA_SHA256 "0302 0001"

PART(tbs_certificate, certificate, "30{", SIGNATURE "}", NULL, "0")
PART(validity, certificate, "30{" TBS_START, "30{}" SPKI "}" SIGNATURE "}", NULL, "03")
PART(unique_id, certificate, "30{30{a0{020101} 020101" ECDSA_SHA256 "30{}" VALIDITY "30{}" SPKI,
    "}" SIGNATURE "}", "81", "07")
PART(tbs_cert_list, certificate_list, "30{", SIGNATURE "}", NULL, "0")

static pki_bundle *parse_bundle(pki_der *r, pki_bytes der)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bundle *b = NULL;

	carry(r, pki_bundle_parse(NULL, der, &b, &err), &err);
	return b;
}

/* As it came. */
static void content_info(pki_der *r, pki_derw *w)
{
	pki_bundle *b = parse_bundle(r, whole(r));

	if (b != NULL)
		pki_derw_raw(w, pki_bundle_der(b));
	pki_bundle_free(b);
}

static pki_status write_bundle(const pki_bundle *b, pki_buf *out, pki_error *err)
{
	return pki_bundle_write(pki_bundle_certs(b), pki_bundle_crls(b), PKI_DER, out, err);
}

/* What libpki makes of the certificates and CRLs that are in it. */
static void made_info(pki_der *r, pki_derw *w)
{
	pki_bundle *b = parse_bundle(r, whole(r));
	pki_error err = PKI_ERROR_INIT;
	pki_buf out = PKI_BUF_INIT;

	if (b == NULL)
		return;
	carry(r, write_bundle(b, &out, &err), &err);
	pki_derw_raw(w, pki_buf_bytes(&out));
	pki_buf_free(&out);
	pki_bundle_free(b);
}

#define SIGNED_DATA "30{06{2a864886f70d010702} a0{"
#define DATA        "30{06{2a864886f70d010701}}"

PART(signed_data, content_info, SIGNED_DATA, "}}", NULL, "10")
PART(made_signed_data, made_info, SIGNED_DATA, "}}", NULL, "10")
PART(content_type, content_info, "30{", "a0{0500}}", NULL, "0")
PART(cms_version, content_info, SIGNED_DATA "30{", "3100" DATA "3100}}}", NULL, "100")
PART(digest_algorithms, content_info, SIGNED_DATA "30{020101", DATA "3100}}}", NULL, "101")
PART(digest_algorithm, content_info, SIGNED_DATA "30{020101 31{", "}" DATA "3100}}}", NULL, "1010")
PART(encap_content, content_info, SIGNED_DATA "30{020101 3100", "3100}}}", NULL, "102")
PART(certificate_set, content_info, SIGNED_DATA "30{020101 3100" DATA, "3100}}}", "a0", "103")
PART(certificate_choice, content_info, SIGNED_DATA "30{020101 3100" DATA "a0{", "} 3100}}}", NULL,
    "1030")
PART(passed_over, content_info, SIGNED_DATA "30{020101 3100" DATA "a0{", "} 3100}}}", "a2", "1030")
PART(other_certificate, content_info, SIGNED_DATA "30{020101 3100" DATA "a0{", "} 3100}}}", "a3",
    "1030")
PART(crl_set, content_info, SIGNED_DATA "30{020101 3100" DATA, "3100}}}", "a1", "103")
PART(crl_choice, content_info, SIGNED_DATA "30{020101 3100" DATA "a1{", "} 3100}}}", NULL, "1030")
PART(other_crl, content_info, SIGNED_DATA "30{020101 3100" DATA "a1{", "} 3100}}}", "a1", "1030")
PART(signer_infos, content_info, SIGNED_DATA "30{020101 3100" DATA, "}}}", NULL, "103")
PART(signer_info, content_info, SIGNED_DATA "30{020101 3100" DATA "31{", "}}}}", NULL, "1030")

static pki_trust *parse_anchors(pki_der *r, pki_bytes der)
{
	pki_error err = PKI_ERROR_INIT;
	pki_trust_builder *b;
	pki_trust *t = NULL;

	ck_assert_int_eq(pki_trust_builder_new(NULL, &b, NULL), PKI_SUCCESS);
	carry(r, pki_trust_add_list(b, der, &err), &err);
	if (pki_error_status(&err) == PKI_SUCCESS)
		ck_assert_int_eq(pki_trust_freeze(b, &t, NULL), PKI_SUCCESS);
	pki_trust_builder_free(b);
	return t;
}

/* As it came. */
static void anchor_list(pki_der *r, pki_derw *w)
{
	pki_bytes der = whole(r);
	pki_trust *t = parse_anchors(r, der);

	ck_assert(t == NULL || pki_trust_count(t) > 0);
	pki_derw_raw(w, der);
	pki_trust_free(t);
}

static void put_policy_set(pki_derw *w, const pki_anchor *a)
{
	if (a->policies == NULL)
		return;
	pki_derw_begin(w, PKI_TAG_EXPLICIT(1));
	for (size_t i = 0; i < a->policy_count; i++) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_oid(w, a->policies[i]);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

static void put_policy_flags(pki_derw *w, const pki_anchor *a)
{
	uint8_t bits[] = { 5, 0 };

	bits[1] |= (a->policy_flags & PKI_INHIBIT_MAPPING) != 0 ? 0x80u : 0;
	bits[1] |= (a->policy_flags & PKI_REQUIRE_POLICY) != 0 ? 0x40u : 0;
	bits[1] |= (a->policy_flags & PKI_INHIBIT_ANY_POLICY) != 0 ? 0x20u : 0;
	if ((a->replaces & PKI_REPLACES_POLICY_FLAGS) != 0)
		pki_derw_put(w, PKI_TAG_IMPLICIT(2), pki_bytes_of(bits, sizeof bits));
}

static void put_subtrees(pki_derw *w, pki_tag tag, pki_bytes subtrees)
{
	if (subtrees.len > 0)
		pki_derw_put(w, tag, subtrees);
}

static void put_name_constr(pki_derw *w, const pki_anchor *a)
{
	if ((a->replaces & PKI_REPLACES_NAMES) == 0)
		return;
	pki_derw_begin(w, PKI_TAG_EXPLICIT(3));
	put_subtrees(w, PKI_TAG_EXPLICIT(0), a->constraints.permitted);
	put_subtrees(w, PKI_TAG_EXPLICIT(1), a->constraints.excluded);
	pki_derw_end(w);
}

static void put_path_len(pki_derw *w, const pki_anchor *a)
{
	uint8_t octet = (uint8_t)a->path_len;

	if (a->path_len >= 0)
		pki_derw_put(w, PKI_TAG_IMPLICIT(4), pki_bytes_of(&octet, 1));
}

static void put_info(pki_derw *w, const pki_anchor *a)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_raw(w, a->spki);
	pki_derw_put(w, PKI_TAG_OCTETS, a->key_id);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_raw(w, pki_name_der(a->name));
	if (a->cert != NULL)
		pki_derw_put(w, PKI_TAG_EXPLICIT(0), inside(pki_cert_der(a->cert), 1));
	put_policy_set(w, a);
	put_policy_flags(w, a);
	put_name_constr(w, a);
	put_path_len(w, a);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* From what is kept of it. */
static void anchor_info(pki_der *r, pki_derw *w)
{
	pki_buf choice = PKI_BUF_INIT;
	pki_derw wrapper;
	size_t at = 0;
	pki_trust *t;

	pki_derw_init(&wrapper, NULL);
	pki_derw_put(&wrapper, PKI_TAG_EXPLICIT(2), whole(r));
	ck_assert_int_eq(pki_derw_finish(&wrapper, &choice, NULL), PKI_SUCCESS);
	t = parse_anchors(r, pki_buf_bytes(&choice));
	if (t != NULL)
		put_info(w, pki_trust_next(t, pki_trust_name_at(t, 0), &at));
	pki_trust_free(t);
	pki_buf_free(&choice);
}

#define ANCHOR_KEY  "30{" SPKI "0401aa"
#define ANCHOR_NAME "30{31{30{06{550403}0c0161}}}"

PART(anchor_title, anchor_list, "a2{" ANCHOR_KEY, "30{" ANCHOR_NAME "}}}", NULL, "02")
PART(anchor_controls, anchor_info, ANCHOR_KEY, "}", NULL, "2")
PART(anchor_flags, anchor_info, ANCHOR_KEY "30{" ANCHOR_NAME "a1{30{06{2a03}}}", "}}", "82", "22")

static void private_key_info(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_pkcs8 k = { 0 };

	carry(r, pki_pkcs8_parse(NULL, whole(r), &k, &err), &err);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, k.public_key.len > 0 ? 1 : 0);
	pki_algid_write(w, k.algorithm.oid, k.algorithm.params);
	pki_derw_put(w, PKI_TAG_OCTETS, k.private_key);
	if (k.attributes.len > 0)
		pki_derw_put(w, PKI_TAG_EXPLICIT(0), k.attributes);
	if (k.public_key.len > 0) {
		pki_derw_begin(w, PKI_TAG_IMPLICIT(1));
		pki_derw_raw(w, pki_bytes_of("", 1));
		pki_derw_raw(w, k.public_key);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

static void encrypted_private_key_info(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_encrypted_pkcs8 e = { 0 };

	carry(r, pki_encrypted_pkcs8_parse(NULL, whole(r), &e, &err), &err);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_algid_write(w, e.algorithm.oid, e.algorithm.params);
	pki_derw_put(w, PKI_TAG_OCTETS, e.data);
	pki_derw_end(w);
}

/* PBES2 with these parameters, read and written as an AlgorithmIdentifier. */
static void pbes2_id(pki_der *r, pki_bytes der, pki_buf *again)
{
	pki_error err = PKI_ERROR_INIT;
	pki_pbe p = { 0 };
	pki_algid id;
	pki_derw w;
	pki_der in;
	pki_status st;

	pki_der_init(&in, NULL, der, "AlgorithmIdentifier");
	(void)pki_algid_read(&in, NULL, &id);
	st = pki_der_finish(&in, &err);
	if (st == PKI_SUCCESS)
		st = pki_pbes2_decode(NULL, &id, &p, &err);
	if (st == PKI_SUCCESS) {
		pki_derw_init(&w, NULL);
		pki_pbes2_write(&w, &p);
		st = pki_derw_finish(&w, again, &err);
	}
	carry(r, st, &err);
}

#define OID_PBES2  "2a864886f70d01050d"
#define OID_PBKDF2 "2a864886f70d01050c"
#define AES_256_ID "301d 060960864801650304012a 0410 000102030405060708090a0b0c0d0e0f"

/* The parameters of an AlgorithmIdentifier. */
static pki_bytes params_of(pki_bytes der)
{
	pki_algid id = { 0 };
	pki_der r;

	pki_der_init(&r, NULL, der, "AlgorithmIdentifier");
	(void)pki_algid_read(&r, NULL, &id);
	ck_assert_int_eq(pki_der_finish(&r, NULL), PKI_SUCCESS);
	return id.params;
}

static void pbes2_params(pki_der *r, pki_derw *w)
{
	pki_buf in = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_derw v;

	pki_derw_init(&v, NULL);
	pki_algid_write(&v, t_hex(OID_PBES2), whole(r));
	ck_assert_int_eq(pki_derw_finish(&v, &in, NULL), PKI_SUCCESS);
	pbes2_id(r, pki_buf_bytes(&in), &again);
	if (again.len > 0)
		pki_derw_raw(w, params_of(pki_buf_bytes(&again)));
	pki_buf_free(&in);
	pki_buf_free(&again);
}

/* A key derivation function's parameters, inside PBES2-params. */
static void kdf_params(pki_der *r, pki_derw *w, const char *oid)
{
	pki_buf in = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_derw v;

	pki_derw_init(&v, NULL);
	pki_derw_begin(&v, PKI_TAG_SEQUENCE);
	pki_derw_oid(&v, t_hex(OID_PBES2));
	pki_derw_begin(&v, PKI_TAG_SEQUENCE);
	pki_algid_write(&v, t_hex(oid), whole(r));
	pki_derw_raw(&v, t_hex(AES_256_ID));
	pki_derw_end(&v);
	pki_derw_end(&v);
	ck_assert_int_eq(pki_derw_finish(&v, &in, NULL), PKI_SUCCESS);
	pbes2_id(r, pki_buf_bytes(&in), &again);
	if (again.len > 0) {
		pki_bytes kdf = params_of(pki_buf_bytes(&again)), first;
		pki_der s;

		kdf = inside(kdf, 1);
		pki_der_init(&s, NULL, kdf, "PBES2-params");
		(void)pki_der_whole(&s, 0, NULL, &first);
		pki_der_skip_rest(&s);
		ck_assert_int_eq(pki_der_finish(&s, NULL), PKI_SUCCESS);
		pki_derw_raw(w, params_of(first));
	}
	pki_buf_free(&in);
	pki_buf_free(&again);
}

static void pbkdf2_params(pki_der *r, pki_derw *w)
{
	kdf_params(r, w, OID_PBKDF2);
}

static void scrypt_params(pki_der *r, pki_derw *w)
{
	kdf_params(r, w, "2b06010401da47040b");
}

/* What libpki reads of an AlgorithmIdentifier that it does not write. */
static bool read_pbe(pki_der *r, pki_bytes oid, pki_bytes params, pki_pbe *out, pki_buf *in)
{
	pki_error err = PKI_ERROR_INIT;
	pki_algid id = { 0 };
	pki_derw v;
	pki_der d;

	pki_derw_init(&v, NULL);
	pki_algid_write(&v, oid, params);
	ck_assert_int_eq(pki_derw_finish(&v, in, NULL), PKI_SUCCESS);
	pki_der_init(&d, NULL, pki_buf_bytes(in), "AlgorithmIdentifier");
	(void)pki_algid_read(&d, NULL, &id);
	ck_assert_int_eq(pki_der_finish(&d, NULL), PKI_SUCCESS);
	carry(r, pki_pbe_decode(NULL, &id, out, &err), &err);
	return pki_error_status(&err) == PKI_SUCCESS;
}

static void pbe_parameter(pki_der *r, pki_derw *w)
{
	pki_buf in = PKI_BUF_INIT;
	pki_pbe p;

	if (read_pbe(r, t_hex("2a864886f70d010503"), whole(r), &p, &in)) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		pki_derw_put(w, PKI_TAG_OCTETS, p.salt);
		pki_derw_int64(w, p.iterations);
		pki_derw_end(w);
	}
	pki_buf_free(&in);
}

static void rc2_parameter(pki_der *r, pki_derw *w)
{
	pki_buf in = PKI_BUF_INIT, params = PKI_BUF_INIT;
	pki_derw v;
	pki_pbe p;

	pki_derw_init(&v, NULL);
	pki_derw_begin(&v, PKI_TAG_SEQUENCE);
	pki_algid_write(&v, t_hex(OID_PBKDF2), t_hex("3007 0402 0001 0201 05"));
	pki_algid_write(&v, t_hex("2a864886f70d0302"), whole(r));
	pki_derw_end(&v);
	ck_assert_int_eq(pki_derw_finish(&v, &params, NULL), PKI_SUCCESS);
	if (read_pbe(r, t_hex(OID_PBES2), pki_buf_bytes(&params), &p, &in)) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		if (p.cipher.key_bits == 128)
			pki_derw_int64(w, 58);
		pki_derw_put(w, PKI_TAG_OCTETS, p.iv);
		pki_derw_end(w);
	}
	pki_buf_free(&params);
	pki_buf_free(&in);
}

static void rsa_public(pki_der *r, pki_derw *w)
{
	pki_rsa_public k;

	if (pki_rsa_public_read(r, NULL, &k))
		pki_rsa_public_write(w, &k);
}

static void rsa_private(pki_der *r, pki_derw *w)
{
	pki_rsa_private k;

	if (pki_rsa_private_read(r, NULL, &k))
		pki_rsa_private_write(w, &k);
}

static void pss_params(pki_der *r, pki_derw *w)
{
	pki_buf in = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_derw v;
	pki_alg a;

	pki_alg_init(&a, sizeof a);
	pki_derw_init(&v, NULL);
	pki_algid_write(&v, t_hex("2a864886f70d01010a"), whole(r));
	ck_assert_int_eq(pki_derw_finish(&v, &in, NULL), PKI_SUCCESS);
	carry(r, pki_alg_parse(NULL, pki_buf_bytes(&in), &a, &err), &err);
	if (pki_error_status(&err) == PKI_SUCCESS) {
		pki_derw_init(&v, NULL);
		pki_sigalg_write(&v, &a);
		ck_assert_int_eq(pki_derw_finish(&v, &again, NULL), PKI_SUCCESS);
		pki_derw_raw(w, params_of(pki_buf_bytes(&again)));
	}
	pki_buf_free(&in);
	pki_buf_free(&again);
}

/* libpki writes what is in front of a digest as one constant. */
static void digest_info(pki_der *r, pki_derw *w)
{
	pki_algid id = { 0 };
	pki_bytes digest = { NULL, 0 };
	pki_buf der = PKI_BUF_INIT;
	pki_der s;

	(void)pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	(void)pki_algid_read(&s, "digestAlgorithm", &id);
	(void)pki_der_next(&s, PKI_TAG_OCTETS, "digest", &digest);
	if (!pki_der_leave(&s))
		return;
	if (!pki_algid_params_null(&id))
		(void)pki_der_fail(r, PKI_E_STRUCTURE, "parameters are not NULL", "RFC 8017 9.2");
	ck_assert_int_eq(
	    pki_buf_append(&der, pki_hash_digest_info_prefix(pki_hash_from_oid(id.oid)), NULL), 0);
	ck_assert_int_eq(pki_buf_append(&der, digest, NULL), 0);
	pki_derw_raw(w, pki_buf_bytes(&der));
	pki_buf_free(&der);
}

static void ec_parameters(pki_der *r, pki_derw *w)
{
	pki_bytes curve;

	if (pki_der_oid(r, "namedCurve", &curve))
		pki_derw_oid(w, pki_curve_oid(pki_curve_from_oid(curve)));
}

static void ec_private(pki_der *r, pki_derw *w)
{
	pki_ec_private k;

	if (pki_ec_private_read(r, NULL, &k))
		pki_ec_private_write(w, &k);
}

static void ecdsa_sig(pki_der *r, pki_derw *w)
{
	uint8_t room[256];
	pki_span out = { room, sizeof room };
	pki_error err = PKI_ERROR_INIT;
	pki_bytes x, y;

	carry(r, pki_ecsig_parse(whole(r), &x, &y, &err), &err);
	if (pki_error_status(&err) != PKI_SUCCESS)
		return;
	carry(r, pki_ecsig_write(x, y, &out, &err), &err);
	pki_derw_raw(w, pki_bytes_of(out.data, out.len));
}

static void dss_params(pki_der *r, pki_derw *w)
{
	pki_algid id = { .params = whole(r) };
	pki_error err = PKI_ERROR_INIT;
	pki_dsa_public k;

	carry(r, pki_dsa_params_parse(NULL, &id, &k, &err), &err);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_uint(w, k.p);
	pki_derw_uint(w, k.q);
	pki_derw_uint(w, k.g);
	pki_derw_end(w);
}

static void dsa_public(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_dsa_public k;

	carry(r, pki_dsa_public_parse(NULL, whole(r), &k, &err), &err);
	pki_derw_uint(w, k.y);
}

static void curve_private(pki_der *r, pki_derw *w)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bytes seed = { NULL, 0 };

	carry(r, pki_okp_private_parse(NULL, PKI_KEY_ED25519, whole(r), &seed, &err), &err);
	pki_derw_put(w, PKI_TAG_OCTETS, seed);
}

/* ---- the table ---- */

/* A choice that libpki answers in another way, and why. */
typedef struct exception {
	const char *label, *with; /* with: another choice that must be there; or NULL */
	pki_status status; /* PKI_SUCCESS: read, and written in the one way that libpki writes it */
	const char *why;
} exception;

typedef struct binding {
	const char *module, *production;
	codec *codec;
	const schema_value *values;  /* ends with NULLs; NULL: the made-up ones will do */
	const exception *exceptions; /* the same */
} binding;

#define P256 "1.2.840.10045.3.1.7"
#define P256_POINT                                                         \
 "hex:04 6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" \
 "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
#define P256_TLV "hex:06082a8648ce3d030107"
#define BIG      "hex:00c5010000000000000000000000000000000003"
#define OCTETS32 "0123456789abcdef0123456789abcdef"
#define NULL_TLV "hex:0500"
#define SHA256   "2.16.840.1.101.3.4.2.1"
#define END  \
 {           \
  NULL, NULL \
 }

static const schema_value p256_spki[] = {
	{ "algorithm.algorithm", "1.2.840.10045.2.1" },
	{ "algorithm.parameters", P256_TLV },
	{ "subjectPublicKey", P256_POINT },
	END,
};
static const schema_value p256_request[] = {
	{ "*version", "0" },
	{ "*subjectPKInfo.algorithm.algorithm", "1.2.840.10045.2.1" },
	{ "*subjectPKInfo.algorithm.parameters", P256_TLV },
	{ "*subjectPKInfo.subjectPublicKey", P256_POINT },
	{ "signature", "hex:0102" },
	END,
};
/* signature and signatureAlgorithm, which are the same. */
#define SIGNED_TWICE                                                                              \
 { "*.signature.algorithm", SHA256 }, { "*.signature.parameters", NULL_TLV },                     \
     { "*signatureAlgorithm.algorithm", SHA256 }, { "*signatureAlgorithm.parameters", NULL_TLV }, \
 {                                                                                                \
  "*signature", "hex:0102"                                                                        \
 }
#define P256_SUBJECT                                                   \
 { "*subjectPublicKeyInfo.algorithm.algorithm", "1.2.840.10045.2.1" }, \
     { "*subjectPublicKeyInfo.algorithm.parameters", P256_TLV },       \
 {                                                                     \
  "*subjectPublicKey", P256_POINT                                      \
 }
#define TWO_ALGORITHMS(inner)                                                    \
 { inner ".parameters=in", "signatureAlgorithm.parameters=out", PKI_E_STRUCTURE, \
	 "the same twice (RFC 5280 4.1.1.2)" },                                  \
 {                                                                               \
  inner ".parameters=out", "signatureAlgorithm.parameters=in", PKI_E_STRUCTURE,  \
      "the same twice (RFC 5280 4.1.1.2)"                                        \
 }
#define NONE_REVOKED(tbs)                                \
 {                                                       \
  tbs "revokedCertificates=0", NULL, PKI_E_STRUCTURE,    \
      "it is out where there is none (RFC 5280 5.1.2.6)" \
 }
static const schema_value value_null[] = { { "*extnValue", NULL_TLV }, END };
static const schema_value country[] = { { "", "NL" }, END };
static const schema_value names_of_all_forms[] = {
	{ "*rfc822Name", "me@example.org" },
	{ "*dNSName", "example.org" },
	{ "*uniformResourceIdentifier", "https://example.org/" },
	{ "*iPAddress", "hex:c0000201" },
	{ "*built-in-standard-attributes", "hex:3000" },
	{ "*built-in-domain-defined-attributes", "hex:3000" },
	{ "*extension-attributes", "hex:3100" },
	END,
};
static const schema_value subtrees_of_all_forms[] = {
	{ "*rfc822Name", "example.org" },
	{ "*dNSName", "example.org" },
	{ "*uniformResourceIdentifier", "example.org" },
	{ "*iPAddress", "hex:c0000200ffffff00" },
	{ "*built-in-standard-attributes", "hex:3000" },
	{ "*built-in-domain-defined-attributes", "hex:3000" },
	{ "*extension-attributes", "hex:3100" },
	END,
};
#define NAMES_OF_ALL_FORMS                                                          \
 { "*iPAddress", "hex:c0000201" }, { "*built-in-standard-attributes", "hex:3000" }, \
     { "*built-in-domain-defined-attributes", "hex:3000" },                         \
 {                                                                                  \
  "*extension-attributes", "hex:3100"                                               \
 }
static const schema_value point_of_ca_certs[] = {
	{ "onlyContainsUserCerts", "omit" },
	{ "onlyContainsAttributeCerts", "omit" },
	NAMES_OF_ALL_FORMS,
	END,
};
static const schema_value point_of_user_certs[] = {
	{ "onlyContainsCACerts", "omit" },
	{ "onlyContainsAttributeCerts", "omit" },
	NAMES_OF_ALL_FORMS,
	END,
};
static const schema_value point_of_attribute_certs[] = {
	{ "onlyContainsUserCerts", "omit" },
	{ "onlyContainsCACerts", "omit" },
	NAMES_OF_ALL_FORMS,
	END,
};
static const exception half_an_issuer[] = {
	{ "authorityCertIssuer=in", "authorityCertSerialNumber=out", PKI_E_STRUCTURE,
	    "both, or neither (RFC 5280 4.2.1.1)" },
	{ "authorityCertIssuer=out", "authorityCertSerialNumber=in", PKI_E_STRUCTURE,
	    "both, or neither (RFC 5280 4.2.1.1)" },
	{ 0 },
};
static const exception no_subtrees[] = {
	{ "permittedSubtrees=out", "excludedSubtrees=out", PKI_E_STRUCTURE,
	    "not empty (RFC 5280 4.2.1.10)" },
	{ 0 },
};
static const exception no_constraints[] = {
	{ "requireExplicitPolicy=out", "inhibitPolicyMapping=out", PKI_E_STRUCTURE,
	    "not empty (RFC 5280 4.2.1.11)" },
	{ 0 },
};
static const exception point_of_no_place[] = {
	{ "distributionPoint=out", "cRLIssuer=out", PKI_E_STRUCTURE,
	    "not reasons alone (RFC 5280 4.2.1.13)" },
	{ 0 },
};
static const exception points_of_no_place[] = {
	{ "?1.distributionPoint=out", "?1.cRLIssuer=out", PKI_E_STRUCTURE,
	    "not reasons alone (RFC 5280 4.2.1.13)" },
	{ "?2.distributionPoint=out", "?2.cRLIssuer=out", PKI_E_STRUCTURE,
	    "not reasons alone (RFC 5280 4.2.1.13)" },
	{ 0 },
};
static const exception point_of_nothing[] = {
	{ "distributionPoint=out", "indirectCRL=out", PKI_E_STRUCTURE,
	    "not empty (RFC 5280 5.2.5)" },
	{ 0 },
};
static const exception point_of_two_kinds[] = {
	{ "onlyContainsUserCerts=in", "onlyContainsCACerts=in", PKI_E_STRUCTURE,
	    "one kind at most (RFC 5280 5.2.5)" },
	{ "onlyContainsUserCerts=in", "onlyContainsAttributeCerts=in", PKI_E_STRUCTURE,
	    "one kind at most (RFC 5280 5.2.5)" },
	{ "onlyContainsCACerts=in", "onlyContainsAttributeCerts=in", PKI_E_STRUCTURE,
	    "one kind at most (RFC 5280 5.2.5)" },
	{ "distributionPoint=out", "indirectCRL=out", PKI_E_STRUCTURE,
	    "not empty (RFC 5280 5.2.5)" },
	{ 0 },
};
static const exception no_features[] = {
	{ "=0", NULL, PKI_E_STRUCTURE, "a feature at least" },
	{ 0 },
};
static const exception path_of_no_ca[] = {
	{ "cA=out", "pathLenConstraint=in", PKI_E_STRUCTURE, "it is of a CA (RFC 5280 4.2.1.9)" },
	{ 0 },
};
static const schema_value mailbox[] = { { "", "\xc3\xa9@example.org" }, END };
static const schema_value principal[] = { { "", "user@example.org" }, END };
static const schema_value octets32[] = { { "", OCTETS32 }, END };

static const schema_value key_v1[] = { { "version", "0" }, { "publicKey", "omit" }, END };
static const exception no_attributes[] = {
	{ "attributes=0", NULL, PKI_SUCCESS, "none are written" },
	{ 0 },
};
static const schema_value key_v2[] = { { "version", "1" }, { "publicKey", "hex:0102" }, END };
static const exception public_key[] = {
	{ "publicKey=out", NULL, PKI_SUCCESS, "v1 is written" },
	{ "attributes=0", NULL, PKI_SUCCESS, "none are written" },
	{ 0 },
};

static const schema_value pbkdf2[] = {
	{ "iterationCount", "1000" },
	{ "keyLength", "32" },
	{ "prf.algorithm", "1.2.840.113549.2.9" },
	{ "prf.parameters", NULL_TLV },
	END,
};
static const exception pbkdf2_others[] = {
	{ "salt=otherSource", NULL, PKI_E_UNSUPPORTED, "no source is defined (RFC 8018 A.2)" },
	{ "keyLength=in", NULL, PKI_SUCCESS, "not written: AES says how long its keys are" },
	{ "prf.parameters=out", NULL, PKI_SUCCESS, "NULL is written" },
	{ 0 },
};
static const schema_value pbes2[] = {
	{ "keyDerivationFunc.algorithm", "1.2.840.113549.1.5.12" },
	{ "keyDerivationFunc.parameters",
	    "hex:301c 0408 0001020304050607 0202 07d0 300c 06082a864886f70d0209 0500" },
	{ "encryptionScheme.algorithm", "2.16.840.1.101.3.4.1.42" },
	{ "encryptionScheme.parameters", "hex:0410 000102030405060708090a0b0c0d0e0f" },
	END,
};
static const exception pbes2_others[] = {
	{ "keyDerivationFunc.parameters=out", NULL, PKI_E_STRUCTURE, "PBKDF2 has parameters" },
	{ "encryptionScheme.parameters=out", NULL, PKI_E_STRUCTURE, "AES-CBC has an IV" },
	{ 0 },
};

static const schema_value scrypt[] = {
	{ "costParameter", "16384" },
	{ "blockSize", "8" },
	{ "parallelizationParameter", "1" },
	{ "keyLength", "32" },
	END,
};
static const exception scrypt_others[] = {
	{ "keyLength=in", NULL, PKI_SUCCESS, "not written: AES says how long its keys are" },
	{ 0 },
};
static const schema_value pbe[] = {
	{ "salt", "hex:0001020304050607" },
	{ "iterationCount", "2048" },
	END,
};
static const schema_value rc2[] = {
	{ "rc2ParameterVersion", "58" },
	{ "iv", "hex:0001020304050607" },
	END,
};

static const schema_value rsa[] = {
	{ "version", "0" },
	{ "modulus", BIG },
	{ "privateExponent", BIG },
	END,
};
static const schema_value pss[] = {
	{ "hashAlgorithm.algorithm", SHA256 },
	{ "hashAlgorithm.parameters", NULL_TLV },
	{ "maskGenAlgorithm.algorithm", "1.2.840.113549.1.1.8" },
	{ "maskGenAlgorithm.parameters", "hex:300d 0609608648016503040201 0500" },
	{ "saltLength", "32" },
	{ "trailerField", "1" },
	END,
};
static const exception pss_others[] = {
	{ "hashAlgorithm.parameters=out", NULL, PKI_SUCCESS, "NULL is written" },
	{ "maskGenAlgorithm.parameters=out", NULL, PKI_E_STRUCTURE, "MGF1 has a hash" },
	{ 0 },
};
static const schema_value sha256_info[] = {
	{ "digestAlgorithm.algorithm", SHA256 },
	{ "digestAlgorithm.parameters", NULL_TLV },
	{ "digest", OCTETS32 },
	END,
};
static const exception info_others[] = {
	{ "digestAlgorithm.parameters=out", NULL, PKI_E_STRUCTURE,
	    "NULL is written; nothing reads it" },
	{ 0 },
};

static const schema_value curve[] = { { "namedCurve", P256 }, END };
static const schema_value ec_key[] = {
	{ "version", "1" },
	{ "privateKey", OCTETS32 },
	{ "parameters.namedCurve", P256 },
	{ "publicKey", P256_POINT },
	END,
};
static const schema_value dss[] = { { "p", BIG }, { "g", BIG }, END };
static const schema_value ec_sig[] = { { "r", BIG }, END };

static const exception no_period[] = {
	{ "notBefore=out", "notAfter=out", PKI_E_STRUCTURE, "not empty (RFC 3280 4.2.1.4)" },
	{ 0 },
};
static const exception minor_alone[] = {
	{ "templateMajorVersion=out", "templateMinorVersion=in", PKI_SUCCESS,
	    "of one INTEGER it is the first" },
	{ 0 },
};
static const schema_value sha1_of_it[] = {
	{ "", "hex:000102030405060708090a0b0c0d0e0f10111213" },
	END,
};
static const schema_value some_cert_types[] = { { "", "hex:81" }, END };
static const exception no_statement[] = {
	{ "=0", NULL, PKI_E_STRUCTURE, "a statement at least" },
	{ 0 },
};
static const exception no_semantics[] = {
	{ "semanticsIdentifier=out", "nameRegistrationAuthorities=out", PKI_E_STRUCTURE,
	    "not empty (RFC 3739 3.2.6.1)" },
	{ 0 },
};
static const schema_value limit_values[] = {
	{ "*alphabetic", "EUR" },
	{ "*numeric", "978" },
	END,
};
static const schema_value languages[] = { { "*language", "nl" }, END };
static const exception no_types[] = {
	{ "=0", NULL, PKI_E_STRUCTURE, "an element at least" },
	{ 0 },
};
static const schema_value countries[] = { { "*", "NL" }, END };
static const schema_value ip_values[] = {
	{ "*?1.addressFamily", "hex:0001" },
	{ "*?2.addressFamily", "hex:0002" },
	{ "*addressFamily", "hex:0001" },
	{ "*?1.addressPrefix", "hex:0a" },
	{ "*?2.addressPrefix", "hex:0c" },
	{ "*?1.addressRange.min", "hex:c00001" },
	{ "*?1.addressRange.max", "hex:c00006" },
	{ "*?2.addressRange.min", "hex:c10001" },
	{ "*?2.addressRange.max", "hex:c10006" },
	{ "*min", "hex:c00001" },
	{ "*max", "hex:c00006" },
	END,
};
static const exception no_blocks[] = {
	{ "=0", NULL, PKI_E_STRUCTURE, "a family at least" },
	{ "?1.ipAddressChoice.addressesOrRanges=0", NULL, PKI_E_STRUCTURE,
	    "a range at least (RFC 3779 2.2.3.3)" },
	{ "?2.ipAddressChoice.addressesOrRanges=0", NULL, PKI_E_STRUCTURE,
	    "a range at least (RFC 3779 2.2.3.3)" },
	{ 0 },
};
static const exception no_ranges[] = {
	{ "ipAddressChoice.addressesOrRanges=0", NULL, PKI_E_STRUCTURE,
	    "a range at least (RFC 3779 2.2.3.3)" },
	{ "addressesOrRanges=0", NULL, PKI_E_STRUCTURE, "a range at least (RFC 3779 2.2.3.3)" },
	{ 0 },
};
static const schema_value as_values[] = {
	{ "*?1.id", "5" },
	{ "*?2.id", "4294967295" },
	{ "*?1.range.min", "1" },
	{ "*?1.range.max", "4" },
	{ "*?2.range.min", "7" },
	{ "*?2.range.max", "9" },
	{ "*min", "1" },
	{ "*max", "2" },
	END,
};
static const exception no_as_ids[] = {
	{ "asnum=out", "rdi=out", PKI_E_STRUCTURE, "not empty (RFC 3779 3.2.3.1)" },
	{ "asnum.asIdsOrRanges=0", NULL, PKI_E_STRUCTURE, "an AS at least (RFC 3779 3.2.3.3)" },
	{ "rdi.asIdsOrRanges=0", NULL, PKI_E_STRUCTURE, "an AS at least (RFC 3779 3.2.3.3)" },
	{ "asIdsOrRanges=0", NULL, PKI_E_STRUCTURE, "an AS at least (RFC 3779 3.2.3.3)" },
	{ 0 },
};

static const schema_value cert_v1[] = {
	{ "*tbsCertificate.version", "omit" },
	{ "*UniqueID", "omit" },
	{ "*extensions", "omit" },
	SIGNED_TWICE,
	P256_SUBJECT,
	END,
};
static const schema_value cert_v2[] = {
	{ "*version", "1" },
	{ "*UniqueID", "hex:0102" },
	{ "*extensions", "omit" },
	{ "*.parameters", "omit" },
	SIGNED_TWICE,
	P256_SUBJECT,
	END,
};
static const schema_value cert_v3[] = {
	{ "*version", "2" },
	{ "*UniqueID", "omit" },
	SIGNED_TWICE,
	P256_SUBJECT,
	END,
};
static const schema_value tbs_v3[] = {
	{ "version", "2" },
	{ "*UniqueID", "hex:0102" },
	{ "signature.algorithm", "1.2.840.10045.4.3.2" },
	{ "signature.parameters", "omit" },
	P256_SUBJECT,
	END,
};
static const exception two_algorithms[] = {
	TWO_ALGORITHMS("tbsCertificate.signature"),
	{ 0 },
};
static const exception of_v2[] = {
	TWO_ALGORITHMS("tbsCertificate.signature"),
	{ "tbsCertificate.version=out", "tbsCertificate.issuerUniqueID=in", PKI_E_STRUCTURE,
	    "of v2 and v3 (RFC 5280 4.1.2.8)" },
	{ 0 },
};
static const exception of_v3[] = {
	TWO_ALGORITHMS("tbsCertificate.signature"),
	{ "tbsCertificate.version=out", "tbsCertificate.extensions=in", PKI_E_STRUCTURE,
	    "of v3 (RFC 5280 4.1.2.9)" },
	{ 0 },
};
static const exception tbs_of_v3[] = {
	{ "version=out", "issuerUniqueID=in", PKI_E_STRUCTURE, "of v2 and v3 (RFC 5280 4.1.2.8)" },
	{ 0 },
};
static const schema_value unique[] = { { "", "hex:0102" }, END };
static const schema_value crl_v1[] = {
	{ "*version", "omit" },
	{ "*crlEntryExtensions", "omit" },
	{ "*crlExtensions", "omit" },
	SIGNED_TWICE,
	END,
};
static const schema_value crl_v2[] = { { "*version", "1" }, SIGNED_TWICE, END };
static const schema_value tbs_list_v2[] = {
	{ "version", "1" },
	{ "signature.algorithm", "1.2.840.10045.4.3.2" },
	{ "signature.parameters", "omit" },
	{ "crlExtensions", "omit" },
	END,
};
static const exception crl_of_v1[] = {
	TWO_ALGORITHMS("tbsCertList.signature"),
	NONE_REVOKED("tbsCertList."),
	{ 0 },
};
static const exception crl_of_v2[] = {
	TWO_ALGORITHMS("tbsCertList.signature"),
	NONE_REVOKED("tbsCertList."),
	{ "tbsCertList.version=out", "tbsCertList.crlExtensions=in", PKI_E_STRUCTURE,
	    "of v2 (RFC 5280 5.1.2.1)" },
	{ 0 },
};
static const exception tbs_list_of_v2[] = {
	NONE_REVOKED(""),
	{ "version=out", "revokedCertificates.?1.crlEntryExtensions=in", PKI_E_STRUCTURE,
	    "of v2 (RFC 5280 5.1.2.1)" },
	{ 0 },
};
/* Certificates and CRLs of v1: what they may have is bound above. */
#define PLAIN_MEMBERS                                                                      \
 { "*tbsCertificate.version", "omit" }, { "*UniqueID", "omit" }, { "*xtensions", "omit" }, \
     { "*tbsCertList.version", "omit" }, { "*revokedCertificates", "omit" },               \
     { "*.signature.parameters", "omit" }, { "*.signatureAlgorithm.parameters", "omit" },  \
     SIGNED_TWICE, P256_SUBJECT
static const schema_value plain_members[] = { PLAIN_MEMBERS, END };
static const schema_value plain_signed_data[] = { { "version", "1" }, PLAIN_MEMBERS, END };
static const schema_value bundle_members[] = {
	{ "version", "1" },
	{ "digestAlgorithms", "omit" },
	{ "encapContentInfo.eContentType", "1.2.840.113549.1.7.1" },
	{ "encapContentInfo.eContent", "omit" },
	{ "signerInfos", "omit" },
	PLAIN_MEMBERS,
	END,
};
#define NOT_WRITTEN "passed over, and not written"
static const exception bundle_others[] = {
	{ "certificates=out", "crls=out", PKI_E_ARG, "nothing to write" },
	{ "certificates.?1=extendedCertificate", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?1=v1AttrCert", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?1=v2AttrCert", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?1=other", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?2=extendedCertificate", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?2=v1AttrCert", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?2=v2AttrCert", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates.?2=other", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "crls.?1=other", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "crls.?2=other", NULL, PKI_SUCCESS, NOT_WRITTEN },
	{ "certificates=0", NULL, PKI_SUCCESS, "an empty set is not written" },
	{ "crls=0", NULL, PKI_SUCCESS, "an empty set is not written" },
	{ 0 },
};
#define ANCHOR_VALUES                                                                            \
 { "*policyQualifiers", "omit" }, { "*policyFlags", "bits:001" }, { "*pathLenConstraint", "3" }, \
     { "*pubKey.algorithm.algorithm", "1.2.840.10045.2.1" },                                     \
     { "*pubKey.algorithm.parameters", P256_TLV }, { "*extnValue", NULL_TLV },                   \
 {                                                                                               \
  "*subjectPublicKey", P256_POINT                                                                \
 }
#define SUBTREES_OF_ALL_FORMS                                                                   \
 { "*rfc822Name", "example.org" }, { "*dNSName", "example.org" },                               \
     { "*uniformResourceIdentifier", "example.org" }, { "*iPAddress", "hex:c0000200ffffff00" }, \
     { "*built-in-standard-attributes", "hex:3000" },                                           \
     { "*built-in-domain-defined-attributes", "hex:3000" },                                     \
 {                                                                                              \
  "*extension-attributes", "hex:3100"                                                           \
 }
static const schema_value anchor_controls_alone[] = {
	{ "version", "omit" },
	{ "*certPath.certificate", "omit" },
	{ "certificate", "omit" },
	{ "taTitle*", "omit" },
	{ "exts", "omit" },
	ANCHOR_VALUES,
	SUBTREES_OF_ALL_FORMS,
	END,
};
#define ANCHOR_MEMBERS                                                                        \
 { "*version", "omit" }, { "*certPath.certificate", "omit" }, { "*.critical", "omit" },       \
     { "*xtensions", "omit" }, { "*UniqueID", "omit" }, { "*.signature.parameters", "omit" }, \
     { "*.signatureAlgorithm.parameters", "omit" }, ANCHOR_VALUES, SUBTREES_OF_ALL_FORMS,     \
     SIGNED_TWICE
static const schema_value anchor_members[] = { ANCHOR_MEMBERS, END };
/* NameConstraints are bound above. */
static const schema_value anchor_list_members[] = { { "*nameConstr", "omit" }, ANCHOR_MEMBERS,
	END };
#define NO_ANCHOR "no anchor of a path (RFC 5914 2.5)"
#define NOT_KEPT  "not kept"
#define NOT_EMPTY "not empty (RFC 5280 4.2.1.10)"
#define BAD_CONTROLS(path)                                                         \
 { path "taName.rdnSequence=0", NULL, PKI_E_STRUCTURE, NO_ANCHOR },                \
 {                                                                                 \
  path "nameConstr.permittedSubtrees=out", path "nameConstr.excludedSubtrees=out", \
      PKI_E_STRUCTURE, NOT_EMPTY                                                   \
 }
#define BAD_INFO(info)                                  \
 BAD_CONTROLS(info "certPath."),                        \
 {                                                      \
  info "certPath=out", NULL, PKI_E_STRUCTURE, NO_ANCHOR \
 }
#define BAD_CHOICE(choice)                                                               \
 BAD_INFO(choice "taInfo."),                                                             \
     { choice "certificate.tbsCertificate.subject.rdnSequence=0", NULL, PKI_E_STRUCTURE, \
	     NO_ANCHOR },                                                                \
 {                                                                                       \
  choice "tbsCert.subject.rdnSequence=0", NULL, PKI_E_STRUCTURE, NO_ANCHOR               \
 }
static const exception bad_controls[] = { BAD_CONTROLS(""), { 0 } };
static const exception bad_info[] = {
	BAD_INFO(""),
	{ "exts=in", NULL, PKI_SUCCESS, NOT_KEPT },
	{ "taTitle=in", NULL, PKI_SUCCESS, NOT_KEPT },
	{ "taTitleLangTag=in", NULL, PKI_SUCCESS, NOT_KEPT },
	{ 0 },
};
static const exception bad_choice[] = { BAD_CHOICE(""), { 0 } };
static const exception bad_list[] = { BAD_CHOICE("?1."), BAD_CHOICE("?2."), { 0 } };
static const schema_value any_policy_flag[] = { { "", "bits:001" }, END };
static const schema_value cms_v5[] = { { "", "5" }, END };
static const schema_value other_content[] = { { "contentType", "1.2.840.113549.1.7.3" }, END };

static const binding bindings[] = {
	{ "PKIX1Explicit88", "Certificate", certificate, cert_v1, two_algorithms },
	{ "PKIX1Explicit88", "Certificate", certificate, cert_v2, of_v2 },
	{ "PKIX1Explicit88", "Certificate", certificate, cert_v3, of_v3 },
	{ "PKIX1Explicit88", "TBSCertificate", tbs_certificate, tbs_v3, tbs_of_v3 },
	{ "PKIX1Explicit88", "Validity", validity, NULL, NULL },
	{ "PKIX1Explicit88", "UniqueIdentifier", unique_id, unique, NULL },
	{ "PKIX1Explicit88", "CertificateList", certificate_list, crl_v1, crl_of_v1 },
	{ "PKIX1Explicit88", "CertificateList", certificate_list, crl_v2, crl_of_v2 },
	{ "PKIX1Explicit88", "TBSCertList", tbs_cert_list, tbs_list_v2, tbs_list_of_v2 },
	{ "PKIX1Explicit88", "CertificateSerialNumber", integer, NULL, NULL },
	{ "PKIX1Explicit88", "AttributeType", oid, NULL, NULL },
	{ "PKIX1Explicit88", "AttributeValue", any, NULL, NULL },
	{ "PKIX1Explicit88", "Attribute", attribute, NULL, NULL },
	{ "PKIX1Explicit88", "AttributeTypeAndValue", ava, NULL, NULL },
	{ "PKIX1Explicit88", "Name", name, NULL, NULL },
	{ "PKIX1Explicit88", "RDNSequence", name, NULL, NULL },
	{ "PKIX1Explicit88", "DistinguishedName", name, NULL, NULL },
	{ "PKIX1Explicit88", "RelativeDistinguishedName", rdn, NULL, NULL },
	{ "PKIX1Explicit88", "DirectoryString", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520name", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520CommonName", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520LocalityName", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520StateOrProvinceName", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520OrganizationName", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520OrganizationalUnitName", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520Title", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520dnQualifier", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520countryName", text, country, NULL },
	{ "PKIX1Explicit88", "X520SerialNumber", text, NULL, NULL },
	{ "PKIX1Explicit88", "X520Pseudonym", text, NULL, NULL },
	{ "PKIX1Explicit88", "DomainComponent", text, NULL, NULL },
	{ "PKIX1Explicit88", "EmailAddress", text, NULL, NULL },
	{ "PKIX1Explicit88", "Time", time_of, NULL, NULL },
	{ "PKIX1Explicit88", "AlgorithmIdentifier", algid, NULL, NULL },
	{ "PKIX1Explicit88", "SubjectPublicKeyInfo", spki, p256_spki, NULL },
	{ "PKIX1Explicit88", "Extensions", extensions, value_null, NULL },
	{ "PKIX1Explicit88", "Extension", extension, NULL, NULL },

	{ "PKIX1Implicit88", "SubjectKeyIdentifier", key_id, NULL, NULL },
	{ "PKIX1Implicit88", "KeyIdentifier", octets, NULL, NULL },
	{ "PKIX1Implicit88", "KeyUsage", key_usage, NULL, NULL },
	{ "PKIX1Implicit88", "SubjectAltName", gns, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "IssuerAltName", gns, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "GeneralNames", gns, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "GeneralName", gn, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "AnotherName", another_name, NULL, NULL },
	{ "PKIX1Implicit88", "EDIPartyName", edi_party_name, NULL, NULL },
	{ "PKIX1Implicit88", "ORAddress", or_address, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "BasicConstraints", basic_constraints, NULL, path_of_no_ca },
	{ "PKIX1Implicit88", "ExtKeyUsageSyntax", ext_key_usage, NULL, NULL },
	{ "PKIX1Implicit88", "KeyPurposeId", oid, NULL, NULL },
	{ "PKIX1Implicit88", "AuthorityKeyIdentifier", authority_key_id, names_of_all_forms,
	    half_an_issuer },
	{ "PKIX1Implicit88", "CertificatePolicies", certificate_policies, NULL, NULL },
	{ "PKIX1Implicit88", "PolicyInformation", policy_information, NULL, NULL },
	{ "PKIX1Implicit88", "CertPolicyId", oid, NULL, NULL },
	{ "PKIX1Implicit88", "PolicyQualifierInfo", policy_qualifier_info, NULL, NULL },
	{ "PKIX1Implicit88", "PolicyQualifierId", oid, NULL, NULL },
	{ "PKIX1Implicit88", "CPSuri", cps_uri, NULL, NULL },
	{ "PKIX1Implicit88", "UserNotice", user_notice, NULL, NULL },
	{ "PKIX1Implicit88", "NoticeReference", notice_reference, NULL, NULL },
	{ "PKIX1Implicit88", "DisplayText", display_text, NULL, NULL },
	{ "PKIX1Implicit88", "PolicyMappings", policy_mappings, NULL, NULL },
	{ "PKIX1Implicit88", "SubjectDirectoryAttributes", directory_attributes, NULL, NULL },
	{ "PKIX1Implicit88", "NameConstraints", name_constraints, subtrees_of_all_forms,
	    no_subtrees },
	{ "PKIX1Implicit88", "GeneralSubtrees", general_subtrees, subtrees_of_all_forms, NULL },
	{ "PKIX1Implicit88", "GeneralSubtree", general_subtree, subtrees_of_all_forms, NULL },
	{ "PKIX1Implicit88", "BaseDistance", base_distance, NULL, NULL },
	{ "PKIX1Implicit88", "PolicyConstraints", policy_constraints, NULL, no_constraints },
	{ "PKIX1Implicit88", "SkipCerts", inhibit_any_policy, NULL, NULL },
	{ "PKIX1Implicit88", "CRLDistributionPoints", dist_points, names_of_all_forms,
	    points_of_no_place },
	{ "PKIX1Implicit88", "DistributionPoint", dist_point, names_of_all_forms,
	    point_of_no_place },
	{ "PKIX1Implicit88", "DistributionPointName", dist_point_name, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "ReasonFlags", reason_flags, NULL, NULL },
	{ "PKIX1Implicit88", "InhibitAnyPolicy", inhibit_any_policy, NULL, NULL },
	{ "PKIX1Implicit88", "FreshestCRL", freshest_crl, names_of_all_forms, points_of_no_place },
	{ "PKIX1Implicit88", "AuthorityInfoAccessSyntax", authority_info, names_of_all_forms,
	    NULL },
	{ "PKIX1Implicit88", "AccessDescription", access_description, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "SubjectInfoAccessSyntax", subject_info, names_of_all_forms, NULL },
	{ "PKIX1Implicit88", "CRLNumber", crl_number, NULL, NULL },
	{ "PKIX1Implicit88", "BaseCRLNumber", base_crl_number, NULL, NULL },
	{ "PKIX1Implicit88", "IssuingDistributionPoint", issuing_point, point_of_ca_certs,
	    point_of_nothing },
	{ "PKIX1Implicit88", "IssuingDistributionPoint", issuing_point, point_of_user_certs,
	    point_of_nothing },
	{ "PKIX1Implicit88", "IssuingDistributionPoint", issuing_point, point_of_attribute_certs,
	    point_of_nothing },
	{ "PKIX1Implicit88", "IssuingDistributionPoint", issuing_point, names_of_all_forms,
	    point_of_two_kinds },
	{ "PKIX1Implicit88", "CRLReason", crl_reason, NULL, NULL },
	{ "PKIX1Implicit88", "InvalidityDate", invalidity_date, NULL, NULL },
	{ "PKIX1Implicit88", "CertificateIssuer", certificate_issuer, names_of_all_forms, NULL },

	{ "OtherNames", "SmtpUTF8Mailbox", smtp_utf8_mailbox, mailbox, NULL },
	{ "OtherNames", "UserPrincipalName", user_principal_name, principal, NULL },

	{ "OtherExtensions", "Features", features, NULL, no_features },
	{ "OtherExtensions", "OCSPNoCheck", ocsp_nocheck, NULL, NULL },
	{ "OtherExtensions", "NoRevAvail", no_rev_avail, NULL, NULL },
	{ "OtherExtensions", "PrivateKeyUsagePeriod", key_period, NULL, no_period },
	{ "OtherExtensions", "CertificateTemplateName", template_name, NULL, NULL },
	{ "OtherExtensions", "CertificateTemplateOID", template_oid, NULL, minor_alone },
	{ "OtherExtensions", "CAVersion", ca_version, NULL, NULL },
	{ "OtherExtensions", "PreviousCertHash", previous_cert, sha1_of_it, NULL },
	{ "OtherExtensions", "NetscapeCertType", ns_cert_type, some_cert_types, NULL },
	{ "OtherExtensions", "NetscapeComment", ns_comment, NULL, NULL },

	{ "QualifiedCertificates", "QCStatements", qc_statements, NULL, no_statement },
	{ "QualifiedCertificates", "QCStatement", qc_statement, NULL, NULL },
	{ "QualifiedCertificates", "SemanticsInformation", qc_semantics, names_of_all_forms,
	    no_semantics },
	{ "QualifiedCertificates", "NameRegistrationAuthorities", qc_authorities,
	    names_of_all_forms, NULL },
	{ "QualifiedCertificates", "QcEuLimitValue", qc_limit, limit_values, NULL },
	{ "QualifiedCertificates", "MonetaryValue", qc_limit, limit_values, NULL },
	{ "QualifiedCertificates", "Iso4217CurrencyCode", qc_currency, limit_values, NULL },
	{ "QualifiedCertificates", "QcEuRetentionPeriod", qc_retention, NULL, NULL },
	{ "QualifiedCertificates", "QcEuPDS", qc_pds, languages, NULL },
	{ "QualifiedCertificates", "PdsLocations", qc_pds, languages, NULL },
	{ "QualifiedCertificates", "PdsLocation", qc_pds_location, languages, NULL },
	{ "QualifiedCertificates", "QcType", qc_type, NULL, no_types },
	{ "QualifiedCertificates", "QcCClegislation", qc_legislation, countries, no_types },
	{ "QualifiedCertificates", "CountryName", qc_country, countries, NULL },

	{ "IPAddrAndASCertExtn", "IPAddrBlocks", ip_blocks, ip_values, no_blocks },
	{ "IPAddrAndASCertExtn", "IPAddressFamily", ip_family, ip_values, no_ranges },
	{ "IPAddrAndASCertExtn", "IPAddressChoice", ip_choice, ip_values, no_ranges },
	{ "IPAddrAndASCertExtn", "IPAddressOrRange", ip_or_range, ip_values, NULL },
	{ "IPAddrAndASCertExtn", "IPAddressRange", ip_or_range, ip_values, NULL },
	{ "IPAddrAndASCertExtn", "IPAddress", ip_or_range, NULL, NULL },
	{ "IPAddrAndASCertExtn", "ASIdentifiers", as_ids, as_values, no_as_ids },
	{ "IPAddrAndASCertExtn", "ASIdentifierChoice", as_choice, as_values, no_as_ids },
	{ "IPAddrAndASCertExtn", "ASIdOrRange", as_or_range, as_values, NULL },
	{ "IPAddrAndASCertExtn", "ASRange", as_or_range, as_values, NULL },
	{ "IPAddrAndASCertExtn", "ASId", as_or_range, NULL, NULL },

	{ "CMS", "ContentInfo", content_info, other_content, NULL },
	{ "CMS", "ContentType", content_type, NULL, NULL },
	{ "CMS", "SignedData", signed_data, plain_signed_data, NULL },
	{ "CMS", "SignedData", made_signed_data, bundle_members, bundle_others },
	{ "CMS", "CMSVersion", cms_version, cms_v5, NULL },
	{ "CMS", "DigestAlgorithmIdentifiers", digest_algorithms, NULL, NULL },
	{ "CMS", "DigestAlgorithmIdentifier", digest_algorithm, NULL, NULL },
	{ "CMS", "SignerInfos", signer_infos, NULL, NULL },
	{ "CMS", "EncapsulatedContentInfo", encap_content, NULL, NULL },
	{ "CMS", "SignerInfo", signer_info, NULL, NULL },
	{ "CMS", "RevocationInfoChoices", crl_set, plain_members, NULL },
	{ "CMS", "RevocationInfoChoice", crl_choice, plain_members, NULL },
	{ "CMS", "OtherRevocationInfoFormat", other_crl, NULL, NULL },
	{ "CMS", "CertificateSet", certificate_set, plain_members, NULL },
	{ "CMS", "CertificateChoices", certificate_choice, plain_members, NULL },
	{ "CMS", "PassedOver", passed_over, NULL, NULL },
	{ "CMS", "OtherCertificateFormat", other_certificate, NULL, NULL },

	{ "TrustAnchorInfo", "TrustAnchorInfo", anchor_info, anchor_controls_alone, bad_info },
	{ "TrustAnchorInfo", "TrustAnchorInfo", anchor_info, anchor_members, bad_info },
	{ "TrustAnchorInfo", "TrustAnchorInfoVersion", integer, NULL, NULL },
	{ "TrustAnchorInfo", "TrustAnchorTitle", anchor_title, NULL, NULL },
	{ "TrustAnchorInfo", "CertPathControls", anchor_controls, anchor_controls_alone,
	    bad_controls },
	{ "TrustAnchorInfo", "CertPolicyFlags", anchor_flags, any_policy_flag, NULL },
	{ "TrustAnchorInfo", "TrustAnchorList", anchor_list, anchor_list_members, bad_list },
	{ "TrustAnchorInfo", "TrustAnchorChoice", anchor_list, anchor_members, bad_choice },

	{ "PKCS-9", "PKCS9String", text, NULL, NULL },
	{ "PKCS-9", "ChallengePassword", text, NULL, NULL },
	{ "PKCS-9", "UnstructuredAddress", text, NULL, NULL },
	{ "PKCS-9", "ExtensionRequest", extensions, value_null, NULL },

	{ "PKCS-10", "CertificationRequestInfo", request_info, p256_request, NULL },
	{ "PKCS-10", "Attributes", attributes, NULL, NULL },
	{ "PKCS-10", "CertificationRequest", request, p256_request, NULL },

	{ "PKCS-8", "OneAsymmetricKey", private_key_info, key_v1, no_attributes },
	{ "PKCS-8", "OneAsymmetricKey", private_key_info, key_v2, public_key },
	{ "PKCS-8", "PrivateKeyInfo", private_key_info, key_v1, no_attributes },
	{ "PKCS-8", "Version", integer, NULL, NULL },
	{ "PKCS-8", "PrivateKeyAlgorithmIdentifier", algid, NULL, NULL },
	{ "PKCS-8", "PrivateKey", octets, NULL, NULL },
	{ "PKCS-8", "PublicKey", bits, NULL, NULL },
	{ "PKCS-8", "EncryptedPrivateKeyInfo", encrypted_private_key_info, NULL, NULL },
	{ "PKCS-8", "EncryptionAlgorithmIdentifier", algid, NULL, NULL },
	{ "PKCS-8", "EncryptedData", octets, NULL, NULL },

	{ "PKCS-5", "PBKDF2-params", pbkdf2_params, pbkdf2, pbkdf2_others },
	{ "PKCS-5", "PBES2-params", pbes2_params, pbes2, pbes2_others },
	{ "PKCS-5", "Scrypt-params", scrypt_params, scrypt, scrypt_others },
	{ "PKCS-5", "PBEParameter", pbe_parameter, pbe, NULL },
	{ "PKCS-5", "RC2-CBC-Parameter", rc2_parameter, rc2, NULL },
	{ "PKCS-5", "AES-IV", octets, NULL, NULL },

	{ "PKCS-1", "RSAPublicKey", rsa_public, rsa, NULL },
	{ "PKCS-1", "RSAPrivateKey", rsa_private, rsa, NULL },
	{ "PKCS-1", "Version", integer, NULL, NULL },
	{ "PKCS-1", "RSASSA-PSS-params", pss_params, pss, pss_others },
	{ "PKCS-1", "HashAlgorithm", algid, NULL, NULL },
	{ "PKCS-1", "MaskGenAlgorithm", algid, NULL, NULL },
	{ "PKCS-1", "TrailerField", integer, NULL, NULL },
	{ "PKCS-1", "DigestInfo", digest_info, sha256_info, info_others },
	{ "PKCS-1", "DigestAlgorithm", algid, NULL, NULL },

	{ "EC", "ECParameters", ec_parameters, curve, NULL },
	{ "EC", "ECPoint", octets, NULL, NULL },
	{ "EC", "ECDSA-Sig-Value", ecdsa_sig, ec_sig, NULL },
	{ "EC", "ECPrivateKey", ec_private, ec_key, NULL },
	{ "EC", "CurvePrivateKey", curve_private, octets32, NULL },

	{ "DSA", "Dss-Parms", dss_params, dss, NULL },
	{ "DSA", "DSAPublicKey", dsa_public, NULL, NULL },
	{ "DSA", "Dss-Sig-Value", ecdsa_sig, ec_sig, NULL },
};
#define BINDINGS (sizeof bindings / sizeof *bindings)

/* ---- every production ---- */

static schema schemas[MODULES];

typedef struct tally {
	const binding *b;
	const schema *s;
	size_t shapes, refused;
} tally;

static bool chosen(const schema_shape *shape, const char *label)
{
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(label, shape->choices[i].label) == 0)
			return true;
	return false;
}

static const exception *exception_of(const binding *b, const schema_shape *shape)
{
	for (const exception *e = b->exceptions; e != NULL && e->label != NULL; e++)
		if (chosen(shape, e->label) && (e->with == NULL || chosen(shape, e->with)))
			return e;
	return NULL;
}

static void describe(const binding *b, const schema_shape *shape, pki_bytes der)
{
	fprintf(stderr, "%s.%s:", b->module, b->production);
	for (size_t i = 0; i < shape->count; i++)
		fprintf(stderr, " %s", shape->choices[i].label);
	fprintf(stderr, "\n");
	for (size_t i = 0; i < der.len; i++)
		fprintf(stderr, "%02x", der.data[i]);
	fprintf(stderr, "\n");
}

/* libpki's octets, read and written by libtasn1. */
static void reverse(const schema *s, const char *production, pki_bytes ours)
{
	pki_bytes theirs = schema_rewrite(s, production, ours);

	ck_assert_msg(theirs.len > 0, "%s.%s: libtasn1 does not read what libpki writes", s->name,
	    production);
	t_bytes_eq(theirs, ours);
	free((void *)(uintptr_t)theirs.data);
}

static void refused(
    const tally *t, pki_status st, pki_status want, const schema_shape *shape, pki_bytes der)
{
	if (st != want)
		describe(t->b, shape, der);
	ck_assert_msg(st == want, "%s: %s", t->b->production, pki_status_text(st));
}

static void each_shape(void *ud, pki_bytes der, const schema_shape *shape)
{
	tally *t = ud;
	const exception *e = exception_of(t->b, shape);
	pki_buf again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st = recode(t->b->codec, der, &again, &err);

	t->shapes++;
	t->refused += st != PKI_SUCCESS;
	if (shape->undersize) {
		refused(t, st, PKI_E_STRUCTURE, shape, der);
	} else if (e != NULL && e->status != PKI_SUCCESS) {
		refused(t, st, e->status, shape, der);
	} else {
		if (st != PKI_SUCCESS)
			describe(t->b, shape, der);
		ck_assert_msg(st == PKI_SUCCESS, "%s: %s", t->b->production, t_error(&err));
		if (e == NULL)
			t_bytes_eq(pki_buf_bytes(&again), der);
		reverse(t->s, t->b->production, pki_buf_bytes(&again));
	}
	pki_buf_free(&again);
}

/* Is it this module's own, and not one that it imports? */
static bool is_own(size_t module, size_t production)
{
	for (size_t i = 0; i < module; i++)
		if (schema_same(&schemas[module], production, &schemas[i]))
			return false;
	return true;
}

static bool bound(size_t module, size_t production)
{
	const schema *s = &schemas[module];
	bool any_binding = false;

	for (const binding *b = bindings; b < bindings + BINDINGS; b++) {
		tally t = { b, s, 0, 0 };

		if (strcmp(b->module, s->name) != 0 ||
		    strcmp(b->production, s->tree[production].name) != 0)
			continue;
		(void)schema_shapes(s, b->production, b->values, each_shape, &t);
		printf("%-16s %-30s %3zu shapes, %zu refused\n", s->name, b->production, t.shapes,
		    t.refused);
		for (const exception *e = b->exceptions; e != NULL && e->label != NULL; e++)
			printf("%18s%s %s: %s; %s\n", "", e->label, e->with != NULL ? e->with : "",
			    e->status == PKI_SUCCESS ? "read" : pki_status_text(e->status), e->why);
		any_binding = true;
	}
	return any_binding;
}

START_TEST(productions)
{
	size_t found = 0, has_codec = 0;

	for (size_t m = 0; m < MODULES; m++) {
		const schema *s = &schemas[m];

		for (size_t i = schema_first(s); i != 0; i = s->right[i]) {
			if (!schema_is_type(s, i) || !is_own(m, i))
				continue;
			found++;
			if (bound(m, i))
				has_codec++;
			else
				fprintf(stderr, "%s.%s has no codec\n", s->name, s->tree[i].name);
		}
	}
	printf("%zu of %zu productions bound\n", has_codec, found);
	ck_assert_uint_eq(has_codec, found);
}
END_TEST

/* No row of the table is about a production that is not there. */
START_TEST(bindings_exist)
{
	for (const binding *b = bindings; b < bindings + BINDINGS; b++) {
		bool there = false;

		for (size_t m = 0; m < MODULES && !there; m++) {
			const schema *s = &schemas[m];

			for (size_t i = schema_first(s); i != 0 && !there; i = s->right[i])
				there = strcmp(s->name, b->module) == 0 && is_own(m, i) &&
				    strcmp(s->tree[i].name, b->production) == 0;
		}
		ck_assert_msg(there, "%s.%s is in no module", b->module, b->production);
	}
}
END_TEST

/* ---- object identifiers ---- */

/* "1.2.3" of a value of the module, as libtasn1 has it. */
static void dotted_of(const schema *s, size_t i, char out[256])
{
	char path[160];
	int len = 255;

	snprintf(path, sizeof path, "%s.%s", s->name, s->tree[i].name);
	ck_assert_int_eq(asn1_read_value(s->definitions, path, out, &len), ASN1_SUCCESS);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* An arc has no name; else the name is the module's, with less in front. */
static bool name_fits(const char *identifier, const char *known)
{
	static const char *const others[][2] = {
		{ "pkcs-9-at-extensionRequest", "extensionReq" }, /* RFC 5912's name */
		{ "aes128-CBC-PAD", "aes128-CBC" },
		{ "aes192-CBC-PAD", "aes192-CBC" },
		{ "aes256-CBC-PAD", "aes256-CBC" },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(identifier, others[i][0]) == 0)
			return known != NULL && strcmp(known, others[i][1]) == 0;
	return known == NULL || ends_with(identifier, known);
}

START_TEST(oids)
{
	size_t found = 0, named = 0;

	for (size_t m = 0; m < MODULES; m++) {
		const schema *s = &schemas[m];

		for (size_t i = schema_first(s); i != 0; i = s->right[i]) {
			pki_buf contents = PKI_BUF_INIT, again = PKI_BUF_INIT;
			char dotted[256];
			const char *known;

			if (!schema_is_oid(s, i) || !is_own(m, i))
				continue;
			dotted_of(s, i, dotted);
			t_ok(pki_oid_parse(dotted, &contents, err));
			t_ok(pki_oid_format(pki_buf_bytes(&contents), &again, err));
			ck_assert_str_eq(pki_buf_str(&again), dotted);
			known = pki_oid_name(pki_buf_bytes(&contents));
			ck_assert_msg(name_fits(s->tree[i].name, known), "%s is called %s",
			    s->tree[i].name, known != NULL ? known : "nothing");
			found++;
			named += known != NULL;
			pki_buf_free(&again);
			pki_buf_free(&contents);
		}
	}
	printf("%zu object identifiers, %zu with a name, the others are arcs\n", found, named);
}
END_TEST

/* What X.690 allows and libtasn1 does not: arcs of 64 bits and more. */
START_TEST(beyond_libtasn1)
{
	pki_bytes in = t_hex("3016 0614 69 83ffffffffffffffffffffffffffffffffff 7f");
	pki_buf out = PKI_BUF_INIT;

	t_ok(recode(algid, in, &out, err));
	t_bytes_eq(pki_buf_bytes(&out), in);
	ck_assert_uint_eq(schema_rewrite(&schemas[0], "AlgorithmIdentifier", in).len, 0);
	printf("beyond libtasn1: OBJECT IDENTIFIERs with an arc of 2^64 or more, CRLs of more than "
	       "2000 entries, which take it quadratic time\n");
	pki_buf_free(&out);
}
END_TEST

/* ---- what libpki makes ---- */

static const schema *module(const char *name)
{
	for (size_t m = 0; m < MODULES; m++)
		if (strcmp(schemas[m].name, name) == 0)
			return &schemas[m];
	ck_abort_msg("no module %s", name);
	return NULL;
}

static void made_key(pki_key_type type)
{
	pki_buf out = PKI_BUF_INIT;
	pki_key *k;

	t_ok(pki_key_generate(NULL, type, NULL, &k, err));
	t_ok(pki_key_write(k, PKI_OPTS(pki_key_write_opts, .form = PKI_DER), &out, err));
	reverse(module("PKCS-8"), "PrivateKeyInfo", pki_buf_bytes(&out));
	pki_buf_free(&out);
	t_ok(pki_key_write(k,
	    PKI_OPTS(pki_key_write_opts, .form = PKI_DER, .password = "x", .iterations = 1000),
	    &out, err));
	reverse(module("PKCS-8"), "EncryptedPrivateKeyInfo", pki_buf_bytes(&out));
	pki_buf_free(&out);
	reverse(
	    module("PKIX1Explicit88"), "SubjectPublicKeyInfo", pki_pubkey_spki(pki_key_public(k)));
	pki_key_free(k);
}

START_TEST(made_keys)
{
	static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_P256, PKI_KEY_P384, PKI_KEY_P521,
		PKI_KEY_ED25519, PKI_KEY_ED448, PKI_KEY_X25519, PKI_KEY_X448 };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		made_key(types[i]);
}
END_TEST

START_TEST(made_request)
{
	const char *const names[] = { "example.org", "192.0.2.1", "dn:CN=x", "upn:me@example.org",
		NULL };
	pki_attribute attr = { PKI_OID(unstructured_name), pki_bytes_of("\x0c\x01x", 3) };
	pki_csr *r;
	pki_key *k;
	pki_ext e;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	t_ok(pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=x+OU=y,O=z,C=NL", .names = names,
		.challenge = "secret", .attrs = &attr, .attr_count = 1),
	    &r, err));
	reverse(module("PKCS-10"), "CertificationRequest", pki_csr_der(r));
	ck_assert(pki_csr_ext(r, PKI_OID(subject_alt_name), &e));
	reverse(module("PKIX1Implicit88"), "GeneralNames", e.value);
	pki_csr_free(r);
	pki_key_free(k);
}
END_TEST

static pki_cert *made_ca(const pki_key *k)
{
	const int32_t path_len = 3;
	pki_cert *c;

	t_ok(pki_cert_self_sign(NULL, k,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=x,O=y,C=NL", .profile = PKI_PROFILE_CA,
		.path_len = &path_len),
	    &c, err));
	reverse(module("PKIX1Explicit88"), "Certificate", pki_cert_der(c));
	return c;
}

static void made_cert(const pki_cert *ca, const pki_key *ca_key, pki_profile p)
{
	const char *const names[] = { "example.org", "mailto:me@example.org", NULL };
	pki_cert *c;
	pki_csr *r;
	pki_key *k;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	t_ok(pki_csr_make(
	    NULL, k, PKI_OPTS(pki_csr_opts, .subject = "CN=z", .names = names), &r, err));
	t_ok(pki_cert_issue(r, ca, ca_key, PKI_OPTS(pki_cert_opts, .profile = p), &c, err));
	reverse(module("PKIX1Explicit88"), "Certificate", pki_cert_der(c));
	pki_cert_free(c);
	pki_csr_free(r);
	pki_key_free(k);
}

/* Each profile, by a key of each type that signs. */
START_TEST(made_certs)
{
	static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_P256, PKI_KEY_P384, PKI_KEY_P521,
		PKI_KEY_ED25519, PKI_KEY_ED448 };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		pki_cert *ca;
		pki_key *k;

		t_ok(pki_key_generate(NULL, types[i], NULL, &k, err));
		ca = made_ca(k);
		for (pki_profile p = PKI_PROFILE_SERVER; p <= PKI_PROFILE_NONE; p++)
			made_cert(ca, k, p);
		pki_cert_free(ca);
		pki_key_free(k);
	}
}
END_TEST

/* Every reason, with and without invalidityDate; then what has changed since. */
static pki_crl *made_crl(const pki_cert *ca, const pki_key *k, const pki_crl_opts *o)
{
	static const pki_time since = 1767139200;
	pki_revocation e = { .when = 1767225600, .invalid_since = &since };
	pki_crl_builder *b;
	pki_crl *c;

	t_ok(pki_crl_builder_new(NULL, &b, err));
	for (pki_crl_reason r = PKI_REASON_NONE; r <= PKI_REASON_AA_COMPROMISE; r++) {
		uint8_t serial = (uint8_t)(r + 2);

		if (r == 7 || r == PKI_REASON_REMOVE)
			continue;
		pki_crl_builder_revoke(b, pki_bytes_of(&serial, 1), e.when, r);
		e.reason = r;
		serial += 64;
		e.serial = pki_bytes_of(&serial, 1);
		pki_crl_builder_add(b, NULL, &e);
	}
	t_ok(pki_crl_builder_sign(b, ca, k, o, &c, err));
	reverse(module("PKIX1Explicit88"), "CertificateList", pki_crl_der(c));
	pki_crl_builder_free(b);
	return c;
}

static pki_crl *made_empty_crl(const pki_cert *ca, const pki_key *k)
{
	pki_crl_builder *b;
	pki_crl *c;

	t_ok(pki_crl_builder_new(NULL, &b, err));
	t_ok(pki_crl_builder_sign(b, ca, k, NULL, &c, err));
	reverse(module("PKIX1Explicit88"), "CertificateList", pki_crl_der(c));
	pki_crl_builder_free(b);
	return c;
}

static void made_bundle(const pki_cert *ca, const pki_crls *crls)
{
	pki_buf out = PKI_BUF_INIT;
	pki_certs *certs;
	pki_bytes der;

	t_ok(pki_certs_new(NULL, &certs, err));
	t_ok(pki_certs_add(certs, ca, err));
	t_ok(pki_bundle_write(certs, crls, PKI_DER, &out, err));
	der = pki_buf_bytes(&out);
	reverse(module("CMS"), "ContentInfo", der);
	child(&der, 1);
	reverse(module("CMS"), "SignedData", inside(der, 1));
	pki_buf_free(&out);
	pki_certs_free(certs);
}

START_TEST(made_crls)
{
	pki_crls *crls;
	pki_cert *ca;
	pki_crl *c[3];
	pki_key *k;

	t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
	ca = made_ca(k);
	c[0] = made_empty_crl(ca, k);
	c[1] = made_crl(ca, k, PKI_OPTS(pki_crl_opts, .from = c[0]));
	c[2] = made_crl(ca, k, PKI_OPTS(pki_crl_opts, .delta_base = c[0]));
	t_ok(pki_crls_new(NULL, &crls, err));
	for (size_t i = 0; i < 3; i++)
		t_ok(pki_crls_add(crls, c[i], err));
	made_bundle(ca, crls);
	pki_crls_free(crls);
	made_bundle(ca, NULL);
	for (size_t i = 0; i < 3; i++)
		pki_crl_free(c[i]);
	pki_cert_free(ca);
	pki_key_free(k);
}
END_TEST

START_TEST(modules_open)
{
	for (size_t m = 0; m < MODULES; m++)
		schema_open(&schemas[m], asn1_modules[m].name, asn1_modules[m].tree);
}
END_TEST

START_TEST(modules_close)
{
	for (size_t m = 0; m < MODULES; m++)
		schema_close(&schemas[m]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { modules_open, productions, bindings_exist, oids,
		beyond_libtasn1, made_keys, made_request, made_certs, made_crls, modules_close,
		NULL };

	return t_main("binding", tests);
}
