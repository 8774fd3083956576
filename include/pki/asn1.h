/* SPDX-License-Identifier: BSD-3-Clause */
/* Any DER by its ASN.1 module: read into a tree of named components, shown, built, written. */
#ifndef PKI_ASN1_H
#define PKI_ASN1_H

#include <pki/der.h>

PKI_BEGIN

/*
 * For inspection, and for structures that libpki has no codec for. Nothing in libpki decides by it.
 *
 * A module is ASN.1 text in the syntax of 1988, as libtasn1 compiles it: pki_asn1_modules(7) tells
 * what that is. DER is read by libpki's own strict reader, with the module as its guide: what a
 * tree holds is DER of its type in every octet, and pki_asn1_encode gives the same octets again. A
 * type is named "PKIX1Explicit88.Certificate", or "Certificate" where one module alone has it.
 */
#define PKI_ASN1_OCTETS 1048576 /* of DER, at most; the context's object_bytes may be less */
#define PKI_ASN1_NODES  100000  /* of a tree, at most */
#define PKI_ASN1_TEXT   65536   /* octets of a module's text, at most */

/* Modules: those that libpki ships, and the program's own. */
typedef struct pki_asn1 pki_asn1;

/* The modules that libpki ships (libpki/asn1/ of its source). */
PKI_FALLIBLE pki_asn1_new(const pki_ctx *ctx, pki_asn1 **out, pki_error *err);
/*
 * Adds the program's own module, which may import from those before it. The error has the line, and
 * the token as its detail. PKI_E_ENCODING: not ASN.1 of 1988; PKI_E_STRUCTURE: a module of that
 * name is there, a name is not defined or is defined twice, a type has no end, tags do not tell
 * components apart (X.680 25.6, 27.3, 29.3); PKI_E_NOTFOUND: what it imports; PKI_E_UNSUPPORTED:
 * ASN.1 that libtasn1 has no word for; PKI_E_LIMIT; PKI_E_IO: libtasn1 reads files, and none could
 * be made in memory. While it runs, nobody else may use the modules or a tree of theirs; otherwise
 * threads may share them. After a failure they are what they were.
 */
PKI_FALLIBLE pki_asn1_add(pki_asn1 *m, pki_bytes text, pki_error *err);
PKI_API void pki_asn1_free(pki_asn1 *m);
/* The name of a type, "Module.Type", in the order of the modules' text, from 0; NULL: no more. */
PKI_API const char *pki_asn1_type_at(const pki_asn1 *m, size_t i);
/*
 * The type of what an OBJECT IDENTIFIER stands for, of an extension or attribute, say: that which a
 * module defines directly after the OID. The last module that does. NULL: none.
 */
PKI_API const char *pki_asn1_type_of(const pki_asn1 *m, pki_bytes oid);

/* The built-in type of a component. */
typedef int32_t pki_asn1_kind;
enum {
	PKI_ASN1_BOOLEAN = 1,
	PKI_ASN1_INTEGER,
	PKI_ASN1_ENUMERATED,
	PKI_ASN1_NULL,
	PKI_ASN1_BIT_STRING,
	PKI_ASN1_OCTET_STRING,
	PKI_ASN1_OID,
	PKI_ASN1_STRING, /* a character string: its tag tells which, where it is not IMPLICIT */
	PKI_ASN1_TIME,   /* UTCTime, GeneralizedTime */
	PKI_ASN1_ANY,
	PKI_ASN1_SEQUENCE,
	PKI_ASN1_SET,
	PKI_ASN1_SEQUENCE_OF,
	PKI_ASN1_SET_OF,
	PKI_ASN1_CHOICE
};

/*
 * A tree: a value of a type. It holds its modules, which may be freed before it. Its nodes are
 * numbers: 0 is the root, the others are what the functions below give; a node keeps its number,
 * and after it is removed no other one gets it. A leaf has a value, and a kind before
 * PKI_ASN1_SEQUENCE; the one child of a CHOICE is the alternative that was chosen. What is absent
 * has no node, a DEFAULT too. PKI_ASN1_NONE may stand where a node is wanted: there is no such
 * node, then. Threads may share a tree that none of them changes.
 */
typedef struct pki_asn1_value pki_asn1_value;
#define PKI_ASN1_NONE SIZE_MAX /* no such node */

/*
 * One node. Text lives as long as the tree or the modules, contents until the tree changes. From
 * offset on there are `header` octets, tags and lengths, of which EXPLICIT tags take more than one
 * pair and CHOICE and ANY none, and then the contents.
 */
typedef struct pki_asn1_node {
	const char *name;    /* of the component or alternative; NULL: the root, an element */
	const char *type;    /* "CertificateSerialNumber"; without a name the built-in one */
	const char *builtin; /* "INTEGER", "SEQUENCE OF", "UTF8String" */
	pki_bytes contents;  /* of a leaf: the contents octets; of ANY the TLV; else empty */
	size_t offset, header, length; /* octets of the DER that was read; PKI_NO_OFFSET, 0, 0 */
	size_t parent;                 /* PKI_ASN1_NONE: the root */
	size_t depth;                  /* 0: the root */
	size_t index;                  /* among the children of its parent */
	size_t count;                  /* of children */
	pki_asn1_kind kind;
	pki_tag tag; /* the innermost one; 0: CHOICE, ANY */
	uint64_t reserved[4];
} pki_asn1_node;

/*
 * Reads DER, all of it, as a value of that type; a copy is kept. The error has the offset, and the
 * path of components. PKI_E_ENCODING: no DER; PKI_E_STRUCTURE: none of this type; PKI_E_LIMIT: over
 * one of the limits above or of the context; PKI_E_NOTFOUND: no such type, or several.
 */
PKI_FALLIBLE pki_asn1_decode(
    const pki_asn1 *m, const char *type, pki_bytes der, pki_asn1_value **out, pki_error *err);
/* A tree to be filled: a root alone, without a value. PKI_E_NOTFOUND. */
PKI_FALLIBLE pki_asn1_create(
    const pki_asn1 *m, const char *type, pki_asn1_value **out, pki_error *err);
PKI_API void pki_asn1_value_free(pki_asn1_value *v);

/* The node after this one, parents before children; PKI_ASN1_NONE: it was the last. */
PKI_API size_t pki_asn1_step(const pki_asn1_value *v, size_t node);
/* The first child, the next sibling; PKI_ASN1_NONE: there is none. */
PKI_API size_t pki_asn1_first(const pki_asn1_value *v, size_t node);
PKI_API size_t pki_asn1_next(const pki_asn1_value *v, size_t node);
/*
 * The node at a path from `node`: "tbsCertificate.extensions[2].extnID", of a list "[0].extnID",
 * through a CHOICE "subject.rdnSequence"; "" is the node itself.
 * PKI_ASN1_NONE: there is none.
 */
PKI_API size_t pki_asn1_find(const pki_asn1_value *v, size_t node, const char *path);
/* false, and all zeros: no such node. */
PKI_API bool pki_asn1_get(const pki_asn1_value *v, size_t node, pki_asn1_node *out);
/*
 * Appends a leaf's value as text: the name of a number or its decimal, over 64 octets "0x" and its
 * contents octets in hex; "1.2.840.113549", "TRUE", "NULL", a character string as UTF-8, a time as
 * it is, and octets in hex; of a BIT STRING the names of its bits, "digitalSignature,
 * keyAgreement", or its bits in hex, and "/3" where 3 bits of the last octet are unused. A
 * GeneralString is read octet by octet. PKI_E_ARG: no leaf, or without a value.
 */
PKI_FALLIBLE pki_asn1_text(const pki_asn1_value *v, size_t node, pki_buf *text, pki_error *err);
/* Appends the tree as lines: names, types, values. PKI_E_LIMIT: more than 64 MiB. */
PKI_FALLIBLE pki_asn1_format(const pki_asn1_value *v, pki_buf *text, pki_error *err);
/*
 * Appends the value as JSON (RFC 8259), after the JSON Encoding Rules (X.697): SEQUENCE and SET are
 * objects, SEQUENCE OF and SET OF arrays, CHOICE an object with one member; INTEGER is a number,
 * and from 2^53 on a string as pki_asn1_text gives it, but without names; ENUMERATED the string of
 * its name; a BIT STRING {"value":"a0","length":3}; OCTET STRING and ANY are hex, of ANY the whole
 * TLV; OBJECT IDENTIFIERs are dotted, character strings text, and times the text that they are.
 * <pki/asn1_json.h> reads it. PKI_E_ARG: a leaf without a value.
 */
PKI_FALLIBLE pki_asn1_json(const pki_asn1_value *v, pki_buf *json, pki_error *err);

/*
 * Gives the component or alternative of that name, or with NULL a new element at the end of a list;
 * it is made if it is not there; a failure gives PKI_ASN1_NONE. PKI_E_NOTFOUND: the type has none
 * of this name; PKI_E_ARG: a leaf, a CHOICE that has chosen; PKI_E_LIMIT: PKI_ASN1_NODES.
 */
PKI_FALLIBLE pki_asn1_child(
    pki_asn1_value *v, size_t node, const char *name, size_t *child, pki_error *err);
/*
 * Gives a leaf its value: contents octets, which are checked as those that are read are, or text as
 * pki_asn1_text gives it, names too. PKI_E_ARG: not a value of the type, or no leaf; PKI_E_LIMIT.
 */
PKI_FALLIBLE pki_asn1_set(pki_asn1_value *v, size_t node, pki_bytes contents, pki_error *err);
PKI_FALLIBLE pki_asn1_set_text(pki_asn1_value *v, size_t node, pki_bytes text, pki_error *err);
/* Takes a node, and all below it, out of the tree; the time is that of its siblings. PKI_E_ARG: the
 * root. */
PKI_FALLIBLE pki_asn1_remove(pki_asn1_value *v, size_t node, pki_error *err);
/*
 * Appends the DER: components in the order of the type, SET and SET OF sorted (X.690 10.3, 11.6), a
 * DEFAULT value left out (11.5). PKI_E_ARG: a component that is neither OPTIONAL nor DEFAULT, or a
 * leaf's value, is missing, or a list has not the SIZE it must have; PKI_E_LIMIT: PKI_ASN1_OCTETS,
 * or nested too deeply.
 */
PKI_FALLIBLE pki_asn1_encode(const pki_asn1_value *v, pki_buf *der, pki_error *err);

PKI_END
#endif
