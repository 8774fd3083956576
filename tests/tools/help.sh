# SPDX-License-Identifier: BSD-3-Clause
# What help says, on standard output and in the same words by either way.
t pkitool help
for v in csr key 'key new' 'key show' 'key public' 'key convert' 'key password' selfsign ca sign crl verify show match fingerprint \
  convert asn1 'asn1 encode' 'asn1 types' expiring completion help; do
  t pkitool help $v
  is "pkitool $v --help" "$(pkitool $v --help 2>/dev/null)" "$(pkitool help $v 2>/dev/null)"
  is "pkitool $v -h" "$(pkitool $v -h)" "$(pkitool help $v)"
  n=$(pkitool help $v | head -8 | grep -c "^pkitool $v ")
  ok "pkitool $v: $n examples first" test "$n" -ge 2
  is "pkitool $v: nothing on stderr" "$(pkitool help $v 2>&1 >/dev/null)" ''
  is "pkitool $v: 100 columns" "$(pkitool help $v | awk 'length > 100')" ''
done
is 'pkitool --help' "$(pkitool --help)" "$(pkitool help)"
is 'pkitool -h' "$(pkitool -h)" "$(pkitool help)"
is 'pkitool -V' "$(pkitool -V)" "$(pkitool --version)"
t pkitool --version | sed -E 's/[0-9]+(\.[0-9]+)+/N/g'
t pkitool help nothing
t pkitool help key nwe
t pkitool help csr new
