"""The programs of a measurement: started in a temporary folder, pinned to a core, ended by their process id."""

import json
import os
import pathlib
import signal
import subprocess
import time

WAIT = 120  # seconds for a server to start, or for a step of the generator


class Failed(Exception):
    """Something did not work; says what, and where the log is."""


class Program:
    """A child with standard input and output; its standard error goes to a log, or is shown."""

    def __init__(self, name, command, folder, core=None, show=False, env=None):
        self.name = name
        self.log = folder / f"{name}.log"
        pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
        with open(self.log, "w", encoding="utf-8") as log:
            self.child = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                          stderr=None if show else log, text=True, preexec_fn=pin, env=env)

    def line(self):
        """The next line of its output; blocks until it comes."""
        text = self.child.stdout.readline()
        if not text:
            self.child.wait(10)
            raise Failed(f"{self.name} ended with code {self.child.returncode}: {self.log.read_text()[-2000:]}")
        return text.strip()

    def tell(self, text):
        self.child.stdin.write(text + "\n")
        self.child.stdin.flush()

    def resident_kb(self):
        for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def cpu_us(self):
        """Processor time so far, in steps of 10 ms."""
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1_000_000 / os.sysconf("SC_CLK_TCK")

    def end(self):
        if self.child.poll() is None:
            self.child.stdin.close()
            self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(30)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.child.stdout.close()


class Broker(Program):
    """wardcastd with a store of its own and the hospital in `hospital`; plain text."""

    OPTIONS = ("--insecure-loopback",)

    def __init__(self, programs, hospital, folder, core):
        self.data = folder / "broker"
        super().__init__("broker", [programs / "wardcastd", "--data-dir", self.data, "--grpc-listen", "127.0.0.1:0",
                                    "--http-listen", "127.0.0.1:0", *self.OPTIONS, "--log-level", "warn"], folder, core)
        try:
            self.await_ready()
            self.prepare(programs, hospital)
        except BaseException:
            self.end()
            raise

    def prepare(self, programs, hospital):
        """Imports the hospital, with the token that holds every role."""
        self.token_file = self.data / "admin.token"
        env = {**os.environ, "WARDCAST_BROKER": self.grpc, "WARDCAST_TOKEN": self.token_file.read_text().strip(),
               "WARDCAST_INSECURE_LOOPBACK": "1"}
        self.run = lambda *arguments: subprocess.run([str(programs / "wardcast"), *map(str, arguments)], env=env,
                                                     capture_output=True, text=True, timeout=WAIT)
        imported = self.run("import", hospital)
        if imported.returncode:
            raise Failed("the hospital could not be imported: " + imported.stderr)

    def read(self, *arguments):
        """What the command line says about it, as JSON."""
        said = self.run("--output", "json", *arguments)
        if said.returncode:
            raise Failed(f"wardcast {' '.join(arguments)}: {said.stderr}")
        return json.loads(said.stdout)

    def await_ready(self):
        listening = self.data / "listening.json"
        deadline = time.monotonic() + WAIT
        while not listening.exists():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise Failed("the broker did not start: " + self.log.read_text()[-2000:])
            time.sleep(0.05)
        doors = json.loads(listening.read_text())
        self.grpc, self.http = doors["grpc"], doors["http"]


class SecureBroker(Broker):
    """wardcastd as it is by default, over TLS, without a hospital; a token that may read."""

    OPTIONS = ()

    def prepare(self, programs, hospital):
        made = subprocess.run([str(programs / "wardcast"), "--output", "json", "admin", "token", "create", "bench", "--role", "viewer",
                               "--data-dir", str(self.data)], capture_output=True, text=True, timeout=WAIT)
        if made.returncode:
            raise Failed("no token could be made: " + made.stderr)
        self.token_file = self.data.parent / "bench.token"
        self.token_file.touch(0o600)
        self.token_file.write_text(json.loads(made.stdout)["secret"] + "\n", encoding="utf-8")
        self.authority = self.data / "tls" / "ca.pem"


class Generator(Program):
    """bench_load: connects at once; `ask` has it measure."""

    def __init__(self, name, command, folder, core):
        super().__init__(name, command, folder, core)
        try:
            self.connected = json.loads(self.line())
        except BaseException:
            self.end()
            raise

    def ask(self, command):
        self.tell(command)
        return json.loads(self.line())
