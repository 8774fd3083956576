/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of pkitool verify, but for files. */
#include <stdlib.h>
#include <string.h>

#include "tools/args.h"
#include "tools/idn.h"
#include "tools/status.h"
#include "tools/verify.h"

enum { DEPTH_MOST = 1000000 };

/* What an option says is no name, or no OID. */
static int malformed(
    struct verify *v, const char *option, const char *text, pki_status st, const pki_error *err)
{
	verify_keep(v, option, st == PKI_E_NOMEM ? st : PKI_E_ENCODING, err);
	say(v->c, "%s '%s': %s", option, text, pki_error_reason(err));
	return status_exit(v->status);
}

static int malformed_because(
    struct verify *v, const char *option, const char *text, const char *reason)
{
	pki_error err = PKI_ERROR_INIT;

	return malformed(v, option, text, pki_error_set(&err, PKI_E_ARG, reason, NULL), &err);
}

/* Appends a name with its host part in A-labels. */
static int to_ascii(struct verify *v, const char *option, const char *typed, struct text *out)
{
	pki_error err = PKI_ERROR_INIT;
	int st = idn_name(v->c, typed, out);

	if (!st && out->failed)
		return say_nomem(v->c);
	if (st != STATUS_USAGE)
		return st;
	verify_keep(
	    v, option, pki_error_set(&err, PKI_E_ENCODING, "it is no host name", NULL), &err);
	return STATUS_MALFORMED;
}

/* ---- --for ---- */

static bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static const char *purpose_word(const struct verify *v)
{
	const char *word = args_value(v->c, OPT_PURPOSE);

	if (word)
		return word;
	if (v->opts.email)
		return "email";
	return v->opts.host || v->opts.ip ? "server" : "any";
}

/* canonical: "dns:www.example.org"; ascii: as it was typed, which a mailbox stays. */
static int note_name(struct verify *v, const char *canonical, const char *ascii)
{
	if (starts_with(canonical, "email:"))
		text_add(&v->name, ascii + (starts_with(ascii, "email:") ? strlen("email:") : 0));
	else if (starts_with(canonical, "dns:") || starts_with(canonical, "ip:"))
		text_add(&v->name, strchr(canonical, ':') + 1);
	else
		return say_usage(v->c,
		    "--for wants a host name, an IP address or an e-mail address, not '%s'", ascii);
	if (v->name.failed)
		return say_nomem(v->c);
	if (starts_with(canonical, "email:"))
		v->opts.email = pki_buf_str(&v->name.buf);
	else if (starts_with(canonical, "ip:"))
		v->opts.ip = pki_buf_str(&v->name.buf);
	else
		v->opts.host = pki_buf_str(&v->name.buf);
	return STATUS_DONE;
}

static int parse_name(struct verify *v, const char *typed, const char *ascii)
{
	pki_buf store = PKI_BUF_INIT, canonical = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_gn gn;
	pki_status st = pki_gn_from_string(NULL, ascii, &store, &gn, &err);
	int r;

	if (!st)
		st = pki_gn_format(&gn, &canonical, &err);
	if (st)
		r = malformed(v, "--for", typed, st, &err);
	else if (starts_with(pki_buf_str(&canonical), "dns:*"))
		r = malformed_because(v, "--for", typed, "no host is called *");
	else
		r = note_name(v, pki_buf_str(&canonical), ascii);
	pki_buf_free(&store);
	pki_buf_free(&canonical);
	return r;
}

static int take_name(struct verify *v)
{
	const char *typed = args_value(v->c, OPT_FOR);
	struct text ascii = TEXT_INIT;
	int st;

	if (!typed)
		return STATUS_DONE;
	st = to_ascii(v, "--for", typed, &ascii);
	if (!st)
		st = parse_name(v, typed, pki_buf_str(&ascii.buf));
	text_free(&ascii);
	return st;
}

/* ---- --purpose ---- */

static const struct {
	const char *word;
	pki_purpose purpose;
} purposes[] = {
	{ "server", PKI_PURPOSE_SERVER },
	{ "client", PKI_PURPOSE_CLIENT },
	{ "email", PKI_PURPOSE_EMAIL },
	{ "code", PKI_PURPOSE_CODE },
	{ "ocsp", PKI_PURPOSE_OCSP },
	{ "timestamp", PKI_PURPOSE_TIMESTAMP },
	{ "any", PKI_PURPOSE_ANY },
};

/* A dotted OID, or the name of one: "serverAuth". */
static int take_purpose_oid(struct verify *v, const char *word)
{
	const struct opt *o = opt_find(v->c->verb, "purpose", strlen("purpose"));
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_oid_parse(word, &v->purpose, &err);

	if (st && (*word < '0' || *word > '9'))
		return args_bad_choice(v->c, "--purpose", word, o->choices);
	if (st)
		return malformed(v, "--purpose", word, st, &err);
	v->opts.purpose = PKI_PURPOSE_OID;
	v->opts.purpose_oid = pki_buf_bytes(&v->purpose);
	return STATUS_DONE;
}

static int take_purpose(struct verify *v)
{
	const char *word = purpose_word(v);

	for (size_t i = 0; i < sizeof purposes / sizeof *purposes; i++)
		if (strcmp(purposes[i].word, word) == 0)
			v->opts.purpose = purposes[i].purpose;
	if (v->name.buf.len) {
		text_add(&v->asked, " for ");
		text_safe(&v->asked, pki_buf_bytes(&v->name.buf));
	}
	text_add(&v->asked, " (");
	text_add(&v->asked, strcmp(word, "any") == 0 ? "any purpose" : word);
	text_add(&v->asked, ")");
	return v->opts.purpose ? STATUS_DONE : take_purpose_oid(v, word);
}

/* ---- policies ---- */

static size_t count_of(const struct cmd *c, enum opt_id id)
{
	size_t at = 0, n = 0;

	while (args_next(c, id, &at))
		n++;
	return n;
}

static int take_oids(struct verify *v, enum opt_id id, const char *option, struct oids *out)
{
	size_t n = count_of(v->c, id), at = 0;
	const char *text;

	out->store = calloc(n + 1, sizeof *out->store);
	out->list = calloc(n + 1, sizeof *out->list);
	if (!out->store || !out->list)
		return say_nomem(v->c);
	while ((text = args_next(v->c, id, &at)) != NULL) {
		pki_buf *oid = &out->store[out->count];
		pki_error err = PKI_ERROR_INIT;
		pki_status st = pki_oid_parse(text, oid, &err);
		if (st)
			return malformed(v, option, text, st, &err);
		out->list[out->count++] = pki_buf_bytes(oid);
	}
	return STATUS_DONE;
}

static int take_policies(struct verify *v)
{
	const struct cmd *c = v->c;
	int st;

	if (args_has(c, OPT_POLICY) && args_has(c, OPT_POLICY_SET))
		return say_usage(c, "--policy and --policy-set do not go together");
	st = take_oids(v, OPT_POLICY, "--policy", &v->policies);
	if (!st)
		st = take_oids(v, OPT_POLICY_SET, "--policy-set", &v->policy_set);
	v->opts.policies = v->policies.count ? v->policies.list : NULL;
	v->opts.policy_count = v->policies.count;
	v->opts.policy_set = v->policy_set.count ? v->policy_set.list : NULL;
	v->opts.policy_set_count = v->policy_set.count;
	v->opts.policy_flags = (args_has(c, OPT_REQUIRE_POLICY) ? PKI_REQUIRE_POLICY : 0) |
	    (args_has(c, OPT_INHIBIT_POLICY_MAPPING) ? PKI_INHIBIT_MAPPING : 0) |
	    (args_has(c, OPT_INHIBIT_ANY_POLICY) ? PKI_INHIBIT_ANY_POLICY : 0);
	return st;
}

/* ---- --permit, --exclude ---- */

/* Is it one that a certificate can have? */
static pki_status check_subtree(const char *text, pki_error *err)
{
	pki_exts *scratch;
	pki_status st = pki_exts_new(NULL, &scratch, err);

	if (!st) {
		pki_exts_permit(scratch, text);
		st = pki_exts_status(scratch, err);
	}
	pki_exts_free(scratch);
	return st;
}

static int add_subtree(struct verify *v, const char *option, const char *typed, struct names *out)
{
	struct text ascii = TEXT_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	int r = to_ascii(v, option, typed, &ascii);

	if (!r && (st = check_subtree(pki_buf_str(&ascii.buf), &err)) != PKI_SUCCESS)
		r = malformed(v, option, typed, st, &err);
	if (!r)
		r = names_add_text(v->c, out, pki_buf_str(&ascii.buf));
	text_free(&ascii);
	return r;
}

/* "example.org,192.0.2.0/24"; a distinguished name, which has commas of its own, comes last. */
static int add_subtrees(struct verify *v, const char *option, char *list, struct names *out)
{
	int st = STATUS_DONE;

	while (!st && list) {
		char *comma = starts_with(list, "dn:") ? NULL : strchr(list, ',');
		if (comma)
			*comma = 0;
		st = add_subtree(v, option, list, out);
		list = comma ? comma + 1 : NULL;
	}
	return st;
}

static int take_subtrees(struct verify *v, enum opt_id id, const char *option, struct names *out)
{
	size_t at = 0;
	const char *text;
	int st = STATUS_DONE;

	while (!st && (text = args_next(v->c, id, &at)) != NULL) {
		char *copy = strdup(text);
		st = copy ? add_subtrees(v, option, copy, out) : say_nomem(v->c);
		free(copy);
	}
	return st ? st : names_finish(v->c, out);
}

static int take_names(struct verify *v)
{
	int st = take_subtrees(v, OPT_PERMIT, "--permit", &v->permit);

	if (!st)
		st = take_subtrees(v, OPT_EXCLUDE, "--exclude", &v->exclude);
	v->opts.permit = v->permit.count ? v->permit.list : NULL;
	v->opts.exclude = v->exclude.count ? v->exclude.list : NULL;
	return st;
}

/* ---- the others ---- */

static int allow(const struct cmd *c, void *ud, const char *word)
{
	struct verify *v = ud;

	for (unsigned i = 0; allowances[i]; i++) {
		if (strcmp(allowances[i], word) == 0) {
			v->opts.allow |= 1u << i;
			return STATUS_DONE;
		}
	}
	return args_bad_choice(c, "--allow", word, allowances);
}

static int take_depth(struct verify *v)
{
	const char *text = args_value(v->c, OPT_MAX_DEPTH);
	int64_t n;

	if (!text)
		return STATUS_DONE;
	if (!args_number(text, 0, DEPTH_MOST, &n))
		return say_usage(v->c, "--max-depth wants a number, not '%s'", text);
	v->max_depth = (uint32_t)n;
	v->opts.max_intermediates = &v->max_depth;
	return STATUS_DONE;
}

/* Which of its choices an option has; what_if_not if it is not there. */
static int32_t choice(const struct cmd *c, enum opt_id id, const char *name, int32_t what_if_not)
{
	const char *word = args_value(c, id);
	const struct opt *o = opt_find(c->verb, name, strlen(name));

	for (int32_t i = 0; word && o->choices[i]; i++)
		if (strcmp(o->choices[i], word) == 0)
			return i;
	return what_if_not;
}

static void take_modes(struct verify *v)
{
	const struct cmd *c = v->c;
	bool present = args_has(c, OPT_CRL);

	v->opts.rules = choice(c, OPT_PROFILE, "profile", PKI_RULES_RFC5280);
	v->opts.anchor = choice(c, OPT_ANCHOR, "anchor", PKI_ANCHOR_FULL);
	v->opts.revocation = choice(c, OPT_REVOCATION, "revocation",
	    present ? PKI_REVOCATION_IF_PRESENT : PKI_REVOCATION_NONE);
}

static int take_strength(struct verify *v)
{
	const char *text = args_value(v->c, OPT_MIN_STRENGTH);
	int64_t n = 0;

	if (text && !args_number(text, 0, UINT32_MAX, &n))
		return say_usage(v->c, "--min-strength wants a number, not '%s'", text);
	v->opts.min_strength = (uint32_t)n;
	return STATUS_DONE;
}

static int refuse_ocsp(struct verify *v)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (!args_has(v->c, OPT_OCSP))
		return STATUS_DONE;
	st = pki_error_set(
	    &err, PKI_E_UNSUPPORTED, "OCSP answers are not supported yet; --crl takes CRLs", NULL);
	return verify_fail(v, "--ocsp", st, &err);
}

int verify_take(struct verify *v)
{
	int st;

	take_modes(v);
	(void)((st = take_depth(v)) || (st = take_strength(v)) ||
	    (st = args_words(v->c, OPT_ALLOW, allow, v)) || (st = take_name(v)) ||
	    (st = take_purpose(v)) || (st = take_policies(v)) || (st = take_names(v)) ||
	    (st = refuse_ocsp(v)));
	if (!st && v->asked.failed)
		st = say_nomem(v->c);
	return st;
}
