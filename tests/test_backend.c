/* SPDX-License-Identifier: BSD-3-Clause */
/* Backends: chosen, proved, replaced by one that keeps its keys elsewhere, and by faulty ones. */
#include <string.h>

#include <pki/csr.h>
#include <pki/ctx.h>
#include <pki/sign.h>

#include "libpki/crypto/use.h"
#include "tests/lib/child_backend.h"
#include "tests/lib/faulty_backend.h"
#include "tests/lib/t.h"

static pki_bytes msg(void)
{
	return pki_bytes_str("what is signed");
}

static pki_ctx *context_of(pki_backend *first, pki_backend *second)
{
	pki_backend *const backends[] = { first, second, NULL };
	pki_ctx *ctx;

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = backends), &ctx, err));
	return ctx;
}

START_TEST(test_builtin)
{
	pki_backend *b = pki_backend_builtin();

	ck_assert_ptr_eq(pki_backend_ref(b), b);
	pki_backend_free(b);
	pki_backend_free(b);
	pki_backend_free(b);
	t_ok(pki_backend_selftest(b, err));
}
END_TEST

START_TEST(test_opened)
{
	pki_backend *b;

	t_ok(pki_backend_open(pki_backend_nettle(), NULL, &b, err));
	t_ok(pki_backend_selftest(b, err));
	pki_backend_free(b);
	t_fails(PKI_E_ARG, pki_backend_selftest(NULL, err));
}
END_TEST

/* A table that has a name and nothing else. */
START_TEST(test_empty_table)
{
	static const pki_backend_table empty = {
		.abi = PKI_BACKEND_ABI, .size = offsetof(pki_backend_table, open), .name = "empty"
	};
	uint8_t out[PKI_HASH_MAX];
	pki_backend *b;
	pki_ctx *ctx;
	pki_key *k;
	pki_pubkey *p;

	t_ok(pki_backend_open(&empty, NULL, &b, err));
	t_fails(PKI_E_NOTFOUND, pki_backend_selftest(b, err));
	ctx = context_of(b, NULL);
	t_fails(PKI_E_UNSUPPORTED, pki_hash_once(ctx, PKI_HASH_SHA256, msg(), out, err));
	t_fails(PKI_E_BACKEND, pki_random(ctx, (pki_span){ out, 1 }, err));
	t_fails(PKI_E_UNSUPPORTED, pki_key_generate(ctx, PKI_KEY_P256, NULL, &k, err));
	t_fails(PKI_E_UNSUPPORTED, pki_key_open(ctx, "child:p256", NULL, NULL, &k, err));
	t_fails(
	    PKI_E_UNSUPPORTED, pki_key_parse(ctx, t_vector("keys/p256.der"), NULL, NULL, &k, err));
	t_fails(PKI_E_UNSUPPORTED,
	    pki_key_parse(ctx, t_vector("keys/enc-aes-128-cbc-SHA256.pem"), pki_password_text,
		"swordfish", &k, err));
	t_fails(PKI_E_UNSUPPORTED, pki_pubkey_parse(ctx, t_vector("keys/p256.pub.pem"), &p, err));
	pki_ctx_free(ctx);
	/* what the first one does not offer, the second one does */
	ctx = context_of(b, pki_backend_builtin());
	t_ok(pki_hash_once(ctx, PKI_HASH_SHA256, msg(), out, err));
	t_ok(pki_key_parse(ctx, t_vector("keys/p256.der"), NULL, NULL, &k, err));
	pki_key_free(k);
	pki_ctx_free(ctx);
	pki_backend_free(b);
}
END_TEST

static const char *const child_uris[] = { "child:p256", "child:p384", "child:ed25519",
	"child:rsa" };

static void use_child_key(const pki_ctx *ctx, const char *uri)
{
	pki_buf sig = PKI_BUF_INIT, out = PKI_BUF_INIT;
	pki_csr *csr;
	pki_key *k;

	t_ok(pki_key_open(ctx, uri, NULL, NULL, &k, err));
	t_ok(pki_sign(k, NULL, msg(), &sig, err));
	t_ok(pki_check(pki_key_public(k), NULL, msg(), pki_buf_bytes(&sig), err));
	t_fails(PKI_E_SIGNATURE,
	    pki_check(pki_key_public(k), NULL, pki_bytes_str("other"), pki_buf_bytes(&sig), err));
	t_fails(PKI_E_POLICY, pki_key_write(k, NULL, &out, err));
	t_fails(PKI_E_POLICY,
	    pki_key_write(k, PKI_OPTS(pki_key_write_opts, .password = "x"), &out, err));
	ck_assert_uint_eq(out.len, 0);
	t_ok(pki_csr_make(
	    ctx, k, PKI_OPTS(pki_csr_opts, .names = PKI_LIST("child.example.org")), &csr, err));
	t_ok(pki_csr_check_signature(csr, err));
	pki_csr_free(csr);
	pki_buf_free(&sig);
	pki_key_free(k);
}

START_TEST(test_child)
{
	pki_backend *child;
	pki_ctx *ctx;
	pki_key *k;

	t_ok(pki_backend_open(child_backend(), NULL, &child, err));
	ctx = context_of(child, pki_backend_builtin());
	for (size_t i = 0; i < sizeof child_uris / sizeof *child_uris; i++)
		use_child_key(ctx, child_uris[i]);
	t_fails(PKI_E_NOTFOUND, pki_key_open(ctx, "child:none", NULL, NULL, &k, err));
	t_fails(PKI_E_UNSUPPORTED, pki_key_open(ctx, "pkcs11:x", NULL, NULL, &k, err));
	t_fails(PKI_E_PASSWORD, pki_key_open(ctx, "child:p256?pin", NULL, NULL, &k, err));
	t_fails(PKI_E_PASSWORD,
	    pki_key_open(ctx, "child:p256?pin", pki_password_text, "1357", &k, err));
	t_ok(pki_key_open(ctx, "child:p256?pin", pki_password_text, "2468", &k, err));
	/* a key outlives the context and the instance that its maker holds */
	pki_ctx_free(ctx);
	pki_backend_free(child);
	ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), PKI_KEY_P256);
	pki_key_free(k);
}
END_TEST

/* Without another backend, nobody checks the signatures; the key works all the same. */
START_TEST(test_child_alone)
{
	pki_backend *child;
	pki_buf sig = PKI_BUF_INIT;
	pki_ctx *ctx;
	pki_key *k;

	t_ok(pki_backend_open(child_backend(), NULL, &child, err));
	ctx = context_of(child, NULL);
	t_ok(pki_key_open(ctx, "child:ed25519", NULL, NULL, &k, err));
	t_ok(pki_sign(k, NULL, msg(), &sig, err));
	t_fails(
	    PKI_E_UNSUPPORTED, pki_check(pki_key_public(k), NULL, msg(), pki_buf_bytes(&sig), err));
	pki_buf_free(&sig);
	pki_key_free(k);
	pki_ctx_free(ctx);
	pki_backend_free(child);
}
END_TEST

static pki_status count_keys(
    void *ud, const char *uri, const char *label, pki_bytes id, pki_error *err)
{
	(void)label;
	(void)id;
	(void)err;
	ck_assert_int_eq(strncmp(uri, "child:", 6), 0);
	++*(unsigned *)ud;
	return PKI_SUCCESS;
}

START_TEST(test_list)
{
	pki_backend *child;
	unsigned seen = 0;

	t_ok(pki_backend_open(child_backend(), NULL, &child, err));
	t_ok(pki_backend_list(child, "child:", count_keys, &seen, err));
	ck_assert_uint_eq(seen, 4);
	t_fails(PKI_E_UNSUPPORTED,
	    pki_backend_list(pki_backend_builtin(), "child:", count_keys, &seen, err));
	pki_backend_free(child);
}
END_TEST

/*
 * Operations for the faulty backend. Each gives what the application sees, and checks that a
 * failure left nothing behind.
 */
static pki_status op_hash(const pki_ctx *ctx)
{
	uint8_t out[PKI_HASH_MAX];

	return pki_hash_once(ctx, PKI_HASH_SHA256, msg(), out, NULL);
}

static pki_status op_digest(const pki_ctx *ctx)
{
	pki_digest *d = NULL, *copy = NULL;
	uint8_t out[PKI_HASH_MAX];
	pki_status st = pki_digest_new(ctx, PKI_HASH_SHA256, &d, NULL);

	if (st == PKI_SUCCESS)
		st = pki_digest_dup(d, &copy, NULL);
	if (st == PKI_SUCCESS)
		st = pki_digest_update(copy, msg(), NULL);
	if (st == PKI_SUCCESS)
		st = pki_digest_final(copy, out, NULL);
	pki_digest_free(d);
	pki_digest_free(copy);
	return st;
}

static pki_status op_random(const pki_ctx *ctx)
{
	uint8_t out[32];

	return pki_random(ctx, (pki_span){ out, sizeof out }, NULL);
}

static pki_status op_mac(const pki_ctx *ctx)
{
	uint8_t out[PKI_HASH_MAX];

	return pki_mac_once(ctx, PKI_HASH_SHA384, msg(), msg(), out, NULL);
}

static pki_status op_generate(const pki_ctx *ctx)
{
	pki_key *k = NULL;
	pki_status st = pki_key_generate(ctx, PKI_KEY_P384, NULL, &k, NULL);

	ck_assert((st == PKI_SUCCESS) == (k != NULL));
	pki_key_free(k);
	return st;
}

static pki_status parse_with(const pki_ctx *ctx, const char *file)
{
	pki_key *k = NULL;
	pki_status st = pki_key_parse(
	    ctx, t_vector(file), pki_password_text, "swordfish", &k, NULL);

	ck_assert((st == PKI_SUCCESS) == (k != NULL));
	pki_key_free(k);
	return st;
}

static pki_status op_parse(const pki_ctx *ctx)
{
	return parse_with(ctx, "keys/p256.pem");
}

static pki_status op_parse_ed25519(const pki_ctx *ctx)
{
	return parse_with(ctx, "keys/ed25519.der");
}

static pki_status op_parse_pss(const pki_ctx *ctx)
{
	return parse_with(ctx, "keys/rsa-pss-sha384.pem");
}

static pki_status op_parse_encrypted(const pki_ctx *ctx)
{
	return parse_with(ctx, "keys/enc-aes-256-cbc-SHA256.pem");
}

static pki_status op_import(const pki_ctx *ctx)
{
	pki_pubkey *k = NULL;
	pki_status st = pki_pubkey_parse(ctx, t_vector("keys/p256.pub.pem"), &k, NULL);

	ck_assert((st == PKI_SUCCESS) == (k != NULL));
	pki_pubkey_free(k);
	return st;
}

static pki_status write_with(const pki_ctx *ctx, const pki_key_write_opts *o)
{
	pki_buf out = PKI_BUF_INIT;
	pki_key *k = NULL;
	pki_status st = pki_key_parse(ctx, t_vector("keys/p256.der"), NULL, NULL, &k, NULL);

	if (st == PKI_SUCCESS)
		st = pki_key_write(k, o, &out, NULL);
	ck_assert((st == PKI_SUCCESS) == (out.len != 0));
	pki_buf_free(&out);
	pki_key_free(k);
	return st;
}

static pki_status op_write(const pki_ctx *ctx)
{
	return write_with(ctx, NULL);
}

static pki_status op_write_encrypted(const pki_ctx *ctx)
{
	return write_with(ctx, PKI_OPTS(pki_key_write_opts, .password = "x", .iterations = 1000));
}

static pki_status sign_with(const pki_ctx *ctx, const char *file, bool digest)
{
	uint8_t hash[32] = { 1 };
	pki_buf sig = PKI_BUF_INIT;
	pki_key *k = NULL;
	pki_status st = pki_key_parse(ctx, t_vector(file), NULL, NULL, &k, NULL);

	if (st == PKI_SUCCESS)
		st = digest ? pki_sign_digest(k, NULL, pki_bytes_of(hash, 32), &sig, NULL)
			    : pki_sign(k, NULL, msg(), &sig, NULL);
	ck_assert((st == PKI_SUCCESS) == (sig.len != 0));
	pki_buf_free(&sig);
	pki_key_free(k);
	return st;
}

static pki_status op_sign(const pki_ctx *ctx)
{
	return sign_with(ctx, "keys/p256.der", false);
}

static pki_status op_sign_digest(const pki_ctx *ctx)
{
	return sign_with(ctx, "keys/rsa.der", true);
}

static pki_status op_sign_eddsa(const pki_ctx *ctx)
{
	return sign_with(ctx, "keys/ed448.der", false);
}

/* A good signature, made by the built-in backend and checked by the faulty one. */
static pki_status check_with(const pki_ctx *ctx, bool spoiled)
{
	pki_buf sig = PKI_BUF_INIT;
	pki_pubkey *pub = NULL;
	pki_key *k;
	pki_status st;

	t_ok(pki_key_parse(NULL, t_vector("keys/rsa.der"), NULL, NULL, &k, err));
	t_ok(pki_sign(k, NULL, msg(), &sig, err));
	sig.data[100] ^= spoiled ? 1 : 0;
	st = pki_pubkey_import(ctx, pki_pubkey_spki(pki_key_public(k)), &pub, NULL);
	if (st == PKI_SUCCESS)
		st = pki_check(pub, NULL, msg(), pki_buf_bytes(&sig), NULL);
	pki_buf_free(&sig);
	pki_key_free(k);
	pki_pubkey_free(pub);
	return st;
}

static pki_status op_check(const pki_ctx *ctx)
{
	return check_with(ctx, false);
}

/* Whatever goes wrong, a bad signature does not verify: success here would be a failure. */
static pki_status op_check_bad(const pki_ctx *ctx)
{
	pki_status st = check_with(ctx, true);

	ck_assert_int_ne(st, PKI_SUCCESS);
	return st == PKI_E_SIGNATURE ? PKI_SUCCESS : st;
}

static pki_status op_csr(const pki_ctx *ctx)
{
	pki_csr *csr = NULL;
	pki_key *k = NULL;
	pki_status st = pki_key_parse(ctx, t_vector("keys/p521.der"), NULL, NULL, &k, NULL);

	if (st == PKI_SUCCESS)
		st = pki_csr_make(
		    ctx, k, PKI_OPTS(pki_csr_opts, .names = PKI_LIST("example.org")), &csr, NULL);
	if (st == PKI_SUCCESS)
		st = pki_csr_check_signature(csr, NULL);
	pki_csr_free(csr);
	pki_key_free(k);
	return st;
}

static pki_status (*const ops[])(const pki_ctx *) = { op_hash, op_digest, op_random, op_mac,
	op_generate, op_parse, op_parse_ed25519, op_parse_pss, op_parse_encrypted, op_import,
	op_write, op_write_encrypted, op_sign, op_sign_digest, op_sign_eddsa, op_check,
	op_check_bad, op_csr };

static const pki_status passed_on[] = { PKI_E_NOMEM, PKI_E_LIMIT, PKI_E_UNSUPPORTED, PKI_E_POLICY,
	PKI_E_PASSWORD, PKI_E_SIGNATURE, PKI_E_CANCELLED, PKI_E_BACKEND };

static bool may_be_seen(pki_status st)
{
	for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++)
		if (passed_on[i] == st)
			return true;
	return false;
}

/* The operation with the fault at its n-th call, for every n until none is left. */
static unsigned fail_each(const pki_ctx *ctx, size_t op, fault_kind kind)
{
	for (unsigned n = 1;; n++) {
		pki_status st;

		fault = (struct fault){ .kind = kind, .at = n };
		st = ops[op](ctx);
		if (!fault.reached) {
			ck_assert_int_eq(st, PKI_SUCCESS);
			return n - 1;
		}
		ck_assert_msg(!fault.done || st != PKI_SUCCESS,
		    "operation %zu, fault %d at call %u: success", op, (int)kind, n);
		ck_assert_msg(st == PKI_SUCCESS || may_be_seen(st),
		    "operation %zu, fault %d at call %u: %s", op, (int)kind, n,
		    pki_status_text(st));
	}
}

START_TEST(test_faults)
{
	unsigned injected = 0;
	pki_backend *faulty;
	pki_ctx *ctx;

	t_ok(pki_backend_open(faulty_backend(), NULL, &faulty, err));
	ctx = context_of(faulty, NULL);
	for (size_t op = 0; op < sizeof ops / sizeof *ops; op++)
		for (fault_kind kind = 0; kind < FAULT_KINDS; kind++)
			injected += fail_each(ctx, op, kind);
	ck_assert_uint_gt(injected, 300);
	pki_ctx_free(ctx);
	pki_backend_free(faulty);
}
END_TEST

/* A proof notices a backend that is wrong once. */
START_TEST(test_faulty_proof)
{
	static const unsigned calls[] = { 1, 2, 3, 5, 8, 40, 41, 100, 200, 300, 301, 302 };
	pki_backend *faulty;

	t_ok(pki_backend_open(faulty_backend(), NULL, &faulty, err));
	fault = (struct fault){ .at = 0 };
	t_ok(pki_backend_selftest(faulty, err));
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		pki_status st;

		fault = (struct fault){ .kind = FAULT_FAILS, .at = calls[i] };
		st = pki_backend_selftest(faulty, NULL);
		ck_assert(fault.reached);
		/* where a refusal is expected, a failure is one */
		ck_assert(st == PKI_E_BACKEND || st == PKI_SUCCESS);
	}
	pki_backend_free(faulty);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_builtin, test_opened, test_empty_table, test_child,
		test_child_alone, test_list, test_faults, test_faulty_proof, NULL };

	return t_main("backend", tests);
}
