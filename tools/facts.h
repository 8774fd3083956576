/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say of an object, before it is said in one way or another. */
#ifndef TOOLS_FACTS_H
#define TOOLS_FACTS_H

#include <pki/read.h>

#include "tools/out.h"
#include "tools/password.h"

enum { SHA256 = 32 }; /* octets */

struct key_facts {
	struct text type, curve; /* curve: empty if it has none */
	uint32_t bits;           /* 0: none to speak of */
	uint8_t spki_sha256[SHA256];
};

enum signature_facts { SIGNATURE_UNKNOWN, SIGNATURE_VALID, SIGNATURE_BAD };

struct facts {
	const char *file;
	const pki_ctx *ctx;
	const pki_object *o;
	uint8_t sha256[SHA256];
	bool has_key;
	struct key_facts key;
	/* a request */
	struct text subject, algorithm;
	bool has_parameters;
	pki_alg parameters; /* of RSASSA-PSS */
	enum signature_facts signature;
	pki_error signature_error;
	/* an encrypted key */
	bool has_envelope;
	pki_envelope envelope;
};

/* Without a password encrypted keys are described from outside. In any case facts_free. */
pki_status facts_gather(const pki_ctx *ctx, const char *file, const pki_object *o,
    struct password *pw, struct facts *f, pki_error *err);
void facts_free(struct facts *f);

typedef void facts_text_fn(void *ud, pki_bytes text);

/* "pkcs8": as pkitool key convert --to has it. */
const char *facts_format(pki_key_format format);
/* An OID's name, or its digits. */
void facts_oid(struct text *t, pki_bytes oid);
/* Calls each with the text of every subjectAltName of a request, as pki_gn_format has it. */
pki_status facts_san(const struct facts *f, facts_text_fn *each, void *ud, pki_error *err);
/* What an extension says; hex if it is not one we know. */
pki_status facts_ext(const struct facts *f, const pki_ext *e, struct text *t, pki_error *err);
/* Calls each with every value of an attribute: the text of a string, else "#" and hex. */
pki_status facts_attr(
    const struct facts *f, const pki_attribute *a, facts_text_fn *each, void *ud, pki_error *err);

#endif
