/* SPDX-License-Identifier: BSD-3-Clause */
/* A growing list of extensions. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"

/* value: what extnValue holds; of a list, the contents of its SEQUENCE OF. */
typedef struct entry {
	pki_buf oid, value;
	size_t elements; /* of a list; 0: it is none */
	bool critical;
	uint8_t reserved[7];
} entry;

struct pki_exts {
	pki_ctx *ctx;
	pki_error error;
	pki_buf entries;
	size_t count;
};

static entry *entries_of(const pki_exts *e)
{
	return (entry *)(void *)e->entries.data;
}

pki_status pki_exts_new(const pki_ctx *ctx, pki_exts **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = pki_alloc_zero(1, sizeof **out);
	if (*out == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	(*out)->ctx = pki_ctx_ref(ctx);
	return PKI_SUCCESS;
}

static void entry_free(entry *x)
{
	pki_buf_free(&x->oid);
	pki_buf_free(&x->value);
}

void pki_exts_free(pki_exts *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < e->count; i++)
		entry_free(&entries_of(e)[i]);
	pki_buf_free(&e->entries);
	pki_ctx_free(e->ctx);
	pki_free(e);
}

size_t pki_exts_count(const pki_exts *e)
{
	return e == NULL ? 0 : e->count;
}

pki_status pki_exts_status(const pki_exts *e, pki_error *err)
{
	pki_status st;

	if (e == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_error_status(&e->error);
	if (st != PKI_SUCCESS && err != NULL)
		*err = e->error;
	return PKI_LEAVE(err, st);
}

static bool is_usable(const pki_exts *e)
{
	return e != NULL && pki_error_status(&e->error) == PKI_SUCCESS;
}

static entry *find(const pki_exts *e, pki_bytes oid)
{
	for (size_t i = 0; i < e->count; i++)
		if (pki_oid_equal(pki_buf_bytes(&entries_of(e)[i].oid), oid))
			return &entries_of(e)[i];
	return NULL;
}

bool pki_exts_has(const pki_exts *e, pki_bytes oid)
{
	return e != NULL && find(e, oid) != NULL;
}

/* ---- adding ---- */

static pki_status append(
    pki_exts *e, pki_bytes oid, bool critical, pki_bytes value, size_t elements, pki_error *err)
{
	entry x = { PKI_BUF_INIT, PKI_BUF_INIT, elements, critical, { 0 } };
	pki_status st;

	if (e->count >= pki_ctx_limits(e->ctx)->extensions)
		return pki_error_set(err, PKI_E_LIMIT, "too many extensions", NULL);
	st = pki_buf_append(&x.oid, oid, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&x.value, value, err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&e->entries, pki_bytes_of(&x, sizeof x), err);
	if (st != PKI_SUCCESS)
		entry_free(&x);
	else
		e->count++;
	return st;
}

/* elements: of a list, those in value. */
static pki_status put(
    pki_exts *e, pki_bytes oid, bool critical, pki_bytes value, size_t elements, pki_error *err)
{
	entry *x = find(e, oid);
	size_t limit = pki_ctx_limits(e->ctx)->san_names;
	pki_status st;

	if (x != NULL && x->elements == 0)
		return pki_error_set_detail(err, PKI_E_ARG, "extension twice", "RFC 5280 4.2",
		    pki_bytes_str(pki_oid_name(oid)));
	if (elements > limit || (x != NULL && elements > limit - x->elements))
		return pki_error_set(err, PKI_E_LIMIT, "too many elements in an extension", NULL);
	if (x == NULL)
		return append(e, oid, critical, value, elements, err);
	st = pki_buf_append(&x->value, value, err);
	if (st != PKI_SUCCESS)
		return st;
	x->elements += elements;
	x->critical = x->critical || critical;
	return PKI_SUCCESS;
}

/* Puts what a writer holds, and frees it. */
static void put_written(pki_exts *e, pki_bytes oid, bool critical, size_t elements, pki_derw *w)
{
	pki_buf value = PKI_BUF_INIT;

	if (pki_derw_finish(w, &value, &e->error) == PKI_SUCCESS)
		(void)!put(e, oid, critical, pki_buf_bytes(&value), elements, &e->error);
	pki_buf_free(&value);
}

typedef bool next_fn(pki_ext_iter *it);

static bool next_oid(pki_ext_iter *it)
{
	pki_bytes oid;

	return pki_ext_oid_next(it, &oid);
}

static bool next_name(pki_ext_iter *it)
{
	pki_gn gn;

	return pki_ext_name_next(it, &gn);
}

/* The extensions that are extended by adding: lists of OIDs and of GeneralNames. */
static next_fn *list_reader(pki_bytes oid)
{
	if (pki_oid_equal(oid, PKI_OID(ext_key_usage)))
		return next_oid;
	return pki_oid_equal(oid, PKI_OID(subject_alt_name)) ? next_name : NULL;
}

/* Reads a list whole, and gives the contents of its SEQUENCE OF. */
static pki_status read_list(const pki_exts *e, next_fn *next, pki_bytes value, pki_bytes *contents,
    size_t *elements, pki_error *err)
{
	pki_ext_iter it;
	pki_status st;
	pki_der r;

	pki_ext_list(&it, e->ctx, value);
	while (next(&it))
		;
	st = pki_ext_list_finish(&it, err);
	*elements = it.count;
	pki_der_init(&r, e->ctx, value, NULL);
	pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, contents);
	return st == PKI_SUCCESS ? pki_der_finish(&r, err) : st;
}

static pki_status check_tlv(const pki_ctx *ctx, pki_bytes value, pki_error *err)
{
	pki_bytes tlv;
	pki_der r;

	pki_der_init(&r, ctx, value, "extnValue");
	pki_der_whole(&r, 0, NULL, &tlv);
	return pki_der_finish(&r, err);
}

static pki_status add(pki_exts *e, pki_bytes oid, bool critical, pki_bytes value, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	next_fn *next = list_reader(oid);
	size_t elements = 0;
	pki_status st = pki_oid_check(oid, &why);

	if (st == PKI_SUCCESS)
		st = check_tlv(e->ctx, value, &why);
	if (st == PKI_SUCCESS && next != NULL)
		st = read_list(e, next, value, &value, &elements, &why);
	if (st != PKI_SUCCESS)
		return pki_error_set(err, st == PKI_E_LIMIT || st == PKI_E_NOMEM ? st : PKI_E_ARG,
		    pki_error_reason(&why), pki_error_clause(&why));
	return put(e, oid, critical, value, elements, err);
}

void pki_exts_add(pki_exts *e, pki_bytes oid, bool critical, pki_bytes value)
{
	if (is_usable(e))
		(void)!add(e, oid, critical, value, &e->error);
}

void pki_exts_basic_constraints(pki_exts *e, bool ca, int32_t path_len)
{
	pki_derw w;

	if (!is_usable(e))
		return;
	pki_derw_init(&w, e->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_bool(&w, ca, false);
	if (path_len < -1 || (path_len >= 0 && !ca))
		pki_derw_fail(&w, PKI_E_ARG, "pathLenConstraint is negative, or without cA",
		    "RFC 5280 4.2.1.9");
	if (path_len >= 0)
		pki_derw_int64(&w, path_len);
	pki_derw_end(&w);
	put_written(e, PKI_OID(basic_constraints), true, 0, &w);
}

void pki_exts_key_usage(pki_exts *e, uint32_t bits)
{
	pki_derw w;

	if (!is_usable(e))
		return;
	pki_derw_init(&w, e->ctx);
	if (bits == 0 || bits >= PKI_KU_DECIPHER_ONLY << 1)
		pki_derw_fail(&w, PKI_E_ARG, "no bit of KeyUsage, or one that it has not",
		    "RFC 5280 4.2.1.3");
	pki_derw_flags(&w, bits);
	put_written(e, PKI_OID(key_usage), true, 0, &w);
}

void pki_exts_eku(pki_exts *e, pki_bytes purpose)
{
	pki_derw w;

	if (!is_usable(e))
		return;
	pki_derw_init(&w, e->ctx);
	pki_derw_oid(&w, purpose);
	put_written(e, PKI_OID(ext_key_usage), false, 1, &w);
}

void pki_exts_key_id(pki_exts *e, pki_bytes id)
{
	pki_derw w;

	if (!is_usable(e))
		return;
	pki_derw_init(&w, e->ctx);
	if (id.len == 0)
		pki_derw_fail(&w, PKI_E_ARG, "KeyIdentifier is empty", "RFC 5280 4.2.1.2");
	pki_derw_put(&w, PKI_TAG_OCTETS, id);
	put_written(e, PKI_OID(subject_key_identifier), false, 0, &w);
}

void pki_exts_san(pki_exts *e, const char *name)
{
	pki_derw w;

	if (!is_usable(e))
		return;
	pki_derw_init(&w, e->ctx);
	if (pki_gn_write_text(&w, e->ctx, name, &e->error) == PKI_SUCCESS)
		put_written(e, PKI_OID(subject_alt_name), false, 1, &w);
	pki_derw_free(&w);
}

/* ---- using ---- */

static pki_status copy_entries(const pki_exts *from, pki_exts *to, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < pki_exts_count(from); i++) {
		const entry *x = &entries_of(from)[i];

		st = append(to, pki_buf_bytes(&x->oid), x->critical, pki_buf_bytes(&x->value),
		    x->elements, err);
	}
	return st;
}

pki_status pki_exts_dup(const pki_ctx *ctx, const pki_exts *e, pki_exts **out, pki_error *err)
{
	pki_status st;

	*out = NULL;
	if (e != NULL && pki_exts_status(e, err) != PKI_SUCCESS)
		return pki_error_status(&e->error);
	st = pki_exts_new(ctx, out, err);
	if (st == PKI_SUCCESS)
		st = copy_entries(e, *out, err);
	if (st != PKI_SUCCESS) {
		pki_exts_free(*out);
		*out = NULL;
	}
	return st;
}

static void write_entry(pki_derw *w, const entry *x, bool empty_subject)
{
	pki_bytes oid = pki_buf_bytes(&x->oid);
	bool san = pki_oid_equal(oid, PKI_OID(subject_alt_name));

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_bool(w, x->critical || (san && empty_subject), false);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	if (x->elements > 0)
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_raw(w, pki_buf_bytes(&x->value));
	if (x->elements > 0)
		pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
}

void pki_exts_write(pki_derw *w, const pki_exts *e, bool empty_subject)
{
	if (!is_usable(e)) {
		pki_derw_fail(w, e == NULL ? PKI_E_ARG : pki_error_status(&e->error),
		    e == NULL ? "no extensions" : pki_error_reason(&e->error),
		    e == NULL ? NULL : pki_error_clause(&e->error));
		return;
	}
	if (e->count == 0)
		pki_derw_fail(w, PKI_E_ARG, "Extensions is empty", "RFC 5280 4.1");
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < e->count; i++)
		write_entry(w, &entries_of(e)[i], empty_subject);
	pki_derw_end(w);
}
