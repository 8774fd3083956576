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

/* One allocation: the struct, its tables, the DER and the text. */
struct pki_name {
	pki_ref refs;
	uint32_t reserved;
	size_t count, rdns;
	pki_bytes der;
	const pki_ava *avas;         /* in DER order */
	const pki_ava *const *order; /* within each RDN by pki_ava_compare */
};

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
