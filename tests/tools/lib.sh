# SPDX-License-Identifier: BSD-3-Clause
# What the scripts here share. Each runs in an empty folder of its own, and what it prints is compared
# with the .out file of its name. $D: the data, copied. pkitool: the program under test.
set -u
exec 2>&1
D=$PWD/data

pkitool() {
  "$PKITOOL" "$@"
}
# Runs a command and shows it, what it prints, and its exit status. The data's folder reads as D.
t() {
  local shown="$*"
  shown=${shown//$PKITOOL/pkitool}
  printf '$ %s\n' "${shown//$D/D}"
  "$@" </dev/null 2>&1 | sed "s|$D|D|g; s|$PKITOOL|pkitool|g"
  printf -- '-> %d\n' "${PIPESTATUS[0]}"
}
# The same, without the digests that differ from run to run.
td() {
  t "$@" | sed -E 's/[0-9a-f]{64}/(SHA-256)/g'
}
# One fact that holds, or does not.
ok() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "ok: $what"; else echo "NOT ok: $what"; fi
}
no() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "NOT ok: $what"; else echo "ok: $what"; fi
}
is() { # WHAT GOT WANT
  if [ "$2" = "$3" ]; then echo "ok: $1"; else echo "NOT ok: $1: '$2', not '$3'"; fi
}
exits() { # STATUS COMMAND...
  local want=$1 got
  shift
  "$@" >/dev/null 2>&1 </dev/null
  got=$?
  shift
  is "exit $want: $(printf '%q ' "$@" | sed "s|$D|D|g; s|$PKITOOL|pkitool|g")" "$got" "$want"
}
mode() {
  stat -c %a "$1"
}
