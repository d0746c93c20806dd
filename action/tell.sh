#!/usr/bin/env bash
# Hands the summary to the pull request or to a new issue, as COMMENT and ISSUE ask. Only called where something is new.
set -euo pipefail

# GitHub takes 65,536 characters.
body=$(mktemp)
trap 'rm -f "$body"' EXIT
head -c 60000 "$SUMMARY" >"$body"
[ "$(wc -c <"$SUMMARY")" -le 60000 ] || printf '\n\nCut here: the whole summary stands with the run.\n' >>"$body"

if [ "$COMMENT" = true ] && [ -n "$PULL_REQUEST" ]; then
  gh pr comment "$PULL_REQUEST" --repo "$REPOSITORY" --body-file "$body"
fi
if [ "$ISSUE" = true ]; then
  gh issue create --repo "$REPOSITORY" --title "New endpoints, keys or telemetry in a tool we allow" --body-file "$body"
fi
