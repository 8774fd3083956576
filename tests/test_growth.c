/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inputs that grow: what reading them takes of memory and stack. With the name of an input and a
 * size as arguments it reads that one alone, for build-aux/check-growth.sh, which counts
 * instructions.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <pki/pki.h>

#include "libpki/der/ber.h"
#include "libpki/types/spki.h"
#include "libpki/verify/policy.h"
#include "libpki/verify/trust.h"
#include "libpki/x509/name_constraints.h"
#include "tests/lib/oom.h"
#include "tests/lib/t.h"

#define SMALL_STACK ((size_t)64 << 10)
#define MEMORY_MUL  16                 /* times the input, and a MiB */
#define TREE_MOST   ((size_t)32 << 20) /* and that, of trees: CHOICEs take nodes and no octet */

/* ---- pieces ---- */

/* Check's macros are for tests alone. */
static void must(bool ok)
{
	if (!ok)
		abort();
}

static void put(pki_derw *w, pki_buf *out)
{
	must(pki_derw_finish(w, out, NULL) == PKI_SUCCESS);
}

static void puts_to(pki_buf *out, const char *s)
{
	must(pki_buf_append(out, pki_bytes_of(s, strlen(s)), NULL) == PKI_SUCCESS);
}

/* 1.2.x, x of always as many octets */
static pki_bytes number_oid(size_t i, uint8_t out[5])
{
	out[0] = 0x2a;
	for (size_t k = 4; k > 0; k--, i >>= 7)
		out[k] = (uint8_t)((i & 0x7f) | (k == 4 ? 0 : 0x80));
	out[1] |= 0x40; /* no leading zero */
	return pki_bytes_of(out, 5);
}

static void put_ava(pki_derw *w, const char *text)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(common_name));
	pki_derw_text(w, PKI_TAG_UTF8, text);
	pki_derw_end(w);
}

/* A request of this subject and these attributes, which nobody signed. */
static void put_csr(pki_bytes subject, pki_bytes attributes, pki_buf *out)
{
	static const uint8_t octets[64] = { 1 };
	uint8_t room[5];
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_int64(&w, 0);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, subject);
	pki_derw_end(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, number_oid(1, room));
	pki_derw_end(&w);
	pki_derw_bits(&w, pki_bytes_of(octets, sizeof octets), 0);
	pki_derw_end(&w);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_derw_raw(&w, attributes);
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, number_oid(2, room));
	pki_derw_end(&w);
	pki_derw_bits(&w, pki_bytes_of(octets, sizeof octets), 0);
	pki_derw_end(&w);
	put(&w, out);
}

static void csr_with_attributes(pki_derw *attributes, pki_buf *out)
{
	pki_buf der = PKI_BUF_INIT;

	put(attributes, &der);
	put_csr(pki_bytes_of(NULL, 0), pki_buf_bytes(&der), out);
	pki_buf_free(&der);
}

static void csr_with_subject(pki_derw *rdns, pki_buf *out)
{
	pki_buf der = PKI_BUF_INIT;

	put(rdns, &der);
	put_csr(pki_buf_bytes(&der), pki_bytes_of(NULL, 0), out);
	pki_buf_free(&der);
}

static void begin_extension_request(pki_derw *w)
{
	pki_derw_init(w, NULL);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(extension_request));
	pki_derw_begin(w, PKI_TAG_SET);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void end_extension_request(pki_derw *w)
{
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
}

/* ---- inputs ---- */

static void many_extensions(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	begin_extension_request(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, number_oid(i, room));
		pki_derw_put(&w, PKI_TAG_OCTETS, pki_bytes_of("\x05\x00", 2));
		pki_derw_end(&w);
	}
	end_extension_request(&w);
	csr_with_attributes(&w, out);
}

static void many_names(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_extension_request(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, PKI_OID(subject_alt_name));
	pki_derw_begin(&w, PKI_TAG_OCTETS);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < n; i++)
		pki_derw_put(&w, PKI_TAG_IMPLICIT(2), pki_bytes_of("a.example", 9));
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_end(&w);
	end_extension_request(&w);
	csr_with_attributes(&w, out);
}

static void many_directory_names(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_extension_request(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, PKI_OID(subject_alt_name));
	pki_derw_begin(&w, PKI_TAG_OCTETS);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(4));
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_begin(&w, PKI_TAG_SET);
		put_ava(&w, "\1\2\3");
		pki_derw_end(&w);
		pki_derw_end(&w);
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_end(&w);
	end_extension_request(&w);
	csr_with_attributes(&w, out);
}

static void many_rdns(size_t n, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SET);
		put_ava(&w, "x");
		pki_derw_end(&w);
	}
	csr_with_subject(&w, out);
}

/* Alike in all but their ends; the ideographs are prepared one by one. */
static void one_rdn_of(size_t n, size_t ideographs, pki_buf *out)
{
	char text[1024] = "";
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SET);
	for (size_t i = 0; i < ideographs; i++)
		memcpy(text + 3 * i, "\xe4\xb8\x80", 4);
	for (size_t i = 0; i < n; i++) {
		snprintf(text + 3 * ideographs, sizeof text - 3 * ideographs, "%06zuA", i);
		put_ava(&w, text);
	}
	pki_derw_end(&w);
	csr_with_subject(&w, out);
}

static void one_rdn(size_t n, pki_buf *out)
{
	one_rdn_of(n, 0, out);
}

static void one_rdn_long(size_t n, pki_buf *out)
{
	one_rdn_of(n, 300, out);
}

static void combining_marks(size_t n, pki_buf *out)
{
	char *text = malloc(2 * n + 2);
	pki_derw w;

	must(text != NULL);
	for (size_t i = 0; i < n; i++)
		memcpy(text + 2 * i, i % 2 == 0 ? "\xcc\x81" : "\xcc\xa7", 2);
	memcpy(text + 2 * n, "A", 2);
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SET);
	put_ava(&w, text);
	pki_derw_end(&w);
	csr_with_subject(&w, out);
	free(text);
}

static void long_bmp_string(size_t n, pki_buf *out)
{
	uint8_t *octets = malloc(2 * n);
	pki_derw w;

	must(octets != NULL);
	for (size_t i = 0; i < 2 * n; i++)
		octets[i] = i % 2 == 0 ? 0x4e : 0x00;
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SET);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, PKI_OID(common_name));
	pki_derw_put(&w, PKI_TAG_BMP, pki_bytes_of(octets, 2 * n));
	pki_derw_end(&w);
	pki_derw_end(&w);
	csr_with_subject(&w, out);
	free(octets);
}

static void many_attributes(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	pki_derw_init(&w, NULL);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, number_oid(i, room));
		pki_derw_begin(&w, PKI_TAG_SET);
		pki_derw_null(&w);
		pki_derw_end(&w);
		pki_derw_end(&w);
	}
	csr_with_attributes(&w, out);
}

static void many_values(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, number_oid(1, room));
	pki_derw_begin(&w, PKI_TAG_SET);
	for (size_t i = 0; i < n; i++)
		pki_derw_oid(&w, number_oid(i, room));
	pki_derw_end(&w);
	pki_derw_end(&w);
	csr_with_attributes(&w, out);
}

/* SETs in SETs, each with a NULL beside the next. */
static void nested_sets(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, number_oid(1, room));
	pki_derw_begin(&w, PKI_TAG_SET);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SET);
		pki_derw_null(&w);
	}
	for (size_t i = 0; i < n; i++)
		pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_end(&w);
	csr_with_attributes(&w, out);
}

/* ---- certificates ---- */

static void put_algorithm(pki_derw *w)
{
	uint8_t room[5];

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, number_oid(2, room));
	pki_derw_end(w);
}

static void put_validity(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_time(w, 1700000000);
	pki_derw_time(w, 1800000000);
	pki_derw_end(w);
}

static void put_key(pki_derw *w)
{
	static const uint8_t octets[64] = { 1 };

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	put_algorithm(w);
	pki_derw_bits(w, pki_bytes_of(octets, sizeof octets), 0);
	pki_derw_end(w);
}

/* A certificate of this subject and these extensions, which nobody signed. */
static void put_cert(pki_derw *rdns, pki_derw *exts, pki_buf *out)
{
	pki_buf subject = PKI_BUF_INIT, extensions = PKI_BUF_INIT;
	pki_derw w;

	put(rdns, &subject);
	put(exts, &extensions);
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	pki_derw_int64(&w, 2);
	pki_derw_end(&w);
	pki_derw_int64(&w, 1);
	put_algorithm(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_end(&w);
	put_validity(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_raw(&w, pki_buf_bytes(&subject));
	pki_derw_end(&w);
	put_key(&w);
	if (extensions.len > 0) {
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(3));
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_raw(&w, pki_buf_bytes(&extensions));
		pki_derw_end(&w);
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	put_algorithm(&w);
	pki_derw_bits(&w, pki_bytes_of("\x30", 1), 0);
	pki_derw_end(&w);
	put(&w, out);
	pki_buf_free(&subject);
	pki_buf_free(&extensions);
}

static void cert_rdns(size_t n, pki_buf *out)
{
	pki_derw rdns, exts;

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&rdns, PKI_TAG_SET);
		put_ava(&rdns, "x");
		pki_derw_end(&rdns);
	}
	put_cert(&rdns, &exts, out);
}

static void cert_extensions(size_t n, pki_buf *out)
{
	pki_derw rdns, exts;
	uint8_t room[5];

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&exts, PKI_TAG_SEQUENCE);
		pki_derw_oid(&exts, number_oid(i, room));
		pki_derw_put(&exts, PKI_TAG_OCTETS, pki_bytes_of("\x05", 2));
		pki_derw_end(&exts);
	}
	put_cert(&rdns, &exts, out);
}

static void cert_names(size_t n, pki_buf *out)
{
	pki_derw rdns, exts;

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	pki_derw_begin(&exts, PKI_TAG_SEQUENCE);
	pki_derw_oid(&exts, PKI_OID(subject_alt_name));
	pki_derw_begin(&exts, PKI_TAG_OCTETS);
	pki_derw_begin(&exts, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < n; i++)
		pki_derw_put(&exts, PKI_TAG_IMPLICIT(PKI_GN_DNS), pki_bytes_str("a.example"));
	pki_derw_end(&exts);
	pki_derw_end(&exts);
	pki_derw_end(&exts);
	put_cert(&rdns, &exts, out);
}

/* As deep as you like, to be refused. */
static void deep_input(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		must(pki_buf_append(out, pki_bytes_of("\x30\x80", 2), NULL) == PKI_SUCCESS);
}

static void pem_blocks(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, "-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n");
}

static void pem_begins(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, "-----BEGIN CMS-----\n");
}

static void pem_ends(size_t n, pki_buf *out)
{
	puts_to(out, "-----BEGIN CMS-----\nMAA=\n");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "-----END CRL-----\n-----\n");
}

static void pem_headers(size_t n, pki_buf *out)
{
	puts_to(out, "-----BEGIN CMS-----\n");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "a: b\n");
	puts_to(out, "\nMAA=\n-----END CMS-----\n");
}

static void dashes(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, "-----BEGIN");
	puts_to(out, "\n-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n");
}

static void base64_lines(size_t n, pki_buf *out)
{
	puts_to(out, "-----BEGIN CERTIFICATE REQUEST-----\n");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "M\r\nA\rA\nA\n\n");
	puts_to(out, "-----END CERTIFICATE REQUEST-----\n");
}

static void base64_line(size_t n, pki_buf *out)
{
	puts_to(out, "-----BEGIN CERTIFICATE REQUEST-----\n");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "MAAA");
	puts_to(out, "\n-----END CERTIFICATE REQUEST-----\n");
}

static void bare_base64(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, "MAAA");
}

static void der_objects(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		must(pki_buf_append(out, pki_bytes_of("\x30\x00", 2), NULL) == PKI_SUCCESS);
}

static void long_oid(size_t n, pki_buf *out)
{
	uint8_t arc[128];

	must(n <= sizeof arc);
	memset(arc, 0xff, sizeof arc);
	arc[n - 1] = 0x7f;
	must(pki_buf_append(out, pki_bytes_of(arc, n), NULL) == PKI_SUCCESS);
}

/* A public key and a private one whose numbers are n octets. */
static void big_modulus(size_t n, pki_buf *out)
{
	static const uint8_t rsa[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 };
	uint8_t *octets = malloc(n);
	pki_derw w;

	must(octets != NULL);
	memset(octets, 0x7f, n);
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, pki_bytes_of(rsa, sizeof rsa));
	pki_derw_null(&w);
	pki_derw_end(&w);
	pki_derw_begin_bits(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_uint(&w, pki_bytes_of(octets, n));
	pki_derw_uint(&w, pki_bytes_of(octets, n));
	pki_derw_end(&w);
	pki_derw_end(&w);
	pki_derw_end(&w);
	put(&w, out);
	free(octets);
}

static void name_text(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, i == 0 ? "CN=a" : ",CN=a");
}

static void escaped_name_text(size_t n, pki_buf *out)
{
	puts_to(out, "1.2.3=");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "\\,\\41");
}

static void joined_name_text(size_t n, pki_buf *out)
{
	char text[32];

	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof text, "%s1.2.%zu=a", i == 0 ? "" : "+", 1000000 + i);
		puts_to(out, text);
	}
}

static void dots(size_t n, pki_buf *out)
{
	puts_to(out, "email:a@");
	for (size_t i = 0; i < n; i++)
		puts_to(out, "a.");
}

#define OCTETS(s) pki_bytes_of(s, sizeof(s) - 1)

static void put_n(pki_buf *out, pki_bytes before, pki_bytes inner, size_t n, pki_bytes after)
{
	must(pki_buf_append(out, before, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < n; i++)
		must(pki_buf_append(out, inner, NULL) == PKI_SUCCESS);
	must(pki_buf_append(out, after, NULL) == PKI_SUCCESS);
}

static void ber_segments(size_t n, pki_buf *out)
{
	put_n(out, OCTETS("\x24\x80"), OCTETS("\x04\0"), n, OCTETS("\0\0"));
}

static void ber_nested_segments(size_t n, pki_buf *out)
{
	put_n(out, OCTETS("\x23\x80\x23\x80"), OCTETS("\x23\x80\0\0"), n, OCTETS("\0\0\0\0"));
}

static void ber_sequences(size_t n, pki_buf *out)
{
	put_n(out, OCTETS("\x30\x80"), OCTETS("\x30\x80\0\0"), n, OCTETS("\0\0"));
}

static void ber_exact(size_t n, pki_buf *out)
{
	put_n(out, OCTETS("\x30\x80"), OCTETS("\x30\x02\x30\0"), n, OCTETS("\0\0"));
}

static pki_cert *some_cert(void)
{
	pki_cert *c;

	must(pki_cert_load(NULL, TESTS_SRCDIR "/vectors/cert/openssl-ed25519.pem", &c, NULL) ==
	    PKI_SUCCESS);
	return c;
}

static void pem_certs(size_t n, pki_buf *out)
{
	pki_cert *c = some_cert();

	for (size_t i = 0; i < n; i++)
		must(pki_cert_write(c, PKI_PEM, out, NULL) == PKI_SUCCESS);
	pki_cert_free(c);
}

/* SignedData, all but the certificates of indefinite length. */
static void ber_certs(size_t n, pki_buf *out)
{
	static const uint8_t begin[] = { 0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
		0x01, 0x07, 0x02, 0xa0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x01, 0x31, 0x80, 0x00, 0x00,
		0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01, 0x00,
		0x00, 0xa0, 0x80 };
	static const uint8_t end[] = { 0x00, 0x00, 0x31, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };
	pki_cert *c = some_cert();

	put_n(out, pki_bytes_of(begin, sizeof begin), pki_cert_der(c), n,
	    pki_bytes_of(end, sizeof end));
	pki_cert_free(c);
}

static void put_crl_head(pki_derw *w, const char *issuer)
{
	static const uint8_t algorithm[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
		0x04, 0x03, 0x02 };

	pki_derw_int64(w, 1);
	pki_derw_raw(w, pki_bytes_of(algorithm, sizeof algorithm));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SET);
	put_ava(w, issuer);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_time(w, 0);
}

/* crlEntryExtensions: certificateIssuer of these GeneralNames, side by side. */
static void put_certificate_issuer_of(pki_derw *w, pki_bytes names)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(certificate_issuer));
	pki_derw_boolean(w, true);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_derw_put(w, PKI_TAG_SEQUENCE, names);
	for (int k = 0; k < 3; k++)
		pki_derw_end(w);
}

static void put_certificate_issuer(pki_derw *w, size_t i)
{
	pki_buf name = PKI_BUF_INIT;
	char text[32];
	pki_derw n;

	snprintf(text, sizeof text, "issuer %08zu", i);
	pki_derw_init(&n, NULL);
	pki_derw_begin(&n, PKI_TAG_EXPLICIT(4));
	pki_derw_begin(&n, PKI_TAG_SEQUENCE);
	pki_derw_begin(&n, PKI_TAG_SET);
	put_ava(&n, text);
	for (int k = 0; k < 3; k++)
		pki_derw_end(&n);
	must(pki_derw_finish(&n, &name, NULL) == PKI_SUCCESS);
	put_certificate_issuer_of(w, pki_buf_bytes(&name));
	pki_buf_free(&name);
}

static void begin_crl(pki_derw *w)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	put_crl_head(w, "CA");
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void end_crl(pki_derw *w, bool is_indirect)
{
	static const uint8_t end[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04,
		0x03, 0x02, 0x03, 0x02, 0x00, 0x01 };
	static const uint8_t indirect[] = { 0xa0, 0x13, 0x30, 0x11, 0x30, 0x0f, 0x06, 0x03, 0x55,
		0x1d, 0x1c, 0x01, 0x01, 0xff, 0x04, 0x05, 0x30, 0x03, 0x84, 0x01, 0xff };

	pki_derw_end(w);
	if (is_indirect)
		pki_derw_raw(w, pki_bytes_of(indirect, sizeof indirect));
	pki_derw_end(w);
	pki_derw_raw(w, pki_bytes_of(end, sizeof end));
	pki_derw_end(w);
}

/* Entries of as many certificates, or of one; of as many issuers, or of one. */
static void put_crl(size_t n, bool one_serial, bool issuers, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	begin_crl(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_int64(&w, INT64_C(0x40000000) + (int64_t)(one_serial ? 0 : i));
		pki_derw_time(&w, 0);
		if (issuers)
			put_certificate_issuer(&w, i);
		pki_derw_end(&w);
	}
	end_crl(&w, issuers);
	put(&w, out);
}

static void crl_entries(size_t n, pki_buf *out)
{
	put_crl(n, false, false, out);
}

static void crl_one_serial(size_t n, pki_buf *out)
{
	put_crl(n, true, false, out);
}

static void crl_issuers(size_t n, pki_buf *out)
{
	put_crl(n, false, true, out);
}

/* Entries of an issuer that has as many names. */
static void put_crl_names(size_t n, bool one_serial, pki_buf *out)
{
	static const uint8_t dns[] = { 0x82, 0x01, 'a' };
	pki_buf names = PKI_BUF_INIT;
	pki_derw w;

	put_n(&names, pki_bytes_of(NULL, 0), pki_bytes_of(dns, sizeof dns), n - 1,
	    pki_bytes_of("\xa4\x02\x30\x00", 4));
	pki_derw_init(&w, NULL);
	begin_crl(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_int64(&w, INT64_C(0x40000000) + (int64_t)(one_serial ? 0 : i));
		pki_derw_time(&w, 0);
		if (i == 0)
			put_certificate_issuer_of(&w, pki_buf_bytes(&names));
		pki_derw_end(&w);
	}
	end_crl(&w, true);
	put(&w, out);
	pki_buf_free(&names);
}

static void crl_names(size_t n, pki_buf *out)
{
	put_crl_names(n, true, out);
}

static void crl_names_of_many(size_t n, pki_buf *out)
{
	put_crl_names(n, false, out);
}

static void crl_serial_of_all(size_t n, pki_buf *out)
{
	put_crl(n, true, true, out);
}

/* CRLs side by side, all of one issuer. */
static void many_crls(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		put_crl(1, false, false, out);
}

/* TrustAnchorInfo: a name, a key */
static void put_anchor(pki_derw *w, size_t name, size_t key)
{
	char text[32], octets[32];

	snprintf(text, sizeof text, "CA %08zu", name);
	snprintf(octets, sizeof octets, "%08zu", key);
	pki_derw_begin(w, PKI_TAG_EXPLICIT(2));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, PKI_OID(common_name));
	pki_derw_end(w);
	pki_derw_bits(w, pki_bytes_str(octets), 0);
	pki_derw_end(w);
	pki_derw_put(w, PKI_TAG_OCTETS, pki_bytes_str("key"));
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_begin(w, PKI_TAG_SET);
	put_ava(w, text);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
	pki_derw_end(w);
}

static void put_anchors(size_t n, bool one_name, pki_buf *out)
{
	pki_derw w;

	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < n; i++)
		put_anchor(&w, one_name ? 0 : i * 7919 % n, i * 7919 % n);
	pki_derw_end(&w);
	put(&w, out);
}

static void anchors(size_t n, pki_buf *out)
{
	put_anchors(n, false, out);
}

static void anchors_of_one_name(size_t n, pki_buf *out)
{
	put_anchors(n, true, out);
}

/* ---- what is done with them ---- */

/* All that a program may want to know of a request. */
static void read_names(const pki_ext *e)
{
	pki_buf text = PKI_BUF_INIT;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, e->value);
	while (pki_ext_name_next(&it, &gn)) {
		(void)!pki_gn_format(&gn, &text, NULL);
		pki_buf_free(&text);
	}
	(void)!pki_ext_list_finish(&it, NULL);
}

/* Its last letter is an A, whatever else. */
static void compare_subject(const pki_name *n)
{
	pki_buf der = PKI_BUF_INIT;
	pki_name *other = NULL;

	if (pki_buf_append(&der, pki_name_der(n), NULL) == PKI_SUCCESS && der.len > 2) {
		der.data[der.len - 1] |= 0x20;
		if (pki_name_parse(NULL, pki_buf_bytes(&der), &other, NULL) == PKI_SUCCESS)
			(void)pki_name_equal(n, other);
	}
	pki_name_free(other);
	pki_buf_free(&der);
}

static void read_request(const pki_csr *csr)
{
	pki_buf text = PKI_BUF_INIT;
	pki_ext e;

	(void)!pki_name_format(pki_csr_subject(csr), &text, NULL);
	pki_buf_free(&text);
	compare_subject(pki_csr_subject(csr));
	for (size_t i = 0; pki_csr_ext_at(csr, i, &e); i++) {
		if (pki_oid_equal(e.oid, PKI_OID(subject_alt_name)))
			read_names(&e);
	}
	(void)!pki_csr_check_signature(csr, NULL);
}

static void read_request_in(pki_bytes in)
{
	pki_csr *csr;

	if (pki_csr_parse(NULL, in, &csr, NULL) == PKI_SUCCESS)
		read_request(csr);
	pki_csr_free(csr);
}

/* Looked up without an index and with one, if there can be one; and made again. */
static void read_crl(pki_bytes in)
{
	static const uint8_t none[] = { 0x7f, 0xff }, some[] = { 0x40, 0x00, 0x00, 0x07 };
	pki_crl_cursor at = { { 0 } };
	pki_revoked r;
	pki_crl *c;

	must(pki_crl_parse(NULL, in, &c, NULL) == PKI_SUCCESS);
	while (pki_crl_next(c, &at, &r))
		;
	for (int i = 0; i < 2; i++) {
		must(pki_crl_find(c, pki_crl_issuer(c), pki_bytes_of(none, 2), &r, NULL) ==
		    PKI_SUCCESS);
		must(pki_crl_find(c, pki_crl_issuer(c), pki_bytes_of(some, 4), &r, NULL) ==
		    PKI_SUCCESS);
		(void)!pki_crl_index(c, NULL);
	}
	pki_crl_free(c);
}

/* Into a new CRL. */
static void continue_crl(pki_bytes in)
{
	pki_cert_opts ca = { .size = sizeof ca, .subject = "CN=CA", .profile = PKI_PROFILE_CA };
	pki_crl_opts o = { .size = sizeof o };
	pki_crl_builder *b;
	pki_cert *issuer;
	pki_crl *c, *made;
	pki_key *k;

	must(pki_crl_parse(NULL, in, &c, NULL) == PKI_SUCCESS);
	must(pki_key_generate(NULL, PKI_KEY_ED25519, NULL, &k, NULL) == PKI_SUCCESS);
	must(pki_cert_self_sign(NULL, k, &ca, &issuer, NULL) == PKI_SUCCESS);
	must(pki_crl_builder_new(NULL, &b, NULL) == PKI_SUCCESS);
	o.from = c;
	must(pki_crl_builder_sign(b, issuer, k, &o, &made, NULL) == PKI_SUCCESS);
	must(pki_crl_count(made) == pki_crl_count(c));
	pki_crl_free(made);
	pki_crl_builder_free(b);
	pki_cert_free(issuer);
	pki_key_free(k);
	pki_crl_free(c);
}

/* Put into a set, and each looked for there. */
static void read_crls(pki_bytes in)
{
	pki_crls *s;
	pki_crl *c;
	size_t at = 0, n = in.len;

	must(pki_crls_new(NULL, &s, NULL) == PKI_SUCCESS);
	while (in.len > 0) {
		size_t len = 2u + in.data[1];

		if (in.data[1] > 0x80)
			len = 3u + in.data[2];
		must(pki_crl_parse(NULL, pki_bytes_of(in.data, len), &c, NULL) == PKI_SUCCESS);
		must(pki_crls_add(s, c, NULL) == PKI_SUCCESS);
		pki_crl_free(c);
		in = pki_bytes_of(in.data + len, in.len - len);
	}
	must(n > 0);
	c = pki_crl_ref(pki_crls_next(s, NULL, &at));
	at = 0;
	while (pki_crls_next(s, pki_crl_issuer(c), &at) != NULL)
		;
	pki_crl_free(c);
	pki_crls_free(s);
}

/* Sorted; and those of one name are gone through. */
static void trust_anchors(pki_bytes in)
{
	const pki_name *name;
	pki_trust_builder *b;
	pki_trust *t;
	size_t at = 0;

	must(pki_trust_builder_new(NULL, &b, NULL) == PKI_SUCCESS);
	must(pki_trust_add_list(b, in, NULL) == PKI_SUCCESS);
	must(pki_trust_freeze(b, &t, NULL) == PKI_SUCCESS);
	name = pki_trust_name_at(t, 0);
	while (pki_trust_next(t, name, &at) != NULL)
		;
	must(at > 0);
	pki_trust_free(t);
	pki_trust_builder_free(b);
}

static void read_cert(pki_bytes in)
{
	pki_cert *c;

	must(pki_cert_parse(NULL, in, &c, NULL) == PKI_SUCCESS);
	compare_subject(pki_cert_subject(c));
	pki_cert_free(c);
}

/* ---- policies along a path ---- */

static void begin_ext(pki_derw *w, pki_bytes oid)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_begin(w, PKI_TAG_OCTETS);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void end_ext(pki_derw *w)
{
	for (int k = 0; k < 3; k++)
		pki_derw_end(w);
}

static void put_policy(pki_derw *w, pki_bytes oid)
{
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, oid);
	pki_derw_end(w);
}

static void put_mapping(pki_derw *w, size_t from, size_t to)
{
	uint8_t room[5];

	pki_derw_begin(w, PKI_TAG_SEQUENCE);
	pki_derw_oid(w, number_oid(from, room));
	pki_derw_oid(w, number_oid(to, room));
	pki_derw_end(w);
}

/* CVE-2023-0464: a tree of 2^n nodes. */
static void policy_bomb(size_t n, pki_buf *out)
{
	pki_buf one = PKI_BUF_INIT;
	pki_derw rdns, exts;
	uint8_t room[5];

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	begin_ext(&exts, PKI_OID(certificate_policies));
	for (size_t i = 0; i < 2; i++)
		put_policy(&exts, number_oid(i, room));
	end_ext(&exts);
	begin_ext(&exts, PKI_OID(policy_mappings));
	for (size_t i = 0; i < 4; i++)
		put_mapping(&exts, i / 2, i % 2);
	end_ext(&exts);
	put_cert(&rdns, &exts, &one);
	for (size_t i = 0; i < n; i++)
		must(pki_buf_append(out, pki_buf_bytes(&one), NULL) == PKI_SUCCESS);
	pki_buf_free(&one);
}

/* anyPolicy, and n others that are mapped, in disorder. */
static void policies_mapped(size_t n, pki_buf *out)
{
	pki_derw rdns, exts;

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	begin_ext(&exts, PKI_OID(certificate_policies));
	put_policy(&exts, PKI_OID(any_policy));
	end_ext(&exts);
	begin_ext(&exts, PKI_OID(policy_mappings));
	for (size_t i = 0; i < n; i++)
		put_mapping(&exts, i * 7919 % n, i * 7907 % n);
	end_ext(&exts);
	put_cert(&rdns, &exts, out);
}

/* A path of this certificate, as often as it is there. */
static void walk_policies(pki_bytes in)
{
	pki_policies *p;
	pki_policy *valid;
	size_t one = 3u + in.data[2], n, count;
	pki_cert *c;

	if (in.data[1] == 0x82)
		one = 4u + ((size_t)in.data[2] << 8) + in.data[3];
	n = in.len / one;
	must(pki_cert_parse(NULL, pki_bytes_of(in.data, in.len / n), &c, NULL) == PKI_SUCCESS);
	must(pki_policies_new(NULL, NULL, n, 0, &p, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < n; i++) {
		must(pki_policies_add(p, c, false, NULL) == PKI_SUCCESS);
		must(pki_policies_prepare(p, c, NULL) == PKI_SUCCESS);
	}
	must(pki_policies_finish(p, c, NULL, 0, &valid, &count, NULL) == PKI_SUCCESS && count > 0);
	pki_free(valid);
	pki_policies_free(p);
	pki_cert_free(c);
}

/* ---- names under constraints ---- */

#define FEW_NAMES 100 /* times 10000 they are no more comparisons than there may be */

/* n GeneralNames, or their subtrees, which exclude other names. */
static void put_names(pki_derw *w, size_t n, bool subtrees, bool directory)
{
	char text[32];

	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof text, "%s%05zu.example", subtrees ? "a" : "b", i);
		if (subtrees)
			pki_derw_begin(w, PKI_TAG_SEQUENCE);
		if (directory) {
			pki_derw_begin(w, PKI_TAG_EXPLICIT(4));
			pki_derw_begin(w, PKI_TAG_SEQUENCE);
			pki_derw_begin(w, PKI_TAG_SET);
			put_ava(w, text);
			for (int k = 0; k < 3; k++)
				pki_derw_end(w);
		} else {
			pki_derw_put(w, PKI_TAG_IMPLICIT(2), pki_bytes_str(text));
		}
		if (subtrees)
			pki_derw_end(w);
	}
}

/* A certificate of so many names, and so many that it excludes. */
static void put_constrained(size_t names, size_t subtrees, bool directory, pki_buf *out)
{
	pki_derw rdns, exts;

	pki_derw_init(&rdns, NULL);
	pki_derw_init(&exts, NULL);
	begin_ext(&exts, PKI_OID(subject_alt_name));
	put_names(&exts, names, false, directory);
	end_ext(&exts);
	begin_ext(&exts, PKI_OID(name_constraints));
	pki_derw_begin(&exts, PKI_TAG_EXPLICIT(1));
	put_names(&exts, subtrees, true, directory);
	pki_derw_end(&exts);
	end_ext(&exts);
	put_cert(&rdns, &exts, out);
}

static void constrained_names(size_t n, pki_buf *out)
{
	put_constrained(n, FEW_NAMES, false, out);
}

static void constraints_on_names(size_t n, pki_buf *out)
{
	put_constrained(FEW_NAMES, n, false, out);
}

static void constrained_directory_names(size_t n, pki_buf *out)
{
	put_constrained(n, FEW_NAMES, true, out);
}

static void constraints_on_directory_names(size_t n, pki_buf *out)
{
	put_constrained(FEW_NAMES, n, true, out);
}

/* By its own constraints. */
static void judge_names(pki_bytes in)
{
	pki_cert *c;
	pki_nc n;

	must(pki_cert_parse(NULL, in, &c, NULL) == PKI_SUCCESS);
	pki_nc_init(&n, NULL, NULL);
	must(pki_nc_add_cert(&n, c, NULL) == PKI_SUCCESS);
	must(pki_nc_check(&n, c, NULL) == PKI_SUCCESS);
	pki_nc_free(&n);
	pki_cert_free(c);
}

/* One that says the same is made, below a CA that has something to say of its names. */
static void issue_alike(pki_bytes in)
{
	pki_cert_opts ca = { .size = sizeof ca, .subject = "CN=CA", .profile = PKI_PROFILE_CA };
	pki_cert_opts o = { .size = sizeof o, .subject = "CN=x", .profile = PKI_PROFILE_CLIENT };
	pki_cert *c, *issuer, *made;
	pki_exts *exts, *constraints;
	pki_key *k;
	pki_ext e;

	must(pki_cert_parse(NULL, in, &c, NULL) == PKI_SUCCESS);
	must(pki_exts_new(NULL, &exts, NULL) == PKI_SUCCESS);
	must(pki_exts_new(NULL, &constraints, NULL) == PKI_SUCCESS);
	must(pki_key_generate(NULL, PKI_KEY_ED25519, NULL, &k, NULL) == PKI_SUCCESS);
	for (size_t i = 0; pki_cert_ext_at(c, i, &e); i++)
		pki_exts_add(exts, e.oid, e.critical, e.value);
	pki_exts_permit(constraints, "dns:example");
	ca.exts = constraints;
	o.exts = exts;
	must(pki_cert_self_sign(NULL, k, &ca, &issuer, NULL) == PKI_SUCCESS);
	must(pki_cert_issue_spki(pki_pubkey_spki(pki_key_public(k)), issuer, k, &o, &made, NULL) ==
	    PKI_SUCCESS);
	pki_cert_free(made);
	pki_cert_free(issuer);
	pki_cert_free(c);
	pki_key_free(k);
	pki_exts_free(constraints);
	pki_exts_free(exts);
}

static void read_objects(pki_bytes in)
{
	pki_objects *l;
	pki_object o;
	pki_status st;

	if (pki_read_all_of(NULL, in, &l, NULL) != PKI_SUCCESS)
		return;
	do
		st = pki_objects_next(l, &o, NULL);
	while (st != PKI_E_NOTFOUND && (st != PKI_SUCCESS || o.kind != 0));
	pki_objects_free(l);
}

static void read_key(pki_bytes in)
{
	pki_pubkey *k;
	pki_spki spki;

	(void)!pki_spki_parse(NULL, in, &spki, NULL);
	(void)!pki_pubkey_parse(NULL, in, &k, NULL);
	pki_pubkey_free(k);
}

static void format_oid(pki_bytes in)
{
	pki_buf text = PKI_BUF_INIT, back = PKI_BUF_INIT;

	if (pki_oid_format(in, &text, NULL) == PKI_SUCCESS)
		(void)!pki_oid_parse(pki_buf_str(&text), &back, NULL);
	pki_buf_free(&text);
	pki_buf_free(&back);
}

static void read_name_text(pki_bytes in)
{
	pki_name *n;

	(void)!pki_name_from_string(NULL, (const char *)in.data, &n, NULL);
	pki_name_free(n);
}

static void read_gn_text(pki_bytes in)
{
	pki_buf store = PKI_BUF_INIT;
	pki_gn gn;

	(void)!pki_gn_from_string(NULL, (const char *)in.data, &store, &gn, NULL);
	pki_buf_free(&store);
}

static void read_ber(pki_bytes in)
{
	pki_buf der = PKI_BUF_INIT;

	must(pki_ber_to_der(NULL, in, &der, NULL, NULL) == PKI_SUCCESS);
	pki_buf_free(&der);
}

static void read_certs(pki_bytes in)
{
	pki_certs *l;

	must(pki_certs_parse(NULL, in, &l, NULL) == PKI_SUCCESS);
	pki_certs_free(l);
}

/* ---- the value of one extension, behind its OID ---- */

static void put_value(const pki_oid *oid, pki_derw *w, pki_buf *out)
{
	pki_buf value = PKI_BUF_INIT;
	uint8_t head = oid->len;

	pki_derw_end(w);
	put(w, &value);
	must(pki_buf_append(out, pki_bytes_of(&head, 1), NULL) == PKI_SUCCESS);
	must(pki_buf_append(out, pki_oid_view(oid), NULL) == PKI_SUCCESS);
	must(pki_buf_append(out, pki_buf_bytes(&value), NULL) == PKI_SUCCESS);
	pki_buf_free(&value);
}

static void begin_value(pki_derw *w)
{
	pki_derw_init(w, NULL);
	pki_derw_begin(w, PKI_TAG_SEQUENCE);
}

static void many_policies(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	begin_value(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, number_oid(i * 7919 % n, room));
		pki_derw_end(&w);
	}
	put_value(&pki_id_certificate_policies, &w, out);
}

static void many_qualifiers(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	begin_value(&w);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_oid(&w, number_oid(1, room));
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, PKI_OID(qt_cps));
		pki_derw_text(&w, PKI_TAG_IA5, "http://example.org/");
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	pki_derw_end(&w);
	put_value(&pki_id_certificate_policies, &w, out);
}

static void many_mappings(size_t n, pki_buf *out)
{
	uint8_t room[5];
	pki_derw w;

	begin_value(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, number_oid(i, room));
		pki_derw_oid(&w, number_oid(i, room));
		pki_derw_end(&w);
	}
	put_value(&pki_id_policy_mappings, &w, out);
}

static void many_subtrees(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_value(&w);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_put(&w, PKI_TAG_IMPLICIT(2), pki_bytes_str("example.org"));
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	put_value(&pki_id_name_constraints, &w, out);
}

static void many_points(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_value(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(0));
		pki_derw_put(&w, PKI_TAG_IMPLICIT(6), pki_bytes_str("http://example.org/"));
		pki_derw_end(&w);
		pki_derw_end(&w);
		pki_derw_end(&w);
	}
	put_value(&pki_id_crl_distribution_points, &w, out);
}

/* Each of n points names n / 100 issuers. */
static void points_of_names(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_value(&w);
	for (size_t i = 0; i < 100; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(2));
		for (size_t k = 0; k < n / 100; k++)
			pki_derw_put(&w, PKI_TAG_IMPLICIT(2), pki_bytes_str("example.org"));
		pki_derw_end(&w);
		pki_derw_end(&w);
	}
	put_value(&pki_id_freshest_crl, &w, out);
}

static void many_accesses(size_t n, pki_buf *out)
{
	pki_derw w;

	begin_value(&w);
	for (size_t i = 0; i < n; i++) {
		pki_derw_begin(&w, PKI_TAG_SEQUENCE);
		pki_derw_oid(&w, PKI_OID(ad_ocsp));
		pki_derw_put(&w, PKI_TAG_IMPLICIT(6), pki_bytes_str("http://example.org/"));
		pki_derw_end(&w);
	}
	put_value(&pki_id_authority_info_access, &w, out);
}

/* Checked as a parser does, and shown. */
static void read_value(pki_bytes in)
{
	pki_ext x = { .oid = pki_bytes_of(in.data + 1, in.data[0]) };
	pki_buf line = PKI_BUF_INIT;

	x.value = pki_bytes_of(in.data + 1 + x.oid.len, in.len - 1 - x.oid.len);
	must(pki_ext_format(NULL, &x, &line, NULL) == PKI_SUCCESS);
	pki_buf_free(&line);
}

static void build_subtrees(pki_bytes in)
{
	pki_exts *e;

	must(pki_exts_new(NULL, &e, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < in.len / strlen("an entry"); i++) {
		pki_exts_permit(e, "example.org");
		pki_exts_crl_url(e, "http://example.org/");
		pki_exts_ocsp_url(e, "http://example.org/");
		pki_exts_san(e, "example.org");
	}
	must(pki_exts_status(e, NULL) == PKI_SUCCESS);
	pki_exts_free(e);
}

static void entries(size_t n, pki_buf *out)
{
	for (size_t i = 0; i < n; i++)
		puts_to(out, "an entry");
}

/* ---- values by their module ---- */

#define WIDE 1000 /* components */

/* Module "Growth": lists, a type in itself, CHOICEs in CHOICEs, and much of everything. */
static void asn1_module(pki_buf *text)
{
	char line[80];

	puts_to(text,
	    "Growth { } DEFINITIONS EXPLICIT TAGS ::= BEGIN\n"
	    "Lists ::= SEQUENCE OF SEQUENCE OF INTEGER\n"
	    "Anys ::= SET OF ANY\n"
	    "Choices ::= SEQUENCE OF C0\n"
	    "Filter ::= CHOICE { present [0] IMPLICIT NULL, and [1] IMPLICIT SET OF Filter }\n"
	    "Alternatives ::= CHOICE { last NULL");
	for (size_t i = 0; i < WIDE; i++) {
		snprintf(line, sizeof line, ",\n  a%zu [%zu] IMPLICIT NULL", i, i);
		puts_to(text, line);
	}
	puts_to(text, " }\nOfMany ::= SEQUENCE OF Alternatives\nWide ::= SEQUENCE { last NULL");
	for (size_t i = 0; i < WIDE; i++) {
		snprintf(line, sizeof line, ",\n  a%zu [%zu] NULL OPTIONAL", i, i);
		puts_to(text, line);
	}
	puts_to(text, " }\n");
	for (size_t i = 0; i < 8; i++) {
		snprintf(line, sizeof line, "C%zu ::= CHOICE { c C%zu }\n", i, i + 1);
		puts_to(text, line);
	}
	puts_to(text, "C8 ::= CHOICE { b BOOLEAN, n NULL } END\n");
}

static const pki_asn1 *asn1_modules(void)
{
	static pki_asn1 *m; /* to the end of the program */
	pki_buf text = PKI_BUF_INIT;

	if (m != NULL)
		return m;
	asn1_module(&text);
	must(pki_asn1_new(NULL, &m, NULL) == PKI_SUCCESS);
	must(pki_asn1_add(m, pki_buf_bytes(&text), NULL) == PKI_SUCCESS);
	pki_buf_free(&text);
	return m;
}

static void repeated(pki_tag tag, const char *element, size_t len, size_t n, pki_buf *out)
{
	pki_derw w;

	(void)asn1_modules(); /* not what is measured */
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, tag);
	for (size_t i = 0; i < n; i++)
		pki_derw_raw(&w, pki_bytes_of(element, len));
	pki_derw_end(&w);
	put(&w, out);
}

static void asn1_lists(size_t n, pki_buf *out)
{
	repeated(PKI_TAG_SEQUENCE, "\x30\x03\x02\x01\x05", 5, n, out);
}

static void asn1_nulls(size_t n, pki_buf *out)
{
	repeated(PKI_TAG_SET, "\x05", 2, n, out);
}

static void asn1_choices(size_t n, pki_buf *out)
{
	repeated(PKI_TAG_SEQUENCE, "\x05", 2, n, out);
}

static void asn1_alternatives(size_t n, pki_buf *out)
{
	repeated(PKI_TAG_SEQUENCE, "\x9f\x87\x67", 4, n, out); /* [999] */
}

static void asn1_octets(size_t n, pki_buf *out)
{
	uint8_t *octets = calloc(1, n);
	pki_derw w;

	must(octets != NULL);
	(void)asn1_modules();
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SET);
	pki_derw_put(&w, PKI_TAG_OCTETS, pki_bytes_of(octets, n));
	pki_derw_end(&w);
	put(&w, out);
	free(octets);
}

/* As deep as DER may be, so many times. */
static void asn1_filters(size_t n, pki_buf *out)
{
	pki_derw w;

	(void)asn1_modules();
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_EXPLICIT(1));
	for (size_t i = 0; i < n; i++) {
		for (size_t deep = 0; deep < 28; deep++)
			pki_derw_begin(&w, PKI_TAG_EXPLICIT(1));
		pki_derw_put(&w, PKI_TAG_IMPLICIT(0), pki_bytes_of(NULL, 0));
		for (size_t deep = 0; deep < 28; deep++)
			pki_derw_end(&w);
	}
	pki_derw_end(&w);
	put(&w, out);
}

/* Of the OPTIONALs the last n. */
static void asn1_wide(size_t n, pki_buf *out)
{
	pki_derw w;

	(void)asn1_modules();
	pki_derw_init(&w, NULL);
	pki_derw_begin(&w, PKI_TAG_SEQUENCE);
	pki_derw_null(&w);
	for (size_t i = WIDE - n; i < WIDE; i++) {
		pki_derw_begin(&w, PKI_TAG_EXPLICIT(i));
		pki_derw_null(&w);
		pki_derw_end(&w);
	}
	pki_derw_end(&w);
	put(&w, out);
}

static void use_asn1(const char *type, pki_bytes in)
{
	pki_buf again = PKI_BUF_INIT;
	pki_asn1_value *v;
	pki_asn1_node n;

	must(pki_asn1_decode(asn1_modules(), type, in, &v, NULL) == PKI_SUCCESS);
	for (size_t i = 0; pki_asn1_get(v, i, &n); i = pki_asn1_step(v, i))
		must(n.builtin != NULL);
	must(pki_asn1_encode(v, &again, NULL) == PKI_SUCCESS);
	must(pki_bytes_equal(pki_buf_bytes(&again), in));
	pki_buf_free(&again);
	must(pki_asn1_json(v, &again, NULL) == PKI_SUCCESS);
	pki_buf_free(&again);
	must(pki_asn1_format(v, &again, NULL) == PKI_SUCCESS);
	pki_buf_free(&again);
	pki_asn1_value_free(v);
}

static void read_lists(pki_bytes in)
{
	use_asn1("Growth.Lists", in);
}

static void read_anys(pki_bytes in)
{
	use_asn1("Growth.Anys", in);
}

static void read_choices(pki_bytes in)
{
	use_asn1("Growth.Choices", in);
}

static void read_alternatives(pki_bytes in)
{
	use_asn1("Growth.OfMany", in);
}

static void read_filters(pki_bytes in)
{
	use_asn1("Growth.Filter", in);
}

static void read_wide(pki_bytes in)
{
	use_asn1("Growth.Wide", in);
}

/* As many elements as `in` has octets, built one by one; each of those taken out looks at all. */
static void build_elements(pki_bytes in)
{
	pki_buf der = PKI_BUF_INIT;
	pki_asn1_value *v;
	size_t node = 0, half = 0;

	must(pki_asn1_create(asn1_modules(), "Growth.Anys", &v, NULL) == PKI_SUCCESS);
	for (size_t i = 0; i < in.len; i++) {
		half = i == in.len / 2 ? node : half;
		must(pki_asn1_child(v, 0, NULL, &node, NULL) == PKI_SUCCESS);
		must(pki_asn1_set_text(v, node, pki_bytes_str("0500"), NULL) == PKI_SUCCESS);
		must(pki_asn1_set_text(v, node, pki_bytes_str("010100"), NULL) == PKI_SUCCESS);
	}
	for (size_t i = 0; i < 10 && (node = pki_asn1_next(v, half)) != PKI_ASN1_NONE; i++)
		must(pki_asn1_remove(v, node, NULL) == PKI_SUCCESS);
	must(pki_asn1_encode(v, &der, NULL) == PKI_SUCCESS);
	pki_buf_free(&der);
	pki_asn1_value_free(v);
}

static void octets_alone(size_t n, pki_buf *out)
{
	(void)asn1_modules();
	for (size_t i = 0; i < n; i++)
		puts_to(out, "x");
}

/* n: the size at which it is read here; `capped`: no more is allowed. */
static const struct family {
	const char *name;
	size_t n;
	bool capped;
	void (*build)(size_t n, pki_buf *out);
	void (*run)(pki_bytes in);
} families[] = {
	{ "extensions", 128, true, many_extensions, read_request_in },
	{ "names", 10000, true, many_names, read_request_in },
	{ "directory-names", 10000, true, many_directory_names, read_request_in },
	{ "rdns", 1000, true, many_rdns, read_request_in },
	{ "one-rdn", 1000, true, one_rdn, read_request_in },
	{ "one-rdn-long", 1000, true, one_rdn_long, read_request_in },
	{ "combining-marks", 100000, false, combining_marks, read_request_in },
	{ "bmp-string", 100000, false, long_bmp_string, read_request_in },
	{ "attributes", 128, true, many_attributes, read_request_in },
	{ "values", 50000, false, many_values, read_request_in },
	{ "nested-sets", 24, true, nested_sets, read_request_in },
	{ "cert-rdns", 1000, true, cert_rdns, read_cert },
	{ "cert-extensions", 128, true, cert_extensions, read_cert },
	{ "cert-names", 10000, true, cert_names, read_cert },
	{ "issued-extensions", 120, true, cert_extensions, issue_alike },
	{ "issued-names", 10000, true, cert_names, issue_alike },
	{ "crl-entries", 50000, false, crl_entries, read_crl },
	{ "crl-one-serial", 50000, false, crl_one_serial, read_crl },
	{ "crl-issuers", 20000, false, crl_issuers, read_crl },
	{ "crl-serial-of-all", 20000, false, crl_serial_of_all, read_crl },
	{ "crl-names", 10000, false, crl_names, read_crl },
	{ "crl-continued", 10000, false, crl_names_of_many, continue_crl },
	{ "crls", 4000, false, many_crls, read_crls },
	{ "deep", 100000, false, deep_input, read_objects },
	{ "pem-blocks", 20000, false, pem_blocks, read_objects },
	{ "pem-begins", 20000, false, pem_begins, read_objects },
	{ "pem-ends", 20000, false, pem_ends, read_objects },
	{ "pem-headers", 50000, false, pem_headers, read_objects },
	{ "dashes", 50000, false, dashes, read_objects },
	{ "base64-lines", 50000, false, base64_lines, read_objects },
	{ "base64-line", 100000, false, base64_line, read_objects },
	{ "bare-base64", 100000, false, bare_base64, read_objects },
	{ "der-objects", 50000, false, der_objects, read_objects },
	{ "oid", 128, true, long_oid, format_oid },
	{ "modulus", 200000, false, big_modulus, read_key },
	{ "name-text", 1000, true, name_text, read_name_text },
	{ "escaped-name-text", 100000, false, escaped_name_text, read_name_text },
	{ "joined-name-text", 1000, true, joined_name_text, read_name_text },
	{ "dots", 100000, false, dots, read_gn_text },
	{ "ber-segments", 1000000, false, ber_segments, read_ber },
	{ "ber-nested-segments", 100000, false, ber_nested_segments, read_ber },
	{ "ber-sequences", 100000, false, ber_sequences, read_ber },
	{ "ber-exact", 100000, false, ber_exact, read_ber },
	{ "policies", 1000, true, many_policies, read_value },
	{ "qualifiers", 10000, true, many_qualifiers, read_value },
	{ "policy-mappings", 10000, true, many_mappings, read_value },
	{ "policy-bomb", 400, false, policy_bomb, walk_policies },
	{ "policies-mapped", 900, true, policies_mapped, walk_policies },
	{ "subtrees", 10000, true, many_subtrees, read_value },
	{ "names-constrained", 10000, false, constrained_names, judge_names },
	{ "constraints", 10000, false, constraints_on_names, judge_names },
	{ "dirnames-constrained", 10000, false, constrained_directory_names, judge_names },
	{ "dirname-constraints", 10000, false, constraints_on_directory_names, judge_names },
	{ "distribution-points", 10000, true, many_points, read_value },
	{ "names-of-points", 100000, false, points_of_names, read_value },
	{ "accesses", 10000, true, many_accesses, read_value },
	{ "built-lists", 10000, true, entries, build_subtrees },
	{ "anchors", 20000, false, anchors, trust_anchors },
	{ "anchors-of-one-name", 20000, false, anchors_of_one_name, trust_anchors },
	{ "pem-certs", 2000, false, pem_certs, read_certs },
	{ "ber-certs", 1000, false, ber_certs, read_certs },
	{ "asn1-lists", 33000, false, asn1_lists, read_lists },
	{ "asn1-nulls", 90000, false, asn1_nulls, read_anys },
	{ "asn1-octets", 1000000, false, asn1_octets, read_anys },
	{ "asn1-choices", 9000, false, asn1_choices, read_choices },
	{ "asn1-alternatives", 40000, false, asn1_alternatives, read_alternatives },
	{ "asn1-filters", 1500, false, asn1_filters, read_filters },
	{ "asn1-wide", WIDE, true, asn1_wide, read_wide },
	{ "asn1-built", 20000, false, octets_alone, build_elements },
};
#define FAMILIES (sizeof families / sizeof *families)

/* check-growth.sh counts what happens in here. */
void measured(const struct family *f, pki_bytes in);
__attribute__((noinline)) void measured(const struct family *f, pki_bytes in)
{
	f->run(in);
	__asm__ volatile(""); /* or it were left by the jump to run */
}

/* ---- memory ---- */

static bool is_tree(const struct family *f)
{
	return strncmp(f->name, "asn1-", 5) == 0;
}

START_TEST(memory_of_large_inputs)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		const struct family *f = &families[i];
		pki_buf in = PKI_BUF_INIT;
		size_t most;

		f->build(f->n, &in);
		(void)pki_buf_str(&in);
		oom_begin(0, false);
		measured(f, pki_buf_bytes(&in));
		oom_end();
		most = MEMORY_MUL * in.len + (is_tree(f) ? TREE_MOST : (size_t)1 << 20);
		ck_assert_msg(oom_peak() <= most, "%s: %zu octets take %zu of memory", f->name,
		    in.len, oom_peak());
		ck_assert_msg(oom_balance() == 0, "%s leaks", f->name);
		pki_buf_free(&in);
	}
}
END_TEST

/* 2 GiB and one octet in one primitive, of which no page but the first is there: A28. */
#define BEYOND_INT (((size_t)1 << 31) + 1)

static pki_status read_as(int what, pki_bytes in)
{
	union {
		pki_csr *csr;
		pki_key *key;
		pki_pubkey *pub;
		pki_name *name;
		pki_objects *objects;
	} out;
	pki_envelope envelope;
	pki_alg alg;
	pki_spki spki;
	pki_bytes bytes;
	pki_der r;

	switch (what) {
	case 0:
		pki_der_init(&r, NULL, in, NULL);
		pki_der_whole(&r, 0, NULL, &bytes);
		return pki_der_finish(&r, NULL);
	case 1:
		return pki_csr_parse(NULL, in, &out.csr, NULL);
	case 2:
		return pki_key_parse(NULL, in, NULL, NULL, &out.key, NULL);
	case 3:
		return pki_pubkey_parse(NULL, in, &out.pub, NULL);
	case 4:
		return pki_name_parse(NULL, in, &out.name, NULL);
	case 5:
		return pki_envelope_parse(NULL, in, &envelope, NULL);
	case 6:
		return pki_spki_parse(NULL, in, &spki, NULL);
	case 7:
		return pki_pubkey_import(NULL, in, &out.pub, NULL);
	case 8:
		pki_alg_init(&alg, sizeof alg);
		return pki_alg_parse(NULL, in, &alg, NULL);
	default:
		return pki_read_all_of(NULL, in, &out.objects, NULL);
	}
}

START_TEST(more_than_an_int)
{
	static const uint8_t headers[][6] = { { 0x04, 0x84, 0x80, 0x00, 0x00, 0x01 },
		{ 0x30, 0x84, 0x80, 0x00, 0x00, 0x01 }, { 0x02, 0x84, 0x80, 0x00, 0x00, 0x01 } };
	size_t len = sizeof headers[0] + BEYOND_INT;
	uint8_t *in = mmap(
	    NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	ck_assert_ptr_ne(in, MAP_FAILED);
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
		for (int what = 0; what < 10; what++) {
			pki_status st;

			memcpy(in, headers[i], sizeof headers[i]);
			oom_begin(0, false);
			st = read_as(what, pki_bytes_of(in, len));
			oom_end();
			ck_assert_msg(st == PKI_E_LIMIT || st == PKI_E_ENCODING, "%d: %s", what,
			    pki_status_text(st));
			ck_assert_uint_lt(oom_peak(), (size_t)64 << 20);
		}
	munmap(in, len);
}
END_TEST

/* ---- stack ---- */

static void *read_all(void *none)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		pki_buf in = PKI_BUF_INIT;

		families[i].build(families[i].n, &in);
		(void)pki_buf_str(&in);
		measured(&families[i], pki_buf_bytes(&in));
		pki_buf_free(&in);
	}
	return none;
}

/* Of one key: read, written with a password and read again, used. */
static void use_key(const char *file)
{
	static const char password[] = "x";
	const pki_key_write_opts opts = {
		.size = sizeof opts, .password = password, .iterations = 1000
	};
	pki_buf out = { .flags = PKI_BUF_SECRET }, sig = PKI_BUF_INIT;
	const pki_bytes message = pki_bytes_of("m", 1);
	pki_ctx *ctx;
	pki_key *k, *again;
	pki_csr *csr;

	must(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .allow = PKI_ALLOW_RSA1024 | PKI_ALLOW_RSA512),
		 &ctx, NULL) == PKI_SUCCESS);
	must(pki_key_load(ctx, t_vector_path(file), NULL, NULL, &k, NULL) == PKI_SUCCESS);
	must(pki_key_write(k, &opts, &out, NULL) == PKI_SUCCESS);
	must(pki_key_parse(ctx, pki_buf_bytes(&out), pki_password_text, (void *)(uintptr_t)password,
		 &again, NULL) == PKI_SUCCESS);
	must(pki_sign(again, NULL, message, &sig, NULL) == PKI_SUCCESS);
	must(pki_check(pki_key_public(k), NULL, message, pki_buf_bytes(&sig), NULL) == PKI_SUCCESS);
	must(pki_csr_make(ctx, k, PKI_OPTS(pki_csr_opts, .subject = "CN=x"), &csr, NULL) ==
	    PKI_SUCCESS);
	must(pki_csr_check_signature(csr, NULL) == PKI_SUCCESS);
	pki_csr_free(csr);
	pki_key_free(k);
	pki_key_free(again);
	pki_buf_free(&out);
	pki_buf_free(&sig);
	pki_ctx_free(ctx);
}

static void *use_keys(void *none)
{
	static const char *const files[] = { "nettle/rsa/512.key", "nettle/rsa/2048e3.key",
		"nettle/rsa/4096.key", "nettle/rsa/pss384.key", "keys/p256.der", "keys/p521.der",
		"keys/ed25519.der", "keys/ed448.der" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		use_key(files[i]);
	return none;
}

static void *make_keys(void *none)
{
	static const pki_key_type types[] = { PKI_KEY_RSA, PKI_KEY_P256, PKI_KEY_P521,
		PKI_KEY_ED25519, PKI_KEY_ED448, PKI_KEY_X448 };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		pki_key *k;

		must(pki_key_generate(NULL, types[i], NULL, &k, NULL) == PKI_SUCCESS);
		pki_key_free(k);
	}
	return none;
}

/* The longest modulus there may be, and a signature of that length. */
static void *check_16384(void *none)
{
	enum { OCTETS = 2048 };
	static uint8_t n[OCTETS], sig[OCTETS];
	pki_limits limits = { .size = sizeof limits, .rsa_bits = 8 * OCTETS };
	pki_buf spki = PKI_BUF_INIT;
	pki_ctx *ctx;
	pki_pubkey *k;
	pki_derw w;

	memset(n, 0xff, sizeof n);
	memset(sig, 0x7f, sizeof sig);
	pki_derw_init(&w, NULL);
	pki_spki_write_rsa(&w, PKI_KEY_RSA, pki_bytes_of(n, sizeof n),
	    pki_bytes_of("\xff\xff\xff\xff\xff\xff\xff\xff", 8));
	put(&w, &spki);
	must(pki_ctx_new(PKI_OPTS(pki_ctx_opts, .limits = &limits), &ctx, NULL) == PKI_SUCCESS);
	must(pki_pubkey_import(ctx, pki_buf_bytes(&spki), &k, NULL) == PKI_SUCCESS);
	must(pki_check(k, NULL, pki_bytes_of("m", 1), pki_bytes_of(sig, sizeof sig), NULL) ==
	    PKI_E_SIGNATURE);
	pki_pubkey_free(k);
	pki_ctx_free(ctx);
	pki_buf_free(&spki);
	return none;
}

/* What runs over it hits the page that guards it. */
static void with_small_stack(void *(*run)(void *))
{
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	ck_assert_int_eq(pthread_attr_setstacksize(&attr, SMALL_STACK), 0);
	ck_assert_int_eq(pthread_create(&thread, &attr, run, NULL), 0);
	pthread_join(thread, NULL);
	pthread_attr_destroy(&attr);
}

START_TEST(small_stacks)
{
	with_small_stack(read_all);
	with_small_stack(use_keys);
	with_small_stack(make_keys);
	with_small_stack(check_16384);
}
END_TEST

/* ---- one, for its instructions ---- */

static int run_one(const char *name, const char *n)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		pki_buf in = PKI_BUF_INIT;

		if (strcmp(families[i].name, name) != 0)
			continue;
		families[i].build(strtoul(n, NULL, 10), &in);
		(void)pki_buf_str(&in);
		measured(&families[i], pki_buf_bytes(&in));
		pki_buf_free(&in);
		return 0;
	}
	return 1;
}

static int list(void)
{
	for (size_t i = 0; i < FAMILIES; i++)
		printf("%s %zu %s\n", families[i].name, families[i].n,
		    families[i].capped ? "yes" : "no");
	return 0;
}

int main(int argc, char **argv)
{
	const TTest *const tests[] = { memory_of_large_inputs, more_than_an_int, small_stacks,
		NULL };

	if (argc == 2 && strcmp(argv[1], "list") == 0)
		return list();
	return argc == 3 ? run_one(argv[1], argv[2]) : t_main("growth", tests);
}
