//! Items: records, constants, lists, definitions, targets, rule sets and rules.

use super::{Calendar, Decide, Effect, Entry, Expr, Name, Never, Path, Quoted, Score, Span, Table, Test};

/// One item of a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `record lead { … }`
    Record(Record),
    /// `reference inventory from "inventory.csv" keyed by product { … }`
    Reference(Reference),
    /// `let hot = 70`
    Let(Let),
    /// `list emea = "DE", "AT"`
    List(List),
    /// `define lead.is_enterprise = …`
    Define(Define),
    /// `decide lead.tier { when … then … otherwise … }`
    Decide(Decide),
    /// `score lead.fit { start 10  add 30 when … }`
    Score(Score),
    /// `table territory for lead, first match { | … | }`
    Table(Table),
    /// `team sales { … }`, `queue triage`, `user director = "…"`
    Target(TargetDeclaration),
    /// `calendar office { hours mon..fri 09:00..17:30 }`
    Calendar(Calendar),
    /// `never send email when lead.opted_out`
    Never(Never),
    /// The opening of a rule set, up to its `{`: `rules "Lead routing" for lead, first match {`
    Rules(Rules),
    /// A rule, inside a set or bare: `rule "…" when … then …`
    Rule(Rule),
    /// `otherwise …`, inside a set
    Otherwise(Otherwise),
    /// `test "…" { now … given … expect … }`
    Test(Test),
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

/// `reference inventory from "inventory.csv" keyed by product { product: text exact, stock: number }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: Name,
    /// The file.
    pub from: Option<Quoted>,
    /// The column by which a row is found.
    pub key: Option<Name>,
    /// Its columns.
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
    /// `money in EUR`: the code of the currency, which need not exist.
    Money(Name),
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
    /// The members of a team; one for the address of a user; none for a queue.
    pub members: Vec<TeamMember>,
}

/// One member of a team: `"bo@example.com" weight 2 away 2026-12-20..2026-12-31, 2027-01-04`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// Who it is.
    pub who: MemberName,
    /// How much of the work is theirs beside the others; 1 where nothing is written.
    pub weight: Option<Expr>,
    /// When they get none.
    pub away: Vec<Absence>,
    /// From the name to the last word.
    pub span: Span,
}

/// How a member of a team is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberName {
    /// `"ana@example.com"`
    Address(Quoted),
    /// `ana`: a declared user.
    User(Name),
}

impl MemberName {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        match self {
            Self::Address(address) => address.span,
            Self::User(name) => name.span,
        }
    }
}

/// `2026-12-20..2026-12-31` or `2026-12-24`: days on which a member is away, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The first day.
    pub first: Expr,
    /// The last day, where it is another.
    pub last: Option<Expr>,
    /// From the first day to the last.
    pub span: Span,
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

/// On what a rule set runs, when not in every evaluation: `on created or updated`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Which events.
    pub kind: TriggerKind,
    /// From `on` to the last word.
    pub span: Span,
}

/// The events on which a rule set runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TriggerKind {
    /// These, by name.
    Events(Vec<Name>),
    /// `becoming true`: any, and a rule fires when its condition holds and did not before.
    Becoming,
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
    /// `from 2026-06-01 until 2026-08-31`
    pub effective: Option<Effective>,
    /// `on created or updated`, `on becoming true`
    pub trigger: Option<Trigger>,
    /// `after "Lead routing"`: the sets whose writes this one sees.
    pub after: Vec<Quoted>,
    /// `only when …`
    pub guard: Option<Expr>,
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
    /// `from 2026-01-01 until 2026-06-30`
    pub effective: Option<Effective>,
    /// When it fires.
    pub condition: Expr,
    /// What it does, in written order.
    pub effects: Vec<Effect>,
    /// The comment lines directly above, without `#`.
    pub doc: Option<String>,
    /// The words that a reader takes for the rule: its name, or else the `when`.
    pub span: Span,
}

/// `from 2026-01-01 until 2026-06-30`: the days between which a rule is in force, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// The first day.
    pub from: Option<Expr>,
    /// The last day.
    pub until: Option<Expr>,
    /// From the first word to the last day.
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
