//! What was written: one tree per item, with every position relative to the item's first byte.
//!
//! The tree keeps the author's form (brackets, negations, list spelling), for the formatter and for messages; what it
//! *means* is `semantics::typed`. A place where something could not be read holds an `Error` node, of which later phases
//! say nothing more. Names are in NFC, without their backquotes; texts are unescaped.

mod calendar;
mod derived;
mod effect;
mod expression;
mod item;
mod never;
mod place;
mod table;
mod test;
mod word;

pub use calendar::{Calendar, CalendarLine, CalendarLineKind, Days, Holiday, Times};
pub use derived::{Decide, DecideLine, Halving, Limit, Score, ScoreLine, ScoreStart};
pub use effect::{Argument, Deadline, Due, Effect, EffectKind, Escalation, Selection, Target, Who};
pub use expression::{Each, Entry, Expr, ExprKind, Piece};
pub use item::{
    Absence, Define, Effective, Field, Item, Let, List, MemberName, Otherwise, Policy, Record, Reference, Rule, Rules,
    TargetDeclaration, TargetKind, TeamMember, Trigger, TriggerKind, TypeExpr, TypeKind,
};
pub use never::{Blocked, BlockedKind, Never};
pub use place::{Name, Path, Quoted, Span};
pub use table::{Cell, CellKind, Column, Grid, Heading, Row, Table, TablePolicy};
pub use test::{
    Claim, Datum, DatumKind, Detail, Expectation, Given, Measure, MeasureLimit, MeasureUnit, Member, Sketch, Test,
    TestLine, TestLineKind, Verb,
};
pub use word::{Arithmetic, Comparison, DurationUnit, EventTest, Pattern, Presence, Quantifier, TextTest, TimeTest};
