/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA moduli made in the way of CVE-2017-15361, and others. */
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include <pki/key.h>

#include "libpki/crypto/roca.h"
#include "libpki/types/rsakey.h"
#include "tests/lib/t.h"

/* n = k M + (65537^a mod M), of so many bits, where M is the product of the primes up to `largest`
 */
static void make_modulus(mpz_t n, unsigned bits, unsigned long largest, unsigned long a)
{
	mpz_t m, g, p;

	mpz_inits(m, g, p, NULL);
	mpz_set_ui(m, 1);
	for (mpz_set_ui(p, 2); mpz_cmp_ui(p, largest) <= 0; mpz_nextprime(p, p))
		mpz_mul(m, m, p);
	mpz_set_ui(g, 65537);
	mpz_powm_ui(g, g, a, m);
	mpz_setbit(n, bits - 1);
	mpz_setbit(n, bits - 2);
	mpz_fdiv_q(n, n, m);
	mpz_mul(n, n, m);
	mpz_add(n, n, m);
	mpz_add(n, n, g);
	ck_assert_uint_eq(mpz_sizeinbase(n, 2), bits);
	ck_assert(mpz_odd_p(n));
	mpz_clears(m, g, p, NULL);
}

static pki_bytes octets(const mpz_t n)
{
	static uint8_t room[1024];
	size_t len;

	mpz_export(room, &len, 1, 1, 0, 0, n);
	return pki_bytes_of(room, len);
}

START_TEST(made_so)
{
	static const struct {
		unsigned bits;
		unsigned long largest, a;
	} rows[] = { { 512, 167, 1 }, { 512, 167, 12345 }, { 960, 167, 2 }, { 992, 353, 3 },
		{ 1024, 353, 1000003 }, { 1984, 701, 5 }, { 2048, 701, 65537 }, { 3072, 701, 7 },
		{ 4096, 1427, 123456789 } };
	mpz_t n;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		mpz_init(n);
		make_modulus(n, rows[i].bits, rows[i].largest, rows[i].a);
		ck_assert_msg(pki_rsa_is_roca(octets(n)), "%u bits", rows[i].bits);
		mpz_add_ui(n, n, 2);
		ck_assert_msg(!pki_rsa_is_roca(octets(n)), "%u bits, another", rows[i].bits);
		mpz_clear(n);
	}
	ck_assert(!pki_rsa_is_roca(pki_bytes_of(NULL, 0)));
	ck_assert(pki_rsa_is_roca(t_hex("01")));
}
END_TEST

/* The SubjectPublicKeyInfo of a modulus. */
static void write_spki(pki_bytes n, pki_buf *out)
{
	const pki_rsa_public k = { n, pki_bytes_of("\x01\x00\x01", 3) };
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, t_hex("2a864886f70d010101"));
	pki_derw_null(&w);
	pki_derw_end(&w);
	pki_derw_begin_bits(&w);
	pki_rsa_public_write(&w, &k);
	pki_derw_end(&w);
	pki_derw_end(&w);
	t_ok(pki_derw_finish(&w, out, err));
}

START_TEST(refused)
{
	pki_error e = PKI_ERROR_INIT;
	pki_buf spki = PKI_BUF_INIT;
	pki_pubkey *k;
	mpz_t n;

	mpz_init(n);
	make_modulus(n, 2048, 701, 4711);
	write_spki(octets(n), &spki);
	ck_assert_int_eq(pki_pubkey_import(NULL, pki_buf_bytes(&spki), &k, &e), PKI_E_POLICY);
	ck_assert_str_eq(pki_error_clause(&e), "CVE-2017-15361");
	pki_buf_free(&spki);
	mpz_add_ui(n, n, 2);
	write_spki(octets(n), &spki);
	t_ok(pki_pubkey_import(NULL, pki_buf_bytes(&spki), &k, err));
	pki_pubkey_free(k);
	pki_buf_free(&spki);
	mpz_clear(n);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { made_so, refused, NULL };

	return t_main("roca", tests);
}
