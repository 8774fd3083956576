/* SPDX-License-Identifier: BSD-3-Clause */
/* What is wrong with a path: a list to which checks add, and go on. */
#ifndef LIBPKI_VERIFY_FINDINGS_H
#define LIBPKI_VERIFY_FINDINGS_H

#include <pki/verify.h>

typedef struct pki_finding {
	size_t cert; /* index in the path; 0 is the leaf */
	pki_code code;
	uint32_t reserved;
	const char *clause, *reason; /* static text */
	char *text;                  /* its own: the reason, and what it is about */
} pki_finding;

/*
 * The first failure to note something sticks in `status`, and whoever has the list asks once. What
 * could not be noted counts, too. All zeros: nothing was found.
 */
typedef struct pki_findings {
	pki_finding *list;
	size_t count, room;
	size_t cert; /* whom the next findings are about */
	pki_status status;
	const char *status_reason, *status_clause;
	bool quiet;   /* they are counted, and not kept */
	bool limited; /* one of them is PKI_CODE_LIMIT */
	uint8_t reserved[2];
} pki_findings;

/* Does it say nothing of what was looked at, but that nobody could look? PKI_E_NOMEM,
 * PKI_E_CANCELLED, PKI_E_BACKEND, PKI_E_INTERNAL, PKI_E_ARG, PKI_E_IO. */
bool pki_is_of_the_call(pki_status st);

void pki_findings_free(pki_findings *f);
/* Is there any, or has one been lost? Only "no" is success. */
bool pki_findings_any(const pki_findings *f);
/* reason is static text, printable ASCII, as clause is; detail, which may be empty, is escaped. */
void pki_find(pki_findings *f, pki_code code, const char *clause, const char *reason);
void pki_find_about(
    pki_findings *f, pki_code code, const char *clause, const char *reason, pki_bytes detail);
/*
 * What a check said when it failed: reason, detail and clause. A status of the call sticks;
 * PKI_E_LIMIT is PKI_CODE_LIMIT, whatever the code.
 */
void pki_find_error(pki_findings *f, pki_code code, const pki_error *why);

/*
 * What a callback's failure ends the verification with: such a status stays; one that would read as
 * an answer of pki_verify is PKI_E_IO.
 */
pki_status pki_callback_failed(pki_status st, const char *reason, pki_error *err);

#endif
