//! Rows of an index that a record leaves possible, one after the other.

use values::{FaultCode, Value};

use super::possible::{ANY, BITS, Line, Possible, SEVERAL, Source};
use super::{Mode, Run};
use crate::program::index::{DIMENSIONS, MISSING, Row};
use crate::verdict::Fault;

/// What a record leaves possible.
pub(super) struct Found<'p> {
    possible: &'p Possible,
    mode: Mode,
    /// Into which part of each dimension the record falls; `ANY` where that tells nothing, `SEVERAL` where it falls into
    /// some of `several`.
    parts: [u32; DIMENSIONS],
    /// Parts with the places of their dimensions.
    several: Vec<(usize, u32)>,
    /// Whether a dimension that should have told something has not: then all rows have to be asked.
    vague: bool,
    /// The line of rows that is being looked at, and what is still to be seen of it.
    line: usize,
    left: Line,
    /// A row that has been looked at ahead of its turn, with its place.
    peeked: Option<(usize, Row)>,
}

/// What an index tells of a rule that is conceivable, where what is missing may be any. Of several ways to hold, the one that
/// tells most counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// Its condition has to be asked.
    Ask,
    /// It holds for some values that are missing and not for others.
    Unknown,
    /// It holds.
    Holds,
}

impl<'a> Run<'a> {
    /// Finds the rows that the record leaves possible; with unknown truth, if what is missing may be any.
    pub(super) fn find(&mut self, possible: &'a Possible, found: &mut Found<'a>) -> Result<(), Fault> {
        found.mode = self.mode;
        let facets = possible.facets.iter().enumerate().zip(&mut found.parts);
        for ((place, facet), part) in facets.filter(|((_, facet), _)| facet.tells(found.mode)) {
            let several = |part| found.several.push((place, part));
            self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
            *part = match facet.source {
                Source::Constant(constant) => {
                    facet.part(self.decision.constants.get(constant as usize).unwrap_or(&Value::Missing), several)
                }
                Source::Field(field) => {
                    facet.part(self.values().get(field as usize).unwrap_or(&Value::Missing), several)
                }
                Source::Code(entry) => facet.part(&self.evaluate(entry)?, several),
            };
            self.met_missing |= *part == MISSING;
            found.vague |= *part == ANY;
        }
        found.read();
        Ok(())
    }
}

impl<'p> Found<'p> {
    /// Nothing found yet: see [`Run::find`].
    pub(super) const fn among(possible: &'p Possible) -> Self {
        let (parts, left) = ([ANY; DIMENSIONS], [0; BITS / 64]);
        Self { possible, mode: Mode::Known, parts, several: Vec::new(), vague: false, line: 0, left, peeked: None }
    }

    /// The next row that is possible.
    pub(super) fn next_row(&mut self) -> Option<Row> {
        self.next_place().map(|(_, row)| row)
    }

    /// The next rule whose condition does not end false whatever is missing, with what is known of it.
    pub(super) fn next_conceivable(&mut self) -> Option<(u32, Told)> {
        let (place, row) = self.next_place()?;
        let mut told = self.told(place, row);
        while let Some((place, other)) = self.peek_place().filter(|(_, other)| other.rule == row.rule) {
            self.peeked = None;
            told = told.max(self.told(place, other));
        }
        Some((row.rule, told))
    }

    fn told(&self, place: usize, row: Row) -> Told {
        match row.certain {
            true if self.is_open(place) => Told::Unknown,
            true => Told::Holds,
            false => Told::Ask,
        }
    }

    /// Whether a row that is possible depends on a missing value.
    fn is_open(&self, place: usize) -> bool {
        let missing = self.possible.facets.iter().zip(&self.parts).filter(|(_, part)| **part == MISSING);
        !missing.map(|(facet, _)| facet).all(|facet| facet.is_indifferent(place))
    }

    /// What all dimensions leave possible of the line.
    fn read(&mut self) {
        self.left = [u64::MAX; BITS / 64];
        for (place, (facet, part)) in self.possible.facets.iter().zip(&self.parts).enumerate() {
            match *part {
                ANY => {}
                SEVERAL => {
                    let mut line = [0; BITS / 64];
                    for (_, part) in self.several.iter().filter(|(of, _)| *of == place) {
                        merge(&mut line, facet.possible(*part, self.mode, self.line), |some, more| some | more);
                    }
                    merge(&mut self.left, &line, |left, line| left & line);
                }
                part => merge(&mut self.left, facet.possible(part, self.mode, self.line), |left, line| left & line),
            }
        }
    }

    fn peek_place(&mut self) -> Option<(usize, Row)> {
        self.peeked = self.next_place();
        self.peeked
    }

    /// A row as far as it is to be trusted.
    const fn asked(&self, row: Row) -> Row {
        Row { whole: row.whole && !self.vague, certain: row.certain && !self.vague, ..row }
    }

    /// The next row that is possible, with its place.
    fn next_place(&mut self) -> Option<(usize, Row)> {
        if self.peeked.is_some() {
            return self.peeked.take();
        }
        let rows = &self.possible.rows;
        loop {
            if let Some((place, word)) = self.left.iter_mut().enumerate().find(|(_, word)| **word != 0) {
                let bit = word.trailing_zeros() as usize;
                *word &= *word - 1;
                let place = self.line * BITS + place * 64 + bit;
                return rows.get(place).map(|row| (place, self.asked(*row)));
            }
            self.line += 1;
            if self.line * BITS >= rows.len() {
                return None;
            }
            self.read();
        }
    }
}

fn merge(bits: &mut Line, others: &Line, how: impl Fn(u64, u64) -> u64) {
    bits.iter_mut().zip(others).for_each(|(word, other)| *word = how(*word, *other));
}
