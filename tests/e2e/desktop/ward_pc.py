"""A ward PC for tests: a virtual screen of 1366x768, a window manager, a clinical program that has the focus (an xterm
that writes down what is typed), and the presenter fed by a script. Ends only what it started."""

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time

WIDTH, HEIGHT = 1366, 768
# A generous limit for one thing to happen on a busy machine; every wait ends as soon as it did.
PATIENCE = 40.0


CHART = ("\\n  4 WEST   medication round   14:00\\n\\n  bed 12   due 14:00   given\\n"
         "  bed 14   due 14:00   given\\n  bed 15   due 14:00   open\\n\\n  Scan the wristband: ")


def poll(what, check, patience=PATIENCE):
    """Returns check()'s first true result; fails after `patience` seconds."""
    end = time.monotonic() + patience
    while True:
        result = check()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:.0f} s in vain for: {what}")
        time.sleep(0.02)


def still(check, seconds):
    """True when check() holds all the time for `seconds`: proves that something does not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not check():
            return False
        time.sleep(0.02)
    return True


class WardPc:
    def __init__(self, player, text_scale=1.0):
        self.started = []
        self.folder = tempfile.mkdtemp(prefix="wardcast-desktop-")
        self.events = []
        self._queue = queue.Queue()
        self._player_path = player
        self._text_scale = text_scale

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.started):
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        read, write = os.pipe()
        dpi = str(int(96 * self._text_scale))
        self._run(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
                   "-nolisten", "tcp", "-dpi", dpi], pass_fds=(write,))
        os.close(write)
        with os.fdopen(read) as display:
            self.env = dict(os.environ, DISPLAY=":" + display.readline().strip(),
                            GDK_BACKEND="x11", LC_ALL="C.UTF-8")
        if self._text_scale != 1.0:
            self.env["GDK_DPI_SCALE"] = str(self._text_scale)
        self._start_window_manager()
        self.out("xsetroot", "-solid", "#5b7083")

    def _start_window_manager(self):
        manager = self._run(["openbox", "--sm-disable"])

        def manages():
            nonlocal manager
            if manager.poll() is not None:
                manager = self._run(["openbox", "--sm-disable"])
            return "window id" in self.out("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
        poll("the window manager", manages)

    def _run(self, command, **more):
        process = subprocess.Popen(command, env=getattr(self, "env", None), stderr=subprocess.DEVNULL,
                                   **more)
        self.started.append(process)
        return process

    def out(self, *command):
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    # The clinical program.

    def start_chart(self):
        self.typed_file = os.path.join(self.folder, "typed")
        open(self.typed_file, "w").close()
        self._run(["xterm", "-name", "chart", "-T", "Chart", "-geometry", "100x30+40+40", "-e",
                   "sh", "-c", f"printf '{CHART}'; exec cat > {self.typed_file}"])
        self.chart = poll("the chart's window", lambda: self.out(
            "xdotool", "search", "--onlyvisible", "--classname", "^chart$")).split()[0]
        self.out("xdotool", "windowactivate", "--sync", self.chart)
        poll("the chart has the focus", lambda: self.focused() == self.chart)

    def focused(self):
        return self.out("xdotool", "getactivewindow")

    def typed(self):
        with open(self.typed_file, encoding="utf-8") as file:
            return file.read()

    # The presenter.

    def start_presenter(self):
        self.player = self._run([self._player_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True, encoding="utf-8")
        self.events = []
        self._queue = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for("ready")

    def stop_presenter(self):
        self.player.terminate()
        self.player.wait(20)
        self.player.stdin.close()
        self._reader.join(20)
        self.player.stdout.close()
        self.started.remove(self.player)

    def _read(self):
        for line in self.player.stdout:
            self._queue.put(json.loads(line))

    def show(self, *notices, **screen):
        screen["notices"] = list(notices)
        self.player.stdin.write(json.dumps(screen) + "\n")
        self.player.stdin.flush()

    def wait_for(self, event, **fields):
        """The first event, old or new, that has these fields."""
        def found():
            while not self._queue.empty():
                self.events.append(self._queue.get())
            for seen in self.events:
                if seen["event"] == event and all(seen.get(k) == v for k, v in fields.items()):
                    return seen
            return None
        return poll(f"event {event} {fields}", found)

    def count(self, event, **fields):
        while not self._queue.empty():
            self.events.append(self._queue.get())
        return sum(1 for seen in self.events if seen["event"] == event and
                   all(seen.get(k) == v for k, v in fields.items()))

    def windows(self, name):
        return self.out("xdotool", "search", "--onlyvisible", "--name", name).split()

    def notice_windows(self):
        # "WARNING: headline", in whichever language.
        return self.windows("^[^:]+: ")

    def strips(self):
        return self.windows("^Wardcast$")

    def geometry(self, window):
        text = self.out("xdotool", "getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in text.splitlines())
        return tuple(int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))

    # Looking, clicking and typing, as a person does.

    def picture(self, path, window="root"):
        self.out("import", "-window", window, path)

    def pixel(self, x, y):
        raw = subprocess.run(["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8",
                              "rgb:-"], env=self.env, capture_output=True, check=False).stdout
        return tuple(raw[:3])

    def click(self, x, y):
        self.out("xdotool", "mousemove", str(x), str(y), "click", "1")

    def drag(self, start, *way):
        self.out("xdotool", "mousemove", *map(str, start), "mousedown", "1")
        for point in way:
            self.out("xdotool", "mousemove", *map(str, point))
        self.out("xdotool", "mouseup", "1")

    def press_keys(self, *keys):
        self.out("xdotool", "key", *keys)

    def scan(self, code):
        """A bar-code scanner: digits in a burst, then Enter."""
        self.out("xdotool", "type", "--delay", "2", code + "\n")
