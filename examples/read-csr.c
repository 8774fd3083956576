/* SPDX-License-Identifier: BSD-3-Clause */
/* What a request asks for, and whether it is signed by its own key: read-csr FILE. */
#include <pki/pki.h>
#include <stdio.h>

/* "CN=www.example.org" */
static pki_status add_subject(const pki_csr *r, pki_buf *out, pki_error *err)
{
	return pki_name_format(pki_csr_subject(r), out, err);
}

/* " dns:www.example.org ip:192.0.2.1" */
static pki_status add_names(const pki_csr *r, pki_buf *out, pki_error *err)
{
	pki_ext san;
	pki_ext_iter it;
	pki_gn name;
	pki_status st = PKI_SUCCESS;

	if (!pki_csr_ext(r, PKI_OID(subject_alt_name), &san))
		return PKI_SUCCESS;
	pki_ext_list(&it, NULL, san.value);
	while (st == PKI_SUCCESS && pki_ext_name_next(&it, &name)) {
		st = pki_buf_append(out, pki_bytes_str(" "), err);
		if (st == PKI_SUCCESS)
			st = pki_gn_format(&name, out, err);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_csr *csr = NULL;
	pki_buf text = PKI_BUF_INIT;
	bool failed = argc != 2 || pki_csr_load(NULL, argv[1], &csr, &err) ||
	    pki_csr_check_signature(csr, &err) || add_subject(csr, &text, &err) ||
	    add_names(csr, &text, &err);

	if (failed)
		fprintf(stderr, "read-csr: %s: %s (byte %zu)\n", pki_error_path(&err),
		    pki_error_reason(&err), pki_error_offset(&err));
	else
		printf("%s\n", pki_buf_str(&text));
	pki_buf_free(&text);
	pki_csr_free(csr);
	return failed;
}
