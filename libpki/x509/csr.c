/* SPDX-License-Identifier: BSD-3-Clause */
/* CertificationRequest: RFC 2986 4, with the attributes of RFC 2985 5.4. */
#include <string.h>

#include <pki/csr.h>
#include <pki/pem.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/ref.h"
#include "libpki/pem/sniff.h"
#include "libpki/types/algid.h"
#include "libpki/types/ext.h"
#include "libpki/types/spki.h"
#include "libpki/x509/csr.h"
#include "libpki/x509/kind.h"

/* What is read of the attributes: first they are counted, then listed. */
typedef struct lists {
	const uint8_t *origin; /* of the reader's offsets */
	pki_attribute *attrs;  /* NULL, as exts: they are being counted */
	pki_ext *exts;
	size_t attr_count, ext_count;
	size_t attr_max, ext_max;
} lists;

/* One allocation: the struct, the two lists, the DER. Everything else is a view of that DER. */
struct pki_csr {
	pki_ref refs;
	pki_ctx *ctx;
	pki_name *subject;
	pki_bytes der, tbs, name, spki, attributes, signature_algorithm, signature;
	lists has;
};

/* ---- reading ---- */

/* What the reader passed over since it stood at `start`. */
static pki_bytes since(const uint8_t *origin, const pki_der *r, size_t start)
{
	return pki_bytes_of(origin + start, pki_der_offset(r) - start);
}

static const pki_ext *find_ext(const lists *l, pki_bytes oid)
{
	for (size_t i = 0; l->exts != NULL && i < l->ext_count; i++)
		if (pki_oid_equal(l->exts[i].oid, oid))
			return &l->exts[i];
	return NULL;
}

static const pki_attribute *find_attr(const lists *l, pki_bytes type)
{
	for (size_t i = 0; l->attrs != NULL && i < l->attr_count; i++)
		if (pki_oid_equal(l->attrs[i].type, type))
			return &l->attrs[i];
	return NULL;
}

static bool read_extension(pki_der *list, lists *l)
{
	pki_ext e;

	if (!pki_ext_read(list, NULL, &e))
		return false;
	if (find_ext(l, e.oid) != NULL)
		return pki_der_fail(list, PKI_E_STRUCTURE, "extension twice", "RFC 5280 4.2");
	if (l->ext_count == l->ext_max)
		return pki_der_fail(list, PKI_E_LIMIT, "too many extensions", NULL);
	if (l->exts != NULL)
		l->exts[l->ext_count] = e;
	l->ext_count++;
	return true;
}

/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
static void read_extensions(pki_der *values, lists *l)
{
	pki_der list;

	pki_der_enter(values, PKI_TAG_SEQUENCE, NULL, &list);
	while (pki_der_more(&list))
		read_extension(&list, l);
	if (pki_der_leave(&list) && l->ext_count == 0)
		pki_der_fail(values, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
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
static void read_challenge(pki_der *values, lists *l)
{
	pki_buf text = { .flags = PKI_BUF_SECRET };
	bool is_string = is_directory_string(values);
	pki_bytes other;

	(void)l;
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
	void (*read)(pki_der *values, lists *l);
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

static bool read_values(pki_der *values, pki_bytes type, lists *l)
{
	const struct known *k = find_known(type);
	pki_bytes any;

	if (!pki_der_more(values))
		return pki_der_fail(
		    values, PKI_E_STRUCTURE, "attribute has no value", "RFC 2986 4.1");
	if (k != NULL)
		k->read(values, l);
	if (k != NULL && pki_der_more(values))
		return pki_der_fail(
		    values, PKI_E_STRUCTURE, "attribute has more than one value", k->clause);
	while (pki_der_more(values))
		pki_der_whole(values, 0, NULL, &any);
	return true;
}

static bool add_attribute(pki_der *set, lists *l, const pki_attribute *a)
{
	if (find_attr(l, a->type) != NULL)
		return pki_der_fail(set, PKI_E_STRUCTURE, "attribute twice", "RFC 2986 4.1");
	if (l->attr_count == l->attr_max)
		return pki_der_fail(set, PKI_E_LIMIT, "too many attributes", NULL);
	if (l->attrs != NULL)
		l->attrs[l->attr_count] = *a;
	l->attr_count++;
	return true;
}

/* Attribute ::= SEQUENCE { type, values SET SIZE (1..MAX) OF } */
static void read_attribute(pki_der *set, lists *l)
{
	pki_der attribute, values;
	pki_attribute a;
	size_t start;

	pki_der_enter(set, PKI_TAG_SEQUENCE, NULL, &attribute);
	pki_der_oid(&attribute, "type", &a.type);
	pki_der_enter_set_of(&attribute, PKI_TAG_SET, "values", &values);
	start = pki_der_offset(&values);
	read_values(&values, a.type, l);
	a.values = since(l->origin, &values, start);
	pki_der_leave(&values);
	if (pki_der_leave(&attribute))
		add_attribute(set, l, &a);
}

/* attributes [0] IMPLICIT SET OF Attribute; it may be empty, not absent */
static void read_attributes(pki_der *info, lists *l)
{
	pki_der set;

	pki_der_enter_set_of(info, PKI_TAG_EXPLICIT(0), "attributes", &set);
	while (pki_der_more(&set))
		read_attribute(&set, l);
	pki_der_leave(&set);
}

static void read_version(pki_der *info)
{
	int64_t version;

	if (pki_der_int64(info, "version", &version) && version != 0)
		pki_der_fail(info, PKI_E_STRUCTURE, "version is not v1(0)", "RFC 2986 4.1");
}

static void read_info(pki_der *request, pki_csr *c)
{
	size_t start = pki_der_offset(request), at;
	pki_algid algorithm;
	pki_bytes contents;
	pki_der info;

	pki_der_enter(request, PKI_TAG_SEQUENCE, "certificationRequestInfo", &info);
	read_version(&info);
	at = pki_der_offset(&info);
	pki_der_next(&info, PKI_TAG_SEQUENCE, "subject", &contents);
	c->name = since(c->der.data, &info, at);
	pki_spki_split(&info, "subjectPKInfo", &algorithm, &contents, &c->spki);
	at = pki_der_offset(&info);
	read_attributes(&info, &c->has);
	c->attributes = since(c->der.data, &info, at);
	pki_der_leave(&info);
	c->tbs = since(c->der.data, request, start);
}

/* All but the contents of the subject; attributes are counted. */
static pki_status read_request(pki_csr *c, pki_error *err)
{
	pki_der r, request;
	pki_algid algorithm;
	unsigned unused;

	pki_der_init(&r, c->ctx, c->der, "CertificationRequest");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &request);
	read_info(&request, c);
	pki_algid_read(&request, "signatureAlgorithm", &algorithm);
	pki_der_bits(&request, "signature", &c->signature, &unused);
	if (unused != 0)
		pki_der_fail(&request, PKI_E_STRUCTURE, "is not whole octets", "RFC 2986 4.2");
	pki_der_leave(&request);
	c->signature_algorithm = algorithm.whole;
	return pki_der_finish(&r, err);
}

static pki_bytes moved(pki_bytes view, const uint8_t *from, const uint8_t *to)
{
	return pki_bytes_of(to + (view.data - from), view.len);
}

/* A copy of the DER with room for the lists; NULL: no memory. */
static pki_csr *copy(const pki_csr *c)
{
	size_t attrs = c->has.attr_count * sizeof(pki_attribute);
	size_t exts = c->has.ext_count * sizeof(pki_ext);
	size_t fixed = sizeof(pki_csr) + attrs + exts;
	uint8_t *p = pki_alloc(fixed + c->der.len), *der = p + fixed;
	const uint8_t *from = c->der.data;
	pki_csr *to = (pki_csr *)(void *)p;

	if (p == NULL)
		return NULL;
	memset(to, 0, sizeof *to);
	memcpy(der, from, c->der.len);
	pki_ref_init(&to->refs);
	to->ctx = pki_ctx_ref(c->ctx);
	to->der = moved(c->der, from, der);
	to->tbs = moved(c->tbs, from, der);
	to->name = moved(c->name, from, der);
	to->spki = moved(c->spki, from, der);
	to->attributes = moved(c->attributes, from, der);
	to->signature_algorithm = moved(c->signature_algorithm, from, der);
	to->signature = moved(c->signature, from, der);
	to->has.origin = to->attributes.data;
	to->has.attrs = (pki_attribute *)(void *)(p + sizeof(pki_csr));
	to->has.exts = (pki_ext *)(void *)(p + sizeof(pki_csr) + attrs);
	to->has.attr_max = c->has.attr_count;
	to->has.ext_max = c->has.ext_count;
	return to;
}

static size_t offset_of(const pki_csr *c, pki_bytes view)
{
	return (size_t)(view.data - c->der.data);
}

/* The attributes again, into the lists. */
static pki_status fill_lists(pki_csr *c, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (c->has.attr_max == 0)
		return PKI_SUCCESS;
	pki_der_init(&r, c->ctx, c->attributes, NULL);
	read_attributes(&r, &c->has);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		pki_error_nest(err, "certificationRequestInfo", offset_of(c, c->attributes));
	return st;
}

static pki_status read_subject(pki_csr *c, pki_error *err)
{
	pki_status st = pki_name_parse(c->ctx, c->name, &c->subject, err);

	if (st != PKI_SUCCESS)
		pki_error_nest(err, "certificationRequestInfo.subject", offset_of(c, c->name));
	return st;
}

pki_status pki_csr_parse_der(const pki_ctx *ctx, pki_bytes der, pki_csr **out, pki_error *err)
{
	const pki_limits *limits = pki_ctx_limits(ctx);
	pki_csr *c, there = { .ctx = (pki_ctx *)(uintptr_t)ctx, .der = der };
	pki_status st;

	if (der.len > limits->object_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "larger than object_bytes allows", NULL);
	there.has.origin = der.data;
	there.has.attr_max = there.has.ext_max = limits->extensions;
	st = read_request(&there, err);
	if (st != PKI_SUCCESS)
		return st;
	c = copy(&there);
	if (c == NULL)
		return pki_error_nomem(err);
	st = fill_lists(c, err);
	if (st == PKI_SUCCESS)
		st = read_subject(c, err);
	if (st == PKI_SUCCESS)
		*out = c;
	else
		pki_csr_free(c);
	return st;
}

/* ---- PEM and files ---- */

/* The one request among the blocks; others may stand beside it: a key, a certificate. */
static pki_status parse_blocks(
    const pki_ctx *ctx, pki_bytes pem, pki_pem_block *b, pki_csr **found, pki_error *err)
{
	pki_status st;

	while ((st = pki_pem_next(ctx, &pem, b, err)) == PKI_SUCCESS) {
		if (pki_kind_of_label(b->label).kind != PKI_KIND_CSR)
			continue;
		if (*found != NULL)
			st = pki_error_set(err, PKI_E_STRUCTURE, "more than one request", NULL);
		else
			st = pki_csr_parse_der(ctx, pki_buf_bytes(&b->der), found, err);
		if (st == PKI_SUCCESS)
			continue;
		pki_error_in_block(err, b->number);
		return st;
	}
	if (st != PKI_E_NOTFOUND)
		return st;
	if (*found != NULL)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_NOTFOUND, "no CERTIFICATE REQUEST", "RFC 7468 7");
}

static pki_status parse_pem(const pki_ctx *ctx, pki_bytes pem, pki_csr **out, pki_error *err)
{
	pki_pem_block block = { .number = 0 };
	pki_error why = PKI_ERROR_INIT; /* the end of the input is no error */
	pki_csr *found = NULL;
	pki_status st = parse_blocks(ctx, pem, &block, &found, &why);

	pki_pem_block_free(&block);
	if (st == PKI_SUCCESS) {
		*out = found;
		return st;
	}
	pki_csr_free(found);
	if (err != NULL)
		*err = why;
	return st;
}

static pki_status parse(const pki_ctx *ctx, pki_bytes in, pki_csr **out, pki_error *err)
{
	if (pki_sniff(in) == PKI_LOOKS_PEM)
		return parse_pem(ctx, in, out, err);
	return pki_csr_parse_der(ctx, in, out, err);
}

pki_status pki_csr_parse(const pki_ctx *ctx, pki_bytes der_or_pem, pki_csr **out, pki_error *err)
{
	if (out == NULL || (der_or_pem.data == NULL && der_or_pem.len > 0))
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	return PKI_LEAVE(err, parse(ctx, der_or_pem, out, err));
}

pki_status pki_csr_load(const pki_ctx *ctx, const char *path, pki_csr **out, pki_error *err)
{
	pki_buf file = { .flags = PKI_BUF_SECRET }; /* a key may stand beside the request */
	pki_status st;

	if (out == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
	st = pki_file_read(path, pki_ctx_limits(ctx)->message_bytes, &file, err);
	if (st == PKI_SUCCESS)
		st = parse(ctx, pki_buf_bytes(&file), out, err);
	pki_buf_free(&file);
	return PKI_LEAVE(err, st);
}

static pki_status write_form(pki_bytes der, pki_form form, pki_buf *out, pki_error *err)
{
	switch (form) {
	case PKI_PEM:
		return pki_pem_encode("CERTIFICATE REQUEST", der, out, err);
	case PKI_DER:
		return pki_buf_append(out, der, err);
	default:
		return pki_error_set(err, PKI_E_ARG, "neither PKI_PEM nor PKI_DER", NULL);
	}
}

pki_status pki_csr_write(const pki_csr *r, pki_form form, pki_buf *out, pki_error *err)
{
	if (r == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, write_form(r->der, form, out, err));
}

pki_status pki_csr_save(
    const pki_csr *r, const char *path, pki_form form, uint32_t flags, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st;

	if (r == NULL || path == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = write_form(r->der, form, &text, err);
	if (st == PKI_SUCCESS)
		st = pki_file_write(path, pki_buf_bytes(&text), flags, err);
	pki_buf_free(&text);
	return PKI_LEAVE(err, st);
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
	pki_alg alg;
	pki_status st;

	pki_alg_init(&alg, sizeof alg);
	st = pki_alg_parse(r->ctx, r->signature_algorithm, &alg, err);
	if (st != PKI_SUCCESS)
		return st;
	st = pki_pubkey_import(r->ctx, r->spki, key, err);
	if (st != PKI_SUCCESS)
		return st;
	st = pki_check(*key, &alg, r->tbs, r->signature, err);
	if (st != PKI_E_ARG)
		return st;
	return pki_error_set(
	    err, PKI_E_SIGNATURE, "the algorithm is none of this key's", "RFC 2986 4.2");
}

pki_status pki_csr_verify(const pki_csr *r, pki_error *err)
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
	if (out == NULL || r == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = NULL;
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
	return of(r)->tbs;
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
	return of(r)->signature_algorithm;
}

pki_bytes pki_csr_signature(const pki_csr *r)
{
	return of(r)->signature;
}

size_t pki_csr_ext_count(const pki_csr *r)
{
	return of(r)->has.ext_count;
}

static bool give_ext(const pki_ext *e, pki_ext *out)
{
	static const pki_ext none;

	if (out != NULL)
		*out = e != NULL ? *e : none;
	return e != NULL;
}

bool pki_csr_ext_at(const pki_csr *r, size_t i, pki_ext *out)
{
	return give_ext(i < pki_csr_ext_count(r) ? &r->has.exts[i] : NULL, out);
}

bool pki_csr_ext(const pki_csr *r, pki_bytes oid, pki_ext *out)
{
	return give_ext(find_ext(&of(r)->has, oid), out);
}

size_t pki_csr_attr_count(const pki_csr *r)
{
	return of(r)->has.attr_count;
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
	return give_attr(i < pki_csr_attr_count(r) ? &r->has.attrs[i] : NULL, out);
}

bool pki_csr_attr(const pki_csr *r, pki_bytes type, pki_attribute *out)
{
	return give_attr(find_attr(&of(r)->has, type), out);
}
