//! The bits of an index: which of its rows each part of each dimension leaves possible; see `program/index.rs`.

mod needles;
mod parts;
mod texts;

use values::Value;

use self::parts::Parts;
pub(super) use self::parts::{ANY, SEVERAL};
use super::Mode;
use crate::instruction::Instruction;
use crate::program::Decision;
use crate::program::index::{Demand, Dimension, Index, MISSING, Missing, Row};

/// How many bits are looked at together: a line of the cache.
pub(super) const BITS: usize = 512;

/// A bit for each of some rows.
pub(super) type Line = [u64; BITS / 64];

/// An index, ready to be asked.
#[derive(Debug)]
pub(crate) struct Possible {
    pub(super) rows: Vec<Row>,
    pub(super) facets: Vec<Facet>,
}

/// A dimension, ready to be asked.
#[derive(Debug)]
pub(super) struct Facet {
    /// Where the value comes from.
    pub(super) source: Source,
    parts: Parts,
    /// What is possible.
    possible: Table,
    /// What is possible if a missing value may be any, as far as no choice hangs on it; none where one hangs on the value.
    conceivable: Option<Table>,
    /// Which rows a missing value leaves as they are, though it may be any.
    indifferent: Vec<Line>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    /// It is the same for all records.
    Constant(u32),
    /// A field of the record.
    Field(u32),
    /// A piece of code.
    Code(u32),
}

impl Source {
    /// Where the value that a piece of code leaves comes from.
    pub(super) fn of(decision: &Decision, entry: u32) -> Self {
        match decision.code.get(entry as usize..).unwrap_or_default() {
            [Instruction::Constant(constant), Instruction::Return, ..] => Self::Constant(*constant),
            [Instruction::Field(field), Instruction::Return, ..] => Self::Field(*field),
            _ => Self::Code(entry),
        }
    }
}

impl Possible {
    /// An index of a decision.
    pub(super) fn new(decision: &Decision, index: &Index) -> Self {
        let facets = index.dimensions.iter().map(|dimension| Facet::new(decision, index, dimension)).collect();
        Self { rows: index.rows.clone(), facets }
    }
}

impl Facet {
    fn new(decision: &Decision, index: &Index, dimension: &Dimension) -> Self {
        let (rows, parts) = (index.rows.len(), Parts::count(&dimension.scale));
        let conceivable = dimension.certain.then(|| {
            let early = |demand: &Demand| (!demand.late).then_some(demand.missing != Missing::Fails);
            Table::new(rows, parts, dimension, early)
        });
        let indifferent = Table::new(rows, 1, dimension, |demand| Some(demand.missing == Missing::Meets)).lines;
        Self {
            source: Source::of(decision, dimension.entry),
            parts: Parts::new(&dimension.scale),
            possible: Table::new(rows, parts, dimension, |demand| Some(is_in(&demand.parts, MISSING))),
            conceivable,
            indifferent,
        }
    }

    /// Whether it says anything in a mode of truth.
    pub(super) fn tells(&self, mode: Mode) -> bool {
        mode == Mode::Known || self.conceivable.is_some()
    }

    /// Into which part a value falls; [`SEVERAL`] if it falls into those that are shown to `see`, [`ANY`] if that is not known.
    pub(super) fn part(&self, value: &Value, see: impl FnMut(u32)) -> u32 {
        self.parts.of(value, see)
    }

    /// Which rows of a line a part leaves possible; with unknown truth, if missing values may be any.
    pub(super) fn possible(&self, part: u32, mode: Mode, line: usize) -> &Line {
        match (mode, &self.conceivable) {
            (Mode::Unknown, Some(conceivable)) => conceivable.line(part, line),
            _ => self.possible.line(part, line),
        }
    }

    /// Whether a missing value, though it may be any, leaves a row as it is.
    pub(super) fn is_indifferent(&self, row: usize) -> bool {
        let word = self.indifferent.get(row / BITS).and_then(|line| line.get(row % BITS / 64));
        word.is_some_and(|word| word >> (row % 64) & 1 == 1)
    }
}

fn is_in(parts: &[(u32, u32)], part: u32) -> bool {
    parts.iter().any(|(from, to)| (*from..=*to).contains(&part))
}

/// For each part a bit for each row.
#[derive(Debug)]
struct Table {
    lines: Vec<Line>,
    /// How many lines each part has.
    width: usize,
}

impl Table {
    /// The bits of a dimension. Of each demand `missing` says whether a missing value leaves it possible; none leaves the
    /// demand out.
    fn new(rows: usize, parts: usize, dimension: &Dimension, missing: impl Fn(&Demand) -> Option<bool>) -> Self {
        let width = rows.div_ceil(BITS);
        let mut table = Self { lines: vec![[u64::MAX; BITS / 64]; width * parts], width };
        let demands: Vec<_> =
            dimension.demands.iter().map(|demand| (impossible(demand, parts), missing(demand))).collect();
        for (row, demand) in &dimension.made_by {
            let Some((impossible, Some(missing))) = demands.get(*demand as usize) else { continue };
            if !missing {
                table.clear(MISSING as usize, *row as usize);
            }
            for (from, to) in impossible {
                (*from..*to).for_each(|part| table.clear(part, *row as usize));
            }
        }
        table
    }

    fn clear(&mut self, part: usize, row: usize) {
        let line = self.lines.get_mut(part * self.width + row / BITS);
        if let Some(word) = line.and_then(|line| line.get_mut(row % BITS / 64)) {
            *word &= !(1 << (row % 64));
        }
    }

    fn line(&self, part: u32, line: usize) -> &Line {
        const NOTHING: Line = [0; BITS / 64];
        self.lines.get(part as usize * self.width + line).unwrap_or(&NOTHING)
    }
}

/// The parts of present values that a demand leaves out: ranges without their ends.
fn impossible(demand: &Demand, parts: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut next = MISSING as usize + 1;
    for (from, to) in &demand.parts {
        if (*from as usize) > next {
            out.push((next, (*from as usize).min(parts)));
        }
        next = next.max(*to as usize + 1);
    }
    out.extend((next < parts).then_some((next, parts)));
    out
}
