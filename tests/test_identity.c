/* SPDX-License-Identifier: BSD-3-Clause */
/* Who is asked for, which names are presented, and the verdict: RFC 9525, RFC 9549, RFC 9598. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/cert.h>

#include "libpki/x509/identity.h"
#include "tests/lib/san.h"

#define A10  "aaaaaaaaaa"
#define A63  A10 A10 A10 A10 A10 A10 "aaa"
#define A64  A63 "a"
#define A252 A63 "." A63 "." A63 "." A10 A10 A10 A10 A10 A10
#define ZOE  "zo\xc3\xab"

typedef pki_status check_fn(const pki_bytes *san, const char *asked, pki_error *err);

static pki_status host(const pki_bytes *san, const char *asked, pki_error *err)
{
	return pki_san_check_host(NULL, san, asked, err);
}

static pki_status email(const pki_bytes *san, const char *asked, pki_error *err)
{
	return pki_san_check_email(NULL, san, NULL, asked, err);
}

struct row {
	const char *asked, *presented; /* NULL: no extension */
	pki_status verdict;
};
enum {
	MATCH = PKI_SUCCESS,
	NO = PKI_E_NOTFOUND,
	ARG = PKI_E_ARG,
	BAD = PKI_E_STRUCTURE,
	DER = PKI_E_ENCODING
};

static void check_row(check_fn *fn, const struct row *row)
{
	pki_error err = PKI_ERROR_INIT;
	pki_buf san = row->presented == NULL ? (pki_buf)PKI_BUF_INIT : t_san(row->presented);
	pki_bytes value = pki_buf_bytes(&san);
	pki_status st = fn(row->presented == NULL ? NULL : &value, row->asked, &err);

	ck_assert_msg(st == row->verdict, "%s among %s: want %s, got %s (%s)", row->asked,
	    row->presented == NULL ? "none" : row->presented, pki_status_text(row->verdict),
	    pki_status_text(st), t_error(&err));
	ck_assert_int_eq(pki_error_status(&err), st);
	ck_assert_int_eq(fn(row->presented == NULL ? NULL : &value, row->asked, NULL), st);
	pki_buf_free(&san);
}

#define CHECK_ROWS(fn, rows)                                 \
 do {                                                        \
  for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) \
   check_row((fn), &(rows)[i]);                              \
 } while (0)

/* ---- host names ---- */

static const struct row host_rows[] = {
	{ "www.example.com", "d:www.example.com", MATCH },
	{ "www.example.com", "d:example.com|d:www.example.com", MATCH },
	{ "WWW.Example.COM", "d:www.example.com", MATCH },
	{ "www.example.com", "d:WWW.eXample.com", MATCH },
	{ "www.example.com.", "d:www.example.com", MATCH },
	{ "localhost", "d:localhost", MATCH },
	{ "localhost.", "d:localhost", MATCH },
	{ "com", "d:com", MATCH },
	{ "a-b.example.com", "d:a-b.example.com", MATCH },
	{ "3com.example", "d:3com.example", MATCH },
	{ "1.2.3.4a", "d:1.2.3.4a", MATCH },
	{ A63 ".example", "d:" A63 ".example", MATCH },
	{ A252, "d:" A252, MATCH },
	{ "www.example.com", "i:c0000201|e:me@example.com|r:https://x.example/|d:www.example.com",
	    MATCH },
	{ "example.com", "d:www.example.com", NO },
	{ "www.example.com", "d:example.com", NO },
	{ "ww.example.com", "d:www.example.com", NO },
	{ "wwww.example.com", "d:www.example.com", NO },
	{ "www.example.co", "d:www.example.com", NO },
	{ "www.example.com", "d:www.example.co", NO },
	{ "www.example.com", "d:www.example.com.evil.example", NO },
	{ "www.example.com", "d:wwwaexample.com", NO },
	{ "com", "d:example.com", NO },
	/* nothing but dNSName */
	{ "www.example.com", NULL, NO },
	{ "www.example.com", "r:https://www.example.com/", NO },
	{ "www.example.com", "e:www.example.com", NO },
	{ "www.example.com", "e:me@www.example.com", NO },
	{ "www.example.com", "i:c0000201", NO },
	{ "www.example.com", "u:" ZOE "@www.example.com", NO },
	/* directoryName CN=www.example.com; SRVName _x.example.com; registeredID 1.2.3 */
	{ "www.example.com", "x:a4{30{31{30{0603550403 0c{7777772e6578616d706c652e636f6d}}}}}",
	    NO },
	{ "example.com", "x:a0{0600 a0{0500}}|d:example.com", DER },
	{ "example.com", "x:a0{06082b06010505070807 a0{16{5f782e6578616d706c652e636f6d}}}", NO },
	{ "example.com", "x:88022a03", NO },
	{ "example.com", "x:a3{3000}", NO },
	{ "example.com", "x:a5{a1{0c{6578616d706c652e636f6d}}}", NO },
	{ "example.com", "x:a0{0603551103 a0{0c{6578616d706c652e636f6d}}}", NO },

	/* wildcards: the whole left-most label, for one label, two or more at its right */
	{ "www.example.com", "d:*.example.com", MATCH },
	{ "WWW.EXAMPLE.com", "d:*.Example.COM", MATCH },
	{ "www.example.com.", "d:*.example.com", MATCH },
	{ "a.b.example.com", "d:*.b.example.com", MATCH },
	{ "xn--bcher-kva.example.com", "d:*.example.com", MATCH },
	{ "a.xn--bcher-kva.example", "d:*.xn--bcher-kva.example", MATCH },
	{ "a.xn--p1ai", "d:*.xn--p1ai", NO },
	{ "1.example.com", "d:*.example.com", MATCH },
	{ "example.com", "d:*.example.com", NO },
	{ "a.b.example.com", "d:*.example.com", NO },
	{ "a.b.c.example.com", "d:*.example.com", NO },
	{ "aexample.com", "d:*.example.com", NO },
	{ "example.com", "d:*.com", NO },
	{ "com", "d:*", NO },
	{ "localhost", "d:*", NO },
	{ "localhost", "d:*.", NO },
	{ "example.com", "d:*", NO },
	{ "b", "d:*.a.b", NO },
	{ "a.b", "d:*.a.b", NO },
	{ "c.d.a.b", "d:*.a.b", NO },
	{ "c.a.b", "d:*.a.b", MATCH },
	{ "aa.x.com", "d:a*.x.com", NO },
	{ "a.x.com", "d:a*.x.com", NO },
	{ "ba.x.com", "d:*a.x.com", NO },
	{ "bab.x.com", "d:b*b.x.com", NO },
	{ "x.a.com", "d:x.*.com", NO },
	{ "a.b.com", "d:*.*.com", NO },
	{ "a.b.com", "d:a.*.com", NO },
	{ "a.b.com", "d:**.b.com", NO },
	{ "a.example.com", "d:*.example.com.", NO },
	{ "a.example.com", "d:*..example.com", NO },
	{ "a.example.com", "d:.*.example.com", NO },
	{ "xn--bcher-kva.example.com", "d:xn--*.example.com", NO },
	{ "xn--bcher-kva.example.com", "d:xn--bcher-*.example.com", NO },
	{ "a.1.2", "d:*.1.2", ARG },
	{ "192.0.2.1", "d:*.0.2.1", NO },
	{ "*.example.com", "d:*.example.com", ARG },
	{ "*", "d:*", ARG },
	{ "w*.example.com", "d:w*.example.com", ARG },

	/* presented in an odd form: never */
	{ "example.com", "d:.example.com", NO },
	{ "www.example.com", "d:.example.com", NO },
	{ "example.com", "d:example.com.", NO },
	{ "example.com.", "d:example.com.", NO },
	{ "example.com", "d:example..com", NO },
	{ "example.com", "d: example.com", NO },
	{ "example.com", "d:example.com ", NO },
	{ "example.com", "d:example.com\n", NO },
	{ "example.com", "d:-example.com|d:example-.com", NO },
	{ "example.com", "d:example.com:443", NO },
	{ "example.com", "d:https://example.com", NO },
	{ "example.com", "d:example.com/", NO },
	{ "example.com", "d:", NO },
	{ "example.com", "d:.", NO },
	{ "example.com", "d:a.example.com,example.com", NO },
	{ A64 ".example", "d:" A64 ".example", ARG },
	{ "example.com", "d:" A64 ".example.com|d:example.com", MATCH },
	{ A252 "aa", "d:" A252 "aa", ARG },
	{ "example.com", "d:" A252 "." A252, NO },
	{ "example.com", "d:a_b.example.com|d:example.com", MATCH },
	{ "example.com", "x:82{6578616d706c652e636f6d00}", BAD },
	{ "example.com", "x:82{6578616d706c652e636f6d002e6576696c}", BAD },
	{ "example.com",
	    "d:b\xc3\xbc"
	    "cher.example",
	    DER },
	/* what is behind the name, too */
	{ "example.com", "d:example.com|x:820100", BAD },
	{ "example.com", "d:example.com|i:c00002", BAD },
	{ "example.com", "d:example.com|x:1601", DER },
	{ "example.com", "d:example.com|x:0c0161", BAD },
	{ "example.com", "d:example.com|x:8900", BAD },
	{ "example.com", "", BAD },

	/* asked for in an odd form */
	{ "", "d:example.com", ARG },
	{ ".", "d:.", ARG },
	{ "..", "d:.", ARG },
	{ "example.com..", "d:example.com", ARG },
	{ ".example.com", "d:.example.com", ARG },
	{ "exa mple.com", "d:exa mple.com", ARG },
	{ " example.com", "d:example.com", ARG },
	{ "example.com\n", "d:example.com", ARG },
	{ "a_b.example.com", "d:a_b.example.com", ARG },
	{ "a_b.example.com", "d:*.example.com", ARG },
	{ "-a.example.com", "d:*.example.com", ARG },
	{ "https://example.com", "d:example.com", ARG },
	{ "example.com:443", "d:example.com", ARG },
	{ "me@example.com", "d:example.com", ARG },
	{ "example.com/", "d:example.com", ARG },
	/* A-labels alone */
	{ "xn--bcher-kva.example", "d:xn--bcher-kva.example", MATCH },
	{ "XN--bcher-KVA.example", "d:xn--BCHER-kva.example", MATCH },
	{ "xn--bcher-kva.example", "d:bcher.example", NO },
	{ "b\xc3\xbc"
	  "cher.example",
	    "d:xn--bcher-kva.example", ARG },
	{ "b\xfc"
	  "cher.example",
	    "d:xn--bcher-kva.example", ARG },
	{ "example\xe3\x80\x82"
	  "com",
	    "d:example.com", ARG },
	{ "\xef\xbd\x85xample.com", "d:example.com", ARG },
	{ "xn--0.example", "d:xn--0.example", ARG },
	{ "xn--0.example.com", "d:*.example.com", ARG },
	{ "xn--.example", "d:xn--.example", ARG },

	/* addresses */
	{ "192.0.2.1", "i:c0000201", MATCH },
	{ "192.0.2.1", "i:c0000202|d:a|i:c0000201", MATCH },
	{ "2001:db8::1", "i:20010db8000000000000000000000001", MATCH },
	{ "2001:DB8:0:0:0:0:0:1", "i:20010db8000000000000000000000001", MATCH },
	{ "::", "i:00000000000000000000000000000000", MATCH },
	{ "::ffff:192.0.2.1", "i:00000000000000000000ffffc0000201", MATCH },
	{ "::ffff:c000:201", "i:00000000000000000000ffffc0000201", MATCH },
	/* IPv4-mapped: another address */
	{ "::ffff:192.0.2.1", "i:c0000201", NO },
	{ "192.0.2.1", "i:00000000000000000000ffffc0000201", NO },
	{ "::192.0.2.1", "i:c0000201", NO },
	{ "192.0.2.1", "i:c0000202", NO },
	{ "2001:db8::1", "i:20010db8000000000000000000000002", NO },
	{ "192.0.2.1", NULL, NO },
	{ "192.0.2.1", "d:192.0.2.1", NO },
	{ "192.0.2.1", "d:*.0.2.1|d:192.0.2.*", NO },
	{ "192.0.2.1", "e:192.0.2.1|r:https://192.0.2.1/", NO },
	{ "2001:db8::1", "d:2001:db8::1", NO },
	{ "::1", "d:*.1", NO },
	{ "192.0.2.1", "d:*", NO },
	{ "49.50.51.52", "d:1234", NO },
	{ "1234", "i:31323334", ARG },
	{ "192.0.2.1", "i:", BAD },
	{ "192.0.2.1", "i:c00002", BAD },
	{ "192.0.2.1", "i:c000020100", BAD },
	{ "192.0.2.1", "i:c0000201ffffff00", BAD },
	{ "192.0.2.1", "i:c0000201|i:20010db80000000000000000000001", BAD },
	{ "192.0.2.1", "i:20010db800000000000000000000000100", BAD },
	{ "192.0.2.1", "i:20010db8000000000000000000000001ffffffffffffffffffffffffffffffff", BAD },
	{ "127.1", "i:7f000001", ARG },
	{ "127.1", "d:127.1", ARG },
	{ "0x7f.1", "i:7f000001", ARG },
	{ "0x7f.1", "d:0x7f.1", ARG },
	{ "0x7f000001", "i:7f000001", NO },
	{ "2130706433", "i:7f000001", ARG },
	{ "017.0.0.1", "i:0f000001", ARG },
	{ "192.0.2.1.", "i:c0000201", ARG },
	{ "192.0.2", "i:c0000200", ARG },
	{ "192.0.2.256", "d:192.0.2.256", ARG },
	{ "192.0.2.0/24", "i:c0000200", ARG },
	{ "192.0.2.1:443", "i:c0000201", ARG },
	{ "[2001:db8::1]", "i:20010db8000000000000000000000001", ARG },
	{ "[2001:db8::1]:443", "i:20010db8000000000000000000000001", ARG },
	{ "fe80::1%eth0", "i:fe800000000000000000000000000001", ARG },
	{ "fe80::1%25eth0", "i:fe800000000000000000000000000001", ARG },
	{ "2001:db8::1::", "i:20010db8000000000000000000000001", ARG },
	{ "2001:db8::/32", "i:20010db8000000000000000000000000", ARG },
	{ ":", "d:a", ARG },
};

START_TEST(test_hosts)
{
	CHECK_ROWS(host, host_rows);
}
END_TEST

/* ---- mailboxes ---- */

static const struct row email_rows[] = {
	{ "me@example.com", "e:me@example.com", MATCH },
	{ "me@example.com", "d:example.com|e:you@example.com|e:me@example.com", MATCH },
	{ "me@EXAMPLE.com", "e:me@example.COM", MATCH },
	{ "Me@example.com", "e:Me@example.com", MATCH },
	{ "a.b+c@example.com", "e:a.b+c@example.com", MATCH },
	{ "\"a b\"@example.com", "e:\"a b\"@example.com", MATCH },
	{ "\"a@b\"@example.com", "e:\"a@b\"@example.com", MATCH },
	{ "me@localhost", "e:me@localhost", MATCH },
	{ "me@xn--bcher-kva.example", "e:me@xn--bcher-kva.example", MATCH },
	/* RFC 5280 7.5: the local part octet for octet */
	{ "me@example.com", "e:Me@example.com", NO },
	{ "a@example.com", "e:\"a\"@example.com", NO },
	{ "\"a b\"@example.com", "e:\"a\\ b\"@example.com", NO },
	{ "me@example.com", "e:you@example.com", NO },
	{ "me@example.com", "e:me@www.example.com", NO },
	{ "me@example.com", "e:me@example.org", NO },
	{ "e@example.com", "e:me@example.com", NO },
	{ "me@example.com", "e:e@example.com", NO },
	{ "me@example.com", "e:me@example.com.evil.example", NO },
	{ "b@example.com", "e:\"a@b\"@example.com", NO },
	/* nothing but mailboxes, and no wildcards */
	{ "me@example.com", NULL, NO },
	{ "me@example.com", "d:example.com|r:mailto:me@example.com", NO },
	{ "me@example.com", "d:me@example.com", NO },
	{ "me@example.com", "e:example.com|e:.example.com|e:@example.com", NO },
	{ "me@example.com", "e:*@example.com", NO },
	{ "*@example.com", "e:*@example.com", MATCH }, /* an atom as others are */
	{ "me@a.example.com", "e:me@*.example.com", NO },
	/* presented in an odd form */
	{ "me@example.com", "e:me@example.com.", NO },
	{ "me@example.com", "e:<me@example.com>", NO },
	{ "me@example.com", "e:Me <me@example.com>", NO },
	{ "me@example.com", "e:me@example.com ", NO },
	{ "me@example.com", "e: me@example.com", NO },
	{ "me@example.com", "e:mailto:me@example.com", NO },
	{ "me@example.com", "e:me@example.com,you@example.com", NO },
	{ "me@example.com", "e:me@@example.com|e:@|e:me@|e:|e:me", NO },
	{ "me@example.com", "e:me@example_.com|e:me@-example.com|e:me@example..com", NO },
	{ "me@example.com", "e:me(a comment)@example.com", NO },
	{ "me@example.com", "e:" A64 "a@example.com", NO },
	{ "me@example.com", "e:" A252 "@" A252, NO },
	{ "me@example.com", "e:" ZOE "@example.com", DER },
	{ "me@example.com", "x:81{6d65406578616d706c652e636f6d00}", BAD },
	{ "me@example.com", "e:me@example.com|x:81{00}", BAD },
	{ "me@example.com", "e:me@example.com|i:00", BAD },
	/* asked for in an odd form */
	{ "", "e:me@example.com", ARG },
	{ "me", "e:me", ARG },
	{ "@example.com", "e:@example.com", ARG },
	{ "me@", "e:me@", ARG },
	{ "example.com", "e:example.com", ARG },
	{ "me@example.com.", "e:me@example.com", ARG },
	{ "<me@example.com>", "e:me@example.com", ARG },
	{ "Me <me@example.com>", "e:me@example.com", ARG },
	{ "me @example.com", "e:me@example.com", ARG },
	{ "me..you@example.com", "e:me..you@example.com", ARG },
	{ "me@[192.0.2.1]", "e:me@[192.0.2.1]", ARG },
	{ "me@192.0.2.1", "e:me@192.0.2.1", ARG },
	{ "me@*.example.com", "e:me@*.example.com", ARG },
	{ "me@b\xc3\xbc"
	  "cher.example",
	    "e:me@xn--bcher-kva.example", ARG },
	{ "me@xn--0.example", "e:me@xn--0.example", ARG },
	{ A64 "a@example.com", "e:" A64 "a@example.com", ARG },
	{ "\xff@example.com", "e:me@example.com", ARG },
	{ "\xed\xa0\x80@example.com", "e:me@example.com", ARG },

	/* SmtpUTF8Mailbox */
	{ ZOE "@example.com", "u:" ZOE "@example.com", MATCH },
	{ ZOE "@EXAMPLE.com", "u:" ZOE "@example.com", MATCH },
	{ ZOE "@example.com", "e:zoe@example.com|u:" ZOE "@example.com", MATCH },
	{ ZOE "@xn--bcher-kva.example", "u:" ZOE "@xn--bcher-kva.example", MATCH },
	{ "\"" ZOE " x\"@example.com", "u:\"" ZOE " x\"@example.com", MATCH },
	{ ZOE "@example.com", "u:" ZOE "@Example.com", NO }, /* RFC 9598 3: lower case */
	{ "ZO\xc3\x8b@example.com", "u:" ZOE "@example.com", NO },
	{ "zoe\xcc\x88@example.com", "u:" ZOE "@example.com", NO }, /* no normalization */
	{ ZOE "@example.com", "u:zoe\xcc\x88@example.com", NO },
	{ ZOE "@example.com", "u:" ZOE "@example.org", NO },
	{ ZOE "@example.com", "e:zoe@example.com", NO },
	{ ZOE "@example.com", "d:example.com", NO },
	{ ZOE "@example.com", NULL, NO },
	/* an ASCII local part is an rfc822Name's */
	{ "me@example.com", "u:me@example.com", NO },
	/* U-labels are not for certificates */
	{ ZOE "@xn--bcher-kva.example",
	    "u:" ZOE "@b\xc3\xbc"
	    "cher.example",
	    NO },
	{ ZOE "@b\xc3\xbc"
	      "cher.example",
	    "u:" ZOE "@b\xc3\xbc"
	    "cher.example",
	    ARG },
	{ ZOE "@example.com", "u:\xef\xbb\xbf" ZOE "@example.com", NO },
	{ "\xef\xbb\xbf" ZOE "@example.com", "u:\xef\xbb\xbf" ZOE "@example.com", NO },
	{ ZOE "@example.com", "u:" ZOE "@example.com.", NO },
	{ ZOE "@example.com", "u:" ZOE "@*.example.com", NO },
	{ ZOE "@example.com", "u:" ZOE "|u:" ZOE "@|u:@example.com", NO },
	{ ZOE "@example.com", "u:\xff@example.com", NO },
	{ ZOE "@example.com", "u:" ZOE "@................................", NO },
	{ ZOE "@example.com", "u:" ZOE "@xn--999999999999999999999999999999999999999999999", NO },
	/* another type inside, or nothing but it: UTF8String {zo" "@example.com} as OCTET STRING
	   ... */
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{04{7a6fc3ab406578616d706c652e636f6d}}}",
	    NO },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{16{7a6fc3ab406578616d706c652e636f6d}}}",
	    NO },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{05{}}}", NO },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{0c{}}}", NO },
	{ ZOE "@example.com",
	    "x:a0{06082b06010505070809 a0{30{0c{7a6fc3ab406578616d706c652e636f6d}}}}", NO },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{0c{61}0c{61}}}", BAD },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{}}", BAD },
	/* the same text as another otherName */
	{ ZOE "@example.com", "x:a0{06082b06010505070808 a0{0c{7a6fc3ab406578616d706c652e636f6d}}}",
	    NO },
	{ ZOE "@example.com", "x:a0{06082b06010505070809 a0{0c{7a6fc3ab406578616d706c652e636f6d}}}",
	    MATCH },
	{ ZOE "@example.com",
	    "x:a0{06082b06010505070809 a0{0c{7a6fc3ab00406578616d706c652e636f6d}}}", NO },
};

START_TEST(test_emails)
{
	CHECK_ROWS(email, email_rows);
}
END_TEST

/* C15: every universal type inside an otherName that is a mailbox, and is none. */
START_TEST(test_types_inside)
{
	static const char *const ids[] = { "06082b06010505070809", "06082b06010505070807",
		"060a2b060104018237140203" };

	for (size_t id = 0; id < sizeof ids / sizeof *ids; id++)
		for (unsigned tag = 1; tag < 31; tag++) {
			static const char text[] = "7a6fc3ab406578616d706c652e636f6d";
			char names[128];
			struct row row = { ZOE "@example.com", names, NO };
			pki_error err = PKI_ERROR_INIT;
			pki_buf san;
			pki_bytes value;

			snprintf(names, sizeof names, "x:a0{%s a0{%02x{%s}}}", ids[id], tag, text);
			san = t_san(names);
			value = pki_buf_bytes(&san);
			if (email(&value, row.asked, &err) == PKI_SUCCESS)
				ck_assert_msg(id == 0 && tag == PKI_TAG_UTF8, "%s", names);
			ck_assert_int_ne(host(&value, "example.com", &err), PKI_SUCCESS);
			pki_buf_free(&san);
		}
}
END_TEST

/* ---- the subject's emailAddress ---- */

static const struct {
	const char *asked, *subject, *presented;
	pki_status verdict;
} subject_rows[] = {
	{ "me@example.com", "CN=x,emailAddress=me@example.com", NULL, MATCH },
	{ "me@EXAMPLE.com", "emailAddress=me@example.COM", "d:example.com", MATCH },
	{ "me@example.com", "emailAddress=you@example.com,emailAddress=me@example.com", NULL,
	    MATCH },
	{ "me@example.com", "emailAddress=Me@example.com", NULL, NO },
	{ "me@example.com", "emailAddress=me@example.com", "e:you@example.com", NO },
	{ "me@example.com", "emailAddress=me@example.com", "e:me", NO },
	{ "me@example.com", "emailAddress=me@example.com", "u:" ZOE "@example.com", NO },
	{ "me@example.com", "emailAddress=me@example.com", "i:00", BAD },
	{ "you@example.com", "emailAddress=me@example.com", "e:you@example.com", MATCH },
	{ "me@example.com", "CN=me@example.com", NULL, NO },
	{ "me@example.com", "UID=me@example.com,O=me@example.com", NULL, NO },
	{ "me@example.com", "emailAddress=me@example.com.", NULL, NO },
	{ "me@example.com", "emailAddress=\\<me@example.com\\>", NULL, NO },
	{ "me@example.com", "emailAddress=example.com", NULL, NO },
	{ ZOE "@example.com", "emailAddress=zoe@example.com", NULL, NO },
	/* not the type that it is of: UTF8String, OCTET STRING */
	{ "a@b.example", "1.2.840.113549.1.9.1=#0c0b6140622e6578616d706c65", NULL, NO },
	{ "a@b.example", "1.2.840.113549.1.9.1=#040b6140622e6578616d706c65", NULL, NO },
	{ "a@b.example", "1.2.840.113549.1.9.1=#160b6140622e6578616d706c65", NULL, MATCH },
	{ "me@example.com", "", NULL, NO },
	{ "example.com", "emailAddress=example.com", NULL, ARG },
};

START_TEST(test_subjects)
{
	for (size_t i = 0; i < sizeof subject_rows / sizeof *subject_rows; i++) {
		const char *presented = subject_rows[i].presented;
		pki_buf san = presented == NULL ? (pki_buf)PKI_BUF_INIT : t_san(presented);
		pki_bytes value = pki_buf_bytes(&san), *at = presented == NULL ? NULL : &value;
		pki_error e = PKI_ERROR_INIT;
		pki_name *subject;
		pki_status st;

		t_ok(pki_name_from_string(NULL, subject_rows[i].subject, &subject, err));
		st = pki_san_check_email(NULL, at, subject, subject_rows[i].asked, &e);
		ck_assert_msg(st == subject_rows[i].verdict, "%s in %s: %s", subject_rows[i].asked,
		    subject_rows[i].subject, t_error(&e));
		if (presented == NULL && st != ARG)
			t_fails(NO, email(NULL, subject_rows[i].asked, err));
		pki_name_free(subject);
		pki_buf_free(&san);
	}
}
END_TEST

/* ---- octets asked for ---- */

START_TEST(test_octets)
{
	pki_buf san = t_san("i:c0000201|i:20010db8000000000000000000000001|d:a.example");
	pki_bytes value = pki_buf_bytes(&san);
	uint8_t octets[17] = { 0 };

	t_ok(pki_san_check_ip(NULL, &value, t_hex("c0000201"), err));
	t_ok(pki_san_check_ip(NULL, &value, t_hex("20010db8000000000000000000000001"), err));
	t_fails(NO, pki_san_check_ip(NULL, &value, t_hex("c0000202"), err));
	t_fails(NO, pki_san_check_ip(NULL, &value, t_hex("00000000000000000000ffffc0000201"), err));
	t_fails(NO, pki_san_check_ip(NULL, NULL, t_hex("c0000201"), err));
	for (size_t n = 0; n <= sizeof octets; n++)
		if (n != 4 && n != 16)
			t_fails(ARG, pki_san_check_ip(NULL, &value, pki_bytes_of(octets, n), err));
	pki_buf_free(&san);
}
END_TEST

/* ---- what is said ---- */

static const struct {
	check_fn *fn;
	const char *asked, *presented, *reason, *detail;
} said[] = {
	{ host, "a.example", "d:www.example.com|d:*.example.net", "not among",
	    "www.example.com, *.example.net" },
	{ host, "a.example", "d:a|e:me@a|i:c0000201|i:20010db8000000000000000000000001",
	    "not among", "a, 192.0.2.1, 2001:db8::1" },
	{ host, "a.example", "d:a|d:b|d:c|d:d", "not among", "a, b, c, and 1 more" },
	{ host, "192.0.2.1", "d:a|d:b|d:c|d:d|d:e|i:c0000202", "not among", "a, b, c, and 3 more" },
	/* what cannot be shown whole is counted */
	{ host, "a.example", "d:" A252 "|d:b", "not among", "b, and 1 more" },
	{ host, "a.example", "d:" A252 "|d:" A252, "not among", "2 of them" },
	{ host, "a.example", "d:", "not among", "1 of them" },
	{ host, "a.example", "d:a\x1b[31m|d:b", "not among", "a\\x1b[31m, b" },
	{ host, "a.example", NULL, "no host name or IP address", "" },
	{ host, "a.example", "e:me@a.example", "no host name or IP address", "" },
	{ host, "192.0.2.1", "r:https://192.0.2.1/", "no host name or IP address", "" },
	{ host,
	    "b\xc3\xbc"
	    "cher.example",
	    NULL, "A-labels", "b\\xc3\\xbccher.example" },
	{ host, "xn--0.example", NULL, "A-label", "xn--0.example" },
	{ host, "[::1]", NULL, "brackets", "[::1]" },
	{ host, "fe80::1%lo", NULL, "zone", "fe80::1%lo" },
	{ host, "a.1", NULL, "all digits", "a.1" },
	{ host, "a.example", "d:a.example|d:b|i:00", "iPAddress", "" },
	{ email, "me@a.example", "e:you@a.example|u:" ZOE "@a.example|d:a.example", "not among",
	    "you@a.example, zo\\xc3\\xab@a.example" },
	{ email, "me@a.example", "d:a.example", "no mailbox", "" },
	{ email, "a.example", "d:a.example", "no \"@\"", "a.example" },
};

START_TEST(test_said)
{
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		const char *presented = said[i].presented;
		pki_buf san = presented == NULL ? (pki_buf)PKI_BUF_INIT : t_san(presented);
		pki_bytes value = pki_buf_bytes(&san), *at = presented == NULL ? NULL : &value;
		pki_error e = PKI_ERROR_INIT;

		ck_assert_int_ne(said[i].fn(at, said[i].asked, &e), PKI_SUCCESS);
		ck_assert_msg(
		    strstr(pki_error_reason(&e), said[i].reason) != NULL, "%s", t_error(&e));
		ck_assert_str_eq(pki_error_detail(&e), said[i].detail);
		ck_assert_str_ne(pki_error_clause(&e), "");
		pki_buf_free(&san);
	}
}
END_TEST

START_TEST(test_fault_has_a_place)
{
	pki_buf san = t_san("d:a.example|d:b|i:00");
	pki_bytes value = pki_buf_bytes(&san);
	pki_error e = PKI_ERROR_INIT;

	ck_assert_int_eq(host(&value, "a.example", &e), PKI_E_STRUCTURE);
	ck_assert_str_eq(pki_error_path(&e), "subjectAltName[2]");
	pki_buf_free(&san);
}
END_TEST

/* ---- limits ---- */

static pki_status ask_of_many(const pki_ctx *ctx, size_t names, pki_error *e)
{
	pki_buf out = PKI_BUF_INIT;
	pki_bytes value;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < names; i++)
		pki_derw_put(&w, PKI_TAG_IMPLICIT(2), pki_bytes_str("a.example"));
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	value = pki_buf_bytes(&out);
	st = pki_san_check_host(ctx, &value, "b.example", e);
	pki_buf_free(&out);
	return st;
}

START_TEST(test_limits)
{
	pki_limits limits;
	pki_ctx *ctx;
	pki_error e = PKI_ERROR_INIT;

	ck_assert_int_eq(ask_of_many(NULL, 10000, &e), NO);
	ck_assert_str_eq(pki_error_detail(&e), "a.example, a.example, a.example, and 9997 more");
	t_fails(PKI_E_LIMIT, ask_of_many(NULL, 10001, err));
	pki_limits_init(&limits, sizeof limits);
	limits.san_names = 2;
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_fails(NO, ask_of_many(ctx, 2, err));
	t_fails(PKI_E_LIMIT, ask_of_many(ctx, 3, err));
	pki_ctx_free(ctx);
}
END_TEST

/* ---- of certificates ---- */

START_TEST(test_certificates)
{
	pki_cert *c;
	pki_error e = PKI_ERROR_INIT;

	t_ok(pki_cert_load(NULL, t_vector_path("cert/openssl-leaf.pem"), &c, err));
	t_ok(pki_cert_check_host(c, "www.example.org", err));
	t_ok(pki_cert_check_host(c, "WWW.example.org.", err));
	t_ok(pki_cert_check_host(c, "192.0.2.1", err));
	t_ok(pki_cert_check_ip(c, t_hex("c0000201"), err));
	t_ok(pki_cert_check_email(c, "me@example.org", PKI_EMAIL_SAN_ONLY, err));
	t_fails(NO, pki_cert_check_email(c, "you@example.org", 0, err));
	t_fails(ARG, pki_cert_check_email(c, "me@example.org", 2, err));
	t_fails(ARG, pki_cert_check_host(c, "*.example.org", err));
	ck_assert_int_eq(pki_cert_check_host(c, "example.org", &e), NO);
	ck_assert_str_eq(pki_error_detail(&e), "www.example.org, 192.0.2.1");
	ck_assert_str_eq(pki_error_function(&e), "pki_cert_check_host");
	pki_cert_free(c);

	/* its common name is the host's, and it has no subjectAltName */
	t_ok(pki_cert_load(NULL, t_vector_path("cert/openssl-v1.pem"), &c, err));
	ck_assert(!pki_cert_ext(c, PKI_OID(subject_alt_name), NULL));
	t_fails(NO,
	    pki_cert_check_host(c, pki_name_get(pki_cert_subject(c), PKI_OID(common_name)), err));
	t_fails(NO, pki_cert_check_email(c, "me@example.org", 0, err));
	pki_cert_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_hosts, test_emails, test_types_inside, test_subjects,
		test_octets, test_said, test_fault_has_a_place, test_limits, test_certificates,
		NULL };

	return t_main("identity", tests);
}
