# SPDX-License-Identifier: BSD-3-Clause
# Names: what kind they are, what is no name, and the file names that follow.
made() { # the files a name leads to, and the names in the request
  rm -rf made && mkdir made
  (cd made && t pkitool csr "$@")
  ls made
  cat made/*.csr 2>/dev/null | pkitool show - | grep -E '^  (Subject|Names|    )'
}
made www.example.org
made '*.example.org'
made 192.0.2.1
made 2001:DB8:0:0::1
made me@example.org
made https://x.example/a/b?c=d
made dn:CN=x,O=y
made upn:me@example.org
made rid:1.2.3
made dns:p.example ip:198.51.100.7 email:x@example.net uri:urn:example:1
made localhost
made www.example.org.
made WWW.Example.ORG
made bücher.example '*.bücher.example' me@bücher.example https://bücher.example/ü
made dns:ex。ample.example
made dn:CN=../../../../tmp/x
made uri:file:///../../etc/x
made "$(printf 'a%.0s' {1..63}).$(printf 'b%.0s' {1..63}).$(printf 'c%.0s' {1..63}).$(printf 'd%.0s' {1..61})"
made "$(printf 'a%.0s' {1..63}).x"
made "$(printf 'a%.0s' {1..62}).x"
for n in '' 'a b' '*.*.com' 'a.*.example' "$(printf 'a%.0s' {1..64}).example" 192.0.2.256 2001:db8:::1 a..example .example -a.example \
  a-.example me@ @example.org ip:example.org dns:192.0.2.1 dns: rid:x dn:x 'a\0.example' a_b.example 192.0.2.0/24 "$(printf '\377.example')" \
  "$(printf 'a\nb.example')" "$(printf 'a\033[31m.example')" "$(printf 'x\342\200\256.example')" '$(id).example' '`id`.example'; do
  mkdir bad
  (cd bad && exits 2 pkitool csr -- www.example.org "$n")
  is 'nothing was made' "$(ls -A bad)" ''
  rm -rf bad
done
