# shellcheck shell=bash
# How wards receive and answer, live in the terminal: asked once a second, printed when it changed.
set -euo pipefail

alert=          # the story's alert, once it is known
progress='{}'   # its last progress
last_line=
declare -A told=()

# The newest open alert, or the story's own once it is closed.
alert_json() {
  if [[ -z $alert ]]; then
    wardcast list --output json | jq -ce '.alerts[0]'
  else
    wardcast show "$alert" --output json | jq -ce '.alert'
  fi
}

# look: reads the progress and prints what is new.
look() {
  [[ -n $alert ]] || return 0
  local fresh
  # A busy machine may let one question go unanswered; the next one comes in a second.
  fresh=$(wardcast progress "$alert" --output json 2>/dev/null | jq -ce .progress) || return 0
  progress=$fresh
  local line ward round state name what
  while IFS=$'\t' read -r ward round state name what; do
    [[ ${told[$ward/$round]:-} != "$state" ]] || continue
    told[$ward/$round]=$state
    case $state in
      ACKNOWLEDGED) printf '    %(%H:%M:%S)T  %-28s %s\n' -1 "$name" "$what" ;;
      HELP) printf '    %(%H:%M:%S)T  %-28s %sneeds downtime help: %s%s\n' -1 "$name" "$bold" "$what" "$normal" ;;
    esac
  done < <(jq -r '.round as $round | .byWard[] | select(.state == "ACKNOWLEDGED" or .state == "HELP")
    | (if .state == "HELP" then [.answers[] | select(.response == "NEED_HELP") | .help]
       else [.answers[] | select(.round == $round) | .response] end | last // "") as $what
    | [.wardId, $round, .state, .name, ($what | ascii_downcase | gsub("_"; " "))] | @tsv' <<<"$progress")
  line=$(jq -r '"\(.wardsAcknowledged) of \(.wards) wards answered · \(.displayed) of \(.endpoints) PCs displayed it · \(.endpoints - .displayed) PCs not reached"' <<<"$progress")
  [[ $line == "$last_line" ]] || printf '    %(%H:%M:%S)T  %s%s%s\n' -1 "$dim" "$line" "$normal"
  last_line=$line
}

ward_state() { jq -r --arg ward "$1" '.byWard[] | select(.wardId == $ward) | .state' <<<"$progress"; }

# A ward that got the notice and has not answered, worst first: "id<tab>name<tab>phone".
silent_ward() {
  jq -r --arg mine "$visitors_ward" 'first(.byWard[] | select(.wardId != $mine and .state != "ACKNOWLEDGED" and .state != "HELP")
    | [.wardId, .name, .phone]) | @tsv' <<<"$progress"
}
