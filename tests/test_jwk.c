/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys as JWKs: those of the RFCs, those of libpki there and back, and what is no JWK. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/ctx.h>
#include <pki/jwk.h>
#include <pki/sign.h>

#include "jwk/b64url.h"
#include "tests/lib/oom.h"
#include "tests/lib/t.h"

#define BEFORE        "what the buffer held before"
#define LENGTH(array) (sizeof(array) / sizeof *(array))

static pki_key *key_of(pki_bytes json)
{
	pki_key *k;

	t_ok(pki_jwk_key_parse(NULL, json, &k, err));
	return k;
}

static pki_pubkey *pubkey_of(pki_bytes json)
{
	pki_pubkey *k;

	t_ok(pki_jwk_pubkey_parse(NULL, json, &k, err));
	return k;
}

static pki_key *load(const char *name)
{
	char path[64];
	pki_key *k;

	snprintf(path, sizeof path, "keys/%s.pem", name);
	t_ok(pki_key_load(NULL, t_vector_path(path), NULL, NULL, &k, err));
	return k;
}

/* ---- the RFCs' own ---- */

static const struct {
	const char *file;
	pki_key_type type;
	bool private;
	const char *kid;
} rfcs[] = {
	{ "rfc7515-a2", PKI_KEY_RSA, true, NULL },
	{ "rfc7515-a3", PKI_KEY_P256, true, NULL },
	{ "rfc7515-a4", PKI_KEY_P521, true, NULL },
	{ "rfc7517-a1-ec", PKI_KEY_P256, false, NULL },
	{ "rfc7517-a1-rsa", PKI_KEY_RSA, false, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" },
	{ "rfc7517-a2-ec", PKI_KEY_P256, true, NULL },
	{ "rfc7517-a2-rsa", PKI_KEY_RSA, true, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" },
	{ "rfc7517-b", PKI_KEY_RSA, false, NULL },
	{ "rfc7638-3.1", PKI_KEY_RSA, false, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" },
	{ "rfc8037-a1", PKI_KEY_ED25519, true, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" },
	{ "rfc8037-a2", PKI_KEY_ED25519, false, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" },
	{ "rfc8037-a6", PKI_KEY_X25519, false, NULL },
	{ "rfc8037-a7", PKI_KEY_X448, false, NULL },
};

static pki_bytes rfc(const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "jwk/%s.json", name);
	return t_vector(path);
}

static void check_thumbprint(const pki_pubkey *k, const char *want)
{
	pki_buf text = PKI_BUF_INIT;
	uint8_t octets[32];

	t_ok(pki_jwk_thumbprint(k, octets, err));
	t_ok(pki_jwk_b64url_encode(pki_bytes_of(octets, sizeof octets), &text, err));
	ck_assert_str_eq(pki_buf_str(&text), want);
	pki_buf_free(&text);
}

/* Every member that makes the key is written with the same text, and in one line. */
static void check_same_members(pki_bytes want, pki_bytes got)
{
	static const char *const names[] = { "kty", "crv", "n", "e", "x", "y", "d", "p", "q", "dp",
		"dq", "qi" };
	json_t *a = json_loadb((const char *)want.data, want.len, 0, NULL);
	json_t *b = json_loadb((const char *)got.data, got.len, 0, NULL);

	ck_assert(a != NULL && b != NULL);
	for (size_t i = 0; i < LENGTH(names); i++)
		ck_assert_pstr_eq(json_string_value(json_object_get(a, names[i])),
		    json_string_value(json_object_get(b, names[i])));
	ck_assert_ptr_eq(memchr(got.data, '\n', got.len), got.data + got.len - 1);
	json_decref(a);
	json_decref(b);
}

START_TEST(of_the_rfcs)
{
	for (size_t i = 0; i < LENGTH(rfcs); i++) {
		pki_bytes json = rfc(rfcs[i].file);
		pki_pubkey *pub = pubkey_of(json);
		pki_buf out = { .flags = PKI_BUF_SECRET };
		pki_key *k = (pki_key *)&out;

		ck_assert_int_eq(pki_pubkey_type(pub), rfcs[i].type);
		if (rfcs[i].kid != NULL)
			check_thumbprint(pub, rfcs[i].kid);
		if (rfcs[i].private) {
			k = key_of(json);
			ck_assert(pki_pubkey_equal(pki_key_public(k), pub));
			t_ok(pki_jwk_key_write(k, &out, err));
			pki_key_free(k);
		} else {
			t_fails(PKI_E_NOTFOUND, pki_jwk_key_parse(NULL, json, &k, err));
			ck_assert_ptr_null(k);
			t_ok(pki_jwk_pubkey_write(pub, &out, err));
		}
		check_same_members(json, pki_buf_bytes(&out));
		pki_buf_free(&out);
		pki_pubkey_free(pub);
	}
}
END_TEST

/* ---- there and back ---- */

static const char *const kinds[] = { "rsa", "rsa-e3", "p256", "p384", "p521", "ed25519", "ed448",
	"x25519", "x448" };

static void private_there_and_back(const pki_key *k)
{
	pki_buf json = { .flags = PKI_BUF_SECRET }, a = json, b = json;
	pki_key *again;

	t_ok(pki_jwk_key_write(k, &json, err));
	again = key_of(pki_buf_bytes(&json));
	t_ok(pki_key_write(k, NULL, &a, err));
	t_ok(pki_key_write(again, NULL, &b, err));
	t_bytes_eq(pki_buf_bytes(&b), pki_buf_bytes(&a));
	pki_key_free(again);
	pki_buf_free(&json);
	pki_buf_free(&a);
	pki_buf_free(&b);
}

static void public_there_and_back(const pki_pubkey *k)
{
	pki_buf json = PKI_BUF_INIT;
	pki_pubkey *again;

	t_ok(pki_jwk_pubkey_write(k, &json, err));
	ck_assert_ptr_null(strstr(pki_buf_str(&json), "\"d\""));
	again = pubkey_of(pki_buf_bytes(&json));
	t_bytes_eq(pki_pubkey_spki(again), pki_pubkey_spki(k));
	pki_pubkey_free(again);
	pki_buf_free(&json);
}

START_TEST(there_and_back)
{
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		pki_key *k = load(kinds[i]);

		private_there_and_back(k);
		public_there_and_back(pki_key_public(k));
		pki_key_free(k);
	}
}
END_TEST

/* About one key in 256 has a coordinate, or a private key, that begins with a zero octet. */
START_TEST(many_curve_keys)
{
	for (size_t i = 0; i < 600; i++) {
		pki_key *k;

		t_ok(pki_key_generate(NULL, PKI_KEY_P256, NULL, &k, err));
		private_there_and_back(k);
		pki_key_free(k);
	}
}
END_TEST

START_TEST(order_of_members)
{
	static const char want[] = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
				   "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
				   "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
				   "\"kid\":\"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\"}\n";
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_key *k = key_of(rfc("rfc8037-a1"));

	t_ok(pki_buf_append(&out, pki_bytes_str(BEFORE), err));
	t_ok(pki_jwk_key_write(k, &out, err));
	ck_assert_str_eq(pki_buf_str(&out) + strlen(BEFORE), want);
	pki_key_free(k);
	pki_buf_free(&out);
}
END_TEST

/* ---- what is no JWK ---- */

#define EC_X   "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
#define EC_Y   "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\","
#define EC_D   "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\""
#define EC_KTY "\"kty\":\"EC\",\"crv\":\"P-256\","
#define EC     EC_KTY EC_X EC_Y EC_D
#define ED_X   "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\","
#define ED_D   "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\""
#define ED_KTY "\"kty\":\"OKP\",\"crv\":\"Ed25519\","
#define ED     ED_KTY ED_X ED_D
#define DEEP15 "[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]"

/* Read, for all that is odd about it. */
static const char *const odd[] = {
	"{" EC "}",
	" \t\r\n{ " EC " } \n",
	"{\"keys\":[{" EC "}]}",
	"{\"keys\":[{" ED "}],\"more\":1}",
	"{\"keys\":[1,2]," ED "}",
	"{" ED ",\"kid\":5,\"use\":null,\"key_ops\":{},\"alg\":\"none\"}",
	"{" ED ",\"\":{\"a\":[[],{},\"]}\\\"\"]}}",
	"{" ED ",\"oth\":[],\"p\":7,\"n\":\"=\"}",
	"{\"\\u006bty\":\"O\\u004bP\",\"crv\":\"Ed25519\"," ED_X ED_D "}",
	"{" ED ",\"deep\":" DEEP15 "}",
	"{\"kty\":\"OKP\",\"crv\":\"Ed25519\"," ED_D ",\"x\":"
	"\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
};

START_TEST(read_though_odd)
{
	for (size_t i = 0; i < LENGTH(odd); i++) {
		pki_error err = PKI_ERROR_INIT;
		pki_key *k = NULL;
		pki_status st = pki_jwk_key_parse(NULL, pki_bytes_str(odd[i]), &k, &err);

		ck_assert_msg(st == PKI_SUCCESS, "%s: %s", odd[i], t_error(&err));
		pki_key_free(k);
	}
}
END_TEST

static const struct {
	const char *json;
	pki_status want;
	const char *reason; /* part of it */
} bad[] = {
	{ "", PKI_E_ENCODING, "ends too early" },
	{ " ", PKI_E_ENCODING, "ends too early" },
	{ "{", PKI_E_ENCODING, "ends too early" },
	{ "{" ED, PKI_E_ENCODING, "ends too early" },
	{ "}", PKI_E_ENCODING, "not JSON" },
	{ "kty", PKI_E_ENCODING, "not JSON" },
	{ "-----BEGIN PRIVATE KEY-----", PKI_E_ENCODING, "not JSON" },
	{ "{" ED ",}", PKI_E_ENCODING, "not JSON" },
	{ "{'kty':'OKP'}", PKI_E_ENCODING, "not JSON" },
	{ "{" ED "}x", PKI_E_ENCODING, "behind" },
	{ "{" ED "}{" ED "}", PKI_E_ENCODING, "behind" },
	{ "\xef\xbb\xbf{" ED "}", PKI_E_ENCODING, "JSON" },
	{ "{" ED ",\"a\":\"\xff\"}", PKI_E_ENCODING, "UTF-8" },
	{ "{" ED ",\"a\":\"\xed\xa0\x80\"}", PKI_E_ENCODING, "UTF-8" },
	{ "{" ED ",\"a\":\"\\u0000\"}", PKI_E_ENCODING, "not JSON" },
	{ "{" ED ",\"a\":NaN}", PKI_E_ENCODING, "not JSON" },
	{ "{" ED ",\"deep\":[" DEEP15 "]}", PKI_E_LIMIT, "deeper" },
	{ "null", PKI_E_STRUCTURE, "no JSON object" },
	{ "\"kty\"", PKI_E_STRUCTURE, "no JSON object" },
	{ "[{" ED "}]", PKI_E_STRUCTURE, "no JSON object" },
	{ "{}", PKI_E_STRUCTURE, "\"kty\" is absent" },
	{ "{\"keys\":{" ED "}}", PKI_E_STRUCTURE, "\"keys\" is not an array" },
	{ "{\"keys\":[]}", PKI_E_NOTFOUND, "no key" },
	{ "{\"keys\":[{" ED "},{" EC "}]}", PKI_E_STRUCTURE, "more than one key" },
	{ "{\"keys\":[{" ED "},7]}", PKI_E_STRUCTURE, "more than one key" },
	{ "{\"keys\":[[{" ED "}]]}", PKI_E_STRUCTURE, "no JSON object" },
	{ "{\"keys\":[{\"keys\":[{" ED "}]}]}", PKI_E_STRUCTURE, "\"kty\" is absent" },
	/* members */
	{ "{" ED "," ED_D "}", PKI_E_STRUCTURE, "same name" },
	{ "{" ED ",\"\\u0064\":\"\"}", PKI_E_STRUCTURE, "same name" },
	{ "{" ED ",\"a\":{\"b\":1,\"b\":2}}", PKI_E_STRUCTURE, "same name" },
	{ "{\"kty\":5," ED_X ED_D "}", PKI_E_STRUCTURE, "\"kty\" is not a string" },
	{ "{\"kty\":null}", PKI_E_STRUCTURE, "\"kty\" is not a string" },
	{ "{\"kty\":\"OKP\"," ED_X ED_D "}", PKI_E_STRUCTURE, "\"crv\" is absent" },
	{ "{\"kty\":\"EC\",\"crv\":[]," EC_X EC_Y EC_D "}", PKI_E_STRUCTURE,
	    "\"crv\" is not a string" },
	{ "{" EC_KTY EC_Y EC_D "}", PKI_E_STRUCTURE, "\"x\" is absent" },
	{ "{" EC_KTY EC_X EC_D "}", PKI_E_STRUCTURE, "\"y\" is absent" },
	{ "{" ED_KTY ED_D "}", PKI_E_STRUCTURE, "\"x\" is absent" },
	{ "{" ED_KTY ED_X "\"d\":null}", PKI_E_STRUCTURE, "\"d\" is not a string" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":1}", PKI_E_STRUCTURE, "\"d\" is not a string" },
	{ "{" EC_KTY EC_X EC_Y "\"a\":1}", PKI_E_NOTFOUND, "\"d\" is absent" },
	{ "{" EC_KTY EC_X EC_Y "\"D\":1}", PKI_E_NOTFOUND, "\"d\" is absent" },
	/* types */
	{ "{\"kty\":\"oct\",\"k\":\"AyM1\"}", PKI_E_UNSUPPORTED, "\"oct\"" },
	{ "{\"kty\":\"ec\"," EC_X EC_Y EC_D "}", PKI_E_UNSUPPORTED, "\"kty\"" },
	{ "{\"kty\":\"\"}", PKI_E_UNSUPPORTED, "\"kty\"" },
	{ "{\"kty\":\"EC\",\"crv\":\"secp256k1\"," EC_X EC_Y EC_D "}", PKI_E_UNSUPPORTED,
	    "secp256k1" },
	{ "{\"kty\":\"EC\",\"crv\":\"P-192\"," EC_X EC_Y EC_D "}", PKI_E_UNSUPPORTED, "\"crv\"" },
	{ "{\"kty\":\"EC\",\"crv\":\"Ed25519\"," ED_X ED_D "}", PKI_E_UNSUPPORTED, "\"crv\"" },
	{ "{\"kty\":\"OKP\",\"crv\":\"P-256\"," EC_X EC_Y EC_D "}", PKI_E_UNSUPPORTED, "\"crv\"" },
	{ "{\"kty\":\"OKP\",\"crv\":\"ed25519\"," ED_X ED_D "}", PKI_E_UNSUPPORTED, "\"crv\"" },
	/* base64url */
	{ "{" ED_KTY "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"," ED_D "}",
	    PKI_E_ENCODING, "\"x\" is not base64url" },
	{ "{" ED_KTY "\"x\":\"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo\"," ED_D "}",
	    PKI_E_ENCODING, "\"x\" is not base64url" },
	{ "{" ED_KTY "\"x\":\"11qYAYKxCrfVS+7TyWQHOg7hcvPapiMlrwIaaPcHURo\"," ED_D "}",
	    PKI_E_ENCODING, "\"x\" is not base64url" },
	{ "{" ED_KTY "\"x\":\"11qYAYKxCrfVS_7T yWQHOg7hcvPapiMlrwIaaPcHURo\"," ED_D "}",
	    PKI_E_ENCODING, "\"x\" is not base64url" },
	{ "{" ED_KTY "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\\n\"," ED_D "}",
	    PKI_E_ENCODING, "\"x\" is not base64url" },
	{ "{" ED_KTY ED_X "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2B\"}", PKI_E_ENCODING,
	    "\"d\" is not base64url" },
	{ "{" ED_KTY ED_X "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf\"}", PKI_E_ENCODING,
	    "\"d\" is not base64url" },
	{ "{" ED_KTY ED_X "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf\u00e9\"}",
	    PKI_E_ENCODING, "\"d\" is not base64url" },
	/* lengths */
	{ "{" ED_KTY ED_X "\"d\":\"\"}", PKI_E_STRUCTURE, "\"d\" is empty" },
	{ "{" ED_KTY ED_X "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyufw\"}", PKI_E_STRUCTURE,
	    "\"d\" is not as long" },
	{ "{" ED_KTY ED_X "\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2AA\"}",
	    PKI_E_STRUCTURE, "\"d\" is not as long" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":\"AI6bEJ5xkJi_mASH3x9dd-nLKWBuvtImO19XwhPfhPSy\"}",
	    PKI_E_STRUCTURE, "\"d\" is not as long" },
	{ "{\"kty\":\"EC\",\"crv\":\"P-384\"," EC_X EC_Y EC_D "}", PKI_E_STRUCTURE,
	    "\"x\" is not as long" },
	{ "{\"kty\":\"OKP\",\"crv\":\"Ed448\"," ED_X ED_D "}", PKI_E_STRUCTURE,
	    "\"x\" is not as long" },
	/* no key, or parts of two */
	{ "{\"kty\":\"OKP\",\"crv\":\"X25519\"," ED_X ED_D "}", PKI_E_POLICY, "public members" },
	{ "{" ED_KTY "\"x\":\"AQqYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"," ED_D "}",
	    PKI_E_POLICY, "" },
	{ "{" EC_KTY "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ\"," EC_Y EC_D "}",
	    PKI_E_POLICY, "" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LJ\"}",
	    PKI_E_ENCODING, "\"d\" is not base64url" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LA\"}",
	    PKI_E_POLICY, "" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
	    PKI_E_POLICY, "" },
	{ "{" EC_KTY EC_X EC_Y "\"d\":\"_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE\"}",
	    PKI_E_POLICY, "" },
};

static void fails(pki_bytes json, pki_status want, const char *reason, const char *what)
{
	pki_error err = PKI_ERROR_INIT;
	pki_key *k = (pki_key *)&err;
	pki_status st = pki_jwk_key_parse(NULL, json, &k, &err);

	ck_assert_msg(st == want && pki_error_status(&err) == st, "%s: want %s, got %s (%s)", what,
	    pki_status_text(want), pki_status_text(st), t_error(&err));
	ck_assert_msg(strstr(pki_error_reason(&err), reason) != NULL, "%s: says %s, not %s", what,
	    pki_error_reason(&err), reason);
	ck_assert_ptr_null(k);
	ck_assert_uint_eq(pki_error_offset(&err), PKI_NO_OFFSET);
	ck_assert_int_eq(pki_jwk_key_parse(NULL, json, &k, NULL), want);
}

START_TEST(no_private_key)
{
	for (size_t i = 0; i < LENGTH(bad); i++)
		fails(pki_bytes_str(bad[i].json), bad[i].want, bad[i].reason, bad[i].json);
}
END_TEST

/* ---- RSA: one member of a good key is another ---- */

static const struct {
	const char *member, *value; /* NULL: absent; "+": something in front of it */
	pki_status want;
	const char *reason;
} rsa[] = {
	{ "n", NULL, PKI_E_STRUCTURE, "\"n\" is absent" },
	{ "n", "", PKI_E_STRUCTURE, "\"n\" is empty" },
	{ "n", "AA", PKI_E_POLICY, "" },
	{ "n", "AQAB", PKI_E_POLICY, "" },
	{ "e", NULL, PKI_E_STRUCTURE, "\"e\" is absent" },
	{ "e", "AAEAAQ", PKI_E_STRUCTURE, "\"e\" has leading zeros" },
	{ "e", "AQABAA==", PKI_E_ENCODING, "\"e\" is not base64url" },
	{ "e", "Ag", PKI_E_POLICY, "" },
	{ "e", "AA", PKI_E_POLICY, "" },
	{ "d", "AQAB", PKI_E_POLICY, "" },
	{ "d", NULL, PKI_E_NOTFOUND, "\"d\" is absent" },
	{ "d", "A", PKI_E_ENCODING, "\"d\" is not base64url" },
	{ "p", NULL, PKI_E_STRUCTURE, "\"p\" is absent" },
	{ "p", "AQ", PKI_E_POLICY, "" },
	{ "q", NULL, PKI_E_STRUCTURE, "\"q\" is absent" },
	{ "q", "AAAB", PKI_E_STRUCTURE, "\"q\" has leading zeros" },
	{ "dp", NULL, PKI_E_STRUCTURE, "\"dp\" is absent" },
	{ "dp", "AQAB", PKI_E_POLICY, "" },
	{ "dq", NULL, PKI_E_STRUCTURE, "\"dq\" is absent" },
	{ "dq", "AA", PKI_E_POLICY, "" },
	{ "qi", NULL, PKI_E_STRUCTURE, "\"qi\" is absent" },
	{ "qi", "AQ", PKI_E_POLICY, "" },
	{ "oth", "AQ", PKI_E_UNSUPPORTED, "\"oth\"" },
	{ "kty", "EC", PKI_E_STRUCTURE, "\"crv\" is absent" },
	{ "kty", "RSA ", PKI_E_UNSUPPORTED, "\"kty\"" },
};

static json_t *good_rsa(void)
{
	pki_bytes json = rfc("rfc7515-a2");
	json_t *k = json_loadb((const char *)json.data, json.len, 0, NULL);

	ck_assert_ptr_nonnull(k);
	return k;
}

static void fails_as(json_t *jwk, pki_status want, const char *reason, const char *what)
{
	char *text = json_dumps(jwk, 0);

	fails(pki_bytes_str(text), want, reason, what);
	free(text);
}

START_TEST(no_rsa_key)
{
	for (size_t i = 0; i < LENGTH(rsa); i++) {
		json_t *k = good_rsa();

		json_object_del(k, rsa[i].member);
		if (rsa[i].value != NULL)
			json_object_set_new(k, rsa[i].member, json_string(rsa[i].value));
		fails_as(k, rsa[i].want, rsa[i].reason, rsa[i].member);
		json_decref(k);
	}
}
END_TEST

START_TEST(rsa_key_without_primes)
{
	static const char *const crt[] = { "p", "q", "dp", "dq", "qi" };
	json_t *k = good_rsa();

	for (size_t i = 0; i < LENGTH(crt); i++)
		json_object_del(k, crt[i]);
	fails_as(k, PKI_E_UNSUPPORTED, "\"d\" is the only private member", "d alone");
	json_decref(k);
}
END_TEST

/* ---- public keys ---- */

static const struct {
	const char *json;
	pki_status want;
} public[] = {
	{ "{" EC_KTY EC_X EC_Y "\"d\":7}", PKI_SUCCESS },
	{ "{" ED_KTY ED_X "\"d\":\"!\"}", PKI_SUCCESS },
	{ "{" EC_KTY EC_X "\"d\":7}", PKI_E_STRUCTURE },
	{ "{" EC_KTY "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ\"," EC_Y "\"a\":1}",
	    PKI_E_POLICY },
	{ "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", PKI_E_POLICY },
	{ "{\"kty\":\"RSA\",\"n\":\"AQAB\"}", PKI_E_STRUCTURE },
	{ "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":65537}", PKI_E_STRUCTURE },
	{ "{\"kty\":\"oct\"}", PKI_E_UNSUPPORTED },
	{ "{\"keys\":[{" ED "},{" ED "}]}", PKI_E_STRUCTURE },
	{ "[", PKI_E_ENCODING },
};

START_TEST(public_keys)
{
	for (size_t i = 0; i < LENGTH(public); i++) {
		pki_error err = PKI_ERROR_INIT;
		pki_pubkey *k = (pki_pubkey *)&err;
		pki_status st = pki_jwk_pubkey_parse(NULL, pki_bytes_str(public[i].json), &k, &err);

		ck_assert_msg(st == public[i].want, "%s: %s", public[i].json, t_error(&err));
		ck_assert((k != NULL) == (st == PKI_SUCCESS));
		pki_pubkey_free(k);
	}
}
END_TEST

/* ---- limits, arguments, what is not written ---- */

START_TEST(limits)
{
	pki_limits few = { .size = sizeof few, .rsa_bits = 1024 };
	pki_bytes json = rfc("rfc7515-a2");
	pki_buf big = PKI_BUF_INIT;
	pki_pubkey *pub;
	pki_ctx *ctx;
	pki_key *k;

	t_ok(pki_buf_append(&big, pki_bytes_str("{" ED "}"), err));
	while (big.len < 1 << 20)
		t_ok(pki_buf_append(&big, pki_bytes_str(" "), err));
	k = key_of(pki_buf_bytes(&big));
	pki_key_free(k);
	t_ok(pki_buf_append(&big, pki_bytes_str(" "), err));
	fails(pki_buf_bytes(&big), PKI_E_LIMIT, "1 MiB", "1 MiB and one octet");
	pki_buf_free(&big);

	t_ok(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &few), &ctx, err));
	t_fails(PKI_E_LIMIT, pki_jwk_key_parse(ctx, json, &k, err));
	t_fails(PKI_E_LIMIT, pki_jwk_pubkey_parse(ctx, json, &pub, err));
	pki_ctx_free(ctx);
}
END_TEST

START_TEST(arguments)
{
	const pki_bytes nowhere = { NULL, 1 };
	pki_key *k = load("ed25519"), *got = k;
	const pki_pubkey *pub = pki_key_public(k);
	pki_pubkey *got_pub = (pki_pubkey *)k;
	pki_buf out = PKI_BUF_INIT;
	uint8_t octets[32];

	t_fails(PKI_E_ARG, pki_jwk_key_parse(NULL, nowhere, &got, err));
	ck_assert_ptr_null(got);
	t_fails(PKI_E_ARG, pki_jwk_key_parse(NULL, nowhere, NULL, err));
	t_fails(PKI_E_ARG, pki_jwk_pubkey_parse(NULL, nowhere, &got_pub, err));
	ck_assert_ptr_null(got_pub);
	t_fails(PKI_E_ARG, pki_jwk_pubkey_parse(NULL, nowhere, NULL, err));
	t_fails(PKI_E_ENCODING, pki_jwk_key_parse(NULL, (pki_bytes){ NULL, 0 }, &got, err));
	t_fails(PKI_E_ARG, pki_jwk_key_write(NULL, &out, err));
	t_fails(PKI_E_ARG, pki_jwk_key_write(k, NULL, err));
	t_fails(PKI_E_ARG, pki_jwk_pubkey_write(NULL, &out, err));
	t_fails(PKI_E_ARG, pki_jwk_pubkey_write(pub, NULL, err));
	t_fails(PKI_E_ARG, pki_jwk_thumbprint(NULL, octets, err));
	t_fails(PKI_E_ARG, pki_jwk_thumbprint(pub, NULL, err));
	ck_assert_int_eq(pki_jwk_key_write(NULL, &out, NULL), PKI_E_ARG);
	ck_assert_uint_eq(out.len, 0);
	pki_key_free(k);
}
END_TEST

/* jansson passes over one after a number. */
START_TEST(nul)
{
	static const char text[] = "{" ED ",\"a\":1\0}";

	fails(pki_bytes_of(text, sizeof text - 1), PKI_E_ENCODING, "NUL", "a NUL");
}
END_TEST

static void not_written(const pki_key *k)
{
	const pki_pubkey *pub = pki_key_public(k);
	uint8_t octets[32] = { 1, 2, 3 };
	pki_buf out = PKI_BUF_INIT;

	t_ok(pki_buf_append(&out, pki_bytes_str(BEFORE), err));
	t_fails(PKI_E_UNSUPPORTED, pki_jwk_key_write(k, &out, err));
	t_fails(PKI_E_UNSUPPORTED, pki_jwk_pubkey_write(pub, &out, err));
	t_fails(PKI_E_UNSUPPORTED, pki_jwk_thumbprint(pub, octets, err));
	ck_assert_str_eq(pki_buf_str(&out), BEFORE);
	ck_assert_uint_eq(octets[0], 1);
	pki_buf_free(&out);
}

START_TEST(no_jwk_of_a_pss_key)
{
	static const char *const names[] = { "rsa-pss", "rsa-pss-sha384" };

	for (size_t i = 0; i < LENGTH(names); i++) {
		pki_key *k = load(names[i]);

		not_written(k);
		pki_key_free(k);
	}
}
END_TEST

/* ---- memory ---- */

/* libpki's and libpki-jwk's own allocations; then jansson's, which it makes by itself. */
static pki_key *signer;
static pki_bytes input;
static bool output_left; /* ck_assert would allocate, and be counted */

static pki_status op_key_parse(pki_error *err)
{
	pki_key *k = (pki_key *)&input;
	pki_status st = pki_jwk_key_parse(NULL, input, &k, err);

	output_left = output_left || (k != NULL) != (st == PKI_SUCCESS);
	pki_key_free(k);
	return st;
}

static pki_status op_pubkey_parse(pki_error *err)
{
	pki_pubkey *k = (pki_pubkey *)&input;
	pki_status st = pki_jwk_pubkey_parse(NULL, input, &k, err);

	output_left = output_left || (k != NULL) != (st == PKI_SUCCESS);
	pki_pubkey_free(k);
	return st;
}

static pki_status op_key_write(pki_error *err)
{
	pki_buf out = { .flags = PKI_BUF_SECRET };
	pki_status st = pki_jwk_key_write(signer, &out, err);

	output_left = output_left || (out.len != 0) != (st == PKI_SUCCESS);
	pki_buf_free(&out);
	return st;
}

static pki_status op_pubkey_write(pki_error *err)
{
	pki_buf out = PKI_BUF_INIT;
	pki_status st = pki_jwk_pubkey_write(pki_key_public(signer), &out, err);

	output_left = output_left || (out.len != 0) != (st == PKI_SUCCESS);
	pki_buf_free(&out);
	return st;
}

static pki_status op_thumbprint(pki_error *err)
{
	uint8_t octets[32];

	return pki_jwk_thumbprint(pki_key_public(signer), octets, err);
}

static pki_status (*const ops[])(pki_error *err) = { op_key_parse, op_pubkey_parse, op_key_write,
	op_pubkey_write, op_thumbprint };

static const char *const memory_files[] = { "rfc7515-a2", "rfc7515-a3", "rfc8037-a1" };

static void fail_each(pki_status (*op)(pki_error *err))
{
	unsigned long count = 1;

	for (unsigned long n = 1; n <= count; n += count / 100 + 1) {
		pki_error err = PKI_ERROR_INIT;
		pki_status st;
		unsigned long seen;

		oom_begin(n, false);
		st = op(&err);
		seen = oom_end();
		ck_assert_msg(oom_balance() == 0, "allocation %lu: %ld blocks are left, %s", n,
		    oom_balance(), t_error(&err));
		ck_assert_msg(seen < n || st == PKI_E_NOMEM || st == PKI_E_BACKEND,
		    "allocation %lu: %s", n, t_error(&err));
		ck_assert_int_eq(pki_error_status(&err), st);
		ck_assert(!output_left);
		oom_begin(0, false);
		ck_assert_int_eq(op(NULL), PKI_SUCCESS);
		count = oom_end();
	}
}

START_TEST(every_allocation)
{
	for (size_t i = 0; i < LENGTH(memory_files); i++) {
		input = rfc(memory_files[i]);
		signer = key_of(input);
		for (size_t j = 0; j < LENGTH(ops); j++)
			fail_each(ops[j]);
		pki_key_free(signer);
	}
}
END_TEST

/* Blocks of jansson's, each with its size in front. */
#define HEAD 16
static struct {
	unsigned long made, fail_at, secret_freed;
	const char *secret;
} blocks;

static void *make_block(size_t n)
{
	char *p = ++blocks.made == blocks.fail_at ? NULL : malloc(HEAD + n);

	if (p == NULL)
		return NULL;
	memcpy(p, &n, sizeof n);
	return p + HEAD;
}

static void free_block(void *block)
{
	char *p = block;
	size_t n;

	if (p == NULL)
		return;
	memcpy(&n, p - HEAD, sizeof n);
	if (blocks.secret != NULL && n >= strlen(blocks.secret) &&
	    memcmp(p, blocks.secret, strlen(blocks.secret)) == 0)
		blocks.secret_freed++;
	free(p - HEAD);
}

START_TEST(every_allocation_of_jansson)
{
	unsigned long count;

	json_set_alloc_funcs(make_block, free_block);
	input = rfc("rfc7515-a3");
	ck_assert_int_eq(op_key_parse(NULL), PKI_SUCCESS);
	count = blocks.made;
	ck_assert_uint_gt(count, 10);
	for (unsigned long n = 1; n <= count; n++) {
		pki_error err = PKI_ERROR_INIT;
		pki_status st;

		blocks.made = 0;
		blocks.fail_at = n;
		st = op_key_parse(&err);
		/* it takes its scanner's want of memory for a mistake in the text */
		ck_assert_msg(blocks.made < n || st == PKI_E_NOMEM || st == PKI_E_ENCODING,
		    "allocation %lu: %s", n, t_error(&err));
	}
}
END_TEST

/* The strings that jansson hands out are gone when it frees them: top, in a Set, and in "oth". */
START_TEST(strings_are_wiped)
{
	static const struct {
		const char *json;
		pki_status want;
	} rows[] = {
		{ "{" EC "}", PKI_SUCCESS },
		{ "{\"keys\":[{" EC "}]}", PKI_SUCCESS },
		{ "{\"keys\":[{" EC "},{" EC "}]}", PKI_E_STRUCTURE },
		{ "{\"a\":[[[[{" EC "}]]],\"jpsQnnGQmL-YBIff\"]}", PKI_E_STRUCTURE },
		{ "\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"", PKI_E_STRUCTURE },
		{ "{" EC ",\"oth\":[{\"d\":\"jpsQnnGQmL-YBIff\"}]}", PKI_SUCCESS },
	};

	json_set_alloc_funcs(make_block, free_block);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		pki_key *k;

		blocks.secret = "jpsQnnGQmL-YBIff";
		blocks.secret_freed = 0;
		ck_assert_int_eq(
		    pki_jwk_key_parse(NULL, pki_bytes_str(rows[i].json), &k, NULL), rows[i].want);
		ck_assert_msg(blocks.secret_freed == 0, "%s", rows[i].json);
		pki_key_free(k);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { of_the_rfcs, there_and_back, many_curve_keys,
		order_of_members, read_though_odd, no_private_key, no_rsa_key,
		rsa_key_without_primes, public_keys, limits, arguments, nul, no_jwk_of_a_pss_key,
		every_allocation, every_allocation_of_jansson, strings_are_wiped, NULL };

	return t_main("jwk", tests);
}
