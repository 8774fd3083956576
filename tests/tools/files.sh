# SPDX-License-Identifier: BSD-3-Clause
# Files that are written whole or not at all, and never over others.
low=
[ "$(id -u)" -ne 0 ] || { low='setpriv --reuid=65534 --regid=65534 --clear-groups'; chmod 755 . ..; }
echo '--- modes'
for u in 000 022 077; do
  (umask $u; pkitool csr u$u.example 2>/dev/null)
  is "umask $u" "$(mode u$u.example.key) $(mode u$u.example.csr)" "600 $(printf %o $((0666 & ~0$u)))"
done
echo '--- what is in the way'
printf precious >victim
ln -s victim link
ln -s nowhere dangling
ln victim hard
mkdir dir
mkfifo fifo
for f in victim link dangling hard dir fifo; do
  t pkitool key new -o $f
  t pkitool key public "$D/p256.key" -o $f
  t pkitool csr a.example -o none.csr --key-out $f
  t pkitool csr a.example -o $f --key-out none.key
done
is 'the victim' "$(cat victim)" precious
ok 'no target was made' test ! -e nowhere
for f in dir fifo /dev/null /dev/stdout; do
  t pkitool key public "$D/p256.key" -o $f --force
done
ok '/dev/null is still a device' test -c /dev/null
ok 'the FIFO too' test -p fifo
t pkitool key new -o link --force
ok 'the link is replaced' test -f link -a ! -L link
is 'its target is not' "$(cat victim)" precious
t pkitool key new -o hard --force
is 'the other name of a hard link is not' "$(cat victim)" precious
ok 'no request and no key are left' test ! -e none.csr -a ! -e none.key
echo '--- where nothing can be written'
mkdir ro && chmod 555 ro
# a copy, since nobody may not read what is below root's home
mkdir own && cp "$PKITOOL" own/pkitool && chmod 755 own own/pkitool
libs=${LD_LIBRARY_PATH:-}
for l in ${libs//:/ }; do cp -L "$l"/libpki.so.0 own/ 2>/dev/null || :; done
chmod -R a+rX own
LD_LIBRARY_PATH=$PWD/own t $low own/pkitool csr a.example -o ro/r.csr | sed "s|${low:-nobody} ||; s|own/pkitool|pkitool|"
rm -r own
t pkitool csr a.example -o none/r.csr
t pkitool csr a.example -o victim/r.csr
t pkitool csr a.example -o dir/ --force
t pkitool key new -o ''
t pkitool csr a.example -o none/r.csr --key-out kept.key
ok 'the key is not made in vain' test ! -e kept.key
full() { # the disk is full
  bash -c 'ulimit -f 0; trap "" XFSZ; exec "$@"' x "$PKITOOL" "$@"
}
t full csr a.example -o full.csr
t bash -c 'ulimit -f 0; exec "$@"' x "$PKITOOL" csr a.example -o full.csr
is 'nothing is left' "$(ls -A | grep -E '^(full|\.)')" ''
long=$(printf 'x%.0s' {1..300})
t pkitool csr a.example -o "$long.csr" | sed "s/$long/LONG/g"
echo '--- standard input, output and error'
exits 3 bash -c '"$0" show "$1" >/dev/full' "$PKITOOL" "$D/p256.csr"
exits 3 bash -c '"$0" show "$1" >&-' "$PKITOOL" "$D/p256.csr"
exits 3 bash -c '"$0" show --json "$1" >/dev/full' "$PKITOOL" "$D/p256.csr"
exits 3 bash -c '"$0" show --asn1 "$1" >/dev/full' "$PKITOOL" "$D/p256.csr"
exits 3 bash -c '"$0" help >/dev/full' "$PKITOOL"
exits 3 bash -c '"$0" --version >&-' "$PKITOOL"
exits 3 bash -c '"$0" completion bash >/dev/full' "$PKITOOL"
exits 3 bash -c '"$0" match "$1" "$1" >/dev/full' "$PKITOOL" "$D/p256.csr"
exits 3 bash -c '"$0" key new >/dev/full' "$PKITOOL"
exits 3 bash -c '"$0" csr a.example --key "$1" -o - >/dev/full' "$PKITOOL" "$D/p256.key"
exits 3 bash -c '"$0" show - <&-' "$PKITOOL"
(pkitool completion bash 2>/dev/null; echo $? >rc) | :
ok 'a pipe nobody reads: no success, or all was written, and no signal' grep -qE '^[03]$' rc
(pkitool show --json "$D"/*.csr "$D"/*.csr; echo $? >rc) | head -c 1 >/dev/null
ok 'and it is no success, or all was written' grep -qE '^[0136]$' rc
t bash -c '"$0" csr closed.example 0<&- 1>&- 2>&-; echo $?; cat closed.example.key | head -1' "$PKITOOL"
is 'closed files are not written to' "$(head -1 closed.example.csr)" '-----BEGIN CERTIFICATE REQUEST-----'
echo '--- names of files'
cp "$D/p256.pub" ./-
t pkitool show ./-
cp "$D/p256.pub" ./--help
t pkitool show -- --help
t pkitool show ./--help
nl=$(printf 'new\nline')
cp "$D/p256.pub" "$nl"
t pkitool show "$nl" | tail -4
cp "$D/p256.pub" '$(id)'
t pkitool show '$(id)' | tail -4
bad=$(printf 'bad\377utf8')
cp "$D/p256.pub" "$bad"
t pkitool show "$bad" | tail -4
t pkitool show --json "$bad" | tail -2
t pkitool show "$(printf 'esc\033]0;x\007')" | tail -2
t pkitool csr a.example -o "$nl.csr" | tail -2
rm -- "./-" "./--help" "$nl" "$bad"
echo '--- a file that is a pipe'
is 'a FIFO is read' "$(cat "$D/p256.csr" >fifo & pkitool show fifo | head -1)" 'fifo: a request (PEM)'
is 'process substitution' "$(pkitool match <(cat "$D/p256.csr") <(cat "$D/p256.key") | cut -c1-12)" 'the same key'
echo '--- limits'
head -c 2000000 /dev/zero | tr '\0' A >big
t pkitool show big
{ printf '\060\203\036\204\200'; head -c 2000000 /dev/zero; } >big.der
t pkitool show big.der
truncate -s 5G huge
t pkitool show huge
t pkitool csr a.example --key huge
t pkitool csr --json-in huge
t pkitool show --asn1 huge
rm huge
echo '--- little memory'
little() { # in 64 MiB of addresses, which a sanitizer does not fit in
  if grep -q __asan_init "$PKITOOL"; then pkitool "$@"; else (ulimit -v 65536; pkitool "$@"); fi
}
exits 0 little csr little.example
exits 0 little key new --type rsa2048 -o little.key
exits 0 little match little.example.csr little.example.key
exits 4 little show big
