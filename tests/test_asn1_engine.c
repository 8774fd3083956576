/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two readers of the same modules: every production of libpki/asn1/, written by libtasn1's schema
 * engine in every shape it has, is read by <pki/asn1.h> and written again as the same octets, as it
 * was read, node by node, and by way of JSON; and the engine reads them back. Then all vectors.
 */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pki/pki.h>

#include "libpki/asn1/modules.inc"
#include "libpki/core/utf8.h"
#include "tests/lib/asn1_copy.h"
#include "tests/lib/files.h"
#include "tests/lib/schema.h"
#include "tests/lib/t.h"
#ifdef WITH_JWK
# include <pki/asn1_json.h>
#endif

#define MODULES   (sizeof asn1_modules / sizeof *asn1_modules)
#define TYPE_NAME (2 * ASN1_MAX_NAME_SIZE + 2)

static schema schemas[MODULES];
static pki_asn1 *modules;

/* ---- one value ---- */

static void json_same(const pki_asn1_value *v, const char *type, pki_bytes der)
{
	pki_buf json = PKI_BUF_INIT;

	t_ok(pki_asn1_json(v, &json, err));
	ck_assert_msg(
	    json_is_valid(pki_buf_bytes(&json)), "%s: no JSON: %s", type, pki_buf_str(&json));
#ifdef WITH_JWK
	pki_buf again = PKI_BUF_INIT;
	pki_asn1_value *read;

	t_ok(pki_asn1_json_parse(modules, type, pki_buf_bytes(&json), &read, err));
	t_ok(pki_asn1_encode(read, &again, err));
	t_bytes_eq(pki_buf_bytes(&again), der);
	pki_asn1_value_free(read);
	pki_buf_free(&again);
#else
	(void)der;
#endif
	pki_buf_free(&json);
}

/* Read and written: the same octets, in each way that there is to write them. */
static pki_status same_again(const char *type, pki_bytes der, pki_error *why)
{
	pki_buf again = PKI_BUF_INIT, by_text = PKI_BUF_INIT, by_octets = PKI_BUF_INIT,
		lines = PKI_BUF_INIT;
	pki_asn1_value *v;
	pki_status st = pki_asn1_decode(modules, type, der, &v, why);

	if (st != PKI_SUCCESS)
		return st;
	t_ok(pki_asn1_encode(v, &again, err));
	t_bytes_eq(pki_buf_bytes(&again), der);
	t_ok(asn1_copy(modules, type, v, true, &by_text, err));
	t_bytes_eq(pki_buf_bytes(&by_text), der);
	t_ok(asn1_copy(modules, type, v, false, &by_octets, err));
	t_bytes_eq(pki_buf_bytes(&by_octets), der);
	json_same(v, type, der);
	t_ok(pki_asn1_format(v, &lines, err));
	ck_assert(pki_utf8_valid(pki_buf_bytes(&lines)));
	pki_buf_free(&lines);
	pki_buf_free(&by_octets);
	pki_buf_free(&by_text);
	pki_buf_free(&again);
	pki_asn1_value_free(v);
	return PKI_SUCCESS;
}

/* ---- every production ---- */

/* Values of the SIZE that libtasn1 does not ask for. */
static const struct sized {
	const char *type; /* fnmatch(3) pattern */
	schema_value values[3];
} sized[] = {
	{ "*.X520countryName", { { "", "NL" }, { 0 } } },
	{ "*.CountryName", { { "", "NL" }, { 0 } } },
	{ "*.CountryOfCitizenship", { { "", "NL" }, { 0 } } },
	{ "*.QcCClegislation", { { "*", "NL" }, { 0 } } },
	{ "*.AES-IV", { { "", "hex:000102030405060708090a0b0c0d0e0f" }, { 0 } } },
	{ "PKCS-5.PBEParameter", { { "salt", "hex:0001020304050607" }, { 0 } } },
	{ "PKCS-5.RC2-CBC-Parameter", { { "iv", "hex:0001020304050607" }, { 0 } } },
	{ "QualifiedCertificates.*", { { "*alphabetic", "EUR" }, { "*language", "nl" }, { 0 } } },
	{ "IPAddrAndASCertExtn.*", { { "*addressFamily", "hex:000101" }, { 0 } } },
};

static const schema_value *values_of(const char *type)
{
	for (size_t i = 0; i < sizeof sized / sizeof *sized; i++)
		if (fnmatch(sized[i].type, type, 0) == 0)
			return sized[i].values;
	return NULL;
}

typedef struct tally {
	const schema *s;
	const char *production, *type;
	size_t shapes, undersized;
} tally;

static void describe(const tally *t, const schema_shape *shape, pki_bytes der)
{
	fprintf(stderr, "%s:", t->type);
	for (size_t i = 0; i < shape->count; i++)
		fprintf(stderr, " %s", shape->choices[i].label);
	fprintf(stderr, "\n");
	for (size_t i = 0; i < der.len; i++)
		fprintf(stderr, "%02x", der.data[i]);
	fprintf(stderr, "\n");
}

static void reads_back(const tally *t, pki_bytes der)
{
	pki_bytes theirs = schema_rewrite(t->s, t->production, der);

	t_bytes_eq(theirs, der);
	free((void *)(uintptr_t)theirs.data);
}

static void each_shape(void *ud, pki_bytes der, const schema_shape *shape)
{
	pki_error why = PKI_ERROR_INIT;
	tally *t = ud;
	pki_status st = same_again(t->type, der, &why);

	t->shapes++;
	t->undersized += shape->undersize;
	if (st != (shape->undersize ? PKI_E_STRUCTURE : PKI_SUCCESS)) {
		describe(t, shape, der);
		ck_abort_msg("%s: %s", t->type, t_error(&why));
	}
	if (st == PKI_SUCCESS)
		reads_back(t, der);
}

/* Is it this module's own, and not one that it imports? */
static bool is_own(size_t module, size_t production)
{
	for (size_t i = 0; i < module; i++)
		if (schema_same(&schemas[module], production, &schemas[i]))
			return false;
	return true;
}

static void one_production(const schema *s, size_t production, tally *total)
{
	char type[TYPE_NAME];
	tally t = { s, s->tree[production].name, type, 0, 0 };

	snprintf(type, sizeof type, "%s.%s", s->name, t.production);
	(void)schema_shapes(s, t.production, values_of(type), each_shape, &t);
	total->shapes += t.shapes;
	total->undersized += t.undersized;
}

START_TEST(productions)
{
	size_t found = 0;
	tally total = { 0 };

	for (size_t m = 0; m < MODULES; m++)
		for (size_t i = schema_first(&schemas[m]); i != 0; i = schemas[m].right[i]) {
			if (!schema_is_type(&schemas[m], i) || !is_own(m, i))
				continue;
			one_production(&schemas[m], i, &total);
			found++;
		}
	ck_assert_uint_gt(found, 150);
	printf("%zu of %zu productions: %zu of %zu shapes the same octets, the others lists with "
	       "fewer elements than SIZE wants\n",
	    found, found, total.shapes - total.undersized, total.shapes);
}
END_TEST

static bool is_type_of_modules(const char *name)
{
	const char *at;

	for (size_t i = 0; (at = pki_asn1_type_at(modules, i)) != NULL; i++)
		if (strcmp(at, name) == 0)
			return true;
	return false;
}

/* Does libtasn1 have it too? It sees what a module imports as the module's. */
static bool is_production(const char *name)
{
	char type[TYPE_NAME];

	for (size_t m = 0; m < MODULES; m++)
		for (size_t i = schema_first(&schemas[m]); i != 0; i = schemas[m].right[i]) {
			snprintf(
			    type, sizeof type, "%s.%s", schemas[m].name, schemas[m].tree[i].name);
			if (schema_is_type(&schemas[m], i) && strcmp(type, name) == 0)
				return true;
		}
	return false;
}

/* The productions that libtasn1 finds are the types that there are. */
START_TEST(types)
{
	char type[TYPE_NAME];
	const char *listed;

	for (size_t m = 0; m < MODULES; m++)
		for (size_t i = schema_first(&schemas[m]); i != 0; i = schemas[m].right[i]) {
			if (!schema_is_type(&schemas[m], i) || !is_own(m, i))
				continue;
			snprintf(
			    type, sizeof type, "%s.%s", schemas[m].name, schemas[m].tree[i].name);
			ck_assert_msg(is_type_of_modules(type), "%s is no type", type);
		}
	for (size_t i = 0; (listed = pki_asn1_type_at(modules, i)) != NULL; i++)
		ck_assert_msg(is_production(listed), "%s is no production", listed);
}
END_TEST

/* ---- vectors ---- */

static const struct kind {
	pki_kind kind;
	const char *type;
} kinds_wanted[] = {
	{ PKI_KIND_CERTIFICATE, "PKIX1Explicit88.Certificate" },
	{ PKI_KIND_CSR, "PKCS-10.CertificationRequest" },
	{ PKI_KIND_CRL, "PKIX1Explicit88.CertificateList" },
};
#define KINDS (sizeof kinds_wanted / sizeof *kinds_wanted)
static size_t kind_counts[KINDS];

static void one_object(const pki_object *o, const char *path)
{
	for (size_t i = 0; i < KINDS; i++) {
		pki_error why = PKI_ERROR_INIT;

		if (o->kind != kinds_wanted[i].kind)
			continue;
		ck_assert_msg(same_again(kinds_wanted[i].type, o->bytes, &why) == PKI_SUCCESS,
		    "%s, object %zu: %s", path, o->index, t_error(&why));
		kind_counts[i]++;
	}
}

/* What libpki's codecs read of a file. */
static void one_file(void *ud, const char *path)
{
	pki_buf in = PKI_BUF_INIT;

	(void)ud;
	if (pki_file_read(path, PKI_ASN1_OCTETS, &in, NULL) == PKI_SUCCESS)
		files_objects(pki_buf_bytes(&in), path, one_object);
	pki_buf_free(&in);
}

START_TEST(vectors)
{
	ck_assert(files_walk(t_vector_path(""), one_file, NULL));
	for (size_t i = 0; i < KINDS; i++) {
		printf("%s: %zu of %zu the same octets\n", kinds_wanted[i].type, kind_counts[i],
		    kind_counts[i]);
		ck_assert_uint_gt(kind_counts[i], 5);
	}
}
END_TEST

START_TEST(modules_open)
{
	t_ok(pki_asn1_new(NULL, &modules, err));
	for (size_t m = 0; m < MODULES; m++)
		schema_open(&schemas[m], asn1_modules[m].name, asn1_modules[m].tree);
}
END_TEST

START_TEST(modules_close)
{
	for (size_t m = 0; m < MODULES; m++)
		schema_close(&schemas[m]);
	pki_asn1_free(modules);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { modules_open, types, productions, vectors, modules_close,
		NULL };

	return t_main("asn1_engine", tests);
}
