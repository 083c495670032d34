//! `decide` and `score`: each line has a line of its own.

use std::ops::Range;

use super::super::WIDTH;
use super::Layout;
use super::blocks::{self, bytes};
use crate::ast::{Decide, Score, ScoreLine};

impl Layout<'_> {
    /// Each line of a `decide` has a line of its own; one that does not fit has its value below.
    pub(super) fn decide(&mut self, decide: &Decide, whole: &Range<usize>) {
        let indent = self.base + 2;
        for line in &decide.lines {
            let range = bytes(line.span);
            self.sheet.break_before(range.start, indent);
            let condition = blocks::expr(&line.condition, &mut self.sheet);
            let value = blocks::expr(&line.value, &mut self.sheet);
            if self.fits(&range, indent) {
                continue;
            }
            self.place(&condition, indent, indent + "when ".len());
            if let Some(then) = self.sheet.last_before(value.range.start) {
                self.sheet.break_before(then.start, indent + 2);
            }
            self.place(&value, indent + 2, indent + 2 + "then ".len());
        }
        if let Some(otherwise) = &decide.otherwise {
            let value = blocks::expr(otherwise, &mut self.sheet);
            if let Some(word) = self.sheet.last_before(value.range.start) {
                self.sheet.break_before(word.start, indent);
            }
            self.place(&value, indent, indent + "otherwise ".len());
        }
        if let Some(brace) = self.sheet.last_before(whole.end) {
            self.sheet.break_before(brace.start, self.base);
        }
    }

    pub(super) fn score(&mut self, score: &Score, whole: &Range<usize>) {
        let indent = self.base + 2;
        if let Some(start) = &score.start {
            self.sheet.break_before(bytes(start.span).start, indent);
        }
        for line in &score.lines {
            self.score_line(line, indent);
        }
        if let Some(limit) = &score.limit {
            self.sheet.break_before(bytes(limit.span).start, indent);
        }
        if let Some(brace) = self.sheet.last_before(whole.end) {
            self.sheet.break_before(brace.start, self.base);
        }
    }

    /// A line that does not fit has its clauses below each other.
    fn score_line(&mut self, line: &ScoreLine, indent: usize) {
        let range = bytes(line.span);
        self.sheet.break_before(range.start, indent);
        let condition = line.condition.as_ref().map(|condition| blocks::expr(condition, &mut self.sheet));
        let filter = line.each.iter().find_map(|each| each.filter.as_deref());
        let filter = filter.map(|filter| blocks::expr(filter, &mut self.sheet));
        if self.fits(&range, indent) {
            return;
        }
        if let Some(each) = &line.each {
            let word = self.sheet.last_before(bytes(each.variable.span).start);
            if let Some(word) = word.and_then(|word| self.sheet.last_before(word.start)) {
                self.sheet.break_before(word.start, indent + 2);
            }
        }
        if let Some(filter) = filter {
            let column = self.sheet.width(range.start..filter.range.start).min(WIDTH / 2);
            self.place(&filter, indent + 4, indent + 2 + column);
        }
        if let Some(condition) = condition {
            if let Some(when) = self.sheet.last_before(condition.range.start) {
                self.sheet.break_before(when.start, indent + 2);
            }
            self.place(&condition, indent + 2, indent + 2 + "when ".len());
        }
        if let Some(halving) = &line.halving {
            self.sheet.break_before(bytes(halving.span).start, indent + 2);
        }
    }
}
