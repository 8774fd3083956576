/* SPDX-License-Identifier: BSD-3-Clause */
/* The names of a certificate that is made, under its issuer's nameConstraints: RFC 5280 6.1.3. */
#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/x509/issue.h"
#include "libpki/x509/name_constraints.h"

/* A name of which nobody can tell is refused like one that is not permitted. */
static pki_status refuse(const pki_error *why, pki_error *err)
{
	return pki_error_set_detail(err, PKI_E_POLICY, pki_error_reason(why), pki_error_clause(why),
	    pki_bytes_str(pki_error_detail(why)));
}

static pki_status judge(pki_nc *n, const pki_issue *i, const pki_ext *san, pki_error *err)
{
	const pki_nc_names names = { .subject = i->subject,
		.san = san == NULL ? NULL : &san->value,
		.ca = i->constraints.ca };
	pki_error why = PKI_ERROR_INIT;
	pki_status st = pki_nc_check_names(n, &names, &why);

	if (st == PKI_E_UNSUPPORTED)
		return refuse(&why, err);
	if (st != PKI_SUCCESS)
		pki_error_copy(err, &why);
	return st;
}

pki_status pki_rules_names(const pki_issue *i, const pki_ext *san, pki_error *err)
{
	pki_call call;
	pki_status st;
	pki_nc n;

	/* RFC 5280 6.1.3 (b) */
	if (i->constraints.ca && pki_name_equal(i->subject, pki_cert_subject(i->issuer)))
		return PKI_SUCCESS;
	pki_call_begin(&call, i->ctx);
	pki_nc_init(&n, i->ctx, &call);
	st = pki_nc_add_cert(&n, i->issuer, err);
	if (st == PKI_SUCCESS)
		st = judge(&n, i, san, err);
	pki_nc_free(&n);
	return st;
}
