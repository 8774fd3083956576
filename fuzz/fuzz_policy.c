/* SPDX-License-Identifier: BSD-3-Clause */
/* Policies along a path: the graph says what the tree of RFC 5280 says. */
#include "fuzz/fuzz.h"
#include "libpki/verify/policy.h"
#include "tests/lib/policy_chain.h"

#define TEXT 512

/* Two lines: a digit of flags and the user-initial-policy-set, and the chain. */
static bool read_chain(pki_bytes in, chain *out)
{
	char text[TEXT] = { 0 }, *line;
	int set;

	if (in.len < 2 || in.len >= sizeof text)
		return false;
	memcpy(text, in.data, in.len);
	line = strchr(text, '\n');
	if (line == NULL)
		return false;
	*line = '\0';
	line[strcspn(line + 1, "\n") + 1] = '\0';
	set = chain_read_set(text + 1);
	if (set <= 0 || chain_read(line + 1, out) == NULL)
		return false;
	out->flags = (uint32_t)text[0] & 7;
	out->set = (uint32_t)set;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_error err = PKI_ERROR_INIT;
	uint32_t got, want;
	pki_status st, told;
	chain c;

	if (!read_chain(pki_bytes_of(data, len), &c))
		return 0;
	st = chain_judge(NULL, &c, &got, &err);
	require_error(st, &err);
	require(st == PKI_SUCCESS || got == 0);
	told = chain_judge_tree(&c, &want);
	require(told == PKI_E_LIMIT || (st == told && (st != PKI_SUCCESS || got == want)));
	return 0;
}
