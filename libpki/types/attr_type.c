/* SPDX-License-Identifier: BSD-3-Clause */
/* Attribute types of names: RFC 4519, RFC 5280 appendix A.1, RFC 2985, X.520. */
#include "libpki/core/ascii.h"
#include "libpki/types/attr_type.h"

/*
 * Names as RFC 4514 section 3 has them, then as RFC 4519 and RFC 2985 do. Bounds of RFC 5280
 * appendix A.1 (ub-*), X.520 annex C and RFC 2985 (pkcs-9-ub-*). uniqueIdentifier is a BIT STRING.
 */
static const pki_attr_type types[] = {
	{ &pki_id_common_name, "CN", { "commonName" }, PKI_TAG_UTF8, 1, 64 },
	{ &pki_id_country_name, "C", { "countryName" }, PKI_TAG_PRINTABLE, 2, 2 },
	{ &pki_id_organization_name, "O", { "organizationName" }, PKI_TAG_UTF8, 1, 64 },
	{ &pki_id_organizational_unit_name, "OU", { "organizationalUnitName" }, PKI_TAG_UTF8, 1,
	    64 },
	{ &pki_id_locality_name, "L", { "localityName" }, PKI_TAG_UTF8, 1, 128 },
	{ &pki_id_state_or_province_name, "ST", { "stateOrProvinceName", "S" }, PKI_TAG_UTF8, 1,
	    128 },
	{ &pki_id_street_address, "STREET", { "streetAddress" }, PKI_TAG_UTF8, 1, 128 },
	{ &pki_id_domain_component, "DC", { "domainComponent" }, PKI_TAG_IA5, 1, 63 },
	{ &pki_id_uid, "UID", { "userId" }, PKI_TAG_UTF8, 1, 256 },
	{ &pki_id_surname, "SN", { "surname" }, PKI_TAG_UTF8, 1, 32768 },
	{ &pki_id_serial_number, "serialNumber", { NULL }, PKI_TAG_PRINTABLE, 1, 64 },
	{ &pki_id_title, "title", { NULL }, PKI_TAG_UTF8, 1, 64 },
	{ &pki_id_description, "description", { NULL }, PKI_TAG_UTF8, 1, 1024 },
	{ &pki_id_business_category, "businessCategory", { NULL }, PKI_TAG_UTF8, 1, 128 },
	{ &pki_id_postal_code, "postalCode", { NULL }, PKI_TAG_UTF8, 1, 40 },
	{ &pki_id_name, "name", { NULL }, PKI_TAG_UTF8, 1, 32768 },
	{ &pki_id_given_name, "givenName", { "GN" }, PKI_TAG_UTF8, 1, 32768 },
	{ &pki_id_initials, "initials", { NULL }, PKI_TAG_UTF8, 1, 32768 },
	{ &pki_id_generation_qualifier, "generationQualifier", { NULL }, PKI_TAG_UTF8, 1, 32768 },
	{ &pki_id_x500_unique_identifier, "x500UniqueIdentifier", { "uniqueIdentifier" }, 0, 0, 0 },
	{ &pki_id_dn_qualifier, "dnQualifier", { NULL }, PKI_TAG_PRINTABLE, 1, 0 },
	{ &pki_id_pseudonym, "pseudonym", { NULL }, PKI_TAG_UTF8, 1, 128 },
	{ &pki_id_organization_identifier, "organizationIdentifier", { NULL }, PKI_TAG_UTF8, 1, 0 },
	{ &pki_id_email_address, "emailAddress", { "email", "E" }, PKI_TAG_IA5, 1, 255 },
	{ &pki_id_unstructured_name, "unstructuredName", { NULL }, PKI_TAG_UTF8, 1, 255 },
	{ &pki_id_unstructured_address, "unstructuredAddress", { NULL }, PKI_TAG_UTF8, 1, 255 },
};
#define TYPES   (sizeof types / sizeof types[0])
#define ALIASES (sizeof types[0].aliases / sizeof types[0].aliases[0])

const pki_attr_type *pki_attr_type_by_oid(pki_bytes oid)
{
	for (size_t i = 0; i < TYPES; i++)
		if (pki_oid_equal(oid, pki_oid_view(types[i].oid)))
			return &types[i];
	return NULL;
}

static bool is_called(const pki_attr_type *t, pki_bytes name)
{
	if (pki_equal_nocase(name, pki_bytes_str(t->name)))
		return true;
	for (size_t i = 0; i < ALIASES && t->aliases[i] != NULL; i++)
		if (pki_equal_nocase(name, pki_bytes_str(t->aliases[i])))
			return true;
	return false;
}

const pki_attr_type *pki_attr_type_by_name(pki_bytes name)
{
	for (size_t i = 0; i < TYPES; i++)
		if (is_called(&types[i], name))
			return &types[i];
	return NULL;
}
