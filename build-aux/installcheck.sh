#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does a program find, compile against, link and run the installed library, as its users would?
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
strict='-Wall -Wextra -Wpedantic -Werror'
program=$src/tests/installed/program.c
cp "$program" "$tmp/program.cc"
pc() { pkg-config "$@" libpki; }

runs() { # WHAT ENV... -- COMPILER...
  what=$1
  shift
  count=$((count + 1))
  { "$@" && (cd "$tmp" && LD_LIBRARY_PATH=$path ./program); } >"$tmp/log" 2>&1 || {
    tail -n 5 "$tmp/log"
    wrong "$what"
  }
  rm -f "$tmp/program"
}

count=0
[ "$(pc --modversion)" = "${PKI_VERSION:?}" ] || wrong "libpki.pc says $(pc --modversion)"
case " $(pc --libs) " in *' -ltasn1 '* | *' -lnettle '*) wrong 'libpki.pc names private libraries' ;; esac
if [ "${PKI_SHARED:-yes}" = yes ]; then
  path=${libdir:?}
  runs 'C99, shared' ${CC:-cc} -std=c99 $strict "$program" -o "$tmp/program" $(pc --cflags --libs)
  runs 'C++11, shared' ${CXX:-c++} -std=c++11 $strict "$tmp/program.cc" -o "$tmp/program" $(pc --cflags --libs)
fi
if [ "${PKI_STATIC:-yes}" = yes ]; then
  path=
  set -- $(pc --cflags) -Wl,-Bstatic $(pc --static --libs) -Wl,-Bdynamic
  runs 'C99, static' ${CC:-cc} -std=c99 $strict "$program" -o "$tmp/program" "$@"
  runs 'C++11, static' ${CXX:-c++} -std=c++11 $strict "$tmp/program.cc" -o "$tmp/program" "$@"
fi
if [ "${PKI_TOOL:-yes}" = yes ]; then
  count=$((count + 1))
  LD_LIBRARY_PATH=${libdir:?} "${bindir:?}/pkitool" --version >"$tmp/log" 2>&1 || wrong 'the installed pkitool does not run'
fi
finish "$count programs"
