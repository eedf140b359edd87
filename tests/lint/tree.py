"""The files of this checkout, and findings in them: what the checks of this folder share.

A check is a program that prints `file:line: what is wrong. What to do.` for each finding. Exit codes:
0 nothing found, 1 something found, 77 it could not run (the last line says why).
"""

import argparse
import os
import re
import subprocess
import sys

SKIPPED = 77
CPP = (".cc", ".h")
SCRIPT = (".ts", ".tsx", ".mjs", ".js", ".css", ".html")


class Check:
    """Collects findings; `finish` prints them and ends the program."""

    def __init__(self, description, configure=None):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument("--root", default=top(), help="the checkout to look at")
        if configure:
            configure(parser)
        self.options = parser.parse_args()
        self.root = os.path.realpath(self.options.root)
        self.found = 0

    def files(self, folders=("",), ends=("",)):
        """Paths relative to the root: committed or about to be, in one of `folders`, ending in one of `ends`."""
        listed = subprocess.run(
            ["git", "-C", self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            check=True, capture_output=True, text=True).stdout
        names = sorted(set(name for name in listed.split("\0") if name))
        return [name for name in names
                if name.startswith(tuple(folders)) and name.endswith(tuple(ends))
                and os.path.isfile(os.path.join(self.root, name))
                and not os.path.islink(os.path.join(self.root, name))]

    def text(self, name):
        with open(os.path.join(self.root, name), encoding="utf-8", errors="replace") as file:
            return file.read()

    def report(self, name, line, problem, remedy):
        print(f"{name}:{line}: {problem}. {remedy}")
        self.found += 1

    def finish(self):
        sys.exit(1 if self.found else 0)


def top():
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def skip(reason):
    print(reason)
    sys.exit(SKIPPED)


def includes(text):
    """Yields (line number, "path" or <path> without the marks) of every #include."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
        if match:
            yield number, match.group(1) or match.group(2)


TOKENS = re.compile(
    r'R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'  # raw string
    r'|"(?:\\.|[^"\\\n])*"'                          # string
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'"          # character, but not the ' of 1'000
    r'|//[^\n]*|/\*.*?\*/', re.DOTALL)


def code(text):
    """C++ or TypeScript with comments blanked and strings emptied; line numbers stay."""
    def blank(match):
        token = match.group(0)
        newlines = "\n" * token.count("\n")
        return newlines if token.startswith("/") else '""' + newlines
    return TOKENS.sub(blank, text)
