/* SPDX-License-Identifier: BSD-3-Clause */
/* Key identifiers and pins. */
#include <pki/ctx.h>
#include <pki/key.h>

#include "tests/lib/t.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define P256_KEY                                          \
 "047f7f35a79794c950060b8029fc8f363a28f11159692d9d34e6ac" \
 "948190434735f833b1a66652dc514337aff7f5c9c75d670c019d95a5d639b72744c64a9128bb"
#define P256_SPKI "3059301306072a8648ce3d020106082a8648ce3d030107034200" P256_KEY
#define ED25519_SPKI \
 "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1"
#define SHA256_160 "bf37b3e5808fd46d54b28e846311bcce1cad2e1a"
#define SPKI_256   "6d20896ab8bd833b6b66554bd59b20225d8a75a296088148399d7bf763d57405"

/* The keys of RFC 7093 3, with its own answers where it has them, and of RFC 8410 10.1; the rest is
 * what openssl dgst says. */
static const struct {
	const char *spki;
	pki_key_id_method method;
	const char *id; /* NULL: PKI_E_ARG */
} ids[] = {
	{ P256_SPKI, PKI_KEY_ID_DEFAULT, "6fef9162c0a3f2e7608956d41c37da0c8e87f0ae" },
	{ P256_SPKI, PKI_KEY_ID_SHA1, "6fef9162c0a3f2e7608956d41c37da0c8e87f0ae" },
	{ P256_SPKI, PKI_KEY_ID_SHA256, SHA256_160 },
	{ P256_SPKI, PKI_KEY_ID_SHA384, "39ab33561a203c3e782d69b1a0f4f8ad50a773df" },
	{ P256_SPKI, PKI_KEY_ID_SHA512, "907e7e9d05878a273d597f2aea91bdb6056245cb" },
	{ P256_SPKI, PKI_KEY_ID_SPKI_SHA256, SPKI_256 },
	{ ED25519_SPKI, PKI_KEY_ID_DEFAULT, "a28cc1f86e5960d3e03ae75c962c97a8d448293c" },
	{ P256_SPKI, PKI_KEY_ID_DEFAULT - 1, NULL },
	{ P256_SPKI, PKI_KEY_ID_SPKI_SHA256 + 1, NULL },
	{ P256_SPKI, INT32_MAX, NULL },
	{ P256_SPKI, INT32_MIN, NULL },
};

START_TEST(test_ids)
{
	for (size_t i = 0; i < LENGTH(ids); i++) {
		pki_buf id = PKI_BUF_INIT;
		pki_pubkey *k;

		t_ok(pki_pubkey_import(NULL, t_hex(ids[i].spki), &k, err));
		t_fails(PKI_E_ARG, pki_pubkey_id(NULL, ids[i].method, &id, err));
		t_fails(PKI_E_ARG, pki_pubkey_id(k, ids[i].method, NULL, err));
		if (ids[i].id == NULL)
			t_fails(PKI_E_ARG, pki_pubkey_id(k, ids[i].method, &id, err));
		else
			t_ok(pki_pubkey_id(k, ids[i].method, &id, err));
		t_bytes_eq(pki_buf_bytes(&id), t_hex(ids[i].id == NULL ? "" : ids[i].id));
		pki_buf_free(&id);
		pki_pubkey_free(k);
	}
}
END_TEST

static bool all_but_sha1(void *self, pki_op op, pki_key_type key, const pki_alg *a)
{
	if (op == PKI_OP_DIGEST && a != NULL && a->hash == PKI_HASH_SHA1)
		return false;
	return pki_backend_nettle()->supports(self, op, key, a);
}

/* ... and it is behind what was in the buffer. */
START_TEST(test_without_sha1)
{
	pki_backend_table t = *pki_backend_nettle();
	pki_backend *list[] = { NULL, NULL };
	pki_buf id = PKI_BUF_INIT;
	pki_pubkey *k;
	pki_ctx *ctx;

	t.supports = all_but_sha1;
	t_ok(pki_backend_open(&t, NULL, &list[0], err));
	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .backends = list), &ctx, err));
	t_ok(pki_pubkey_import(ctx, t_hex(P256_SPKI), &k, err));
	t_ok(pki_buf_append(&id, t_hex("ff"), err));
	t_fails(PKI_E_UNSUPPORTED, pki_pubkey_id(k, PKI_KEY_ID_SHA1, &id, err));
	ck_assert_uint_eq(id.len, 1);
	t_ok(pki_pubkey_id(k, PKI_KEY_ID_DEFAULT, &id, err));
	t_bytes_eq(pki_buf_bytes(&id), t_hex("ff" SHA256_160));
	pki_buf_free(&id);
	pki_pubkey_free(k);
	pki_ctx_free(ctx);
	pki_backend_free(list[0]);
}
END_TEST

/* An algorithm that nobody has is no reason not to pin a key. */
static const struct {
	const char *spki, *pin;
	pki_status status;
} pins[] = {
	{ P256_SPKI, SPKI_256, PKI_SUCCESS },
	{ "300b300506032a0304030200ff",
	    "cafc8bb44af12481076bdd864c5501701bd82189ff490f9494b5cf8f62388c4e", PKI_SUCCESS },
	{ "", NULL, PKI_E_STRUCTURE },
	{ "30", NULL, PKI_E_ENCODING },
	{ "300b300506032a0304030208ff", NULL, PKI_E_ENCODING },
	{ P256_SPKI "00", NULL, PKI_E_STRUCTURE },
	{ P256_KEY, NULL, PKI_E_ENCODING },
	{ "0500", NULL, PKI_E_STRUCTURE },
	{ "3000", NULL, PKI_E_STRUCTURE },
	{ "3007300506032a0304", NULL, PKI_E_STRUCTURE },
};

START_TEST(test_pins)
{
	uint8_t pin[32];

	for (size_t i = 0; i < LENGTH(pins); i++) {
		pki_bytes spki = t_hex(pins[i].spki);

		t_fails(PKI_E_ARG, pki_spki_pin(NULL, spki, NULL, err));
		if (pins[i].status != PKI_SUCCESS) {
			t_fails(pins[i].status, pki_spki_pin(NULL, spki, pin, err));
			continue;
		}
		t_ok(pki_spki_pin(NULL, spki, pin, err));
		t_bytes_eq(pki_bytes_of(pin, sizeof pin), t_hex(pins[i].pin));
	}
	t_fails(PKI_E_ARG, pki_spki_pin(NULL, (pki_bytes){ NULL, 1 }, pin, err));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_ids, test_without_sha1, test_pins, NULL };

	return t_main("key_id", tests);
}
