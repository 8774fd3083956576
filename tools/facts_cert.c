/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say of a certificate, and what is odd about it. */
#include <inttypes.h>
#include <string.h>

#include <pki/time.h>

#include "tools/facts.h"

#define NEVER PKI_TIME_MAX /* 99991231235959Z, RFC 5280 4.1.2.5: no date of expiry */

enum { NUMBER_MOST = 20 }; /* octets: RFC 5280 5.2.3 */
enum { HOUR = 3600, DAY = 86400, SERVER_DAYS = 398, RSA_LEAST = 2048 };

/* Is the certificate signed by its own key? PKI_SUCCESS where that is known, or known not to be. */
static pki_status gather_self(struct facts *f, pki_error *err)
{
	const pki_cert *c = f->o->cert;
	pki_pubkey *k;
	pki_status st = pki_cert_pubkey(c, &k, &f->signature_error);

	f->bad_key = st == PKI_E_POLICY || st == PKI_E_ENCODING || st == PKI_E_STRUCTURE;
	if (!st)
		st = pki_cert_check_signature(c, k, &f->signature_error);
	pki_pubkey_free(k);
	return facts_judge(
	    f, st, pki_cert_is_self_issued(c) ? SIGNATURE_UNKNOWN : SIGNATURE_BAD, err);
}

pki_status facts_cert(struct facts *f, pki_error *err)
{
	const pki_cert *c = f->o->cert;
	pki_status st = pki_name_format(pki_cert_subject(c), &f->subject.buf, err);

	if (!st)
		st = pki_name_format(pki_cert_issuer(c), &f->issuer.buf, err);
	if (!st)
		st = facts_key(f, pki_cert_spki(c), err);
	if (!st)
		st = facts_algorithm(f, pki_cert_signature_algorithm(c), err);
	return st ? st : gather_self(f, err);
}

/* Two's complement, in place of which people write a sign. */
static void negative(struct text *t, pki_bytes b)
{
	uint8_t octets[256];
	bool carry = true;

	if (b.len > sizeof octets)
		b = pki_bytes_of(b.data + b.len - sizeof octets, sizeof octets);
	for (size_t i = b.len; i-- > 0;) {
		octets[i] = (uint8_t)(~b.data[i] + carry);
		carry = carry && octets[i] == 0;
	}
	text_add(t, "-");
	text_hex(t, pki_bytes_of(octets, b.len));
}

void facts_serial(struct text *t, pki_bytes serial)
{
	if (serial.len && serial.data[0] & 0x80) {
		negative(t, serial);
		return;
	}
	while (serial.len > 1 && serial.data[0] == 0)
		serial = pki_bytes_of(serial.data + 1, serial.len - 1);
	text_hex(t, serial);
}

/* Divides by ten in place; the remainder. */
static unsigned divide(uint8_t *octets, size_t len)
{
	unsigned left = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned value = left << 8 | octets[i];
		octets[i] = (uint8_t)(value / 10);
		left = value % 10;
	}
	return left;
}

static bool is_nothing(const uint8_t *octets, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (octets[i])
			return false;
	return true;
}

void facts_decimal(struct text *t, pki_bytes magnitude)
{
	uint8_t octets[NUMBER_MOST];
	char digits[3 * NUMBER_MOST + 1];
	size_t at = sizeof digits;

	if (magnitude.len > sizeof octets) {
		t->failed = true;
		return;
	}
	if (magnitude.len)
		memcpy(octets, magnitude.data, magnitude.len);
	do
		digits[--at] = (char)('0' + divide(octets, magnitude.len));
	while (!is_nothing(octets, magnitude.len));
	text_bytes(t, pki_bytes_of(digits + at, sizeof digits - at));
}

static void amount(struct text *t, int64_t seconds)
{
	int64_t n = seconds >= 2 * (int64_t)DAY ? seconds / DAY : seconds / HOUR;
	const char *unit = seconds >= 2 * (int64_t)DAY ? "day" : "hour";

	if (seconds < HOUR)
		text_add(t, "less than an hour");
	else
		text_fmt(t, "%" PRId64 " %s%s", n, unit, n == 1 ? "" : "s");
}

void facts_when(struct text *t, pki_time now, pki_time then)
{
	if (then == now) {
		text_add(t, "now");
		return;
	}
	if (then > now)
		text_add(t, "in ");
	amount(t, then >= now ? then - now : now - then);
	if (then < now)
		text_add(t, " ago");
}

/* ---- oddities ---- */

static bool forgiven(const struct facts *f, uint32_t bit)
{
	return pki_cert_leniencies(f->o->cert) & bit;
}

static bool is_expired(const struct facts *f)
{
	return pki_cert_not_after(f->o->cert) < f->now;
}

static bool is_early(const struct facts *f)
{
	return pki_cert_not_before(f->o->cert) > f->now;
}

static bool is_reversed(const struct facts *f)
{
	return pki_cert_not_before(f->o->cert) > pki_cert_not_after(f->o->cert);
}

static bool is_server(const struct facts *f)
{
	return !pki_cert_is_ca(f->o->cert) && facts_has_purpose(f, PKI_OID(server_auth));
}

static bool is_long_lived(const struct facts *f)
{
	const pki_cert *c = f->o->cert;

	return is_server(f) &&
	    pki_cert_not_after(c) - pki_cert_not_before(c) > PKI_DAYS(SERVER_DAYS);
}

static bool is_endless(const struct facts *f)
{
	return pki_cert_not_after(f->o->cert) == NEVER;
}

static bool is_negative(const struct facts *f)
{
	pki_bytes serial = pki_cert_serial(f->o->cert);

	return serial.len && serial.data[0] & 0x80;
}

static bool is_zero(const struct facts *f)
{
	return forgiven(f, PKI_ODD_SERIAL);
}

static bool is_long_serial(const struct facts *f)
{
	return forgiven(f, PKI_LENIENT_SERIAL) && !is_negative(f);
}

static bool is_padded(const struct facts *f)
{
	return forgiven(f, PKI_LENIENT_INTEGER);
}

static bool has_early_exts(const struct facts *f)
{
	return forgiven(f, PKI_LENIENT_V1_EXTS);
}

static bool has_defaults(const struct facts *f)
{
	return forgiven(f, PKI_LENIENT_DEFAULTS);
}

static bool has_stray_path_len(const struct facts *f)
{
	return forgiven(f, PKI_LENIENT_PATH_LEN);
}

static bool has_odd_time(const struct facts *f)
{
	return forgiven(f, PKI_ODD_TIME);
}

static bool has_odd_bits(const struct facts *f)
{
	return forgiven(f, PKI_ODD_BITS);
}

static bool is_old(const struct facts *f)
{
	return pki_cert_version(f->o->cert) < 3;
}

bool facts_is_md5(const struct facts *f)
{
	return f->hash == PKI_HASH_MD5;
}

bool facts_is_sha1(const struct facts *f)
{
	return f->hash == PKI_HASH_SHA1;
}

static bool is_weak(const struct facts *f)
{
	return pki_bytes_equal(pki_buf_bytes(&f->key.type.buf), pki_bytes_str("rsa")) &&
	    f->key.bits && f->key.bits < RSA_LEAST;
}

static bool is_bad_key(const struct facts *f)
{
	return f->bad_key;
}

static bool is_not_own(const struct facts *f)
{
	return f->signature == SIGNATURE_BAD && pki_cert_is_self_issued(f->o->cert);
}

static bool is_nameless_server(const struct facts *f)
{
	return is_server(f) && !facts_ext_find(f, PKI_OID(subject_alt_name), NULL);
}

static bool is_nobody(const struct facts *f)
{
	return pki_name_is_empty(pki_cert_subject(f->o->cert)) &&
	    !facts_ext_find(f, PKI_OID(subject_alt_name), NULL);
}

/* RFC 5280 4.1.2.4 */
static bool is_nobodys(const struct facts *f)
{
	return pki_name_is_empty(pki_cert_issuer(f->o->cert));
}

static bool is_mute_ca(const struct facts *f)
{
	uint32_t usage = pki_cert_key_usage(f->o->cert);

	return pki_cert_is_ca(f->o->cert) && usage && !(usage & PKI_KU_KEY_CERT_SIGN);
}

static bool is_usageless_ca(const struct facts *f)
{
	return pki_cert_is_ca(f->o->cert) && !pki_cert_key_usage(f->o->cert);
}

static bool is_false_ca(const struct facts *f)
{
	return !pki_cert_is_ca(f->o->cert) && pki_cert_key_usage(f->o->cert) & PKI_KU_KEY_CERT_SIGN;
}

static bool is_soft_ca(const struct facts *f)
{
	pki_ext e;

	return pki_cert_is_ca(f->o->cert) && facts_ext_find(f, PKI_OID(basic_constraints), &e) &&
	    !e.critical;
}

bool facts_has_unknown_critical(const struct facts *f)
{
	pki_ext e;

	for (size_t i = 0; facts_ext_at(f, i, &e); i++)
		if (e.critical && !pki_ext_name(f->ctx, e.oid))
			return true;
	return false;
}

static bool is_unsafe(pki_bytes s)
{
	uint32_t cp;

	while (s.len)
		if (!text_next(&s, &cp) || text_is_unsafe(cp))
			return true;
	return false;
}

bool facts_is_unsafe_name(const pki_name *n)
{
	pki_attr a;

	for (size_t i = 0; pki_name_at(n, i, &a); i++)
		if (a.utf8 && is_unsafe(pki_bytes_str(a.utf8)))
			return true;
	return false;
}

static bool is_text(pki_gn_type type)
{
	return type == PKI_GN_DNS || type == PKI_GN_EMAIL || type == PKI_GN_URI;
}

static bool has_unsafe_san(const struct facts *f)
{
	pki_ext_iter it;
	pki_ext e;
	pki_gn gn;

	if (!facts_ext_find(f, PKI_OID(subject_alt_name), &e))
		return false;
	pki_ext_list(&it, f->ctx, e.value);
	while (pki_ext_name_next(&it, &gn))
		if (is_text(gn.type) && is_unsafe(gn.value))
			return true;
	return false;
}

static bool has_unsafe_name(const struct facts *f)
{
	return facts_is_unsafe_name(pki_cert_subject(f->o->cert)) ||
	    facts_is_unsafe_name(pki_cert_issuer(f->o->cert)) || has_unsafe_san(f);
}

const struct odd facts_cert_odds[] = {
	{ "expired", "it has expired", is_expired },
	{ "not-yet-valid", "it is not valid yet", is_early },
	{ "validity-reversed", "it ends before it begins", is_reversed },
	{ "long-validity", "a server certificate for more than 398 days", is_long_lived },
	{ "no-expiry", "it never expires", is_endless },
	{ "sha1", "signed with SHA-1, which is broken", facts_is_sha1 },
	{ "md5", "signed with MD5, which is broken", facts_is_md5 },
	{ "weak-key", "an RSA key of less than 2048 bits", is_weak },
	{ "bad-key", "the public key is none", is_bad_key },
	{ "not-its-own", "it names itself as its issuer, but its key did not sign it", is_not_own },
	{ "server-without-san", "for servers, but without a subjectAltName: no name matches",
	    is_nameless_server },
	{ "no-name", "neither a subject nor a subjectAltName", is_nobody },
	{ "no-issuer", "the issuer has no name", is_nobodys },
	{ "ca-without-keycertsign", "a CA whose keyUsage lacks keyCertSign", is_mute_ca },
	{ "ca-without-keyusage", "a CA without keyUsage", is_usageless_ca },
	{ "keycertsign-without-ca", "keyCertSign, but not a CA", is_false_ca },
	{ "ca-not-critical", "a CA whose basicConstraints are not critical", is_soft_ca },
	{ "unknown-critical", "a critical extension that libpki does not know",
	    facts_has_unknown_critical },
	{ "unsafe-name", "control or invisible characters in a name", has_unsafe_name },
	{ "negative-serial", "the serial number is negative", is_negative },
	{ "zero-serial", "the serial number is zero", is_zero },
	{ "long-serial", "the serial number has more than 20 octets", is_long_serial },
	{ "padded-serial", "the serial number has octets that it does not need", is_padded },
	{ "old-version", "not an X.509 v3 certificate", is_old },
	{ "early-extensions", "extensions in a certificate that is not v3", has_early_exts },
	{ "encoded-default", "a default value is encoded, which is not DER", has_defaults },
	{ "path-length-without-ca", "it limits a path, and is no CA's", has_stray_path_len },
	{ "odd-time", "GeneralizedTime for a date before 2050", has_odd_time },
	{ "odd-keyusage", "keyUsage has zeros at its end, which is not DER", has_odd_bits },
	{ NULL, NULL, NULL },
};
