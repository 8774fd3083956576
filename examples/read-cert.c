/* SPDX-License-Identifier: BSD-3-Clause */
/* Whose a certificate is, for which names, and until when: read-cert FILE [HOST]. */
#include <pki/pki.h>
#include <stdio.h>

static pki_status add(pki_buf *out, const char *text, pki_error *err)
{
	return pki_buf_append(out, pki_bytes_str(text), err);
}

/* "by CN=Example Root,O=Example\nCN=www.example.org"; a server's subject is often empty */
static pki_status add_who(const pki_cert *c, pki_buf *out, pki_error *err)
{
	pki_status st = add(out, "by ", err);

	if (st == PKI_SUCCESS)
		st = pki_name_format(pki_cert_issuer(c), out, err);
	if (st != PKI_SUCCESS || pki_name_is_empty(pki_cert_subject(c)))
		return st;
	st = add(out, "\n", err);
	return st == PKI_SUCCESS ? pki_name_format(pki_cert_subject(c), out, err) : st;
}

/* "\ndns:www.example.org" and so on, a line for each */
static pki_status add_names(const pki_cert *c, pki_buf *out, pki_error *err)
{
	pki_status st = PKI_SUCCESS;
	pki_ext_iter it;
	pki_ext san;
	pki_gn name;

	if (!pki_cert_ext(c, PKI_OID(subject_alt_name), &san))
		return PKI_SUCCESS;
	pki_ext_list(&it, NULL, san.value);
	while (st == PKI_SUCCESS && pki_ext_name_next(&it, &name)) {
		st = add(out, "\n", err);
		if (st == PKI_SUCCESS)
			st = pki_gn_format(&name, out, err);
	}
	return st == PKI_SUCCESS ? pki_ext_list_finish(&it, err) : st;
}

int main(int argc, char **argv)
{
	pki_error err = PKI_ERROR_INIT;
	pki_buf text = PKI_BUF_INIT;
	pki_cert *cert = NULL;
	char why[512];
	bool failed = argc < 2 || pki_cert_load(NULL, argv[1], &cert, &err) ||
	    add_who(cert, &text, &err) || add_names(cert, &text, &err) ||
	    add(&text, "\nuntil ", &err) ||
	    pki_time_format(pki_cert_not_after(cert), &text, &err) ||
	    /* Is it this host's? That it is to be trusted is another question. */
	    (argc > 2 && pki_cert_check_host(cert, argv[2], &err));

	if (failed) {
		pki_error_text(&err, why, sizeof why);
		fprintf(stderr, "read-cert: %s\n", why);
	} else {
		printf("%s\n", pki_buf_str(&text));
	}
	pki_buf_free(&text);
	pki_cert_free(cert);
	return failed;
}
