# SPDX-License-Identifier: BSD-3-Clause
# pkitool ca: roots and intermediates, their files, and the ways it fails.
AT='--at 2026-12-01T00:00:00Z'
said() {
  pkitool show $AT "$@" | grep -vE '^  (SPKI SHA-256|SHA-256|Serial) |KeyIdentifier'
}
t pkitool ca 'Example Root CA'
ls -p | grep -v /
is 'the key is for its owner alone' "$(mode Example_Root_CA.key)" 600
t pkitool ca 'Example Root CA'
t pkitool ca ../../evil/name --type p256
ls -p | grep -v /
t pkitool ca 'Example Root CA' -o root.pem --no-password $AT
t pkitool ca 'Example Issuing CA' --issuer root.pem -o ca.pem --no-password $AT
t pkitool ca 'Example Lab CA' --issuer ca.pem -o lab.pem $AT
ok 'a key that is made for what is refused is not left' test ! -e lab.key

echo '--- what it says'
said root.pem
said ca.pem
pkitool ca 'A B' --issuer root.pem --key "$D/p256.key" -o - $AT --days 10 --path-length 3 --permit example.org --permit 192.0.2.0/24 \
  --exclude email:bad.example --policy 1.2.3 --crl-url http://c.example/c.crl --ocsp-url http://o.example/ --issuer-url http://i.example/i.der | said -
pkitool ca R --key "$D/p256.key" -o - $AT --path-length 1 | said - | grep -E 'CA|Constr'
pkitool ca R --issuer root.pem --key "$D/p256.key" -o - $AT --path-length none | said - | grep -E 'CA|Constr'
pkitool ca --subject 'CN=X,O=Example,C=NL' --key "$D/rsa.key" -o - $AT | said - | grep -E 'Subject|Issuer|Key|Signature'
pkitool ca $'Evil \033[31m\342\200\256' --key "$D/p256.key" -o - $AT | said - | grep -E 'Subject|Odd'

echo '--- passwords'
printf correct >pw && printf 'other' >pw2 && printf wrong >bad && chmod 600 pw pw2 bad
t pkitool ca R --password-file pw -o r.pem
t pkitool ca I --issuer r.pem -o i.pem
t pkitool ca I --issuer r.pem -o i.pem --password-file bad
t pkitool ca I --issuer r.pem -o i.pem --password-file pw --new-password-file pw2
td pkitool match i.key i.pem --password-file pw2
t pkitool ca I --issuer r.pem --key i.key -o i2.pem --password-file pw --key-password-file pw2
t pkitool ca I --issuer r.pem --password-file pw --new-password-file pw2 --no-password -o i3.pem
t pkitool ca R --new-password-file pw2 -o n.pem
td pkitool match n.key n.pem --password-file pw2
t pkitool ca R --key n.key --key-password-file pw2 -o n2.pem
t pkitool ca R --key n.key --password-file pw2 -o n3.pem
t pkitool ca R --key n.key --new-password-file pw2 -o n4.pem
t pkitool ca R --key-password-file pw2 -o n5.pem
t pkitool ca R --new-password-file pw2 --password-file pw -o n6.pem
pkitool ca I $AT --permit bücher.example --exclude 'email:bücher.example' --key "$D/p256.key" -o - | said - | grep nameC

echo '--- what fails leaves nothing'
mkdir empty && cd empty
R=../root.pem
t pkitool ca
t pkitool ca a b
t pkitool ca ''
t pkitool ca "$(printf 'a%.0s' {1..65})"
t pkitool ca A --subject 'CN'
t pkitool ca A --subject ''
t pkitool ca A --days 0
t pkitool ca A --path-length -1
t pkitool ca A --path-length x
t pkitool ca A --permit 'a b'
t pkitool ca A --exclude 192.0.2.0/33
t pkitool ca A --issuer-key x
t pkitool ca A --issuer nofile
t pkitool ca A --issuer "$D/p256.csr"
t pkitool ca A --issuer "$D/p256.key"
t pkitool ca A --issuer $R --issuer-key nofile
t pkitool ca A --issuer $R --issuer-key ../ca.key
t pkitool ca A --issuer $R --issuer-key $R
t pkitool ca A --issuer $R --days 4000 $AT
t pkitool ca A --issuer $R --at 2050-01-01T00:00:00Z
t pkitool ca A --issuer $R --at 2020-01-01T00:00:00Z
t pkitool ca A --issuer ../ca.pem $AT
t pkitool ca A --key "$D/rsa1024.key"
t pkitool ca A --key "$D/x25519.key"
t pkitool ca A --key "$D/k1.key"
t pkitool ca A -o -
t pkitool ca A --issuer $R -o $R --key "$D/p256.key" --force $AT
t pkitool ca A --issuer $R -o ../root.key --key "$D/p256.key" --force $AT
cp ../root.pem leaf.pem
pkitool selfsign a.example -o leaf.pem --key-out leaf.key --force 2>/dev/null
t pkitool ca A --issuer leaf.pem
rm leaf.pem leaf.key
ls -A
