/* SPDX-License-Identifier: BSD-3-Clause */
/* The version of libtasn1 that is in use. */
#include <pki/der.h>

#include "libpki/der/tlv.h"

const char *pki_der_version(void)
{
	return pki_tlv_engine_version();
}
