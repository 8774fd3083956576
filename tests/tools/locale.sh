# SPDX-License-Identifier: BSD-3-Clause
# The locale, the time zone and the clock change nothing.
all() {
  for f in "$D"/*; do
    pkitool show "$f"
    pkitool show --json "$f"
    pkitool show --asn1 "$f"
    pkitool key public "$f"
  done
  pkitool csr İIı.example --key "$D/ed25519.key" -o - --subject 'cn=TITLE I,title=i' --eku CLIENTAUTH
  pkitool csr www.example.org --key "$D/ed25519.key" -o - --subject 'cn=I,title=i,DESCRIPTION=ı' --usage digitalSignature
  pkitool help csr
  pkitool nosuch
}
all >plain 2>&1
ok 'there is something to compare' test -s plain
for l in C C.UTF-8 POSIX tr_TR.UTF-8 tr_TR de_DE.UTF-8 nonsense; do
  { LC_ALL=$l LANG=$l all >other 2>&1; } 2>/dev/null # bash itself warns
  ok "LC_ALL=$l" cmp plain other
done
for z in UTC Asia/Kathmandu '<-25>25' :nonsense; do
  TZ=$z all >other 2>&1
  ok "TZ=$z" cmp plain other
done
for at in 0 -1 1970-01-01T00:00:00Z 2100-12-31T23:59:59Z; do
  pkitool show --at $at "$D/p256.csr" >other
  ok "--at $at" cmp other <(pkitool show "$D/p256.csr")
done
