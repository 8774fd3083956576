/* SPDX-License-Identifier: BSD-3-Clause */
/* ASN.1 by its modules: those that there are, and what a type says of each TLV. */
#ifndef TOOLS_ASN1_H
#define TOOLS_ASN1_H

#include <pki/asn1.h>

#include "tools/out.h"

struct cmd;

/* libpki's modules, and those of --module. Says what is wrong; an exit status. */
int asn1_open(struct cmd *c, pki_asn1 **out);
/* Is there one type of that name? Says if not; an exit status. */
int asn1_check_type(const struct cmd *c, const pki_asn1 *m, const char *type);
/* The contents of a private key, wherever it lies, or of what is left of one? */
bool asn1_is_private(pki_bytes contents);

/* What types say of the TLVs of one object, by offset. All zeros: nothing. */
struct marks {
	struct mark *list;
	size_t count, cap, next;
	size_t nodes; /* of all trees */
	struct task *tasks;
	size_t task_count, task_cap;
	bool failed;          /* no memory */
	pki_asn1_value *root; /* the object itself */
};

/*
 * Reads DER as that type; and what lies in it by an OBJECT IDENTIFIER that a module gives a type,
 * as that. `out` is to be freed in any case.
 */
pki_status marks_make(
    const pki_asn1 *m, const char *type, pki_bytes der, struct marks *out, pki_error *err);
void marks_free(struct marks *m);

/* Of one TLV: all zeros where nothing is known. */
struct label {
	const struct mark *from, *end; /* its marks */
	const char *type, *builtin;    /* NULL: an EXPLICIT tag, or not known */
	const char *choice;            /* the CHOICE that it is an alternative of; or NULL */
	const char *said;              /* the value, where it has a name; or NULL */
	pki_asn1_kind kind;            /* 0: not known */
	bool holds;                    /* DER of a type that is known */
};

/* Of the TLV at an offset; they are asked for in their order. */
struct label marks_at(struct marks *m, size_t offset);
/* Its type, or the CHOICE that it is of where its own is built in; NULL: not known. */
const char *label_type(const struct label *l);
bool label_has_name(const struct label *l);
/* "issuer.rdnSequence": of what begins with this TLV, from the outside in. */
void label_name(struct text *t, const struct label *l);

#endif
