/* SPDX-License-Identifier: BSD-3-Clause */
/* Digests: their names, their lengths, and the identifiers that mean them. */
#include "libpki/der/short_oid.h"
#include "libpki/types/hash.h"

/*
 * A DigestInfo up to its digest, with parameters NULL, holds the digest's OID as well:
 *
 *   30 len 30 len 06 len oid... 05 00 04 len
 */
#define PREFIX_OID_LEN 5
#define PREFIX_OID     6

struct hash {
	const char *name;
	uint8_t size;
	uint8_t prefix_len;
	uint8_t prefix[19];
	pki_short_oid hmac;
};

#define NIST_HASH(arc)          PKI_ARC_NIST, 0x02, (arc)
#define RSADSI_DIGEST(arc)      PKI_ARC_DIGEST, (arc)
#define DIGEST_INFO(oid_len, n) 0x30, (oid_len) + 8 + (n), 0x30, (oid_len) + 4, 0x06, (oid_len)
#define NULL_AND_DIGEST(n)      0x05, 0x00, 0x04, (n)
#define NIST_PREFIX(arc, n)                             \
 19,                                                    \
 {                                                      \
  DIGEST_INFO(9, n), NIST_HASH(arc), NULL_AND_DIGEST(n) \
 }
#define HMAC_RSADSI(arc) PKI_SHORT_OID(RSADSI_DIGEST(arc))
#define HMAC_NIST(arc)   PKI_SHORT_OID(NIST_HASH(arc))

/* clang-format off */
static const struct hash hashes[] = {
	[PKI_HASH_NONE] = { NULL, 0, 0, { 0 }, PKI_NO_OID },
	[PKI_HASH_MD5] = { "MD5", 16,
	    18, { DIGEST_INFO(8, 16), RSADSI_DIGEST(5), NULL_AND_DIGEST(16) }, PKI_NO_OID },
	[PKI_HASH_SHA1] = { "SHA-1", 20,
	    15, { DIGEST_INFO(5, 20), 0x2b, 0x0e, 0x03, 0x02, 0x1a, NULL_AND_DIGEST(20) },
	    HMAC_RSADSI(7) },
	[PKI_HASH_SHA224] = { "SHA-224", 28, NIST_PREFIX(4, 28), HMAC_RSADSI(8) },
	[PKI_HASH_SHA256] = { "SHA-256", 32, NIST_PREFIX(1, 32), HMAC_RSADSI(9) },
	[PKI_HASH_SHA384] = { "SHA-384", 48, NIST_PREFIX(2, 48), HMAC_RSADSI(10) },
	[PKI_HASH_SHA512] = { "SHA-512", 64, NIST_PREFIX(3, 64), HMAC_RSADSI(11) },
	[PKI_HASH_SHA3_224] = { "SHA3-224", 28, NIST_PREFIX(7, 28), HMAC_NIST(13) },
	[PKI_HASH_SHA3_256] = { "SHA3-256", 32, NIST_PREFIX(8, 32), HMAC_NIST(14) },
	[PKI_HASH_SHA3_384] = { "SHA3-384", 48, NIST_PREFIX(9, 48), HMAC_NIST(15) },
	[PKI_HASH_SHA3_512] = { "SHA3-512", 64, NIST_PREFIX(10, 64), HMAC_NIST(16) },
	[PKI_HASH_SHA512_224] = { "SHA-512/224", 28, NIST_PREFIX(5, 28), HMAC_RSADSI(12) },
	[PKI_HASH_SHA512_256] = { "SHA-512/256", 32, NIST_PREFIX(6, 32), HMAC_RSADSI(13) },
};
/* clang-format on */
#define HASHES ((pki_hash)(sizeof hashes / sizeof *hashes))

static const struct hash *of(pki_hash h)
{
	return &hashes[h > PKI_HASH_NONE && h < HASHES ? h : PKI_HASH_NONE];
}

size_t pki_hash_size(pki_hash h)
{
	return of(h)->size;
}

const char *pki_hash_name(pki_hash h)
{
	return of(h)->name;
}

pki_bytes pki_hash_digest_info_prefix(pki_hash h)
{
	return pki_bytes_of(of(h)->prefix, of(h)->prefix_len);
}

pki_bytes pki_hash_oid(pki_hash h)
{
	const struct hash *i = of(h);

	return pki_bytes_of(i->prefix + PREFIX_OID, i->prefix[PREFIX_OID_LEN]);
}

pki_bytes pki_hash_hmac_oid(pki_hash h)
{
	return pki_short_oid_view(&of(h)->hmac);
}

static pki_hash find(pki_bytes oid, pki_bytes (*oid_of)(pki_hash))
{
	for (pki_hash h = PKI_HASH_NONE + 1; h < HASHES; h++)
		if (oid.len != 0 && pki_oid_equal(oid, oid_of(h)))
			return h;
	return PKI_HASH_NONE;
}

pki_hash pki_hash_from_oid(pki_bytes oid)
{
	return find(oid, pki_hash_oid);
}

pki_hash pki_hash_from_hmac_oid(pki_bytes oid)
{
	return find(oid, pki_hash_hmac_oid);
}
