#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Do programs find, compile against, link and run the installed libraries, as their users would?
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
strict='-Wall -Wextra -Wpedantic -Werror'
pc() { pkg-config "$@" "$library"; }

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

works() { # LIBRARY PROGRAM
  library=$1 program=$src/tests/installed/$2
  cp "$program" "$tmp/program.cc"
  [ "$(pc --modversion)" = "${PKI_VERSION:?}" ] || wrong "$library.pc says $(pc --modversion)"
  case " $(pc --libs) " in *' -ltasn1 '* | *' -lnettle '* | *' -ljansson '*) wrong "$library.pc names private libraries" ;; esac
  if [ "${PKI_SHARED:-yes}" = yes ]; then
    path=${libdir:?}
    runs "$library, C99, shared" ${CC:-cc} -std=c99 $strict "$program" -o "$tmp/program" $(pc --cflags --libs)
    runs "$library, C++11, shared" ${CXX:-c++} -std=c++11 $strict "$tmp/program.cc" -o "$tmp/program" $(pc --cflags --libs)
  fi
  if [ "${PKI_STATIC:-yes}" = yes ]; then
    path=
    set -- $(pc --cflags) -Wl,-Bstatic $(pc --static --libs) -Wl,-Bdynamic
    runs "$library, C99, static" ${CC:-cc} -std=c99 $strict "$program" -o "$tmp/program" "$@"
    runs "$library, C++11, static" ${CXX:-c++} -std=c++11 $strict "$tmp/program.cc" -o "$tmp/program" "$@"
  fi
}

count=0
works libpki program.c
if [ "${PKI_JWK:-yes}" = yes ]; then works libpki-jwk jwk.c; fi
if [ "${PKI_TOOL:-yes}" = yes ]; then
  count=$((count + 1))
  LD_LIBRARY_PATH=${libdir:?} "${bindir:?}/pkitool" --version >"$tmp/log" 2>&1 || wrong 'the installed pkitool does not run'
fi
finish "$count programs"
