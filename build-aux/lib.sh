# SPDX-License-Identifier: BSD-3-Clause
# What the scripts of the one-word targets share. Outside make, the source folder is enough.
set -eu
export LC_ALL=C
src=${PKI_SRCDIR:-$(cd "$(dirname "$0")/.." && pwd)}
build=${PKI_BUILDDIR:-$src}
faults=0
me=$(basename "$0" .sh)

# wrong TEXT...: one finding.
wrong() {
  printf '%s\n' "$*"
  faults=$((faults + 1))
}
# wrong_lines TEXT: a finding for each line of stdin.
wrong_lines() {
  while IFS= read -r line; do wrong "$1$line"; done
}
# finish WHAT: the last line, and the exit status.
finish() {
  printf '%s: %s, %d wrong\n' "$me" "$1" "$faults"
  [ "$faults" -eq 0 ]
  exit
}
# sources FOLDER...: the C files below them, as paths from the source folder.
sources() {
  (cd "$src" && find "$@" -name '*.[ch]' -o -name '*.cc' | sort)
}
# code FILE: its text without comments and string literals, line for line.
code() {
  sed -e 's/\\"//g' -e 's/"[^"]*"/""/g' "$1" | awk '{
    out = ""
    while ($0 != "") {
      if (inside) {
        at = index($0, "*/")
        if (!at) break
        $0 = substr($0, at + 2); inside = 0
      } else {
        at = index($0, "/*")
        if (!at) { out = out $0; break }
        out = out substr($0, 1, at - 1); $0 = substr($0, at + 2); inside = 1
      }
    }
    print out
  }'
}
# headers_of LIBRARY: its public headers.
headers_of() {
  for h in "$src"/include/pki/*.h; do
    case $1,$h in
      libpki-jwk,*/jwk.h | libpki-jwk,*/asn1_json.h) echo "$h" ;;
      libpki-jwk,* | *,*/jwk.h | *,*/asn1_json.h) ;;
      *) echo "$h" ;;
    esac
  done
}
# exported LIBRARY: the functions, or with `data` the objects, that its public headers declare.
exported() {
  for h in $(headers_of "$1"); do code "$h"; done | grep -v '^ *#' | tr '\n\t' '  ' | tr ';' '\n' |
    sed -n 's/.*\(PKI_API\|PKI_FALLIBLE\) //p' | if [ "${2:-}" = data ]; then
      sed -n 's/^extern const pki_oid //p' | tr ',' '\n' | tr -d ' '
    else
      sed -n 's/^/ /; s/^[^(]*[ *]\(pki_[a-z0-9_]*\)(.*/\1/p'
    fi | sort -u
}
