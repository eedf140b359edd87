# shellcheck shell=bash
# A Redis and a PostgreSQL of the demonstration's own, on sockets in its folder: what two brokers share.
set -euo pipefail

start_redis() {
  start redis redis-server --port 0 --unixsocket "$work/redis.sock" --unixsocketperm 700 --save '' --appendonly no \
    --dir "$work" --daemonize no
  until_true 10 redis-cli -s "$work/redis.sock" ping || give_up redis "Redis does not start."
}

# PostgreSQL refuses to run as root: then it runs as the user that its package made.
as_postgres() {
  if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgresql() {
  local bin
  bin=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  [[ -n $bin ]] || give_up postgresql "PostgreSQL is not installed. Run deploy/install-packages.sh cluster"
  bin=${bin%/initdb}
  mkdir "$work/postgresql"
  if ((EUID == 0)); then
    chmod 711 "$work"
    chown postgres "$work/postgresql"
  fi
  (cd "$work/postgresql" && as_postgres "$bin/initdb" -D "$work/postgresql/data" -A trust -U wardcast -E UTF8 \
    --no-sync --locale=C.UTF-8) >"$work/postgresql.log" 2>&1 || give_up postgresql "PostgreSQL's initdb failed."
  cd "$work/postgresql"
  if ((EUID == 0)); then
    start postgresql runuser -u postgres -- "$bin/postgres" -D "$work/postgresql/data" -k "$work/postgresql" \
      -c listen_addresses=''
  else
    start postgresql "$bin/postgres" -D "$work/postgresql/data" -k "$work/postgresql" -c listen_addresses=''
  fi
  cd "$root"
  until_true 20 "$bin/psql" -h "$work/postgresql" -U wardcast -d postgres -c 'SELECT 1' ||
    give_up postgresql "PostgreSQL does not start."
  "$bin/createdb" -h "$work/postgresql" -U wardcast wardcast
}

# cluster_config BROKER: writes the few lines that make a broker one of several.
cluster_config() {
  cat >"$work/$1.toml" <<TOML
[store]
postgresql = "host=$work/postgresql user=wardcast dbname=wardcast"

[redis]
unix_socket = "$work/redis.sock"
TOML
}
