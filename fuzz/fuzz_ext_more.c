/* SPDX-License-Identifier: BSD-3-Clause */
/* Extensions outside RFC 5280: an octet says which, the rest is its value. */
#include "fuzz/fuzz.h"
#include "libpki/types/ext.h"
#include "libpki/x509/ext_type.h"
#include "tests/lib/ext_copy.h"

#include <pki/ext_more.h>

static const pki_oid *const types[] = { &pki_id_private_key_usage_period, &pki_id_qc_statements,
	&pki_id_sct_list, &pki_id_ct_poison, &pki_id_ms_template_name, &pki_id_ms_template,
	&pki_id_ms_ca_version, &pki_id_ms_previous_cert, &pki_id_ms_application_policies,
	&pki_id_ns_cert_type, &pki_id_ns_comment, &pki_id_ip_addr_blocks,
	&pki_id_autonomous_sys_ids, &pki_id_logotype, &pki_id_ns_base_url };
#define TYPES (sizeof types / sizeof *types)

static pki_status check(pki_bytes oid, pki_bytes value, pki_error *err)
{
	pki_der r;

	pki_der_init(&r, NULL, value, "extnValue");
	pki_ext_check(&r, NULL, oid);
	return pki_der_finish(&r, err);
}

/* One line that shows nothing but itself. */
static void show(const pki_ext *x, pki_status verdict)
{
	pki_buf text = PKI_BUF_INIT;

	require((pki_ext_format(NULL, x, &text, NULL) == PKI_SUCCESS) == (verdict == PKI_SUCCESS));
	for (size_t i = 0; i < text.len; i++)
		require(text.data[i] >= 0x20 && text.data[i] != 0x7f);
	pki_buf_free(&text);
}

/* Read by its fields and built of them, it is what it was. */
static void copy(const pki_ext *x, pki_status verdict)
{
	pki_buf again = PKI_BUF_INIT;
	pki_error err = PKI_ERROR_INIT;
	pki_exts *e = NULL;
	bool known;
	pki_status st;

	require(pki_exts_new(NULL, &e, NULL) == PKI_SUCCESS);
	st = ext_copy(x->oid, x->value, e, &known, &err);
	if (known) {
		require(st == verdict);
		require_error(st, &err);
	}
	if (known && st == PKI_SUCCESS) {
		require(pki_exts_status(e, NULL) == PKI_SUCCESS);
		require(pki_exts_value(e, x->oid, &again, NULL) == PKI_SUCCESS);
		require(pki_bytes_equal(pki_buf_bytes(&again), x->value));
	}
	pki_buf_free(&again);
	pki_exts_free(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len);
	const pki_oid *type = types[fuzz_octet(&in) % TYPES];
	pki_ext x = { .oid = pki_oid_view(type), .value = in };
	pki_error err = PKI_ERROR_INIT;
	pki_status st = check(x.oid, x.value, &err);

	require_error(st, &err);
	show(&x, st);
	copy(&x, st);
	return 0;
}
