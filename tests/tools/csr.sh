# SPDX-License-Identifier: BSD-3-Clause
# pkitool csr: files, what the request says, and the ways it fails.
td pkitool csr www.example.org example.org 192.0.2.1
ls -p | grep -v /
is 'the key is for its owner alone' "$(mode www.example.org.key)" 600
is 'the request is not' "$(mode www.example.org.csr)" 644
before=$(cat www.example.org.key)
t pkitool csr www.example.org
rm www.example.org.csr
t pkitool csr www.example.org
ok 'no request beside an old key' test ! -e www.example.org.csr
is 'the key was kept' "$(cat www.example.org.key)" "$before"
t pkitool csr www.example.org --force
no 'force makes another key' test "$(cat www.example.org.key)" = "$before"
t pkitool match www.example.org.key www.example.org.csr | sed 's/[0-9a-f]\{64\}/(SHA-256)/'

echo '--- where files go'
t pkitool csr a.example -o o.csr
t pkitool csr a.example -o o.pem --force
t pkitool csr a.example -o other
t pkitool csr a.example -o www.example.org.request
t pkitool csr a.example -oglued.csr --key-out separate.key
t pkitool csr a.example --out=equals.csr --key-out=equals.key
t pkitool csr --subject CN=a -o nameless.csr
ls -p | grep -v /
pkitool csr a.example -o - --key-out stdout.key 2>/dev/null | head -1
pkitool csr a.example -o - --key "$D/p256.key" | pkitool match - "$D/p256.key"
cat "$D/p256.key" | pkitool csr a.example --key - -o - | pkitool match - "$D/p256.key"
pkitool csr a.example --form der --key "$D/p256.key" -o - | pkitool show - | head -1

echo '--- what it says'
say() {
  pkitool csr "$@" --key "$D/p256.key" -o - | pkitool show - | grep -vE '^  (SPKI )?SHA-256'
}
say www.example.org
say www.example.org --subject 'CN=Zoë,O=\#1 \"A\"\, B,C=DE'
say www.example.org --subject ''
say www.example.org --usage digitalSignature,nonRepudiation,keyEncipherment
say www.example.org --usage encipherOnly,keyAgreement,decipherOnly
say www.example.org --eku serverAuth,clientAuth,1.2.3,OCSPSigning
say www.example.org --ext 1.2.3=0500 --ext critical,1.2.4=0101ff --ext tlsfeature=3003020105 --ext 1.3.6.1.5.5.7.1.24=3003020105
printf 'open sesame\n' >challenge
say www.example.org --challenge-file challenge
say www.example.org --at 2026-11-24T02:10:00Z
: >empty
t pkitool csr a.example --key "$D/p256.key" -o - --challenge-file empty
t pkitool csr a.example --key "$D/p256.key" -o - --challenge-file nofile

echo '--- types'
for k in p256 p384 p521 ed25519 ed448 rsa2048; do
  exits 0 pkitool csr a.example --type $k -o $k.csr
  pkitool show $k.csr | grep -E '^  (Key|Signature)'
done
for k in rsa rsa-pss ed25519; do
  pkitool csr a.example --key "$D/$k.key" -o - | pkitool show - | grep -E '^  (Key|Signature)'
done

echo '--- keys that do not serve'
for k in cert.pem p256.csr p256.pub x25519.key k1.key rsa1024.key encrypted.key cut.der nofile README.md; do
  t pkitool csr a.example --key "$D/$k" -o none.csr
done
t pkitool csr a.example --key "$D" -o none.csr
ok 'no request was made' test ! -e none.csr
cp "$D/p256.key" open.key
chmod 644 open.key
t pkitool csr a.example --key open.key -o open.csr
cp "$D/p256.key" own.key
t pkitool csr a.example --key own.key -o own.key --force
ln -s own.key link.key
t pkitool csr a.example --key link.key -o own.key --force
ok 'the key is as it was' cmp own.key "$D/p256.key"

echo '--- JSON'
json() {
  printf '%s\n' "$1" >r.json
  shift
  t pkitool csr --json-in r.json --key "$D/p256.key" -o r.csr --force "$@"
}
json '{"names":["j.example","ip:192.0.2.9"],"subject":"CN=J","usage":["digitalSignature"],"eku":["serverAuth"],"extensions":[{"oid":"1.2.3","critical":true,"hex":"0500"}]}' also.example
pkitool show r.csr | grep -vE '^  (SPKI )?SHA-256'
echo '{"names":["piped.example"]}' | pkitool csr --stdin-json --key "$D/p256.key" -o - | pkitool show - | grep Names
echo '{"names":["piped.example"]}' | pkitool csr --json-in - --key "$D/p256.key" -o - | pkitool show - | grep Names
json '{"names":["j.example"],"type":""}'
json '{"names":["j.example"],"type":"p384"}'
json '{"names":["j.example"],"tipe":"p384"}'
json '{"names":["j.example"],"type":"p385"}'
json '{"names":"j.example"}'
json '{"names":[1]}'
json '{"names":["a b"]}'
json '{"names":["a.example"],"names":["b.example"]}'
json '{"names":["j.example"],"subject":1}'
json '{"names":["j.example"],"subject":"CN=x"}' --subject CN=y
json '{"names":["j.example"],"usage":["sign"]}'
json '{"names":["j.example"],"eku":["sign"]}'
json '{"names":["j.example"],"extensions":{}}'
json '{"names":["j.example"],"extensions":[1]}'
json '{"names":["j.example"],"extensions":[{"oid":"1.2.3"}]}'
json '{"names":["j.example"],"extensions":[{"oid":"1.2.3","hex":"0500","crit":true}]}'
json '{"names":["j.example"],"extensions":[{"oid":"1.2.3","hex":"zz"}]}'
json '{"names":["j.example"'
json '[]'
json '{}'
json ''
json '{"names":["j.example"]} x'
json "{\"names\":[\"$(printf '\377')\"]}"
json '{"names":["nul\u0000.example"]}'
