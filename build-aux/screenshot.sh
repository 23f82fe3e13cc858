#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# screenshot.sh PICTURE COMMAND...
#
# Starts COMMAND on the display at hand, waits until its window has settled, and
# saves the display as PICTURE. To be run through tests/with-display, in which the
# window has the whole display. WAY_SCREENSHOT_TITLE is part of the title that the
# window to wait for has; any title where it is not set.
set -u

picture=$1
shift
work=$(mktemp -d) || exit 1
app=
tidy_up () {
  [ -z "$app" ] || { kill "$app" && wait "$app"; } 2>/dev/null
  rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT TERM HUP

fail () {
  echo "screenshot.sh: $1" >&2
  sed 's/^/  /' "$work/said" >&2
  exit 1
}

"$@" >"$work/said" 2>&1 &
app=$!

# A quarter of a second each, 30 seconds in all.
window=
tries=0
while [ -z "$window" ]; do
  kill -0 "$app" 2>/dev/null || fail "the program ended before it showed a window:"
  tries=$((tries + 1))
  [ "$tries" -le 120 ] || fail "no window came up in 30 seconds:"
  sleep 0.25
  window=$(xdotool search --onlyvisible --name "${WAY_SCREENSHOT_TITLE:-.}" 2>/dev/null | tail -n 1)
done
# There is no window manager that would do it.
size=$(xdotool getdisplaygeometry)
# The size is two words.
# shellcheck disable=SC2086
xdotool windowmove "$window" 0 0 windowsize "$window" $size

# Settled: it has content, and looks the same three times in a row.
same=0
tries=0
: >"$work/before"
while [ "$same" -lt 3 ]; do
  kill -0 "$app" 2>/dev/null || fail "the program ended before its window settled:"
  tries=$((tries + 1))
  [ "$tries" -le 60 ] || fail "the window did not settle in 30 seconds:"
  sleep 0.5
  import -window root "$work/shot.png" || fail "the display could not be read:"
  identify -format '%#' "$work/shot.png" >"$work/after"
  if [ "$(identify -format '%k' "$work/shot.png")" -gt 16 ] && cmp -s "$work/before" "$work/after"; then
    same=$((same + 1))
  else
    same=0
  fi
  mv "$work/after" "$work/before"
done
mv "$work/shot.png" "$picture"

# Ended as a person would, so that it can put its things in order; what does not
# know the key is told by a signal when this script ends.
xdotool mousemove 8 8 key ctrl+q
tries=0
while kill -0 "$app" 2>/dev/null && [ "$tries" -lt 20 ]; do
  tries=$((tries + 1))
  sleep 0.25
done
