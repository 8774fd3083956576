/* SPDX-License-Identifier: BSD-3-Clause */
/* RSA signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 8). */
#include <string.h>

#include <nettle/pss.h>
#include <pki/error.h>

#include "libpki/backend/nettle/digest.h"
#include "libpki/backend/nettle/key.h"
#include "libpki/backend/nettle/mpz.h"
#include "libpki/backend/nettle/random.h"
#include "libpki/types/sigalg.h"

#define DIGEST_INFO_MAX (32 + PKI_HASH_MAX)

static bool has_digest_info(pki_hash hash)
{
	size_t n = pki_hash_digest_info_prefix(hash).len;

	return n != 0 && n <= DIGEST_INFO_MAX - PKI_HASH_MAX;
}

bool pki_nettle_rsa_suits(pki_key_type t, const pki_alg *a)
{
	if (pki_nettle_hash(a->hash) == NULL)
		return false;
	if (a->scheme == PKI_ALG_RSA_PKCS1)
		return t == PKI_KEY_RSA && has_digest_info(a->hash);
	/* Nettle has MGF1 with the digest's own hash only */
	return a->scheme == PKI_ALG_RSA_PSS && pki_alg_mgf_hash(a) == a->hash &&
	    a->salt_len >= PKI_SALT_EMPTY;
}

/* RFC 4055 3.3: the same hash and mask, and no shorter salt than the key's parameters say. */
static pki_status check_restriction(
    const struct pki_nettle_rsa *k, const pki_alg *a, pki_error *err)
{
	if (!k->restricted)
		return PKI_SUCCESS;
	if (a->hash == k->pss.hash && pki_alg_mgf_hash(a) == pki_alg_mgf_hash(&k->pss) &&
	    pki_alg_salt_len(a) >= pki_alg_salt_len(&k->pss))
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "the key's parameters do not allow these", "RFC 4055 3.3");
}

/* RFC 8017 9.1.1 step 3; 9.2 step 3: a DigestInfo, eight octets of padding and three more. */
static bool fits(const struct pki_nettle_rsa *k, const pki_alg *a)
{
	size_t em_len = (mpz_sizeinbase(k->pub.n, 2) - 1 + 7) / 8;
	size_t salt_len = pki_alg_salt_len(a), h_len = pki_hash_size(a->hash);

	if (a->scheme == PKI_ALG_RSA_PSS)
		return salt_len <= em_len && em_len - salt_len >= h_len + 2;
	return pki_hash_digest_info_prefix(a->hash).len + h_len + 11 <= k->pub.size;
}

/* RFC 8017 9.2 step 2; the octets used of out. */
static size_t digest_info(pki_hash hash, pki_bytes digest, uint8_t out[DIGEST_INFO_MAX])
{
	pki_bytes prefix = pki_hash_digest_info_prefix(hash);

	memcpy(out, prefix.data, prefix.len);
	memcpy(out + prefix.len, digest.data, digest.len);
	return prefix.len + digest.len;
}

static bool sign_pkcs1(const struct pki_nettle_rsa *k, struct pki_drbg *rnd, const pki_alg *a,
    pki_bytes digest, mpz_t s)
{
	uint8_t di[DIGEST_INFO_MAX];
	size_t n = digest_info(a->hash, digest, di);

	return rsa_pkcs1_sign_tr(&k->pub, &k->priv, rnd, pki_drbg_fill, n, di, s);
}

static bool sign_pss(const struct pki_nettle_rsa *k, struct pki_drbg *rnd, const pki_alg *a,
    pki_bytes digest, mpz_t s)
{
	uint8_t salt[PKI_RSA_OCTETS_MAX];
	size_t salt_len = pki_alg_salt_len(a), bits = mpz_sizeinbase(k->pub.n, 2) - 1;
	bool ok;

	pki_drbg_fill(rnd, salt_len, salt);
	ok = pss_encode_mgf1(s, bits, pki_nettle_hash(a->hash), salt_len, salt, digest.data) &&
	    rsa_compute_root_tr(&k->pub, &k->priv, rnd, pki_drbg_fill, s, s);
	pki_wipe(salt, salt_len);
	return ok;
}

pki_status pki_nettle_rsa_sign(
    const pki_nettle_key *key, const pki_alg *a, pki_bytes digest, pki_span *sig, pki_error *err)
{
	const struct pki_nettle_rsa *k = &key->u.rsa;
	pki_status st = check_restriction(k, a, err);
	struct pki_drbg rnd;
	mpz_t s;
	bool ok;

	if (st != PKI_SUCCESS)
		return st;
	if (!fits(k, a))
		return pki_error_set(
		    err, PKI_E_ARG, "the key is too short for digest and salt", "RFC 8017 9");
	st = pki_nettle_room(sig, k->pub.size, err);
	if (st != PKI_SUCCESS)
		return st;
	st = pki_drbg_seed(&rnd, err);
	if (st != PKI_SUCCESS)
		return st;
	mpz_init(s);
	ok = (a->scheme == PKI_ALG_RSA_PSS ? sign_pss : sign_pkcs1)(k, &rnd, a, digest, s);
	ok = ok && pki_mpz_write(s, (pki_span){ sig->data, k->pub.size });
	mpz_clear(s);
	pki_drbg_wipe(&rnd);
	if (!ok)
		return pki_error_set(
		    err, PKI_E_BACKEND, "the signature made does not verify", "RFC 8017 5.2.1");
	sig->len = k->pub.size;
	return PKI_SUCCESS;
}

/* Builds what was signed and compares it: nothing of the signature is parsed (RFC 8017 8.2.2). */
static bool verify_pkcs1(
    const struct pki_nettle_rsa *k, const pki_alg *a, pki_bytes digest, const mpz_t s)
{
	uint8_t di[DIGEST_INFO_MAX];
	size_t n = digest_info(a->hash, digest, di);

	return rsa_pkcs1_verify(&k->pub, n, di, s);
}

static bool verify_pss(
    const struct pki_nettle_rsa *k, const pki_alg *a, pki_bytes digest, const mpz_t s)
{
	size_t bits = mpz_sizeinbase(k->pub.n, 2) - 1;
	mpz_t m;
	bool ok;

	mpz_init(m);
	mpz_powm(m, s, k->pub.e, k->pub.n);
	ok = pss_verify_mgf1(m, bits, pki_nettle_hash(a->hash), pki_alg_salt_len(a), digest.data);
	mpz_clear(m);
	return ok;
}

pki_status pki_nettle_rsa_verify(
    const pki_nettle_key *key, const pki_alg *a, pki_bytes digest, pki_bytes sig, pki_error *err)
{
	const struct pki_nettle_rsa *k = &key->u.rsa;
	pki_status st = check_restriction(k, a, err);
	bool ok;
	mpz_t s;

	if (st != PKI_SUCCESS)
		return st;
	if (!fits(k, a) || sig.len != k->pub.size)
		return pki_nettle_bad_signature(err);
	mpz_init(s);
	pki_mpz_read(s, sig);
	ok = mpz_sgn(s) > 0 && mpz_cmp(s, k->pub.n) < 0 &&
	    (a->scheme == PKI_ALG_RSA_PSS ? verify_pss : verify_pkcs1)(k, a, digest, s);
	mpz_clear(s);
	return ok ? PKI_SUCCESS : pki_nettle_bad_signature(err);
}
