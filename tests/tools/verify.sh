# SPDX-License-Identifier: BSD-3-Clause
# pkitool verify: the answers, their exit statuses, every failure and every option.
MADE=2026-01-01T00:00:00Z
AT='--at 2026-02-01T00:00:00Z'
q() { # what makes things says what it wrote
  "$@" 2>/dev/null || echo "NOT ok: $*"
}
tv() { # digests differ from run to run
  t "$@" | sed -E 's/SHA-256 [0-9a-f]{16}/SHA-256 (...)/; s/[0-9a-f]{64}/(SHA-256)/g'
}
codes() { # EXIT CODES OPTION...: what refuses it
  local status=$1 want=$2 got
  shift 2
  got=$(pkitool verify --json "$@" 2>/dev/null)
  status="$status/$?"
  got=$(grep -oE '"code":"[^"]*"' <<<"$got" | cut -d '"' -f 4 | sort -u | xargs)
  is "$want: $(printf '%q ' "$@" | sed "s|$D|D|g")" "${status%/*} $got" "${status#*/} $want"
}
q pkitool key new -o leaf.key
q pkitool ca 'Example Root' --key "$D/p256.key" -o root.pem --at $MADE
q pkitool ca 'Example CA' --issuer root.pem --issuer-key "$D/p256.key" --key "$D/ed25519.key" -o ca.pem --at $MADE \
  --issuer-url http://ca.example/root.cer
leaf() { # FILE OPTION...
  local out=$1
  shift
  q pkitool csr www.example.org 192.0.2.1 me@example.org --key leaf.key -o r.csr --force
  q pkitool sign r.csr --ca ca.pem --ca-key "$D/ed25519.key" -o "$out" --at 2026-01-02T00:00:00Z \
    --issuer-url http://ca.example/ca.cer --crl-url http://ca.example/ca.crl "$@"
}
leaf s.pem
T='--trust root.pem' U='--untrusted ca.pem'

echo '--- yes'
tv pkitool verify $T $U --for www.example.org s.pem $AT
tv pkitool verify $T $U s.pem $AT --explain
tv pkitool verify $T $U s.pem $AT --json
cat s.pem ca.pem >chain.pem
cat ca.pem s.pem >wrong-order.pem
tv pkitool verify $T chain.pem --for 192.0.2.1 $AT
tv pkitool verify $T wrong-order.pem $AT
tv pkitool verify --trust s.pem s.pem $AT
tv pkitool verify $T root.pem $AT
tv pkitool verify --trust ca.pem s.pem $AT
mkdir anchors more
cp root.pem s.pem anchors
cp ca.pem "$D/p256.key" more
: >more/.hidden
tv pkitool verify --trust anchors/root.pem --untrusted more s.pem $AT --explain
mv anchors/s.pem anchors/other.txt
tv pkitool verify --trust anchors --untrusted more s.pem $AT

echo '--- no'
tv pkitool verify $T s.pem $AT
tv pkitool verify $T s.pem $AT --explain
tv pkitool verify $T ca.pem s.pem $AT
tv pkitool verify $T s.pem $AT --json
tv pkitool verify $T $U --for www.example.net s.pem $AT --explain
tv pkitool verify $T $U s.pem --at 2026-05-01T12:00:00Z --explain
tv pkitool verify $T $U s.pem --at 2025-12-31T12:00:00Z --explain
tv pkitool verify --trust ca.pem root.pem $AT --explain
leaf renewed.pem --days 365
tv pkitool verify $T $U s.pem --untrusted renewed.pem --at 2026-05-01T12:00:00Z --explain
tv pkitool verify --trust s.pem $U s.pem --at 2026-05-01T12:00:00Z --explain

tv pkitool verify $T wrong-order.pem --for www.example.org $AT --explain
tv pkitool verify $T wrong-order.pem --for you@example.org $AT --explain

echo '--- names'
for n in www.example.org WWW.example.org. dns:www.example.org 192.0.2.1 ip:192.0.2.1 me@example.org email:me@example.org; do
  codes 0 '' $T $U --for "$n" s.pem $AT --purpose any
done
for n in example.org 192.0.2.2 2001:db8::1 Me@example.org you@example.org dns:example.org; do
  codes 1 name-mismatch $T $U --for "$n" s.pem $AT --purpose any
done
q pkitool csr bücher.example --key leaf.key -o b.csr
q pkitool sign b.csr --ca ca.pem --ca-key "$D/ed25519.key" -o b.pem --at $MADE
codes 0 '' $T $U --for bücher.example b.pem $AT
codes 0 '' $T $U --for xn--bcher-kva.example b.pem $AT
for n in '' 'a b' '*.example.org' a..example ip:x dns:1.2.3.4 email:x ü..example; do
  t pkitool verify $T $U --for "$n" s.pem $AT
done
for n in "$(printf 'a\033[31m.example')" "$(printf '\377.example')" "$(printf '%065d.example' 1)"; do
  exits 4 pkitool verify $T $U --for "$n" s.pem $AT
done
t pkitool verify $T $U --for https://www.example.org/ s.pem $AT
t pkitool verify $T $U --for 'a b' s.pem $AT --json

echo '--- purposes'
for p in server any serverAuth 1.3.6.1.5.5.7.3.1; do
  codes 0 '' $T $U --purpose $p s.pem $AT
done
for p in client email code timestamp ocsp clientAuth 1.2.3.4; do
  pkitool verify $T $U --purpose $p s.pem $AT --json >out
  is "exit 1: --purpose $p" $? 1
  ok "purpose: $p" grep -q '"code":"purpose"' out
done
tv pkitool verify $T $U --purpose code s.pem $AT --explain
is 'an e-mail address is for e-mail' "$(pkitool verify $T $U --for me@example.org s.pem $AT | head -1)" \
  's.pem: not valid for me@example.org (email) at 2026-02-01T00:00:00Z'
for p in server client email code timestamp ocsp; do
  leaf $p.pem --profile $p
  codes 0 '' $T $U --purpose $p $p.pem $AT
done
t pkitool verify $T $U --purpose servr s.pem
t pkitool verify $T $U --purpose 9.9.9 s.pem

echo '--- time'
codes 0 '' $T $U s.pem --at 2026-04-02T00:00:00Z
codes 1 expired $T $U s.pem --at 2026-04-02T00:00:00.000000001Z
codes 0 '' $T $U s.pem --at 2026-01-02T00:00:00Z
codes 1 not-yet-valid $T $U s.pem --at 2026-01-01T23:59:59.999999999Z
codes 0 '' $T $U s.pem --at 1769904000
t pkitool verify $T $U s.pem --at noon

echo '--- CAs'
codes 0 '' $T $U s.pem $AT --max-depth 1
codes 1 path-length $T $U s.pem $AT --max-depth 0
tv pkitool verify $T $U s.pem $AT --max-depth 0 --explain
t pkitool verify $T $U s.pem $AT --max-depth x
t pkitool verify $T $U s.pem $AT --max-depth -1
q pkitool ca 'Example Root' --key "$D/rsa.key" -o root-rsa.pem --at $MADE
codes 1 signature --trust root-rsa.pem $U s.pem $AT
tv pkitool verify --trust root-rsa.pem $U s.pem $AT --explain
codes 0 '' --trust root-rsa.pem $T $U s.pem $AT
codes 1 expired $T $U s.pem --at 2040-01-01T00:00:00Z --anchor full
codes 1 expired $T $U s.pem --at 2040-01-01T00:00:00Z --anchor bare
codes 1 expired $T root.pem --at 2040-01-01T00:00:00Z
codes 1 expired --trust ca.pem s.pem --at 2031-06-01T00:00:00Z

echo '--- constraints'
codes 0 '' $T $U s.pem $AT --permit example.org --permit 192.0.2.0/24,email:example.org
codes 0 '' $T $U s.pem $AT --exclude dns:example.net,dn:CN=www.example.org,O=x
codes 1 name-constraint $T $U s.pem $AT --exclude dns:example.net,dn:CN=www.example.org
codes 1 name-constraint $T $U s.pem $AT --permit example.net
codes 1 name-constraint $T $U s.pem $AT --permit example.org,ip:198.51.100.0/24
codes 1 name-constraint $T $U s.pem $AT --exclude www.example.org
codes 0 '' $T $U s.pem $AT --exclude .www.example.org
codes 0 '' $T $U s.pem $AT --exclude bücher.example
codes 1 name-constraint $T $U b.pem $AT --exclude bücher.example
tv pkitool verify $T $U s.pem $AT --exclude ip:192.0.2.0/24 --explain
t pkitool verify $T $U s.pem $AT --permit 192.0.2.0/33
t pkitool verify $T $U s.pem $AT --exclude 'a b'
q pkitool ca 'Example Lab CA' --issuer root.pem --issuer-key "$D/p256.key" --key "$D/rsa.key" -o lab.pem --at $MADE \
  --permit lab.example.org --exclude ip:0.0.0.0/0
q pkitool csr www.example.org --key leaf.key -o l.csr
q openssl x509 -req -in l.csr -CA lab.pem -CAkey "$D/rsa.key" -days 30 -out l.pem -copy_extensions copy
codes 1 name-constraint $T --untrusted lab.pem l.pem
pkitool verify $T --untrusted lab.pem l.pem --explain | grep ' has nameConstraints: '
pkitool verify --trust lab.pem l.pem --exclude www.example.org --explain | grep -c ' has nameConstraints: '
pkitool verify --trust lab.pem l.pem --exclude www.example.org --anchor bare --explain |
  grep -c ' has nameConstraints: '

echo '--- critical extensions'
q pkitool csr www.example.org --key leaf.key --ext critical,1.2.3.4=0500 -o x.csr
q pkitool sign x.csr --ca ca.pem --ca-key "$D/ed25519.key" --copy 1.2.3.4 -o x.pem --at $MADE
codes 1 critical-extension $T $U x.pem $AT
codes 1 critical-extension --trust x.pem x.pem $AT
tv pkitool verify $T $U x.pem $AT --explain

echo '--- policies'
q pkitool ca 'Example Policy CA' --issuer root.pem --issuer-key "$D/p256.key" --key "$D/rsa.key" -o pca.pem --at $MADE \
  --policy 1.2.3.10 --policy 1.2.3.9 --path-length 1
q pkitool sign l.csr --ca pca.pem --ca-key "$D/rsa.key" -o p.pem --at $MADE --policy 1.2.3.9 --policy 1.2.3.10
P='--untrusted pca.pem p.pem'
codes 0 '' $T $P $AT --policy 1.2.3.9
codes 0 '' $T $P $AT --policy 1.2.3.8 --policy 1.2.3.9
codes 1 policy $T $P $AT --policy 1.2.3.8
codes 0 '' $T $P $AT --policy-set 1.2.3.8
codes 1 policy $T $P $AT --policy-set 1.2.3.8 --require-policy
codes 0 '' $T $P $AT --require-policy --inhibit-policy-mapping --inhibit-any-policy
codes 1 policy $T $U s.pem $AT --require-policy
tv pkitool verify $T $P $AT
tv pkitool verify $T $P $AT --json
tv pkitool verify $T $P $AT --json --policy-set 1.2.3.10
tv pkitool verify $T $P $AT --policy 1.2.3.8 --explain
t pkitool verify $T $P $AT --policy 1.2.3.8 --policy-set 1.2.3.9
t pkitool verify $T $P $AT --policy 9.9
t pkitool verify $T $P $AT --policy-set x

echo '--- revocation'
q pkitool crl --ca ca.pem --ca-key "$D/ed25519.key" -o good.crl --at 2026-01-30T00:00:00Z
q pkitool crl --ca ca.pem --ca-key "$D/ed25519.key" --revoke s.pem:keyCompromise -o bad.crl --at 2026-01-30T00:00:00Z
q pkitool crl --ca root.pem --ca-key "$D/p256.key" -o root.crl --at 2026-01-30T00:00:00Z
codes 0 '' $T $U s.pem $AT --crl good.crl
codes 0 '' $T $U s.pem $AT --crl good.crl --crl root.crl --revocation require
codes 1 revoked $T $U s.pem $AT --crl bad.crl
codes 1 revoked $T $U s.pem $AT --crl good.crl --crl bad.crl
codes 0 '' $T $U s.pem $AT --crl bad.crl --revocation none
codes 0 '' $T $U s.pem $AT --revocation if-present
codes 1 revocation-unknown $T $U s.pem $AT --revocation require
codes 1 revocation-unknown $T $U s.pem $AT --crl root.crl --revocation require
tv pkitool verify $T $U s.pem --crl bad.crl --at 2026-01-30T00:00:00Z
tv pkitool verify $T $U s.pem $AT --crl bad.crl --explain
tv pkitool verify $T $U s.pem $AT --revocation require --explain
tv pkitool verify $T $U s.pem --at 2026-03-01T00:00:00Z --crl good.crl --crl root.crl --revocation require --explain
q openssl crl -in good.crl -outform der -out forged.crl
printf '\377' | dd of=forged.crl bs=1 seek=$(($(stat -c %s forged.crl) - 9)) conv=notrunc 2>/dev/null
pkitool verify $T $U s.pem $AT --crl forged.crl --explain | grep -A1 revocation-unknown
q pkitool crl --ca ca.pem --ca-key "$D/ed25519.key" -o old.crl --at 2026-01-03T00:00:00Z
pkitool verify $T $U s.pem $AT --crl old.crl --explain | grep -A1 revocation-unknown
pkitool verify $T $U s.pem $AT --crl old.crl --crl forged.crl --explain | grep -A1 revocation-unknown
mkdir crls
cp good.crl root.crl crls
codes 0 '' $T $U s.pem $AT --crl crls --revocation require
tv pkitool verify $T $U s.pem $AT --crl ca.pem
t pkitool verify $T $U s.pem $AT --ocsp s.pem
t pkitool verify $T $U s.pem $AT --ocsp s.pem --json

echo '--- profiles'
q pkitool ca 'Example EC CA' --issuer root.pem --issuer-key "$D/p256.key" -o ec.pem --at $MADE
q pkitool sign l.csr --ca ec.pem -o web.pem --at $MADE
for p in rfc5280 strict webpki; do
  codes 0 '' $T --untrusted ec.pem web.pem $AT --profile $p --for www.example.org
done
codes 0 '' $T $U s.pem $AT --profile strict
codes 1 profile $T $U s.pem $AT --profile webpki --for www.example.org
tv pkitool verify $T $U s.pem $AT --profile webpki --for www.example.org --explain
codes 0 '' --trust "$D/negative.pem" "$D/negative.pem" --at 2026-12-01T00:00:00Z
codes 1 profile --trust "$D/negative.pem" "$D/negative.pem" --at 2026-12-01T00:00:00Z --profile strict
tv pkitool verify --trust "$D/negative.pem" "$D/negative.pem" --at 2026-12-01T00:00:00Z --profile strict --explain

echo '--- weak and unknown'
codes 1 weak $T "$D/weak.pem" --trust "$D/weak.pem" --at 2026-12-01T00:00:00Z
codes 0 '' $T "$D/weak.pem" --trust "$D/weak.pem" --at 2026-12-01T00:00:00Z --allow rsa1024
ssl() { # FILE SUBJECT KEY EXTENSIONS CA CA-KEY OPTION...: for a hundred years from now
  local out=$1 subject=$2 key=$3 exts=$4 ca=$5 ca_key=$6
  shift 6
  printf '%s\n' "$exts" >ext.cnf
  q openssl req -new -subj "$subject" -key "$key" -out ssl.csr
  q openssl x509 -req -in ssl.csr -CA "$ca" -CAkey "$ca_key" -extfile ext.cnf -days 36500 -out "$out" "$@"
}
CA_EXTS=$'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign'
openssl req -x509 -new -subj '/CN=Long Root' -key "$D/rsa.key" -days 36500 -out long.pem -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
L='--trust long.pem'
ssl sha1.pem /CN=sha1 leaf.key basicConstraints=CA:FALSE long.pem "$D/rsa.key" -sha1
codes 1 weak $L sha1.pem
codes 1 weak $L sha1.pem --allow md5,rsa1024
codes 0 '' $L sha1.pem --allow md5 --allow rsa1024,sha1
pkitool verify $L sha1.pem --explain | grep -A9 weak | head -3
pkitool verify $L sha1.pem --explain --profile webpki | grep -A2 ' weak'
ssl md5.pem /CN=md5 leaf.key basicConstraints=CA:FALSE long.pem "$D/rsa.key" -md5
codes 1 weak $L md5.pem
codes 0 '' $L md5.pem --allow md5
ssl small.pem /CN=small "$D/rsa1024.key" basicConstraints=CA:FALSE long.pem "$D/rsa.key"
codes 1 weak $L small.pem
codes 0 '' $L small.pem --allow rsa1024
ssl strong.pem /CN=strong leaf.key basicConstraints=CA:FALSE long.pem "$D/rsa.key"
codes 0 '' $L strong.pem
codes 0 '' $L strong.pem --min-strength 112
codes 1 weak $L strong.pem --min-strength 128
codes 1 weak $T $U s.pem $AT --min-strength 192
codes 0 '' $T $U s.pem $AT --min-strength 128
pkitool verify $L strong.pem --min-strength 128 --explain | grep min-strength
ssl dsa.pem /CN=dsa "$D/dsa.key" "$CA_EXTS" long.pem "$D/rsa.key"
ssl by-dsa.pem /CN=by-dsa leaf.key basicConstraints=CA:FALSE dsa.pem "$D/dsa.key" -sha256
codes 1 weak $L --untrusted dsa.pem by-dsa.pem
codes 0 '' $L --untrusted dsa.pem by-dsa.pem --allow dsa
ssl k1.pem /CN=k1 "$D/k1.key" "$CA_EXTS" long.pem "$D/rsa.key"
ssl by-k1.pem /CN=by-k1 leaf.key basicConstraints=CA:FALSE k1.pem "$D/k1.key"
codes 6 unsupported $L --untrusted k1.pem by-k1.pem
pkitool verify $L --untrusted k1.pem by-k1.pem --explain 2>&1 | grep -A2 unsupported
pkitool verify $L --untrusted k1.pem by-k1.pem --json 2>/dev/null | grep -o '"error".*'

echo '--- CAs that are none'
ssl none.pem /CN=none "$D/ed25519.key" basicConstraints=CA:FALSE long.pem "$D/rsa.key"
ssl by-none.pem /CN=by-none leaf.key basicConstraints=CA:FALSE none.pem "$D/ed25519.key"
codes 1 not-a-ca $L --untrusted none.pem by-none.pem
pkitool verify $L --untrusted none.pem by-none.pem --explain | grep -A2 not-a-ca
ssl sealed.pem /CN=sealed "$D/ed25519.key" $'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign' long.pem "$D/rsa.key"
ssl by-sealed.pem /CN=by-sealed leaf.key basicConstraints=CA:FALSE sealed.pem "$D/ed25519.key"
codes 1 key-usage $L --untrusted sealed.pem by-sealed.pem
pkitool verify $L --untrusted sealed.pem by-sealed.pem --explain | grep -A1 key-usage
ssl low.pem /CN=low "$D/rsa.key" "$CA_EXTS" ca.pem "$D/ed25519.key"
ssl by-low.pem /CN=by-low leaf.key basicConstraints=CA:FALSE low.pem "$D/rsa.key"
codes 1 path-length $T $U --untrusted low.pem by-low.pem
pkitool verify $T $U --untrusted low.pem by-low.pem --explain | grep -A1 path-length
q pkitool ca 'Short Root' --key "$D/rsa.key" --days 10 -o short.pem --at $MADE
ssl by-short.pem /CN=by-short leaf.key basicConstraints=CA:FALSE short.pem "$D/rsa.key"
codes 1 expired --trust short.pem by-short.pem
codes 1 expired --trust short.pem by-short.pem --anchor full
codes 0 '' --trust short.pem by-short.pem --anchor bare
pkitool verify --trust short.pem by-short.pem --explain | grep -e '--anchor'
cp root.pem up.pem && cp "$D/p256.key" up.key
: >deep.pem
for i in $(seq 16); do
  q pkitool ca "CA $i" --issuer up.pem --path-length none -o down.pem --at $MADE
  cat down.pem >>deep.pem
  mv down.pem up.pem && mv down.key up.key
done
q pkitool sign r.csr --ca up.pem -o deep-leaf.pem --at $MADE
codes 4 limit $T --untrusted deep.pem deep-leaf.pem $AT
pkitool verify $T --untrusted deep.pem deep-leaf.pem $AT --json 2>/dev/null | grep -o '"error".*'
pkitool verify $T --untrusted deep.pem deep-leaf.pem $AT --explain 2>&1 | grep -A1 limit

echo '--- an anchor that is a name and a key'
q pkitool key public root.pem --form der -o root.spki
cat >list.py <<'P'
import sys
def tlv(tag, *inner):
    v = b"".join(inner)
    return bytes([tag]) + (bytes([len(v)]) if len(v) < 128 else bytes([0x81, len(v)])) + v
name = tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex("0603550403"), tlv(0x0c, b"Example Root"))))
info = tlv(0x30, open("root.spki", "rb").read(), tlv(4, b"root"), tlv(0x30, name))
sys.stdout.buffer.write(tlv(0x30, tlv(0xa2, info)))
P
python3 list.py >list.der
tv pkitool verify --trust list.der $U s.pem $AT
tv pkitool verify --trust list.der $U s.pem $AT --json
tv pkitool verify --trust list.der $U s.pem $AT --exclude example.org --explain

echo '--- what cannot be read'
t pkitool verify $T $U "$D/cut.der" $AT
t pkitool verify $T $U "$D/cut.der" $AT --json
t pkitool verify $T $U "$D/p256.key" $AT
t pkitool verify $T $U nofile $AT
t pkitool verify $T $U nofile $AT --json
t pkitool verify --trust nofile s.pem $AT
t pkitool verify --trust "$D/cut.der" s.pem $AT
t pkitool verify --trust "$D/p256.key" s.pem $AT
t pkitool verify $T --untrusted nofile s.pem $AT
t pkitool verify $T --crl nofile s.pem $AT
tv pkitool verify $T $U --untrusted "$D/cut.der" --untrusted "$D/p256.key" --crl "$D/cut.der" s.pem $AT
openssl req -x509 -new -subj / -key "$D/rsa.key" -days 10 -out nameless.pem 2>/dev/null
exits 4 pkitool verify --trust nameless.pem s.pem
"$PKITOOL" verify --trust - s.pem <nameless.pem 2>&1
sed '3s/./A/g' ca.pem >bad.pem
cat s.pem bad.pem ca.pem >with-bad.pem
cat bad.pem s.pem >first-bad.pem
tv pkitool verify $T with-bad.pem $AT
t pkitool verify $T first-bad.pem $AT
cat root.pem bad.pem >bad-anchor.pem
t pkitool verify --trust bad-anchor.pem $U s.pem $AT

echo '--- standard input'
is 'the certificate' "$(pkitool verify $T $U - $AT <s.pem | head -1)" \
  'standard input: valid (any purpose) at 2026-02-01T00:00:00Z'
for o in --trust --untrusted --crl; do
  cat root.pem ca.pem good.crl | "$PKITOOL" verify $T $U $o - s.pem $AT >out
  is "$o -" $? 0
done
is 'a list of anchors' "$(pkitool verify --trust - $U s.pem $AT <list.der | head -1)" \
  's.pem: valid (any purpose) at 2026-02-01T00:00:00Z'
is 'twice' "$(pkitool verify $T --untrusted - - $AT <s.pem 2>&1 | tail -1)" \
  'pkitool verify: standard input: standard input can be read once only'

echo '--- usage'
t pkitool verify
t pkitool verify a b
t pkitool verify $T s.pem --allow md4
t pkitool verify $T s.pem --allow md5,,sha1
t pkitool verify $T s.pem --min-strength 100
t pkitool verify $T s.pem --anchor half
t pkitool verify $T s.pem --revocation always
t pkitool verify $T s.pem --profile webkpi
t pkitool verify $T s.pem --trusted root.pem

echo '--- JSON'
all() { # one line each, valid or not
  pkitool verify --json $T $U s.pem $AT
  pkitool verify --json $T s.pem $AT
  pkitool verify --json $T $U --for www.example.net s.pem $AT
  pkitool verify --json $T $P $AT
  pkitool verify --json $T "$D/cut.der"
  pkitool verify --json $T nofile
  pkitool verify --json $T s.pem --ocsp x
  pkitool verify --json $T s.pem --for 'a b'
  pkitool verify --json $T evil.pem --explain
}
q pkitool selfsign hostile.example --subject $'CN=evil\033[31m\342\200\256\302\233x' --days 1 --key leaf.key -o evil.pem --at $MADE
cat >check.py <<'P'
import json, sys
for n, line in enumerate(sys.stdin):
    j = json.loads(line)
    assert j["schema"] == 1 and type(j["valid"]) is bool
    assert (j["path"] != []) == j["valid"] and not (j["valid"] and j["attempts"])
    for p in [j["path"]] + [a["path"] for a in j["attempts"]]:
        assert all(len(bytes.fromhex(c)) == 32 for c in p)
    for a in j["attempts"]:
        assert a["failures"]
        for f in a["failures"]:
            assert f["certificate"] < len(a["path"]) and f["code"] and f["clause"] and f["text"], f
    assert j["policies"] == sorted(j["policies"]) and all(type(t) is str for t in j["not_checked"])
    assert "error" not in j or (not j["valid"] and j["error"]["status"] and j["error"]["reason"]), j
print(n + 1)
P
is 'JSON' "$(all 2>/dev/null | python3 check.py 2>&1)" 9

echo '--- nothing drives the terminal'
tv pkitool verify $T evil.pem $AT --explain
tv pkitool verify --trust evil.pem evil.pem --at $MADE
tv pkitool verify $T "$D/hostile.pem" --at 2026-12-01T00:00:00Z --explain
