#!/usr/bin/env python3
"""No package registry is named anywhere, and lock files record no download addresses: every site uses its own mirror."""

import glob
import re
import subprocess

import tree

HOSTS = re.compile(
    r"\bregistry\.[a-z0-9-]+\.(org|com|net|dev|io)\b|\bnpm\.pkg\.|\b(deb|security|snapshot|ftp(\.[a-z]+)?)\.debian\.org\b"
    r"|\barchive\.ubuntu\.|\bfiles\.pythonhosted\.|\bpypi\.org\b|\bproxy\.golang\.", re.IGNORECASE)
LOCKS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml")


def hosts_of_this_machine():
    """The registries that this machine is set up for: an address copied into a file would be one of these."""
    sources = []
    try:
        npm = subprocess.run(["npm", "config", "get", "registry"], capture_output=True, text=True, timeout=20)
        sources.append(npm.stdout)
    except (OSError, subprocess.TimeoutExpired):
        pass
    for path in glob.glob("/etc/apt/sources.list") + glob.glob("/etc/apt/sources.list.d/*"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                sources.append(file.read())
        except OSError:
            pass
    return set(re.findall(r"https?://([a-z0-9.-]+\.[a-z]{2,})", "\n".join(sources), re.IGNORECASE))


check = tree.Check(__doc__)
hosts = hosts_of_this_machine() - {"debian.org", "github.com"}
remedy = "Leave the address to the machine's own configuration"
for name in check.files():
    lock = name.endswith(LOCKS)
    for number, line in enumerate(check.text(name).splitlines(), 1):
        if HOSTS.search(line) or any(host in line for host in hosts):
            check.report(name, number, "names a package registry", remedy)
        elif lock and re.search(r'^\s*"?resolved"?[: ]', line):
            check.report(name, number, "a lock file records a download address",
                         "Set omit-lockfile-registry-resolved=true in .npmrc and make the lock file again")
        elif name.endswith(".npmrc") and re.search(r"registry\s*=", line):
            check.report(name, number, "sets a package registry", remedy)
check.finish()
