/* SPDX-License-Identifier: BSD-3-Clause */
/* What is in a bundle, one by one. */
#include "tools/bundle.h"

void bundle_each(const pki_bundle *b, bundle_fn *each, void *ud)
{
	const pki_certs *certs = pki_bundle_certs(b);
	pki_object o = { .encoding = PKI_ENCODING_DER };

	o.kind = PKI_KIND_CERTIFICATE;
	for (size_t i = 0; i < pki_certs_count(certs); i++, o.index++) {
		o.cert = pki_certs_at(certs, i);
		o.bytes = pki_cert_der(o.cert);
		each(ud, &o);
	}
	o.kind = PKI_KIND_CRL;
	o.cert = NULL;
	for (size_t i = 0; i < pki_crls_count(pki_bundle_crls(b)); i++, o.index++) {
		o.crl = pki_crls_at(pki_bundle_crls(b), i);
		o.bytes = pki_crl_der(o.crl);
		each(ud, &o);
	}
}

bool bundle_is_plain(const pki_bundle *b)
{
	return pki_bundle_signers(b) == 0 && pki_bundle_others(b) == 0 &&
	    pki_certs_count(pki_bundle_certs(b)) + pki_crls_count(pki_bundle_crls(b)) > 0;
}
