/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 values from JSON: what pki_asn1_json writes, what people write, and what is neither. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <pki/asn1_json.h>

#include "tests/lib/oom.h"
#include "tests/lib/t.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char module[] =
    "J { } DEFINITIONS EXPLICIT TAGS ::= BEGIN\n"
    "B ::= BOOLEAN\n"
    "I ::= INTEGER\n"
    "V ::= INTEGER { one(1), two(2) }\n"
    "E ::= ENUMERATED { red(0), green(5) }\n"
    "N ::= NULL\n"
    "S ::= BIT STRING\n"
    "F ::= BIT STRING { read(0), write(1), run(2) }\n"
    "O ::= OCTET STRING\n"
    "D ::= OBJECT IDENTIFIER\n"
    "U ::= UTF8String\n"
    "A ::= IA5String\n"
    "G ::= GeneralizedTime\n"
    "Y ::= ANY\n"
    "C ::= CHOICE { i INTEGER, u [0] IMPLICIT UTF8String, c [1] EXPLICIT C2 }\n"
    "C2 ::= CHOICE { b BOOLEAN, l L }\n"
    "L ::= SEQUENCE OF INTEGER\n"
    "T ::= SET OF INTEGER\n"
    "Q ::= SEQUENCE { v [4] IMPLICIT V DEFAULT one, c C, l L OPTIONAL, f [2] EXPLICIT F OPTIONAL,\n"
    "  s [3] IMPLICIT M OPTIONAL }\n"
    "M ::= SET { x BOOLEAN, y INTEGER }\n"
    "R ::= SEQUENCE { r R OPTIONAL }\n"
    "END\n";

static pki_asn1 *modules;

static pki_asn1_value *parse(const char *type, pki_bytes json)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v;
	pki_status st = pki_asn1_json_parse(modules, type, json, &v, &err);

	ck_assert_msg(st == PKI_SUCCESS, "%s %.*s: %s", type, (int)json.len,
	    (const char *)json.data, t_error(&err));
	return v;
}

/* ---- read ---- */

static const struct {
	const char *type, *json, *der;
} good[] = {
	{ "B", "true", "0101ff" },
	{ "B", " \t\r\nfalse\n", "010100" },
	{ "I", "0", "020100" },
	{ "I", "-0", "020100" },
	{ "I", "-1", "0201ff" },
	{ "I", "128", "02020080" },
	{ "I", "9223372036854775807", "02087fffffffffffffff" },
	{ "I", "-9223372036854775808", "02088000000000000000" },
	{ "I", "\"9223372036854775808\"", "0209008000000000000000" },
	{ "I", "\"-18446744073709551616\"", "0209ff0000000000000000" },
	{ "I", "\"7\"", "020107" },
	{ "I", "\"0x10\"", "020110" },
	{ "V", "\"two\"", "020102" },
	{ "V", "7", "020107" },
	{ "E", "\"green\"", "0a0105" },
	{ "E", "5", "0a0105" },
	{ "N", "null", "0500" },
	{ "S", "{\"value\":\"a0\",\"length\":3}", "030205a0" },
	{ "S", "{\"length\":8,\"value\":\"FF\"}", "030200ff" },
	{ "S", "{\"value\":\"\",\"length\":0}", "030100" },
	{ "S", "\"a0/5\"", "030205a0" },
	{ "F", "\"write, run\"", "03020560" },
	{ "F", "{\"value\":\"60\",\"length\":3}", "03020560" },
	{ "F", "\"\"", "030100" },
	{ "O", "\"\"", "0400" },
	{ "O", "\"00fF\"", "040200ff" },
	{ "D", "\"1.2.840.113549\"", "06062a864886f70d" },
	{ "U", "\"\"", "0c00" },
	{ "U", "\"\\u00fc\xc3\xbc\\ud83d\\ude00\"", "0c08c3bcc3bcf09f9880" },
	{ "U", "\"a\\u0000b\"", "0c03610062" },
	{ "A", "\"a\\nb\"", "1603610a62" },
	{ "G", "\"20260101000000Z\"", "180f32303236303130313030303030305a" },
	{ "Y", "\"30030101ff\"", "30030101ff" },
	{ "C", "{\"i\":5}", "020105" },
	{ "C", "{\"u\":\"x\"}", "800178" },
	{ "C", "{\"c\":{\"b\":true}}", "a1030101ff" },
	{ "C", "{\"c\":{\"l\":[]}}", "a1023000" },
	{ "L", "[]", "3000" },
	{ "L", "[1,\"2\",3]", "3009020101020102020103" },
	{ "T", "[3,1,2]", "3109020101020102020103" },
	{ "Q", "{\"c\":{\"i\":5}}", "3003020105" },
	{ "Q", "{\"v\":1,\"c\":{\"i\":5}}", "3003020105" },
	{ "Q", "{\"f\":\"run\",\"l\":[],\"c\":{\"i\":5},\"v\":\"two\"}",
	    "300e8401020201053000a20403020520" },
	{ "Q", "{\"c\":{\"i\":5},\"s\":{\"y\":7,\"x\":true}}", "300b020105a3060101ff020107" },
	{ "M", "{\"y\":7,\"\\u0078\":false}", "3106010100020107" },
	{ "R", "{}", "3000" },
	{ "R", "{\"r\":{\"r\":{}}}", "300430023000" },
	{ "J.R", "{\"r\":{}}", "30023000" },
};

START_TEST(reads)
{
	for (size_t i = 0; i < LENGTH(good); i++) {
		pki_asn1_value *v = parse(good[i].type, pki_bytes_str(good[i].json));
		pki_error err = PKI_ERROR_INIT;
		pki_buf der = PKI_BUF_INIT;
		pki_status st = pki_asn1_encode(v, &der, &err);

		ck_assert_msg(st == PKI_SUCCESS, "%s: %s", good[i].json, t_error(&err));
		ck_assert_msg(pki_bytes_equal(pki_buf_bytes(&der), t_hex(good[i].der)),
		    "%s is not %s", good[i].json, good[i].der);
		pki_buf_free(&der);
		pki_asn1_value_free(v);
	}
}
END_TEST

/* What libpki writes, it reads: the same octets, the same JSON. */
static const struct {
	const char *type, *file;
} files[] = {
	{ "PKIX1Explicit88.Certificate", "cert/openssl-leaf.der" },
	{ "PKCS-10.CertificationRequest", "csr/openssl-full.der" },
	{ "PKIX1Explicit88.CertificateList", "crl/openssl-reasons.der" },
};

static void there_and_back(const char *type, pki_bytes der)
{
	pki_buf json = PKI_BUF_INIT, again = PKI_BUF_INIT, octets = PKI_BUF_INIT;
	pki_asn1_value *v, *w;

	t_ok(pki_asn1_decode(modules, type, der, &v, err));
	t_ok(pki_asn1_json(v, &json, err));
	w = parse(type, pki_buf_bytes(&json));
	t_ok(pki_asn1_encode(w, &octets, err));
	t_bytes_eq(pki_buf_bytes(&octets), der);
	t_ok(pki_asn1_json(w, &again, err));
	t_bytes_eq(pki_buf_bytes(&again), pki_buf_bytes(&json));
	pki_buf_free(&json);
	pki_buf_free(&again);
	pki_buf_free(&octets);
	pki_asn1_value_free(v);
	pki_asn1_value_free(w);
}

START_TEST(what_is_written)
{
	for (size_t i = 0; i < LENGTH(good); i++)
		there_and_back(good[i].type, t_hex(good[i].der));
	for (size_t i = 0; i < LENGTH(files); i++)
		there_and_back(files[i].type, t_vector(files[i].file));
}
END_TEST

/* ---- not read ---- */

#define CALL "{\"c\":{\"i\":5},"

static const struct {
	const char *type, *json;
	pki_status want;
	const char *path, *reason; /* part of it */
	size_t line;
} bad[] = {
	/* no JSON */
	{ "I", "", PKI_E_ENCODING, "", "ends too early", 1 },
	{ "I", " \n ", PKI_E_ENCODING, "", "ends too early", 2 },
	{ "L", "[", PKI_E_ENCODING, "", "ends too early", 1 },
	{ "L", "[1,\n2,", PKI_E_ENCODING, "", "ends too early", 2 },
	{ "L", "[1,]", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "L", "[1\n 2]", PKI_E_ENCODING, "", "not JSON", 2 },
	{ "L", "[1]]", PKI_E_ENCODING, "", "behind", 1 },
	{ "I", "1 2", PKI_E_ENCODING, "", "behind", 1 },
	{ "I", "01", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "I", "+1", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "I", "0x10", PKI_E_ENCODING, "", "behind", 1 },
	{ "I", "NaN", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "B", "True", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "B", "true // yes", PKI_E_ENCODING, "", "behind", 1 },
	{ "M", "{\"x\" true}", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "M", "{x:true}", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "M", "{'x':true}", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "U", "'a'", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "U", "\"a", PKI_E_ENCODING, "", "ends too early", 1 },
	{ "U", "\"a\nb\"", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "U", "\"\\x\"", PKI_E_ENCODING, "", "not JSON", 1 },
	{ "U", "\"\\ud800\"", PKI_E_ENCODING, "", "JSON", 1 },
	{ "U", "\"\xff\"", PKI_E_ENCODING, "", "UTF-8", 1 },
	{ "U", "\"\xed\xa0\x80\"", PKI_E_ENCODING, "", "UTF-8", 1 },
	{ "U", "\xef\xbb\xbf\"a\"", PKI_E_ENCODING, "", "JSON", 1 },
	/* names */
	{ "M", "{\"x\":true,\n\"x\":true}", PKI_E_STRUCTURE, "", "same name", 2 },
	{ "M", "{\"x\":true,\"\\u0078\":true}", PKI_E_STRUCTURE, "", "same name", 1 },
	{ "M", "{\"x\\u0000\":true}", PKI_E_STRUCTURE, "", "NUL", 1 },
	{ "M", "{\"z\":true}", PKI_E_STRUCTURE, "z", "", 0 },
	{ "M", "{\"X\":true}", PKI_E_STRUCTURE, "X", "", 0 },
	{ "M", "{\"\":true}", PKI_E_STRUCTURE, "", "", 0 },
	{ "M", "{\"x.y\":true}", PKI_E_STRUCTURE, "x.y", "", 0 },
	{ "M", "{\"\\u001b[0m\":true}", PKI_E_STRUCTURE, "\\x1b[0m", "", 0 },
	{ "Q", CALL "\"s\":{\"z\":1}}", PKI_E_STRUCTURE, "s.z", "", 0 },
	{ "Q", CALL "\"s.x\":true}", PKI_E_STRUCTURE, "s.x", "", 0 },
	{ "Q", CALL "\"i\":5}", PKI_E_STRUCTURE, "i", "", 0 },
	{ "C", "{\"z\":5}", PKI_E_STRUCTURE, "z", "", 0 },
	{ "C", "{\"c\":{\"z\":5}}", PKI_E_STRUCTURE, "c.z", "", 0 },
	{ "C", "{\"b\":true}", PKI_E_STRUCTURE, "b", "", 0 },
	/* another JSON type */
	{ "B", "1", PKI_E_STRUCTURE, "", "true or false", 0 },
	{ "B", "null", PKI_E_STRUCTURE, "", "true or false", 0 },
	{ "B", "\"TRUE\"", PKI_E_STRUCTURE, "", "true or false", 0 },
	{ "B", "\"true\"", PKI_E_STRUCTURE, "", "true or false", 0 },
	{ "I", "true", PKI_E_STRUCTURE, "", "a number", 0 },
	{ "I", "null", PKI_E_STRUCTURE, "", "a number", 0 },
	{ "I", "[1]", PKI_E_STRUCTURE, "", "a number", 0 },
	{ "I", "{}", PKI_E_STRUCTURE, "", "a number", 0 },
	{ "N", "0", PKI_E_STRUCTURE, "", "null", 0 },
	{ "N", "\"\"", PKI_E_STRUCTURE, "", "null", 0 },
	{ "N", "{}", PKI_E_STRUCTURE, "", "null", 0 },
	{ "O", "5", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "D", "1.2", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "U", "null", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "U", "[\"a\"]", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "G", "20260101000000", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "Y", "{}", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "Y", "null", PKI_E_STRUCTURE, "", "a string", 0 },
	{ "L", "{}", PKI_E_STRUCTURE, "", "an array", 0 },
	{ "L", "5", PKI_E_STRUCTURE, "", "an array", 0 },
	{ "L", "[[1]]", PKI_E_STRUCTURE, "[0]", "a number", 0 },
	{ "L", "[1,2,null]", PKI_E_STRUCTURE, "[2]", "a number", 0 },
	{ "M", "[]", PKI_E_STRUCTURE, "", "an object", 0 },
	{ "M", "null", PKI_E_STRUCTURE, "", "an object", 0 },
	{ "Q", CALL "\"l\":null}", PKI_E_STRUCTURE, "l", "an array", 0 },
	{ "Q", CALL "\"l\":[1,{}]}", PKI_E_STRUCTURE, "l[1]", "a number", 0 },
	{ "Q", CALL "\"s\":{\"x\":0}}", PKI_E_STRUCTURE, "s.x", "true or false", 0 },
	{ "Q", "{\"c\":5}", PKI_E_STRUCTURE, "c", "an object with one member", 0 },
	{ "Q", "{\"c\":{}}", PKI_E_STRUCTURE, "c", "an object with one member", 0 },
	{ "Q", "{\"c\":{\"i\":1,\"u\":\"\"}}", PKI_E_STRUCTURE, "c", "an object with one member",
	    0 },
	{ "Q", "{\"c\":{\"c\":{\"l\":[true]}}}", PKI_E_STRUCTURE, "c.c.l[0]", "a number", 0 },
	{ "C", "[]", PKI_E_STRUCTURE, "", "an object with one member", 0 },
	{ "C", "null", PKI_E_STRUCTURE, "", "an object with one member", 0 },
	/* numbers */
	{ "I", "9223372036854775808", PKI_E_STRUCTURE, "", "string of digits", 1 },
	{ "L", "[1,\n-9223372036854775809]", PKI_E_STRUCTURE, "", "string of digits", 2 },
	{ "I", "1e400", PKI_E_STRUCTURE, "", "string of digits", 1 },
	{ "I", "1.0", PKI_E_STRUCTURE, "", "fraction", 0 },
	{ "I", "1e3", PKI_E_STRUCTURE, "", "exponent", 0 },
	{ "I", "\"\"", PKI_E_STRUCTURE, "", "", 0 }, { "I", "\"one\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "I", "\"0xg\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "I", "\"1 \"", PKI_E_STRUCTURE, "", "", 0 },
	{ "I", "\"1\\u0000\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "I", "\"1.5\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "I", "\"--1\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "V", "\"three\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "V", "\"One\"", PKI_E_STRUCTURE, "", "", 0 }, { "E", "1", PKI_E_STRUCTURE, "", "", 0 },
	{ "E", "\"blue\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "E", "\"red\\u0000\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "E", "\"\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "E", "true", PKI_E_STRUCTURE, "", "a number", 0 },
	/* BIT STRING */
	{ "S", "{}", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "5", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "{\"value\":\"a0\"}", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "{\"length\":3}", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "{\"value\":\"a0\",\"length\":3,\"more\":1}", PKI_E_STRUCTURE, "", "was expected",
	    0 },
	{ "S", "{\"value\":\"a0\",\"length\":\"3\"}", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "{\"value\":160,\"length\":3}", PKI_E_STRUCTURE, "", "was expected", 0 },
	{ "S", "{\"value\":\"a0\",\"length\":0}", PKI_E_STRUCTURE, "", "\"length\"", 0 },
	{ "S", "{\"value\":\"a0\",\"length\":9}", PKI_E_STRUCTURE, "", "\"length\"", 0 },
	{ "S", "{\"value\":\"a0\",\"length\":-1}", PKI_E_STRUCTURE, "", "\"length\"", 0 },
	{ "S", "{\"value\":\"a0\",\"length\":9223372036854775807}", PKI_E_STRUCTURE, "",
	    "\"length\"", 0 },
	{ "S", "{\"value\":\"\",\"length\":1}", PKI_E_STRUCTURE, "", "\"length\"", 0 },
	{ "S", "{\"value\":\"a00\",\"length\":3}", PKI_E_STRUCTURE, "", "hex", 0 },
	{ "S", "{\"value\":\"g0\",\"length\":3}", PKI_E_STRUCTURE, "", "hex", 0 },
	{ "S", "{\"value\":\"a0 \",\"length\":3}", PKI_E_STRUCTURE, "", "hex", 0 },
	{ "S", "{\"value\":\"a\\u0000\",\"length\":3}", PKI_E_STRUCTURE, "", "hex", 0 },
	{ "S", "{\"value\":\"b0\",\"length\":3}", PKI_E_STRUCTURE, "", "", 0 },
	{ "S", "\"write\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "F", "\"write, fly\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "F", "{\"value\":\"60\",\"length\":8}", PKI_E_STRUCTURE, "", "", 0 },
	{ "F", "{\"value\":\"run\",\"length\":8}", PKI_E_STRUCTURE, "", "hex", 0 },
	/* text that is none of the type */
	{ "O", "\"0\"", PKI_E_STRUCTURE, "", "", 0 }, { "O", "\"0g\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "O", "\"00\\u0000\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "D", "\"\"", PKI_E_STRUCTURE, "", "", 0 }, { "D", "\"1\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "D", "\"1.40\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "D", "\"3.1\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "D", "\"1.2.\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "D", "\"1.2\\u0000.3\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "A", "\"\xc3\xbc\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "G", "\"\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "G", "\"2026-01-01T00:00:00Z\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "G", "\"20261301000000Z\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "Y", "\"\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "Y", "\"3001\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "Y", "\"05000500\"", PKI_E_STRUCTURE, "", "", 0 },
	{ "Y", "\"0500zz\"", PKI_E_STRUCTURE, "", "", 0 },
	/* types */
	{ "Z", "1", PKI_E_NOTFOUND, "", "", 0 }, { "", "1", PKI_E_NOTFOUND, "", "", 0 },
	{ "J.", "1", PKI_E_NOTFOUND, "", "", 0 }, { "K.I", "1", PKI_E_NOTFOUND, "", "", 0 },
	{ "Version", "1", PKI_E_NOTFOUND, "", "", 0 }, /* of several modules */
};

static void fails(const char *type, pki_bytes json, size_t i)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v = (pki_asn1_value *)&err;
	pki_status st = pki_asn1_json_parse(modules, type, json, &v, &err);

	ck_assert_msg(v == NULL, "%s is read", bad[i].json);
	ck_assert_msg(st == bad[i].want && pki_error_status(&err) == st, "%s: %s, not %s (%s)",
	    bad[i].json, pki_status_text(st), pki_status_text(bad[i].want), t_error(&err));
	ck_assert_msg(strstr(pki_error_reason(&err), bad[i].reason) != NULL, "%s: says %s, not %s",
	    bad[i].json, pki_error_reason(&err), bad[i].reason);
	ck_assert_msg(strcmp(pki_error_path(&err), bad[i].path) == 0, "%s: is in '%s', not '%s'",
	    bad[i].json, pki_error_path(&err), bad[i].path);
	ck_assert_msg(pki_error_line(&err) == bad[i].line, "%s: on line %zu", bad[i].json,
	    pki_error_line(&err));
	ck_assert_uint_eq(pki_error_offset(&err), PKI_NO_OFFSET);
	ck_assert_int_eq(pki_asn1_json_parse(modules, type, json, &v, NULL), bad[i].want);
}

START_TEST(refuses)
{
	for (size_t i = 0; i < LENGTH(bad); i++)
		fails(bad[i].type, pki_bytes_str(bad[i].json), i);
}
END_TEST

/* Every beginning of a value that is not the whole. */
START_TEST(cut_short)
{
	static const char whole[] = "{\"f\":{\"value\":\"20\",\"length\":3},\"l\":[1,\"2\"],"
				    "\"c\":{\"u\":\"\\u00fc\"},\"s\":{\"y\":7,\"x\":true}}";

	pki_asn1_value_free(parse("Q", pki_bytes_str(whole)));
	for (size_t n = 0; n + 1 < sizeof whole; n++) {
		pki_asn1_value *v;

		t_fails(PKI_E_ENCODING,
		    pki_asn1_json_parse(modules, "Q", pki_bytes_of(whole, n), &v, err));
		ck_assert_ptr_null(v);
	}
}
END_TEST

/* A NUL in it is no end of it. */
START_TEST(octets_behind)
{
	static const char text[] = "1\0002";
	pki_asn1_value *v;

	t_fails(PKI_E_ENCODING, pki_asn1_json_parse(modules, "I", pki_bytes_of(text, 2), &v, err));
	t_fails(PKI_E_ENCODING, pki_asn1_json_parse(modules, "I", pki_bytes_of(text, 3), &v, err));
}
END_TEST

/* ---- limits ---- */

static void put(pki_buf *b, const char *text)
{
	t_ok(pki_buf_append(b, pki_bytes_str(text), err));
}

static pki_status read_it(const char *type, const pki_buf *json)
{
	pki_asn1_value *v;
	pki_status st = pki_asn1_json_parse(modules, type, pki_buf_bytes(json), &v, NULL);

	pki_asn1_value_free(v);
	return st;
}

/* Around `in`, n times. */
static void nest(pki_buf *b, size_t n, const char *open, const char *in, const char *close)
{
	for (size_t i = 0; i < n; i++)
		put(b, open);
	put(b, in);
	for (size_t i = 0; i < n; i++)
		put(b, close);
}

START_TEST(depth)
{
	static const struct {
		size_t n;
		bool too_deep;
	} cases[] = { { 20, false }, { 128, true }, { 200, true }, { 100000, true } };

	for (size_t i = 0; i < LENGTH(cases); i++) {
		pki_buf json = PKI_BUF_INIT;
		pki_status st;

		nest(&json, cases[i].n, "{\"r\":", "{}", "}");
		st = read_it("R", &json);
		ck_assert_int_eq(st, cases[i].too_deep ? PKI_E_LIMIT : PKI_SUCCESS);
		pki_buf_free(&json);
		nest(&json, cases[i].n, "[", "", "]");
		st = read_it("L", &json);
		ck_assert_int_eq(st, cases[i].n > 128 ? PKI_E_LIMIT : PKI_E_STRUCTURE);
		pki_buf_free(&json);
	}
}
END_TEST

/* "[0,0,0]" of n. */
static void put_list(pki_buf *b, size_t n, const char *element)
{
	put(b, "[");
	for (size_t i = 0; i < n; i++) {
		put(b, i == 0 ? "" : ",");
		put(b, element);
	}
	put(b, "]");
}

START_TEST(many)
{
	static const struct {
		const char *type, *element;
		size_t n;
		pki_status want;
	} cases[] = {
		{ "L", "0", PKI_ASN1_NODES - 1, PKI_SUCCESS },
		{ "L", "0", PKI_ASN1_NODES, PKI_E_LIMIT },
		{ "L", "{}", 3 * PKI_ASN1_NODES, PKI_E_LIMIT },
		{ "L", "[", 3 * PKI_ASN1_NODES, PKI_E_LIMIT },
		{ "L", "0", 3 * PKI_ASN1_NODES, PKI_E_LIMIT },
		{ "I", "0", 3 * PKI_ASN1_NODES - 1, PKI_E_STRUCTURE },
	};

	for (size_t i = 0; i < LENGTH(cases); i++) {
		pki_buf json = PKI_BUF_INIT;

		put_list(&json, cases[i].n, cases[i].element);
		ck_assert_int_eq(read_it(cases[i].type, &json), cases[i].want);
		pki_buf_free(&json);
	}
}
END_TEST

START_TEST(long_text)
{
	pki_buf json = PKI_BUF_INIT, blanks = PKI_BUF_INIT;
	const size_t most = 16u << 20;

	put(&json, "7");
	put(&blanks, "                                                                ");
	while (json.len + blanks.len <= most)
		t_ok(pki_buf_append(&json, pki_buf_bytes(&blanks), err));
	while (json.len < most)
		put(&json, "\n");
	ck_assert_int_eq(read_it("I", &json), PKI_SUCCESS);
	put(&json, "\n");
	ck_assert_int_eq(read_it("I", &json), PKI_E_LIMIT);
	pki_buf_free(&json);
	pki_buf_free(&blanks);
}
END_TEST

START_TEST(arguments)
{
	const pki_bytes nowhere = { NULL, 1 }, one = pki_bytes_str("1");
	pki_asn1_value *v = (pki_asn1_value *)&one;

	t_fails(PKI_E_ARG, pki_asn1_json_parse(NULL, "I", one, &v, err));
	ck_assert_ptr_null(v);
	t_fails(PKI_E_ARG, pki_asn1_json_parse(modules, NULL, one, &v, err));
	t_fails(PKI_E_ARG, pki_asn1_json_parse(modules, "I", one, NULL, err));
	t_fails(PKI_E_ARG, pki_asn1_json_parse(modules, "I", nowhere, &v, err));
	t_fails(PKI_E_ENCODING, pki_asn1_json_parse(modules, "I", (pki_bytes){ NULL, 0 }, &v, err));
	ck_assert_int_eq(pki_asn1_json_parse(NULL, NULL, nowhere, NULL, NULL), PKI_E_ARG);
}
END_TEST

/* ---- memory ---- */

START_TEST(no_memory)
{
	static const char *const texts[] = {
		"{\"f\":{\"value\":\"20\",\"length\":3},\"l\":[1,\"2\"],\"c\":{\"u\":\"a\"}}",
		"{\"c\":{\"c\":{\"l\":[true]}}}",
		"{\"s\":{\"z\":1}}",
		"{",
	};
	static const pki_status want[] = { PKI_SUCCESS, PKI_E_STRUCTURE, PKI_E_STRUCTURE,
		PKI_E_ENCODING };

	for (size_t i = 0; i < LENGTH(texts); i++) {
		unsigned long count = 1;

		for (unsigned long n = 1; n <= count + 1; n++) {
			pki_error err = PKI_ERROR_INIT;
			pki_asn1_value *v;
			pki_status st;

			oom_begin(n, false);
			st = pki_asn1_json_parse(modules, "Q", pki_bytes_str(texts[i]), &v, &err);
			pki_asn1_value_free(v);
			count = oom_end();
			ck_assert_msg(oom_balance() == 0, "%s: allocation %lu: %ld blocks left",
			    texts[i], n, oom_balance());
			ck_assert_msg(st == want[i] || (n <= count && st == PKI_E_NOMEM),
			    "%s: allocation %lu of %lu: %s", texts[i], n, count, t_error(&err));
		}
	}
}
END_TEST

/* jansson's own, whose scanner calls want of memory a mistake in the text. */
static unsigned long made, fail_at;

static void *make_block(size_t n)
{
	return ++made == fail_at ? NULL : malloc(n);
}

START_TEST(no_memory_for_jansson)
{
	static const char text[] = "{\"l\":[1,\"2\"],\"c\":{\"u\":\"a\"},"
				   "\"s\":{\"y\":7,\"x\":true}}";
	unsigned long count = 1;

	json_set_alloc_funcs(make_block, free);
	for (unsigned long n = 1; n <= count + 1; n++) {
		pki_asn1_value *v;
		pki_status st;

		made = 0;
		fail_at = n;
		st = pki_asn1_json_parse(modules, "Q", pki_bytes_str(text), &v, NULL);
		count = made > count ? made : count;
		ck_assert_msg((v != NULL) == (st == PKI_SUCCESS), "allocation %lu", n);
		ck_assert_msg(made < n || st == PKI_E_NOMEM || st == PKI_E_ENCODING,
		    "allocation %lu: %s", n, pki_status_text(st));
		pki_asn1_value_free(v);
	}
	ck_assert_uint_gt(count, 10);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { reads, what_is_written, refuses, cut_short, octets_behind,
		depth, many, long_text, arguments, no_memory, no_memory_for_jansson, NULL };
	int failed = 1;

	if (pki_asn1_new(NULL, &modules, NULL) == PKI_SUCCESS &&
	    pki_asn1_add(modules, pki_bytes_str(module), NULL) == PKI_SUCCESS)
		failed = t_main("asn1_json", tests);
	pki_asn1_free(modules);
	return failed;
}
