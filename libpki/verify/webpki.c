/* SPDX-License-Identifier: BSD-3-Clause */
/* The webpki profile: what the CA/Browser Forum's requirements say of certificates for a purpose.
 * docs/profiles.md has every rule. */
#include <string.h>

#include <pki/sign.h>

#include "libpki/core/ascii.h"
#include "libpki/core/buf.h"
#include "libpki/core/error.h"
#include "libpki/types/gn.h"
#include "libpki/types/ip.h"
#include "libpki/types/punycode.h"
#include "libpki/types/sigalg.h"
#include "libpki/verify/profile.h"
#include "libpki/x509/identity.h"

/* 1.3.6.1.4.1.11129.2.4.4 */
static const pki_oid precertificate_signing = { 10, "\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x04" };

#define FORBIDDEN 6

/* The Baseline Requirements of TLS, S/MIME and code signing. */
typedef struct requirements {
	uint32_t rsa_bits;
	bool eddsa;
	bool eku;          /* extKeyUsage is to be there: else the purpose asks for it anyway */
	bool eku_critical; /* it may be critical */
	uint8_t reserved;
	const pki_oid *forbidden[FORBIDDEN]; /* KeyPurposeIds, of leaves */
	const char *on_keys, *on_signatures, *on_eku;
} requirements;

static const requirements tls = { 2048, false, true, false, 0,
	{ &pki_id_any_extended_key_usage, &pki_id_code_signing, &pki_id_email_protection,
	    &pki_id_time_stamping, &pki_id_ocsp_signing, &precertificate_signing },
	"CABF BR 7.1.3.1", "CABF BR 7.1.3.2", "CABF BR 7.1.2.7.10" };

static const requirements smime = { 2048, true, true, true, 0,
	{ &pki_id_any_extended_key_usage, &pki_id_server_auth, &pki_id_code_signing,
	    &pki_id_time_stamping },
	"CABF SMBR 7.1.3.1", "CABF SMBR 7.1.3.2", "CABF SMBR 7.1.2.3" };

static const requirements code_signing = { 3072, false, false, true, 0,
	{ &pki_id_any_extended_key_usage, &pki_id_server_auth }, "CABF CSBR 6.1.5",
	"CABF CSBR 7.1.3.2", "CABF CSBR 7.1.2.3" };

/* Where there are none for the purpose those of TLS hold for keys, signatures and CAs. */
static const requirements *requirements_of(pki_purpose purpose)
{
	switch (purpose) {
	case PKI_PURPOSE_EMAIL:
		return &smime;
	case PKI_PURPOSE_CODE:
		return &code_signing;
	default:
		return &tls;
	}
}

static bool is_root(const pki_profile_case *p)
{
	return p->role == PKI_ROLE_ANCHOR && pki_cert_is_self_issued(p->cert);
}

/* ---- keys and signatures ---- */

static bool is_ec(pki_key_type t)
{
	return t == PKI_KEY_P256 || t == PKI_KEY_P384 || t == PKI_KEY_P521;
}

static bool is_eddsa(pki_key_type t)
{
	return t == PKI_KEY_ED25519 || t == PKI_KEY_ED448;
}

static void subject_key(const pki_profile_case *p, const requirements *r, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_spki spki;
	pki_status st = pki_spki_parse(p->ctx, pki_cert_spki(p->cert), &spki, &why);

	pki_find_failed(f, st, &why);
	if (st != PKI_SUCCESS || is_ec(spki.type) || (r->eddsa && is_eddsa(spki.type)))
		return;
	if (spki.type != PKI_KEY_RSA)
		pki_find_rule(f, r->on_keys, "a key of a kind that is not allowed");
	else if (spki.bits < r->rsa_bits)
		pki_find_rule(f, r->on_keys,
		    r->rsa_bits == 2048 ? "RSA modulus is shorter than 2048 bits"
					: "RSA modulus is shorter than 3072 bits");
	else if (spki.bits % 8 != 0)
		pki_find_rule(f, r->on_keys, "RSA modulus is not a whole number of octets");
}

/* Of a key whose curve is known there is one hash. */
static pki_hash hash_of_issuer(const pki_profile_case *p)
{
	pki_spki spki;

	if (p->issuer == NULL ||
	    pki_spki_parse(p->ctx, pki_cert_spki(p->issuer), &spki, NULL) != PKI_SUCCESS)
		return PKI_HASH_NONE;
	switch (spki.type) {
	case PKI_KEY_P256:
		return PKI_HASH_SHA256;
	case PKI_KEY_P384:
		return PKI_HASH_SHA384;
	case PKI_KEY_P521:
		return PKI_HASH_SHA512;
	default:
		return PKI_HASH_NONE;
	}
}

static bool is_sha2(pki_hash h)
{
	return h == PKI_HASH_SHA256 || h == PKI_HASH_SHA384 || h == PKI_HASH_SHA512;
}

static bool is_good_pss(const pki_alg *a)
{
	return pki_alg_mgf_hash(a) == a->hash && pki_alg_salt_len(a) == pki_hash_size(a->hash);
}

static const char *what_is_wrong(const pki_profile_case *p, const requirements *r, const pki_alg *a)
{
	pki_hash h = hash_of_issuer(p);

	if (a->scheme == PKI_ALG_EDDSA)
		return r->eddsa ? NULL : "signed with EdDSA";
	if (a->scheme == PKI_ALG_DSA)
		return "signed with DSA";
	if (!is_sha2(a->hash))
		return "signed with a hash that is not SHA-256, SHA-384 or SHA-512";
	if (a->scheme == PKI_ALG_RSA_PSS && !is_good_pss(a))
		return "signed with parameters of RSASSA-PSS that are not allowed";
	if (a->scheme == PKI_ALG_ECDSA && h != PKI_HASH_NONE && a->hash != h)
		return "signed with a hash that is not that of the curve";
	return NULL;
}

/* What libpki lacks is told where the signature is verified; an anchor's is nobody's business. */
static void signature(const pki_profile_case *p, const requirements *r, pki_findings *f)
{
	const char *reason;
	pki_alg a;

	if (p->issuer == NULL && pki_cert_is_self_issued(p->cert))
		return;
	if (p->role == PKI_ROLE_ANCHOR ||
	    pki_alg_parse(p->ctx, pki_cert_signature_algorithm(p->cert), &a, NULL) != PKI_SUCCESS)
		return;
	reason = what_is_wrong(p, r, &a);
	if (reason != NULL)
		pki_find_rule(f, r->on_signatures, reason);
}

/* ---- authorityKeyIdentifier; roots ---- */

static void authority_key_identifier(const pki_profile_case *p, pki_findings *f)
{
	const char *clause = is_root(p) ? "CABF BR 7.1.2.1.3" : "CABF BR 7.1.2.11.1";
	pki_error why = PKI_ERROR_INIT;
	pki_authority_key_id id;
	pki_status st;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(authority_key_identifier), &e))
		return;
	st = pki_ext_authority_key_id(p->ctx, e.value, &id, &why);
	pki_find_failed(f, st, &why);
	if (st != PKI_SUCCESS)
		return;
	if (id.issuer.len > 0 || id.serial.len > 0)
		pki_find_rule(f, clause, "authorityKeyIdentifier with authorityCertIssuer");
	if (is_root(p) && id.key_id.len > 0 &&
	    !pki_bytes_equal(id.key_id, pki_cert_key_id(p->cert)))
		pki_find_rule(
		    f, clause, "authorityKeyIdentifier of a root is not its subjectKeyIdentifier");
}

static void root(const pki_profile_case *p, pki_findings *f)
{
	if (is_root(p) && pki_cert_ext(p->cert, PKI_OID(ext_key_usage), NULL))
		pki_find_rule(f, "CABF BR 7.1.2.1.2", "extKeyUsage in a root");
}

/* ---- leaves ---- */

static void is_no_ca(const pki_profile_case *p, pki_findings *f)
{
	if (pki_cert_is_ca(p->cert))
		pki_find_rule(f, "CABF BR 7.1.2.7.8", "the certificate is that of a CA");
}

static void forbidden_usage(const requirements *r, pki_bytes usage, pki_findings *f)
{
	for (size_t i = 0; i < FORBIDDEN && r->forbidden[i] != NULL; i++)
		if (pki_oid_equal(usage, pki_oid_view(r->forbidden[i])))
			pki_find_about(f, PKI_CODE_PROFILE, r->on_eku,
			    "extKeyUsage has what must not be there",
			    pki_bytes_str(pki_oid_name(usage)));
}

static void ext_key_usage(const pki_profile_case *p, const requirements *r, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_ext_iter it;
	pki_bytes usage;
	pki_ext e;

	if (!pki_cert_ext(p->cert, PKI_OID(ext_key_usage), &e)) {
		if (r->eku)
			pki_find_rule(f, r->on_eku, "extKeyUsage is absent");
		return;
	}
	if (e.critical && !r->eku_critical)
		pki_find_rule(f, r->on_eku, "extKeyUsage is critical");
	pki_ext_list(&it, p->ctx, e.value);
	while (pki_ext_oid_next(&it, &usage))
		forbidden_usage(r, usage, f);
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

/* ---- names of a server ---- */

#define SAN_CLAUSE "CABF BR 7.1.2.7.12"
#define CN_CLAUSE  "CABF BR 7.1.4.3"

static size_t label_length(pki_bytes host)
{
	const uint8_t *dot = host.len > 0 ? memchr(host.data, '.', host.len) : NULL;

	return dot == NULL ? host.len : (size_t)(dot - host.data);
}

static pki_bytes without_label(pki_bytes host)
{
	size_t n = label_length(host);

	n += n < host.len;
	return pki_bytes_of(host.data + n, host.len - n);
}

/* RFC 5890 2.3.1: "--" in its third and fourth place, and no A-label. */
static bool is_reserved(pki_bytes host)
{
	return label_length(host) >= 4 && memcmp(host.data + 2, "--", 2) == 0 &&
	    !pki_equal_nocase(pki_bytes_of(host.data, 4), pki_bytes_str("xn--"));
}

static bool has_reserved_label(pki_bytes host)
{
	for (; host.len > 0; host = without_label(host))
		if (is_reserved(host))
			return true;
	return false;
}

static void dns_name(pki_bytes host, pki_findings *f)
{
	const char *reason = NULL;

	if (host.len > 0 && host.data[0] == '*' && without_label(without_label(host)).len == 0)
		reason = "a wildcard without two labels at its right";
	else if (has_reserved_label(host) || pki_a_labels_check(host, NULL) != PKI_SUCCESS)
		reason = "a host name with a label that is reserved";
	if (reason != NULL)
		pki_find_about(f, PKI_CODE_PROFILE, SAN_CLAUSE, reason, host);
}

static void server_name(const pki_gn *gn, pki_findings *f)
{
	if (gn->type == PKI_GN_DNS)
		dns_name(gn->value, f);
	else if (gn->type != PKI_GN_IP)
		pki_find_rule(f, SAN_CLAUSE, "a name that is neither a dNSName nor an iPAddress");
}

static void server_names(const pki_profile_case *p, pki_bytes san, pki_findings *f)
{
	pki_error why = PKI_ERROR_INIT;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, p->ctx, san);
	while (pki_ext_name_next(&it, &gn))
		server_name(&gn, f);
	pki_find_failed(f, pki_ext_list_finish(&it, &why), &why);
}

/* An address as RFC 5952 4 writes it, or the very octets of a dNSName. */
static bool is_text_of(pki_bytes text, const pki_gn *gn, pki_findings *f)
{
	pki_buf address = PKI_BUF_INIT;
	pki_error why = PKI_ERROR_INIT;
	bool same;

	if (gn->type != PKI_GN_IP)
		return gn->type == PKI_GN_DNS && pki_bytes_equal(text, gn->value);
	pki_find_failed(f, pki_ip_format(gn->value, &address, &why), &why);
	same = pki_bytes_equal(text, pki_buf_bytes(&address));
	pki_buf_free(&address);
	return same;
}

static bool is_among(const pki_profile_case *p, pki_bytes san, const char *text, pki_findings *f)
{
	bool found = false;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, p->ctx, san);
	while (text != NULL && !found && pki_ext_name_next(&it, &gn))
		found = is_text_of(pki_bytes_str(text), &gn, f);
	return found;
}

static void common_name(const pki_profile_case *p, pki_bytes san, pki_findings *f)
{
	const pki_name *subject = pki_cert_subject(p->cert);
	size_t count = 0;
	pki_attr a;

	for (size_t i = 0; pki_name_at(subject, i, &a); i++) {
		if (!pki_oid_equal(a.type, PKI_OID(common_name)))
			continue;
		if (count++ == 0 && !is_among(p, san, a.utf8, f))
			pki_find_about(f, PKI_CODE_PROFILE, CN_CLAUSE,
			    "commonName is none of the names in subjectAltName", a.raw);
	}
	if (count > 1)
		pki_find_rule(f, CN_CLAUSE, "more than one commonName");
}

static void server(const pki_profile_case *p, pki_findings *f)
{
	pki_ext san;

	if (!pki_cert_ext(p->cert, PKI_OID(subject_alt_name), &san)) {
		pki_find_rule(f, SAN_CLAUSE, "subjectAltName is absent");
		return;
	}
	if (san.critical && !pki_name_is_empty(pki_cert_subject(p->cert)))
		pki_find_rule(f, SAN_CLAUSE, "subjectAltName is critical, and there is a subject");
	server_names(p, san.value, f);
	common_name(p, san.value, f);
}

/* ---- mailboxes ---- */

#define MAILBOX_CLAUSE "CABF SMBR 7.1.4.2.1"

static bool has_mailbox(const pki_profile_case *p, pki_bytes san)
{
	bool found = false;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, p->ctx, san);
	while (pki_ext_name_next(&it, &gn))
		found = found || gn.type == PKI_GN_EMAIL || pki_gn_is_utf8_mailbox(&gn);
	return found;
}

static bool may_be_mailbox(const pki_attr *a)
{
	return a->utf8 != NULL &&
	    (pki_oid_equal(a->type, PKI_OID(email_address)) ||
		pki_oid_equal(a->type, PKI_OID(common_name)));
}

/* What reads as a mailbox in the subject is repeated in the subjectAltName. */
static void repeated(const pki_profile_case *p, pki_bytes san, pki_findings *f)
{
	const pki_name *subject = pki_cert_subject(p->cert);
	pki_error why = PKI_ERROR_INIT;
	pki_status st;
	pki_attr a;

	for (size_t i = 0; pki_name_at(subject, i, &a); i++) {
		if (!may_be_mailbox(&a))
			continue;
		st = pki_san_check_email(p->ctx, &san, NULL, a.utf8, &why);
		if (st == PKI_E_NOTFOUND)
			pki_find_about(f, PKI_CODE_PROFILE, MAILBOX_CLAUSE,
			    "a mailbox of the subject that is not in subjectAltName", a.raw);
		else if (st != PKI_E_ARG)
			pki_find_failed(f, st, &why);
	}
}

static void mail(const pki_profile_case *p, pki_findings *f)
{
	pki_ext san;

	if (!pki_cert_ext(p->cert, PKI_OID(subject_alt_name), &san)) {
		pki_find_rule(f, "CABF SMBR 7.1.2.3", "subjectAltName is absent");
		return;
	}
	if (!has_mailbox(p, san.value))
		pki_find_rule(f, MAILBOX_CLAUSE, "subjectAltName has no mailbox");
	repeated(p, san.value, f);
}

/* ---- all of it ---- */

static void leaf(const pki_profile_case *p, const requirements *r, pki_findings *f)
{
	switch (p->purpose) {
	case PKI_PURPOSE_SERVER:
		server(p, f);
		break;
	case PKI_PURPOSE_EMAIL:
		mail(p, f);
		break;
	case PKI_PURPOSE_CLIENT:
	case PKI_PURPOSE_CODE:
		break;
	default:
		return;
	}
	is_no_ca(p, f);
	ext_key_usage(p, r, f);
}

void pki_webpki_check(const pki_profile_case *p, pki_findings *f)
{
	const requirements *r = requirements_of(p->purpose);

	subject_key(p, r, f);
	signature(p, r, f);
	authority_key_identifier(p, f);
	root(p, f);
	if (p->role == PKI_ROLE_LEAF)
		leaf(p, r, f);
}
