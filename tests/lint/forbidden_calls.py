#!/usr/bin/env python3
"""Calls that have no place here, each with what to do instead."""

import re

import tree

SHIPPED = ("base/", "server/", "agent/")
PURE = ("server/alert/", "server/directory/", "agent/core/")
RPC = ("server/grpc/", "agent/link/", "agent/cli/", "agent/light/", "server/main.cc", "agent/main.cc")
WEB = ("web/src/",)

# Pattern on code without comments and strings, folders, excepted folders, name, remedy.
RULES = [
    (r"\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\(", SHIPPED, (), "sleeping",
     "Wait on a CondVar, a file descriptor or a stop_token"),
    (r"\.\s*detach\s*\(\s*\)", SHIPPED + ("tests/",), (), "a detached thread",
     "Keep the std::jthread of StartThread (base/named_thread.h) and let it stop"),
    (r"\bstd::async\b", SHIPPED + ("tests/",), (), "std::async", "Use StartThread or the work queue"),
    (r"\babsl::", SHIPPED, RPC, "absl::", "It is built with a string_view of its own; use the standard library"),
    (r"\b(v?sprintf|strcpy|strcat|strtok|gets|s?scanf)\s*\(", SHIPPED, (), "an unchecked C call", "Use fmt::format or std::string"),
    (r"\bprintf\s*\(\s*(?!\"\")\S|\bfprintf\s*\(\s*\w+\s*,\s*(?!\"\")\S|\bsnprintf\s*\([^,]*,[^,]*,\s*(?!\"\")\S",
     SHIPPED, (), "a format that is not a literal", 'Write printf("%s", text)'),
    (r"\bstd::system\b|(?<![\w.>])(system|popen)\s*\(\s*(\"\"|\w+\.c_str)", SHIPPED, (), "a shell", "Nothing from outside may reach a shell; call the function"),
    (r"\bSPDLOG_[A-Z]+\s*\(\s*(?!\"\")\S", SHIPPED, (), "a log format that is not a literal",
     'Write SPDLOG_INFO("{}", LogSafe(text))'),
    (r"\bfmt::(format|print)\s*\(\s*(?!(?:stderr|stdout|FMT_STRING|\"\"))\S", SHIPPED, (), "a format that is not a literal",
     'Write fmt::format("{}", text)'),
    (r"\bfmt::(runtime|vformat|vprint)\b|\bfmt::print\s*\(\s*(stderr|stdout)\s*,\s*(?!\"\")\S", SHIPPED, (),
     "a format that is not a literal", "Text from outside is an argument, never the format"),
    (r"\bspdlog::(trace|debug|info|warn|error|critical)\s*\(", SHIPPED, ("base/log.cc",), "spdlog without a place",
     "Use SPDLOG_INFO and its like"),
    (r"(system_clock|steady_clock)\s*::\s*now\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)", PURE, (), "a clock in the rules",
     "Take the time as an argument"),
    (r"\bstd::(jthread|thread|mutex|ifstream|ofstream|fstream)\b|\b(Mutex|StartThread)\b", PURE, (),
     "a thread, a lock or a file in the rules", "The rules take facts and return decisions"),
    (r"\b(dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML)\b|document\.write\b", WEB, (), "text as HTML",
     "Render text as text"),
    (r"\beval\s*\(|\bnew\s+Function\b", WEB, (), "code from text", "The content security policy refuses it"),
]

check = tree.Check(__doc__)
for name in check.files(SHIPPED + ("tests/",) + WEB, tree.CPP + (".ts", ".tsx")):
    rules = [rule for rule in RULES if name.startswith(rule[1]) and not name.startswith(rule[2] or ("\0",))]
    for number, line in enumerate(tree.code(check.text(name)).splitlines(), 1):
        for pattern, _, _, problem, remedy in rules:
            if re.search(pattern, line):
                check.report(name, number, problem, remedy)
check.finish()
