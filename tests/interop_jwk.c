/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON Web Keys between libpki-jwk and the jose command, both ways. It has RSA and EC. */
#include <stdio.h>

#include <pki/jwk.h>

#include "tests/lib/command.h"

static const struct kind {
	pki_key_type type;
	uint32_t bits;
	const char *alg; /* what jose makes such a key for */
} kinds[] = {
	{ PKI_KEY_RSA, 2048, "PS256" },
	{ PKI_KEY_P256, 0, "ES256" },
	{ PKI_KEY_P384, 0, "ES384" },
	{ PKI_KEY_P521, 0, "ES512" },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static void write_file(const char *path, const pki_buf *b)
{
	t_ok(pki_file_write(path, pki_buf_bytes(b), PKI_FILE_REPLACE | PKI_FILE_SECRET, err));
}

/* "kid" of ours is the thumbprint that jose finds. */
static void judged(const char *path, const pki_buf *jwk)
{
	int status;
	char kid[64];

	ck_assert_int_eq(sscanf(t_command(&status, "jose jwk thp -i %s", path), "%63s", kid), 1);
	ck_assert_int_eq(status, 0);
	ck_assert_msg(
	    memmem(jwk->data, jwk->len, kid, strlen(kid)) != NULL, "%s is not in %s", kid, path);
}

/* What jose signs with our private key, it verifies with our public one. */
START_TEST(ours)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *private = t_scratch("private.jwk"), *public = t_scratch("public.jwk"),
			   *text = t_scratch("text"), *jws = t_scratch("jws");
		pki_buf out = { .flags = PKI_BUF_SECRET };
		pki_key *k;

		t_ok(pki_key_generate(NULL, kinds[i].type,
		    PKI_OPTS(pki_key_opts, .rsa_bits = kinds[i].bits), &k, err));
		t_ok(pki_jwk_key_write(k, &out, err));
		write_file(private, &out);
		judged(private, &out);
		pki_buf_free(&out);
		t_ok(pki_jwk_pubkey_write(pki_key_public(k), &out, err));
		write_file(public, &out);
		judged(public, &out);
		write_file(text, &out);
		t_runs("jose jws sig -I %s -k %s -s '{\"protected\":{\"alg\":\"%s\"}}' -o %s", text,
		    private, kinds[i].alg, jws);
		t_runs("jose jws ver -i %s -k %s", jws, public);
		pki_key_free(k);
		pki_buf_free(&out);
	}
}
END_TEST

static pki_buf made_by_jose(size_t i)
{
	const char *path = t_scratch("their.jwk");
	pki_buf b = { .flags = PKI_BUF_SECRET };

	t_runs("jose jwk gen -i '{\"alg\":\"%s\"}' -o %s", kinds[i].alg, path);
	t_ok(pki_file_read(path, 1 << 16, &b, err));
	return b;
}

/* A private key of jose's is the public one that jose takes from it, and OpenSSL likes it. */
START_TEST(theirs)
{
	for (size_t i = 0; i < KINDS; i++) {
		const char *public = t_scratch("their-public.jwk"), *pem = t_scratch("their.pem");
		pki_buf in = made_by_jose(i), pub = PKI_BUF_INIT;
		pki_pubkey *of;
		pki_key *k;

		t_ok(pki_jwk_key_parse(NULL, pki_buf_bytes(&in), &k, err));
		ck_assert_int_eq(pki_pubkey_type(pki_key_public(k)), kinds[i].type);
		t_runs("jose jwk pub -i %s -o %s", t_scratch("their.jwk"), public);
		t_ok(pki_file_read(public, 1 << 16, &pub, err));
		t_ok(pki_jwk_pubkey_parse(NULL, pki_buf_bytes(&pub), &of, err));
		ck_assert(pki_pubkey_equal(of, pki_key_public(k)));
		t_ok(pki_key_save(
		    k, pem, PKI_OPTS(pki_key_write_opts, .flags = PKI_FILE_REPLACE), err));
		t_says("Key is valid", "openssl pkey -in %s -check -noout", pem);
		pki_pubkey_free(of);
		pki_key_free(k);
		pki_buf_free(&pub);
		pki_buf_free(&in);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { ours, theirs, NULL };

	return t_main("interop_jwk", tests);
}
