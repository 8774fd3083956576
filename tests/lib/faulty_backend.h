/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in backend, with a fault at one of its calls. */
#ifndef TESTS_LIB_FAULTY_BACKEND_H
#define TESTS_LIB_FAULTY_BACKEND_H

#include <pki/backend.h>

typedef enum fault_kind {
	FAULT_FAILS,    /* PKI_E_BACKEND, without a word */
	FAULT_ARG,      /* a status that libpki must not pass on */
	FAULT_NEGATIVE, /* no status at all */
	FAULT_UNKNOWN,
	FAULT_IDLE,  /* success, and nothing was done */
	FAULT_SHORT, /* one octet less than there should be */
	FAULT_LONG,  /* one octet more than the room */
	FAULT_HUGE,  /* SIZE_MAX octets */
	FAULT_ZEROS, /* the right length, all zeros */
	FAULT_KINDS
} fault_kind;

/* For one thread. Calls are counted from 1; `done`: the fault could be seen from outside. */
extern struct fault {
	fault_kind kind;
	unsigned at, calls;
	bool reached, done;
} fault;

const pki_backend_table *faulty_backend(void);

#endif
