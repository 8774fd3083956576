#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Is every C file as .clang-format lays it out?
. "$(dirname "$0")/lib.sh"

files=$(sources include libpki jwk tools tests fuzz bench examples | grep -v prep_table)
for f in $files; do
  clang-format "$src/$f" | cmp -s - "$src/$f" || wrong "clang-format would change $f"
done
finish "$(printf '%s\n' $files | wc -l) files"
