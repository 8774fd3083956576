/* SPDX-License-Identifier: BSD-3-Clause */
/* A growing list of extensions. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/der/tlv.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/types/host.h"

#define PARTS 2
#define ROOM  PKI_TLV_HEADER_MAX

/*
 * value: what extnValue holds, from `start`. The header of a SEQUENCE OF grows with it, downwards
 * in ROOM octets before its elements. parts: of two lists, tagged [0] and [1] in a SEQUENCE, the
 * contents of each.
 */
typedef struct entry {
	pki_buf oid, value, parts[PARTS];
	size_t start;
	size_t elements; /* of lists; 0: it is none */
	bool critical, tagged;
	bool stale; /* parts have grown since value was written, for which there is room */
	uint8_t reserved[5];
} entry;

/* What is added: a value, or `elements` elements of a list. */
typedef struct addition {
	pki_bytes oid, value;
	size_t elements, part;
	bool critical, tagged;
	uint8_t reserved[6];
} addition;

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
	for (size_t i = 0; i < PARTS; i++)
		pki_buf_free(&x->parts[i]);
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
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &e->error);
	return PKI_LEAVE(err, st);
}

bool pki_exts_usable(const pki_exts *e)
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

static pki_status append_elements(entry *x, pki_bytes elements, pki_error *err)
{
	uint8_t header[ROOM] = { 0 };
	pki_status st = PKI_SUCCESS;
	size_t len;

	if (x->value.len == 0)
		st = pki_buf_append(&x->value, pki_bytes_of(header, ROOM), err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&x->value, elements, err);
	if (st != PKI_SUCCESS)
		return st;
	len = pki_tlv_write(PKI_TAG_SEQUENCE, x->value.len - ROOM, header);
	x->start = ROOM - len;
	memcpy(x->value.data + x->start, header, len);
	return PKI_SUCCESS;
}

/* Room for the value as write_tagged writes it: whoever looks at it needs no memory. */
static pki_status reserve_tagged(entry *x, pki_error *err)
{
	size_t need = (1 + PARTS) * ROOM, len = x->value.len;

	for (size_t i = 0; i < PARTS; i++)
		need += x->parts[i].len;
	return need <= len ? PKI_SUCCESS : pki_buf_reserve(&x->value, need - len, err);
}

static void write_part(pki_buf *to, pki_tag tag, const pki_buf *part)
{
	if (part->len == 0)
		return;
	to->len += pki_tlv_write(tag, part->len, to->data + to->len);
	memcpy(to->data + to->len, part->data, part->len);
	to->len += part->len;
}

/* The parts one after the other, and the SEQUENCE's header in front, in the room that there is. */
static void write_tagged(entry *x)
{
	uint8_t header[ROOM];
	size_t len;

	x->value.len = ROOM;
	for (unsigned i = 0; i < PARTS; i++)
		write_part(&x->value, PKI_TAG_EXPLICIT(i), &x->parts[i]);
	len = pki_tlv_write(PKI_TAG_SEQUENCE, x->value.len - ROOM, header);
	x->start = ROOM - len;
	memcpy(x->value.data + x->start, header, len);
	x->stale = false;
}

static pki_bytes value_of(entry *x)
{
	if (x->stale)
		write_tagged(x);
	return pki_bytes_of(x->value.data + x->start, x->value.len - x->start);
}

static pki_status put_tagged(entry *x, const addition *a, pki_error *err)
{
	pki_buf *part = &x->parts[a->part];
	size_t before = part->len;
	pki_status st = pki_buf_append(part, a->value, err);

	if (st != PKI_SUCCESS)
		return st;
	st = reserve_tagged(x, err);
	if (st == PKI_SUCCESS)
		x->stale = true;
	else
		pki_buf_truncate(part, before);
	return st;
}

static pki_status put_value(entry *x, const addition *a, pki_error *err)
{
	if (a->elements == 0)
		return pki_buf_append(&x->value, a->value, err);
	if (!x->tagged)
		return append_elements(x, a->value, err);
	return put_tagged(x, a, err);
}

/* The list takes it, or it is freed. */
static pki_status keep(pki_exts *e, entry *x, pki_status st, pki_error *err)
{
	if (st == PKI_SUCCESS && e->count >= pki_ctx_limits(e->ctx)->extensions)
		st = pki_error_set(err, PKI_E_LIMIT, "too many extensions", NULL);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(&e->entries, pki_bytes_of(x, sizeof *x), err);
	if (st != PKI_SUCCESS)
		entry_free(x);
	else
		e->count++;
	return st;
}

static pki_status append(pki_exts *e, const addition *a, pki_error *err)
{
	entry x = { .elements = a->elements, .critical = a->critical, .tagged = a->tagged };
	pki_status st = pki_buf_append(&x.oid, a->oid, err);

	if (st == PKI_SUCCESS)
		st = put_value(&x, a, err);
	return keep(e, &x, st, err);
}

/* The contents of a SEQUENCE OF, and how many elements they are. */
static pki_status open_list(
    const pki_ctx *ctx, pki_bytes value, pki_bytes *contents, size_t *elements, pki_error *err)
{
	pki_bytes tlv;
	pki_der r, s;

	*elements = 0;
	pki_der_init(&r, ctx, value, NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	*contents = pki_der_rest(&s);
	while (pki_der_more(&s)) {
		pki_der_whole(&s, 0, NULL, &tlv);
		++*elements;
	}
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

/* An extension that was added as DER becomes a list that can be extended. */
static pki_status become_list(const pki_exts *e, entry *x, pki_error *err)
{
	pki_buf whole = x->value;
	pki_bytes contents;
	pki_status st;

	if (open_list(e->ctx, value_of(x), &contents, &x->elements, NULL) != PKI_SUCCESS)
		return pki_error_set(err, PKI_E_ARG, "what was added as DER is no list", NULL);
	memset(&x->value, 0, sizeof x->value);
	st = append_elements(x, contents, err);
	pki_buf_free(&whole);
	return st;
}

static pki_status extend(const pki_exts *e, entry *x, const addition *a, pki_error *err)
{
	size_t limit = pki_list_limit(e->ctx);
	pki_status st;

	if (a->elements > limit || x->elements > limit - a->elements)
		return pki_error_set(err, PKI_E_LIMIT, "too many elements in an extension", NULL);
	st = put_value(x, a, err);
	if (st != PKI_SUCCESS)
		return st;
	x->elements += a->elements;
	x->critical = x->critical || a->critical;
	return PKI_SUCCESS;
}

static pki_status put(pki_exts *e, const addition *a, pki_error *err)
{
	entry *x = find(e, a->oid);
	pki_status st = PKI_SUCCESS;

	if (x == NULL && a->elements > pki_list_limit(e->ctx))
		return pki_error_set(err, PKI_E_LIMIT, "too many elements in an extension", NULL);
	if (x == NULL)
		return append(e, a, err);
	if (a->elements == 0 || (x->elements == 0 && a->tagged))
		return pki_error_set_detail(err, PKI_E_ARG, "extension twice", "RFC 5280 4.2",
		    pki_bytes_str(pki_oid_name(a->oid)));
	if (x->elements == 0)
		st = become_list(e, x, err);
	return st == PKI_SUCCESS ? extend(e, x, a, err) : st;
}

bool pki_exts_begin(const pki_exts *e, pki_derw *w)
{
	if (!pki_exts_usable(e))
		return false;
	pki_derw_init(w, e->ctx);
	return true;
}

/* What is written is read again, so that there is one set of rules. */
static pki_status check_written(
    const pki_exts *e, const pki_ext_form *form, pki_bytes der, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_der r;

	if (form->check == NULL)
		return PKI_SUCCESS;
	pki_der_init(&r, e->ctx, der, NULL);
	form->check(&r, e->ctx);
	st = pki_der_finish(&r, &why);
	return st == PKI_SUCCESS ? st : pki_error_of_arg(err, &why);
}

void pki_exts_end(pki_exts *e, const pki_ext_form *form, pki_derw *w)
{
	pki_buf value = PKI_BUF_INIT;
	addition a = { .oid = pki_oid_view(form->oid),
		.elements = form->part != PKI_EXT_WHOLE,
		.part = form->part == PKI_EXT_TAGGED_1,
		.tagged = form->part >= PKI_EXT_TAGGED_0,
		.critical = form->critical };

	if (pki_derw_finish(w, &value, &e->error) == PKI_SUCCESS &&
	    check_written(e, form, pki_buf_bytes(&value), &e->error) == PKI_SUCCESS) {
		a.value = pki_buf_bytes(&value);
		(void)!put(e, &a, &e->error);
	}
	pki_buf_free(&value);
}

void pki_exts_fail(pki_exts *e, pki_status st, const char *reason, const char *clause)
{
	if (pki_exts_usable(e))
		(void)!pki_error_set(&e->error, st, reason, clause);
}

bool pki_exts_given(pki_exts *e, const void *arg)
{
	if (arg == NULL && pki_exts_usable(e))
		(void)!pki_error_null(&e->error);
	return arg != NULL;
}

pki_error *pki_exts_error(pki_exts *e)
{
	return &e->error;
}

const pki_ctx *pki_exts_ctx(const pki_exts *e)
{
	return e->ctx;
}

pki_bytes pki_exts_elements(const pki_exts *e, pki_bytes oid, size_t *count)
{
	entry *x = e == NULL ? NULL : find(e, oid);

	*count = x == NULL || x->tagged ? 0 : x->elements;
	return *count == 0 ? pki_bytes_of(NULL, 0)
			   : pki_bytes_of(x->value.data + ROOM, x->value.len - ROOM);
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

/* Is there such a list already, made by a function of its own? */
static bool has_list(const pki_exts *e, pki_bytes oid)
{
	const entry *x = find(e, oid);

	return x != NULL && x->elements > 0 && !x->tagged;
}

static pki_status add(pki_exts *e, pki_bytes oid, bool critical, pki_bytes value, pki_error *err)
{
	addition a = { .oid = oid, .value = value, .critical = critical };
	pki_error why = PKI_ERROR_INIT;
	next_fn *next = list_reader(oid);
	pki_status st = pki_oid_check(oid, &why);

	if (st == PKI_SUCCESS)
		st = check_tlv(e->ctx, value, &why);
	if (st == PKI_SUCCESS && next != NULL)
		st = read_list(e, next, value, &a.value, &a.elements, &why);
	else if (st == PKI_SUCCESS && has_list(e, oid))
		st = open_list(e->ctx, value, &a.value, &a.elements, &why);
	if (st != PKI_SUCCESS)
		return pki_error_of_arg(err, &why);
	return put(e, &a, err);
}

void pki_exts_add(pki_exts *e, pki_bytes oid, bool critical, pki_bytes value)
{
	if (pki_exts_usable(e))
		(void)!add(e, oid, critical, value, &e->error);
}

void pki_exts_basic_constraints(pki_exts *e, bool ca, int32_t path_len)
{
	static const pki_ext_form form = { .oid = &pki_id_basic_constraints, .critical = true };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_bool(&w, ca, false);
	if (path_len < -1 || (path_len >= 0 && !ca))
		pki_derw_fail(&w, PKI_E_ARG, "pathLenConstraint is negative, or without cA",
		    "RFC 5280 4.2.1.9");
	if (path_len >= 0)
		pki_derw_int64(&w, path_len);
	pki_derw_end(&w);
	pki_exts_end(e, &form, &w);
}

void pki_exts_key_usage(pki_exts *e, uint32_t bits)
{
	static const pki_ext_form form = { .oid = &pki_id_key_usage, .critical = true };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (bits == 0 || bits >= PKI_KU_DECIPHER_ONLY << 1)
		pki_derw_fail(&w, PKI_E_ARG, "no bit of KeyUsage, or one that it has not",
		    "RFC 5280 4.2.1.3");
	pki_derw_flags(&w, bits);
	pki_exts_end(e, &form, &w);
}

void pki_exts_eku(pki_exts *e, pki_bytes purpose)
{
	static const pki_ext_form form = { .oid = &pki_id_ext_key_usage, .part = PKI_EXT_ELEMENT };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	pki_derw_oid(&w, purpose);
	pki_exts_end(e, &form, &w);
}

void pki_exts_key_id(pki_exts *e, pki_bytes id)
{
	static const pki_ext_form form = { .oid = &pki_id_subject_key_identifier };
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (id.len == 0)
		pki_derw_fail(&w, PKI_E_ARG, "KeyIdentifier is empty", "RFC 5280 4.2.1.2");
	pki_derw_put(&w, PKI_TAG_OCTETS, id);
	pki_exts_end(e, &form, &w);
}

void pki_exts_name(pki_exts *e, const pki_ext_form *form, const char *name)
{
	pki_derw w;

	if (!pki_exts_begin(e, &w))
		return;
	if (pki_gn_write_text(&w, e->ctx, name, &e->error) == PKI_SUCCESS)
		pki_exts_end(e, form, &w);
	pki_derw_free(&w);
}

bool pki_exts_uri(pki_exts *e, const char *uri, pki_gn *out)
{
	memset(out, 0, sizeof *out);
	if (!pki_exts_given(e, uri) || !pki_exts_usable(e))
		return false;
	if (pki_uri_check(pki_bytes_str(uri), &e->error) != PKI_SUCCESS)
		return false;
	out->type = PKI_GN_URI;
	out->value = pki_bytes_str(uri);
	return true;
}

void pki_exts_san(pki_exts *e, const char *name)
{
	static const pki_ext_form form = { .oid = &pki_id_subject_alt_name,
		.part = PKI_EXT_ELEMENT };

	pki_exts_name(e, &form, name);
}

void pki_exts_mark(pki_exts *e, pki_bytes oid, bool critical)
{
	entry *x = pki_exts_usable(e) ? find(e, oid) : NULL;

	if (x != NULL)
		x->critical = critical;
	else
		pki_exts_fail(e, PKI_E_ARG, "no such extension in the list", NULL);
}

/* ---- using ---- */

pki_bytes pki_exts_oid(const pki_exts *e, size_t i)
{
	return pki_buf_bytes(&entries_of(e)[i].oid);
}

bool pki_exts_at(const pki_exts *e, size_t i, pki_ext *out)
{
	entry *x = i < pki_exts_count(e) ? &entries_of(e)[i] : NULL;

	if (out == NULL)
		return x != NULL;
	memset(out, 0, sizeof *out);
	if (x == NULL)
		return false;
	out->oid = pki_buf_bytes(&x->oid);
	out->value = value_of(x);
	out->critical = x->critical;
	return true;
}

static pki_status copy_buf(const pki_buf *from, pki_buf *to, pki_status st, pki_error *err)
{
	memset(to, 0, sizeof *to);
	return st == PKI_SUCCESS ? pki_buf_append(to, pki_buf_bytes(from), err) : st;
}

static pki_status copy_entry(const entry *x, pki_exts *to, pki_error *err)
{
	entry copy = *x;
	pki_status st = copy_buf(&x->oid, &copy.oid, PKI_SUCCESS, err);

	memset(&copy.value, 0, sizeof copy.value);
	if (!x->tagged)
		st = copy_buf(&x->value, &copy.value, st, err);
	for (size_t i = 0; i < PARTS; i++)
		st = copy_buf(&x->parts[i], &copy.parts[i], st, err);
	if (x->tagged && st == PKI_SUCCESS)
		st = reserve_tagged(&copy, err);
	copy.stale = x->tagged;
	return keep(to, &copy, st, err);
}

static pki_status copy_entries(const pki_exts *from, pki_exts *to, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < pki_exts_count(from); i++)
		st = copy_entry(&entries_of(from)[i], to, err);
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

/* Does not write in x: a list that is used may be shared. */
static void write_value(pki_derw *w, const entry *x)
{
	if (!x->tagged) {
		pki_derw_raw(w, pki_bytes_of(x->value.data + x->start, x->value.len - x->start));
		return;
	}
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (unsigned i = 0; i < PARTS; i++)
		if (x->parts[i].len > 0)
			pki_derw_put(w, PKI_TAG_EXPLICIT(i), pki_buf_bytes(&x->parts[i]));
	pki_derw_end(w);
}

static void write_entry(pki_derw *w, const entry *x, bool empty_subject)
{
	pki_bytes oid = pki_buf_bytes(&x->oid);
	bool san = pki_oid_equal(oid, PKI_OID(subject_alt_name));

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_bool(w, x->critical || (san && empty_subject), false);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	write_value(w, x);
	pki_derw_end(w);
	pki_derw_end(w);
}

pki_status pki_exts_value(const pki_exts *e, pki_bytes oid, pki_buf *value, pki_error *err)
{
	const entry *x = e == NULL ? NULL : find(e, oid);
	pki_derw w;

	if (x == NULL)
		return pki_error_set(err, PKI_E_NOTFOUND, "no such extension", NULL);
	pki_derw_init(&w, e->ctx);
	write_value(&w, x);
	return pki_derw_finish(&w, value, err);
}

void pki_exts_write(pki_derw *w, const pki_exts *e, bool empty_subject)
{
	if (!pki_exts_usable(e)) {
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
