/* SPDX-License-Identifier: BSD-3-Clause */
/* How a value of a type is encoded: X.680 31.2, X.690 8.14. */
#include "libpki/asn1/shape.h"

/* ---- built-in types ---- */

static const struct builtin {
	const char *name;
	pki_asn1_kind kind;
	pki_tag tag;
} builtins[] = {
	[ITEM_INTEGER] = { "INTEGER", PKI_ASN1_INTEGER, PKI_TAG_INTEGER },
	[ITEM_BOOLEAN] = { "BOOLEAN", PKI_ASN1_BOOLEAN, PKI_TAG_BOOLEAN },
	[ITEM_SEQUENCE] = { "SEQUENCE", PKI_ASN1_SEQUENCE, PKI_TAG_SEQUENCE },
	[ITEM_BIT_STRING] = { "BIT STRING", PKI_ASN1_BIT_STRING, PKI_TAG_BIT_STRING },
	[ITEM_OCTET_STRING] = { "OCTET STRING", PKI_ASN1_OCTET_STRING, PKI_TAG_OCTETS },
	[ITEM_SEQUENCE_OF] = { "SEQUENCE OF", PKI_ASN1_SEQUENCE_OF, PKI_TAG_SEQUENCE },
	[ITEM_OBJECT_ID] = { "OBJECT IDENTIFIER", PKI_ASN1_OID, PKI_TAG_OID },
	[ITEM_ANY] = { "ANY", PKI_ASN1_ANY, 0 },
	[ITEM_SET] = { "SET", PKI_ASN1_SET, PKI_TAG_SET },
	[ITEM_SET_OF] = { "SET OF", PKI_ASN1_SET_OF, PKI_TAG_SET },
	[ITEM_CHOICE] = { "CHOICE", PKI_ASN1_CHOICE, 0 },
	[ITEM_NULL] = { "NULL", PKI_ASN1_NULL, PKI_TAG_NULL },
	[ITEM_ENUMERATED] = { "ENUMERATED", PKI_ASN1_ENUMERATED, PKI_TAG_ENUMERATED },
	[ITEM_GENERAL_STRING] = { "GeneralString", PKI_ASN1_STRING, PKI_TAG_GENERAL },
	[ITEM_NUMERIC_STRING] = { "NumericString", PKI_ASN1_STRING, PKI_TAG_NUMERIC },
	[ITEM_IA5_STRING] = { "IA5String", PKI_ASN1_STRING, PKI_TAG_IA5 },
	[ITEM_TELETEX_STRING] = { "TeletexString", PKI_ASN1_STRING, PKI_TAG_TELETEX },
	[ITEM_PRINTABLE_STRING] = { "PrintableString", PKI_ASN1_STRING, PKI_TAG_PRINTABLE },
	[ITEM_UNIVERSAL_STRING] = { "UniversalString", PKI_ASN1_STRING, PKI_TAG_UNIVERSAL },
	[ITEM_BMP_STRING] = { "BMPString", PKI_ASN1_STRING, PKI_TAG_BMP },
	[ITEM_UTF8_STRING] = { "UTF8String", PKI_ASN1_STRING, PKI_TAG_UTF8 },
	[ITEM_VISIBLE_STRING] = { "VisibleString", PKI_ASN1_STRING, PKI_TAG_VISIBLE },
	[ITEM_UTC_TIME] = { "UTCTime", PKI_ASN1_TIME, PKI_TAG_UTC_TIME },
	[ITEM_GENERALIZED_TIME] = { "GeneralizedTime", PKI_ASN1_TIME, PKI_TAG_GENERALIZED },
};

static const struct builtin *builtin_of(const pki_asn1 *m, pki_asn1_spot base)
{
	static const struct builtin none = { "", 0, 0 };
	uint32_t type = pki_asn1_type(m, base);

	return type < sizeof builtins / sizeof builtins[0] && builtins[type].name != NULL
	    ? &builtins[type]
	    : &none;
}

pki_asn1_kind pki_asn1_kind_of(const pki_asn1 *m, pki_asn1_spot base)
{
	return builtin_of(m, base)->kind;
}

const char *pki_asn1_builtin(const pki_asn1 *m, pki_asn1_spot base)
{
	return builtin_of(m, base)->name;
}

pki_tag pki_asn1_universal(const pki_asn1 *m, pki_asn1_spot base)
{
	return builtin_of(m, base)->tag;
}

/* ---- tags ---- */

static pki_tag written_tag(const pki_asn1 *m, pki_asn1_spot s)
{
	uint32_t bits = pki_asn1_bits(m, s);
	const char *digits = pki_asn1_value_text(m, s);
	pki_tag number = 0;

	for (; digits != NULL && *digits >= '0' && *digits <= '9'; digits++)
		number = (number * 10 + (pki_tag)(*digits - '0')) & PKI_TAG_NUMBER;
	if ((bits & ITEM_UNIVERSAL) != 0)
		return number;
	if ((bits & ITEM_APPLICATION) != 0)
		return number | PKI_TAG_APPLICATION;
	return number | ((bits & ITEM_PRIVATE) != 0 ? PKI_TAG_PRIVATE : PKI_TAG_CONTEXT);
}

static bool add_outer(pki_asn1_shape *s, pki_tag tag)
{
	if (s->outer_count == PKI_ASN1_TAGS)
		return false;
	s->outer[s->outer_count++] = tag | PKI_TAG_CONSTRUCTED;
	return true;
}

/* implicit: the tag that stands for the type's own; 0: none. */
static bool finish(const pki_asn1 *m, pki_asn1_shape *s, pki_tag implicit)
{
	pki_tag own = pki_asn1_universal(m, s->base);

	/* X.680 31.2.7 c: what has no tag of its own has none to replace */
	if (own == 0)
		return implicit == 0 || add_outer(s, implicit);
	s->tag = implicit == 0 ? own : implicit | (own & PKI_TAG_CONSTRUCTED);
	return true;
}

bool pki_asn1_shape_of(const pki_asn1 *m, pki_asn1_spot s, pki_asn1_shape *out)
{
	pki_tag implicit = 0;

	*out = (pki_asn1_shape){ .base = s };
	for (size_t n = 0; n <= PKI_ASN1_REFERENCES; n++) {
		pki_asn1_spot t = pki_asn1_item_child(m, s, ITEM_TAG);
		bool is_explicit = t.item != 0 && (pki_asn1_bits(m, t) & ITEM_EXPLICIT) != 0;

		/* X.690 8.14.3: an IMPLICIT tag stands in the place of the next one */
		if (t.item != 0 && implicit == 0)
			implicit = written_tag(m, t);
		if (is_explicit && !add_outer(out, implicit))
			return false;
		if (is_explicit)
			implicit = 0;
		out->base = s;
		if (pki_asn1_type(m, s) != ITEM_IDENTIFIER)
			return finish(m, out, implicit);
		if (out->reference == NULL)
			out->reference = pki_asn1_value_text(m, s);
		s = m->units[s.unit].targets[s.item];
	}
	return false;
}

/* ---- what a value begins with ---- */

const pki_asn1_choice *pki_asn1_choice_of(const pki_asn1_unit *u, uint16_t item)
{
	size_t low = 0, high = u->choice_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (u->choices[middle].item == item)
			return &u->choices[middle];
		if (u->choices[middle].item > item)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

pki_asn1_spot pki_asn1_alternative(const pki_asn1 *m, pki_asn1_spot choice, pki_tag tag)
{
	const pki_asn1_unit *u = &m->units[choice.unit];
	const pki_asn1_choice *c = pki_asn1_choice_of(u, choice.item);
	size_t low = 0, high = c == NULL ? 0 : c->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const pki_asn1_arm *a = &u->arms[c->first + middle];

		if (a->tag == pki_asn1_bare(tag))
			return (pki_asn1_spot){ choice.unit, a->item };
		if (a->tag > pki_asn1_bare(tag))
			high = middle;
		else
			low = middle + 1;
	}
	return (pki_asn1_spot){ choice.unit, c == NULL ? 0 : c->any };
}

bool pki_asn1_begins(const pki_asn1 *m, pki_asn1_spot s, pki_tag tag)
{
	const pki_asn1_start *start = pki_asn1_start_of(m, s);

	if (start->tag != 0)
		return pki_asn1_bare(start->tag) == pki_asn1_bare(tag);
	return pki_asn1_type(m, start->base) == ITEM_ANY ||
	    pki_asn1_alternative(m, start->base, tag).item != 0;
}
