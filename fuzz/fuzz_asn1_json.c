/* SPDX-License-Identifier: BSD-3-Clause */
/* Values from JSON: an octet chooses the type, the rest is the text. What is read and is whole is
 * written, and read again as the same. */
#include <pki/asn1_json.h>

#include "fuzz/fuzz.h"

static const char module[] =
    "Fuzz { }\n"
    "DEFINITIONS EXPLICIT TAGS ::=\n"
    "BEGIN\n"
    "Everything ::= SEQUENCE {\n"
    "  bool [0] IMPLICIT BOOLEAN DEFAULT TRUE,\n"
    "  int [1] EXPLICIT INTEGER OPTIONAL,\n"
    "  named [2] IMPLICIT INTEGER { one(1), two(2) } DEFAULT one,\n"
    "  enum [3] IMPLICIT ENUMERATED { red(0), green(5) } OPTIONAL,\n"
    "  bits [4] IMPLICIT BIT STRING OPTIONAL,\n"
    "  flags [5] IMPLICIT BIT STRING { first(0), ninth(8) } OPTIONAL,\n"
    "  octets [6] IMPLICIT OCTET STRING OPTIONAL,\n"
    "  oid [7] IMPLICIT OBJECT IDENTIFIER OPTIONAL,\n"
    "  none [8] IMPLICIT NULL OPTIONAL,\n"
    "  any [9] EXPLICIT ANY OPTIONAL,\n"
    "  texts [10] IMPLICIT SEQUENCE OF Text OPTIONAL,\n"
    "  set [11] IMPLICIT SET OF Everything OPTIONAL,\n"
    "  either [12] EXPLICIT Either OPTIONAL,\n"
    "  time [13] IMPLICIT GeneralizedTime OPTIONAL }\n"
    "Text ::= CHOICE { utf8 UTF8String, ia5 IA5String, bmp BMPString, numeric NumericString }\n"
    "Either ::= CHOICE { text Text, inner [0] EXPLICIT Either, all [1] IMPLICIT Everything }\n"
    "END\n";

static const char *const types[] = { "Fuzz.Everything", "Fuzz.Text", "Fuzz.Either",
	"PKIX1Explicit88.Certificate", "PKIX1Implicit88.GeneralNames", "Fuzz.Nothing" };
#define TYPES (sizeof types / sizeof *types)

static const pki_asn1 *modules(void)
{
	static pki_asn1 *m;

	if (m == NULL) {
		require(pki_asn1_new(NULL, &m, NULL) == PKI_SUCCESS);
		require(pki_asn1_add(m, pki_bytes_str(module), NULL) == PKI_SUCCESS);
	}
	return m;
}

/* DER of a tree is read, and its JSON gives the same DER. */
static void there_and_back(const pki_asn1 *m, const char *type, pki_bytes der)
{
	pki_buf json = PKI_BUF_INIT, again = PKI_BUF_INIT;
	pki_asn1_value *v = NULL, *w = NULL;

	require(pki_asn1_decode(m, type, der, &v, NULL) == PKI_SUCCESS);
	require(pki_asn1_json(v, &json, NULL) == PKI_SUCCESS);
	require(pki_asn1_json_parse(m, type, pki_buf_bytes(&json), &w, NULL) == PKI_SUCCESS);
	require(pki_asn1_encode(w, &again, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&again), der));
	pki_asn1_value_free(v);
	pki_asn1_value_free(w);
	pki_buf_free(&json);
	pki_buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	const char *type = types[fuzz_octet(&in) % TYPES];
	pki_asn1_value *v = (pki_asn1_value *)(uintptr_t)data;
	const pki_asn1 *m = modules();
	pki_error err = PKI_ERROR_INIT;
	pki_buf der = PKI_BUF_INIT;
	pki_status st = pki_asn1_json_parse(m, type, in, &v, &err);

	require((st == PKI_SUCCESS) == (v != NULL));
	require(pki_error_status(&err) == st);
	if (st == PKI_SUCCESS && pki_asn1_encode(v, &der, NULL) == PKI_SUCCESS)
		there_and_back(m, type, pki_buf_bytes(&der));
	pki_buf_free(&der);
	pki_asn1_value_free(v);
	return 0;
}
