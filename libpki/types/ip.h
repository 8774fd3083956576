/* SPDX-License-Identifier: BSD-3-Clause */
/* IP addresses as text: RFC 4291 2.2 read strictly, RFC 5952 written. */
#ifndef LIBPKI_TYPES_IP_H
#define LIBPKI_TYPES_IP_H

#include <pki/base.h>

#define PKI_IPV4_OCTETS 4
#define PKI_IPV6_OCTETS 16

/* Four decimal octets without leading zeros. */
bool pki_ipv4_parse(pki_bytes text, uint8_t out[PKI_IPV4_OCTETS]);
/* Without a zone. */
bool pki_ipv6_parse(pki_bytes text, uint8_t out[PKI_IPV6_OCTETS]);
/* Either: the octets used, or 0. */
size_t pki_ip_parse(pki_bytes text, uint8_t out[PKI_IPV6_OCTETS]);
/* Appends 4 or 16 octets as text. PKI_E_ARG: another length; PKI_E_NOMEM. */
pki_status pki_ip_format(pki_bytes address, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
