# shellcheck shell=bash
# The demo hospital: brokers on free loopback ports, its directory imported, a light endpoint on every PC.
set -euo pipefail

# A broker's address as it wrote it: address BROKER grpc|http.
address() { jq -er ".$2" "$work/$1/listening.json"; }

ready() { curl -fsS --max-time 2 "http://$(address "$1" http)/readyz"; }

# start_broker NAME [OPTION...]
start_broker() {
  local name=$1
  shift
  start "$name" "$bin/wardcastd" --data-dir "$work/$name" --insecure-loopback --grpc-listen 127.0.0.1:0 \
    --http-listen 127.0.0.1:0 --web-dir "$root/web/dist" "$@"
  until_true 30 ready "$name" || give_up "$name" "The broker does not start."
  echo "  $name: http://localhost:$(port_of "$name"), gRPC on $(address "$name" grpc)"
}

port_of() { jq -er '.http | split(":") | last' "$work/$1/listening.json"; }

start_brokers() {
  if [[ $redis == no ]]; then
    echo "Starting a broker on its embedded store …"
    start_broker broker
    brokers=(broker)
  else
    echo "Starting Redis, PostgreSQL and two brokers …"
    start_redis
    start_postgresql
    cluster_config broker-1
    start_broker broker-1 --config "$work/broker-1.toml"
    # The same signing key and token: for agents and people the two are one.
    mkdir -m 700 "$work/broker-2"
    cp -p "$work/broker-1/"{signing.key,signing.pub,admin.token} "$work/broker-2/"
    cluster_config broker-2
    start_broker broker-2 --config "$work/broker-2.toml"
    brokers=(broker-1 broker-2)
  fi
  first=${brokers[0]}
  last=${brokers[-1]}
  WARDCAST_BROKER=$(address "$first" grpc)
  WARDCAST_TOKEN=$(<"$work/$first/admin.token")
  export WARDCAST_BROKER WARDCAST_TOKEN
}

wardcast() { WARDCAST_INSECURE_LOOPBACK=1 "$bin/wardcast" "$@"; }

import_hospital() {
  echo "Importing River Valley Health: 2 sites, 31 wards, 412 workstations …"
  wardcast import "$root/deploy/demo" >"$work/import.log" 2>&1 || give_up import "The import was refused."
}

# The wards behave as deploy/demo/behaviour.csv says, but 4 West is the visitor's: its PCs show and wait.
start_endpoints() {
  local broker
  local behaviour=$work/behaviour.csv addresses=()
  for broker in "${brokers[@]}"; do addresses+=("$(address "$broker" grpc)"); done
  awk -F, -v OFS=, -v mine="$visitors_ward" '
    NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i }
    NR > 1 && $column["ward"] == mine { $column["seen_after_s"] = $column["answer_after_s"] = $column["response"] = $column["help"] = "" }
    { print }' "$root/deploy/demo/behaviour.csv" >"$behaviour"
  echo "Switching on the PCs of all wards …"
  start endpoints "$bin/wardcast-endpoints" --broker "$(IFS=,; echo "${addresses[*]}")" \
    --endpoints "$root/deploy/demo/endpoints.csv" --behaviour "$behaviour" --except "$(IFS=,; echo "${visitors_pcs[*]}")"
}

# Waits until no more PCs come; those that are switched off never do.
await_endpoints() {
  local before=-1 connected total
  for _ in {1..20}; do
    read -r connected total < <(wardcast publish --everyone --kind information --headline x --dry-run --output json |
      jq -r '.reach | "\(.connected) \(.endpoints)"')
    ((connected == 0 || connected != before)) || break
    before=$connected
    sleep 1
  done
  echo "  $connected of $total PCs are on and connected"
}

# Real agents with windows, where there is a screen to show them on.
start_windows() {
  [[ -n ${DISPLAY:-} ]] || return 0
  local pc
  for pc in "${window_pcs[@]}"; do
    start "agent-$pc" "$bin/wardcast-agent" --broker "$(address "$last" grpc)" --endpoint "$pc" \
      --data-dir "$work/agent-$pc" --signing-key "$work/$first/signing.pub"
  done
  echo "  a real agent for ${window_pcs[*]}: its windows open on this screen"
}

links() {
  local site other
  site=http://localhost:$(port_of "$first")
  other=http://localhost:$(port_of "$last")
  urls=(
    "$site/#token=$WARDCAST_TOKEN"
    "$other/receiver.html#endpoint=$receiver_pc"
    "$site/#token=$WARDCAST_TOKEN&go=/calls"
    "$other/wall.html#endpoint=$board"
  )
  echo
  echo "Open these in a browser:"
  printf '  %-20s %s\n' "1 Service desk" "${urls[0]}" "2 4 West's PC" "${urls[1]}" \
    "3 House supervisor" "${urls[2]}" "4 The wall board" "${urls[3]}"
  if [[ $open == yes && -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] && command -v xdg-open >/dev/null && ((EUID != 0)); then
    local url
    for url in "${urls[@]}"; do xdg-open "$url" >/dev/null 2>&1 </dev/null || true; done
  fi
}
