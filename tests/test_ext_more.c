/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions outside RFC 5280: what OpenSSL made, read by its fields and built anew; what is
 * refused; what cannot be built. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/ext_more.h>

#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "tests/lib/ext_copy.h"
#include "tests/lib/nested.h"
#include "tests/lib/rows.h"

static pki_exts *new_exts(void)
{
	pki_exts *e = NULL;

	t_ok(pki_exts_new(NULL, &e, err));
	return e;
}

/* "ipAddrBlocks-safi" is an ipAddrBlocks. */
static pki_buf oid_of(const char *label)
{
	pki_buf name = PKI_BUF_INIT, oid = PKI_BUF_INIT;

	t_ok(pki_buf_append(&name, pki_bytes_of(label, strcspn(label, "-")), err));
	t_ok(pki_oid_parse(pki_buf_str(&name), &oid, err));
	pki_buf_free(&name);
	return oid;
}

static pki_bytes value_of(const char *label)
{
	pki_bytes value = { NULL, 0 };
	rows r;

	rows_open(&r, "ext/more.txt");
	while (rows_next(&r, 3))
		if (strcmp(r.field[0], label) == 0)
			value = rows_hex(&r, 2);
	ck_assert_uint_gt(value.len, 0);
	return value;
}

/* As the parser of a certificate does. */
static pki_status check(const pki_ctx *ctx, pki_bytes oid, pki_bytes value, pki_error *err)
{
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, value, "Extension");
	pki_ext_check(&r, ctx, oid);
	st = pki_der_finish(&r, err);
	return st;
}

/* ---- what OpenSSL made ---- */

/* The list has this one extension. */
static void check_made(const pki_exts *e, const rows *v, pki_bytes oid)
{
	pki_buf made = PKI_BUF_INIT;
	pki_ext x;
	pki_derw w;
	pki_der r, s;

	t_ok(pki_exts_status(e, err));
	pki_derw_init(&w, NULL);
	pki_exts_write(&w, e, false);
	t_ok(pki_derw_finish(&w, &made, err));
	pki_der_init(&r, NULL, pki_buf_bytes(&made), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_ext_read(&s, NULL, &x);
	pki_der_leave(&s);
	t_ok(pki_der_finish(&r, err));
	t_bytes_eq(x.oid, oid);
	ck_assert_msg(x.critical == (rows_number(v, 1) != 0), "%s: critical", v->field[0]);
	t_bytes_eq(x.value, rows_hex(v, 2));
	pki_buf_free(&made);
}

static void check_cut(pki_bytes oid, pki_bytes value)
{
	for (size_t n = 0; n < value.len; n++) {
		pki_bytes cut = t_hex("");
		bool known;
		pki_exts *e = new_exts();

		cut = pki_bytes_of(value.data, n);
		ck_assert_int_ne(check(NULL, oid, cut, NULL), PKI_SUCCESS);
		ck_assert_int_ne(ext_copy(oid, cut, e, &known, NULL), PKI_SUCCESS);
		pki_exts_free(e);
	}
}

START_TEST(test_copies)
{
	size_t count = 0;
	rows r;

	rows_open(&r, "ext/more.txt");
	for (; rows_next(&r, 3); count++) {
		pki_buf oid = oid_of(r.field[0]);
		pki_exts *e = new_exts();
		bool known;

		t_ok(check(NULL, pki_buf_bytes(&oid), rows_hex(&r, 2), err));
		t_ok(ext_copy(pki_buf_bytes(&oid), rows_hex(&r, 2), e, &known, err));
		ck_assert_msg(known, "%s", r.field[0]);
		check_made(e, &r, pki_buf_bytes(&oid));
		check_cut(pki_buf_bytes(&oid), rows_hex(&r, 2));
		pki_exts_free(e);
		pki_buf_free(&oid);
	}
	ck_assert_uint_eq(count, 21);
}
END_TEST

/* ---- the fields of those ---- */

START_TEST(test_small)
{
	pki_key_period p;
	pki_ms_template t;
	uint16_t cert, key;
	uint32_t bits;
	pki_bytes v;

	t_ok(pki_ext_key_period(NULL, value_of("privateKeyUsagePeriod"), &p, err));
	ck_assert(p.has_not_before && p.has_not_after);
	ck_assert_int_eq(p.not_before, 1704067200);
	ck_assert_int_eq(p.not_after, 2619302399);
	t_ok(pki_ext_key_period(NULL, value_of("privateKeyUsagePeriod-after"), &p, err));
	ck_assert(!p.has_not_before && p.has_not_after);
	ck_assert_int_eq(p.not_before, 0);
	ck_assert_int_eq(p.not_after, 946684799);
	t_ok(pki_ext_ns_cert_type(NULL, value_of("netscapeCertType"), &bits, err));
	ck_assert_uint_eq(bits, PKI_NS_SSL_CLIENT | PKI_NS_SSL_SERVER | PKI_NS_SMIME);
	t_ok(pki_ext_ns_cert_type(NULL, value_of("netscapeCertType-ca"), &bits, err));
	ck_assert_uint_eq(bits, PKI_NS_SSL_CA | PKI_NS_SMIME_CA | PKI_NS_OBJECT_CA);
	t_ok(pki_ext_ns_text(NULL, value_of("netscapeComment"), &v, err));
	t_bytes_eq(v, pki_bytes_str("made by OpenSSL"));
	t_ok(pki_ext_ms_template_name(NULL, value_of("enrollCertType"), &v, err));
	t_bytes_eq(v, t_hex("005a 006f 00eb"));
	t_ok(pki_ext_ms_template(NULL, value_of("certificateTemplate"), &t, err));
	ck_assert(t.has_major && t.has_minor);
	ck_assert_uint_eq(t.major, 110);
	ck_assert_uint_eq(t.minor, UINT32_MAX);
	t_ok(pki_ext_ms_template(NULL, value_of("certificateTemplate-id"), &t, err));
	ck_assert(!t.has_major && !t.has_minor);
	t_ok(pki_ext_ms_ca_version(NULL, value_of("caVersion"), &cert, &key, err));
	ck_assert_uint_eq(cert, 3);
	ck_assert_uint_eq(key, 2);
	t_ok(pki_ext_ms_previous_cert(NULL, value_of("previousCertHash"), &v, err));
	ck_assert_uint_eq(v.len, 20);
}
END_TEST

START_TEST(test_statements)
{
	static const size_t infos[] = { 0, 1, 1, 0, 1, 1, 1, 1, 0 };
	pki_bytes info[9], country;
	pki_qc_semantics semantics;
	pki_qc_statement s;
	pki_qc_limit limit;
	pki_qc_pds pds;
	pki_ext_iter it;
	size_t n = 0;
	int64_t years;
	pki_gn gn;

	pki_ext_list(&it, NULL, value_of("qcStatements"));
	for (; pki_ext_qc_next(&it, &s); n++) {
		ck_assert_uint_lt(n, 9);
		ck_assert_uint_eq(s.info.len > 0, infos[n]);
		info[n] = s.info;
	}
	t_ok(pki_ext_list_finish(&it, err));
	ck_assert_uint_eq(n, 9);
	t_ok(pki_ext_qc_limit(NULL, info[1], &limit, err));
	t_bytes_eq(limit.currency, pki_bytes_str("EUR"));
	ck_assert_int_eq(limit.amount, 25);
	ck_assert_int_eq(limit.exponent, 3);
	t_ok(pki_ext_qc_retention(NULL, info[2], &years, err));
	ck_assert_int_eq(years, 10);
	pki_ext_list(&it, NULL, info[4]);
	ck_assert(pki_ext_qc_pds_next(&it, &pds));
	ck_assert(pki_ext_qc_pds_next(&it, &pds));
	t_bytes_eq(pds.url, pki_bytes_str("https://ca.example/pds_nl.pdf"));
	t_bytes_eq(pds.language, pki_bytes_str("nl"));
	ck_assert(!pki_ext_qc_pds_next(&it, &pds));
	t_ok(pki_ext_list_finish(&it, err));
	pki_ext_list(&it, NULL, info[6]);
	ck_assert(pki_ext_qc_country_next(&it, &country));
	t_bytes_eq(country, pki_bytes_str("NL"));
	t_ok(pki_ext_list_finish(&it, err));
	t_ok(pki_ext_qc_semantics(NULL, info[7], &semantics, err));
	ck_assert_uint_gt(semantics.identifier.len, 0);
	pki_ext_list_in(&it, NULL, semantics.authorities);
	ck_assert(pki_ext_name_next(&it, &gn));
	t_bytes_eq(gn.value, pki_bytes_str("registry.example"));
	t_ok(pki_ext_list_finish(&it, err));

	pki_ext_list(&it, NULL, value_of("qcStatements-number"));
	ck_assert(pki_ext_qc_next(&it, &s));
	t_ok(pki_ext_qc_limit(NULL, s.info, &limit, err));
	ck_assert_uint_eq(limit.currency.len, 0);
	ck_assert_int_eq(limit.currency_number, 978);
	ck_assert_int_eq(limit.exponent, -2);
	t_ok(pki_ext_list_finish(&it, err));
}
END_TEST

START_TEST(test_scts)
{
	pki_bytes list;
	pki_sct sct;

	t_ok(pki_ext_sct_list(NULL, value_of("signedCertificateTimestampList"), &list, err));
	ck_assert(pki_sct_next(&list, &sct));
	ck_assert_uint_eq(sct.version, 0);
	ck_assert_uint_eq(sct.log_id.len, 32);
	ck_assert_uint_eq(sct.log_id.data[31], 7);
	ck_assert_uint_eq(sct.timestamp, 1700000000000);
	ck_assert_uint_eq(sct.extensions.len, 0);
	ck_assert_uint_eq(sct.hash, 4);
	ck_assert_uint_eq(sct.sig, 3);
	t_bytes_eq(sct.signature, t_hex("abcd"));
	ck_assert(pki_sct_next(&list, &sct));
	t_bytes_eq(sct.extensions, t_hex("abcdef"));
	ck_assert_uint_eq(sct.timestamp, 1700000000001);
	ck_assert_uint_eq(sct.hash, 8);
	ck_assert_uint_eq(sct.sig, 4);
	ck_assert_uint_eq(sct.signature.len, 0);
	ck_assert(pki_sct_next(&list, &sct));
	ck_assert_uint_eq(sct.version, 1);
	t_bytes_eq(sct.raw, t_hex("01"));
	ck_assert(!pki_sct_next(&list, &sct));
	ck_assert_uint_eq(list.len, 0);
	/* a list that was not checked */
	list = t_hex("0005 01");
	ck_assert(!pki_sct_next(&list, &sct));
	ck_assert_ptr_null(sct.raw.data);
}
END_TEST

START_TEST(test_ip)
{
	pki_ext_iter it, in;
	pki_bytes families;
	pki_ip_family f;
	pki_ip_range range;
	pki_as_range as;
	pki_as_ids ids;

	t_ok(pki_ext_ip_blocks(NULL, value_of("ipAddrBlocks"), &families, err));
	pki_ext_list_in(&it, NULL, families);
	ck_assert(pki_ext_ip_family_next(&it, &f));
	ck_assert_uint_eq(f.afi, 1);
	ck_assert(!f.has_safi);
	pki_ext_list_in(&in, NULL, f.ranges);
	ck_assert(pki_ext_ip_range_next(&in, &f, &range));
	ck_assert(range.has_prefix);
	ck_assert_uint_eq(range.prefix, 8);
	t_bytes_eq(pki_bytes_of(range.min, 4), t_hex("0a000000"));
	t_bytes_eq(pki_bytes_of(range.max, 4), t_hex("0affffff"));
	ck_assert(pki_ext_ip_range_next(&in, &f, &range));
	ck_assert(!range.has_prefix);
	t_bytes_eq(pki_bytes_of(range.min, 4), t_hex("c0000201"));
	t_bytes_eq(pki_bytes_of(range.max, 4), t_hex("c0000209"));
	t_ok(pki_ext_list_finish(&in, err));
	ck_assert(pki_ext_ip_family_next(&it, &f));
	ck_assert_uint_eq(f.afi, 2);
	pki_ext_list_in(&in, NULL, f.ranges);
	ck_assert(pki_ext_ip_range_next(&in, &f, &range));
	ck_assert_uint_eq(range.prefix, 128);
	ck_assert_uint_eq(range.max[15], 1);
	t_ok(pki_ext_list_finish(&in, err));
	ck_assert(!pki_ext_ip_family_next(&it, &f));
	t_ok(pki_ext_list_finish(&it, err));

	t_ok(pki_ext_as_ids(NULL, value_of("autonomousSysIds"), &ids, err));
	ck_assert(!ids.inherit_asnum && !ids.inherit_rdi);
	pki_ext_list_in(&it, NULL, ids.asnum);
	ck_assert(pki_ext_as_range_next(&it, &as));
	ck_assert(as.min == 0 && as.max == 0);
	ck_assert(pki_ext_as_range_next(&it, &as));
	ck_assert(as.min == 64496 && as.max == 64511);
	ck_assert(pki_ext_as_range_next(&it, &as));
	ck_assert(as.max == UINT32_MAX);
	ck_assert(!pki_ext_as_range_next(&it, &as));
	t_ok(pki_ext_list_finish(&it, err));
	t_ok(pki_ext_as_ids(NULL, value_of("autonomousSysIds-inherit"), &ids, err));
	ck_assert(ids.inherit_asnum && ids.inherit_rdi);
	ck_assert_uint_eq(ids.asnum.len, 0);
}
END_TEST

START_TEST(test_logotype)
{
	pki_logotype_media media;
	pki_logotype_info info;
	pki_logotype_hash hash;
	pki_ext_iter it, in;
	pki_logotype l;
	pki_bytes uri;

	t_ok(pki_ext_logotype(NULL, value_of("logotype"), &l, err));
	ck_assert_uint_eq(l.subject.len, 0);
	pki_ext_list_in(&it, NULL, l.community);
	ck_assert(pki_ext_logotype_next(&it, &info));
	ck_assert_uint_eq(info.ref_uris.len, 0);
	pki_ext_list_in(&in, NULL, info.images);
	ck_assert(pki_ext_logotype_image_next(&in, &media));
	t_bytes_eq(media.media_type, pki_bytes_str("image/gif"));
	ck_assert(media.has_info && media.gray);
	ck_assert_int_eq(media.file_size, 1000);
	ck_assert_int_eq(media.x_size, 64);
	ck_assert_int_eq(media.y_size, 32);
	ck_assert(media.has_num_bits && !media.has_table_size);
	ck_assert_int_eq(media.num_bits, 8);
	t_bytes_eq(media.language, pki_bytes_str("nl"));
	t_ok(pki_ext_list_finish(&in, err));
	pki_ext_list_in(&in, NULL, media.hashes);
	ck_assert(pki_ext_logotype_hash_next(&in, &hash));
	t_bytes_eq(hash.value, t_hex("aabb"));
	t_ok(pki_ext_list_finish(&in, err));
	pki_ext_list_in(&in, NULL, info.audios);
	ck_assert(pki_ext_logotype_audio_next(&in, &media));
	ck_assert_int_eq(media.play_time, 1500);
	ck_assert_int_eq(media.channels, 2);
	ck_assert(media.has_sample_rate);
	ck_assert_int_eq(media.sample_rate, 44100);
	t_ok(pki_ext_list_finish(&in, err));
	t_ok(pki_ext_list_finish(&it, err));
	pki_ext_list_in(&it, NULL, l.issuer);
	ck_assert(pki_ext_logotype_next(&it, &info));
	pki_ext_list_in(&in, NULL, info.ref_uris);
	ck_assert(pki_ext_logotype_uri_next(&in, &uri));
	t_bytes_eq(uri, pki_bytes_str("https://logo.example/a"));
	t_ok(pki_ext_list_finish(&in, err));
	ck_assert(!pki_ext_logotype_next(&it, &info));
	t_ok(pki_ext_list_finish(&it, err));
	pki_ext_list_in(&it, NULL, l.other);
	ck_assert(pki_ext_logotype_next(&it, &info));
	ck_assert_uint_gt(info.type.len, 0);
	ck_assert_uint_gt(info.images.len, 0);
	t_ok(pki_ext_list_finish(&it, err));
}
END_TEST

/* ---- as text ---- */

static const struct {
	const char *label, *text;
} texts[] = {
	{ "netscapeCertType", "sslClient, sslServer, smime" },
	{ "netscapeCertType-ca", "sslCA, smimeCA, objectSigningCA" },
	{ "netscapeComment", "made by OpenSSL" },
	{ "ipAddrBlocks",
	    "IPv4 10.0.0.0/8 192.0.2.1-192.0.2.9 198.51.100.128/25 203.0.113.255/32"
	    ", IPv6 ::1/128 2001:db8::/32 2001:dba::-2001:dbc:ffff:ffff:ffff:ffff:f"
	    "fff:ffff" },
	{ "ipAddrBlocks-inherit", "IPv4 inherit, IPv6 inherit" },
	{ "ipAddrBlocks-safi", "IPv4 0.0.0.0/0, IPv4 SAFI 1 203.0.113.0/24, IPv4 SAFI 2 inherit" },
	{ "ipAddrBlocks-edges", "IPv4 0.0.0.0-127.255.255.254 128.0.0.1-255.255.255.255" },
	{ "autonomousSysIds", "AS 0 64496-64511 4200000000-4294967295, RDI 7" },
	{ "autonomousSysIds-inherit", "AS inherit, RDI inherit" },
	{ "privateKeyUsagePeriod",
	    "notBefore 2024-01-01T00:00:00Z, notAfter 2052-12-31T23:59:59Z" },
	{ "privateKeyUsagePeriod-after", "notAfter 1999-12-31T23:59:59Z" },
	{ "enrollCertType", "Zo\xc3\xab" },
	{ "certificateTemplate", "1.3.6.1.4.1.311.21.8.1.2.3, major 110, minor 4294967295" },
	{ "certificateTemplate-id", "1.3.6.1.4.1.311.21.8.1.2.3" },
	{ "caVersion", "certificate 3, key 2" },
	{ "previousCertHash", "000102030405060708090a0b0c0d0e0f10111213" },
	{ "applicationCertPolicies", "serverAuth, clientAuth" },
	{ "qcStatements",
	    "QcCompliance, QcLimitValue 25*10^3 EUR, QcRetentionPeriod 10 years, Qc"
	    "SSCD, QcPDS en:https://ca.example/pds_en.pdf nl:https://ca.example/pds"
	    "_nl.pdf, QcType qct-esign qct-web, QcCClegislation NL GB, qcs-pkixQCSy"
	    "ntax-v2 0.4.0.194121.1.1 dns:registry.example, qcs-pkixQCSyntax-v1" },
	{ "qcStatements-number", "QcLimitValue 0*10^-2 978" },
	{ "signedCertificateTimestampList",
	    "v1 log 000000000000000000000000000000000000000000000000000000000000000"
	    "7 2023-11-14T22:13:20.000Z sha256 ecdsa abcd, v1 log 00000000000000000"
	    "00000000000000000000000000000000000000000000007 2023-11-14T22:13:20.00"
	    "1Z extensions abcdef 8 4, version 2 #01" },
	{ "logotype",
	    "community image/gif https://logo.example/a https://logo.example/b, com"
	    "munity image/gif https://logo.example/a https://logo.example/b, issuer"
	    " https://logo.example/a https://logo.example/b, logo-loyalty image/gif"
	    " https://logo.example/a https://logo.example/b, logo-loyalty image/gif"
	    " https://logo.example/a https://logo.example/b" },
};

static pki_status format(const char *label, pki_bytes value, pki_buf *out, pki_error *err)
{
	pki_buf oid = oid_of(label);
	pki_ext x = { .oid = pki_buf_bytes(&oid), .value = value };
	pki_status st = pki_ext_format(NULL, &x, out, err);

	pki_buf_free(&oid);
	return st;
}

START_TEST(test_texts)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		pki_buf out = PKI_BUF_INIT;

		t_ok(format(texts[i].label, value_of(texts[i].label), &out, err));
		ck_assert_str_eq(pki_buf_str(&out), texts[i].text);
		pki_buf_free(&out);
	}
}
END_TEST

/* ---- what is refused ---- */

#define OK        PKI_SUCCESS
#define ENCODING  PKI_E_ENCODING
#define STRUCTURE PKI_E_STRUCTURE
#define LIMIT     PKI_E_LIMIT

#define QC(id, info) "30{30{060604008e4601" id info "}}"
#define LOG          "0000000000000000000000000000000000000000000000000000000000000000"
#define TIMESTAMP    "0000018bcfe56800"
#define V4(elements) "30{30{04020001 30{" elements "}}}"
#define V6(elements) "30{30{04020002 30{" elements "}}}"
#define AS(elements) "30{a0{30{" elements "}}}"
#define DETAILS      "30{1601 61 30{30{30{06022a03}0400}} 30{160161}}"

static const struct {
	const char *oid, *value;
	pki_status status;
} cases[] = {
	{ "privateKeyUsagePeriod", "30{}", STRUCTURE },
	{ "privateKeyUsagePeriod", "30{80{3234303130313030303030305a}}", ENCODING },
	{ "privateKeyUsagePeriod", "30{80{323032343031303130303030303030}}", ENCODING },
	{ "privateKeyUsagePeriod", "30{80{32303234303130313030303030302e355a}}", ENCODING },
	{ "privateKeyUsagePeriod", "30{80{32303234303133323030303030305a}}", ENCODING },
	{ "privateKeyUsagePeriod", "30{80{31393035303130313030303030305a}}", OK },
	{ "privateKeyUsagePeriod",
	    "30{81{32303234303130313030303030305a} 80{32303234303130313030303030305a}}",
	    STRUCTURE },
	{ "privateKeyUsagePeriod", "30{80{32303234303130313030303030305a} 8200}", STRUCTURE },
	{ "privateKeyUsagePeriod", "30{18{32303234303130313030303030305a}}", STRUCTURE },

	{ "netscapeCertType", "03020780", OK },
	{ "netscapeCertType", "03020410", OK }, /* reserved */
	{ "netscapeCertType", "030100", STRUCTURE },
	{ "netscapeCertType", "03020680", ENCODING },
	{ "netscapeCertType", "0303070080", STRUCTURE },
	{ "netscapeCertType", "0401ff", STRUCTURE },
	{ "netscapeComment", "1600", OK },
	{ "netscapeComment", "16026100", ENCODING },
	{ "netscapeComment", "160180", ENCODING },
	{ "netscapeComment", "0c0161", STRUCTURE },
	{ "netscapeBaseUrl", "160161", OK },
	{ "netscapeSslServerName", "0500", STRUCTURE },

	{ "enrollCertType", "1e00", OK },
	{ "enrollCertType", "1e0100", ENCODING },
	{ "enrollCertType", "1e020000", ENCODING },
	{ "enrollCertType", "1e04d83ddc00", ENCODING },
	{ "enrollCertType", "1e02dc00", ENCODING },
	{ "enrollCertType", "0c0161", STRUCTURE },
	{ "certificateTemplate", "30{06022a03 0201ff}", STRUCTURE },
	{ "certificateTemplate", "30{06022a03 0205 0100000000}", STRUCTURE },
	{ "certificateTemplate", "30{06022a03 020100 0201ff}", STRUCTURE },
	{ "certificateTemplate", "30{06022a03 020100 020100 020100}", STRUCTURE },
	{ "certificateTemplate", "30{020100}", STRUCTURE },
	{ "certificateTemplate", "30{}", STRUCTURE },
	{ "caVersion", "020100", OK },
	{ "caVersion", "0205 00ffffffff", OK },
	{ "caVersion", "0201ff", STRUCTURE },
	{ "caVersion", "0205 0100000000", STRUCTURE },
	{ "caVersion", "02020000", ENCODING },
	{ "previousCertHash", "0400", STRUCTURE },
	{ "previousCertHash", "0413 00000000000000000000000000000000000000", STRUCTURE },
	{ "applicationCertPolicies", "30{}", STRUCTURE },
	{ "applicationCertPolicies", "30{30{06022a03} 30{06022a03}}", STRUCTURE },
	{ "applicationCertPolicies", "30{06022a03}", STRUCTURE },
	{ "ctPoison", "0500", OK },
	{ "ctPoison", "050100", ENCODING },
	{ "ctPoison", "0400", STRUCTURE },

	{ "qcStatements", "30{}", STRUCTURE },
	{ "qcStatements", "30{30{}}", STRUCTURE },
	{ "qcStatements", "30{30{06022a03}}", OK },
	{ "qcStatements", "30{30{06022a03 0401ff}}", OK },
	{ "qcStatements", "30{30{06022a03 0500 0500}}", STRUCTURE },
	{ "qcStatements", "30{30{06022a03 050100}}", ENCODING },
	{ "qcStatements", QC("01", "0500"), STRUCTURE },
	{ "qcStatements", QC("04", "0101ff"), STRUCTURE },
	{ "qcStatements", QC("02", ""), STRUCTURE },
	{ "qcStatements", QC("02", "30{1303455552 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{13024555 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{130445555252 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{1303453152 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{0c03455552 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{020100 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{020203e8 020101 020101}"), STRUCTURE },
	{ "qcStatements", QC("02", "30{020203e7 020101 020101}"), OK },
	{ "qcStatements", QC("02", "30{020203e7 0209008000000000000000 020101}"), LIMIT },
	{ "qcStatements", QC("03", ""), STRUCTURE },
	{ "qcStatements", QC("03", "020100"), OK },
	{ "qcStatements", QC("03", "0201ff"), STRUCTURE },
	{ "qcStatements", QC("03", "020101 020101"), STRUCTURE },
	{ "qcStatements", QC("05", "30{}"), STRUCTURE },
	{ "qcStatements", QC("05", "30{30{160161 1302656e}}"), OK },
	{ "qcStatements", QC("05", "30{30{160161 1303656e67}}"), STRUCTURE },
	{ "qcStatements", QC("05", "30{30{0c0161 1302656e}}"), STRUCTURE },
	{ "qcStatements", QC("05", "30{30{160180 1302656e}}"), ENCODING },
	{ "qcStatements", QC("05", "30{30{160161}}"), STRUCTURE },
	{ "qcStatements", QC("06", "30{}"), STRUCTURE },
	{ "qcStatements", QC("06", "06022a03"), STRUCTURE },
	{ "qcStatements", QC("06", "30{06022a03 0500}"), STRUCTURE },
	{ "qcStatements", QC("07", "30{}"), STRUCTURE },
	{ "qcStatements", QC("07", "30{13024e4c}"), OK },
	{ "qcStatements", QC("07", "30{13034e4c44}"), STRUCTURE },
	{ "qcStatements", QC("07", "30{13024e20}"), STRUCTURE },
	{ "qcStatements", QC("07", "13024e4c"), STRUCTURE },
	{ "qcStatements", "30{30{06082b06010505070b02 30{}}}", STRUCTURE },
	{ "qcStatements", "30{30{06082b06010505070b02 30{30{}}}}", STRUCTURE },
	{ "qcStatements", "30{30{06082b06010505070b02 30{30{820161}}}}", OK },
	{ "qcStatements", "30{30{06082b06010505070b02 30{30{820161} 06022a03}}}", STRUCTURE },
	{ "qcStatements", "30{30{06082b06010505070b01 0500}}", STRUCTURE },

	{ "signedCertificateTimestampList", "0400", STRUCTURE },
	{ "signedCertificateTimestampList", "04{00}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0000}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0002 0000}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0003 0001 01}", OK },
	{ "signedCertificateTimestampList", "04{0003 0001 01 00}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0004 0001 01}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0002 0001 01}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0003 0002 01}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0004 0001 01 00}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0003 0001 00}", STRUCTURE },
	{ "signedCertificateTimestampList", "04{0031 002f 00" LOG TIMESTAMP "0000 0403 0000}", OK },
	/* what is inside is longer, or shorter, than what it is in */
	{ "signedCertificateTimestampList", "04{0031 002f 00" LOG TIMESTAMP "0000 0403 0001}",
	    STRUCTURE },
	{ "signedCertificateTimestampList", "04{0031 002f 00" LOG TIMESTAMP "0001 0403 0000}",
	    STRUCTURE },
	{ "signedCertificateTimestampList", "04{0031 002f 00" LOG TIMESTAMP "ffff 0403 0000}",
	    STRUCTURE },
	{ "signedCertificateTimestampList", "04{0032 0030 00" LOG TIMESTAMP "0000 0403 0000 00}",
	    STRUCTURE },
	{ "signedCertificateTimestampList", "04{0030 002e 00" LOG TIMESTAMP "0000 0403 00}",
	    STRUCTURE },
	{ "signedCertificateTimestampList", "30{0003 0001 01}", STRUCTURE },

	{ "ipAddrBlocks", "30{}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{04020001 0500}}", OK },
	{ "ipAddrBlocks", "30{30{04020001 050100}}", ENCODING },
	{ "ipAddrBlocks", "30{30{04020001}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{040100 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{040400010101 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{04020001 0500} 30{04020001 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{04020002 0500} 30{04020001 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{0403000101 0500} 30{04020001 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{0403000102 0500} 30{0403000101 0500}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{0403000101 0500} 30{04020002 0500}}", OK },
	{ "ipAddrBlocks", "30{30{0403000100 0500} 30{0403000101 0500}}", OK },
	{ "ipAddrBlocks", "30{30{04020001 0500} 30{0403000100 0500}}", OK },
	{ "ipAddrBlocks", "30{30{04020003 30{0500}}}", OK }, /* another family: not known */
	{ "ipAddrBlocks", "30{30{04020003 30{}}}", STRUCTURE },
	{ "ipAddrBlocks", "30{30{04020003 30{03020571}}}", ENCODING },
	{ "ipAddrBlocks", V4(""), STRUCTURE },
	{ "ipAddrBlocks", V4("030100"), OK },
	{ "ipAddrBlocks", V4("030500c0000201"), OK },
	{ "ipAddrBlocks", V4("030600c000020100"), STRUCTURE },
	{ "ipAddrBlocks", V6("030600c000020100"), OK },
	{ "ipAddrBlocks", V6("0311 00 20010db8000000000000000000000001"), OK },
	{ "ipAddrBlocks", V6("0312 00 20010db800000000000000000000000100"), STRUCTURE },
	{ "ipAddrBlocks", V4("0302040f"), ENCODING }, /* unused bits that are set */
	{ "ipAddrBlocks", V4("03020c0a"), ENCODING },
	{ "ipAddrBlocks", V4("04010a"), STRUCTURE },
	/* 10.64/16 before 10.32/12: sorted by the DER, not by the address */
	{ "ipAddrBlocks", V4("03 03 04 0a20 03 03 00 0a40"), OK },
	{ "ipAddrBlocks", V4("03 03 00 0a40 03 03 04 0a20"), STRUCTURE },
	{ "ipAddrBlocks", V4("0302000a 0302000a"), STRUCTURE },
	{ "ipAddrBlocks", V4("0302000a 0303000a01"), STRUCTURE },
	{ "ipAddrBlocks", V4("0302000a 0302000b"), STRUCTURE }, /* 10.0.0.0/7 */
	{ "ipAddrBlocks", V4("0302000b 0302000c"), STRUCTURE }, /* a range */
	{ "ipAddrBlocks", V4("0302000a 0302000c"), OK },
	{ "ipAddrBlocks", V4("0302 07 80 0302000a"), STRUCTURE },
	/* ranges */
	{ "ipAddrBlocks", V4("30{0302000b 0302000c}"), OK },
	{ "ipAddrBlocks", V4("30{0302000a 0302000a}"),
	    STRUCTURE }, /* a prefix: and min ends in 0 */
	{ "ipAddrBlocks", V4("30{030500c0000201 030500c0000201}"), STRUCTURE },
	{ "ipAddrBlocks", V4("30{030500c0000201 030500c0000202}"), OK },
	{ "ipAddrBlocks", V4("30{030500c0000201 030500c0000203}"), STRUCTURE }, /* max ends in 1s */
	{ "ipAddrBlocks", V4("30{030500c0000202 030500c0000204}"), STRUCTURE }, /* min ends in 0 */
	{ "ipAddrBlocks", V4("30{030500c0000205 030500c0000204}"), STRUCTURE }, /* the reverse */
	{ "ipAddrBlocks", V4("30{030100 030100}"), STRUCTURE },                 /* 0.0.0.0/0 */
	{ "ipAddrBlocks", V4("30{030500c0000201}"), STRUCTURE },
	{ "ipAddrBlocks", V4("30{030500c0000201 030500c0000202 0500}"), STRUCTURE },
	{ "ipAddrBlocks", V4("30{030600c000020101 030100}"), STRUCTURE },
	/* to the last address, and then one more */
	{ "ipAddrBlocks", V4("30{030500c0000201 030100} 030500ffffffff"), STRUCTURE },

	{ "autonomousSysIds", "30{}", STRUCTURE },
	{ "autonomousSysIds", "30{a0{}}", STRUCTURE },
	{ "autonomousSysIds", "30{a0{0500}}", OK },
	{ "autonomousSysIds", "30{a1{0500}}", OK },
	{ "autonomousSysIds", "30{a1{0500} a0{0500}}", STRUCTURE },
	{ "autonomousSysIds", "30{a0{0500 0500}}", STRUCTURE },
	{ "autonomousSysIds", "30{800500}", STRUCTURE },
	{ "autonomousSysIds", AS(""), STRUCTURE },
	{ "autonomousSysIds", AS("020100"), OK },
	{ "autonomousSysIds", AS("0201ff"), STRUCTURE },
	{ "autonomousSysIds", AS("0205 0100000000"), STRUCTURE },
	{ "autonomousSysIds", AS("0205 00ffffffff"), OK },
	{ "autonomousSysIds", AS("02020001"), ENCODING },
	{ "autonomousSysIds", AS("020101 020103"), OK },
	{ "autonomousSysIds", AS("020101 020101"), STRUCTURE },
	{ "autonomousSysIds", AS("020101 020102"), STRUCTURE },
	{ "autonomousSysIds", AS("020103 020101"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020101 020102}"), OK },
	{ "autonomousSysIds", AS("30{020101 020101}"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020102 020101}"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020101 020103} 020103"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020101 020103} 020104"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020101 020103} 020105"), OK },
	{ "autonomousSysIds", AS("30{020101 020500ffffffff} 020101"), STRUCTURE },
	{ "autonomousSysIds", AS("30{020101}"), STRUCTURE },
	{ "autonomousSysIds", AS("0500"), STRUCTURE },

	{ "logotype", "30{}", STRUCTURE },
	{ "logotype", "30{a0{30{}}}", STRUCTURE },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "}}}}}", OK },
	{ "logotype", "30{a1{a0{a1{30{" DETAILS "}}}}}", OK },
	{ "logotype", "30{a1{a0{}}}", STRUCTURE },
	{ "logotype", "30{a1{a0{30{}}}}", STRUCTURE },
	{ "logotype", "30{a1{a0{30{30{}}}}}", STRUCTURE },
	{ "logotype", "30{a1{30{}}}", STRUCTURE },
	{ "logotype", "30{a1{a2{}}}", STRUCTURE },
	{ "logotype", "30{a1{}}", STRUCTURE },
	{ "logotype", "30{a2{a0{30{30{" DETAILS "}}}} a1{a0{30{30{" DETAILS "}}}}}", STRUCTURE },
	{ "logotype", "30{a1{a1{30{} 30{160161}}}}", STRUCTURE },
	{ "logotype", "30{a1{a1{30{30{30{06022a03}0400}} 30{}}}}", STRUCTURE },
	{ "logotype", "30{a1{a1{30{30{30{06022a03}0400}} 30{160161}}}}", OK },
	{ "logotype", "30{a1{a1{30{30{30{06022a03}0500}} 30{160161}}}}", STRUCTURE },
	{ "logotype", "30{a1{a1{30{30{30{06022a03}0400}} 30{160180}}}}", ENCODING },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{020101 020101 020101}}}}}}", OK },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{800101 020101 020101 020101}}}}}}", ENCODING },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{800102 020101 020101 020101}}}}}}", STRUCTURE },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{0201ff 020101 020101}}}}}}", STRUCTURE },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{020101 020101 020101 810101 820101}}}}}}",
	    STRUCTURE },
	{ "logotype", "30{a1{a0{30{30{" DETAILS "30{020101 020101 020101 820101 84026e6c}}}}}}",
	    OK },
	{ "logotype", "30{a3{30{a0{30{30{" DETAILS "}}}}}}", STRUCTURE },
	{ "logotype", "30{a3{30{30{06022a03 a0{30{30{" DETAILS "}}}}}}}", OK },
};

START_TEST(test_cases)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_buf oid = oid_of(cases[i].oid);
		pki_bytes value = t_nested(cases[i].value);
		pki_exts *e = new_exts();
		pki_error why = PKI_ERROR_INIT;
		pki_status st = check(NULL, pki_buf_bytes(&oid), value, &why);
		pki_buf text = PKI_BUF_INIT;
		bool known;

		ck_assert_msg(st == cases[i].status, "%s %s: want %s, got %s (%s)", cases[i].oid,
		    cases[i].value, pki_status_text(cases[i].status), pki_status_text(st),
		    t_error(&why));
		st = ext_copy(pki_buf_bytes(&oid), value, e, &known, &why);
		ck_assert_msg(!known || st == cases[i].status, "%s %s: %s", cases[i].oid,
		    cases[i].value, t_error(&why));
		if (known && st == PKI_SUCCESS)
			t_ok(pki_exts_status(e, err));
		ck_assert_int_eq(format(cases[i].oid, value, &text, NULL), cases[i].status);
		ck_assert_uint_eq(cases[i].status == PKI_SUCCESS ? 0 : text.len, 0);
		pki_buf_free(&text);
		pki_exts_free(e);
		pki_buf_free(&oid);
	}
}
END_TEST

/* ---- what cannot be built ---- */

static pki_status built(void build(pki_exts *e), pki_error *err)
{
	pki_exts *e = new_exts();
	pki_status st;

	build(e);
	st = pki_exts_status(e, err);
	pki_exts_free(e);
	return st;
}

static void period_null(pki_exts *e)
{
	pki_exts_key_period(e, NULL);
}
static void period_empty(pki_exts *e)
{
	pki_exts_key_period(e, &(pki_key_period){ .not_before = 5 });
}
static void period_range(pki_exts *e)
{
	pki_exts_key_period(e, &(pki_key_period){ .has_not_after = true, .not_after = INT64_MAX });
}
static void type_none(pki_exts *e)
{
	pki_exts_ns_cert_type(e, 0);
}
static void type_beyond(pki_exts *e)
{
	pki_exts_ns_cert_type(e, 256);
}
static void comment_utf8(pki_exts *e)
{
	pki_exts_ns_text(e, PKI_OID(ns_comment), "zo\xc3\xab");
}
static void comment_null(pki_exts *e)
{
	pki_exts_ns_text(e, PKI_OID(ns_comment), NULL);
}
static void name_beyond(pki_exts *e)
{
	pki_exts_ms_template_name(e, "\xf0\x9f\x92\xa9");
}
static void template_minor(pki_exts *e)
{
	pki_exts_ms_template(e, &(pki_ms_template){ .id = t_hex("2a03"), .has_minor = true });
}
static void template_no_oid(pki_exts *e)
{
	pki_exts_ms_template(e, &(pki_ms_template){ .major = 1, .has_major = true });
}
static void template_null(pki_exts *e)
{
	pki_exts_ms_template(e, NULL);
}
static void hash_short(pki_exts *e)
{
	pki_exts_ms_previous_cert(e, t_hex("00"));
}
static void policy_none(pki_exts *e)
{
	pki_exts_ms_application_policy(e, &(pki_policy){ .oid = t_hex("") });
}
static void statement_lacks(pki_exts *e)
{
	pki_exts_qc_statement(e, &(pki_qc_statement){ .id = PKI_OID(qcs_type) });
}
static void statement_null(pki_exts *e)
{
	pki_exts_qc_statement(e, NULL);
}
static void statement_of_no_info(pki_exts *e)
{
	pki_exts_qc_statement(e, &(pki_qc_statement){ PKI_OID(qcs_compliance), t_hex("0500") });
}
static void statement_no_der(pki_exts *e)
{
	pki_exts_qc_statement(e, &(pki_qc_statement){ t_hex("2a03"), t_hex("0501") });
}
static void statement_two_infos(pki_exts *e)
{
	pki_exts_qc_statement(e, &(pki_qc_statement){ t_hex("2a03"), t_hex("0500 0500") });
}
static void text_of_others(pki_exts *e)
{
	pki_exts_ns_text(e, PKI_OID(ns_cert_type), "a");
}
static void purpose_twice(pki_exts *e)
{
	pki_exts_ms_application_policy(e, &(pki_policy){ .oid = t_hex("2a03") });
	pki_exts_ms_application_policy(e, &(pki_policy){ .oid = t_hex("2a03") });
}
static void limit_none(pki_exts *e)
{
	pki_exts_qc_limit(e, &(pki_qc_limit){ .amount = 1 });
}
static void limit_currency(pki_exts *e)
{
	pki_exts_qc_limit(e, &(pki_qc_limit){ .currency = pki_bytes_str("EURO") });
}
static void limit_null(pki_exts *e)
{
	pki_exts_qc_limit(e, NULL);
}
static void retention_negative(pki_exts *e)
{
	pki_exts_qc_retention(e, -1);
}
static void pds_none(pki_exts *e)
{
	pki_exts_qc_pds(e, &(pki_qc_pds){ .url = t_hex("61") }, 0);
}
static void pds_language(pki_exts *e)
{
	pki_exts_qc_pds(e, &(pki_qc_pds){ t_hex("61"), pki_bytes_str("dutch") }, 1);
}
static void types_none(pki_exts *e)
{
	pki_exts_qc_type(e, NULL, 0);
}
static void country_long(pki_exts *e)
{
	pki_exts_qc_legislation(e, &(pki_bytes){ (const uint8_t *)"NLD", 3 }, 1);
}
static void semantics_empty(pki_exts *e)
{
	pki_exts_qc_semantics(
	    e, PKI_OID(qcs_syntax_v2), &(pki_qc_semantics){ .identifier = { 0 } });
}
static void scts_none(pki_exts *e)
{
	pki_exts_sct_list(e, NULL, 0);
}
static void sct_log(pki_exts *e)
{
	pki_exts_sct_list(e, &(pki_sct){ .log_id = t_hex("00") }, 1);
}
static void sct_long(pki_exts *e)
{
	static const uint8_t zeros[65536];

	pki_exts_sct_list(e,
	    &(pki_sct){
		.log_id = pki_bytes_of(zeros, 32), .signature = pki_bytes_of(zeros, 65536) },
	    1);
}
static void sct_list_long(pki_exts *e)
{
	static const uint8_t zeros[40000];
	pki_sct two[2] = { { .log_id = pki_bytes_of(zeros, 32),
			       .signature = pki_bytes_of(zeros, 40000) },
		{ .log_id = pki_bytes_of(zeros, 32), .signature = pki_bytes_of(zeros, 40000) } };

	pki_exts_sct_list(e, two, 2);
}
static void sct_version(pki_exts *e)
{
	pki_exts_sct_list(e, &(pki_sct){ .version = 1, .raw = t_hex("02") }, 1);
}
static void ip_none(pki_exts *e)
{
	pki_exts_ip_blocks(e, NULL, 0);
}
static void ip_family(pki_exts *e)
{
	static const pki_ip_range range;

	pki_exts_ip_blocks(e, &(pki_ip_block){ &range, 1, .afi = 3 }, 1);
}
static void ip_afi(pki_exts *e)
{
	pki_exts_ip_blocks(e, &(pki_ip_block){ .afi = 65536 }, 1);
}
static void ip_reverse(pki_exts *e)
{
	static const pki_ip_range range = { .min = { 10, 0, 0, 2 }, .max = { 10, 0, 0, 1 } };

	pki_exts_ip_blocks(e, &(pki_ip_block){ &range, 1, .afi = 1 }, 1);
}
static void ip_unsorted(pki_exts *e)
{
	static const pki_ip_range ranges[] = { { .min = { 10 }, .max = { 10, 255, 255, 255 } },
		{ .min = { 8 }, .max = { 8, 255, 255, 255 } } };

	pki_exts_ip_blocks(e, &(pki_ip_block){ ranges, 2, .afi = 1 }, 1);
}
static void ip_contiguous(pki_exts *e)
{
	static const pki_ip_range ranges[] = { { .min = { 10 }, .max = { 10, 255, 255, 255 } },
		{ .min = { 11 }, .max = { 11, 255, 255, 255 } } };

	pki_exts_ip_blocks(e, &(pki_ip_block){ ranges, 2, .afi = 1 }, 1);
}
static void ip_null(pki_exts *e)
{
	pki_exts_ip_blocks(e, &(pki_ip_block){ NULL, 1, .afi = 1 }, 1);
}
static void as_null(pki_exts *e)
{
	pki_exts_as_ids(e, NULL);
}
static void as_empty(pki_exts *e)
{
	pki_exts_as_ids(e, &(pki_as_block){ .asnum_count = 0 });
}
static void as_both(pki_exts *e)
{
	static const pki_as_range range = { 1, 2 };

	pki_exts_as_ids(
	    e, &(pki_as_block){ .asnum = &range, .asnum_count = 1, .inherit_asnum = true });
}
static void as_reverse(pki_exts *e)
{
	static const pki_as_range range = { 2, 1 };

	pki_exts_as_ids(e, &(pki_as_block){ .rdi = &range, .rdi_count = 1 });
}
static void as_no_ranges(pki_exts *e)
{
	pki_exts_as_ids(e, &(pki_as_block){ .rdi_count = 1 });
}

static void logotype_empty(pki_exts *e)
{
	pki_exts_logotype(e, &(pki_logotype){ .other = { NULL, 0 } });
}
static void logotype_null(pki_exts *e)
{
	pki_exts_logotype(e, NULL);
}
static void logotype_no_info(pki_exts *e)
{
	pki_exts_logotype(e, &(pki_logotype){ .issuer = t_hex("3000") });
}
static void logotype_two(pki_exts *e)
{
	pki_bytes info = t_nested("a1{30{30{30{06022a03}0400}} 30{160161}}");
	pki_buf two = PKI_BUF_INIT;

	t_ok(pki_buf_append(&two, info, err));
	t_ok(pki_buf_append(&two, info, err));
	pki_exts_logotype(e, &(pki_logotype){ .issuer = pki_buf_bytes(&two) });
	pki_buf_free(&two);
}

START_TEST(test_logotype_elements)
{
	const pki_bytes hashes = t_nested("30{30{06022a03}0400}"), uris = t_hex("160161");
	const pki_logotype_media good = {
		.media_type = t_hex("61"), .hashes = hashes, .uris = uris, .has_info = true
	};
	pki_logotype_media m = good;
	pki_logotype_info info = { .images = t_nested("30{" DETAILS "}") };
	pki_buf out = PKI_BUF_INIT;

	t_ok(pki_logotype_image_encode(NULL, &m, &out, err));
	t_ok(pki_logotype_audio_encode(NULL, &m, &out, err));
	m.has_num_bits = m.has_table_size = true; /* one of the two */
	t_fails(PKI_E_ARG, pki_logotype_image_encode(NULL, &m, &out, err));
	m = good;
	m.x_size = -1;
	t_fails(PKI_E_ARG, pki_logotype_image_encode(NULL, &m, &out, err));
	t_ok(pki_logotype_audio_encode(NULL, &m, &out, err));
	m = good;
	m.play_time = -1;
	t_fails(PKI_E_ARG, pki_logotype_audio_encode(NULL, &m, &out, err));
	m = good;
	m.hashes = uris;
	t_fails(PKI_E_ARG, pki_logotype_image_encode(NULL, &m, &out, err));
	m = good;
	m.uris = t_hex("");
	t_fails(PKI_E_ARG, pki_logotype_image_encode(NULL, &m, &out, err));
	m = good;
	m.language = t_hex("ff");
	t_fails(PKI_E_ARG, pki_logotype_image_encode(NULL, &m, &out, err));
	t_ok(pki_logotype_info_encode(NULL, &info, &out, err));
	info.ref_uris = uris; /* direct and indirect */
	t_fails(PKI_E_ARG, pki_logotype_info_encode(NULL, &info, &out, err));
	info.images = t_hex("");
	t_fails(PKI_E_ARG, pki_logotype_info_encode(NULL, &info, &out, err));
	info.ref_hashes = hashes;
	t_ok(pki_logotype_info_encode(NULL, &info, &out, err));
	info.type = t_hex("80");
	t_fails(PKI_E_ARG, pki_logotype_info_encode(NULL, &info, &out, err));
	pki_buf_free(&out);
}
END_TEST

/* Members that nobody set are not written. */
static void zero_template(pki_exts *e)
{
	pki_exts_ms_template(e, &(pki_ms_template){ .id = t_hex("2a03") });
}
static void zero_block(pki_exts *e)
{
	pki_exts_ip_blocks(e, &(pki_ip_block){ .afi = 1 }, 1);
}
static void zero_subtree(pki_exts *e)
{
	pki_subtree t = { .base = { .type = PKI_GN_DNS, .value = pki_bytes_str("a") } };

	pki_exts_permit_subtree(e, &t);
}
static void zero_constraint(pki_exts *e)
{
	pki_policy_constraints pc = { .require_explicit_policy = 1,
		.has_require_explicit_policy = true };

	pki_exts_policy_constraints(e, &pc);
}
static void zero_period(pki_exts *e)
{
	pki_exts_key_period(e, &(pki_key_period){ .has_not_before = true });
}
static void unknown_statement(pki_exts *e)
{
	pki_exts_qc_statement(e, &(pki_qc_statement){ .id = t_hex("2a03") });
	pki_exts_qc_statement(e, &(pki_qc_statement){ t_hex("2a04"), t_hex("0500") });
}
static void base_url(pki_exts *e)
{
	pki_exts_ns_text(e, PKI_OID(ns_base_url), "a");
}
static void qualified_purpose(pki_exts *e)
{
	pki_policy p = { t_hex("2a03"), t_nested("30{06022a040500}") };

	pki_exts_ms_application_policy(e, &p);
	pki_exts_ms_application_policy(e, &(pki_policy){ .oid = t_hex("2a05") });
}
static void zero_image(pki_exts *e)
{
	pki_logotype_media m = { .media_type = t_hex("61"),
		.hashes = t_nested("30{30{06022a03}0400}"),
		.uris = t_hex("160161"),
		.has_info = true };
	pki_buf image = PKI_BUF_INIT, info = PKI_BUF_INIT;

	t_ok(pki_logotype_image_encode(NULL, &m, &image, err));
	t_ok(pki_logotype_info_encode(
	    NULL, &(pki_logotype_info){ .images = pki_buf_bytes(&image) }, &info, err));
	pki_exts_logotype(e, &(pki_logotype){ .subject = pki_buf_bytes(&info) });
	pki_buf_free(&image);
	pki_buf_free(&info);
}

START_TEST(test_zeros)
{
	static const struct {
		void (*build)(pki_exts *e);
		const pki_oid *oid;
		const char *value;
	} zeros[] = {
		{ zero_template, &pki_id_ms_template, "30{06022a03}" },
		{ zero_block, &pki_id_ip_addr_blocks, "30{30{04020001 0500}}" },
		{ zero_subtree, &pki_id_name_constraints, "30{a0{30{820161}}}" },
		{ zero_constraint, &pki_id_policy_constraints, "30{800101}" },
		{ zero_period, &pki_id_private_key_usage_period,
		    "30{800f31393730303130313030303030305a}" },
		{ unknown_statement, &pki_id_qc_statements, "30{30{06022a03} 30{06022a040500}}" },
		{ base_url, &pki_id_ns_base_url, "16{61}" },
		{ qualified_purpose, &pki_id_ms_application_policies,
		    "30{30{06022a03 30{30{06022a040500}}} 30{06022a05}}" },
		{ zero_image, &pki_id_logotype,
		    "30{a2{a0{30{30{" DETAILS " 30{020100 020100 020100}}}}}}" },
	};

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
		pki_exts *e = new_exts();
		pki_buf value = PKI_BUF_INIT;

		zeros[i].build(e);
		t_ok(pki_exts_status(e, err));
		t_ok(pki_exts_value(e, pki_oid_view(zeros[i].oid), &value, err));
		t_bytes_eq(pki_buf_bytes(&value), t_nested(zeros[i].value));
		pki_buf_free(&value);
		pki_exts_free(e);
	}
}
END_TEST

START_TEST(test_unbuildable)
{
	static void (*const builders[])(pki_exts *) = { period_null, period_empty, period_range,
		type_none, type_beyond, comment_utf8, comment_null, name_beyond, template_minor,
		template_no_oid, template_null, hash_short, policy_none, statement_null,
		statement_of_no_info, statement_no_der, statement_two_infos, text_of_others,
		purpose_twice, statement_lacks, limit_none, limit_currency, limit_null,
		retention_negative, pds_none, pds_language, types_none, country_long,
		semantics_empty, scts_none, sct_log, sct_long, sct_list_long, sct_version, ip_none,
		ip_family, ip_afi, ip_reverse, ip_unsorted, ip_contiguous, ip_null, as_null,
		as_empty, as_both, as_reverse, as_no_ranges, logotype_empty, logotype_null,
		logotype_no_info, logotype_two };

	for (size_t i = 0; i < sizeof builders / sizeof *builders; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_status st = built(builders[i], &e);

		ck_assert_msg(
		    st == PKI_E_ARG, "builder %zu: %s (%s)", i, pki_status_text(st), t_error(&e));
	}
}
END_TEST

START_TEST(test_limits)
{
	pki_limits limits;
	pki_ctx *ctx;

	pki_limits_init(&limits, sizeof limits);
	limits.san_names = 2;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_fails(LIMIT, check(ctx, PKI_OID(qc_statements), value_of("qcStatements"), err));
	t_fails(LIMIT, check(ctx, PKI_OID(ip_addr_blocks), value_of("ipAddrBlocks"), err));
	t_fails(LIMIT, check(ctx, PKI_OID(ip_addr_blocks), value_of("ipAddrBlocks-safi"), err));
	t_ok(check(ctx, PKI_OID(ip_addr_blocks), value_of("ipAddrBlocks-edges"), err));
	t_fails(LIMIT, check(ctx, PKI_OID(autonomous_sys_ids), value_of("autonomousSysIds"), err));
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(test_null)
{
	const pki_bytes v = { NULL, 0 };
	pki_ext_iter it;
	uint16_t n;

	t_fails(PKI_E_ARG, pki_ext_key_period(NULL, v, NULL, err));
	t_fails(PKI_E_ARG, pki_ext_ip_blocks(NULL, v, NULL, err));
	t_fails(PKI_E_ARG, pki_ext_as_ids(NULL, v, NULL, err));
	t_fails(PKI_E_ARG, pki_ext_sct_list(NULL, v, NULL, err));
	t_fails(PKI_E_ARG, pki_ext_logotype(NULL, v, NULL, err));
	t_fails(PKI_E_ARG, pki_ext_ms_ca_version(NULL, v, NULL, &n, err));
	t_fails(PKI_E_ARG, pki_ext_ms_ca_version(NULL, v, &n, NULL, err));
	pki_ext_list(&it, NULL, t_hex("30020500"));
	ck_assert(!pki_ext_qc_next(&it, NULL));
	ck_assert(!pki_ext_qc_next(NULL, NULL));
	ck_assert(!pki_ext_ip_family_next(&it, NULL));
	ck_assert(!pki_ext_ip_range_next(&it, NULL, NULL));
	ck_assert(!pki_sct_next(NULL, NULL));
	t_ok(pki_ext_list_finish(&it, err));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_copies, test_small, test_statements, test_scts, test_ip,
		test_logotype, test_texts, test_cases, test_logotype_elements, test_zeros,
		test_unbuildable, test_limits, test_null, NULL };

	return t_main("ext_more", tests);
}
