# SPDX-License-Identifier: BSD-3-Clause
# Where passwords come from.
printf 'correct\n' >pw
printf 'correct\n\n' >two
printf 'correct' >bare
printf 'cor\0rect' >nul
head -c 5000 /dev/zero | tr '\0' x >long
: >empty
chmod 600 pw two bare nul long empty
E=$D/encrypted.key
echo '--- a file'
exits 0 pkitool key show --password-file pw "$E"
exits 0 pkitool key show --password-file bare "$E"
exits 5 pkitool key show --password-file two "$E"
exits 5 pkitool key show --password-file empty "$E"
exits 0 pkitool key show --password-file empty "$D/empty-password.key"
exits 5 pkitool key show --password-file pw "$D/empty-password.key"
t pkitool key show --password-file nul "$E"
t pkitool key show --password-file long "$E"
t pkitool key show --password-file nofile "$E"
t pkitool key show --password-file . "$E"
is 'standard input' "$(printf correct | pkitool key show --password-file - "$E" | grep -c Ed25519)" 1
is 'a pipe' "$(pkitool key show --password-file <(printf correct) "$E" | grep -c Ed25519)" 1
chmod 644 pw
pkitool key show --password-file pw "$E" 2>&1 | head -1
chmod 600 pw
cat "$E" | pkitool key show --password-file - -
echo '--- a descriptor'
is 'descriptor 5' "$(pkitool key show --password-fd 5 "$E" 5<pw | grep -c Ed25519)" 1
is 'descriptor 0' "$(pkitool key show --password-fd 0 "$E" <pw | grep -c Ed25519)" 1
t pkitool key show --password-fd 77 "$E"
t pkitool key show --password-fd 99999999999999999999 "$E"
t pkitool key show --password-fd ' 5' "$E"
echo '--- the environment'
export SECRET=correct EMPTY=
t pkitool key show --password-env SECRET "$E"
t pkitool key show --password-env EMPTY "$D/empty-password.key"
t pkitool key show --password-env NONE_SUCH "$E"
echo '--- none, and no terminal'
t pkitool key show "$E"
t pkitool key show --password-ask "$E"
t pkitool key new --password-ask -o k
t setsid "$PKITOOL" csr a.example --key "$E" -o r.csr
ok 'nothing was made' test ! -e k -a ! -e r.csr
echo '--- a terminal'
tty() {
  local n=$#
  "$PTY" "$@" | sed "s|$D|D|g; s|$PKITOOL|pkitool|g"
  echo "-> ${PIPESTATUS[0]}"
}
tty correct -- "$PKITOOL" key show "$E"
tty wrong correct -- "$PKITOOL" key show "$E"
tty wrong wrong wrong -- "$PKITOOL" key show "$E"
tty correct -- "$PKITOOL" key show --password-ask "$E"
tty correct -- "$PKITOOL" show --password-ask "$E"
tty -- "$PKITOOL" show "$E"
tty ^C -- "$PKITOOL" key show "$E"
tty swordfish swordfish -- "$PKITOOL" key new --password-ask -o t.key
printf swordfish >sword
chmod 600 sword
exits 0 pkitool key show --password-file sword t.key
tty swordfish sworfdish -- "$PKITOOL" key new --password-ask -o t2.key
tty ^C -- "$PKITOOL" csr a.example --password-ask -o t2.csr --key-out t2.key
ok 'nothing was made' test ! -e t2.key -a ! -e t2.csr
tty swordfish new new -- "$PKITOOL" key password t.key --new-password-ask -o t3.key
tty correct -- bash -c 'stty -a | grep -o " echo "; "$PKITOOL" key show "$1" >/dev/null; stty -a | grep -o " echo "' x "$E"
echo '--- a terminal takes neither keys nor binary'
tty -- "$PKITOOL" key new
tty -- "$PKITOOL" key convert --to pem "$D/p256.key"
tty -- "$PKITOOL" csr a.example --key "$D/p256.key" -o - --form der
tty -- "$PKITOOL" key public --form der "$D/p256.key"
tty -- "$PKITOOL" key public "$D/ed25519.key"
echo '--- colour on a terminal alone'
TERM=xterm tty -- "$PKITOOL" show "$D/bad-signature.csr" | cat -v | grep -v SHA-256
TERM=xterm NO_COLOR=1 tty -- "$PKITOOL" show "$D/bad-signature.csr" | cat -v | head -1
TERM=xterm NO_COLOR= tty -- "$PKITOOL" show "$D/p256.pub" | cat -v | head -1
TERM=dumb tty -- "$PKITOOL" show "$D/p256.pub" | cat -v | head -1
tty -- "$PKITOOL" show "$D/p256.pub" | cat -v | head -1
