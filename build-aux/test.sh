#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# test.sh [--no-install] [--long] [--bench]
#
# Installs what is missing, builds, and runs every test: once as it is shipped,
# and once with the checks for memory and undefined behaviour built in. The last
# line is "N passed, N failed" over all of them.
#
#   --no-install   take what is installed
#   --long         with the tests that take minutes
#   --bench        the benchmarks too, as tables; they neither pass nor fail
#
# Build folders are _build/test and _build/asan. With CI set a warning is an error.
set -u

install=
long=
bench=
for word in "$@"; do
  case $word in
    --no-install) install=--no-install ;;
    --long) long=yes ;;
    --bench) bench=yes ;;
    *) echo "test.sh: unknown option \"$word\"; there are --no-install, --long and --bench" >&2
       exit 2 ;;
  esac
done
cd -- "$(dirname -- "$0")/.." || exit 1
root=$(pwd)

# Set-up and building count as one failure each if they fail, so that the last
# line is there in any case.
fail () {
  echo "test.sh: $1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

# build FOLDER OPTION...
build () {
  folder=$1
  shift
  if [ -f "$folder/build.ninja" ]; then
    meson configure "$folder" "$@" || return 1
  else
    meson setup "$folder" "$@" || return 1
  fi
  meson compile -C "$folder" || return 1
}

# run FOLDER OPTION...: the result is read from the log afterwards.
run () {
  folder=$1
  shift
  [ -n "$long" ] || set -- "$@" --no-suite long
  rm -f "$folder/meson-logs/testlog.json"
  meson test -C "$folder" --print-errorlogs "$@"
}

sh build-aux/setup.sh $install build show test || fail "what the tests need could not be installed"

werror=false
[ -z "${CI:-}" ] || werror=true
build _build/test -Dwerror="$werror" || fail "the build failed"
run _build/test

# What libraries do is not ours: the lists of what is let off say why.
asan=detect_leaks=1:abort_on_error=0:strict_string_checks=1
export ASAN_OPTIONS="${ASAN_OPTIONS:-$asan:suppressions=$root/tests/asan.supp}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}"
export LSAN_OPTIONS="${LSAN_OPTIONS:-suppressions=$root/tests/lsan.supp:print_suppressions=0}"
# Built for what they find, not for speed: it takes two thirds of the time, and runs as fast.
build _build/asan -Dwerror="$werror" -Db_sanitize=address,undefined -Db_lundef=false \
  -Doptimization=1 -Dc_args=-g1 ||
  fail "the build with sanitizers failed"
run _build/asan --no-suite lint --timeout-multiplier 3

if [ -n "$bench" ]; then
  build _build/bench -Dbuildtype=release &&
    meson test -C _build/bench --benchmark --verbose ||
    echo "test.sh: a benchmark could not be built or run" >&2
fi

echo
echo "Once as shipped, and once more with the checks for memory and undefined behaviour:"
python3 build-aux/count-tests _build/test/meson-logs/testlog.json \
  _build/asan/meson-logs/testlog.json
