/* SPDX-License-Identifier: BSD-3-Clause */
/* The names of a certificate that is made, under its issuer's nameConstraints: RFC 5280 6.1.3. */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"
#include "libpki/x509/issue.h"
#include "libpki/x509/subtree.h"

typedef struct judging {
	const pki_issue *issue;
	pki_name_constraints constraints;
	size_t left; /* comparisons */
} judging;

static pki_status spend(judging *j, size_t comparisons, pki_error *err)
{
	if (j->left >= comparisons) {
		j->left -= comparisons;
		return PKI_SUCCESS;
	}
	j->left = 0;
	return pki_error_set(err, PKI_E_LIMIT, "too many comparisons of names", NULL);
}

static pki_bytes text_of(const pki_gn *gn)
{
	switch (gn->type) {
	case PKI_GN_OTHER:
		return pki_gn_utf8_mailbox(gn);
	case PKI_GN_DNS:
	case PKI_GN_EMAIL:
	case PKI_GN_URI:
		return gn->value;
	default:
		return pki_bytes_of(NULL, 0);
	}
}

static pki_status refuse(const pki_gn *gn, const char *reason, pki_error *err)
{
	return pki_error_set_detail(err, PKI_E_POLICY, reason, "RFC 5280 4.2.1.10", text_of(gn));
}

/* RFC 5280 4.2.1.10: minimum is 0, maximum absent. What nobody can tell is refused. */
static pki_status compare(judging *j, const pki_subtree *t, const pki_subtree_name *name, bool some,
    bool *in, pki_error *err)
{
	pki_status st = spend(j, pki_subtree_cost(&t->base, name), err);

	if (st != PKI_SUCCESS)
		return st;
	if (t->minimum != 0 || t->has_maximum)
		return refuse(
		    name->gn, "the issuer's nameConstraints have a minimum or maximum", err);
	st = pki_subtree_holds(j->issue->ctx, &t->base, name, some, in, err);
	if (st != PKI_E_UNSUPPORTED)
		return st;
	return refuse(
	    name->gn, "a name that the issuer's nameConstraints cannot be applied to", err);
}

/* Of the subtrees that are for this name: are there some, and does one of them hold it? */
static pki_status look(judging *j, pki_bytes subtrees, const pki_subtree_name *name, bool some,
    bool *any, bool *in, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_subtree t;

	*any = *in = false;
	pki_ext_list_in(&it, j->issue->ctx, subtrees);
	while (st == PKI_SUCCESS && !*in && pki_ext_subtree_next(&it, &t)) {
		if (!pki_subtree_is_for(&t.base, name->gn))
			continue;
		*any = true;
		st = compare(j, &t, name, some, in, err);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static pki_status judge_name(judging *j, const pki_subtree_name *name, pki_error *err)
{
	bool any, in;
	pki_status st = look(j, j->constraints.excluded, name, true, &any, &in, err);

	if (st != PKI_SUCCESS)
		return st;
	if (in)
		return refuse(name->gn, "a name that the issuer's nameConstraints exclude", err);
	st = look(j, j->constraints.permitted, name, false, &any, &in, err);
	if (st != PKI_SUCCESS)
		return st;
	if (any && !in)
		return refuse(
		    name->gn, "a name that the issuer's nameConstraints do not permit", err);
	return PKI_SUCCESS;
}

static pki_status judge(judging *j, const pki_gn *gn, pki_error *err)
{
	pki_subtree_name name;
	pki_status st = pki_subtree_name_init(&name, j->issue->ctx, gn, err);

	if (st == PKI_SUCCESS)
		st = judge_name(j, &name, err);
	pki_subtree_name_free(&name);
	return st;
}

/* ---- which names there are ---- */

typedef struct forms {
	bool dns, email;
} forms;

static pki_status judge_alt_names(judging *j, pki_bytes san, forms *found, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, j->issue->ctx, san);
	while (st == PKI_SUCCESS && pki_ext_name_next(&it, &gn)) {
		found->dns = found->dns || gn.type == PKI_GN_DNS;
		found->email = found->email || gn.type == PKI_GN_EMAIL;
		st = judge(j, &gn, err);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

/* A common name that someone takes for a host; the dot of the root is not in it. */
static bool reads_as_host(const char *text, pki_bytes *host)
{
	*host = pki_bytes_str(text);
	if (host->len > 0 && host->data[host->len - 1] == '.')
		host->len--;
	return host->len > 0 && memchr(host->data, '.', host->len) != NULL &&
	    pki_host_check(*host, PKI_HOST_WILDCARD, NULL) == PKI_SUCCESS;
}

/* What else than itself a subject's attribute is taken for, where no subjectAltName is in its way.
 */
static pki_status judge_attr(judging *j, const pki_attr *a, const forms *found, pki_error *err)
{
	pki_gn gn = { .value = pki_bytes_of(NULL, 0) };

	if (pki_oid_equal(a->type, PKI_OID(email_address)) && !found->email) {
		gn.type = PKI_GN_EMAIL;
		if (a->utf8 != NULL)
			gn.value = pki_bytes_str(a->utf8);
		return judge(j, &gn, err);
	}
	if (pki_oid_equal(a->type, PKI_OID(common_name)) && !found->dns &&
	    !j->issue->constraints.ca && a->utf8 != NULL && reads_as_host(a->utf8, &gn.value)) {
		gn.type = PKI_GN_DNS;
		return judge(j, &gn, err);
	}
	return PKI_SUCCESS;
}

static pki_status judge_subject(judging *j, const forms *found, pki_error *err)
{
	const pki_name *subject = j->issue->subject;
	pki_gn gn = { .type = PKI_GN_DIRNAME };
	pki_status st;
	pki_attr a;

	if (pki_issue_subject_is_empty(j->issue))
		return PKI_SUCCESS;
	gn.value = pki_name_der(subject);
	st = judge(j, &gn, err);
	for (size_t n = 0; st == PKI_SUCCESS && pki_name_at(subject, n, &a); n++)
		st = judge_attr(j, &a, found, err);
	return st;
}

pki_status pki_rules_names(const pki_issue *i, const pki_ext *san, pki_error *err)
{
	judging j = { .issue = i, .left = pki_ctx_limits(i->ctx)->name_comparisons };
	forms found = { false, false };
	pki_status st;
	pki_ext own;

	if (!pki_cert_ext(i->issuer, PKI_OID(name_constraints), &own))
		return PKI_SUCCESS;
	/* RFC 5280 6.1.3 (b) */
	if (i->constraints.ca && pki_name_equal(i->subject, pki_cert_subject(i->issuer)))
		return PKI_SUCCESS;
	st = pki_ext_name_constraints(i->ctx, own.value, &j.constraints, err);
	if (st == PKI_SUCCESS && san != NULL)
		st = judge_alt_names(&j, san->value, &found, err);
	return st == PKI_SUCCESS ? judge_subject(&j, &found, err) : st;
}
