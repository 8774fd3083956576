/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA keys: read and checked, made (FIPS 186-5 A.1), written. */
#include <string.h>

#include <nettle/bignum.h>
#include <pki/error.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/backend/nettle/random.h"
#include "libpki/core/error.h"
#include "libpki/types/sigalg.h"

#define E_BITS_MAX    64u /* e < 2^64 */
#define E_MADE        65537u
#define MADE_BITS_MIN 2048u
#define MADE_BITS_MAX 8192u
#define BALANCE_BITS  64u  /* by which the lengths of p and q may differ */
#define FAR_BITS      100u /* FIPS 186-5 A.1.1: |p - q| > 2^(nlen/2 - 100) */

static void init(pki_nettle_key *k)
{
	rsa_public_key_init(&k->u.rsa.pub);
	rsa_private_key_init(&k->u.rsa.priv);
}

static void clear(pki_nettle_key *k)
{
	struct rsa_private_key *s = &k->u.rsa.priv;

	rsa_public_key_clear(&k->u.rsa.pub);
	pki_mpz_clear(s->d);
	pki_mpz_clear(s->p);
	pki_mpz_clear(s->q);
	pki_mpz_clear(s->a);
	pki_mpz_clear(s->b);
	pki_mpz_clear(s->c);
}

/* RFC 8017 3.1, FIPS 186-5 5.1: what makes Nettle's functions safe, and signatures mean something.
 */
static pki_status check_public(struct rsa_public_key *k, pki_error *err)
{
	size_t bits = mpz_sizeinbase(k->n, 2);

	if (bits < PKI_RSA_BITS_MIN)
		return pki_error_set(err, PKI_E_POLICY, "RSA modulus under 512 bits", NULL);
	if (mpz_even_p(k->n))
		return pki_error_set(err, PKI_E_POLICY, "RSA modulus is even", "RFC 8017 3.1");
	if (mpz_even_p(k->e) || mpz_cmp_ui(k->e, 3) < 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "RSA exponent is even or under 3", "RFC 8017 3.1");
	if (!rsa_public_key_prepare(k))
		return pki_error_set(err, PKI_E_POLICY, "not an RSA modulus", "RFC 8017 3.1");
	return PKI_SUCCESS;
}

/* Lengths are looked at before GMP sees a number: what it cannot allocate ends the process. */
static pki_status set_public(struct rsa_public_key *k, pki_bytes n, pki_bytes e, pki_error *err)
{
	if (n.len > PKI_RSA_OCTETS_MAX)
		return pki_error_set(err, PKI_E_LIMIT, "RSA modulus over 16384 bits", NULL);
	if (e.len > E_BITS_MAX / 8)
		return pki_error_set(err, PKI_E_POLICY, "RSA exponent over 64 bits", NULL);
	pki_mpz_read(k->n, n);
	pki_mpz_read(k->e, e);
	return check_public(k, err);
}

static bool primes_odd(const struct pki_nettle_rsa *k)
{
	return mpz_odd_p(k->priv.p) && mpz_odd_p(k->priv.q) && mpz_cmp_ui(k->priv.p, 3) >= 0 &&
	    mpz_cmp_ui(k->priv.q, 3) >= 0;
}

static bool product_is_n(const struct pki_nettle_rsa *k)
{
	bool ok;
	mpz_t n;

	mpz_init(n);
	mpz_mul(n, k->priv.p, k->priv.q);
	ok = mpz_cmp(n, k->pub.n) == 0;
	pki_mpz_clear(n);
	return ok;
}

static bool primes_balanced(const struct pki_nettle_rsa *k)
{
	size_t p = mpz_sizeinbase(k->priv.p, 2), q = mpz_sizeinbase(k->priv.q, 2);

	return (p > q ? p - q : q - p) <= BALANCE_BITS;
}

static bool primes_far_apart(const struct pki_nettle_rsa *k)
{
	size_t half = mpz_sizeinbase(k->pub.n, 2) / 2;
	bool ok;
	mpz_t t;

	mpz_init(t);
	mpz_sub(t, k->priv.p, k->priv.q);
	ok = mpz_sizeinbase(t, 2) > half - FAR_BITS;
	pki_mpz_clear(t);
	return ok;
}

/* x * y = 1 (mod m) */
static bool inverses(const mpz_t x, const mpz_t y, const mpz_t m)
{
	bool ok;
	mpz_t t;

	mpz_init(t);
	mpz_mul(t, x, y);
	mpz_mod(t, t, m);
	ok = mpz_cmp_ui(t, 1) == 0;
	pki_mpz_clear(t);
	return ok;
}

/* x * y = 1 (mod p - 1) */
static bool inverses_below(const mpz_t x, const mpz_t y, const mpz_t p)
{
	bool ok;
	mpz_t t;

	mpz_init(t);
	mpz_sub_ui(t, p, 1);
	ok = inverses(x, y, t);
	pki_mpz_clear(t);
	return ok;
}

static bool d_inverts_e(const struct pki_nettle_rsa *k)
{
	const struct rsa_private_key *s = &k->priv;

	return mpz_cmp(s->d, k->pub.n) < 0 && inverses_below(k->pub.e, s->d, s->p) &&
	    inverses_below(k->pub.e, s->d, s->q);
}

static bool dp_inverts_e(const struct pki_nettle_rsa *k)
{
	return mpz_cmp(k->priv.a, k->priv.p) < 0 && inverses_below(k->pub.e, k->priv.a, k->priv.p);
}

static bool dq_inverts_e(const struct pki_nettle_rsa *k)
{
	return mpz_cmp(k->priv.b, k->priv.q) < 0 && inverses_below(k->pub.e, k->priv.b, k->priv.q);
}

static bool qinv_inverts_q(const struct pki_nettle_rsa *k)
{
	return mpz_cmp(k->priv.c, k->priv.p) < 0 && inverses(k->priv.q, k->priv.c, k->priv.p);
}

/* 2^(p - 1) = 1 (mod p): enough against mistakes. The powers are silent: p is secret. */
static bool passes_fermat(const mpz_t p)
{
	mpz_t t, two;
	bool ok;

	mpz_init(t);
	mpz_init_set_ui(two, 2);
	mpz_sub_ui(t, p, 1);
	mpz_powm_sec(t, two, t, p);
	ok = mpz_cmp_ui(t, 1) == 0;
	pki_mpz_clear(t);
	mpz_clear(two);
	return ok;
}

static bool primes_pass_fermat(const struct pki_nettle_rsa *k)
{
	return passes_fermat(k->priv.p) && passes_fermat(k->priv.q);
}

/* In an order in which each may rely on those before. */
static const struct {
	bool (*holds)(const struct pki_nettle_rsa *k);
	const char *unless, *clause;
} private_checks[] = {
	{ primes_odd, "an RSA prime is even or under 3", "RFC 8017 3.2" },
	{ product_is_n, "the RSA modulus is not prime1 times prime2", "RFC 8017 3.2" },
	{ primes_balanced, "the RSA primes differ in length", "FIPS 186-5 A.1.1" },
	{ primes_far_apart, "the RSA primes are too close", "FIPS 186-5 A.1.1" },
	{ d_inverts_e, "the RSA exponents do not belong together", "RFC 8017 3.2" },
	{ dp_inverts_e, "RSA exponent1 is not d mod (p - 1)", "RFC 8017 3.2" },
	{ dq_inverts_e, "RSA exponent2 is not d mod (q - 1)", "RFC 8017 3.2" },
	{ qinv_inverts_q, "RSA coefficient is not the inverse of q mod p", "RFC 8017 3.2" },
	{ primes_pass_fermat, "an RSA prime is composite", "RFC 8017 3.2" },
};

static pki_status check_private(struct pki_nettle_rsa *k, pki_error *err)
{
	for (size_t i = 0; i < sizeof private_checks / sizeof *private_checks; i++)
		if (!private_checks[i].holds(k))
			return pki_error_set(
			    err, PKI_E_POLICY, private_checks[i].unless, private_checks[i].clause);
	if (!rsa_private_key_prepare(&k->priv))
		return pki_error_set(err, PKI_E_POLICY, "not an RSA key", "RFC 8017 3.2");
	return PKI_SUCCESS;
}

/* RFC 4055 3.1: an id-RSASSA-PSS key may say which parameters its signatures have. */
static pki_status read_restriction(pki_nettle_key *k, const pki_algid *algorithm, pki_error *err)
{
	k->u.rsa.restricted = k->type == PKI_KEY_RSA_PSS && algorithm->params.len != 0;
	if (!k->u.rsa.restricted)
		return PKI_SUCCESS;
	return pki_pss_params_decode(NULL, algorithm, &k->u.rsa.pss, err);
}

static pki_status read_public(
    pki_nettle_key *k, const pki_algid *algorithm, pki_bytes bits, pki_error *err)
{
	pki_rsa_public in;
	pki_status st = pki_rsa_public_parse(NULL, bits, &in, err);

	if (st != PKI_SUCCESS)
		return st;
	st = set_public(&k->u.rsa.pub, in.n, in.e, err);
	return st == PKI_SUCCESS ? read_restriction(k, algorithm, err) : st;
}

/* Not one of a key's other numbers is longer than its modulus. */
static pki_status set_private(struct rsa_private_key *k, const pki_rsa_private *in, pki_error *err)
{
	const pki_bytes numbers[] = { in->d, in->p, in->q, in->dp, in->dq, in->qinv };

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (numbers[i].len > in->n.len)
			return pki_error_set(err, PKI_E_POLICY,
			    "a number of the RSA key is longer than its modulus", "RFC 8017 3.2");
	pki_mpz_read(k->d, in->d);
	pki_mpz_read(k->p, in->p);
	pki_mpz_read(k->q, in->q);
	pki_mpz_read(k->a, in->dp);
	pki_mpz_read(k->b, in->dq);
	pki_mpz_read(k->c, in->qinv);
	return PKI_SUCCESS;
}

static pki_status read_private(pki_nettle_key *k, const pki_pkcs8 *p8, pki_error *err)
{
	struct pki_nettle_rsa *rsa = &k->u.rsa;
	pki_rsa_private in;
	pki_status st;
	pki_der r;

	pki_der_init(&r, NULL, p8->private_key, "RSAPrivateKey");
	pki_rsa_private_read(&r, NULL, &in);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		return st;
	st = set_public(&rsa->pub, in.n, in.e, err);
	if (st == PKI_SUCCESS)
		st = set_private(&rsa->priv, &in, err);
	if (st == PKI_SUCCESS)
		st = check_private(rsa, err);
	return st == PKI_SUCCESS ? read_restriction(k, &p8->algorithm, err) : st;
}

/* About what a prime takes: it grows with the fourth power of its length. */
static uint64_t prime_units(uint32_t bits)
{
	uint64_t limbs = bits / 64;

	return 2 * limbs * limbs * limbs * limbs;
}

/* A prime with its two top bits set, such that E_MADE has an inverse modulo p - 1. */
static pki_status make_prime(
    mpz_t p, uint32_t bits, struct pki_drbg *rnd, pki_call *call, pki_error *err)
{
	do {
		pki_status st = pki_call_spend(call, prime_units(bits), err);

		if (st != PKI_SUCCESS)
			return st;
		nettle_random_prime(p, bits, 1, rnd, pki_drbg_fill, NULL, NULL);
	} while (mpz_fdiv_ui(p, E_MADE) == 1);
	return PKI_SUCCESS;
}

/*
 * d = 1/e (mod m): (1 + k m) / e, where k = -1/m (mod e). As e is a small prime, only m mod e goes
 * through anything that takes its time from a secret.
 */
static void invert_e(mpz_t d, const mpz_t m)
{
	mpz_t k, e;

	mpz_init_set_ui(e, E_MADE);
	mpz_init_set_ui(k, mpz_fdiv_ui(m, E_MADE));
	mpz_invert(k, k, e);
	mpz_sub(k, e, k);
	mpz_mul(d, m, k);
	mpz_add_ui(d, d, 1);
	mpz_divexact_ui(d, d, E_MADE);
	pki_mpz_clear(k);
	mpz_clear(e);
}

/* All that follows from p and q: n, e, d, dP, dQ, qInv. */
static void complete(struct pki_nettle_rsa *k)
{
	struct rsa_private_key *s = &k->priv;
	mpz_t p1, q1;

	mpz_init(p1);
	mpz_init(q1);
	if (mpz_cmp(s->p, s->q) < 0)
		mpz_swap(s->p, s->q);
	mpz_mul(k->pub.n, s->p, s->q);
	mpz_set_ui(k->pub.e, E_MADE);
	mpz_sub_ui(p1, s->p, 1);
	mpz_sub_ui(q1, s->q, 1);
	invert_e(s->a, p1);
	invert_e(s->b, q1);
	/* modulo phi(n), not its divisor lambda(n): finding that takes a gcd of secrets */
	mpz_mul(q1, q1, p1);
	invert_e(s->d, q1);
	/* 1/q = q^(p - 2) (mod p) */
	mpz_sub_ui(p1, p1, 1);
	mpz_powm_sec(s->c, s->q, p1, s->p);
	pki_mpz_clear(p1);
	pki_mpz_clear(q1);
}

static pki_status make_primes(
    struct pki_nettle_rsa *k, pki_call *call, uint32_t bits, struct pki_drbg *rnd, pki_error *err)
{
	pki_status st = make_prime(k->priv.p, bits / 2, rnd, call, err);

	if (st != PKI_SUCCESS)
		return st;
	do {
		st = make_prime(k->priv.q, bits / 2, rnd, call, err);
		if (st != PKI_SUCCESS)
			return st;
		complete(k);
		/* FIPS 186-5 A.1.1: try again for the once in a universe that one does not hold */
	} while (!primes_far_apart(k) || mpz_sizeinbase(k->priv.d, 2) <= bits / 2);
	return PKI_SUCCESS;
}

static pki_status generate(pki_nettle_key *k, pki_call *call, uint32_t bits, pki_error *err)
{
	struct pki_nettle_rsa *rsa = &k->u.rsa;
	struct pki_drbg rnd;
	pki_status st;

	if (bits < MADE_BITS_MIN || bits > MADE_BITS_MAX || bits % 8 != 0)
		return pki_error_set(err, PKI_E_ARG,
		    "RSA keys are made of 2048 to 8192 bits, a multiple of 8", NULL);
	st = pki_drbg_seed(&rnd, err);
	if (st != PKI_SUCCESS)
		return st;
	st = make_primes(rsa, call, bits, &rnd, err);
	pki_drbg_wipe(&rnd);
	if (st != PKI_SUCCESS)
		return st;
	if (mpz_sizeinbase(rsa->pub.n, 2) != bits || check_public(&rsa->pub, err) != PKI_SUCCESS ||
	    check_private(rsa, err) != PKI_SUCCESS)
		return pki_error_set(err, PKI_E_BACKEND, "the RSA key made is none", "RFC 8017 3");
	return PKI_SUCCESS;
}

/* Octets of x after those in use so far. */
static pki_bytes put(const mpz_t x, pki_span room, size_t *used)
{
	size_t n = pki_mpz_octets(x);
	pki_span to = { room.data + *used, n };

	if (n > room.len - *used || !pki_mpz_write(x, to))
		return pki_bytes_of(NULL, 0);
	*used += n;
	return pki_bytes_of(to.data, n);
}

static void write_algorithm(const pki_nettle_key *k, pki_derw *w)
{
	if (k->u.rsa.restricted)
		pki_sigalg_write(w, &k->u.rsa.pss);
	else
		pki_key_algid_write(w, k->type);
}

static void write_public(const pki_nettle_key *k, pki_derw *w)
{
	uint8_t octets[PKI_RSA_OCTETS_MAX + E_BITS_MAX / 8];
	pki_span room = { octets, sizeof octets };
	size_t used = 0;
	pki_rsa_public out;

	out.n = put(k->u.rsa.pub.n, room, &used);
	out.e = put(k->u.rsa.pub.e, room, &used);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	write_algorithm(k, w);
	pki_derw_begin_bits(w);
	pki_rsa_public_write(w, &out);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* n, d; p, q, dP, dQ, qInv; e */
#define PRIVATE_OCTETS \
 (2 * PKI_RSA_OCTETS_MAX + 5 * (PKI_RSA_OCTETS_MAX / 2 + BALANCE_BITS / 8) + E_BITS_MAX / 8)

static void write_private(const pki_nettle_key *k, pki_derw *w)
{
	const struct pki_nettle_rsa *rsa = &k->u.rsa;
	uint8_t octets[PRIVATE_OCTETS];
	pki_span room = { octets, sizeof octets };
	size_t used = 0;
	pki_rsa_private out;

	out.n = put(rsa->pub.n, room, &used);
	out.e = put(rsa->pub.e, room, &used);
	out.d = put(rsa->priv.d, room, &used);
	out.p = put(rsa->priv.p, room, &used);
	out.q = put(rsa->priv.q, room, &used);
	out.dp = put(rsa->priv.a, room, &used);
	out.dq = put(rsa->priv.b, room, &used);
	out.qinv = put(rsa->priv.c, room, &used);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_int64(w, 0);
	write_algorithm(k, w);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_rsa_private_write(w, &out);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_wipe(octets, used);
}

const pki_nettle_family pki_nettle_rsa = {
	.init = init,
	.clear = clear,
	.read_private = read_private,
	.read_public = read_public,
	.generate = generate,
	.write_private = write_private,
	.write_public = write_public,
	.suits = pki_nettle_rsa_suits,
	.sign = pki_nettle_rsa_sign,
	.verify = pki_nettle_rsa_verify,
};
