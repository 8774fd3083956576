/* SPDX-License-Identifier: BSD-3-Clause */
/* Profiles: certificates with one fault each, and their twins without. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/ctx.h>

#include "libpki/verify/profile.h"
#include "tests/lib/nested.h"
#include "tests/lib/oom.h"

#define LENGTH(a) (sizeof(a) / sizeof(a)[0])

/* ---- certificates from a description ---- */

#define EXTS 16
#define TEXT 4096

typedef struct ext_spec {
	const char *name;
	bool critical;
	char value[TEXT];
} ext_spec;

/* Fields in nested hexadecimal; names as text of RFC 4514. */
typedef struct cert_spec {
	pki_role role;
	pki_purpose purpose;
	char version[TEXT], serial[TEXT], alg[TEXT], issuer[TEXT], start[TEXT], subject[TEXT],
	    spki[TEXT], unique[TEXT];
	ext_spec exts[EXTS];
	size_t count;
} cert_spec;

static const struct {
	const char *name, *oid;
} ext_names[] = {
	{ "SDA", "551d09" },
	{ "SKI", "551d0e" },
	{ "KU", "551d0f" },
	{ "PKUP", "551d10" },
	{ "SAN", "551d11" },
	{ "IAN", "551d12" },
	{ "BC", "551d13" },
	{ "NC", "551d1e" },
	{ "CDP", "551d1f" },
	{ "CP", "551d20" },
	{ "PM", "551d21" },
	{ "AKI", "551d23" },
	{ "PC", "551d24" },
	{ "EKU", "551d25" },
	{ "FCRL", "551d2e" },
	{ "IAP", "551d36" },
	{ "NRA", "551d38" },
	{ "AIA", "2b06010505070101" },
	{ "SIA", "2b0601050507010b" },
};

static const char *oid_of_ext(const char *name)
{
	for (size_t i = 0; i < LENGTH(ext_names); i++)
		if (strcmp(ext_names[i].name, name) == 0)
			return ext_names[i].oid;
	ck_abort_msg("no extension %s", name);
	return NULL;
}

static ext_spec *find_ext(cert_spec *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->exts[i].name, name) == 0)
			return &c->exts[i];
	return NULL;
}

static void set_ext(cert_spec *c, const char *name, bool critical, const char *value)
{
	ext_spec *e = find_ext(c, name);

	if (e == NULL) {
		ck_assert_uint_lt(c->count, EXTS);
		e = &c->exts[c->count++];
		for (size_t i = 0; i < LENGTH(ext_names); i++)
			if (strcmp(ext_names[i].name, name) == 0)
				e->name = ext_names[i].name;
	}
	ck_assert_ptr_nonnull(e->name);
	e->critical = critical;
	snprintf(e->value, sizeof e->value, "%s", value);
}

static void drop_ext(cert_spec *c, const char *name)
{
	ext_spec *e = find_ext(c, name);

	ck_assert_msg(e != NULL, "there is no %s", name);
	*e = c->exts[--c->count];
}

#define EC_KEY                                                      \
 "30{30{06{2a8648ce3d0201}06{2a8648ce3d030107}}03{0004"             \
 "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" \
 "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5}}"
#define ED25519_KEY \
 "30{30{06{2b6570}}03{00d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a}}"
#define X25519_KEY \
 "30{30{06{2b656e}}03{00d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a}}"
#define P192_KEY "30{30{06{2a8648ce3d0201}06{2a8648ce3d030101}}03{0004aa}}"
#define AA8      "aaaaaaaaaaaaaaaa"
#define AA32     AA8 AA8 AA8 AA8
#define P384_KEY "30{30{06{2a8648ce3d0201}06{2b81040022}}03{0004" AA32 AA32 AA32 "}}"

/* "rsa2048": a modulus of so many bits. */
static void set_rsa(char out[TEXT], const char *oid, unsigned bits)
{
	size_t n = 0, octets = (bits + 7) / 8;

	n += (size_t)snprintf(out, TEXT, "30{30{06{%s}0500}03{0030{02{", oid);
	if (bits % 8 == 0)
		n += (size_t)snprintf(out + n, TEXT - n, "00");
	n += (size_t)snprintf(
	    out + n, TEXT - n, "%02x", bits % 8 == 0 ? 0x80u : 1u << (bits % 8 - 1));
	for (size_t i = 1; i < octets; i++)
		n += (size_t)snprintf(out + n, TEXT - n, "ff");
	snprintf(out + n, TEXT - n, "}02{010001}}}}");
}

static void set_key(cert_spec *c, const char *what)
{
	if (strncmp(what, "rsa", 3) == 0)
		set_rsa(c->spki, "2a864886f70d010101", (unsigned)strtoul(what + 3, NULL, 10));
	else if (strncmp(what, "pss", 3) == 0)
		set_rsa(c->spki, "2a864886f70d01010a", (unsigned)strtoul(what + 3, NULL, 10));
	else
		snprintf(c->spki, sizeof c->spki, "%s", what);
}

static void set_field(cert_spec *c, const char *name, const char *value)
{
	static const struct {
		const char *name;
		size_t offset;
	} fields[] = { { "version", offsetof(cert_spec, version) },
		{ "serial", offsetof(cert_spec, serial) }, { "alg", offsetof(cert_spec, alg) },
		{ "issuer", offsetof(cert_spec, issuer) }, { "start", offsetof(cert_spec, start) },
		{ "subject", offsetof(cert_spec, subject) },
		{ "unique", offsetof(cert_spec, unique) } };

	if (strcmp(name, "key") == 0) {
		set_key(c, value);
		return;
	}
	for (size_t i = 0; i < LENGTH(fields); i++)
		if (strcmp(fields[i].name, name) == 0) {
			snprintf((char *)c + fields[i].offset, TEXT, "%s", value);
			return;
		}
	ck_abort_msg("no field %s", name);
}

/* "NAME=value", "NAME!=value" where it is critical, "-NAME", "!NAME" to turn critical. */
static void change_one(cert_spec *c, char *op)
{
	char *value = strchr(op, '=');
	bool critical = value != NULL && value > op && value[-1] == '!';

	if (value == NULL && *op == '-') {
		drop_ext(c, op + 1);
	} else if (value == NULL) {
		ck_assert(*op == '!' && find_ext(c, op + 1) != NULL);
		find_ext(c, op + 1)->critical = !find_ext(c, op + 1)->critical;
	} else {
		value[critical ? -1 : 0] = '\0';
		value++;
		if (op[0] >= 'a')
			set_field(c, op, value);
		else
			set_ext(c, op, critical, value);
	}
}

/* Changes with ";" between. */
static void change(cert_spec *c, const char *ops)
{
	char copy[TEXT], *op, *rest = copy;

	ck_assert_uint_lt(strlen(ops), sizeof copy);
	snprintf(copy, sizeof copy, "%s", ops);
	while ((op = strsep(&rest, ";")) != NULL)
		if (*op != '\0')
			change_one(c, op);
}

static void put_hex(char *out, pki_bytes octets)
{
	for (size_t i = 0; i < octets.len; i++)
		snprintf(out + 2 * i, 3, "%02x", octets.data[i]);
}

/* Text that begins with "30" is the Name itself. */
static const char *name_hex(const char *text, char out[TEXT])
{
	pki_name *n;

	if (strncmp(text, "30", 2) == 0)
		return text;
	t_ok(pki_name_from_string(NULL, text, &n, err));
	put_hex(out, pki_name_der(n));
	pki_name_free(n);
	return out;
}

#define FORMAT(out, n, ...) ((n) += (size_t)snprintf((out) + (n), sizeof(out) - (n), __VA_ARGS__))

static pki_cert *make(const cert_spec *c)
{
	static char text[NESTED_ROOM];
	char issuer[TEXT], subject[TEXT];
	pki_cert *cert = NULL;
	size_t n = 0;

	FORMAT(text, n, "30{30{%s02{%s}%s%s30{%s180f39393939313233313233353935395a}%s%s%s",
	    c->version, c->serial, c->alg, name_hex(c->issuer, issuer), c->start,
	    name_hex(c->subject, subject), c->spki, c->unique);
	if (c->count > 0)
		FORMAT(text, n, "a3{30{");
	for (size_t i = 0; i < c->count; i++)
		FORMAT(text, n, "30{06{%s}%s04{%s}}", oid_of_ext(c->exts[i].name),
		    c->exts[i].critical ? "0101ff" : "", c->exts[i].value);
	FORMAT(text, n, "%s}%s03{0001}}", c->count > 0 ? "}}" : "", c->alg);
	ck_assert_uint_lt(n, sizeof text);
	t_ok(pki_cert_parse_lenient(NULL, t_nested(text), PKI_LENIENT_ALL, &cert, err));
	return cert;
}

/* ---- what they are made from ---- */

#define ECDSA_256 "30{06{2a8648ce3d040302}}"
#define ECDSA_384 "30{06{2a8648ce3d040303}}"
#define ECDSA_1   "30{06{2a8648ce3d0401}}"
#define RSA_256   "30{06{2a864886f70d01010b}0500}"
#define RSA_1     "30{06{2a864886f70d010105}0500}"
#define RSA_MD5   "30{06{2a864886f70d010104}0500}"
#define RSA_224   "30{06{2a864886f70d01010e}0500}"
#define ED25519   "30{06{2b6570}}"
#define DSA_256   "30{06{608648016503040302}}"
#define PSS(hash, mgf, salt)                                                  \
 "30{06{2a864886f70d01010a}30{a0{30{06{6086480165030402" hash "}0500}}a1{30{" \
 "06{2a864886f70d010108}30{06{6086480165030402" mgf "}0500}}}a2{02{" salt "}}}}"
#define CERT_SIGN "03020204"
#define DIGITAL   "03020780"
#define CA_TRUE   "30{0101ff}"
#define DNS(hex)  "82{" hex "}"
#define A_EXAMPLE "612e6578616d706c65"
#define MAILBOX   "614062" /* a@b */
#define P(last)   "06{2b060105050703" last "}"
#define SERVER    P("01")
#define CLIENT    P("02")
#define CODE      P("03")
#define EMAIL     P("04")
#define STAMP     P("08")
#define OCSP      P("09")
#define ANY_EKU   "06{551d2500}"

static const struct {
	const char *name;
	pki_role role;
	pki_purpose purpose;
	const char *is;
} bases[] = {
	{ "root", PKI_ROLE_ANCHOR, PKI_PURPOSE_SERVER,
	    "issuer=CN=Root;subject=CN=Root;BC!=" CA_TRUE ";KU!=" CERT_SIGN ";SKI=04{aa}" },
	{ "ca", PKI_ROLE_CA, PKI_PURPOSE_SERVER,
	    "issuer=CN=Root;subject=CN=CA;BC!=30{0101ff020100};KU!=" CERT_SIGN
	    ";SKI=04{bb};AKI=30{80{aa}}" },
	{ "server", PKI_ROLE_LEAF, PKI_PURPOSE_SERVER,
	    "issuer=CN=CA;subject=CN=a.example;AKI=30{80{bb}};KU!=" DIGITAL ";EKU=30{" SERVER
	    "};SAN=30{" DNS(A_EXAMPLE) "}" },
	{ "client", PKI_ROLE_LEAF, PKI_PURPOSE_CLIENT,
	    "issuer=CN=CA;subject=CN=A;AKI=30{80{bb}};KU!=" DIGITAL ";EKU=30{" CLIENT "}" },
	{ "mail", PKI_ROLE_LEAF, PKI_PURPOSE_EMAIL,
	    "issuer=CN=CA;subject=CN=A;AKI=30{80{bb}};KU!=" DIGITAL ";EKU=30{" EMAIL
	    "};SAN=30{81{" MAILBOX "}}" },
	{ "code", PKI_ROLE_LEAF, PKI_PURPOSE_CODE,
	    "issuer=CN=CA;subject=CN=A;AKI=30{80{bb}};KU!=" DIGITAL ";EKU=30{" CODE "}" },
	{ "any", PKI_ROLE_LEAF, PKI_PURPOSE_ANY,
	    "issuer=CN=CA;subject=CN=A;AKI=30{80{bb}};KU!=" DIGITAL },
};

static void begin(const char *base, cert_spec *c)
{
	*c = (cert_spec){ .version = "a0{020102}",
		.serial = "01",
		.alg = ECDSA_256,
		.start = "170d3236303130313030303030305a",
		.spki = EC_KEY };
	for (size_t i = 0; i < LENGTH(bases); i++) {
		if (strcmp(bases[i].name, base) != 0)
			continue;
		c->role = bases[i].role;
		c->purpose = bases[i].purpose;
		change(c, bases[i].is);
		return;
	}
	ck_abort_msg("no base %s", base);
}

static pki_cert *make_of(const char *base, const char *ops, pki_profile_case *p)
{
	cert_spec c;

	begin(base, &c);
	change(&c, ops);
	*p = (pki_profile_case){ .cert = make(&c), .role = c.role, .purpose = c.purpose };
	return (pki_cert *)(uintptr_t)p->cert;
}

/* ---- rows ---- */

/* clause NULL: nothing is wrong. twin: changes that are right. */
typedef struct row {
	const char *base, *twin, *fault, *clause, *reason;
} row;

#define NO_AKI_FAULT "authorityKeyIdentifier is absent"
#define CRITICAL     "extension is critical"
#define NOT_CRITICAL "extension is not critical"

static const row strict[] = {
	/* fields */
	{ "root", "", "version=;-BC;-KU;-SKI", "RFC 5280 4.1.2.1", "version is not v3" },
	{ "server", "", "version=a0{020101};-AKI;-KU;-EKU;-SAN", "RFC 5280 4.1.2.1",
	    "version is not v3" },
	{ "server", "", "version=", "RFC 5280 4.1.2.1", "version is not v3" },
	{ "server", "serial=01", "serial=0001", "X.690 8.3.2", "serialNumber has octets" },
	{ "server", "", "KU=03020080", "X.690 11.2.2", "keyUsage ends with zeros" },
	{ "server", "BC=30{}", "BC=30{010100}", "X.690 11.5", "a DEFAULT is encoded" },
	{ "server", "", "serial=00", "RFC 5280 4.1.2.2", "serialNumber is zero" },
	{ "ca", "", "serial=00", "RFC 5280 4.1.2.2", "serialNumber is zero" },
	{ "server", "serial=0080", "serial=80", "RFC 5280 4.1.2.2", "serialNumber is negative" },
	{ "server", "serial=7f00000000000000000000000000000000000000",
	    "serial=7f0000000000000000000000000000000000000000", "RFC 5280 4.1.2.2",
	    "serialNumber is longer" },
	{ "server", "", "issuer=3000", "RFC 5280 4.1.2.4", "issuer is empty" },
	{ "server", "start=180f32303530303130313030303030305a",
	    "start=180f32303236303130313030303030305a", "RFC 5280 4.1.2.5", "GeneralizedTime" },
	{ "ca", "", "subject=3000", "RFC 5280 4.1.2.6", "subject of a CA is empty" },
	{ "server", "KU!=03020182", "subject=3000;!SAN;KU!=03020182", "RFC 5280 4.1.2.6",
	    "subject of a CRL issuer is empty" },
	{ "client", "", "subject=3000", "RFC 5280 4.1.2.6", "neither a subject nor" },
	{ "server", "subject=3000;!SAN", "subject=3000", "RFC 5280 4.1.2.6",
	    "subject is empty, and subjectAltName is not critical" },
	{ "mail", "subject=30{31{30{06{2a864886f70d010901}16{" MAILBOX "}}}}",
	    "subject=30{31{30{06{2a864886f70d010901}0c{" MAILBOX "}}}}", "RFC 5280 A.1",
	    "emailAddress is no IA5String" },
	{ "mail", "", "subject=30{31{30{06{2a864886f70d010901}16{61}}}}", "RFC 5280 4.1.2.6", "" },
	{ "mail", "subject=emailAddress=a@b", "subject=emailAddress=a@b;-SAN", "RFC 5280 4.1.2.6",
	    "emailAddress in the subject, and no rfc822Name" },
	{ "server", "subject=CN=a.example", "subject=CN=a.example,emailAddress=a@b",
	    "RFC 5280 4.1.2.6", "emailAddress in the subject, and no rfc822Name" },
	{ "server", "issuer=30{31{30{06{550403}0c{4341}}}}",
	    "issuer=30{31{30{06{550403}13{4341}}}}", "RFC 5280 4.1.2.6",
	    "issuer is not encoded as the issuer's subject is" },
	{ "server", "", "unique=81{00aa}", "RFC 5280 4.1.2.8", "has a unique identifier" },
	{ "server", "", "unique=82{00aa}", "RFC 5280 4.1.2.8", "has a unique identifier" },
	/* extensions that are critical, or are not */
	{ "server", "", "!AKI", "RFC 5280 4.2.1.1", CRITICAL ": authorityKeyIdentifier" },
	{ "root", "AKI=30{80{aa}}", "AKI!=30{80{aa}}", "RFC 5280 4.2.1.1", CRITICAL },
	{ "ca", "", "!SKI", "RFC 5280 4.2.1.2", CRITICAL ": subjectKeyIdentifier" },
	{ "root", "", "!SKI", "RFC 5280 4.2.1.2", CRITICAL },
	{ "server", "SKI=04{cc}", "SKI!=04{cc}", "RFC 5280 4.2.1.2", CRITICAL },
	{ "server", "SDA=30{30{06{550403}31{0c{61}}}}", "SDA!=30{30{06{550403}31{0c{61}}}}",
	    "RFC 5280 4.2.1.8", CRITICAL },
	{ "ca", "NC!=30{a0{30{82{61}}}}", "NC=30{a0{30{82{61}}}}", "RFC 5280 4.2.1.10",
	    NOT_CRITICAL ": nameConstraints" },
	{ "root", "NC!=30{a0{30{82{61}}}}", "NC=30{a0{30{82{61}}}}", "RFC 5280 4.2.1.10",
	    NOT_CRITICAL },
	{ "ca", "PC!=30{80{00}}", "PC=30{80{00}}", "RFC 5280 4.2.1.11",
	    NOT_CRITICAL ": policyConstraints" },
	{ "ca", "IAP!=0201 00", "IAP=0201 00", "RFC 5280 4.2.1.14",
	    NOT_CRITICAL ": inhibitAnyPolicy" },
	{ "server", "FCRL=30{30{a0{a0{86{613a62}}}}}", "FCRL!=30{30{a0{a0{86{613a62}}}}}",
	    "RFC 5280 4.2.1.15", CRITICAL ": freshestCRL" },
	{ "server", "AIA=30{30{06{2b06010505073001}86{613a62}}}",
	    "AIA!=30{30{06{2b06010505073001}86{613a62}}}", "RFC 5280 4.2.2.1", CRITICAL },
	{ "ca", "SIA=30{30{06{2b06010505073005}86{613a62}}}",
	    "SIA!=30{30{06{2b06010505073005}86{613a62}}}", "RFC 5280 4.2.2.2", CRITICAL },
	{ "server", "NRA=0500", "NRA!=0500", "RFC 9608 2", CRITICAL ": noRevAvail" },
	{ "server", "PKUP=30{80{32303236303130313030303030305a}}",
	    "PKUP!=30{80{32303236303130313030303030305a}}", "RFC 3280 4.2.1.4", CRITICAL },
	{ "ca", "", "!BC", "RFC 5280 4.2.1.9", "basicConstraints of a CA is not critical" },
	{ "root", "", "!BC", "RFC 5280 4.2.1.9", "basicConstraints of a CA is not critical" },
	/* key identifiers */
	{ "server", "", "-AKI", "RFC 5280 4.2.1.1", NO_AKI_FAULT },
	{ "ca", "", "-AKI", "RFC 5280 4.2.1.1", NO_AKI_FAULT },
	{ "root", "", "issuer=CN=Another", "RFC 5280 4.2.1.1", NO_AKI_FAULT },
	{ "ca", "", "issuer=CN=CA;-AKI", "RFC 5280 4.2.1.1", NO_AKI_FAULT },
	{ "server", "AKI=30{80{bb}a1{a4{3000}}82{01}}", "AKI=30{a1{a4{3000}}82{01}}",
	    "RFC 5280 4.2.1.1", "authorityKeyIdentifier without keyIdentifier" },
	{ "root", "", "AKI=30{a1{a4{3000}}82{01}}", "RFC 5280 4.2.1.1",
	    "authorityKeyIdentifier without keyIdentifier" },
	{ "server", "", "AKI=30{80{aa}}", "RFC 5280 4.2.1.2",
	    "authorityKeyIdentifier is not the issuer's" },
	{ "ca", "", "-SKI", "RFC 5280 4.2.1.2", "subjectKeyIdentifier of a CA is absent" },
	{ "root", "", "-SKI", "RFC 5280 4.2.1.2", "subjectKeyIdentifier of a CA is absent" },
	/* keyUsage, basicConstraints */
	{ "root", "", "-KU", "RFC 5280 4.2.1.3", "keyUsage of a CA is absent" },
	{ "ca", "", "-KU", "RFC 5280 4.2.1.3", "keyUsage of a CA is absent" },
	{ "server", "-KU", "KU!=" CERT_SIGN, "RFC 5280 4.2.1.9", "keyCertSign without cA" },
	{ "server", "BC!=30{}", "BC!=30{};KU!=03020284", "RFC 5280 4.2.1.9",
	    "keyCertSign without cA" },
	{ "root", "KU!=03020106", "KU!=03020102", "RFC 5280 4.2.1.3", "cA without keyCertSign" },
	{ "ca", "KU!=03020106", "KU!=03020102", "RFC 5280 4.2.1.9",
	    "pathLenConstraint without keyCertSign" },
	{ "server", "KU!=03020780", "KU!=03020520", "RFC 8813 3", "a bit of keyUsage" },
	{ "server", "key=rsa2048;KU!=03020520", "KU!=03020410", "RFC 8813 3", "a bit of keyUsage" },
	{ "client", "key=" ED25519_KEY, "key=" ED25519_KEY ";KU!=03020308", "RFC 9295 3",
	    "a bit of keyUsage" },
	{ "client", "key=" X25519_KEY ";KU!=03020308", "key=" X25519_KEY, "RFC 9295 3",
	    "a bit of keyUsage" },
	/* certificatePolicies */
	{ "server", "CP=30{30{06{2a}30{30{06{2b06010505070202}30{0c{61}}}}}}",
	    "CP=30{30{06{2a}30{30{06{2b06010505070202}30{16{61}}}}}}", "RFC 6818 3",
	    "explicitText is an IA5String" },
	{ "server", "CP=30{30{06{551d2000}30{30{06{2b06010505070201}16{613a62}}}}}",
	    "CP=30{30{06{551d2000}30{30{06{2a}0500}}}}", "RFC 5280 4.2.1.4",
	    "anyPolicy with a qualifier" },
	/* names */
	{ "server", "SAN=30{" DNS(A_EXAMPLE) DNS("2a2e61") "}",
	    "SAN=30{" DNS(A_EXAMPLE) DNS("615f62") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("20") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("2e61") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("612e") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("622a2e61") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("612e2a2e61") "}", "RFC 5280 4.2.1.6", "" },
	{ "server", "", "SAN=30{" DNS(A_EXAMPLE) DNS("3139322e302e322e31") "}", "RFC 5280 4.2.1.6",
	    "" },
	{ "mail", "", "SAN=30{81{61}}", "RFC 5280 4.2.1.6", "" },
	{ "mail", "", "SAN=30{81{3c6140623e}}", "RFC 5280 4.2.1.6", "" },
	{ "server", "SAN=30{" DNS(A_EXAMPLE) "86{613a62}}", "SAN=30{" DNS(A_EXAMPLE) "86{2f62}}",
	    "RFC 5280 4.2.1.6", "" },
	{ "server", "IAN=30{82{61}}", "IAN=30{82{615f62}}", "RFC 5280 4.2.1.6", "" },
	/* nameConstraints */
	{ "server", "", "NC!=30{a0{30{82{61}}}}", "RFC 5280 4.2.1.10",
	    "nameConstraints without cA" },
	{ "ca", "NC!=30{a0{30{82{2e61}}}}", "NC!=30{a0{30{82{61}80{01}}}}", "RFC 5280 4.2.1.10",
	    "GeneralSubtree with a minimum" },
	{ "ca", "NC!=30{a1{30{82{}}}}", "NC!=30{a1{30{82{61}81{01}}}}", "RFC 5280 4.2.1.10",
	    "GeneralSubtree with a minimum" },
	{ "ca", "", "NC!=30{a0{30{82{2a2e61}}}}", "RFC 5280 4.2.1.10", "a subtree that is none" },
	{ "root", "", "NC!=30{a1{30{82{612e}}}}", "RFC 5280 4.2.1.10", "a subtree that is none" },
	{ "ca", "NC!=30{a0{30{87{c0000200ffffff00}}}}", "NC!=30{a0{30{87{c0000200ff00ff00}}}}",
	    "RFC 5280 4.2.1.10", "a subtree that is none" },
	{ "ca", "NC!=30{a0{30{81{61}}}}", "NC!=30{a0{30{81{4061}}}}", "RFC 5280 4.2.1.10",
	    "a subtree that is none" },
	{ "ca", "NC!=30{a0{30{88{2a}}30{a4{3000}}}}", "NC!=30{a0{30{86{613a62}}}}",
	    "RFC 5280 4.2.1.10", "a subtree that is none" },
	/* cRLDistributionPoints */
	{ "server", "CDP=30{30{a0{a0{86{613a62}}}}30{a0{a0{86{613a62}}}81{0640}}}",
	    "CDP=30{30{a0{a0{86{613a62}}}81{0640}}}", "RFC 5280 4.2.1.13",
	    "no DistributionPoint for all reasons" },
	{ "server", "CDP=30{30{a0{a0{86{613a62}}}a2{a4{30{31{30{06{550403}0c{4342}}}}}}}}",
	    "CDP=30{30{a0{a0{86{613a62}}}a2{a4{30{31{30{06{550403}0c{4341}}}}}}}}",
	    "RFC 5280 4.2.1.13", "cRLIssuer is the certificate's own issuer" },
	{ "server", "CDP=30{30{a0{a1{30{06{550403}0c{61}}}}a2{a4{3000}}}}",
	    "CDP=30{30{a0{a1{30{06{550403}0c{61}}}}a2{a4{3000}a4{3000}}}}", "RFC 5280 4.2.1.13",
	    "nameRelativeToCRLIssuer of more than one" },
	/* noRevAvail */
	{ "server", "NRA=0500", "NRA=0500;CDP=30{30{a0{a0{86{613a62}}}}}", "RFC 9608 3",
	    "noRevAvail, and where to ask" },
	{ "server", "", "NRA=0500;FCRL=30{30{a0{a0{86{613a62}}}}}", "RFC 9608 3",
	    "noRevAvail, and where to ask" },
	{ "server", "NRA=0500;AIA=30{30{06{2b06010505073002}86{613a62}}}",
	    "NRA=0500;AIA=30{30{06{2b06010505073001}86{613a62}}}", "RFC 9608 3",
	    "noRevAvail, and where to ask" },
	{ "ca", "", "NRA=0500", "RFC 9608 3", "noRevAvail, and cA" },
};

#define KEYS  "CABF BR 7.1.3.1"
#define SIGNS "CABF BR 7.1.3.2"
#define EKUS  "CABF BR 7.1.2.7.10"
#define NAMES "CABF BR 7.1.2.7.12"
#define CN    "CABF BR 7.1.4.3"
#define DNS_A DNS(A_EXAMPLE)

static const row webpki[] = {
	/* keys */
	{ "server", "key=rsa2048", "key=rsa2040", KEYS, "RSA modulus is shorter than 2048 bits" },
	{ "server", "key=rsa2056", "key=rsa2050", KEYS, "RSA modulus is not a whole number" },
	{ "ca", "key=rsa3072", "key=rsa1024", KEYS, "RSA modulus is shorter" },
	{ "root", "key=rsa4096", "key=rsa1024", KEYS, "RSA modulus is shorter" },
	{ "root", "", "key=rsa2050", KEYS, "RSA modulus is not a whole number" },
	{ "server", "key=" P384_KEY, "key=" P192_KEY, KEYS, "a key of a kind" },
	{ "server", "", "key=" ED25519_KEY, KEYS, "a key of a kind" },
	{ "client", "", "key=" ED25519_KEY, KEYS, "a key of a kind" },
	{ "any", "", "key=" ED25519_KEY, KEYS, "a key of a kind" },
	{ "ca", "", "key=pss2048", KEYS, "a key of a kind" },
	{ "mail", "key=" ED25519_KEY, "key=rsa1024", "CABF SMBR 7.1.3.1",
	    "RSA modulus is shorter" },
	{ "mail", "", "key=" P192_KEY, "CABF SMBR 7.1.3.1", "a key of a kind" },
	{ "code", "key=rsa3072", "key=rsa2048", "CABF CSBR 6.1.5",
	    "RSA modulus is shorter than 3072" },
	{ "code", "", "key=" ED25519_KEY, "CABF CSBR 6.1.5", "a key of a kind" },
	/* signatures; the issuer's key is on P-256 */
	{ "server", "alg=" RSA_256, "alg=" RSA_1, SIGNS, "signed with a hash that is not SHA-256" },
	{ "server", "alg=" ECDSA_256, "alg=" ECDSA_1, SIGNS,
	    "signed with a hash that is not SHA-256" },
	{ "ca", "", "alg=" RSA_1, SIGNS, "signed with a hash that is not SHA-256" },
	{ "ca", "", "alg=" RSA_MD5, SIGNS, "signed with a hash that is not SHA-256" },
	{ "any", "", "alg=" RSA_224, SIGNS, "signed with a hash that is not SHA-256" },
	{ "server", "", "alg=" ECDSA_384, SIGNS,
	    "signed with a hash that is not that of the curve" },
	{ "server", "alg=" PSS("01", "01", "20"), "alg=" PSS("01", "01", "14"), SIGNS,
	    "signed with parameters of RSASSA-PSS" },
	{ "server", "alg=" PSS("02", "02", "30"), "alg=" PSS("02", "01", "30"), SIGNS,
	    "signed with parameters of RSASSA-PSS" },
	{ "server", "", "alg=" ED25519, SIGNS, "signed with EdDSA" },
	{ "server", "", "alg=" DSA_256, SIGNS, "signed with DSA" },
	{ "mail", "alg=" ED25519, "alg=" DSA_256, "CABF SMBR 7.1.3.2", "signed with DSA" },
	{ "code", "alg=" RSA_256, "alg=" RSA_1, "CABF CSBR 7.1.3.2", "signed with a hash" },
	/* authorityKeyIdentifier, roots */
	{ "root", "AKI=30{80{aa}}", "AKI=30{80{ab}}", "CABF BR 7.1.2.1.3",
	    "authorityKeyIdentifier of a root" },
	{ "root", "", "AKI=30{80{aa}a1{a4{3000}}82{01}}", "CABF BR 7.1.2.1.3",
	    "authorityKeyIdentifier with authorityCertIssuer" },
	{ "server", "", "AKI=30{80{bb}a1{a4{3000}}82{01}}", "CABF BR 7.1.2.11.1",
	    "authorityKeyIdentifier with authorityCertIssuer" },
	{ "root", "issuer=CN=Another;AKI=30{80{cc}};EKU=30{" SERVER "}", "EKU=30{" SERVER "}",
	    "CABF BR 7.1.2.1.2", "extKeyUsage in a root" },
	/* what a leaf is for */
	{ "server", "BC!=30{}", "BC!=" CA_TRUE ";KU!=" CERT_SIGN ";SKI=04{cc}", "CABF BR 7.1.2.7.8",
	    "the certificate is that of a CA" },
	{ "server", "EKU=30{" SERVER CLIENT "}", "-EKU", EKUS, "extKeyUsage is absent" },
	{ "server", "EKU=30{" SERVER "06{2a}}", "EKU=30{" SERVER ANY_EKU "}", EKUS,
	    "extKeyUsage has what must not be there: anyExtendedKeyUsage" },
	{ "server", "", "EKU=30{" ANY_EKU "}", EKUS, "extKeyUsage has what must not be there" },
	{ "server", "", "EKU=30{" SERVER CODE "}", EKUS, "extKeyUsage has what must not be there" },
	{ "server", "", "EKU=30{" SERVER EMAIL "}", EKUS,
	    "extKeyUsage has what must not be there" },
	{ "server", "", "EKU=30{" SERVER STAMP "}", EKUS,
	    "extKeyUsage has what must not be there" },
	{ "server", "", "EKU=30{" SERVER OCSP "}", EKUS, "extKeyUsage has what must not be there" },
	{ "server", "", "EKU=30{" SERVER "06{2b06010401d679020404}}", EKUS,
	    "extKeyUsage has what must not be there" },
	{ "server", "", "!EKU", EKUS, "extKeyUsage is critical" },
	{ "client", "EKU=30{" CLIENT SERVER "}", "EKU=30{" CLIENT ANY_EKU "}", EKUS,
	    "extKeyUsage has what must not be there" },
	{ "client", "", "-EKU", EKUS, "extKeyUsage is absent" },
	{ "mail", "EKU=30{" EMAIL CLIENT "}", "EKU=30{" EMAIL SERVER "}", "CABF SMBR 7.1.2.3",
	    "extKeyUsage has what must not be there" },
	{ "mail", "!EKU", "-EKU", "CABF SMBR 7.1.2.3", "extKeyUsage is absent" },
	{ "mail", "", "EKU=30{" EMAIL ANY_EKU "}", "CABF SMBR 7.1.2.3",
	    "extKeyUsage has what must not be there" },
	{ "code", "!EKU", "EKU=30{" CODE SERVER "}", "CABF CSBR 7.1.2.3",
	    "extKeyUsage has what must not be there" },
	{ "code", "", "EKU=30{" CODE ANY_EKU "}", "CABF CSBR 7.1.2.3",
	    "extKeyUsage has what must not be there" },
	{ "any", "EKU=30{" ANY_EKU "}", "EKU=30{" ANY_EKU "};key=" P192_KEY, KEYS,
	    "a key of a kind" },
	/* names of a server */
	{ "server", "subject=3000;!SAN", "-SAN", NAMES, "subjectAltName is absent" },
	{ "server", "", "!SAN", NAMES, "subjectAltName is critical, and there is a subject" },
	{ "server", "SAN=30{" DNS_A "87{c0000201}}", "SAN=30{" DNS_A "81{" MAILBOX "}}", NAMES,
	    "a name that is neither a dNSName nor an iPAddress" },
	{ "server", "", "SAN=30{" DNS_A "86{613a62}}", NAMES, "a name that is neither" },
	{ "server", "", "SAN=30{" DNS_A "a4{30{31{30{06{550403}0c{61}}}}}}", NAMES,
	    "a name that is neither" },
	{ "server", "SAN=30{" DNS_A DNS("2a2e612e62") "}", "SAN=30{" DNS_A DNS("2a2e62") "}", NAMES,
	    "a wildcard without two labels" },
	{ "server", "SAN=30{" DNS_A DNS("786e2d2d6d6e6368656e2d337961") "}",
	    "SAN=30{" DNS_A DNS("61622d2d63") "}", NAMES, "a host name with a label" },
	{ "server", "", "SAN=30{" DNS_A DNS("622e61622d2d632e61") "}", NAMES,
	    "a host name with a label" },
	{ "server", "", "SAN=30{" DNS_A DNS("786e2d2d39393939393939393939") "}", NAMES,
	    "a host name with a label" },
	/* and its common name */
	{ "server", "subject=O=x", "subject=CN=b.example", CN, "commonName is none of the names" },
	{ "server", "", "subject=CN=A.example", CN, "commonName is none of the names" },
	{ "server", "", "subject=CN=example", CN, "commonName is none of the names" },
	{ "server", "", "subject=CN=a.example.", CN, "commonName is none of the names" },
	{ "server", "subject=CN=192.0.2.1;SAN=30{87{c0000201}}",
	    "subject=CN=192.0.2.01;SAN=30{87{c0000201}}", CN, "commonName is none of the names" },
	{ "server", "subject=CN=192.0.2.1;SAN=30{" DNS_A "87{c0000201}}",
	    "subject=CN=0xc0.0.2.1;SAN=30{87{c0000201}}", CN, "commonName is none of the names" },
	{ "server", "subject=CN=2001:db8::1;SAN=30{87{20010db8000000000000000000000001}}",
	    "subject=CN=2001:DB8::1;SAN=30{87{20010db8000000000000000000000001}}", CN,
	    "commonName is none of the names" },
	{ "server", "",
	    "subject=CN=2001:db8:0:0:0:0:0:1;SAN=30{87{20010db8000000000000000000000001}}", CN,
	    "commonName is none of the names" },
	{ "server", "subject=CN=a.example,O=x", "subject=CN=a.example,CN=a.example", CN,
	    "more than one commonName" },
	/* mailboxes */
	{ "mail", "SAN=30{81{" MAILBOX "}82{61}}", "-SAN", "CABF SMBR 7.1.2.3",
	    "subjectAltName is absent" },
	{ "mail", "", "SAN=30{82{61}}", "CABF SMBR 7.1.4.2.1", "subjectAltName has no mailbox" },
	{ "mail", "subject=emailAddress=a@b", "subject=emailAddress=a@c", "CABF SMBR 7.1.4.2.1",
	    "a mailbox of the subject" },
	{ "mail", "subject=CN=a@b", "subject=CN=a@c", "CABF SMBR 7.1.4.2.1",
	    "a mailbox of the subject" },
	{ "mail", "BC!=30{}", "BC!=" CA_TRUE ";KU!=" CERT_SIGN ";SKI=04{cc}", "CABF BR 7.1.2.7.8",
	    "the certificate is that of a CA" },
};

/* ---- verdicts ---- */

static pki_cert *root, *ca;

START_TEST(set_up)
{
	pki_profile_case p;

	root = make_of("root", "", &p);
	ca = make_of("ca", "", &p);
}
END_TEST

START_TEST(tear_down)
{
	pki_cert_free(root);
	pki_cert_free(ca);
}
END_TEST

static void judge(pki_profile_case *p, bool web, pki_findings *f)
{
	*f = (pki_findings){ .cert = 0 };
	if (p->role != PKI_ROLE_ANCHOR)
		p->issuer = p->role == PKI_ROLE_CA ? root : ca;
	pki_strict_check(p, f);
	if (web)
		pki_webpki_check(p, f);
}

static void check_clean(const char *base, const char *ops, bool web)
{
	pki_profile_case p;
	pki_findings f;
	pki_cert *c = make_of(base, ops, &p);

	judge(&p, web, &f);
	ck_assert_msg(!pki_findings_any(&f), "%s, %s: %s (%s)", base, ops,
	    f.count > 0 ? f.list[0].text : "?", f.count > 0 ? f.list[0].clause : "?");
	pki_findings_free(&f);
	pki_cert_free(c);
}

static void check_fault(const row *r, bool web)
{
	pki_profile_case p;
	pki_findings f;
	pki_cert *c = make_of(r->base, r->fault, &p);
	size_t n = strlen(r->reason);

	judge(&p, web, &f);
	ck_assert_int_eq(f.status, PKI_SUCCESS);
	ck_assert_msg(f.count == 1, "%s, %s: %zu findings, %s, %s", r->base, r->fault, f.count,
	    f.count > 0 ? f.list[0].text : "", f.count > 1 ? f.list[1].text : "");
	ck_assert_int_eq(f.list[0].code, PKI_CODE_PROFILE);
	ck_assert_msg(
	    strcmp(f.list[0].clause, r->clause) == 0 && strncmp(f.list[0].text, r->reason, n) == 0,
	    "%s, %s: %s (%s)", r->base, r->fault, f.list[0].text, f.list[0].clause);
	pki_findings_free(&f);
	pki_cert_free(c);
}

START_TEST(bases_are_clean)
{
	for (size_t i = 0; i < LENGTH(bases); i++)
		check_clean(bases[i].name, "", true);
}
END_TEST

START_TEST(strict_rows)
{
	for (size_t i = 0; i < LENGTH(strict); i++) {
		check_clean(strict[i].base, strict[i].twin, false);
		check_fault(&strict[i], false);
	}
}
END_TEST

START_TEST(webpki_rows)
{
	for (size_t i = 0; i < LENGTH(webpki); i++) {
		check_clean(webpki[i].base, webpki[i].twin, true);
		check_fault(&webpki[i], true);
	}
}
END_TEST

/* What is older than its judge, and trusted all the same. */
START_TEST(anchors_are_forgiven)
{
	static const char *const odd[] = { "serial=00", "serial=0001",
		"start=180f32303236303130313030303030305a", "KU!=0303000400", "alg=" RSA_1,
		"alg=" DSA_256, "alg=30{06{2a}}",
		"subject=emailAddress=a@b;issuer=emailAddress=a@b" };

	for (size_t i = 0; i < LENGTH(odd); i++)
		check_clean("root", odd[i], true);
}
END_TEST

/* A leaf that is an anchor itself. */
START_TEST(a_leaf_without_issuer)
{
	pki_profile_case p;
	pki_findings f = { .cert = 0 };
	pki_cert *c = make_of("server", "issuer=CN=a.example;-AKI;alg=" RSA_1, &p);

	pki_strict_check(&p, &f);
	pki_webpki_check(&p, &f);
	ck_assert(!pki_findings_any(&f));
	pki_cert_free(c);
	c = make_of("server", "-AKI;alg=" RSA_1, &p);
	pki_strict_check(&p, &f);
	ck_assert_uint_eq(f.count, 1);
	pki_webpki_check(&p, &f);
	ck_assert_uint_eq(f.count, 2);
	pki_findings_free(&f);
	pki_cert_free(c);
}
END_TEST

/* Each fault by itself and all of a base's at once: none hides another. */
START_TEST(faults_add_up)
{
	pki_profile_case p;
	pki_findings f;
	pki_cert *c = make_of("ca",
	    "serial=00;unique=81{00aa};!BC;!AKI;!SKI;-KU;NC=30{a0{30{82{61}80{01}}}};alg=" RSA_1
	    ";key=rsa1024",
	    &p);

	judge(&p, true, &f);
	ck_assert_uint_eq(f.count, 10);
	pki_findings_free(&f);
	pki_cert_free(c);
}
END_TEST

/* Limits that are smaller now than when it was read: that, and no verdict. */
START_TEST(limits)
{
	pki_profile_case p;
	pki_findings f;
	pki_cert *c = make_of("server", "SAN=30{" DNS_A DNS("62") DNS("63") "}", &p);
	pki_ctx *ctx;

	t_ok(pki_ctx_new(
	    PKI_OPTS(pki_ctx_opts, .limits = PKI_OPTS(pki_limits, .san_names = 2)), &ctx, err));
	p.ctx = ctx;
	judge(&p, true, &f);
	ck_assert_uint_gt(f.count, 0);
	for (size_t i = 0; i < f.count; i++)
		ck_assert_int_eq(f.list[i].code, PKI_CODE_LIMIT);
	pki_findings_free(&f);
	pki_ctx_free(ctx);
	pki_cert_free(c);
}
END_TEST

/* Without memory a fault is one all the same, and what has none is not judged. */
static void judge_without_memory(pki_profile_case *p, bool faulty)
{
	unsigned long count = 1;
	pki_findings f;

	for (unsigned long n = 1; n <= count; n++) {
		oom_begin(n, false);
		judge(p, true, &f);
		count = oom_end();
		ck_assert(f.status == PKI_SUCCESS || f.status == PKI_E_NOMEM);
		ck_assert(pki_findings_any(&f) == (faulty || f.status != PKI_SUCCESS));
		pki_findings_free(&f);
	}
}

START_TEST(no_memory)
{
	pki_profile_case p;
	pki_cert *c;

	for (size_t i = 0; i < LENGTH(webpki); i++) {
		c = make_of(webpki[i].base, webpki[i].fault, &p);
		judge_without_memory(&p, true);
		pki_cert_free(c);
		c = make_of(webpki[i].base, webpki[i].twin, &p);
		judge_without_memory(&p, false);
		pki_cert_free(c);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { set_up, bases_are_clean, strict_rows, webpki_rows,
		anchors_are_forgiven, a_leaf_without_issuer, faults_add_up, limits, no_memory,
		tear_down, NULL };

	return t_main("profile", tests);
}
