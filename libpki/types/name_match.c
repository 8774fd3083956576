/* SPDX-License-Identifier: BSD-3-Clause */
/* Names compared: RFC 5280 7.1. */
#include "libpki/types/name_match.h"
#include "libpki/types/prep.h"

/*
 * Every string type is compared by its characters, TeletexString as Latin-1 (a local matter, by RFC
 * 4518 2.1). What is no string, or has a prohibited character, equals only its own octets: RFC
 * 4518 calls the comparison undefined, but a name must equal itself.
 */
static int compare_values(const pki_ava *a, const pki_ava *b)
{
	if (a->exact != b->exact)
		return a->exact ? 1 : -1;
	if (a->exact)
		return pki_bytes_compare(a->tlv, b->tlv);
	return pki_prep_compare(pki_bytes_str(a->attr.utf8), pki_bytes_str(b->attr.utf8));
}

int pki_ava_compare(const pki_ava *a, const pki_ava *b)
{
	int order;

	if (a->attr.rdn != b->attr.rdn)
		return a->attr.rdn < b->attr.rdn ? -1 : 1;
	order = pki_bytes_compare(a->attr.type, b->attr.type);
	return order != 0 ? order : compare_values(a, b);
}

/* Both are in order, RDN by RDN: sets are equal where each pair is. */
bool pki_name_equal(const pki_name *a, const pki_name *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	if (pki_bytes_equal(a->der, b->der))
		return true;
	if (a->count != b->count || a->rdns != b->rdns)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (pki_ava_compare(a->order[i], b->order[i]) != 0)
			return false;
	return true;
}
