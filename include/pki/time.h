/* SPDX-License-Identifier: BSD-3-Clause */
/* Time: Unix seconds, their civil form, and their text. */
#ifndef PKI_TIME_H
#define PKI_TIME_H

#include <pki/error.h>

PKI_BEGIN

#define PKI_TIME_NONE INT64_MIN             /* in results: absent */
#define PKI_TIME_MIN  INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define PKI_TIME_MAX  INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define PKI_DAYS(n)   ((pki_time)(n)*86400)

/* UTC in the proleptic Gregorian calendar; month and day from 1. */
typedef struct pki_civil {
	int32_t year, month, day, hour, minute, second;
} pki_civil;

/* PKI_E_ARG: no such day or hour, or a year outside 0..9999. There is no second 60. */
PKI_FALLIBLE pki_time_from_civil(const pki_civil *c, pki_time *out, pki_error *err);
/* PKI_E_ARG: outside PKI_TIME_MIN..PKI_TIME_MAX. */
PKI_FALLIBLE pki_time_to_civil(pki_time t, pki_civil *out, pki_error *err);
/*
 * RFC 3339 ("2026-11-24T02:10:00.5+01:00") or Unix seconds ("-1", "1700000000"). *nsec gets the
 * fraction in nanoseconds, digits beyond nine cut; nsec may be NULL. PKI_E_ARG: neither, or outside
 * PKI_TIME_MIN..PKI_TIME_MAX.
 */
PKI_FALLIBLE pki_time_parse(const char *text, pki_time *out, uint32_t *nsec, pki_error *err);
/* Appends RFC 3339 text with a Z. PKI_E_ARG: outside PKI_TIME_MIN..PKI_TIME_MAX. */
PKI_FALLIBLE pki_time_format(pki_time t, pki_buf *out, pki_error *err);

PKI_END
#endif
