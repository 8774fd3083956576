/* SPDX-License-Identifier: BSD-3-Clause */
/* Making a CertificationRequest: RFC 2986 3. */
#include <pki/csr.h>

#include "libpki/core/buf.h"
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/core/utf8.h"
#include "libpki/crypto/alg.h"
#include "libpki/crypto/use.h"
#include "libpki/types/attribute.h"
#include "libpki/types/ext.h"
#include "libpki/x509/csr.h"
#include "libpki/x509/signed.h"
#include "libpki/x509/ext_type.h"

#define CHALLENGE_CHARS 255 /* pkcs-9-ub-challengePassword: RFC 2985 appendix A */

/* What goes into a request, checked. */
typedef struct parts {
	const pki_ctx *ctx;
	const pki_key *key;
	const pki_csr_opts *opts;
	pki_alg alg;
	pki_name *subject; /* NULL: the empty one */
	pki_exts *own;     /* a list of this call's own */
	const pki_exts *exts;
} parts;

void pki_csr_opts_init(pki_csr_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* ---- the parts ---- */

static pki_status make_subject(parts *p, pki_error *err)
{
	const pki_csr_opts *o = p->opts;

	if (o->subject != NULL && o->subject_name != NULL)
		return pki_error_set(err, PKI_E_ARG, "a subject as text and as a name", NULL);
	if (o->subject != NULL)
		return pki_name_from_string(p->ctx, o->subject, &p->subject, err);
	p->subject = pki_name_ref(o->subject_name);
	return PKI_SUCCESS;
}

static bool subject_is_empty(const parts *p)
{
	return p->subject == NULL || pki_name_is_empty(p->subject);
}

static bool has_san(const parts *p)
{
	return p->exts != NULL && pki_exts_has(p->exts, PKI_OID(subject_alt_name));
}

static bool has_names(const parts *p)
{
	return p->opts->names != NULL && p->opts->names[0] != NULL;
}

static pki_status add_names(parts *p, pki_error *err)
{
	pki_status st = pki_exts_dup(p->ctx, p->exts, &p->own, err);

	if (st != PKI_SUCCESS)
		return st;
	for (const char *const *name = p->opts->names; *name != NULL; name++)
		pki_exts_san(p->own, *name);
	p->exts = p->own;
	return pki_exts_status(p->own, err);
}

static pki_status make_exts(parts *p, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	p->exts = p->opts->exts;
	if (p->exts != NULL)
		st = pki_exts_status(p->exts, err);
	if (st == PKI_SUCCESS)
		st = pki_exts_check_place(p->exts, PKI_EXT_IN_CERT, err);
	if (st != PKI_SUCCESS || !has_names(p))
		return st;
	if (has_san(p))
		return pki_error_set(
		    err, PKI_E_ARG, "subjectAltName among exts, and names too", NULL);
	return add_names(p, err);
}

/* Does this request have an attribute of this type, before attrs[n]? */
static bool has_attr(const parts *p, size_t n, pki_bytes type)
{
	if (p->opts->challenge != NULL && pki_oid_equal(type, PKI_OID(challenge_password)))
		return true;
	if (p->exts != NULL && pki_exts_count(p->exts) > 0 &&
	    pki_oid_equal(type, PKI_OID(extension_request)))
		return true;
	for (size_t i = 0; i < n; i++)
		if (pki_oid_equal(type, p->opts->attrs[i].type))
			return true;
	return false;
}

static pki_status check_attrs(const parts *p, pki_error *err)
{
	pki_status st = PKI_SUCCESS;

	if (p->opts->attrs == NULL && p->opts->attr_count > 0)
		return pki_error_null(err);
	if (p->opts->attr_count > pki_ctx_limits(p->ctx)->extensions)
		return pki_error_set(err, PKI_E_LIMIT, "too many attributes", NULL);
	for (size_t i = 0; st == PKI_SUCCESS && i < p->opts->attr_count; i++) {
		pki_bytes type = p->opts->attrs[i].type;

		st = pki_oid_check(type, NULL) == PKI_SUCCESS
		    ? PKI_SUCCESS
		    : pki_error_set(err, PKI_E_ARG, "the attribute's type is no OID", NULL);
		if (st == PKI_SUCCESS && has_attr(p, i, type))
			st = pki_error_set(err, PKI_E_ARG, "attribute twice", "RFC 2986 4.1");
	}
	return st;
}

static pki_status check_challenge(const parts *p, pki_error *err)
{
	pki_bytes left = pki_bytes_str(p->opts->challenge);
	size_t chars = 0;
	uint32_t cp;

	if (p->opts->challenge == NULL)
		return PKI_SUCCESS;
	while (chars <= CHALLENGE_CHARS && pki_utf8_next(&left, &cp))
		chars++;
	if (chars >= 1 && chars <= CHALLENGE_CHARS && left.len == 0)
		return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_ARG,
	    "challengePassword is not 1 to 255 characters of UTF-8", "RFC 2985 5.4.1");
}

static pki_status gather(parts *p, pki_error *err)
{
	pki_status st = pki_alg_resolve(pki_key_public(p->key), p->opts->alg, &p->alg, err);

	if (st == PKI_SUCCESS)
		st = make_subject(p, err);
	if (st == PKI_SUCCESS)
		st = make_exts(p, err);
	if (st == PKI_SUCCESS && subject_is_empty(p) && !has_san(p))
		st = pki_error_set(err, PKI_E_ARG, "neither a subject nor a name", NULL);
	if (st == PKI_SUCCESS)
		st = check_challenge(p, err);
	if (st == PKI_SUCCESS)
		st = check_attrs(p, err);
	return st;
}

/* ---- writing ---- */

static void write_extension_request(pki_derw *w, const parts *p)
{
	if (p->exts == NULL || pki_exts_count(p->exts) == 0)
		return;
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(extension_request));
	pki_derw_begin(w, PKI_TAG_SET);
	pki_exts_write(w, p->exts, subject_is_empty(p));
	pki_derw_end(w);
	pki_derw_end(w);
}

/* RFC 2985 5.4.1: PrintableString where it will do, else UTF8String. */
static void write_challenge(pki_derw *w, const parts *p)
{
	pki_bytes text = pki_bytes_str(p->opts->challenge);
	pki_buf printable = { .flags = PKI_BUF_SECRET };
	pki_status st;

	if (p->opts->challenge == NULL)
		return;
	st = pki_text_encode(PKI_TAG_PRINTABLE, text, &printable, NULL);
	pki_buf_free(&printable);
	if (st == PKI_E_NOMEM)
		pki_derw_fail(w, st, "no memory", NULL);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(challenge_password));
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_text(w, st == PKI_SUCCESS ? PKI_TAG_PRINTABLE : PKI_TAG_UTF8, p->opts->challenge);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* CertificationRequestInfo */
static pki_status write_info(const parts *p, pki_buf *out, pki_error *err)
{
	static const uint8_t no_rdns[] = { 0x30, 0x00 };
	pki_derw w;

	pki_derw_init(&w, p->ctx);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 0);
	pki_derw_raw(&w,
	    p->subject == NULL ? pki_bytes_of(no_rdns, sizeof no_rdns) : pki_name_der(p->subject));
	pki_derw_raw(&w, pki_pubkey_spki(pki_key_public(p->key)));
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	write_extension_request(&w, p);
	write_challenge(&w, p);
	for (size_t i = 0; i < p->opts->attr_count; i++)
		pki_attribute_write(&w, &p->opts->attrs[i]);
	pki_derw_end_set_of(&w);
	pki_derw_end(&w);
	return pki_derw_finish(&w, out, err);
}

/* What is made is read by the same parser as what others make. */
static pki_status make(const parts *p, pki_csr **out, pki_error *err)
{
	pki_buf info = PKI_BUF_INIT, whole = PKI_BUF_INIT;
	pki_status st = write_info(p, &info, err);

	if (st == PKI_SUCCESS)
		st = pki_signed_make(p->ctx, p->key, &p->alg, pki_buf_bytes(&info), &whole, err);
	if (st == PKI_SUCCESS)
		st = pki_csr_parse_der(p->ctx, pki_buf_bytes(&whole), out, err);
	pki_buf_free(&info);
	pki_buf_free(&whole);
	return st;
}

pki_status pki_csr_make(
    const pki_ctx *ctx, const pki_key *k, const pki_csr_opts *o, pki_csr **out, pki_error *err)
{
	pki_csr_opts opts;
	parts p = { .key = k, .opts = &opts };
	pki_status st;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || k == NULL)
		return PKI_LEAVE(err, pki_error_null(err));
	st = pki_opts_read(o, &opts, sizeof opts, sizeof opts, err);
	if (st != PKI_SUCCESS)
		return PKI_LEAVE(err, st);
	p.ctx = ctx != NULL ? ctx : k->ctx;
	st = gather(&p, err);
	if (st == PKI_SUCCESS)
		st = make(&p, out, err);
	pki_exts_free(p.own);
	pki_name_free(p.subject);
	return PKI_LEAVE(err, st);
}
