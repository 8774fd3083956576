/* SPDX-License-Identifier: BSD-3-Clause */
/* What bytes look like, before anything is parsed. */
#ifndef LIBPKI_PEM_SNIFF_H
#define LIBPKI_PEM_SNIFF_H

#include <pki/base.h>

typedef enum pki_looks {
	PKI_LOOKS_UNKNOWN,
	PKI_LOOKS_EMPTY, /* nothing, or white space only */
	PKI_LOOKS_PEM,
	PKI_LOOKS_BER,    /* a SEQUENCE that fits, or of indefinite length; DER is BER */
	PKI_LOOKS_BASE64, /* of a SEQUENCE, bare */
	PKI_LOOKS_JSON,
	PKI_LOOKS_UTF16,
	PKI_LOOKS_GZIP
} pki_looks;

/* Past a byte order mark and white space. */
pki_bytes pki_text_start(pki_bytes in);
pki_looks pki_sniff(pki_bytes in);

#endif
