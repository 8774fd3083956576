/* SPDX-License-Identifier: BSD-3-Clause */
/* An extension of one's own, checked and shown like those that libpki knows. Floor ::= INTEGER */
#include <pki/pki.h>
#include <stdio.h>

/* 1.3.6.1.4.1.32473.1: below the number that RFC 5612 sets aside for examples. */
static const pki_bytes id_floor = { (const uint8_t *)"\x2b\x06\x01\x04\x01\x81\xfd\x59\x01", 9 };

/* ud is the building's top floor. */
static pki_status check(void *ud, const pki_ctx *ctx, pki_bytes value, pki_error *err)
{
	int64_t floor = 0, top = *(const int64_t *)ud;
	pki_der r;

	pki_der_init(&r, ctx, value, "Floor");
	if (pki_der_int64(&r, NULL, &floor) && floor > top)
		pki_der_fail(&r, PKI_E_STRUCTURE, "there is no such floor", NULL);
	return pki_der_finish(&r, err);
}

/* Floor as it stands in the extension: floors of one octet will do. */
static pki_status make_cert(
    const pki_ctx *ctx, const pki_key *key, uint8_t floor, pki_cert **out, pki_error *err)
{
	const uint8_t value[] = { PKI_TAG_INTEGER, 1, floor };
	pki_cert_opts want = { .size = sizeof want, .subject = "CN=printer" };
	pki_exts *exts = NULL;
	pki_status st = pki_exts_new(ctx, &exts, err);

	if (st == PKI_SUCCESS) {
		pki_exts_add(exts, id_floor, false, pki_bytes_of(value, sizeof value));
		want.profile = PKI_PROFILE_CLIENT;
		want.exts = exts;
		st = pki_cert_self_sign(ctx, key, &want, out, err);
	}
	pki_exts_free(exts);
	return st;
}

int main(void)
{
	int64_t top = 12;
	const pki_ext_type type = {
		.size = sizeof type, .oid = id_floor, .name = "floor", .check = check, .ud = &top
	};
	const pki_ext_type *const types[] = { &type, NULL };
	const pki_ctx_opts opts = { .size = sizeof opts, .ext_types = types };
	pki_error err = PKI_ERROR_INIT;
	pki_buf text = PKI_BUF_INIT;
	pki_cert *cert = NULL, *none = NULL;
	pki_ctx *ctx = NULL;
	pki_key *key = NULL;
	pki_ext ext;
	bool failed = pki_ctx_new(&opts, &ctx, &err) ||
	    pki_key_generate(ctx, PKI_KEY_P256, NULL, &key, &err) ||
	    make_cert(ctx, key, 7, &cert, &err) || !pki_cert_ext(cert, id_floor, &ext) ||
	    pki_ext_format(ctx, &ext, &text, &err);

	if (!failed)
		printf("%s: %s\n", pki_ext_name(ctx, id_floor), pki_buf_str(&text));
	if (!failed && make_cert(ctx, key, 13, &none, &err) != PKI_SUCCESS)
		printf("13: %s\n", pki_error_reason(&err));
	else if (failed)
		fprintf(stderr, "own-extension: %s\n", pki_error_reason(&err));
	pki_buf_free(&text);
	pki_cert_free(none);
	pki_cert_free(cert);
	pki_key_free(key);
	pki_ctx_free(ctx);
	return failed;
}
