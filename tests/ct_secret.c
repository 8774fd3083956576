/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No branch and no index depends on a secret: secrets are marked as uninitialised, and valgrind's
 * memcheck then reports every decision that is made of them. make memcheck runs this. What is
 * public of a secret is marked as initialised again where it comes out of Nettle, each with its
 * reason below; decisions inside Nettle and GMP are listed in ct.supp.
 */
#include <nettle/curve25519.h>
#include <nettle/curve448.h>
#include <nettle/pss.h>
#include <pki/pki.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>
#include <valgrind/memcheck.h>

#include "libpki/backend/nettle/key.h"
#include "libpki/core/buf.h"
#include "libpki/crypto/pbe.h"
#include "libpki/crypto/use.h"

#define FOUND 99 /* any status but 0 and 1 */

static void secret(const void *p, size_t n)
{
	(void)VALGRIND_MAKE_MEM_UNDEFINED(p, n);
}

static void public(const void *p, size_t n)
{
	(void)VALGRIND_MAKE_MEM_DEFINED(p, n);
}

static void must(pki_status st, const char *what)
{
	public(&st, sizeof st);
	if (st == PKI_SUCCESS)
		return;
	fprintf(stderr, "%s: %s\n", what, pki_status_text(st));
	exit(EXIT_FAILURE);
}

/* ---- what comes out of Nettle, with the linker's --wrap ---- */

static void limbs(const mpz_t x, void (*mark)(const void *p, size_t n))
{
	mark(x->_mp_d, (size_t)x->_mp_alloc * sizeof(mp_limb_t));
}

static void public_mpz(mpz_t x)
{
	public(x, sizeof *x);
	limbs(x, public);
}

/* All that the system's generator gives is secret: nonces, blinding, seeds of keys. */
ssize_t __wrap_getrandom(void *out, size_t n, unsigned flags);
ssize_t __real_getrandom(void *out, size_t n, unsigned flags);
ssize_t __wrap_getrandom(void *out, size_t n, unsigned flags)
{
	ssize_t got = __real_getrandom(out, n, flags);

	if (got > 0)
		secret(out, (size_t)got);
	return got;
}

/* Signatures are published. */
void __real_nettle_ecdsa_sign(const struct ecc_scalar *key, void *ud, nettle_random_func *random,
    size_t n, const uint8_t *digest, struct dsa_signature *sig);
void __wrap_nettle_ecdsa_sign(const struct ecc_scalar *key, void *ud, nettle_random_func *random,
    size_t n, const uint8_t *digest, struct dsa_signature *sig);
void __wrap_nettle_ecdsa_sign(const struct ecc_scalar *key, void *ud, nettle_random_func *random,
    size_t n, const uint8_t *digest, struct dsa_signature *sig)
{
	__real_nettle_ecdsa_sign(key, ud, random, n, digest, sig);
	public_mpz(sig->r);
	public_mpz(sig->s);
}

typedef void eddsa_sign(
    const uint8_t *pub, const uint8_t *seed, size_t n, const uint8_t *msg, uint8_t *sig);
eddsa_sign __real_nettle_ed25519_sha512_sign, __wrap_nettle_ed25519_sha512_sign;
eddsa_sign __real_nettle_ed448_shake256_sign, __wrap_nettle_ed448_shake256_sign;
void __wrap_nettle_ed25519_sha512_sign(
    const uint8_t *pub, const uint8_t *seed, size_t n, const uint8_t *msg, uint8_t *sig)
{
	__real_nettle_ed25519_sha512_sign(pub, seed, n, msg, sig);
	public(sig, ED25519_SIGNATURE_SIZE);
}
void __wrap_nettle_ed448_shake256_sign(
    const uint8_t *pub, const uint8_t *seed, size_t n, const uint8_t *msg, uint8_t *sig)
{
	__real_nettle_ed448_shake256_sign(pub, seed, n, msg, sig);
	public(sig, ED448_SIGNATURE_SIZE);
}

/* So is whether the private operation went right: a fault is an error that the caller gets. */
int __real_nettle_rsa_pkcs1_sign_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, size_t n,
    const uint8_t *digest_info, mpz_t s);
int __wrap_nettle_rsa_pkcs1_sign_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, size_t n,
    const uint8_t *digest_info, mpz_t s);
int __wrap_nettle_rsa_pkcs1_sign_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, size_t n,
    const uint8_t *digest_info, mpz_t s)
{
	int ok = __real_nettle_rsa_pkcs1_sign_tr(pub, key, ud, random, n, digest_info, s);

	public(&ok, sizeof ok);
	public_mpz(s);
	return ok;
}

int __real_nettle_rsa_compute_root_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, mpz_t x,
    const mpz_t m);
int __wrap_nettle_rsa_compute_root_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, mpz_t x,
    const mpz_t m);
int __wrap_nettle_rsa_compute_root_tr(const struct rsa_public_key *pub,
    const struct rsa_private_key *key, void *ud, nettle_random_func *random, mpz_t x, const mpz_t m)
{
	int ok = __real_nettle_rsa_compute_root_tr(pub, key, ud, random, x, m);

	public(&ok, sizeof ok);
	public_mpz(x);
	return ok;
}

/* Whoever checks a PSS signature sees its salt. */
int __real_nettle_pss_encode_mgf1(mpz_t m, size_t bits, const struct nettle_hash *hash, size_t n,
    const uint8_t *salt, const uint8_t *digest);
int __wrap_nettle_pss_encode_mgf1(mpz_t m, size_t bits, const struct nettle_hash *hash, size_t n,
    const uint8_t *salt, const uint8_t *digest);
int __wrap_nettle_pss_encode_mgf1(mpz_t m, size_t bits, const struct nettle_hash *hash, size_t n,
    const uint8_t *salt, const uint8_t *digest)
{
	public(salt, n);
	return __real_nettle_pss_encode_mgf1(m, bits, hash, n, salt, digest);
}

/* Public keys are public. */
void __real_nettle_ecc_point_mul_g(struct ecc_point *p, const struct ecc_scalar *n);
void __wrap_nettle_ecc_point_mul_g(struct ecc_point *p, const struct ecc_scalar *n);
void __wrap_nettle_ecc_point_mul_g(struct ecc_point *p, const struct ecc_scalar *n)
{
	__real_nettle_ecc_point_mul_g(p, n);
	public(p->p, (size_t)ecc_size_a(p->ecc) * sizeof(mp_limb_t));
}

#define PUBLIC_KEY(function, octets)                        \
 void __real_##function(uint8_t *pub, const uint8_t *seed); \
 void __wrap_##function(uint8_t *pub, const uint8_t *seed); \
 void __wrap_##function(uint8_t *pub, const uint8_t *seed)  \
 {                                                          \
  __real_##function(pub, seed);                             \
  public(pub, octets);                                      \
 }
PUBLIC_KEY(nettle_ed25519_sha512_public_key, ED25519_KEY_SIZE)
PUBLIC_KEY(nettle_ed448_shake256_public_key, ED448_KEY_SIZE)
PUBLIC_KEY(nettle_curve25519_mul_g, CURVE25519_SIZE)
PUBLIC_KEY(nettle_curve448_mul_g, CURVE448_SIZE)

/*
 * An elliptic curve's private key is checked to lie between 0 and the order: that it does is
 * public, as the key is refused if not. ecc_scalar_set() itself is made of mpz functions, whose
 * time depends on the number of limbs.
 */
int __real_nettle_ecc_scalar_set(struct ecc_scalar *s, const mpz_t z);
int __wrap_nettle_ecc_scalar_set(struct ecc_scalar *s, const mpz_t z);
int __wrap_nettle_ecc_scalar_set(struct ecc_scalar *s, const mpz_t z)
{
	int ok = __real_nettle_ecc_scalar_set(s, z);

	public(&ok, sizeof ok);
	return ok;
}

/* Whether a password fits, and how long the key is that it opens, is what pki_key_parse tells. */
void __real_pki_buf_truncate(pki_buf *b, size_t len);
void __wrap_pki_buf_truncate(pki_buf *b, size_t len);
void __wrap_pki_buf_truncate(pki_buf *b, size_t len)
{
	public(&len, sizeof len);
	__real_pki_buf_truncate(b, len);
}

/* ---- private-key operations ---- */

/* The secret parts of a key. */
static void mark(const pki_key *k, void (*as)(const void *p, size_t n))
{
	const pki_nettle_key *in = k->handle;
	const struct rsa_private_key *rsa = &in->u.rsa.priv;

	if (pki_key_type_is_rsa(in->type)) {
		limbs(rsa->d, as);
		limbs(rsa->p, as);
		limbs(rsa->q, as);
		limbs(rsa->a, as);
		limbs(rsa->b, as);
		limbs(rsa->c, as);
	} else if (pki_key_type_is_ec(in->type)) {
		as(in->u.ec.x, sizeof in->u.ec.x);
		as(in->u.ec.scalar.p, (size_t)ecc_size(in->u.ec.scalar.ecc) * sizeof(mp_limb_t));
	} else {
		as(in->u.okp.seed, sizeof in->u.okp.seed);
	}
}

static void sign(const pki_key *k, const pki_alg *alg)
{
	pki_buf sig = PKI_BUF_INIT;
	pki_bytes msg = pki_bytes_str("message");

	mark(k, secret);
	must(pki_sign(k, alg, msg, &sig, NULL), "pki_sign");
	mark(k, public);
	must(pki_check(pki_key_public(k), alg, msg, pki_buf_bytes(&sig), NULL), "pki_check");
	pki_buf_free(&sig);
}

static void agree(const pki_key *k)
{
	uint8_t room[PKI_EC_OCTETS_MAX];
	pki_span shared = { room, sizeof room };

	mark(k, secret);
	must(pki_backend_nettle()->derive(
		 k->handle, pki_pubkey_spki(pki_key_public(k)), &shared, NULL),
	    "derive");
	mark(k, public);
}

static void use(const char *file)
{
	pki_alg pss = { .size = sizeof pss, .scheme = PKI_ALG_RSA_PSS, .hash = PKI_HASH_SHA256 };
	char path[512];
	pki_key_type t;
	pki_key *k;

	snprintf(path, sizeof path, "%s/vectors/mutate/%s", TESTS_SRCDIR, file);
	must(pki_key_load(NULL, path, NULL, NULL, &k, NULL), file);
	t = pki_pubkey_type(pki_key_public(k));
	if (t != PKI_KEY_X25519 && t != PKI_KEY_X448)
		sign(k, NULL);
	if (t == PKI_KEY_RSA)
		sign(k, &pss);
	else if (t != PKI_KEY_ED25519 && t != PKI_KEY_ED448)
		agree(k);
	pki_key_free(k);
}

static void use_keys(void)
{
	static const char *const files[] = { "key-rsa.der", "key-p256.der", "key-p384.der",
		"key-p521.der", "key-ed25519.der", "key-ed448.der", "key-x25519.der",
		"key-x448.der" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		use(files[i]);
}

/* ---- keys made, written and read ---- */

/* Where the secret of a PrivateKeyInfo starts: it is the last of it, or has this much behind. */
static void read_back(pki_key_type t, size_t start, size_t len)
{
	pki_buf der = { .flags = PKI_BUF_SECRET }, again = { .flags = PKI_BUF_SECRET };
	const pki_key_write_opts opts = { .size = sizeof opts, .form = PKI_DER };
	pki_key *k, *read;

	must(pki_key_generate(NULL, t, NULL, &k, NULL), "generate");
	mark(k, public);
	must(pki_key_write(k, &opts, &der, NULL), "pki_key_write");
	public(der.data, der.len);
	secret(der.data + start, len);
	must(pki_key_parse(NULL, pki_buf_bytes(&der), NULL, NULL, &read, NULL), "pki_key_parse");
	mark(read, secret);
	must(pki_key_write(read, &opts, &again, NULL), "pki_key_write");
	mark(read, public);
	pki_key_free(read);
	pki_key_free(k);
	pki_buf_free(&again);
	pki_buf_free(&der);
}

/*
 * RSA keys are not among them: primes are found by trial; their import checks that the parts belong
 * together with GMP's arithmetic, whose time depends on the numbers, and DER itself has the lengths
 * of d, p and q.
 */
static void key_files(void)
{
	read_back(PKI_KEY_ED25519, 16, 32);
	read_back(PKI_KEY_ED448, 16, 57);
	read_back(PKI_KEY_X25519, 16, 32);
	read_back(PKI_KEY_X448, 16, 56);
	read_back(PKI_KEY_P256, 36, 32);
	read_back(PKI_KEY_P384, 35, 48);
	read_back(PKI_KEY_P521, 35, 66);
}

/* ---- what is compared, decrypted, decoded ---- */

static void equal_secret(void)
{
	uint8_t a[33], b[33];
	bool same;

	memset(a, 7, sizeof a);
	memset(b, 7, sizeof b);
	for (size_t spoiled = 0; spoiled <= sizeof b; spoiled += 16) {
		b[spoiled % sizeof b] ^= spoiled > 0;
		secret(a, sizeof a);
		same = pki_bytes_equal_secret(pki_bytes_of(a, sizeof a), pki_bytes_of(b, sizeof b));
		public(&same, sizeof same);
		if (same != (spoiled == 0))
			must(PKI_E_INTERNAL, "pki_bytes_equal_secret");
		public(a, sizeof a);
	}
}

/* With the right password, and with a wrong one. */
static void decrypt(const pki_pbe *p, const char *password, pki_status want)
{
	static const char plain[] = "thirty octets and three more...";
	pki_buf data = PKI_BUF_INIT, out = { .flags = PKI_BUF_SECRET };
	char copy[16] = { 0 };
	pki_status st;

	must(pki_pbe_encrypt(
		 NULL, NULL, p, pki_bytes_str("password"), pki_bytes_str(plain), &data, NULL),
	    "encrypt");
	memcpy(copy, password, strlen(password));
	secret(copy, strlen(password));
	st = pki_pbe_decrypt(
	    NULL, NULL, p, pki_bytes_of(copy, strlen(password)), pki_buf_bytes(&data), &out, NULL);
	public(&st, sizeof st);
	if (st != want)
		must(PKI_E_INTERNAL, "pki_pbe_decrypt");
	pki_buf_free(&data);
	pki_buf_free(&out);
}

static void passwords(void)
{
	static const pki_hash prfs[] = { PKI_HASH_SHA1, PKI_HASH_SHA256, PKI_HASH_SHA512 };
	pki_pbe p = { .iterations = 2, .key_len = 32 };

	pki_alg_init(&p.cipher, sizeof p.cipher);
	p.cipher.scheme = PKI_ALG_AES_CBC;
	p.salt = pki_bytes_str("salt salt");
	p.iv = pki_bytes_str("0123456789abcdef");
	for (size_t i = 0; i < sizeof prfs / sizeof *prfs; i++) {
		p.hash = prfs[i];
		decrypt(&p, "password", PKI_SUCCESS);
		decrypt(&p, "passwore", PKI_E_PASSWORD);
	}
}

/* As long as a key, and of every length that a last group of characters may have. */
static void base64(void)
{
	pki_buf text = { .flags = PKI_BUF_SECRET }, back = { .flags = PKI_BUF_SECRET };
	uint8_t key[122];

	for (size_t len = sizeof key - 8; len <= sizeof key; len++) {
		memset(key, (int)len, sizeof key);
		secret(key, len);
		must(pki_pem_encode("PRIVATE KEY", pki_bytes_of(key, len), &text, NULL), "PEM");
		pki_buf_free(&text);
		must(pki_base64_encode(pki_bytes_of(key, len), &text, NULL), "base64");
		must(pki_base64_decode(pki_buf_bytes(&text), &back, NULL), "base64");
		pki_buf_free(&text);
		pki_buf_free(&back);
	}
}

/* ---- the check of the check ---- */

static volatile const uint8_t table[256];
static volatile unsigned sink;

static void branch_on(const uint8_t *p)
{
	if (*p > 7)
		sink++;
}

static void index_by(const uint8_t *p)
{
	sink += table[*p];
}

/* In a process of its own, whose findings are not ours. */
static bool found(void (*leak)(const uint8_t *p))
{
	pid_t child = fork();
	uint8_t octet = 9;
	int status;

	if (child == 0) {
		unsigned before = VALGRIND_COUNT_ERRORS;

		secret(&octet, 1);
		leak(&octet);
		_exit(VALGRIND_COUNT_ERRORS > before ? FOUND : EXIT_SUCCESS);
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	    WEXITSTATUS(status) == FOUND;
}

typedef struct check {
	const char *name;
	void (*run)(void);
} check;

static const check checks[] = {
	{ "private-key operations", use_keys },
	{ "private keys made, written and read", key_files },
	{ "pki_bytes_equal_secret", equal_secret },
	{ "passwords and padding", passwords },
	{ "base64", base64 },
};

int main(void)
{
	unsigned all = 0;

	if (!RUNNING_ON_VALGRIND) {
		fprintf(stderr, "ct_secret says nothing without valgrind: make memcheck\n");
		return EXIT_FAILURE;
	}
	if (!found(branch_on) || !found(index_by)) {
		fprintf(stderr, "a planted leak was not found\n");
		return EXIT_FAILURE;
	}
	printf("planted leaks: found\n");
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		unsigned before = VALGRIND_COUNT_ERRORS, n;

		checks[i].run();
		n = VALGRIND_COUNT_ERRORS - before;
		printf("%s: %u findings\n", checks[i].name, n);
		all += n;
	}
	return all == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
