/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 character strings to UTF-8 and back. The first octet chooses the type. */
#include <pki/der.h>

#include "fuzz/fuzz.h"

static const pki_tag tags[] = { PKI_TAG_UTF8, PKI_TAG_PRINTABLE, PKI_TAG_IA5, PKI_TAG_NUMERIC,
	PKI_TAG_VISIBLE, PKI_TAG_TELETEX, PKI_TAG_BMP, PKI_TAG_UNIVERSAL, PKI_TAG_OCTETS };

/* There and back again; wherever the first works, the second gives what there was. */
static void round_trip(pki_tag tag, pki_bytes in, bool decode_first)
{
	pki_status (*there)(pki_tag, pki_bytes, pki_buf *, pki_error *) = pki_text_decode;
	pki_status (*back)(pki_tag, pki_bytes, pki_buf *, pki_error *) = pki_text_encode;
	pki_buf out = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_status st;

	if (!decode_first) {
		there = pki_text_encode;
		back = pki_text_decode;
	}
	st = there(tag, in, &out, &err);
	require_error(st, &err);
	if (st == PKI_SUCCESS) {
		require(back(tag, pki_buf_bytes(&out), &again, NULL) == PKI_SUCCESS);
		require(pki_bytes_equal(pki_buf_bytes(&again), in));
	} else {
		require(out.len == 0);
	}
	pki_buf_free(&again);
	pki_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	pki_tag tag = tags[fuzz_octet(&in) % (sizeof tags / sizeof *tags)];

	round_trip(tag, in, true);
	round_trip(tag, in, false);
	return 0;
}
