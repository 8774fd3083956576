/* SPDX-License-Identifier: BSD-3-Clause */
/* Syntax of host names, mailboxes and URIs. */
#include <stdlib.h>
#include <string.h>

#include "libpki/types/host.h"
#include "tests/lib/t.h"

#define A16 "aaaaaaaaaaaaaaaa"
#define A49 A16 A16 A16 "a"
#define A63 A16 A16 A16 "aaaaaaaaaaaaaaa"
#define A64 A16 A16 A16 A16

static const char *const hosts[] = {
	"a", "localhost", "www.example.org", "WWW.Example.ORG", "a-b.c--d.example",
	"xn--bcher-kva.example", "1.example", "1a.2b", "0x7f.example", "192.0.2.1.example", "a.1b",
	A63 ".example", A49 "." A49 "." A49 "." A49 "." A49 ".abc", /* 253 */
};

static const char *const bad_hosts[] = {
	"", ".", "..", ".example.org", "a..example.org", "example.org.", "example.org..", "a b",
	" a", "a ", "exa mple.org", "a_b.example.org", "_dmarc.example.org", "-a.example.org",
	"a-.example.org", "a.-example.org", "a.example-", "-", "a.-", "*", "*.", "*.*.com",
	"a.*.example.org", "a*.example.org", "*a.example.org", "**.example.org", "*..example.org",
	"*.-a", "192.0.2.1", "192.0.2.256", "*.192.0.2.1", "1", "a.1", "a.0123", "1.2.3.4.5", "::1",
	"[::1]", "example.org:443", "example.org/", "https://example.org", "me@example.org",
	"a\n.example.org", "a.example.org\n", "a\x1b[31m.example.org", "a\\0.example.org",
	"a\x7f.example.org", "a,b", "a;b", "a\tb", "a%20b",
	"b\xc3\xbc"
	"cher.example",
	"b\xff.example", "\xe3\x80\x82", A64 ".example.org", "a." A64,
	A49 "." A49 "." A49 "." A49 "." A49 ".abcd", /* 254 */
};

START_TEST(host_names)
{
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
		t_ok(pki_host_check(pki_bytes_str(hosts[i]), 0, err));
		t_ok(pki_host_check(pki_bytes_str(hosts[i]), PKI_HOST_WILDCARD, err));
	}
	for (size_t i = 0; i < sizeof bad_hosts / sizeof bad_hosts[0]; i++) {
		pki_bytes name = pki_bytes_str(bad_hosts[i]);

		ck_assert_msg(pki_host_check(name, 0, NULL) == PKI_E_ARG, "%s", bad_hosts[i]);
		ck_assert_msg(
		    pki_host_check(name, PKI_HOST_WILDCARD, NULL) == PKI_E_ARG, "%s", bad_hosts[i]);
	}
	t_fails(PKI_E_ARG, pki_host_check(pki_bytes_of("a\0b", 3), 0, err));
}
END_TEST

START_TEST(wildcards)
{
	static const char *const list[] = { "*.example.org", "*.com", "*.a.b.c.example",
		"*." A63 ".example" };

	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
		t_ok(pki_host_check(pki_bytes_str(list[i]), PKI_HOST_WILDCARD, err));
		t_fails(PKI_E_ARG, pki_host_check(pki_bytes_str(list[i]), 0, err));
	}
	t_fails(PKI_E_ARG,
	    pki_host_check(pki_bytes_str("*." A49 "." A49 "." A49 "." A49 "." A49 ".ab"),
		PKI_HOST_WILDCARD, err));
}
END_TEST

START_TEST(not_ascii)
{
	pki_error err = PKI_ERROR_INIT;

	ck_assert_int_eq(pki_host_check(pki_bytes_str("b\xc3\xbc"
						      "cher.example"),
			     0, &err),
	    PKI_E_ARG);
	ck_assert_ptr_nonnull(strstr(pki_error_reason(&err), "A-label"));
}
END_TEST

static const struct {
	const char *text;
	bool ascii;
} mailboxes[] = {
	{ "me@example.org", true },
	{ "a@b", true },
	{ "a.b.c@example.org", true },
	{ "!#$%&'*+-/=?^_`{|}~@example.org", true },
	{ "1@example.org", true },
	{ "\"a b\"@example.org", true },
	{ "\"\"@example.org", true },
	{ "\"a@b\"@example.org", true },
	{ "\"a\\\"b\\\\\"@example.org", true },
	{ "\"..\"@example.org", true },
	{ A64 "@example.org", true },
	{ "j\xc3\xb6rg@example.org", false },
	{ "\"j\xc3\xb6rg x\"@example.org", false },
	{ "\xe5\xbc\xa0@xn--fiqs8s.example", false },
};

static const char *const bad_mailboxes[] = {
	"",
	"@",
	"me",
	"me@",
	"@example.org",
	"a@b@example.org",
	".a@example.org",
	"a.@example.org",
	"a..b@example.org",
	"a b@example.org",
	" a@example.org",
	"a@ example.org",
	"a@example.org ",
	"a@example.org.",
	"a@.example.org",
	"a@exa mple.org",
	"a@*.example.org",
	"a@192.0.2.1",
	"a@[192.0.2.1]",
	"a@[IPv6:::1]",
	"a@b_c.example",
	"a@b\xc3\xbc"
	"cher.example",
	"<a@example.org>",
	"A <a@example.org>",
	"a(x)@example.org",
	"a,b@example.org",
	"a:b@example.org",
	"a;b@example.org",
	"a\\b@example.org",
	"a[b]@example.org",
	"a\"b\"@example.org",
	"\"a@example.org",
	"a\"@example.org",
	"\"@example.org",
	"\"a\"b\"@example.org",
	"\"a\\\"@example.org",
	"\"a\\\\\\\"@example.org",
	"\"a\nb\"@example.org",
	"\"a\\\nb\"@example.org",
	"\"a\\\xc3\xb6\"@example.org",
	"\"a\x7f\"@example.org",
	"a\n@example.org",
	"a@example.org\n",
	"a\x1b@example.org",
	"j\xc3@example.org",
	"\xff@example.org",
	"\xed\xa0\x80@example.org",
	"a\xc2\x85@example.org",
	A64 "a@example.org",
	A64 "@" A49 "." A49 "." A49 "." A49 ".example",
};

START_TEST(mailbox_syntax)
{
	bool ascii;

	for (size_t i = 0; i < sizeof mailboxes / sizeof mailboxes[0]; i++) {
		t_ok(pki_mailbox_check(pki_bytes_str(mailboxes[i].text), &ascii, err));
		ck_assert_msg(ascii == mailboxes[i].ascii, "%s", mailboxes[i].text);
	}
	for (size_t i = 0; i < sizeof bad_mailboxes / sizeof bad_mailboxes[0]; i++)
		ck_assert_msg(
		    pki_mailbox_check(pki_bytes_str(bad_mailboxes[i]), &ascii, NULL) == PKI_E_ARG,
		    "%s", bad_mailboxes[i]);
	t_fails(PKI_E_ARG, pki_mailbox_check(pki_bytes_of("a\0@b", 4), &ascii, err));
}
END_TEST

static const char *const uris[] = {
	"https://example.org",
	"https://x.example/path?q=1",
	"https://example.org:8443/a/b;c=d?e=f&g=h#i/j?k",
	"https://example.org:/",
	"https://example.org./",
	"https://user:pw@example.org/",
	"https://192.0.2.1/",
	"https://[2001:db8::1]/",
	"https://[2001:db8::1]:443/",
	"ldap://[2001:db8::7]/c=GB?objectClass?one",
	"HTTP://EXAMPLE.ORG/%7Efoo/%C3%A9",
	"http://a?b",
	"http://a#b",
	"spiffe://example.org/ns/x",
	"urn:example:1",
	"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
	"mailto:me@example.org",
	"sip:alice@example.org",
	"tel:+1-816-555-1212",
	"a:b",
	"a+b-c.d:e",
	"file:/etc/passwd",
	"x:/",
	"x:?",
	"x:#",
};

static const char *const bad_uris[] = {
	"",
	":",
	"a",
	"a:",
	":a",
	"//example.org/",
	"/path",
	"1a:b",
	"+a:b",
	"a_b:c",
	"a b:c",
	"\xc3\xa9:c",
	"https://",
	"https:///path",
	"https://?q",
	"https://:443/",
	"https://user@/",
	"file:///etc/passwd",
	"https://exa mple.org/",
	"https://example.org/a b",
	"https://example.org/a\nb",
	"https://example.org/\x7f",
	"https://example.org/\xc3\xa9",
	"https://b\xc3\xbc\x63her.example/",
	"https://example.org/<a>",
	"https://example.org/\"a\"",
	"https://example.org/a\\b",
	"https://example.org/a^b",
	"https://example.org/a`b",
	"https://example.org/{a}",
	"https://example.org/a|b",
	"https://example.org/[a]",
	"https://example.org/%",
	"https://example.org/%4",
	"https://example.org/%4g",
	"https://example.org/#a#b",
	"https://example.org/#a[b",
	"https://example.org:https/",
	"https://example.org:80:80/",
	"https://a@b@example.org/",
	"https://a%zz@example.org/",
	"https://a/b@example.org:x/<",
	"https://*.example.org/",
	"https://a_b.example/",
	"https://-a.example/",
	"https://a..b/",
	"https://192.0.2.256/",
	"https://192.0.2/",
	"https://2001:db8::1/",
	"https://[2001:db8::1/",
	"https://[2001:db8:::1]/",
	"https://[192.0.2.1]/",
	"https://[fe80::1%25eth0]/",
	"https://[v1.x]/",
	"https://[::1]x/",
	"https://[::1]:x/",
	"https://[]/",
	"https://[::1]]/",
	"https://example%2eorg/",
};

START_TEST(utf8_mailbox_syntax)
{
	static const char *const bad[] = { "", "a", "a@example.org", "\xc3\xb6",
		"\xc3\xb6@Example.org", "\xc3\xb6@example.org.", "\xc3\xb6@",
		"\xc3\xb6@\xc3\xb6.example", "\xef\xbb\xbf\xc3\xb6@example.org",
		"\xff@example.org" };

	t_ok(pki_utf8_mailbox_check(pki_bytes_str("\xc3\xb6@example.org"), err));
	t_ok(pki_utf8_mailbox_check(pki_bytes_str("A\xc3\xb6@xn--a.example.org"), err));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(
		    pki_utf8_mailbox_check(pki_bytes_str(bad[i]), NULL) == PKI_E_ARG, "%s", bad[i]);
}
END_TEST

START_TEST(uri_syntax)
{
	for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++)
		t_ok(pki_uri_check(pki_bytes_str(uris[i]), err));
	for (size_t i = 0; i < sizeof bad_uris / sizeof bad_uris[0]; i++)
		ck_assert_msg(pki_uri_check(pki_bytes_str(bad_uris[i]), NULL) == PKI_E_ARG, "%s",
		    bad_uris[i]);
	t_fails(PKI_E_ARG, pki_uri_check(pki_bytes_of("a:b\0c", 5), err));
}
END_TEST

START_TEST(schemes)
{
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str("https://x")), 5);
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str("a1+.-:")), 5);
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str("1a:x")), 0);
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str("https")), 0);
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str(":")), 0);
	ck_assert_uint_eq(pki_uri_scheme(pki_bytes_str("")), 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { host_names, wildcards, not_ascii, mailbox_syntax,
		utf8_mailbox_syntax, uri_syntax, schemes, NULL };

	return t_main("host", tests);
}
