#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [--no-install] [--own]
#
# Installs what is missing, builds Waymark, and opens it on a made-up caseload.
# Where there is no display it does the main job without a window instead, and
# leaves what comes of it in demo/.
#
#   --no-install   take what is installed
#   --own          open your own store, or the guide for the first start
set -eu

install=
own=
for word in "$@"; do
  case $word in
    --no-install) install=--no-install ;;
    --own) own=yes ;;
    *) echo "run.sh: unknown option \"$word\"; there are --no-install and --own" >&2
       exit 2 ;;
  esac
done
cd -- "$(dirname -- "$0")/.."
root=$(pwd)
build=$root/_build/run

display=
[ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || display=yes
if [ -n "$own" ] && [ -z "$display" ]; then
  echo "run.sh: --own opens a window, and there is no display here" >&2
  exit 1
fi

if [ -n "$display" ]; then
  sh build-aux/setup.sh $install build
else
  sh build-aux/setup.sh $install build show
fi

echo "Building Waymark in _build/run ..."
log=$root/_build/run.log
mkdir -p "$root/_build"
if ! { [ -f "$build/build.ninja" ] || meson setup "$build" -Dbuildtype=release; } >"$log" 2>&1 ||
   ! ninja -C "$build" src/app/waymark src/cli/waymark-cli data/gschemas.compiled >>"$log" 2>&1; then
  cat "$log" >&2
  echo "run.sh: the build failed; the whole of it is in _build/run.log" >&2
  exit 1
fi

if [ -z "$display" ]; then
  sh build-aux/demo.sh "$build"
  echo "There is no display here, so no window was opened. Look into demo/."
  exit 0
fi

# Waymark is run where it was built: settings schema and icons are found there.
export GSETTINGS_SCHEMA_DIR="$build/data"
export XDG_DATA_DIRS="$root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
if [ -n "$own" ]; then
  exec "$build/src/app/waymark"
fi

folder=${XDG_DATA_HOME:-$HOME/.local/share}/waymark
store=$folder/sample.waymark
passphrase="made-up sample passphrase"
if [ ! -f "$store" ]; then
  echo "Making the sample caseload ..."
  work=$(umask 077; mkdir -p "$folder"; mktemp -d "$folder/new.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  echo "$passphrase" >"$work/passphrase"
  make () {
    "$build/src/cli/waymark-cli" --store "$work/sample.waymark" \
      --passphrase-file "$work/passphrase" "$@" >"$work/said" 2>&1 ||
      { cat "$work/said" >&2; echo "run.sh: the sample caseload could not be made" >&2; exit 1; }
  }
  make init --me "Sana Iqbal" --role specialist-teacher
  make sample --size small
  mv "$work/sample.waymark" "$store"
  rm -rf "$work"
  trap - EXIT
fi

cat <<END

  Waymark opens on a caseload of children who do not exist:
    $store
  Its passphrase is:
    $passphrase

END
# What is set in the sample stays there: --own must not open it as the store that was used last.
export GSETTINGS_BACKEND=memory
exec "$build/src/app/waymark" "$store"
