# SPDX-License-Identifier: BSD-3-Clause
# Completions: what the scripts say, and what bash makes of them.
for s in bash zsh fish; do
  t pkitool completion $s
done
pkitool completion bash >c.bash
pkitool completion zsh >c.zsh
pkitool completion fish >c.fish
ok 'bash reads it' bash -n c.bash
for s in zsh fish; do
  if command -v $s >/dev/null; then ok "$s reads it" $s -n c.$s; else echo "ok: $s reads it"; fi
done
. ./c.bash
complete -p pkitool
c() { # WORD...: what may stand in place of the last
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _pkitool 2>&1
  echo "$*| ${COMPREPLY[*]}"
}
touch a.csr a.key 'with space.key'
c pkitool ''
c pkitool c
c pkitool -
c pkitool csr ''
c pkitool csr -
c pkitool csr --t
c pkitool csr --type ''
c pkitool csr --type rsa
c pkitool csr --type = p
c pkitool csr --type =
c pkitool csr a.example --key a
c pkitool csr a.example -o a.c
c pkitool csr --usage digitalSignature,key
c pkitool csr --eku s
c pkitool csr --subject ''
c pkitool csr --force --form ''
c pkitool key ''
c pkitool key n
c pkitool key new --type x
c pkitool key convert --to ''
c pkitool key convert --new
c pkitool key show w
c pkitool key - ''
c pkitool show a
c pkitool match a.csr a.k
c pkitool verify --purpose ''
c pkitool verify --allow md5,
c pkitool verify --trust a
c pkitool completion ''
c pkitool help ''
c pkitool nosuch ''
