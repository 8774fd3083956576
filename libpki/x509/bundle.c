/* SPDX-License-Identifier: BSD-3-Clause */
/* ContentInfo and SignedData without signers: RFC 5652 3 and 5, RFC 2315 7 and 9. */
#include <stdio.h>
#include <stdlib.h>

#include <pki/der.h>

#include "libpki/core/alloc.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/ber.h"
#include "libpki/der/short_oid.h"
#include "libpki/der/tlv.h"
#include "libpki/types/algid.h"
#include "libpki/x509/bundle.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/single.h"

static const pki_short_oid id_data = PKI_SHORT_OID(PKI_ARC_PKCS7, 0x01);
static const pki_short_oid id_signed_data = PKI_SHORT_OID(PKI_ARC_PKCS7, 0x02);

struct pki_bundle {
	pki_ctx *ctx;
	pki_buf der;
	pki_bytes content_type;
	pki_certs *certs;
	pki_crls *crls;
	size_t signers, others;
};

static pki_status bundle_new(const pki_ctx *ctx, pki_bundle **out, pki_error *err)
{
	pki_bundle *b = pki_alloc_zero(1, sizeof *b);
	pki_status st;

	if (b == NULL)
		return pki_error_nomem(err);
	b->ctx = pki_ctx_ref(ctx);
	st = pki_certs_new(ctx, &b->certs, err);
	if (st == PKI_SUCCESS)
		st = pki_crls_new(ctx, &b->crls, err);
	if (st == PKI_SUCCESS)
		*out = b;
	else
		pki_bundle_free(b);
	return st;
}

void pki_bundle_free(pki_bundle *b)
{
	if (b == NULL)
		return;
	pki_crls_free(b->crls);
	pki_certs_free(b->certs);
	pki_buf_free(&b->der);
	pki_ctx_free(b->ctx);
	pki_free(b);
}

/* ---- reading ---- */

/* The contents of the two sets. */
typedef struct sets {
	pki_bytes certificates, crls;
} sets;

/* RFC 5652 5.1; RFC 2315 9.1 has 0, of PKCS #7 before 1.5. */
static void read_version(pki_der *data)
{
	int64_t v;

	if (pki_der_int64(data, "version", &v) && v != 0 && v != 1 && (v < 3 || v > 5))
		pki_der_fail(
		    data, PKI_E_UNSUPPORTED, "version is none of 0, 1, 3, 4, 5", "RFC 5652 5.1");
}

static void read_digest_algorithms(pki_der *data)
{
	pki_algid algorithm;
	pki_der set;

	pki_der_enter(data, PKI_TAG_SET, "digestAlgorithms", &set);
	while (pki_der_more(&set))
		pki_algid_read(&set, NULL, &algorithm);
	pki_der_leave(&set);
}

/* EncapsulatedContentInfo ::= SEQUENCE { eContentType, eContent [0] EXPLICIT OPTIONAL }, where
 * PKCS #7 has any type for eContent */
static void read_encap_content_info(pki_der *data)
{
	pki_der info, content;
	pki_bytes any;

	pki_der_enter(data, PKI_TAG_SEQUENCE, "encapContentInfo", &info);
	pki_der_oid(&info, "eContentType", &any);
	if (pki_der_enter_opt(&info, PKI_TAG_EXPLICIT(0), "eContent", &content)) {
		pki_der_whole(&content, 0, NULL, &any);
		pki_der_leave(&content);
	}
	pki_der_leave(&info);
}

static void read_signer_infos(pki_der *data, pki_bundle *b)
{
	pki_bytes info;
	pki_der set;

	pki_der_enter(data, PKI_TAG_SET, "signerInfos", &set);
	while (pki_der_more(&set) && pki_der_whole(&set, PKI_TAG_SEQUENCE, NULL, &info))
		if (b->signers++ == pki_ctx_limits(b->ctx)->signers)
			pki_der_fail(&set, PKI_E_LIMIT, "more than signers allows", NULL);
	pki_der_leave(&set);
}

static void read_signed_data(pki_der *info, pki_bundle *b, sets *s)
{
	pki_der content, data;

	pki_der_enter(info, PKI_TAG_EXPLICIT(0), "content", &content);
	pki_der_enter(&content, PKI_TAG_SEQUENCE, NULL, &data);
	read_version(&data);
	read_digest_algorithms(&data);
	read_encap_content_info(&data);
	pki_der_next_opt(&data, PKI_TAG_EXPLICIT(0), "certificates", &s->certificates);
	pki_der_next_opt(&data, PKI_TAG_EXPLICIT(1), "crls", &s->crls);
	read_signer_infos(&data, b);
	pki_der_leave(&data);
	pki_der_leave(&content);
}

/* content [0] EXPLICIT ANY DEFINED BY contentType; in PKCS #7 it may be absent */
static void read_other_content(pki_der *info)
{
	pki_der content;
	pki_bytes any;

	if (!pki_der_enter_opt(info, PKI_TAG_EXPLICIT(0), "content", &content))
		return;
	pki_der_whole(&content, 0, NULL, &any);
	pki_der_leave(&content);
}

static pki_status read_content_info(pki_bundle *b, sets *s, pki_error *err)
{
	pki_der r, info;

	pki_der_init(&r, b->ctx, pki_buf_bytes(&b->der), "ContentInfo");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &info);
	pki_der_oid(&info, "contentType", &b->content_type);
	if (pki_short_oid_is(&id_signed_data, b->content_type))
		read_signed_data(&info, b, s);
	else
		read_other_content(&info);
	pki_der_leave(&info);
	return pki_der_finish(&r, err);
}

/* ---- the members of the sets ---- */

typedef pki_status add_fn(pki_bundle *b, pki_bytes der, pki_error *err);

/* A set, and what may be in it. */
typedef struct kind_of_set {
	const char *field;
	const char *clause;
	uint32_t others; /* bit n: [n] is another format */
	add_fn *add;
} kind_of_set;

static pki_status add_cert(pki_bundle *b, pki_bytes der, pki_error *err)
{
	pki_cert *c = NULL;
	pki_status st = pki_cert_parse_der(b->ctx, der, 0, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_certs_add(b->certs, c, err);
	pki_cert_free(c);
	return st;
}

static pki_status add_crl(pki_bundle *b, pki_bytes der, pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = pki_crl_parse_der(b->ctx, der, 0, &c, err);

	if (st == PKI_SUCCESS)
		st = pki_crls_add(b->crls, c, err);
	pki_crl_free(c);
	return st;
}

/* CertificateChoices, RevocationInfoChoice: RFC 5652 10.2.2, 10.2.1 */
static const kind_of_set certificate_set = { "content.certificates", "RFC 5652 10.2.2", 0xf,
	add_cert };
static const kind_of_set revocation_set = { "content.crls", "RFC 5652 10.2.1", 0x2, add_crl };

static bool is_other(const kind_of_set *k, pki_tag tag)
{
	pki_tag n = tag & PKI_TAG_NUMBER;

	return n < 32 && tag == PKI_TAG_EXPLICIT(n) && (k->others >> n & 1) != 0;
}

/* Another format: well-formed, and no more is asked. */
static pki_status pass_other(pki_bundle *b, pki_bytes member, pki_error *err)
{
	pki_bytes whole;
	pki_der r;

	pki_der_init(&r, b->ctx, member, NULL);
	pki_der_whole(&r, 0, NULL, &whole);
	b->others++;
	return pki_der_finish(&r, err);
}

static pki_status read_member(
    pki_bundle *b, const kind_of_set *k, pki_tag tag, pki_bytes member, pki_error *err)
{
	pki_status st;

	if (tag == PKI_TAG_SEQUENCE)
		return k->add(b, member, err);
	if (is_other(k, tag))
		return pass_other(b, member, err);
	st = pki_error_set(err, PKI_E_STRUCTURE, "is no choice of this set", k->clause);
	pki_error_at(err, 0);
	return st;
}

/* The first member of what is left of a set, the n-th of all; *left is past it. */
static pki_status read_first(
    pki_bundle *b, const kind_of_set *k, size_t n, pki_bytes *left, pki_error *err)
{
	pki_bytes member;
	pki_tlv_fault fault;
	pki_tlv t;

	if (n == pki_ctx_limits(b->ctx)->embedded_certs)
		return pki_error_set(err, PKI_E_LIMIT, "more than embedded_certs allows", NULL);
	if (!pki_tlv_read(*left, &t, &fault))
		return pki_error_set(err, fault.status, fault.reason, fault.clause);
	member = pki_bytes_of(left->data, t.header + t.length);
	*left = pki_bytes_of(member.data + member.len, left->len - member.len);
	return read_member(b, k, t.tag, member, err);
}

static pki_status read_set(pki_bundle *b, const kind_of_set *k, pki_bytes left, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	char field[64];

	for (size_t n = 0; left.len > 0 && st == PKI_SUCCESS; n++) {
		size_t at = (size_t)(left.data - b->der.data);

		st = read_first(b, k, n, &left, err);
		if (st == PKI_SUCCESS)
			continue;
		snprintf(field, sizeof field, "%s[%zu]", k->field, n);
		pki_error_nest(err, field, at);
	}
	return st;
}

static pki_status read_bundle(pki_bundle *b, pki_bytes ber, pki_error *err)
{
	sets s = { .crls = { NULL, 0 } };
	pki_status st = pki_ber_to_der(b->ctx, ber, &b->der, NULL, err);

	if (st == PKI_SUCCESS)
		st = read_content_info(b, &s, err);
	if (st == PKI_SUCCESS)
		st = read_set(b, &certificate_set, s.certificates, err);
	if (st == PKI_SUCCESS)
		st = read_set(b, &revocation_set, s.crls, err);
	return st;
}

pki_status pki_bundle_parse_ber(const pki_ctx *ctx, pki_bytes ber, pki_bundle **out, pki_error *err)
{
	pki_bundle *b = NULL;
	pki_status st = bundle_new(ctx, &b, err);

	if (st == PKI_SUCCESS)
		st = read_bundle(b, ber, err);
	if (st == PKI_SUCCESS)
		*out = b;
	else
		pki_bundle_free(b);
	return st;
}

/* ---- PEM and files ---- */

static pki_status parse_one(
    const pki_ctx *ctx, pki_bytes ber, uint32_t how, void **out, pki_error *err)
{
	pki_bundle *b = NULL;
	pki_status st = pki_bundle_parse_ber(ctx, ber, &b, err);

	(void)how;
	*out = b;
	return st;
}

static void free_one(void *b)
{
	pki_bundle_free(b);
}

static const pki_single single = {
	.kind = PKI_KIND_PKCS7,
	.parse = parse_one,
	.free = free_one,
	.label = "PKCS7",
	.more = "more than one PKCS7",
	.none = "no PKCS7 and no CMS",
	.clause = "RFC 7468 8",
};

pki_status pki_bundle_parse(
    const pki_ctx *ctx, pki_bytes ber_or_pem, pki_bundle **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_single_parse(&single, ctx, ber_or_pem, 0, &found, err);
	*out = found;
	return PKI_LEAVE(err, st);
}

pki_status pki_bundle_load(const pki_ctx *ctx, const char *path, pki_bundle **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_single_load(&single, ctx, path, 0, &found, err);
	*out = found;
	return PKI_LEAVE(err, st);
}

static const pki_bundle nothing;

static const pki_bundle *of(const pki_bundle *b)
{
	return b == NULL ? &nothing : b;
}

pki_bytes pki_bundle_der(const pki_bundle *b)
{
	return pki_buf_bytes(&of(b)->der);
}

pki_bytes pki_bundle_content_type(const pki_bundle *b)
{
	return of(b)->content_type;
}

const pki_certs *pki_bundle_certs(const pki_bundle *b)
{
	return of(b)->certs;
}

const pki_crls *pki_bundle_crls(const pki_bundle *b)
{
	return of(b)->crls;
}

size_t pki_bundle_signers(const pki_bundle *b)
{
	return of(b)->signers;
}

size_t pki_bundle_others(const pki_bundle *b)
{
	return of(b)->others;
}

/* ---- writing ---- */

static int compare(const void *a, const void *b)
{
	const pki_bytes *x = a, *y = b;

	return pki_bytes_compare(*x, *y);
}

/* A SET OF, sorted (X.690 11.6), each member once; nothing where there is none. */
static void put_set(pki_derw *w, pki_tag tag, pki_bytes *members, size_t count)
{
	if (count == 0)
		return;
	qsort(members, count, sizeof *members, compare);
	pki_derw_begin(w, tag);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || !pki_bytes_equal(members[i - 1], members[i]))
			pki_derw_raw(w, members[i]);
	pki_derw_end(w);
}

/* members: room for the longer one of the lists. */
static void put_sets(pki_derw *w, const pki_certs *certs, const pki_crls *crls, pki_bytes *members)
{
	size_t n = 0;

	for (; n < pki_certs_count(certs); n++)
		members[n] = pki_cert_der(pki_certs_at(certs, n));
	put_set(w, PKI_TAG_EXPLICIT(0), members, n);
	for (n = 0; n < pki_crls_count(crls); n++)
		members[n] = pki_crl_der(pki_crls_at(crls, n));
	put_set(w, PKI_TAG_EXPLICIT(1), members, n);
}

static pki_status make(
    const pki_certs *certs, const pki_crls *crls, pki_bytes *members, pki_buf *out, pki_error *err)
{
	const pki_bytes empty = { NULL, 0 };
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, pki_short_oid_view(&id_signed_data));
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 1);
	pki_derw_put(&w, PKI_TAG_SET, empty); /* digestAlgorithms */
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, pki_short_oid_view(&id_data));
	pki_derw_end(&w);
	put_sets(&w, certs, crls, members);
	pki_derw_put(&w, PKI_TAG_SET, empty); /* signerInfos */
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

static pki_status make_der(
    const pki_certs *certs, const pki_crls *crls, pki_buf *out, pki_error *err)
{
	size_t n = pki_certs_count(certs), m = pki_crls_count(crls);
	pki_bytes *members;
	pki_status st;

	if (n == 0 && m == 0)
		return pki_error_set(err, PKI_E_ARG, "no certificate and no CRL", NULL);
	members = pki_alloc_zero(n > m ? n : m, sizeof *members);
	if (members == NULL)
		return pki_error_nomem(err);
	st = make(certs, crls, members, out, err);
	pki_free(members);
	return st;
}

pki_status pki_bundle_write(
    const pki_certs *certs, const pki_crls *crls, pki_form form, pki_buf *out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = make_der(certs, crls, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_single_write(&single, pki_buf_bytes(&der), form, out, err);
	pki_buf_free(&der);
	return PKI_LEAVE(err, st);
}

pki_status pki_bundle_save(const pki_certs *certs, const pki_crls *crls, const char *path,
    pki_form form, uint32_t flags, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;

	if (path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = make_der(certs, crls, &der, err);
	if (st == PKI_SUCCESS)
		st = pki_single_save(&single, pki_buf_bytes(&der), path, form, flags, err);
	pki_buf_free(&der);
	return PKI_LEAVE(err, st);
}
