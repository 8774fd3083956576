/* SPDX-License-Identifier: BSD-3-Clause */
/* pkitool verify: what is asked, what there is to go by, and what came of it. */
#ifndef TOOLS_VERIFY_H
#define TOOLS_VERIFY_H

#include <pki/verify.h>

#include "tools/names.h"
#include "tools/out.h"
#include "tools/session.h"

/* Object identifiers: octets, and views of them. */
struct oids {
	pki_buf *store;
	pki_bytes *list;
	size_t count;
};

/* Not to be moved: opts points into it. */
struct verify {
	struct cmd *c;
	struct session session;
	pki_time now;
	/* what is asked */
	pki_verify_opts opts;
	struct text name;   /* of --for, without its prefix */
	struct text asked;  /* "for www.example.org (server)" */
	pki_buf purpose;    /* an OID */
	uint32_t max_depth; /* of --max-depth */
	struct names permit, exclude;
	struct oids policies, policy_set;
	/* the inputs */
	const char *file;
	pki_cert *leaf;
	pki_trust *trust;
	pki_certs *certs; /* candidates for the path */
	pki_crls *crls;
	struct text sources; /* a line each */
	/* the answer */
	pki_result *result;
	struct text *policies_found; /* dotted, sorted */
	size_t policies_count;
	pki_status status; /* what went wrong, where something did; and the error */
	pki_error error;
	struct text input; /* what it is about, a file or an option; empty: neither */
	struct text out;
};

/* Each says what is wrong, and returns an exit status. */

/* Keeps a failure for JSON. what: a file or an option, or NULL. */
void verify_keep(struct verify *v, const char *what, pki_status st, const pki_error *err);
/* The options, but for files. */
int verify_take(struct verify *v);
/* The files. */
int verify_read(struct verify *v);
/* Says it and keeps it for JSON. What is not found is malformed input. what: a file, or NULL. */
int verify_fail(struct verify *v, const char *what, pki_status st, const pki_error *err);
/* The same where the file is one of several, and goes on without what is malformed. */
int verify_pass_over(struct verify *v, const char *what, pki_status st, const pki_error *err);

/* Appends the answer. */
void verify_text(struct verify *v);
void verify_json(struct verify *v);
/* Appends what can be done about a failure of an attempt, a line or more. */
void verify_explain(struct verify *v, size_t attempt, const pki_failure *f);

#endif
