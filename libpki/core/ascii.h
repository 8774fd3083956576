/* SPDX-License-Identifier: BSD-3-Clause */
/* ASCII, whatever the locale says. */
#ifndef LIBPKI_CORE_ASCII_H
#define LIBPKI_CORE_ASCII_H

#include <pki/base.h>

static inline bool pki_is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static inline bool pki_is_alpha(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline uint8_t pki_to_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c + ('a' - 'A')) : c;
}

/* 0..15, or -1. */
int pki_hex_digit(uint8_t c);
/* Equal but for the case of ASCII letters. */
bool pki_equal_nocase(pki_bytes a, pki_bytes b);
/* Appends the octets of an even number of hex digits. PKI_E_ARG, PKI_E_NOMEM. */
pki_status pki_hex_decode(pki_bytes text, pki_buf *out, pki_error *err) PKI_MUST_USE;

#endif
