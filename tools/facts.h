/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say of an object, before it is said in one way or another. */
#ifndef TOOLS_FACTS_H
#define TOOLS_FACTS_H

#include <pki/bundle.h>
#include <pki/read.h>

#include "tools/out.h"
#include "tools/password.h"

enum { SHA256 = 32 }; /* octets */

/* Weak is for policies: what was signed can be shown to be signed. */
enum {
	ALLOW_ALL = PKI_ALLOW_MD5 | PKI_ALLOW_SHA1 | PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512 |
	    PKI_ALLOW_DSA
};

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
	/* what is signed */
	struct text subject, issuer, algorithm;
	bool has_parameters;
	pki_alg parameters; /* of RSASSA-PSS */
	pki_hash hash;      /* what the signature is of; PKI_HASH_NONE: not known */
	/* a request's by its own key; does a certificate's own key verify it? */
	enum signature_facts signature;
	pki_error signature_error;
	pki_time now;
	bool bad_key; /* a certificate's, which libpki knows and refuses */
	/* in a bundle: o->index is its place there */
	bool inside;
	pki_bundle *bundle;
	/* an encrypted key */
	bool has_envelope;
	pki_envelope envelope;
};

/* Without a password encrypted keys are described from outside. In any case facts_free. */
pki_status facts_gather(const pki_ctx *ctx, const char *file, const pki_object *o,
    struct password *pw, struct facts *f, pki_error *err);
void facts_free(struct facts *f);

/* Sets f->signature by what verifying it gave; `unsupported` where the algorithm is. PKI_SUCCESS
 * where that is a verdict, or a reason for none; else the error that is in f->signature_error. */
pki_status facts_judge(
    struct facts *f, pki_status st, enum signature_facts unsupported, pki_error *err);

/* Of the SHA-256s alone: of the object, and of its public key if it has one. */
pki_status facts_fingerprint(const pki_ctx *ctx, const char *file, const pki_object *o,
    struct password *pw, struct facts *f, pki_error *err);

typedef void facts_text_fn(void *ud, pki_bytes text);

/* "pkcs8": as pkitool key convert --to has it. */
const char *facts_format(pki_key_format format);
/* An OID's name, or its digits. */
void facts_oid(struct text *t, pki_bytes oid);
/* The extensions of a request, certificate or CRL. */
bool facts_ext_at(const struct facts *f, size_t i, pki_ext *out);
bool facts_ext_find(const struct facts *f, pki_bytes oid, pki_ext *out);
/* Has it this extKeyUsage? */
bool facts_has_purpose(const struct facts *f, pki_bytes purpose);
/* Calls each with the text of every subjectAltName, as pki_gn_format has it. */
pki_status facts_san(const struct facts *f, facts_text_fn *each, void *ud, pki_error *err);
/* What an extension says; hex where it is not known or cannot be read. */
void facts_ext_text(const struct facts *f, const pki_ext *e, struct text *t);
/* Calls each with every value of an attribute: the text of a string, else "#" and hex. */
pki_status facts_attr(
    const struct facts *f, const pki_attribute *a, facts_text_fn *each, void *ud, pki_error *err);

/* A certificate's facts, a CRL's, for facts_gather. */
pki_status facts_cert(struct facts *f, pki_error *err);
pki_status facts_crl(struct facts *f, pki_error *err);
/* What is odd about a certificate or CRL: a word for machines, and a few for people. */
struct odd {
	const char *code, *text;
	bool (*holds)(const struct facts *f);
};
typedef void facts_odd_fn(void *ud, const struct odd *odd);
void facts_odd(const struct facts *f, facts_odd_fn *each, void *ud);
/* Their lists, which end with code NULL. */
extern const struct odd facts_cert_odds[], facts_crl_odds[];
/* Of both. */
bool facts_is_md5(const struct facts *f);
bool facts_is_sha1(const struct facts *f);
bool facts_has_unknown_critical(const struct facts *f);
bool facts_is_unsafe_name(const pki_name *n);
/* An INTEGER's contents octets in hex, as people write serial numbers. */
void facts_serial(struct text *t, pki_bytes serial);
/* A magnitude of any size in decimal, as CRL numbers are written. */
void facts_decimal(struct text *t, pki_bytes magnitude);
/* "in 12 days", "3 hours ago". */
void facts_when(struct text *t, pki_time now, pki_time then);

/* The parts, for facts_cert. */
pki_status facts_key(struct facts *f, pki_bytes spki, pki_error *err);
pki_status facts_algorithm(struct facts *f, pki_bytes id, pki_error *err);

#endif
