/* SPDX-License-Identifier: BSD-3-Clause */
/* Ed25519 and Ed448 (RFC 8032), from Nettle, and the check of public keys that Nettle lacks. */
#include <gmp.h>
#include <nettle/eddsa.h>

#include "libpki/backend/nettle/okp.h"

/* a x^2 + y^2 = 1 + (n / m) x^2 y^2 (mod p): RFC 8032 5.1, 5.2 */
struct edwards {
	size_t octets;
	long a, n, m;
	void (*prime)(mpz_t p);
};

/* 2^255 - 19 */
static void prime_25519(mpz_t p)
{
	mpz_set_ui(p, 0);
	mpz_setbit(p, 255);
	mpz_sub_ui(p, p, 19);
}

/* 2^448 - 2^224 - 1 */
static void prime_448(mpz_t p)
{
	mpz_t t;

	mpz_init(t);
	mpz_setbit(t, 224);
	mpz_set_ui(p, 0);
	mpz_setbit(p, 448);
	mpz_sub(p, p, t);
	mpz_sub_ui(p, p, 1);
	mpz_clear(t);
}

/* x = x + c */
static void add_si(mpz_t x, long c)
{
	if (c < 0)
		mpz_sub_ui(x, x, (unsigned long)-c);
	else
		mpz_add_ui(x, x, (unsigned long)c);
}

/* t = s x + c */
static void linear(mpz_t t, long s, const mpz_t x, long c)
{
	mpz_mul_si(t, x, s);
	add_si(t, c);
}

/*
 * Is there an x with this y^2? x^2 = m (1 - y^2) / (a m - n y^2), so numerator times denominator
 * is a square. An x of 0 has no sign (RFC 8032 5.1.3 step 4).
 */
static bool has_x(const struct edwards *c, const mpz_t p, const mpz_t yy, bool sign)
{
	mpz_t u, v;
	bool ok;

	mpz_init(u);
	mpz_init(v);
	linear(u, -c->m, yy, c->m);
	linear(v, -c->n, yy, c->a * c->m);
	mpz_mul(u, u, v);
	mpz_mod(u, u, p);
	ok = mpz_sgn(u) == 0 ? !sign : mpz_legendre(u, p) == 1;
	mpz_clear(u);
	mpz_clear(v);
	return ok;
}

/*
 * The order divides 4 where x or y is 0, that is y = 0 or y^2 = 1. It divides 8 where the double
 * has y = 0: y^2 = a x^2, which with the curve's equation is n y^4 - 2 a m y^2 + a m = 0.
 */
static bool small_order(const struct edwards *c, const mpz_t p, const mpz_t yy)
{
	mpz_t t;
	bool small;

	mpz_init(t);
	linear(t, c->n, yy, -2 * c->a * c->m);
	mpz_mul(t, t, yy);
	add_si(t, c->a * c->m);
	small = mpz_divisible_p(t, p) || mpz_sgn(yy) == 0 || mpz_cmp_ui(yy, 1) == 0;
	mpz_clear(t);
	return small;
}

/* RFC 8032 5.1.2, 5.2.2: y, little-endian and below p, and in the last bit the sign of x. */
static bool valid(const struct edwards *c, const uint8_t *pub)
{
	bool sign = pub[c->octets - 1] >> 7, ok;
	mpz_t p, y;

	mpz_init(p);
	mpz_init(y);
	c->prime(p);
	mpz_import(y, c->octets, -1, 1, 0, 0, pub);
	mpz_clrbit(y, 8 * c->octets - 1);
	ok = mpz_cmp(y, p) < 0;
	mpz_mul(y, y, y);
	mpz_mod(y, y, p);
	ok = ok && has_x(c, p, y, sign) && !small_order(c, p, y);
	mpz_clear(p);
	mpz_clear(y);
	return ok;
}

static bool valid_25519(const uint8_t *pub)
{
	static const struct edwards c = { ED25519_KEY_SIZE, -1, -121665, 121666, prime_25519 };

	return valid(&c, pub);
}

static bool valid_448(const uint8_t *pub)
{
	static const struct edwards c = { ED448_KEY_SIZE, 1, -39081, 1, prime_448 };

	return valid(&c, pub);
}

/* RFC 8032 5.2.7: S is less than the order. Nettle does not look at the last octet, which is 0. */
static int verify_448(const uint8_t *pub, size_t length, const uint8_t *msg, const uint8_t *sig)
{
	return sig[ED448_SIGNATURE_SIZE - 1] == 0 && ed448_shake256_verify(pub, length, msg, sig);
}

static const pki_nettle_okp_curve ed25519 = {
	.octets = ED25519_KEY_SIZE,
	.produces = ED25519_SIGNATURE_SIZE,
	.derive_public = ed25519_sha512_public_key,
	.valid = valid_25519,
	.sign = ed25519_sha512_sign,
	.verify = ed25519_sha512_verify,
};

static const pki_nettle_okp_curve ed448 = {
	.octets = ED448_KEY_SIZE,
	.produces = ED448_SIGNATURE_SIZE,
	.derive_public = ed448_shake256_public_key,
	.valid = valid_448,
	.sign = ed448_shake256_sign,
	.verify = verify_448,
};

const pki_nettle_okp_curve *pki_nettle_eddsa_curve_of(pki_key_type t)
{
	if (t == PKI_KEY_ED25519)
		return &ed25519;
	return t == PKI_KEY_ED448 ? &ed448 : NULL;
}
