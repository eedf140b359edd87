"""Figures of a run: medians, ratios, what the budget allows; as a table and as JSON."""

import statistics

BEGIN, END = "<!-- tests/bench/run.sh --into writes from here -->", "<!-- to here -->"

# docs/benchmarks.md says where these come from. {what: {figure: the most}}
BUDGET = {
    "agents": {"to_bare": 4.0, "burst_to_one": 2.0, "kb_per_connection": 40},
    "browsers": {"to_bare": 1.7, "burst_to_one": 2.0, "kb_per_connection": 15},
    "tls": {"connect_ms": 30_000, "kb_per_connection": 110},
    "acknowledge": {"ms": 3000},
}


def median(rounds, key):
    return statistics.median(entry[key] for entry in rounds)


def ratio(upper, lower):
    """Median of the ratios of neighbours: what the machine did meanwhile cancels out."""
    return statistics.median(one["ms"] / other["ms"] for one, other in zip(upper, lower))


def total(rounds, key):
    return sum(entry[key] for entry in rounds)


def per_message(rounds, key):
    return total(rounds, key) / max(1, total(rounds, "messages"))


def fan_out(kind, count, one, bare_one, burst, bare_burst, memory_kb, connect_ms):
    """One row. Each list holds a round's answers of the generator, with the broker's processor time as `server_us`."""
    return {
        "what": kind, "count": count, "rounds": len(one),
        "one_ms": median(one, "ms"), "bare_ms": median(bare_one, "ms"), "to_bare": ratio(one, bare_one),
        "burst_ms": median(burst, "ms"), "bare_burst_ms": median(bare_burst, "ms"), "burst_to_bare": ratio(burst, bare_burst),
        "burst_to_one": ratio(burst, one), "first_ms": median(one, "first_ms"), "answered_ms": median(one, "answered_ms"),
        "bytes": median(one, "bytes"), "burst_bytes": median(burst, "bytes"),
        "messages_per_burst": median(burst, "messages") / count,
        "server_us": per_message(one, "server_us"), "generator_us": per_message(one, "cpu_us"),
        "bare_generator_us": per_message(bare_one, "cpu_us"),
        "bare_server_us": per_message(bare_one, "server_us"),
        # Of the broker's processor time, which other work on the machine hardly changes. It is read in steps of 10 ms.
        "burst_cpu_to_one": (total(burst, "server_us") / total(one, "server_us")
                             if total(one, "server_us") >= 100_000 else None),
        "kb_per_connection": memory_kb, "accept_ms": connect_ms / count,
        "runs": {"one": one, "bare": bare_one, "burst": burst, "bare_burst": bare_burst},
    }


def secured(count, connect_ms, server_us, memory_kb):
    return {"what": "tls", "count": count, "connect_ms": connect_ms, "server_ms_per_connection": server_us / 1000 / count,
            "kb_per_connection": memory_kb}


def acknowledged(count, spread_ms, per_ward, rounds):
    return {"what": "acknowledge", "count": count, "spread_ms": spread_ms, "per_ward": per_ward, "rounds": len(rounds),
            "ms": median(rounds, "ms"), "per_second": count / median(rounds, "ms") * 1000,
            "median_ms": median(rounds, "median_ms"), "p99_ms": median(rounds, "p99_ms"), "max_ms": median(rounds, "max_ms"),
            "refused": median(rounds, "refused"), "deliveries": median(rounds, "messages"), "runs": rounds}


def grouped(rounds):
    return {"what": "group_commit", "gather_ms": rounds[0]["gather_ms"], "count": rounds[0]["rows"],
            "spread_ms": rounds[0]["spread_ms"], "rounds": len(rounds), "ms": median(rounds, "ms"),
            "commits": median(rounds, "commits"), "median_ms": median(rounds, "median_ms"),
            "p99_ms": median(rounds, "p99_ms"), "max_ms": median(rounds, "max_ms"), "runs": rounds}


def over(row):
    """Figures beyond the budget, as text."""
    return [f"{row['what']} {row['count']:,}: {figure} is {row[figure]:.1f}, at most {most:g}"
            for figure, most in BUDGET.get(row["what"], {}).items() if row[figure] > most]


def lines(rows):
    fans = [row for row in rows if row["what"] in ("agents", "browsers")]
    if fans:
        yield ("| publish → last of | one alert, ms | bare, ms | ratio | burst of 20, ms | bare, ms | to one alert (processor time) | "
               "frames a burst | server µs/message (bare) | generator µs/message (bare) | KB/connection |")
        yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in fans:
        processor = f" ({row['burst_cpu_to_one']:.2f})" if row["burst_cpu_to_one"] else ""
        yield (f"| {row['count']:,} {row['what']} | {row['one_ms']:.0f} | {row['bare_ms']:.0f} | {row['to_bare']:.2f} | "
               f"{row['burst_ms']:.0f} | {row['bare_burst_ms']:.0f} | {row['burst_to_one']:.2f}{processor} | "
               f"{row['messages_per_burst']:.1f} | {row['server_us']:.1f} ({row['bare_server_us']:.1f}) | "
               f"{row['generator_us']:.1f} ({row['bare_generator_us']:.1f}) | {row['kb_per_connection']:.1f} |")
    secure = [row for row in rows if row["what"] == "tls"]
    if secure:
        yield ""
        yield "| over TLS | all connected after, ms | server ms/connection | KB/connection |"
        yield "|---|---|---|---|"
    for row in secure:
        yield (f"| {row['count']:,} agents | {row['connect_ms']:.0f} | {row['server_ms_per_connection']:.2f} | "
               f"{row['kb_per_connection']:.1f} |")
    answers = [row for row in rows if row["what"] == "acknowledge"]
    if answers:
        yield ""
        yield ("| acknowledgements | within, s | all confirmed after, ms | a second | wait median, ms | p99 | max | told to "
               "come back | deliveries meanwhile |")
        yield "|---|---|---|---|---|---|---|---|---|"
    for row in answers:
        yield (f"| {row['count']:,} | {row['spread_ms'] / 1000:g} | {row['ms']:.0f} | {row['per_second']:.0f} | "
               f"{row['median_ms']:.0f} | {row['p99_ms']:.0f} | {row['max_ms']:.0f} | {row['refused']:.0f} | "
               f"{row['deliveries']:.0f} |")
    groups = [row for row in rows if row["what"] == "group_commit"]
    if groups:
        yield ""
        yield (f"| group of the journal waits, ms ({groups[0]['count']:,} rows within {groups[0]['spread_ms'] / 1000:g} s) | "
               "commits | rows a commit | wait median, ms | p99 | max |")
        yield "|---|---|---|---|---|---|"
    for row in groups:
        yield (f"| {row['gather_ms']} | {row['commits']:.0f} | {row['count'] / max(1, row['commits']):.0f} | "
               f"{row['median_ms']:.1f} | {row['p99_ms']:.1f} | {row['max_ms']:.1f} |")


def put_into(file, text):
    """Replaces what stands between the two marks of a document."""
    before, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"bench: {file} lacks the marks {BEGIN} and {END}")
    file.write_text("\n".join([before + begin, "", *text, "", end]) + after, encoding="utf-8")
