/* SPDX-License-Identifier: BSD-3-Clause */
/* What libpki reads of a context, which may be NULL, and the accounting of one call. */
#ifndef LIBPKI_CORE_CTX_H
#define LIBPKI_CORE_CTX_H

#include <pki/backend.h>
#include <pki/ctx.h>

/* The limits in force, every member set. Never NULL. */
const pki_limits *pki_ctx_limits(const pki_ctx *ctx);
/* Are all of these PKI_ALLOW_ bits set? */
bool pki_ctx_allows(const pki_ctx *ctx, uint32_t bits);
/* PKI_LENIENT_ bits of what every call forgives. */
uint32_t pki_ctx_lenient(const pki_ctx *ctx);
/* NULL-terminated; NULL: the built-in backend alone. */
pki_backend *const *pki_ctx_backends(const pki_ctx *ctx);
/* The same context with these PKI_ALLOW_ bits, too, which counts its work where the other one does:
 * a reference, and NULL for a default that allows enough. To be freed with pki_ctx_free. */
pki_status pki_ctx_allowing(
    const pki_ctx *ctx, uint32_t allow, pki_ctx **out, pki_error *err) PKI_MUST_USE;
/* The one of this OID, of those the program has added; NULL: none. */
const pki_ext_type *pki_ctx_ext_type(const pki_ctx *ctx, pki_bytes oid);

/* One call of the application: what it may still spend. On the stack of the public function. */
struct pki_call {
	const pki_ctx *ctx;
	uint64_t left;
	uint64_t unasked; /* units until the cancel callback is asked again */
};
void pki_call_begin(pki_call *call, const pki_ctx *ctx);

#endif
