//! What a run says in the end: how many records, what each rule did, what could not be decided, and where missing data
//! decided.

use std::fmt::Write;

use clap::builder::styling::AnsiColor;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use records::{Broken, Rejected, write};
use vm::program::{Decision, Rule, Trigger};

use crate::arguments::Run;
use crate::report::{self, counted, grouped, listed};
use crate::sources;
use crate::table::harmless;
use crate::tally::Tally;
use crate::terminal::Terminal;

/// How many rules are listed; of more, those that matter most.
const LISTED: usize = 100;

/// Says it all on standard error; if the run is to be quiet, only what went wrong.
pub(crate) fn say(tally: &Tally, run: &write::Run<'_>, arguments: &Run, terminal: Terminal) {
    let summary = Summary { tally, run, arguments, terminal };
    let mut text = String::new();
    if !arguments.quiet {
        summary.records(&mut text);
        summary.rules(&mut text);
        summary.remarks(&mut text);
    }
    summary.faults(&mut text);
    summary.sources(&mut text);
    if !arguments.quiet {
        summary.missing(&mut text);
    }
    if !text.is_empty() {
        report::say(text.trim());
    }
    for broken in &tally.broken {
        report::error(
            terminal,
            broken,
            Some("fetch the file again and run it whole: what follows in it has no verdict"),
        );
    }
    if tally.stopped {
        summary.stopped();
    }
}

struct Summary<'a> {
    tally: &'a Tally,
    run: &'a write::Run<'a>,
    arguments: &'a Run,
    terminal: Terminal,
}

impl Summary<'_> {
    /// The line that shows that nothing got lost.
    fn records(&self, text: &mut String) {
        let Tally { records, verdicts, .. } = self.tally;
        let clock = self.run.clock;
        let local = clock.now.to_zoned(clock.zone.clone());
        let own_times = !self.arguments.events.is_empty() && self.arguments.now.is_none();
        let now = match local.offset().is_zero() {
            _ if own_times => "each at its own time".to_owned(),
            true => clock.now.to_string(),
            false => local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        };
        let sum = format!(
            "{} = {} + {}",
            counted(*records, "record"),
            counted(*verdicts, "verdict"),
            counted(self.tally.faults(), "fault")
        );
        line(text, format_args!("{}  ({}, {now})", self.heading(&sum), self.run.decision.record));
    }

    /// How often each rule fired, set by set.
    fn rules(&self, text: &mut String) {
        let decision = self.run.decision;
        let listed = self.listed();
        let mut table = self.columns(["rule", "fired", "share"]);
        for ((place, set), silent) in decision.sets.iter().enumerate().zip(&self.tally.silent) {
            table.add_row([Cell::new(harmless(&set.name))]);
            for (rule, fired) in
                self.rules_of(place).filter(|(place, ..)| listed.contains(place)).map(|(_, rule, fired)| (rule, fired))
            {
                table.add_row(self.counts(&format!("  {}", rule.name), fired));
            }
            if *silent > 0 {
                table.add_row(self.counts("  no rule", *silent));
            }
        }
        line(text, format_args!("\n{}", table.trim_fmt()));
        let hidden = decision.rules.len() - listed.len();
        if hidden > 0 {
            let never = self.tally.fired.iter().filter(|fired| **fired == 0).count();
            let (hidden, never) = (counted(hidden as u64, "more rule"), grouped(never as u64));
            line(text, format_args!("and {hidden}; {never} of all rules never fired"));
        }
    }

    /// The rules that are listed: all, or if they are too many, those that fired most.
    fn listed(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.run.decision.rules.len()).collect();
        if places.len() > LISTED {
            places.retain(|place| self.tally.fired.get(*place).is_some_and(|fired| *fired > 0));
            places.sort_by_key(|place| std::cmp::Reverse(self.tally.fired.get(*place)));
            places.truncate(LISTED / 2);
            places.sort_unstable();
        }
        places
    }

    fn rules_of(&self, set: usize) -> impl Iterator<Item = (usize, &Rule, u64)> {
        let rules = self.run.decision.rules.iter().zip(&self.tally.fired).enumerate();
        rules.filter(move |(_, (rule, _))| rule.set as usize == set).map(|(place, (rule, fired))| (place, rule, *fired))
    }

    /// What is worth knowing beside the counts.
    fn remarks(&self, text: &mut String) {
        let Tally { undecided, left_out, lost, read_leniently, .. } = *self.tally;
        let remarks = [
            (undecided, format!("{} without any rule that fired", counted(undecided, "record"))),
            (left_out, format!("{} left out, as no rule fired", counted(left_out, "verdict"))),
            (lost, format!("{} not performed; the verdicts tell which, under `lost`", counted(lost, "effect"))),
            (read_leniently, format!("{} taken for a number or a truth", counted(read_leniently, "text"))),
        ];
        let waiting = self.run.decision.sets.iter().filter(|set| set.trigger != Trigger::Always);
        let names: Vec<&str> = waiting.map(|set| &*set.name).collect();
        let without_event = self.arguments.event.is_none() && self.arguments.events.is_empty() && !names.is_empty();
        let waited = format!(
            "{} did not run, as there was no event: `--event NAME` or `--events FILE` tells of one",
            listed(names.iter().copied())
        );
        let waiting = (u64::from(without_event), waited);
        let away = self.tally.away.iter().map(|(team, count)| {
            (
                *count,
                format!("{} for team `{team}` without a member, as everybody in it is away", counted(*count, "record")),
            )
        });
        let remarks = remarks.into_iter().chain(away).chain([waiting]);
        let broken = self.tally.broken_links.iter().map(broken_links);
        let repeated = self.tally.sources.iter().filter_map(sources::repeated);
        let said = remarks.into_iter().filter(|(count, _)| *count > 0).map(|(_, remark)| remark);
        let said: Vec<String> = said.chain(broken).chain(repeated).collect();
        if !said.is_empty() {
            line(text, "");
        }
        said.into_iter().for_each(|remark| line(text, remark));
    }

    /// The faults by code, and the first of them.
    fn faults(&self, text: &mut String) {
        let faults = self.tally.faults();
        if faults == 0 {
            return;
        }
        line(text, format_args!("\n{}", self.heading("records that could not be decided")));
        let mut table = self.columns(["code", "records", "share"]);
        for (code, count) in &self.tally.by_code {
            table.add_row(self.counts(code, *count));
        }
        line(text, table.trim_fmt());
        line(text, "");
        self.tally.first.iter().for_each(|rejected| line(text, one_fault(rejected)));
        let more = faults - self.tally.first.len() as u64;
        match (&self.arguments.rejects, more) {
            (Some(file), _) => line(text, format_args!("all of them are in `{}`", file.display())),
            (None, 0) => {}
            (None, _) => {
                line(text, format_args!("and {} more; `--rejects FILE` writes all of them down", grouped(more)));
            }
        }
    }

    /// Records of sources that could not be read.
    fn sources(&self, text: &mut String) {
        let wrong: Vec<String> = self.tally.sources.iter().filter_map(sources::wrong).collect();
        if !wrong.is_empty() {
            line(text, "");
        }
        wrong.into_iter().for_each(|wrong| line(text, wrong));
    }

    /// The rules that a missing value settled.
    fn missing(&self, text: &mut String) {
        let decision: &Decision = self.run.decision;
        let mut settled: Vec<(&Rule, u64)> = decision.rules.iter().zip(self.tally.by_missing.iter().copied()).collect();
        settled.retain(|(_, count)| *count > 0);
        if settled.is_empty() {
            return;
        }
        line(
            text,
            format_args!("\n{}", self.heading("decided by missing data: with the value there, it might be otherwise")),
        );
        let mut table = self.columns(["rule", "records", "share"]);
        for (rule, count) in settled.iter().take(LISTED) {
            table.add_row(self.counts(&rule.name, *count));
        }
        line(text, table.trim_fmt());
        if settled.len() > LISTED {
            line(text, format_args!("and {}", counted((settled.len() - LISTED) as u64, "more rule")));
        }
    }

    fn stopped(&self) {
        let unwritten = match &self.arguments.out {
            Some(out) => format!("; `{}` was not written", out.display()),
            None => String::new(),
        };
        report::error(
            self.terminal,
            &format!("stopped at the first fault{unwritten}"),
            Some("leave out `--strict` to go on with the next record"),
        );
    }

    fn columns(&self, names: [&str; 3]) -> Table {
        let mut table = Table::new();
        let width = u16::try_from(self.terminal.width).unwrap_or(u16::MAX);
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
        let [name, count, share] = names;
        table.set_header([Cell::new(name), right(count.to_owned()), right(share.to_owned())]);
        table
    }

    /// A row of a name, a count, and the share of all records.
    fn counts(&self, name: &str, count: u64) -> [Cell; 3] {
        [Cell::new(harmless(name)), right(grouped(count)), right(share(count, self.tally.records))]
    }

    fn heading(&self, words: &str) -> String {
        self.terminal.painted(words, AnsiColor::Cyan)
    }
}

fn right(words: String) -> Cell {
    Cell::new(words).set_alignment(CellAlignment::Right)
}

/// A part of the whole in per cent, rounded: `16.7 %`; but what is not nothing is never `0.0 %`, nor what is not all
/// `100.0 %`.
fn share(part: u64, whole: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole));
    match (part * 2000 + whole).checked_div(whole * 2) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "< 0.1 %".to_owned(),
        Some(1000) if part < whole => "> 99.9 %".to_owned(),
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}

/// `leads.csv:17, key L17, wrong-type: …`
pub(crate) fn one_fault(rejected: &Rejected) -> String {
    let Rejected { file, line, key, value, code, message, .. } = rejected;
    let key = key.as_ref().map(|key| format!(" `{key}`")).unwrap_or_default();
    let value = value.as_ref().map(|value| format!(" (here: {value})")).unwrap_or_default();
    harmless(&format!("{file}:{line}{key} {code}: {message}{value}"))
}

/// ``3 records whose `account` is not in `accounts.csv`, first: L7 → "A99"``
fn broken_links(broken: &Broken) -> String {
    let Broken { reference, file, records, first, key, similar, .. } = broken;
    let meant = similar.as_ref().map(|similar| format!("; it has \"{similar}\"")).unwrap_or_default();
    let many = counted(*records, "record");
    harmless(&format!("{many} whose `{reference}` is not in `{file}`, first: {first} → \"{key}\"{meant}"))
}

fn line(text: &mut String, line: impl std::fmt::Display) {
    // Writing to memory cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_never_rounded_to_nothing_or_all() {
        assert_eq!(share(5, 30), "16.7 %");
        assert_eq!(share(2, 3), "66.7 %");
        assert_eq!(share(0, 3), "0.0 %");
        assert_eq!(share(1, 1_000_000), "< 0.1 %");
        assert_eq!(share(999_999, 1_000_000), "> 99.9 %");
        assert_eq!(share(3, 3), "100.0 %");
        assert_eq!(share(0, 0), "–");
    }
}
