//! Tests: each line on its own; a record that does not fit has its fields below each other.

use std::ops::Range;

use super::Layout;
use super::blocks::{self, Block, Style, bytes};
use crate::ast::{Claim, Datum, DatumKind, Detail, Due, Expectation, Expr, MeasureLimit, Sketch, Test, TestLineKind};

impl Layout<'_> {
    /// A test stays on one line where it was written so and fits.
    pub(super) fn test(&mut self, test: &Test, whole: &Range<usize>) {
        let lines: Vec<Block> = test.lines.iter().map(|line| self.test_line(&line.kind, bytes(line.span))).collect();
        if self.sheet.is_one_line(whole) && self.fits(whole, self.base) {
            return;
        }
        let indent = self.base + 2;
        for line in &lines {
            self.sheet.break_before(line.range.start, indent);
            self.place(line, indent, indent);
        }
        if let Some(brace) = self.sheet.last_before(whole.end).filter(|_| !lines.is_empty()) {
            self.sheet.break_before(brace.start, self.base);
        }
    }

    fn test_line(&mut self, line: &TestLineKind, range: Range<usize>) -> Block {
        let parts = match line {
            TestLineKind::Now(now) => vec![self.value(now)],
            TestLineKind::Given(given) => vec![self.datum(&given.value)],
            TestLineKind::Expect(expectation) => self.expected(expectation),
            TestLineKind::Event(_) | TestLineKind::Error => Vec::new(),
        };
        Block { range, breaks: Vec::new(), style: Style::All, parts }
    }

    fn value(&mut self, value: &Expr) -> Block {
        blocks::expr(value, &mut self.sheet)
    }

    fn datum(&mut self, datum: &Datum) -> Block {
        let range = bytes(datum.span);
        match &datum.kind {
            DatumKind::Value(value) => self.value(value),
            DatumKind::Record(members) => {
                let parts: Vec<Block> = members.iter().map(|member| self.datum(&member.value)).collect();
                let starts = members.iter().map(|member| member.name.span.start as usize);
                blocks::braces(range, starts, parts)
            }
            DatumKind::List(data) => {
                let parts: Vec<Block> = data.iter().map(|datum| self.datum(datum)).collect();
                let starts: Vec<usize> = parts.iter().map(|part| part.range.start).collect();
                blocks::braces(range, starts.into_iter(), parts)
            }
        }
    }

    fn expected(&mut self, expectation: &Expectation) -> Vec<Block> {
        match &expectation.claim {
            Claim::Condition(condition) => vec![self.value(condition)],
            Claim::Effect(sketch) | Claim::Lost(Some(sketch)) => self.sketch(sketch),
            Claim::Measure(measure) => {
                let mut parts = self.expected(&measure.of);
                match &measure.limit {
                    MeasureLimit::Compared { value, .. } => parts.push(self.value(value)),
                    MeasureLimit::Between { low, high, .. } => parts.extend([self.value(low), self.value(high)]),
                }
                parts
            }
            Claim::Rules(names) => {
                let starts = names.iter().skip(1).map(|name| name.span.start as usize);
                let ends = names.first().zip(names.last()).map(|(first, last)| bytes(first.span.to(last.span)));
                ends.map(|range| Block::filled(range, starts)).into_iter().collect()
            }
            Claim::Fault(Some(code)) => {
                self.sheet.join(bytes(code.span));
                Vec::new()
            }
            Claim::Rule(_) | Claim::Fault(None) | Claim::Lost(None) => Vec::new(),
        }
    }

    /// The values in an effect; they may break, the effect itself does not.
    fn sketch(&mut self, sketch: &Sketch) -> Vec<Block> {
        let values = sketch.details.iter().flat_map(|detail| match detail {
            Detail::Value(value) | Detail::Text(value) | Detail::Due(Due::Within(value)) => vec![value],
            Detail::Due(Due::Before { distance, instant }) => vec![distance, instant],
            Detail::Within(deadline) => vec![&deadline.within],
            Detail::With(arguments) => arguments.iter().map(|argument| &argument.value).collect(),
            _ => Vec::new(),
        });
        values.collect::<Vec<_>>().into_iter().map(|value| self.value(value)).collect()
    }
}
