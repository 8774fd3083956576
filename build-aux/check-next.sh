#!/bin/sh
# SPDX-License-Identifier: BSD-3-Clause
# Does libpki build and pass with the newest Nettle and libtasn1? Their sources are those of Debian's
# newer suites (PKI_NEXT_SUITES), from the mirror that this machine's apt uses; nothing of the system
# changes. Needs apt, dpkg-dev, m4, and a network.
. "$(dirname "$0")/lib.sh"

suites=${PKI_NEXT_SUITES:-unstable}
next=$build/build/next-libs
prefix=$next/prefix
keys=/usr/share/keyrings/debian-archive-keyring.gpg

stop() {
  printf 'check-next: %s\n' "$*" >&2
  exit 1
}
# logged NAME COMMAND...: its output in a file, and the end of that if it fails.
logged() {
  log=$next/$1.log
  shift
  "$@" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    stop "failed: $*"
  }
}
# The mirror of Debian itself, as apt is configured here.
mirror() {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    sed -n 's/^Debian Debian main //p' | head -n 1
}
# apt, with lists, sources and cache of its own.
write_apt_conf() {
  mkdir -p "$next/apt/lists/partial" "$next/apt/cache/archives/partial"
  for suite in $suites; do
    printf 'deb-src [signed-by=%s] %s %s main\n' "$keys" "$uri" "$suite"
  done >"$next/apt/sources.list"
  cat >"$next/apt/apt.conf" <<EOF
Dir::Etc::SourceList "$next/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$next/apt/lists";
Dir::Cache "$next/apt/cache";
APT::Sandbox::User "";
Acquire::Languages "none";
EOF
}
fetch() {
  export APT_CONFIG="$next/apt/apt.conf"
  logged update apt-get -q update
  rm -rf "$next/src"
  mkdir -p "$next/src"
  cd "$next/src"
  logged source apt-get -q source nettle libtasn1-6
}
# install_lib FOLDER CONFIGURE-ARGUMENT...: once for each version.
install_lib() {
  name=$(basename "$1")
  [ -e "$prefix/$name.done" ] && return
  cd "$1"
  shift
  logged "$name" sh -c './configure --quiet --prefix="$0" --libdir="$0/lib" "$@" &&
    ${MAKE:-make} -s && ${MAKE:-make} -s install' "$prefix" "$@"
  : >"$prefix/$name.done"
}

command -v apt-get >/dev/null || stop "needs apt"
command -v dpkg-source >/dev/null || stop "needs dpkg-source (Debian: dpkg-dev)"
command -v m4 >/dev/null || stop "needs m4"
uri=$(mirror)
[ -n "$uri" ] || stop "apt knows no mirror of Debian here: run apt-get update"
mkdir -p "$prefix"
write_apt_conf
fetch
install_lib "$(echo "$next"/src/nettle-*/)" --disable-documentation --disable-openssl --disable-static
install_lib "$(echo "$next"/src/libtasn1-*/)" --disable-doc --disable-static

export PKG_CONFIG_PATH="$prefix/lib/pkgconfig" PKI_RUN_PATH="$prefix/lib"
cd "$build"
sh "$src/build-aux/variant.sh" next CPPFLAGS="-I$prefix/include" \
  LDFLAGS="-L$prefix/lib -Wl,-rpath,$prefix/lib -Wl,--disable-new-dtags"
# the pass under ASan has nothing to do with these libraries
${MAKE:-make} -s -C "$build/build/next" check asan_pass=
finish "$(cd "$next/src" && echo nettle-*/ libtasn1-*/) from $suites"
