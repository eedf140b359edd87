#!/usr/bin/env python3
"""Who may include whom: docs/architecture.md, "Rooms". Downwards only, never sideways or up."""

import os

import tree

# Each room may include itself and what is listed; `wardcast/` is the generated contract.
PURE = {"base"}
FACTS = PURE | {"server/alert", "server/directory"}
SEAMS = FACTS | {"server/store", "server/bus"}
WORK = SEAMS | {"server/feed", "server/journal", "server/access", "server/escalation"}
API = WORK | {"server/api"}
MAY_INCLUDE = {
    "base": set(),
    "server/alert": PURE | {"server/directory"},
    "server/directory": PURE,
    "server/store": FACTS,
    "server/bus": FACTS | {"server/store"},
    "server/feed": SEAMS,
    "server/journal": SEAMS,
    "server/access": SEAMS,
    "server/escalation": SEAMS | {"server/feed"},  # what is open stands in the hub
    "server/api": WORK,
    "server/grpc": API,
    "server/http": API,
    "server/broker": API | {"server/grpc", "server/http"},
    "server": API | {"server/grpc", "server/http", "server/broker"},
    "agent/core": PURE,
    "agent/disk": PURE | {"agent/core"},
    "agent/link": PURE | {"agent/core", "agent/disk"},
    "agent/enrolment": PURE | {"agent/core", "agent/disk", "agent/link"},
    "agent/station": PURE | {"agent/core", "agent/disk", "agent/link"},
    "agent/desktop": PURE | {"agent/core", "agent/disk", "agent/link"},
    "agent/cli": PURE | {"agent/core", "agent/disk", "agent/link"},
    "agent/light": PURE | {"agent/core", "agent/disk", "agent/link"},
    "agent": PURE | {"agent/core", "agent/disk", "agent/link", "agent/enrolment", "agent/station", "agent/desktop"},
}
ROOTS = ("base/", "server/", "agent/", "tests/")


def room_of(path):
    """The room that a file belongs to: folders within a room are part of it."""
    folder = os.path.dirname(path)
    while folder and folder not in MAY_INCLUDE and os.path.dirname(folder) not in ("", "server", "agent"):
        folder = os.path.dirname(folder)
    return folder



check = tree.Check(__doc__)
for name in check.files(ROOTS, tree.CPP):
    text = check.text(name)
    room = room_of(name)
    if name.endswith(".h") and "#pragma once" not in text:
        check.report(name, 1, "a header without `#pragma once`", "Add it below the first comment")
    if room not in MAY_INCLUDE and not name.startswith("tests/"):
        check.report(name, 1, f"the room {room} has no rule",
                     "Add it to MAY_INCLUDE in tests/lint/include_rules.py and to docs/architecture.md")
        continue
    for line, path in tree.includes(text):
        if path.startswith(("../", "./")):
            check.report(name, line, f"relative include {path}", "Write the path from the root of the checkout")
        target = room_of(path)
        if not path.startswith(ROOTS) or name.startswith("tests/") and path.startswith(ROOTS):
            continue
        if target.startswith("tests"):
            check.report(name, line, f"includes {path}", "What ships never includes tests/")
        elif target != room and target not in MAY_INCLUDE[room]:
            check.report(name, line, f"{room} must not include {target}",
                         "Turn the dependency round, or move the piece to the lower room")
check.finish()
