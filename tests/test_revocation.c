/* SPDX-License-Identifier: BSD-3-Clause */
/* Revocation: RFC 5280 6.3.3 clause by clause, the modes, the callback, RFC 9608. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/sign.h>
#include <pki/verify.h>

#include "libpki/types/ext.h"
#include "tests/lib/oom.h"
#include "tests/lib/t.h"

#define NOW  INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define ROOM 256
#define CRLS 5

static pki_time tell(void *ud)
{
	(void)ud;
	return NOW;
}

static pki_ctx *ctx;
static pki_trust *trust;
static pki_certs *pool;

/* ---- certificates ---- */

/*
 * A text says what is special of a certificate or CRL, a word each. Of a DistributionPoint: dp
 * (begins one), full=GeneralName, rel=RDN, for=DN (cRLIssuer), reasons=HEX.
 */
typedef struct words {
	char text[ROOM], *save, *word;
} words;

static bool first_word(words *w, const char *text)
{
	snprintf(w->text, sizeof w->text, "%s", text);
	w->word = strtok_r(w->text, " ", &w->save);
	return w->word != NULL;
}

static bool next_word(words *w)
{
	w->word = strtok_r(NULL, " ", &w->save);
	return w->word != NULL;
}

/* What is behind "key=". */
static const char *value_of(const words *w, const char *key)
{
	size_t n = strlen(key);

	return strncmp(w->word, key, n) == 0 && w->word[n] == '=' ? w->word + n + 1 : NULL;
}

static bool is_word(const words *w, const char *word)
{
	return strcmp(w->word, word) == 0;
}

static uint32_t bits_of(const char *hex)
{
	return (uint32_t)strtoul(hex, NULL, 16);
}

static void put_name(pki_buf *names, const char *text)
{
	pki_buf store = PKI_BUF_INIT;
	pki_gn gn;

	t_ok(pki_gn_from_string(ctx, text, &store, &gn, err));
	t_ok(pki_gn_encode(ctx, &gn, names, err));
	pki_buf_free(&store);
}

static void put_dn(pki_buf *names, const char *dn)
{
	char text[ROOM];

	snprintf(text, sizeof text, "dn:%s", dn);
	put_name(names, text);
}

static pki_name *name_of(const char *dn)
{
	pki_name *n;

	t_ok(pki_name_from_string(ctx, dn, &n, err));
	return n;
}

static void put_relative(pki_buf *out, const char *rdn)
{
	pki_name *n = name_of(rdn);

	t_ok(pki_relative_name_encode(ctx, n, out, err));
	pki_name_free(n);
}

/* A DistributionPoint that is put together. */
typedef struct point {
	bool begun;
	pki_buf full, relative, by;
	uint32_t reasons;
} point;

static void end_point(point *p, pki_exts *e)
{
	pki_dist_point dp = { .full_name = pki_buf_bytes(&p->full),
		.relative_name = pki_buf_bytes(&p->relative),
		.crl_issuer = pki_buf_bytes(&p->by),
		.reasons = p->reasons };

	if (p->begun)
		pki_exts_dist_point(e, &dp);
	pki_buf_free(&p->full);
	pki_buf_free(&p->relative);
	pki_buf_free(&p->by);
	*p = (point){ .begun = false };
}

static void read_point(const words *w, point *p, pki_exts *e)
{
	const char *v;

	if (is_word(w, "dp")) {
		end_point(p, e);
		p->begun = true;
	} else if ((v = value_of(w, "full")) != NULL)
		put_name(&p->full, v);
	else if ((v = value_of(w, "rel")) != NULL)
		put_relative(&p->relative, v);
	else if ((v = value_of(w, "for")) != NULL)
		put_dn(&p->by, v);
	else if ((v = value_of(w, "reasons")) != NULL)
		p->reasons = bits_of(v);
	else
		ck_abort_msg("no such word: %s", w->word);
}

static void read_cert_word(const words *w, point *p, pki_exts *e)
{
	const char *v;

	if (is_word(w, "cA"))
		pki_exts_basic_constraints(e, true, -1);
	else if (is_word(w, "noRevAvail"))
		pki_exts_no_rev_avail(e);
	else if (is_word(w, "nocheck"))
		pki_exts_ocsp_nocheck(e);
	else if (is_word(w, "ocsp"))
		pki_exts_ocsp_url(e, "http://a/ocsp");
	else if (is_word(w, "caIssuers"))
		pki_exts_issuer_url(e, "http://a/ca");
	else if (is_word(w, "freshest"))
		pki_exts_freshest_crl(
		    e, &(pki_dist_point){ .full_name = t_hex("8608687474703a2f2f61") });
	else if ((v = value_of(w, "ian")) != NULL)
		pki_exts_ian(e, v);
	else if (is_word(w, "certSign"))
		pki_exts_key_usage(e, PKI_KU_KEY_CERT_SIGN);
	else if (is_word(w, "cRLSign"))
		pki_exts_key_usage(e, PKI_KU_CRL_SIGN);
	else
		read_point(w, p, e);
}

static pki_exts *exts_of_cert(const char *text)
{
	point p = { .begun = false };
	pki_exts *e;
	words w;

	t_ok(pki_exts_new(ctx, &e, err));
	for (bool more = first_word(&w, text); more; more = next_word(&w))
		read_cert_word(&w, &p, e);
	end_point(&p, e);
	return e;
}

/* ---- who issues certificates and CRLs ---- */

static struct issuer {
	const char *label, *subject, *by, *serial, *says;
	int end; /* days from now until its certificate expires */
	pki_key *key;
	pki_cert *cert;
} issuers[] = {
	{ "root", "CN=Root", NULL, "01", "", 900, NULL, NULL },
	{ "root2", "CN=Root 2", NULL, "01", "", 900, NULL, NULL },
	{ "ca", "CN=CA", "root", "11", "cA", 90, NULL, NULL },
	/* with other keys, for CRLs alone */
	{ "apart", "CN=CA", "root", "12", "cRLSign", 90, NULL, NULL },
	{ "foreign", "CN=CA", "root2", "13", "cRLSign", 90, NULL, NULL },
	{ "late", "CN=CA", "root", "14", "cRLSign", -1, NULL, NULL },
	{ "self", "CN=CA", "ca", "15", "cRLSign", 90, NULL, NULL },
	{ "wrong", "CN=CA", "root", "16", "certSign cA", 90, NULL, NULL },
	{ "mute", "CN=Mute", "root", "17", "certSign cA", 90, NULL, NULL },
	{ "indirect", "CN=Indirect", "root", "18", "cRLSign", 90, NULL, NULL },
	{ "quiet", "CN=Quiet", "root", "20", "cA", 90, NULL, NULL },
	/* whose CRLs are indirect, and that another one's CRL, or their own, is about */
	{ "own", "CN=Own", "quiet", "21", "cRLSign dp for=CN=Own", 90, NULL, NULL },
	{ "implied", "CN=Implied", "quiet", "2a", "cRLSign", 90, NULL, NULL },
	{ "elsewhere", "CN=CA", "ca", "2b", "cRLSign dp for=CN=Nobody", 90, NULL, NULL },
	{ "m1", "CN=M1", "quiet", "22", "cRLSign dp for=CN=M2", 90, NULL, NULL },
	{ "m2", "CN=M2", "quiet", "23", "cRLSign dp for=CN=M1", 90, NULL, NULL },
	{ "d1", "CN=D1", "quiet", "24", "cRLSign dp for=CN=D2", 90, NULL, NULL },
	{ "d2", "CN=D2", "quiet", "25", "cRLSign dp for=CN=D3", 90, NULL, NULL },
	{ "d3", "CN=D3", "quiet", "26", "cRLSign dp for=CN=D4", 90, NULL, NULL },
	{ "d4", "CN=D4", "quiet", "27", "cRLSign dp for=CN=D5", 90, NULL, NULL },
	{ "d5", "CN=D5", "root", "28", "cRLSign", 90, NULL, NULL },
};

#define ISSUERS (sizeof issuers / sizeof *issuers)

static struct issuer *issuer(const char *label)
{
	for (size_t i = 0; i < ISSUERS; i++)
		if (strcmp(issuers[i].label, label) == 0)
			return &issuers[i];
	ck_abort_msg("no such issuer: %s", label);
	return NULL;
}

static pki_cert *issued(const struct issuer *by, const pki_key *key, const char *subject,
    const char *serial, const char *says, int end)
{
	pki_time from = NOW - PKI_DAYS(30), to = NOW + PKI_DAYS(end);
	pki_exts *exts = exts_of_cert(says);
	pki_bytes spki = pki_pubkey_spki(pki_key_public(key));
	pki_cert_opts o = { .size = sizeof o,
		.subject = subject,
		.exts = exts,
		.serial = t_hex(serial),
		.not_before = &from,
		.not_after = &to,
		.profile = strstr(says, "cA") != NULL ? PKI_PROFILE_CA : PKI_PROFILE_NONE };
	pki_cert *c;

	if (by == NULL)
		o.profile = PKI_PROFILE_CA;
	if (by == NULL)
		t_ok(pki_cert_self_sign(ctx, key, &o, &c, err));
	else
		t_ok(pki_cert_issue_spki(spki, by->cert, by->key, &o, &c, err));
	pki_exts_free(exts);
	return c;
}

static pki_key *leaf_key;

static pki_key *new_key(void)
{
	pki_key *k;

	t_ok(pki_key_generate(ctx, PKI_KEY_ED25519, NULL, &k, err));
	return k;
}

static pki_trust *trust_roots(void)
{
	pki_trust_builder *b;
	pki_trust *t;

	t_ok(pki_trust_builder_new(ctx, &b, err));
	t_ok(pki_trust_add(b, issuer("root")->cert, NULL, err));
	t_ok(pki_trust_add(b, issuer("root2")->cert, NULL, err));
	t_ok(pki_trust_freeze(b, &t, err));
	pki_trust_builder_free(b);
	return t;
}

START_TEST(set_up)
{
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell), &ctx, err));
	t_ok(pki_certs_new(ctx, &pool, err));
	leaf_key = new_key();
	for (size_t i = 0; i < ISSUERS; i++) {
		struct issuer *s = &issuers[i];

		s->key = new_key();
		s->cert = issued(s->by != NULL ? issuer(s->by) : NULL, s->key, s->subject,
		    s->serial, s->says, s->end);
		t_ok(pki_certs_add(pool, s->cert, err));
	}
	trust = trust_roots();
}
END_TEST

START_TEST(tear_down)
{
	for (size_t i = 0; i < ISSUERS; i++) {
		pki_key_free(issuers[i].key);
		pki_cert_free(issuers[i].cert);
	}
	pki_key_free(leaf_key);
	pki_trust_free(trust);
	pki_certs_free(pool);
	pki_ctx_free(ctx);
}
END_TEST

/* A certificate of serial number 5; the first word is its issuer. */
static pki_cert *leaf_of(const char *text)
{
	char by[ROOM];
	size_t n = strcspn(text, " ");

	snprintf(by, sizeof by, "%.*s", (int)n, text);
	return issued(issuer(by), leaf_key, "CN=Leaf", "05", text + n, 30);
}

/* ---- CRLs ---- */

/*
 * Words of a CRL, whose first one is its signer: name=DN (its issuer), n=HEX (cRLNumber), base=HEX
 * (it is a delta CRL), this=DAYS, next=DAYS, `full=`, `rel=`, `user`, `ca`, `attr`, `indirect` and
 * `some=HEX` (issuingDistributionPoint), aki=HEX, v1, unknown (a critical extension), bad (its
 * signature); 05=REASON, 11=REASON ...: an entry, with of=DN: its certificateIssuer, or with odd: a
 * critical extension. "-" is nothing.
 */
typedef struct list {
	const struct issuer *by;
	pki_name *name;
	const char *number, *base, *key_id, *this_update, *next_update;
	pki_buf full, relative, entries;
	pki_issuing_point idp;
	bool has_idp, v1, unknown, bad;
	char store[ROOM];
} list;

static pki_time day(const char *days)
{
	return NOW + PKI_DAYS(strtol(days, NULL, 10));
}

static void write_name(pki_derw *w, const pki_name *n)
{
	pki_derw_raw(w, pki_name_der(n));
}

static void write_alg(pki_derw *w, const struct issuer *by)
{
	pki_alg alg;

	t_ok(pki_alg_default(pki_key_public(by->key), &alg, err));
	pki_alg_write(&alg, w);
}

static void write_exts(pki_derw *w, pki_exts *e)
{
	t_ok(pki_exts_status(e, err));
	pki_exts_write(w, e, false);
	pki_exts_free(e);
}

/* "05=1 of=CN=X odd" */
static void read_entry(words *w, list *l)
{
	const char *reason = strchr(w->word, '=') + 1, *of = NULL;
	char serial[3] = { w->word[0], w->word[1], '\0' };
	pki_buf names = PKI_BUF_INIT;
	pki_exts *e;
	pki_derw d;

	t_ok(pki_exts_new(ctx, &e, err));
	if (strcmp(reason, "-") != 0)
		pki_exts_crl_reason(e, (pki_crl_reason)strtol(reason, NULL, 10));
	while (w->save != NULL &&
	    (strncmp(w->save, "of=", 3) == 0 || strncmp(w->save, "odd", 3) == 0)) {
		next_word(w);
		of = value_of(w, "of");
		if (of == NULL) {
			pki_exts_add(e, t_hex("2a030405"), true, t_hex("0500"));
			continue;
		}
		put_dn(&names, of);
		pki_exts_general_name(e, PKI_OID(certificate_issuer),
		    &(pki_gn){ .type = PKI_GN_DIRNAME,
			.value = pki_bytes_of(names.data + 2, names.len - 2) });
	}
	pki_derw_init(&d, ctx);
	pki_derw_begin(&d, PKI_TAG_SEQUENCE);
	pki_derw_put(&d, PKI_TAG_INTEGER, t_hex(serial));
	pki_derw_time(&d, NOW - PKI_DAYS(12));
	if (pki_exts_count(e) > 0)
		write_exts(&d, e);
	else
		pki_exts_free(e);
	pki_derw_end(&d);
	t_ok(pki_derw_finish(&d, &l->entries, err));
	pki_buf_free(&names);
}

static bool read_idp(const words *w, list *l)
{
	pki_issuing_point *p = &l->idp;
	const char *v;

	if ((v = value_of(w, "full")) != NULL)
		put_name(&l->full, v);
	else if ((v = value_of(w, "rel")) != NULL)
		put_relative(&l->relative, v);
	else if ((v = value_of(w, "some")) != NULL)
		p->only_some_reasons = bits_of(v);
	else if (is_word(w, "user"))
		p->only_user_certs = true;
	else if (is_word(w, "ca"))
		p->only_ca_certs = true;
	else if (is_word(w, "attr"))
		p->only_attribute_certs = true;
	else if (is_word(w, "indirect"))
		p->indirect_crl = true;
	else
		return false;
	l->has_idp = true;
	return true;
}

static void read_list_word(words *w, list *l)
{
	const char *v;

	if ((v = value_of(w, "name")) != NULL) {
		pki_name_free(l->name);
		l->name = name_of(v);
	} else if ((v = value_of(w, "n")) != NULL)
		l->number = v;
	else if ((v = value_of(w, "base")) != NULL)
		l->base = v;
	else if ((v = value_of(w, "this")) != NULL)
		l->this_update = v;
	else if ((v = value_of(w, "next")) != NULL)
		l->next_update = v;
	else if ((v = value_of(w, "aki")) != NULL)
		l->key_id = v;
	else if (is_word(w, "v1"))
		l->v1 = true;
	else if (is_word(w, "unknown"))
		l->unknown = true;
	else if (is_word(w, "bad"))
		l->bad = true;
	else if (w->word[2] == '=')
		read_entry(w, l);
	else
		ck_abort_msg("no such word: %s", w->word);
}

static pki_exts *exts_of_list(list *l)
{
	pki_authority_key_id id = { .key_id = l->key_id != NULL ? t_hex(l->key_id)
								: pki_cert_key_id(l->by->cert) };
	pki_exts *e;

	t_ok(pki_exts_new(ctx, &e, err));
	pki_exts_authority_key_id(e, &id);
	if (strcmp(l->number, "-") != 0)
		pki_exts_crl_number(e, t_hex(l->number));
	if (l->base != NULL)
		pki_exts_delta_crl(e, t_hex(l->base));
	l->idp.full_name = pki_buf_bytes(&l->full);
	l->idp.relative_name = pki_buf_bytes(&l->relative);
	if (l->has_idp)
		pki_exts_issuing_point(e, &l->idp);
	if (l->unknown)
		pki_exts_add(e, t_hex("2a030405"), true, t_hex("0500"));
	return e;
}

/* TBSCertList */
static pki_buf tbs_of(list *l)
{
	pki_buf out = PKI_BUF_INIT;
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	if (!l->v1)
		pki_derw_int64(&w, 1);
	write_alg(&w, l->by);
	write_name(&w, l->name);
	pki_derw_time(&w, day(l->this_update));
	if (strcmp(l->next_update, "-") != 0)
		pki_derw_time(&w, day(l->next_update));
	if (l->entries.len > 0)
		pki_derw_put(&w, PKI_TAG_SEQUENCE, pki_buf_bytes(&l->entries));
	if (!l->v1) {
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
		write_exts(&w, exts_of_list(l));
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &out, err));
	return out;
}

static pki_crl *sign_list(list *l)
{
	pki_buf tbs = tbs_of(l), sig = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_crl *c;
	pki_derw w;

	t_ok(pki_sign(l->by->key, NULL, pki_buf_bytes(&tbs), &sig, err));
	sig.data[0] ^= l->bad;
	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, pki_buf_bytes(&tbs));
	write_alg(&w, l->by);
	pki_derw_bits(&w, pki_buf_bytes(&sig), 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &der, err));
	t_ok(pki_crl_parse(ctx, pki_buf_bytes(&der), &c, err));
	pki_buf_free(&tbs);
	pki_buf_free(&sig);
	pki_buf_free(&der);
	return c;
}

static pki_crl *crl_of(const char *text)
{
	list l = { .number = "05", .this_update = "-1", .next_update = "7" };
	pki_crl *c;
	words w;

	first_word(&w, text);
	l.by = issuer(w.word);
	l.name = pki_name_ref(pki_cert_subject(l.by->cert));
	while (next_word(&w))
		if (!read_idp(&w, &l))
			read_list_word(&w, &l);
	c = sign_list(&l);
	pki_name_free(l.name);
	pki_buf_free(&l.full);
	pki_buf_free(&l.relative);
	pki_buf_free(&l.entries);
	return c;
}

static void add_crl(pki_crls *s, const char *text)
{
	pki_crl *c = crl_of(text);

	t_ok(pki_crls_add(s, c, err));
	pki_crl_free(c);
}

/* ---- rows ---- */

typedef struct row {
	const char *leaf;
	const char *crls[CRLS]; /* beside the root's, unless there is one of its own */
	pki_code want;          /* PKI_CODE_NONE: valid */
	const char *text;       /* what the first failure says */
} row;

static bool is_of_root(const char *crl)
{
	return strncmp(crl, "root", 4) == 0;
}

/* In the order of the row, or the other way round. */
static pki_crls *crls_of(const row *r, bool backwards)
{
	bool root = false;
	pki_crls *s;

	t_ok(pki_crls_new(ctx, &s, err));
	for (size_t i = 0; i < CRLS; i++) {
		const char *text = r->crls[backwards ? CRLS - 1 - i : i];

		if (text == NULL)
			continue;
		root = root || is_of_root(text);
		add_crl(s, text);
	}
	if (!root)
		add_crl(s, "root");
	return s;
}

static void expect(const row *r, const pki_verify_opts *o)
{
	pki_error why = PKI_ERROR_INIT;
	pki_cert *leaf = leaf_of(r->leaf);
	pki_failure f = { .text = "", .code = PKI_CODE_NONE };
	pki_result *result;
	pki_status st = pki_verify(ctx, leaf, o, &result, &why);

	pki_attempt_failure_at(result, 0, 0, &f);
	ck_assert_msg(f.code == r->want && (st == PKI_SUCCESS) == (r->want == PKI_CODE_NONE),
	    "%s, %s: want %s, got %s: %s", r->leaf, r->crls[0], pki_code_name(r->want),
	    pki_code_name(f.code), f.text);
	if (st != PKI_SUCCESS)
		ck_assert_msg(strstr(f.text, r->text) != NULL, "%s, %s: want '%s', got '%s'",
		    r->leaf, r->crls[0], r->text, f.text);
	pki_result_free(result);
	pki_cert_free(leaf);
}

static void run(const row *r, pki_revocation_mode mode)
{
	for (int backwards = 0; backwards < 2; backwards++) {
		pki_crls *crls = crls_of(r, backwards);

		expect(r,
		    PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = pool, .crls = crls,
			.purpose = PKI_PURPOSE_ANY, .revocation = mode));
		pki_crls_free(crls);
	}
}

#define RUN(rows, mode)                                      \
 do {                                                        \
  for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) \
   run(&(rows)[i], (mode));                                  \
 } while (0)

#define REVOKED PKI_CODE_REVOKED
#define UNKNOWN PKI_CODE_REVOCATION_UNKNOWN
#define GOOD    PKI_CODE_NONE

/* ---- which certificates a CRL is about ---- */

#define A_1  "full=uri:http://a/1"
#define A_2  "full=uri:http://a/2"
#define PART "full=dn:CN=part,CN=CA"
#define DP_2 "the CRL is for another distribution point"

START_TEST(test_scope)
{
	static const row rows[] = {
		{ "ca", { "ca" }, GOOD, "" },
		{ "ca", { "ca 05=1" }, REVOKED,
		    "revoked: 12 days ago, at 2025-12-20T00:00:00Z, keyCompromise" },
		{ "ca", { "ca 05=-" }, REVOKED, "revoked: 12 days ago, at 2025-12-20T00:00:00Z" },
		{ "ca", { "ca 05=6" }, REVOKED, "certificateHold" },
		{ "ca", { "ca 06=1 04=1" }, GOOD, "" },
		{ "ca", { "ca", "root 11=2" }, REVOKED, "cACompromise" },
		{ "ca", { NULL }, UNKNOWN, "there is no CRL of its issuer: CN=CA" },
		{ "ca", { "mute" }, UNKNOWN, "there is no CRL of its issuer: CN=CA" },
		{ "ca", { "ca", "root2 name=CN=Root" }, UNKNOWN, "signature does not verify" },
		/* (b) (1) */
		{ "ca", { "indirect indirect" }, UNKNOWN, "there is no CRL of its issuer" },
		{ "ca dp for=CN=Indirect", { "indirect" }, UNKNOWN, "is no indirect CRL" },
		{ "ca dp for=CN=Indirect", { "indirect indirect" }, GOOD, "" },
		{ "ca dp for=cn=INDIRECT", { "indirect indirect" }, GOOD, "" },
		{ "ca dp for=CN=Other", { "indirect indirect" }, UNKNOWN, "there is no CRL" },
		{ "ca dp for=CN=Indirect", { "indirect indirect 05=1 of=CN=CA" }, REVOKED, "" },
		{ "ca dp for=CN=Indirect", { "indirect indirect 05=1" }, GOOD, "" },
		{ "ca dp for=CN=Indirect", { "indirect indirect 05=1 of=CN=Mute" }, GOOD, "" },
		{ "ca dp for=CN=Indirect",
		    { "indirect indirect 04=1 of=CN=CA 05=1 06=1 of=CN=Mute" }, REVOKED, "" },
		{ "ca dp for=CN=Indirect", { "indirect", "ca" }, GOOD, "" },
		{ "ca dp for=CN=Indirect", { "indirect indirect", "ca 05=1" }, REVOKED, "" },
		{ "ca", { "ca indirect 05=1" }, REVOKED, "" },
		{ "ca", { "ca indirect 05=1 of=CN=Mute" }, GOOD, "" },
		{ "ca dp for=CN=CA", { "ca " A_1 " indirect" }, UNKNOWN, DP_2 },
		{ "ca dp " A_1 " for=CN=Mute for=CN=Indirect", { "indirect indirect " A_1 }, GOOD,
		    "" },
		/* (b) (2) (i) */
		{ "ca", { "ca " A_1 }, UNKNOWN, DP_2 },
		{ "ca dp " A_1, { "ca " A_1 }, GOOD, "" },
		{ "ca dp " A_1, { "ca " A_1 " 05=1" }, REVOKED, "" },
		{ "ca dp " A_1, { "ca " A_2 }, UNKNOWN, DP_2 },
		{ "ca dp " A_1, { "ca" }, GOOD, "" },
		{ "ca dp " A_1 " dp " A_2, { "ca " A_2 }, GOOD, "" },
		{ "ca dp " A_1 " dp " A_2, { "ca " A_2 " 05=1" }, REVOKED, "" },
		{ "ca dp " A_1 " dp " A_2, { "ca " A_1 }, GOOD, "" },
		{ "ca dp " A_2 " " A_1, { "ca " A_1 " full=uri:http://a/3" }, GOOD, "" },
		{ "ca dp full=uri:http://a/10", { "ca " A_1 }, UNKNOWN, DP_2 },
		{ "ca dp full=dns:abcd", { "ca full=ip:97.98.99.100" }, UNKNOWN, DP_2 },
		{ "ca dp full=x400:3003020101", { "ca full=x400:3003020101" }, GOOD, "" },
		{ "ca dp full=x400:3003020101", { "ca full=x400:3003020102" }, UNKNOWN, DP_2 },
		{ "ca", { "ca full=dn:CN=CA" }, GOOD, "" },
		{ "ca", { "ca full=dn:cn=ca" }, GOOD, "" },
		{ "ca", { "ca full=dn:CN=CA 05=1" }, REVOKED, "" },
		{ "ca", { "ca full=dn:CN=Mute" }, UNKNOWN, DP_2 },
		{ "ca ian=uri:http://a/1", { "ca " A_1 }, GOOD, "" },
		{ "ca ian=uri:http://a/2", { "ca " A_1 }, UNKNOWN, DP_2 },
		{ "ca dp rel=CN=part", { "ca rel=CN=part" }, GOOD, "" },
		{ "ca dp rel=CN=PART", { "ca " PART }, GOOD, "" },
		{ "ca dp " PART, { "ca rel=CN=part" }, GOOD, "" },
		{ "ca dp " PART, { "ca rel=CN=part 05=1" }, REVOKED, "" },
		{ "ca dp rel=CN=part", { "ca rel=CN=other" }, UNKNOWN, DP_2 },
		{ "ca dp full=dn:CN=part", { "ca rel=CN=part" }, UNKNOWN, DP_2 },
		{ "ca dp rel=CN=part", { "ca full=dn:CN=part" }, UNKNOWN, DP_2 },
		{ "ca dp for=CN=Indirect", { "indirect indirect full=dn:CN=Indirect" }, GOOD, "" },
		{ "ca dp for=CN=Indirect", { "indirect indirect " A_1 }, UNKNOWN, DP_2 },
		{ "ca dp rel=CN=p for=CN=Indirect", { "indirect indirect rel=CN=p" }, GOOD, "" },
		{ "ca dp rel=CN=p for=CN=Indirect",
		    { "indirect indirect full=dn:CN=p,CN=Indirect" }, GOOD, "" },
		{ "ca dp rel=CN=p for=CN=Indirect", { "indirect indirect full=dn:CN=p,CN=CA" },
		    UNKNOWN, DP_2 },
		{ "ca dp rel=CN=p for=CN=Indirect for=CN=Mute", { "indirect indirect rel=CN=p" },
		    UNKNOWN, "more than one cRLIssuer" },
		/* (b) (2) (ii), (iii), (iv) */
		{ "ca", { "ca user" }, GOOD, "" },
		{ "ca cA", { "ca user" }, UNKNOWN, "the CRL is for user certificates" },
		{ "ca", { "ca ca" }, UNKNOWN, "the CRL is for CA certificates" },
		{ "ca cA", { "ca ca" }, GOOD, "" },
		{ "ca cA", { "ca ca 05=1" }, REVOKED, "" },
		{ "ca", { "ca attr" }, UNKNOWN, "the CRL is for attribute certificates" },
		{ "ca cA", { "ca attr 05=1" }, UNKNOWN, "the CRL is for attribute certificates" },
		{ "ca", { "ca", "root user" }, UNKNOWN, "the CRL is for user certificates" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- reasons: (d), (e), (l) ---- */

#define LACKING "the CRLs do not cover every reason to revoke"

START_TEST(test_reasons)
{
	static const row rows[] = {
		{ "ca", { "ca some=6" }, UNKNOWN, LACKING },
		{ "ca", { "ca some=6", "ca some=1f8" }, GOOD, "" },
		{ "ca", { "ca some=6", "ca some=1f0" }, UNKNOWN, LACKING },
		{ "ca", { "ca some=1fe" }, GOOD, "" },
		{ "ca", { "ca some=1ff" }, GOOD, "" },
		{ "ca", { "ca some=1" }, UNKNOWN, LACKING },
		{ "ca", { "ca some=6", "ca some=1f8 next=-1" }, UNKNOWN, "the CRL has expired" },
		{ "ca", { "ca some=6", "ca " A_1 }, UNKNOWN, LACKING },
		{ "ca", { "ca some=6 05=1" }, REVOKED, "keyCompromise" },
		{ "ca", { "ca some=6 05=4" }, REVOKED, "superseded" },
		{ "ca", { "ca some=6", "ca some=1f8 05=4" }, REVOKED, "superseded" },
		{ "ca", { "ca", "ca some=6 05=1" }, REVOKED, "keyCompromise" },
		{ "ca dp " A_1 " reasons=6", { "ca " A_1 }, UNKNOWN, LACKING },
		{ "ca dp " A_1 " reasons=6 dp " A_2 " reasons=1f8", { "ca " A_1, "ca " A_2 }, GOOD,
		    "" },
		{ "ca dp " A_1 " reasons=6 dp " A_2 " reasons=1f8", { "ca " A_1 }, UNKNOWN,
		    LACKING },
		{ "ca dp " A_1 " reasons=6 dp " A_2 " reasons=1f8",
		    { "ca " A_1, "ca " A_2 " 05=4" }, REVOKED, "superseded" },
		{ "ca dp " A_1 " reasons=6", { "ca " A_1 " some=8" }, UNKNOWN, DP_2 },
		{ "ca dp " A_1 " reasons=6", { "ca " A_1 " some=c", "ca some=1f8" }, UNKNOWN,
		    LACKING },
		{ "ca dp " A_1 " reasons=6", { "ca " A_1 " some=6", "ca some=1f8" }, GOOD, "" },
		{ "ca dp " A_1 " reasons=6", { "ca " A_1, "ca" }, GOOD, "" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- dates, and what makes a CRL unusable ---- */

START_TEST(test_unusable)
{
	static const row rows[] = {
		{ "ca", { "ca next=0" }, GOOD, "" },
		{ "ca", { "ca next=-1" }, UNKNOWN, "the CRL has expired: 24 hours ago, at 2025-" },
		{ "ca", { "ca next=-3" }, UNKNOWN, "the CRL has expired: 3 days ago, at 2025-" },
		{ "ca", { "ca next=-3 05=1" }, UNKNOWN, "the CRL has expired" },
		{ "ca", { "ca this=0" }, GOOD, "" },
		{ "ca", { "ca this=2" }, UNKNOWN, "the CRL is not valid yet: in 2 days" },
		{ "ca", { "ca this=2 05=1" }, UNKNOWN, "the CRL is not valid yet" },
		{ "ca", { "ca next=-" }, UNKNOWN, "the CRL has no nextUpdate" },
		{ "ca", { "ca n=-" }, UNKNOWN, "the CRL has no cRLNumber" },
		{ "ca", { "ca n=00" }, GOOD, "" },
		{ "ca", { "ca unknown" }, UNKNOWN, "critical extension of the CRL: 1.2.3.4.5" },
		{ "ca", { "ca unknown 05=1" }, UNKNOWN, "critical extension of the CRL" },
		{ "ca", { "ca 06=1 odd" }, UNKNOWN, "critical extension of an entry: 1.2.3.4.5" },
		{ "ca", { "ca 05=1 odd" }, UNKNOWN, "critical extension of an entry" },
		{ "ca", { "ca bad" }, UNKNOWN, "the CRL's signature does not verify" },
		{ "ca", { "ca bad 05=1" }, UNKNOWN, "the CRL's signature does not verify" },
		{ "ca", { "ca v1" }, GOOD, "" },
		{ "ca", { "ca v1 05=-" }, REVOKED, "" },
		{ "ca", { "ca v1 next=-" }, UNKNOWN, "the CRL has no nextUpdate" },
		/* the most telling reason */
		{ "ca", { "ca ca", "ca next=-1" }, UNKNOWN, "the CRL has expired" },
		{ "ca", { "ca bad", "ca next=-1", "ca ca" }, UNKNOWN, "signature does not" },
		/* one that is good suffices, whatever the others are */
		{ "ca", { "ca", "ca bad 05=1", "ca unknown", "ca next=-2 05=1" }, GOOD, "" },
		{ "ca", { "ca 05=1", "ca bad", "ca unknown", "ca next=-2" }, REVOKED, "" },
		{ "ca", { "ca", "root next=-1" }, UNKNOWN, "the CRL has expired" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- several CRLs of one scope ---- */

START_TEST(test_newest)
{
	static const row rows[] = {
		{ "ca", { "ca n=05 this=-2 05=6", "ca n=06" }, GOOD, "" },
		{ "ca", { "ca n=05 this=-2", "ca n=06 05=6" }, REVOKED, "" },
		{ "ca", { "ca n=05 05=6", "ca n=05" }, REVOKED, "" },
		/* contradictions */
		{ "ca", { "ca n=06 this=-2 05=6", "ca n=05" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-2 05=6", "ca n=05" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-1 05=6", "ca n=06 this=-1" }, REVOKED, "" },
		/* another scope, another key, or no good */
		{ "ca", { "ca n=05 this=-2 05=6", "ca user n=06" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-2 05=6", "apart n=06" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-2 05=6", "ca n=06 bad" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-2 05=6", "ca n=06 unknown" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-3 05=6", "ca n=06 this=-2 next=-1" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-3 05=6", "ca n=06 this=1" }, REVOKED, "" },
		{ "ca", { "ca n=05 this=-3 05=6", "ca n=06 this=-2", "ca n=07 05=4" }, REVOKED,
		    "superseded" },
		{ "ca", { "ca v1 this=-2 05=-", "ca v1" }, GOOD, "" },
		{ "ca", { "ca user n=05 this=-2 05=6", "ca user n=06", "ca" }, GOOD, "" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- delta CRLs: (c), (h), (i), (k), 5.2.4 ---- */

START_TEST(test_delta)
{
	static const row rows[] = {
		{ "ca", { "ca base=05 n=06" }, UNKNOWN, "there are delta CRLs, and no complete" },
		{ "ca", { "ca base=05 n=06 05=1" }, UNKNOWN, "there are delta CRLs" },
		{ "ca", { "ca", "ca base=05 n=06" }, GOOD, "" },
		{ "ca", { "ca", "ca base=05 n=06 05=1" }, REVOKED, "keyCompromise" },
		{ "ca", { "ca", "ca base=03 n=06 05=1" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06" }, REVOKED, "certificateHold" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8" }, GOOD, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=4" }, REVOKED, "superseded" },
		{ "ca", { "ca", "ca base=05 n=06 05=8" }, GOOD, "" },
		/* which one */
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=4", "ca base=05 n=07 05=8" }, GOOD, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8", "ca base=05 n=07 05=4" }, REVOKED,
		    "superseded" },
		{ "ca", { "ca", "ca base=05 n=06 05=4", "ca base=05 n=07 bad" }, REVOKED, "" },
		{ "ca", { "ca", "ca base=05 n=06 05=4", "ca base=05 n=07 next=-1 this=-2" },
		    REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=06 n=07 05=8" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=04 n=05 05=8" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=04 n=04 05=8" }, REVOKED, "" },
		{ "ca", { "ca n=00 05=6", "ca base=00 n=01 05=8" }, GOOD, "" },
		{ "ca", { "ca n=00 05=6", "ca base=01 n=02 05=8" }, REVOKED, "" },
		{ "ca", { "ca n=0100 05=6", "ca base=ff n=0101 05=8" }, GOOD, "" },
		{ "ca", { "ca n=0100 05=6", "ca base=02 n=ff 05=8" }, REVOKED, "" },
		/* one that is no good */
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 bad" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 unknown" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 06=1 odd" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=- 05=8" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 next=-" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 this=-3 next=-2" }, REVOKED, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 this=1" }, REVOKED, "" },
		/* (c) */
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 user" }, REVOKED, "" },
		{ "ca", { "ca user 05=6", "ca base=05 n=06 05=8" }, REVOKED, "" },
		{ "ca", { "ca user 05=6", "ca base=05 n=06 05=8 user" }, GOOD, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8 aki=0102" }, REVOKED, "" },
		{ "ca", { "ca 05=6 aki=0102", "ca base=05 n=06 05=8 aki=0102" }, GOOD, "" },
		{ "ca", { "ca 05=6", "apart base=05 n=06 05=8" }, REVOKED, "" },
		{ "ca", { "ca 05=6 aki=01", "apart base=05 n=06 05=8 aki=01" }, REVOKED, "" },
		/* a complete CRL that has expired, and a delta CRL that has not: (a) (1) (i) */
		{ "ca", { "ca next=-1", "ca base=05 n=06" }, GOOD, "" },
		{ "ca", { "ca next=-1", "ca base=05 n=06 05=1" }, REVOKED, "" },
		{ "ca", { "ca next=-1 05=6", "ca base=05 n=06" }, REVOKED, "" },
		{ "ca", { "ca next=-1", "ca base=06 n=07" }, UNKNOWN, "the CRL has expired" },
		{ "ca", { "ca next=-1", "ca base=05 n=06 this=-2 next=-1" }, UNKNOWN,
		    "the CRL has expired" },
		{ "ca", { "ca next=-", "ca base=05 n=06" }, UNKNOWN, "no nextUpdate" },
		{ "ca", { "ca user", "ca", "ca base=05 n=06 05=1" }, REVOKED, "" },
		{ "ca dp for=CN=Nobodyxx dp for=CN=Indirect",
		    { "indirect indirect", "indirect indirect base=05 n=06 05=1 of=CN=CA" },
		    REVOKED, "" },
		/* newer than the delta CRL */
		{ "ca", { "ca this=-2 05=6", "ca base=06 n=07 05=8" }, REVOKED, "" },
		{ "ca", { "ca this=-4", "ca base=05 n=07 this=-2 05=6", "ca n=06 aki=0102" },
		    REVOKED, "" },
		{ "ca", { "ca this=-4", "ca base=05 n=06 this=-1 05=6", "ca n=07 this=-2" },
		    REVOKED, "" },
		{ "ca", { "ca this=-3", "ca base=05 n=06 this=-2 05=6", "ca n=07" }, GOOD, "" },
		{ "ca", { "ca this=-3", "ca base=05 n=07 this=-1 05=6", "ca n=06 this=-2" },
		    REVOKED, "" },
		{ "ca", { "ca this=-3 05=6", "ca n=06 this=-2", "ca base=06 n=07 05=6" }, REVOKED,
		    "" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- who signed: (f), (g) ---- */

START_TEST(test_signers)
{
	static const row rows[] = {
		{ "ca", { "apart" }, GOOD, "" },
		{ "ca", { "apart 05=1" }, REVOKED, "" },
		{ "ca", { "apart aki=0102" }, GOOD, "" },
		{ "ca", { "apart", "root 12=1" }, UNKNOWN, "of the CRL's signer is revoked" },
		{ "ca", { "apart 05=1", "root 12=1" }, UNKNOWN, "of the CRL's signer is revoked" },
		{ "ca", { "apart", "ca", "root 12=1" }, GOOD, "" },
		{ "ca", { "foreign" }, UNKNOWN, "no valid path to the same trust anchor" },
		{ "ca", { "foreign 05=1" }, UNKNOWN, "no valid path to the same trust anchor" },
		{ "ca", { "late" }, UNKNOWN, "no valid path to the same trust anchor" },
		{ "ca", { "wrong" }, UNKNOWN, "" },
		{ "ca", { "mute name=CN=CA" }, UNKNOWN, "the CRL's signature does not verify" },
		{ "ca", { "root name=CN=CA", "root" }, UNKNOWN, "signature does not verify" },
		{ "mute", { "mute" }, UNKNOWN, "keyUsage of the CRL's signer has no cRLSign" },
		{ "mute", { "mute 05=1" }, UNKNOWN, "has no cRLSign" },
		{ "ca dp for=CN=Indirect", { "indirect indirect", "root 18=1" }, UNKNOWN,
		    "of the CRL's signer is revoked" },
		{ "ca dp for=CN=Nobody", { "indirect name=CN=Nobody indirect" }, UNKNOWN,
		    "no certificate of the CRL's signer is known" },
		/* whose certificate another CRL has to be about */
		{ "ca", { "self" }, UNKNOWN, "" },
		{ "ca", { "self", "ca some=6" }, UNKNOWN, "" },
		{ "ca", { "elsewhere" }, UNKNOWN, "" },
		{ "ca", { "self some=6", "ca user" }, GOOD, "" },
		{ "ca", { "self 05=1", "ca" }, REVOKED, "" },
		{ "ca", { "self 05=1", "ca 15=1" }, GOOD, "" },
		{ "quiet dp for=CN=Own", { "own indirect" }, GOOD, "" },
		{ "quiet dp for=CN=Own", { "own indirect 21=1 of=CN=Quiet" }, UNKNOWN,
		    "of the CRL's signer is revoked" },
		{ "quiet dp for=CN=Implied", { "implied indirect" }, UNKNOWN,
		    "whether the CRL's signer is revoked nobody can tell" },
		{ "quiet dp for=CN=Implied", { "implied indirect", "quiet" }, GOOD, "" },
		{ "quiet dp for=CN=M1", { "m1 indirect", "m2 indirect" }, UNKNOWN,
		    "whether the CRL's signer is revoked nobody can tell" },
		{ "quiet dp for=CN=D1",
		    { "d1 indirect", "d2 indirect", "d3 indirect", "d4 indirect", "d5 indirect" },
		    UNKNOWN, "whether the CRL's signer is revoked nobody can tell" },
		{ "quiet dp for=CN=D1 dp for=CN=D2",
		    { "d1 indirect", "d2 indirect", "d3 indirect", "d4 indirect", "d5 indirect" },
		    GOOD, "" },
		{ "quiet dp for=CN=D2",
		    { "d2 indirect", "d3 indirect", "d4 indirect", "d5 indirect" }, GOOD, "" },
		{ "quiet dp for=CN=D3", { "d3 indirect", "d4 indirect", "d5 indirect" }, GOOD, "" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

/* ---- modes ---- */

START_TEST(test_if_present)
{
	static const row rows[] = {
		{ "ca", { NULL }, GOOD, "" },
		{ "ca", { "mute 05=1" }, GOOD, "" },
		{ "ca dp for=CN=Indirect", { "mute" }, GOOD, "" },
		{ "ca", { "indirect indirect 05=1 of=CN=CA" }, GOOD, "" },
		{ "ca", { "ca" }, GOOD, "" },
		{ "ca", { "ca 05=1" }, REVOKED, "" },
		{ "ca", { "root 11=1" }, REVOKED, "" },
		/* what is there has to tell */
		{ "ca", { "ca bad" }, UNKNOWN, "the CRL's signature does not verify" },
		{ "ca", { "ca next=-1" }, UNKNOWN, "the CRL has expired" },
		{ "ca", { "ca unknown" }, UNKNOWN, "critical extension" },
		{ "ca", { "ca ca" }, UNKNOWN, "the CRL is for CA certificates" },
		{ "ca", { "ca some=6" }, UNKNOWN, LACKING },
		{ "ca", { "ca base=05 n=06" }, UNKNOWN, "there are delta CRLs" },
		{ "ca", { "foreign" }, UNKNOWN, "no valid path" },
		{ "ca", { "root bad" }, UNKNOWN, "the CRL's signature does not verify" },
		{ "ca", { "ca", "root next=-1" }, UNKNOWN, "the CRL has expired" },
		{ "ca dp for=CN=Indirect", { "indirect" }, UNKNOWN, "no indirect CRL" },
		{ "quiet dp for=CN=Own", { "own indirect bad" }, UNKNOWN, "" },
		{ "quiet dp for=CN=Implied", { "implied indirect" }, GOOD, "" },
	};

	RUN(rows, PKI_REVOCATION_IF_PRESENT);
}
END_TEST

START_TEST(test_none)
{
	static const row rows[] = {
		{ "ca", { "ca 05=1", "root 11=1" }, GOOD, "" },
		{ "ca", { "ca bad" }, GOOD, "" },
		{ "ca noRevAvail", { NULL }, GOOD, "" },
	};

	RUN(rows, PKI_REVOCATION_NONE);
}
END_TEST

/* Is this among what was not checked? NULL: of revocation, nothing is. */
static void expect_note(const row *r, pki_revocation_mode mode, const char *note)
{
	pki_crls *crls = crls_of(r, false);
	pki_cert *leaf = leaf_of(r->leaf);
	pki_result *result;
	const char *n;
	bool found = false, any = false;

	t_ok(pki_verify(ctx, leaf,
	    PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = pool, .crls = crls,
		.purpose = PKI_PURPOSE_ANY, .revocation = mode),
	    &result, err));
	for (size_t i = 0; (n = pki_result_not_checked_at(result, i)) != NULL; i++) {
		any = any || strstr(n, "revocation") != NULL;
		found = found || (note != NULL && strcmp(n, note) == 0);
	}
	ck_assert_msg(found == (note != NULL) && any == (note != NULL), "%s", r->leaf);
	pki_result_free(result);
	pki_cert_free(leaf);
	pki_crls_free(crls);
}

START_TEST(test_notes)
{
	static const row nothing = { "ca", { NULL }, GOOD, "" }, all = { "ca", { "ca" }, GOOD, "" },
			 apart = { "ca", { "apart" }, GOOD, "" };

	expect_note(&nothing, PKI_REVOCATION_NONE, "revocation");
	expect_note(&all, PKI_REVOCATION_NONE, "revocation");
	expect_note(&nothing, PKI_REVOCATION_IF_PRESENT, "revocation: CN=Leaf");
	expect_note(&all, PKI_REVOCATION_IF_PRESENT, NULL);
	expect_note(&apart, PKI_REVOCATION_IF_PRESENT, NULL);
	expect_note(&all, PKI_REVOCATION_REQUIRE, NULL);
	expect_note(&apart, PKI_REVOCATION_REQUIRE, NULL);
}
END_TEST

/* ---- RFC 9608, RFC 6960 4.2.2.2.1 ---- */

/* What pki_cert_issue_spki would not make, by the key of "ca". */
static pki_cert *odd_leaf(const char *says)
{
	pki_cert *model = leaf_of("ca"), *c;
	pki_buf tbs = PKI_BUF_INIT, sig = PKI_BUF_INIT;
	pki_exts *e = exts_of_cert(says);
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, t_hex("a003020102020105"));
	write_alg(&w, issuer("ca"));
	write_name(&w, pki_cert_issuer(model));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_time(&w, pki_cert_not_before(model));
	pki_derw_time(&w, pki_cert_not_after(model));
	pki_derw_end(&w);
	write_name(&w, pki_cert_subject(model));
	pki_derw_raw(&w, pki_cert_spki(model));
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(3));
	write_exts(&w, e);
	pki_derw_end(&w);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &tbs, err));
	t_ok(pki_sign(issuer("ca")->key, NULL, pki_buf_bytes(&tbs), &sig, err));
	t_ok(pki_cert_join(ctx, pki_buf_bytes(&tbs), pki_buf_bytes(&sig),
	    pki_key_public(issuer("ca")->key), &c, err));
	pki_buf_free(&tbs);
	pki_buf_free(&sig);
	pki_cert_free(model);
	return c;
}

START_TEST(test_exempt)
{
	static const row rows[] = {
		{ "ca noRevAvail", { NULL }, GOOD, "" },
		{ "ca noRevAvail", { "ca 05=1" }, GOOD, "" },
		{ "ca noRevAvail", { "ca bad" }, GOOD, "" },
		{ "ca noRevAvail caIssuers", { NULL }, GOOD, "" },
		{ "ca noRevAvail", { "root 11=1" }, REVOKED, "" },
		{ "ca nocheck", { NULL }, GOOD, "" },
		{ "ca nocheck", { "ca 05=1" }, GOOD, "" },
		{ "ca nocheck ocsp", { NULL }, GOOD, "" },
		{ "ca nocheck", { "root 11=1" }, REVOKED, "" },
		{ "ca ocsp", { NULL }, UNKNOWN, "there is no CRL of its issuer" },
	};

	RUN(rows, PKI_REVOCATION_REQUIRE);
}
END_TEST

START_TEST(test_contradictions)
{
	static const struct {
		const char *says, *text;
	} rows[] = {
		{ "noRevAvail cA", "noRevAvail in a certificate of a CA" },
		{ "noRevAvail dp " A_1, "noRevAvail beside cRLDistributionPoints" },
		{ "noRevAvail freshest", "noRevAvail beside freshestCRL" },
		{ "noRevAvail ocsp", "noRevAvail beside an authorityInfoAccess of id-ad-ocsp" },
		{ "noRevAvail caIssuers ocsp", "noRevAvail beside an authorityInfoAccess" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pki_cert *leaf = odd_leaf(rows[i].says);

		for (int mode = PKI_REVOCATION_NONE; mode <= PKI_REVOCATION_REQUIRE; mode++) {
			pki_result *result;
			pki_failure f;

			t_fails(PKI_E_UNTRUSTED,
			    pki_verify(ctx, leaf,
				PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = pool,
				    .purpose = PKI_PURPOSE_ANY, .revocation = mode),
				&result, err));
			ck_assert(pki_attempt_failure_at(result, 0, 0, &f));
			ck_assert_int_eq(f.code, UNKNOWN);
			ck_assert_str_eq(f.clause, "RFC 9608 3");
			ck_assert_msg(strstr(f.text, rows[i].text) != NULL, "%s", f.text);
			pki_result_free(result);
		}
		pki_cert_free(leaf);
	}
}
END_TEST

/* ---- moments ---- */

static pki_code code_at(const pki_crls *crls, pki_time at, uint32_t nsec)
{
	pki_cert *leaf = leaf_of("ca");
	pki_failure f = { .code = PKI_CODE_NONE };
	pki_result *result;
	pki_status st = pki_verify(ctx, leaf,
	    PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = pool, .crls = crls, .at = &at,
		.at_nsec = nsec, .purpose = PKI_PURPOSE_ANY, .revocation = PKI_REVOCATION_REQUIRE),
	    &result, NULL);

	ck_assert(pki_attempt_failure_at(result, 0, 0, &f) == (st != PKI_SUCCESS));
	pki_result_free(result);
	pki_cert_free(leaf);
	return f.code;
}

START_TEST(test_moments)
{
	static const row r = { "ca", { "ca this=-2 next=2", "root this=-9 next=9" }, GOOD, "" };
	pki_time from = NOW - PKI_DAYS(2), end = NOW + PKI_DAYS(2);
	pki_crls *crls = crls_of(&r, false);

	ck_assert_int_eq(code_at(crls, from - 1, 0), UNKNOWN);
	ck_assert_int_eq(code_at(crls, from - 1, 999999999), UNKNOWN);
	ck_assert_int_eq(code_at(crls, from, 0), GOOD);
	ck_assert_int_eq(code_at(crls, from, 1), GOOD);
	ck_assert_int_eq(code_at(crls, end - 1, 999999999), GOOD);
	ck_assert_int_eq(code_at(crls, end, 0), GOOD);
	ck_assert_int_eq(code_at(crls, end, 1), UNKNOWN);
	ck_assert_int_eq(code_at(crls, end + 1, 0), UNKNOWN);
	pki_crls_free(crls);
}
END_TEST

/* ---- the callback ---- */

typedef struct answers {
	pki_status leaf, ca; /* of which certificate it is asked */
	pki_listing listing;
	pki_crl_reason reason;
	unsigned asked;
	bool bare; /* the anchor is a name and a key */
} answers;

static pki_status tell_revoked(void *ud, const pki_cert *c, const pki_cert *by, pki_bytes spki,
    pki_time at, pki_revoked *found, pki_error *err)
{
	answers *a = ud;
	bool is_leaf = pki_bytes_equal(pki_cert_serial(c), t_hex("05"));
	const struct issuer *want = issuer(is_leaf ? "ca" : "root");
	pki_status st = is_leaf ? a->leaf : a->ca;

	a->asked++;
	ck_assert_int_eq(at, NOW);
	t_bytes_eq(spki, pki_cert_spki(want->cert));
	if (by != NULL || is_leaf || !a->bare)
		t_bytes_eq(pki_cert_der(by), pki_cert_der(want->cert));
	if (st != PKI_SUCCESS)
		return pki_error_set(err, st, "a callback failed", NULL);
	found->listing = is_leaf ? a->listing : PKI_LISTING_NOT_LISTED;
	found->reason = a->reason;
	found->when = is_leaf && a->reason == PKI_REASON_NONE ? PKI_TIME_NONE : NOW;
	return PKI_SUCCESS;
}

static pki_status verify_asking(
    const row *r, pki_revocation_mode mode, const pki_trust *t, answers *a, pki_failure *f)
{
	pki_crls *crls = crls_of(r, false);
	pki_cert *leaf = leaf_of(r->leaf);
	static char text[ROOM];
	pki_result *result;
	pki_status st = pki_verify(ctx, leaf,
	    PKI_OPTS(pki_verify_opts, .trust = t, .untrusted = pool, .crls = crls,
		.check_revocation = tell_revoked, .check_revocation_ud = a,
		.purpose = PKI_PURPOSE_ANY, .revocation = mode),
	    &result, NULL);

	*f = (pki_failure){ .text = "", .code = PKI_CODE_NONE };
	pki_attempt_failure_at(result, 0, 0, f);
	snprintf(text, sizeof text, "%s", f->text);
	f->text = text;
	pki_result_free(result);
	pki_cert_free(leaf);
	pki_crls_free(crls);
	return st;
}

#define YES     PKI_SUCCESS, PKI_SUCCESS, PKI_LISTING_NOT_LISTED, PKI_REASON_NONE
#define LISTED  PKI_SUCCESS, PKI_SUCCESS, PKI_LISTING_LISTED
#define NOT     PKI_E_NOTFOUND
#define REQUIRE PKI_REVOCATION_REQUIRE
#define IF      PKI_REVOCATION_IF_PRESENT

START_TEST(test_callback)
{
	static const struct {
		row r;
		answers a;
		pki_revocation_mode mode;
		pki_status want;
	} rows[] = {
		/* asked only for what the CRLs do not tell */
		{ { "ca", { "ca" }, GOOD, "" }, { YES, 0, false }, REQUIRE, PKI_SUCCESS },
		{ { "ca", { NULL }, GOOD, "" }, { YES, 1, false }, REQUIRE, PKI_SUCCESS },
		{ { "ca", { "ca bad", "root bad" }, GOOD, "" }, { YES, 2, false }, REQUIRE,
		    PKI_SUCCESS },
		{ { "ca", { "ca next=-1" }, GOOD, "" }, { YES, 1, false }, IF, PKI_SUCCESS },
		{ { "ca", { "ca 05=1" }, REVOKED, "" }, { YES, 0, false }, IF, PKI_E_UNTRUSTED },
		{ { "ca noRevAvail", { NULL }, GOOD, "" }, { YES, 0, false }, IF, PKI_SUCCESS },
		{ { "ca nocheck", { NULL }, GOOD, "" }, { YES, 0, false }, IF, PKI_SUCCESS },
		{ { "ca", { NULL }, GOOD, "" }, { YES, 0, false }, PKI_REVOCATION_NONE,
		    PKI_SUCCESS },
		/* it is revoked */
		{ { "ca", { NULL }, REVOKED, "keyCompromise" },
		    { LISTED, PKI_REASON_KEY_COMPROMISE, 1, false }, REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, REVOKED, "revoked" }, { LISTED, PKI_REASON_NONE, 1, false },
		    REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, REVOKED, "certificateHold" },
		    { LISTED, PKI_REASON_HOLD, 1, false }, IF, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, REVOKED, "" }, { LISTED, 99, 1, false }, IF, PKI_E_UNTRUSTED },
		{ { "ca", { "ca" }, GOOD, "" }, { LISTED, PKI_REASON_HOLD, 0, false }, IF,
		    PKI_SUCCESS },
		/* nobody can tell */
		{ { "ca", { NULL }, UNKNOWN, "there is no CRL of its issuer" },
		    { NOT, NOT, 0, 0, 1, false }, REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, GOOD, "" }, { NOT, NOT, 0, 0, 1, false }, IF, PKI_SUCCESS },
		{ { "ca", { "ca next=-1" }, UNKNOWN, "the CRL has expired" },
		    { NOT, NOT, 0, 0, 1, false }, IF, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, UNKNOWN, "there is no CRL" },
		    { 0, 0, PKI_LISTING_UNKNOWN, 0, 1, false }, REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, UNKNOWN, "there is no CRL" },
		    { 0, 0, PKI_LISTING_PART, 0, 1, false }, REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { NULL }, UNKNOWN, "there is no CRL" }, { 0, 0, 77, 0, 1, false },
		    REQUIRE, PKI_E_UNTRUSTED },
		{ { "ca", { "root bad" }, UNKNOWN, "signature does not verify" },
		    { 0, NOT, PKI_LISTING_NOT_LISTED, 0, 2, false }, REQUIRE, PKI_E_UNTRUSTED },
		/* the end of it */
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_IO, 0, 0, 0, 1, false }, IF, PKI_E_IO },
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_CANCELLED, 0, 0, 0, 1, false }, IF,
		    PKI_E_CANCELLED },
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_NOMEM, 0, 0, 0, 1, false }, IF,
		    PKI_E_NOMEM },
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_SIGNATURE, 0, 0, 0, 1, false }, IF,
		    PKI_E_IO },
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_UNTRUSTED, 0, 0, 0, 1, false }, REQUIRE,
		    PKI_E_IO },
		{ { "ca", { NULL }, GOOD, "" }, { PKI_E_LIMIT, 0, 0, 0, 1, false }, IF, PKI_E_IO },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		answers a = rows[i].a;
		pki_failure f;
		pki_status st;

		a.asked = 0;
		st = verify_asking(&rows[i].r, rows[i].mode, trust, &a, &f);
		ck_assert_msg(st == rows[i].want && f.code == rows[i].r.want &&
			strstr(f.text, rows[i].r.text) != NULL,
		    "row %zu: %s, %s: %s", i, pki_status_text(st), pki_code_name(f.code), f.text);
		ck_assert_msg(a.asked == rows[i].a.asked, "row %zu: asked %u times", i, a.asked);
	}
}
END_TEST

/* An anchor that is a name and a key, of which there is no certificate. */
START_TEST(test_bare_anchor)
{
	static const row all = { "ca", { "ca" }, GOOD, "" },
			 gone = { "ca", { "ca", "root 11=1" }, GOOD, "" },
			 none = { "ca", { "ca", "root bad" }, GOOD, "" };
	answers a = { YES, 0, true };
	pki_trust_builder *b;
	pki_failure f;
	pki_trust *t;

	t_ok(pki_trust_builder_new(ctx, &b, err));
	t_ok(pki_trust_add_key(b, pki_cert_subject(issuer("root")->cert),
	    pki_cert_spki(issuer("root")->cert), NULL, err));
	t_ok(pki_trust_freeze(b, &t, err));
	ck_assert_int_eq(verify_asking(&all, REQUIRE, t, &a, &f), PKI_SUCCESS);
	ck_assert_int_eq(verify_asking(&gone, REQUIRE, t, &a, &f), PKI_E_UNTRUSTED);
	ck_assert_int_eq(f.code, REVOKED);
	ck_assert_uint_eq(a.asked, 0);
	ck_assert_int_eq(verify_asking(&none, REQUIRE, t, &a, &f), PKI_SUCCESS);
	ck_assert_uint_eq(a.asked, 1);
	pki_trust_free(t);
	pki_trust_builder_free(b);
}
END_TEST

/* The anchor itself is trusted: nobody asks of it. */
START_TEST(test_anchor)
{
	static const row r = { "ca", { "root bad 01=1" }, GOOD, "" };
	pki_crls *crls = crls_of(&r, false);

	t_ok(pki_verify(ctx, issuer("root")->cert,
	    PKI_OPTS(pki_verify_opts, .trust = trust, .crls = crls, .purpose = PKI_PURPOSE_ANY,
		.revocation = REQUIRE),
	    NULL, err));
	pki_crls_free(crls);
}
END_TEST

/* ---- many ---- */

#define MANY 2000

/* What it costs to be told of a certificate, in units of work. */
static uint64_t cost(const pki_crls *crls)
{
	uint64_t before = pki_ctx_work(ctx);

	ck_assert_int_eq(code_at(crls, NOW, 0), GOOD);
	return pki_ctx_work(ctx) - before;
}

/* CRLs of other issuers cost nothing, those of other distribution points a look, and none of
 * them a signature. */
START_TEST(test_many)
{
	static const row r = { "ca", { "ca" }, GOOD, "" };
	pki_crls *crls = crls_of(&r, false);
	uint64_t few = cost(crls), many;
	char text[ROOM];

	for (size_t i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "mute name=CN=Other%zu", i);
		add_crl(crls, text);
	}
	many = cost(crls);
	ck_assert_uint_eq(many, few);
	for (size_t i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "ca full=uri:http://a/%zu", i);
		add_crl(crls, text);
	}
	many = cost(crls);
	ck_assert_uint_ge(many, few + MANY);
	ck_assert_uint_le(many, few + 8 * MANY);
	pki_crls_free(crls);
}
END_TEST

/* ---- limits, strength ---- */

static pki_status verify_within(const pki_limits *limits, const row *r, pki_code *code)
{
	pki_crls *crls = crls_of(r, false);
	pki_cert *leaf = leaf_of(r->leaf);
	pki_failure f = { .code = PKI_CODE_NONE };
	pki_result *result;
	pki_ctx *own;
	pki_status st;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell, .limits = limits), &own, err));
	st = pki_verify(own, leaf,
	    PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = pool, .crls = crls,
		.purpose = PKI_PURPOSE_ANY, .revocation = REQUIRE),
	    &result, NULL);
	pki_attempt_failure_at(result, 0, 0, &f);
	*code = f.code;
	pki_result_free(result);
	pki_cert_free(leaf);
	pki_crls_free(crls);
	pki_ctx_free(own);
	return st;
}

#define MOST_UNITS 2000

/* With too little of anything the answer is that there is no answer. */
static void squeeze(const row *r, const pki_limits *limits, size_t *limit)
{
	pki_code code;
	pki_status st = PKI_E_LIMIT;

	for (*limit = 1; *limit <= MOST_UNITS && st != PKI_SUCCESS; ++*limit) {
		st = verify_within(limits, r, &code);
		ck_assert_msg(st == PKI_SUCCESS || st == PKI_E_LIMIT, "%s: %zu: %s, %s", r->leaf,
		    *limit, pki_status_text(st), pki_code_name(code));
	}
	ck_assert_int_eq(st, PKI_SUCCESS);
	ck_assert_uint_gt(*limit, 2);
	*limit = 0;
}

START_TEST(test_limits)
{
	static const row rows[] = {
		{ "ca", { "apart" }, GOOD, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=8" }, GOOD, "" },
		{ "quiet dp for=CN=D3", { "d3 indirect", "d4 indirect", "d5 indirect" }, GOOD, "" },
	};
	pki_limits limits = { .size = sizeof limits };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		squeeze(&rows[i], &limits, &limits.path_signatures);
		squeeze(&rows[i], &limits, &limits.path_steps);
	}
}
END_TEST

/* ---- no memory ---- */

static pki_status tell_nothing(void *ud, const pki_cert *c, const pki_cert *by, pki_bytes spki,
    pki_time at, pki_revoked *found, pki_error *err)
{
	(void)ud, (void)c, (void)by, (void)spki, (void)at, (void)found;
	return pki_error_set(err, PKI_E_NOTFOUND, "who knows", NULL);
}

/* Every allocation fails once: that is the answer, and no other. */
static void starve(const row *r, bool all_after)
{
	pki_crls *crls = crls_of(r, false);
	pki_cert *leaf = leaf_of(r->leaf);
	pki_verify_opts o = { .size = sizeof o,
		.trust = trust,
		.untrusted = pool,
		.crls = crls,
		.check_revocation = tell_nothing,
		.purpose = PKI_PURPOSE_ANY,
		.revocation = PKI_REVOCATION_IF_PRESENT };
	pki_status want = pki_verify(ctx, leaf, &o, NULL, NULL), st;
	unsigned long n = 0, count;
	pki_result *result;
	bool gives;

	do {
		oom_begin(++n, all_after);
		st = pki_verify(ctx, leaf, &o, &result, NULL);
		gives = result != NULL;
		pki_result_free(result);
		count = oom_end();
		ck_assert_msg(n <= count ? st == PKI_E_NOMEM && !gives : st == want,
		    "%s, %s: allocation %lu of %lu: %s", r->leaf, r->crls[0], n, count,
		    pki_status_text(st));
		ck_assert_int_eq(oom_balance(), 0);
	} while (n <= count);
	pki_cert_free(leaf);
	pki_crls_free(crls);
}

START_TEST(test_no_memory)
{
	static const row rows[] = {
		{ "ca", { NULL }, GOOD, "" },
		{ "ca", { "ca 05=1" }, GOOD, "" },
		{ "ca", { "ca next=-1" }, GOOD, "" },
		{ "ca", { "apart", "root 12=1" }, GOOD, "" },
		{ "ca", { "ca 05=6", "ca base=05 n=06 05=4", "ca base=05 n=07 05=8" }, GOOD, "" },
		{ "ca", { "ca n=05 this=-2 05=6", "ca n=06" }, GOOD, "" },
		{ "ca dp rel=CN=PART", { "ca " PART }, GOOD, "" },
		{ "ca dp rel=CN=p for=CN=Indirect",
		    { "indirect indirect full=dn:cn=P,CN=Indirect 05=1 of=cn=ca" }, GOOD, "" },
		{ "quiet dp for=CN=D3", { "d3 indirect", "d4 indirect", "d5 indirect" }, GOOD, "" },
		{ "quiet dp for=CN=M1", { "m1 indirect", "m2 indirect" }, GOOD, "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		starve(&rows[i], false);
		starve(&rows[i], true);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, test_scope, test_reasons, test_unusable, test_newest,
		test_delta, test_signers, test_if_present, test_none, test_notes, test_exempt,
		test_contradictions, test_moments, test_callback, test_bare_anchor, test_anchor,
		test_many, test_limits, test_no_memory, tear_down, NULL };

	return t_main("revocation", tests);
}
