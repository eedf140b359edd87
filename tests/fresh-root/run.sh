#!/usr/bin/env bash
# Do the README's two commands work on a fresh Debian 12, with only what they install themselves?
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/fresh-root/run.sh [--only try|tests] [--with-cache] [--keep] [--folder DIR]

Installs a minimal Debian 12 into a temporary folder (debootstrap), copies the last commit of this checkout into it,
and runs there, one after the other, `deploy/try.sh --auto` and `tests/run.sh`. Says how long each took.

  --only NAME   only that command
  --with-cache  takes this machine's ccache along: says whether the commands work, not how long they take
  --keep        leaves the folder (about 6 GB) to look around in
  --folder DIR  where to put it, and leaves it (default: a new one in ${TMPDIR:-/tmp})

Needs root, debootstrap, a network, and an hour and a quarter. The mirror and npm's settings are those of this machine.
TEXT
}

only=all keep=no cache=no folder=
while (($#)); do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --only) only=${2:?--only needs try or tests}; shift ;;
    --with-cache) cache=yes ;;
    --keep) keep=yes ;;
    --folder) folder=${2:?--folder needs a folder} keep=yes; shift ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
die() {
  printf 'fresh-root: %s\n' "$@" >&2
  exit 1
}
((EUID == 0)) || die "needs root, for debootstrap and chroot."
command -v debootstrap >/dev/null || die "debootstrap is not installed. Run apt-get install debootstrap"

checkout=$(cd "$(dirname "$0")/../.." && pwd)
[[ -n $folder ]] || folder=$(mktemp -d "${TMPDIR:-/tmp}/wardcast-fresh.XXXXXX")
root=$folder/root
mkdir -p "$root"

mounted=()
# shellcheck disable=SC2317  # called by the trap
clean_up() {
  local code=$? i
  trap - EXIT INT TERM
  for ((i = ${#mounted[@]} - 1; i >= 0; i--)); do umount -R -l "${mounted[i]}" || keep=yes; done
  # Never through a mount that is still there.
  if [[ $keep == no ]]; then rm -rf --one-file-system "$folder"; else echo "Left in $folder"; fi
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

echo "Debian 12 into $root …"
start=$SECONDS
mirror=$(sed -nE 's/^(URIs:|deb( \[[^]]*\])?) *(https?:[^ ]+).*/\3/p' \
  /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null | head -n 1) || true  # not every machine has all of these files
[[ -n $mirror ]] || die "no mirror found in /etc/apt."
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >"$folder/debootstrap.log" 2>&1 ||
  die "debootstrap failed: $(tail -n 3 "$folder/debootstrap.log")"
echo "  $((SECONDS - start)) s"

# The network's own settings: where packages come from, and which certificates its gateway uses.
rm -f "$root/etc/apt/sources.list"
for path in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/apt.conf.d /etc/resolv.conf \
  /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates; do
  [[ ! -e $path ]] || cp -rL --no-preserve=ownership "$path" "$root$(dirname "$path")/"
done
rm -f "$root"/etc/apt/apt.conf.d/{20packagekit,50appstream,*docker*}
settings=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb)
if command -v npm >/dev/null; then
  settings+=("npm_config_registry=$(npm config get registry 2>/dev/null)")
fi
[[ -z ${NODE_EXTRA_CA_CERTS:-} ]] || settings+=(NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt)

for place in proc sys dev; do
  mount --rbind "/$place" "$root/$place"
  mount --make-rslave "$root/$place"
  mounted+=("$root/$place")
done

inside=/home/visitor/wardcast
if [[ $cache == yes ]]; then
  mkdir "$root/ccache"
  mount --bind "$(ccache --get-config cache_dir)" "$root/ccache"
  mounted+=("$root/ccache")
  settings+=(CCACHE_DIR=/ccache "CCACHE_BASEDIR=$inside" CCACHE_NOHASHDIR=1)
fi
mkdir -p "$root/home/visitor"
git clone -q "$checkout" "$root$inside"

failed=0
# run NAME COMMAND...: in the fresh root, in the clean checkout.
run() {
  local name=$1 code=0
  shift
  echo
  echo "== $* in the fresh root"
  start=$SECONDS
  chroot "$root" /usr/bin/env -i "${settings[@]}" sh -c "cd $inside && exec \"\$@\"" sh "$@" 2>&1 </dev/null |
    tee "$folder/$name.log" | sed 's/^/  /' || code=$?
  times+=("$(printf '%-24s %2d min %02d s, exit code %d' "$*" $(((SECONDS - start) / 60)) $(((SECONDS - start) % 60)) "$code")")
  ((code == 0)) || failed=1
}
times=()
[[ $only == tests ]] || run try deploy/try.sh --auto
[[ $only == try ]] || run tests tests/run.sh
echo
echo "In a fresh Debian 12, $(nproc) cores:"
printf '  %s\n' "${times[@]}"
exit "$failed"
