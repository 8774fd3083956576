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

# Each example of section 3 is C, in a function whose parameters are what examples take for granted.
examples() {
  sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$1" | awk -v out="$tmp/example" '
    /^\.Bd -literal/ { inside = 1; file = out "." ++n ".body"; top = out "." n ".top"; printf "" >top; next }
    /^\.Ed/ { inside = 0 }
    !inside { next }
    { gsub(/\\e/, "\\"); gsub(/\\&/, "") }
    /^static / { function_ = 1 }
    { print > (function_ ? top : file) }
    /^}/ { function_ = 0 }'
}
compile() {
  {
    echo '#include <pki/pki.h>'
    echo '#include <pki/asn1_json.h>'
    echo '#include <pki/jwk.h>'
    echo '#include <stdio.h>'
    cat "${1%.body}.top"
    echo 'void use(pki_ip_family *family, pki_ip_range *range);'
    echo 'void example(pki_status st, pki_error err, pki_buf text, pki_buf out, pki_buf pem,'
    echo '    pki_ext ext, pki_exts *exts, pki_bytes value, pki_key *key, pki_key *ca_key,'
    echo '    pki_pubkey *ca_pubkey, pki_csr *csr, pki_cert *cert, pki_cert *ca, pki_crl *last,'
    echo '    pki_crl *base, pki_time now)'
    echo '{{'
    cat "$1"
    echo '}}'
  } >"${1%.body}.c"
  ${CC:-cc} -std=gnu11 -Wall -Werror -I"$src/include" -I"$build/include" -S -o /dev/null \
    "${1%.body}.c" 2>&1
}
for p in "$man"/*.3 "$man"/libpki.7; do
  rm -f "$tmp"/example.*
  examples "$p"
  for e in "$tmp"/example.*.body; do
    [ -e "$e" ] || continue
    count=$((count + 1))
    compile "$e" >"$tmp/said" || wrong_lines "example of $(basename "$p"): " <"$tmp/said"
  done
done

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
finish "$count functions, examples and options in $(ls "$man" | grep -c '\.[1-8]$') pages"
