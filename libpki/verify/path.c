/* SPDX-License-Identifier: BSD-3-Clause */
/* Validation of one path, from the anchor to the leaf: RFC 5280 6.1, RFC 5937, RFC 9618. */
#include "libpki/verify/path.h"

#include <pki/oid.h>

#include "libpki/core/alloc.h"
#include "libpki/core/error.h"
#include "libpki/verify/build.h"
#include "libpki/verify/checks.h"
#include "libpki/verify/policy.h"
#include "libpki/verify/profile.h"
#include "libpki/verify/revocation.h"
#include "libpki/verify/strength.h"

/* State variables of RFC 5280 6.1.2, and where they are. */
typedef struct validation {
	pki_verification *v;
	const pki_path *p;
	pki_findings *f;
	const pki_pubkey *key;  /* working_public_key; NULL: the one above cannot be used */
	const pki_name *name;   /* working_issuer_name */
	pki_policies *policies; /* NULL: they have failed already */
	int64_t max_path_length;
} validation;

const pki_cert *pki_path_issuer(const pki_path *p, size_t i)
{
	return i + 1 < p->count ? p->certs[i + 1] : p->anchor->cert;
}

pki_bytes pki_path_issuer_spki(const pki_path *p, size_t i)
{
	return i + 1 < p->count ? pki_cert_spki(p->certs[i + 1]) : p->anchor->spki;
}

void pki_outputs_free(pki_outputs *o)
{
	pki_free(o->policies);
	*o = (pki_outputs){ NULL, 0 };
}

static const pki_cert *leaf_of(const pki_path *p)
{
	return p->count > 0 ? p->certs[0] : p->anchor->cert;
}

/* Does the anchor's certificate have a say in what is below it? RFC 5937; RFC 5914 2.5: replaces.
 */
static bool anchor_brings(const validation *n, uint32_t replaces)
{
	const pki_anchor *a = n->p->anchor;

	return n->v->o.anchor == PKI_ANCHOR_FULL && a->cert != NULL && n->p->count > 0 &&
	    (a->replaces & replaces) == 0;
}

/* ---- keys and signatures ---- */

/* working_public_key, with what it inherits: 6.1.4 (d), (e), (f). */
static void use_key(validation *n, pki_bytes spki)
{
	const pki_pubkey *above = n->key;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_signers_key(&n->v->signers, spki, above, &n->key, &why);

	if (st != PKI_SUCCESS)
		pki_find_error(n->f, pki_code_of_signature(st), &why);
	else
		pki_check_key_strength(n->v, n->key, n->f);
}

/* 6.1.3 (a) (1) */
static void check_signature(validation *n, const pki_cert *c)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st;

	if (n->key == NULL)
		return;
	st = pki_signers_check_cert(&n->v->signers, c, n->key, &why);
	if (st != PKI_SUCCESS)
		pki_find_error(n->f, pki_code_of_signature(st), &why);
	else
		pki_check_signature_strength(n->v, c, n->f);
}

/* 6.1.3 (a) (4) */
static void check_chaining(validation *n, const pki_cert *c)
{
	if (!pki_name_equal(pki_cert_issuer(c), n->name))
		pki_find(n->f, PKI_CODE_NO_ISSUER, "RFC 5280 6.1.3(a)(4)",
		    "its issuer is not the subject of the one above");
}

/* ---- names ---- */

/* 6.1.3 (b), (c) */
static void check_names(validation *n, const pki_cert *c, bool is_leaf)
{
	pki_error why = PKI_ERROR_INIT;

	if (!is_leaf && pki_cert_is_self_issued(c))
		return;
	if (pki_nc_check(&n->v->names, c, &why) != PKI_SUCCESS)
		pki_find_error(n->f, PKI_CODE_NAME_CONSTRAINT, &why);
}

static void constrain(validation *n, pki_status st, const pki_error *why)
{
	if (st != PKI_SUCCESS)
		pki_find_error(n->f, PKI_CODE_NAME_CONSTRAINT, why);
}

/* Inputs (h) and (i), and what the anchor adds to them: RFC 5937 3.2. */
static void start_names(validation *n)
{
	const pki_anchor *a = n->p->anchor;
	pki_verification *v = n->v;
	pki_error why = PKI_ERROR_INIT;

	pki_nc_restart(&v->names);
	constrain(n, pki_nc_add(&v->names, &v->initial, &why), &why);
	constrain(n, pki_nc_add(&v->names, &a->constraints, &why), &why);
	if (anchor_brings(n, PKI_REPLACES_NAMES))
		constrain(n, pki_nc_add_cert(&v->names, a->cert, &why), &why);
}

/* ---- policies ---- */

/* What an anchor's certificate says about policies: RFC 5937 2. */
static pki_status read_anchor_flags(
    const pki_ctx *ctx, const pki_cert *c, uint32_t *flags, pki_error *err)
{
	pki_policy_constraints pc;
	pki_status st = pki_policies_constraints(ctx, c, &pc, err);

	*flags |= pc.has_require_explicit_policy ? PKI_REQUIRE_POLICY : 0;
	*flags |= pc.has_inhibit_policy_mapping ? PKI_INHIBIT_MAPPING : 0;
	*flags |= pki_cert_ext(c, PKI_OID(inhibit_any_policy), NULL) ? PKI_INHIBIT_ANY_POLICY : 0;
	return st;
}

static void fail_policies(validation *n, const pki_error *why)
{
	pki_find_error(n->f, PKI_CODE_POLICY, why);
	pki_policies_free(n->policies);
	n->policies = NULL;
}

static void start_policies(validation *n, size_t length)
{
	uint32_t flags = n->v->o.policy_flags | n->p->anchor->policy_flags;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = PKI_SUCCESS;

	if (n->v->o.policies != NULL)
		flags |= PKI_REQUIRE_POLICY;
	if (anchor_brings(n, PKI_REPLACES_POLICY_FLAGS))
		st = read_anchor_flags(n->v->ctx, n->p->anchor->cert, &flags, &why);
	if (st == PKI_SUCCESS)
		st = pki_policies_new(n->v->ctx, &n->v->call, length, flags, &n->policies, &why);
	if (st != PKI_SUCCESS)
		fail_policies(n, &why);
}

static void add_policies(validation *n, const pki_cert *c, bool is_leaf)
{
	pki_error why = PKI_ERROR_INIT;

	if (n->policies != NULL && pki_policies_add(n->policies, c, is_leaf, &why) != PKI_SUCCESS)
		fail_policies(n, &why);
}

static void prepare_policies(validation *n, const pki_cert *c)
{
	pki_error why = PKI_ERROR_INIT;

	if (n->policies != NULL && pki_policies_prepare(n->policies, c, &why) != PKI_SUCCESS)
		fail_policies(n, &why);
}

/* A set of policies; list NULL: any-policy. */
typedef struct policy_set {
	const pki_bytes *list;
	size_t count;
} policy_set;

static bool has_policy(const policy_set *s, pki_bytes oid)
{
	for (size_t i = 0; i < s->count; i++)
		if (pki_bytes_equal(s->list[i], oid))
			return true;
	return false;
}

static bool is_any(const policy_set *s)
{
	return s->list == NULL || has_policy(s, PKI_OID(any_policy));
}

/* Of *s what is in another set, too; *s is changed in place, unless it was any-policy. */
static void intersect(policy_set *s, pki_bytes *own, const policy_set *with)
{
	size_t count = 0;

	if (is_any(with))
		return;
	if (is_any(s)) {
		*s = *with;
		return;
	}
	for (size_t i = 0; i < s->count; i++)
		if (has_policy(with, s->list[i]))
			own[count++] = s->list[i];
	*s = (policy_set){ own, count };
}

static size_t count_policies(const pki_ctx *ctx, pki_bytes value)
{
	pki_ext_iter it;
	pki_policy p;
	size_t n = 0;

	pki_ext_list(&it, ctx, value);
	while (pki_ext_policy_next(&it, &p))
		n++;
	return n;
}

/* certificatePolicies of an anchor, as a set; *list is to be freed. */
static pki_status read_anchor_set(
    const pki_ctx *ctx, const pki_cert *c, pki_bytes **list, policy_set *out, pki_error *err)
{
	pki_ext_iter it;
	pki_policy p;
	pki_ext e;

	*out = (policy_set){ NULL, 0 };
	if (!pki_cert_ext(c, PKI_OID(certificate_policies), &e))
		return PKI_SUCCESS;
	*list = pki_alloc_zero(count_policies(ctx, e.value), sizeof **list);
	if (*list == NULL)
		return pki_error_nomem(err);
	out->list = *list;
	pki_ext_list(&it, ctx, e.value);
	while (pki_ext_policy_next(&it, &p))
		(*list)[out->count++] = p.oid;
	return pki_ext_list_finish(&it, err);
}

static policy_set asked_set(const pki_verify_opts *o)
{
	if (o->policies != NULL)
		return (policy_set){ o->policies, o->policy_count };
	return (policy_set){ o->policy_set, o->policy_set_count };
}

/* 6.1.5 (g), with a user-initial-policy-set as RFC 5937 3.2 has it. */
static void finish_policies(validation *n, pki_outputs *out)
{
	const pki_anchor *a = n->p->anchor;
	policy_set set = asked_set(&n->v->o), of_opts = { a->policies, a->policy_count };
	policy_set of_cert = { NULL, 0 };
	pki_bytes *list = NULL, *own = NULL;
	pki_error why = PKI_ERROR_INIT;
	pki_status st = PKI_SUCCESS;

	if (n->policies == NULL)
		return;
	own = pki_alloc_zero(set.count + a->policy_count, sizeof *own);
	if (own == NULL)
		st = pki_error_nomem(&why);
	if (st == PKI_SUCCESS && anchor_brings(n, PKI_REPLACES_POLICIES))
		st = read_anchor_set(n->v->ctx, a->cert, &list, &of_cert, &why);
	if (st == PKI_SUCCESS) {
		intersect(&set, own, &of_opts);
		intersect(&set, own, &of_cert);
		st = pki_policies_finish(n->policies, leaf_of(n->p), set.list, set.count,
		    &out->policies, &out->policy_count, &why);
	}
	if (st != PKI_SUCCESS)
		fail_policies(n, &why);
	pki_free(own);
	pki_free(list);
}

/* ---- path length ---- */

static void limit_path(validation *n, int64_t length)
{
	if (length >= 0 && length < n->max_path_length)
		n->max_path_length = length;
}

static void start_path_length(validation *n)
{
	const pki_anchor *a = n->p->anchor;

	n->max_path_length = (int64_t)n->p->count;
	if (n->v->o.max_intermediates != NULL)
		limit_path(n, (int64_t)*n->v->o.max_intermediates);
	limit_path(n, a->path_len);
	if (anchor_brings(n, PKI_REPLACES_PATH_LEN))
		limit_path(n, pki_cert_path_len(a->cert));
}

/* 6.1.4 (l), (m) */
static void count_path_length(validation *n, const pki_cert *c)
{
	if (!pki_cert_is_self_issued(c)) {
		if (n->max_path_length <= 0)
			pki_find(n->f, PKI_CODE_PATH_LENGTH, "RFC 5280 6.1.4(l)",
			    "there are more CAs below another than it allows");
		else
			n->max_path_length--;
	}
	limit_path(n, pki_cert_path_len(c));
}

/* ---- one certificate after the other ---- */

static void check_profile(validation *n, const pki_cert *c, const pki_cert *issuer, pki_role role)
{
	const pki_verify_opts *o = &n->v->o;
	pki_profile_case p = { n->v->ctx, c, issuer, role, o->purpose, o->purpose_oid };

	if (o->rules == PKI_RULES_RFC5280)
		return;
	pki_strict_check(&p, n->f);
	if (o->rules == PKI_RULES_WEBPKI)
		pki_webpki_check(&p, n->f);
}

/* 6.1.2 */
static void start(validation *n)
{
	const pki_anchor *a = n->p->anchor;

	n->f->cert = n->p->count;
	n->name = a->name;
	start_names(n);
	start_policies(n, n->p->count);
	start_path_length(n);
	use_key(n, a->spki);
	pki_check_anchor(n->v, a, leaf_of(n->p), n->f);
	if (anchor_brings(n, 0))
		check_profile(n, a->cert, NULL, PKI_ROLE_ANCHOR);
}

/* Of the work budget: a certificate that is looked at, and octets of it; a profile looks at all. */
#define CERT_UNITS              20
#define OCTETS_PER_PROFILE_UNIT 4

static void spend_cert(validation *n, const pki_cert *c)
{
	size_t octets = n->v->o.rules == PKI_RULES_RFC5280 ? PKI_OCTETS_PER_UNIT
							   : OCTETS_PER_PROFILE_UNIT;
	pki_error why = PKI_ERROR_INIT;

	if (pki_call_spend(&n->v->call, CERT_UNITS + pki_cert_der(c).len / octets, &why) !=
	    PKI_SUCCESS)
		pki_find_error(n->f, PKI_CODE_LIMIT, &why);
}

/* 6.1.3 */
static void process(validation *n, size_t i)
{
	const pki_cert *c = n->p->certs[i];

	n->f->cert = i;
	spend_cert(n, c);
	check_signature(n, c);
	check_chaining(n, c);
	check_names(n, c, i == 0);
	add_policies(n, c, i == 0);
	check_profile(n, c, pki_path_issuer(n->p, i), i == 0 ? PKI_ROLE_LEAF : PKI_ROLE_CA);
}

/* 6.1.4 */
static void prepare(validation *n, size_t i)
{
	const pki_cert *c = n->p->certs[i];
	pki_error why = PKI_ERROR_INIT;

	prepare_policies(n, c);
	n->name = pki_cert_subject(c);
	use_key(n, pki_cert_spki(c));
	constrain(n, pki_nc_add_cert(&n->v->names, c, &why), &why);
	count_path_length(n, c);
	pki_check_ca(n->v, c, n->f);
}

/* 6.1.5 */
static void wrap_up(validation *n, pki_outputs *out)
{
	const pki_cert *leaf = n->p->certs[0];

	use_key(n, pki_cert_spki(leaf));
	pki_check_leaf(n->v, leaf, n->f);
	finish_policies(n, out);
}

static void validate_chain(validation *n, pki_outputs *out)
{
	start(n);
	for (size_t i = n->p->count; i-- > 0;) {
		process(n, i);
		if (i > 0)
			prepare(n, i);
	}
	wrap_up(n, out);
	pki_policies_free(n->policies);
	if (!pki_findings_any(n->f))
		pki_revocation_check(n->v, n->p, n->f);
}

/* An anchor is trusted, and still has to be what is asked for: its dates, names, purpose. */
static void validate_anchor(validation *n, pki_outputs *out)
{
	const pki_anchor *a = n->p->anchor;

	pki_check_anchor_opts(n->v, a, a->cert, n->f);
	start_names(n);
	check_names(n, a->cert, true);
	start_policies(n, 1);
	add_policies(n, a->cert, true);
	finish_policies(n, out);
	pki_policies_free(n->policies);
	use_key(n, a->spki);
	pki_check_leaf(n->v, a->cert, n->f);
	check_profile(n, a->cert, NULL, PKI_ROLE_LEAF);
}

void pki_path_validate(pki_verification *v, const pki_path *p, pki_outputs *out, pki_findings *f)
{
	validation n = { .v = v, .p = p, .f = f };

	if (p->count == 0)
		validate_anchor(&n, out);
	else
		validate_chain(&n, out);
}
