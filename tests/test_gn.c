/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralNames: DER both ways, text both ways. */
#include <stdlib.h>
#include <string.h>

#include <pki/ext.h>

#include "libpki/types/gn.h"
#include "tests/lib/nested.h"
#include "tests/lib/t.h"

#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A49 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static pki_buf der_of(const pki_gn *gn)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_gn_write(&w, NULL, gn);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static pki_status read_gn(pki_bytes der, unsigned flags, pki_gn *out, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, NULL, der, "GeneralName");
	pki_gn_read(&r, NULL, NULL, flags, out);
	return pki_der_finish(&r, err);
}

/* What people write, what it is in DER, and how it is shown. */
static const struct {
	const char *in, *der, *out; /* out NULL: as in */
	pki_gn_type type;
} good[] = {
	{ "dns:www.example.org", "820f7777772e6578616d706c652e6f7267", NULL, PKI_GN_DNS },
	{ "www.example.org", "820f7777772e6578616d706c652e6f7267", "dns:www.example.org",
	    PKI_GN_DNS },
	{ "www.example.org.", "820f7777772e6578616d706c652e6f7267", "dns:www.example.org",
	    PKI_GN_DNS },
	{ "DNS:www.example.org", "820f7777772e6578616d706c652e6f7267", "dns:www.example.org",
	    PKI_GN_DNS },
	{ "*.com", "82052a2e636f6d", "dns:*.com", PKI_GN_DNS },
	{ "localhost", "82096c6f63616c686f7374", "dns:localhost", PKI_GN_DNS },
	{ "ip:192.0.2.1", "8704c0000201", NULL, PKI_GN_IP },
	{ "192.0.2.1", "8704c0000201", "ip:192.0.2.1", PKI_GN_IP },
	{ "2001:db8::1", "871020010db8000000000000000000000001", "ip:2001:db8::1", PKI_GN_IP },
	{ "::", "871000000000000000000000000000000000", "ip:::", PKI_GN_IP },
	{ "IP:2001:DB8::1", "871020010db8000000000000000000000001", "ip:2001:db8::1", PKI_GN_IP },
	{ "email:me@example.org", "810e6d65406578616d706c652e6f7267", NULL, PKI_GN_EMAIL },
	{ "me@example.org", "810e6d65406578616d706c652e6f7267", "email:me@example.org",
	    PKI_GN_EMAIL },
	{ "\"a b\"@x.example", "810f22612062224078 2e6578616d706c65", "email:\"a b\"@x.example",
	    PKI_GN_EMAIL },
	{ "\xc3\xb6@X.Example", "a01a06082b06010505070809a00e0c0cc3b640782e6578616d706c65",
	    "email:\xc3\xb6@x.example", PKI_GN_OTHER },
	{ "email:\xc3\xb6@x.example", "a01a06082b06010505070809a00e0c0cc3b640782e6578616d706c65",
	    NULL, PKI_GN_OTHER },
	{ "uri:urn:example:1", "860d75726e3a6578616d706c653a31", NULL, PKI_GN_URI },
	{ "urn:example:1", "860d75726e3a6578616d706c653a31", "uri:urn:example:1", PKI_GN_URI },
	{ "https://x.example/path?q=1", "861a68747470733a2f2f782e6578616d706c652f706174683f713d31",
	    "uri:https://x.example/path?q=1", PKI_GN_URI },
	{ "mailto:a@b", "860a6d61696c746f3a614062", "uri:mailto:a@b", PKI_GN_URI },
	{ "dn:CN=x", "a40e300c310a300806035504030c0178", NULL, PKI_GN_DIRNAME },
	{ "upn:user@example.org",
	    "a020060a2b060104018237140203a0120c1075736572406578616d706c652e6f7267", NULL,
	    PKI_GN_OTHER },
	{ "rid:1.2.3", "88022a03", NULL, PKI_GN_RID },
	{ "other:1.2.3=0500", "a00806022a03a0020500", NULL, PKI_GN_OTHER },
	{ "other:1.2.3=3003020101", "a00b06022a03a0053003020101", NULL, PKI_GN_OTHER },
	{ "other:1.3.6.1.4.1.311.20.2.3=0c0161", "a011060a2b060104018237140203a0030c0161", "upn:a",
	    PKI_GN_OTHER },
	{ "other:1.3.6.1.4.1.311.20.2.3=160161", "a011060a2b060104018237140203a003160161", NULL,
	    PKI_GN_OTHER },
	{ "x400:3000", "a3023000", NULL, PKI_GN_X400 },
	{ "edi:a1030c0161", "a505a1030c0161", NULL, PKI_GN_EDI },
};

START_TEST(good_names)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		pki_buf store = PKI_BUF_INIT, der, text = PKI_BUF_INIT;
		pki_gn gn, again;

		t_ok(pki_gn_from_string(NULL, good[i].in, &store, &gn, err));
		ck_assert_int_eq(gn.type, good[i].type);
		der = der_of(&gn);
		t_bytes_eq(pki_buf_bytes(&der), t_hex(good[i].der));
		t_ok(read_gn(pki_buf_bytes(&der), 0, &again, err));
		ck_assert_int_eq(again.type, gn.type);
		t_bytes_eq(again.value, gn.value);
		t_bytes_eq(again.other, gn.other);
		t_ok(pki_gn_format(&again, &text, err));
		ck_assert_str_eq(
		    pki_buf_str(&text), good[i].out == NULL ? good[i].in : good[i].out);
		pki_buf_free(&store);
		pki_buf_free(&der);
		pki_buf_free(&text);
	}
}
END_TEST

static const char *const bad[] = {
	"",
	" ",
	"a b",
	"exa mple",
	"*",
	"*.",
	"*.*.com",
	"a.*.example.org",
	A63 "a.example.org",
	A49 "." A49 "." A49 "." A49 "." A49 ".abcd",
	"192.0.2.256",
	"192.0.2",
	"192.0.2.1/24",
	"1.2.3.4.5",
	"dns:exa mple.org",
	"dns:192.0.2.1",
	"dns:",
	"dns:.",
	"dns:a..",
	"ip:192.0.2.256",
	"ip:example.org",
	"ip:",
	"ip:192.0.2.0/24",
	"ip:[::1]",
	"2001:db8:::1",
	"abcd:::1",
	"dead:beef",
	"12:34",
	"fe80::1%eth0",
	"a..example.org",
	".example.org",
	"me@",
	"@example.org",
	"a@b@c",
	"email:example.org",
	"email:",
	"email:a@[192.0.2.1]",
	"a.example.org\n",
	"a\x1b[31m.example.org",
	"a\\0.example.org",
	"a-.example.org",
	"a_b.example.org",
	"b\xc3\xbc"
	"cher.example",
	"me@b\xc3\xbc"
	"cher.example",
	"\xff@example.org",
	"\xff",
	"www.example.org:443",
	"localhost:443",
	"localhost:",
	"https://",
	"https://a b/",
	"https://b\xc3\xbc"
	"cher.example/",
	"uri:",
	"uri:example.org",
	"uri:/path",
	"dn:",
	"dn: ",
	"dn:x",
	"dn:CN=",
	"dn:C=DEU",
	"upn:",
	"upn:a\nb",
	"upn:A\\b",
	"upn:\xff",
	"upn:a\xe2\x80\xae"
	"b",
	"rid:",
	"rid:1",
	"rid:1.2.",
	"rid:x",
	"other:",
	"other:1.2.3",
	"other:1.2.3=",
	"other:=0500",
	"other:1.2.3=05",
	"other:1.2.3=0500 ",
	"other:1.2.3=05000500",
	"other:1.2.3=050",
	"other:1.2.3=0x0500",
	"other:x=0500",
	"x400:",
	"x400:zz",
	"x400:3001",
	"x400:300",
	"edi:",
	"edi:a1",
	"edi:a1030c0161 ",
};

START_TEST(bad_names)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_buf store = PKI_BUF_INIT;
		pki_gn gn;

		ck_assert_msg(
		    pki_gn_from_string(NULL, bad[i], &store, &gn, NULL) == PKI_E_ARG, "%s", bad[i]);
		ck_assert_uint_eq(store.len, 0);
		ck_assert_uint_eq(gn.value.len, 0);
		pki_buf_free(&store);
	}
}
END_TEST

/* DER that is a GeneralName, and how it is shown. */
static const struct {
	const char *der;
	unsigned flags;
	const char *text;
} readable[] = {
	{ "8200", 0, "dns:" },
	{ "8201 20", 0, "dns: " },
	{ "8205 61202c0a62", 0, "dns:a ,\\0Ab" },
	{ "8206 1b5b33316d5c", 0, "dns:\\1B[31m\\5C" },
	{ "8203 615f62", 0, "dns:a_b" },
	{ "8101 7f", 0, "email:\\7F" },
	{ "8704 00000000", 0, "ip:0.0.0.0" },
	{ "8710 00000000000000000000ffffc0000201", 0, "ip:::ffff:192.0.2.1" },
	{ "8708 c0000200ffffff00", PKI_GN_SUBTREE, "ip:192.0.2.0/24" },
	{ "8708 c000020000000000", PKI_GN_SUBTREE, "ip:192.0.2.0/0" },
	{ "8708 c0000200ffffffff", PKI_GN_SUBTREE, "ip:192.0.2.0/32" },
	{ "8708 c0000200ff00ff00", PKI_GN_SUBTREE, "ip:192.0.2.0/255.0.255.0" },
	{ "8720 20010db8000000000000000000000000 ffffffff000000000000000000000000", PKI_GN_SUBTREE,
	    "ip:2001:db8::/32" },
	{ "a402 3000", 0, "dn:" },
	{ "a40e 300c310a300806035504030c010a", 0, "dn:CN=\\0A" },
	{ "a011 060a2b060104018237140203a0030c010a", 0, "upn:\\0A" },
	{ "a011 060a2b060104018237140203a0030c01ff", 0, "other:1.3.6.1.4.1.311.20.2.3=0c01ff" },
	{ "a300", 0, "x400:" },
	{ "a500", 0, "edi:" },
};

START_TEST(readable_der)
{
	for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
		pki_buf text = PKI_BUF_INIT;
		pki_gn gn;

		t_ok(read_gn(t_hex(readable[i].der), readable[i].flags, &gn, err));
		t_ok(pki_gn_format(&gn, &text, err));
		ck_assert_str_eq(pki_buf_str(&text), readable[i].text);
		pki_buf_free(&text);
	}
}
END_TEST

static const struct {
	const char *der;
	unsigned flags;
	pki_status status;
} unreadable[] = {
	{ "", 0, PKI_E_STRUCTURE },
	{ "0500", 0, PKI_E_STRUCTURE },
	{ "0c0161", 0, PKI_E_STRUCTURE },
	{ "8900", 0, PKI_E_STRUCTURE },
	{ "8000", 0, PKI_E_STRUCTURE },
	{ "a20161", 0, PKI_E_ENCODING },
	{ "a2030c0161", 0, PKI_E_STRUCTURE },
	{ "820261", 0, PKI_E_ENCODING },
	{ "82810161", 0, PKI_E_ENCODING },
	/* CVE-2009-2408 */
	{ "8207 6100622e636f6d", 0, PKI_E_STRUCTURE },
	{ "8102 6100", 0, PKI_E_STRUCTURE },
	{ "8601 00", 0, PKI_E_STRUCTURE },
	{ "8202 c3bc", 0, PKI_E_ENCODING },
	{ "8101 ff", 0, PKI_E_ENCODING },
	{ "8601 80", 0, PKI_E_ENCODING },
	{ "8700", 0, PKI_E_STRUCTURE },
	{ "8703 c00002", 0, PKI_E_STRUCTURE },
	{ "8705 c000020101", 0, PKI_E_STRUCTURE },
	{ "8708 c0000200ffffff00", 0, PKI_E_STRUCTURE },
	{ "870f 20010db80000000000000000000000", 0, PKI_E_STRUCTURE },
	{ "8711 20010db800000000000000000000000101", 0, PKI_E_STRUCTURE },
	{ "8704 c0000201", PKI_GN_SUBTREE, PKI_E_STRUCTURE },
	{ "8710 20010db8000000000000000000000001", PKI_GN_SUBTREE, PKI_E_STRUCTURE },
	{ "8800", 0, PKI_E_ENCODING },
	{ "8802 2a83", 0, PKI_E_ENCODING },
	{ "8802 8001", 0, PKI_E_ENCODING },
	{ "8402 3000", 0, PKI_E_STRUCTURE },
	{ "a400", 0, PKI_E_STRUCTURE },
	{ "a404 30003000", 0, PKI_E_STRUCTURE },
	{ "a404 30023100", 0, PKI_E_STRUCTURE },
	{ "a402 3100", 0, PKI_E_STRUCTURE },
	{ "a40e 300c310a300806035504030c0100", 0, PKI_E_STRUCTURE },
	{ "a000", 0, PKI_E_STRUCTURE },
	{ "a004 06022a03", 0, PKI_E_STRUCTURE },
	{ "a006 06022a03a000", 0, PKI_E_STRUCTURE },
	{ "a00a 06022a03a00405000500", 0, PKI_E_STRUCTURE },
	{ "a006 06022a030500", 0, PKI_E_STRUCTURE },
	{ "a008 06022a0380020500", 0, PKI_E_STRUCTURE },
	{ "a006 0600a0020500", 0, PKI_E_ENCODING }, /* CVE-2025-32988 */
	{ "a008 06022a83a0020500", 0, PKI_E_ENCODING },
	{ "a009 06022a03a003020200", 0, PKI_E_ENCODING },
	{ "a302 3001", 0, PKI_E_ENCODING },
	{ "a304 02020001", 0, PKI_E_ENCODING },
	{ "a501 a1", 0, PKI_E_ENCODING },
};

START_TEST(unreadable_der)
{
	for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++) {
		pki_status st;
		pki_gn gn;

		st = read_gn(t_hex(unreadable[i].der), unreadable[i].flags, &gn, NULL);
		ck_assert_msg(st == unreadable[i].status, "%s: %d", unreadable[i].der, st);
		ck_assert_uint_eq(gn.value.len, 0);
	}
}
END_TEST

START_TEST(unwritable)
{
	const pki_gn list[] = {
		{ .type = -1 },
		{ .type = 9 },
		{ .type = PKI_GN_DNS, .value = pki_bytes_of("a\0b", 3) },
		{ .type = PKI_GN_EMAIL, .value = pki_bytes_of("\xff", 1) },
		{ .type = PKI_GN_IP, .value = pki_bytes_of("abc", 3) },
		{ .type = PKI_GN_RID },
		{ .type = PKI_GN_DIRNAME },
		{ .type = PKI_GN_DIRNAME, .value = pki_bytes_of("\x31\x00", 2) },
		{ .type = PKI_GN_OTHER, .value = pki_bytes_of("\x05\x00", 2) },
		{ .type = PKI_GN_OTHER, .other = pki_bytes_of("\x2a", 1) },
		{ .type = PKI_GN_OTHER,
		    .other = pki_bytes_of("\x2a", 1),
		    .value = pki_bytes_of("\x05\x00\x05\x00", 4) },
		{ .type = PKI_GN_X400, .value = pki_bytes_of("\x05", 1) },
	};

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		pki_buf out = PKI_BUF_INIT;
		pki_derw w;

		pki_derw_init(&w, NULL);
		pki_gn_write(&w, NULL, &list[i]);
		ck_assert_msg(pki_derw_finish(&w, &out, NULL) == PKI_E_ARG, "%zu", i);
		ck_assert_uint_eq(out.len, 0);
	}
}
END_TEST

START_TEST(arguments)
{
	pki_buf store = PKI_BUF_INIT;
	pki_gn gn = { .type = 9 };

	t_fails(PKI_E_ARG, pki_gn_from_string(NULL, NULL, &store, &gn, err));
	t_fails(PKI_E_ARG, pki_gn_from_string(NULL, "a", NULL, &gn, err));
	t_fails(PKI_E_ARG, pki_gn_from_string(NULL, "a", &store, NULL, err));
	t_fails(PKI_E_ARG, pki_gn_format(NULL, &store, err));
	t_fails(PKI_E_ARG, pki_gn_format(&gn, NULL, err));
	gn.type = 9;
	t_fails(PKI_E_ARG, pki_gn_format(&gn, &store, err));
	gn.type = PKI_GN_DIRNAME;
	t_fails(PKI_E_STRUCTURE, pki_gn_format(&gn, &store, err));
	/* what the store held stays */
	t_ok(pki_gn_from_string(NULL, "a.example", &store, &gn, err));
	t_fails(PKI_E_ARG, pki_gn_from_string(NULL, "other:1.2.3=05", &store, &gn, err));
	t_bytes_eq(pki_buf_bytes(&store), pki_bytes_str("a.example"));
	t_ok(pki_gn_from_string(NULL, "other:1.2.3=0500", &store, &gn, err));
	t_bytes_eq(gn.other, t_hex("2a03"));
	t_bytes_eq(gn.value, t_hex("0500"));
	pki_buf_free(&store);
}
END_TEST

START_TEST(reasons)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "b\xc3\xbc"
		  "cher.example",
		    "A-labels" },
		{ "2001:db8:::1", "IP address" },
		{ "192.0.2.256", "all digits" },
		{ "a_b", "letter, digit or hyphen" },
		{ "@example.org", "local part" },
		{ "me@", "no host" },
		{ "*.*.com", "left-most" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error err = PKI_ERROR_INIT;
		pki_buf store = PKI_BUF_INIT;
		pki_gn gn;

		ck_assert_int_eq(
		    pki_gn_from_string(NULL, cases[i].text, &store, &gn, &err), PKI_E_ARG);
		ck_assert_msg(
		    strstr(pki_error_reason(&err), cases[i].says) != NULL, "%s", t_error(&err));
		ck_assert_str_ne(pki_error_detail(&err), "");
		ck_assert_str_eq(pki_error_function(&err), "pki_gn_from_string");
	}
}
END_TEST

/* ---- EDIPartyName ---- */

static const struct {
	const char *value;
	pki_status status;
} edis[] = {
	{ "a1{0c{61}}", PKI_SUCCESS },
	{ "a0{13{61}} a1{1e{20ac}}", PKI_SUCCESS },
	{ "a0{14{61}} a1{1c{000020ac}}", PKI_SUCCESS },
	{ "", PKI_E_STRUCTURE },
	{ "a0{0c{61}}", PKI_E_STRUCTURE },
	{ "81{61}", PKI_E_STRUCTURE }, /* DirectoryString is a CHOICE */
	{ "a1{}", PKI_E_STRUCTURE },
	{ "a1{0c{}}", PKI_E_STRUCTURE },
	{ "a1{16{61}}", PKI_E_STRUCTURE },
	{ "a1{0500}", PKI_E_STRUCTURE },
	{ "a1{0c{61} 0c{61}}", PKI_E_STRUCTURE },
	{ "a1{0c{61}} a1{0c{61}}", PKI_E_STRUCTURE },
	{ "a1{0c{61}} a0{0c{61}}", PKI_E_STRUCTURE },
	{ "a1{0c{80}}", PKI_E_ENCODING },
	{ "a1{13{40}}", PKI_E_ENCODING },
	{ "a1{1e{61}}", PKI_E_ENCODING },
	{ "a0{13{40}} a1{0c{61}}", PKI_E_ENCODING },
};

START_TEST(edi_parties)
{
	for (size_t i = 0; i < sizeof edis / sizeof edis[0]; i++) {
		pki_bytes value = t_nested(edis[i].value);
		pki_error why = PKI_ERROR_INIT;
		pki_buf again = PKI_BUF_INIT;
		pki_edi_party p;
		pki_status st = pki_ext_edi_party(NULL, value, &p, &why);

		ck_assert_msg(st == edis[i].status, "%s: %s", edis[i].value, t_error(&why));
		if (st == PKI_SUCCESS) {
			t_ok(pki_edi_party_encode(NULL, &p, &again, err));
			t_bytes_eq(pki_buf_bytes(&again), value);
		}
		ck_assert(st == PKI_SUCCESS || p.party_tag == 0);
		pki_buf_free(&again);
	}
}
END_TEST

START_TEST(bad_edi_parties)
{
	const pki_edi_party parties[] = {
		{ .party_tag = 0 },
		{ .party_tag = PKI_TAG_UTF8 },
		{ .party = t_hex("61"), .party_tag = PKI_TAG_IA5 },
		{ .party = t_hex("80"), .party_tag = PKI_TAG_UTF8 },
		{ .party = t_hex("61"), .party_tag = PKI_TAG_UTF8, .assigner_tag = PKI_TAG_UTF8 },
		{ .party = t_hex("61"), .party_tag = PKI_TAG_UTF8, .assigner_tag = PKI_TAG_IA5 },
	};
	pki_buf out = PKI_BUF_INIT;

	for (size_t i = 0; i < sizeof parties / sizeof parties[0]; i++)
		t_fails(PKI_E_ARG, pki_edi_party_encode(NULL, &parties[i], &out, err));
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { good_names, bad_names, readable_der, unreadable_der,
		unwritable, arguments, reasons, edi_parties, bad_edi_parties, NULL };

	return t_main("gn", tests);
}
