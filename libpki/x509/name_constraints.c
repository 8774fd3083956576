/* SPDX-License-Identifier: BSD-3-Clause */
/* Names under the nameConstraints of CAs: RFC 5280 4.2.1.10, 6.1.3 (b), (c), 6.1.4 (g). */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/x509/name_constraints.h"
#include "libpki/x509/subtree.h"

#define CLAUSE "RFC 5280 4.2.1.10"

/* permittedSubtrees, then excludedSubtrees, each by the type of the base. */
enum { PERMITTED = 0, EXCLUDED = PKI_GN_TYPES, KINDS = 2 * PKI_GN_TYPES };

struct pki_nc_set {
	pki_subtree_base *bases;
	size_t end[KINDS];     /* behind the last base of each kind */
	const pki_name *owner; /* whose certificate has them; NULL: they were given */
};

static size_t begin_of(const pki_nc_set *s, int kind)
{
	return kind == 0 ? 0 : s->end[kind - 1];
}

static size_t count_of(const pki_nc_set *s)
{
	return s->end[KINDS - 1];
}

static void free_set(pki_nc_set *s)
{
	for (size_t i = 0; s->bases != NULL && i < count_of(s); i++)
		pki_subtree_base_free(&s->bases[i]);
	pki_free(s->bases);
}

void pki_nc_init(pki_nc *n, const pki_ctx *ctx, pki_call *call)
{
	*n = (pki_nc){ .ctx = ctx, .call = call };
	for (size_t i = 0; i < PKI_GN_TYPES; i++)
		n->left[i] = pki_ctx_limits(ctx)->name_comparisons;
}

void pki_nc_restart(pki_nc *n)
{
	for (size_t i = 0; i < n->count; i++)
		free_set(&n->sets[i]);
	n->count = 0;
	n->types = 0;
}

void pki_nc_free(pki_nc *n)
{
	pki_nc_restart(n);
	pki_free(n->sets);
	n->sets = NULL;
	n->room = 0;
}

/* ---- adding ---- */

typedef struct adding {
	pki_nc *nc;
	pki_nc_set *set;
	size_t next[KINDS]; /* where the next base of each kind goes */
} adding;

typedef pki_status step_fn(adding *a, int kind, const pki_subtree *t, pki_error *err);

static pki_status count_base(adding *a, int kind, const pki_subtree *t, pki_error *err)
{
	(void)t, (void)err;
	a->set->end[kind]++;
	return PKI_SUCCESS;
}

/* To prepare a directoryName takes time for each of its octets. */
static pki_status spend_on_reading(pki_nc *n, const pki_gn *gn, pki_error *err)
{
	return pki_call_spend(n->call, gn->type == PKI_GN_DIRNAME ? gn->value.len : 1, err);
}

static pki_status place_base(adding *a, int kind, const pki_subtree *t, pki_error *err)
{
	pki_status st = spend_on_reading(a->nc, &t->base, err);

	a->nc->types |= 1u << t->base.type;
	if (st != PKI_SUCCESS)
		return st;
	return pki_subtree_base_init(&a->set->bases[a->next[kind]++], a->nc->ctx, t, err);
}

static pki_status for_each_in(
    adding *a, int list, pki_bytes subtrees, step_fn *step, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_subtree t;

	pki_ext_list_in(&it, a->nc->ctx, subtrees);
	while (st == PKI_SUCCESS && pki_ext_subtree_next(&it, &t))
		st = step(a, list + t.base.type, &t, err);
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static pki_status for_each(adding *a, const pki_name_constraints *c, step_fn *step, pki_error *err)
{
	pki_status st = for_each_in(a, PERMITTED, c->permitted, step, err);

	return st == PKI_SUCCESS ? for_each_in(a, EXCLUDED, c->excluded, step, err) : st;
}

/* From how many there are of each kind to where they are. */
static pki_status make_room(adding *a, pki_error *err)
{
	pki_nc_set *s = a->set;

	for (size_t i = 1; i < KINDS; i++) {
		a->next[i] = s->end[i - 1];
		s->end[i] += s->end[i - 1];
	}
	s->bases = pki_alloc_zero(count_of(s), sizeof *s->bases);
	return s->bases == NULL ? pki_error_nomem(err) : PKI_SUCCESS;
}

static pki_status read_set(pki_nc *n, pki_nc_set *s, const pki_name_constraints *c, pki_error *err)
{
	adding a = { .nc = n, .set = s };
	pki_status st = for_each(&a, c, count_base, err);

	if (st == PKI_SUCCESS)
		st = make_room(&a, err);
	return st == PKI_SUCCESS ? for_each(&a, c, place_base, err) : st;
}

static pki_status add(
    pki_nc *n, const pki_name_constraints *c, const pki_name *owner, pki_error *err)
{
	pki_nc_set *sets = pki_list_room(n->sets, NULL, n->count, &n->room, sizeof *sets);
	pki_status st;

	if (sets == NULL)
		return pki_error_nomem(err);
	n->sets = sets;
	sets[n->count] = (pki_nc_set){ .owner = owner };
	st = read_set(n, &sets[n->count], c, err);
	if (st == PKI_SUCCESS)
		n->count++;
	else
		free_set(&sets[n->count]);
	return st;
}

pki_status pki_nc_add(pki_nc *n, const pki_name_constraints *c, pki_error *err)
{
	if (c->permitted.len == 0 && c->excluded.len == 0)
		return PKI_SUCCESS;
	return add(n, c, NULL, err);
}

pki_status pki_nc_add_cert(pki_nc *n, const pki_cert *c, pki_error *err)
{
	pki_name_constraints nc;
	pki_status st;
	pki_ext e;

	if (!pki_cert_ext(c, PKI_OID(name_constraints), &e))
		return PKI_SUCCESS;
	st = pki_ext_name_constraints(n->ctx, e.value, &nc, err);
	return st == PKI_SUCCESS ? add(n, &nc, pki_cert_subject(c), err) : st;
}

/* ---- who is told what ---- */

#define TOLD_OCTETS 72 /* of a name, so that the CA's has room behind it */

static void cut(pki_buf *text, size_t len)
{
	if (text->len <= len)
		return;
	pki_buf_truncate(text, len - 3);
	(void)!pki_buf_puts(text, "...", NULL);
}

static pki_status put_owner(const pki_name *owner, pki_buf *text)
{
	if (owner == NULL)
		return pki_buf_puts(text, " (those of the caller or the trust anchor)", NULL);
	if (pki_buf_puts(text, " (those of ", NULL) != PKI_SUCCESS ||
	    pki_name_format(owner, text, NULL) != PKI_SUCCESS)
		return PKI_E_NOMEM;
	return pki_buf_puts(text, ")", NULL);
}

/* Adds "dns:a.example (those of CN=CA)" to an error, memory permitting. */
static void tell(const pki_gn *gn, const pki_nc_set *s, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;

	if (err == NULL)
		return;
	(void)!pki_gn_format(gn, &text, NULL);
	cut(&text, TOLD_OCTETS);
	(void)!put_owner(s->owner, &text);
	pki_error_about(err, pki_buf_bytes(&text));
	pki_buf_free(&text);
}

static pki_status refuse(const pki_gn *gn, const pki_nc_set *s, const char *reason, pki_error *err)
{
	pki_status st = pki_error_set(err, PKI_E_POLICY, reason, CLAUSE);

	tell(gn, s, err);
	return st;
}

/* ---- one name ---- */

static pki_status spend(pki_nc *n, pki_gn_type type, size_t comparisons, pki_error *err)
{
	if (n->left[type] < comparisons) {
		n->left[type] = 0;
		return pki_error_set(err, PKI_E_LIMIT, "too many comparisons of names", NULL);
	}
	n->left[type] -= comparisons;
	return pki_call_spend(n->call, comparisons, err);
}

static pki_status compare(pki_nc *n, const pki_subtree_base *base, const pki_subtree_name *name,
    bool some, bool *in, pki_error *err)
{
	pki_status st = spend(n, base->type, pki_subtree_cost(base, name), err);

	return st == PKI_SUCCESS ? pki_subtree_holds(base, name, some, in, err) : st;
}

/* Is it within one of the subtrees of this kind? All are asked: in any order the answer is the
 * same, also where nobody can tell of one of them. */
static pki_status look(pki_nc *n, const pki_nc_set *s, int kind, const pki_subtree_name *name,
    bool *in, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	bool in_one;

	*in = false;
	for (size_t i = begin_of(s, kind); st == PKI_SUCCESS && i < s->end[kind]; i++) {
		st = compare(n, &s->bases[i], name, kind >= EXCLUDED, &in_one, err);
		*in = *in || (st == PKI_SUCCESS && in_one);
	}
	if (st == PKI_E_UNSUPPORTED)
		tell(name->gn, s, err);
	return st;
}

/* By the subtrees of one type in one set. */
static pki_status judge_by(
    pki_nc *n, const pki_nc_set *s, pki_gn_type type, const pki_subtree_name *name, pki_error *err)
{
	int permitted = PERMITTED + type;
	bool in;
	pki_status st = look(n, s, EXCLUDED + type, name, &in, err);

	if (st != PKI_SUCCESS)
		return st;
	if (in)
		return refuse(name->gn, s, "a name that nameConstraints exclude", err);
	st = look(n, s, permitted, name, &in, err);
	if (st != PKI_SUCCESS || in || begin_of(s, permitted) == s->end[permitted])
		return st;
	return refuse(name->gn, s, "a name that nameConstraints do not permit", err);
}

static bool has_type(const pki_nc *n, pki_gn_type type)
{
	return (n->types >> type & 1) != 0;
}

static pki_status judge_by_all(
    pki_nc *n, pki_gn_type type, const pki_subtree_name *name, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < n->count && has_type(n, type); i++)
		st = judge_by(n, &n->sets[i], type, name, err);
	return st;
}

/* RFC 9598 6: a SmtpUTF8Mailbox is under the subtrees for rfc822Names, too. */
static pki_status judge(pki_nc *n, const pki_gn *gn, pki_error *err)
{
	bool mailbox = pki_gn_is_utf8_mailbox(gn) && has_type(n, PKI_GN_EMAIL);
	pki_subtree_name name;
	pki_status st = spend_on_reading(n, gn, err);

	if (st != PKI_SUCCESS || (!has_type(n, gn->type) && !mailbox))
		return st;
	st = pki_subtree_name_init(&name, n->ctx, gn, err);
	if (st == PKI_SUCCESS)
		st = judge_by_all(n, gn->type, &name, err);
	if (st == PKI_SUCCESS && mailbox)
		st = judge_by_all(n, PKI_GN_EMAIL, &name, err);
	pki_subtree_name_free(&name);
	return st;
}

/* ---- all names ---- */

static pki_status judge_alt_names(pki_nc *n, pki_bytes san, bool *has_dns, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, n->ctx, san);
	while (st == PKI_SUCCESS && pki_ext_name_next(&it, &gn)) {
		*has_dns = *has_dns || gn.type == PKI_GN_DNS;
		st = judge(n, &gn, err);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

/* A common name that someone takes for a host. */
static bool reads_as_host(pki_bytes text)
{
	return text.len > 0 && memchr(text.data, '.', text.len) != NULL &&
	    pki_host_check(text, PKI_HOST_WILDCARD, NULL) == PKI_SUCCESS;
}

/* What else than itself an attribute is taken for: a common name where subjectAltName has no
 * dNSName, an emailAddress always. */
static bool reads_as_name(const pki_attr *a, const pki_nc_names *names, bool has_dns, pki_gn *gn)
{
	*gn = (pki_gn){ .value = pki_bytes_str(a->utf8 == NULL ? "" : a->utf8) };
	gn->type = PKI_GN_EMAIL;
	if (pki_oid_equal(a->type, PKI_OID(email_address)))
		return true;
	gn->type = PKI_GN_DNS;
	return pki_oid_equal(a->type, PKI_OID(common_name)) && !has_dns && !names->ca &&
	    reads_as_host(gn->value);
}

static pki_status judge_subject(pki_nc *n, const pki_nc_names *names, bool has_dns, pki_error *err)
{
	pki_gn gn = { .type = PKI_GN_DIRNAME, .value = pki_name_der(names->subject) };
	pki_status st;
	pki_attr a;

	if (pki_name_is_empty(names->subject))
		return PKI_SUCCESS;
	st = judge(n, &gn, err);
	for (size_t i = 0; st == PKI_SUCCESS && pki_name_at(names->subject, i, &a); i++)
		if (reads_as_name(&a, names, has_dns, &gn))
			st = judge(n, &gn, err);
	return st;
}

pki_status pki_nc_check_names(pki_nc *n, const pki_nc_names *names, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	bool has_dns = false;

	if (n->count == 0)
		return PKI_SUCCESS;
	if (names->san != NULL)
		st = judge_alt_names(n, *names->san, &has_dns, err);
	return st == PKI_SUCCESS ? judge_subject(n, names, has_dns, err) : st;
}

pki_status pki_nc_check(pki_nc *n, const pki_cert *c, pki_error *err)
{
	pki_nc_names names = { .subject = pki_cert_subject(c), .ca = pki_cert_is_ca(c) };
	pki_ext san;

	if (n->count == 0)
		return PKI_SUCCESS;
	if (pki_cert_ext(c, PKI_OID(subject_alt_name), &san))
		names.san = &san.value;
	return pki_nc_check_names(n, &names, err);
}
