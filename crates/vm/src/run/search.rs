//! Rules, and cases of sieves, that an index finds: in their order, those that hold.
//!
//! What an index passes over is false and could not fault. What it leaves possible is asked by its own condition, unless
//! the index is all that the condition asks.

use values::builtins::Builtin;
use values::{FaultCode, Value};

use super::found::Found;
use super::possible::{Possible, Source};
use super::{Mode, Run};
use crate::program::index::Row;
use crate::program::sieve::{self, Made, Sieve, TOGETHER};
use crate::program::{Decision, Policy};
use crate::verdict::Fault;

/// A sieve, ready to be used.
#[derive(Debug)]
pub(crate) struct Sieving {
    possible: Possible,
    cases: Vec<Case>,
    made: Made,
    /// What each case adds, if all that is made of them is a sum of whole numbers.
    points: Option<Vec<i64>>,
}

#[derive(Clone, Copy, Debug)]
struct Case {
    condition: Option<u32>,
    value: Source,
}

impl Sieving {
    pub(super) fn new(decision: &Decision, sieve: &Sieve) -> Self {
        let case = |case: &sieve::Case| Case { condition: case.condition, value: Source::of(decision, case.value) };
        let cases: Vec<Case> = sieve.cases.iter().map(case).collect();
        let points = cases.iter().map(|case| points(decision, case.value)).collect();
        let is_sum = matches!(sieve.made, Made::All(builtin) if builtin.row().key == "sum of present");
        let points = if is_sum { points } else { None };
        Self { possible: Possible::new(decision, &sieve.index), cases, made: sieve.made, points }
    }
}

/// A value as points of a score: a constant that is a whole number, and so small that no sum of such is too large.
fn points(decision: &Decision, value: Source) -> Option<i64> {
    let Source::Constant(constant) = value else { return None };
    let Value::Number(number) = decision.constants.get(constant as usize)? else { return None };
    number.as_i64().filter(|points| i32::try_from(*points).is_ok())
}

impl<'a> Run<'a> {
    /// Fires those of the running set's rules that hold.
    pub(super) fn search(&mut self) -> Result<(), Fault> {
        let (decision, prepared) = (self.decision, self.prepared);
        let Some(set) = decision.sets.get(self.set as usize) else { return Ok(()) };
        let Some(Some(possible)) = prepared.indexes.get(self.set as usize) else { return Ok(()) };
        let mut found = Found::among(possible);
        self.find(possible, &mut found)?;
        let mut tried = None;
        while let Some(row) = found.next_row() {
            // A rule that has been asked by its condition has been asked as a whole.
            let Some(rule) = decision.rules.get(row.rule as usize).filter(|_| tried != Some(row.rule)) else {
                continue;
            };
            tried = Some(row.rule);
            if self.row_holds(row, rule.condition)? {
                self.fire(row.rule)?;
                if set.policy == Policy::First || rule.stops {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether a row that is possible holds, whose condition this is.
    fn row_holds(&mut self, row: Row, condition: Option<u32>) -> Result<bool, Fault> {
        self.steps = self.steps.checked_sub(1).ok_or(FaultCode::TooManySteps)?;
        match condition {
            Some(condition) if !row.whole => Ok(self.evaluate(condition)?.holds()),
            _ => Ok(row.whole || condition.is_none()),
        }
    }

    /// `→ value`: what a sieve makes of its cases; false, and nothing, with unknown truth, which choices hang on.
    pub(super) fn sieve(&mut self, which: u16) -> Result<bool, Fault> {
        let sieve = self.prepared.sieves.get(usize::from(which)).filter(|_| self.mode == Mode::Known);
        let Some(sieve) = sieve else { return Ok(false) };
        match sieve.made {
            Made::First(otherwise) => self.first_case(sieve, otherwise)?,
            Made::All(builtin) => match &sieve.points {
                Some(points) => self.sum(sieve, points)?,
                None => self.all_cases(sieve, builtin)?,
            },
        }
        Ok(true)
    }

    fn first_case(&mut self, sieve: &'a Sieving, otherwise: u32) -> Result<(), Fault> {
        let mut found = Found::among(&sieve.possible);
        self.find(&sieve.possible, &mut found)?;
        let mut tried = None;
        while let Some(row) = found.next_row() {
            let Some(case) = sieve.cases.get(row.rule as usize).filter(|_| tried != Some(row.rule)) else { continue };
            tried = Some(row.rule);
            if self.row_holds(row, case.condition)? {
                return self.push_from(case.value);
            }
        }
        self.execute(otherwise)
    }

    /// The values of some cases are put together before the next are asked, as in code without a sieve: what comes of it is
    /// the first value for the next.
    fn all_cases(&mut self, sieve: &'a Sieving, builtin: Builtin) -> Result<(), Fault> {
        let mut found = Found::among(&sieve.possible);
        self.find(&sieve.possible, &mut found)?;
        let (mut tried, mut count, mut group) = (None, 0, 0);
        while let Some(row) = found.next_row() {
            let Some(case) = sieve.cases.get(row.rule as usize).filter(|_| tried != Some(row.rule)) else { continue };
            tried = Some(row.rule);
            if count > 1 && row.rule / TOGETHER != group {
                self.call(builtin, count)?;
                count = 1;
            }
            group = row.rule / TOGETHER;
            if self.row_holds(row, case.condition)? {
                self.push_from(case.value)?;
                count += 1;
            }
        }
        Ok(self.call(builtin, count)?)
    }

    /// The same for a sum of whole numbers.
    fn sum(&mut self, sieve: &'a Sieving, points: &[i64]) -> Result<(), Fault> {
        let mut found = Found::among(&sieve.possible);
        self.find(&sieve.possible, &mut found)?;
        let (mut tried, mut sum) = (None, 0_i64);
        while let Some(row) = found.next_row() {
            let case = sieve.cases.get(row.rule as usize).zip(points.get(row.rule as usize));
            let Some((case, points)) = case.filter(|_| tried != Some(row.rule)) else { continue };
            tried = Some(row.rule);
            if self.row_holds(row, case.condition)? {
                sum = sum.saturating_add(*points);
            }
        }
        self.push(Value::Number(sum.into()));
        Ok(())
    }

    fn push_from(&mut self, source: Source) -> Result<(), Fault> {
        match source {
            Source::Constant(constant) => self.constant(constant),
            Source::Field(field) => self.field(field),
            Source::Code(entry) => self.execute(entry)?,
        }
        Ok(())
    }
}
