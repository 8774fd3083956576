#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# run-tests.sh PROGRAM...: runs test programs of the build folder as make check does, TEST_JOBS (nproc)
# at a time, each under $WRAPPER; leaves PROGRAM.log and PROGRAM.trs for count-checks.sh.
. "$(dirname "$0")/lib.sh"

cd "$build"
printf '%s\n' "$@" | grep . | xargs -P "${TEST_JOBS:-$(nproc)}" -I{} sh -c '
  if ${WRAPPER:-} "./$1" >"$1.log" 2>&1; then result=PASS; else result=FAIL; fi
  echo ":test-result: $result" >"$1.trs"
  echo "$result: $1"
  [ $result = PASS ] || tail -n 40 "$1.log"' run {} || :
for p; do
  grep -q PASS "$p.trs" || wrong "$p"
done >/dev/null
count=$#
[ "$count" -gt 0 ] || wrong 'there are no such tests'
finish "$count programs"
