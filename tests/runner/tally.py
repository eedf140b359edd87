"""How many tests passed, failed and were skipped, and which and why; read from what the test tools write."""

import json
import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$", re.MULTILINE)
UNITTEST = re.compile(r"^Ran (\d+) tests? in .*\n\s*\n(OK|FAILED)(?: \((.*)\))?\s*$", re.MULTILINE)


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: list = field(default_factory=list)  # names
    reasons: list = field(default_factory=list)   # of what was skipped, with names

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.failures += other.failures
        self.reasons += other.reasons

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)

    def skip(self, name, reason):
        self.skipped += 1
        self.reasons.append(f"{name}: {reason}")

    def line(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def google_test(path):
    """Single cases from the JSON that a GoogleTest program writes."""
    tally = Tally()
    with open(path, encoding="utf-8") as file:
        suites = json.load(file)["testsuites"]
    for suite in suites:
        for case in suite["testsuite"]:
            name = f"{suite['name']}.{case['name']}"
            if case.get("failures"):
                tally.fail(name)
            elif case.get("result") == "SKIPPED":
                said = case.get("skipped") or [{}]
                tally.skip(name, said[0].get("message", "GTEST_SKIP").strip().split("\n")[-1])
            elif case["status"] == "NOTRUN":
                tally.skip(name, "disabled")
            else:
                tally.passed += 1
    return tally


def script(name, code, output):
    """A script's own count (the plain line, or unittest's), else the script as one test."""
    tally = Tally()
    plain = list(PLAIN.finditer(output))
    ran = list(UNITTEST.finditer(output))
    if plain:
        tally.passed, failed, tally.skipped = (int(group or 0) for group in plain[-1].groups())
        for _ in range(failed):
            tally.fail(name)
        if tally.skipped:
            tally.reasons.append(f"{name}: {tally.skipped} skipped, see its log")
    elif ran:
        counts = dict(re.findall(r"(\w+)=(\d+)", ran[-1].group(3) or ""))
        failed = int(counts.get("failures", 0)) + int(counts.get("errors", 0))
        tally.skipped = int(counts.get("skipped", 0))
        tally.passed = int(ran[-1].group(1)) - failed - tally.skipped
        for _ in range(failed):
            tally.fail(name)
        tally.reasons += [f"{name}: {reason}" for reason in re.findall(r"\.\.\. skipped '(.*)'", output)]
    elif code == 0:
        tally.passed = 1
    if code and not tally.failed:
        tally.fail(name)
    return tally


def ctest(junit, results):
    """CTest's JUnit file; a program with a JSON file in `results` counts by its cases."""
    tally = Tally()
    for case in ElementTree.parse(junit).getroot().iter("testcase"):
        name, status = case.get("name"), case.get("status")
        output = case.findtext("system-out") or ""
        path = os.path.join(results, f"{name}.json")
        if case.find("skipped") is not None or status in ("disabled", "notrun"):
            missing = case.find("skipped") is not None and "Unable to find" in (case.find("skipped").get("message") or "")
            if missing:
                tally.fail(f"{name} (its program is not built)")
            else:
                tally.skip(name, (output.strip().splitlines() or ["no reason given"])[-1])
        elif os.path.exists(path):
            cases = google_test(path)
            if status == "fail" and not cases.failed:
                cases.fail(f"{name} (ended with an error after its cases)")
            tally.add(cases)
        else:
            tally.add(script(name, 0 if status == "run" else 1, output))
    return tally


def vitest(path):
    tally = Tally()
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for suite in report["testResults"]:
        file_name = os.path.basename(suite["name"])
        if suite["status"] == "failed" and not suite["assertionResults"]:
            tally.fail(f"{file_name} (could not be loaded)")
        for case in suite["assertionResults"]:
            name = f"{file_name}: {case['fullName']}"
            if case["status"] == "passed":
                tally.passed += 1
            elif case["status"] == "failed":
                tally.fail(name)
            else:
                tally.skip(name, case["status"])
    return tally


def playwright(path):
    tally = Tally()
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    for error in report.get("errors", []):
        tally.fail("playwright: " + error.get("message", "error").split("\n")[0])

    def walk(suite, trail):
        for spec in suite.get("specs", []):
            for test in spec["tests"]:
                name = " › ".join(trail + [spec["title"]])
                if test["status"] == "skipped":
                    notes = [note.get("description") for note in test.get("annotations", []) if note.get("type") == "skip"]
                    tally.skip(name, (notes or [None])[0] or "marked as skipped")
                elif test["status"] == "unexpected":
                    tally.fail(name)
                else:
                    tally.passed += 1
                    if test["status"] == "flaky":
                        tally.reasons.append(f"{name}: passed only on a second try")
        for inner in suite.get("suites", []):
            walk(inner, trail + [inner["title"]])

    for suite in report.get("suites", []):
        walk(suite, [suite["title"]])
    return tally
