/* SPDX-License-Identifier: BSD-3-Clause */
/* The answer of pki_verify, while it is put together. */
#ifndef LIBPKI_VERIFY_RESULT_H
#define LIBPKI_VERIFY_RESULT_H

#include "libpki/verify/path.h"

#define PKI_ATTEMPTS_MAX 100 /* that are kept; the others are counted */

/* It has failed until pki_result_accept. trust: whose anchors it will refer to. */
pki_status pki_result_new(const pki_trust *trust, pki_result **out, pki_error *err) PKI_MUST_USE;
/* The one place that makes it a success. outputs and notes are the result's then, and empty. */
pki_status pki_result_accept(pki_result *r, const pki_path *p, pki_outputs *outputs, pki_buf *notes,
    pki_error *err) PKI_MUST_USE;
/* One more path that was refused. The findings are the result's then, and f is empty. */
pki_status pki_result_refuse(
    pki_result *r, const pki_path *p, pki_findings *f, pki_error *err) PKI_MUST_USE;
/*
 * No more paths: the best go first, and the status is what the paths say, or PKI_E_LIMIT where they
 * are not all there are. Returns it, with the reason of the best one.
 */
pki_status pki_result_finish(pki_result *r, bool exhausted, pki_error *err) PKI_MUST_USE;
/* Was it accepted? */
bool pki_result_is_valid(const pki_result *r);

#endif
