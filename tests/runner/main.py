"""Runs the parts one after the other and counts. See tests/run.sh."""

import argparse
import os
import sys
import time

from parts import GROUPS, PARTS, SLOW, Failed, Run
from tally import Tally

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/run.sh", description=(
        "Builds everything and runs every test. The last line counts them all; the exit code is not 0 "
        "when one failed or none ran. Logs: build/PRESET/test-logs."))
    parser.add_argument("--only", action="append", metavar="PART", choices=[*PARTS, *GROUPS],
                        help="only this part, may be repeated: " + ", ".join([*PARTS, *GROUPS]))
    parser.add_argument("--quick", action="store_true", help="without " + ", ".join(SLOW) + " (counted as skipped)")
    parser.add_argument("--except", action="append", default=[], dest="left_out", metavar="PART", choices=[*PARTS, *GROUPS],
                        help="without this part, may be repeated (counted as skipped)")
    parser.add_argument("--preset", default="release", help="of CMakePresets.json (default: release)")
    parser.add_argument("--no-install", action="store_true", help="takes the system packages as they are")
    return parser.parse_args()


def show(text):
    print(f"      {text}", flush=True)


def tail(path, lines=40):
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log.read().splitlines()[-lines:]:
            print("      | " + line)


def run_part(name, run):
    print(f"==    {name}", flush=True)
    start = time.monotonic()
    log = name
    try:
        counted = PARTS[name](run)
    except Failed as step:
        log = str(step)
        counted = Tally()
        # The step itself failed once; whoever needed it later could not run.
        if step.args[0] in run.done and run.done.get(log + " reported"):
            counted.skip(name, f"{log} failed")
        else:
            run.done[log + " reported"] = True
            counted.fail(f"{name} ({log} failed)")
    for failure in counted.failures:
        print(f"FAIL  {failure}")
    if counted.failures:
        path = run.log(log)
        if os.path.exists(path):
            tail(path)
            show(f"whole log: {os.path.relpath(path, ROOT)}")
    for reason in counted.reasons:
        print(f"skip  {reason}")
    if counted.passed + counted.failed + counted.skipped == 0:
        show("there are no such tests")
    print(f"==    {name}: {counted.line()} ({time.monotonic() - start:.0f} s)", flush=True)
    return counted


def main():
    options = arguments()
    names = []
    for wanted in options.only or PARTS:
        names += GROUPS.get(wanted, [wanted])
    left_out = [part for name in options.left_out for part in GROUPS.get(name, [name])]
    run = Run(ROOT, options.preset, show)
    total = Tally()
    start = time.monotonic()
    for name in names:
        if name in left_out:
            total.skip(name, "left out by --except")
            continue
        if options.quick and not options.only and name in SLOW:
            total.skip(name, "left out by --quick")
            continue
        total.add(run_part(name, run))
    print(f"\nAll parts in {time.monotonic() - start:.0f} s; logs in {os.path.relpath(run.logs, ROOT)}")
    for reason in total.reasons:
        print(f"skip  {reason}")
    for failure in total.failures:
        print(f"FAIL  {failure}")
    print(total.line(), flush=True)
    sys.exit(1 if total.failed or not total.passed else 0)


main()
