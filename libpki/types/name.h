/* SPDX-License-Identifier: BSD-3-Clause */
/* Name as other modules of the library need it. */
#ifndef LIBPKI_TYPES_NAME_H
#define LIBPKI_TYPES_NAME_H

#include <pki/name.h>

#include "libpki/core/ref.h"

typedef struct pki_ava {
	pki_attr attr;
	pki_bytes tlv;   /* of the value */
	size_t text_len; /* of attr.utf8 */
	bool exact;      /* no string that RFC 4518 can prepare */
	bool decoded;    /* attr.utf8 has other octets than attr.raw */
	uint8_t reserved[6];
} pki_ava;

/*
 * One piece of memory: the struct, its tables, the DER and the text. It is an allocation of its
 * own, or part of another object's, which is then what references are counted on.
 */
struct pki_name {
	pki_ref own;
	uint32_t reserved;
	pki_ref *refs;                 /* of `object`; `own` where the name is its own object */
	void *object;                  /* what is freed when refs drop to nothing ... */
	void (*release)(void *object); /* ... and how */
	size_t count, rdns;
	pki_bytes der;
	const pki_ava *avas;         /* in DER order */
	const pki_ava *const *order; /* within each RDN by pki_ava_compare */
};

#define PKI_TYPICAL_AVAS 8

/* A Name while it is read: views of the DER. */
typedef struct pki_name_reading {
	pki_ava *avas; /* `few`, or allocated where those are not enough */
	size_t count, room, rdns, limit;
	size_t text_len; /* of all text, with a NUL each */
	pki_bytes der;
	pki_buf decoded; /* text that is not the contents octets as they are, one after the other */
	pki_ava few[PKI_TYPICAL_AVAS];
} pki_name_reading;

/* To be freed, whether it is read or not. */
void pki_name_reading_init(pki_name_reading *n, const pki_ctx *ctx);
void pki_name_reading_free(pki_name_reading *n);
/* The next Name of r. */
void pki_name_read(pki_der *r, const char *field, pki_name_reading *n);
/* Octets of the struct and its tables, for an address that is aligned for any type. Its text goes
 * elsewhere, n->text_len octets. false: more than there can be. */
bool pki_name_size(const pki_name_reading *n, size_t *size);
/* Makes it there, as part of an object, of which *refs is the count; der: where the octets that it
 * was read from, at n->der, are by now. */
void pki_name_place(const pki_name_reading *n, pki_name *name, const uint8_t *der, char *text);

/* The syntax of a Name, of which nothing is kept. As pki_name_parse. */
pki_status pki_name_check(const pki_ctx *ctx, pki_bytes der, pki_error *err) PKI_MUST_USE;

/* How an AttributeTypeAndValue goes into a builder. */
enum pki_ava_flags {
	PKI_AVA_JOIN = 1, /* in the RDN added last */
	PKI_AVA_DER = 2,  /* the value is a TLV, else UTF-8 */
};
void pki_name_builder_put(pki_name_builder *b, pki_bytes type, pki_bytes value, unsigned flags);
/* The RDN added last becomes the DER's first, as in RFC 4514. Otherwise as the public one. */
pki_status pki_name_builder_finish_reversed(
    pki_name_builder *b, pki_name **out, pki_error *err) PKI_MUST_USE;
/* PKI_SUCCESS while nothing has failed. */
pki_status pki_name_builder_status(const pki_name_builder *b);

#endif
