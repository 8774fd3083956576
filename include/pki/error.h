/* SPDX-License-Identifier: BSD-3-Clause */
/* The detail of a failure, for people: what, where, and by which clause of which standard. */
#ifndef PKI_ERROR_H
#define PKI_ERROR_H

#include <pki/base.h>

PKI_BEGIN

/*
 * Owned by the caller and passed as the last parameter of every function that can fail. A failure
 * overwrites it; a success leaves it alone. Nothing in it needs freeing, and copying it is fine.
 */
struct pki_error {
	uint64_t opaque[80];
};
/* clang-format off */
#define PKI_ERROR_INIT { { 0 } }
/* clang-format on */
#define PKI_NO_OFFSET SIZE_MAX

/* Nothing has failed yet; the same as PKI_ERROR_INIT. */
PKI_API void pki_error_init(pki_error *e);

/* PKI_SUCCESS if nothing has failed yet. */
PKI_API pki_status pki_error_status(const pki_error *e);
/* "length is not minimal". Never NULL; static text. */
PKI_API const char *pki_error_reason(const pki_error *e);
/* What the reason speaks of, as far as it is known: an OID, a label, a file name; or "". */
PKI_API const char *pki_error_detail(const pki_error *e);
/* "X.690 10.1", or "". Static text. */
PKI_API const char *pki_error_clause(const pki_error *e);
/* Octets from the start of the input; of the decoded DER for PEM and base64. Or PKI_NO_OFFSET. */
PKI_API size_t pki_error_offset(const pki_error *e);
/* "certificationRequestInfo.attributes[0].values", or "". */
PKI_API const char *pki_error_path(const pki_error *e);
/* The PEM block, from 1; 0: the input was not PEM. */
PKI_API size_t pki_error_pem_block(const pki_error *e);
/* The line of the text, from 1, where the text itself is wrong; or 0. */
PKI_API size_t pki_error_line(const pki_error *e);
/* The public function that failed, of those that called each other the outermost; or "". */
PKI_API const char *pki_error_function(const pki_error *e);

/*
 * One line with all of it, printable ASCII, without a newline:
 *
 *   PEM block 2, byte 311, attributes[0].values: SET OF is not sorted (X.690 11.6)
 *
 * pki_error_text needs no memory: it writes at most cap bytes, NUL included; what does not fit is
 * cut and ends in "...".
 */
PKI_FALLIBLE pki_error_format(const pki_error *e, pki_buf *out, pki_error *err);
PKI_API void pki_error_text(const pki_error *e, char *out, size_t cap);
/* "malformed structure"; never NULL, for unknown values too. */
PKI_API const char *pki_status_text(pki_status st);

/* For backends and callbacks. Returns st; PKI_SUCCESS sets nothing. reason and clause are static
 * text, and may be NULL. */
PKI_API pki_status pki_error_set(
    pki_error *e, pki_status st, const char *reason, const char *clause);
/* For parsers of other formats: where it is, of an error that is set. The path is copied. NULL and
 * 0 leave what is there. */
PKI_API void pki_error_place(pki_error *e, const char *path, size_t line);

PKI_END
#endif
