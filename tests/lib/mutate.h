/* SPDX-License-Identifier: BSD-3-Clause */
/* Every small change of a vector, given to an operation: what each format's parser is put through.
 */
#ifndef TESTS_LIB_MUTATE_H
#define TESTS_LIB_MUTATE_H

#include <pki/error.h>

/*
 * The operation under test: reads `in`, uses what it got in every way there is, and frees it. On
 * success it appends what libpki writes for it to `again`, where the format has one encoding. It
 * asserts by itself that a failure left its outputs empty.
 */
typedef pki_status mutate_fn(pki_bytes in, pki_buf *again, pki_error *err);

#define MUTATE_TEXT      1u /* no DER: only truncations, octets changed, removed and inserted */
#define MUTATE_CANONICAL 2u /* what is accepted is written again as the same octets */
#define MUTATE_COSTLY    4u /* a sample of a few thousand */
#define MUTATE_ARG       8u /* PKI_E_ARG is an answer: the input is an argument, not a file */

typedef struct mutate_op {
	const char *name;
	mutate_fn *run;
	unsigned flags;
} mutate_op;

typedef struct mutate_count {
	unsigned long inputs, accepted;
} mutate_count;

/*
 * Checks the vector itself, which must be accepted, and then
 * all that is made of it, each in a block of exactly its size. What is asserted of every answer: a
 * status that fits, an error that says the same and where, nothing in the error after a success.
 */
mutate_count mutate_all(const mutate_op *op, const char *vector_name, pki_bytes vector);
/* One input. */
pki_status mutate_one(const mutate_op *op, const char *what, pki_bytes in);

#endif
