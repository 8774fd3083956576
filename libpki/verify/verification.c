/* SPDX-License-Identifier: BSD-3-Clause */
/* One call of pki_verify: what is asked, read and checked. */
#include <string.h>

#include <pki/time.h>

#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/core/opts.h"
#include "libpki/types/ip.h"
#include "libpki/verify/policy.h"
#include "libpki/verify/revocation.h"
#include "libpki/verify/subtrees.h"
#include "libpki/verify/verification.h"
#include "libpki/x509/identity.h"

#define NSEC 1000000000u

void pki_verify_opts_init(pki_verify_opts *o, size_t size)
{
	pki_opts_init(o, size);
}

/* ---- options ---- */

static bool is_between(int32_t value, int32_t first, int32_t last)
{
	return value >= first && value <= last;
}

static const char *fault_of_enums(const pki_verify_opts *o)
{
	if (o->purpose == PKI_PURPOSE_NONE)
		return "no purpose: say PKI_PURPOSE_ANY if any will do";
	if (!is_between(o->purpose, PKI_PURPOSE_ANY, PKI_PURPOSE_OID))
		return "no such purpose";
	if (!is_between(o->rules, PKI_RULES_RFC5280, PKI_RULES_WEBPKI))
		return "no such rules";
	if (!is_between(o->anchor, PKI_ANCHOR_FULL, PKI_ANCHOR_BARE))
		return "no such mode of anchors";
	if (!is_between(o->revocation, PKI_REVOCATION_NONE, PKI_REVOCATION_REQUIRE))
		return "no such mode of revocation";
	if ((o->policy_flags & ~PKI_POLICY_FLAGS) != 0)
		return "an unknown bit in policy_flags";
	return NULL;
}

static const char *fault_of_values(const pki_verify_opts *o)
{
	if ((o->purpose == PKI_PURPOSE_OID) != (o->purpose_oid.len > 0))
		return "purpose_oid goes with PKI_PURPOSE_OID";
	if (o->at == NULL && o->at_nsec > 0)
		return "at_nsec without at";
	if (o->at_nsec >= NSEC)
		return "at_nsec is a second or more";
	if (o->policies != NULL && o->policy_set != NULL)
		return "both policies and policy_set";
	return NULL;
}

static pki_status check_oids(const pki_verify_opts *o, pki_error *err)
{
	pki_status st = pki_policy_list_check(o->policies, o->policy_count, err);

	if (st == PKI_SUCCESS)
		st = pki_policy_list_check(o->policy_set, o->policy_set_count, err);
	if (st == PKI_SUCCESS && o->purpose == PKI_PURPOSE_OID)
		st = pki_policy_list_check(&o->purpose_oid, 1, err);
	return st;
}

/* That nobody has this name is no fault of the name. */
static pki_status keep_fault(pki_status st, const pki_error *why, pki_error *err)
{
	if (st == PKI_SUCCESS || st == PKI_E_NOTFOUND)
		return PKI_SUCCESS;
	pki_error_copy(err, why);
	return st;
}

static pki_status check_host(const char *host, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;

	if (host == NULL)
		return PKI_SUCCESS;
	return keep_fault(pki_san_check_host(NULL, NULL, host, &why), &why, err);
}

static pki_status check_ip(const char *ip, pki_error *err)
{
	uint8_t address[PKI_IPV6_OCTETS];

	if (ip == NULL || pki_ip_parse(pki_bytes_str(ip), address) > 0)
		return PKI_SUCCESS;
	return pki_error_set_detail(
	    err, PKI_E_ARG, "not an IP address", "RFC 4291 2.2", pki_bytes_str(ip));
}

static pki_status check_email(const char *email, pki_error *err)
{
	pki_error why = PKI_ERROR_INIT;

	if (email == NULL)
		return PKI_SUCCESS;
	return keep_fault(pki_san_check_email(NULL, NULL, NULL, email, &why), &why, err);
}

static pki_status check_names(const pki_verify_opts *o, pki_error *err)
{
	pki_status st = check_host(o->host, err);

	if (st == PKI_SUCCESS)
		st = check_ip(o->ip, err);
	return st == PKI_SUCCESS ? check_email(o->email, err) : st;
}

static pki_status check_opts(const pki_verify_opts *o, pki_error *err)
{
	const char *fault = o->trust == NULL ? "no trust anchors" : fault_of_enums(o);
	pki_status st;

	if (fault == NULL)
		fault = fault_of_values(o);
	if (fault != NULL)
		return pki_error_set(err, PKI_E_ARG, fault, NULL);
	st = check_oids(o, err);
	return st == PKI_SUCCESS ? check_names(o, err) : st;
}

static pki_status read_time(pki_verification *v, const pki_ctx *ctx, pki_error *err)
{
	v->at = v->o.at != NULL ? *v->o.at : pki_ctx_now(ctx);
	if (v->at >= PKI_TIME_MIN && v->at <= PKI_TIME_MAX)
		return PKI_SUCCESS;
	return pki_error_set(
	    err, PKI_E_ARG, "a time outside the years 0 to 9999", "RFC 5280 4.1.2.5");
}

pki_status pki_verification_init(
    pki_verification *v, const pki_ctx *ctx, const pki_verify_opts *given, pki_error *err)
{
	pki_status st;

	*v = (pki_verification){ .at = PKI_TIME_NONE };
	st = pki_opts_read(given, &v->o, sizeof v->o, sizeof v->o, err);
	if (st == PKI_SUCCESS)
		st = check_opts(&v->o, err);
	if (st == PKI_SUCCESS)
		st = pki_ctx_allowing(ctx, v->o.allow, &v->own, err);
	if (st != PKI_SUCCESS)
		return st;
	v->ctx = v->own;
	pki_call_begin(&v->call, v->ctx);
	pki_nc_init(&v->names, v->ctx, &v->call);
	pki_signers_init(&v->signers, v->ctx, &v->call, v->o.cache);
	st = read_time(v, ctx, err);
	if (st == PKI_SUCCESS)
		st = pki_subtrees_of_text(
		    v->ctx, v->o.permit, v->o.exclude, &v->subtrees, &v->initial, err);
	if (st == PKI_SUCCESS)
		st = pki_pool_add(&v->pool, v->o.untrusted, err);
	return st;
}

void pki_verification_free(pki_verification *v)
{
	pki_crl_memo_free(v->crls);
	pki_signers_free(&v->signers);
	pki_nc_free(&v->names);
	pki_pool_free(&v->pool);
	pki_buf_free(&v->subtrees);
	pki_buf_free(&v->notes);
	pki_ctx_free(v->own);
}

/* ---- notes ---- */

static bool has_note(pki_bytes notes, const char *note)
{
	size_t at = 0;

	while (at < notes.len) {
		const char *n = (const char *)notes.data + at;

		if (strcmp(n, note) == 0)
			return true;
		at += strlen(n) + 1;
	}
	return false;
}

static pki_status put_note(pki_buf *notes, const char *note, pki_error *err)
{
	size_t before = notes->len;
	pki_status st = pki_buf_puts(notes, note, err);

	if (st == PKI_SUCCESS)
		st = pki_buf_putc(notes, '\0', err);
	if (st != PKI_SUCCESS)
		pki_buf_truncate(notes, before);
	return st;
}

pki_status pki_verification_note(
    pki_verification *v, const char *what, pki_bytes detail, pki_error *err)
{
	pki_error about = PKI_ERROR_INIT;
	pki_buf note = PKI_BUF_INIT;
	pki_status st = pki_buf_puts(&note, what, err);

	(void)!pki_error_set_detail(&about, PKI_E_NOTFOUND, what, NULL, detail);
	if (st == PKI_SUCCESS && detail.len > 0)
		st = pki_buf_puts(&note, ": ", err);
	if (st == PKI_SUCCESS)
		st = pki_buf_puts(&note, pki_error_detail(&about), err);
	if (st == PKI_SUCCESS && !has_note(pki_buf_bytes(&v->notes), pki_buf_str(&note)))
		st = put_note(&v->notes, pki_buf_str(&note), err);
	pki_buf_free(&note);
	return st;
}
