#!/usr/bin/env python3
"""Rulebook beside its peers, in one run: the rule sets of the harness in ../shared/peers, said in our words.

usage: peers.py WORK RULEBOOK [ROUNDS]

WORK is the folder that the harness's README fills (rules, data, expect, the built peers); RULEBOOK is the program. First the
verdicts on its 20,000 records are compared with what its reference says. Then every program runs in turn, round after round,
so that a machine that slows down slows all; the least CPU time of each, user and system, is printed in µs a record.
"""
import json, os, subprocess, sys, tempfile

WORK, RULEBOOK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3
HARNESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared/peers")
SETS = ("R10", "R100", "R1000", "R10000", "SUM100")
RECORDS = 1_000_000
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
    data = f"{WORK}/data/leads_1m"
    yield "Rulebook, NDJSON", ours(name, f"{data}.ndjson", out)
    yield "Rulebook, NDJSON, 2 threads", ours(name, f"{data}.ndjson", out, 2)
    if name in ("R100", "R1000", "R10000"):
        yield "Rulebook, CSV", ours(name, f"{data}.csv", out)
    for variant in ("scan-idx", "serde-chain"):
        if os.path.exists(f"{WORK}/target/release/expert") and (variant == "serde-chain" and name != "R10000" or name in ("R100", "R1000", "R10000")):
            yield f"hand-written Rust, {variant}", [f"{WORK}/target/release/expert", "--rules", f"{WORK}/rules/{name}.json", "--data", f"{data}.ndjson", "--variant", variant, "--threads", "1", "--out", out]
    if os.path.exists(f"{WORK}/venv/bin/python") and name in ("R10", "R100", "SUM100"):
        for kind in ("ndjson", "csv"):
            yield f"DuckDB, {kind.upper()}", [f"{WORK}/venv/bin/python", f"{HARNESS}/py/duckdb_run.py", f"{WORK}/rules/{name}.json", f"{WORK}/prog", f"{data}.{kind}", out, "1", "case"]


def cpu_and_wall(command):
    import time
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit(f"{' '.join(command)}: {status}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - began


def main():
    for name in SETS:
        prepare(name)
        print(f"{name}: {differing(name)} of 20,000 verdicts differ from the reference", file=sys.stderr)
    with tempfile.NamedTemporaryFile() as out:
        runs = [(program, name, command) for name in SETS for program, command in programs(name, out.name)]
        least = {}
        for _ in range(ROUNDS):
            for program, name, command in runs:
                cpu, wall = cpu_and_wall(command)
                known = least.get((program, name), (cpu, wall))
                least[program, name] = (min(cpu, known[0]), min(wall, known[1]))
    cell = lambda program, name: "{:.2f} ({:.2f})".format(*(1e6 / RECORDS * time for time in least[program, name])) if (program, name) in least else "–"
    print("| | " + " | ".join(SETS) + " |\n|" + "---|" * (len(SETS) + 1))
    for program in dict.fromkeys(program for program, _, _ in runs):
        print(f"| {program} | " + " | ".join(cell(program, name) for name in SETS) + " |")


main()
