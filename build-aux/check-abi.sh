#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does the library keep the ABI of the last release? docs/abi/ holds what abidw (Debian: abigail-tools)
# wrote of each; `check-abi.sh --record` writes it of this version, which a release does.
. "$(dirname "$0")/lib.sh"

so=$build/.libs/libpki.so
dir=$src/docs/abi
version=${PKI_VERSION:?}
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT

record() {
  mkdir -p "$dir"
  abidw --headers-dir "$src/include/pki" --drop-private-types --no-corpus-path --no-comp-dir-path \
    --no-show-locs "$so" >"$dir/libpki-$version.abi"
  finish "recorded $version"
}
# The last version recorded, this one included.
last() {
  (cd "$dir" 2>/dev/null && ls libpki-*.abi 2>/dev/null) | sed 's/libpki-\(.*\)\.abi/\1/' | sort -V | tail -n 1
}

command -v abidiff >/dev/null || {
  echo "check-abi: needs abidiff (Debian: abigail-tools)" >&2
  exit 1
}
[ "${1:-}" = --record ] && record
base=$(last)
[ -n "$base" ] || finish "no ABI is recorded in docs/abi"
what="the ABI of $base"
# before the first release a baseline is what the headers promised when it was written, not a promise kept
[ "$base" = "$version" ] && what="no release yet; the recorded ABI of $version"
abidiff --headers-dir2 "$src/include/pki" --drop-private-types --no-added-syms \
  "$dir/libpki-$base.abi" "$so" >"$tmp" || {
  cat "$tmp"
  wrong "differs from docs/abi/libpki-$base.abi"
}
finish "compared with $what"
