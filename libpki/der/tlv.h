/* SPDX-License-Identifier: BSD-3-Clause */
/* The header of one TLV, in DER or BER: the only door to libtasn1. */
#ifndef LIBPKI_DER_TLV_H
#define LIBPKI_DER_TLV_H

#include <pki/der.h>

/*
 *    identifier octets     length octets       contents octets
 *   +-----------------+  +----------------+  +------------------+
 *   | class, P/C, tag |  | 0..127         |  |                  |
 *   | or high tag no. |  | or 8n, n octets|  |                  |
 *   +-----------------+  +----------------+  +------------------+
 *    \__________ header octets ___________/   \___ length ______/
 */
typedef struct pki_tlv {
	pki_tag tag;
	size_t header;
	size_t length; /* header + length is within the input */
} pki_tlv;

/* Why a header is refused. Static texts. */
typedef struct pki_tlv_fault {
	pki_status status;
	const char *reason, *clause;
} pki_tlv_fault;

/* Any header, through libtasn1's primitives, with the checks that they lack. */
bool pki_tlv_read_any(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault);

/*
 * Length octets of the long form, in the fewest there can be, of a length within the input: how
 * many octets, and the length. false: something else, which pki_tlv_read_any has to judge.
 */
bool pki_tlv_long_length(pki_bytes in, size_t *octets, size_t *length);

/* The same; most headers are two octets and take the short way. */
static inline bool pki_tlv_read(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	if (in.len < 2 || (in.data[0] & 0xdf) == 0 || (in.data[0] & 0x1f) == 0x1f ||
	    in.data[1] > 0x7f || in.data[1] > in.len - 2)
		return pki_tlv_read_any(in, out, fault);
	out->tag = (pki_tag)(in.data[0] & 0xe0) << 24 | (in.data[0] & 0x1f);
	out->header = 2;
	out->length = in.data[1];
	return true;
}

/* The length of an encoding that end-of-contents octets end: X.690 8.1.3.6. */
#define PKI_TLV_INDEFINITE SIZE_MAX
/* A header in BER: its length may be PKI_TLV_INDEFINITE, or have more octets than it needs. */
bool pki_tlv_read_ber(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault);

/* Octets of identifier and length for contents of that length; the most there can be. */
#define PKI_TLV_HEADER_MAX (1 + 5 + 1 + sizeof(size_t))
/* Writes a header to out, of PKI_TLV_HEADER_MAX octets; returns its length. */
size_t pki_tlv_write(pki_tag tag, size_t length, uint8_t *out);
/* Writes length octets alone. */
size_t pki_tlv_write_length(size_t length, uint8_t *out);
/* Identifier octets alone. */
size_t pki_tlv_write_tag(pki_tag tag, uint8_t *out);

/* The version of libtasn1 that is running: "4.19.0". */
const char *pki_tlv_engine_version(void);

#endif
