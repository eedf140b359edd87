# shellcheck shell=bash
# Programs that the demonstration runs: started in the background with a log each, stopped in reverse order.
set -euo pipefail

running=()   # process ids, in the order of starting
declare -A name_of=()

# start NAME COMMAND...: in the background; its output goes to $work/NAME.log. Sets $started to its process id.
start() {
  local name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 </dev/null &
  started=$!
  running+=("$started")
  name_of[$started]=$name
}

# until_true SECONDS COMMAND...: calls it ten times a second. Fails when the time is up, or when the program that was
# started last has ended.
until_true() {
  local rounds=$(($1 * 10))
  shift
  while ((rounds-- > 0)); do
    "$@" >/dev/null 2>&1 && return 0
    kill -0 "$started" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# give_up NAME MESSAGE: says what went wrong, with the end of the log of NAME.
give_up() {
  printf 'try: %s\n' "$2" >&2
  [[ ! -s $work/$1.log ]] || tail -n 8 "$work/$1.log" | indent >&2
  exit 1
}

indent() { sed 's/^/    /'; }

# Asks all to stop, the last started first, and waits for each at most 15 s.
stop_all() {
  local i pid patience
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    pid=${running[i]}
    kill -TERM "$pid" 2>/dev/null || continue
    patience=150
    while kill -0 "$pid" 2>/dev/null && ((patience-- > 0)); do sleep 0.1; done
    if kill -0 "$pid" 2>/dev/null; then
      echo "try: ${name_of[$pid]} did not stop in 15 s; ending it" >&2
      kill -KILL "$pid" 2>/dev/null || true
    fi
    wait "$pid" 2>/dev/null || true
  done
  running=()
}
