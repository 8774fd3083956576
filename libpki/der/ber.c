/* SPDX-License-Identifier: BSD-3-Clause */
/* The door for BER: one walk measures what the DER will be, a second one writes it. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/ber.h"
#include "libpki/der/tlv.h"

/* ber_depth beyond this is cut to it: the walk's own stack is an array. */
#define WALK_DEPTH_MAX 256
#define FEW_LENGTHS    32
/* In the list of lengths: it is DER as it stands. */
#define EXACT SIZE_MAX

/* A constructed encoding whose contents the walk is in. */
typedef struct frame {
	size_t end; /* of the contents; of what is around them, if they are indefinite */
	bool indefinite;
	pki_tag segment; /* of a string type: the tag of its segments; else 0 */
	/* while measuring */
	bool exact;
	pki_tag tag;
	size_t length; /* of the contents in DER, so far */
	size_t entry;  /* its place in the list of lengths */
} frame;

typedef enum event {
	FAILED,
	DONE,
	OPENED,    /* constructed: frame `level` is new */
	CLOSED,    /* the frame above `level` */
	PRIMITIVE, /* in a string type: a segment */
} event;

typedef struct walk {
	pki_bytes in;
	size_t at;
	pki_tlv tlv; /* the one that was opened, or is primitive */
	size_t tlv_at;
	size_t level, depth;
	bool started, padded; /* padded: a BIT STRING segment with unused bits was there */
	pki_tlv_fault fault;
	frame frames[WALK_DEPTH_MAX + 1]; /* [0] is the input */

	/* DER lengths of constructed encodings, in the order in which they are opened */
	size_t *lengths;
	size_t count, room;
	size_t few[FEW_LENGTHS];
	uint8_t *to; /* where the DER goes */
	uint8_t *unused_bits;
} walk;

static void walk_start(walk *w)
{
	w->at = w->level = 0;
	w->started = w->padded = false;
	w->frames[0] = (frame){ .end = w->in.len };
}

static bool refuse(walk *w, pki_status st, const char *reason, const char *clause)
{
	w->fault = (pki_tlv_fault){ st, reason, clause };
	return false;
}

/* ---- the walk ---- */

/* Types that BER has in one form only. */
static const char *const primitive_only[] = {
	[1] = "X.690 8.2.1",
	[2] = "X.690 8.3.1",
	[5] = "X.690 8.8.1",
	[6] = "X.690 8.19.1",
	[9] = "X.690 8.5.1",
	[10] = "X.690 8.4",
	[13] = "X.690 8.20.1",
};
static const char *const constructed_only[] = {
	[8] = "X.690 8.18.1",
	[11] = "X.690 8.17.1",
	[16] = "X.690 8.9.1",
	[17] = "X.690 8.11.1",
	[29] = "X.690 8.24.1",
};
/* Types that have both, whose segments are OCTET STRINGs: X.690 8.7.3, 8.23.6, 8.25, 8.26. */
static const uint32_t strings = 1u << 4 | 1u << 7 | 1u << 12 | 0x3ffu << 18 | 1u << 28 | 1u << 30;

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static bool is_universal(pki_tag tag)
{
	return (tag & PKI_TAG_PRIVATE) == 0;
}

/* The tag of the segments that a constructed encoding of this tag has; 0: it is no string. */
static pki_tag segment_of(pki_tag tag)
{
	pki_tag number = tag & PKI_TAG_NUMBER;

	if (!is_universal(tag) || number > 31)
		return 0;
	if (number == PKI_TAG_BIT_STRING)
		return PKI_TAG_BIT_STRING;
	return (strings >> number & 1) != 0 ? PKI_TAG_OCTETS : 0;
}

static bool check_form(walk *w, pki_tag tag)
{
	bool constructed = (tag & PKI_TAG_CONSTRUCTED) != 0;
	pki_tag n = tag & PKI_TAG_NUMBER;

	if (!is_universal(tag))
		return true;
	if (constructed && n < COUNT(primitive_only) && primitive_only[n] != NULL)
		return refuse(w, PKI_E_ENCODING, "constructed encoding of a primitive type",
		    primitive_only[n]);
	if (!constructed && n < COUNT(constructed_only) && constructed_only[n] != NULL)
		return refuse(w, PKI_E_ENCODING, "primitive encoding of a constructed type",
		    constructed_only[n]);
	return true;
}

/* X.690 8.6.4, 8.7.3: a segment is of its string's type, primitive or constructed again. */
static bool check_segment(walk *w, const frame *f)
{
	bool bits = f->segment == PKI_TAG_BIT_STRING;

	if ((w->tlv.tag & ~PKI_TAG_CONSTRUCTED) != f->segment)
		return refuse(w, PKI_E_ENCODING,
		    bits ? "segment is no BIT STRING" : "segment is no OCTET STRING",
		    bits ? "X.690 8.6.4.1" : "X.690 8.7.3.2");
	return true;
}

/* X.690 8.6.2.2, 8.6.3: contents, and eight bits an octet in each segment but the last. */
static bool check_bits(walk *w)
{
	const uint8_t *contents = w->in.data + w->tlv_at + w->tlv.header;

	if (w->padded)
		return refuse(w, PKI_E_ENCODING, "unused bits in a segment that is not the last",
		    "X.690 8.6.4");
	if (w->tlv.length == 0)
		return refuse(w, PKI_E_ENCODING, "BIT STRING is empty", "X.690 8.6.2.2");
	if (contents[0] > 7 || (contents[0] > 0 && w->tlv.length == 1))
		return refuse(
		    w, PKI_E_ENCODING, "BIT STRING has that many unused bits", "X.690 8.6.2.2");
	w->padded = contents[0] != 0;
	return true;
}

static bool check_tlv(walk *w, const frame *in)
{
	bool constructed = (w->tlv.tag & PKI_TAG_CONSTRUCTED) != 0;

	if (!constructed && w->tlv.length == PKI_TLV_INDEFINITE)
		return refuse(
		    w, PKI_E_ENCODING, "primitive encoding of indefinite length", "X.690 8.1.3.2");
	if (in->segment == 0)
		return check_form(w, w->tlv.tag);
	return check_segment(w, in) &&
	    (constructed || in->segment != PKI_TAG_BIT_STRING || check_bits(w));
}

/* Into the contents of w->tlv. */
static bool enter(walk *w)
{
	const frame *in = &w->frames[w->level];
	frame f = { .tag = w->tlv.tag, .segment = segment_of(w->tlv.tag) };

	if (w->level == w->depth)
		return refuse(w, PKI_E_LIMIT, "nested too deep", NULL);
	f.indefinite = w->tlv.length == PKI_TLV_INDEFINITE;
	f.end = f.indefinite ? in->end : w->at + w->tlv.length;
	if (in->segment == 0)
		w->padded = false;
	w->frames[++w->level] = f;
	return true;
}

static bool is_end_of_contents(const walk *w, size_t end)
{
	return end - w->at >= 2 && w->in.data[w->at] == 0 && w->in.data[w->at + 1] == 0;
}

static event next_tlv(walk *w, const frame *in)
{
	pki_bytes left = pki_bytes_of(w->in.data + w->at, in->end - w->at);

	w->tlv_at = w->at;
	if (is_end_of_contents(w, in->end)) {
		refuse(
		    w, PKI_E_ENCODING, "end-of-contents octets where nothing ends", "X.690 8.1.5");
		return FAILED;
	}
	if (!pki_tlv_read_ber(left, &w->tlv, &w->fault) || !check_tlv(w, in))
		return FAILED;
	w->at += w->tlv.header;
	if ((w->tlv.tag & PKI_TAG_CONSTRUCTED) != 0)
		return enter(w) ? OPENED : FAILED;
	w->at += w->tlv.length;
	return PRIMITIVE;
}

/* What comes next; after FAILED there is w->fault, of the octet at w->tlv_at. */
static event next(walk *w)
{
	const frame *in = &w->frames[w->level];

	if (w->level == 0 && w->started)
		return DONE;
	w->started = true;
	if (in->indefinite && is_end_of_contents(w, in->end)) {
		w->at += 2;
		w->level--;
		return CLOSED;
	}
	if (w->at != in->end || w->level == 0)
		return next_tlv(w, in);
	if (in->indefinite) {
		w->tlv_at = w->at;
		refuse(w, PKI_E_ENCODING, "end-of-contents octets are missing", "X.690 8.1.3.6.2");
		return FAILED;
	}
	w->level--;
	return CLOSED;
}

/* ---- measuring ---- */

static size_t header_length(pki_tag tag, size_t length)
{
	uint8_t octets[PKI_TLV_HEADER_MAX];

	return pki_tlv_write(tag, length, octets);
}

/* Whose contents go into those of the string around it. */
static bool is_segment(const walk *w, size_t level)
{
	return w->frames[level - 1].segment != 0;
}

static bool measure_opened(walk *w)
{
	frame *f = &w->frames[w->level];
	size_t *lengths;

	f->exact = !f->indefinite && f->segment == 0 &&
	    w->tlv.header == header_length(f->tag, w->tlv.length);
	if (is_segment(w, w->level))
		return true;
	lengths = pki_list_room(w->lengths, w->few, w->count, &w->room, sizeof *lengths);
	if (lengths == NULL)
		return refuse(w, PKI_E_NOMEM, "no memory", NULL);
	w->lengths = lengths;
	f->entry = w->count++;
	f->length = f->segment == PKI_TAG_BIT_STRING; /* the octet that counts unused bits */
	return true;
}

static void measure_closed(walk *w)
{
	const frame *f = &w->frames[w->level + 1];
	frame *in = &w->frames[w->level];

	in->exact = in->exact && f->exact;
	in->length += f->length;
	if (is_segment(w, w->level + 1))
		return;
	in->length += header_length(f->tag, f->length);
	w->lengths[f->entry] = f->exact ? EXACT : f->length;
	if (f->exact)
		w->count = f->entry + 1; /* of what is in it no one asks again */
}

static void measure_primitive(walk *w)
{
	frame *in = &w->frames[w->level];
	size_t header = header_length(w->tlv.tag, w->tlv.length);

	if (in->segment != 0) {
		in->length += w->tlv.length - (in->segment == PKI_TAG_BIT_STRING);
		return;
	}
	in->exact = in->exact && header == w->tlv.header;
	in->length += header + w->tlv.length;
}

/* The length of the whole in DER cannot overflow: it has at most 2 octets more than in BER for each
 * encoding of more than 64 KiB. */
static bool measure(walk *w)
{
	event e;

	walk_start(w);
	while ((e = next(w)) != DONE) {
		if (e == FAILED || (e == OPENED && !measure_opened(w)))
			return false;
		if (e == CLOSED)
			measure_closed(w);
		if (e == PRIMITIVE)
			measure_primitive(w);
	}
	return true;
}

/* ---- writing ---- */

static void put(walk *w, size_t from, size_t n)
{
	if (n > 0)
		memcpy(w->to, w->in.data + from, n);
	w->to += n;
}

static void write_opened(walk *w)
{
	frame *f = &w->frames[w->level];
	size_t length;

	if (is_segment(w, w->level))
		return;
	length = w->lengths[w->count++];
	if (length == EXACT) {
		put(w, w->tlv_at, w->tlv.header + w->tlv.length);
		w->at = f->end;
		return;
	}
	w->to += pki_tlv_write(
	    f->segment != 0 ? f->tag & ~PKI_TAG_CONSTRUCTED : f->tag, length, w->to);
	if (f->segment != PKI_TAG_BIT_STRING)
		return;
	w->unused_bits = w->to++;
	*w->unused_bits = 0;
}

static void write_primitive(walk *w)
{
	size_t contents = w->tlv_at + w->tlv.header, skip = 0;

	if (w->frames[w->level].segment == 0)
		w->to += pki_tlv_write(w->tlv.tag, w->tlv.length, w->to);
	if (w->frames[w->level].segment == PKI_TAG_BIT_STRING) {
		*w->unused_bits = w->in.data[contents];
		skip = 1;
	}
	put(w, contents + skip, w->tlv.length - skip);
}

static bool write_der(walk *w)
{
	event e;

	walk_start(w);
	w->count = 0;
	while ((e = next(w)) != DONE) {
		if (e == FAILED)
			return false;
		if (e == OPENED)
			write_opened(w);
		if (e == PRIMITIVE)
			write_primitive(w);
	}
	return true;
}

/* ---- both ---- */

static pki_status fail(const walk *w, pki_error *err)
{
	pki_status st = pki_error_set(err, w->fault.status, w->fault.reason, w->fault.clause);

	if (st == PKI_E_ENCODING || st == PKI_E_LIMIT)
		pki_error_at(err, w->tlv_at);
	return st;
}

static pki_status convert(walk *w, pki_buf *der, pki_error *err)
{
	size_t length = w->frames[0].length;
	pki_status st = pki_buf_reserve(der, length, err);

	if (st != PKI_SUCCESS)
		return st;
	w->to = der->data + der->len;
	if (!write_der(w))
		return fail(w, err);
	der->len += length;
	return PKI_SUCCESS;
}

static pki_status check_rest(walk *w, bool one, pki_error *err)
{
	if (!one || w->at == w->in.len)
		return PKI_SUCCESS;
	refuse(w, PKI_E_ENCODING, "octets after the end", "X.690 8.1");
	w->tlv_at = w->at;
	return fail(w, err);
}

pki_status pki_ber_to_der(
    const pki_ctx *ctx, pki_bytes ber, pki_buf *der, size_t *used, pki_error *err)
{
	size_t depth = pki_ctx_limits(ctx)->ber_depth;
	pki_status st;
	walk w;

	if (ber.len > pki_ctx_limits(ctx)->message_bytes)
		return pki_error_set(
		    err, PKI_E_LIMIT, "more octets than message_bytes allows", NULL);
	w.in = ber;
	w.depth = depth < WALK_DEPTH_MAX ? depth : WALK_DEPTH_MAX;
	w.lengths = w.few;
	w.count = 0;
	w.room = FEW_LENGTHS;
	st = measure(&w) ? check_rest(&w, used == NULL, err) : fail(&w, err);
	if (st == PKI_SUCCESS && der != NULL)
		st = convert(&w, der, err);
	if (st == PKI_SUCCESS && used != NULL)
		*used = w.at;
	if (w.lengths != w.few)
		pki_free(w.lengths);
	return st;
}
