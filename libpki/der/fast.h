/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The reader's insides, and its common steps inline, for the parsers of which speed is asked: a
 * file that includes this reads with them under their usual names.
 */
#ifndef LIBPKI_DER_FAST_H
#define LIBPKI_DER_FAST_H

#include <assert.h>

#include "libpki/core/ctx.h"
#include "libpki/der/reader.h"
#include "libpki/der/tlv.h"

#if defined(__GNUC__)
# define PKI_RD_INLINE static inline __attribute__((always_inline))
#else
# define PKI_RD_INLINE static inline
#endif

#define PKI_PATH_FRAMES 9

typedef struct pki_frame {
	const char *field; /* NULL: an element, by its index */
	uint32_t index;
	uint32_t reserved;
} pki_frame;

/*
 * What pki_der is made of. What begins with `start` lives in the outermost only.
 * may_alias: callers declare it as an array of uint64_t.
 */
typedef struct __attribute__((may_alias)) pki_reader {
	const uint8_t *at, *end;        /* the next TLV; the end of these contents */
	const uint8_t *last, *contents; /* the TLV read last: it ends at `at` */
	const char *field;              /* its name; NULL: an element */
	struct pki_reader *up, *root;
	uint32_t count;  /* elements so far */
	uint32_t open;   /* readers entered from here and not left */
	uint32_t levels; /* that may be entered from here */
	bool set_of, absent;

	const uint8_t *start;
	const pki_limits *limits;
	const char *what;
	pki_tlv_fault fault;
	pki_tag wanted, found; /* of a fault that is about tags */
	size_t offset;
	size_t frames;
	bool more_than_path;
	pki_frame path[PKI_PATH_FRAMES];
} pki_reader;

static_assert(sizeof(pki_reader) <= sizeof(pki_der), "pki_der is too small");

static pki_reader *pki_rd_of(pki_der *r)
{
	return (pki_reader *)(void *)r;
}

static const pki_reader *pki_rd_of_const(const pki_der *r)
{
	return (const pki_reader *)(const void *)r;
}

/* pki_bytes_of, which compilers see through here. */
PKI_RD_INLINE pki_bytes pki_rd_view(const uint8_t *data, size_t len)
{
	return (pki_bytes){ data, len };
}

PKI_RD_INLINE bool pki_rd_failed(const pki_reader *r)
{
	return r->root->fault.status != PKI_SUCCESS;
}

/* Field by field: copied whole, a struct just written would stall the processor. */
PKI_RD_INLINE void pki_rd_start(
    pki_reader *r, pki_reader *up, pki_reader *root, pki_bytes in, uint32_t levels)
{
	r->at = r->last = in.data;
	r->end = in.data + in.len;
	r->field = NULL;
	r->up = up;
	r->root = root;
	r->count = r->open = 0;
	r->levels = levels;
	r->set_of = r->absent = false;
}

/* The name of the TLV that is about to be read. */
PKI_RD_INLINE void pki_rd_name_next(pki_reader *r, const char *field)
{
	r->field = field;
	r->count += field == NULL;
}

/* The contents octets of the TLV read last. */
PKI_RD_INLINE pki_bytes pki_rd_contents_of(const pki_reader *r)
{
	return pki_rd_view(r->contents, (size_t)(r->at - r->contents));
}

/* The cursor past the next TLV. */
PKI_RD_INLINE void pki_rd_step(pki_reader *r, size_t header, size_t length)
{
	r->last = r->at;
	r->contents = r->last + header;
	r->at = r->contents + length;
}

/* In a SET OF, does an element stand before the next one? */
PKI_RD_INLINE bool pki_rd_has_order(const pki_reader *r)
{
	return r->set_of && r->last != r->at;
}

/* Is the next TLV one of two octets before its contents, with nothing to be said against? */
PKI_RD_INLINE bool pki_rd_is_simple(const pki_reader *r)
{
	size_t left = (size_t)(r->end - r->at);

	return left >= 2 && r->at[1] <= 0x7f && r->at[1] <= left - 2 && !pki_rd_has_order(r) &&
	    !pki_rd_failed(r);
}

/* Any TLV of this tag, and any reason why there is none. */
bool pki_reader_read_slowly(pki_reader *r, pki_tag tag, const char *field);
/* A reader that reads nothing: after a failure, or of a component that is absent. */
void pki_reader_enter_nothing(pki_reader *r, pki_reader *in);
/* There is no level left to enter. */
bool pki_reader_too_deep(pki_reader *r, pki_reader *in);
/* Octets are left, or a reader was entered and not left. */
bool pki_reader_fail_left(pki_reader *r);

/* The identifier octet of a tag below 31; 0, which no TLV begins with, for the others. */
PKI_RD_INLINE uint8_t pki_rd_identifier(pki_tag tag)
{
	return (tag & PKI_TAG_NUMBER) < 31 ? (uint8_t)(tag >> 24 | tag) : 0;
}

PKI_RD_INLINE bool pki_rd_read(pki_reader *r, pki_tag tag, const char *field)
{
	uint8_t first = pki_rd_identifier(tag);

	if (!pki_rd_is_simple(r) || *r->at != first || first == 0)
		return pki_reader_read_slowly(r, tag, field);
	pki_rd_name_next(r, field);
	pki_rd_step(r, 2, r->at[1]);
	return true;
}

/* What the TLV read last holds, without its first `skip` octets. */
PKI_RD_INLINE bool pki_rd_enter_last(pki_reader *r, pki_reader *in, size_t skip)
{
	pki_bytes contents = pki_rd_contents_of(r);
	uint32_t levels = r->levels;

	if (levels == 0)
		return pki_reader_too_deep(r, in);
	r->open++;
	pki_rd_start(
	    in, r, r->root, pki_rd_view(contents.data + skip, contents.len - skip), levels - 1);
	return true;
}

PKI_RD_INLINE bool pki_rd_enter(pki_reader *r, pki_tag tag, const char *field, pki_reader *in)
{
	if (pki_rd_read(r, tag, field))
		return pki_rd_enter_last(r, in, 0);
	pki_reader_enter_nothing(r, in);
	return false;
}

PKI_RD_INLINE bool pki_rd_more(const pki_reader *r)
{
	return !pki_rd_failed(r) && r->at < r->end;
}

PKI_RD_INLINE bool pki_rd_leave(pki_reader *in)
{
	if (pki_rd_failed(in))
		return false;
	if (in->up == NULL)
		return true;
	in->up->open--;
	return (in->open == 0 && in->at == in->end) || pki_reader_fail_left(in);
}

PKI_RD_INLINE bool pki_rd_next(pki_reader *r, pki_tag tag, const char *field, pki_bytes *contents)
{
	bool ok = pki_rd_read(r, tag, field);

	*contents = ok ? pki_rd_contents_of(r) : pki_rd_view(NULL, 0);
	return ok;
}

/* ---- looks ---- */

/*
 * Most of what is read has one of a few shapes, which a look at the octets tells. What has one is
 * read at that look, and passed; whatever has not is left to the reader, which knows why.
 */
typedef struct pki_ahead {
	const uint8_t *at;
	size_t left;      /* octets; 0: nothing may be read at a look */
	size_t oid_limit; /* octets of an OBJECT IDENTIFIER */
} pki_ahead;

/* What is ahead in r, for a look that goes `levels` deep. */
PKI_RD_INLINE pki_ahead pki_der_ahead(const pki_der *pr, uint32_t levels)
{
	const pki_reader *r = pki_rd_of_const(pr);
	pki_ahead a = { r->at, 0, r->root->limits->oid_bytes };

	if (!pki_rd_failed(r) && !r->absent && !r->set_of && r->levels >= levels)
		a.left = (size_t)(r->end - r->at);
	return a;
}

/* Goes past a TLV of so many octets. */
PKI_RD_INLINE void pki_der_pass(pki_der *pr, const char *field, size_t octets)
{
	pki_reader *r = pki_rd_of(pr);

	pki_rd_name_next(r, field);
	r->last = r->contents = r->at;
	r->at += octets;
}

/* Goes past so many elements of a SEQUENCE OF, of so many octets together. */
PKI_RD_INLINE void pki_der_pass_all(pki_der *pr, size_t elements, size_t octets)
{
	pki_reader *r = pki_rd_of(pr);

	if (pki_rd_failed(r) || elements == 0)
		return;
	r->at += octets;
	r->last = r->contents = r->at;
	r->field = NULL;
	r->count += (uint32_t)elements;
}

/* A reader of its own for octets that lie `deeper` levels below r: its error is not r's. */
PKI_RD_INLINE void pki_der_init_below(
    pki_der *pr, const pki_der *above, pki_bytes in, uint32_t deeper)
{
	const pki_reader *a = pki_rd_of_const(above);
	pki_reader *r = pki_rd_of(pr);

	pki_rd_start(r, NULL, r, in, a->levels > deeper ? a->levels - deeper : 0);
	r->start = in.data;
	r->limits = a->root->limits;
	r->what = NULL;
	r->fault.status = PKI_SUCCESS;
	r->wanted = r->found = 0;
	r->offset = r->frames = 0;
	r->more_than_path = false;
}

/* Has it been read to its end, without an error? */
PKI_RD_INLINE bool pki_der_is_done(const pki_der *pr)
{
	const pki_reader *r = pki_rd_of_const(pr);

	return !pki_rd_failed(r) && r->open == 0 && r->at == r->end;
}

/* Is there a TLV of this identifier octet and a short length, within `left`? */
PKI_RD_INLINE bool pki_is_plain(const uint8_t *at, size_t left, uint8_t identifier)
{
	return left >= 2 && at[0] == identifier && at[1] < 0x80 && at[1] <= left - 2;
}

/* ---- under the usual names, for arguments that are there ---- */

#ifndef PKI_DER_READER
# define pki_der_enter(r, tag, field, in)      pki_rd_enter(pki_rd_of(r), (tag), (field), pki_rd_of(in))
# define pki_der_leave(in)                     pki_rd_leave(pki_rd_of(in))
# define pki_der_at(r)                         (pki_rd_of_const(r)->at)
# define pki_der_left(r)                       ((size_t)(pki_rd_of_const(r)->end - pki_rd_of_const(r)->at))
# define pki_der_more(r)                       pki_rd_more(pki_rd_of_const(r))
# define pki_der_next(r, tag, field, contents) pki_rd_next(pki_rd_of(r), (tag), (field), (contents))
#endif

#endif
