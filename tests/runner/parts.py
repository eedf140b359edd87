"""The parts of `tests/run.sh`: each builds what it needs, runs one tool, and returns a Tally."""

import os
import platform
import shutil
import subprocess

import tally
from tally import Tally

# What knows no transport runs under the thread sanitizer: gRPC's own code is not instrumented and cries wolf.
TSAN = "^(unit_(base|alert|directory|store|bus|feed|journal|access|api|agent_core|agent_disk)(_.*)?|contract_(store|bus)(_.*)?|scenario_(delivery|model)|planted_.*)$"
ASAN = "^(unit_.*|contract_.*|fuzz_.*|planted_.*)$"


class Failed(Exception):
    """A step that a part needs did not work; its output is in the log."""


class Run:
    """One call of tests/run.sh: where things are, and what has been built already."""

    def __init__(self, root, preset, show):
        self.root = root
        self.preset = preset
        self.show = show  # prints a line of progress
        self.logs = os.path.join(root, "build", preset, "test-logs")
        shutil.rmtree(self.logs, ignore_errors=True)
        os.makedirs(self.logs)
        self.done = {}

    def log(self, name):
        return os.path.join(self.logs, name + ".log")

    def call(self, name, command, cwd=None, env=None, timeout=3000):
        """Runs `command` with its output in the log `name`; returns the exit code."""
        with open(self.log(name), "a", encoding="utf-8") as log:
            log.write("$ " + " ".join(command) + "\n")
            log.flush()
            try:
                return subprocess.run(command, cwd=cwd or self.root, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                      env={**os.environ, **(env or {})}, timeout=timeout).returncode
            except subprocess.TimeoutExpired:
                log.write(f"stopped after {timeout} s\n")
                return 124

    def once(self, name, *command):
        """Runs `command` the first time it is asked for. Raises Failed, also the second time."""
        if name not in self.done:
            self.done[name] = self.call(name, list(command))
        if self.done[name]:
            raise Failed(name)

    def programs(self):
        self.show("building the programs and tests …")
        self.once("build", "deploy/build.sh", "--no-install", "--no-web", "--preset", self.preset)

    def web_packages(self):
        self.once("web-packages", "deploy/build-web.sh", "--packages")
        path = subprocess.run(["deploy/build-web.sh", "--path"], cwd=self.root, capture_output=True, text=True).stdout
        return {"PATH": path.strip() + os.pathsep + os.environ["PATH"], "CI": "true", "NO_COLOR": "1"}

    def web_pages(self):
        env = self.web_packages()
        self.show("building the web pages …")
        self.once("web-build", "deploy/build-web.sh")
        return env


def run_ctest(run, name, build, only, jobs, env=None, prefix=(), select="-R"):
    """The CTest tests of `build` whose names match `only` (with `select` -E: those that do not)."""
    junit = os.path.join(run.logs, name + ".xml")
    results = os.path.join(run.logs, name + "-cases", "")
    command = [*prefix, "ctest", "--test-dir", build, select, only, "-j", str(jobs), "--timeout", "600",
               "--output-on-failure", "--no-tests=ignore", "--output-junit", junit,
               "--test-output-size-passed", "1000000", "--test-output-size-failed", "1000000"]
    run.call(name, command, env={"GTEST_OUTPUT": "json:" + results, "WARDCAST_BIN": os.path.join(build, "bin"), **(env or {})})
    return tally.ctest(junit, results) if os.path.exists(junit) else Tally()


def programs_of(kind, jobs):
    def part(run):
        run.programs()
        if kind in ("scenario", "e2e"):
            run.web_pages()
        return run_ctest(run, kind, os.path.join(run.root, "build", run.preset), f"^{kind}_", jobs)
    return part


def other(run):
    """What CTest knows under any other name."""
    run.programs()
    return run_ctest(run, "other", os.path.join(run.root, "build", run.preset),
                     "^(unit|contract|scenario|fuzz|e2e)_", 1, select="-E")


def lint(run):
    try:
        run.web_packages()
    except Failed:
        pass  # the checks that need them say so
    code = run.call("lint", ["tests/lint/run.sh"])
    with open(run.log("lint"), encoding="utf-8") as log:
        output = log.read()
    counted = tally.script("lint", code, output)
    counted.failures = [line.split()[1] for line in output.splitlines() if line.startswith("FAIL ")] or counted.failures
    counted.reasons = [line[6:] for line in output.splitlines() if line.startswith("skip ")]
    return counted


def web(run):
    env = run.web_pages()
    report = os.path.join(run.logs, "web.json")
    code = run.call("web", ["npm", "test", "--silent", "--", "--reporter=default", "--reporter=json",
                            "--outputFile.json=" + report], cwd=os.path.join(run.root, "web"), env=env)
    if not os.path.exists(report):
        raise Failed("web")
    counted = tally.vitest(report)
    if code and not counted.failed:
        counted.fail("vitest (ended with an error)")
    return counted


def browser(run):
    run.programs()
    env = run.web_pages()
    counted = Tally()
    if not shutil.which("chromium"):
        counted.skip("browser", "chromium is not installed: run deploy/install-packages.sh test")
        return counted
    report = os.path.join(run.logs, "browser.json")
    env.update({"PLAYWRIGHT_JSON_OUTPUT_NAME": report, "PLAYWRIGHT_JSON_OUTPUT_FILE": report,
                "WARDCAST_BIN": os.path.join(run.root, "build", run.preset, "bin")})
    code = run.call("browser", ["npm", "run", "--silent", "e2e", "--", "--reporter=list,json"],
                    cwd=os.path.join(run.root, "web"), env=env)
    if not os.path.exists(report):
        raise Failed("browser")
    counted = tally.playwright(report)
    if code and not counted.failed:
        counted.fail("playwright (ended with an error)")
    return counted


def sanitizer(preset, only, env):
    """The tests that match `only` under a sanitizer; among them one with a planted fault that must be found."""
    def part(run):
        build = os.path.join(run.root, "build", preset)
        # gcc's runtime maps its shadow at fixed places that a randomised address space may occupy.
        prefix = ["setarch", platform.machine(), "-R"]
        run.show(f"configuring {preset} …")
        run.once(f"{preset}-configure", "cmake", "--preset", preset)
        def output(*command):
            return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()

        tests = {line.split(": ")[1].strip() for line in output("ctest", "--test-dir", build, "-N", "-R", only)
                 if line.lstrip().startswith("Test ") and ": " in line}
        targets = sorted(tests & {line.split(":")[0] for line in output("ninja", "-C", build, "-t", "targets", "all")})
        run.show(f"building {len(targets)} test programs under {preset} …")
        run.once(f"{preset}-build", "deploy/build.sh", "--no-install", "--no-web", "--preset", preset, *targets)
        counted = run_ctest(run, preset, build, only, 2, env, prefix)
        if not any(target.startswith("planted_") for target in targets):
            counted.fail(f"{preset}: no planted fault was among the tests")
        return counted
    return part


asan = sanitizer("asan", ASAN, {"ASAN_OPTIONS": "detect_stack_use_after_return=1", "UBSAN_OPTIONS": "print_stacktrace=1"})
tsan = sanitizer("tsan", TSAN, {"TSAN_OPTIONS": "second_deadlock_stack=1"})
PARTS = {
    "lint": lint,
    "unit": programs_of("unit", 2),
    "contract": programs_of("contract", 2),
    "fuzz": programs_of("fuzz", 2),
    "scenario": programs_of("scenario", 1),
    "web": web,
    "e2e": programs_of("e2e", 1),
    "browser": browser,
    "other": other,
    "asan": asan,
    "tsan": tsan,
}
GROUPS = {"sanitizers": ["asan", "tsan"]}
SLOW = ["browser", "asan", "tsan"]
