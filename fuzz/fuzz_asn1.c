/* SPDX-License-Identifier: BSD-3-Clause */
/* DER by its module: two octets choose the type, the rest is the value. */
#include "fuzz/fuzz.h"
#include "libpki/core/utf8.h"
#include "tests/lib/asn1_copy.h"
#include "tests/lib/asn1_module.h"

/* Seeds name these by their place, which stays; behind them come all types that there are. */
static const char *const types[] = { "All.Everything", "All.Set", "All.Filter", "All.String",
	"All.Time", "PKIX1Explicit88.Certificate", "PKIX1Explicit88.CertificateList",
	"PKCS-10.CertificationRequest", "PKCS-8.PrivateKeyInfo", "PKIX1Implicit88.GeneralNames",
	"CMS.SignedData" };
#define TYPES (sizeof types / sizeof *types)

static const pki_asn1 *modules(void)
{
	static pki_asn1 *m;

	if (m == NULL) {
		require(pki_asn1_new(NULL, &m, NULL) == PKI_SUCCESS);
		require(pki_asn1_add(m, pki_bytes_str(everything_module), NULL) == PKI_SUCCESS);
	}
	return m;
}

static const char *type_of(const pki_asn1 *m, size_t which)
{
	const char *type = which < TYPES ? types[which] : pki_asn1_type_at(m, which - TYPES);

	return type != NULL ? type : types[which % TYPES];
}

/* Each way to write it gives what was read. */
static void written(const pki_asn1 *m, const char *type, const pki_asn1_value *v, pki_bytes der)
{
	pki_buf again = PKI_BUF_INIT, by_text = PKI_BUF_INIT, by_octets = PKI_BUF_INIT;

	require(pki_asn1_encode(v, &again, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&again), der));
	require(asn1_copy(m, type, v, true, &by_text, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&by_text), der));
	require(asn1_copy(m, type, v, false, &by_octets, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&by_octets), der));
	pki_buf_free(&by_octets);
	pki_buf_free(&by_text);
	pki_buf_free(&again);
}

static void shown(const pki_asn1_value *v)
{
	pki_buf json = PKI_BUF_INIT, lines = PKI_BUF_INIT;

	require(pki_asn1_json(v, &json, NULL) == PKI_SUCCESS);
	require(json_is_valid(pki_buf_bytes(&json)));
	require(pki_asn1_format(v, &lines, NULL) == PKI_SUCCESS);
	require(pki_utf8_valid(pki_buf_bytes(&lines)));
	for (size_t i = 0; i < lines.len; i++)
		require(lines.data[i] == '\n' || (lines.data[i] >= 0x20 && lines.data[i] != 0x7f));
	pki_buf_free(&lines);
	pki_buf_free(&json);
}

/* All nodes lie within their parents, one after the other. */
static void walked(const pki_asn1_value *v, pki_bytes der)
{
	pki_asn1_node n, parent;

	for (size_t i = 0; pki_asn1_get(v, i, &n); i = pki_asn1_step(v, i)) {
		require(n.type != NULL && n.builtin != NULL);
		require(n.offset + n.header + n.length <= der.len);
		if (!pki_asn1_get(v, n.parent, &parent))
			continue;
		require(n.depth == parent.depth + 1 && n.index < parent.count);
		require(n.offset >= parent.offset + parent.header);
		require(n.offset + n.header + n.length <=
		    parent.offset + parent.header + parent.length);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	size_t which = (size_t)fuzz_octet(&in) << 8;
	const pki_asn1 *m = modules();
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v = NULL;
	const char *type;
	pki_status st;

	which |= fuzz_octet(&in);
	type = type_of(m, which);
	st = pki_asn1_decode(m, type, in, &v, &err);
	require_error(st, &err);
	require((st == PKI_SUCCESS) == (v != NULL));
	if (st == PKI_SUCCESS) {
		walked(v, in);
		shown(v);
		written(m, type, v, in);
	}
	pki_asn1_value_free(v);
	return 0;
}
