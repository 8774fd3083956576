/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions as text, and the types of extensions that a program adds. */
#include <stdlib.h>

#include <pki/ext.h>

#include "libpki/x509/ext_type.h"
#include "tests/lib/nested.h"

#define CPS    "06{2b06010505070201}"
#define NOTICE "06{2b06010505070202}"
#define CN     "30{06{550403} 0c{78}}"

static const struct row {
	const char *oid, *value, *text;
} cases[] = {
	{ "2a03", "ff00", "ff00" },
	{ "2a03", "", "" },
	{ "551d02", "00", "00" },
	{ "551d09", "30{30{06{550406} 31{13{4e4c}}}30{06{2a03}31{05{}}}}",
	    "countryName=NL, 1.2.3=#0500" },
	{ "551d09", "30{30{06{550406} 31{13{4e4c} 13{5c07}}}}",
	    "countryName=NL, countryName=#13025c07" },
	{ "551d09", "30{30{06{550406} 31{0c{5c07}}}}", "countryName=\\5C\\07" },
	{ "551d0e", "04{0102}", "0102" },
	{ "551d0f", "03{0106}", "keyCertSign, cRLSign" },
	{ "551d0f", "03{00}", NULL },
	{ "551d0f", "03{06ffc0}",
	    "digitalSignature, contentCommitment, keyEncipherment, dataEncipherment, keyAgreement, "
	    "keyCertSign, cRLSign, encipherOnly, decipherOnly, bit 9" },
	{ "551d11", "30{82{61} 87{c0000201}}", "dns:a, ip:192.0.2.1" },
	{ "551d12", "30{86{0a}}", "uri:\\0A" },
	{ "551d1d", "30{a4{30{31{" CN "}}}}", "dn:CN=x" },
	{ "551d13", "30{0101ff 020100}", "cA, pathLenConstraint 0" },
	{ "551d13", "30{}", "no cA" },
	/* where certificates with these sins are read, they are shown */
	{ "551d13", "30{010100}", "no cA" },
	{ "551d13", "30{020100}", "no cA, pathLenConstraint 0" },
	{ "551d0f", "03{010600}", "keyCertSign, cRLSign" },
	{ "551d14", "02{00ff01}", "ff01" },
	{ "551d1b", "02{05}", "05" },
	{ "551d15", "0a{01}", "keyCompromise" },
	{ "551d15", "0a{0a}", "aACompromise" },
	{ "551d15", "0a{07}", NULL },
	{ "551d18", "18{32303235313232343138303030305a}", "2025-12-24T18:00:00Z" },
	{ "551d1c", "30{a0{a0{82{61}}} 82{ff} 83{0640} 84{ff}}",
	    "dns:a, onlyContainsCACerts, indirectCRL, keyCompromise" },
	{ "551d1c", "30{a0{a1{" CN "}} 81{ff}}", "+CN=x, onlyContainsUserCerts" },
	{ "551d1c", "30{85{ff}}", "onlyContainsAttributeCerts" },
	{ "551d1e", "30{a0{30{82{61}} 30{87{c0000200ffffff00}}} a1{30{82{62} 80{01} 81{05}}}}",
	    "permitted dns:a, permitted ip:192.0.2.0/24, excluded dns:b minimum 1 maximum 5" },
	{ "551d1f", "30{30{a0{a0{82{61} 82{62}}}} 30{a0{a0{82{63}}}}}", "dns:a, dns:b, dns:c" },
	{ "551d1f", "30{30{a0{a0{82{61}}} 81{0640} a2{a4{30{31{" CN "}}}}}}",
	    "dns:a (keyCompromise, by dn:CN=x)" },
	{ "551d2e", "30{30{a0{a1{" CN "}} a2{82{62}}}}", "+CN=x (by dns:b)" },
	{ "551d2e", "30{30{a2{82{62}}}}", "(by dns:b)" },
	{ "551d20", "30{30{06{551d2000}} 30{06{2a03}}}", "anyPolicy, 1.2.3" },
	{ "551d20",
	    "30{30{06{2a03} 30{30{" CPS "16{61}} 30{" NOTICE
	    "30{30{0c{62} 30{020101020102}} 0c{63}}}}} 30{06{2a04}}}",
	    "1.2.3 (a, \"b\" 1 2, \"c\"), 1.2.4" },
	{ "551d20", "30{30{06{2a03} 30{30{06{2a05} 05{}}}}}", "1.2.3 (1.2.5=#0500)" },
	{ "551d20", "30{30{06{2a03} 30{30{" NOTICE "30{0c{0a}}}}}}", "1.2.3 (\"\\0A\")" },
	{ "551d21", "30{30{06{2a03} 06{2a04}}}", "1.2.3 = 1.2.4" },
	{ "551d23", "30{80{0102} a1{82{61}} 82{00ff}}", "0102, dns:a, serial 00ff" },
	{ "551d23", "30{}", "" },
	{ "551d24", "30{80{03} 81{00}}", "requireExplicitPolicy 3, inhibitPolicyMapping 0" },
	{ "551d25", "30{06{2b06010505070301} 06{2a03}}", "serverAuth, 1.2.3" },
	{ "551d36", "02{02}", "2" },
	{ "551d38", "05{}", "NULL" },
	{ "2b06010505070101", "30{30{06{2b06010505073001} 86{613a62}}}", "ocsp uri:a:b" },
	{ "2b0601050507010b", "30{30{06{2b06010505073005} 82{61}}}", "caRepository dns:a" },
	{ "2b06010505070118", "30{02{05} 02{11} 02{80}}",
	    "status_request, status_request_v2, -128" },
	{ "2b0601050507300105", "05{}", "NULL" },
	/* not such values */
	{ "551d0f", "03{0106}0500", NULL },
	{ "551d11", "30{}", NULL },
	{ "551d20", "30{30{06{2a03}} 30{06{2a03}}}", NULL },
	{ "551d38", "30{}", NULL },
};

START_TEST(as_text)
{
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error e = PKI_ERROR_INIT;
		pki_buf out = PKI_BUF_INIT;
		pki_ext x = { .oid = t_hex(cases[i].oid), .value = t_nested(cases[i].value) };
		pki_status st;

		t_ok(pki_buf_append(&out, pki_bytes_str("<"), err));
		st = pki_ext_format(NULL, &x, &out, &e);
		ck_assert_msg((st == PKI_SUCCESS) == (cases[i].text != NULL), "%s %s: %s",
		    cases[i].oid, cases[i].value, t_error(&e));
		ck_assert_str_eq(pki_buf_str(&out) + 1, cases[i].text == NULL ? "" : cases[i].text);
		pki_buf_free(&out);
	}
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(pki_ext_name(NULL, PKI_OID(no_rev_avail)), "noRevAvail");
	ck_assert_ptr_null(pki_ext_name(NULL, t_hex("2a03")));
	ck_assert_ptr_null(pki_ext_name(NULL, pki_bytes_of(NULL, 0)));
}
END_TEST

/* ---- a program's own ---- */

static pki_status check_null(void *ud, const pki_ctx *ctx, pki_bytes value, pki_error *err)
{
	(void)ud;
	return pki_ext_null(ctx, value, err);
}

static pki_status refuse(void *ud, const pki_ctx *ctx, pki_bytes value, pki_error *err)
{
	(void)ud;
	(void)ctx;
	(void)value;
	(void)err;
	return PKI_E_POLICY;
}

static pki_status say(void *ud, const pki_ctx *ctx, pki_bytes value, pki_buf *out, pki_error *err)
{
	(void)ctx;
	(void)value;
	return pki_buf_append(out, pki_bytes_str(ud == NULL ? "said" : ud), err);
}

static pki_status check(const pki_ctx *ctx, const char *oid, const char *value, pki_error *err)
{
	pki_der r, in;

	pki_der_init(&r, ctx, t_nested(value), "Extension");
	pki_der_enter(&r, PKI_TAG_OCTETS, "extnValue", &in);
	pki_ext_check(&in, ctx, t_hex(oid));
	pki_der_leave(&in);
	return pki_der_finish(&r, err);
}

#define UNDERSTOOD PKI_EXT_TYPE_UNDERSTOOD

static const uint8_t own[] = { 0x2a, 3 }, other[] = { 0x2a, 4 }, bare[] = { 0x2a, 5 };
static const uint8_t known[] = { 0x55, 0x1d, 0x13 };
#define TYPE(octets, ...)                                                     \
 {                                                                            \
  .size = sizeof(pki_ext_type), .oid = { octets, sizeof octets }, __VA_ARGS__ \
 }
static const pki_ext_type types[] = {
	TYPE(own, .name = "own", .check = check_null, .format = say, .flags = UNDERSTOOD),
	TYPE(other, .check = refuse),
	TYPE(bare, .name = "bare"),
	TYPE(known, .name = "mine", .check = refuse, .format = say, .flags = UNDERSTOOD),
};

START_TEST(registry)
{
	const pki_ext_type *list[] = { &types[0], &types[1], &types[2], &types[3], NULL };
	pki_ctx_opts o = { .size = sizeof o, .ext_types = list };
	pki_ext x = { .oid = t_hex("2a03"), .value = t_hex("0500") };
	pki_error e = PKI_ERROR_INIT;
	pki_buf out = PKI_BUF_INIT;
	pki_ctx *ctx = NULL;

	t_ok(pki_ctx_new(&o, &ctx, err));
	list[0] = NULL;
	t_ok(check(ctx, "2a03", "04{0500}", err));
	t_fails(PKI_E_STRUCTURE, check(ctx, "2a03", "04{3000}", err));
	t_fails(PKI_E_ENCODING, check(ctx, "2a03", "04{050100}", err));
	t_fails(PKI_E_STRUCTURE, check(ctx, "2a03", "04{}", err));
	t_ok(check(NULL, "2a03", "04{3000}", err));
	ck_assert_int_eq(check(ctx, "2a04", "04{0500}", &e), PKI_E_POLICY);
	ck_assert_str_eq(pki_error_reason(&e), "refused by the program");
	ck_assert_str_eq(pki_error_path(&e), "extnValue");
	t_ok(check(ctx, "2a05", "04{ff}", err));
	/* what libpki knows it knows better */
	t_ok(check(ctx, "551d13", "04{3000}", err));
	ck_assert_str_eq(pki_ext_name(ctx, t_hex("2a03")), "own");
	ck_assert_ptr_null(pki_ext_name(ctx, t_hex("2a04")));
	ck_assert_str_eq(pki_ext_name(ctx, t_hex("551d13")), "basicConstraints");
	t_ok(pki_ext_format(ctx, &x, &out, err));
	x.oid = t_hex("2a04");
	t_ok(pki_ext_format(ctx, &x, &out, err));
	x.oid = t_hex("551d38");
	t_ok(pki_ext_format(ctx, &x, &out, err));
	ck_assert_str_eq(pki_buf_str(&out), "said0500NULL");
	pki_buf_free(&out);
	pki_ctx_free(ctx);
}
END_TEST

/* Nothing but code and what ud points at need be there when the context is used. */
START_TEST(copied_types)
{
	static const char words[] = "ud";
	uint8_t oid[] = { 0x2a, 3 };
	char name[] = "own";
	pki_ext_type type = TYPE(own, .format = say, .ud = (void *)(uintptr_t)words, .name = name);
	const pki_ext_type *list[] = { &type, NULL };
	pki_ctx_opts o = { .size = sizeof o, .ext_types = list };
	pki_ext x = { .oid = t_hex("2a03"), .value = t_hex("0500") };
	pki_buf out = PKI_BUF_INIT;
	pki_ctx *ctx = NULL;

	type.oid.data = oid;
	t_ok(pki_ctx_new(&o, &ctx, err));
	memset(&type, 0xff, sizeof type);
	memset(name, 'x', 3);
	oid[1] = 4;
	ck_assert_str_eq(pki_ext_name(ctx, t_hex("2a03")), "own");
	t_ok(pki_ext_format(ctx, &x, &out, err));
	ck_assert_str_eq(pki_buf_str(&out), "ud");
	pki_buf_free(&out);
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(understood)
{
	const pki_ext_type *list[] = { &types[0], &types[1], &types[3], NULL };
	pki_ctx_opts o = { .size = sizeof o, .ext_types = list };
	pki_ctx *ctx = NULL;

	t_ok(pki_ctx_new(&o, &ctx, err));
	ck_assert(pki_ext_is_understood(ctx, t_hex("2a03")));
	ck_assert(pki_ext_is_understood(ctx, t_hex("551d13")));
	ck_assert(!pki_ext_is_understood(ctx, t_hex("2a04")));
	ck_assert(!pki_ext_is_understood(ctx, t_hex("2a05")));
	ck_assert(!pki_ext_is_understood(NULL, t_hex("2a03")));
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(bad_types)
{
	static const struct newer {
		pki_ext_type type;
		uint64_t option;
	} newer = { { .size = sizeof newer, .oid = { own, sizeof own } }, 1 };
	const pki_ext_type bad[] = {
		{ .oid = { own, sizeof own } },
		{ .size = sizeof(size_t), .oid = { own, sizeof own } },
		{ .size = sizeof(pki_ext_type) },
		{ .size = sizeof(pki_ext_type), .oid = { NULL, 2 } },
		{ .size = sizeof(pki_ext_type), .oid = { own, 0 } },
		TYPE(own, .flags = 2),
	};
	const pki_ext_type *one[] = { NULL, NULL }, *two[] = { &types[0], &types[0], NULL };
	pki_ctx_opts o = { .size = sizeof o, .ext_types = one };
	const pki_ext_type reserved = TYPE(own, .reserved = 1);
	pki_ext_type t;
	pki_ctx *ctx = NULL;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		one[0] = &bad[i];
		t_fails(PKI_E_ARG, pki_ctx_new(&o, &ctx, err));
		ck_assert_ptr_null(ctx);
	}
	one[0] = &newer.type;
	t_fails(PKI_E_UNSUPPORTED, pki_ctx_new(&o, &ctx, err));
	one[0] = &reserved;
	t_fails(PKI_E_UNSUPPORTED, pki_ctx_new(&o, &ctx, err));
	o.ext_types = two;
	t_fails(PKI_E_ARG, pki_ctx_new(&o, &ctx, err));
	pki_ext_type_init(&t, sizeof t);
	t.oid = pki_bytes_of(own, sizeof own);
	one[0] = &t;
	o.ext_types = one;
	t_ok(pki_ctx_new(&o, &ctx, err));
	pki_ctx_free(ctx);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { as_text, names, registry, copied_types, understood,
		bad_types, NULL };

	return t_main("ext_text", tests);
}
