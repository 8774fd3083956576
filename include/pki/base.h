/* SPDX-License-Identifier: BSD-3-Clause */
/* Statuses, byte views and buffers: what every other header of libpki builds on. */
#ifndef PKI_BASE_H
#define PKI_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
# define PKI_BEGIN extern "C" {
# define PKI_END   }
#else
# define PKI_BEGIN
# define PKI_END
#endif

#if defined(__GNUC__)
# define PKI_API      __attribute__((visibility("default")))
# define PKI_MUST_USE __attribute__((warn_unused_result))
#else
# define PKI_API
# define PKI_MUST_USE
#endif
#define PKI_FALLIBLE PKI_API PKI_MUST_USE pki_status

PKI_BEGIN

/*
 * Every function that can fail returns a pki_status, which must be used, and takes a pki_error as
 * its last parameter (NULL is fine) for the detail that people want: see <pki/error.h>. Branch on
 * the status, never on the text. Here as everywhere an enumeration is an int32_t, and values that
 * a later release adds are legal.
 *
 * A function that fails changes nothing it was given and gives nothing: an output pointer is NULL,
 * an output struct or view is empty, a number is 0; a buffer and octets hold what they held before.
 *
 * The comment on a function names the statuses that are its own. Any function can also return
 * PKI_E_ARG, PKI_E_NOMEM and PKI_E_INTERNAL, and one that works with keys, digests or random octets
 * PKI_E_BACKEND, PKI_E_LIMIT and PKI_E_CANCELLED. NULL is fine for a context, options, a pki_error
 * and whatever is freed. For anything else it is PKI_E_ARG, unless the comment says what it means;
 * a function without a status then does nothing, or gives nothing.
 */
typedef int32_t pki_status;
enum {
	PKI_SUCCESS = 0,
	PKI_E_ARG,         /* the caller's mistake: NULL, an unknown value, text that is no name */
	PKI_E_IO,          /* a file or a callback failed */
	PKI_E_NOMEM,       /* no memory */
	PKI_E_ENCODING,    /* not valid DER, BER, PEM or base64 */
	PKI_E_STRUCTURE,   /* valid DER, but not the structure asked for */
	PKI_E_LIMIT,       /* over a limit, or over the work budget, of the context */
	PKI_E_UNSUPPORTED, /* valid, but an algorithm, version or option that libpki lacks */
	PKI_E_NOTFOUND,    /* no such extension, attribute, block ... */
	PKI_E_PASSWORD,    /* wrong or missing */
	PKI_E_SIGNATURE,   /* a signature or MAC does not verify */
	PKI_E_UNTRUSTED,   /* no valid certification path */
	PKI_E_POLICY,      /* understood and refused: weak, inconsistent, not allowed */
	PKI_E_CANCELLED,   /* the context's cancel callback said so */
	PKI_E_BACKEND,     /* the crypto backend failed */
	PKI_E_INTERNAL     /* a mistake in libpki, or in a parser made with <pki/der.h> */
};

typedef struct pki_error pki_error;     /* <pki/error.h>; NULL is allowed everywhere */
typedef struct pki_ctx pki_ctx;         /* <pki/ctx.h>; NULL is the default one */
typedef struct pki_backend pki_backend; /* <pki/backend.h>: an opened instance */
typedef int64_t pki_time;               /* seconds since 1970-01-01T00:00:00Z, no leap seconds */

/* Bytes that somebody else owns; passed by value, valid as long as their owner. data may be NULL
 * where len is 0. */
typedef struct pki_bytes {
	const uint8_t *data;
	size_t len;
} pki_bytes;

/* Room to write to, which somebody else owns. */
typedef struct pki_span {
	uint8_t *data;
	size_t len;
} pki_span;

/*
 * Bytes that the buffer owns, and that grow. Functions that produce text or bytes append to one.
 * Start with PKI_BUF_INIT (all zeros will do), end with pki_buf_free, which is always safe. With
 * PKI_BUF_SECRET in flags the memory is wiped when it is grown or freed.
 */
typedef struct pki_buf {
	uint8_t *data;
	size_t len, cap;
	uint32_t flags, reserved;
} pki_buf;
/* clang-format off */
#define PKI_BUF_INIT { 0, 0, 0, 0, 0 }
/* clang-format on */
#define PKI_BUF_SECRET 1u

/* A view of len bytes at data; len 0 allows NULL. */
PKI_API pki_bytes pki_bytes_of(const void *data, size_t len);
/* A view of a C string without its NUL; NULL is the empty view. */
PKI_API pki_bytes pki_bytes_str(const char *s);
/* Equal? The time taken depends on the bytes: not for secrets. */
PKI_API bool pki_bytes_equal(pki_bytes a, pki_bytes b);
/* Equal? The time taken depends on the lengths only. */
PKI_API bool pki_bytes_equal_secret(pki_bytes a, pki_bytes b);
/* Like memcmp; of two where one begins the other, the shorter is less. */
PKI_API int pki_bytes_compare(pki_bytes a, pki_bytes b);

/* Appends a copy of src, which may be a view of *b itself. */
PKI_FALLIBLE pki_buf_append(pki_buf *b, pki_bytes src, pki_error *err);
/* A view of the contents, valid until the buffer changes. */
PKI_API pki_bytes pki_buf_bytes(const pki_buf *b);
/* The contents followed by a NUL, valid until the buffer changes; "" if there are none. */
PKI_API const char *pki_buf_str(const pki_buf *b);
/* Hands over the memory, without a NUL at its end: pki_free() it, and pki_wipe() it before if it is
 * secret. The buffer is empty afterwards. NULL if it was empty; len may be NULL. */
PKI_API uint8_t *pki_buf_steal(pki_buf *b, size_t *len);
/* Empties the buffer and frees its memory; it can be used again, its flags stay. NULL is fine. */
PKI_API void pki_buf_free(pki_buf *b);

/* Overwrites n bytes with zeros, in a way the compiler keeps. */
PKI_API void pki_wipe(void *p, size_t n);
/* Frees memory that libpki handed out. NULL is fine. */
PKI_API void pki_free(void *p);

/*
 * Options. Each options struct begins with `size`, its sizeof where the caller was compiled. 0, or
 * less than the first release had, is PKI_E_ARG; bytes beyond what this library knows that are not
 * zero are PKI_E_UNSUPPORTED, so that no option is silently ignored. Zero is every member's
 * default, and NULL for the whole struct is all zeros. There is no implicit padding.
 *
 *   any language:  pki_csr_opts o; pki_csr_opts_init(&o, sizeof o); o.subject = "CN=example";
 *   C:             PKI_OPTS(pki_csr_opts, .subject = "CN=example")
 *
 * An _init function zeroes size bytes and stores the size.
 */
#ifndef __cplusplus
# define PKI_OPTS(type, ...) (&(const type){ .size = sizeof(type), __VA_ARGS__ })
# define PKI_LIST(...)       ((const char *const[]){ __VA_ARGS__, NULL })
#endif

/* "0.1.0": the version of the library that is running. */
PKI_API const char *pki_version(void);
/* Is the running library at least this version? */
PKI_API bool pki_version_at_least(unsigned major, unsigned minor, unsigned patch);

PKI_END
#endif
