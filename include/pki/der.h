/* SPDX-License-Identifier: BSD-3-Clause */
/* DER: one idiom for reading, one for writing. */
#ifndef PKI_DER_H
#define PKI_DER_H

#include <pki/oid.h>

PKI_BEGIN

/* The identifier octets of a TLV: class and constructed bit in the top three bits, number below.
 */
typedef uint32_t pki_tag;
#define PKI_TAG_CONSTRUCTED 0x20000000u
#define PKI_TAG_APPLICATION 0x40000000u
#define PKI_TAG_CONTEXT     0x80000000u
#define PKI_TAG_PRIVATE     0xc0000000u
#define PKI_TAG_NUMBER      0x1fffffffu /* mask */
#define PKI_TAG_BOOLEAN     1u
#define PKI_TAG_INTEGER     2u
#define PKI_TAG_BIT_STRING  3u
#define PKI_TAG_OCTETS      4u /* OCTET STRING */
#define PKI_TAG_NULL        5u
#define PKI_TAG_OID         6u
#define PKI_TAG_ENUMERATED  10u
#define PKI_TAG_UTF8        12u
#define PKI_TAG_NUMERIC     18u
#define PKI_TAG_PRINTABLE   19u
#define PKI_TAG_TELETEX     20u
#define PKI_TAG_IA5         22u
#define PKI_TAG_UTC_TIME    23u
#define PKI_TAG_GENERALIZED 24u /* GeneralizedTime */
#define PKI_TAG_VISIBLE     26u
#define PKI_TAG_UNIVERSAL   28u /* UniversalString */
#define PKI_TAG_BMP         30u
#define PKI_TAG_SEQUENCE    (16u | PKI_TAG_CONSTRUCTED)
#define PKI_TAG_SET         (17u | PKI_TAG_CONSTRUCTED)
#define PKI_TAG_IMPLICIT(n) ((pki_tag)(n) | PKI_TAG_CONTEXT)
#define PKI_TAG_EXPLICIT(n) ((pki_tag)(n) | PKI_TAG_CONTEXT | PKI_TAG_CONSTRUCTED)

/*
 * A reader: a cursor over borrowed bytes that lives on the stack. It must not be moved,
 * copied or read from while a reader entered from it is in use.
 *
 * The first error sticks, with its offset and field path, in the outermost reader: later calls do
 * nothing, return false and give zeros. So `false` means "no" or "failed", and pki_der_finish tells
 * which, once, at the end. A parser is a column that reads like its ASN.1:
 *
 *   pki_der_init(&r, ctx, in, "BasicConstraints");
 *   pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &s);
 *   pki_der_bool(&s, "cA", false, &ca);
 *   if (pki_der_peek(&s, PKI_TAG_INTEGER))
 *           pki_der_int64(&s, "pathLenConstraint", &path_len);
 *   pki_der_leave(&s);
 *   return pki_der_finish(&r, err);
 *
 * A `field` is static text, the component's name in the ASN.1 module; NULL for the type itself and
 * for the elements of a SET OF or SEQUENCE OF, which are counted instead: "extensions[2].extnID".
 *
 * What is enforced is DER: definite, minimal lengths, minimal tags, X.690 clauses 8, 10 and 11 for
 * each type, and the context's limits on size and depth.
 */
typedef struct pki_der {
	uint64_t opaque[40];
} pki_der;

/*
 * `what` names the type, for messages; static text, or NULL. The input must outlive the reader and
 * all it gives, the context the reader.
 */
PKI_API void pki_der_init(pki_der *r, const pki_ctx *ctx, pki_bytes in, const char *what);

/* Enter the contents of the next TLV, of any tag: OCTET STRINGs that hold DER too. */
PKI_API bool pki_der_enter(pki_der *r, pki_tag tag, const char *field, pki_der *in);
/* The same where the next tag is `tag`; false and no error where it is not. */
PKI_API bool pki_der_enter_opt(pki_der *r, pki_tag tag, const char *field, pki_der *in);
/* Enter the bits of a BIT STRING that holds DER: no unused bits. */
PKI_API bool pki_der_enter_bits(pki_der *r, const char *field, pki_der *in);
/* Enter a SET OF, whose elements must be sorted (X.690 11.6). */
PKI_API bool pki_der_enter_set_of(pki_der *r, pki_tag tag, const char *field, pki_der *in);
/* Leave: an error if bytes are left, or if a reader entered from `in` was not left. */
PKI_API bool pki_der_leave(pki_der *in);
/* Go to the end, for structures that may grow (X.690 does not let you; some RFCs do). */
PKI_API void pki_der_skip_rest(pki_der *in);

/* The contents octets of the next TLV; what is in them is not looked at. */
PKI_API bool pki_der_next(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents);
/* The same where the next tag is `tag`; false and no error where it is not. */
PKI_API bool pki_der_next_opt(pki_der *r, pki_tag tag, const char *field, pki_bytes *contents);
/* The tag and the contents octets of the next TLV, whatever it is. */
PKI_API bool pki_der_any(pki_der *r, const char *field, pki_tag *tag, pki_bytes *contents);
/*
 * The whole next TLV, header included; tag 0: any tag. Checked all the way down: tags, lengths, and
 * the contents of BOOLEAN, INTEGER, ENUMERATED, BIT STRING, NULL and OBJECT IDENTIFIER.
 */
PKI_API bool pki_der_whole(pki_der *r, pki_tag tag, const char *field, pki_bytes *tlv);
/* Has the next TLV this tag? false at the end and after an error. */
PKI_API bool pki_der_peek(const pki_der *r, pki_tag tag);
/* Are there bytes left? false after an error. */
PKI_API bool pki_der_more(const pki_der *r);
/* Octets from the start of the outermost input to the next TLV. */
PKI_API size_t pki_der_offset(const pki_der *r);

/* BOOLEAN DEFAULT fallback: an encoded default is an error (X.690 11.5). Gives fallback where the
 * next TLV is no BOOLEAN, and after an error. */
PKI_API bool pki_der_bool(pki_der *r, const char *field, bool fallback, bool *out);
/* INTEGER that fits; PKI_E_LIMIT where it does not. */
PKI_API bool pki_der_int64(pki_der *r, const char *field, int64_t *out);
/* INTEGER >= 0, as its magnitude without leading zeros; 0 is one zero octet. */
PKI_API bool pki_der_uint(pki_der *r, const char *field, pki_bytes *magnitude);
/* INTEGER of any sign and size, as its two's complement contents. */
PKI_API bool pki_der_integer(pki_der *r, const char *field, pki_bytes *contents);
/* ENUMERATED that fits. */
PKI_API bool pki_der_enum(pki_der *r, const char *field, int64_t *out);
/* NULL, empty. */
PKI_API bool pki_der_null(pki_der *r, const char *field);
/* OBJECT IDENTIFIER: its contents octets, checked as by pki_oid_check. */
PKI_API bool pki_der_oid(pki_der *r, const char *field, pki_bytes *oid);
/* BIT STRING: its octets, and how many of the last one's low bits are unused (0..7). */
PKI_API bool pki_der_bits(pki_der *r, const char *field, pki_bytes *out, unsigned *unused);
/* BIT STRING with named bits (X.690 11.2.2: no trailing zeros): bit n is 1u << n. */
PKI_API bool pki_der_flags(pki_der *r, const char *field, uint32_t *out);
/* Time ::= CHOICE { UTCTime, GeneralizedTime }, as RFC 5280 4.1.2.5 says. */
PKI_API bool pki_der_time(pki_der *r, const char *field, pki_time *out);
/* Appends any ASN.1 character string, as UTF-8. */
PKI_API bool pki_der_text(pki_der *r, const char *field, pki_buf *utf8);
/* Records an error of the caller's own, at the TLV read last; returns false. Static texts. */
PKI_API bool pki_der_fail(pki_der *r, pki_status st, const char *reason, const char *clause);
/*
 * The first error: PKI_E_ENCODING, PKI_E_STRUCTURE, PKI_E_LIMIT, or what pki_der_fail was given.
 * Else PKI_E_STRUCTURE: bytes are left over; PKI_E_INTERNAL: a reader was entered and not left.
 */
PKI_FALLIBLE pki_der_finish(pki_der *r, pki_error *err);

/*
 * Appends a character string's contents as UTF-8. PKI_E_ENCODING: they are not of that type;
 * PKI_E_UNSUPPORTED: no string type. TeletexString is read as Latin-1.
 */
PKI_FALLIBLE pki_text_decode(pki_tag tag, pki_bytes contents, pki_buf *utf8, pki_error *err);
/* The reverse. PKI_E_ARG: not UTF-8, a character that the type lacks, or no string type. */
PKI_FALLIBLE pki_text_encode(pki_tag tag, pki_bytes utf8, pki_buf *contents, pki_error *err);

/*
 * A writer, with the same contract: it must not be moved or copied, the first error sticks, and
 * pki_derw_finish tells. Every _begin has its _end. It owns memory until finish, or until
 * pki_derw_free.
 */
typedef struct pki_derw {
	uint64_t opaque[48];
} pki_derw;

/* A writer with nothing in it. It nests as deep as the context's der_depth, 32 at most: beyond is
 * PKI_E_LIMIT. */
PKI_API void pki_derw_init(pki_derw *w, const pki_ctx *ctx);
/* What is written is secret: memory is wiped. To be called before anything is written. */
PKI_API void pki_derw_secret(pki_derw *w);
/* Begin and end a TLV around what is written between. */
PKI_API void pki_derw_begin(pki_derw *w, pki_tag tag);
PKI_API void pki_derw_end(pki_derw *w);
/* A BIT STRING that holds DER; closed by pki_derw_end. */
PKI_API void pki_derw_begin_bits(pki_derw *w);
/* Ends a SET OF: sorts its elements (X.690 11.6). PKI_E_ARG: one of them is there twice. */
PKI_API void pki_derw_end_set_of(pki_derw *w);
/* A TLV with these contents octets. */
PKI_API void pki_derw_put(pki_derw *w, pki_tag tag, pki_bytes contents);
/* TLVs that are DER already; they are taken as they are, unchecked. */
PKI_API void pki_derw_raw(pki_derw *w, pki_bytes tlvs);
/* NULL. */
PKI_API void pki_derw_null(pki_derw *w);
/* BOOLEAN DEFAULT omit_if: nothing is written where v is the default. */
PKI_API void pki_derw_bool(pki_derw *w, bool v, bool omit_if);
/* BOOLEAN without a default. */
PKI_API void pki_derw_boolean(pki_derw *w, bool v);
/* INTEGER and ENUMERATED. */
PKI_API void pki_derw_int64(pki_derw *w, int64_t v);
PKI_API void pki_derw_enum(pki_derw *w, int64_t v);
/* INTEGER >= 0 from its magnitude; leading zeros do not matter. */
PKI_API void pki_derw_uint(pki_derw *w, pki_bytes magnitude);
/* OBJECT IDENTIFIER from its contents octets, which are checked. */
PKI_API void pki_derw_oid(pki_derw *w, pki_bytes oid);
/* BIT STRING, of whose last octet the low `unused` bits, 0..7, are not part and must be 0. */
PKI_API void pki_derw_bits(pki_derw *w, pki_bytes bits, unsigned unused);
/* Named bits: trailing zeros are not written. */
PKI_API void pki_derw_flags(pki_derw *w, uint32_t bits);
/* UTCTime from 1950 through 2049, else GeneralizedTime: RFC 5280 4.1.2.5. PKI_E_ARG: outside
 * PKI_TIME_MIN..PKI_TIME_MAX. */
PKI_API void pki_derw_time(pki_derw *w, pki_time t);
/* A character string of that type from UTF-8: see pki_text_encode. */
PKI_API void pki_derw_text(pki_derw *w, pki_tag tag, const char *utf8);
/* Records an error of the caller's own. Static texts. */
PKI_API void pki_derw_fail(pki_derw *w, pki_status st, const char *reason, const char *clause);
/* Appends what was written to out and frees the writer, in any case. The first error; PKI_E_ARG: a
 * TLV was begun and not ended. */
PKI_FALLIBLE pki_derw_finish(pki_derw *w, pki_buf *out, pki_error *err);
/* Drops what was written. Safe after finish, and on a writer that is all zeros. */
PKI_API void pki_derw_free(pki_derw *w);

/* "4.19.0": the libtasn1 that is in use. */
PKI_API const char *pki_der_version(void);

PKI_END
#endif
