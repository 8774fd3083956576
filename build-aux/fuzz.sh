#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# fuzz.sh BUILD: runs each libFuzzer target there for FUZZ_SECONDS (600), FUZZ_JOBS (nproc) at a time;
# FUZZ_TARGETS names some of them only. New inputs are kept in BUILD/corpus, crashes in BUILD/crashes.
. "$(dirname "$0")/lib.sh"

dir=$1
seconds=${FUZZ_SECONDS:-600}
jobs=${FUZZ_JOBS:-$(nproc)}
targets=${FUZZ_TARGETS:-$(cd "$src/fuzz" && ls fuzz_*.c | sed 's/\.c$//')}
mkdir -p "$dir/crashes" "$dir/logs"

printf '%s\n' $targets | xargs -P "$jobs" -I{} sh -c '
  src=$1 dir=$2 seconds=$3 t=$4
  name=${t#fuzz_}
  mkdir -p "$dir/corpus/$name"
  seeds=
  [ -d "$src/fuzz/corpus/$name" ] && seeds=$src/fuzz/corpus/$name
  dict=
  [ -e "$src/fuzz/$name.dict" ] && dict=-dict=$src/fuzz/$name.dict
  "$dir/fuzz/$t" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$dir/crashes/$name-" $dict "$dir/corpus/$name" $seeds >"$dir/logs/$name.log" 2>&1
  echo $? >"$dir/logs/$name.status"' fuzz "$src" "$dir" "$seconds" {}

for t in $targets; do
  name=${t#fuzz_}
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/logs/$name.log")
  cov=$(grep -o 'cov: [0-9]*' "$dir/logs/$name.log" | tail -n 1)
  printf '%-20s %12s runs in %s s, %s\n' "$name" "${runs:-?}" "$seconds" "${cov:-cov: ?}"
  [ "$(cat "$dir/logs/$name.status")" = 0 ] || {
    grep -m 3 -E 'ERROR|SUMMARY|runtime error' "$dir/logs/$name.log" || :
    wrong "$name: see $dir/logs/$name.log and $dir/crashes"
  }
done
finish "$(printf '%s\n' $targets | wc -l) targets, $seconds s each"
