"""A screen saver that a test plays: a process that owns a desktop's name on the bus of the session, and covers nothing.
Run as a program it is that process: each line on stdin, "cover" or "uncover", is answered with the same on stdout."""

import subprocess
import sys

NAME = "org.gnome.ScreenSaver"


class ScreenSaver:
    """With it the lock screen is there, uncovered; without it it is gone."""

    def __init__(self, env):
        self._env = env

    def __enter__(self):
        self._process = subprocess.Popen(["/usr/bin/python3", __file__], env=self._env, text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._expect("owned")
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def cover(self):
        self._say("cover")

    def uncover(self):
        self._say("uncover")

    def _say(self, word):
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        self._expect(word)

    def _expect(self, word):
        line = self._process.stdout.readline().strip()
        if line != word:
            raise AssertionError(f"the screen saver said {line!r} instead of {word!r}")


def main():
    from gi.repository import Gio, GLib

    loop = GLib.MainLoop()
    path = "/" + NAME.replace(".", "/")
    interface = Gio.DBusNodeInfo.new_for_xml(
        f"<node><interface name='{NAME}'><method name='GetActive'><arg type='b' direction='out'/></method>"
        "<signal name='ActiveChanged'><arg type='b'/></signal></interface></node>").interfaces[0]
    covers = False

    def say(word):
        print(word, flush=True)

    def called(_bus, _sender, _path, _interface, _method, _parameters, invocation):
        invocation.return_value(GLib.Variant("(b)", (covers,)))

    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    bus.register_object(path, interface, called)
    Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: say("owned"),
                                   lambda *_: loop.quit())

    def told(stdin, _condition):
        nonlocal covers
        word = stdin.readline().strip()
        if not word:
            loop.quit()
            return False
        covers = word == "cover"
        bus.emit_signal(None, path, NAME, "ActiveChanged", GLib.Variant("(b)", (covers,)))
        bus.flush_sync()
        say(word)
        return True

    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, told)
    loop.run()


if __name__ == "__main__":
    main()
