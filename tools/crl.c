/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool crl: what a CA has revoked, listed and signed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pki/crl.h>
#include <pki/time.h>

#include "tools/args.h"
#include "tools/facts.h"
#include "tools/hex.h"
#include "tools/in.h"
#include "tools/issue.h"
#include "tools/make.h"
#include "tools/names.h"
#include "tools/out.h"
#include "tools/status.h"

enum { SERIAL_MOST = 20 };                       /* octets: RFC 5280 4.1.2.2 */
enum { REASON_NONE_SUCH = 7, REASON_LAST = 10 }; /* of CRLReason: RFC 5280 5.3.1 */

struct job {
	struct cmd *c;
	struct password password;
	struct session session;
	struct issuer issuer;
	struct term term;
	struct text name;
	const char *path;
	pki_crl *from, *base, *made;
	pki_crl_builder *builder;
	pki_buf bytes;
};

/* ---- FILE|SERIAL[:REASON[:DATE]] ---- */

/* Not to be moved. */
struct entry {
	const char *what; /* the file, or the serial number's text */
	bool is_file;
	uint8_t octets[SERIAL_MOST + 1];
	pki_bytes serial; /* contents octets of an INTEGER, among them */
	pki_crl_reason reason;
	pki_time when;
};

/* A positive INTEGER in hex; 0x may stand before it. */
static bool parse_serial(const char *text, struct entry *e)
{
	size_t digits;

	if (strncmp(text, "0x", 2) == 0)
		text += 2;
	while (*text == '0')
		text++;
	digits = strlen(text);
	if (digits == 0 || digits > 2 * (size_t)SERIAL_MOST)
		return false;
	memset(e->octets, 0, sizeof e->octets);
	for (size_t i = 0; i < digits; i++) {
		int value = hex_digit(text[i]);
		uint8_t *octet = &e->octets[1 + (i + digits % 2) / 2];
		if (value < 0)
			return false;
		*octet = (uint8_t)(*octet << 4 | value);
	}
	e->serial = pki_bytes_of(e->octets + 1, (digits + 1) / 2);
	if (e->octets[1] & 0x80)
		e->serial = pki_bytes_of(e->octets, e->serial.len + 1);
	return e->serial.len <= SERIAL_MOST;
}

static int take_reason(const struct cmd *c, const char *text, size_t len, struct entry *e)
{
	const char *list[REASON_LAST + 2];
	size_t count = 0;
	char word[64];

	snprintf(word, sizeof word, "%.*s", (int)(len < sizeof word ? len : sizeof word), text);
	for (pki_crl_reason r = 0; r <= REASON_LAST; r++) {
		const char *name = pki_crl_reason_name(r);
		if (r == REASON_NONE_SUCH)
			continue;
		if (strcmp(name, word) == 0) {
			e->reason = r;
			return STATUS_DONE;
		}
		list[count++] = name;
	}
	list[count] = NULL;
	return args_bad_choice(c, "--revoke, reason", word, list);
}

static int take_date(const struct cmd *c, const char *text, struct entry *e)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_time_parse(text, &e->when, NULL, &err);

	return st ? say_usage(c, "--revoke, date '%s': %s", text, pki_error_reason(&err))
		  : STATUS_DONE;
}

static int take_rest(const struct cmd *c, const char *rest, struct entry *e)
{
	size_t len = strcspn(rest, ":");
	int st = take_reason(c, rest, len, e);

	return st || !rest[len] ? st : take_date(c, rest + len + 1, e);
}

typedef bool is_fn(const char *text, struct entry *e);

static bool is_file(const char *text, struct entry *e)
{
	e->is_file = out_is_stdout(text) || access(text, F_OK) == 0;
	return e->is_file;
}

/* What is in front of a colon and is such; the text is cut there. NULL: nothing. */
static const char *split(char *text, is_fn *is, struct entry *e)
{
	if (is(text, e))
		return text + strlen(text);
	for (char *colon = strchr(text, ':'); colon; colon = strchr(colon + 1, ':')) {
		*colon = 0;
		if (is(text, e))
			return colon + 1;
		*colon = ':';
	}
	return NULL;
}

/* Names of files have colons, too, and may look like numbers: what is there decides. */
static int parse_entry(const struct cmd *c, char *text, struct entry *e)
{
	size_t len = strlen(text), shown = strcspn(text, ":");
	const char *rest = split(text, is_file, e);

	if (!rest)
		rest = split(text, parse_serial, e);
	e->what = text;
	if (rest)
		return strlen(text) == len ? STATUS_DONE : take_rest(c, rest, e);
	text[shown] = 0;
	if (strspn(text, "0123456789abcdefABCDEF") == shown)
		return say_usage(
		    c, "--revoke '%s': a serial number is 1 to 20 octets in hex, not 0", text);
	return say_fail(c, STATUS_IO, "--revoke %s: there is no such file", text);
}

/* ---- entries ---- */

static bool has_other_key_id(const pki_cert *cert, const pki_cert *ca)
{
	pki_bytes asked = pki_cert_authority_key_id(cert), own = pki_cert_key_id(ca);

	return asked.len && own.len && !pki_bytes_equal(asked, own);
}

static int check_issued(const struct job *j, const struct entry *e, const pki_cert *cert)
{
	const pki_cert *ca = j->issuer.cert;

	if (pki_name_equal(pki_cert_issuer(cert), pki_cert_subject(ca)) &&
	    !has_other_key_id(cert, ca))
		return STATUS_DONE;
	return say_fail(j->c, STATUS_NO, "%s was issued by another CA than %s", in_name(e->what),
	    in_name(j->issuer.path));
}

static void add_serial(const struct job *j, const struct entry *e)
{
	if (e->reason == PKI_REASON_REMOVE)
		pki_crl_builder_release(j->builder, NULL, e->serial);
	else
		pki_crl_builder_revoke(j->builder, e->serial, e->when, e->reason);
}

static void add_cert(const struct job *j, const struct entry *e, const pki_cert *cert)
{
	if (e->reason == PKI_REASON_REMOVE)
		pki_crl_builder_release(j->builder, NULL, pki_cert_serial(cert));
	else
		pki_crl_builder_revoke_cert(j->builder, cert, e->when, e->reason);
}

static int add_file(struct job *j, const struct entry *e)
{
	pki_cert *cert;
	int st = in_cert(j->c, j->session.ctx, e->what, &cert);

	if (!st)
		st = check_issued(j, e, cert);
	if (!st)
		add_cert(j, e, cert);
	pki_cert_free(cert);
	return st;
}

static int add_entry(struct job *j, char *text)
{
	struct entry e = { .reason = PKI_REASON_NONE, .when = j->term.begins };
	pki_error err = PKI_ERROR_INIT;
	pki_status failed;
	int st = parse_entry(j->c, text, &e);

	if (!st && e.is_file)
		st = add_file(j, &e);
	else if (!st)
		add_serial(j, &e);
	if (st)
		return st;
	failed = pki_crl_builder_status(j->builder, &err);
	return failed ? say_error(j->c, e.what, failed, &err) : STATUS_DONE;
}

static int add_entries(struct job *j)
{
	size_t at = 0;
	const char *text;
	int st = STATUS_DONE;

	while (!st && (text = args_next(j->c, OPT_REVOKE, &at)) != NULL) {
		char *copy = strdup(text);
		st = copy ? add_entry(j, copy) : say_nomem(j->c);
		free(copy);
	}
	return st;
}

/* ---- what it goes on from ---- */

/* Nothing of what somebody else wrote is signed again. */
static int check_own(const struct job *j, const char *path, const pki_crl *crl)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_crl_check_signature(crl, pki_key_public(j->issuer.key), &err);

	if (st == PKI_E_SIGNATURE)
		return say_fail(j->c, STATUS_NO, "%s is not signed by %s", in_name(path),
		    in_name(j->issuer.path));
	return st ? say_error(j->c, in_name(path), st, &err) : STATUS_DONE;
}

static int take_old(struct job *j, enum opt_id id, pki_crl **out)
{
	const char *path = args_value(j->c, id);
	int st;

	if (!path)
		return STATUS_DONE;
	st = in_crl(j->c, j->session.ctx, path, out);
	return st ? st : check_own(j, path, *out);
}

static pki_bytes magnitude(pki_bytes number)
{
	while (number.len && !number.data[0])
		number = pki_bytes_of(number.data + 1, number.len - 1);
	return number;
}

static bool is_greater(pki_bytes a, pki_bytes b)
{
	a = magnitude(a);
	b = magnitude(b);
	return a.len != b.len ? a.len > b.len : pki_bytes_compare(a, b) > 0;
}

/* Numbers only grow: one that is replaced is one that is gone on from. */
static int check_replaced(struct job *j)
{
	pki_crl *old;
	bool back;

	if (out_is_stdout(j->path) ||
	    pki_crl_load(j->session.ctx, j->path, &old, NULL) != PKI_SUCCESS)
		return STATUS_DONE;
	back = pki_name_equal(pki_crl_issuer(old), pki_crl_issuer(j->made)) &&
	    pki_crl_number(old).len && !is_greater(pki_crl_number(j->made), pki_crl_number(old));
	pki_crl_free(old);
	return back
	    ? say_fail(j->c, STATUS_NO,
		  "%s: the CRL number would not grow; --from %s goes on from it", j->path, j->path)
	    : STATUS_DONE;
}

/* ---- making ---- */

static int name_file(struct job *j)
{
	const char *ca = args_value(j->c, OPT_CA);

	if (!ca)
		return say_usage(j->c, "--ca says whose CRL it is: %s --ca ca.pem", j->c->name);
	j->path = args_value(j->c, OPT_OUT);
	if (!j->path && out_is_stdout(ca))
		return say_usage(j->c, "the CA's certificate has no name; -o says where to write");
	if (!j->path) {
		names_beside(ca, ".crl", &j->name);
		j->path = pki_buf_str(&j->name.buf);
	}
	return j->name.failed ? say_nomem(j->c) : STATUS_DONE;
}

static unsigned flags(const struct job *j)
{
	return make_form(j->c) == PKI_DER ? OUT_BINARY : 0;
}

static int new_builder(struct job *j)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_crl_builder_new(j->session.ctx, &j->builder, &err);

	return st ? say_error(j->c, NULL, st, &err) : STATUS_DONE;
}

static int sign(struct job *j)
{
	pki_crl_opts o = { .size = sizeof o,
		.this_update = &j->term.begins,
		.next_update = j->term.has_end ? &j->term.ends : NULL,
		.from = j->from,
		.delta_base = j->base };
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_crl_builder_sign(
	    j->builder, j->issuer.cert, j->issuer.key, &o, &j->made, &err);

	if (!st)
		st = pki_crl_write(j->made, make_form(j->c), &j->bytes, &err);
	return st ? say_error(j->c, NULL, st, &err) : STATUS_DONE;
}

static void say_made(const struct job *j)
{
	struct text number = TEXT_INIT;

	facts_decimal(&number, pki_crl_number(j->made));
	say(j->c, "wrote %s (CRL number %s, %zu revoked)", j->path, pki_buf_str(&number.buf),
	    pki_crl_count(j->made));
	text_free(&number);
}

static int run(struct job *j)
{
	struct cmd *c = j->c;
	int st;

	(void)((st = name_file(j)) || (st = session_open(c, 0, &j->session)) ||
	    (st = issue_term(c, &j->session, &j->term)) || (st = out_check(c, j->path, flags(j))) ||
	    (st = password_take(c, OPT_PASSWORD_FILE, false, &j->password)) ||
	    (st = new_builder(j)) ||
	    (st = issuer_open(c, &j->session, args_value(c, OPT_CA), args_value(c, OPT_CA_KEY),
		 &j->password, &j->issuer)) ||
	    (st = issuer_clash(c, &j->issuer, "CRL", j->path)) ||
	    (st = take_old(j, OPT_FROM, &j->from)) || (st = take_old(j, OPT_DELTA, &j->base)) ||
	    (st = add_entries(j)) || (st = sign(j)) || (st = check_replaced(j)) ||
	    (st = out_write(c, j->path, pki_buf_bytes(&j->bytes), flags(j))));
	if (!st && !args_has(c, OPT_OUT))
		say_made(j);
	return st;
}

int crl_run(struct cmd *c)
{
	struct job j = { .c = c };
	int st = run(&j);

	issuer_free(&j.issuer);
	session_close(&j.session);
	password_free(&j.password);
	pki_crl_builder_free(j.builder);
	pki_crl_free(j.from);
	pki_crl_free(j.base);
	pki_crl_free(j.made);
	pki_buf_free(&j.bytes);
	text_free(&j.name);
	return st;
}
