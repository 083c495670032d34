//! What came of the tests, for people.

use std::fmt::Write as _;

use clap::builder::styling::AnsiColor;
use diagnostics::render;
use testing::{Failure, Outcome};

use crate::load::Checked;
use crate::report::{counted, grouped};
use crate::terminal::Terminal;

/// A line for each test, then what is wrong with those that failed, then the sum. `brief` leaves out the lines.
pub(super) fn report(outcomes: &[Outcome], checked: &Checked, brief: bool, terminal: Terminal) -> String {
    let mut out = String::new();
    if !brief {
        lines(&mut out, outcomes, checked, terminal);
        out.push('\n');
    }
    for outcome in outcomes.iter().filter(|outcome| !outcome.passed()) {
        let words = format!("{}: {}", terminal.data("failed", AnsiColor::Red), outcome.name);
        let _ = writeln!(out, "{words} ({})\n", place(outcome, checked));
        for failure in &outcome.failures {
            out.push_str(&shown(failure, checked, terminal));
            out.push('\n');
        }
    }
    out + &sum(outcomes, terminal)
}

/// A line for each test, below the name of its file.
fn lines(out: &mut String, outcomes: &[Outcome], checked: &Checked, terminal: Terminal) {
    for in_file in outcomes.chunk_by(|left, right| left.file == right.file) {
        let Some(first) = in_file.first() else { continue };
        let _ = writeln!(out, "{}", checked.shown(&first.file));
        for outcome in in_file {
            let mark = match outcome.passed() {
                true => terminal.data("✓", AnsiColor::Green),
                false => terminal.data("✗", AnsiColor::Red),
            };
            let records = match outcome.records {
                0 | 1 => String::new(),
                many => format!(" ({})", counted(many as u64, "record")),
            };
            let _ = writeln!(out, "  {mark} {}{records}", outcome.name);
        }
    }
}

/// The name of the file as the user sees it, and the line.
fn place(outcome: &Outcome, checked: &Checked) -> String {
    let line = outcome.at.rsplit_once(':').map_or("", |(_, line)| line);
    format!("{}:{line}", checked.shown(&outcome.file))
}

fn shown(failure: &Failure, checked: &Checked, terminal: Terminal) -> String {
    let labels: Vec<_> = failure.labels.iter().map(|(place, label)| (checked.as_seen(place), label.clone())).collect();
    let mut out = render::notice(&failure.sentence, &labels, &checked.sources, terminal.colour_out, terminal.width);
    for note in &failure.notes {
        let _ = writeln!(out, "  {note}");
    }
    out
}

/// `12 passed, 1 failed`
fn sum(outcomes: &[Outcome], terminal: Terminal) -> String {
    let passed = outcomes.iter().filter(|outcome| outcome.passed()).count();
    let failed = outcomes.len() - passed;
    let passed = format!("{} passed", grouped(passed as u64));
    match failed {
        0 => format!("{}\n", terminal.data(&passed, AnsiColor::Green)),
        failed => {
            format!("{passed}, {}\n", terminal.data(&format!("{} failed", grouped(failed as u64)), AnsiColor::Red))
        }
    }
}
