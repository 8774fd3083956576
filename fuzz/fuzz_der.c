/* SPDX-License-Identifier: BSD-3-Clause */
/* The DER reader: what it takes as DER, the writer writes as the same octets. */
#include <pki/ctx.h>
#include <pki/der.h>

#include "fuzz/fuzz.h"

/* What a TLV is read as where its tag leaves a choice: octets of the input, used again and again.
 */
struct choices {
	pki_bytes all, left;
};

static uint8_t choose(struct choices *c)
{
	if (c->left.len == 0)
		c->left = c->all;
	return fuzz_octet(&c->left);
}

static void walk(pki_der *r, pki_derw *w, struct choices *c);

static void constructed(pki_der *r, pki_derw *w, struct choices *c, pki_tag tag)
{
	bool set_of = tag == PKI_TAG_SET && choose(c) % 2 == 0;
	pki_der in;

	if (set_of)
		(void)pki_der_enter_set_of(r, tag, NULL, &in);
	else
		(void)pki_der_enter(r, tag, "constructed", &in);
	pki_derw_begin(w, tag);
	walk(&in, w, c);
	if (set_of)
		pki_derw_end_set_of(w);
	else
		pki_derw_end(w);
	(void)pki_der_leave(&in);
}

static void raw(pki_der *r, pki_derw *w, pki_tag tag)
{
	pki_bytes v;

	if (pki_der_whole(r, tag, NULL, &v))
		pki_derw_raw(w, v);
}

static void boolean(pki_der *r, pki_derw *w, bool fallback)
{
	bool v;

	if (pki_der_bool(r, "cA", fallback, &v))
		pki_derw_bool(w, v, fallback);
}

static void integer(pki_der *r, pki_derw *w, unsigned how)
{
	int64_t n;
	pki_bytes v;

	if (how % 3 == 0 && pki_der_int64(r, "version", &n))
		pki_derw_int64(w, n);
	if (how % 3 == 1 && pki_der_uint(r, "serial", &v))
		pki_derw_uint(w, v);
	if (how % 3 == 2 && pki_der_integer(r, NULL, &v))
		pki_derw_put(w, PKI_TAG_INTEGER, v);
}

static void enumerated(pki_der *r, pki_derw *w)
{
	int64_t n;

	if (pki_der_enum(r, NULL, &n))
		pki_derw_enum(w, n);
}

static void bits(pki_der *r, pki_derw *w, struct choices *c)
{
	unsigned how = choose(c) % 3, unused;
	uint32_t flags;
	pki_bytes v;
	pki_der in;

	if (how == 0 && pki_der_bits(r, NULL, &v, &unused))
		pki_derw_bits(w, v, unused);
	if (how == 1 && pki_der_flags(r, "KeyUsage", &flags))
		pki_derw_flags(w, flags);
	if (how != 2)
		return;
	(void)pki_der_enter_bits(r, NULL, &in);
	pki_derw_begin_bits(w);
	walk(&in, w, c);
	pki_derw_end(w);
	(void)pki_der_leave(&in);
}

static void octets(pki_der *r, pki_derw *w, struct choices *c)
{
	pki_bytes v;

	if (choose(c) % 2 == 0)
		constructed(r, w, c, PKI_TAG_OCTETS);
	else if (pki_der_next(r, PKI_TAG_OCTETS, NULL, &v))
		pki_derw_put(w, PKI_TAG_OCTETS, v);
}

static void oid(pki_der *r, pki_derw *w)
{
	pki_bytes v;

	if (pki_der_oid(r, NULL, &v))
		pki_derw_oid(w, v);
}

static void time_of(pki_der *r, pki_derw *w)
{
	pki_time t;

	if (pki_der_time(r, NULL, &t))
		pki_derw_time(w, t);
}

static void text(pki_der *r, pki_derw *w, pki_tag tag)
{
	pki_buf utf8 = PKI_BUF_INIT;

	/* a NUL in the middle is a character like any other, but no C string */
	if (pki_der_text(r, NULL, &utf8) && memchr(pki_buf_str(&utf8), 0, utf8.len) == NULL)
		pki_derw_text(w, tag, pki_buf_str(&utf8));
	else
		pki_derw_fail(w, PKI_E_UNSUPPORTED, "a NUL", NULL);
	pki_buf_free(&utf8);
}

static void null(pki_der *r, pki_derw *w)
{
	if (pki_der_null(r, NULL))
		pki_derw_null(w);
}

static pki_tag next_tag(const pki_der *r)
{
	static const pki_tag known[] = { PKI_TAG_BOOLEAN, PKI_TAG_INTEGER, PKI_TAG_BIT_STRING,
		PKI_TAG_OCTETS, PKI_TAG_NULL, PKI_TAG_OID, PKI_TAG_ENUMERATED, PKI_TAG_UTF8,
		PKI_TAG_PRINTABLE, PKI_TAG_TELETEX, PKI_TAG_IA5, PKI_TAG_UTC_TIME,
		PKI_TAG_GENERALIZED, PKI_TAG_VISIBLE, PKI_TAG_NUMERIC, PKI_TAG_UNIVERSAL,
		PKI_TAG_BMP, PKI_TAG_SEQUENCE, PKI_TAG_SET };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (pki_der_peek(r, known[i]))
			return known[i];
	for (unsigned n = 0; n < 40; n++) {
		if (pki_der_peek(r, PKI_TAG_EXPLICIT(n)))
			return PKI_TAG_EXPLICIT(n);
		if (pki_der_peek(r, PKI_TAG_IMPLICIT(n)))
			return PKI_TAG_IMPLICIT(n);
	}
	return 0;
}

static void one(pki_der *r, pki_derw *w, struct choices *c)
{
	pki_tag tag = next_tag(r);

	if ((tag & PKI_TAG_CONSTRUCTED) != 0)
		return constructed(r, w, c, tag);
	switch (tag) {
	case PKI_TAG_BOOLEAN:
		return boolean(r, w, choose(c) % 2 == 0);
	case PKI_TAG_INTEGER:
		return integer(r, w, choose(c));
	case PKI_TAG_ENUMERATED:
		return enumerated(r, w);
	case PKI_TAG_BIT_STRING:
		return bits(r, w, c);
	case PKI_TAG_OCTETS:
		return octets(r, w, c);
	case PKI_TAG_OID:
		return oid(r, w);
	case PKI_TAG_NULL:
		return null(r, w);
	case PKI_TAG_UTC_TIME:
	case PKI_TAG_GENERALIZED:
		return time_of(r, w);
	case PKI_TAG_UTF8:
	case PKI_TAG_PRINTABLE:
	case PKI_TAG_TELETEX:
	case PKI_TAG_IA5:
	case PKI_TAG_VISIBLE:
	case PKI_TAG_NUMERIC:
	case PKI_TAG_UNIVERSAL:
	case PKI_TAG_BMP:
		return text(r, w, tag);
	default:
		return raw(r, w, tag);
	}
}

/* As deep as the reader lets it. */
static void walk(pki_der *r, pki_derw *w, struct choices *c)
{
	while (pki_der_more(r)) {
		size_t before = pki_der_offset(r);

		one(r, w, c);
		require(!pki_der_more(r) || pki_der_offset(r) > before);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	struct choices c = { fuzz_octets(&in), { NULL, 0 } };
	pki_error err = PKI_ERROR_INIT;
	pki_buf out = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;
	pki_der r;

	pki_der_init(&r, NULL, in, "anything");
	pki_derw_init(&w, NULL);
	walk(&r, &w, &c);
	st = pki_der_finish(&r, &err);
	require_error(st, &err);
	require(st == PKI_SUCCESS || pki_error_offset(&err) <= in.len);
	if (st == PKI_SUCCESS && pki_derw_finish(&w, &out, &err) == PKI_SUCCESS)
		require(pki_bytes_equal(pki_buf_bytes(&out), in));
	else
		require(st != PKI_SUCCESS || pki_error_status(&err) == PKI_E_UNSUPPORTED);
	pki_derw_free(&w);
	pki_buf_free(&out);
	return 0;
}
