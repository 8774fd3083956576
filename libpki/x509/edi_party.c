/* SPDX-License-Identifier: BSD-3-Clause */
/* EDIPartyName of a GeneralName: RFC 5280 4.2.1.6. */
#include <string.h>

#include <pki/ext.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/der/text.h"

#define CLAUSE "RFC 5280 4.2.1.6"

static bool is_directory_string(pki_tag tag)
{
	return tag == PKI_TAG_TELETEX || tag == PKI_TAG_PRINTABLE || tag == PKI_TAG_UNIVERSAL ||
	    tag == PKI_TAG_UTF8 || tag == PKI_TAG_BMP;
}

/* DirectoryString ::= CHOICE, each SIZE (1..MAX): its tag is explicit. */
static bool read_string(pki_der *r, pki_tag tag, const char *field, pki_tag *type, pki_bytes *out)
{
	pki_error why = PKI_ERROR_INIT;
	pki_buf utf8 = PKI_BUF_INIT;
	pki_status st = PKI_SUCCESS;
	pki_der s;

	pki_der_enter(r, tag, field, &s);
	if (!pki_der_any(&s, NULL, type, out))
		return pki_der_leave(&s);
	if (!is_directory_string(*type) || out->len == 0)
		return pki_der_fail(&s, PKI_E_STRUCTURE, "no DirectoryString", CLAUSE);
	if (!pki_text_is_utf8(*type, *out))
		st = pki_text_decode(*type, *out, &utf8, &why);
	pki_buf_free(&utf8);
	if (st != PKI_SUCCESS)
		pki_der_fail(&s, st, pki_error_reason(&why), pki_error_clause(&why));
	return pki_der_leave(&s);
}

static void read_party(pki_der *r, pki_edi_party *out)
{
	memset(out, 0, sizeof *out);
	if (pki_der_peek(r, PKI_TAG_EXPLICIT(0)))
		read_string(
		    r, PKI_TAG_EXPLICIT(0), "nameAssigner", &out->assigner_tag, &out->assigner);
	read_string(r, PKI_TAG_EXPLICIT(1), "partyName", &out->party_tag, &out->party);
}

static pki_status read_whole(
    const pki_ctx *ctx, pki_bytes value, pki_edi_party *out, pki_error *err)
{
	pki_status st;
	pki_der r;

	pki_der_init(&r, ctx, value, "EDIPartyName");
	read_party(&r, out);
	st = pki_der_finish(&r, err);
	if (st != PKI_SUCCESS)
		memset(out, 0, sizeof *out);
	return st;
}

pki_status pki_ext_edi_party(
    const pki_ctx *ctx, pki_bytes value, pki_edi_party *out, pki_error *err)
{
	if (out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, read_whole(ctx, value, out, err));
}

/* ---- writing ---- */

static void write_string(pki_derw *w, pki_tag tag, pki_tag type, pki_bytes text)
{
	if (!is_directory_string(type)) {
		pki_derw_fail(w, PKI_E_ARG, "no DirectoryString", CLAUSE);
		return;
	}
	pki_derw_begin(w, tag);
	pki_derw_put(w, type, text);
	pki_derw_end(w);
}

/* What is written is read again, so that there is one set of rules. */
static pki_status check_written(const pki_ctx *ctx, pki_bytes der, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;
	pki_edi_party p;
	pki_status st = read_whole(ctx, der, &p, &why);

	if (st == PKI_SUCCESS)
		return st;
	return pki_error_set(err, st == PKI_E_NOMEM ? st : PKI_E_ARG, pki_error_reason(&why),
	    pki_error_clause(&why));
}

static pki_status encode(const pki_ctx *ctx, const pki_edi_party *p, pki_buf *out, pki_error *err)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;

	pki_derw_init(&w, ctx);
	if (p->assigner_tag != 0)
		write_string(&w, PKI_TAG_EXPLICIT(0), p->assigner_tag, p->assigner);
	write_string(&w, PKI_TAG_EXPLICIT(1), p->party_tag, p->party);
	st = pki_derw_finish(&w, &der, err);
	if (st == PKI_SUCCESS)
		st = check_written(ctx, pki_buf_bytes(&der), err);
	if (st == PKI_SUCCESS)
		st = pki_buf_append(out, pki_buf_bytes(&der), err);
	pki_buf_free(&der);
	return st;
}

pki_status pki_edi_party_encode(
    const pki_ctx *ctx, const pki_edi_party *p, pki_buf *out, pki_error *err)
{
	if (p == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, encode(ctx, p, out, err));
}
