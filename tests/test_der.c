/* SPDX-License-Identifier: BSD-3-Clause */
/* The DER reader: what X.690 forbids is refused, where it stands and by its clause. */
#include <pki/ctx.h>
#include <pki/der.h>
#include <string.h>

#include "tests/lib/t.h"

/* ---- one TLV, read as one type ---- */

typedef bool read_fn(pki_der *r);

static bool read_whole(pki_der *r)
{
	pki_bytes b;

	return pki_der_whole(r, 0, NULL, &b);
}

static bool read_bool(pki_der *r)
{
	bool v;

	return pki_der_bool(r, NULL, false, &v);
}

static bool read_int64(pki_der *r)
{
	int64_t v;

	return pki_der_int64(r, NULL, &v);
}

static bool read_integer(pki_der *r)
{
	pki_bytes b;

	return pki_der_integer(r, NULL, &b);
}

static bool read_uint(pki_der *r)
{
	pki_bytes b;

	return pki_der_uint(r, NULL, &b);
}

static bool read_enum(pki_der *r)
{
	int64_t v;

	return pki_der_enum(r, NULL, &v);
}

static bool read_null(pki_der *r)
{
	return pki_der_null(r, NULL);
}

static bool read_oid(pki_der *r)
{
	pki_bytes b;

	return pki_der_oid(r, NULL, &b);
}

static bool read_bits(pki_der *r)
{
	unsigned unused;
	pki_bytes b;

	return pki_der_bits(r, NULL, &b, &unused);
}

static bool read_flags(pki_der *r)
{
	uint32_t v;

	return pki_der_flags(r, NULL, &v);
}

static bool read_octets(pki_der *r)
{
	pki_bytes b;

	return pki_der_next(r, PKI_TAG_OCTETS, NULL, &b);
}

static bool read_time(pki_der *r)
{
	pki_time t;

	return pki_der_time(r, NULL, &t);
}

static bool read_text(pki_der *r)
{
	pki_buf b = PKI_BUF_INIT;
	bool ok = pki_der_text(r, NULL, &b);

	pki_buf_free(&b);
	return ok;
}

/* [0] EXPLICIT INTEGER */
static bool read_explicit(pki_der *r)
{
	pki_der in;
	int64_t v;

	pki_der_enter(r, PKI_TAG_EXPLICIT(0), "version", &in);
	pki_der_int64(&in, NULL, &v);
	return pki_der_leave(&in);
}

/* SEQUENCE { INTEGER, BOOLEAN DEFAULT FALSE } */
static bool read_sequence(pki_der *r)
{
	pki_der in;
	int64_t v;
	bool b;

	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &in);
	pki_der_int64(&in, "number", &v);
	pki_der_bool(&in, "flag", false, &b);
	return pki_der_leave(&in);
}

/* SET OF INTEGER */
static bool read_set_of(pki_der *r)
{
	pki_der in;
	int64_t v;

	pki_der_enter_set_of(r, PKI_TAG_SET, NULL, &in);
	while (pki_der_more(&in))
		pki_der_int64(&in, NULL, &v);
	return pki_der_leave(&in);
}

static pki_status read_one(const char *hex, read_fn *read, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, NULL, t_hex(hex), "Test");
	read(&r);
	return pki_der_finish(&r, err);
}

typedef struct row {
	const char *hex;
	read_fn *read;
	pki_status want;
	const char *reason; /* NULL: not looked at */
} row;

#define OK  PKI_SUCCESS, NULL
#define ENC PKI_E_ENCODING

static const row rows[] = {
	/* X.690 8.1: truncated everywhere */
	{ "", read_whole, PKI_E_STRUCTURE, "is missing" },
	{ "30", read_whole, ENC, "TLV is truncated" },
	{ "3001", read_whole, ENC, "length is beyond the end" },
	{ "300102", read_whole, ENC, "TLV is truncated" },
	{ "0281", read_whole, ENC, "TLV is truncated" },
	{ "028200", read_whole, ENC, "TLV is truncated" },
	{ "1f", read_whole, ENC, NULL },
	{ "1f81", read_whole, ENC, "tag is truncated or too large" },
	/* 8.1.3, 10.1: lengths */
	{ "02810101", read_whole, ENC, "length is not minimal" },
	{ "0282000101", read_whole, ENC, "length is not minimal" },
	{ "02840000000101", read_whole, ENC, "length is not minimal" },
	{ "0484ffffffff", read_whole, ENC, "length is beyond the end" },
	{ "04887fffffffffffffff", read_whole, ENC, "length is beyond the end" },
	{ "0488ffffffffffffffff", read_whole, ENC, "length is beyond the end" },
	{ "0489010000000000000000", read_whole, ENC, "length is beyond the end" },
	{ "04ff00", read_whole, ENC, "length octet is reserved" },
	{ "30800000", read_whole, ENC, "length is indefinite" },
	{ "24800000", read_whole, ENC, "length is indefinite" },
	{ "30020000", read_whole, ENC, "end-of-contents octets" },
	{ "0000", read_whole, ENC, "end-of-contents octets" },
	{ "30030202ff", read_whole, ENC, "length is beyond the end" },
	{ "0500", read_null, OK },
	{ "0500"
	  "00",
	    read_null, PKI_E_STRUCTURE, "unexpected octets at the end" },
	/* 8.1.2: tags */
	{ "1f020101", read_whole, ENC, "tag is not minimal" },
	{ "1f1e0101", read_whole, ENC, "tag is not minimal" },
	{ "1f801f0101", read_whole, ENC, "tag is not minimal" },
	{ "1f1f0101", read_whole, OK },
	{ "9f81000101", read_whole, OK },
	{ "9f81ffffff7f00", read_whole, OK },
	{ "9f8280808000"
	  "00",
	    read_whole, ENC, "tag is too large" },
	{ "9fa0808080808000"
	  "00",
	    read_whole, ENC, "tag is truncated or too large" },
	/* 8.2, 11.1: BOOLEAN */
	{ "0101ff", read_bool, OK },
	{ "010100", read_bool, ENC, "DEFAULT value is encoded" },
	{ "010101", read_bool, ENC, "BOOLEAN is neither 00 nor FF" },
	{ "0100", read_bool, ENC, "BOOLEAN is not one octet" },
	{ "0102ffff", read_bool, ENC, "BOOLEAN is not one octet" },
	{ "010180", read_whole, ENC, "BOOLEAN is neither 00 nor FF" },
	/* 8.3: INTEGER */
	{ "020100", read_int64, OK },
	{ "0201ff", read_int64, OK },
	{ "02087fffffffffffffff", read_int64, OK },
	{ "02088000000000000000", read_int64, OK },
	{ "0209008000000000000000", read_int64, PKI_E_LIMIT, "INTEGER does not fit 64 bits" },
	{ "0209008000000000000000", read_uint, OK },
	{ "0200", read_int64, ENC, "INTEGER is empty" },
	{ "0200", read_whole, ENC, "INTEGER is empty" },
	{ "02020001", read_integer, ENC, "INTEGER is not minimal" },
	{ "0202ffff", read_integer, ENC, "INTEGER is not minimal" },
	{ "02020000", read_uint, ENC, "INTEGER is not minimal" },
	{ "0201ff", read_uint, PKI_E_STRUCTURE, "INTEGER is negative" },
	{ "22030201"
	  "01",
	    read_int64, PKI_E_STRUCTURE, "unexpected type" },
	{ "0a0102", read_enum, OK },
	{ "0a020002", read_enum, ENC, "INTEGER is not minimal" },
	{ "0a00", read_enum, ENC, "INTEGER is empty" },
	/* 8.6, 11.2: BIT STRING */
	{ "030100", read_bits, OK },
	{ "0300", read_bits, ENC, "BIT STRING is empty" },
	{ "0300", read_whole, ENC, "BIT STRING is empty" },
	{ "03020880", read_bits, ENC, NULL },
	{ "030209ff", read_bits, ENC, NULL },
	{ "0302ff80", read_bits, ENC, NULL },
	{ "030101", read_bits, ENC, NULL },
	{ "03020181", read_bits, ENC, "unused bits are not zero" },
	{ "03020180", read_bits, OK },
	{ "2304030200ff", read_bits, PKI_E_STRUCTURE, "unexpected type" },
	{ "2304030200ff", read_whole, ENC, "constructed encoding of a primitive type" },
	{ "03020780", read_flags, OK },
	{ "030100", read_flags, OK },
	{ "03020080", read_flags, ENC, "named bits end with zeros" },
	{ "0303070080", read_flags, OK },
	{ "0306070000000080", read_flags, PKI_E_LIMIT, "more than 32 named bits" },
	/* 8.7: OCTET STRING */
	{ "0400", read_octets, OK },
	{ "2404040200ff", read_octets, PKI_E_STRUCTURE, "unexpected type" },
	{ "2404040200ff", read_whole, ENC, "constructed encoding of a primitive type" },
	/* 8.8: NULL */
	{ "050100", read_null, ENC, "NULL has contents" },
	{ "050100", read_whole, ENC, "NULL has contents" },
	/* 8.19: OBJECT IDENTIFIER */
	{ "06022a03", read_oid, OK },
	{ "0600", read_oid, ENC, "OBJECT IDENTIFIER is empty" },
	{ "06022a83", read_oid, ENC, "OBJECT IDENTIFIER is truncated" },
	{ "060183", read_oid, ENC, "OBJECT IDENTIFIER is truncated" },
	{ "0603808001", read_oid, ENC, "arc is not minimal" },
	{ "06042a808001", read_oid, ENC, "arc is not minimal" },
	{ "06032a8003", read_oid, ENC, "arc is not minimal" },
	{ "06032a8003", read_whole, ENC, "arc is not minimal" },
	/* 10.2, 8.9, 8.11: the form */
	{ "1000", read_whole, ENC, "primitive encoding of a constructed type" },
	{ "1100", read_whole, ENC, "primitive encoding of a constructed type" },
	{ "2c020c00", read_whole, ENC, "constructed encoding of a primitive type" },
	/* SEQUENCE: nothing missing, nothing over, no DEFAULT */
	{ "3000", read_sequence, PKI_E_STRUCTURE, "is missing" },
	{ "3003020101", read_sequence, OK },
	{ "30060201010101ff", read_sequence, OK },
	{ "3006020101010100", read_sequence, ENC, "DEFAULT value is encoded" },
	{ "30050201010500", read_sequence, PKI_E_STRUCTURE, "unexpected octets at the end" },
	{ "30060101ff020101", read_sequence, PKI_E_STRUCTURE, "unexpected type" },
	{ "3103020101", read_sequence, PKI_E_STRUCTURE, "unexpected type" },
	{ "300402020101", read_sequence, OK },
	{ "3003020201", read_sequence, ENC, "length is beyond the end" },
	/* EXPLICIT: the outer length is the inner TLV */
	{ "a003020102", read_explicit, OK },
	{ "a000020102", read_explicit, PKI_E_STRUCTURE, "is missing" },
	{ "a001020102", read_explicit, ENC, "TLV is truncated" },
	{ "a0050201020500", read_explicit, PKI_E_STRUCTURE, "unexpected octets at the end" },
	{ "8003020102", read_explicit, PKI_E_STRUCTURE, "unexpected type" },
	/* 11.6: SET OF */
	{ "3100", read_set_of, OK },
	{ "3106020101020102", read_set_of, OK },
	{ "3107020102"
	  "02020101",
	    read_set_of, OK },
	{ "3106020102020101", read_set_of, ENC, "SET OF is not sorted" },
	{ "3106020101020101", read_set_of, ENC, "SET OF has an element twice" },
	{ "310702020101"
	  "020101",
	    read_set_of, ENC, "SET OF is not sorted" },
	/* RFC 5280 4.1.2.5: time */
	{ "170d3236313132343032313030305a", read_time, OK },
	{ "170d3439313233313233353935395a", read_time, OK },
	{ "180f32303530303130313030303030305a", read_time, OK },
	{ "180f39393939313233313233353935395a", read_time, OK },
	{ "180f31393439313233313233353935395a", read_time, OK },
	{ "180f32303439313233313233353935395a", read_time, PKI_E_STRUCTURE,
	    "GeneralizedTime through the year 2049" },
	{ "180f31393530303130313030303030305a", read_time, PKI_E_STRUCTURE, NULL },
	{ "170b323630323330313030305a", read_time, ENC, NULL },   /* no seconds */
	{ "170c323631313234303231303030", read_time, ENC, NULL }, /* no Z */
	{ "171132363131323430323130303030303030", read_time, ENC, NULL },
	{ "17113236313132343032313030302b30303030", read_time, ENC, NULL }, /* +0000 */
	{ "170d3236303233303032313030305a", read_time, ENC, NULL },         /* February 30 */
	{ "170d3236313332343032313030305a", read_time, ENC, NULL },         /* month 13 */
	{ "170d3236303030303032313030305a", read_time, ENC, NULL },         /* month 0 */
	{ "170d3236313132343234303030305a", read_time, ENC, NULL },         /* hour 24 */
	{ "170d3236313132343032363030305a", read_time, ENC, NULL },         /* minute 60 */
	{ "170d3236313132343032313036305a", read_time, ENC, NULL },         /* second 60 */
	{ "170d3236313132343032313030307a", read_time, ENC, NULL },         /* z */
	{ "170d32363131323430323130302f5a", read_time, ENC, NULL },
	{ "170d2d36313132343032313030305a", read_time, ENC, NULL },
	{ "1700", read_time, ENC, NULL },
	{ "17015a", read_time, ENC, NULL },
	{ "180d3236313132343032313030305a", read_time, ENC, NULL },
	{ "181132303530303130313030303030302e355a", read_time, ENC, NULL }, /* fraction */
	{ "180d32303530303130313030303030305a", read_time, ENC, NULL },
	{ "020101", read_time, PKI_E_STRUCTURE, "unexpected type" },
	/* character strings */
	{ "0c03c3a9"
	  "41",
	    read_text, OK },
	{ "0c00", read_text, OK },
	{ "0c02c080", read_text, ENC, "not UTF-8" },     /* overlong */
	{ "0c03eda080", read_text, ENC, "not UTF-8" },   /* a surrogate */
	{ "0c04f5808080", read_text, ENC, "not UTF-8" }, /* beyond U+10FFFF */
	{ "0c04f4908080", read_text, ENC, "not UTF-8" },
	{ "0c02c3", read_text, ENC, NULL },
	{ "0c01ff", read_text, ENC, "not UTF-8" },
	{ "1303412d5a", read_text, OK },
	{ "130140", read_text, ENC, NULL }, /* @ */
	{ "13012a", read_text, ENC, NULL }, /* * */
	{ "130126", read_text, ENC, NULL }, /* & */
	{ "160140", read_text, OK },
	{ "160180", read_text, ENC, NULL },
	{ "12023120", read_text, OK },
	{ "120141", read_text, ENC, NULL },
	{ "1a0141", read_text, OK },
	{ "1a010a", read_text, ENC, NULL },
	{ "1e0200e9", read_text, OK },
	{ "1e0100", read_text, ENC, NULL },
	{ "1e02d800", read_text, ENC, NULL },
	{ "1e04d83dde00", read_text, ENC, NULL },
	{ "1c040001f600", read_text, OK },
	{ "1c03000041", read_text, ENC, NULL },
	{ "1c0400110000", read_text, ENC, NULL },
	{ "1c040000d800", read_text, ENC, NULL },
	{ "1401e9", read_text, OK },
	{ "040141", read_text, PKI_E_STRUCTURE, "is no character string" },
};

START_TEST(test_rows)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const row *w = &rows[i];
		pki_error err = PKI_ERROR_INIT;
		pki_status st = read_one(w->hex, w->read, &err);

		ck_assert_msg(st == w->want, "row %zu, %s: %s", i, w->hex, t_error(&err));
		if (w->reason != NULL)
			ck_assert_msg(strcmp(pki_error_reason(&err), w->reason) == 0,
			    "row %zu, %s: %s", i, w->hex, t_error(&err));
		ck_assert_int_eq(pki_error_status(&err), st);
	}
}
END_TEST

/* Every truncation of every row is an error or, cut to nothing, "is missing". */
START_TEST(test_truncated)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_bytes whole = t_hex(rows[i].hex);

		for (size_t n = 0; n < whole.len; n++) {
			pki_der r;

			if (rows[i].want != PKI_SUCCESS)
				continue;
			pki_der_init(&r, NULL, pki_bytes_of(whole.data, n), NULL);
			rows[i].read(&r);
			ck_assert_msg(pki_der_finish(&r, NULL) != PKI_SUCCESS ||
				(n == 0 && rows[i].read == read_bool),
			    "%s cut to %zu", rows[i].hex, n);
		}
	}
}
END_TEST

/* ---- values ---- */

START_TEST(test_values)
{
	pki_der r, s;
	pki_bytes b;
	unsigned unused;
	uint32_t flags;
	int64_t v;
	pki_time t;
	pki_tag tag;
	bool flag;

	pki_der_init(&r, NULL,
	    t_hex("3039 0201ff 02020100 020200ff 0a0105 03020520 0303070180 06022a03"
		  "170d3730303130313030303030315a 0500 0101ff 9f1f0177 0401aa 020100"),
	    NULL);
	ck_assert(pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s));
	ck_assert(pki_der_int64(&s, "a", &v) && v == -1);
	ck_assert(pki_der_int64(&s, "b", &v) && v == 256);
	ck_assert(pki_der_uint(&s, "c", &b));
	t_bytes_eq(b, t_hex("ff"));
	ck_assert(pki_der_enum(&s, "d", &v) && v == 5);
	ck_assert(pki_der_bits(&s, "e", &b, &unused) && unused == 5);
	t_bytes_eq(b, t_hex("20"));
	ck_assert(pki_der_flags(&s, "f", &flags) && flags == (1u << 7 | 1u << 8));
	ck_assert(pki_der_oid(&s, "g", &b));
	t_bytes_eq(b, t_hex("2a03"));
	ck_assert(pki_der_time(&s, "h", &t) && t == 1);
	ck_assert(pki_der_null(&s, "i"));
	ck_assert(pki_der_bool(&s, "j", false, &flag) && flag);
	ck_assert(pki_der_peek(&s, PKI_TAG_CONTEXT | 31));
	ck_assert(!pki_der_peek(&s, PKI_TAG_CONTEXT | 32));
	ck_assert(pki_der_any(&s, "k", &tag, &b) && tag == (PKI_TAG_CONTEXT | 31));
	ck_assert(!pki_der_next_opt(&s, PKI_TAG_INTEGER, "l", &b) && b.data == NULL);
	ck_assert(pki_der_next_opt(&s, PKI_TAG_OCTETS, "l", &b) && b.len == 1);
	ck_assert(pki_der_whole(&s, PKI_TAG_INTEGER, "m", &b));
	t_bytes_eq(b, t_hex("020100"));
	ck_assert(!pki_der_more(&s));
	ck_assert(pki_der_leave(&s));
	t_ok(pki_der_finish(&r, err));
}
END_TEST

/* ---- errors: the first sticks, and says where ---- */

START_TEST(test_error_path)
{
	pki_error err = PKI_ERROR_INIT;
	pki_der r, outer, list, item, absent;
	pki_bytes b;
	int64_t v = 7;

	/* SEQUENCE { list SEQUENCE OF SEQUENCE { number INTEGER } }, the second number a NULL */
	pki_der_init(&r, NULL, t_hex("300b 3009 3003020101 30020500"), "Test");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &outer);
	ck_assert(!pki_der_enter_opt(&outer, PKI_TAG_EXPLICIT(0), "absent", &absent));
	pki_der_enter(&outer, PKI_TAG_SEQUENCE, "list", &list);
	while (pki_der_more(&list)) {
		pki_der_enter(&list, PKI_TAG_SEQUENCE, NULL, &item);
		pki_der_int64(&item, "number", &v);
		pki_der_leave(&item);
	}
	ck_assert_int_eq(v, 0);
	ck_assert(!pki_der_whole(&outer, 0, "more", &b) && b.data == NULL);
	ck_assert(!pki_der_leave(&outer));
	ck_assert_int_eq(pki_der_finish(&r, &err), PKI_E_STRUCTURE);
	ck_assert_str_eq(pki_error_path(&err), "list[1].number");
	ck_assert_uint_eq(pki_error_offset(&err), 11);
	ck_assert_str_eq(pki_error_reason(&err), "unexpected type");
	ck_assert_str_eq(pki_error_detail(&err), "INTEGER expected, NULL found");
	ck_assert_str_eq(pki_error_function(&err), "pki_der_finish");
}
END_TEST

START_TEST(test_error_of_the_caller)
{
	pki_error err = PKI_ERROR_INIT;
	pki_der r, s;
	int64_t v;

	pki_der_init(&r, NULL, t_hex("30060201010201ff"), "BasicConstraints");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_int64(&s, "first", &v);
	pki_der_int64(&s, "pathLenConstraint", &v);
	ck_assert(!pki_der_fail(&s, PKI_E_STRUCTURE, "is negative", "RFC 5280 4.2.1.9"));
	ck_assert(!pki_der_fail(&s, PKI_E_POLICY, "is second", NULL));
	ck_assert_int_eq(pki_der_finish(&r, &err), PKI_E_STRUCTURE);
	ck_assert_str_eq(pki_error_path(&err), "pathLenConstraint");
	ck_assert_str_eq(pki_error_clause(&err), "RFC 5280 4.2.1.9");
	ck_assert_uint_eq(pki_error_offset(&err), 5);
}
END_TEST

START_TEST(test_not_left)
{
	pki_der r, s;
	int64_t v;

	pki_der_init(&r, NULL, t_hex("3003020101"), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_int64(&s, NULL, &v);
	t_fails(PKI_E_INTERNAL, pki_der_finish(&r, err));

	pki_der_init(&r, NULL, t_hex("3003020101"), NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_skip_rest(&s);
	ck_assert(pki_der_leave(&s));
	t_ok(pki_der_finish(&r, err));

	pki_der_init(&r, NULL, t_hex("0500"), NULL);
	pki_der_enter_opt(&r, PKI_TAG_SEQUENCE, NULL, &s);
	ck_assert(!pki_der_int64(&s, NULL, &v));
	t_fails(PKI_E_INTERNAL, pki_der_finish(&r, err));
}
END_TEST

/* ---- limits ---- */

/* SEQUENCEs in each other, `levels` of them, definite lengths; at most 65535 octets. */
static pki_bytes nested(size_t levels)
{
	static uint8_t out[65536];
	size_t at = sizeof out;

	for (size_t i = 0; i < levels; i++) {
		size_t len = sizeof out - at;

		if (len > 0xff)
			out[--at] = (uint8_t)len, out[--at] = (uint8_t)(len >> 8), out[--at] = 0x82;
		else if (len > 0x7f)
			out[--at] = (uint8_t)len, out[--at] = 0x81;
		else
			out[--at] = (uint8_t)len;
		out[--at] = 0x30;
	}
	return pki_bytes_of(out + at, sizeof out - at);
}

static pki_status walk(const pki_ctx *ctx, pki_bytes in, pki_error *err)
{
	pki_bytes b;
	pki_der r;

	pki_der_init(&r, ctx, in, NULL);
	pki_der_whole(&r, 0, NULL, &b);
	return pki_der_finish(&r, err);
}

START_TEST(test_depth)
{
	static pki_der levels[64];
	pki_limits limits = { .size = sizeof limits, .der_depth = 100 };
	pki_ctx *ctx;
	size_t n = 0;

	t_ok(walk(NULL, nested(32), err));
	t_fails(PKI_E_LIMIT, walk(NULL, nested(33), err));
	t_fails(PKI_E_LIMIT, walk(NULL, nested(10000), err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, err));
	t_ok(walk(ctx, nested(100), err));
	t_fails(PKI_E_LIMIT, walk(ctx, nested(101), err));
	pki_ctx_free(ctx);

	pki_der_init(&levels[0], NULL, nested(40), NULL);
	while (n < 63 && pki_der_enter(&levels[n], PKI_TAG_SEQUENCE, NULL, &levels[n + 1]))
		n++;
	ck_assert_uint_eq(n, 32);
	t_fails(PKI_E_LIMIT, pki_der_finish(&levels[0], err));
}
END_TEST

START_TEST(test_oid_limit)
{
	uint8_t der[3 + 129];
	pki_bytes b;
	pki_der r;

	memset(der, 0x01, sizeof der);
	der[0] = 0x06;
	der[1] = 0x81;
	der[2] = 0x80;
	pki_der_init(&r, NULL, pki_bytes_of(der, 3 + 128), NULL);
	pki_der_oid(&r, NULL, &b);
	t_ok(pki_der_finish(&r, err));
	der[2] = 0x81;
	pki_der_init(&r, NULL, pki_bytes_of(der, 3 + 129), NULL);
	pki_der_oid(&r, NULL, &b);
	t_fails(PKI_E_LIMIT, pki_der_finish(&r, err));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_rows, test_truncated, test_values, test_error_path,
		test_error_of_the_caller, test_not_left, test_depth, test_oid_limit, NULL };

	return t_main("der", tests);
}
