#!/usr/bin/env python3
"""Each library is known in one room; what talks to it elsewhere goes through that room."""

import re

import tree

# Header, the folders that may include it, what to use instead.
TESTS = "tests/"
GRPC = ("server/grpc/", "agent/link/", "agent/cli/", "agent/light/", TESTS)
RULES = [
    (r"hiredis/", ("server/bus/", TESTS), "Go through server/bus/bus.h"),
    (r"libwebsockets", ("server/http/",), "Go through server/http"),
    (r"soci/", ("server/store/", TESTS), "Go through server/store/store.h"),
    (r"libpq-fe\.h|postgresql/", ("server/store/", TESTS), "Go through server/store/store.h"),
    (r"sqlite3\.h", ("server/store/", "agent/disk/", TESTS), "Go through server/store/store.h or agent/disk"),
    (r"(open)?ldap\.h|lber\.h", ("server/access/ldap/",), "Go through server/access/people/people_directory.h"),
    (r"grpcpp/|grpc/|grpc\+\+/|wardcast/v1/.*\.grpc\.pb\.h", GRPC, "Only the front door and the link know gRPC"),
    # main() turns off gRPC's deadlock detection, which only absl can.
    (r"absl/synchronization/mutex\.h", ("server/main.cc",), "Use base/mutex.h"),
    (r"absl/(?!synchronization/mutex\.h)", (), "absl:: is built with a string_view of its own; use the standard library"),
    (r"wx/", ("agent/desktop/", TESTS), "Only the presenter knows wxWidgets"),
    (r"prometheus/", ("server/broker/", "server/http/"), "Measure through the seam of server/broker"),
    (r"date/", ("server/directory/", "server/alert/"), "Zones are computed in one file of the broker"),
    (r"CLI/", ("agent/", "server/main.cc", "server/broker/", TESTS), "Flags belong to the programs"),
    (r"toml\+\+/", ("server/broker/", "agent/"), "Configuration belongs to the programs"),
    (r"regex$", (), "std::regex takes unbounded time and stack on hostile input; write the few lines by hand"),
    (r"iostream$", ("agent/cli/", "agent/main.cc", "agent/light/", "server/main.cc", TESTS),
     "Log through base/log.h"),
]

check = tree.Check(__doc__)
for name in check.files(("base/", "server/", "agent/", "tests/"), tree.CPP):
    for line, path in tree.includes(check.text(name)):
        for pattern, folders, remedy in RULES:
            if re.match(pattern, path) and not name.startswith(folders or ("\0",)):
                where = ", ".join(folders) or "no folder"
                check.report(name, line, f"<{path}> belongs to {where}", remedy)
check.finish()
