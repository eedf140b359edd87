#!/usr/bin/env python3
"""Commit messages: `area: Say what it now does`, at most 72 characters; an empty line; then why.

Without arguments the last 20 commits are checked (older ones are published and stay as they are); with a file (as a commit-msg hook) the message in it.
"""

import re
import subprocess
import sys

import tree

SUBJECT = re.compile(r"^[a-z0-9][a-z0-9/_.+-]*(, [a-z0-9][a-z0-9/_.+-]*)*: [A-Z0-9`*\"]")


def faults(message):
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    if re.match(r"(Merge|Revert|fixup!|squash!) ?", subject):
        return
    if not SUBJECT.match(subject):
        yield f"'{subject}' is not `area: Say what it now does` (lower-case area, capital letter after it)"
    if len(subject) > 72:
        yield f"'{subject}' has {len(subject)} characters, at most 72 fit"
    if subject.rstrip().endswith("."):
        yield f"'{subject}' ends with a full stop"
    if len(lines) > 1 and lines[1].strip():
        yield "the second line must be empty"


check = tree.Check(__doc__, lambda parser: parser.add_argument("file", nargs="?", help="a file with one message"))
if check.options.file:
    with open(check.options.file, encoding="utf-8") as file:
        problems = list(faults(file.read()))
    for problem in problems:
        print(f"commit message: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)
log = subprocess.run(["git", "-C", check.root, "log", "-20", "--format=%h%x00%B%x01"],
                     check=True, capture_output=True, text=True).stdout
for commit in filter(None, (entry.strip("\n") for entry in log.split("\x01"))):
    short, message = commit.split("\0", 1)
    for problem in faults(message):
        check.report(f"commit {short}", 1, problem, "Enable the hook: git config core.hooksPath .githooks")
check.finish()
