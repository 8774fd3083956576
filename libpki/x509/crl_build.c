/* SPDX-License-Identifier: BSD-3-Clause */
/* What goes into a CRL that is made: RFC 5280 5.1.2.6, 5.2.4 and 5.3. */
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/error.h"
#include "libpki/der/time.h"
#include "libpki/der/tlv.h"
#include "libpki/types/ext.h"
#include "libpki/types/name_match.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/crl_build.h"

/* An entry of a builder: its octets lie in `octets`, the extensions behind the head. */
typedef struct record {
	pki_name *issuer; /* NULL: the CRL's */
	size_t at, head_len, exts_len;
	size_t serial_len; /* behind two octets of header */
	bool released;
	uint8_t reserved[7];
} record;

struct pki_crl_builder {
	pki_ctx *ctx;
	pki_error error;
	record *records;
	size_t count, room;
	pki_buf octets;
};

pki_status pki_crl_builder_new(const pki_ctx *ctx, pki_crl_builder **out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	*out = pki_alloc_zero(1, sizeof **out);
	if (*out == NULL)
		return PKI_LEAVE(err, pki_error_nomem(err));
	(*out)->ctx = pki_ctx_ref(ctx);
	return PKI_SUCCESS;
}

void pki_crl_builder_free(pki_crl_builder *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->count; i++)
		pki_name_free(b->records[i].issuer);
	pki_free(b->records);
	pki_buf_free(&b->octets);
	pki_ctx_free(b->ctx);
	pki_free(b);
}

pki_status pki_crl_builder_status(const pki_crl_builder *b, pki_error *err)
{
	pki_status st;

	if (b == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_error_status(&b->error);
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &b->error);
	return PKI_LEAVE(err, st);
}

const pki_ctx *pki_crl_builder_ctx(const pki_crl_builder *b)
{
	return b->ctx;
}

/* ---- adding ---- */

/* Room for one more in a list; false: no memory. */
static bool make_room(void **list, size_t count, size_t *room, size_t element)
{
	size_t more, size;
	void *grown;

	if (count < *room)
		return true;
	if (!pki_size_mul(*room, 2, &more))
		return false;
	more = more > 0 ? more : 16;
	if (!pki_size_mul(more, element, &size) || (grown = pki_realloc(*list, size)) == NULL)
		return false;
	*list = grown;
	*room = more;
	return true;
}

static void write_extension(pki_derw *w, pki_bytes oid, bool critical)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_bool(w, critical, false);
	pki_derw_begin(w, PKI_TAG_OCTETS);
}

static void end_extension(pki_derw *w)
{
	pki_derw_end(w);
	pki_derw_end(w);
}

/* RFC 5280 5.3.1: unspecified is said by saying nothing. */
static void write_reason(pki_derw *w, pki_crl_reason reason)
{
	if (reason == PKI_REASON_NONE || reason == PKI_REASON_UNSPECIFIED)
		return;
	if (reason < 0 || reason > PKI_REASON_AA_COMPROMISE || reason == 7 ||
	    reason == PKI_REASON_REMOVE)
		pki_derw_fail(w, PKI_E_ARG, "no reason to revoke", "RFC 5280 5.3.1");
	write_extension(w, PKI_OID(crl_reasons), false);
	pki_derw_enum(w, reason);
	end_extension(w);
}

/* InvalidityDate ::= GeneralizedTime, of any year */
static void write_invalidity_date(pki_derw *w, pki_time t)
{
	uint8_t text[PKI_TIME_TEXT_MAX] = { 0 };

	if (t == PKI_TIME_NONE)
		return;
	if (!pki_time_encode_generalized(t, text))
		pki_derw_fail(w, PKI_E_ARG, "a time outside the years 0 to 9999", NULL);
	write_extension(w, PKI_OID(invalidity_date), false);
	pki_derw_put(w, PKI_TAG_GENERALIZED, pki_bytes_of(text, sizeof text));
	end_extension(w);
}

/* The extensions of the caller's list, side by side. */
static void write_list(pki_derw *w, const pki_ctx *ctx, const pki_exts *list)
{
	pki_buf whole = PKI_BUF_INIT;
	pki_bytes contents;
	pki_derw alone;
	pki_status st;
	pki_der r;

	pki_derw_init(&alone, ctx);
	pki_exts_write(&alone, list, false);
	st = pki_derw_finish(&alone, &whole, NULL);
	pki_der_init(&r, ctx, pki_buf_bytes(&whole), NULL);
	if (st == PKI_SUCCESS && pki_der_next(&r, PKI_TAG_SEQUENCE, NULL, &contents))
		pki_derw_raw(w, contents);
	else
		pki_derw_fail(w, st, "no memory", NULL);
	pki_buf_free(&whole);
}

static void write_exts(pki_derw *w, const pki_ctx *ctx, const pki_exts *list)
{
	if (pki_exts_has(list, PKI_OID(crl_reasons)) ||
	    pki_exts_has(list, PKI_OID(invalidity_date)) ||
	    pki_exts_has(list, PKI_OID(certificate_issuer)))
		pki_derw_fail(w, PKI_E_ARG,
		    "reasonCode, invalidityDate or certificateIssuer among exts", "RFC 5280 5.3");
	if (pki_exts_status(list, NULL) != PKI_SUCCESS)
		pki_derw_fail(
		    w, pki_exts_status(list, NULL), "the list of extensions has failed", NULL);
	else if (pki_exts_count(list) > 0)
		write_list(w, ctx, list);
}

/* What the caller says is to be a serial number: RFC 5280 4.1.2.2. */
static pki_status check_serial(pki_bytes serial, pki_error *err)
{
	const char *reason = NULL;

	if (serial.len == 0 || serial.len > PKI_CRL_SERIAL_OCTETS)
		reason = "a serial number has 1 to 20 octets";
	else if ((serial.data[0] & 0x80) != 0)
		reason = "the serial number is negative: INTEGER contents octets, no magnitude";
	else if (serial.len == 1 && serial.data[0] == 0)
		reason = "the serial number is zero";
	return reason == NULL ? PKI_SUCCESS
			      : pki_error_set(err, PKI_E_ARG, reason, "RFC 5280 4.1.2.2");
}

static pki_status check_reserved(const pki_revocation *r, pki_error *err)
{
	uint64_t any = r->reserved0;

	for (size_t i = 0; i < sizeof r->reserved / sizeof r->reserved[0]; i++)
		any |= r->reserved[i];
	if (any == 0)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_UNSUPPORTED, "a member is newer than this library", NULL);
}

/* userCertificate, revocationDate */
static pki_status put_head(pki_crl_builder *b, pki_bytes serial, pki_time when, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, b->ctx);
	if (serial.len == 0 || serial.len > PKI_CRL_SERIAL_MAX)
		pki_derw_fail(&w, PKI_E_ARG, "a serial number has 1 to 64 octets", NULL);
	pki_derw_put(&w, PKI_TAG_INTEGER, serial);
	pki_derw_time(&w, when);
	return pki_derw_finish(&w, &b->octets, err);
}

static pki_status put_exts(pki_crl_builder *b, const pki_revocation *entry, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, b->ctx);
	write_reason(&w, entry->reason);
	if (entry->invalid_since != NULL)
		write_invalidity_date(&w, *entry->invalid_since);
	if (entry->exts != NULL)
		write_exts(&w, b->ctx, entry->exts);
	return pki_derw_finish(&w, &b->octets, err);
}

static pki_status add(pki_crl_builder *b, const pki_name *issuer, const pki_revocation *entry,
    bool released, pki_error *err)
{
	pki_bytes serial = pki_crl_minimal(entry->serial);
	record r = { .at = b->octets.len, .serial_len = serial.len, .released = released };
	pki_status st;

	if (!make_room((void **)(void *)&b->records, b->count, &b->room, sizeof r))
		return pki_error_nomem(err);
	st = put_head(b, serial, entry->when, err);
	r.head_len = b->octets.len - r.at;
	if (st == PKI_SUCCESS)
		st = put_exts(b, entry, err);
	if (st != PKI_SUCCESS)
		return st;
	r.exts_len = b->octets.len - r.at - r.head_len;
	r.issuer = pki_name_ref(issuer);
	b->records[b->count++] = r;
	return st;
}

static bool is_usable(const pki_crl_builder *b)
{
	return b != NULL && pki_error_status(&b->error) == PKI_SUCCESS;
}

static pki_status add_said(
    pki_crl_builder *b, const pki_name *issuer, const pki_revocation *entry, pki_error *err)
{
	pki_status st = check_serial(pki_crl_minimal(entry->serial), err);

	if (st == PKI_SUCCESS)
		st = check_reserved(entry, err);
	return st == PKI_SUCCESS ? add(b, issuer, entry, false, err) : st;
}

void pki_crl_builder_add(
    pki_crl_builder *b, const pki_name *certificate_issuer, const pki_revocation *entry)
{
	if (is_usable(b) && entry != NULL)
		(void)!add_said(b, certificate_issuer, entry, &b->error);
	else if (is_usable(b))
		(void)!pki_error_null(&b->error);
}

void pki_crl_builder_revoke(
    pki_crl_builder *b, pki_bytes serial, pki_time when, pki_crl_reason reason)
{
	pki_revocation entry = { .serial = serial, .when = when, .reason = reason };

	if (is_usable(b))
		(void)!add_said(b, NULL, &entry, &b->error);
}

void pki_crl_builder_revoke_cert(
    pki_crl_builder *b, const pki_cert *c, pki_time when, pki_crl_reason reason)
{
	pki_revocation entry = { .serial = pki_cert_serial(c), .when = when, .reason = reason };

	if (is_usable(b) && c != NULL)
		(void)!add(b, pki_cert_issuer(c), &entry, false, &b->error);
	else if (is_usable(b))
		(void)!pki_error_null(&b->error);
}

void pki_crl_builder_release(
    pki_crl_builder *b, const pki_name *certificate_issuer, pki_bytes serial)
{
	pki_revocation entry = { .serial = serial, .when = 0 };

	if (is_usable(b))
		(void)!add(b, certificate_issuer, &entry, true, &b->error);
}

/* ---- items ---- */

void pki_crl_items_free(pki_crl_items *l)
{
	for (size_t i = 0; i < l->name_count; i++)
		pki_name_free(l->names[i]);
	pki_free(l->names);
	pki_free(l->list);
}

static pki_status push(pki_crl_items *l, const pki_crl_item *item, pki_error *err)
{
	if (!make_room((void **)(void *)&l->list, l->count, &l->room, sizeof *item))
		return pki_error_nomem(err);
	l->list[l->count] = *item;
	l->list[l->count].order = l->count;
	l->count++;
	return PKI_SUCCESS;
}

/* Takes the name over. *out: NULL where it is the CRL issuer's. */
static pki_status keep_name(pki_crl_items *l, pki_name *name, const pki_name **out, pki_error *err)
{
	*out = NULL;
	if (name == NULL || pki_name_equal(name, l->crl_issuer)) {
		pki_name_free(name);
		return PKI_SUCCESS;
	}
	if (!make_room((void **)(void *)&l->names, l->name_count, &l->name_room, sizeof name)) {
		pki_name_free(name);
		return pki_error_nomem(err);
	}
	l->names[l->name_count++] = name;
	*out = name;
	return PKI_SUCCESS;
}

/* The first directoryName of a certificateIssuer, which has one. */
static pki_status first_name(
    pki_crl_items *l, pki_bytes names, const pki_name **out, pki_error *err)
{
	pki_name *name = NULL;
	pki_ext_iter it;
	pki_status st;
	pki_gn gn;

	pki_ext_list_in(&it, l->ctx, names);
	while (pki_ext_name_next(&it, &gn) && gn.type != PKI_GN_DIRNAME)
		;
	if (gn.value.len == 0 && (st = pki_ext_list_finish(&it, err)) != PKI_SUCCESS)
		return st;
	st = pki_name_parse(l->ctx, gn.value, &name, err);
	return st == PKI_SUCCESS ? keep_name(l, name, out, err) : st;
}

/* The parts of an entry that was read. */
static void split(pki_bytes tlv, const pki_crl_entry *e, pki_crl_item *out)
{
	pki_tlv_fault fault;
	pki_tlv outer, serial, time;
	pki_bytes in;

	if (!pki_tlv_read(tlv, &outer, &fault))
		return;
	in = pki_bytes_of(tlv.data + outer.header, outer.length);
	if (!pki_tlv_read(in, &serial, &fault))
		return;
	out->head = pki_bytes_of(in.data, serial.header + serial.length);
	in = pki_bytes_of(in.data + out->head.len, in.len - out->head.len);
	if (pki_tlv_read(in, &time, &fault))
		out->head.len += time.header + time.length;
	out->serial = e->serial;
	out->exts = e->exts;
}

pki_status pki_crl_items_of_crl(pki_crl_items *l, const pki_crl *c, pki_error *err)
{
	pki_crl_item item = { .issuer = NULL };
	pki_status st = PKI_SUCCESS;
	pki_crl_walk w = { 0 };
	size_t at = 0;
	pki_crl_entry e;

	if (c == NULL)
		return PKI_SUCCESS;
	while (st == PKI_SUCCESS && pki_crl_walk_next(c, &w, &e)) {
		split(pki_bytes_of(c->entries.data + at, w.at - at), &e, &item);
		if (e.issuer.len > 0)
			st = first_name(l, e.issuer, &item.issuer, err);
		item.names = item.issuer != NULL ? w.issuer : pki_bytes_of(NULL, 0);
		if (st == PKI_SUCCESS)
			st = push(l, &item, err);
		at = w.at;
	}
	return st == PKI_SUCCESS ? pki_crl_walk_end(c, &w, err) : st;
}

pki_status pki_crl_items_of_builder(pki_crl_items *l, const pki_crl_builder *b, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	for (size_t i = 0; st == PKI_SUCCESS && i < b->count; i++) {
		const record *r = &b->records[i];
		const uint8_t *octets = b->octets.data + r->at;
		pki_crl_item item = { .head = pki_bytes_of(octets, r->head_len),
			.serial = pki_bytes_of(octets + 2, r->serial_len),
			.exts = pki_bytes_of(octets + r->head_len, r->exts_len),
			.released = r->released };

		st = keep_name(l, pki_name_ref(r->issuer), &item.issuer, err);
		if (st == PKI_SUCCESS)
			st = push(l, &item, err);
	}
	return st;
}

/* ---- order ---- */

static int compare_certificates(const pki_crl_item *a, const pki_crl_item *b)
{
	int order = 0;

	if (a->issuer == NULL || b->issuer == NULL)
		order = (a->issuer != NULL) - (b->issuer != NULL);
	else if (a->issuer != b->issuer)
		order = pki_name_compare(a->issuer, b->issuer);
	if (order == 0 && a->serial.len != b->serial.len)
		order = a->serial.len < b->serial.len ? -1 : 1;
	return order != 0 ? order : pki_bytes_compare(a->serial, b->serial);
}

static int compare_items(const void *x, const void *y)
{
	const pki_crl_item *a = x, *b = y;
	int order = compare_certificates(a, b);

	return order != 0 ? order : a->order < b->order ? -1 : 1;
}

/* Of entries of one certificate the last one stays, unless it says that there is none. */
void pki_crl_items_sort(pki_crl_items *l)
{
	size_t to = 0;

	if (l->count > 1)
		qsort(l->list, l->count, sizeof *l->list, compare_items);
	for (size_t i = 0; i < l->count; i++) {
		bool last = i + 1 == l->count ||
		    compare_certificates(&l->list[i], &l->list[i + 1]) != 0;

		if (last && !l->list[i].released)
			l->list[to++] = l->list[i];
	}
	l->count = to;
}

static bool same_entry(const pki_crl_item *a, const pki_crl_item *b)
{
	return pki_bytes_equal(a->head, b->head) && pki_bytes_equal(a->exts, b->exts);
}

/* RFC 5280 5.2.4 */
pki_status pki_crl_items_diff(
    const pki_crl_items *now, const pki_crl_items *base, pki_crl_items *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	size_t i = 0, j = 0;

	while (st == PKI_SUCCESS && (i < now->count || j < base->count)) {
		int order = i == now->count ? 1
		    : j == base->count      ? -1
					    : compare_certificates(&now->list[i], &base->list[j]);
		pki_crl_item item = order > 0 ? base->list[j] : now->list[i];

		item.released = order > 0;
		if (order != 0 || !same_entry(&now->list[i], &base->list[j]))
			st = push(out, &item, err);
		i += order <= 0;
		j += order >= 0;
	}
	return st;
}

bool pki_crl_items_indirect(const pki_crl_items *l)
{
	return l->count > 0 && l->list[l->count - 1].issuer != NULL;
}

/* ---- writing ---- */

/* Entries of one certificateIssuer have the same view of it, however long it is. */
static bool same_names(pki_bytes a, pki_bytes b)
{
	return a.len == b.len && (a.data == b.data || pki_bytes_equal(a, b));
}

static bool same_issuer(const pki_crl_item *a, const pki_crl_item *b)
{
	if (a->issuer == b->issuer || a->issuer == NULL || b->issuer == NULL)
		return a->issuer == b->issuer && same_names(a->names, b->names);
	return same_names(a->names, b->names) &&
	    (a->names.len > 0 || pki_bytes_equal(pki_name_der(a->issuer), pki_name_der(b->issuer)));
}

/* CertificateIssuer ::= GeneralNames; critical, by RFC 5280 5.3.3 */
static void write_issuer(pki_derw *w, const pki_crl_item *item)
{
	write_extension(w, PKI_OID(certificate_issuer), true);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	if (item->names.len > 0) {
		pki_derw_raw(w, item->names);
	} else {
		pki_derw_begin(w, PKI_TAG_EXPLICIT(4));
		pki_derw_raw(w, pki_name_der(item->issuer));
		pki_derw_end(w);
	}
	pki_derw_end(w);
	end_extension(w);
}

/* The next of an item's own extensions; certificateIssuer depends on the entry before. What its
 * CRL was forgiven is made good by writing it anew. */
static bool next_own(pki_der *r, pki_ext *e)
{
	bool encoded = false;

	while (pki_der_more(r) && pki_ext_read_lenient(r, NULL, &encoded, e))
		if (!pki_oid_equal(e->oid, PKI_OID(certificate_issuer)))
			return true;
	return false;
}

static void write_own(pki_derw *w, const pki_crl_item *item)
{
	pki_status st;
	pki_der r;
	pki_ext e;

	if (item->released) {
		write_extension(w, PKI_OID(crl_reasons), false);
		pki_derw_enum(w, PKI_REASON_REMOVE);
		end_extension(w);
		return;
	}
	pki_der_init(&r, NULL, item->exts, NULL);
	while (next_own(&r, &e))
		pki_ext_write(w, &e);
	st = pki_der_finish(&r, NULL);
	if (st != PKI_SUCCESS)
		pki_derw_fail(w, st, "an entry's extensions cannot be read", "RFC 5280 5.3");
}

/* What cannot be read is there, too, and is left to write_own. */
static bool has_own(const pki_crl_item *item)
{
	pki_der r;
	pki_ext e;

	pki_der_init(&r, NULL, item->exts, NULL);
	return item->released || next_own(&r, &e) || pki_der_finish(&r, NULL) != PKI_SUCCESS;
}

static void write_item(pki_derw *w, const pki_crl_item *item, bool issuer)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_raw(w, item->head);
	if (issuer || has_own(item)) {
		pki_derw_begin(w, PKI_TAG_SEQUENCE);
		write_own(w, item);
		if (issuer)
			write_issuer(w, item);
		pki_derw_end(w);
	}
	pki_derw_end(w);
}

void pki_crl_items_write(pki_derw *w, const pki_crl_items *l)
{
	static const pki_crl_item own;
	const pki_crl_item *before = &own;

	if (l->count == 0)
		return;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < l->count; i++) {
		write_item(w, &l->list[i], !same_issuer(before, &l->list[i]));
		before = &l->list[i];
	}
	pki_derw_end(w);
}
