/* SPDX-License-Identifier: BSD-3-Clause */
/* PEM: every block is found again when it is written, and reading always moves on. */
#include <stdlib.h>
#include <string.h>

#include <pki/pem.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static bool is_within(pki_bytes part, pki_bytes whole)
{
	return part.len == 0 ||
	    (part.data >= whole.data && part.data + part.len <= whole.data + whole.len);
}

static void write_again(const pki_pem_block *b)
{
	pki_buf text = PKI_BUF_INIT;
	pki_pem_block same = { 0 };
	pki_bytes in;

	require(pki_pem_encode("CMS", pki_buf_bytes(&b->der), &text, NULL) == PKI_SUCCESS);
	in = pki_buf_bytes(&text);
	require(pki_pem_next(NULL, &in, &same, NULL) == PKI_SUCCESS);
	require(in.len == 0 && same.number == 1 && same.line == 1 && same.headers.len == 0);
	require(pki_bytes_equal(pki_buf_bytes(&b->der), pki_buf_bytes(&same.der)));
	pki_pem_block_free(&same);
	pki_buf_free(&text);
}

static void check_block(const pki_pem_block *b, pki_bytes text)
{
	require(b->der.len > 0);
	require(is_within(b->label, text) && is_within(b->headers, text));
	write_again(b);
}

static void check_failure(const pki_pem_block *b, const pki_error *e, pki_status st)
{
	require(st == PKI_E_ENCODING && pki_error_status(e) == st);
	require(b->der.len == 0);
	require(pki_error_line(e) >= b->line);
	require(pki_error_pem_block(e) == b->number);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes text = pki_bytes_of(data, len), left = text;
	pki_pem_block b = { 0 };
	bool found = pki_pem_looks_like(text);

	for (size_t number = 1;; number++) {
		pki_error e = PKI_ERROR_INIT;
		size_t before = left.len, line = b.line;
		pki_status st = pki_pem_next(NULL, &left, &b, &e);

		if (st == PKI_E_NOTFOUND)
			break;
		require(found && b.number == number && b.line >= line && left.len < before);
		if (st == PKI_SUCCESS)
			check_block(&b, text);
		else
			check_failure(&b, &e, st);
	}
	require(left.len == 0 && found == (b.number > 0));
	pki_pem_block_free(&b);
	return 0;
}
