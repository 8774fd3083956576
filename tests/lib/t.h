/* SPDX-License-Identifier: BSD-3-Clause */
/* What the test programs share: bytes from hex, vectors from files, checks that say what differs.
 */
#ifndef TESTS_LIB_T_H
#define TESTS_LIB_T_H

#include <check.h>
#include <pki/error.h>

/* Octets of a hex text, white space ignored; lives until the program ends. Bad hex fails the test.
 */
pki_bytes t_hex(const char *hex);
/* A file below tests/vectors/ of the source tree, whole; lives until the program ends. */
pki_bytes t_vector(const char *path);
/* The path of such a file; of a file in this test's own scratch folder, removed at the end. */
const char *t_vector_path(const char *path);
const char *t_scratch(const char *name);

/* As one line, in static storage; "success" if there is no error. */
const char *t_error(const pki_error *err);

#define t_ok(call)                                                   \
 do {                                                                \
  pki_error t_err = PKI_ERROR_INIT, *err = &t_err;                   \
  pki_status t_st = (call);                                          \
  ck_assert_msg(t_st == PKI_SUCCESS, "%s: %s", #call, t_error(err)); \
 } while (0)
/* The call is written with `err` as its last argument: t_ok(pki_x(a, b, err)). */
#define t_fails(want, call)                                                               \
 do {                                                                                     \
  pki_error t_err = PKI_ERROR_INIT, *err = &t_err;                                        \
  pki_status t_st = (call);                                                               \
  ck_assert_msg(t_st == (want), "%s: want %s, got %s (%s)", #call, pki_status_text(want), \
      pki_status_text(t_st), t_error(err));                                               \
  ck_assert_int_eq(pki_error_status(err), (want));                                        \
 } while (0)

void t_bytes_eq_at(const char *file, int line, pki_bytes got, pki_bytes want);
#define t_bytes_eq(got, want) t_bytes_eq_at(__FILE__, __LINE__, (got), (want))

/* Runs every test of `tests` (ends with NULL) as a suite; what main returns. */
int t_main(const char *name, const TTest *const *tests);

#endif
