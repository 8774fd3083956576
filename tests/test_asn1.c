/* SPDX-License-Identifier: BSD-3-Clause */
/* Any DER by its module: what is read, where and why something is not, what is built and written.
 */
#include <pki/asn1.h>
#include <pki/ctx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/asn1_copy.h"
#include "tests/lib/t.h"

/* One type of each kind there is, and those that are made of others. */
static const char module_text[] =
    "Test { 1 3 6 1 4 1 32473 9 }\n"
    "DEFINITIONS EXPLICIT TAGS ::=\n"
    "BEGIN\n"
    "IMPORTS GeneralName FROM PKIX1Implicit88;\n"
    "base OBJECT IDENTIFIER ::= { 1 3 6 1 4 1 32473 }\n"
    "id-pair OBJECT IDENTIFIER ::= { base 10 }\n"
    "Pair ::= SEQUENCE { first INTEGER, second BOOLEAN OPTIONAL }\n"
    "id-alone OBJECT IDENTIFIER ::= { base 11 }\n"
    "id-list OBJECT IDENTIFIER ::= { base 12 }\n"
    "List ::= SEQUENCE OF INTEGER\n"
    "Lists ::= SEQUENCE OF List\n"
    "Bool ::= BOOLEAN\n"
    "Int ::= INTEGER\n"
    "Named ::= INTEGER { one(1), two(2), third(3) }\n"
    "Enum ::= ENUMERATED { red(0), green(1), blue(5), far(130) }\n"
    "Nothing ::= NULL\n"
    "Bits ::= BIT STRING\n"
    "Flags ::= BIT STRING { first(0), second(1), ninth(8) }\n"
    "Octets ::= OCTET STRING\n"
    "Octets24 ::= OCTET STRING (SIZE (2..4))\n"
    "Bits8 ::= BIT STRING (SIZE (8))\n"
    "Oid ::= OBJECT IDENTIFIER\n"
    "Utf8 ::= UTF8String\n"
    "Utf83 ::= UTF8String (SIZE (1..3))\n"
    "Numeric ::= NumericString\n"
    "Printable ::= PrintableString\n"
    "Ia5 ::= IA5String\n"
    "Ia52 ::= IA5String (SIZE (2))\n"
    "Teletex ::= TeletexString\n"
    "Visible ::= VisibleString\n"
    "Universal ::= UniversalString\n"
    "Bmp ::= BMPString\n"
    "Bmp1 ::= BMPString (SIZE (1))\n"
    "Utc ::= UTCTime\n"
    "General ::= GeneralizedTime\n"
    "Any ::= ANY\n"
    "Explicit ::= [1] EXPLICIT INTEGER\n"
    "Twice ::= [2] EXPLICIT Explicit\n"
    "Retagged ::= [3] IMPLICIT Explicit\n"
    "Implicit ::= [1] IMPLICIT INTEGER\n"
    "Application ::= [APPLICATION 4] IMPLICIT Pair\n"
    "Private ::= [PRIVATE 5] EXPLICIT Pair\n"
    "High ::= [31] IMPLICIT INTEGER\n"
    "Higher ::= [1000] EXPLICIT INTEGER\n"
    "ImplicitAny ::= [0] IMPLICIT ANY\n"
    "Choice ::= CHOICE {\n"
    "  number INTEGER,\n"
    "  inner [0] EXPLICIT Inner,\n"
    "  nested Inner,\n"
    "  deep [1] IMPLICIT Inner }\n"
    "Inner ::= CHOICE { yes BOOLEAN, text UTF8String, pair [2] IMPLICIT Pair }\n"
    "TaggedChoice ::= [7] IMPLICIT Inner\n"
    "Optionals ::= SEQUENCE {\n"
    "  a INTEGER OPTIONAL,\n"
    "  b BOOLEAN OPTIONAL,\n"
    "  c [0] EXPLICIT INTEGER OPTIONAL,\n"
    "  d [1] IMPLICIT OCTET STRING OPTIONAL,\n"
    "  e Inner2 OPTIONAL,\n"
    "  f ANY OPTIONAL }\n"
    "Inner2 ::= CHOICE { text UTF8String, none NULL }\n"
    "Defaults ::= SEQUENCE {\n"
    "  flag BOOLEAN DEFAULT TRUE,\n"
    "  other [0] IMPLICIT BOOLEAN DEFAULT FALSE,\n"
    "  number INTEGER DEFAULT 500,\n"
    "  named [1] IMPLICIT Named DEFAULT third,\n"
    "  color [2] EXPLICIT Enum DEFAULT green }\n"
    "Mandatory ::= SEQUENCE { x INTEGER, y BOOLEAN, z OCTET STRING }\n"
    "Set ::= SET {\n"
    "  z [2] IMPLICIT INTEGER,\n"
    "  choice SetChoice OPTIONAL,\n"
    "  flag BOOLEAN DEFAULT FALSE,\n"
    "  list SEQUENCE OF INTEGER OPTIONAL,\n"
    "  a [0] EXPLICIT INTEGER OPTIONAL,\n"
    "  app [APPLICATION 9] IMPLICIT INTEGER OPTIONAL }\n"
    "SetChoice ::= CHOICE { text UTF8String, number INTEGER }\n"
    "SetOf ::= SET OF OCTET STRING\n"
    "SetOfAny ::= SET OF ANY\n"
    "Sized ::= SEQUENCE SIZE (1..2) OF INTEGER\n"
    "SizedSet ::= SET SIZE (2) OF INTEGER\n"
    "Wrapped ::= SEQUENCE { id [0] IMPLICIT OBJECT IDENTIFIER, when [1] IMPLICIT UTCTime OPTIONAL,\n"
    "  text [2] IMPLICIT PrintableString OPTIONAL, flags [3] IMPLICIT Flags OPTIONAL }\n"
    "Filter ::= CHOICE {\n"
    "  and [0] IMPLICIT SET OF Filter,\n"
    "  or [1] IMPLICIT SET OF Filter,\n"
    "  not [2] EXPLICIT Filter,\n"
    "  present [7] IMPLICIT OCTET STRING }\n"
    "Chain ::= SEQUENCE { next Chain OPTIONAL }\n"
    "Same ::= SEQUENCE { a INTEGER OPTIONAL, b INTEGER DEFAULT 5, c ANY OPTIONAL }\n"
    "Named2 ::= SEQUENCE { who GeneralName }\n"
    "END\n";

static pki_asn1 *modules;

static const char *full(const char *type)
{
	static char name[160];

	snprintf(name, sizeof name, "%s%s", strchr(type, '.') == NULL ? "Test." : "", type);
	return name;
}

static pki_asn1_value *decoded(const char *type, pki_bytes der)
{
	pki_asn1_value *v = NULL;

	t_ok(pki_asn1_decode(modules, full(type), der, &v, err));
	return v;
}

static pki_asn1_value *created(const char *type)
{
	pki_asn1_value *v = NULL;

	t_ok(pki_asn1_create(modules, full(type), &v, err));
	return v;
}

static void encodes_to(const pki_asn1_value *v, pki_bytes der)
{
	pki_buf again = PKI_BUF_INIT;

	t_ok(pki_asn1_encode(v, &again, err));
	t_bytes_eq(pki_buf_bytes(&again), der);
	pki_buf_free(&again);
}

/* ---- good: a value, as text and as JSON ---- */

typedef struct good {
	const char *type, *hex;
	const char *text; /* of the leaf at the end of the CHOICEs; NULL: it is none */
	const char *json;
} good;

static const good goods[] = {
	{ "Bool", "0101ff", "TRUE", "true" },
	{ "Bool", "010100", "FALSE", "false" },
	{ "Int", "020100", "0", "0" },
	{ "Int", "0201ff", "-1", "-1" },
	{ "Int", "02020080", "128", "128" },
	{ "Int", "0202ff7f", "-129", "-129" },
	{ "Int", "02071fffffffffffff", "9007199254740991", "9007199254740991" },
	{ "Int", "020720000000000000", "9007199254740992", "\"9007199254740992\"" },
	{ "Int", "0207e0000000000000", "-9007199254740992", "\"-9007199254740992\"" },
	{ "Int", "02087fffffffffffffff", "9223372036854775807", "\"9223372036854775807\"" },
	{ "Int", "02088000000000000000", "-9223372036854775808", "\"-9223372036854775808\"" },
	{ "Int", "0209010000000000000000", "18446744073709551616", "\"18446744073709551616\"" },
	/* over 64 octets no decimal: that would take quadratic time */
	{ "Int",
	    "0242 0100000000000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000000000000000000000002",
	    "0x0100000000000000000000000000000000000000000000000000000000000000"
	    "00000000000000000000000000000000000000000000000000000000000000000002",
	    NULL },
	{ "Int", "0211ff00000000000000000000000000000000",
	    "-340282366920938463463374607431768211456",
	    "\"-340282366920938463463374607431768211456\"" },
	{ "Named", "020101", "one", "1" },
	{ "Named", "020103", "third", "3" },
	{ "Named", "020107", "7", "7" },
	{ "Enum", "0a0100", "red", "\"red\"" },
	{ "Enum", "0a0105", "blue", "\"blue\"" },
	{ "Enum", "0a020082", "far", "\"far\"" },
	{ "Nothing", "0500", "NULL", "null" },
	{ "Bits", "030100", "", "{\"value\":\"\",\"length\":0}" },
	{ "Bits", "030205a0", "a0/5", "{\"value\":\"a0\",\"length\":3}" },
	{ "Bits", "0303000180", "0180", "{\"value\":\"0180\",\"length\":16}" },
	{ "Bits", "03020700", "00/7", "{\"value\":\"00\",\"length\":1}" },
	{ "Flags", "030100", "", "{\"value\":\"\",\"length\":0}" },
	{ "Flags", "030206c0", "first, second", "{\"value\":\"c0\",\"length\":2}" },
	{ "Flags", "0303078080", "first, ninth", "{\"value\":\"8080\",\"length\":9}" },
	{ "Octets", "0400", "", "\"\"" },
	{ "Octets", "040200ff", "00ff", "\"00ff\"" },
	{ "Octets24", "040401020304", "01020304", "\"01020304\"" },
	{ "Bits8", "030200ff", "ff", "{\"value\":\"ff\",\"length\":8}" },
	{ "Oid", "06032a0304", "1.2.3.4", "\"1.2.3.4\"" },
	{ "Oid", "06028837", "2.999", "\"2.999\"" },
	{ "Oid", "060b 2a 82808080808080808000", "1.2.18446744073709551616", NULL },
	{ "Oid", "0614 69 83ffffffffffffffffffffffffffffffffff 7f",
	    "2.25.340282366920938463463374607431768211455",
	    "\"2.25.340282366920938463463374607431768211455\"" },
	{ "Utf8", "0c00", "", "\"\"" },
	{ "Utf8", "0c06e282acc3a941",
	    "\xe2\x82\xac\xc3\xa9"
	    "A",
	    "\"\xe2\x82\xac\xc3\xa9"
	    "A\"" },
	{ "Utf8", "0c0522005c0a7f", NULL, NULL },
	{ "Utf83", "0c09e282ace282ace282ac", NULL, NULL }, /* SIZE counts characters */
	{ "Numeric", "1203312032", "1 2", "\"1 2\"" },
	{ "Printable", "1305412e282f29", "A.(/)", "\"A.(/)\"" },
	{ "Ia5", "1603614062", "a@b", "\"a@b\"" },
	{ "Ia52", "16026162", "ab", "\"ab\"" },
	{ "Teletex", "1402e941",
	    "\xc3\xa9"
	    "A",
	    "\"\xc3\xa9"
	    "A\"" },
	{ "Visible", "1a02617e", "a~", "\"a~\"" },
	{ "Universal", "1c040001f600", "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" },
	{ "Bmp", "1e0220ac", "\xe2\x82\xac", "\"\xe2\x82\xac\"" },
	{ "Bmp1", "1e0220ac", "\xe2\x82\xac", "\"\xe2\x82\xac\"" },
	{ "Utc", "170d3236313132363230333732375a", "261126203727Z", "\"261126203727Z\"" },
	{ "Utc", "170d3030303232393233353935395a", "000229235959Z", "\"000229235959Z\"" },
	{ "General", "180f32303236313132363230333732375a", "20261126203727Z",
	    "\"20261126203727Z\"" },
	/* X.690 11.7: fractions, which end in no zero */
	{ "General", "181132303236313132363230333732372e355a", "20261126203727.5Z",
	    "\"20261126203727.5Z\"" },
	{ "General", "181332303236313132363230333732372e3030355a", "20261126203727.005Z",
	    "\"20261126203727.005Z\"" },
	{ "Any", "0c0141", "0c0141", "\"0c0141\"" },
	{ "Any", "30060101ff020105", "30060101ff020105", "\"30060101ff020105\"" },
	{ "Explicit", "a103020105", "5", "5" },
	{ "Twice", "a205a103020105", "5", "5" },
	{ "Retagged", "a303020105", "5", "5" },
	{ "Implicit", "810105", "5", "5" },
	{ "Application", "6403020105", NULL, "{\"first\":5}" },
	{ "Private", "e5053003020105", NULL, "{\"first\":5}" },
	{ "High", "9f1f0105", "5", "5" },
	{ "Higher", "bf876803020105", "5", "5" },
	/* X.680 31.2.7: of a CHOICE or ANY a tag is EXPLICIT, whatever stands there */
	{ "ImplicitAny", "a0030c0141", "0c0141", "\"0c0141\"" },
	{ "TaggedChoice", "a7030101ff", "TRUE", "{\"yes\":true}" },
	{ "Choice", "020105", "5", "{\"number\":5}" },
	{ "Choice", "a0030101ff", "TRUE", "{\"inner\":{\"yes\":true}}" },
	{ "Choice", "0101ff", "TRUE", "{\"nested\":{\"yes\":true}}" },
	{ "Choice", "a203020105", NULL, "{\"nested\":{\"pair\":{\"first\":5}}}" },
	{ "Choice", "a1030c0141", "A", "{\"deep\":{\"text\":\"A\"}}" },
	{ "Choice", "a105a203020105", NULL, "{\"deep\":{\"pair\":{\"first\":5}}}" },
	{ "Optionals", "3000", NULL, "{}" },
	{ "Optionals", "3003020105", NULL, "{\"a\":5}" },
	{ "Optionals", "30050101ff0500", NULL, "{\"b\":true,\"e\":{\"none\":null}}" },
	{ "Optionals", "300c a003020105 810100 0500 0500", NULL,
	    "{\"c\":5,\"d\":\"00\",\"e\":{\"none\":null},\"f\":\"0500\"}" },
	{ "Optionals", "3003040100", NULL, "{\"f\":\"040100\"}" },
	{ "Defaults", "3000", NULL, "{}" },
	{ "Defaults", "3012 010100 8001ff 020201f5 8101fe a2030a0105", NULL,
	    "{\"flag\":false,\"other\":true,\"number\":501,\"named\":-2,\"color\":\"blue\"}" },
	{ "Set", "3103820105", NULL, "{\"z\":5}" },
	/* X.690 10.3: by tag, universal first, whatever the order of the type */
	{ "Set", "3116 0101ff 0c0141 3003020107 490103 a003020102 820105", NULL,
	    "{\"flag\":true,\"choice\":{\"text\":\"A\"},\"list\":[7],\"app\":3,\"a\":2,\"z\":5}" },
	{ "Set", "3106 020109 820105", NULL, "{\"choice\":{\"number\":9},\"z\":5}" },
	{ "SetOf", "3100", NULL, "[]" },
	{ "SetOf", "3109 0400 040105 04020001", NULL, "[\"\",\"05\",\"0001\"]" },
	{ "SetOf", "3106 040105 040105", NULL, "[\"05\",\"05\"]" },
	{ "SetOfAny", "3105 0500 0c0141", NULL, "[\"0500\",\"0c0141\"]" },
	{ "List", "3000", NULL, "[]" },
	{ "List", "3006 020102 020101", NULL, "[2,1]" },
	{ "Lists", "3007 3000 3003020105", NULL, "[[],[5]]" },
	{ "Sized", "3003020105", NULL, "[5]" },
	{ "SizedSet", "3106020105020106", NULL, "[5,6]" },
	{ "Wrapped", "3004 80022a03", NULL, "{\"id\":\"1.2.3\"}" },
	{ "Filter", "870161", "61", "{\"present\":\"61\"}" },
	{ "Filter", "a000", NULL, "{\"and\":[]}" },
	{ "Filter", "a009 870161 a204a2028700", NULL,
	    "{\"and\":[{\"present\":\"61\"},{\"not\":{\"not\":{\"present\":\"\"}}}]}" },
	{ "Chain", "3000", NULL, "{}" },
	{ "Chain", "300430023000", NULL, "{\"next\":{\"next\":{}}}" },
	{ "Same", "3003 020105", NULL, "{\"a\":5}" },
	{ "Same", "3006 020105 020106", NULL, "{\"a\":5,\"b\":6}" },
	{ "Same", "3009 020105 020106 020107", NULL, "{\"a\":5,\"b\":6,\"c\":\"020107\"}" },
	{ "Named2", "3005 8203612e62", NULL, "{\"who\":{\"dNSName\":\"a.b\"}}" },
};

/* The node at the end of a chain of CHOICEs from the root. */
static size_t leaf_of(const pki_asn1_value *v)
{
	pki_asn1_node n;
	size_t node = 0;

	while (pki_asn1_get(v, node, &n) && n.kind == PKI_ASN1_CHOICE)
		node = pki_asn1_first(v, node);
	return node;
}

static void check_text(const good *g, const pki_asn1_value *v)
{
	pki_buf text = PKI_BUF_INIT;
	size_t leaf = leaf_of(v);

	if (g->text != NULL) {
		t_ok(pki_asn1_text(v, leaf, &text, err));
		ck_assert_msg(strcmp(pki_buf_str(&text), g->text) == 0, "%s %s: %s", g->type,
		    g->hex, pki_buf_str(&text));
	}
	pki_buf_free(&text);
}

static void check_json(const good *g, const pki_asn1_value *v)
{
	pki_buf json = PKI_BUF_INIT;

	t_ok(pki_asn1_json(v, &json, err));
	ck_assert_msg(
	    json_is_valid(pki_buf_bytes(&json)), "%s %s: %s", g->type, g->hex, pki_buf_str(&json));
	ck_assert_msg(g->json == NULL || strcmp(pki_buf_str(&json), g->json) == 0, "%s %s: %s",
	    g->type, g->hex, pki_buf_str(&json));
	pki_buf_free(&json);
}

/* Built anew, by text and by octets, it is the same; and so is what is read again. */
static void check_copies(const good *g, const pki_asn1_value *v, pki_bytes der)
{
	char type[160];

	snprintf(type, sizeof type, "%s", full(g->type));
	for (int as_text = 0; as_text < 2; as_text++) {
		pki_buf again = PKI_BUF_INIT;

		t_ok(asn1_copy(modules, type, v, as_text != 0, &again, err));
		t_bytes_eq(pki_buf_bytes(&again), der);
		pki_buf_free(&again);
	}
}

START_TEST(values)
{
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
		const good *g = &goods[i];
		pki_bytes der = t_hex(g->hex);
		pki_buf lines = PKI_BUF_INIT;
		pki_asn1_value *v = decoded(g->type, der);

		encodes_to(v, der);
		check_text(g, v);
		check_json(g, v);
		check_copies(g, v, der);
		t_ok(pki_asn1_format(v, &lines, err));
		ck_assert_uint_gt(lines.len, 0);
		pki_buf_free(&lines);
		pki_asn1_value_free(v);
	}
}
END_TEST

/* An OBJECT IDENTIFIER of more text than libtasn1 has room for, whole. */
START_TEST(long_oid)
{
	uint8_t der[127] = { 0x06, 125, 0x2a };
	pki_buf text = PKI_BUF_INIT;
	pki_asn1_value *v;

	for (size_t i = 3; i < sizeof der; i += 2) {
		der[i] = 0x87;
		der[i + 1] = 0x68; /* 1000 */
	}
	v = decoded("Oid", pki_bytes_of(der, sizeof der));
	t_ok(pki_asn1_text(v, 0, &text, err));
	ck_assert_uint_eq(text.len, 3 + 62 * 5);
	ck_assert_str_eq(pki_buf_str(&text) + text.len - 10, ".1000.1000");
	encodes_to(v, pki_bytes_of(der, sizeof der));
	pki_asn1_value_free(v);
	v = created("Oid");
	t_ok(pki_asn1_set_text(v, 0, pki_buf_bytes(&text), err));
	encodes_to(v, pki_bytes_of(der, sizeof der));
	pki_asn1_value_free(v);
	pki_buf_free(&text);
}
END_TEST

/* ---- bad ---- */

typedef struct bad {
	const char *type, *hex;
	pki_status st;
	size_t offset;
	const char *path;
} bad;

#define ENC PKI_E_ENCODING
#define STR PKI_E_STRUCTURE
static const bad bads[] = {
	/* no DER at all */
	{ "Int", "", STR, 0, "" },
	{ "Int", "02", ENC, 0, "" },
	{ "Int", "0201", ENC, 0, "" },
	{ "Int", "020201", ENC, 0, "" },
	{ "Int", "02810105", ENC, 0, "" },
	{ "Int", "0282000105", ENC, 0, "" },
	{ "Int", "0284000000 0105", ENC, 0, "" },
	{ "Int", "0281", ENC, 0, "" },
	{ "Int", "028200", ENC, 0, "" },
	{ "Int", "02ff05", ENC, 0, "" },
	{ "Int", "1f020105", ENC, 0, "" },
	{ "Int", "2203020105", ENC, 0, "" },
	{ "Int", "0280050000", ENC, 0, "" },
	{ "Int", "0201050000", STR, 3, "" },
	{ "Int", "02010505", STR, 3, "" },
	{ "Int", "020105 020105", STR, 3, "" },
	{ "Int", "0200", ENC, 0, "" },
	{ "Int", "02020001", ENC, 0, "" },
	{ "Int", "0202ffff", ENC, 0, "" },
	{ "Bool", "010101", ENC, 0, "" },
	{ "Bool", "010180", ENC, 0, "" },
	{ "Bool", "0100", ENC, 0, "" },
	{ "Bool", "01020000", ENC, 0, "" },
	{ "Nothing", "050100", ENC, 0, "" },
	{ "Enum", "0a00", ENC, 0, "" },
	{ "Enum", "0a020001", ENC, 0, "" },
	{ "Bits", "0300", ENC, 0, "" },
	{ "Bits", "03020980", ENC, 0, "" },
	{ "Bits", "0302ff80", ENC, 0, "" },
	{ "Bits", "030101", ENC, 0, "" },
	{ "Bits", "030207ff", ENC, 0, "" },
	{ "Bits", "2303030100", ENC, 0, "" },
	{ "Octets", "2403040105", ENC, 0, "" },
	{ "Octets", "24800401050000", ENC, 0, "" },
	{ "Oid", "0600", ENC, 0, "" },
	{ "Oid", "06022a83", ENC, 0, "" },
	{ "Oid", "060183", ENC, 0, "" },
	{ "Oid", "06032a8001", ENC, 0, "" },
	{ "Lists", "3080 3003020105 0000", ENC, 0, "" },
	{ "Lists", "3006 3003020105", ENC, 0, "" },
	{ "Lists", "3005 3003020005", ENC, 4, "" },

	/* another type */
	{ "Int", "0101ff", STR, 0, "" },
	{ "Int", "0a0105", STR, 0, "" },
	{ "Bool", "020105", STR, 0, "" },
	{ "Octets", "030100", STR, 0, "" },
	{ "Oid", "0d0103", STR, 0, "" },
	{ "Utf8", "130141", STR, 0, "" },
	{ "Utc", "180f32303236313132363230333732375a", STR, 0, "" },
	{ "List", "3100", STR, 0, "" },
	{ "SetOf", "3000", STR, 0, "" },
	{ "Set", "3003820105", STR, 0, "" },
	{ "Choice", "0500", STR, 0, "" },
	{ "Choice", "820105", STR, 0, "nested.pair" },
	{ "Filter", "830161", STR, 0, "" },
	{ "Explicit", "020105", STR, 0, "" },
	{ "Explicit", "810105", STR, 0, "" },
	{ "Explicit", "a203020105", STR, 0, "" },
	{ "Implicit", "a103020105", STR, 0, "" },
	{ "Implicit", "020105", STR, 0, "" },
	{ "Application", "a403020105", STR, 0, "" },
	{ "Application", "440105", STR, 0, "" },
	{ "High", "9f2001 05", STR, 0, "" },
	{ "ImplicitAny", "0c0141", STR, 0, "" },
	{ "TaggedChoice", "8701ff", STR, 0, "" },
	{ "Choice", "8101ff", STR, 0, "deep" },

	/* what a tag hides */
	{ "Implicit", "8100", ENC, 0, "" },
	{ "Implicit", "81020005", ENC, 0, "" },
	{ "Wrapped", "3004 80022a83", ENC, 2, "id" },
	{ "Wrapped", "3003 800183", ENC, 2, "id" },
	{ "Wrapped", "3005 80032a8001", ENC, 2, "id" },
	{ "Wrapped", "3002 8000", ENC, 2, "id" },
	{ "Wrapped", "3007 a0022a03 820161", ENC, 4, "" },
	{ "Wrapped", "300e 80022a03 810832363131 32363230", ENC, 6, "when" },
	{ "Wrapped", "3007 80022a03 82012a", ENC, 6, "text" },
	{ "Wrapped", "3008 80022a03 83020600", ENC, 6, "flags" },
	{ "Wrapped", "3008 80022a03 83020080", ENC, 6, "flags" },
	{ "Wrapped", "3009 80022a03 83020780 82", ENC, 10, "" },
	{ "Defaults", "3003 800101", ENC, 2, "other" },
	{ "Defaults", "3003 a00101", ENC, 4, "" },

	/* EXPLICIT tags and their lengths */
	{ "Explicit", "a100", STR, 2, "" },
	{ "Explicit", "a101020105", ENC, 2, "" },
	{ "Explicit", "a102020105", ENC, 2, "" },
	{ "Explicit", "a104020105", ENC, 0, "" },
	{ "Explicit", "a105020105 0500", STR, 2, "" },
	{ "Explicit", "a1050201050000", ENC, 5, "" },
	{ "Explicit", "a1030101ff", STR, 2, "" },
	{ "Twice", "a203020105", STR, 2, "" },
	{ "Twice", "a207a103020105 0500", STR, 2, "" },
	{ "Retagged", "a305a103020105", STR, 2, "" },
	{ "Private", "e5033000", ENC, 0, "" },
	{ "ImplicitAny", "a000", STR, 2, "" },
	{ "ImplicitAny", "a0040500 0500", STR, 2, "" },
	{ "TaggedChoice", "a700", STR, 2, "" },
	{ "TaggedChoice", "a706 0101ff 0101ff", STR, 2, "" },
	{ "Optionals", "3008 a006 020105 020105", STR, 4, "c" },
	{ "Optionals", "3002 a000", STR, 4, "c" },

	/* components */
	{ "Mandatory", "3000", STR, 2, "" },
	{ "Mandatory", "3003020105", STR, 5, "" },
	{ "Mandatory", "3006 020105 0101ff", STR, 8, "" },
	{ "Mandatory", "3005 020105 0400", STR, 5, "" },
	{ "Mandatory", "300a 020105 0101ff 0400 0500", STR, 10, "" },
	{ "Mandatory", "3008 0101ff 020105 0400", STR, 2, "" },
	{ "Pair", "3006 0101ff 020105", STR, 2, "" },
	{ "Pair", "3006 020105 020105", STR, 5, "" },
	{ "Pair", "3009 020105 0101ff 0101ff", STR, 8, "" },
	{ "Optionals", "3008 0101ff 020105 0500", STR, 8, "" },
	{ "Set", "3100", STR, 2, "" },
	{ "Set", "3103 0101ff", STR, 5, "" },
	{ "Set", "3106 820105 820105", ENC, 5, "" },
	{ "Set", "3106 820105 0101ff", ENC, 5, "" },
	{ "Set", "3109 0101ff 020109 820105", PKI_SUCCESS, 0, "" },
	{ "Set", "3109 020109 0101ff 820105", ENC, 5, "" },
	{ "Set", "3109 020109 0c0141 820105", STR, 5, "" },
	{ "Set", "3108 490103 a003020102", STR, 10, "" },
	{ "Set", "310b a003020102 490103 820105", ENC, 7, "" },
	{ "Set", "3105 820105 0500", ENC, 5, "" },
	{ "Set", "3105 0500 820105", STR, 2, "" },
	{ "Lists", "3009 3000 3005 020105 0500", STR, 9, "[1][1]" },
	{ "Lists", "3005 3000 020105", STR, 4, "[1]" },
	{ "Chain", "3003020105", STR, 2, "" },
	{ "Chain", "30053003020105", STR, 4, "next" },
	{ "Filter", "a003 830161", STR, 2, "and[0]" },
	{ "Filter", "a202a200", STR, 4, "not.not" },
	{ "Filter", "a200", STR, 2, "not" },
	{ "Named2", "3002 8200", PKI_SUCCESS, 0, "" },
	{ "Named2", "3003 820180", ENC, 2, "who.dNSName" },
	{ "Named2", "3003 890161", STR, 2, "" },
	{ "Named2", "3002 a400", STR, 4, "who.directoryName" },

	/* DEFAULT values that are encoded: X.690 11.5 */
	{ "Defaults", "3003 0101ff", ENC, 2, "flag" },
	{ "Defaults", "3003 800100", ENC, 2, "other" },
	{ "Defaults", "3004 020201f4", ENC, 2, "number" },
	{ "Defaults", "3003 810103", ENC, 2, "named" },
	{ "Defaults", "3005 a2030a0101", ENC, 2, "color" },
	{ "Set", "3106 010100 820105", ENC, 2, "flag" },
	{ "PKIX1Explicit88.Extension", "3009 0602 2a03 010100 0400", ENC, 6, "critical" },

	/* SET OF that is not sorted: X.690 11.6 */
	{ "SetOf", "3105 040105 0400", ENC, 5, "" },
	{ "SetOf", "3107 040106 04020001", PKI_SUCCESS, 0, "" },
	{ "SetOf", "3107 04020001 0401ff", ENC, 6, "" },
	{ "SetOf", "3106 0401ff 040100", ENC, 5, "" },
	{ "SetOfAny", "3105 0c0141 0500", ENC, 5, "" },
	{ "Filter", "a006 8701ff 870101", ENC, 5, "and" },

	/* named bits end in no zero: X.690 11.2.2 */
	{ "Flags", "03020080", ENC, 0, "" },
	{ "Flags", "03020780", PKI_SUCCESS, 0, "" },
	{ "Flags", "03020700", ENC, 0, "" },
	{ "Flags", "0303008000", ENC, 0, "" },
	{ "Flags", "0303078000", ENC, 0, "" },
	{ "Flags", "030203a8", PKI_SUCCESS, 0, "" },
	{ "Flags", "030205a8", ENC, 0, "" },

	/* lists of names */
	{ "Enum", "0a0102", STR, 0, "" },
	{ "Enum", "0a01ff", STR, 0, "" },
	{ "Enum", "0a020100", STR, 0, "" },
	{ "Enum", "0a0901000000000000 0001", STR, 0, "" },

	/* SIZE */
	{ "Sized", "3000", STR, 0, "" },
	{ "Sized", "3009 020101 020101 020101", STR, 0, "" },
	{ "SizedSet", "3103 020105", STR, 0, "" },
	{ "SizedSet", "3109 020105 020106 020107", STR, 0, "" },
	{ "Octets24", "0400", STR, 0, "" },
	{ "Octets24", "040105", STR, 0, "" },
	{ "Octets24", "04050000000000", STR, 0, "" },
	{ "Bits8", "030100", STR, 0, "" },
	{ "Bits8", "03020180", STR, 0, "" },
	{ "Bits8", "0303000000", STR, 0, "" },
	{ "Utf83", "0c00", STR, 0, "" },
	{ "Utf83", "0c0461626364", STR, 0, "" },
	{ "Utf83", "0c0ce282ace282ace282ace282ac", STR, 0, "" },
	{ "Ia52", "160161", STR, 0, "" },
	{ "Ia52", "1603616263", STR, 0, "" },
	{ "Bmp1", "1e00", STR, 0, "" },
	{ "Bmp1", "1e0420ac20ac", STR, 0, "" },
	{ "PKIX1Explicit88.Extensions", "3000", STR, 0, "" },
	{ "PKIX1Explicit88.X520countryName", "13034e4c44", STR, 0, "" },

	/* strings outside of their alphabet */
	{ "Utf8", "0c0180", ENC, 0, "" },
	{ "Utf8", "0c02c080", ENC, 0, "" },
	{ "Utf8", "0c03eda080", ENC, 0, "" },
	{ "Utf8", "0c04f4908080", ENC, 0, "" },
	{ "Utf8", "0c02e282", ENC, 0, "" },
	{ "Printable", "130140", ENC, 0, "" },
	{ "Printable", "13012a", ENC, 0, "" },
	{ "Printable", "130100", ENC, 0, "" },
	{ "Numeric", "120161", ENC, 0, "" },
	{ "Ia5", "160180", ENC, 0, "" },
	{ "Visible", "1a0109", ENC, 0, "" },
	{ "Visible", "1a017f", ENC, 0, "" },
	{ "Bmp", "1e0141", ENC, 0, "" },
	{ "Bmp", "1e02d800", ENC, 0, "" },
	{ "Universal", "1c03000041", ENC, 0, "" },
	{ "Universal", "1c0400110000", ENC, 0, "" },
	{ "Universal", "1c040000d800", ENC, 0, "" },

	/* times: X.690 11.7, 11.8 */
	{ "Utc", "170b323631313236323033375a", ENC, 0, "" },   /* without seconds */
	{ "Utc", "170c323631313236323033373237", ENC, 0, "" }, /* without Z */
	{ "Utc", "1711323631313236323033373237 2b30303030", ENC, 0, "" },
	{ "Utc", "170d3236313332363230333732375a", ENC, 0, "" },
	{ "Utc", "170d3236303033303230333732375a", ENC, 0, "" },
	{ "Utc", "170d3236313133313230333732375a", ENC, 0, "" },
	{ "Utc", "170d3233303232393230333732375a", ENC, 0, "" },
	{ "Utc", "170d3236313132363234303030305a", ENC, 0, "" },
	{ "Utc", "170d3236313132363230363032375a", ENC, 0, "" },
	{ "Utc", "170d3236313132363230333736305a", ENC, 0, "" },
	{ "Utc", "170d3236313132362030333732375a", ENC, 0, "" },
	{ "Utc", "170d3236313132363230333732377a", ENC, 0, "" },
	{ "Utc", "1700", ENC, 0, "" },
	{ "General", "180d323032363131323632303337 5a", ENC, 0, "" },
	{ "General", "180e3230323631313236323033373237", ENC, 0, "" },
	{ "General", "1813323032363131323632303337 32372b30303030", ENC, 0, "" },
	{ "General", "1810323032363131323632303337 32372e5a", ENC, 0, "" },
	{ "General", "1811323032363131323632303337 32372e305a", ENC, 0, "" },
	{ "General", "1812323032363131323632303337 32372e35305a", ENC, 0, "" },
	{ "General", "1811323032363131323632303337 32372c355a", ENC, 0, "" },
	{ "General", "1811323032363131323632303337 32372e615a", ENC, 0, "" },
	{ "General", "180f32303236303233303230333732375a", ENC, 0, "" },
	{ "General", "180f31393030303232393230333732375a", ENC, 0, "" },
	{ "General", "180b323032363131323632305a", ENC, 0, "" },

	/* inside of ANY */
	{ "Any", "", STR, 0, "" },
	{ "Any", "0c", ENC, 0, "" },
	{ "Any", "0c0141 0500", STR, 3, "" },
	{ "Any", "3003 010101", ENC, 2, "" },
	{ "Any", "3004 02020001", ENC, 2, "" },
	{ "Any", "3004 06022a83", ENC, 2, "" },
	{ "Any", "24800401050000", ENC, 0, "" },
	{ "Any", "0000", ENC, 0, "" },
	{ "PKIX1Explicit88.AlgorithmIdentifier", "3007 06022a03 010101", ENC, 6, "" },

	/* types that there are not */
	{ "None", "0500", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "id-pair", "0500", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "", "0500", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "Nowhere.Int", "020105", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "PKIX1Explicit88.Int", "020105", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "Test.Int.x", "020105", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
	{ "PKIX1Implicit88.Certificate", "3000", PKI_E_NOTFOUND, PKI_NO_OFFSET, "" },
};

static bool fails_as(const bad *b)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v = (pki_asn1_value *)&err;
	pki_status st = pki_asn1_decode(modules, full(b->type), t_hex(b->hex), &v, &err);
	bool as_wanted = st == b->st;

	if (as_wanted && st != PKI_SUCCESS)
		as_wanted = v == NULL && pki_error_offset(&err) == b->offset &&
		    strcmp(pki_error_path(&err), b->path) == 0 &&
		    pki_error_reason(&err)[0] != '\0' && pki_error_status(&err) == st;
	if (!as_wanted)
		fprintf(stderr, "{ \"%s\", \"%s\" }: %s, offset %zd, path \"%s\": %s\n", b->type,
		    b->hex, pki_status_text(st), (ssize_t)pki_error_offset(&err),
		    pki_error_path(&err), t_error(&err));
	pki_asn1_value_free(st == PKI_SUCCESS ? v : NULL);
	return as_wanted;
}

START_TEST(refused)
{
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof bads / sizeof *bads; i++)
		wrong += !fails_as(&bads[i]);
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* ---- the tree ---- */

/* A line for each node: depth.index name type builtin offset header+length tag count. */
static void describe(const pki_asn1_value *v, pki_buf *out)
{
	pki_asn1_node n;
	char line[256];

	for (size_t i = 0; pki_asn1_get(v, i, &n); i = pki_asn1_step(v, i)) {
		snprintf(line, sizeof line, "%zu.%zu %s %s %s %zd %zu+%zu %x %zu\n", n.depth,
		    n.index, n.name != NULL ? n.name : "-", n.type, n.builtin, (ssize_t)n.offset,
		    n.header, n.length, n.tag, n.count);
		t_ok(pki_buf_append(out, pki_bytes_str(line), err));
	}
}

static const struct shape {
	const char *type, *hex, *tree;
} shapes[] = {
	{ "Int", "020105", "0.0 - Int INTEGER 0 2+1 2 0\n" },
	{ "Explicit", "a103020105", "0.0 - Explicit INTEGER 0 4+1 2 0\n" },
	{ "Twice", "a205a103020105", "0.0 - Twice INTEGER 0 6+1 2 0\n" },
	{ "Retagged", "a303020105", "0.0 - Retagged INTEGER 0 4+1 2 0\n" },
	{ "Implicit", "810105", "0.0 - Implicit INTEGER 0 2+1 80000001 0\n" },
	{ "High", "9f1f0105", "0.0 - High INTEGER 0 3+1 8000001f 0\n" },
	{ "Higher", "bf876803020105", "0.0 - Higher INTEGER 0 6+1 2 0\n" },
	{ "Any", "0c0141", "0.0 - Any ANY 0 0+3 0 0\n" },
	{ "ImplicitAny", "a0030c0141", "0.0 - ImplicitAny ANY 0 2+3 0 0\n" },
	{ "Application", "6403020105",
	    "0.0 - Application SEQUENCE 0 2+3 60000004 1\n"
	    "1.0 first INTEGER INTEGER 2 2+1 2 0\n" },
	{ "Private", "e5053003020105",
	    "0.0 - Private SEQUENCE 0 4+3 20000010 1\n"
	    "1.0 first INTEGER INTEGER 4 2+1 2 0\n" },
	{ "Choice", "a105a203020105",
	    "0.0 - Choice CHOICE 0 0+7 0 1\n"
	    "1.0 deep Inner CHOICE 0 2+5 0 1\n"
	    "2.0 pair Pair SEQUENCE 2 2+3 a0000002 1\n"
	    "3.0 first INTEGER INTEGER 4 2+1 2 0\n" },
	{ "Choice", "a203020105",
	    "0.0 - Choice CHOICE 0 0+5 0 1\n"
	    "1.0 nested Inner CHOICE 0 0+5 0 1\n"
	    "2.0 pair Pair SEQUENCE 0 2+3 a0000002 1\n"
	    "3.0 first INTEGER INTEGER 2 2+1 2 0\n" },
	{ "TaggedChoice", "a7030101ff",
	    "0.0 - TaggedChoice CHOICE 0 2+3 0 1\n"
	    "1.0 yes BOOLEAN BOOLEAN 2 2+1 1 0\n" },
	{ "Lists", "3009 3000 3003020105 3000",
	    "0.0 - Lists SEQUENCE OF 0 2+9 20000010 3\n"
	    "1.0 - List SEQUENCE OF 2 2+0 20000010 0\n"
	    "1.1 - List SEQUENCE OF 4 2+3 20000010 1\n"
	    "2.0 - INTEGER INTEGER 6 2+1 2 0\n"
	    "1.2 - List SEQUENCE OF 9 2+0 20000010 0\n" },
	{ "Optionals", "300c a003020105 810100 0500 0500",
	    "0.0 - Optionals SEQUENCE 0 2+12 20000010 4\n"
	    "1.0 c INTEGER INTEGER 2 4+1 2 0\n"
	    "1.1 d OCTET STRING OCTET STRING 7 2+1 80000001 0\n"
	    "1.2 e Inner2 CHOICE 10 0+2 0 1\n"
	    "2.0 none NULL NULL 10 2+0 5 0\n"
	    "1.3 f ANY ANY 12 0+2 0 0\n" },
	{ "Defaults", "3003 8101fe",
	    "0.0 - Defaults SEQUENCE 0 2+3 20000010 1\n"
	    "1.0 named Named INTEGER 2 2+1 80000001 0\n" },
	{ "Set", "3109 020109 490103 820105",
	    "0.0 - Set SET 0 2+9 20000011 3\n"
	    "1.0 choice SetChoice CHOICE 2 0+3 0 1\n"
	    "2.0 number INTEGER INTEGER 2 2+1 2 0\n"
	    "1.1 app INTEGER INTEGER 5 2+1 40000009 0\n"
	    "1.2 z INTEGER INTEGER 8 2+1 80000002 0\n" },
	{ "Filter", "a208 a006 870161 870162",
	    "0.0 - Filter CHOICE 0 0+10 0 1\n"
	    "1.0 not Filter CHOICE 0 2+8 0 1\n"
	    "2.0 and SET OF SET OF 2 2+6 a0000000 2\n"
	    "3.0 - Filter CHOICE 4 0+3 0 1\n"
	    "4.0 present OCTET STRING OCTET STRING 4 2+1 80000007 0\n"
	    "3.1 - Filter CHOICE 7 0+3 0 1\n"
	    "4.0 present OCTET STRING OCTET STRING 7 2+1 80000007 0\n" },
	{ "PKIX1Explicit88.Extensions", "300c 300a 06032a0304 0101ff 0400",
	    "0.0 - Extensions SEQUENCE OF 0 2+12 20000010 1\n"
	    "1.0 - Extension SEQUENCE 2 2+10 20000010 3\n"
	    "2.0 extnID OBJECT IDENTIFIER OBJECT IDENTIFIER 4 2+3 6 0\n"
	    "2.1 critical BOOLEAN BOOLEAN 9 2+1 1 0\n"
	    "2.2 extnValue OCTET STRING OCTET STRING 12 2+0 4 0\n" },
};

START_TEST(trees)
{
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		const struct shape *s = &shapes[i];
		pki_buf got = PKI_BUF_INIT;
		pki_asn1_value *v;

		v = decoded(s->type, t_hex(s->hex));
		describe(v, &got);
		if (strcmp(pki_buf_str(&got), s->tree) != 0) {
			wrong++;
			fprintf(stderr, "%s %s:\n%s", s->type, s->hex, pki_buf_str(&got));
		}
		pki_asn1_value_free(v);
		pki_buf_free(&got);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Contents: of a leaf, without its tags; of ANY with all of them; of anything else none. */
START_TEST(contents)
{
	pki_asn1_value *v = decoded(
	    "Optionals", t_hex("3011 020105 a003020106 8102aabb 0500 0c0141"));
	static const struct {
		const char *path, *hex;
	} rows[] = { { "", "" }, { "a", "05" }, { "c", "06" }, { "d", "aabb" }, { "e", "" },
		{ "e.none", "" }, { "f", "0c0141" } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_node n;

		ck_assert(pki_asn1_get(v, pki_asn1_find(v, 0, rows[i].path), &n));
		t_bytes_eq(n.contents, t_hex(rows[i].hex));
	}
	pki_asn1_value_free(v);
}
END_TEST

/* first, next and step meet the same nodes; each knows its parent and its place. */
static void check_links(const pki_asn1_value *v)
{
	pki_asn1_node n, child;

	for (size_t i = 0; pki_asn1_get(v, i, &n); i = pki_asn1_step(v, i)) {
		size_t c = pki_asn1_first(v, i), count = 0;

		if (n.count > 0)
			ck_assert_uint_eq(pki_asn1_step(v, i), c);
		for (; c != PKI_ASN1_NONE; c = pki_asn1_next(v, c), count++) {
			ck_assert(pki_asn1_get(v, c, &child));
			ck_assert_uint_eq(child.parent, i);
			ck_assert_uint_eq(child.depth, n.depth + 1);
			ck_assert_uint_eq(child.index, count);
			if (child.offset == PKI_NO_OFFSET)
				continue;
			ck_assert_uint_ge(child.offset, n.offset);
			ck_assert_uint_le(child.offset + child.header + child.length,
			    n.offset + n.header + n.length);
		}
		ck_assert_uint_eq(count, n.count);
	}
}

START_TEST(links)
{
	for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
		pki_asn1_value *v = decoded(goods[i].type, t_hex(goods[i].hex));

		check_links(v);
		ck_assert_uint_eq(pki_asn1_next(v, 0), PKI_ASN1_NONE);
		pki_asn1_value_free(v);
	}
}
END_TEST

START_TEST(no_such_node)
{
	pki_asn1_value *v = decoded("List", t_hex("3006 020101 020102"));
	static const size_t nodes[] = { 3, 4, 1000, PKI_ASN1_NODES, SIZE_MAX / 2, PKI_ASN1_NONE };
	static const pki_asn1_node zeros;
	pki_buf out = PKI_BUF_INIT;
	size_t child;

	for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++) {
		pki_asn1_node n;

		memset(&n, 0xa5, sizeof n);
		ck_assert(!pki_asn1_get(v, nodes[i], &n));
		ck_assert_int_eq(memcmp(&n, &zeros, sizeof n), 0);
		ck_assert_uint_eq(pki_asn1_step(v, nodes[i]), PKI_ASN1_NONE);
		ck_assert_uint_eq(pki_asn1_first(v, nodes[i]), PKI_ASN1_NONE);
		ck_assert_uint_eq(pki_asn1_next(v, nodes[i]), PKI_ASN1_NONE);
		ck_assert_uint_eq(pki_asn1_find(v, nodes[i], ""), PKI_ASN1_NONE);
		t_fails(PKI_E_ARG, pki_asn1_text(v, nodes[i], &out, err));
		t_fails(PKI_E_ARG, pki_asn1_child(v, nodes[i], NULL, &child, err));
		t_fails(PKI_E_ARG, pki_asn1_set(v, nodes[i], t_hex("05"), err));
		t_fails(PKI_E_ARG, pki_asn1_set_text(v, nodes[i], pki_bytes_str("5"), err));
		t_fails(PKI_E_ARG, pki_asn1_remove(v, nodes[i], err));
	}
	pki_asn1_value_free(v);
}
END_TEST

/* ---- paths ---- */

START_TEST(paths)
{
	static const struct {
		const char *type, *hex, *path, *text; /* NULL: there is none */
	} rows[] = {
		{ "Int", "020105", "", "5" },
		{ "Pair", "3003020105", "first", "5" },
		{ "Lists", "300a 3003020107 3003020105", "[0][0]", "7" },
		{ "Lists", "300a 3003020107 3003020105", "[1][0]", "5" },
		{ "Filter", "a208 a006 870161 870162", "not.and[1].present", "62" },
		{ "Set", "3106 020109 820105", "choice.number", "9" },
		{ "Set", "3106 020109 820105", "z", "5" },
		{ "Named2", "3005 8203612e62", "who.dNSName", "a.b" },
		{ "PKIX1Explicit88.Extensions", "300c 300a 06032a0304 0101ff 0400", "[0].extnID",
		    "1.2.3.4" },
		{ "Int", "020105", ".", NULL },
		{ "Int", "020105", "x", NULL },
		{ "Int", "020105", "[0]", NULL },
		{ "Int", "020105", "Int", NULL },
		{ "Pair", "3003020105", "second", NULL },
		{ "Pair", "3003020105", "firs", NULL },
		{ "Pair", "3003020105", "firstt", NULL },
		{ "Pair", "3003020105", "First", NULL },
		{ "Pair", "3003020105", "first.", NULL },
		{ "Pair", "3003020105", ".first", NULL },
		{ "Pair", "3003020105", "first.first", NULL },
		{ "Pair", "3003020105", "first[0]", NULL },
		{ "Pair", "3003020105", "[0]", NULL },
		{ "Pair", "3003020105", " first", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[2]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[0][1]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[0].[0]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[-1]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[+1]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[ 1]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[0", NULL },
		{ "Lists", "300a 3003020107 3003020105", "]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "0", NULL },
		{ "Lists", "300a 3003020107 3003020105", "?1", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[0]x", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[0x0]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[18446744073709551616]", NULL },
		{ "Lists", "300a 3003020107 3003020105", "[4294967296]", NULL },
		{ "Filter", "a208 a006 870161 870162", "and", NULL },
		{ "Filter", "a208 a006 870161 870162", "not.or", NULL },
		{ "Filter", "a208 a006 870161 870162", "not.and.present", NULL },
		{ "Filter", "a208 a006 870161 870162", "not..and", NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = decoded(rows[i].type, t_hex(rows[i].hex));
		size_t node = pki_asn1_find(v, 0, rows[i].path);
		pki_buf text = PKI_BUF_INIT;

		ck_assert_msg((node == PKI_ASN1_NONE) == (rows[i].text == NULL), "%s: \"%s\"",
		    rows[i].type, rows[i].path);
		if (rows[i].text != NULL) {
			t_ok(pki_asn1_text(v, node, &text, err));
			ck_assert_str_eq(pki_buf_str(&text), rows[i].text);
		}
		pki_buf_free(&text);
		pki_asn1_value_free(v);
	}
}
END_TEST

/* From a node on, not from the root. */
START_TEST(relative_paths)
{
	pki_asn1_value *v = decoded("Filter", t_hex("a208 a006 870161 870162"));
	size_t list = pki_asn1_find(v, 0, "not.and"), second;

	ck_assert_uint_ne(list, PKI_ASN1_NONE);
	second = pki_asn1_find(v, list, "[1]");
	ck_assert_uint_eq(pki_asn1_find(v, list, ""), list);
	ck_assert_uint_eq(
	    pki_asn1_find(v, second, "present"), pki_asn1_find(v, 0, "not.and[1].present"));
	ck_assert_uint_eq(pki_asn1_find(v, list, "not"), PKI_ASN1_NONE);
	pki_asn1_value_free(v);
}
END_TEST

/* ---- modules ---- */

START_TEST(types_of_oids)
{
	static const struct {
		const char *oid, *type;
	} rows[] = {
		{ "1.3.6.1.4.1.32473.10", "Test.Pair" },
		{ "1.3.6.1.4.1.32473.12", "Test.List" },
		{ "1.3.6.1.4.1.32473.11", NULL }, /* an OID follows it, and no type */
		{ "1.3.6.1.4.1.32473", NULL },
		{ "1.3.6.1.4.1.32473.13", NULL },
		{ "1.3.6.1.4.1.32473.10.1", NULL },
		{ "2.5.29.19", "PKIX1Implicit88.BasicConstraints" },
		{ "2.5.29.17", "PKIX1Implicit88.SubjectAltName" },
		{ "2.5.29.31", "PKIX1Implicit88.CRLDistributionPoints" },
		{ "1.3.6.1.5.5.7.1.1", "PKIX1Implicit88.AuthorityInfoAccessSyntax" },
		{ "1.2.840.113549.1.9.14", "PKCS-9.ExtensionRequest" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_buf oid = PKI_BUF_INIT;
		const char *type;

		t_ok(pki_oid_parse(rows[i].oid, &oid, err));
		type = pki_asn1_type_of(modules, pki_buf_bytes(&oid));
		ck_assert_msg((type == NULL) == (rows[i].type == NULL), "%s: %s", rows[i].oid,
		    type != NULL ? type : "none");
		if (type != NULL)
			ck_assert_str_eq(type, rows[i].type);
		pki_buf_free(&oid);
	}
	ck_assert_ptr_null(pki_asn1_type_of(modules, t_hex("")));
	ck_assert_ptr_null(pki_asn1_type_of(modules, t_hex("80")));
}
END_TEST

/* Each that is listed can be asked for, and no name twice. */
START_TEST(types_listed)
{
	const char *name;
	size_t n = 0;

	for (; (name = pki_asn1_type_at(modules, n)) != NULL; n++) {
		pki_asn1_value *v = NULL;

		t_ok(pki_asn1_create(modules, name, &v, err));
		pki_asn1_value_free(v);
		for (size_t i = 0; i < n; i++)
			ck_assert_str_ne(pki_asn1_type_at(modules, i), name);
	}
	ck_assert_str_eq(pki_asn1_type_at(modules, n - 1), "Test.Named2");
	ck_assert_ptr_null(pki_asn1_type_at(modules, n + 1));
	ck_assert_ptr_null(pki_asn1_type_at(modules, SIZE_MAX));
}
END_TEST

/* Without its module, where one alone has it. */
START_TEST(short_names)
{
	pki_asn1_value *v = NULL;

	t_ok(pki_asn1_decode(modules, "Lists", t_hex("3000"), &v, err));
	pki_asn1_value_free(v);
	/* PKCS-1 and PKCS-8 have one each */
	t_fails(PKI_E_NOTFOUND, pki_asn1_decode(modules, "Version", t_hex("020100"), &v, err));
	t_fails(PKI_E_NOTFOUND, pki_asn1_create(modules, "version", &v, err));
}
END_TEST

/* ---- limits ---- */

/* Chain in Chain. */
static void chain(size_t depth, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	for (size_t i = 0; i < depth; i++)
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < depth; i++)
		pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, out, err));
}

START_TEST(depth)
{
	pki_buf der = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;

	chain(32, &der);
	v = decoded("Chain", pki_buf_bytes(&der));
	encodes_to(v, pki_buf_bytes(&der));
	pki_asn1_value_free(v);
	pki_buf_free(&der);
	t_fails(PKI_E_LIMIT,
	    pki_asn1_decode(modules, "Test.Chain",
		t_hex("3040 303e 303c 303a 3038 3036 3034 3032 3030 302e 302c 302a 3028 3026 3024"
		      "3022 3020 301e 301c 301a 3018 3016 3014 3012 3010 300e 300c 300a 3008 3006"
		      "3004 3002 3000"),
		&v, err));
}
END_TEST

/* What is built may not be deeper than what is read. */
START_TEST(built_too_deep)
{
	pki_asn1_value *v = created("Chain");
	pki_buf der = PKI_BUF_INIT;
	size_t node = 0;

	for (size_t i = 1; i < 32; i++)
		t_ok(pki_asn1_child(v, node, "next", &node, err));
	t_ok(pki_asn1_encode(v, &der, err));
	pki_buf_free(&der);
	t_ok(pki_asn1_child(v, node, "next", &node, err));
	t_fails(PKI_E_LIMIT, pki_asn1_encode(v, &der, err));
	ck_assert_uint_eq(der.len, 0);
	pki_asn1_value_free(v);
}
END_TEST

/* A list of n NULLs. */
static void nulls(size_t n, pki_buf *out)
{
	uint8_t *octets = calloc(2, n);
	pki_derw w;

	ck_assert_ptr_nonnull(octets);
	for (size_t i = 0; i < n; i++)
		octets[2 * i] = 5;
	pki_derw_init(&w, NULL);
	pki_derw_put(&w, PKI_TAG_SET, pki_bytes_of(octets, 2 * n));
	t_ok(pki_derw_finish(&w, out, err));
	free(octets);
}

START_TEST(nodes)
{
	pki_buf der = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;

	nulls(PKI_ASN1_NODES - 1, &der);
	v = decoded("SetOfAny", pki_buf_bytes(&der));
	encodes_to(v, pki_buf_bytes(&der));
	t_fails(PKI_E_LIMIT, pki_asn1_child(v, 0, NULL, &(size_t){ 0 }, err));
	pki_asn1_value_free(v);
	pki_buf_free(&der);
	nulls(PKI_ASN1_NODES, &der);
	t_fails(
	    PKI_E_LIMIT, pki_asn1_decode(modules, "Test.SetOfAny", pki_buf_bytes(&der), &v, err));
	ck_assert_ptr_null(v);
	pki_buf_free(&der);
}
END_TEST

/* An OCTET STRING of so many octets in all. */
static void octets(size_t len, pki_buf *out)
{
	size_t header = len < 300 ? 3 : 5;
	uint8_t *zeros = calloc(1, len);
	pki_derw w;

	ck_assert_ptr_nonnull(zeros);
	pki_derw_init(&w, NULL);
	pki_derw_put(&w, PKI_TAG_OCTETS, pki_bytes_of(zeros, len - header));
	t_ok(pki_derw_finish(&w, out, err));
	ck_assert_uint_eq(out->len, len);
	free(zeros);
}

START_TEST(size)
{
	pki_buf der = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;

	octets(PKI_ASN1_OCTETS, &der);
	v = decoded("Octets", pki_buf_bytes(&der));
	encodes_to(v, pki_buf_bytes(&der));
	pki_asn1_value_free(v);
	pki_buf_free(&der);
	octets(PKI_ASN1_OCTETS + 1, &der);
	t_fails(PKI_E_LIMIT, pki_asn1_decode(modules, "Test.Octets", pki_buf_bytes(&der), &v, err));
	v = created("Octets");
	t_ok(pki_asn1_set(v, 0, pki_bytes_of(der.data + 5, der.len - 6), err));
	pki_asn1_value_free(v);
	pki_buf_free(&der);
}
END_TEST

/* Two halves that are too much together. */
START_TEST(built_too_long)
{
	pki_asn1_value *v = created("SetOf");
	pki_buf half = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;

	octets(PKI_ASN1_OCTETS / 2 + 100, &half);
	for (int i = 0; i < 2 && st == PKI_SUCCESS; i++) {
		size_t node;

		t_ok(pki_asn1_child(v, 0, NULL, &node, err));
		st = pki_asn1_set(v, node, pki_buf_bytes(&half), NULL);
	}
	ck_assert(st == PKI_SUCCESS || st == PKI_E_LIMIT);
	if (st == PKI_SUCCESS)
		t_fails(PKI_E_LIMIT, pki_asn1_encode(v, &der, err));
	ck_assert_uint_eq(der.len, 0);
	pki_buf_free(&half);
	pki_asn1_value_free(v);
}
END_TEST

/* The context's own limit, if it is less. */
START_TEST(limits_of_context)
{
	const pki_limits limits = { .size = sizeof limits, .object_bytes = 200, .der_depth = 4 };
	pki_asn1_value *v = NULL;
	pki_buf der = PKI_BUF_INIT;
	pki_asn1 *m = NULL;
	pki_ctx *ctx = NULL;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_ok(pki_asn1_new(ctx, &m, err));
	t_ok(pki_asn1_add(m, pki_bytes_str(module_text), err));
	octets(201, &der);
	t_fails(PKI_E_LIMIT, pki_asn1_decode(m, "Test.Octets", pki_buf_bytes(&der), &v, err));
	pki_buf_free(&der);
	t_ok(pki_asn1_decode(m, "Test.Chain", t_hex("3006300430023000"), &v, err));
	pki_asn1_value_free(v);
	t_fails(
	    PKI_E_LIMIT, pki_asn1_decode(m, "Test.Chain", t_hex("30083006300430023000"), &v, err));
	pki_asn1_free(m);
	pki_ctx_free(ctx);
}
END_TEST

/* ---- text for a leaf ---- */

START_TEST(texts_set)
{
	static const struct {
		const char *type, *text, *hex; /* NULL: not a value of the type */
	} rows[] = {
		{ "Bool", "TRUE", "0101ff" },
		{ "Bool", "FALSE", "010100" },
		{ "Bool", "true", "0101ff" },
		{ "Bool", "1", NULL },
		{ "Bool", "", NULL },
		{ "Bool", "TRUE ", NULL },
		{ "Int", "0", "020100" },
		{ "Int", "128", "02020080" },
		{ "Int", "-128", "020180" },
		{ "Int", "-129", "0202ff7f" },
		{ "Int", "18446744073709551616", "0209010000000000000000" },
		{ "Int", "-18446744073709551616", "0209ff0000000000000000" },
		{ "Int", "", NULL },
		{ "Int", "-", NULL },
		{ "Int", "+1", NULL },
		{ "Int", " 1", NULL },
		{ "Int", "1 ", NULL },
		{ "Int", "0x1", NULL },
		{ "Int", "1.0", NULL },
		{ "Int", "1e3", NULL },
		{ "Int", "one", NULL },
		{ "Named", "one", "020101" },
		{ "Named", "third", "020103" },
		{ "Named", "3", "020103" },
		{ "Named", "70", "020146" },
		{ "Named", "One", NULL },
		{ "Named", "fourth", NULL },
		{ "Enum", "green", "0a0101" },
		{ "Enum", "far", "0a020082" },
		{ "Enum", "5", "0a0105" },
		{ "Enum", "2", NULL },
		{ "Enum", "black", NULL },
		{ "Enum", "", NULL },
		{ "Nothing", "NULL", "0500" },
		{ "Nothing", "null", "0500" },
		{ "Nothing", "0", NULL },
		{ "Bits", "", "030100" },
		{ "Bits", "a0/5", "030205a0" },
		{ "Bits", "00", "03020000" },
		{ "Bits", "A0/5", "030205a0" },
		{ "Bits", "a0/6", NULL },
		{ "Bits", "a0/8", NULL },
		{ "Bits", "a0/-1", NULL },
		{ "Bits", "a0/", NULL },
		{ "Bits", "a0/05", NULL },
		{ "Bits", "/1", NULL },
		{ "Bits", "a", NULL },
		{ "Bits", "g0", NULL },
		{ "Bits", "first", NULL },
		{ "Flags", "", "030100" },
		{ "Flags", "first", "03020780" },
		{ "Flags", "second, first", "030206c0" },
		{ "Flags", "ninth", "0303070080" },
		{ "Flags", "first first", NULL },
		{ "Flags", "third", NULL },
		{ "Flags", "first,second", "030206c0" },
		{ "Flags", " first", "03020780" },
		{ "Flags", "first ", "03020780" },
		{ "Flags", "first,,second", NULL },
		{ "Flags", ",first", NULL },
		{ "Flags", "first  second", NULL },
		{ "Octets", "", "0400" },
		{ "Octets", "00ff", "040200ff" },
		{ "Octets", "00FF", "040200ff" },
		{ "Octets", "0", NULL },
		{ "Octets", "00 ff", NULL },
		{ "Octets", "0x00", NULL },
		{ "Octets", "zz", NULL },
		{ "Octets24", "00", NULL },
		{ "Octets24", "0000000000", NULL },
		{ "Bits8", "ff", "030200ff" },
		{ "Bits8", "fe/1", NULL },
		{ "Oid", "1.2.3", "06022a03" },
		{ "Oid", "2.999", "06028837" },
		{ "Oid", "2.25.340282366920938463463374607431768211455",
		    "0614 69 83ffffffffffffffffffffffffffffffffff 7f" },
		{ "Oid", "", NULL },
		{ "Oid", "1", NULL },
		{ "Oid", "1.", NULL },
		{ "Oid", "1..2", NULL },
		{ "Oid", "1.2.", NULL },
		{ "Oid", "3.1", NULL },
		{ "Oid", "1.40", NULL },
		{ "Oid", "1.2.-1", NULL },
		{ "Oid", "1.2.03", NULL },
		{ "Oid", "1.2.3a", NULL },
		{ "Oid", "1.2 3", NULL },
		{ "Utf8", "\xe2\x82\xac", "0c03e282ac" },
		{ "Utf8", "\x80", NULL },
		{ "Utf8", "\xed\xa0\x80", NULL },
		{ "Utf83", "", NULL },
		{ "Utf83", "abcd", NULL },
		{ "Utf83", "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac", "0c09e282ace282ace282ac" },
		{ "Printable", "a@b", NULL },
		{ "Printable", "\xc3\xa9", NULL },
		{ "Numeric", "12a", NULL },
		{ "Ia5", "\xc3\xa9", NULL },
		{ "Ia52", "a", NULL },
		{ "Visible", "a\n", NULL },
		{ "Teletex", "\xc3\xa9", "1401e9" },
		{ "Teletex", "\xe2\x82\xac", NULL },
		{ "Bmp", "\xe2\x82\xac", "1e0220ac" },
		{ "Bmp", "\xf0\x9f\x98\x80", NULL },
		{ "Bmp1", "ab", NULL },
		{ "Universal", "\xf0\x9f\x98\x80", "1c040001f600" },
		{ "Utc", "261126203727Z", "170d3236313132363230333732375a" },
		{ "Utc", "2611262037Z", NULL },
		{ "Utc", "261126203727+0000", NULL },
		{ "Utc", "261326203727Z", NULL },
		{ "Utc", "", NULL },
		{ "General", "20261126203727Z", "180f32303236313132363230333732375a" },
		{ "General", "20261126203727.5Z", "181132303236313132363230333732372e355a" },
		{ "General", "20261126203727.50Z", NULL },
		{ "General", "20261126203727.Z", NULL },
		{ "General", "20261126203727,5Z", NULL },
		{ "General", "20261126203727", NULL },
		{ "General", "20260229000000Z", NULL },
		{ "Any", "0c0141", "0c0141" },
		{ "Any", "", NULL },
		{ "Any", "0c", NULL },
		{ "Any", "0c014105", NULL },
		{ "Any", "0c01410500", NULL },
		{ "Any", "02020001", NULL },
		{ "Any", "24800401050000", NULL },
		{ "Explicit", "5", "a103020105" },
		{ "Twice", "5", "a205a103020105" },
		{ "Retagged", "5", "a303020105" },
		{ "Implicit", "5", "810105" },
		{ "High", "5", "9f1f0105" },
		{ "ImplicitAny", "0c0141", "a0030c0141" },
		{ "List", "", NULL },
		{ "Pair", "", NULL },
		{ "Choice", "5", NULL },
		{ "SetOf", "", NULL },
		{ "Set", "", NULL },
	};

	size_t wrong = 0;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = created(rows[i].type);
		pki_error why = PKI_ERROR_INIT;
		pki_buf der = PKI_BUF_INIT;
		pki_status st = pki_asn1_set_text(v, 0, pki_bytes_str(rows[i].text), &why);

		if (st != (rows[i].hex != NULL ? PKI_SUCCESS : PKI_E_ARG)) {
			fprintf(
			    stderr, "%s \"%s\": %s\n", rows[i].type, rows[i].text, t_error(&why));
			wrong++;
		} else if (st == PKI_SUCCESS)
			encodes_to(v, t_hex(rows[i].hex));
		else
			t_fails(PKI_E_ARG, pki_asn1_text(v, 0, &der, err));
		pki_buf_free(&der);
		pki_asn1_value_free(v);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Contents that no DER of the type has; after which the leaf is what it was. */
START_TEST(contents_set)
{
	static const struct {
		const char *type, *hex;
	} rows[] = {
		{ "Bool", "" },
		{ "Bool", "01" },
		{ "Bool", "ffff" },
		{ "Int", "" },
		{ "Int", "0005" },
		{ "Int", "ff80" },
		{ "Enum", "" },
		{ "Enum", "02" },
		{ "Enum", "0005" },
		{ "Nothing", "00" },
		{ "Bits", "" },
		{ "Bits", "08ff" },
		{ "Bits", "01" },
		{ "Bits", "01ff" },
		{ "Flags", "0080" },
		{ "Flags", "0700" },
		{ "Octets24", "00" },
		{ "Octets24", "0000000000" },
		{ "Bits8", "0180" },
		{ "Oid", "" },
		{ "Oid", "2a83" },
		{ "Oid", "2a8001" },
		{ "Utf8", "80" },
		{ "Utf83", "61626364" },
		{ "Printable", "40" },
		{ "Numeric", "61" },
		{ "Ia5", "80" },
		{ "Visible", "1f" },
		{ "Bmp", "61" },
		{ "Universal", "000061" },
		{ "Utc", "323631313236323033375a" },
		{ "General", "32303236313132363230333732372e305a" },
		{ "Any", "" },
		{ "Any",
		    "0500"
		    "05" },
		{ "Any", "02020001" },
		{ "Pair", "020105" },
		{ "List", "" },
		{ "Choice", "05" },
		{ "TaggedChoice", "0101ff" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = created(rows[i].type);
		pki_error err = PKI_ERROR_INIT;
		pki_status st = pki_asn1_set(v, 0, t_hex(rows[i].hex), &err);

		ck_assert_msg(st == PKI_E_ARG, "%s %s: %s", rows[i].type, rows[i].hex,
		    st == PKI_SUCCESS ? "success" : t_error(&err));
		pki_asn1_value_free(v);
	}
}
END_TEST

START_TEST(failure_keeps_value)
{
	pki_asn1_value *v = decoded("Pair", t_hex("3003020105"));
	size_t first = pki_asn1_find(v, 0, "first");

	t_fails(PKI_E_ARG, pki_asn1_set(v, first, t_hex("0005"), err));
	t_fails(PKI_E_ARG, pki_asn1_set_text(v, first, pki_bytes_str("x"), err));
	t_fails(PKI_E_ARG, pki_asn1_remove(v, 0, err));
	t_fails(PKI_E_NOTFOUND, pki_asn1_child(v, 0, "third", &first, err));
	ck_assert_uint_eq(first, PKI_ASN1_NONE);
	encodes_to(v, t_hex("3003020105"));
	pki_asn1_value_free(v);
}
END_TEST

/* ---- built ---- */

static void set(pki_asn1_value *v, size_t node, const char *name, const char *text)
{
	size_t child;

	t_ok(pki_asn1_child(v, node, name, &child, err));
	t_ok(pki_asn1_set_text(v, child, pki_bytes_str(text), err));
}

static size_t made(pki_asn1_value *v, size_t node, const char *name)
{
	size_t child;

	t_ok(pki_asn1_child(v, node, name, &child, err));
	return child;
}

/* Components are in the type's order whatever the order they are made in. */
START_TEST(built_sequence)
{
	pki_asn1_value *v = created("Optionals");

	encodes_to(v, t_hex("3000"));
	set(v, 0, "f", "0500");
	set(v, made(v, 0, "e"), "text", "A");
	set(v, 0, "c", "5");
	set(v, 0, "b", "TRUE");
	set(v, 0, "b", "FALSE"); /* is there */
	set(v, 0, "a", "7");
	encodes_to(v, t_hex("3010 020107 010100 a003020105 0c0141 0500"));
	check_links(v);
	pki_asn1_value_free(v);
}
END_TEST

START_TEST(built_set)
{
	pki_asn1_value *v = created("Set");

	set(v, 0, "z", "5");
	set(v, 0, "app", "3");
	set(v, 0, "a", "2");
	set(v, made(v, 0, "choice"), "text", "A");
	set(v, made(v, 0, "list"), NULL, "7");
	set(v, 0, "flag", "TRUE");
	encodes_to(v, t_hex("3116 0101ff 0c0141 3003020107 490103 a003020102 820105"));
	pki_asn1_value_free(v);
}
END_TEST

START_TEST(built_lists)
{
	static const char *const elements[] = { "0001", "05", "", "ff", "05" };
	pki_asn1_value *v = created("SetOf");

	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		set(v, 0, NULL, elements[i]);
	encodes_to(v, t_hex("310f 0400 040105 040105 0401ff 04020001"));
	pki_asn1_value_free(v);
	v = created("Lists");
	(void)made(v, 0, NULL);
	set(v, made(v, 0, NULL), NULL, "5");
	encodes_to(v, t_hex("3007 3000 3003020105"));
	pki_asn1_value_free(v);
}
END_TEST

/* A DEFAULT that is set to its value is left out: X.690 11.5. */
START_TEST(built_defaults)
{
	pki_asn1_value *v = created("Defaults");

	set(v, 0, "flag", "TRUE");
	set(v, 0, "other", "FALSE");
	set(v, 0, "number", "500");
	set(v, 0, "named", "3");
	set(v, 0, "color", "green");
	encodes_to(v, t_hex("3000"));
	set(v, 0, "color", "blue");
	set(v, 0, "flag", "FALSE");
	encodes_to(v, t_hex("3008 010100 a2030a0105"));
	pki_asn1_value_free(v);
}
END_TEST

START_TEST(built_recursive)
{
	pki_asn1_value *v = created("Filter");
	size_t list = made(v, made(v, 0, "not"), "and");

	set(v, made(v, list, NULL), "present", "62");
	set(v, made(v, list, NULL), "present", "61");
	encodes_to(v, t_hex("a208 a006 870161 870162"));
	pki_asn1_value_free(v);
}
END_TEST

/* What is missing, by its path. */
START_TEST(incomplete)
{
	static const struct {
		const char *type;
		const char *children[4]; /* made one in another, no value set */
		const char *path;
	} rows[] = {
		{ "Int", { NULL }, "" },
		{ "Explicit", { NULL }, "" },
		{ "Any", { NULL }, "" },
		{ "Choice", { NULL }, "" },
		{ "TaggedChoice", { NULL }, "" },
		{ "Mandatory", { NULL }, "" },
		{ "Mandatory", { "x" }, "" },
		{ "Set", { NULL }, "" },
		{ "Set", { "list" }, "" },
		{ "Sized", { NULL }, "" },
		{ "SizedSet", { NULL }, "" },
		{ "Choice", { "inner" }, "inner" },
		{ "Choice", { "inner", "text" }, "inner.text" },
		{ "Choice", { "deep", "pair" }, "deep.pair" },
		{ "Filter", { "not", "not", "not" }, "not.not.not" },
		{ "PKIX1Explicit88.Certificate", { NULL }, "" },
		{ "PKIX1Explicit88.Certificate", { "tbsCertificate" }, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = created(rows[i].type);
		pki_error err = PKI_ERROR_INIT;
		pki_buf der = PKI_BUF_INIT;
		pki_status st;
		size_t node = 0;

		for (size_t c = 0; rows[i].children[c] != NULL; c++)
			node = made(v, node, rows[i].children[c]);
		st = pki_asn1_encode(v, &der, &err);
		ck_assert_msg(st == PKI_E_ARG && der.len == 0 &&
			strcmp(pki_error_path(&err), rows[i].path) == 0,
		    "%s, %s: %s", rows[i].type, rows[i].path, t_error(&err));
		pki_asn1_value_free(v);
	}
}
END_TEST

/* What would be read as another value is not written: of components with one tag the first takes
 * it. */
START_TEST(taken_for_another)
{
	pki_asn1_value *v = created("Same");
	pki_buf der = PKI_BUF_INIT;

	set(v, 0, "b", "6");
	t_fails(PKI_E_ARG, pki_asn1_encode(v, &der, err));
	set(v, 0, "a", "7");
	encodes_to(v, t_hex("3006 020107 020106"));
	set(v, 0, "c", "020108");
	encodes_to(v, t_hex("3009 020107 020106 020108"));
	set(v, 0, "b", "5"); /* is left out, and c read for it */
	t_fails(PKI_E_ARG, pki_asn1_encode(v, &der, err));
	set(v, 0, "c", "0500");
	encodes_to(v, t_hex("3005 020107 0500"));
	ck_assert_uint_eq(der.len, 0);
	pki_asn1_value_free(v);
}
END_TEST

START_TEST(no_such_child)
{
	static const struct {
		const char *type, *name;
		pki_status st;
	} rows[] = {
		{ "Pair", "third", PKI_E_NOTFOUND },
		{ "Pair", "", PKI_E_NOTFOUND },
		{ "Pair", "First", PKI_E_NOTFOUND },
		{ "Pair", "first.x", PKI_E_NOTFOUND },
		{ "Pair", NULL, PKI_E_NOTFOUND },
		{ "Set", NULL, PKI_E_NOTFOUND },
		{ "Choice", NULL, PKI_E_NOTFOUND },
		{ "Choice", "third", PKI_E_NOTFOUND },
		{ "Int", NULL, PKI_E_ARG },
		{ "Int", "x", PKI_E_ARG },
		{ "Any", NULL, PKI_E_ARG },
		{ "List", "x", PKI_E_NOTFOUND },
		{ "List", "[0]", PKI_E_NOTFOUND },
		{ "SetOf", "0", PKI_E_NOTFOUND },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = created(rows[i].type);
		pki_error err = PKI_ERROR_INIT;
		size_t child = 77;
		pki_status st = pki_asn1_child(v, 0, rows[i].name, &child, &err);

		ck_assert_msg(st == rows[i].st && child == PKI_ASN1_NONE, "%s %s: %s, %zu",
		    rows[i].type, rows[i].name != NULL ? rows[i].name : "NULL", t_error(&err),
		    child);
		pki_asn1_value_free(v);
	}
}
END_TEST

/* What a person typed wrong is told in words of the type. */
START_TEST(reasons)
{
	static const struct {
		const char *type, *text, *reason;
	} rows[] = {
		{ "Flags", "read, purple", "neither names of its bits nor hex" },
		{ "Flags", "a0/9", "neither names of its bits nor hex" },
		{ "Bits", "a0/9", "not 0 to 7 unused bits" },
		{ "Bits", "purple", "not a hexadecimal digit" },
		{ "Int", "five", "no INTEGER in decimal, nor in hex after 0x" },
		{ "Named", "five", "neither one of its names nor a number" },
		{ "Enum", "purple", "none of the enumeration" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = created(rows[i].type);
		pki_error err = PKI_ERROR_INIT;

		ck_assert_int_eq(
		    pki_asn1_set_text(v, 0, pki_bytes_str(rows[i].text), &err), PKI_E_ARG);
		ck_assert_str_eq(pki_error_reason(&err), rows[i].reason);
		pki_asn1_value_free(v);
	}
}
END_TEST

/* A CHOICE chooses once, until that is removed. */
START_TEST(chosen)
{
	pki_asn1_value *v = created("Choice");
	size_t number = made(v, 0, "number"), again;

	t_fails(PKI_E_ARG, pki_asn1_child(v, 0, "inner", &again, err));
	t_ok(pki_asn1_child(v, 0, "number", &again, err));
	ck_assert_uint_eq(again, number);
	t_ok(pki_asn1_set(v, number, t_hex("05"), err));
	encodes_to(v, t_hex("020105"));
	t_ok(pki_asn1_remove(v, number, err));
	set(v, made(v, 0, "inner"), "yes", "TRUE");
	encodes_to(v, t_hex("a0030101ff"));
	pki_asn1_value_free(v);
}
END_TEST

/* ---- read, changed, written ---- */

START_TEST(edited)
{
	pki_asn1_value *v = decoded("PKIX1Explicit88.Extensions",
	    t_hex("3014 300a 06032a0304 0101ff 0400 3006 06022a03 0400"));
	size_t second = pki_asn1_find(v, 0, "[1]"), third;

	set(v, second, "critical", "TRUE");
	set(v, second, "extnValue", "0500");
	encodes_to(v, t_hex("3019 300a 06032a0304 0101ff 0400 300b 06022a03 0101ff 04020500"));
	third = made(v, 0, NULL);
	set(v, third, "extnValue", "");
	set(v, third, "extnID", "1.2.4");
	set(v, third, "critical", "FALSE");
	t_ok(pki_asn1_remove(v, pki_asn1_find(v, 0, "[0]"), err));
	encodes_to(v, t_hex("3015 300b 06022a03 0101ff 04020500 3006 06022a04 0400"));
	check_links(v);
	ck_assert_uint_eq(pki_asn1_find(v, 0, "[2]"), PKI_ASN1_NONE);
	t_ok(pki_asn1_remove(v, pki_asn1_find(v, 0, "[0].critical"), err));
	t_ok(pki_asn1_remove(v, pki_asn1_find(v, 0, "[1]"), err));
	encodes_to(v, t_hex("300a 3008 06022a03 04020500"));
	t_ok(pki_asn1_remove(v, pki_asn1_find(v, 0, "[0].extnID"), err));
	t_fails(PKI_E_ARG, pki_asn1_encode(v, &(pki_buf)PKI_BUF_INIT, err));
	t_ok(pki_asn1_remove(v, pki_asn1_find(v, 0, "[0]"), err));
	t_fails(PKI_E_ARG, pki_asn1_encode(v, &(pki_buf)PKI_BUF_INIT, err)); /* SIZE (1..MAX) */
	pki_asn1_value_free(v);
}
END_TEST

/* The tree has a copy of what it was read from; what was made since has no place in it. */
START_TEST(places)
{
	uint8_t der[] = { 0x30, 3, 2, 1, 5 };
	pki_asn1_value *v = decoded("Pair", pki_bytes_of(der, sizeof der));
	pki_asn1_node n;

	memset(der, 0, sizeof der);
	set(v, 0, "second", "TRUE");
	encodes_to(v, t_hex("3006 020105 0101ff"));
	ck_assert(pki_asn1_get(v, pki_asn1_find(v, 0, "first"), &n));
	ck_assert_uint_eq(n.offset, 2);
	ck_assert(pki_asn1_get(v, pki_asn1_find(v, 0, "second"), &n));
	ck_assert_uint_eq(n.offset, PKI_NO_OFFSET);
	ck_assert_uint_eq(n.header, 0);
	ck_assert_uint_eq(n.length, 0);
	t_bytes_eq(n.contents, t_hex("ff"));
	pki_asn1_value_free(v);
}
END_TEST

/* Elements that were removed are no longer counted against the limit, nor found. */
START_TEST(removed)
{
	pki_asn1_value *v = created("List");

	for (size_t i = 0; i < 1000; i++) {
		set(v, 0, NULL, "5");
		t_ok(pki_asn1_remove(v, pki_asn1_first(v, 0), err));
		ck_assert_uint_eq(pki_asn1_first(v, 0), PKI_ASN1_NONE);
		ck_assert_uint_eq(pki_asn1_step(v, 0), PKI_ASN1_NONE);
	}
	encodes_to(v, t_hex("3000"));
	pki_asn1_value_free(v);
}
END_TEST

/* ---- shown ---- */

START_TEST(lines)
{
	pki_asn1_value *v = decoded("Choice", t_hex("a105a203020105"));
	pki_buf text = PKI_BUF_INIT;

	t_ok(pki_asn1_format(v, &text, err));
	ck_assert_str_eq(pki_buf_str(&text),
	    "Choice CHOICE\n"
	    "  deep Inner CHOICE\n"
	    "    pair Pair SEQUENCE\n"
	    "      first INTEGER 5\n");
	pki_buf_free(&text);
	pki_asn1_value_free(v);
}
END_TEST

/* No value shows as anything but itself: no line of its own, no escape sequence. */
START_TEST(hostile_text)
{
	pki_asn1_value *v = decoded("Utf8", t_hex("0c10 610a62 1b5b316d c29b e280ae 7f 0d 0062"));
	pki_buf text = PKI_BUF_INIT;
	pki_bytes seen;

	t_ok(pki_asn1_format(v, &text, err));
	seen = pki_buf_bytes(&text);
	for (size_t i = 0; i + 1 < seen.len; i++)
		ck_assert_msg(
		    seen.data[i] >= 0x20 && seen.data[i] != 0x7f, "%s", pki_buf_str(&text));
	ck_assert_ptr_null(strstr(pki_buf_str(&text), "\xc2\x9b"));
	ck_assert_ptr_null(strstr(pki_buf_str(&text), "\xe2\x80\xae"));
	pki_buf_free(&text);
	pki_asn1_value_free(v);
}
END_TEST

/* A tree that is not filled has no text nor JSON: an error, and nothing is written. */
START_TEST(without_value)
{
	pki_asn1_value *v = created("Pair");
	pki_buf out = PKI_BUF_INIT;
	size_t first = made(v, 0, "first");

	t_fails(PKI_E_ARG, pki_asn1_text(v, first, &out, err));
	t_fails(PKI_E_ARG, pki_asn1_text(v, 0, &out, err));
	t_fails(PKI_E_ARG, pki_asn1_json(v, &out, err));
	ck_assert_uint_eq(out.len, 0);
	t_ok(pki_asn1_format(v, &out, err));
	ck_assert_str_eq(pki_buf_str(&out), "Pair SEQUENCE\n  first INTEGER\n");
	pki_buf_free(&out);
	pki_asn1_value_free(v);
}
END_TEST

START_TEST(set_up)
{
	t_ok(pki_asn1_new(NULL, &modules, err));
	t_ok(pki_asn1_add(modules, pki_bytes_str(module_text), err));
}
END_TEST

START_TEST(tear_down)
{
	pki_asn1_free(modules);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, values, long_oid, refused, trees, contents, links,
		no_such_node, paths, relative_paths, types_of_oids, types_listed, short_names,
		depth, built_too_deep, nodes, size, built_too_long, limits_of_context, texts_set,
		contents_set, failure_keeps_value, built_sequence, built_set, built_lists,
		built_defaults, built_recursive, incomplete, taken_for_another, no_such_child,
		reasons, chosen, edited, places, removed, lines, hostile_text, without_value,
		tear_down, NULL };

	return t_main("asn1", tests);
}
