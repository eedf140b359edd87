#!/usr/bin/env bash
# Installs the system packages that Wardcast needs on Debian 12. Quick when nothing is missing.
# shellcheck disable=SC2034  # the lists below are read by the name of a set
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: deploy/install-packages.sh [--list | --check] [SET...]

Installs the Debian 12 packages of the named sets (default: all) that are not installed yet.

  build    compilers, libraries, Node.js: what `deploy/build.sh` needs
  run      what `deploy/try.sh` needs besides the built programs
  cluster  Redis and PostgreSQL: several brokers together, `deploy/try.sh --redis`
  test     what `tests/run.sh` needs besides: clang 19, Chromium, a virtual screen, …

  --list   prints the package names of the sets and changes nothing
  --check  says what is missing, changes nothing; exit code 1 if something is

Needs root or sudo. Services (redis-server, postgresql, slapd) are neither started nor enabled.
TEXT
}

build=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates
  libgrpc++-dev libprotobuf-dev protobuf-compiler protobuf-compiler-grpc
  libhiredis-dev libwebsockets-dev libsoci-dev libboost-dev libsqlite3-dev libpq-dev
  libspdlog-dev libfmt-dev libssl-dev libcli11-dev libtomlplusplus-dev nlohmann-json3-dev
  libsodium-dev libldap-dev prometheus-cpp-dev libhowardhinnant-date-dev
  libwxgtk3.2-dev libgtk-3-dev libx11-dev
  libgtest-dev libgmock-dev
)
run=(tzdata curl jq procps xdg-utils fonts-dejavu-core fonts-noto-core fonts-noto-cjk)
cluster=(redis-server postgresql)
test=(
  redis-server postgresql slapd ldap-utils sqlite3 faketime openssl
  clang-19 clang-tidy-19 clang-format-19 shellcheck python3
  chromium xvfb openbox x11-utils x11-xserver-utils xdotool imagemagick
  dbus dbus-x11 at-spi2-core python3-pyatspi gir1.2-atspi-2.0 xterm
)

die() {
  printf 'install-packages: %s\n' "$@" >&2
  exit 1
}

action=install
sets=()
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --list) action=list ;;
    --check) action=check ;;
    build | run | cluster | test) sets+=("$argument") ;;
    *) usage >&2; die "unknown argument '$argument'" ;;
  esac
done
((${#sets[@]})) || sets=(build run cluster test)

packages=()
for set in "${sets[@]}"; do
  declare -n members=$set
  packages+=("${members[@]}")
  # Debian's nodejs (18) starts npm; the build itself uses the newer one that npm brings into web/node_modules.
  if [[ $set == build ]] && ! { command -v node && command -v npm; } >/dev/null 2>&1; then
    packages+=(nodejs npm)
  fi
done
mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)

if [[ $action == list ]]; then
  printf '%s\n' "${packages[@]}"
  exit 0
fi

by_hand="On another system install what corresponds to: deploy/install-packages.sh --list"
command -v dpkg-query >/dev/null || die "this is not Debian: there is no dpkg-query." "$by_hand"
missing_packages() {
  comm -23 <(printf '%s\n' "${packages[@]}") <(
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null |
      sed -n 's/^installed //p' | sort -u)
}
mapfile -t missing < <(missing_packages)
if ((${#missing[@]} == 0)); then
  echo "Packages (${sets[*]}): all ${#packages[@]} installed."
  exit 0
fi
if [[ $action == check ]]; then
  echo "Packages (${sets[*]}): missing ${missing[*]}"
  exit 1
fi

# shellcheck disable=SC1091
release=$(. /etc/os-release && echo "${ID:-} ${VERSION_ID:-}")
[[ $release == "debian 12" ]] ||
  die "made for Debian 12, this is '$release'; the packages may have other names here." \
    "Missing: ${missing[*]}" "$by_hand"
as_root=()
if ((EUID != 0)); then
  command -v sudo >/dev/null ||
    die "needs root, and there is no sudo. As root run: $(realpath "$0") ${sets[*]}"
  as_root=(sudo)
fi

# Whoever tries this out has not asked for servers that start with the machine.
policy=/usr/sbin/policy-rc.d
made_policy=no
remove_policy() { [[ $made_policy == no ]] || "${as_root[@]}" rm -f "$policy"; }
trap remove_policy EXIT
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 0755 /dev/stdin "$policy"
  made_policy=yes
fi

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" </dev/null
}
update() {
  echo "Fetching package lists …"
  apt update >/dev/null || die "the package lists could not be fetched." \
    "Is there a network, and do /etc/apt/sources.list* name a mirror that answers? Then run this again."
}
log=$(mktemp)
install() {
  apt install --no-install-recommends "${missing[@]}" 2>&1 | tee "$log" |
    awk '/^Need to get/ { print "  " $0; fflush() }
         /^Setting up/ && ++n % 50 == 0 { print "  " n " packages set up …"; fflush() }'
}

echo "Packages (${sets[*]}): installing ${#missing[@]} and what they need: ${missing[*]}"
fresh=$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)
[[ -n $fresh ]] || update
if ! install; then
  # A list of yesterday may name versions that the mirror no longer has.
  update
  install || {
    tail -n 15 "$log" >&2
    die "apt-get failed; its whole output is in $log"
  }
fi
rm -f "$log"

mapfile -t still < <(missing_packages)
((${#still[@]} == 0)) || die "still missing after apt-get: ${still[*]}"
if [[ -d /run/systemd/system ]]; then
  for service in redis-server postgresql slapd; do
    if [[ " ${missing[*]} " == *" $service "* ]]; then
      "${as_root[@]}" systemctl disable --quiet "$service" || true
    fi
  done
fi
echo "Packages (${sets[*]}): done."
