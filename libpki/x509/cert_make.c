/* SPDX-License-Identifier: BSD-3-Clause */
/* Making certificates: RFC 5280 4.1, the parts gathered, judged, written and signed. */
#include <pki/cert.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/crypto/alg.h"
#include "libpki/crypto/key_id.h"
#include "libpki/crypto/policy.h"
#include "libpki/crypto/use.h"
#include "libpki/types/ext.h"
#include "libpki/x509/cert.h"
#include "libpki/x509/ext_type.h"
#include "libpki/x509/issue.h"
#include "libpki/x509/signed.h"

#define DAYS_LEAF         90
#define DAYS_ROOT         3650
#define DAYS_INTERMEDIATE 1825

void pki_cert_opts_init(pki_cert_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* ---- the options ---- */

static pki_status check_path_len(const pki_issue *i, pki_error *err)
{
	const pki_cert_opts *o = i->opts;

	if (o->path_len == NULL)
		return PKI_SUCCESS;
	if (*o->path_len < -1)
		return pki_error_set(
		    err, PKI_E_ARG, "pathLenConstraint is negative", "RFC 5280 4.2.1.9");
	if (o->profile != PKI_PROFILE_CA || i->renew)
		return pki_error_set(
		    err, PKI_E_ARG, "pathLenConstraint without cA", "RFC 5280 4.2.1.9");
	return PKI_SUCCESS;
}

static pki_status check_copy(const pki_issue *i, pki_error *err)
{
	const pki_cert_opts *o = i->opts;

	if (o->copy == NULL)
		return o->copy_count == 0 ? PKI_SUCCESS : pki_error_null(err);
	if (i->request == NULL && i->old == NULL)
		return pki_error_set(err, PKI_E_ARG, "there is nothing to copy from", NULL);
	for (size_t n = 0; n < o->copy_count; n++)
		if (pki_oid_check(o->copy[n], NULL) != PKI_SUCCESS)
			return pki_error_set(err, PKI_E_ARG, "what to copy is no OID", NULL);
	return PKI_SUCCESS;
}

static pki_status check_opts(const pki_issue *i, pki_error *err)
{
	const pki_cert_opts *o = i->opts;
	pki_status st;

	if (o->profile < PKI_PROFILE_SERVER || o->profile > PKI_PROFILE_NONE)
		return pki_error_set(err, PKI_E_ARG, "no such profile", NULL);
	if (i->renew && o->profile != PKI_PROFILE_SERVER && o->profile != PKI_PROFILE_NONE)
		return pki_error_set(
		    err, PKI_E_ARG, "a profile, and what the old certificate says too", NULL);
	if (o->subject != NULL && o->subject_name != NULL)
		return pki_error_set(err, PKI_E_ARG, "a subject as text and as a name", NULL);
	st = pki_key_id_check(o->key_id_method, err);
	if (st == PKI_SUCCESS)
		st = check_path_len(i, err);
	return st == PKI_SUCCESS ? check_copy(i, err) : st;
}

/* ---- the parts ---- */

static pki_status make_subject(pki_issue *i, pki_error *err)
{
	const pki_cert_opts *o = i->opts;
	const pki_name *n = o->subject_name;

	if (o->subject != NULL)
		return pki_name_from_string(i->ctx, o->subject, &i->subject, err);
	if (n == NULL && i->request != NULL)
		n = pki_csr_subject(i->request);
	if (n == NULL && i->old != NULL)
		n = pki_cert_subject(i->old);
	i->subject = pki_name_ref(n);
	return PKI_SUCCESS;
}

/* Positive, of 20 octets at most with its sign: RFC 5280 4.1.2.2. */
static pki_status take_serial(pki_issue *i, pki_error *err)
{
	pki_bytes s = i->opts->serial;

	if (s.data == NULL)
		return pki_error_null(err);
	if (s.data[0] >= 0x80)
		return pki_error_set(
		    err, PKI_E_ARG, "serialNumber is negative", "RFC 5280 4.1.2.2");
	while (s.len > 0 && s.data[0] == 0)
		s = pki_bytes_of(s.data + 1, s.len - 1);
	if (s.len == 0)
		return pki_error_set(err, PKI_E_ARG, "serialNumber is zero", "RFC 5280 4.1.2.2");
	if (s.len > PKI_SERIAL_OCTETS || (s.len == PKI_SERIAL_OCTETS && s.data[0] >= 0x80))
		return pki_error_set(
		    err, PKI_E_ARG, "serialNumber is over 20 octets", "RFC 5280 4.1.2.2");
	i->serial = s;
	return PKI_SUCCESS;
}

/* All serial numbers are of one length, and positive. */
static pki_status make_serial(pki_issue *i, pki_error *err)
{
	pki_span room = { i->random, sizeof i->random };
	pki_status st;

	if (i->opts->serial.len > 0)
		return take_serial(i, err);
	st = pki_random(i->ctx, room, err);
	if (st != PKI_SUCCESS)
		return st;
	i->random[0] = (uint8_t)(0x40 | (i->random[0] & 0x3f));
	i->serial = pki_bytes_of(i->random, sizeof i->random);
	return PKI_SUCCESS;
}

static bool is_time(pki_time t)
{
	return t >= PKI_TIME_MIN && t <= PKI_TIME_MAX;
}

static pki_time default_life(const pki_issue *i)
{
	if (!i->constraints.ca)
		return PKI_DAYS(DAYS_LEAF);
	return PKI_DAYS(i->issuer == NULL ? DAYS_ROOT : DAYS_INTERMEDIATE);
}

static pki_status make_validity(pki_issue *i, pki_error *err)
{
	const pki_cert_opts *o = i->opts;

	i->not_before = o->not_before != NULL ? *o->not_before : pki_ctx_now(i->ctx);
	if (!is_time(i->not_before))
		return pki_error_set(
		    err, PKI_E_ARG, "notBefore is outside the years 0 to 9999", "RFC 5280 4.1.2.5");
	i->not_after = o->not_after != NULL ? *o->not_after : i->not_before + default_life(i);
	if (!is_time(i->not_after))
		return pki_error_set(
		    err, PKI_E_ARG, "notAfter is outside the years 0 to 9999", "RFC 5280 4.1.2.5");
	if (i->not_before > i->not_after)
		return pki_error_set(
		    err, PKI_E_ARG, "notBefore is after notAfter", "RFC 5280 4.1.2.5");
	return PKI_SUCCESS;
}

static pki_status make_exts(pki_issue *i, pki_error *err)
{
	pki_status st = pki_issue_exts(i, err);
	pki_derw w;

	if (st == PKI_SUCCESS)
		st = pki_exts_check_place(i->exts, PKI_EXT_IN_CERT, err);
	if (st != PKI_SUCCESS)
		return st;
	pki_derw_init(&w, i->ctx);
	pki_exts_write(&w, i->exts, pki_issue_subject_is_empty(i));
	return pki_derw_finish(&w, &i->extensions, err);
}

static pki_status make_alg(pki_issue *i, pki_error *err)
{
	pki_status st = pki_alg_resolve(i->signer, i->opts->alg, &i->alg, err);

	return st == PKI_SUCCESS ? pki_policy_signature(i->ctx, &i->alg, err) : st;
}

static pki_status gather(pki_issue *i, pki_error *err)
{
	pki_status st = make_alg(i, err);

	if (st == PKI_SUCCESS)
		st = pki_rules_issuer(i, err);
	if (st == PKI_SUCCESS)
		st = make_subject(i, err);
	if (st == PKI_SUCCESS)
		st = make_exts(i, err);
	if (st == PKI_SUCCESS)
		st = pki_rules_read(i, err);
	if (st == PKI_SUCCESS)
		st = make_serial(i, err);
	if (st == PKI_SUCCESS)
		st = make_validity(i, err);
	return st == PKI_SUCCESS ? pki_rules_check(i, err) : st;
}

/* ---- writing ---- */

static void write_name(pki_derw *w, const pki_name *n)
{
	static const uint8_t no_rdns[] = { 0x30, 0x00 };

	pki_derw_raw(w, n == NULL ? pki_bytes_of(no_rdns, sizeof no_rdns) : pki_name_der(n));
}

/* TBSCertificate */
static pki_status write_tbs(const pki_issue *i, pki_buf *out, pki_error *err)
{
	pki_derw w;

	pki_derw_init(&w, i->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_derw_int64(&w, 2);
	pki_derw_end(&w);
	pki_derw_uint(&w, i->serial);
	pki_alg_write(&i->alg, &w);
	write_name(&w, i->issuer == NULL ? i->subject : pki_cert_subject(i->issuer));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_time(&w, i->not_before);
	pki_derw_time(&w, i->not_after);
	pki_derw_end(&w);
	write_name(&w, i->subject);
	pki_derw_raw(&w, pki_pubkey_spki(i->key));
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(3));
	pki_derw_raw(&w, pki_buf_bytes(&i->extensions));
	pki_derw_end(&w);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

/* What is made is read by the same parser as what others make. */
static pki_status sign(const pki_issue *i, const pki_key *k, pki_cert **out, pki_error *err)
{
	pki_buf tbs = PKI_BUF_INIT, whole = PKI_BUF_INIT;
	pki_status st = write_tbs(i, &tbs, err);

	if (st == PKI_SUCCESS)
		st = pki_signed_make(i->ctx, k, &i->alg, pki_buf_bytes(&tbs), &whole, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_parse_der(i->ctx, pki_buf_bytes(&whole), 0, out, err);
	pki_buf_free(&tbs);
	pki_buf_free(&whole);
	return st;
}

/* ---- who asks for it ---- */

static void release(pki_issue *i)
{
	pki_pubkey_free(i->key);
	pki_pubkey_free(i->issuer_key);
	pki_name_free(i->subject);
	pki_exts_free(i->exts);
	pki_buf_free(&i->extensions);
}

/* Whose key signs, here or elsewhere: the certificate would not verify by another. */
static pki_status take_signer(pki_issue *i, const pki_key *k, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (i->issuer != NULL)
		st = pki_cert_pubkey(i->issuer, &i->issuer_key, err);
	if (st != PKI_SUCCESS)
		return st;
	i->signer = i->issuer_key != NULL ? i->issuer_key : i->key;
	if (k == NULL)
		return PKI_SUCCESS;
	if (!pki_pubkey_equal(i->signer, pki_key_public(k)))
		return pki_error_set(err, PKI_E_POLICY,
		    i->issuer != NULL ? "the key is not the issuer's"
				      : "the key is not the certificate's",
		    "RFC 5280 6.1.3 (a)");
	i->signer = pki_key_public(k);
	return PKI_SUCCESS;
}

/* All that a certificate says is believed only if it is this key that said it. */
static pki_status check_old(const pki_issue *i, pki_error *err)
{
	pki_status st;

	if (!i->renew)
		return PKI_SUCCESS;
	st = pki_cert_check_signature(i->old, i->signer, err);
	if (st != PKI_E_SIGNATURE && st != PKI_E_ARG)
		return st;
	return pki_error_set(
	    err, PKI_E_POLICY, "the old certificate is not by this key", "RFC 5280 6.1.3 (a)");
}

/* k NULL: it signs elsewhere. */
static pki_status prepare(pki_issue *i, pki_bytes spki, const pki_key *k, pki_error *err)
{
	pki_status st = check_opts(i, err);

	if (st == PKI_SUCCESS && i->request != NULL)
		st = pki_csr_check_signature(i->request, err);
	if (st == PKI_SUCCESS)
		st = pki_pubkey_import(i->ctx, spki, &i->key, err);
	if (st == PKI_SUCCESS)
		st = take_signer(i, k, err);
	if (st == PKI_SUCCESS)
		st = check_old(i, err);
	return st == PKI_SUCCESS ? gather(i, err) : st;
}

static pki_status take_opts(
    pki_issue *i, const pki_cert_opts *given, pki_cert_opts *kept, pki_error *err)
{
	pki_status st = pki_opts_read(given, kept, sizeof *kept, sizeof *kept, err);

	i->opts = kept;
	i->renew = st == PKI_SUCCESS && i->old != NULL && kept->copy == NULL;
	return st;
}

static pki_status issue(pki_issue *i, pki_bytes spki, const pki_key *k, const pki_cert_opts *o,
    pki_cert **out, pki_error *err)
{
	pki_cert_opts opts;
	pki_status st = take_opts(i, o, &opts, err);

	if (st == PKI_SUCCESS)
		st = prepare(i, spki, k, err);
	if (st == PKI_SUCCESS)
		st = sign(i, k, out, err);
	release(i);
	return st;
}

pki_status pki_cert_self_sign(
    const pki_ctx *ctx, const pki_key *k, const pki_cert_opts *o, pki_cert **out, pki_error *err)
{
	pki_issue i = { .ctx = ctx };

	if (out != NULL)
		*out = NULL;
	if (out == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	if (ctx == NULL)
		i.ctx = k->ctx;
	return PKI_LEAVE(err, issue(&i, pki_pubkey_spki(pki_key_public(k)), k, o, out, err));
}

pki_status pki_cert_issue(const pki_csr *r, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err)
{
	pki_issue i = { .issuer = issuer, .request = r };

	if (out != NULL)
		*out = NULL;
	if (out == NULL || r == NULL || issuer == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	i.ctx = k->ctx;
	return PKI_LEAVE(err, issue(&i, pki_csr_spki(r), k, o, out, err));
}

pki_status pki_cert_issue_spki(pki_bytes spki, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err)
{
	pki_issue i = { .issuer = issuer };

	if (out != NULL)
		*out = NULL;
	if (out == NULL || spki.data == NULL || issuer == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	i.ctx = k->ctx;
	return PKI_LEAVE(err, issue(&i, spki, k, o, out, err));
}

pki_status pki_cert_reissue(const pki_cert *old, const pki_cert *issuer, const pki_key *k,
    const pki_cert_opts *o, pki_cert **out, pki_error *err)
{
	pki_issue i = { .issuer = issuer, .old = old };

	if (out != NULL)
		*out = NULL;
	if (out == NULL || old == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	i.ctx = k->ctx;
	return PKI_LEAVE(err, issue(&i, pki_cert_spki(old), k, o, out, err));
}

/* ---- signed elsewhere ---- */

static pki_status leave_unsigned(
    pki_issue *i, pki_bytes spki, const pki_cert_opts *o, pki_buf *tbs, pki_error *err)
{
	pki_cert_opts opts;
	pki_status st = take_opts(i, o, &opts, err);

	if (st == PKI_SUCCESS)
		st = prepare(i, spki, NULL, err);
	if (st == PKI_SUCCESS)
		st = write_tbs(i, tbs, err);
	release(i);
	return st;
}

pki_status pki_cert_tbs_of_csr(const pki_ctx *ctx, const pki_csr *r, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err)
{
	pki_issue i = { .ctx = ctx, .issuer = issuer, .request = r };

	if (tbs == NULL || r == NULL || issuer == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, leave_unsigned(&i, pki_csr_spki(r), o, tbs, err));
}

pki_status pki_cert_tbs_of_spki(const pki_ctx *ctx, pki_bytes spki, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err)
{
	pki_issue i = { .ctx = ctx, .issuer = issuer };

	if (tbs == NULL || spki.data == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, leave_unsigned(&i, spki, o, tbs, err));
}

pki_status pki_cert_tbs_of_cert(const pki_ctx *ctx, const pki_cert *old, const pki_cert *issuer,
    const pki_cert_opts *o, pki_buf *tbs, pki_error *err)
{
	pki_issue i = { .ctx = ctx, .issuer = issuer, .old = old };

	if (tbs == NULL || old == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, leave_unsigned(&i, pki_cert_spki(old), o, tbs, err));
}

/* The signature field of TBSCertificate; all else is for the parser of certificates. */
static pki_status read_algorithm(
    const pki_ctx *ctx, pki_bytes tbs, pki_bytes *algorithm, pki_error *err)
{
	pki_bytes skipped;
	pki_der r, s;

	pki_der_init(&r, ctx, tbs, "TBSCertificate");
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
	pki_der_next_opt(&s, PKI_TAG_EXPLICIT(0), "version", &skipped);
	pki_der_integer(&s, "serialNumber", &skipped);
	pki_der_whole(&s, PKI_TAG_SEQUENCE, "signature", algorithm);
	pki_der_skip_rest(&s);
	pki_der_leave(&s);
	return pki_der_finish(&r, err);
}

static pki_status join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_cert **out, pki_error *err)
{
	pki_signed parts = { .tbs = tbs, .signature = signature };
	pki_buf whole = PKI_BUF_INIT;
	pki_cert *c = NULL;
	pki_status st = read_algorithm(ctx, tbs, &parts.algorithm, err);

	if (st == PKI_SUCCESS)
		st = pki_signed_write(ctx, &parts, &whole, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_parse_der(ctx, pki_buf_bytes(&whole), 0, &c, err);
	if (st == PKI_SUCCESS)
		st = pki_cert_check_signature(c, issuer_key, err);
	pki_buf_free(&whole);
	if (st == PKI_SUCCESS)
		*out = c;
	else
		pki_cert_free(c);
	return st;
}

pki_status pki_cert_join(const pki_ctx *ctx, pki_bytes tbs, pki_bytes signature,
    const pki_pubkey *issuer_key, pki_cert **out, pki_error *err)
{
	if (out != NULL)
		*out = NULL;
	if (out == NULL || tbs.data == NULL || signature.data == NULL || issuer_key == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	return PKI_LEAVE(err, join(ctx, tbs, signature, issuer_key, out, err));
}
