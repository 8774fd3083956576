/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 modules and values that are made to do harm. */
#include <pki/asn1.h>
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

int main(void)
{
	const TTest *const tests[] = { set_up, brackets, tear_down, NULL };

	return t_main("asn1_hostile", tests);
}
