# SPDX-License-Identifier: BSD-3-Clause
# pkitool asn1, and show --asn1 by types: one's own module, there and back, and what is refused.
cat >my.asn <<'ASN'
My { } DEFINITIONS IMPLICIT TAGS ::= BEGIN
IMPORTS GeneralName FROM PKIX1Implicit88;
id-ticket OBJECT IDENTIFIER ::= { 1 3 6 1 4 1 32473 1 }
Ticket ::= SEQUENCE {
  seat INTEGER,
  class ENUMERATED { first(1), second(2) },
  stops SEQUENCE OF UTF8String OPTIONAL,
  extras [0] Extras OPTIONAL,
  note [1] IA5String OPTIONAL,
  holder [2] EXPLICIT GeneralName OPTIONAL,
  more [3] EXPLICIT More OPTIONAL }
Extras ::= BIT STRING { bicycle(0), dog(1), quiet(2) }
id-more OBJECT IDENTIFIER ::= { 1 3 6 1 4 1 32473 2 }
More ::= SEQUENCE { id OBJECT IDENTIFIER, value OCTET STRING }
id-key OBJECT IDENTIFIER ::= { 1 3 6 1 4 1 32473 3 }
Key ::= SEQUENCE { a INTEGER, b ANY, c OCTET STRING, d [1] ANY OPTIONAL }
Hider ::= SEQUENCE { a [0] OCTET STRING, b [1] BIT STRING }
Blob ::= SEQUENCE { id OBJECT IDENTIFIER, value BIT STRING }
Any ::= ANY
OCTETS ::= OCTET STRING
Realms ::= SEQUENCE OF GeneralString
END
ASN
hex() {
  od -An -v -tx1 "$@" | tr -d ' \n'
}
value() { # TYPE JSON OUT
  printf %s "$2" | pkitool asn1 encode --module my.asn --type "$1" --json - -o "$3" --force
}
echo '--- made and shown'
cat >ticket.json <<'JSON'
{ "note": "no smoking", "seat": 42, "class": "second", "stops": [ "Utrecht", "Arnhem" ],
  "extras": "bicycle, quiet", "holder": { "rfc822Name": "me@example.org" } }
JSON
t pkitool asn1 encode --module my.asn --type My.Ticket --json ticket.json -o ticket.der
t pkitool show --asn1 ticket.der
t pkitool show --asn1 --module my.asn ticket.der
t pkitool show --asn1 --module my.asn --type My.Ticket ticket.der
t pkitool show --asn1 --module my.asn --type Ticket --json ticket.der
value Realms '["EXAMPLE.ORG", "é", ""]' realms.der
t pkitool show --asn1 --module my.asn --type Realms realms.der
echo '--- in a request and in a certificate'
exits 0 pkitool csr a.example --ext 1.3.6.1.4.1.32473.1="$(hex ticket.der)" --key "$D/p256.key" -o a.csr
pkitool show --asn1 --module my.asn a.csr | grep -A 14 32473
pkitool show --asn1 a.csr | grep -A 3 32473
exits 0 pkitool ca Example -o ca.pem
exits 0 pkitool sign a.csr --ca ca.pem --copy 1.3.6.1.4.1.32473.1 -o a.pem
pkitool show --asn1 --module my.asn a.pem | grep -A 2 32473 | sed -E 's/^ *[0-9]+ //'
is 'a CRL has names' "$(pkitool crl --ca ca.pem -o - --revoke a.pem:keyCompromise | pkitool show --asn1 - | grep -cE ' (revokedCertificates|userCertificate|CRLReason|CRLNumber) ')" 4
echo '--- there and back'
for f in cert.pem p256.csr challenge.csr rsa-pss.csr p256.pub encrypted.key scrypt.key bundle.p7b hostile.csr weak.pem; do
  ok "$f" cmp <(pkitool convert "$D/$f" --to der) <(pkitool show --asn1 --json "$D/$f" | pkitool asn1 encode --json -)
done
for f in cert.pem hostile.pem; do
  pkitool convert "$D/$f" --to der -o x.der --force
  pkitool show --asn1 --type PKIX1Explicit88.Certificate --json x.der >x.json
  exits 0 pkitool asn1 encode --json x.json -o y.der --force
  ok "$f" cmp x.der y.der
done
is 'no control character, and none that turns text' \
  "$(pkitool show --asn1 --json "$D/hostile.csr" "$D/hostile.pem" | grep -ac $'[\x01-\x09\x0b-\x1f\x7f]\|\xe2\x80[\x8b-\x8f\xa8-\xae]\|\xc2[\x80-\x9f]')" 0
ok 'alone' cmp ticket.der <(pkitool asn1 encode --module my.asn --type Ticket --json ticket.json)
ok 'in what show printed, with another type' cmp x.der <(pkitool asn1 encode --type Certificate --json x.json)
echo '--- types'
is 'a type a line' "$(pkitool asn1 types | grep -vxcE '[A-Z][A-Za-z0-9-]+\.[A-Z][A-Za-z0-9-]+')" 0
is 'a certificate' "$(pkitool asn1 types | grep -xF PKIX1Explicit88.Certificate)" PKIX1Explicit88.Certificate
is 'the last are those of the file' "$(pkitool asn1 types --module my.asn | tail -8 | tr '\n' ' ')" \
  'My.Extras My.More My.Key My.Hider My.Blob My.Any My.OCTETS My.Realms '
for x in $(pkitool asn1 types | head -40); do
  pkitool asn1 encode --type "$x" --json - </dev/null 2>&1 | grep -q 'JSON ends too early' || echo "NOT ok: $x"
done
echo '--- what lies beside an OBJECT IDENTIFIER'
inner=$(hex ticket.der)
value More '{"id":"1.3.6.1.4.1.32473.1","value":"'$inner'"}' more.der
t pkitool show --asn1 --module my.asn --type More more.der
value Blob '{"id":"1.3.6.1.4.1.32473.1","value":"'$inner'"}' blob.der
t pkitool show --asn1 --module my.asn --type Blob blob.der
echo '- not of that type: the tags'
value More '{"id":"1.3.6.1.4.1.32473.1","value":"30030201ff"}' not.der
t pkitool show --asn1 --module my.asn --type More not.der
value More '{"id":"1.3.6.1.4.1.32473.1","value":"3003"}' not.der
t pkitool show --asn1 --module my.asn --type More not.der
value More '{"id":"1.3.6.1.4.1.32473.9","value":"30030201ff"}' not.der
t pkitool show --asn1 --module my.asn --type More not.der
echo '- as deep as types go, and deeper'
inner=
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
  value More '{"id":"1.3.6.1.4.1.32473.2","value":"'$inner'"}' deep.der
  inner=$(hex deep.der)
done
t pkitool show --asn1 --module my.asn --type More deep.der
echo '--- private keys stay hidden'
pkitool key convert --to der "$D/p256.key" -o key.der
secret=$(hex -j 36 -N 32 key.der) # ECPrivateKey.privateKey
hidden() { # WHAT COMMAND...
  local what=$1 said
  shift
  said=$("$@" 2>&1)
  is "$what: said" "$(grep -c . <<<"$said" | sed 's/^[1-9].*/some/')" some
  is "$what: not the secret" "$(grep -ciE "${secret:0:8}|${secret:16:8}|${secret:56:8}" <<<"$said")" 0
}
t pkitool show --asn1 --type PKCS-8.PrivateKeyInfo key.der
for x in PKCS-8.PrivateKeyInfo PKCS-8.OneAsymmetricKey My.Key My.Any My.Ticket Certificate; do
  for f in key.der "$D/p256.key" "$D/p256.b64"; do
    hidden "$x of ${f##*/}" pkitool show --asn1 --module my.asn --type $x "$f"
    hidden "$x of ${f##*/}, JSON" pkitool show --asn1 --module my.asn --type $x --json "$f"
  done
done
exits 4 pkitool show --asn1 --module my.asn --type My.Ticket key.der
is 'no value in JSON' "$(pkitool show --asn1 --json --type PKCS-8.PrivateKeyInfo key.der | grep -c '"value":{')" 0
is 'but its type' "$(pkitool show --asn1 --json key.der | grep -c '"type":"PKCS-8.PrivateKeyInfo"')" 1
key=$(hex key.der)
value More '{"id":"1.3.6.1.4.1.32473.3","value":"'$key'"}' in.der
hidden 'in a string, by an OBJECT IDENTIFIER' pkitool show --asn1 --module my.asn --type More in.der
hidden 'the same, JSON' pkitool show --asn1 --module my.asn --type More --json in.der
value Hider '{"a":"'$key'","b":{"value":"","length":0}}' in.der
hidden 'in an IMPLICIT OCTET STRING' pkitool show --asn1 --module my.asn --type Hider in.der
hidden 'the same, JSON' pkitool show --asn1 --module my.asn --type Hider --json in.der
value Hider '{"a":"","b":{"value":"'$key'","length":'$((4 * ${#key}))'}}' in.der
hidden 'in an IMPLICIT BIT STRING' pkitool show --asn1 --module my.asn --type Hider in.der
hidden 'the same, JSON' pkitool show --asn1 --module my.asn --type Hider --json in.der
inner=$key
for i in {1..66}; do
  value OCTETS '"'$inner'"' in.der
  inner=$(hex in.der)
done
hidden 'deeper than is looked, JSON' pkitool show --asn1 --module my.asn --type OCTETS --json in.der
is 'nothing of it' "$(pkitool show --asn1 --module my.asn --type OCTETS --json in.der 2>/dev/null | grep -c '"type":"OCTETS","error"')" 1
(echo '-----BEGIN ODD PRIVATE THING-----'; base64 key.der; echo '-----END ODD PRIVATE THING-----') >odd.pem
hidden 'by its label' pkitool show --asn1 --module my.asn --type My.Any --json odd.pem
is 'its value is not taken' "$(pkitool show --asn1 --json key.der | pkitool asn1 encode --json - 2>&1)" \
  'pkitool asn1 encode: standard input: no value: its type is not known, or it holds a private key'
value PKCS-8.PrivateKeyInfo '{"version":0,"privateKeyAlgorithm":{"algorithm":"1.3.101.112"},"privateKey":"0420'"$secret"'"}' made.key
is 'made from JSON: mode' "$(mode made.key)" 600
is 'what is none: mode' "$(mode more.der)" 644
ok 'it is a key' pkitool key show made.key
echo '--- no such object'
t pkitool show --asn1 --type Certificate "$D/p256.pub"
t pkitool show --asn1 --type Certificate --json "$D/p256.pub"
t pkitool show --asn1 --type PKIX1Explicit88.Validity ticket.der
head -c 60 x.der >cut.der
t pkitool show --asn1 --type Certificate cut.der
t pkitool show --asn1 --type Certificate "$D/README.md"
t pkitool show --asn1 --type Certificate nofile
is 'a file that fails does not stop the next' "$(pkitool show --asn1 --type SubjectPublicKeyInfo nofile "$D/p256.pub" 2>/dev/null | grep -c SubjectPublicKeyInfo)" 1
echo '--- usage'
t pkitool show --module my.asn ticket.der
t pkitool show --type Certificate ticket.der
t pkitool show --asn1 --type Certificat ticket.der
t pkitool show --asn1 --type PKIX1Explicit88.Certifikate ticket.der
t pkitool show --asn1 --type My.Tickets --module my.asn ticket.der
t pkitool show --asn1 --type Version ticket.der
t pkitool show --asn1 --type '' ticket.der
t pkitool show --asn1 --type PKIX1Explicit88. ticket.der
t pkitool show --asn1 --type Ticket ticket.der
t pkitool show --pem --asn1 --type Certificate ticket.der
t pkitool asn1
t pkitool asn1 decode
t pkitool asn1 encode
t pkitool asn1 encode --type Ticket
t pkitool asn1 encode --json ticket.json
t pkitool asn1 encode --json ticket.json --type Ticket
t pkitool asn1 encode --json --type
t pkitool asn1 encode --json
t pkitool asn1 encode ticket.json
t pkitool asn1 types Certificate
t pkitool asn1 encode --module - --type Ticket --json -
t pkitool asn1 encode --module my.asn --type Ticket --json ticket.json -o ticket.json --force
echo '--- files'
t pkitool asn1 encode --module my.asn --type Ticket --json ticket.json -o ticket.der
t pkitool asn1 encode --module my.asn --type Ticket --json ticket.json -o nowhere/ticket.der
t pkitool asn1 encode --module my.asn --type Ticket --json nofile
t pkitool asn1 encode --module nofile --type Ticket --json ticket.json
t pkitool asn1 types --module .
"$PTY" -- "$PKITOOL" asn1 encode --module my.asn --type Ticket --json ticket.json | tr -d '\r' | sed "s|$PKITOOL|pkitool|g"
echo '--- JSON that is none, or no value of the type'
json() {
  printf %s "$1" >j.json
  t pkitool asn1 encode --module my.asn --type Ticket --json j.json -o none
}
json ''
json '{'
json '{"seat":1,
"class":"first",}'
json '{"seat":1,"seat":2}'
json '[]'
json '{"seat":"x","class":"first"}'
json '{"seat":1,"class":"third"}'
json '{"seat":1}'
json '{"seat":1,"class":"first","stops":["a",5]}'
json '{"seat":1,"class":"first","seet":1}'
json '{"seat":1,"class":"first","\u001b[31m":1}'
json '{"seat":1.5,"class":"first"}'
json '{"seat":18446744073709551616,"class":"first"}'
json '{"seat":1,"class":"first","extras":{"value":"ff","length":2}}'
json '{"seat":1,"class":"first","note":"ü"}'
json '{"seat":1,"class":"first","holder":{"rfc822Name":"a","dNSName":"b"}}'
json '{"seat":1,"class":"first","holder":{"otherName":{"type-id":"1.2.3","value":"05"}}}'
json '{"schema":1,"asn1":[]}'
json '{"schema":1,"asn1":[],"value":{"seat":1}}'
ok 'nothing is left' test ! -e none
echo '{"schema":1,"asn1":[],"type":5,"value":{"seat":1}}' >j.json
t pkitool asn1 encode --json j.json
echo '{"schema":1,"asn1":[],"type":"Certificat","value":{"seat":1}}' >j.json
t pkitool asn1 encode --json j.json
echo '--- modules that are none'
asn() {
  printf "$1" >m.asn
  t pkitool asn1 types --module m.asn
}
asn ''
asn 'Ticket'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= SEQUENCE {\n  b INTEGER,\n  c }\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= INTEGER\n\nA ::= BOOLEAN\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\n\nA ::= B\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nIMPORTS B FROM Nowhere;\nA ::= B\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nIMPORTS Nothing FROM PKIX1Explicit88;\nA ::= Nothing\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= SEQUENCE { a INTEGER OPTIONAL, b INTEGER }\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= A\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= REAL\nEND\n'
asn 'PKIX1Explicit88 { } DEFINITIONS ::= BEGIN\nA ::= INTEGER\nEND\n'
asn 'M { } DEFINITIONS ::= BEGIN\nA ::= \033[31m\nEND\n'
# what people get wrong, and RFCs
body() {
  asn "M { } DEFINITIONS ::= BEGIN\n$1\nEND\n"
}
body 'A ::= SEQUENCE {\n  a INTEGER\n  b BOOLEAN }'
body 'A ::= SEQUENCE {\n  a INTEGER,\n  b BOOLEAN, }'
body 'A ::= SEQUENCE {\n  a INTEGER;\n  b BOOLEAN }'
body 'A ::= SEQUENCE {\n  a INTEGER\nB ::= NULL'
body 'A ::= SEQUENCE {\n  a integer }'
body 'A ::= SEQUENCE {\n  a OCTET }'
body 'A ::= SEQUENCE {\n  a OBJECT }'
body 'A ::= SEQUENCE {\n  a (0) NULL }'
body 'A ::= SEQUENCE {\n  a IMPLICIT [0] NULL }'
body 'A ::= SEQUENCE {\n  a NULL,\n  ... }'
body 'A ::= SEQUENCE {\n  a SEQUENCE OF NULL DEFAULT {} }'
body 'A ::= ENUMERATED { a, b }'
body 'A ::= CHOICE {\n  a NULL,\n  b NULL }'
body 'a ::= SEQUENCE {\n  a NULL }'
body 'A = NULL'
body 'A ::= PKIX1Explicit88.Name'
body 'My_Type ::= NULL'
body 'A ::= SEQUENCE { -- the first -- second\n  a NULL }'
body 'A ::= NULL -- the first -- isn'"'"'t'
body 'A ::= SEQUENCE {\n  a NULL,\n\nHousley            Standards Track            [Page 5]\n\nRFC 5652\n  b NULL }'
body 'A ::= NULL\nEND\nN { } DEFINITIONS ::= BEGIN\nB ::= NULL'
asn 'M { } DEFINITIONS AUTOMATIC TAGS ::= BEGIN\nA ::= NULL\nEND\n'
asn 'A ::= SEQUENCE {\n  a INTEGER }\n'
asn '\376\377\000M'
is 'what editors put in front of it, and the ends of their lines' "$(printf '\357\273\277W { } DEFINITIONS ::= BEGIN\r\nA ::= NULL\r\nEND\r\n' |
  pkitool asn1 types --module - | tail -1)" W.A
printf 'M { } DEFINITIONS ::= BEGIN\nA ::= \033[31m\nEND\n' >m.asn
t pkitool asn1 types --module my.asn --module my.asn
head -c 65537 /dev/zero | tr '\0' ' ' >large.asn
t pkitool asn1 types --module large.asn
t pkitool show --asn1 --module m.asn ticket.der
t pkitool asn1 encode --module m.asn --type Ticket --json ticket.json
is 'two modules, the second from the first' "$(printf 'N { } DEFINITIONS ::= BEGIN\nIMPORTS Ticket FROM My;\nT ::= SEQUENCE OF Ticket\nEND\n' |
  pkitool asn1 types --module my.asn --module - | tail -1)" N.T
