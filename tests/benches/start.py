#!/usr/bin/env python3
"""How long it takes until there is something: the one-liner's first verdict, a large rulebook checked and built.

usage: start.py RULEBOOK RULES

RULEBOOK is the program, RULES a large rule file such as R10000.rules of peers.py. Each line tells the least wall time of
several runs, the CPU time of that run, and the most memory of any.
"""
import os, subprocess, sys, tempfile, time

RULEBOOK, RULES = sys.argv[1:]
ONE_LINER = "when lead.score > 70 then assign sales within 2d\n"


def run(command, runs):
    best, memory = (9e9, 0), 0
    for _ in range(runs):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            raise SystemExit(f"{' '.join(command)}: {status}")
        best = min(best, (time.perf_counter() - began, usage.ru_utime + usage.ru_stime))
        memory = max(memory, usage.ru_maxrss)
    return best, memory


def tell(what, command, runs):
    (wall, cpu), memory = run(command, runs)
    print(f"| {what} | {wall * 1e3:.1f} ms | {cpu * 1e3:.1f} ms | {memory / 1024:.0f} MiB |")


with tempfile.TemporaryDirectory() as folder:
    rules, lead, program = (f"{folder}/{name}" for name in ("first.rules", "lead.ndjson", "rules.program"))
    open(rules, "w").write(ONE_LINER)
    open(lead, "w").write('{"id": "L1", "name": "Ada", "score": 82}\n')
    print("| | wall | CPU | memory |\n|---|---|---|---|")
    tell("one line of rules: start to verdict", [RULEBOOK, "run", rules, lead, "--quiet"], 40)
    tell("check", [RULEBOOK, "check", RULES], 3)
    tell("check and build", [RULEBOOK, "build", RULES, "--out", program], 3)
    tell("the built program: start to verdict", [RULEBOOK, "run", program, lead, "--quiet"], 10)
