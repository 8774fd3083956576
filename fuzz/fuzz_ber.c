/* SPDX-License-Identifier: BSD-3-Clause */
/* The door for BER: what comes out is DER all the way down, and comes out of it unchanged. */
#include "fuzz/fuzz.h"
#include "libpki/der/ber.h"
#include "libpki/der/tlv.h"

#define PREFIX "before"

/* Tags and lengths, one level after the other: contents are what they were. */
static void require_der(pki_bytes in)
{
	pki_tlv_fault fault;
	pki_tlv t;

	while (in.len > 0) {
		size_t n;

		require(pki_tlv_read(in, &t, &fault));
		n = t.header + ((t.tag & PKI_TAG_CONSTRUCTED) != 0 ? 0 : t.length);
		in = pki_bytes_of(in.data + n, in.len - n);
	}
}

static void require_same_again(pki_bytes der)
{
	pki_buf again = PKI_BUF_INIT;

	require(pki_ber_to_der(NULL, der, &again, NULL, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&again), der));
	pki_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len), before = pki_bytes_str(PREFIX);
	pki_error err = PKI_ERROR_INIT;
	pki_buf der = PKI_BUF_INIT;
	size_t used = SIZE_MAX;
	pki_status st;

	require(pki_buf_append(&der, before, NULL) == PKI_SUCCESS);
	st = pki_ber_to_der(NULL, in, &der, &used, &err);
	require_error(st, &err);
	if (st == PKI_SUCCESS) {
		pki_bytes made = pki_bytes_of(der.data + before.len, der.len - before.len);

		require(used <= len && made.len > 0);
		require_der(made);
		require_same_again(made);
	} else {
		require(used == SIZE_MAX && der.len == before.len);
	}
	pki_buf_free(&der);
	return 0;
}
