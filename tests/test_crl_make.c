/* SPDX-License-Identifier: BSD-3-Clause */
/* CRLs that are made: complete, continued, delta and indirect ones, and what is not signed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/crl.h>

#include "tests/lib/t.h"

#define NOW  INT64_C(1767225600) /* 2026-01-01T00:00:00Z */
#define THEN INT64_C(1767139200) /* a day before */

static pki_time clock_now = NOW;

static pki_time tell(void *ud)
{
	(void)ud;
	return clock_now;
}

static pki_ctx *ctx;
static pki_key *ca_key, *other_key;
static pki_cert *ca, *other_ca;

static pki_cert *self_signed(const pki_key *k, const char *subject, uint32_t usage)
{
	pki_exts *exts;
	pki_cert *c;

	t_ok(pki_exts_new(ctx, &exts, err));
	if (usage != 0)
		pki_exts_key_usage(exts, usage);
	t_ok(pki_cert_self_sign(ctx, k,
	    PKI_OPTS(pki_cert_opts, .subject = subject, .profile = PKI_PROFILE_CA,
		.exts = usage != 0 ? exts : NULL),
	    &c, err));
	pki_exts_free(exts);
	return c;
}

START_TEST(set_up)
{
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .clock = tell), &ctx, err));
	t_ok(pki_key_generate(ctx, PKI_KEY_P256, NULL, &ca_key, err));
	t_ok(pki_key_generate(ctx, PKI_KEY_ED25519, NULL, &other_key, err));
	ca = self_signed(ca_key, "CN=CA", 0);
	other_ca = self_signed(other_key, "CN=Other", 0);
}
END_TEST

START_TEST(tear_down)
{
	pki_cert_free(ca);
	pki_cert_free(other_ca);
	pki_key_free(ca_key);
	pki_key_free(other_key);
	pki_ctx_free(ctx);
}
END_TEST

static pki_crl_builder *builder(void)
{
	pki_crl_builder *b;

	t_ok(pki_crl_builder_new(ctx, &b, err));
	return b;
}

/* Signs, checks the signature and frees the builder. */
static pki_crl *made(pki_crl_builder *b, const pki_crl_opts *o)
{
	pki_crl *c;

	t_ok(pki_crl_builder_sign(b, ca, ca_key, o, &c, err));
	t_ok(pki_crl_check_signature(c, pki_key_public(ca_key), err));
	pki_crl_builder_free(b);
	return c;
}

/* A CRL with these serial numbers, of one octet each. */
static pki_crl *listing(const char *serials, const pki_crl_opts *o)
{
	pki_bytes all = t_hex(serials);
	pki_crl_builder *b = builder();

	for (size_t i = 0; i < all.len; i++)
		pki_crl_builder_revoke(
		    b, pki_bytes_of(all.data + i, 1), THEN, PKI_REASON_KEY_COMPROMISE);
	return made(b, o);
}

static pki_listing ask(const pki_crl *c, const pki_name *issuer, const char *serial, int *reason)
{
	pki_revoked found;

	t_ok(pki_crl_find(c, issuer, t_hex(serial), &found, err));
	*reason = found.reason;
	return found.listing;
}

static void expect(
    const pki_crl *c, const pki_name *issuer, const char *serial, pki_listing want, int reason)
{
	int got;

	ck_assert_msg(ask(c, issuer, serial, &got) == want, "%s", serial);
	ck_assert_int_eq(got, reason);
}

static const pki_name *own(void)
{
	return pki_cert_subject(ca);
}

static const pki_name *others(void)
{
	return pki_cert_subject(other_ca);
}

/* ---- made ---- */

START_TEST(test_empty)
{
	pki_crl *c = made(builder(), NULL);
	pki_ext e;

	ck_assert_int_eq(pki_crl_version(c), 2);
	ck_assert_uint_eq(pki_crl_count(c), 0);
	ck_assert_int_eq(pki_crl_this_update(c), NOW);
	ck_assert_int_eq(pki_crl_next_update(c), NOW + PKI_DAYS(7));
	t_bytes_eq(pki_crl_number(c), t_hex("01"));
	ck_assert(pki_name_equal(pki_crl_issuer(c), own()));
	t_bytes_eq(pki_crl_authority_key_id(c), pki_cert_key_id(ca));
	ck_assert_uint_eq(pki_crl_ext_count(c), 2);
	for (size_t i = 0; pki_crl_ext_at(c, i, &e); i++)
		ck_assert(!e.critical);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_entries)
{
	static const int reasons[] = { -1, 0, 1, 2, 3, 4, 5, 6, 9, 10 };
	static const pki_time since = INT64_C(-3000000000);
	pki_revocation with_date = { .when = THEN, .invalid_since = &since };
	pki_crl_cursor at = { { 0 } };
	pki_crl_builder *b = builder();
	uint8_t serial = 1;
	pki_revoked r;
	pki_crl *c;
	pki_ext e;

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++, serial++)
		pki_crl_builder_revoke(b, pki_bytes_of(&serial, 1), THEN, reasons[i]);
	with_date.serial = pki_bytes_of(&serial, 1);
	pki_crl_builder_add(b, NULL, &with_date);
	c = made(b, NULL);
	ck_assert_uint_eq(pki_crl_count(c), sizeof reasons / sizeof reasons[0] + 1);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		int want = reasons[i] == 0 ? PKI_REASON_NONE : reasons[i];

		ck_assert(pki_crl_next(c, &at, &r));
		ck_assert_uint_eq(r.serial.data[0], i + 1);
		ck_assert_int_eq(r.reason, want);
		ck_assert_int_eq(r.when, THEN);
		/* RFC 5280 5.3.1: absent rather than unspecified */
		ck_assert(pki_revoked_ext(&r, PKI_OID(crl_reasons), &e) == (want > 0));
		ck_assert(!e.critical);
	}
	ck_assert(pki_crl_next(c, &at, &r));
	ck_assert_int_eq(r.invalid_since, INT64_C(-3000000000));
	pki_crl_free(c);
}
END_TEST

/* In the order of serial numbers, each once, as it was said last. */
START_TEST(test_each_once)
{
	pki_crl_builder *b = builder();
	pki_crl *c;

	pki_crl_builder_revoke(b, t_hex("05"), THEN, PKI_REASON_HOLD);
	pki_crl_builder_revoke(b, t_hex("03"), THEN, PKI_REASON_NONE);
	pki_crl_builder_revoke(b, t_hex("05"), THEN, PKI_REASON_SUPERSEDED);
	pki_crl_builder_revoke(b, t_hex("0005"), THEN, PKI_REASON_KEY_COMPROMISE);
	pki_crl_builder_revoke(b, t_hex("07"), THEN, PKI_REASON_HOLD);
	pki_crl_builder_release(b, NULL, t_hex("07"));
	pki_crl_builder_release(b, NULL, t_hex("09"));
	pki_crl_builder_release(b, NULL, t_hex("0b"));
	pki_crl_builder_revoke(b, t_hex("0b"), THEN, PKI_REASON_NONE);
	c = made(b, NULL);
	ck_assert_uint_eq(pki_crl_count(c), 3);
	expect(c, own(), "05", PKI_LISTING_LISTED, 1);
	expect(c, own(), "03", PKI_LISTING_LISTED, -1);
	expect(c, own(), "07", PKI_LISTING_NOT_LISTED, -1);
	expect(c, own(), "0b", PKI_LISTING_LISTED, -1);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_options)
{
	static const pki_time then = NOW - 5, later = INT64_C(4000000000);
	pki_crl_builder *b = builder();
	pki_crl *c, *none;
	pki_exts *exts;
	pki_ext e;

	t_ok(pki_exts_new(ctx, &exts, err));
	pki_exts_add(exts, PKI_OID(issuing_distribution_point), true, t_hex("30038101ff"));
	c = made(builder(),
	    PKI_OPTS(pki_crl_opts, .this_update = &then, .next_update = &later,
		.number = t_hex("007fffffffffffffffffffffffffffffffffffffff"), .exts = exts));
	ck_assert_int_eq(pki_crl_this_update(c), then);
	ck_assert_int_eq(pki_crl_next_update(c), later);
	t_bytes_eq(pki_crl_number(c), t_hex("7fffffffffffffffffffffffffffffffffffffff"));
	ck_assert(pki_crl_ext(c, PKI_OID(issuing_distribution_point), &e));
	pki_exts_free(exts);
	t_fails(PKI_E_LIMIT,
	    pki_crl_builder_sign(b, ca, ca_key, PKI_OPTS(pki_crl_opts, .from = c), &none, err));
	pki_crl_builder_free(b);
	pki_crl_free(c);
}
END_TEST

/* ---- entries in full ---- */

/* What is not said is not written. */
START_TEST(test_all_zeros)
{
	pki_revocation entry = { .serial = t_hex("00ff"), .when = THEN };
	pki_crl_cursor at = { { 0 } };
	pki_crl_builder *b = builder();
	pki_exts *none;
	pki_revoked r;
	pki_crl *c;

	t_ok(pki_exts_new(ctx, &none, err));
	pki_crl_builder_add(b, NULL, &entry);
	entry.serial = t_hex("0100");
	entry.exts = none;
	pki_crl_builder_add(b, NULL, &entry);
	c = made(b, NULL);
	for (int i = 0; i < 2; i++) {
		ck_assert(pki_crl_next(c, &at, &r));
		ck_assert_uint_eq(pki_revoked_ext_count(&r), 0);
		ck_assert_int_eq(r.invalid_since, PKI_TIME_NONE);
		ck_assert_int_eq(r.reason, PKI_REASON_NONE);
	}
	expect(c, own(), "00ff", PKI_LISTING_LISTED, -1);
	/* the magnitude of 255 is another number, -1 */
	expect(c, own(), "ff", PKI_LISTING_NOT_LISTED, -1);
	pki_exts_free(none);
	pki_crl_free(c);
}
END_TEST

/* What the builder does not model is written, and carried over as it is. */
START_TEST(test_entry_exts)
{
	static const pki_time since = THEN - 9;
	pki_revocation entry = { .serial = t_hex("07"),
		.when = THEN,
		.invalid_since = &since,
		.reason = PKI_REASON_HOLD };
	pki_crl_builder *b = builder();
	pki_crl_cursor at = { { 0 } };
	pki_bytes hold = t_hex("2a8648ce3802"); /* holdInstructionCode's arc */
	pki_crl *first, *c;
	pki_exts *exts;
	pki_revoked r;
	pki_ext e;

	t_ok(pki_exts_new(ctx, &exts, err));
	pki_exts_add(exts, hold, false, t_hex("0500"));
	pki_exts_add(exts, t_hex("2a0304"), false, t_hex("020105"));
	entry.exts = exts;
	pki_crl_builder_add(b, NULL, &entry);
	pki_exts_free(exts);
	first = made(b, NULL);
	b = builder();
	pki_crl_builder_revoke(b, t_hex("08"), THEN, PKI_REASON_UNSPECIFIED);
	c = made(b, PKI_OPTS(pki_crl_opts, .from = first));
	ck_assert(pki_crl_next(c, &at, &r));
	ck_assert_uint_eq(pki_revoked_ext_count(&r), 4);
	ck_assert(pki_revoked_ext(&r, hold, &e));
	ck_assert(!e.critical);
	ck_assert(pki_revoked_ext(&r, t_hex("2a0304"), &e));
	t_bytes_eq(e.value, t_hex("020105"));
	ck_assert_int_eq(r.invalid_since, since);
	ck_assert_int_eq(r.reason, PKI_REASON_HOLD);
	ck_assert_uint_eq(pki_crl_count(c), 2);
	pki_crl_free(first);
	pki_crl_free(c);
}
END_TEST

/* A certificate with this serialNumber: any INTEGER that its parser lets pass. */
static pki_cert *with_serial(const char *serial)
{
	pki_bytes old = pki_cert_tbs(other_ca);
	pki_cert *c;
	pki_buf der = PKI_BUF_INIT;
	pki_bytes version, was;
	pki_der r, tbs;
	pki_derw w;

	pki_der_init(&r, NULL, old, NULL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &tbs);
	pki_der_whole(&tbs, PKI_TAG_EXPLICIT(0), NULL, &version);
	pki_der_integer(&tbs, NULL, &was);
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, version);
	pki_derw_put(&w, PKI_TAG_INTEGER, t_hex(serial));
	pki_derw_raw(&w,
	    pki_bytes_of(was.data + was.len, old.len - (size_t)(was.data + was.len - old.data)));
	pki_derw_end(&w);
	pki_derw_raw(&w, pki_cert_signature_algorithm(other_ca));
	pki_derw_bits(&w, pki_cert_signature(other_ca), 0);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, &der, err));
	t_ok(pki_cert_parse_lenient(ctx, pki_buf_bytes(&der), PKI_LENIENT_ALL, &c, err));
	pki_buf_free(&der);
	return c;
}

/* A certificate's number is whatever it is. */
START_TEST(test_certificates)
{
	static const char *const serials[] = { "01", "00ff", "ff", "80", "00",
		"7f00000000000000000000000000000000000000000000" };

	for (size_t i = 0; i < sizeof serials / sizeof serials[0]; i++) {
		pki_cert *one = with_serial(serials[i]), *other = with_serial("05");
		pki_crl_builder *b = builder();
		pki_revoked found;
		pki_name *issuer;
		pki_crl *c, *next;

		pki_crl_builder_revoke_cert(b, one, THEN, PKI_REASON_SUPERSEDED);
		t_ok(pki_crl_builder_sign(b, other_ca, other_key, NULL, &c, err));
		ck_assert(!pki_crl_is_indirect(c));
		t_ok(pki_crl_find_cert(c, one, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
		ck_assert_int_eq(found.reason, PKI_REASON_SUPERSEDED);
		t_ok(pki_crl_find_cert(c, other, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_NOT_LISTED);
		t_fails(PKI_E_NOTFOUND, pki_crl_find_cert(c, ca, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_UNKNOWN);
		/* and is carried over */
		pki_crl_builder_free(b);
		b = builder();
		t_ok(pki_crl_builder_sign(
		    b, other_ca, other_key, PKI_OPTS(pki_crl_opts, .from = c), &next, err));
		t_ok(pki_crl_find_cert(next, one, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
		pki_crl_free(next);
		/* of another CA's CRL it makes an indirect one */
		pki_crl_builder_revoke_cert(b, one, THEN, PKI_REASON_SUPERSEDED);
		next = made(b, NULL);
		ck_assert(pki_crl_is_indirect(next));
		t_ok(pki_crl_find_cert(next, one, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
		t_ok(pki_revoked_issuer(next, &found, &issuer, err));
		ck_assert(pki_name_equal(issuer, others()));
		pki_name_free(issuer);
		pki_crl_free(next);
		pki_crl_free(c);
		pki_cert_free(one);
		pki_cert_free(other);
	}
}
END_TEST

/* ---- continued ---- */

START_TEST(test_continued)
{
	pki_crl *first = listing("010203", PKI_OPTS(pki_crl_opts, .number = t_hex("ff"))), *c;
	pki_crl_builder *b = builder();

	clock_now += 60;
	pki_crl_builder_revoke(b, t_hex("04"), THEN, PKI_REASON_NONE);
	pki_crl_builder_revoke(b, t_hex("02"), THEN, PKI_REASON_SUPERSEDED);
	pki_crl_builder_release(b, NULL, t_hex("03"));
	c = made(b, PKI_OPTS(pki_crl_opts, .from = first));
	clock_now = NOW;
	t_bytes_eq(pki_crl_number(c), t_hex("0100"));
	ck_assert_uint_eq(pki_crl_count(c), 3);
	expect(c, own(), "01", PKI_LISTING_LISTED, 1);
	expect(c, own(), "02", PKI_LISTING_LISTED, 4);
	expect(c, own(), "03", PKI_LISTING_NOT_LISTED, -1);
	expect(c, own(), "04", PKI_LISTING_LISTED, -1);
	pki_crl_free(first);
	pki_crl_free(c);
}
END_TEST

/* What libpki does not know of an entry is carried over, as is the scope. */
START_TEST(test_continued_as_it_was)
{
	pki_exts *exts;
	pki_crl *first, *c;
	pki_issuing_point point;

	t_ok(pki_exts_new(ctx, &exts, err));
	pki_exts_add(exts, PKI_OID(issuing_distribution_point), true, t_hex("30038201ff"));
	first = listing("0102", PKI_OPTS(pki_crl_opts, .exts = exts));
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = first));
	ck_assert(pki_crl_issuing_point(c, &point));
	ck_assert(point.only_ca_certs);
	ck_assert_uint_eq(pki_crl_count(c), 2);
	pki_exts_free(exts);
	pki_crl_free(first);
	pki_crl_free(c);
}
END_TEST

/* Of CN=CA: 1 with an encoded DEFAULT of `critical`, 2 without, both because of keyCompromise. */
static const char forgiven[] = "30819f308185020101300a06082a8648ce3d040302300d310b3009060355040"
			       "30c024341170d3235303130313030303030305a170d32373031303130303030"
			       "30305a30473023020101170d3235303130313030303030305a300f300d06035"
			       "51d1501010004030a01013020020102170d3235303130313030303030305a30"
			       "0c300a0603551d1504030a0101300a06082a8648ce3d0403020309003006020"
			       "101020101";

/* What a CRL was forgiven is not lost when it is continued, and needs no forgiveness again. */
START_TEST(test_continued_forgiven)
{
	pki_crl *first, *c, *again;
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;

	t_ok(pki_crl_parse_lenient(ctx, t_hex(forgiven), PKI_LENIENT_DEFAULTS, &first, err));
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = first));
	for (int i = 0; i < 2; i++) {
		ck_assert(pki_crl_next(c, &at, &r));
		ck_assert_int_eq(r.reason, PKI_REASON_KEY_COMPROMISE);
		ck_assert_uint_eq(pki_revoked_ext_count(&r), 1);
	}
	t_ok(pki_crl_parse(ctx, pki_crl_der(c), &again, err));
	ck_assert_uint_eq(pki_crl_leniencies(again), 0);
	pki_crl_free(again);
	pki_crl_free(first);
	pki_crl_free(c);
}
END_TEST

/* ---- delta ---- */

START_TEST(test_delta)
{
	pki_crl *base = listing("01020304", PKI_OPTS(pki_crl_opts, .number = t_hex("05"))), *c;
	pki_crl_builder *b = builder();
	pki_ext e;

	pki_crl_builder_revoke(b, t_hex("05"), THEN, PKI_REASON_NONE);
	pki_crl_builder_revoke(b, t_hex("02"), THEN, PKI_REASON_KEY_COMPROMISE); /* again */
	pki_crl_builder_revoke(b, t_hex("03"), THEN, PKI_REASON_SUPERSEDED);
	pki_crl_builder_release(b, NULL, t_hex("04"));
	c = made(b, PKI_OPTS(pki_crl_opts, .delta_base = base));
	ck_assert(pki_crl_is_delta(c));
	t_bytes_eq(pki_crl_base_number(c), t_hex("05"));
	t_bytes_eq(pki_crl_number(c), t_hex("06"));
	ck_assert(pki_crl_ext(c, PKI_OID(delta_crl_indicator), &e));
	ck_assert(e.critical);
	ck_assert_uint_eq(pki_crl_count(c), 3);
	expect(c, own(), "01", PKI_LISTING_PART, -1);
	expect(c, own(), "02", PKI_LISTING_PART, -1);
	expect(c, own(), "03", PKI_LISTING_LISTED, 4);
	expect(c, own(), "04", PKI_LISTING_LISTED, PKI_REASON_REMOVE);
	expect(c, own(), "05", PKI_LISTING_LISTED, -1);
	pki_crl_free(base);
	pki_crl_free(c);
}
END_TEST

/* The complete CRL of the same time is there already: RFC 5280 5.2.3 gives both one number. */
START_TEST(test_delta_of_two)
{
	pki_crl *base = listing("0102", NULL), *next, *c;
	pki_crl_builder *b = builder();

	pki_crl_builder_revoke(b, t_hex("03"), THEN, PKI_REASON_NONE);
	pki_crl_builder_release(b, NULL, t_hex("01"));
	next = made(b, PKI_OPTS(pki_crl_opts, .from = base));
	c = made(builder(),
	    PKI_OPTS(
		pki_crl_opts, .from = next, .delta_base = base, .number = pki_crl_number(next)));
	t_bytes_eq(pki_crl_number(c), t_hex("02"));
	t_bytes_eq(pki_crl_base_number(c), t_hex("01"));
	ck_assert_uint_eq(pki_crl_count(c), 2);
	expect(c, own(), "01", PKI_LISTING_LISTED, PKI_REASON_REMOVE);
	expect(c, own(), "03", PKI_LISTING_LISTED, -1);
	pki_crl_free(c);
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = next, .delta_base = next));
	ck_assert_uint_eq(pki_crl_count(c), 0);
	pki_crl_free(c);
	pki_crl_free(next);
	pki_crl_free(base);
}
END_TEST

/* ---- indirect ---- */

START_TEST(test_indirect)
{
	pki_revocation entry = { .when = THEN, .reason = PKI_REASON_HOLD };
	pki_crl_builder *b = builder();
	pki_issuing_point point;
	pki_revoked r, found;
	pki_crl *c, *again;
	pki_name *third;

	t_ok(pki_name_from_string(ctx, "CN=Third", &third, err));
	for (uint8_t i = 1; i < 4; i++) {
		entry.serial = pki_bytes_of(&i, 1);
		pki_crl_builder_add(b, others(), &entry);
		if (i == 2)
			pki_crl_builder_add(b, third, &entry);
		if (i == 3)
			pki_crl_builder_add(b, own(), &entry);
	}
	c = made(b, NULL);
	ck_assert(pki_crl_is_indirect(c));
	ck_assert(pki_crl_issuing_point(c, &point));
	ck_assert_uint_eq(pki_crl_count(c), 5);
	for (int round = 0; round < 2; round++) {
		expect(c, own(), "03", PKI_LISTING_LISTED, 6);
		expect(c, own(), "01", PKI_LISTING_NOT_LISTED, -1);
		expect(c, others(), "01", PKI_LISTING_LISTED, 6);
		expect(c, others(), "03", PKI_LISTING_LISTED, 6);
		expect(c, third, "02", PKI_LISTING_LISTED, 6);
		expect(c, third, "01", PKI_LISTING_PART, -1);
		t_ok(pki_crl_index(c, err));
	}
	b = builder();
	pki_crl_builder_release(b, others(), t_hex("01"));
	pki_crl_builder_revoke(b, t_hex("02"), THEN, PKI_REASON_NONE);
	again = made(b, PKI_OPTS(pki_crl_opts, .from = c));
	ck_assert_uint_eq(pki_crl_count(again), 5);
	expect(again, others(), "01", PKI_LISTING_PART, -1);
	expect(again, others(), "02", PKI_LISTING_LISTED, 6);
	expect(again, third, "02", PKI_LISTING_LISTED, 6);
	expect(again, own(), "02", PKI_LISTING_LISTED, -1);
	for (pki_crl_cursor at = { { 0 } }; pki_crl_next(again, &at, &r);) {
		pki_name *issuer;

		t_ok(pki_revoked_issuer(again, &r, &issuer, err));
		t_ok(pki_crl_find(again, issuer, r.serial, &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
		ck_assert_int_eq(found.reason, r.reason);
		pki_name_free(issuer);
	}
	pki_name_free(third);
	pki_crl_free(c);
	pki_crl_free(again);
}
END_TEST

/* ---- signed elsewhere ---- */

static pki_buf to_be_signed(const pki_crl_builder *b, const pki_crl_opts *o)
{
	pki_buf tbs = PKI_BUF_INIT;

	t_ok(pki_crl_builder_tbs(b, ca, o, &tbs, err));
	return tbs;
}

START_TEST(test_signed_elsewhere)
{
	pki_crl *base = listing("0102", NULL), *c;
	const pki_crl_opts *o = PKI_OPTS(pki_crl_opts, .delta_base = base);
	pki_crl_builder *b = builder();
	pki_buf tbs, signature = PKI_BUF_INIT;

	pki_crl_builder_revoke(b, t_hex("03"), THEN, PKI_REASON_HOLD);
	tbs = to_be_signed(b, o);
	t_ok(pki_sign(ca_key, NULL, pki_buf_bytes(&tbs), &signature, err));
	t_ok(pki_crl_join(
	    ctx, pki_buf_bytes(&tbs), pki_buf_bytes(&signature), pki_key_public(ca_key), &c, err));
	t_bytes_eq(pki_crl_tbs(c), pki_buf_bytes(&tbs));
	ck_assert(pki_crl_is_delta(c));
	expect(c, own(), "03", PKI_LISTING_LISTED, PKI_REASON_HOLD);
	pki_crl_free(c);
	c = made(b, o);
	t_bytes_eq(pki_crl_tbs(c), pki_buf_bytes(&tbs));
	pki_crl_free(c);
	pki_crl_free(base);
	pki_buf_free(&tbs);
	pki_buf_free(&signature);
}
END_TEST

static void refuse_join(pki_status want, pki_bytes tbs, pki_bytes signature, const pki_key *k)
{
	pki_crl *c = (pki_crl *)(uintptr_t)k;

	t_fails(want, pki_crl_join(ctx, tbs, signature, pki_key_public(k), &c, err));
	ck_assert_ptr_null(c);
}

START_TEST(test_bad_joins)
{
	pki_crl_builder *b = builder();
	pki_buf tbs = to_be_signed(b, NULL), signature = PKI_BUF_INIT, out = PKI_BUF_INIT;
	pki_bytes all = pki_buf_bytes(&tbs), good;
	pki_key *other_p256;

	t_ok(pki_key_generate(ctx, PKI_KEY_P256, NULL, &other_p256, err));
	t_ok(pki_sign(ca_key, NULL, all, &signature, err));
	good = pki_buf_bytes(&signature);
	refuse_join(PKI_E_SIGNATURE, all, good, other_p256);
	refuse_join(PKI_E_SIGNATURE, all, good, other_key);
	refuse_join(PKI_E_SIGNATURE, all, t_hex("3006020101020101"), ca_key);
	refuse_join(PKI_E_SIGNATURE, all, pki_bytes_of(good.data, 0), ca_key);
	refuse_join(PKI_E_ENCODING, pki_bytes_of(all.data, all.len - 1), good, ca_key);
	refuse_join(PKI_E_ENCODING, t_hex("00"), good, ca_key);
	refuse_join(PKI_E_STRUCTURE, t_hex("3000"), good, ca_key);
	refuse_join(PKI_E_STRUCTURE, t_hex("3003020101"), good, ca_key);
	refuse_join(PKI_E_STRUCTURE, t_hex("30050201013000"), good, ca_key);
	t_fails(PKI_E_ARG,
	    pki_crl_builder_tbs(b, other_ca,
		PKI_OPTS(
		    pki_crl_opts, .number = t_hex("010000000000000000000000000000000000000000")),
		&out, err));
	pki_crl_builder_revoke(b, t_hex("ff"), THEN, 0);
	t_fails(PKI_E_ARG, pki_crl_builder_tbs(b, ca, NULL, &out, err));
	ck_assert_uint_eq(out.len, 0);
	pki_key_free(other_p256);
	pki_buf_free(&tbs);
	pki_buf_free(&signature);
	pki_crl_builder_free(b);
}
END_TEST

/* ---- not made ---- */

static void refuse_entry(
    pki_status want, const char *serial, pki_time when, int reason, pki_time invalid_since)
{
	pki_revocation entry = { .serial = t_hex(serial),
		.when = when,
		.reason = reason,
		.invalid_since = invalid_since != PKI_TIME_NONE ? &invalid_since : NULL };
	pki_crl_builder *b = builder();
	pki_crl *c;

	pki_crl_builder_add(b, NULL, &entry);
	t_fails(want, pki_crl_builder_status(b, err));
	pki_crl_builder_revoke(b, t_hex("01"), THEN, PKI_REASON_NONE);
	pki_crl_builder_release(b, NULL, t_hex("01"));
	t_fails(want, pki_crl_builder_status(b, err));
	t_fails(want, pki_crl_builder_sign(b, ca, ca_key, NULL, &c, err));
	ck_assert_ptr_null(c);
	pki_crl_builder_free(b);
}

START_TEST(test_bad_entries)
{
	refuse_entry(PKI_E_ARG, "", THEN, -1, PKI_TIME_NONE);
	refuse_entry(
	    PKI_E_ARG, "7f0000000000000000000000000000000000000000", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "00", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "0000", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "80", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "ff", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "ff80", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "b1c2d3e4f5", THEN, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", PKI_TIME_NONE, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", PKI_TIME_MAX + 1, -1, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", THEN, -2, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", THEN, 7, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", THEN, 8, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", THEN, 11, PKI_TIME_NONE);
	refuse_entry(PKI_E_ARG, "01", THEN, -1, PKI_TIME_MAX + 1);
	refuse_entry(PKI_E_ARG, "01", THEN, -1, PKI_TIME_MIN - 1);
}
END_TEST

static void refuse_revocation(pki_status want, const pki_revocation *entry)
{
	pki_crl_builder *b = builder();

	pki_crl_builder_add(b, NULL, entry);
	t_fails(want, pki_crl_builder_status(b, err));
	pki_crl_builder_free(b);
}

START_TEST(test_bad_entry_exts)
{
	static const pki_oid *const modelled[] = { &pki_id_crl_reasons, &pki_id_invalidity_date,
		&pki_id_certificate_issuer };
	pki_revocation entry = { .serial = t_hex("01"), .when = THEN };
	pki_exts *exts;

	for (size_t i = 0; i < sizeof modelled / sizeof modelled[0]; i++) {
		t_ok(pki_exts_new(ctx, &exts, err));
		pki_exts_add(exts, pki_oid_view(modelled[i]), false, t_hex("0500"));
		entry.exts = exts;
		refuse_revocation(PKI_E_ARG, &entry);
		pki_exts_free(exts);
	}
	t_ok(pki_exts_new(ctx, &exts, err));
	entry.exts = exts;
	pki_exts_key_usage(exts, 0);
	refuse_revocation(PKI_E_ARG, &entry);
	pki_exts_free(exts);
	entry.exts = NULL;
	entry.reserved0 = 1;
	refuse_revocation(PKI_E_UNSUPPORTED, &entry);
	entry.reserved0 = 0;
	entry.reserved[3] = 1;
	refuse_revocation(PKI_E_UNSUPPORTED, &entry);
}
END_TEST

static void refuse(pki_status want, const char *clause, const pki_cert *issuer, const pki_key *k,
    const pki_crl_opts *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_crl_builder *b = builder();
	pki_crl *c = (pki_crl *)b;
	pki_status st = pki_crl_builder_sign(b, issuer, k, o, &c, &err);

	ck_assert_msg(st == want, "%s", t_error(&err));
	ck_assert_ptr_null(c);
	if (clause != NULL)
		ck_assert_str_eq(pki_error_clause(&err), clause);
	ck_assert_str_eq(pki_error_function(&err), "pki_crl_builder_sign");
	pki_crl_builder_free(b);
}

START_TEST(test_bad_issuers)
{
	pki_cert *no_crl_sign = self_signed(ca_key, "CN=CA", PKI_KU_KEY_CERT_SIGN);
	pki_cert *leaf;

	t_ok(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(other_key)), ca, ca_key,
	    PKI_OPTS(pki_cert_opts, .subject = "CN=Leaf", .names = PKI_LIST("a.example")), &leaf,
	    err));
	refuse(PKI_E_POLICY, "RFC 5280 5", leaf, other_key, NULL);
	refuse(PKI_E_POLICY, "RFC 5280 4.2.1.3", no_crl_sign, ca_key, NULL);
	refuse(PKI_E_POLICY, NULL, ca, other_key, NULL);
	refuse(PKI_E_POLICY, NULL, other_ca, ca_key, NULL);
	pki_cert_free(no_crl_sign);
	pki_cert_free(leaf);
}
END_TEST

START_TEST(test_bad_times)
{
	static const pki_time then = NOW - 1, never = INT64_MAX, now = NOW, none = PKI_TIME_NONE;
	pki_crl *c = made(builder(), NULL);

	refuse(PKI_E_POLICY, "RFC 5280 5.1.2.5", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .next_update = &now));
	refuse(PKI_E_POLICY, "RFC 5280 5.1.2.5", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .next_update = &then));
	refuse(PKI_E_ARG, NULL, ca, ca_key, PKI_OPTS(pki_crl_opts, .next_update = &never));
	refuse(PKI_E_ARG, NULL, ca, ca_key, PKI_OPTS(pki_crl_opts, .this_update = &never));
	refuse(PKI_E_ARG, NULL, ca, ca_key, PKI_OPTS(pki_crl_opts, .this_update = &none));
	refuse(PKI_E_POLICY, "RFC 5280 5.1.2.4", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .from = c, .this_update = &then));
	pki_crl_free(c);
}
END_TEST

START_TEST(test_bad_continuations)
{
	pki_crl *five = listing("01", PKI_OPTS(pki_crl_opts, .number = t_hex("05")));
	pki_crl *delta = made(builder(), PKI_OPTS(pki_crl_opts, .delta_base = five));
	pki_crl *foreign;
	pki_crl_builder *b = builder();
	static const char *const numbers[] = { "05", "04", "00" };

	t_ok(pki_crl_builder_sign(b, other_ca, other_key, NULL, &foreign, err));
	pki_crl_builder_free(b);
	for (size_t i = 0; i < 3; i++)
		refuse(PKI_E_POLICY, "RFC 5280 5.2.3", ca, ca_key,
		    PKI_OPTS(pki_crl_opts, .from = five, .number = t_hex(numbers[i])));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.3", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .delta_base = five, .number = t_hex("05")));
	refuse(PKI_E_ARG, "RFC 5280 5.2.3", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .number = t_hex("010000000000000000000000000000000000000000")));
	refuse(PKI_E_ARG, "RFC 5280 5.2.3", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .number = t_hex("8000000000000000000000000000000000000000")));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.4", ca, ca_key, PKI_OPTS(pki_crl_opts, .from = delta));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.4", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .delta_base = delta));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.3", ca, ca_key, PKI_OPTS(pki_crl_opts, .from = foreign));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.3", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .from = five, .delta_base = foreign));
	pki_crl_free(five);
	pki_crl_free(delta);
	pki_crl_free(foreign);
}
END_TEST

/* What is missing in a CRL from before the base is not released: RFC 5280 5.2.4. */
START_TEST(test_bad_bases)
{
	static const pki_time later = NOW + 60;
	pki_crl *first = listing("01", PKI_OPTS(pki_crl_opts, .number = t_hex("0100")));
	pki_crl *base = listing("0102", PKI_OPTS(pki_crl_opts, .number = t_hex("0101")));
	pki_crl *less = listing("0102", PKI_OPTS(pki_crl_opts, .number = t_hex("ff")));
	pki_crl *late = listing(
	    "0102", PKI_OPTS(pki_crl_opts, .number = t_hex("0100"), .this_update = &later));
	pki_crl *c;

	refuse(PKI_E_POLICY, "RFC 5280 5.2.4", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .from = first, .delta_base = base));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.4", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .from = less, .delta_base = base, .number = t_hex("0102")));
	refuse(PKI_E_POLICY, "RFC 5280 5.2.4", ca, ca_key,
	    PKI_OPTS(pki_crl_opts, .from = base, .delta_base = late, .this_update = &later));
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = base, .delta_base = first));
	ck_assert_uint_eq(pki_crl_count(c), 1);
	pki_crl_free(first);
	pki_crl_free(base);
	pki_crl_free(less);
	pki_crl_free(late);
	pki_crl_free(c);
}
END_TEST

/* ---- extensions ---- */

#define A_URI      "a006 a004 8602 613a"
#define CA_ISSUERS "300e 0608 2b06010505073002 8602 613a"
#define OCSP       "300e 0608 2b06010505073001 8602 613a"
#define ONLY_USERS "30038101ff"
#define ONLY_CAS   "30038201ff"
#define INDIRECT   "30038401ff"

static pki_exts *one_ext(const char *oid, bool critical, const char *value)
{
	pki_exts *exts;

	t_ok(pki_exts_new(ctx, &exts, err));
	pki_exts_add(exts, t_hex(oid), critical, t_hex(value));
	t_ok(pki_exts_status(exts, err));
	return exts;
}

static pki_exts *point(const char *value)
{
	return one_ext("551d1c", true, value);
}

START_TEST(test_exts)
{
	static const struct {
		const char *oid;
		bool critical;
		const char *value;
	} rows[] = { { "551d23", false, "3003800107" }, { "551d12", false, "3003820161" },
		{ "551d12", true, "3003820161" }, { "551d1c", true, ONLY_CAS },
		{ "551d2e", false, "300a 3008" A_URI },
		{ "2b06010505070101", false, "3010" CA_ISSUERS }, { "2a0304", false, "0500" },
		{ "2a0304", true, "0500" } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_exts *exts = one_ext(rows[i].oid, rows[i].critical, rows[i].value);
		pki_crl *c = made(builder(), PKI_OPTS(pki_crl_opts, .exts = exts));
		pki_ext e;

		ck_assert(pki_crl_ext(c, t_hex(rows[i].oid), &e));
		ck_assert(e.critical == rows[i].critical);
		t_bytes_eq(e.value, t_hex(rows[i].value));
		pki_exts_free(exts);
		pki_crl_free(c);
	}
}
END_TEST

/* What is refused is not signed elsewhere either. */
static void refuse_all(pki_status want, const char *clause, const pki_crl_opts *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_crl_builder *b = builder();
	pki_buf tbs = PKI_BUF_INIT;

	ck_assert_int_eq(pki_crl_builder_tbs(b, ca, o, &tbs, &err), want);
	ck_assert_uint_eq(tbs.len, 0);
	refuse(want, clause, ca, ca_key, o);
	pki_crl_builder_free(b);
}

START_TEST(test_bad_exts)
{
	static const struct {
		const char *oid;
		bool critical;
		const char *value;
		pki_status want;
		const char *clause;
	} rows[] = {
		/* the maker's own */
		{ "551d14", false, "020101", PKI_E_ARG, "RFC 5280 5.2" },
		{ "551d1b", true, "020101", PKI_E_ARG, "RFC 5280 5.2" },
		/* those of other places */
		{ "551d13", true, "3000", PKI_E_ARG, "RFC 5280 5.2" },
		{ "551d0f", true, "03020780", PKI_E_ARG, "RFC 5280 5.2" },
		{ "551d15", false, "0a0101", PKI_E_ARG, "RFC 5280 5.2" },
		{ "551d23", true, "3003800107", PKI_E_ARG, "RFC 5280 4.2.1.1" },
		{ "551d23", false, "3000", PKI_E_ARG, "RFC 5280 5.2.1" },
		{ "551d23", false, "3008 a103820161 820105", PKI_E_ARG, "RFC 5280 5.2.1" },
		{ "551d23", false, "30028000", PKI_E_STRUCTURE, NULL },
		{ "551d12", false, "3000", PKI_E_STRUCTURE, NULL },
		{ "551d1c", false, ONLY_USERS, PKI_E_ARG, "RFC 5280 5.2.5" },
		{ "551d1c", true, "30038501ff", PKI_E_ARG, "RFC 5280 5.2.5" },
		{ "551d1c", true, "30068101ff8201ff", PKI_E_STRUCTURE, "RFC 5280 5.2.5" },
		{ "551d1c", true, "3000", PKI_E_STRUCTURE, NULL },
		{ "551d2e", true, "300a 3008" A_URI, PKI_E_ARG, "RFC 5280 5.2.6" },
		{ "551d2e", false, "300e 300c" A_URI "81020102", PKI_E_ARG, "RFC 5280 5.2.6" },
		{ "551d2e", false, "300f 300d" A_URI "a203820161", PKI_E_ARG, "RFC 5280 5.2.6" },
		{ "551d2e", false, "3018 3008" A_URI "300c" A_URI "81020102", PKI_E_ARG,
		    "RFC 5280 5.2.6" },
		{ "551d2e", false, "3000", PKI_E_STRUCTURE, NULL },
		{ "2b06010505070101", true, "3010" CA_ISSUERS, PKI_E_ARG, "RFC 5280 5.2.7" },
		{ "2b06010505070101", false, "3010" OCSP, PKI_E_ARG, "RFC 5280 5.2.7" },
		{ "2b06010505070101", false, "3020" CA_ISSUERS OCSP, PKI_E_ARG, "RFC 5280 5.2.7" },
		{ "2b06010505070101", false, "3000", PKI_E_STRUCTURE, NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		pki_exts *exts = one_ext(rows[i].oid, rows[i].critical, rows[i].value);

		refuse_all(rows[i].want, rows[i].clause, PKI_OPTS(pki_crl_opts, .exts = exts));
		pki_exts_free(exts);
	}
}
END_TEST

/* RFC 5280 5.2.6 */
START_TEST(test_freshest_of_delta)
{
	pki_exts *exts = one_ext("551d2e", false, "300a 3008" A_URI);
	pki_crl *base = made(builder(), PKI_OPTS(pki_crl_opts, .exts = exts));
	pki_crl *c = made(builder(), PKI_OPTS(pki_crl_opts, .delta_base = base));

	ck_assert(!pki_crl_ext(c, PKI_OID(freshest_crl), NULL));
	refuse_all(
	    PKI_E_ARG, "RFC 5280 5.2.6", PKI_OPTS(pki_crl_opts, .delta_base = base, .exts = exts));
	pki_exts_free(exts);
	pki_crl_free(base);
	pki_crl_free(c);
}
END_TEST

/* A delta CRL is of the scope of its base, and so is the complete CRL of the same time. */
START_TEST(test_scopes)
{
	pki_exts *users = point(ONLY_USERS), *cas = point(ONLY_CAS);
	pki_crl *all = made(builder(), NULL);
	pki_crl *of_users = made(builder(), PKI_OPTS(pki_crl_opts, .exts = users));
	pki_crl *of_cas = made(builder(), PKI_OPTS(pki_crl_opts, .exts = cas));
	const struct {
		const pki_crl *base, *from;
		const pki_exts *exts;
		bool good;
	} rows[] = { { all, NULL, NULL, true }, { of_users, NULL, NULL, true },
		{ of_users, of_users, users, true }, { all, all, NULL, true },
		{ all, NULL, users, false }, { of_users, NULL, cas, false },
		{ all, of_users, NULL, false }, { of_users, all, NULL, false },
		{ of_users, of_cas, NULL, false }, { of_users, of_cas, users, false },
		{ of_users, all, users, false }, { of_users, of_users, cas, false } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const pki_crl_opts *o = PKI_OPTS(pki_crl_opts, .delta_base = rows[i].base,
		    .from = rows[i].from, .exts = rows[i].exts);

		if (rows[i].good)
			pki_crl_free(made(builder(), o));
		else
			refuse_all(PKI_E_POLICY, "RFC 5280 5.2.4", o);
	}
	pki_exts_free(users);
	pki_exts_free(cas);
	pki_crl_free(all);
	pki_crl_free(of_users);
	pki_crl_free(of_cas);
}
END_TEST

/* What nobody understood, and was critical, is not dropped. */
START_TEST(test_continued_unknown)
{
	pki_exts *exts = one_ext("2a0304", true, "0500"),
		 *harmless = one_ext("2a0304", false, "0500");
	pki_crl *first = made(builder(), PKI_OPTS(pki_crl_opts, .exts = exts));
	pki_crl *plain = made(builder(), PKI_OPTS(pki_crl_opts, .exts = harmless)), *c;
	pki_ext e;

	refuse_all(PKI_E_UNSUPPORTED, "RFC 5280 5.2", PKI_OPTS(pki_crl_opts, .from = first));
	refuse_all(PKI_E_UNSUPPORTED, "RFC 5280 5.2", PKI_OPTS(pki_crl_opts, .delta_base = first));
	refuse_all(PKI_E_UNSUPPORTED, "RFC 5280 5.2",
	    PKI_OPTS(pki_crl_opts, .from = plain, .delta_base = first));
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = first, .exts = exts));
	ck_assert(pki_crl_ext(c, t_hex("2a0304"), &e));
	ck_assert(e.critical);
	pki_crl_free(c);
	c = made(builder(), PKI_OPTS(pki_crl_opts, .from = plain));
	ck_assert(!pki_crl_ext(c, t_hex("2a0304"), &e));
	pki_crl_free(c);
	pki_exts_free(exts);
	pki_exts_free(harmless);
	pki_crl_free(first);
	pki_crl_free(plain);
}
END_TEST

/* ---- other issuers' certificates, and a scope without them ---- */

static pki_crl_builder *of_others(void)
{
	pki_revocation entry = { .serial = t_hex("07"), .when = THEN };
	pki_crl_builder *b = builder();

	pki_crl_builder_add(b, others(), &entry);
	return b;
}

static void refuse_others(pki_status want, const char *clause, const pki_crl_opts *o)
{
	pki_error err = PKI_ERROR_INIT;
	pki_crl_builder *b = of_others();
	pki_buf tbs = PKI_BUF_INIT;

	ck_assert_int_eq(pki_crl_builder_tbs(b, ca, o, &tbs, &err), want);
	ck_assert_str_eq(pki_error_clause(&err), clause);
	ck_assert_uint_eq(tbs.len, 0);
	pki_crl_builder_free(b);
}

START_TEST(test_bad_indirect)
{
	pki_exts *users = point(ONLY_USERS), *indirect = point(INDIRECT);
	pki_crl *all = made(builder(), NULL);
	pki_crl *of_users = made(builder(), PKI_OPTS(pki_crl_opts, .exts = users)), *c;

	refuse_others(PKI_E_ARG, "RFC 5280 5.2.5", PKI_OPTS(pki_crl_opts, .exts = users));
	refuse_others(PKI_E_ARG, "RFC 5280 5.2.5", PKI_OPTS(pki_crl_opts, .from = of_users));
	refuse_others(PKI_E_POLICY, "RFC 5280 5.2.4", PKI_OPTS(pki_crl_opts, .delta_base = all));
	c = made(of_others(), PKI_OPTS(pki_crl_opts, .from = of_users, .exts = indirect));
	ck_assert(pki_crl_is_indirect(c));
	expect(c, others(), "07", PKI_LISTING_LISTED, -1);
	pki_exts_free(users);
	pki_exts_free(indirect);
	pki_crl_free(all);
	pki_crl_free(of_users);
	pki_crl_free(c);
}
END_TEST

static pki_cert *crl_signer(void)
{
	pki_exts *exts;
	pki_cert *c;

	t_ok(pki_exts_new(ctx, &exts, err));
	pki_exts_key_usage(exts, PKI_KU_CRL_SIGN);
	t_ok(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(other_key)), ca, ca_key,
	    PKI_OPTS(
		pki_cert_opts, .subject = "CN=Signer", .profile = PKI_PROFILE_NONE, .exts = exts),
	    &c, err));
	pki_exts_free(exts);
	return c;
}

/* Whoever is no CA signs indirect CRLs, and no others: whatever they continue. */
START_TEST(test_no_ca)
{
	pki_exts *users = point(ONLY_USERS), *indirect = point(INDIRECT);
	pki_cert *signer = crl_signer();
	pki_crl_builder *b = builder(), *more = of_others();
	pki_crl *empty, *c;

	refuse(PKI_E_POLICY, "RFC 5280 5", signer, other_key, NULL);
	refuse(
	    PKI_E_POLICY, "RFC 5280 5", signer, other_key, PKI_OPTS(pki_crl_opts, .exts = users));
	t_ok(pki_crl_builder_sign(
	    b, signer, other_key, PKI_OPTS(pki_crl_opts, .exts = indirect), &empty, err));
	t_ok(pki_crl_builder_sign(more, signer, other_key, NULL, &c, err));
	ck_assert(pki_crl_is_indirect(empty) && pki_crl_is_indirect(c));
	refuse(PKI_E_POLICY, "RFC 5280 5", signer, other_key,
	    PKI_OPTS(pki_crl_opts, .from = empty, .exts = users));
	pki_crl_builder_free(b);
	pki_crl_builder_free(more);
	pki_exts_free(users);
	pki_exts_free(indirect);
	pki_cert_free(signer);
	pki_crl_free(empty);
	pki_crl_free(c);
}
END_TEST

START_TEST(test_null)
{
	pki_crl_builder *b = builder();
	pki_crl_opts o;
	pki_crl *c = (pki_crl *)b;

	pki_crl_opts_init(NULL, sizeof o);
	pki_crl_opts_init(&o, sizeof o);
	ck_assert_uint_eq(o.size, sizeof o);
	t_fails(PKI_E_ARG, pki_crl_builder_new(ctx, NULL, err));
	t_fails(PKI_E_ARG, pki_crl_builder_status(NULL, err));
	t_fails(PKI_E_ARG, pki_crl_builder_sign(NULL, ca, ca_key, &o, &c, err));
	ck_assert_ptr_null(c);
	t_fails(PKI_E_ARG, pki_crl_builder_sign(b, NULL, ca_key, &o, &c, err));
	t_fails(PKI_E_ARG, pki_crl_builder_sign(b, ca, NULL, &o, &c, err));
	t_fails(PKI_E_ARG, pki_crl_builder_sign(b, ca, ca_key, &o, NULL, err));
	o.size = 1;
	t_fails(PKI_E_ARG, pki_crl_builder_sign(b, ca, ca_key, &o, &c, err));
	pki_crl_builder_revoke(NULL, t_hex("01"), THEN, 0);
	pki_crl_builder_release(NULL, NULL, t_hex("01"));
	pki_crl_builder_revoke_cert(NULL, NULL, THEN, 0);
	pki_crl_builder_add(NULL, NULL, NULL);
	t_ok(pki_crl_builder_status(b, err));
	pki_crl_builder_add(b, NULL, NULL);
	t_fails(PKI_E_ARG, pki_crl_builder_status(b, err));
	pki_crl_builder_free(NULL);
	pki_crl_builder_free(b);
}
END_TEST

/* ---- many ---- */

/* A million entries, in any order, and each is found. */
START_TEST(test_a_million)
{
	enum { MANY = 1000000, STEP = 777767 }; /* no common divisor */
	pki_crl_builder *b = builder();
	pki_revoked found;
	pki_crl *c;

	for (uint32_t i = 0, n = 0; i < MANY; i++, n = (n + STEP) % MANY) {
		uint8_t serial[] = { 0x40, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		pki_crl_builder_revoke(b, pki_bytes_of(serial, sizeof serial), THEN,
		    n % 2 == 0 ? PKI_REASON_NONE : PKI_REASON_KEY_COMPROMISE);
	}
	c = made(b, NULL);
	ck_assert_uint_eq(pki_crl_count(c), MANY);
	t_ok(pki_crl_index(c, err));
	for (uint32_t n = 0; n < MANY + 1000; n++) {
		uint8_t serial[] = { 0x40, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

		t_ok(pki_crl_find(c, own(), pki_bytes_of(serial, sizeof serial), &found, err));
		ck_assert_int_eq(
		    found.listing, n < MANY ? PKI_LISTING_LISTED : PKI_LISTING_NOT_LISTED);
	}
	pki_crl_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, test_empty, test_entries, test_each_once,
		test_options, test_continued, test_continued_as_it_was, test_continued_forgiven,
		test_delta, test_delta_of_two, test_indirect, test_signed_elsewhere, test_bad_joins,
		test_all_zeros, test_entry_exts, test_certificates, test_bad_entries,
		test_bad_entry_exts, test_bad_issuers, test_bad_times, test_bad_continuations,
		test_bad_bases, test_exts, test_bad_exts, test_freshest_of_delta, test_scopes,
		test_continued_unknown, test_bad_indirect, test_no_ca, test_null, test_a_million,
		tear_down, NULL };

	return t_main("crl_make", tests);
}
