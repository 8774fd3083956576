# SPDX-License-Identifier: BSD-3-Clause
# pkitool selfsign: files, what the certificate says, and the ways it fails.
AT='--at 2026-12-01T00:00:00Z'
said() { # what of a certificate is the same every time
  pkitool show $AT "$@" | grep -vE '^  (SPKI SHA-256|SHA-256|Serial) '
}
t pkitool selfsign www.example.org example.org 192.0.2.1
ls -p | grep -v /
is 'the key is for its owner alone' "$(mode www.example.org.key)" 600
is 'the certificate is not' "$(mode www.example.org.pem)" 644
td pkitool match www.example.org.key www.example.org.pem
t pkitool selfsign www.example.org
rm www.example.org.pem
t pkitool selfsign www.example.org
ok 'no certificate beside an old key' test ! -e www.example.org.pem

echo '--- what it says'
K="--key $D/p256.key -o -"
pkitool selfsign www.example.org example.org 192.0.2.1 $K $AT >a.pem
said a.pem
pkitool selfsign www.example.org --key "$D/rsa.key" -o - $AT | said -
pkitool selfsign www.example.org $K $AT --subject 'CN=x,O=Example' --days 7 --policy 1.2.3 --crl-url http://c.example/c.crl \
  --ocsp-url http://o.example/ --issuer-url http://i.example/i.der | said -
pkitool selfsign 2001:db8::1 $K $AT | said - | grep -E 'Subject|Names'
pkitool selfsign '*.example.org' $K $AT | said - | grep -E 'Subject|Names'
long=$(printf 'a%.0s' {1..60}).example.org
pkitool selfsign $long $K $AT | said - | grep -E 'Subject|Names'
pkitool selfsign www.example.org $K --form der | pkitool show - | head -1
is 'two have two serial numbers' "$(for i in 1 2; do pkitool selfsign a.example $K | pkitool show - | grep Serial; done | sort -u | wc -l)" 2

echo '--- passwords'
printf correct >pw && chmod 600 pw
t pkitool selfsign pw.example --password-file pw
t pkitool match pw.example.key pw.example.pem
td pkitool match pw.example.key pw.example.pem --password-file pw
t pkitool selfsign pw.example --key pw.example.key -o again.pem
t pkitool selfsign pw.example --key pw.example.key -o again.pem --password-file pw

echo '--- what fails leaves nothing'
mkdir empty && cd empty
t pkitool selfsign
t pkitool selfsign 'a b'
t pkitool selfsign $'evil\033[31m.example'
t pkitool selfsign --subject CN=x
t pkitool selfsign a.example --subject ''
t pkitool selfsign a.example --days 0
t pkitool selfsign a.example --days -5
t pkitool selfsign a.example --days 1e9
t pkitool selfsign a.example --days 3652425
t pkitool selfsign a.example --days ''
t pkitool selfsign a.example --at noon
t pkitool selfsign a.example --policy x
t pkitool selfsign a.example --policy 1.2.3 --policy 1.2.3
t pkitool selfsign a.example --crl-url 'not a url'
t pkitool selfsign a.example --type p385
t pkitool selfsign a.example --key "$D/p256.key" --type p384
t pkitool selfsign a.example --key "$D/p256.key" --key-out x
t pkitool selfsign a.example -o -
t pkitool selfsign a.example --key nofile
t pkitool selfsign a.example --key "$D/cut.der"
t pkitool selfsign a.example --key "$D/rsa1024.key"
t pkitool selfsign a.example --key "$D/x25519.key"
t pkitool selfsign a.example --key "$D/k1.key"
t pkitool selfsign a.example -o nofolder/a.pem
t pkitool selfsign a.example --path-length 1
ls -A
