/* SPDX-License-Identifier: BSD-3-Clause */
/* CertificationRequest: RFC 2986 4, with the attributes of RFC 2985 5.4. */
#include <string.h>

#include <pki/csr.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/ref.h"
#include "libpki/types/algid.h"
#include "libpki/types/ext.h"
#include "libpki/types/spki.h"
#include "libpki/x509/csr.h"
#include "libpki/x509/ext_list.h"
#include "libpki/x509/signed.h"
#include "libpki/x509/single.h"
#include "libpki/x509/views.h"

#define TYPICAL_ATTRS 4

/* One allocation: the struct, the two lists, the DER. Everything else is a view of that DER. */
struct pki_csr {
	pki_ref refs;
	pki_ctx *ctx;
	pki_name *subject;
	pki_bytes der, name, spki;
	pki_signed body;
	pki_attribute *attrs;
	pki_ext *exts;
	size_t attr_count, ext_count;
};

/* A request while it is read: views of the input, lists that grow. */
typedef struct reading {
	pki_csr csr;
	size_t attr_room, limit;
	pki_attribute few_attrs[TYPICAL_ATTRS];
	pki_ext_list_reading exts;
} reading;

static void reading_start(reading *n, const pki_ctx *ctx, pki_bytes der)
{
	memset(&n->csr, 0, sizeof n->csr);
	n->csr.ctx = (pki_ctx *)(uintptr_t)ctx;
	n->csr.der = der;
	n->csr.attrs = n->few_attrs;
	n->attr_room = TYPICAL_ATTRS;
	pki_ext_list_init(&n->exts, ctx);
	n->limit = pki_ctx_limits(ctx)->extensions;
}

static void reading_free(reading *n)
{
	if (n->csr.attrs != n->few_attrs)
		pki_free(n->csr.attrs);
	pki_ext_list_free(&n->exts);
}

/* ---- reading ---- */

static const pki_attribute *find_attr(const pki_csr *c, pki_bytes type)
{
	for (size_t i = 0; i < c->attr_count; i++)
		if (pki_oid_equal(c->attrs[i].type, type))
			return &c->attrs[i];
	return NULL;
}

static void read_extensions(pki_der *values, reading *n)
{
	pki_ext_list_read(values, NULL, &n->exts);
}

static bool is_directory_string(const pki_der *r)
{
	static const pki_tag choices[] = { PKI_TAG_UTF8, PKI_TAG_PRINTABLE, PKI_TAG_TELETEX,
		PKI_TAG_BMP, PKI_TAG_UNIVERSAL };

	for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++)
		if (pki_der_peek(r, choices[i]))
			return true;
	return false;
}

/* DirectoryString, of at least one character: RFC 5280 4.1.2.4 */
static void read_challenge(pki_der *values, reading *n)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	bool is_string = is_directory_string(values);
	pki_bytes other;

	(void)n;
	if (is_string)
		pki_der_text(values, NULL, &text);
	else
		pki_der_whole(values, 0, NULL, &other);
	if (text.len == 0)
		pki_der_fail(values, PKI_E_STRUCTURE,
		    is_string ? "challengePassword is empty" : "is no DirectoryString",
		    "RFC 2985 5.4.1");
	pki_buf_free(&text);
}

/* Attributes of which libpki knows the syntax. Each has one value. */
static const struct known {
	const pki_oid *type;
	void (*read)(pki_der *values, reading *n);
	const char *clause;
} known_attrs[] = {
	{ &pki_id_extension_request, read_extensions, "RFC 2985 5.4.2" },
	{ &pki_id_challenge_password, read_challenge, "RFC 2985 5.4.1" },
};

static const struct known *find_known(pki_bytes type)
{
	for (size_t i = 0; i < sizeof known_attrs / sizeof known_attrs[0]; i++)
		if (pki_oid_equal(pki_oid_view(known_attrs[i].type), type))
			return &known_attrs[i];
	return NULL;
}

static bool read_values(pki_der *values, pki_bytes type, reading *n)
{
	const struct known *k = find_known(type);
	pki_bytes any;

	if (!pki_der_more(values))
		return pki_der_fail(
		    values, PKI_E_STRUCTURE, "attribute has no value", "RFC 2986 4.1");
	if (k != NULL)
		k->read(values, n);
	if (k != NULL && pki_der_more(values))
		return pki_der_fail(
		    values, PKI_E_STRUCTURE, "attribute has more than one value", k->clause);
	while (pki_der_more(values))
		pki_der_whole(values, 0, NULL, &any);
	return true;
}

static bool add_attribute(pki_der *set, reading *n, const pki_attribute *a)
{
	pki_csr *c = &n->csr;
	pki_attribute *attrs;

	if (find_attr(c, a->type) != NULL)
		return pki_der_fail(set, PKI_E_STRUCTURE, "attribute twice", "RFC 2986 4.1");
	if (c->attr_count == n->limit)
		return pki_der_fail(set, PKI_E_LIMIT, "too many attributes", NULL);
	attrs = pki_list_room(c->attrs, n->few_attrs, c->attr_count, &n->attr_room, sizeof *attrs);
	if (attrs == NULL)
		return pki_der_fail(set, PKI_E_NOMEM, "no memory", NULL);
	c->attrs = attrs;
	c->attrs[c->attr_count++] = *a;
	return true;
}

/* Attribute ::= SEQUENCE { type, values SET SIZE (1..MAX) OF } */
static void read_attribute(pki_der *set, reading *n)
{
	pki_der attribute, values;
	pki_attribute a;
	const uint8_t *start;

	pki_der_enter(set, PKI_TAG_SEQUENCE, NULL, &attribute);
	pki_der_oid(&attribute, "type", &a.type);
	pki_der_enter_set_of(&attribute, PKI_TAG_SET, "values", &values);
	start = pki_der_at(&values);
	read_values(&values, a.type, n);
	a.values = pki_view_since(&values, start);
	pki_der_leave(&values);
	if (pki_der_leave(&attribute))
		add_attribute(set, n, &a);
}

/* attributes [0] IMPLICIT SET OF Attribute; it may be empty, not absent */
static void read_attributes(pki_der *info, reading *n)
{
	pki_der set;

	pki_der_enter_set_of(info, PKI_TAG_EXPLICIT(0), "attributes", &set);
	while (pki_der_more(&set))
		read_attribute(&set, n);
	pki_der_leave(&set);
}

static void read_version(pki_der *info)
{
	int64_t version;

	if (pki_der_int64(info, "version", &version) && version != 0)
		pki_der_fail(info, PKI_E_STRUCTURE, "version is not v1(0)", "RFC 2986 4.1");
}

static void read_info(pki_der *request, reading *n)
{
	const uint8_t *start = pki_der_at(request), *at;
	pki_csr *c = &n->csr;
	pki_algid algorithm;
	pki_bytes contents;
	pki_der info;

	pki_der_enter(request, PKI_TAG_SEQUENCE, "certificationRequestInfo", &info);
	read_version(&info);
	at = pki_der_at(&info);
	pki_der_next(&info, PKI_TAG_SEQUENCE, "subject", &contents);
	c->name = pki_view_since(&info, at);
	pki_spki_split(&info, "subjectPKInfo", &algorithm, &contents, &c->spki);
	read_attributes(&info, n);
	pki_der_leave(&info);
	c->body.tbs = pki_view_since(request, start);
}

/* All but the contents of the subject. */
static pki_status read_request(reading *n, pki_error *err)
{
	pki_csr *c = &n->csr;
	pki_der r, request;

	pki_der_init(&r, c->ctx, c->der, "CertificationRequest");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &request);
	read_info(&request, n);
	pki_signed_read_end(&request, "signature", "RFC 2986 4.2", &c->body);
	pki_der_leave(&request);
	c->exts = n->exts.exts;
	c->ext_count = n->exts.count;
	return pki_der_finish(&r, err);
}

/* Views of other memory become views of der, which holds the same. */
static void move_views(pki_csr *c, const uint8_t *der)
{
	const uint8_t *from = c->der.data;
	pki_bytes *views[] = { &c->der, &c->name, &c->spki, &c->body.tbs, &c->body.algorithm,
		&c->body.signature };

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
		pki_view_move(views[i], from, der);
	for (size_t i = 0; i < c->attr_count; i++) {
		pki_view_move(&c->attrs[i].type, from, der);
		pki_view_move(&c->attrs[i].values, from, der);
	}
	for (size_t i = 0; i < c->ext_count; i++) {
		pki_view_move(&c->exts[i].oid, from, der);
		pki_view_move(&c->exts[i].value, from, der);
	}
}

/* The request, in memory of its own; NULL: no memory. */
static pki_csr *copy(const pki_csr *c)
{
	size_t attrs = c->attr_count * sizeof(pki_attribute);
	size_t exts = c->ext_count * sizeof(pki_ext);
	size_t fixed = sizeof(pki_csr) + attrs + exts;
	uint8_t *p = pki_alloc(fixed + c->der.len);
	pki_csr *to = (pki_csr *)(void *)p;

	if (p == NULL)
		return NULL;
	*to = *c;
	to->attrs = (pki_attribute *)(void *)(p + sizeof(pki_csr));
	to->exts = (pki_ext *)(void *)(p + sizeof(pki_csr) + attrs);
	memcpy(to->attrs, c->attrs, attrs);
	memcpy(to->exts, c->exts, exts);
	memcpy(p + fixed, c->der.data, c->der.len);
	move_views(to, p + fixed);
	pki_ref_init(&to->refs);
	to->ctx = pki_ctx_ref(c->ctx);
	return to;
}

static pki_status read_subject(pki_csr *c, pki_error *err)
{
	pki_status st = pki_name_parse(c->ctx, c->name, &c->subject, err);

	if (st != PKI_SUCCESS)
		pki_error_nest(
		    err, "certificationRequestInfo.subject", (size_t)(c->name.data - c->der.data));
	return st;
}

static pki_status read_all(reading *n, pki_csr **out, pki_error *err)
{
	pki_csr *c = &n->csr;
	pki_status st = read_request(n, err);

	if (st == PKI_SUCCESS)
		st = read_subject(c, err);
	if (st != PKI_SUCCESS)
		return st;
	*out = copy(c);
	if (*out != NULL)
		return PKI_SUCCESS;
	pki_name_free(c->subject);
	return pki_error_nomem(err);
}

pki_status pki_csr_parse_der(const pki_ctx *ctx, pki_bytes der, pki_csr **out, pki_error *err)
{
	pki_status st;
	reading n;

	if (der.len > pki_ctx_limits(ctx)->object_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "larger than object_bytes allows", NULL);
	reading_start(&n, ctx, der);
	st = read_all(&n, out, err);
	reading_free(&n);
	return st;
}

/* ---- PEM and files ---- */

static pki_status parse_one(
    const pki_ctx *ctx, pki_bytes der, uint32_t how, void **out, pki_error *err)
{
	pki_csr *c = NULL;
	pki_status st = pki_csr_parse_der(ctx, der, &c, err);

	(void)how;
	*out = c;
	return st;
}

static void free_one(void *object)
{
	pki_csr_free(object);
}

static const pki_single single = {
	.kind = PKI_KIND_CSR,
	.parse = parse_one,
	.free = free_one,
	.label = "CERTIFICATE REQUEST",
	.more = "more than one request",
	.none = "no CERTIFICATE REQUEST",
	.clause = "RFC 7468 7",
};

pki_status pki_csr_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_csr **out, pki_error *err)
{
	void *found = NULL;
	pki_status st;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_single_parse(&single, ctx, der_or_pem, 0, &found, err);
	*out = found;
	return PKI_LEAVE(err, st);
}

pki_status pki_csr_load(const pki_ctx *ctx, const char *path, pki_csr **out, pki_error *err)
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

pki_status pki_csr_write(const pki_csr *r, pki_form form, pki_buf *out, pki_error *err)
{
	if (r == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_write(&single, r->der, form, out, err));
}

pki_status pki_csr_save(
    const pki_csr *r, const char *path, pki_form form, uint32_t flags, pki_error *err)
{
	if (r == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_single_save(&single, r->der, path, form, flags, err));
}

pki_csr *pki_csr_ref(const pki_csr *r)
{
	pki_csr *c = (pki_csr *)(uintptr_t)r;

	if (c != NULL)
		pki_ref_take(&c->refs);
	return c;
}

void pki_csr_free(pki_csr *r)
{
	if (r == NULL || !pki_ref_drop(&r->refs))
		return;
	pki_name_free(r->subject);
	pki_ctx_free(r->ctx);
	pki_free(r);
}

/* ---- what it says ---- */

/* RFC 2986 4.2: by the key in the request itself, over certificationRequestInfo. */
static pki_status verify(const pki_csr *r, pki_pubkey **key, pki_error *err)
{
	pki_status st = pki_pubkey_import(r->ctx, r->spki, key, err);

	if (st != PKI_SUCCESS)
		return st;
	return pki_signed_check(r->ctx, &r->body, *key, "RFC 2986 4.2", err);
}

pki_status pki_csr_check_signature(const pki_csr *r, pki_error *err)
{
	pki_pubkey *key = NULL;
	pki_status st;

	if (r == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = verify(r, &key, err);
	pki_pubkey_free(key);
	return PKI_LEAVE(err, st);
}

pki_status pki_csr_pubkey(const pki_csr *r, pki_pubkey **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || r == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, pki_pubkey_import(r->ctx, r->spki, out, err));
}

static const pki_csr nothing;

static const pki_csr *of(const pki_csr *r)
{
	return r == NULL ? &nothing : r;
}

pki_bytes pki_csr_der(const pki_csr *r)
{
	return of(r)->der;
}

pki_bytes pki_csr_tbs(const pki_csr *r)
{
	return of(r)->body.tbs;
}

const pki_name *pki_csr_subject(const pki_csr *r)
{
	return of(r)->subject;
}

pki_bytes pki_csr_spki(const pki_csr *r)
{
	return of(r)->spki;
}

pki_bytes pki_csr_signature_algorithm(const pki_csr *r)
{
	return of(r)->body.algorithm;
}

pki_bytes pki_csr_signature(const pki_csr *r)
{
	return of(r)->body.signature;
}

size_t pki_csr_ext_count(const pki_csr *r)
{
	return of(r)->ext_count;
}

bool pki_csr_ext_at(const pki_csr *r, size_t i, pki_ext *out)
{
	return pki_ext_give(i < pki_csr_ext_count(r) ? &r->exts[i] : NULL, out);
}

bool pki_csr_ext(const pki_csr *r, pki_bytes oid, pki_ext *out)
{
	return pki_ext_give(pki_ext_list_find(of(r)->exts, of(r)->ext_count, oid), out);
}

size_t pki_csr_attr_count(const pki_csr *r)
{
	return of(r)->attr_count;
}

static bool give_attr(const pki_attribute *a, pki_attribute *out)
{
	static const pki_attribute none;

	if (out != NULL)
		*out = a != NULL ? *a : none;
	return a != NULL;
}

bool pki_csr_attr_at(const pki_csr *r, size_t i, pki_attribute *out)
{
	return give_attr(i < pki_csr_attr_count(r) ? &r->attrs[i] : NULL, out);
}

bool pki_csr_attr(const pki_csr *r, pki_bytes type, pki_attribute *out)
{
	return give_attr(find_attr(of(r), type), out);
}
