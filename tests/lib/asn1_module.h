/* SPDX-License-Identifier: BSD-3-Clause */
/* A module with one of each construct: most of them the modules of libpki lack. */
#ifndef TESTS_LIB_ASN1_MODULE_H
#define TESTS_LIB_ASN1_MODULE_H

static const char everything_module[] =
    "All { }\n"
    "DEFINITIONS EXPLICIT TAGS ::=\n"
    "BEGIN\n"
    "Everything ::= SEQUENCE {\n"
    "  bool [0] IMPLICIT BOOLEAN DEFAULT TRUE,\n"
    "  int [1] EXPLICIT INTEGER DEFAULT 500,\n"
    "  named [2] IMPLICIT INTEGER { one(1), two(2) } DEFAULT one,\n"
    "  enum [3] IMPLICIT ENUMERATED { red(0), green(1), far(130) } OPTIONAL,\n"
    "  bits [4] IMPLICIT BIT STRING OPTIONAL,\n"
    "  flags [5] IMPLICIT BIT STRING { first(0), ninth(8) } OPTIONAL,\n"
    "  octets [6] IMPLICIT OCTET STRING (SIZE (0..4)) OPTIONAL,\n"
    "  oid [7] IMPLICIT OBJECT IDENTIFIER OPTIONAL,\n"
    "  none [8] IMPLICIT NULL OPTIONAL,\n"
    "  any [9] IMPLICIT ANY OPTIONAL,\n"
    "  strings [10] IMPLICIT SEQUENCE OF String OPTIONAL,\n"
    "  times [11] IMPLICIT SET OF Time OPTIONAL,\n"
    "  set [12] EXPLICIT Set OPTIONAL,\n"
    "  app [APPLICATION 1] IMPLICIT SEQUENCE SIZE (1..2) OF INTEGER OPTIONAL,\n"
    "  private [PRIVATE 100] EXPLICIT Filter OPTIONAL,\n"
    "  choice String OPTIONAL,\n"
    "  rest ANY OPTIONAL }\n"
    "String ::= CHOICE {\n"
    "  numeric NumericString, printable PrintableString, ia5 IA5String, visible VisibleString,\n"
    "  teletex TeletexString, universal UniversalString, bmp BMPString,\n"
    "  utf8 UTF8String (SIZE (0..8)) }\n"
    "Time ::= CHOICE { utc UTCTime, general GeneralizedTime }\n"
    "Set ::= SET {\n"
    "  z [9] EXPLICIT String OPTIONAL,\n"
    "  y [APPLICATION 3] IMPLICIT INTEGER OPTIONAL,\n"
    "  x CHOICE { a OCTET STRING, b [1] IMPLICIT String } OPTIONAL,\n"
    "  w BOOLEAN DEFAULT FALSE }\n"
    "Filter ::= CHOICE {\n"
    "  and [0] IMPLICIT SET OF Filter,\n"
    "  not [1] EXPLICIT Filter,\n"
    "  other [2] IMPLICIT Everything,\n"
    "  present [3] IMPLICIT OCTET STRING }\n"
    "END\n";

#endif
