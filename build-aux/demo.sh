#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# demo.sh BUILD-FOLDER
#
# Does Waymark's main job without a window, through waymark-cli, and leaves what
# comes of it in demo/: a school's file comes in, a target is set and measured, a
# visit is written and signed, its PDF and XML leave, and the SENCO's own store
# takes the XML in. Every person in it is made up. Stops at the first thing that
# is not as it should be.
set -eu

root=$(cd -- "$(dirname -- "$0")/.." && pwd)
build=$(cd -- "$1" && pwd)
cli=$build/src/cli/waymark-cli
demo=$root/demo
today=2026-11-20

fail () {
  echo "demo.sh: $1" >&2
  exit 1
}

# on STORE COMMAND...: what the command line has to say besides goes to notes.txt,
# and in full to the terminal if it fails.
on () {
  name=$1
  shift
  if ! "$cli" --store "$name.waymark" --passphrase-file "$name-passphrase.txt" --today "$today" \
    "$@" 2>said.txt; then
    cat said.txt >&2
    fail "waymark-cli $1 ${2:-} failed on the $name's store"
  fi
  cat said.txt >>notes.txt
  rm said.txt
}

# The id of the row in which a word stands; ids are the first column.
find_id () {
  id=$(on "$1" list "$2" --format csv | grep -- "$3" | head -n 1 | cut -d , -f 1)
  [ -n "$id" ] || fail "the $1's store has nothing about $3"
  echo "$id"
}

step () {
  echo "  $1"
}

# Only what an earlier run made is ever removed.
if [ -e "$demo" ]; then
  [ -f "$demo/made-up.txt" ] || fail "demo/ is there already and was not made by this script"
  rm -rf "$demo"
fi
mkdir -p "$demo"
cd "$demo"
echo "Everything here is made up; build-aux/run.sh makes it anew at every run." >made-up.txt
umask 077
echo "made-up teacher passphrase" >teacher-passphrase.txt
echo "made-up senco passphrase" >senco-passphrase.txt
echo "made-up sample passphrase" >sample-passphrase.txt

echo "The main job, for a made-up school, in demo/:"

on teacher init --me "Sana Iqbal" --role specialist-teacher >teacher-recovery-key.txt
step "an encrypted store for the teacher, with its recovery key"

on teacher preferences service-name "Estuary Specialist Teaching Service"
on teacher preferences privacy-line "How this record is kept and who may see it: our privacy notice, \
www.estuary-teaching.example/privacy"
on teacher preferences logo "$root/data/sample/logo.png"
on teacher preferences >preferences.txt
step "the name, logo and privacy line of the made-up service, for the printed record"

on teacher import "$root/data/sample/school-ctf.xml" --dry-run >import-preview.txt
on teacher import "$root/data/sample/school-ctf.xml" >import.txt
[ "$(on teacher list children --format csv | tail -n +2 | wc -l)" -eq 4 ] ||
  fail "the school's file has four children, and the store has not"
step "the school's file (CTF), first as a preview, then taken in: 4 children"

child=$(find_id teacher children ,Okafor,)
setting=$(find_id teacher settings "Swale Park")
on teacher add agreement --child "$child" --given-by "Mrs Okafor, mother" --given-on 2026-09-04 \
  --scope "Visits, and sharing the records with the school" --method "Form, signed" >/dev/null
step "the agreement to engage of Amara Okafor's mother"

target=$(on teacher add target --child "$child" \
  --statement 'By 18 December, Amara will answer a “where” question in class with a phrase of three or more words in 4 of 5 chances, without a prompt.' \
  --outcome learning --area ci --measure count --unit "of 5" --direction up --scale-min 0 \
  --scale-max 5 --baseline 1 --baseline-date 2026-09-07 --criterion 4 --start 2026-09-07 \
  --due 2026-12-18 --strategy "Ten seconds’ thinking time; word mat" --who "Mrs Hale" \
  --how-often "Weekly, in guided reading")
step "a target"

while read -r date value note; do
  on teacher add measurement --target "$target" --date "$date" --value "$value" ${note:+--note "$note"} \
    >/dev/null
done <<'VALUES'
2026-09-11 1
2026-09-18 2
2026-09-25 1
2026-10-02 2
2026-10-09 2
2026-10-16 3
2026-11-06 3 First week in the new seat
2026-11-13 3
2026-11-20 4 Seen during the visit
VALUES
on teacher add phase --target "$target" --date 2026-11-02 --label "New seat" >/dev/null
on teacher show target "$target" >target.txt
step "nine weekly measurements and a change of seat, with what they say: target.txt"

on teacher chart "$target" --output progress-chart.png
on teacher chart "$target" --output progress-chart.svg
step "the progress chart: progress-chart.png, progress-chart.svg"

sed -e "s/@CHILD@/$child/g" -e "s/@SETTING@/$setting/g" -e "s/@TARGET@/$target/g" \
  "$root/data/sample/visit.json" >visit-draft.json
visit=$(on teacher add visit --file visit-draft.json)
fingerprint=$(on teacher sign visit "$visit" | tail -n 1)
[ -n "$fingerprint" ] || fail "the signed visit has no fingerprint"
step "a visit, written and signed: fingerprint $fingerprint"

for kind in pdf xml; do
  on teacher export visit "$visit" --output "record-of-visit.$kind" --to "Swale Park Primary School" \
    --purpose support
done
[ "$(head -c 5 record-of-visit.pdf)" = "%PDF-" ] || fail "record-of-visit.pdf is no PDF"
step "the Record of Visit for the school: record-of-visit.pdf, record-of-visit.xml"

on senco init --me "Ruth Adeyemi" --role senco >senco-recovery-key.txt
on senco import record-of-visit.xml >senco-import.txt
copy=$(on senco list visits --format csv | sed -n 2p | cut -d , -f 1)
on senco export visit "$copy" --output senco-record-of-visit.xml --to "Own file" \
  --purpose support
without_time () {
  sed 's|<exported>[^<]*</exported>||' "$1"
}
without_time record-of-visit.xml >teacher.txt
without_time senco-record-of-visit.xml >senco.txt
cmp -s teacher.txt senco.txt || fail "the SENCO's copy is not the teacher's record"
rm teacher.txt senco.txt
grep -q "$fingerprint" senco-record-of-visit.xml ||
  fail "the SENCO's copy has another fingerprint"
step "the SENCO's own store, which took the XML in: the same record, the same fingerprint"

on sample init --me "Sana Iqbal" --role specialist-teacher >sample-recovery-key.txt
on sample sample --size small >/dev/null
step "a made-up caseload of six children: sample.waymark"

if [ -x "$build/src/app/waymark" ]; then
  pictured=$(on sample list children --format csv | sed -n 2p | cut -d , -f 1)
  GSETTINGS_SCHEMA_DIR=$build/data XDG_DATA_DIRS=$root/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share} \
    sh "$root/tests/with-display" sh "$root/build-aux/screenshot.sh" "$demo/window.png" \
    "$build/src/app/waymark" "$demo/sample.waymark" \
    --passphrase-file "$demo/sample-passphrase.txt" --child "$pictured" >window-notes.txt 2>&1 ||
    { cat window-notes.txt >&2; fail "the window could not be shown"; }
  rm window-notes.txt
  step "a picture of the window on that caseload, a child's page: window.png"
else
  fail "the window was not built: $build/src/app/waymark is not there"
fi

names='Okafor|Amara|Iqbal|question'
for store in teacher.waymark senco.waymark; do
  if [ -e "$store-wal" ] || [ -e "$store-shm" ]; then
    fail "$store left a file beside it"
  fi
  if grep -a -q -E "$names" "$store"; then
    fail "a name can be read in $store"
  fi
done
step "and no name can be read in the stores themselves"
