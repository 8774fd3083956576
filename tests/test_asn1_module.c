/* SPDX-License-Identifier: BSD-3-Clause */
/* Module text: what is compiled, and to which items; what is refused, and on which line. */
#include <stdio.h>
#include <string.h>

#include <pki/asn1.h>
#include <pki/pem.h>

#include "libpki/asn1/compile.h"
#include "libpki/asn1/modules.inc"
#include "libpki/asn1/rows.h"
#include "libpki/asn1/words.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "tests/lib/oom.h"
#include "tests/lib/t.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- what may be imported ---- */

static pki_status known(
    void *ud, const char *module, const char *name, uint32_t *bits, pki_error *err)
{
	const char *missing = module;

	(void)ud;
	for (size_t i = 0; pki_asn1_shipped[i] != NULL; i++) {
		const pki_asn1_module *m = pki_asn1_shipped[i];

		if (strcmp(pki_asn1_item_text(m, m->items[0].name), module) != 0)
			continue;
		if (pki_asn1_item_known(m, name, bits))
			return PKI_SUCCESS;
		missing = name;
	}
	return pki_error_set_detail(
	    err, PKI_E_NOTFOUND, "there is none", NULL, pki_bytes_str(missing));
}

/* ---- items as text ---- */

static const char *const words[] = {
	[ITEM_CONSTANT] = "#",
	[ITEM_IDENTIFIER] = "->",
	[ITEM_INTEGER] = "INTEGER",
	[ITEM_BOOLEAN] = "BOOLEAN",
	[ITEM_SEQUENCE] = "SEQUENCE",
	[ITEM_BIT_STRING] = "BITS",
	[ITEM_OCTET_STRING] = "OCTETS",
	[ITEM_TAG] = "TAG",
	[ITEM_DEFAULT] = "DEFAULT",
	[ITEM_SIZE] = "SIZE",
	[ITEM_SEQUENCE_OF] = "SEQUENCE_OF",
	[ITEM_OBJECT_ID] = "OID",
	[ITEM_ANY] = "ANY",
	[ITEM_SET] = "SET",
	[ITEM_SET_OF] = "SET_OF",
	[ITEM_CHOICE] = "CHOICE",
	[ITEM_NULL] = "NULL",
	[ITEM_ENUMERATED] = "ENUMERATED",
	[ITEM_GENERAL_STRING] = "General",
	[ITEM_NUMERIC_STRING] = "Numeric",
	[ITEM_IA5_STRING] = "IA5",
	[ITEM_TELETEX_STRING] = "Teletex",
	[ITEM_PRINTABLE_STRING] = "Printable",
	[ITEM_UNIVERSAL_STRING] = "Universal",
	[ITEM_BMP_STRING] = "BMP",
	[ITEM_UTF8_STRING] = "UTF8",
	[ITEM_VISIBLE_STRING] = "Visible",
	[ITEM_UTC_TIME] = "UTCTime",
	[ITEM_GENERALIZED_TIME] = "GeneralizedTime",
};

static const struct {
	uint32_t bit;
	const char *mark;
} marks[] = {
	{ ITEM_ASSIGN, ":=" },
	{ ITEM_OPTIONAL, "?" },
	{ ITEM_EXPLICIT, "e" },
	{ ITEM_IMPLICIT, "i" },
	{ ITEM_APPLICATION, "a" },
	{ ITEM_PRIVATE, "p" },
	{ ITEM_TRUE, "T" },
	{ ITEM_FALSE, "F" },
};

static void put(pki_buf *out, const char *s)
{
	ck_assert_int_eq(pki_buf_puts(out, s, NULL), PKI_SUCCESS);
}

static void put_item(pki_buf *out, const pki_asn1_module *m, size_t i)
{
	const pki_asn1_item *item = &m->items[i];
	uint32_t type = pki_asn1_item_type(m, i);
	bool tells = type == ITEM_TAG; /* libtasn1 says UNIVERSAL of NumericString, too */

	if (item->name != 0) {
		put(out, pki_asn1_item_text(m, item->name));
		put(out, " ");
	}
	ck_assert(type < LENGTH(words) && words[type] != NULL);
	put(out, words[type]);
	if (tells && (item->bits & ITEM_UNIVERSAL) != 0)
		put(out, "u");
	for (size_t k = 0; k < LENGTH(marks); k++)
		if ((item->bits & marks[k].bit) != 0)
			put(out, marks[k].mark);
	if (item->value != 0) {
		put(out, " ");
		put(out, pki_asn1_item_text(m, item->value));
	}
}

static void put_items(pki_buf *out, const pki_asn1_module *m, size_t i)
{
	for (; i != 0; i = pki_asn1_item_right(m, i)) {
		put_item(out, m, i);
		if (pki_asn1_item_down(m, i) != 0) {
			put(out, " { ");
			put_items(out, m, pki_asn1_item_down(m, i));
			put(out, " }");
		}
		if (pki_asn1_item_right(m, i) != 0)
			put(out, ", ");
	}
}

/* ---- good ---- */

static const struct {
	const char *body, *items;
} good[] = {
	/* types */
	{ "A ::= BOOLEAN B ::= NULL C ::= INTEGER D ::= OBJECT IDENTIFIER E ::= OCTET STRING",
	    "A BOOLEAN, B NULL, C INTEGER, D OID, E OCTETS" },
	{ "A ::= BIT STRING B ::= ANY C ::= UTCTime D ::= GeneralizedTime",
	    "A BITS, B ANY, C UTCTime, D GeneralizedTime" },
	{ "A ::= UTF8String B ::= NumericString C ::= PrintableString D ::= TeletexString",
	    "A UTF8, B Numeric, C Printable, D Teletex" },
	{ "A ::= IA5String B ::= VisibleString C ::= UniversalString D ::= BMPString",
	    "A IA5, B Visible, C Universal, D BMP" },
	{ "A ::= GeneralString B ::= T61String C ::= ISO646String",
	    "A General, B Teletex, C Visible" },
	{ "A ::= B B ::= C C ::= NULL", "A -> B, B -> C, C NULL" },
	{ "A ::= SEQUENCE { a NULL, b-1 BOOLEAN OPTIONAL }",
	    "A SEQUENCE { a NULL, b-1 BOOLEAN? }" },
	{ "A ::= SET { a NULL }", "A SET { a NULL }" },
	{ "A ::= CHOICE { a NULL, b [0] A }", "A CHOICE { a NULL, b -> A { TAGi 0 } }" },
	{ "A ::= SEQUENCE OF SET OF NULL", "A SEQUENCE_OF { SET_OF { NULL } }" },
	{ "A ::= SEQUENCE OF SEQUENCE { a SET OF A OPTIONAL }",
	    "A SEQUENCE_OF { SEQUENCE { a SET_OF? { -> A } } }" },
	{ "A ::= SEQUENCE { a ANY DEFINED BY b, b INTEGER }",
	    "A SEQUENCE { a ANY { b # }, b INTEGER }" },
	{ "A ::= SEQUENCE { a [0] EXPLICIT ANY DEFINED BY b OPTIONAL, b NULL }",
	    "A SEQUENCE { a ANY? { TAGe 0, b # }, b NULL }" },
	/* named numbers and bits */
	{ "A ::= INTEGER { a(0), b(-1), c (2147483647) }",
	    "A INTEGER { a # 0, b # -1, c # 2147483647 }" },
	{ "A ::= ENUMERATED { a (0), b(7) }", "A ENUMERATED { a # 0, b # 7 }" },
	{ "A ::= BIT STRING { a(0), b(31) }", "A BITS { a # 0, b # 31 }" },
	{ "A ::= SEQUENCE { a INTEGER { a(1) }, b ENUMERATED { a(1) } }",
	    "A SEQUENCE { a INTEGER { a # 1 }, b ENUMERATED { a # 1 } }" },
	/* tags */
	{ "A ::= [0] NULL B ::= [1] EXPLICIT NULL C ::= [536870910] IMPLICIT NULL",
	    "A NULL { TAGi 0 }, B NULL { TAGe 1 }, C NULL { TAGi 536870910 }" },
	{ "A ::= [APPLICATION 1] NULL B ::= [PRIVATE 2] NULL C ::= [UNIVERSAL 3] IMPLICIT NULL",
	    "A NULL { TAGia 1 }, B NULL { TAGip 2 }, C NULL { TAGui 3 }" },
	/* SIZE */
	{ "A ::= OCTET STRING SIZE (3) B ::= OCTET STRING (SIZE (3)) C ::= OCTET STRING (SIZE "
	  "(1..MAX))",
	    "A OCTETS { SIZE 3 }, B OCTETS { SIZE 3 }, C OCTETS { MAX SIZE 1 }" },
	{ "A ::= SEQUENCE SIZE (1..4) OF NULL B ::= SET (SIZE (0..a)) OF NULL a INTEGER ::= 3",
	    "A SEQUENCE_OF { 4 SIZE 1, NULL }, B SET_OF { a SIZE 0, NULL }, a INTEGER:= 3" },
	{ "A ::= UTF8String (SIZE (4|16 | 20)) B ::= BIT STRING (SIZE (a..b)) a INTEGER ::= 1 "
	  "b INTEGER ::= 2",
	    "A UTF8 { SIZE 4|16|20 }, B BITS { b SIZE a }, a INTEGER:= 1, b INTEGER:= 2" },
	/* ranges are not kept */
	{ "A ::= INTEGER (0..MAX) B ::= INTEGER (MIN..-1) C ::= INTEGER { a(1) } (a | 3 | 5..a)",
	    "A INTEGER, B INTEGER, C INTEGER { a # 1 }" },
	{ "A ::= SEQUENCE { a B (1..2) OPTIONAL, b INTEGER (0..5) DEFAULT 3 } B ::= INTEGER",
	    "A SEQUENCE { a ->? B, b INTEGER { DEFAULT 3 } }, B INTEGER" },
	/* DEFAULT */
	{ "A ::= SEQUENCE { a BOOLEAN DEFAULT TRUE, b [0] BOOLEAN DEFAULT FALSE, c C DEFAULT TRUE } "
	  "C ::= BOOLEAN",
	    "A SEQUENCE { a BOOLEAN { DEFAULTT }, b BOOLEAN { DEFAULTF, TAGi 0 }, c -> C { DEFAULTT } }, C BOOLEAN" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT 5, b INTEGER { x(1) } DEFAULT x, c INTEGER DEFAULT -6, "
	  "d INTEGER DEFAULT y, e B DEFAULT z } y INTEGER ::= 2 B ::= C C ::= INTEGER { z(4) }",
	    "A SEQUENCE { a INTEGER { DEFAULT 5 }, b INTEGER { DEFAULT x, x # 1 }, c INTEGER { DEFAULT -6 }, d INTEGER { DEFAULT y }, e -> B { DEFAULT z } }, y INTEGER:= 2, B -> C, C INTEGER { z # 4 }" },
	{ "A ::= SEQUENCE { a ENUMERATED { x(1) } DEFAULT x, b OBJECT IDENTIFIER DEFAULT o } "
	  "o OBJECT IDENTIFIER ::= { 1 2 }",
	    "A SEQUENCE { a ENUMERATED { DEFAULT x, x # 1 }, b OID { DEFAULT o } }, o OID:= { # 1, # 2 }" },
	/* values */
	{ "a INTEGER ::= 0 b INTEGER ::= -2147483647", "a INTEGER:= 0, b INTEGER:= -2147483647" },
	{ "a OBJECT IDENTIFIER ::= { iso(1) 2 b(3) } b OBJECT IDENTIFIER ::= { a 4 c(5) }",
	    "a OID:= { iso # 1, # 2, b # 3 }, b OID:= { # a, # 4, c # 5 }" },
	{ "a OBJECT IDENTIFIER ::= { iso 3 } b OBJECT IDENTIFIER ::= { joint-iso-itu-t 25 "
	  "340282366920938463463374607431768211455 }",
	    "a OID:= { # 1, # 3 }, b OID:= { # 2, # 25, # 340282366920938463463374607431768211455 }" },
	{ "iso OBJECT IDENTIFIER ::= { 1 } a OBJECT IDENTIFIER ::= { iso 3 }",
	    "iso OID:= { # 1 }, a OID:= { # iso, # 3 }" },
	{ "A ::= OBJECT IDENTIFIER B ::= A a B ::= { 1 2 } b A ::= { a 3 }",
	    "A OID, B -> A, a OID:= B { # 1, # 2 }, b OID:= A { # a, # 3 }" },
	/* space and comments */
	{ "A::=SEQUENCE{a NULL,b NULL}--x--B::=NULL -- B ::= BOOLEAN\r\n-- -\rC ::=\t\v\f[0]NULL",
	    "A SEQUENCE { a NULL, b NULL }, B NULL, C NULL { TAGi 0 }" },
	{ "A ::= NULL --", "A NULL" },
	{ "a INTEGER ::= -1 b INTEGER ::= - 1 c INTEGER ::= ---- 2",
	    "a INTEGER:= -1, b INTEGER:= -1, c INTEGER:= 2" },
	{ "Sequence ::= NULL Set ::= Sequence Any ::= SEQUENCE { any Set, integer NULL }",
	    "Sequence NULL, Set -> Sequence, Any SEQUENCE { any -> Set, integer NULL }" },
};

static pki_bytes in_module(pki_buf *text, const char *body)
{
	put(text, "M DEFINITIONS IMPLICIT TAGS ::= BEGIN\n");
	put(text, body);
	put(text, "\nEND\n");
	return pki_buf_bytes(text);
}

START_TEST(good_bodies)
{
	for (size_t i = 0; i < LENGTH(good); i++) {
		pki_buf text = PKI_BUF_INIT, items = PKI_BUF_INIT;
		pki_error err = PKI_ERROR_INIT;
		pki_asn1_module *m = NULL;
		pki_status st = pki_asn1_compile(
		    in_module(&text, good[i].body), known, NULL, &m, &err);

		ck_assert_msg(st == PKI_SUCCESS, "%s: %s", good[i].body, t_error(&err));
		put_items(&items, m, pki_asn1_item_right(m, 1));
		ck_assert_str_eq(pki_asn1_item_text(m, m->items[0].name), "M");
		ck_assert_str_eq(pki_buf_str(&items), good[i].items);
		pki_free(m);
		pki_buf_free(&text);
		pki_buf_free(&items);
	}
}
END_TEST

/* ---- bad ---- */

static const struct {
	const char *body;
	pki_status status;
	size_t line; /* the body begins on line 2 */
	const char *detail;
} bad[] = {
	{ "A ::= NULL\nA ::= NULL", PKI_E_STRUCTURE, 3, "A" },
	{ "a INTEGER ::= 1\nA ::= NULL\na INTEGER ::= 1", PKI_E_STRUCTURE, 4, "a" },
	{ "A ::= B", PKI_E_STRUCTURE, 2, "B" },
	{ "A ::= SEQUENCE {\na NULL,\nb B }", PKI_E_STRUCTURE, 4, "B" },
	{ "A ::= SEQUENCE OF B", PKI_E_STRUCTURE, 2, "B" },
	{ "A ::= SEQUENCE {\na NULL,\na NULL }", PKI_E_STRUCTURE, 4, "a" },
	{ "A ::= CHOICE { a NULL, b SEQUENCE { a NULL, c NULL, c NULL } }", PKI_E_STRUCTURE, 2,
	    "c" },
	{ "A ::= SEQUENCE { b SEQUENCE { b NULL }, c NULL,\nb NULL }", PKI_E_STRUCTURE, 3, "b" },
	{ "A ::= INTEGER { a(1),\na(2) }", PKI_E_STRUCTURE, 3, "a" },
	{ "A ::= INTEGER { a(1),\nb(1) }", PKI_E_STRUCTURE, 3, "b" },
	{ "A ::= BIT STRING { a(1), b(2), c(1) }", PKI_E_STRUCTURE, 2, "c" },
	{ "A ::= ENUMERATED { a(1), a(1) }", PKI_E_STRUCTURE, 2, "a" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT b }", PKI_E_STRUCTURE, 2, "b" },
	{ "A ::= SEQUENCE {\na INTEGER DEFAULT 1,\nb INTEGER DEFAULT b }", PKI_E_STRUCTURE, 4,
	    "b" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT TRUE }", PKI_E_STRUCTURE, 2, "TRUE" },
	{ "A ::= SEQUENCE { a BOOLEAN DEFAULT 1 }", PKI_E_STRUCTURE, 2, "1" },
	{ "A ::= SEQUENCE { a BOOLEAN DEFAULT b } b INTEGER ::= 1", PKI_E_STRUCTURE, 2, "b" },
	{ "A ::= SEQUENCE { a ENUMERATED { b(1) } DEFAULT c }", PKI_E_STRUCTURE, 2, "c" },
	{ "A ::= SEQUENCE { a ENUMERATED { b(1) } DEFAULT 1 }", PKI_E_STRUCTURE, 2, "1" },
	{ "A ::= SEQUENCE { a B DEFAULT b } B ::= C C ::= ENUMERATED { c(1) } b INTEGER ::= 1",
	    PKI_E_STRUCTURE, 2, "b" },
	{ "A ::= SEQUENCE { a OBJECT IDENTIFIER DEFAULT b }", PKI_E_STRUCTURE, 2, "b" },
	{ "A ::= SEQUENCE { a OBJECT IDENTIFIER DEFAULT b } b INTEGER ::= 1", PKI_E_STRUCTURE, 2,
	    "b" },
	{ "A ::= SEQUENCE { a OBJECT IDENTIFIER DEFAULT 1 }", PKI_E_STRUCTURE, 2, "1" },
	{ "A ::= SEQUENCE { a B DEFAULT b } B ::= OBJECT IDENTIFIER b INTEGER ::= 1",
	    PKI_E_STRUCTURE, 2, "b" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT b } b OBJECT IDENTIFIER ::= { 1 2 }", PKI_E_STRUCTURE,
	    2, "b" },
	{ "A ::= SEQUENCE { a NULL DEFAULT b }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "A ::= SEQUENCE { a NULL DEFAULT NULL }", PKI_E_UNSUPPORTED, 2, "NULL" },
	{ "A ::= SEQUENCE { a OCTET STRING DEFAULT b }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "A ::= SEQUENCE { a SEQUENCE OF NULL DEFAULT {} }", PKI_E_UNSUPPORTED, 2, "{" },
	{ "A ::= SEQUENCE { a SEQUENCE { b NULL } DEFAULT b }", PKI_E_UNSUPPORTED, 2, "DEFAULT" },
	{ "A ::= SEQUENCE { a BIT STRING { b(1) } DEFAULT b }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "A ::= SEQUENCE { a ANY DEFAULT 1 }", PKI_E_UNSUPPORTED, 2, "1" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT - }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= SEQUENCE { a INTEGER DEFAULT 2147483648 }", PKI_E_LIMIT, 2, "2147483648" },
	{ "A ::= INTEGER DEFAULT 1", PKI_E_ENCODING, 2, "DEFAULT" },
	{ "A ::= INTEGER OPTIONAL", PKI_E_ENCODING, 2, "OPTIONAL" },
	{ "A ::= SEQUENCE { a INTEGER OPTIONAL DEFAULT 1 }", PKI_E_ENCODING, 2, "DEFAULT" },
	{ "A ::= SEQUENCE OF INTEGER OPTIONAL", PKI_E_ENCODING, 2, "OPTIONAL" },
	{ "A ::= SEQUENCE {}", PKI_E_UNSUPPORTED, 2, "}" },
	{ "A ::= SET { }", PKI_E_UNSUPPORTED, 2, "}" },
	{ "A ::= CHOICE { }", PKI_E_UNSUPPORTED, 2, "}" },
	{ "A ::= SEQUENCE", PKI_E_ENCODING, 2, "END" },
	{ "A ::= SEQUENCE { a }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= SEQUENCE { a NULL, }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= SEQUENCE { a NULL b NULL }", PKI_E_ENCODING, 2, "b" },
	{ "A ::= SEQUENCE { a NULL,, b NULL }", PKI_E_ENCODING, 2, "," },
	{ "A ::= SEQUENCE { NULL }", PKI_E_ENCODING, 2, "NULL" },
	{ "A ::= SEQUENCE { A NULL }", PKI_E_ENCODING, 2, "A" },
	{ "A ::= SEQUENCE { 1 NULL }", PKI_E_ENCODING, 2, "1" },
	{ "A ::= SEQUENCE { a b }", PKI_E_ENCODING, 2, "b" },
	{ "A ::= SEQUENCE { a NULL, ... }", PKI_E_UNSUPPORTED, 2, "..." },
	{ "A ::= SEQUENCE { ..., a NULL }", PKI_E_UNSUPPORTED, 2, "..." },
	{ "A ::= ENUMERATED { a(1), ... }", PKI_E_UNSUPPORTED, 2, "..." },
	{ "A ::= OCTET STRING (SIZE (1..2, ...))", PKI_E_UNSUPPORTED, 2, "," },
	{ "A ::= SEQUENCE { COMPONENTS OF B }", PKI_E_UNSUPPORTED, 2, "COMPONENTS" },
	{ "A ::= SEQUENCE { a NULL,\nCOMPONENTS OF B } B ::= SEQUENCE { b NULL }",
	    PKI_E_UNSUPPORTED, 3, "COMPONENTS" },
	{ "A ::= SEQUENCE { a [0] [1] NULL }", PKI_E_UNSUPPORTED, 2, "[" },
	{ "A ::= [0] EXPLICIT [1] NULL", PKI_E_UNSUPPORTED, 2, "[" },
	{ "A ::= SEQUENCE OF [0] NULL", PKI_E_UNSUPPORTED, 2, "[" },
	{ "A ::= SEQUENCE OF a NULL", PKI_E_UNSUPPORTED, 2, "a" },
	{ "A ::= SEQUENCE { a NULL } (SIZE (1))", PKI_E_UNSUPPORTED, 2, "(" },
	{ "A ::= B (SIZE (1)) B ::= OCTET STRING", PKI_E_UNSUPPORTED, 2, "SIZE" },
	{ "A ::= [1] IMPLICIT B SIZE (1) B ::= OCTET STRING", PKI_E_UNSUPPORTED, 2, "SIZE" },
	{ "A ::= SEQUENCE OF B (SIZE (1)) B ::= OCTET STRING", PKI_E_UNSUPPORTED, 2, "SIZE" },
	{ "A ::= SEQUENCE { a B (SIZE (1)) } B ::= OCTET STRING", PKI_E_UNSUPPORTED, 2, "SIZE" },
	{ "A ::= [536870911] NULL", PKI_E_LIMIT, 2, "536870911" },
	{ "A ::= [99999999999999999999] NULL", PKI_E_LIMIT, 2, "99999999999999999999" },
	{ "A ::= [a] NULL a INTEGER ::= 1", PKI_E_ENCODING, 2, "a" },
	{ "A ::= [-1] NULL", PKI_E_ENCODING, 2, "-" },
	{ "A ::= [] NULL", PKI_E_ENCODING, 2, "]" },
	{ "A ::= [0 1] NULL", PKI_E_ENCODING, 2, "1" },
	{ "A ::= [CONTEXT 1] NULL", PKI_E_ENCODING, 2, "CONTEXT" },
	{ "A ::= [0]", PKI_E_ENCODING, 2, "END" },
	{ "A ::= [0] EXPLICIT IMPLICIT NULL", PKI_E_ENCODING, 2, "IMPLICIT" },
	{ "A ::= ENUMERATED", PKI_E_ENCODING, 2, "END" },
	{ "A ::= ENUMERATED { a, b }", PKI_E_UNSUPPORTED, 2, "a" },
	{ "A ::= ENUMERATED { a(-1) }", PKI_E_UNSUPPORTED, 2, "-" },
	{ "A ::= ENUMERATED { a(b) }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "A ::= INTEGER { a }", PKI_E_UNSUPPORTED, 2, "a" },
	{ "A ::= INTEGER { a(1) b(2) }", PKI_E_ENCODING, 2, "b" },
	{ "A ::= INTEGER { a(2147483648) }", PKI_E_LIMIT, 2, "2147483648" },
	{ "A ::= INTEGER { }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= BIT STRING { a(-1) }", PKI_E_UNSUPPORTED, 2, "-" },
	{ "A ::= BIT STRING { }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= BIT STRING { a(1) } (SIZE (3))", PKI_E_UNSUPPORTED, 2, "(" },
	{ "A ::= BIT", PKI_E_ENCODING, 2, "BIT" },
	{ "A ::= OCTET", PKI_E_ENCODING, 2, "OCTET" },
	{ "A ::= OBJECT", PKI_E_ENCODING, 2, "OBJECT" },
	{ "A ::= IDENTIFIER", PKI_E_ENCODING, 2, "IDENTIFIER" },
	{ "A ::= STRING", PKI_E_ENCODING, 2, "STRING" },
	{ "A ::= NULL NULL", PKI_E_ENCODING, 2, "NULL" },
	{ "A ::= NULL { a(1) }", PKI_E_ENCODING, 2, "{" },
	{ "A ::= BOOLEAN { a(1) }", PKI_E_ENCODING, 2, "{" },
	{ "A ::= REAL", PKI_E_UNSUPPORTED, 2, "REAL" },
	{ "A ::= EXTERNAL", PKI_E_UNSUPPORTED, 2, "EXTERNAL" },
	{ "A ::= EMBEDDED PDV", PKI_E_UNSUPPORTED, 2, "EMBEDDED" },
	{ "A ::= CHARACTER STRING", PKI_E_UNSUPPORTED, 2, "CHARACTER" },
	{ "A ::= ObjectDescriptor", PKI_E_UNSUPPORTED, 2, "ObjectDescriptor" },
	{ "A ::= RELATIVE-OID", PKI_E_UNSUPPORTED, 2, "RELATIVE-OID" },
	{ "A ::= GraphicString", PKI_E_UNSUPPORTED, 2, "GraphicString" },
	{ "A ::= VideotexString", PKI_E_UNSUPPORTED, 2, "VideotexString" },
	{ "A ::= CLASS { &id OBJECT IDENTIFIER }", PKI_E_UNSUPPORTED, 2, "&" },
	{ "A ::= SEQUENCE { a B.&id }", PKI_E_UNSUPPORTED, 2, "." },
	{ "A ::= CLASS { a NULL }", PKI_E_UNSUPPORTED, 2, "CLASS" },
	{ "A ::= TYPE-IDENTIFIER", PKI_E_UNSUPPORTED, 2, "TYPE-IDENTIFIER" },
	{ "A ::= INSTANCE OF B", PKI_E_UNSUPPORTED, 2, "INSTANCE" },
	{ "A { B } ::= SEQUENCE { a B }", PKI_E_UNSUPPORTED, 2, "A" },
	{ "A ::= B { C } B ::= NULL C ::= NULL", PKI_E_UNSUPPORTED, 2, "{" },
	{ "A ::= SEQUENCE { a B { C } }", PKI_E_STRUCTURE, 2, "B" },
	{ "a { B } INTEGER ::= 1", PKI_E_UNSUPPORTED, 2, "a" },
	{ "A MACRO ::= BEGIN END", PKI_E_UNSUPPORTED, 2, "A" },
	{ "A ::= B (WITH COMPONENTS { a }) B ::= NULL", PKI_E_UNSUPPORTED, 2, "WITH" },
	{ "A ::= OCTET STRING (CONTAINING B)", PKI_E_UNSUPPORTED, 2, "CONTAINING" },
	{ "A ::= IA5String (FROM (a))", PKI_E_UNSUPPORTED, 2, "FROM" },
	{ "A ::= IA5String (SIZE (1..2) ^ FROM (a))", PKI_E_UNSUPPORTED, 2, "^" },
	{ "A ::= INTEGER (ALL EXCEPT 1)", PKI_E_UNSUPPORTED, 2, "ALL" },
	{ "A ::= INTEGER (0..5)(1..2)", PKI_E_UNSUPPORTED, 2, "(" },
	{ "A ::= INTEGER (0<..5)", PKI_E_UNSUPPORTED, 2, "<" },
	{ "A ::= INTEGER (0..)", PKI_E_ENCODING, 2, ")" },
	{ "A ::= INTEGER ()", PKI_E_ENCODING, 2, ")" },
	{ "A ::= INTEGER (1 2)", PKI_E_ENCODING, 2, "2" },
	{ "A ::= INTEGER (0..5", PKI_E_ENCODING, 2, "(" },
	{ "A ::= BOOLEAN (1)", PKI_E_UNSUPPORTED, 2, "(" },
	{ "A ::= UTF8String (1..2)", PKI_E_UNSUPPORTED, 2, "(" },
	{ "A ::= INTEGER (SIZE (1))", PKI_E_ENCODING, 2, "SIZE" },
	{ "A ::= NULL (SIZE (1))", PKI_E_ENCODING, 2, "(" },
	{ "A ::= OCTET STRING (SIZE (2..1))", PKI_E_STRUCTURE, 2, "1" },
	{ "A ::= OCTET STRING (SIZE (MIN..1))", PKI_E_ENCODING, 2, "MIN" },
	{ "A ::= OCTET STRING (SIZE (MAX))", PKI_E_ENCODING, 2, "MAX" },
	{ "A ::= OCTET STRING (SIZE (-1))", PKI_E_ENCODING, 2, "-" },
	{ "A ::= OCTET STRING (SIZE ())", PKI_E_ENCODING, 2, ")" },
	{ "A ::= OCTET STRING (SIZE 1)", PKI_E_ENCODING, 2, "1" },
	{ "A ::= OCTET STRING (SIZE (1..a))", PKI_E_STRUCTURE, 2, "a" },
	{ "A ::= OCTET STRING (SIZE (a)) a OBJECT IDENTIFIER ::= { 1 2 }", PKI_E_STRUCTURE, 2,
	    "a" },
	{ "A ::= OCTET STRING (SIZE (a|1)) a INTEGER ::= 1", PKI_E_UNSUPPORTED, 2, "|" },
	{ "A ::= OCTET STRING (SIZE (1|2..3))", PKI_E_ENCODING, 2, ".." },
	{ "A ::= OCTET STRING (SIZE (2147483648))", PKI_E_LIMIT, 2, "2147483648" },
	{ "A ::= OCTET STRING (SIZE (1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26))",
	    PKI_E_LIMIT, 2, "25" },
	{ "A ::= ANY DEFINED BY", PKI_E_ENCODING, 3, "END" },
	{ "A ::= ANY DEFINED BY B", PKI_E_ENCODING, 2, "B" },
	{ "A ::= ANY DEFINED", PKI_E_ENCODING, 2, "END" },
	{ "a INTEGER ::=", PKI_E_ENCODING, 4, "" },
	{ "a OBJECT IDENTIFIER ::= { { 1 } }", PKI_E_ENCODING, 2, "}" },
	{ "a INTEGER ::= b", PKI_E_UNSUPPORTED, 2, "b" },
	{ "a INTEGER ::= 2147483648", PKI_E_LIMIT, 2, "2147483648" },
	{ "a INTEGER ::= -2147483648", PKI_E_LIMIT, 2, "2147483648" },
	{ "a INTEGER ::= { 1 }", PKI_E_ENCODING, 2, "{" },
	{ "a INTEGER ::= 1 2", PKI_E_ENCODING, 2, "2" },
	{ "a INTEGER ::= TRUE", PKI_E_ENCODING, 2, "TRUE" },
	{ "a BOOLEAN ::= TRUE", PKI_E_UNSUPPORTED, 2, "a" },
	{ "a NULL ::= NULL", PKI_E_UNSUPPORTED, 2, "a" },
	{ "a UTF8String ::= \"\"", PKI_E_UNSUPPORTED, 2, "\"" },
	{ "A ::= INTEGER a A ::= 1", PKI_E_UNSUPPORTED, 2, "1" },
	{ "A ::= SEQUENCE OF NULL a A ::= { 1 2 }", PKI_E_UNSUPPORTED, 2, "A" },
	{ "a A ::= { 1 2 }", PKI_E_STRUCTURE, 2, "A" },
	{ "a OBJECT IDENTIFIER ::= 1", PKI_E_ENCODING, 2, "1" },
	{ "a OBJECT IDENTIFIER ::= { }", PKI_E_ENCODING, 2, "}" },
	{ "a OBJECT IDENTIFIER ::= { b 1 }", PKI_E_STRUCTURE, 2, "b" },
	{ "a OBJECT IDENTIFIER ::= { 1 b }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "a OBJECT IDENTIFIER ::= { iso standard 8571 }", PKI_E_UNSUPPORTED, 2, "standard" },
	{ "a OBJECT IDENTIFIER ::= { iso(b) 1 }", PKI_E_UNSUPPORTED, 2, "b" },
	{ "a OBJECT IDENTIFIER ::= { A 1 }", PKI_E_ENCODING, 2, "A" },
	{ "a OBJECT IDENTIFIER ::= { 1, 2 }", PKI_E_ENCODING, 2, "," },
	{ "a OBJECT IDENTIFIER ::= { 1 -2 }", PKI_E_ENCODING, 2, "-" },
	{ "a OBJECT IDENTIFIER ::= { 1 2 } { 3 }", PKI_E_ENCODING, 2, "{" },
	{ "a OBJECT IDENTIFIER ::= { a 1 }", PKI_E_STRUCTURE, 2, "a" },
	{ "a OBJECT IDENTIFIER ::= { b 1 }\nb OBJECT IDENTIFIER ::= { c 1 }\nc OBJECT IDENTIFIER ::= { b 1 }",
	    PKI_E_STRUCTURE, 3, "b" },
	{ "a OBJECT IDENTIFIER ::= { b 1 } b INTEGER ::= 1", PKI_E_STRUCTURE, 2, "b" },
	{ "a OBJECT ::= { 1 2 }", PKI_E_UNSUPPORTED, 2, "a" },
	{ "a RELATIVE-OID ::= { 1 2 }", PKI_E_UNSUPPORTED, 2, "a" },
	{ "A ::= a", PKI_E_ENCODING, 2, "a" },
	{ "A ::=", PKI_E_ENCODING, 3, "END" },
	{ "A", PKI_E_ENCODING, 3, "END" },
	{ "a", PKI_E_ENCODING, 3, "END" },
	{ "A B", PKI_E_ENCODING, 2, "B" },
	{ "A ::= NULL B", PKI_E_STRUCTURE, 2, "B" },
	{ "A :: = NULL", PKI_E_ENCODING, 2, ":" },
	{ "A := NULL", PKI_E_ENCODING, 2, ":" },
	{ "A = NULL", PKI_E_ENCODING, 2, "=" },
	{ "::= NULL", PKI_E_ENCODING, 2, "::=" },
	{ "INTEGER ::= NULL", PKI_E_ENCODING, 2, "INTEGER" },
	{ "SEQUENCE ::= SET", PKI_E_ENCODING, 2, "SEQUENCE" },
	{ "UTF8String ::= [UNIVERSAL 12] IMPLICIT OCTET STRING", PKI_E_ENCODING, 2, "UTF8String" },
	{ "MAX ::= NULL", PKI_E_ENCODING, 2, "MAX" },
	{ "A ::= MAX", PKI_E_ENCODING, 2, "MAX" },
	{ "A ::= TAGS", PKI_E_ENCODING, 2, "TAGS" },
	{ "A ::= AUTOMATIC", PKI_E_ENCODING, 2, "AUTOMATIC" },
	{ "A ::= EXPORTS", PKI_E_ENCODING, 2, "EXPORTS" },
	{ "A ::= NULL;", PKI_E_ENCODING, 2, ";" },
	{ "A ::= NULL,", PKI_E_ENCODING, 2, "," },
	{ "A ::= NULL )", PKI_E_ENCODING, 2, ")" },
	{ "A ::= NULL }", PKI_E_ENCODING, 2, "}" },
	{ "A ::= (NULL)", PKI_E_ENCODING, 2, "(" },
	{ "A ::= { a NULL }", PKI_E_ENCODING, 2, "{" },
	{ "A ::= SEQUENCE { a (NULL) }", PKI_E_ENCODING, 2, "(" },
	{ "A ::= SEQUENCE { a NULL )", PKI_E_ENCODING, 2, ")" },
	{ "A ::= SEQUENCE { a [0) NULL }", PKI_E_ENCODING, 2, ")" },
	{ "A ::= SEQUENCE {\na NULL", PKI_E_ENCODING, 2, "{" },
	{ "A ::= NULL | NULL", PKI_E_ENCODING, 2, "|" },
	{ "A ::= B | C B ::= NULL C ::= NULL", PKI_E_ENCODING, 2, "|" },
	{ "A ::= B - C", PKI_E_STRUCTURE, 2, "B" },
	{ "A ::= B . C", PKI_E_UNSUPPORTED, 2, "." },
	{ "A ::= a < A", PKI_E_UNSUPPORTED, 2, "<" },
	{ "A ::= 1", PKI_E_ENCODING, 2, "1" },
	{ "A ::= NULL 1", PKI_E_ENCODING, 2, "1" },
	{ "A ::= a-b", PKI_E_ENCODING, 2, "a-b" },
	{ "A- ::= NULL", PKI_E_ENCODING, 2, "A-" },
	{ "A ::= B- C", PKI_E_ENCODING, 2, "B-" },
	{ "1A ::= NULL", PKI_E_ENCODING, 2, "1A" },
	{ "A ::= 01", PKI_E_ENCODING, 2, "01" },
	{ "A_B ::= NULL", PKI_E_ENCODING, 2, "_" },
	{ "A ::= \"x\"", PKI_E_UNSUPPORTED, 2, "\"" },
	{ "A ::= '00'H", PKI_E_UNSUPPORTED, 2, "'" },
	{ "A ::= /* x */ NULL", PKI_E_UNSUPPORTED, 2, "/*" },
	{ "A ::= NULL @", PKI_E_UNSUPPORTED, 2, "@" },
	{ "A ::= NULL \x80", PKI_E_ENCODING, 2, "\\x80" },
	{ "A ::= N\xc3\x9cLL", PKI_E_ENCODING, 2, "\\xc3\\x9c" },
	{ "A ::= \xe2\x80\x9c", PKI_E_ENCODING, 2, "\\xe2\\x80\\x9c" },
	{ "A ::= \xe2\x80(", PKI_E_ENCODING, 2, "\\xe2\\x80" },
	{ "A ::= SEQUENCE { aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa NULL }",
	    PKI_E_LIMIT, 2, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	{ "A ::= [0000] NULL", PKI_E_ENCODING, 2, "0000" },
	{ "a OBJECT IDENTIFIER ::= { 1 1234567890123456789012345678901234567890 }", PKI_E_LIMIT, 2,
	    "1234567890123456789012345678901234567890" },
	{ "A ::= NULL\nEND\nB", PKI_E_UNSUPPORTED, 4, "B" },
	{ "A ::= NULL\nEND\nN DEFINITIONS ::= BEGIN B ::= NULL", PKI_E_UNSUPPORTED, 4, "N" },
	{ "IMPORTS ;\nBEGIN ::= NULL", PKI_E_ENCODING, 3, "BEGIN" },
	{ "A ::= SEQUENCE { a NULL } B ::= A { a }", PKI_E_UNSUPPORTED, 2, "{" },
	{ "A ::= TRUE", PKI_E_ENCODING, 2, "TRUE" },
	{ "A ::= SEQUENCE { a TRUE }", PKI_E_ENCODING, 2, "TRUE" },
	{ "A ::= OPTIONAL", PKI_E_ENCODING, 2, "OPTIONAL" },
	{ "A ::= OF NULL", PKI_E_ENCODING, 2, "OF" },
	{ "A ::= SEQUENCE OF", PKI_E_ENCODING, 2, "END" },
	{ "A ::= SEQUENCE OF OF NULL", PKI_E_ENCODING, 2, "OF" },
	{ "A ::= SEQUENCE SIZE (1) { a NULL }", PKI_E_ENCODING, 2, "{" },
	{ "A ::= SIZE (1) OF NULL", PKI_E_ENCODING, 2, "SIZE" },
	{ "A ::= EXPLICIT NULL", PKI_E_ENCODING, 2, "EXPLICIT" },
	{ "A ::= CHOICE OF NULL", PKI_E_ENCODING, 2, "OF" },
	{ "A ::= CHOICE OF { a NULL }", PKI_E_ENCODING, 2, "{" },
};

START_TEST(bad_bodies)
{
	for (size_t i = 0; i < LENGTH(bad); i++) {
		pki_asn1_module *m = (pki_asn1_module *)bad;
		pki_buf text = PKI_BUF_INIT;
		pki_error err = PKI_ERROR_INIT;
		pki_status st = pki_asn1_compile(
		    in_module(&text, bad[i].body), known, NULL, &m, &err);

		ck_assert_msg(st == bad[i].status, "%s: %s", bad[i].body, t_error(&err));
		ck_assert_int_eq(pki_error_status(&err), st);
		ck_assert_ptr_null(m);
		ck_assert_msg(
		    pki_error_line(&err) == bad[i].line, "%s: %s", bad[i].body, t_error(&err));
		ck_assert_str_eq(pki_error_detail(&err), bad[i].detail);
		pki_buf_free(&text);
	}
}
END_TEST

/* ---- heads ---- */

static const struct {
	const char *text;
	pki_status status;
	size_t line;
	const char *detail, *items;
} heads[] = {
	{ "M DEFINITIONS ::= BEGIN A ::= [0] NULL END", 0, 0, "", "A NULL { TAGe 0 }" },
	{ "M DEFINITIONS EXPLICIT TAGS ::= BEGIN A ::= [0] NULL END", 0, 0, "",
	    "A NULL { TAGe 0 }" },
	{ "M DEFINITIONS IMPLICIT TAGS ::= BEGIN A ::= [0] NULL END", 0, 0, "",
	    "A NULL { TAGi 0 }" },
	{ "M{}DEFINITIONS::=BEGIN A::=NULL END", 0, 0, "", "A NULL" },
	{ "--x\nM { iso(1) a 2 b(3) }\nDEFINITIONS ::=\nBEGIN\nA ::= NULL\nEND\n\n", 0, 0, "",
	    "A NULL" },
	{ "M DEFINITIONS ::= BEGIN EXPORTS ; A ::= NULL END", 0, 0, "", "A NULL" },
	{ "M DEFINITIONS ::= BEGIN EXPORTS A, b; IMPORTS ; A ::= NULL END", 0, 0, "", "A NULL" },
	{ "M DEFINITIONS ::= BEGIN EXPORTS ALL; A ::= NULL END", 0, 0, "", "A NULL" },
	{ "\xef\xbb\xbfM DEFINITIONS ::= BEGIN A ::= NULL END", 0, 0, "", "A NULL" },
	{ "\xef\xbb\xbf\xef\xbb\xbfM DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1,
	    "\\xef\\xbb\\xbf", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88; A ::= Name END", 0, 0, "",
	    "A -> Name, Name CHOICE" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS id-pe, Time FROM PKIX1Explicit88 { 1 2 }\n"
	  "KeyIdentifier FROM PKIX1Implicit88; a OBJECT IDENTIFIER ::= { id-pe 1 } END",
	    0, 0, "",
	    "a OID:= { # id-pe, # 1 }, id-pe OID:= { # 0, # 0 }, Time CHOICE, KeyIdentifier OCTETS" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS AttributeType FROM PKIX1Explicit88; a AttributeType ::= { 1 "
	  "2 } A ::= SEQUENCE { b AttributeType DEFAULT a } END",
	    0, 0, "",
	    "a OID:= AttributeType { # 1, # 2 }, A SEQUENCE { b -> AttributeType { DEFAULT a } }, "
	    "AttributeType OID" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS CRLReason FROM PKIX1Implicit88; A ::= SEQUENCE { b "
	  "CRLReason DEFAULT unspecified } END",
	    0, 0, "",
	    "A SEQUENCE { b -> CRLReason { DEFAULT unspecified } }, CRLReason ENUMERATED" },
	{ "", PKI_E_ENCODING, 1, "", "" },
	{ "\n\n  -- x --", PKI_E_ENCODING, 3, "", "" },
	{ "DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "DEFINITIONS", "" },
	{ "m DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "m", "" },
	{ "M\n{ DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 2, "{", "" },
	{ "M\n{ A } DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 2, "{", "" },
	{ "M id DEFINITIONS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "id", "" },
	{ "M ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "::=", "" },
	{ "M DEFINITIONS\nAUTOMATIC TAGS ::= BEGIN A ::= NULL END", PKI_E_UNSUPPORTED, 2,
	    "AUTOMATIC", "" },
	{ "M DEFINITIONS EXTENSIBILITY IMPLIED ::= BEGIN A ::= NULL END", PKI_E_UNSUPPORTED, 1,
	    "EXTENSIBILITY", "" },
	{ "M DEFINITIONS IMPLICIT TAGS EXTENSIBILITY IMPLIED ::= BEGIN A ::= NULL END",
	    PKI_E_UNSUPPORTED, 1, "EXTENSIBILITY", "" },
	{ "M DEFINITIONS IMPLICIT ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "::=", "" },
	{ "M DEFINITIONS TAGS ::= BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "TAGS", "" },
	{ "M DEFINITIONS BEGIN A ::= NULL END", PKI_E_ENCODING, 1, "BEGIN", "" },
	{ "M DEFINITIONS ::= A ::= NULL END", PKI_E_ENCODING, 1, "A", "" },
	{ "M DEFINITIONS ::= BEGIN END", PKI_E_ENCODING, 1, "", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88; END", PKI_E_ENCODING, 1, "",
	    "" },
	{ "M DEFINITIONS ::= BEGIN\nA ::= NULL\n", PKI_E_ENCODING, 3, "", "" },
	{ "M DEFINITIONS ::= BEGIN EXPORTS A A ::= NULL END", PKI_E_ENCODING, 1, "::=", "" },
	{ "M DEFINITIONS ::= BEGIN EXPORTS 1; A ::= NULL END", PKI_E_ENCODING, 1, "1", "" },
	{ "M DEFINITIONS ::= BEGIN A ::= NULL IMPORTS Name FROM PKIX1Explicit88; END",
	    PKI_E_ENCODING, 1, "IMPORTS", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS\nName FROM Nothing; A ::= NULL END", PKI_E_NOTFOUND, 2,
	    "Nothing", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name,\nNothing FROM PKIX1Explicit88; A ::= NULL END",
	    PKI_E_NOTFOUND, 2, "Nothing", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Implicit88; A ::= NULL END",
	    PKI_E_NOTFOUND, 1, "Name", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name, Name FROM PKIX1Explicit88; A ::= NULL END",
	    PKI_E_STRUCTURE, 1, "Name", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88;\nName ::= NULL END",
	    PKI_E_STRUCTURE, 2, "Name", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name PKIX1Explicit88; A ::= NULL END", PKI_E_ENCODING, 1,
	    "PKIX1Explicit88", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88 A ::= NULL END",
	    PKI_E_ENCODING, 1, "::=", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM x; A ::= NULL END", PKI_E_ENCODING, 1, "x",
	    "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name, FROM PKIX1Explicit88; A ::= NULL END",
	    PKI_E_ENCODING, 1, "FROM", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS NULL FROM PKIX1Explicit88; A ::= NULL END",
	    PKI_E_ENCODING, 1, "NULL", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88 { A }; A ::= NULL END",
	    PKI_E_ENCODING, 1, "{", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS id-pe FROM PKIX1Explicit88; A ::= OCTET STRING (SIZE "
	  "(id-pe)) END",
	    PKI_E_STRUCTURE, 1, "id-pe", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88; A ::= SEQUENCE { b Name DEFAULT c "
	  "} END",
	    PKI_E_UNSUPPORTED, 1, "c", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS CRLReason FROM PKIX1Implicit88; A ::= SEQUENCE { b CRLReason "
	  "DEFAULT 1 } END",
	    PKI_E_STRUCTURE, 1, "1", "" },
	{ "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88; a Name ::= { 1 2 } END",
	    PKI_E_UNSUPPORTED, 1, "Name", "" },
};

START_TEST(module_heads)
{
	for (size_t i = 0; i < LENGTH(heads); i++) {
		pki_asn1_module *m = NULL;
		pki_buf items = PKI_BUF_INIT;
		pki_error err = PKI_ERROR_INIT;
		pki_status st = pki_asn1_compile(
		    pki_bytes_str(heads[i].text), known, NULL, &m, &err);

		ck_assert_msg(st == heads[i].status, "%s: %s", heads[i].text, t_error(&err));
		ck_assert_msg(
		    pki_error_line(&err) == heads[i].line, "%s: %s", heads[i].text, t_error(&err));
		ck_assert_str_eq(pki_error_detail(&err), heads[i].detail);
		if (st == PKI_SUCCESS)
			put_items(&items, m, pki_asn1_item_right(m, 1));
		ck_assert_str_eq(pki_buf_str(&items), heads[i].items);
		pki_buf_free(&items);
		pki_free(m);
	}
}
END_TEST

/* ---- limits ---- */

/* The body: what comes before, `times` of the same, where %zu is a number, and what comes after. */
static const struct {
	const char *before, *each, *after;
	size_t times;
	pki_status status;
} limits[] = {
	{ "A ::= ", "SEQUENCE OF ", "NULL", 32, PKI_SUCCESS },
	{ "A ::= ", "SEQUENCE OF ", "NULL", 33, PKI_E_LIMIT },
	{ "A ::= ", "SEQUENCE OF ", "NULL", 4000, PKI_E_LIMIT },
	{ "A ::= SEQUENCE { a ", "SEQUENCE OF ", "NULL, b SET OF NULL }", 31, PKI_SUCCESS },
	{ "A ::= SEQUENCE { a ", "SEQUENCE OF ", "NULL, b SET OF NULL }", 32, PKI_E_LIMIT },
	{ "A ::= NULL B ::= SEQUENCE { ", "x%zu SEQUENCE OF SEQUENCE OF NULL, ", "y NULL }", 1000,
	    PKI_SUCCESS },
	{ "A ::= ", "SEQUENCE { a ", "NULL", 33, PKI_E_LIMIT },
	{ "A ::= ", "(", "", 33, PKI_E_LIMIT },
	{ "A ::= SEQUENCE { ", "x%zu NULL, ", "y NULL }", 1023, PKI_SUCCESS },
	{ "A ::= SEQUENCE { ", "x%zu NULL, ", "y NULL }", 1024, PKI_E_LIMIT },
	{ "A ::= INTEGER { ", "x%zu(%zu), ", "y(-1) }", 1023, PKI_SUCCESS },
	{ "A ::= INTEGER { ", "x%zu(%zu), ", "y(-1) }", 1024, PKI_E_LIMIT },
	{ "a OBJECT IDENTIFIER ::= { ", "1 ", "}", 128, PKI_SUCCESS },
	{ "a OBJECT IDENTIFIER ::= { ", "1 ", "}", 129, PKI_E_LIMIT },
	{ "A ::= NULL ", "A%zu ::= A\n", "", 4095, PKI_SUCCESS },
	{ "A ::= NULL ", "A%zu ::= A\n", "", 4096, PKI_E_LIMIT },
	{ "A ::= NULL a0 OBJECT IDENTIFIER ::= { 1 2 } ",
	    "b%zu OBJECT IDENTIFIER ::= { a%zu 1 } a%zu OBJECT IDENTIFIER ::= { b%zu 1 } ", "", 500,
	    PKI_E_STRUCTURE },
	{ "A ::= NULL", "\n", "", 65000, PKI_SUCCESS },
	{ "A ::= NULL", "\n", "", 65536, PKI_E_LIMIT },
	{ "A ::= NULL", "/", "", 1, PKI_E_UNSUPPORTED },
};

START_TEST(over_limits)
{
	for (size_t i = 0; i < LENGTH(limits); i++) {
		pki_asn1_module *m = NULL;
		pki_buf body = PKI_BUF_INIT, text = PKI_BUF_INIT;
		pki_error err = PKI_ERROR_INIT;
		char each[128];
		pki_status st;

		put(&body, limits[i].before);
		for (size_t n = 0; n < limits[i].times; n++) {
			snprintf(each, sizeof each, limits[i].each, n, n, n, n);
			put(&body, each);
		}
		put(&body, limits[i].after);
		st = pki_asn1_compile(in_module(&text, pki_buf_str(&body)), known, NULL, &m, &err);
		ck_assert_msg(st == limits[i].status, "%s %zu: %s", limits[i].each, limits[i].times,
		    t_error(&err));
		pki_free(m);
		pki_buf_free(&body);
		pki_buf_free(&text);
	}
}
END_TEST

/* ---- the modules that are shipped ---- */

static const asn1_static_node *tree_of(const char *name)
{
	for (size_t i = 0; i < LENGTH(asn1_modules); i++)
		if (strcmp(asn1_modules[i].name, name) == 0)
			return asn1_modules[i].tree;
	ck_abort_msg("%s: asn1Parser did not compile it", name);
	return NULL;
}

/* The production of that name: a child of node 0. 0: none. */
static size_t production(const asn1_static_node *tree, const char *name)
{
	bool right[64]; /* has the node that is so deep a sibling? */
	size_t depth = 0;

	for (size_t i = 0; i == 0 || depth > 0; i++) {
		if (depth == 1 && tree[i].name != NULL && strcmp(tree[i].name, name) == 0)
			return i;
		ck_assert_uint_lt(depth, LENGTH(right));
		if ((tree[i].type & ITEM_DOWN) != 0)
			right[depth++] = (tree[i].type & ITEM_RIGHT) != 0;
		else if ((tree[i].type & ITEM_RIGHT) == 0)
			while (depth > 0 && !right[--depth])
				continue;
	}
	return 0;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A whole production has the items from `first` on, up to `end`. */
static void same_items(const pki_asn1_module *m, size_t first, size_t end)
{
	const char *module = pki_asn1_item_text(m, m->items[0].name);
	const char *name = pki_asn1_item_text(m, m->items[first].name);
	const asn1_static_node *tree = tree_of(module);
	size_t at = production(tree, name);

	ck_assert_msg(at != 0, "%s.%s: asn1Parser does not have it", module, name);
	for (size_t i = first; i < end; i++, at++) {
		uint32_t other = tree[at].type ^ m->items[i].bits;

		ck_assert_msg((other & ~(i == first ? ITEM_RIGHT : 0)) == 0 &&
			same_text(tree[at].name, pki_asn1_item_text(m, m->items[i].name)) &&
			same_text(tree[at].value, pki_asn1_item_text(m, m->items[i].value)),
		    "%s.%s: item %zu differs", module, name, i - first);
	}
}

START_TEST(shipped_modules)
{
	size_t modules = 0, productions = 0;

	for (; pki_asn1_shipped[modules] != NULL; modules++) {
		const pki_asn1_module *m = pki_asn1_shipped[modules];
		size_t next;

		for (size_t i = pki_asn1_item_right(m, 1); i != 0 && i < m->imported; i = next) {
			next = pki_asn1_item_right(m, i);
			same_items(m, i, next == 0 ? m->item_count : next);
			productions++;
		}
	}
	ck_assert_uint_eq(modules, LENGTH(asn1_modules));
	ck_assert_uint_gt(productions, 300);
}
END_TEST

/* The OBJECT IDENTIFIERs that are directly followed by a type, all of them: pki_asn1_type_of. */
static const struct {
	const char *module, *oid, *type;
} meanings[] = {
	{ "PKIX1Explicit88", "id-at-name", "X520name" },
	{ "PKIX1Explicit88", "id-at-commonName", "X520CommonName" },
	{ "PKIX1Explicit88", "id-at-localityName", "X520LocalityName" },
	{ "PKIX1Explicit88", "id-at-stateOrProvinceName", "X520StateOrProvinceName" },
	{ "PKIX1Explicit88", "id-at-organizationName", "X520OrganizationName" },
	{ "PKIX1Explicit88", "id-at-organizationalUnitName", "X520OrganizationalUnitName" },
	{ "PKIX1Explicit88", "id-at-title", "X520Title" },
	{ "PKIX1Explicit88", "id-at-dnQualifier", "X520dnQualifier" },
	{ "PKIX1Explicit88", "id-at-countryName", "X520countryName" },
	{ "PKIX1Explicit88", "id-at-serialNumber", "X520SerialNumber" },
	{ "PKIX1Explicit88", "id-at-pseudonym", "X520Pseudonym" },
	{ "PKIX1Explicit88", "id-domainComponent", "DomainComponent" },
	{ "PKIX1Explicit88", "id-emailAddress", "EmailAddress" },
	{ "PKIX1Implicit88", "id-ce-authorityKeyIdentifier", "AuthorityKeyIdentifier" },
	{ "PKIX1Implicit88", "id-ce-subjectKeyIdentifier", "SubjectKeyIdentifier" },
	{ "PKIX1Implicit88", "id-ce-keyUsage", "KeyUsage" },
	{ "PKIX1Implicit88", "id-ce-certificatePolicies", "CertificatePolicies" },
	{ "PKIX1Implicit88", "id-qt-cps", "CPSuri" },
	{ "PKIX1Implicit88", "id-qt-unotice", "UserNotice" },
	{ "PKIX1Implicit88", "id-ce-policyMappings", "PolicyMappings" },
	{ "PKIX1Implicit88", "id-ce-subjectAltName", "SubjectAltName" },
	{ "PKIX1Implicit88", "id-ce-issuerAltName", "IssuerAltName" },
	{ "PKIX1Implicit88", "id-ce-subjectDirectoryAttributes", "SubjectDirectoryAttributes" },
	{ "PKIX1Implicit88", "id-ce-basicConstraints", "BasicConstraints" },
	{ "PKIX1Implicit88", "id-ce-nameConstraints", "NameConstraints" },
	{ "PKIX1Implicit88", "id-ce-policyConstraints", "PolicyConstraints" },
	{ "PKIX1Implicit88", "id-ce-extKeyUsage", "ExtKeyUsageSyntax" },
	{ "PKIX1Implicit88", "id-ce-cRLDistributionPoints", "CRLDistributionPoints" },
	{ "PKIX1Implicit88", "id-ce-inhibitAnyPolicy", "InhibitAnyPolicy" },
	{ "PKIX1Implicit88", "id-ce-freshestCRL", "FreshestCRL" },
	{ "PKIX1Implicit88", "id-pe-authorityInfoAccess", "AuthorityInfoAccessSyntax" },
	{ "PKIX1Implicit88", "id-pe-subjectInfoAccess", "SubjectInfoAccessSyntax" },
	{ "PKIX1Implicit88", "id-ce-cRLNumber", "CRLNumber" },
	{ "PKIX1Implicit88", "id-ce-deltaCRLIndicator", "BaseCRLNumber" },
	{ "PKIX1Implicit88", "id-ce-issuingDistributionPoint", "IssuingDistributionPoint" },
	{ "PKIX1Implicit88", "id-ce-cRLReasons", "CRLReason" },
	{ "PKIX1Implicit88", "id-ce-invalidityDate", "InvalidityDate" },
	{ "PKIX1Implicit88", "id-ce-certificateIssuer", "CertificateIssuer" },
	{ "OtherNames", "id-on-SmtpUTF8Mailbox", "SmtpUTF8Mailbox" },
	{ "OtherNames", "userPrincipalName", "UserPrincipalName" },
	{ "OtherExtensions", "id-pe-tlsfeature", "Features" },
	{ "OtherExtensions", "id-pkix-ocsp-nocheck", "OCSPNoCheck" },
	{ "OtherExtensions", "id-ce-noRevAvail", "NoRevAvail" },
	{ "OtherExtensions", "id-ce-privateKeyUsagePeriod", "PrivateKeyUsagePeriod" },
	{ "OtherExtensions", "enrollCertType", "CertificateTemplateName" },
	{ "OtherExtensions", "certificateTemplate", "CertificateTemplateOID" },
	{ "OtherExtensions", "caVersion", "CAVersion" },
	{ "OtherExtensions", "previousCertHash", "PreviousCertHash" },
	{ "OtherExtensions", "netscapeCertType", "NetscapeCertType" },
	{ "OtherExtensions", "netscapeComment", "NetscapeComment" },
	{ "QualifiedCertificates", "id-pe-qcStatements", "QCStatements" },
	{ "QualifiedCertificates", "id-qcs-pkixQCSyntax-v2", "SemanticsInformation" },
	{ "QualifiedCertificates", "id-etsi-qcs-QcLimitValue", "QcEuLimitValue" },
	{ "QualifiedCertificates", "id-etsi-qcs-QcRetentionPeriod", "QcEuRetentionPeriod" },
	{ "QualifiedCertificates", "id-etsi-qcs-QcPDS", "QcEuPDS" },
	{ "QualifiedCertificates", "id-etsi-qcs-QcType", "QcType" },
	{ "QualifiedCertificates", "id-etsi-qcs-QcCClegislation", "QcCClegislation" },
	{ "IPAddrAndASCertExtn", "id-pe-ipAddrBlocks", "IPAddrBlocks" },
	{ "IPAddrAndASCertExtn", "id-pe-autonomousSysIds", "ASIdentifiers" },
	{ "CMS", "id-signedData", "SignedData" },
	{ "PKCS-9", "pkcs-9-at-unstructuredName", "PKCS9String" },
	{ "PKCS-9", "pkcs-9-at-challengePassword", "ChallengePassword" },
	{ "PKCS-9", "pkcs-9-at-unstructuredAddress", "UnstructuredAddress" },
	{ "PKCS-9", "pkcs-9-at-extensionRequest", "ExtensionRequest" },
	{ "PKCS-5", "id-PBKDF2", "PBKDF2-params" },
	{ "PKCS-5", "id-scrypt", "Scrypt-params" },
	{ "PKCS-5", "pbeWithSHA1AndRC2-CBC", "PBEParameter" },
	{ "PKCS-5", "id-PBES2", "PBES2-params" },
	{ "PKCS-5", "aes256-CBC-PAD", "AES-IV" },
	{ "PKCS-5", "rc2CBC", "RC2-CBC-Parameter" },
	{ "PKCS-1", "id-RSASSA-PSS", "RSASSA-PSS-params" },
	{ "PKCS-1", "id-mgf1", "HashAlgorithm" },
	{ "EC", "id-ecPublicKey", "ECParameters" },
	{ "DSA", "id-dsa", "Dss-Parms" },
};

START_TEST(shipped_meanings)
{
	size_t count = 0;

	for (size_t k = 0; pki_asn1_shipped[k] != NULL; k++) {
		const pki_asn1_module *m = pki_asn1_shipped[k];
		size_t before = 0;

		for (size_t i = pki_asn1_item_right(m, 1); i != 0 && i < m->imported;
		     before = i, i = pki_asn1_item_right(m, i)) {
			uint32_t what = before == 0
			    ? 0
			    : m->items[before].bits & (ITEM_ASSIGN | ITEM_TYPE);

			if (what != (ITEM_ASSIGN | ITEM_OBJECT_ID) ||
			    (m->items[i].bits & ITEM_ASSIGN) != 0)
				continue;
			ck_assert_uint_lt(count, LENGTH(meanings));
			ck_assert_str_eq(
			    pki_asn1_item_text(m, m->items[0].name), meanings[count].module);
			ck_assert_str_eq(
			    pki_asn1_item_text(m, m->items[before].name), meanings[count].oid);
			ck_assert_str_eq(
			    pki_asn1_item_text(m, m->items[i].name), meanings[count].type);
			count++;
		}
	}
	ck_assert_uint_eq(count, LENGTH(meanings));
}
END_TEST

/* ---- names and lines ---- */

START_TEST(lines)
{
	pki_bytes text = pki_bytes_str("M DEFINITIONS ::= BEGIN IMPORTS B FROM N;\n"
				       "A ::= ANY DEFINED BY a C ::= B\r\n"
				       "b INTEGER ::= 1 -- c\n\n"
				       "a OBJECT IDENTIFIER ::= { b 1 } c\n"
				       "C ::= { a }\n"
				       "END");

	ck_assert_uint_eq(pki_asn1_line_of(text, "A"), 2);
	ck_assert_uint_eq(pki_asn1_line_of(text, "C"), 2);
	ck_assert_uint_eq(pki_asn1_line_of(text, "b"), 3);
	ck_assert_uint_eq(pki_asn1_line_of(text, "a"), 5);
	ck_assert_uint_eq(pki_asn1_line_of(text, "c"), 5);
	ck_assert_uint_eq(pki_asn1_line_of(text, "B"), 0);
	ck_assert_uint_eq(pki_asn1_line_of(text, ""), 0);
	ck_assert_uint_eq(pki_asn1_line_of(pki_bytes_str("M {"), "M"), 0);
	ck_assert_uint_eq(pki_asn1_line_of(pki_bytes_of(NULL, 0), "M"), 0);
}
END_TEST

START_TEST(known_names)
{
	const char *text =
	    "M DEFINITIONS ::= BEGIN IMPORTS Name FROM PKIX1Explicit88; A ::= Name "
	    "B ::= C C ::= SET OF NULL a INTEGER ::= 1 b OBJECT IDENTIFIER ::= { 1 2 "
	    "} D ::= E E ::= D END";
	pki_asn1_module *m = NULL;
	uint32_t bits = 0;

	t_ok(pki_asn1_compile(pki_bytes_str(text), known, NULL, &m, err));
	ck_assert(pki_asn1_item_known(m, "A", &bits));
	ck_assert_uint_eq(bits, ITEM_CHOICE);
	ck_assert(pki_asn1_item_known(m, "B", &bits));
	ck_assert_uint_eq(bits, ITEM_SET_OF);
	ck_assert(pki_asn1_item_known(m, "a", &bits));
	ck_assert_uint_eq(bits, ITEM_ASSIGN | ITEM_INTEGER);
	ck_assert(pki_asn1_item_known(m, "b", &bits));
	ck_assert_uint_eq(bits, ITEM_ASSIGN | ITEM_OBJECT_ID);
	ck_assert(!pki_asn1_item_known(m, "Name", &bits));
	ck_assert(!pki_asn1_item_known(m, "M", &bits));
	ck_assert(!pki_asn1_item_known(m, "c", &bits));
	ck_assert(!pki_asn1_item_known(m, "", &bits));
	ck_assert(!pki_asn1_item_known(m, "D", &bits));
	pki_free(m);
}
END_TEST

/* They are searched for by halves. */
START_TEST(reserved_words)
{
	static const char *const all[] = { "ABSENT", "ANY", "BIT", "BMPString", "BOOLEAN", "BY",
		"DEFAULT", "DEFINED", "ENUMERATED", "FALSE", "GeneralString", "GeneralizedTime",
		"IA5String", "IDENTIFIER", "INTEGER", "ISO646String", "NULL", "OF", "OPTIONAL",
		"ObjectDescriptor", "PLUS-INFINITY", "PrintableString", "RELATIVE-OID", "SEQUENCE",
		"SET", "SIZE", "STRING", "T61String", "TAGS", "TRUE", "TeletexString", "UNIVERSAL",
		"UTCTime", "UTF8String", "UniversalString", "VideotexString", "VisibleString",
		"WITH" };

	for (size_t i = 0; i < LENGTH(all); i++)
		ck_assert_msg(pki_asn1_word_of(pki_bytes_str(all[i])) != NULL, "%s", all[i]);
	ck_assert_ptr_null(pki_asn1_word_of(pki_bytes_str("Any")));
	ck_assert_ptr_null(pki_asn1_word_of(pki_bytes_str("SEQUENC")));
	ck_assert_ptr_null(pki_asn1_word_of(pki_bytes_str("SEQUENCES")));
	ck_assert_ptr_null(pki_asn1_word_of(pki_bytes_of(NULL, 0)));
}
END_TEST

/* ---- what libtasn1 writes ---- */

#define HEAD "const asn1_static_node m[] = {\n  { \"M\", 536872976, NULL },\n"
#define OID  "  { NULL, 1073741836, NULL },\n"
#define SEQ  "  { \"A\", 536870917, NULL },\n"
#define COMP "  { \"a\", 536870914, \"A\"},\n"
#define TAG  "  { NULL, 4104, \"0\"},\n"
#define TAIL "  { NULL, 0, NULL }\n};\n"

static const struct {
	const char *array;
	pki_status status;
} arrays[] = {
	{ HEAD OID SEQ COMP TAG TAIL, PKI_SUCCESS },
	{ "", PKI_E_IO },
	{ "m[] = {\n};\n", PKI_E_IO },
	{ "m[] = {\n" TAIL, PKI_E_IO },
	{ HEAD OID SEQ COMP TAIL, PKI_E_NOMEM },
	{ HEAD OID SEQ COMP TAG TAG TAIL, PKI_E_NOMEM },
	{ HEAD OID SEQ COMP "  { NULL, 4104, NULL },\n" TAIL, PKI_E_NOMEM },
	{ HEAD OID SEQ "  { \"a\", 536870914, NULL },\n" TAG TAIL, PKI_E_NOMEM },
	{ HEAD OID SEQ COMP "  { NULL, 1073745928, \"0\"},\n" TAIL, PKI_E_IO },
	{ HEAD OID "  { \"A\", 5, NULL },\n" COMP TAG TAIL, PKI_E_IO },
	{ HEAD OID SEQ COMP "  { NULL, 4294967296, \"0\"},\n" TAIL, PKI_E_IO },
	{ HEAD OID SEQ COMP "  { NULL, , \"0\"},\n" TAIL, PKI_E_IO },
	{ HEAD OID SEQ COMP "  { NULL, 4104, \"0},\n" TAIL, PKI_E_IO },
	{ HEAD OID SEQ COMP "  { 0, 4104, \"0\"},\n" TAIL, PKI_E_IO },
};

static pki_status read_rows(const pki_asn1_source *s, pki_bytes array)
{
	pki_asn1_module *m = NULL;
	pki_status st = pki_asn1_rows_read(array, s, &m, NULL);

	pki_free(m);
	return st;
}

START_TEST(broken_arrays)
{
	pki_bytes whole = pki_bytes_str(arrays[0].array);
	pki_asn1_source s;

	t_ok(pki_asn1_source_read(
	    pki_bytes_str("M DEFINITIONS ::= BEGIN A ::= SEQUENCE { a [0] A } END"), known, NULL,
	    &s, err));
	for (size_t i = 0; i < LENGTH(arrays); i++)
		ck_assert_msg(
		    read_rows(&s, pki_bytes_str(arrays[i].array)) == arrays[i].status, "%zu", i);
	for (size_t n = 0; n < whole.len; n++)
		ck_assert_int_eq(read_rows(&s, pki_bytes_of(whole.data, n)), PKI_E_IO);
	pki_asn1_source_free(&s);
}
END_TEST

/* ---- memory ---- */

static const char with_all[] =
    "M DEFINITIONS IMPLICIT TAGS ::= BEGIN\n"
    "IMPORTS id-pe, Name, AttributeType FROM PKIX1Explicit88 KeyIdentifier FROM PKIX1Implicit88;\n"
    "A ::= SEQUENCE { a [0] INTEGER { x(1), y(2) } DEFAULT x, b SET SIZE (1..most) OF Name,\n"
    "  c CHOICE { d NULL, e ENUMERATED { f(0) } } OPTIONAL, g ANY DEFINED BY h, h KeyIdentifier }\n"
    "most INTEGER ::= 5 o AttributeType ::= { id-pe 1 } p OBJECT IDENTIFIER ::= { o 2 }\n"
    "B ::= SEQUENCE { a AttributeType DEFAULT o, b UTF8String (SIZE (1|2)) }\n"
    "END\n";

START_TEST(without_memory)
{
	pki_status st = PKI_E_NOMEM;
	pki_asn1_module *m = NULL;
	unsigned long n = 0;

	while (st == PKI_E_NOMEM) {
		pki_error err = PKI_ERROR_INIT;

		oom_begin(++n, false);
		st = pki_asn1_compile(pki_bytes_str(with_all), known, NULL, &m, &err);
		oom_end();
		if (st == PKI_SUCCESS)
			break;
		ck_assert_msg(st == PKI_E_NOMEM, "%lu: %s", n, t_error(&err));
		ck_assert_ptr_null(m);
		ck_assert_int_eq(oom_balance(), 0);
	}
	ck_assert_int_eq(st, PKI_SUCCESS);
	ck_assert_uint_gt(n, 20);
	ck_assert_int_eq(oom_balance(), 1);
	pki_free(m);
}
END_TEST

/* ---- together ---- */

/* What takes more than one module to be seen: the line is that of the assignment. */
static const struct {
	const char *body;
	pki_status status;
	size_t line;
} together[] = {
	{ "IMPORTS CRLReason FROM PKIX1Implicit88;\nA ::= SEQUENCE { a CRLReason DEFAULT unspecified }",
	    PKI_SUCCESS, 0 },
	{ "IMPORTS CRLReason FROM PKIX1Implicit88;\nA ::= SEQUENCE { a CRLReason DEFAULT nothing }",
	    PKI_E_STRUCTURE, 3 },
	{ "IMPORTS Version FROM PKCS-8;\nA ::= SEQUENCE { a Version DEFAULT v2, b [0] Version DEFAULT 7,"
	  " c [1] Version DEFAULT d } d INTEGER ::= 2",
	    PKI_SUCCESS, 0 },
	{ "IMPORTS Version FROM PKCS-8;\nA ::= NULL\nB ::= SEQUENCE { a Version DEFAULT v3 }",
	    PKI_E_STRUCTURE, 4 },
	{ "IMPORTS Name FROM PKIX1Explicit88; A ::= CHOICE { a NULL,\nb Name } B ::= SEQUENCE { "
	  "a Name OPTIONAL, b SET OF NULL }",
	    PKI_SUCCESS, 0 },
	{ "IMPORTS Name FROM PKIX1Explicit88;\nA ::= SEQUENCE { a Name OPTIONAL, b SEQUENCE OF NULL }",
	    PKI_E_STRUCTURE, 3 },
	{ "A ::= B\nB ::= C\nC ::= A", PKI_E_STRUCTURE, 2 },
	{ "A ::= [0] EXPLICIT A", PKI_E_STRUCTURE, 2 },
	{ "A ::= NULL\nB ::= CHOICE { a B, b NULL }", PKI_E_STRUCTURE, 3 },
	{ "A ::= NULL\nB ::= CHOICE { a NULL, b A }", PKI_E_STRUCTURE, 3 },
	{ "A ::= NULL\nB ::= SET { a NULL, b A }", PKI_E_STRUCTURE, 3 },
};

START_TEST(linked)
{
	for (size_t i = 0; i < LENGTH(together); i++) {
		pki_buf text = PKI_BUF_INIT;
		pki_error err = PKI_ERROR_INIT;
		pki_asn1 *m;
		pki_status st;

		ck_assert_int_eq(pki_asn1_new(NULL, &m, NULL), PKI_SUCCESS);
		st = pki_asn1_add(m, in_module(&text, together[i].body), &err);
		ck_assert_msg(st == together[i].status, "%s: %s", together[i].body, t_error(&err));
		ck_assert_msg(pki_error_line(&err) == together[i].line, "%s: %s", together[i].body,
		    t_error(&err));
		pki_asn1_free(m);
		pki_buf_free(&text);
	}
}
END_TEST

START_TEST(added)
{
	pki_asn1 *m;

	t_ok(pki_asn1_new(NULL, &m, err));
	t_ok(pki_asn1_add(m, pki_bytes_str(with_all), err));
	t_fails(PKI_E_STRUCTURE, pki_asn1_add(m, pki_bytes_str(with_all), err));
	t_ok(pki_asn1_add(m,
	    pki_bytes_str("N DEFINITIONS ::= BEGIN IMPORTS A, o, most FROM M; "
			  "B ::= SEQUENCE SIZE (most) OF A p OBJECT IDENTIFIER ::= { o 3 } END"),
	    err));
	pki_asn1_free(m);
}
END_TEST

/* The manual's: its first lines that are set as they are. */
START_TEST(manual)
{
	pki_buf page = PKI_BUF_INIT;
	const char *begin, *end;
	pki_bytes oid;
	pki_asn1 *m;

	t_ok(pki_file_read(TESTS_SRCDIR "/../man/pki_asn1_modules.7", 100000, &page, err));
	begin = strstr(pki_buf_str(&page), "\nExample ");
	ck_assert_ptr_nonnull(begin);
	end = strstr(begin, "\n.Ed");
	ck_assert_ptr_nonnull(end);
	t_ok(pki_asn1_new(NULL, &m, err));
	t_ok(pki_asn1_add(m, pki_bytes_of(begin, (size_t)(end - begin)), err));
	oid = pki_bytes_of("\x2b\x06\x01\x05\x05\x07\x01\x83\xb2\x03", 10);
	ck_assert_str_eq(pki_asn1_type_of(m, oid), "Example.Tickets");
	pki_asn1_free(m);
	pki_buf_free(&page);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { good_bodies, bad_bodies, module_heads, over_limits,
		shipped_modules, shipped_meanings, lines, known_names, reserved_words,
		broken_arrays, without_memory, added, linked, manual, NULL };

	return t_main("asn1_module", tests);
}
