//! Rules found by an index: what a record leaves possible, in the order of the rules.
//!
//! The rules that an index passes over are false and could not fault. What it leaves possible is asked by its own
//! condition, unless the index is all that the condition asks.

use values::{FaultCode, Value};

use super::possible::{BITS, Facet, Line, Possible, Source};
use super::{Mode, Run};
use crate::program::index::{DIMENSIONS, Row};
use crate::program::{Policy, Rule};
use crate::verdict::Fault;

/// What is possible by each dimension of an index.
pub(super) struct Found<'p> {
    rows: &'p [Row],
    by: [&'p [Line]; DIMENSIONS],
    count: usize,
    /// The line that is being looked at, and what is still to be seen of it.
    line: usize,
    left: Line,
}

impl<'a> Run<'a> {
    /// Fires those of the running set's rules that hold.
    pub(super) fn search(&mut self) -> Result<(), Fault> {
        let (decision, prepared) = (self.decision, self.prepared);
        let Some(set) = decision.sets.get(self.set as usize) else { return Ok(()) };
        let Some(Some(possible)) = prepared.indexes.get(self.set as usize) else { return Ok(()) };
        let found = self.found(possible)?;
        let mut tried = None;
        for row in found {
            // A rule that has been asked by its condition has been asked as a whole.
            let Some(rule) = decision.rules.get(row.rule as usize).filter(|_| tried != Some(row.rule)) else {
                continue;
            };
            tried = Some(row.rule);
            self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
            if row.whole || self.holds_by_itself(rule)? {
                self.fire(row.rule)?;
                if set.policy == Policy::First || rule.stops {
                    break;
                }
            }
        }
        Ok(())
    }

    fn holds_by_itself(&mut self, rule: &Rule) -> Result<bool, Fault> {
        match rule.condition {
            Some(condition) => Ok(self.evaluate(condition)?.holds()),
            None => Ok(false),
        }
    }

    /// The rows that the record leaves possible; with unknown truth, if what is missing may be any.
    pub(super) fn found(&mut self, possible: &'a Possible) -> Result<Found<'a>, Fault> {
        let mut found = Found::new(possible);
        let mode = self.mode;
        for facet in possible.facets.iter().filter(|facet| facet.tells(mode)) {
            self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
            match facet.source {
                Source::Field(field) => {
                    let value = self.values().get(field as usize).unwrap_or(&Value::Missing);
                    let missing = value.is_missing();
                    found.narrow(facet, value, mode);
                    self.met_missing |= missing;
                }
                Source::Code(entry) => {
                    let value = self.evaluate(entry)?;
                    found.narrow(facet, &value, mode);
                    self.met_missing |= value.is_missing();
                }
            }
        }
        found.read();
        Ok(found)
    }
}

impl<'p> Found<'p> {
    fn new(possible: &'p Possible) -> Self {
        Self { rows: &possible.rows, by: [&[]; DIMENSIONS], count: 0, line: 0, left: [0; BITS / 64] }
    }

    /// Takes in what a value of a dimension leaves possible.
    fn narrow(&mut self, facet: &'p Facet, value: &Value, mode: Mode) {
        if let Some(slot) = self.by.get_mut(self.count) {
            *slot = facet.possible(value, mode);
            self.count += 1;
        }
    }

    /// What all dimensions leave possible of the line.
    fn read(&mut self) {
        self.left = [u64::MAX; BITS / 64];
        for lines in self.by.iter().take(self.count) {
            let line = lines.get(self.line).unwrap_or(&[0; BITS / 64]);
            for (left, word) in self.left.iter_mut().zip(line) {
                *left &= word;
            }
        }
    }
}

impl Iterator for Found<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            if let Some((place, word)) = self.left.iter_mut().enumerate().find(|(_, word)| **word != 0) {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                return self.rows.get(self.line * BITS + place * 64 + bit).copied();
            }
            self.line += 1;
            if self.line * BITS >= self.rows.len() {
                return None;
            }
            self.read();
        }
    }
}
