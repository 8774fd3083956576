#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# clang-tidy and cppcheck over the sources. What they are asked is in clang-tidy.conf; what is known
# to be wrong of them, with the reason, in cppcheck.supp. gcc -fanalyzer ran before.
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
files=$(sources libpki jwk tools | grep '\.c$')

# PKI_CPPFLAGS may name folders as they are called from the build folder.
cd "$build"
printf "$src/%s\n" $files | xargs -P "$(nproc)" -n 4 sh -c '
  clang-tidy --quiet --config-file="$PKI_SRCDIR/build-aux/clang-tidy.conf" "$@" \
    -- -std=gnu11 -DPKI_ANALYZE $PKI_CPPFLAGS -UPKI_VERSION -DPKI_VERSION="\"$PKI_VERSION\"" 2>/dev/null' tidy |
  grep -E '(warning|error):' | sort -u >"$tmp" || :
wrong_lines '' <"$tmp"

cd "$src"

cppcheck --quiet --enable=warning,portability,performance --inline-suppr --std=c11 --error-exitcode=1 \
  --suppressions-list=build-aux/cppcheck.supp --library=gnu -j "$(nproc)" -I include -I . -I "$build" \
  -D__GNUC__=12 $files 2>"$tmp" || :
grep -E '(error|warning|portability|performance):' "$tmp" | sort -u >"$tmp.2" || :
wrong_lines '' <"$tmp.2"
rm -f "$tmp.2"
finish "$(printf '%s\n' $files | wc -l) files through clang-tidy and cppcheck"
