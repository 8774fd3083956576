#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# count-checks.sh FOLDER...: what the test programs there counted, as "N passed, N failed". A program
# made with Check counts its cases, so does tests/tools/run.sh, and any other counts as one.
set -eu

for dir; do
  find "$dir" -name '*.trs' -not -path "$dir/build/*" -not -path "$dir/libpki-*"
done | sort -u | while IFS= read -r trs; do
  result=$(sed -n 's/^:test-result: *\([A-Z]*\).*/\1/p' "$trs" | tail -n 1)
  cases=$(sed -n 's/^[0-9]*%: Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p
    s/^pkitool: \([0-9]*\) checks in [0-9]* scripts, \([0-9]*\) scripts failed$/\1 \2 0/p' \
    "${trs%.trs}.log" 2>/dev/null || :)
  # shellcheck disable=SC2086
  echo $result $cases
done | awk '
  $1 == "SKIP" { skipped++; next }
  {
    cases = bad = 0
    for (i = 2; i + 2 <= NF; i += 3) { cases += $i; bad += $(i + 1) + $(i + 2) }
    if (cases == 0) cases = 1
    if ($1 != "PASS" && $1 != "XFAIL" && bad == 0) bad = 1
    failed += bad; passed += cases - bad
  }
  END { printf "%d passed, %d failed%s\n", passed, failed, skipped ? sprintf(", %d skipped", skipped) : "" }'
