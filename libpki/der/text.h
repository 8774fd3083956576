/* SPDX-License-Identifier: BSD-3-Clause */
/* Character strings, beyond <pki/der.h>. */
#ifndef LIBPKI_DER_TEXT_H
#define LIBPKI_DER_TEXT_H

#include <pki/der.h>

/*
 * Are these the contents of a character string that pki_text_decode would take as they are? Of most
 * strings they are, and then there is nothing to copy.
 */
bool pki_text_is_utf8(pki_tag tag, pki_bytes contents);

/* Are these the contents of a PrintableString? */
bool pki_text_is_printable(pki_bytes contents);

#endif
