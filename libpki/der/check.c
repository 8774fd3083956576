/* SPDX-License-Identifier: BSD-3-Clause */
/* DER's rules on the contents octets of the universal types: X.690 clauses 8 and 11. */
#include "libpki/der/check.h"

/* der_depth beyond this is cut to it: the walk's own stack is an array. */
#define WALK_DEPTH_MAX 256

static bool refuse(pki_tlv_fault *fault, const char *reason, const char *clause)
{
	fault->status = PKI_E_ENCODING;
	fault->reason = reason;
	fault->clause = clause;
	return false;
}

bool pki_check_integer(pki_bytes c, pki_tlv_fault *fault)
{
	if (c.len == 0)
		return refuse(fault, "INTEGER is empty", "X.690 8.3.1");
	if (c.len > 1 && c.data[0] == 0x00 && c.data[1] < 0x80)
		return refuse(fault, "INTEGER is not minimal", "X.690 8.3.2");
	if (c.len > 1 && c.data[0] == 0xff && c.data[1] >= 0x80)
		return refuse(fault, "INTEGER is not minimal", "X.690 8.3.2");
	return true;
}

bool pki_check_boolean(pki_bytes c, pki_tlv_fault *fault)
{
	if (c.len != 1)
		return refuse(fault, "BOOLEAN is not one octet", "X.690 8.2.1");
	if (c.data[0] != 0x00 && c.data[0] != 0xff)
		return refuse(fault, "BOOLEAN is neither 00 nor FF", "X.690 11.1");
	return true;
}

bool pki_check_null(pki_bytes c, pki_tlv_fault *fault)
{
	return c.len == 0 || refuse(fault, "NULL has contents", "X.690 8.8.2");
}

bool pki_check_bits(pki_bytes c, pki_tlv_fault *fault)
{
	unsigned unused;

	if (c.len == 0)
		return refuse(fault, "BIT STRING is empty", "X.690 8.6.2.2");
	unused = c.data[0];
	if (unused > 7 || (unused > 0 && c.len == 1))
		return refuse(fault, "BIT STRING has that many unused bits", "X.690 8.6.2.2");
	if ((c.data[c.len - 1] & ((1u << unused) - 1)) != 0 && c.len > 1)
		return refuse(fault, "unused bits are not zero", "X.690 11.2.1");
	return true;
}

bool pki_check_oid(pki_bytes c, size_t limit, pki_tlv_fault *fault)
{
	if (c.len == 0)
		return refuse(fault, "OBJECT IDENTIFIER is empty", "X.690 8.19.2");
	if (c.len > limit) {
		fault->status = PKI_E_LIMIT;
		fault->reason = "OBJECT IDENTIFIER is too long";
		fault->clause = NULL;
		return false;
	}
	if (c.data[c.len - 1] >= 0x80)
		return refuse(fault, "OBJECT IDENTIFIER is truncated", "X.690 8.19.2");
	for (size_t i = 0; i < c.len; i++)
		if (c.data[i] == 0x80 && (i == 0 || c.data[i - 1] < 0x80))
			return refuse(fault, "arc is not minimal", "X.690 8.19.2");
	return true;
}

/* X.690 8 and 10.2: SEQUENCE, SET, EXTERNAL, EMBEDDED PDV are constructed, the others primitive. */
static bool check_form(pki_tag tag, pki_tlv_fault *fault)
{
	static const uint32_t types = 1u << 8 | 1u << 11 | 1u << 16 | 1u << 17 | 1u << 29;
	pki_tag number = tag & PKI_TAG_NUMBER;
	bool constructed = (tag & PKI_TAG_CONSTRUCTED) != 0;
	bool must_be = number < 32 && (types >> number & 1) != 0;

	if ((tag & PKI_TAG_PRIVATE) != 0 || constructed == must_be)
		return true;
	return refuse(fault,
	    constructed ? "constructed encoding of a primitive type"
			: "primitive encoding of a constructed type",
	    "X.690 10.2");
}

static bool check_contents(pki_tag tag, pki_bytes c, size_t oid_limit, pki_tlv_fault *fault)
{
	switch (tag) {
	case PKI_TAG_BOOLEAN:
		return pki_check_boolean(c, fault);
	case PKI_TAG_INTEGER:
	case PKI_TAG_ENUMERATED:
		return pki_check_integer(c, fault);
	case PKI_TAG_BIT_STRING:
		return pki_check_bits(c, fault);
	case PKI_TAG_NULL:
		return pki_check_null(c, fault);
	case PKI_TAG_OID:
		return pki_check_oid(c, oid_limit, fault);
	default:
		return true;
	}
}

bool pki_check_primitive(pki_tag tag, pki_bytes contents, size_t oid_limit, pki_tlv_fault *fault)
{
	return check_form(tag, fault) && check_contents(tag, contents, oid_limit, fault);
}

bool pki_check_tlv(
    pki_bytes tlv, size_t depth, size_t oid_limit, size_t *where, pki_tlv_fault *fault)
{
	size_t ends[WALK_DEPTH_MAX];
	size_t level = 0, at = 0, end = tlv.len;

	if (depth > WALK_DEPTH_MAX)
		depth = WALK_DEPTH_MAX;
	while (at < tlv.len) {
		pki_bytes left = pki_bytes_of(tlv.data + at, end - at);
		pki_tlv t;

		*where = at;
		if (!pki_tlv_read(left, &t, fault) || !check_form(t.tag, fault) ||
		    !check_contents(
			t.tag, pki_bytes_of(left.data + t.header, t.length), oid_limit, fault))
			return false;
		at += t.header;
		if ((t.tag & PKI_TAG_CONSTRUCTED) == 0) {
			at += t.length;
		} else if (level == depth) {
			fault->status = PKI_E_LIMIT;
			fault->reason = "nested too deep";
			fault->clause = NULL;
			return false;
		} else {
			ends[level++] = end;
			end = at + t.length;
		}
		while (at == end && level > 0)
			end = ends[--level];
	}
	return true;
}
