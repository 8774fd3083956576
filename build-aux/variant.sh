#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# variant.sh NAME CONFIGURE-ARGUMENT...: configures $PKI_BUILDDIR/build/NAME from the same sources,
# unless it stands already. Where the sources themselves are configured, from a copy of them.
set -eu
name=$1
shift
src=$PKI_SRCDIR
dir=$PKI_BUILDDIR/build/$name

if [ -e "$src/config.status" ]; then
  src=$PKI_BUILDDIR/build/src
  mkdir -p "$PKI_BUILDDIR/build"
  ${MAKE:-make} -s -C "$PKI_BUILDDIR" distdir distdir=build/src >/dev/null
fi
mkdir -p "$dir"
cd "$dir"
if [ ! -e config.status ] || [ "$src/configure" -nt config.status ]; then
  "$src/configure" --quiet "$@" >configure.log 2>&1 || {
    tail -n 20 configure.log >&2
    exit 1
  }
fi
