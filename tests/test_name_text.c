/* SPDX-License-Identifier: BSD-3-Clause */
/* RFC 4514 text, both ways. */
#include <stdlib.h>
#include <string.h>

#include <pki/name.h>

#include "libpki/types/attr_type.h"
#include "tests/lib/t.h"

#define X64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static pki_name *name_of(const char *text)
{
	pki_name *n = NULL;

	t_ok(pki_name_from_string(NULL, text, &n, err));
	ck_assert_ptr_nonnull(n);
	return n;
}

static const char *text_of(const pki_name *n)
{
	static pki_buf b = PKI_BUF_INIT;

	pki_buf_free(&b);
	t_ok(pki_name_format(n, &b, err));
	return pki_buf_str(&b);
}

static const struct {
	const char *in, *out; /* out NULL: as in */
} good[] = {
	/* RFC 4514 section 4 */
	{ "UID=jsmith,DC=example,DC=net", NULL },
	{ "OU=Sales+CN=J.  Smith,DC=example,DC=net", NULL },
	{ "CN=James \\\"Jim\\\" Smith\\, III,DC=example,DC=net", NULL },
	{ "CN=Before\\0dAfter,DC=example,DC=net", "CN=Before\\0DAfter,DC=example,DC=net" },
	{ "1.3.6.1.4.1.1466.0=#04024869", NULL },
	{ "CN=Lu\\C4\\8Di\\C4\\87", "CN=Lu\xc4\x8di\xc4\x87" },
	/* the empty name */
	{ "", NULL },
	{ "   ", "" },
	/* separators and spaces */
	{ " CN = a , O = b + OU = c ", "CN=a,O=b+OU=c" },
	{ "CN=a b", NULL },
	{ "CN=\\ a\\ ", NULL },
	{ "CN=\\  a \\ ", "CN=\\  a \\ " },
	{ "CN=\\20a\\20", "CN=\\ a\\ " },
	{ "CN=\\ ", NULL },
	{ "CN=  a  ", "CN=a" },
	/* escapes */
	{ "CN=\\\"\\+\\,\\;\\<\\>\\\\", NULL },
	{ "CN=\\=\\#", "CN==#" },
	{ "CN=\\#a#", NULL },
	{ "CN=a=b", NULL },
	{ "CN==", NULL },
	{ "CN=\\4a\\4A", "CN=JJ" },
	{ "CN=\\41\\2c", "CN=A\\," },
	{ "CN=\\\\41", "CN=\\\\41" },
	{ "CN=\\\\", NULL },
	{ "CN=\xc3\xab", NULL },
	{ "CN=\xf0\x9f\x94\x91", NULL },
	/* what may not be shown as it is */
	{ "CN=a\nb\x1b[31m\x7f", "CN=a\\0Ab\\1B[31m\\7F" },
	{ "CN=\xc2\x9b"
	  "2J",
	    "CN=\\C2\\9B2J" },
	{ "CN=a\xe3\x85\xa4\xef\xb8\x8f\xf0\x9d\x85\xb3\xf3\xa0\x84\x80",
	    "CN=a\\E3\\85\\A4\\EF\\B8\\8F\\F0\\9D\\85\\B3\\F3\\A0\\84\\80" },
	{ "CN=\xe2\x80\xae"
	  "abc",
	    "CN=\\E2\\80\\AEabc" },
	{ "CN=\xe2\x81\xa6"
	  "abc\xe2\x81\xa9",
	    "CN=\\E2\\81\\A6abc\\E2\\81\\A9" },
	{ "CN=a\xe2\x80\xa8"
	  "b\xef\xbb\xbf",
	    "CN=a\\E2\\80\\A8b\\EF\\BB\\BF" },
	{ "CN=\tx\t", "CN=\\09x\\09" },
	/* names of types */
	{ "cn=a,sn=b,c=NL,l=d,st=e,street=f,o=g,ou=h",
	    "CN=a,SN=b,C=NL,L=d,ST=e,STREET=f,O=g,OU=h" },
	{ "commonName=a,surname=b,countryName=NL,localityName=d,stateOrProvinceName=e,"
	  "streetAddress=f,organizationName=g,organizationalUnitName=h",
	    "CN=a,SN=b,C=NL,L=d,ST=e,STREET=f,O=g,OU=h" },
	{ "S=a,GN=b,givenName=c,userid=d,domainComponent=e",
	    "ST=a,givenName=b,givenName=c,UID=d,DC=e" },
	{ "serialNumber=1,title=b,description=c,postalCode=d,businessCategory=e,name=f,initials=g,"
	  "generationQualifier=h,dnQualifier=i,pseudonym=j,organizationIdentifier=k",
	    NULL },
	{ "email=a@b.example,E=a@b.example,emailAddress=a@b.example,unstructuredName=a,"
	  "unstructuredAddress=b",
	    "emailAddress=a@b.example,emailAddress=a@b.example,emailAddress=a@b.example,"
	    "unstructuredName=a,unstructuredAddress=b" },
	{ "x500UniqueIdentifier=#03020780", NULL },
	{ "2.5.4.3=a", "CN=a" },
	{ "OID.2.5.4.3=a,oid.2.5.4.10=b,Oid.1.2.3=c", "CN=a,O=b,1.2.3=#0c0163" },
	{ "1.2.3=a", "1.2.3=#0c0161" },
	/* hex values keep their type */
	{ "CN=#130161", "CN=a" },
	{ "CN=#1E020061", "CN=a" },
	{ "CN=#0201FF", "CN=#0201ff" },
	{ "CN= #0201FF ,O=x", "CN=#0201ff,O=x" },
	{ "CN=#3003020101", NULL },
	{ "1.2.3=#0500+1.2.4=#0500", NULL },
	/* as long as may be */
	{ "CN=" X64, NULL },
	{ "O=" X64 ",OU=" X64, NULL },
	{ "L=" X64 X64 ",ST=" X64 X64, NULL },
	{ "CN=\xe2\x82\xac\xe2\x82\xac", NULL },
	{ "1.2.3.4.5=" X64 X64 X64,
	    "1.2.3.4.5=#0c81c0"
	    "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566"
	    "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566"
	    "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566" },
};

START_TEST(good_text)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		const char *want = good[i].out == NULL ? good[i].in : good[i].out;
		pki_name *n = name_of(good[i].in), *again;

		ck_assert_str_eq(text_of(n), want);
		again = name_of(want);
		ck_assert_msg(pki_name_equal(n, again), "%s", want);
		ck_assert_str_eq(text_of(again), want);
		pki_name_free(n);
		pki_name_free(again);
	}
}
END_TEST

static const char *const bad[] = {
	/* grammar */
	"CN",
	"=x",
	"=",
	",",
	"+",
	"CN=a,",
	"CN=a+",
	",CN=a",
	"+CN=a",
	"CN=a,,O=b",
	"CN=a++O=b",
	"CN=a,+O=b",
	"CN=a+ ,O=b",
	"CN=a;O=b",
	"CN a",
	"C N=a",
	"CN=\"a\"",
	"CN=a\"",
	"CN=\"a,b\"",
	"CN=<a",
	"CN=a>",
	"CN=a;",
	"/CN=a/O=b",
	"CN/=a",
	"CN;x=a",
	"CN;binary=#0500",
	/* types */
	"XX=a",
	"CNN=a",
	"C\xc3\x91=a",
	"OID.=a",
	"OID.CN=a",
	"OID=a",
	"OIDX2.5.4.3=a",
	"2.5.4.=a",
	"2..5=a",
	".2.5=a",
	"2=a",
	"3.1=a",
	"1.40=a",
	"02.5.4.3=a",
	"2.5.4.03=a",
	"-CN=a",
	"2.5.4.3x=a",
	/* escapes */
	"CN=a\\",
	"CN=\\",
	"CN=a\\zq",
	"CN=a\\4",
	"CN=a\\4g",
	"CN=a\\x41",
	"CN=a\\n",
	"CN=a\\:",
	"CN=a\\\n",
	"CN=a\\\xc3\xa9",
	"CN=a\\00b",
	"CN=\\00",
	/* UTF-8 */
	"CN=\xff\xfe",
	"CN=\xc3",
	"CN=\xed\xa0\x80",
	"CN=\xc0\xaf",
	"CN=\\C3",
	"CN=\\C3x",
	"CN=\\FF",
	"CN=\\ED\\A0\\80",
	"\xff=a",
	/* hex */
	"CN=#",
	"CN=#0",
	"CN=#0g",
	"CN=#04 024869",
	"CN=#0402486",
	"CN=#040248691",
	"CN=#04034869",
	"CN=#04024869 x",
	"CN=#0402486900",
	"CN=#0000",
	"CN=#30800000",
	"CN=#048100",
	"CN=#130140",
	"CN=#0c01ff",
	"CN=#0c0100",
	"CN=#1e0100",
	"CN=#020200ff,O=#0202007f",
	"CN=\\#0402,O=",
	/* lengths and alphabets: RFC 5280 appendix A.1 */
	"CN=",
	"CN= ",
	"CN=,O=a",
	"O=a,CN=",
	"CN=" X64 "x",
	"O=" X64 "x",
	"OU=" X64 "x",
	"title=" X64 "x",
	"serialNumber=" X64 "x",
	"L=" X64 X64 "x",
	"ST=" X64 X64 "x",
	"pseudonym=" X64 X64 "x",
	"C=",
	"C=D",
	"C=DEU",
	"C=\xc3\xab\xc3\xab",
	"C=#1303444555",
	"CN=#0c00",
	"C=D_",
	"serialNumber=a@b",
	"serialNumber=\xc3\xab",
	"dnQualifier=a*b",
	"DC=\xc3\xab",
	"emailAddress=\xc3\xab@example.org",
	"x500UniqueIdentifier=a",
	"x500UniqueIdentifier='0101'B",
	/* X.501 9.3 */
	"CN=a+CN=b",
	"CN=a+O=b+CN=c",
	"1.2.3=#0500+1.2.3=#0500",
};

START_TEST(bad_text)
{
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		pki_error err = PKI_ERROR_INIT;
		pki_name *n = (pki_name *)&err;

		ck_assert_msg(pki_name_from_string(NULL, bad[i], &n, &err) == PKI_E_ARG, "%s: %s",
		    bad[i], t_error(&err));
		ck_assert_ptr_null(n);
		ck_assert_str_eq(pki_error_function(&err), "pki_name_from_string");
		ck_assert_str_ne(pki_error_reason(&err), "");
	}
}
END_TEST

/* The DER of a text, and the string types of RFC 5280 4.1.2.4. */
START_TEST(encoding)
{
	static const struct {
		const char *text, *der;
	} cases[] = {
		{ "", "3000" },
		{ "CN=a", "300c310a300806035504030c0161" },
		{ "C=NL", "300d310b3009060355040613024e4c" },
		{ "serialNumber=1", "300c310a30080603550405130131" },
		{ "dnQualifier=1", "300c310a3008060355042e130131" },
		{ "DC=a", "3013311130 0f060a0992268993f22c640119160161" },
		{ "emailAddress=a", "30123110300e06092a864886f70d010901160161" },
		{ "CN=a,C=NL", "3019310b3009060355040613024e4c310a300806035504030c0161" },
		{ "O=b+CN=a", "30163114300806035504030c01613008060355040a0c0162" },
		{ "CN=\xc3\xab", "300d310b300906035504030c02c3ab" },
		{ "CN=#130161", "300c310a30080603550403130161" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_name *n = name_of(cases[i].text);

		t_bytes_eq(pki_name_der(n), t_hex(cases[i].der));
		pki_name_free(n);
	}
}
END_TEST

/* RFC 4514 section 3: what must be known, and how it is written. */
START_TEST(short_names)
{
	static const struct {
		const char *name;
		const pki_oid *oid;
	} cases[] = {
		{ "CN", &pki_id_common_name },
		{ "L", &pki_id_locality_name },
		{ "ST", &pki_id_state_or_province_name },
		{ "O", &pki_id_organization_name },
		{ "OU", &pki_id_organizational_unit_name },
		{ "C", &pki_id_country_name },
		{ "STREET", &pki_id_street_address },
		{ "DC", &pki_id_domain_component },
		{ "UID", &pki_id_uid },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const pki_attr_type *t = pki_attr_type_by_name(pki_bytes_str(cases[i].name));

		ck_assert_ptr_nonnull(t);
		ck_assert_ptr_eq(t->oid, cases[i].oid);
		ck_assert_str_eq(t->name, cases[i].name);
		ck_assert_ptr_eq(pki_attr_type_by_oid(pki_oid_view(cases[i].oid)), t);
	}
	ck_assert_ptr_null(pki_attr_type_by_name(pki_bytes_str("")));
	ck_assert_ptr_null(pki_attr_type_by_oid(pki_bytes_of(NULL, 0)));
}
END_TEST

START_TEST(where_it_is_wrong)
{
	static const struct {
		const char *text, *reason;
		size_t offset;
	} cases[] = {
		{ "CN=a,O", "\"=\" is missing after an attribute type", 6 },
		{ "CN=a\\zq", "backslash before what needs none", 5 },
		{ "CN=a;O=b", "a character that needs a backslash", 4 },
		{ "CN=a,", "an attribute type is missing", 5 },
		{ "CN=#040", "\"#\" is not followed by pairs of hex digits", 4 },
		{ "CN=#0400x", "characters after a value", 8 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		pki_error err = PKI_ERROR_INIT;
		pki_name *n = NULL;

		ck_assert_int_eq(pki_name_from_string(NULL, cases[i].text, &n, &err), PKI_E_ARG);
		ck_assert_str_eq(pki_error_reason(&err), cases[i].reason);
		ck_assert_uint_eq(pki_error_offset(&err), cases[i].offset);
	}
}
END_TEST

START_TEST(arguments)
{
	pki_buf b = PKI_BUF_INIT;
	pki_name *n = NULL;

	t_fails(PKI_E_ARG, pki_name_from_string(NULL, NULL, &n, err));
	t_fails(PKI_E_ARG, pki_name_from_string(NULL, "CN=a", NULL, err));
	t_fails(PKI_E_ARG, pki_name_format(NULL, &b, err));
	n = name_of("CN=a");
	t_fails(PKI_E_ARG, pki_name_format(n, NULL, err));
	/* text is appended */
	t_ok(pki_name_format(n, &b, err));
	t_ok(pki_name_format(n, &b, err));
	ck_assert_str_eq(pki_buf_str(&b), "CN=aCN=a");
	pki_buf_free(&b);
	pki_name_free(n);
}
END_TEST

/* As many attributes as the context allows, in one RDN and in many. */
START_TEST(limit)
{
	pki_limits limits = { .size = sizeof limits, .rdn_attrs = 3 };
	pki_ctx_opts opts = { .size = sizeof opts, .limits = &limits };
	pki_ctx *ctx = NULL;
	pki_name *n = NULL;

	t_ok(pki_ctx_new(&opts, &ctx, err));
	t_ok(pki_name_from_string(ctx, "CN=a,O=b+OU=c", &n, err));
	pki_name_free(n);
	t_fails(PKI_E_LIMIT, pki_name_from_string(ctx, "CN=a,O=b+OU=c,C=NL", &n, err));
	t_fails(PKI_E_LIMIT, pki_name_from_string(ctx, "CN=a+O=b+OU=c+C=NL", &n, err));
	ck_assert_ptr_null(n);
	pki_ctx_free(ctx);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { good_text, bad_text, encoding, short_names,
		where_it_is_wrong, arguments, limit, NULL };

	return t_main("name_text", tests);
}
