//! Tests: what a rulebook must decide about the records that they give.

use super::{Argument, Comparison, Deadline, Due, Expr, Name, Path, Quoted, Selection, Span, Target};

/// `test "a hot lead goes to sales" { now … given … expect … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What it is called.
    pub name: Quoted,
    /// `over "leads.ndjson"`: the file whose records it decides.
    pub over: Option<Quoted>,
    /// Its lines in written order.
    pub lines: Vec<TestLine>,
}

/// One line of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestLine {
    /// What it says.
    pub kind: TestLineKind,
    /// From its first word to its last.
    pub span: Span,
}

/// What a line of a test says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestLineKind {
    /// `now 2026-11-20T09:00Z`
    Now(Expr),
    /// `event updated`: what has happened to the record.
    Event(Name),
    /// `given lead { … }`, `given lead [ { … }, { … } ]`
    Given(Given),
    /// `expect …`
    Expect(Expectation),
    /// Nothing that could be read as a line.
    Error,
}

/// `given lead { id: "L1", score: 82 }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Where `before` stands: the record as it was before the event, as far as it was different.
    pub before: Option<Span>,
    /// The record type, or the reference data, of which something is given.
    pub name: Name,
    /// What is given of it.
    pub value: Datum,
}

/// A value as a test writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// What it is.
    pub kind: DatumKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a value in a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatumKind {
    /// `{ name: "Acme", employees: 900 }`
    Record(Vec<Member>),
    /// `[ "vip", "press" ]`
    List(Vec<Datum>),
    /// `82`, `"Ada"`, `now - 3d`
    Value(Expr),
}

/// `score: 82` in a record that a test gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The field.
    pub name: Name,
    /// Its value.
    pub value: Datum,
}

/// What stands behind `expect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Where `no` stands.
    pub no: Option<Span>,
    /// What must be, or not be.
    pub claim: Claim,
}

/// What must come of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `rule "Hot leads"`: it fires, whatever else does.
    Rule(Quoted),
    /// `rules "Hot leads", "Welcome"`: these fire and no others. None for the bare word, which stands behind `no` only.
    Rules(Vec<Quoted>),
    /// `fault`, `fault division-by-zero`
    Fault(Option<Name>),
    /// `lost`, `lost assign`: an effect is not performed.
    Lost(Option<Sketch>),
    /// `assign team sales within 2d`
    Effect(Sketch),
    /// `lead.tier is "silver"`
    Condition(Expr),
    /// `share of assign queue triage < 10%`, `count of reject = 0`
    Measure(Box<Measure>),
}

/// A share or a number of records, and what it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Which of both.
    pub unit: MeasureUnit,
    /// What is counted: anything but another measure.
    pub of: Expectation,
    /// Where that stands.
    pub of_span: Span,
    /// What it must be.
    pub limit: MeasureLimit,
}

/// Whether records are counted, or their share in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureUnit {
    /// `share of`: from 0 to 1.
    Share,
    /// `count of`
    Count,
}

/// `< 10%`, `between 1% and 5%`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureLimit {
    /// `< 10%`
    Compared {
        /// Which comparison.
        operator: Comparison,
        /// Whether `!=` or `is not`.
        negated: bool,
        /// With what.
        value: Expr,
    },
    /// `between 1% and 5%`
    Between {
        /// Whether `not between`.
        negated: bool,
        /// The least value.
        low: Expr,
        /// The greatest value.
        high: Expr,
    },
}

/// An effect as far as a test describes it: what is not written is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Which effect.
    pub verb: Verb,
    /// What is written of it, in written order.
    pub details: Vec<Detail>,
    /// From its verb to its last word.
    pub span: Span,
}

/// The effects that a test can expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verb {
    Assign,
    LeaveUnassigned,
    KeepOwner,
    Set,
    Clear,
    Add,
    Remove,
    Task,
    Notify,
    Email,
    Call,
    Accept,
    Reject,
    Start,
}

/// What a test says of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Who gets the record.
    Target(Target),
    /// How a member of the team is chosen.
    By(Selection),
    /// Until when, and who is told then.
    Within(Deadline),
    /// The field that is written, or at fault.
    Field(Path),
    /// The value that is written, added or removed.
    Value(Expr),
    /// The text of a task, message or rejection, or the name of a template.
    Text(Expr),
    /// Whose task it is.
    Owner(Target),
    /// Until when a task is due.
    Due(Due),
    /// Who is told or written to.
    To(Vec<Target>),
    /// Who gets a copy.
    Cc(Vec<Target>),
    /// The sender.
    From(Target),
    /// Where answers go.
    ReplyTo(Target),
    /// Values that are passed on.
    With(Vec<Argument>),
    /// The integration or workflow.
    Name(Name),
}

impl Verb {
    /// As rules write it: `create task`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::LeaveUnassigned => "leave unassigned",
            Self::KeepOwner => "keep owner",
            Self::Set => "set",
            Self::Clear => "clear",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Task => "create task",
            Self::Notify => "notify",
            Self::Email => "send email",
            Self::Call => "call",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Start => "start",
        }
    }
}
