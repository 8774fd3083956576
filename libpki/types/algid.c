/* SPDX-License-Identifier: BSD-3-Clause */
/* AlgorithmIdentifier: RFC 5280 4.1.1.2. */
#include <pki/error.h>

#include "libpki/core/error.h"
#include "libpki/der/check.h"
#include "libpki/der/fast.h"
#include "libpki/types/algid.h"

static const uint8_t null_tlv[] = { PKI_TAG_NULL, 0 };

const pki_bytes pki_algid_null = { null_tlv, sizeof null_tlv };

/* parameters of ordinary shape: absent, NULL, an OBJECT IDENTIFIER */
static bool is_plain_params(const uint8_t *at, size_t left, size_t oid_limit)
{
	pki_tlv_fault fault;

	if (left == 0)
		return true;
	if (left == 2)
		return at[0] == PKI_TAG_NULL && at[1] == 0;
	return pki_is_plain(at, left, PKI_TAG_OID) && at[1] == left - 2 &&
	    pki_check_oid((pki_bytes){ at + 2, left - 2 }, oid_limit, &fault);
}

static bool read_plain(pki_der *r, const char *field, pki_algid *out)
{
	pki_ahead a = pki_der_ahead(r, 1);
	pki_tlv_fault fault;
	const uint8_t *oid;
	size_t left;

	if (!pki_is_plain(a.at, a.left, 0x30))
		return false;
	oid = a.at + 2;
	left = a.at[1];
	if (!pki_is_plain(oid, left, PKI_TAG_OID) ||
	    !pki_check_oid((pki_bytes){ oid + 2, oid[1] }, a.oid_limit, &fault) ||
	    !is_plain_params(oid + 2 + oid[1], left - 2 - oid[1], a.oid_limit))
		return false;
	out->offset = pki_der_offset(r);
	out->oid = (pki_bytes){ oid + 2, oid[1] };
	out->params = (pki_bytes){ oid + 2 + oid[1], left - 2 - oid[1] };
	if (out->params.len == 0)
		out->params.data = NULL;
	out->whole = (pki_bytes){ a.at, left + 2 };
	pki_der_pass(r, field, left + 2);
	return true;
}

static bool read_any(pki_der *r, const char *field, pki_algid *out)
{
	pki_algid id = { .offset = pki_der_offset(r) };
	size_t oid_end;
	pki_der s;

	pki_der_enter(r, PKI_TAG_SEQUENCE, field, &s);
	pki_der_oid(&s, "algorithm", &id.oid);
	oid_end = pki_der_offset(&s);
	if (pki_der_more(&s))
		pki_der_whole(&s, 0, "parameters", &id.params);
	if (!pki_der_leave(&s)) {
		*out = (pki_algid){ 0 };
		return false;
	}
	id.whole.data = id.oid.data + id.oid.len - (oid_end - id.offset);
	id.whole.len = pki_der_offset(r) - id.offset;
	*out = id;
	return true;
}

bool pki_algid_read(pki_der *r, const char *field, pki_algid *out)
{
	return read_plain(r, field, out) || read_any(r, field, out);
}

void pki_algid_write(pki_derw *w, pki_bytes oid, pki_bytes params)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_raw(w, params);
	pki_derw_end(w);
}

bool pki_algid_params_null(const pki_algid *a)
{
	return pki_bytes_equal(a->params, pki_algid_null);
}

/* They stand at the end of a->whole, which may be unknown. */
void pki_algid_nest(const pki_algid *a, const char *field, pki_error *err)
{
	bool known = a->whole.len >= a->params.len;

	pki_error_nest(
	    err, field, known ? a->offset + (a->whole.len - a->params.len) : PKI_NO_OFFSET);
}

pki_status pki_algid_unsupported(
    pki_bytes oid, const char *reason, const char *clause, pki_error *err)
{
	const char *name = pki_oid_name(oid);
	pki_buf dotted = PKI_BUF_INIT;
	pki_status st;

	if (name != NULL)
		return pki_error_set_detail(
		    err, PKI_E_UNSUPPORTED, reason, clause, pki_bytes_str(name));
	st = pki_oid_format(oid, &dotted, err);
	if (st == PKI_SUCCESS || st == PKI_E_ENCODING)
		st = pki_error_set_detail(
		    err, PKI_E_UNSUPPORTED, reason, clause, pki_buf_bytes(&dotted));
	pki_buf_free(&dotted);
	return st;
}
