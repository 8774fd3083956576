/* SPDX-License-Identifier: BSD-3-Clause */
/* What there is to say of a CRL, and what is odd about it. */
#include "tools/facts.h"

pki_status facts_crl(struct facts *f, pki_error *err)
{
	const pki_crl *c = f->o->crl;
	pki_status st = pki_name_format(pki_crl_issuer(c), &f->issuer.buf, err);

	return st ? st : facts_algorithm(f, pki_crl_signature_algorithm(c), err);
}

static bool is_endless(const struct facts *f)
{
	return pki_crl_next_update(f->o->crl) == PKI_TIME_NONE;
}

static bool is_overdue(const struct facts *f)
{
	return !is_endless(f) && pki_crl_next_update(f->o->crl) < f->now;
}

static bool is_early(const struct facts *f)
{
	return pki_crl_this_update(f->o->crl) > f->now;
}

static bool is_reversed(const struct facts *f)
{
	return !is_endless(f) && pki_crl_next_update(f->o->crl) < pki_crl_this_update(f->o->crl);
}

static bool is_old(const struct facts *f)
{
	return pki_crl_version(f->o->crl) < 2;
}

static bool has_no_number(const struct facts *f)
{
	return !is_old(f) && !pki_crl_number(f->o->crl).len;
}

static bool has_unsafe_name(const struct facts *f)
{
	return facts_is_unsafe_name(pki_crl_issuer(f->o->crl));
}

static bool has_long_serial(const struct facts *f)
{
	return pki_crl_leniencies(f->o->crl) & PKI_LENIENT_SERIAL;
}

static bool has_padded_serial(const struct facts *f)
{
	return pki_crl_leniencies(f->o->crl) & PKI_LENIENT_INTEGER;
}

static bool has_early_exts(const struct facts *f)
{
	return pki_crl_leniencies(f->o->crl) & PKI_LENIENT_V1_EXTS;
}

static bool has_defaults(const struct facts *f)
{
	return pki_crl_leniencies(f->o->crl) & PKI_LENIENT_DEFAULTS;
}

const struct odd facts_crl_odds[] = {
	{ "overdue", "the next one is overdue: this one is out of date", is_overdue },
	{ "not-yet-valid", "it is of a time to come", is_early },
	{ "validity-reversed", "the next one comes before it", is_reversed },
	{ "no-next-update", "it does not say when the next one comes", is_endless },
	{ "sha1", "signed with SHA-1, which is broken", facts_is_sha1 },
	{ "md5", "signed with MD5, which is broken", facts_is_md5 },
	{ "unknown-critical", "a critical extension that libpki does not know",
	    facts_has_unknown_critical },
	{ "unsafe-name", "control or invisible characters in a name", has_unsafe_name },
	{ "old-version", "not a v2 CRL", is_old },
	{ "no-number", "it has no number", has_no_number },
	{ "long-serial", "a serial number has more than 20 octets", has_long_serial },
	{ "padded-serial", "a serial number has octets that it does not need", has_padded_serial },
	{ "early-extensions", "extensions in a CRL that is not v2", has_early_exts },
	{ "encoded-default", "a default value is encoded, which is not DER", has_defaults },
	{ NULL, NULL, NULL },
};
