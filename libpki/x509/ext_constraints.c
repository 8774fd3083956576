/* SPDX-License-Identifier: BSD-3-Clause */
/* nameConstraints: RFC 5280 4.2.1.10. */
#include <string.h>

#include <pki/ext_policy.h>

#include "libpki/core/error.h"
#include "libpki/der/reader.h"
#include "libpki/types/ext.h"
#include "libpki/types/gn.h"
#include "libpki/x509/ext_type.h"

#define CLAUSE "RFC 5280 4.2.1.10"

/* BaseDistance ::= INTEGER (0..MAX) */
static bool read_distance(pki_der *r, pki_tag tag, const char *field, int64_t *out)
{
	return pki_der_int64_as(r, tag, field, out) &&
	    (*out >= 0 || pki_der_fail(r, PKI_E_STRUCTURE, "BaseDistance is negative", CLAUSE));
}

static bool read_minimum(pki_der *r, int64_t *out)
{
	return read_distance(r, PKI_TAG_IMPLICIT(0), "minimum", out) &&
	    (*out != 0 ||
		pki_der_fail(r, PKI_E_ENCODING, "DEFAULT value is encoded", "X.690 11.5"));
}

static bool read_subtree(pki_der *r, const pki_ctx *ctx, pki_subtree *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	out->maximum = -1;
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_gn_read(&s, ctx, "base", PKI_GN_SUBTREE, &out->base);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(0)))
		read_minimum(&s, &out->minimum);
	if (pki_der_peek(&s, PKI_TAG_IMPLICIT(1)))
		read_distance(&s, PKI_TAG_IMPLICIT(1), "maximum", &out->maximum);
	return pki_der_leave(&s);
}

static void check_subtree(pki_der *r, const pki_ctx *ctx)
{
	pki_subtree t;

	read_subtree(r, ctx, &t);
}

static void read_subtrees(
    pki_der *r, const pki_ctx *ctx, pki_tag tag, const char *field, pki_bytes *out)
{
	if (pki_der_peek(r, tag))
		pki_list_read(r, ctx, &(pki_list){ tag, field, check_subtree }, out);
}

static bool read_constraints(pki_der *r, const pki_ctx *ctx, pki_name_constraints *out)
{
	pki_der s;

	memset(out, 0, sizeof *out);
	pki_der_enter(r, PKI_TAG_SEQUENCE, NULL, &s);
	if (!pki_der_more(&s))
		pki_der_fail(&s, PKI_E_STRUCTURE, "NameConstraints is empty", CLAUSE);
	read_subtrees(&s, ctx, PKI_TAG_EXPLICIT(0), "permittedSubtrees", &out->permitted);
	read_subtrees(&s, ctx, PKI_TAG_EXPLICIT(1), "excludedSubtrees", &out->excluded);
	return pki_der_leave(&s);
}

void pki_ext_check_name_constraints(pki_der *in, const pki_ctx *ctx)
{
	pki_name_constraints nc;

	read_constraints(in, ctx, &nc);
}

pki_status pki_ext_name_constraints(
    const pki_ctx *ctx, pki_bytes value, pki_name_constraints *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_der_init(&r, ctx, value, "NameConstraints");
	read_constraints(&r, ctx, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return PKI_LEAVE(err, st);
}

bool pki_ext_subtree_next(pki_ext_iter *it, pki_subtree *out)
{
	if (it == NULL || out == NULL)
		return false;
	memset(out, 0, sizeof *out);
	if (pki_ext_step(it) && read_subtree(&it->inner, it->ctx, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}
