/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs of a few octets, for tables, and the arcs that many of them share. */
#ifndef LIBPKI_DER_SHORT_OID_H
#define LIBPKI_DER_SHORT_OID_H

#include <pki/oid.h>

typedef struct pki_short_oid {
	uint8_t len, der[15];
} pki_short_oid;

static inline pki_bytes pki_short_oid_view(const pki_short_oid *oid)
{
	return (pki_bytes){ oid->der, oid->len };
}

static inline bool pki_short_oid_is(const pki_short_oid *oid, pki_bytes other)
{
	return pki_oid_equal(pki_short_oid_view(oid), other);
}

/* clang-format off */
#define PKI_SHORT_OID(...) { sizeof (const uint8_t[]){ __VA_ARGS__ }, { __VA_ARGS__ } }
#define PKI_NO_OID         { 0, { 0 } }
/* clang-format on */

/* Contents octets, for PKI_SHORT_OID. */
#define PKI_ARC_RSADSI 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d       /* 1.2.840.113549 */
#define PKI_ARC_PKCS1  PKI_ARC_RSADSI, 0x01, 0x01               /* ... 1.1 */
#define PKI_ARC_PKCS5  PKI_ARC_RSADSI, 0x01, 0x05               /* ... 1.5 */
#define PKI_ARC_PKCS7  PKI_ARC_RSADSI, 0x01, 0x07               /* ... 1.7 */
#define PKI_ARC_DIGEST PKI_ARC_RSADSI, 0x02                     /* ... 2 */
#define PKI_ARC_X962   0x2a, 0x86, 0x48, 0xce, 0x3d             /* 1.2.840.10045 */
#define PKI_ARC_X957   0x2a, 0x86, 0x48, 0xce, 0x38, 0x04       /* 1.2.840.10040.4 */
#define PKI_ARC_NIST   0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04 /* 2.16.840.1.101.3.4 */
#define PKI_ARC_THAWTE 0x2b, 0x65                               /* 1.3.101 */
#define PKI_ARC_SECG   0x2b, 0x81, 0x04, 0x00                   /* 1.3.132.0 */

#endif
