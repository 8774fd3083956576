/* SPDX-License-Identifier: BSD-3-Clause */
/* How the public functions of libpki-jwk fail. */
#ifndef JWK_ERROR_H
#define JWK_ERROR_H

#include <pki/error.h>

/* A mandatory argument is NULL. */
static inline PKI_MUST_USE pki_status pki_jwk_null(pki_error *err)
{
	return pki_error_set(err, PKI_E_ARG, "a mandatory argument is NULL", NULL);
}

/* An error of libpki's says what is wrong with a key; where in the DER is no help to those who
 * never saw it. */
static inline PKI_MUST_USE pki_status pki_jwk_leave(pki_error *err, pki_status st)
{
	if (st == PKI_SUCCESS || err == NULL)
		return st;
	return pki_error_set(err, st, pki_error_reason(err), pki_error_clause(err));
}

#endif
