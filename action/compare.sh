#!/usr/bin/env bash
# Compares what each package can send with what it could before. Reads EXTRACT, PACKAGES, SINCE, FAIL_ON; writes into RESULTS a
# summary in Markdown, a report of each side and a SARIF file for each package, and tells GITHUB_OUTPUT and GITHUB_STEP_SUMMARY.
set -euo pipefail

mkdir -p "$RESULTS/sarif"
summary=$RESULTS/summary.md
new=false met=false
printf '# What new versions can send\n' >"$summary"

# Exit code 3 is a report cut short by time: it says so itself. 1 is an answer (nothing found, a condition met).
extract() {
  local code=0
  "$EXTRACT" "$@" || code=$?
  [ "$code" -ne 2 ] || exit 2
  return "$code"
}

# NAME@VERSION -> NAME, also for @scope/name.
bare() {
  local tail=${1:1}
  printf '%s%s' "${1:0:1}" "${tail%@*}"
}

day_of() {
  if [[ $1 =~ ^[0-9]+d$ ]]; then date -u -d "${1%d} days ago" +%F; else printf '%s' "$1"; fi
}

while IFS= read -r line; do
  spec=$(tr -d '[:space:]' <<<"$line")
  [ -n "$spec" ] || continue
  before=() after=$spec
  if [[ $spec == *..* ]]; then
    before=("${spec%%..*}")
    after=$(bare "${spec%%..*}")@${spec##*..}
  elif [[ $SINCE =~ ^[0-9]+d$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]]; then
    before=("$(bare "$spec")" --before "$(day_of "$SINCE")")
  else
    before=("$(bare "$spec")@$SINCE")
  fi
  file=$(tr -c 'A-Za-z0-9.\n' '-' <<<"$after")
  old=$RESULTS/$file.before.json now=$RESULTS/$file.json
  extract "${before[@]}" --format json --quiet --output "$old" || true
  extract "$after" --format json --quiet --output "$now" || true
  printf '\n' >>"$summary"
  if [ "$(jq -r .package.version "$old")" = "$(jq -r .package.version "$now")" ]; then
    printf '## %s\n\nNo release since %s.\n' "$(jq -r .package.name "$now")" "$(jq -r .package.version "$now")" >>"$summary"
    continue
  fi
  extract diff "$old" "$now" --format markdown --quiet >>"$summary" || true
  extract diff "$old" "$now" --format sarif --quiet --output "$RESULTS/sarif/$file.sarif" || true
  news=$(extract diff "$old" "$now" --format json --quiet |
    jq '[.endpoints, .hosts, .credentials, .events] | map(.added | length) | add')
  [ "$news" -eq 0 ] || new=true
  [ -z "$FAIL_ON" ] || extract diff "$old" "$now" --quiet --fail-on "$FAIL_ON" >/dev/null || met=true
done <<<"$PACKAGES"

cat "$summary" >>"$GITHUB_STEP_SUMMARY"
{
  echo "new=$new"
  echo "met=$met"
  echo "summary=$summary"
  echo "sarif=$RESULTS/sarif"
} >>"$GITHUB_OUTPUT"
