/* SPDX-License-Identifier: BSD-3-Clause */
/* GeneralName: RFC 5280 4.2.1.6. */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/utf8.h"
#include "libpki/der/check.h"
#include "libpki/der/fast.h"
#include "libpki/der/tlv.h"
#include "libpki/der/writer.h"
#include "libpki/types/gn.h"
#include "libpki/types/ip.h"
#include "libpki/types/name.h"

/* What a GeneralName is read from. */
typedef struct source {
	pki_der *r;
	const pki_ctx *ctx;
	const char *field;
	unsigned flags;
} source;

/* ---- reading ---- */

static bool read_other(const source *s, pki_tag tag, pki_gn *out)
{
	pki_der other, value;

	pki_der_enter(s->r, tag, s->field, &other);
	pki_der_oid(&other, "type-id", &out->other);
	pki_der_enter(&other, PKI_TAG_EXPLICIT(0), "value", &value);
	pki_der_whole(&value, 0, NULL, &out->value);
	pki_der_leave(&value);
	return pki_der_leave(&other);
}

/* CVE-2009-2408: a NUL would end the name for whoever takes it for a C string. */
static bool read_ia5(const source *s, pki_tag tag, pki_gn *out)
{
	if (!pki_der_next(s->r, tag, s->field, &out->value))
		return false;
	if (pki_ascii_text(out->value))
		return true;
	if (pki_ascii_prefix(out->value) == out->value.len)
		return pki_der_fail(s->r, PKI_E_STRUCTURE, "NUL in a name", "RFC 5280 4.2.1.6");
	return pki_der_fail(
	    s->r, PKI_E_ENCODING, "a character that IA5String lacks", "RFC 5280 4.2.1.6");
}

/* Kept as it is, but its DER is checked all the way down. */
static bool read_opaque(const source *s, pki_tag tag, pki_gn *out)
{
	pki_tlv_fault fault;
	pki_bytes tlv;
	pki_tlv t;

	if (!pki_der_whole(s->r, tag, s->field, &tlv) || !pki_tlv_read(tlv, &t, &fault))
		return false;
	out->value = pki_bytes_of(tlv.data + t.header, t.length);
	return true;
}

/* Name is a CHOICE: its tag is explicit. */
static bool read_dirname(const source *s, pki_tag tag, pki_gn *out)
{
	pki_error why = PKI_ERROR_INIT;
	pki_der in;

	pki_der_enter(s->r, tag, s->field, &in);
	pki_der_whole(&in, PKI_TAG_SEQUENCE, NULL, &out->value);
	if (!pki_der_leave(&in))
		return false;
	if (pki_name_check(s->ctx, out->value, &why) == PKI_SUCCESS)
		return true;
	return pki_der_fail(
	    s->r, pki_error_status(&why), pki_error_reason(&why), pki_error_clause(&why));
}

static bool read_ip(const source *s, pki_tag tag, pki_gn *out)
{
	bool subtree = (s->flags & PKI_GN_SUBTREE) != 0;
	size_t masked = subtree ? 2 : 1;

	if (!pki_der_next(s->r, tag, s->field, &out->value))
		return false;
	if (out->value.len == masked * PKI_IPV4_OCTETS ||
	    out->value.len == masked * PKI_IPV6_OCTETS)
		return true;
	return pki_der_fail(s->r, PKI_E_STRUCTURE,
	    subtree ? "iPAddress is not 8 or 32 octets" : "iPAddress is not 4 or 16 octets",
	    subtree ? "RFC 5280 4.2.1.10" : "RFC 5280 4.2.1.6");
}

static bool read_rid(const source *s, pki_tag tag, pki_gn *out)
{
	pki_tlv_fault fault;

	if (!pki_der_next(s->r, tag, s->field, &out->value))
		return false;
	return pki_check_oid(out->value, pki_ctx_limits(s->ctx)->oid_bytes, &fault) ||
	    pki_der_fail(s->r, fault.status, fault.reason, fault.clause);
}

/* In the order of the tags; all but the explicit one are implicit. */
static const struct choice {
	pki_tag tag;
	bool (*read)(const source *s, pki_tag tag, pki_gn *out);
} choices[] = {
	[PKI_GN_OTHER] = { PKI_TAG_EXPLICIT(0), read_other },
	[PKI_GN_EMAIL] = { PKI_TAG_IMPLICIT(1), read_ia5 },
	[PKI_GN_DNS] = { PKI_TAG_IMPLICIT(2), read_ia5 },
	[PKI_GN_X400] = { PKI_TAG_EXPLICIT(3), read_opaque },
	[PKI_GN_DIRNAME] = { PKI_TAG_EXPLICIT(4), read_dirname },
	[PKI_GN_EDI] = { PKI_TAG_EXPLICIT(5), read_opaque },
	[PKI_GN_URI] = { PKI_TAG_IMPLICIT(6), read_ia5 },
	[PKI_GN_IP] = { PKI_TAG_IMPLICIT(7), read_ip },
	[PKI_GN_RID] = { PKI_TAG_IMPLICIT(8), read_rid },
};
#define CHOICES (pki_gn_type)(sizeof choices / sizeof choices[0])

/* The number of its tag is the type; CHOICES: it is none. */
static pki_gn_type type_ahead(const pki_der *r)
{
	pki_gn_type type = pki_der_more(r) ? *pki_der_at(r) & 0x1f : CHOICES;

	return type < CHOICES && pki_der_peek(r, choices[type].tag) ? type : CHOICES;
}

bool pki_gn_read(pki_der *r, const pki_ctx *ctx, const char *field, unsigned flags, pki_gn *out)
{
	const source s = { r, ctx, field, flags };
	pki_gn_type type = type_ahead(r);

	memset(out, 0, sizeof *out);
	if (type == CHOICES) {
		pki_bytes tlv;

		return pki_der_whole(r, 0, field, &tlv) &&
		    pki_der_fail(r, PKI_E_STRUCTURE, "no GeneralName", "RFC 5280 4.2.1.6");
	}
	out->type = type;
	if (choices[type].read(&s, choices[type].tag, out))
		return true;
	memset(out, 0, sizeof *out);
	return false;
}

bool pki_gn_is_utf8_mailbox(const pki_gn *gn)
{
	return gn->type == PKI_GN_OTHER && pki_oid_equal(gn->other, PKI_OID(on_smtp_utf8_mailbox));
}

/* SmtpUTF8Mailbox ::= UTF8String */
pki_bytes pki_gn_utf8_mailbox(const pki_gn *gn)
{
	pki_bytes text;
	pki_der r;

	pki_der_init(&r, NULL, gn->value, NULL);
	pki_der_next(&r, PKI_TAG_UTF8, NULL, &text);
	return pki_der_finish(&r, NULL) == PKI_SUCCESS ? text : pki_bytes_of(NULL, 0);
}

/* ---- writing ---- */

static void encode(pki_derw *w, const pki_gn *gn)
{
	pki_tag tag = choices[gn->type].tag;

	if (gn->type != PKI_GN_OTHER && gn->type != PKI_GN_DIRNAME) {
		pki_derw_put(w, tag, gn->value);
		return;
	}
	pki_derw_begin(w, tag);
	if (gn->type == PKI_GN_OTHER) {
		pki_derw_oid(w, gn->other);
		pki_derw_begin(w, PKI_TAG_EXPLICIT(0));
	}
	pki_derw_raw(w, gn->value);
	if (gn->type == PKI_GN_OTHER)
		pki_derw_end(w);
	pki_derw_end(w);
}

static pki_status check(const pki_ctx *ctx, pki_bytes der, pki_error *err)
{
	pki_gn gn;
	pki_der r;

	pki_der_init(&r, ctx, der, "GeneralName");
	pki_gn_read(&r, ctx, NULL, 0, &gn);
	return pki_der_finish(&r, err);
}

/* What is written is read again, so that there is one set of rules. */
void pki_gn_write(pki_derw *w, const pki_ctx *ctx, const pki_gn *gn)
{
	size_t start = pki_derw_written(w).len;
	pki_error why = PKI_ERROR_INIT;
	pki_bytes der;
	pki_status st;

	if (gn->type < 0 || gn->type >= CHOICES) {
		pki_derw_fail(w, PKI_E_ARG, "unknown type of GeneralName", NULL);
		return;
	}
	encode(w, gn);
	if (pki_derw_status(w, NULL) != PKI_SUCCESS)
		return;
	der = pki_derw_written(w);
	st = check(ctx, pki_bytes_of(der.data + start, der.len - start), &why);
	if (st != PKI_SUCCESS)
		pki_derw_fail(w, st == PKI_E_NOMEM ? st : PKI_E_ARG, pki_error_reason(&why),
		    pki_error_clause(&why));
}

pki_status pki_gn_encode(const pki_ctx *ctx, const pki_gn *gn, pki_buf *out, pki_error *err)
{
	pki_derw w;

	if (gn == NULL || out == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	pki_derw_init(&w, ctx);
	pki_gn_write(&w, ctx, gn);
	return PKI_LEAVE(err, pki_derw_finish(&w, out, err));
}
