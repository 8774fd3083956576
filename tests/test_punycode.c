/* SPDX-License-Identifier: BSD-3-Clause */
/* A-labels: those of RFC 3492 7.1 and what looks like one. */
#include <string.h>

#include "libpki/types/punycode.h"
#include "tests/lib/t.h"

#define Z55 "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

static const char *const good[] = {
	"", "www", "example.org", "a--b", "xn-", "xn.org", "axn--80ak6aa92e",
	"r3---sn-4g5e6nez.example.com", /* reserved (RFC 5890 2.3.1), but no A-label */
	/* RFC 3492 7.1 (A)..(R), of those that are host names */
	"xn--egbpdaj6bu4bxfgehfvwxn", "xn--ihqwcrb4cv8a8dqg056pqjye",
	"xn--ihqwctvzc91f659drss3x8bo0yb", "xn--Proprostnemluvesky-uyb24dma41a",
	"xn--4dbcagdahymbxekheh6e0a7fei0b", "xn--i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd",
	"xn--n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa", "xn--b1abfaaepdrnnbgefbaDotcwatmq2g4l",
	"xn--PorqunopuedensimplementehablarenEspaol-fmd56a",
	"xn--TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g", "xn--3B-ww4c5e180e575a65lsy2b",
	"xn---with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n",
	"xn--Hello-Another-Way--fc4qua05auwb3674vfr0b", "xn--2-u9tlzr9756bt3uc0v",
	"xn--MajiKoi5-783gue6qz075azm5e", "xn--de-jg4avhby1noc0d", "xn--d9juau41awczczp",
	"www.xn--bcher-kva.example", "XN--BCHER-KVA.example", "a.xn--p1ai", "xn--3e0b707e",
	"xn--ls8h.la",                        /* an emoji: not IDNA2008's, but Punycode */
	"xn--a", "xn--aa0z", "xn--a-ecp.ru.", /* the dot of the root */
};

static const char *const bad[] = {
	"xn--",
	"xn--.org",
	"xn--0",
	"xn--99999999",
	"xn--a-",
	"xn---",
	"xn----",
	"xn--a-b-",
	"xn--zz",
	"xn--aa0z9",    /* ends within an integer */
	"xn--9999999b", /* beyond 32 bits */
	"xn--" Z55,     /* the same, as long as a label is */
	"xn--99999a",   /* beyond U+10FFFF */
	"xn--ib9b",     /* a surrogate */
	"xn--a_b",
	"xn--b\xc3\xbc",
	"xn--a-*",
	"xn--\x01",
	"a.xn--0.example",
	"a.b.XN--99999a",
	"Xn--0",
};

START_TEST(test_good)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		t_ok(pki_a_labels_check(pki_bytes_str(good[i]), err));
}
END_TEST

START_TEST(test_bad)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		pki_error err = PKI_ERROR_INIT;

		ck_assert_msg(
		    pki_a_labels_check(pki_bytes_str(bad[i]), &err) == PKI_E_ARG, "%s", bad[i]);
		ck_assert_str_eq(pki_error_clause(&err), "RFC 5890 2.3.2.1");
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_good, test_bad, NULL };

	return t_main("punycode", tests);
}
