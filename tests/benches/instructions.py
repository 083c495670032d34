#!/usr/bin/env python3
"""How many instructions a record takes, whole process, in three cases that never change: a regression shows on a busy
machine too, where time tells nothing. Needs valgrind.

usage: instructions.py RULEBOOK LEADS

RULEBOOK is the program, built with `--profile trial`; LEADS is the example `leads`, which writes the records. What 1,000 records
take is subtracted from what 5,000 take, so that the start of the process does not count.
"""
import os, re, subprocess, sys, tempfile

RULEBOOK, LEADS = map(os.path.abspath, sys.argv[1:3])
HERE = os.path.dirname(os.path.abspath(__file__))
FEW, MANY = 1_000, 5_000
HEAD = """record lead {
  id: text key
  country: text?
  industry: text?
  title: text
  score: number?
  employees: number?
  tags: list of text
  sum: number?
}
"""
COUNTRIES = ("DE", "AT", "CH", "US", "GB", "FR", "IN", "JP", "BR", "CA")
INDUSTRIES = ("Software", "Insurance", "Legal", "Retail", "Healthcare", "Education", "Energy")
WORDS = ("VP", "Chief", "Director", "Head", "Engineer", "Manager", "Intern", "Analyst")
TAGS = ("vip", "demo-requested", "newsletter", "trial", "partner", "churn-risk")


def thousand():
    for number in range(1_000):
        country, industry = COUNTRIES[number % 10], INDUSTRIES[number // 10 % 7]
        score, employees = number * 7 % 90, 1 << number % 12
        yield (f'  rule "r{number}" when lead.country is "{country}" and lead.industry is "{industry}" and lead.score >= {score} '
               f'and lead.employees >= {employees} and lead.employees < {employees * 4} then assign queue "q{number % 20}"')


def score():
    for number in range(100):
        points, place = 1 + number % 9, number // 5
        yield f"  add {points} when " + (
            f'lead.country is "{COUNTRIES[place % 10]}" and lead.score >= {place * 5}',
            f'lead.industry is "{INDUSTRIES[place % 7]}"',
            f'lead.title contains "{WORDS[place % 8]}"',
            f'lead.tags contains "{TAGS[place % 6]}"',
            f"lead.employees >= {1 << place} and lead.employees < {2 << place}",
        )[number % 5]


def cases():
    yield "ten rules", open(f"{HERE}/ten.rules").read(), "record,assign"
    rules = '\n'.join(thousand())
    yield "a thousand rules", HEAD + f'rules "Routing" for lead, first match {{\n{rules}\n  otherwise assign queue "rest"\n}}\n', "record,assign"
    lines = '\n'.join(score())
    yield "a score of a hundred lines", HEAD + f'score lead.total {{\n  start 0\n{lines}\n}}\nrule "Sum" when lead.id is not blank then set lead.sum = lead.total\n', "record,set.sum"


def instructions(program, records, columns, folder):
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", RULEBOOK, "run", program, records, "--now",
               "2026-01-01T00:00:00Z", "--columns", columns, "--threads", "1", "--quiet", "--out", f"{folder}/verdicts"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", told)[1])


with tempfile.TemporaryDirectory() as folder:
    for count in (FEW, MANY):
        with open(f"{folder}/{count}.ndjson", "w") as out:
            subprocess.run([LEADS, str(count)], check=True, stdout=out)
    for name, rules, columns in cases():
        with open(f"{folder}/case.rules", "w") as out:
            out.write(rules)
        subprocess.run([RULEBOOK, "build", f"{folder}/case.rules", "--out", f"{folder}/case.program"], check=True, capture_output=True)
        few, many = (instructions(f"{folder}/case.program", f"{folder}/{count}.ndjson", columns, folder) for count in (FEW, MANY))
        print(f"| {name} | {round((many - few) / (MANY - FEW)):,} |", flush=True)
