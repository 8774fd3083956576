/* SPDX-License-Identifier: BSD-3-Clause */
/* A-labels: is what follows "xn--" Punycode (RFC 3492)? What IDNA makes of it is not asked. */
#ifndef LIBPKI_TYPES_PUNYCODE_H
#define LIBPKI_TYPES_PUNYCODE_H

#include <pki/base.h>

/* Every label of a host name that begins with "xn--", in any case, decodes. PKI_E_ARG. */
pki_status pki_a_labels_check(pki_bytes host, pki_error *err) PKI_MUST_USE;

#endif
