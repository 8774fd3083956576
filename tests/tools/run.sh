#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# The tests of pkitool: each NAME.sh here runs in an empty folder, and prints what NAME.out says.
#   PKITOOL=build/tools/pkitool tests/tools/run.sh [-u] [NAME...]     -u: write the .out files anew
# PTY: the program made of pty.c, which is compiled if it is not given.
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
umask 022
: "${PKITOOL:?is the program to test}"
[ -x "$PKITOOL" ] || { echo "no $PKITOOL"; exit 99; }
PKITOOL=$(cd "$(dirname "$PKITOOL")" && pwd)/$(basename "$PKITOOL")
[ -n "${PTY:-}" ] || { PTY=$tmp/pty; ${CC:-cc} -D_GNU_SOURCE -o "$PTY" "$here/pty.c" || exit 99; }
export PKITOOL PTY MAN=$here/../../man LC_ALL=C
unset NO_COLOR TERM
update=
[ "${1:-}" = -u ] && { update=yes; shift; }
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.sh | sed 's|^\./||; s|\.sh$||' | grep -vxE 'run|lib')
failed=0 count=0
for name; do
  mkdir "$tmp/$name" && cp -r "$here/data" "$tmp/$name/data" && chmod 600 "$tmp/$name"/data/*
  (cd "$tmp/$name" && bash -c '. "$1/lib.sh"; . "$1/$2.sh"' run "$here" "$name") >"$tmp/out" 2>&1 </dev/null
  n=$(grep -cE '^(\$ |ok: |NOT ok: )' "$tmp/out")
  count=$((count + n))
  [ -n "$update" ] && cp "$tmp/out" "$here/$name.out"
  if cmp -s "$tmp/out" "$here/$name.out" && ! grep -q '^NOT ok' "$tmp/out" && [ "$n" -gt 0 ]; then
    echo "pass: $name ($n)"
  else
    failed=$((failed + 1))
    echo "FAIL: $name"
    diff -u "$here/$name.out" "$tmp/out" | head -40
    grep '^NOT ok' "$tmp/out"
  fi
done
echo "pkitool: $count checks in $# scripts, $failed scripts failed"
[ "$failed" -eq 0 ]
