# SPDX-License-Identifier: BSD-3-Clause
# Nothing in a file or a name drives the terminal, and no secret is shown.
# Bytes that are neither printable ASCII, nor a newline, nor part of a printable character.
harmless() { # FILE
  ! LC_ALL=C grep -qP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f\xad]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|[\xf8-\xff]' "$1"
}
all() { # every way to show a file
  pkitool show "$1"
  pkitool show --json "$1"
  pkitool show --asn1 "$1"
  pkitool show --asn1 --json "$1"
  pkitool show --pem "$1"
  pkitool key show "$1"
  pkitool key public "$1"
  pkitool match "$1" "$1"
  pkitool csr a.example --key "$1" -o -
}
all "$D/hostile.csr" >out 2>&1
ok 'a hostile request' harmless out
no 'the check sees an escape' harmless <(printf '\033[31m')
no 'and an override' harmless <(printf 'x\342\200\256y')
is 'the lines stay lines' "$(pkitool show "$D/hostile.csr" | wc -l)" 6
for n in "$(printf 'a\033[31mb')" "$(printf 'a\nb')" "$(printf 'a\342\200\256b')" "$(printf 'a\302\233b')" "$(printf 'a\377b')" "$(printf 'a\001b')"; do
  {
    pkitool "$n"
    pkitool csr "$n"
    pkitool csr "dns:$n"
    pkitool csr a.example --type "$n"
    pkitool csr a.example --subject "$n"
    pkitool csr a.example --subject "CN=$n" --key "$D/p256.key" -o - | pkitool show -
    pkitool csr a.example --eku "$n"
    pkitool csr a.example --ext "$n"
    pkitool csr a.example --ext "$n=0500"
    pkitool csr a.example "--$n"
    pkitool csr a.example "-$n"
    pkitool csr a.example --at "$n"
    pkitool csr a.example --password-env "$n"
    pkitool csr a.example --password-fd "$n"
    pkitool csr a.example --key "$n"
    pkitool csr a.example -o "$n/x"
    pkitool csr a.example --json-in "$n"
    pkitool show "$n"
    pkitool show --json "$n"
    pkitool help "$n"
    pkitool completion "$n"
    printf '{"%s":1}' "$n" >x.json
    pkitool csr --json-in x.json
  } >out 2>&1 </dev/null
  ok "$(printf %q "$n") in every place" harmless out
done
is 'no file was made' "$(ls)" "$(printf 'data\nout\nx.json')"
echo '--- secrets'
secret() { # FILE: does it hold part of the key, in any spelling?
  local hex b64
  hex=$(tail -c 32 "$D/k.raw" | od -An -tx1 | tr -d ' \n')
  b64=$(sed -n 2p "$1.key")
  LC_ALL=C grep -qiF -e "${hex:0:24}" -e "${b64:20:24}" out
}
for k in p256 ed25519 rsa; do
  f=$D/$k.key
  pkitool key convert --to der "$f" >k.der
  case $k in
  p256) raw=$(tail -c +37 k.der | head -c 32 | od -An -tx1 | tr -d ' \n') ;;
  ed25519) raw=$(tail -c 32 k.der | od -An -tx1 | tr -d ' \n') ;;
  rsa) raw=$(tail -c 100 k.der | od -An -tx1 | tr -d ' \n') ;;
  esac
  all "$f" >out 2>&1
  sed 1,2d "$f" | head -2 >lines
  no "$k: hex of the key" grep -qiF "${raw:8:24}" out
  no "$k: base64 of the key" grep -qFf <(sed 's/^\(.\{40\}\).*/\1/' lines) out
  ok "$k: the check sees them" grep -qFf <(sed 's/^\(.\{40\}\).*/\1/' lines) "$f"
done
# A key where none is expected: inside another structure, under a label nobody knows, cut short.
tlv() { # TAG FILE, of 256 octets or more
  local n
  n=$(wc -c <"$2")
  printf "$(printf '\\x%s\\x82\\x%02x\\x%02x' "$1" $((n / 256)) $((n % 256)))"
  cat "$2"
}
tlv 04 k.der >octets && tlv 30 octets >bag && tlv a0 bag >context && tlv 30 context >keys1
sed 's/RSA PRIVATE/ANY PRIVATE/' "$D/pkcs1.key" >keys2
sed '1d;$d' "$D/pkcs1.key" | base64 -d | tail -c +5 | head -c -300 >cut && tlv 30 cut >keys3
for f in keys1 keys2 keys3; do
  all $f >out 2>&1
  ok "$f: something is shown" grep -q 'OBJECT IDENTIFIER\|INTEGER' out
  no "$f: a large number" grep -qE 'INTEGER"?,?.*[0-9a-f]{32}' out
  no "$f: octets" grep -qE 'OCTET STRING"?,?.*[0-9a-f]{32}' out
done
canary=canary-4711-canary
printf '%s\n' $canary >pw
chmod 600 pw
{
  pkitool key new --password-file pw -o c.key
  pkitool show c.key
  pkitool key show --password-file pw c.key
  pkitool key show --password-file pw "$D/encrypted.key"
  pkitool csr a.example --key c.key --password-file pw -o c.csr
  CANARY=$canary pkitool csr a.example --key c.key --password-env CANARY -o c2.csr
  CANARY=$canary pkitool key show --password-env CANARY "$D/encrypted.key"
  pkitool key password c.key --password-file pw --new-password-file pw -o c3.key
} >out 2>&1
cat c.key c.csr c2.csr c3.key >>out
no 'a password is shown nowhere' grep -qF canary out
is 'no option takes one' "$(pkitool help --options | cut -f 2,3 | grep -i password | grep -vE '	(FILE|N|NAME|)$')" ''
echo '--- core dumps'
ulimit -c unlimited 2>/dev/null || ulimit -c "$(ulimit -H -c)"
mkfifo wait
"$PKITOOL" show wait >/dev/null 2>&1 &
pid=$!
for ((i = 0; i < 200; i++)); do
  [ "$(cat /proc/$pid/comm)" = "$(basename "$PKITOOL" | cut -c1-15)" ] && grep -qE 'Max core file size +0 +0' /proc/$pid/limits 2>/dev/null && break
  sleep 0.05
done
is 'the limit is 0' "$(awk '/core file/ {print $5, $6}' /proc/$pid/limits)" '0 0'
if grep -q __asan_init "$PKITOOL"; then echo 'ok: nobody else may look'; else is 'nobody else may look' "$(stat -c %u /proc/$pid/environ)" 0; fi
: >wait
wait $pid
