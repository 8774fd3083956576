/* SPDX-License-Identifier: BSD-3-Clause */
/* What an object is: by its first elements in DER, by its label in PEM. */
#ifndef LIBPKI_X509_KIND_H
#define LIBPKI_X509_KIND_H

#include <pki/read.h>

/* Static texts. */
typedef struct pki_kind_found {
	pki_kind kind;     /* 0: unknown */
	pki_status status; /* PKI_SUCCESS: this release reads it */
	const char *reason, *clause;
	pki_key_format format; /* of a key */
} pki_kind_found;

/*
 * Looks at the first elements alone, so that what is malformed further on is still recognized and
 * its parser can say what is wrong. Definite and indefinite lengths.
 */
pki_kind_found pki_kind_of_der(pki_bytes in);
pki_kind_found pki_kind_of_label(pki_bytes label);
/* A JSON text: a JWK, or nothing of ours. */
pki_kind_found pki_kind_of_json(void);
/*
 * A shape is the beginning of a structure, as a path through its tags:
 *
 *   (  a SEQUENCE, and into it      )  out again, past whatever is left
 *   S  a SEQUENCE                   0, 1, 2  [0], [1], [2], constructed
 *   i  INTEGER   e  ENUMERATED   o  OBJECT IDENTIFIER   b  BIT STRING   q  OCTET STRING
 *   t  a time                       .  nothing more in these contents
 *   x? x, or nothing
 */
bool pki_kind_has_shape(pki_bytes in, const char *path);
/* Does it begin like BER that is not DER: with an indefinite length? */
bool pki_kind_is_ber(pki_bytes in);

#endif
