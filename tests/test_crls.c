/* SPDX-License-Identifier: BSD-3-Clause */
/* Sets of CRLs: found by issuer, read from files and folders. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <pki/bundle.h>
#include <pki/crl.h>
#include <pki/pem.h>

#include "tests/lib/nested.h"

#define MANY 1000 /* CRLs */

/* A CRL of an issuer with a number for a name. `upper` names it in other octets. */
static pki_crl *of_issuer(unsigned number, unsigned serial, bool upper)
{
	char text[512];
	pki_crl *c;

	snprintf(text, sizeof text,
	    "30{30{02{01}30{06{2a8648ce3d040302}}30{31{30{06{550403}%s{%s%02x%02x%02x%02x}}}}"
	    "17{3236303130313030303030305a}30{30{02{%02x}17{3236303130313030303030305a}}}}"
	    "30{06{2a8648ce3d040302}}03{0001}}",
	    upper ? "13" : "0c", upper ? "4341" : "6361", '0' + number / 1000 % 10,
	    '0' + number / 100 % 10, '0' + number / 10 % 10, '0' + number % 10, serial);
	t_ok(pki_crl_parse(NULL, t_nested(text), &c, err));
	return c;
}

static void add(pki_crls *s, unsigned number, unsigned serial, bool upper)
{
	pki_crl *c = of_issuer(number, serial, upper);

	t_ok(pki_crls_add(s, c, err));
	pki_crl_free(c);
}

/* Which serial numbers, each a bit, are in the CRLs of this issuer. */
static unsigned serials_of(const pki_crls *s, const pki_name *issuer)
{
	const pki_crl *c;
	unsigned all = 0;
	size_t at = 0;

	while ((c = pki_crls_next(s, issuer, &at)) != NULL) {
		pki_crl_cursor first = { { 0 } };
		pki_revoked r;

		ck_assert(pki_name_equal(pki_crl_issuer(c), issuer));
		ck_assert(pki_crl_next(c, &first, &r));
		ck_assert_uint_eq(all >> r.serial.data[0] & 1, 0);
		all |= 1u << r.serial.data[0];
	}
	ck_assert_ptr_null(pki_crls_next(s, issuer, &at));
	return all;
}

static void expect(const pki_crls *s, unsigned number, unsigned want)
{
	pki_crl *c = of_issuer(number, 1, false);

	ck_assert_msg(serials_of(s, pki_crl_issuer(c)) == want, "%u", number);
	pki_crl_free(c);
}

START_TEST(test_by_issuer)
{
	pki_crls *s;
	pki_name *none;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_name_from_string(NULL, "CN=none", &none, err));
	ck_assert_uint_eq(serials_of(s, none), 0);
	for (unsigned i = 0; i < MANY; i++) {
		unsigned number = i * 389 % MANY; /* no common divisor */

		add(s, number, 1, false);
		if (number % 10 == 0)
			add(s, number, 2, true);
		if (number % 100 == 0)
			add(s, number, 3, false);
	}
	ck_assert_uint_eq(pki_crls_count(s), MANY + MANY / 10 + MANY / 100);
	for (unsigned i = 0; i < MANY; i++)
		expect(s, i, 2u | (i % 10 == 0 ? 4u : 0) | (i % 100 == 0 ? 8u : 0));
	expect(s, MANY, 0);
	ck_assert_uint_eq(serials_of(s, none), 0);
	pki_name_free(none);
	pki_crls_free(s);
}
END_TEST

/* At every size, all are found. */
START_TEST(test_growing)
{
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	for (unsigned n = 0; n < 70; n++) {
		size_t at = 0, all = 0;

		add(s, 69 - n, 1, false);
		for (unsigned i = 0; i < 70; i++)
			expect(s, i, i >= 69 - n ? 2 : 0);
		while (pki_crls_next(s, NULL, &at) != NULL)
			all++;
		ck_assert_uint_eq(all, n + 1);
	}
	pki_crls_free(s);
}
END_TEST

static void write_to(const char *path, pki_bytes octets)
{
	t_ok(pki_file_write(path, octets, PKI_FILE_REPLACE, err));
}

static const char *in_folder(const char *name)
{
	static char path[512];

	snprintf(path, sizeof path, "%s/%s", t_scratch("folder"), name);
	return path;
}

START_TEST(test_files)
{
	pki_crl *a = of_issuer(1, 1, false), *b = of_issuer(2, 2, false);
	pki_buf pem = PKI_BUF_INIT;
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_crl_save(a, t_scratch("one.der"), PKI_DER, 0, err));
	t_ok(pki_crls_load(s, t_scratch("one.der"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 1);
	t_ok(pki_crl_write(a, PKI_PEM, &pem, err));
	t_ok(pki_pem_encode("CERTIFICATE", t_hex("3000"), &pem, err));
	t_ok(pki_crl_write(b, PKI_PEM, &pem, err));
	write_to(t_scratch("two.pem"), pki_buf_bytes(&pem));
	t_ok(pki_crls_load(s, t_scratch("two.pem"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 3);

	write_to(t_scratch("bad"), t_hex("3000"));
	t_fails(PKI_E_STRUCTURE, pki_crls_load(s, t_scratch("bad"), 0, err));
	write_to(t_scratch("other.pem"),
	    pki_bytes_str("-----BEGIN OTHER-----\nMAA=\n-----END OTHER-----\n"));
	t_fails(PKI_E_NOTFOUND, pki_crls_load(s, t_scratch("other.pem"), 0, err));
	t_fails(PKI_E_IO, pki_crls_load(s, t_scratch("none"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 3);
	pki_buf_free(&pem);
	pki_crls_free(s);
	pki_crl_free(a);
	pki_crl_free(b);
}
END_TEST

START_TEST(test_folders)
{
	pki_crl *a = of_issuer(1, 1, false), *b = of_issuer(2, 2, false);
	pki_crls *s;

	ck_assert_int_eq(mkdir(t_scratch("folder"), 0700), 0);
	t_ok(pki_crls_new(NULL, &s, err));
	t_fails(PKI_E_NOTFOUND, pki_crls_load(s, t_scratch("folder"), 0, err));
	write_to(in_folder("readme"), pki_bytes_str("nothing\n"));
	write_to(in_folder(".hidden"), pki_crl_der(a));
	t_fails(PKI_E_NOTFOUND, pki_crls_load(s, t_scratch("folder"), 0, err));
	t_ok(pki_crl_save(a, in_folder("a.crl"), PKI_DER, 0, err));
	t_ok(pki_crl_save(b, in_folder("b.crl"), PKI_PEM, 0, err));
	ck_assert_int_eq(mkdir(in_folder("sub"), 0700), 0);
	t_ok(pki_crls_load(s, t_scratch("folder"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 2);
	expect(s, 1, 2);
	expect(s, 2, 4);
	/* by the names of the files */
	t_bytes_eq(pki_crl_der(pki_crls_at(s, 0)), pki_crl_der(a));
	t_bytes_eq(pki_crl_der(pki_crls_at(s, 1)), pki_crl_der(b));
	ck_assert_ptr_null(pki_crls_at(s, 2));
	/* it looks like a CRL, and is none */
	write_to(in_folder("c.crl"), pki_bytes_of(pki_crl_der(a).data, pki_crl_der(a).len - 1));
	t_fails(PKI_E_ENCODING, pki_crls_load(s, t_scratch("folder"), 0, err));
	/* what fails adds nothing */
	ck_assert_uint_eq(pki_crls_count(s), 2);
	pki_crls_free(s);
	pki_crl_free(a);
	pki_crl_free(b);
}
END_TEST

/* PKCS#7 has CRLs, too: in DER, in PEM, in a folder, beside others. */
START_TEST(test_bundles)
{
	pki_crl *a = of_issuer(2, 1, false), *b = of_issuer(1, 2, false);
	pki_buf pem = PKI_BUF_INIT;
	pki_crls *s, *in;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_crls_new(NULL, &in, err));
	t_ok(pki_crls_add(in, a, err));
	t_ok(pki_crls_add(in, b, err));
	t_ok(pki_bundle_save(NULL, in, t_scratch("der.p7b"), PKI_DER, 0, err));
	t_ok(pki_crls_load(s, t_scratch("der.p7b"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 2);
	t_ok(pki_crl_write(a, PKI_PEM, &pem, err));
	t_ok(pki_bundle_write(NULL, in, PKI_PEM, &pem, err));
	write_to(t_scratch("both.pem"), pki_buf_bytes(&pem));
	t_ok(pki_crls_load(s, t_scratch("both.pem"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 5);
	t_bytes_eq(pki_crl_der(pki_crls_at(s, 2)), pki_crl_der(a));
	/* the second block is malformed, and the first one is not added either */
	pem.len = 0;
	t_ok(pki_crl_write(a, PKI_PEM, &pem, err));
	t_ok(pki_pem_encode("PKCS7", t_hex("3000"), &pem, err));
	write_to(t_scratch("half.pem"), pki_buf_bytes(&pem));
	t_fails(PKI_E_STRUCTURE, pki_crls_load(s, t_scratch("half.pem"), 0, err));
	/* of another content type */
	write_to(t_scratch("data.p7"), t_hex("300f06092a864886f70d010701a0020400"));
	t_fails(PKI_E_NOTFOUND, pki_crls_load(s, t_scratch("data.p7"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 5);
	pki_buf_free(&pem);
	pki_crls_free(in);
	pki_crls_free(s);
	pki_crl_free(a);
	pki_crl_free(b);
}
END_TEST

START_TEST(test_base64)
{
	pki_crl *a = of_issuer(1, 1, false), *c;
	pki_buf pem = PKI_BUF_INIT;
	pki_bytes text;
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_crl_write(a, PKI_PEM, &pem, err));
	text = pki_buf_bytes(&pem);
	text = pki_bytes_of(text.data + strlen("-----BEGIN X509 CRL-----\n"),
	    text.len - strlen("-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n"));
	write_to(t_scratch("base64"), text);
	t_ok(pki_crls_load(s, t_scratch("base64"), 0, err));
	expect(s, 1, 2);
	t_ok(pki_crl_load(NULL, t_scratch("base64"), &c, err));
	pki_crl_free(c);
	write_to(t_scratch("base64"), pki_bytes_str("MAA="));
	t_fails(PKI_E_STRUCTURE, pki_crls_load(s, t_scratch("base64"), 0, err));
	ck_assert_uint_eq(pki_crls_count(s), 1);
	pki_buf_free(&pem);
	pki_crls_free(s);
	pki_crl_free(a);
}
END_TEST

/* revokedCertificates without an entry */
START_TEST(test_lenient)
{
	pki_bytes empty = t_nested(
	    "30{30{02{01}30{06{2a8648ce3d040302}}30{31{30{06{550403}0c{61}}}}"
	    "17{3236303130313030303030305a}30{}}30{06{2a8648ce3d040302}}"
	    "03{0001}}");
	pki_crls *s;
	pki_crl *c;

	t_ok(pki_crls_new(NULL, &s, err));
	write_to(t_scratch("empty"), empty);
	t_fails(PKI_E_STRUCTURE, pki_crls_load(s, t_scratch("empty"), 0, err));
	t_fails(PKI_E_STRUCTURE, pki_crls_load(s, t_scratch("empty"), PKI_LENIENT_SERIAL, err));
	t_fails(PKI_E_ARG, pki_crls_load(s, t_scratch("empty"), PKI_LENIENT_ALL + 1, err));
	t_ok(pki_crls_load(s, t_scratch("empty"), PKI_LENIENT_DEFAULTS, err));
	ck_assert_uint_eq(pki_crls_count(s), 1);
	t_fails(PKI_E_STRUCTURE, pki_crl_load(NULL, t_scratch("empty"), &c, err));
	t_ok(pki_crl_load_lenient(NULL, t_scratch("empty"), PKI_LENIENT_DEFAULTS, &c, err));
	ck_assert_uint_eq(pki_crl_leniencies(c), PKI_LENIENT_DEFAULTS);
	pki_crl_free(c);
	t_fails(PKI_E_STRUCTURE, pki_crl_borrow(NULL, empty, 0, NULL, NULL, &c, err));
	t_ok(pki_crl_borrow(NULL, empty, PKI_LENIENT_DEFAULTS, NULL, NULL, &c, err));
	pki_crl_free(c);
	pki_crls_free(s);
}
END_TEST

/* An index is no change: what others hold, too, may get one. */
START_TEST(test_index)
{
	pki_crl *a = of_issuer(1, 1, false), *b = of_issuer(2, 2, false);
	pki_revoked found;
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	t_ok(pki_crls_index(s, err));
	t_ok(pki_crls_add(s, a, err));
	t_ok(pki_crls_add(s, a, err));
	t_ok(pki_crls_add(s, b, err));
	for (int i = 0; i < 2; i++) {
		t_ok(pki_crls_index(s, err));
		t_ok(pki_crl_find(a, pki_crl_issuer(a), t_hex("01"), &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_LISTED);
		t_ok(pki_crl_find(pki_crls_at(s, 2), pki_crl_issuer(b), t_hex("01"), &found, err));
		ck_assert_int_eq(found.listing, PKI_LISTING_NOT_LISTED);
	}
	pki_crls_free(s);
	pki_crl_free(a);
	pki_crl_free(b);
}
END_TEST

START_TEST(test_null)
{
	pki_crl *c = of_issuer(1, 1, false);
	size_t at = 0;
	pki_crls *s;

	t_ok(pki_crls_new(NULL, &s, err));
	t_fails(PKI_E_ARG, pki_crls_new(NULL, NULL, err));
	t_fails(PKI_E_ARG, pki_crls_add(NULL, c, err));
	t_fails(PKI_E_ARG, pki_crls_add(s, NULL, err));
	t_fails(PKI_E_ARG, pki_crls_load(NULL, "x", 0, err));
	t_fails(PKI_E_ARG, pki_crls_load(s, NULL, 0, err));
	ck_assert_ptr_null(pki_crls_next(NULL, NULL, &at));
	ck_assert_ptr_null(pki_crls_next(s, NULL, NULL));
	t_fails(PKI_E_ARG, pki_crls_index(NULL, err));
	ck_assert_uint_eq(pki_crls_count(NULL), 0);
	ck_assert_ptr_null(pki_crls_at(NULL, 0));
	ck_assert_ptr_null(pki_crls_at(s, 0));
	pki_crls_free(NULL);
	pki_crls_free(s);
	pki_crl_free(c);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_by_issuer, test_growing, test_files, test_folders,
		test_bundles, test_base64, test_lenient, test_index, test_null, NULL };

	return t_main("crls", tests);
}
