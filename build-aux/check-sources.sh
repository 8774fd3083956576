#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does every source file stand in a Makefile.am, and begin with its licence?
. "$(dirname "$0")/lib.sh"

# Every path that the fragments name; a program without sources is one file of its name.
listed() {
  (cd "$src" && find . -name Makefile.am -not -path './build/*' | sed 's|^\./||') | while IFS= read -r am; do
    dir=$(dirname "$am")
    sed -e 's|#.*||' -e "s|%D%|$dir|g" "$src/$am" | tr ' \t=' '\n\n\n' |
      sed -n -e 's|^\./||' -e '/\.\(c\|h\|cc\|sh\|asn\)$/p' -e 's|^\([a-z0-9_/-]*/[a-z0-9_-]*\)$|\1.c|p'
  done | sort -u
}
present() {
  (cd "$src" && find include libpki jwk tools tests fuzz bench examples build-aux -type f \
    \( -name '*.[ch]' -o -name '*.cc' -o -name '*.asn' -o -name 'check-*.sh' \) \
    -not -path '*/vectors/*' -not -path '*/corpus/*' -not -name prep_table.h | sort)
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
listed >"$tmp/listed"
present >"$tmp/present"
comm -13 "$tmp/listed" "$tmp/present" >"$tmp/missing"
wrong_lines 'in no Makefile.am: ' <"$tmp/missing"

while IFS= read -r f; do
  case $f in *.asn) continue ;; esac
  head -n 2 "$src/$f" | grep -q 'SPDX-License-Identifier: BSD-3-Clause' || wrong "no licence line: $f"
done <"$tmp/present"
finish "$(wc -l <"$tmp/present") files"
