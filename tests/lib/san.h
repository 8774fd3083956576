/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralNames of tests, from text. */
#ifndef TESTS_LIB_SAN_H
#define TESTS_LIB_SAN_H

#include <stdio.h>
#include <string.h>

#include <pki/ext.h>

#include "tests/lib/nested.h"

#define T_SAN_HEX 1024

static inline void t_put_dirname(pki_derw *w, const char *text)
{
	pki_name *n;

	t_ok(pki_name_from_string(NULL, text, &n, err));
	pki_derw_begin(w, PKI_TAG_EXPLICIT(4));
	pki_derw_raw(w, pki_name_der(n));
	pki_derw_end(w);
	pki_name_free(n);
}

static inline void t_put_utf8_mailbox(pki_derw *w, pki_bytes mailbox)
{
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_oid(w, PKI_OID(on_smtp_utf8_mailbox));
	pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	pki_derw_put(w, PKI_TAG_UTF8, mailbox);
	pki_derw_end(w);
	pki_derw_end(w);
}

/*
 * The first len octets of a text, a letter and a colon before each name: d: dNSName, e: rfc822Name,
 * r: a URI, i: the octets of an iPAddress, u: a SmtpUTF8Mailbox, n: a directoryName, x: DER.
 */
static inline void t_put_name(pki_derw *w, const char *name, size_t len)
{
	pki_bytes value;
	char text[T_SAN_HEX];

	ck_assert_uint_gt(len, 1);
	value = pki_bytes_of(name + 2, len - 2);
	snprintf(text, sizeof text, "%.*s", (int)value.len, name + 2);
	switch (name[0]) {
	case 'd':
		pki_derw_put(w, PKI_TAG_IMPLICIT(2), value);
		break;
	case 'e':
		pki_derw_put(w, PKI_TAG_IMPLICIT(1), value);
		break;
	case 'r':
		pki_derw_put(w, PKI_TAG_IMPLICIT(6), value);
		break;
	case 'i':
		pki_derw_put(w, PKI_TAG_IMPLICIT(7), t_hex(text));
		break;
	case 'u':
		t_put_utf8_mailbox(w, value);
		break;
	case 'n':
		t_put_dirname(w, text);
		break;
	default:
		ck_assert_int_eq(name[0], 'x');
		pki_derw_raw(w, t_nested(text));
	}
}

/* Names between "|". To be freed. */
static inline pki_buf t_san(const char *names)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	while (*names != '\0') {
		size_t n = strcspn(names, "|");

		t_put_name(&w, names, n);
		names += n + (names[n] == '|');
	}
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

#endif
