/* SPDX-License-Identifier: BSD-3-Clause */
/* The entries of a CRL: RFC 5280 5.1.2.6 and 5.3. */
#ifndef LIBPKI_X509_CRL_ENTRY_H
#define LIBPKI_X509_CRL_ENTRY_H

#include <pki/crl.h>

#define PKI_CRL_SERIAL_OCTETS 20 /* RFC 5280 4.1.2.2 */
#define PKI_CRL_SERIAL_MAX    64 /* with PKI_LENIENT_SERIAL */
#define PKI_CRL_ENTRY_EXTS    32 /* extensions of one entry */

/* Octets of entries between two looks at the budget, and what they cost: a unit for an ordinary
 * entry. */
#define PKI_CRL_SLICE         ((size_t)1 << 19)
#define PKI_CRL_UNITS(octets) ((octets) / 32 + 1)

/* What a CRL lets its entries be. */
typedef struct pki_crl_rules {
	const pki_ctx *ctx;
	uint32_t allow; /* PKI_LENIENT_ bits */
	bool exts;      /* of v2, or let pass */
	bool delta, indirect;
	bool checked; /* every entry was read before: no memory is needed to read one again */
} pki_crl_rules;

/* Views. */
typedef struct pki_crl_entry {
	pki_bytes serial;  /* no more octets than its value needs */
	pki_bytes issuer;  /* certificateIssuer: GeneralNames, as pki_ext_list_in takes them */
	pki_bytes exts;    /* Extensions, side by side */
	pki_bytes unknown; /* OID of a critical extension that libpki lacks; empty: none */
	pki_time when, invalid_since;
	pki_crl_reason reason;
	uint32_t leniencies; /* that it needed */
} pki_crl_entry;

/* An INTEGER without the octets that its value does not need: X.690 8.3.2. */
static inline pki_bytes pki_crl_minimal(pki_bytes i)
{
	while (i.len > 1 && ((i.data[0] << 1 | i.data[1] >> 7) + 1) % 0x200 <= 1) {
		i.data++;
		i.len--;
	}
	return i;
}

/* What all entries are together. */
typedef struct pki_crl_census {
	size_t count;
	pki_bytes unknown; /* of the first entry that has one */
	uint32_t leniencies;
	uint32_t reserved;
} pki_crl_census;

/* Checks every entry of `list`, the TLV of revokedCertificates. */
pki_status pki_crl_entries_check(
    const pki_crl_rules *rules, pki_bytes list, pki_crl_census *out, pki_error *err) PKI_MUST_USE;
/*
 * Reads the entry at the front of `in`, and returns its length, 0 if there is none. Neither what
 * was checked before can fail, nor what is ordinary: no memory is needed.
 */
size_t pki_crl_entry_read(const pki_crl_rules *rules, pki_bytes in, pki_crl_entry *out);
/* The same by the reader alone, for whatever is not ordinary, with the reason of a failure. */
pki_status pki_crl_entry_read_any(const pki_crl_rules *rules, pki_bytes in, pki_crl_entry *out,
    size_t *length, pki_error *err) PKI_MUST_USE;

/* The next Name of GeneralNames that were checked, which needs no memory. false: there is none. */
bool pki_crl_name_next(pki_der *names, pki_bytes *name);

/* ---- the ordinary entry ---- */

/*
 * Nearly all entries of nearly all CRLs are one of
 *
 *   30 len  02 n serial  17 0d YYMMDDHHMMSSZ
 *   30 len  02 n serial  17 0d YYMMDDHHMMSSZ  30 0c 30 0a 06 03 55 1d 15 04 03 0a 01 reason
 *
 * and are read here, where the reader would be ten times slower. What is not accepted here is for
 * the reader to judge; what is, it accepts too: see tests/test_crl_entry.c.
 */

#define PKI_CRL_TIME_OCTETS   15
#define PKI_CRL_REASON_OCTETS 14
#define PKI_CRL_REASON_LEVELS 4 /* the entry, Extensions, Extension, extnValue */
#define PKI_CRL_REASON_OID    3

/* Eight octets, the first the lowest; compilers make one load of it. */
static inline uint64_t pki_crl_octets8(const uint8_t *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
	    (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	    (uint64_t)p[7] << 56;
}

/* Four numbers of two digits each, the first the lowest, 16 bits apart; false: other characters. */
static inline bool pki_crl_digits(const uint8_t *p, uint64_t *pairs)
{
	uint64_t v = pki_crl_octets8(p) ^ UINT64_C(0x3030303030303030);

	*pairs = (v * 10 + (v >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	return ((v | (v + UINT64_C(0x7676767676767676))) & UINT64_C(0x8080808080808080)) == 0;
}

static inline bool pki_crl_has_day(unsigned year, unsigned month, unsigned day)
{
	static const uint8_t days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	/* of 1950..2049 every fourth year is a leap year */
	return day <= days[month] && (month != 2 || day <= 28 || year % 4 == 0);
}

/* UTCTime ::= 17 0d YYMMDDHHMMSSZ */
static inline bool pki_crl_is_utc_time(const uint8_t *p)
{
	uint64_t date, time;
	unsigned month, day;

	if (p[0] != 0x17 || p[1] != 0x0d || p[14] != 'Z' || !pki_crl_digits(p + 2, &date) ||
	    !pki_crl_digits(p + 6, &time))
		return false;
	month = (unsigned)(date >> 16) & 0xff;
	day = (unsigned)(date >> 32) & 0xff;
	return month - 1 < 12 && day - 1 < 31 && date >> 48 < 24 && (time >> 32 & 0xff) < 60 &&
	    time >> 48 < 60 && (day <= 28 || pki_crl_has_day((unsigned)date & 0xff, month, day));
}

/* crlEntryExtensions with a reasonCode that any CRL may have, and nothing else. */
static inline bool pki_crl_is_reason(const uint8_t *p)
{
	static const uint8_t front[] = { 0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04,
		0x03, 0x0a, 0x01 };
	uint64_t x = pki_crl_octets8(p) ^ pki_crl_octets8(front);
	uint64_t y = pki_crl_octets8(p + 5) ^ pki_crl_octets8(front + 5);

	/* 0 to 6, 9 and 10 */
	return (x | y) == 0 && p[13] <= 10 && (UINT32_C(0x67f) >> p[13] & 1) != 0;
}

/* Its length, if the entry at p is an ordinary one; else 0. exts: it may have a reason. */
static inline size_t pki_crl_ordinary(const uint8_t *p, size_t left, bool exts)
{
	size_t length, serial;

	if (left < 2 + 3 + PKI_CRL_TIME_OCTETS)
		return 0;
	length = p[1];
	serial = p[3];
	if (p[0] != 0x30 || p[2] != 0x02 || serial - 1 >= PKI_CRL_SERIAL_OCTETS ||
	    length > left - 2 || length < 2 + serial + PKI_CRL_TIME_OCTETS)
		return 0;
	if (serial > 1 && ((p[4] << 1 | p[5] >> 7) + 1) % 0x200 <= 1) /* X.690 8.3.2 */
		return 0;
	if (!pki_crl_is_utc_time(p + 4 + serial))
		return 0;
	if (length == 2 + serial + PKI_CRL_TIME_OCTETS)
		return 2 + length;
	if (!exts || length != 2 + serial + PKI_CRL_TIME_OCTETS + PKI_CRL_REASON_OCTETS ||
	    !pki_crl_is_reason(p + 4 + serial + PKI_CRL_TIME_OCTETS))
		return 0;
	return 2 + length;
}

#endif
