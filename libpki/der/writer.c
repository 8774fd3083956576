/* SPDX-License-Identifier: BSD-3-Clause */
/* Writing DER: nested TLVs in one growing buffer, lengths put in when each ends. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/arith.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/check.h"
#include "libpki/der/text.h"
#include "libpki/der/time.h"
#include "libpki/der/tlv.h"
#include "libpki/der/writer.h"

#define OPEN_MAX_LEVELS 32
#define FIRST_ROOM      511

/* What pki_derw is made of. All zeros: a writer that nobody has initialized, safe to free. */
typedef struct __attribute__((may_alias)) writer {
	pki_buf out;
	const char *reason, *clause;
	pki_status status;
	uint32_t open, open_max;
	uint32_t reserved;
	size_t contents[OPEN_MAX_LEVELS]; /* where the contents of each open TLV start */
} writer;

static_assert(sizeof(writer) <= sizeof(pki_derw), "pki_derw is too small");

static writer *of(pki_derw *w)
{
	return (writer *)(void *)w;
}

static const writer *of_const(const pki_derw *w)
{
	return (const writer *)(const void *)w;
}

/* NULL takes nothing, and neither does a writer after its first error. */
static bool is_usable(const writer *w)
{
	return w != NULL && w->status == PKI_SUCCESS;
}

static bool fail(writer *w, pki_status st, const char *reason, const char *clause)
{
	if (!is_usable(w))
		return false;
	w->status = st;
	w->reason = reason;
	w->clause = clause;
	return false;
}

static bool check(writer *w, pki_status st)
{
	return st == PKI_SUCCESS || fail(w, st, "no memory", NULL);
}

static bool takes(writer *w, pki_bytes in)
{
	if (in.data == NULL && in.len > 0)
		return fail(w, PKI_E_ARG, "a mandatory argument is NULL", NULL);
	return is_usable(w);
}

void pki_derw_init(pki_derw *pw, const pki_ctx *ctx)
{
	size_t depth = pki_ctx_limits(ctx)->der_depth;

	if (pw == NULL)
		return;
	memset(pw, 0, offsetof(writer, contents));
	of(pw)->open_max = depth < OPEN_MAX_LEVELS ? (uint32_t)depth : OPEN_MAX_LEVELS;
}

void pki_derw_secret(pki_derw *w)
{
	if (w != NULL)
		of(w)->out.flags |= PKI_BUF_SECRET;
}

void pki_derw_fail(pki_derw *w, pki_status st, const char *reason, const char *clause)
{
	fail(of(w), st, reason, clause);
}

/* Room for more; most of what is written fits into the first. */
static bool reserve(writer *w, size_t more)
{
	size_t room = w->out.cap == 0 && more < FIRST_ROOM ? FIRST_ROOM : more;

	return check(w, pki_buf_reserve(&w->out, room, NULL));
}

static void append(writer *w, const void *data, size_t len)
{
	if (!takes(w, (pki_bytes){ data, len }) || len == 0 || !reserve(w, len))
		return;
	memcpy(w->out.data + w->out.len, data, len);
	w->out.len += len;
}

/* Identifier and length octets. */
static void append_header(writer *w, pki_tag tag, size_t length)
{
	if (is_usable(w) && reserve(w, PKI_TLV_HEADER_MAX))
		w->out.len += pki_tlv_write(tag, length, w->out.data + w->out.len);
}

void pki_derw_put(pki_derw *w, pki_tag tag, pki_bytes contents)
{
	append_header(of(w), tag, contents.len);
	append(of(w), contents.data, contents.len);
}

void pki_derw_raw(pki_derw *w, pki_bytes tlvs)
{
	append(of(w), tlvs.data, tlvs.len);
}

/* ---- begin and end ---- */

/* One length octet is kept free; most contents need no more. */
void pki_derw_begin(pki_derw *pw, pki_tag tag)
{
	writer *w = of(pw);

	if (!is_usable(w))
		return;
	if (w->open == w->open_max) {
		fail(w, PKI_E_LIMIT, "nested too deep", NULL);
		return;
	}
	append_header(w, tag, 0);
	w->contents[w->open++] = w->out.len;
}

void pki_derw_begin_bits(pki_derw *w)
{
	static const uint8_t no_unused_bits = 0;

	pki_derw_begin(w, PKI_TAG_BIT_STRING);
	append(of(w), &no_unused_bits, 1);
}

void pki_derw_end(pki_derw *pw)
{
	writer *w = of(pw);
	uint8_t octets[PKI_TLV_HEADER_MAX];
	size_t at, length, n;

	if (!is_usable(w))
		return;
	if (w->open == 0) {
		fail(w, PKI_E_ARG, "ends a TLV that was not begun", NULL);
		return;
	}
	at = w->contents[--w->open];
	length = w->out.len - at;
	n = pki_tlv_write_length(length, octets);
	if (n > 1) {
		if (!reserve(w, n - 1))
			return;
		memmove(w->out.data + at + n - 1, w->out.data + at, length);
		w->out.len += n - 1;
	}
	memcpy(w->out.data + at - 1, octets, n);
}

/* X.690 11.6: by octets, the shorter padded with zeros; of TLVs no one begins another. */
static int compare_elements(const void *a, const void *b)
{
	const pki_bytes *x = a, *y = b;
	size_t common = x->len < y->len ? x->len : y->len;

	return memcmp(x->data, y->data, common);
}

static bool list_elements(writer *w, pki_bytes all, pki_bytes *list, size_t *count)
{
	pki_tlv_fault fault;
	pki_tlv t;

	for (*count = 0; all.len > 0; ++*count) {
		if (!pki_tlv_read(all, &t, &fault))
			return fail(w, PKI_E_ARG, "an element of SET OF is no DER", "X.690 11.6");
		if (list != NULL)
			list[*count] = pki_bytes_of(all.data, t.header + t.length);
		all = pki_bytes_of(all.data + t.header + t.length, all.len - t.header - t.length);
	}
	return true;
}

/* X.690 10.3: by class and number. */
static int compare_tags(const void *a, const void *b)
{
	pki_tlv_fault fault;
	pki_tlv x = { 0 }, y = { 0 };

	(void)pki_tlv_read(*(const pki_bytes *)a, &x, &fault);
	(void)pki_tlv_read(*(const pki_bytes *)b, &y, &fault);
	x.tag &= ~PKI_TAG_CONSTRUCTED;
	y.tag &= ~PKI_TAG_CONSTRUCTED;
	return (x.tag > y.tag) - (x.tag < y.tag);
}

static bool sort_elements(
    writer *w, pki_bytes all, int (*compare)(const void *, const void *), bool distinct)
{
	pki_buf sorted = { 0, 0, 0, w->out.flags, 0 };
	pki_bytes *list;
	size_t count;
	bool ok;

	if (!list_elements(w, all, NULL, &count))
		return false;
	if (count < 2)
		return true;
	list = pki_alloc_zero(count, sizeof *list);
	if (list == NULL || pki_buf_reserve(&sorted, all.len, NULL) != PKI_SUCCESS) {
		pki_free(list);
		return fail(w, PKI_E_NOMEM, "no memory", NULL);
	}
	ok = list_elements(w, all, list, &count);
	qsort(list, count, sizeof *list, compare);
	for (size_t i = 1; i < count && ok && distinct; i++)
		if (compare(&list[i - 1], &list[i]) == 0)
			ok = fail(w, PKI_E_ARG, "SET OF has an element twice", "X.690 11.6");
	for (size_t i = 0; i < count && ok; i++)
		ok = check(w, pki_buf_append(&sorted, list[i], NULL));
	if (ok && all.len > 0)
		memcpy(w->out.data + w->out.len - all.len, sorted.data, all.len);
	pki_buf_free(&sorted);
	pki_free(list);
	return ok;
}

static void end_sorted(pki_derw *pw, int (*compare)(const void *, const void *), bool distinct)
{
	writer *w = of(pw);

	if (is_usable(w) && w->open > 0) {
		size_t at = w->contents[w->open - 1];

		sort_elements(
		    w, pki_bytes_of(w->out.data + at, w->out.len - at), compare, distinct);
	}
	pki_derw_end(pw);
}

void pki_derw_end_set_of(pki_derw *w)
{
	end_sorted(w, compare_elements, true);
}

void pki_derw_end_multiset(pki_derw *w)
{
	end_sorted(w, compare_elements, false);
}

void pki_derw_end_set(pki_derw *w)
{
	end_sorted(w, compare_tags, false);
}

/* ---- the types ---- */

void pki_derw_null(pki_derw *w)
{
	pki_derw_put(w, PKI_TAG_NULL, pki_bytes_of(NULL, 0));
}

void pki_derw_boolean(pki_derw *w, bool v)
{
	const uint8_t octet = v ? 0xff : 0x00;

	pki_derw_put(w, PKI_TAG_BOOLEAN, pki_bytes_of(&octet, 1));
}

void pki_derw_bool(pki_derw *w, bool v, bool omit_if)
{
	if (v != omit_if)
		pki_derw_boolean(w, v);
}

/* X.690 8.3.2: the first nine bits are not all alike. */
void pki_derw_int64_as(pki_derw *w, pki_tag tag, int64_t v)
{
	uint8_t octets[sizeof v];
	uint64_t u;
	size_t skip = 0;

	memcpy(&u, &v, sizeof u);
	for (size_t i = sizeof octets; i > 0; i--, u >>= 8)
		octets[i - 1] = (uint8_t)u;
	while (skip < sizeof octets - 1 &&
	    ((octets[skip] == 0x00 && octets[skip + 1] < 0x80) ||
		(octets[skip] == 0xff && octets[skip + 1] >= 0x80)))
		skip++;
	pki_derw_put(w, tag, pki_bytes_of(octets + skip, sizeof octets - skip));
}

void pki_derw_int64(pki_derw *w, int64_t v)
{
	pki_derw_int64_as(w, PKI_TAG_INTEGER, v);
}

void pki_derw_enum(pki_derw *w, int64_t v)
{
	pki_derw_int64_as(w, PKI_TAG_ENUMERATED, v);
}

void pki_derw_uint(pki_derw *w, pki_bytes m)
{
	static const uint8_t zero = 0;
	bool sign_octet;

	if (!takes(of(w), m))
		return;
	while (m.len > 0 && m.data[0] == 0)
		m = pki_bytes_of(m.data + 1, m.len - 1);
	sign_octet = m.len == 0 || m.data[0] >= 0x80;
	append_header(of(w), PKI_TAG_INTEGER, m.len + sign_octet);
	append(of(w), &zero, sign_octet);
	append(of(w), m.data, m.len);
}

void pki_derw_oid(pki_derw *w, pki_bytes oid)
{
	pki_tlv_fault fault;

	if (!takes(of(w), oid))
		return;
	if (!pki_check_oid(oid, PKI_OID_OCTETS, &fault)) {
		fail(of(w), PKI_E_ARG, fault.reason, fault.clause);
		return;
	}
	pki_derw_put(w, PKI_TAG_OID, oid);
}

static void put_bits(pki_derw *w, pki_tag tag, pki_bytes bits, unsigned unused)
{
	uint8_t first = (uint8_t)unused;

	if (!takes(of(w), bits))
		return;
	if (unused > 7 || (unused > 0 && bits.len == 0) ||
	    (bits.len > 0 && (bits.data[bits.len - 1] & ((1u << unused) - 1)) != 0)) {
		fail(of(w), PKI_E_ARG, "unused bits are not zero", "X.690 11.2.1");
		return;
	}
	append_header(of(w), tag, bits.len + 1);
	append(of(w), &first, 1);
	append(of(w), bits.data, bits.len);
}

void pki_derw_bits(pki_derw *w, pki_bytes bits, unsigned unused)
{
	put_bits(w, PKI_TAG_BIT_STRING, bits, unused);
}

void pki_derw_flags_as(pki_derw *w, pki_tag tag, uint32_t flags)
{
	uint8_t octets[4] = { 0 };
	size_t used = 0;

	for (size_t i = 0; i < 32; i++)
		if ((flags >> i & 1) != 0) {
			octets[i / 8] |= (uint8_t)(0x80 >> i % 8);
			used = i + 1;
		}
	put_bits(w, tag, pki_bytes_of(octets, (used + 7) / 8), (unsigned)(8 - used % 8) % 8);
}

void pki_derw_flags(pki_derw *w, uint32_t flags)
{
	pki_derw_flags_as(w, PKI_TAG_BIT_STRING, flags);
}

void pki_derw_time(pki_derw *w, pki_time t)
{
	uint8_t text[PKI_TIME_TEXT_MAX];
	size_t len = 0;
	pki_tag tag = pki_time_encode(t, text, &len);

	if (tag == 0) {
		fail(of(w), PKI_E_ARG, "time is out of range", "RFC 5280 4.1.2.5");
		return;
	}
	pki_derw_put(w, tag, pki_bytes_of(text, len));
}

static void put_encoded(pki_derw *w, pki_tag tag, pki_bytes utf8)
{
	pki_buf contents = { .flags = of(w)->out.flags };
	pki_error why = PKI_ERROR_INIT;

	if (pki_text_encode(tag, utf8, &contents, &why) != PKI_SUCCESS)
		fail(of(w), pki_error_status(&why), pki_error_reason(&why), pki_error_clause(&why));
	else
		pki_derw_put(w, tag, pki_buf_bytes(&contents));
	pki_buf_free(&contents);
}

void pki_derw_utf8(pki_derw *w, pki_tag tag, pki_bytes utf8)
{
	if (!is_usable(of(w)))
		return;
	if (pki_text_is_utf8(tag, utf8))
		pki_derw_put(w, tag, utf8);
	else
		put_encoded(w, tag, utf8);
}

void pki_derw_text(pki_derw *w, pki_tag tag, const char *utf8)
{
	if (utf8 == NULL)
		fail(of(w), PKI_E_ARG, "text is NULL", NULL);
	pki_derw_utf8(w, tag, pki_bytes_str(utf8));
}

pki_bytes pki_derw_written(const pki_derw *w)
{
	return pki_buf_bytes(&of_const(w)->out);
}

pki_status pki_derw_status(const pki_derw *pw, pki_error *err)
{
	const writer *w = of_const(pw);

	return pki_error_set(err, w->status, w->reason, w->clause);
}

void pki_derw_free(pki_derw *w)
{
	if (w != NULL)
		pki_buf_free(&of(w)->out);
}

/* The memory itself, if out has none and treats it alike. */
static pki_status give(writer *w, pki_buf *out, pki_error *err)
{
	if (out->data != NULL || out->flags != w->out.flags)
		return pki_buf_append(out, pki_buf_bytes(&w->out), err);
	*out = w->out;
	w->out = (pki_buf)PKI_BUF_INIT;
	return PKI_SUCCESS;
}

pki_status pki_derw_finish(pki_derw *pw, pki_buf *out, pki_error *err)
{
	writer *w = of(pw);
	pki_status st;

	if (w == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (w->open != 0)
		fail(w, PKI_E_ARG, "a TLV was begun and not ended", NULL);
	st = pki_derw_status(pw, err);
	if (st == PKI_SUCCESS)
		st = out == NULL ? pki_error_null(err) : give(w, out, err);
	pki_derw_free(pw);
	return PKI_LEAVE(err, st);
}
