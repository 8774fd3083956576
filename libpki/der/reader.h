/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki's own parsers read beyond <pki/der.h>. */
#ifndef LIBPKI_DER_READER_H
#define LIBPKI_DER_READER_H

#include <pki/der.h>

/* The next TLV, whatever it is, checked as pki_der_whole does: its tag, its contents, all of it. */
bool pki_der_value(
    pki_der *r, const char *field, pki_tag *tag, pki_bytes *contents, pki_bytes *tlv);
/* What is left of these contents; nothing after an error. */
pki_bytes pki_der_rest(const pki_der *r);

/* The same as without _as, of a type that is IMPLICIT: under another tag than its own. */
bool pki_der_bool_as(pki_der *r, pki_tag tag, const char *field, bool fallback, bool *out);
bool pki_der_int64_as(pki_der *r, pki_tag tag, const char *field, int64_t *out);
bool pki_der_integer_as(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents);
bool pki_der_flags_as(pki_der *r, pki_tag tag, const char *field, uint32_t *out);

/* As pki_der_time, but GeneralizedTime may be used where UTCTime must be: *odd is true then. */
bool pki_der_time_odd(pki_der *r, const char *field, pki_time *out, bool *odd);
/* As pki_der_flags, but the bits may end with zeros: *odd is true then. */
bool pki_der_flags_odd(pki_der *r, const char *field, uint32_t *out, bool *odd);
/*
 * Most of what is read has one of a few shapes, which a look at the octets tells. What has one is
 * read at that look, and passed; whatever has not is left to the reader, which knows why.
 */
typedef struct pki_ahead {
	const uint8_t *at;
	size_t left;      /* octets; 0: nothing may be read at a look */
	size_t oid_limit; /* octets of an OBJECT IDENTIFIER */
} pki_ahead;
/* What is ahead in r, for a look that goes `levels` deep. */
pki_ahead pki_der_ahead(const pki_der *r, uint32_t levels);
/* A reader of its own for octets that lie `deeper` levels below r: its error is not r's. */
void pki_der_init_below(pki_der *r, const pki_der *above, pki_bytes in, uint32_t deeper);
/* Goes past a TLV of so many octets. */
void pki_der_pass(pki_der *r, const char *field, size_t octets);
/* Is there a TLV of this identifier octet and a short length, within `left`? */
static inline bool pki_is_plain(const uint8_t *at, size_t left, uint8_t identifier)
{
	return left >= 2 && at[0] == identifier && at[1] < 0x80 && at[1] <= left - 2;
}

/* Where the next TLV is; how many octets there are from there. */
const uint8_t *pki_der_at(const pki_der *r);
size_t pki_der_left(const pki_der *r);
/* The caller has read what follows itself: so many elements of a SEQUENCE OF, in so many octets. */
void pki_der_pass(pki_der *r, size_t octets, size_t elements);

#endif
