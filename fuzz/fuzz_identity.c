/* SPDX-License-Identifier: BSD-3-Clause */
/* Names asked for of a subjectAltName; both are the input's. */
#include "fuzz/fuzz.h"
#include "libpki/core/ascii.h"
#include "libpki/x509/identity.h"

/* Is the text, or the text less one label at its left, among the octets, in any case? */
static bool is_within(const char *text, pki_bytes octets)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < octets.len && n <= octets.len - i; i++)
		if (pki_equal_nocase(pki_bytes_of(octets.data + i, n), pki_bytes_of(text, n)))
			return true;
	return false;
}

/* Nothing matches but what is there. */
static void require_reason_to_match(const char *host, pki_bytes san)
{
	char name[FUZZ_STRING];
	const char *dot;

	memcpy(name, host, strlen(host) + 1);
	if (name[strlen(name) - 1] == '.')
		name[strlen(name) - 1] = '\0';
	dot = strchr(name, '.');
	require(strpbrk(name, ":*_ ") == NULL);
	require(is_within(name, san) || (dot != NULL && is_within(dot, san)));
}

static void ask(const char *name, pki_bytes san, const pki_name *subject)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_san_check_host(NULL, &san, name, &err);

	require_error(st, &err);
	if (st == PKI_SUCCESS && strchr(name, ':') == NULL &&
	    strspn(name, "0123456789.") != strlen(name))
		require_reason_to_match(name, san);
	pki_error_init(&err);
	st = pki_san_check_email(NULL, &san, subject, name, &err);
	require_error(st, &err);
	if (st == PKI_SUCCESS)
		require(is_within(name, san) || is_within(name, pki_name_der(subject)));
	pki_error_init(&err);
	require_error(pki_san_check_ip(NULL, &san, pki_bytes_str(name), &err), &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_bytes in = pki_bytes_of(data, len), name_der;
	pki_name *subject = NULL;
	char room[FUZZ_STRING];
	const char *name;

	name = fuzz_string(&in, room);
	name_der = fuzz_octets(&in);
	(void)!pki_name_parse(NULL, name_der, &subject, NULL);
	ask(name, in, subject);
	pki_name_free(subject);
	return 0;
}
