/* SPDX-License-Identifier: BSD-3-Clause */
/* TrustAnchorList, TrustAnchorChoice, TrustAnchorInfo: RFC 5914. */
#include <stdio.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/reader.h"
#include "libpki/der/tlv.h"
#include "libpki/types/algid.h"
#include "libpki/types/spki.h"
#include "libpki/verify/anchors.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/ext_list.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/kind.h"

/* What holds for each anchor beside what the list says; and whose they will be. */
typedef struct adding {
	pki_trust_builder *to;
	const pki_anchor *like;
} adding;

/* ---- TrustAnchorInfo: its syntax ---- */

/* Views; what is absent is empty. */
typedef struct info {
	pki_bytes spki, key_id;
	pki_bytes name;                                 /* TLV of taName; empty: no certPath */
	pki_bytes certificate, policy_set, name_constr; /* TLVs, of their IMPLICIT tags */
	bool has_flags;
	uint8_t reserved[3];
	uint32_t flags;
	int64_t path_len; /* -1: none */
	pki_ext_list_reading exts;
} info;

/* version TrustAnchorInfoVersion DEFAULT v1 */
static void read_version(pki_der *s)
{
	int64_t version;

	if (!pki_der_peek(s, PKI_TAG_INTEGER) || !pki_der_int64(s, "version", &version))
		return;
	if (version == 1)
		pki_der_fail(s, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5");
	pki_der_fail(s, PKI_E_UNSUPPORTED, "version is not v1", "RFC 5914 2.1");
}

#define TITLE_MAX 64 /* characters: RFC 5914 2.4 */

/* TrustAnchorTitle ::= UTF8String (SIZE (1..64)) */
static void read_title(pki_der *s)
{
	pki_bytes title;
	size_t chars;

	if (!pki_der_next_opt(s, PKI_TAG_UTF8, "taTitle", &title))
		return;
	chars = pki_utf8_count(title);
	if (chars == SIZE_MAX)
		pki_der_fail(s, PKI_E_ENCODING, "is not UTF-8", "RFC 5914 2.4");
	if (chars < 1 || chars > TITLE_MAX)
		pki_der_fail(s, PKI_E_STRUCTURE, "is not 1 to 64 characters", "RFC 5914 2.4");
}

/* taTitleLangTag [2] IMPLICIT UTF8String */
static void read_language(pki_der *s)
{
	pki_bytes tag;

	if (pki_der_next_opt(s, PKI_TAG_IMPLICIT(2), "taTitleLangTag", &tag) &&
	    !pki_utf8_valid(tag))
		pki_der_fail(s, PKI_E_ENCODING, "is not UTF-8", "RFC 5914 2.4");
}

static void read_tlv_opt(pki_der *s, unsigned tag, const char *field, pki_bytes *out)
{
	if (pki_der_peek(s, PKI_TAG_EXPLICIT(tag)))
		pki_der_whole(s, PKI_TAG_EXPLICIT(tag), field, out);
}

/* CertPolicyFlags ::= BIT STRING { ... } */
#define INHIBIT_POLICY_MAPPING  1u
#define REQUIRE_EXPLICIT_POLICY 2u
#define INHIBIT_ANY_POLICY      4u
#define POLICY_FLAGS            7u

static void read_flags(pki_der *s, info *n)
{
	n->has_flags = pki_der_peek(s, PKI_TAG_IMPLICIT(2)) &&
	    pki_der_flags_as(s, PKI_TAG_IMPLICIT(2), "policyFlags", &n->flags);
	if ((n->flags & ~POLICY_FLAGS) != 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "unknown bit of CertPolicyFlags", "RFC 5914 2.5");
	if ((n->flags & REQUIRE_EXPLICIT_POLICY) != 0 && n->policy_set.len == 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "requireExplicitPolicy without a policySet",
		    "RFC 5914 2.5");
}

/* pathLenConstraint [4] IMPLICIT INTEGER (0..MAX) OPTIONAL */
static void read_path_len(pki_der *s, info *n)
{
	n->path_len = -1;
	if (pki_der_peek(s, PKI_TAG_IMPLICIT(4)) &&
	    pki_der_int64_as(s, PKI_TAG_IMPLICIT(4), "pathLenConstraint", &n->path_len) &&
	    n->path_len < 0)
		pki_der_fail(s, PKI_E_STRUCTURE, "pathLenConstraint is negative", "RFC 5914 2.5");
}

/* CertPathControls ::= SEQUENCE */
static void read_controls(pki_der *r, info *n)
{
	pki_der s;

	if (!pki_der_enter_opt(r, PKI_TAG_SEQUENCE, "certPath", &s))
		return;
	pki_der_whole(&s, PKI_TAG_SEQUENCE, "taName", &n->name);
	read_tlv_opt(&s, 0, "certificate", &n->certificate);
	read_tlv_opt(&s, 1, "policySet", &n->policy_set);
	read_flags(&s, n);
	read_tlv_opt(&s, 3, "nameConstr", &n->name_constr);
	read_path_len(&s, n);
	pki_der_leave(&s);
}

/* exts [1] EXPLICIT Extensions OPTIONAL */
static void read_exts(pki_der *r, info *n)
{
	pki_der s;

	if (!pki_der_enter_opt(r, PKI_TAG_EXPLICIT(1), "exts", &s))
		return;
	pki_ext_list_read(&s, NULL, &n->exts);
	pki_der_leave(&s);
}

/* TrustAnchorInfo ::= SEQUENCE */
static pki_status read_info(const pki_ctx *ctx, pki_bytes in, info *n, pki_error *err)
{
	pki_algid algorithm;
	pki_bytes key;
	pki_der r, s;

	pki_der_init(&r, ctx, in, "TrustAnchorInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	read_version(&s);
	pki_spki_split(&s, "pubKey", &algorithm, &key, &n->spki);
	pki_der_next(&s, PKI_TAG_OCTETS, "keyId", &n->key_id);
	read_title(&s);
	read_controls(&s, n);
	read_exts(&s, n);
	read_language(&s);
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

/* ---- TrustAnchorInfo: what it means ---- */

/* An anchor on its way from an info to the builder. */
typedef struct making {
	const pki_ctx *ctx;
	pki_bytes in;
	const info *n;
	pki_anchor anchor;
	pki_name *name;
	pki_cert *cert;
	pki_bytes *policies;
	size_t room;
	pki_buf certificate, policy_set, name_constr; /* under their own tags */
} making;

static void making_free(making *m)
{
	pki_name_free(m->name);
	pki_cert_free(m->cert);
	pki_free(m->policies);
	pki_buf_free(&m->certificate);
	pki_buf_free(&m->policy_set);
	pki_buf_free(&m->name_constr);
}

static pki_status in_field(
    const making *m, const char *field, pki_bytes tlv, pki_status st, pki_error *err)
{
	if (st != PKI_SUCCESS)
		pki_error_nest(err, field, (size_t)(tlv.data - m->in.data));
	return st;
}

static pki_status refuse(const char *reason, pki_error *err)
{
	return pki_error_set(err, PKI_E_STRUCTURE, reason, "RFC 5914 2.5");
}

/* A SEQUENCE that has had an IMPLICIT tag. */
static pki_status as_sequence(pki_bytes tlv, pki_buf *out, pki_error *err)
{
	pki_status st = pki_buf_append(out, tlv, err);

	if (st == PKI_SUCCESS)
		out->data[0] = 0x30;
	return st;
}

static pki_status make_name(making *m, pki_error *err)
{
	pki_status st = pki_name_parse(m->ctx, m->n->name, &m->name, err);

	if (st == PKI_SUCCESS && pki_name_is_empty(m->name))
		st = refuse("taName is empty", err);
	m->anchor.name = m->name;
	return st;
}

static pki_status check_certificate(const making *m, pki_error *err)
{
	pki_bytes key_id = pki_cert_key_id(m->cert);

	if (!pki_bytes_equal(pki_name_der(pki_cert_subject(m->cert)), m->n->name))
		return refuse("the certificate's subject is not taName", err);
	if (!pki_bytes_equal(pki_cert_spki(m->cert), m->n->spki))
		return refuse("the certificate's key is not pubKey", err);
	if (key_id.len > 0 && !pki_bytes_equal(key_id, m->n->key_id))
		return refuse("the certificate's subjectKeyIdentifier is not keyId", err);
	return PKI_SUCCESS;
}

static pki_status make_certificate(making *m, pki_error *err)
{
	pki_status st;

	if (m->n->certificate.len == 0)
		return PKI_SUCCESS;
	st = as_sequence(m->n->certificate, &m->certificate, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_parse_der(m->ctx, pki_buf_bytes(&m->certificate), 0, &m->cert, err);
	if (st == PKI_SUCCESS)
		st = check_certificate(m, err);
	m->anchor.replaces |= PKI_REPLACES_CA;
	return st;
}

static pki_status add_policy(making *m, const pki_policy *p, pki_error *err)
{
	pki_bytes *list;

	if (p->qualifiers.len > 0)
		return refuse("policyQualifiers in a policySet", err);
	list = pki_list_room(m->policies, NULL, m->anchor.policy_count, &m->room, sizeof *list);
	if (list == NULL)
		return pki_error_nomem(err);
	m->policies = list;
	list[m->anchor.policy_count++] = p->oid;
	m->anchor.policies = list;
	return PKI_SUCCESS;
}

static pki_status make_policies(making *m, pki_error *err)
{
	pki_status st;
	pki_ext_iter it;
	pki_policy p;

	if (m->n->policy_set.len == 0)
		return PKI_SUCCESS;
	st = as_sequence(m->n->policy_set, &m->policy_set, err);
	if (st != PKI_SUCCESS)
		return st;
	pki_ext_list(&it, m->ctx, pki_buf_bytes(&m->policy_set));
	while (st == PKI_SUCCESS && pki_ext_policy_next(&it, &p))
		st = add_policy(m, &p, err);
	m->anchor.replaces |= PKI_REPLACES_POLICIES;
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

static void make_flags(making *m)
{
	static const struct {
		uint32_t bit, flag;
	} flags[] = {
		{ INHIBIT_POLICY_MAPPING, PKI_INHIBIT_MAPPING },
		{ REQUIRE_EXPLICIT_POLICY, PKI_REQUIRE_POLICY },
		{ INHIBIT_ANY_POLICY, PKI_INHIBIT_ANY_POLICY },
	};

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if ((m->n->flags & flags[i].bit) != 0)
			m->anchor.policy_flags |= flags[i].flag;
	if (m->n->has_flags)
		m->anchor.replaces |= PKI_REPLACES_POLICY_FLAGS;
}

static pki_status make_names(making *m, pki_error *err)
{
	pki_status st;

	if (m->n->name_constr.len == 0)
		return PKI_SUCCESS;
	st = as_sequence(m->n->name_constr, &m->name_constr, err);
	if (st != PKI_SUCCESS)
		return st;
	m->anchor.replaces |= PKI_REPLACES_NAMES;
	return pki_ext_name_constraints(
	    m->ctx, pki_buf_bytes(&m->name_constr), &m->anchor.constraints, err);
}

static void make_path_len(making *m)
{
	m->anchor.path_len = m->n->path_len;
	if (m->n->path_len >= 0)
		m->anchor.replaces |= PKI_REPLACES_PATH_LEN;
}

static pki_status make_controls(making *m, pki_error *err)
{
	const info *n = m->n;
	pki_status st;

	if (n->name.len == 0)
		return refuse("without a certPath it is no anchor of a path", err);
	make_flags(m);
	make_path_len(m);
	st = in_field(m, "certPath.taName", n->name, make_name(m, err), err);
	if (st == PKI_SUCCESS)
		st = in_field(
		    m, "certPath.certificate", n->certificate, make_certificate(m, err), err);
	if (st == PKI_SUCCESS)
		st = in_field(m, "certPath.policySet", n->policy_set, make_policies(m, err), err);
	if (st == PKI_SUCCESS)
		st = in_field(m, "certPath.nameConstr", n->name_constr, make_names(m, err), err);
	return st;
}

/* ---- Extensions of a TrustAnchorInfo: RFC 5914 2.6 ---- */

static pki_status check_basic_constraints(making *m, const pki_ext *e, pki_error *err)
{
	pki_basic_constraints bc;
	pki_status st = pki_ext_basic_constraints(m->ctx, e->value, &bc, err);

	if (st != PKI_SUCCESS)
		return st;
	if (!bc.ca)
		return refuse("basicConstraints without cA beside a certPath", err);
	if (bc.path_len >= 0 && (m->anchor.path_len < 0 || bc.path_len < m->anchor.path_len))
		m->anchor.path_len = bc.path_len;
	return PKI_SUCCESS;
}

static pki_status check_key_usage(making *m, const pki_ext *e, pki_error *err)
{
	uint32_t bits;
	pki_status st = pki_ext_key_usage(m->ctx, e->value, &bits, err);

	if (st != PKI_SUCCESS || (bits & PKI_KU_KEY_CERT_SIGN) != 0)
		return st;
	return pki_error_set(
	    err, PKI_E_STRUCTURE, "keyUsage without keyCertSign", "RFC 5280 6.1.4 (n)");
}

/* PKI_PURPOSE_BIT()s; none for what no option of pki_verify names by itself. */
static uint32_t purposes_of(pki_bytes oid)
{
	static const struct {
		const pki_oid *oid;
		uint32_t bits;
	} rows[] = {
		{ &pki_id_any_extended_key_usage,
		    PKI_PURPOSE_BIT(PKI_PURPOSE_OID + 1) - PKI_PURPOSE_BIT(PKI_PURPOSE_ANY) },
		{ &pki_id_server_auth, PKI_PURPOSE_BIT(PKI_PURPOSE_SERVER) },
		{ &pki_id_client_auth, PKI_PURPOSE_BIT(PKI_PURPOSE_CLIENT) },
		{ &pki_id_email_protection, PKI_PURPOSE_BIT(PKI_PURPOSE_EMAIL) },
		{ &pki_id_code_signing, PKI_PURPOSE_BIT(PKI_PURPOSE_CODE) },
		{ &pki_id_ocsp_signing, PKI_PURPOSE_BIT(PKI_PURPOSE_OCSP) },
		{ &pki_id_time_stamping, PKI_PURPOSE_BIT(PKI_PURPOSE_TIMESTAMP) },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (pki_oid_equal(oid, pki_oid_view(rows[i].oid)))
			return rows[i].bits;
	return 0;
}

/* Purpose "any" does not look at extKeyUsage. */
static pki_status restrict_purposes(making *m, const pki_ext *e, pki_error *err)
{
	uint32_t bits = PKI_PURPOSE_BIT(PKI_PURPOSE_ANY), *all = &m->anchor.purposes;
	pki_ext_iter it;
	pki_bytes oid;

	pki_ext_list(&it, m->ctx, e->value);
	while (pki_ext_oid_next(&it, &oid))
		bits |= purposes_of(oid);
	*all = *all == 0 ? bits : *all & bits;
	if (*all == 0)
		*all = PKI_PURPOSE_BIT(PKI_PURPOSE_NONE);
	return pki_ext_list_finish(&it, err);
}

static pki_status check_syntax(const making *m, const pki_ext *e, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, m->ctx, e->value, NULL);
	pki_ext_check(&r, m->ctx, e->oid);
	return pki_der_finish(&r, err);
}

/* CertPathControls has fields for these. */
static bool is_ignored(pki_bytes oid)
{
	return pki_oid_equal(oid, PKI_OID(certificate_policies)) ||
	    pki_oid_equal(oid, PKI_OID(policy_constraints)) ||
	    pki_oid_equal(oid, PKI_OID(inhibit_any_policy)) ||
	    pki_oid_equal(oid, PKI_OID(name_constraints));
}

/* RFC 5937 2: what is critical and not acted on makes the anchor useless. */
static pki_status make_ext(making *m, const pki_ext *e, pki_error *err)
{
	if (is_ignored(e->oid))
		return PKI_SUCCESS;
	if (pki_oid_equal(e->oid, PKI_OID(basic_constraints)))
		return check_basic_constraints(m, e, err);
	if (pki_oid_equal(e->oid, PKI_OID(key_usage)))
		return check_key_usage(m, e, err);
	if (pki_oid_equal(e->oid, PKI_OID(ext_key_usage)))
		return restrict_purposes(m, e, err);
	if (e->critical && !pki_ext_is_understood(m->ctx, e->oid))
		return pki_error_set(
		    err, PKI_E_UNSUPPORTED, "a critical extension of an anchor", "RFC 5937 2");
	return check_syntax(m, e, err);
}

static pki_status make_exts(making *m, pki_error *err)
{
	const pki_ext_list_reading *l = &m->n->exts;
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < l->count; i++) {
		char field[48];

		snprintf(field, sizeof field, "exts[%zu].extnValue", i);
		st = in_field(m, field, l->exts[i].value, make_ext(m, &l->exts[i], err), err);
	}
	return st;
}

/* ---- TrustAnchorChoice ---- */

/* taInfo [2] EXPLICIT TrustAnchorInfo: the options' own controls cannot stand beside its own. */
static bool has_controls(const pki_anchor *a)
{
	return a->constraints.permitted.len > 0 || a->constraints.excluded.len > 0 ||
	    a->policies != NULL || a->path_len >= 0 || a->policy_flags != 0;
}

static pki_status put_made(const adding *a, making *m, pki_error *err)
{
	pki_status st;

	m->anchor.spki = m->n->spki;
	m->anchor.key_id = m->n->key_id;
	st = pki_anchors_keep(a->to, &m->anchor, err);
	if (st != PKI_SUCCESS)
		return st;
	if (m->cert != NULL)
		return pki_anchors_put_cert(a->to, m->cert, &m->anchor, err);
	return pki_anchors_put(a->to, &m->anchor, err);
}

static pki_status make(const adding *a, const info *n, pki_bytes in, pki_error *err)
{
	making m = { .ctx = a->to->ctx, .in = in, .n = n, .anchor = *a->like };
	pki_status st = make_controls(&m, err);

	if (st == PKI_SUCCESS)
		st = make_exts(&m, err);
	if (st == PKI_SUCCESS)
		st = put_made(a, &m, err);
	making_free(&m);
	return st;
}

static pki_status add_info(const adding *a, pki_bytes in, pki_error *err)
{
	info n = { .path_len = -1 };
	pki_status st;

	if (has_controls(a->like))
		return pki_error_set(
		    err, PKI_E_ARG, "options beside those of a TrustAnchorInfo", "RFC 5914 2.5");
	pki_ext_list_init(&n.exts, a->to->ctx);
	st = read_info(a->to->ctx, in, &n, err);
	if (st == PKI_SUCCESS)
		st = make(a, &n, in, err);
	pki_ext_list_free(&n.exts);
	return st;
}

/* certificate Certificate */
static pki_status add_certificate(const adding *a, pki_bytes in, pki_error *err)
{
	pki_cert *c = NULL;
	pki_status st = pki_cert_parse_der(a->to->ctx, in, 0, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_anchors_put_cert(a->to, c, a->like, err);
	pki_cert_free(c);
	return st;
}

/* The `signature` of a TBSCertificate. */
static pki_status find_algorithm(const pki_ctx *ctx, pki_bytes tbs, pki_bytes *out, pki_error *err)
{
	pki_bytes skipped;
	pki_der r, s;

	pki_der_init(&r, ctx, tbs, "TBSCertificate");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_next_opt(&s, PKI_TAG_EXPLICIT(0), "version", &skipped);
	pki_der_next(&s, PKI_TAG_INTEGER, "serialNumber", &skipped);
	pki_der_whole(&s, PKI_TAG_SEQUENCE, "signature", out);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

/* A Certificate with a signature of no octets, of which an anchor's is never looked at. */
static pki_status make_unsigned(
    const pki_ctx *ctx, pki_bytes tbs, pki_bytes algorithm, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, tbs);
	pki_derw_raw(&w, algorithm);
	pki_derw_bits(&w, pki_bytes_of(NULL, 0), 0);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

/* Offsets are in the TBSCertificate, not in what is around it. */
static void take_off(const uint8_t *certificate, pki_error *err)
{
	size_t at = pki_error_offset(err),
	       header = 2 + (certificate[1] < 0x80 ? 0u : certificate[1] & 0x7fu);

	if (at != PKI_NO_OFFSET && at >= header)
		pki_error_at(err, at - header);
}

/* tbsCert [1] EXPLICIT TBSCertificate */
static pki_status add_tbs(const adding *a, pki_bytes tbs, pki_error *err)
{
	pki_buf certificate = PKI_BUF_INIT;
	pki_bytes algorithm;
	pki_status st = find_algorithm(a->to->ctx, tbs, &algorithm, err);

	if (st == PKI_SUCCESS)
		st = make_unsigned(a->to->ctx, tbs, algorithm, &certificate, err);
	if (st == PKI_SUCCESS) {
		st = add_certificate(a, pki_buf_bytes(&certificate), err);
		if (st != PKI_SUCCESS)
			take_off(certificate.data, err);
	}
	pki_buf_free(&certificate);
	return st;
}

typedef pki_status add_fn(const adding *a, pki_bytes in, pki_error *err);

static const struct arm {
	pki_tag tag;
	const char *field;
	add_fn *add;
} arms[] = {
	{ PKI_TAG_SEQUENCE, "certificate", add_certificate },
	{ PKI_TAG_EXPLICIT(1), "tbsCert", add_tbs },
	{ PKI_TAG_EXPLICIT(2), "taInfo", add_info },
};

/* The TLV of a choice, which t is the header of. */
static pki_status add_choice(const adding *a, const pki_tlv *t, pki_bytes tlv, pki_error *err)
{
	for (size_t i = 0; i < sizeof arms / sizeof arms[0]; i++) {
		size_t at = arms[i].tag == PKI_TAG_SEQUENCE ? 0 : t->header;
		pki_status st;

		if (arms[i].tag != t->tag)
			continue;
		st = arms[i].add(a, pki_bytes_of(tlv.data + at, tlv.len - at), err);
		if (st != PKI_SUCCESS)
			pki_error_nest(err, arms[i].field, at);
		return st;
	}
	return pki_error_set(err, PKI_E_STRUCTURE, "no TrustAnchorChoice", "RFC 5914 3");
}

/* ---- TrustAnchorList ---- */

/* The first choice of what is left; *left is past it. */
static pki_status add_first(const adding *a, pki_bytes *left, pki_error *err)
{
	pki_tlv_fault fault;
	pki_bytes tlv;
	pki_tlv t;

	if (!pki_tlv_read(*left, &t, &fault))
		return pki_error_set(err, fault.status, fault.reason, fault.clause);
	tlv = pki_bytes_of(left->data, t.header + t.length);
	*left = pki_bytes_of(tlv.data + tlv.len, left->len - tlv.len);
	return add_choice(a, &t, tlv, err);
}

static pki_status too_many(pki_error *err)
{
	return pki_error_set(err, PKI_E_LIMIT, "more anchors than pem_blocks allows", NULL);
}

static pki_status add_choices(const adding *a, pki_bytes in, pki_bytes left, pki_error *err)
{
	size_t most = pki_ctx_limits(a->to->ctx)->pem_blocks;
	pki_status st = PKI_SUCCESS;

	if (left.len == 0)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "TrustAnchorList is empty", "RFC 5914 3");
	for (size_t n = 0; left.len > 0 && st == PKI_SUCCESS; n++) {
		size_t at = (size_t)(left.data - in.data);
		char field[48];

		st = n == most ? too_many(err) : add_first(a, &left, err);
		if (st == PKI_SUCCESS)
			continue;
		snprintf(field, sizeof field, "[%zu]", n);
		pki_error_nest(err, field, at);
	}
	return st;
}

static pki_status add_list(const adding *a, pki_bytes in, pki_error *err)
{
	pki_bytes contents;
	pki_status st;
	pki_der r;

	pki_der_init(&r, a->to->ctx, in, "TrustAnchorList");
	pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, &contents);
	st = pki_der_finish(&r, err);
	return st == PKI_SUCCESS ? add_choices(a, in, contents, err) : st;
}

static pki_status add_one(const adding *a, pki_bytes in, pki_error *err)
{
	pki_status st = add_first(a, &in, err);

	if (st == PKI_SUCCESS && in.len > 0)
		st = pki_error_set(err, PKI_E_STRUCTURE, "octets behind a TrustAnchorChoice", NULL);
	return st;
}

static bool is_choice(pki_bytes in)
{
	return pki_kind_has_shape(in, "1") || pki_kind_has_shape(in, "2") ||
	    pki_kind_of_der(in).kind == PKI_KIND_CERTIFICATE;
}

bool pki_anchors_is_list(pki_bytes in)
{
	static const char *const shapes[] = { "1", "2", "(1", "(2", "(((0", "(((i" };

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (pki_kind_has_shape(in, shapes[i]))
			return true;
	return false;
}

pki_status pki_anchors_add_list(
    pki_trust_builder *b, pki_bytes der, const pki_anchor *like, pki_error *err)
{
	const adding a = { b, like };

	return is_choice(der) ? add_one(&a, der, err) : add_list(&a, der, err);
}

static pki_status add(pki_trust_builder *b, pki_bytes der, pki_error *err)
{
	pki_anchors_mark before = pki_anchors_here(b);
	pki_anchor like;
	pki_status st = pki_anchors_read_opts(b, NULL, &like, err);

	if (st == PKI_SUCCESS)
		st = pki_anchors_add_list(b, der, &like, err);
	if (st != PKI_SUCCESS)
		pki_anchors_back(b, before);
	return st;
}

pki_status pki_trust_add_list(pki_trust_builder *b, pki_bytes der, pki_error *err)
{
	if (b == NULL || (der.data == NULL && der.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, add(b, der, err));
}
