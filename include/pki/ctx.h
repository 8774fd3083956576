/* SPDX-License-Identifier: BSD-3-Clause */
/* The context: backends, clock, limits and policy, built once and then only read. */
#ifndef PKI_CTX_H
#define PKI_CTX_H

#include <pki/error.h>

PKI_BEGIN

/*
 * A context holds no state that an operation changes but a counter: share it between threads. NULL
 * is the default context everywhere: the built-in backend, the system's clock, the limits below.
 * Keys, requests and whatever else is made with a context keep a reference on it, unless they say
 * that they do not.
 */

/* 0 is the default, which stands beside each. */
typedef struct pki_limits {
	size_t size;
	size_t object_bytes;  /* a certificate, request or key: 1 MiB */
	size_t crl_bytes;     /* 1 GiB */
	size_t message_bytes; /* a CMS or PKCS#12 object in memory: 256 MiB */
	size_t der_depth;     /* nested constructed encodings: 32 */
	size_t ber_depth;     /* 64 */
	size_t oid_bytes;     /* contents octets of an OBJECT IDENTIFIER: 128, which is the most */
	size_t extensions;    /* of one object: 128 */
	size_t san_names;     /* GeneralNames of one object: 10 000 */
	size_t rdn_attrs;     /* AttributeTypeAndValues of one Name: 1 000 */
	size_t path_certs;    /* of one path, leaf and anchor included: 16 */
	size_t path_signatures;  /* checked in one verification: 100 */
	size_t path_steps;       /* 10 000 */
	size_t name_comparisons; /* of one kind in name constraints: 2^20 */
	size_t policy_nodes;     /* 1 000 */
	size_t rsa_bits;         /* 8 192; 16 384 at most */
	size_t kdf_iterations;   /* of a file that is read: 10 000 000 */
	size_t scrypt_bytes;     /* 128 N r p of a file that is read: 64 MiB */
	size_t signers;          /* 64 */
	size_t recipients;       /* 1 000 */
	size_t embedded_certs;   /* 1 000 */
	size_t pem_blocks;       /* of one input: 100 000 */
} pki_limits;

/* What is refused unless it is allowed here. */
#define PKI_ALLOW_MD5     1u  /* signatures with MD5 */
#define PKI_ALLOW_SHA1    2u  /* signatures with SHA-1 */
#define PKI_ALLOW_RSA1024 4u  /* RSA keys of 1024..2047 bits */
#define PKI_ALLOW_RSA512  8u  /* RSA keys of 512..1023 bits */
#define PKI_ALLOW_DSA     16u /* DSA, p of 1024..3072 bits; with SHA-1, too */

/* The program acts on an extension of this type. Critical, it is then no reason to refuse what it
 * stands in: pki_crl_find. */
#define PKI_EXT_TYPE_UNDERSTOOD 1u

/*
 * An extension that libpki lacks, made known to a context: its value is then checked where a
 * certificate or CRL is parsed, and shown by pki_ext_format. The callbacks are called by any
 * thread; where one fails, its error should have a static reason: pki_error_set.
 */
typedef struct pki_ext_type {
	size_t size;
	pki_bytes oid;    /* contents octets; of what libpki can read, the flags alone count */
	const char *name; /* what pki_ext_name gives; NULL: none */
	/* Is this what extnValue may hold? NULL: whatever it is. */
	pki_status (*check)(void *ud, const pki_ctx *ctx, pki_bytes value, pki_error *err);
	/* Appends the value as one line of text. NULL: hexadecimal. */
	pki_status (*format)(
	    void *ud, const pki_ctx *ctx, pki_bytes value, pki_buf *text, pki_error *err);
	void *ud;       /* what both get */
	uint32_t flags; /* PKI_EXT_TYPE_ bits */
	uint32_t reserved;
} pki_ext_type;

/* Sins of real certificates and CRLs, which are refused unless they are forgiven. */
#define PKI_LENIENT_SERIAL   1u   /* serialNumber that is negative, or longer than 20 octets */
#define PKI_LENIENT_INTEGER  2u   /* serialNumber with octets that its value does not need */
#define PKI_LENIENT_V1_EXTS  4u   /* extensions in a certificate that is not v3 */
#define PKI_LENIENT_DEFAULTS 8u   /* a DEFAULT that is encoded: version v1, critical and cA FALSE */
#define PKI_LENIENT_PATH_LEN 128u /* pathLenConstraint where cA is not TRUE */
#define PKI_LENIENT_ALL      143u

typedef struct pki_ctx_opts {
	size_t size;
	pki_backend *const *backends; /* NULL-terminated, asked in order; NULL: the built-in one */
	pki_time (*clock)(void *ud);  /* NULL: the system's */
	void *clock_ud;
	const pki_limits *limits; /* NULL: the defaults */
	bool (*cancel)(void *ud); /* true: stop with PKI_E_CANCELLED; called by any thread, often */
	void *cancel_ud;
	size_t budget;    /* of one call, in the units of pki_call_spend; 0: 100 000 000 */
	uint32_t allow;   /* PKI_ALLOW_ bits */
	uint32_t lenient; /* PKI_LENIENT_ bits: what every call forgives, beside its own */
	const pki_ext_type *const *ext_types; /* NULL-terminated, copied */
} pki_ctx_opts;

/* Zeroes size octets and stores size: see <pki/base.h>. */
PKI_API void pki_limits_init(pki_limits *l, size_t size);
PKI_API void pki_ctx_opts_init(pki_ctx_opts *o, size_t size);
PKI_API void pki_ext_type_init(pki_ext_type *t, size_t size);

/*
 * A context with one reference, to be freed with pki_ctx_free. It takes its own reference on each
 * backend and copies the rest, but for what a `ud` points at. PKI_E_ARG: a limit beyond its
 * maximum, an unknown bit of `allow` or `lenient`, a type of extension without an OID or of an OID
 * that is there twice; PKI_E_UNSUPPORTED: an option that this library is too old for.
 */
PKI_FALLIBLE pki_ctx_new(const pki_ctx_opts *o, pki_ctx **out, pki_error *err);
/* One more reference; returns its argument, without const. NULL is fine. */
PKI_API pki_ctx *pki_ctx_ref(const pki_ctx *ctx);
/* Gives up one reference; the last one frees. NULL is fine. */
PKI_API void pki_ctx_free(pki_ctx *ctx);

/* What the context's clock says. */
PKI_API pki_time pki_ctx_now(const pki_ctx *ctx);
/* Units of work spent so far, by all threads; 0 for the default context, which does not count. */
PKI_API uint64_t pki_ctx_work(const pki_ctx *ctx);
/* Fills out with random octets fit for keys; with zeros if it fails. PKI_E_BACKEND: there are none.
 */
PKI_FALLIBLE pki_random(const pki_ctx *ctx, pki_span out, pki_error *err);

PKI_END
#endif
