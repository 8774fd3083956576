/* SPDX-License-Identifier: BSD-3-Clause */
/* Making a CertificateList: RFC 5280 5.1, 5.2. */
#include <string.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/alg.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/use.h"
#include "libpki/types/ext.h"
#include "libpki/x509/crl.h"
#include "libpki/x509/crl_build.h"
#include "libpki/x509/crl_exts.h"
#include "libpki/x509/signed.h"

#define NUMBER_OCTETS 20 /* of an INTEGER, contents octets: RFC 5280 5.2.3 */

/* What the certificates and the CRL to continue may have, which are what they are. */
#define MADE (PKI_LENIENT_SERIAL | PKI_LENIENT_INTEGER)

/* What goes into a CRL, checked. */
typedef struct parts {
	const pki_ctx *ctx;
	const pki_cert *issuer;
	const pki_pubkey *signer; /* the key that the signature will verify by */
	const pki_crl_opts *opts;
	const pki_crl *from;
	pki_alg alg;
	pki_time this_update, next_update;
	pki_exts *exts;
	pki_crl_items items;
	uint8_t number[NUMBER_OCTETS];
	bool indirect;
	uint8_t reserved[3];
} parts;

void pki_crl_opts_init(pki_crl_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* ---- who, and after what ---- */

static pki_status check_key(const parts *p, pki_error *err)
{
	pki_pubkey *own = NULL;
	pki_status st = pki_cert_pubkey(p->issuer, &own, err);

	if (st == PKI_SUCCESS && !pki_pubkey_equal(own, p->signer))
		st = pki_error_set(
		    err, PKI_E_POLICY, "the key is not the issuer certificate's", NULL);
	pki_pubkey_free(own);
	return st;
}

/* RFC 5280 4.2.1.3; an indirect CRL may be issued by somebody who is no CA: RFC 5280 5. */
static pki_status check_issuer(const parts *p, pki_error *err)
{
	uint32_t usage = pki_cert_key_usage(p->issuer);

	if (!pki_cert_is_ca(p->issuer) && !p->indirect)
		return pki_error_set(err, PKI_E_POLICY, "the issuer is no CA", "RFC 5280 5");
	if (usage != 0 && (usage & PKI_KU_CRL_SIGN) == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer's keyUsage lacks cRLSign", "RFC 5280 4.2.1.3");
	if (usage == 0 && !pki_cert_is_ca(p->issuer))
		return pki_error_set(err, PKI_E_POLICY, "the issuer is no CA, and has no keyUsage",
		    "RFC 5280 4.2.1.3");
	if (pki_name_is_empty(pki_cert_subject(p->issuer)))
		return pki_error_set(
		    err, PKI_E_POLICY, "the issuer has an empty subject", "RFC 5280 5.1.2.3");
	return PKI_SUCCESS;
}

/* A CRL that this one continues. */
static pki_status check_earlier(const parts *p, const pki_crl *c, pki_error *err)
{
	if (c == NULL)
		return PKI_SUCCESS;
	if (!pki_name_equal(pki_crl_issuer(c), pki_cert_subject(p->issuer)))
		return pki_error_set(
		    err, PKI_E_POLICY, "the CRL to continue is another issuer's", "RFC 5280 5.2.3");
	if (pki_crl_is_delta(c))
		return pki_error_set(
		    err, PKI_E_POLICY, "the CRL to continue is a delta CRL", "RFC 5280 5.2.4");
	if (pki_crl_this_update(c) > p->this_update)
		return pki_error_set(err, PKI_E_POLICY,
		    "thisUpdate is before that of the CRL to continue", "RFC 5280 5.1.2.4");
	return PKI_SUCCESS;
}

static pki_status check_base(const parts *p, pki_error *err)
{
	const pki_crl *base = p->opts->delta_base;

	if (base == NULL)
		return PKI_SUCCESS;
	if (pki_crl_number(base).len == 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "delta_base has no cRLNumber", "RFC 5280 5.2.4");
	if (pki_crl_this_update(p->from) < pki_crl_this_update(base))
		return pki_error_set(err, PKI_E_POLICY, "thisUpdate of delta_base is after from's",
		    "RFC 5280 5.2.4");
	return PKI_SUCCESS;
}

static pki_status set_times(parts *p, pki_error *err)
{
	const pki_crl_opts *o = p->opts;

	p->this_update = o->this_update != NULL ? *o->this_update : pki_ctx_now(p->ctx);
	if (p->this_update < PKI_TIME_MIN || p->this_update > PKI_TIME_MAX)
		return pki_error_set(err, PKI_E_ARG, "a time outside the years 0 to 9999", NULL);
	p->next_update = o->next_update != NULL ? *o->next_update : p->this_update + PKI_DAYS(7);
	if (p->next_update > p->this_update)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_POLICY, "nextUpdate is not after thisUpdate", "RFC 5280 5.1.2.5");
}

/* ---- cRLNumber: of the full width, so that memcmp compares ---- */

static bool widen(pki_bytes magnitude, uint8_t out[NUMBER_OCTETS])
{
	while (magnitude.len > 0 && magnitude.data[0] == 0) {
		magnitude.data++;
		magnitude.len--;
	}
	memset(out, 0, NUMBER_OCTETS);
	if (magnitude.len > NUMBER_OCTETS)
		return false;
	if (magnitude.len > 0)
		memcpy(out + NUMBER_OCTETS - magnitude.len, magnitude.data, magnitude.len);
	return out[0] < 0x80;
}

/* false: it was the last number there is. */
static bool increment(uint8_t n[NUMBER_OCTETS])
{
	for (size_t i = NUMBER_OCTETS; i > 0; i--)
		if (++n[i - 1] != 0)
			break;
	return n[0] < 0x80;
}

/* A delta CRL may have the number of a complete one that says the same: RFC 5280 5.2.3. */
static pki_status check_number(const parts *p, const uint8_t from[NUMBER_OCTETS],
    const uint8_t base[NUMBER_OCTETS], pki_error *err)
{
	bool delta = p->opts->delta_base != NULL;
	int order = memcmp(p->number, from, NUMBER_OCTETS);

	if (delta && memcmp(p->number, base, NUMBER_OCTETS) <= 0)
		order = -1;
	if (order > 0 || (order == 0 && delta) || (p->from == NULL && order == 0))
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_POLICY, "cRLNumber does not grow", "RFC 5280 5.2.3");
}

static pki_status set_number(parts *p, pki_error *err)
{
	uint8_t from[NUMBER_OCTETS], base[NUMBER_OCTETS];
	bool fits = widen(pki_crl_number(p->from), from) &&
	    widen(pki_crl_number(p->opts->delta_base), base);

	if (!fits)
		return pki_error_set(
		    err, PKI_E_LIMIT, "CRLNumber is longer than 20 octets", "RFC 5280 5.2.3");
	if (memcmp(from, base, NUMBER_OCTETS) < 0)
		return pki_error_set(
		    err, PKI_E_POLICY, "cRLNumber of delta_base is above from's", "RFC 5280 5.2.4");
	if (p->opts->number.len > 0) {
		if (!widen(p->opts->number, p->number))
			return pki_error_set(
			    err, PKI_E_ARG, "CRLNumber is longer than 20 octets", "RFC 5280 5.2.3");
		return check_number(p, from, base, err);
	}
	memcpy(p->number, memcmp(from, base, NUMBER_OCTETS) >= 0 ? from : base, NUMBER_OCTETS);
	if (!increment(p->number))
		return pki_error_set(
		    err, PKI_E_LIMIT, "there is no higher CRLNumber", "RFC 5280 5.2.3");
	return PKI_SUCCESS;
}

/* ---- entries ---- */

static void items_start(const parts *p, pki_crl_items *l)
{
	memset(l, 0, sizeof *l);
	l->ctx = p->ctx;
	l->crl_issuer = pki_cert_subject(p->issuer);
}

static pki_status gather_all(
    const parts *p, const pki_crl_builder *b, pki_crl_items *l, pki_error *err)
{
	pki_status st;

	items_start(p, l);
	st = pki_crl_items_of_crl(l, p->from, err);
	if (st == PKI_SUCCESS)
		st = pki_crl_items_of_builder(l, b, err);
	if (st == PKI_SUCCESS)
		pki_crl_items_sort(l);
	return st;
}

/* The names that the items view are now's and base's: they are handed over. */
static void move_names(pki_crl_items *from, pki_crl_items *to)
{
	to->names = from->names;
	to->name_count = from->name_count;
	from->names = NULL;
	from->name_count = 0;
}

static pki_status gather_changes(parts *p, pki_crl_items *now, pki_crl_items *base, pki_error *err)
{
	pki_status st = pki_crl_items_of_crl(base, p->opts->delta_base, err);

	if (st != PKI_SUCCESS)
		return st;
	pki_crl_items_sort(base);
	return pki_crl_items_diff(now, base, &p->items, err);
}

static pki_status gather_delta(
    parts *p, const pki_crl_builder *b, pki_crl_items *base, pki_error *err)
{
	pki_crl_items now;
	pki_status st = gather_all(p, b, &now, err);

	if (st == PKI_SUCCESS)
		st = gather_changes(p, &now, base, err);
	move_names(&now, &p->items);
	pki_crl_items_free(&now);
	return st;
}

/* ---- writing ---- */

static pki_status make_exts(parts *p, pki_error *err)
{
	pki_crl_plan plan = { .ctx = p->ctx,
		.issuer = p->issuer,
		.signer = p->signer,
		.given = p->opts->exts,
		.from = p->from,
		.base = p->opts->delta_base,
		.number = pki_bytes_of(p->number, NUMBER_OCTETS),
		.others = pki_crl_items_indirect(&p->items) };

	return pki_crl_exts_make(&plan, &p->exts, &p->indirect, err);
}

/* TBSCertList */
static pki_status write_tbs(const parts *p, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, p->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 1);
	pki_alg_write(&p->alg, &w);
	pki_derw_raw(&w, pki_name_der(pki_cert_subject(p->issuer)));
	pki_derw_time(&w, p->this_update);
	pki_derw_time(&w, p->next_update);
	pki_crl_items_write(&w, &p->items);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_exts_write(&w, p->exts, false);
	pki_derw_end(&w);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

static pki_status check(parts *p, pki_error *err)
{
	pki_status st = pki_alg_resolve(p->signer, p->opts->alg, &p->alg, err);

	if (st == PKI_SUCCESS)
		st = pki_policy_signature(p->ctx, &p->alg, err);
	if (st == PKI_SUCCESS)
		st = check_key(p, err);
	if (st == PKI_SUCCESS)
		st = set_times(p, err);
	if (st == PKI_SUCCESS)
		st = check_earlier(p, p->from, err);
	if (st == PKI_SUCCESS)
		st = check_earlier(p, p->opts->delta_base, err);
	if (st == PKI_SUCCESS)
		st = check_base(p, err);
	if (st == PKI_SUCCESS)
		st = set_number(p, err);
	return st;
}

static pki_status gather(
    parts *p, const pki_crl_builder *b, pki_crl_items *base, pki_buf *tbs, pki_error *err)
{
	pki_status st = check(p, err);

	if (st == PKI_SUCCESS)
		st = p->opts->delta_base != NULL ? gather_delta(p, b, base, err)
						 : gather_all(p, b, &p->items, err);
	if (st == PKI_SUCCESS)
		st = make_exts(p, err);
	if (st == PKI_SUCCESS)
		st = check_issuer(p, err);
	return st == PKI_SUCCESS ? write_tbs(p, tbs, err) : st;
}

static pki_status make_tbs(parts *p, const pki_crl_builder *b, pki_buf *tbs, pki_error *err)
{
	pki_crl_items base;
	pki_status st;

	p->from = p->opts->from != NULL ? p->opts->from : p->opts->delta_base;
	items_start(p, &p->items);
	items_start(p, &base);
	st = gather(p, b, &base, tbs, err);
	pki_exts_free(p->exts);
	pki_crl_items_free(&base);
	pki_crl_items_free(&p->items);
	return st;
}

/* What is made is read by the same parser as what others make. */
static pki_status sign(
    parts *p, const pki_crl_builder *b, const pki_key *k, pki_crl **out, pki_error *err)
{
	pki_buf tbs = PKI_BUF_INIT, whole = PKI_BUF_INIT;
	pki_status st = make_tbs(p, b, &tbs, err);

	if (st == PKI_SUCCESS)
		st = pki_signed_make(p->ctx, k, &p->alg, pki_buf_bytes(&tbs), &whole, err);
	if (st == PKI_SUCCESS)
		st = pki_crl_take_der(p->ctx, &whole, MADE, out, err);
	pki_buf_free(&tbs);
	pki_buf_free(&whole);
	return st;
}

static pki_status start(
    const pki_crl_builder *b, const pki_crl_opts *given, pki_crl_opts *opts, pki_error *err)
{
	pki_status st = pki_opts_read(given, opts, sizeof *opts, sizeof *opts, err);

	return st == PKI_SUCCESS ? pki_crl_builder_status(b, err) : st;
}

pki_status pki_crl_builder_sign(const pki_crl_builder *b, const pki_cert *issuer, const pki_key *k,
    const pki_crl_opts *o, pki_crl **out, pki_error *err)
{
	pki_crl_opts opts;
	parts p = { .issuer = issuer, .opts = &opts };
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || b == NULL || issuer == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	p.ctx = pki_crl_builder_ctx(b) != NULL ? pki_crl_builder_ctx(b) : k->ctx;
	p.signer = pki_key_public(k);
	st = start(b, o, &opts, err);
	if (st == PKI_SUCCESS)
		st = sign(&p, b, k, out, err);
	return PKI_LEAVE(err, st);
}

/* ---- signed elsewhere ---- */

pki_status pki_crl_builder_tbs(const pki_crl_builder *b, const pki_cert *issuer,
    const pki_crl_opts *o, pki_buf *tbs, pki_error *err)
{
	pki_crl_opts opts;
	parts p = { .issuer = issuer, .opts = &opts };
	pki_pubkey *own = NULL;
	pki_status st;

	if (b == NULL || issuer == NULL || tbs == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	p.ctx = pki_crl_builder_ctx(b);
	st = start(b, o, &opts, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_pubkey(issuer, &own, err);
	p.signer = own;
	if (st == PKI_SUCCESS)
		st = make_tbs(&p, b, tbs, err);
	pki_pubkey_free(own);
	return PKI_LEAVE(err, st);
}

/* The signature field of TBSCertList; all else is for the parser of CRLs. */
static pki_status read_algorithm(
    const pki_ctx *ctx, pki_bytes tbs, pki_bytes *algorithm, pki_error *err)
{
	pki_bytes version;
	pki_der r, s;

	pki_der_init(&r, ctx, tbs, "TBSCertList");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	if (pki_der_peek(&s, PKI_TAG_INTEGER))
		pki_der_integer(&s, "version", &version);
	pki_der_whole(&s, PKI_TAG_SEQUENCE, "signature", algorithm);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

static pki_status join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_crl **out, pki_error *err)
{
	pki_signed signed_parts = { .tbs = tbs, .signature = signature };
	pki_buf whole = PKI_BUF_INIT;
	pki_crl *c = NULL;
	pki_status st = read_algorithm(ctx, tbs, &signed_parts.algorithm, err);

	if (st == PKI_SUCCESS)
		st = pki_signed_write(ctx, &signed_parts, &whole, err);
	if (st == PKI_SUCCESS)
		st = pki_crl_take_der(ctx, &whole, MADE, &c, err);
	if (st == PKI_SUCCESS)
		st = pki_crl_check_signature(c, issuer_key, err);
	pki_buf_free(&whole);
	if (st == PKI_SUCCESS)
		*out = c;
	else
		pki_crl_free(c);
	return st;
}

pki_status pki_crl_join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_crl **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || tbs.data == NULL || signature.data == NULL || issuer_key == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, join(ctx, tbs, signature, issuer_key, out, err));
}
