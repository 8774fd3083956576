/* SPDX-License-Identifier: BSD-3-Clause */
/* Run while building: compiles the modules of this folder, and writes them as modules_table.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libpki/asn1/compile.h"

#define MODULES_MAX 64

static pki_asn1_module *modules[MODULES_MAX];
static size_t count;

static const char *text_of(const pki_asn1_module *m, uint16_t text)
{
	return pki_asn1_item_text(m, text);
}

static const char *name_of(const pki_asn1_module *m)
{
	return text_of(m, m->items[0].name);
}

/* Of the modules before this one. */
static pki_status known(
    void *ud, const char *module, const char *name, uint32_t *bits, pki_error *err)
{
	(void)ud;
	for (size_t i = 0; i < count; i++)
		if (strcmp(name_of(modules[i]), module) == 0 &&
		    pki_asn1_item_known(modules[i], name, bits))
			return PKI_SUCCESS;
	return pki_error_set(err, PKI_E_NOTFOUND, NULL, NULL);
}

static void die(const char *path, const char *why)
{
	fprintf(stderr, "gen_modules: %s: %s\n", path, why);
	exit(EXIT_FAILURE);
}

static void compile(const char *path)
{
	static char text[PKI_ASN1_TEXT + 1];
	char why[256];
	pki_error err = PKI_ERROR_INIT;
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL || count == MODULES_MAX)
		die(path, "cannot open it");
	n = fread(text, 1, sizeof text, f);
	fclose(f);
	if (pki_asn1_compile(pki_bytes_of(text, n), known, NULL, &modules[count], &err) !=
	    PKI_SUCCESS) {
		pki_error_text(&err, why, sizeof why);
		die(path, why);
	}
	count++;
}

/* Where the texts of a module end: each begins where the one before it ends. */
static size_t text_end(const pki_asn1_module *m)
{
	size_t end = 0;

	for (size_t i = 0; i < m->item_count; i++) {
		if (m->items[i].name > end)
			end = m->items[i].name;
		if (m->items[i].value > end)
			end = m->items[i].value;
	}
	for (size_t i = 0; i < m->import_count; i++) {
		if (m->imports[i].name > end)
			end = m->imports[i].name;
		if (m->imports[i].from > end)
			end = m->imports[i].from;
	}
	return end + strlen(m->text + end) + 1;
}

static void print_items(const pki_asn1_module *m, size_t number)
{
	printf("static const pki_asn1_item items_%zu[] = {", number);
	for (size_t i = 0; i < m->item_count; i++)
		printf("%s{ %luu, %u, %u, %u },", i % 4 == 0 ? "\n\t" : " ",
		    (unsigned long)m->items[i].bits, m->items[i].name, m->items[i].value,
		    m->items[i].right);
	printf("\n};\n");
}

static void print_text(const pki_asn1_module *m, size_t number)
{
	size_t end = text_end(m);

	printf("static const char text_%zu[] =", number);
	for (size_t at = 0; at < end; at += strlen(m->text + at) + 1)
		printf("\n\t\"%s\\0\"", m->text + at);
	printf(";\n");
}

static void print_imports(const pki_asn1_module *m, size_t number)
{
	if (m->import_count == 0)
		return;
	printf("static const pki_asn1_import imports_%zu[] = {\n", number);
	for (size_t i = 0; i < m->import_count; i++)
		printf("\t{ %u, %u }, /* %s */\n", m->imports[i].name, m->imports[i].from,
		    text_of(m, m->imports[i].name));
	printf("};\n");
}

static void print_module(const pki_asn1_module *m, size_t number)
{
	printf("\n/* %s */\n", name_of(m));
	print_items(m, number);
	print_text(m, number);
	print_imports(m, number);
	printf("static const pki_asn1_module module_%zu = { items_%zu, text_%zu, ", number, number,
	    number);
	if (m->import_count == 0)
		printf("NULL, ");
	else
		printf("imports_%zu, ", number);
	printf("%u, %u, %u };\n", m->item_count, m->import_count, m->imported);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		compile(argv[i]);
	printf("/* SPDX-License-Identifier: BSD-3-Clause */\n");
	printf("/* Made by gen_modules from the modules of this folder. Not to be edited. */\n");
	for (size_t i = 0; i < count; i++)
		print_module(modules[i], i);
	printf("\nconst pki_asn1_module *const pki_asn1_shipped[] = {\n");
	for (size_t i = 0; i < count; i++)
		printf("\t&module_%zu,\n", i);
	printf("\tNULL,\n};\n");
	for (size_t i = 0; i < count; i++)
		pki_free(modules[i]);
	return fflush(stdout) == 0 && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
