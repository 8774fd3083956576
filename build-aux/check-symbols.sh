#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Do the headers declare, libpki.map list and the library export the same symbols?
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
map=$src/libpki/libpki.map

{ exported; exported data; } | sort >"$tmp/headers"
sed -e 's|/\*.*\*/||' -e '/local:/,$d' "$map" | grep -o 'pki_[a-z0-9_]*' >"$tmp/map.order"
sort "$tmp/map.order" >"$tmp/map"
compare() { # A B WHAT-A WHAT-B
  comm -23 "$tmp/$1" "$tmp/$2" | sed "s|\$|: in $3, not in $4|" >"$tmp/diff"
  wrong_lines '' <"$tmp/diff"
  comm -13 "$tmp/$1" "$tmp/$2" | sed "s|\$|: in $4, not in $3|" >"$tmp/diff"
  wrong_lines '' <"$tmp/diff"
}
uniq -d "$tmp/map" | sed 's|$|: twice in libpki.map|' >"$tmp/diff"
wrong_lines '' <"$tmp/diff"
compare headers map 'the headers' libpki.map

so=$build/.libs/libpki.so
if [ "${PKI_SHARED:-yes}" = yes ]; then
  ${NM:-nm} -D --defined-only --with-symbol-versions "$so" | awk '$2 != "A" {print $3}' | sort >"$tmp/versioned"
  grep -v '^pki_[a-z0-9_]*@@LIBPKI_0$' "$tmp/versioned" >"$tmp/diff" || :
  wrong_lines 'exported, not at LIBPKI_0: ' <"$tmp/diff"
  sed 's/@.*//' "$tmp/versioned" >"$tmp/so"
  compare map so libpki.map libpki.so
fi
finish "$(wc -l <"$tmp/headers") symbols"
