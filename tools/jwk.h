/* SPDX-License-Identifier: BSD-3-Clause */
/* JSON Web Keys, which the tool reads as what they hold. */
#ifndef TOOLS_JWK_H
#define TOOLS_JWK_H

#include <pki/key.h>

/* Is it JSON, which is a JWK or nothing? */
bool jwk_looks_like(pki_bytes in);
/* Appends the key in DER: PrivateKeyInfo of a private one, SubjectPublicKeyInfo of a public one. */
pki_status jwk_to_der(const pki_ctx *ctx, pki_bytes json, pki_buf *der, pki_error *err);

#endif
