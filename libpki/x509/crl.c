/* SPDX-License-Identifier: BSD-3-Clause */
/* CertificateList: RFC 5280 5.1, read once, and never expanded. */
#include <string.h>

#include <pki/pem.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/algid.h"
#include "libpki/types/ext.h"
#include "libpki/types/name.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/ext_list.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/single.h"
#include "libpki/x509/views.h"

/* A CRL while it is read: views of the input, lists that grow. */
typedef struct reading {
	pki_crl crl;
	bool encoded_default;
	uint8_t reserved[7];
	bool *defaults;    /* where encoded defaults are noted; NULL: they are refused */
	pki_bytes revoked; /* the TLV of revokedCertificates; empty: absent */
	pki_name_reading issuer;
	pki_ext_list_reading exts;
} reading;

static void reading_start(reading *n, const pki_ctx *ctx, pki_bytes der, uint32_t allow)
{
	memset(&n->crl, 0, sizeof n->crl);
	n->crl.ctx = (pki_ctx *)(uintptr_t)ctx;
	n->crl.der = der;
	n->crl.next_update = PKI_TIME_NONE;
	n->crl.rules.ctx = ctx;
	n->crl.rules.allow = allow;
	n->encoded_default = false;
	n->defaults = (allow & PKI_LENIENT_DEFAULTS) != 0 ? &n->encoded_default : NULL;
	n->revoked = pki_bytes_of(NULL, 0);
	pki_name_reading_init(&n->issuer, ctx);
	pki_ext_list_init(&n->exts, ctx);
}

static void reading_free(reading *n)
{
	pki_name_reading_free(&n->issuer);
	pki_ext_list_free(&n->exts);
}

/* ---- extensions ---- */

bool pki_crl_ext_is_known(pki_bytes oid)
{
	static const pki_oid *const known[] = { &pki_id_authority_key_identifier,
		&pki_id_issuer_alt_name, &pki_id_crl_number, &pki_id_delta_crl_indicator,
		&pki_id_issuing_distribution_point, &pki_id_freshest_crl,
		&pki_id_authority_info_access };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (pki_oid_equal(pki_oid_view(known[i]), oid))
			return true;
	return false;
}

/* Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
static void read_extension(pki_der *list, reading *n)
{
	pki_ext e = { .critical = false };
	pki_der s, value;
	const uint8_t *start;

	pki_der_enter(list, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_oid(&s, "extnID", &e.oid);
	pki_ext_bool(&s, "critical", n->defaults, &e.critical);
	pki_der_enter(&s, PKI_TAG_OCTETS, "extnValue", &value);
	start = pki_der_at(&value);
	pki_ext_check(&value, n->crl.ctx, e.oid);
	e.value = pki_view_since(&value, start);
	pki_der_leave(&value);
	if (!pki_der_leave(&s) || !pki_ext_list_add(list, &n->exts, &e))
		return;
	if (e.critical && !pki_crl_ext_is_known(e.oid) &&
	    !pki_ext_is_understood(n->crl.ctx, e.oid) && n->crl.unknown.len == 0)
		n->crl.unknown = e.oid;
}

/* crlExtensions [0] EXPLICIT Extensions OPTIONAL */
static void read_extensions(pki_der *tbs, reading *n)
{
	pki_der wrapper, list;

	if (!pki_der_enter_opt(tbs, PKI_TAG_EXPLICIT(0), "crlExtensions", &wrapper))
		return;
	if (!n->crl.rules.exts)
		pki_der_fail(
		    tbs, PKI_E_STRUCTURE, "extensions without version v2", "RFC 5280 5.1.2.1");
	pki_der_enter(&wrapper, PKI_TAG_SEQUENCE, NULL, &list);
	if (!pki_der_more(&list))
		pki_der_fail(&wrapper, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
	while (pki_der_more(&list))
		read_extension(&list, n);
	pki_der_leave(&list);
	pki_der_leave(&wrapper);
}

static pki_bytes value_of(const reading *n, pki_bytes oid)
{
	const pki_ext *e = pki_ext_list_find(n->exts.exts, n->exts.count, oid);

	return e != NULL ? e->value : pki_bytes_of(NULL, 0);
}

static pki_status keep_number(const reading *n, pki_bytes oid, pki_bytes *out, pki_error *err)
{
	pki_bytes value = value_of(n, oid);

	return value.len == 0 ? PKI_SUCCESS : pki_ext_crl_number(n->crl.ctx, value, out, err);
}

static pki_status keep_point(reading *n, pki_error *err)
{
	pki_bytes value = value_of(n, PKI_OID(issuing_distribution_point));

	n->crl.has_point = value.len > 0;
	return value.len == 0 ? PKI_SUCCESS
			      : pki_ext_issuing_point(n->crl.ctx, value, &n->crl.point, err);
}

static pki_status keep_key_id(reading *n, pki_error *err)
{
	pki_bytes value = value_of(n, PKI_OID(authority_key_identifier));
	pki_authority_key_id id = { .key_id = { NULL, 0 } };
	pki_status st = PKI_SUCCESS;

	if (value.len > 0)
		st = pki_ext_authority_key_id(n->crl.ctx, value, &id, err);
	n->crl.key_id = id.key_id;
	return st;
}

/* What a CRL is asked for often. */
static pki_status keep_extensions(reading *n, pki_error *err)
{
	pki_crl *c = &n->crl;
	pki_status st = keep_number(n, PKI_OID(crl_number), &c->number, err);

	if (st == PKI_SUCCESS)
		st = keep_number(n, PKI_OID(delta_crl_indicator), &c->base_number, err);
	if (st == PKI_SUCCESS)
		st = keep_point(n, err);
	if (st == PKI_SUCCESS)
		st = keep_key_id(n, err);
	c->rules.delta = c->base_number.len > 0;
	c->rules.indirect = c->point.indirect_crl;
	return st;
}

/* ---- the other fields, in order ---- */

/* version Version OPTIONAL, and if it is there, v2(1) */
static void read_version(pki_der *tbs, reading *n)
{
	int64_t version = 0;

	if (pki_der_peek(tbs, PKI_TAG_INTEGER) && pki_der_int64(tbs, "version", &version) &&
	    version != 1)
		pki_der_fail(tbs, PKI_E_STRUCTURE, "version is not v2(1)", "RFC 5280 5.1.2.1");
	n->crl.version = version == 1 ? 2 : 1;
	n->crl.rules.exts = version == 1 || (n->crl.rules.allow & PKI_LENIENT_V1_EXTS) != 0;
}

static void read_times(pki_der *tbs, pki_crl *c)
{
	pki_der_time(tbs, "thisUpdate", &c->this_update);
	if (pki_der_peek(tbs, PKI_TAG_UTC_TIME) || pki_der_peek(tbs, PKI_TAG_GENERALIZED))
		pki_der_time(tbs, "nextUpdate", &c->next_update);
}

/* revokedCertificates SEQUENCE OF OPTIONAL: what may be in it depends on what follows */
static void read_revoked(pki_der *tbs, reading *n)
{
	const uint8_t *start = pki_der_at(tbs);

	if (pki_der_next_opt(tbs, PKI_TAG_SEQUENCE, "revokedCertificates", &n->crl.entries))
		n->revoked = pki_view_since(tbs, start);
}

/* TBSCertList; inner: its `signature` */
static void read_tbs(pki_der *list, reading *n, pki_algid *inner)
{
	const uint8_t *start = pki_der_at(list);
	pki_der tbs;

	pki_der_enter(list, PKI_TAG_SEQUENCE, "tbsCertList", &tbs);
	read_version(&tbs, n);
	pki_algid_read(&tbs, "signature", inner);
	pki_name_read(&tbs, "issuer", &n->issuer);
	read_times(&tbs, &n->crl);
	read_revoked(&tbs, n);
	read_extensions(&tbs, n);
	pki_der_leave(&tbs);
	n->crl.body.tbs = pki_view_since(list, start);
}

/* CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue } */
static pki_status read_list(reading *n, pki_error *err)
{
	pki_crl *c = &n->crl;
	pki_der r, list;
	pki_algid inner;

	pki_der_init(&r, c->ctx, c->der, "CertificateList");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &list);
	read_tbs(&list, n, &inner);
	pki_signed_read_twice(&list, "signatureValue", "RFC 5280 5.1.1.2", inner.whole, &c->body);
	pki_der_leave(&list);
	return pki_der_finish(&r, err);
}

static pki_status read_entries(reading *n, pki_error *err)
{
	pki_crl *c = &n->crl;
	pki_status st;

	if (n->revoked.len == 0)
		return PKI_SUCCESS;
	st = pki_crl_entries_check(&c->rules, n->revoked, &c->census, err);
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "tbsCertList.revokedCertificates",
		    (size_t)(n->revoked.data - c->der.data));
	return st;
}

static bool has_entry_exts(const pki_crl *c)
{
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;

	while (pki_crl_next(c, &at, &r))
		if (r.exts.len > 0)
			return true;
	return false;
}

/* Which sins it was forgiven. */
static void note_leniencies(reading *n)
{
	pki_crl *c = &n->crl;

	if (n->encoded_default)
		c->census.leniencies |= PKI_LENIENT_DEFAULTS;
	if (c->version == 1 && c->rules.exts && (n->exts.count > 0 || has_entry_exts(c)))
		c->census.leniencies |= PKI_LENIENT_V1_EXTS;
}

static pki_status read_all(reading *n, pki_error *err)
{
	pki_status st;

	if (n->crl.der.len > pki_ctx_limits(n->crl.ctx)->crl_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "larger than crl_bytes allows", NULL);
	st = read_list(n, err);
	if (st == PKI_SUCCESS)
		st = keep_extensions(n, err);
	if (st == PKI_SUCCESS)
		st = read_entries(n, err);
	n->crl.rules.checked = true;
	if (st == PKI_SUCCESS)
		note_leniencies(n);
	return st;
}

/* ---- the CRL ---- */

/* Views of other memory become views of der, which holds the same. */
static void move_views(pki_crl *c, const uint8_t *der)
{
	const uint8_t *from = c->der.data;
	pki_bytes *views[] = { &c->der, &c->entries, &c->body.tbs, &c->body.algorithm,
		&c->body.signature, &c->number, &c->base_number, &c->key_id, &c->unknown,
		&c->point.full_name, &c->point.relative_name, &c->census.unknown };

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
		pki_view_move(views[i], from, der);
	for (size_t i = 0; i < c->ext_count; i++) {
		pki_view_move(&c->exts[i].oid, from, der);
		pki_view_move(&c->exts[i].value, from, der);
	}
}

static void release(void *object)
{
	pki_crl *c = object;

	pki_crl_table_free(atomic_load_explicit(&c->table, memory_order_relaxed));
	if (c->release != NULL)
		c->release(c->ud);
	pki_buf_free(&c->taken);
	pki_ctx_free(c->ctx);
	pki_free(c);
}

/* Octets of each part, in the order in which they lie. */
typedef struct sizes {
	size_t exts, issuer, der, all;
} sizes;

static bool measure(const reading *n, bool copy, sizes *s)
{
	s->exts = n->exts.count * sizeof(pki_ext);
	s->der = copy ? n->crl.der.len : 0;
	s->all = sizeof(pki_crl);
	return pki_name_size(&n->issuer, &s->issuer) && pki_size_add(s->all, s->exts, &s->all) &&
	    pki_size_add(s->all, s->issuer, &s->all) && pki_size_add(s->all, s->der, &s->all) &&
	    pki_size_add(s->all, n->issuer.text_len, &s->all);
}

static void place_name(
    pki_crl *c, const pki_name_reading *n, uint8_t *at, const uint8_t *der, char *text)
{
	c->issuer = (pki_name *)(void *)at;
	pki_name_place(n, c->issuer, der + (n->der.data - c->der.data), text);
	c->issuer->refs = &c->refs;
	c->issuer->object = c;
	c->issuer->release = release;
}

/* The CRL in memory of its own, but for the DER where that is no copy. */
static void build(const reading *n, const sizes *s, bool copy, pki_crl *c)
{
	uint8_t *at = (uint8_t *)(c + 1), *issuer = at + s->exts, *room = issuer + s->issuer;
	const uint8_t *der = copy ? room : n->crl.der.data;

	*c = n->crl;
	c->exts = (pki_ext *)(void *)at;
	c->ext_count = n->exts.count;
	memcpy(c->exts, n->exts.exts, s->exts);
	if (copy)
		memcpy(room, n->crl.der.data, s->der);
	place_name(c, &n->issuer, issuer, der, (char *)room + s->der);
	move_views(c, der);
	pki_ref_init(&c->refs);
	c->ctx = pki_ctx_ref(n->crl.ctx);
}

static pki_status make(const reading *n, bool copy, pki_crl **out, pki_error *err)
{
	pki_crl *c = NULL;
	sizes s;

	if (measure(n, copy, &s))
		c = pki_alloc(s.all);
	if (c == NULL)
		return pki_error_nomem(err);
	build(n, &s, copy, c);
	*out = c;
	return PKI_SUCCESS;
}

static pki_status read_der(
    const pki_ctx *ctx, pki_bytes der, uint32_t allow, bool copy, pki_crl **out, pki_error *err)
{
	pki_status st;
	reading n;

	reading_start(&n, ctx, der, allow | pki_ctx_lenient(ctx));
	st = read_all(&n, err);
	if (st == PKI_SUCCESS)
		st = make(&n, copy, out, err);
	reading_free(&n);
	return st;
}

pki_status pki_crl_parse_der(
    const pki_ctx *ctx, pki_bytes der, uint32_t allow, pki_crl **out, pki_error *err)
{
	return read_der(ctx, der, allow, true, out, err);
}

pki_status pki_crl_take_der(
    const pki_ctx *ctx, pki_buf *der, uint32_t allow, pki_crl **out, pki_error *err)
{
	pki_status st = read_der(ctx, pki_buf_bytes(der), allow, false, out, err);

	if (st != PKI_SUCCESS)
		return st;
	(*out)->taken = *der;
	*der = (pki_buf){ .flags = der->flags };
	return st;
}

static pki_status check_allow(uint32_t allow, pki_error *err)
{
	if ((allow & ~PKI_LENIENT_ALL) == 0)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_ARG, "unknown PKI_LENIENT_ bit", NULL);
}

pki_status pki_crl_take(
    const pki_ctx *ctx, pki_buf *der, uint32_t allow, pki_crl **out, pki_error *err)
{
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || der == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = check_allow(allow, err);
	if (st == PKI_SUCCESS)
		st = pki_crl_take_der(ctx, der, allow, out, err);
	return PKI_LEAVE(err, st);
}

pki_status pki_crl_borrow(const pki_ctx *ctx, pki_bytes der, uint32_t allow, void (*done)(void *ud),
    void *ud, pki_crl **out, pki_error *err)
{
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || der.data == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = check_allow(allow, err);
	if (st == PKI_SUCCESS)
		st = read_der(ctx, der, allow, false, out, err);
	if (st != PKI_SUCCESS)
		return PKI_LEAVE(err, st);
	(*out)->release = done;
	(*out)->ud = ud;
	return st;
}

/* ---- PEM and files ---- */

static pki_status parse_one(
    const pki_ctx *ctx, pki_bytes der, uint32_t how, void **out, pki_error *err)
{
	pki_crl *c = NULL;
	pki_status st = read_der(ctx, der, how, true, &c, err);

	*out = c;
	return st;
}

static void free_one(void *object)
{
	pki_crl_free(object);
}

static const pki_single single = {
	.kind = PKI_KIND_CRL,
	.parse = parse_one,
	.free = free_one,
	.label = "X509 CRL",
	.more = "more than one CRL",
	.none = "no X509 CRL",
	.clause = "RFC 7468 6",
};

static pki_status parse(
    const pki_ctx *ctx, pki_bytes in, uint32_t allow, pki_crl **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out == NULL)
		return pki_error_null(err);
	*out = NULL;
	st = check_allow(allow, err);
	if (st == PKI_SUCCESS)
		st = pki_single_parse(&single, ctx, in, allow, &found, err);
	*out = found;
	return st;
}

pki_status pki_crl_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_crl **out, pki_error *err)
{
	return PKI_LEAVE(err, parse(ctx, der_or_pem, 0, out, err));
}

pki_status pki_crl_parse_lenient(
    const pki_ctx *ctx, pki_bytes der_or_pem, uint32_t allow, pki_crl **out, pki_error *err)
{
	return PKI_LEAVE(err, parse(ctx, der_or_pem, allow, out, err));
}

size_t pki_crl_file_max(const pki_ctx *ctx)
{
	size_t max = pki_ctx_limits(ctx)->crl_bytes;

	return max < SIZE_MAX / 2 ? max / 2 * 3 + 4096 : max;
}

static pki_status read_file(
    const pki_ctx *ctx, const char *path, uint32_t allow, pki_crl **out, pki_error *err)
{
	pki_buf file = PKI_BUF_INIT;
	pki_status st = pki_file_read(path, pki_crl_file_max(ctx), &file, err);

	if (st == PKI_SUCCESS && pki_sniff(pki_buf_bytes(&file)) == PKI_LOOKS_BER)
		st = pki_crl_take_der(ctx, &file, allow, out, err);
	else if (st == PKI_SUCCESS)
		st = parse(ctx, pki_buf_bytes(&file), allow, out, err);
	pki_buf_free(&file);
	return st;
}

/* A mapped file could be cut short under its reader: it is read, once, and kept. */
static pki_status load(
    const pki_ctx *ctx, const char *path, uint32_t allow, pki_crl **out, pki_error *err)
{
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || path == NULL)
		return pki_error_null(err);
	st = check_allow(allow, err);
	return st == PKI_SUCCESS ? read_file(ctx, path, allow, out, err) : st;
}

pki_status pki_crl_load(const pki_ctx *ctx, const char *path, pki_crl **out, pki_error *err)
{
	return PKI_LEAVE(err, load(ctx, path, 0, out, err));
}

pki_status pki_crl_load_lenient(
    const pki_ctx *ctx, const char *path, uint32_t allow, pki_crl **out, pki_error *err)
{
	return PKI_LEAVE(err, load(ctx, path, allow, out, err));
}

pki_status pki_crl_write(const pki_crl *c, pki_form form, pki_buf *out, pki_error *err)
{
	if (c == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_write(&single, c->der, form, out, err));
}

pki_status pki_crl_save(
    const pki_crl *c, const char *path, pki_form form, uint32_t flags, pki_error *err)
{
	if (c == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_save(&single, c->der, path, form, flags, err));
}

pki_crl *pki_crl_ref(const pki_crl *c)
{
	pki_crl *shared = (pki_crl *)(uintptr_t)c;

	if (shared != NULL)
		pki_ref_take(&shared->refs);
	return shared;
}

void pki_crl_free(pki_crl *c)
{
	if (c != NULL && pki_ref_drop(&c->refs))
		release(c);
}

/* ---- what it says ---- */

static const pki_crl nothing = { .this_update = PKI_TIME_NONE, .next_update = PKI_TIME_NONE };

static const pki_crl *of(const pki_crl *c)
{
	return c == NULL ? &nothing : c;
}

/* By the key of whoever issued the CRL, over tbsCertList. */
pki_status pki_crl_check_signature(const pki_crl *c, const pki_pubkey *key, pki_error *err)
{
	if (c == NULL || key == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_signed_check(c->ctx, &c->body, key, "RFC 5280 5.1.1.3", err));
}

pki_bytes pki_crl_der(const pki_crl *c)
{
	return of(c)->der;
}

pki_bytes pki_crl_tbs(const pki_crl *c)
{
	return of(c)->body.tbs;
}

pki_bytes pki_crl_signature_algorithm(const pki_crl *c)
{
	return of(c)->body.algorithm;
}

pki_bytes pki_crl_signature(const pki_crl *c)
{
	return of(c)->body.signature;
}

int32_t pki_crl_version(const pki_crl *c)
{
	return of(c)->version;
}

uint32_t pki_crl_leniencies(const pki_crl *c)
{
	return of(c)->census.leniencies;
}

const pki_name *pki_crl_issuer(const pki_crl *c)
{
	return of(c)->issuer;
}

pki_time pki_crl_this_update(const pki_crl *c)
{
	return of(c)->this_update;
}

pki_time pki_crl_next_update(const pki_crl *c)
{
	return of(c)->next_update;
}

pki_bytes pki_crl_number(const pki_crl *c)
{
	return of(c)->number;
}

pki_bytes pki_crl_base_number(const pki_crl *c)
{
	return of(c)->base_number;
}

bool pki_crl_is_delta(const pki_crl *c)
{
	return of(c)->rules.delta;
}

bool pki_crl_is_indirect(const pki_crl *c)
{
	return of(c)->rules.indirect;
}

pki_bytes pki_crl_authority_key_id(const pki_crl *c)
{
	return of(c)->key_id;
}

bool pki_crl_issuing_point(const pki_crl *c, pki_issuing_point *out)
{
	if (out != NULL)
		*out = of(c)->point;
	return of(c)->has_point;
}

size_t pki_crl_ext_count(const pki_crl *c)
{
	return of(c)->ext_count;
}

bool pki_crl_ext_at(const pki_crl *c, size_t i, pki_ext *out)
{
	return pki_ext_give(i < pki_crl_ext_count(c) ? &c->exts[i] : NULL, out);
}

bool pki_crl_ext(const pki_crl *c, pki_bytes oid, pki_ext *out)
{
	return pki_ext_give(pki_ext_list_find(of(c)->exts, of(c)->ext_count, oid), out);
}

size_t pki_crl_count(const pki_crl *c)
{
	return of(c)->census.count;
}
