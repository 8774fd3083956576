/* SPDX-License-Identifier: BSD-3-Clause */
/* Kinds of objects, their PEM labels, and the shapes by which their DER is recognized. */
#include <string.h>

#include "libpki/x509/kind.h"

#define SHAPE_DEPTH 8

/* What stands behind a kind: this release reads it, or why not. */
#define READ            PKI_SUCCESS, NULL, NULL, PKI_FORMAT_PKCS8
#define READ_AS(format) PKI_SUCCESS, NULL, NULL, (format)
#define NOT_YET(clause) PKI_E_UNSUPPORTED, "this release does not read such objects", clause, 0
#define NO_DSA          PKI_E_UNSUPPORTED, "DSA private keys are not supported", NULL, 0

/* The first shape that fits decides. */
typedef struct shape {
	const char *path;
	pki_kind_found found;
} shape;

static const shape shapes[] = {
	/* RFC 5280 4.1: version [0], serialNumber; v1: serialNumber and three SEQUENCEs */
	{ "((0iS", { PKI_KIND_CERTIFICATE, READ } },
	{ "((iSSS", { PKI_KIND_CERTIFICATE, READ } },
	/* RFC 5280 5.1: [version], signature, issuer, thisUpdate */
	{ "((iSSt", { PKI_KIND_CRL, READ } },
	{ "(((o)St", { PKI_KIND_CRL, READ } },
	/* RFC 5755 4.1: version, holder, issuer [0], signature, serialNumber */
	{ "((iS0Si", { PKI_KIND_ATTRIBUTE_CERTIFICATE, NOT_YET("RFC 5755 4.1") } },
	/* RFC 2986 4: version, subject, subjectPKInfo */
	{ "((iSS", { PKI_KIND_CSR, READ } },
	/* RFC 5958 3: encryptionAlgorithm, encryptedData; RFC 5280 4.1: algorithm, key */
	{ "((o)q", { PKI_KIND_ENCRYPTED_KEY, READ } },
	{ "((o)b", { PKI_KIND_PUBLIC_KEY, READ } },
	/* RFC 5958 2: version, algorithm, privateKey */
	{ "(i(o)q", { PKI_KIND_PRIVATE_KEY, READ } },
	/* RFC 7292 4: version, authSafe, a ContentInfo */
	{ "(i(o0", { PKI_KIND_PKCS12, NOT_YET("RFC 7292 4") } },
	/* RFC 3161 2.4.1: version, messageImprint */
	{ "(i((o)q", { PKI_KIND_TS_REQUEST, NOT_YET("RFC 3161 2.4.1") } },
	/* RFC 5652 3: contentType, content [0] */
	{ "(o0", { PKI_KIND_PKCS7, READ } },
	/* RFC 6960 4.2.1: responseStatus; 4.1.1: [version], [requestorName], requestList */
	{ "(e", { PKI_KIND_OCSP_RESPONSE, NOT_YET("RFC 6960 4.2.1") } },
	{ "((0?1?((((o", { PKI_KIND_OCSP_REQUEST, NOT_YET("RFC 6960 4.1.1") } },
	/* RFC 3161 2.4.2: a PKIStatusInfo, [a ContentInfo] */
	{ "((iS?b?.)S?.", { PKI_KIND_TS_RESPONSE, NOT_YET("RFC 3161 2.4.2") } },
	/* RFC 8017 A.1.2, A.1.1; RFC 5915 3 */
	{ "(iiiiiiiii", { PKI_KIND_PRIVATE_KEY, READ_AS(PKI_FORMAT_PKCS1) } },
	{ "(ii.", { PKI_KIND_PUBLIC_KEY, READ_AS(PKI_FORMAT_PKCS1) } },
	{ "(iq0?1?.", { PKI_KIND_PRIVATE_KEY, READ_AS(PKI_FORMAT_SEC1) } },
};

typedef struct label {
	const char *text;
	pki_kind_found found;
} label;

/* RFC 7468, with the older labels of its appendices, and those that tools write. */
static const label labels[] = {
	{ "CERTIFICATE REQUEST", { PKI_KIND_CSR, READ } },
	{ "NEW CERTIFICATE REQUEST", { PKI_KIND_CSR, READ } },
	{ "PRIVATE KEY", { PKI_KIND_PRIVATE_KEY, READ } },
	{ "ENCRYPTED PRIVATE KEY", { PKI_KIND_ENCRYPTED_KEY, READ } },
	{ "PUBLIC KEY", { PKI_KIND_PUBLIC_KEY, READ } },
	{ "RSA PRIVATE KEY", { PKI_KIND_PRIVATE_KEY, READ_AS(PKI_FORMAT_PKCS1) } },
	{ "EC PRIVATE KEY", { PKI_KIND_PRIVATE_KEY, READ_AS(PKI_FORMAT_SEC1) } },
	{ "DSA PRIVATE KEY", { PKI_KIND_PRIVATE_KEY, NO_DSA } },
	{ "OPENSSH PRIVATE KEY", { PKI_KIND_PRIVATE_KEY, READ_AS(PKI_FORMAT_OPENSSH) } },
	{ "RSA PUBLIC KEY", { PKI_KIND_PUBLIC_KEY, READ_AS(PKI_FORMAT_PKCS1) } },
	{ "CERTIFICATE", { PKI_KIND_CERTIFICATE, READ } },
	{ "X509 CERTIFICATE", { PKI_KIND_CERTIFICATE, READ } },
	{ "X.509 CERTIFICATE", { PKI_KIND_CERTIFICATE, READ } },
	{ "X509 CRL", { PKI_KIND_CRL, READ } },
	{ "CRL", { PKI_KIND_CRL, READ } },
	{ "PKCS7", { PKI_KIND_PKCS7, READ } },
	{ "CMS", { PKI_KIND_PKCS7, READ } },
	{ "PKCS12", { PKI_KIND_PKCS12, NOT_YET("RFC 7292 4") } },
	{ "OCSP REQUEST", { PKI_KIND_OCSP_REQUEST, NOT_YET("RFC 6960 4.1.1") } },
	{ "OCSP RESPONSE", { PKI_KIND_OCSP_RESPONSE, NOT_YET("RFC 6960 4.2.1") } },
	{ "ATTRIBUTE CERTIFICATE", { PKI_KIND_ATTRIBUTE_CERTIFICATE, NOT_YET("RFC 5755 4.1") } },
};

static const char *const kind_names[] = {
	[0] = "unknown",
	[PKI_KIND_CERTIFICATE] = "certificate",
	[PKI_KIND_CSR] = "csr",
	[PKI_KIND_CRL] = "crl",
	[PKI_KIND_PRIVATE_KEY] = "private-key",
	[PKI_KIND_ENCRYPTED_KEY] = "pkcs8-encrypted",
	[PKI_KIND_PUBLIC_KEY] = "public-key",
	[PKI_KIND_PKCS7] = "pkcs7",
	[PKI_KIND_PKCS12] = "pkcs12",
	[PKI_KIND_OCSP_REQUEST] = "ocsp-request",
	[PKI_KIND_OCSP_RESPONSE] = "ocsp-response",
	[PKI_KIND_TS_REQUEST] = "ts-request",
	[PKI_KIND_TS_RESPONSE] = "ts-response",
	[PKI_KIND_ATTRIBUTE_CERTIFICATE] = "attribute-certificate",
	[PKI_KIND_JWK] = "jwk",
};

static const char *const encoding_names[] = {
	[0] = "unknown",
	[PKI_ENCODING_DER] = "der",
	[PKI_ENCODING_BER] = "ber",
	[PKI_ENCODING_PEM] = "pem",
	[PKI_ENCODING_BASE64] = "base64",
	[PKI_ENCODING_JSON] = "json",
};

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

const char *pki_kind_name(pki_kind k)
{
	return kind_names[k > 0 && (size_t)k < COUNT(kind_names) ? k : 0];
}

const char *pki_encoding_name(pki_encoding e)
{
	return encoding_names[e > 0 && (size_t)e < COUNT(encoding_names) ? e : 0];
}

/* The contents of a TLV; of what there is of them, where the length says more. */
static bool look(pki_bytes in, pki_bytes *contents)
{
	size_t n, length = 0;

	if (in.len < 2)
		return false;
	n = in.data[1] < 0x80 ? 0 : in.data[1] & 0x7f;
	if (n > sizeof length || in.len - 2 < n)
		return false;
	for (size_t i = 0; i < n; i++)
		length = length << 8 | in.data[2 + i];
	if (in.data[1] < 0x80)
		length = in.data[1];
	else if (n == 0)
		length = SIZE_MAX; /* indefinite: X.690 8.1.3.6 */
	*contents = pki_bytes_of(in.data + 2 + n, in.len - 2 - n);
	if (contents->len > length)
		contents->len = length;
	return true;
}

static bool fits(char step, uint8_t tag)
{
	switch (step) {
	case '(':
	case 'S':
		return tag == 0x30;
	case '0':
		return tag == 0xa0;
	case '1':
		return tag == 0xa1;
	case '2':
		return tag == 0xa2;
	case 'i':
		return tag == 0x02;
	case 'b':
		return tag == 0x03;
	case 'q':
		return tag == 0x04;
	case 'o':
		return tag == 0x06;
	case 'e':
		return tag == 0x0a;
	default: /* t */
		return tag == 0x17 || tag == 0x18;
	}
}

typedef struct trail {
	const uint8_t *at;
	const uint8_t *end[SHAPE_DEPTH + 1]; /* of the contents at each depth */
	size_t depth;
} trail;

static bool step_on(trail *t, char step)
{
	pki_bytes left = pki_bytes_of(t->at, (size_t)(t->end[t->depth] - t->at));
	pki_bytes contents;

	if (left.len == 0 || !fits(step, *left.data) || !look(left, &contents))
		return false;
	t->at = contents.data + contents.len;
	if (step != '(')
		return true;
	t->at = contents.data;
	t->end[++t->depth] = contents.data + contents.len;
	return true;
}

static bool go(trail *t, char step)
{
	switch (step) {
	case ')':
		t->at = t->end[t->depth--];
		return true;
	case '.':
		return t->at == t->end[t->depth];
	default:
		return step_on(t, step);
	}
}

bool pki_kind_has_shape(pki_bytes in, const char *path)
{
	trail t = { in.data, { in.data + in.len }, 0 };

	for (; *path != '\0'; path++) {
		bool optional = path[1] == '?';

		if (!go(&t, *path) && !optional)
			return false;
		path += optional;
	}
	return true;
}

pki_kind_found pki_kind_of_der(pki_bytes in)
{
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (pki_kind_has_shape(in, shapes[i].path))
			return shapes[i].found;
	return (
	    pki_kind_found){ 0, PKI_E_STRUCTURE, "no kind of object that libpki knows", NULL, 0 };
}

pki_kind_found pki_kind_of_label(pki_bytes text)
{
	for (size_t i = 0; i < COUNT(labels); i++)
		if (pki_bytes_equal(text, pki_bytes_str(labels[i].text)))
			return labels[i].found;
	return (pki_kind_found){ 0, PKI_E_UNSUPPORTED, "no PEM label that libpki knows", "RFC 7468",
		0 };
}

pki_kind_found pki_kind_of_json(void)
{
	return (pki_kind_found){ PKI_KIND_JWK, NOT_YET("RFC 7517 4") };
}

bool pki_kind_is_ber(pki_bytes in)
{
	return in.len >= 2 && in.data[0] == 0x30 && in.data[1] == 0x80;
}
