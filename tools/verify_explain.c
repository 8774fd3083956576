/* SPDX-License-Identifier: BSD-3-Clause */
/* What a person can do about a path that is refused. */
#include <string.h>

#include <pki/sign.h>

#include "tools/args.h"
#include "tools/facts.h"
#include "tools/verify.h"

enum { URLS_MOST = 3, NAMES_MOST = 20 }; /* that are shown of one certificate */

/* A failure, and where it is. */
struct problem {
	struct verify *v;
	struct text *t;
	const pki_failure *f;
	const pki_cert *cert;  /* NULL: an anchor that is a name and a key */
	const pki_cert *below; /* the next one to the leaf; NULL: it is the leaf */
	size_t attempt;
	bool is_anchor;
};

static void line(struct text *t, const char *begin)
{
	text_add(t, "       - ");
	text_add(t, begin);
}

static void end(struct text *t)
{
	text_add(t, "\n");
}

static void hint(struct problem *p, const char *text)
{
	line(p->t, text);
	end(p->t);
}

static void put_name(struct text *t, const pki_name *name)
{
	pki_buf s = PKI_BUF_INIT;

	if (pki_name_is_empty(name))
		text_add(t, "(no name)");
	else if (pki_name_format(name, &s, NULL) != PKI_SUCCESS)
		t->failed = true;
	else
		text_safe(t, pki_buf_bytes(&s));
	pki_buf_free(&s);
}

/* "http://ca.example/ca.cer" of "uri:http://ca.example/ca.cer" */
static void put_location(struct text *t, const pki_gn *gn)
{
	pki_buf s = PKI_BUF_INIT;
	const char *text;

	if (pki_gn_format(gn, &s, NULL) != PKI_SUCCESS) {
		t->failed = true;
		return;
	}
	text = pki_buf_str(&s);
	text_safe(t, pki_bytes_str(strncmp(text, "uri:", 4) == 0 ? text + 4 : text));
	pki_buf_free(&s);
}

/* "; the certificate says that it is at URL, URL", as far as it does. */
struct places {
	struct text *t;
	size_t count;
};

static void put_place(struct places *p, const pki_gn *gn)
{
	if (p->count < URLS_MOST) {
		text_add(p->t, p->count ? ", " : "; the certificate says that it is at ");
		put_location(p->t, gn);
	}
	p->count++;
}

static void put_issuer_places(struct text *t, const pki_cert *c)
{
	struct places p = { t, 0 };
	pki_ext_iter it;
	pki_ext e;
	pki_access a;

	if (!pki_cert_ext(c, PKI_OID(authority_info_access), &e))
		return;
	pki_ext_list(&it, NULL, e.value);
	while (pki_ext_access_next(&it, &a))
		if (pki_oid_equal(a.method, PKI_OID(ad_ca_issuers)))
			put_place(&p, &a.location);
}

static void put_crl_places(struct text *t, const pki_cert *c)
{
	struct places p = { t, 0 };
	pki_ext_iter it, names;
	pki_ext e;
	pki_dist_point point;
	pki_gn gn;

	if (!pki_cert_ext(c, PKI_OID(crl_distribution_points), &e))
		return;
	pki_ext_list(&it, NULL, e.value);
	while (pki_ext_dist_point_next(&it, &point)) {
		pki_ext_list_in(&names, NULL, point.full_name);
		while (pki_ext_name_next(&names, &gn))
			put_place(&p, &gn);
	}
}

/* "CN=Example CA has keyUsage: digitalSignature"; or that there is none. */
static void put_ext(struct problem *p, const pki_cert *c, pki_bytes oid)
{
	pki_buf s = PKI_BUF_INIT;
	pki_ext e;
	bool there = pki_cert_ext(c, oid, &e);

	line(p->t, "");
	put_name(p->t, pki_cert_subject(c));
	text_add(p->t, there ? " has " : " has no ");
	facts_oid(p->t, oid);
	if (there) {
		text_add(p->t, ": ");
		if (pki_ext_format(NULL, &e, &s, NULL) != PKI_SUCCESS)
			p->t->failed = true;
		text_safe(p->t, pki_buf_bytes(&s));
	}
	end(p->t);
	pki_buf_free(&s);
}

/* Those of the path that have a say in what is below them: an anchor has not, where it is bare. */
static size_t count_ruling(const struct problem *p)
{
	size_t n = pki_attempt_path_len(p->v->result, p->attempt);
	bool bare = p->v->opts.anchor == PKI_ANCHOR_BARE;

	return bare && pki_attempt_has_anchor(p->v->result, p->attempt) ? n - 1 : n;
}

/* The same of each certificate of the path above the one in question that has it. */
static void put_ext_above(struct problem *p, pki_bytes oid)
{
	size_t n = count_ruling(p);

	for (size_t i = p->f->certificate + 1; i < n; i++) {
		const pki_cert *c = pki_attempt_path_at(p->v->result, p->attempt, i);
		if (c && pki_cert_ext(c, oid, NULL))
			put_ext(p, c, oid);
	}
}

/* ---- other certificates among the inputs ---- */

/* All of them, one by one; *at begins at 0. NULL: no more. */
static const pki_cert *next_input(const struct verify *v, size_t *at)
{
	size_t certs = pki_certs_count(v->certs), anchors = pki_trust_count(v->trust);

	while (*at < certs + anchors) {
		size_t i = (*at)++;
		const pki_cert *c = i < certs ? pki_certs_at(v->certs, i)
					      : pki_trust_cert_at(v->trust, i - certs);
		if (c)
			return c;
	}
	return NULL;
}

static bool same_key(const pki_cert *a, const pki_cert *b)
{
	return pki_name_equal(pki_cert_subject(a), pki_cert_subject(b)) &&
	    pki_bytes_equal(pki_cert_spki(a), pki_cert_spki(b));
}

/* One of the same name and key that is valid now. */
static const pki_cert *find_newer(const struct problem *p)
{
	size_t at = 0;
	const pki_cert *c;

	while ((c = next_input(p->v, &at)) != NULL)
		if (same_key(c, p->cert) && pki_cert_not_after(c) >= p->v->now &&
		    pki_cert_not_before(c) <= p->v->now)
			return c;
	return NULL;
}

static size_t count_named(const struct problem *p, const pki_name *name)
{
	size_t at = 0, n = 0;
	const pki_cert *c;

	while ((c = next_input(p->v, &at)) != NULL)
		if (pki_name_equal(pki_cert_subject(c), name))
			n++;
	return n;
}

static bool is_trusted(const struct verify *v, const pki_cert *c)
{
	for (size_t i = 0; i < pki_trust_count(v->trust); i++) {
		const pki_cert *anchor = pki_trust_cert_at(v->trust, i);
		if (anchor && pki_bytes_equal(pki_cert_der(anchor), pki_cert_der(c)))
			return true;
	}
	return false;
}

/* ---- what to do, by code ---- */

static void no_issuer(struct problem *p)
{
	const pki_name *issuer = pki_cert_issuer(p->cert);
	size_t n = count_named(p, issuer);

	if (is_trusted(p->v, p->cert)) {
		hint(p, "it is trusted itself: see the path that ends with it");
		return;
	}
	if (pki_cert_is_self_issued(p->cert)) {
		hint(p,
		    "it names itself as its issuer, and is not trusted: if you have reason to "
		    "trust it, give it with --trust");
		return;
	}
	line(p->t, "the issuer, ");
	put_name(p->t, issuer);
	if (n)
		text_fmt(p->t,
		    ", is among the inputs, %zu of that name, but none whose key signed this: the "
		    "right one is wanted, with --untrusted",
		    n);
	else
		text_add(p->t,
		    ", is not among the inputs: give its certificate with --untrusted, "
		    "or with --trust if that is what you trust");
	put_issuer_places(p->t, p->cert);
	end(p->t);
}

static void distrusted(struct problem *p)
{
	hint(p, "a path through another certificate is wanted: none in the inputs does");
}

static void put_key_id(struct text *t, pki_bytes id)
{
	if (id.len)
		text_hex(t, id);
	else
		text_add(t, "none");
}

static void signature(struct problem *p)
{
	size_t above = p->f->certificate + 1;
	const pki_cert *issuer = pki_attempt_path_at(p->v->result, p->attempt, above);

	hint(p,
	    "either it was changed after it was signed, or another key of the same issuer "
	    "signed it: fetch it and its issuer's certificate again");
	if (!issuer)
		return;
	line(p->t, "the key identifier it names: ");
	put_key_id(p->t, pki_cert_authority_key_id(p->cert));
	text_add(p->t, "; that of the issuer's certificate here: ");
	put_key_id(p->t, pki_cert_key_id(issuer));
	end(p->t);
}

/* PKI_ALLOW_ bits for what is weak about the key and the signature. */
static uint32_t weaknesses(const struct problem *p)
{
	pki_alg alg;
	pki_spki key;
	uint32_t bits = 0;

	pki_alg_init(&alg, sizeof alg);
	if (!p->is_anchor &&
	    pki_alg_parse(NULL, pki_cert_signature_algorithm(p->cert), &alg, NULL) == PKI_SUCCESS)
		bits |= (alg.hash == PKI_HASH_MD5 ? PKI_ALLOW_MD5 : 0) |
		    (alg.hash == PKI_HASH_SHA1 ? PKI_ALLOW_SHA1 : 0) |
		    (alg.scheme == PKI_ALG_DSA ? PKI_ALLOW_DSA : 0);
	if (pki_spki_parse(NULL, pki_cert_spki(p->cert), &key, NULL) != PKI_SUCCESS)
		return bits;
	if (key.type == PKI_KEY_DSA)
		bits |= PKI_ALLOW_DSA;
	if ((key.type == PKI_KEY_RSA || key.type == PKI_KEY_RSA_PSS) && key.bits < 2048)
		bits |= key.bits < 1024 ? PKI_ALLOW_RSA512 : PKI_ALLOW_RSA1024;
	return bits & ~p->v->opts.allow;
}

static void put_algorithms(struct problem *p)
{
	struct facts f = { .o = NULL };

	line(p->t, "it is signed with ");
	if (facts_algorithm(&f, pki_cert_signature_algorithm(p->cert), NULL) != PKI_SUCCESS ||
	    facts_key(&f, pki_cert_spki(p->cert), NULL) != PKI_SUCCESS)
		p->t->failed = true;
	text_safe(p->t, pki_buf_bytes(&f.algorithm.buf));
	text_add(p->t, "; its key: ");
	text_safe(p->t, pki_buf_bytes(&f.key.type.buf));
	if (f.key.bits)
		text_fmt(p->t, ", %u bits", (unsigned)f.key.bits);
	end(p->t);
	facts_free(&f);
}

static void weak(struct problem *p)
{
	uint32_t bits = weaknesses(p);
	const char *before = "have it issued anew, with a strong key by a CA that signs with "
			     "SHA-256; until then this accepts it: --allow ";

	bool bare = p->is_anchor && p->v->opts.anchor == PKI_ANCHOR_BARE;

	put_algorithms(p);
	if (bits && p->v->opts.rules == PKI_RULES_WEBPKI && !bare) {
		hint(p,
		    "have it issued anew, with a strong key by a CA that signs with SHA-256: "
		    "--profile webpki takes nothing weak, whatever --allow says");
		return;
	}
	if (!bits) {
		hint(p, "--min-strength asks for more than it has");
		return;
	}
	line(p->t, "");
	for (unsigned i = 0; allowances[i]; i++) {
		if (!(bits & 1u << i))
			continue;
		text_add(p->t, before);
		text_add(p->t, allowances[i]);
		before = ",";
	}
	end(p->t);
}

static void unsupported(struct problem *p)
{
	put_algorithms(p);
	hint(p, "this is for another program to judge");
}

static void not_yet_valid(struct problem *p)
{
	line(p->t, "the clock says ");
	text_time(p->t, p->v->now);
	text_add(p->t, ": if it is right, wait; --at takes another time");
	end(p->t);
}

static void expired(struct problem *p)
{
	const pki_cert *newer = find_newer(p);

	line(p->t,
	    newer ? "a newer certificate of the same key is among the inputs, until "
		  : "a newer certificate of the same key was not in the input: ");
	if (newer)
		text_time(p->t, pki_cert_not_after(newer));
	else
		put_name(p->t, pki_cert_subject(p->cert));
	if (newer)
		text_add(p->t,
		    p->below ? "; see what is wrong with the paths through it" : "; take that one");
	else if (p->below)
		put_issuer_places(p->t, p->below);
	else
		text_add(p->t, "; have it renewed");
	end(p->t);
	if (p->is_anchor && p->below && p->v->opts.anchor == PKI_ANCHOR_FULL)
		hint(p, "--anchor bare does not look at how long an anchor is valid");
}

static void not_a_ca(struct problem *p)
{
	put_ext(p, p->cert, PKI_OID(basic_constraints));
	hint(p,
	    "it may not issue certificates: the one below it was issued by somebody who must "
	    "not, or is to have another issuer of that name");
}

/* Which of those above say how many CAs may be below. */
static void path_length(struct problem *p)
{
	size_t n = count_ruling(p);

	for (size_t i = p->f->certificate + 1; i < n; i++) {
		const pki_cert *c = pki_attempt_path_at(p->v->result, p->attempt, i);
		if (c && pki_cert_path_len(c) >= 0)
			put_ext(p, c, PKI_OID(basic_constraints));
	}
	if (p->v->opts.max_intermediates) {
		line(p->t, "");
		text_fmt(p->t, "--max-depth %u counts, too", (unsigned)p->v->max_depth);
		end(p->t);
	}
}

static void key_usage(struct problem *p)
{
	put_ext(p, p->cert, PKI_OID(key_usage));
}

static void purpose(struct problem *p)
{
	put_ext(p, p->cert, PKI_OID(ext_key_usage));
	hint(p,
	    "it was issued for something else: --purpose asks for that, and --purpose any for "
	    "nothing in particular");
}

static void name_constraint(struct problem *p)
{
	put_ext_above(p, PKI_OID(name_constraints));
	if (p->v->opts.permit || p->v->opts.exclude)
		hint(p, "--permit and --exclude count, too");
}

/* How many there are. */
static size_t put_sans(struct problem *p)
{
	pki_ext_iter it;
	pki_ext e;
	pki_gn gn;
	size_t n = 0;

	line(p->t, "the names are: ");
	if (pki_cert_ext(p->cert, PKI_OID(subject_alt_name), &e)) {
		pki_ext_list(&it, NULL, e.value);
		for (; pki_ext_name_next(&it, &gn); n++) {
			if (n >= NAMES_MOST)
				continue;
			text_add(p->t, n ? ", " : "");
			put_location(p->t, &gn);
		}
	}
	if (n > NAMES_MOST)
		text_fmt(p->t, " and %zu more", n - NAMES_MOST);
	if (!n)
		text_add(p->t, "none; a common name in the subject does not count");
	end(p->t);
	return n;
}

static bool has_name(const pki_verify_opts *o, const pki_cert *c)
{
	uint32_t flags = o->rules == PKI_RULES_WEBPKI ? PKI_EMAIL_SAN_ONLY : 0;

	if (o->email)
		return pki_cert_check_email(c, o->email, flags, NULL) == PKI_SUCCESS;
	return pki_cert_check_host(c, o->ip ? o->ip : o->host, NULL) == PKI_SUCCESS;
}

/* Where a file begins with its CA. */
static void put_other_with_name(struct problem *p)
{
	for (size_t i = 0; i < pki_certs_count(p->v->certs); i++) {
		const pki_cert *c = pki_certs_at(p->v->certs, i);
		if (!has_name(&p->v->opts, c))
			continue;
		line(p->t, "another certificate among the inputs has the name, ");
		put_name(p->t, pki_cert_subject(c));
		text_add(p->t, ": to have that one judged, put it first in its file");
		end(p->t);
		return;
	}
}

static void name_mismatch(struct problem *p)
{
	if (put_sans(p))
		hint(p,
		    "ask for the certificate under one of these names, or have one issued for "
		    "the other");
	else
		hint(p, "have one issued that has the name in its subjectAltName");
	put_other_with_name(p);
}

static void critical_extension(struct problem *p)
{
	pki_ext e;

	for (size_t i = 0; pki_cert_ext_at(p->cert, i, &e); i++)
		if (e.critical && !pki_ext_name(NULL, e.oid))
			put_ext(p, p->cert, e.oid);
	hint(p, "who does not know a critical extension must not accept the certificate");
}

static void policy(struct problem *p)
{
	size_t n = count_ruling(p), all = pki_attempt_path_len(p->v->result, p->attempt);

	for (size_t i = 0; i < n; i++) {
		const pki_cert *c = pki_attempt_path_at(p->v->result, p->attempt, i);
		bool may_lack = i + 1 == all && pki_attempt_has_anchor(p->v->result, p->attempt);
		if (c && (!may_lack || pki_cert_ext(c, PKI_OID(certificate_policies), NULL)))
			put_ext(p, c, PKI_OID(certificate_policies));
	}
}

static void revoked(struct problem *p)
{
	hint(p, "its CA has taken it back: nothing but another certificate helps");
}

static bool has_run_out(const struct problem *p, const pki_crl *c)
{
	pki_time end = pki_crl_next_update(c);

	return end != PKI_TIME_NONE && end < p->v->now;
}

/* A CRL of the issuer that has run out, where all have. */
static const pki_crl *find_old_crl(const struct problem *p)
{
	size_t cursor = 0;
	const pki_crl *c, *old = NULL;

	while ((c = pki_crls_next(p->v->crls, pki_cert_issuer(p->cert), &cursor)) != NULL) {
		if (!has_run_out(p, c))
			return NULL;
		if (!old || pki_crl_next_update(c) > pki_crl_next_update(old))
			old = c;
	}
	return old;
}

static void revocation_unknown(struct problem *p)
{
	const pki_name *issuer = pki_cert_issuer(p->cert);
	const pki_crl *old = find_old_crl(p);
	size_t cursor = 0;

	line(p->t, old ? "the CRL expired " : "");
	if (old) {
		facts_when(p->t, p->v->now, pki_crl_next_update(old));
		text_add(p->t, ": a newer one is wanted of ");
	} else if (pki_crls_next(p->v->crls, issuer, &cursor)) {
		text_add(
		    p->t, "none of the CRLs that are there can tell: another one is wanted of ");
	} else {
		text_add(p->t, "give the CRL with --crl: it is that of ");
	}
	put_name(p->t, issuer);
	put_crl_places(p->t, p->cert);
	end(p->t);
}

static void profile(struct problem *p)
{
	hint(p, "the certificate is to be issued anew; --profile rfc5280 asks for less");
}

static void limit(struct problem *p)
{
	hint(p,
	    "there is more to look at than is sensible: leave out of the inputs what has "
	    "nothing to do with this certificate");
}

static const struct {
	pki_code code;
	bool anchor_too; /* also where there is no certificate */
	void (*explain)(struct problem *p);
} explanations[] = {
	{ PKI_CODE_NO_ISSUER, false, no_issuer },
	{ PKI_CODE_DISTRUSTED, true, distrusted },
	{ PKI_CODE_SIGNATURE, false, signature },
	{ PKI_CODE_WEAK, false, weak },
	{ PKI_CODE_UNSUPPORTED, false, unsupported },
	{ PKI_CODE_NOT_YET_VALID, false, not_yet_valid },
	{ PKI_CODE_EXPIRED, false, expired },
	{ PKI_CODE_NOT_A_CA, false, not_a_ca },
	{ PKI_CODE_PATH_LENGTH, true, path_length },
	{ PKI_CODE_KEY_USAGE, false, key_usage },
	{ PKI_CODE_PURPOSE, false, purpose },
	{ PKI_CODE_NAME_CONSTRAINT, true, name_constraint },
	{ PKI_CODE_NAME_MISMATCH, false, name_mismatch },
	{ PKI_CODE_CRITICAL_EXTENSION, false, critical_extension },
	{ PKI_CODE_POLICY, true, policy },
	{ PKI_CODE_REVOKED, false, revoked },
	{ PKI_CODE_REVOCATION_UNKNOWN, false, revocation_unknown },
	{ PKI_CODE_PROFILE, true, profile },
	{ PKI_CODE_LIMIT, true, limit },
};

void verify_explain(struct verify *v, size_t attempt, const pki_failure *f)
{
	const pki_result *r = v->result;
	size_t i = f->certificate, n = pki_attempt_path_len(r, attempt);
	struct problem p = { .v = v,
		.t = &v->out,
		.f = f,
		.cert = pki_attempt_path_at(r, attempt, i),
		.below = i ? pki_attempt_path_at(r, attempt, i - 1) : NULL,
		.attempt = attempt,
		.is_anchor = pki_attempt_has_anchor(r, attempt) && i + 1 == n };

	for (size_t k = 0; k < sizeof explanations / sizeof *explanations; k++)
		if (explanations[k].code == f->code && (p.cert || explanations[k].anchor_too))
			explanations[k].explain(&p);
}
