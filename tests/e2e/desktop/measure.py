#!/usr/bin/python3
"""Measures the presenter: measure.py DESKTOP_PLAYER [ROUNDS]. Prints memory at rest and with windows, and the time from
handing a Screen over until it was painted, for a first showing and for updates in place."""

import os
import statistics
import subprocess
import sys

import notices
from ward_pc import WardPc, poll, still


def memory(pid):
    """(resident, proportional) in MB."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        fields = {line.split(":")[0]: line.split() for line in file}
    return int(fields["Rss"][1]) / 1024, int(fields["Pss"][1]) / 1024


def spread(times):
    times = sorted(times)
    return (f"min {times[0]}, median {statistics.median(times):.0f}, max {times[-1]} ms "
            f"of {len(times)}")


def main(player, rounds):
    with WardPc(player) as pc:
        pc.start_chart()
        ready, first, again = [], [], []
        for run in range(rounds + 1):
            pc.start_presenter()
            start = pc.wait_for("ready")["ms"]
            still(lambda: True, 0.5)
            idle = memory(pc.player.pid)
            pc.show(notices.outage())
            painted = pc.wait_for("displayed", alert_id="lab-1", round=1)["ms"]
            if run > 0:  # the first run warms the font cache
                ready.append(start)
                first.append(painted)
                for number in range(2, 5):
                    pc.show()
                    poll("no window", lambda: not pc.notice_windows())
                    pc.show(notices.outage(round=number))
                    again.append(pc.wait_for("displayed", round=number)["ms"])
            pc.show(notices.outage(round=9), notices.scripts(alert_id="s", presentation="ticker"))
            pc.wait_for("displayed", alert_id="s")
            still(lambda: True, 0.5)
            shown = memory(pc.player.pid)
            pc.stop_presenter()
    print("load average", os.getloadavg()[0])
    print("start to ready:            ", spread(ready))
    print("first notice to painted:   ", spread(first))
    print("later notices to painted:  ", spread(again))
    print("memory at rest:             %.0f MB resident, %.0f MB proportional" % idle)
    print("with dialog and strip:      %.0f MB resident, %.0f MB proportional" % shown)


if __name__ == "__main__":
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        sys.exit(subprocess.call(["dbus-run-session", "--", sys.executable] + sys.argv))
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5)
