#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Is every function, verb and option in its manual page, and does mandoc find nothing wrong?
. "$(dirname "$0")/lib.sh"

man=$src/man
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
page() {
  sed 's/\\&//g' "$@" | grep -v '^\.\\"'
}

(cd "$man" && mandoc -Tlint -W warning ./*.[1-8] 2>&1) >"$tmp/lint" || :
wrong_lines '' <"$tmp/lint"

page "$man"/*.3 | grep -ow 'pki_[a-z0-9_]*' | sort -u >"$tmp/named"
{ exported libpki; exported libpki-jwk; } | sort -u >"$tmp/functions"
comm -23 "$tmp/functions" "$tmp/named" >"$tmp/missing"
wrong_lines 'in no section-3 page: ' <"$tmp/missing"
count=$(wc -l <"$tmp/functions")

options() {
  grep -oE -- '--[a-z][a-z0-9-]+' | sort -u
}
if [ "${PKI_TOOL:-yes}" = yes ]; then
  tool=${PKITOOL:-$build/tools/pkitool}
  for v in $("$tool" help | sed -nE 's/^ {1,8}(pkitool )?([a-z][a-z0-9-]+)( {2,}.*|$)/\2/p' | grep -vx help | sort -u); do
    [ -s "$man/pkitool-$v.1" ] || { wrong "no pkitool-$v.1"; continue; }
    for o in $("$tool" "$v" --help | options); do
      count=$((count + 1))
      page "$man/pkitool-$v.1" "$man/pkitool.1" |
        grep -qE -- "(Fl -?|--|\\\\-\\\\-)${o#--}([^a-z0-9-]|\$)" || wrong "pkitool-$v.1 does not name $o"
    done
  done
fi
for p in pkitool.1 libpki.7; do [ -s "$man/$p" ] || wrong "no $p"; done
finish "$count functions and options in $(ls "$man" | grep -c '\.[1-8]$') pages"
