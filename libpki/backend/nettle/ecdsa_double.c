/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The signatures that Nettle before 3.9 wrongly refuses: verification adds u1 G and u2 Q, and there
 * the two are the same point, which Nettle's addition is not made for. Public values only.
 */
#include <string.h>

#include "libpki/backend/nettle/ec.h"
#include "libpki/backend/nettle/mpz.h"

/* FIPS 186-5 6.4.2, names as there. */
struct verification {
	mpz_t q, w; /* the order; 1 / s (mod q) */
	mpz_t e, u;
	struct ecc_scalar scalar;
	struct ecc_point a, b;
};

static void init(struct verification *v, const pki_nettle_curve *c)
{
	mpz_init(v->q);
	mpz_init(v->w);
	mpz_init(v->e);
	mpz_init(v->u);
	ecc_scalar_init(&v->scalar, c->nettle());
	ecc_point_init(&v->a, c->nettle());
	ecc_point_init(&v->b, c->nettle());
	pki_mpz_read(v->q, pki_bytes_of(c->order, c->octets));
}

static void clear(struct verification *v)
{
	mpz_clear(v->q);
	mpz_clear(v->w);
	mpz_clear(v->e);
	mpz_clear(v->u);
	ecc_scalar_clear(&v->scalar);
	ecc_point_clear(&v->a);
	ecc_point_clear(&v->b);
}

static bool in_range(const mpz_t x, const mpz_t q)
{
	return mpz_sgn(x) > 0 && mpz_cmp(x, q) < 0;
}

/* out = (factor x w) p; of G where p is NULL. false: that is infinity. */
static bool multiply(struct verification *v, unsigned factor, const mpz_t x,
    const struct ecc_point *p, struct ecc_point *out)
{
	mpz_mul(v->u, x, v->w);
	mpz_mul_ui(v->u, v->u, factor);
	mpz_mod(v->u, v->u, v->q);
	if (!ecc_scalar_set(&v->scalar, v->u))
		return false;
	if (p == NULL)
		ecc_point_mul_g(out, &v->scalar);
	else
		ecc_point_mul(out, &v->scalar, p);
	return true;
}

static bool x_is(struct verification *v, const struct ecc_point *p, const mpz_t r)
{
	ecc_point_get(p, v->u, NULL);
	mpz_mod(v->u, v->u, v->q);
	return mpz_cmp(v->u, r) == 0;
}

bool pki_nettle_points_equal(const struct ecc_point *a, const struct ecc_point *b)
{
	return memcmp(a->p, b->p, (size_t)ecc_size_a(a->ecc) * sizeof(mp_limb_t)) == 0;
}

bool pki_nettle_ecdsa_verify_double(
    const struct pki_nettle_ec *k, pki_bytes digest, const struct dsa_signature *sig)
{
	size_t n = k->curve->octets;
	struct verification v;
	bool ok;

	init(&v, k->curve);
	pki_mpz_read(v.e, pki_bytes_of(digest.data, digest.len < n ? digest.len : n));
	ok = in_range(sig->r, v.q) && in_range(sig->s, v.q) && mpz_invert(v.w, sig->s, v.q) &&
	    multiply(&v, 2, v.e, NULL, &v.a) && x_is(&v, &v.a, sig->r) &&
	    multiply(&v, 1, v.e, NULL, &v.a) && multiply(&v, 1, sig->r, &k->point, &v.b) &&
	    pki_nettle_points_equal(&v.a, &v.b);
	clear(&v);
	return ok;
}
