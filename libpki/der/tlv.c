/* SPDX-License-Identifier: BSD-3-Clause */
/* The header of one TLV, in DER or BER: libtasn1's tag and length primitives, made strict. */
#include <limits.h>
#include <libtasn1.h>

#include "libpki/der/tlv.h"

#define CLASS_AND_FORM 0xe0
#define HIGH_TAG       0x1f
#define LONG_LENGTH    0x80

static bool refuse(pki_tlv_fault *fault, const char *reason, const char *clause)
{
	fault->status = PKI_E_ENCODING;
	fault->reason = reason;
	fault->clause = clause;
	return false;
}

/* X.690 8.1.2.4: base 128 without leading zeros */
static bool read_high_tag(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	unsigned char class_and_form;
	unsigned long number;
	int octets;

	if (asn1_get_tag_der(in.data, (int)in.len, &class_and_form, &octets, &number) !=
	    ASN1_SUCCESS)
		return refuse(fault, "tag is truncated or too large", "X.690 8.1.2.4");
	if (number < HIGH_TAG || in.data[1] == 0x80)
		return refuse(fault, "tag is not minimal", "X.690 8.1.2.2");
	if (number > PKI_TAG_NUMBER)
		return refuse(fault, "tag is too large", "X.690 8.1.2.4");
	out->tag = (pki_tag)class_and_form << 24 | (pki_tag)number;
	out->header = (size_t)octets;
	return true;
}

/* X.690 8.1.2.3: below 31 it is one octet */
static inline bool read_tag(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	if (in.len < 2)
		return refuse(fault, "TLV is truncated", "X.690 8.1");
	if ((in.data[0] & HIGH_TAG) == HIGH_TAG)
		return read_high_tag(in, out, fault);
	if ((in.data[0] & 0xdf) == 0)
		return refuse(fault, "end-of-contents octets", "X.690 10.1");
	out->tag = (pki_tag)(in.data[0] & CLASS_AND_FORM) << 24 | (in.data[0] & HIGH_TAG);
	out->header = 1;
	return true;
}

/* X.690 8.1.3: definite, and within the input. */
static inline bool read_definite(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	int octets;
	long length;

	if (in.data[0] == 0xff)
		return refuse(fault, "length octet is reserved", "X.690 8.1.3.5");
	if (in.data[0] > LONG_LENGTH && in.len - 1 < (size_t)(in.data[0] & 0x7f))
		return refuse(fault, "TLV is truncated", "X.690 8.1");
	length = asn1_get_length_der(in.data, (int)in.len, &octets);
	if (length < 0 || (size_t)length > in.len - (size_t)octets)
		return refuse(fault, "length is beyond the end", "X.690 8.1.3");
	out->header += (size_t)octets;
	out->length = (size_t)length;
	return true;
}

/* X.690 10.1: definite, in the fewest octets. */
static inline bool read_length(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	if (in.len == 0)
		return refuse(fault, "TLV is truncated", "X.690 8.1");
	if (in.data[0] == LONG_LENGTH)
		return refuse(fault, "length is indefinite", "X.690 10.1");
	if (in.data[0] > LONG_LENGTH && in.len > (in.data[0] & 0x7f) && in.data[1] == 0)
		return refuse(fault, "length is not minimal", "X.690 10.1");
	if (!read_definite(in, out, fault))
		return false;
	if (in.data[0] > LONG_LENGTH && out->length < LONG_LENGTH)
		return refuse(fault, "length is not minimal", "X.690 10.1");
	return true;
}

/* X.690 8.1.3 */
static bool read_length_ber(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	if (in.len == 0)
		return refuse(fault, "TLV is truncated", "X.690 8.1");
	if (in.data[0] != LONG_LENGTH)
		return read_definite(in, out, fault);
	out->header++;
	out->length = PKI_TLV_INDEFINITE;
	return true;
}

bool pki_tlv_long_length(pki_bytes in, size_t *octets, size_t *length)
{
	long found;
	int n;

	if (in.len < 2 || in.len > INT_MAX || in.data[0] <= LONG_LENGTH || in.data[1] == 0)
		return false;
	found = asn1_get_length_der(in.data, (int)in.len, &n);
	if (found < LONG_LENGTH || (size_t)found > in.len - (size_t)n)
		return false;
	*octets = (size_t)n;
	*length = (size_t)found;
	return true;
}

/* What libtasn1 can count. */
static inline pki_bytes cut(pki_bytes in)
{
	return (pki_bytes){ in.data, in.len > INT_MAX ? INT_MAX : in.len };
}

static inline pki_bytes after_tag(pki_bytes in, const pki_tlv *t)
{
	return (pki_bytes){ in.data + t->header, in.len - t->header };
}

bool pki_tlv_read_any(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	pki_tlv t = { 0, 0, 0 };

	in = cut(in);
	if (!read_tag(in, &t, fault) || !read_length(after_tag(in, &t), &t, fault))
		return false;
	*out = t;
	return true;
}

bool pki_tlv_read_ber(pki_bytes in, pki_tlv *out, pki_tlv_fault *fault)
{
	pki_tlv t = { 0, 0, 0 };

	in = cut(in);
	if (!read_tag(in, &t, fault) || !read_length_ber(after_tag(in, &t), &t, fault))
		return false;
	*out = t;
	return true;
}

size_t pki_tlv_write_tag(pki_tag tag, uint8_t *out)
{
	pki_tag number = tag & PKI_TAG_NUMBER;
	uint8_t class_and_form = (uint8_t)(tag >> 24 & CLASS_AND_FORM);
	size_t n = 1;

	if (number < HIGH_TAG) {
		out[0] = (uint8_t)(class_and_form | number);
		return 1;
	}
	out[0] = (uint8_t)(class_and_form | HIGH_TAG);
	for (unsigned shift = 28; shift > 0; shift -= 7)
		if (number >> shift != 0)
			out[n++] = (uint8_t)(0x80 | (number >> shift & 0x7f));
	out[n++] = number & 0x7f;
	return n;
}

size_t pki_tlv_write_length(size_t length, uint8_t *out)
{
	int octets;

	if (length < LONG_LENGTH) {
		out[0] = (uint8_t)length;
		return 1;
	}
	asn1_length_der(length, out, &octets);
	return (size_t)octets;
}

size_t pki_tlv_write(pki_tag tag, size_t length, uint8_t *out)
{
	size_t n = pki_tlv_write_tag(tag, out);

	return n + pki_tlv_write_length(length, out + n);
}

const char *pki_tlv_engine_version(void)
{
	return asn1_check_version(NULL);
}
