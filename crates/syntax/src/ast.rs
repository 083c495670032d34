//! What was written: one tree per item, with every position relative to the item's first byte.
//!
//! The tree keeps the author's form (brackets, negations, list spelling), for the formatter and for messages; what it
//! *means* is `semantics::typed`. A place where something could not be read holds an `Error` node, of which later phases
//! say nothing more. Names are in NFC, without their backquotes; texts are unescaped.

/// A range of bytes, relative to the first byte of the item it lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A name as a person wrote it, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name itself, in NFC.
    pub text: String,
    /// Where it stands, backquotes included.
    pub span: Span,
}

/// A text in double quotes without interpolation, unescaped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quoted {
    /// What it says.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `lead.company.employees`: a root and the fields below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    /// The first name.
    pub root: Name,
    /// The names after the dots; empty for a bare name.
    pub fields: Vec<Name>,
    /// From the first name to the last.
    pub span: Span,
}

/// One item of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `record lead { … }`
    Record(Record),
    /// `let hot = 70`
    Let(Let),
    /// `list emea = "DE", "AT"`
    List(List),
    /// `define lead.is_enterprise = …`
    Define(Define),
    /// `team sales { … }`, `queue triage`, `user director = "…"`
    Target(TargetDeclaration),
    /// The opening of a rule set, up to its `{`: `rules "Lead routing" for lead, first match {`
    Rules(Rules),
    /// A rule, inside a set or bare: `rule "…" when … then …`
    Rule(Rule),
    /// `otherwise …`, inside a set
    Otherwise(Otherwise),
    /// The `}` that closes a rule set.
    Close(Span),
    /// An item of the language that this version does not decide yet; the finding says so.
    NotYet(Name),
    /// Nothing that could be read as an item.
    Error,
}

/// `record lead { name: text  score: number? }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The type's name.
    pub name: Name,
    /// Its fields in written order.
    pub fields: Vec<Field>,
}

/// One field of a record: `stage: one of "new", "won" default "new"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name that rules use.
    pub name: Name,
    /// Its type.
    pub ty: TypeExpr,
    /// Where `?` stands.
    pub optional: Option<Span>,
    /// Where `key` stands.
    pub key: Option<Span>,
    /// `from "Column"`: the column or key that it is read from.
    pub from: Option<Quoted>,
    /// `missing when "Select", ""`: the sentinels.
    pub missing_when: Vec<Expr>,
    /// `default V`.
    pub default: Option<Expr>,
    /// From the name to the last word.
    pub span: Span,
}

/// A type as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms a type can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeKind {
    /// `text`, `number`, `date`, `datetime`, `duration`, `user`, `team`, `queue`, `money`, or the name of a record type.
    Named(Name),
    /// `text exact`
    ExactText,
    /// `true or false`
    Truth,
    /// `one of "new", "won"`: literals or names of lists.
    OneOf(Vec<Expr>),
    /// `list of T`
    List(Box<TypeExpr>),
    /// `{ name: text, … }`
    Nested(Vec<Field>),
    /// `account by account_id`: a reference to another record by its key.
    Reference {
        /// The record type referred to.
        record: Name,
        /// The field of this record that holds its key.
        by: Name,
    },
    /// Nothing that could be read as a type.
    Error,
}

/// `let hot = 70`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
}

/// `list emea = "DE", "AT"`, `list sanctioned from "sanctioned.csv"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Its name.
    pub name: Name,
    /// Literals, ranges and names of other lists; empty when the list comes from a file.
    pub entries: Vec<Entry>,
    /// `from "sanctioned.csv"`
    pub from: Option<Quoted>,
}

/// `define lead.is_enterprise = lead.company.employees >= 500`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Define {
    /// The record type and the derived field: exactly one field name.
    pub path: Path,
    /// What it is computed from.
    pub value: Expr,
}

/// The three kinds of target that work can be given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetKind {
    /// `team`
    Team,
    /// `queue`
    Queue,
    /// `user`
    User,
}

/// `team sales { "ana@example.com" }`, `queue triage`, `user director = "d@example.com"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetDeclaration {
    /// Which kind.
    pub kind: TargetKind,
    /// Its name.
    pub name: Name,
    /// The members of a team or the address of a user; empty for a queue.
    pub members: Vec<Quoted>,
}

/// How the rules of a set share one record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// `first match`: the first rule that holds fires, no other.
    First,
    /// `all matches`: every rule that holds fires. The default.
    #[default]
    All,
    /// `unique match`: at most one rule may hold.
    Unique,
}

/// The opening of a rule set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// `"Lead routing"`
    pub name: Quoted,
    /// `for lead`
    pub record: Option<Name>,
    /// The policy, when one is written.
    pub policy: Option<(Policy, Span)>,
    /// Options that this version does not decide yet: `on …`, `after …`, `only when …`.
    pub not_yet: Vec<Name>,
    /// The comment lines directly above, without `#`.
    pub doc: Option<String>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `"Hot enterprise leads"`
    pub name: Option<Quoted>,
    /// Where `disabled` stands.
    pub disabled: Option<Span>,
    /// Where effective dates stand (`from … until …`), which this version does not decide yet.
    pub effective: Option<Span>,
    /// When it fires.
    pub condition: Expr,
    /// What it does, in written order.
    pub effects: Vec<Effect>,
    /// The comment lines directly above, without `#`.
    pub doc: Option<String>,
    /// The words that a reader takes for the rule: its name, or else the `when`.
    pub span: Span,
}

/// `otherwise assign queue triage`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otherwise {
    /// What it does.
    pub effects: Vec<Effect>,
    /// Where `otherwise` stands.
    pub span: Span,
}

/// One effect and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it does.
    pub kind: EffectKind,
    /// From its verb to its last word.
    pub span: Span,
}

/// What an effect does. All are data in the verdict; none acts on the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectKind {
    /// `assign team sales by round robin within 4h else escalate to director`
    Assign {
        /// Who gets the record.
        target: Target,
        /// How a member of a team is chosen.
        by: Option<Selection>,
        /// The deadline and who is told when it passes.
        within: Option<Deadline>,
    },
    /// `leave unassigned`
    LeaveUnassigned,
    /// `keep owner`
    KeepOwner,
    /// `set lead.stage = "working"`
    Set {
        /// The stored field.
        field: Path,
        /// Its new value.
        value: Expr,
    },
    /// `clear lead.stage`
    Clear {
        /// The stored field.
        field: Path,
    },
    /// `add "vip" to lead.tags`
    Add {
        /// The value to add.
        value: Expr,
        /// The stored list.
        field: Path,
    },
    /// `remove "vip" from lead.tags`
    Remove {
        /// The value to remove.
        value: Expr,
        /// The stored list.
        field: Path,
    },
    /// `create task "Call" for lead.owner within 2d`, `… due 3d before lead.close_date`
    Task {
        /// What is to be done.
        text: Expr,
        /// Whose task it is.
        owner: Option<Target>,
        /// Until when.
        due: Option<Due>,
    },
    /// `notify assignee, director "…"`
    Notify {
        /// Who is told.
        to: Vec<Target>,
        /// What they are told.
        text: Expr,
    },
    /// `send email "template" to … cc … from … reply to … with { … }`
    Email {
        /// The template's name.
        template: Expr,
        /// The recipients.
        to: Vec<Target>,
        /// The recipients of a copy.
        cc: Vec<Target>,
        /// The sender.
        from: Option<Target>,
        /// Where answers go.
        reply_to: Option<Target>,
        /// Values for the template.
        with: Vec<Argument>,
    },
    /// `call erp with { id: lead.id }`
    Call {
        /// The integration, a name of its own namespace.
        integration: Name,
        /// What it is given.
        with: Vec<Argument>,
    },
    /// `accept`
    Accept,
    /// `reject order.quantity "out of stock"`
    Reject {
        /// The field that is at fault.
        field: Option<Path>,
        /// Why.
        reason: Expr,
    },
    /// `start fulfilment`
    Start {
        /// The workflow, a name of its own namespace.
        workflow: Name,
    },
    /// `stop`: no later rule of the set fires. Always the last effect.
    Stop,
    /// Nothing that could be read as an effect.
    Error,
}

/// `id: lead.id` inside `with { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The key.
    pub name: Name,
    /// The value.
    pub value: Expr,
}

/// How a member of a team is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// `by round robin`
    RoundRobin,
    /// `by least loaded`
    LeastLoaded,
    /// `by hash of E`
    HashOf(Expr),
}

/// `within 4h else escalate to director within 1d else …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How long from now.
    pub within: Expr,
    /// Who is told when it passes, with a deadline of their own.
    pub escalate: Option<Box<Escalation>>,
}

/// `else escalate to director within 1d`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Who is told.
    pub target: Target,
    /// Their own deadline.
    pub within: Option<Deadline>,
}

/// Until when a task is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// `within 2d`
    Within(Expr),
    /// `due 3d before lead.close_date`
    Before {
        /// How long before.
        distance: Expr,
        /// Before what.
        instant: Expr,
    },
}

/// Where a target stands: `team sales`, `sales`, `assignee`, `lead.owner`, `"ana@example.com"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The kind word, when written.
    pub kind: Option<TargetKind>,
    /// Who.
    pub who: Who,
    /// From the kind word to the last word.
    pub span: Span,
}

/// Who a target is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A bare name: a declared team, queue or user.
    Name(Name),
    /// `assignee`: whoever this verdict assigns the record to.
    Assignee,
    /// Anything else: an address in quotes, a path, an expression in brackets.
    Expr(Expr),
}

/// An expression or condition and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions and conditions. `negated` marks the negative form of the same words (`is not`, `not in`,
/// `does not contain`, `is not missing` …), which always means the exact opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `70`, `1.5`, `12%`, `5k`: as written, with its suffix (`%`, `k` or `M`), without the sign and without `_`.
    Number(String),
    /// `2d`, `3 months`: amount and unit as written, e.g. `("2", "d")`.
    Duration {
        /// The digits, perhaps with a decimal point, without `_`.
        amount: String,
        /// `s` `min` `h` `d` `w` `mo` `y`, normalised from the long forms.
        unit: DurationUnit,
    },
    /// `2026-01-31` as written.
    Date(String),
    /// `2026-01-31T09:00+01:00` or without offset, as written.
    DateTime(String),
    /// `09:00` as written.
    Time(String),
    /// `true`, `false`
    Truth(bool),
    /// `missing` as a value.
    Missing,
    /// A text in quotes: its pieces, one `Text` when nothing is interpolated.
    Text(Vec<Piece>),
    /// `/^[A-Z]+$/i`
    Pattern(Pattern),
    /// `now`
    Now,
    /// `today`
    Today,
    /// `lead.score`, or a bare name: a constant, a list.
    Path(Path),
    /// `(…)`, kept for the formatter.
    Group(Box<Expr>),
    /// `-x`
    Negate(Box<Expr>),
    /// `a + b` …
    Arithmetic {
        /// Which.
        operator: Arithmetic,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `x default y`
    Default {
        /// What may be missing.
        value: Box<Expr>,
        /// What it counts as then.
        fallback: Box<Expr>,
    },
    /// `if c then a else b`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value when it holds.
        then: Box<Expr>,
        /// The value when not.
        otherwise: Box<Expr>,
    },
    /// `round(x, 2)`
    Call {
        /// The function.
        function: Name,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `not x`
    Not(Box<Expr>),
    /// `a and b and c`: two or more, never mixed with `or` without brackets.
    And(Vec<Expr>),
    /// `a or b or c`
    Or(Vec<Expr>),
    /// `all of (…)`, `any of (…)`, `none of (…)`
    Of {
        /// Which.
        quantifier: Quantifier,
        /// The conditions.
        members: Vec<Expr>,
    },
    /// `a = b`, `a is b`, `a < b` …; `!=` and `is not` are `Equal` negated.
    Compare {
        /// Which.
        operator: Comparison,
        /// Whether `!=` or `is not`.
        negated: bool,
        /// Left of it.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `x in "DE", emea, 10..20`, `x between 10 and 20` (one range entry, `between` set)
    In {
        /// What is looked for.
        value: Box<Expr>,
        /// `not in`, `not between`
        negated: bool,
        /// Whether written with `between`.
        between: bool,
        /// Literals, ranges, names of lists; anything when in brackets.
        entries: Vec<Entry>,
    },
    /// `x contains "a"`, `x starts with any of "a", "b"`, `x matches /…/`
    TextTest {
        /// Which test.
        test: TextTest,
        /// `does not contain`, `does not start with` …
        negated: bool,
        /// The text or list that is looked at.
        value: Box<Expr>,
        /// Whether one, any or all of the operands must be found.
        quantifier: Option<Quantifier>,
        /// What is looked for: one expression without `any of`/`all of`.
        operands: Vec<Entry>,
    },
    /// `x is missing`, `x is present`, `x is blank`
    Presence {
        /// Which.
        test: Presence,
        /// `is not missing` …
        negated: bool,
        /// What is looked at.
        value: Box<Expr>,
    },
    /// `x within last 7d`, `x within next 2h`, `x older than 30d`, `x before y`, `x after y`
    TimeTest {
        /// Which.
        test: TimeTest,
        /// `not within` …
        negated: bool,
        /// The date or instant that is looked at.
        value: Box<Expr>,
        /// The duration or the other instant.
        operand: Box<Expr>,
    },
    /// A form of the language that this version does not decide yet (`changed`, `count(a in …)` …); the finding says so.
    NotYet(Name),
    /// Nothing that could be read as an expression.
    Error,
}

/// A piece of an interpolated text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Letters, unescaped.
    Text(String),
    /// `{…}`
    Expr(Expr),
}

/// One entry of a list: `"DE"`, `emea`, `10..20`, `10..<20`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One value or the name of a list.
    One(Expr),
    /// `low..high` or `low..<high`
    Range {
        /// The least value.
        low: Expr,
        /// The greatest value.
        high: Expr,
        /// Whether `high` itself is outside (`..<`).
        exclusive: bool,
        /// From the low to the high end.
        span: Span,
    },
}

/// `/^[A-Z]+$/i`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// The expression between the slashes, `\/` already a slash.
    pub source: String,
    /// Whether `i` follows: letters match ignoring case.
    pub ignore_case: bool,
}

/// `s` `min` `h` `d` `w` `mo` `y`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DurationUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    /// `business hours`, which this version does not decide yet.
    BusinessHour,
    /// `business days`, which this version does not decide yet.
    BusinessDay,
}

/// `+` `-` `*` `/` `%`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `=` `<` `<=` `>` `>=`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// `all of`, `any of`, `none of`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quantifier {
    All,
    Any,
    None,
}

/// The tests of text (`contains` also of lists).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TextTest {
    Contains,
    ContainsWord,
    StartsWith,
    EndsWith,
    Matches,
}

/// The tests of presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Presence {
    Missing,
    Present,
    Blank,
}

/// The tests of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeTest {
    WithinLast,
    WithinNext,
    OlderThan,
    Before,
    After,
}
