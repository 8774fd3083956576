/* SPDX-License-Identifier: BSD-3-Clause */
/* What can be wrong with a chain: one fault each, the clause it is against, and who must say so. */
#ifndef TESTS_CHAIN_FAULTS_H
#define TESTS_CHAIN_FAULTS_H

#include "tests/chain_gen.h"

typedef struct fault fault;
typedef void fault_fn(gen_chain *g, const fault *f);

struct fault {
	const char *name, *clause;
	fault_fn *prepare; /* what the fault needs; the chain stays valid. NULL: nothing */
	fault_fn *spoil;
	const char *text[3]; /* what these two take */
	size_t at;           /* the certificate that is spoilt: 0 is the leaf */
	size_t certificate;  /* the one to which libpki says what is wrong */
	pki_code code;
};

#define FAULT_CERTS 4 /* the chain's: a leaf, two CAs, a root */

extern const fault faults[];
extern const size_t fault_count;

#endif
