/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys on P-256, P-384 and P-521: read and checked (SP 800-56A 5.6.2.3), made, written; ECDH. */
#include <string.h>

#include <pki/error.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/backend/nettle/random.h"
#include "libpki/types/eckey.h"

#define POINT_MAX (1 + 2 * PKI_EC_OCTETS_MAX)

static const pki_nettle_curve p256 = {
	.nettle = nettle_get_secp_256r1,
	.octets = 32,
	.p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
	.b = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
	.order = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff,
	    0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca,
	    0xc2, 0xfc, 0x63, 0x25, 0x51 },
};
static const pki_nettle_curve p384 = {
	.nettle = nettle_get_secp_384r1,
	.octets = 48,
	.p = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
	     "ffffffff0000000000000000ffffffff",
	.b = "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
	     "c656398d8a2ed19d2a85c8edd3ec2aef",
	.order = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d,
	    0x81, 0xf4, 0x37, 0x2d, 0xdf, 0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec,
	    0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73 },
};
static const pki_nettle_curve p521 = {
	.nettle = nettle_get_secp_521r1,
	.octets = 66,
	.spare_bits = 7,
	.p = "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
	     "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
	.b = "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109"
	     "e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
	.order = { 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfa, 0x51, 0x86, 0x87, 0x83, 0xbf, 0x2f, 0x96,
	    0x6b, 0x7f, 0xcc, 0x01, 0x48, 0xf7, 0x09, 0xa5, 0xd0, 0x3b, 0xb5, 0xc9, 0xb8, 0x89,
	    0x9c, 0x47, 0xae, 0xbb, 0x6f, 0xb7, 0x1e, 0x91, 0x38, 0x64, 0x09 },
};

static const pki_nettle_curve *const curves[] = {
	[PKI_KEY_P256] = &p256,
	[PKI_KEY_P384] = &p384,
	[PKI_KEY_P521] = &p521,
};

static void init(pki_nettle_key *k)
{
	struct pki_nettle_ec *ec = &k->u.ec;

	ec->curve = curves[k->type];
	ecc_point_init(&ec->point, ec->curve->nettle());
	ecc_scalar_init(&ec->scalar, ec->curve->nettle());
}

static void clear(pki_nettle_key *k)
{
	struct pki_nettle_ec *ec = &k->u.ec;

	pki_wipe(ec->scalar.p, (size_t)ecc_size(ec->scalar.ecc) * sizeof(mp_limb_t));
	ecc_scalar_clear(&ec->scalar);
	ecc_point_clear(&ec->point);
}

/*
 * SEC 1 2.3.4: the y of y^2 = x^3 - 3 x + b (mod p) that is odd, or even. As p = 3 (mod 4), it is
 * a power of the right side, if it exists; ecc_point_set() tells. For x < p; public.
 */
static void decompress(const pki_nettle_curve *c, const mpz_t x, bool odd, mpz_t y)
{
	mpz_t p, t;

	mpz_init_set_str(p, c->p, 16);
	mpz_init_set_str(t, c->b, 16);
	mpz_mul(y, x, x);
	mpz_sub_ui(y, y, 3);
	mpz_addmul(t, y, x);
	mpz_mod(t, t, p);
	mpz_add_ui(y, p, 1);
	mpz_fdiv_q_2exp(y, y, 2);
	mpz_powm(y, t, y, p);
	if (mpz_odd_p(y) != odd)
		mpz_sub(y, p, y);
	mpz_clear(p);
	mpz_clear(t);
}

/* Cofactors are 1: a point of the curve is a point of the group. */
static bool set_point(
    struct pki_nettle_ec *ec, uint8_t form, pki_bytes x_octets, pki_bytes y_octets)
{
	mpz_t x, y;
	bool ok;

	mpz_init(x);
	mpz_init(y);
	pki_mpz_read(x, x_octets);
	if (form == 4)
		pki_mpz_read(y, y_octets);
	else
		decompress(ec->curve, x, form == 3, y);
	ok = ecc_point_set(&ec->point, x, y);
	mpz_clear(x);
	mpz_clear(y);
	return ok;
}

/* RFC 5480 2.2, SEC 1 2.3.4: uncompressed or compressed; not the point at infinity, not hybrid. */
static pki_status read_point(struct pki_nettle_ec *ec, pki_bytes in, pki_error *err)
{
	size_t n = ec->curve->octets;
	uint8_t form = in.len == 0 ? 0 : in.data[0];
	bool whole = form == 4 && in.len == 1 + 2 * n;
	bool compressed = (form == 2 || form == 3) && in.len == 1 + n;

	if (form == 6 || form == 7)
		return pki_error_set(
		    err, PKI_E_POLICY, "ECPoint in the hybrid form", "RFC 5480 2.2");
	if (form == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "ECPoint is the point at infinity", "SEC 1 3.2.2.1");
	if (!whole && !compressed)
		return pki_error_set(
		    err, PKI_E_POLICY, "ECPoint of another form or length", "RFC 5480 2.2");
	if (!set_point(ec, form, pki_bytes_of(in.data + 1, n),
		pki_bytes_of(in.data + 1 + (whole ? n : 0), n)))
		return pki_error_set(
		    err, PKI_E_POLICY, "ECPoint is not on the curve", "SEC 1 3.2.2.1");
	return PKI_SUCCESS;
}

static pki_status read_public(
    pki_nettle_key *k, const pki_algid *algorithm, pki_bytes bits, pki_error *err)
{
	(void)algorithm;
	return read_point(&k->u.ec, bits, err);
}

/* The scalar, from as many octets as it has, and the point that belongs to it. false: not between
 * 0 and the order. */
static bool set_scalar(struct pki_nettle_ec *ec, const uint8_t *x)
{
	size_t n = ec->curve->octets;
	mpz_t z;
	bool ok;

	mpz_init2(z, 8 * n);
	pki_mpz_read(z, pki_bytes_of(x, n));
	ok = ecc_scalar_set(&ec->scalar, z);
	pki_mpz_clear(z);
	if (!ok)
		return false;
	memcpy(ec->x, x, n);
	ecc_point_mul_g(&ec->point, &ec->scalar);
	return true;
}

/* A point that came with a private key, which it must belong to. */
static pki_status check_point(const pki_nettle_key *k, pki_bytes in, pki_error *err)
{
	struct pki_nettle_ec other = { .curve = k->u.ec.curve };
	pki_status st = PKI_SUCCESS;

	if (in.len == 0)
		return PKI_SUCCESS;
	ecc_point_init(&other.point, other.curve->nettle());
	st = read_point(&other, in, err);
	if (st == PKI_SUCCESS && !pki_nettle_points_equal(&other.point, &k->u.ec.point))
		st = pki_error_set(
		    err, PKI_E_POLICY, "the public key is not the private key's", "RFC 5915 3");
	ecc_point_clear(&other.point);
	return st;
}

static pki_status read_private(pki_nettle_key *k, const pki_pkcs8 *p8, pki_error *err)
{
	pki_ec_private in;
	pki_status st = pki_ec_private_parse(NULL, p8->private_key, &in, err);

	if (st != PKI_SUCCESS)
		return st;
	if (in.type != PKI_KEY_UNKNOWN && in.type != k->type)
		return pki_error_set(
		    err, PKI_E_POLICY, "ECPrivateKey is of another curve", "RFC 5915 3");
	if (in.scalar.len != k->u.ec.curve->octets)
		return pki_error_set(
		    err, PKI_E_STRUCTURE, "privateKey is not as long as the order", "RFC 5915 3");
	if (!set_scalar(&k->u.ec, in.scalar.data))
		return pki_error_set(
		    err, PKI_E_POLICY, "privateKey is 0, or not below the order", "SEC 1 3.2.1");
	return check_point(k, in.point, err);
}

/* FIPS 186-5 A.2.2: candidates, until one is in range. */
static pki_status generate(pki_nettle_key *k, pki_call *call, uint32_t bits, pki_error *err)
{
	const pki_nettle_curve *c = k->u.ec.curve;
	uint8_t x[PKI_EC_OCTETS_MAX];
	struct pki_drbg rnd;
	pki_status st;

	(void)call;
	(void)bits;
	st = pki_drbg_seed(&rnd, err);
	if (st != PKI_SUCCESS)
		return st;
	do {
		pki_drbg_fill(&rnd, c->octets, x);
		x[0] &= (uint8_t)(0xff >> c->spare_bits);
	} while (!set_scalar(&k->u.ec, x));
	pki_wipe(x, sizeof x);
	pki_drbg_wipe(&rnd);
	return PKI_SUCCESS;
}

/* SEC 1 2.3.3, uncompressed. */
static pki_bytes point_octets(const struct pki_nettle_ec *ec, uint8_t out[POINT_MAX])
{
	size_t n = ec->curve->octets;
	mpz_t x, y;
	bool ok;

	mpz_init(x);
	mpz_init(y);
	ecc_point_get(&ec->point, x, y);
	out[0] = 4;
	ok = pki_mpz_write(x, (pki_span){ out + 1, n }) &&
	    pki_mpz_write(y, (pki_span){ out + 1 + n, n });
	mpz_clear(x);
	mpz_clear(y);
	return pki_bytes_of(out, ok ? 1 + 2 * n : 0);
}

static void write_public(const pki_nettle_key *k, pki_derw *w)
{
	uint8_t point[POINT_MAX];

	pki_spki_write_point(w, k->type, point_octets(&k->u.ec, point));
}

static void write_private(const pki_nettle_key *k, pki_derw *w)
{
	const struct pki_nettle_ec *ec = &k->u.ec;
	uint8_t point[POINT_MAX];

	pki_pkcs8_write_ec(
	    w, k->type, pki_bytes_of(ec->x, ec->curve->octets), point_octets(ec, point));
}

/*
 * A coordinate in limbs, the least first, as octets. By way of an mpz it would tell how many zeros
 * are in front.
 */
static void write_limbs(const mp_limb_t *limbs, pki_span out)
{
	for (size_t i = 0; i < out.len; i++) {
		mp_limb_t limb = limbs[i / sizeof limb];

		out.data[out.len - 1 - i] = (uint8_t)(limb >> 8 * (i % sizeof limb));
	}
}

/* ECC CDH, SP 800-56A 5.7.1.2: the x of the product. The order is prime: it is never infinity. */
static pki_status derive(
    const pki_nettle_key *k, const pki_nettle_key *peer, pki_span *shared, pki_error *err)
{
	size_t n = k->u.ec.curve->octets;
	struct ecc_point product;
	pki_status st = pki_nettle_room(shared, n, err);

	if (st != PKI_SUCCESS)
		return st;
	ecc_point_init(&product, k->u.ec.curve->nettle());
	ecc_point_mul(&product, &k->u.ec.scalar, &peer->u.ec.point);
	write_limbs(product.p, (pki_span){ shared->data, n });
	shared->len = n;
	pki_wipe(product.p, (size_t)ecc_size_a(product.ecc) * sizeof(mp_limb_t));
	ecc_point_clear(&product);
	return PKI_SUCCESS;
}

const pki_nettle_family pki_nettle_ec = {
	.init = init,
	.clear = clear,
	.read_private = read_private,
	.read_public = read_public,
	.generate = generate,
	.write_private = write_private,
	.write_public = write_public,
	.suits = pki_nettle_ecdsa_suits,
	.sign = pki_nettle_ecdsa_sign,
	.verify = pki_nettle_ecdsa_verify,
	.derive = derive,
};
