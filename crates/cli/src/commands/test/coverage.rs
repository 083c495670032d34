//! What the tests have tried of the rules, as a table, and what they have not, line by line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use testing::{Coverage, CoveredLeaf};

use crate::load::Checked;
use crate::terminal::Terminal;

/// How much was tried, and of how much.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) tried: usize,
    pub(super) all: usize,
}

/// The shares of a file: rules that fired, outcomes of single conditions, lines of derived values that held.
#[derive(Clone, Copy, Default)]
pub(super) struct Shares {
    pub(super) rules: Share,
    pub(super) outcomes: Share,
    pub(super) lines: Share,
}

impl Share {
    fn add(&mut self, tried: usize, all: usize) {
        self.tried += tried;
        self.all += all;
    }

    /// `3 of 4`, or nothing where there is nothing to try.
    pub(super) fn words(self) -> String {
        if self.all == 0 { "–".to_owned() } else { format!("{} of {}", self.tried, self.all) }
    }
}

/// The shares of each file, in name order.
pub(super) fn shares(coverage: &Coverage) -> BTreeMap<&str, Shares> {
    let mut shares: BTreeMap<&str, Shares> = BTreeMap::new();
    for rule in &coverage.rules {
        let file = shares.entry(rule.file()).or_default();
        file.rules.add(usize::from(rule.fired), 1);
        rule.leaves.iter().for_each(|leaf| file.outcomes.add(leaf.outcomes(), 2));
    }
    for line in &coverage.lines {
        shares.entry(line.file()).or_default().lines.add(usize::from(line.held), 1);
    }
    shares
}

/// What is wrong with a single condition's coverage; nothing if it was both true and false.
pub(super) fn lack(leaf: &CoveredLeaf) -> Option<&'static str> {
    match (leaf.was_true, leaf.was_false) {
        (true, true) => None,
        (true, false) => Some("is never false"),
        (false, true) => Some("is never true"),
        (false, false) => Some("is never asked"),
    }
}

/// The table, and what was not tried.
pub(super) fn report(coverage: &Coverage, checked: &Checked, terminal: Terminal) -> String {
    let mut rows = vec![["coverage".to_owned(), "rules".into(), "outcomes of conditions".into(), "lines".into()]];
    for (file, shares) in shares(coverage) {
        let shown = checked.shown(file).to_owned();
        rows.push([shown, shares.rules.words(), shares.outcomes.words(), shares.lines.words()]);
    }
    let mut out = String::from("\n");
    let widths =
        [0, 1, 2].map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max());
    let [first, second, third] = widths.map(Option::unwrap_or_default);
    for (place, [file, rules, outcomes, lines]) in rows.iter().enumerate() {
        let line = format!("{file:first$}  {rules:second$}  {outcomes:third$}  {lines}");
        let line = line.trim_end();
        let _ = writeln!(out, "{}", if place == 0 { terminal.heading(line) } else { line.to_owned() });
    }
    let untried = untried(coverage, checked);
    if !untried.is_empty() {
        let width = untried.iter().map(|(_, _, at, _)| at.chars().count()).max().unwrap_or_default();
        let _ = writeln!(out, "\n{}", terminal.heading("not tried"));
        for (_, _, at, what) in untried {
            let _ = writeln!(out, "{at:width$}  {what}");
        }
    }
    out
}

/// What was not tried, by file and line: the file, the line, both as they are shown, and what.
fn untried(coverage: &Coverage, checked: &Checked) -> Vec<(String, usize, String, String)> {
    let mut all = Vec::new();
    let mut put = |file: &str, line: usize, what: String| {
        let shown = checked.shown(file).to_owned();
        all.push((shown.clone(), line, format!("{shown}:{line}"), what));
    };
    for rule in &coverage.rules {
        if !rule.fired {
            put(rule.file(), line_of(&rule.at), format!("rule \"{}\" never fires", rule.name));
        }
        for leaf in &rule.leaves {
            if let Some(lack) = lack(leaf) {
                let shown = checked.shown(rule.file());
                let line = checked.sources.position(shown, leaf.place.start as usize).line;
                put(rule.file(), line, format!("`{}` {lack}", leaf.written));
            }
        }
    }
    for line in coverage.lines.iter().filter(|line| !line.held) {
        put(line.file(), line_of(&line.at), format!("`{}` never holds", line.written));
    }
    all.sort_by(|left, right| (&left.0, left.1).cmp(&(&right.0, right.1)));
    all
}

/// The line in `routing.rules:31`.
pub(super) fn line_of(at: &str) -> usize {
    at.rsplit_once(':').and_then(|(_, line)| line.parse().ok()).unwrap_or_default()
}
