//! Calendars: each line has a line of its own, and long lists of days are filled.

use std::ops::Range;

use super::Layout;
use super::blocks::{Block, bytes};
use crate::ast::{Calendar, CalendarLine, CalendarLineKind};

impl Layout<'_> {
    /// A calendar stays on one line where it was written so and fits.
    pub(super) fn calendar(&mut self, calendar: &Calendar, whole: &Range<usize>) {
        if self.sheet.is_one_line(whole) && self.fits(whole, self.base) {
            return;
        }
        let indent = self.base + 2;
        for line in &calendar.lines {
            let range = bytes(line.span);
            self.sheet.break_before(range.start, indent);
            let block = Block::filled(range, breaks(line).into_iter());
            self.place(&block, indent, indent);
        }
        if let Some(brace) = self.sheet.last_before(whole.end) {
            self.sheet.break_before(brace.start, self.base);
        }
    }
}

/// Where a line that is too long may break.
fn breaks(line: &CalendarLine) -> Vec<usize> {
    match &line.kind {
        CalendarLineKind::Hours { times, .. } => times.iter().skip(1).map(|times| times.span.start as usize).collect(),
        CalendarLineKind::Holidays(days) => days.iter().skip(1).map(|day| day.span.start as usize).collect(),
        _ => Vec::new(),
    }
}
