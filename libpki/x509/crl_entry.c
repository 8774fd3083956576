/* SPDX-License-Identifier: BSD-3-Clause */
/* The entries of a CRL: RFC 5280 5.1.2.6 and 5.3. */
#include <string.h>

#include "libpki/core/ctx.h"
#include "libpki/core/error.h"
#include "libpki/der/fast.h"
#include "libpki/der/time.h"
#include "libpki/types/ext.h"
#include "libpki/x509/crl_entry.h"
#include "libpki/x509/ext_type.h"

#define LIST_LEVEL 2 /* revokedCertificates lies in a TBSCertList in a CertificateList */

/* An entry while it is read. */
typedef struct reading {
	const pki_crl_rules *rules;
	pki_crl_entry *entry;
	bool encoded_default;
	uint8_t reserved[7];
	size_t ext_count;
	pki_bytes oids[PKI_CRL_ENTRY_EXTS];
} reading;

static void reading_start(reading *n, const pki_crl_rules *rules, pki_crl_entry *entry)
{
	n->rules = rules;
	n->entry = entry;
	n->encoded_default = false;
	n->ext_count = 0;
	memset(entry, 0, sizeof *entry);
	entry->invalid_since = PKI_TIME_NONE;
	entry->reason = PKI_REASON_NONE;
}

/* ---- extensions ---- */

/* CRLReason ::= ENUMERATED */
static void read_reason(pki_der *value, reading *n)
{
	int64_t reason;

	if (!pki_der_enum(value, NULL, &reason))
		return;
	if (reason < 0 || reason > PKI_REASON_AA_COMPROMISE || reason == 7)
		pki_der_fail(value, PKI_E_STRUCTURE, "no such CRLReason", "RFC 5280 5.3.1");
	else if (reason == PKI_REASON_REMOVE && !n->rules->delta)
		pki_der_fail(value, PKI_E_STRUCTURE, "removeFromCRL, and this is no delta CRL",
		    "RFC 5280 5.3.1");
	n->entry->reason = (pki_crl_reason)reason;
}

/* InvalidityDate ::= GeneralizedTime, of any year */
static void read_invalidity_date(pki_der *value, reading *n)
{
	pki_bytes text;

	if (pki_der_next(value, PKI_TAG_GENERALIZED, NULL, &text) &&
	    !pki_time_decode(PKI_TAG_GENERALIZED, text, &n->entry->invalid_since))
		pki_der_fail(
		    value, PKI_E_ENCODING, "time is not YYYYMMDDHHMMSSZ", "RFC 5280 4.1.2.5.2");
}

bool pki_crl_name_next(pki_der *names, pki_bytes *name)
{
	while (pki_der_more(names) && !pki_der_peek(names, PKI_TAG_EXPLICIT(PKI_GN_DIRNAME))) {
		pki_bytes other;
		pki_tag tag;

		pki_der_any(names, NULL, &tag, &other);
	}
	return pki_der_more(names) &&
	    pki_der_next(names, PKI_TAG_EXPLICIT(PKI_GN_DIRNAME), NULL, name);
}

/* One of these GeneralNames must be a Name. */
static void check_names(pki_der *value, const pki_ctx *ctx, pki_bytes names)
{
	pki_bytes name;
	pki_der r;

	pki_der_init(&r, ctx, names, NULL);
	if (!pki_crl_name_next(&r, &name))
		pki_der_fail(value, PKI_E_STRUCTURE, "certificateIssuer has no directoryName",
		    "RFC 5280 5.3.3");
}

/* CertificateIssuer ::= GeneralNames */
static void read_certificate_issuer(pki_der *value, reading *n)
{
	const pki_crl_rules *rules = n->rules;
	pki_bytes *issuer = &n->entry->issuer;

	if (rules->checked) {
		pki_der_next(value, PKI_TAG_SEQUENCE, NULL, issuer);
		return;
	}
	if (!rules->indirect)
		pki_der_fail(value, PKI_E_STRUCTURE,
		    "certificateIssuer, and this is no indirect CRL", "RFC 5280 5.3.3");
	if (pki_gns_read(value, rules->ctx, PKI_TAG_SEQUENCE, NULL, issuer))
		check_names(value, rules->ctx, *issuer);
}

/* The entry extensions of RFC 5280 5.3. */
static const struct known {
	const pki_oid *oid;
	void (*read)(pki_der *value, reading *n);
} known_exts[] = {
	{ &pki_id_crl_reasons, read_reason },
	{ &pki_id_invalidity_date, read_invalidity_date },
	{ &pki_id_certificate_issuer, read_certificate_issuer },
};

static const struct known *find_known(pki_bytes oid)
{
	for (size_t i = 0; i < sizeof known_exts / sizeof known_exts[0]; i++)
		if (pki_oid_equal(pki_oid_view(known_exts[i].oid), oid))
			return &known_exts[i];
	return NULL;
}

static bool note_oid(pki_der *list, reading *n, pki_bytes oid)
{
	for (size_t i = 0; i < n->ext_count; i++)
		if (pki_oid_equal(n->oids[i], oid))
			return pki_der_fail(
			    list, PKI_E_STRUCTURE, "extension twice", "RFC 5280 4.2");
	if (n->ext_count == PKI_CRL_ENTRY_EXTS)
		return pki_der_fail(list, PKI_E_LIMIT, "too many extensions of an entry", NULL);
	n->oids[n->ext_count++] = oid;
	return true;
}

static void read_value(pki_der *ext, reading *n, pki_bytes oid, bool critical)
{
	const struct known *k = find_known(oid);
	pki_der value;

	pki_der_enter(ext, PKI_TAG_OCTETS, "extnValue", &value);
	if (k != NULL)
		k->read(&value, n);
	else
		pki_der_skip_rest(&value);
	pki_der_leave(&value);
	if (k == NULL && critical && n->entry->unknown.len == 0 &&
	    !pki_ext_is_understood(n->rules->ctx, oid))
		n->entry->unknown = oid;
}

/* Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue } */
static void read_extension(pki_der *list, reading *n)
{
	bool lenient = (n->rules->allow & PKI_LENIENT_DEFAULTS) != 0;
	bool critical;
	pki_bytes oid;
	pki_der ext;

	pki_der_enter(list, PKI_TAG_SEQUENCE, NULL, &ext);
	pki_der_oid(&ext, "extnID", &oid);
	pki_ext_bool(&ext, "critical", lenient ? &n->encoded_default : NULL, &critical);
	read_value(&ext, n, oid, critical);
	if (pki_der_leave(&ext))
		note_oid(list, n, oid);
}

/* crlEntryExtensions Extensions OPTIONAL */
static void read_extensions(pki_der *entry, reading *n)
{
	const uint8_t *start;
	pki_der list;

	if (!pki_der_more(entry))
		return;
	pki_der_enter(entry, PKI_TAG_SEQUENCE, "crlEntryExtensions", &list);
	if (!n->rules->exts)
		pki_der_fail(entry, PKI_E_STRUCTURE, "extensions of an entry in a CRL that is v1",
		    "RFC 5280 5.1.2.1");
	if (!pki_der_more(&list))
		pki_der_fail(entry, PKI_E_STRUCTURE, "Extensions is empty", "RFC 5280 4.1");
	start = pki_der_at(&list);
	while (pki_der_more(&list))
		read_extension(&list, n);
	n->entry->exts = pki_bytes_of(start, (size_t)(pki_der_at(&list) - start));
	pki_der_leave(&list);
}

/* ---- any entry ---- */

static void read_integer(pki_der *entry, const reading *n, pki_bytes *out)
{
	if ((n->rules->allow & PKI_LENIENT_INTEGER) == 0) {
		pki_der_integer(entry, "userCertificate", out);
		return;
	}
	if (pki_der_next(entry, PKI_TAG_INTEGER, "userCertificate", out) && out->len == 0)
		pki_der_fail(entry, PKI_E_ENCODING, "INTEGER is empty", "X.690 8.3.1");
}

/* CertificateSerialNumber ::= INTEGER, by others, who may have been less careful: of any sign */
static void read_serial(pki_der *entry, reading *n)
{
	pki_bytes *serial = &n->entry->serial, whole;

	read_integer(entry, n, &whole);
	*serial = pki_crl_minimal(whole);
	if (serial->len < whole.len)
		n->entry->leniencies |= PKI_LENIENT_INTEGER;
	if (serial->len > PKI_CRL_SERIAL_OCTETS)
		n->entry->leniencies |= PKI_LENIENT_SERIAL;
	if ((n->entry->leniencies & ~n->rules->allow) != 0)
		pki_der_fail(entry, PKI_E_STRUCTURE, "userCertificate is longer than 20 octets",
		    "RFC 5280 4.1.2.2");
	if (whole.len > PKI_CRL_SERIAL_MAX)
		pki_der_fail(entry, PKI_E_LIMIT, "userCertificate is longer than 64 octets", NULL);
}

/* SEQUENCE { userCertificate, revocationDate, crlEntryExtensions OPTIONAL } */
static bool read_entry(pki_der *list, const pki_crl_rules *rules, pki_crl_entry *out)
{
	pki_der entry;
	reading n;

	reading_start(&n, rules, out);
	pki_der_enter(list, PKI_TAG_SEQUENCE, NULL, &entry);
	read_serial(&entry, &n);
	pki_der_time(&entry, "revocationDate", &out->when);
	read_extensions(&entry, &n);
	if (n.encoded_default)
		out->leniencies |= PKI_LENIENT_DEFAULTS;
	return pki_der_leave(&entry);
}

pki_status pki_crl_entry_read_any(
    const pki_crl_rules *rules, pki_bytes in, pki_crl_entry *out, size_t *length, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, rules->ctx, in, NULL);
	read_entry(&r, rules, out);
	*length = pki_der_offset(&r);
	pki_der_skip_rest(&r);
	return pki_der_finish(&r, err);
}

/* ---- the ordinary entry ---- */

static inline int32_t two_digits(const uint8_t *p)
{
	return (p[0] - '0') * 10 + p[1] - '0';
}

/* The contents of a UTCTime that is known to be one. */
static pki_time utc_time(const uint8_t *p)
{
	int32_t year = two_digits(p);
	pki_civil c = { year < 50 ? 2000 + year : 1900 + year, two_digits(p + 2), two_digits(p + 4),
		two_digits(p + 6), two_digits(p + 8), two_digits(p + 10) };
	pki_time t = PKI_TIME_NONE;

	return pki_time_from_civil(&c, &t, NULL) == PKI_SUCCESS ? t : PKI_TIME_NONE;
}

static void take_ordinary(const uint8_t *p, size_t length, pki_crl_entry *out)
{
	const uint8_t *time = p + 4 + p[3];
	const uint8_t *exts = time + PKI_CRL_TIME_OCTETS;

	memset(out, 0, sizeof *out);
	out->serial = pki_bytes_of(p + 4, p[3]);
	out->when = utc_time(time + 2);
	out->invalid_since = PKI_TIME_NONE;
	out->reason = PKI_REASON_NONE;
	if (exts == p + length)
		return;
	out->reason = exts[PKI_CRL_REASON_OCTETS - 1];
	out->exts = pki_bytes_of(exts + 2, PKI_CRL_REASON_OCTETS - 2);
}

size_t pki_crl_entry_read(const pki_crl_rules *rules, pki_bytes in, pki_crl_entry *out)
{
	size_t length = pki_crl_ordinary(in.data, in.len, rules->exts);

	if (length > 0) {
		take_ordinary(in.data, length, out);
		return length;
	}
	if (in.len > 0 && pki_crl_entry_read_any(rules, in, out, &length, NULL) == PKI_SUCCESS)
		return length;
	memset(out, 0, sizeof *out);
	return 0;
}

/* ---- all of them ---- */

/* May an ordinary entry have a reason here, by the limits on what is read? */
static bool allows_reason(const pki_der *list, const pki_crl_rules *rules)
{
	pki_ahead a = pki_der_ahead(list, PKI_CRL_REASON_LEVELS);

	return rules->exts && a.left > 0 && a.oid_limit >= PKI_CRL_REASON_OID;
}

/* Past the ordinary ones that come next, a slice of them at most. */
static void pass_ordinary(pki_der *list, const pki_crl_rules *rules, pki_crl_census *out)
{
	bool exts = allows_reason(list, rules);
	size_t left = pki_der_ahead(list, 1).left, passed = 0, count = 0, length;
	const uint8_t *p = pki_der_at(list);

	while (passed < PKI_CRL_SLICE &&
	    (length = pki_crl_ordinary(p + passed, left - passed, exts)) > 0) {
		passed += length;
		count++;
	}
	pki_der_pass_all(list, count, passed);
	out->count += count;
}

static void take_entry(pki_der *list, const pki_crl_rules *rules, pki_crl_census *out)
{
	pki_crl_entry e;

	if (!read_entry(list, rules, &e))
		return;
	out->count++;
	out->leniencies |= e.leniencies;
	if (out->unknown.len == 0)
		out->unknown = e.unknown;
}

static void spend(pki_der *list, pki_call *call, size_t octets)
{
	pki_status st = pki_call_spend(call, PKI_CRL_UNITS(octets), NULL);

	if (st != PKI_SUCCESS)
		pki_der_fail(list, st,
		    st == PKI_E_LIMIT ? "the work budget of the call is spent" : "cancelled", NULL);
}

static void check_entries(pki_der *list, const pki_crl_rules *rules, pki_crl_census *out)
{
	const uint8_t *paid = pki_der_at(list);
	pki_call call;

	pki_call_begin(&call, rules->ctx);
	while (pki_der_more(list)) {
		pass_ordinary(list, rules, out);
		if (pki_der_more(list))
			take_entry(list, rules, out);
		if ((size_t)(pki_der_at(list) - paid) < PKI_CRL_SLICE && pki_der_more(list))
			continue;
		spend(list, &call, (size_t)(pki_der_at(list) - paid));
		paid = pki_der_at(list);
	}
}

pki_status pki_crl_entries_check(
    const pki_crl_rules *rules, pki_bytes list, pki_crl_census *out, pki_error *err)
{
	pki_der outermost, r, entries;

	memset(out, 0, sizeof *out);
	pki_der_init(&outermost, rules->ctx, list, NULL);
	pki_der_init_below(&r, &outermost, list, LIST_LEVEL);
	pki_der_enter(&r, PKI_TAG_SEQUENCE, NULL, &entries);
	if (!pki_der_more(&entries) && (rules->allow & PKI_LENIENT_DEFAULTS) == 0)
		pki_der_fail(&r, PKI_E_STRUCTURE, "is empty, and not absent", "RFC 5280 5.1.2.6");
	check_entries(&entries, rules, out);
	if (out->count == 0)
		out->leniencies |= PKI_LENIENT_DEFAULTS;
	pki_der_leave(&entries);
	return pki_der_finish(&r, err);
}
