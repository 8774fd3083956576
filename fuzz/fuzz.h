/* SPDX-License-Identifier: BSD-3-Clause */
/* What fuzz targets share: a promise that must hold, and an input that is cut into arguments. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdlib.h>
#include <string.h>

#include <pki/error.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static inline void require(bool promise)
{
	if (!promise)
		abort();
}

/* The error says what the status says, and something about it. */
static inline void require_error(pki_status st, const pki_error *err)
{
	require(pki_error_status(err) == st);
	require(st == PKI_SUCCESS || pki_error_reason(err)[0] != '\0');
	require(st != PKI_E_INTERNAL);
}

/* One octet of the input; 0 after its end. */
static inline uint8_t fuzz_octet(pki_bytes *in)
{
	if (in->len == 0)
		return 0;
	in->len--;
	return *in->data++;
}

/* As many octets as the next one says, or as there are. */
static inline pki_bytes fuzz_octets(pki_bytes *in)
{
	size_t n = fuzz_octet(in);
	pki_bytes out = pki_bytes_of(in->data, n < in->len ? n : in->len);

	in->data += out.len;
	in->len -= out.len;
	return out;
}

/* The same as a C string, of FUZZ_STRING octets with its NUL. */
#define FUZZ_STRING 256
static inline const char *fuzz_string(pki_bytes *in, char room[FUZZ_STRING])
{
	pki_bytes s = fuzz_octets(in);

	if (s.len > 0)
		memcpy(room, s.data, s.len);
	room[s.len] = '\0';
	return room;
}

#endif
