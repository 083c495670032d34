//! A calendar, line by line: one that cannot be read leaves the others.

use std::ops::Range;

use super::super::build::Build;
use super::super::grammar::{Failure, Rule};
use super::declarations::{lost, name_at};
use super::{bytes, report, report_item, span};
use crate::ast::{Calendar, CalendarLine, CalendarLineKind, Item};

pub(super) fn calendar(build: &mut Build<'_>, error: &Failure) -> Item {
    let Some(name) = name_at(build, 1) else { return lost(build, error) };
    let mut calendar = Calendar { name, lines: Vec::new() };
    let end = build.source.tokens().len();
    if build.source.word(2) != "{" || build.source.word(end - 1) != "}" {
        report_item(build, error);
        calendar.lines.push(unknown(build, 0..end));
        return Item::Calendar(calendar);
    }
    for places in lines(build, 3..end - 1) {
        let range = bytes(build, places.clone());
        let line = match build.part(Rule::calendar_part, range, Build::calendar_line) {
            Ok(line) => line,
            Err((base, error)) => {
                report(build, places.clone(), base, &error);
                unknown(build, places)
            }
        };
        calendar.lines.push(line);
    }
    Item::Calendar(calendar)
}

/// A line of which nothing is known, so that the calendar is not taken for one without it.
fn unknown(build: &Build<'_>, places: Range<usize>) -> CalendarLine {
    CalendarLine { kind: CalendarLineKind::Error, span: span(build, places) }
}

/// Cuts at each word that begins a line of a calendar; nothing else in one is called so.
fn lines(build: &Build<'_>, places: Range<usize>) -> Vec<Range<usize>> {
    let begins = |place: &usize| matches!(build.source.word(*place), "time" | "hours" | "holidays");
    let mut starts: Vec<usize> = places.clone().filter(begins).collect();
    if starts.first().is_none_or(|first| *first > places.start) && !places.is_empty() {
        starts.insert(0, places.start);
    }
    let ends = starts.iter().skip(1).copied().chain([places.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
