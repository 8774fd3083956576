/* SPDX-License-Identifier: BSD-3-Clause */
/* Is a CRL about a certificate? The length of a certificate in two octets, it, and a CRL. */
#include "fuzz/fuzz.h"
#include "libpki/core/ctx.h"
#include "libpki/verify/crl_scope.h"

static const pki_issuing_point anything; /* as good as none */

static bool covers(
    const pki_cert *cert, const pki_dist_point *p, const pki_crl *crl, uint32_t *reasons)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st;
	pki_call call;

	pki_call_begin(&call, NULL);
	st = pki_crl_covers(&call, cert, p, crl, reasons, &err);
	require_error(st, &err);
	require((*reasons & ~PKI_REASON_FLAGS_ALL) == 0);
	require(st == PKI_SUCCESS || *reasons == 0);
	return st == PKI_SUCCESS;
}

static bool fits_kind(const pki_cert *cert, const pki_issuing_point *idp)
{
	return !idp->only_attribute_certs &&
	    (pki_cert_is_ca(cert) ? !idp->only_user_certs : !idp->only_ca_certs);
}

/* An oracle that knows names by their octets alone: what it takes for covered is. */
static bool is_plain_match(
    const pki_cert *cert, const pki_dist_point *p, const pki_crl *crl, const pki_issuing_point *idp)
{
	bool has_name = idp->full_name.len > 0 || idp->relative_name.len > 0;

	return p->crl_issuer.len == 0 && fits_kind(cert, idp) &&
	    pki_name_equal(pki_cert_issuer(cert), pki_crl_issuer(crl)) &&
	    (!has_name ||
		(idp->full_name.len > 0 && pki_bytes_equal(idp->full_name, p->full_name)) ||
		(idp->relative_name.len > 0 &&
		    pki_bytes_equal(idp->relative_name, p->relative_name)));
}

static void look_at_point(const pki_cert *cert, const pki_dist_point *p, const pki_crl *crl)
{
	pki_issuing_point idp = anything;
	uint32_t reasons, again;
	bool yes = covers(cert, p, crl, &reasons);

	pki_crl_issuing_point(crl, &idp);
	require(covers(cert, p, crl, &again) == yes && again == reasons);
	require(!yes || fits_kind(cert, &idp));
	require(!yes || p->crl_issuer.len == 0 || idp.indirect_crl);
	require(!yes || p->reasons == 0 || (reasons & ~p->reasons) == 0);
	require(!yes || idp.only_some_reasons == 0 || (reasons & ~idp.only_some_reasons) == 0);
	require(yes || !is_plain_match(cert, p, crl, &idp));
}

static void look_at(const pki_cert *cert, const pki_crl *crl)
{
	const pki_dist_point nowhere = { .reasons = 0 };
	pki_issuing_point idp = anything;
	uint32_t reasons;
	pki_dist_point p;
	pki_ext_iter it;
	pki_ext e;

	pki_crl_issuing_point(crl, &idp);
	require(covers(cert, NULL, crl, &reasons) || !is_plain_match(cert, &nowhere, crl, &idp));
	require(pki_crl_same_scope(crl, crl) && !pki_crl_delta_applies(crl, crl));
	if (!pki_cert_ext(cert, PKI_OID(crl_distribution_points), &e))
		return;
	pki_ext_list(&it, NULL, e.value);
	while (pki_ext_dist_point_next(&it, &p))
		look_at_point(cert, &p, crl);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t n = len < 2 ? 0 : (size_t)data[0] << 8 | data[1];
	pki_cert *cert = NULL;
	pki_crl *crl = NULL;

	if (len < 2 || n > len - 2)
		return 0;
	if (pki_cert_parse(NULL, pki_bytes_of(data + 2, n), &cert, NULL) == PKI_SUCCESS &&
	    pki_crl_parse(NULL, pki_bytes_of(data + 2 + n, len - 2 - n), &crl, NULL) == PKI_SUCCESS)
		look_at(cert, crl);
	pki_cert_free(cert);
	pki_crl_free(crl);
	return 0;
}
