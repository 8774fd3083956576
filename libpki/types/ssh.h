/* SPDX-License-Identifier: BSD-3-Clause */
/* OpenSSH's keys: openssh-key-v1 (PROTOCOL.key) and public keys (RFC 4253 6.6, 5656 3.1, 8709 4).
 */
#ifndef LIBPKI_TYPES_SSH_H
#define LIBPKI_TYPES_SSH_H

#include <pki/key.h>

/* Does it begin as openssh-key-v1 does, after PEM is taken off? As a line with a public key does?
 */
bool pki_ssh_is_private(pki_bytes in);
bool pki_ssh_is_public(pki_bytes in);
/*
 * An openssh-key-v1 that is not encrypted, as PrivateKeyInfo; its comment is dropped. Appends.
 * PKI_E_STRUCTURE; PKI_E_UNSUPPORTED: encrypted, or of another type.
 */
pki_status pki_ssh_private_to_pkcs8(
    const pki_ctx *ctx, pki_bytes in, pki_buf *pkcs8, pki_error *err) PKI_MUST_USE;
/* The reverse, of a PrivateKeyInfo that a backend exported, with its SubjectPublicKeyInfo's key.
 * check: any number. PKI_E_ARG: OpenSSH has no keys of this type. */
pki_status pki_ssh_private_write(const pki_ctx *ctx, pki_bytes pkcs8, pki_bytes public_key,
    uint32_t check, pki_buf *out, pki_error *err) PKI_MUST_USE;
/* One line: a type, base64, perhaps a comment. Appends a SubjectPublicKeyInfo. PKI_E_STRUCTURE,
 * PKI_E_ENCODING, PKI_E_UNSUPPORTED. */
pki_status pki_ssh_public_to_spki(
    const pki_ctx *ctx, pki_bytes line, pki_buf *spki, pki_error *err) PKI_MUST_USE;
/* Appends such a line, without a comment. key: contents of the BIT STRING. PKI_E_ARG. */
pki_status pki_ssh_public_write(
    const pki_ctx *ctx, pki_key_type t, pki_bytes key, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
