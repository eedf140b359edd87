# shellcheck shell=bash
# Six steps from "we have a problem" to the all clear. The visitor does each in the browser; with --auto, or after
# Enter, the command line does it.
set -euo pipefail

# step NUMBER TITLE TEXT DONE DO: tells, then waits until DONE is true while it shows what the wards do.
step() {
  local number=$1 title=$2 text=$3 is_done=$4 do_it=$5
  printf '\n%s%s of 6  %s%s\n' "$bold" "$number" "$title" "$normal"
  fold -s -w 96 <<<"$text" | sed 's/^/  /'
  if [[ $auto == yes ]]; then
    "$do_it"
  else
    printf '  %s(Enter: let the command line do it)%s\n' "$dim" "$normal"
  fi
  local waited=0
  until "$is_done"; do
    look
    check_alive
    if [[ $auto == yes ]]; then
      ((waited++ < 90)) || give_up "$first" "Step $number was not done within 90 s."
      sleep 1
    elif read -r -t 1; then
      "$do_it" || true
    fi
  done
  look
  printf '  %s✓ done%s\n' "$bold" "$normal"
}

check_alive() {
  local pid
  for pid in "${running[@]}"; do
    kill -0 "$pid" 2>/dev/null || [[ ${name_of[$pid]} == agent-* ]] ||
      give_up "${name_of[$pid]}" "${name_of[$pid]} has ended."
  done
}

# let_it_ring SECONDS [WARDS]: shows how wards receive and answer, until at most so many are left, or the time is up.
let_it_ring() {
  local end=$((SECONDS + $1)) left=${2:-0}
  while ((SECONDS < end)) && (($(jq '.wards - .wardsAcknowledged' <<<"$progress") > left)); do
    sleep 1
    look
  done
}

posted() {
  local found
  found=$(wardcast list --output json 2>/dev/null | jq -er '.alerts[0].id') && alert=$found
}
post() {
  wardcast publish --kind outage --severity severe --phase looking-into-it --service lab-results --next-update +30m \
    --headline 'Lab results are not reaching the EHR: IT is looking into it' \
    --impact 'New lab results may be missing from the chart.' | indent
}

my_ward_answered() { look; [[ $(ward_state "$visitors_ward") == ACKNOWLEDGED ]]; }
answer_for_my_ward() {
  [[ $auto == no ]] || let_it_ring 8
  wardcast ack "$alert" --ward "$visitors_ward" --response procedure-started --initials MK --role 'charge nurse' | indent
}

field() { alert_json | jq -er "$1"; }
told_what_to_do() { [[ $(field .phase) == CONFIRMED || $(field .revision) -ge 2 ]]; }
tell_what_to_do() {
  wardcast update "$alert" --phase confirmed --headline 'Lab results are not reaching the EHR' --until +2h \
    --do 'Call the lab for critical values: 555-0147' --do 'Write down times: orders and draws go on paper' \
    --do-not 'Do not send a specimen twice because its result is missing' \
    --still-works 'Documentation, imaging and medication orders' --reason 'Interface engine' --ticket INC-4711 | indent
}

# Somebody outside a ward answered for it after speaking to it.
nobody_left=no
supervisor_called() {
  look
  [[ $nobody_left == no ]] || return 0
  jq -e --arg mine "$visitors_ward" '.round as $round | any(.byWard[] | select(.wardId != $mine) | .answers[];
    .round == $round and .fromOutside)' <<<"$progress" >/dev/null
}
call_the_ward() {
  [[ $auto == no ]] || let_it_ring 45 4
  local ward name phone
  IFS=$'\t' read -r ward name phone < <(silent_ward) || {
    echo "    every ward has answered: nobody is left to call"
    nobody_left=yes
    return 0
  }
  echo "    calling $name, $phone …"
  wardcast ack "$alert" --ward "$ward" --response procedure-started --initials JR --role 'charge nurse' \
    --note 'Spoke on the phone' | indent
}

restored() { [[ $(field .phase) == RESTORED_VERIFYING || $(field .state) == CLOSED ]]; }
restore() { wardcast end "$alert" --restored | indent; }

cleared() { [[ $(field .state) == CLOSED ]]; }
clear_it() { wardcast end "$alert" --back-entry 'Enter what was written on paper by the end of the shift' | indent; }

tell_story() {
  step 1 "You are the service desk (link 1)." \
    "The phone rings: lab results are missing. You know nothing more yet, and 31 wards should not have to call. Press \"Looking into it\", choose Orders and results (lab), and send it." \
    posted post
  step 2 "You are a nurse on 4 West (link 2)." \
    "It has rung on your PC, as on all others. Press \"Acknowledge for 4 West\" and say that you have started the downtime procedure. Below, the other wards do the same." \
    my_ward_answered answer_for_my_ward
  step 3 "You are the service desk again (link 1)." \
    "Now you know more. Update the notice: confirmed, what to do, what not to do, until when. It changes on every screen and asks once more, because there is something new to do." \
    told_what_to_do tell_what_to_do
  step 4 "You are the house supervisor (link 3)." \
    "The call list shows who has not answered and who needs help. Call the ward on top, and note that you spoke to them." \
    supervisor_called call_the_ward
  step 5 "You are the service desk (link 1)." \
    "The interface runs again. Press \"Restored, verifying\": the wards stay on paper until you are sure." \
    restored restore
  step 6 "All clear." \
    "Press \"All clear\". Every window closes, and the wall board (link 4) says since when all is well." \
    cleared clear_it
}
