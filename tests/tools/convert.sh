# SPDX-License-Identifier: BSD-3-Clause
# pkitool convert: octets stay what they are.
for f in cert.pem p256.csr p256.pub; do
  exits 0 pkitool convert "$D/$f" --to der -o $f.der
  pkitool convert $f.der --to pem -o $f.pem
  ok "$f, there and back" cmp $f.pem "$D/$f"
done
for f in p256.key sec1.key pkcs1.key encrypted.key; do
  t pkitool convert "$D/$f" --to der -o $f.der
  is "$f: mode" "$(mode $f.der)" 600
  pkitool convert $f.der --to pem -o $f.pem
  ok "$f, there and back" cmp $f.pem "$D/$f"
done
ok 'octets are what they were' cmp cert.pem.der <(grep -v -- ----- "$D/cert.pem" | base64 -d)
ok 'DER to DER' cmp cert.pem.der <(pkitool convert cert.pem.der --to der)
ok 'base64 to DER' cmp <(pkitool convert "$D/p256.b64" --to der) "$D/p256.der"
cat "$D/cert.pem" "$D/p256.csr" >both
ok 'two stay two' cmp both <(pkitool convert both --to pem)
ok 'from standard input' cmp both <(pkitool convert - --to pem <both)
ok 'what is in a bundle' cmp <(cat "$D/cert.pem" "$D/hostile.pem") <(pkitool convert "$D/bundle.p7b" --to pem)
ok 'a bundle as it is' cmp <(grep -v -- ----- "$D/bundle.p7b" | base64 -d) <(pkitool convert "$D/bundle.p7b" --to der)
t pkitool convert both --to der
t pkitool convert both --to der -o none
t pkitool convert both --to text
t pkitool convert both
t pkitool convert --to pem
t pkitool convert both "$D/cert.pem" --to pem
t pkitool convert both --to pem -o cert.pem.der
t pkitool convert both --to pem -o both --force
t pkitool convert nofile --to pem
t pkitool convert "$D" --to pem
t pkitool convert "$D/cut.der" --to pem
t pkitool convert "$D/README.md" --to pem
(cat cert.pem.der; echo junk) >junk.der
t pkitool convert junk.der --to pem -o none
ok 'nothing is left' test ! -e none
t pkitool convert both --to pem --force -o both.pem
