/* SPDX-License-Identifier: BSD-3-Clause */
/* A private extension, defined in ASN.1: built, put into a request, and read back by name. */
#include <pki/asn1.h>
#include <pki/pki.h>
#include <stdio.h>

/* Below the number that RFC 5612 sets aside for examples. */
static const char module[] = "Printers { 1 3 6 1 4 1 32473 2 }\n"
			     "DEFINITIONS EXPLICIT TAGS ::=\n"
			     "BEGIN\n"
			     "id-printer OBJECT IDENTIFIER ::= { 1 3 6 1 4 1 32473 3 }\n"
			     "Printer ::= SEQUENCE {\n"
			     "  model UTF8String (SIZE (1..64)),\n"
			     "  floor [0] IMPLICIT INTEGER DEFAULT 0,\n"
			     "  papers SEQUENCE SIZE (1..MAX) OF Paper }\n"
			     "Paper ::= ENUMERATED { a4(0), a3(1), letter(2) }\n"
			     "END\n";

/* The component of that name, NULL for a new element of a list, with this value. */
static pki_status set(
    pki_asn1_value *v, size_t node, const char *name, const char *text, pki_error *err)
{
	size_t child;
	pki_status st = pki_asn1_child(v, node, name, &child, err);

	return st != PKI_SUCCESS ? st : pki_asn1_set_text(v, child, pki_bytes_str(text), err);
}

/* These give true where something failed, and err says what. */
static bool build(const pki_asn1 *modules, pki_buf *der, pki_error *err)
{
	pki_asn1_value *v = NULL;
	size_t papers;
	bool failed = pki_asn1_create(modules, "Printers.Printer", &v, err) ||
	    set(v, 0, "model", "Laser 12", err) || set(v, 0, "floor", "7", err) ||
	    pki_asn1_child(v, 0, "papers", &papers, err) || set(v, papers, NULL, "a4", err) ||
	    set(v, papers, NULL, "letter", err) || pki_asn1_encode(v, der, err);

	pki_asn1_value_free(v);
	return failed;
}

static bool make_request(pki_bytes oid, pki_bytes value, pki_csr **out, pki_error *err)
{
	pki_csr_opts want = { .size = sizeof want, .subject = "CN=printer" };
	pki_exts *exts = NULL;
	pki_key *key = NULL;
	bool failed = pki_exts_new(NULL, &exts, err) ||
	    pki_key_generate(NULL, PKI_KEY_P256, NULL, &key, err);

	if (!failed) {
		pki_exts_add(exts, oid, false, value);
		want.exts = exts;
		failed = pki_csr_make(NULL, key, &want, out, err);
	}
	pki_key_free(key);
	pki_exts_free(exts);
	return failed;
}

/* Whatever the extension is, its OID tells the type, if a module says so. */
static bool show(const pki_asn1 *modules, const pki_ext *ext, pki_error *err)
{
	const char *type = pki_asn1_type_of(modules, ext->oid);
	pki_buf paper = PKI_BUF_INIT, lines = PKI_BUF_INIT;
	pki_asn1_value *v = NULL;
	bool failed = pki_asn1_decode(modules, type, ext->value, &v, err) ||
	    pki_asn1_text(v, pki_asn1_find(v, 0, "papers[1]"), &paper, err) ||
	    pki_asn1_format(v, &lines, err);

	if (!failed)
		printf("%s, also on %s\n%s", type, pki_buf_str(&paper), pki_buf_str(&lines));
	pki_asn1_value_free(v);
	pki_buf_free(&lines);
	pki_buf_free(&paper);
	return failed;
}

/* What is no Printer is refused, and where. */
static void refuse(const pki_asn1 *modules, pki_buf *der)
{
	pki_error err = PKI_ERROR_INIT;
	pki_asn1_value *v = NULL;
	char text[512];

	der->data[der->len - 1] = 9; /* the second paper */
	if (pki_asn1_decode(modules, "Printer", pki_buf_bytes(der), &v, &err) != PKI_SUCCESS) {
		pki_error_text(&err, text, sizeof text);
		printf("refused: %s\n", text);
	}
	pki_asn1_value_free(v);
}

int main(void)
{
	pki_error err = PKI_ERROR_INIT;
	pki_buf oid = PKI_BUF_INIT, der = PKI_BUF_INIT;
	pki_asn1 *modules = NULL;
	pki_csr *csr = NULL;
	pki_ext ext;
	bool failed = pki_asn1_new(NULL, &modules, &err) ||
	    pki_asn1_add(modules, pki_bytes_str(module), &err) ||
	    pki_oid_parse("1.3.6.1.4.1.32473.3", &oid, &err) || build(modules, &der, &err) ||
	    make_request(pki_buf_bytes(&oid), pki_buf_bytes(&der), &csr, &err) ||
	    !pki_csr_ext(csr, pki_buf_bytes(&oid), &ext) || show(modules, &ext, &err);

	if (failed)
		fprintf(stderr, "private-extension: %s\n", pki_error_reason(&err));
	else
		refuse(modules, &der);
	pki_csr_free(csr);
	pki_asn1_free(modules);
	pki_buf_free(&der);
	pki_buf_free(&oid);
	return failed;
}
