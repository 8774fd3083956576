/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension: RFC 5280 4.1, 4.2. */
#include <string.h>

#include "libpki/core/alloc.h"
#include "libpki/core/ctx.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_list.h"

void pki_ext_list_init(pki_ext_list_reading *n, const pki_ctx *ctx)
{
	n->exts = n->few;
	n->count = 0;
	n->seen = 0;
	n->room = PKI_TYPICAL_EXTS;
	n->limit = pki_ctx_limits(ctx)->extensions;
}

void pki_ext_list_free(pki_ext_list_reading *n)
{
	if (n->exts != n->few)
		pki_free(n->exts);
}

/* OIDs of extensions differ in the last octet, if at all. */
static inline bool is_same(pki_bytes a, pki_bytes b)
{
	return a.len == b.len && a.len > 0 && a.data[a.len - 1] == b.data[b.len - 1] &&
	    memcmp(a.data, b.data, a.len) == 0;
}

const pki_ext *pki_ext_list_find(const pki_ext *exts, size_t count, pki_bytes oid)
{
	for (size_t i = 0; i < count; i++)
		if (is_same(exts[i].oid, oid))
			return &exts[i];
	return NULL;
}

/* Is there one of the same OID already? Seldom is the last octet of two the same. */
static bool is_twice(pki_ext_list_reading *n, pki_bytes oid)
{
	uint64_t bit = UINT64_C(1) << (oid.data[oid.len - 1] % 64);
	bool maybe = (n->seen & bit) != 0;

	n->seen |= bit;
	return maybe && pki_ext_list_find(n->exts, n->count, oid) != NULL;
}

bool pki_ext_list_add(pki_der *r, pki_ext_list_reading *n, const pki_ext *e)
{
	pki_ext *exts;

	if (is_twice(n, e->oid))
		return pki_der_fail(r, PKI_E_STRUCTURE, "extension twice", "RFC 5280 4.2");
	if (n->count == n->limit)
		return pki_der_fail(r, PKI_E_LIMIT, "too many extensions", NULL);
	exts = pki_list_room(n->exts, n->few, n->count, &n->room, sizeof *exts);
	if (exts == NULL)
		return pki_der_fail(r, PKI_E_NOMEM, "no memory", NULL);
	n->exts = exts;
	n->exts[n->count++] = *e;
	return true;
}

void pki_ext_list_read(pki_der *r, const char *field, pki_ext_list_reading *n)
{
	pki_der list;
	pki_ext e;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &list);
	while (pki_der_more(&list))
		if (pki_ext_read(&list, NULL, &e))
			pki_ext_list_add(&list, n, &e);
	if (pki_der_leave(&list) && n->count == 0)
		pki_der_fail(r, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
}

bool pki_ext_give(const pki_ext *e, pki_ext *out)
{
	if (out != NULL && e != NULL)
		*out = *e;
	else if (out != NULL)
		memset(out, 0, sizeof *out);
	return e != NULL;
}
