/* SPDX-License-Identifier: BSD-3-Clause */
/* Syntax of host names, mailboxes and URIs as RFC 5280 4.2.1.6 wants them in certificates. */
#include <string.h>

#include "libpki/core/ascii.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"

static pki_status refuse(const char *reason, const char *clause, pki_error *err)
{
	return pki_error_set(err, PKI_E_ARG, reason, clause);
}

static bool is_alnum(uint8_t c)
{
	return pki_is_alpha(c) || pki_is_digit(c);
}

static bool is_one_of(uint8_t c, const char *list)
{
	return c != 0 && strchr(list, c) != NULL;
}

static bool is_ascii(pki_bytes s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] >= 0x80)
			return false;
	return true;
}

/* What stands before the first c; *rest is what follows it. false: there is none. */
static bool cut(pki_bytes s, uint8_t c, pki_bytes *before, pki_bytes *rest)
{
	const uint8_t *at = s.len == 0 ? NULL : memchr(s.data, c, s.len);

	*before = s;
	*rest = pki_bytes_of(NULL, 0);
	if (at == NULL)
		return false;
	*before = pki_bytes_of(s.data, (size_t)(at - s.data));
	*rest = pki_bytes_of(at + 1, s.len - before->len - 1);
	return true;
}

/* ---- host names ---- */

static bool all_digits(pki_bytes s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!pki_is_digit(s.data[i]))
			return false;
	return true;
}

static pki_status check_character(uint8_t c, pki_error *err)
{
	if (is_alnum(c) || c == '-')
		return PKI_SUCCESS;
	if (c == '*')
		return refuse(
		    "\"*\" in a host name is not the whole left-most label", "RFC 9525 6.3", err);
	return refuse("host name has a character that is not a letter, digit or hyphen",
	    "RFC 5280 4.2.1.6", err);
}

static pki_status check_label(pki_bytes label, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (label.len == 0)
		return refuse("host name has an empty label", "RFC 1034 3.5", err);
	if (label.len > PKI_HOST_LABEL)
		return refuse("label of a host name is over 63 octets", "RFC 1034 3.1", err);
	for (size_t i = 0; st == PKI_SUCCESS && i < label.len; i++)
		st = check_character(label.data[i], err);
	if (st == PKI_SUCCESS && (label.data[0] == '-' || label.data[label.len - 1] == '-'))
		st = refuse(
		    "label of a host name begins or ends with a hyphen", "RFC 1123 2.1", err);
	return st;
}

static pki_status check_labels(pki_bytes name, pki_error *err)
{
	pki_bytes label;
	pki_status st;
	bool more;

	do {
		more = cut(name, '.', &label, &name);
		st = check_label(label, err);
	} while (st == PKI_SUCCESS && more);
	if (st == PKI_SUCCESS && all_digits(label))
		st = refuse("last label of a host name is all digits", "RFC 1123 2.1", err);
	return st;
}

pki_status pki_host_check(pki_bytes name, unsigned flags, pki_error *err)
{
	bool wildcard = (flags & PKI_HOST_WILDCARD) != 0 && name.len > 2 && name.data[0] == '*' &&
	    name.data[1] == '.';

	if (!is_ascii(name))
		return refuse(
		    "host name is not ASCII: it must be given in A-labels", "RFC 5280 7.2", err);
	if (name.len > PKI_HOST_OCTETS)
		return refuse("host name is over 253 octets", "RFC 1035 2.3.4", err);
	if (wildcard)
		name = pki_bytes_of(name.data + 2, name.len - 2);
	return check_labels(name, err);
}

/* ---- mailboxes ---- */

/* atext of RFC 5322 3.2.3; octets of UTF-8 by RFC 6531 3.3. */
static bool is_atext(uint8_t c)
{
	return is_alnum(c) || c >= 0x80 || is_one_of(c, "!#$%&'*+-/=?^_`{|}~");
}

static bool is_dot_string(pki_bytes s)
{
	for (size_t i = 0; i < s.len; i++) {
		bool dot = s.data[i] == '.';

		if (!dot && !is_atext(s.data[i]))
			return false;
		if (dot && (i == 0 || i == s.len - 1 || s.data[i - 1] == '.'))
			return false;
	}
	return s.len > 0;
}

static bool is_printable(uint8_t c)
{
	return c >= 0x20 && c != 0x7f;
}

/* Quoted-string of RFC 5321 4.1.2. */
static bool is_quoted_string(pki_bytes s)
{
	if (s.len < 2 || s.data[0] != '"' || s.data[s.len - 1] != '"')
		return false;
	s = pki_bytes_of(s.data + 1, s.len - 2);
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '"')
			return false;
		if (s.data[i] == '\\' && (++i == s.len || s.data[i] >= 0x80))
			return false;
		if (!is_printable(s.data[i]))
			return false;
	}
	return true;
}

/* UTF-8 without C1 controls. */
static bool is_clean_utf8(pki_bytes s)
{
	uint32_t cp;

	while (s.len > 0)
		if (!pki_utf8_next(&s, &cp) || (cp >= 0x80 && cp < 0xa0))
			return false;
	return true;
}

bool pki_mailbox_split(pki_bytes s, pki_bytes *local, pki_bytes *host)
{
	size_t at = s.len;

	while (at > 0 && s.data[at - 1] != '@')
		at--;
	if (at == 0)
		return false;
	*local = pki_bytes_of(s.data, at - 1);
	*host = pki_bytes_of(s.data + at, s.len - at);
	return true;
}

pki_status pki_mailbox_check(pki_bytes mailbox, bool *ascii, pki_error *err)
{
	pki_bytes local, host;

	*ascii = true;
	if (!pki_mailbox_split(mailbox, &local, &host))
		return refuse("mailbox has no \"@\"", "RFC 5321 4.1.2", err);
	if (local.len == 0)
		return refuse("mailbox has no local part", "RFC 5321 4.1.2", err);
	if (host.len == 0)
		return refuse("mailbox has no host name", "RFC 5321 4.1.2", err);
	if (local.len > PKI_MAILBOX_LOCAL)
		return refuse(
		    "local part of a mailbox is over 64 octets", "RFC 5321 4.5.3.1.1", err);
	if (mailbox.len > PKI_MAILBOX_OCTETS)
		return refuse("mailbox is over 254 octets", "RFC 5321 4.5.3.1.3", err);
	if (!is_clean_utf8(local))
		return refuse("local part of a mailbox is not UTF-8", "RFC 6531 3.3", err);
	if (!is_dot_string(local) && !is_quoted_string(local))
		return refuse("local part of a mailbox is neither atoms nor a quoted string",
		    "RFC 5321 4.1.2", err);
	*ascii = is_ascii(local);
	return pki_host_check(host, 0, err);
}

static bool begins_with_bom(pki_bytes s)
{
	static const uint8_t bom[] = { 0xef, 0xbb, 0xbf };

	return s.len >= sizeof bom && memcmp(s.data, bom, sizeof bom) == 0;
}

static bool has_capital(pki_bytes s)
{
	for (size_t i = 0; i < s.len; i++)
		if (pki_to_lower(s.data[i]) != s.data[i])
			return true;
	return false;
}

pki_status pki_utf8_mailbox_check(pki_bytes mailbox, pki_error *err)
{
	pki_bytes local, host;
	bool ascii;
	pki_status st = pki_mailbox_check(mailbox, &ascii, err);

	if (st != PKI_SUCCESS)
		return st;
	pki_mailbox_split(mailbox, &local, &host);
	if (ascii)
		return refuse("SmtpUTF8Mailbox, and its local part is ASCII", "RFC 9598 3", err);
	if (begins_with_bom(local))
		return refuse("mailbox begins with a byte order mark", "RFC 9598 3", err);
	if (has_capital(host))
		return refuse("host name of a SmtpUTF8Mailbox has capitals", "RFC 9598 3", err);
	return PKI_SUCCESS;
}

/* ---- URIs ---- */

size_t pki_uri_scheme(pki_bytes text)
{
	size_t n = 0;

	while (n < text.len && (is_alnum(text.data[n]) || is_one_of(text.data[n], "+-.")))
		n++;
	return n > 0 && n < text.len && text.data[n] == ':' && pki_is_alpha(text.data[0]) ? n : 0;
}

/* unreserved, sub-delims and pct-encoded of RFC 3986, and the characters in `more`. */
static bool is_uri_text(pki_bytes s, const char *more)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '%') {
			if (s.len - i < 3 || pki_hex_digit(s.data[i + 1]) < 0 ||
			    pki_hex_digit(s.data[i + 2]) < 0)
				return false;
			i += 2;
		} else if (!is_alnum(s.data[i]) && !is_one_of(s.data[i], "-._~!$&'()*+,;=") &&
		    !is_one_of(s.data[i], more)) {
			return false;
		}
	}
	return true;
}

/* IP-literal (RFC 3986 3.2.2) without a zone; what follows it is empty or a port. */
static pki_status check_ip_literal(pki_bytes s, pki_error *err)
{
	uint8_t address[PKI_IPV6_OCTETS];
	pki_bytes inside, port;

	if (!cut(pki_bytes_of(s.data + 1, s.len - 1), ']', &inside, &port) ||
	    !pki_ipv6_parse(inside, address))
		return refuse("host of a URI is no IPv6 address", "RFC 3986 3.2.2", err);
	if (port.len > 0 &&
	    (port.data[0] != ':' || !all_digits(pki_bytes_of(port.data + 1, port.len - 1))))
		return refuse("port of a URI is no number", "RFC 3986 3.2.3", err);
	return PKI_SUCCESS;
}

/* RFC 5280 4.2.1.6: a fully qualified domain name or an IP address. */
static pki_status check_authority(pki_bytes s, pki_error *err)
{
	uint8_t address[PKI_IPV4_OCTETS];
	pki_bytes userinfo, host, port;

	if (cut(s, '@', &userinfo, &host)) {
		if (!is_uri_text(userinfo, ":"))
			return refuse(
			    "user of a URI has a character it may not have", "RFC 3986 3.2.1", err);
		s = host;
	}
	if (s.len > 0 && s.data[0] == '[')
		return check_ip_literal(s, err);
	cut(s, ':', &host, &port);
	if (!all_digits(port))
		return refuse("port of a URI is no number", "RFC 3986 3.2.3", err);
	if (pki_ipv4_parse(host, address))
		return PKI_SUCCESS;
	if (host.len > 1 && host.data[host.len - 1] == '.')
		host.len--;
	return pki_host_check(host, 0, err);
}

static size_t authority_length(pki_bytes s)
{
	size_t n = 0;

	while (n < s.len && !is_one_of(s.data[n], "/?#"))
		n++;
	return n;
}

pki_status pki_uri_check(pki_bytes uri, pki_error *err)
{
	size_t scheme = pki_uri_scheme(uri), n;
	pki_bytes rest, fragment;
	pki_status st;

	if (scheme == 0)
		return refuse("URI has no scheme", "RFC 3986 3.1", err);
	rest = pki_bytes_of(uri.data + scheme + 1, uri.len - scheme - 1);
	if (rest.len == 0)
		return refuse("URI has nothing after its scheme", "RFC 5280 4.2.1.6", err);
	if (rest.len >= 2 && rest.data[0] == '/' && rest.data[1] == '/') {
		rest = pki_bytes_of(rest.data + 2, rest.len - 2);
		n = authority_length(rest);
		st = check_authority(pki_bytes_of(rest.data, n), err);
		if (st != PKI_SUCCESS)
			return st;
		rest = pki_bytes_of(rest.data + n, rest.len - n);
	}
	cut(rest, '#', &rest, &fragment);
	if (!is_uri_text(rest, ":@/?") || !is_uri_text(fragment, ":@/?"))
		return refuse("URI has a character it may not have", "RFC 3986 2", err);
	return PKI_SUCCESS;
}
