/* SPDX-License-Identifier: BSD-3-Clause */
/* INTEGERs of any size, as text. */
#ifndef LIBPKI_ASN1_NUMBER_H
#define LIBPKI_ASN1_NUMBER_H

#include <pki/base.h>

/* Those of more octets are text in hex. */
#define PKI_ASN1_DECIMAL 64

/* An INTEGER that fits; false: it does not. */
bool pki_asn1_small(pki_bytes contents, int64_t *v);
/* Appends it in decimal; where it is too long for that "0x" and its contents octets in hex. */
pki_status pki_asn1_put_integer(pki_bytes contents, pki_buf *text, pki_error *err) PKI_MUST_USE;
/* The reverse, which takes either. PKI_E_ARG, PKI_E_LIMIT. */
pki_status pki_asn1_take_integer(pki_bytes text, pki_buf *contents, pki_error *err) PKI_MUST_USE;

#endif
