/* SPDX-License-Identifier: BSD-3-Clause */
/* A private key, encrypted or not, and the identifier of its public part: read-key FILE [PASSWORD].
 */
#include <pki/pki.h>
#include <stdio.h>

/* RFC 5280 4.2.1.2 (1) */
static pki_status print_id(const pki_pubkey *k, pki_error *err)
{
	pki_buf id = PKI_BUF_INIT;
	pki_status st = pki_pubkey_id(k, PKI_KEY_ID_DEFAULT, &id, err);

	for (size_t i = 0; i < id.len; i++)
		printf("%02x%s", id.data[i], i + 1 < id.len ? ":" : "\n");
	pki_buf_free(&id);
	return st;
}

static void print_type(const pki_pubkey *k)
{
	pki_key_type type = pki_pubkey_type(k);
	const char *curve = pki_key_type_curve(type);

	printf("%s, %u bits", pki_key_type_name(type), (unsigned)pki_pubkey_bits(k));
	printf(curve != NULL ? " (%s), " : ", ", curve);
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_key *key = NULL;
	char text[512];
	bool failed;

	if (argc < 2)
		return 2;
	/* A real program asks for the password: see pki_password_fn. */
	failed = pki_key_load(NULL, argv[1], argc > 2 ? pki_password_text : NULL, argv[2], &key,
		     &err) != PKI_SUCCESS;
	if (!failed) {
		print_type(pki_key_public(key));
		failed = print_id(pki_key_public(key), &err) != PKI_SUCCESS;
	}
	if (failed) {
		pki_error_text(&err, text, sizeof text);
		fprintf(stderr, "read-key: %s\n", text);
	}
	pki_key_free(key);
	return failed;
}
