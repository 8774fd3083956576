/* SPDX-License-Identifier: BSD-3-Clause */
/* The answer of pki_verify: the path, or what is wrong with each that was tried. */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/verify/result.h"

/* A path, with its own references. */
typedef struct trail {
	pki_cert **certs; /* the anchor's own one last; NULL there: a name and a key */
	size_t count;
	size_t order; /* in which it was found */
	bool has_anchor;
	uint8_t reserved[7];
	pki_findings findings;
} trail;

struct pki_result {
	pki_status status;
	bool unsupported; /* every path so far ends in an algorithm that libpki lacks */
	uint8_t reserved[3];
	pki_trust *trust;
	trail path;
	pki_outputs outputs;
	uint8_t *oids; /* of its policies */
	pki_buf notes; /* a NUL behind each */
	trail *attempts;
	size_t attempt_count, attempt_room, left_out;
};

pki_status pki_result_new(const pki_trust *trust, pki_result **out, pki_error *err)
{
	pki_result *r = pki_alloc_zero(1, sizeof *r);

	*out = r;
	if (r == NULL)
		return pki_error_nomem(err);
	r->status = PKI_E_UNTRUSTED;
	r->trust = pki_trust_ref(trust);
	return PKI_SUCCESS;
}

static void trail_free(trail *t)
{
	for (size_t i = 0; i < t->count; i++)
		pki_cert_free(t->certs[i]);
	pki_free(t->certs);
	pki_findings_free(&t->findings);
}

void pki_result_free(pki_result *r)
{
	if (r == NULL)
		return;
	trail_free(&r->path);
	for (size_t i = 0; i < r->attempt_count; i++)
		trail_free(&r->attempts[i]);
	pki_free(r->attempts);
	pki_outputs_free(&r->outputs);
	pki_free(r->oids);
	pki_buf_free(&r->notes);
	pki_trust_free(r->trust);
	pki_free(r);
}

/* ---- putting it together ---- */

static pki_status trail_of(const pki_path *p, trail *t, pki_error *err)
{
	*t = (trail){ .count = p->count + (p->anchor != NULL ? 1 : 0),
		.has_anchor = p->anchor != NULL };
	t->certs = pki_alloc_zero(t->count, sizeof *t->certs);
	if (t->certs == NULL) {
		t->count = 0;
		return pki_error_nomem(err);
	}
	for (size_t i = 0; i < p->count; i++)
		t->certs[i] = pki_cert_ref(p->certs[i]);
	if (p->anchor != NULL)
		t->certs[p->count] = pki_cert_ref(p->anchor->cert);
	return PKI_SUCCESS;
}

/* Some may be views of what the caller asked for. */
static pki_status own_oids(pki_result *r, pki_outputs *o, pki_error *err)
{
	size_t len = 0;
	uint8_t *at;

	for (size_t i = 0; i < o->policy_count; i++)
		len += o->policies[i].oid.len;
	r->oids = at = pki_alloc(len);
	if (at == NULL)
		return pki_error_nomem(err);
	for (size_t i = 0; i < o->policy_count; i++) {
		pki_bytes *oid = &o->policies[i].oid;

		memcpy(at, oid->data, oid->len);
		oid->data = at;
		at += oid->len;
	}
	return PKI_SUCCESS;
}

pki_status pki_result_accept(
    pki_result *r, const pki_path *p, pki_outputs *outputs, pki_buf *notes, pki_error *err)
{
	pki_status st = trail_of(p, &r->path, err);

	if (st == PKI_SUCCESS)
		st = own_oids(r, outputs, err);
	if (st != PKI_SUCCESS)
		return st;
	r->outputs = *outputs;
	r->notes = *notes;
	*outputs = (pki_outputs){ NULL, 0 };
	*notes = (pki_buf)PKI_BUF_INIT;
	r->status = PKI_SUCCESS;
	return PKI_SUCCESS;
}

static bool is_unsupported(const pki_findings *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->list[i].code != PKI_CODE_UNSUPPORTED)
			return false;
	return f->count > 0;
}

pki_status pki_result_refuse(pki_result *r, const pki_path *p, pki_findings *f, pki_error *err)
{
	trail *list;
	pki_status st;

	r->unsupported = (r->attempt_count == 0 || r->unsupported) && is_unsupported(f);
	if (r->attempt_count == PKI_ATTEMPTS_MAX) {
		r->left_out++;
		return PKI_SUCCESS;
	}
	list = pki_list_room(r->attempts, NULL, r->attempt_count, &r->attempt_room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	r->attempts = list;
	st = trail_of(p, &list[r->attempt_count], err);
	if (st != PKI_SUCCESS)
		return st;
	list[r->attempt_count].order = r->attempt_count;
	list[r->attempt_count].findings = *f;
	*f = (pki_findings){ .status = f->status };
	r->attempt_count++;
	return PKI_SUCCESS;
}

/* Those that reach an anchor, then those with less wrong, then those that were found first. */
static int compare(const void *a, const void *b)
{
	const trail *x = a, *y = b;

	if (x->has_anchor != y->has_anchor)
		return x->has_anchor ? -1 : 1;
	if (x->findings.count != y->findings.count)
		return x->findings.count < y->findings.count ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* What the text says beyond the reason, which is a part of it. */
static const char *detail_of(const pki_finding *f)
{
	const char *rest = f->text + strlen(f->reason);

	return *rest == '\0' ? rest : rest + 2;
}

static pki_status explain(const pki_result *r, pki_error *err)
{
	const pki_finding *f;

	if (r->attempt_count == 0)
		return pki_error_set(err, r->status, "no path was found", "RFC 5280 6.1");
	f = &r->attempts[0].findings.list[0];
	return pki_error_set_detail(
	    err, r->status, f->reason, f->clause, pki_bytes_str(detail_of(f)));
}

pki_status pki_result_finish(pki_result *r, bool exhausted, pki_error *err)
{
	if (r->status == PKI_SUCCESS)
		return PKI_SUCCESS;
	if (r->attempt_count > 1)
		qsort(r->attempts, r->attempt_count, sizeof *r->attempts, compare);
	if (exhausted) {
		r->status = PKI_E_LIMIT;
		return pki_error_set(err, PKI_E_LIMIT,
		    "a limit ended the search for a path: path_certs, path_signatures, path_steps",
		    "RFC 4158 2.4.2");
	}
	r->status = r->unsupported ? PKI_E_UNSUPPORTED : PKI_E_UNTRUSTED;
	return explain(r, err);
}

bool pki_result_is_valid(const pki_result *r)
{
	return r->status == PKI_SUCCESS;
}

/* ---- what it says ---- */

pki_status pki_result_status(const pki_result *r)
{
	return r == NULL ? PKI_E_UNTRUSTED : r->status;
}

static const pki_cert *trail_at(const trail *t, size_t i)
{
	return t != NULL && i < t->count ? t->certs[i] : NULL;
}

size_t pki_result_path_len(const pki_result *r)
{
	return r == NULL ? 0 : r->path.count;
}

const pki_cert *pki_result_path_at(const pki_result *r, size_t i)
{
	return r == NULL ? NULL : trail_at(&r->path, i);
}

size_t pki_result_policy_count(const pki_result *r)
{
	return r == NULL ? 0 : r->outputs.policy_count;
}

bool pki_result_policy_at(const pki_result *r, size_t i, pki_policy *out)
{
	bool there = i < pki_result_policy_count(r);

	if (out != NULL)
		*out = there ? r->outputs.policies[i] : (pki_policy){ { NULL, 0 }, { NULL, 0 } };
	return there;
}

/* The n-th string of those that end in a NUL each. */
static const char *note_at(pki_bytes notes, size_t n)
{
	size_t at = 0;

	while (at < notes.len && n > 0) {
		at += strlen((const char *)notes.data + at) + 1;
		n--;
	}
	return at < notes.len ? (const char *)notes.data + at : NULL;
}

size_t pki_result_not_checked_count(const pki_result *r)
{
	size_t n = 0;

	while (pki_result_not_checked_at(r, n) != NULL)
		n++;
	return n;
}

const char *pki_result_not_checked_at(const pki_result *r, size_t i)
{
	return r == NULL ? NULL : note_at(pki_buf_bytes(&r->notes), i);
}

static const trail *attempt(const pki_result *r, size_t i)
{
	return r != NULL && i < r->attempt_count ? &r->attempts[i] : NULL;
}

size_t pki_result_attempt_count(const pki_result *r)
{
	return r == NULL ? 0 : r->attempt_count;
}

size_t pki_result_attempts_left_out(const pki_result *r)
{
	return r == NULL ? 0 : r->left_out;
}

size_t pki_attempt_path_len(const pki_result *r, size_t i)
{
	return attempt(r, i) == NULL ? 0 : attempt(r, i)->count;
}

const pki_cert *pki_attempt_path_at(const pki_result *r, size_t i, size_t at)
{
	return trail_at(attempt(r, i), at);
}

bool pki_attempt_has_anchor(const pki_result *r, size_t i)
{
	return attempt(r, i) != NULL && attempt(r, i)->has_anchor;
}

size_t pki_attempt_failure_count(const pki_result *r, size_t i)
{
	return attempt(r, i) == NULL ? 0 : attempt(r, i)->findings.count;
}

bool pki_attempt_failure_at(const pki_result *r, size_t i, size_t at, pki_failure *out)
{
	bool there = at < pki_attempt_failure_count(r, i);
	const pki_finding *f;

	if (out != NULL)
		*out = (pki_failure){ .code = PKI_CODE_NONE, .clause = "", .text = "" };
	if (!there || out == NULL)
		return there;
	f = &attempt(r, i)->findings.list[at];
	out->certificate = f->cert;
	out->code = f->code;
	out->clause = f->clause;
	out->text = f->text;
	return true;
}

const char *pki_code_name(pki_code code)
{
	static const char *const names[] = { "none", "no-issuer", "distrusted", "signature", "weak",
		"unsupported", "not-yet-valid", "expired", "not-a-ca", "path-length", "key-usage",
		"purpose", "name-constraint", "name-mismatch", "critical-extension", "policy",
		"revoked", "revocation-unknown", "profile", "limit" };

	return code >= 0 && (size_t)code < sizeof names / sizeof names[0] ? names[code] : "unknown";
}

/* ---- as text ---- */

static pki_status format_cert(size_t i, const pki_cert *c, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_put_u64(out, i, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, ": ", err);
	if (st != PKI_SUCCESS)
		return st;
	if (c == NULL)
		return pki_buf_puts(out, "the anchor's key", err);
	return pki_name_format(pki_cert_subject(c), out, err);
}

static pki_status format_finding(const pki_finding *f, pki_buf *out, pki_error *err)
{
	const char *parts[] = { "\n   ", pki_code_name(f->code), ": ", f->text, " (", f->clause,
		")" };
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && st == PKI_SUCCESS; i++)
		st = pki_buf_puts(out, parts[i], err);
	return st;
}

static pki_status format_findings(const pki_findings *f, size_t cert, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; i < f->count && st == PKI_SUCCESS; i++)
		if (f->list[i].cert == cert)
			st = format_finding(&f->list[i], out, err);
	return st;
}

static pki_status format_trail(const char *heading, const trail *t, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, heading, err);

	for (size_t i = 0; i < t->count && st == PKI_SUCCESS; i++) {
		st = pki_buf_puts(out, "  ", err);
		if (st == PKI_SUCCESS)
			st = format_cert(i, t->certs[i], out, err);
		if (st == PKI_SUCCESS)
			st = format_findings(&t->findings, i, out, err);
		if (st == PKI_SUCCESS)
			st = pki_buf_puts(out, "\n", err);
	}
	return st;
}

static pki_status format_note(const char *note, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_puts(out, "not checked: ", err);

	if (st == PKI_SUCCESS)
		st = pki_buf_puts(out, note, err);
	return st == PKI_SUCCESS ? pki_buf_puts(out, "\n", err) : st;
}

static pki_status format(const pki_result *r, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	const char *note;

	if (r->status == PKI_SUCCESS)
		st = format_trail("valid\n", &r->path, out, err);
	for (size_t i = 0; i < r->attempt_count && st == PKI_SUCCESS; i++)
		st = format_trail("refused\n", &r->attempts[i], out, err);
	if (st == PKI_SUCCESS && r->status != PKI_SUCCESS && r->attempt_count == 0)
		st = pki_buf_puts(out, "refused: no path was found\n", err);
	for (size_t i = 0; st == PKI_SUCCESS; i++) {
		if ((note = pki_result_not_checked_at(r, i)) == NULL)
			break;
		st = format_note(note, out, err);
	}
	return st;
}

pki_status pki_result_format(const pki_result *r, pki_buf *out, pki_error *err)
{
	size_t before;
	pki_status st;

	if (r == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	before = out->len;
	st = format(r, out, err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(out, before);
	return PKI_LEAVE(err, st);
}
