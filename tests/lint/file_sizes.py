#!/usr/bin/env python3
"""A file is one noun or one verb (at most 600 lines, think from 400), a folder one concern (at most 16 concepts).

A header and its source are one concept."""

import collections
import os

import tree

SOURCES = (".cc", ".h", ".ts", ".tsx", ".mjs", ".proto", ".py", ".sh", ".css", ".cmake")
FOLDERS = ("base/", "server/", "agent/", "web/src/", "proto/", "tests/", "deploy/", "cmake/")
TOO_LONG, THINK, TOO_MANY = 600, 400, 16
# A package of protocol buffers is one folder: buf's PACKAGE_DIRECTORY_MATCH.
ROOMIER = {"proto/wardcast/v1": 24}

check = tree.Check(__doc__)
large = []
for name in check.files(ends=SOURCES):
    lines = check.text(name).count("\n")
    if lines > TOO_LONG:
        check.report(name, lines, f"{lines} lines, more than {TOO_LONG}", "Split it by concept")
    elif lines > THINK:
        large.append((lines, name))
concepts = collections.Counter(folder for folder, _ in {os.path.split(os.path.splitext(name)[0])
                                                        for name in check.files(FOLDERS)
                              if os.path.basename(name) not in ("CMakeLists.txt", "README.md")})
for folder, count in sorted(concepts.items()):
    if count > ROOMIER.get(folder, TOO_MANY):
        check.report(folder, 1, f"{count} concepts in one folder, more than {TOO_MANY}", "Split it by concern")
for lines, name in sorted(large, reverse=True):
    print(f"note: {name}: {lines} lines; above {THINK} think about splitting")
check.finish()
