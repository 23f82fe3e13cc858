#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check.sh SOURCE-FOLDER CHECK [FILE]
#
# One check of what is not C, by the tool that knows it. Where that tool is not
# installed the check says so and counts as left out (77).
set -eu

file=${3:+$(realpath -- "$3")}
cd -- "$1"

need () {
  if ! command -v "$1" >/dev/null; then
    echo "Left out: $1 is not installed."
    exit 77
  fi
}

# Version 14 is what keeps the layout; others lay the same code out otherwise.
find_clang_format () {
  for tool in clang-format-14 clang-format; do
    if command -v "$tool" >/dev/null && "$tool" --version | grep -q 'version 14\.'; then
      echo "$tool"
      return
    fi
  done
}

case $2 in
  format)
    tool=$(find_clang_format)
    if [ -z "$tool" ]; then
      echo "Left out: clang-format 14 is not installed, and no other version lays code out alike."
      exit 77
    fi
    find src tests -path tests/lint/bad -prune -o -name '*.[ch]' -print0 |
      xargs -0 "$tool" --dry-run -Werror
    ;;
  desktop)
    need desktop-file-validate
    desktop-file-validate "$file"
    ;;
  metainfo)
    need appstreamcli
    # Newer versions want a home page, and can be told that there is none yet; older
    # ones do not know the option's word, and do not mind.
    appstreamcli validate --no-net "$file" ||
      appstreamcli validate --no-net --override=url-homepage-missing=info "$file"
    ;;
  settings)
    need glib-compile-schemas
    glib-compile-schemas --strict --dry-run data
    ;;
  file-type)
    need xmllint
    need update-mime-database
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    mkdir "$folder/packages"
    cp data/org.waymark.Waymark.mime.xml "$folder/packages/org.waymark.Waymark.xml"
    update-mime-database "$folder"
    grep -q '\*\.waymark' "$folder/globs2"
    ;;
  icons)
    need xmllint
    for icon in data/icons/hicolor/*/apps/*.svg; do
      xmllint --noout "$icon"
    done
    ;;
  translations)
    need msgfmt
    need xgettext
    # What xgettext wonders about is a text that a translator would wonder about.
    said=$(xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --keyword=_ --keyword=N_ \
      --keyword=C_:1c,2 --output=/dev/null 2>&1)
    if [ -n "$said" ]; then
      echo "$said"
      exit 1
    fi
    for language in $(grep -v '^#' po/LINGUAS || true); do
      msgfmt --check --output-file=/dev/null "po/$language.po"
    done
    ;;
  scripts)
    scripts='build-aux/setup.sh build-aux/run.sh build-aux/demo.sh build-aux/test.sh
             build-aux/screenshot.sh build-aux/freeze-migrations .ci/run tests/with-display
             tests/lint/check.sh'
    for script in $scripts; do
      sh -n "$script"
    done
    need shellcheck
    # The list is split into words on purpose.
    # shellcheck disable=SC2086
    shellcheck $scripts
    ;;
  *)
    echo "check.sh: there is no check \"$2\"" >&2
    exit 2
    ;;
esac
