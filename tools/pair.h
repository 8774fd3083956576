/* SPDX-License-Identifier: BSD-3-Clause */
/* A private key, new or one that exists, and what is signed with it: two files, the key first. */
#ifndef TOOLS_PAIR_H
#define TOOLS_PAIR_H

#include "tools/make.h"
#include "tools/names.h"

struct pair {
	struct cmd *c;
	const char *what, *suffix; /* "request", ".csr" */
	const char *type;          /* of a new key */
	struct password *password; /* of the key, read or new */
	struct text out_name, key_name;
	const char *out_path, *key_path; /* key_path NULL: the key exists */
	const char *key_in;
	unsigned flags;
	pki_key *key;
	pki_buf out, key_bytes; /* out: what is signed, for pair_write */
};

/* type, key_in and password are for the caller to set after it. */
void pair_init(struct pair *p, struct cmd *c, const char *what, const char *suffix);
void pair_free(struct pair *p);

/* Each says what is wrong, and returns an exit status. */

/* Names the files after stem in this folder, or what -o and --key-out say; may they be written? */
int pair_files(struct pair *p, const pki_buf *stem);
/* Reads the key, or makes it. */
int pair_get_key(struct pair *p, struct session *s);
/* Writes the key, if it is new, then what is signed. */
int pair_write(struct pair *p);
/* Names the files whose names the user did not type. */
void pair_say(const struct pair *p, const char *note);

#endif
