/* SPDX-License-Identifier: BSD-3-Clause */
/* Any DER by its modules, as lines or as JSON: show-asn1 [-j] FILE TYPE [MODULE.asn...] */
#include <pki/asn1.h>
#include <pki/pem.h>
#include <stdio.h>
#include <string.h>

static pki_status add_module(pki_asn1 *m, const char *path, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_status st = pki_file_read(path, PKI_ASN1_TEXT, &text, err);

	if (st == PKI_SUCCESS)
		st = pki_asn1_add(m, pki_buf_bytes(&text), err);
	pki_buf_free(&text);
	return st;
}

static pki_status show(
    const pki_asn1 *m, const char *type, pki_bytes der, bool json, pki_error *err)
{
	pki_buf text = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	pki_status st = pki_asn1_decode(m, type, der, &v, err);

	if (st == PKI_SUCCESS)
		st = json ? pki_asn1_json(v, &text, err) : pki_asn1_format(v, &text, err);
	if (st == PKI_SUCCESS)
		fputs(pki_buf_str(&text), stdout);
	pki_asn1_value_free(v);
	pki_buf_free(&text);
	return st;
}

int main(int argc, char **argv)
{
	bool json = argc > 1 && strcmp(argv[1], "-j") == 0;
	char **arg = argv + 1 + json, **end = argv + argc;
	pki_error err = PKI_ERROR_INIT;
	pki_buf der = PKI_BUF_INIT;
	pki_asn1 *m = NULL;
	char text[512];
	pki_status st;

	if (end - arg < 2) {
		fprintf(stderr, "usage: show-asn1 [-j] FILE TYPE [MODULE.asn...]\n");
		return 2;
	}
	st = pki_asn1_new(NULL, &m, &err);
	for (char **path = arg + 2; st == PKI_SUCCESS && path < end; path++)
		st = add_module(m, *path, &err);
	if (st == PKI_SUCCESS)
		st = pki_file_read(arg[0], PKI_ASN1_OCTETS, &der, &err);
	if (st == PKI_SUCCESS)
		st = show(m, arg[1], pki_buf_bytes(&der), json, &err);
	pki_asn1_free(m);
	pki_buf_free(&der);
	pki_error_text(&err, text, sizeof text);
	if (st != PKI_SUCCESS)
		fprintf(stderr, "show-asn1: %s\n", text);
	return st != PKI_SUCCESS;
}
