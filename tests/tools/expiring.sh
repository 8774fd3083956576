# SPDX-License-Identifier: BSD-3-Clause
# pkitool expiring: files, folders, and what is passed over.
mkdir -p f/sub/deep
for d in 1 10 40; do
  pkitool selfsign d$d.example --days $d --at 2026-12-01T00:00:00Z --key "$D/p256.key" -o f/sub/d$d.pem
done
cp f/sub/d10.pem f/sub/deep/copy.pem
cat f/sub/d1.pem f/sub/d40.pem >f/both.pem
cp "$D/p256.key" "$D/p256.csr" "$D/README.md" "$D/cut.der" f
: >f/empty
ln -s ../f f/loop
ln -s sub/d1.pem f/link.pem
mkfifo f/pipe
AT='--at 2026-12-01T12:00:00Z'
t pkitool expiring f $AT
t pkitool expiring f $AT --within 30d
t pkitool expiring f $AT --within 720h
t pkitool expiring f $AT --within 8w f/sub/d40.pem
t pkitool expiring f/both.pem f/sub --json $AT
t pkitool expiring f/sub --within 0d --at 2026-12-05T00:00:00Z
t pkitool expiring f/sub/d40.pem $AT
t pkitool expiring f/sub/d40.pem --within 40d $AT
t pkitool expiring f/loop $AT --within 0h
t pkitool expiring f/p256.key f/p256.csr $AT
t pkitool expiring - $AT
t pkitool expiring nofile f/sub/d1.pem $AT
t pkitool expiring --json nofile $AT
t pkitool expiring f/cut.der $AT
t pkitool expiring f/README.md $AT
t pkitool expiring f/pipe/x $AT
for w in 3 3x -3d 3dd '' 1e3d 999999999999w; do
  t pkitool expiring f --within "$w"
done
t pkitool expiring
t pkitool expiring f --at noon
printf '\060\026\002\001\003\060\017\006\011\052\206\110\206\367\015\001\007\001\240\002\004\000\060\000' >f/old.p12
t pkitool expiring f/old.p12 $AT
t pkitool expiring f $AT --within 0h
t pkitool expiring "$D/bundle.p7b" --at 2126-12-01T00:00:00Z
pkitool selfsign hostile.example --subject $'CN=evil\033[31m' --days 1 --at 2026-12-01T00:00:00Z --key "$D/p256.key" -o h.pem
t pkitool expiring h.pem $AT
sed '3s/./A/g' "$D/cert.pem" >f/bad.pem
t pkitool expiring f/bad.pem $AT
pkitool expiring f $AT --within 0h
is 'a malformed certificate in a folder is told' $? 4
cat f/sub/d1.pem | pkitool expiring - $AT
