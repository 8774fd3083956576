/* SPDX-License-Identifier: BSD-3-Clause */
/* Time: text and civil form lead back to the same second. */
#include <stdlib.h>
#include <string.h>

#include <pki/time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Broken promises of the library. */
static void require(bool promise)
{
	if (!promise)
		abort();
}

static void check_time(pki_time t)
{
	pki_buf text = PKI_BUF_INIT;
	pki_time same = 0;
	pki_civil c;
	bool in_range = t >= PKI_TIME_MIN && t <= PKI_TIME_MAX;

	require((pki_time_to_civil(t, &c, NULL) == PKI_SUCCESS) == in_range);
	require((pki_time_format(t, &text, NULL) == PKI_SUCCESS) == in_range);
	if (in_range) {
		require(pki_time_from_civil(&c, &same, NULL) == PKI_SUCCESS && same == t);
		require(text.len == 20);
		require(pki_time_parse(pki_buf_str(&text), &same, NULL, NULL) == PKI_SUCCESS);
		require(same == t);
	}
	pki_buf_free(&text);
}

static void check_civil(const pki_civil *c)
{
	pki_civil same;
	pki_time t;

	if (pki_time_from_civil(c, &t, NULL) != PKI_SUCCESS)
		return;
	require(pki_time_to_civil(t, &same, NULL) == PKI_SUCCESS);
	require(memcmp(c, &same, sizeof same) == 0);
}

static void check_text(const uint8_t *data, size_t len)
{
	char *text = malloc(len + 1);
	uint32_t nsec = 0;
	pki_time t;

	require(text != NULL);
	if (len > 0)
		memcpy(text, data, len);
	text[len] = '\0';
	if (pki_time_parse(text, &t, &nsec, NULL) == PKI_SUCCESS) {
		require(nsec < 1000000000);
		require(t >= PKI_TIME_MIN && t <= PKI_TIME_MAX);
		check_time(t);
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	pki_civil c = { 0 };
	pki_time t = 0;

	if (len > 0) {
		memcpy(&t, data, len < sizeof t ? len : sizeof t);
		memcpy(&c, data, len < sizeof c ? len : sizeof c);
	}
	check_time(t);
	check_time(t % PKI_TIME_MAX);
	check_civil(&c);
	check_text(data, len);
	return 0;
}
