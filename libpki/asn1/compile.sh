#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# compile.sh OUT MODULE.asn...: what asn1Parser makes of the modules, as C: a static tree each, and a
# table of them. What a module imports is read beside it.
set -eu
out=$1
shift
tmp=$out.tmp$$
trap 'rm -f "$tmp.asn" "$tmp.c" "$tmp.log" "$tmp"' EXIT
table=
echo "#include <libtasn1.h>" >"$tmp"
for asn in "$@"; do
  module=$(basename "$asn" .asn)
  tree=tree_$(echo "$module" | tr -c 'A-Za-z0-9\n' _)
  awk -v dir="$(dirname "$asn")" -f "$(dirname "$0")/flatten.awk" "$asn" >"$tmp.asn"
  ${ASN1PARSER:-asn1Parser} -o "$tmp.c" -n "$tree" "$tmp.asn" >"$tmp.log" 2>&1 || {
    cat "$tmp.log" >&2
    exit 1
  }
  sed -n 's/^const asn1_static_node/static &/; /^static/,$p' "$tmp.c" >>"$tmp"
  table="$table	{ \"$module\", $tree },
"
done
printf 'static const struct asn1_module {\n\tconst char *name;\n\tconst asn1_static_node *tree;\n} asn1_modules[] = {\n%s};\n' "$table" >>"$tmp"
mv "$tmp" "$out"
