/* SPDX-License-Identifier: BSD-3-Clause */
/* How long ago something was, for people. */
#ifndef LIBPKI_VERIFY_DATES_H
#define LIBPKI_VERIFY_DATES_H

#include <pki/time.h>

#define PKI_DISTANCE_ROOM 64
/* "3 days ago, at 2026-01-01T00:00:00Z", "in 2 hours, at ...": a string. Both are times that
 * pki_time_format takes. */
void pki_time_distance(pki_time t, pki_time now, char out[PKI_DISTANCE_ROOM]);

#endif
