"""What a screen reader finds in the presenter, by AT-SPI. Each question is asked by a fresh process, since AT-SPI's
client library knows one display and one bus per process."""

import json
import subprocess
import sys

_ASK = """
import sys, json
import pyatspi
def applications():
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        child = desktop.getChildAtIndex(index)
        if child is not None:
            yield child
def walk(node):
    yield node
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None:
            yield from walk(child)
def showing(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_SHOWING) and states.contains(pyatspi.STATE_VISIBLE)
want = json.loads(sys.argv[1])
found = []
for application in applications():
    if application.get_process_id() != want["pid"]:
        continue
    for node in walk(application):
        role = node.getRoleName()
        if role in ("push button", "toggle button", "label") and showing(node) and node.name:
            if want["press"] is not None and role != "label" and node.name == want["press"]:
                node.queryAction().doAction(0)
                print(json.dumps("pressed"))
                sys.exit(0)
            box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
            found.append([role, node.name, [box.x, box.y, box.width, box.height]])
print(json.dumps(found))
"""


def _ask(pc, press=None):
    done = subprocess.run(["/usr/bin/python3", "-c", _ASK,
                           json.dumps({"pid": pc.player.pid, "press": press})],
                          env=pc.env, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0 or not done.stdout.strip():
        raise AssertionError("AT-SPI gave no answer: " + done.stderr[-400:])
    return json.loads(done.stdout)


def contents(pc):
    """[[role, name, [x, y, width, height]], …] of labels and buttons that show, in reading order."""
    return _ask(pc)


def buttons(pc):
    return {name: box for role, name, box in _ask(pc) if role != "label"}


def press(pc, name):
    """Presses the button as assistive technology does."""
    if _ask(pc, name) != "pressed":
        raise AssertionError(f"no button is named {name!r}: {list(buttons(pc))}")


def middle(box):
    return box[0] + box[2] // 2, box[1] + box[3] // 2


if __name__ == "__main__":
    sys.exit("a module of desktop_test.py")
