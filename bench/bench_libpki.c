/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki's operations cost. */
#include <stdlib.h>
#include <string.h>

#include <pki/certs.h>
#include <pki/crl.h>
#include <pki/csr.h>
#include <pki/verify.h>

#include "bench/harness.h"
#include "libpki/crypto/use.h"
#include "libpki/verify/sig_cache.h"

#define BULK ((size_t)1 << 20)

static blob input;
static pki_key *key;
static uint8_t digest[32] = { 1, 2, 3 };
static pki_buf signature;
static uint8_t *bulk;

/* ---- requests ---- */

static bool take_file(const blob *files)
{
	input = files[0];
	return true;
}

static bool parse_csr(void)
{
	pki_csr *r;

	if (pki_csr_parse(NULL, pki_bytes_of(input.data, input.len), &r, NULL) != PKI_SUCCESS)
		return false;
	pki_csr_free(r);
	return true;
}

static bool take_key(const blob *files)
{
	pki_bytes pkcs8 = pki_bytes_of(files[0].data, files[0].len);

	return pki_key_parse(NULL, pkcs8, NULL, NULL, &key, NULL) == PKI_SUCCESS;
}

static bool make_csr(const pki_key *k)
{
	pki_csr *r;
	pki_status st = pki_csr_make(NULL, k,
	    PKI_OPTS(pki_csr_opts, .subject = "CN=www.example.com,O=Bench,C=SE",
		.names = PKI_LIST("www.example.com")),
	    &r, NULL);

	if (st != PKI_SUCCESS)
		return false;
	pki_csr_free(r);
	return true;
}

static bool csr_create(void)
{
	return make_csr(key);
}

static bool csr_create_keygen(void)
{
	pki_key *k;
	bool ok;

	if (pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, NULL) != PKI_SUCCESS)
		return false;
	ok = make_csr(k);
	pki_key_free(k);
	return ok;
}

/* ---- certificates ---- */

static blob *parts;
static size_t part_count;

static bool take_parts(const blob *files)
{
	return bench_parts(&files[0], &parts, &part_count);
}

static volatile uint64_t sink;

/* Subject, issuer, serial, times, key, every extension. */
static void look_at(const pki_cert *c)
{
	pki_ext e;

	sink += pki_name_count(pki_cert_subject(c)) + pki_name_count(pki_cert_issuer(c)) +
	    pki_cert_serial(c).len + (uint64_t)pki_cert_not_after(c) +
	    (uint64_t)pki_cert_not_before(c) + pki_cert_spki(c).len + pki_cert_key_usage(c) +
	    (uint64_t)pki_cert_is_ca(c);
	for (size_t i = 0; pki_cert_ext_at(c, i, &e); i++)
		sink += e.value.len;
}

static bool parse_cert(void)
{
	for (size_t i = 0; i < part_count; i++) {
		pki_cert *c;

		if (pki_cert_parse(NULL, pki_bytes_of(parts[i].data, parts[i].len), &c, NULL) !=
		    PKI_SUCCESS)
			return false;
		look_at(c);
		pki_cert_free(c);
	}
	return true;
}

static bool pem_bundle(void)
{
	pki_certs *l;

	if (pki_certs_parse(NULL, pki_bytes_of(input.data, input.len), &l, NULL) != PKI_SUCCESS)
		return false;
	sink += pki_certs_count(l);
	pki_certs_free(l);
	return true;
}

/* ---- CRLs ---- */

static bool parse_crl(void)
{
	pki_crl *c;

	if (pki_crl_parse(NULL, pki_bytes_of(input.data, input.len), &c, NULL) != PKI_SUCCESS)
		return false;
	sink += pki_crl_count(c);
	pki_crl_free(c);
	return true;
}

static pki_crl *crl;
static const pki_name *crl_issuer;

/* A CRL, serial numbers (see take_parts), and a certificate of its issuer. */
static bool take_crl(const blob *files)
{
	pki_cert *c;

	if (!take_parts(files + 1) ||
	    pki_crl_parse(NULL, pki_bytes_of(files[0].data, files[0].len), &crl, NULL) !=
		PKI_SUCCESS ||
	    pki_crl_index(crl, NULL) != PKI_SUCCESS ||
	    pki_cert_parse(NULL, pki_bytes_of(files[2].data, files[2].len), &c, NULL) !=
		PKI_SUCCESS)
		return false;
	crl_issuer = pki_cert_issuer(c);
	return true;
}

/* Half of them are listed. */
static bool crl_lookup(void)
{
	pki_revoked found;
	size_t hits = 0;

	for (size_t i = 0; i < part_count; i++) {
		pki_bytes serial = pki_bytes_of(parts[i].data, parts[i].len);

		if (pki_crl_find(crl, crl_issuer, serial, &found, NULL) != PKI_SUCCESS)
			return false;
		hits += found.listing == PKI_LISTING_LISTED;
	}
	return hits == part_count / 2;
}

/* ---- primitives ---- */

static bool generate(pki_key_type t, pki_key **out)
{
	const pki_key_opts *opts = PKI_OPTS(pki_key_opts, .rsa_bits = 2048);

	return pki_key_generate(NULL, t, t == PKI_KEY_RSA ? opts : NULL, out, NULL) == PKI_SUCCESS;
}

static bool generate_and_free(pki_key_type t)
{
	pki_key *k;

	if (!generate(t, &k))
		return false;
	pki_key_free(k);
	return true;
}

static bool p256_keygen(void)
{
	return generate_and_free(PKI_KEY_P256);
}

static bool rsa_keygen(void)
{
	return generate_and_free(PKI_KEY_RSA);
}

static pki_bytes digest_bytes(void)
{
	return pki_bytes_of(digest, sizeof digest);
}

static bool sign_digest(void)
{
	signature.len = 0;
	return pki_sign_digest(key, NULL, digest_bytes(), &signature, NULL) == PKI_SUCCESS;
}

static bool check_digest(void)
{
	pki_alg alg;

	pki_alg_init(&alg, sizeof alg);
	return pki_alg_default(pki_key_public(key), &alg, NULL) == PKI_SUCCESS &&
	    pki_check_digest(pki_key_public(key), &alg, digest_bytes(), pki_buf_bytes(&signature),
		NULL) == PKI_SUCCESS;
}

/* EdDSA signs messages, not digests. */
static bool sign_message(void)
{
	signature.len = 0;
	return pki_sign(key, NULL, digest_bytes(), &signature, NULL) == PKI_SUCCESS;
}

static bool check_message(void)
{
	pki_alg alg;

	pki_alg_init(&alg, sizeof alg);
	return pki_alg_default(pki_key_public(key), &alg, NULL) == PKI_SUCCESS &&
	    pki_check(pki_key_public(key), &alg, digest_bytes(), pki_buf_bytes(&signature), NULL) ==
	    PKI_SUCCESS;
}

static bool with_p256(const blob *files)
{
	(void)files;
	return generate(PKI_KEY_P256, &key) && sign_digest();
}

static bool with_rsa(const blob *files)
{
	(void)files;
	return generate(PKI_KEY_RSA, &key) && sign_digest();
}

static bool with_ed25519(const blob *files)
{
	(void)files;
	return generate(PKI_KEY_ED25519, &key) && sign_message();
}

static bool with_bulk(const blob *files)
{
	(void)files;
	bulk = calloc(1, BULK);
	return bulk != NULL;
}

static bool sha256(void)
{
	uint8_t out[PKI_HASH_MAX];

	return pki_hash_once(NULL, PKI_HASH_SHA256, pki_bytes_of(bulk, BULK), out, NULL) ==
	    PKI_SUCCESS;
}

static bool aes256_cbc(bool encrypt)
{
	static const uint8_t iv[16];
	pki_alg a;

	pki_alg_init(&a, sizeof a);
	a.scheme = PKI_ALG_AES_CBC;
	return pki_crypt(NULL, &a, encrypt, digest_bytes(), pki_bytes_of(iv, sizeof iv),
		   pki_bytes_of(bulk, BULK), bulk, NULL) == PKI_SUCCESS;
}

static bool aes256_cbc_enc(void)
{
	return aes256_cbc(true);
}

static bool aes256_cbc_dec(void)
{
	return aes256_cbc(false);
}

static bool pbkdf2(void)
{
	uint8_t out[32];
	pki_call call;
	pki_alg a;

	pki_alg_init(&a, sizeof a);
	a.scheme = PKI_ALG_PBKDF2;
	a.hash = PKI_HASH_SHA256;
	a.iterations = 2048;
	pki_call_begin(&call, NULL);
	return pki_kdf(NULL, &call, &a, pki_bytes_str("secret"), pki_bytes_of(digest, 16),
		   pki_bytes_of(NULL, 0), (pki_span){ out, sizeof out }, NULL) == PKI_SUCCESS;
}

/* ---- paths ---- */

static blob chain[2]; /* intermediate, leaf */
static pki_cert *chain_certs[2];
static pki_trust *trust;

static pki_status take_root(pki_trust_builder *b, blob root)
{
	pki_cert *c;
	pki_status st = pki_cert_parse(NULL, pki_bytes_of(root.data, root.len), &c, NULL);

	if (st == PKI_SUCCESS)
		st = pki_trust_add(b, c, NULL, NULL);
	pki_cert_free(c);
	return st == PKI_SUCCESS ? pki_trust_freeze(b, &trust, NULL) : st;
}

static bool parse_chain(pki_cert *certs[2])
{
	for (size_t i = 0; i < 2; i++)
		if (pki_cert_parse(NULL, pki_bytes_of(chain[i].data, chain[i].len), &certs[i],
			NULL) != PKI_SUCCESS)
			return false;
	return true;
}

/* root, intermediate, leaf */
static bool take_chain(const blob *files)
{
	pki_trust_builder *b;
	bool ok = pki_trust_builder_new(NULL, &b, NULL) == PKI_SUCCESS &&
	    take_root(b, files[0]) == PKI_SUCCESS;

	pki_trust_builder_free(b);
	chain[0] = files[1];
	chain[1] = files[2];
	return ok && parse_chain(chain_certs);
}

static bool verify(pki_cert *certs[2], pki_sig_cache *with)
{
	pki_certs *untrusted;
	bool ok = pki_certs_new(NULL, &untrusted, NULL) == PKI_SUCCESS &&
	    pki_certs_add(untrusted, certs[0], NULL) == PKI_SUCCESS &&
	    pki_verify(NULL, certs[1],
		PKI_OPTS(pki_verify_opts, .trust = trust, .untrusted = untrusted,
		    .purpose = PKI_PURPOSE_ANY, .cache = with),
		NULL, NULL) == PKI_SUCCESS;

	pki_certs_free(untrusted);
	return ok;
}

static bool verify_chain(void)
{
	pki_cert *certs[2];
	bool ok = parse_chain(certs) && verify(certs, NULL);

	pki_cert_free(certs[0]);
	pki_cert_free(certs[1]);
	return ok;
}

static bool verify_parsed(void)
{
	return verify(chain_certs, NULL);
}

static uint8_t of_intermediate[PKI_SIG_CACHE_KEY];

static bool take_cached(const blob *files)
{
	return take_chain(files) &&
	    pki_sig_cache_key(NULL, pki_cert_der(chain_certs[0]), pki_trust_spki_at(trust, 0),
		of_intermediate, NULL) == PKI_SUCCESS;
}

/* The intermediate as another leaf's verification has left it; this leaf is new. */
static bool verify_cached(void)
{
	pki_sig_cache *cache;
	pki_cert *certs[2];
	bool ok;

	if (pki_sig_cache_new(NULL, 2, &cache, NULL) != PKI_SUCCESS)
		return false;
	pki_sig_cache_put(cache, of_intermediate);
	ok = parse_chain(certs) && verify(certs, cache);
	pki_cert_free(certs[0]);
	pki_cert_free(certs[1]);
	pki_sig_cache_free(cache);
	return ok;
}

static const bench_op ops[] = {
	{ "verify-chain", 3, take_chain, verify_chain, 0 },
	{ "verify-chain-parsed", 3, take_chain, verify_parsed, 0 },
	{ "verify-chain-cached", 3, take_cached, verify_cached, 0 },
	{ "parse-csr", 1, take_file, parse_csr, 0 },
	{ "parse-cert", 1, take_parts, parse_cert, 0 },
	{ "pem-bundle", 1, take_file, pem_bundle, 0 },
	{ "parse-crl", 1, take_file, parse_crl, 0 },
	{ "crl-lookup", 3, take_crl, crl_lookup, 0 },
	{ "csr-create", 1, take_key, csr_create, 0 },
	{ "csr-create-keygen", 0, NULL, csr_create_keygen, 0 },
	{ "prim-p256-keygen", 0, NULL, p256_keygen, 0 },
	{ "prim-p256-sign", 0, with_p256, sign_digest, 0 },
	{ "prim-p256-verify", 0, with_p256, check_digest, 0 },
	{ "prim-rsa2048-keygen", 0, NULL, rsa_keygen, 0 },
	{ "prim-rsa2048-sign", 0, with_rsa, sign_digest, 0 },
	{ "prim-rsa2048-verify", 0, with_rsa, check_digest, 0 },
	{ "prim-ed25519-sign", 0, with_ed25519, sign_message, 0 },
	{ "prim-ed25519-verify", 0, with_ed25519, check_message, 0 },
	{ "prim-sha256", 0, with_bulk, sha256, BULK / 1024 },
	{ "prim-aes256cbc-enc", 0, with_bulk, aes256_cbc_enc, BULK / 1024 },
	{ "prim-aes256cbc-dec", 0, with_bulk, aes256_cbc_dec, BULK / 1024 },
	{ "prim-pbkdf2-2048", 0, NULL, pbkdf2, 0 },
	{ NULL, 0, NULL, NULL, 0 },
};

int main(int argc, char **argv)
{
	return bench_main(argc, argv, "libpki", ops);
}
