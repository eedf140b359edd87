#!/usr/bin/python3
"""Takes pictures of every kind of window: take_pictures.py DESKTOP_PLAYER FOLDER [NAME…]. Run it under dbus-run-session."""

import os
import subprocess
import sys

import notices
from ward_pc import WardPc, poll, still

GUARD = 1.1  # seconds in which a window that has just changed takes no press


def shown(pc, notice):
    pc.wait_for("displayed", alert_id=notice["alert_id"])
    still(lambda: True, 0.5)


def press(pc, name):
    import accessible
    still(lambda: True, GUARD)
    accessible.press(pc, name)
    still(lambda: True, 0.6)


SCENES = {
    "dialog": lambda pc: pc.show(notices.outage()),
    "toast": lambda pc: pc.show(notices.cabinets()),
    "toast_notice": lambda pc: pc.show(notices.fax()),
    "ticker": lambda pc: pc.show(notices.outage(presentation="ticker")),
    "ticker_three": lambda pc: pc.show(notices.outage(seen=True), notices.cabinets(seen=True),
                                       notices.fax(seen=True)),
    "contact": lambda pc: pc.show(
        notices.outage(seen=True, unconfirmed="last confirmed 14:07, may have changed, call 5555"),
        contact={"connected": False, "since": "14:07",
                 "message": "No contact with the alert service since 14:07 — command centre 5555"}),
    "contact_only": lambda pc: pc.show(
        contact={"connected": False, "since": "14:07",
                 "message": "No contact with the alert service since 14:07 — command centre 5555"}),
    "all_clear": lambda pc: pc.show(notices.all_clear()),
    "recalled": lambda pc: pc.show(notices.recalled()),
    "recovering": lambda pc: pc.show(notices.outage(
        phase="recovering", ward_answer="4 West: procedure started, J.R., charge nurse, 14:09")),
    "long": lambda pc: pc.show(notices.long_text()),
    "scripts": lambda pc: pc.show(notices.scripts()),
    "three": lambda pc: pc.show(notices.outage(), notices.cabinets(), notices.fax()),
    "exercise": lambda pc: pc.show(notices.outage(exercise=True)),
    "danger": lambda pc: pc.show(notices.outage(severity="danger", kind="Security")),
    "caution": lambda pc: pc.show(notices.cabinets(presentation="dialog")),
    "sending": lambda pc: pc.show(notices.outage(sending=True)),
    "refused": lambda pc: pc.show(notices.outage(
        refused="the notice has ended", unconfirmed="last confirmed 14:07, may have changed, call 5555")),
    "changed": lambda pc: pc.show(notices.outage(
        version=2, what_changed="Changed 14:20: expected back about 16:00", expected_back="about 16:00",
        ward_answer="4 West: procedure started, J.R., charge nurse, 14:09")),
    "answers": lambda pc: (pc.show(notices.outage()), shown(pc, notices.outage()),
                           press(pc, "Acknowledge for 4 West…")),
    "help": lambda pc: (pc.show(notices.outage()), shown(pc, notices.outage()),
                        press(pc, "Need downtime help")),
    "more": lambda pc: (pc.show(notices.outage()), shown(pc, notices.outage()),
                        press(pc, "More about this notice")),
}


def main(player, folder, names):
    os.makedirs(folder, exist_ok=True)
    for name in names or SCENES:
        with WardPc(player) as pc:
            os.environ["DISPLAY"] = pc.env["DISPLAY"]
            pc.start_chart()
            pc.start_presenter()
            SCENES[name](pc)
            poll("a window", lambda: pc.windows("WARNING|NOTICE|CAUTION|ALL|RECALL|DANGER|Wardcast"))
            still(lambda: True, 0.7)
            pc.picture(os.path.join(folder, name + ".png"))
            pc.count("all")
            print(name, pc.events, flush=True)


if __name__ == "__main__":
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        sys.exit(subprocess.call(["dbus-run-session", "--", sys.executable] + sys.argv))
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
