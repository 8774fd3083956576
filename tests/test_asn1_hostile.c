/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 modules and values that are made to do harm. */
#include <pki/asn1.h>
#include <stdio.h>
#include <string.h>

#include "libpki/core/buf.h"
#include "tests/lib/t.h"

static pki_asn1 *modules;

START_TEST(set_up)
{
	t_ok(pki_asn1_new(NULL, &modules, err));
}
END_TEST

START_TEST(tear_down)
{
	pki_asn1_free(modules);
}
END_TEST

/* Brackets that are closed in another assignment than they are opened in. */
START_TEST(brackets)
{
	static const char *const bodies[] = { "a INTEGER ::= ( B ::= NULL )",
		"a INTEGER ::= [ B ::= NULL ]", "a INTEGER ::= - ( B ::= NULL ) C ::= NULL",
		"a INTEGER ::= ( B ::= NULL ) ( C ::= NULL )",
		"a OBJECT IDENTIFIER ::= { { B ::= NULL } }",
		"a OBJECT IDENTIFIER ::= { 1 2 ( 3 } ) B ::= NULL" };

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		pki_buf text = PKI_BUF_INIT;

		t_ok(pki_buf_puts(&text, "Bad DEFINITIONS ::= BEGIN ", err));
		t_ok(pki_buf_puts(&text, bodies[i], err));
		t_ok(pki_buf_puts(&text, " END", err));
		t_fails(PKI_E_ENCODING, pki_asn1_add(modules, pki_buf_bytes(&text), err));
		pki_buf_free(&text);
	}
}
END_TEST

/* Values that are none: whether a type stands after them, a DEFAULT names them, or nobody does. */
START_TEST(no_oids)
{
	static const char *const bodies[] = { "o OBJECT IDENTIFIER ::= { 3 1 } A ::= NULL",
		"A ::= NULL\no OBJECT IDENTIFIER ::= { 3 1 }", "o OBJECT IDENTIFIER ::= { 0 40 }",
		"A ::= SEQUENCE { a OBJECT IDENTIFIER DEFAULT o }\no OBJECT IDENTIFIER ::= { 1 }" };

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		pki_error why = PKI_ERROR_INIT;
		pki_buf text = PKI_BUF_INIT;

		t_ok(pki_buf_puts(&text, "Bad DEFINITIONS ::= BEGIN ", err));
		t_ok(pki_buf_puts(&text, bodies[i], err));
		t_ok(pki_buf_puts(&text, " END", err));
		ck_assert_int_eq(
		    pki_asn1_add(modules, pki_buf_bytes(&text), &why), PKI_E_STRUCTURE);
		ck_assert_uint_eq(pki_error_line(&why), strchr(bodies[i], '\n') == NULL ? 1 : 2);
		ck_assert_str_eq(pki_error_path(&why), "o");
		pki_buf_free(&text);
	}
}
END_TEST

/* ---- what a reader would take for something else ---- */

static void add(const char *text)
{
	t_ok(pki_asn1_add(modules, pki_bytes_str(text), err));
}

/* The leaf at a path of alternatives, with those contents. */
static pki_asn1_value *chosen(const char *type, const char *const *path, pki_bytes contents)
{
	pki_asn1_value *v = NULL;
	size_t node = 0;

	t_ok(pki_asn1_create(modules, type, &v, err));
	for (; *path != NULL; path++)
		t_ok(pki_asn1_child(v, node, *path, &node, err));
	t_ok(pki_asn1_set(v, node, contents, err));
	return v;
}

START_TEST(any_as_alternative)
{
	static const struct {
		const char *type;
		const char *path[4];
		const char *hex;
		pki_status st;
	} rows[] = {
		{ "Any.C", { "rest" }, "0500", PKI_SUCCESS },
		{ "Any.C", { "rest" }, "020105", PKI_E_ARG },
		{ "Any.D", { "c", "rest" }, "0500", PKI_SUCCESS },
		{ "Any.D", { "c", "rest" }, "020105", PKI_E_ARG },
		{ "Any.D", { "c", "rest" }, "0101ff", PKI_E_ARG },
		{ "Any.T", { "c", "rest" }, "0101ff", PKI_SUCCESS },
		{ "Any.T", { "c", "rest" }, "020105", PKI_E_ARG },
		{ "Any.T", { "c", "rest" }, "a100", PKI_SUCCESS },
		{ "Any.E", { "rest" }, "020105", PKI_SUCCESS },
	};

	add("Any DEFINITIONS EXPLICIT TAGS ::= BEGIN\n"
	    "C ::= CHOICE { number INTEGER, rest ANY }\n"
	    "D ::= CHOICE { flag BOOLEAN, c C }\n"
	    "T ::= CHOICE { flag BOOLEAN, c [1] C }\n"
	    "E ::= CHOICE { number INTEGER, rest [0] ANY }\n"
	    "END");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_asn1_value *v = chosen(rows[i].type, rows[i].path, t_hex(rows[i].hex));
		pki_buf der = PKI_BUF_INIT, again = PKI_BUF_INIT;
		pki_status st = pki_asn1_encode(v, &der, NULL);

		ck_assert_msg(st == rows[i].st, "row %zu: %s", i, pki_status_text(st));
		pki_asn1_value_free(v);
		if (st == PKI_SUCCESS) {
			t_ok(pki_asn1_decode(modules, rows[i].type, pki_buf_bytes(&der), &v, err));
			t_ok(pki_asn1_encode(v, &again, err));
			t_bytes_eq(pki_buf_bytes(&again), pki_buf_bytes(&der));
			ck_assert_uint_ne(
			    pki_asn1_find(v, 0, rows[i].path[1] == NULL ? "rest" : "c.rest"),
			    PKI_ASN1_NONE);
			pki_asn1_value_free(v);
		}
		pki_buf_free(&der);
		pki_buf_free(&again);
	}
}
END_TEST

/* ---- work without end ---- */

/* Components that are all left out, each of which is asked whether the next is taken for it. */
START_TEST(many_defaults)
{
	pki_buf text = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	char line[64];
	size_t node;

	t_ok(pki_buf_puts(&text, "Wide DEFINITIONS ::= BEGIN W ::= SEQUENCE {", err));
	for (int i = 0; i < 1000; i++) {
		snprintf(
		    line, sizeof line, "%s a%d OBJECT IDENTIFIER DEFAULT o", i > 0 ? "," : "", i);
		t_ok(pki_buf_puts(&text, line, err));
	}
	t_ok(pki_buf_puts(
	    &text, "} L ::= SEQUENCE OF W o OBJECT IDENTIFIER ::= { 1 2 3 } END", err));
	add(pki_buf_str(&text));
	t_ok(pki_asn1_create(modules, "Wide.L", &v, err));
	for (size_t w = 0; w < 20; w++) {
		t_ok(pki_asn1_child(v, 0, NULL, &node, err));
		for (int i = 0; i < 1000; i++) {
			size_t leaf;

			snprintf(line, sizeof line, "a%d", i);
			t_ok(pki_asn1_child(v, node, line, &leaf, err));
			t_ok(pki_asn1_set_text(v, leaf, pki_bytes_str("1.2.3"), err));
		}
	}
	t_ok(pki_asn1_encode(v, &der, err));
	ck_assert_uint_eq(der.len, 2 + 20 * 2);
	pki_asn1_value_free(v);
	pki_buf_free(&text);
	pki_buf_free(&der);
}
END_TEST

/* Components that a reader passes over, each by many names away from its tag. */
START_TEST(many_absent)
{
	enum { COUNT = 20000 };
	static const uint8_t element[] = { 0x30, 3, 0x01, 1, 0xff };
	static const uint8_t head[] = { 0x30, 0x83, 0x01, 0x86, 0xa0 };
	pki_buf text = PKI_BUF_INIT, der = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	char line[64];

	t_ok(pki_buf_puts(&text, "Far DEFINITIONS IMPLICIT TAGS ::= BEGIN R0 ::= NULL ", err));
	for (int i = 1; i < 60; i++) {
		snprintf(line, sizeof line, "R%d ::= R%d ", i, i - 1);
		t_ok(pki_buf_puts(&text, line, err));
	}
	t_ok(pki_buf_puts(&text, "L ::= SEQUENCE OF SEQUENCE {", err));
	for (int i = 0; i < 1000; i++) {
		snprintf(line, sizeof line, "a%d [%d] R59 OPTIONAL,", i, i);
		t_ok(pki_buf_puts(&text, line, err));
	}
	t_ok(pki_buf_puts(&text, "z BOOLEAN } END", err));
	add(pki_buf_str(&text));
	t_ok(pki_buf_append(&der, pki_bytes_of(head, sizeof head), err));
	for (int i = 0; i < COUNT; i++)
		t_ok(pki_buf_append(&der, pki_bytes_of(element, sizeof element), err));
	t_ok(pki_asn1_decode(modules, "Far.L", pki_buf_bytes(&der), &v, err));
	t_ok(pki_asn1_encode(v, &again, err));
	t_bytes_eq(pki_buf_bytes(&again), pki_buf_bytes(&der));
	pki_asn1_value_free(v);
	pki_buf_free(&text);
	pki_buf_free(&der);
	pki_buf_free(&again);
}
END_TEST

/* BIT STRINGs of 32 octets, of which each bit has a name of 60 letters. */
START_TEST(many_names)
{
	pki_buf text = PKI_BUF_INIT, bits = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	char line[96];
	size_t node;

	t_ok(pki_buf_puts(&text, "Long DEFINITIONS ::= BEGIN L ::= SEQUENCE OF BIT STRING {", err));
	for (int i = 0; i < 1000; i++) {
		snprintf(line, sizeof line, "%s a%0*d (%d)", i > 0 ? "," : "", i < 744 ? 1 : 59, i,
		    999 - i);
		t_ok(pki_buf_puts(&text, line, err));
	}
	t_ok(pki_buf_puts(&text, "} END", err));
	add(pki_buf_str(&text));
	text.len = 0;
	t_ok(pki_buf_putc(&bits, 0, err));
	for (int i = 0; i < 32; i++)
		t_ok(pki_buf_putc(&bits, 0xff, err));
	t_ok(pki_asn1_create(modules, "Long.L", &v, err));
	for (int i = 0; i < 5000; i++) {
		t_ok(pki_asn1_child(v, 0, NULL, &node, err));
		t_ok(pki_asn1_set(v, node, pki_buf_bytes(&bits), err));
	}
	t_fails(PKI_E_LIMIT, pki_asn1_format(v, &text, err));
	ck_assert_uint_eq(text.len, 0);
	t_ok(pki_asn1_text(v, node, &text, err));
	ck_assert_uint_eq(text.len, 256 * 60 + 255 * 2);
	pki_asn1_value_free(v);
	pki_buf_free(&text);
	pki_buf_free(&bits);
}
END_TEST

/* The tags of a CHOICE, again for each component of that type. */
START_TEST(many_tags)
{
	pki_buf text = PKI_BUF_INIT;
	char line[64];

	t_ok(pki_buf_puts(&text, "Tags DEFINITIONS ::= BEGIN C ::= CHOICE {", err));
	for (int i = 0; i < 1000; i++) {
		snprintf(line, sizeof line, "%s a%d [%d] NULL", i > 0 ? "," : "", i, i);
		t_ok(pki_buf_puts(&text, line, err));
	}
	t_ok(pki_buf_puts(&text, "} ", err));
	for (int s = 0; s < 2; s++) {
		snprintf(line, sizeof line, "S%d ::= SEQUENCE {", s);
		t_ok(pki_buf_puts(&text, line, err));
		for (int i = 0; i < 600; i++) {
			snprintf(line, sizeof line, "%s a%d C", i > 0 ? "," : "", i);
			t_ok(pki_buf_puts(&text, line, err));
		}
		t_ok(pki_buf_puts(&text, "} ", err));
	}
	t_ok(pki_buf_puts(&text, "END", err));
	t_fails(PKI_E_LIMIT, pki_asn1_add(modules, pki_buf_bytes(&text), err));
	pki_buf_free(&text);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, brackets, no_oids, any_as_alternative, many_defaults,
		many_absent, many_names, many_tags, tear_down, NULL };

	return t_main("asn1_hostile", tests);
}
