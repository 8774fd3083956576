/* SPDX-License-Identifier: BSD-3-Clause */
/* UTCTime and GeneralizedTime as RFC 5280 4.1.2.5 allows them. */
#ifndef LIBPKI_DER_TIME_H
#define LIBPKI_DER_TIME_H

#include <pki/der.h>

/* UTCTime is for the years 1950..2049, and they are for UTCTime: RFC 5280 4.1.2.5. */
#define PKI_TIME_UTC_FIRST INT64_C(-631152000) /* 1950-01-01T00:00:00Z */
#define PKI_TIME_UTC_END   INT64_C(2524608000) /* 2050-01-01T00:00:00Z */

/* Contents octets of a UTCTime or GeneralizedTime; whether the one fits the year is not asked. */
bool pki_time_decode(pki_tag tag, pki_bytes contents, pki_time *out);
#define PKI_TIME_TEXT_MAX 15 /* YYYYMMDDHHMMSSZ */
/* The tag that RFC 5280 wants, and the contents octets; 0: out of range. */
pki_tag pki_time_encode(pki_time t, uint8_t out[PKI_TIME_TEXT_MAX], size_t *len);
/* The contents octets of a GeneralizedTime, all of them, in any year; false: out of range. */
bool pki_time_encode_generalized(pki_time t, uint8_t out[PKI_TIME_TEXT_MAX]);

#endif
