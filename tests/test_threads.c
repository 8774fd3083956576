/* SPDX-License-Identifier: BSD-3-Clause */
/* 32 threads share one context and everything made in it. make tsan runs this under TSan. */
#include <pki/pki.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/t.h"

#define THREADS 32
#define ROUNDS  3

/* ---- what they share, all of it const after set_up ---- */

static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_P256, PKI_KEY_P384, PKI_KEY_P521,
	PKI_KEY_ED25519, PKI_KEY_ED448 };
#define KEYS (sizeof types / sizeof *types)

static struct {
	pki_ctx *ctx;
	pki_key *keys[KEYS];
	pki_csr *csrs[KEYS];
	pki_cert *cert;
	pki_cert *ca; /* of keys[1] */
	pki_crl *crl; /* of ca */
	pki_crl_builder *revoked;
	pki_crls *crls;
	pki_cert *leaf; /* of ca */
	pki_trust *trust;
	pki_sig_cache *cache;
	pki_name *name, *same_name;
	pki_exts *exts;
	pki_csr *last[THREADS]; /* one request: whoever is the last frees it */
	pki_bytes der, pem, encrypted;
	pki_asn1 *modules;
	pki_asn1_value *value; /* of the request */
} shared;

/* Check's macros are not for threads: the first thing that goes wrong is told at the end. */
static _Atomic(const char *) wrong;

static void expect(bool ok, const char *what)
{
	const char *none = NULL;

	if (!ok)
		(void)atomic_compare_exchange_strong(&wrong, &none, what);
}

static bool not_cancelled(void *ud)
{
	(void)ud;
	return false;
}

/* An anchor that nobody has used before, and a cache with nothing in it. */
static void set_up_trust(void)
{
	pki_trust_builder *b;

	t_ok(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(shared.keys[2])), shared.ca,
	    shared.keys[1],
	    PKI_OPTS(pki_cert_opts, .subject = "CN=leaf", .names = PKI_LIST("www.example.org")),
	    &shared.leaf, err));
	t_ok(pki_trust_builder_new(shared.ctx, &b, err));
	t_ok(pki_trust_add(b, shared.ca, NULL, err));
	t_ok(pki_trust_add(b, shared.cert, NULL, err));
	t_ok(pki_trust_distrust(b, shared.cert, err));
	t_ok(pki_trust_freeze(b, &shared.trust, err));
	pki_trust_builder_free(b);
	t_ok(pki_sig_cache_new(shared.ctx, 8, &shared.cache, err));
}

static void set_up(void)
{
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .cancel = not_cancelled), &shared.ctx, err));
	t_ok(pki_name_from_string(shared.ctx, "CN=Some Name,O=x", &shared.name, err));
	t_ok(pki_name_from_string(shared.ctx, "CN=some  NAME,O=X", &shared.same_name, err));
	t_ok(pki_exts_new(shared.ctx, &shared.exts, err));
	pki_exts_san(shared.exts, "example.org");
	pki_exts_key_usage(shared.exts, PKI_KU_DIGITAL_SIGNATURE);
	for (size_t i = 0; i < KEYS; i++) {
		const pki_key_opts rsa = { .size = sizeof rsa, .rsa_bits = 2048 };

		t_ok(pki_key_generate(shared.ctx, types[i], types[i] == PKI_KEY_RSA ? &rsa : NULL,
		    &shared.keys[i], err));
		t_ok(pki_csr_make(shared.ctx, shared.keys[i],
		    PKI_OPTS(pki_csr_opts, .subject_name = shared.name, .exts = shared.exts),
		    &shared.csrs[i], err));
	}
	t_ok(pki_cert_self_sign(shared.ctx, shared.keys[1],
	    PKI_OPTS(pki_cert_opts, .subject = "CN=CA", .profile = PKI_PROFILE_CA), &shared.ca,
	    err));
	t_ok(pki_crl_builder_new(shared.ctx, &shared.revoked, err));
	for (uint8_t i = 1; i < 100; i++)
		pki_crl_builder_revoke(
		    shared.revoked, pki_bytes_of(&i, 1), 0, PKI_REASON_KEY_COMPROMISE);
	t_ok(pki_crl_builder_sign(
	    shared.revoked, shared.ca, shared.keys[1], NULL, &shared.crl, err));
	t_ok(pki_crls_new(shared.ctx, &shared.crls, err));
	t_ok(pki_crls_add(shared.crls, shared.crl, err));
	shared.der = t_vector("mutate/csr-full.der");
	t_ok(pki_cert_parse(shared.ctx, t_vector("cert/openssl-root.pem"), &shared.cert, err));
	set_up_trust();
	t_ok(pki_asn1_new(shared.ctx, &shared.modules, err));
	t_ok(pki_asn1_decode(
	    shared.modules, "PKCS-10.CertificationRequest", shared.der, &shared.value, err));
	shared.pem = t_vector("mutate/all.pem");
	shared.encrypted = t_vector("mutate/enc.pem");
}

static void tear_down(void)
{
	pki_asn1_value_free(shared.value);
	pki_asn1_free(shared.modules);
	pki_sig_cache_free(shared.cache);
	pki_trust_free(shared.trust);
	pki_cert_free(shared.leaf);
	pki_crls_free(shared.crls);
	pki_crl_free(shared.crl);
	pki_crl_builder_free(shared.revoked);
	pki_cert_free(shared.ca);
	pki_cert_free(shared.cert);
	for (size_t i = 0; i < KEYS; i++) {
		pki_csr_free(shared.csrs[i]);
		pki_key_free(shared.keys[i]);
	}
	pki_exts_free(shared.exts);
	pki_name_free(shared.same_name);
	pki_name_free(shared.name);
	pki_ctx_free(shared.ctx);
}

/* ---- what they do ---- */

static void sign_and_check(size_t n)
{
	const pki_key *k = shared.keys[n % KEYS];
	pki_buf sig = PKI_BUF_INIT;

	expect(pki_sign(k, NULL, shared.der, &sig, NULL) == PKI_SUCCESS, "pki_sign");
	expect(pki_check(pki_key_public(k), NULL, shared.der, pki_buf_bytes(&sig), NULL) ==
		PKI_SUCCESS,
	    "pki_check");
	pki_buf_free(&sig);
}

/* References are taken and dropped by all of them at once. */
static void references(size_t n)
{
	pki_csr *r = pki_csr_ref(shared.csrs[n % KEYS]);
	pki_key *k = pki_key_ref(shared.keys[n % KEYS]);
	pki_pubkey *p = pki_pubkey_ref(pki_key_public(k));
	pki_name *name = pki_name_ref(shared.name);
	pki_ctx *ctx = pki_ctx_ref(shared.ctx);

	expect(pki_csr_check_signature(r, NULL) == PKI_SUCCESS, "pki_csr_check_signature");
	expect(pki_name_equal(name, pki_csr_subject(r)), "pki_csr_subject");
	pki_ctx_free(ctx);
	pki_name_free(name);
	pki_pubkey_free(p);
	pki_key_free(k);
	pki_csr_free(r);
}

/* A name of a certificate counts on the certificate's references. */
static void names_of_certificates(void)
{
	pki_cert *c = pki_cert_ref(shared.cert);
	pki_name *subject = pki_name_ref(pki_cert_subject(c));
	pki_pubkey *k = NULL;

	expect(pki_cert_pubkey(c, &k, NULL) == PKI_SUCCESS, "pki_cert_pubkey");
	expect(pki_cert_check_signature(c, k, NULL) == PKI_SUCCESS, "pki_cert_check_signature");
	pki_cert_free(c);
	expect(pki_name_count(subject) == 3, "pki_name_count");
	pki_name_free(subject);
	pki_pubkey_free(k);
}

static void keys(size_t n)
{
	pki_pubkey *imported = NULL;
	pki_key *made = NULL, *read = NULL;
	pki_buf id = PKI_BUF_INIT;

	expect(pki_csr_pubkey(shared.csrs[n % KEYS], &imported, NULL) == PKI_SUCCESS,
	    "pki_csr_pubkey");
	expect(
	    pki_pubkey_equal(imported, pki_key_public(shared.keys[n % KEYS])), "pki_pubkey_equal");
	expect(
	    pki_pubkey_id(imported, PKI_KEY_ID_DEFAULT, &id, NULL) == PKI_SUCCESS, "pki_pubkey_id");
	pki_buf_free(&id);
	expect(pki_key_generate(shared.ctx, PKI_KEY_P256, NULL, &made, NULL) == PKI_SUCCESS,
	    "pki_key_generate");
	expect(pki_key_parse(shared.ctx, shared.encrypted, pki_password_text, (void *)"secret",
		   &read, NULL) == PKI_SUCCESS,
	    "pki_key_parse");
	pki_key_free(read);
	pki_key_free(made);
	pki_pubkey_free(imported);
}

static void names(void)
{
	pki_buf text = PKI_BUF_INIT;
	pki_attr a;

	expect(pki_name_equal(shared.name, shared.same_name), "pki_name_equal");
	expect(pki_name_format(shared.name, &text, NULL) == PKI_SUCCESS, "pki_name_format");
	expect(strcmp(pki_buf_str(&text), "CN=Some Name,O=x") == 0, "pki_buf_str");
	expect(pki_name_at(shared.name, 1, &a), "pki_name_at");
	expect(pki_name_get(shared.name, PKI_OID(common_name)) != NULL, "pki_name_get");
	pki_buf_free(&text);
}

static void requests(size_t n)
{
	pki_csr *made = NULL, *parsed = NULL;
	pki_buf pem = PKI_BUF_INIT;
	pki_ext e;

	expect(pki_csr_make(shared.ctx, shared.keys[n % KEYS],
		   PKI_OPTS(pki_csr_opts, .subject_name = shared.name, .exts = shared.exts), &made,
		   NULL) == PKI_SUCCESS,
	    "pki_csr_make");
	expect(pki_csr_ext(shared.csrs[n % KEYS], PKI_OID(subject_alt_name), &e), "pki_csr_ext");
	expect(pki_csr_write(shared.csrs[n % KEYS], PKI_PEM, &pem, NULL) == PKI_SUCCESS,
	    "pki_csr_write");
	expect(pki_csr_parse(shared.ctx, pki_buf_bytes(&pem), &parsed, NULL) == PKI_SUCCESS,
	    "pki_csr_parse");
	pki_csr_free(parsed);
	pki_csr_free(made);
	pki_buf_free(&pem);
}

/* One issuer, one key, and many who ask. */
static void certificates(size_t n)
{
	pki_cert *ca = pki_cert_ref(shared.ca), *made = NULL, *again = NULL;
	const pki_key *k = shared.keys[1];

	expect(pki_cert_issue(shared.csrs[n % KEYS], ca, k, NULL, &made, NULL) == PKI_SUCCESS,
	    "pki_cert_issue");
	expect(pki_cert_check_signature(made, pki_key_public(k), NULL) == PKI_SUCCESS,
	    "pki_cert_check_signature");
	expect(
	    pki_cert_reissue(made, ca, k, NULL, &again, NULL) == PKI_SUCCESS, "pki_cert_reissue");
	expect(!pki_bytes_equal(pki_cert_serial(made), pki_cert_serial(again)),
	    "another serial number");
	pki_cert_free(again);
	pki_cert_free(made);
	pki_cert_free(ca);
}

static void files(void)
{
	pki_objects *l = NULL;
	pki_object o;
	size_t found = 0;

	expect(pki_read_all_of(shared.ctx, shared.pem, &l, NULL) == PKI_SUCCESS, "pki_read_all_of");
	while (pki_objects_next(l, &o, NULL) == PKI_SUCCESS && o.kind != 0)
		found++;
	expect(found == 3, "pki_objects_next");
	pki_objects_free(l);
}

static void digests(void)
{
	uint8_t one[PKI_HASH_MAX], two[PKI_HASH_MAX], octets[16];
	pki_digest *d = NULL;

	expect(pki_hash_once(shared.ctx, PKI_HASH_SHA256, shared.der, one, NULL) == PKI_SUCCESS,
	    "pki_hash_once");
	expect(
	    pki_digest_new(shared.ctx, PKI_HASH_SHA256, &d, NULL) == PKI_SUCCESS, "pki_digest_new");
	expect(pki_digest_update(d, shared.der, NULL) == PKI_SUCCESS, "pki_digest_update");
	expect(pki_digest_final(d, two, NULL) == PKI_SUCCESS, "pki_digest_final");
	expect(memcmp(one, two, 32) == 0, "the same digest");
	pki_digest_free(d);
	expect(pki_random(shared.ctx, (pki_span){ octets, sizeof octets }, NULL) == PKI_SUCCESS,
	    "pki_random");
	expect(pki_ctx_work(shared.ctx) > 0, "pki_ctx_work");
}

static void revocation(size_t n)
{
	uint8_t serial = (uint8_t)(1 + n % 120);
	size_t at = 0;
	const pki_crl *c = pki_crls_next(shared.crls, pki_cert_subject(shared.ca), &at);
	pki_crl *own = pki_crl_ref(c), *made = NULL;
	pki_revoked r;

	expect(c == shared.crl, "pki_crls_next");
	expect(pki_crl_index(c, NULL) == PKI_SUCCESS, "pki_crl_index");
	expect(
	    pki_crl_find(own, pki_crl_issuer(c), pki_bytes_of(&serial, 1), &r, NULL) == PKI_SUCCESS,
	    "pki_crl_find");
	expect(r.listing == (serial < 100 ? PKI_LISTING_LISTED : PKI_LISTING_NOT_LISTED), "listed");
	expect(pki_crl_check_signature(own, pki_key_public(shared.keys[1]), NULL) == PKI_SUCCESS,
	    "pki_crl_check_signature");
	expect(pki_crl_builder_sign(shared.revoked, shared.ca, shared.keys[1],
		   PKI_OPTS(pki_crl_opts, .from = own), &made, NULL) == PKI_SUCCESS,
	    "pki_crl_builder_sign");
	expect(pki_crl_count(made) == pki_crl_count(own), "pki_crl_count");
	pki_crl_free(made);
	pki_crl_free(own);
}

static void paths(size_t n)
{
	pki_trust *own = pki_trust_ref(shared.trust);
	pki_sig_cache *cache = pki_sig_cache_ref(shared.cache);
	const pki_verify_opts *o = PKI_OPTS(pki_verify_opts, .trust = own,
	    .cache = n % 4 == 0 ? NULL : cache, .purpose = PKI_PURPOSE_SERVER,
	    .host = n % 2 == 0 ? "www.example.org" : "www.example.com");
	pki_status want = n % 2 == 0 ? PKI_SUCCESS : PKI_E_UNTRUSTED;
	pki_result *r = NULL;

	expect(pki_verify(shared.ctx, shared.leaf, o, &r, NULL) == want, "pki_verify");
	expect(pki_result_status(r) == want, "pki_result_status");
	expect(pki_result_path_len(r) == (want == PKI_SUCCESS ? 2 : 0), "pki_result_path_len");
	expect(pki_trust_count(own) == 1, "pki_trust_count");
	expect(pki_trust_cert_at(own, 0) == shared.ca, "pki_trust_cert_at");
	pki_result_free(r);
	pki_sig_cache_free(cache);
	pki_trust_free(own);
}

/* Modules that all read by, and a tree that all look at. */
static void asn1(void)
{
	static const char path[] = "certificationRequestInfo.subjectPKInfo.algorithm.algorithm";
	pki_buf again = PKI_BUF_INIT, text = PKI_BUF_INIT, other = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;

	expect(pki_asn1_decode(shared.modules, "CertificationRequest", shared.der, &v, NULL) ==
		PKI_SUCCESS,
	    "pki_asn1_decode");
	expect(pki_asn1_encode(v, &again, NULL) == PKI_SUCCESS, "pki_asn1_encode");
	expect(pki_bytes_equal(pki_buf_bytes(&again), shared.der), "pki_asn1_encode");
	expect(pki_asn1_text(v, pki_asn1_find(v, 0, path), &text, NULL) == PKI_SUCCESS &&
		pki_asn1_text(shared.value, pki_asn1_find(shared.value, 0, path), &other, NULL) ==
		    PKI_SUCCESS &&
		pki_bytes_equal(pki_buf_bytes(&text), pki_buf_bytes(&other)),
	    "pki_asn1_text");
	pki_asn1_value_free(v);
	pki_buf_free(&other);
	pki_buf_free(&text);
	pki_buf_free(&again);
}

static void *work(void *start)
{
	size_t n = *(const size_t *)start;

	for (size_t i = 0; i < ROUNDS; i++, n++) {
		sign_and_check(n);
		references(n);
		keys(n);
		names();
		names_of_certificates();
		requests(n);
		certificates(n);
		revocation(n);
		paths(n);
		files();
		digests();
		asn1();
	}
	pki_csr_free(shared.last[*(const size_t *)start]);
	return NULL;
}

START_TEST(everything_shared)
{
	static size_t starts[THREADS];
	pthread_t threads[THREADS];

	set_up();
	t_ok(pki_csr_parse(shared.ctx, shared.der, &shared.last[0], err));
	for (size_t i = 1; i < THREADS; i++)
		shared.last[i] = pki_csr_ref(shared.last[0]);
	for (size_t i = 0; i < THREADS; i++) {
		starts[i] = i;
		ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &starts[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
	tear_down();
	ck_assert_msg(atomic_load(&wrong) == NULL, "%s", atomic_load(&wrong));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { everything_shared, NULL };

	return t_main("threads", tests);
}
