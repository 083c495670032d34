//! Rule sets: which rules belong together, and which record they decide.

use std::collections::BTreeMap;

use diagnostics::problems::{ConditionProblem, NameProblem, SyntaxProblem};
use syntax::ast::{self, Policy, Span};
use values::Value;

use crate::check::{Meaning, check};
use crate::db::{Db, Item, ItemSpan, SourceFile, items, parsed};
use crate::found::Found;
use crate::names::{ACTOR, Space, names_in, nearest};
use crate::order::order_found;
use crate::schema::{FieldUse, field_uses, is_declared};
use crate::typed::{Expr, ExprKind};

/// The record type that a rule decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetRecord {
    /// This one; and where the rule itself names it, if no set does.
    Known {
        /// The record type.
        record: String,
        /// Its first use in the rule.
        at: Option<Span>,
    },
    /// Nothing tells.
    None,
    /// A finding has been made at the opening of the set.
    Reported,
}

/// The record type that a rule or `otherwise` decides: what its set is `for`, or else the first root in the set; for a
/// bare rule its own first root.
#[salsa::tracked]
pub fn set_record<'db>(db: &'db dyn Db, item: Item<'db>) -> SetRecord {
    let Some(header) = item.set(db) else { return own_root(db, item) };
    let ast::Item::Rules(rules) = &parsed(db, header).item else { return own_root(db, item) };
    match &rules.record {
        Some(name) if misspelt_record(db, &name.text).is_some() => SetRecord::Reported,
        Some(name) => SetRecord::Known { record: name.text.clone(), at: None },
        None => match first_root(db, header) {
            Some(record) => SetRecord::Known { record: record.clone(), at: None },
            None => SetRecord::None,
        },
    }
}

/// The record type that an opened set decides, if anything tells.
#[salsa::tracked]
pub fn header_record<'db>(db: &'db dyn Db, header: Item<'db>) -> Option<String> {
    let ast::Item::Rules(rules) = &parsed(db, header).item else { return None };
    match &rules.record {
        Some(name) if misspelt_record(db, &name.text).is_some() => None,
        Some(name) => Some(name.text.clone()),
        None => first_root(db, header).clone(),
    }
}

/// The first record that a rule of a set reads.
#[salsa::tracked]
fn first_root<'db>(db: &'db dyn Db, header: Item<'db>) -> Option<String> {
    let mut roots = members(db, header).into_iter().filter_map(|member| first_use(db, member));
    roots.next().map(|first| first.record.clone())
}

/// The first use of a record, who acts left aside.
fn first_use<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<&'db FieldUse> {
    field_uses(db, item).iter().find(|field_use| field_use.record != ACTOR)
}

fn own_root<'db>(db: &'db dyn Db, item: Item<'db>) -> SetRecord {
    match first_use(db, item) {
        Some(first) => {
            let length = u32::try_from(first.record.len()).unwrap_or(u32::MAX);
            let at = Span::new(first.span.start, first.span.start.saturating_add(length));
            SetRecord::Known { record: first.record.clone(), at: Some(at) }
        }
        None => SetRecord::None,
    }
}

/// A declared record type that an undeclared name nearly is.
pub fn misspelt_record(db: &dyn Db, name: &str) -> Option<String> {
    if is_declared(db, name) {
        return None;
    }
    nearest(name, names_in(db, Space::Value).filter(|known| is_declared(db, known)))
}

/// The rules of a set, in written order.
pub fn members<'db>(db: &'db dyn Db, header: Item<'db>) -> Vec<Item<'db>> {
    let all = items(db, header.file(db)).iter().copied();
    all.filter(|item| item.set(db) == Some(header) && is_member(db, *item)).collect()
}

fn is_member<'db>(db: &'db dyn Db, item: Item<'db>) -> bool {
    matches!(parsed(db, item).item, ast::Item::Rule(_) | ast::Item::Otherwise(_))
}

/// What is wrong with the opening of a rule set, or with how a member stands among the others.
#[salsa::tracked]
pub fn set_found<'db>(db: &'db dyn Db, item: Item<'db>) -> Vec<Found<'db>> {
    if let ast::Item::Rules(rules) = &parsed(db, item).item {
        return opening_found(db, rules).into_iter().chain(order_found(db, item).iter().cloned()).collect();
    }
    let all = match item.set(db) {
        Some(header) => members_found(db, header).iter(),
        None => bare_found(db, item.file(db)).iter(),
    };
    all.filter(|(member, _)| *member == item).map(|(_, found)| found.clone()).collect()
}

fn opening_found<'db>(db: &'db dyn Db, rules: &ast::Rules) -> Vec<Found<'db>> {
    let misspelt = rules.record.iter().filter_map(|name| {
        let suggestion = misspelt_record(db, &name.text)?;
        let problem = NameProblem::UnknownRecord { name: name.text.clone(), suggestion: Some(suggestion) };
        Some(Found::new(problem, name.span))
    });
    misspelt.collect()
}

/// What is wrong with how the members of a set stand together: at most one finding for each.
#[salsa::tracked]
pub fn members_found<'db>(db: &'db dyn Db, header: Item<'db>) -> Vec<(Item<'db>, Found<'db>)> {
    let mut earlier = Earlier::default();
    let mut all = Vec::new();
    for member in members(db, header) {
        all.extend(earlier.complaint(db, member).map(|found| (member, found)));
        earlier.remember(db, header, member);
    }
    all
}

/// The bare rules of a file that share a name: they are one set.
#[salsa::tracked]
pub fn bare_found(db: &dyn Db, file: SourceFile) -> Vec<(Item<'_>, Found<'_>)> {
    let mut earlier = Earlier::default();
    let mut all = Vec::new();
    for item in items(db, file).iter().copied().filter(|item| item.set(db).is_none() && name_of(db, *item).is_some()) {
        all.extend(earlier.complaint(db, item).map(|found| (item, found)));
        earlier.remember_name(db, item);
    }
    all
}

/// What the members before one have settled.
#[derive(Default)]
struct Earlier<'db> {
    otherwise: Option<Item<'db>>,
    always: Option<Item<'db>>,
    names: BTreeMap<&'db str, Item<'db>>,
}

impl<'db> Earlier<'db> {
    fn complaint(&self, db: &'db dyn Db, member: Item<'db>) -> Option<Found<'db>> {
        let words = words_of(db, member)?;
        if let Some(other) = self.otherwise {
            let place = ItemSpan { item: other, span: words_of(db, other)? };
            return Some(Found::new(SyntaxProblem::AfterOtherwise, words).and(place, "`otherwise` stands here"));
        }
        if let Some(name) = name_of(db, member)
            && let Some(other) = self.names.get(name.text.as_str())
        {
            let problem = NameProblem::Duplicate { what: "rule".into(), name: name.text.clone() };
            let place = ItemSpan { item: *other, span: words_of(db, *other)? };
            return Some(Found::new(problem, name.span).and(place, "first declared here"));
        }
        let other = self.always?;
        let first_line = other.text(db).lines().next().unwrap_or_default();
        let by = name_of(db, other).map_or(first_line, |name| &name.text).to_owned();
        let place = ItemSpan { item: other, span: words_of(db, other)? };
        Some(Found::new(ConditionProblem::Unreachable { by }, words).and(place, "this rule always holds"))
    }

    fn remember_name(&mut self, db: &'db dyn Db, member: Item<'db>) {
        if let Some(name) = name_of(db, member) {
            self.names.entry(name.text.as_str()).or_insert(member);
        }
    }

    fn remember(&mut self, db: &'db dyn Db, header: Item<'db>, member: Item<'db>) {
        self.remember_name(db, member);
        if matches!(parsed(db, member).item, ast::Item::Otherwise(_)) {
            self.otherwise.get_or_insert(member);
        }
        if self.always.is_none() && always_decides(db, header, member) {
            self.always = Some(member);
        }
    }
}

/// The words that stand for a member in a message.
pub fn words_of<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<Span> {
    match &parsed(db, item).item {
        ast::Item::Rule(rule) => Some(rule.span),
        ast::Item::Otherwise(otherwise) => Some(otherwise.span),
        _ => None,
    }
}

fn name_of<'db>(db: &'db dyn Db, item: Item<'db>) -> Option<&'db ast::Quoted> {
    match &parsed(db, item).item {
        ast::Item::Rule(rule) => rule.name.as_ref(),
        _ => None,
    }
}

/// Whether a rule holds for every record and its set goes no further then.
fn always_decides<'db>(db: &'db dyn Db, header: Item<'db>, member: Item<'db>) -> bool {
    let ast::Item::Rules(rules) = &parsed(db, header).item else { return false };
    if rules.policy.is_none_or(|(policy, _)| policy != Policy::First) {
        return false;
    }
    match &check(db, member).meaning {
        Meaning::Rule(rule) => {
            let always = |condition: &Expr| condition.kind == ExprKind::Constant(Value::Truth(true));
            !rule.disabled && rule.condition.as_ref().is_some_and(always)
        }
        _ => false,
    }
}
