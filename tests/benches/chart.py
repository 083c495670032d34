#!/usr/bin/env python3
"""What a record costs over the number of rules, for Rulebook and its peers: a chart of what peers.py has found.

usage: chart.py FIGURES.json OUT.svg        (needs matplotlib)

The chart follows the reader's choice of a light or a dark page.
"""
import json, re, sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot

FIGURES, OUT = sys.argv[1:]
RULES = {"R10": 10, "R100": 100, "R1000": 1_000, "R10000": 10_000}
INK, FAINT = "#010203", "#040506"  # Replaced below by what the page calls for.
# What is shown, and how: ours thick; those by hand dashed.
SHOWN = {
    "Rulebook, NDJSON": ("Rulebook", "#d9480f", "-", 3),
    "hand-written Rust, scan-idx": ("hand-written Rust, index", "#868e96", "--", 1.5),
    "hand-written Rust, serde-chain": ("hand-written Rust, if-chain", "#868e96", ":", 1.5),
    "DuckDB, NDJSON": ("DuckDB", "#b08800", "-", 1.5),
    "GoRules ZEN": ("GoRules ZEN", "#1971c2", "-", 1.5),
    "datalogic-rs": ("datalogic-rs", "#2f9e44", "-", 1.5),
    "CEL (Rust)": ("CEL", "#9c36b5", "-", 1.5),
}

matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "rulebook", "font.family": "sans-serif", "font.size": 11})
figures = json.load(open(FIGURES))
figure, axes = plot.subplots(figsize=(8.6, 4.6))
ends = []
for program, (label, colour, line, width) in SHOWN.items():
    points = [(RULES[name], times[0]) for name, times in figures.get(program, {}).items() if name in RULES]
    if points:
        axes.plot(*zip(*points), line, color=colour, linewidth=width, marker="o", markersize=width + 2)
        ends.append((*points[-1], label, colour, width))
last = None
for x, y, label, colour, width in sorted(ends, key=lambda end: (end[0], end[1])):
    place = y if last is None or last[0] != x else max(y, last[1] * 1.6)
    last = (x, place)
    axes.annotate(label, (x, place), xytext=(10, 0), textcoords="offset points", va="center", color=colour, weight="bold" if width > 2 else "normal")
axes.set(xscale="log", yscale="log", xlim=(8, 90_000), xlabel="rules", ylabel="µs of CPU for a record, reading and writing included")
axes.set_xticks(list(RULES.values()), [f"{count:,}" for count in RULES.values()])
axes.set_yticks([1, 10, 100, 1_000], ["1", "10", "100", "1,000"])
axes.minorticks_off()
axes.grid(color=FAINT, linewidth=0.6)
axes.spines[:].set_visible(False)
axes.tick_params(colors=INK, length=0)
axes.xaxis.label.set_color(INK), axes.yaxis.label.set_color(INK)
figure.tight_layout()
figure.savefig(OUT, transparent=True, metadata={"Date": None})

style = "<style>:root { --ink: #1f2328; --faint: #d1d9e0 } @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #3d444d } }</style>"
text = open(OUT).read().replace(INK, "var(--ink)").replace(FAINT, "var(--faint)")
text = re.sub(r"(<svg [^>]*>)", lambda opening: opening[0] + style, text, count=1)
open(OUT, "w").write(re.sub(r"[ \t]+$", "", text, flags=re.M))
