#!/usr/bin/env python3
"""Measures the fan-out, the memory and the acknowledgements of a broker. Called by tests/bench/run.sh; see there."""

import argparse
import contextlib
import json
import os
import pathlib
import resource
import shutil
import sys
import tempfile
import time

import made_hospital
import table
from programs import Broker, Failed, Generator, Program, SecureBroker

ROOT = pathlib.Path(__file__).resolve().parents[2]
BURST = 20
SPREAD_MS = 2000
SETTLE = 1.0  # seconds between connecting and reading the memory
SPARE = 200  # descriptors for anything but endpoints


def numbers(text):
    return [int(part) for part in text.split(",") if int(part) > 0]


def parse():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", add_help=False)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true")
    size.add_argument("--smoke", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--agents", type=numbers)
    parser.add_argument("--browsers", type=numbers)
    parser.add_argument("--tls", type=int)
    parser.add_argument("--acknowledge", type=int)
    parser.add_argument("--per-ward", type=int, default=10)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--into", type=pathlib.Path)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/release/bin")
    parser.add_argument("--tools", type=pathlib.Path)
    options = parser.parse_args()
    small = 40 if options.smoke else 1000 if options.quick else 0
    if options.agents is None:
        options.agents = [small] if small else [1000, 5000, 10000]
    if options.browsers is None:
        options.browsers = [small] if small else [9000]
    if options.tls is None:
        options.tls = max(options.agents, default=0)
    if options.rounds is None:
        options.rounds = 1 if options.smoke else 3 if options.quick else 5
    if options.acknowledge is None:
        options.acknowledge = max(options.agents, default=0)
    if options.rounds < 1 or options.per_ward < 1 or options.acknowledge < 0:
        parser.error("--rounds and --per-ward are at least 1, --acknowledge at least 0")
    options.bin = options.bin.resolve()
    options.tools = (options.tools or options.bin.parent / "tests").resolve()
    return options


class Measurement:
    """One run: what it was told, where it works, and the rows so far."""

    def __init__(self, options, folder):
        self.options, self.folder, self.rows = options, folder, []
        cores = sorted(os.sched_getaffinity(0))
        self.server_core, self.generator_core = (cores[0], cores[1]) if len(cores) > 1 else (None, None)

    def described(self, busy):
        """When and where, for those who read the figures later."""
        model = next((line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                      if line.startswith("model name")), os.uname().machine)
        return (f"{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} cores ({model}), Linux "
                f"{os.uname().release}, load average before {busy:.1f}, medians of {self.options.rounds} rounds:")

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def generator(self, name, kind, count, at, folder, broker=None):
        command = [self.options.tools / "bench_load", "--kind", kind, "--count", count, "--at", at]
        if broker:
            command += ["--publish", broker.grpc, "--token-file", broker.token_file]
        if isinstance(broker, SecureBroker):
            command += ["--tls", broker.authority]
        if self.generator_core is not None:
            command += ["--core", self.generator_core]
        return Generator(name, command, folder, None)

    @contextlib.contextmanager
    def lab(self, kind, count):
        """A broker with `count` endpoints of a kind: (broker, its generator, KB a connection)."""
        folder = self.folder / f"{kind}-{count}"
        made_hospital.write(folder / "hospital", count, self.options.per_ward)
        with contextlib.ExitStack() as stack:
            broker = Broker(self.options.bin, folder / "hospital", folder, self.server_core)
            stack.callback(broker.end)
            before = broker.resident_kb()
            at = broker.http if kind == "browsers" else broker.grpc
            load = self.generator("load", kind, count, at, folder, broker)
            stack.callback(load.end)
            time.sleep(SETTLE)
            yield broker, load, (broker.resident_kb() - before) / count, folder
        shutil.rmtree(folder)

    @staticmethod
    def timed(server, generator, command):
        before = server.cpu_us()
        result = generator.ask(command)
        result["server_us"] = server.cpu_us() - before
        return result

    def fan_out(self, kind, count):
        self.say(f"{count:,} {kind}: connecting …")
        with self.lab(kind, count) as (broker, load, memory, folder), contextlib.ExitStack() as stack:
            bare = Program("bare", [self.options.tools / "bench_bare"], folder, self.server_core)
            stack.callback(bare.end)
            floor = self.generator("floor", "bare", count, "127.0.0.1:" + bare.line(), folder)
            stack.callback(floor.end)
            one, bare_one, burst, bare_burst = [], [], [], []
            for number in range(self.options.rounds + 1):
                for rival, bare_rival, alerts in ((one, bare_one, 1), (burst, bare_burst, BURST)):
                    rival.append(self.timed(broker, load, f"publish {alerts}"))
                    bare_rival.append(self.timed(bare, floor, f"publish {rival[-1]['bytes']}"))
                    load.ask("end")
                if number == 0:  # the first time warms up, and its figures are dropped
                    for rival in (one, bare_one, burst, bare_burst):
                        rival.clear()
                    continue
                self.say(f"  round {number} of {self.options.rounds}: one {one[-1]['ms']:.0f} ms (bare {bare_one[-1]['ms']:.0f}), "
                         f"{BURST} at once {burst[-1]['ms']:.0f} ms (bare {bare_burst[-1]['ms']:.0f})")
            self.rows.append(table.fan_out(kind, count, one, bare_one, burst, bare_burst, memory, load.connected["connect_ms"]))

    def secured(self, count):
        """As after a restart of the broker: all of them connect, over TLS. It has all cores for that, beside the generator."""
        self.say(f"{count:,} agents over TLS: connecting …")
        folder = self.folder / f"tls-{count}"
        folder.mkdir()
        with contextlib.ExitStack() as stack:
            broker = SecureBroker(self.options.bin, None, folder, None)
            stack.callback(broker.end)
            before, cpu = broker.resident_kb(), broker.cpu_us()
            load = self.generator("load", "agents", count, broker.grpc, folder, broker)
            stack.callback(load.end)
            cpu = broker.cpu_us() - cpu
            time.sleep(SETTLE)
            self.rows.append(table.secured(count, load.connected["connect_ms"], cpu, (broker.resident_kb() - before) / count))
        shutil.rmtree(folder)

    def acknowledge(self, count):
        self.say(f"{count:,} agents acknowledge within {SPREAD_MS / 1000:g} s: connecting …")
        with self.lab("agents", count) as (broker, load, _, _):
            rounds = []
            for number in range(self.options.rounds):
                load.ask("publish 1")
                rounds.append(self.timed(broker, load, f"acknowledge {SPREAD_MS} {self.options.per_ward}"))
                self.check_answers(broker, count)
                load.ask("end")
                self.say(f"  round {number + 1} of {self.options.rounds}: all confirmed after {rounds[-1]['ms']:.0f} ms, "
                         f"{rounds[-1]['refused']} told to come back")
            self.rows.append(table.acknowledged(count, SPREAD_MS, self.options.per_ward, rounds))

    def group_commit(self, count):
        """Without a broker: the journal alone, on the embedded store."""
        spread = SPREAD_MS if count >= 10_000 else SPREAD_MS // 4
        self.say(f"{count:,} rows within {spread / 1000:g} s at the journal, in groups that wait 5, 10, 20 and 50 ms …")
        journal = Program("journal", [self.options.tools / "bench_group_commit", count, spread, self.options.rounds],
                          self.folder, env={**os.environ, "TMPDIR": str(self.folder)})
        try:
            rounds = [json.loads(journal.line()) for _ in range(4 * self.options.rounds)]
        finally:
            journal.end()
        for gather in sorted({entry["gather_ms"] for entry in rounds}):
            self.rows.append(table.grouped([entry for entry in rounds if entry["gather_ms"] == gather]))

    @staticmethod
    def check_answers(broker, count):
        """What was confirmed is in the store: every ward has as many answers as it has endpoints."""
        alert = broker.read("list")["alerts"][0]["id"]
        progress = broker.read("progress", alert)["progress"]
        answers = sum(len(ward.get("answers", [])) + ward.get("answersLeftOut", 0) for ward in progress["byWard"])
        if answers != count:
            raise Failed(f"{count} acknowledgements were confirmed, {answers} are in the store")


def check_ready(options):
    for folder, names in ((options.bin, ("wardcastd", "wardcast")), (options.tools, ("bench_load", "bench_bare", "bench_group_commit"))):
        for name in names:
            if not (folder / name).exists():
                raise Failed(f"{folder / name} is missing: run deploy/build.sh first")
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = max(options.agents + options.browsers + [options.tls, options.acknowledge])
    if limit != resource.RLIM_INFINITY and most + SPARE > limit:
        raise Failed(f"{most:,} endpoints need {most + SPARE:,} descriptors a process, and `ulimit -Hn` is {limit:,}")


def main():
    options = parse()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wardcast-bench-"))
    try:
        check_ready(options)
        measurement = Measurement(options, folder)
        busy = os.getloadavg()[0]
        if busy > 0.5 and not options.smoke:
            measurement.say(f"note: the load average is {busy:.1f}; other work is running, and the figures will say little")
        if measurement.server_core is None:
            measurement.say("note: there is one processor core; servers and generator share it")
        for kind, counts in (("agents", options.agents), ("browsers", options.browsers)):
            for count in counts:
                measurement.fan_out(kind, count)
        if options.tls:
            measurement.secured(options.tls)
        if options.acknowledge:
            measurement.acknowledge(options.acknowledge)
            measurement.group_commit(options.acknowledge)
    except Failed as problem:
        raise SystemExit(f"bench: {problem}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    lines = list(table.lines(measurement.rows))
    print("\n".join(lines))
    if options.into:
        table.put_into(options.into, [measurement.described(busy), "", *lines])
    beyond = [] if options.smoke else [text for row in measurement.rows for text in table.over(row)]
    for text in beyond:
        print("over the budget: " + text)
    if options.json:
        options.json.write_text(json.dumps({"load_average": busy, "cores": os.cpu_count(), "over": beyond,
                                            "rows": measurement.rows}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
