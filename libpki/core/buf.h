/* SPDX-License-Identifier: BSD-3-Clause */
/* Growing a pki_buf: what libpki itself needs beyond <pki/base.h>. */
#ifndef LIBPKI_CORE_BUF_H
#define LIBPKI_CORE_BUF_H

#include <pki/base.h>

/* More room than there is, for `more` octets after len. */
pki_status pki_buf_grow(pki_buf *b, size_t more, pki_error *err) PKI_MUST_USE;
/* Room for `more` octets after len (and one for a NUL). PKI_E_NOMEM. */
static inline PKI_MUST_USE pki_status pki_buf_reserve(pki_buf *b, size_t more, pki_error *err)
{
	return more < b->cap - b->len ? PKI_SUCCESS : pki_buf_grow(b, more, err);
}
pki_status pki_buf_puts(pki_buf *b, const char *s, pki_error *err) PKI_MUST_USE;
pki_status pki_buf_putc(pki_buf *b, uint8_t c, pki_error *err) PKI_MUST_USE;
/* Decimal. */
pki_status pki_buf_put_u64(pki_buf *b, uint64_t v, pki_error *err) PKI_MUST_USE;
/* Two lower-case digits an octet. */
pki_status pki_buf_put_hex(pki_buf *b, pki_bytes in, pki_error *err) PKI_MUST_USE;
/* Back to len octets; what follows is wiped if the buffer is secret. */
void pki_buf_truncate(pki_buf *b, size_t len);

#endif
