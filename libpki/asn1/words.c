/* SPDX-License-Identifier: BSD-3-Clause */
/* Which words of ASN.1 libtasn1 knows, in order of their octets. */
#include <stdlib.h>

#include "libpki/asn1/words.h"

#define KNOWN(word)                    \
 {                                     \
  word, NULL, NULL, PKI_SUCCESS, false \
 }
#define MAKES(word)                   \
 {                                    \
  word, NULL, NULL, PKI_SUCCESS, true \
 }
#define SAME(word, other)              \
 {                                     \
  word, other, NULL, PKI_SUCCESS, true \
 }
#define ELSEWHERE(word)                                            \
 {                                                                 \
  word, NULL, "this word has no place here", PKI_E_ENCODING, false \
 }
#define LACKING(word, what)                                            \
 {                                                                     \
  word, NULL, "libtasn1 does not know " what, PKI_E_UNSUPPORTED, false \
 }
#define CONSTRAINT(word) LACKING(word, "constraints but SIZE and ranges")
#define OBJECTS(word)    LACKING(word, "information objects")

/* clang-format off */
static const pki_asn1_word words[] = {
	CONSTRAINT("ABSENT"),
	OBJECTS("ABSTRACT-SYNTAX"),
	CONSTRAINT("ALL"),
	MAKES("ANY"),
	KNOWN("APPLICATION"),
	ELSEWHERE("AUTOMATIC"),
	ELSEWHERE("BEGIN"),
	MAKES("BIT"),
	MAKES("BMPString"),
	MAKES("BOOLEAN"),
	MAKES("BY"),
	LACKING("CHARACTER", "CHARACTER STRING"),
	MAKES("CHOICE"),
	OBJECTS("CLASS"),
	CONSTRAINT("COMPONENT"),
	LACKING("COMPONENTS", "COMPONENTS OF"),
	CONSTRAINT("CONSTRAINED"),
	CONSTRAINT("CONTAINING"),
	MAKES("DEFAULT"),
	KNOWN("DEFINED"),
	ELSEWHERE("DEFINITIONS"),
	LACKING("EMBEDDED", "EMBEDDED PDV"),
	CONSTRAINT("ENCODED"),
	ELSEWHERE("END"),
	MAKES("ENUMERATED"),
	CONSTRAINT("EXCEPT"),
	KNOWN("EXPLICIT"),
	ELSEWHERE("EXPORTS"),
	LACKING("EXTENSIBILITY", "extensions"),
	LACKING("EXTERNAL", "EXTERNAL"),
	KNOWN("FALSE"),
	CONSTRAINT("FROM"),
	MAKES("GeneralString"),
	MAKES("GeneralizedTime"),
	LACKING("GraphicString", "GraphicString"),
	MAKES("IA5String"),
	KNOWN("IDENTIFIER"),
	KNOWN("IMPLICIT"),
	LACKING("IMPLIED", "extensions"),
	ELSEWHERE("IMPORTS"),
	CONSTRAINT("INCLUDES"),
	OBJECTS("INSTANCE"),
	MAKES("INTEGER"),
	CONSTRAINT("INTERSECTION"),
	SAME("ISO646String", "VisibleString"),
	LACKING("MACRO", "macros"),
	ELSEWHERE("MAX"),
	ELSEWHERE("MIN"),
	LACKING("MINUS-INFINITY", "REAL"),
	MAKES("NULL"),
	MAKES("NumericString"),
	MAKES("OBJECT"),
	MAKES("OCTET"),
	KNOWN("OF"),
	KNOWN("OPTIONAL"),
	LACKING("ObjectDescriptor", "ObjectDescriptor"),
	CONSTRAINT("PATTERN"),
	LACKING("PDV", "EMBEDDED PDV"),
	LACKING("PLUS-INFINITY", "REAL"),
	CONSTRAINT("PRESENT"),
	KNOWN("PRIVATE"),
	MAKES("PrintableString"),
	LACKING("REAL", "REAL"),
	LACKING("RELATIVE-OID", "RELATIVE-OID"),
	MAKES("SEQUENCE"),
	MAKES("SET"),
	MAKES("SIZE"),
	KNOWN("STRING"),
	OBJECTS("SYNTAX"),
	SAME("T61String", "TeletexString"),
	ELSEWHERE("TAGS"),
	KNOWN("TRUE"),
	OBJECTS("TYPE-IDENTIFIER"),
	MAKES("TeletexString"),
	CONSTRAINT("UNION"),
	OBJECTS("UNIQUE"),
	KNOWN("UNIVERSAL"),
	MAKES("UTCTime"),
	MAKES("UTF8String"),
	MAKES("UniversalString"),
	LACKING("VideotexString", "VideotexString"),
	MAKES("VisibleString"),
	CONSTRAINT("WITH"),
};
/* clang-format on */

static int compare(const void *key, const void *row)
{
	const pki_asn1_word *w = row;

	return pki_bytes_compare(*(const pki_bytes *)key, pki_bytes_str(w->word));
}

const pki_asn1_word *pki_asn1_word_of(pki_bytes text)
{
	return bsearch(&text, words, sizeof words / sizeof *words, sizeof *words, compare);
}
