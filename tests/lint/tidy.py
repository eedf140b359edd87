#!/usr/bin/env python3
"""clang-tidy 19 and clang's thread-safety analysis, on what changed.

A file that passed is remembered by everything that it was read from (its text, the headers of ours that it includes,
the contract, the rules, the compiler's arguments), in ${XDG_CACHE_HOME:-~/.cache}/wardcast/tidy: only what changed
since is examined again, in any checkout. On a machine that remembers (almost) nothing, such as a fresh server, that would
be everything, at two seconds a file and core: there the files that were committed last are examined, and the note says
how many were left. `tests/lint/tidy.py --all` looks at all of them once.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

import tree

TIDY = "clang-tidy-19"
OURS = ("base/", "server/", "agent/", "tests/")
KEPT_DAYS = 60
CHANGE = 60  # files; more than that is no change but a machine that has never looked


def latest_first(names):
    """`names` in the order of their last commit, the latest first; what is not committed yet before all."""
    log = subprocess.run(["git", "log", "--format=", "--name-only", "-n", "500"], cwd=check.root, capture_output=True, text=True)
    place = {}
    for name in log.stdout.splitlines():
        place.setdefault(name, len(place))
    changed = subprocess.run(["git", "diff", "--name-only", "HEAD"], cwd=check.root, capture_output=True, text=True)
    place.update({name: -1 for name in changed.stdout.splitlines()})
    return sorted(names, key=lambda name: place.get(name, len(place)))


def arguments(parser):
    parser.add_argument("--build", help="folder with compile_commands.json (default: build/tidy, configured here)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true", help=f"also when more than {CHANGE} files are to be examined")
    parser.add_argument("paths", nargs="*", help="only these source files (default: all)")


check = tree.Check(__doc__, arguments)
if not shutil.which(TIDY):
    tree.skip(f"{TIDY} is not installed: run deploy/install-packages.sh test")


def configured():
    """The folder of the preset `tidy` with generated headers; configuring is quick, nothing of ours is compiled."""
    build = os.path.join(check.root, "build", "tidy")
    for command in (["cmake", "--preset", "tidy"], ["ninja", "-C", build, "wardcast_contract_sources"]):
        run = subprocess.run(command, cwd=check.root, capture_output=True, text=True)
        if run.returncode:
            print("\n".join((run.stdout + run.stderr).splitlines()[-20:]))
            check.report("CMakePresets.json", 1, f"`{' '.join(command)}` failed", "See above")
            check.finish()
    return build


build = check.options.build or configured()
with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
    commands = {os.path.relpath(os.path.realpath(entry["file"]), check.root): entry for entry in json.load(file)}
wanted = [name for name in check.options.paths or check.files(OURS, (".cc",)) if name in commands]

hashes = {}


def content_hash(name):
    if name not in hashes:
        with open(os.path.join(check.root, name), "rb") as file:
            hashes[name] = hashlib.sha256(file.read()).hexdigest()
    return hashes[name]


def read_from(name, seen):
    """`name` and all headers of ours that it includes, directly or not."""
    seen.add(name)
    for _, path in tree.includes(check.text(name)):
        if path not in seen and path.startswith(OURS) and os.path.isfile(os.path.join(check.root, path)):
            read_from(path, seen)
    return seen


version = subprocess.run([TIDY, "--version"], capture_output=True, text=True).stdout
common = [version, content_hash(".clang-tidy")] + [content_hash(name) for name in check.files(("proto/",), (".proto",))]


def key(name):
    command = commands[name].get("command") or " ".join(commands[name]["arguments"])
    parts = common + [command.replace(build, "B").replace(check.root, "R")]
    parts += [f"{path} {content_hash(path)}" for path in sorted(read_from(name, set()))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def examine(name):
    # .clang-tidy says what is a finding; -Werror would hide from it which warnings are none.
    run = subprocess.run([TIDY, "--quiet", "--extra-arg=-Wno-error", "-p", build, os.path.join(check.root, name)],
                         capture_output=True, text=True)
    return name, run.returncode, run.stdout + ("" if run.returncode == 0 else run.stderr)


cache = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "wardcast", "tidy")
os.makedirs(cache, exist_ok=True)
for entry in os.scandir(cache):
    if entry.stat().st_mtime < time.time() - KEPT_DAYS * 86400:
        os.unlink(entry.path)

keys = {name: key(name) for name in wanted}
changed = []
for name in wanted:
    mark = os.path.join(cache, keys[name])
    if os.path.exists(mark):
        os.utime(mark)
    else:
        changed.append(name)
if len(changed) > CHANGE and not check.options.all and not check.options.paths:
    print(f"note: {len(changed)} of {len(wanted)} files were never examined on this machine; these are the latest {CHANGE}: "
          "tests/lint/tidy.py --all looks at all of them")
    changed = latest_first(changed)[:CHANGE]
else:
    print(f"note: {len(changed)} of {len(wanted)} files changed since they passed")
sys.stdout.flush()

FINDING = re.compile(r"^([^: ]+):(\d+):(\d+): (?:error|warning): (.*) \[([^\]]+)\]$")
reported = set()
with concurrent.futures.ThreadPoolExecutor(check.options.jobs) as pool:
    for name, code, output in pool.map(examine, changed):
        if code == 0:
            open(os.path.join(cache, keys[name]), "w").close()
            continue
        before = check.found
        for line in output.splitlines():
            match = FINDING.match(line)
            if match and match.groups() not in reported:
                reported.add(match.groups())
                path = os.path.relpath(os.path.realpath(os.path.join(check.root, match.group(1))), check.root)
                rule = match.group(5).split(",")[0]
                check.report(path, match.group(2), f"{match.group(4)} [{rule}]", "The rules stand in .clang-tidy")
            elif match:
                before = -1  # a header's finding that another file has brought up already
        if check.found == before:
            print(output)
            check.report(name, 1, f"{TIDY} failed", "See its output above")
check.finish()
