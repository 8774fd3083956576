#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does an input twice as large take about twice the work? Instructions are counted, by valgrind: no
# clock is looked at. What a limit keeps small may grow faster, as long as it takes less than 30 million
# instructions, some milliseconds, at that limit.
. "$(dirname "$0")/lib.sh"

program=$build/tests/test_growth
most=30000000
work() { # INPUT SIZE
  valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null \
    "$program" "$1" "$2" 2>&1 | sed -n 's/.*Collected : //p'
}

"$program" list >"$build/growth.list" || wrong "$program does not run"
count=0
while read -r input size capped; do
  half=$(work "$input" $((size / 2)))
  whole=$(work "$input" "$size")
  count=$((count + 1))
  printf '%-20s %8d %12d %12d\n' "$input" "$size" "$half" "$whole"
  [ "${half:-0}" -gt 0 ] || { wrong "$input: nothing was counted"; continue; }
  [ "$capped" = yes ] && [ "$whole" -lt $most ] && continue
  [ $((whole * 10)) -le $((half * 22)) ] || wrong "$input: grows by $((whole * 100 / half)) %"
done <"$build/growth.list"
rm -f "$build/growth.list"
finish "$count inputs"
