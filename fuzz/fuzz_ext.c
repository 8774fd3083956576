/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions and Attributes: their syntax, and every reader of contents. */
#include <stdlib.h>
#include <string.h>

#include "libpki/types/attribute.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "tests/lib/ext_copy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void require_same(pki_derw *w, pki_bytes der)
{
	pki_buf out = PKI_BUF_INIT;

	require(pki_derw_finish(w, &out, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&out), der));
	pki_buf_free(&out);
}

/* ---- the contents of every kind of extension ---- */

static const pki_oid *const oids[] = { &pki_id_subject_directory_attributes,
	&pki_id_subject_key_identifier, &pki_id_key_usage, &pki_id_subject_alt_name,
	&pki_id_issuer_alt_name, &pki_id_basic_constraints, &pki_id_crl_number, &pki_id_crl_reasons,
	&pki_id_invalidity_date, &pki_id_delta_crl_indicator, &pki_id_issuing_distribution_point,
	&pki_id_certificate_issuer, &pki_id_name_constraints, &pki_id_crl_distribution_points,
	&pki_id_certificate_policies, &pki_id_policy_mappings, &pki_id_authority_key_identifier,
	&pki_id_policy_constraints, &pki_id_ext_key_usage, &pki_id_freshest_crl,
	&pki_id_inhibit_any_policy, &pki_id_no_rev_avail, &pki_id_authority_info_access,
	&pki_id_subject_info_access, &pki_id_tls_feature, &pki_id_ocsp_nocheck };

/* What the parser of certificates says of the value. */
static pki_status check(pki_bytes oid, pki_bytes value)
{
	pki_buf der = PKI_BUF_INIT;
	pki_status st;
	pki_derw w;
	pki_der r, in;

	pki_derw_init(&w, NULL);
	pki_derw_put(&w, PKI_TAG_OCTETS, value);
	require(pki_derw_finish(&w, &der, NULL) == PKI_SUCCESS);
	pki_der_init(&r, NULL, pki_buf_bytes(&der), NULL);
	pki_der_enter(&r, PKI_TAG_OCTETS, "extnValue", &in);
	pki_ext_check(&in, NULL, oid);
	pki_der_leave(&in);
	st = pki_der_finish(&r, NULL);
	pki_buf_free(&der);
	return st;
}

/* What is read and never written. */
static bool is_read_only(pki_bytes oid, pki_bytes value)
{
	pki_policy_mapping m;
	pki_ext_iter it;
	uint32_t bits;

	if (pki_oid_equal(oid, PKI_OID(key_usage)))
		return pki_ext_key_usage(NULL, value, &bits, NULL) == PKI_SUCCESS &&
		    bits >= PKI_KU_DECIPHER_ONLY << 1;
	if (!pki_oid_equal(oid, PKI_OID(policy_mappings)))
		return false;
	pki_ext_list(&it, NULL, value);
	while (pki_ext_mapping_next(&it, &m))
		if (pki_oid_equal(m.issuer_domain, PKI_OID(any_policy)) ||
		    pki_oid_equal(m.subject_domain, PKI_OID(any_policy)))
			return true;
	return false;
}

static void require_built(const pki_exts *e, pki_bytes oid, pki_bytes value)
{
	pki_buf made = PKI_BUF_INIT;

	require(pki_exts_status(e, NULL) == PKI_SUCCESS);
	require(pki_exts_value(e, oid, &made, NULL) == PKI_SUCCESS);
	require(pki_bytes_equal(pki_buf_bytes(&made), value));
	pki_buf_free(&made);
}

/* One line, without anything that a terminal would obey. A string in nameRelativeToCRLIssuer may be
 * none. */
static void require_line(pki_bytes oid, pki_bytes value)
{
	pki_ext x = { .oid = oid, .value = value };
	pki_buf line = PKI_BUF_INIT;
	pki_status st = pki_ext_format(NULL, &x, &line, NULL);

	require(st == PKI_SUCCESS || st == PKI_E_ENCODING || st == PKI_E_STRUCTURE ||
	    st == PKI_E_LIMIT);
	for (size_t i = 0; i < line.len; i++)
		require(line.data[i] >= 0x20 && line.data[i] != 0x7f);
	pki_buf_free(&line);
}

static void look_at(pki_bytes oid, pki_bytes value)
{
	pki_exts *e = NULL;
	bool known;
	pki_status st;

	require(pki_exts_new(NULL, &e, NULL) == PKI_SUCCESS);
	st = ext_copy(oid, value, e, &known, NULL);
	require(known);
	require(check(oid, value) == st);
	if (st == PKI_SUCCESS) {
		if (!is_read_only(oid, value))
			require_built(e, oid, value);
		require_line(oid, value);
	}
	pki_exts_free(e);
}

static void look_at_contents(pki_bytes value)
{
	for (size_t i = 0; i < sizeof oids / sizeof oids[0]; i++)
		look_at(pki_oid_view(oids[i]), value);
}

static void read_extension(pki_bytes der)
{
	pki_derw w;
	pki_der r;
	pki_ext e;

	pki_der_init(&r, NULL, der, "Extension");
	pki_ext_read(&r, NULL, &e);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return;
	pki_derw_init(&w, NULL);
	pki_ext_write(&w, &e);
	require_same(&w, der);
	look_at_contents(e.value);
}

static void read_attribute(pki_bytes der)
{
	pki_attribute a;
	pki_derw w;
	pki_der r;

	pki_der_init(&r, NULL, der, "Attribute");
	pki_attribute_read(&r, NULL, &a);
	if (pki_der_finish(&r, NULL) != PKI_SUCCESS)
		return;
	pki_derw_init(&w, NULL);
	pki_attribute_write(&w, &a);
	require_same(&w, der);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes der = pki_bytes_of(data, len);

	look_at_contents(der);
	read_extension(der);
	read_attribute(der);
	return 0;
}
