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

/* One allocation: the struct, the two lists, the DER. Everything else is a view of that DER. */
struct pki_csr {
	pki_ref refs;
	pki_ctx *ctx;
	pki_name *subject;
	pki_bytes der, tbs, name, spki, signature_algorithm, signature;
	pki_attribute *attrs; /* NULL, as exts: they are being counted */
	pki_ext *exts;
	size_t attr_count, ext_count;
	size_t attr_max, ext_max;
};

/* ---- reading ---- */

/* What the reader passed over since it stood at `start`. */
static pki_bytes since(const pki_csr *c, const pki_der *r, size_t start)
{
	return pki_bytes_of(c->der.data + start, pki_der_offset(r) - start);
}

/* Of those read so far. While counting there is no list yet, and nothing is in it. */
static bool has_ext(const pki_csr *c, pki_bytes oid)
{
	return c->exts != NULL && pki_csr_ext(c, oid, NULL);
}

static bool has_attr(const pki_csr *c, pki_bytes type)
{
	return c->attrs != NULL && pki_csr_attr(c, type, NULL);
}

static bool read_extension(pki_der *list, pki_csr *c)
{
	pki_ext e;

	if (!pki_ext_read(list, NULL, &e))
		return false;
	if (has_ext(c, e.oid))
		return pki_der_fail(list, PKI_E_STRUCTURE, "extension twice", "RFC 5280 4.2");
	if (c->ext_count == c->ext_max)
		return pki_der_fail(list, PKI_E_LIMIT, "too many extensions", NULL);
	if (c->exts != NULL)
		c->exts[c->ext_count] = e;
	c->ext_count++;
	return true;
}

/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension */
static bool read_extensions(pki_der *values, pki_csr *c)
{
	pki_der list;

	pki_der_enter(values, PKI_TAG_SEQUENCE, NULL, &list);
	while (pki_der_more(&list))
		read_extension(&list, c);
	if (pki_der_leave(&list) && c->ext_count == 0)
		return pki_der_fail(values, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
	return true;
}

/* DirectoryString ::= CHOICE { ... } of at least one character: RFC 5280 4.1.2.4 */
static bool read_directory_string(pki_der *values, pki_csr *c)
{
	static const pki_tag choices[] = { PKI_TAG_UTF8, PKI_TAG_PRINTABLE, PKI_TAG_TELETEX,
		PKI_TAG_BMP, PKI_TAG_UNIVERSAL };
	pki_buf text = { .flags = PKI_BUF_SECRET };
	size_t i = 0, n = sizeof choices / sizeof choices[0];

	(void)c;
	while (i < n && !pki_der_peek(values, choices[i]))
		i++;
	if (pki_der_text(values, NULL, &text) && (i == n || text.len == 0))
		pki_der_fail(values, PKI_E_STRUCTURE, "is no DirectoryString", "RFC 2985 5.4.1");
	pki_buf_free(&text);
	return true;
}

/* Attributes of which libpki knows the syntax. Each has one value. */
static const struct known {
	const pki_oid *type;
	bool (*read)(pki_der *values, pki_csr *c);
	const char *clause;
} known_attrs[] = {
	{ &pki_id_extension_request, read_extensions, "RFC 2985 5.4.2" },
	{ &pki_id_challenge_password, read_directory_string, "RFC 2985 5.4.1" },
};

static const struct known *find_known(pki_bytes type)
{
	for (size_t i = 0; i < sizeof known_attrs / sizeof known_attrs[0]; i++)
		if (pki_oid_equal(pki_oid_view(known_attrs[i].type), type))
			return &known_attrs[i];
	return NULL;
}

static void read_values(pki_der *values, pki_bytes type, pki_csr *c)
{
	const struct known *k = find_known(type);
	pki_bytes any;

	if (k != NULL && pki_der_more(values)) {
		k->read(values, c);
		if (pki_der_more(values))
			pki_der_fail(values, PKI_E_STRUCTURE, "attribute has more than one value",
			    k->clause);
		return;
	}
	do
		pki_der_whole(values, 0, NULL, &any);
	while (pki_der_more(values));
}

static bool add_attribute(pki_der *set, pki_csr *c, const pki_attribute *a)
{
	if (has_attr(c, a->type))
		return pki_der_fail(set, PKI_E_STRUCTURE, "attribute twice", "RFC 2986 4.1");
	if (c->attr_count == c->attr_max)
		return pki_der_fail(set, PKI_E_LIMIT, "too many attributes", NULL);
	if (c->attrs != NULL)
		c->attrs[c->attr_count] = *a;
	c->attr_count++;
	return true;
}

/* Attribute ::= SEQUENCE { type, values SET SIZE (1..MAX) OF } */
static void read_attribute(pki_der *set, pki_csr *c)
{
	pki_der attribute, values;
	pki_attribute a;
	size_t start;

	pki_der_enter(set, PKI_TAG_SEQUENCE, NULL, &attribute);
	pki_der_oid(&attribute, "type", &a.type);
	pki_der_enter_set_of(&attribute, PKI_TAG_SET, "values", &values);
	start = pki_der_offset(&values);
	read_values(&values, a.type, c);
	a.values = since(c, &values, start);
	pki_der_leave(&values);
	if (pki_der_leave(&attribute))
		add_attribute(set, c, &a);
}

/* attributes [0] IMPLICIT SET OF Attribute; it may be empty, not absent */
static void read_attributes(pki_der *info, pki_csr *c)
{
	pki_der set;

	pki_der_enter_set_of(info, PKI_TAG_EXPLICIT(0), "attributes", &set);
	while (pki_der_more(&set))
		read_attribute(&set, c);
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
	size_t start = pki_der_offset(request), name;
	pki_spki spki;
	pki_bytes rdns;
	pki_der info;

	pki_der_enter(request, PKI_TAG_SEQUENCE, "certificationRequestInfo", &info);
	read_version(&info);
	name = pki_der_offset(&info);
	pki_der_next(&info, PKI_TAG_SEQUENCE, "subject", &rdns);
	c->name = since(c, &info, name);
	pki_spki_read(&info, "subjectPKInfo", &spki, &c->spki);
	read_attributes(&info, c);
	pki_der_leave(&info);
	c->tbs = since(c, request, start);
}

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

static pki_status read_subject(pki_csr *c, pki_error *err)
{
	pki_status st = pki_name_parse(c->ctx, c->name, &c->subject, err);

	if (st != PKI_SUCCESS)
		pki_error_nest(
		    err, "certificationRequestInfo.subject", (size_t)(c->name.data - c->der.data));
	return st;
}

/* Room for as much as was counted, and a copy of the DER. */
static pki_csr *make_room(const pki_csr *counted)
{
	size_t attrs = counted->attr_count * sizeof(pki_attribute);
	size_t exts = counted->ext_count * sizeof(pki_ext);
	size_t fixed = sizeof(pki_csr) + attrs + exts;
	uint8_t *p = pki_alloc(fixed + counted->der.len);
	pki_csr *c = (pki_csr *)(void *)p;

	if (p == NULL)
		return NULL;
	memset(p, 0, fixed);
	memcpy(p + fixed, counted->der.data, counted->der.len);
	pki_ref_init(&c->refs);
	c->ctx = pki_ctx_ref(counted->ctx);
	c->attrs = (pki_attribute *)(void *)(p + sizeof(pki_csr));
	c->exts = (pki_ext *)(void *)(p + sizeof(pki_csr) + attrs);
	c->attr_max = counted->attr_count;
	c->ext_max = counted->ext_count;
	c->der = pki_bytes_of(p + fixed, counted->der.len);
	return c;
}

/* Twice over the same column: once to check and count, once to fill. */
pki_status pki_csr_parse_der(const pki_ctx *ctx, pki_bytes der, pki_csr **out, pki_error *err)
{
	const pki_limits *limits = pki_ctx_limits(ctx);
	pki_csr *c, counted = { .ctx = (pki_ctx *)(uintptr_t)ctx, .der = der };
	pki_status st;

	if (der.len > limits->object_bytes)
		return pki_error_set(err, PKI_E_LIMIT, "larger than object_bytes allows", NULL);
	counted.attr_max = counted.ext_max = limits->extensions;
	st = read_request(&counted, err);
	if (st != PKI_SUCCESS)
		return st;
	c = make_room(&counted);
	if (c == NULL)
		return pki_error_nomem(err);
	st = read_request(c, err);
	if (st == PKI_SUCCESS)
		st = read_subject(c, err);
	if (st != PKI_SUCCESS) {
		pki_csr_free(c);
		return st;
	}
	*out = c;
	return PKI_SUCCESS;
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
	pki_csr *found = NULL;
	pki_status st = parse_blocks(ctx, pem, &block, &found, err);

	pki_pem_block_free(&block);
	if (st == PKI_SUCCESS)
		*out = found;
	else
		pki_csr_free(found);
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
	return of(r)->ext_count;
}

bool pki_csr_ext_at(const pki_csr *r, size_t i, pki_ext *out)
{
	static const pki_ext none;
	bool there = i < of(r)->ext_count;

	if (out != NULL)
		*out = there ? r->exts[i] : none;
	return there;
}

bool pki_csr_ext(const pki_csr *r, pki_bytes oid, pki_ext *out)
{
	size_t i = 0, n = of(r)->ext_count;

	while (i < n && !pki_oid_equal(r->exts[i].oid, oid))
		i++;
	return pki_csr_ext_at(r, i, out);
}

size_t pki_csr_attr_count(const pki_csr *r)
{
	return of(r)->attr_count;
}

bool pki_csr_attr_at(const pki_csr *r, size_t i, pki_attribute *out)
{
	static const pki_attribute none;
	bool there = i < of(r)->attr_count;

	if (out != NULL)
		*out = there ? r->attrs[i] : none;
	return there;
}

bool pki_csr_attr(const pki_csr *r, pki_bytes type, pki_attribute *out)
{
	size_t i = 0, n = of(r)->attr_count;

	while (i < n && !pki_oid_equal(r->attrs[i].type, type))
		i++;
	return pki_csr_attr_at(r, i, out);
}
