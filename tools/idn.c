/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that people write in their own script: RFC 5280 section 7, RFC 5891, RFC 3987 3.1. */
#include "tools/idn.h"

#include <stdlib.h>
#include <string.h>

#ifdef WITH_LIBIDN2
# include <idn2.h>
#endif

#include "tools/status.h"

static bool is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s > 0x7f)
			return false;
	return true;
}

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

#ifdef WITH_LIBIDN2
static int to_ascii(const struct cmd *c, const char *host, struct text *out)
{
	uint8_t *ascii = NULL;
	int rc = idn2_lookup_u8(
	    (const uint8_t *)host, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);

	if (rc == IDN2_MALLOC)
		return say_nomem(c);
	if (rc != IDN2_OK)
		return say_fail(c, STATUS_USAGE, "%s: %s", host, idn2_strerror(rc));
	text_add(out, (const char *)ascii);
	idn2_free(ascii);
	return STATUS_DONE;
}
#else
static int to_ascii(const struct cmd *c, const char *host, struct text *out)
{
	(void)out;
	return say_fail(c, STATUS_UNSUPPORTED,
	    "%s: this pkitool is built without libidn2; write the name in A-labels (xn--)", host);
}
#endif

/* A star before the first dot is no label of IDNA's. */
static int add_host(const struct cmd *c, const char *host, struct text *out)
{
	if (is_ascii(host)) {
		text_add(out, host);
		return STATUS_DONE;
	}
	if (starts_with(host, "*.")) {
		text_add(out, "*.");
		host += 2;
	}
	return to_ascii(c, host, out);
}

static int add_mailbox(const struct cmd *c, const char *mailbox, struct text *out)
{
	const char *at = strrchr(mailbox, '@');

	if (!at)
		return add_host(c, mailbox, out);
	text_bytes(out, pki_bytes_of(mailbox, (size_t)(at - mailbox) + 1));
	return add_host(c, at + 1, out);
}

static void add_percent(struct text *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)s[i];
		if (b > 0x7f)
			text_fmt(out, "%%%02X", b);
		else
			text_bytes(out, pki_bytes_of(s + i, 1));
	}
}

/* scheme "://" [ userinfo "@" ] host [ ":" port ] the rest */
static int add_uri(const struct cmd *c, const char *uri, struct text *out)
{
	const char *authority = strstr(uri, "://"), *host, *end, *at;
	char *name;
	int st;

	host = authority ? authority + 3 : uri + strlen(uri);
	end = host + strcspn(host, "/?#");
	at = memchr(host, '@', (size_t)(end - host));
	if (at)
		host = at + 1;
	name = strndup(host, strcspn(host, ":/?#"));
	if (!name)
		return say_nomem(c);
	add_percent(out, uri, (size_t)(host - uri));
	st = add_host(c, name, out);
	host += strlen(name);
	add_percent(out, host, strlen(host));
	free(name);
	return st;
}

static int add_prefixed(const struct cmd *c, const char *name, const char *prefix,
    int (*add)(const struct cmd *, const char *, struct text *), struct text *out)
{
	text_add(out, prefix);
	return add(c, name + strlen(prefix), out);
}

int idn_name(const struct cmd *c, const char *name, struct text *out)
{
	if (is_ascii(name) || starts_with(name, "dn:") || starts_with(name, "upn:")) {
		text_add(out, name);
		return STATUS_DONE;
	}
	if (starts_with(name, "dns:"))
		return add_prefixed(c, name, "dns:", add_host, out);
	if (starts_with(name, "email:"))
		return add_prefixed(c, name, "email:", add_mailbox, out);
	if (starts_with(name, "uri:"))
		return add_prefixed(c, name, "uri:", add_uri, out);
	return strstr(name, "://") ? add_uri(c, name, out) : add_mailbox(c, name, out);
}
