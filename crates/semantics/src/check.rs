//! What an item means, and what is wrong with it: names bound, types checked, sugar removed.
//!
//! [`check`] is asked once per item. It reads the item's own tree, and of other items only what the firewalls in
//! [`names`](crate::names), [`schema`](crate::schema) and [`definitions`](crate::definitions) tell. A [`Checker`] walks the
//! tree; its methods lie in one file for each family of constructs. They return `None` where a finding has been made, and
//! whoever gets a `None` says nothing more.

mod arithmetic;
mod assignment;
mod build;
mod calendar;
mod compare;
mod condition;
mod contradiction;
mod decide;
mod derived;
mod effects;
mod entries;
mod established;
mod event;
mod fold;
mod guard;
mod holidays;
mod leaves;
mod literal;
mod lookup;
mod members;
mod membership;
mod never;
mod over;
mod path;
mod presence;
mod room;
mod rule;
mod score;
mod table;
mod targets;
mod test;
mod text;
mod time;
mod write;

use std::collections::BTreeSet;

use diagnostics::Problem;
use diagnostics::problems::TypeProblem;
use syntax::ast::{self, ExprKind, Span};
use values::{Text, Type, Value};

pub use derived::{DefinitionMeaning, LineMeaning};
pub use entries::ListMeaning;
pub use guard::GuardMeaning;
pub use leaves::LeafMeaning;
pub use never::NeverMeaning;
pub use rule::RuleMeaning;
pub use table::is_hidden;
pub(crate) use targets::ANY_TARGET;

use over::Variable;

use crate::db::{Db, Item, parsed};
use crate::definitions::circle;
use crate::found::Found;
use crate::names::Space;
use crate::typed::test::Saying;
use crate::typed::{Expr, ExprKind as Typed, Target};

/// What an item means and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, salsa::SalsaValue)]
pub struct Checked<'db> {
    /// What it means; `Nothing` where that could not be told.
    pub meaning: Meaning,
    /// What its expressions refer to: their `Field`, `Definition` and `Declared` numbers are places here.
    pub symbols: Symbols,
    /// What is wrong, in the order in which it was met.
    pub found: Vec<Found<'db>>,
    /// The names it uses, sorted.
    pub uses: Vec<(Space, String)>,
}

/// What an item means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing that rules could refer to, or nothing that could be told.
    #[default]
    Nothing,
    /// The value of a constant.
    Constant(Expr),
    /// The members of a list.
    List(ListMeaning),
    /// A derived value.
    Definition(DefinitionMeaning),
    /// The derived values of a table, by their names without the record type; those that are hidden, too.
    Table(Vec<(Text, DefinitionMeaning)>),
    /// What is never done.
    Never(NeverMeaning),
    /// When a rule set runs: on which days, and its `only when`.
    Guard(GuardMeaning),
    /// A rule or an `otherwise`.
    Rule(RuleMeaning),
    /// A team, queue or user.
    Target(Target),
    /// A test.
    Test(Box<Saying>),
    /// A calendar.
    Calendar(values::Calendar),
}

/// The names that the numbers in an item's expressions stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbols {
    /// Stored fields, as rules write them without the record type.
    pub fields: Vec<Text>,
    /// Fields of who acts.
    pub actor: Vec<Text>,
    /// Derived values, likewise.
    pub definitions: Vec<Text>,
    /// Teams, queues and users.
    pub targets: Vec<Text>,
}

/// Checks one item.
#[salsa::tracked]
pub fn check<'db>(db: &'db dyn Db, item: Item<'db>) -> Checked<'db> {
    let parsed = parsed(db, item);
    let mut checker = Checker::constant(db, item.text(db));
    checker.item = Some(item);
    let meaning = match &parsed.item {
        ast::Item::Let(_)
        | ast::Item::List(_)
        | ast::Item::Define(_)
        | ast::Item::Decide(_)
        | ast::Item::Score(_)
        | ast::Item::Table(_)
            if circle(db, item).is_some() =>
        {
            None
        }
        ast::Item::Let(constant) => checker.expr(&constant.value, None).map(Meaning::Constant),
        ast::Item::List(list) => checker.list(list).map(Meaning::List),
        ast::Item::Define(define) => checker.define(define).map(DefinitionMeaning::of).map(Meaning::Definition),
        ast::Item::Decide(decide) => checker.decide(decide).map(Meaning::Definition),
        ast::Item::Table(table) => checker.table(table).map(Meaning::Table),
        ast::Item::Score(score) => checker.score(score).map(Meaning::Definition),
        ast::Item::Calendar(calendar) => checker.calendar(calendar).map(Meaning::Calendar),
        ast::Item::Target(target) => Some(Meaning::Target(checker.target_declaration(target))),
        ast::Item::Rule(rule) => checker.rule(item, rule).map(Meaning::Rule),
        ast::Item::Test(test) => checker.test_item(test).map(Box::new).map(Meaning::Test),
        ast::Item::Otherwise(otherwise) => checker.otherwise(item, otherwise).map(Meaning::Rule),
        ast::Item::Never(never) => checker.never(item, never).map(Meaning::Never),
        ast::Item::Rules(rules) => checker.guard(item, rules).map(Meaning::Guard),
        _ => None,
    };
    let symbols = std::mem::take(&mut checker.symbols);
    let (found, uses) = checker.finish();
    Checked { meaning: meaning.unwrap_or_default(), symbols, found, uses }
}

/// Walks the tree of one item.
pub struct Checker<'db> {
    pub(crate) db: &'db dyn Db,
    /// The item, where one is checked.
    item: Option<Item<'db>>,
    /// Whether places are places in a table's file.
    in_file: bool,
    /// The item's text, for words in messages.
    source: &'db str,
    /// The record type that paths may begin with; none inside constants.
    record: Option<String>,
    /// Whether something outside the item's expressions says so: the rule's set, or the name of the definition.
    settled: bool,
    symbols: Symbols,
    /// The items of lists that are being gone through, the outermost first.
    variables: Vec<Variable>,
    /// What the conditions around the place certainly know a value of.
    present: Vec<Expr>,
    /// The single conditions met so far, while those of a rule are gathered.
    leaves: Option<Vec<LeafMeaning>>,
    found: Vec<Found<'db>>,
    uses: BTreeSet<(Space, String)>,
}

/// What the surroundings of an expression want of it.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Its type.
    ty: &'a Type,
    /// What it is compared with or put into, as written: `lead.stage`.
    what: &'a str,
    /// The words that bring both together, for messages: `in`, `contains`.
    operator: &'a str,
    /// The type of what is searched, where its members are of another: a list.
    whole: Option<&'a Type>,
}

impl<'a> Wanted<'a> {
    const fn new(ty: &'a Type, what: &'a str) -> Self {
        Self { ty, what, operator: "in", whole: None }
    }
}

impl<'db> Checker<'db> {
    /// A checker of expressions in which no record is meant, until a rule or definition enters one.
    pub(crate) fn constant(db: &'db dyn Db, source: &'db str) -> Self {
        let (found, uses) = (Vec::new(), BTreeSet::new());
        Self {
            db,
            item: None,
            in_file: false,
            source,
            record: None,
            settled: false,
            symbols: Symbols::default(),
            variables: Vec::new(),
            present: Vec::new(),
            leaves: None,
            found,
            uses,
        }
    }

    /// What was found, and the names that were used.
    pub(crate) fn finish(self) -> (Vec<Found<'db>>, Vec<(Space, String)>) {
        (self.found, self.uses.into_iter().collect())
    }

    pub(crate) fn report(&mut self, found: Found<'db>) {
        self.found.push(Found { in_file: self.in_file, ..found });
    }

    pub(crate) fn problem(&mut self, problem: impl Into<Problem>, span: Span) {
        self.report(Found::new(problem, span));
    }

    /// Whether something has been found at a place.
    pub(crate) fn has_found_at(&self, span: Span) -> bool {
        self.found.iter().any(|found| found.span == span)
    }

    pub(crate) fn used(&mut self, space: Space, name: &str) {
        self.uses.insert((space, name.to_owned()));
    }

    /// The words of the item at a place.
    pub(crate) fn written(&self, span: Span) -> &'db str {
        self.source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Any expression. Text literals and `missing` take their type from what is wanted; whether the result fits is for
    /// the caller to see.
    pub(crate) fn expr(&mut self, expr: &ast::Expr, wanted: Option<Wanted<'_>>) -> Option<Expr> {
        let typed = match &expr.kind {
            ExprKind::Group(inner) => return self.expr(inner, wanted),
            ExprKind::Path(path) => return self.path(path),
            ExprKind::Text(pieces) => return self.text(pieces, expr.span, wanted),
            ExprKind::Missing => return self.missing(expr.span, wanted),
            ExprKind::Now => Expr { kind: Typed::Now, ty: Type::DateTime, optional: false },
            ExprKind::Today => Expr { kind: Typed::Today, ty: Type::Date, optional: false },
            ExprKind::Negate(inner) => return self.negate(inner, expr.span),
            ExprKind::Arithmetic { operator, left, right } => return self.arithmetic(*operator, left, right),
            ExprKind::Call { function, arguments } if function.text == "previous" => {
                return self.previous(arguments, expr.span);
            }
            ExprKind::Call { function, arguments } => return self.call(function, arguments, expr.span),
            ExprKind::Lookup { reference, key, fields } => return self.row_of(reference, key, fields),
            ExprKind::Over { function, item, each } => {
                return self.over(function, item.as_deref(), each, expr.span);
            }
            ExprKind::Default { value, fallback } => return self.default(value, fallback, wanted),
            ExprKind::If { condition, then, otherwise } => return self.choose(condition, then, otherwise, wanted),
            ExprKind::Error => return None,
            ExprKind::Number(_)
            | ExprKind::Money { .. }
            | ExprKind::Duration { .. }
            | ExprKind::Date(_)
            | ExprKind::DateTime(_)
            | ExprKind::Time(_)
            | ExprKind::Truth(_)
            | ExprKind::Pattern(_) => return self.literal(expr),
            _ => return self.condition(expr),
        };
        Some(typed)
    }

    /// An expression that must be of a type: a date where an instant is wanted becomes one.
    fn expect(&mut self, expr: &ast::Expr, ty: &Type, what: &str) -> Option<Expr> {
        let typed = self.expr(expr, Some(Wanted::new(ty, what)))?;
        self.fit(typed, ty, what, expr.span)
    }

    /// Makes a typed expression fit a type, or says that it does not.
    fn fit(&mut self, typed: Expr, ty: &Type, what: &str, span: Span) -> Option<Expr> {
        match (&typed.ty, ty) {
            (a, b) if b.holds(a) => Some(typed),
            (Type::Date, Type::DateTime) => self.start_of_day(typed),
            (a, Type::Text | Type::ExactText | Type::User | Type::Team | Type::Queue) if a.is_textual() => Some(typed),
            (Type::OneOf(from), Type::OneOf(to)) if from.iter().all(|label| to.contains(label)) => Some(typed),
            (Type::AnchoredDuration, Type::Duration) => self.not_exact(span),
            (found, expected) => {
                let (expected, found) = (expected.with_article(), found.with_article());
                self.problem(TypeProblem::Expected { context: what.to_owned(), expected, found }, span);
                None
            }
        }
    }

    /// Says that a duration in months or years cannot stand here.
    fn not_exact<T>(&mut self, span: Span) -> Option<T> {
        self.problem(TypeProblem::AnchoredDuration { text: self.written(span).to_owned() }, span);
        None
    }

    /// Whether a value may be missing here, although the conditions around have been passed.
    fn may_be_missing(&self, value: &Expr) -> bool {
        if !value.optional || self.present.contains(value) {
            return false;
        }
        match &value.kind {
            Typed::Lookup { reference, key, column: Some(column) } => !self.row_has(reference, key, column),
            // What a function makes of values that are there.
            Typed::Call { builtin, arguments } if builtin.row().propagates() && !builtin.row().may_be_missing => {
                arguments.iter().any(|argument| self.may_be_missing(argument))
            }
            _ => true,
        }
    }

    /// The value of an expression that no record can change.
    pub(crate) fn constant_value(&mut self, expr: &ast::Expr, ty: &Type, what: &str) -> Option<Value> {
        let typed = self.expect(expr, ty, what)?;
        match self.fold(typed).kind {
            Typed::Constant(value) => Some(value),
            _ => {
                self.problem(TypeProblem::NotConstant { context: what.to_owned() }, expr.span);
                None
            }
        }
    }
}
