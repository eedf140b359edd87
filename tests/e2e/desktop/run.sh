#!/usr/bin/env bash
# Runs the presenter's real windows under Xvfb: run.sh DESKTOP_PLAYER. Exit code 77: cannot run here, with the reason.
set -euo pipefail
cd "$(dirname "$0")"
player=$(realpath "${1:?usage: run.sh DESKTOP_PLAYER}")

for program in Xvfb openbox xterm xdotool import xprop dbus-run-session /usr/bin/python3; do
  command -v "$program" >/dev/null || {
    echo "skipped: $program is missing; deploy/install-packages.sh test installs it"
    exit 77
  }
done
/usr/bin/python3 -c 'import pyatspi' 2>/dev/null || {
  echo "skipped: python3-pyatspi is missing; deploy/install-packages.sh test installs it"
  exit 77
}
# A bus of its own, so that accessibility finds this presenter and no other.
exec env -u DISPLAY -u WAYLAND_DISPLAY PYTHONDONTWRITEBYTECODE=1 \
  dbus-run-session -- /usr/bin/python3 desktop_test.py "$player"
