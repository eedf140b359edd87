#!/usr/bin/env python3
"""Sanitizers are not silenced where it would hide our own faults: every callback has a frame of gRPC in it."""

import re

import tree

check = tree.Check(__doc__)
for name in check.files():
    if name.startswith("tests/lint/") or name.endswith((".png", ".ico", ".md")):
        continue
    for number, line in enumerate(check.text(name).splitlines(), 1):
        if re.search(r"\b(race|race_top|thread|mutex|signal|deadlock|called_from_lib|leak)\s*:\S*grpc", line, re.IGNORECASE):
            check.report(name, number, "a suppression that names gRPC hides races of our own",
                         "Test the part without a transport instead, or mend the race")
        if re.search(r"no_sanitize\b|no_thread_safety_analysis|NO_THREAD_SAFETY_ANALYSIS", line):
            check.report(name, number, "switches a check off", "Mend what it found, or restructure so that it can be checked")
        if re.search(r"NOLINT(?!(NEXTLINE|BEGIN|END)?\([a-z][a-z0-9.,\-]+\))", line):
            check.report(name, number, "NOLINT without the name of a check", "Write NOLINT(name-of-check) and why")
check.finish()
