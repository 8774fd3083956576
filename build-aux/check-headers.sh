#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does each public header compile alone, in C99 and in C++11, without padding in its structs?
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
strict='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef -Werror -fsyntax-only'

compiles() { # WHAT COMMAND...
  what=$1
  shift
  count=$((count + 1))
  "$@" -I"$src/include" >"$tmp/log" 2>&1 || {
    head -n 3 "$tmp/log"
    wrong "$what"
  }
}
count=0
for h in "$src"/include/pki/*.h; do
  name=pki/$(basename "$h")
  printf '#include <%s>\n#include <%s>\nextern int one_declaration;\n' "$name" "$name" >"$tmp/h.c"
  cp "$tmp/h.c" "$tmp/h.cc"
  compiles "<$name> alone in C99" ${CC:-cc} -std=c99 $strict -Wstrict-prototypes "$tmp/h.c"
  compiles "<$name> alone in C++11" ${CXX:-c++} -std=c++11 $strict "$tmp/h.cc"
  # no libc is needed for this, so it works without 32-bit headers
  for m in -m64 -m32; do
    case $(${CC:-cc} -dumpmachine) in x86_64-* | i?86-*) ;; *) m= ;; esac
    compiles "<$name> has padding ($m)" ${CC:-cc} $m -ffreestanding -std=c99 -Wpadded $strict "$tmp/h.c"
  done
done
finish "$count compilations"
