/* SPDX-License-Identifier: BSD-3-Clause */
/* ECPrivateKey: RFC 5915. */
#ifndef LIBPKI_TYPES_ECKEY_H
#define LIBPKI_TYPES_ECKEY_H

#include <pki/alg.h>
#include <pki/der.h>

/* Views. */
typedef struct pki_ec_private {
	pki_key_type type; /* of the parameters; UNKNOWN: they are absent */
	pki_bytes scalar;  /* octets as they came */
	pki_bytes point;   /* empty: absent */
} pki_ec_private;

/* Parameters other than a named curve that libpki knows: PKI_E_UNSUPPORTED. */
bool pki_ec_private_read(pki_der *r, const char *field, pki_ec_private *out);
/* The whole of der. */
pki_status pki_ec_private_parse(
    const pki_ctx *ctx, pki_bytes der, pki_ec_private *out, pki_error *err) PKI_MUST_USE;
/* scalar of the field's length; type UNKNOWN: no parameters, as inside PKCS#8 (RFC 5915 3). */
void pki_ec_private_write(pki_derw *w, const pki_ec_private *k);
/* Is `told`, in either form of SEC 1 2.3.3, this uncompressed point? */
bool pki_ec_point_is(pki_bytes point, pki_bytes told);

#endif
