/* SPDX-License-Identifier: BSD-3-Clause */
/* Filling in a pki_error. Every function here takes NULL and then does nothing. */
#ifndef LIBPKI_CORE_ERROR_H
#define LIBPKI_CORE_ERROR_H

#include <pki/error.h>

/*
 * Inside libpki a failure is one line where it happens:
 *
 *   return pki_error_set(err, PKI_E_STRUCTURE, "cA is absent", "RFC 5280 4.2.1.9");
 *
 * and a public function ends with `return PKI_LEAVE(err, st);`, which names it in the error. The
 * outermost public function wins, as that is the one the caller knows.
 */
#define PKI_LEAVE(err, st) pki_error_leave((err), (st), __func__)
pki_status pki_error_failed_in(pki_error *e, pki_status st, const char *function) PKI_MUST_USE;

/* As pki_error_set, with octets of the input that the message should name; they are copied. */
pki_status pki_error_set_detail(pki_error *e, pki_status st, const char *reason, const char *clause,
    pki_bytes detail) PKI_MUST_USE;
/* Adds to an error that is set. */
void pki_error_at(pki_error *e, size_t offset);
void pki_error_in_path(pki_error *e, const char *path);
void pki_error_in_block(pki_error *e, size_t pem_block);
void pki_error_on_line(pki_error *e, size_t line);
/* Detail of an error that is set: printable ASCII stays, the rest is escaped, long text is cut. */
void pki_error_about(pki_error *e, pki_bytes detail);
/*
 * The error came from a structure inside another, `field` of which starts at `offset` there: puts
 * the outer path in front and adds the offset.
 */
void pki_error_nest(pki_error *e, const char *field, size_t offset);

/* What a caller gave makes something that cannot be read again, for the reason in `why`: PKI_E_ARG,
 * but PKI_E_LIMIT and PKI_E_NOMEM as they are. */
pki_status pki_error_of_arg(pki_error *e, const pki_error *why) PKI_MUST_USE;

/* e, if it is there, becomes what `from` is. */
static inline void pki_error_copy(pki_error *e, const pki_error *from)
{
	if (e != NULL)
		*e = *from;
}

/* "no memory", the same everywhere. */
pki_status pki_error_nomem(pki_error *e) PKI_MUST_USE;
/* A mandatory argument is NULL. */
pki_status pki_error_null(pki_error *e) PKI_MUST_USE;

/* What comes back, for analyzers, which look at one file at a time: see make analyze. */
#ifdef PKI_ANALYZE
/* clang-format off */
# define PKI_GIVES(st, call) __extension__({ (void)((call) == PKI_SUCCESS); (st); })
/* clang-format on */
# define pki_error_set(e, st, reason, clause) \
  PKI_GIVES(st, pki_error_set((e), (st), (reason), (clause)))
# define pki_error_set_detail(e, st, reason, clause, detail) \
  PKI_GIVES(st, pki_error_set_detail((e), (st), (reason), (clause), (detail)))
# define pki_error_failed_in(e, st, function) \
  PKI_GIVES(st, pki_error_failed_in((e), (st), (function)))
# define pki_error_nomem(e) PKI_GIVES(PKI_E_NOMEM, pki_error_nomem(e))
# define pki_error_null(e)  PKI_GIVES(PKI_E_ARG, pki_error_null(e))
#endif

static inline PKI_MUST_USE pki_status pki_error_leave(
    pki_error *e, pki_status st, const char *function)
{
	return e == NULL || st == PKI_SUCCESS ? st : pki_error_failed_in(e, st, function);
}

#endif
