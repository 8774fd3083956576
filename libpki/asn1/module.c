/* SPDX-License-Identifier: BSD-3-Clause */
/* The names that a compiled module has for others. */
#include <string.h>

#include "libpki/asn1/module.h"

static size_t first_production(const pki_asn1_module *m)
{
	return pki_asn1_item_right(m, 1); /* after the module's empty OBJECT IDENTIFIER */
}

static size_t find_text(const pki_asn1_module *m, const char *name)
{
	size_t i = first_production(m);

	while (i != 0 && strcmp(pki_asn1_item_text(m, m->items[i].name), name) != 0)
		i = pki_asn1_item_right(m, i);
	return i;
}

/* Each text is in the pool once. */
static size_t find(const pki_asn1_module *m, uint16_t name)
{
	size_t i = first_production(m);

	while (i != 0 && m->items[i].name != name)
		i = pki_asn1_item_right(m, i);
	return i;
}

bool pki_asn1_item_known(const pki_asn1_module *m, const char *name, uint32_t *bits)
{
	size_t i = find_text(m, name);

	if (i == 0 || i >= m->imported)
		return false;
	*bits = m->items[i].bits & (ITEM_ASSIGN | ITEM_TYPE);
	for (size_t n = 0; *bits == ITEM_IDENTIFIER; n++) {
		i = n == PKI_ASN1_REFERENCES ? 0 : find(m, m->items[i].value);
		if (i == 0)
			return false;
		*bits = pki_asn1_item_type(m, i);
	}
	return true;
}
