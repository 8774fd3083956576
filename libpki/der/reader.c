/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading DER: cursors on the stack, whose first error sticks in the outermost one. */
#include <assert.h>
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#define PKI_DER_READER
#include "libpki/der/check.h"
#include "libpki/der/fast.h"
#include "libpki/der/reader.h"
#include "libpki/der/time.h"
#include "libpki/der/tlv.h"

#define NO_INDEX UINT32_MAX

/* ---- errors ---- */

/*
 * Of the element read last, as a path has it: "rdnSequence[0]" in a SEQUENCE OF or SET OF; what is
 * EXPLICIT, or an IMPLICIT list, is "extensions", and then "extensions[1]"; an encoding inside a
 * primitive one, and the input, are one TLV and have no index.
 */
static uint32_t index_of(const pki_reader *r)
{
	uint8_t outer = r->up == NULL ? 0 : *r->up->last;
	bool universal = (outer & 0xc0) == 0;

	if ((outer & 0x20) == 0 || (!universal && !r->set_of && r->count < 2))
		return NO_INDEX;
	return r->count - 1; /* NO_INDEX where nothing was read */
}

/* The TLV that r read last. */
static void push_frame(pki_reader *root, const pki_reader *r)
{
	pki_frame f = { r->field, r->field == NULL ? index_of(r) : NO_INDEX, 0 };

	if (f.field == NULL && f.index == NO_INDEX)
		return;
	if (root->frames == PKI_PATH_FRAMES) {
		/* the innermost are kept: they say most */
		memmove(&root->path[0], &root->path[1], sizeof root->path - sizeof root->path[0]);
		root->frames--;
		root->more_than_path = true;
	}
	root->path[root->frames++] = f;
}

/* From the outermost reader down to r. */
static void record_path(pki_reader *r)
{
	const pki_reader *line[64];
	size_t n = 0;

	for (const pki_reader *a = r; a != NULL && n < sizeof line / sizeof line[0]; a = a->up)
		line[n++] = a;
	while (n > 0)
		push_frame(r->root, line[--n]);
}

static bool fail_at(pki_reader *r, const uint8_t *where, const pki_tlv_fault *fault)
{
	pki_reader *root = r->root;

	if (pki_rd_failed(r))
		return false;
	root->fault = *fault;
	root->offset = (size_t)(where - root->start);
	record_path(r);
	return false;
}

static bool fail(
    pki_reader *r, const uint8_t *where, pki_status st, const char *reason, const char *clause)
{
	pki_tlv_fault fault = { st, reason, clause };

	return fail_at(r, where, &fault);
}

/* NULL for what must be given is a mistake of the caller's, which sticks if there is a reader. */
static inline bool given(pki_reader *r, const void *out)
{
	if (r != NULL && out != NULL)
		return true;
	return r != NULL && fail(r, r->at, PKI_E_ARG, "a mandatory argument is NULL", NULL);
}

/* "[3]" or ".field", the first without its dot. */
static void put_frame(pki_buf *b, const char *field, uint32_t index)
{
	char digits[16];
	size_t n = sizeof digits;

	if (field != NULL) {
		if (b->len > 0)
			(void)!pki_buf_putc(b, '.', NULL);
		(void)!pki_buf_puts(b, field, NULL);
		return;
	}
	digits[--n] = ']';
	do
		digits[--n] = (char)('0' + index % 10);
	while ((index /= 10) > 0);
	digits[--n] = '[';
	(void)!pki_buf_append(b, pki_bytes_of(digits + n, sizeof digits - n), NULL);
}

/* The path is for people: where memory is short it is left out. */
static void report_path(const pki_reader *root, pki_error *err)
{
	pki_buf b = PKI_BUF_INIT;

	if (root->more_than_path)
		(void)!pki_buf_puts(&b, "...", NULL);
	for (size_t i = 0; i < root->frames; i++)
		put_frame(&b, root->path[i].field, root->path[i].index);
	pki_error_in_path(err, pki_buf_str(&b));
	pki_buf_free(&b);
}

static const char *const universal_names[] = { "end-of-contents", "BOOLEAN", "INTEGER",
	"BIT STRING", "OCTET STRING", "NULL", "OBJECT IDENTIFIER", "ObjectDescriptor", "EXTERNAL",
	"REAL", "ENUMERATED", "EMBEDDED PDV", "UTF8String", "RELATIVE-OID", "TIME",
	"a reserved tag", "SEQUENCE", "SET", "NumericString", "PrintableString", "TeletexString",
	"VideotexString", "IA5String", "UTCTime", "GeneralizedTime", "GraphicString",
	"VisibleString", "GeneralString", "UniversalString", "CHARACTER STRING", "BMPString" };

static void put_tag(pki_buf *b, pki_tag tag)
{
	pki_tag number = tag & PKI_TAG_NUMBER, class = tag & PKI_TAG_PRIVATE;
	bool universal = class == 0 && number < sizeof universal_names / sizeof universal_names[0];
	const char *name = class == PKI_TAG_CONTEXT ? ""
	    : class == PKI_TAG_APPLICATION          ? "APPLICATION"
	    : class == PKI_TAG_PRIVATE              ? "PRIVATE"
						    : "UNIVERSAL";

	if (universal) {
		bool constructed = (tag & PKI_TAG_CONSTRUCTED) != 0;

		if (constructed != (number == 16 || number == 17))
			(void)!pki_buf_puts(b, constructed ? "constructed " : "primitive ", NULL);
		(void)!pki_buf_puts(b, universal_names[number], NULL);
		return;
	}
	(void)!pki_buf_puts(b, "[", NULL);
	(void)!pki_buf_puts(b, name, NULL);
	(void)!pki_buf_puts(b, *name != '\0' ? " " : "", NULL);
	(void)!pki_buf_put_u64(b, number, NULL);
	(void)!pki_buf_puts(b, "]", NULL);
}

static void report_tags(const pki_reader *root, pki_error *err)
{
	pki_buf b = PKI_BUF_INIT;

	put_tag(&b, root->wanted);
	(void)!pki_buf_puts(&b, " expected", NULL);
	if (root->found != 0) {
		(void)!pki_buf_puts(&b, ", ", NULL);
		put_tag(&b, root->found);
		(void)!pki_buf_puts(&b, " found", NULL);
	}
	pki_error_about(err, pki_buf_bytes(&b));
	pki_buf_free(&b);
}

static pki_status report(const pki_reader *root, pki_error *err)
{
	const pki_tlv_fault *f = &root->fault;
	pki_status st = pki_error_set(err, f->status, f->reason, f->clause);

	if (err == NULL)
		return st;
	pki_error_at(err, root->offset);
	if (root->wanted != 0)
		report_tags(root, err);
	if (root->frames > 0)
		report_path(root, err);
	else if (root->what != NULL)
		pki_error_in_path(err, root->what);
	return st;
}

/* ---- the cursor ---- */

void pki_der_init(pki_der *pr, const pki_ctx *ctx, pki_bytes in, const char *what)
{
	static const uint8_t nothing[1];
	const uint8_t *at = in.data != NULL ? in.data : nothing;
	size_t depth = pki_ctx_limits(ctx)->der_depth;
	pki_reader *r = pki_rd_of(pr);

	if (r == NULL)
		return;
	pki_rd_start(r, NULL, r, pki_rd_view(at, in.data != NULL ? in.len : 0),
	    (uint32_t)(depth < UINT32_MAX ? depth : UINT32_MAX));
	r->start = at;
	r->limits = pki_ctx_limits(ctx);
	r->what = what;
	r->fault.status = PKI_SUCCESS;
	r->wanted = r->found = 0;
	r->offset = r->frames = 0;
	r->more_than_path = false;
	if (in.len > 0)
		given(r, in.data);
}

/* X.690 11.6: ascending, the shorter padded with zeros; a set has no element twice. */
static bool check_order(pki_reader *r, const uint8_t *prev, const uint8_t *tlv)
{
	size_t a = (size_t)(tlv - prev), b = (size_t)(r->at - tlv);
	size_t common = a < b ? a : b;
	int order = memcmp(prev, tlv, common);

	if (order == 0 && a == b)
		return fail(r, tlv, PKI_E_ENCODING, "SET OF has an element twice", "X.690 11.6");
	/* equal up to the shorter one cannot be: the lengths in the headers would differ */
	if (order > 0)
		return fail(r, tlv, PKI_E_ENCODING, "SET OF is not sorted", "X.690 11.6");
	return true;
}

/* Any TLV, and any reason why there is none. */
static bool read_slowly(pki_reader *r, const char *field, pki_tag *tag)
{
	const uint8_t *prev = pki_rd_has_order(r) ? r->last : NULL;
	pki_tlv_fault fault;
	pki_tlv t;

	*tag = 0;
	if (pki_rd_failed(r))
		return false;
	if (r->absent)
		return fail(r, r->at, PKI_E_INTERNAL, "reads a component that is absent", NULL);
	pki_rd_name_next(r, field);
	if (r->at == r->end)
		return fail(r, r->at, PKI_E_STRUCTURE, "is missing", NULL);
	if (!pki_tlv_read(pki_rd_view(r->at, (size_t)(r->end - r->at)), &t, &fault))
		return fail_at(r, r->at, &fault);
	pki_rd_step(r, t.header, t.length);
	if (prev != NULL && !check_order(r, prev, r->last))
		return false;
	*tag = t.tag;
	return true;
}

static inline bool read_any(pki_reader *r, const char *field, pki_tag *tag)
{
	if (!pki_rd_is_simple(r) || (*r->at & 0xdf) == 0 || (*r->at & 0x1f) == 0x1f)
		return read_slowly(r, field, tag);
	*tag = (pki_tag)(*r->at & 0xe0) << 24 | (*r->at & 0x1f);
	pki_rd_name_next(r, field);
	pki_rd_step(r, 2, r->at[1]);
	return true;
}

static bool wrong_tag(pki_reader *r, pki_tag wanted, pki_tag found)
{
	if (!pki_rd_failed(r)) {
		r->root->wanted = wanted;
		r->root->found = found;
	}
	return fail(r, r->last, PKI_E_STRUCTURE, "unexpected type", NULL);
}

/* The next TLV has this identifier octet, and a length of the long form. */
static bool read_long(pki_reader *r, uint8_t first, const char *field)
{
	size_t left = (size_t)(r->end - r->at), octets, length;

	if (left < 2 || *r->at != first || pki_rd_failed(r) || pki_rd_has_order(r) ||
	    !pki_tlv_long_length(pki_rd_view(r->at + 1, left - 1), &octets, &length))
		return false;
	pki_rd_name_next(r, field);
	pki_rd_step(r, 1 + octets, length);
	return true;
}

bool pki_reader_read_slowly(pki_reader *r, pki_tag tag, const char *field)
{
	uint8_t first = pki_rd_identifier(tag);
	pki_tag found;

	if (first != 0 && read_long(r, first, field))
		return true;
	if (!pki_rd_failed(r) && r->at == r->end && !r->absent) {
		r->root->wanted = tag;
		r->root->found = 0;
	}
	return read_slowly(r, field, &found) && (found == tag || wrong_tag(r, tag, found));
}

bool pki_der_next(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents)
{
	return given(pki_rd_of(r), contents) && pki_rd_next(pki_rd_of(r), tag, field, contents);
}

bool pki_der_peek(const pki_der *pr, pki_tag tag)
{
	const pki_reader *r = pki_rd_of_const(pr);
	pki_tlv_fault fault;
	pki_tlv t;

	if (r == NULL || pki_rd_failed(r) || r->absent || r->at == r->end)
		return false;
	if (pki_rd_identifier(tag) != 0)
		return *r->at == pki_rd_identifier(tag);
	return pki_tlv_read(pki_rd_view(r->at, (size_t)(r->end - r->at)), &t, &fault) &&
	    t.tag == tag;
}

bool pki_der_next_opt(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents)
{
	if (!given(pki_rd_of(r), contents))
		return false;
	*contents = pki_rd_view(NULL, 0);
	return pki_der_peek(r, tag) && pki_der_next(r, tag, field, contents);
}

bool pki_der_more(const pki_der *r)
{
	return r != NULL && pki_rd_more(pki_rd_of_const(r));
}

pki_bytes pki_der_rest(const pki_der *pr)
{
	const pki_reader *r = pki_rd_of_const(pr);

	return pki_rd_failed(r) ? pki_rd_view(NULL, 0)
				: pki_rd_view(r->at, (size_t)(r->end - r->at));
}

size_t pki_der_offset(const pki_der *pr)
{
	const pki_reader *r = pki_rd_of_const(pr);

	return r == NULL ? 0 : (size_t)(r->at - r->root->start);
}

const uint8_t *pki_der_at(const pki_der *r)
{
	return pki_rd_of_const(r)->at;
}

size_t pki_der_left(const pki_der *r)
{
	return (size_t)(pki_rd_of_const(r)->end - pki_rd_of_const(r)->at);
}

bool pki_der_fail(pki_der *r, pki_status st, const char *reason, const char *clause)
{
	return r != NULL && fail(pki_rd_of(r), pki_rd_of(r)->last, st, reason, clause);
}

/* ---- enter and leave ---- */

void pki_reader_enter_nothing(pki_reader *r, pki_reader *in)
{
	pki_rd_start(in, NULL, r->root, pki_rd_view(r->at, 0), 0);
	in->absent = true;
}

bool pki_reader_too_deep(pki_reader *r, pki_reader *in)
{
	pki_reader_enter_nothing(r, in);
	return fail(r, r->last, PKI_E_LIMIT, "nested too deep", NULL);
}

/* Where there is nothing to enter from, nothing can be read. */
static bool cannot_enter(pki_reader *r, pki_der *in)
{
	if (r != NULL || in == NULL)
		return given(r, in);
	pki_der_init(in, NULL, pki_rd_view(NULL, 0), NULL);
	return given(pki_rd_of(in), NULL);
}

static inline bool can_enter(pki_reader *r, pki_der *in)
{
	return (r != NULL && in != NULL) || cannot_enter(r, in);
}

bool pki_der_enter(pki_der *pr, pki_tag tag, const char *field, pki_der *in)
{
	pki_reader *r = pki_rd_of(pr);

	return can_enter(r, in) && pki_rd_enter(r, tag, field, pki_rd_of(in));
}

bool pki_der_enter_opt(pki_der *r, pki_tag tag, const char *field, pki_der *in)
{
	if (!can_enter(pki_rd_of(r), in))
		return false;
	if (pki_der_peek(r, tag))
		return pki_der_enter(r, tag, field, in);
	pki_reader_enter_nothing(pki_rd_of(r), pki_rd_of(in));
	return false;
}

bool pki_der_enter_set_of(pki_der *r, pki_tag tag, const char *field, pki_der *in)
{
	bool entered = pki_der_enter(r, tag, field, in);

	if (in != NULL)
		pki_rd_of(in)->set_of = true;
	return entered;
}

bool pki_der_enter_bits(pki_der *pr, const char *field, pki_der *in)
{
	pki_reader *r = pki_rd_of(pr);
	unsigned unused;
	pki_bytes bits;

	if (!can_enter(r, in))
		return false;
	if (!pki_der_bits(pr, field, &bits, &unused)) {
		pki_reader_enter_nothing(r, pki_rd_of(in));
		return false;
	}
	if (unused != 0) {
		pki_reader_enter_nothing(r, pki_rd_of(in));
		return fail(r, r->last, PKI_E_STRUCTURE, "BIT STRING is not whole octets", NULL);
	}
	return pki_rd_enter_last(r, pki_rd_of(in), 1);
}

bool pki_reader_fail_left(pki_reader *r)
{
	if (r->open != 0)
		return fail(r, r->at, PKI_E_INTERNAL, "a component was not read to its end", NULL);
	r->field = NULL; /* the path ends where these contents are */
	r->count = 0;
	return fail(r, r->at, PKI_E_STRUCTURE, "unexpected octets at the end", NULL);
}

bool pki_der_leave(pki_der *in)
{
	return in != NULL && pki_rd_leave(pki_rd_of(in));
}

void pki_der_skip_rest(pki_der *in)
{
	if (in != NULL && !pki_rd_failed(pki_rd_of(in)))
		pki_rd_of(in)->at = pki_rd_of(in)->end;
}

pki_status pki_der_finish(pki_der *pr, pki_error *err)
{
	pki_reader *r = pki_rd_of(pr);

	if (r == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (pki_rd_failed(r) || ((r->open != 0 || r->at != r->end) && !pki_reader_fail_left(r)))
		return PKI_LEAVE(err, report(r->root, err));
	return PKI_SUCCESS;
}

/* ---- the types ---- */

typedef bool contents_check(pki_bytes contents, pki_tlv_fault *fault);

static bool read_checked(
    pki_reader *r, pki_tag tag, const char *field, contents_check *check, pki_bytes *contents)
{
	pki_tlv_fault fault;

	if (!given(r, contents))
		return false;
	*contents = pki_rd_view(NULL, 0);
	if (!pki_rd_read(r, tag, field))
		return false;
	if (!check(pki_rd_contents_of(r), &fault))
		return fail_at(r, r->last, &fault);
	*contents = pki_rd_contents_of(r);
	return true;
}

bool pki_der_any(pki_der *pr, const char *field, pki_tag *tag, pki_bytes *contents)
{
	pki_reader *r = pki_rd_of(pr);
	bool ok;

	if (!given(r, tag) || !given(r, contents))
		return false;
	ok = read_any(r, field, tag);
	*contents = ok ? pki_rd_contents_of(r) : pki_rd_view(NULL, 0);
	return ok;
}

/* The TLV read last, all the way down. */
static bool check_whole(pki_reader *r, pki_tag tag)
{
	const pki_limits *limits = r->root->limits;
	pki_tlv_fault fault;
	size_t where = 0;
	bool ok;

	if ((tag & PKI_TAG_CONSTRUCTED) == 0)
		ok = pki_check_primitive(tag, pki_rd_contents_of(r), limits->oid_bytes, &fault);
	else
		ok = pki_check_tlv(pki_rd_view(r->last, (size_t)(r->at - r->last)), r->levels,
		    limits->oid_bytes, &where, &fault);
	return ok || fail_at(r, r->last + where, &fault);
}

bool pki_der_value(
    pki_der *pr, const char *field, pki_tag *tag, pki_bytes *contents, pki_bytes *tlv)
{
	pki_reader *r = pki_rd_of(pr);
	bool ok = read_any(r, field, tag) && check_whole(r, *tag);

	*contents = ok ? pki_rd_contents_of(r) : pki_rd_view(NULL, 0);
	*tlv = ok ? pki_rd_view(r->last, (size_t)(r->at - r->last)) : pki_rd_view(NULL, 0);
	*tag = ok ? *tag : 0;
	return ok;
}

bool pki_der_whole(pki_der *pr, pki_tag tag, const char *field, pki_bytes *tlv)
{
	pki_reader *r = pki_rd_of(pr);
	pki_tag found;

	if (!given(r, tlv))
		return false;
	*tlv = pki_rd_view(NULL, 0);
	if (!read_any(r, field, &found))
		return false;
	if (tag != 0 && found != tag)
		return wrong_tag(r, tag, found);
	if (!check_whole(r, found))
		return false;
	*tlv = pki_rd_view(r->last, (size_t)(r->at - r->last));
	return true;
}

bool pki_der_bool_as(pki_der *pr, pki_tag tag, const char *field, bool fallback, bool *out)
{
	pki_reader *r = pki_rd_of(pr);
	pki_bytes c;

	if (!given(r, out))
		return false;
	*out = fallback;
	if (!pki_der_peek(pr, tag))
		return !pki_rd_failed(r);
	if (!read_checked(r, tag, field, pki_check_boolean, &c))
		return false;
	if ((c.data[0] != 0) == fallback)
		return fail(r, r->last, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5");
	*out = !fallback;
	return true;
}

bool pki_der_bool(pki_der *r, const char *field, bool fallback, bool *out)
{
	return pki_der_bool_as(r, PKI_TAG_BOOLEAN, field, fallback, out);
}

bool pki_der_int64_as(pki_der *pr, pki_tag tag, const char *field, int64_t *out)
{
	pki_reader *r = pki_rd_of(pr);
	uint64_t v;
	pki_bytes c;

	if (!given(r, out))
		return false;
	*out = 0;
	if (!read_checked(r, tag, field, pki_check_integer, &c))
		return false;
	if (c.len > sizeof v)
		return fail(r, r->last, PKI_E_LIMIT, "INTEGER does not fit 64 bits", NULL);
	v = c.data[0] >= 0x80 ? UINT64_MAX : 0;
	for (size_t i = 0; i < c.len; i++)
		v = v << 8 | c.data[i];
	memcpy(out, &v, sizeof v);
	return true;
}

bool pki_der_int64(pki_der *r, const char *field, int64_t *out)
{
	return pki_der_int64_as(r, PKI_TAG_INTEGER, field, out);
}

bool pki_der_enum(pki_der *r, const char *field, int64_t *out)
{
	return pki_der_int64_as(r, PKI_TAG_ENUMERATED, field, out);
}

bool pki_der_integer_as(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents)
{
	return read_checked(pki_rd_of(r), tag, field, pki_check_integer, contents);
}

bool pki_der_integer(pki_der *r, const char *field, pki_bytes *contents)
{
	return pki_der_integer_as(r, PKI_TAG_INTEGER, field, contents);
}

bool pki_der_uint(pki_der *pr, const char *field, pki_bytes *magnitude)
{
	pki_reader *r = pki_rd_of(pr);
	pki_bytes c;

	if (!given(r, magnitude))
		return false;
	*magnitude = pki_rd_view(NULL, 0);
	if (!read_checked(r, PKI_TAG_INTEGER, field, pki_check_integer, &c))
		return false;
	if (c.data[0] >= 0x80)
		return fail(r, r->last, PKI_E_STRUCTURE, "INTEGER is negative", NULL);
	*magnitude = c.len > 1 && c.data[0] == 0 ? pki_rd_view(c.data + 1, c.len - 1) : c;
	return true;
}

bool pki_der_null(pki_der *r, const char *field)
{
	pki_bytes c;

	return read_checked(pki_rd_of(r), PKI_TAG_NULL, field, pki_check_null, &c);
}

bool pki_der_oid(pki_der *pr, const char *field, pki_bytes *oid)
{
	pki_reader *r = pki_rd_of(pr);
	pki_tlv_fault fault;

	if (!given(r, oid))
		return false;
	*oid = pki_rd_view(NULL, 0);
	if (!pki_rd_read(r, PKI_TAG_OID, field))
		return false;
	if (!pki_check_oid(pki_rd_contents_of(r), r->root->limits->oid_bytes, &fault))
		return fail_at(r, r->last, &fault);
	*oid = pki_rd_contents_of(r);
	return true;
}

static bool read_bits(
    pki_reader *r, pki_tag tag, const char *field, pki_bytes *out, unsigned *unused)
{
	pki_bytes c;

	if (!given(r, out) || !given(r, unused))
		return false;
	*unused = 0;
	*out = pki_rd_view(NULL, 0);
	if (!read_checked(r, tag, field, pki_check_bits, &c))
		return false;
	*unused = c.data[0];
	*out = pki_rd_view(c.data + 1, c.len - 1);
	return true;
}

bool pki_der_bits(pki_der *r, const char *field, pki_bytes *out, unsigned *unused)
{
	return read_bits(pki_rd_of(r), PKI_TAG_BIT_STRING, field, out, unused);
}

static bool read_flags(pki_reader *r, pki_tag tag, const char *field, uint32_t *out, bool *odd)
{
	unsigned unused;
	pki_bytes bits;

	*out = 0;
	if (!read_bits(r, tag, field, &bits, &unused))
		return false;
	*odd = bits.len > 0 && (bits.data[bits.len - 1] >> unused & 1) == 0;
	if (bits.len > 4)
		return fail(r, r->last, PKI_E_LIMIT, "more than 32 named bits", NULL);
	for (size_t i = 0; i < bits.len * 8; i++)
		if ((bits.data[i / 8] >> (7 - i % 8) & 1) != 0)
			*out |= UINT32_C(1) << i;
	return true;
}

bool pki_der_flags_odd(pki_der *r, const char *field, uint32_t *out, bool *odd)
{
	return read_flags(pki_rd_of(r), PKI_TAG_BIT_STRING, field, out, odd);
}

bool pki_der_flags_as(pki_der *r, pki_tag tag, const char *field, uint32_t *out)
{
	bool odd = false;

	if (!given(pki_rd_of(r), out) || !read_flags(pki_rd_of(r), tag, field, out, &odd))
		return false;
	if (!odd)
		return true;
	*out = 0;
	return pki_der_fail(r, PKI_E_ENCODING, "named bits end with zeros", "X.690 11.2.2");
}

bool pki_der_flags(pki_der *r, const char *field, uint32_t *out)
{
	return pki_der_flags_as(r, PKI_TAG_BIT_STRING, field, out);
}

bool pki_der_time_odd(pki_der *pr, const char *field, pki_time *out, bool *odd)
{
	pki_reader *r = pki_rd_of(pr);
	pki_bytes c;
	pki_tag tag;

	*out = 0;
	if (!pki_der_any(pr, field, &tag, &c))
		return false;
	if (tag != PKI_TAG_UTC_TIME && tag != PKI_TAG_GENERALIZED)
		return wrong_tag(r, PKI_TAG_UTC_TIME, tag);
	if (!pki_time_decode(tag, c, out)) {
		*out = 0;
		return fail(r, r->last, PKI_E_ENCODING,
		    tag == PKI_TAG_UTC_TIME ? "time is not YYMMDDHHMMSSZ"
					    : "time is not YYYYMMDDHHMMSSZ",
		    tag == PKI_TAG_UTC_TIME ? "RFC 5280 4.1.2.5.1" : "RFC 5280 4.1.2.5.2");
	}
	*odd = tag == PKI_TAG_GENERALIZED && *out >= PKI_TIME_UTC_FIRST && *out < PKI_TIME_UTC_END;
	return true;
}

bool pki_der_time(pki_der *pr, const char *field, pki_time *out)
{
	bool odd = false;

	if (!given(pki_rd_of(pr), out) || !pki_der_time_odd(pr, field, out, &odd))
		return false;
	if (!odd)
		return true;
	*out = 0;
	return pki_der_fail(
	    pr, PKI_E_STRUCTURE, "GeneralizedTime through the year 2049", "RFC 5280 4.1.2.5");
}

bool pki_der_text(pki_der *pr, const char *field, pki_buf *utf8)
{
	pki_reader *r = pki_rd_of(pr);
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_bytes c;
	pki_tag tag;

	if (!given(r, utf8) || !pki_der_any(pr, field, &tag, &c))
		return false;
	st = pki_text_decode(tag, c, utf8, &why);
	if (st == PKI_SUCCESS)
		return true;
	if (st == PKI_E_UNSUPPORTED)
		return fail(r, r->last, PKI_E_STRUCTURE, "is no character string", NULL);
	return fail(r, r->last, st, pki_error_reason(&why), pki_error_clause(&why));
}
