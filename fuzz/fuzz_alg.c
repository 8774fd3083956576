/* SPDX-License-Identifier: BSD-3-Clause */
/* Signature algorithms: what is read is written, and read as the same. */
#include <pki/sign.h>

#include "fuzz/fuzz.h"

static bool same(const pki_alg *a, const pki_alg *b)
{
	return a->scheme == b->scheme && a->hash == b->hash && a->mgf_hash == b->mgf_hash &&
	    a->salt_len == b->salt_len && a->curve == b->curve;
}

static void write(const pki_alg *a, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_alg_write(a, &w);
	require(pki_derw_finish(&w, out, NULL) == PKI_SUCCESS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_buf first = PKI_BUF_INIT, second = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_alg a, b;
	pki_status st;

	pki_alg_init(&a, sizeof a);
	pki_alg_init(&b, sizeof b);
	st = pki_alg_parse(NULL, pki_bytes_of(data, len), &a, &err);
	require_error(st, &err);
	if (st != PKI_SUCCESS)
		return 0;
	require(pki_alg_name(&a)[0] != '\0');
	write(&a, &first);
	require(pki_alg_parse(NULL, pki_buf_bytes(&first), &b, NULL) == PKI_SUCCESS);
	require(same(&a, &b));
	write(&b, &second);
	require(pki_bytes_equal(pki_buf_bytes(&first), pki_buf_bytes(&second)));
	pki_buf_free(&second);
	pki_buf_free(&first);
	return 0;
}
