#!/usr/bin/env python3
"""Rulebook beside its peers, in one run: the rule sets of the harness in ../shared/peers, said in our words.

usage: peers.py WORK RULEBOOK [ROUNDS] [SET…]

WORK is the folder that the harness's README fills (rules, data, expect, the built peers); RULEBOOK is the program. First the
verdicts on its 20,000 records are compared with what its reference says. Then every program runs in turn, round after round,
so that a machine that slows down slows all; the least CPU time of each, user and system, is printed in µs a record. Engines
that take long for a record get fewer of them, and tell themselves what the run took without reading the rules. The figures
are kept in WORK/figures.json, for chart.py.
"""
import json, os, subprocess, sys, tempfile

WORK, RULEBOOK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
HARNESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared/peers")
SETS = tuple(sys.argv[4:]) or ("R10", "R100", "R1000", "R10000", "SUM100")
SIZES = {"1k": 1_000, "20k": 20_000, "100k": 100_000, "1m": 1_000_000}
# The engines that the harness has a runner for: its name, the form of the rules, the variant, the records for each set.
RUNNERS = {
    "GoRules ZEN": ("peer-zen", "zen.json", "table", dict.fromkeys(("R10", "R100", "R1000", "R10000", "SUM100"), "20k")),
    "datalogic-rs": ("peer-jlogic", "logic.json", "-", {"R10": "100k", "R100": "100k", "R1000": "20k", "R10000": "1k", "SUM100": "100k"}),
    "CEL (Rust)": ("peer-cel", "cel.json", "-", {"R10": "20k", "R100": "20k", "R1000": "1k", "R10000": "1k", "SUM100": "20k"}),
}
SIGNS = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "is", "ne": "is not"}
TYPES = {"str": "text", "num": "number", "bool": "true or false", "arr": "list of text", "ts": "datetime"}


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def condition(field, operator, value):
    subject = f"lead.{field}"
    match operator:
        case "null": return f"{subject} is missing"
        case "notnull": return f"{subject} is present"
        case "in": return f"{subject} in {', '.join(map(quoted, value))}"
        case "contains" | "has": return f"{subject} contains {quoted(value)}"
        case "older_days": return f"{subject} < now - {value}d"
        case "newer_days": return f"{subject} >= now - {value}d"
        case _: return f"{subject} {SIGNS[operator]} {quoted(value)}"


def rules_of(rule_set):
    used = {test[0] for rule in rule_set["rules"] for test in rule["when"]}
    plain = [f"  {field}: {TYPES[kind]}?" for field, kind in rule_set["fields"].items() if field in used and "." not in field]
    nested = [f"    {field.split('.')[1]}: {TYPES[kind]}?" for field, kind in rule_set["fields"].items() if field in used and "." in field]
    company = ["  company: {", *nested, "  }?"] if nested else []
    head = ["record lead {", "  id: text key", "  priority: number?", "  sum: number?", *plain, *company, "}", ""]
    when = lambda rule: " and ".join(condition(*test) for test in rule["when"])
    if rule_set["mode"] == "first":
        then = lambda rule: f"then assign queue {quoted(rule['assignee'])}  set lead.priority = {rule['priority']}"
        rules = [f"  rule \"r{rule['id']}\" when {when(rule)} {then(rule)}" for rule in rule_set["rules"]]
        rest = f"  otherwise {then(rule_set['default']).removeprefix('then ')}"
        return head + ['rules "Routing" for lead, first match {', *rules, rest, "}"]
    points = lambda rule: f"  {'add' if rule['points'] >= 0 else 'subtract'} {abs(rule['points'])} when {when(rule)}"
    lines = ["score lead.total {", "  start 0", *map(points, rule_set["rules"]), "}"]
    return head + lines + ['rule "Sum" when lead.id is not blank then set lead.sum = lead.total']


def columns(name):
    return "record,set.sum" if name == "SUM100" else "record,assign,set.priority"


def ours(name, data, out, threads=1):
    return [RULEBOOK, "run", f"{WORK}/ours/{name}.program", data, "--now", "2026-01-01T00:00:00Z", "--columns",
            columns(name), "--threads", str(threads), "--quiet", "--out", out]


def prepare(name):
    os.makedirs(f"{WORK}/ours", exist_ok=True)
    with open(f"{WORK}/rules/{name}.json") as rules, open(f"{WORK}/ours/{name}.rules", "w") as text:
        text.write("\n".join(rules_of(json.load(rules))) + "\n")
    subprocess.run([RULEBOOK, "build", f"{WORK}/ours/{name}.rules", "--out", f"{WORK}/ours/{name}.program"], check=True, stdout=subprocess.DEVNULL)


def differing(name):
    with tempfile.NamedTemporaryFile("r") as out:
        subprocess.run(ours(name, f"{WORK}/data/leads_20k.ndjson", out.name), check=True)
        told = [line.replace(",queue ", ",") for line in open(out.name).read().splitlines()[1:]]
    wanted = open(f"{WORK}/expect/{name}.csv").read().splitlines()
    return sum(one != other for one, other in zip(told, wanted)) + abs(len(told) - len(wanted))


def programs(name, out):
    """Each program, its command, and the name of the file of records that it takes."""
    data = lambda kind: f"{WORK}/data/leads_1m.{kind}"
    yield "Rulebook, NDJSON", ours(name, data("ndjson"), out), "1m"
    yield "Rulebook, NDJSON, 2 threads", ours(name, data("ndjson"), out, 2), "1m"
    if name in ("R100", "R1000", "R10000"):
        yield "Rulebook, CSV", ours(name, data("csv"), out), "1m"
    if os.path.exists(data("parquet")):
        yield "Rulebook, Parquet", ours(name, data("parquet"), out), "1m"
    for variant in ("scan-idx", "serde-chain"):
        if os.path.exists(f"{WORK}/target/release/expert") and (variant == "serde-chain" and name != "R10000" or name in ("R100", "R1000", "R10000")):
            yield f"hand-written Rust, {variant}", [f"{WORK}/target/release/expert", "--rules", f"{WORK}/rules/{name}.json", "--data", data("ndjson"), "--variant", variant, "--threads", "1", "--out", out], "1m"
    if os.path.exists(f"{WORK}/venv/bin/python") and name in ("R10", "R100", "SUM100"):
        for kind in ("ndjson", "csv", "parquet"):
            if os.path.exists(data(kind)):
                yield f"DuckDB, {kind.upper()}", [f"{WORK}/venv/bin/python", f"{HARNESS}/py/duckdb_run.py", f"{WORK}/rules/{name}.json", f"{WORK}/prog", data(kind), out, "1", "case"], "1m"
    for program, (runner, form, variant, sizes) in RUNNERS.items():
        if os.path.exists(f"{WORK}/target/release/{runner}"):
            size = sizes[name]
            yield program, [f"{WORK}/target/release/{runner}", "--rules", f"{WORK}/rules/{name}.json", "--prog", f"{WORK}/prog/{name}.{form}", "--data", f"{WORK}/data/leads_{size}.ndjson", "--variant", variant, "--threads", "1", "--out", out], size


def cpu_and_wall(command, size):
    """What a run takes, in µs a record."""
    import time
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit(f"{' '.join(command)}: {status}")
    times = usage.ru_utime + usage.ru_stime, time.perf_counter() - began
    if size != "1m":
        times = tuple(json.loads(told.splitlines()[-1])[key] for key in ("run_cpu_s", "run_s"))
    return [1e6 * time / SIZES[size] for time in times]


def main():
    for name in SETS:
        prepare(name)
        print(f"{name}: {differing(name)} of 20,000 verdicts differ from the reference", file=sys.stderr)
    with tempfile.NamedTemporaryFile() as out:
        runs = [(program, name, command, size) for name in SETS for program, command, size in programs(name, out.name)]
        least = {}
        for _ in range(ROUNDS):
            for program, name, command, size in runs:
                found = cpu_and_wall(command, size)
                known = least.setdefault(program, {}).setdefault(name, found)
                least[program][name] = [min(times) for times in zip(found, known)]
    with open(f"{WORK}/figures.json", "w") as figures:
        json.dump(least, figures, indent=1)
    cell = lambda times: "{:.2f} ({:.2f})".format(*times) if times else "–"
    print("| | " + " | ".join(SETS) + " |\n|" + "---|" * (len(SETS) + 1))
    for program, sets in least.items():
        print(f"| {program} | " + " | ".join(cell(sets.get(name)) for name in SETS) + " |")


main()
