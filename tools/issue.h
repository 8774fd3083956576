/* SPDX-License-Identifier: BSD-3-Clause */
/* What certificates are made with: options that selfsign, ca and sign share, and the CA itself. */
#ifndef TOOLS_ISSUE_H
#define TOOLS_ISSUE_H

#include <pki/cert.h>

#include "tools/out.h"
#include "tools/password.h"
#include "tools/session.h"

/* Each says what is wrong, and returns an exit status. */

/* --policy, --permit, --exclude and the URLs. */
int issue_exts(const struct cmd *c, pki_exts *exts);

/* --days and --path-length: when it is valid, and how many CAs may be below it. */
struct term {
	pki_time begins, ends;
	int32_t path_len;
	bool has_end, has_path_len;
};
int issue_term(const struct cmd *c, const struct session *s, struct term *t);
/* Points the options at t. */
void issue_opts(pki_cert_opts *o, const struct term *t);
/* Appends what was made, as --form has it, and frees it; or says why it was not: st and err are of
 * the function that tried, and whose is what it was made from. */
int issue_made(const struct cmd *c, const char *whose, pki_cert *made, pki_status st,
    pki_error *err, pki_buf *out);

/* A CA: its certificate, and its key. */
struct issuer {
	const char *path;
	struct text key_name; /* of the key beside the certificate */
	const char *key_path;
	pki_cert *cert;
	pki_key *key;
};
/* key_path NULL: beside the certificate. Refuses what is no CA, and a key that is not its. */
int issuer_open(struct cmd *c, const struct session *s, const char *path, const char *key_path,
    struct password *pw, struct issuer *out);
void issuer_free(struct issuer *i);
/* Refuses an output that would take the place of the CA's files. */
int issuer_clash(const struct cmd *c, const struct issuer *i, const char *what, const char *out);

#endif
