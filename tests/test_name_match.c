/* SPDX-License-Identifier: BSD-3-Clause */
/* Names compared: RFC 5280 7.1. */
#include <stdlib.h>
#include <string.h>

#include <pki/name.h>

#include "libpki/types/name.h"
#include "libpki/types/name_match.h"
#include "tests/lib/t.h"

static pki_name *name_of(const char *text)
{
	pki_name *n = NULL;

	t_ok(pki_name_from_string(NULL, text, &n, err));
	return n;
}

static const struct {
	const char *a, *b;
	bool equal;
} pairs[] = {
	{ "", "", true },
	{ "", "CN=a", false },
	{ "CN=a", "CN=a", true },
	{ "CN=a", "CN=A", true },
	{ "CN=a", "CN=b", false },
	{ "CN=a", "O=a", false },
	{ "CN=a", "CN=aa", false },
	{ "CN=Example Inc", "CN=\\ example   INC\\ ", true },
	{ "CN=Example Inc", "CN=ExampleInc", false },
	{ "CN=\\09a\\0a", "CN=a", true },
	/* string types: RFC 5280 7.1 wants PrintableString against UTF8String */
	{ "CN=a b", "CN=#1303612062", true },
	{ "CN=A b", "CN=#1603612042", true },
	{ "CN=\xc3\xa9", "CN=#1401e9", true },
	{ "CN=\xc3\xa9", "CN=#1401c9", true },
	{ "CN=\xe2\x82\xac", "CN=#1e0220ac", true },
	{ "CN=\xf0\x9f\x94\x91", "CN=#1c040001f511", true },
	{ "CN=#1e020061", "CN=#1c0400000041", true },
	{ "CN=a", "CN=#1e020062", false },
	/* Unicode */
	{ "CN=Stra\xc3\x9f"
	  "e",
	    "CN=STRASSE", true },
	{ "CN=Zo\xc3\xab", "CN=ZOE\xcc\x88", true },
	{ "CN=Zo\xc3\xab", "CN=Zoe", false },
	{ "CN=\xef\xac\x81", "CN=FI", true },
	{ "CN=a\xc2\xad"
	  "b",
	    "CN=ab", true },
	{ "CN=\xd0\xb0", "CN=a", false },
	/* characters that cannot be prepared: they must be the same */
	{ "CN=a\xee\x80\x80", "CN=a\xee\x80\x80", true },
	{ "CN=a\xee\x80\x80", "CN=A\xee\x80\x80", false },
	{ "CN=\xef\xbf\xbd", "CN=#1e02fffd", true },
	{ "CN=\xef\xbf\xbd,O=a", "CN=\xef\xbf\xbd,O=A", true },
	{ "CN=\xef\xbf\xbd", "CN=a", false },
	/* what is no string: its octets */
	{ "CN=#020101", "CN=#020101", true },
	{ "CN=#020101,O=a", "CN=#020101,O=A", true },
	{ "CN=#020101", "CN=#020102", false },
	{ "CN=#040161", "CN=a", false },
	{ "CN=#0500", "CN=#3000", false },
	{ "1.2.3=a", "1.2.3=A", true },
	{ "x500UniqueIdentifier=#03020780", "x500UniqueIdentifier=#03020780", true },
	{ "x500UniqueIdentifier=#03020780", "x500UniqueIdentifier=#03020640", false },
	/* order and number of RDNs */
	{ "CN=a,O=b", "CN=a,O=b", true },
	{ "CN=a,O=b", "CN=A,O=B", true },
	{ "CN=a,O=b", "O=b,CN=a", false },
	{ "CN=a,O=b", "CN=a", false },
	{ "CN=a,O=b", "CN=a,O=b,C=NL", false },
	{ "CN=a,CN=b", "CN=b,CN=a", false },
	{ "CN=a,O=b", "CN=a+O=b", false },
	/* RDNs are sets */
	{ "CN=a+O=b", "O=b+CN=a", true },
	{ "CN=A+O=bb", "O=BB+CN=#130161", true },
	{ "CN=a+O=b", "CN=b+O=a", false },
	{ "CN=a+O=b", "CN=a+O=b+OU=c", false },
	{ "CN=a+O=b+OU=c", "OU=C+CN=#1e020041+O=#1c0400000042", true },
	{ "CN=a+O=b,L=x", "O=b+CN=A,L=X", true },
	{ "L=x,CN=a+O=b", "L=X,O=b+CN=A", true },
	{ "CN=a+O=b,CN=c", "CN=a,CN=c+O=b", false },
	{ "CN=#020101+O=b", "O=B+CN=#020101", true },
};

/* Is what is prepared of them the same? And that of the first RDNs is the beginning. */
static bool prepared_equal(const pki_name *a, const pki_name *b)
{
	pki_buf x = PKI_BUF_INIT, y = PKI_BUF_INIT;
	bool equal;

	t_ok(pki_name_prepare(a, &x, err));
	t_ok(pki_name_prepare(b, &y, err));
	equal = pki_bytes_equal(pki_buf_bytes(&x), pki_buf_bytes(&y));
	pki_buf_free(&x);
	pki_buf_free(&y);
	return equal;
}

START_TEST(comparison)
{
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		const char *text = pairs[i].b;
		pki_name *a = name_of(pairs[i].a), *b = name_of(text);

		ck_assert_msg(pki_name_equal(a, b) == pairs[i].equal, "%s, %s", pairs[i].a, text);
		ck_assert_msg(pki_name_equal(b, a) == pairs[i].equal, "%s, %s", text, pairs[i].a);
		ck_assert(pki_name_equal(a, a) && pki_name_equal(b, b));
		ck_assert_msg(prepared_equal(a, b) == pairs[i].equal, "%s, %s", pairs[i].a, text);
		pki_name_free(a);
		pki_name_free(b);
	}
}
END_TEST

START_TEST(arguments)
{
	pki_name *n = name_of("");

	ck_assert(!pki_name_equal(n, NULL));
	ck_assert(!pki_name_equal(NULL, n));
	ck_assert(pki_name_equal(NULL, NULL));
	pki_name_free(n);
}
END_TEST

/* Reading tolerates one type twice in an RDN: sets of values, whatever their DER order. */
START_TEST(values_of_one_type)
{
	static const char *const names[] = {
		"3016 3114 300806035504030c0141 30080603550403130162",
		"3017 3115 300806035504030c0161 300906035504031e020062",
		"3016 3114 300806035504030c0141 30080603550403130163",
		"3016 3114 300806035504030c0161 300806035504030c0162",
	};
	static const bool equal[4][4] = { { true, true, false, true }, { true, true, false, true },
		{ false, false, true, false }, { true, true, false, true } };
	pki_name *n[4];

	for (size_t i = 0; i < 4; i++) {
		n[i] = NULL;
		t_ok(pki_name_parse(NULL, t_hex(names[i]), &n[i], err));
	}
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 4; j++) {
			ck_assert_msg(pki_name_equal(n[i], n[j]) == equal[i][j], "%zu, %zu", i, j);
			ck_assert(prepared_equal(n[i], n[j]) == equal[i][j]);
		}
	for (size_t i = 0; i < 4; i++)
		pki_name_free(n[i]);
}
END_TEST

/* The order is one: antisymmetric and transitive over values of every kind. */
START_TEST(total_order)
{
	pki_name *n = name_of(
	    "CN=a,CN=A,CN=b,CN=\xc3\xa9,CN=#1401e9,CN=\xee\x80\x80,CN=\xef\xbf\xbd,"
	    "CN=#020101,CN=#0500,O=a,O=#0500,1.2.3=a,CN=\\ ,CN=a b,CN=a  b");
	pki_ava list[32];
	size_t count = pki_name_count(n);

	for (size_t i = 0; i < count; i++) {
		list[i] = n->avas[i];
		list[i].attr.rdn = 0;
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			int ij = pki_ava_compare(&list[i], &list[j]);

			ck_assert_int_eq(ij > 0, pki_ava_compare(&list[j], &list[i]) < 0);
			for (size_t k = 0; k < count; k++)
				if (ij <= 0 && pki_ava_compare(&list[j], &list[k]) <= 0)
					ck_assert_int_le(pki_ava_compare(&list[i], &list[k]), 0);
		}
	pki_name_free(n);
}
END_TEST

static bool prepared_begins(const char *first, const char *whole)
{
	pki_name *a = name_of(first), *b = name_of(whole);
	pki_buf x = PKI_BUF_INIT, y = PKI_BUF_INIT;
	bool begins;

	t_ok(pki_name_prepare(a, &x, err));
	t_ok(pki_name_prepare(b, &y, err));
	begins = x.len <= y.len && pki_bytes_equal(pki_buf_bytes(&x), pki_bytes_of(y.data, x.len));
	pki_buf_free(&x);
	pki_buf_free(&y);
	pki_name_free(a);
	pki_name_free(b);
	return begins;
}

/* Whole RDNs from the front, which is the end of the text. */
START_TEST(first_rdns)
{
	ck_assert(prepared_begins("", "CN=a"));
	ck_assert(prepared_begins("C=NL", "O=a,C=nl"));
	ck_assert(prepared_begins("O=A,C=NL", "CN=b,O=a,C=nl"));
	ck_assert(prepared_begins("CN=a+O=b", "C=NL,O=B+CN=A"));
	ck_assert(!prepared_begins("CN=a", "CN=a+O=b"));
	ck_assert(!prepared_begins("O=b", "CN=a+O=b"));
	ck_assert(!prepared_begins("CN=a", "CN=ab"));
	ck_assert(!prepared_begins("CN=ab", "CN=a"));
	ck_assert(!prepared_begins("C=NL", "C=NL,O=a"));
	ck_assert(!prepared_begins("C=NL", "L=NL"));
	ck_assert(!prepared_begins("C=NL", ""));
	ck_assert(!prepared_begins("CN=#0401ff", "CN=#0402ff00"));
	ck_assert(!prepared_begins("CN=a\xee\x80\x80", "CN=A\xee\x80\x80"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { comparison, arguments, values_of_one_type, total_order,
		first_rdns, NULL };

	return t_main("name_match", tests);
}
