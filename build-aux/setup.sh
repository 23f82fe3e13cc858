#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# setup.sh [--no-install] [SECTION...]
#
# Installs what is missing of the named sections of build-aux/packages ("build"
# when none is named), with apt-get, as root or through sudo. It does nothing at
# all when nothing is missing. --no-install only says what is missing.
set -eu

list=$(dirname -- "$0")/packages
install=yes
sections=

for word in "$@"; do
  case $word in
    --no-install) install=no ;;
    -*) echo "setup.sh: unknown option \"$word\"" >&2; exit 2 ;;
    *) sections="$sections $word" ;;
  esac
done
sections=${sections:- build}

# The packages of the wanted sections, one a line, a ? kept at the end of a name.
wanted () {
  awk -v sections="$sections " '
    { sub (/#.*/, "") }
    /^\[/ { gsub (/[][ ]/, ""); use = index (sections, " " $0 " ") > 0; next }
    use && NF { print $1 }' "$list"
}

is_installed () {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | head -c 9)" = installed ]
}

is_known () {
  apt-cache show --no-all-versions "$1" >/dev/null 2>&1
}

as_root () {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

apt_update () {
  [ "$updated" = no ] || return 0
  as_root apt-get -o DPkg::Lock::Timeout=300 -q update
  updated=yes
}

# What is missing goes into needed and optional.
find_missing () {
  needed=
  optional=
  for name in $(wanted); do
    if is_installed "${name%\?}"; then
      continue
    fi
    case $name in
      *\?) optional="$optional ${name%\?}" ;;
      *) needed="$needed $name" ;;
    esac
  done
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "setup.sh: this is not a Debian system; build-aux/packages lists what Waymark needs." >&2
  exit 0
fi
find_missing

if [ "$install" = no ]; then
  [ -z "$needed" ] || echo "Not installed, as asked, though needed:$needed" >&2
  exit 0
fi
[ -n "$needed$optional" ] || exit 0
if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
  [ -n "$needed" ] || exit 0
  echo "setup.sh: these packages are missing:$needed" >&2
  echo "Neither root nor sudo is at hand. Have them installed, or go on with --no-install." >&2
  exit 1
fi

# The package lists are fetched where they do not know a package, which on a new
# machine is so for all of them. An optional package that even fresh lists do not
# have is left out; it is not worth an update of its own.
updated=no
for name in $needed; do
  is_known "$name" || apt_update
done
take=$needed
for name in $optional; do
  if is_known "$name"; then
    take="$take $name"
  elif [ -n "$needed" ]; then
    echo "Not in this system's archive, left out: $name"
  fi
done
[ -n "$take" ] || exit 0

install_all () {
  # The names are split into words on purpose.
  # shellcheck disable=SC2086
  as_root apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef \
    -o Dpkg::Options::=--force-confold -q -y --no-install-recommends install $take </dev/null
}

echo "Installing:$take"
# Lists that are older than the archive name files it no longer has.
install_all || { updated=no; apt_update; install_all; }
