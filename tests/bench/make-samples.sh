#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the stores that the benchmarks read, once for each build of waymark-cli.
# Usage: make-samples.sh WAYMARK-CLI FOLDER
set -eu

cli=$1
folder=$2
stamp=$(sha256sum "$cli" | cut -d ' ' -f 1)

mkdir -p "$folder"
chmod 700 "$folder"
printf 'made up for benchmarks\n' >"$folder/passphrase"
for size in teacher district county; do
  store=$folder/$size.waymark
  if [ "$(cat "$folder/$size.stamp" 2>/dev/null)" = "$stamp" ] && [ -f "$store" ]; then
    echo "$size: kept, it took $(cat "$folder/$size.seconds") s to make"
    continue
  fi
  rm -f "$store" "$store-wal" "$folder/$size.stamp"
  "$cli" --store "$store" --passphrase-file "$folder/passphrase" init >"$folder/recovery-key" 2>/dev/null
  start=$(date +%s)
  "$cli" --store "$store" --passphrase-file "$folder/passphrase" --today 2026-11-18 \
    sample --size "$size" --seed 1
  seconds=$(($(date +%s) - start))
  echo "$seconds" >"$folder/$size.seconds"
  echo "$stamp" >"$folder/$size.stamp"
  echo "$size: made in $seconds s, $(($(wc -c <"$store") / 1000000)) MB"
done
seconds=$(cat "$folder/county.seconds")
if [ "$seconds" -lt 180 ]; then verdict=reached; else verdict=MISSED; fi
echo "county: $seconds s, to reach under 180 s: $verdict"
