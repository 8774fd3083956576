/* SPDX-License-Identifier: BSD-3-Clause */
/* The verbs and their options, as data. */
#include "tools/options.h"

#include <string.h>

const char *const shells[] = { "bash", "zsh", "fish", NULL };
const char *const usages[] = { "digitalSignature", "contentCommitment", "keyEncipherment",
	"dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly",
	"decipherOnly", "nonRepudiation", NULL };

const char *const profiles[] = { "server", "client", "email", "code", "ocsp", "timestamp", "ca",
	NULL };

const char *const allowances[] = { "md5", "sha1", "rsa1024", "rsa512", "dsa", NULL };

static const char *const verify_profiles[] = { "rfc5280", "strict", "webpki", NULL };
static const char *const verify_purposes[] = { "server", "client", "email", "code", "ocsp",
	"timestamp", "any", NULL };
static const char *const anchor_modes[] = { "full", "bare", NULL };
static const char *const revocation_modes[] = { "none", "if-present", "require", NULL };
static const char *const strengths[] = { "112", "128", "192", NULL };
static const char *const forms[] = { "pem", "der", NULL };
static const char *const formats[] = { "pkcs8", "spki", "pem", "der", "sec1", "pkcs1", "jwk",
	"openssh", NULL };
static const char *const csr_types[] = { "p256", "p384", "p521", "ed25519", "ed448", "rsa2048",
	"rsa3072", "rsa4096", NULL };
static const char *const key_types[] = { "p256", "p384", "p521", "ed25519", "ed448", "x25519",
	"x448", "rsa2048", "rsa3072", "rsa4096", "rsa-pss2048", "rsa-pss3072", "rsa-pss4096",
	NULL };
static const char *const purposes[] = { "serverAuth", "clientAuth", "codeSigning",
	"emailProtection", "timeStamping", "OCSPSigning", "anyExtendedKeyUsage", NULL };

/* clang-format off */
#define HELP_OPT \
	{ OPT_HELP, 'h', 0, "help", NULL, NULL, "print this help" }
#define END_OPT \
	{ OPT_END, 0, 0, NULL, NULL, NULL, NULL }
#define FORCE_OPT \
	{ OPT_FORCE, 0, 0, "force", NULL, NULL, "replace files that exist" }
#define JSON_OPT \
	{ OPT_JSON, 0, 0, "json", NULL, NULL, "print one line of JSON an object" }
#define AT_OPT \
	{ OPT_AT, 0, 0, "at", "TIME", NULL, "take TIME (RFC 3339 or Unix seconds) for now" }
#define OUT_OPT(what) \
	{ OPT_OUT, 'o', OPT_PATH, "out", "FILE", NULL, what }
#define FORM_OPT(what) \
	{ OPT_FORM, 0, 0, "form", "FORM", forms, what }
#define MODULE_OPT \
	{ OPT_MODULE, 0, OPT_REPEATS | OPT_PATH, "module", "FILE", NULL, \
	    "know the ASN.1 module in FILE, too; repeatable" }
#define PASSWORD_OPTS(whose) \
	{ OPT_PASSWORD_FILE, 0, OPT_PATH, "password-file", "FILE", NULL, \
	    "read the password of " whose " from FILE" }, \
	{ OPT_PASSWORD_FD, 0, 0, "password-fd", "N", NULL, \
	    "read it from the open file descriptor N" }, \
	{ OPT_PASSWORD_ENV, 0, 0, "password-env", "NAME", NULL, \
	    "take it from the environment variable NAME, where others may see it" }, \
	{ OPT_PASSWORD_ASK, 0, 0, "password-ask", NULL, NULL, \
	    "ask for it on the terminal" }
#define NEW_PASSWORD_OPTS \
	{ OPT_NEW_PASSWORD_FILE, 0, OPT_PATH, "new-password-file", "FILE", NULL, \
	    "read the password of the key that is written from FILE" }, \
	{ OPT_NEW_PASSWORD_FD, 0, 0, "new-password-fd", "N", NULL, \
	    "read it from the open file descriptor N" }, \
	{ OPT_NEW_PASSWORD_ENV, 0, 0, "new-password-env", "NAME", NULL, \
	    "take it from the environment variable NAME, where others may see it" }, \
	{ OPT_NEW_PASSWORD_ASK, 0, 0, "new-password-ask", NULL, NULL, \
	    "ask for it on the terminal, twice" }
#define KEY_PASSWORD_OPTS(whose) \
	{ OPT_KEY_PASSWORD_FILE, 0, OPT_PATH, "key-password-file", "FILE", NULL, \
	    "read the password of " whose " from FILE" }, \
	{ OPT_KEY_PASSWORD_FD, 0, 0, "key-password-fd", "N", NULL, \
	    "read it from the open file descriptor N" }, \
	{ OPT_KEY_PASSWORD_ENV, 0, 0, "key-password-env", "NAME", NULL, \
	    "take it from the environment variable NAME, where others may see it" }, \
	{ OPT_KEY_PASSWORD_ASK, 0, 0, "key-password-ask", NULL, NULL, \
	    "ask for it on the terminal" }
#define KEY_OPT \
	{ OPT_KEY, 0, OPT_PATH, "key", "FILE", NULL, "use the private key in FILE" }
#define KEY_OUT_OPT \
	{ OPT_KEY_OUT, 0, OPT_PATH, "key-out", "FILE", NULL, "write the new key to FILE" }
#define SUBJECT_OPT(what) \
	{ OPT_SUBJECT, 0, 0, "subject", "DN", NULL, what }
#define DAYS_OPT(what) \
	{ OPT_DAYS, 0, 0, "days", "N", NULL, what }
#define ISSUING_OPTS \
	{ OPT_POLICY, 0, OPT_REPEATS, "policy", "OID", NULL, \
	    "a certificate policy; repeatable" }, \
	{ OPT_CRL_URL, 0, OPT_REPEATS, "crl-url", "URL", NULL, \
	    "where the CRL is (cRLDistributionPoints); repeatable" }, \
	{ OPT_OCSP_URL, 0, OPT_REPEATS, "ocsp-url", "URL", NULL, \
	    "where the OCSP responder is (authorityInfoAccess); repeatable" }, \
	{ OPT_ISSUER_URL, 0, OPT_REPEATS, "issuer-url", "URL", NULL, \
	    "where the CA's certificate is (authorityInfoAccess); repeatable" }
#define CA_OPTS(length) \
	{ OPT_PATH_LENGTH, 0, 0, "path-length", "N", NULL, length }, \
	{ OPT_PERMIT, 0, OPT_REPEATS, "permit", "NAME", NULL, \
	    "names that it may certify: example.org 192.0.2.0/24 ...; repeatable" }, \
	{ OPT_EXCLUDE, 0, OPT_REPEATS, "exclude", "NAME", NULL, \
	    "names that it may not certify; repeatable" }
#define NO_PASSWORD_OPT(what) \
	{ OPT_NO_PASSWORD, 0, 0, "no-password", NULL, NULL, what }

const struct opt global_opts[] = {
	HELP_OPT,
	{ OPT_VERSION, 'V', 0, "version", NULL, NULL, "print the versions in use" },
	END_OPT,
};

static const struct opt csr_opts[] = {
	KEY_OPT,
	{ OPT_TYPE, 0, 0, "type", "TYPE", csr_types, "make a key of this type; p256 if not given" },
	SUBJECT_OPT("the subject, as RFC 4514 writes it: 'CN=www.example.org,O=Example,C=NL'"),
	{ OPT_USAGE, 0, OPT_LIST, "usage", "LIST", usages, "ask for these key usages" },
	{ OPT_EKU, 0, OPT_LIST | OPT_OPEN, "eku", "LIST", purposes,
	    "ask for these extended key usages, by name or OID" },
	{ OPT_EXT, 0, OPT_REPEATS, "ext", "[critical,]OID=HEX", NULL,
	    "ask for any extension, its value as DER in hex; repeatable" },
	{ OPT_CHALLENGE_FILE, 0, OPT_PATH, "challenge-file", "FILE", NULL,
	    "put the first line of FILE in as the challengePassword" },
	{ OPT_JSON_IN, 0, OPT_PATH, "json-in", "FILE", NULL, "read the request's contents as JSON" },
	{ OPT_STDIN_JSON, 0, 0, "stdin-json", NULL, NULL, "the same from standard input" },
	AT_OPT,
	OUT_OPT("write the request to FILE; -: standard output"),
	KEY_OUT_OPT,
	FORM_OPT("write the request as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the key"),
	NO_PASSWORD_OPT("write the new key in the clear, as is done anyway"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_new_opts[] = {
	{ OPT_TYPE, 0, 0, "type", "TYPE", key_types, "the type of key; p256 if not given" },
	OUT_OPT("write the key to FILE, readable by you alone"),
	FORM_OPT("write it as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the new key"),
	NO_PASSWORD_OPT("write the key in the clear, as is done anyway"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_show_opts[] = {
	JSON_OPT,
	PASSWORD_OPTS("the keys"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_public_opts[] = {
	OUT_OPT("write the public key to FILE; else to standard output"),
	FORM_OPT("write it as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the key"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_convert_opts[] = {
	{ OPT_TO, 0, 0, "to", "FORMAT", formats, "the format to write" },
	OUT_OPT("write to FILE; else to standard output"),
	FORM_OPT("write pkcs8 and spki as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the key that is read"),
	NEW_PASSWORD_OPTS,
	NO_PASSWORD_OPT("write the key in the clear, as is done anyway"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_password_opts[] = {
	OUT_OPT("write to FILE; else back to the file that was read, with --force"),
	FORM_OPT("write it as pem or der; as it was if not given"),
	FORCE_OPT,
	PASSWORD_OPTS("the key as it is"),
	NEW_PASSWORD_OPTS,
	NO_PASSWORD_OPT("write the key in the clear: remove its password"),
	HELP_OPT,
	END_OPT,
};

static const struct opt key_opts[] = { HELP_OPT, END_OPT };

static const struct opt show_opts[] = {
	JSON_OPT,
	{ OPT_ASN1, 0, 0, "asn1", NULL, NULL,
	    "print the tree of tags, with offsets, lengths, names and types" },
	MODULE_OPT,
	{ OPT_TYPE, 0, 0, "type", "TYPE", NULL,
	    "with --asn1: take the objects for values of this type, Module.Type" },
	{ OPT_PEM, 0, 0, "pem", NULL, NULL, "print the objects as PEM; private keys are left out" },
	AT_OPT,
	PASSWORD_OPTS("encrypted keys"),
	HELP_OPT,
	END_OPT,
};

static const struct opt match_opts[] = {
	JSON_OPT,
	PASSWORD_OPTS("encrypted keys"),
	HELP_OPT,
	END_OPT,
};

static const struct opt fingerprint_opts[] = {
	{ OPT_PIN, 0, 0, "pin", NULL, NULL, "print the public key's SHA-256 alone, in base64" },
	JSON_OPT,
	PASSWORD_OPTS("encrypted keys"),
	HELP_OPT,
	END_OPT,
};

static const struct opt selfsign_opts[] = {
	KEY_OPT,
	{ OPT_TYPE, 0, 0, "type", "TYPE", csr_types, "make a key of this type; p256 if not given" },
	SUBJECT_OPT("the subject; if not given, CN= and the first name"),
	DAYS_OPT("how long it is valid; 90 if not given"),
	ISSUING_OPTS,
	AT_OPT,
	OUT_OPT("write the certificate to FILE; -: standard output"),
	KEY_OUT_OPT,
	FORM_OPT("write the certificate as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the key"),
	NO_PASSWORD_OPT("write the new key in the clear, as is done anyway"),
	HELP_OPT,
	END_OPT,
};

static const struct opt ca_opts[] = {
	{ OPT_ISSUER, 0, OPT_PATH, "issuer", "CA.pem", NULL,
	    "the CA that signs it; if not given, it is a root" },
	{ OPT_ISSUER_KEY, 0, OPT_PATH, "issuer-key", "FILE", NULL,
	    "the issuer's key; CA.key, beside CA.pem, if not given" },
	KEY_OPT,
	{ OPT_TYPE, 0, 0, "type", "TYPE", csr_types, "make a key of this type; p384 if not given" },
	SUBJECT_OPT("the subject; if not given, CN=NAME"),
	DAYS_OPT("how long it is valid; 3650 if not given, 1825 with --issuer"),
	CA_OPTS("how many CAs may be below it, or none for no limit; none for a root, else 0"),
	ISSUING_OPTS,
	AT_OPT,
	OUT_OPT("write the certificate to FILE; -: standard output"),
	KEY_OUT_OPT,
	FORM_OPT("write the certificate as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the key; with --issuer, of the issuer's key"),
	NEW_PASSWORD_OPTS,
	KEY_PASSWORD_OPTS("the key of --key, beside that of --issuer,"),
	NO_PASSWORD_OPT("write the new key in the clear, as is done anyway"),
	HELP_OPT,
	END_OPT,
};

static const struct opt sign_opts[] = {
	{ OPT_CA, 0, OPT_PATH, "ca", "CA.pem", NULL, "the certificate of the CA that signs" },
	{ OPT_CA_KEY, 0, OPT_PATH, "ca-key", "FILE", NULL,
	    "its key; CA.key, beside CA.pem, if not given" },
	{ OPT_PROFILE, 0, 0, "profile", "PROFILE", profiles,
	    "what the certificate is for; server if not given" },
	DAYS_OPT("how long it is valid; 90 if not given, 1825 with --profile ca"),
	{ OPT_COPY, 0, OPT_REPEATS, "copy", "OID", NULL,
	    "keep this extension of the request too, by name or OID; repeatable" },
	SUBJECT_OPT("another subject than the request's"),
	CA_OPTS("with --profile ca: how many CAs may be below it, or none; 0 if not given"),
	ISSUING_OPTS,
	AT_OPT,
	OUT_OPT("write the certificate to FILE; -: standard output"),
	FORM_OPT("write it as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the CA's key"),
	HELP_OPT,
	END_OPT,
};

static const struct opt crl_opts[] = {
	{ OPT_CA, 0, OPT_PATH, "ca", "CA.pem", NULL, "the certificate of the CA that revokes" },
	{ OPT_CA_KEY, 0, OPT_PATH, "ca-key", "FILE", NULL,
	    "its key; CA.key, beside CA.pem, if not given" },
	{ OPT_FROM, 0, OPT_PATH, "from", "OLD.crl", NULL,
	    "go on from this CRL: its entries, and the next number" },
	{ OPT_REVOKE, 0, OPT_REPEATS, "revoke", "FILE|SERIAL[:REASON[:DATE]]", NULL,
	    "revoke this certificate, or serial number in hex; repeatable" },
	{ OPT_DELTA, 0, OPT_PATH, "delta", "BASE.crl", NULL,
	    "make a delta CRL: what has changed since this one" },
	DAYS_OPT("when the next one comes at the latest; 7 if not given"),
	AT_OPT,
	OUT_OPT("write the CRL to FILE; CA.crl, beside CA.pem, if not given"),
	FORM_OPT("write it as pem (if not given) or der"),
	FORCE_OPT,
	PASSWORD_OPTS("the CA's key"),
	HELP_OPT,
	END_OPT,
};

static const struct opt verify_opts[] = {
	{ OPT_TRUST, 0, OPT_REPEATS | OPT_PATH, "trust", "FILE", NULL,
	    "trust every certificate of this file or folder; the system's if not given; repeatable" },
	{ OPT_UNTRUSTED, 0, OPT_REPEATS | OPT_PATH, "untrusted", "FILE", NULL,
	    "certificates that the path may go through, a file or folder; repeatable" },
	{ OPT_CRL, 0, OPT_REPEATS | OPT_PATH, "crl", "FILE", NULL,
	    "CRLs, a file or folder; repeatable" },
	{ OPT_OCSP, 0, OPT_REPEATS | OPT_PATH, "ocsp", "FILE", NULL,
	    "OCSP answers: not supported yet; repeatable" },
	{ OPT_FOR, 0, 0, "for", "NAME", NULL,
	    "the host name, IP address or e-mail address it must be good for" },
	{ OPT_PURPOSE, 0, OPT_OPEN, "purpose", "PURPOSE", verify_purposes,
	    "what it must be good for, or the OID of an extended key usage; if not given, server "
	    "for a host or address, email for an e-mail address, else any" },
	AT_OPT,
	{ OPT_MAX_DEPTH, 0, 0, "max-depth", "N", NULL,
	    "at most N intermediates that are not self-issued" },
	{ OPT_ANCHOR, 0, 0, "anchor", "MODE", anchor_modes,
	    "what holds of a trusted certificate: all that it says (full, if not given), or its "
	    "name and key alone" },
	{ OPT_REVOCATION, 0, 0, "revocation", "MODE", revocation_modes,
	    "whether CRLs are looked at; if-present with --crl, else none, if not given" },
	{ OPT_POLICY, 0, OPT_REPEATS, "policy", "OID", NULL,
	    "it must be valid for one of these policies; repeatable" },
	{ OPT_POLICY_SET, 0, OPT_REPEATS, "policy-set", "OID", NULL,
	    "the user-initial-policy-set of RFC 5280; repeatable" },
	{ OPT_REQUIRE_POLICY, 0, 0, "require-policy", NULL, NULL,
	    "it must be valid for a policy: initial-explicit-policy" },
	{ OPT_INHIBIT_POLICY_MAPPING, 0, 0, "inhibit-policy-mapping", NULL, NULL,
	    "no policy stands for another: initial-policy-mapping-inhibit" },
	{ OPT_INHIBIT_ANY_POLICY, 0, 0, "inhibit-any-policy", NULL, NULL,
	    "anyPolicy stands for nothing: initial-any-policy-inhibit" },
	{ OPT_PERMIT, 0, OPT_REPEATS, "permit", "NAMES", NULL,
	    "names of these subtrees alone: example.org,192.0.2.0/24 ...; repeatable" },
	{ OPT_EXCLUDE, 0, OPT_REPEATS, "exclude", "NAMES", NULL,
	    "no names of these subtrees; repeatable" },
	{ OPT_ALLOW, 0, OPT_REPEATS | OPT_LIST, "allow", "LIST", allowances,
	    "accept what is weak: repeatable" },
	{ OPT_MIN_STRENGTH, 0, 0, "min-strength", "BITS", strengths,
	    "bits of security that every key and signature has; 112 if not given" },
	{ OPT_PROFILE, 0, 0, "profile", "PROFILE", verify_profiles,
	    "whose rules hold; rfc5280 if not given" },
	{ OPT_EXPLAIN, 0, 0, "explain", NULL, NULL,
	    "say what can be done about each refusal, and what was looked at" },
	{ OPT_JSON, 0, 0, "json", NULL, NULL, "print one line of JSON" },
	HELP_OPT,
	END_OPT,
};

static const struct opt convert_opts[] = {
	{ OPT_TO, 0, 0, "to", "FORM", forms, "the form to write" },
	OUT_OPT("write to FILE; else to standard output"),
	FORCE_OPT,
	HELP_OPT,
	END_OPT,
};

static const struct opt asn1_opts[] = { HELP_OPT, END_OPT };

static const struct opt asn1_encode_opts[] = {
	{ OPT_TYPE, 0, 0, "type", "TYPE", NULL, "the type, Module.Type; as the JSON says if not given" },
	{ OPT_JSON_IN, 0, OPT_PATH, "json", "FILE", NULL, "the value, as JSON" },
	MODULE_OPT,
	OUT_OPT("write to FILE; else to standard output"),
	FORCE_OPT,
	HELP_OPT,
	END_OPT,
};

static const struct opt asn1_types_opts[] = { MODULE_OPT, HELP_OPT, END_OPT };

static const struct opt expiring_opts[] = {
	{ OPT_WITHIN, 0, 0, "within", "TIME", NULL,
	    "a number and h, d or w, for hours, days or weeks; 30d if not given" },
	JSON_OPT,
	AT_OPT,
	HELP_OPT,
	END_OPT,
};

static const struct opt completion_opts[] = { HELP_OPT, END_OPT };

static const struct opt help_opts[] = {
	{ OPT_OPTIONS, 0, OPT_HIDDEN, "options", NULL, NULL, "print every option of every verb" },
	HELP_OPT,
	END_OPT,
};

static const struct verb key_verbs[] = {
	{ "new", "make a private key", "[OPTION]...",
	    "pkitool key new -o server.key\n"
	    "pkitool key new --type rsa3072 --password-ask -o server.key\n"
	    "pkitool key new --type ed25519 | ssh vault 'cat > signing.key'\n",
	    "Makes a private key (PKCS#8) and writes it to FILE, or to standard output if that is\n"
	    "not a terminal. With a password it is encrypted.\n",
	    key_new_opts, NULL, key_new_run, OPERANDS_NONE, 0, 0 },
	{ "show", "describe keys, the secret parts left out", "[OPTION]... FILE...",
	    "pkitool key show server.key\n"
	    "pkitool key show --json *.key\n",
	    "Describes private and public keys. For an encrypted key it needs the password; pkitool\n"
	    "show does without, and describes the encryption.\n",
	    key_show_opts, NULL, key_show_run, OPERANDS_FILES, 1, SIZE_MAX },
	{ "public", "write the public key of a key, request or certificate", "[OPTION]... FILE",
	    "pkitool key public server.key\n"
	    "pkitool key public server.csr -o server.pub\n",
	    "Writes the public key (SubjectPublicKeyInfo) of a private key, public key, request or\n"
	    "certificate.\n",
	    key_public_opts, NULL, key_public_run, OPERANDS_FILES, 1, 1 },
	{ "convert", "write a key in another format", "--to FORMAT [OPTION]... FILE",
	    "pkitool key convert --to der server.key -o server.der\n"
	    "pkitool key convert --to pkcs8 --new-password-ask server.key -o safe.key\n"
	    "pkitool key convert --to spki server.key\n"
	    "pkitool key convert --to sec1 server.key -o ec.key\n",
	    "pkcs8 is a private key, plain or with a new password; spki its public key; pem and der\n"
	    "keep the kind of key, and an encrypted one as it is. pkcs1 (RSA), sec1 (EC), openssh and jwk\n"
	    "are written in the clear; a public key stays public.\n",
	    key_convert_opts, NULL, key_convert_run, OPERANDS_FILES, 1, 1 },
	{ "password", "set, change or remove the password of a key", "[OPTION]... FILE",
	    "pkitool key password server.key --new-password-ask --force\n"
	    "pkitool key password server.key --new-password-file pw -o safe.key\n"
	    "pkitool key password safe.key --password-ask --no-password -o server.key\n",
	    "Writes the key with a new password, or with --no-password in the clear.\n",
	    key_password_opts, NULL, key_password_run, OPERANDS_FILES, 1, 1 },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, OPERANDS_NONE, 0, 0 },
};

static const struct verb asn1_verbs[] = {
	{ "encode", "make DER from JSON, by an ASN.1 type", "--json FILE [OPTION]...",
	    "pkitool asn1 encode --type PKIX1Explicit88.Validity --json validity.json -o validity.der\n"
	    "pkitool asn1 encode --module my.asn --type My.Ticket --json - -o ticket.der\n"
	    "pkitool show --asn1 --json a.pem | pkitool asn1 encode --json - -o a.der\n",
	    "FILE is a value as pki_asn1_json(3) writes it, or what pkitool show --asn1 --json printed\n"
	    "of one object, which has its type in it. The DER is that of the type in every octet, or\n"
	    "there is none.\n",
	    asn1_encode_opts, NULL, asn1_encode_run, OPERANDS_NONE, 0, 0 },
	{ "types", "list the ASN.1 types that there are", "[OPTION]...",
	    "pkitool asn1 types | grep -i policy\n"
	    "pkitool asn1 types --module my.asn\n",
	    "Prints Module.Type, one a line: what --type takes.\n",
	    asn1_types_opts, NULL, asn1_types_run, OPERANDS_NONE, 0, 0 },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, OPERANDS_NONE, 0, 0 },
};

const struct verb verbs[] = {
	{ "csr", "make a private key and a certification request", "[OPTION]... NAME...",
	    "pkitool csr www.example.org example.org 192.0.2.1\n"
	    "pkitool csr www.example.org --key server.key -o server.csr\n"
	    "pkitool csr '*.example.org' --type rsa3072 --subject 'CN=*.example.org,O=Example,C=NL'\n",
	    "Makes a private key and a request (PKCS#10) for a certificate with these names: host\n"
	    "names, IP addresses, e-mail addresses, URIs. A prefix decides where the form does not:\n"
	    "dns: ip: email: uri: dn: upn: rid:\n"
	    "\n"
	    "The files are NAME.key and NAME.csr, after the first name, in the current folder. Files\n"
	    "that exist are kept. The key is readable by you alone; it is the part to keep safe.\n",
	    csr_opts, NULL, csr_run, OPERANDS_NAMES, 0, SIZE_MAX },
	{ "key", "make, describe and convert keys", "VERB [OPTION]... [FILE]",
	    "pkitool key new -o server.key\n"
	    "pkitool key show server.key\n"
	    "pkitool key password server.key --new-password-ask --force\n",
	    "",
	    key_opts, key_verbs, NULL, OPERANDS_NONE, 0, 0 },
	{ "selfsign", "make a private key and a certificate signed with it", "[OPTION]... NAME...",
	    "pkitool selfsign www.example.org example.org 192.0.2.1\n"
	    "pkitool selfsign localhost --days 7 -o dev.pem\n"
	    "pkitool selfsign www.example.org --key server.key -o server.pem\n",
	    "Makes a private key and a certificate for a server with these names, signed with that\n"
	    "key: for tests, and for those who compare fingerprints. It is no CA. Names are typed as\n"
	    "for pkitool csr; the files are NAME.key and NAME.pem.\n",
	    selfsign_opts, NULL, selfsign_run, OPERANDS_NAMES, 0, SIZE_MAX },
	{ "ca", "make a CA: a private key and its certificate", "[OPTION]... NAME",
	    "pkitool ca 'Example Root CA' -o root.pem\n"
	    "pkitool ca 'Example Issuing CA' --issuer root.pem -o ca.pem\n"
	    "pkitool ca 'Example Lab CA' --issuer root.pem --permit lab.example.org -o lab.pem\n",
	    "Makes a private key and the certificate of a root CA, or with --issuer of an intermediate\n"
	    "CA. The files are NAME.key and NAME.pem; keep the key of a root where no server is.\n",
	    ca_opts, NULL, ca_run, OPERANDS_NAMES, 0, 1 },
	{ "sign", "issue a certificate from a request", "REQUEST --ca CA.pem [OPTION]...",
	    "pkitool sign server.csr --ca ca.pem\n"
	    "pkitool sign server.csr --ca ca.pem --days 30 -o server.pem\n"
	    "pkitool sign alice.csr --ca ca.pem --profile email\n"
	    "pkitool sign sub.csr --ca root.pem --profile ca --path-length 0\n",
	    "Checks the request's signature, and issues a certificate for its key, subject and names.\n"
	    "The profile says what it is good for. Of what else the request asks for, nothing is\n"
	    "copied unless --copy allows it; what became of it is said on standard error.\n",
	    sign_opts, NULL, sign_run, OPERANDS_FILES, 1, 1 },
	{ "crl", "make a CRL, or continue one", "--ca CA.pem [OPTION]...",
	    "pkitool crl --ca ca.pem --revoke stolen.pem:keyCompromise\n"
	    "pkitool crl --ca ca.pem --from ca.crl --revoke 4e57d129b78e:superseded -o ca.crl --force\n"
	    "pkitool crl --ca ca.pem --delta ca.crl --revoke lost.pem -o delta.crl\n",
	    "Makes the list of the certificates that a CA has revoked, and signs it. A list is\n"
	    "continued with --from; its number only grows. REASON is keyCompromise, cACompromise,\n"
	    "affiliationChanged, superseded, cessationOfOperation, certificateHold, privilegeWithdrawn,\n"
	    "aACompromise, unspecified, or removeFromCRL, which takes a certificate off the list.\n",
	    crl_opts, NULL, crl_run, OPERANDS_NONE, 0, 0 },
	{ "verify", "tell whether a certificate is to be trusted, and why not", "[OPTION]... FILE",
	    "pkitool verify --for www.example.org server.pem\n"
	    "pkitool verify --trust root.pem --untrusted chain.pem --crl ca.crl server.pem\n"
	    "pkitool verify --explain --for me@example.org --at 2026-06-01T00:00:00Z me.pem\n",
	    "Looks for a path from a certificate that is trusted to the first one in FILE, through the\n"
	    "others in it and those of --untrusted, and validates it: RFC 5280 section 6. Prints the\n"
	    "path; or exits 1, and says of every path what is wrong with it. NAME is typed as for\n"
	    "pkitool csr; without it names are not looked at. Nothing is fetched.\n",
	    verify_opts, NULL, verify_run, OPERANDS_FILES, 1, 1 },
	{ "show", "describe whatever is in a file", "[OPTION]... FILE...",
	    "pkitool show server.pem\n"
	    "pkitool show --json *.pem *.csr *.crl\n"
	    "pkitool show --asn1 strange.der\n"
	    "pkitool show --asn1 --module my.asn --type My.Ticket ticket.der\n",
	    "Describes every object of every file, PEM, DER or bare base64, found by looking. Private\n"
	    "parts of keys are never shown, and no password is asked for: an encrypted key is\n"
	    "described by its encryption, unless an option gives its password.\n",
	    show_opts, NULL, show_run, OPERANDS_FILES, 1, SIZE_MAX },
	{ "match", "tell whether files hold the same public key", "[OPTION]... FILE FILE...",
	    "pkitool match server.key server.csr server.pem\n"
	    "pkitool match --json old.csr new.csr\n",
	    "Exits 0 if all the files hold the same public key, 1 if they do not. A file that holds\n"
	    "several has to hold it once.\n",
	    match_opts, NULL, match_run, OPERANDS_FILES, 2, SIZE_MAX },
	{ "fingerprint", "print the SHA-256 of certificates and keys", "[OPTION]... FILE...",
	    "pkitool fingerprint server.pem\n"
	    "pkitool fingerprint --pin server.pem\n"
	    "pkitool fingerprint --json *.pem\n",
	    "Prints the SHA-256 of every certificate, request, CRL and key, and that of the public key\n"
	    "in it (SubjectPublicKeyInfo). Of a key only the latter.\n",
	    fingerprint_opts, NULL, fingerprint_run, OPERANDS_FILES, 1, SIZE_MAX },
	{ "convert", "write PEM as DER, or DER as PEM", "FILE --to FORM [OPTION]...",
	    "pkitool convert server.der --to pem -o server.pem\n"
	    "pkitool convert server.pem --to der -o server.der\n"
	    "pkitool convert chain.p7b --to pem -o chain.pem\n",
	    "Writes the objects of FILE in the other form, octet for octet what they are. DER has room\n"
	    "for one. Of a bundle (PKCS#7), PEM gets the certificates and CRLs that are in it.\n",
	    convert_opts, NULL, convert_run, OPERANDS_FILES, 1, 1 },
	{ "asn1", "make DER by an ASN.1 module", "VERB [OPTION]...",
	    "pkitool asn1 types\n"
	    "pkitool asn1 encode --type PKIX1Explicit88.Validity --json validity.json -o validity.der\n",
	    "pkitool show --asn1 shows it.\n",
	    asn1_opts, asn1_verbs, NULL, OPERANDS_NONE, 0, 0 },
	{ "expiring", "tell what expires soon, in files and folders", "[OPTION]... PATH...",
	    "pkitool expiring --within 30d /etc/ssl/private server.pem\n"
	    "pkitool expiring --within 2w --json *.pem | jq -r .file\n",
	    "Looks at every certificate's notAfter and every CRL's nextUpdate, in files and in\n"
	    "folders with all that is in them, and prints those that have passed or pass within TIME.\n"
	    "Exits 1 if there is one. In folders, what is no such file is passed over.\n",
	    expiring_opts, NULL, expiring_run, OPERANDS_FILES, 1, SIZE_MAX },
	{ "completion", "print the completions for a shell", "bash|zsh|fish",
	    "pkitool completion bash > ~/.local/share/bash-completion/completions/pkitool\n"
	    "pkitool completion zsh > ~/.zfunc/_pkitool\n"
	    "pkitool completion fish > ~/.config/fish/completions/pkitool.fish\n",
	    "",
	    completion_opts, NULL, completion_run, OPERANDS_SHELL, 1, 1 },
	{ "help", "explain a verb", "[VERB [VERB]]",
	    "pkitool help csr\n"
	    "pkitool help key new\n",
	    "",
	    help_opts, NULL, help_run, OPERANDS_VERB, 0, 2 },
	{ NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, OPERANDS_NONE, 0, 0 },
};
/* clang-format on */

const struct verb *verb_find(const struct verb *list, const char *name)
{
	for (const struct verb *v = list; v->name; v++)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

const struct opt *opt_find(const struct verb *v, const char *name, size_t len)
{
	for (const struct opt *o = v->opts; o->id != OPT_END; o++)
		if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

const struct opt *opt_find_letter(const struct verb *v, char letter)
{
	for (const struct opt *o = v->opts; o->id != OPT_END; o++)
		if (o->letter && o->letter == letter)
			return o;
	return NULL;
}
