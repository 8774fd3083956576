/* SPDX-License-Identifier: BSD-3-Clause */
/* Names asked for of a subjectAltName; both are the input's. */
#include "fuzz/fuzz.h"
#include "libpki/core/ascii.h"
#include "libpki/types/host.h"
#include "libpki/types/ip.h"
#include "libpki/types/punycode.h"
#include "libpki/x509/identity.h"

/* ---- an oracle: which names are there, and what is a match ---- */

/* "*.a.example" stands for "b.a.example". */
static bool is_covered(pki_bytes host, pki_bytes wildcard)
{
	const uint8_t *dot = memchr(host.data, '.', host.len);
	size_t label = dot == NULL ? 0 : (size_t)(dot - host.data);

	return label > 0 && wildcard.len > 2 && memcmp(wildcard.data, "*.", 2) == 0 &&
	    memchr(wildcard.data + 2, '.', wildcard.len - 2) != NULL &&
	    pki_equal_nocase(pki_bytes_of(wildcard.data + 1, wildcard.len - 1),
		pki_bytes_of(host.data + label, host.len - label));
}

static bool is_host(pki_bytes host, const pki_gn *gn)
{
	return gn->type == PKI_GN_DNS &&
	    (pki_equal_nocase(gn->value, host) || is_covered(host, gn->value));
}

static bool is_address(pki_bytes address, const pki_gn *gn)
{
	return gn->type == PKI_GN_IP && pki_bytes_equal(gn->value, address);
}

/* false: not the name, or it cannot be read to its end. */
static bool is_among(bool (*is)(pki_bytes name, const pki_gn *gn), pki_bytes name, pki_bytes san)
{
	bool found = false;
	pki_ext_iter it;
	pki_gn gn;

	pki_ext_list(&it, NULL, san);
	while (pki_ext_name_next(&it, &gn))
		found = found || is(name, &gn);
	return pki_ext_list_finish(&it, NULL) == PKI_SUCCESS && found;
}

/* Is the text among the octets, in any case? */
static bool is_within(const char *text, pki_bytes octets)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < octets.len && n <= octets.len - i; i++)
		if (pki_equal_nocase(pki_bytes_of(octets.data + i, n), pki_bytes_of(text, n)))
			return true;
	return false;
}

/* ---- what is asked ---- */

static bool is_usable(pki_bytes host)
{
	return pki_host_check(host, 0, NULL) == PKI_SUCCESS &&
	    pki_a_labels_check(host, NULL) == PKI_SUCCESS;
}

/* An address is looked for among addresses, a host among hosts; what is neither is refused. */
static void require_host(const char *asked, pki_bytes san, pki_status st)
{
	pki_bytes name = pki_bytes_str(asked);
	uint8_t address[PKI_IPV6_OCTETS];
	size_t octets = pki_ip_parse(name, address);

	if (octets > 0) {
		require((st == PKI_SUCCESS) ==
		    is_among(is_address, pki_bytes_of(address, octets), san));
		return;
	}
	if (name.len > 1 && name.data[name.len - 1] == '.')
		name.len--;
	require((st == PKI_E_ARG) == !is_usable(name));
	require((st == PKI_SUCCESS) == (is_usable(name) && is_among(is_host, name, san)));
}

/* The same in capitals. */
static pki_status check_shouted(const char *host, pki_bytes san)
{
	char name[FUZZ_STRING];
	size_t i = 0;

	for (; host[i] != '\0'; i++)
		name[i] = host[i] >= 'a' && host[i] <= 'z' ? (char)(host[i] - 'a' + 'A') : host[i];
	name[i] = '\0';
	return pki_san_check_host(NULL, &san, name, NULL);
}

static void ask_host(const char *name, pki_bytes san)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_san_check_host(NULL, &san, name, &err);

	require_error(st, &err);
	require_host(name, san, st);
	require(check_shouted(name, san) == st);
	require(pki_san_check_host(NULL, NULL, name, NULL) != PKI_SUCCESS);
}

static void ask_email(const char *name, pki_bytes san, const pki_name *subject)
{
	pki_error err = PKI_ERROR_INIT;
	pki_status st = pki_san_check_email(NULL, &san, subject, name, &err);

	require_error(st, &err);
	if (st == PKI_SUCCESS)
		require(is_within(name, san) || is_within(name, pki_name_der(subject)));
	/* a subject never takes away from what is in the subjectAltName */
	require(
	    st == PKI_SUCCESS || pki_san_check_email(NULL, &san, NULL, name, NULL) != PKI_SUCCESS);
}

static void ask_address(const char *name, pki_bytes san)
{
	pki_error err = PKI_ERROR_INIT;
	pki_bytes address = pki_bytes_str(name);
	pki_status st = pki_san_check_ip(NULL, &san, address, &err);

	require_error(st, &err);
	require((st == PKI_SUCCESS) ==
	    ((address.len == PKI_IPV4_OCTETS || address.len == PKI_IPV6_OCTETS) &&
		is_among(is_address, address, san)));
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
	ask_host(name, in);
	ask_email(name, in, subject);
	ask_address(name, in);
	pki_name_free(subject);
	return 0;
}
