//! Tests as they were meant. They are no part of the [`Rulebook`](super::Rulebook): what is compiled and run does not
//! change when a test does.
//!
//! Places are relative to the test's first byte; [`Test::place`] makes them absolute.

use std::sync::Arc;

use diagnostics::Place;
use values::{Instant, Text, Value};

use super::{Decision, Expr, Field, Recipient};

pub use syntax::ast::{Comparison, MeasureUnit, Span, Verb};

/// A test and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// The file that it stands in.
    pub file: Arc<str>,
    /// Its first byte there.
    pub start: u32,
    /// File and line of its name: `routing.rules:31`.
    pub at: Text,
    /// What its expressions refer to: the fields and definitions of its record type, without rules.
    pub frame: Arc<Decision>,
    /// The fields that only the test reads; expressions count them on behind those of the frame.
    pub more_fields: Vec<Field>,
    /// The same of who acts.
    pub more_actor: Vec<Field>,
    /// What it says.
    pub says: Saying,
}

/// What a test says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What it is called.
    pub name: Text,
    /// Where its name stands.
    pub name_span: Span,
    /// The record type that it decides.
    pub record: Text,
    /// The instant of the evaluation, if it names one.
    pub now: Option<Instant>,
    /// What has happened to each record, if it was anything.
    pub event: Option<Text>,
    /// Who acts, if it tells.
    pub actor: Option<Given>,
    /// The tables of which it gives rows.
    pub tables: Vec<GivenTable>,
    /// The records that it gives for references to lead to.
    pub beside: Vec<GivenRecords>,
    /// What is decided.
    pub subject: Subject,
    /// What must come of it, in written order.
    pub expectations: Vec<Expectation>,
}

/// What a test decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Records of its own, each by itself.
    Records(Vec<Given>),
    /// The records of a file, and where its name stands.
    File(Text, Span),
}

/// Rows that take the place of those in a table's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenTable {
    /// The table.
    pub name: Text,
    /// Its columns, as [`Reference::columns`](super::Reference::columns) has them.
    pub columns: Vec<Field>,
    /// The rows in written order, each with its key.
    pub rows: Vec<Given>,
}

/// Records that references of the decided record lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRecords {
    /// Their type.
    pub record: Text,
    /// The records in written order.
    pub records: Vec<Given>,
}

/// A record, or a row of a table, that a test gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Where it stands.
    pub span: Span,
    /// What it holds, under the keys that the data has; what is required and not given has a plain value.
    pub data: Datum,
    /// What it held before the event, if the test tells.
    pub before: Option<Datum>,
}

/// A value that a test gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// A single value: an expression that no record can change.
    Value(Expr),
    /// Several.
    List(Vec<Datum>),
    /// A record, by the keys of the data.
    Record(Vec<(Text, Datum)>),
}

/// Something that a test expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Where it stands, from `expect` to its last word.
    pub span: Span,
    /// What it says behind `expect`, as written.
    pub written: Text,
    /// Whether it must not be.
    pub negated: bool,
    /// What must be.
    pub claim: Claim,
}

/// What must come of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A rule of this name fires.
    Rule(Text),
    /// Exactly the rules of these names fire.
    Rules(Vec<Text>),
    /// The record cannot be decided, by any fault or by this one.
    Fault(Option<Text>),
    /// An effect is not performed: any, or those whose name in the verdict begins like this.
    Lost(Option<Text>),
    /// An effect happens.
    Effect(Sketch),
    /// A condition holds.
    Condition {
        /// An expression of type `Truth`.
        condition: Expr,
        /// The fields and derived values in it.
        operands: Vec<Operand>,
    },
    /// A number of records, or their share in all.
    Measure {
        /// Which of both.
        unit: MeasureUnit,
        /// What is counted.
        of: Box<Expectation>,
        /// What the measure must be.
        limit: Limit,
    },
}

/// A value in a condition, to be shown beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Where it stands.
    pub span: Span,
    /// As written.
    pub written: Text,
    /// The derived value that it is, if it is one, without the record type.
    pub derived: Option<Text>,
    /// Its value.
    pub value: Expr,
}

/// What a measure must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Whether it must not be so.
    pub negated: bool,
    /// Each comparison must hold; the values are numbers.
    pub bounds: Vec<(Comparison, Value)>,
    /// As written: `< 10%`.
    pub written: Text,
}

/// An effect as far as a test describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Which effect.
    pub verb: Verb,
    /// What is said of it.
    pub details: Vec<Detail>,
}

/// What is said of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Which part of the effect: `target`, `text`, `due`.
    pub part: Text,
    /// Where it stands.
    pub span: Span,
    /// What it must be.
    pub is: Expected,
}

/// What a part of an effect must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Somebody.
    Who(Recipient),
    /// Some people, in any order.
    All(Vec<Recipient>),
    /// A value.
    Value(Expr),
    /// A word of the verdict: a field's name, `round robin`, an integration.
    Word(Text),
}

impl Test {
    /// A place in the test as a place in its file.
    pub fn place(&self, span: Span) -> Place {
        let at = |offset: u32| self.start.saturating_add(offset) as usize;
        Place { file: Arc::clone(&self.file), start: at(span.start), end: at(span.end) }
    }
}

impl Saying {
    /// Visits every expression and every recipient, to renumber or collect them.
    pub fn each_mut(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        let records: &mut [Given] = if let Subject::Records(records) = &mut self.subject { records } else { &mut [] };
        let rows = self.tables.iter_mut().flat_map(|table| &mut table.rows);
        let beside = self.beside.iter_mut().flat_map(|beside| &mut beside.records);
        for given in records.iter_mut().chain(rows).chain(beside).chain(&mut self.actor) {
            given.data.each_mut(visit);
            given.before.iter_mut().for_each(|before| before.each_mut(visit));
        }
        self.expectations.iter_mut().for_each(|expectation| expectation.each_mut(visit));
    }
}

/// What [`Saying::each_mut`] visits.
#[derive(Debug)]
pub enum Part<'a> {
    /// An expression.
    Expr(&'a mut Expr),
    /// Who receives something; an expression in it is not visited again.
    Recipient(&'a mut Recipient),
}

impl Datum {
    fn each_mut(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        match self {
            Self::Value(value) => visit(Part::Expr(value)),
            Self::List(data) => data.iter_mut().for_each(|datum| datum.each_mut(visit)),
            Self::Record(members) => members.iter_mut().for_each(|(_, datum)| datum.each_mut(visit)),
        }
    }
}

impl Expectation {
    fn each_mut(&mut self, visit: &mut dyn FnMut(Part<'_>)) {
        match &mut self.claim {
            Claim::Effect(sketch) => {
                for detail in &mut sketch.details {
                    match &mut detail.is {
                        Expected::Who(who) => visit(Part::Recipient(who)),
                        Expected::All(all) => all.iter_mut().for_each(|who| visit(Part::Recipient(who))),
                        Expected::Value(value) => visit(Part::Expr(value)),
                        Expected::Word(_) => {}
                    }
                }
            }
            Claim::Condition { condition, operands } => {
                visit(Part::Expr(condition));
                operands.iter_mut().for_each(|operand| visit(Part::Expr(&mut operand.value)));
            }
            Claim::Measure { of, .. } => of.each_mut(visit),
            Claim::Rule(_) | Claim::Rules(_) | Claim::Fault(_) | Claim::Lost(_) => {}
        }
    }
}
