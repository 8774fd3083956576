/* SPDX-License-Identifier: BSD-3-Clause */
/* DER's rules on the contents octets of the universal types: X.690 clauses 8 and 11. */
#ifndef LIBPKI_DER_CHECK_H
#define LIBPKI_DER_CHECK_H

#include "libpki/der/tlv.h"

bool pki_check_integer(pki_bytes contents, pki_tlv_fault *fault);
bool pki_check_boolean(pki_bytes contents, pki_tlv_fault *fault);
bool pki_check_null(pki_bytes contents, pki_tlv_fault *fault);
bool pki_check_bits(pki_bytes contents, pki_tlv_fault *fault);
bool pki_check_oid(pki_bytes contents, size_t limit, pki_tlv_fault *fault);

/* The form and the contents octets of a TLV that is not constructed. */
bool pki_check_primitive(pki_tag tag, pki_bytes contents, size_t oid_limit, pki_tlv_fault *fault);
/*
 * One TLV and all inside it: each header, the form that each universal type has in DER, and the
 * contents of the universal types above. depth: how many levels there may be.
 */
bool pki_check_tlv(
    pki_bytes tlv, size_t depth, size_t oid_limit, size_t *where, pki_tlv_fault *fault);

#endif
