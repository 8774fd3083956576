#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Do the headers declare, the map list and the library export the same symbols? Of libpki, and of
# libpki-jwk.
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
count=0

compare() { # A B WHAT-A WHAT-B
  comm -23 "$tmp/$1" "$tmp/$2" | sed "s|\$|: in $3, not in $4|" >"$tmp/diff"
  wrong_lines '' <"$tmp/diff"
  comm -13 "$tmp/$1" "$tmp/$2" | sed "s|\$|: in $4, not in $3|" >"$tmp/diff"
  wrong_lines '' <"$tmp/diff"
}
check_map() { # LIBRARY FOLDER
  { exported "$1"; exported "$1" data; } | sort >"$tmp/headers"
  sed -e 's|/\*.*\*/||' -e '/local:/,$d' "$src/$2/$1.map" | grep -o 'pki_[a-z0-9_]*' | sort >"$tmp/map"
  uniq -d "$tmp/map" | sed "s|\$|: twice in $1.map|" >"$tmp/diff"
  wrong_lines '' <"$tmp/diff"
  compare headers map 'the headers' "$1.map"
  count=$((count + $(wc -l <"$tmp/headers")))
}
check_library() { # LIBRARY NODE
  ${NM:-nm} -D --defined-only --with-symbol-versions "$build/.libs/$1.so" |
    awk '$2 != "A" {print $3}' | sort >"$tmp/versioned"
  grep -v "^pki_[a-z0-9_]*@@$2\$" "$tmp/versioned" >"$tmp/diff" || :
  wrong_lines "exported, not at $2: " <"$tmp/diff"
  sed 's/@.*//' "$tmp/versioned" >"$tmp/so"
  compare map so "$1.map" "$1.so"
}
check() { # LIBRARY FOLDER NODE
  check_map "$1" "$2"
  if [ "${PKI_SHARED:-yes}" = yes ]; then check_library "$1" "$3"; fi
}

check libpki libpki LIBPKI_0
if [ "${PKI_JWK:-yes}" = yes ]; then check libpki-jwk jwk LIBPKI_JWK_0; fi
finish "$count symbols"
