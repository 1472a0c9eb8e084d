#!/usr/bin/env bash
# Follows what happens with curl alone: first everything since the last time, then live.
#
#   NETWERKREGIE=https://regie.voorbeeld.nl TOKEN=... ./volgen.sh gelezen-tot.txt
#
# The file holds the id of the last event that was handled; without it, it begins at the beginning.
set -euo pipefail
file=$1
touch "$file"

curl -sSN --fail-with-body -H "Authorization: Bearer $TOKEN" "$NETWERKREGIE/v1/gebeurtenissen/stroom?na=$(cat "$file" | grep . || echo 0)" |
  while IFS= read -r line; do
    case "$line" in
      'id: '*) id=${line#id: } ;;
      'data: '*)
        echo "${line#data: }"
        # Only now: who falls over in between gets the event once more.
        echo "$id" >"$file"
        ;;
    esac
  done
